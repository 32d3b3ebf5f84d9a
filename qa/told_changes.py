"""What a later document words anew or takes out of what a draft quotes, set behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.document import SourceDocument
from qa.amendments import Change, is_change_of, plain
from qa.editions import asks_before
from qa.extractive import Draft, Line, closed


def with_amendments(
    draft: Draft, core: str, changes: Sequence[Change], document_of: Callable[[str], SourceDocument]
) -> Draft:
    """A draft of the structure of documents with what a later one words anew of what it quotes, or takes out, behind it; as
    it is where a folded question asks for what was so before."""
    if not changes or asks_before(core):
        return draft
    said = plain("".join(line.text for line in draft.lines))
    told = {span[0] for line in draft.lines for span in line.spans}
    found: list[Change] = []
    for doc_id, start, end in dict.fromkeys(span for line in draft.lines for span in line.spans):
        document = document_of(doc_id)
        own = [c for c in changes if is_change_of(c, document, (start, end)) and c not in found]
        # A name that is to be read as another throughout (将文中的“…”统一修改为“…”) changes only what tells it.
        own = [c for c in own if c.place is not None or c.old in said]
        found += [c for c in own if not (c.document.doc_id in told and _is_told(c, draft))]
    lines = [
        Line(closed(c.document.text[c.start : c.end].strip()), ((c.document.doc_id, c.start, c.end),))
        for c in found[:_MOST]
    ]
    return replace(draft, lines=(*draft.lines, *lines)) if lines else draft


_MOST = 3  #: changes that are told behind a draft


def _is_told(change: Change, draft: Draft) -> bool:
    spans = (span for line in draft.lines for span in line.spans)
    return any(d == change.document.doc_id and a < change.end and change.start < b for d, a, b in spans)
