"""The shapes in which the turns of a talk may be given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

from qa.answer import Answer
from qa.history import turns
from small import bot_of

TALK = [("谁牵头？", "财政局。"), ("何时？", "2025年。")]


@pytest.mark.parametrize(
    "given",
    [
        TALK,
        tuple(list(turn) for turn in TALK),
        [{"q": q, "a": a} for q, a in TALK],
        [{"question": q, "answer": a, "id": 1} for q, a in TALK],
        [Answer("谁牵头？", "财政局。[1]"), ("何时？", "2025年。")],
        [{"role": role, "content": said} for turn in TALK for role, said in zip(("user", "assistant"), turn, strict=True)],
        [SystemMessage("你是助手"), *(kind(said) for turn in TALK for kind, said in zip((HumanMessage, AIMessage), turn, strict=True))],
        [HumanMessage([{"type": "text", "text": "谁牵头？"}]), AIMessage("财政局。"), *TALK[1:]],
        iter(TALK),
    ],
)  # fmt: skip
def test_every_usual_shape_is_the_same_talk(given: Any) -> None:
    assert turns(given) == TALK


def test_no_talk_and_a_question_without_an_answer() -> None:
    assert turns(None) == turns([]) == []
    assert turns([{"role": "assistant", "content": "您好"}, HumanMessage("谁牵头？")]) == [("谁牵头？", "")]


@pytest.mark.parametrize(
    "given",
    [
        "谁牵头？",
        ("谁牵头？", "财政局。"),
        ["谁的", "何时"],
        [("甲", "乙", "丙")],
        [{"q": "甲"}],
        [{"role": "robot", "content": "甲"}],
        [3],
        3,
        {"q": "甲", "a": "乙"},
        [("甲", None)],
    ],
)
def test_what_is_no_talk_is_refused_in_chinese(given: Any) -> None:
    with pytest.raises(ValueError, match="history 要写成"):
        turns(given)


def test_a_bot_takes_them_all_and_no_single_question_for_a_batch(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"办法": "码头管理办法\n\n第一条 码头由港务局负责管理，市财政局参与。\n"})
    question = "码头由谁负责管理？"
    follow_up = [
        bot.ask("财政局呢？", history=given).standalone_question
        for given in ([(question, "港务局。")], [{"q": question, "a": "港务局。"}], [HumanMessage(question), AIMessage("港务局。")])
    ]  # fmt: skip
    assert len(set(follow_up)) == 1 and follow_up[0] != "财政局呢？"
    assert bot.ask(question, history=None).text == bot.ask(question).text
    with pytest.raises(ValueError, match="history 要写成"):
        bot.ask(question, history=["甲乙"])
    with pytest.raises(ValueError, match="batch 要一组问题"):
        bot.batch(question)
    runnable = bot.as_runnable()
    asked = {"question": "财政局呢？", "history": [{"role": "user", "content": question}]}
    assert runnable.invoke(asked).standalone_question == follow_up[0]


def test_a_closed_bot_says_so(tmp_path: Path) -> None:
    with bot_of(tmp_path, {"办法": "码头管理办法\n\n第一条 码头由港务局负责管理。\n"}) as bot:
        assert bot.doc_ids() == ["办法"]
        for sister in (bot.duties_of, bot.figures_of, bot.relations_in, bot.outline):
            with pytest.raises(KeyError, match="没有文件：别的"):
                sister("别的")
    with pytest.raises(ValueError, match="已经关闭"):
        bot.ask("码头由谁管理？")
    bot.close()
