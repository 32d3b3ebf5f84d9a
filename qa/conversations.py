"""Conversations that survive a restart: who asked what, and the answers with their citations as they were given.

A question is stored when it is asked: what ends before its answer loses no question.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.tokens import fold
from qa.answer import Answer
from qa.database import Database

FILE_NAME = "conversations.sqlite"  #: under ``Settings.data_dir``
_TITLE = 40  #: characters of the first question that make a title

_SCHEMA = (
    """
    CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        user TEXT NOT NULL,
        title TEXT NOT NULL,
        created TEXT NOT NULL,
        updated TEXT NOT NULL
    );
    CREATE INDEX of_user ON conversations (user, updated);
    CREATE TABLE turns (
        conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        question TEXT NOT NULL,
        answer TEXT NOT NULL,
        scope TEXT NOT NULL,
        settings TEXT NOT NULL,
        said TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (conversation, number)
    )
    """,
)


@dataclass(frozen=True)
class Conversation:
    """A conversation as a list shows it."""

    id: str
    title: str  #: "" as long as nothing was asked and no title given
    created: datetime  #: UTC
    updated: datetime  #: UTC, of the last turn, title or creation
    turns: int


@dataclass(frozen=True)
class StoredTurn:
    """A question and its answer, citations and numbers as they were shown."""

    number: int  #: 1 for the first
    question: str
    answer: Answer | None  #: None as long as there is none
    scope: Mapping[str, Any] | None  #: what the question was kept to, as given to :meth:`Conversations.add`
    settings: Mapping[str, Any]
    when: datetime  #: UTC


class Conversations:
    """The conversations in one SQLite file, made at first use. May be shared by threads; other processes may use the
    same file. ``user`` is the name at login, "" without login: nobody sees or changes what is another's; for him it is
    not there (KeyError). Raises qa.database.DatabaseUnusable."""

    def __init__(self, path: str | Path) -> None:
        self._database = Database(path, _SCHEMA)

    def create(self, user: str, title: str = "") -> str:
        """A new conversation's id. An empty title is taken from the first question."""
        identity, now = secrets.token_hex(8), _now()
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, ?, ?)", (identity, user, _one_line(title), now, now)
            )
        return identity

    def list(self, user: str, search: str = "") -> Sequence[Conversation]:
        """The user's conversations, last used first; with ``search`` those whose title, questions or answers hold
        every one of its words, whatever their width and case and be they Traditional or Simplified."""
        words = [fold(word) for word in search.split()]
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT c.*, (SELECT count(*) FROM turns WHERE conversation = c.id) AS turns FROM conversations c"
                " WHERE user = ? ORDER BY updated DESC, c.rowid DESC",
                (user,),
            ).fetchall()
            if words:
                rows = [row for row in rows if _holds(connection, row, words)]
        return [
            Conversation(row["id"], row["title"], _moment(row["created"]), _moment(row["updated"]), row["turns"])
            for row in rows
        ]

    def rename(self, conversation: str, user: str, title: str) -> None:
        """Gives another title. Raises ValueError for an empty one, KeyError for a conversation that is not there."""
        if not _one_line(title):
            raise ValueError("标题是空的；请写几个字。")
        with self._database.writing() as connection:
            _own(connection, conversation, user)
            connection.execute("UPDATE conversations SET title = ? WHERE id = ?", (_one_line(title), conversation))

    def delete(self, conversation: str, user: str) -> None:
        """Removes a conversation with its turns. Raises KeyError."""
        with self._database.writing() as connection:
            _own(connection, conversation, user)
            connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))

    def add(
        self,
        conversation: str,
        user: str,
        question: str,
        answer: Answer | None,
        scope: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> int:
        """Stores a turn, whole or not at all, and gives its number; ``answer`` is None for a question that is not yet
        answered. ``scope`` and ``settings``: plain data for JSON; no keys of services. Raises KeyError."""
        row = (question, _answer(answer), _json(scope), _json(settings or {}), _said(question, answer))
        now = _now()
        with self._database.writing() as connection:
            title = _own(connection, conversation, user)["title"]
            last = connection.execute("SELECT max(number) FROM turns WHERE conversation = ?", (conversation,))
            number = (last.fetchone()[0] or 0) + 1
            connection.execute("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (conversation, number, *row, now))
            connection.execute(
                "UPDATE conversations SET title = ?, updated = ? WHERE id = ?",
                (title or _title(question), now, conversation),
            )
        return number

    def answer(self, conversation: str, user: str, number: int, answer: Answer) -> None:
        """Gives a question that was stored without an answer its own. Raises KeyError, also where it has one."""
        now = _now()
        with self._database.writing() as connection:
            question = _unanswered(connection, conversation, user, number)["question"]
            connection.execute(
                "UPDATE turns SET answer = ?, said = ?, at = ? WHERE conversation = ? AND number = ?",
                (_answer(answer), _said(question, answer), now, conversation, number),
            )
            connection.execute("UPDATE conversations SET updated = ? WHERE id = ?", (now, conversation))

    def withdraw(self, conversation: str, user: str, number: int) -> None:
        """Removes a question that has no answer, and a conversation that holds nothing else. Raises KeyError."""
        with self._database.writing() as connection:
            _unanswered(connection, conversation, user, number)
            connection.execute("DELETE FROM turns WHERE conversation = ? AND number = ?", (conversation, number))
            connection.execute(
                "DELETE FROM conversations WHERE id = ? AND NOT EXISTS (SELECT 1 FROM turns WHERE conversation = id)",
                (conversation,),
            )

    def turns(self, conversation: str, user: str) -> Sequence[StoredTurn]:
        """The turns in order. Raises KeyError."""
        with self._database.reading() as connection:
            _own(connection, conversation, user)
            rows = connection.execute("SELECT * FROM turns WHERE conversation = ? ORDER BY number", (conversation,))
            return [_turn(row) for row in rows]

    def close(self) -> None:
        """Ends the use of the file."""
        self._database.close()


def _own(connection: sqlite3.Connection, conversation: str, user: str) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM conversations WHERE id = ? AND user = ?", (conversation, user)
    ).fetchone()
    if row is None:
        raise KeyError(f"没有编号为 {conversation} 的对话；可能已在别处删除，请刷新对话列表。")
    return row


def _unanswered(connection: sqlite3.Connection, conversation: str, user: str, number: int) -> sqlite3.Row:
    _own(connection, conversation, user)
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM turns WHERE conversation = ? AND number = ? AND answer = ?",
        (conversation, number, _answer(None)),
    ).fetchone()
    if row is None:
        raise KeyError("这一问已不在等回答。请刷新页面看现在的对话。")
    return row


def _answer(answer: Answer | None) -> str:
    return _json(None if answer is None else answer.to_dict())


def _said(question: str, answer: Answer | None) -> str:
    """What a search looks through."""
    return fold(question if answer is None else f"{question}\n{answer.text}")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _holds(connection: sqlite3.Connection, row: sqlite3.Row, words: Sequence[str]) -> bool:
    """Whether title, questions and answers together hold every word."""
    title = fold(row["title"])
    return all(
        word in title
        or connection.execute(
            "SELECT 1 FROM turns WHERE conversation = ? AND instr(said, ?) LIMIT 1", (row["id"], word)
        ).fetchone()
        for word in words
    )


def _turn(row: sqlite3.Row) -> StoredTurn:
    answer = json.loads(row["answer"])
    return StoredTurn(
        row["number"],
        row["question"],
        None if answer is None else Answer.from_dict(answer),
        json.loads(row["scope"]),
        json.loads(row["settings"]),
        _moment(row["at"]),
    )


def _title(question: str) -> str:
    title = _one_line(question)
    return title if len(title) <= _TITLE else title[: _TITLE - 1] + "…"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
