"""What a question asks of a table: cells by what tells rows and columns apart, two cells, ends, rows that meet a condition."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outlined import outlined
from qa.table_told import answer_ends, answer_table
from searched import asked, searched
from small import bot_of

BOATS = outlined(
    "一、补助标准\n表1 渔船报废补助（单位：万元/艘）\n"
    "船型|提前报废时间|木质|钢质船舶\n拖网船|不足2年|1.0|1.5\n拖网船|2年以上不足5年|2.0|2.6\n拖网船|5年以上|3.0|3.8\n"
    "钓具船（单桅）|不足2年|0.5|0.9\n"
    "注：1.个体渔民的船每艘加发0.2万元。2.发动机缺失的，补助减半。3.养殖工船执行拖网船标准。\n"
    "二、受理点\n受理点|地址|联系人|电话\n南湾渔政站|码头路3号|林一舟|0800-111\n北屿渔政站|灯塔街9号|周二帆|0800-222\n",
    "办法",
    title="白礁市渔船报废补助办法",
)
HARBOURS = outlined(
    "二、进港情况\n表2 各港进港渔船（单位：艘）\n港区|2023年进港艘次|2024年进港艘次|2024年计划艘次|2024年位次\n"
    "东湾区|310|355|340|1\n西湾区|290|270|300|2\n长屿县|120|131|130|3\n合计|720|756|770|—\n",
    "通报",
    title="白礁市2024年渔港通报",
)
FARES = outlined(
    "三、票价\n表3 轮渡票价（单位：元/人）\n航线|旺季（4月1日至10月31日）成人|旺季（4月1日至10月31日）老年人|淡季（11月1日至次年3月31日）成人\n"
    "环岛线|60|30|40\n夜航线|80|45|停航\n注：老年人指年满60周岁的人。每年10月1日至7日，各航线加收10元。\n",
    "通告",
    title="白礁市轮渡票价通告",
)
TARGETS = outlined(
    "四、指标\n类别|指标|单位|2025年基期|2030年目标|属性\n生态|海草床面积|公顷|12|20|约束性\n生态|岸线保有率|%|61|65|约束性\n"
    "产业|鱼糜产量|吨|300|450|预期性\n",
    "规划",
    title="白礁市海洋规划",
)


def told(question: str, *documents: object) -> list[str]:
    ready = asked(question)
    draft = answer_table(ready, searched(ready, *documents))  # type: ignore[arg-type]
    return [] if draft is None else [line.text for line in draft.lines]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("白礁市的钢质拖网船离报废还差三年，补助多少？", "拖网船2年以上不足5年钢质船舶：2.6万元/艘。"),
        ("木质拖网船提前一年半报废，白礁市补助多少？", "拖网船不足2年木质：1.0万元/艘。"),
        ("白礁市单桅的钓具船，钢质的补助多少？", "钓具船（单桅）不足2年钢质船舶：0.9万元/艘。"),
    ],
)
def test_a_cell_is_meant_by_what_tells_its_row_and_column_apart(question: str, said: str) -> None:
    assert told(question, BOATS)[0] == said


def test_what_is_asked_in_a_counter_of_all_things_may_be_told_in_its_own() -> None:
    pools = outlined(
        "五、配备\n水面面积|救生员（名）|医务人员（名）\n不足250平方米|3|1\n250平方米以上不足500平方米|4|1\n500平方米以上|6|2\n",
        "办法",
        title="白礁市泳场办法",
    )
    assert told("水面三百平米的泳场要几个救生员？", pools) == ["250平方米以上不足500平方米救生员：4名。"]


def test_two_columns_of_a_row_are_told_where_both_are_asked() -> None:
    assert told("白礁市南湾渔政站的报废受理点在哪、电话多少？", BOATS) == [
        "南湾渔政站地址：码头路3号，电话：0800-111。"
    ]


def test_a_note_for_the_case_follows_with_what_the_figure_comes_to() -> None:
    assert told("白礁市个体渔民的钢质拖网船提前三年报废，补助多少？", BOATS) == [
        "拖网船2年以上不足5年钢质船舶：2.6万元/艘。",
        "个体渔民的船每艘加发0.2万元。",
        "2.6万元加0.2万元，合计2.8万元。",
    ]


def test_a_note_may_halve_what_a_cell_tells() -> None:
    assert told("发动机拆了的木质拖网船提前三年报废，白礁市补助多少？", BOATS)[-1] == "2.0万元减半为1万元。"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("七月份坐白礁市环岛线轮渡，成人票价多少？", "环岛线旺季（4月1日至10月31日）成人：60元/人。"),
        ("我妈66岁，5月2号坐白礁市环岛线轮渡票价多少？", "环岛线旺季（4月1日至10月31日）老年人：30元/人。"),
        ("白礁市夜航线轮渡12月成人票价多少？", "夜航线淡季（11月1日至次年3月31日）成人：停航。"),
    ],
)
def test_a_season_and_an_age_choose_the_column(question: str, said: str) -> None:
    assert told(question, FARES)[0] == said


def test_a_note_for_a_day_is_told() -> None:
    lines = told("10月3号坐白礁市环岛线轮渡，成人票价多少？", FARES)
    assert lines[1:] == ["每年10月1日至7日，各航线加收10元。", "60元加10元，合计70元。"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "白礁市东湾区2024年进港艘次比西湾区多多少？",
            ["东湾区2024年进港艘次：355艘。", "西湾区2024年进港艘次：270艘。"],
        ),
        (
            "白礁市长屿县2024年进港艘次比上一年多多少？",
            ["长屿县2024年进港艘次：131艘。", "长屿县2023年进港艘次：120艘。"],
        ),
        (
            "白礁市钢质的拖网船不足2年的比木质的多补多少？",
            ["拖网船不足2年钢质船舶：1.5万元/艘。", "拖网船不足2年木质：1.0万元/艘。"],
        ),
    ],
)
def test_two_cells_set_beside_each_other(question: str, said: list[str]) -> None:
    assert told(question, BOATS if "船不足" in question or "拖网" in question else HARBOURS) == said


def test_rows_against_the_plan_and_the_year_before() -> None:
    fell_short = told("白礁市2024年进港没完成计划的是哪些港区？", HARBOURS)
    assert fell_short == ["共1项：西湾区（2024年进港艘次270艘，2024年计划艘次300艘）。"]
    fell = told("白礁市2024年进港艘次比2023年下降的有哪几个港区？", HARBOURS)
    assert fell == ["共1项：西湾区（2023年进港艘次290艘，2024年进港艘次270艘）。"]


def test_rows_by_a_bound_and_by_a_value() -> None:
    assert told("白礁市2023年进港艘次300艘以上的有哪些港区？", HARBOURS) == ["2023年进港艘次为310艘的是东湾区。"]
    assert told("白礁市2030年目标是450吨的指标是哪一个？", TARGETS) == ["2030年目标为450吨的是鱼糜产量。"]


def test_a_rank_and_the_ends_of_a_column() -> None:
    assert told("白礁市2024年进港位次第三名是哪个港区？", HARBOURS)[0].startswith("长屿县")
    ready = asked("白礁市2024年进港艘次最多的和最少的分别是哪个港区？")
    draft = answer_ends(ready, searched(ready, HARBOURS))
    assert draft is not None
    assert [line.text for line in draft.lines] == [
        "2024年进港艘次最多的是东湾区，为355艘。",
        "2024年进港艘次最少的是长屿县，为131艘。",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "白礁市北湾区2024年进港多少艘次？",  # no such row, though one ends alike
        "白礁市东湾区2021年进港多少艘次？",  # no such year
        "青榕市轮渡老年人票价多少？",  # of another place
        "白礁市东湾区2024年的完好率是多少？",  # no such measure
    ],
)
def test_what_a_table_does_not_tell_is_left_to_others(question: str) -> None:
    assert told(question, HARBOURS) == []


BUDGET = """灯塔维护资金公告

一、安排

表1　2026年资金表

主管部门|项目|总投资（万元）|其中：国库|码头公司
航标处|换灯|90|60|30
航标处|刷塔|40|10|30
渔政处|巡航|70|50|20
渔政处|放流|20|5|15

二、历年

年度　　　灯塔（座）　　　浮标（个）
2024年　　　31　　　　　　　402
2025年　　　35　　　　　　　417
2026年　　　38　　　　　　　390
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("刷塔国库出多少钱？", "刷塔总投资其中国库：10万元。"),  # the unit of the whole
        ("巡航码头公司出多少钱？", "巡航总投资其中码头公司：20万元。"),
        ("航标处名下有哪些项目？", "航标处的项目共2项：换灯、刷塔。"),
        ("2025年浮标有多少个？", "2025年浮标：417个。"),  # set with spaces
    ],
)
def test_parts_of_a_whole_groups_and_rows_set_with_spaces(tmp_path: Path, question: str, said: str) -> None:
    text = bot_of(tmp_path, {"资金": BUDGET}).ask(question).text
    assert re.sub(r"\[\d+\]", "", text) == said


BERTHS = outlined(
    "一、收费标准\n等级|2025年基准价（元/平方米·月）露天|2025年基准价（元/平方米·月）室内|2018年标准（元/平方米·月）露天|2018年标准（元/平方米·月）室内\n"
    "一级|0.45|0.85|0.40|0.75\n二级|0.65|1.10|0.55|0.95\n",
    "通知",
    title="白礁市船位收费通知",
)
CREWS = outlined(
    "二、培训计划\n渔校|2025年计划（班/人）|岸线补助（元/处）东区|岸线补助（元/处）西区|每校上限（万元）\n"
    "南湾渔校|10/450|260|300|8\n北屿渔校|4/180|150|180|6\n",
    "通知",
    title="白礁市渔校通知",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("白礁市二级标准的室内船位收多少钱？", ["二级2025年基准价室内：1.10元/平方米·月。"]),
        ("白礁市二级的室内船位2018年收多少钱？", ["二级2018年标准室内：0.95元/平方米·月。"]),
        (
            "白礁市二级的室内船位，基准价跟2018年比涨了多少？",
            ["二级2018年标准室内：0.95元/平方米·月。", "二级2025年基准价室内：1.10元/平方米·月。"],
        ),
    ],
)
def test_what_is_so_now_is_told_and_what_was_before_where_that_is_asked(question: str, said: list[str]) -> None:
    assert told(question, BERTHS) == said


def test_a_cell_of_two_figures_and_a_limit_that_is_not_asked_for() -> None:
    assert told("白礁市南湾渔校2025年计划办多少个班、多少人？", CREWS) == ["南湾渔校2025年计划（班/人）：10班/450人。"]
    assert told("白礁市东区的南湾渔校，每处补多少钱？", CREWS) == ["南湾渔校岸线补助东区：260元/处。"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "白礁市岸电现在比原来便宜多少？",
            ["岸电新标准（2025年）：0.8元/度。", "岸电原标准（2019年）：1.1元/度。"],
        ),
        ("白礁市岸电收多少钱？", ["岸电新标准（2025年）：0.8元/度。"]),
    ],
)
def test_the_old_one_is_told_beside_the_new_one_where_the_change_is_asked(question: str, said: list[str]) -> None:
    power = outlined(
        "一、对照\n项目|原标准（2019年）|新标准（2025年）\n岸电|1.1元/度|0.8元/度\n淡水|6元/吨|5元/吨\n",
        "通知",
        title="白礁市港口收费通知",
    )
    assert told(question, power) == said
