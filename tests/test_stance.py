"""What a document says of a thing as such: mentioned, promoted, held back."""

from __future__ import annotations

import pytest

from qa.stance import asks_mention, asks_support, holds_back, promotes
from qa.verdict import verdict
from qa.verdict_signs import Weighing

#: What is read is weighed as undecided, so that only the rules for what a document says of a thing speak.
UNDECIDED = Weighing((0.0,) * 12, 0.9, 0.9)


def said(question: str, sentence: str, clause: str | None = None) -> str | None:
    found = verdict(question, sentence, clause or sentence, UNDECIDED)
    return None if found is None else found[0]


@pytest.mark.parametrize(
    "clause", ["文件提到远程会诊", "这一项写进去了", "通知涉及了", "夜市有专门的安排", "村里有政策照顾"]
)
def test_asks_whether_something_is_spoken_of(clause: str) -> None:
    assert asks_mention(clause)


@pytest.mark.parametrize("clause", ["提高到两万元", "涉密论文也抽检", "企业列入名录", "提出过异议的可以复核"])
def test_asks_for_something_else(clause: str) -> None:
    assert not asks_mention(clause)


@pytest.mark.parametrize("clause", ["国家支持", "文件鼓励企业这么做", "政策松口了", "给开了口子"])
def test_asks_whether_something_is_promoted(clause: str) -> None:
    assert asks_support(clause)


def test_promoted_held_back_or_neither() -> None:
    assert promotes("引导社会资本进入养老领域") and not holds_back("引导社会资本进入养老领域")
    assert holds_back("严格控制新建项目") and not promotes("严格控制新建项目")
    assert promotes("放宽住所登记的限制") and not holds_back("放宽住所登记的限制")
    assert not promotes("探索跨省结算") and promotes("探索跨省结算", tries=True)


@pytest.mark.parametrize(
    ("question", "sentence", "word"),
    [
        ("夜间摆摊卖小吃，方案提没提到？", "规范发展夜间经济，支持设立夜间摆摊区域。", "是的"),
        ("乡村医生的养老，意见里涉及了没有？", "落实乡村医生养老和医疗保障政策。", "是的"),
        ("农村装充电桩，有没有政策照顾？", "对农村地区建设充电桩给予倾斜，鼓励统建统营。", "有"),
        ("废旧家电上门回收，文件鼓励不鼓励？", "推广“互联网+回收”，鼓励家电上门回收。", "是的"),
        ("民办学校进社区办托育，国家支持吗？", "引导民办学校利用场地开展社区托育服务。", "是的"),
        ("网上卖处方药，政策松没松口？", "积极探索处方药网络销售监管。", "是的"),
        ("小煤矿扩产，省里支持吗？", "严格控制小煤矿新增产能。", "不支持"),
        ("搞了绿电，是不是就不用煤电了？", "促进煤电与绿电协同发展。", "不是"),
        ("讲包容审慎，垄断行为是不是就不查了？", "依法查处滥用市场支配地位等垄断行为。", "不是"),
        ("跨省就诊是不是不用列进抽查的重点？", "要将跨省就诊作为抽查的重点。", "不是"),
        ("外资进医疗领域，是不是碰都不能碰？", "扩大医疗领域开放，加快外资进入。", "不是"),
    ],
)
def test_what_a_document_says_of_a_thing(question: str, sentence: str, word: str) -> None:
    assert said(question, sentence, sentence.rstrip("。").split("，")[-1]) == word


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("夜间摆摊，方案提没提到？", "加强农产品质量检测。"),  # another thing
        ("所有企业都支持吗？", "支持小微企业技术改造。"),  # of all
        ("支持企业建三间厂房吗？", "支持企业建厂房。"),
    ],
)
def test_says_nothing(question: str, sentence: str) -> None:
    assert said(question, sentence, sentence.rstrip("。").split("，")[-1]) is None


def test_every_one_leaves_none_out() -> None:
    assert said("清单公开了，是不是还有省份没公布？", "全部省份均已公布清单。") == "不是"
    assert said("清单公开了，是不是还有省份没公布？", "部分省份已公布清单。") != "不是"


def test_what_is_opened_is_not_tightened() -> None:
    assert verdict("对民办养老是要收紧准入吗？", "放宽民办养老的市场准入限制。") == ("不需要", True)


def test_of_some_or_of_all_may_or_must() -> None:
    assert verdict("智能评标是不是全国都要应用？", "智能评标在部分省市实现全覆盖应用。") == ("不需要", True)
    assert verdict("管理站必须单独设一个吗？", "要发挥管理站作用，管理站可单独设置，也可合署办公。") == ("不是", True)


def test_a_large_figure_without_its_unit() -> None:
    sentence = "到2028年，法律服务业营收在200亿元以上持续增长。"
    assert verdict("法律服务业2028年营收目标是500亿吗？", sentence) == ("不是", True)
    assert verdict("法律服务业2028年营收目标是200亿往上吗？", sentence) == ("是的", False)


def test_that_another_is_supported_says_nothing() -> None:
    assert said("方案支持社会资本办食堂吗？", "支持国有单位利用闲置用房办食堂。") is None
    assert said("方案支持社会资本办食堂吗？", "引导社会资本办社区食堂。") == "是的"
