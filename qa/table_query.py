"""What a question asks of a table: the rows that meet what it says, the columns that it asks for.

The name of a row or a column may be long and a question say little of it (新能源的, of 新能源城市物流配送货车): what counts is
what it says that one name has and those beside it have not, be it an amount (3年, of 满2年不足4年) or a day (七月, of a
season). Each column of words tells rows apart by itself; rows that meet what the question says in all of them are meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.labels import number_of
from corpus.table_rows import is_figure
from index.tokens import fold
from qa.amounts import amounts_of_case, conditions, includes, ranges
from qa.evidence import Candidate, Probe, brought, match
from qa.patterns import other_class
from qa.question import ASKING_WORDS
from qa.seasons import days_in, seasons_in
from qa.table_extremes import SUPERLATIVE, WHICH
from qa.table_names import (
    ASKED_UNIT,
    BARE,
    NOT_DONE,
    column_said,
    columns_named,
    named_best,
    of_other_year,
    official_words,
    tables_near,
    told_columns,
)
from qa.tables import (
    NUMBERING,
    OF_WHICH,
    ONLY_YEAR,
    YEAR,
    Table,
    caption_of,
    changes_of,
    in_other_years,
    key_columns,
    names_column,
    notes_of,
    rows_are_years,
    unit_of_cell,
    value,
    without_unit,
)


@dataclass(frozen=True)
class Query:
    """What a question asks of a table."""

    table: Table
    rows: tuple[int, ...]  #: those that meet what it says; all where it says nothing of them
    by: Mapping[int, float]  #: the columns whose cells it speaks of, and how much it says of them
    sure: bool  #: whether it says most of what one of those cells has of its own, or its case lies in the range of one
    columns: tuple[int, ...]  #: those that it asks for; none where it names none
    held: float  #: share, by weight, of what it says that the table and what stands above it say


def queries(core: str, probe: Probe, found: Sequence[Candidate]) -> list[Query]:
    """What a folded question asks of each table near what was found, the one that says most of what it does first."""
    tables = [t for t in tables_near(found, probe.hinted) if not _of_other_year(t, probe.question.years)]
    asked = [query_of(core, probe, table) for table in tables]
    return sorted(asked, key=lambda q: -(q.held + _BY_ROW * (min(sum(q.by.values()), _MUCH) / _MUCH + bool(q.columns))))


def _of_other_year(table: Table, years: Sequence[str]) -> bool:
    """Whether a table is of other years than all that a question names, be it by what its document is called."""
    title = set(YEAR.findall(fold(table.document.header.title)))
    told = "".join("".join(row) for row in (table.head, *table.rows)) + caption_of(table)
    elsewhere = bool(years and title) and title.isdisjoint(years) and not any(year in told for year in years)
    return elsewhere or of_other_year(table, years)


_CHANCE = 0.5  #: of how little is said of a cell any question may say as much
_CHARACTERS = 0.55  #: share of the characters of a cell by which it is mostly said, in other pairs
_BY_ROW, _MUCH = 0.3, 6.0  #: what naming a row is worth beside the rest of what is said, and how much names one wholly


def query_of(core: str, probe: Probe, table: Table) -> Query:
    """What a folded question without white space asks of a table."""
    columns = columns_asked(core, probe, table)
    by, values = rows_said(core, probe, table, but=columns)
    best = max(values, default=0.0)
    rows = [i for i, value in enumerate(values) if value == best] if best > 0 else list(range(len(table.rows)))
    if best > 0 and len(rows) > 1:  # 10吨 ends the one band and begins the other, which says so: 10吨以上（含10吨）
        told = amounts_of_case(core)
        rows = [i for i in rows if any(includes(fold(table.rows[i][j]), told) for j in key_columns(table))] or rows
        rows = _by_own_character(core, table, rows)
    elif best == 0 and columns and rows_are_years(table) and not probe.question.years:
        rows = [in_own_year(table)]
    others = official_words(core, probe)
    of_years = names_column(table) if rows_are_years(table) else None  # which any question may name
    sure = any(
        j != of_years and (said >= _FITS or (said > _CHANCE and _mostly_said(core, others, table, rows, j)))
        for j, said in by.items()
    )
    return Query(table, tuple(rows), by, sure, tuple(columns), _held_share(probe, table, rows, columns))


def own_words(probe: Probe) -> list[str]:
    """The words of two characters and more that a follow-up brings itself; none for a question that stands alone."""
    return [word for word in brought(probe) if len(word) > 1]


def _mostly_said(core: str, others: Sequence[str], table: Table, rows: Sequence[int], j: int) -> bool:
    """Whether a question says at least half of what a cell of one of some rows has that its document is not called, be it in
    ``others`` that documents say for its words."""
    title, core = fold(table.document.header.title), _counted(core)
    names = {name for i in rows for name in _ONE_OF.split(fold(_SPACE.sub("", table.rows[i][j]))) if len(name) > 1}
    for text in names:
        core = core + "".join(word for word in others if word in text)
        own = [p for k in range(len(text) - 1) if (p := text[k : k + 2]) not in title and _WORD.fullmatch(p)]
        said = sum(pair in core for pair in own)
        if said and 2 * said >= len(own):
            return True
        if said > 1 and sum(c in core for c in set(text)) >= _CHARACTERS * len(set(text)):
            return True
    return False


_ONE_OF = re.compile("[、/]")


def _by_own_character(core: str, table: Table, rows: Sequence[int]) -> list[int]:
    """Of rows that a question names alike the one of which it says a character that the others have not: 村里的绿化率, of
    村庄绿化率 beside 城区绿化率."""
    names = [fold("".join(table.rows[i][j] for j in key_columns(table))) for i in rows]
    own = [set(name) - _OF_PLACE.union(*(other for other in names if other is not name)) for name in names]
    said = [i for i, mine in zip(rows, own, strict=True) if any(_HAN.match(c) and c in core for c in mine)]
    return said if len(said) == 1 else list(rows)


_OF_PLACE = frozenset("上下中里内外面以之的")  #: characters that any question may have
_HAN = re.compile("[\u4e00-\u9fff]")


# --- rows ------------------------------------------------------------------------------------------------------------


def rows_said(core: str, probe: Probe, table: Table, but: Collection[int] = ()) -> tuple[dict[int, float], list[float]]:
    """How much a folded question says of the cells of each column that tells rows apart, and how much of each row in all
    of them; a row in whose range or season its case does not lie counts for nothing. ``but``: columns left out."""
    by: dict[int, float] = {}
    values = [0.0] * len(table.rows)
    out: set[int] = set()
    keys = key_columns(table)
    if any(table.groups):
        own, _ = told_apart(core, probe, table.groups)
        values = [value + said for value, said in zip(values, own, strict=True)]
    mine = own_words(probe)
    of_year = _rows_of_years(core, probe, table)
    for j, head in enumerate(table.head):
        if j in of_year:
            by[j] = _FITS
            values = [value + _FITS * (i in of_year[j]) for i, value in enumerate(values)]
            out |= set(range(len(values))) - of_year[j]
            continue
        if j in but or NUMBERING.fullmatch(head.strip()) or _is_of_figures(table, j):
            continue
        rest = core  # what names a cell of another column whole names none of this one
        for name in {name for k in keys if k != j for row in table.rows if len(name := fold(row[k])) > 2}:
            rest = rest.replace(name, ",")
        own, apart = told_apart(rest, probe, [row[j] for row in table.rows], notes_of(table), core)
        if j not in keys and (max(own, default=0.0) < _OF_OTHER_COLUMN or is_of_sentences(table, j)):
            continue
        if mine and j in keys:  # 那南湖的呢 asks of that row, whatever was spoken of
            has = [any(word in fold(row[j]) for word in mine) for row in table.rows]
            own = [said + _FITS * held for said, held in zip(own, has, strict=True)] if not all(has) else own
        if max(own, default=0.0) > 0:
            by[j] = max(own)
            values = [value + said for value, said in zip(values, own, strict=True)]
        out |= {i for i, outside in enumerate(apart) if outside}
    return by, [0.0 if i in out else value for i, value in enumerate(values)]


def _rows_of_years(core: str, probe: Probe, table: Table) -> dict[int, set[int]]:
    """The rows of the years that a folded question names, by the column whose cells are years; none where it names none."""
    names = names_column(table) if rows_are_years(table) else None
    years = _years_of(core, probe)
    if names is None or not years:
        return {}
    return {names: {i for i, row in enumerate(table.rows) if any(year in row[names] for year in years)}}


def in_own_year(table: Table) -> int:
    """The row of a table of years that is meant where a question names none: of the year of its document's title, else of the
    latest."""
    told = [YEAR.findall(row[names_column(table) or 0])[0] for row in table.rows]
    return told.index(next((year for year in told if year in table.document.header.title), max(told)))


_OF_OTHER_COLUMN = 2.0  #: how much has to be said of a cell that does not name its row


def is_of_sentences(table: Table, j: int) -> bool:
    """Whether the cells of a column tell what is done, in so many words that any question has some of them."""
    return sum(len(row[j]) for row in table.rows) > _LONG * len(table.rows)


_LONG = 20


def _is_of_figures(table: Table, j: int) -> bool:
    """Whether a column is one of plain figures, that no question speaks of but by their value."""
    plain = sum(bool(re.fullmatch(r"[-−+]?[\d.,]+%?|[-—–/]*", row[j].strip())) for row in table.rows)
    return 2 * plain > len(table.rows)


def told_apart(
    core: str, probe: Probe, names: Sequence[str], notes: str = "", case: str = ""
) -> tuple[list[float], list[bool]]:
    """How much a folded question, or a part of one, says of each of several names that not all of them have, in pairs of
    characters and with what documents say for its words; and whether a name is one of another range, season or counted
    sort than its ``case``, that of the whole question. ``notes``: what stands below their table, which may tell what a name
    is for (老年人指…)."""
    case = case or core
    texts = [_counted(OF_WHICH.sub("", YEAR.sub("", fold(_SPACE.sub("", name))))) for name in names]
    told = [_counted(NOT_DONE.sub("未", core)), *official_words(core, probe)]
    pairs = {text[k : k + 2] for text in told for k in range(len(text) - 1)}
    own = [
        {p for k in range(len(text) - 1) if (p := text[k : k + 2]) in pairs and _WORD.fullmatch(p)} for text in texts
    ]
    among = Counter(pair for text, held in zip(texts, own, strict=True) for pair in held)
    values = [sum(1 - among[pair] / len(texts) for pair in held) for held in own]
    values = [
        value + _is_named(text, told[0]) if _is_said(text, held, probe) else 0.0
        for value, text, held in zip(values, texts, own, strict=True)
    ]
    bounded, days, counted = ranges(case), days_in(case), set(_COUNT.findall(_counted(case)))
    amounts = [a for a in amounts_of_case(case) if not any(b.start <= a.start < b.end for b in bounded)]
    apart = [False] * len(texts)
    for i, (name, text) in enumerate(zip(names, texts, strict=True)):
        fits: list[bool] = []
        if counted and (sorts := set(_COUNT.findall(text))) and not conditions(text):
            fits.append(bool(counted & sorts))
        for bounds in (conditions(text), conditions(_meant_by(name, notes))):
            measured = [a for a in amounts if any(b.unit == a.measure for b in bounds)]
            if measured:
                fits.append(any(b.holds(a.value) for a in measured for b in bounds if b.unit == a.measure))
        if days and (seasons := seasons_in(text)):
            fits.append(any(season.holds(day) for season in seasons for day in days))
        if fits:
            values[i], apart[i] = (values[i] + len(fits) * _FITS, False) if all(fits) else (0.0, True)
    return values, apart


_SPACE = re.compile(r"\s")
_WORD = re.compile("[\u4e00-\u9fffa-z0-9.]{2}")
_FITS = 4.0  #: pairs that a range, a season or a counted sort (3轴) is worth
_COUNT = re.compile(r"\d+[轴层级档类组批期号座楼轮星行]")
_HAN_COUNT = re.compile("(?<![一二三四五六七八九十百])([一二两三四五六七八九十])(?=[轴层级档类组批期号座楼轮星行])")


def _counted(text: str) -> str:
    """A text with what counts sorts in figures, and days of the week and men and women called alike: 三轴 is 3轴, 礼拜六 周六."""
    text = _SEX.sub(r"\1性", text)
    return _WEEK.sub("周", _HAN_COUNT.sub(lambda m: f"{number_of(m[1].replace('两', '二'))}", text))


_SEX = re.compile("(?<![子儿孙])([男女])(?:的|生|人|方)?(?![子儿孙性])")
_WEEK = re.compile("(?:礼拜|星期)(?=[一二三四五六日天])")


def _is_said(text: str, held: Collection[str], probe: Probe) -> bool:
    """Whether the pairs of a name that a question has are more than chance: two that stand together, half of a short name,
    or a word of the question."""
    bare = BARE.sub("", _BELOW_UNIT.sub("", text))
    if _PLACE.fullmatch(bare) and bare[:2] not in held:
        return False  # 南港区 is no 临港区
    if any(text[k : k + 2] in held and text[k + 1 : k + 3] in held for k in range(len(text) - 2)):
        return True
    return any(pair in probe.words or (len(bare) <= 3 and pair in bare) for pair in held) or any(
        word in text for asked, others in probe.expansions.items() for word in others if word[:2] in held
    )


def _is_named(name: str, core: str) -> bool:
    """Whether a folded question says the whole of one of the things that a name is made of: 退学, of 休学、退学."""
    return any(len(thing) > 1 and thing in core for thing in _ONE_OF.split(BARE.sub("", name)))


_BELOW_UNIT = re.compile(r"^.*[（(][^（()）]*[)）](?=.)")  #: 城区, of 标准（元/个）城区
_PLACE = re.compile("[\u4e00-\u9fff]{2,5}(?:[省市州县区旗乡镇村]|街道|法院|分局)")


def _meant_by(name: str, notes: str) -> str:
    """What a note says that a word of a name is: 老年人指年满60周岁的人; "" where none does."""
    for told in _MEANS.finditer(notes):
        if told[1] in fold(name):
            return told[2]
    return ""


_MEANS = re.compile("([\u4e00-\u9fff]{2,6}?)(?:,?是)?指([^。;；]{4,40})")


# --- columns ---------------------------------------------------------------------------------------------------------


def columns_asked(core: str, probe: Probe, table: Table) -> list[int]:
    """The columns that a folded question asks for, those of each of its parts: by their names, by what tells them apart, by
    the sort of thing asked (在哪, 找谁), else the only one there is. None where it names none."""
    own = [j for j in told_columns(table) if not other_class(core, fold(table.head[j]))]
    years = {j: year[1] for j in own if (year := YEAR.search(table.head[j]))}
    asked_years = _years_of(core, probe)
    if asked_years and years:  # of another year than that asked for the table tells nothing
        of_now = [j for j in own if _NOW.search(core) and _BASE.search(table.head[j])]
        own = [j for j in own if years.get(j, asked_years[0]) in asked_years or j in of_now]
        if not set(years) & set(own):
            own = [j for j in own if columns_named(core, (), table).get(j, 0.0) >= _BY_WORDS]
    if not asked_years and not _OF_THEN.search(core):  # what is so now, and not what was before
        own = [j for j in own if not any(years.get(k, "") > years.get(j, "") for k in in_other_years(table, j))]
        own = [j for j in own if not _OLD.match(table.head[j])] or own
    if not _LIMIT.search(core):  # how much there is, and not how much at most
        own = [j for j in own if not _LIMITS.search(table.head[j])] or own
    mine = own_words(probe)  # 那南湖的呢: of the columns that one of them tells from the others
    own = [j for j in own if any(word in fold(table.head[j]) for word in mine)] or own
    parts = [part for part in _PARTS.split(core) if len(part) > 1 and not _WHICH_MORE.match(part)]
    parts = [part for part in parts if not _DIFFERENCE.fullmatch(part)]
    parts = [part for part in parts if _ASKS.search(part) or ADDS.search(core) or _says_head(part, table, own)]
    several = len(parts) > 1 and not (SUPERLATIVE.search(core) and WHICH.search(core))
    asked = [_asked_in(part, core, probe, table, own) for part in parts] if several else []
    if len(asked) > 1 and not all(asked) and any(asked) and not ADDS.search(core):
        return []  # of one of the things asked for no column is known
    told = list(dict.fromkeys(j for part in asked for j in part))
    whole = _asked_in(core, core, probe, table, own)
    if len(told) > 1 and set(told) >= set(whole) and len(told) <= _MOST_ASKED:
        return sorted(told)
    sole = len(own) == 1 and not is_of_sentences(table, own[0])
    sole = sole and (bool(probe.question.years) or not rows_are_years(table))
    return whole or (own if sole else [])


def _years_of(text: str, probe: Probe) -> tuple[str, ...]:
    """The years of a question that a side of it names; all where it names none."""
    return tuple(year for year in probe.question.years if year in text) or probe.question.years


_NOW = re.compile("现在|目前|眼下|如今|现有|现行")
_BASE = re.compile("基期|现状|现值|基数|基准|现行|新标准|新办法|调整后|修改后")


#: What asks for more than what is so now; and the head of a column that tells what was so before.
_OF_THEN = re.compile(
    "[原旧]|老(?=标准|办法|政策|规定|价)|以前|过去|之前|[去前往历各逐多两几]年|[涨升降增减变改差比多少]了|[涨降增减]幅|相?比|变化|差|还是|分别"
)
_OLD = re.compile("原(?![因则料告])|旧|(?:调整|修改|修订|改革)前")
#: What asks for a limit; and the head of a column that tells one.
_LIMIT = re.compile("最|顶|限|至多|不超过|[高低]线")
_LIMITS = re.compile("[上下]限|封顶")


def _says_head(part: str, table: Table, own: Sequence[int]) -> bool:
    """Whether a part of a question says the whole head of a column: 它的总投资, before 和完工时间呢."""
    heads = [BARE.sub("", fold(table.head[j])) for j in own]
    return any(len(head) > 1 and part.endswith(head) for head in heads)


_WHICH_MORE = re.compile(
    "(?:谁|哪[个家边头]?|哪一[个家])(?:更|比较)?[多高大低少快慢长短贵](?:一?[点些])?$|.*[多高大少低]还是"
)
_DIFFERENCE = re.compile("(?:相?差|[多少高低大小涨降])(?:了|出|距)?(?:是|有)?(?:多少|几|多大)[\u4e00-\u9fff%]{0,3}")
_PARTS = re.compile("[,，、;；?？和与及]|加上?(?![工大强快装急班入油])")
_MOST_ASKED = 4
ADDS = re.compile("加上|加起来|合起来")
_ASKS = re.compile("多少|几|还是|谁|什么|啥|哪|多[久长大高]|时间|期限|电话|地址|名次")


def _asked_in(part: str, core: str, probe: Probe, table: Table, own: Sequence[int]) -> list[int]:
    """The columns that a part of a question asks for, of those it may ask for."""
    if not (
        _RATE.search(core) or "几成" in core
    ):  # of a rate only where its measure is named: 优良天数, for 优良天数比例
        own = [
            j for j in own if not (m := _RATE.search(table.head[j])) or _measure_of(table, j, m.start()) in core
        ] or own
    # Of another measure than one that is asked about nothing is told by how that changed.
    own = [
        j
        for j in own
        if (k := changes_of(table, j)) is None or column_said(BARE.sub("", table.head[k]), core) >= _OF_IT
    ]
    years = _years_of(core, probe)
    years = () if _NOW.search(part) and not any(year in part for year in years) else years
    named = {j: v for j, v in columns_named(part, years, table, core).items() if j in own}
    bare = any(ONLY_YEAR.fullmatch(without_unit(table.head[j]).strip()) for j in named)
    least = _NAMED if bare else _BY_WORDS
    by_words = {j: v for j, v in named.items() if v >= least and not YEAR.search(table.head[j])}
    if any(YEAR.search(table.head[j]) for j in named):  # the 合计 of a year is a row
        named = {j: v for j, v in named.items() if not _is_sum(table, j)}
        by_words = {j: v for j, v in by_words.items() if j in named}
    if by_words:  # of a measure named beside a year the head of the year alone (2025年目标) is no name
        named = by_words
    values, apart = told_apart(part, probe, [table.head[j] for j in own], notes_of(table), core)
    fitting = [j for j, outside in zip(own, apart, strict=True) if not outside]
    most = max((v for j, v in zip(own, values, strict=True) if j in fitting), default=0.0)
    best = [j for j, value in zip(own, values, strict=True) if value == most and j in fitting] if most > 0 else []
    best = [j for j in best if j in named or not _is_sum(table, j)] if named else best
    if len(best) > 1 and part != core:  # 旺季的话，哪个景点成人票最贵
        best = _said_most(core, probe, table, best)
    sorts = [sort for asked, sort in _SORTS if asked.search(part)]
    if named:
        first = [j for j in named_best(named) if j in fitting or not fitting]
        both = [j for j in first if j in best]  # 淡季儿童, of two columns that are called alike
        best = both or first
    of_sort = [j for j in best or own if any(sort.search(_with_unit(table, j)) for sort in sorts)]
    if not best and len(of_sort) > 1:  # 打哪个号, of one of two campuses
        of_sort = _said_most(core, probe, table, of_sort)
    if not best:
        of_sort = [j for j in of_sort if not _OF_WHOLE.search(table.head[j])]
        of_sort = of_sort or _with_unit_asked(part, table, own)
    elif not of_sort and _MONEY.search(part):  # 访学最多给多少钱 is not told by 访学时长
        others = [j for j in own if "元" in _with_unit(table, j)]
        of_sort = others if len(others) == 1 else []
    if best:
        return of_sort or best
    return of_sort if len(of_sort) == 1 else []


_MONEY = re.compile("多少钱|几[块毛万]|多少万?元")


def _with_unit_asked(part: str, table: Table, own: Sequence[int]) -> list[int]:
    """Those of some columns whose figures are in the unit that a part of a question asks in: 产了多少吨."""
    units = tuple(
        m[1] for m in ASKED_UNIT.finditer(part) if not _HAN.match(part[m.end() :])
    )  # 多少件刑事案件 names more
    return [j for j in own if units and any(unit_of_cell(table, i, j).endswith(units) for i in range(len(table.rows)))]


def _said_most(core: str, probe: Probe, table: Table, columns: Sequence[int]) -> list[int]:
    """Those of some columns of whose heads a question says most."""
    values, _ = told_apart(core, probe, [table.head[j] for j in columns], notes_of(table))
    return [j for j, value in zip(columns, values, strict=True) if value == max(values)]


def _measure_of(table: Table, j: int, end: int) -> str:
    """What a rate is the rate of: 优良天数, of 优良天数比例."""
    return re.sub(r"\d+年?", "", fold(BARE.sub("", table.head[j][:end])))


def _is_sum(table: Table, j: int) -> bool:
    return _SUM.fullmatch(without_unit(table.head[j]).strip()) is not None


_SUM = re.compile(".{0,4}[合总小]计")
_RATE = re.compile("(?<!效)率|比例|占比|比重|百分")
_OF_IT = 0.3  #: how well the measure has to be named whose change is asked for
_NAMED = 0.8  #: and beside one that is called by its year alone, of what the whole table tells
_BY_WORDS = 0.45  #: how well a column has to be named by its words to be meant beside one of a year that is named
#: What is asked, and the sort of column that tells it.
_SORTS = tuple(
    (re.compile(asked), re.compile(sort))
    for asked, sort in (
        (r"在哪|哪里|哪儿|地址|什么地方|啥地方|去哪|到哪", r"地址|地点|位置|场所|办公室"),
        (r"哪一?[个种]?(?:类|方面|领域)|归(?:在|到|为)|属于哪", r"类[别型]|分类|领域|方面"),
        (
            r"(?:带|交|拿|准备|提交|要|备)(?:上|齐|好)?(?:些|哪些|什么|啥)[\u4e00-\u9fff]{0,2}(?:东西|材料|证件|资料|手续)?|什么证|啥证",
            r"材料|证件|凭证|证明",
        ),
        (r"电话|号码|怎么联系|联系方式|打给|打(?:哪|什么|啥|多少)", r"电话|联系方式|手机|热线"),
        (r"谁|找哪位|什么人|哪个人|联系人", r"联系人|负责人|姓名|人员$|责任(?:单位|部门)|承办单位"),
        (r"封顶|顶格|上限", r"限额|上限|封顶|最[高多]"),
        (r"多少分|几分|得分", r"得分|分数|分值|总分"),
        (r"(?:招|有|收|用|要|需)(?:多少|几)(?:个|名)?人?|(?:多少|几)(?:个|名)人|人最[多少]|人数", r"人数|名额|计划数"),
        (r"现在|目前|眼下|如今|现有|现行", r"基期|现状|现值|基数|基准|现行|新标准|新办法|调整后|修改后"),
        (r"百分之几|百分之多少|几成|多大比例|什么比例", r"比例|比率|标准|率"),
        (
            r"几天|多久|多长时间|多少天|几个?工作日|什么时候|何时|啥时候|几月|时间$|完工|时限|期限",
            r"时限|期限|时间|时长|日$",
        ),
        (r"几点|开放时间|上班", r"受理时间|时间|工作日|开放"),
        (r"排第几|第几名|名次|排名|位次", r"排名|名次|位次"),
        (r"多少钱|几块|多少元|几万|多少万|补多少|交多少|收多少|领多少|费用|花多少|什么价", r"元|价|金额|标准|费$"),
    )
)


#: What no one is paid or pays: a column of these is asked for by its name.
_OF_WHOLE = re.compile("投资|预算|产值|收入|支出|总额|资产|贷款")


def _with_unit(table: Table, j: int) -> str:
    """The head of a column with one of its figures and the unit of that."""
    return table.head[j] + next((value(table, i, j) for i, row in enumerate(table.rows) if is_figure(row[j])), "")


# --- what is said of what the table does not tell -----------------------------------------------------------------------


def _held_share(probe: Probe, table: Table, rows: Sequence[int], columns: Sequence[int]) -> float:
    """Share, by weight, of the words of a question that the table has in the rows meant, in its heads, above or below it."""
    document = table.document
    path = document.path(document.section_at(table.head_span[0]))
    above = (document.doc_id, document.header.title, *path, caption_of(table), *table.head, notes_of(table))
    cells = "".join("".join(table.rows[i]) for i in rows)
    cells += "".join(row[j] for j in columns if not figures_among(table, j) for row in table.rows)  # 约束性还是预期性
    text = _counted(fold("".join((*above, cells))))
    asking = (*ASKING_WORDS, "还是")
    said = {w: v for w, v in probe.words.items() if len(w) > 1 and w not in asking and not w[0].isdigit()}
    by_words = sum(v * match(_DONE.sub("", _counted(w)), probe, text) for w, v in said.items())
    by_words /= sum(said.values()) or 1.0
    pairs = {p: v for p, v in probe.pairs.items() if not re.search(r"\d", p)}
    by_pairs = sum(v for p, v in pairs.items() if p in text) / (sum(pairs.values()) or 1.0)
    return max(by_words, by_pairs)


_DONE = re.compile("(?<=^.)[了过着]$")  #: 产了


def figures_among(table: Table, j: int) -> bool:
    """Whether a column tells figures."""
    return sum(is_figure(row[j].strip()) for row in table.rows) * 2 > len(table.rows)
