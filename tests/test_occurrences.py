"""Where a document speaks of a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.bot import PolicyQA
from small import bot_of

_RULE = (
    "湖港市灯塔管理办法\n湖港发〔2031〕4号\n一、雾笛\n各港应当装设雾笛，每年检修。\n二、浮标\n浮标由渔政站看管；夜间用雾笛示警。\n"
    + "".join(f"{n}、第{n}项\n第{n}站设航灯一座，雾天常亮。\n" for n in "三四五六七八九")
)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    other = "湖港市渔船条例\n第一条 渔船应当登记。\n第二条 渔船靠岸后熄火。\n"
    return bot_of(tmp_path_factory.mktemp("documents"), {"rule": _RULE, "other": other})


@pytest.mark.parametrize("question", ["灯塔管理办法哪些地方提到了雾笛？", "灯塔管理办法里提到“雾笛”的地方有哪些？"])
def test_each_clause_that_has_the_word_is_told_and_the_sentences_are_counted(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert [c.quote.rstrip("，。") for c in answer.citations] == ["各港应当装设雾笛", "夜间用雾笛示警"]
    assert "提到“雾笛”的共2句。" in answer.notes and {s.support for s in answer.statements} == {"verified"}


def test_of_many_the_first_are_told(bot: PolicyQA) -> None:
    answer = bot.ask("灯塔管理办法有几处提到航灯？")
    assert len(answer.statements) == 6 and any("共7句，这里列出前6处" in note for note in answer.notes)


def test_a_word_that_stands_nowhere_is_refused(bot: PolicyQA) -> None:
    assert bot.ask("灯塔管理办法哪些地方提到了潜艇？").refused


def test_an_excerpt_is_not_counted_beside_the_whole(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"whole": _RULE, "excerpt": _RULE[: _RULE.index("二、")]})
    assert "提到“雾笛”的共2句。" in bot.ask("灯塔管理办法哪些地方提到了雾笛？").notes
