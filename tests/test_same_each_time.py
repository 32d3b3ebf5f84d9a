"""The extractive engine gives the same rows each time: whatever order sets come in, and however many processes ask."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation import load_cases
from qa.question_sets import write_cases

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
#: Lists whose sentences stand word for word in two of the documents, and some of other kinds.
ASKED = {"policy_more": ("PC023",), "context_more": (), "policy_dev": ()}
_MORE = 12  #: of each set besides


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A question set out of the bundled ones, and the index beside it."""
    folder = tmp_path_factory.mktemp("same")
    cases = [
        case
        for name, wanted in ASKED.items()
        for number, case in enumerate(load_cases(ROOT / "benchmarks" / "questions" / f"{name}.jsonl"))
        if case.id in wanted or number < _MORE
    ]
    write_cases(folder / "set.jsonl", ((case, "") for case in cases))
    rows_of(folder, "first", limit=1, documents=ROOT / "corpus" / "documents")
    return folder


def rows_of(folder: Path, name: str, *, seed: int = 0, workers: int = 1, **options: object) -> list[dict[str, Any]]:
    """The rows of a run in a process of its own, without their times. ``seed``: of the hashes of strings, which decide
    in what order a set gives its members."""
    command = [
        sys.executable,
        "-m",
        "qa",
        "eval",
        "run",
        str(folder / "set.jsonl"),
        "--data-dir",
        str(folder / "index"),
    ]
    command += ["--out", str(folder / name), "--workers", str(workers), "--engine", "extractive"]
    command += [word for option, value in options.items() for word in (f"--{option}", str(value))]
    environment = os.environ | {"PYTHONHASHSEED": str(seed)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    lines = (folder / name / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    return [{field: value for field, value in json.loads(line).items() if field != "seconds"} for line in lines]


def test_rows_depend_neither_on_the_hashes_of_strings_nor_on_the_number_of_workers(asked: Path) -> None:
    first = rows_of(asked, "zero", seed=0)
    for other in (rows_of(asked, "one", seed=1), rows_of(asked, "two", seed=0, workers=2)):
        assert [row["id"] for row in other] == [row["id"] for row in first]
        differ = [a["id"] for a, b in zip(first, other, strict=True) if a != b]
        assert differ == []
