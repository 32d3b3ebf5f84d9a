"""The problems that a document names where it begins, as the reason why it is made."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import SourceDocument
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import MAX_QUOTE, Draft, Line, closed

_PROBLEM = r"(?:问题|短板|不足|弱项|薄弱环节|毛病|困难|障碍|差距|挑战)"
_ASKED = re.compile(
    rf"(?:存在|面临|还有|有|说|讲|指出|列|点出?|针对|提到?|承认)(?:了|的|过|着)?(?:是|些)?(?:哪|什么|几|啥)[^,，。?？]{{0,6}}{_PROBLEM}"
    rf"|{_PROBLEM}(?:[^?？]{{0,12}}(?:说|讲|指出|列|点|提)(?:到|出|了)*|(?:都|主要|分别)?(?:有|是|在于?)?)(?:哪|什么|几|啥)"
)
#: What says that the reason for the document is meant, not a problem of something that it rules.
_OF_ALL = re.compile(
    r"开头|一开始|开篇|前面说|序言|前言|导语|引言|背景|出台|起因|承认|(?:文件|意见|规划|方案|办法|通知|计划|决定)[^,，。?？]{0,6}(?:针对|指出|点)"
)
_TOLD = re.compile(
    rf"(?:存在|面临|还有|仍有|尚有)[^。；]{{4,}}{_PROBLEM}|{_PROBLEM}[^。；]{{0,16}}(?:突出|凸显|严重|日益|亟待|亟需)"
)
_OPENING = 1200  #: characters of a document in which it says why it is made
_BACKGROUND = re.compile(r"背景|现状|形势|前言|序言|引言|问题|必要性")


def answer_grounds(probe: Probe, found: Sequence[Candidate], documents: Sequence[SourceDocument]) -> Draft | None:
    """The sentence in which the document that a question speaks of names the problems that it is made for, where the
    question asks for them; None for problems of anything that it rules, and where the best sentence tells problems."""
    core = fold(probe.question.core)
    best = next((c for c in found if c.tells), None)
    if not _ASKED.search(core) or best is None or (best.odds > 0 and _TOLD.search(best.text)):
        return None
    own = {w: v for w, v in probe.words.items() if len(w) > 1 and not _ASKING.fullmatch(w)}

    def spoken_of(document: SourceDocument) -> float:
        return weight_held(own, probe, fold(document.header.title))

    of_all = _OF_ALL.search(core)
    if not of_all and not any(d.doc_id in probe.hinted and spoken_of(d) == sum(own.values()) for d in documents):
        return None
    named = [d for d in documents if d.doc_id in probe.named]
    for document in named or sorted(documents, key=lambda d: (-spoken_of(d), d.header.authority)):
        if not named and spoken_of(document) < _SPOKEN_OF * sum(own.values()):
            break
        for start, end in _opening(document):
            text = document.text[start:end]
            if _TOLD.search(text) and end - start <= MAX_QUOTE:
                return Draft((Line(closed(text), ((document.doc_id, start, end),)),))
    return None


_SPOKEN_OF = 0.5  #: share of what a question says that the title of the document meant has to hold
_ASKING = re.compile(
    rf"{_PROBLEM}|存在|面临|指出|当前|目前|眼下|现在|自己|承认|文件|意见|针对|主要|开头|开篇|背景|国务院?"
)


def _opening(document: SourceDocument) -> list[tuple[int, int]]:
    """The sentences before the first numbered section of a document, and of a first section on why it is made."""
    body = [s for s in document.sections if s.kind == "body"]
    numbered = [s for s in body if s.label and s.parent is None]
    begin = min((s.start for s in body), default=0)
    first = next(iter(numbered), None)
    until = begin + _OPENING if first is None else first.end if _BACKGROUND.search(first.title) else first.start
    return sentence_spans(document.text, begin, min(until, begin + _OPENING, len(document.text)))
