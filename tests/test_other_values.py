"""Values of one thing and one year that two documents in force give otherwise."""

from __future__ import annotations

import pytest

from qa.bot import PolicyQA
from small import bot_of

_TEXTS = {
    "plan": """东港市人民政府关于印发东港市“十四五”灯塔建设规划的通知
东府发〔2021〕33号
现将《东港市“十四五”灯塔建设规划》印发给你们。
到2025年，全市灯塔总数达到260座，航标完好率达到95%。
东港市人民政府
2021年8月12日
""",
    "year": """东港市航道局关于印发《东港市2025年灯塔工作计划》的通知
东航〔2025〕9号
现将《东港市2025年灯塔工作计划》印发给你们。
到2025年底，全市灯塔总数达到300座，航标完好率达到95%。
东港市航道局
2025年1月20日
""",
    "elsewhere": """西陵市航道局关于印发《西陵市2025年灯塔工作计划》的通知
西航〔2025〕3号
到2025年底，全市灯塔总数达到40座。
西陵市航道局
2025年1月22日
""",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def test_both_values_of_one_year_are_told_with_their_sources(bot: PolicyQA) -> None:
    answer = bot.ask("到2025年东港市灯塔总数要达到多少座？")
    assert {c.doc_id for c in answer.citations} == {"plan", "year"}
    assert "规划" in answer.text and "260座" in answer.text and "工作计划》" in answer.text and "300座" in answer.text


def test_the_same_value_is_told_once(bot: PolicyQA) -> None:
    assert bot.ask("到2025年东港市航标完好率要达到多少？").text.count("95%") == 1


def test_only_the_document_asked_for_is_told(bot: PolicyQA) -> None:
    assert {c.doc_id for c in bot.ask("2025年工作计划里东港市灯塔总数要达到多少座？").citations} == {"year"}


def test_a_figure_that_has_been_adjusted_is_told_with_what_it_has_become(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    adjusted = """东港市人民政府关于东港市“十四五”灯塔建设规划中期评估和指标调整的报告
一、进展
截至2023年底，全市灯塔总数212座。
二、调整
灯塔总数由260座调整为240座，航标完好率不作调整。
东港市人民政府
2023年10月9日
"""
    bot = bot_of(tmp_path_factory.mktemp("adjusted"), {"plan": _TEXTS["plan"], "middle": adjusted})
    told = bot.ask("到2025年东港市灯塔总数目标是多少座？")
    assert {c.doc_id for c in told.citations} == {"plan", "middle"}
    assert "由260座调整为240座" in told.text
    assert "240" not in bot.ask("到2025年东港市航标完好率要达到多少？").text
