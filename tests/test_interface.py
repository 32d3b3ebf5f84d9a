"""Another engine takes the place of the index by keeping its interface: here one that is a few dictionaries."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np

from corpus.document import SourceDocument
from corpus.duties import Duty, find_duties
from corpus.figures import Figure, find_figures
from corpus.relations import Relation, RelationKind, find_relations
from fakes import HashEmbedder
from index.chunks import chunk_document
from index.interface import DocumentEntry, Progress, SentenceHit, Store, Summary
from index.passage import Chunk, Copy
from index.tokens import fold, terms_of, words
from outlined import outlined
from qa import PolicyQA, Settings

FISHING = outlined(
    "一、渔港\n由省渔业厅负责建设避风锚地，到2027年建成十二座。\n二、渔民\n开展安全技能培训。", "渔业", title="渔业意见"
)
FOREST = outlined("一、古树\n由省林业厅负责建立古树名木档案。\n二、林道\n修缮防火林道。", "林业", title="林业办法")


class DictStore:
    """Keeps all in dictionaries, and counts shared terms where an index knows better."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.embedder = HashEmbedder()
        self.texts: dict[str, SourceDocument] = {}
        self.cut: dict[str, Chunk] = {}

    # writing

    def build(
        self,
        documents: Sequence[SourceDocument],
        progress: Progress | None = None,
        *,
        unchanged: Collection[str] = (),
        moved: Mapping[str, Path] | None = None,
        order: Sequence[str] = (),
    ) -> Summary:
        for doc_id in [d for d, text in self.texts.items() if text.source not in unchanged]:
            self.remove(doc_id)
        return self.add(documents)

    def add(
        self,
        documents: Sequence[SourceDocument],
        progress: Progress | None = None,
        *,
        moved: Mapping[str, Path] | None = None,
        gone: Collection[str] = (),
    ) -> Summary:
        self.texts = self.texts | {document.doc_id: document for document in documents}
        self.cut = {chunk.chunk_id: chunk for document in self.texts.values() for chunk in chunk_document(document)}
        return Summary(added=tuple(document.doc_id for document in documents))

    def remove(self, doc_id: str, progress: Progress | None = None) -> Summary:
        self.texts = {key: text for key, text in self.texts.items() if key != doc_id}
        self.add([])
        return Summary(removed=(doc_id,))

    # fetching

    def documents(self) -> list[DocumentEntry]:
        return [
            DocumentEntry(d.doc_id, d.file_name, d.fingerprint, d.header, len(d.text), len(self.chunks(d.doc_id)))
            for d in self.texts.values()
        ]

    def document(self, doc_id: str) -> SourceDocument:
        return self.texts[doc_id]

    def chunks(self, doc_id: str | None = None) -> list[Chunk]:
        return [chunk for chunk in self.cut.values() if doc_id in (None, chunk.doc_id)]

    def chunk(self, chunk_id: str) -> Chunk:
        return self.cut[chunk_id]

    def canonical(self, chunk_id: str) -> str:
        return chunk_id

    def copies_of(self, doc_id: str, start: int, end: int) -> list[Copy]:
        return []

    # searching

    def _vector(self, text: str) -> np.ndarray:
        return self.embedder.embed_query(text)

    def _best(self, scores: Mapping[str, float], k: int, allowed: Collection[str] | None) -> list[tuple[str, float]]:
        found = [
            hit for hit in scores.items() if hit[1] > 0 and (allowed is None or self.cut[hit[0]].doc_id in allowed)
        ]
        return sorted(found, key=lambda hit: -hit[1])[:k]

    def _sentences(self, chunk_id: str) -> list[str]:
        chunk = self.cut[chunk_id]
        return [self.texts[chunk.doc_id].text[start:end] for start, end in chunk.sentences]

    def dense_chunks(
        self, vector: np.ndarray, k: int, allowed: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        return self._best(dict(zip(self.cut, self.chunk_scores(vector, list(self.cut)), strict=True)), k, allowed)

    def dense_sentences(self, vector: np.ndarray, k: int, allowed: Collection[str] | None = None) -> list[SentenceHit]:
        scores = dict(zip(self.cut, self.sentence_scores(vector, list(self.cut)), strict=True))
        best = self._best({chunk_id: max(own, default=0.0) for chunk_id, own in scores.items()}, k, allowed)
        return [SentenceHit(chunk_id, scores[chunk_id].index(score), score) for chunk_id, score in best]

    def sparse(self, terms: Sequence[str], k: int, allowed: Collection[str] | None = None) -> list[tuple[str, float]]:
        return self._best(dict(zip(self.cut, self.sparse_scores(terms, list(self.cut)), strict=True)), k, allowed)

    def sparse_path(
        self, terms: Sequence[str], k: int, allowed: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        scores = {c: float(sum(term in "".join(chunk.path) for term in terms)) for c, chunk in self.cut.items()}
        return self._best(scores, k, allowed)

    def chunk_scores(self, vector: np.ndarray, chunk_ids: Sequence[str]) -> list[float]:
        return [float(self._vector(self.cut[chunk_id].text) @ vector) for chunk_id in chunk_ids]

    def sentence_scores(self, vector: np.ndarray, chunk_ids: Sequence[str]) -> list[tuple[float, ...]]:
        return [tuple(float(self._vector(s) @ vector) for s in self._sentences(c)) for c in chunk_ids]

    def sparse_scores(self, terms: Sequence[str], chunk_ids: Sequence[str]) -> list[float]:
        return [sum(self.idf(t) for t in terms if t in self._terms(self.cut[c].text)) for c in chunk_ids]

    def token_scores(self, tokens: np.ndarray, chunk_ids: Sequence[str]) -> list[np.ndarray]:
        return [
            np.array([(self.embedder.embed_tokens(s)[1] @ tokens.T).max(axis=0) for s in self._sentences(chunk_id)])
            for chunk_id in chunk_ids
        ]

    def centre(self) -> np.ndarray:
        centre: np.ndarray = np.mean([self._vector(chunk.text) for chunk in self.cut.values()], axis=0)
        return centre

    # words and facts

    @staticmethod
    def _terms(text: str) -> set[str]:
        return set(terms_of(words(text), fold(text)))

    def idf(self, term: str) -> float:
        return math.log(1 + len(self.cut) / (1 + sum(term in self._terms(c.text) for c in self.cut.values())))

    def vocabulary(self) -> Mapping[str, int]:
        return Counter(word for chunk in self.cut.values() for word in set(words(chunk.text)))

    def holds(self, folded: str) -> bool:
        return bool(self.holders(folded))

    def holders(self, folded: str) -> list[str]:
        return [doc_id for doc_id, text in self.texts.items() if folded in fold(text.text)]

    def duties_of(self, doc_id: str) -> tuple[Duty, ...]:
        return tuple(find_duties(self.texts[doc_id]))

    def documents_with_duties(self, names: Collection[str] | None = None) -> dict[str, int]:
        told = {
            d: [duty for duty in self.duties_of(d) if names is None or {*names} & {*duty.departments}]
            for d in self.texts
        }
        return {doc_id: len(duties) for doc_id, duties in told.items() if duties}

    def department_names(self) -> frozenset[str]:
        return frozenset(fold(name) for d in self.texts for duty in self.duties_of(d) for name in duty.departments)

    def figures(self, indicator: str = "", doc_id: str | None = None, year: str | None = None) -> list[Figure]:
        found = (figure for d in self.texts.values() if doc_id in (None, d.doc_id) for figure in find_figures(d))
        return [f for f in found if indicator in f.subject + f.indicator and year in (None, f.time[:4])]

    def relations(
        self, doc_id: str | None = None, kind: RelationKind | None = None, number: str | None = None
    ) -> list[Relation]:
        found = (one for d in self.texts.values() if doc_id in (None, d.doc_id) for one in find_relations(d))
        return [r for r in found if kind in (None, r.kind) and number in (None, r.number)]


def test_a_store_of_dictionaries_answers_a_question(tmp_path: Path) -> None:
    store: Store = DictStore(tmp_path)
    store.build([FISHING, FOREST])
    bot = PolicyQA(store, HashEmbedder(), Settings(data_dir=tmp_path))
    answer = bot.ask("古树名木档案由谁负责建立？")
    assert not answer.refused and "省林业厅" in answer.text
    (citation,) = answer.citations
    assert bot.document(citation.doc_id).text[citation.start : citation.end] == citation.quote
    assert [passage.doc_id for passage in bot.retrieve("避风锚地", 1)] == ["渔业"]
    bot.remove("林业")
    assert bot.doc_ids() == ["渔业"]
    assert bot.ask("古树名木档案由谁负责建立？").refused
