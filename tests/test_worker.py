"""Jobs in processes of their own: results, errors, crashes, hangs and limits."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest

from corpus.raw import ReadError, Tell
from corpus.worker import Limits, Pool, Worker, WorkerError

HERE = "test_worker"


def double(number: int, tell: Tell) -> int:
    tell("算", 1, 2)
    return 2 * number


def refuse(name: str, _tell: Tell) -> None:
    raise ReadError(f"“{name}”是空的；请检查。")


def crash(_: Any, _tell: Tell) -> None:
    os.abort()


def hang(_: Any, _tell: Tell) -> None:
    time.sleep(60)


def grow(_: Any, _tell: Tell) -> int:
    return len(bytearray(8 << 30))


def much(size: int, _tell: Tell) -> bytes:
    return bytes(size)


def chatter(_: Any, _tell: Tell) -> str:
    print("a library that prints")
    os.write(1, b"or writes to the pipe itself")
    return "说完了"


def unpicklable(_: Any, _tell: Tell) -> Any:
    return lambda: None


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    worker = Worker(Limits(seconds=5, memory=2 << 30, output=1 << 20))
    yield worker
    worker.end()


def test_a_job_gives_its_result_and_tells_how_far_it_is(worker: Worker) -> None:
    told: list[tuple[str, int, int]] = []
    assert worker.run(f"{HERE}:double", 21, lambda *said: told.append(said)) == 42
    assert told == [("算", 1, 2)]


def test_what_a_job_raises_is_raised_here(worker: Worker) -> None:
    with pytest.raises(ReadError, match="“甲”是空的"):
        worker.run(f"{HERE}:refuse", "甲")
    assert worker.run(f"{HERE}:double", 1) == 2, "the worker goes on"


def test_output_of_libraries_does_not_come_between(worker: Worker) -> None:
    assert worker.run(f"{HERE}:chatter", None) == "说完了"


@pytest.mark.parametrize(
    ("function", "argument", "told"),
    [
        ("crash", None, "意外结束（SIGABRT）"),
        ("grow", None, "意外结束.*内存不够"),
        ("much", 2 << 20, "超过了上限"),
    ],
)
def test_a_job_that_ends_its_worker_is_a_message_and_the_next_job_gets_a_new_one(
    worker: Worker, function: str, argument: Any, told: str
) -> None:
    with pytest.raises(WorkerError, match=told):
        worker.run(f"{HERE}:{function}", argument)
    assert worker.run(f"{HERE}:double", 2) == 4


def test_a_job_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    worker = Worker(Limits(seconds=1))
    with pytest.raises(WorkerError, match="1 秒没有进展"):
        worker.run(f"{HERE}:hang", None)


def test_a_result_that_cannot_be_sent_is_an_error(worker: Worker) -> None:
    with pytest.raises(RuntimeError, match="function"):
        worker.run(f"{HERE}:unpicklable", None)


def test_a_pool_keeps_the_order_and_goes_on_after_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    pool = Pool(Limits(seconds=5), size=2)
    outcomes = list(pool.map(f"{HERE}:double", [1, "二", None, 4, 5, 6, 7]))
    assert [result for result, _ in outcomes] == [2, "二二", None, 8, 10, 12, 14]
    assert [type(error) for _, error in outcomes] == [type(None), type(None), TypeError, *[type(None)] * 4]
    pool.end()
