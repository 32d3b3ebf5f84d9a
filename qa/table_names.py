"""How well a question names the rows and the columns of a table, and which tables it speaks of.

Pure functions on folded questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from index.tokens import fold
from qa.abbreviations import in_order
from qa.amounts import amounts_of_case, conditions, fits, includes, ranges
from qa.evidence import Candidate, Probe
from qa.patterns import other_class
from qa.tables import (
    LONGEST_CAPTION,
    NUMBERING,
    OF_WHICH,
    ONLY_YEAR,
    UNIT,
    UNITS,
    YEAR,
    Table,
    caption_of,
    changes_of,
    is_change,
    key_columns,
    names_column,
    tables_of,
    unit_of,
)

BARE = re.compile(r"[（(][^（()）]*[)）]|\s")
ROW_NAMED, ROW_NAMED_BESIDE_YEAR = 0.6, 0.35  #: how well a row has to be named; where the column is that of a year
CLEARLY = 0.1  #: by how much a row has to be named better than every other
MOST_NAMED = 4  #: rows that a question names one by one, at most
_NEAREST = 2  #: documents of the best sentences


def tables_near(found: Sequence[Candidate], pointed: Collection[str]) -> list[Table]:
    """The tables of the nearest documents, of ``pointed`` alone where it names any: those that a question names beyond doubt,
    for a row that is named whole tells more than a title that has one of the words; else all that it points at."""
    documents = dict.fromkeys(c.document for c in found if not pointed or c.document.doc_id in pointed)
    return [table for document in list(documents)[:_NEAREST] for table in tables_of(document)]


def rows_named(core: str, table: Table, by_year: bool) -> tuple[float, list[int]]:
    """The row that a question names clearly, and how well; of several columns that together tell the rows apart those that
    it names count, and the rows are more where it leaves one open. (0.0, []) where it names none."""
    least = ROW_NAMED_BESIDE_YEAR if by_year else ROW_NAMED
    keys, all_rows = key_columns(table), range(len(table.rows))
    if len(keys) > 1:
        said = {column: [_named_by(core, table, i, column) for i in all_rows] for column in keys}
        keys = tuple(column for column in keys if max(said[column]) >= least)
        values = [sum(said[column][i] for column in keys) / len(keys) for i in all_rows] if keys else [0.0]
    else:
        values = [row_named(core, table, i) for i in all_rows]
    if max(values) < least:
        values = [max(value, _by_own_part(core, table, i)) for i, value in enumerate(values)]
    most = max(values)
    rows = [i for i, value in enumerate(values) if value == most]
    if len(rows) > 1:  # 10吨 ends the one band and begins the other, which says so: 10吨以上（含10吨）
        told = amounts_of_case(core)
        rows = [i for i in rows if any(includes(fold(table.rows[i][column]), told) for column in keys)] or rows
        if len(keys) == 1:  # 发明专利授权量 is no 专利授权量
            names = [table.rows[i][keys[0]] for i in rows]
            rows = [i for i in rows if not any(table.rows[i][keys[0]] in n != table.rows[i][keys[0]] for n in names)]
    second = max((value for value in values if value < most), default=0.0)
    clear = most >= least and most - second >= (0.15 if by_year else CLEARLY)
    many = len(rows) > (MOST_NAMED if len(key_columns(table)) > 1 else 1)
    return (most, rows) if clear and not many else (0.0, [])


_OWN_PART = 4  #: characters of the name of a row that name it where no other row has them


def _by_own_part(core: str, table: Table, i: int) -> float:
    """How well a question names a row by a part of its name that no other row has: 高校毕业生 of 离校未就业高校毕业生."""
    names = names_column(table)
    if names is None:
        return 0.0
    own, others = (
        "".join(fold(row[names]) + "\n" for j, row in enumerate(table.rows) if (j == i) == same)
        for same in (True, False)
    )
    parts = (own[k : k + _OWN_PART] for k in range(len(own) - _OWN_PART))
    return ROW_NAMED + CLEARLY if any(part in core and part not in others for part in parts) else 0.0


def columns_named(core: str, years: Sequence[str], table: Table, whole: str = "") -> dict[int, float]:
    """How well a question names each column of figures, from 0 to 1: by its year, else by its words. ``whole``: the question
    of which ``core`` is a clause."""
    keys = key_columns(table)
    named: dict[int, float] = {}
    of_share = [
        j
        for j, head in enumerate(table.head)
        if j not in keys and ("%" in fold(head) or all("%" in fold(row[j]) for row in table.rows))
    ]
    if len(of_share) > 1:  # 区级分担比例, beside 市级分担比例
        of_share = [j for j in of_share if fold(table.head[j])[:_BEGINNING] in core]
    if len(of_share) == 1 and _ASKS_SHARE.search(core):
        named[of_share[0]] = BY_UNIT
    units = {m[1] for m in ASKED_UNIT.finditer(core)}
    caption = _NUMBER_OF_TABLE.sub("", fold(caption_of(table)[-LONGEST_CAPTION:]))
    of_caption = share_said(caption, core) >= _OF_CAPTION or (len(caption) > _MEASURE and caption[-_MEASURE:] in core)
    for j, head in enumerate(table.head):
        if j in keys or NUMBERING.fullmatch(head.strip()) or other_class(core, fold(head)):
            continue
        year = YEAR.search(head)
        held = 0.0 if year is not None else _held(core, head)
        if held:
            if held > 0:
                named[j] = 1.0  # 60周岁以上, of one who is 65
        elif year is not None:
            if year.group(1) in years:
                named[j] = 1.0
        elif _TOTAL.fullmatch(BARE.sub("", head)) and _ASKS_TOTAL.search(core):
            named[j] = _TOTAL_NAMED
        elif (measure := changes_of(table, j)) is not None and column_said(
            BARE.sub("", table.head[measure]), whole or core
        ) < 0.3:
            continue  # 投资增长多少 is not asked of the 增长 of another measure
        elif (OF_PLAN.search(head) and _ASKS_DONE.search(core)) or (is_change(table, j) and _ASKS_CHANGE.search(core)):
            named[j] = 1.0
        elif (share := column_said(BARE.sub("", head), core)) >= 0.3:
            named[j] = max(share, named.get(j, 0.0))
        elif sum(len(value) > 1 and value in core for value in {BARE.sub("", fold(row[j])) for row in table.rows}) > 1:
            named[j] = 1.0  # 是约束性的还是预期性的: which of its values
        elif _AMOUNT.fullmatch(UNIT.sub("", head)) and (units & set(UNIT.findall(head)) or of_caption):
            named[j] = BY_UNIT
    for j in list(named):
        measure = changes_of(table, j)
        if measure in named and not _ASKS_LEVEL.search(core):
            named[measure] *= _LEVEL_BESIDE  # how much it grew is asked, and not what it is
    return named


#: What asks for an amount beside how it has changed.
_ASKS_LEVEL = re.compile(
    r"总量|绝对|(?:多少|几)[千百十]?[万亿元]|[是为有](?:多少|几).*(?:增|涨|降)|(?:增|涨|降).*[和与及、，,].*(?:多少|几)"
)
_LEVEL_BESIDE = 0.8


def of_other_year(table: Table, years: Sequence[str]) -> bool:
    """Whether a table is of other years than all that a question names: by the line above it, else by the title of a report
    of a year, where nothing in the table itself names one."""
    if not years or any(year in cell for row in (table.head, *table.rows) for cell in row for year in years):
        return False
    title = fold(table.document.header.title)
    own = _years_of(caption_of(table)[-LONGEST_CAPTION:]) or (_years_of(title) if _OF_A_YEAR.search(title) else set())
    return bool(own) and own.isdisjoint(years)


def _years_of(text: str) -> set[str]:
    """The years that a text names, with those between the first and the last of a span: 2021—2025年."""
    spans = (range(int(a), int(b) + 1) for a, b in _SPAN_OF_YEARS.findall(text))
    return {*YEAR.findall(text), *(str(year) for span in spans for year in span)}


_SPAN_OF_YEARS = re.compile(r"((?:19|20)\d\d)年?[-—–~～至到]+((?:19|20)\d\d)(?=年)")
_OF_A_YEAR = re.compile("公报|决算|年报|年鉴|执行情况|统计|工作报告")


def named_best(named: Mapping[int, float]) -> list[int]:
    """The columns that a question names best, of those that it names."""
    most = max(named.values(), default=0.0)
    return [j for j, share in named.items() if share > most - _AS_WELL]


_AS_WELL = 0.05  #: by how little less a column may be named to be named as well
_BEGINNING = 2  #: characters of the name of a column that tell it from others of its sort
_TOTAL = re.compile(r"[合总共]计|总[数量额值]")
_ASKS_TOTAL = re.compile(
    r"[合总共]计|[一总]共|总(?=投资|支出|收入|费用|金额|[量额数])|共(?=[\u4e00-\u9fff]{0,3}(?:多少|几))|加起来|全部加"
)
_TOTAL_NAMED = 0.9

#: A column that names no measure of its own: that of the table's name, asked for by its unit (多少亿元, of 绝对数(亿元)).
_AMOUNT = re.compile(
    r"(?:绝对|金|年末|期末|月末|本年|本期|当年|累计|实际|完成|总)*(?:数|值|额|量|数值|数量|总量|总额)?"
)
_NUMBER_OF_TABLE = re.compile(
    r"^附?[图表][\d一二三四五六七八九十-]*[:：、]?|[（(][^（()）]*[)）]|(?:19|20)\d\d年?|(?:情况|统计)?表?$"
)
_MEASURE = 4  #: the last characters of the name of a table, which tell its measure: 各州教育经费
_OF_CAPTION = 0.5  #: share of the name of a table that a question says which asks for what the table tells
ASKED_UNIT = re.compile(r"(?:多少|几)(?:个)?([千百十]?[万亿]?[\u4e00-\u9fff])")
BY_UNIT = 0.7
#: Sorts of measures that no figure is of two of; what is asked with another (个, 座) may be told in any.
SORTS = tuple(map(re.compile, ("元", "家|户", "人|名|位", "[件笔宗起]")))


_ASKS_SHARE = re.compile(r"百分之(?:多少|几)|几成|(?:多大|多高|什么)比例|百分比")


#: 决算数为预算的%, which people call 完成率.
OF_PLAN = re.compile(r"[为占完].*(?:预算|计划|目标|任务).*[的%％]|完成(?:率|进度|比例)|执行率")
_ASKS_DONE = re.compile(r"完成(?:率|进度|比例|得)|执行(?:率|进度)")
_ASKS_CHANGE = re.compile(
    r"(?:增长|增[速幅]|[涨降]幅|下降|变化|[涨跌降])(?:了|是|为|有)?(?:多少|几|百分之|多大|怎)|增速|[涨降增]幅|[增涨降]得|各[增涨降]"
)
_ITSELF = re.compile(r"(?:绝对(?:值|数|额|量)|总量|数值|数额)$")


_JOINED_NAMES = re.compile("[、/及或]|以及")


def column_said(name: str, core: str) -> float:
    """As :func:`share_said`; 地区生产总值绝对值 is what a question for 地区生产总值 means, and not its 增速 beside it."""
    parts = [part for part in _JOINED_NAMES.split(name) if len(part) > 1]
    if len(parts) > 1 and any(part in core for part in parts):
        return 1.0  # 周末及节假日
    bare = _COUNTS.sub("", name)
    return max(
        share_said(name, core),
        0.9 * share_said(_ITSELF.sub("", name), core) if _ITSELF.search(name) else 0.0,
        0.9 if len(bare) > 1 and bare != name and bare in core else 0.0,  # 决算, for 决算数
    )


_COUNTS = re.compile("[数额]$")


def row_named(core: str, table: Table, i: int) -> float:
    """How well a question names a row, from 0 to 1: by its name, or by all that together tell it from the others."""
    keys = key_columns(table)
    return sum(_named_by(core, table, i, column) for column in keys) / len(keys) if keys else 0.0


def _named_by(core: str, table: Table, i: int, names: int) -> float:
    """How well a question names a row by one of its cells: the best of the names in it."""
    name = table.rows[i][names]
    year = ONLY_YEAR.fullmatch(name.strip())
    if year is not None:
        return float(year[1] in core)
    outside = _ASIDE.sub("", name)
    value = max((share_said(part, core) for part in re.split("[、，,/]", outside) if part), default=0.0)
    value = max(value, _said_short(fold(outside), core))
    own = _held(core, outside)
    if own < 0:
        return 0.0  # whatever its name says, it is for other amounts
    value = own or value
    aside = [
        told
        for told in _ASIDE.findall(name)
        if len(told) > 2 and (_held(core, told) or not (unit_of(f"({told})") or re.search(r"\d", told)))
    ]
    if not aside:
        return value
    # What stands in brackets tells rows of one name apart: 市外（未备案）, beside 市外（已备案）; 租期5年以上 by its range.
    held = _held(core, aside[-1])
    said = max(held, 0.0) if held else share_said(aside[-1], core)
    alike = any(_ASIDE.sub("", row[names]) == outside for row in table.rows if row is not table.rows[i])
    return (max(value, said) + said) / 2 if alike else max(value, said)


def _said_short(name: str, core: str) -> float:
    """How well a folded question names a row by a short form of its name, with the same beginning and end: 科技支出, for
    科学技术支出."""
    end = name[-_SAME_END:]
    for found in (
        re.finditer(rf"(?={re.escape(name[:1])}([\u4e00-\u9fff]{{1,6}}?){end})", core) if len(name) >= _LONG else ()
    ):
        short = name[0] + found[1] + end
        if len(short) < len(name) and in_order(short, name):
            return _BY_SHORT_NAME
    return 0.0


_SAME_END, _LONG = 2, 6  #: characters that a short name has of the end of a long one, and those of a long one
_BY_SHORT_NAME = 0.85
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


def share_said(name: str, core: str) -> float:
    """Share of a name's pairs of characters that a folded question holds; 1 where it holds the name, 0 where it holds the
    opposite: 居民用水, for 非居民用水."""
    bare = re.sub(r"\s", "", OF_WHICH.sub("", fold(name)))
    if len(bare) >= 2 and re.search(f"(?<!非){re.escape(bare)}", core):
        return 1.0
    opposite = bare[1:] if bare.startswith("非") else f"非{bare}"
    if len(bare) >= 2 and opposite in core:
        return 0.0
    pairs = [bare[k : k + 2] for k in range(len(bare) - 1)]
    return 0.9 * sum(pair in core for pair in pairs) / len(pairs) if pairs else 0.0


def figures_meant(core: str, probe: Probe, table: Table, unit: str = "") -> int | None:
    """The one column of figures that a question names, by its words, its year or the ``unit`` it asks for (多少人), or
    that a table has."""
    named = columns_named(core, probe.question.years, table)
    figures = [
        j
        for j, name in enumerate(table.head)
        if j != names_column(table)
        and not NUMBERING.fullmatch(name.strip())
        and sum(bool(re.match(r"[-−]?\d", row[j])) for row in table.rows) * 2 > len(table.rows)
    ]
    counted = re.search(r"(?:多少|几)(?:万|亿)?([\u4e00-\u9fff%])", core)
    unit = unit or (counted[1] if counted else "")
    of_unit = [j for j in figures if unit and (own := UNIT.search(table.head[j])) and fold(own[1]).endswith(unit)]
    best = named_best({j: named[j] for j in figures if j in named})
    return next((own[0] for own in (of_unit, best, figures) if len(own) == 1), None)


ASKS_FIGURE = re.compile(r"多少|几(?![乎号])|多[大高长]")


_ASKS_MONEY = re.compile("(?:多少|几)[万千]?[钱元块]")


def official_words(core: str, probe: Probe) -> list[str]:
    """What documents say for the words, of two characters and more, of a folded question or a part of one; what asks (多少钱:
    金额) names nothing."""
    return [
        word
        for asked, others in probe.expansions.items()
        if len(asked) > 1 and asked in core and not _ASKS_MONEY.fullmatch(asked)
        for word in others
    ]


def words_of(probe: Probe, text: str) -> str:
    """A text of the question, folded, with what documents say for its words; what asks (多少钱: 金额) names no column."""
    told = NOT_DONE.sub("未", fold(text))
    others = (
        word
        for asked, words in probe.expansions.items()
        if asked in told and not ASKS_FIGURE.search(asked)
        for word in words
    )
    return re.sub(r"\s", "", told + "".join(others))


NOT_DONE = re.compile(r"没(?:有|办理?|做|去|交)?(?=[\u4e00-\u9fff]{2})")  #: what documents say: 未


def told_columns(table: Table) -> list[int]:
    """The columns that tell something of the entries, and do not name or count them or give units."""
    keys = key_columns(table)
    return [
        j
        for j, name in enumerate(table.head)
        if j not in keys and not NUMBERING.fullmatch(name.strip()) and not UNITS.fullmatch(name)
    ]
