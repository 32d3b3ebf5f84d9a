"""What is exchanged in a follow-up leaves the thing that is asked about."""

from __future__ import annotations

import pytest

from qa.followup import rewrite


def asked(question: str, *before: str) -> str:
    history: list[tuple[str, str]] = []
    for earlier in before:
        history.append((earlier, ""))
    return rewrite(question, history).standalone


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        # Houses in which something is run are of one sort,
        (["河朔市学校食堂油烟检测费怎么收？"], "普通酒店呢？", "河朔市普通酒店油烟检测费怎么收？"),
        # and a fee is asked of another payer.
        (["河朔市学校食堂油烟检测费怎么收？"], "小区居民呢？", "河朔市小区居民检测费怎么收？"),
        (["河朔市停车费怎么收？"], "物业费呢？", "河朔市物业费怎么收？"),
        # How bad it is makes a case of it.
        (
            ["河朔市渔船没按时检修罚多少？"],
            "情节严重呢？",
            "河朔市渔船没按时检修，情节严重的，怎么办？",
        ),
        (
            ["河朔市渔船没按时检修罚多少？"],
            "那后果特别严重的呢？",
            "河朔市渔船没按时检修，后果特别严重的，怎么办？",
        ),
    ],
)
def test_the_thing_asked_about_stays(before: list[str], question: str, standalone: str) -> None:
    assert asked(question, *before) == standalone
