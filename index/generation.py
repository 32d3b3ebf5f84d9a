"""One generation of the index: which documents it holds, in order, and in which segments they stand.

It is a small file, manifest.json: format, embedder, the segments with the checksums of their manifests, and the
documents as stretches [segment, number of the first document, how many]. A document in no stretch has left the index.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Literal

import numpy as np

from corpus.document import SourceDocument
from index.chunks import VERSION as CHUNKING
from index.copies import CONTAINED, WINDOW, letters, match, same_windows, shared_runs, windows
from index.dense import Dense, Stretch
from index.facts import VERSION as FACTS
from index.interface import DocumentEntry, SentenceHit
from index.late import max_sim
from index.passage import Chunk, Copy
from index.segment import (
    CHUNK_COLUMNS,
    DOCUMENT_COLUMNS,
    REBUILD,
    IndexUnusable,
    Segment,
    check_files,
    checksum,
    chunk_from,
    document_from,
    read_manifest,
)
from index.sparse import Bm25
from index.tokens import HAN, fold

FORMAT = 8  #: raised whenever files of an older program would be read wrongly


_LOOKED_THROUGH = 100  #: documents whose texts are searched for a string one by one
_EDGE = 8  #: characters at the end of a chunk of which one is no space


class IndexOutdated(IndexUnusable):
    """An older version of this program has written the index. Its documents are whole: it can be remade of them."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Documents that follow each other in a segment and in the index: chunk rows ``low`` to ``high`` of the segment."""

    segment: Segment
    low: int
    high: int
    row: int  #: in the index
    sentence: int  #: number of the first sentence, in the index


def manifest_of(
    embedder: Mapping[str, Any],
    segments: Sequence[Path],
    documents: Iterable[tuple[int, int]],
    moved: Mapping[str, tuple[str, str]],
) -> dict[str, Any]:
    """The manifest of a generation of ``documents`` (place of the segment, number there), in this order.

    ``moved``: doc_id -> file name and source, where these are no longer what the segment says.
    """
    stretches: list[list[int]] = []
    for place, number in documents:
        if stretches and stretches[-1][0] == place and sum(stretches[-1][1:]) == number:
            stretches[-1][2] += 1
        else:
            stretches.append([place, number, 1])
    return {
        "format": FORMAT,
        "chunking": CHUNKING,
        "facts": FACTS,
        "embedder": embedder,
        "segments": [{"name": folder.name, "sha256": checksum(folder / "manifest.json")} for folder in segments],
        "documents": stretches,
        "moved": {doc_id: list(place) for doc_id, place in moved.items()},
    }


def check(manifest: Mapping[str, Any], embedder: Mapping[str, Any]) -> None:
    """IndexUnusable when a generation was written by another program version or for another embedder."""
    try:
        written, built = int(manifest["format"]), dict(manifest["embedder"])
    except (ValueError, KeyError, TypeError) as error:
        raise IndexUnusable(f"索引的说明文件 manifest.json 已损坏（{error}）。{REBUILD}") from error
    if written > FORMAT:
        raise IndexUnusable(
            f"索引由更新版本的 policyqa 写成（格式 {written}，本版本只认 {FORMAT}）。请升级 policyqa，或{REBUILD}"
        )
    if written < FORMAT:
        raise IndexOutdated(f"索引是旧格式（{written}，本版本为 {FORMAT}）。{REBUILD}")
    if manifest.get("chunking") != CHUNKING:
        raise IndexOutdated(f"索引由另一版本的 policyqa 写成，切分正文的方法已经改变。{REBUILD}")
    if manifest.get("facts") != FACTS:
        raise IndexOutdated(f"索引由另一版本的 policyqa 写成，提取职责和数字的方法已经改变。{REBUILD}")
    if built != embedder:
        other = built.get("name") != embedder["name"]
        now = f"现在要用的是“{embedder['name']}”" if other else "现在是同名模型的另一版本或另一种设置"
        raise IndexUnusable(
            f"索引是用嵌入模型“{built.get('name')}”建立的，{now}，两者的向量不能混用。请改回原来的模型，或{REBUILD}"
        )


def open_generation(
    folder: Path, segments: Path, embedder: Mapping[str, Any], before: Generation | None = None
) -> Generation:
    """The generation in ``folder``, whose segments stand in the folder ``segments``.

    Segments that the generation ``before`` has open are not opened again. Raises IndexUnusable, and FileNotFoundError
    when something is not there (any more).
    """
    manifest = read_manifest(folder)
    check(manifest, embedder)
    known = {} if before is None else {segment.name: segment for segment in before.segments}
    try:
        named = [(str(one["name"]), str(one["sha256"])) for one in manifest["segments"]]
        fresh = {}
        for name, sha256 in named:
            if not name.isdigit() or checksum(segments / name / "manifest.json") != sha256:
                raise IndexUnusable(f"索引 {folder.name} 的片段 {name} 与它不相配。{REBUILD}")
            if name not in known:
                fresh[segments / name] = read_manifest(segments / name)
        check_files(fresh)
        known |= {path.name: Segment(path, own) for path, own in fresh.items()}
        return Generation(folder, manifest, [known[name] for name, _ in named])
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise IndexUnusable(f"索引 {folder.name} 无法读取（{error}）。{REBUILD}") from error


class Generation:
    """Read access to one generation, safe to share between threads.

    Its files are held: it goes on when a writer clears them away.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any], segments: Sequence[Segment]) -> None:
        self.folder = folder
        self.segments = segments
        self.moved: dict[str, tuple[str, str]] = {}
        self.entries: dict[str, DocumentEntry] = {}
        self.homes: dict[str, tuple[Segment, int]] = {}  #: where a document stands: segment, number in it
        self.rows_of: dict[str, tuple[int, int]] = {}
        self.positions: dict[str, int] = {}
        self._pieces = pieces = list[_Piece]()
        row = sentence = 0
        for place, first, count in manifest["documents"]:
            segment = segments[place]
            low, high = int(segment.first_chunk[first]), int(segment.first_chunk[first + count])
            self._pieces.append(_Piece(segment, low, high, row, sentence))
            for number in range(first, first + count):
                entry = segment.entries[number]
                if entry.doc_id in manifest["moved"]:
                    file_name, source = self.moved[entry.doc_id] = tuple(manifest["moved"][entry.doc_id])
                    entry = replace(entry, file_name=file_name, source=source)
                self.positions[entry.doc_id] = len(self.entries)
                self.entries[entry.doc_id] = entry
                self.homes[entry.doc_id] = segment, number
                self.rows_of[entry.doc_id] = row, row + entry.chunks
                row += entry.chunks
            sentence += int(segment.first_sentence[high] - segment.first_sentence[low])
        self.chunk_count = row
        self._dense_chunks = Dense(
            [Stretch(p.segment.chunk_vectors, p.low, p.high, p.row, p.segment.folder / "chunks.faiss") for p in pieces]
        )
        self._dense_sentences = Dense(
            [
                Stretch(
                    p.segment.sentence_vectors,
                    int(p.segment.first_sentence[p.low]),
                    int(p.segment.first_sentence[p.high]),
                    p.sentence,
                    p.segment.folder / "sentences.faiss",
                )
                for p in pieces
            ]
        )
        self._starts = [piece.row for piece in self._pieces]

    @classmethod
    def empty(cls) -> Generation:
        """What a first write begins from."""
        return cls(Path(), {"documents": [], "moved": {}}, [])

    def of(self, doc_id: str, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Rows of the segment in which a document stands; [] when it is not in the index."""
        return self.homes[doc_id][0].query(sql, parameters) if doc_id in self.homes else []

    def everywhere(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Rows of all segments whose first column is a doc_id, of the documents that stand there."""
        for segment in self.segments:
            for row in segment.query(sql, parameters):
                if row[0] in self.homes and self.homes[row[0]][0] is segment:
                    yield row

    def _at(self, row: int) -> tuple[Segment, int]:
        """The segment of a chunk row, and the row there."""
        piece = self._pieces[bisect_right(self._starts, row) - 1]
        return piece.segment, row - piece.row + piece.low

    @cached_property
    def chunk_ids(self) -> tuple[str, ...]:
        """The chunk ids in row order."""
        return tuple(name for piece in self._pieces for name in piece.segment.chunk_ids[piece.low : piece.high])

    @cached_property
    def first_sentence(self) -> np.ndarray:
        """For each chunk row the number of its first sentence, and the total at the end."""
        counts = [np.diff(piece.segment.first_sentence[piece.low : piece.high + 1]) for piece in self._pieces]
        return np.cumsum(np.concatenate([[0], *counts])).astype(np.int64)

    @cached_property
    def rows(self) -> dict[str, int]:
        """Row of each chunk id."""
        return {chunk_id: row for row, chunk_id in enumerate(self.chunk_ids)}

    @cached_property
    def canonical(self) -> dict[str, str]:
        """For every chunk that stands in a better document too: the chunk there."""
        found: dict[str, list[tuple[str, str]]] = {}
        for segment in self.segments:
            for chunk_id, doc_id, other, digest, whole in segment.query(
                "SELECT chunk_id, doc_id, other, digest, whole FROM copies WHERE whole IS NOT NULL"
            ):
                still = chunk_id in self.rows and self.digest(other) == digest
                if still and self.rank(other) < self.rank(doc_id):
                    found.setdefault(chunk_id, []).append((other, whole))
        return {chunk_id: min(copies, key=lambda copy: self.rank(copy[0]))[1] for chunk_id, copies in found.items()}

    def rank(self, doc_id: str) -> tuple[int, int, int]:
        """Of two documents that say the same the one of lower rank is shown: of more authority, longer, earlier."""
        entry = self.entries[doc_id]
        return entry.header.authority, -entry.length, self.positions[doc_id]

    def digest(self, doc_id: str) -> str:
        """What tells whether a document is what it was (``segment.digest_of``); "" when it is not in the index."""
        segment, number = self.homes.get(doc_id, (None, 0))
        return segment.digests[number] if segment else ""

    def document(self, doc_id: str) -> SourceDocument:
        document: SourceDocument = self._document(doc_id)
        return document

    @cached_property
    def _document(self) -> Any:
        return lru_cache(maxsize=64)(self._read_document)

    def _read_document(self, doc_id: str) -> SourceDocument:
        rows = self.of(doc_id, f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE doc_id = ?", [doc_id])
        if not rows:
            raise KeyError(f"索引里没有文件“{doc_id}”；policyqa documents list 列出全部文件。")
        entry = self.entries[doc_id]
        return replace(document_from(*rows[0]), file_name=entry.file_name, source=entry.source)

    @cached_property
    def letters(self) -> Any:
        """``letters(doc_id)``: the letters of a document, kept for the next call."""
        return lru_cache(maxsize=128)(lambda doc_id: letters(self.document(doc_id).text))

    def chunks(self, doc_id: str | None = None) -> list[Chunk]:
        if doc_id is not None:
            rows = self.of(doc_id, f"SELECT {CHUNK_COLUMNS} FROM chunks WHERE doc_id = ? ORDER BY row", [doc_id])
        else:
            found = self.everywhere(f"SELECT doc_id, {CHUNK_COLUMNS} FROM chunks ORDER BY row")
            rows = [row[1:] for row in sorted(found, key=lambda row: self.positions[row[0]])]
        return [chunk_from(row, self._also_in(row[0])) for row in rows]

    def _also_in(self, chunk_id: str) -> tuple[Copy, ...]:
        """Where most of a chunk stands in other documents, the best first."""
        found: dict[str, Copy] = {}
        for segment in self.segments:
            if chunk_id in segment.copied:
                for other, digest, section, start, end in segment.query(
                    'SELECT other, digest, section, start, "end" FROM copies WHERE chunk_id = ?', [chunk_id]
                ):
                    if self.digest(other) == digest:
                        title = self.entries[other].header.title
                        found[other] = Copy(other, title, tuple(json.loads(section)), start, end)
        return tuple(found[other] for other in sorted(found, key=self.rank))

    @cached_property
    def chunk(self) -> Any:
        """``chunk(chunk_id)``."""
        return lru_cache(maxsize=4096)(self._read_chunk)

    def _read_chunk(self, chunk_id: str) -> Chunk:
        if chunk_id not in self.rows:
            raise KeyError(f"索引里没有片段 {chunk_id}。")
        segment, row = self._at(self.rows[chunk_id])
        (found,) = segment.query(f"SELECT {CHUNK_COLUMNS} FROM chunks WHERE row = ?", [row])
        return chunk_from(found, self._also_in(chunk_id))

    def neighbours(self, chunk_id: str) -> tuple[Chunk | None, Chunk | None]:
        row = self.rows[chunk_id]
        first, last = self.rows_of[self.chunk(chunk_id).doc_id]
        before = self.chunk(self.chunk_ids[row - 1]) if row > first else None
        after = self.chunk(self.chunk_ids[row + 1]) if row + 1 < last else None
        return before, after

    def allowed_rows(self, allowed: Collection[str] | None) -> np.ndarray | None:
        """Chunk rows of the ``allowed`` documents, ascending; None for no restriction."""
        if allowed is None:
            return None
        ranges = sorted(self.rows_of[doc_id] for doc_id in set(allowed) if doc_id in self.rows_of)
        return np.concatenate([np.arange(*span, dtype=np.int64) for span in ranges] or [np.empty(0, np.int64)])

    def dense_chunks(self, vector: np.ndarray, k: int, allowed: Collection[str] | None) -> list[tuple[str, float]]:
        found = self._dense_chunks.nearest(vector, k, self.allowed_rows(allowed))
        return [(self.chunk_ids[row], score) for row, score in found]

    def dense_sentences(self, vector: np.ndarray, k: int, allowed: Collection[str] | None) -> list[SentenceHit]:
        rows = self.allowed_rows(allowed)
        if rows is not None:
            spans = [np.arange(self.first_sentence[r], self.first_sentence[r + 1], dtype=np.int64) for r in rows]
            rows = np.concatenate(spans or [np.empty(0, np.int64)])
        found = self._dense_sentences.nearest(vector, k, rows)
        homes = np.searchsorted(self.first_sentence, [number for number, _ in found], side="right") - 1
        firsts = self.first_sentence[homes].tolist()
        return [
            SentenceHit(self.chunk_ids[row], number - first, score)
            for (number, score), row, first in zip(found, homes.tolist(), firsts, strict=True)
        ]

    @cached_property
    def bm25_body(self) -> Bm25:
        """BM25 over the text."""
        return self._bm25("body")

    @cached_property
    def bm25_path(self) -> Bm25:
        """BM25 over document title and section path."""
        return self._bm25("path")

    def _bm25(self, field: Literal["body", "path"]) -> Bm25:
        rows = {segment.name: np.full(int(segment.first_chunk[-1]), -1, np.int64) for segment in self.segments}
        for piece in self._pieces:
            rows[piece.segment.name][piece.low : piece.high] = np.arange(piece.row, piece.row + piece.high - piece.low)
        return Bm25([(getattr(segment, field), rows[segment.name]) for segment in self.segments], self.chunk_count)

    def sparse(
        self, bm25: Bm25, terms: Sequence[str], k: int, allowed: Collection[str] | None
    ) -> list[tuple[str, float]]:
        scores = bm25.scores(terms)
        if scores is None:
            return []
        rows = self.allowed_rows(allowed)
        if rows is not None:
            masked = np.zeros_like(scores)
            masked[rows] = scores[rows]
            scores = masked
        best = np.argpartition(-scores, min(k, len(scores)) - 1)[:k] if k < len(scores) else np.arange(len(scores))
        best = best[np.lexsort((best, -scores[best]))]
        return [(self.chunk_ids[row], float(scores[row])) for row in best if scores[row] > 0]

    def chunk_scores(self, vector: np.ndarray, chunk_ids: Sequence[str]) -> list[float]:
        if not chunk_ids:
            return []
        places = [self._at(self.rows[chunk_id]) for chunk_id in chunk_ids]
        scores: list[float] = (np.stack([segment.chunk_vectors[row] for segment, row in places]) @ vector).tolist()
        return scores

    def sentence_scores(self, vector: np.ndarray, chunk_id: str) -> tuple[float, ...]:
        segment, row = self._at(self.rows[chunk_id])
        own = segment.sentences_of(row)
        scores: list[float] = (
            segment.sentence_vectors[own.start : own.stop] @ np.asarray(vector, dtype=np.float32)
        ).tolist()
        return tuple(scores)

    def token_scores(self, tokens: np.ndarray, chunk_ids: Sequence[str]) -> list[np.ndarray]:
        places = [self._at(self.rows[chunk_id]) for chunk_id in chunk_ids]
        spans = [(segment, segment.sentences_of(row)) for segment, row in places]
        bounds = [segment.first_token[own.start : own.stop + 1] for segment, own in spans]
        # All at once: many small products would each wake the threads that the embedding model needs.
        codes = [
            segment.token_codes[own[0] : own[-1]]
            for (segment, _), own in zip(spans, bounds, strict=True)
            if own[-1] > own[0]
        ]
        if not codes:
            return [np.empty((0, len(tokens)), dtype=np.float32)] * len(places)
        lengths = np.concatenate([np.diff(own) for own in bounds])
        starts = np.cumsum([0, *lengths[:-1]])
        nearest = max_sim(tokens, np.concatenate(codes), starts)
        return np.split(nearest, np.cumsum([len(own) for _, own in spans])[:-1])

    @cached_property
    def centre(self) -> np.ndarray:
        """The mean of the chunk vectors."""
        total = np.zeros(self.segments[0].chunk_vectors.shape[1] if self.segments else 0)
        for segment, number in self.homes.values():
            total += segment.sums[number]
        return (total / max(1, self.chunk_count)).astype(np.float32)

    def copies_of(self, doc_id: str, start: int, end: int) -> list[Copy]:
        own = self.letters(doc_id)
        first, last = own.span(start, end)
        found = []
        for other, seeds in self._seeds(doc_id, own.text, first, last).items():
            text = self.letters(other)
            copy = match(shared_runs(own, text, seeds), first, last, own, text, CONTAINED)
            if copy is not None and copy.agrees:
                found.append(self.copy_at(other, *text.place(copy.start, copy.end)))
        return sorted(found, key=lambda copy: (self.entries[copy.doc_id].header.authority, copy.doc_id))

    def _seeds(self, doc_id: str, text: str, first: int, last: int) -> dict[str, list[tuple[int, int]]]:
        """Windows (letter in the document, letter there) that the documents share which may hold a copy of the letters
        ``[first, last)``: two fifths of the windows within, since what tells them apart ends some."""
        begin = max(0, first - WINDOW + 1)
        hashes, places = windows(text[begin : last + WINDOW - 1])
        places = places + begin
        within = int(np.sum((places >= first) & (places + WINDOW <= last)))
        found: dict[str, list[tuple[int, int]]] = {}
        tables = [segment.windows for segment in self.segments]
        for segment, (which, where) in zip(self.segments, same_windows(tables, hashes), strict=True):
            for place, (number, letter, _) in zip(places[which].tolist(), where.tolist(), strict=True):
                other = segment.entries[number].doc_id
                if other != doc_id and self.homes.get(other) == (segment, number):
                    found.setdefault(other, []).append((place, letter))
        return {other: seeds for other, seeds in found.items() if len(seeds) >= 0.4 * within}

    def copy_at(self, doc_id: str, start: int, end: int) -> Copy:
        """The named place as a Copy."""
        document = self.document(doc_id)
        path = document.path(document.section_at(start))
        return Copy(doc_id, document.header.title, path, start, end)

    def holds(self, folded: str) -> bool:
        """Whether a folded string stands in the folded text of a document."""
        return bool(self.holders(folded, most=1))

    def holders(self, folded: str, most: int | None = None) -> list[str]:
        """doc_ids of the documents whose folded text holds a folded string, in order, ``most`` of them."""
        texts, pairs, borders = self._folded
        own = list(map("".join, pairwise(folded)))
        # Most of what is asked for and stands nowhere has a pair of characters that stands nowhere.
        if not all(pair in pairs for pair in own):
            return []
        named: Iterable[str] = texts
        rare = [pair for pair in own if HAN.fullmatch(pair)]
        if rare and len(texts) > _LOOKED_THROUGH:
            # Only the documents that have its rarest pair, in a chunk or from one to the next, are looked through.
            pair = min(rare, key=self.bm25_body.frequency)
            having = {*self._documents_of(pair), *borders.get(pair, ())}
            named = sorted(having, key=self.positions.__getitem__)
        return list(islice((doc_id for doc_id in named if folded in texts[doc_id]), most))

    def _documents_of(self, term: str) -> Iterator[str]:
        """The documents that have a term of sparse search in one of their chunks."""
        names, ends = self._row_ends
        numbers = np.searchsorted(ends, self.bm25_body.rows_with(term), side="right")
        return (names[number] for number in np.unique(numbers).tolist())

    @cached_property
    def _row_ends(self) -> tuple[list[str], np.ndarray]:
        """The documents in row order, and where the rows of each end."""
        return list(self.rows_of), np.array([end for _, end in self.rows_of.values()])

    @cached_property
    def _folded(self) -> tuple[dict[str, str], frozenset[str], dict[str, list[str]]]:
        """The folded text of each document, the pairs of characters of all, and the documents that have a pair from the
        end of one chunk to the next.

        Put together from the chunks: they cover each text, and reading the documents themselves takes much longer.
        """
        texts: dict[str, list[str]] = {doc_id: [] for doc_id in self.entries}
        for doc_id, text in self.everywhere("SELECT doc_id, text FROM chunks ORDER BY row"):
            texts[doc_id].append(text)
        folded = {doc_id: fold("".join(parts)) for doc_id, parts in texts.items()}
        borders: dict[str, list[str]] = {}
        for doc_id, parts in texts.items() if len(texts) > _LOOKED_THROUGH else ():
            for before, after in pairwise(parts):
                pair = fold(before[-_EDGE:])[-1:] + fold(after[:_EDGE])[:1]
                borders.setdefault(pair, []).append(doc_id)
        pairs = frozenset(pair for text in folded.values() for pair in map("".join, pairwise(text)))
        return folded, pairs, borders

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """The words of the corpus, each with the number of chunks that hold it."""
        if len(self.segments) == 1 and len(self.entries) == len(self.segments[0].entries):
            return dict(self.segments[0].query("SELECT word, chunks FROM vocabulary"))
        counts: Counter[str] = Counter()
        for segment in self.segments:
            counts.update(dict(segment.query("SELECT word, chunks FROM vocabulary")))
            for number, entry in enumerate(segment.entries):
                if self.homes.get(entry.doc_id) != (segment, number):
                    for (words,) in segment.query("SELECT words FROM chunks WHERE doc_id = ?", [entry.doc_id]):
                        counts.subtract(set(words.split(" ")) if words else ())
        return dict(sorted((+counts).items()))

    @cached_property
    def idf(self) -> Any:
        """``idf(term)``."""
        return lru_cache(maxsize=65_536)(self.bm25_body.idf)
