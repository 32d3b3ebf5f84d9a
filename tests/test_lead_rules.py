"""How far a rule that the first of a list leads reaches in a document."""

from __future__ import annotations

import pytest

from corpus.duties import find_duties
from outlined import outlined

TASKS = "一、任务\n1.修塔。分批修缮灯塔。（市港航局、市财政局）\n2.疏浚。疏浚航道。（市水利局、市港航局负责）\n"


def _leads(text: str) -> list[str]:
    return ["、".join(duty.leads) for duty in find_duties(outlined(text))]


@pytest.mark.parametrize(
    "rule",
    [
        "注：每项任务括号内列第一位的为牵头单位，其他为参与单位。",
        "上述各项任务，括号内首位单位为牵头部门。",
        "说明：排名第一的单位为牵头单位，其余单位配合。",
        "以上任务由排在首位的单位牵头，其他单位配合。",
        "（注：位列首位者为主办单位）",
    ],
)
def test_a_rule_at_the_end_speaks_of_the_notes_above_it(rule: str) -> None:
    document = outlined(TASKS + rule + "\n")
    duties = find_duties(document)
    assert [duty.leads for duty in duties] == [("市港航局",), ("市水利局",)]
    assert all(duty.rule and document.text[slice(*duty.rule)] in rule for duty in duties)


def test_a_rule_of_the_opening_speaks_of_the_notes_below_it() -> None:
    assert _leads("各项任务列第一位的单位为牵头单位，其他单位配合。\n" + TASKS) == ["市港航局", "市水利局"]


def test_a_rule_inside_a_note_is_of_that_note_alone_unless_it_says_so() -> None:
    text = "一、任务\n1.修塔。分批修缮。（市港航局、市财政局负责，列第一位者为牵头单位{}）\n2.疏浚。疏浚航道。（市水利局、市港航局按职责分工负责）\n"
    assert _leads(text.format("")) == ["市港航局", ""]
    assert _leads(text.format("，下同")) == ["市港航局", "市水利局"]
    assert _leads(text.format("，其他为参与单位")) == ["市港航局", ""]


def test_a_rule_on_what_stands_above_says_nothing_of_what_follows() -> None:
    text = TASKS + "以上各项列第一位的为牵头单位。\n二、保障\n3.经费。落实经费。（市财政局、市港航局负责）\n"
    assert _leads(text) == ["市港航局", "市水利局", ""]
