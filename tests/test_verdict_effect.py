"""Yes or no by which way a question and a clause weigh for whomever they concern."""

from __future__ import annotations

import pytest

from qa.claim import read_claim
from qa.verdict import verdict
from qa.verdict_effect import asked_for, effect_of


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("灯塔津贴还能接着领吗？", "may"),
        ("船东能硬要求水手交钱吗？", "power"),
        ("补考那几天能剔除吗？", "free"),
        ("灯牌会被收走吗？", "fear"),
        ("晚交要罚款吗？", "duty"),
        ("泊位是半价吗？", "relief"),
        ("是不是不许再转租？", "barred"),
    ],
)
def test_what_a_question_asks_for(question: str, ask: str) -> None:
    assert asked_for(read_claim(question)) == ask


@pytest.mark.parametrize(
    ("clause", "effect"),
    [
        ("不停发", "spares"),
        ("停发津贴", "withholds"),
        ("不设观察期", "spares"),
        ("不设立分站", "denies"),
        ("不收取押金", "spares"),
        ("收取押金", "takes"),
        ("不能按此条免予登记", "bars"),
        ("不免除登记", "binds"),
        ("并非不得停泊", "allows"),
        ("中断缴费的可以补缴", "allows"),
    ],
)
def test_what_a_clause_does(clause: str, effect: str) -> None:
    assert effect_of(clause) == effect


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        pytest.param("我没雇人，灯塔津贴还能接着领吗？", "没有雇工的，不停发灯塔津贴。", ("能", False), id="what goes on"),
        pytest.param("水手能进本船的评审组吗？", "船长不得担任本船聘用的水手的评审组成员，可以列席。", ("不能", True), id="barred"),
        pytest.param("渔船必须投保吗？", "渔船是否投保由船东自愿决定。", ("不是", True), id="left free"),
        pytest.param("是不是不给批新泊位了？", "不再审批新泊位。", ("是的", False), id="no longer"),
        pytest.param("灯牌工本费能刷卡付吗？", "灯牌不收取任何费用。", ("不能", True), id="nothing to pay"),
        pytest.param("老泊位会被收走吗？", "闲置满两年的泊位依法收回。", ("会", False), id="feared"),
    ],
)  # fmt: skip
def test_what_is_asked_for_against_what_is_done(question: str, sentence: str, expected: tuple[str, bool]) -> None:
    assert verdict(question, sentence, sentence) == expected


def test_what_allows_another_act_beside_a_denial_says_no_yes() -> None:
    sentence = "船员家属可以列席船东会，不参与表决。"
    assert verdict("船员家属能在船东会上投票吗？", sentence, "船员家属可以列席船东会，") != ("能", False)
    assert verdict("船员家属能列席船东会吗？", sentence, "船员家属可以列席船东会，") == ("能", False)


def test_what_binds_a_firm_is_not_said_of_ones_own() -> None:
    sentence = "渡运企业使用的小艇，应当投保。"
    assert verdict("我自家用的小艇必须投保吗？", sentence, sentence) is None


def test_what_somebody_lets_one_do_may_be_done() -> None:
    assert read_claim("节假日想换灯，让换吗？").mode == "may"


def test_what_is_void_in_part_does_not_say_that_all_is() -> None:
    said = "租约部分无效，不影响其他部分的，其他部分仍然有效。"
    assert verdict("租约有一条不合规，整份租约就作废了吗？", said) is None
