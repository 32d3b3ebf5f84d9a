"""Whether a rule holds for another case than the one that a question tells, and the yes and no that rest on it."""

from __future__ import annotations

import pytest

from qa.other_case import lacks_required, of_another_kind, of_own_sex
from qa.verdict import verdict
from qa.verdict_cases import of_other_case


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ("外地户口能领", "本市户籍人员可以领取"),
        ("本地户口能退", "非本市户籍职工离开本市的,可以退"),
        ("公办园能申请", "对民办园给予补助"),
        ("营利性养老院能拿", "非营利性养老机构可以申领"),
        ("租房能提取", "购房的,可以提取"),
        ("未成年人能骑", "成年人可以骑行"),
    ],
)
def test_a_rule_for_the_other_kind(told: str, rule: str) -> None:
    assert of_another_kind(told, rule)


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ("外地户口能领", "本市和外地户籍人员都可以领取"),
        ("公办园能申请", "仅限民办园申请"),
        ("幼儿园能申请", "对民办园给予补助"),
        ("非遗项目能申请", "非遗项目可以申请"),
        ("儿女能代办", "男职工的子女可以代办"),
    ],
)
def test_a_rule_for_both_kinds_or_for_the_one_alone(told: str, rule: str) -> None:
    assert not of_another_kind(told, rule)


def test_the_bound_of_the_own_sex() -> None:
    rule = "男性未满六十周岁、女性未满五十五周岁的,可以参加"
    assert of_own_sex("58岁的女工能参加", rule) == "女性未满五十五周岁的,可以参加"
    assert of_own_sex("58岁能参加", rule) == rule


def test_what_the_case_lacks() -> None:
    assert lacks_required("去年年检不合格", "申报应当符合条件:年检合格")
    assert not lacks_required("委托书不公证", "委托书应当经过村委会证明或者公证")
    assert not lacks_required("没有房产", "没有房产的,应当登记")


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("58岁的女工可以参加吗？", "男性未满60周岁、女性未满55周岁的，可以参加。", ("不可以", True)),
        ("58岁的男工可以参加吗？", "男性未满60周岁、女性未满55周岁的，可以参加。", ("可以", False)),
        ("去年年检不合格还能申报吗？", "申报应当符合下列条件：上一年度年检合格。", ("不能", True)),
        ("本地户口可以马上退吗？", "非本市户籍职工离开本市的，可以马上退。", None),
        ("初级工有补贴吗？", "取得高级工以上证书的，给予补贴。", None),
        ("院子上空可以放风筝吗？", "在室内放飞的，不适用本规定。", None),
        ("广场舞队能用礼堂吗？", "企业不适用本办法。", None),
        ("小型船不用检验吧？", "小型、中型船应当检验。", ("不是", True)),
        ("大型渔船要登记吗？", "小型、微型内河渔船无需登记。", None),
        ("改造的每间补1万元吗？", "新建的每间补1万元，改造的每间补5000元。", ("不是", True)),
        ("补助是全额补助吗？", "补助按照实际支出的50%给予补助。", ("不是", True)),
        ("补贴只能发工资吗？", "补贴用于发工资、买教具。", ("不是", True)),
        ("社保交了两年能领券吗？", "职工应当自发证之日起12个月内领券。", None),
        ("社保交了8个月可以申请吗？", "申请人缴纳社保满6个月的，可以申请。", ("可以", False)),
        ("全年成交过了两千亿没有？", "全年成交金额2528亿元。", ("是的", False)),
        ("占了全球的一半还多吗？", "占全球三分之一。", ("不是", True)),
        ("各镇必须实行网上预约吗？", "有条件的镇，探索实行网上预约。", ("不是", True)),
        ("整改最差的是甲镇，对吗？", "甲镇、乙镇整改率分别为85%、83%。", None),
        ("第三条还有效吗？", "删去第三条。", ("无效", True)),
        ("夜市已经全覆盖了吗？", "力争夜市全覆盖。", None),
    ],
)  # fmt: skip
def test_yes_or_no_by_the_case(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == expected


def test_what_a_figure_says_is_not_said_of_another_case() -> None:
    assert of_other_case("外地户口能领300元吗？", "本市户籍人员每人补贴300元。", denies=False)
    assert not of_other_case("每人能领300元吗？", "每人补贴300元。", denies=False)
