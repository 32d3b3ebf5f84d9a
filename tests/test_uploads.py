"""Files that are sent to the page: each is a document of its own, each outcome is told, and none is lost on the way."""

from __future__ import annotations

import os
import threading
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fake_bot import FakeBot
from fakes import HashEmbedder
from qa.bot import PolicyQA
from web import desk, library
from web.accepted import safe_name
from web.library_view import uploads_html
from web.quiet_gradio import gr
from web.uploads import Item, Uploads, path_name


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return uploads_of(FakeBot(), tmp_path)


def uploads_of(bot: Any, folder: Path) -> Uploads:
    return Uploads(bot, folder / "uploads")


def written(folder: Path, name: str, content: bytes = b"x") -> tuple[Path, str]:
    path = folder / f"{abs(hash(name))}.bin"
    path.write_bytes(content)
    return path, name


def states(uploads: Uploads) -> dict[str, str]:
    assert uploads.wait()
    return {item.name: item.state for item in uploads.items()}


def test_each_file_has_its_own_outcome(uploads: Uploads, tmp_path: Path) -> None:
    uploads.take([written(tmp_path, "文件夹/甲.txt"), written(tmp_path, "乙.bin")], "")
    assert states(uploads) == {"文件夹/甲.txt": "added", "乙.bin": "failed"}
    assert next(item.message for item in uploads.items() if item.state == "failed") == "不认识的格式"
    uploads.clear()
    assert uploads.items() == []


def test_each_file_of_an_archive_has_its_own_outcome(tmp_path: Path) -> None:
    """Over a real index."""
    (tmp_path / "甲.txt").write_text("码头管理办法\n\n第一条 码头夜间开放。\n", "utf-8")
    bot = PolicyQA.open([tmp_path / "甲.txt"], tmp_path / "index", embedder=HashEmbedder())
    path = tmp_path / "sent.bin"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("里/乙.txt", "林道管理办法\n\n第一条 林道每年修缮两次。\n")
        archive.writestr("坏.docx", b"PK\x03\x04" + bytes(99))
        archive.writestr("__MACOSX/乙.txt", "x")
    uploads = uploads_of(bot, tmp_path)
    uploads.take(
        [(path, "包.zip"), written(tmp_path, "丙.txt", "集市管理办法\n\n第一条 集市逢五开市。\n".encode())], ""
    )
    assert states(uploads) == {"包.zip › 里/乙.txt": "added", "包.zip › 坏.docx": "failed", "丙.txt": "added"}
    uploads.clear()
    uploads.take([(path, "包.zip"), written(tmp_path, "丙.txt", b"")], "")
    assert states(uploads) == {"包.zip › 里/乙.txt": "unchanged", "包.zip › 坏.docx": "failed", "丙.txt": "failed"}
    uploads.clear()
    uploads.take([(path, "又一个.zip")], "")
    assert states(uploads) == {"又一个.zip › 坏.docx": "failed"}


def test_one_bad_zip_does_not_stop_the_others(tmp_path: Path) -> None:
    bot = PolicyQA.open(data_dir=tmp_path / "index", embedder=HashEmbedder())
    path = tmp_path / "空.zip"
    zipfile.ZipFile(path, "w").close()
    uploads = uploads_of(bot, tmp_path)
    uploads.take(
        [(path, "空.zip"), written(tmp_path, "甲.txt", "码头管理办法\n\n第一条 码头夜间开放。\n".encode())], ""
    )
    assert states(uploads) == {"空.zip": "failed", "甲.txt": "added"}


def test_an_error_of_the_index_is_told_of_each_file(tmp_path: Path) -> None:
    bot = FakeBot()

    def full(*_args: Any, **_more: Any) -> Any:
        raise OSError(28, "No space left on device")

    bot.add = full  # type: ignore[method-assign]
    uploads = uploads_of(bot, tmp_path)
    uploads.take([written(tmp_path, "甲.txt")], "")
    assert states(uploads) == {"甲.txt": "failed"}
    assert uploads.items()[0].message


@pytest.mark.parametrize(
    ("name", "safe"),
    [("../../etc/passwd", "passwd"), ("a\\b\\甲.txt", "甲.txt"), ("a<b>:c.txt", "a_b__c.txt"), ("", "文件"), (".txt", "文件.txt")],
)  # fmt: skip
def test_names_of_files(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert len(os.fsencode(safe_name("长" * 300 + ".txt"))) < 255


def test_what_failed_is_told_until_it_has_been_read(uploads: Uploads, tmp_path: Path) -> None:
    uploads.take([written(tmp_path, "坏.bin")], "")
    for few in range(6):
        assert uploads.wait()
        uploads.take([written(tmp_path, f"{few}/{n}.txt") for n in range(50)], "")
    told = states(uploads)
    assert len(told) < 301
    assert told["坏.bin"] == "failed"


def test_a_long_queue_is_told_in_short(tmp_path: Path) -> None:
    html = uploads_html([Item(n, f"{n}号.txt", "", "added" if n < 3 else "waiting") for n in range(1, 5001)])
    assert "2/5000 个文件已处理" in html
    assert "还有 4948 个文件" in html
    assert "1号.txt" in html and "52号.txt" in html and "53号.txt" not in html
    assert len(html) < 20_000


# --- what the browser says it has sent


def test_more_files_than_one_action_may_hold_are_refused_not_cut_off() -> None:
    given = [{"path": "x", "name": "x"}] * (desk.MOST_SENT + 1)
    with pytest.raises(gr.Error, match="一次最多上传 2,000 个文件，这次有 2,001 个"):
        desk.sent_files(given)


def test_files_that_did_not_arrive_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, name = written(tmp_path, "甲.txt")
    monkeypatch.setattr(desk, "get_upload_folder", lambda: str(tmp_path))
    warned: list[str] = []
    monkeypatch.setattr(library, "warn", warned.append)
    monkeypatch.setattr(gr, "Timer", lambda **_: None)
    over = desk.Desk(FakeBot(), tmp_path / "data", desk.everybody_is_admin)  # type: ignore[arg-type]
    sent = [{"path": str(path), "name": name}, {"path": str(tmp_path / "gone.txt"), "name": "乙.txt"}]
    library.Library(over).upload(SimpleNamespace(_data={"files": sent}), None)  # type: ignore[arg-type]
    assert [text[:16] for text in warned] == ["有 1 个文件没有收到，别的 1"]
    assert states(over.uploads) == {"甲.txt": "added"}


# --- names


@pytest.fixture
def bot(tmp_path: Path) -> PolicyQA:
    """Over a real index of one document."""
    (tmp_path / "林道.txt").write_text("林道管理办法\n\n第一条 林道每年修缮两次。\n", "utf-8")
    return PolicyQA.open([tmp_path / "林道.txt"], tmp_path / "index", embedder=HashEmbedder())


def rule(text: str) -> bytes:
    return f"集市管理办法\n\n第一条 {text}。\n".encode()


def texts(bot: PolicyQA) -> dict[str, str]:
    return {entry.file_name: bot.document(entry.doc_id).text.split()[-1].rstrip("。") for entry in bot.documents()}


def test_files_of_one_name_in_two_folders_are_two_documents(bot: PolicyQA, tmp_path: Path) -> None:
    uploads = uploads_of(bot, tmp_path)
    first, second = (written(tmp_path, f"{year}/办法.txt", rule(f"{year}逢五开市")) for year in (2023, 2024))
    uploads.take([first, second], "")
    assert states(uploads) == {"2023/办法.txt": "added", "2024/办法.txt": "added"}
    uploads.clear()
    uploads.take([written(tmp_path, "2024\\办法.txt", rule("逢十开市"))], "")
    assert states(uploads) == {"2024/办法.txt": "replaced"}, "the same file again is an update"
    assert texts(bot) == {"林道.txt": "林道每年修缮两次", "2023/办法.txt": "2023逢五开市", "2024/办法.txt": "逢十开市"}


def test_of_a_file_that_is_sent_twice_at_once_the_later_text_stays(bot: PolicyQA, tmp_path: Path) -> None:
    uploads = uploads_of(bot, tmp_path)
    copies = [(written(tmp_path, f"{n}.txt", rule(f"逢{n}开市"))[0], "办法.txt") for n in "一二三"]
    others = [written(tmp_path, f"{n}.txt", rule(f"第{n}集市不开")) for n in range(40)]
    uploads.take([*copies, *others], "")
    assert uploads.wait()
    assert [item.state for item in uploads.items()][:4] == ["added", "replaced", "replaced", "added"]
    assert texts(bot)["办法.txt"] == "逢三开市"


@pytest.mark.parametrize(
    ("name", "known_as"),
    [
        ("办法.txt", "办法.txt"),
        ("2024/办法.txt", "2024/办法.txt"),
        ("2024\\上\\办法.txt", "2024/上/办法.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("/2024//./办法.txt", "2024/办法.txt"),
        ("..", "文件"),
        ("", "文件"),
    ],
)
def test_what_a_file_is_known_by(name: str, known_as: str) -> None:
    assert path_name(name) == known_as


def test_long_names_that_differ_anywhere_stay_different() -> None:
    names = [f"{first}{'长' * 500}/{last}.txt" for first in "甲乙" for last in "上下"]
    short = {path_name(name) for name in names}
    assert len(short) == 4
    assert max(map(len, short)) <= 300
    assert {name[-7:] for name in short} == {"长/上.txt", "长/下.txt"}


# --- the end of the server


class Held(FakeBot):
    """Reads as long as it is not let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on = threading.Event(), threading.Event()

    def add(self, paths: Any, progress: Any = None, **more: Any) -> Any:
        self.begun.set()
        while not self.go_on.wait(0.01):
            progress("读取文件", 0, len(paths))
        return super().add(paths, progress, **more)


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """A folder in which the files of a server that has ended still wait."""
    held = Held()
    uploads = uploads_of(held, tmp_path)
    uploads.take([written(tmp_path, f"2024/{name}.txt") for name in "甲乙丙"], "编辑")
    assert held.begun.wait(10)
    uploads.close()
    assert not uploads.busy
    return tmp_path / "uploads"


def test_files_that_waited_when_the_server_ended_are_added_by_the_next(waiting: Path) -> None:
    uploads = Uploads(FakeBot(), waiting)  # type: ignore[arg-type]
    assert uploads.resume() == 3
    assert states(uploads) == {"2024/甲.txt": "added", "2024/乙.txt": "added", "2024/丙.txt": "added"}
    assert uploads.items()[0].user == "编辑"
    assert list(waiting.iterdir()) == [], "nothing is left of them"
    assert uploads.resume() == 0


def test_files_of_a_server_that_runs_are_its_own(tmp_path: Path) -> None:
    held = Held()
    uploads = uploads_of(held, tmp_path)
    uploads.take([written(tmp_path, "甲.txt")], "")
    assert uploads_of(FakeBot(), tmp_path).resume() == 0
    held.go_on.set()
    assert states(uploads) == {"甲.txt": "added"}


def test_a_file_that_is_sent_while_the_server_ends_waits_too(waiting: Path, tmp_path: Path) -> None:
    ended = Uploads(FakeBot(), waiting)  # type: ignore[arg-type]
    ended.close()
    ended.take([written(tmp_path, "丁.txt")], "")
    ended.close()
    uploads = Uploads(FakeBot(), waiting)  # type: ignore[arg-type]
    assert uploads.resume() == 4
    assert [item.name for item in uploads.items()][-1] == "丁.txt", "in the order in which they came"
    assert uploads.wait()


def test_a_list_that_is_half_written_and_a_file_that_is_gone_stop_nothing(waiting: Path) -> None:
    (listed,) = waiting.rglob("list.json")
    listed.write_text(listed.read_text("utf-8")[:20], "utf-8")
    next(waiting.rglob("乙.txt")).unlink()
    half = listed.parents[1] / "000002.part"
    half.mkdir()
    (half / "丁.txt").write_text("hal")
    uploads = Uploads(FakeBot(), waiting)  # type: ignore[arg-type]
    assert uploads.resume() == 2
    assert states(uploads) == {"甲.txt": "added", "丙.txt": "added"}
    assert list(waiting.iterdir()) == []


def test_a_folder_that_cannot_be_read_does_not_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "uploads").write_text("no folder")
    uploads = uploads_of(FakeBot(), tmp_path)
    assert uploads.resume() == 0
    with pytest.raises(OSError):
        uploads.take([written(tmp_path, "甲.txt")], "")


def test_an_upload_that_is_not_copied_whole_is_not_accepted(uploads: Uploads, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        uploads.take([written(tmp_path, "甲.txt"), (tmp_path / "gone.txt", "乙.txt")], "")
    assert uploads.items() == []
    assert list((tmp_path / "uploads").iterdir()) == []
