"""What stands in files and folders, taken over into an index a batch at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import SourceDocument, doc_id_of

if TYPE_CHECKING:
    from corpus.load import Failure
    from index.interface import DocumentEntry, Progress, Store, Summary


class NoDocuments(ValueError):
    """There is no document to read or to ask. The message is Chinese and names the next step."""


class FolderEmptied(ValueError):
    """A folder that documents of the index came from holds none now. The message is Chinese and names the next step."""


def emptied(paths: Sequence[Path], sources: Collection[str]) -> dict[Path, str]:
    """The folders with no file left in them, or that are gone, from which documents of an index came (``sources``), each
    with what to say of it: a drive that is not mounted looks like that too."""
    from corpus.load import document_paths

    told = {}
    for path in paths:
        below = os.path.join(path.absolute(), "")
        count = sum(source.startswith(below) for source in sources)
        if count and not (path.is_file() or (path.is_dir() and document_paths([path]))):
            told[path] = (
                f"{path} 里现在一份文件也没有，而索引里有 {count} 份来自它，没有改动索引。"
                "请看看是不是磁盘没有挂载；确实要把它们移出索引，请加 --allow-empty（Python 里写 allow_empty=True）。"
            )
    return told


def refuse_emptied(paths: Sequence[Path], sources: Collection[str]) -> None:
    """Raises FolderEmptied where one of ``paths`` is such a folder."""
    if told := emptied(paths, sources):
        raise FolderEmptied("\n".join(told.values()))


#: Characters that are read before they are written to the index: at first, and at most, as memory must hold them. An
#: interruption loses as much, so that later ones are as many as take _BATCH_SECONDS, vectors and all.
_FIRST_BATCH, _BATCH = 150_000, 1_000_000
_BATCH_SECONDS = 60


def next_batch(characters: int, seconds: float) -> int:
    """How many characters to take next, when so many took so long.

    >>> next_batch(150_000, 120), next_batch(150_000, 1), next_batch(100, 600)
    (75000, 1000000, 15000)
    """
    return max(_FIRST_BATCH // 10, min(_BATCH, int(characters * _BATCH_SECONDS / max(seconds, 1e-3))))


_STAYS = "索引里仍是它原来的内容。"


def take_over(
    index: Store,
    paths: Sequence[Path] | None,
    progress: Progress | None,
    *,
    exactly: bool,
    allow_empty: bool = False,
    names: Mapping[Path, str] | None = None,
) -> tuple[Summary, list[Failure]]:
    """Bring the index up to what stands in files and folders, of None the bundled ones, a batch at a time.

    ``exactly``: nothing else stays in it. Gives what was done, and what could not be read.
    """
    from corpus.load import bundled_documents, read_all, read_for_copies, scan, with_ids  # here: asking reads no file
    from corpus.raw import silent
    from index.interface import Summary

    known = {entry.source: entry.key for entry in index.documents() if entry.source} if names is None else {}
    called = None if names is None else _Called(index.documents(), names)
    found = scan([bundled_documents()] if paths is None else paths, known, exactly=exactly)
    without = () if allow_empty else _without_files(paths or ())
    failures, summary, moved = [*found.failures, *without], Summary(), found.moved
    if not moved.keys().isdisjoint(str(path.absolute()) for path in found.unread):
        # What has moved goes first: else a new file under the old name takes the place of the document that it held.
        summary, moved = index.add((), progress, moved=moved), {}
        found.unchanged += [str(path.absolute()) for path in found.moved.values()]
        known = {source: key for source, key in known.items() if source not in found.moved}

    unread = {str(path.absolute()) for path in found.unread}
    staying = {*found.unchanged, *found.moved}
    read_for_copies(
        found,
        {
            entry.fingerprint
            for entry in index.documents()
            if entry.source in known and entry.source not in staying
            if exactly or entry.source in found.gone or entry.source in unread
        },
    )

    def stays(path: Path) -> bool:
        """Whether the index goes on holding what it held of a file; it does when the file had a document."""
        source = str(path.absolute())
        if source in known:
            found.unchanged.append(source)
        return source in known

    def lost(failure: Failure, left: Sequence[SourceDocument]) -> None:
        whole = all(document.source != str(failure.path.absolute()) for document in left)
        failures.append(_with_stays(failure) if whole and stays(failure.path) else failure)

    batch: list[SourceDocument] = []
    read_before: list[str] = []
    room, begun = _FIRST_BATCH, time.monotonic()
    for path, documents, failed in read_all(found, progress or silent):
        # What is damaged holds less than it did: what the index holds of it is better than that.
        if failed and (not documents or any(one.damaged for one in failed)) and stays(path):
            documents, failed = [], [*failed[:-1], _with_stays(failed[-1])]
        failures += failed
        if called is not None:
            documents = called.under_names(path, documents)
        batch += documents
        length = sum(len(document.text) for document in batch)
        if length > room or (batch and time.monotonic() - begun > _BATCH_SECONDS):
            summary += bearable(with_ids(batch, ()), lambda documents: index.add(documents, progress), lost)
            read_before += [document.source for document in batch]
            now = time.monotonic()
            batch, room, begun = [], next_batch(length, now - begun), now
    batch = with_ids(batch, ())
    if exactly and not (batch or read_before or found.unchanged or moved):
        raise NoDocuments(no_documents(paths or (), failures))

    def last(documents: Sequence[SourceDocument]) -> Summary:
        if not exactly:
            return index.add(documents, progress, moved=moved, gone=found.gone)
        unchanged, order = found.unchanged + read_before, [str(path.absolute()) for path in found.paths]
        return index.build(documents, progress, unchanged=unchanged, moved=moved, order=order)

    written = bearable(batch, last, lost)
    repeated = tuple(path.name for path in found.repeated)
    return summary + replace(written, repeated=written.repeated + repeated), failures


def _with_stays(failure: Failure) -> Failure:
    return replace(failure, message=failure.message + _STAYS)


def bearable(
    documents: Sequence[SourceDocument],
    write: Callable[[Sequence[SourceDocument]], Summary],
    lost: Callable[[Failure, Sequence[SourceDocument]], None],
) -> Summary:
    """What ``write`` did with the documents without those that end their worker. ``lost`` gets each of these, as a
    failure, and the documents that are left."""
    from corpus.load import Failure
    from index.prepare import NotPrepared

    while True:
        try:
            return write(documents)
        except NotPrepared as error:
            one = error.document
            documents = [document for document in documents if document.fingerprint != one.fingerprint]
            lost(Failure(Path(one.source or one.file_name), str(error)), documents)


class _Called:
    """The documents of an index by what their files are called, for files that have no place to be known by."""

    def __init__(self, entries: Sequence[DocumentEntry], names: Mapping[Path, str]) -> None:
        self._names = names
        self._on_disk = {entry.fingerprint for entry in entries if entry.source and os.path.exists(entry.source)}
        self._taken = {entry.doc_id for entry in entries}
        self._ids: dict[str, str] = {}
        for entry in sorted(entries, key=lambda entry: bool(entry.source)):  # of one name first what has no place
            self._ids.setdefault(entry.file_name, entry.doc_id)

    def under_names(self, path: Path, documents: Sequence[SourceDocument]) -> list[SourceDocument]:
        """The documents of a file as it is called, without those that a file on disk holds: these stay as they are,
        with all else that came from there."""
        name = self._names.get(path, path.name)
        return [
            replace(document, file_name=file_name, doc_id=self._id(file_name), source="", key="")
            for document in documents
            if document.fingerprint not in self._on_disk
            for file_name in [name + document.file_name.removeprefix(path.name)]
        ]

    def _id(self, file_name: str) -> str:
        if file_name not in self._ids:
            self._ids[file_name] = doc_id_of(file_name, self._taken)
            self._taken.add(self._ids[file_name])
        return self._ids[file_name]


def _without_files(paths: Sequence[Path]) -> list[Failure]:
    """The folders among ``paths`` that hold no file that could be read: a wrong one shows by that alone."""
    from corpus.load import Failure

    return [Failure(path, "这个文件夹里没有可以读的文件。") for path in paths if path.is_dir() and not any_file([path])]


def any_file(paths: Sequence[Path]) -> bool:
    from corpus.load import document_paths

    return bool(document_paths(paths))


def no_documents(paths: Sequence[Path], failures: Sequence[Failure]) -> str:
    from corpus.readers import FORMAT_NAMES

    told = "".join(f"\n{failure.path}：{failure.message}" for failure in failures)
    where = "、".join(map(str, paths)) or "（没有给出路径）"
    return f"{where} 里没有可以读的文件。请给出文件（{FORMAT_NAMES}、压缩包），或放着这些文件的文件夹。{told}"
