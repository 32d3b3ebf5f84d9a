"""Yes or no by an act in other words, and by forms beside it: a freed limit, what is left undone, supported, large or small."""

from __future__ import annotations

import pytest

from qa.question import kinds_of
from qa.verdict import verdict

YES, NO = False, True


def denies(question: str, sentence: str, clause: str) -> bool | None:
    """Whether a sentence, read to answer by one of its clauses, denies what is asked."""
    said = verdict(question, sentence, clause)
    return None if said is None else said[1]


@pytest.mark.parametrize(
    ("question", "sentence", "clause", "expected"),
    [
        ("复评没过，示范店的牌子会不会被摘？", "复评不合格的，撤销示范店称号。", "撤销示范店称号。", YES),
        ("考核不合格，剩下的钱会停吗？", "考核不合格的，暂停拨付剩余资金。", "暂停拨付剩余资金。", YES),
        ("干了两年就走，得往回吐钱吗？", "服务未满三年离岗的，应当退回补贴。", "应当退回补贴。", YES),
        ("合同撤销了，交的税就没法退了吧？", "合同被撤销的，可以申请退还税款。", "可以申请退还税款。", NO),
        ("评上市级以后还能再拿吗？", "评上市级示范店的，再补差5万元。", "再补差5万元。", YES),
        ("检修停水，公司是不是得先吱一声？", "检修停水应当提前一日公告。", "检修停水应当提前一日公告。", YES),
        ("孩子自己摔伤，学校要赔吗？", "学生自行上学途中受伤的，学校不承担赔偿责任。", "学校不承担赔偿责任。", NO),
        ("可以先不交报名费吗？", "困难学生可以不预交报名费。", "困难学生可以不预交报名费。", YES),
    ],
)
def test_the_same_act_in_other_words(question: str, sentence: str, clause: str, expected: bool) -> None:
    assert denies(question, sentence, clause) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "clause"),
    [
        pytest.param("借书证丢了要交手续费吗？", "补办读者卡收取工本费。", "补办读者卡收取工本费。", id="another fee"),
        pytest.param("牌子丢了会被摘吗？", "复评不合格的，撤销称号。", "撤销称号。", id="another case"),
        pytest.param("这件事能收两遍钱吗？", "可以按件收费。", "可以按件收费。", id="how often"),
        pytest.param("单位能罚到两千吗？", "对单位处五百元以下罚款。", "对单位处五百元以下罚款。", id="how much"),
        pytest.param(
            "检查组会不打招呼直接来吗？", "应当提前三日书面告知。", "应当提前三日书面告知。", id="in what way"
        ),
    ],
)
def test_an_act_of_another_kind_or_case_settles_nothing(question: str, sentence: str, clause: str) -> None:
    assert denies(question, sentence, clause) is None


def test_an_act_is_seen_from_the_other_side_where_nothing_is_read() -> None:
    sentence = "读者逾期归还文献的，不收取逾期费，但暂停其外借权限。"
    assert verdict("借书超期了要交逾期费的，是吧？", sentence) == ("不是", True)


@pytest.mark.parametrize(
    ("question", "sentence", "clause", "expected"),
    [
        ("外地户口能申请吗？", "申请不设收入线，不限户籍。", "不限户籍。", YES),
        ("过了截止日期照样可以领吗？", "领取不受前述时间限制，常年受理。", "常年受理。", YES),
        ("要报1500万元，能批足吗？", "每个不超过1000万元，边境县不受比例限制。", "每个不超过1000万元，", None),
        ("外地户口能申请吗？", "本市户籍的，不受年龄限制。", "不受年龄限制。", None),
    ],
)
def test_a_limit_that_is_not_there(question: str, sentence: str, clause: str, expected: bool | None) -> None:
    assert denies(question, sentence, clause) is expected


def test_what_one_is_bound_to_one_may() -> None:
    sentence = "一方不能到场的，应当书面委托另一方办理登记，委托书应当经过公证。"
    assert denies("丈夫来不了，能写委托书让妻子登记吗？", sentence, "委托书应当经过公证。") is YES


def test_what_need_not_come_first() -> None:
    young = "未经登记，任何单位和个人不得饲养犬只，但是未满三个月的幼犬除外。"
    assert denies("小狗才两个月，可以先不登记吗？", young, "未经登记，") is YES
    assert denies("狗三岁了，可以先不登记吗？", young, "未经登记，") is not YES


def test_what_heads_a_sentence_is_said_of_its_clauses() -> None:
    sentence = "鼓励乡镇采用购买服务的方式，向老人提供手机培训。"
    assert denies("请外头机构教老人用手机，这种做法文件鼓励不鼓励？", sentence, "向老人提供手机培训。") is YES


def test_a_rate_that_fell_is_not_higher() -> None:
    assert verdict("全市出生率比上年高了吗？", "全市出生率比上年下降0.2个千分点。") == ("不是", True)


def test_a_figure_is_compared_beside_figures_of_other_units() -> None:
    sentence = "全年网店数量达到1575家，成交金额2528亿元。"
    assert verdict("全年网店成交过了两千亿没有？", sentence) == ("是的", False)
    assert verdict("全年网店成交过了三千亿没有？", sentence) == ("不是", True)


def test_there_is_or_is_not_and_let_or_not() -> None:
    assert "whether" in kinds_of("学徒上课那几天有补贴没有？")
    assert verdict("学徒上课那几天有补贴没有？", "学徒培训期间每天有生活补贴。") == ("有", False)
    assert verdict("刮大风时游船让不让开？", "刮大风时游船不得开航。", "刮大风时游船不得开航。") == ("不允许", True)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        pytest.param("每个乡镇都有书屋了吗？", "27个乡镇建立了书屋，连同4家书店接入平台。", id="some and every one"),
        pytest.param("补助是一次性全部打给乡镇吗？", "财政对乡镇给予定额补助。", id="all and some amount"),
        pytest.param("书屋这个说法是不是今年才头一回有人提？", "今年有人提出书屋这个说法。", id="the first time"),
    ],
)
def test_that_some_are_is_no_yes_to_every_one(question: str, sentence: str) -> None:
    assert denies(question, sentence, sentence) is not YES


def test_large_and_small_and_each_by_itself() -> None:
    assert verdict("种树是不是要挑大规格的苗？", "种树应选择小规格的苗木。") == ("不需要", True)
    apart = "统筹建设管廊和管网，实现同沟敷设、共建共用。"
    assert denies("管廊和管网是要各建各的吗？", apart, apart) is NO


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("住宿要自己掏钱吗？", "住宿费由主办方承担。", ("不需要", True)),
        ("住宿要自己掏钱吗？", "住宿费由学员承担，主办方统一安排。", None),
        ("主办方要掏钱吗？", "住宿费由主办方承担。", None),
    ],
)
def test_a_price_that_is_left_to_others(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    said = verdict(question, sentence)
    assert said == expected if expected is not None else said is None or not said[1]


@pytest.mark.parametrize(
    ("asked", "said"),
    [("必须", "支持"), ("必须", "鼓励"), ("应当", "鼓励"), ("应当", "探索"), ("一定要", "引导"), ("必须", "加强")],
)
def test_no_duty_is_said_of_what_is_encouraged(asked: str, said: str) -> None:
    sentence = f"{said}企业购买灯塔保险。"
    assert denies(f"企业{asked}购买灯塔保险吗？", sentence, sentence) is not YES


@pytest.mark.parametrize("said", ["应当", "必须", "须"])
def test_a_duty_is_said_where_there_is_one(said: str) -> None:
    sentence = f"企业{said}购买灯塔保险。"
    assert denies("企业必须购买灯塔保险吗？", sentence, sentence) is YES
