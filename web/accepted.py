"""Files that were accepted, on disk until they are in the index: the end of the server loses none of them."""

from __future__ import annotations

import json
import logging
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

log = logging.getLogger(__name__)
_LIST = "list.json"  #: beside the files of one upload, each in a folder of its number: whose they are, their names


@dataclass(frozen=True)
class Accepted:
    """A file that waits."""

    path: Path  #: of our copy
    name: str  #: as the user knows it
    user: str


class Shelf:
    """The files that wait below a folder. May be shared by threads, and the folder by processes: each has a place of
    its own there, which is locked as long as the process lives, and takes over those of processes that have ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._locks: dict[Path, FileLock] = {}  # of the places that are ours
        self._own: Path | None = None
        self._count = 0
        self._lock = threading.Lock()

    def put(self, files: Sequence[tuple[Path, str]], user: str) -> list[Accepted]:
        """Copies files (path, name) to here: all of them or, with an OSError, none."""
        with self._lock:
            if self._own is None:
                self._own = self._new_place()
            self._count += 1
            whole = self._own / f"{self._count:06d}"
            part = whole.with_suffix(".part")
            try:
                for position, (path, name) in enumerate(files):
                    copy = part / str(position) / safe_name(name)
                    copy.parent.mkdir(parents=True)
                    shutil.copyfile(path, copy)
                held = {"user": user, "names": [name for _, name in files]}
                (part / _LIST).write_text(json.dumps(held), "utf-8")
                part.rename(whole)
            except BaseException:
                shutil.rmtree(part, ignore_errors=True)
                self._leave_if_empty(self._own)
                raise
            return _accepted(whole)

    def left(self) -> list[Accepted]:
        """The files of processes that have ended, the first ones first; from now on they are ours."""
        with self._lock:
            try:
                return [file for place in sorted(self.folder.iterdir()) for file in self._taken_over(place)]
            except FileNotFoundError:
                return []
            except OSError:  # the page works without them
                log.exception("uploads that waited are not read")
                return []

    def drop(self, path: Path) -> None:
        """Deletes a file that waits no more, and with the last one what was made for them."""
        upload = path.parents[1]
        with self._lock, suppress(OSError):
            shutil.rmtree(path.parent)
            if not any(upload.glob("*/*")):
                shutil.rmtree(upload)
                self._leave_if_empty(upload.parent)

    def close(self) -> None:
        """Leaves what still waits to the next process."""
        with self._lock:
            for lock in self._locks.values():
                lock.release()
            self._locks, self._own = {}, None

    def _new_place(self) -> Path:
        place = self.folder / f"{time.time_ns()}-{secrets.token_hex(4)}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._locks[place] = _lock_of(place)
        self._locks[place].acquire(timeout=0)
        place.mkdir(mode=0o700)
        return place

    def _taken_over(self, place: Path) -> Iterator[Accepted]:
        if place in self._locks or not place.is_dir():
            return
        lock = _lock_of(place)
        try:
            lock.acquire(timeout=0)
        except Timeout:  # its process lives
            return
        self._locks[place] = lock
        for upload in sorted(place.glob("*")):
            files = _accepted(upload) if not upload.suffix else []  # one that was not whole was never accepted
            if not files:
                shutil.rmtree(upload, ignore_errors=True)
            yield from files
        self._leave_if_empty(place)

    def _leave_if_empty(self, place: Path) -> None:
        if any(place.glob("*")):
            return
        if place.is_dir():
            place.rmdir()
        if lock := self._locks.pop(place, None):
            lock.release()
            Path(lock.lock_file).unlink(missing_ok=True)
        if place == self._own:
            self._own = None


def _lock_of(place: Path) -> FileLock:
    return FileLock(place.with_name(f"{place.name}.lock"), thread_local=False)


def _accepted(upload: Path) -> list[Accepted]:
    """The files of an upload that are there; without a list that can be read they are called as they lie there."""
    try:
        held = json.loads((upload / _LIST).read_text("utf-8"))
        names, user = list(map(str, held["names"])), str(held["user"])
    except (OSError, ValueError, TypeError, KeyError):
        names, user = [], ""
    numbers = sorted(int(folder.name) for folder in upload.iterdir() if folder.name.isdigit())
    return [
        Accepted(path, names[number] if number < len(names) else path.name, user)
        for number in numbers
        for path in (upload / str(number)).iterdir()
    ]


def safe_name(name: str) -> str:
    """The last part of a name, as a file may be called."""
    last = re.sub(r'[\x00-\x1f\x7f<>:"|?*]', "_", re.split(r"[/\\]", name)[-1]).strip()
    stem, dot, suffix = last.rpartition(".")
    encoded = (stem or "文件").encode("utf-8", "replace")[:180].decode("utf-8", "ignore")
    return (
        (encoded + dot + suffix[:20])
        if dot
        else last.encode("utf-8", "replace")[:200].decode("utf-8", "ignore") or "文件"
    )
