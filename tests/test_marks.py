"""Citation marks in the spellings that language models use."""

from __future__ import annotations

import pytest

from qa.marks import Marked, finished, left_out, numbers_of, split_marked, without_marks


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
        ("甲负责。(1)", "甲负责。", (1,)),
        ("甲负责。 （1）", "甲负责。", (1,)),
        ("甲负责(1)(2)。", "甲负责。", (1, 2)),
        ("甲负责。\n(1)", "甲负责。", (1,)),
        ("甲负责。[1](2)", "甲负责。", (1, 2)),
        ("甲负责①。", "甲负责。", (1,)),
        ("甲负责¹。", "甲负责。", (1,)),
        ("甲负责<sup>1</sup>。", "甲负责。", (1,)),
        ("甲负责<cite>[2]</cite>。", "甲负责。", (2,)),
        ("甲负责[1]、[2]。", "甲负责。", (1, 2)),
        ("甲负责[1]和【2】。", "甲负责。", (1, 2)),
        ("甲负责[1] [3] 。", "甲负责。", (1, 3)),
        ("甲负责，[1]。", "甲负责。", (1,)),
        ("甲负责[[1]]。", "甲负责。", (1,)),
        ("甲负责【原文[1]】。", "甲负责。", (1,)),
        ("甲负责（来源：[1]）。", "甲负责。", (1,)),
        ("甲负责。（见[1]、[2]）", "甲负责。", (1, 2)),
        ("甲负责（来源1）。", "甲负责。", (1,)),
        ("甲负责。（原文1）", "甲负责。", (1,)),
        ("甲负责。[注1]", "甲负责。", (1,)),
        ("甲负责。[来源:1]", "甲负责。", (1,)),
        ("甲负责。[1/2]", "甲负责。", (1, 2)),
        ("甲负责【1†来源3】。", "甲负责。", (1,)),
        ("甲负责。\\[1\\]", "甲负责。", (1,)),
        ("甲负责[1](#1)。", "甲负责。", (1,)),
        ("根据[1]的规定，甲负责。", "甲负责。", (1,)),
        ("[1]甲负责。", "甲负责。", (1,)),
        ("1、甲负责。[1]", "甲负责。", (1,)),
        ("甲负责...[1]", "甲负责。", (1,)),
    ],
)
def test_a_mark_in_any_spelling(written: str, sentence: str, marks: tuple[int, ...]) -> None:
    assert split_marked(written, 5) == [Marked(sentence, marks)]


def test_numbers_that_name_no_evidence_are_dropped() -> None:
    assert split_marked("甲负责[0][6][99]。", 5) == [Marked("甲负责。", ())]


@pytest.mark.parametrize(
    "text",
    [
        "国发〔2015〕40号要求（一）做甲；（2）做乙。",
        "甲发〔12〕3号要求做乙。",
        "甲发[12]第3号要求做乙。",
        "分两步：（1）修路；（2）治水。",
        "做到：①修路；②治水。",
        "适用本办法（第3条）。",
        "面积5米²、3km²。",
        "1、2号线开通。",
        "1.5亿元。",
    ],
)
def test_what_only_looks_like_a_mark_stays(text: str) -> None:
    assert split_marked(text, 20) == [Marked(text, ())]


@pytest.mark.parametrize(
    ("written", "marks"),
    [
        ("甲负责。（1）乙参与。（2）", [(1,), (2,)]),
        ("甲负责。（1）\n乙参与。（2）", [(1,), (2,)]),
        ("甲负责。(1)(2)乙参与。(3)", [(1, 2), (3,)]),
        ("甲负责。（2）乙参与。", [(2,), ()]),
    ],
)
def test_round_marks_behind_full_stops(written: str, marks: list[tuple[int, ...]]) -> None:
    assert split_marked(written, 3) == [
        Marked(said, own) for said, own in zip(("甲负责。", "乙参与。"), marks, strict=True)
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("（1）修路。（2）治水。", ["（1）修路。", "（2）治水。"]),
        ("做两项。（1）修路。（2）治水。", ["做两项。", "（1）修路。", "（2）治水。"]),
        ("做两项。（1）修路。（2）治水。[1]", ["做两项。", "（1）修路。", "（2）治水。"]),
        ("做两项。（1）修路；（2）治水。", ["做两项。", "（1）修路；（2）治水。"]),
        ("（1）修路。[1]（2）治水。[2]", ["（1）修路。", "（2）治水。"]),
        ("做两项。（一）修路。（二）治水。", ["做两项。", "（一）修路。", "（二）治水。"]),
    ],
)
def test_numbers_that_lead_in_to_items_are_no_marks(written: str, said: list[str]) -> None:
    assert [sentence.text for sentence in split_marked(written, 3)] == said


def test_what_is_left_of_a_mark_is_no_sentence() -> None:
    assert split_marked("甲负责：\n（1）。", 3) == [Marked("甲负责：", ())]
    assert split_marked("500", 3) == [Marked("500。", ())]


def test_every_spelling_of_a_mark_is_cut_and_never_told_as_dropped() -> None:
    written = "甲负责。（1）乙参与[[2]]。（来源：[2]）"
    assert without_marks(written) == "甲负责。乙参与。"
    assert left_out(written, ["甲负责。", "乙参与。"]) == ()
    assert finished(written + "丙不得") == "甲负责。[1]乙参与[2]。[2]"


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
