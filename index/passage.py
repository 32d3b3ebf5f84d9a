"""The nouns of the index: what is indexed, and what a search returns."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Copy:
    """Another place where the same text stands."""

    doc_id: str
    title: str
    section: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Chunk:
    """What is indexed. ``text == document.text[start:end]`` always; the section path is a field of its own."""

    chunk_id: str  #: hash of doc_id, path and text
    doc_id: str
    section: int  #: index into SourceDocument.sections of the smallest section that holds the chunk; -1 if none
    path: tuple[str, ...]  #: headings above and including that section
    kind: str  #: SectionKind of that section
    start: int
    end: int
    page: int | None
    text: str
    sentences: tuple[tuple[int, int], ...]  #: absolute spans in document.text
    also_in: tuple[Copy, ...] = field(default=())


@dataclass(frozen=True)
class Passage:
    """A chunk scored for a question. ``score`` is in 0..1, higher is better."""

    chunk: Chunk
    title: str  #: title of the document
    score: float
    dense: float = 0.0  #: cosine of chunk and question
    sparse: float = 0.0  #: BM25 score
    sentence_scores: tuple[float, ...] = ()  #: cosine of each sentence of the chunk with the question

    @property
    def text(self) -> str:
        return self.chunk.text

    @property
    def doc_id(self) -> str:
        return self.chunk.doc_id

    @property
    def section(self) -> tuple[str, ...]:
        return self.chunk.path

    @property
    def start(self) -> int:
        return self.chunk.start

    @property
    def end(self) -> int:
        return self.chunk.end

    @property
    def page(self) -> int | None:
        return self.chunk.page
