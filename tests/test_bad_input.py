"""Files that cannot be read: each gets one message with its name, the reason and what to do, and harms no other."""

from __future__ import annotations

import io
import os
import re
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import corpus.decode
import corpus.readers
from corpus.load import Failure, document_paths, load_documents, scan
from corpus.raw import ReadError
from corpus.readers import bytes_of
from office_files import package, par, word
from packed import NOTICE, epub, mail, mhtml, ofd_of, paragraphs, zipped
from printed import Printed, as_paragraphs, official

#: What a message tells the reader to do.
NEXT_STEP = re.compile("请(?:检查|核对|重新|确认|用|去掉|打开|解压|转换|按|找回|删去|修改|把|等|给出|在)")


def failed(folder: Path, name: str, data: bytes) -> str:
    """The one message about a file beside a good one, which is read all the same."""
    (folder / name).write_bytes(data)
    return only(folder, name)


def only(folder: Path, name: str) -> str:
    failures = loaded_beside_a_good_one(folder)
    assert len(failures) == 1
    message = failures[0].message
    assert name in message and NEXT_STEP.search(message), message
    assert not re.search(r"Error|Exception|Errno|None", message), "it speaks of what a user knows"
    return message


def loaded_beside_a_good_one(folder: Path) -> list[Failure]:
    (folder / "好.txt").write_text(NOTICE, "utf-8")
    loaded, failures = load_documents([folder])
    assert [document.file_name for document in loaded] == ["好.txt"]
    return failures


SAMPLES: dict[str, Callable[[], bytes]] = {
    ".pdf": lambda: official(as_paragraphs(NOTICE)),
    ".docx": lambda: word(par(NOTICE)),
    ".epub": lambda: epub([paragraphs(NOTICE)]),
    ".ofd": lambda: ofd_of(NOTICE),
    ".png": lambda: b"\x89PNG\r\n\x1a\n" + bytes(400),
}
SUFFIXES = [".txt", ".md", ".html", ".csv", ".eml", ".mht", ".pdf", ".docx", ".xlsx", ".pptx", ".epub", ".ofd", ".zip"]


@pytest.mark.parametrize("nothing", [b"", b" \r\n\t", bytes(4096)], ids=["no bytes", "blanks", "zeros"])
def test_empty_files_are_told_one_by_one(tmp_path: Path, nothing: bytes) -> None:
    for suffix in SUFFIXES:
        (tmp_path / f"空{suffix}").write_bytes(nothing)
    failures = loaded_beside_a_good_one(tmp_path)
    assert {failure.path.name for failure in failures} == {f"空{suffix}" for suffix in SUFFIXES}
    assert all(f"“{f.path.name}”是空的" in f.message and NEXT_STEP.search(f.message) for f in failures)


@pytest.mark.parametrize("suffix", SAMPLES)
def test_truncated(tmp_path: Path, suffix: str) -> None:
    data = SAMPLES[suffix]()
    assert re.search("不完整|不是完好的|损坏", failed(tmp_path, f"半{suffix}", data[: len(data) * 2 // 3]))


@pytest.mark.parametrize(
    "data", [mail(NOTICE, html=f"<p>{NOTICE}</p>").as_bytes(), mhtml([("a", f"<p>{NOTICE}</p>"), ("b", "<p>x</p>")])]
)
def test_what_is_left_of_a_truncated_mail_or_page_is_read_with_a_warning(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "半.eml").write_bytes(b"From: a@b.cn\r\n" + data[:-20])
    (document,), failures = load_documents([tmp_path])
    assert failures == [] and "甲市人民政府" in document.text
    assert any("没有结尾" in told for told in document.warnings)


def test_what_is_whole_in_a_truncated_archive_is_read(tmp_path: Path) -> None:
    data = zipped({"一.txt": NOTICE, "二.txt": "".join(map(chr, range(0x4E00, 0x6000)))})
    (tmp_path / "半.zip").write_bytes(data[: len(data) * 2 // 3])
    (document,), failures = load_documents([tmp_path])
    assert document.file_name == "半.zip/一.txt"
    assert [f.path.name for f in failures] == ["二.txt", "半.zip"]
    assert all("半.zip" in f.message and "请重新下载" in f.message for f in failures)


# --- locked --------------------------------------------------------------------------------------------------------


def ole(*streams: str) -> bytes:
    """The container of old Office files, with streams of these names (two at most) that are empty."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE

    def entry(name: str, kind: int, right: int, child: int) -> bytes:
        raw = name.encode("utf-16-le")
        links = struct.pack("<HBBIII", len(raw) + 2, kind, 1, free, right, child)
        return raw.ljust(64, b"\x00") + links + bytes(36) + struct.pack("<IQ", end, 0)

    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, end, *[free] * 126)
    entries = [entry("Root Entry", 5, free, 1)]
    entries += [entry(name, 2, at + 2 if at + 1 < len(streams) else free, free) for at, name in enumerate(streams)]
    return head + table + b"".join(entries).ljust(512, b"\x00")


def locked_zip(name: str) -> bytes:
    data = bytearray(zipped({name: NOTICE}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    pdf = Printed(encrypt=StandardEncryption("secret"))
    pdf.text(79, 105, "第一条")
    pdf.page()
    return pdf.done()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("密.pdf", locked_pdf),
        ("密.docx", lambda: ole("EncryptedPackage", "EncryptionInfo")),
        ("密.xlsx", lambda: ole("EncryptedPackage", "EncryptionInfo")),
        ("密.zip", lambda: locked_zip("内.txt")),
        ("密.ofd", lambda: locked_zip("OFD.xml")),
        ("密.epub", lambda: locked_zip("META-INF/container.xml")),
    ],
)
def test_encrypted(tmp_path: Path, name: str, data: Callable[[], bytes]) -> None:
    assert "密码" in failed(tmp_path, name, data())


# --- wrong suffixes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("其实是网页.mht", lambda: f"<html><body>{paragraphs(NOTICE)}</body></html>".encode()),
        ("其实是网页.doc", lambda: f"<html><body>{paragraphs(NOTICE)}</body></html>".encode("gb18030")),
        ("其实是归档.html", lambda: mhtml([("a", paragraphs(NOTICE))])),
        ("其实是归档.doc", lambda: mhtml([("a", paragraphs(NOTICE))])),
        ("其实是 Word.pdf", lambda: word("".join(map(par, NOTICE.split("\n"))))),
        ("其实是 Word.zip", lambda: word("".join(map(par, NOTICE.split("\n"))))),
        ("其实是 PDF.txt", lambda: official(as_paragraphs(NOTICE))),
        ("其实是电子书.zip", lambda: epub([paragraphs(NOTICE)])),
        ("其实是压缩包.docx", lambda: zipped({"通知.txt": NOTICE})),
        ("其实是文本.pdf", NOTICE.encode),
    ],
)
def test_the_content_decides_and_not_the_suffix(tmp_path: Path, name: str, data: Callable[[], bytes]) -> None:
    (tmp_path / name).write_bytes(data())
    (document,), failures = load_documents([tmp_path])
    assert failures == []
    assert document.header.number == "甲政发〔2021〕7号"
    told = [warning for warning in document.warnings if warning.startswith(f"后缀是 {Path(name).suffix}，内容其实是")]
    assert len(told) == (name != "其实是压缩包.docx"), "what lies in an archive has its own name"


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".pdf", ".epub", ".ofd", ".zip", ".eml", ".xlsx", ".png"])
def test_a_program_under_the_name_of_a_document(tmp_path: Path, suffix: str) -> None:
    failed(tmp_path, f"程序{suffix}", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)) * 30)


def test_the_same_bytes_under_two_suffixes_are_read_by_the_one_that_fits(tmp_path: Path) -> None:
    data = NOTICE.encode()
    (tmp_path / "a.eml").write_bytes(data)  # no mail: this name comes first
    (tmp_path / "b.txt").write_bytes(data)
    (document,), failures = load_documents([tmp_path])
    assert document.file_name == "b.txt" and [f.path.name for f in failures] == ["a.eml"]


# --- too little, too much ------------------------------------------------------------------------------------------


def pdf_of(pages: int) -> bytes:
    kids = " ".join(f"{number + 4} 0 R" for number in range(pages))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        "<</Length 0>>stream\n\nendstream",
        *["<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R>>"] * pages,
    ]
    out, places = b"%PDF-1.4\n", list[int]()
    for number, inner in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{inner}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + head.encode() + tail.encode()


def test_a_pdf_without_pages_and_one_of_thousands(tmp_path: Path) -> None:
    assert "一页也没有" in failed(tmp_path, "零页.pdf", pdf_of(0))
    (tmp_path / "零页.pdf").unlink()
    assert "5000 页" in failed(tmp_path, "厚.pdf", pdf_of(5000))


ZEROS = 30 << 20


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("平.zip", lambda: zipped({"零.txt": bytes(ZEROS)})),
        ("套.zip", lambda: zipped({"一.zip": zipped({"二.zip": zipped({"零.txt": bytes(ZEROS)})})})),
        ("弹.epub", lambda: epub([" " * ZEROS])),
        ("弹.ofd", lambda: zipped({"OFD.xml": bytes(ZEROS)})),
        ("弹.docx", lambda: package({"word/document.xml": b" " * 2 * ZEROS})),
    ],
)
def test_zip_bombs(tmp_path: Path, name: str, data: Callable[[], bytes]) -> None:
    packed = data()
    assert len(packed) < ZEROS // 100
    assert re.search("炸弹|大得不正常", failed(tmp_path, name, packed))


def test_a_text_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "这是没有换行的一行。" * 100
    monkeypatch.setattr(corpus.readers, "MAX_CHARACTERS", 900)
    with pytest.raises(ReadError, match="“长.txt”有 0 万字，最多 0 万；请按篇拆分后再试"):
        corpus.readers.read_bytes(long.encode(), "长.txt")
    monkeypatch.setattr(corpus.decode, "MAX_BYTES", 2000)
    with pytest.raises(ReadError, match="“长.html”有 0 MB，文本最多 0 MB；请按篇拆分后再试"):
        corpus.readers.read_bytes(f"<p>{long}</p>".encode(), "长.html")


@pytest.mark.slow
@pytest.mark.parametrize("megabytes", [90, 200])
def test_a_line_of_hundreds_of_megabytes(tmp_path: Path, megabytes: int) -> None:
    begun = time.monotonic()
    line = "没有换行的一行，".encode()
    assert "请按篇拆分" in failed(tmp_path, "长.txt", line * ((megabytes << 20) // len(line)))
    assert time.monotonic() - begun < 60


# --- what would reach outside --------------------------------------------------------------------------------------


def test_a_path_that_climbs_out_of_an_archive(tmp_path: Path) -> None:
    folder = tmp_path / "库"
    folder.mkdir()
    message = failed(folder, "爬.zip", zipped({"../../外.txt": "第一条 码头夜间开放。"}))
    assert "压缩包之外" in message
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["好.txt", "库", "爬.zip"]


LAUGHS = "<!DOCTYPE r [<!ENTITY a '哈哈哈哈哈哈哈哈'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)
OUTSIDE = "<!DOCTYPE r [<!ENTITY j SYSTEM 'file:///etc/passwd'>"


def with_entity(data: bytes, name: str, declared: str, mark: str, ending: str) -> bytes:
    """A package with an entity declared in one of its files and used before ``ending``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    xml = zipfile.ZipFile(io.BytesIO(data)).read(name).decode()
    xml = declared + "]>" + xml[xml.index(mark) :].replace(ending, f"&j;{ending}", 1)
    return zipped(files | {name: xml})


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE], ids=["grows", "outside"])
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("实.docx", lambda x: with_entity(word(par(NOTICE)), "word/document.xml", x, "<w:document", "</w:t>")),
        ("实.ofd", lambda x: with_entity(ofd_of(NOTICE), "OFD.xml", x, "<ofd:OFD", "</ofd:DocRoot>")),
        ("实.epub", lambda x: with_entity(epub([NOTICE]), "OEBPS/content.opf", x, "<package", "</metadata>")),
    ],
)
def test_entities_in_xml(tmp_path: Path, name: str, make: Callable[[str], bytes], declared: str) -> None:
    assert "实体定义" in failed(tmp_path, name, make(declared))


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE], ids=["grows", "outside"])
def test_entities_in_pages_are_not_expanded(tmp_path: Path, declared: str) -> None:
    body = f"{declared}]><html><body><svg><text>&j;</text></svg>{paragraphs(NOTICE)}<p>完&j;</p></body></html>"
    (tmp_path / "页.html").write_text(body, "utf-8")
    (tmp_path / "书.epub").write_bytes(epub([body]))
    documents, failures = load_documents([tmp_path])
    assert failures == []
    for document in documents:
        assert document.text.startswith("甲市人民政府") and document.text.endswith("完&j;")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")
def test_tables_nested_too_deep(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + par("灯塔") + "</w:tc></w:tr></w:tbl>" * 3000
    assert "一层套一层，太深" in failed(tmp_path, "深.docx", word(deep))


def test_links_that_lead_nowhere_or_round_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "好.txt").write_text(NOTICE, "utf-8")
    (tmp_path / "环.txt").symlink_to("环.txt")
    (tmp_path / "断.txt").symlink_to("没有.txt")
    (tmp_path / "圈").mkdir()
    (tmp_path / "圈" / "圈").symlink_to("..", target_is_directory=True)
    loaded, failures = load_documents([tmp_path])
    assert [document.file_name for document in loaded] == ["好.txt"]
    told = {failure.path.name: failure.message for failure in failures}
    assert told.keys() == {"环.txt", "断.txt"}
    assert "指向自己" in told["环.txt"] and "断开的链接" in told["断.txt"]
    assert all(NEXT_STEP.search(message) for message in told.values())
    assert document_paths([tmp_path / "环.txt"]) == [tmp_path / "环.txt"], "also when it is given by name"


# --- what the system does not give ---------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    (tmp_path / "锁.txt").write_text(NOTICE.replace("7号", "8号"), "utf-8")
    (tmp_path / "锁.txt").chmod(0)
    assert "没有权限" in only(tmp_path, "锁.txt")


def test_a_folder_that_may_not_be_opened_is_told_and_what_was_in_it_is_not_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "锁" / "办法.txt"
    inside.parent.mkdir()
    inside.write_text(NOTICE, "utf-8")
    known = {document.source: document.key for document in load_documents([tmp_path])[0]}

    def refuse(folder: str | Path) -> list[str]:
        raise PermissionError(13, "Permission denied", str(folder))

    whole = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda folder: refuse(folder) if folder.name == "锁" else whole(folder))
    found = scan([tmp_path], known)
    assert (found.unread, found.gone) == ([tmp_path / "锁"], [])
    monkeypatch.setattr("os.listdir", refuse)
    with pytest.raises(ReadError, match="没有权限读取“锁”；请修改"):
        bytes_of(tmp_path / "锁")


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "还在写.txt"
    path.write_text(NOTICE, "utf-8")
    whole = Path.read_bytes

    def read_and_grow(one: Path) -> bytes:
        data = whole(one)
        with one.open("ab") as file:
            file.write("三、附则".encode())
        return data

    monkeypatch.setattr(Path, "read_bytes", read_and_grow)
    with pytest.raises(ReadError, match="“还在写.txt”在读取时被改动了.*请等它写完后再试"):
        bytes_of(path)
    monkeypatch.undo()
    assert bytes_of(path).endswith("三、附则".encode())


def test_many_bad_files_beside_a_good_one(tmp_path: Path) -> None:
    """All at once: one that ends badly takes none of the others with it."""
    for number, (suffix, make) in enumerate(SAMPLES.items()):
        (tmp_path / f"{number}{suffix}").write_bytes(make()[:200])
    failures = loaded_beside_a_good_one(tmp_path)
    assert [f.path.name for f in failures] == [f"{number}{suffix}" for number, suffix in enumerate(SAMPLES)]
