"""Answers from lines that name what they tell."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.label_answers import answer_label
from qa.support import support
from searched import asked, searched

NOTICE = outlined(
    "一、申报\n申报人应当提交材料。\n联系人：王海\n联系电话：010-1234567　传真：010-7654321\n"
    "关键词：渔港；灯塔\n中图分类号：TP393 文献标识码：A\nISBN 978 - 7 - 01 - 019809 - 5 定价:35.00 元\n"
    "海风出版社\n海风出版社出版发行\n",
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
        ("这本书卖多少钱，哪个出版社出的？", ["定价:35.00 元。", "海风出版社出版发行。"]),
        ("关键词有哪几个？", ["关键词：渔港；灯塔。"]),
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


RUNNING = outlined("一、报名\n联系人：王海，联系电话：010-1234567。监督电话：010-7654321。", title="渔港报名公告")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("报名的联系电话是多少？", ["联系电话：010-1234567。"]),
        ("报名找谁？", ["联系人：王海。"]),
        ("监督电话是多少？", ["监督电话：010-7654321。"]),
    ],
)
def test_data_one_behind_the_other_in_a_sentence(question: str, said: list[str]) -> None:
    ready = asked(question)
    draft = answer_label(ready, searched(ready, RUNNING))
    assert draft is not None
    assert [line.text for line in draft.lines] == said


FORM = outlined(
    "灯塔修缮项目申报表\n项目名称|东港灯塔修缮|申报单位|东港管理局\n项目负责人|张三|联系电话|010-7777\n预算金额（万元）|280|实施期限|6个月\n"
    "项目内容|更换灯器。粉刷塔身。",
    title="灯塔修缮项目申报表",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("灯塔修缮的申报单位是哪个？", ["申报单位：东港管理局。"]),
        ("灯塔修缮的预算金额是多少？", ["预算金额（万元）：280。"]),
        ("灯塔修缮的联系电话是多少？", ["联系电话：010-7777。"]),
        ("项目内容是什么？", ["项目内容：更换灯器。粉刷塔身。"]),
    ],
)
def test_fields_of_a_form(question: str, said: list[str]) -> None:
    ready = asked(question)
    draft = answer_label(ready, searched(ready, FORM))
    assert draft is not None
    assert [line.text for line in draft.lines] == said
    for line in draft.lines:
        ((_, start, end),) = line.spans
        assert FORM.text[start:end].replace("|", "：").strip("。") == line.text.strip("。")
        assert support(line.text, [FORM.text[start:end]]) == "verified"


def test_a_complaint_goes_to_the_number_called_so() -> None:
    ready = asked("投诉找谁？")
    notice = outlined("一、联系\n联系人：王海。\n咨询电话：010-1234567。\n投诉电话：010-7654321（票价科）。\n")
    draft = answer_label(ready, searched(ready, notice))
    assert draft is not None
    assert [line.text for line in draft.lines] == ["投诉电话：010-7654321（票价科）。"]
