"""What is done in another province, as an official document tells it beside its own rules: 邻省已经实行专用号牌管理. Such a
sentence is no rule of the document's own place, and a reader is told so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.document import SourceDocument
from index.tokens import fold
from qa.evidence import READ_TO_ANSWER, Candidate, Probe
from qa.extractive import Draft
from qa.towns import towns_named

_ASKS_ELSEWHERE = re.compile(r"外[省地]|别的?省|其[他它]省|邻省|兄弟省|哪个?省|各省|各地")
_BEHIND = 3.0  #: how far below a sentence on another province one on the document's own place may be scored
_LEADING = 24  #: characters within which a sentence names those of whom it tells


def province_told_of(document: SourceDocument, text: str) -> str:
    """The province whose rule a sentence of a document tells, where that is another than the one whose document it is;
    "" where it is the same, or the document is that of no province."""
    header = document.header
    own = _provinces(f"{header.title} {header.issuer or ''}")
    named = _provinces(text[:_LEADING])
    return named[0] if named and own and named[0] not in own else ""


def _provinces(text: str) -> list[str]:
    return [name for name in towns_named(fold(text)) if name.endswith("省")]


def of_own_place(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence on the document's own place that is read to answer, where the first one tells of another province that
    the question does not speak of."""
    telling = [c for c in candidates if c.tells]
    if not telling or not _is_other(telling[0].document, telling[0].text, probe.question.text):
        return None
    near = (c for c in telling[1:] if c.document is telling[0].document and c.score >= telling[0].score - _BEHIND)
    return next((c for c in near if c.odds > READ_TO_ANSWER and not province_told_of(c.document, c.text)), None)


def with_place_noted(draft: Draft, asked: str, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft with a note that a line of it tells of another province, where the question does not speak of that."""
    for doc_id, start, end in (line.spans[0] for line in draft.lines):
        document = document_of(doc_id)
        text = document.text[start:end]
        if _is_other(document, text, asked):
            note = f"引的是{province_told_of(document, text)}的做法，不是本文件自己的规定。"
            return replace(draft, notes=(*draft.notes, note))
    return draft


def _is_other(document: SourceDocument, text: str, asked: str) -> bool:
    named = province_told_of(document, text)
    return bool(named) and named[:-1] not in asked and not _ASKS_ELSEWHERE.search(asked)
