"""One generation of the index: a folder of plain files that is written once and then only read.

manifest.json      format, embedder, counts, size and checksum of every other file
index.sqlite       documents, chunks, words, runs shared between documents, facts (index.facts)
chunks.npy         a vector for each chunk row          chunks.faiss      the same, for search
sentences.npy      a vector for each sentence           sentences.faiss
tokens.npy         codes of a vector for each token of each sentence (index.late)
centre.npy         mean of the chunk vectors
first_sentence.npy for each chunk row the number of its first sentence, and the total at the end
first_token.npy    for each sentence the number of its first token, and the total at the end
body/, path/       BM25 over the terms of the text and of document title and section path
"""

from __future__ import annotations

import hashlib
import importlib
import json
import logging
import math
import mmap
import sqlite3
import threading
import weakref
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import Header, LeftOut, Section, SourceDocument
from index.chunks import VERSION as CHUNKING
from index.copies import CONTAINED, Run, letters, matches, near_runs
from index.facts import SCHEMA as FACTS_SCHEMA
from index.facts import VERSION as FACTS
from index.late import max_sim
from index.passage import Chunk, Copy
from index.tokens import fold

FORMAT = 5  #: raised whenever files of an older program would be read wrongly
_CHECKED_IN_FULL = 64 << 20  #: files up to this size are read and compared with their checksum when opened
_REBUILD = "运行 policyqa index --rebuild 重建索引。"


class IndexUnusable(RuntimeError):
    """The index on disk cannot be used: damaged, of another program version or of another embedding model."""


class IndexOutdated(IndexUnusable):
    """An older version of this program has written the index. Its documents are whole: it can be remade of them."""


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


def build_faiss(vectors: np.ndarray, exact_up_to: int = 200_000) -> Any:
    """A FAISS inner-product index over ``vectors``: exact up to a size, beyond it inverted lists of 8-bit codes."""
    import faiss

    count, dimension = vectors.shape
    index: Any
    if count <= exact_up_to:
        index = faiss.IndexFlatIP(dimension)
    else:
        lists = int(math.sqrt(count))  # training takes the square of it; a sixteenth is searched all the same
        index = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
        # 40 vectors a list are as many as FAISS asks for; training is what takes long.
        index.train(np.ascontiguousarray(vectors[:: max(1, count // (lists * 40))], dtype=np.float32))
        index.nprobe = max(16, lists // 16)
    for begin in range(0, count, 65_536):
        index.add(np.ascontiguousarray(vectors[begin : begin + 65_536], dtype=np.float32))
    return index


class Terms:
    """Texts as the numbers of their terms, four bytes each: the terms themselves would fill the memory."""

    def __init__(self) -> None:
        self.texts: list[array[int]] = []
        self.numbers: dict[str, int] = {}

    def add(self, terms: Iterable[str]) -> None:
        """The next text."""
        numbers = self.numbers
        self.texts.append(array("i", [numbers.setdefault(term, len(numbers)) for term in terms]))


def build_sparse(terms: Terms, folder: Path) -> None:
    """BM25 over the terms of each text, written to ``folder`` as arrays and JSON. ``terms`` are used up."""
    folder.mkdir()
    if not terms.numbers:  # bm25s cannot count nothing; an empty folder stands for an empty field
        return
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it asks for its debug lines to be shown
    bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend="numpy")
    vocabulary = {term: number for number, term in enumerate(sorted(terms.numbers))}
    sorted_number = np.array([vocabulary[term] for term in terms.numbers], dtype=np.int32)
    for number, text in enumerate(terms.texts):
        terms.texts[number] = array("i", sorted_number[text].tobytes())
    bm25.index((terms.texts, vocabulary), create_empty_token=False, show_progress=False)
    bm25.save(folder, show_progress=False, allow_pickle=False)


def read_only(database: Path) -> sqlite3.Connection:
    """A connection, for all threads, to a database that is written no more."""
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def unload(array: np.ndarray) -> None:
    """Takes what was read of a mapped file out of this process's memory again; it is read anew when it is needed."""
    base: Any = array
    while base is not None and not isinstance(base, mmap.mmap):
        base = getattr(base, "base", None)
    if base is not None and hasattr(mmap, "MADV_DONTNEED"):
        base.madvise(mmap.MADV_DONTNEED)


def save_rows(path: Path, pieces: Iterable[np.ndarray], like: np.ndarray) -> None:
    """The rows of all ``pieces`` as one .npy file, written piece by piece: together they may not fit into memory.

    ``like``: an array, empty or not, of their kind and width.
    """
    with path.open("wb") as file:

        def header(rows: int) -> None:
            shape = {"descr": like.dtype.str, "fortran_order": False, "shape": (rows, *like.shape[1:])}
            np.lib.format.write_array_header_1_0(file, shape)

        header(0)
        begin, rows, loaded = file.tell(), 0, 0
        for piece in pieces:
            loaded += file.write(np.ascontiguousarray(piece, dtype=like.dtype).data)
            rows += len(piece)
            if loaded > _CHECKED_IN_FULL:
                unload(piece)
                loaded = 0
        file.seek(0)
        header(rows)
        assert file.tell() == begin, "numpy leaves room for the number of rows to grow"


def write_manifest(folder: Path, facts: Mapping[str, Any]) -> None:
    """The manifest of a finished folder: ``facts`` and every file with its size and checksum."""
    files = {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": _checksum(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    manifest = {"format": FORMAT, "chunking": CHUNKING, "facts": FACTS, **facts, "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(folder: Path, embedder_name: str, fingerprint: str, dimension: int) -> dict[str, Any]:
    """The manifest of ``folder``; IndexUnusable when these files are not whole or not for this embedder."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        written, files = int(manifest["format"]), dict(manifest["files"])
        built = manifest["embedder"]
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnusable(f"索引的说明文件 {folder.name}/manifest.json 已损坏（{error}）。{_REBUILD}") from error
    if written > FORMAT:
        raise IndexUnusable(
            f"索引由更新版本的 policyqa 写成（格式 {written}，本版本只认 {FORMAT}）。请升级 policyqa，或{_REBUILD}"
        )
    if written < FORMAT:
        raise IndexOutdated(f"索引是旧格式（{written}，本版本为 {FORMAT}）。{_REBUILD}")
    if manifest.get("chunking") != CHUNKING:
        raise IndexOutdated(f"索引由另一版本的 policyqa 写成，切分正文的方法已经改变。{_REBUILD}")
    if manifest.get("facts") != FACTS:
        raise IndexOutdated(f"索引由另一版本的 policyqa 写成，提取职责和数字的方法已经改变。{_REBUILD}")
    if built != {"name": embedder_name, "fingerprint": fingerprint, "dimension": dimension}:
        other = built.get("name") != embedder_name
        now = f"现在要用的是“{embedder_name}”" if other else "现在是同名模型的另一版本或另一种设置"
        raise IndexUnusable(
            f"索引是用嵌入模型“{built.get('name')}”建立的，{now}，两者的向量不能混用。请改回原来的模型，或{_REBUILD}"
        )
    for name, facts in files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != facts["bytes"]:
            raise IndexUnusable(f"索引文件 {folder.name}/{name} 缺失或不完整。{_REBUILD}")
        if facts["bytes"] <= _CHECKED_IN_FULL and _checksum(path) != facts["sha256"]:
            raise IndexUnusable(f"索引文件 {folder.name}/{name} 的内容与校验值不符，可能已损坏。{_REBUILD}")
    return manifest


# --- rows -----------------------------------------------------------------------------------------------------------

SCHEMA = (
    """
CREATE TABLE documents (
    position INTEGER PRIMARY KEY, doc_id TEXT UNIQUE NOT NULL, file_name TEXT NOT NULL, fingerprint TEXT NOT NULL,
    header TEXT NOT NULL, length INTEGER NOT NULL, first_chunk INTEGER NOT NULL, chunks INTEGER NOT NULL,
    body TEXT NOT NULL, window_hashes BLOB NOT NULL, window_places BLOB NOT NULL, source TEXT NOT NULL,
    key TEXT NOT NULL);
CREATE TABLE chunks (
    row INTEGER PRIMARY KEY, chunk_id TEXT UNIQUE NOT NULL, doc_id TEXT NOT NULL, section INTEGER NOT NULL,
    path TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, page INTEGER,
    text TEXT NOT NULL, sentences TEXT NOT NULL, words TEXT NOT NULL, also_in TEXT NOT NULL, canonical TEXT);
CREATE TABLE runs (doc_id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, other TEXT NOT NULL,
    other_start INTEGER NOT NULL);
CREATE INDEX runs_by_document ON runs (doc_id);
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, chunks INTEGER NOT NULL) WITHOUT ROWID;
"""
    + FACTS_SCHEMA
)
CHUNK_COLUMNS = 'chunk_id, doc_id, section, path, kind, start, "end", page, text, sentences, also_in'


def body_json(document: SourceDocument) -> str:
    """All of a document but its header data, as stored."""
    return json.dumps(
        {
            "text": document.text,
            "sections": [list(asdict(section).values()) for section in document.sections],
            "line_starts": document.line_starts,
            "left_out": [[left.line, left.text, left.reason] for left in document.left_out],
            "warnings": document.warnings,
            "doubts": document.doubts,
        },
        ensure_ascii=False,
    )


def header_json(header: Header) -> str:
    """Header data as stored."""
    return json.dumps(asdict(header), ensure_ascii=False)


#: What ``document_from`` takes, in this order.
DOCUMENT_COLUMNS = "doc_id, file_name, fingerprint, header, body, source, key"


def document_from(
    doc_id: str, file_name: str, fingerprint: str, header: str, body: str, source: str = "", key: str = ""
) -> SourceDocument:
    """The document that ``header_json`` and ``body_json`` were made of."""
    data = json.loads(body)
    return SourceDocument(
        doc_id=doc_id,
        file_name=file_name,
        fingerprint=fingerprint,
        header=Header(**json.loads(header)),
        text=data["text"],
        sections=tuple(
            Section(index, parent, level, kind, label, number, title, (heading[0], heading[1]), start, end, *since)
            # since: what later versions have added, absent where an index of an older one is made afresh
            for index, parent, level, kind, label, number, title, heading, start, end, *since in data["sections"]
        ),
        line_starts=tuple((offset, line, page) for offset, line, page in data["line_starts"]),
        left_out=tuple(LeftOut(*left) for left in data["left_out"]),
        warnings=tuple(data["warnings"]),
        doubts=tuple((start, end, sure) for start, end, sure in data.get("doubts", ())),
        source=source,
        key=key,
    )


def copies_json(copies: Iterable[Copy]) -> str:
    """``also_in`` as stored."""
    return json.dumps([[c.doc_id, c.title, c.section, c.start, c.end] for c in copies], ensure_ascii=False)


def chunk_from(row: Sequence[Any]) -> Chunk:
    """The chunk of a row of ``CHUNK_COLUMNS``."""
    chunk_id, doc_id, section, path, kind, start, end, page, text, sentences, also_in = row
    return Chunk(
        chunk_id=chunk_id,
        doc_id=doc_id,
        section=section,
        path=tuple(json.loads(path)),
        kind=kind,
        start=start,
        end=end,
        page=page,
        text=text,
        sentences=tuple((first, last) for first, last in json.loads(sentences)),
        also_in=tuple(Copy(d, t, tuple(s), a, b) for d, t, s, a, b in json.loads(also_in)),
    )


# --- reading --------------------------------------------------------------------------------------------------------


class Generation:
    """Read access to one generation, safe to share between threads.

    Its files are held: it goes on when a writer clears them away.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        self.folder = folder
        self.manifest = manifest
        self._lock = threading.Lock()
        try:
            self.database = read_only(folder / "index.sqlite")
            weakref.finalize(self, self.database.close)
            self.chunk_vectors = mapped(folder / "chunks.npy")
            self.sentence_vectors = mapped(folder / "sentences.npy")
            self.first_sentence: np.ndarray = np.load(folder / "first_sentence.npy", allow_pickle=False)
            self.token_codes = mapped(folder / "tokens.npy")
            self.first_token: np.ndarray = np.load(folder / "first_token.npy", allow_pickle=False)
            self.centre: np.ndarray = np.load(folder / "centre.npy", allow_pickle=False)
            self.entries = self._read_entries()
            self.faiss_chunks, self.faiss_sentences = _Lazy(folder / "chunks.faiss"), _Lazy(folder / "sentences.faiss")
            self.sparse_body, self.sparse_path = _Sparse(folder / "body"), _Sparse(folder / "path")
            held = (
                len(self.chunk_vectors),
                len(self.sentence_vectors),
                int(self.first_sentence[-1]),
                len(self.first_token) - 1,
                int(self.first_token[-1]),
            )
            chunks, sentences = manifest["chunks"], manifest["sentences"]
            wanted = (chunks, sentences, sentences, sentences, len(self.token_codes))
        except (sqlite3.Error, ValueError, KeyError, OSError) as error:
            if isinstance(error, FileNotFoundError):
                raise
            raise IndexUnusable(f"索引 {folder.name} 无法读取（{error}）。{_REBUILD}") from error
        if held != wanted or sum(entry.chunks for entry in self.entries.values()) != wanted[0]:
            raise IndexUnusable(f"索引 {folder.name} 的文件互不相符。{_REBUILD}")

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Rows of the database."""
        with self._lock:
            return self.database.execute(sql, parameters).fetchall()

    def _read_entries(self) -> dict[str, DocumentEntry]:
        rows = self.query(
            "SELECT doc_id, file_name, fingerprint, header, length, chunks, first_chunk, source, key"
            " FROM documents ORDER BY position"
        )
        self.rows_of = {row[0]: (row[6], row[6] + row[5]) for row in rows}
        return {
            doc_id: DocumentEntry(
                doc_id, file_name, fingerprint, Header(**json.loads(header)), length, chunks, source, key
            )
            for doc_id, file_name, fingerprint, header, length, chunks, _, source, key in rows
        }

    @cached_property
    def chunk_ids(self) -> tuple[str, ...]:
        """The chunk ids in row order."""
        return tuple(row[0] for row in self.query("SELECT chunk_id FROM chunks ORDER BY row"))

    @cached_property
    def rows(self) -> dict[str, int]:
        """Row of each chunk id."""
        return {chunk_id: row for row, chunk_id in enumerate(self.chunk_ids)}

    @cached_property
    def canonical(self) -> dict[str, str]:
        """For every chunk that stands in a better document too: the chunk there."""
        return dict(self.query("SELECT chunk_id, canonical FROM chunks WHERE canonical IS NOT NULL"))

    def document(self, doc_id: str) -> SourceDocument:
        document: SourceDocument = self._document(doc_id)
        return document

    @cached_property
    def _document(self) -> Any:
        return lru_cache(maxsize=64)(self._read_document)

    def _read_document(self, doc_id: str) -> SourceDocument:
        rows = self.query(f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE doc_id = ?", [doc_id])
        if not rows:
            raise KeyError(f"索引里没有文件“{doc_id}”；policyqa documents list 列出全部文件。")
        return document_from(*rows[0])

    @cached_property
    def letters(self) -> Any:
        """``letters(doc_id)``: the letters of a document, kept for the next call."""
        return lru_cache(maxsize=128)(lambda doc_id: letters(self.document(doc_id).text))

    @cached_property
    def runs(self) -> Any:
        """``runs(doc_id)``: what a document shares with others."""
        return lru_cache(maxsize=256)(self._read_runs)

    def _read_runs(self, doc_id: str) -> tuple[Run, ...]:
        rows = self.query('SELECT start, "end", other, other_start FROM runs WHERE doc_id = ? ORDER BY start', [doc_id])
        return tuple(Run(*row) for row in rows)

    def chunks(self, doc_id: str | None = None) -> list[Chunk]:
        where, parameters = ("", ()) if doc_id is None else ("WHERE doc_id = ?", (doc_id,))
        rows = self.query(f"SELECT {CHUNK_COLUMNS} FROM chunks {where} ORDER BY row", parameters)
        return [chunk_from(row) for row in rows]

    @cached_property
    def chunk(self) -> Any:
        """``chunk(chunk_id)``."""
        return lru_cache(maxsize=4096)(self._read_chunk)

    def _read_chunk(self, chunk_id: str) -> Chunk:
        rows = self.query(f"SELECT {CHUNK_COLUMNS} FROM chunks WHERE chunk_id = ?", [chunk_id])
        if not rows:
            raise KeyError(f"索引里没有片段 {chunk_id}。")
        return chunk_from(rows[0])

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
        found = _nearest(self.faiss_chunks, vector, k, self.allowed_rows(allowed), len(self.chunk_vectors))
        return [(self.chunk_ids[row], score) for row, score in found]

    def dense_sentences(self, vector: np.ndarray, k: int, allowed: Collection[str] | None) -> list[SentenceHit]:
        rows = self.allowed_rows(allowed)
        if rows is not None:
            spans = [np.arange(self.first_sentence[r], self.first_sentence[r + 1], dtype=np.int64) for r in rows]
            rows = np.concatenate(spans or [np.empty(0, np.int64)])
        found = _nearest(self.faiss_sentences, vector, k, rows, len(self.sentence_vectors))
        homes = np.searchsorted(self.first_sentence, [number for number, _ in found], side="right") - 1
        firsts = self.first_sentence[homes].tolist()
        return [
            SentenceHit(self.chunk_ids[row], number - first, score)
            for (number, score), row, first in zip(found, homes.tolist(), firsts, strict=True)
        ]

    def sparse(
        self, field: _Sparse, terms: Sequence[str], k: int, allowed: Collection[str] | None
    ) -> list[tuple[str, float]]:
        scores = field.scores(terms)
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

    def sentence_scores(self, vector: np.ndarray, chunk_id: str) -> tuple[float, ...]:
        row = self.rows[chunk_id]
        vectors = self.sentence_vectors[self.first_sentence[row] : self.first_sentence[row + 1]]
        scores: list[float] = (vectors @ np.asarray(vector, dtype=np.float32)).tolist()
        return tuple(scores)

    def codes_of(self, sentence: int) -> np.ndarray:
        """The codes of a sentence's tokens."""
        return self.token_codes[self.first_token[sentence] : self.first_token[sentence + 1]]

    def token_scores(self, tokens: np.ndarray, chunk_ids: Sequence[str]) -> list[np.ndarray]:
        rows = [self.rows[chunk_id] for chunk_id in chunk_ids]
        spans = [range(self.first_sentence[row], self.first_sentence[row + 1]) for row in rows]
        bounds = [(self.first_token[own.start], self.first_token[own.stop]) for own in spans]
        # All at once: many small products would each wake the threads that the embedding model needs.
        codes = [self.token_codes[begin:end] for begin, end in bounds if end > begin]
        if not codes:
            return [np.empty((0, len(tokens)), dtype=np.float32)] * len(rows)
        lengths = [self.first_token[i + 1] - self.first_token[i] for own in spans for i in own]
        starts = np.cumsum([0, *lengths[:-1]])
        nearest = max_sim(tokens, np.concatenate(codes), starts)
        return np.split(nearest, np.cumsum([len(own) for own in spans])[:-1])

    def copies_of(self, doc_id: str, start: int, end: int) -> list[Copy]:
        runs = self.runs(doc_id)
        own = self.letters(doc_id)
        first, last = own.span(start, end)
        if first >= last or not runs:
            return []
        near = near_runs(runs, first, last, CONTAINED)
        texts = {run.other: self.letters(run.other) for run in near}
        found = [m for m in matches(near, first, last, texts, own) if m.share >= CONTAINED and m.agrees]
        found.sort(key=lambda match: (self.entries[match.other].header.authority, match.other))
        return [self.copy_at(match.other, *texts[match.other].place(match.start, match.end)) for match in found]

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
        texts, pairs = self._folded
        # Most of what is asked for and stands nowhere has a pair of characters that stands nowhere.
        if not all(pair in pairs for pair in map("".join, pairwise(folded))):
            return []
        return list(islice((doc_id for doc_id, text in texts.items() if folded in text), most))

    @cached_property
    def _folded(self) -> tuple[dict[str, str], frozenset[str]]:
        """The folded text of each document, and the pairs of characters of all.

        Put together from the chunks: they cover each text, and reading the documents themselves takes much longer.
        """
        texts: dict[str, list[str]] = {doc_id: [] for doc_id in self.entries}
        for doc_id, text in self.query("SELECT doc_id, text FROM chunks ORDER BY row"):
            texts[doc_id].append(text)
        folded = {doc_id: fold("".join(parts)) for doc_id, parts in texts.items()}
        return folded, frozenset(pair for text in folded.values() for pair in map("".join, pairwise(text)))

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        return dict(self.query("SELECT word, chunks FROM vocabulary"))

    @cached_property
    def idf(self) -> Any:
        """``idf(term)``."""
        return lru_cache(maxsize=65_536)(self._idf)

    def _idf(self, term: str) -> float:
        count = self.sparse_body.frequency(term)
        return math.log(1 + (len(self.chunk_vectors) - count + 0.5) / (count + 0.5))


def mapped(path: Path) -> np.ndarray:
    """The array in ``path``, mapped. As a plain array: every slice of a ``memmap`` costs a new object of that class."""
    try:
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except ValueError:  # an empty array cannot be mapped
        vectors: np.ndarray = np.load(path, allow_pickle=False)
        return vectors


def _hold(path: Path) -> mmap.mmap:
    """A file that can still be read when a writer has cleared its generation away."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class _Lazy:
    """A FAISS file, read at first use."""

    def __init__(self, path: Path) -> None:
        self._file = _hold(path)
        self._lock = threading.Lock()
        self._index: Any = None

    def get(self) -> Any:
        with self._lock:
            if self._index is None:
                faiss: Any = importlib.import_module("faiss")  # its stubs leave out the reader
                self._file.seek(0)
                self._index = faiss.read_index(faiss.PyCallbackIOReader(self._file.read))
            return self._index


def _nearest(lazy: _Lazy, vector: np.ndarray, k: int, rows: np.ndarray | None, count: int) -> list[tuple[int, float]]:
    """(row, inner product) of the ``k`` nearest, best first, among ``rows`` when given."""
    k = min(k, count if rows is None else len(rows))
    if k <= 0:
        return []
    faiss: Any = importlib.import_module("faiss")  # its stubs do not know the parameters of a search
    index = lazy.get()
    query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
    parameters = None
    if rows is not None:
        selector = faiss.IDSelectorBatch(rows)
        parameters = (
            faiss.SearchParametersIVF(sel=selector, nprobe=index.nprobe)
            if isinstance(index, faiss.IndexIVF)
            else faiss.SearchParameters(sel=selector)
        )
    scores, found = index.search(query, k, params=parameters)
    return [(int(row), float(score)) for row, score in zip(found[0], scores[0], strict=True) if row >= 0]


class _Sparse:
    """A BM25 folder as bm25s has written it, its vocabulary read at first use."""

    def __init__(self, folder: Path) -> None:
        self._lock = threading.Lock()
        self._columns: dict[str, int] | None = None
        self._empty = not (folder / "params.index.json").exists()
        if not self._empty:
            self._parameters = json.loads((folder / "params.index.json").read_text(encoding="utf-8"))
            self._vocabulary = _hold(folder / "vocab.index.json")
            self._weights, self._rows, self._edges = (
                mapped(folder / f"{name}.csc.index.npy") for name in ("data", "indices", "indptr")
            )

    def _terms(self) -> dict[str, int]:
        """Column of each term."""
        with self._lock:
            if self._columns is None:
                columns: dict[str, int] = json.loads(self._vocabulary[:])
                self._columns = columns
            return self._columns

    def scores(self, terms: Sequence[str]) -> np.ndarray | None:
        """BM25 of every document; None when no term is known."""
        if self._empty:
            return None
        columns = self._terms()
        known = [columns[term] for term in terms if term in columns]
        if not known:
            return None
        # bm25s has put the weight of every term in every document into its files; what is left to do is a sum. Done
        # here, asking does without that library, which imports SciPy (0.2 s, 30 MB).
        spans = [slice(self._edges[column], self._edges[column + 1]) for column in known]
        scores = np.zeros(self._parameters["num_docs"], dtype=self._parameters["dtype"])
        np.add.at(
            scores,
            np.concatenate([self._rows[span] for span in spans]),
            np.concatenate([self._weights[span] for span in spans]),
        )
        return scores

    def frequency(self, term: str) -> int:
        """In how many documents ``term`` stands."""
        column = None if self._empty else self._terms().get(term)
        return 0 if column is None else int(self._edges[column + 1] - self._edges[column])
