"""Where ranking and reading disagree on which sentence answers, both are told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.tokens import fold
from qa.evidence import Candidate, Probe
from qa.extractive import MAX_CHARACTERS, Draft, Read, lines_of
from qa.patterns import YEAR, tells_figure

#: Sentences behind those of a draft that are read, and how far their scores may be below its best (fitted scores: e-fold
#: odds).
_LOOKED_AT, _WITHIN = 4, 3.0
#: By how much the log odds of one of them have to be ahead of all that the draft tells.
_AHEAD = 1.5


def with_better_read(draft: Draft, probe: Probe, candidates: Sequence[Candidate], read: Read) -> Draft:
    """The draft with the sentence that is read to answer clearly better than what it tells; itself where none is. A figure
    asked for and told is left alone: beside it another would only confuse."""
    told = [c for c in candidates if is_told(c, draft)]
    text = "".join(fold(line.text) for line in draft.lines)
    if not told or ("count" in probe.question.kinds and tells_figure(text)):
        return draft
    best, odds = max(c.score for c in told), max(c.odds for c in told)
    others = [c for c in candidates if c.tells and c not in told and fold(c.text) not in text]
    others = [c for c in others if not _is_note_elsewhere(c, told)][:_LOOKED_AT]
    near = [c for c in others if c.score > best - _WITHIN]
    if not near:
        return draft
    own, other = max(zip(read(probe.question.core, near), near, strict=True), key=lambda pair: pair[0])
    if own <= max(0.0, odds + _AHEAD) or len(text) + len(other.text) > MAX_CHARACTERS:
        return draft
    # What is told of another year than the one asked for is no answer beside what is told of that.
    years = probe.question.years
    of_others = years and YEAR.search(text) and not any(year in text for year in years)
    kept = () if of_others and any(year in fold(other.text) for year in years) else draft.lines
    return replace(draft, lines=(*kept, *lines_of([[other]])))


#: By how many log odds a sentence that is read to answer has to be ahead of what is read as none, and of what is read as one.
_AHEAD_OF_NONE, _AHEAD_OF_ONE = 5.0, 7.0


def far_less(odds: float, best: float) -> bool:
    """Whether what is read with some log odds is far less of an answer than a sentence that is read to answer: it is then of
    another thing, whatever words or figures it was found by."""
    return best > 0 and best - odds >= (_AHEAD_OF_NONE if odds < 0 else _AHEAD_OF_ONE)


#: A note in brackets: （责任单位：港务局）.
_NOTE = re.compile(r"\s*[（(【\[〔][^\n（(【\[〔]+[)）】\]〕][。；;]?\s*")


def _is_note_elsewhere(candidate: Candidate, told: Sequence[Candidate]) -> bool:
    """Whether a sentence is a note to another item than what is told: it says nothing without its own."""
    return _NOTE.fullmatch(candidate.text) is not None and all(
        c.document is not candidate.document or c.section is not candidate.section for c in told
    )


def is_told(candidate: Candidate, draft: Draft) -> bool:
    """Whether a draft rests on a sentence or a part of it."""
    place = candidate.document.doc_id
    return any(
        place == doc_id and candidate.start < end and start < candidate.end
        for line in draft.lines
        for doc_id, start, end in line.spans
    )
