"""Figures of items below a heading that names their measure."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.headed_figures import answer_headed
from qa.register import parse_register
from qa.support import support
from searched import asked, searched

SPENT = outlined(
    "一、各级教育生均教育经费增长情况\n1．全省幼儿园为102元，比上年增长4%。\n2．全省普通小学为139元。其中，农村普通小学为146元，增长2%。\n"
    "3．全省普通初中为198元。\n4．全省普通高中为207元。\n5．全省中等职业学校为185元。\n"
    "二、各级教育生均公用经费增长情况\n1．全省幼儿园为30元。\n2．全省普通小学为33元。\n3．全省普通初中为47元。\n4．全省普通高中为44元。\n"
    "5．全省中等职业学校为61元。\n三、投入\n全省教育经费总投入为1286亿元。",
    title="教育公告",
)
SPOKEN = parse_register("普高\t普通高中\n中职\t中等职业学校\n乡下\t农村\n")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("初中生平均一人的公用经费是多少元？", "各级教育生均公用经费增长情况：全省普通初中为47元。"),
        ("普通初中生均教育经费是多少元？", "各级教育生均教育经费增长情况：全省普通初中为198元。"),
        ("乡下小学的生均教育经费是多少元？", "各级教育生均教育经费增长情况：农村普通小学为146元，增长2%。"),
        ("小学的生均教育经费是多少元？", "各级教育生均教育经费增长情况：全省普通小学为139元。"),
        ("平均每个普高学生的教育经费（不是公用经费）多少元？", "各级教育生均教育经费增长情况：全省普通高中为207元。"),
    ],
)
def test_the_item_of_the_heading_that_names_the_measure(question: str, said: str) -> None:
    ready = asked(question, register=SPOKEN)
    draft = answer_headed(ready, searched(ready, SPENT))
    assert draft is not None
    (line,) = draft.lines
    assert line.text == said
    assert support(said, [SPENT.text[start:end] for _, start, end in line.spans]) == "verified"


def test_the_items_that_a_comparison_names() -> None:
    ready = asked("生均公用经费中职和普高哪个高？高多少元？", register=SPOKEN)
    draft = answer_headed(ready, searched(ready, SPENT))
    assert draft is not None
    assert [line.text for line in draft.lines] == [
        "各级教育生均公用经费增长情况：全省普通高中为44元。",
        "全省中等职业学校为61元。",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "全省教育经费总投入是多少元？",  # of all, not for each
        "大学的生均公用经费是多少元？",  # no item
        "初中的生均工资是多少元？",  # no heading
        "普通初中的公用经费是多少元？",  # whether for each is not said
        "初中生均公用经费是47元吗？",
    ],
)
def test_what_no_heading_or_item_is_named_for(question: str) -> None:
    ready = asked(question, register=SPOKEN)
    assert answer_headed(ready, searched(ready, SPENT)) is None
