"""Feedback: kept with what is needed to judge it, and a question set that the evaluation reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from answers import ANSWER, REFUSED
from qa.answer import Answer
from qa.evaluation import load_cases
from qa.feedback import FeedbackStore, as_case


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "feedback.sqlite")


def case_of(store: FeedbackStore, answer: Answer, verdict: Any, reason: str = "") -> dict[str, Any]:
    store.add("王芳", answer, verdict, reason, history=[("前一问", "前一答")])
    return as_case(store.list()[-1])


def test_what_is_said_is_kept_with_question_passages_and_settings(store: FeedbackStore) -> None:
    given = store.add("王芳", ANSWER, "bad", "缺内容", " 没有说期限 ", [("前一问", "前一答")], {"passages": 5})
    one = store.list()[0]
    assert (one.id, one.user, one.verdict, one.reason, one.note) == (given, "王芳", "bad", "缺内容", "没有说期限")
    assert (one.answer, one.history, one.settings) == (ANSWER, (("前一问", "前一答"),), {"passages": 5})
    assert one.answer.passages


def test_a_verdict_can_be_changed_by_who_gave_it(store: FeedbackStore) -> None:
    given = store.add("王芳", ANSWER, "good")
    with pytest.raises(KeyError):
        store.amend(given, "李明", "bad")
    store.amend(given, "王芳", "bad", "答案错")
    assert [(f.verdict, f.reason) for f in store.list("王芳")] == [("bad", "答案错")]
    assert store.list("李明") == []


def test_a_verdict_that_is_none_is_refused(store: FeedbackStore) -> None:
    with pytest.raises(ValueError, match="只能是 good、bad"):
        store.add("", ANSWER, "so so")  # type: ignore[arg-type]
    assert store.list() == []


def test_a_good_answer_becomes_the_reference(store: FeedbackStore) -> None:
    case = case_of(store, ANSWER, "good")
    assert case["answer"] == "到2025年，建成七个示范区。由省财政厅牵头。"
    assert case["key_points"] == [["到2025年，建成七个示范区"], ["由省财政厅牵头"]]
    assert case["evidence"][0] == {"doc": "010", "quote": "到2025年，建成七个示范区。"}
    assert case["history"] == [{"q": "前一问", "a": "前一答"}]
    assert case["answerable"] is True and "todo" not in case


def test_a_good_refusal_is_a_question_without_an_answer(store: FeedbackStore) -> None:
    case = case_of(store, REFUSED, "good")
    assert (case["answerable"], case["key_points"], case["evidence"]) == (False, [], [])


@pytest.mark.parametrize(
    ("reason", "text_kept", "quotes_kept"),
    [("答案错", False, False), ("出处错", True, False), ("缺内容", True, True), ("", False, False)],
)
def test_of_a_bad_answer_only_what_was_right_is_taken_over(
    store: FeedbackStore, reason: str, text_kept: bool, quotes_kept: bool
) -> None:
    case = case_of(store, ANSWER, "bad", reason)
    assert bool(case["answer"]) is text_kept
    assert bool(case["evidence"]) is quotes_kept
    assert case["todo"]
    assert case["source"]["given"] == ANSWER.text


def test_the_export_is_a_question_set_that_the_evaluation_reads(store: FeedbackStore, tmp_path: Path) -> None:
    for answer, verdict in ((ANSWER, "good"), (REFUSED, "good"), (ANSWER, "bad")):
        store.add("", answer, verdict)  # type: ignore[arg-type]
    assert store.export(tmp_path / "new" / "set.jsonl") == 3
    cases = load_cases(tmp_path / "new" / "set.jsonl")
    assert [c.answerable for c in cases] == [True, False, True]
    assert cases[0].evidence[0].quote == "到2025年，建成七个示范区。"
    lines = (tmp_path / "new" / "set.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["id"] for line in lines}) == 3
