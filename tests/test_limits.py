"""Clauses that limit, extend or except what stands before them."""

from __future__ import annotations

import pytest

from index.tokens import fold
from qa.limits import limits


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("合同另有约定的，付款期限最长不得超过60日。", "应当在30日内支付；"),
        ("因大风等原因需延长的，经批准可以延长，但最多可延长1个月。", "停航期不得超过3个月。"),
        ("重点航道可延长至12个月。", "给予6个月的宽限期；"),
        ("单个码头最高不超过50万元。", "每米补贴100元，"),
        ("渔船减半收取；", "靠泊费每次500元；"),
        ("但抢险船舶除外。", "处500元以下罚款，"),
        ("留用率达到50%以上的，补贴标准提高到80%。", "按工资的60%给予补贴；"),
        ("以后每年300元。", "登记费第一年500元，"),
        ("同时符合两项条件的，按就高原则执行，不重复享受。", "每户补助600元。"),
        ("其中船龄超过三十年的渔船，每艘补助25万元。", "更新渔船的，每艘补助20万元；"),
    ],
)
def test_it_limits_the_measure_before_it(clause: str, told: str) -> None:
    assert limits(fold(clause), fold(told))


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("公示期最长不超过5日。", "应当在10日内审核；"),  # of something else
        ("使用2年以上的，累计不超过5%。", "使用2年以内的，不超过2%；"),  # the next tier
        ("情节严重的，处5万元以上罚款。", "处1万元以下罚款；"),
        ("需要延长的，应当提前30日申请。", "有效期为3年。"),  # how, not to what
        ("应当在7日内答复，情况复杂的可延长至15日。", "公示期为5日。"),  # a measure of its own
        ("开放时间可延长。", "门票每人20元；"),
        ("最长不超过2年。", "由船东申请，"),  # no measure before it
    ],
)
def test_it_limits_nothing_of_it(clause: str, told: str) -> None:
    assert not limits(fold(clause), fold(told))


def test_what_is_given_to_others_limits_nothing() -> None:
    assert not limits("其他渔户自愿改造的,每户最高不超过3000元。", "对困难渔户实施改造,每户补助5000元。")
