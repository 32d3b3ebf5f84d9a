"""Penalties whose sentence tells the act by its place alone: 违反本条例第六条第二项规定的，处…. What is forbidden stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Section, SourceDocument
from corpus.labels import number_of
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.evidence import HAN, Candidate, Probe, match, weight_held
from qa.extractive import MAX_QUOTE, Draft, Line, Span, closed

_NUMERAL = r"[一二三四五六七八九十百零〇\d]+"
_BARE = re.compile(
    rf"违反(?:本|前述|上述)?[\u4e00-\u9fff]{{0,4}}?第(?P<article>{_NUMERAL})条(?:第{_NUMERAL}款)?"
    rf"(?:第?[（(]?(?P<item>{_NUMERAL})[)）]?项)?(?:的?规定)?[，,]?(?P<act>[^，,。；;]{{0,60}}?)的?[，,]"
)
_ASKS_PENALTY = re.compile(r"罚|处分|怎么处理|什么后果|吊销")
_SAYS_NO_ACT = re.compile(r"罚|处理|处分|后果|违反|违法|怎么|多少|现在|目前|如今|[会被要受未不没]+")
_CONSEQUENCE = re.compile(r"^由|责令|处|罚|没收|警告")  #: what follows at once where a sentence tells no act
_ENOUGH = 0.4  #: share of what a question says of the act that the penalty has to hold with the place it points to
_DOCUMENTS = 2  #: of the best sentences, whose penalties are looked at


@dataclass(frozen=True)
class _Penalty:
    """A sentence with a penalty, and what it points to."""

    span: tuple[int, int]
    act: str  #: what it says of the act itself
    provision: tuple[tuple[int, int], ...]  #: the sentence that forbids, or an item of it behind its opening


def answer_penalty(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """What is forbidden and its penalty, for a question whose act stands in another article than its penalty; None where
    a penalty tells the act itself, or none is for it."""
    core = fold(probe.question.core)
    if not _ASKS_PENALTY.search(core) or probe.question.kinds & {"whether", "compare", "list"}:
        return None
    documents = dict.fromkeys(c.document for c in found if not probe.hinted or c.document.doc_id in probe.hinted)
    held = [
        (weight_held(_acts(probe, document), probe, fold(_told(document, penalty))), document, penalty)
        for document in list(documents)[:_DOCUMENTS]
        for penalty in _penalties(document)
    ]
    both, document, penalty = max(held, key=lambda one: one[0], default=(0.0, None, None))
    if document is None or penalty is None or penalty.act:
        return None
    acts = _acts(probe, document)
    if both < _ENOUGH * sum(acts.values()) or both <= weight_held(
        acts, probe, fold(document.text[slice(*penalty.span)])
    ):
        return None
    spans: tuple[Span, ...] = tuple((document.doc_id, a, b) for a, b in penalty.provision)
    forbids = "".join(document.text[a:b].strip() for a, b in penalty.provision)
    end = document.text[slice(*penalty.span)]
    return Draft(
        (Line(closed(forbids), spans), Line(closed(end), ((document.doc_id, *penalty.span),))), method="penalty"
    )


def is_for_another_act(probe: Probe, document: SourceDocument, at: int) -> bool:
    """Whether what a document says at a place is a penalty for what a question does not speak of at all."""
    acts = _acts(probe, document)
    here = [p for p in _penalties(document) if p.span[0] <= at < p.span[1]]
    asks = _ASKS_PENALTY.search(fold(probe.question.core))
    return bool(asks and acts and here) and not any(_is_for(acts, probe, document, p) for p in here)


def _is_for(acts: Mapping[str, float], probe: Probe, document: SourceDocument, penalty: _Penalty) -> bool:
    """Whether a penalty, with what it points to, has a word of an act. One that tells its act may tell it in words of its
    own, and has at least a character: 没牵绳, of 未使用犬绳牵引."""
    told = fold(_told(document, penalty))
    return bool(
        weight_held(acts, probe, told)
        or (penalty.act and any(character in told for word in acts for character in word if HAN.match(character)))
    )


def _acts(probe: Probe, document: SourceDocument) -> dict[str, float]:
    """What a question says of the act: its words, without those of which the whole document is and their pieces."""
    title = fold(document.header.title)
    general = [w for w in probe.words if match(w, probe, title)]
    return {
        w: v for w, v in probe.words.items() if not _SAYS_NO_ACT.search(w) and not any(w in other for other in general)
    }


def _told(document: SourceDocument, penalty: _Penalty) -> str:
    return "".join(document.text[slice(*span)] for span in (*penalty.provision, penalty.span))


@lru_cache(maxsize=32)
def _penalties(document: SourceDocument) -> tuple[_Penalty, ...]:
    return tuple(_all(document))


def _all(document: SourceDocument) -> Iterator[_Penalty]:
    for found in _BARE.finditer(document.text):
        here = document.section_at(found.start())
        text = document.text
        begin = max(text.rfind("。", 0, found.start()), text.rfind("\n", 0, found.start())) + 1
        stop = text.find("。", found.end())
        if (
            here is None
            or stop < 0
            or stop + 1 - begin > 2 * MAX_QUOTE
            or not re.search(r"处|罚|责令", text[begin:stop])
        ):
            continue
        begin = max(begin, here.start + len(here.label))
        begin += len(text[begin:stop]) - len(text[begin:stop].lstrip())
        act = "" if _CONSEQUENCE.search(found["act"]) else found["act"].strip()
        article = _article(document, here, number_of(found["article"]))
        for provision in _provisions(document, article, found["item"]) if article is not None else ():
            yield _Penalty((begin, stop + 1), act, provision)


def _article(document: SourceDocument, here: Section, number: int | None) -> Section | None:
    """The article of a number in the same document of a collection; the nearest before the place."""
    same = [s for s in document.sections if s.number == number and s.label.endswith("条") and s.start < here.start]
    return same[-1] if same else None


_SENTENCE = re.compile(r"[^\s。：:][^。：:\n]*[。：:]?")


def _provisions(document: SourceDocument, article: Section, item: str | None) -> Iterator[tuple[tuple[int, int], ...]]:
    """What a penalty points to: the item that it names behind its opening, else each sentence and item of the article."""
    items = [s for s in document.sections if s.parent == article.index]
    begin, end = article.start + len(article.label), items[0].start if items else article.end
    head = [m.span() for m in _SENTENCE.finditer(document.text, begin, end)]
    wanted = number_of(item) if item else None
    for child in items:
        if wanted is None or child.number == wanted:
            own = sentence_spans(document.text, child.start, child.end)[:1]
            yield (*head[-1:], *own)
    if wanted is None:
        yield from ((span,) for span in head if document.text[slice(*span)].rstrip()[-1:] not in "：:")
