"""The one figure that a question calls by its whole name."""

from __future__ import annotations

import pytest

from corpus.figures import find_figures
from outlined import outlined
from qa.named_figure import answer_named_figure
from qa.narrow import TOGETHER
from qa.question import kinds_of
from searched import asked, searched

REPORT = outlined(
    "一、船舶\n2023年末，全市渔船4120艘。其中：木船310艘，钢船3400艘，玻璃钢船410艘。每千人渔船9.6艘，上年为9.1艘。\n"
    "二、港口\n2023年，全市泊位利用率71.2%，其中公用泊位76.3%，货主泊位57.4%。灯塔完好率98.1%，浮标完好率96.4%。\n"
    "冷库容量20万吨，冰库容量6万吨，分别增长8%和12%。海鲜出口18亿元，增长14.2%。\n"
    "三、目标\n到2027年，冷库容量达到35万吨。",
    title="鸥湾市渔业统计公报",
)


def told(question: str) -> str | None:
    ready = asked(question)
    draft = answer_named_figure(ready, searched(ready, REPORT), lambda _: find_figures(REPORT))
    return None if draft is None else draft.lines[0].text


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("鸥湾市2023年底一共有多少艘木船？", "2023年，木船310艘。"),
        ("2023年末全市渔船有多少艘", "2023年末，全市渔船4120艘。"),
        ("货主泊位2023年的利用率是多少？", "2023年，全市泊位利用率：货主泊位57.4%。"),
        ("鸥湾市2023年的浮标完好率？", "2023年，浮标完好率96.4%。"),
        ("冰库容量增长百分之几？", "冰库容量6万吨，增长12%。"),
        ("海鲜出口额和增速分别是多少？", "海鲜出口18亿元，增长14.2%。"),
        ("到2027年冷库容量要达到多少？", "到2027年，冷库容量达到35万吨。"),
    ],
)
def test_a_figure_is_told_by_its_name_and_alone(question: str, answer: str) -> None:
    assert told(question) == answer


@pytest.mark.parametrize(
    "question",
    [
        "鸥湾市铁船有多少艘？",  # no such name
        "外资货主泊位的灯塔完好率是多少？",  # said of nothing that the sentence has named
        "2021年木船有多少艘？",  # another year
        "冷库容量是多少？",  # of which year is not said, and there are two
        "木船和钢船哪个多？",
        "木船为什么这么少？",
    ],
)
def test_nothing_is_told_where_the_name_is_not_the_whole_of_what_is_asked(question: str) -> None:
    assert told(question) is None


def test_a_sentence_that_tells_the_time_elsewhere_is_rested_on_too() -> None:
    ready = asked("木船有多少艘？")
    draft = answer_named_figure(ready, searched(ready, REPORT), lambda _: find_figures(REPORT))
    assert draft is not None
    assert [REPORT.text[a:b] for _, a, b in draft.lines[0].spans] == [
        "2023年末，全市渔船4120艘。",
        "其中：木船310艘，钢船3400艘，玻璃钢船410艘。",
    ]


def test_a_measure_with_a_question_mark_is_asked_for() -> None:
    assert kinds_of("鸥湾市2023年的浮标完好率？") == {"count"}
    assert "count" not in kinds_of("适用的是哪一档税率？")


def test_the_figures_of_one_calendar_year_are_not_of_several_taken_together() -> None:
    assert TOGETHER.search("3年一共多少") and not TOGETHER.search("2023年一共多少")
