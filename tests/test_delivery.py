"""Who gave a report, when and at what meeting."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.delivery import answer_delivery
from searched import asked

REPORT = outlined(
    "渔政工作报告\n——2031年1月9日在东海县第三届渔民代表大会第二次会议上\n县长梁书宁\n各位代表：\n一、灯塔\n建成灯塔9座。\n",
    "报告",
    title="渔政工作报告",
)
PLAN = outlined("渔政规划\n一、灯塔\n建成灯塔9座。\n", "规划", title="渔政规划")


@pytest.mark.parametrize(
    "question", ["渔政工作报告是谁作的，在哪一天、什么会议上？", "这份报告在哪次会议上作的？", "报告人是谁？"]
)
def test_the_lines_below_the_title_are_told(question: str) -> None:
    draft = answer_delivery(asked(question), [PLAN, REPORT])
    assert draft is not None
    assert draft.lines[0].text == "县长梁书宁2031年1月9日在东海县第三届渔民代表大会第二次会议上作的报告。"


@pytest.mark.parametrize("question", ["报告里说建成灯塔几座？", "灯塔由谁看守？", "谁作的规划？", "年度报告由谁报送？"])
def test_other_questions_are_not_about_who_gave_it(question: str) -> None:
    assert answer_delivery(asked(question), [PLAN, REPORT]) is None


def test_of_two_that_tell_it_neither_is_taken_unless_one_is_pointed_at() -> None:
    other = outlined(REPORT.text.replace("梁书宁", "魏长河"), "另一份", title="渔政工作报告")
    assert answer_delivery(asked("报告是谁作的？"), [REPORT, other]) is None
    pointed = answer_delivery(asked("报告是谁作的？", hinted=[other.doc_id]), [REPORT, other])
    assert pointed is not None and "魏长河" in pointed.lines[0].text
