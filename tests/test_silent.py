"""benchmarks/silent.py: functions that never give anything are found."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import CodeType

import pytest

import silent

RULES = """\
from typing import Protocol


class Held(Protocol):
    def text(self) -> str: ...


class Rule:
    @property
    def never(self):
        return None


def tells(x):
    return x


def silent(x):
    def inside():
        return True

    return None if inside() else x


def uncalled():
    return 1
"""


def test_functions_that_gave_nothing_are_named_with_their_calls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules.py").write_text(RULES, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("rules", tmp_path / "rules.py")
    assert spec is not None and spec.loader is not None
    rules = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rules)
    counts: dict[CodeType, silent.Count] = {}
    with silent.counted(tmp_path, counts):
        rules.tells("a")
        rules.tells("")
        rules.silent(1)
        assert rules.Rule().never is None
    rules.silent(2)  # no longer counted
    found = {f"{f.module}.{f.name}": (c.called, c.told) for f, c in silent.silent(tmp_path, counts)}
    assert found == {"rules.Rule.never": (1, 0), "rules.silent": (1, 0), "rules.uncalled": (0, 0)}
    assert "rules.tells" in {f"{f.module}.{f.name}" for f, _ in silent.silent(tmp_path, counts, most=1)}
