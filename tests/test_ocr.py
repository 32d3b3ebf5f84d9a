"""Pictures: which way up, columns, tables, pages; what recognition is not sure of stays marked. Drawn here."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import numpy
import pytest

import corpus.ocr
from corpus.layout import Piece
from corpus.load import document_of
from corpus.ocr import _parted, _read, _squared, full_width, read_image, ruled_tables
from corpus.raw import RawDocument, ReadError
from printed import HAN_FONTS, NO_HAN_FONT, Printed, pictures, wrapped

drawn = pytest.mark.skipif(not HAN_FONTS, reason=NO_HAN_FONT)

RULE = "灯塔由市航标处负责管理，每季度检查一次，检查结果报市交通运输局备案。"
SECOND = "发现损坏的，应当在三日内修复，并告知附近船舶；修复费用由设置单位承担。"


def packed(*pages: Any, form: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(out, form, **more, **options)
    return out.getvalue()


def note(*paragraphs: str, per_line: int = 16) -> Any:
    """A small picture of text."""
    lines = [line for paragraph in paragraphs for line in wrapped(paragraph, per_line)]
    pdf = Printed((per_line * 16 + 60, 32 * len(lines) + 50))
    pdf.lines(30, 45, lines)
    return pictures(pdf.done(), 110)[0]


def texts(document: RawDocument) -> list[str]:
    return [line.text for line in document.lines]


def cleaned(data: bytes, name: str = "灯塔.png") -> list[str]:
    return document_of(data, name).text.split("\n")


# --- recognised for real --------------------------------------------------------------------------------------------


@drawn
def test_lines_are_recognised_and_joined_to_paragraphs() -> None:
    assert cleaned(packed(note(RULE, SECOND))) == [RULE, SECOND]


@drawn
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_picture_that_stands_on_its_side_or_head(turn: int) -> None:
    picture = note(RULE).rotate(turn, expand=True)
    assert cleaned(packed(picture)) == [RULE]


@drawn
def test_a_picture_laid_askew() -> None:
    picture = note(RULE, SECOND).rotate(4, expand=True, fillcolor=255)
    assert cleaned(packed(picture)) == [RULE, SECOND]


@drawn
def test_a_photo_turned_by_its_exif_data() -> None:
    from PIL import Image

    data = Image.Exif()
    data[0x0112] = 6  # the camera was held upright: turn clockwise to show it
    photo = packed(note(RULE).rotate(90, expand=True), form="JPEG", exif=data, quality=90)
    assert cleaned(photo, "灯塔.jpg") == [RULE]


@drawn
@pytest.mark.slow
def test_columns_of_a_picture_are_read_one_after_the_other() -> None:
    pdf = Printed((560, 420))
    pdf.centred(50, "灯塔管理二十年", 22)
    pdf.lines(40, 100, [*wrapped(RULE, 16), *wrapped(SECOND, 16), *wrapped(RULE, 16)], 14)
    pdf.lines(300, 100, [*wrapped(SECOND, 16), *wrapped(RULE, 16), *wrapped(SECOND, 16)], 14)
    assert cleaned(packed(pictures(pdf.done(), 130)[0])) == [
        "灯塔管理二十年",
        RULE,
        SECOND,
        RULE,
        SECOND,
        RULE,
        SECOND,
    ]


@drawn
def test_a_ruled_table_is_read_by_rows() -> None:
    pdf = Printed((400, 140))
    for row, cells in enumerate([("灯塔", "责任单位"), ("东港灯塔", "市航标处"), ("西港灯塔", "西港区交通局")]):
        pdf.text(40, 42 + 34 * row, cells[0], 14)
        pdf.text(190, 42 + 34 * row, cells[1], 14)
    pdf.grid([30, 180, 360], [20, 54, 88, 122])
    assert texts(read_image(packed(pictures(pdf.done(), 130)[0]), "灯塔.png")) == [
        "灯塔 | 责任单位",
        "东港灯塔 | 市航标处",
        "西港灯塔 | 西港区交通局",
    ]


@drawn
def test_a_transparent_picture_is_read_on_white() -> None:
    from PIL import Image, ImageOps

    text = note(RULE)
    picture = Image.new("RGBA", text.size, (0, 0, 0, 0))
    picture.putalpha(ImageOps.invert(text))
    assert cleaned(packed(picture)) == [RULE]


@drawn
@pytest.mark.slow
def test_a_scan_as_pdf_keeps_pages_and_confidence() -> None:
    from printed import scan

    pdf = Printed((340, 200))
    for paragraph in (RULE, SECOND):
        pdf.lines(30, 45, wrapped(paragraph, 17))
        pdf.page()
    document = document_of(scan(pdf.done()), "灯塔.pdf")
    assert document.text.split("\n") == [RULE, SECOND]
    assert document.page_at(document.text.index("发现损坏")) == 2
    assert document.warnings == ("第 1-2 页是图片，文字由识别得来，可能有错字；引用前请对照原件。",)


# --- with a stand-in for recognition --------------------------------------------------------------------------------


@pytest.fixture
def shapes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """Recognition is a stand-in that reads a clear and a blurred line; the shapes of its pictures are kept here."""
    seen: list[tuple[int, ...]] = []

    def recognise(picture: Any) -> list[Piece]:
        seen.append(picture.shape)
        return [
            Piece("灯塔由市航标处负责管理。", 30, 30, 222, 46, 16, confidence=0.98),
            Piece("每季度检套一次。", 30, 90, 158, 106, 16, confidence=0.62),
        ]

    monkeypatch.setattr(corpus.ocr, "recognise", recognise)
    return seen


def blank(width: int = 300, height: int = 200) -> Any:
    from PIL import Image

    return Image.new("RGB", (width, height), "white")


def test_confidence_is_kept_and_doubtful_text_is_marked(shapes: list[tuple[int, ...]]) -> None:
    data = packed(blank())
    assert [line.confidence for line in read_image(data, "灯塔.png").lines] == [0.98, 0.62]
    document = document_of(data, "灯塔.png")
    begin = document.text.index("每季度")
    assert document.confidence(begin, begin + 3) == 0.62
    assert document.confidence(0, 5) is None
    assert document.warnings == ("文字由图片识别得来，可能有错字；引用前请对照原件。",)


def test_the_pages_of_a_tiff_and_what_is_told(shapes: list[tuple[int, ...]]) -> None:
    told: list[tuple[str, int, int]] = []
    data = packed(blank(), blank(), blank(), form="TIFF")
    document = read_image(data, "灯塔.tif", lambda *what: told.append(what))
    assert [line.page for line in document.lines] == [1, 1, 2, 2, 3, 3]
    assert told == [("识别文字", done, 3) for done in range(4)]


def test_a_large_picture_is_scaled_down(shapes: list[tuple[int, ...]]) -> None:
    read_image(packed(blank(8000, 2000)), "灯塔.png")
    assert shapes == [(1000, 4000, 3)]


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_every_kind_of_colour(shapes: list[tuple[int, ...]], mode: str) -> None:
    from PIL import Image

    form = "TIFF" if mode == "CMYK" else "PNG"
    read_image(packed(Image.new(mode, (300, 200)), form=form), "灯塔.png")
    assert shapes == [(200, 300, 3)]


def refusal(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_image(data, "灯塔.png")
    return str(caught.value)


def test_a_picture_without_text() -> None:
    assert "没有识别出文字；请打开图片确认有文字" in refusal(packed(blank()))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_truncated_picture(form: str) -> None:
    noise = numpy.random.default_rng(0).integers(0, 255, (200, 300, 3), dtype=numpy.uint8)
    from PIL import Image

    data = packed(Image.fromarray(noise), form=form)
    assert "不是完好的图片" in refusal(data[: len(data) // 2])


def test_a_picture_that_would_fill_the_memory() -> None:
    """80,000 × 80,000 pixels in a file of a few kB."""
    import struct
    import zlib

    from PIL import Image

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 80_000, 80_000, 8, 0, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(bytes(10))) + part(b"IEND", b"")
    assert "太大" in refusal(data) or "像素太多" in refusal(data)
    assert Image.MAX_IMAGE_PIXELS  # the limit of the library itself was not lifted


def test_too_many_pages(shapes: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.ocr, "_MOST_PAGES", 2)
    assert "有 3 页，超过 2 页；请拆成几个文件再试。" in refusal(packed(blank(), blank(), blank(), form="TIFF"))
    assert shapes == []


# --- parts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("灯塔管理,每季度检查:", "灯塔管理，每季度检查："),
        ("(一)加强管理", "（一）加强管理"),
        ("国发(2015)40号", "国发（2015）40号"),
        ("共1,280座,比上年增长3.5%", "共1,280座，比上年增长3.5%"),
        ("GB 4696(Light)", "GB 4696(Light)"),
        ("2015年10:30至11:00", "2015年10:30至11:00"),
        ("管理（市航标处)", "管理（市航标处）"),
    ],
)
def test_marks_beside_han_characters_are_the_chinese_ones(read: str, meant: str) -> None:
    assert full_width(read) == meant


def test_the_cells_of_a_table_are_found_by_its_rules() -> None:
    picture = numpy.full((200, 400, 3), 255, dtype=numpy.uint8)
    for y in (20, 80, 140):
        picture[y : y + 2, 20:381] = 0
    for x in (20, 200, 380):
        picture[20:142, x : x + 2] = 0
    (cells,) = ruled_tables(picture, em=20)
    assert sorted(tuple(round(edge, -1) for edge in cell) for cell in cells) == [
        (20, 20, 200, 80),
        (20, 80, 200, 140),
        (200, 20, 380, 80),
        (200, 80, 380, 140),
    ]


def test_a_short_rule_between_narrow_cells_is_seen() -> None:
    picture = numpy.full((200, 400, 3), 255, dtype=numpy.uint8)
    for y, right in ((20, 381), (80, 62), (140, 381)):
        picture[y : y + 2, 20:right] = 0
    for x in (20, 60, 380):
        picture[20:142, x : x + 2] = 0
    (cells,) = ruled_tables(picture, em=20)
    assert len(cells) == 3


def test_a_line_found_over_two_columns_is_parted_where_nothing_is_printed() -> None:
    picture = numpy.full((400, 640, 3), 255, numpy.uint8)
    columns = [(20, 290), (340, 610)]
    quads = []

    def line(left: int, right: int, top: int) -> None:
        picture[top + 4 : top + 20, left:right] = 0

    def quad(left: int, right: int, top: int) -> None:
        quads.append(numpy.array([[left, top], [right, top], [right, top + 24], [left, top + 24]], float))

    line(80, 560, 10)
    quad(75, 565, 10)  # a title
    for at in range(8):
        for left, right in columns:
            line(left, right, 60 + 40 * at)
        for left, right in [(15, 615)] if at == 0 else columns:
            quad(left, right, 60 + 40 * at)
    found = [(int(q[:, 0].min()), int(q[:, 0].max())) for q in _parted(picture, quads, 20)]
    assert found == [(75, 565), (15, 290), (340, 615), *columns * 7]


def test_the_margins_of_a_page_taken_from_the_side_are_set_upright() -> None:
    def line(at: int, indent: int) -> Piece:
        left = 100 - 3 * at
        return Piece("灯塔由市航标处负责管理", left + 10 * indent, 20 * at, left + 220, 20 * at + 10, 10)

    moved = _squared([line(at, 2 if at % 3 == 0 else 0) for at in range(12)], 10)
    assert {round(piece.left - moved[1].left) for piece in moved[::3]} == {20}
    assert {round(piece.left - moved[1].left) for at, piece in enumerate(moved) if at % 3} == {0}
    assert {round(piece.right - moved[1].right) for piece in moved} == {0}


def test_a_page_whose_margins_are_upright_is_left_as_it_is() -> None:
    pieces = [Piece("灯塔", 100 + 7 * (at % 2), 20 * at, 140, 20 * at + 10, 10) for at in range(12)]
    assert _squared(pieces, 10) == pieces


def test_a_page_of_text_has_no_tables() -> None:
    picture = numpy.full((200, 400, 3), 255, dtype=numpy.uint8)
    picture[40:56, 20:380:24] = 0
    assert ruled_tables(picture, em=20) == []


def test_a_line_is_as_sure_as_its_least_sure_character_marks_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """。 is a spot: recognition is often unsure of it, and right."""
    word = SimpleNamespace(confs=[0.99, 0.79, 0.99, 0.4])
    nothing = SimpleNamespace(confs=[0])  # what rapidocr gives for no text
    found = SimpleNamespace(txts=("部内会。", ""), scores=(0.79, 0.0), word_results=(word, nothing))
    engine = SimpleNamespace(crop_text_regions=lambda *_: [], recognize_txt=lambda _: found)
    monkeypatch.setattr("corpus.ocr._engine", lambda: engine)
    assert [words.least for words in _read(None, [numpy.zeros((4, 2))] * 2)] == [0.79, 0.0]
