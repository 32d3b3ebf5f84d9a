"""The text below a heading that a question says in full, and the parts of a document that repeats its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from small import bot_of

if TYPE_CHECKING:
    from qa.bot import PolicyQA

_TEXTS = {
    "plan": """寅州市人民政府关于印发寅州市船闸抢修预案的通知
寅政发〔2023〕5号
各县人民政府：
《寅州市船闸抢修预案》已经市政府同意，现印发给你们。
寅州市人民政府
2023年3月1日

寅州市船闸抢修预案

1　总则
1.1　编制目的
尽快恢复船闸通航，减少损失。
1.2　工作原则
坚持安全第一；坚持统一调度；坚持就近抢修。
2　组织
2.1　职责
市水利局：负责组织编制抢修方案，以保障队伍调度为目的开展工作。
3　保障
3.1　队伍保障
每座船闸配抢修队员8名；每季度演练一次。
附件1
抢修队名册
附件2
抢修器材表
""",
    "camp": "寅州市夏令营公告\n寅教发〔2022〕3号\n一、要求\n（一）主办单位的责任\n1.购买保险；\n2.配备教师。\n（二）监护人的责任\n1.如实告知；\n2.按时接送。\n",
    "park": "寅州市公园管理办法\n寅政发〔2022〕9号\n一、开放\n公园每日六时开放。\n二、收费\n公园不收费。\n",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("寅州船闸抢修预案的工作原则有哪些？", "“工作原则”共3项：坚持安全第一；坚持统一调度；坚持就近抢修。"),
    ],
)
def test_a_section_is_told_that_is_asked_for_by_its_heading(bot: PolicyQA, question: str, told: str) -> None:
    answer = bot.ask(question).text
    assert told in answer and "市水利局" not in answer


@pytest.mark.parametrize("question", ["船闸抢修预案第三部分是什么？", "寅州市船闸抢修预案第3部分有哪些内容？"])
def test_a_part_below_a_title_that_is_repeated(bot: PolicyQA, question: str) -> None:
    assert "队伍保障" in bot.ask(question).text


def test_what_is_attached_is_no_part(bot: PolicyQA) -> None:
    assert "附件" not in bot.ask("船闸抢修预案第二部分有哪些内容？").text


_RULE = """辰州市渡口管理办法
辰政发〔2023〕8号
第一条 渡船载客每船每次不超过12人。
第二条 迁移渡口应当经渡口所在村三分之二以上的船东同意。
"""


@pytest.fixture(scope="module")
def rule(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), {"rule": _RULE, "park": _TEXTS["park"]})


def test_a_share_in_words_is_a_figure(rule: PolicyQA) -> None:
    assert "三分之二以上" in rule.ask("辰州迁移渡口要多少船东同意？").text


def test_whose_responsibilities_are_asked_for_by_what_they_have(bot: PolicyQA) -> None:
    text = bot.ask("夏令营主办单位有哪些责任？").text
    assert "购买保险" in text and "配备教师" in text
    assert "接送" not in text
