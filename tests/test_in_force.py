"""Whether a document is in force is told by what the documents say of its end, and not guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.bot import PolicyQA
from small import bot_of

_TEXTS = {
    "meetings": (
        "戊县人民政府关于印发《戊县人民政府会议规则》的通知\n戊政〔2019〕3号\n各乡镇人民政府：\n"
        "《戊县人民政府会议规则》已经通过，现予印发。\n戊县人民政府\n2019年1月17日\n"
        "戊县人民政府会议规则\n第一条 为规范会议，制定本规则。\n第二条 会议每月召开一次。\n"
        "第三条 本规则自印发之日起施行。2013年4月9日印发的《戊县人民政府会议规则》（戊政〔2013〕20号）同时废止。\n"
    ),
    "ferry": (
        "戊县渡口管理办法\n戊政〔2012〕8号\n第一条 为管理渡口，制定本办法。\n第二条 渡口每年检修。\n"
        "第三条 本办法自2012年5月1日起施行。\n戊县人民政府\n2012年4月2日\n"
    ),
    "ferries": (
        "戊县水上交通管理办法\n戊政〔2021〕9号\n第一条 为管理水上交通，制定本办法。\n第二条 渡船每季检修。\n"
        "第三条 本办法自2021年6月1日起施行。《戊县渡口管理办法》（戊政〔2012〕8号）同时废止。\n"
        "戊县人民政府\n2021年5月6日\n"
    ),
    "estate": (
        "戊县物业管理办法\n戊政〔2018〕2号\n第一条 为管理物业，制定本办法。\n第二条 物业费每年公示。\n"
        "第三条 本办法自2018年7月1日起施行，有效期5年。\n戊县人民政府\n2018年6月4日\n"
    ),
    "labelled": (
        "索引号：003/2019-01\n废止时间：2020-01-23\n戊县公章管理规则\n第一条 为管理公章，制定本规则。\n"
        "第二条 公章由专人保管。\n戊县人民政府\n2019年1月9日\n"
    ),
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


@pytest.mark.parametrize("question", ["戊县人民政府会议规则现在还有效吗？", "戊县人民政府会议规则废止了吗？"])
def test_a_rule_that_repeals_its_predecessor_is_not_repealed_itself(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert answer.refused and "时效性" in answer.text
    assert [c.quote for c in answer.nearest] == ["本规则自印发之日起施行。"]


@pytest.mark.parametrize("question", ["戊县渡口管理办法现在还有效吗？", "2012年的戊县渡口管理办法还有效吗？"])
def test_what_another_document_repeals_is_told_with_its_sentence(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert "《戊县渡口管理办法》（戊政〔2012〕8号）同时废止。[1]" in answer.text
    assert [c.doc_id for c in answer.citations] == ["ferries"]


def test_the_own_table_and_the_own_term_are_told(bot: PolicyQA) -> None:
    assert bot.ask("戊县公章管理规则还有效吗？").text.startswith("废止时间：2020年1月23日")
    answer = bot.ask("戊县物业管理办法失效了没有？")
    assert answer.text == "本办法自2018年7月1日起施行，有效期5年。[1]" and "没有写明" in answer.notes[-1]


def test_what_is_repealed_may_be_known_by_that_alone(tmp_path: Path) -> None:
    law = (
        "己市犬只管理条例\n第一条 为管理犬只，制定本条例。\n第二条 犬只登记证有效期为二年。\n"
        "第三条 本条例自2023年3月1日起施行。2009年发布的《己市限制犬只规定》同时废止。\n"
    )
    bot = bot_of(tmp_path, {"law": law, **_TEXTS})
    assert "《己市限制犬只规定》同时废止" in bot.ask("《己市限制犬只规定》现在还能用吗？").text
    assert bot.ask("己市犬只管理条例还有效吗？").refused  # the term of a certificate is not its own


def test_the_predecessor_of_the_same_name_is_known_by_its_year(bot: PolicyQA) -> None:
    assert "同时废止" in bot.ask("2013年的戊县人民政府会议规则还有效吗？").text


def test_what_is_effective_in_its_text_says_nothing_of_the_document(tmp_path: Path) -> None:
    text = "戊县灯塔管理意见\n一、目标\n灯塔得到有效维护，航行有效保障。\n二、分工\n由渔港局负责。\n"
    other = "戊县渡口管理办法\n第一条 渡口每年有效检修。\n"
    answer = bot_of(tmp_path, {"lighthouse": text, "ferry": other}).ask("这个意见还有效吗？")
    assert answer.refused
