"""Runs of question sets that are kept for the page: each a folder as qa.run writes it, with the questions in it."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.evaluation import Tally
from qa.question_sets import CaseError
from qa.run import HEAD, ROWS, Key, QuestionSet, Run, RunError, alone, head_of, open_run, question_sets, start
from web.accepted import safe_name

if TYPE_CHECKING:
    from qa.bot import PolicyQA

_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{6}")
_GONE = "这次评测的记录不在了，或已损坏。请刷新页面看现有的记录。"
_QUESTIONS = "questions"  #: folder with the question set, so that a run that broke off can go on


@dataclass(frozen=True)
class Kept:
    """A run as a list shows it."""

    id: str
    run: Run
    when: datetime  #: it was started, UTC
    overall: Mapping[str, float | None]  #: of the rows there are, as in qa.evaluation.MEASURES

    @property
    def done(self) -> int:
        """How many of its questions were asked."""
        return int(self.overall["questions"] or 0)


@dataclass(frozen=True)
class Work:
    """A run that is to be asked: what of it is done, and where its questions are."""

    id: str
    run: Run
    done: set[Key]
    sets: list[QuestionSet]


class Runs:
    """The runs in one folder, made at first use. Other processes may use the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, bot: PolicyQA, questions: Path, name: str) -> Work:
        """A new run of a question set, of which a copy is kept; ``name``: of its file. Raises CaseError."""
        identity = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        folder = self.folder / identity
        copy = folder / _QUESTIONS / safe_name(name)
        copy.parent.mkdir(parents=True)
        try:
            shutil.copyfile(questions, copy)
            sets = question_sets([copy])
            run, done = start(folder, head_of(bot, sets))
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, CaseError):  # where our copy lay is of no use to anybody
                raise CaseError(str(error).replace(str(copy), name)) from error
            raise
        return Work(identity, run, done, sets)

    def resume(self, bot: PolicyQA, identity: str) -> Work:
        """A run that broke off, to go on. Raises KeyError where it is not there, RunError where it was made with
        something else."""
        run = self.open(identity)
        sets = question_sets(sorted((run.folder / _QUESTIONS).glob("*")))
        run, done = start(run.folder, head_of(bot, sets), resume=True)
        return Work(identity, run, done, sets)

    def list(self) -> list[Kept]:
        """All runs, the last one first; folders that hold no run are passed over."""
        found = []
        for head in sorted(self.folder.glob(f"*/{HEAD}"), reverse=True):
            try:
                found.append(self.kept(head.parent.name))
            except (KeyError, ValueError, TypeError):
                continue
        return found

    def kept(self, identity: str) -> Kept:
        """A run with its measures. Raises KeyError where it is not there, ValueError or TypeError where it is spoilt."""
        run = self.open(identity)
        rows = run.folder / ROWS
        try:
            state = rows.stat()
        except OSError as error:
            raise KeyError(_GONE) from error
        when = datetime.fromisoformat(run.head["started"])
        return Kept(identity, run, when, _measured(run.folder, state.st_mtime_ns, state.st_size))

    def open(self, identity: str) -> Run:
        """A run. Raises KeyError."""
        try:
            return open_run(self._folder(identity))
        except RunError as error:
            raise KeyError(_GONE) from error

    def remove(self, identity: str) -> None:
        """Takes a run away; one that is not there is no error. Raises BusyRunError where it is being asked."""
        folder = self._folder(identity)
        if folder.is_dir():
            with alone(folder):
                shutil.rmtree(folder, ignore_errors=True)

    def _folder(self, identity: str) -> Path:
        """Where a run lies. The id comes from outside: only one of our own form names a folder."""
        return self.folder / (identity if _ID.fullmatch(identity) else "unknown")


@lru_cache(maxsize=500)
def _measured(folder: Path, _changed: int, _size: int) -> Mapping[str, float | None]:
    """The measures of a run as long as its rows stay as they are."""
    return Tally(open_run(folder).rows()).table()
