"""Rows of tables that have grown or shrunk, the most and the least of them, and their order."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.table_changes import answer_changes
from qa.table_extremes import answer_extreme
from qa.table_told import answer_table
from searched import asked, searched

_CATCH = outlined(
    "一、渔获\n表1 2021年各渔港渔获和门票\n渔港|渔获（吨）|增长（%）|门票（万元）|增长（%）\n东港|820|4.1|36|-2.5\n西港|640|-6.3|58|11.0\n"
    "南港|915|-0.8|12|3.4\n全市|2375|-0.4|106|5.1\n",
    title="某市2021年渔业统计公报",
)
_SPENT = outlined(
    "一、支出\n表2 支出决算表（单位：万元）\n科目|年初预算|调整预算|决算数|决算数为调整预算的%|比上年增减%\n灯塔维护支出|300|340|330|97.1|-4.2\n"
    "渔业资源保护支出|500|520|416|80.0|9.8\n港口安全和救助支出|220|220|218|99.1|1.5\n",
    title="渔港决算报告",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("哪个渔港渔获最多？", "渔获最多的是南港，为915吨。"),
        ("哪个渔港渔获增长最快？", "渔获增长最快的是东港，为4.1%。"),
        ("哪个渔港渔获降幅最大？", "渔获降幅最大的是西港，为-6.3%。"),
        ("门票最高的渔港", "门票最高的是西港，为58万元。"),
        ("各渔港渔获从高到低怎么排？", "渔获从高到低：南港（915吨）、东港（820吨）、西港（640吨）。"),
        ("渔获前两名的渔港", "渔获从高到低：南港（915吨）、东港（820吨）。"),
        ("门票倒数第二的渔港", "门票从低到高：南港（12万元）、东港（36万元）。"),
        ("2019年哪个渔港渔获最多？", None),  # the table is of another year
    ],
)
def test_most_and_order(question: str, told: str | None) -> None:
    ready = asked(question)
    draft = answer_extreme(ready, searched(ready, _CATCH))
    assert (draft.lines[0].text if draft is not None else None) == told


def test_the_most_and_the_least_asked_at_once() -> None:
    ready = asked("渔获最多和最少的分别是哪个渔港？")
    draft = answer_extreme(ready, searched(ready, _CATCH))
    assert draft is not None
    assert [line.text for line in draft.lines] == ["渔获最多的是南港，为915吨。", "渔获最少的是西港，为640吨。"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("哪些渔港渔获下降了？", "渔获增长为负的共2项：西港（-6.3%）、南港（-0.8%）。"),
        ("西港渔获降了吗？", "是的，西港渔获增长：-6.3%。"),
        ("东港门票涨了吗？", "不是，东港门票增长：-2.5%。"),
        ("东港门票涨了3.4%吗？", None),  # a figure of its own is to be compared
        ("北港渔获降了吗？", None),
    ],
)
def test_what_has_grown_or_shrunk(question: str, told: str | None) -> None:
    ready = asked(question)
    draft = answer_changes(ready, searched(ready, _CATCH))
    assert (draft.lines[0].text if draft is not None else None) == told
    assert draft is None or draft.contradicts == draft.lines[0].text.startswith("不")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("支出最多的科目是哪个？", "决算数最多的是渔业资源保护支出，为416万元。"),
        ("哪个科目完成率最低？", "决算数为调整预算的%最低的是渔业资源保护支出，为80.0%。"),
        ("哪个科目降得最多？", "决算数比上年降幅最大的是灯塔维护支出，为-4.2%。"),
    ],
)
def test_what_was_done_beside_what_was_planned(question: str, told: str) -> None:
    ready = asked(question)
    draft = answer_extreme(ready, searched(ready, _SPENT))
    assert draft is not None and draft.lines[0].text == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("港口救助支出决算数多少？", "港口安全和救助支出决算数：218万元。"),  # by a short form of its name
        ("灯塔维护支出年初预算和决算各多少？", "灯塔维护支出年初预算：300万元，决算数：330万元。"),
    ],
)
def test_cells_by_short_names(question: str, told: str) -> None:
    ready = asked(question)
    draft = answer_table(ready, searched(ready, _SPENT))
    assert draft is not None and draft.lines[0].text == told


@pytest.mark.parametrize("question", ["2019年西港渔获多少？", "西港拖网产量增长多少？"])
def test_cells_of_another_year_or_measure(question: str) -> None:
    ready = asked(question)
    assert answer_table(ready, searched(ready, _CATCH)) is None


def test_the_figures_that_a_share_is_of() -> None:
    ready = asked("西港渔获占全市的几成？")
    draft = answer_table(ready, searched(ready, _CATCH))
    assert draft is not None and [line.text for line in draft.lines] == ["西港渔获：640吨。", "全市渔获：2375吨。"]


def test_how_much_it_grew_is_told_with_what_it_is() -> None:
    boats = outlined("一、产品\n产品|单位|产量|比上年增长（%）\n木船|条|31|-6.1\n渔网|张|440|2.0\n", title="渔具产量")
    ready = asked("木船增长多少？")
    draft = answer_table(ready, searched(ready, boats))
    assert draft is not None and draft.lines[0].text == "木船比上年增长：-6.1%。"


def test_a_row_in_a_group_is_called_by_its_own_name() -> None:
    plan = outlined(
        "一、指标\n类别|序号|指标|2020年|2025年|属性\n港口|1|灯塔亮灯率（%）|91|95|预期性\n港口|2|泊位数（个）|40|52|预期性\n渔民|3|参保率（%）|80|90|约束性\n",
        title="渔港规划",
    )
    ready = asked("2025年泊位数多少？")
    draft = answer_table(ready, searched(ready, plan))
    assert draft is not None and draft.lines[0].text == "泊位数2025年：52个。"
