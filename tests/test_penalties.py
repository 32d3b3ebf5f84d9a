"""Penalties that tell the act by the place of its ban."""

from __future__ import annotations

from pathlib import Path

import pytest

from outlined import outlined
from qa.bot import PolicyQA
from qa.penalties import answer_penalty, of_another_act
from searched import asked, searched
from small import bot_of

RULE = """\
丁省灯塔公园条例
第一条 本条例适用于本省的灯塔公园。
第二条 在灯塔公园内禁止下列行为：
（一）填埋礁石；
（二）取土、采砂；
（三）野外用火；
（四）放生外来物种。
第三条 登记后的灯塔应当悬挂编号牌。
第四条 违反本条例第二条第一项规定的，责令限期恢复，处每平方米一千元以上五千元以下罚款。
第五条 违反本条例第二条第二项规定的，没收违法所得，处一万元以上五万元以下罚款。
第六条 违反本条例第二条第三项规定的，处五百元以上三千元以下罚款；引起火灾的，处三千元以上五万元以下罚款。
第七条 违反本条例第三条规定，未悬挂编号牌的，处二百元罚款。
第八条 灯塔公园的商户不得抬高票价；不得堵塞通道。
第九条 商户应当：
（一）亮证经营；
（二）明码标价。
第十条 违反本条例第九条第一项规定的，由县文旅局责令改正；违反第九条第二项规定的，由县渔业局取消摊位。
第十一条 倒卖灯塔公园门票的，由县公安局没收门票；倒卖所得五千元以上的，并处倒卖所得二倍以上五倍以下罚款；倒卖所得不足五千元的，并处五千元罚款。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), {"rule": RULE})


@pytest.mark.parametrize(
    ("question", "ban", "penalty"),
    [
        ("灯塔公园里采砂怎么罚？", "（二）取土、采砂", "一万元以上五万元以下"),
        ("填埋礁石每平方米罚多少？", "（一）填埋礁石", "一千元以上五千元以下"),
        ("在灯塔公园野外用火罚多少？", "（三）野外用火", "引起火灾的，处三千元以上五万元以下"),
    ],
)
def test_the_ban_and_its_penalty_are_told_together(bot: PolicyQA, question: str, ban: str, penalty: str) -> None:
    answer = bot.ask(question)
    assert ban in answer.text and penalty in answer.text
    assert {s.support for s in answer.statements} == {"verified"}


def test_of_penalties_of_several_bans_in_a_sentence_the_one_asked_for(bot: PolicyQA) -> None:
    answer = bot.ask("灯塔公园的商户没有明码标价怎么处罚？")
    assert "取消摊位" in answer.text
    assert "县文旅局" not in answer.text


def test_a_penalty_without_a_fine_is_no_answer_to_how_much(bot: PolicyQA) -> None:
    assert "责令改正" not in bot.ask("灯塔公园的商户没有亮证经营罚多少钱？").text
    assert "责令改正" in bot.ask("灯塔公园的商户没有亮证经营怎么处罚？").text


@pytest.mark.parametrize("question", ["在灯塔公园遛狗罚多少？", "放生外来物种罚多少？", "灯塔公园闯红灯罚多少？"])
def test_no_penalty_of_another_act(bot: PolicyQA, question: str) -> None:
    assert "元以" not in bot.ask(question).text


def test_a_penalty_that_tells_its_act_is_left_to_itself(bot: PolicyQA) -> None:
    assert "悬挂编号牌。" not in bot.ask("灯塔未悬挂编号牌罚多少？").text


LISTS = """\
丁省灯塔通行证管理办法
第一条 灯塔通行证由海事机构发放。
第二条 灯塔游览平台应当提示游客错峰登塔。灯塔经营者应当核验通行证。
第三条 有下列行为之一的，由海事机构给予警告，处二百元以下罚款，有违法所得的，没收违法所得：
（一）使用虚假材料骗领通行证；
（二）出租、出借、转让通行证；
（三）非法扣押他人通行证。
第四条 有下列行为之一的，由海事机构处二百元以上一千元以下罚款，或者处十日以下拘留：
（一）冒用他人通行证或者使用骗领的通行证；
（二）购买、出售、使用伪造、变造的通行证。
第五条 伪造、变造通行证的，依法追究刑事责任。
第六条 海事机构的工作人员泄露通行证记载的个人信息的，给予处分，并处五千元罚款。
第七条 灯塔经营者未提示游客错峰登塔的，由海事机构责令改正，处三千元罚款。
第八条 灯塔游船应当为游客投保意外伤害保险。违反规定的，由海事机构处八千元罚款。
第九条 禁止在塔梯上生火。违反的，由海事机构对个人处五百元罚款，对单位处一千元罚款。
"""


@pytest.fixture(scope="module")
def pass_bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), {"pass": LISTS})


@pytest.mark.parametrize(
    ("question", "item", "penalty"),
    [
        ("把通行证借给老乡用会被罚多少钱？", "出租、出借、转让", "没收违法所得"),
        ("转让通行证罚多少？", "出租、出借、转让", "二百元以下"),
        ("通行证租给别人怎么罚？", "出租、出借、转让", "警告"),
        ("买假通行证怎么罚？", "购买、出售、使用伪造", "十日以下拘留"),
        ("卖假通行证会被罚款吗？", "购买、出售、使用伪造", "十日以下拘留"),
        ("扣押别人的通行证怎么处罚？", "非法扣押", "二百元以下"),
        ("冒用别人的通行证怎么处罚？", "冒用他人", "一千元以下"),
    ],
)
def test_the_act_decides_the_item_of_a_list(pass_bot: PolicyQA, question: str, item: str, penalty: str) -> None:
    answer = pass_bot.ask(question)
    assert item in answer.text and penalty in answer.text
    assert answer.text.count("通行证") <= 2  # no other item
    assert {s.support for s in answer.statements} == {"verified"}


@pytest.mark.parametrize(
    ("question", "penalty"),
    [
        ("伪造通行证怎么处理？会怎么罚？", "追究刑事责任"),  # not the one for those who use what others forged
        ("海事机构员工泄露游客通行证信息怎么罚？", "五千元"),
        ("游船没给游客买保险罚多少？", "八千元"),  # 违反规定的, of what its paragraph says before
    ],
)
def test_the_sentence_that_tells_the_act_is_told(pass_bot: PolicyQA, question: str, penalty: str) -> None:
    assert penalty in pass_bot.ask(question).text


def test_no_penalty_of_somebody_else_whom_the_document_binds(pass_bot: PolicyQA) -> None:
    assert "三千元" not in pass_bot.ask("游览平台不提示错峰登塔罚多少？").text
    assert "三千元" in pass_bot.ask("经营者不提示错峰登塔罚多少？").text


LAMPS = """\
丁省灯油管理条例
第一条 守塔人应当配合厂家调换劣质灯油。
第二条 厂家应当保存守塔人的记录。
第三条 厂家违反本条例规定，有下列情形之一的，处四千元罚款：
（一）未保存守塔人记录、调换记录的；
（二）未公布调换劣质灯油计划的。
"""
PASSES = outlined("第二条 弄虚作假得到登岛证的，由港务局收回，处九百元罚款。\n", "passes", title="登岛证条例")
CARDS = outlined(
    "第二条 有下列行为之一的，由渔业局处七十元罚款：\n（一）用假材料骗领渔民卡的；\n（二）出借渔民卡的。\n",
    "cards",
    title="渔民卡条例",
)


def test_no_penalty_of_the_other_side_although_its_items_speak_of_both(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"lamps": LAMPS})
    assert "四千元" in bot.ask("厂家未保存调换记录罚多少？").text
    assert "四千元" not in bot.ask("守塔人不配合调换灯油，罚多少？").text


@pytest.mark.parametrize(("thing", "fined"), [("渔民卡", True), ("登岛证", False)])
def test_no_penalty_of_rules_that_never_speak_of_what_others_are_called_by(thing: str, fined: bool) -> None:
    ready = asked(f"用假材料骗领{thing}的，罚款多少？")
    found = [c for document in (CARDS, PASSES) for c in searched(ready, document)]
    draft = answer_penalty(ready, found)
    assert (draft is not None and "七十元" in draft.lines[0].text) is fined


def test_no_penalty_of_an_act_that_no_item_names(pass_bot: PolicyQA) -> None:
    assert "元以" not in pass_bot.ask("丢失通行证罚多少？").text


def test_both_sides_are_told_by_the_penalty_that_names_them(pass_bot: PolicyQA) -> None:
    text = pass_bot.ask("在塔梯上生火，个人和单位分别罚多少？").text
    assert "五百元" in text and "一千元" in text


@pytest.mark.parametrize("question", ["灯塔丢人怎么罚？", "灯塔通行证丢失罚多少？"])
def test_what_every_penalty_says_tells_no_act(pass_bot: PolicyQA, question: str) -> None:
    assert "元" not in pass_bot.ask(question).text


MEASURES = """\
丁市灯塔安全若干措施
一、看守
（一）看守员应当昼夜值守。
（二）禁止在灯室内吸烟、存放油料。
二、检查
（三）违反本措施第（二）项规定的，由港务局责令改正；拒不改正的，处五百元以上一千元以下罚款。
"""


def test_a_ban_that_is_pointed_to_by_the_number_of_its_clause_alone(tmp_path: Path) -> None:
    told = bot_of(tmp_path, {"measures": MEASURES}).ask("在灯室内吸烟罚多少？").text
    assert told.startswith("（二）禁止在灯室内吸烟、存放油料。") or told.startswith("禁止在灯室内吸烟、存放油料。")
    assert "处五百元以上一千元以下罚款" in told


def test_a_clause_whose_number_several_have_points_nowhere(tmp_path: Path) -> None:
    twice = MEASURES.replace(
        "二、检查\n（三）违反", "二、检查\n（一）检查员应当持证。\n（二）检查每月一次。\n（三）违反"
    )
    told = bot_of(tmp_path, {"measures": twice}).ask("在灯室内吸烟罚多少？").text
    assert "检查每月一次" not in told


@pytest.mark.parametrize(
    ("sold_for", "told", "left_out"),
    [("3000元", "并处五千元罚款", "二倍以上"), ("8000元", "二倍以上五倍以下", "并处五千元罚款")],
)
def test_of_fines_by_amounts_the_one_for_the_amount_asked_about(
    bot: PolicyQA, sold_for: str, told: str, left_out: str
) -> None:
    answer = bot.ask(f"倒卖灯塔公园门票得了{sold_for}，罚款多少？")
    assert told in answer.text and left_out not in answer.text
    assert left_out in bot.ask("倒卖灯塔公园门票罚款多少？").text


def test_a_penalty_that_nothing_is_read_to_answer_is_of_another_act(bot: PolicyQA) -> None:
    found = bot.find("灯塔公园的商户抬高票价罚多少？").candidates
    unread, read = ([c.changed(odds=odds) for c in found] for odds in (-2.0, 2.0))
    assert of_another_act("商户抬高票价罚多少？", unread, lambda: -1.0)
    assert not of_another_act("商户抬高票价罚多少？", read, lambda: -1.0)
    assert not of_another_act("商户抬高票价罚多少？", unread, lambda: 1.0), "the penalty with its act is"
    assert not of_another_act("商户多收了900元罚多少？", unread, lambda: -1.0), "the band of an amount names no act"
    assert not of_another_act("商户能抬高票价吗？", unread, lambda: -1.0)
