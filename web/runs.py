"""Runs of question sets that are kept: each a file of JSON lines, first what it was, then its rows."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.evaluation import Case, Report, Row

_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{6}")


@dataclass(frozen=True)
class Run:
    """A run as a list shows it."""

    id: str
    name: str  #: of the question set
    when: datetime  #: UTC
    settings: Mapping[str, Any]
    overall: Mapping[str, float | None]  #: as in qa.evaluation.MEASURES


History = tuple[tuple[str, str], ...]  #: questions and answers that stood before a question


class Runs:
    """The runs in one folder, made at first use. Other processes may use the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, report: Report, cases: Sequence[Case], settings: Mapping[str, Any]) -> str:
        """Stores a run of these cases and gives its id."""
        now = datetime.now(UTC)
        identity = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        head = {
            "name": report.name,
            "when": now.isoformat(),
            "settings": dict(settings),
            "overall": report.overall,
        }
        rows = (
            {**row.to_json(), "history": [list(turn) for turn in case.history]}
            for row, case in zip(report.rows, cases, strict=True)
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f".{identity}.part"
        part.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, *rows)), "utf-8")
        part.rename(self._path(identity))
        return identity

    def list(self) -> list[Run]:
        """All runs, the last one first; files that are no runs are passed over."""
        found = []
        for path in sorted(self.folder.glob("*.jsonl"), reverse=True):
            try:
                with path.open(encoding="utf-8") as lines:
                    found.append(_run(path.stem, json.loads(next(lines))))
            except (OSError, ValueError, KeyError, StopIteration):
                continue
        return found

    def open(self, identity: str) -> tuple[Run, Report, Sequence[History]]:
        """A run with its rows and what stood before their questions. Raises KeyError."""
        try:
            head, *rows = map(json.loads, self._path(identity).read_text("utf-8").splitlines())
        except (OSError, ValueError) as error:
            raise KeyError("这次评测的记录不在了，或已损坏。请刷新页面看现有的记录。") from error
        run, read = _run(identity, head), tuple(map(Row.from_json, rows))
        return run, Report(run.name, read), [row.history for row in read]

    def remove(self, identity: str) -> None:
        """Takes a run away; one that is not there is no error."""
        self._path(identity).unlink(missing_ok=True)

    def _path(self, identity: str) -> Path:
        """Where a run lies. The id comes from outside: only one of our own form names a file."""
        return self.folder / f"{identity if _ID.fullmatch(identity) else 'unknown'}.jsonl"


def _run(identity: str, head: Mapping[str, Any]) -> Run:
    return Run(identity, head["name"], datetime.fromisoformat(head["when"]), head["settings"], head["overall"])
