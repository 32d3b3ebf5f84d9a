"""Runs of the fake bot, for tests of what is done with runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fake_bot import FakeBot
from qa.answer import Answer
from qa.evaluation import Ask, Case, Evidence, Surroundings
from qa.question_sets import write_cases
from qa.run import Run, ask_all, asker, head_of, question_sets, start

CASES = (
    Case(
        "1", "numeric", "要建成几个示范区？", "七个。", (), (("七个", "7个"),), (), None,
        (Evidence("010", "到2025年，建成七个示范区。"),),
    ),
    Case(
        "2", "responsibility", "谁牵头？", "市财政局牵头，市教育局参与。", (), (("市财政局",), ("市教育局",)), (), None,
        (Evidence("010", "由市财政局牵头，市科技局参与。"),),
    ),
    Case("3", "unanswerable", "红烧肉放几勺糖？", "没有。", answerable=False),
    Case("4", "unanswerable", "示范区谁捐的？", "没有。", answerable=False),
    Case("5", "numeric", "投入多少？", "9元。", (), (("9元",),), (), None, (Evidence("010", "投入9元。"),)),
)  # fmt: skip


def opened() -> tuple[Ask, Surroundings | None]:
    """The fake bot, as a worker opens it."""
    return asker(FakeBot())  # type: ignore[arg-type]


def opened_slowly() -> tuple[Ask, Surroundings | None]:
    """The fake bot, thinking for a while about each question."""
    ask, around = opened()

    def slowly(question: str, history: Sequence[tuple[str, str]]) -> Answer:
        time.sleep(0.05)
        return ask(question, history)

    return slowly, around


def opened_failing() -> tuple[Ask, Surroundings | None]:
    """A bot that fails with one of the questions."""
    ask, around = opened()

    def failing(question: str, history: Sequence[tuple[str, str]]) -> Answer:
        if "牵头" in question:
            raise ConnectionError("没有网络")
        return ask(question, history)

    return failing, around


def made(
    folder: Path,
    cases: Sequence[Case] = CASES,
    opener: Callable[[], Any] = opened,
    *,
    name: str = "小集",
    resume: bool = False,
    **how: Any,
) -> Run:
    """A run of these cases in a folder; the question set lies beside it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    path = folder.parent / f"{name}.jsonl"
    write_cases(path, [(case, "") for case in cases])
    sets = question_sets([path])
    run, done = start(folder, head_of(FakeBot(), sets), resume=resume)  # type: ignore[arg-type]
    return ask_all(run, done, sets, opener, **how)
