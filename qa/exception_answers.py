"""Answers to questions for exceptions: 有没有例外？

A sentence that says 除外 or 不适用 states an exception: it never denies that there is one. Where an answer came before,
its article is looked in; none is said not to be.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from corpus.document import SourceDocument
from corpus.labels import without_label
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import Decline, Draft, Line, closed
from qa.refusal import explain

_ASKS = re.compile(
    r"(?:有没有|有无|是否[有存]在?|存不存在|存在|有)(?:什么|啥|哪些|任何|其他)?的?(?:例外|除外|特殊|不适用)的?(?:情[况形]|规定)?"
    r"|(?:例外|除外|不适用)的?(?:情[况形]|规定)?(?:是(?:什么|哪些)|有(?:哪些|什么|没有)|包括)"
)
#: Words of the question itself, which tell nothing of what the exceptions are to.
_ITSELF = re.compile(r"例外|除外|不?适用|特殊|情[况形]|规定|没有|有无|是否|存在|什么|哪些")
_STATES = re.compile(
    r"除外|不在此限|例外|不受[^,;。]{1,12}限制|不适用|另有[^,;。]{0,6}(?:规定|约定|决定)|除[^,;。]{2,30}外,"
)
#: What makes an exception to the sentence before it in its article, and may be a rule of its own elsewhere.
_LOOSENS = re.compile(
    r"可以?[^,;。]{0,6}(?:延长|放宽|顺延|缩短|提高|上浮|免)|(?:延长|放宽)[至到]|特殊情[况形]|情[况形](?:特殊|复杂)|确[需有因]"
)
_ARTICLE = 600  #: characters of the section around an item that is still its article


def asks_exception(core: str) -> bool:
    """Whether a question asks for exceptions: 有没有例外, 例外情形有哪些."""
    return _ASKS.search(fold(core)) is not None


def answer_exception(
    probe: Probe, found: Sequence[Candidate], document: Callable[[str], SourceDocument]
) -> Draft | Decline | None:
    """The sentences that state exceptions, with 有 before them: of the article of the answer before, where the question
    follows one, else of what it names. Declined where none states any; None for other questions."""
    if not asks_exception(probe.question.core):
        return None
    told = _told(probe, document)
    source, spans = (told[0], _stated(*told)) if told is not None else _named(probe, found)
    if source is None or not spans:
        near = [(c.document.doc_id, c.start, c.end) for c in found[:3]]
        first = [(told[0].doc_id, *told[1])] if told is not None else []
        return Decline("weak_evidence", explain("weak_evidence"), (*first, *near[: 3 - len(first)]))
    leads = ("有，", *("" for _ in spans[1:]))
    lines = [
        Line(lead + closed(without_label(source.text[a:b])), ((source.doc_id, a, b),))
        for lead, (a, b) in zip(leads, spans, strict=True)
    ]
    return Draft(tuple(lines), method="exception")


def _named(probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument | None, list[tuple[int, int]]]:
    """The first sentence that states an exception to what a question names."""
    words = {w: v for w, v in probe.words.items() if not _ITSELF.search(w)}
    total = sum(words.values())
    for candidate in found:
        document = candidate.document
        if not candidate.tells or (probe.hinted and document.doc_id not in probe.hinted):
            continue
        around = "".join([document.header.title, *document.path(candidate.section), candidate.text])
        if _STATES.search(fold(candidate.text)) and 0 < _OF_IT * total <= weight_held(words, probe, fold(around)):
            return document, [(candidate.start, candidate.end)]
    return None, []


_OF_IT = 0.5  #: share of what a question names that a sentence, with its headings, has to hold


def _told(probe: Probe, document: Callable[[str], SourceDocument]) -> tuple[SourceDocument, tuple[int, int]] | None:
    """The sentence that the answer before was taken from; None where the question follows none."""
    if probe.focus is None or not probe.told:
        return None
    source, said = document(probe.focus.doc_id), probe.told[-1]

    def held(span: tuple[int, int]) -> float:
        folded = fold(source.text[slice(*span)])
        own: float = sum(said.get(pair, 0.0) for pair in set(map("".join, pairwise(folded))))
        return own / math.sqrt(len(folded))

    best = max(sentence_spans(source.text, probe.focus.start, probe.focus.end), key=held, default=None)
    return None if best is None or not held(best) else (source, best)


def _stated(source: SourceDocument, told: tuple[int, int]) -> list[tuple[int, int]]:
    """The sentences that state exceptions in the article of a sentence; of an item in the item, else around it."""
    section = source.section_at(told[0])
    while section is not None:
        spans = [
            (a, b)
            for a, b in sentence_spans(source.text, section.start, section.end)
            if _STATES.search(fold(source.text[a:b])) or (a >= told[0] and _LOOSENS.search(fold(source.text[a:b])))
        ]
        if spans:
            return spans[:2]
        # An item without a heading is a piece of its article; what stands beside a headed one is of other things.
        above = None if section.parent is None or section.title else source.sections[section.parent]
        section = above if above is not None and above.end - above.start <= _ARTICLE else None
    return []
