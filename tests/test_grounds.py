"""The problems that a document names where it begins."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.grounds import answer_grounds
from searched import asked, searched

TEXT = (
    "一、背景\n近年来，海岸灯塔建设取得进展，但仍存在灯塔老化、航道淤积、守塔人员不足等问题。为此制定本方案。\n"
    "二、任务\n（一）修塔。修塔中存在的安全问题由港务局处理。\n"
)
PLAN = outlined(TEXT, "方案", title="海岸灯塔方案")


@pytest.mark.parametrize(
    ("question", "hinted"),
    [
        ("方案开头说了哪几个问题？", ()),
        ("海岸灯塔方案出台是针对什么问题？", ()),
        ("海岸灯塔面临哪些问题？", ("方案",)),
        ("文件自己承认海岸灯塔还有哪几块短板？", ()),
    ],
)
def test_the_problems_that_a_document_is_made_for(question: str, hinted: tuple[str, ...]) -> None:
    ready = asked(question, hinted=hinted)
    draft = answer_grounds(ready, searched(ready, PLAN), [PLAN])
    assert draft is not None and "灯塔老化、航道淤积、守塔人员不足" in draft.lines[0].text
    assert [PLAN.text[a:b] for _, a, b in draft.lines[0].spans] == [draft.lines[0].text]


@pytest.mark.parametrize(
    "question",
    ["修塔时存在哪些安全问题？", "盐田改造出台时面临哪些问题？", "申报中有问题找谁？", "灯塔老化怎么办？"],
)
def test_problems_of_something_else(question: str) -> None:
    ready = asked(question)
    assert answer_grounds(ready, searched(ready, PLAN), [PLAN]) is None
