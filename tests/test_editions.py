"""Which of two versions of a rule is in force, and which a question means."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.bot import PolicyQA
from small import bot_of

OLD = (
    "甲市人民政府令\n第67号\n《甲市渡船管理办法》已经审议通过，现予公布，自2017年1月1日起施行。\n市长 丁一\n2016年11月22日\n"
    "甲市渡船管理办法\n第一条 渡船每艘限载20人。\n第二条 渡船停靠时间不少于8分钟。\n"
    "附表 渡船客运量\n|年份|客运量（万人）|班次|\n|2014年|61|900|\n|2015年|72|950|\n"
)
NEW = (
    "# 甲市人民政府令\n\n**第112号**\n\n《甲市渡船管理办法》已经审议通过，现予公布，自2024年12月1日起施行。\n\n市长 丁二\n\n"
    "2024年9月20日\n\n---\n\n# 甲市渡船管理办法\n\n**第一条** 渡船每艘限载30人。\n\n**第二条** 渡船停靠时间不少于5分钟。\n\n"
    "**第三条** 本办法自2024年12月1日起施行。2016年11月22日公布的《甲市渡船管理办法》（市政府令第67号）同时废止。\n"
)
TALK = "《甲市渡船管理办法》政策解读\n来源：甲市交通运输局\n2024年9月27日\n新办法把限载人数提高到30人。\n"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder: Path = tmp_path_factory.mktemp("versions")
    return bot_of(folder, {"old": OLD, "new": NEW, "talk": TALK})


def test_what_is_repealed_by_the_number_of_an_order_is_the_rule_and_not_what_explains_it(bot: PolicyQA) -> None:
    assert bot.superseded() == {"old": "new"}


def test_the_date_of_an_order_stands_above_a_rule_of_signs(bot: PolicyQA) -> None:
    assert bot.headers()["new"].written == "2024-09-20"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("渡船每艘限载多少人？", "30人"),
        ("2017年办法里，渡船每艘限载多少人？", "20人"),
        ("2017年施行的那版办法，渡船停靠时间不少于几分钟？", "8分钟"),
        ("2016年的办法里，渡船每艘限载多少人？", "20人"),
        ("2024年办法里，渡船停靠时间不少于几分钟？", "5分钟"),
        ("2019年甲市渡船每艘限载多少人？", "20人"),
    ],
)
def test_a_version_is_called_by_its_year_or_by_that_in_which_it_is_in_force(
    bot: PolicyQA, question: str, told: str
) -> None:
    answer = bot.ask(question)
    assert not answer.refused
    assert told in answer.text


def test_what_the_earlier_version_alone_tells_is_told_behind_its_name(bot: PolicyQA) -> None:
    answer = bot.ask("渡船2015年客运量是多少？")
    assert "72" in answer.text and "已被新文件取代" in answer.text


@pytest.mark.parametrize("question", ["渡船开过去要停靠几分钟？", "渡船回到原来的码头停靠几分钟？"])
def test_to_go_over_or_back_speaks_of_no_earlier_version(bot: PolicyQA, question: str) -> None:
    assert {c.document.doc_id for c in bot.find(question).candidates} <= {"new", "talk"}
