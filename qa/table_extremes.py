"""The row of a table whose figure is the highest or lowest of all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.tokens import fold, words
from qa.amounts import amounts_of_case
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import Draft, Line
from qa.table_names import columns_named, figures_meant, told_columns
from qa.tables import (
    OF_WHICH,
    YEAR,
    Table,
    caption_of,
    cell_spans,
    column_name,
    key_columns,
    label_of_row,
    names_column,
    tables_of,
    unit_of_cell,
    value,
)

_HIGHEST = "高多大贵长重快强厚宽"
LOWEST = re.compile(r"[低少小短轻慢]|便宜|省钱?")
SUPERLATIVE = re.compile(rf"最(?:[{_HIGHEST}]|{LOWEST.pattern})")
#: What is asked for is one of the entries; of 前三名, 第二高, 最低的两类 there is more to tell.
WHICH = re.compile(r"哪|谁|什么|几(?=[层级档类楼级号])")
OTHER_RANK = re.compile(r"[前第][二两三四五六七八九十\d]|倒数|最.的?[二两三四五六七八九十几\d]+[个项类种家]|[次其]次")
_WHAT = re.compile(r"(?:哪|什么)[一几些]*(?:[个类种项档家样位条款级])?(?P<noun>[\u4e00-\u9fff]{2})?")
_ALL = re.compile(r"(?:.{0,6}[合总小]计|总[数量额值]|平均.{0,3}|全[国省市州县区体].{0,4})")
_FIGURE = re.compile(r"([-−]?\d[\d,]*(?:\.\d+)?)(\D{0,10})")
_NO_FIGURE = re.compile(r"[-—–/]*")
_MOST_TIED = 5
_ASKING = re.compile(r"最|^表|哪|^[一二两三四五六七八九十\d]+年$")
_LOOKED_AT = 4  #: documents of the best sentences
_IN_FULL = 0.99
_SPOKEN_OF = 0.6  #: share of what a question says that a table, its name, its rows and the title have to hold


def answer_extreme(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The row of a table whose figure is the highest or lowest of the column that a question names (监督检验费最高的是哪类);
    all that are equal. None where the column is not one measure in one unit for rows of one sort,
    the question tells a condition, or a sentence tells the order itself."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    if not WHICH.search(core) or OTHER_RANK.search(core) or "whether" in probe.question.kinds:
        return None
    for table in _named(probe, found):
        most = next((m for m in SUPERLATIVE.finditer(core) if not _is_of_name(core, m, table)), None)
        if most is None or any(_tells_order(most.group(), fold(c.text)) for c in found[:2]):
            return None
        rest = core[: most.start()] + core[most.end() :]
        cells = _entries(rest, probe, table)
        line = _extreme(most.group(), table, cells) if cells else None
        if line is None:
            return None
        return Draft((line,), method="cell")
    return None


def _named(probe: Probe, found: Sequence[Candidate]) -> list[Table]:
    """The table that a question names by most of what it says, in the documents of the best sentences; in others than
    those pointed at by all that it says."""
    asking = "".join(SUPERLATIVE.findall(fold(probe.question.core)))
    said = {
        word: weight
        for word, weight in probe.words.items()
        if len(word) > 1 and word not in asking and not _ASKING.search(word)
    }
    best: tuple[float, Table] | None = None
    for document in list(dict.fromkeys(c.document for c in found))[:_LOOKED_AT]:
        least = _SPOKEN_OF if document.doc_id in (probe.hinted or {document.doc_id}) else _IN_FULL
        for table in () if probe.named and document.doc_id not in probe.named else tables_of(document):
            text = fold(_above(table) + "".join(table.head) + "".join(map("".join, table.rows)))
            held = _weight(said, probe, text) / (sum(said.values()) or 1.0)
            if held >= least and (best is None or held > best[0]):
                best = (held, table)
    return [] if best is None else [best[1]]


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


def _is_of_name(core: str, most: re.Match[str], table: Table) -> bool:
    """Whether a superlative is of the name of a column: 最高补助 (not what is highest)."""
    return any(core[most.start() : most.end() + 1] in fold(name) for name in table.head)


def _entries(core: str, probe: Probe, table: Table) -> list[tuple[int, int]] | None:
    """The cells that are compared where an entry is asked for: those of one column, or all where they are of one sort."""
    what = _WHAT.search(core)
    noun = (what and what["noun"]) or ""
    names = fold(table.head[names_column(table) or 0] + "".join(table.rows[i][0] for i in range(len(table.rows))))
    if noun and not set(noun) & set(names) and noun not in fold(_above(table)):
        return None
    rows = _rows_meant(core, table)
    columns = figures_meant(core, probe, table)
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


def _rows_meant(core: str, table: Table) -> list[int] | None:
    """The rows that are compared: all but sums, or those whose name has a word of the question that not all have (乘客电梯)
    and the table is not named by; None where rows are parts of others or the question tells an amount of its own."""
    rows = [i for i in range(len(table.rows)) if not any(_ALL.fullmatch(fold(cell)) for cell in _names(table, i))]
    if any(OF_WHICH.search(cell) for i in rows for cell in _names(table, i)):
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


def _extreme(most: str, table: Table, cells: Sequence[tuple[int, int]]) -> Line | None:
    """The cells with the highest or lowest figure, told; None where not all are figures of one unit."""
    figures: list[tuple[float, int, int]] = []
    units = set()
    for i, j in cells:
        told = _FIGURE.fullmatch(fold(table.rows[i][j]))
        if told is None and not _NO_FIGURE.fullmatch(fold(table.rows[i][j])):
            return None
        if told is not None:
            figures.append((float(told[1].replace(",", "").replace("−", "-")), i, j))
            units.add((told[2], unit_of_cell(table, i, j)))
    if len(figures) < 2 or len(units) != 1:
        return None
    low = LOWEST.search(most) is not None
    best = (min if low else max)(figures)[0]
    held = [(i, j) for figure, i, j in figures if figure == best]
    if len(held) > min(_MOST_TIED, len(figures) - 1):
        return None
    rows, columns = {i for i, _ in cells}, {j for _, j in cells}
    # Of one row the column is told, of one column the entry, of several of both the two.
    measure = label_of_row(table, held[0][0]) if len(rows) == 1 else ""
    measure = column_name(table, held[0][1]) if len(columns) == 1 else measure
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
