"""What another province does is no rule of the document's own."""

from __future__ import annotations

import pytest

from qa.bot import PolicyQA
from qa.elsewhere import province_told_of
from small import bot_of

_TEXTS = {
    "reply": "丁海省航标厅关于守塔人补助的答复\n一、邻近的戊山省规定，守塔人每月补助灯油200元。\n"
    "二、全省现有灯塔61座，守塔人的补助标准尚未确定。\n丁海省航标厅\n2024年7月8日\n"
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def test_a_note_says_whose_rule_it_is(bot: PolicyQA) -> None:
    answer = bot.ask("守塔人每月补助灯油多少元？")
    assert "200元" in answer.text and answer.notes == ("引的是戊山省的做法，不是本文件自己的规定。",)
    assert not bot.ask("戊山省的守塔人每月补助灯油多少元？").notes  # asked for


@pytest.mark.parametrize("text", ["全省现有灯塔61座。", "可以节省灯油。", "丁海省规定每年检修。", "由省级财政承担。"])
def test_its_own_province_is_no_other(bot: PolicyQA, text: str) -> None:
    assert province_told_of(bot.document("reply"), text) == ""
