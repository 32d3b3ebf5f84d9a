"""Answers from figures: the year asked for, several years, yes or no."""

from __future__ import annotations

import pytest

from corpus.document import SourceDocument
from corpus.figures import find_figures
from outlined import outlined
from qa.extractive import Draft, Line
from qa.figure_answers import FiguresOf, by_years, fact_verdict, other_years, with_difference
from qa.support import support
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


@pytest.mark.parametrize(
    ("question", "lines", "said"),
    [
        ("甲比乙多多少？", ["甲有1240件。", "乙有2000件。"], "两者相差760件。"),
        ("报销比例差几个点？", ["甲支付80%。", "乙支付66%。"], "两者相差14个百分点。"),
        ("贵了多少？", ["2023年单价7.14元，2024年单价6.71元。"], "两者相差0.43元。"),
    ],
)
def test_a_difference_is_computed_and_checked(question: str, lines: list[str], said: str) -> None:
    draft = with_difference(asked(question), Draft(tuple(Line(text, (("甲", 0, len(text)),)) for text in lines)))
    assert draft.lines[-1].text == said
    assert support(said, lines) == "verified"
    assert support("两者相差5件。", lines) == "unverified"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("灯塔和渔港的补贴相差多少？", "两者相差200元。"),
        ("浮标补贴提高了多少？", "两者相差50元。"),
        ("补贴提高了多少？", None),  # of which is not said
    ],
)
def test_the_difference_of_values_told_in_order(question: str, said: str | None) -> None:
    text = "灯塔补贴、浮标补贴、渔港补贴分别由每座700元、250元、500元提高到每座900元、300元、700元。"
    if "和" in question:
        text = "灯塔补贴、浮标补贴、渔港补贴分别为每座900元、300元、700元。"
    draft = with_difference(asked(question), Draft((Line(text, (("甲", 0, len(text)),)),)))
    assert [line.text for line in draft.lines[1:]] == ([said] if said else [])
    assert said is None or support(said, [text]) == "verified"


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("甲有多少件？", ["甲有1240件。", "乙有2000件。"]),  # not asked for
        ("甲比乙多多少？", ["甲有1240件。", "乙有20吨。"]),  # other units
        ("甲比乙多多少？", ["甲有1240件，丙有5件，丁有6件。"]),
    ],
)
def test_no_difference_where_none_is_meant(question: str, lines: list[str]) -> None:
    draft = Draft(tuple(Line(text, (("甲", 0, len(text)),)) for text in lines))
    assert with_difference(asked(question), draft) is draft
