"""Who holds a post: the clause of that very post."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.extractive import Decline, Draft
from qa.posts import answer_post
from searched import asked, searched

GROUP = outlined(
    "一、组织\n成立渔港专班，由常务副市长林海任组长，副市长何川、秘书长田苗任副组长。"
    "专班下设办公室，办公室设在市农业农村局，办公室主任由局长梁潮兼任，负责日常工作。\n"
    "二、评估\n市民政局设评估委员会和评估复核委员会。评估委员会主任由分管副局长许岚担任，委员十五人。\n",
    "方案",
    title="渔港专班方案",
)


def told(question: str) -> str:
    ready = asked(question)
    answer = answer_post(ready, searched(ready, GROUP))
    if answer is None:
        return "别处"
    return "".join(line.text for line in answer.lines) if isinstance(answer, Draft) else "没有"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("渔港专班的组长是谁？", "成立渔港专班，由常务副市长林海任组长。"),
        ("谁担任渔港专班副组长？", "副市长何川、秘书长田苗任副组长。"),
        ("渔港专班办公室主任由谁担任？", "办公室主任由局长梁潮兼任。"),
        ("渔港专班的组长、副组长都有谁？", "成立渔港专班，由常务副市长林海任组长。副市长何川、秘书长田苗任副组长。"),
        ("评估委员会主任是谁？", "评估委员会主任由分管副局长许岚担任。"),
    ],
)
def test_the_clause_of_the_post_alone(question: str, said: str) -> None:
    assert told(question) == said


def test_the_case_in_which_somebody_holds_a_post_is_told_with_him() -> None:
    rules = outlined("一、看守\n委托灯塔公司看守的，受托人为看守责任人。\n", "rules")
    ready = asked("看守责任人是谁？")
    answer = answer_post(ready, searched(ready, rules))
    assert isinstance(answer, Draft) and answer.lines[0].text == "委托灯塔公司看守的，受托人为看守责任人。"


@pytest.mark.parametrize("question", ["渔港专班办公室副主任是谁？", "评估复核委员会主任是谁？"])
def test_another_post_of_that_name_is_not_the_one_asked_for(question: str) -> None:
    ready = asked(question)
    answer = answer_post(ready, searched(ready, GROUP))
    assert not isinstance(answer, Draft)


def test_who_is_declined_where_the_best_sentence_tells_another() -> None:
    ready = asked("渔港专班办公室副主任由谁担任？")
    found = searched(ready, GROUP)
    best = next(c for c in found if "办公室主任" in c.text)
    assert isinstance(answer_post(ready, [best, *found]), Decline)


def test_other_questions() -> None:
    assert told("渔港专班谁负责？") == "别处"


def test_an_office_that_nothing_names_is_held_by_nobody_that_is_told() -> None:
    assert told("渔港专班的秘书长是谁？") != "没有", "秘书长 is named"
    assert told("渔港专班的总指挥是谁？") == "没有"
