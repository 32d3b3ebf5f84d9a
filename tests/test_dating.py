"""What dates a sentence that tells no date of its own."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.dating import dated_by

PLAN = outlined(
    "一、总体目标。\n到2031年，海岸面貌一新。\n——灯塔更加明亮。旧塔全部修复。\n（一）航道目标。航道全线畅通。\n"
    "二、近期任务。\n2029年底前，完成勘测。随后铺设电缆。\n三、保障措施。\n经费列入预算。\n",
    "规划",
)


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("旧塔全部修复", "到2031年，海岸面貌一新。"),  # a paragraph above it
        ("航道全线畅通", "到2031年，海岸面貌一新。"),  # what introduces the section around it
        ("随后铺设电缆", "2029年底前，完成勘测。"),  # the sentence before it
        ("经费列入预算", None),
    ],
)
def test_the_nearest_date_above_counts(sentence: str, date: str | None) -> None:
    found = dated_by(PLAN, PLAN.text.index(sentence))
    assert (PLAN.text[slice(*found)] if found else None) == date
