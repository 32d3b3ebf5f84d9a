"""What a document tells of a place in its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Header, Section, SourceDocument
from outlined import outlined

REPORT = outlined("前面的话。\n一、总体要求\n坚持统筹。\n（一）目标\n到期建成。\n二、任务\n逐项落实。", "报告")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("前面", None),
        ("一、总", "总体要求"),
        ("坚持", "总体要求"),
        ("（一）", "目标"),
        ("到期", "目标"),
        ("逐项", "任务"),
    ],
)
def test_the_innermost_section_around_a_place(words: str, title: str | None) -> None:
    section = REPORT.section_at(REPORT.text.index(words))
    assert (section.title if section else None) == title


def test_no_section_holds_what_lies_outside_the_text() -> None:
    assert REPORT.section_at(-1) is None
    assert REPORT.section_at(len(REPORT.text)) is None


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6), st.integers(0, 3)), max_size=8))
def test_of_sections_that_overlap_the_deepest_and_last_is_found(drawn: list[tuple[int, int, int]]) -> None:
    sections = tuple(
        Section(number, None, level, "body", "", None, "", (start, start), start, start + length)
        for number, (start, length, level) in enumerate(drawn)
    )
    document = SourceDocument("甲", "甲.txt", "", Header("甲"), "字" * 18, sections, ())
    for offset in range(-1, 20):
        around = [s for s in sections if s.start <= offset < s.end]
        assert document.section_at(offset) == max(around, key=lambda s: (s.level, s.index), default=None)
