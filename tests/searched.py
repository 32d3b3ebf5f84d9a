"""Sentences of small documents, made ready and ranked for a question without an index and without a model."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from corpus.document import SourceDocument
from fakes import HashEmbedder
from index.chunks import chunk_document
from index.passage import Passage
from index.tokens import fold
from qa.evidence import FEATURES, Candidate, Focus, Nearness, Probe, candidates, probe
from qa.question import understand
from qa.register import Register, parse_register

#: Everyday words that the tests use, and the official words for them.
REGISTER = parse_register("小孩\t儿童 未成年人\n")
WEIGHTS = {"dense": 1.0, "cover": 3.0, "rest": 2.0, "headline": 1.0, "kind": 1.0, "source": 1.0, "address": 2.0}


def rarity(word: str) -> float:
    """Every word weighs the same: what a test expects can be counted by hand."""
    return 1.0


def asked(
    question: str,
    *,
    register: Register = REGISTER,
    hinted: Collection[str] = (),
    focus: Focus | None = None,
    places: Mapping[str, frozenset[int]] | None = None,
    answers: Sequence[str] = (),
    own: str = "",
) -> Probe:
    """A question made ready to be compared with sentences."""
    return probe(
        understand(question),
        rarity,
        register,
        frozenset(hinted),
        focus=focus,
        places=places,
        answers=answers,
        own=own,
    )


def passages_of(question: str, *documents: SourceDocument) -> list[Passage]:
    """All chunks of the documents, with their nearness to the question."""
    embedder = HashEmbedder()
    vector = embedder.embed_query(question)

    def near(text: str) -> float:
        return float(np.dot(vector, embedder.embed_query(text)))

    return [
        Passage(
            chunk,
            document.header.title,
            score=near(chunk.text),
            dense=near(chunk.text),
            sentence_scores=tuple(near(document.text[start:end]) for start, end in chunk.sentences),
        )
        for document in documents
        for chunk in chunk_document(document)
    ]


def searched(ready: Probe, *documents: SourceDocument) -> list[Candidate]:
    """The sentences of the documents, those that answer the question best first."""
    passages = passages_of(ready.question.core, *documents)
    return candidates(
        ready,
        passages,
        {document.doc_id: document for document in documents},
        [WEIGHTS.get(name, 0.0) for name in FEATURES],
        {},
        {p.chunk.chunk_id: Nearness(p.sentence_scores, {}) for p in passages},
        rarity,
    )


def known_in(*documents: SourceDocument) -> Callable[[str], bool]:
    """A function that tells whether a folded word stands in the documents."""
    return lambda word: any(word in fold(document.text) for document in documents)
