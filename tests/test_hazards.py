"""A plan for one emergency tells nothing of another."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.extractive import Draft, Line
from qa.question import understand
from qa.untold import left_untold

PLAN = outlined(
    "一、分级\n应急响应分为四级。降雪时由气象台发布预警。\n二、指挥\n由分管副市长任总指挥。", title="暴雪冰冻应急预案"
)
ALL = outlined("一、分级\n应急响应分为四级。", title="突发事件总体应急预案")


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("地震应急响应分几级？", "“地震”"),
        ("防汛应急响应分几级？", "“防汛”"),
        ("森林火灾应急响应分几级？", "“森林火灾”"),
        ("暴雪应急响应分几级？", None),
        ("应急响应分几级？", None),
        ("地震了能领补助吗？", None),  # of no plan
    ],
)
def test_a_plan_for_another_emergency(question: str, missing: str | None) -> None:
    told = "应急响应分为四级。"
    start = PLAN.text.index(told)
    draft = Draft((Line(told, (("文件", start, start + len(told)),)),))
    assert left_untold(understand(question), draft, lambda _: PLAN) == missing
    assert left_untold(understand(question), draft, lambda _: ALL) is None
