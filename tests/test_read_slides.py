"""Presentations: slides as pages, titles as headings, what stands on them from top to bottom. Written by python-pptx."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from corpus.load import load_document
from corpus.raw import RawDocument, ReadError
from corpus.read_slides import read_slides
from office_files import changed

TITLE, BODY, TITLE_ONLY, BLANK = 0, 1, 5, 6  #: layouts of the usual template


class Deck:
    """A presentation that is being written."""

    def __init__(self) -> None:
        self.deck: Any = Presentation()

    def slide(self, title: str = "", *paragraphs: str, layout: int = BODY) -> Any:
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[layout])
        if title:
            slide.shapes.title.text = title
        for at, text in enumerate(paragraphs):
            frame = slide.placeholders[1].text_frame
            (frame.paragraphs[0] if at == 0 else frame.add_paragraph()).text = text
        return slide

    def box(self, slide: Any, text: str, left: float, top: float) -> Any:
        shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5))
        shape.text_frame.text = text
        return shape

    def data(self) -> bytes:
        out = io.BytesIO()
        self.deck.save(out)
        return out.getvalue()

    def read(self) -> RawDocument:
        return read_slides(self.data(), "a.pptx")


def told(document: RawDocument) -> list[tuple[str, int | None]]:
    return [(line.text, line.page) for line in document.lines]


def test_each_slide_is_a_page_under_its_title(tmp_path: Path) -> None:
    deck = Deck()
    deck.slide("2031年灯塔工作汇报", "港务局", layout=TITLE)
    deck.slide("一、主要成效", "新建灯塔3座", "巡查12次，\n排除故障5起")
    deck.slide("二、下一步打算", "上半年完成验收")
    document = deck.read()
    assert told(document) == [
        ("2031年灯塔工作汇报", 1),
        ("港务局", 1),
        ("一、主要成效", 2),
        ("新建灯塔3座", 2),
        ("巡查12次，", 2),
        ("排除故障5起", 2),
        ("二、下一步打算", 3),
        ("上半年完成验收", 3),
    ]
    assert [(line.text, line.level) for line in document.lines if line.role == "heading"] == [
        ("2031年灯塔工作汇报", 1),
        ("一、主要成效", 2),
        ("二、下一步打算", 2),
    ]
    (tmp_path / "a.pptx").write_bytes(deck.data())
    loaded = load_document(tmp_path / "a.pptx")
    assert loaded.header.title == "2031年灯塔工作汇报"
    assert [section.title for section in loaded.sections if section.title] == ["主要成效", "下一步打算"]
    assert loaded.page_at(loaded.text.index("上半年")) == 3


def test_boxes_are_read_from_top_to_bottom_and_side_by_side_from_the_left() -> None:
    deck = Deck()
    slide = deck.slide(layout=BLANK)
    deck.box(slide, "下面", 1, 5)
    deck.box(slide, "右", 6, 2.05)
    deck.box(slide, "左", 1, 2.1)
    deck.box(slide, "上面", 3, 1)
    group = slide.shapes.add_group_shape()
    for text, top in (("组内二", 4), ("组内一", 3)):
        inner = group.shapes.add_textbox(Inches(1), Inches(top), Inches(1), Inches(0.4))
        inner.text_frame.text = text
    assert [text for text, _ in told(deck.read())] == ["上面", "左", "右", "组内一", "组内二", "下面"]


def test_rows_of_tables_and_merged_cells() -> None:
    deck = Deck()
    slide = deck.slide("任务分工", layout=TITLE_ONLY)
    table = slide.shapes.add_table(4, 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for i, row in enumerate(
        (["类别", "任务", "牵头部门"], ["灯塔", "巡查", "港务局"], ["", "修缮", "住建局"], ["合计", "", "2"])
    ):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))
    assert [text for text, _ in told(deck.read())][1:] == [
        "类别 | 任务 | 牵头部门",
        "灯塔 | 巡查 | 港务局",
        "灯塔 | 修缮 | 住建局",
        "合计 | | 2",
    ]


def test_charts_are_tables_of_their_values(tmp_path: Path) -> None:
    deck = Deck()
    slide = deck.slide("完好率", layout=TITLE_ONLY)
    data = CategoryChartData(number_format="0.0%")
    data.categories = ["2030年", "2031年"]
    data.add_series("东港", (0.9, 0.955))
    data.add_series("西港", (0.8, None))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.LINE, Inches(1), Inches(2), Inches(6), Inches(4), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "灯塔完好率变化"
    assert [text for text, _ in told(deck.read())][1:] == [
        "灯塔完好率变化",
        "类别 | 东港 | 西港",
        "2030年 | 90.0% | 80.0%",
        "2031年 | 95.5% |",
    ]


def test_notes_follow_their_slide() -> None:
    deck = Deck()
    deck.slide("成效", "新建3座").notes_slide.notes_text_frame.text = "这里强调投资。\n另说进度。"
    assert told(deck.read())[2:] == [("备注：这里强调投资。", 1), ("另说进度。", 1)]


def test_hidden_slides_and_footers_are_left_out_and_listed() -> None:
    deck = Deck()
    hidden = deck.slide("内部测算", "不公开")
    hidden._element.set("show", "0")
    for title in ("成效", "打算"):
        slide = deck.slide(title, "文字")
        footer = deck.box(slide, "港务局内部使用", 1, 7)
        mark = footer._element.nvSpPr.nvPr
        mark.append(mark.makeelement("{http://schemas.openxmlformats.org/presentationml/2006/main}ph", {"type": "ftr"}))
    document = deck.read()
    assert [text for text, _ in told(document)] == ["成效", "文字", "打算", "文字"]
    assert told(document)[0] == ("成效", 2)
    assert [(out.text, out.reason) for out in document.left_out] == [
        ("第 1 张：内部测算", "隐藏的幻灯片"),
        ("港务局内部使用", "页脚"),
    ]


def test_bold_beginnings() -> None:
    deck = Deck()
    slide = deck.slide("打算", "x")
    paragraph = slide.placeholders[1].text_frame.paragraphs[0]
    paragraph.runs[0].text, paragraph.runs[0].font.bold = "加强巡查。", True
    paragraph.add_run().text = "每月两次。"
    assert [(line.text, line.bold) for line in deck.read().lines][1:] == [("加强巡查。每月两次。", 5)]


def test_raised_figures_add_to_no_number() -> None:
    deck = Deck()
    paragraph = deck.slide("打算", "补贴500").placeholders[1].text_frame.paragraphs[0]
    above = paragraph.add_run()
    above.text = "1"
    above.font._element.set("baseline", "30000")
    paragraph.add_run().text = "元"
    assert [line.text for line in deck.read().lines][1:] == ["补贴500¹元"]


def test_slides_that_are_broken_are_told_and_the_others_read() -> None:
    deck = Deck()
    deck.slide("成效", "新建3座")
    slide = deck.slide("变化", layout=TITLE_ONLY)
    data = CategoryChartData()
    data.categories = ["甲"]
    data.add_series("乙", (1,))
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, Inches(1), Inches(2), Inches(3), Inches(3), data)
    broken = changed(deck.data(), "ppt/slides/slide2.xml", lambda xml: xml.replace(b'r:id="rId2"', b'r:id="rId99"'))
    document = read_slides(broken, "a.pptx")
    assert [text for text, _ in told(document)] == ["成效", "新建3座"]
    assert document.warnings == ("有 1 张幻灯片读不出来；请用 PowerPoint 打开后另存再试。",)


def test_damaged_files_say_what_to_do() -> None:
    deck = Deck()
    deck.slide("成效", "新建3座")
    whole = deck.data()
    for cut in (30, len(whole) // 2, len(whole) - 5):
        with pytest.raises(ReadError, match="“a.pptx”.*损坏.*另存再试"):
            read_slides(whole[:cut], "a.pptx")
    with pytest.raises(ReadError, match=r"读不出来.*另存为 \.pptx"):
        read_slides(changed(whole, "ppt/presentation.xml", lambda xml: b"<a/>"), "a.pptx")
    with pytest.raises(ReadError, match="实体"):
        read_slides(changed(whole, "ppt/slides/slide1.xml", lambda xml: b"<!DOCTYPE a>" + xml), "a.pptx")
