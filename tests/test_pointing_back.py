"""A part of a question that points back at the body which the part before it asks for."""

from __future__ import annotations

import pytest

from qa.pointing_back import asked_of_body


@pytest.mark.parametrize(
    ("told", "parts", "asked"),
    [
        ("由副省长牵头，办公室设在省灯塔局。", ["办公室设在哪个局？", "这个局的局长是谁？"], ["省灯塔局的局长是谁？"]),
        ("由市海洋局负责。", ["由哪个局负责？", "该局还管什么？"], []),  # 该局 may be any
        ("由市海洋局、市渔业局负责。", ["由哪个局负责？", "这个局还管什么？"], []),  # two are told
        ("办公室设在省灯塔局。", ["办公室设在哪里？", "这个局的局长是谁？"], []),
    ],
)
def test_the_body_that_was_told(told: str, parts: list[str], asked: list[str]) -> None:
    assert asked_of_body(told, parts) == asked
