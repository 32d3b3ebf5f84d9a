"""Lists whose members are known by a word that they share, and kinds that a section defines."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.extractive import Draft
from qa.named_members import answer_kinds, answer_sharing
from searched import asked, searched

PLAN = outlined(
    "一、港口类型\n甲级港口是指有三个泊位以上的港口，每年检查两次。\n乙级港口是指其他港口，每年检查一次。\n"
    "二、推进工作\n（一）推进巡查全覆盖。每日巡查。\n（二）推进培训全覆盖。每年培训。\n"
    "三、保障措施\n（一）加强领导。成立专班。\n（二）安排资金。设立基金。\n",
    "方案",
    title="港口管理方案",
)


def text_of(draft: Draft | None) -> str | None:
    return None if draft is None else "".join(line.text for line in draft.lines)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("港口方案的几个“全覆盖”分别是哪些？", "“推进工作”共2项：（一）推进巡查全覆盖；（二）推进培训全覆盖。"),
        ("港口方案要做到哪两个全覆盖？", "“推进工作”共2项：（一）推进巡查全覆盖；（二）推进培训全覆盖。"),
        ("港口方案的三个全覆盖是哪些？", None),  # there are two
        ("港口方案的几个“零事故”分别是哪些？", None),
        ("全覆盖什么时候完成？", None),
    ],
)
def test_members_that_share_a_word(question: str, told: str | None) -> None:
    ready = asked(question)
    assert text_of(answer_sharing(ready, searched(ready, PLAN))) == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("港口分哪几种类型？", "“港口类型”共2项：甲级港口；乙级港口。"),
        ("港口类型有哪几类？", "“港口类型”共2项：甲级港口；乙级港口。"),
        ("港口分三种类型，是哪三种？", None),
        ("各类港口要检查多少次？", None),  # something of the kinds
        ("船员分哪几种？", None),
    ],
)
def test_kinds_that_a_section_defines(question: str, told: str | None) -> None:
    ready = asked(question)
    assert text_of(answer_kinds(ready, searched(ready, PLAN))) == told
