"""PDFs with text: reading order, what is left out, tables, odd pages, damaged files. The files are printed here."""

from __future__ import annotations

import io

import pypdfium2
import pytest

import corpus.read_pdf
from corpus.load import document_of
from corpus.raw import RawDocument, ReadError
from corpus.read_pdf import is_sane, read_pdf
from printed import A4, HAN_FONTS, NO_HAN_FONT, Printed, official, wrapped

#: The font is not embedded: without one of the system's the places of characters are those of another font.
placed = pytest.mark.skipif(not HAN_FONTS, reason=NO_HAN_FONT)

LONG = (
    "为加强灯塔管理，保障航行安全，根据有关法律、行政法规，结合本市实际，制定本办法。"
    "本办法所称灯塔，是指在本市管辖海域内设置的固定航标。"
)
STEPS = (
    "各区应当每季度检查一次，检查结果报市航标处备案。",
    "发现损坏的，应当在三日内修复，并告知附近船舶。",
    "修复费用由设置单位承担，确有困难的可以申请补助。",
    "补助标准由市财政局会同市航标处制定，报市人民政府批准。",
)


def read(pdf: Printed | bytes) -> RawDocument:
    return read_pdf(pdf if isinstance(pdf, bytes) else pdf.done(), "灯塔.pdf")


def texts(document: RawDocument) -> list[str]:
    return [line.text.strip("\u3000") for line in document.lines]


def cleaned(pdf: Printed | bytes) -> list[str]:
    return document_of(pdf if isinstance(pdf, bytes) else pdf.done(), "灯塔.pdf").text.split("\n")


# --- lines and paragraphs -------------------------------------------------------------------------------------------


def test_lines_of_a_page_are_joined_to_paragraphs_and_keep_their_page() -> None:
    pdf = Printed()
    lines = wrapped(LONG, 28)
    pdf.lines(79, 700, lines[:2])
    pdf.page()
    pdf.lines(79, 105, lines[2:] + wrapped(STEPS[0], 28))
    document = document_of(pdf.done(), "灯塔.pdf")
    assert document.text.split("\n") == [LONG, STEPS[0]]
    assert document.page_at(0) == 1
    assert document.page_at(document.text.index("固定航标")) == 2


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pdf = Printed()
    for page, step in enumerate(STEPS, 1):
        pdf.centred(50, "灯塔管理手册", 9)
        pdf.lines(79, 105, wrapped(step, 28) + wrapped(LONG, 28))
        pdf.centred(800, f"- {page} -", 9)
        pdf.page()
    document = document_of(pdf.done(), "灯塔.pdf")
    expected = [paragraph for step in STEPS for paragraph in (step, LONG)]
    assert [p for p in document.text.split("\n") if p != "灯塔管理手册"] == expected
    assert sorted(piece.text for piece in document.left_out if piece.reason == "页码") == [
        "- 1 -",
        "- 2 -",
        "- 3 -",
        "- 4 -",
    ]
    assert document.text.count("灯塔管理手册") == 1


def test_the_issuer_at_the_head_and_at_the_foot_of_a_document_is_no_running_head() -> None:
    pdf = Printed()
    pdf.centred(80, "市航标处")
    pdf.lines(79, 140, wrapped(LONG, 28) + wrapped(STEPS[0], 28))
    pdf.page()
    pdf.lines(79, 105, wrapped(STEPS[1], 28) + wrapped(STEPS[2] + STEPS[3], 28))
    pdf.text(400, 260, "市航标处")
    document = document_of(pdf.done(), "灯塔.pdf")
    assert document.text.split("\n") == ["市航标处", LONG, *STEPS[:2], STEPS[2] + STEPS[3], "市航标处"]
    assert document.left_out == ()


def test_columns_are_read_one_after_the_other() -> None:
    pdf = Printed()
    pdf.centred(80, "灯塔管理二十年", 22)
    first = wrapped(LONG, 20)
    second = [line for step in STEPS for line in wrapped(step, 20)]
    pdf.lines(60, 130, first, 10.5)
    pdf.lines(315, 130, second, 10.5)
    assert cleaned(pdf) == ["灯塔管理二十年", LONG, *STEPS]


def test_a_note_at_the_foot_of_a_page_does_not_interrupt_the_sentence_that_goes_on_over_it() -> None:
    pdf = Printed()
    lines = wrapped(LONG, 28)
    pdf.lines(79, 105, wrapped(STEPS[0], 28) + wrapped(STEPS[1], 28) + lines[:2])
    pdf.lines(79, 700, ["① 航标，是指供船舶定位、导航的设施。"], 9)
    pdf.page()
    pdf.lines(79, 105, lines[2:] + wrapped(STEPS[2], 28))
    assert cleaned(pdf) == [*STEPS[:2], LONG, "①航标，是指供船舶定位、导航的设施。", STEPS[2]]


def test_raised_figures_do_not_add_to_the_number_before_them() -> None:
    pdf = Printed()
    pdf.text(79, 105, "全市共有灯塔128")
    pdf.text(79 + 16 * 7.55, 98, "3", 8)
    pdf.text(79 + 16 * 8, 105, "座。")
    assert texts(read(pdf)) == ["全市共有灯塔128³座。"]


def test_a_hyphen_at_the_end_of_a_line_is_no_part_of_the_word() -> None:
    pdf = Printed()
    pdf.lines(79, 105, ["This regulation applies to all light-", "houses of the city, whoever owns them."], 12)
    assert cleaned(pdf) == ["This regulation applies to all lighthouses of the city, whoever owns them."]


def test_spaces_between_words_are_kept_and_those_between_han_characters_are_not() -> None:
    pdf = Printed()
    pdf.lines(79, 105, ["第一章 总 则", "第一条 灯塔采用 GB 4696 Light Colour 标准。"])
    assert cleaned(pdf) == ["第一章 总则", "第一条 灯塔采用GB 4696 Light Colour标准。"]


def test_a_justified_line_has_no_spaces_inside_its_words() -> None:
    pdf = Printed()
    pdf.text(79, 105, "灯塔使用Lighthouse Manager系统管理", width=440)
    assert cleaned(pdf) == ["灯塔使用Lighthouse Manager系统管理"]


def test_marks_that_come_later_in_the_file_stand_where_they_are_printed() -> None:
    pdf = Printed()
    pdf.text(79, 105, "建设")
    pdf.text(79 + 16 * 2.5, 105, "一张图")
    pdf.text(79 + 16 * 6, 105, "系统。")
    pdf.text(79 + 16 * 2, 105, "“")
    pdf.text(79 + 16 * 5.5, 105, "”")
    assert texts(read(pdf)) == ["建设“一张图”系统。"]


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    pdf = Printed()
    pdf.text(79, 105, "灯塔管理办法")
    pdf.text(79.3, 105, "灯塔管理办法")
    assert texts(read(pdf)) == ["灯塔管理办法"]


def test_larger_type_makes_headings_also_over_two_lines() -> None:
    pdf = Printed()
    pdf.centred(100, "关于进一步加强全市灯塔和浮标", 22)
    pdf.centred(130, "安全管理的若干措施", 22)
    base = pdf.lines(79, 180, wrapped(LONG, 28))
    pdf.text(79, base, "职责分工", 20)
    pdf.lines(79, base + 30, wrapped(STEPS[0], 28))
    document = document_of(pdf.done(), "灯塔.pdf")
    assert document.header.title == "关于进一步加强全市灯塔和浮标安全管理的若干措施"
    assert "职责分工" in [section.title for section in document.sections]


def test_the_red_head_of_several_organs_is_no_section() -> None:
    pdf = Printed()
    pdf.text(79, 80, "秘密★3年", 14)
    pdf.centred(150, "港州市航标处", 34)
    pdf.text(480, 172, "文件", 34)
    pdf.centred(195, "港州市财政局", 34)
    pdf.text(79, 240, "港航标〔2031〕8号")
    pdf.text(400, 240, "签发人：周海明")
    pdf.centred(290, "港州市航标处 港州市财政局", 22)
    pdf.centred(320, "关于报送灯塔养护情况的报告", 22)
    base = pdf.lines(
        79, 360, ["市人民政府：", *wrapped(LONG, 28), *wrapped("一、工作情况", 28), *wrapped(STEPS[0], 28)]
    )
    pdf.lines(79, base, [*wrapped("二、下步打算", 28), *wrapped(STEPS[1], 28)])
    pdf.text(360, 700, "2031年6月12日")
    pdf.text(79, 740, "抄送：市人大常委会办公室，市发展改革委，各县（区）人民政府。", 14.5)
    pdf.text(79, 765, "港州市航标处办公室", 14.5)
    pdf.text(400, 765, "2031年6月13日印发", 14.5)
    document = document_of(pdf.done(), "灯塔.pdf")
    assert [(s.level, s.label + s.title) for s in document.sections if s.kind == "body" and s.title] == [
        (0, "一、工作情况"),
        (0, "二、下步打算"),
    ]
    header = document.header
    assert header.title == "港州市航标处 港州市财政局关于报送灯塔养护情况的报告"
    assert (header.number, header.written, header.published) == ("港航标〔2031〕8号", "2031-06-12", "2031-06-13")
    assert document.text.split("\n")[-3].endswith("各县（区）人民政府。")


def test_the_items_of_a_slide_are_paragraphs() -> None:
    pdf = Printed((720, 540))
    pdf.centred(80, "二、重点任务", 40)
    pdf.text(60, 180, "•完成剩余灯塔的终端加装，建成全市统一的数据中心并对外", 24)
    pdf.text(84, 222, "提供查询", 24)
    pdf.text(60, 264, "•修订专用航标管理办法", 24)
    assert cleaned(pdf) == [
        "二、重点任务",
        "•完成剩余灯塔的终端加装，建成全市统一的数据中心并对外提供查询",
        "•修订专用航标管理办法",
    ]


# --- tables ---------------------------------------------------------------------------------------------------------


def ruled(pdf: Printed, base: float, rows: list[list[str]], xs: tuple[float, ...] = (79, 200, 320, 440)) -> float:
    for at, row in enumerate(rows):
        for x, cell in zip(xs, row, strict=False):
            pdf.text(x + 4, base + at * 24, cell, 12)
    ys = [base - 17 + 24 * at for at in range(len(rows) + 1)]
    pdf.grid(xs, ys)
    return base + 24 * len(rows)


def test_a_ruled_table_is_read_by_rows() -> None:
    pdf = Printed()
    pdf.lines(79, 100, ["灯塔检修安排如下："])
    ruled(pdf, 140, [["灯塔", "检修周期", "责任单位"], ["东港灯塔", "一个月", "市航标处"], ["西港灯塔", "", "西港区"]])
    pdf.lines(79, 240, ["本表自发布之日起执行。"])
    assert texts(read(pdf)) == [
        "灯塔检修安排如下：",
        "灯塔 | 检修周期 | 责任单位",
        "东港灯塔 | 一个月 | 市航标处",
        "西港灯塔 |  | 西港区",
        "本表自发布之日起执行。",
    ]


def test_a_table_that_goes_on_over_the_page_keeps_one_header() -> None:
    pdf = Printed()
    head = ["灯塔", "检修周期", "责任单位"]
    ruled(pdf, 700, [head, ["东港灯塔", "一个月", "市航标处"]])
    pdf.page()
    ruled(pdf, 100, [head, ["西港灯塔", "两个月", "西港区"]])
    document = read(pdf)
    assert texts(document) == [
        "灯塔 | 检修周期 | 责任单位",
        "东港灯塔 | 一个月 | 市航标处",
        "西港灯塔 | 两个月 | 西港区",
    ]
    assert [line.page for line in document.lines] == [1, 1, 2]
    assert [piece.reason for piece in document.left_out] == ["续表重复的表头"]


@placed
def test_words_that_come_near_the_rule_stay_in_their_cell() -> None:
    pdf = Printed()
    ruled(pdf, 100, [["东港灯塔检修一次", "西港灯塔检修两次"], ["甲", "乙"]], (79, 79 + 12 * 8 + 6, 79 + 12 * 16 + 12))
    assert texts(read(pdf)) == ["东港灯塔检修一次 | 西港灯塔检修两次", "甲 | 乙"]


def test_a_cell_over_two_rows_is_said_in_both() -> None:
    pdf = Printed()
    for x, base, cell in [(83, 112, "东港"), (203, 100, "检修"), (203, 124, "巡查")]:
        pdf.text(x, base, cell, 12)
    line = pdf.canvas.line
    for x0, y0, x1, y1 in [
        *((x, 83, x, 131) for x in (79, 200, 320)),
        (79, 83, 320, 83),
        (200, 107, 320, 107),
        (79, 131, 320, 131),
    ]:
        line(x0, A4[1] - y0, x1, A4[1] - y1)
    assert texts(read(pdf)) == ["东港 | 检修", "东港 | 巡查"]


# --- odd pages ------------------------------------------------------------------------------------------------------


def test_a_cell_whose_lower_edge_is_on_the_next_page() -> None:
    pdf = Printed()
    xs, ys = [79.0, 160.0, 300.0, 420.0], [100.0, 130.0, 160.0, 190.0]
    pdf.grid(xs, ys[:2])
    pdf.grid(xs[1:], ys[1:])
    pdf.canvas.line(xs[0], pdf.height - ys[1], xs[0], pdf.height - ys[-1])  # open below
    for base, row in zip(
        (120, 150, 180), (["类别", "灯塔", "座数"], ["一类", "东港", "3"], ["", "西港", "5"]), strict=True
    ):
        for x, text in zip(xs, row, strict=False):
            pdf.text(x + 5, base, text, 12)
    assert texts(read(pdf)) == ["类别 | 灯塔 | 座数", "一类 | 东港 | 3", "一类 | 西港 | 5"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_the_viewer_turns(turn: int) -> None:
    pdf = Printed(A4 if turn == 180 else A4[::-1])
    pdf.canvas.setPageRotation(turn)
    pdf.lines(79, 105, wrapped(LONG, 28))
    assert cleaned(pdf) == [LONG]


@placed
@pytest.mark.parametrize("turn", [90, -90])
def test_text_that_lies_on_its_side(turn: int) -> None:
    pdf = Printed()
    pdf.canvas.rotate(turn)
    pdf.canvas.translate(*(0, -A4[1]) if turn > 0 else (-A4[1], 0))
    pdf.lines(79, 105 if turn > 0 else 400, wrapped(LONG, 28))
    assert cleaned(pdf) == [LONG]


@placed
def test_vertical_text_is_read_from_the_right_column_to_the_left_one() -> None:
    pdf = Printed()
    for column, words in enumerate(["灯塔管理办法自今年九月起施行，", "原灯塔管理规定同时停止执行。"]):
        for row, char in enumerate(words):
            pdf.text(400 - 30 * column, 100 + 20 * row, char)
    assert texts(read(pdf)) == ["灯塔管理办法自今年九月起施行，", "原灯塔管理规定同时停止执行。"]


def test_a_watermark_is_not_read() -> None:
    pdf = Printed()
    pdf.lines(79, 105, wrapped(LONG, 28))
    pdf.canvas.rotate(45)
    pdf.canvas.setFont("STSong-Light", 60)
    pdf.canvas.drawString(300, 200, "内部资料")
    assert cleaned(pdf) == [LONG]


def test_what_lies_outside_the_page_is_not_read() -> None:
    pdf = Printed()
    pdf.text(79, 105, "灯塔管理办法")
    pdf.text(79, 900, "裁切标记")
    assert texts(read(pdf)) == ["灯塔管理办法"]


# --- pages without usable text --------------------------------------------------------------------------------------


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Pages are recognised by a stand-in that says how wide the picture was; the widths are kept here."""
    from corpus.layout import Line

    widths: list[int] = []

    def stand_in(page: object) -> list[Line]:
        widths.append(round(page.get_size()[0]))  # type: ignore[attr-defined]
        return [Line("灯塔由市航标处管理。", 79, 90, 240, 106, 16, confidence=0.7)]

    monkeypatch.setattr(corpus.read_pdf, "_recognised", stand_in)
    return widths


def test_a_page_whose_text_is_gibberish_is_recognised_as_a_picture(recognised: list[int]) -> None:
    pdf = Printed()
    pdf.canvas.setFont("Helvetica", 12)
    pdf.canvas.drawString(79, 700, "¹úÎñÔº¹ØÓÚ½øÒ»²½¼ÓÇ¿µÆËþ¹ÜÀíµÄÍ¨Öª")
    pdf.page()
    pdf.lines(79, 105, wrapped(LONG, 28))
    told: list[tuple[str, int, int]] = []
    document = read_pdf(pdf.done(), "灯塔.pdf", lambda *what: told.append(what))
    assert texts(document)[0] == "灯塔由市航标处管理。"
    assert [line.confidence for line in document.lines][:2] == [0.7, None]
    assert document.warnings == ("第 1 页是图片，文字由识别得来，可能有错字；引用前请对照原件。",)
    assert told == [("识别文字", 0, 1), ("识别文字", 1, 1)]


def test_a_scan_with_the_mark_of_a_scanner_is_recognised(recognised: list[int]) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    pdf = Printed()
    pdf.canvas.drawImage(ImageReader(Image.new("L", (200, 280), 240)), 0, 0, *A4)
    pdf.text(400, 830, "由扫描全能王扫描", 9)
    assert texts(read(pdf)) == ["灯塔由市航标处管理。"]
    assert recognised == [595]


def test_an_empty_page_is_not_recognised(recognised: list[int]) -> None:
    pdf = Printed()
    pdf.text(79, 105, "灯塔管理办法")
    pdf.page()
    pdf.canvas.showPage()
    assert texts(read(pdf)) == ["灯塔管理办法"]
    assert recognised == []


@pytest.mark.parametrize(
    ("text", "sane"),
    [
        ("灯塔由市航标处管理，每季度检查一次。", True),
        ("The lighthouse is kept by the city.", True),
        ("燈塔由市航標處管理，每季度檢查一次，結果報備。", True),
        ("", False),
        ("¹úÎñÔº¹ØÓÚ½øÒ»²½¼ÓÇ¿", False),
        ("\ue001\ue002\ue003灯塔", False),
        ("(cid:123)(cid:4)灯塔", False),
        ("蹇滃瘑彀佄辉鸐嵊嵋嶋嶌嶍嶎巃巄巅巆彁彂彃彉彋彏彔彖怸怹", False),
    ],
)
def test_whether_text_is_language(text: str, sane: bool) -> None:
    assert is_sane(text) is sane


# --- files that cannot be read --------------------------------------------------------------------------------------


def refusal(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_pdf(data, "灯塔.pdf")
    return str(caught.value)


def test_a_password() -> None:
    pdf = Printed(encrypt="geheim")
    pdf.text(79, 105, "灯塔管理办法")
    assert "有打开密码；请用能打开它的程序去掉密码" in refusal(pdf.done())


def test_a_file_that_only_forbids_printing_is_read() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    pdf = Printed(encrypt=StandardEncryption("", "owner", canPrint=0))
    pdf.text(79, 105, "灯塔管理办法")
    assert texts(read(pdf)) == ["灯塔管理办法"]


@pytest.mark.parametrize("keep", [5, 200, 0.5])
def test_a_truncated_file(keep: float) -> None:
    whole = official_pdf()
    cut = whole[: int(keep if keep > 1 else keep * len(whole))]
    assert "不是完好的 PDF" in refusal(cut) or "请重新取得文件" in refusal(cut)


def official_pdf() -> bytes:
    pdf = Printed()
    for step in STEPS:
        pdf.lines(79, 105, wrapped(step, 28))
        pdf.page()
    return pdf.done()


def test_no_pages() -> None:
    out = io.BytesIO()
    pypdfium2.PdfDocument.new().save(out)
    assert "一页也没有" in refusal(out.getvalue())


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.read_pdf, "MOST_PAGES", 3)
    assert "有 4 页，超过 3 页；请按篇或按章拆成几个文件再试。" in refusal(official_pdf())


def test_a_blank_file(recognised: list[int]) -> None:
    pdf = Printed()
    pdf.canvas.showPage()
    assert "里没有文字，按图片也没有识别出文字" in refusal(pdf.done())


def test_a_damaged_page_is_named_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    page_of = corpus.read_pdf._page

    def breaks(page: object, index: int, tables: object) -> object:
        if index == 1:
            raise ValueError("broken stream")
        return page_of(page, index, tables)  # type: ignore[arg-type]

    monkeypatch.setattr(corpus.read_pdf, "_page", breaks)
    document = read(official_pdf())
    assert [line.page for line in document.lines] == [1, 3, 4]
    assert document.warnings == ("第 2 页已损坏，没有读出；请对照原件。",)


def test_the_title_that_the_file_gives_itself() -> None:
    def title(name: str) -> str | None:
        pdf = Printed()
        pdf.canvas.setTitle(name)
        pdf.text(79, 105, "灯塔管理办法")
        return read(pdf).meta.get("网页标题")

    assert title("灯塔管理办法（试行）") == "灯塔管理办法（试行）"
    assert title("Microsoft Word - 灯塔管理办法.doc") is None
    assert title("untitled") is None


def test_official_pages_are_joined(tmp_path: object) -> None:
    from corpus.clean import Paragraph

    paragraphs = [Paragraph(text, (), ()) for text in (LONG, *STEPS) * 3]
    assert cleaned(official(paragraphs, per_page=9)) == [*(LONG, *STEPS) * 3]


def test_a_last_page_of_a_few_lines_is_measured_by_the_others() -> None:
    pdf = Printed()
    pdf.lines(
        79,
        105,
        wrapped(LONG, 28)
        + wrapped(STEPS[0] + "期满后重新检查", 28)
        + ["本办法由市航标处负责解释，各区不得另行规定检查办法。"],
    )
    pdf.page()
    pdf.lines(79, 105, ["\u3000\u3000本办法自发布之日起施行。"])
    assert cleaned(pdf)[-1] == "本办法自发布之日起施行。"
