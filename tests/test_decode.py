"""The same document whatever its encoding and line ends: text, header data and outline."""

from __future__ import annotations

import random

import pytest

from corpus.decode import decode, split_lines
from corpus.load import document_of
from corpus.raw import ReadError
from packed import NOTICE, paragraphs

UTF16 = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".csv"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("gb18030", b""),
        ("gb2312", b""),
        *((encoding, mark) for encoding, bom in UTF16.items() for mark in (b"", bom)),
    ],
)
def test_one_document_in_every_encoding(encoding: str, mark: bytes, suffix: str) -> None:
    source = f"<html><body>{paragraphs(NOTICE)}</body></html>" if suffix == ".html" else NOTICE
    document = document_of(mark + source.encode(encoding), f"通知{suffix}")
    assert document.text == document_of(source.encode(), f"通知{suffix}").text
    assert document.header.number == "甲政发〔2021〕7号"
    assert document.warnings == ()


def test_traditional_text_in_big5() -> None:
    text = (
        "行政院函\n各縣市政府：\n為推動資料開放，特訂定本要點，請各機關配合辦理。\n"
        "一、資料開放以機器可讀格式為原則。\n二、各機關應每年檢討一次。"
    )
    document = document_of(text.encode("big5"), "函.txt")
    assert document.text == text
    assert [section.label for section in document.sections if section.label] == ["一、", "二、"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "mixed"])
def test_line_ends_of_any_kind(ends: str) -> None:
    kinds = ["\r\n", "\n", "\r"]
    lines = NOTICE.split("\n")
    joined = "".join(line + (kinds[at % 3] if ends == "mixed" else ends) for at, line in enumerate(lines))
    assert split_lines(joined) == lines
    document = document_of(joined.encode(), "通知.txt")
    assert document.text == NOTICE
    assert [line for _, line, _ in document.line_starts] == list(range(1, len(lines) + 1))


def test_what_the_file_claims_is_believed_less_than_what_it_holds() -> None:
    page = f"<html><head><meta charset='gb2312'></head><body>{paragraphs(NOTICE)}</body></html>"
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert document_of(page.encode(encoding), "通知.html").text == NOTICE


def test_an_old_end_of_file_mark_and_a_mark_of_order_inside_are_no_text() -> None:
    assert decode(f"\ufeff{NOTICE}\x1a".encode(), "a.txt") == (NOTICE, ())
    joined = f"\ufeff{NOTICE}\n\ufeff三、附则".encode()  # two files put one behind the other
    assert document_of(joined, "a.txt").text == f"{NOTICE}\n三、附则"


@pytest.mark.parametrize(
    ("encoding", "mark", "broken"),
    [("utf-8", b"", b"\xff\xff"), ("gb18030", b"", b"\xff\xff"), ("utf-16-le", b"\xff\xfe", b"\x00\xd8")],
)
def test_a_few_broken_bytes_cost_a_few_characters_and_a_warning(encoding: str, mark: bytes, broken: bytes) -> None:
    data = bytearray(mark + (NOTICE * 5).encode(encoding))
    at = data.index("依法".encode(encoding))
    data[at : at + 2] = broken
    text, warnings = decode(bytes(data), "a.txt")
    assert text.count("甲政发〔2021〕7号") == 5
    assert len(warnings) == 1 and "请核对原文件" in warnings[0]


@pytest.mark.parametrize("seed", range(5))
def test_noise_is_no_text_in_any_encoding(seed: int) -> None:
    with pytest.raises(ReadError, match="“a.txt”不是能识别的文本.*请用 UTF-8"):
        decode(random.Random(seed).randbytes(5000), "a.txt")
