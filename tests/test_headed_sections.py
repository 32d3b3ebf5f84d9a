"""What stands below a heading that a question asks for in its own words; and what is no list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from small import bot_of

if TYPE_CHECKING:
    from qa.bot import PolicyQA

_RULE = """{city}充电设施补贴办法
{city}工信〔2023〕{number}号
一、补贴标准
直流充电桩每千瓦补贴{amount}元。
二、申报条件
（一）充电站已办理项目备案。
（二）充电桩不少于5个。
三、申报程序
（一）申报单位每年5月提交申请。
（二）区工业和信息化局审核。
（三）市财政局拨付补贴资金。
"""
_TEXTS = {
    "one": _RULE.format(city="庚山市", number=1, amount=200),
    "other": _RULE.format(city="辛水市", number=2, amount=300),
    "faq": "壬市异地就医问答\n问：在省内异地就医要备案吗？\n答：不用备案。\n咨询电话：12393\n",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def test_the_section_of_the_document_that_is_named(bot: PolicyQA) -> None:
    answer = bot.ask("辛水市充电设施补贴的申报程序是什么？")
    assert answer.text.startswith("“申报程序”共3项：（一）申报单位每年5月提交申请；")
    assert {c.doc_id for c in answer.citations} == {"other"}


def test_an_answer_below_a_question_is_no_list(bot: PolicyQA) -> None:
    assert "共2项" not in bot.ask("异地就医备案有哪些办理渠道？").text
