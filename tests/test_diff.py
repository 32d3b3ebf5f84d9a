"""Two runs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from qa.answer import REFUSAL, Answer
from qa.evaluation import Case
from qa.run import RunError
from qa.run_diff import compare, told_change, write_diff_html
from runs import CASES, made, opened


def opened_other() -> object:
    """A bot that refuses what the fake one answers about 示范区, and knows how much is spent."""
    ask, around = opened()

    def other(question: str, history: Sequence[tuple[str, str]]) -> Answer:
        if "投入" in question:
            return Answer(question, "投入9元。[1]")
        if "示范区" in question:
            return Answer(question, REFUSAL, refused=True)
        return ask(question, history)

    return other, around


def test_what_has_become_better_and_worse(tmp_path: Path) -> None:
    before, after = made(tmp_path / "a" / "run"), made(tmp_path / "b" / "run", opener=opened_other)
    found = compare(before, after)
    assert [(c.change, c.after.id) for c in found.changed] == [("better", "4"), ("better", "5"), ("worse", "1")]
    assert found.shared == 5 and found.settings == {}
    strict, refusal = found.switched["strict"], found.switched["refusal"]
    assert (strict.better, strict.worse, strict.questions) == (1, 1, 3) and strict.p == 1.0
    assert (refusal.better, refusal.worse, refusal.questions) == (1, 0, 2)
    assert found.means["point_recall"].change == pytest.approx(0.0)
    assert found.means["numbers"].questions == 2, "pooled measures have their significance too"
    assert {"point_support", "citation_precision_right"} <= set(found.means)


def test_another_program_is_among_what_differs(tmp_path: Path) -> None:
    before, after = made(tmp_path / "a" / "run"), made(tmp_path / "b" / "run")
    changed = replace(after, head={**after.head, "code": "0" * 64})
    assert compare(before, changed).settings == {"code": (before.head["code"], "0" * 64)}


def test_a_change_that_may_be_chance_has_no_colour(tmp_path: Path) -> None:
    many = [replace(case, id=f"{i}-{case.id}") for i in range(8) for case in CASES]
    found = compare(made(tmp_path / "a" / "run", CASES), made(tmp_path / "b" / "run", CASES, opened_other))
    assert told_change(found, "refusal") == ("+0.50", "1 题变好，0 题变坏，p = 1.000", "")
    found = compare(made(tmp_path / "c" / "run", many), made(tmp_path / "d" / "run", many, opened_other))
    assert told_change(found, "refusal") == ("+0.50", "8 题变好，0 题变坏，p = 0.008", "better")
    assert told_change(found, "strict")[0] == "0"


def test_only_questions_that_both_have_are_compared(tmp_path: Path) -> None:
    extra = Case("9", "", "谁牵头？", "甲。", (), (("甲",),))
    found = compare(made(tmp_path / "a" / "run", CASES), made(tmp_path / "b" / "run", (*CASES[:2], extra)))
    assert (found.shared, found.only_before, found.only_after) == (2, 3, 1)
    assert found.changed == ()
    with pytest.raises(RunError, match="没有相同的题"):
        compare(made(tmp_path / "c" / "run", CASES[:1]), made(tmp_path / "d" / "run", CASES[1:2]))


def test_the_page_shows_both_answers_and_fetches_nothing(tmp_path: Path) -> None:
    nasty = replace(CASES[0], question="示范区<img src=x>")
    before, after = made(tmp_path / "a" / "run", (nasty,)), made(tmp_path / "b" / "run", (nasty,), opened_other)
    found = compare(before, after)
    with (tmp_path / "diff.html").open("w", encoding="utf-8") as file:
        write_diff_html(found, file)
    html = (tmp_path / "diff.html").read_text(encoding="utf-8")
    assert "到2025年，建成七个示范区。[1]" in html and REFUSAL in html and "<img" not in html and "src=x&gt;" in html
    assert "对 → 误拒" in html and "href=" not in html
    assert found.to_dict()["changed"][0]["change"] == "worse"
