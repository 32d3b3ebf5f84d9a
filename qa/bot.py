"""The facade: documents in, cited answers out."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from corpus.document import AUTHORITY, Header, Section, SourceDocument
from corpus.duties import Duty
from corpus.figures import Figure
from corpus.header import find_numbers
from corpus.relations import Relation
from index.passage import Copy, Passage
from index.tokens import fold
from prompts import wording
from qa.abbreviations import full_names
from qa.about_answer import Act, act_on_answer
from qa.address import Address, resolve
from qa.amendments import AMENDING, Change, changes_in
from qa.answer import REFUSAL, Answer, Citation, Event, Statement
from qa.citations import cite, headings_of, set_marks
from qa.claim import read_claim
from qa.compose import compose
from qa.courtesy import asks_who_answers, is_courtesy, without_courtesy
from qa.departments import named_in, spellings
from qa.disputes import is_weak, source_name
from qa.drafts import draft_note
from qa.editions import left_aside, renewed, superseded
from qa.evidence import (
    FEATURES,
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
    nearness_of,
    official_first,
    probability,
    probe,
    reread,
    token_places,
    token_weights,
)
from qa.extractive import Decline, Draft, Judge, answer_whether, unread
from qa.followup import REMEMBERED, FollowUp, is_of_documents, rewrite, speaks_of_document
from qa.history import Turn, turns
from qa.memory import remembered
from qa.question import Question, understand
from qa.readings import chosen
from qa.refusal import ABOUT_SIGNS, READ_SIGNS, SIGNS, about_signs, bar, explain, read_signs, signs
from qa.register import open_register
from qa.scope import Mention, mentions, within
from qa.spelling import mend
from qa.support import support
from qa.take_over import NoDocuments, any_file, bearable, no_documents, refuse_emptied, take_over
from qa.talk_documents import goes_on_in, name_of, of_their_names, told_from
from qa.told_again import answers_needed, tell_again
from qa.verdict import verdict
from qa.verdict_shared import share_asserted
from qa.verdict_signs import VERDICT_SIGNS, Weighing
from qa.verdict_words import clauses_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable
    from langchain_core.tools import BaseTool

    from corpus.figures import FigureKind
    from corpus.load import Failure
    from index.embedder import Embedder
    from index.interface import DocumentEntry, Store, Summary
    from index.reader import Reader
    from index.retriever import Retriever
    from qa.assistant import Assistant
    from qa.evaluation import Case
    from qa.facts import Difference, DutyRow, FigureRow, Role
    from qa.run_report import Report
    from qa.settings import Settings

Progress = Callable[[str, int, int], None]

_DEPTH = 20  #: passages whose sentences are looked at
_OF_THE_MODEL = {"llm", "data_dir", "cache_dir"} | {
    f"llm_{name}" for name in ("base_url", "timeout", "retries", "requests_per_minute", "window", "tokens", "cache")
}
_REWORDED = 0.5  #: weight of a model's wording of a question beside the question
MEMORY = 4000  #: tokens of a talk that a question is understood with
EMPTY = "索引是空的，没有文件可查；请先加入文件：policyqa index 我的文件夹。"  #: said where there is nothing to ask
_ASKS = re.compile(r"[^\W_]")  #: nothing is asked without a letter, Han character or digit


class CalibrationMismatch(ValueError):
    """A calibration was fitted for other features or signs than the program has."""


@dataclass(frozen=True)
class About:
    """Where questions about these documents end and those meant for others begin."""

    weights: tuple[float, ...]  #: of ABOUT_SIGNS, and the constant
    threshold: float


@dataclass(frozen=True)
class Reading:
    """How much the reader's judgement counts, and the threshold with it."""

    reader: str  #: fingerprint of the reader
    rank: float  #: what its log odds count for in the score of a sentence
    weights: tuple[float, ...]  #: of READ_SIGNS, and the constant
    threshold: float
    about: About
    weighing: Weighing  #: how yes or no is said to a question, once it has found the clause that answers


@dataclass(frozen=True)
class Calibration:
    """Weights and thresholds that ``policyqa calibrate`` has fitted, and what they were fitted with."""

    sentence_weights: tuple[float, ...]
    answer_weights: tuple[float, ...]
    threshold: float
    fitted_with: Mapping[str, Any]
    reading: Reading | None = None  #: where they were fitted with a reader

    @classmethod
    def load(cls, path: Path | None = None) -> Calibration:
        """The calibration of a file, or the one that the package brings. Raises CalibrationMismatch."""
        source = path if path is not None else files("qa") / "data" / "calibration.json"
        data = json.loads(source.read_text(encoding="utf-8"))
        return cls(
            _in_order(data["sentence_weights"], FEATURES, "sentence_weights", source),
            _in_order(data["answer_weights"], (*SIGNS, "constant"), "answer_weights", source),
            float(data["threshold"]),
            data["fitted_with"],
            _reading(data["reading"], source) if data.get("reading") else None,
        )


def _reading(data: Mapping[str, Any], source: object) -> Reading:
    weights = _in_order(data["weights"], (*READ_SIGNS, "constant"), "reading", source)
    held = data["verdict"]
    weighing = Weighing(
        _in_order(held["weights"], (*VERDICT_SIGNS, "constant"), "verdict", source),
        float(held["least_yes"]),
        float(held["least_no"]),
    )
    about = About(
        _in_order(data["about"]["weights"], (*ABOUT_SIGNS, "constant"), "about", source),
        float(data["about"]["threshold"]),
    )
    return Reading(str(data["reader"]), float(data["rank"]), weights, float(data["threshold"]), about, weighing)


def _in_order(weights: Mapping[str, float], names: Sequence[str], key: str, source: object) -> tuple[float, ...]:
    """The weights in the order of ``names``, which have to be exactly theirs."""
    if set(weights) != set(names):
        raise CalibrationMismatch(
            f"{source}: {key} does not fit this program; missing: {sorted(set(names) - set(weights))}, "
            f"unknown: {sorted(set(weights) - set(names))}. Fit it again with benchmarks/calibrate.py --write "
            "or policyqa calibrate."
        )
    return tuple(float(weights[name]) for name in names)


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


@dataclass
class _View:
    """One state of the index, and what has been read of it. Never changed to another state, so that an answer
    rests on one state from beginning to end, also while documents are added."""

    index: Store
    retriever: Retriever
    documents: dict[str, SourceDocument] = field(default_factory=dict)
    duties: dict[str, tuple[Duty, ...]] = field(default_factory=dict)
    figures: dict[str, Sequence[Figure]] = field(default_factory=dict)
    changes: dict[str, tuple[Change, ...]] = field(default_factory=dict)
    ranked: dict[tuple[str, ...], Mapping[str, Header]] = field(default_factory=dict)  #: headers by order of authority

    @cached_property
    def of_turn(self) -> Callable[[str, str, frozenset[str] | None], tuple[Passage, ...]]:
        """The passages that a question and its answer are nearest to, in some documents or all; of the last ones they are
        remembered, since a follow-up asks several things of each turn before it."""

        def near(question: str, answer: str, allowed: frozenset[str] | None) -> tuple[Passage, ...]:
            return tuple(self.retriever.retrieve(f"{question} {answer}"[:200], 5, allowed=allowed))

        return lru_cache(maxsize=64)(near)

    @cached_property
    def headers(self) -> Mapping[str, Header]:
        return {entry.doc_id: entry.header for entry in self.index.documents()}

    @cached_property
    def superseded(self) -> Mapping[str, str]:
        return superseded(self.headers, self.index.relations(kind="replaces"))

    @cached_property
    def renewed(self) -> Mapping[str, str]:
        return renewed(self.headers, self.index.relations(kind="replaces"))

    @cached_property
    def amending(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(doc_id for words in AMENDING for doc_id in self.index.holders(words)))


class _Closed:
    """What a closed bot has in place of its index."""

    def __getattr__(self, name: str) -> Any:
        raise ValueError("这个 PolicyQA 已经关闭；请用 PolicyQA.open(…) 重新打开。")


class PolicyQA:
    """Questions about a set of policy documents. Make one with :meth:`open`.

    May be shared between threads: each question sees the documents as they were when it was asked.
    """

    def __init__(
        self,
        index: Store,
        embedder: Embedder,
        settings: Settings,
        failures: Sequence[Failure] = (),
        reader: Reader | None = None,
        model: BaseChatModel | None = None,
    ) -> None:
        from index.retriever import open_reranker

        self.settings = settings
        self.failures = tuple(failures)
        self.embedder = embedder
        self.reader = reader
        self._model = model
        self._hired: dict[str, Assistant] = {}  # shared by copies with other settings
        self._hiring = threading.Lock()
        self._embed = lru_cache(maxsize=64)(embedder.embed_query)
        self._rerank = open_reranker(settings.reranker) if settings.reranker else None
        self._writing = threading.Lock()
        self._view = self._view_of(index)

    def _view_of(self, index: Store) -> _View:
        from index.retriever import Retriever

        return _View(index, Retriever(index, self, rerank=self._rerank))

    def close(self) -> None:
        """Let go of the files of the index; nothing can be asked of this bot afterwards. Also at the end of ``with``.
        Copies of it, and what is being asked in other threads, go on."""
        self._view = cast("_View", _Closed())

    def __enter__(self) -> PolicyQA:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _still(self) -> PolicyQA:
        """This bot over the present state of the index, whatever is added or removed from now on."""
        _ = self._calibrated  # read once, not again in every copy
        return copy(self)

    def with_settings(self, settings: Settings, model: BaseChatModel | None = None) -> PolicyQA:
        """A bot over the same documents with other settings, and another chat model where one is given. The index and
        the embedder stay as they are."""
        other = copy(self)
        other.settings = settings
        if model is not None:
            other._model, other._hired = model, {}
        return other

    @property
    def assistant(self) -> Assistant:
        """The language model of the settings at work; made when first needed. Raises ModelUnavailable."""
        from qa.assistant import open_assistant

        key = self.settings.model_dump_json(include=_OF_THE_MODEL)
        with self._hiring:
            if key not in self._hired:
                self._hired[key] = open_assistant(self.settings, self._model)
            return self._hired[key]

    @property
    def index(self) -> Store:
        """The index as it is now."""
        return self._view.index

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
        warnings = []
        for folder in dict.fromkeys((self.index.data_dir, self.settings.data_dir)):
            path = folder / "calibration.json"
            if not path.is_file():
                continue
            try:
                own = Calibration.load(path)
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                warnings.append(f"{path} 不能用于这个版本，改用自带的；请用 policyqa calibrate 问题集.jsonl 重新校准。")
                continue
            if own.fitted_with.get("embedder") == self.embedder.fingerprint:
                return own, tuple(warnings)
        bundled = Calibration.load()
        if bundled.fitted_with.get("embedder") != self.embedder.fingerprint:
            warnings.append(
                f"拒答的界线不是用现在的向量模型“{self.embedder.name}”校准的，可能过严或过宽；"
                "请用带答案的问题集运行 policyqa calibrate 问题集.jsonl。"
            )
        return bundled, tuple(warnings)

    @classmethod
    def open(
        cls,
        documents: Iterable[str | Path] | None = None,
        data_dir: str | Path | None = None,
        *,
        settings: Settings | None = None,
        embedder: Embedder | None = None,
        reader: Reader | None = None,
        model: BaseChatModel | None = None,
        progress: Progress | None = None,
        rebuild: bool = False,
        allow_empty: bool = False,
        **overrides: Any,
    ) -> PolicyQA:
        """Open an index, made first where need be.

        With ``documents`` (files or folders) the index holds exactly these, and whatever else ``data_dir`` held
        leaves it (without a ``data_dir`` they get a place of their own); what cannot be read is in ``failures``, and
        a folder that has been emptied is refused but with ``allow_empty``. Without, the index in ``data_dir`` is
        opened as it is; where there is none, the bundled documents are indexed, but not into a folder that holds
        files. ``rebuild`` makes the index afresh, of ``documents`` or of those that it holds; an index of an older
        version is made afresh without being asked. ``embedder``, ``reader`` and ``model`` (a LangChain chat model,
        for engine "llm") take the place of those of the settings; with an embedder of one's own there is no reader
        unless it is given.
        ``overrides`` are settings (``engine="extractive"``); give these or ``settings``.

        Raises NoDocuments, FolderEmptied, NotAnIndex, SettingsError, IndexUnusable, IndexBusy, EmbedderUnavailable; each says the next step in
        Chinese.
        """
        from index.embedder import open_embedder
        from index.reader import open_reader
        from index.store import Index, IndexOutdated, IndexUnusable, refuse_foreign, stored_documents, stored_sources
        from qa.settings import Settings

        if settings is None:
            settings = Settings.load(data_dir=data_dir, **overrides)
        elif overrides:
            raise TypeError(f"settings 与 {'、'.join(overrides)} 只能给一样；请把它们写进 Settings.load(...)。")
        folder = settings.data_dir if data_dir is None else Path(data_dir).expanduser()
        paths = None if documents is None else _paths(documents)
        own_place = paths is not None and data_dir is None
        if paths is not None and own_place:
            # Documents named without a place of their own must not displace what the user has indexed.
            name = sha256("\n".join(sorted(str(p.resolve()) for p in paths)).encode("utf-8", "surrogatepass"))
            folder = folder / "sets" / name.hexdigest()[:16]
        if paths is None:
            refuse_foreign(folder)
        elif not allow_empty:
            refuse_emptied(paths, stored_sources(folder))
        if paths is not None and not any_file(paths):
            raise NoDocuments(no_documents(paths, ()))
        if embedder is None:
            embedder = open_embedder(
                settings.embedder, settings.cache_dir, settings.query_prompt, settings.document_prompt
            )
            reader = reader or (open_reader(settings.cache_dir) if settings.reader else None)
        try:
            index = Index.open(folder, embedder, rebuild=rebuild)
        except IndexUnusable as error:
            # An index of an older version holds the documents that it is made afresh of; a place of its own holds
            # nothing but what is at hand.
            rebuild = isinstance(error, IndexOutdated)
            if not rebuild and not own_place:
                raise
            index = Index.open(folder, embedder, rebuild=True)
        failures: Sequence[Failure] = ()
        if paths is None and rebuild and (stored := stored_documents(folder)):
            told: list[Failure] = []
            failures = told
            bearable(stored, lambda documents: index.build(documents, progress), lambda one, _: told.append(one))
        elif paths is not None or index.generation is None:
            _, failures = take_over(index, paths, progress, exactly=True, allow_empty=allow_empty)
        return cls(index, embedder, settings, failures, reader, model)

    # --- documents ---

    def documents(self) -> list[DocumentEntry]:
        """The documents in order: doc_id, file_name, header; without their text."""
        return [replace(entry, header=self._ranked(entry.header)) for entry in self.index.documents()]

    def _ranked(self, header: Header) -> Header:
        """A header with its authority by the order of the settings."""
        names = {rank: name for name, rank in AUTHORITY.items()}
        return replace(header, authority=self.settings.authority.index(names[header.authority]) + 1)

    def document(self, doc_id: str) -> SourceDocument:
        """A document in full: text, sections, left_out. Raises KeyError for an unknown doc_id."""
        view = self._view
        if doc_id not in view.documents:
            self._must_know([doc_id])
            document = view.index.document(doc_id)
            view.documents[doc_id] = replace(document, header=self._ranked(document.header))
        return view.documents[doc_id]

    def outline(self, doc_id: str) -> tuple[Section, ...]:
        """The sections of a document in order, parents before their children. Raises KeyError."""
        return self.document(doc_id).sections

    def doc_ids(self) -> list[str]:
        """Ids of the documents, in order."""
        return [entry.doc_id for entry in self.index.documents()]

    def add(
        self,
        paths: Iterable[str | Path],
        progress: Progress | None = None,
        *,
        names: Mapping[Path, str] | None = None,
        allow_empty: bool = False,
    ) -> Summary:
        """Add files or folders to the index, or take their changes over. What cannot be read goes to ``failures``.

        Files whose content has not changed are not read again; a file that was moved or renamed keeps its doc_id; the
        documents of files that are no more in a folder given here leave the index; where none at all is left in it,
        FolderEmptied is raised, but with ``allow_empty``. With ``names`` (for files that are
        deleted afterwards) not the place of a file tells its documents apart, but the name given here: its file_name
        in the index. A file of a name that is there takes the place of that document.
        """
        with self._writing:
            index = copy(self.index)  # questions go on with the present state until the new one is whole
            given = _paths(paths)
            if names is None and not allow_empty:
                refuse_emptied(given, {entry.source for entry in index.documents()})
            summary, failures = take_over(index, given, progress, exactly=False, allow_empty=allow_empty, names=names)
            self._view, self.failures = self._view_of(index), tuple(failures)
        return summary

    def remove(self, doc_id: str) -> None:
        """Take a document out of the index. Raises KeyError for an unknown doc_id."""
        with self._writing:
            index = copy(self.index)
            try:
                index.remove(doc_id)
            except KeyError:
                raise _unknown([doc_id]) from None
            self._view = self._view_of(index)

    def _must_know(self, doc_ids: Iterable[str]) -> None:
        headers = self._view.headers
        if unknown := {doc_id for doc_id in doc_ids if doc_id not in headers}:
            raise _unknown(unknown)

    def duties_of(self, doc_id: str) -> tuple[Duty, ...]:
        """Responsibility notes of a document, in order. Raises KeyError for an unknown doc_id."""
        view = self._view
        if doc_id not in view.duties:
            self._must_know([doc_id])
            view.duties[doc_id] = view.index.duties_of(doc_id)
        return view.duties[doc_id]

    def figures_of(self, doc_id: str) -> Sequence[Figure]:
        """Figures of a document, in order. Raises KeyError for an unknown doc_id."""
        view = self._view
        if doc_id not in view.figures:
            self._must_know([doc_id])
            view.figures[doc_id] = view.index.figures(doc_id=doc_id)
        return view.figures[doc_id]

    def documents_with_duties(self, names: Collection[str] | None = None) -> Mapping[str, int]:
        """How many responsibility notes each document has; with ``names`` those that name one of these departments."""
        return self._view.index.documents_with_duties(names)

    def relations_to(self, number: str) -> Sequence[Relation]:
        """Where documents name another one by its number in normal form."""
        return self.index.relations(number=number)

    def relations_in(self, doc_id: str) -> Sequence[Relation]:
        """The other documents that a document names, in order. Raises KeyError for an unknown doc_id."""
        self._must_know([doc_id])
        return self.index.relations(doc_id)

    def superseded(self) -> Mapping[str, str]:
        """Documents that a later version has replaced: doc_id of the old one to that of the one in force."""
        return self._view.superseded

    def renewed(self) -> Mapping[str, str]:
        """Those of :meth:`superseded` that no document says to be repealed: they have a later one of the same name."""
        return self._view.renewed

    def changes(self) -> list[Change]:
        """What documents word anew of others."""
        view = self._view
        for doc_id in view.amending:
            if doc_id not in view.changes:
                view.changes[doc_id] = tuple(changes_in(self.document(doc_id)))
        return [change for doc_id in view.amending for change in view.changes[doc_id]]

    def department_names(self) -> Collection[str]:
        """All departments as responsibility notes name them, in folded form."""
        return self._view.index.department_names()

    def duties(
        self,
        department: str | None = None,
        section: str | None = None,
        role: Role | None = None,
        documents: Collection[str] | None = None,
    ) -> list[DutyRow]:
        """Who is responsible for what, in the order of the documents, each row with the clauses that prove it.

        ``department``: in any of its names, where a document has none of them by those of its predecessors. A note that
        stands in several files is one row. ``section``: words of a heading or task; one below it or that inherits
        from it counts. ``role``: "lead" or "participant", of the department if one is given. ``documents``: doc_ids
        to keep to. Raises ValueError for another role, KeyError for an unknown doc_id.
        """
        from qa.facts import duty_rows

        allowed = self._allowed(documents, None)
        ids = [d for d in self.doc_ids() if allowed is None or d in allowed]
        return duty_rows(self._still(), ids, department, section, role)

    def figures(
        self,
        indicator: str = "",
        year: int | str | None = None,
        kind: FigureKind | None = None,
        documents: Collection[str] | None = None,
    ) -> list[FigureRow]:
        """Figures in the order of the documents, each with the sentence or table row that holds it.

        ``indicator``: a piece of what is measured or of whose it is. ``year``: of the figure. ``kind``: level, change,
        share, goal or limit. Raises ValueError for another kind, KeyError for an unknown doc_id.
        """
        from qa.facts import KIND_WORDS, figure_rows

        if kind is not None and kind not in KIND_WORDS:
            raise ValueError(f"kind 只能是 {'、'.join(KIND_WORDS)}，这里是 {kind}。")
        allowed = self._allowed(documents, None)
        found = self.index.figures(indicator.strip(), year=None if year is None else str(year))
        kept = [f for f in found if (allowed is None or f.doc_id in allowed) and kind in (None, f.kind)]
        return figure_rows(self._still(), kept)

    def compare(self, doc_a: str, doc_b: str, topic: str = "") -> list[Difference]:
        """The sentences of two documents side by side, with what differs character by character.

        ``topic``: only sentences that hold one of its words, or stand below a heading that does. Raises KeyError.
        """
        from qa.facts import differences

        still = self._still()
        return differences(still.document(doc_a), still.document(doc_b), topic, still)

    def headers(self) -> Mapping[str, Header]:
        """Header data of every document, by doc_id."""
        view, order = self._view, tuple(self.settings.authority)
        if order not in view.ranked:
            view.ranked[order] = {doc_id: self._ranked(header) for doc_id, header in view.headers.items()}
        return view.ranked[order]

    # --- searching ---

    def embed_query(self, text: str) -> np.ndarray:
        """The vector of a question; the last ones are remembered."""
        return self._embed(text)

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
        return list(self._still().find(_asked(question), (), documents, filters, k).passages[:k])

    def understood(
        self, question: str, history: Sequence[Turn] = (), allowed: frozenset[str] | None = None
    ) -> tuple[FollowUp, Question]:
        """What a question takes from the talk before it, and what it asks. ``allowed``: doc_ids that it is kept to."""
        spoken = any(speaks_of_document(q) for q in (question, *(q for q, _ in history))) if history else False
        rewritten = rewrite(question, history, self._sources(history) if spoken else (), self.occurs)

        def asked(reading: FollowUp) -> Question:
            return understand(question, mend(reading.standalone, self.index.vocabulary(), self.occurs))

        if rewritten.readings and self.reading is not None:
            told = self._last_told(history, allowed)

            def find(reading: FollowUp) -> Found:
                return self.find(question, history, allowed, understood=(reading, asked(reading)))

            rewritten = chosen(rewritten, told, find)
        return rewritten, asked(rewritten)

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
            if told and goes_on_in(rewritten.own, [fold(self.document(d).text) for d in told], self.occurs):
                kept = of_their_names(told, headers)
                return kept if len(kept) < len(headers if allowed is None else allowed) else frozenset()
        return frozenset()

    def _told_from(self, question: str, answer: str, allowed: frozenset[str] | None) -> tuple[str, ...]:
        """The doc_ids of the documents that an answer was taken from, that of most of it first."""
        if _refused(answer):
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
    ) -> Found:
        """Understand a question and gather the sentences that may answer it.

        ``all_versions``: also from versions of a document that the question does not mean. ``also``: other wordings of
        it to search with. ``understood``: what :meth:`understood` has given, where that is known already.
        """
        allowed = self._allowed(documents, filters)
        rewritten, asked = understood or self.understood(question, history, allowed)
        # A question kept to some documents points at none beyond them.
        entries = [e for e in self.index.documents() if allowed is None or e.doc_id in allowed]
        pointed = mentions(asked.text, entries, self.index.holders)
        if not pointed and rewritten.context:
            # The talk stays with the documents that it has named last.
            earlier = (mentions(understand(q).text, entries, self.index.holders) for q, _ in reversed(history))
            pointed = next(filter(None, earlier), ())
        # ... or else with the one that it has been told from, where it has no more to say of another.
        kept = rewritten.kept or (self._stays_in(rewritten, history, allowed) if rewritten.context else frozenset())
        if kept and all(m.doc_ids & kept for m in pointed):
            # What the question names itself still counts, and is not searched for within what it names.
            own = tuple(replace(m, doc_ids=m.doc_ids & kept) for m in pointed)
            pointed = own or (Mention("", kept, sure=True),)
        hinted = frozenset[str]().union(*(m.doc_ids for m in pointed))
        named = frozenset[str]().union(*(m.doc_ids for m in pointed if m.sure))
        aside = left_aside(asked.text, hinted or {e.doc_id for e in entries}, self.superseded(), self.headers())
        if aside and not all_versions:
            hinted, named = hinted - aside, named - aside
            allowed = frozenset(e.doc_id for e in entries) - aside
        # What every sentence of the documents meant is about tells none of them from another.
        # Of documents that the caller has chosen too: a name that they all share points at none of them.
        told = pointed if allowed is None else mentions(asked.text, self.index.documents(), self.index.holders)
        topic = _without(asked.core, [m.words for m in (*pointed, *told)])
        searched = _without(asked.core, [m.words for m in pointed if m.sure])
        variants = [*self._variants(searched, rewritten), *((wording, _REWORDED) for wording in also)]
        # What is named beyond doubt is looked for there alone, beside what else the question points at.
        meant = hinted if named else allowed
        passages = self.retriever.retrieve(searched, max(k, _DEPTH), variants=variants, allowed=meant)
        # A question that stands by itself may still be about what the talk is about.
        focus = self._focus(history, allowed) if history else None
        near = hinted or {p.doc_id for p in passages}
        address = resolve(asked.core, [self.document(d) for d in self.doc_ids() if d in near])
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
        ranked = candidates(
            ready,
            passages,
            {p.doc_id: self.document(p.doc_id) for p in passages},
            weights or self.calibration.sentence_weights,
            wordings,
            self._nearness(ready, passages),
            self.index.idf,
        )
        ranked = official_first(ranked, hinted)
        aside = frozenset() if all_versions else aside
        found = Found(
            asked, ready, tuple(passages), tuple(ranked), pointed, address, allowed, rewritten.otherwise, aside
        )
        return found if weights or self.reading is None else self.read(found, self.reading.rank)

    def read(self, found: Found, rank: float) -> Found:
        """The same with the best sentences read; ``rank``: what the reader's log odds count for in their scores."""
        best = [candidate for candidate in found.candidates if candidate.tells][:READ]
        if self.reader is None or not best:
            return found
        said = _odds(self.reader, found.question.core, best)
        odds = {(c.document.doc_id, c.start): o for c, o in zip(best, said, strict=True)}
        ranked = official_first(reread(found.candidates, odds, rank), found.probe.hinted)
        return replace(found, candidates=tuple(ranked))

    def read_on(self, found: Found) -> Found | None:
        """The same with one of the next best sentences first, where one is read to answer; None where none is.

        For a question that would be refused: of 61 answerable ones 8 had such a sentence, of 133 that no document
        answers 1 (sets that nothing was fitted on).
        """
        more = [candidate for candidate in found.candidates if candidate.tells][READ : READ + _READ_ON]
        if self.reading is None or not more:
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
        return _odds(self.reader, question, sentences)

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
        """Whether a question is about these documents at all, by SIGNS and what was read."""
        reading = self.reading
        if reading is None or not may_be_strange(found, self.occurs):
            return True
        said = about_signs(self.signs_of(found), found.candidates)
        return probability(said, reading.about.weights) >= bar(reading.about.threshold, self.settings.strictness)

    def _named_passages(self, address: Address, found: Sequence[Passage], core: str) -> list[Passage]:
        """Passages of a place that the question names, where the search has not brought them already."""
        have = {p.chunk.chunk_id for p in found}
        chunks = []
        for doc_id, sections in address.sections.items():
            document = self.document(doc_id)
            spans = [(document.sections[i].start, document.sections[i].end) for i in sections]
            chunks += [
                c
                for c in self.index.chunks(doc_id)
                if c.chunk_id not in have and any(c.start < end and start < c.end for start, end in spans)
            ]
        chunks = chunks[:_DEPTH]
        cosines = self.index.sentence_scores(self._embed(core), [c.chunk_id for c in chunks])
        return [
            Passage(c, self.document(c.doc_id).header.title, 0.0, max(row, default=0.0), 0.0, row)
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
        return dict(zip(ids, self.index.sentence_scores(self._embed(text), ids), strict=True))

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

    def _allowed(self, documents: Collection[str] | None, filters: Mapping[str, Any] | None) -> frozenset[str] | None:
        """doc_ids that a search may use; None for all. Filters: kind, issuer, year, each a value or several."""
        chosen = {documents} if isinstance(documents, str) else documents
        self._must_know(chosen or ())
        return within({entry.doc_id: entry.header for entry in self.index.documents()}, chosen, filters)

    def occurs(self, text: str) -> bool:
        """Whether a string stands in the documents, in folded form."""
        return self._view.index.holds(fold(text))

    # --- answering ---

    def ask(
        self,
        question: str,
        history: Iterable[Any] | None = (),
        documents: Collection[str] | None = None,
        filters: Mapping[str, Any] | None = None,
        cancel: threading.Event | None = None,
    ) -> Answer:
        """A short answer with its sources, or a refusal.

        ``history``: earlier (question, answer) turns, or one of the other shapes of :func:`qa.history.turns`; of long
        ones the last MEMORY tokens. ``documents``: doc_ids to keep to. ``filters``: kind, issuer, year. ``cancel``, once
        set, ends the work of a language model: the answer is then the extractive one. Raises ValueError for an empty
        question or a history of no known shape, KeyError for an unknown doc_id.
        """
        for event in self.stream(question, history, documents, filters, cancel):
            if event.kind == "answer":
                return event.data  # type: ignore[no-any-return]
        raise AssertionError("stream ends with an answer")

    def stream(
        self,
        question: str,
        history: Iterable[Any] | None = (),
        documents: Collection[str] | None = None,
        filters: Mapping[str, Any] | None = None,
        cancel: threading.Event | None = None,
    ) -> Iterator[Event]:
        """The same in steps: stage, question as it is understood, passages, answer; with engine "llm" also the extractive answer as a draft, and the
        model's text in tokens as it comes. Closing the iterator stops the model."""
        question = _asked(question)
        still = self._still()
        started = time.perf_counter()
        yield Event("stage", "理解")
        every = [(_sayable(q), _sayable(a)) for q, a in turns(history)]
        said = [turn for turn in every if is_of_documents(turn[0])]
        before = remembered(said, MEMORY)
        act = act_on_answer(without_courtesy(question)) if said else None
        if act is not None:
            yield from still._of_answers(act, question, said, documents, filters, started)
            return
        asked = still.understood(question, before, still._allowed(documents, filters))
        understood = time.perf_counter()
        yield Event("question", asked[1].standalone)
        yield Event("stage", "检索")
        found = still.find(question, before, documents, filters, self.settings.passages, understood=asked)
        searched = time.perf_counter()
        yield Event("passages", found.passages[: self.settings.passages])
        yield Event("stage", "组织答案")
        polite = is_courtesy(question)
        greeting = "" if asks_who_answers(question) else wording("refusal.greeting")
        told = (greeting or REFUSAL) + wording("refusal.courtesy") if polite else explain("out_of_scope")
        empty = Decline("out_of_scope", told)
        asks = _ASKS.search(question) and not polite
        if not still.index.documents():
            asks, empty = None, Decline("out_of_scope", EMPTY)
        outcome = compose(found, still) if asks else empty
        composed = time.perf_counter()
        yield Event("stage", "核对出处")
        answer = still.finish(found, outcome)
        ended = time.perf_counter()
        timings = {
            "understand": understood - started,
            "retrieve": searched - understood,
            "compose": composed - searched,
            "check": ended - composed,
        }
        if self.settings.engine == "llm" and asks:
            yield Event("draft", replace(answer, timings={**timings, "total": ended - started}))
            from qa.model_answer import Asked, by_model

            answer = yield from by_model(
                still, Asked(found, outcome, before, documents, filters), answer, timings, cancel
            )
        timings["total"] = time.perf_counter() - started
        yield Event("answer", replace(answer, timings=timings))

    def _of_answers(
        self,
        act: Act,
        question: str,
        said: Sequence[Turn],
        documents: Collection[str] | None,
        filters: Mapping[str, Any] | None,
        started: float,
    ) -> Iterator[Event]:
        """The steps of an answer to a turn that asks something of the last answers: those are found again."""
        yield Event("question", question)
        yield Event("stage", "核对出处")
        quick = self.with_settings(self.settings.model_copy(update={"engine": "extractive"}))
        places = [n for n, (_, answer) in enumerate(said) if act not in ("summary", "same") or not _refused(answer)]
        given = [
            (said[n][1], quick.ask(said[n][0], said[:n], documents, filters)) for n in places[-answers_needed(act) :]
        ]
        found = given[-1][1].passages if given else ()
        yield Event("passages", found)
        outcome = tell_again(act, given, self)
        answer = self._finished(understand(question), found, outcome)
        yield Event("answer", replace(answer, timings={"total": time.perf_counter() - started}))

    def finish(self, found: Found, outcome: Draft | Decline) -> Answer:
        """The answer that a draft gives once its marks are set and its sentences are checked."""
        return self._finished(found.question, found.passages[: self.settings.passages], outcome)

    def _finished(self, question: Question, passages: tuple[Passage, ...], outcome: Draft | Decline) -> Answer:
        if isinstance(outcome, Decline):
            nearest = tuple(cite(span, n, self) for n, span in enumerate(outcome.nearest, 1))
            return Answer(
                question.asked,
                outcome.text,
                refused=True,
                refusal_reason=outcome.reason,
                nearest=nearest,
                passages=passages,
                standalone_question=question.standalone,
            )
        text, spans, sentences = set_marks(outcome.lines)
        citations = tuple(cite(span, n, self) for n, span in enumerate(spans, 1))
        statements = []
        for line, (sentence, marks) in zip(outcome.lines, sentences, strict=True):
            cited = [citations[m - 1] for m in marks]
            headings = [line.frame, *(words for c in cited for words in headings_of(c))]
            statements.append(Statement(sentence, marks, support(sentence, [c.quote for c in cited], headings)))
        return Answer(
            question.asked,
            text,
            premise="contradicted" if outcome.contradicts else None,
            notes=(*self._notes(citations), *outcome.notes),
            citations=citations,
            passages=passages,
            statements=tuple(statements),
            standalone_question=question.standalone,
        )

    def _notes(self, citations: Sequence[Citation]) -> tuple[str, ...]:
        """What a reader should know of the sources of an answer."""
        cited = {c.doc_id: self.document(c.doc_id) for c in citations}
        notes = []
        if cited and all(is_weak(document.header) for document in cited.values()):
            notes.append("出处都不是正式文件，请以正式文件为准。")
        notes += draft_note((cited[c.doc_id], c.start) for c in citations)
        for doc_id, document in cited.items():
            newer = self.superseded().get(doc_id)
            if newer is not None and newer not in cited:
                notes.append(f"{source_name(document, {})}已被{source_name(self.document(newer), {})}取代。")
        return tuple(notes)

    def copies_of(self, doc_id: str, start: int, end: int) -> list[Copy]:
        """Where a span of a document stands in others."""
        return self.index.copies_of(doc_id, start, end)

    async def aask(self, question: str, history: Iterable[Any] | None = (), **scope: Any) -> Answer:
        """:meth:`ask` without blocking the event loop. A task that is cancelled stops the language model."""
        cancel = threading.Event()
        try:
            return await asyncio.to_thread(self.ask, question, history, cancel=cancel, **scope)
        finally:
            cancel.set()

    async def astream(self, question: str, history: Iterable[Any] | None = (), **scope: Any) -> AsyncIterator[Event]:
        """:meth:`stream` without blocking the event loop. Closing the iterator, or cancelling the task that reads it,
        stops the language model."""
        cancel = threading.Event()
        events = self.stream(question, history, cancel=cancel, **scope)
        try:
            while (event := await asyncio.to_thread(next, events, None)) is not None:
                yield event
        finally:
            cancel.set()

    def batch(self, questions: Sequence[str | tuple[str, Iterable[Any] | None]]) -> list[Answer]:
        """Answers in order; each question alone or with its history. Raises ValueError for what is no list of them."""
        if isinstance(questions, str):
            raise ValueError("batch 要一组问题：batch([问题, …])；只有一个问题请用 ask(问题)。")
        return [self.ask(q) if isinstance(q, str) else self.ask(*q) for q in questions]

    def evaluate(self, cases: Sequence[Case], progress: Callable[[int, int], None] | None = None) -> Report:
        """Ask every case and measure the answers; see qa.run_report. A question that cannot be asked is a wrong row.
        ``progress`` is told (done, total) after each."""
        from qa.run import asker, head_of
        from qa.run_report import evaluate

        ask, surroundings = asker(self)
        return evaluate(ask, cases, progress, surroundings=surroundings, made_with=head_of(self, ()))

    # --- for LangChain ---

    def as_retriever(self, k: int = 8) -> BaseRetriever:
        """A LangChain retriever: question in, the ``k`` best passages out as Documents with their place."""
        from qa.langchain_adapters import PassageRetriever

        return PassageRetriever(bot=self, k=k)

    def as_runnable(self) -> Runnable[Any, Answer]:
        """A LangChain Runnable: a question, or {"question": …, "history": [(q, a), …]}, in; an Answer out."""
        from qa.langchain_adapters import runnable

        return runnable(self)

    def as_tool(self) -> BaseTool:
        """A LangChain tool for agents: a question in, the answer with its numbered sources out as text."""
        from qa.langchain_adapters import tool

        return tool(self)


def _refused(answer: str) -> bool:
    return answer.startswith(REFUSAL)


_THIS_ONE = re.compile(
    r"(?:这|该|本|此)[一]?[份个篇部项]?(?:文件|通知|意见|办法|规定|方案|公报|公告|条例|批复|函|决定|规划|细则|政策|通告|材料|指南)"
)


_READ_ON = 8  #: sentences that are read before a question is refused
_TERM = 4  #: characters of a term in quotation marks that no other documents would have by chance


def may_be_strange(found: Found, known: Callable[[str], bool]) -> bool:
    """Whether a question may be meant for other documents: it points at none of these, by name or number, at no place
    in them, no department of theirs and no term in quotation marks that they have, and nothing read answers it. Across
    languages the signs do not tell. ``known``: whether a name stands in the documents."""
    if max((c.odds for c in found.candidates), default=0.0) > READ_TO_ANSWER:
        return False
    if found.probe.hinted or found.address is not None or not HAN.search(found.question.core):
        return False
    if find_numbers(found.question.standalone):
        return False
    if ("metadata" in found.question.kinds and len(found.probe.words) <= 2) or _THIS_ONE.search(found.question.core):
        return False  # 文号是多少 and 这份公报 speak of whatever document is there
    quoted = (fold(term) for term in found.question.quoted if len(term) >= _TERM)
    names = (name for department in named_in(found.question.core) for name in (department, *spellings(department)))
    return not any(map(known, (*names, *quoted)))


def _odds(reader: Reader, question: str, sentences: Sequence[Candidate]) -> list[float]:
    said: list[float] = reader.odds(question, [(before(c), c.text) for c in sentences]).tolist()
    return said


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


def _without(core: str, names: Sequence[str]) -> str:
    """The asking part of a question without names; with them where too little is left."""
    left = core
    for name in names:
        left = re.sub(re.escape(name), "", left, flags=re.IGNORECASE) if name else left
    return left if len(re.findall(r"[^\W_]", left)) >= 4 else core


def _paths(given: str | Path | Iterable[str | Path]) -> list[Path]:
    return [Path(path).expanduser() for path in ([given] if isinstance(given, (str, Path)) else given)]


def _unknown(doc_ids: Iterable[str]) -> KeyError:
    return KeyError(f"索引里没有文件：{'、'.join(sorted(doc_ids))}；运行 policyqa documents list 看全部编号。")


def _sayable(text: str) -> str:
    """The text without what no text can hold: halves of characters from a broken encoding."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _asked(question: str) -> str:
    if not question.strip():
        raise ValueError("问题是空的；请写下要问的内容。")
    return _sayable(question)
