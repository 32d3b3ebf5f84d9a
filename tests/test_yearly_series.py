"""Figures of a series over years: clauses that go on for another year without saying again of what."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.figures import find_figures
from outlined import outlined
from small import bot_of

PLAN = (
    "望海省水利三年行动计划（2023—2025年）\n\n一、目标\n\n"
    "到2023年底，全省灌区节水面积占比达到52%；到2024年底，达到56%；到2025年底，占比达到60%。\n"
    "到2023年底，建成乡村水厂80座；到2024年底，累计建成150座；到2025年底，累计建成240座。\n\n"
    "二、任务\n\n1. 对山区农户实施水窖改造，每户补助不超过5000元。"
    "三年改造4.5万户，其中2023年1.2万户，2024年1.5万户，2025年1.8万户。\n"
)


def test_a_clause_of_another_year_is_of_what_the_one_before_names() -> None:
    document = outlined(
        "一、目标\n到2023年底，全省灌区节水面积占比达到52%；到2024年底，达到56%；到2025年底，占比达到60%。\n"
        "到2023年底，建成乡村水厂80座；到2024年底，累计建成150座。",
        title="计划",
    )
    told = [(f.subject, f.indicator, f.value, f.time) for f in find_figures(document)]
    assert told == [
        ("全省", "灌区节水面积占比", "52", "2023"),
        ("全省", "灌区节水面积占比", "56", "2024"),
        ("全省", "灌区节水面积占比", "60", "2025"),
        ("", "建成乡村水厂", "80", "2023"),
        ("", "建成乡村水厂", "150", "2024"),
    ]


def test_a_clause_of_another_year_with_a_name_of_its_own_keeps_it() -> None:
    document = outlined("一、目标\n到2023年底，水厂供水率达到52%；到2024年底，污水处理率达到56%。", title="计划")
    assert [f.indicator for f in find_figures(document)] == ["水厂供水率", "污水处理率"]


def test_a_verb_alone_is_of_what_the_paragraph_says_in_full() -> None:
    document = outlined("一、任务\n对山区农户实施水窖改造，每户补助5000元。三年改造4.5万户。", title="计划")
    assert find_figures(document)[-1].subject == "对山区农户实施水窖改造"


def test_a_limit_is_not_of_the_last_year_of_a_plan() -> None:
    document = outlined(
        "一、任务\n每户补助不超过5000元。\n新增水厂40座。\n审批时间压缩至20天以内。", title="行动计划（2023—2025年）"
    )
    assert [(f.value, f.time) for f in find_figures(document)] == [("5000", ""), ("40", "2025"), ("20", "")]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2023年灌区节水面积占比达到多少？", "到2023年底，全省灌区节水面积占比达到52%。[1]"),
        ("2024年灌区节水面积占比达到多少？", "全省灌区节水面积占比：到2024年底，达到56%。[1]"),
        ("到2024年底建成多少座乡村水厂？", "建成乡村水厂：到2024年底，累计建成150座。[1]"),
        ("2025年水窖改造多少户？", "三年改造4.5万户，其中2025年1.8万户。[1]"),
    ],
)
def test_the_figure_of_the_year_asked_for_and_what_it_is_of(tmp_path: Path, question: str, told: str) -> None:
    answer = bot_of(tmp_path, {"plan": PLAN}).ask(question)
    assert answer.text == told
    assert [statement.support for statement in answer.statements] == ["verified"]


def test_each_year_from_one_to_another(tmp_path: Path) -> None:
    answer = bot_of(tmp_path, {"plan": PLAN}).ask("灌区节水面积占比2023年到2025年的目标分别是多少？")
    assert [number for number in ("52%", "56%", "60%") if number in answer.text] == ["52%", "56%", "60%"]


def test_yes_or_no_by_the_figure_of_the_year_asked_for(tmp_path: Path) -> None:
    answer = bot_of(tmp_path, {"plan": PLAN}).ask("到2024年灌区节水面积占比是56%吗？")
    assert answer.text.startswith("是的") and answer.premise is None


def test_a_year_is_not_said_to_be_alone_where_its_paragraph_names_others(tmp_path: Path) -> None:
    text = "水利统计\n\n一、面积\n\n2022年节水面积达到30万亩，这一年雨水充足。与之相比2023年情况如下所述。\n"
    answer = bot_of(tmp_path, {"report": text}).ask("2023年节水面积达到多少？")
    assert "只有2022年的" not in answer.text and "只说到2022年" not in answer.text
