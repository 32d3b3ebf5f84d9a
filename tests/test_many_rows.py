"""A set of thousands of rows needs hardly more memory than one of a hundred, from the first question to the comparison."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qa.answer import REFUSAL, Answer
from qa.run import open_run
from qa.run_diff import compare, write_diff_html
from qa.run_report import evaluate, summary, write_reports
from runs import CASES, made, opened

_A_ROW = 2_000  #: bytes kept of a row: where it lies, its numbers, and that it is done


def opened_at_length() -> tuple[Any, Any]:
    """A bot whose passages are long."""
    ask, around = opened()

    def at_length(question: str, history: Sequence[tuple[str, str]]) -> Answer:
        answer = ask(question, history)
        chunks = (replace(p.chunk, text=p.text + "其余从略。" * 1000) for p in answer.passages)
        return replace(
            answer, passages=tuple(replace(p, chunk=c) for p, c in zip(answer.passages, chunks, strict=True))
        )

    return at_length, around


def opened_refusing() -> tuple[Any, Any]:
    """The same bot, which answers nothing: of every question something else comes."""
    ask, around = opened_at_length()
    return lambda question, history: replace(ask(question, history), text=REFUSAL, refused=True, citations=()), around


def growth(work: Callable[[int], object], most: int) -> float:
    """Bytes by which the peak of memory grows with each row."""

    def peak(rows: int) -> int:
        tracemalloc.start()
        work(rows)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(20)  # what is imported and kept the first time
    return (peak(most) - peak(100)) / (most - 100)


@pytest.mark.slow
def test_runs_reports_and_comparisons_keep_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)

    def work(rows: int) -> None:
        cases = [replace(CASES[0], id=str(number)) for number in range(rows)]
        folders = tmp_path / f"a{rows}" / "run", tmp_path / f"b{rows}" / "run"
        for folder, opener in zip(folders, (opened_at_length, opened_refusing), strict=True):
            write_reports(summary(made(folder, cases, opener)))
        found = compare(*map(open_run, folders))
        assert len(found.changed) == rows
        with (tmp_path / "diff.html").open("w", encoding="utf-8") as file:
            write_diff_html(found, file)

    assert growth(work, 2_000) < _A_ROW


def test_an_evaluation_from_a_program_keeps_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    ask, around = opened_at_length()

    def work(rows: int) -> None:
        report = evaluate(ask, [CASES[0]] * rows, surroundings=around)
        assert report.overall["questions"] == rows and report.run.whole

    assert growth(work, 600) < _A_ROW
