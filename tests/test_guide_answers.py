"""Items of a guide to a service, asked for in everyday words."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes import HashEmbedder
from qa.bot import PolicyQA
from qa.guide_answers import answer_guide
from small import bot_of

GUIDE = """\
渔船泊位登记办事指南
一、受理条件
渔船在本港注册的渔民可以登记泊位。
二、申请材料
（一）渔船证书；
（二）船主身份证；
（三）泊位平面图。
三、办理时限
法定办结时限：二十个工作日。
承诺办结时限：三个工作日。
四、收费标准
不收取任何费用。
五、办公时间
周一至周五9时至17时，午间不休息。
六、办理地点
湖港市渔港路3号一楼大厅。
七、办理流程
（一）受理。窗口当场收件。
（二）核对。港务员上船核对。
八、监督检查
谎报泊位的，处五百元罚款。
"""
RULES = """\
湖港市灯塔看护规定
一、看护职责
看护员应当每日检查灯具。
二、材料
灯具采用耐腐蚀材料。
三、处罚
擅自熄灯的，处二百元罚款。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder: Path = tmp_path_factory.mktemp("documents")
    (folder / "指南.txt").write_text(GUIDE, encoding="utf-8")
    (folder / "规定.txt").write_text(RULES, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("data"), embedder=HashEmbedder())


def told(bot: PolicyQA, question: str) -> str | None:
    found = bot.find(question)
    draft = answer_guide(found.probe, found.candidates)
    return None if draft is None else "".join(line.text for line in draft.lines)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("渔船泊位登记要带什么？", "申请材料：（一）渔船证书；（二）船主身份证；（三）泊位平面图。"),
        ("什么人能登记渔船泊位？", "受理条件：渔船在本港注册的渔民可以登记泊位。"),
        (
            "登记渔船泊位几天能办好？",
            "办理时限：法定办结时限：二十个工作日；承诺办结时限：三个工作日。",
        ),
        ("渔船泊位登记交多少钱？", "收费标准：不收取任何费用。"),
        ("渔船泊位登记的窗口几点下班？", "办公时间：周一至周五9时至17时，午间不休息。"),
        ("渔船泊位登记去哪办？", "办理地点：湖港市渔港路3号一楼大厅。"),
        ("渔船泊位登记怎么办？", "办理流程共2项：（一）受理。窗口当场收件；（二）核对。港务员上船核对。"),
    ],
)
def test_an_item_is_told_by_its_name(bot: PolicyQA, question: str, expected: str) -> None:
    assert told(bot, question) == expected


def test_the_parts_of_an_item_are_cited_one_by_one(bot: PolicyQA) -> None:
    answer = bot.ask("渔船泊位登记要带什么？")
    quotes = "".join(citation.quote for citation in answer.citations)
    assert all(part in quotes for part in ("申请材料", "渔船证书", "船主身份证", "泊位平面图"))


@pytest.mark.parametrize(
    "question",
    [
        "谎报渔船泊位罚多少钱？",  # a fine, no fee
        "渔船泊位登记归谁管？",  # no item of a guide
        "渔船泊位登记的指南在哪天公布？",  # a day, no place
        "灯塔看护用什么材料？",  # no guide: too few items
    ],
)
def test_other_questions_are_left_to_others(bot: PolicyQA, question: str) -> None:
    assert told(bot, question) is None


def test_how_long_before_is_when_to_apply_and_not_how_long_it_takes(tmp_path: Path) -> None:
    guide = GUIDE.replace("九、", "")
    guide = guide.replace("八、监督检查\n", "八、申请时间\n船主应当在出海10日前提出申请。\n九、监督检查\n")
    bot = bot_of(tmp_path, {"指南": guide})
    assert told(bot, "渔船泊位登记要提前多久申请？") == "申请时间：船主应当在出海10日前提出申请。"
    assert told(bot, "渔船泊位费什么时候交？") is None


def test_the_first_part_of_a_question_that_asks_for_an_item_is_told_by_it(bot: PolicyQA) -> None:
    said = "受理条件：渔船在本港注册的渔民可以登记泊位。"
    assert told(bot, "渔船泊位登记要什么条件、交什么材料、去哪里办？") == said


def test_whether_there_is_a_fee_is_told_after_the_word_that_says_so(bot: PolicyQA) -> None:
    assert told(bot, "渔船泊位登记收费吗？") == "不收费，收费标准：不收取任何费用。"
    assert told(bot, "渔船泊位登记要证书吗？") is None


def test_the_fee_of_a_guide_to_a_subsidy_is_no_amount_of_it(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"指南": GUIDE.replace("渔船泊位登记", "渔船补贴申领").replace("登记泊位", "申领补贴")})
    assert told(bot, "申领渔船补贴要交钱吗？") == "不需要，收费标准：不收取任何费用。"
    assert told(bot, "渔船补贴有多少钱？") is None


def test_a_step_tells_the_place_that_no_item_does(tmp_path: Path) -> None:
    guide = GUIDE.replace("六、办理地点\n湖港市渔港路3号一楼大厅。\n", "").replace("窗口当场收件", "渔港服务站窗口收件")
    bot = bot_of(tmp_path, {"指南": guide})
    assert told(bot, "渔船泊位登记去哪办？") == "受理。渔港服务站窗口收件。"


def test_whom_a_guide_is_for_is_named_by_its_conditions(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"指南": GUIDE.replace("注册的渔民可以", "注册的渔民（含养蚝户）可以")})
    said = "申请材料：（一）渔船证书；（二）船主身份证；（三）泊位平面图。"
    assert told(bot, "养蚝户要交什么材料？") == said
