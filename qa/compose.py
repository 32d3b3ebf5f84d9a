"""Which way of answering fits a question, and whether to answer at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa import refusal
from qa.extractive import Decline, Draft, Span, answer_list, answer_sentences
from qa.structured import answer_duty, answer_metadata

if TYPE_CHECKING:
    from qa.bot import Found, PolicyQA


def compose(found: Found, bot: PolicyQA) -> Draft | Decline:
    """The draft of an answer, or the reason why there is none."""
    if not found.candidates:
        return Decline("out_of_scope", refusal.explain("out_of_scope"))
    values = refusal.signs(found.probe, found.candidates, bot.occurs)
    sure = refusal.answerable(values, bot.calibration.answer_weights)
    documents = {p.doc_id: bot.document(p.doc_id) for p in found.passages}
    for structured in (answer_metadata, answer_duty):
        draft = structured(found.probe, found.candidates, bot)
        if draft is not None:
            return draft
    listed = answer_list(found.probe, found.candidates, documents)
    if listed is not None:
        return listed
    if sure < bot.calibration.threshold:
        return _decline(found)
    draft = answer_sentences(found.probe, found.candidates, bot.similar(found))
    return draft or _decline(found)


def _decline(found: Found) -> Decline:
    nearest: Sequence[Span] = [(c.document.doc_id, c.start, c.end) for c in found.candidates[:3]]
    years = refusal.missing_years(found.probe, found.candidates)
    if years:
        return Decline("not_in_corpus", refusal.explain("not_in_corpus", f"{'、'.join(years)}年的内容"), tuple(nearest))
    return Decline("weak_evidence", refusal.explain("weak_evidence"), tuple(nearest))
