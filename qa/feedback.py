"""What users say of answers, kept with all that is needed to judge it, and turned into cases of a question set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from qa.answer import Answer

FILE_NAME = "feedback.sqlite"  #: under ``Settings.data_dir``

Verdict = Literal["good", "bad"]
VERDICT_SIGNS: Mapping[Verdict, str] = {"good": "👍", "bad": "👎"}
#: Reasons of a bad verdict as the page offers them; another text is kept as it is.
REASONS = ("答案错", "出处错", "缺内容")


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
        raise NotImplementedError

    def add(
        self,
        user: str,
        answer: Answer,
        verdict: Verdict,
        reason: str = "",
        note: str = "",
        history: Sequence[tuple[str, str]] = (),
        settings: Mapping[str, Any] | None = None,
    ) -> int:
        """Stores what a user says of an answer and gives its id. ``settings``: plain data for JSON, no keys of
        services. Raises ValueError for an unknown verdict."""
        raise NotImplementedError

    def amend(self, feedback: int, user: str, verdict: Verdict, reason: str = "", note: str = "") -> None:
        """Puts another verdict, reason and note in place of the user's own. Raises KeyError, ValueError."""
        raise NotImplementedError

    def list(self, user: str | None = None) -> Sequence[Feedback]:
        """All feedback, or one user's, oldest first."""
        raise NotImplementedError

    def export(self, path: str | Path) -> int:
        """Writes a question set, one case a line (:func:`as_case`), and gives how many. The file is there whole or not
        at all."""
        raise NotImplementedError

    def close(self) -> None:
        """Ends the use of the file."""
        raise NotImplementedError


def as_case(feedback: Feedback) -> dict[str, Any]:
    """A line of a question set as ``qa.evaluation.load_cases`` reads it."""
    raise NotImplementedError
