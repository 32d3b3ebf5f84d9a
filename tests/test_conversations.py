"""Conversations: kept as they were shown, seen by their owner alone, found by their words."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from answers import ANSWER, REFUSED
from qa.conversations import Conversations
from qa.database import DatabaseUnusable


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "conversations.sqlite"


@pytest.fixture
def kept(file: Path) -> Conversations:
    return Conversations(file)


def test_a_conversation_survives_a_restart_with_answers_scope_and_settings(kept: Conversations, file: Path) -> None:
    one = kept.create("王芳")
    assert kept.add(one, "王芳", ANSWER.question, ANSWER, {"documents": ["010_shifanqu"]}, {"passages": 5}) == 1
    assert kept.add(one, "王芳", REFUSED.question, REFUSED) == 2
    kept.close()
    first, second = Conversations(file).turns(one, "王芳")
    assert (first.number, first.answer, first.scope, first.settings) == (
        1, ANSWER, {"documents": ["010_shifanqu"]}, {"passages": 5},
    )  # fmt: skip
    assert (second.question, second.answer, second.scope) == (REFUSED.question, REFUSED, None)


def test_a_question_is_there_before_its_answer_and_survives_a_restart(kept: Conversations, file: Path) -> None:
    one = kept.create("王芳")
    kept.add(one, "王芳", "前一问", ANSWER)
    number = kept.add(one, "王芳", ANSWER.question, None, {"documents": None})
    kept.close()
    again = Conversations(file)
    waiting = again.turns(one, "王芳")[1]
    assert (waiting.number, waiting.question, waiting.answer) == (number, ANSWER.question, None)
    assert [c.id for c in again.list("王芳", "示范区")] == [one], "it is found by its words"
    again.answer(one, "王芳", number, ANSWER)
    assert again.turns(one, "王芳")[1].answer == ANSWER
    for late in (lambda: again.answer(one, "王芳", number, REFUSED), lambda: again.withdraw(one, "王芳", number)):
        with pytest.raises(KeyError, match="已不在等回答"):
            late()


def test_a_question_that_is_withdrawn_takes_an_empty_conversation_along(kept: Conversations) -> None:
    one, two = kept.create(""), kept.create("")
    kept.add(two, "", "前一问", ANSWER)
    for conversation in (one, two):
        kept.withdraw(conversation, "", kept.add(conversation, "", "问", None))
    assert [(c.id, c.turns) for c in kept.list("")] == [(two, 1)]


def test_the_first_question_makes_the_title_until_one_is_given(kept: Conversations) -> None:
    one = kept.create("")
    kept.add(one, "", "很长的问题\n" * 20, ANSWER)
    title = kept.list("")[0].title
    assert title.startswith("很长的问题 很长的问题") and len(title) == 40 and title.endswith("…")
    kept.rename(one, "", " 示范区\n调研 ")
    kept.add(one, "", "又一问", ANSWER)
    assert kept.list("")[0].title == "示范区 调研"
    with pytest.raises(ValueError, match="标题是空的"):
        kept.rename(one, "", " \n")


def test_the_last_used_stands_first(kept: Conversations) -> None:
    one, two = kept.create("", "一"), kept.create("", "二")
    assert [c.id for c in kept.list("")] == [two, one]
    kept.add(one, "", "问", ANSWER)
    assert [(c.id, c.turns) for c in kept.list("")] == [(one, 1), (two, 0)]


def test_nobody_sees_or_changes_what_is_anothers(kept: Conversations) -> None:
    one = kept.create("王芳", "我的")
    assert kept.list("李明") == []
    for act in (
        lambda: kept.turns(one, "李明"),
        lambda: kept.add(one, "李明", "问", ANSWER),
        lambda: kept.answer(one, "李明", 1, ANSWER),
        lambda: kept.withdraw(one, "李明", 1),
        lambda: kept.rename(one, "李明", "他的"),
        lambda: kept.delete(one, "李明"),
    ):
        with pytest.raises(KeyError, match="可能已在别处删除"):
            act()
    assert [(c.title, c.turns) for c in kept.list("王芳")] == [("我的", 0)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("示范区", True),
        ("財政廳", True),
        ("调研 七个", True),
        ("ＤＩＡＯＹＡＮ", True),
        ("调研 红烧肉", False),
        ("%", False),
    ],
)
def test_a_conversation_is_found_by_all_words_of_title_questions_and_answers(
    kept: Conversations, words: str, found: bool
) -> None:
    kept.add(kept.create("", "调研 diaoyan"), "", ANSWER.question, ANSWER)
    assert bool(kept.list("", words)) is found


def test_deleting_takes_the_turns_along(kept: Conversations, file: Path) -> None:
    one = kept.create("")
    kept.add(one, "", "问", ANSWER)
    kept.delete(one, "")
    kept.close()
    with sqlite3.connect(file) as raw:
        assert raw.execute("SELECT count(*) FROM turns").fetchone() == (0,)


def test_turns_added_at_the_same_time_get_different_numbers(file: Path) -> None:
    first, second = Conversations(file), Conversations(file)  # two connections, as of two processes
    one = first.create("")
    threads = [
        threading.Thread(target=lambda store=store: [store.add(one, "", "问", ANSWER) for _ in range(5)])
        for store in (first, second, first)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [turn.number for turn in second.turns(one, "")] == list(range(1, 16))


def test_a_file_that_is_no_database_or_of_a_later_version_is_not_touched(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("不是数据库" * 1000, encoding="utf-8")
    with pytest.raises(DatabaseUnusable, match="移到别处"):
        Conversations(file)
    assert file.read_text(encoding="utf-8").startswith("不是数据库")
    file.unlink()
    with sqlite3.connect(file) as raw:
        raw.execute("PRAGMA user_version = 99")
    with pytest.raises(DatabaseUnusable, match="请升级 policyqa"):
        Conversations(file)
