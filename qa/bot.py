"""The facade: documents in, cited answers out."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from corpus.traditional import simplified
from index.passage import Passage
from qa.about_answer import Act, act_on_answer
from qa.answer import Answer, Citation, Event, Statement, is_refusal
from qa.citations import as_written, cite, headings_of, set_marks
from qa.compose import compose
from qa.courtesy import is_courtesy, reply_to, without_courtesy
from qa.disputes import is_weak, source_name
from qa.drafts import draft_note
from qa.extractive import Decline, Draft
from qa.finding import Finder, Found, asked_text, sayable
from qa.followup import is_of_documents
from qa.history import Turn, turns
from qa.library import Closed, View, unknown_documents
from qa.memory import remembered
from qa.question import Question, understand
from qa.refusal import explain
from qa.support import support
from qa.take_over import NoDocuments, any_file, bearable, no_documents, refuse_emptied, take_over
from qa.told_again import answers_needed, tell_again

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable
    from langchain_core.tools import BaseTool

    from corpus.load import Failure
    from index.embedder import Embedder
    from index.entailment import Entailment
    from index.interface import Store, Summary
    from index.reader import Reader
    from qa.assistant import Assistant
    from qa.evaluation import Case
    from qa.run_report import Report
    from qa.settings import Settings


Progress = Callable[[str, int, int], None]
_OF_THE_MODEL = {"llm", "data_dir", "cache_dir"} | {
    f"llm_{name}" for name in ("base_url", "timeout", "retries", "requests_per_minute", "window", "tokens", "cache")
}
MEMORY = 4000  #: tokens of a talk that a question is understood with
EMPTY = "索引是空的，没有文件可查；请先加入文件：policyqa index 我的文件夹。"  #: said where there is nothing to ask
_ASKS = re.compile(r"[^\W_]")  #: nothing is asked without a letter, Han character or digit


class PolicyQA(Finder):
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
        entailment: Entailment | None = None,
    ) -> None:
        super().__init__(index, embedder, settings, reader)
        self.failures = tuple(failures)
        self.entailment = entailment
        self._model = model
        self._hired: dict[str, Assistant] = {}  # shared by copies with other settings
        self._hiring = threading.Lock()
        self._writing = threading.Lock()

    def close(self) -> None:
        """Let go of the files of the index; nothing can be asked of this bot afterwards. Also at the end of ``with``.
        Copies of it, and what is being asked in other threads, go on."""
        self._view = cast("View", Closed())

    def __enter__(self) -> PolicyQA:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

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

    @classmethod
    def open(
        cls,
        documents: Iterable[str | Path] | None = None,
        data_dir: str | Path | None = None,
        *,
        settings: Settings | None = None,
        embedder: Embedder | None = None,
        reader: Reader | None = None,
        entailment: Entailment | None = None,
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
        from index.entailment import open_entailment
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
            if settings.reader:
                reader = reader or open_reader(settings.cache_dir)
                entailment = entailment or open_entailment(settings.cache_dir)
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
        return cls(index, embedder, settings, failures, reader, model, entailment)

    # --- documents ---

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
                raise unknown_documents([doc_id]) from None
            self._view = self._view_of(index)

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
        question = asked_text(question)
        still = self._still()
        started = time.perf_counter()
        yield Event("stage", "理解")
        every = [(sayable(q), sayable(a)) for q, a in turns(history)]
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
        told = reply_to(question) if polite else explain("out_of_scope")
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
        places = [n for n, (_, answer) in enumerate(said) if act not in ("summary", "same") or not is_refusal(answer)]
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
        text, spans, sentences = set_marks([as_written(line, self) for line in outcome.lines])
        citations = tuple(cite(span, n, self) for n, span in enumerate(spans, 1))
        statements = []
        for line, (sentence, marks) in zip(outcome.lines, sentences, strict=True):
            cited = [citations[m - 1] for m in marks]
            headings = [*(words for c in cited for words in headings_of(c)), line.frame]
            entailment = self.entailment if line.read else None
            read = [self.document(c.doc_id).simplified.text[c.start : c.end] for c in cited]
            level = support(simplified(sentence), read, headings, entailment)
            statements.append(Statement(sentence, marks, level))
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


def _paths(given: str | Path | Iterable[str | Path]) -> list[Path]:
    return [Path(path).expanduser() for path in ([given] if isinstance(given, (str, Path)) else given)]
