"""A follow-up that names its own subject is answered about that, also where the talk was about something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from small import bot_of

if TYPE_CHECKING:
    from qa.bot import PolicyQA

_TEXTS = {
    "gazette": (
        "丁市2023年统计公报\n一、商业\n全年网上零售额71.2亿元，增长8.3%。\n"
        "二、通信\n年末网民65.4万人，互联网普及率82.1%。\n三、旅游\n全年接待游客210万人次。\n"
    )
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def test_the_subject_that_a_follow_up_brings_is_told(bot: PolicyQA) -> None:
    first = bot.ask("2023年网上零售额是多少？")
    assert "71.2亿元" in first.text
    assert "65.4万人" in bot.ask("那网民有多少？", [(first.question, first.text)]).text
