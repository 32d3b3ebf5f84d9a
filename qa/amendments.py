"""Rules that a later document words anew: 将第六条“…二十万元”修改为“…三十万元”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import SourceDocument
from corpus.labels import without_label
from index.tokens import fold
from qa.editions import asks_before, bare_title
from qa.evidence import Candidate

#: What every document that words another anew holds, in folded form.
AMENDING = ('改为"', '改为:"', '调整为"', '调整为:"')
_WORDING = (
    r"将?[^“”\"，,。；;：:\n]{0,30}[“\"](?P<old>[^”\"\n]{4,300})[”\"][^“”\"，,。；;：:\n]{0,8}"
    r"(?:修改|更改|改|调整)为[:：]?[“\"](?P<new>[^”\"\n]{2,400})[”\"]"
)
_CHANGE = re.compile(_WORDING + "[。；;]?")
_NEW_WORDING = re.compile(_WORDING)


@dataclass(frozen=True)
class Change:
    """A wording that a document gives in the place of another."""

    document: SourceDocument
    start: int
    end: int
    old: str  #: folded, without signs


def changes_in(document: SourceDocument) -> Iterator[Change]:
    """The wordings of other documents that a document changes."""
    for match in _CHANGE.finditer(document.text):
        told = match.group()
        start = match.end() - len(without_label(told.lstrip()))
        yield Change(document, start, match.end(), _plain(match["old"]))


def amended(core: str, found: Sequence[Candidate], changes: Sequence[Change]) -> list[Candidate]:
    """The sentences found, those that a change words anew as it does; as they are where a folded question asks for what was
    so before."""
    if not changes or asks_before(core):
        return list(found)
    kept: list[Candidate] = []
    told: list[Change] = []
    for candidate in found:
        change = _of(candidate, changes) or next((c for c in changes if _holds(c, candidate)), None)
        if change is None:
            kept.append(candidate)
        elif change not in told:
            told.append(change)
            kept.append(_in_its_words(change, candidate, found))
    return kept


def _holds(change: Change, candidate: Candidate) -> bool:
    return change.document is candidate.document and candidate.start < change.end and change.start < candidate.end


def _in_its_words(change: Change, candidate: Candidate, found: Sequence[Candidate]) -> Candidate:
    """The sentence of a change in the place of a candidate, with what speaks for either."""
    own = next((c for c in found if _holds(change, c)), candidate)
    score, odds = max(own.score, candidate.score), max(own.odds, candidate.odds)
    return replace(
        own.changed(score=score, odds=odds),
        document=change.document,
        section=change.document.section_at(change.start),
        start=change.start,
        end=change.end,
        text=change.document.text[change.start : change.end],
    )


def _of(candidate: Candidate, changes: Sequence[Change]) -> Change | None:
    """The change that words a sentence anew; None where none does."""
    said = _plain(candidate.text)
    for change in changes:
        if change.old in said and change.document is not candidate.document:
            name = bare_title(candidate.document.header.title)
            number = candidate.document.header.number
            if name in fold(change.document.text) or (number and number in change.document.text):
                return change
    return None


def _plain(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def as_amended(said: str) -> str:
    """A folded sentence with the new wording alone where it gives an old one, too.

    >>> as_amended('将第六条"补贴20万元"修改为"补贴30万元"。')
    '补贴30万元。'
    """
    return _NEW_WORDING.sub(lambda match: match["new"], said)
