"""Amounts as people and documents write them, and the ranges of a rule."""

from __future__ import annotations

import math

import pytest

from index.tokens import fold
from qa.amounts import amounts, amounts_asked, amounts_of_case, conditions, fits, fits_best, ranges


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("65岁的船工交1.5万元", [(65, "岁"), (15000, "元")]),
        ("一千零五十元", [(1050, "元")]),
        ("两万五千元", [(25000, "元")]),
        ("一亿三千万元", [(130000000, "元")]),
        ("亏了两万五", [(25000, "")]),
        ("三千多块钱", [(3000, "元")]),
        ("每月500元", [(500, "元")]),
        ("50千瓦和2兆瓦", [(50, "千瓦"), (2000, "千瓦")]),
        ("0.5公斤", [(500, "克")]),
        ("3平方公里", [(3e6, "平方米")]),
        ("百分之五", [(5, "%")]),
        ("5个百分点", [(5, "百分点")]),
        ("半年", [(6, "月")]),
        ("一年半", [(18, "月")]),
        ("两个半小时", [(2.5, "小时")]),
        ("身高1米2以下", [(1.2, "米")]),
        ("个头一米五二，要155厘米以上", [(1.52, "米"), (1.55, "米")]),
        ("交满一年零三个月", [(15, "月")]),
        ("两斤半和3亩半", [(1250, "克"), (3.5, "亩")]),
        ("3个工作日", [(3, "工作日")]),
        ("60至79周岁", [(60, "岁"), (79, "岁")]),
        ("3—5万元", [(30000, "元"), (50000, "元")]),
        ("3千元至5万元", [(3000, "元"), (50000, "元")]),
        ("三到五万元", [(30000, "元"), (50000, "元")]),
    ],
)
def test_an_amount_has_a_value_and_a_unit(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(a.value, a.unit) for a in amounts(fold(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "2015年3月5日",
        "二〇二三年五月",
        "2023年度",
        "2024至2026年",
        "第3条第5款",
        "第二十五天",
        "7月1日至9月30日",
        "三分之一",
        "几十块",
        "百货和万一",
        "一个船坞",
        "4A级码头",
        "12345热线",
        "8:00开门",
    ],
)
def test_dates_ordinals_and_signs_are_no_amounts(text: str) -> None:
    assert amounts(fold(text)) == ()


def test_an_amount_stands_where_it_is_written() -> None:
    (one,) = amounts("满3岁半的马")
    assert ("满3岁半的马"[one.start : one.end], "满3岁半的马"[one.start : one.bare_end]) == ("3岁半", "3")


INF = math.inf


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年满60周岁", (60, INF, False, False)),
        ("未年满18周岁", (-INF, 18, False, True)),
        ("超过3小时", (3, INF, True, False)),
        ("3小时以上", (3, INF, False, False)),
        ("不超过3小时", (-INF, 3, False, False)),
        ("不得超过3小时", (-INF, 3, False, False)),
        ("未超过3小时", (-INF, 3, False, False)),
        ("不得少于20米", (20, INF, False, False)),
        ("大于等于20米", (20, INF, False, False)),
        ("小于或等于20米", (-INF, 20, False, False)),
        ("达到20米", (20, INF, False, False)),
        ("未达到20米", (-INF, 20, False, True)),
        ("不足20米", (-INF, 20, False, True)),
        ("20米(不含)以下", (-INF, 20, False, True)),
        ("20米以下(不含20米)", (-INF, 20, False, True)),
        ("5个工作日内", (-INF, 5, False, False)),
        ("10吨以上20吨以下", (10, 20, False, False)),
        ("10吨以上不满20吨", (10, 20, False, True)),
        ("超过10吨不满20吨", (10, 20, True, True)),
        ("10(含)~20吨", (10, 20, False, False)),
        ("10吨以上的,20吨以下的", (10, 20, False, False)),
        ("10吨以上未达到20吨", (10, 20, False, True)),
        ("百分之十以上未达到百分之二十", (10, 20, False, True)),
    ],
)
def test_a_range_with_its_bounds(text: str, expected: tuple[float, float, bool, bool]) -> None:
    (one,) = ranges(fold(text))
    assert (one.low, one.high, one.above, one.below) == expected


@pytest.mark.parametrize("text", ["补3万元", "由2元调整为3元", "5人组成", "3公里内容"])
def test_what_bounds_nothing_is_no_range(text: str) -> None:
    assert ranges(text) == ()


def test_a_bound_that_is_left_out_does_not_hold() -> None:
    (one,) = ranges("超过3吨不满5吨")
    assert [one.holds(value) for value in (3, 4, 5)] == [False, True, False]
    (other,) = ranges("3吨以上5吨以下")
    assert [other.holds(value) for value in (2, 3, 5, 6)] == [False, True, True, False]


def test_what_a_rule_gives_is_no_condition() -> None:
    (one,) = conditions("捕捞不满1万元的,处1000元以上5000元以下罚款")
    assert one.high == 10000


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("骗了8000块", "3000元以上1万元以下的,处拘留", 1.0),
        ("骗了2万", "3000元以上1万元以下的,处拘留", -1.0),  # said of money
        ("住了20", "3000元以上1万元以下的,处拘留", 0.0),  # too small to be money
        ("8吨", "3000元以上1万元以下的,处拘留", 0.0),
        ("2023年度的", "3000元以上1万元以下的,处拘留", 0.0),
        ("30天", "住满20日的,减半;住满40日的,免费", 1.0),
        ("出海12年", "出海满1年不满10年的船员,停航2个月以上的", -1.0),  # years at sea are no months ashore
        ("停航5个月", "出海满1年不满10年的船员,停航2个月以上的", 1.0),
    ],
)
def test_an_amount_fits_a_condition_of_its_unit(asked: str, text: str, expected: float) -> None:
    assert fits(amounts(asked), text) == expected


def test_an_amount_of_a_case_may_be_a_little_more_or_less_than_it_says() -> None:
    half, year = (amounts_of_case(text) for text in ("存了半年多", "快一年了"))
    assert fits(half, "存放6个月以内的,减2%") == -1.0
    assert fits(half, "存放6个月以上12个月以内的,减3%") == 1.0
    assert fits(year, "存放12个月以上的,减5%") == -1.0


def test_persons_counted_without_their_unit() -> None:
    assert fits(amounts(fold("家里三个娃")), fold("有三个及以上未成年子女的家庭，上浮20%。")) == 1.0
    assert fits(amounts(fold("一个孩子")), fold("有两名及以上子女的家庭，上浮10%。")) == -1.0
    assert not amounts(fold("三个灯塔"))


def test_that_piece_is_no_money() -> None:
    assert amounts("灯塔那一块的投入") == ()
    assert [a.value for a in amounts("门票一块钱")] == [1.0]


BUOYS = ["不足8链的,由塔长批准", "8链至20链的,由站长批准", "超过20链的,报灯塔局批准"]


@pytest.mark.parametrize(
    ("question", "fitting"),
    [("拖5链找谁", 0), ("要拖十二链浮标链", 1), ("拖30链的", 2), ("拖30根的", None)],
)
def test_a_unit_is_the_word_behind_the_number_of_question_and_rule(question: str, fitting: int | None) -> None:
    asked = amounts_asked(question, question)
    assert [i for i, fit in enumerate(fits_best(asked, BUOYS)) if fit > 0] == ([] if fitting is None else [fitting])


@pytest.mark.parametrize(
    ("question", "fitting"),
    [("2024年5月装的", [0]), ("2024年9月3号装的灯", [1]), ("2025年2月装的", [2]), ("9月装的", [1, 2]), ("装灯", [])],
)
def test_a_day_lies_in_one_of_the_spans_that_rules_give(question: str, fitting: list[int]) -> None:
    rules = ["2024年6月30日前安装的,补90元", "2024年7月1日至12月31日安装的,补60元", "2025年1月1日以后安装的,不补"]
    assert [i for i, fit in enumerate(fits_best(amounts_asked(question, question), rules)) if fit > 0] == fitting


def test_a_day_by_which_something_is_due_is_no_case() -> None:
    assert not conditions("应当于2024年6月30日前完成改造", any_unit=True)


def test_what_a_follow_up_says_of_a_unit_stands_for_what_was_said_before() -> None:
    told = amounts_asked("考评92分的灯塔,只考了58分奖多少", "只考了58分呢")
    assert [a.value for a in told] == [58.0]


def test_a_digit_behind_its_ten_thousand_is_a_tenth_of_it() -> None:
    assert [a.value for a in amounts("花了1万5,又借了2.5万元,欠3万2千元")] == [15000.0, 25000.0, 30000.0]
