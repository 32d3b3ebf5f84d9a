"""The n-th item of a list, by its heading, in a heading of its own, and in a talk."""

from __future__ import annotations

import pytest

from qa.answer_reading import listed
from qa.bot import PolicyQA
from qa.extractive import Draft, Line
from qa.nth_answers import beyond_classes
from small import bot_of

_PLAN = """\
丁市灯塔建设方案
丁政发〔2021〕1号
一、总体要求
提高灯塔的服务能力。
二、重点工程
（一）“数字灯塔”更新工程。更换灯器和电源。
（二）“数字灯塔”航标工程。加装遥测设备。
（三）“数字灯塔”人才工程。培训守塔人员。
三、保障措施
（一）加强领导。
1.成立领导小组。领导小组由市长任组长。
2.建立联席会议。联席会议每季度召开一次。
（二）落实资金。
1.安排专项资金。专项资金列入预算。
2.吸引社会资金。鼓励企业捐助。
3.用好保险资金。支持保险机构参与。
"""
_NEWS = "丁市灯塔（百科词条）\n重点工程分别是“数字灯塔”更新工程；“数字灯塔”航标工程；“数字灯塔”人才工程。\n"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), {"plan": _PLAN, "news": _NEWS})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("重点工程的第二项讲了什么？", "加装遥测设备"),
        ("重点工程的第三项是什么？", "培训守塔人员"),
        ("重点工程的倒数第二项是什么？", "加装遥测设备"),
        ("保障措施的第二个方面的第三条讲什么？", "支持保险机构参与"),
        ("保障措施第一方面里的最后一条讲什么？", "每季度召开一次"),
        ("保障措施第二项工作的第三点是什么？", "支持保险机构参与"),
        ("最后一项工程是什么？", "培训守塔人员"),
        ("保障措施第二项有哪几点？", "共3项：1.安排专项资金；2.吸引社会资金；3.用好保险资金"),
    ],
)
def test_an_item_is_found_by_its_place_below_a_heading(bot: PolicyQA, question: str, told: str) -> None:
    answer = bot.ask(question)
    assert told in answer.text
    assert {c.doc_id for c in answer.citations} == {"plan"}


def test_a_talk_goes_through_a_list(bot: PolicyQA) -> None:
    listed = ("重点工程有哪些？", bot.ask("重点工程有哪些？").text)
    second = bot.ask("第二条呢？", [listed])
    assert "加装遥测设备" in second.text and {c.doc_id for c in second.citations} == {"plan"}
    before = bot.ask("前面那一条呢？", [listed, ("第二条呢？", second.text)])
    assert "更换灯器和电源" in before.text
    beyond = bot.ask("第四个呢？", [listed])
    assert "只有3项" in beyond.text and beyond.premise == "contradicted"


@pytest.mark.parametrize("question", ["第二条呢？", "那第三个呢？", "前者呢？", "它呢？"])
def test_what_points_into_no_talk_asks_for_the_whole_question(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert answer.refused and "写全" in answer.text


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("第四类渔船怎么收费？", True),
        ("那第四类呢？", True),
        ("第三类渔船怎么收费？", False),
        ("第四级渔港有哪些？", False),
    ],
)
def test_there_is_no_class_beyond_those_that_are_told(question: str, denied: bool) -> None:
    told = Draft((Line("渔船分为三类：木船、铁船、快艇。", (("d", 0, 15),)),), method="list")
    said = beyond_classes(told, question)
    assert said.contradicts == denied
    assert said.notes == (("只分三类，没有第四类。",) if denied else ())


def test_a_point_of_the_item_that_the_talk_is_about(bot: PolicyQA) -> None:
    question = "保障措施的第二项是什么？"
    talk = [(question, bot.ask(question).text)]
    assert "鼓励企业捐助" in bot.ask("第二点呢？", talk).text
    assert "支持保险机构参与" in bot.ask("它的第三点是什么？", talk).text


def test_the_numbers_behind_how_many_there_are_are_the_list() -> None:
    answer = "（二）落实资金。[1]“落实资金”共2项：1.安排灯塔资金；2.吸引渔港资金。[2]"
    assert listed(answer) == ["安排灯塔资金", "吸引渔港资金"]
