"""What the rest of the program needs of an index. ``index.store.Index`` is one; another engine takes its place by
offering these methods.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus.document import Header, SourceDocument
from corpus.duties import Duty
from corpus.figures import Figure
from corpus.relations import Relation, RelationKind
from index.passage import Chunk, Copy

Progress = Callable[[str, int, int], None]  #: stage (Chinese), done, total


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """What the index knows of a document without reading its text."""

    doc_id: str
    file_name: str
    fingerprint: str
    header: Header
    length: int  #: characters of the text
    chunks: int
    source: str = ""  #: path of the file that it came from; "" when it was made in memory
    key: str = ""  #: of that file, see SourceDocument


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """A sentence found by its vector: the ``number``-th of the chunk's ``sentences``."""

    chunk_id: str
    number: int
    score: float


@dataclass(frozen=True, slots=True)
class Summary:
    """What a write did, by doc_id."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()  #: unchanged, but their file has another name or place now
    removed: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()  #: file names whose bytes are those of a document that is in the index already
    embedded: int = 0  #: texts whose vectors were computed, not reused

    @property
    def changed(self) -> bool:
        return bool(self.added or self.replaced or self.removed or self.moved)

    def __add__(self, later: Summary) -> Summary:
        """What this write and one after it did together."""
        added = tuple(dict.fromkeys(doc_id for doc_id in self.added + later.added if doc_id not in later.removed))
        touched = {*added, *self.replaced, *later.replaced, *self.moved, *later.moved}
        return Summary(
            added=added,
            replaced=_joined(self.replaced, later.replaced, without=added),
            unchanged=tuple(doc_id for doc_id in later.unchanged if doc_id not in touched),
            moved=_joined(self.moved, later.moved),
            removed=_joined(self.removed, later.removed),
            repeated=_joined(self.repeated, later.repeated),
            embedded=self.embedded + later.embedded,
        )


def _joined(one: Sequence[str], other: Sequence[str], without: Collection[str] = ()) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys([*one, *other]) if name not in without)


class Searchable(Protocol):
    """What the retriever needs of an index."""

    def documents(self) -> list[DocumentEntry]: ...
    def chunk(self, chunk_id: str) -> Chunk: ...
    def dense_chunks(
        self, vector: np.ndarray, k: int, allowed: Collection[str] | None = None
    ) -> list[tuple[str, float]]: ...
    def dense_sentences(
        self, vector: np.ndarray, k: int, allowed: Collection[str] | None = None
    ) -> list[SentenceHit]: ...
    def sparse(
        self, terms: Sequence[str], k: int, allowed: Collection[str] | None = None
    ) -> list[tuple[str, float]]: ...
    def sparse_path(
        self, terms: Sequence[str], k: int, allowed: Collection[str] | None = None
    ) -> list[tuple[str, float]]: ...
    def chunk_scores(self, vector: np.ndarray, chunk_ids: Sequence[str]) -> list[float]: ...
    def sparse_scores(self, terms: Sequence[str], chunk_ids: Sequence[str]) -> list[float]: ...
    def sentence_scores(self, vector: np.ndarray, chunk_ids: Sequence[str]) -> list[tuple[float, ...]]: ...
    def centre(self) -> np.ndarray: ...
    def canonical(self, chunk_id: str) -> str: ...
    def idf(self, term: str) -> float: ...


class Store(Searchable, Protocol):
    """Documents, cut into chunks and searchable, with their facts.

    A shallow copy (``copy.copy``) goes on with the present state when the original is written to: answers rest on one
    state from beginning to end.
    """

    @property
    def data_dir(self) -> Path:
        """Where what belongs to the index is kept beside it, e.g. a calibration of its own."""

    # --- writing ---

    def build(
        self,
        documents: Sequence[SourceDocument],
        progress: Progress | None = None,
        *,
        unchanged: Collection[str] = (),
        moved: Mapping[str, Path] | None = None,
        order: Sequence[str] = (),
    ) -> Summary:
        """Hold exactly ``documents``, and those of the sources that are ``unchanged`` or ``moved`` to another place;
        in the ``order`` of all sources."""

    def add(
        self,
        documents: Sequence[SourceDocument],
        progress: Progress | None = None,
        *,
        moved: Mapping[str, Path] | None = None,
        gone: Collection[str] = (),
    ) -> Summary:
        """Add ``documents``, or put them in the place of those of the same doc_id or source; the documents of the
        sources that are ``gone`` leave."""

    def remove(self, doc_id: str, progress: Progress | None = None) -> Summary:
        """Take a document out; KeyError when it is not there."""

    # --- fetching ---

    def document(self, doc_id: str) -> SourceDocument:
        """One document in full; KeyError when it is not there."""

    def chunks(self, doc_id: str | None = None) -> list[Chunk]:
        """All chunks in document order, or those of one document."""

    def copies_of(self, doc_id: str, start: int, end: int) -> list[Copy]:
        """Where ``text[start:end]`` of a document stands in others, in their words, best authority first."""

    def token_scores(self, tokens: np.ndarray, chunk_ids: Sequence[str]) -> list[np.ndarray]:
        """For each chunk an array (sentences, tokens): how near the tokens of a question come to its sentences."""

    # --- words and facts ---

    def holds(self, folded: str) -> bool:
        """Whether a string in folded form (``tokens.fold``) stands in a document, also across a line end."""

    def holders(self, folded: str) -> list[str]:
        """doc_ids of the documents that hold a string in folded form, in order."""

    def vocabulary(self) -> Mapping[str, int]:
        """The words of all documents, each with the number of chunks that hold it."""

    def duties_of(self, doc_id: str) -> tuple[Duty, ...]:
        """Responsibility notes of a document, in order."""

    def documents_with_duties(self, names: Collection[str] | None = None) -> dict[str, int]:
        """How many responsibility notes each document has; with ``names`` those that name one of these departments."""

    def department_names(self) -> frozenset[str]:
        """All departments as responsibility notes name them, in folded form."""

    def figures(self, indicator: str = "", doc_id: str | None = None, year: str | None = None) -> list[Figure]:
        """Figures: of an indicator or subject that holds a text, of a document, of a year."""

    def relations(
        self, doc_id: str | None = None, kind: RelationKind | None = None, number: str | None = None
    ) -> list[Relation]:
        """Mentions of other documents: in one document or in all, of a kind or of all, of a number or of any."""
