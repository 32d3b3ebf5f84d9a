"""A talk that is remembered, bounded, written down and taken up again."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_bot import FakeBot
from qa.session import Session, SessionUnreadable
from qa.writer import tokens_at_most


def session(memory: int = 2000) -> Session:
    return Session(FakeBot(), memory)  # type: ignore[arg-type]


def test_a_follow_up_leans_on_the_turns_before() -> None:
    talk = session()
    talk.ask("示范区建几个？")
    talk.ask("谁牵头？")
    asked = talk.bot.asked  # type: ignore[attr-defined]
    assert asked[0][1] == ()
    assert asked[1][1] == (("示范区建几个？", "到2025年，建成七个示范区。"),)


def test_old_turns_are_forgotten_when_the_memory_is_full() -> None:
    talk = session(memory=60)
    for n in range(5):
        talk.ask(f"第{n}次问，示范区建几个？")
    assert [asked for asked, _ in talk.history] == ["第3次问，示范区建几个？", "第4次问，示范区建几个？"]


def test_the_last_turn_is_remembered_however_long() -> None:
    talk = session(memory=1)
    talk.ask("示范区建几个？")
    assert len(talk.history) == 1


def test_a_last_turn_of_rare_characters_is_cut_to_its_tokens() -> None:
    talk = session(memory=30)
    talk.ask("龘" * 50)
    assert sum(tokens_at_most(text) for text in talk.history[0]) <= 30


def test_a_talk_is_taken_up_with_the_same_citations(tmp_path: Path) -> None:
    talk = session()
    first = talk.ask("示范区建几个？")
    talk.save(tmp_path / "talk.json")
    again = Session.load(tmp_path / "talk.json", talk.bot)
    assert again.history == talk.history
    assert (again.answers[0].text, again.answers[0].citations) == (first.text, first.citations)
    assert list(tmp_path.iterdir()) == [tmp_path / "talk.json"]


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "[" * 100_000, '{"version": 1, "answers": [{}]}', '{"version": 99, "answers": []}']
)
def test_what_is_no_talk_is_said(tmp_path: Path, content: str) -> None:
    path = tmp_path / "talk.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SessionUnreadable, match="请"):
        Session.load(path, session().bot)


def test_a_file_that_cannot_be_read_is_told_in_chinese(tmp_path: Path) -> None:
    bot = session().bot
    with pytest.raises(SessionUnreadable, match="没有这个文件或文件夹。请检查路径"):
        Session.load(tmp_path / "没有.json", bot)
    with pytest.raises(SessionUnreadable, match="这是一个文件夹"):
        Session.load(tmp_path, bot)
