"""Feedback: kept with what is needed to judge it, and a question set that the evaluation reads."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from answers import ANSWER, REFUSED
from qa.answer import Answer
from qa.evaluation import load_cases
from qa.feedback import _SCHEMA, FeedbackStore, as_case, put_case, replace_case


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


def test_of_one_answer_the_last_verdict_alone_is_kept(store: FeedbackStore) -> None:
    first = store.add("王芳", ANSWER, "good", turn=("c1", 2))
    assert store.add("王芳", ANSWER, "bad", "答案错", "少了", turn=("c1", 2)) == first
    store.add("王芳", REFUSED, "good", turn=("c1", 1))
    store.add("李明", ANSWER, "good", turn=("c2", 2))
    assert store.verdicts("王芳", "c1") == {1: "good", 2: "bad"}
    assert store.verdicts("李明", "c1") == {}
    told = store.of("王芳", "c1", 2)
    assert told is not None and (told.verdict, told.reason, told.note) == ("bad", "答案错", "少了")
    assert store.of("李明", "c1", 2) is None


def test_verdicts_without_a_conversation_stand_side_by_side(store: FeedbackStore) -> None:
    assert store.add("", ANSWER, "good") != store.add("", ANSWER, "bad")
    assert store.verdicts("", "") == {}


def test_a_file_of_the_version_before_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute(_SCHEMA[0])
        raw.execute("PRAGMA user_version = 1")
        row = ("王芳", "good", "", "", ANSWER.question, "[]", json.dumps(ANSWER.to_dict()), "{}", "", "2024-03-05")
        raw.execute(f"INSERT INTO feedback VALUES (NULL{', ?' * len(row)})", row)
    store = FeedbackStore(path)
    store.add("王芳", ANSWER, "bad", turn=("c1", 1))
    assert [f.verdict for f in store.list()] == ["good", "bad"]


def test_a_case_is_put_once_and_follows_the_verdict_until_somebody_writes_in_it(
    store: FeedbackStore, tmp_path: Path
) -> None:
    path = tmp_path / "set.jsonl"
    good = case_of(store, ANSWER, "good")
    bad = {**good, "answer": "", "todo": "请写上正确的 answer。"}
    path.write_text('{"question": "别的题", "id": 7}', encoding="utf-8")  # by hand, without an end of line
    assert put_case(path, good) and not put_case(path, good)
    assert replace_case(path, good, bad)
    assert [json.loads(line) for line in path.read_text("utf-8").splitlines()][1] == bad
    path.write_text(path.read_text("utf-8").replace('"answer": ""', '"answer": "人写的"'), encoding="utf-8")
    assert not replace_case(path, bad, good) and not put_case(path, good)
    assert "人写的" in path.read_text("utf-8")
    assert not list(tmp_path.glob(".set*"))


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
