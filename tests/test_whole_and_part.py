"""Figures of the whole and of a part, of one level, number or kind and of another: only what is asked is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.bot import PolicyQA
from small import bot_of

_TEXTS = {
    "gazette": (
        "丁市2023年国民经济和社会发展统计公报\n一、综合\n"
        "全年地区生产总值912.4亿元，按不变价格计算，比上年增长5.1%。人均地区生产总值61240元，增长5.3%。\n"
        "二、财政\n年末全市政府债务余额186.5亿元，控制在限额以内。市本级政府债务余额58.4亿元。\n"
        "三、教育\n年末共有高等学校3所，在校学生4.2万人；普通高中21所，在校学生3.6万人。\n"
    ),
    "notice": (
        "丁市科学技术局关于申报创新平台奖励的通知\n各有关单位：\n"
        "对新认定的国家级、省级重点实验室，分别给予一次性奖励100万元、50万元。\n"
        "对省级科技企业孵化器给予一次性奖励30万元。\n第三污水处理厂日处理规模为6万吨。\n"
    ),
}


_PLAN = """丁省渔港建设行动计划（2023—2025年）
一、总体要求
建设安全便捷的渔港。
二、主要目标
到2023年底，建成示范渔港10个，渔港通航率达到70%。
到2024年底，建成示范渔港20个，渔港通航率达到80%。
到2025年底，建成示范渔港30个，渔港通航率达到90%。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("丁市2023年地区生产总值是多少？", "912.4亿元"),
        ("丁市人均地区生产总值是多少？", "61240元"),
        ("丁市政府债务余额有多少？", "186.5亿元"),
        ("丁市市本级政府债务余额有多少？", "58.4亿元"),
    ],
)
def test_the_whole_is_told_unless_a_part_is_asked_for(bot: PolicyQA, question: str, told: str) -> None:
    assert told in bot.ask(question).text.split("[1]")[0]


@pytest.mark.parametrize(
    "question",
    ["市级科技企业孵化器奖励多少？", "第二污水处理厂日处理规模是多少？"],
)
def test_another_level_kind_or_number_is_no_answer(bot: PolicyQA, question: str) -> None:
    assert bot.ask(question).refused


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("丁市普通高中在校学生有多少？", "3.6万人"),
        ("省级科技企业孵化器奖励多少？", "30万元"),
        ("国家级重点实验室奖励多少？", "100万元"),
        ("第三污水处理厂日处理规模是多少？", "6万吨"),
    ],
)
def test_the_own_level_kind_or_number_is(bot: PolicyQA, question: str, told: str) -> None:
    assert told in bot.ask(question).text


@pytest.mark.parametrize(("year", "told"), [("2023", "10个"), ("2024", "20个"), ("2025", "30个")])
def test_of_goals_on_lines_of_their_own_that_of_the_year_is_told(tmp_path: Path, year: str, told: str) -> None:
    bot = bot_of(tmp_path, {"plan": _PLAN, **_TEXTS})
    assert told in bot.ask(f"丁省{year}年要建成多少个示范渔港？").text
