"""The row of a table whose figure is the highest or lowest of all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.labels import HAN_NUMERALS, number_of
from index.tokens import fold, words
from qa.amounts import amounts_of_case
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import Draft, Line
from qa.table_names import OF_PLAN, columns_named, figures_meant, of_other_year, told_columns, words_of
from qa.tables import (
    OF_WHICH,
    YEAR,
    Table,
    caption_of,
    cell_spans,
    changes_of,
    column_name,
    is_change,
    key_columns,
    label_of_row,
    names_column,
    tables_of,
    unit_of_cell,
    value,
)

_HIGHEST = "高多大贵长重快强厚宽"
LOWEST = re.compile(r"[低少小短轻慢]|便宜|省钱?")
SUPERLATIVE = re.compile(rf"最(?:厉害|[{_HIGHEST}猛狠]|{LOWEST.pattern})")
#: What is asked for is one of the entries; of 前三名, 第二高, 最低的两类 there is more to tell.
WHICH = re.compile(r"哪|谁|什么|几(?=[层级档类楼级号])|最[^,，。?？]{1,2}的[\u4e00-\u9fff]{2,4}[?？]?$")
#: What has gone down is asked for, of figures that have signs.
FALLS = re.compile(r"[降跌减缩](?!水|雨|费|息)|回落|下滑|负增长")
_MOVES = re.compile(rf"{FALLS.pattern}|涨|增(?!加值|值税)|上升|升降|变化")
OTHER_RANK = re.compile(r"[前第][二两三四五六七八九十\d]|倒数|最.的?[二两三四五六七八九十几\d]+[个项类种家]|[次其]次")
_WHAT = re.compile(r"(?:哪|什么)[一几些]*(?:[个类种项档家样位条款级])?(?P<noun>[\u4e00-\u9fff]{2})?")
_WHAT_LAST = re.compile(r"的(?P<noun>[\u4e00-\u9fff]{2,4})[?？]?$")  #: 收费最高的项目
_ALL = re.compile(r"(?:.{0,6}[合总小]计|总[数量额值]|平均.{0,3}|全[国省市州县区体].{0,4})")
_FIGURE = re.compile(r"([-−]?\d[\d,]*(?:\.\d+)?)(\D{0,10})")
_NO_FIGURE = re.compile(r"[-—–/]*")
_PLAIN = re.compile(r"最[高低大小多少贵长短重轻快慢强厚宽便]|最省")  #: said of a figure; 最厉害 is not
_CHANGED = re.compile("(?:增长|增[速减幅]|涨[幅跌]|升降|变化)(?:率|幅度?)?$")
_MOST_TIED = 5
_ASKING = re.compile(
    r"最|^表|哪|^[一二两三四五六七八九十\d]+年$|[涨降增跌]幅|增速|厉害|^[涨跌降升增减]得?$|^[一二两三四五六七八九十][类个项种]$"
)
_LOOKED_AT = 4  #: documents of the best sentences
_IN_FULL = 0.99
_SPOKEN_OF = 0.6  #: share of what a question says that a table, its name, its rows and the title have to hold


def answer_extreme(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The row of a table whose figure is the highest or lowest of the column that a question names (监督检验费最高的是哪类);
    all that are equal; the rows one after another where their order is asked for (从高到低怎么排, 前三名, 第二高的).
    None where the column is not one measure in one unit for rows of one sort, the question tells a condition, or a sentence
    tells the order itself."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    ends = _BOTH_ENDS.search(core)
    if ends is not None:
        cores = [f"{core[: ends.start()]}{end}的{core[ends.end() :]}" for end in ends.groups()]
        each = [answer_extreme(_asking(probe, one), found) for one in cores]
        lines = tuple(line for draft in each if draft is not None for line in draft.lines)
        return Draft(lines, method="cell") if all(each) else None
    if len({m.group() for m in SUPERLATIVE.finditer(core)}) > 1:
        return None
    order = _ORDER.search(core) or _FIRST.search(core)
    if not (order or WHICH.search(core)) or "whether" in probe.question.kinds:
        return None
    if order is None and OTHER_RANK.search(core):
        return None
    table = named_table(probe, found)
    if table is None:
        return None
    most = order or next((m for m in SUPERLATIVE.finditer(core) if not is_of_name(core, m, table)), None)
    if most is None or any(_tells_order(most.group(), fold(c.text)) for c in found[:2]):
        return None
    rest = core[: most.start()] + core[most.end() :]
    if order and "第几" in order.group():  # which place one of them has is told by all
        rest = next((rest.replace(n, "") for i in range(len(table.rows)) for n in _names(table, i) if n in rest), rest)
    cells = entries(rest, probe, table)
    if not cells:
        return None
    falls = bool(FALLS.search(rest)) and any(signed(table.rows[i][j]) < 0 for i, j in cells)
    line = _ordered(most, table, cells, falls) if order else told_extreme(most.group(), table, cells, falls)
    return None if line is None else Draft((line,), method="cell")


#: 最高和最低的分别是哪年: one row at each end.
_BOTH_ENDS = re.compile(r"(最[高大多快好长早强])的?[和与、跟及](最[低小少慢差短晚弱])的?(?:分别|各)?")


def _asking(probe: Probe, core: str) -> Probe:
    return replace(probe, question=replace(probe.question, core=core))


#: What asks for rows one after another: all of them,
_ORDER = re.compile(
    r"[从由](?P<from>[高低大小多少快慢])[往到](?P<to>[高低大小多少快慢])(?:的?(?:顺序|次序))?(?:怎么|如何|依次)?(?:排(?:列|名|序|一?下)?)?"
    r"|怎么排(?:名|序|的)?|(?:的|怎么|如何|依次)?排(?:名|序|行)(?:情况|如何|怎样|怎么样|第几|多少|是什么)?|排(?:在)?(?:全[省市县区州国])?第几"
)
#: or so many of them, from the one end or the other.
_FIRST = re.compile(
    rf"(?:排(?:名|在)?)?(?:(?P<last>倒数|[后末])|前)第?(?P<count>[{HAN_NUMERALS}两\d]{{1,2}})(?:名|位|强|个|大|家|项|的)?"
    rf"|排?(?:名|在)?(?P<nth_last>倒数)?第(?P<nth>[{HAN_NUMERALS}两\d]{{1,2}})(?P<way>[高低大小多少快慢])的?"
    rf"|最(?P<most>[高低大小多少快慢])的(?P<many>[{HAN_NUMERALS}两\d]{{1,2}})(?:名|位|个|家|项|种|类)"
)
_MOST_ORDERED = 15


def _ordered(asked: re.Match[str], table: Table, cells: Sequence[tuple[int, int]], falls: bool) -> Line | None:
    """The rows of one column in the order that is asked for, each with its figure."""
    told = asked.groupdict()
    columns = {j for _, j in cells}
    figures = _figures(table, cells)
    if figures is None or len(columns) > 1 or any(figure != figure for figure, *_ in figures):
        return None
    figures = [own for own in figures if own[0] < 0] if falls else figures
    way = told.get("from") or told.get("way") or told.get("most") or ""
    upwards = bool(way and way in "低小少慢") != bool(told.get("last") or told.get("nth_last"))
    wanted = number_of(next((n for k in ("count", "nth", "many") if (n := told.get(k))), "").replace("两", "二"))
    rows = sorted(figures, key=lambda own: own[0], reverse=upwards == falls)[: wanted or len(figures)]
    if wanted is not None and wanted > len(figures) or len(rows) > _MOST_ORDERED or len(rows) < 2:
        return None
    measure = column_name(table, rows[0][2])
    ends = "从低到高" if upwards else "从高到低"
    if falls:
        measure, ends = _CHANGED.sub("", measure), "降幅从小到大" if upwards else "降幅从大到小"
    names = "、".join(f"{label_of_row(table, i)}（{value(table, i, j)}）" for _, i, j in rows)
    spans = dict.fromkeys(span for _, i, _ in rows for span in cell_spans(table, i))
    return Line(f"{measure}{ends}：{names}。", tuple(spans))


def named_table(probe: Probe, found: Sequence[Candidate]) -> Table | None:
    """The table that a question names by most of what it says, in the documents of the best sentences; in others than
    those pointed at by all that it says."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    asking = "".join(m.group() for way in (SUPERLATIVE, _ORDER, _FIRST) for m in way.finditer(core))
    said = {
        word: weight
        for word, weight in probe.words.items()
        if len(word) > 1
        and word not in asking
        and not _ASKING.search(word)
        and not (word[0] == "年" and re.search(rf"\d{re.escape(word)}", core))  # 2024年产量 has no word 年产
    }
    best: tuple[float, Table] | None = None
    for document in list(dict.fromkeys(c.document for c in found))[:_LOOKED_AT]:
        least = _SPOKEN_OF if document.doc_id in (probe.hinted or {document.doc_id}) else _IN_FULL
        for table in () if probe.named and document.doc_id not in probe.named else tables_of(document):
            if of_other_year(table, probe.question.years):
                continue
            text = fold(_above(table) + "".join(table.head) + "".join(map("".join, table.rows)))
            text += "完成率 执行率" if any(OF_PLAN.search(name) for name in table.head) else ""
            held = _weight(said, probe, text) / (sum(said.values()) or 1.0)
            if held >= least and (best is None or held > best[0]):
                best = (held, table)
    return None if best is None else best[1]


def _weight(said: Mapping[str, float], probe: Probe, text: str) -> float:
    """The weight of the words that a table has, be it at length: 检验收费 for 检验费."""
    short = (
        weight
        for word, weight in said.items()
        if word not in text and re.search(".{0,3}".join(map(re.escape, word)), text)
    )
    return weight_held(said, probe, text) + sum(short)


def _tells_order(most: str, text: str) -> bool:
    """Whether a sentence says itself what is highest (甲区最高，…), and does not only name a bound (最高收费标准)."""
    return "|" not in text and re.search(rf"{most}(?:的?[,，。;；为是达]|的)", text) is not None


def is_of_name(core: str, most: re.Match[str], table: Table) -> bool:
    """Whether a superlative is of the name of a column: 最高补助 (not what is highest)."""
    called = (*table.head, caption_of(table))
    return any(core[most.start() : most.end() + 1] in fold(name) for name in called)


def entries(core: str, probe: Probe, table: Table) -> list[tuple[int, int]] | None:
    """The cells that are compared where an entry is asked for: those of one column, or all where they are of one sort."""
    what = _WHAT.search(core) or _WHAT_LAST.search(core)
    noun = (what and what["noun"]) or ""
    names = fold(table.head[names_column(table) or 0] + "".join(table.rows[i][0] for i in range(len(table.rows))))
    if noun and not set(noun) & set(names) and noun not in fold(_above(table)):
        return None
    rows = _rows_meant(core, table)
    changes = [j for j in told_columns(table) if is_change(table, j)]
    columns = figures_meant(words_of(probe, core), probe, table)
    if _MOVES.search(core) and columns not in changes and (columns is None or not _MOVES.search(table.head[columns])):
        # 降得最多 says what is compared by no name of a column.
        own = [j for j in changes if columns is None or changes_of(table, j) in (columns, None)]
        if len(own) == 1:
            columns = own[0]
        elif changes or (FALLS.search(core) and not _MOVES.search(caption_of(table))):
            return None
    if columns is None:
        columns = _of_all(core, table)
    if rows is None:
        return None
    if columns is not None:
        return [(i, columns) for i in rows]
    own = told_columns(table)
    parts = any(
        YEAR.search(table.head[j]) or OF_WHICH.search(table.head[j]) or _ALL.fullmatch(column_name(table, j))
        for j in own
    )
    named = columns_named(core, probe.question.years, table)
    own = [j for j in own if named.get(j, 0.0) == max(named.values(), default=0.0)]  # 锅炉检验费: 内部检验, 外部检验
    return None if parts else [(i, j) for i in rows for j in own]


def _of_all(core: str, table: Table) -> int | None:
    """The one column of figures that is meant where a question names none: that of the whole beside its parts (全市, 合计),
    that of what was done beside what was planned (决算数)."""
    own = [j for j in told_columns(table) if not is_change(table, j)]
    whole = [j for j in own if _ALL.fullmatch(column_name(table, j))]
    done = [j for j in own if _DONE.search(table.head[j]) and not _PLANNED.search(table.head[j])]
    planned = [j for j in own if _PLANNED.search(table.head[j])]
    if not whole and planned and not _PLANNED.search(core):
        whole = done
    return whole[0] if len(whole) == 1 else None


_DONE, _PLANNED = re.compile("决算|实际|执行数|完成数|实绩"), re.compile("预算|计划|目标")


def _rows_meant(core: str, table: Table) -> list[int] | None:
    """The rows that are compared: all but sums, or those whose name has a word of the question that not all have (乘客电梯)
    and the table is not named by; None where rows are parts of others or the question tells an amount of its own."""
    rows = [i for i in range(len(table.rows)) if not any(_ALL.fullmatch(fold(cell)) for cell in _names(table, i))]
    parts = [i for i in rows if any(OF_WHICH.search(cell) for cell in _names(table, i))]
    if parts and parts[0] == 1:
        rows = rows[1:]  # all others are parts of the first
    elif parts and len(parts) == 1 and parts[0] == len(table.rows) - 1:
        rows = rows[:-1]
    elif parts:
        return None
    above = fold(_above(table))
    if any(a.unit and core[a.start : a.end] not in above for a in amounts_of_case(core)):
        return None
    for word in dict.fromkeys(words(core)):
        if len(word) < 2 or word in above or any(word in fold(name) for name in table.head):
            continue
        held = [i for i in rows if any(word in fold(cell) for cell in _names(table, i))]
        if len(held) > 1:
            rows = held
        elif held and word not in core[core.find("哪") :]:  # 哪类人员 is not of 退休人员 alone
            return None
    return rows if len(rows) > 1 else None


def _figures(table: Table, cells: Sequence[tuple[int, int]]) -> list[tuple[float, int, int]] | None:
    """The figures of cells with their places, cells without one left out; None where not all are of one unit."""
    figures: list[tuple[float, int, int]] = []
    units = set()
    for i, j in cells:
        told = _FIGURE.fullmatch(fold(table.rows[i][j]))
        if told is None and not _NO_FIGURE.fullmatch(fold(table.rows[i][j])):
            return None
        if told is not None:
            figures.append((signed(table.rows[i][j]), i, j))
            units.add((told[2], unit_of_cell(table, i, j)))
    return figures if len(figures) > 1 and len(units) == 1 else None


def signed(cell: str) -> float:
    """The figure of a cell; 0 where it has none."""
    told = _FIGURE.fullmatch(fold(cell))
    return 0.0 if told is None else float(told[1].replace(",", "").replace("−", "-"))


def told_extreme(most: str, table: Table, cells: Sequence[tuple[int, int]], falls: bool) -> Line | None:
    """The cells with the highest or lowest figure, told; ``falls``: how far figures have gone down is compared. None where
    not all are figures of one unit."""
    figures = _figures(table, cells)
    if figures is None:
        return None
    if falls:
        figures = [own for own in figures if own[0] < 0]
    low = LOWEST.search(most) is not None
    best = (min if low != falls else max)(figures)[0]
    held = [(i, j) for figure, i, j in figures if figure == best]
    if len(held) > min(_MOST_TIED, max(len(figures) - 1, 1)):
        return None
    rows, columns = {i for i, _ in cells}, {j for _, j in cells}
    # Of one row the column is told, of one column the entry, of several of both the two.
    measure = label_of_row(table, held[0][0]) if len(rows) == 1 else ""
    measure = column_name(table, held[0][1]) if len(columns) == 1 else measure
    if falls:
        measure, most = f"{_CHANGED.sub('', measure)}降幅", "最小" if low else "最大"
    elif not _PLAIN.search(most):
        most = "最高"
    names = [
        (label_of_row(table, i) if len(rows) > 1 else "") + (column_name(table, j) if len(columns) > 1 else "")
        for i, j in held
    ]
    number = f"有{len(held)}项：" if len(held) > 1 else "是"
    figure = value(table, *held[0])
    text = f"{measure}{most}的{number}{'、'.join(names)}，{'均为' if len(held) > 1 else '为'}{figure}。"
    spans = dict.fromkeys(span for i, _ in held for span in cell_spans(table, i))
    return Line(text, tuple(spans))


def _names(table: Table, i: int) -> list[str]:
    return [table.rows[i][j] for j in key_columns(table)]


def _above(table: Table) -> str:
    """What names a table: the line above it, its sections, the title and the number of its document."""
    document = table.document
    path = document.path(document.section_at(table.head_span[0]))
    return "".join((caption_of(table), *path, document.header.title or "", document.header.number or ""))
