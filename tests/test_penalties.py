"""Penalties that tell the act by the place of its ban."""

from __future__ import annotations

import pytest

from qa.bot import PolicyQA
from qa.penalties import is_for_another_act
from searched import asked
from small import bot_of

RULE = """\
丁省灯塔公园条例
第一条 本条例适用于本省的灯塔公园。
第二条 在灯塔公园内禁止下列行为：
（一）填埋礁石；
（二）取土、采砂；
（三）野外用火；
（四）放生外来物种。
第三条 登记后的灯塔应当悬挂编号牌。
第四条 违反本条例第二条第一项规定的，责令限期恢复，处每平方米一千元以上五千元以下罚款。
第五条 违反本条例第二条第二项规定的，没收违法所得，处一万元以上五万元以下罚款。
第六条 违反本条例第二条第三项规定的，处五百元以上三千元以下罚款；引起火灾的，处三千元以上五万元以下罚款。
第七条 违反本条例第三条规定，未悬挂编号牌的，处二百元罚款。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), {"rule": RULE})


@pytest.mark.parametrize(
    ("question", "ban", "penalty"),
    [
        ("灯塔公园里采砂怎么罚？", "（二）取土、采砂", "一万元以上五万元以下"),
        ("填埋礁石每平方米罚多少？", "（一）填埋礁石", "一千元以上五千元以下"),
        ("在灯塔公园野外用火罚多少？", "（三）野外用火", "引起火灾的，处三千元以上五万元以下"),
    ],
)
def test_the_ban_and_its_penalty_are_told_together(bot: PolicyQA, question: str, ban: str, penalty: str) -> None:
    answer = bot.ask(question)
    assert ban in answer.text and penalty in answer.text
    assert {s.support for s in answer.statements} == {"verified"}


@pytest.mark.parametrize("question", ["在灯塔公园遛狗罚多少？", "放生外来物种罚多少？", "灯塔公园闯红灯罚多少？"])
def test_no_penalty_of_another_act(bot: PolicyQA, question: str) -> None:
    assert "元以" not in bot.ask(question).text


def test_a_penalty_that_tells_its_act_is_left_to_itself(bot: PolicyQA) -> None:
    assert "悬挂编号牌。" not in bot.ask("灯塔未悬挂编号牌罚多少？").text


@pytest.mark.parametrize(
    ("question", "another"),
    [
        ("灯塔虐待海鸟怎么罚款？", True),
        ("灯塔喧哗吵闹罚多少？", True),
        ("灯塔没挂牌子罚多少？", False),  # its own act in other words
        ("灯塔的编号掉了会罚吗？", False),
        ("灯塔公园罚多少？", False),
    ],
)
def test_a_penalty_that_tells_its_act_has_something_of_what_is_asked(
    bot: PolicyQA, question: str, another: bool
) -> None:
    rule = bot.document("rule")
    assert is_for_another_act(asked(question), rule, rule.text.index("违反本条例第三条")) == another
