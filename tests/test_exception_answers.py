"""Questions for exceptions: a sentence that states one never denies it, and an answer's own article is looked in first."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.exception_answers import asks_exception
from small import bot_of

RULES = (
    "灯塔管理办法\n\n第一条 为了加强灯塔管理，制定本办法。\n\n第二条 本办法适用于沿海灯塔。渔民个人自用的航灯不适用本办法。\n\n"
    "第三条 灯塔值守费用由航标站承担，合同另有约定的除外。\n\n"
    "第四条 灯塔透镜应当每十五日擦拭一次。装有自动清洗设备的，擦拭间隔可以延长，但最长不得超过三十日。\n\n"
    "第五条 灯塔值班记录保存五年。\n"
)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("有没有例外？", True),
        ("灯塔值守费用有例外吗？", True),
        ("例外情形有哪些？", True),
        ("有没有特殊情况？", True),
        ("值守费用无一例外由航标站承担吗？", False),
        ("灯塔适用本办法吗？", False),
    ],
)
def test_what_asks_for_exceptions(question: str, asks: bool) -> None:
    assert asks_exception(question) is asks


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("灯塔值守费用由谁承担有没有例外？", "有，灯塔值守费用由航标站承担，合同另有约定的除外。[1]"),
        ("渔民航灯有没有例外？", "有，渔民个人自用的航灯不适用本办法。[1]"),
    ],
)
def test_a_sentence_that_states_an_exception_says_that_there_is_one(tmp_path: Path, question: str, told: str) -> None:
    answer = bot_of(tmp_path, {"rules": RULES}).ask(question)
    assert answer.text == told and answer.premise is None


def test_a_follow_up_looks_in_the_article_of_the_answer(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"rules": RULES})
    first = bot.ask("灯塔透镜多久擦拭一次？")
    answer = bot.ask("有没有例外？", [(first.question, first.text)])
    assert answer.text.startswith("有，装有自动清洗设备的") and {c.section[-1][:3] for c in answer.citations} == {
        "第四条"
    }
    first = bot.ask("灯塔值班记录保存几年？")
    assert bot.ask("有没有例外？", [(first.question, first.text)]).refused


def test_what_stands_beside_a_headed_item_is_no_exception_to_it(tmp_path: Path) -> None:
    text = (
        "灯塔工作方案\n\n一、任务\n\n（一）加强值守。灯塔值班记录保存五年。\n\n"
        "（二）严格通行。船舶应当持证通行，渔民个人船只除外。\n"
    )
    bot = bot_of(tmp_path, {"plan": text})
    first = bot.ask("灯塔值班记录保存几年？")
    assert bot.ask("有没有例外？", [(first.question, first.text)]).refused
