"""What is told of the last answers to a turn that asks something of them: the clauses that they rest on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Protocol

from corpus.document import SourceDocument
from corpus.sentences import sentence_spans
from prompts import wording
from qa.about_answer import Act
from qa.answer import REFUSAL, Answer, Citation
from qa.citations import headings_of
from qa.disputes import source_name
from qa.extractive import Decline, Draft, Line, closed
from qa.support import support


class Documents(Protocol):
    """Where the clauses of an answer are looked up."""

    def document(self, doc_id: str) -> SourceDocument: ...


def answers_needed(act: Act) -> int:
    """How many of the last answers a turn asks about."""
    return _TALK if act in ("summary", "same") else 1


_TALK = 5  #: answers that a summary tells once more


def tell_again(act: Act, given: Sequence[tuple[str, Answer]], documents: Documents) -> Draft | Decline:
    """What is told of the last answers; ``given``: each as it was shown, and as it has been found again."""
    if not given:
        return Decline("weak_evidence", wording("refusal.nothing_told"))
    if act == "refusal" or (answers_needed(act) == 1 and given[-1][1].refused):
        shown, last = given[-1]
        why = wording("refusal.told_why", why=shown.removeprefix(REFUSAL)) if last.refused else ""
        return Decline("weak_evidence", why or wording("refusal.was_told"))
    kept = [answer for shown, answer in given if not answer.refused and _is_of(shown, answer)]
    if not kept:
        return Decline("weak_evidence", wording("refusal.nothing_told"))
    if act == "again":
        return Draft(tuple(_lines_of(kept[-1])), method="told")
    if act == "short":
        return Draft(tuple(_first_lines(kept[-1])), method="told")
    if act == "summary":
        return Draft(tuple(dict.fromkeys(line for answer in kept for line in _first_lines(answer))), method="told")
    if act == "more":
        return Draft(tuple(_around(kept[-1], documents)), method="told")
    cited = list({(c.doc_id, c.start): c for answer in kept for c in answer.citations}.values())
    if act == "same":
        cited = list({c.doc_id: c for c in reversed(cited)}.values())[::-1]
    lines = [_placed(c, documents) for c in _telling(cited)]
    if act == "same":
        lead = "是的，" if len(lines) == 1 else "不是，"
        lines[0] = Line(lead + lines[0].text, lines[0].spans, lines[0].frame)
    left = len(cited) - len(lines)
    return Draft(tuple(lines), method="told", notes=(f"上一答另引了{left}处，见它的出处。",) if left > 0 else ())


_MARK = re.compile(r"\[\d+\]")
_SENTENCE = re.compile(r"(?<=[。！？!?；;])")


def _is_of(shown: str, answer: Answer) -> bool:
    """Whether an answer that was found again is the one that was shown, or its clauses bear that: a model may have written
    it, or another choice of documents was asked."""
    bare = _MARK.sub("", shown).strip()
    if bare == _MARK.sub("", answer.text).strip():
        return True
    quotes, headings = [c.quote for c in answer.citations], [h for c in answer.citations for h in headings_of(c)]
    return any(support(said, quotes, headings) == "verified" for said in _SENTENCE.split(bare) if len(said) > 1)


_PLACES, _PLACE_LENGTH = 4, 40  #: places that are told, and characters of one


def _telling(cited: Sequence[Citation]) -> list[Citation]:
    """The first places, one for each section, with the longest clause that is cited of it: no heading where it has more."""
    longest: dict[tuple[str, tuple[str, ...]], Citation] = {}
    for citation in cited:
        place = (citation.doc_id, citation.section)
        longest[place] = max(longest.get(place, citation), citation, key=lambda c: len(c.quote))
    return list(longest.values())[:_PLACES]


def _placed(citation: Citation, documents: Documents) -> Line:
    """A clause behind the name of its document and of its place there."""
    document = documents.document(citation.doc_id)
    place = " › ".join(re.sub("[：:。；;].*", "", part) for part in citation.section)
    while len(place) > _PLACE_LENGTH and " › " in place:
        place = place.partition(" › ")[2]
    place = f"“{place}”" if place and len(place) <= _PLACE_LENGTH else ""
    return Line(f"{source_name(document, {})}{place}：{closed(citation.quote)}", (_span(citation),))


def _span(citation: Citation) -> tuple[str, int, int]:
    return citation.doc_id, citation.start, citation.end


def _lines_of(answer: Answer) -> list[Line]:
    spans = {c.marker: _span(c) for c in answer.citations}
    frames = {c.marker: " ".join(headings_of(c)) for c in answer.citations}
    return [
        Line(s.sentence, tuple(spans[m] for m in s.markers), " ".join(frames[m] for m in s.markers))
        for s in answer.statements
    ]


_SHORT = 120  #: characters that a summary tells of an answer


def _first_lines(answer: Answer) -> list[Line]:
    """What an answer says first; with an announcement what it announces."""
    lines = _lines_of(answer)
    lengths = accumulate(len(line.text) for line in lines)
    return [line for line, length in zip(lines, lengths, strict=True) if length <= _SHORT] or lines[:1]


_MOST = 600  #: characters that more of an answer may have
_MORE = 6  #: characters from which a section says more than was told


def _around(answer: Answer, documents: Documents) -> list[Line]:
    """The sentences around the first clause that an answer rests on: of the smallest section that says more than it."""
    first = answer.citations[0]
    document = documents.document(first.doc_id)
    told = sum(len(s.sentence) for s in answer.statements)
    around = [s for s in document.upwards(document.section_at(first.start)) if s.end - s.start <= _MOST]
    more = next((s for s in around if len(document.text[s.start : s.end].strip()) > told + _MORE), None)
    own = [c for c in answer.citations if c.doc_id == first.doc_id]
    spans = sentence_spans(document.text, more.start, more.end) if more else [(c.start, c.end) for c in own]
    return [Line(closed(document.text[a:b]), ((document.doc_id, a, b),)) for a, b in spans]
