"""Files on their way into the index. The work goes on when the page is closed, and the page shows it when it is back."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus.worker import shared_pool
from qa.command import explain
from web.accepted import Accepted, Shelf

if TYPE_CHECKING:
    from index.interface import Summary
    from qa.bot import PolicyQA

State = Literal["waiting", "working", "added", "replaced", "unchanged", "repeated", "failed"]
STATE_WORDS: Mapping[State, str] = {
    "waiting": "排队中", "working": "处理中", "added": "已加入", "replaced": "已更新", "unchanged": "没有变化",
    "repeated": "与已有的文件内容相同，没有再加", "failed": "没有加入",
}  # fmt: skip
_ROUNDS = 20  #: an upload is written in at most so many steps: each makes the index anew
_SHOWN = 200  #: files that are done with are told no longer than this many
_FAILED = 2_000  #: those that have failed longer: what is to be done about them stands only there
_LONGEST = 300  #: characters of a name


class _Ending(Exception):  # noqa: N818 - no error
    """The work is to stop where it is."""


@dataclass(frozen=True)
class Item:
    """A file on its way."""

    number: int
    name: str
    user: str
    state: State = "waiting"
    message: str = ""  #: why it failed (Chinese), what is done now, or the doc_id it has got
    path: Path | None = None


class Uploads:
    """A queue of files for one bot, worked on by one thread. ``changed`` is called after each write. ``folder``: where
    the files lie until they are done with."""

    def __init__(self, bot: PolicyQA, folder: Path, changed: Callable[[], None] = lambda: None) -> None:
        self._bot, self._changed = bot, changed
        self._shelf = Shelf(folder)
        self._items: dict[int, Item] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._next = 1
        self._ending = threading.Event()

    def take(self, files: Sequence[tuple[Path, str]], user: str) -> int:
        """Puts files (path, name as the user knows it, with its folders) in the queue; gives how many. Raises OSError.

        The files are copied to a place of our own first: they may vanish after the call.
        """
        return self._queue(self._shelf.put([(path, path_name(name)) for path, name in files], user))

    def resume(self) -> int:
        """Puts files in the queue that waited when an earlier server ended; gives how many."""
        return self._queue(self._shelf.left())

    def close(self, seconds: float = 5) -> None:
        """Ends the work, at most so many seconds later; what is not done waits on disk for :meth:`resume`."""
        self._ending.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            shared_pool().end()  # a file may be read for minutes
            thread.join(seconds)
            if thread.is_alive():  # its files are left to others when the process ends
                return
        self._shelf.close()

    def _queue(self, files: Sequence[Accepted]) -> int:
        with self._lock:
            for file in files:
                self._items[self._next] = Item(self._next, file.name, file.user, path=file.path)
                self._next += 1
            self._forget()
            idle = self._thread is None or not self._thread.is_alive()
            if files and idle and not self._ending.is_set():
                self._thread = threading.Thread(target=self._work, name="policyqa-uploads")
                self._thread.start()
        return len(files)

    def items(self) -> list[Item]:
        """All files that are waiting or worked on, and the last ones that are done, in order."""
        with self._lock:
            return list(self._items.values())

    @property
    def busy(self) -> bool:
        """Whether any file is still to be done by this server."""
        return not self._ending.is_set() and any(item.state in ("waiting", "working") for item in self.items())

    def clear(self) -> None:
        """Forgets the files that are done with."""
        with self._lock:
            self._items = {n: item for n, item in self._items.items() if item.state in ("waiting", "working")}

    def wait(self, seconds: float = 60) -> bool:
        """Waits until all is done; gives whether it is."""
        end = time.monotonic() + seconds
        while self.busy and time.monotonic() < end:
            time.sleep(0.02)
        return not self.busy

    def _forget(self) -> None:
        done = [item for item in self._items.values() if item.state not in ("waiting", "working")]
        failed = [item for item in done if item.state == "failed"]
        for item in [*[item for item in done if item.state != "failed"][:-_SHOWN], *failed[:-_FAILED]]:
            del self._items[item.number]

    def _set(self, items: Sequence[Item], state: State, message: str = "") -> None:
        with self._lock:
            for item in items:
                if item.number in self._items:
                    self._items[item.number] = replace(self._items[item.number], state=state, message=message)

    def _work(self) -> None:
        while True:
            with self._lock:
                waiting = [item for item in self._items.values() if item.state == "waiting"]
                if not waiting or self._ending.is_set():
                    self._thread = None
                    return
            few: dict[str, Item] = {}
            for item in waiting[: -(-len(waiting) // _ROUNDS)]:
                if item.name in few:  # the later one of a name is to take the place of the earlier one
                    break
                few[item.name] = item
            self._add(list(few.values()))

    def _add(self, items: Sequence[Item]) -> None:
        self._set(items, "working", "读取文件")

        def tell(stage: str, done: int, total: int) -> None:
            if self._ending.is_set():
                raise _Ending
            self._set(items, "working", f"{stage} {done}/{total}" if total else stage)

        paths = {item.path: item for item in items if item.path is not None}
        try:
            summary = self._bot.add(list(paths), tell, names={path: item.name for path, item in paths.items()})
        except Exception as error:  # the others still get their turn
            if self._ending.is_set():
                self._set(items, "waiting")
                return
            for path in paths:
                self._shelf.drop(path)
            self._set(items, "failed", explain(error)[0])
            return
        if self._ending.is_set():  # which may be why a file failed
            self._set(items, "waiting")
            return
        failed = {failure.path: failure.message for failure in self._bot.failures}
        new, known = {*summary.added, *summary.replaced}, dict[str, str]()
        for entry in self._bot.documents():  # several may have one name: what was written is one of those sent
            if entry.file_name not in known or entry.doc_id in new:
                known[entry.file_name] = entry.doc_id
        for path, item in paths.items():
            inside = f"{item.name}/"  # an archive, or a mail with what is attached to it
            outcomes = [
                replace(item, name=f"{item.name} › {name.removeprefix(inside)}", state=state, message=doc_id)
                for name, doc_id in known.items()
                if name.startswith(inside) and (state := _state(doc_id, summary)) is not None
            ]
            outcomes += [
                replace(item, name=f"{item.name} › {place.relative_to(path)}", state="failed", message=message)
                for place, message in failed.items()
                if place != path and place.is_relative_to(path)
            ]
            if path in failed:
                outcomes.insert(0, replace(item, state="failed", message=failed[path]))
            elif item.name in known and (state := _state(known[item.name], summary)) is not None:
                outcomes.insert(0, replace(item, state=state, message=known[item.name]))
            elif not outcomes:  # its bytes are those of a file beside it, or of a document under another name
                outcomes = [replace(item, state="repeated")]
            self._shelf.drop(path)
            self._done(item, outcomes)
        self._changed()

    def _done(self, item: Item, outcomes: Sequence[Item]) -> None:
        """Puts what has become of an item, and of the files inside it, in its place."""
        with self._lock:
            told: dict[int, Item] = {}
            for number, other in self._items.items():
                told[number] = other
                if number == item.number:
                    told[number] = replace(outcomes[0], number=number)
                    for more in outcomes[1:]:
                        told[self._next] = replace(more, number=self._next)
                        self._next += 1
            self._items = told


def _state(doc_id: str, summary: Summary) -> State | None:
    """What a write did with a document; None when it is none of those that were sent."""
    if doc_id in summary.added:
        return "added"
    return "replaced" if doc_id in summary.replaced else "unchanged" if doc_id in summary.unchanged else None


def path_name(name: str) -> str:
    """The name of a file with its folders, as it is known by: it leads nowhere else, and is not too long."""
    parts = [part for part in re.split(r"[/\\]", name) if part.strip() not in ("", ".", "..")]
    whole = "/".join(parts) or "文件"
    if len(whole) <= _LONGEST:
        return whole
    mark = sha256(whole.encode("utf-8", "replace")).hexdigest()[:8]  # names that differ stay different
    return f"{mark}…{whole[-_LONGEST + 9 :]}"
