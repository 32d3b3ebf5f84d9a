"""Yes or no by a cell of a table."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.table_verdict import table_verdict
from searched import asked, searched

OPEN = outlined(
    "一、受理点\n受理点|受理时间|代办|收费标准（元）\n南湾渔政站|周一至周五|√|30\n北屿渔政站|周二、周六|—|25\n东礁渔政站|周一至周六|√|30\n",
    "指南",
    title="白礁市渔船登记指南",
)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("白礁市南湾渔政站周六能办渔船登记吗？", "不能"),
        ("白礁市北屿渔政站周六能办渔船登记吗？", "能"),
        ("白礁市北屿渔政站的渔船登记收费标准是30元吗？", "不是"),
        ("白礁市南湾渔政站的渔船登记收费标准是30元吗？", "是"),
    ],
)
def test_the_cell_settles_it(question: str, begins: str) -> None:
    ready = asked(question)
    draft = table_verdict(ready, searched(ready, OPEN))
    assert draft is not None
    assert draft.lines[0].text.startswith(begins)
    assert draft.contradicts is begins.startswith("不")


def test_a_question_about_no_row_is_left_to_others() -> None:
    ready = asked("白礁市西沙渔政站周六能办渔船登记吗？")
    assert table_verdict(ready, searched(ready, OPEN)) is None
