"""The same of several years, asked one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.asked_each import asked_of_years
from small import bot_of

if TYPE_CHECKING:
    from pathlib import Path

_REPORT = "丁市灯塔公报\n2017年，全市灯塔维护费71万元，增长3.2%。\n2018年，全市灯塔维护费85万元，增长19.7%。\n2016年，全市航标检修640次。\n"


def test_each_year_is_asked_alone() -> None:
    assert asked_of_years("2016年和2017年维护费分别是多少?") == [
        ("2016", "2016年维护费是多少?"),
        ("2017", "2017年维护费是多少?"),
    ]
    assert asked_of_years("2016年和2017年维护费是多少?") == []
    assert asked_of_years("两处灯塔维护费分别是多少?") == []


def test_what_is_told_of_each_year_and_of_which_nothing_is(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"report": _REPORT})
    both = bot.ask("2017年和2018年全市灯塔维护费分别是多少？")
    assert "71万元" in both.text and "85万元" in both.text and both.notes == ()
    one = bot.ask("2015年和2017年全市灯塔维护费分别是多少？")
    assert "71万元" in one.text and "640" not in one.text
    assert "文件里没有“2015年”的。[1]" in one.text
    assert one.statements[-1].support == "verified"
