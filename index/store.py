"""The index on disk: generations that never change, and a pointer that moves in one step.

``CURRENT`` names the generation that readers open. A writer builds the next one beside it, makes it durable, and
only then moves the pointer; whatever happens before that moment leaves the old index as it was.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import SourceDocument, doc_id_of
from corpus.duties import Duty
from corpus.figures import Figure
from corpus.relations import Relation, RelationKind
from index import facts
from index.copies import (
    CONTAINED,
    Letters,
    Run,
    candidates,
    letters,
    matches,
    near_runs,
    shared_runs,
)
from index.embedder import Embedder
from index.generation import (
    DOCUMENT_COLUMNS,
    SCHEMA,
    DocumentEntry,
    Generation,
    IndexOutdated,
    IndexUnusable,
    SentenceHit,
    Terms,
    body_json,
    build_faiss,
    build_sparse,
    check,
    copies_json,
    document_from,
    header_json,
    mapped,
    read_only,
    save_rows,
    unload,
    write_manifest,
)
from index.late import pack
from index.passage import Chunk, Copy
from index.prepare import CHUNK_ROW, Prepared, prepared
from index.tokens import fold, terms_of, words

__all__ = [
    "DocumentEntry",
    "Index",
    "IndexBusy",
    "IndexOutdated",
    "IndexUnusable",
    "SentenceHit",
    "Summary",
    "stored_documents",
]

Progress = Callable[[str, int, int], None]  #: stage (Chinese), done, total

_CURRENT = "CURRENT"
_SHARED = 0.5  #: a chunk of which this share stands in another document is said to stand there too
_SLAB = 512  #: sentences whose token vectors are held as floats at once


class IndexBusy(RuntimeError):
    """Another process is writing this index."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a write did, by doc_id."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()  #: unchanged, but their file has another name or place now
    removed: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()  #: file names whose bytes are those of a document that is in the index already
    embedded: int = 0  #: texts whose vectors were computed, not reused

    @property
    def changed(self) -> bool:
        return bool(self.added or self.replaced or self.removed or self.moved)

    def __add__(self, later: Summary) -> Summary:
        """What this write and one after it did together."""
        added = tuple(dict.fromkeys(doc_id for doc_id in self.added + later.added if doc_id not in later.removed))
        touched = {*added, *self.replaced, *later.replaced, *self.moved, *later.moved}
        return Summary(
            added=added,
            replaced=_joined(self.replaced, later.replaced, without=added),
            unchanged=tuple(doc_id for doc_id in later.unchanged if doc_id not in touched),
            moved=_joined(self.moved, later.moved),
            removed=_joined(self.removed, later.removed),
            repeated=_joined(self.repeated, later.repeated),
            embedded=self.embedded + later.embedded,
        )


def _joined(one: Sequence[str], other: Sequence[str], without: Collection[str] = ()) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys([*one, *other]) if name not in without)


@dataclass(frozen=True)
class _Part:
    """A document of the next generation: new, or as it stands in the present one."""

    doc_id: str
    document: SourceDocument | None  # None: as it stands
    path: Path | None = None  # of one as it stands: where its file is now


class Index:
    """The documents, cut into chunks and searchable. Another engine takes its place by offering these methods.

    Reading uses the generation that was current when the index was opened or last written to by this object;
    ``refresh`` moves on to what another process has written since.
    """

    def __init__(self, data_dir: Path, embedder: Embedder, *, rebuild: bool) -> None:
        self.data_dir = data_dir
        self.embedder = embedder
        self._afresh = rebuild  # until the first write: what is on disk is passed over
        self._generation = None if rebuild else _open_current(data_dir, embedder)

    @classmethod
    def open(cls, data_dir: str | Path, embedder: Embedder, *, rebuild: bool = False) -> Index:
        """The index under ``data_dir``, empty when there is none yet.

        Raises IndexUnusable when there is one that this program and embedder cannot use; with ``rebuild`` it is
        passed over instead, and the next write starts afresh.
        """
        return cls(Path(data_dir).expanduser(), embedder, rebuild=rebuild)

    # --- reading ---

    @property
    def generation(self) -> str | None:
        """Name of the generation that is read; None for an empty index."""
        return None if self._generation is None else self._generation.folder.name

    def refresh(self) -> bool:
        """Move on to the newest generation; True when there was one."""
        if self._afresh or _read_pointer(self.data_dir) == self.generation:
            return False
        self._generation = _open_current(self.data_dir, self.embedder)
        return True

    def documents(self) -> list[DocumentEntry]:
        """The documents in order, without their text."""
        return [] if self._generation is None else list(self._generation.entries.values())

    def document(self, doc_id: str) -> SourceDocument:
        """One document in full; KeyError when it is not in the index."""
        return self._read().document(doc_id)

    def chunks(self, doc_id: str | None = None) -> list[Chunk]:
        """All chunks in document order, or those of one document."""
        return [] if self._generation is None else self._generation.chunks(doc_id)

    def chunk(self, chunk_id: str) -> Chunk:
        """One chunk; KeyError when it is not in the index."""
        chunk: Chunk = self._read().chunk(chunk_id)
        return chunk

    def neighbours(self, chunk_id: str) -> tuple[Chunk | None, Chunk | None]:
        """The chunks before and after, within the document."""
        return self._read().neighbours(chunk_id)

    def dense_chunks(
        self, vector: np.ndarray, k: int, allowed: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """(chunk id, cosine) of the nearest chunks, best first; ``allowed``: doc_ids to search in."""
        return [] if self._generation is None else self._generation.dense_chunks(vector, k, allowed)

    def dense_sentences(self, vector: np.ndarray, k: int, allowed: Collection[str] | None = None) -> list[SentenceHit]:
        """The nearest sentences, best first."""
        return [] if self._generation is None else self._generation.dense_sentences(vector, k, allowed)

    def sparse(self, terms: Sequence[str], k: int, allowed: Collection[str] | None = None) -> list[tuple[str, float]]:
        """(chunk id, BM25) over the text, best first, only scores above 0."""
        generation = self._generation
        return [] if generation is None else generation.sparse(generation.sparse_body, terms, k, allowed)

    def sparse_path(
        self, terms: Sequence[str], k: int, allowed: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """(chunk id, BM25) over document title and section path, best first, only scores above 0."""
        generation = self._generation
        return [] if generation is None else generation.sparse(generation.sparse_path, terms, k, allowed)

    def sentence_scores(self, vector: np.ndarray, chunk_ids: Sequence[str]) -> list[tuple[float, ...]]:
        """For each chunk the cosine of each of its sentences with ``vector``."""
        return [self._read().sentence_scores(vector, chunk_id) for chunk_id in chunk_ids]

    def token_scores(self, tokens: np.ndarray, chunk_ids: Sequence[str]) -> list[np.ndarray]:
        """For each chunk an array (sentences, tokens): how near the tokens of a question come to each of its sentences."""
        return self._read().token_scores(tokens, chunk_ids) if len(chunk_ids) else []

    def chunk_scores(self, vector: np.ndarray, chunk_ids: Sequence[str]) -> list[float]:
        """For each chunk its cosine with ``vector``."""
        generation = self._read()
        return [float(score) for score in generation.chunk_vectors[[generation.rows[c] for c in chunk_ids]] @ vector]

    def sparse_scores(self, terms: Sequence[str], chunk_ids: Sequence[str]) -> list[float]:
        """For each chunk its BM25 over the text."""
        generation = self._read()
        scores = generation.sparse_body.scores(terms)
        return [0.0 if scores is None else float(scores[generation.rows[chunk_id]]) for chunk_id in chunk_ids]

    def centre(self) -> np.ndarray:
        """The mean of all chunk vectors: what a vector is near to without being about anything."""
        return self._read().centre

    def canonical(self, chunk_id: str) -> str:
        """The chunk to show in place of this one: the same text in a better document, else the chunk itself."""
        return chunk_id if self._generation is None else self._generation.canonical.get(chunk_id, chunk_id)

    def copies_of(self, doc_id: str, start: int, end: int) -> list[Copy]:
        """Where ``text[start:end]`` of a document stands in others, in their words, best authority first."""
        return [] if self._generation is None else self._generation.copies_of(doc_id, start, end)

    def holds(self, folded: str) -> bool:
        """Whether a string in folded form (``tokens.fold``) stands in a document, also across a line end."""
        return self._generation is not None and self._generation.holds(folded)

    def holders(self, folded: str) -> list[str]:
        """doc_ids of the documents that hold a string in folded form, in order."""
        return [] if self._generation is None else self._generation.holders(folded)

    def duties_of(self, doc_id: str) -> tuple[Duty, ...]:
        """Responsibility notes of a document, in order."""
        return () if self._generation is None else facts.duties_of(self._generation, doc_id)

    def documents_with_duties(self, names: Collection[str] | None = None) -> dict[str, int]:
        """How many responsibility notes each document has; with ``names`` those that name one of these departments."""
        return {} if self._generation is None else facts.documents_with_duties(self._generation, names)

    def department_names(self) -> frozenset[str]:
        """All departments as responsibility notes name them, in folded form."""
        return frozenset() if self._generation is None else facts.department_names(self._generation)

    def figures(self, indicator: str = "", doc_id: str | None = None, year: str | None = None) -> list[Figure]:
        """Figures: of an indicator or subject that holds a text, of a document, of a year."""
        return [] if self._generation is None else facts.figures(self._generation, indicator, doc_id, year)

    def relations(
        self, doc_id: str | None = None, kind: RelationKind | None = None, number: str | None = None
    ) -> list[Relation]:
        """Mentions of other documents: in one document or in all, of a kind or of all, of a number or of any."""
        return [] if self._generation is None else facts.relations(self._generation, doc_id, kind, number)

    def vocabulary(self) -> Mapping[str, int]:
        """The words of the corpus, each with the number of chunks that hold it."""
        return {} if self._generation is None else self._generation.vocabulary

    def idf(self, term: str) -> float:
        """How telling a term of ``tokens.terms`` is: inverse document frequency over chunks, never negative."""
        return 0.0 if self._generation is None else self._generation.idf(term)

    def _read(self) -> Generation:
        if self._generation is None:
            raise KeyError("索引是空的；请先运行 policyqa index 加入文件。")
        return self._generation

    # --- writing ---

    def build(
        self,
        documents: Sequence[SourceDocument],
        progress: Progress | None = None,
        *,
        unchanged: Collection[str] = (),
        moved: Mapping[str, Path] | None = None,
        order: Sequence[str] = (),
    ) -> Summary:
        """Make the index hold exactly ``documents``, and those of the sources that are ``unchanged`` or ``moved``.

        ``moved``: source in the index -> where the file is now. ``order``: all sources in the order that their
        documents shall have. Nothing is written when nothing has changed.
        """
        kept = {*unchanged, *(moved or ())}
        return self._write(documents, lambda entry: bool(entry.source) and entry.source in kept, moved, order, progress)

    def add(
        self,
        documents: Sequence[SourceDocument],
        progress: Progress | None = None,
        *,
        moved: Mapping[str, Path] | None = None,
        gone: Collection[str] = (),
    ) -> Summary:
        """Add ``documents``; one whose doc_id is in the index takes the place of the one there, and so do all
        documents of a source together. The documents of the sources that are ``gone`` leave.
        """
        return self._write(documents, lambda entry: not entry.source or entry.source not in gone, moved, (), progress)

    def remove(self, doc_id: str, progress: Progress | None = None) -> Summary:
        """Take a document out; KeyError when it is not in the index."""
        with _writing(self.data_dir):
            self._catch_up()
            if doc_id not in {entry.doc_id for entry in self.documents()}:
                raise KeyError(f"索引里没有文件“{doc_id}”；policyqa documents list 列出全部文件。")
            rest = [_Part(entry.doc_id, None) for entry in self.documents() if entry.doc_id != doc_id]
            self._publish(rest, progress)
            return Summary(unchanged=tuple(part.doc_id for part in rest), removed=(doc_id,))

    def _write(
        self,
        documents: Sequence[SourceDocument],
        keep: Callable[[DocumentEntry], bool],
        moved: Mapping[str, Path] | None,
        order: Sequence[str],  # of sources; what is not in it comes last
        progress: Progress | None,
    ) -> Summary:
        with _writing(self.data_dir):
            self._catch_up()
            present = {entry.doc_id: entry for entry in self.documents()}
            anew = {document.source for document in documents if document.source}
            kept = {doc_id: entry for doc_id, entry in present.items() if keep(entry) and entry.source not in anew}
            wanted, repeated = _named(documents, present, kept)
            parts = {doc_id: _Part(doc_id, None, (moved or {}).get(entry.source)) for doc_id, entry in kept.items()}
            for document in wanted:
                same = document.doc_id in present and self._holds(document)
                parts[document.doc_id] = _Part(document.doc_id, None if same else document)
            if order:
                places = {source: place for place, source in enumerate(order)}

                def place_of(part: _Part) -> int:
                    source = str(part.path.absolute()) if part.path else ""
                    source = source or (part.document or present[part.doc_id]).source
                    return places.get(source, len(places))

                parts = {part.doc_id: part for part in sorted(parts.values(), key=place_of)}
            new = [part.doc_id for part in parts.values() if part.document is not None]
            summary = Summary(
                added=tuple(doc_id for doc_id in new if doc_id not in present),
                replaced=tuple(doc_id for doc_id in new if doc_id in present),
                unchanged=tuple(part.doc_id for part in parts.values() if part.document is None and part.path is None),
                moved=tuple(part.doc_id for part in parts.values() if part.path is not None),
                removed=tuple(doc_id for doc_id in present if doc_id not in parts),
                repeated=tuple(repeated),
            )
            if not summary.changed and self._generation is not None:
                return summary
            return replace(summary, embedded=self._publish(list(parts.values()), progress))

    def _catch_up(self) -> None:
        """Begin from what is current, whoever wrote it."""
        if not self._afresh:
            self.refresh()

    def _holds(self, document: SourceDocument) -> bool:
        """Whether the index holds exactly this document."""
        columns = "fingerprint, header, body, source, key"
        rows = self._read().query(f"SELECT {columns} FROM documents WHERE doc_id = ?", [document.doc_id])
        own = (document.fingerprint, header_json(document.header), body_json(document), document.source, document.key)
        return rows == [own]

    def _publish(self, parts: Sequence[_Part], progress: Progress | None) -> int:
        """Write the next generation and move the pointer to it. Returns how many texts were embedded."""
        tell = progress or (lambda stage, done, total: None)
        root = self.data_dir / "generations"
        root.mkdir(parents=True, exist_ok=True)
        name = f"{max((int(n) for n in _generation_names(root)), default=0) + 1:06d}"
        folder = root / f"{name}.new"
        for leftover in root.glob("*.new"):  # of a writer that died; we hold the lock
            shutil.rmtree(leftover)
        folder.mkdir()
        embedded = _fill(folder, parts, self._generation, self.embedder, tell)
        for path in folder.rglob("*"):
            if path.is_file():
                _sync(path)
        for path in (folder / "body", folder / "path", folder):
            _sync(path)
        os.replace(folder, root / name)
        _sync(root)
        previous = self.generation
        _move_pointer(self.data_dir, name)
        self._afresh = False
        self._generation = _open_current(self.data_dir, self.embedder)
        for old in _generation_names(root):
            if old not in (name, previous):
                shutil.rmtree(root / old, ignore_errors=True)
        return embedded


def stored_sources(data_dir: str | Path) -> dict[str, str]:
    """Source -> key of the files whose documents the current generation holds; {} where that cannot be told."""
    path = _stored_database(data_dir)
    if path is None:
        return {}
    try:
        database = read_only(path)
        return dict(database.execute("SELECT source, key FROM documents WHERE source != ''"))
    except sqlite3.Error:
        return {}


def stored_documents(data_dir: str | Path) -> list[SourceDocument]:
    """The documents of the current generation, whatever embedder or format it has; what a rebuild starts from.

    Raises IndexUnusable when even they cannot be read.
    """
    path = _stored_database(data_dir)
    if path is None:
        return []
    try:
        database = read_only(path)
        columns = {column[1] for column in database.execute("PRAGMA table_info(documents)")}
        wanted = [name for name in DOCUMENT_COLUMNS.split(", ") if name in columns]  # an older format has fewer
        rows = database.execute(f"SELECT {', '.join(wanted)} FROM documents ORDER BY position")
        return [document_from(*row) for row in rows]
    except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
        raise IndexUnusable(
            f"索引里的文件无法读出（{error}）。请用原来的文件重新建立：policyqa index --rebuild 文件或文件夹。"
        ) from error


def _stored_database(data_dir: str | Path) -> Path | None:
    """The database of the current generation, whatever embedder or format that has; None where there is none."""
    folder = Path(data_dir).expanduser()
    name = _read_pointer(folder)
    return None if name is None else folder / "generations" / name / "index.sqlite"


# --- the folder -----------------------------------------------------------------------------------------------------


@contextmanager
def _writing(data_dir: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data_dir / "write.lock", timeout=1):
            yield
    except Timeout as error:
        raise IndexBusy(f"另一个 policyqa 进程正在写入索引 {data_dir}。请等它结束后再试；提问不受影响。") from error


def _generation_names(root: Path) -> list[str]:
    return [path.name for path in root.iterdir() if path.name.isdigit()]


def _read_pointer(data_dir: Path) -> str | None:
    try:
        name = (data_dir / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnusable(f"{data_dir / _CURRENT} 无法读取。请运行 policyqa index --rebuild 重建索引。") from error
    if not name.isdigit():
        raise IndexUnusable(f"{data_dir / _CURRENT} 已损坏。请运行 policyqa index --rebuild 重建索引。")
    return name


def _move_pointer(data_dir: Path, name: str) -> None:
    fresh = data_dir / f"{_CURRENT}.new"
    fresh.write_text(name + "\n", encoding="utf-8")
    _sync(fresh)
    os.replace(fresh, data_dir / _CURRENT)
    _sync(data_dir)


def _sync(path: Path) -> None:
    """Make a file or a folder's list of names durable."""
    if os.name == "nt" and path.is_dir():  # Windows cannot open folders; it writes names through
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _open_current(data_dir: Path, embedder: Embedder) -> Generation | None:
    """The current generation; None when nothing has been written yet."""
    name = _read_pointer(data_dir)
    while name is not None:
        folder = data_dir / "generations" / name
        try:
            manifest = check(folder, embedder.name, embedder.fingerprint, embedder.dimension)
            return Generation(folder, manifest)
        except (FileNotFoundError, IndexUnusable) as error:
            # A writer may have moved on and cleared this generation away since the pointer was read.
            newer = _read_pointer(data_dir)
            if newer == name and isinstance(error, IndexUnusable):
                raise
            if newer == name:
                raise IndexUnusable(f"索引 {name} 的文件不见了。请运行 policyqa index --rebuild 重建索引。") from error
            name = newer
    return None


def _named(
    documents: Sequence[SourceDocument], present: Mapping[str, DocumentEntry], kept: Mapping[str, DocumentEntry]
) -> tuple[list[SourceDocument], list[str]]:
    """The documents under the ids they shall have, and the file names of repeated ones. ``kept``: those that stay.

    The same bytes are one document. Under another name they are repeated; where the one that is there does not stay
    or its file has gone, it has been renamed and keeps its id. A document with the name of one that stays, from
    another file, gets an id of its own.
    """
    known = {entry.fingerprint: entry.doc_id for entry in present.values()}
    places = {(entry.source, entry.file_name): entry for entry in reversed(list(present.values()))}
    given = {document.doc_id for document in documents}
    wanted: dict[str, SourceDocument] = {}
    repeated: list[str] = []
    seen: set[str] = set()
    for document in documents:
        earlier = known.get(document.fingerprint, document.doc_id)
        if document.fingerprint in seen or (
            earlier != document.doc_id and earlier in kept and not _has_left(kept[earlier])
        ):
            repeated.append(document.file_name)
            continue
        seen.add(document.fingerprint)
        if earlier != document.doc_id and earlier not in given:
            document = replace(document, doc_id=earlier)
        elif document.source:
            own = places.get((document.source, document.file_name))
            other = kept.get(document.doc_id)
            if own is not None and own.doc_id not in wanted:
                document = replace(document, doc_id=own.doc_id)
            elif document.doc_id in wanted or (
                other is not None and other.fingerprint != document.fingerprint and not _has_left(other)
            ):
                taken = {*present, *wanted, *given}
                document = replace(document, doc_id=doc_id_of(document.file_name, taken, document.fingerprint))
        wanted[document.doc_id] = document
    return list(wanted.values()), repeated


def _has_left(entry: DocumentEntry) -> bool:
    """Whether the file that a document came from is there no more."""
    return bool(entry.source) and not os.path.exists(entry.source)


# --- the next generation --------------------------------------------------------------------------------------------


def _fill(
    folder: Path,
    parts: Sequence[_Part],
    old: Generation | None,
    embedder: Embedder,
    tell: Progress,
) -> int:
    """Write all files of a generation into ``folder``."""
    database = sqlite3.connect(folder / "index.sqlite")
    database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
    chunk_vectors: list[np.ndarray | list[int]] = []  # kept rows, or numbers into the new texts
    sentence_vectors: list[np.ndarray | list[int]] = []
    token_codes: list[np.ndarray | list[int]] = []  # kept rows, a row for each token, or numbers of new sentences
    token_counts: list[np.ndarray | list[int]] = []  # of each sentence
    first_sentence = [0]
    texts: dict[str, int] = {}  # every new text once
    sentences: dict[str, int] = {}
    counts: Counter[str] = Counter()
    bodies, paths = Terms(), Terms()
    path_terms: dict[str, list[str]] = {}
    ready = prepared([part.document for part in parts if part.document is not None])
    for position, part in enumerate(parts):
        tell("切分", position, len(parts))
        first_chunk = len(first_sentence) - 1
        done = None if part.document is None else next(ready)
        if part.document is None or done is None:
            assert old is not None
            rows: Sequence[tuple[Any, ...]] = _kept_rows(old, part.doc_id)
            low, high = old.rows_of[part.doc_id]
            chunk_vectors.append(old.chunk_vectors[low:high])
            kept = range(old.first_sentence[low], old.first_sentence[high])
            sentence_vectors.append(old.sentence_vectors[kept.start : kept.stop])
            bounds = old.first_token[kept.start : kept.stop + 1]
            token_codes.append(old.token_codes[bounds[0] : bounds[-1]])
            token_counts.append(np.diff(bounds))
        else:
            rows = done.chunks
            chunk_vectors.append([texts.setdefault(row[8], len(texts)) for row in rows])
            source = part.document.text
            spans = [span for row in rows for span in json.loads(row[9])]
            numbers = [sentences.setdefault(source[a:b], len(sentences)) for a, b in spans]
            sentence_vectors.append(numbers)
            token_codes.append(numbers)
            token_counts.append(numbers)
        title = part.document.header.title if part.document else old.entries[part.doc_id].header.title  # type: ignore[union-attr]
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
            f"INSERT INTO chunks VALUES ({', '.join('?' * 14)})",
            [(first_chunk + i, *row) for i, row in enumerate(rows)],
        )
        database.execute(
            f"INSERT INTO documents VALUES ({', '.join('?' * 13)})",
            _document_row(position, part, done, old, first_chunk, len(rows)),
        )
        if done is None:
            assert old is not None
            facts.copy_facts(database, old, part.doc_id)
        else:
            facts.write_facts(database, done.facts)
    database.executemany("INSERT INTO vocabulary VALUES (?, ?)", sorted(counts.items()))
    _find_copies(database, parts, old, tell)
    database.commit()
    database.close()
    build_sparse(bodies, folder / "body")
    build_sparse(paths, folder / "path")
    del bodies, paths

    known = _known(old, {part.doc_id for part in parts if part.document is None}) if old else _Known()
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
        _write_faiss(vectors, folder / f"{name}.faiss")
        if name == "chunks":
            centre = vectors.mean(axis=0) if len(vectors) else np.zeros(embedder.dimension, np.float32)
            np.save(folder / "centre.npy", centre, allow_pickle=False)
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
    if old is not None:
        for mapped_file in (old.chunk_vectors, old.sentence_vectors, old.token_codes):
            unload(mapped_file)
    write_manifest(
        folder,
        {
            "embedder": {"name": embedder.name, "fingerprint": embedder.fingerprint, "dimension": embedder.dimension},
            "documents": len(parts),
            "chunks": len(first_sentence) - 1,
            "sentences": first_sentence[-1],
        },
    )
    tell("写入", 1, 1)
    return embedded


def _write_faiss(vectors: np.ndarray, path: Path) -> None:
    import faiss

    faiss.write_index(build_faiss(vectors), str(path))


def _kept_rows(old: Generation, doc_id: str) -> list[tuple[Any, ...]]:
    return old.query(f"SELECT {CHUNK_ROW} FROM chunks WHERE doc_id = ? ORDER BY row", [doc_id])


def _document_row(
    position: int, part: _Part, done: Prepared | None, old: Generation | None, first_chunk: int, chunks: int
) -> tuple[Any, ...]:
    if part.document is None or done is None:
        assert old is not None
        columns = "doc_id, file_name, fingerprint, header, length, body, window_hashes, window_places, source, key"
        row = old.query(f"SELECT {columns} FROM documents WHERE doc_id = ?", [part.doc_id])[0]
        doc_id, file_name, *rest = row[:5]
        body, hashes, places, source, key = row[5:]
        if part.path is not None:
            inside = file_name.partition("/")[1:]  # of an archive: the path in it
            file_name, source = part.path.name + "".join(inside), str(part.path.absolute())
        return (position, doc_id, file_name, *rest, first_chunk, chunks, body, hashes, places, source, key)
    document = part.document
    return (
        position,
        document.doc_id,
        document.file_name,
        document.fingerprint,
        header_json(document.header),
        len(document.text),
        first_chunk,
        chunks,
        done.body,
        done.window_hashes,
        done.window_places,
        document.source,
        document.key,
    )


@dataclass
class _Known:
    """Vectors by text, of the documents that do not stay as they are (the others need none)."""

    chunks: dict[bytes, np.ndarray] = field(default_factory=dict)
    sentences: dict[bytes, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)  #: vector, codes of tokens


def _known(old: Generation, kept: Collection[str]) -> _Known:
    known = _Known()
    for doc_id in old.entries:
        if doc_id in kept:
            continue
        source = old.document(doc_id).text
        low = old.rows_of[doc_id][0]
        for row, chunk in enumerate(old.chunks(doc_id), start=low):
            known.chunks[_digest(chunk.text)] = old.chunk_vectors[row]
            first = int(old.first_sentence[row])
            for number, (a, b) in enumerate(chunk.sentences, start=first):
                known.sentences[_digest(source[a:b])] = old.sentence_vectors[number], old.codes_of(number)
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


_RUN = 'start, "end", other, other_start'


def _find_copies(database: sqlite3.Connection, parts: Sequence[_Part], old: Generation | None, tell: Progress) -> None:
    """Fill ``runs`` and the chunks' ``also_in`` and ``canonical``. Pairs of unchanged documents keep what they have."""
    tell("查找重复", 0, 1)
    kept = {part.doc_id for part in parts if part.document is None}
    fresh = {part.doc_id: part.document for part in parts if part.document is not None}
    touched = set(fresh)
    insert = f"INSERT INTO runs (doc_id, {_RUN}) VALUES (?, ?, ?, ?, ?)"
    for doc_id in kept:
        assert old is not None
        runs = old.query(f"SELECT doc_id, {_RUN} FROM runs WHERE doc_id = ? ORDER BY start", [doc_id])
        staying = [run for run in runs if run[3] in kept]
        if len(staying) < len(runs):
            touched.add(doc_id)
        database.executemany(insert, staying)

    def read(doc_id: str) -> SourceDocument:
        if doc_id in fresh:
            return fresh[doc_id]
        assert old is not None
        return old.document(doc_id)

    cache: dict[str, Letters] = {}

    def letters_of(doc_id: str) -> Letters:
        if doc_id not in cache:
            cache[doc_id] = letters(read(doc_id).text)
        return cache[doc_id]

    def found() -> Iterator[tuple[str, int, int, str, int]]:
        for one, other, seeds in candidates(sampled, fresh):
            for run in shared_runs(letters_of(one), letters_of(other), other, seeds):
                touched.update((one, other))
                yield one, run.start, run.end, other, run.other_start
                yield other, run.other_start, run.other_start + run.end - run.start, one, run.start

    sampled = {
        doc_id: (np.frombuffer(hashes, "<u8"), np.frombuffer(places, "<i4"))
        for doc_id, hashes, places in database.execute("SELECT doc_id, window_hashes, window_places FROM documents")
    }
    if fresh:
        database.executemany(insert, found())
    rank = {
        doc_id: (json.loads(header)["authority"], -length, position)
        for position, doc_id, header, length in database.execute(
            "SELECT position, doc_id, header, length FROM documents"
        )
    }
    spans: dict[str, list[tuple[str, int, int]]] = {}
    for doc_id in rank:
        spans[doc_id] = database.execute(
            'SELECT chunk_id, start, "end" FROM chunks WHERE doc_id = ? ORDER BY row', [doc_id]
        ).fetchall()
    for doc_id in sorted(touched & set(rank)):
        rows = database.execute(f"SELECT {_RUN} FROM runs WHERE doc_id = ? ORDER BY start", [doc_id])
        _mark_chunks(database, doc_id, [Run(*row) for row in rows], rank, spans, read, letters_of)
    tell("查找重复", 1, 1)


def _mark_chunks(
    database: sqlite3.Connection,
    doc_id: str,
    runs: Sequence[Run],
    rank: Mapping[str, tuple[int, int, int]],
    spans: Mapping[str, Sequence[tuple[str, int, int]]],
    read: Callable[[str], SourceDocument],
    letters_of: Callable[[str], Letters],
) -> None:
    """Where each chunk of one document stands in others, and the better chunk when it is a mere copy."""
    own = letters_of(doc_id)
    marks: list[tuple[str, str | None, str]] = []
    for chunk_id, start, end in spans[doc_id]:
        first, last = own.span(start, end)
        near = near_runs(runs, first, last, _SHARED)
        also_in: list[Copy] = []
        canonical = None
        if near and last > first:
            texts = {run.other: letters_of(run.other) for run in near}
            found = sorted(matches(near, first, last, texts, own), key=lambda match: rank[match.other])
            for match in found:
                place = texts[match.other].place(match.start, match.end)
                if match.share >= _SHARED:
                    document = read(match.other)
                    path = document.path(document.section_at(place[0]))
                    also_in.append(Copy(match.other, document.header.title, path, *place))
                whole = match.share >= CONTAINED and match.agrees
                if canonical is None and whole and rank[match.other] < rank[doc_id]:
                    overlaps = [(min(b, place[1]) - max(a, place[0]), name) for name, a, b in spans[match.other]]
                    canonical = max(overlaps, key=lambda overlap: overlap[0])[1]
        marks.append((copies_json(also_in), canonical, chunk_id))
    database.executemany("UPDATE chunks SET also_in = ?, canonical = ? WHERE chunk_id = ?", marks)
