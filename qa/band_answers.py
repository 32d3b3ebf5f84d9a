"""Rows of a graded table: 1001元至50000元的部分 | 按4%－5%交纳, found by the amount or the range that a question names."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from index.tokens import fold
from qa.amounts import Amount, Range, amounts, includes, ranges
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line, told_row
from qa.table_names import COLUMN_SAID, columns_meant, columns_named, words_of
from qa.tables import Table, cell_spans, tables_of, told_cells

_LOOKED_AT = 3  #: rows of tables among the sentences found
_FEWEST = 3  #: bands of a graded table
_NEAR = 1e-3  #: share by which the bounds of 5万到10万元 may lie beside those of 50001元至100000元


def answer_band(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The rows of a graded table that hold for the amounts or ranges that a question names; None where it names none, or
    no table with one of the best sentences is graded by that unit."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    asked = ranges(core)
    inside = [a for a in amounts(core) if not any(r.start <= a.start < r.end for r in asked)]
    if not (asked or inside) or "whether" in probe.question.kinds:
        return None
    best = [c for c in found if c.tells and "|" in c.text][:_LOOKED_AT]
    for table in (t for document in dict.fromkeys(c.document for c in best) for t in tables_of(document)):
        graded = _graded(table)
        rows = table.spans[0][0], table.spans[-1][1]
        if graded is None or not any(c.document is table.document and rows[0] <= c.start < rows[1] for c in best):
            continue
        bands, unit = graded
        held = [i for i, band in enumerate(bands) if _meant(band, unit, asked, inside)]
        # 10吨 ends the one band and begins the other, which says so: 10吨以上（含10吨）.
        held = [i for i in held if any(includes(fold(cell), inside) for cell in table.rows[i])] or held
        if not held or len(held) == len(bands):
            continue
        return Draft(tuple(_told(probe, table, i) for i in held), method="cell")
    return None


def _told(probe: Probe, table: Table, i: int) -> Line:
    """A row: the cells of the columns that a question names well, else all."""
    named = columns_named(words_of(probe, probe.question.core), probe.question.years, table)
    if named and max(named.values()) >= COLUMN_SAID:
        return Line(told_cells(table, i, columns_meant(probe, table, named)), cell_spans(table, i))
    text, doc_id, head = table.document.text, table.document.doc_id, table.head_span
    row = told_row(text[slice(*head)], text[slice(*table.spans[i])])
    return Line(row, ((doc_id, *table.spans[i]), (doc_id, *head)))


def _graded(table: Table) -> tuple[list[Range], str] | None:
    """The range of each row of a table and their unit, where one column gives every row a range of its own."""
    for column in range(len(table.head)):
        bands = [ranges(fold(row[column])) for row in table.rows]
        if len(bands) < _FEWEST or any(len(band) != 1 for band in bands):
            continue
        (first,), *others = bands
        if all(band.unit == first.unit for (band,) in others) and len({(b.low, b.high) for (b,) in bands}) == len(
            bands
        ):
            return [band for (band,) in bands], first.unit
    return None


def _meant(band: Range, unit: str, asked: Sequence[Range], inside: Sequence[Amount]) -> bool:
    """Whether a band is one that is asked about, or holds an amount that is."""
    return any(r.unit == unit and _same(r.low, band.low) and _same(r.high, band.high) for r in asked) or any(
        a.measure == unit and band.holds(a.value) for a in inside
    )


def _same(one: float, other: float) -> bool:
    if math.isinf(one) or math.isinf(other):
        return one == other
    return abs(one - other) <= max(1.0, _NEAR * abs(other))
