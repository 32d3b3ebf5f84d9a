"""From a question to the passages that may answer it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from index.fusion import blend, relative
from index.interface import Searchable
from index.passage import Passage
from index.tokens import query_terms

Rerank = Callable[[str, list[str]], list[float]]  #: scores in 0..1 of texts for a question

_RERANKED = 20  #: passages that a reranker reads
_LEADING = 5  #: passages whose evidence decides how strong all of it is
_DEPTH = 60  #: candidates taken from each channel
_BESIDE_PROSE = 0.8  #: share of its score that a contents table, front matter or figure text keeps


class QueryEmbedder(Protocol):
    """What the retriever needs of an embedder."""

    def embed_query(self, text: str) -> np.ndarray: ...


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each channel counts."""

    chunk: float = 1.0
    sentence: float = 1.0
    body: float = 1.0
    path: float = 0.5


class Retriever:
    """Dense and sparse search over an index, fused; copies of one text give one passage."""

    def __init__(
        self,
        index: Searchable,
        embedder: QueryEmbedder,
        *,
        weights: Weights | None = None,
        rerank: Rerank | None = None,
    ) -> None:
        self.index = index
        self.embedder = embedder
        self.weights = weights or Weights()
        self.rerank = rerank

    def retrieve(
        self,
        question: str,
        k: int = 10,
        *,
        variants: Sequence[tuple[str, float]] = (),
        allowed: Collection[str] | None = None,
    ) -> list[Passage]:
        """The ``k`` best passages for ``question``, best first; fewer when the documents hold fewer.

        ``variants`` are other wordings of the question with their weights (the question's own is 1). ``allowed``
        restricts the search to these doc_ids.
        """
        wordings = [(text, weight) for text, weight in ((question, 1.0), *variants) if text.strip() and weight > 0]
        if k <= 0 or not question.strip():
            return []
        vectors = [self.embedder.embed_query(text) for text, _ in wordings]
        fused = self._fused(wordings, vectors, allowed)
        if self.rerank is None:
            return self._measured(question, vectors[0], self._passages(fused, k, allowed))
        found = self._passages(fused, max(k, _RERANKED), allowed)
        return self._reranked(question, self._measured(question, vectors[0], found))[:k]

    def _fused(
        self,
        wordings: Sequence[tuple[str, float]],
        vectors: Sequence[np.ndarray],
        allowed: Collection[str] | None,
    ) -> dict[str, float]:
        """Chunk ids with a score relative to the other chunks found for this question, best first."""
        channels: list[Mapping[str, float]] = []
        weights: list[float] = []
        own = self.weights
        for (text, share), vector in zip(wordings, vectors, strict=True):
            terms = query_terms(text)
            sentences: dict[str, float] = {}
            for hit in self.index.dense_sentences(vector, _DEPTH * 3, allowed):
                sentences.setdefault(hit.chunk_id, hit.score)
            for channel, weight in (
                (dict(self.index.dense_chunks(vector, _DEPTH, allowed)), own.chunk),
                (sentences, own.sentence),
                (dict(self.index.sparse(terms, _DEPTH, allowed)), own.body),
                (dict(self.index.sparse_path(terms, _DEPTH, allowed)), own.path),
            ):
                channels.append(channel)
                weights.append(weight * share)
        return blend([relative(channel) for channel in channels], weights)

    def _passages(self, fused: Mapping[str, float], k: int, allowed: Collection[str] | None) -> list[Passage]:
        """The best ``k`` of the fused chunks as passages, best first: copies collapsed, text outside the prose set back."""
        shares: dict[str, float] = {}
        for chunk_id, share in fused.items():
            shown = self._shown(chunk_id, allowed)
            if self.index.chunk(shown).kind != "body":
                share *= _BESIDE_PROSE
            shares[shown] = max(share, shares.get(shown, 0.0))
        order = sorted(shares, key=lambda chunk_id: -shares[chunk_id])[:k]
        chunks = [self.index.chunk(chunk_id) for chunk_id in order]
        titles = {entry.doc_id: entry.header.title for entry in self.index.documents()}
        return [Passage(chunk, titles[chunk.doc_id], shares[chunk.chunk_id]) for chunk in chunks]

    def _measured(self, question: str, vector: np.ndarray, found: Sequence[Passage]) -> list[Passage]:
        """The passages with the cosines and BM25 of the question, and scores that compare between questions.

        The first gets the strength of the evidence: how much nearer than an average chunk the nearest of the first
        passages is, and how much of the question's terms (by inverse document frequency) the best of them holds.
        The others follow in proportion to their fused scores.
        """
        if not found:
            return []
        terms = query_terms(question)
        known = sum(self.index.idf(term) for term in terms) or 1.0
        ids = [passage.chunk.chunk_id for passage in found]
        dense = self.index.chunk_scores(vector, ids)
        sparse = self.index.sparse_scores(terms, ids)
        sentences = self.index.sentence_scores(vector, ids)
        average = float(self.index.centre() @ vector)
        nearest = max(max((cosine, *own)) for cosine, own in zip(dense[:_LEADING], sentences, strict=False))
        meaning = (nearest - average) / (1.0 - average) if average < 1.0 else 0.0
        strength = min(1.0, max(0.0, (meaning + min(1.0, max(sparse[:_LEADING]) / known)) / 2))
        top = found[0].score or 1.0
        return [
            replace(passage, score=strength * passage.score / top, dense=cosine, sparse=bm25, sentence_scores=own)
            for passage, cosine, bm25, own in zip(found, dense, sparse, sentences, strict=True)
        ]

    def _reranked(self, question: str, found: Sequence[Passage]) -> list[Passage]:
        """The passages in the order of the reranker, with its scores."""
        assert self.rerank is not None
        scores = self.rerank(question, [passage.text for passage in found])
        order = sorted(zip(scores, found, strict=True), key=lambda pair: -pair[0])
        return [replace(passage, score=min(1.0, max(0.0, score))) for score, passage in order]

    def _shown(self, chunk_id: str, allowed: Collection[str] | None) -> str:
        """The chunk that stands for this one: its canonical copy, where that may be shown."""
        better = self.index.canonical(chunk_id)
        return better if allowed is None or self.index.chunk(better).doc_id in allowed else chunk_id


class RerankerUnavailable(RuntimeError):  # noqa: N818 - says what is the matter
    """The reranker cannot be loaded; the message is Chinese and says the next step."""


def open_reranker(model: str) -> Rerank:
    """A ``rerank`` for the Retriever from a sentence-transformers CrossEncoder (hub id or folder).

    Raises RerankerUnavailable.
    """
    from index.embedder import model_folder, reason_of

    try:
        folder = model_folder(
            model
        )  # first: without a network it fails at once, where the library would try five times

        from sentence_transformers import CrossEncoder
        from torch import nn

        encoder = CrossEncoder(str(folder))
    except Exception as error:  # the libraries raise many kinds: no network, missing files, unknown architecture
        raise RerankerUnavailable(
            f"重排模型“{model}”无法加载（{reason_of(error)}）。"
            "若是模型名，请确认拼写正确、能联网下载；也可先在别处下载，"
            "再设置 POLICYQA_RERANKER=/本地/模型目录；删去这项设置则不重排。"
        ) from error

    def rerank(question: str, texts: list[str]) -> list[float]:
        scores = encoder.predict([(question, text) for text in texts], activation_fn=nn.Sigmoid())
        return [float(score) for score in scores]

    return rerank
