"""What a file really is, whatever its name says."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from corpus.load import load_document, load_documents
from corpus.raw import ReadError
from corpus.readers import read_bytes
from corpus.sniff import ole_entries, sniffed_suffix
from office_files import container, par, word

SENTENCE = "灯塔应当昼夜亮着，由港务局负责看守。"
PAGE = f"<html><head><meta charset='utf-8'><title>通知</title></head><body><p>{SENTENCE}</p></body></html>"
ROWS = (
    "<table><tr><td>港口</td><td>座数</td></tr><tr><td>东港</td><td>3</td></tr><tr><td>西港</td><td>4</td></tr></table>"
)
MHTML = (
    'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset="utf-8"\n'
    f"Content-Transfer-Encoding: 8bit\n\n{PAGE}\n--b--\n"
)


def workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in (["港口", "座数"], ["东港", 3], ["西港", 4]):
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def zipped(**files: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


DOCX, XLSX = word(par(SENTENCE)), workbook()
KINDS = {
    ".pdf": b"%PDF-1.7\n1 0 obj",
    ".rtf": b"{\\rtf1\\ansi",
    ".png": b"\x89PNG\r\n\x1a\n\x00\x00",
    ".jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    ".gif": b"GIF89a\x01\x00",
    ".tif": b"II*\x00\x08\x00",
    ".webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    ".gz": b"\x1f\x8b\x08\x00",
    ".7z": b"7z\xbc\xaf\x27\x1c\x00\x04",
    ".rar": b"Rar!\x1a\x07\x01\x00",
    ".docx": DOCX,
    ".xlsx": XLSX,
    ".pptx": zipped(**{"[Content_Types]_xml": "", "ppt__presentation_xml": ""}).replace(b"[Content.", b"[Content_"),
    ".odt": zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml=""),
    ".ods": zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    ".epub": zipped(mimetype="application/epub+zip"),
    ".ofd": zipped(OFD_xml="<a/>"),
    ".zip": zipped(a_txt="灯塔"),
    ".doc": container("WordDocument", "1Table"),
    ".xls": container("Workbook"),
    ".ppt": container("PowerPoint Document"),
    ".mht": MHTML.encode(),
    ".html": PAGE.encode(),
    ".txt": SENTENCE.encode("gb18030"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_content_under_a_wrong_name_is_recognised(kind: str) -> None:
    others = [".docx", ".xlsx", ".pdf", ".doc", ".jpg", ".zip"]
    found = {other: sniffed_suffix(KINDS[kind], other) for other in others if other != kind}
    # Rows of text are what a sheet under a wrong name holds.
    assert set(found.values()) == ({".txt", ".csv"} if kind == ".txt" else {kind})
    assert sniffed_suffix(KINDS[kind], kind) == kind


@pytest.mark.parametrize(
    ("kind", "name"),
    [(".docx", ".docm"), (".doc", ".wps"), (".xls", ".et"), (".ppt", ".dps"), (".jpg", ".jpeg"), (".tif", ".tiff")],
)
def test_another_name_of_the_same_kind_is_kept(kind: str, name: str) -> None:
    assert sniffed_suffix(KINDS[kind], name) == name


def test_text_keeps_the_name_of_a_text_format() -> None:
    assert sniffed_suffix(PAGE.encode(), ".txt") == ".txt"
    assert sniffed_suffix(SENTENCE.encode(), ".md") == ".md"
    assert sniffed_suffix(b"MIME-Version: 1.0\nContent-Type: multipart/mixed\n", ".eml") == ".eml"


@pytest.mark.parametrize("data", [b"", b"\x00" * 600, b"\x01\x02\x03\xff" * 50, b"BM\x00\x01", b"RIFF\x00\x00"])
@pytest.mark.parametrize("suffix", ["", ".doc", ".docx", ".pdf", ".txt"])
def test_scraps_are_taken_for_what_their_name_says(data: bytes, suffix: str) -> None:
    assert sniffed_suffix(data, suffix) == suffix


def test_damaged_containers_end() -> None:
    generator = random.Random(7)
    for kind in (".doc", ".docx", ".xlsx", ".odt"):
        whole = KINDS[kind]
        for _ in range(150):
            data = bytearray(whole[: generator.randrange(1, len(whole))])
            for _ in range(generator.randrange(12)):
                data[generator.randrange(len(data))] = generator.randrange(256)
            assert sniffed_suffix(bytes(data), kind).startswith(".")
            ole_entries(bytes(data))


def test_streams_of_an_ole_file() -> None:
    assert list(ole_entries(container("WordDocument", "1Table"))) == ["WordDocument", "1Table"]
    assert ole_entries(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600) == {}
    assert ole_entries(DOCX) == {}


# --- read whatever the name -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("通知.doc", PAGE.encode()),  # ministries' sites offer pages as Word files
        ("通知.docx", PAGE.encode("utf-16")),
        ("通知.pdf", SENTENCE.encode()),
        ("通知.doc", SENTENCE.encode("gb18030")),
        ("通知.doc", MHTML.encode()),
        ("通知.doc", DOCX),
        ("通知.pdf", DOCX),
        ("通知.zip", DOCX),
        ("通知.jpg", DOCX),
        ("通知.docx", ("\ufeff" + PAGE).encode()),
    ],
)
def test_a_document_under_a_wrong_name_is_read(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (document,), failures = load_documents([tmp_path / name])
    assert SENTENCE in document.text
    assert failures == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.xls", f"<html><body>{ROWS}</body></html>".encode()),
        ("表.xls", f"<table>{ROWS[7:]}".encode()),
        ("表.xls", "港口\t座数\n东港\t3\n西港\t4\n".encode("gb18030")),
        ("表.xlsx", "港口,座数\n东港,3\n西港,4\n".encode()),
        ("表.xls", XLSX),
        ("表.docx", XLSX),
    ],
)
def test_a_table_under_a_wrong_name_is_read(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert load_document(tmp_path / name).text.replace(" ", "").split("\n")[-3:] == ["港口|座数", "东港|3", "西港|4"]


def test_an_archive_under_a_wrong_name_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "通知.docx").write_bytes(zipped(a_txt=SENTENCE, b_docx=DOCX))
    documents, failures = load_documents([tmp_path])
    assert [document.file_name for document in documents] == ["通知.docx/a.txt", "通知.docx/b.docx"]
    assert failures == []


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx", "a.csv", "a.zip"])
def test_bytes_that_mean_nothing_are_a_message(tmp_path: Path, name: str) -> None:
    for data in (
        b"",
        random.Random(3).randbytes(5_000),
        b"PK\x03\x04" + random.Random(4).randbytes(5_000),
        b"\x00" * 900,
    ):
        (tmp_path / name).write_bytes(data)
        documents, failures = load_documents([tmp_path])
        assert documents == []
        (failure,) = failures
        assert name in failure.message and "；请" in failure.message


def test_a_format_that_cannot_be_read_under_the_name_of_one_that_can() -> None:
    with pytest.raises(ReadError, match=r"内容其实是 \.rar，这种格式还不能读"):
        read_bytes(KINDS[".rar"], "a.docx")
