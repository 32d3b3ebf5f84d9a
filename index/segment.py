"""A segment of the index: documents that were written together, as a folder of plain files that never changes.

Generations share segments: one that adds a document writes a segment for it and names the others as they are.

manifest.json       counts, size and checksum of every other file
index.sqlite        documents, chunks, words, copies, facts (index.facts)
chunks.npy          a vector for each chunk row
sentences.npy       a vector for each sentence
tokens.npy          codes of a vector for each token of each sentence (index.late)
first_sentence.npy  for each chunk row the number of its first sentence, and the total at the end
first_token.npy     for each sentence the number of its first token, and the total at the end
sums.npy            for each document the sum of its chunk vectors
window_hashes.npy   hashes of sampled windows of letters (index.copies), sorted
window_places.npy   for each of them the number of its document, the letter there, the number of its chunk
chunk_windows.npy   for each chunk row how many of them begin in it
body/, path/        postings of the terms of the text, and of document title and section path (index.sparse)
chunks.faiss, sentences.faiss   inverted lists over the vectors, only where there are very many

A segment names the copies that its documents have in those written before, and these in them; a copy holds as long as
both documents are what they were.
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
import threading
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import Header, LeftOut, Section, SourceDocument
from index.arrays import mapped
from index.copies import WindowTable
from index.facts import SCHEMA as FACTS_SCHEMA
from index.interface import DocumentEntry
from index.passage import Chunk, Copy
from index.sparse import Postings

REBUILD = "运行 policyqa index --rebuild 重建索引。"
_CHECKED_IN_FULL = 128 << 20  #: so many bytes, of the smallest files, are compared with their checksums when opened
_EXACT_UP_TO = 200_000  #: vectors


class IndexUnusable(RuntimeError):
    """The index on disk cannot be used: damaged, of another program version or of another embedding model."""


# --- files ----------------------------------------------------------------------------------------------------------


def read_only(database: Path) -> sqlite3.Connection:
    """A connection, for all threads, to a database that is written no more."""
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def write_manifest(folder: Path, facts: Mapping[str, Any]) -> None:
    """The manifest of a finished folder: ``facts`` and every file with its size and checksum."""
    files = {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": checksum(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    text = json.dumps({**facts, "files": files}, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder; IndexUnusable when it cannot be one, FileNotFoundError when there is none."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise IndexUnusable(f"索引的说明文件 {_name(folder)}/manifest.json 已损坏（{error}）。{REBUILD}") from error
    if not isinstance(manifest, dict):
        raise IndexUnusable(f"索引的说明文件 {_name(folder)}/manifest.json 已损坏。{REBUILD}")
    return manifest


def _name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def check_files(folders: Mapping[Path, Mapping[str, Any]]) -> None:
    """IndexUnusable, with its name, when a file that the manifests of these folders name is not as it was written."""
    files = [(folder, name, facts) for folder, manifest in folders.items() for name, facts in manifest["files"].items()]
    read = 0
    for folder, name, facts in sorted(files, key=lambda file: int(file[2]["bytes"])):
        path = folder / name
        if not path.is_file() or path.stat().st_size != facts["bytes"]:
            raise IndexUnusable(f"索引文件 {_name(folder)}/{name} 缺失或不完整。{REBUILD}")
        read += facts["bytes"]
        if read <= _CHECKED_IN_FULL and checksum(path) != facts["sha256"]:
            raise IndexUnusable(f"索引文件 {_name(folder)}/{name} 的内容与校验值不符，可能已损坏。{REBUILD}")


def listed(own: int, all_of_them: int) -> bool:
    """Whether a segment with ``own`` vectors of an index gets inverted lists; else its vectors are searched one by one."""
    return all_of_them > _EXACT_UP_TO and own > _EXACT_UP_TO // 8


def build_lists(vectors: np.ndarray) -> Any:
    """A FAISS inner-product index over ``vectors`` by inverted lists of 8-bit codes."""
    import faiss

    count, dimension = vectors.shape
    lists = int(math.sqrt(count))  # training takes the square of it; a sixteenth is searched all the same
    index: Any = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    # 40 vectors a list are as many as FAISS asks for; training is what takes long.
    index.train(np.ascontiguousarray(vectors[:: max(1, count // (lists * 40))], dtype=np.float32))
    index.nprobe = max(16, lists // 16)
    add_vectors(index, vectors)
    return index


def add_vectors(index: Any, vectors: np.ndarray) -> None:
    """Put ``vectors`` into a FAISS index, some at a time: they are copied on the way."""
    for begin in range(0, len(vectors), 65_536):
        index.add(np.ascontiguousarray(vectors[begin : begin + 65_536], dtype=np.float32))


# --- rows -----------------------------------------------------------------------------------------------------------

SCHEMA = (
    """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, doc_id TEXT UNIQUE NOT NULL, file_name TEXT NOT NULL, fingerprint TEXT NOT NULL,
    header TEXT NOT NULL, length INTEGER NOT NULL, chunks INTEGER NOT NULL,
    body TEXT NOT NULL, digest TEXT NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE chunks (
    row INTEGER PRIMARY KEY, chunk_id TEXT UNIQUE NOT NULL, doc_id TEXT NOT NULL, section INTEGER NOT NULL,
    path TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, page INTEGER,
    text TEXT NOT NULL, sentences TEXT NOT NULL, words TEXT NOT NULL);
CREATE INDEX chunks_by_document ON chunks (doc_id);
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, chunks INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE copies (
    chunk_id TEXT NOT NULL, doc_id TEXT NOT NULL, other TEXT NOT NULL, digest TEXT NOT NULL, section TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, whole TEXT, PRIMARY KEY (chunk_id, other)) WITHOUT ROWID;
"""
    + FACTS_SCHEMA
)
CHUNK_COLUMNS = 'chunk_id, doc_id, section, path, kind, start, "end", page, text, sentences'


#: The fields of a section, in order.
_columns = attrgetter(*(field.name for field in fields(Section)))


def body_json(document: SourceDocument) -> str:
    """All of a document but its header data, as stored."""
    return json.dumps(
        {
            "text": document.text,
            "sections": [_columns(section) for section in document.sections],
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


def digest_of(body: str) -> str:
    """Of a document as ``body_json`` has it: what tells whether it is the same as before."""
    return hashlib.blake2b(body.encode(), digest_size=12).hexdigest()


def chunk_from(row: Sequence[Any], also_in: tuple[Copy, ...]) -> Chunk:
    """The chunk of a row of ``CHUNK_COLUMNS``."""
    chunk_id, doc_id, section, path, kind, start, end, page, text, sentences = row
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
        also_in=also_in,
    )


# --- reading --------------------------------------------------------------------------------------------------------


class Segment:
    """Read access to one segment, safe to share between threads.

    Its files are held: it goes on when a writer clears them away.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        self.folder = folder
        self.name = folder.name
        self._lock = threading.Lock()
        try:
            self.database = read_only(folder / "index.sqlite")
            weakref.finalize(self, self.database.close)
            self.chunk_vectors = mapped(folder / "chunks.npy")
            self.sentence_vectors = mapped(folder / "sentences.npy")
            self.token_codes = mapped(folder / "tokens.npy")
            self.first_sentence = mapped(folder / "first_sentence.npy")
            self.first_token = mapped(folder / "first_token.npy")
            self.sums = mapped(folder / "sums.npy")
            self.windows = WindowTable(mapped(folder / "window_hashes.npy"), mapped(folder / "window_places.npy"))
            self.chunk_windows = mapped(folder / "chunk_windows.npy")
            self.body, self.path = Postings(folder / "body"), Postings(folder / "path")
            self.entries = self._read_entries()
            self.first_chunk = np.cumsum([0, *(entry.chunks for entry in self.entries)])
            self.digests = [row[0] for row in self.query("SELECT digest FROM documents ORDER BY number")]
            chunks, sentences = manifest["chunks"], manifest["sentences"]
            held = (
                len(self.entries), len(self.sums), int(self.first_chunk[-1]), len(self.chunk_vectors),
                len(self.first_sentence) - 1, int(self.first_sentence[-1]), len(self.sentence_vectors),
                len(self.first_token) - 1, int(self.first_token[-1]), len(self.windows.hashes), len(self.chunk_windows),
                len(self.body.lengths), len(self.path.lengths),
            )  # fmt: skip
            wanted = (
                manifest["documents"], len(self.entries), chunks, chunks,
                chunks, sentences, sentences,
                sentences, len(self.token_codes), len(self.windows.places), chunks,
                chunks, chunks,
            )  # fmt: skip
        except (sqlite3.Error, ValueError, KeyError, IndexError, TypeError, OSError) as error:
            if isinstance(error, FileNotFoundError):
                raise
            raise IndexUnusable(f"索引 {_name(folder)} 无法读取（{error}）。{REBUILD}") from error
        if held != wanted:
            raise IndexUnusable(f"索引 {_name(folder)} 的文件互不相符。{REBUILD}")

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Rows of the database."""
        with self._lock:
            return self.database.execute(sql, parameters).fetchall()

    def _read_entries(self) -> list[DocumentEntry]:
        rows = self.query(
            "SELECT doc_id, file_name, fingerprint, header, length, chunks, source, key FROM documents ORDER BY number"
        )
        return [
            DocumentEntry(doc_id, file_name, fingerprint, Header(**json.loads(header)), length, chunks, source, key)
            for doc_id, file_name, fingerprint, header, length, chunks, source, key in rows
        ]

    @cached_property
    def chunk_ids(self) -> tuple[str, ...]:
        """The chunk ids in row order."""
        return tuple(row[0] for row in self.query("SELECT chunk_id FROM chunks ORDER BY row"))

    def sentences_of(self, row: int) -> range:
        """The numbers of a chunk's sentences."""
        return range(int(self.first_sentence[row]), int(self.first_sentence[row + 1]))

    def codes_of(self, sentence: int) -> np.ndarray:
        """The codes of a sentence's tokens."""
        return self.token_codes[self.first_token[sentence] : self.first_token[sentence + 1]]

    @cached_property
    def copied(self) -> frozenset[str]:
        """The chunks of whose copies this segment knows."""
        return frozenset(row[0] for row in self.query("SELECT DISTINCT chunk_id FROM copies"))
