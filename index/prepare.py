"""What the index stores of one document, worked out from that document alone: in other processes where that pays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus.document import SourceDocument
from corpus.raw import Tell, silent
from corpus.worker import WorkerError, shared_pool
from index.chunks import chunk_document
from index.copies import letters, windows
from index.facts import fact_rows
from index.segment import body_json
from index.tokens import words

#: Characters of all documents together from which on workers do it. They have to load the dictionary first, which takes
#: a second; but they have limits, and this process has none: it does only what is soon done, whatever it holds.
_MANY = 20_000
_PREPARE = "index.prepare:prepare"


class NotPrepared(Exception):
    """A document that ended its worker. The message (Chinese) says why and what to do."""

    def __init__(self, document: SourceDocument, why: WorkerError) -> None:
        super().__init__(f"“{document.file_name}”：切分时{why}；没有加进索引。请把它拆小、另存后再试。")
        self.document = document


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows and columns as they go into the database."""

    chunks: Sequence[tuple[Any, ...]]  #: columns of ``CHUNK_ROW``
    body: str
    window_hashes: bytes
    window_places: bytes  #: of each window the letter it begins with and the number of the chunk this stands in
    facts: Mapping[str, Sequence[tuple[Any, ...]]]  #: by table


CHUNK_ROW = 'chunk_id, doc_id, section, path, kind, start, "end", page, text, sentences, words'


def prepared(documents: Sequence[SourceDocument]) -> Iterator[Prepared]:
    """What is stored of each of ``documents``, in order. Raises NotPrepared for one that a worker cannot do."""
    if sum(len(document.text) for document in documents) < _MANY:
        yield from map(prepare, documents)
        return
    outcomes = shared_pool().map(_PREPARE, documents)
    for document, (result, error) in zip(documents, outcomes, strict=True):
        if isinstance(error, WorkerError):
            raise NotPrepared(document, error) from error
        if error is not None:
            raise error
        yield result


def prepare(document: SourceDocument, tell: Tell = silent) -> Prepared:
    """What is stored of one document."""
    rows: list[tuple[Any, ...]] = []
    chunks = chunk_document(document)
    for number, chunk in enumerate(chunks):
        if number % 100 == 0:
            tell("切分", number, len(chunks))
        rows.append(
            (
                chunk.chunk_id,
                chunk.doc_id,
                chunk.section,
                json.dumps(chunk.path, ensure_ascii=False),
                chunk.kind,
                chunk.start,
                chunk.end,
                chunk.page,
                chunk.text,
                json.dumps(chunk.sentences),
                " ".join(words(chunk.text)),
            )
        )
    own = letters(document.text)
    hashes, places = windows(own.text)
    homes = np.searchsorted([chunk.start for chunk in chunks], own.offsets[places], side="right") - 1
    return Prepared(
        rows,
        body_json(document),
        hashes.astype("<u8").tobytes(),
        np.stack((places, np.maximum(homes, 0)), axis=1).astype("<i4").tobytes(),
        fact_rows(document),
    )
