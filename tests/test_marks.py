"""Citation marks in the spellings that language models use."""

from __future__ import annotations

import pytest

from qa.marks import Marked, numbers_of, split_marked, without_marks


@pytest.mark.parametrize(
    ("written", "sentence", "marks"),
    [
        ("甲负责[1]。", "甲负责。", (1,)),
        ("甲负责。[1]", "甲负责。", (1,)),
        ("甲负责【1】。", "甲负责。", (1,)),
        ("甲负责［１］。", "甲负责。", (1,)),
        ("甲负责〔2〕。", "甲负责。", (2,)),
        ("甲负责[1,3]。", "甲负责。", (1, 3)),
        ("甲负责[1、3]。", "甲负责。", (1, 3)),
        ("甲负责[1][2][1]。", "甲负责。", (1, 2)),
        ("甲负责[2-4]。", "甲负责。", (2, 3, 4)),
        ("甲负责(1)。", "甲负责。", (1,)),
        ("甲负责（2）。", "甲负责。", (2,)),
        ("甲负责[^1]。", "甲负责。", (1,)),
        ("甲负责[来源2]。", "甲负责。", (2,)),
        ("**甲负责**[1]", "甲负责。", (1,)),
        ("- 甲负责[1]", "甲负责。", (1,)),
        ("甲负责", "甲负责。", ()),
    ],
)
def test_a_mark_in_any_spelling(written: str, sentence: str, marks: tuple[int, ...]) -> None:
    assert split_marked(written, 5) == [Marked(sentence, marks)]


def test_numbers_that_name_no_evidence_are_dropped() -> None:
    assert split_marked("甲负责[0][6][99]。", 5) == [Marked("甲负责。", ())]


def test_what_only_looks_like_a_mark_stays() -> None:
    text = "国发〔2015〕40号要求（一）做甲；（2）做乙。"
    assert split_marked(text, 5) == [Marked(text, ())]


def test_every_sentence_has_its_own_marks() -> None:
    said = split_marked("是的，甲负责[1]。乙参与。[2]\n\n丙也参与【3】", 3)
    assert said == [Marked("是的，甲负责。", (1,)), Marked("乙参与。", (2,)), Marked("丙也参与。", (3,))]


def test_a_line_of_marks_alone_belongs_to_the_sentence_before() -> None:
    assert split_marked("甲负责\n[1][2]", 3) == [Marked("甲负责。", (1, 2))]


def test_a_range_that_runs_backwards_or_too_far_names_its_ends() -> None:
    assert numbers_of("[4-2]") == [4, 2]
    assert numbers_of("[1-900]") == [1, 900]


def test_an_answer_without_its_marks() -> None:
    assert without_marks("甲负责[1]，乙参与【2】。") == "甲负责，乙参与。"
