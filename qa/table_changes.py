"""Which rows of a table have grown or shrunk, and whether one of them has: by the signs of a column of changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.tokens import fold
from qa.claim import read_claim
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line
from qa.table_extremes import FALLS, SUPERLATIVE, entries, named_table, signed
from qa.table_names import of_other_year, rows_named, tables_near, words_of
from qa.tables import Table, cell_spans, changes_of, column_name, is_change, label_of_row, told_cells, value

_RISES = re.compile(r"涨(?!幅)|增[长加多]|上升|提高|增了|正增长|[多高](?=了)")
_WHICH_ROWS = re.compile(r"哪(?:些|几)|有哪|几(?:[个项类种家]|大类)|有没有")
_MOST = 12


def answer_changes(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The rows of a table that have gone up or down, where a question asks which (哪些产品产量下降了), or whether the one that
    it names has (教育支出比上年涨了吗). None where a table tells no changes, or the question gives a figure of its own."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    falls, rises = bool(FALLS.search(core)), bool(_RISES.search(core))
    if falls == rises or SUPERLATIVE.search(core) or re.search(r"\d(?:\.\d+)?(?:%|亿|万|元|个百分点)", core):
        return None
    if "whether" in probe.question.kinds:
        return _whether(core, probe, found, falls)
    if not _WHICH_ROWS.search(core) or re.search("多少|为什么|原因", core):
        return None
    table = named_table(probe, found)
    cells = entries(core, probe, table) if table is not None else None
    if table is None or not cells or len({j for _, j in cells}) > 1:
        return None
    held = [(i, j) for i, j in cells if (signed(table.rows[i][j]) < 0 if falls else signed(table.rows[i][j]) > 0)]
    if not 0 < len(held) <= _MOST or not any(signed(table.rows[i][j]) < 0 for i, j in cells):
        return None
    names = "、".join(f"{label_of_row(table, i)}（{value(table, i, j)}）" for i, j in held)
    text = f"{column_name(table, held[0][1])}为{'负' if falls else '正'}的共{len(held)}项：{names}。"
    spans = dict.fromkeys(span for i, _ in held for span in cell_spans(table, i))
    return Draft((Line(text, tuple(spans)),), method="rows")


def _whether(core: str, probe: Probe, found: Sequence[Candidate], falls: bool) -> Draft | None:
    """Yes or no by the change that a table tells of the row that a question names whole."""
    claim = read_claim(probe.question.core)
    for table in tables_near(found, probe.named):
        if claim.denies or of_other_year(table, probe.question.years):
            continue
        share, rows = rows_named(words_of(probe, core), table, by_year=False)
        changes = _changes(core, table)
        if share < 1.0 or len(rows) != 1 or len(changes) != 1 or not signed(table.rows[rows[0]][changes[0]]):
            continue
        fell = signed(table.rows[rows[0]][changes[0]]) < 0
        told = told_cells(table, rows[0], changes)
        text = f"{claim.yes if fell == falls else claim.no}，{told}"
        return Draft((Line(text, cell_spans(table, rows[0])),), contradicts=fell != falls, method="cell")
    return None


def _changes(core: str, table: Table) -> list[int]:
    """The columns of changes; of several that of the measure that a folded question names."""
    every = [j for j in range(len(table.head)) if is_change(table, j)]
    named = [j for j in every if (k := changes_of(table, j)) is not None and fold(column_name(table, k)) in core]
    return named or every
