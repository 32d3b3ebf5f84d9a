"""The place and the year of a talk stay in a follow-up, once, and a new one takes the place of the old one."""

from __future__ import annotations

import pytest

from qa.followup import rewrite
from talks import asked


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        # A thing takes the place of a thing, not of the place and the year.
        (["河朔市高压锅炉补贴多少？"], "热泵呢？", "河朔市热泵补贴多少？"),
        (["2024年河朔市高压锅炉补贴多少？"], "热泵呢？", "2024年河朔市热泵补贴多少？"),
        (["河朔省中小微企业返还比例是多少？"], "大企业呢？", "河朔省大企业返还比例是多少？"),
        # What narrows a thing down takes the place of its like, or stands behind the place.
        (["河朔市高压锅炉补贴多少？"], "低压的呢？", "河朔市低压锅炉补贴多少？"),
        (["河朔市锅炉补贴多少？"], "烧煤的呢？", "河朔市烧煤的锅炉补贴多少？"),
        (["河朔市锅炉补贴多少？", "烧煤的呢？"], "热泵呢？", "河朔市热泵补贴多少？"),
        # Two places of one level never stand together.
        (["河朔市锅炉补贴多少？", "要多少个工作日？"], "东麓市的第三步呢？", "东麓市锅炉补贴，第三步要多少个工作日？"),
        (["河朔市锅炉补贴的申报程序是什么？"], "东麓市的多久公示？", "东麓市锅炉补贴，多久公示？"),
    ],
)
def test_the_place_is_kept_or_exchanged(before: list[str], question: str, standalone: str) -> None:
    assert asked(question, *before) == standalone


def test_a_part_of_what_was_asked_about_stands_before_the_question() -> None:
    turn = ("2023年底渡船有多少艘？", "2023年底渡船有61艘。")
    assert rewrite("其中丁县那边的呢？", [turn]).standalone == "其中丁县，2023年底渡船有多少艘？"


def test_a_place_called_by_half_its_name_is_named_in_full_where_the_documents_have_one() -> None:
    def asked_of(question: str, *names: str) -> str:
        before = [("2024年河朔县锅炉补贴多少？", "5万元。")]
        return rewrite(question, before, (), lambda text: text in {"河朔县", "锅炉", *names}).standalone

    assert asked_of("西岬呢？", "西岬县") == "2024年西岬县锅炉补贴多少？"
    assert "西岬县" not in asked_of("西岬呢？", "西岬县", "西岬市")  # which of the two is not said
    assert asked_of("热泵呢？", "热泵") == "2024年河朔县热泵补贴多少？"
