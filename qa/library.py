"""The documents of an index and the facts taken from them, as they are at one time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Self

from corpus.document import AUTHORITY, Header, Section, SourceDocument
from corpus.duties import Duty
from corpus.figures import Figure
from corpus.relations import Relation
from index.passage import Copy, Passage
from index.tokens import fold
from qa.amendments import AMENDING, CHANGES, CHANGING, Change, changes_in, changes_parts_of, spans_of
from qa.editions import renewed, superseded
from qa.scope import within

if TYPE_CHECKING:
    from corpus.figures import FigureKind
    from index.interface import DocumentEntry, Store
    from index.retriever import Retriever
    from qa.facts import Difference, DutyRow, FigureRow, Role
    from qa.settings import Settings


@dataclass
class View:
    """One state of the index, and what has been read of it. Never changed to another state, so that an answer
    rests on one state from beginning to end, also while documents are added."""

    index: Store
    retriever: Retriever
    documents: dict[str, SourceDocument] = field(default_factory=dict)
    duties: dict[str, tuple[Duty, ...]] = field(default_factory=dict)
    figures: dict[str, Sequence[Figure]] = field(default_factory=dict)
    changes: dict[str, tuple[Change, ...]] = field(default_factory=dict)
    #: the spans of a document that a change is one of, by the document and the place of the change
    changed: dict[tuple[str, str, int], tuple[tuple[int, int], ...]] = field(default_factory=dict)
    bases: dict[tuple[str, int], str] = field(
        default_factory=dict
    )  #: the doc_id of the document that a change is one of
    ranked: dict[tuple[str, ...], Mapping[str, Header]] = field(default_factory=dict)  #: headers by order of authority
    #: how follow-ups were understood, by what was said before them and the documents that they are kept to
    meant: dict[tuple[str, tuple[tuple[str, str], ...], frozenset[str] | None], str] = field(default_factory=dict)

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
        quoted = [doc_id for words in AMENDING for doc_id in self.index.holders(words)]
        titled = {doc_id for doc_id, header in self.headers.items() if CHANGES.search(header.title)}
        told = [doc_id for words in CHANGING if titled for doc_id in self.index.holders(words)]
        return tuple(dict.fromkeys((*quoted, *(doc_id for doc_id in told if doc_id in titled))))


class Closed:
    """What a closed bot has in place of its index."""

    def __getattr__(self, name: str) -> Any:
        raise ValueError("这个 PolicyQA 已经关闭；请用 PolicyQA.open(…) 重新打开。")


class Library:
    """The documents of an index and what has been taken from them, as they are at one time.

    Documents may be added or removed meanwhile: the state that is seen stays until another takes its place.
    """

    def __init__(self, settings: Settings, view: View) -> None:
        self.settings = settings
        self._view = view

    def _still(self) -> Self:
        """The same over the present state of the index, whatever is added or removed from now on."""
        return copy(self)

    @property
    def index(self) -> Store:
        """The index as it is now."""
        return self._view.index

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

    def simplified(self, doc_id: str) -> SourceDocument:
        """A document as questions are answered from it (``SourceDocument.simplified``). Raises KeyError."""
        return self.document(doc_id).simplified

    def outline(self, doc_id: str) -> tuple[Section, ...]:
        """The sections of a document in order, parents before their children. Raises KeyError."""
        return self.document(doc_id).sections

    def doc_ids(self) -> list[str]:
        """Ids of the documents, in order."""
        return [entry.doc_id for entry in self.index.documents()]

    def _must_know(self, doc_ids: Iterable[str]) -> None:
        headers = self._view.headers
        if unknown := {doc_id for doc_id in doc_ids if doc_id not in headers}:
            raise unknown_documents(unknown)

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
                view.changes[doc_id] = tuple(changes_in(self.simplified(doc_id)))
        return [change for doc_id in view.amending for change in view.changes[doc_id]]

    def changed_by(self, change: Change, document: SourceDocument) -> tuple[tuple[int, int], ...]:
        """The spans of a document that a change of another one is one of."""
        key = (document.doc_id, change.document.doc_id, change.start)
        if key not in self._view.changed:
            self._view.changed[key] = spans_of(change, document)
        return self._view.changed[key]

    def base_of(self, change: Change) -> SourceDocument | None:
        """The document that a change is one of; None where that is not here."""
        known = self._view.bases
        key = (change.document.doc_id, change.start)
        if key not in known:
            others = (self.simplified(d) for d in self.doc_ids() if d != change.document.doc_id)
            known[key] = next((d.doc_id for d in others if changes_parts_of(change, d)), "")
        return self.simplified(known[key]) if known[key] else None

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

    def _allowed(self, documents: Collection[str] | None, filters: Mapping[str, Any] | None) -> frozenset[str] | None:
        """doc_ids that a search may use; None for all. Filters: kind, issuer, year, each a value or several."""
        chosen = {documents} if isinstance(documents, str) else documents
        self._must_know(chosen or ())
        return within({entry.doc_id: entry.header for entry in self.index.documents()}, chosen, filters)

    def occurs(self, text: str) -> bool:
        """Whether a string stands in the documents, in folded form."""
        return self._view.index.holds(fold(text))

    def copies_of(self, doc_id: str, start: int, end: int) -> list[Copy]:
        """Where a span of a document stands in others."""
        return self.index.copies_of(doc_id, start, end)


def unknown_documents(doc_ids: Iterable[str]) -> KeyError:
    return KeyError(f"索引里没有文件：{'、'.join(sorted(doc_ids))}；运行 policyqa documents list 看全部编号。")
