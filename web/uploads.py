"""Files on their way into the index. The work goes on when the page is closed, and the page shows it when it is back."""

from __future__ import annotations

import re
import shutil
import stat
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

from qa.cli import explain

if TYPE_CHECKING:
    from qa.bot import PolicyQA

State = Literal["waiting", "working", "added", "replaced", "unchanged", "repeated", "failed"]
STATE_WORDS: Mapping[State, str] = {
    "waiting": "排队中", "working": "处理中", "added": "已加入", "replaced": "已更新", "unchanged": "没有变化",
    "repeated": "与已有的文件内容相同，没有再加", "failed": "没有加入",
}  # fmt: skip
MOST_FILES = 2_000  #: of one zip
MOST_BYTES = 500 << 20  #: of what one zip holds, unpacked
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


class UploadRefused(ValueError):
    """What was sent cannot be taken. The message is Chinese and names the next step."""


class Uploads:
    """A queue of files for one bot, worked on by one thread. ``changed`` is called after each write."""

    def __init__(self, bot: PolicyQA, changed: Callable[[], None] = lambda: None) -> None:
        self._bot, self._changed = bot, changed
        self._items: dict[int, Item] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._next = 1

    def take(self, files: Sequence[tuple[Path, str]], user: str) -> int:
        """Puts files (path, name as the user knows it) in the queue, a zip as the files that it holds; gives how many.

        The files are copied or moved to a place of our own first: they may vanish after the call.
        """
        place = Path(tempfile.mkdtemp(prefix="policyqa-"))
        queued: list[Item] = []
        for position, (path, name) in enumerate(files):
            folder = place / str(position)
            folder.mkdir()
            if zipfile.is_zipfile(path) and PurePosixPath(name).suffix.lower() == ".zip":
                try:
                    unpacked = unpack(path, folder)
                except UploadRefused as error:
                    queued.append(Item(0, name, user, "failed", str(error)))
                    continue
                queued += [Item(0, f"{name} › {inner}", user, path=inner_path) for inner_path, inner in unpacked]
            else:
                target = folder / safe_name(name)
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
            summary = self._bot.add(list(paths), tell)
        except Exception as error:  # the others still get their turn
            self._set(items, "failed", explain(error)[0])
            return
        failed = {failure.path: failure.message for failure in self._bot.failures}
        known = {entry.file_name: entry.doc_id for entry in self._bot.documents()}
        for path, item in paths.items():
            doc_id = known.get(path.name, "")
            if path in failed:
                self._set([item], "failed", failed[path])
            elif path.name in summary.repeated:
                self._set([item], "repeated")
            elif doc_id in summary.added:
                self._set([item], "added", doc_id)
            elif doc_id in summary.replaced:
                self._set([item], "replaced", doc_id)
            elif doc_id in summary.unchanged:
                self._set([item], "unchanged", doc_id)
            else:  # its bytes are those of a file beside it, or of a document under another name
                self._set([item], "repeated")
            path.unlink(missing_ok=True)
        self._changed()


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


def unpack(archive: Path, folder: Path) -> list[tuple[Path, str]]:
    """The files of a zip, each in a folder of its own below ``folder``, with its name in the zip.

    Raises UploadRefused for one that is damaged, locked, or holds too much.
    """
    found: list[tuple[Path, str]] = []
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [m for m in opened.infolist() if not m.is_dir() and not stat.S_ISLNK(m.external_attr >> 16)]
            members = [m for m in members if not _is_hidden(_member_name(m))]
            if len(members) > MOST_FILES:
                raise UploadRefused(f"压缩包里有 {len(members)} 个文件，一次最多 {MOST_FILES} 个。请分成几个包。")
            left = MOST_BYTES
            for number, member in enumerate(members):
                name = _member_name(member)
                target = folder / str(number) / safe_name(name)
                target.parent.mkdir()
                with opened.open(member) as source, target.open("wb") as copy:
                    while block := source.read(1 << 20):
                        left -= len(block)
                        if left < 0:  # what the zip says of its own size is not to be believed
                            raise UploadRefused(f"压缩包解开后超过 {MOST_BYTES >> 20} MB。请分成几个包。")
                        copy.write(block)
                found.append((target, name))
    except RuntimeError as error:
        raise UploadRefused("压缩包有密码，打不开。请去掉密码后再上传。") from error
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
        raise UploadRefused("压缩包打不开，可能已损坏。请重新打包后再上传。") from error
    if not found:
        raise UploadRefused("压缩包里没有文件。")
    return found


def _member_name(member: zipfile.ZipInfo) -> str:
    """The name as it was written: archives made under Chinese Windows hold GB18030 and do not say so."""
    if member.flag_bits & 0x800:
        return member.filename
    raw = member.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _is_hidden(name: str) -> bool:
    parts = name.split("/")
    return any(part.startswith(".") for part in parts) or parts[0] == "__MACOSX"
