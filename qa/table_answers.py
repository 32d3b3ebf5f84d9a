"""Answers from tables: the rows that a condition picks out, a whole column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import SourceDocument
from corpus.table_rows import is_figure, is_form, is_head
from index.tokens import fold
from qa.amounts import amounts, amounts_of_case, conditions, fits, ranges
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import Draft, Line, Span, cells_of
from qa.patterns import clearly_named, lacks_figure, measure_named, measures_asked, other_class, years_told

_MOST_ROWS = 30
_NUMBERING = re.compile(r"序号|编号|No\.?|#|排名")
_BARE = re.compile(r"[（(][^（()）]*[)）]|\s")
_DATE = re.compile(
    r"(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末|上旬|中旬|下旬)?|(?:19|20)\d\d年(?:底|末|上半年|下半年)?"
)
_ASKS_ROWS = re.compile(
    r"哪些|哪几|有哪|几(?:个|家|项|条|种|类)|多少(?:个|家|项|条|种|类)|列出|列一下|名单|都有(?:谁|什么)"
)


@dataclass(frozen=True)
class Table:
    """A table of a document: cells parted by |, the first row its head. Spans are of whole rows."""

    document: SourceDocument
    head: tuple[str, ...]
    head_span: tuple[int, int]
    rows: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[int, int], ...]


@lru_cache(maxsize=64)  # the same few documents are looked through by several ways of answering
def tables_of(document: SourceDocument) -> tuple[Table, ...]:
    """The tables of a document that have a head without figures and two rows or more."""
    found: list[Table] = []
    run: list[tuple[int, int]] = []
    for line in [*re.finditer(r"[^\n]*", document.text), None]:
        if line is not None and "|" in line.group():
            run.append(line.span())
            continue
        if line is not None and not line.group().strip():
            continue
        told = [tuple(cells_of(document.text[a:b])) for a, b in run]
        if len(run) > 2 and not is_form(told):
            head, *rows = told
            if is_head(head, rows):
                # Empty cells at the end of a row may be missing; one cell alone names a group of rows.
                whole = [
                    (cells + ("",) * (len(head) - len(cells)), span)
                    for cells, span in zip(rows, run[1:], strict=True)
                    if len(cells) <= len(head) and sum(map(bool, cells)) > 1
                ]
                if len(whole) > 1:
                    found.append(Table(document, head, run[0], tuple(c for c, _ in whole), tuple(s for _, s in whole)))
        run = []
    return tuple(found)


_NOT_DONE = re.compile(r"没(?:有|办理?|做|去|交)?(?=[\u4e00-\u9fff]{2})")  #: what documents say: 未
_UNIT = re.compile(r"[（(]([^（()）]{1,10})[)）]")
_MEASURES = re.compile("[元%人件户个项吨亩辆座张次]")  #: what a unit in brackets holds; （一、二级） is none
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_CELL_TAKEN = 1.3  #: sum of how well row and column are named, each at most 1, from which a cell is the one asked for
_ROW_NAMED, _ROW_NAMED_BESIDE_YEAR = 0.6, 0.35  #: how well a row has to be named; where the column is that of a year


def answer_cell(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The cell, or for several figures the row, of a table that a question names by row and column; None where it names
    none clearly. Looked for in the documents pointed at, else in that of the best sentence."""
    question = probe.question
    if not found or "count" not in question.kinds or question.kinds & {"whether", "compare", "list"}:
        return None
    said = _NOT_DONE.sub("未", fold(question.core))
    # What asks (多少钱: 金额) names no column.
    others = (word for asked, words in probe.expansions.items() if not _ASKS_FIGURE.search(asked) for word in words)
    core = re.sub(r"\s", "", said + "".join(others))
    documents = dict.fromkeys(c.document for c in found if not probe.hinted or c.document.doc_id in probe.hinted)
    best: tuple[float, Table, list[int], list[int]] | None = None
    for table in (t for document in list(documents)[:_FARTHEST] for t in tables_of(document)):
        columns = _columns_named(core, question.years, table)
        far = table.document not in list(documents)[:_NEAREST]
        by_year = any(_YEAR.search(table.head[j]) for j in columns)
        value, rows = _rows_named(core, table, by_year)
        if not columns or not rows or (far and min(value, max(columns.values())) < _NAMED_IN_FULL):
            continue
        if len(_ASKS_FIGURE.findall(core)) > 1 and list(columns.values()) == [_BY_UNIT]:
            continue  # one of the figures asked for, and that without its name
        worth = value + max(columns.values())
        if worth >= _CELL_TAKEN and (best is None or worth > best[0]):
            most = max(columns.values())
            # 门槛费多少、报几成 asks for more than one.
            least = most - 0.05 if len(_ASKS_FIGURE.findall(fold(question.core))) < 2 else min(most, _BY_UNIT) - 0.15
            if most < _COLUMN_SAID and amounts(core):
                least = 0.0  # what three hours cost, 首小时 and 之后每小时 tell together
            best = (worth, table, rows, [j for j, value in sorted(columns.items()) if value > least])
    if best is None:
        return _whole_row(core, probe, found)
    _, table, rows, columns_meant = best
    if not any(_fits(core, _told(table, rows[0], [j])) for j in columns_meant):
        return None
    if _said_in_words(core, probe, found, table, rows[0], columns_meant):
        return None
    lines = (Line(_told(table, i, columns_meant), _cell_spans(table, i)) for i in sorted(rows))
    return Draft(tuple(lines), method="cell")


#: Documents of the best sentences whose tables are looked at; those of which row and column have to be named in full.
_NEAREST, _FARTHEST = 2, 6
_NAMED_IN_FULL = 0.95
_COLUMN_SAID = 0.6  #: how well a column is named that is the only one asked for, whatever amount is named beside it


def _rows_named(core: str, table: Table, by_year: bool) -> tuple[float, list[int]]:
    """The row that a question names clearly, and how well; of several columns that together tell the rows apart those that
    it names count, and the rows are more where it leaves one open. (0.0, []) where it names none."""
    least = _ROW_NAMED_BESIDE_YEAR if by_year else _ROW_NAMED
    keys, all_rows = _key_columns(table), range(len(table.rows))
    if len(keys) > 1:
        said = {column: [_named_by(core, table, i, column) for i in all_rows] for column in keys}
        keys = tuple(column for column in keys if max(said[column]) >= least)
        values = [sum(said[column][i] for column in keys) / len(keys) for i in all_rows] if keys else [0.0]
    else:
        values = [_row_named(core, table, i) for i in all_rows]
    most = max(values)
    rows = [i for i, value in enumerate(values) if value == most]
    second = max((value for value in values if value < most), default=0.0)
    clear = most >= least and most - second >= (0.15 if by_year else _CLEARLY)
    many = len(rows) > (_MOST_NAMED if len(_key_columns(table)) > 1 else 1)
    return (most, rows) if clear and not many else (0.0, [])


_ASKS_FIGURE = re.compile(r"多少|几(?![乎号])|多[大高长]")
_MOST_COLUMNS = 3  #: of figures, with which a row is told whole


def _whole_row(core: str, probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The row of a small table that a question names in words of its own or of documents (低保户), where it names none of
    its columns and no sentence among the best speaks of the row."""
    for table in _spoken_of(probe, found)[:1]:
        names = _names_column(table)
        rows = sorted(((_row_named(core, table, i), i) for i in range(len(table.rows))), reverse=True)
        figures = [j for j in range(len(table.head)) if j != names and not _NUMBERING.fullmatch(table.head[j].strip())]
        by_year = any(_YEAR.search(table.head[j]) for j in figures)
        if names is None or by_year or len(figures) > _MOST_COLUMNS:
            return None
        (best, i), (second, _) = rows[:2]
        told = _told(table, i, figures)
        if best < _ROW_NAMED or best - second < _CLEARLY or lacks_figure(core, [fold(told)]) or not _fits(core, told):
            return None
        if _tells_less(probe, table, told) or any(
            "|" not in c.text and _said(fold(table.rows[i][names]), fold(c.text)) >= _ROW_NAMED for c in found[:5]
        ):
            return None
        return Draft((Line(told, _cell_spans(table, i)),), method="cell")
    return None


def _tells_less(probe: Probe, table: Table, told: str) -> bool:
    """Whether the document of a table has more of the name of a measure asked for than the table and what stands above it."""
    document = table.document
    above = "".join(document.path(document.section_at(table.head_span[0])))
    here, everywhere = fold(above + _caption(table) + told), fold(document.text)
    for measure in measures_asked(fold(probe.question.core)):
        ends = [measure[k:] for k in range(len(measure) - 1)]  # the longest first
        most = next((end for end in ends if end in everywhere), "")
        if most not in here:
            return True
    return False


_CLEARLY = 0.1  #: by how much a row has to be named better than every other


def _said_in_words(
    core: str, probe: Probe, found: Sequence[Candidate], table: Table, i: int, columns: Sequence[int]
) -> bool:
    """Whether a sentence beside a table tells a figure of what a question asks for by a name that the cell has not, where
    the question names the row within that name alone: 城镇化率, of a row 城镇."""
    names = [fold(table.rows[i][_names_column(table) or 0]), *(fold(table.head[j]) for j in columns)]
    years = set(probe.question.years)
    sentences = [
        fold(c.text)
        for c in found
        if c.tells and c.document is table.document and "|" not in c.text
        if not years or not (told := years_told(c.text)) or told & years
    ]
    for measure in measures_asked(fold(probe.question.core)):
        in_cell = max((k for name in names for k in range(1, len(measure) + 1) if measure[-k:] in name), default=0)
        in_words = max((measure_named(measure, text) for text in sentences), default=0)
        apart = _row_named(core.replace(measure[len(measure) - in_words :], ""), table, i) >= _ROW_NAMED_BESIDE_YEAR
        if clearly_named(in_words, in_cell) and not apart:
            return True
    return False


def row_cells(probe: Probe, candidate: Candidate) -> Draft | None:
    """Of a sentence that is a row of a table the cells of the years or columns that a question names; None where it
    names none, or is no question for figures."""
    if "|" not in candidate.text or "count" not in probe.question.kinds:
        return None
    core = re.sub(r"\s", "", fold(probe.question.core))
    for table in tables_of(candidate.document):
        for i, span in enumerate(table.spans):
            if span[0] <= candidate.start < span[1] and (columns := _columns_named(core, probe.question.years, table)):
                most = max(columns.values())
                meant = [j for j, value in columns.items() if value > most - 0.05]
                return Draft((Line(_told(table, i, meant), _cell_spans(table, i)),), method="cell")
    return None


def row_verdict(probe: Probe, candidate: Candidate) -> tuple[str, bool] | None:
    """("是的" or "不是", whether it denies) where a yes/no question gives a row of a table a value of one of its columns:
    its own, or that of other rows."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    if "|" not in candidate.text or "whether" not in probe.question.kinds:
        return None
    for table in tables_of(candidate.document):
        for i, span in enumerate(table.spans):
            if not span[0] <= candidate.start < span[1] or _row_named(core, table, i) < _ROW_NAMED:
                continue
            for j in range(len(table.head)):
                values = {_BARE.sub("", fold(row[j])) for row in table.rows}
                said = [v for v in values if len(v) >= 2 and v in core and not re.fullmatch(r"[\d.,%]+", v)]
                if j != _names_column(table) and 1 < len(values) <= len(table.rows) // 2 + 1 and len(said) == 1:
                    same = said[0] == _BARE.sub("", fold(table.rows[i][j]))
                    return ("是的", False) if same else ("不是", True)
    return None


_OF_WHICH = re.compile(r"^其中[：:]?\s*")


def _told(table: Table, i: int, columns: Sequence[int]) -> str:
    """A row's name with the cells of some columns, units written out: 河东区业务收入：14.03亿元。"""
    row = table.rows[i]
    names = _names_column(table) or 0
    keys = _key_columns(table) or (names,)
    # A group of rows (创新能力) need not be told before a name that no other row has.
    alone = [j for j in keys if len({other[j] for other in table.rows}) == len(table.rows)]
    keys = tuple(alone[:1]) or keys
    label = "".join(_OF_WHICH.sub("", _without_unit(row[j])) for j in keys)
    unit_of_row = _UNIT.search(row[keys[-1]])
    units = next((j for j, name in enumerate(table.head) if _UNITS.fullmatch(name)), None)
    told = []
    for j in columns:
        unit = _UNIT.search(table.head[j])
        bare = bool(re.fullmatch(r"[-−]?[\d.,]+", row[j]))
        own = unit.group(1) if unit and _MEASURES.search(unit.group(1)) else ""
        own = own or (unit_of_row.group(1) if unit_of_row and _MEASURES.search(unit_of_row.group(1)) else "")
        own = (
            own or (row[units] if units is not None and len(row[units]) <= _LONGEST_UNIT else "") or _unit_of_all(table)
        )
        column = _UNIT.sub("", table.head[j]) if unit and own == unit.group(1) else table.head[j]
        told.append(f"{column}：{row[j]}{own if bare else ''}")
    return f"{label}{'，'.join(told)}。"


_UNITS = re.compile("(?:计量)?单位")  #: the head of a column of units
_LONGEST_UNIT = 5


def _without_unit(name: str) -> str:
    """A name without the unit in brackets behind it; what else stands in brackets (不满20吨) stays."""
    return _UNIT.sub(
        lambda aside: "" if _MEASURES.search(aside[1]) and not re.search(r"\d", aside[1]) else aside[0], name
    )


_CAPTION_UNIT = re.compile(
    r"(?:单位[:：]\s*([^\s（()）；;。|]{1,8})|[（(]\s*(?:单位[:：]\s*)?([^（()）|]{1,8})[)）])\W*$"
)


def _caption(table: Table) -> str:
    """The line above a table."""
    return table.document.text[: table.head_span[0]].rstrip().rpartition("\n")[2]


def _unit_of_all(table: Table) -> str:
    """The unit of the figures of a table, where the line above it tells one (标准（元/人）, 单位：万元) and no column has its
    own."""
    above = _caption(table)
    told = _CAPTION_UNIT.search(above)
    unit = "" if told is None else told[1] or told[2]
    alone = len(above) <= _LONGEST_CAPTION and not any(_UNIT.search(name) for name in table.head)
    return unit if alone and _MEASURES.search(unit[:3]) and not re.search(r"\d|[、，,]", unit) else ""


_LONGEST_CAPTION = 60  #: characters of a line above a table that names it


def _columns_named(core: str, years: Sequence[str], table: Table) -> dict[int, float]:
    """How well a question names each column of figures, from 0 to 1: by its year, else by its words."""
    keys = _key_columns(table)
    named: dict[int, float] = {}
    of_share = [
        j
        for j, head in enumerate(table.head)
        if j not in keys and ("%" in fold(head) or all("%" in fold(row[j]) for row in table.rows))
    ]
    if len(of_share) == 1 and _ASKS_SHARE.search(core):
        named[of_share[0]] = _BY_UNIT
    units = {m[1] for m in _ASKED_UNIT.finditer(core)}
    caption = _NUMBER_OF_TABLE.sub("", fold(_caption(table)[-_LONGEST_CAPTION:]))
    of_caption = _said(caption, core) >= _OF_CAPTION or (len(caption) > _MEASURE and caption[-_MEASURE:] in core)
    for j, head in enumerate(table.head):
        if j in keys or _NUMBERING.fullmatch(head.strip()) or other_class(core, fold(head)):
            continue
        year = _YEAR.search(head)
        if year is not None:
            if year.group(1) in years:
                named[j] = 1.0
        elif (share := _column_said(_BARE.sub("", head), core)) >= 0.3:
            named[j] = max(share, named.get(j, 0.0))
        elif sum(len(value) > 1 and value in core for value in {_BARE.sub("", fold(row[j])) for row in table.rows}) > 1:
            named[j] = 1.0  # 是约束性的还是预期性的: which of its values
        elif _AMOUNT.fullmatch(_UNIT.sub("", head)) and (units & set(_UNIT.findall(head)) or of_caption):
            named[j] = _BY_UNIT
    return named


#: A column that names no measure of its own: that of the table's name, asked for by its unit (多少亿元, of 绝对数(亿元)).
_AMOUNT = re.compile(
    r"(?:绝对|金|年末|期末|月末|本年|本期|当年|累计|实际|完成|总)*(?:数|值|额|量|数值|数量|总量|总额)?"
)
_NUMBER_OF_TABLE = re.compile(
    r"^附?[图表][\d一二三四五六七八九十-]*[:：、]?|[（(][^（()）]*[)）]|(?:19|20)\d\d年?|(?:情况|统计)?表?$"
)
_MEASURE = 4  #: the last characters of the name of a table, which tell its measure: 各州教育经费
_OF_CAPTION = 0.5  #: share of the name of a table that a question says which asks for what the table tells
_ASKED_UNIT = re.compile(r"(?:多少|几)(?:个)?([千百十]?[万亿]?[\u4e00-\u9fff])")
_BY_UNIT = 0.7
#: Sorts of measures that no figure is of two of; what is asked with another (个, 座) may be told in any.
_SORTS = tuple(map(re.compile, ("元", "家|户", "人|名|位", "[件笔宗起]")))


def _fits(core: str, told: str) -> bool:
    """Whether what is told of a cell, its unit behind it, may be what a folded question asks for by a unit: 多少家 asks for
    no 11.4亿元."""
    asked = {k for unit in _ASKED_UNIT.findall(core) for k, sort in enumerate(_SORTS) if sort.search(unit)}
    unit = _UNIT_TOLD.search(fold(told))
    own = {k for k, sort in enumerate(_SORTS) if unit is not None and sort.fullmatch(unit[1])}
    return not (asked and own) or bool(asked & own)


_UNIT_TOLD = re.compile(r"\d[千百十万亿]*([\u4e00-\u9fff]+)(?:/[\u4e00-\u9fff]+)?。$")
_ASKS_SHARE = re.compile(r"百分之(?:多少|几)|几成|(?:多大|多高|什么)比例|百分比")


_ITSELF = re.compile(r"(?:绝对(?:值|数|额|量)|总量|数值|数额)$")


def _column_said(name: str, core: str) -> float:
    """As :func:`_said`; 地区生产总值绝对值 is what a question for 地区生产总值 means, and not its 增速 beside it."""
    return max(_said(name, core), 0.9 * _said(_ITSELF.sub("", name), core) if _ITSELF.search(name) else 0.0)


def _row_named(core: str, table: Table, i: int) -> float:
    """How well a question names a row, from 0 to 1: by its name, or by all that together tell it from the others."""
    keys = _key_columns(table)
    return sum(_named_by(core, table, i, column) for column in keys) / len(keys) if keys else 0.0


def _named_by(core: str, table: Table, i: int, names: int) -> float:
    """How well a question names a row by one of its cells: the best of the names in it."""
    name = table.rows[i][names]
    outside = _ASIDE.sub("", name)
    value = max((_said(part, core) for part in re.split("[、，,/]", outside) if part), default=0.0)
    value = max(_held(core, outside), 0.0) or value
    aside = [
        told for told in _ASIDE.findall(name) if len(told) > 2 and (_held(core, told) or not _MEASURES.search(told))
    ]
    if not aside:
        return value
    # What stands in brackets tells rows of one name apart: 市外（未备案）, beside 市外（已备案）; 租期5年以上 by its range.
    held = _held(core, aside[-1])
    said = max(held, 0.0) if held else _said(aside[-1], core)
    alike = any(_ASIDE.sub("", row[names]) == outside for row in table.rows if row is not table.rows[i])
    return (max(value, said) + said) / 2 if alike else max(value, said)


_ASIDE = re.compile(r"[（(]([^（()）]+)[)）]")


def _held(core: str, name: str) -> float:
    """1 where the range of a name (租期5年以上) holds an amount that a folded question tells, or is one that it asks
    about, -1 where it is another, 0 where the one or the other tells none."""
    bounds, own = ranges(core), conditions(fold(name))
    told = [a for a in amounts_of_case(core) if not any(b.start <= a.start < b.end for b in bounds)]
    asked = [b for b in bounds if any(b.unit == r.unit for r in own)]
    if asked:
        return 1.0 if any((b.low, b.high, b.unit) == (r.low, r.high, r.unit) for b in asked for r in own) else -1.0
    return fits(told, fold(name))


def _said(name: str, core: str) -> float:
    """Share of a name's pairs of characters that a folded question holds; 1 where it holds the name, 0 where it holds the
    opposite: 居民用水, for 非居民用水."""
    bare = re.sub(r"\s", "", _OF_WHICH.sub("", fold(name)))
    if len(bare) >= 2 and re.search(f"(?<!非){re.escape(bare)}", core):
        return 1.0
    opposite = bare[1:] if bare.startswith("非") else f"非{bare}"
    if len(bare) >= 2 and opposite in core:
        return 0.0
    pairs = [bare[k : k + 2] for k in range(len(bare) - 1)]
    return 0.9 * sum(pair in core for pair in pairs) / len(pairs) if pairs else 0.0


def answer_rows(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The entries of a table that a question picks out by what stands beside them, or a column that it names; None
    where it names neither. Looked for in the documents pointed at, else in that of the best sentence."""
    question = probe.question
    core = re.sub(r"\s", "", fold(question.core))
    if not found or not _ASKS_ROWS.search(core) or question.kinds & {"whether", "compare", "when"}:
        return None
    documents = dict.fromkeys(c.document for c in found if not probe.hinted or c.document.doc_id in probe.hinted)
    for document in list(documents)[:2]:
        for table in tables_of(document):
            draft = _picked(core, table) or _column(core, probe, table)
            if draft is not None:
                return draft
    return None


_SPOKEN_OF = 0.3  #: share of what a question says that a table, its title and its rows have to hold


def _spoken_of(probe: Probe, found: Sequence[Candidate]) -> list[Table]:
    """The tables that a question speaks of, the one that holds most of what it says first."""
    documents = dict.fromkeys(c.document for c in found if not probe.hinted or c.document.doc_id in probe.hinted)
    total = sum(probe.words.values()) or 1.0
    spoken: list[tuple[float, Table]] = []
    for table in (t for document in list(documents)[:2] for t in tables_of(document)):
        title = re.split("。", _caption(table).rstrip("。"))[-1]
        rows = "".join(table.document.text[slice(*span)] for span in table.spans)
        held = weight_held(probe.words, probe, fold(title + "".join(table.head) + rows)) / total
        if held >= _SPOKEN_OF:
            spoken.append((held, table))
    return [table for _, table in sorted(spoken, key=lambda pair: -pair[0])]


_ROW_BOUND = re.compile(
    r"(?:(?P<below>低于|小于|少于|不足|不到|未达到?|没有?达?到)|(?P<above>高于|大于|多于|超过|超出|突破))了?(?P<value>\d+(?:,\d{3})*(?:\.\d+)?)(?P<scale>[千万亿]*)(?P<unit>[元人户件个吨亩%]?)(?![\d年])"
)
_FELL = re.compile("下降|减少|下跌|负增长")
_GROWTH = re.compile("增长|增速|增幅|涨跌|增减|升降")
_MAY = re.compile("可以|能(?![力源耗量])|申[请报]|享受|符合|才")  #: what a bound is a condition of
_TOTAL_ROW = re.compile(r"[合总小]计|总|平均|^全[国省市州县区]")


def answer_bounded(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The rows of a table whose figure lies below or above the one that a question names (哪几类低于100), or whose growth
    is below zero (哪些产品下降); None where the question names none, or asks what it is a condition of, or the table has no such row."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    other = _MAY.search(core) or probe.question.kinds & {"whether", "compare", "when"}
    if not _ASKS_ROWS.search(core) or other:
        return None
    bound, fell = _ROW_BOUND.search(core), _FELL.search(core)
    if bound is None and fell is None:
        return None
    asked = 0.0 if bound is None else float(bound["value"].replace(",", ""))
    for table in _spoken_of(probe, found)[:1]:
        names = _names_column(table)
        growth = [j for j, name in enumerate(table.head) if _GROWTH.search(name)]
        only = growth[0] if len(growth) == 1 else None
        column = only if bound is None else _figures_meant(core, probe, table, bound["unit"])
        if names is None or column is None:
            return None
        unit = _UNIT.search(table.head[column])
        scale = re.match("[千万亿]*", unit[1] if unit else "")
        scaled = bound is not None and (bound["unit"] or bound["scale"])
        if bound is not None and scaled and (scale is None or scale.group() != bound["scale"]):
            return None
        held = []
        for i, row in enumerate(table.rows):
            figure = re.fullmatch(r"([-−]?\d[\d,]*(?:\.\d+)?)%?", row[column])
            value = None if figure is None else float(figure[1].replace(",", "").replace("−", "-"))
            below = bound is None or bool(bound["below"])
            beyond = value is not None and (value < asked if below else value > asked)
            if beyond and not _TOTAL_ROW.search(row[names]):
                held.append(i)
        if not held:
            return None
        told = [f"{_OF_WHICH.sub('', table.rows[i][names])}（{table.rows[i][column]}）" for i in held]
        between = "；" if any("、" in one for one in told) else "、"
        lead = f"{_UNIT.sub('', table.head[column])}低于0" if bound is None else bound.group()
        text = f"{lead}的共{len(held)}项：{between.join(told)}。"
        return Draft((Line(text, _spans(table, held)),), method="rows")
    return None


def _figures_meant(core: str, probe: Probe, table: Table, unit: str = "") -> int | None:
    """The one column of figures that a question names, by its words, its year or the ``unit`` it asks for (多少人), or
    that a table has."""
    named = _columns_named(core, probe.question.years, table)
    figures = [
        j
        for j, name in enumerate(table.head)
        if j != _names_column(table)
        and not _NUMBERING.fullmatch(name.strip())
        and sum(bool(re.match(r"[-−]?\d", row[j])) for row in table.rows) * 2 > len(table.rows)
    ]
    counted = re.search(r"(?:多少|几)(?:万|亿)?([\u4e00-\u9fff%])", core)
    unit = unit or (counted[1] if counted else "")
    of_unit = [j for j in figures if unit and (own := _UNIT.search(table.head[j])) and fold(own[1]).endswith(unit)]
    most = max((value for j, value in named.items() if j in figures), default=0.0)
    best = [j for j in figures if most and named.get(j, 0.0) > most - 0.05]
    return next((own[0] for own in (of_unit, best, figures) if len(own) == 1), None)


_OF_EACH_ROW = re.compile(
    r"各自?(?:[有是为占])?(?:多少|几)|分别|还是|相差|差(?:了|距)?(?:是)?(?:多少|多大|几)"
    r"|(?:谁|哪(?:个|家|边|一个|里)?)[^,，。?？]{0,10}[多高大少低快]|比[^,，。?？]{2,12}[多高大少低快](?:了|出)?(?:多少|几)"
)
_MOST_NAMED = 4  #: rows that a question names one by one, at most


def answer_each_row(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The rows of a table that a question asks for one by one: 男女各多少; None where one sentence tells them all."""
    question = probe.question
    core = re.sub(r"\s", "", fold(question.core))
    if not _OF_EACH_ROW.search(core) or not question.kinds & {"count", "compare"} or "whether" in question.kinds:
        return None
    for table in _spoken_of(probe, found)[:1]:
        names, column = _names_column(table), _figures_meant(core, probe, table)
        if names is None or column is None:
            return None
        labels = [re.sub(r"\s", "", _OF_WHICH.sub("", fold(_UNIT.sub("", row[names])))) for row in table.rows]
        # 男性 and 女性 are named 男 and 女.
        said = [re.sub("性$", "", label) for label in labels]
        named = [i for i, name in enumerate(said) if name and name in core and said.count(name) == 1]
        named = [i for i in named if not any(said[i] in said[k] for k in named if k != i)]
        if not 1 < len(named) <= _MOST_NAMED or len({len(said[i]) == 1 for i in named}) > 1:
            return None
        told = [re.compile(re.escape(labels[i]) + r"[^\d，,；;。]{0,6}\d") for i in named]
        if any("|" not in c.text and all(one.search(fold(c.text)) for one in told) for c in found[:8]):
            return None
        lines = [Line(_told(table, i, [column]), _cell_spans(table, i)) for i in named]
        return Draft(tuple(lines), method="cell")
    return None


def _names_column(table: Table, but: int = -1) -> int | None:
    """The column that names the entries: the first that is neither a numbering nor figures."""
    for j, name in enumerate(table.head):
        if j != but and not _NUMBERING.fullmatch(name.strip()) and _is_of_words(table, j):
            return j
    return None


def _is_of_words(table: Table, column: int) -> bool:
    """Whether less than half of a column's cells are figures."""
    return sum(bool(re.match(r"[\d.,%\s]+$", row[column])) for row in table.rows) < 0.5 * len(table.rows)


_MOST_KEYS = 3  #: columns that together tell the rows of a table apart


def _key_columns(table: Table) -> tuple[int, ...]:
    """The columns of words that together name the entries: the one of their names and, where that has a name for several
    (一类区域, in rows for 小型车 and for 大型车), those behind it until no two rows are named alike."""
    first = _names_column(table)
    if first is None:
        return ()
    keys = [first]
    for column in range(first + 1, len(table.head)):
        if len({tuple(row[j] for j in keys) for row in table.rows}) == len(table.rows):
            return tuple(keys)
        if _UNITS.fullmatch(table.head[column]):
            continue
        if len(keys) == _MOST_KEYS or 2 * sum(is_figure(row[column]) for row in table.rows) >= len(table.rows):
            break
        keys.append(column)
    apart = len({tuple(row[j] for j in keys) for row in table.rows}) == len(table.rows)
    return tuple(keys) if apart else (first,)


def _picked(core: str, table: Table) -> Draft | None:
    """The entries whose cell in another column holds what the question says: 要在9月底前完成的."""
    for k, name in enumerate(table.head):
        if _NUMBERING.fullmatch(name.strip()):
            continue
        held = [i for i, row in enumerate(table.rows) if _says(core, row[k])]
        if not _names_more_than_year(core, table, [table.rows[i][k] for i in held]):
            continue
        if k == _names_column(table):
            # The entry itself is named: what is asked for stands in another column of its row.
            columns = _columns_named(core, (), table) if len(held) == 1 else {}
            if columns:
                most = max(columns.values())
                meant = [j for j, value in columns.items() if value > most - 0.05]
                return Draft((Line(_told(table, held[0], meant), _spans(table, held)),), method="cell")
            continue
        answer = _asked_column(core, table, but=k)
        if answer is None:
            answer = _names_column(table, but=k)
        if answer is None or answer == k or not 0 < len(held) < len(table.rows):
            continue
        if len({table.rows[i][k] for i in held}) > 1 and not _DATE.search(core):
            continue
        told = "、".join(table.rows[i][answer] for i in held)
        spans = _spans(table, held)
        return Draft(
            (Line(f"{table.head[k]}为{table.rows[held[0]][k]}的共{len(held)}项：{told}。", spans),), method="rows"
        )
    return None


def _names_more_than_year(core: str, table: Table, cells: Sequence[str]) -> bool:
    """Whether a question that names cells by a year alone, which any question may name, has something of the table's head."""
    by_year = all(_YEAR.match(cell) for cell in cells) and not re.search(r"\d月", core)
    return not by_year or any(_said(name, core) for name in table.head)


def _says(core: str, cell: str) -> bool:
    """Whether a question names the value of a cell: all of it, or its date."""
    bare = _BARE.sub("", fold(cell))
    if len(bare) >= 3 and bare in core and not re.fullmatch(r"[\d.,%]+", bare):
        return True
    dates = [m.group() for m in _DATE.finditer(core)]
    dates = [date for date in dates if "月" in date] or dates
    return bool(_DATE.search(bare)) and any(date in bare for date in dates) and len(bare) <= 16


def _asked_column(core: str, table: Table, but: int = -1) -> int | None:
    """The column whose head the question says; the longest of several."""
    named = [
        (len(bare), -j)
        for j, name in enumerate(table.head)
        if j != but and len(bare := _BARE.sub("", fold(name))) >= 2 and bare in core and not _NUMBERING.fullmatch(bare)
    ]
    return -max(named)[1] if named else None


def _column(core: str, probe: Probe, table: Table) -> Draft | None:
    """All entries of a column of names that a question asks for by its head."""
    j = _asked_column(core, table)
    if j is None or j != _names_column(table) or len(_BARE.sub("", table.head[j])) < 3:
        return None
    names = list(dict.fromkeys(row[j] for row in table.rows if row[j]))
    if not 2 <= len(names) <= _MOST_ROWS or probe.question.count not in (None, len(names)):
        return None
    held = [i for i, row in enumerate(table.rows) if row[j]]
    return Draft((Line(f"{table.head[j]}共{len(names)}项：{'、'.join(names)}。", _spans(table, held)),), method="rows")


def _cell_spans(table: Table, i: int) -> tuple[Span, ...]:
    """What a cell of a row rests on: the row, the head, and the line above where that tells the unit."""
    above = len(table.document.text[: table.head_span[0]].rstrip())
    caption = [(above - len(_caption(table)), above)] if _unit_of_all(table) else []
    return tuple((table.document.doc_id, *span) for span in (table.spans[i], table.head_span, *caption))


def _spans(table: Table, held: Sequence[int]) -> tuple[Span, ...]:
    doc_id = table.document.doc_id
    return ((doc_id, *table.head_span), *((doc_id, *table.spans[i]) for i in held))
