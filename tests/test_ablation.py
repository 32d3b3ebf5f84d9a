"""What each way of answering is worth: found among the functions of a module, and counted."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

from ablation import Way, table, ways


def named(text: str) -> str | None:
    return text or None


def lacks(text: str) -> bool:
    return not text


def shortened(text: list[str]) -> list[str]:
    return text[:1]


def size(text: str) -> int:
    return len(text)


def module() -> ModuleType:
    toy = ModuleType("qa.toy")
    for function in (named, lacks, shortened, size):
        function.__module__ = "qa.toy"
        setattr(toy, function.__name__, function)
    return toy


def test_what_each_function_gives_without_effect() -> None:
    off = {way.name: way.off for _, _, way in ways(module())}
    assert off.keys() == {"toy.named", "toy.lacks", "toy.shortened"}, "a size is no answer"
    assert (off["toy.named"], off["toy.lacks"]) == (None, False)
    assert next(way.same for name, _, way in ways(module()) if name == "shortened") == (0, "text")


def test_ways_that_cost_most_answers_stand_first(tmp_path: Path) -> None:
    def row(way: str, right: bool, without: bool) -> str:
        told = {"with": {"right": right, "text": "甲"}, "without": {"right": without, "text": "乙"}}
        return json.dumps({"way": way, **told})

    rows = [row("good", True, False), row("good", True, True), row("bad", False, True)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    told = table(tmp_path / "rows.jsonl", [Way("good", None), Way("bad", None), Way("idle", None)], 3)
    assert told.splitlines()[3:] == [
        "| bad | 1 | 1 | 0 | 1 | 0.0 |",
        "| idle | 0 | 0 | 0 | 0 | 0.0 |",
        "| good | 2 | 2 | 1 | 0 | 0.0 |",
    ]
