"""Comparisons of which the documents tell one side only, and tables and provinces beside what is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.bot import PolicyQA
from qa.support import support
from small import bot_of

_TEXTS = {
    "guide": """灯塔检验办事指南
检验周期：灯塔每2年检验1次。
收费标准：灯塔每座每次400元。
""",
    "fees": """灯塔公园收费公告
一、各项目收费标准如下：
| 项目 | 计价单位 | 工作日 | 周末及节假日 |
| --- | --- | --- | --- |
| 登塔 | 元/人·次 | 20 | 45 |
| 游船（大船） | 元/人·次 | 60 | 90 |
| 游船（小船） | 元/人·次 | 30 | 50 |
""",
    "tasks": """灯塔修缮任务
各区任务如下：
| 区县 | 灯塔（座） | 航标（座） |
| --- | --- | --- |
| 临港区 | 12 | 30 |
| 城东区 | 9 | 21 |
""",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def test_that_nothing_is_told_of_one_side_is_said(bot: PolicyQA) -> None:
    answer = bot.ask("灯塔和索道的检验周期有什么不同？")
    assert "每2年检验1次" in answer.text and "文件里没有“索道”的。" in answer.text
    assert {s.support for s in answer.statements} == {"verified"}


def test_nothing_is_said_of_a_side_that_is_told_in_many_words(bot: PolicyQA) -> None:
    assert "文件里没有" not in bot.ask("灯塔和海上吊装的检验周期有什么不同？").text


def test_it_does_not_hold_where_a_quote_names_it() -> None:
    assert support("文件里没有“索道”的。", ["灯塔每2年检验1次。"]) == "verified"
    assert support("文件里没有“索道”的。", ["索道每年检验1次。"]) == "unverified"


def test_a_column_by_one_of_its_names(bot: PolicyQA) -> None:
    assert bot.ask("周六登塔一次多少钱？").text.startswith("登塔周末及节假日：45元/人·次。")


def test_no_row_of_another_thing_or_place(bot: PolicyQA) -> None:
    assert bot.ask("健身房收费多少？").refused
    assert bot.ask("南港区的航标任务是多少座？").refused
    assert bot.ask("临港区的航标任务是多少座？").text.startswith("临港区航标：30座。")


def test_whether_one_may_is_no_comparison(tmp_path: Path) -> None:
    text = "灯塔收费办法\n\n第一条 县可以对不同灯塔、不同季节的登塔收费确定差别价格。\n第二条 登塔费为三元至五元。\n"
    bot = bot_of(tmp_path, {"fees": text})
    assert bot.ask("一个县里，不同灯塔、不同季节的登塔可以收不一样的价格吗？").text.startswith("是的，县可以")


def test_of_two_courses_a_word_answers_the_first(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"rule": "灯塔登记办法\n\n第一条 登记灯塔应当提交图纸。\n第二条 登记不收费。\n"})
    assert bot.ask("登记灯塔要提交图纸吗，还是只填表？").text.startswith("需要，登记灯塔应当提交图纸。")
