"""Tables with one cell a line, and tables of two cells with a space between."""

from __future__ import annotations

import pytest

from corpus.clean import clean
from corpus.raw import RawDocument, RawLine


def cleaned(text: str) -> list[str]:
    lines = tuple(RawLine(line, n) for n, line in enumerate(text.split("\n"), 1) if line)
    return clean(RawDocument("a.txt", lines, {}, True)).text.split("\n")


_REPORT = """\
全年渔港吞吐量12万吨,比上年增长3%。
2020年渔港吞吐量
指标
绝对数(万吨)
比上年增长(%)
总计
12.0
3.0
其中:北港
7.5
4
冷库、码头
100
-0.5
全年新建灯塔3座。"""


def test_cells_that_stand_one_a_line_are_rows() -> None:
    assert cleaned(_REPORT) == [
        "全年渔港吞吐量12万吨,比上年增长3%。",
        "2020年渔港吞吐量",
        "指标|绝对数(万吨)|比上年增长(%)",
        "总计|12.0|3.0",
        "其中:北港|7.5|4",
        "冷库、码头|100|-0.5",
        "全年新建灯塔3座。",
    ]


def test_each_cell_keeps_its_line() -> None:
    lines = tuple(RawLine(line, n) for n, line in enumerate(_REPORT.split("\n"), 1))
    text = clean(RawDocument("a.txt", lines, {}, True))
    at = text.text.index("7.5")
    assert [line for offset, line, _ in text.line_starts if offset <= at][-1] == 10


def test_figures_of_a_sentence_that_stand_on_lines_of_their_own_are_none() -> None:
    text = "本次实施时间为\n2021\n年\n2\n月\n13\n日至\n2021\n年\n2\n月\n15\n日，由各单位自愿参加，申报量不限。"
    assert "|" not in "".join(cleaned(text))


def test_two_cells_with_one_space_between() -> None:
    text = "争议金额 受理费\n1000元以下的部分 40－100元\n1001元至5000元的部分 按4%交纳\n5001元至1万元的部分 按3%交纳\n1万元以上的部分 按2%交纳"
    assert cleaned(text)[0] == "争议金额|受理费"
    assert cleaned(text)[-1] == "1万元以上的部分|按2%交纳"


@pytest.mark.parametrize(
    "text",
    [
        "第一条 总则\n第二条 范围2项\n第三条 期限3年\n第四条 其他4项\n第五条 附则5条",
        "渔港 灯塔\n北港 两座\n南港 三座\n东港 一座\n西港 四座",
        "会议时间 3月\n会议地点 北港\n联系人 张三\n电话 12345\n传真 67890",
    ],
)
def test_other_lines_with_a_space_stay_as_they_are(text: str) -> None:
    assert "|" not in "".join(cleaned(text))


def test_rows_that_are_counted_are_told_with_their_head() -> None:
    tasks = "序号\n任务\n责任单位\n1\n点亮灯塔，方便渔民夜间归航。\n市渔业局\n2\n修缮码头\n市港务局\n3\n编印航海图\n市海事局\n"
    assert cleaned(f"附件\n任务分解表\n{tasks}")[2:] == [
        "序号|任务|责任单位",
        "1|点亮灯塔，方便渔民夜间归航。|市渔业局",
        "2|修缮码头|市港务局",
        "3|编印航海图|市海事局",
    ]


def test_numbered_lines_that_are_no_rows_stay_as_they_are() -> None:
    lines = "序号\n任务\n责任单位\n1\n点亮灯塔\n市渔业局\n2\n修缮码头\n由两个单位共同负责：\n市港务局\n3\n编印航海图\n市海事局\n"
    assert not any("|" in text for text in cleaned(lines))


def test_rows_below_the_name_of_a_table() -> None:
    plan = "表2 灯塔建设计划表\n年份\n建设区域\n灯塔数（座）\n验收\n2024年\n北港\n4\n2028年\n2025年\n南港一期\n12\n/\n（二）加强看守\n"
    assert cleaned(plan) == [
        "表2 灯塔建设计划表",
        "年份|建设区域|灯塔数（座）|验收",
        "2024年|北港|4|2028年",
        "2025年|南港一期|12|/",
        "（二）加强看守",
    ]


def test_a_cell_that_two_rows_share_leaves_the_lines_as_they_are() -> None:
    plan = "表2 灯塔建设计划表\n年份\n建设区域\n灯塔数\n2024年\n北港\n4\n南港\n12\n2026年\n西港\n5\n"
    assert not any("|" in text for text in cleaned(plan))
