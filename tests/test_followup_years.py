"""去年 and 明年 are counted from the year that the talk is about."""

from __future__ import annotations

import pytest

from talks import asked

COUNTIES = "河朔省2024年要建成多少个试验县？"


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        ([COUNTIES], "那去年呢？", "河朔省2023年要建成多少个试验县？"),
        ([COUNTIES], "后年呢？", "河朔省2026年要建成多少个试验县？"),
        ([COUNTIES, "去年呢？"], "前年呢？", "河朔省2021年要建成多少个试验县？"),
        ([COUNTIES], "比2022年多多少？", "河朔省2024年和2022年要建成多少个试验县，差多少？"),
        ([COUNTIES], "那跟去年比增加了多少？", "河朔省2024年和2023年要建成多少个试验县，差多少？"),
        ([COUNTIES], "和2022年相比呢？", "河朔省2024年和2022年要建成多少个试验县，差多少？"),
        ([COUNTIES], "去年同期呢？", "河朔省2023年要建成多少个试验县？"),
        # No year has been spoken of: it is the one before this.
        (["河朔省建成多少个试验县？"], "去年呢？", "去年，河朔省建成多少个试验县？"),
    ],
)
def test_years_are_counted_from_the_one_spoken_of(before: list[str], question: str, standalone: str) -> None:
    assert asked(question, *before) == standalone
