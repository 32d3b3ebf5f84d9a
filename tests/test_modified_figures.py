"""A figure is told with the rule that changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from outlined import outlined
from qa.bot import PolicyQA
from qa.extractive import Draft, Line
from qa.modified_figures import with_modified
from qa.reckoning import joined_sum
from qa.support import support
from searched import asked, searched
from small import bot_of

_TEXTS = {
    "lights": """丁市灯塔补助办法
第一条 首次获评的灯塔，一次性奖励5万元；获评省级灯塔的，一次性奖励20万元。设在县域的灯塔，奖励标准上浮20%。
第二条 年度考核为优秀的灯塔，每年补助30万元；考核为良好的灯塔，每年补助15万元。联营灯塔按前款标准的80%补助。
第三条 塔员按工龄发放津贴：满1年不满5年的，每月100元；满5年以上的，每月300元。持有领航证书的塔员，每月另加150元。
第四条 夜间看护重度损坏灯塔的，每晚补助300元；夜间看护中度损坏灯塔的，每晚补助200元。
第五条 在前条基础上予以调整：五级灯塔上浮30%，四级灯塔上浮20%。
"""
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def test_not_for_whom_nothing_is_changed(bot: PolicyQA) -> None:
    told = bot.ask("考核为良好的灯塔每年补助多少？").text
    assert "15万元" in told and "80%" not in told
    told = bot.ask("塔员工龄6年，每月津贴多少？").text
    assert "300元" in told and "另加" not in told


def test_the_figure_that_is_changed_for_what_is_not_such_is_that_of_what_is(tmp_path: Path) -> None:
    text = (
        "灯塔补助办法\n第三条 新建航行灯塔，每座补助12万元；改（扩）建的，每座补助6万元。"
        "非航行灯塔按上述标准的50%执行。单个港口补助总额最高不超过300万元。\n"
    )
    told = bot_of(tmp_path, {"rule": text}).ask("新建非航行灯塔每座补助多少？").text
    assert "12万元" in told and "50%" in told and "6万元" not in told


_FEES = {
    "fees": """戊港会费和船租办法
第一条 船租按下列标准收取：
（一）拖船，每日80元；
（二）驳船，每日45元。
第二条 退役军人、低保户租船的，船租减半。
第三条 11.1 会费标准：普通会员每年1800元，理事每年5000元；年捕捞不满50吨的个体工商户会员减半。
第四条 租船应当交纳押金，押金为船租的30%。船租在500元以下的，不收押金。
"""
}


@pytest.mark.parametrize(("who", "changed"), [("我是退役军人，", True), ("", False)])
def test_the_rule_for_a_class_is_told_behind_the_figure_with_what_that_comes_to(who: str, changed: bool) -> None:
    fees = outlined(
        "第一条 船租按下列标准收取：\n（一）拖船，每日80元；\n（二）驳船，每日45元。\n第二条 退役军人、低保户租船的，船租减半。\n",
        title="戊港船租办法",
    )
    ready = asked(f"{who}租拖船10天，船租一共多少钱？")
    found = searched(ready, fees)
    base = next(c for c in found if "拖船" in c.text)
    total = Line("每日80元，10日合计800元。", (base.span,))
    draft = Draft((Line(base.text, (base.span,)), total), method="clause")
    told = [line.text for line in with_modified(draft, ready, found, lambda _: fees).lines[2:]]
    assert told == (
        ["第二条 退役军人、低保户租船的，船租减半。", "每日80元，10日合计800元，减半为400元。"] if changed else []
    )
    if changed:
        assert support(told[-1], [base.text, told[0]]) == "verified"


def test_what_rules_the_amount_asked_about_is_told_behind_the_rule(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, _FEES)
    told = bot.ask("船租一共400块，押金要交多少？").text
    assert "不收押金" in told
    assert "不收押金" not in bot.ask("船租一共900块，押金要交多少？").text


def test_two_things_are_added_up_by_the_rule_for_who_has_several() -> None:
    rule = "押金以其中最高的一种为基数,每增加一种,增加100元(渔民)或者300元(企业)"
    both = ["拖船押金:800元。", "驳船押金:500元。"]
    assert joined_sum("渔民两种都租", both, rule) == "800元加100元，合计900元。"
    assert joined_sum("两种都租", both, rule) == ""
    assert joined_sum("渔民三种都租", [*both, "舢板押金:90元。"], rule) == ""


def test_the_figure_that_a_clause_of_the_same_sentence_changes_is_told_before_it() -> None:
    fees = outlined(
        "1.会费标准\n会费标准：普通会员每年1800元，理事每年5000元；年捕捞不满50吨的个体户会员减半。\n",
        title="戊港渔会章程",
    )
    ready = asked("我是个体户会员，一年捕捞30吨，会费交多少？")
    at = fees.text.index("会费标准：普通")
    rule = Line("会费标准：年捕捞不满50吨的个体户会员减半。", ((fees.doc_id, at, fees.text.index("减半。") + 3),))
    told = with_modified(Draft((rule,), method="clause"), ready, (), lambda _: fees)
    assert [line.text for line in told.lines][-1] == "1800元减半为900元。" and "1800元" in told.lines[0].text


def test_what_is_ruled_for_who_has_both_takes_the_place_of_their_sum() -> None:
    aid = outlined(
        "1.油补\n拖船油补限额400元。\n驳船油补限额600元。\n同时有两种船的，油补限额合并为900元。\n",
        title="己港油补办法",
    )
    ready = asked("拖船和驳船都有，油补限额一共多少？")
    found = searched(ready, aid)
    one, other = (next(c for c in found if name in c.text) for name in ("拖船油补", "驳船油补"))
    total = Line("400元加600元，合计1000元。", (one.span, other.span))
    draft = Draft((Line(one.text, (one.span,)), Line(other.text, (other.span,)), total), method="compare")
    told = [line.text for line in with_modified(draft, ready, found, lambda _: aid).lines]
    assert told[-1] == "同时有两种船的，油补限额合并为900元。" and not any("1000元" in text for text in told)
