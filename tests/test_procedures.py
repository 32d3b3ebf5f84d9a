"""Procedures told whole: every step in order with its days."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.procedures import answer_procedure
from searched import asked, searched

RULES = outlined(
    "一、补助对象\n全市的养蜂人。\n"
    "二、审核\n乡镇自受理之日起5个工作日内完成初审并公示3日；县农业局自收到材料之日起8个工作日内复审；市农业局10个工作日内核准。\n"
    "三、退回流程\n1.养蜂人写明理由。\n2.乡镇3日内登记。\n3.县农业局收回款项。\n",
    "办法",
    title="养蜂补助办法",
)


def told(question: str) -> list[str]:
    ready = asked(question)
    draft = answer_procedure(ready, searched(ready, RULES))
    return [] if draft is None else [line.text for line in draft.lines]


def test_a_paragraph_of_stages_and_days_is_told_whole() -> None:
    assert told("养蜂补助审核要经过哪几步、各要几天？") == [
        "乡镇自受理之日起5个工作日内完成初审并公示3日。",
        "县农业局自收到材料之日起8个工作日内复审。",
        "市农业局10个工作日内核准。",
    ]


def test_a_section_that_is_called_a_procedure_is_told_by_its_items() -> None:
    assert told("退回补助款要走哪些流程？") == [
        "“退回流程”共3项：1.养蜂人写明理由；2.乡镇3日内登记；3.县农业局收回款项。"
    ]


@pytest.mark.parametrize("question", ["初审要几天？", "补助对象是谁？", "健身步道建了几公里？"])
def test_other_questions_are_left_to_others(question: str) -> None:
    assert told(question) == []


def test_a_sentence_that_tells_all_steps_goes_before_a_section_called_a_procedure() -> None:
    text = (
        "一、登记流程\n1.打开小程序。\n2.刷脸。\n"
        "二、领取奖励\n看塔奖励由乡镇初审6个工作日，港务局复核9个工作日，公示3日后拨付。\n"
    )
    ready = asked("看塔奖励申请要过哪几关，每关几天？")
    draft = answer_procedure(ready, searched(ready, outlined(text, "办法", title="灯塔办法")))
    assert draft is not None and [line.text for line in draft.lines] == [
        "看塔奖励由乡镇初审6个工作日，港务局复核9个工作日，公示3日后拨付。"
    ]
