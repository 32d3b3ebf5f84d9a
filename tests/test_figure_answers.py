"""Answers from figures: the year asked for, several years, yes or no."""

from __future__ import annotations

import pytest

from corpus.document import SourceDocument
from corpus.figures import find_figures
from outlined import outlined
from qa.figure_answers import FiguresOf, by_years, fact_verdict, other_years
from searched import asked, searched

REPORT = outlined(
    "一、产量\n2022年水果产量30万吨，下降1%。\n2023年水果产量33万吨，增长10%。\n2023年粮食产量90万吨。\n"
    "二、指标\n指标|2020年|2025年目标\n航标灯塔（座）|11|90\n渔港（座）|5|8",
    title="年报",
)


def _figures_of(document: SourceDocument) -> FiguresOf:
    return lambda doc_id: find_figures(document)


def test_the_sentence_of_the_year_asked_for() -> None:
    ready = asked("2022年水果产量是多少？")
    ranked = sorted(searched(ready, REPORT), key=lambda c: "2023年水果" not in c.text)
    right, years = other_years(ready, ranked, _figures_of(REPORT))
    assert right is not None and right.text.startswith("2022年水果") and not years


def test_a_year_that_the_document_does_not_have() -> None:
    ready = asked("2019年水果产量是多少？")
    right, years = other_years(ready, searched(ready, REPORT), _figures_of(REPORT))
    assert right is None
    assert years == ["2022", "2023"]


def test_a_line_for_each_year() -> None:
    ready = asked("水果产量2022年和2023年各是多少？")
    lines = by_years(ready, searched(ready, REPORT), _figures_of(REPORT))
    assert [line.text[:5] for line in lines] == ["2022年", "2023年"]


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("灯塔改造每座补助4000元行不行？", "灯塔改造每座补助3000元。", ("不行", True)),
        ("灯塔改造每座可不可以补助3000元？", "灯塔改造每座补助3000元。", ("可以", False)),
        ("困难守塔人月收入是1000元吗？", "困难守塔人月收入低于1200元。", None),  # a bound is no value
        ("困难守塔人月收入不是1000元，对吧？", "困难守塔人月收入1200元。", None),
        ("灯塔月收入是1000吗？", "灯塔月收入1200元。", None),  # of no unit
    ],
)
def test_the_word_of_the_question_and_no_word_by_a_bound(
    question: str, text: str, said: tuple[str, bool] | None
) -> None:
    document = outlined(f"一、甲\n{text}")
    ready = asked(question)
    best = next(c for c in searched(ready, document) if c.text == text)
    assert fact_verdict(ready, best, _figures_of(document)) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2023年水果产量是增长的吗？", ("是的", False)),
        ("2023年水果产量下降了吗？", ("不是", True)),
        ("2023年水果产量是33万吨吗？", ("是的", False)),
        ("2023年水果产量是30万吨吗？", ("不是", True)),
        ("2023年水果产量超过30万吨了吗？", None),  # a comparison is left to others
        ("2023年水果好吃吗？", None),
        ("产量33万吨的水果里有没有梨？", None),  # the figure is given, not asked
    ],
)
def test_yes_or_no_by_a_figure(question: str, said: tuple[str, bool] | None) -> None:
    ready = asked(question)
    best = next(c for c in searched(ready, REPORT) if c.text.startswith("2023年水果"))
    assert fact_verdict(ready, best, _figures_of(REPORT)) == said
