"""The index on disk: generations that never change, and a pointer that moves in one step.

``CURRENT`` names the generation that readers open. A writer builds the next one beside it, makes it durable, and
only then moves the pointer; whatever happens before that moment leaves the old index as it was.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import SourceDocument, doc_id_of
from corpus.duties import Duty
from corpus.figures import Figure
from corpus.relations import Relation, RelationKind
from index import facts
from index.change import Change, Part, write_segment
from index.embedder import Embedder
from index.generation import Generation, IndexOutdated, manifest_of, open_generation
from index.interface import DocumentEntry, Progress, SentenceHit, Summary
from index.passage import Chunk, Copy
from index.segment import (
    DOCUMENT_COLUMNS,
    REBUILD,
    IndexUnusable,
    body_json,
    document_from,
    header_json,
    read_manifest,
    read_only,
)

__all__ = [
    "Index",
    "IndexBusy",
    "IndexOutdated",
    "IndexUnusable",
    "NotAnIndex",
    "holds_documents",
    "is_index",
    "refuse_foreign",
    "stored_documents",
    "stored_sources",
]

_CURRENT = "CURRENT"


class IndexBusy(RuntimeError):
    """Another process is writing this index."""


class NotAnIndex(ValueError):
    """A folder holds files of the user's and no index. The message is Chinese and names the next step."""


class Index:
    """The documents, cut into chunks and searchable: the ``index.interface.Store`` of this program.

    Reading uses the generation that was current when the index was opened or last written to by this object;
    ``refresh`` moves on to what another process has written since.
    """

    def __init__(self, data_dir: Path, embedder: Embedder, *, rebuild: bool) -> None:
        self.data_dir = data_dir
        self.embedder = embedder
        self._afresh = rebuild  # until the first write: what is on disk is passed over
        self._generation = None if rebuild else _open_current(data_dir, embedder, None)

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
        self._generation = _open_current(self.data_dir, self.embedder, self._generation)
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
        return [] if generation is None else generation.sparse(generation.bm25_body, terms, k, allowed)

    def sparse_path(
        self, terms: Sequence[str], k: int, allowed: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """(chunk id, BM25) over document title and section path, best first, only scores above 0."""
        generation = self._generation
        return [] if generation is None else generation.sparse(generation.bm25_path, terms, k, allowed)

    def sentence_scores(self, vector: np.ndarray, chunk_ids: Sequence[str]) -> list[tuple[float, ...]]:
        """For each chunk the cosine of each of its sentences with ``vector``."""
        return [self._read().sentence_scores(vector, chunk_id) for chunk_id in chunk_ids]

    def token_scores(self, tokens: np.ndarray, chunk_ids: Sequence[str]) -> list[np.ndarray]:
        """For each chunk an array (sentences, tokens): how near the tokens of a question come to each of its sentences."""
        return self._read().token_scores(tokens, chunk_ids) if len(chunk_ids) else []

    def chunk_scores(self, vector: np.ndarray, chunk_ids: Sequence[str]) -> list[float]:
        """For each chunk its cosine with ``vector``."""
        return self._read().chunk_scores(vector, chunk_ids)

    def sparse_scores(self, terms: Sequence[str], chunk_ids: Sequence[str]) -> list[float]:
        """For each chunk its BM25 over the text."""
        generation = self._read()
        scores = generation.bm25_body.scores(terms)
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
            rest = [Part(entry.doc_id, None) for entry in self.documents() if entry.doc_id != doc_id]
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
            parts = {doc_id: Part(doc_id, None, (moved or {}).get(entry.source)) for doc_id, entry in kept.items()}
            for document in wanted:
                same = document.doc_id in present and self._holds(document)
                parts[document.doc_id] = Part(document.doc_id, None if same else document)
            if order:
                places = {source: place for place, source in enumerate(order)}

                def place_of(part: Part) -> int:
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
        generation = self._read()
        entry = generation.entries[document.doc_id]
        if (entry.fingerprint, entry.source, entry.key) != (document.fingerprint, document.source, document.key):
            return False
        rows = generation.of(document.doc_id, "SELECT header, body FROM documents WHERE doc_id = ?", [document.doc_id])
        return rows == [(header_json(document.header), body_json(document))]

    def _publish(self, parts: Sequence[Part], progress: Progress | None) -> int:
        """Write what the next generation needs anew, and move the pointer to it. Returns how many texts were embedded."""
        tell = progress or (lambda stage, done, total: None)
        old, previous = self._generation or Generation.empty(), self.generation
        generations, segments = self.data_dir / "generations", self.data_dir / "segments"
        for root in (generations, segments):
            root.mkdir(parents=True, exist_ok=True)
            for leftover in root.glob("*.new"):  # of a writer that died; we hold the lock
                shutil.rmtree(leftover)
        change = Change(parts, old)
        staying = [segment.folder for segment in change.staying]
        number_of = {segment: number for number, segment in enumerate(change.staying)}
        homes = {part.doc_id: old.homes[part.doc_id] for part in parts if part.doc_id not in change.written}
        places = {doc_id: (number_of[segment], number) for doc_id, (segment, number) in homes.items()}
        places |= {doc_id: (len(staying), number) for number, doc_id in enumerate(change.written)}
        embedded = 0
        if change.writes:
            with _folder_in(segments) as folder:
                embedded = write_segment(folder, change, self.embedder, tell)
            staying.append(segments / folder.stem)
        moved = {
            part.doc_id: part.place(old.entries[part.doc_id])
            for part in parts
            if part.doc_id in homes and (part.path is not None or part.doc_id in old.moved)
        }
        manifest = manifest_of(_kind(self.embedder), staying, [places[part.doc_id] for part in parts], moved)
        with _folder_in(generations) as folder:
            (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
        _move_pointer(self.data_dir, folder.stem)
        self._afresh = False
        self._generation = _open_current(self.data_dir, self.embedder, old)
        _clear(generations, {folder.stem, previous})
        _clear(segments, {kept.name for kept in staying} | {segment.name for segment in old.segments})
        return embedded


def stored_sources(data_dir: str | Path) -> dict[str, str]:
    """Source -> key of the files whose documents the current generation holds; {} where that cannot be told."""
    try:
        rows = list(_stored_rows(Path(data_dir).expanduser(), ["doc_id", "source", "key"]))
    except (sqlite3.Error, ValueError, KeyError, TypeError, IndexUnusable):
        return {}
    return {row["source"]: row["key"] for row in rows if row.get("source")}


def holds_documents(data_dir: str | Path) -> bool:
    """Whether there is an index with documents, whatever embedder or format it has; what is damaged counts as one."""
    try:
        return any(True for _ in _stored_rows(Path(data_dir).expanduser(), ["doc_id"]))
    except (sqlite3.Error, ValueError, KeyError, TypeError, IndexUnusable):
        return True


def is_index(data_dir: str | Path) -> bool:
    """Whether an index has been made there, be it empty or damaged."""
    data_dir = Path(data_dir).expanduser()
    return (data_dir / _CURRENT).exists() or _newest(data_dir) is not None


#: Folders of ours beside the index.
_OURS = frozenset(("generations", "segments", "sets", "uploads", "evaluations"))


def refuse_foreign(data_dir: Path) -> None:
    """Raises NotAnIndex for a folder that is no index and holds documents: it was meant to be read, not to be filled."""
    if is_index(data_dir) or not data_dir.is_dir():
        return
    from corpus.archive import is_document, is_system  # here: asking reads no file

    entries = sorted(path for path in data_dir.iterdir() if path.name not in _OURS and not is_system(path.name))
    near = chain(entries, chain.from_iterable(path.iterdir() for path in entries if path.is_dir()))
    found = next((path for path in near if path.is_file() and is_document(path.name)), None)
    if found is not None:
        raise NotAnIndex(
            f"{data_dir} 里没有索引，却有别的文件（如 {found.name}），没有在那里新建索引。"
            f"要就这些文件提问，请写 --documents {data_dir}（Python 里写 documents=[…]）；"
            "放索引的文件夹请另选一个，或先运行 policyqa index 我的文件夹 --data-dir 另一个文件夹。"
        )


def stored_documents(data_dir: str | Path) -> list[SourceDocument]:
    """The documents of the current generation, whatever embedder or format it has; what a rebuild starts from.

    Raises IndexUnusable when even they cannot be read.
    """
    try:
        return [document_from(**row) for row in _stored_rows(Path(data_dir).expanduser(), DOCUMENT_COLUMNS.split(", "))]
    except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
        raise IndexUnusable(
            f"索引里的文件无法读出（{error}）。请用原来的文件重新建立："
            f"policyqa index --rebuild 文件或文件夹 --data-dir {shlex.quote(str(data_dir))}。"
        ) from error


def _stored_rows(data_dir: Path, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """These columns of the documents of the current generation, in order; an older format may have fewer."""
    name = _read_pointer(data_dir)
    if name is None:
        return
    folder = data_dir / "generations" / name
    if (folder / "index.sqlite").exists():  # up to format 5 a generation was one database
        stretches, moved = [(folder / "index.sqlite", "position", 0, sys.maxsize)], {}
    else:
        try:
            manifest = read_manifest(folder)
        except FileNotFoundError as error:
            raise IndexUnusable(_with_place(f"索引 {name} 的文件不见了。{REBUILD}", data_dir)) from error
        files = [data_dir / "segments" / one["name"] / "index.sqlite" for one in manifest["segments"]]
        stretches = [(files[place], "number", first, count) for place, first, count in manifest["documents"]]
        moved = manifest["moved"]
    for path, number, first, count in stretches:
        with closing(read_only(path)) as database:
            known = {column[1] for column in database.execute("PRAGMA table_info(documents)")}
            wanted = [column for column in columns if column in known]
            sql = f"SELECT {', '.join(wanted)} FROM documents WHERE {number} >= ? ORDER BY {number} LIMIT ?"
            for values in database.execute(sql, [first, count]):
                row = dict(zip(wanted, values, strict=True))
                if row["doc_id"] in moved:
                    now = dict(zip(("file_name", "source"), moved[row["doc_id"]], strict=True))
                    row |= {column: now[column] for column in now.keys() & row.keys()}
                yield row


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


@contextmanager
def _folder_in(root: Path) -> Iterator[Path]:
    """A new folder under ``root`` that gets its name, the next number, when all in it is durable: ``.stem`` of this."""
    numbers = [int(path.name) for path in root.iterdir() if path.name.isdigit()]
    folder = root / f"{max(numbers, default=0) + 1:06d}.new"
    folder.mkdir()
    yield folder
    for path in [*sorted(folder.rglob("*")), folder]:
        _sync(path)
    os.replace(folder, folder.with_suffix(""))
    _sync(root)


def _clear(root: Path, kept: Collection[str | None]) -> None:
    for path in root.iterdir():
        if path.name.isdigit() and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _kind(embedder: Embedder) -> dict[str, Any]:
    """What tells embedders apart whose vectors cannot be mixed."""
    return {"name": embedder.name, "fingerprint": embedder.fingerprint, "dimension": embedder.dimension}


def _read_pointer(data_dir: Path) -> str | None:
    """The name of the current generation: the newest one where the pointer is damaged or lost, as a generation gets its
    name when all in it is durable. None where nothing has been written yet."""
    pointer = data_dir / _CURRENT
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        name = ""
    if name.isdigit() and (data_dir / "generations" / name).is_dir():
        return name
    newest = _newest(data_dir)
    if newest is None and pointer.exists():
        raise IndexUnusable(
            f"索引 {data_dir} 的文件不见了。请用原来的文件重建："
            f"policyqa index --rebuild 文件或文件夹 --data-dir {shlex.quote(str(data_dir))}。"
        )
    return newest


def _newest(data_dir: Path) -> str | None:
    try:
        return max((path.name for path in (data_dir / "generations").iterdir() if path.name.isdigit()), default=None)
    except OSError:
        return None


def _with_place(message: str, data_dir: Path) -> str:
    """The message with the folder of the index in the command that it names."""
    place = shlex.quote(str(data_dir))
    return message.replace("policyqa index --rebuild ", f"policyqa index --rebuild --data-dir {place} ")


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


def _open_current(data_dir: Path, embedder: Embedder, before: Generation | None) -> Generation | None:
    """The current generation, with the segments that ``before`` has open; None when nothing has been written yet."""
    name = _read_pointer(data_dir)
    while name is not None:
        try:
            return open_generation(data_dir / "generations" / name, data_dir / "segments", _kind(embedder), before)
        except (FileNotFoundError, IndexUnusable) as error:
            # A writer may have moved on and cleared this generation away since the pointer was read.
            newer = _read_pointer(data_dir)
            if newer == name:
                told = str(error) if isinstance(error, IndexUnusable) else f"索引 {name} 的文件不见了。{REBUILD}"
                kind = type(error) if isinstance(error, IndexUnusable) else IndexUnusable
                raise kind(_with_place(told, data_dir)) from error
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
