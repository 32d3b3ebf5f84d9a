"""Questions that give a number, or ask for two years, two parties or two things at once, over a small document."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa import PolicyQA
from qa.first_sentence import of_asked_class
from searched import asked, searched
from small import bot_of

_TEXT = """灯塔看护经费办法

一、经费标准
（一）看护补助为每座每月900元。
（二）巡查员每年津贴3000元，巡查航标超过4座的，每超过1座加补200元。
（三）近海灯塔按每座2万元补助维修费，远海灯塔按每座5万元补助维修费。
（四）同时享受看护补助和维修补助的，按就高原则执行，不重复享受。
二、经费分担
（五）维修经费由省级承担50%，市级承担20%，其余由县级承担。
（六）自2031年1月1日起，灯油标准由每桶60元提高到70元。自2032年1月1日起提高到85元。
三、工作情况
（七）2029年新建灯塔36座，投入资金480万元。
（八）2030年新建灯塔51座，投入资金620万元。
（九）经费总额900万元，其中人员经费350万元、维修经费550万元。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("灯塔"), {"灯塔.txt": _TEXT})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("12座灯塔每月的看护补助一共多少钱？", "每座每月900元，12座每月合计1.08万元。"),
        ("巡查员巡查航标7座，每年津贴多少元？", "超过4座的3座加600元，3000元加600元，合计3600元。"),
        ("修4座远海灯塔能补助多少维修费？", "每座5万元，4座合计20万元。"),
        ("维修经费100万元，县里承担多少钱？", "以100万元计，其30%为30万元。"),
        ("2029年和2030年新建灯塔投入资金一共多少？", "480万元加620万元，合计1100万元。"),
        ("2030年新建灯塔比2029年多多少座？", "两者相差15座。"),
        ("经费总额刨去人员经费还剩多少？", "900万元减350万元，余550万元。"),
    ],
)
def test_what_is_reckoned_is_told_and_borne_out(bot: PolicyQA, question: str, said: str) -> None:
    answer = bot.ask(question)
    assert said in "".join(statement.sentence for statement in answer.statements)
    assert all(statement.support == "verified" for statement in answer.statements)


def test_the_year_behind_is_told_with_the_first(bot: PolicyQA) -> None:
    assert "85元" in bot.ask("2031年灯油标准是多少？2032年呢").text


def test_what_is_ruled_for_the_other_classes_is_that_of_the_class_asked_about() -> None:
    document = outlined("一、补助比例\n第一档灯塔的补助比例提高10个百分点；其他各档灯塔不作调整。")
    ready = asked("第二档灯塔的补助比例也提高10个百分点吗？")
    found = [c.changed(score=10.0 if "第一档" in c.text else 1.0) for c in searched(ready, document)]
    first = of_asked_class(ready, sorted(found, key=lambda c: -c.score))
    assert first is not None and first.text.startswith("其他各档")
