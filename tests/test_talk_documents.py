"""A talk stays with the document that it has been told from, and 这个办法 means that one."""

from __future__ import annotations

import pytest

from qa.bot import PolicyQA
from qa.followup import rewrite
from qa.followup_pronouns import documents_named
from qa.talk_documents import goes_on_in
from small import bot_of

FISH = """临海市渔具补助办法

临渔规〔2023〕4号

第一条 渔具补助发给本市渔民。
第二条 更换环保渔网的，每张补助80元。
第三条 骗取渔具补助的，依照《财政违法行为处罚处分条例》处理，三年内不再受理其申请。
第四条 本办法自2023年5月1日起施行，有效期五年。
"""
HEAT = """南原县取暖补贴细则

南原规〔2021〕9号

第一条 取暖补贴发给低保家庭。
第二条 取暖补贴一次发给600元，每年十一月发放。
第三条 本细则自2021年10月8日起施行，有效期三年。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("talk"), {"fish": FISH, "heat": HEAT})


def test_this_rule_is_the_one_that_the_answer_was_taken_from(bot: PolicyQA) -> None:
    asked = "骗取渔具补助怎么处理？"
    told = "骗取渔具补助的，依照《财政违法行为处罚处分条例》处理，三年内不再受理其申请。"
    followed = bot.ask("这个办法什么时候施行？", [(asked, told)])
    assert followed.standalone_question == "《临海市渔具补助办法》什么时候施行？"
    assert "2023年5月1日" in followed.text


def test_detailed_rules_are_a_document_too(bot: PolicyQA) -> None:
    talk = [("取暖补贴发给谁？", "取暖补贴发给低保家庭。")]
    assert bot.ask("这个细则什么时候生效？", talk).standalone_question == "《南原县取暖补贴细则》什么时候生效？"


NETS = [("更换环保渔网补多少？", "更换环保渔网的，每张补助80元。")]


def searched(bot: PolicyQA, question: str) -> set[str]:
    return {candidate.document.doc_id for candidate in bot.find(question, NETS).candidates}


def test_a_follow_up_is_asked_of_the_document_of_the_last_answer(bot: PolicyQA) -> None:
    assert searched(bot, "有效期到什么时候？") == {"fish"}
    assert bot.ask("一次给多少？", NETS).text != bot.ask("一次给多少？").text


def test_a_follow_up_that_names_what_only_another_document_has_is_asked_of_all(bot: PolicyQA) -> None:
    assert searched(bot, "低保家庭呢？") == {"fish", "heat"}


def test_what_is_named_elsewhere_alone_leaves_a_document() -> None:
    here, everywhere = "渔具补助发给本市渔民", "渔具补助发给本市渔民取暖补贴"
    assert goes_on_in("渔民怎么领？", [here], everywhere.__contains__)
    assert goes_on_in("偷偷领了呢？", [here], everywhere.__contains__)
    assert not goes_on_in("取暖的呢？", [here], everywhere.__contains__)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("违反本办法规定收费的，依照《价格处罚规定》处理。", []),
        ("根据《渔业法》，制定本办法。", []),
        ("《渔港通知》（渔发〔2018〕2号）同时废止。", ["《渔港通知》"]),
        ("违反《渔业法》的，按渔港管理条例处罚。", []),
    ],
)
def test_a_law_that_is_gone_by_is_not_what_is_spoken_of(text: str, named: list[str]) -> None:
    assert documents_named(text, cited=False) == named


@pytest.mark.parametrize(
    ("question", "answer", "meant"),
    [
        ("渔港收费依据哪个文件？", "根据《渔港条例》收取。", "《渔港条例》"),
        ("渔港怎么收费？", "根据《渔港条例》收取。", "《渔港办法》"),
        ("渔港怎么收费？", "《收费通知》同时废止。", "《收费通知》"),
        ("《渔船规定》里怎么收费？", "每船十元。", "《渔船规定》"),
    ],
)
def test_a_law_that_was_asked_for_is_what_is_spoken_of(question: str, answer: str, meant: str) -> None:
    asked = rewrite("这个文件哪年施行？", [(question, answer)], ["《渔港办法》"]).standalone
    assert asked == f"{meant}哪年施行？"
