"""A question understood, and the sentences found that may answer it, ranked and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from corpus.header import find_numbers
from index.passage import Passage
from index.remembered import Remembered
from index.tokens import fold, word_spans
from qa.abbreviations import full_names
from qa.address import Address, resolve
from qa.amendments import amended, changes_parts_of, reads_now
from qa.answer import is_refusal
from qa.as_read import read_together
from qa.calibration import Calibration, Reading, calibration_for
from qa.claim import read_claim
from qa.departments import named_in, spellings
from qa.editions import asks_before, left_aside, without_version_year
from qa.evidence import (
    HAN,
    READ,
    READ_BEFORE,
    READ_TO_ANSWER,
    Candidate,
    Focus,
    Nearness,
    Probe,
    around,
    before,
    candidates,
    lead_of,
    nearness_of,
    of_the_new,
    official_first,
    probability,
    probe,
    reread,
    token_places,
    token_weights,
)
from qa.extractive import Draft, Judge, answer_whether, unread
from qa.followup import REMEMBERED, FollowUp, is_of_documents, rewrite, speaks_of_document
from qa.history import Turn
from qa.library import Library, View
from qa.question import Question, understand
from qa.readings import chosen
from qa.refusal import about_signs, bar, read_signs, signs
from qa.register import open_register, written_out
from qa.scope import Mention, mentions
from qa.spelling import mend
from qa.talk_documents import goes_on_in, name_of, of_their_names, told_from
from qa.verdict import verdict
from qa.verdict_shared import share_asserted
from qa.verdict_words import clauses_of

if TYPE_CHECKING:
    from index.embedder import Embedder
    from index.interface import Store
    from index.reader import Reader
    from index.retriever import Retriever
    from qa.settings import Settings


_KEPT = 64  #: questions whose vectors are remembered
_DEPTH = 20  #: passages whose sentences are looked at
_REWORDED = 0.5  #: weight of a model's wording of a question beside the question


@dataclass(frozen=True)
class Found:
    """What is known of a question before an answer is written."""

    question: Question
    probe: Probe
    passages: tuple[Passage, ...]
    candidates: tuple[Candidate, ...]
    mentions: tuple[Mention, ...]
    address: Address | None
    allowed: frozenset[str] | None = None  #: documents that the question is kept to; None for all
    otherwise: str = ""  #: the other wording of a follow-up, for where this one is refused; "" elsewhere
    aside: frozenset[str] = frozenset()  #: versions of documents that the question is not taken to mean
    hinted_by_talk: bool = False  #: whether it stands by itself, and what was told before points at the documents meant


class Finder(Library):
    """Questions understood, and the sentences found that may answer them, with how likely they do."""

    def __init__(self, index: Store, embedder: Embedder, settings: Settings, reader: Reader | None = None) -> None:
        from index.retriever import open_reranker

        self.embedder = embedder
        self.reader = reader
        self._vectors = Remembered[str, np.ndarray](_KEPT)  #: of the last questions
        self._rerank = open_reranker(settings.reranker) if settings.reranker else None
        super().__init__(settings, self._view_of(index))

    def _view_of(self, index: Store) -> View:
        from index.retriever import Retriever

        return View(index, Retriever(index, self, rerank=self._rerank))

    def _still(self) -> Self:
        _ = self._calibrated  # read once, not again in every copy
        return super()._still()

    @property
    def retriever(self) -> Retriever:
        """The search over the index as it is now."""
        return self._view.retriever

    @cached_property
    def calibration(self) -> Calibration:
        """Weights and thresholds in use: those fitted beside the index for this embedder, else the package's."""
        return self._calibrated[0]

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know of how this bot works (Chinese); empty when all is well."""
        return self._calibrated[1]

    @cached_property
    def _calibrated(self) -> tuple[Calibration, tuple[str, ...]]:
        # Read when first needed: a calibration has to be made with a bot that has none yet.
        return calibration_for((self.index.data_dir, self.settings.data_dir), self.embedder)

    def embed_query(self, text: str) -> np.ndarray:
        """The vector of a question; the last ones are remembered."""
        return self._embed_together([text])[0]

    def _embed_together(self, texts: Sequence[str]) -> list[np.ndarray]:
        """The vectors of several wordings, those not known yet in one pass."""
        return self._vectors.of(texts, self.embedder.embed_queries)

    def retrieve(
        self,
        question: str,
        k: int = 10,
        documents: Collection[str] | None = None,
        filters: Mapping[str, Any] | None = None,
    ) -> list[Passage]:
        """The ``k`` passages that fit a question best, best first, after the same understanding as ``ask``.

        Raises ValueError for an empty question, KeyError for an unknown doc_id.
        """
        if k < 1:
            raise ValueError(f"k 至少是 1，这里是 {k}。")
        return list(self._still().find(asked_text(question), (), documents, filters, k).passages[:k])

    def understood(
        self, question: str, history: Sequence[Turn] = (), allowed: frozenset[str] | None = None
    ) -> tuple[FollowUp, Question]:
        """What a question takes from the talk before it, and what it asks. ``allowed``: doc_ids that it is kept to."""
        spoken = any(speaks_of_document(q) for q in (question, *(q for q, _ in history))) if history else False
        sources = self._sources(history) if spoken else ()

        def told_from() -> list[str]:
            found = (p.doc_id for turn in history[-1:] for p in self._view.of_turn(*turn, allowed)[:_TOLD_AMONG])
            return [fold(self.simplified(d).text) for d in sorted(self._last_told(history, allowed) or set(found))]

        rewritten = rewrite(question, history, sources, self.occurs, self._meant(history, allowed), told_from)

        def asked(reading: FollowUp) -> Question:
            mended = mend(reading.standalone, self.index.vocabulary(), self.occurs)
            return understand(question, written_out(mended, self.occurs))

        if rewritten.readings and self.reading is not None:
            told = self._last_told(history, allowed)

            def find(reading: FollowUp) -> Found:
                return self.find(question, history, allowed, understood=(reading, asked(reading)))

            rewritten = chosen(rewritten, told, find)
        if len(self._view.meant) >= _TALKED:
            self._view.meant.clear()
        self._view.meant[question, tuple(history), allowed] = rewritten.standalone
        return rewritten, asked(rewritten)

    def _meant(self, history: Sequence[Turn], allowed: frozenset[str] | None) -> list[str]:
        """How each question of a talk was understood: the talk goes on from the reading that was answered."""
        meant = []
        for n, (question, _) in enumerate(history):
            before = tuple(history[:n])
            known = self._view.meant.get((question, before, allowed), "")
            if n and not known and is_of_documents(question):
                known = self.understood(question, before, allowed)[0].standalone
            meant.append(known)
        return meant

    def _last_told(self, history: Sequence[Turn], allowed: frozenset[str] | None) -> frozenset[str]:
        """The documents that the latest answer of a talk was taken from, with those of their names; none where none was."""
        of_turns = (self._told_from(*turn, allowed) for turn in reversed(history[-REMEMBERED:]))
        return of_their_names(next(filter(None, of_turns), ())[:1], self._view.headers)

    def _sources(self, history: Sequence[Turn]) -> list[str]:
        """What the document is called that each answer of a talk was taken from; "" where that is not known."""
        headers = self._view.headers
        told = [self._told_from(*turn, None) for turn in history]
        return [name_of(headers[ids[0]], [*headers.values()]) if ids else "" for ids in told]

    def _stays_in(self, rewritten: FollowUp, history: Sequence[Turn], allowed: frozenset[str] | None) -> frozenset[str]:
        """The documents of the latest answer that a follow-up may still be asked of, with those of their names; none where
        there is none, or these are all."""
        headers = self._view.headers
        for turn in reversed(history[-REMEMBERED:]):
            told = self._told_from(*turn, allowed)
            if told and goes_on_in(rewritten.own, [fold(self.simplified(d).text) for d in told], self.occurs):
                kept = of_their_names(told, headers)
                return kept if len(kept) < len(headers if allowed is None else allowed) else frozenset()
        return frozenset()

    def _told_from(self, question: str, answer: str, allowed: frozenset[str] | None) -> tuple[str, ...]:
        """The doc_ids of the documents that an answer was taken from, that of most of it first."""
        if is_refusal(answer):
            return ()
        return told_from(answer, self._view.of_turn(question, answer, allowed))

    def find(
        self,
        question: str,
        history: Sequence[Turn] = (),
        documents: Collection[str] | None = None,
        filters: Mapping[str, Any] | None = None,
        k: int = 10,
        weights: Sequence[float] | None = None,
        *,
        all_versions: bool = False,
        also: Sequence[str] = (),
        understood: tuple[FollowUp, Question] | None = None,
        now: bool = False,
    ) -> Found:
        """Understand a question and gather the sentences that may answer it.

        ``all_versions``: also from versions of a document that the question does not mean. ``also``: other wordings of
        it to search with. ``understood``: what :meth:`understood` has given, where that is known already. ``now``: what
        another document words anew in its words, whatever is said of what was before.
        """
        allowed = self._allowed(documents, filters)
        rewritten, asked = understood or self.understood(question, history, allowed)
        # A question kept to some documents points at none beyond them.
        entries = [e for e in self.index.documents() if allowed is None or e.doc_id in allowed]
        pointed = mentions(asked.text, entries, self.index.holders)
        hinted_by_talk = bool(rewritten.context) and not pointed and rewritten.standalone == question
        if not pointed and rewritten.context:
            # The talk stays with the documents that it has named last.
            earlier = (mentions(understand(q).text, entries, self.index.holders) for q, _ in reversed(history))
            pointed = next(filter(None, earlier), ())
        # ... or else with the one that it has been told from, where it has no more to say of another.
        kept = rewritten.kept or (self._stays_in(rewritten, history, allowed) if rewritten.context else frozenset())
        if kept and all(m.doc_ids & kept for m in pointed):
            # What the question names itself still counts, and is not searched for within what it names.
            own = tuple(replace(m, doc_ids=m.doc_ids & kept) for m in pointed)
            stays = Mention("", kept, sure=True)
            pointed = (*own, stays) if rewritten.kept and not any(m.sure for m in own) else own or (stays,)
        hinted = frozenset[str]().union(*(m.doc_ids for m in pointed))
        named = frozenset[str]().union(*(m.doc_ids for m in pointed if m.sure))
        changes = [c for c in self.changes() if allowed is None or c.document.doc_id in allowed]
        # Who names a document means what changes it, too.
        others = [c.document.doc_id for c in changes if any(changes_parts_of(c, self.simplified(d)) for d in hinted)]
        hinted, named = hinted.union(others), named.union(others if named else ())
        aside = left_aside(asked.text, hinted or {e.doc_id for e in entries}, self.superseded(), self.headers())
        if aside and not all_versions:
            asked = of_version(asked)
            hinted, named = hinted - aside, named - aside
            allowed = frozenset(e.doc_id for e in entries) - aside
        # What every sentence of the documents meant is about tells none of them from another.
        # Of documents that the caller has chosen too: a name that they all share points at none of them.
        told = pointed if allowed is None else mentions(asked.text, self.index.documents(), self.index.holders)
        topic = _without(asked.core, [m.words for m in (*pointed, *told)])
        searched = _without(asked.core, [m.words for m in pointed if m.sure])
        variants = [*self._variants(searched, rewritten), *((wording, _REWORDED) for wording in also)]
        # All that is compared below: apart each would take a pass of its own.
        self._embed_together([searched, topic, self._official(topic), *(text for text, _ in variants)])
        # What is named beyond doubt is looked for there alone, beside what else the question points at.
        meant = hinted if named else allowed
        passages = self.retriever.retrieve(searched, max(k, _DEPTH), variants=variants, allowed=meant)
        # A question that stands by itself may still be about what the talk is about.
        focus = self._focus(history, allowed) if history else None
        near = hinted or {p.doc_id for p in passages}
        address = resolve(asked.core, [self.simplified(d) for d in self.doc_ids() if d in near])
        if address is not None:
            passages = [*passages, *self._named_passages(address, passages, topic)]
        ready = probe(
            asked,
            self.index.idf,
            open_register(),
            hinted,
            named,
            focus,
            address.sections if address is not None else None,
            [answer for _, answer in history] if rewritten.context else (),
            topic,
            rewritten.own,
        )
        short = full_names([w for w in ready.words if w not in ready.expansions], [p.text for p in passages])
        ready = replace(ready, expansions={**ready.expansions, **short})
        wordings = {"official": self._similar_rows(self._official(topic), passages)}
        if rewritten.context:
            wordings["context"] = self._similar_rows(f"{rewritten.context} {topic}", passages)
        anew = changes if now or not (all_versions or asks_before(fold(asked.text))) else []
        ranked = candidates(
            ready,
            passages,
            {p.doc_id: self.simplified(p.doc_id) for p in passages},
            weights or self.calibration.sentence_weights,
            wordings,
            self._nearness(ready, passages),
            self.index.idf,
            lambda document, start, end: reads_now(document, (start, end), anew, self.changed_by),
        )
        if anew:
            ranked = amended(fold(asked.text), ranked, anew, self.changed_by, self.base_of)
        ranked = official_first(ranked, hinted)
        aside = frozenset() if all_versions else aside
        found = Found(
            asked,
            ready,
            tuple(passages),
            tuple(ranked),
            pointed,
            address,
            allowed,
            rewritten.otherwise,
            aside,
            hinted_by_talk,
        )
        found = found if weights or self.reading is None else self.read(found, self.reading.rank)
        return replace(found, candidates=tuple(of_the_new(found.candidates, *rewritten.instead)))

    def read(self, found: Found, rank: float) -> Found:
        """The same with the best sentences read; ``rank``: what the reader's log odds count for in their scores."""
        best = [candidate for candidate in found.candidates if candidate.tells][:READ]
        if self.reader is None or not best:
            return found
        said = read_together(self.reader, found.question.core, best)
        odds = {(c.document.doc_id, c.start): o for c, o in zip(best, said, strict=True)}
        ranked = official_first(reread(found.candidates, odds, rank), found.probe.hinted)
        return replace(found, candidates=tuple(ranked))

    def read_on(self, found: Found) -> Found | None:
        """The same with one of the next best sentences first, where one is read to answer; None where none is.

        For a question that would be refused: of 61 answerable ones 8 had such a sentence, of 133 that no document
        answers 1 (sets that nothing was fitted on).
        """
        telling = [candidate for candidate in found.candidates if candidate.tells]
        more = telling[READ : READ + _READ_ON]
        if self.reading is None or not more or max(c.odds for c in telling[:READ]) < _FAR_OFF:
            return None
        said = self.odds(found.question.core, more)
        odds, best = max(zip(said, more, strict=True), key=lambda pair: pair[0])
        if odds <= READ_TO_ANSWER:
            return None
        first = best.changed(odds=odds, score=max(best.score, found.candidates[0].score))
        return replace(found, candidates=(first, *(c for c in found.candidates if c is not best)))

    @property
    def reading(self) -> Reading | None:
        """How much the reader counts; None without a reader, or with one that nothing was fitted to."""
        reading = self.calibration.reading
        return reading if reading and self.reader and reading.reader == self.reader.fingerprint else None

    def odds(self, question: str, sentences: Sequence[Candidate]) -> Sequence[float]:
        """What the reader in use says of sentences: log odds that each answers the question; 0 without a reader."""
        if self.reader is None or self.reading is None:
            return unread(question, sentences)
        return read_together(self.reader, question, sentences)

    def odds_of(self, question: str, draft: Draft) -> float:
        """What the reader in use says of all that a draft says: log odds that it answers the question; 0 without a reader."""
        spans = [span for line in draft.lines for span in line.spans]
        if self.reader is None or self.reading is None or not spans:
            return 0.0
        document = self.simplified(spans[0][0])
        names = (document.header.title, *document.path(document.section_at(spans[0][1])))
        text = "".join(line.text for line in draft.lines)
        return float(self.reader.odds(question, [(lead_of(names, ""), text)])[0])

    @property
    def judge(self) -> Judge | None:
        """The verdicts that the reader in use helps to find; None without one."""
        reader, reading = self.reader, self.reading
        if reader is None or reading is None:
            return None
        return lambda question, candidate, text: verdict(
            question,
            text,
            answering_clause(reader, question, before(candidate), text),
            reading.weighing,
            around(candidate),
            candidate.odds,
        )

    def sure(self, found: Found, values: Sequence[float], lack: bool) -> bool:
        """Whether what was found answers, by the ``values`` of SIGNS, what was read, and whether something plainly
        lacks."""
        weights, reading = self.calibration.answer_weights, self.reading
        if reading is None:
            return not lack and probability(values, weights) >= bar(
                self.calibration.threshold, self.settings.strictness
            )
        said = read_signs(values, weights, found.candidates, lack)
        return probability(said, reading.weights) >= bar(reading.threshold, self.settings.strictness)

    def signs_of(self, found: Found) -> tuple[float, ...]:
        """One value for each of SIGNS, of at least one sentence found."""
        settled = answer_whether(found.probe, found.candidates) is not None
        # Whether there is an answer depends on what a follow-up carries over as much as on what it brings.
        whole = replace(found.probe, words=found.probe.rarity)
        return signs(whole, found.candidates, self.occurs, settled)

    def about(self, found: Found) -> bool:
        """Whether a question is about these documents at all, by SIGNS and what was read; one that stands by itself and that
        nothing is read to answer, without what was talked about before."""
        reading = self.reading
        if found.hinted_by_talk and not _is_read_to_answer(found):
            found = self.find(found.question.asked, documents=found.allowed)
        if reading is None or not may_be_strange(found, self.occurs):
            return True
        said = about_signs(self.signs_of(found), found.candidates)
        return probability(said, reading.about.weights) >= bar(reading.about.threshold, self.settings.strictness)

    def _named_passages(self, address: Address, found: Sequence[Passage], core: str) -> list[Passage]:
        """Passages of a place that the question names, where the search has not brought them already."""
        have = {p.chunk.chunk_id for p in found}
        chunks = []
        for doc_id, sections in address.sections.items():
            document = self.simplified(doc_id)
            spans = [(document.sections[i].start, document.sections[i].end) for i in sections]
            chunks += [
                c
                for c in self.index.chunks(doc_id)
                if c.chunk_id not in have and any(c.start < end and start < c.end for start, end in spans)
            ]
        chunks = chunks[:_DEPTH]
        cosines = self.index.sentence_scores(self.embed_query(core), [c.chunk_id for c in chunks])
        return [
            Passage(c, self.simplified(c.doc_id).header.title, 0.0, max(row, default=0.0), 0.0, row)
            for c, row in zip(chunks, cosines, strict=True)
        ]

    def _variants(self, topic: str, rewritten: FollowUp) -> list[tuple[str, float]]:
        """Other wordings to search with: the whole text, official words for everyday ones, the conversation."""
        variants: list[tuple[str, float]] = []
        official = self._official(topic)
        if official != topic:
            variants.append((official, 0.6))
        if rewritten.context:
            variants.append((f"{rewritten.context} {topic}", 0.5))
        return variants

    def _official(self, core: str) -> str:
        """The question with the official words for everyday ones set beside it."""
        added = [words[0] for words in open_register().expand(core).values()]
        return core + " " + " ".join(added) if added else core

    def _focus(self, history: Sequence[Turn], allowed: frozenset[str] | None) -> Focus | None:
        """Where the last answer stands in the documents."""
        last_q, last_a = history[-1]
        passages = self._view.of_turn(last_q, last_a, allowed)
        answer = set(map("".join, pairwise(fold(last_a))))
        if not passages or not answer:
            return None
        best = max(passages, key=lambda p: sum(map(fold(p.text).__contains__, answer)))
        return Focus(best.doc_id, best.chunk.section, best.start, best.end)

    def _similar_rows(self, text: str, passages: Sequence[Passage]) -> dict[str, tuple[float, ...]]:
        """Cosines of a text with the sentences of each passage, by chunk id."""
        ids = [p.chunk.chunk_id for p in passages]
        return dict(zip(ids, self.index.sentence_scores(self.embed_query(text), ids), strict=True))

    def _nearness(self, ready: Probe, passages: Sequence[Passage]) -> dict[str, Nearness]:
        """How near the question's telling words come to each passage, by chunk id."""
        tokens, vectors = self.embedder.embed_tokens(ready.topic)
        weights = token_weights(tokens, ready.words)
        kept = weights > 0
        places = token_places([token for token, keep in zip(tokens, kept, strict=True) if keep], ready.words)
        ids = [p.chunk.chunk_id for p in passages]
        rows = self.index.token_scores(vectors[kept], ids)
        return dict(zip(ids, nearness_of(weights[kept], places, rows), strict=True))

    def similar(self, found: Found) -> Callable[[str], Mapping[tuple[str, int, int], float]]:
        """A function that gives the cosine of a text with each sentence of what was found."""

        def cosines(text: str) -> dict[tuple[str, int, int], float]:
            rows = self._similar_rows(text, found.passages)
            return {
                (p.doc_id, start, end): cosine
                for p in found.passages
                for (start, end), cosine in zip(p.chunk.sentences, rows[p.chunk.chunk_id], strict=True)
            }

        return cosines


_THIS_ONE = re.compile(
    r"(?:这|该|本|此)[一]?[份个篇部项]?(?:文件|通知|意见|办法|规定|方案|公报|公告|条例|批复|函|决定|规划|细则|政策|通告|材料|指南)"
)


_TOLD_AMONG = 3  #: passages found for a turn whose documents tell of its words where its answer quotes none
_TALKED = 1000  #: turns of talks whose understanding is remembered
_READ_ON = 6  #: sentences that are read before a question is refused
#: Log odds of the best ones below which the next are not read: of 860 such questions 2 had one among the next that was
#: read to answer, of 500 others 28.
_FAR_OFF = -7.0
_TERM = 4  #: characters of a term in quotation marks that no other documents would have by chance


def _is_read_to_answer(found: Found) -> bool:
    return max((c.odds for c in found.candidates), default=0.0) > READ_TO_ANSWER


def may_be_strange(found: Found, known: Callable[[str], bool]) -> bool:
    """Whether a question may be meant for other documents: it points at none of these, by name or number, at no place
    in them, no department of theirs, no term in quotation marks that they have and no two figures of theirs, and nothing
    read answers it. Across languages the signs do not tell. ``known``: whether a name stands in the documents."""
    if _is_read_to_answer(found):
        return False
    if found.probe.hinted or found.address is not None or not HAN.search(found.question.core):
        return False
    if find_numbers(found.question.standalone):
        return False
    if ("metadata" in found.question.kinds and len(found.probe.words) <= 2) or _THIS_ONE.search(found.question.core):
        return False  # 文号是多少 and 这份公报 speak of whatever document is there
    quoted = (fold(term) for term in found.question.quoted if len(term) >= _TERM)
    names = (name for department in named_in(found.question.core) for name in (department, *spellings(department)))
    figures = set(_EXACT.findall(fold(found.question.core)))
    return not any(map(known, (*names, *quoted))) and not (len(figures) > 1 and all(map(known, figures)))


#: A figure that tells its text as a name does: 6.49亿.
_EXACT = re.compile(r"(?<![\d.])\d+\.\d+(?:万亿|[万亿%])")


#: Log odds that a clause of a sentence is worth which holds all of what a yes/no question asserts.
_ASSERTED = 2.0


def answering_clause(reader: Reader, question: str, lead: str, sentence: str) -> str:
    """The clause of a sentence that answers a yes/no question best, as it is read and by what it holds of the question's
    predicate; ``lead``: what stands before the sentence, as it is read."""
    clauses = clauses_of(sentence)
    if len(clauses) < 2:
        return sentence
    leads = (lead + "".join(clauses[:i])[-READ_BEFORE:] for i in range(len(clauses)))
    claim = read_claim(question)
    odds = reader.odds(question, list(zip(leads, clauses, strict=True)))
    return clauses[int((odds + [_ASSERTED * share_asserted(claim, fold(c)) for c in clauses]).argmax())]


def of_version(asked: Question) -> Question:
    """A question of one version without the year by which it calls that: no sentence tells of it because it has the year."""
    core = without_version_year(asked.core)
    parts = tuple(without_version_year(part) for part in asked.parts)
    return replace(asked, core=core, parts=parts, years=tuple(year for year in asked.years if year in core))


def _without(core: str, names: Sequence[str]) -> str:
    """The asking part of a question without names; with them where too little is left."""
    left = core
    for name in filter(None, names):
        left = _cut_out(left, name)
    return left if len(re.findall(r"[^\W_]", left)) >= 4 else core


_LONG_WORD = 4  #: characters of a word that says more than the piece of it that a name ends in


def _cut_out(text: str, name: str) -> str:
    """A text without a name, but where that is a piece of a longer word (养老 in 养老金) or ends in one: of 2024年财政 in
    2024年财政收入 the year alone."""
    spans = word_spans(text)

    def cut(found: re.Match[str]) -> str:
        begin, end = found.span()
        within = any(a <= begin and end <= b and b - a > len(name) for a, b in spans)
        last = next((a for a, b in spans if begin < a < end < b and b - a >= _LONG_WORD), end)
        return found.group() if within else text[last:end]

    return re.sub(re.escape(name), cut, text, flags=re.IGNORECASE)


def sayable(text: str) -> str:
    """The text without what no text can hold: halves of characters from a broken encoding."""
    return text.encode("utf-8", "replace").decode("utf-8")


def asked_text(question: str) -> str:
    if not question.strip():
        raise ValueError("问题是空的；请写下要问的内容。")
    return sayable(question)
