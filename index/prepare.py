"""What the index stores of one document, worked out from that document alone: in other processes where that pays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.document import SourceDocument
from corpus.raw import Tell, silent
from corpus.worker import WorkerError, shared_pool
from index.chunks import chunk_document
from index.copies import letters, windows
from index.facts import fact_rows
from index.segment import body_json
from index.tokens import words

#: Characters of all documents together from which on other processes, which have to load the dictionary, are faster.
_MANY = 200_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows and columns as they go into the database."""

    chunks: Sequence[tuple[Any, ...]]  #: columns of ``CHUNK_ROW``
    body: str
    window_hashes: bytes
    window_places: bytes
    facts: Mapping[str, Sequence[tuple[Any, ...]]]  #: by table


CHUNK_ROW = 'chunk_id, doc_id, section, path, kind, start, "end", page, text, sentences, words'


def prepared(documents: Sequence[SourceDocument]) -> Iterator[Prepared]:
    """What is stored of each of ``documents``, in order."""
    if sum(len(document.text) for document in documents) < _MANY:
        yield from map(prepare, documents)
        return
    outcomes = shared_pool().map("index.prepare:prepare", documents)
    for document, (result, error) in zip(documents, outcomes, strict=True):
        if error is not None and not isinstance(error, WorkerError):
            raise error
        # What a worker has no time or memory for is still done here: the document itself has been read.
        yield prepare(document) if error is not None else result


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
    hashes, places = windows(letters(document.text))
    return Prepared(
        rows,
        body_json(document),
        hashes.astype("<u8").tobytes(),
        places.astype("<i4").tobytes(),
        fact_rows(document),
    )
