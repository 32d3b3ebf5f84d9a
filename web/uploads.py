"""Files on their way into the index. The work goes on when the page is closed, and the page shows it when it is back."""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qa.cli import explain

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
    """A queue of files for one bot, worked on by one thread. ``changed`` is called after each write."""

    def __init__(self, bot: PolicyQA, changed: Callable[[], None] = lambda: None) -> None:
        self._bot, self._changed = bot, changed
        self._items: dict[int, Item] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._next = 1

    def take(self, files: Sequence[tuple[Path, str]], user: str) -> int:
        """Puts files (path, name as the user knows it) in the queue; gives how many.

        The files are copied to a place of our own first: they may vanish after the call.
        """
        place = Path(tempfile.mkdtemp(prefix="policyqa-"))
        queued: list[Item] = []
        for position, (path, name) in enumerate(files):
            target = place / str(position) / safe_name(name)
            target.parent.mkdir()
            shutil.copyfile(path, target)
            queued.append(Item(0, name, user, path=target))
        with self._lock:
            for item in queued:
                self._items[self._next] = replace(item, number=self._next)
                self._next += 1
            self._forget()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="policyqa-uploads")
                self._thread.start()
        return len(queued)

    def items(self) -> list[Item]:
        """All files that are waiting or worked on, and the last ones that are done, in order."""
        with self._lock:
            return list(self._items.values())

    @property
    def busy(self) -> bool:
        """Whether any file is not done."""
        return any(item.state in ("waiting", "working") for item in self.items())

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
        done = [n for n, item in self._items.items() if item.state not in ("waiting", "working")]
        for number in done[:-_SHOWN]:
            del self._items[number]

    def _set(self, items: Sequence[Item], state: State, message: str = "") -> None:
        with self._lock:
            for item in items:
                if item.number in self._items:
                    self._items[item.number] = replace(self._items[item.number], state=state, message=message)

    def _work(self) -> None:
        while True:
            with self._lock:
                waiting = [item for item in self._items.values() if item.state == "waiting"]
                if not waiting:
                    self._thread = None
                    return
            self._add(waiting[: max(1, -(-len(waiting) // _ROUNDS))])

    def _add(self, items: Sequence[Item]) -> None:
        self._set(items, "working", "读取文件")

        def tell(stage: str, done: int, total: int) -> None:
            self._set(items, "working", f"{stage} {done}/{total}" if total else stage)

        paths = {item.path: item for item in items if item.path is not None}
        try:
            summary = self._bot.add(list(paths), tell, remember_places=False)
        except Exception as error:  # the others still get their turn
            self._set(items, "failed", explain(error)[0])
            return
        failed = {failure.path: failure.message for failure in self._bot.failures}
        known = {entry.file_name: entry.doc_id for entry in self._bot.documents()}
        for path, item in paths.items():
            inside = f"{path.name}/"  # an archive, or a mail with what is attached to it
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
            elif path.name in known and (state := _state(known[path.name], summary)) is not None:
                outcomes.insert(0, replace(item, state=state, message=known[path.name]))
            elif not outcomes:  # its bytes are those of a file beside it, or of a document under another name
                outcomes = [replace(item, state="repeated")]
            self._done(item, outcomes)
            path.unlink(missing_ok=True)
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
