"""Answers from lines that name what they tell."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.label_answers import answer_label
from searched import asked, searched

NOTICE = outlined(
    "一、申报\n申报人应当提交材料。\n联系人：王海\n联系电话：010-1234567　传真：010-7654321\n"
    "关键词：渔港；灯塔\n中图分类号：TP393 文献标识码：A\nISBN 978 - 7 - 01 - 019809 - 5 定价:35.00 元",
    title="渔港通知",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("申报找谁？", ["联系人：王海。"]),
        ("申报的事打哪个电话？", ["联系电话：010-1234567。"]),
        ("传真是多少？", ["传真：010-7654321。"]),
        ("中图分类号是多少，文献标识码呢？", ["中图分类号：TP393。", "文献标识码：A。"]),
        ("书号和定价是多少？", ["ISBN 978 - 7 - 01 - 019809 - 5。", "定价:35.00 元。"]),
    ],
)
def test_the_lines_that_are_asked_for(question: str, said: list[str]) -> None:
    ready = asked(question)
    draft = answer_label(ready, searched(ready, NOTICE))
    assert draft is not None
    assert [line.text for line in draft.lines] == said
    for line in draft.lines:
        ((_, start, end),) = line.spans
        assert NOTICE.text[start:end].strip("。") in line.text


@pytest.mark.parametrize("question", ["申报人应当提交什么？", "联系电话对吗？", "渔港在哪里？", "邮箱是多少？"])
def test_other_questions_are_left_to_others(question: str) -> None:
    ready = asked(question)
    assert answer_label(ready, searched(ready, NOTICE)) is None
