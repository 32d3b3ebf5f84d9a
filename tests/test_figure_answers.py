"""Answers from figures: the year asked for, several years, yes or no."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import SourceDocument
from corpus.figures import find_figures
from outlined import outlined
from qa.figure_answers import FiguresOf, by_years, fact_verdict, other_years
from searched import asked, searched
from small import bot_of

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


#: Two yearly reports of one office, and in the later a note on the figure of the year before.
YEARLY = {
    "报告2022": "青湾县2022年统计公报\n青湾县统计局\n2023年3月1日\n\n一、综合\n全年全县海产总值31.5亿元，增长4.0%。人均海产总值5210元。\n"
    "二、收入\n全年渔民人均可支配收入21000元，增长5.1%。其中，出海渔民人均可支配收入26000元，增长6.2%。",
    "报告2023": "青湾县2023年统计公报\n青湾县统计局\n2024年3月1日\n\n一、综合\n全年全县海产总值33.8亿元，增长5.0%。人均海产总值5630元。\n"
    "二、收入\n全年渔民人均可支配收入22400元，增长6.7%。其中，出海渔民人均可支配收入28000元，增长7.7%。\n"
    "注：2022年海产总值最终核实数为31.9亿元，2023年增速按核实后基数计算。",
}


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2022年出海渔民人均可支配收入是多少？", "26000元"),
        ("2023年出海渔民人均可支配收入是多少？", "28000元"),
        ("2023年海产总值是多少？", "33.8亿元"),
        ("2023年人均海产总值是多少？", "5630元"),
    ],
)
def test_the_figure_of_a_year_is_looked_for_in_the_report_of_that_year(
    tmp_path: Path, question: str, figure: str
) -> None:
    assert figure in bot_of(tmp_path, YEARLY).ask(question).text


def test_a_year_that_no_report_has_the_figure_of(tmp_path: Path) -> None:
    answer = bot_of(tmp_path, YEARLY).ask("2021年出海渔民人均可支配收入是多少？")
    assert answer.refused


def test_the_report_of_another_place_has_no_figure_of_this_one(tmp_path: Path) -> None:
    other = YEARLY["报告2022"].replace("青湾县", "白石县")
    answer = bot_of(tmp_path, {"甲": other, "乙": YEARLY["报告2023"]}).ask("青湾县2022年出海渔民人均可支配收入是多少？")
    assert "26000" not in answer.text


def test_the_whole_name_goes_before_the_year_beside_another_name() -> None:
    report = outlined(YEARLY["报告2023"], title="青湾县2023年统计公报")
    ready = asked("2023年海产总值是多少？")
    ranked = sorted(searched(ready, report), key=lambda c: "最终核实数" not in c.text)
    right, _ = other_years(ready, ranked, _figures_of(report))
    assert right is not None and "33.8亿元" in right.text


def test_the_year_is_looked_for_in_every_document() -> None:
    reports = [outlined(text, doc_id=name, title=name) for name, text in YEARLY.items()]
    figures = {r.doc_id: [replace(row, time=r.doc_id[-4:]) for row in find_figures(r)] for r in reports}
    ready = asked("2022年出海渔民人均可支配收入是多少？")
    found = [c for report in reports for c in searched(ready, report)]
    ranked = sorted(found, key=lambda c: "28000元" not in c.text)
    right, years = other_years(ready, ranked, figures.__getitem__)
    assert right is not None and "26000元" in right.text and not years


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
