"""Short answers in the documents' own words: the fewest sentences, headings or data that answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Section, SourceDocument
from index.tokens import fold
from qa.answer import RefusalReason
from qa.evidence import Candidate, Probe, coverage
from qa.patterns import FORBIDS, NEGATES
from qa.question import Question

Span = tuple[str, int, int]  #: doc_id, start, end

MAX_CHARACTERS = 280  #: an answer of sentences stays below this
_LIST_LIMIT = 40


@dataclass(frozen=True)
class Line:
    """One sentence of a draft and the spans of the documents that it rests on."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Draft:
    """What an engine proposes: lines in order, before marks are set and support is checked."""

    lines: tuple[Line, ...]
    contradicts: bool = False  #: the text denies what the question supposes
    method: str = "sentences"  #: which way of answering made it


@dataclass(frozen=True)
class Decline:
    """Why no answer is given, and the clauses that come nearest."""

    reason: RefusalReason
    text: str
    nearest: tuple[Span, ...] = ()


Similar = Callable[[str], Mapping[Span, float]]
"""Cosine of a text with each candidate sentence."""


def quote_line(candidate: Candidate, lead: str = "") -> Line:
    """A line that repeats a sentence of a document."""
    return Line(lead + closed(candidate.text), ((candidate.document.doc_id, candidate.start, candidate.end),))


def closed(text: str) -> str:
    """A sentence with an end mark: a heading or clause gets 。, a closing ； or ， becomes one."""
    bare = text.strip().rstrip("；;，,、：:")
    return bare if re.search(r"[。！？!?…][”’」』）)]*$", bare) else bare + "。"


# --- sentences ------------------------------------------------------------------------------------------------------


def answer_sentences(probe: Probe, found: Sequence[Candidate], similar: Similar) -> Draft | None:
    """The best sentence, and for each further part of the question the best one for it."""
    if not found:
        return None
    chosen = [found[0]]
    question = probe.question
    if len(question.parts) > 1:
        for part in question.parts:
            better = _best_for_part(part, question, found, chosen, similar)
            if better is not None:
                chosen.append(better)
    chosen = _within(chosen, MAX_CHARACTERS)
    return Draft(tuple(quote_line(c) for c in in_reading_order(chosen)))


def in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Sentences of one document in its order, the document of the best first."""
    order = list(dict.fromkeys(c.document.doc_id for c in chosen))
    return sorted(chosen, key=lambda c: (order.index(c.document.doc_id), c.start))


def _best_for_part(
    part: str, question: Question, found: Sequence[Candidate], chosen: Sequence[Candidate], similar: Similar
) -> Candidate | None:
    """A sentence that answers a part clearly better than those chosen; None if there is none near enough."""
    from qa.patterns import fits_kind
    from qa.question import kinds_of

    cosine = similar(part)
    kinds = kinds_of(part)
    top = found[0].score

    def value(c: Candidate) -> float:
        near = c.document.doc_id == found[0].document.doc_id and abs(c.start - found[0].start) < 600
        return (
            20 * cosine.get((c.document.doc_id, c.start, c.end), 0.0)
            + 0.8 * fits_kind(kinds, part, fold(c.text))
            + 0.5 * c.score
            + (0.5 if near else 0.0)
        )

    best = max(found[:40], key=value)
    held = max(value(c) for c in chosen)
    if best in chosen or value(best) < held + 0.6 or best.score < top - 3.0:
        return None
    return best


def _within(chosen: Sequence[Candidate], limit: int) -> list[Candidate]:
    kept: list[Candidate] = []
    for candidate in chosen:
        if not kept or sum(len(c.text) for c in kept) + len(candidate.text) <= limit:
            kept.append(candidate)
    return kept


# --- lists ----------------------------------------------------------------------------------------------------------

_ITEM = re.compile(r"^(?:第?[一二三四五六七八九十]+(?:是|，|、|)|首先|其次|再次|最后|①|②|③|[（(]\d+[)）]|\d+[.．、])")


def answer_list(probe: Probe, found: Sequence[Candidate], documents: Mapping[str, SourceDocument]) -> Draft | None:
    """The complete list that the question asks for, from the outline; None when no list fits well."""
    question = probe.question
    if not question.kinds & {"list", "count", "summary"}:
        return None
    best: tuple[float, SourceDocument, Section] | None = None
    seen: set[tuple[str, int]] = set()
    for rank, candidate in enumerate(found[:30]):
        section = candidate.section
        while section is not None:
            key = (candidate.document.doc_id, section.index)
            if key not in seen:
                seen.add(key)
                value = _list_value(probe, candidate, rank, section)
                if value is not None and (best is None or value > best[0]):
                    best = (value, candidate.document, section)
            section = None if section.parent is None else candidate.document.sections[section.parent]
    if best is None or best[0] < 0.45:
        return None
    return list_of_children(question, best[1], best[2])


def _list_value(probe: Probe, candidate: Candidate, rank: int, section: Section) -> float | None:
    """How well the children of a section make the list asked for; None when they make none."""
    document = candidate.document
    children = [c for c in document.children(section) if c.title or c.label]
    if len(children) < 2 or len(children) > _LIST_LIMIT:
        return None
    question = probe.question
    heading = fold(section.label + section.title)
    if not heading and section.level > 0:
        return None
    core = fold(question.core)
    said = coverage(probe, heading)
    title_words = len(section.title) >= 2 and fold(section.title) in core
    value = 0.9 * said + (0.5 if title_words else 0.0) - 0.02 * rank
    if question.count is not None:
        value += 0.5 if len(children) == question.count else -0.4
    if probe.hinted and document.doc_id not in probe.hinted:
        value -= 0.5
    return value


def list_of_children(question: Question, document: SourceDocument, section: Section) -> Draft:
    """“标题”包括 n 项：甲；乙；丙。 each item cited at its own heading."""
    children = [c for c in document.children(section) if c.title or c.label]
    items: list[str] = []
    spans: list[Span] = []
    for child in children:
        start, end = child.heading if child.heading[1] > child.heading[0] else _first_sentence(document, child)
        items.append(document.text[start:end].strip().rstrip("。；;，,"))
        spans.append((document.doc_id, start, end))
    name = section.title or document.header.title
    body = "；".join(items)
    lead = f"“{name}”共{len(items)}项：" if '"' not in fold(name) else f"{name}共{len(items)}项："
    return Draft((Line(f"{lead}{body}。", tuple(spans)),), method="list")


def _first_sentence(document: SourceDocument, section: Section) -> tuple[int, int]:
    from corpus.sentences import sentence_spans

    spans = sentence_spans(document.text, section.start, section.end)
    return spans[0] if spans else (section.start, section.end)


# --- yes or no ------------------------------------------------------------------------------------------------------


def polarity(question: Question, sentence: str) -> str | None:
    """"是" or "否" where the sentence settles a yes/no question by its own words; None where it does not."""
    core, text = fold(question.core), fold(sentence)
    if FORBIDS.search(text) and not FORBIDS.search(core):
        return "否"
    asked_negative = bool(re.search(r"还有.{0,12}没|没(?!有没有)|不(?!是不|能不|对)|未", re.sub(r"有没有|是不是|能不能|对不对|可不可以|要不要|会不会", "", core)))
    said_negative = bool(NEGATES.search(text))
    if asked_negative != said_negative and re.search(r"均|都|全部|全面|所有|已", text):
        return "否"
    return None
