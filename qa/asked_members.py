"""Of the members of a list or the rows of a table those whose amount lies in the range that a question asks for: 扣3分以上的有哪些."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from corpus.labels import without_label
from corpus.sentences import line_span
from index.tokens import fold
from qa.amounts import amounts, ranges
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line, closed
from qa.listing import heading_of, listed_children
from qa.tables import Table, row_spans, tables_of, told_cells
from qa.told_lists import items_behind

_ASKS_THINGS = re.compile("哪(?:些|几[个项条种类家名位所])|什么|啥")
_LOOKED_AT = 6  #: sentences near which a list or a table is looked for


def answer_within(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The members, or rows, that lie in the one range that a question asks for, where each has one amount of its unit and some
    lie outside; None for other questions."""
    core = fold(probe.question.core)
    bounds = ranges(core, any_unit=True)
    if (
        len(bounds) != 1
        or not _ASKS_THINGS.search(core)
        or probe.question.kinds & {"whether", "compare", "when", "who"}
    ):
        return None
    if "的" not in core[bounds[0].end : bounds[0].end + 5]:
        return None  # of the case: 满65岁有哪些优待
    for candidate in [c for c in found if c.tells][:_LOOKED_AT]:
        for texts, lines in _members_at(candidate, core, bounds[0].unit):
            own = [[a.value for a in amounts(text, any_unit=True) if a.is_of(bounds[0].unit)] for text in texts]
            held = [line for line, values in zip(lines, own, strict=True) if values and bounds[0].holds(values[0])]
            if all(len(values) == 1 for values in own) and 0 < len(held) < len(own):
                return Draft(tuple(held), method="members")
    return None


def _members_at(candidate: Candidate, core: str, unit: str) -> list[tuple[list[str], list[Line]]]:
    """The lists around a sentence, or the columns of its table that a folded question speaks of: what each member says of
    itself, folded, and the line that tells it."""
    document, text = candidate.document, candidate.document.text
    if "|" in candidate.text:
        tables = (t for t in tables_of(document) if t.spans[0][0] <= candidate.start < t.spans[-1][1])
        return [_column(t, j, unit) for t in tables for j in range(len(t.head)) if _speaks_of(core, t, j, unit)]
    begin, end = line_span(text, candidate.start)
    series = _SERIES.search(text, begin, end)
    places = [items_behind(document, candidate.end)]
    if series is not None:
        places.append([m.span() for m in _MEMBER.finditer(text, *series.span("members"))])
    for section in islice(document.upwards(candidate.section), 2):
        places.append([heading_of(document, child) for child in listed_children(document, section)])
    return [
        (
            [fold(without_label(text[a:b].strip())) for a, b in items],
            [Line(closed(without_label(text[a:b].strip())), ((document.doc_id, a, b),)) for a, b in items],
        )
        for items in places
        if len(items) > 1
    ]


def _speaks_of(core: str, table: Table, j: int, unit: str) -> bool:
    """Whether a folded question speaks of a column of figures: 记分 of 记3分, 罚款（元） of 罚500元."""
    head = fold(table.head[j])
    own = set(re.sub(r"\(.*", "", head)) - set(unit)
    return unit in head + fold(table.rows[0][j]) and any(c in core for c in own)


def _column(table: Table, j: int, unit: str) -> tuple[list[str], list[Line]]:
    """What the cells of a column say with its unit, and the rows told by what they are called and that."""
    cells = [fold(row[j]) for row in table.rows]
    lines = [Line(told_cells(table, i, [j]), row_spans(table, [i])) for i in range(len(cells))]
    return [cell + unit if re.fullmatch(r"[\d.]+", cell) else cell for cell in cells], lines


#: Members parted by semicolons behind a colon.
_SERIES = re.compile(r"[：:](?P<members>[^\n：:]{4,}[；;][^\n]+)")
_MEMBER = re.compile("[^；;。\n]+[；;。]?")
