"""The year of a sentence that another before it in its paragraph has set, and years that are no year of what is asked."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.evidence import Candidate
from qa.question import understand
from qa.refusal import plain_absence
from searched import asked, searched

GOALS = outlined(
    "一、目标\n"
    "到2025年，灯塔网初步建成。每年检修率大幅提升；声呐覆盖率达到20%左右；守塔渔船达到180艘。\n"
    "到2030年，灯塔网全面建成。每年检修率保持稳定；声呐覆盖率达到25%左右；守塔渔船达到190艘。\n",
    "plan",
)
OLD_RULE = outlined("一、衔接\n本办法实施前已经退休的守塔人，仍按原来的规定发给津贴。\n", "rule")


def of_text(found: list[Candidate], text: str) -> Candidate:
    return next(c for c in found if text in c.text)


def test_a_sentence_is_of_the_year_that_its_paragraph_has_set() -> None:
    found = list(searched(asked("2030年守塔渔船达到多少艘？"), GOALS))
    assert of_text(found, "190艘").feature("years") > 0 > of_text(found, "180艘").feature("years")


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("我爸2003年就退休了，他的守塔津贴按原来的规定发吗，怎么发？", False),  # the year of the asker's story
        ("2003年发了多少守塔津贴？", True),
    ],
)
def test_the_year_of_what_somebody_did_has_to_stand_nowhere(question: str, refused: bool) -> None:
    ready = asked(question)
    absent = plain_absence(ready, searched(ready, OLD_RULE), None, lambda _: True)
    assert bool(absent) is refused


def test_a_length_of_time_is_no_year() -> None:
    assert understand("离领津贴的岁数差不到15年，怎么交？").years == ()
    assert understand("15年的津贴是多少？").years == ("2015",)
