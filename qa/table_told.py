"""Answers from a table by what a question asks of it: a cell, two set beside each other, the rows that meet a condition, their
number; with the notes below the table that speak of the question's case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.labels import HAN_NUMERALS, number_of
from index.tokens import fold
from qa.amounts import Range, amounts, ranges
from qa.evidence import Candidate, Probe, match
from qa.extractive import Draft, Line
from qa.patterns import lacks_figure, measures_asked
from qa.reckoning import asks_difference
from qa.table_answers import asks_of_entries
from qa.table_extremes import SUPERLATIVE, WHICH, is_of_name, signed, told_extreme
from qa.table_names import BARE, told_columns
from qa.table_notes import notes_told, row_by_note, ruled_line
from qa.table_query import ADDS, Query, columns_asked, figures_among, own_words, queries, query_of
from qa.tables import (
    NUMBERING,
    YEAR,
    Table,
    caption_of,
    cell_spans,
    column_name,
    in_other_years,
    is_change,
    key_columns,
    names_column,
    notes_of,
    row_spans,
    rows_are_years,
    told_cells,
    unit_of_cell,
    value,
)
from qa.towns import towns_named

#: Share of what a question says that a table and what stands above it have to say: of any; of one in a document that the
#: question points at, where its case lies in the range of a row.
_LEAST_HELD, _HELD_BESIDE_RANGE = 0.45, 0.15
_HELD_BESIDE_BOTH = 0.3  #: of one of whose rows and columns both are named
#: How much a question has to say of a row to mean it, in pairs of characters; to mean all of it.
_LEAST_SAID, _SURELY_SAID = 2.0, 5.0


def answer_table(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """What a table near what was found tells of what a question asks: two cells set beside each other, the rows that meet a
    condition or their number, a cell; None where the question asks nothing of a table clearly."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    if not found or "whether" in probe.question.kinds or len(probe.question.core.split()) > _WORDS_ALONE:
        return None
    for query in queries(core, probe, found)[:_LOOKED_AT]:
        draft = _ranked(core, probe, query) or _compared(core, probe, query) or _rows(core, probe, query)
        draft = draft or _cell(core, probe, query)
        if draft is not None:
            return draft
    return None


def answer_ends(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The rows of a table near what was found at the end, or at both ends, of what a question asks for (最贵的和最便宜的)."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    if not found or "whether" in probe.question.kinds or not (SUPERLATIVE.search(core) or _LAST.search(core)):
        return None
    for query in queries(core, probe, found)[:_LOOKED_AT]:
        draft = _extreme(core, probe, query)
        if draft is not None:
            return draft
    return None


_WORDS_ALONE = 2  #: pieces parted by white space, from which a question is words to search for, and no sentence
_LOOKED_AT = 3  #: tables of those that say most of what is asked


def is_asked(query: Query, probe: Probe, sure: bool = False) -> bool:
    """Whether a table says enough of what is asked to be what the question is about; less where it is ``sure`` that one of
    its rows or columns is meant."""
    document = query.table.document
    place = fold(document.header.title)[:_PLACE]  # which is short for what a title begins with: 云汀师院
    pointed = document.doc_id in probe.hinted or (len(place) == _PLACE and place in fold(probe.question.text))
    if (sure or query.sure) and pointed:
        return query.held >= _HELD_BESIDE_RANGE
    return query.held >= (_HELD_BESIDE_BOTH if query.sure and query.columns else _LEAST_HELD)


_PLACE = 2


# --- cells -------------------------------------------------------------------------------------------------------------


def _cell(core: str, probe: Probe, query: Query) -> Draft | None:
    """The cells of the one row that a question means, in the columns that it asks for; the whole row where it is small and
    the question names none of its columns."""
    table, kinds = query.table, probe.question.kinds
    in_words = query.columns and not any(figures_among(table, j) for j in query.columns)
    several = 1 < len(query.rows) <= _MOST_LEFT_OPEN or (len(query.rows) == 1 and len(query.columns) > 1)
    more = _ASKS_MORE.search(core) and not in_words and not several
    if not is_asked(query, probe) or more or _is_elsewhere(core, probe, query) or _asks_end(core, query.table):
        return None
    as_row = row_by_note(core, table) if query.columns and not query.sure else None
    if as_row is not None:
        i, note = as_row
        return Draft((note, Line(told_cells(table, i, query.columns), cell_spans(table, i))), method="cell")
    of_latest = rows_are_years(table) and bool(query.columns)  # no year is named
    if not (query.sure or of_latest or sum(query.by.values()) >= _LEAST_SAID):
        return None
    if len(query.rows) != 1:
        return _left_open(core, query) if "count" in kinds else None
    (i,), columns = query.rows, list(query.columns)
    group = table.groups[i] if table.groups else ""
    if group and _ASKS_GROUP.search(core):
        label = told_cells(table, i, []).rstrip("。")
        return Draft((Line(f"{label}属于{group}。", row_spans(table, [i])),), method="cell")
    if _ASKS_CHANGED.search(core) and len(told_columns(table)) == _OLD_AND_NEW:
        columns = told_columns(table)
    silent = not any(_TOLD.search(table.rows[i][j]) for j in columns)  # none is asked for, or those tell nothing: —
    surely = sum(query.by.values()) >= _SURELY_SAID and not any(map(YEAR.search, table.head))
    if silent and "count" in kinds and (query.held >= _LEAST_HELD or surely):
        columns = _all_columns(core, probe, table, i)
    if not columns or len(columns) > _MOST_COLUMNS:
        return None
    cells = [table.rows[i][j] for j in columns]
    told = told_cells(table, i, columns)
    if not any(map(_TOLD.search, cells)):
        return None
    # 几个救生员 may be told in 名, and a figure without a unit in any.
    of_any = bool(query.columns) and not any(unit_of_cell(table, i, j) for j in columns)
    units = {unit_of_cell(table, i, j) for j in columns}
    asked_in = _COUNTERS.search(core)
    of_any = of_any or bool(asked_in and (asked_in[1] == "个" or units <= set(_THINGS)))
    counted = of_any and all(map(_PLAIN.fullmatch, cells))
    if (
        "count" in kinds
        and not counted
        and lacks_figure(core, [fold(told)])
        and not all(map(_NO_FIGURE.fullmatch, cells))
    ):
        return None
    if "who" in kinds and "count" not in kinds and all(map(_PLAIN.fullmatch, cells)):
        return None
    if _COUNTS_ALL.search(core) and all("%" in fold(told_cells(table, i, [j])) for j in columns):
        return None
    if _ASKS_MONEY.search(core) and not _MONEY.search(told):
        return None
    if "when" in kinds and not _TIME.search(told):
        return None
    notes = notes_told(core, probe, table, i)
    ruled = ruled_line(table, i, columns[0], notes) if len(columns) == 1 and "count" in kinds else None
    added = _added(table, i, columns) if ADDS.search(core) else None
    lines = (Line(told, cell_spans(table, i)), *notes, *(line for line in (ruled, added) if line is not None))
    return Draft(lines, method="cell")


def _left_open(core: str, query: Query) -> Draft | None:
    """The cells of the few rows that a question names one by one (男女各多少), or between which it leaves open what else tells
    them apart (国四的车, of 中型 and 重型); None where it names no column."""
    table, rows = query.table, query.rows
    alike = any(len({table.rows[i][j] for i in rows}) == 1 for j in query.by if j in key_columns(table))
    alike = alike or _OF_EACH.search(core) is not None
    if not alike or len(rows) > _MOST_LEFT_OPEN or not query.columns or len(query.columns) > _MOST_COLUMNS:
        return None
    told = [told_cells(table, i, query.columns) for i in rows]
    if lacks_figure(core, list(map(fold, told))) or not all(
        _TOLD.search(table.rows[i][query.columns[0]]) for i in rows
    ):
        return None
    return Draft(tuple(Line(line, cell_spans(table, i)) for line, i in zip(told, rows, strict=True)), method="cell")


_MOST_LEFT_OPEN = 4


def _asks_end(core: str, table: Table) -> bool:
    """Whether a question asks which entry is at an end, and the superlative is of no name (最高限价)."""
    return bool(WHICH.search(core)) and not all(is_of_name(core, m, table) for m in SUPERLATIVE.finditer(core))


def _added(table: Table, i: int, columns: Sequence[int]) -> Line | None:
    """The sum of the cells of a row in some columns; None where they are no figures of one unit."""
    cells, units = [table.rows[i][j] for j in columns], {unit_of_cell(table, i, j) for j in columns}
    if len(columns) < 2 or len(units) > 1 or not all(re.fullmatch(r"\d+(?:\.\d+)?", cell) for cell in cells):
        return None
    (unit,) = units
    total = sum(map(Decimal, cells), Decimal(0))
    return Line(f"{'加'.join(f'{cell}{unit}' for cell in cells)}，合计{total}{unit}。", cell_spans(table, i))


_COUNTS_ALL = re.compile("(?:多少|几)[万千百]?[人名位家户件笔座辆台万亿元](?!分)")  #: what no share tells
_ASKS_MONEY, _MONEY = re.compile("多少[^,，。?？]{0,5}钱|几[块毛]|多少元"), re.compile("元|免|不|由|—|市场|协商")
_TIME = re.compile(r"\d|随时|当[日天场即]|长期|全[天年]|每[天周月年]|立即|即时")


_PAID = "掏交付出给领拿补收花报"  #: what is done with money, and no measure
_MEASURE = 2  #: the last characters of what is measured


def _all_columns(core: str, probe: Probe, table: Table, i: int) -> list[int]:
    """All columns that tell figures, where they are few and the question asks for no measure and no year that is none of
    theirs: the whole row answers."""
    columns = [j for j in told_columns(table) if figures_among(table, j)]
    above = fold("".join((*table.head, *table.rows[i], caption_of(table), table.document.header.title)))
    years = set(YEAR.findall("".join(table.head)))
    if years and probe.question.years and years.isdisjoint(probe.question.years):
        return []
    if any(is_change(table, j) for j in columns) and any(
        changes in core for changes in ("增长", "下降", "增幅", "降幅")
    ):
        return []  # of another measure
    said = all(m[-_MEASURE:] in above or (m[-1] in _PAID and not years) for m in measures_asked(core))
    return columns if len(columns) <= _MOST_COLUMNS and said else []


def _is_elsewhere(core: str, probe: Probe, query: Query) -> bool:
    """Whether a question asks for a rate that nothing at the row is called by, or of a place that is named nowhere near."""
    table = query.table
    document = table.document
    above = (
        document.header.title,
        document.header.issuer or "",
        *document.path(document.section_at(table.head_span[0])),
    )
    near = fold("".join((*above, caption_of(table), *table.head, *(c for i in query.rows for c in table.rows[i]))))
    mine = own_words(probe)
    if mine and not any(match(word, probe, near + notes_of(table)) for word in mine):
        return True  # a follow-up for something else: 有啥例外没
    if "实际" in core and not _DONE.search(near) and _SETS.search(near):
        return True  # what was done, of a plan
    rates = [m[-_MEASURE:] for m in measures_asked(core) if m.endswith("率")]
    return any(rate not in near for rate in rates) or any(town not in near for town in towns_named(core))


_SETS = re.compile("计划|规划|方案|预算|目标|任务|[上下]限")  #: what says what is to be, and not what was
_ASKS_CHANGED, _OLD_AND_NEW = re.compile("(?:怎么|有(?:啥|什么|何))[变改不调]|变化|前后"), 2
_ASKS_GROUP = re.compile("哪一?[个种]?(?:类|方面|领域|组|部分)|属于哪|归(?:在|到|为)哪")
_MOST_COLUMNS = 4
_ASKS_MORE = re.compile("哪些|哪几|有哪|各自?(?:是|为|有|占)?(?:多少|几)|分别")  #: of more than one row
_TOLD = re.compile(r"[^\W_]")
_THINGS = "个座处所台辆艘套只头棵株口条项件"  #: counters of things, one of which may be told for another
_COUNTERS = re.compile(f"(?:几|多少)([{_THINGS}])(?![月工小])")
_NO_FIGURE = re.compile(r"\D+")  #: 暂停开放, where a price is asked
_PLAIN = re.compile(r"[-−+]?\d[\d,.]*([^\d,.]*)")  #: one figure, and what stands behind it


# --- two cells -----------------------------------------------------------------------------------------------------------

_BETWEEN_SIDES = re.compile("相?比(?!例|重)|占|跟|和|与|同(?!比)|还是|及|、")
#: What asks for a share of a whole, which the two figures tell: 占全市的几成.
_PART_OF_ALL = re.compile("占(?:了|到)?(?:全[省市州县区国]|合计|总计)[^,，。?？]{0,8}(?:多少|几成|百分之|多大)")
_COMPARES = re.compile(
    r"(?:[多少高低大小长短贵快慢]|便宜)[\u4e00-\u9fff]{0,2}(?:多少|几)|差(?:了|距|额)?(?:是|有)?(?:多少|几|多大)"
    r"|(?:谁|哪[个边家])[^,，。?？]{0,8}[多少高低大小长短贵快慢]|[升涨增多高大][了]?还是[降跌减少低小]"
)


def _compared(core: str, probe: Probe, query: Query) -> Draft | None:
    """The two cells that a question sets beside each other (新能源的比柴油的多补多少); None where it names no two of one unit."""
    table = query.table
    if not is_asked(query, probe):
        return None
    before = _since_year_before(core, query)
    of_whole = _PART_OF_ALL.search(core) and not any("占" in table.head[j] for j in query.columns)
    if before is not None or not (of_whole or _COMPARES.search(core) or asks_difference(core)):
        return before
    for joint in _BETWEEN_SIDES.finditer(core):
        asked = [query_of(side, probe, table) for side in (core[: joint.start()], core[joint.end() :])]
        rows = _of_sides(_like(table, [q.rows if q.by else () for q in asked]))
        columns = _of_sides(_alike_columns(table, [q.columns for q in asked]))
        if rows is not None and rows[0] != rows[1] and len(query.columns) == 1:
            columns = (query.columns[0], query.columns[0])  # 铁路和民航哪个增得快
        if rows is None or columns is None or (rows[0] == rows[1]) == (columns[0] == columns[1]):
            continue
        cells = list(zip(rows, columns, strict=True))
        units = {
            (figure[1], unit_of_cell(table, i, j)) if (figure := _PLAIN.fullmatch(table.rows[i][j])) else None
            for i, j in cells
        }
        if None not in units and len(units) == 1:
            return Draft(tuple(Line(told_cells(table, i, [j]), cell_spans(table, i)) for i, j in cells), method="cell")
    return None


def _alike_columns(table: Table, named: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    """The columns of two sides, of several that one side names that which is called most like the one of the other side:
    优良天数比例2023年, beside 优良天数比例2024年."""
    alone = next((columns[0] for columns in named if len(columns) == 1), None)
    if alone is None:
        return list(named)
    bare = [YEAR.sub("", head) for head in table.head]
    return [[j for j in own if bare[j] == bare[alone]] if len(own) > 1 else own for own in named]


def _like(table: Table, named: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    """The rows of two sides, that of one alone where several are named and one is most like the row of the other side: 两行的,
    beside 玉米机，3行."""
    alone = next((rows[0] for rows in named if len(rows) == 1), None)
    if alone is None:
        return list(named)
    names = ["".join(row[j] for j in key_columns(table)) for row in table.rows]
    kept: list[Sequence[int]] = []
    for rows in named:
        alike = [len(set(names[i]) & set(names[alone])) for i in rows]
        best = [i for i, shared in zip(rows, alike, strict=True) if shared == max(alike)]
        kept.append(best if len(best) == 1 else rows)
    return kept


_YEAR_BEFORE = re.compile("[比较跟与和](?:之?前|上|头|去)一?年")


def _since_year_before(core: str, query: Query) -> Draft | None:
    """The cell of a year and that of the year before, or of the one other year that the table tells of it, where a question
    asks how they differ (比上一年少了多少, 涨了多少)."""
    table = query.table
    before = _YEAR_BEFORE.search(core)
    asks = before or asks_difference(core)
    if not asks or len(query.rows) != 1 or not query.columns or len(query.columns) > _OLD_AND_NEW or not query.by:
        return None
    (i,), j = query.rows, query.columns[0]
    if rows_are_years(table):
        names = [row[names_column(table) or 0] for row in table.rows]
        own = int(YEAR.findall(names[i])[0])
        cells = [(i, j), *((k, j) for k, name in enumerate(names) if before and str(own - 1) in name)]
    else:
        year = YEAR.search(table.head[j])
        last = "" if year is None else table.head[j].replace(year[1], str(int(year[1]) - 1))
        earlier = [k for k, head in enumerate(table.head) if head == last] if before else in_other_years(table, j)
        cells = [(i, j), *((i, k) for k in earlier)]
    if not {k for _, k in cells}.issuperset(query.columns) or len(cells) != _OLD_AND_NEW:
        return None
    if not all(_PLAIN.fullmatch(table.rows[k][column]) for k, column in cells):
        return None
    return Draft(tuple(Line(told_cells(table, k, [c]), cell_spans(table, k)) for k, c in cells), method="cell")


def _of_sides(named: Sequence[Sequence[int]]) -> tuple[int, int] | None:
    """One row or column for each side: what one side leaves unsaid is that of the other."""
    own = [side[0] for side in named if len(side) == 1]
    if not own or any(len(side) > 1 for side in named):
        return None
    return own[0], own[-1]


# --- the highest, the third --------------------------------------------------------------------------------------------

_LAST = re.compile("垫底|末位|倒数第一|最后一名|排最后")


def _extreme(core: str, probe: Probe, query: Query) -> Draft | None:
    """The rows with the highest or lowest figure of the column that a question asks for, one for each end that it asks for."""
    table = query.table
    asked = [m.group() for m in SUPERLATIVE.finditer(core) if not is_of_name(core, m, table)]
    ends = asked + ["最低"] * bool(_LAST.search(core))
    if not ends or not (WHICH.search(core) or _LAST.search(core)):
        return None
    if probe.question.years and rows_are_years(table):
        return None  # of one of the years that are compared
    column = _measured(query.columns, table)
    if column is None or not is_asked(query, probe, sure=True):
        return None
    cells = [(i, column) for i in _compared_rows(query)]
    lines = [told_extreme(end, table, cells, False) for end in dict.fromkeys(ends)]
    told = [line for line in lines if line is not None]
    return Draft(tuple(told), method="cell") if len(told) == len(lines) else None


def _measured(asked: Sequence[int], table: Table) -> int | None:
    """The one column of figures, of those asked for, whose entries are compared; that of ranks is none."""
    figures = [j for j in range(len(table.head)) if figures_among(table, j) and not _RANK.search(table.head[j])]
    figures = [j for j in figures if not NUMBERING.fullmatch(table.head[j].strip())]
    named = [j for j in asked if j in figures]
    done = [j for j in named if not _PLANNED.search(table.head[j])] if len(named) > 1 else named
    done = [j for j in done if _WHOLE.search(table.head[j])] or done
    return done[0] if len(done) == 1 else figures[0] if not named and len(figures) == 1 else None


_RANK = re.compile("位次|名次|排名|排序")
_PLANNED = re.compile("计划|预算|目标|任务数")


def _compared_rows(query: Query) -> list[int]:
    """The rows that are compared: all but sums, or those of the sort that the question names (拖拉机里最高的)."""
    table, rows = query.table, _entries(query.table)
    of_sort = 1 < len(query.rows) < len(table.rows) and any(
        {i for i, row in enumerate(table.rows) if row[j] == table.rows[query.rows[0]][j]} == set(query.rows)
        for j in query.by
    )
    return [i for i in rows if i in query.rows] if of_sort else rows


def _entries(table: Table) -> list[int]:
    """All rows but sums."""
    return [i for i in range(len(table.rows)) if not _is_sum(table, i)]


_NTH = re.compile(rf"(倒数)?第([{HAN_NUMERALS}两\d]{{1,2}})(?!季度|[条款项批次期])")


def _ranked(core: str, probe: Probe, query: Query) -> Draft | None:
    """The row that has a rank in the column of ranks of the year asked for: 2022年第三名是谁."""
    nth, table = _NTH.search(core), query.table
    ranks = [j for j in query.columns if _RANK.search(table.head[j])] or [
        j for j, head in enumerate(table.head) if _RANK.search(head)
    ]
    if len(ranks) == 1 and (ends := _RANKED_ENDS.findall(core)) and is_asked(query, probe, sure=True):
        return _at_ends(table, ranks[0], ends, query.columns)
    if nth is None or nth[1] or not WHICH.search(core[nth.end() :]) or not is_asked(query, probe, sure=True):
        return None
    wanted = number_of(nth[2].replace("两", "二"))
    if not ranks and wanted is not None and "排" in core:
        return _nth_by_figure(core, probe, table, wanted)
    if len(ranks) != 1 or wanted is None:
        return None
    held = [i for i, row in enumerate(table.rows) if row[ranks[0]].strip() == str(wanted)]
    return _with_rank(table, held, ranks[0], query.columns) if len(held) == 1 else None


_RANKED_ENDS = re.compile("(头一?名|第一名|榜首|排?第一|垫底|倒数第一|最后一名|末位)")


def _at_ends(table: Table, rank: int, ends: Sequence[str], asked: Sequence[int]) -> Draft | None:
    """The rows that are first and last by a column of ranks, those that are asked for."""
    places = {int(row[rank]): i for i, row in enumerate(table.rows) if row[rank].strip().isdigit()}
    if not places:
        return None
    held = [places[max(places) if _LAST.search(end) else min(places)] for end in ends]
    return _with_rank(table, held, rank, asked)


def _with_rank(table: Table, rows: Sequence[int], rank: int, asked: Sequence[int]) -> Draft:
    """Rows with their rank, what else is told of its year, and what is asked."""
    year = YEAR.search(table.head[rank])
    told = [j for j, head in enumerate(table.head) if (year and year[1] in head) or j == rank or j in asked]
    return Draft(tuple(Line(told_cells(table, i, told), cell_spans(table, i)) for i in rows), method="cell")


def _nth_by_figure(core: str, probe: Probe, table: Table, wanted: int) -> Draft | None:
    """The row that is at a place when the figures of the column asked for are put in order, the highest first."""
    column = _measured(columns_asked(_NTH.sub("", core), probe, table), table)
    rows = [i for i in _entries(table) if column is not None and _PLAIN.fullmatch(table.rows[i][column])]
    if column is None or not 0 < wanted <= len(rows):
        return None
    placed = sorted(rows, key=lambda i: -signed(table.rows[i][column]))[:wanted]
    names = "、".join(_named(table, i, column) for i in placed)
    return Draft(
        (Line(f"{column_name(table, column)}从高到低前{wanted}位：{names}。", row_spans(table, placed)),), method="cell"
    )


# --- rows ------------------------------------------------------------------------------------------------------------------

_ASKS_ROWS = re.compile(
    r"哪(?:些|几|[一两二三四五六七八九十\d]*[个项条种类家名位所座处里样档地]|儿|吧)|什么|几(?:个|家|项|条|种|类|处|所)|多少(?:个|家|项|条|种|类|处|所)|有谁|是谁|名单|都有"
)
_COUNTS = re.compile(r"几(?:个|家|项|条|种|类|处|所)|多少(?:个|家|项|条|种|类|处|所)")


def _rows(core: str, probe: Probe, query: Query) -> Draft | None:
    """The rows that meet the conditions that a question tells (使用年限15年的有哪些), or their number; None for a question that
    asks for no rows or tells no condition but what names one."""
    table = query.table
    if not _ASKS_ROWS.search(core) or not is_asked(query, probe, sure=True):
        return None
    against = _against_plan(core, table, _entries(table), probe.question.years) or _against_year(core, probe, query)
    if against is not None:
        held, columns = against
        figures = ("，".join(f"{column_name(table, j)}{value(table, i, j)}" for j in columns) for i in held)
        shown = "、".join(f"{_named(table, i, None)}（{own}）" for i, own in zip(held, figures, strict=True))
        return Draft((Line(f"共{len(held)}项：{shown}。", row_spans(table, held)),), method="rows")
    met = _meeting(core, probe, query)
    if met is None:
        return _of_group(core, query) or _each_row(core, probe, query) or _all_names(core, query)
    rows, told = met
    alike = len({value(table, i, told) for i in rows}) == 1
    beside = [j for j in query.columns if j != told and not figures_among(table, j)]
    amounts_asked = [j for j in query.columns if j != told and figures_among(table, j)]
    # What each of them comes to, where one value picks them all: 遗体火化各收多少.
    each = (amounts_asked[0] if amounts_asked and _OF_EACH.search(core) else None) if alike else told
    names = "、".join(dict.fromkeys(_named(table, i, each, beside) for i in rows))
    how_many = f"共{len(rows)}项：" if len(rows) > 1 or _COUNTS.search(core) else "是"
    return Draft(
        (Line(f"{column_name(table, told)}{_of(table, rows, told)}的{how_many}{names}。", row_spans(table, rows)),),
        method="rows",
    )


_ASKS_ENTRIES = re.compile(
    r"(?:哪(?:些|[几两二三四五六七八九十\d]+[个项条种类家所样]?)|(?:有|分)(?:几|多少)[个项条种类家所样])(?P<noun>[\u4e00-\u9fff]*)"
)


def _of_group(core: str, query: Query) -> Draft | None:
    """The entries of one group of a table that a question names (省体育局名下有哪些项目), each with the figure asked for beside
    it; None where it names no group, or some of its rows."""
    table, rows, keys = query.table, list(query.rows), key_columns(query.table)
    asked = _ASKS_ENTRIES.search(core)
    called = fold("".join((*table.head, caption_of(table), table.document.header.title)))
    if (
        asked is None
        or asked["noun"]
        and not any(asked["noun"][k : k + 2] in called for k in range(len(asked["noun"]) - 1))
    ):
        return None
    heads = [(j, [row[j] for row in table.rows]) for j in keys if j in query.by and query.sure]
    heads += [(-1, list(table.groups))] if table.groups and fold(table.groups[rows[0]]) in core else []
    for column, cells in heads:
        other = names_column(table, column)
        names = [j for j in keys if j != column] or ([] if other is None else [other])
        of_group = [i for i, cell in enumerate(cells) if cell == cells[rows[0]]]
        if rows != of_group or not 1 < len(rows) < len(table.rows) or not names:
            continue
        beside = [j for j in query.columns if figures_among(table, j)] if _OF_EACH.search(core) else []
        figures = ["，".join(f"{column_name(table, j)}{value(table, i, j)}" for j in beside) for i in rows]
        entries = ["，".join(table.rows[i][j] for j in names) for i in rows]
        shown = "、".join(f"{name}（{own}）" if own else name for name, own in zip(entries, figures, strict=True))
        text = f"{cells[rows[0]]}的{table.head[names[0]]}共{len(rows)}项：{shown}。"
        return Draft((Line(text, row_spans(table, rows)),), method="rows")
    return None


def _all_names(core: str, query: Query) -> Draft | None:
    """All entries of a table, where a question asks for them by what the column of their names is called and tells no
    condition: 提取用途分成哪几类."""
    table, names = query.table, names_column(query.table)
    head = "" if names is None else fold(BARE.sub("", table.head[names]))
    if names is None or len(head) < _SHORTEST_HEAD or head not in core or query.by or query.columns:
        return None
    if not _ASKS_ALL.search(core) or query.held < _LEAST_HELD:
        return None
    rows = _entries(table)
    told = "、".join(dict.fromkeys(table.rows[i][names] for i in rows))
    return Draft((Line(f"{table.head[names]}共{len(rows)}项：{told}。", row_spans(table, rows)),), method="rows")


_SHORTEST_HEAD = 2
_ASKS_ALL = re.compile("哪(?:些|几)|有哪|分[为成]几|包括(?:什么|啥)")
_OF_EACH = re.compile("每[个种项类档级等样]|各(?:是|为|有|加|补|奖|收|给)?(?:多少|几)|分别|标准")
_MOST_EACH = 10


def _each_row(core: str, probe: Probe, query: Query) -> Draft | None:
    """All rows of a small table with what its one column of figures tells, where a question asks for all of them and that
    (分哪几种，每种多少)."""
    table = query.table
    figures = [j for j in told_columns(table) if figures_among(table, j)]
    if not (_OF_EACH.search(core) and _ASKS_MORE.search(core)) or len(figures) != 1 or query.sure:
        return None
    rows = _entries(table)
    if len(rows) > _MOST_EACH or query.held < _LEAST_HELD:
        return None
    names = "、".join(_named(table, i, figures[0]) for i in rows)
    return Draft(
        (Line(f"{column_name(table, figures[0])}共{len(rows)}项：{names}。", row_spans(table, rows)),), method="rows"
    )


def _of(table: Table, rows: Sequence[int], j: int) -> str:
    values = list(dict.fromkeys(value(table, i, j) for i in rows))
    return f"为{values[0]}" if len(values) == 1 else "符合条件"


def _named(table: Table, i: int, told: int | None, beside: Sequence[int] = ()) -> str:
    """The name of a row, with its group, the cells of columns asked for ``beside`` it, and what a column tells of it."""
    group = f"{table.groups[i]}，" if table.groups and table.groups[i] else ""
    label = "，".join(table.rows[i][j] for j in dict.fromkeys((*(key_columns(table) or (0,)), *beside)))
    return f"{group}{label}" + ("" if told is None else f"（{value(table, i, told)}）")


_FAILS = re.compile("(?:没有?|未)(?:完成|达到|达标|实现)|低于(?:计划|目标|任务)|欠(?:产|账)")
_MEETS = re.compile(
    "(?<![没未])(?<!没有)(?:超额)?(?:完成|达到|实现|超过|超出)了?[^,，。?？]{0,8}(?:计划|目标|任务|预算)"
)


def _against_plan(
    core: str, table: Table, rows: Sequence[int], years: Sequence[str]
) -> tuple[list[int], list[int]] | None:
    """The rows whose figure falls short of what was planned, or reaches it, as a question asks (没完成当年计划的是哪些), and the
    two columns; None where it asks neither or the table has no two such columns of one year."""
    fails = _FAILS.search(core)
    if not (fails or _MEETS.search(core)):
        return None
    of_year = [
        j
        for j, head in enumerate(table.head)
        if figures_among(table, j) and (not years or any(y in head for y in years))
    ]
    planned = [j for j in of_year if _PLANNED.search(table.head[j])]
    others = [j for j in of_year if j not in planned and not _RANK.search(table.head[j])]
    done = [j for j in others if _DONE.search(table.head[j])] or others
    if len(planned) != 1 or len(done) != 1:
        return None
    both = [i for i in rows if all(_PLAIN.fullmatch(table.rows[i][j]) for j in (*done, *planned))]
    met = [i for i in both if (signed(table.rows[i][done[0]]) < signed(table.rows[i][planned[0]])) == bool(fails)]
    return (met, [done[0], planned[0]]) if met else None


_DONE = re.compile("完成|实际|决算|执行|实绩")


_FELL = re.compile("不升反|减[少产收]|[反还]降|降的|少了|还少|下降|降低|[下走]滑|回落|[变更]少|负增长|不如")
_ROSE = re.compile("反[增升涨]|增[加长产]|多了|还多|上升|提高|[变更]多|上涨")


def _against_year(core: str, probe: Probe, query: Query) -> tuple[list[int], list[int]] | None:
    """The rows whose figure is lower, or higher, than that of the year before (比2023年还少的有哪几个), and the columns of both
    years; None where a question does not ask that of one measure."""
    table, fell = query.table, _FELL.search(core)
    if not (fell or _ROSE.search(core)) or SUPERLATIVE.search(core):
        return None
    of_years = {
        j: year[1] for j, head in enumerate(table.head) if figures_among(table, j) and (year := YEAR.search(head))
    }
    named = [j for j in query.columns if j in of_years] or list(of_years)
    measures = {YEAR.sub("", table.head[j]) for j in named}
    pair = [j for j in of_years if YEAR.sub("", table.head[j]) in measures]
    pair = [j for j in pair if not probe.question.years or len(pair) == 2 or of_years[j] in probe.question.years]
    if len(measures) != 1 or len(pair) != 2 or not (probe.question.years or _YEAR_BEFORE.search(core)):
        return None
    earlier, later = sorted(pair, key=of_years.__getitem__)
    rows = [i for i in _entries(table) if all(_PLAIN.fullmatch(table.rows[i][j]) for j in pair)]
    met = [i for i in rows if (signed(table.rows[i][later]) - signed(table.rows[i][earlier])) * (-1 if fell else 1) > 0]
    return (met, [earlier, later]) if met else None


def _meeting(core: str, probe: Probe, query: Query) -> tuple[list[int], int] | None:
    """The rows that meet the one condition that a question tells of a column, and that column: a value that it says, bounds
    of a figure, none where it asks who gets none, some where it asks who gets any."""
    table = query.table
    keys = key_columns(table)
    others = [j for j in range(len(table.head)) if j not in keys and not NUMBERING.fullmatch(table.head[j].strip())]
    rows = _entries(table)
    named = columns_asked(core, probe, table)
    found: list[tuple[list[int], int]] = []
    for j in others:
        met = _of_figure(core, table, rows, j) if not named or j in named or not figures_among(table, j) else []
        if not met and j not in named and len(named) == 1 and figures_among(table, named[0]):
            continue
        met = met or (_of_value(core, table, rows, j) if asks_of_entries(core, probe, table) else [])
        if 0 < len(met) < len(rows):
            found.append((met, j))
    if not found and len(named) == 1 and not (query.sure and len(query.rows) == 1):
        met = _with_or_without(core, probe, table, rows, named[0])
        return (met, named[0]) if met else None
    return found[0] if len(found) == 1 else None


def _with_or_without(core: str, probe: Probe, table: Table, rows: Sequence[int], j: int) -> list[int]:
    """The rows whose cell in a column is empty or denies (—, 不受理), where a question asks which get none of it; the others
    where it asks which do. None where it asks for something else than the entries of the table."""
    none, which = _GETS_NONE.search(core), re.search("哪", core)
    asked = none or which
    if asked is None or (which is not None and not (asks_of_entries(core, probe, table) or _asks_names(core, table))):
        return []
    if fold(BARE.sub("", table.head[j])) in core[asked.end() : asked.end() + 8] and none is None:
        return []  # 哪些材料 asks for what stands in that column
    empty = [i for i in rows if _EMPTY.fullmatch(table.rows[i][j].strip())]
    met = empty if none is not None else [i for i in rows if i not in empty]
    return met if 0 < len(met) < len(rows) else []


_WHOLE = re.compile(r".{0,6}[合总小]计|总[数量额值]|全[国省市州县区].{0,4}")


def _is_sum(table: Table, i: int) -> bool:
    """Whether a row tells what others come to: 小计, 护理岗位 above its posts."""
    cells = [table.rows[i][j].strip() for j in key_columns(table)] or [table.rows[i][0].strip()]
    return any(map(_WHOLE.fullmatch, cells)) or bool(table.groups and table.groups[i] in cells)


_GETS_NONE = re.compile("拿不到|得不到|没有|没[拿给装设配得]|不给|不补|不奖|不享受|不发|不带|无")


def _asks_names(core: str, table: Table) -> bool:
    """Whether a question asks for the entries of a table by what the column of their names is called: 哪些窗口."""
    names = names_column(table)
    head = "" if names is None else fold(BARE.sub("", table.head[names]))
    return len(head) > 1 and re.search(rf"哪(?:些|几)?[个家项条种类]?{re.escape(head)}", core) is not None


_EMPTY = re.compile(r"[-—–/]*|无|没有|0|不[\u4e00-\u9fff]{1,6}")


def _of_figure(core: str, table: Table, rows: Sequence[int], j: int) -> list[int]:
    """The rows whose figure in a column lies in bounds that a question tells, or is one that it says."""
    bounds = [b for b in ranges(core) if b.unit]
    said = [a for a in amounts(core) if a.unit and not any(b.start <= a.start < b.end for b in bounds)]
    figures = {i: own[0] for i in rows if len(own := amounts(fold(value(table, i, j)))) == 1}
    met = [i for i, own in figures.items() if any(_within(b, own.value, own.unit) for b in bounds)]
    return met or [
        i for i, own in figures.items() if own.unit and any((a.value, a.unit) == (own.value, own.unit) for a in said)
    ]


def _within(bounds: Range, figure: float, unit: str) -> bool:
    return bounds.unit == unit and bounds.holds(figure)


def _of_value(core: str, table: Table, rows: Sequence[int], j: int) -> list[int]:
    """The rows whose cell in a column of words a question says whole: 市分类办, of 督办单位."""
    cells = {i: BARE.sub("", fold(table.rows[i][j])) for i in rows}
    said = {cell for cell in cells.values() if len(cell) > 1 and cell in core and not re.fullmatch(r"[\d.,%]+", cell)}
    longest = {cell for cell in said if not any(cell in other != cell for other in said)}
    return [i for i, cell in cells.items() if cell in longest] if len(longest) == 1 else []
