"""What people say of the answers of a run: right or wrong, kept beside the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from qa.run import LABELS, Key, Run, append, lines

Mark = Literal["right", "wrong"]
MARK_NAMES: Mapping[Mark, str] = {"right": "对", "wrong": "错"}


@dataclass(frozen=True)
class Label:
    """What a person said of one answer."""

    mark: Mark
    note: str = ""


def add_label(run: Run, key: Key, label: Label) -> None:
    """Keeps what a person said of an answer, in place of what was said before; on disk when this returns. Raises
    ValueError for another mark than right and wrong."""
    if label.mark not in MARK_NAMES:
        raise ValueError(f"标注只能是 right（对）或 wrong（错），这里是 {label.mark}。")
    when = datetime.now(UTC).isoformat(timespec="seconds")
    said = {"set": key[0], "number": key[1], "mark": label.mark, "note": label.note, "when": when}
    append(run.folder / LABELS, said)


def labels_of(run: Run) -> dict[Key, Label]:
    """What was said of each answer, the last word only."""
    return {
        (line["set"], line["number"]): Label(line["mark"], line.get("note", ""))
        for line in lines(run.folder / LABELS)
        if {"set", "number", "mark"} <= line.keys()
    }
