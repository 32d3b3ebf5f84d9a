"""What a question takes for granted of a rule is put right where the document says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.tokens import fold
from qa.bot import PolicyQA
from qa.extractive import Draft, Line
from qa.premises import premise_in, told_otherwise, with_denial
from qa.support import support
from small import bot_of

_RULE = """戊市灯塔看守津贴办法

戊民规〔2023〕4号

第一条 看守津贴发给年满60周岁的看守人。
第二条 看守证每年签注1次。看守证过期的，停止使用。
第三条 看守证有效期不超过六个月。有效期届满前可以延长。
第四条 甲类看守人每人每月津贴80元。
第五条 看守津贴每月15日前通过银行卡发放。
第六条 申请看守津贴，向港航所提出书面申请。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), {"rule": _RULE})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("看守证有效期一年，到期能不能延长？", "一年"),
        ("看守证每三年签注一次，过期怎么办？", "每三年签注一次"),
        ("60岁看守人每月100元津贴，怎么申请？", "100元"),
        ("津贴55岁就能领，怎么申请？", "55岁"),
        ("我妈55岁，怎么申请？", None),  # a case
        ("缴费三年了，能领多少？", None),
        ("如果要等三年，怎么办？", None),
        ("有效期三年吗，过期怎么办？", None),
        ("新办法把看守证有效期延长到一年了，怎么换证？", "一年"),  # what a document has done, and no case
        ("看守证有效期一年？", None),  # nothing else is asked
    ],
)
def test_what_a_question_asserts_of_a_rule(question: str, said: str | None) -> None:
    premise = premise_in(fold(question))
    assert (premise and premise.said) == said


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("有效期一年，过期怎么办？", "有效期不超过六个月", "不超过六个月"),
        ("有效期三个月，过期怎么办？", "有效期不超过六个月", ""),  # as it may be
        ("最长三个月，过期怎么办？", "最长不超过六个月", "最长不超过六个月"),
        ("有效期一年，过期怎么办？", "有效期为六个月或者两年", ""),  # several
        ("有效期半年，过期怎么办？", "有效期为六个月", ""),
        ("证件每三年签注一次，怎么办？", "每年签注1次", "每年签注1次"),
        ("证件每年签注一次，怎么办？", "每年签注1次", ""),
        ("津贴55岁就能领，怎么申请？", "年满60周岁", "年满60周岁"),
        ("津贴65岁就能领，怎么申请？", "年满60周岁", ""),
    ],
)
def test_what_a_document_says_in_its_place(question: str, text: str, told: str) -> None:
    premise = premise_in(fold(question))
    assert premise is not None and told_otherwise(premise, text) == told


def test_the_premise_is_put_right_and_the_rest_is_answered(bot: PolicyQA) -> None:
    answer = bot.ask("甲类看守人每人每月津贴100元，几号发放？")
    assert answer.premise == "contradicted" and not answer.refused
    assert answer.text.startswith("文件规定的是80元，不是100元：甲类看守人每人每月津贴80元。")
    assert "每月15日前通过银行卡发放" in answer.text
    assert {s.support for s in answer.statements} == {"verified"}


def test_how_often_is_put_right_too(bot: PolicyQA) -> None:
    answer = bot.ask("看守证每三年签注一次，看守证过期会怎样？")
    assert "文件规定的是每年签注1次，不是每三年签注一次：" in answer.text and "停止使用" in answer.text


def test_a_right_premise_is_left_alone(bot: PolicyQA) -> None:
    for question in ("甲类看守人每人每月津贴80元，几号发放？", "看守证每年签注一次，看守证过期会怎样？"):
        assert "不是" not in bot.ask(question).text


def test_what_is_put_right_is_checked() -> None:
    quote = ["看守证有效期不超过六个月。"]
    assert support("文件规定的是不超过六个月，不是一年：看守证有效期不超过六个月。", quote) == "verified"
    denied = ["看守人登塔不收取押金。"]
    assert support("不对，看守人登塔不收取押金。", denied) == "verified"
    assert support("文件规定的是不超过三个月，不是一年：看守证有效期不超过六个月。", quote) != "verified"


def test_what_went_the_other_way_is_put_right(tmp_path: Path) -> None:
    bot = bot_of(
        tmp_path,
        {"figures": "东港市渔业统计公报\n一、渔获\n全年远洋渔获640吨，下降28.7%。\n近海渔获90吨，增长3.1%。\n"},
    )
    answer = bot.ask("远洋渔获为什么增长了28.7%？")
    assert answer.premise == "contradicted" and "不是增长" in answer.text and "下降28.7%" in answer.text
    assert bot.ask("近海渔获为什么增长了3.1%？").premise is None


def test_what_is_said_to_have_gone_up_before_something_else_is_asked_is_put_right(tmp_path: Path) -> None:
    bot = bot_of(
        tmp_path, {"report": "戊市2023年灯塔公报\n\n灯塔门票收入90万元，下降14.3%。\n修复灯塔6座，增长20%。\n"}
    )
    asked = bot.ask("戊市2023年灯塔门票收入大涨14.3%，主要靠哪些灯塔拉动？")
    assert asked.text.startswith("不是上涨，灯塔门票收入90万元，下降14.3%") and asked.premise == "contradicted"
    assert bot.ask("戊市2023年修复灯塔增长20%，修复了几座？").premise is None


def line(text: str) -> Draft:
    return Draft((Line(text, (("rule", 0, len(text)),)),))


def test_a_sentence_that_denies_what_is_taken_for_granted_says_so() -> None:
    denied = with_denial(line("看守人登塔不收取押金。"), "登塔交的押金什么时候退?")
    assert denied.contradicts and denied.lines[0].text == "不对，看守人登塔不收取押金。"
    assert with_denial(line("门票价格没有变化。"), "门票价格调到了多少?").contradicts
    assert not with_denial(line("看守人登塔不收取押金。"), "登塔收不收押金?").contradicts, "that is what is asked"
    assert not with_denial(line("未登记的，不发放津贴。"), "津贴什么时候发?").contradicts, "of a case"
    assert not with_denial(line("单位缴费，个人不缴纳保险费。"), "保险由谁缴?").contradicts, "of something else"


_REPORTED = """己市灯塔条例

第一条 新塔的建塔费由港航局列支，不得向船东收取。
第二条 塔灯补助只面向二类渔港发放。
"""


def test_what_a_document_is_wrongly_reported_to_say_is_put_right(tmp_path: Path) -> None:
    answer = bot_of(tmp_path, {"rule": _REPORTED}).ask("灯塔条例规定新塔的建塔费由船东出，请问要交多少？")
    assert answer.premise == "contradicted"
    assert answer.text.startswith("问题里的说法不对：新塔的建塔费由港航局列支")


def test_what_a_document_is_rightly_reported_to_say_is_left(tmp_path: Path) -> None:
    assert bot_of(tmp_path, {"rule": _REPORTED}).ask("灯塔条例规定新塔的建塔费由港航局列支，怎么申请？").premise is None
