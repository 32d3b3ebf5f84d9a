"""Which sentences of the retrieved passages answer a question: features of each, and their weighted sum."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.document import Section, SourceDocument
from index.passage import Passage
from index.tokens import fold, words
from qa.patterns import LATIN, NUMBER, fits_kind, fits_years
from qa.question import ASKING_WORDS, Question
from qa.register import Register

#: Features of a sentence, in the order of the weights.
FEATURES = (
    "dense",  # cosine of sentence and question, standardised over the candidates
    "dense_context",  # the same with the wording that carries the history
    "chunk",  # cosine of the whole chunk, standardised
    "fused",  # score of the passage from all channels
    "cover",  # share of the question's words, by rarity, that the sentence holds
    "cover_near",  # that its heading path and neighbours hold beyond it
    "pairs",  # share of the question's character pairs, by rarity, that the sentence holds
    "kind",  # carries the kind of thing asked for (figure, date, organ ...)
    "years",  # speaks of the years asked for
    "source",  # stands in a document that the question points at
    "authority",  # rank of the document
    "quoted",  # share of the quoted terms it holds
    "numbers",  # share of the question's figures it holds
    "heading",
    "off_text",  # contents table, front matter, figure
    "short",  # fewer than 12 characters
    "long",  # characters beyond 120, in hundreds
    "focus",  # nearness to what the conversation is about
)


@dataclass(frozen=True)
class Candidate:
    """A sentence (or heading) that may answer. ``document.text[start:end] == text``."""

    document: SourceDocument
    passage: Passage
    section: Section | None
    start: int
    end: int
    text: str
    features: tuple[float, ...] = ()
    score: float = 0.0

    def feature(self, name: str) -> float:
        return self.features[FEATURES.index(name)]

    @property
    def is_heading(self) -> bool:
        return self.section is not None and (self.start, self.end) == self.section.heading


@dataclass(frozen=True)
class Focus:
    """Where in the documents the conversation is."""

    doc_id: str
    section: int
    start: int
    end: int


@dataclass(frozen=True)
class Probe:
    """A question made ready to be compared with sentences."""

    question: Question
    words: Mapping[str, float]  #: content words and their weight (rarity)
    pairs: Mapping[str, float]  #: pairs of neighbouring characters and their weight
    expansions: Mapping[str, tuple[str, ...]]  #: word -> official words for it
    numbers: tuple[str, ...]
    hinted: frozenset[str] = field(default=frozenset())  #: doc_ids that the question points at
    focus: Focus | None = None


def probe(
    question: Question,
    idf: Callable[[str], float],
    register: Register,
    hinted: frozenset[str] = frozenset(),
    focus: Focus | None = None,
) -> Probe:
    """Content words, character pairs and figures of the question, weighted by how rare they are in the corpus."""
    core = fold(question.core)
    content = [w for w in words(question.core) if w not in ASKING_WORDS and not w.isspace()]
    expansions = register.expand(core)
    pairs = {core[i : i + 2] for i in range(len(core) - 1) if re.fullmatch(r"[\u4e00-\u9fff]{2}", core[i : i + 2])}
    return Probe(
        question=question,
        words={w: _weight(w, idf) for w in dict.fromkeys(content)},
        pairs={p: idf(p) for p in pairs if p not in ASKING_WORDS},
        expansions=expansions,
        numbers=tuple(n for n in NUMBER.findall(question.core) if n not in question.years and len(n) > 1),
        hinted=hinted,
        focus=focus,
    )


def _weight(word: str, idf: Callable[[str], float]) -> float:
    return idf(word) * (0.4 if len(word) == 1 and not word.isascii() else 1.0)


def candidates(
    probe: Probe,
    passages: Sequence[Passage],
    documents: Mapping[str, SourceDocument],
    weights: Sequence[float],
    context: Mapping[str, Sequence[float]],
) -> list[Candidate]:
    """The sentences of the passages, best first.

    ``context``: by chunk id, cosines of its sentences with the wording that carries the conversation.
    """
    found: list[Candidate] = []
    for passage in passages:
        document = documents[passage.doc_id]
        for start, end in passage.chunk.sentences:
            found.append(
                Candidate(document, passage, document.section_at(start), start, end, document.text[start:end])
            )
    if not found:
        return []
    rows = feature_rows(probe, found, context)
    scored = [
        Candidate(c.document, c.passage, c.section, c.start, c.end, c.text, row, _dot(row, weights))
        for c, row in zip(found, rows, strict=True)
    ]
    return sorted(scored, key=lambda c: -c.score)


def feature_rows(
    probe: Probe, found: Sequence[Candidate], context: Mapping[str, Sequence[float]]
) -> list[tuple[float, ...]]:
    """One row of FEATURES for each candidate."""
    dense = _standardised([_cosine(c, c.passage.sentence_scores) for c in found])
    in_context = (
        _standardised([_cosine(c, context.get(c.passage.chunk.chunk_id, ())) for c in found])
        if context
        else [0.0] * len(found)
    )
    chunk = _standardised([c.passage.dense for c in found])
    folded = [fold(c.text) for c in found]
    rows = []
    for i, candidate in enumerate(found):
        near = _near(candidate, found, folded, i)
        cover = coverage(probe, folded[i])
        rows.append(
            (
                dense[i],
                in_context[i],
                chunk[i],
                candidate.passage.score,
                cover,
                coverage(probe, folded[i] + near) - cover,
                _share(probe.pairs, folded[i]),
                fits_kind(probe.question.kinds, probe.question.core, folded[i]),
                fits_years(probe.question.years, folded[i], candidate.passage.text),
                _points_at(probe, candidate),
                (8 - candidate.document.header.authority) / 7,
                _share_of([fold(q) for q in probe.question.quoted], folded[i]),
                _share_of(probe.numbers, folded[i]),
                float(candidate.is_heading),
                float(candidate.passage.chunk.kind != "body"),
                float(len(candidate.text) < 12),
                max(0, len(candidate.text) - 120) / 100,
                nearness(probe.focus, candidate),
            )
        )
    return rows


def coverage(probe: Probe, folded: str) -> float:
    """Share of the question's content words, weighted by rarity, that a folded text holds itself or in official words."""
    total = sum(probe.words.values())
    if not total:
        return 0.0
    held = 0.0
    for word, weight in probe.words.items():
        if word in folded:
            held += weight
        elif any(other in folded for other in probe.expansions.get(word, ())):
            held += 0.7 * weight
    for phrase, others in probe.expansions.items():
        # Phrases that jieba cuts into pieces count by what their pieces weigh.
        if phrase not in probe.words and phrase not in folded and any(other in folded for other in others):
            held += 0.7 * sum(w for word, w in probe.words.items() if word in phrase and word not in folded)
    return min(1.0, held / total)


def nearness(focus: Focus | None, candidate: Candidate) -> float:
    """1 in the section of the focus, .6 in a sister section, .3 elsewhere in its document, 0 outside."""
    if focus is None or candidate.document.doc_id != focus.doc_id:
        return 0.0
    here = candidate.section
    if here is None:
        return 0.3
    if here.index == focus.section or (focus.start - 400 <= candidate.start <= focus.end + 400):
        return 1.0
    there = candidate.document.sections[focus.section] if focus.section >= 0 else None
    if there is not None and (here.parent == there.parent or here.parent == there.index or here.index == there.parent):
        return 0.6
    return 0.3


def _near(candidate: Candidate, found: Sequence[Candidate], folded: Sequence[str], i: int) -> str:
    """Folded words around a sentence: its heading path and the sentences before and after in its chunk."""
    text = "".join(fold(heading) for heading in candidate.passage.section)
    for j in (i - 1, i + 1):
        if 0 <= j < len(found) and found[j].passage is candidate.passage:
            text += folded[j]
    return text


def _points_at(probe: Probe, candidate: Candidate) -> float:
    if not probe.hinted:
        return 0.0
    if candidate.document.doc_id in probe.hinted:
        return 1.0
    return 1.0 if any(copy.doc_id in probe.hinted for copy in candidate.passage.chunk.also_in) else -1.0


def _cosine(candidate: Candidate, scores: Sequence[float]) -> float:
    chunk = candidate.passage.chunk
    return scores[chunk.sentences.index((candidate.start, candidate.end))] if scores else candidate.passage.dense


def _standardised(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values)) or 1.0
    return [(v - mean) / spread for v in values]


def _share(weighted: Mapping[str, float], folded: str) -> float:
    total = sum(weighted.values())
    return sum(weight for part, weight in weighted.items() if part in folded) / total if total else 0.0


def _share_of(parts: Sequence[str], folded: str) -> float:
    return sum(part in folded for part in parts) / len(parts) if parts else 0.0


def _dot(row: Sequence[float], weights: Sequence[float]) -> float:
    return sum(value * weight for value, weight in zip(row, weights, strict=True))


def foreign_terms(question: Question) -> list[str]:
    """Latin words of the question (MTPS, PUE): names that an answer must hold."""
    return [w for w in LATIN.findall(fold(question.core)) if w not in ASKING_WORDS]
