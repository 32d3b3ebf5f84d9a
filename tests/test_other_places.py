"""What a document of one place says is no answer for another place."""

from __future__ import annotations

import pytest

from qa.bot import PolicyQA
from small import bot_of

_PLAN = """\
南岬市灯塔行动方案
一、重点任务
（一）修缮灯塔。更换灯器。（市港务局牵头，市财政局配合）
（二）培训守塔人。每年培训两次。（市港务局、市人社局负责）
（三）看护航标。加装遥测设备。（市渔业局牵头，市港务局配合）
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), {"plan": _PLAN})


@pytest.mark.parametrize(
    "question", ["{}灯塔任务里，牵头任务最多的是哪家单位？", "{}灯塔方案里哪个部门牵头的任务最多？"]
)
def test_a_town_that_nothing_names_is_not_answered_by_the_document_of_another(bot: PolicyQA, question: str) -> None:
    other = bot.ask(question.format("东屿市"))
    assert other.refused
    assert "“东屿市”" in other.text
    for named in ("南岬市", "南甲市", "我们"):
        assert not bot.ask(question.format(named)).refused, named
