"""Yes or no by a cell of a table: whether something is open on a day, whether an entry has a mark, a value, a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.tokens import fold
from qa.amounts import amounts, ranges
from qa.claim import read_claim
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line
from qa.table_answers import GROUPING
from qa.table_names import ASKS_FIGURE, BARE
from qa.table_notes import notes_told
from qa.table_query import Query, figures_among, queries
from qa.table_told import is_asked
from qa.tables import Table, cell_spans, key_columns, told_cells, value

_YES = re.compile(r"(?:是|需要?|要|可以?|能|有|√|✓|✔|○|●)(?:[（(，,].*)?")
_NO = re.compile(
    r"(?:否|×|✗|—|-|无|无需|免[\u4e00-\u9fff]{0,2}|未[\u4e00-\u9fff]{1,4}|没有|暂停[\u4e00-\u9fff]{0,4}"
    r"|不(?:能|可|可以|需要?|用|予?受理|开放|发售|接收|办理|提供|补贴|奖励|收|计)?[\u4e00-\u9fff]{0,3})(?:[（(，,].*)?"
)
_WEEK = "一二三四五六日"
_DAYS = re.compile(
    rf"(?:周|星期|礼拜)([{_WEEK}天])(?:\s*[至到—–~-]+\s*(?:周|星期|礼拜)?([{_WEEK}天]))?|(工作日)|、([{_WEEK}天])"
)


def table_verdict(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """Yes or no by the one cell that a yes/no question is about, with that cell and the notes for its case; None where it is
    about none clearly, or the cell settles nothing."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    if not found or "whether" not in probe.question.kinds or ASKS_FIGURE.search(core):
        return None
    for query in queries(core, probe, found)[:2]:
        if len(query.rows) != 1 or not query.sure or not is_asked(query, probe):
            continue
        settled = _settled(core, query)
        if settled is None:
            continue
        (i,), (j, holds) = query.rows, settled
        notes = notes_told(core, probe, query.table, i)
        if notes:
            return None  # which may turn it
        claim = read_claim(core)
        word = claim.yes if holds != claim.denies else claim.no
        told = Line(f"{word}，{told_cells(query.table, i, [j])}", cell_spans(query.table, i))
        return Draft((told,), contradicts=word == claim.no, method="figure")
    return None


def _settled(core: str, query: Query) -> tuple[int, bool] | None:
    """The column whose cell settles what a question claims, and whether it holds what is claimed, denials left out."""
    table, (i,) = query.table, query.rows
    keys = key_columns(table)
    days = _days_of(core)
    for j in range(len(table.head)):
        open_on = _days_of(fold(table.rows[i][j])) if j not in keys and j not in query.by else set()
        if days and len(days) == 1 and open_on and days.isdisjoint(_days_of(fold(table.head[j]))):
            return j, days <= open_on
    told = _by_figure(core, table, i, query.columns[0]) if len(query.columns) == 1 else None
    others = [j for j, head in enumerate(table.head) if j not in keys and not GROUPING.search(head)]
    said = [own for j in others if (own := _value_said(core, table, i, j)) is not None]
    if len(said) == 1:  # 80万吨只是预期性指标 is so where both are
        return said[0] if told is None or told[1] else told
    if told is not None:
        return told
    names = fold("".join(table.rows[i][k] for k in keys))
    if len(query.columns) != 1 or fold(BARE.sub("", table.head[query.columns[0]])) in names:
        return None  # 赠与合同 names no column 赠与
    (j,) = query.columns
    cell = table.rows[i][j].strip()
    marked = sum(bool(_YES.fullmatch(row[j].strip()) or _NO.fullmatch(row[j].strip())) for row in table.rows)
    if _YES.fullmatch(cell) and 2 * marked > len(table.rows):
        return j, True
    denied = _NO.fullmatch(cell) and (cell not in ("—", "-") or not figures_among(table, j))
    return (j, False) if denied else None


def _by_figure(core: str, table: Table, i: int, j: int) -> tuple[int, bool] | None:
    """Whether the figure of a cell is the one of its unit that a question claims."""
    if ranges(core):
        return None
    own, claimed = amounts(fold(value(table, i, j))), amounts(core)
    names = [fold(table.rows[i][k]) for k in key_columns(table)]
    same = [
        a
        for a in claimed
        if len(own) == 1 and a.unit == own[0].unit and not any(core[a.start : a.end] in n for n in names)
    ]
    return (j, same[0].value == own[0].value) if len(same) == 1 and own[0].unit else None


def _value_said(core: str, table: Table, i: int, j: int) -> tuple[int, bool] | None:
    """Whether the cell of a column is the one of its few values that a question claims: 约束性, beside 预期性."""
    values = {BARE.sub("", fold(row[j])) for row in table.rows}
    said = [v for v in values if len(v) > 1 and v in core and not re.search(r"\d", v)]
    if not 1 < len(values) <= len(table.rows) // 2 + 1 or len(said) != 1:
        return None
    return j, said[0] == BARE.sub("", fold(table.rows[i][j]))


def _days_of(text: str) -> set[int]:
    """The days of the week that a folded text names, Monday being 0.

    >>> _days_of("周一至周三"), _days_of("礼拜六能去吗"), _days_of("周一、周四")
    ({0, 1, 2}, {5}, {0, 3})
    """
    found: set[int] = set()
    for told in _DAYS.finditer(text):
        first, last = (_WEEK.find((told[n] or "").replace("天", "日") or "?") for n in (1, 2))
        if told[3]:
            found |= set(range(5))
        elif told[4]:
            found |= {_WEEK.find(told[4].replace("天", "日"))} if found else set()
        elif first >= 0:
            found |= set(range(first, last + 1)) if last >= first else {first}
    return found
