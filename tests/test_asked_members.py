"""Of the members of a list those that are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from outlined import outlined
from qa.asked_members import answer_some_members
from searched import asked, searched
from small import bot_of

SHOWS = outlined(
    "一、展览\n（一）船模展，由日本横滨港借展；\n（二）渔歌展，免费参观；\n（三）灯塔展，葡萄牙里斯本港藏品；\n"
    "二、优惠\n下列人员参观船厂可以享受优惠：军人，免费；学生，票价减半；教师，减免两成；其他人，票价不变。\n"
    "三、报名\n报名应当提交下列材料：\n1.船员登记表；\n2.身份证。\n",
    "公告",
    title="渔港开放公告",
)


def told(question: str) -> str | None:
    ready = asked(question)
    draft = answer_some_members(ready, searched(ready, SHOWS))
    return None if draft is None else "".join(line.text for line in draft.lines)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("展览里哪些是国外的？", "船模展，由日本横滨港借展。灯塔展，葡萄牙里斯本港藏品。"),
        ("哪些人员参观船厂可以免费？", "军人，免费。"),
        ("报名应当提交哪些材料？", None),
        ("哪些人员参观船厂可以享受优惠？", None),
    ],
)
def test_only_those_that_have_what_is_asked(question: str, said: str | None) -> None:
    assert told(question) == said


RULES = (
    "渔港借展办法\n第一章 总则\n第一条 船厂由港务局管理。\n第二条 展品每年清点一次。\n第二章 借展\n第三条 期限为一年。\n"
    "第四条 申请借展的单位，应当具备下列条件：（一）依法登记满三年；（二）有恒温展柜；（三）已经投保。\n"
    "第五条 有下列情形之一的，不予借展：（一）曾损坏展品；（二）逾期未还。\n第六条 运输由借方安排。\n第三章 附则\n"
    "第七条 本办法自印发之日起施行。\n"
)


@pytest.mark.parametrize(
    ("question", "last"), [("申请借展的单位要具备哪些条件？", "已经投保"), ("不予借展的有哪些情形？", "逾期未还")]
)
def test_what_one_article_of_several_announces_is_told_whole(question: str, last: str, tmp_path: Path) -> None:
    assert last in bot_of(tmp_path, {"渔港借展办法": RULES}).ask(question).text


def test_a_member_that_opens_a_list_is_none_of_those_asked_for(tmp_path: Path) -> None:
    text = (
        "渔港借展办法\n一、范围\n（一）港务局的展品适用本办法。\n（二）灯塔由灯塔站管理，不适用本办法。\n二、监督\n"
        "（一）有下列情形之一的船厂，列入失信名单，两年内不得借展：1. 损坏展品；2. 逾期未还；3. 转借他人。其中第3项情形，永久不得借展。\n"
        "（二）采用旧船的，对船厂通报批评，扣发当月经费的两成；造成损失的，追究责任。\n（三）借展档案自归还之日起保存10年。\n"
    )
    told = bot_of(tmp_path, {"rule": text}).ask("船厂干了哪些事会被列入失信名单？").text
    assert all(item in told for item in ("损坏展品", "逾期未还", "转借他人"))
