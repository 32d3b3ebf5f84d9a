"""The development sets do not fall below what was reached: run through the command, as a user would."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from qa import cli
from qa.run_report import FLOORS

ROOT = Path(__file__).parents[1]
BOUNDS = tomllib.loads((ROOT / "benchmarks" / "floors.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", BOUNDS)
def test_a_floor_is_of_a_set_and_a_measure_that_there_are(name: str) -> None:
    assert (ROOT / "benchmarks" / "questions" / f"{name}.jsonl").is_file()
    assert set(BOUNDS[name]) <= set(FLOORS)


@pytest.mark.slow
@pytest.mark.parametrize("name", BOUNDS)
def test_a_development_set_holds_its_floor(name: str, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    store = tmp_path_factory.getbasetemp() / "floors"  # one index for all sets
    floors = ",".join(f"{measure}={bound}" for measure, bound in BOUNDS[name].items())
    code = cli.main(
        [
            "eval", "run", str(ROOT / "benchmarks" / "questions" / f"{name}.jsonl"), "--out", str(tmp_path / "run"),
            "--documents", str(ROOT / "corpus" / "documents"), "--data-dir", str(store), "--fail-under", floors,
        ]
    )  # fmt: skip
    assert code == 0
