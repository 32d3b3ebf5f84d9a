"""Of the members of a list those that are asked for."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.asked_members import answer_some_members
from searched import asked, searched

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
