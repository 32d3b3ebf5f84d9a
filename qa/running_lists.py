"""Lists that no one section holds: the parts of a whole document, and items whose numbers run on through several sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.document import Section, SourceDocument
from index.tokens import fold

_ATTACHED = re.compile("附|$")  #: how the label of what is attached begins, or no label
_NUMERAL = re.compile(r"[一二三四五六七八九十百零\d]+|[①-⑳]")


@lru_cache(maxsize=64)
def parts_of(document: SourceDocument) -> list[Section]:
    """The numbered parts that a document is divided into at the top, below its title or beside it; none where it has no
    such parts. What is attached to it is no part."""
    top = document.children(None)
    for holder in (None, *(s for s in top if s.kind == "body" and s.title and not s.label)):
        row = [s for s in document.children(holder) if s.kind == "body" and s.number and not _ATTACHED.match(s.label)]
        if len(row) > 1 and _counts_up(row):
            return row
    return []


def runs_within(document: SourceDocument, above: Sequence[Section]) -> list[list[Section]]:
    """The lists below some sections whose items stand in more than one of the sections there and are numbered through,
    1 to n, by labels of one kind; the longest first."""
    if not above:
        return []
    start, end = above[0].start, above[-1].end
    rows: dict[str, list[Section]] = {}
    for section in document.sections:
        inside = start <= section.start and section.end <= end and section not in above
        if inside and section.kind == "body" and section.label and section.number:
            rows.setdefault(_NUMERAL.sub("#", fold(section.label)), []).append(section)
    through = (row for row in rows.values() if len({s.parent for s in row}) > 1 and _counts_up(row))
    return sorted(through, key=len, reverse=True)


def _counts_up(row: Sequence[Section]) -> bool:
    return [s.number for s in row] == list(range(1, len(row) + 1))
