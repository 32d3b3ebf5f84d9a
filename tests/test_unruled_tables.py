"""Tables of a PDF without rules, or with some: words that stand below one another. What only looks so is no table."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.layout import is_torn
from corpus.load import document_of
from printed import HAN_FONTS, NO_HAN_FONT, Printed, scan

HEAD = ("序号", "工作任务", "负责单位", "完成时间")
#: Lines of each row: the second row has wrapped cells.
ROWS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (HEAD,),
    (("1", "检修北岸灯塔", "市航标处", "2024年6月"),),
    (("2", "修订灯塔值守人员培训和", "市海事局、市人力", "2024年9月"), ("", "考核办法", "资源社会保障局", "")),
    (("3", "更新雾号设备", "市财政局", "长期"),),
)
SAID = [
    "序号|工作任务|负责单位|完成时间",
    "1|检修北岸灯塔|市航标处|2024年6月",
    "2|修订灯塔值守人员培训和考核办法|市海事局、市人力资源社会保障局|2024年9月",
    "3|更新雾号设备|市财政局|长期",
]
XS = (79, 130, 300, 430)


def printed(rules: str, pitch: float = 20, pad: float = 8) -> bytes:
    """A page with the table between two paragraphs; ``rules``: none, three (lines), each (row), bands (shaded)."""
    pdf = Printed()
    pdf.centred(105, "灯塔养护任务分工", 22)
    pdf.lines(79, 150, ["　　各单位按照下表分工，落实灯塔养护任务。"])
    base = 200.0

    def rule(y: float) -> None:
        pdf.canvas.line(79, pdf.height - y, 520, pdf.height - y)

    for number, row in enumerate(ROWS):
        top = base - 15
        if rules == "each" or (rules == "three" and number < 2):
            rule(top)
        if rules == "bands" and number % 2:
            pdf.canvas.setFillGray(0.85)
            for left, right in zip(XS, (*XS[1:], 520), strict=True):
                pdf.canvas.rect(left, pdf.height - top - 20 * len(row) - 4, right - left, 20 * len(row) + 4, 0, 1)
            pdf.canvas.setFillGray(0)
        for line in row:
            for left, words in zip(XS, line, strict=True):
                pdf.text(left + 2, base, words, 12)
            base += pitch
        base += pad
    if rules in ("each", "three"):
        rule(base - 15)
    pdf.lines(79, base + 25, ["　　市航标处每季度通报一次进展。"])
    pdf.page()
    return pdf.done()


def lines_of(data: bytes) -> list[str]:
    return document_of(data, "分工.pdf").text.split("\n")


@pytest.mark.parametrize("rules", ["none", "three", "each", "bands"])
@pytest.mark.parametrize("pad", [0, 8])
def test_a_table_keeps_its_rows_and_its_header_whatever_its_rules(rules: str, pad: float) -> None:
    lines = lines_of(printed(rules, pad=pad))
    assert lines[2:-1] == SAID
    assert lines[-1] == "市航标处每季度通报一次进展。"


@pytest.mark.slow
@pytest.mark.skipif(not HAN_FONTS, reason=NO_HAN_FONT)
@pytest.mark.parametrize("rules", ["none", "three"])
def test_a_table_without_columns_ruled_is_read_from_a_scan(rules: str) -> None:
    assert [line for line in lines_of(scan(printed(rules), 150)) if "|" in line] == SAID


def page_of(rows: Sequence[Sequence[tuple[float, str]]], size: float = 14, pitch: float = 24) -> bytes:
    pdf = Printed()
    for at, row in enumerate(rows):
        for left, words in row:
            pdf.text(left, 100 + pitch * at, words, size)
    pdf.page()
    return pdf.done()


PROSE = ("灯塔由市航标处负责管理", "每季度检查一次并将检查", "结果报市海事局备案未经", "批准任何单位和个人不得")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [
                [(79, "（一）"), (130, "灯塔由市航标处负责管理，每季度检查一次。")],
                [(79, "（二）"), (130, "检查结果报市海事局备案。")],
                [(79, "（三）"), (130, "未经批准，不得拆除。")],
            ],
            id="labels that hang",
        ),
        pytest.param(
            [
                [(79, "第一章"), (140, "总则"), (500, "1")],
                [(79, "第二章"), (140, "管理"), (500, "3")],
                [(79, "第三章"), (140, "附则"), (500, "12")],
            ],
            id="contents",
        ),
        pytest.param(
            [
                [(79, "市海事局"), (250, "市财政局"), (400, "市公安局")],
                [(79, "市教育局"), (250, "市民政局"), (400, "市司法局")],
                [(79, "市水利局"), (250, "市商务局"), (400, "市审计局")],
            ],
            id="signatures",
        ),
        pytest.param(
            [
                [(79, "组　长："), (160, "周海明"), (250, "市长")],
                [(79, "副组长："), (160, "李望潮"), (250, "副市长")],
                [(79, "成　员："), (160, "陈守灯"), (250, "市海事局局长")],
            ],
            id="people",
        ),
        pytest.param(
            [[(79, line), (300, line[::-1])] for line in PROSE],
            id="prose in columns",
        ),
        pytest.param(
            [
                [(79, "A. 灯塔"), (220, "B. 浮标"), (360, "C. 雾号")],
                [(79, "A. 市长"), (220, "B. 局长"), (360, "C. 处长")],
                [(79, "A. 每月"), (220, "B. 每季度"), (360, "C. 每年")],
            ],
            id="options",
        ),
    ],
)
def test_what_stands_in_columns_is_not_always_a_table(rows: Sequence[Sequence[tuple[float, str]]]) -> None:
    assert "|" not in document_of(page_of(rows), "文.pdf").text


def test_cells_that_hold_words_of_several_columns_are_torn() -> None:
    from test_layout import cell, piece

    whole = [cell(0, 0), cell(1, 0), cell(0, 1), cell(1, 1)]
    wide = [cell(0, 0), cell(1, 0), cell(0, 1, columns=2)]
    left, _, right, bottom = cell(1, 1)
    words = [piece("灯塔", 2, bottom - 12), piece("三座", left + 2, bottom - 12)]
    assert is_torn(wide, words)
    assert not is_torn(wide, words[:1])
    assert not is_torn(whole, words)
    assert is_torn(whole[:2], [])
    assert right > left
