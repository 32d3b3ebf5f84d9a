"""Reports of a series, one for each year: which is meant, and two of them compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from qa.asked_each import asked_across_years
from qa.compared import of_each_year
from qa.compose import answer_found
from qa.scope import of_series
from small import bot_of

if TYPE_CHECKING:
    from pathlib import Path

    from qa.bot import PolicyQA

_OF_2022 = "丁港市2022年灯塔公报\n全市灯塔维护费71万元，增长3.2%。\n全市渔船612艘。\n养殖白虾产量30吨。\n"
_OF_2023 = "丁港市2023年灯塔公报\n全市灯塔维护费85万元，增长19.7%。\n全市渔船598艘。\n注：2022年灯塔维护费最终核实数为73万元。\n"


@pytest.fixture
def bot(tmp_path: Path) -> PolicyQA:
    return bot_of(tmp_path, {"1": _OF_2022, "2": _OF_2023})


def test_a_series_is_told_by_titles_of_one_year_each() -> None:
    assert of_series("丁港市2022年灯塔公报")[0] == of_series("丁港市2023年灯塔公报")[0] != ""
    assert of_series("2021—2025年灯塔规划") == ("", "")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("丁港市2023年和2022年比,渔船是多了还是少了,差多少?", "丁港市2022年渔船是多少"),
        ("与2022年相比,2023年的维护费增加了多少?", "2022年的维护费是多少"),
        ("2023年比2022年多了几艘渔船?", "2022年几艘渔船"),
        ("维护费2022年和2023年有什么变化?", "维护费2022年是多少"),
    ],
)
def test_what_two_years_are_compared_by_is_asked_of_each(question: str, asked: str) -> None:
    assert dict(asked_across_years(question))["2022"] == asked


@pytest.mark.parametrize(
    "question", ["从2022年的71万元到2023年增加多少?", "2023年渔船多少?", "2022年和2023年做了什么?"]
)
def test_no_two_years_are_compared(question: str) -> None:
    assert asked_across_years(question) == []


def test_two_years_are_told_from_the_report_of_each(bot: PolicyQA) -> None:
    answer = bot.ask("丁港市2023年的灯塔维护费比2022年多多少？")
    assert "2023年：全市灯塔维护费85万元" in answer.text and "2022年：全市灯塔维护费71万元" in answer.text
    assert "两者相差14万元。" in answer.text
    assert all(statement.support == "verified" for statement in answer.statements)


def test_the_latest_report_is_meant_where_no_year_is_named(bot: PolicyQA) -> None:
    assert bot.ask("丁港市渔船有多少艘？").text.startswith("2023年：全市渔船598艘。")
    assert bot.ask("丁港市2022年渔船有多少艘？").text.startswith("全市渔船612艘。")


def test_a_figure_that_only_another_year_has_is_not_told(bot: PolicyQA) -> None:
    assert bot.ask("丁港市2023年养殖白虾产量多少吨？").refused
    assert "30吨" in bot.ask("丁港市2022年养殖白虾产量多少吨？").text


def test_a_figure_as_finally_settled_stands_in_a_later_report(bot: PolicyQA) -> None:
    assert "73万元" in bot.ask("丁港市2022年灯塔维护费的最终核实数是多少？").text


def test_the_year_before_is_looked_for_in_its_own_report(tmp_path_factory: pytest.TempPathFactory) -> None:
    reports = {
        f"catch_{year}": f"东港市{year}年渔业统计公报\n一、渔业\n全年远洋渔获{catch}吨。年末渔船{boats}艘。\n东港市航道局\n"
        for year, catch, boats in ((2022, 640, 31), (2023, 712, 29))
    }
    bot = bot_of(tmp_path_factory.mktemp("reports"), reports)
    told = bot.ask("东港2023年远洋渔获比前一年多了还是少了？")
    assert "712吨" in told.text and "640吨" in told.text
    assert {c.doc_id for c in told.citations} == set(reports)
    # A talk about the report of one year does not keep a question about another to it.
    found = bot.find("东港2023年远洋渔获比2022年多了多少吨？")
    of_talk = replace(found, probe=replace(found.probe, hinted=frozenset({"catch_2023"})))
    both = of_each_year(of_talk, bot, answer_found)
    assert both is not None and [line.spans[0][0] for line in both.lines] == ["catch_2023", "catch_2022"]
