"""Damaged files of every format: a reader gives a document or says why it cannot, soon, and does nothing else."""

from __future__ import annotations

import io
import signal
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.archive import members
from corpus.load import document_of
from corpus.raw import ReadError
from corpus.read_mail import attachments
from corpus.readers import FORMATS, read_bytes
from index.prepare import prepare
from office_files import par, table, word
from packed import NOTICE, epub, mail, mhtml, ofd_of, paragraphs, zipped
from printed import as_paragraphs, official

PAGE = (
    f"<html><head><title>通知</title></head><body><div>{paragraphs(NOTICE)}</div><iframe src='./其他.html'></iframe>"
    "<table><tr><td>项</td><td rowspan=2>责任</td></tr></table></body></html>"
)


def picture() -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("L", (160, 40), 255)
    ImageDraw.Draw(image).text((10, 10), "No. 7 of 2021", fill=0)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def slides() -> bytes:
    from pptx import Presentation

    deck = Presentation()
    for paragraph in NOTICE.split("\n")[:3]:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = paragraph
        slide.placeholders[1].text = NOTICE
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in (["事项", "牵头部门", "时限"], ["编制目录", "市大数据局", 2025], ["统一平台", "市财政局", 3.5]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


#: Suffix -> a small valid file, and how often it is damaged in the fast run: reading some takes long.
SAMPLES: dict[str, tuple[Callable[[], bytes], int]] = {
    ".txt": (NOTICE.encode, 100),
    ".md": (lambda: f"# 通知\n\n| 项 | 责任 |\n|--|--|\n| 一 | 二 |\n\n{NOTICE}<br>**粗**".encode("gb18030"), 60),
    ".html": (PAGE.encode, 80),
    ".pdf": (lambda: official(as_paragraphs(NOTICE)), 25),
    ".png": (picture, 6),
    ".docx": (lambda: word(par(NOTICE) + table(["项", "责任"], ["一", "二"])), 80),
    ".pptx": (slides, 30),
    ".xlsx": (workbook, 50),
    ".csv": ('事项,部门\n"编制,目录",市大数据局\n'.encode, 40),
    ".rtf": (lambda: rb"{\rtf1\ansi\ansicpg936 \u36890?\'b8\'e6\par}", 2),
    ".mht": (lambda: mhtml([("https://a.gov.cn/1.html", PAGE), ("cid:2", PAGE)], "gb18030"), 40),
    ".eml": (lambda: mail(NOTICE, html=PAGE, files={"附件.txt": NOTICE.encode()}).as_bytes(), 60),
    ".epub": (lambda: epub([paragraphs(NOTICE), PAGE], "<dc:title>书</dc:title>"), 60),
    ".ofd": (lambda: ofd_of(NOTICE), 60),
    ".zip": (lambda: zipped({"通知.txt": NOTICE, "内.zip": zipped({"通知.html": PAGE})}), 60),
}


@cache
def sample(suffix: str) -> bytes:
    return SAMPLES[suffix][0]()


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
def test_every_format_has_a_sample(format_: Any) -> None:
    assert set(format_.suffixes) & SAMPLES.keys()


# A place as a share of the length, a kind of damage, how much of it, and bytes that are put in.
DAMAGE = st.tuples(
    st.floats(0, 1),
    st.sampled_from(["flip", "cut", "end", "double", "put", "splice"]),
    st.integers(1, 400),
    st.one_of(
        st.binary(min_size=1, max_size=6), st.sampled_from([b"\x00" * 4, b"\xff" * 4, b"<", b"&a;", b"\n", b"9" * 12])
    ),
)


def damaged(data: bytes, damages: list[tuple[float, str, int, bytes]]) -> bytes:
    for share, kind, size, put in damages:
        at = int(share * len(data))
        if kind == "flip":
            data = data[:at] + put[: len(data) - at] + data[at + len(put) :]
        elif kind == "cut":
            data = data[:at] + data[at + size :]
        elif kind == "end":
            data = data[:at]
        elif kind == "double":
            data = data[: at + size] + data[at:]
        elif kind == "put":
            data = data[:at] + put + data[at:]
        else:
            data = data[:at] + data[size : 2 * size] + data[at + size :]
    return data


def damaged_inside(data: bytes, which: float, damages: list[tuple[float, str, int, bytes]]) -> bytes:
    """One file of a zip damaged, the zip around it whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = list(files)[min(int(which * len(files)), len(files) - 1)]
    return zipped(files | {name: damaged(files[name], damages)})


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails after so many seconds, where the system has an alarm."""

    def late(*_: object) -> None:
        raise AssertionError(f"no result after {seconds} seconds")

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def read_damaged(suffix: str, times: int) -> None:
    whole = sample(suffix)
    inside = st.floats(0, 1) if whole.startswith(b"PK") else st.nothing()

    @settings(
        max_examples=times, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.one_of(st.none(), inside), st.lists(DAMAGE, min_size=1, max_size=3))
    def run(which: float | None, damages: list[tuple[float, str, int, bytes]]) -> None:
        data = damaged(whole, damages) if which is None else damaged_inside(whole, which, damages)
        name = f"样本{suffix}"
        with within(30):
            if suffix == ".zip":
                found, refused = members(data, name)
                assert all(one.data is not None for one in found) and all(name in one.message for one in refused)
                return
            if suffix == ".eml":
                assert all(one.name for one in attachments(data))
            try:
                document = document_of(data, name, beside=lambda path: data)
                assert document.text and document.sections
            except ReadError as error:
                assert name in str(error)

    run()


@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "增长",
                "3%",
                "，",
                "国发〔2015〕40号",
                "《灯塔办法》",
                "（",
                "财政局",
                "、",
                "印发",
                "2021年",
                "万元",
                "第一条",
                "一、",
                "x",
                " ",
            ]
        ),
        min_size=1,
        max_size=4,
    )
)
@example(["增长3%，"])
@example(["国发〔2015〕40号"])
@example(["没有换行的一行，"])
@example(["市财政局、"])
@example(["《灯塔管理办法》"])
def test_a_few_words_repeated_without_a_break_take_no_longer_than_their_length(words: list[str]) -> None:
    text = "".join(words)
    with within(8):
        try:
            document = document_of(f"标题\n\n{text * (60_000 // len(text))}".encode(), "统计.txt")
        except ReadError:
            return
        prepare(document)


@pytest.mark.parametrize("suffix", SAMPLES)
def test_a_whole_sample_is_read(suffix: str) -> None:
    if suffix == ".zip":
        assert len(members(sample(suffix), "a.zip")[0]) == 2
    elif suffix not in (".png", ".rtf"):
        assert any(
            "通知" in line.text or "目录" in line.text for line in read_bytes(sample(suffix), f"a{suffix}").lines
        )


@pytest.mark.parametrize(
    ("suffix", "kind", "before", "now"),
    [
        (".dotx", ".docx", "wordprocessingml.document.main", "wordprocessingml.template.main"),
        (".xltx", ".xlsx", "spreadsheetml.sheet.main", "spreadsheetml.template.main"),
        (
            ".pptm",
            ".pptx",
            "openxmlformats-officedocument.presentationml.presentation.main",
            "ms-powerpoint.presentation.macroEnabled.main",
        ),
    ],
)
def test_templates_and_files_with_macros_are_read_as_documents_are(
    suffix: str, kind: str, before: str, now: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(sample(kind))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    types = "[Content_Types].xml"
    files[types] = files[types].replace(before.encode(), now.encode())
    assert document_of(zipped(files), f"a{suffix}").text == document_of(sample(kind), f"a{kind}").text


@pytest.mark.parametrize("suffix", SAMPLES)
def test_damaged_files(suffix: str) -> None:
    read_damaged(suffix, SAMPLES[suffix][1])


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SAMPLES)
def test_many_damaged_files(suffix: str) -> None:
    read_damaged(suffix, 15 * SAMPLES[suffix][1])
