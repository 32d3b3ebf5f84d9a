"""What users say of answers, kept with all that is needed to judge it, and turned into cases of a question set."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from qa.answer import Answer
from qa.database import Database
from qa.measures import without_marks

FILE_NAME = "feedback.sqlite"  #: under ``Settings.data_dir``

Verdict = Literal["good", "bad"]
VERDICT_SIGNS: Mapping[Verdict, str] = {"good": "👍", "bad": "👎"}
#: Reasons of a bad verdict as the page offers them; another text is kept as it is.
REASONS = ("答案错", "出处错", "缺内容")

_SCHEMA = (
    """
    CREATE TABLE feedback (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user TEXT NOT NULL,
        verdict TEXT NOT NULL,
        reason TEXT NOT NULL,
        note TEXT NOT NULL,
        question TEXT NOT NULL,
        history TEXT NOT NULL,
        answer TEXT NOT NULL,
        settings TEXT NOT NULL,
        version TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    """
    ALTER TABLE feedback ADD COLUMN conversation TEXT NOT NULL DEFAULT '';
    ALTER TABLE feedback ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
    CREATE UNIQUE INDEX of_turn ON feedback (user, conversation, turn) WHERE conversation != ''
    """,
)


@dataclass(frozen=True)
class Feedback:
    """What one user said of one answer."""

    id: int
    user: str  #: "" without login
    verdict: Verdict
    reason: str  #: one of REASONS, other text, or ""
    note: str
    question: str
    history: tuple[tuple[str, str], ...]  #: the turns before it
    answer: Answer  #: with its passages
    settings: Mapping[str, Any]
    version: str  #: of the program
    when: datetime  #: UTC


class FeedbackStore:
    """The feedback in one SQLite file, made at first use. May be shared by threads; other processes may use the same
    file. Raises qa.database.DatabaseUnusable."""

    def __init__(self, path: str | Path) -> None:
        self._database = Database(path, _SCHEMA)

    def add(
        self,
        user: str,
        answer: Answer,
        verdict: Verdict,
        reason: str = "",
        note: str = "",
        history: Sequence[tuple[str, str]] = (),
        settings: Mapping[str, Any] | None = None,
        turn: tuple[str, int] | None = None,
    ) -> int:
        """Stores what a user says of an answer and gives its id. ``settings``: plain data for JSON, no keys of
        services. ``turn``: conversation and number of the answer, of which the user's last verdict alone is kept, under
        the id of the first. Raises ValueError for an unknown verdict."""
        _must_be_verdict(verdict)
        row = (
            user, verdict, reason.strip(), note.strip(), answer.question, _json([list(turn) for turn in history]),
            _json(answer.to_dict()), _json(settings or {}), program_version(), datetime.now(UTC).isoformat(),
            *(turn or ("", 0)),
        )  # fmt: skip
        with self._database.writing() as connection:
            stored = connection.execute(
                "INSERT INTO feedback VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (user, conversation, turn) WHERE conversation != '' DO UPDATE"
                " SET verdict = excluded.verdict, reason = excluded.reason, note = excluded.note, at = excluded.at"
                " RETURNING id",
                row,
            ).fetchone()
            return int(stored["id"])

    def verdicts(self, user: str, conversation: str) -> Mapping[int, Verdict]:
        """What a user has said of the answers of a conversation, by their numbers."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT turn, verdict FROM feedback WHERE user = ? AND conversation = ? AND conversation != ''",
                (user, conversation),
            )
            return {row["turn"]: row["verdict"] for row in rows}

    def of(self, user: str, conversation: str, turn: int) -> Feedback | None:
        """What a user has said of one answer; None for nothing."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT * FROM feedback WHERE user = ? AND conversation = ? AND turn = ? AND conversation != ''",
                (user, conversation, turn),
            ).fetchone()
            return None if row is None else _feedback(row)

    def list(self, user: str | None = None) -> Sequence[Feedback]:
        """All feedback, or one user's, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM feedback WHERE ? IS NULL OR user = ? ORDER BY id", (user, user))
            return [_feedback(row) for row in rows]

    def export(self, path: str | Path) -> int:
        """Writes a question set, one case a line (:func:`as_case`), and gives how many. The file is there whole or not
        at all. Raises OSError."""
        cases = [_json(as_case(feedback)) for feedback in self.list()]
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        _write(Path(path), cases)
        return len(cases)

    def close(self) -> None:
        """Ends the use of the file."""
        self._database.close()


def put_case(path: Path, case: Mapping[str, Any]) -> bool:
    """Adds a case to a question set, made where there is none; False where it holds one of that id, however it reads by
    now. Not to be called by two threads at once. Raises OSError."""
    lines = _lines(path)
    if any(_id_of(line) == case["id"] for line in lines):
        return False
    _write(path, [*lines, _json(case)])
    return True


def replace_case(path: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Puts ``new`` in the place of ``old``; False where the set does not hold it or somebody has written in it since.
    Not to be called by two threads at once. Raises OSError."""
    lines = _lines(path)
    before, after = _json(old), _json(new)
    if before not in lines:
        return False
    _write(path, [after if line == before else line for line in lines])
    return True


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").split("\n") if line] if path.exists() else []


def _id_of(line: str) -> object:
    """The id of a case; None for what is none: people may write in the file too."""
    try:
        case = json.loads(line)
    except ValueError:
        return None
    return case.get("id") if isinstance(case, dict) else None


def _write(path: Path, lines: Sequence[str]) -> None:
    """The file is there whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


#: What is left to write by hand before a case of a bad verdict measures anything.
_TODO: Mapping[str, str] = {
    "答案错": "请写上正确的 answer、key_points 和 evidence；文件里没有答案的，把 answerable 改成 false。",
    "出处错": "请写上正确的 evidence（原文逐字）。",
    "缺内容": "请在 answer、key_points 和 evidence 里补上缺的内容。",
}


def as_case(feedback: Feedback) -> dict[str, Any]:
    """A line of a question set as ``qa.evaluation.load_cases`` reads it.

    An answer that was found good is the reference, its sentences are the key points and its quotes the evidence; a
    refusal found good makes a question that has no answer. Of a bad one only what was right is taken over: of 出处错
    the text, of 缺内容 text and quotes; ``todo`` says what is left to be written by hand. ``source`` holds where the
    case came from; readers of question sets ignore both.
    """
    answer, good = feedback.answer, feedback.verdict == "good"
    right_text = not answer.refused and (good or feedback.reason in ("出处错", "缺内容"))
    right_quotes = not answer.refused and (good or feedback.reason == "缺内容")
    case: dict[str, Any] = {
        "id": f"feedback-{feedback.id}",
        "type": "feedback",
        "question": feedback.question,
        "history": [{"q": question, "a": said} for question, said in feedback.history],
        "answer": without_marks(answer.text) if right_text or (good and answer.refused) else "",
        "key_points": [[point] for point in _points(answer)] if right_text else [],
        "forbidden": [],
        "polarity": None,
        "evidence": [
            {"doc": _number_of_file(citation.doc_id), "quote": citation.quote} for citation in answer.citations
        ]
        if right_quotes
        else [],
        "answerable": not (good and answer.refused),
    }
    if not good:
        case["todo"] = _TODO.get(feedback.reason, _TODO["答案错"])
    case["source"] = {
        "verdict": feedback.verdict,
        "reason": feedback.reason,
        "note": feedback.note,
        "user": feedback.user,
        "when": feedback.when.isoformat(),
        "version": feedback.version,
        "given": answer.text,
    }
    return case


def _points(answer: Answer) -> list[str]:
    """The sentences without their end marks."""
    said = (without_marks(statement.sentence).strip().rstrip("。！？!?；;") for statement in answer.statements)
    return list(dict.fromkeys(filter(None, said)))


def _number_of_file(doc_id: str) -> str:
    """What a question set calls a document: the number that begins its name, else the whole name."""
    number = re.match(r"\d+(?=_|$)", doc_id)
    return number.group() if number else doc_id


def _feedback(row: sqlite3.Row) -> Feedback:
    return Feedback(
        row["id"],
        row["user"],
        row["verdict"],
        row["reason"],
        row["note"],
        row["question"],
        tuple((question, said) for question, said in json.loads(row["history"])),
        Answer.from_dict(json.loads(row["answer"])),
        json.loads(row["settings"]),
        row["version"],
        datetime.fromisoformat(row["at"]),
    )


def _must_be_verdict(verdict: str) -> None:
    if verdict not in VERDICT_SIGNS:
        raise ValueError(f"评价只能是 {'、'.join(VERDICT_SIGNS)}，这里是 {verdict}。")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def program_version() -> str:
    """The version of the installed program; "" when it runs from its sources."""
    try:
        return version("policyqa")
    except PackageNotFoundError:
        return ""
