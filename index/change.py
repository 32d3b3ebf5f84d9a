"""What a write changes: which documents are written anew, into which segment, and which segments stay as they are."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import SourceDocument
from index import facts
from index.arrays import mapped, save_rows, unload
from index.copies import CONTAINED, Letters, WindowTable, letters, match, same_windows, shared_runs, turned
from index.embedder import Embedder
from index.generation import Generation
from index.interface import DocumentEntry, Progress
from index.late import pack
from index.prepare import CHUNK_ROW, Prepared, prepared
from index.segment import (
    SCHEMA,
    build_lists,
    digest_of,
    header_json,
    listed,
    write_manifest,
)
from index.sparse import Terms, write_postings
from index.tokens import fold, terms_of, words

_SLAB = 512  #: sentences whose token vectors are held as floats at once


@dataclass(frozen=True)
class Part:
    """A document of the next generation: new, or as it stands in the present one."""

    doc_id: str
    document: SourceDocument | None  # None: as it stands
    path: Path | None = None  # of one as it stands: where its file is now

    def place(self, entry: DocumentEntry) -> tuple[str, str]:
        """File name and source of one as it stands."""
        if self.path is None:
            return entry.file_name, entry.source
        inside = entry.file_name.partition("/")[1:]  # of an archive: the path in it
        return self.path.name + "".join(inside), str(self.path.absolute())


class Change:
    """What a write has to write anew, and what stays as it is in the generation before, ``old``."""

    def __init__(self, parts: Sequence[Part], old: Generation) -> None:
        self.old = old
        self.positions = {part.doc_id: position for position, part in enumerate(parts)}
        self.fresh = {part.doc_id: part.document for part in parts if part.document is not None}
        self.kept = {part.doc_id for part in parts if part.document is None}
        merged = _merged(old, self.kept, sum(len(document.text) for document in self.fresh.values()))
        #: Parts of the new segment, in order: what is new, and the documents of the segments that are merged into it.
        self.written = {
            part.doc_id: part for part in parts if part.document is not None or old.homes[part.doc_id][0].name in merged
        }
        needed = {old.homes[doc_id][0].name for doc_id in self.kept}
        self.staying = [s for s in old.segments if s.name in needed and s.name not in merged]
        self.merged = [s for s in old.segments if s.name in merged]

    @property
    def writes(self) -> bool:
        """Whether a segment is to be written at all."""
        return bool(self.written)


_PEERS = 8  #: segments of about one size that are merged when one more of that size comes


def _merged(old: Generation, kept: Collection[str], fresh: int) -> set[str]:
    """Names of the segments to be merged into the new one, which holds ``fresh`` characters without them.

    Eight of a size make one of the next size, so that each document is written again only when its segment has grown
    eightfold; and a segment of which a quarter has left is written anew, so that those that left cost no more than that.
    """
    sizes: dict[str, int] = {}
    taken: set[str] = set()
    for segment in old.segments:
        here = [
            entry.length for entry in segment.entries if entry.doc_id in kept and old.homes[entry.doc_id][0] is segment
        ]
        sizes[segment.name] = sum(here)
        if sizes[segment.name] < 0.75 * sum(entry.length for entry in segment.entries):
            taken.add(segment.name)
    while True:
        size = fresh + sum(sizes[name] for name in taken)
        peers = {name for name in sizes if name not in taken and _magnitude(sizes[name]) <= _magnitude(size)}
        if len(peers) < _PEERS:
            return taken
        taken |= peers


def _magnitude(characters: int) -> int:
    """The number of octal digits."""
    return (characters.bit_length() + 2) // 3


def write_segment(folder: Path, change: Change, embedder: Embedder, tell: Progress) -> int:
    """Write all files of a segment into ``folder``. Returns how many texts were embedded."""
    old, parts = change.old, list(change.written.values())
    database = sqlite3.connect(folder / "index.sqlite")
    database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
    chunk_vectors: list[np.ndarray | list[int]] = []  # kept rows, or numbers into the new texts
    sentence_vectors: list[np.ndarray | list[int]] = []
    token_codes: list[np.ndarray | list[int]] = []  # kept rows, a row for each token, or numbers of new sentences
    token_counts: list[np.ndarray | list[int]] = []  # of each sentence
    first_sentence = [0]
    first_chunk = [0]
    texts: dict[str, int] = {}  # every new text once
    sentences: dict[str, int] = {}
    counts: Counter[str] = Counter()
    bodies, paths = Terms(), Terms()
    path_terms: dict[str, list[str]] = {}
    windows: dict[str, _Windows] = {}  # of the new documents
    ready = prepared(list(change.fresh.values()))
    for number, part in enumerate(parts):
        tell("切分", number, len(parts))
        done = None if part.document is None else next(ready)
        if part.document is None or done is None:
            rows: Sequence[tuple[Any, ...]] = old.of(
                part.doc_id, f"SELECT {CHUNK_ROW} FROM chunks WHERE doc_id = ? ORDER BY row", [part.doc_id]
            )
            segment, place = old.homes[part.doc_id]
            low, high = segment.first_chunk[place : place + 2]
            chunk_vectors.append(segment.chunk_vectors[low:high])
            kept = slice(segment.first_sentence[low], segment.first_sentence[high])
            sentence_vectors.append(segment.sentence_vectors[kept])
            bounds = segment.first_token[kept.start : kept.stop + 1]
            token_codes.append(segment.token_codes[bounds[0] : bounds[-1]])
            token_counts.append(np.diff(bounds))
        else:
            rows = done.chunks
            source = part.document.simplified.text
            chunk_vectors.append([texts.setdefault(source[row[5] : row[6]], len(texts)) for row in rows])
            spans = [span for row in rows for span in json.loads(row[9])]
            numbers = [sentences.setdefault(source[a:b], len(sentences)) for a, b in spans]
            sentence_vectors.append(numbers)
            token_codes.append(numbers)
            token_counts.append(numbers)
            windows[part.doc_id] = (
                np.frombuffer(done.window_hashes, "<u8"),
                np.frombuffer(done.window_places, "<i4").reshape(-1, 2),
            )
        title = (part.document or old.entries[part.doc_id]).header.title
        for row in rows:
            cut = row[10].split(" ") if row[10] else []
            counts.update(set(cut))
            bodies.add(terms_of(cut, fold(row[8])))
            heading = " ".join((title, *json.loads(row[3])))
            if heading not in path_terms:
                path_terms[heading] = terms_of(words(heading), fold(heading))
            paths.add(path_terms[heading])
            first_sentence.append(first_sentence[-1] + len(json.loads(row[9])))
        database.executemany(
            f"INSERT INTO chunks VALUES ({', '.join('?' * 12)})",
            [(first_chunk[-1] + i, *row) for i, row in enumerate(rows)],
        )
        database.execute(
            f"INSERT INTO documents VALUES ({', '.join('?' * 11)})",
            _document_row(number, part, done, old, len(rows)),
        )
        first_chunk.append(first_chunk[-1] + len(rows))
        if done is None:
            facts.copy_facts(database, old, part.doc_id)
        else:
            facts.write_facts(database, done.facts)
    database.executemany("INSERT INTO vocabulary VALUES (?, ?)", sorted(counts.items()))
    tell("查找重复", 0, 1)
    _state_copies(database, change, windows)
    tell("查找重复", 1, 1)
    database.commit()
    database.close()
    _save_windows(folder, change, windows, first_chunk)
    write_postings(bodies, folder / "body")
    write_postings(paths, folder / "path")
    del bodies, paths, windows

    known = _known(change)
    fresh_files = folder / "fresh"
    fresh_files.mkdir()
    chunks_new, sentences_new, codes_new, embedded = _embed_new(
        list(texts), list(sentences), known, embedder, fresh_files, tell
    )
    tell("写入", 0, 1)
    for name, pieces, fresh in (
        ("chunks", chunk_vectors, chunks_new),
        ("sentences", sentence_vectors, sentences_new),
    ):
        path = folder / f"{name}.npy"
        rows_of = (fresh[piece] if isinstance(piece, list) else piece for piece in pieces if len(piece))
        save_rows(path, rows_of, np.empty((0, embedder.dimension), np.float32))
        vectors = mapped(path)
        others = sum(len(getattr(s, f"{name[:-1]}_vectors")) for s in change.staying)
        if listed(len(vectors), len(vectors) + others):
            _write_faiss(vectors, folder / f"{name}.faiss")
        if name == "chunks":
            sums = [vectors[low:high].sum(axis=0, dtype=np.float64) for low, high in pairwise(first_chunk)]
            np.save(folder / "sums.npy", np.array(sums).reshape(-1, embedder.dimension), allow_pickle=False)
        unload(vectors)
    kept_codes = next((piece for piece in token_codes if isinstance(piece, np.ndarray)), None)
    save_rows(
        folder / "tokens.npy",
        codes_new.pieces(token_codes),
        codes_new.codes if kept_codes is None else kept_codes,
    )
    lengths = np.diff(codes_new.first)
    counted = [lengths[piece] if isinstance(piece, list) else piece for piece in token_counts if len(piece)]
    first_token = np.concatenate([[0], np.cumsum(np.concatenate(counted or [lengths]))]).astype(np.int64)
    np.save(folder / "first_token.npy", first_token, allow_pickle=False)
    np.save(folder / "first_sentence.npy", np.asarray(first_sentence, dtype=np.int64), allow_pickle=False)
    del chunks_new, sentences_new, codes_new, fresh, rows_of  # else a system may hold on to their files
    shutil.rmtree(fresh_files)
    for segment in change.merged:
        for mapped_file in (segment.chunk_vectors, segment.sentence_vectors, segment.token_codes):
            unload(mapped_file)
    write_manifest(
        folder, {"documents": len(parts), "chunks": len(first_sentence) - 1, "sentences": first_sentence[-1]}
    )
    tell("写入", 1, 1)
    return embedded


def _write_faiss(vectors: np.ndarray, path: Path) -> None:
    import faiss

    faiss.write_index(build_lists(vectors), str(path))


def _document_row(number: int, part: Part, done: Prepared | None, old: Generation, chunks: int) -> tuple[Any, ...]:
    if part.document is None or done is None:
        columns = "fingerprint, header, length, body, digest, key"
        fingerprint, header, length, body, digest, key = old.of(
            part.doc_id, f"SELECT {columns} FROM documents WHERE doc_id = ?", [part.doc_id]
        )[0]
        file_name, source = part.place(old.entries[part.doc_id])
        return (number, part.doc_id, file_name, fingerprint, header, length, chunks, body, digest, source, key)
    document = part.document
    return (
        number,
        document.doc_id,
        document.file_name,
        document.fingerprint,
        header_json(document.header),
        len(document.text),
        chunks,
        done.body,
        digest_of(done.body),
        document.source,
        document.key,
    )


_Windows = tuple[np.ndarray, np.ndarray]  # hashes; letter and chunk (index.prepare)


def _save_windows(folder: Path, change: Change, fresh: Mapping[str, _Windows], first_chunk: Sequence[int]) -> None:
    """The windows of all documents of the new segment, sorted by their hashes, and how many begin in each chunk."""
    numbers = {doc_id: number for number, doc_id in enumerate(change.written)}
    hashes, places = [np.empty(0, np.uint64)], [np.empty((0, 3), np.int32)]
    for doc_id, (own, where) in fresh.items():
        hashes.append(own)
        places.append(np.column_stack((np.full(len(own), numbers[doc_id], np.int32), where)))
    for segment in change.merged:
        names = [entry.doc_id for entry in segment.entries]
        now = [numbers[d] if d in change.kept and change.old.homes[d][0] is segment else -1 for d in names]
        owners = np.array(now, np.int32)[segment.windows.places[:, 0]]
        here = owners >= 0
        hashes.append(segment.windows.hashes[here])
        places.append(np.column_stack((owners[here], segment.windows.places[here, 1:])))
    order = np.argsort(joined := np.concatenate(hashes), kind="stable")
    np.save(folder / "window_hashes.npy", joined[order], allow_pickle=False)
    np.save(folder / "window_places.npy", (stacked := np.concatenate(places)[order]), allow_pickle=False)
    chunks = np.array(first_chunk)[stacked[:, 0]] + stacked[:, 2]
    counts = np.bincount(chunks, minlength=first_chunk[-1]).astype(np.int32)
    np.save(folder / "chunk_windows.npy", counts, allow_pickle=False)


@dataclass
class _Known:
    """Vectors by text, of the documents that do not stay as they are (the others need none)."""

    chunks: dict[bytes, np.ndarray] = field(default_factory=dict)
    sentences: dict[bytes, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)  #: vector, codes of tokens


def _known(change: Change) -> _Known:
    old, known = change.old, _Known()
    for doc_id, (segment, number) in old.homes.items():
        if doc_id in change.kept:
            continue
        source = old.document(doc_id).text
        for row, chunk in enumerate(old.chunks(doc_id), start=segment.first_chunk[number]):
            known.chunks[_digest(chunk.text)] = segment.chunk_vectors[row]
            for sentence, (a, b) in zip(segment.sentences_of(row), chunk.sentences, strict=True):
                known.sentences[_digest(source[a:b])] = segment.sentence_vectors[sentence], segment.codes_of(sentence)
    return known


@dataclass(frozen=True)
class _Codes:
    """The codes of the tokens of new sentences."""

    codes: np.ndarray  #: a row for each token
    first: np.ndarray  #: of each sentence the number of its first token, and of all at the end

    def pieces(self, wanted: Sequence[np.ndarray | list[int]]) -> Iterator[np.ndarray]:
        """The codes of kept rows, as they are, and of new sentences, by their numbers."""
        for piece in wanted:
            if isinstance(piece, np.ndarray):
                yield piece
            else:
                yield from (self.codes[self.first[number] : self.first[number + 1]] for number in piece)


def _embed_new(
    texts: Sequence[str], sentences: Sequence[str], known: _Known, embedder: Embedder, folder: Path, tell: Progress
) -> tuple[np.ndarray, np.ndarray, _Codes, int]:
    """(vectors of chunks, vectors of sentences, codes of the sentences' tokens, how many texts had to be computed).

    What belongs to sentences is kept in files in ``folder``: in memory it would be the most of all.
    """
    chunk_vectors = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    new_chunks = []
    for number, text in enumerate(texts):
        if (vector := known.chunks.get(_digest(text))) is None:
            new_chunks.append(number)
        else:
            chunk_vectors[number] = vector
    new_sentences = [number for number, text in enumerate(sentences) if _digest(text) not in known.sentences]
    total = len(new_chunks) + len(new_sentences)
    if new_chunks:
        new = [texts[number] for number in new_chunks]
        chunk_vectors[new_chunks] = embedder.embed_documents(new, lambda done, _: tell("计算向量", done, total))
    done = len(new_chunks)
    first = np.zeros(len(sentences) + 1, dtype=np.int64)
    width = 0
    with (folder / "vectors").open("wb") as vector_file, (folder / "codes").open("wb") as code_file:
        for begin in range(0, len(sentences), _SLAB):
            slab = sentences[begin : begin + _SLAB]
            found = [known.sentences.get(_digest(text)) for text in slab]
            new = [text for text, held in zip(slab, found, strict=True) if held is None]
            vectors, tokens = embedder.embed_sentences(new) if new else ((), ())
            computed = iter(zip(vectors, map(pack, tokens), strict=True))
            for number, held in enumerate(found, start=begin):
                vector, codes = next(computed) if held is None else held
                vector_file.write(np.ascontiguousarray(vector, dtype=np.float32).data)
                code_file.write(np.ascontiguousarray(codes).data)
                first[number + 1], width = first[number] + len(codes), codes.shape[1]
            done += len(new)
            tell("计算向量", done, total)
    sentence_vectors = _rows_in(folder / "vectors", np.float32, embedder.dimension)
    return chunk_vectors, sentence_vectors, _Codes(_rows_in(folder / "codes", np.uint8, width), first), total


def _rows_in(path: Path, kind: type[np.generic], width: int) -> np.ndarray:
    """The rows of numbers in a file that holds nothing else, mapped; as a plain array, see ``mapped``."""
    if not path.stat().st_size:
        return np.empty((0, width), kind)
    return np.asarray(np.memmap(path, kind, "r")).reshape(-1, width)


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


# --- copies ---------------------------------------------------------------------------------------------------------

_SHARED = 0.5  #: a chunk of which this share stands in another document is said to stand there too
#: A document that has fewer of a chunk's windows has not that share of its letters. Runs of 26 letters would keep half
#: of the windows that lie in them, so a quarter of all; the rest is for what the sample happens to miss.
_HINT = 0.15
_AT_ONCE = 50_000  #: windows that are looked up together
_INSERT_COPY = f"INSERT OR REPLACE INTO copies VALUES ({', '.join('?' * 8)})"


def _state_copies(database: sqlite3.Connection, change: Change, windows: Mapping[str, _Windows]) -> None:
    """State what the new documents and all others have of each other, and what a merged segment has stated."""
    old, fresh = change.old, change.fresh
    columns = 'chunk_id, doc_id, other, digest, section, start, "end", whole'
    for segment in change.merged:
        rows = segment.query(f"SELECT {columns} FROM copies")
        kept = (row for row in rows if {row[1], row[2]} <= change.kept and row[3] == old.digest(row[2]))
        database.executemany(_INSERT_COPY, kept)
    digests = dict(database.execute("SELECT doc_id, digest FROM documents"))

    @lru_cache(maxsize=512)
    def told(doc_id: str) -> _Told:
        document = fresh[doc_id] if doc_id in fresh else old.document(doc_id)
        sql = 'SELECT chunk_id, start, "end" FROM chunks WHERE doc_id = ? ORDER BY row'
        chunks = database.execute(sql, [doc_id]).fetchall() if doc_id in fresh else old.of(doc_id, sql, [doc_id])
        own = letters(document.text)
        return _Told(document, own, chunks, np.searchsorted(own.offsets, [span for _, *span in chunks]).reshape(-1, 2))

    for one, other, seeds in _sharing(change, windows):
        runs = shared_runs(told(one).letters, told(other).letters, seeds)
        for doc_id, there, shared in ((one, other, runs), (other, one, turned(runs))):
            digest = digests.get(there) or old.digest(there)
            copies = _copied(told(doc_id), shared, told(there))
            database.executemany(_INSERT_COPY, ((name, doc_id, there, digest, *place) for name, *place in copies))


@dataclass(frozen=True)
class _Told:
    """What is needed of a document to compare it."""

    document: SourceDocument
    letters: Letters
    chunks: Sequence[tuple[str, int, int]]  #: chunk_id and span
    bounds: np.ndarray  #: of each chunk the range of letters


def _copied(own: _Told, runs: np.ndarray, other: _Told) -> Iterator[tuple[str, str, int, int, str | None]]:
    """The chunks of ``own`` that stand in ``other``: chunk_id, section and span there, and the chunk there that says
    all that it says, if any."""
    begins, ends = own.bounds.T[:, :, None]
    shared = np.maximum(np.minimum(ends, runs[:, 1]) - np.maximum(begins, runs[:, 0]), 0).sum(axis=1)
    for number in np.flatnonzero((shared > 0) & (shared >= _SHARED * np.diff(own.bounds)[:, 0])).tolist():
        first, last = own.bounds[number].tolist()
        copy = match(runs, first, last, own.letters, other.letters, _SHARED)
        if copy is None:
            continue
        start, end = other.letters.place(copy.start, copy.end)
        path = json.dumps(other.document.path(other.document.section_at(start)), ensure_ascii=False)
        whole = None
        if copy.share >= CONTAINED and copy.agrees:
            whole = max(other.chunks, key=lambda chunk: min(chunk[2], end) - max(chunk[1], start))[0]
        yield own.chunks[number][0], path, start, end, whole


def _sharing(change: Change, fresh: Mapping[str, _Windows]) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """Pairs of a new document and another one, each once, that may have most of a chunk in common, and where their
    windows are the same: (one, other, [(letter in one, in other)])."""
    names = list(change.positions)
    numbers = [change.positions[doc_id] for doc_id in fresh]
    sizes = [len(hashes) for hashes, _ in fresh.values()]
    if not sum(sizes):
        return
    hashes = np.concatenate([own for own, _ in fresh.values()])
    places = np.concatenate([own for _, own in fresh.values()])
    owners = np.repeat(np.array(numbers), sizes)
    chunk_windows, first_chunk = _chunk_windows(change, fresh)
    order = np.argsort(hashes, kind="stable")
    tables = [WindowTable(hashes[order], np.column_stack((owners, places))[order])]
    positions = [np.arange(len(names))]  # of the documents by their numbers in each table; -1 of those that have left
    for segment in change.old.segments:
        tables.append(segment.windows)
        here = [change.old.homes.get(entry.doc_id) == (segment, n) for n, entry in enumerate(segment.entries)]
        stays = (
            change.positions[entry.doc_id] if there and entry.doc_id in change.kept else -1
            for entry, there in zip(segment.entries, here, strict=True)
        )
        positions.append(np.fromiter(stays, np.int64, len(segment.entries)))
    is_new = np.zeros(len(names), bool)
    is_new[numbers] = True
    bounds = np.cumsum([0, *sizes])
    slabs = np.searchsorted(bounds, np.arange(0, bounds[-1] + _AT_ONCE, _AT_ONCE)).clip(max=len(sizes))
    for low, high in pairwise(np.unique(bounds[slabs]).tolist()):
        found = same_windows(tables, hashes[low:high])
        which = np.concatenate([one for one, _ in found]) + low
        there = np.concatenate([where for _, where in found])
        others = np.concatenate([known[where[:, 0]] for known, (_, where) in zip(positions, found, strict=True)])
        told = (others >= 0) & (~is_new[others] | (others > owners[which]))
        which, there, others = which[told], there[told], others[told]
        pairs, pair = np.unique(owners[which] * len(names) + others, return_inverse=True)
        likely = np.zeros(len(pairs), bool)
        for chunk in (first_chunk[owners[which]] + places[which, 1], first_chunk[others] + there[:, 2]):
            keys, counts = np.unique(pair * len(chunk_windows) + chunk, return_counts=True)
            by_pair, chunk = np.divmod(keys, len(chunk_windows))
            likely[by_pair[counts >= _HINT * chunk_windows[chunk]]] = True
        rows = np.flatnonzero(likely[pair])
        rows = rows[np.argsort(pair[rows], kind="stable")]
        edges = np.flatnonzero(np.diff(pair[rows])) + 1
        for part in np.split(rows, edges) if len(rows) else ():
            one, other = divmod(int(pairs[pair[part[0]]]), len(names))
            seeds = list(zip(places[which[part], 0].tolist(), there[part, 1].tolist(), strict=True))
            yield names[one], names[other], seeds


def _chunk_windows(change: Change, fresh: Mapping[str, _Windows]) -> tuple[np.ndarray, np.ndarray]:
    """How many windows begin in each chunk of all documents, and for each document its first chunk among these."""
    counts = []
    for doc_id in change.positions:
        if doc_id in fresh:
            counts.append(np.bincount(fresh[doc_id][1][:, 1], minlength=1))
        else:
            segment, number = change.old.homes[doc_id]
            counts.append(segment.chunk_windows[segment.first_chunk[number] : segment.first_chunk[number + 1]])
    return np.concatenate(counts), np.cumsum([0, *map(len, counts)])
