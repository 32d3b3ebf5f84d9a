"""Archives: which members are read, how their names are decoded, what is refused and why."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping

import pytest

import corpus.archive
from corpus.archive import members
from packed import zipped

TEXT = "第一条 为了规范数据开放，制定本办法。"


def names(data: bytes, name: str = "包.zip") -> list[str]:
    return [member.name for member in members(data, name)[0]]


def messages(data: bytes, name: str = "包.zip") -> dict[str, str]:
    return {refused.name: refused.message for refused in members(data, name)[1]}


def tarred(files: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def legacy_zip(name: bytes, data: bytes) -> bytes:
    """As programs before UTF-8 wrote it: the bytes of the name as they are, no mark of an encoding."""
    whole = zipped({"N" * len(name): data})
    return whole.replace(b"N" * len(name), name)


def test_documents_are_taken_with_their_paths_and_system_files_are_passed_over() -> None:
    data = zipped(
        {
            "政策/": "",
            "政策/办法.txt": TEXT,
            "政策\\细则.md": "# 细则",
            "照片.jpeg2": b"x",
            "视频.mp4": b"x",
            "__MACOSX/政策/._办法.txt": "x",
            ".隐藏.txt": "x",
            "政策/Thumbs.db": "x",
            "~$办法.txt": "x",
        }
    )
    found, refused = members(data, "包.zip")
    assert [(m.name, m.data.decode()) for m in found] == [("政策/办法.txt", TEXT), ("政策/细则.md", "# 细则")]
    assert refused == []


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_a_mark_of_their_encoding(encoding: str) -> None:
    assert names(legacy_zip("政策文件/开放办法.txt".encode(encoding), TEXT.encode())) == ["政策文件/开放办法.txt"]


def test_archives_within_archives_down_to_the_third() -> None:
    third = zipped({"丙.txt": TEXT, "丁.zip": zipped({"戊.txt": TEXT})})
    first = zipped({"甲.txt": TEXT, "乙.zip": zipped({"三.zip": third})})
    assert names(first) == ["甲.txt", "乙.zip/三.zip/丙.txt"]
    assert list(messages(first)) == ["乙.zip/三.zip/丁.zip"]
    assert "单独解压" in messages(first)["乙.zip/三.zip/丁.zip"]


@pytest.mark.parametrize("path", ["../办法.txt", "a/../../办法.txt", "/etc/办法.txt", "C:\\办法.txt", "..\\办法.txt"])
def test_a_path_that_climbs_out_is_refused(path: str) -> None:
    found, refused = members(zipped({path: TEXT, "好.txt": TEXT}), "包.zip")
    assert [m.name for m in found] == ["好.txt"]
    assert len(refused) == 1 and "之外" in refused[0].message


def test_symbolic_links_and_locked_members_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("链接.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("密.txt", TEXT)
    data = out.getvalue()
    assert "符号链接" in messages(data)["链接.txt"]
    assert names(data) == ["密.txt"]
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)  # the entry of 密.txt in the directory
    locked = data[: at + 8] + bytes([data[at + 8] | 1]) + data[at + 9 :]
    assert "密码" in messages(locked)["密.txt"]


def test_formats_that_cannot_be_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    said = messages(zipped({"旧.ceb": b"x", "包.rar": b"x", "图.psd": b"x"}))
    assert "转换格式" in said["旧.ceb"] and "解压" in said["包.rar"] and len(said) == 2


def test_bombs_are_stopped_while_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = zipped({"零.txt": b"0" * (12 << 20), "好.txt": TEXT})
    assert "压缩炸弹" in messages(zeros)["零.txt"]
    assert names(zeros) == ["好.txt"]
    monkeypatch.setattr(corpus.archive, "MAX_MEMBER", 1000)
    monkeypatch.setattr(corpus.archive, "MAX_TOTAL", 3000)
    monkeypatch.setattr(corpus.archive, "MAX_MEMBERS", 5)
    assert "超过" in messages(zipped({"长.txt": "文" * 400}))["长.txt"]
    many = {f"{n}.txt": "文" * 300 for n in range(5)}
    assert names(zipped(many)) == ["0.txt", "1.txt", "2.txt"]
    assert "3000" not in messages(zipped(many))[""] and "已停止" in messages(zipped(many))[""]
    assert "后面的没有读" in messages(zipped({f"{n}.txt": "文" for n in range(9)}))[""]
    lying = zipped({"假.txt": "文" * 400}).replace((1200).to_bytes(4, "little"), (12).to_bytes(4, "little"))
    assert names(lying) == [] and messages(lying)  # a small size in the header does not help
    assert "已停止" in messages(tarred({"视频.mp4": b"0" * 10_000}), "包.tar.gz")[""]  # skipped members count too


def test_what_is_whole_in_a_truncated_zip_is_read() -> None:
    data = zipped({"一.txt": TEXT, "二.txt": TEXT * 2, "三.txt": "".join(map(chr, range(0x4E00, 0x5200)))})
    cut = data[: data.rindex(b"PK\x03\x04") + 300]
    found, refused = members(cut, "包.zip")
    assert [(m.name, m.data.decode()) for m in found] == [("一.txt", TEXT), ("二.txt", TEXT * 2)]
    assert "已损坏或不完整" in refused[0].message and "2 个文件" in refused[1].message


def test_a_damaged_member_does_not_stop_the_others() -> None:
    data = bytearray(zipped({"一.txt": TEXT, "二.txt": TEXT}))
    data[40 + len("一.txt".encode())] ^= 0xFF
    assert names(bytes(data)) == ["二.txt"]
    assert "已损坏" in messages(bytes(data))["一.txt"]


def test_tar_and_gz() -> None:
    files = {"内/办法.txt": TEXT.encode(), "../外.txt": b"x", "图.bmp2": b"x"}
    assert names(tarred(files), "包.tar.gz") == names(tarred(files), "包.tgz") == ["内/办法.txt"]
    assert names(tarred(files, "w"), "包.tar") == ["内/办法.txt"]
    assert "之外" in messages(tarred(files), "包.tgz")["../外.txt"]
    assert names(gzip.compress(TEXT.encode()), "办法.txt.gz") == ["办法.txt"]
    assert "不完整" in messages(tarred({"办法.txt": bytes(range(256)) * 99})[:-200], "包.tgz").popitem()[1]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "空.zip", "空的"),
        (b"hello world", "假.zip", "不是压缩文件"),
        (b"Rar!\x1a\x07\x01\x00", "包.rar", "请解压后再试"),
        (b"7z\xbc\xaf\x27\x1c\x00", "包.zip", "请解压后再试"),
        (b"PK\x03\x04", "断.zip", "没有读出文件"),
        (b"\x1f\x8b\x08", "断.gz", "解压后再试"),
    ],
)
def test_what_is_no_archive_is_one_message(data: bytes, name: str, said: str) -> None:
    found, refused = members(data, name)
    assert found == [] and len(refused) == 1
    assert said in refused[0].message and name in refused[0].message
