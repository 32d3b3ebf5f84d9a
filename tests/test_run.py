"""Runs on disk: no row is lost when a run is killed, and none is asked twice."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fake_bot import FakeBot, FakeModel
from qa import PolicyQA
from qa.evaluation import Row
from qa.question_sets import CaseError
from qa.run import HEAD, ROWS, RunError, export_ragas, head_of, open_run, question_sets, reopened, start
from runs import CASES, made, opened, opened_failing

HERE = Path(__file__).parent


def timeless(row: Row) -> Row:
    return replace(row, seconds=0.0)


def test_a_run_keeps_every_row_whole(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    run = made(tmp_path / "run", progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    first, second, third, fourth, fifth = open_run(tmp_path / "run").rows()
    assert run.whole and run.total == 5 and run.name == "小集"
    assert (first.set, first.number, first.right, first.why) == ("小集", 1, True, "")
    assert first.citations[0].quote == "到2025年，建成七个示范区。" and first.citations[0].before == "一、总体要求\n"
    assert first.passages[0].text.startswith("一、总体要求") and first.golds == CASES[0].evidence
    assert (second.why, second.missing) == ("used_wrong", ("市教育局",))
    assert (third.right, fourth.right, fourth.why, fifth.why) == (True, False, "should_refuse", "refused")


def test_two_runs_with_the_same_bot_are_the_same_but_for_the_time(tmp_path: Path) -> None:
    one, two = made(tmp_path / "one" / "run"), made(tmp_path / "two" / "run")
    assert list(map(timeless, one.rows())) == list(map(timeless, two.rows()))


def test_workers_give_the_same_rows_in_the_order_of_the_questions(tmp_path: Path) -> None:
    alone = made(tmp_path / "one" / "run")
    together = made(tmp_path / "two" / "run", workers=2)
    assert list(map(timeless, together.rows())) == list(map(timeless, alone.rows()))


def test_a_worker_opens_the_same_index_with_the_same_settings_and_its_share_of_the_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks, given = FakeBot(), dict[str, Any]()
    asks.settings = asks.settings.model_copy(update={"strictness": "strict"})
    asks.index = SimpleNamespace(data_dir=tmp_path)  # type: ignore[attr-defined]
    monkeypatch.setattr("qa.run.cores", lambda: 5)
    monkeypatch.setattr(PolicyQA, "open", lambda **how: given.update(how) or FakeBot())
    monkeypatch.setattr(os, "environ", {})
    opener = pickle.loads(pickle.dumps(reopened(asks, 2)))  # type: ignore[arg-type]  # it goes to another process
    ask, around = opener()
    assert given == {"data_dir": tmp_path, "settings": asks.settings}
    assert os.environ["POLICYQA_THREADS"] == "2"
    answer = ask("示范区几个？", ())
    assert around(answer.citations[0])[0] == "一、总体要求\n"
    os.environ["POLICYQA_THREADS"] = "7"
    opener()
    assert os.environ["POLICYQA_THREADS"] == "7", "what the user has set holds"


_SCRIPT = """
import sys
sys.path[:0] = ["tests", "."]
from pathlib import Path
from runs import CASES, made, opened_slowly
if __name__ == "__main__":
    made(Path(sys.argv[1]), CASES * 8, opened_slowly, workers=int(sys.argv[2]))
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path: Path, workers: int) -> None:
    folder, script = tmp_path / "run", tmp_path / "script.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    process = subprocess.Popen([sys.executable, str(script), str(folder), str(workers)], cwd=HERE.parent)
    while process.poll() is None and (not (folder / ROWS).exists() or (folder / ROWS).read_bytes().count(b"\n") < 6):
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with (folder / ROWS).open("ab") as file:
        file.write(b'{"id": "7", "question": "\xe7')  # what a crash leaves of a line
    before = list(open_run(folder).rows())
    assert 6 <= len(before) < 40 and not open_run(folder).whole

    asked: list[int] = []
    run = made(folder, CASES * 8, opened, resume=True, progress=lambda done, _: asked.append(done))
    rows = list(run.rows())
    assert [row.number for row in rows] == list(range(1, 41)) and run.whole
    assert [row for row in rows if row.number in {r.number for r in before}] == sorted(before, key=lambda r: r.number)
    assert asked == list(range(len(before), 41))


def test_a_run_does_not_go_on_with_something_else(tmp_path: Path) -> None:
    made(tmp_path / "run")
    with pytest.raises(RunError, match="里已经有一次评测。加 --resume 接着做"):
        made(tmp_path / "run")
    with pytest.raises(RunError, match="用的是另外的问题集，不能接着做"):
        made(tmp_path / "run", CASES[:2], resume=True)
    sets = question_sets([tmp_path / "小集.jsonl"])
    assert sets[0].count == 2
    made(tmp_path / "other" / "run")
    sets, other = question_sets([tmp_path / "other" / "小集.jsonl"]), FakeBot()
    other.embedder = FakeModel("embedder-2")
    other.settings = other.settings.model_copy(update={"strictness": "strict"})
    with pytest.raises(RunError, match="用的是另外的设置、向量模型，不能接着做"):
        start(tmp_path / "other" / "run", head_of(other, sets), resume=True)  # type: ignore[arg-type]
    with pytest.raises(RunError, match=r"用的是另外的题数"):
        start(tmp_path / "other" / "run", head_of(FakeBot(), sets, 5), resume=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "words"), [("program", "程序版本"), ("code", "程序"), ("prompts", "提示词")])
def test_a_run_does_not_go_on_with_another_program(tmp_path: Path, name: str, words: str) -> None:
    made(tmp_path / "run")
    head = json.loads((tmp_path / "run" / HEAD).read_text(encoding="utf-8"))
    (tmp_path / "run" / HEAD).write_text(json.dumps({**head, name: "another"}), encoding="utf-8")
    with pytest.raises(RunError, match=f"用的是另外的{words}，不能接着做"):
        made(tmp_path / "run", resume=True)
    del head[name]  # a run of an older version of the program, which did not write it down
    (tmp_path / "run" / HEAD).write_text(json.dumps(head), encoding="utf-8")
    assert made(tmp_path / "run", resume=True).whole


def test_where_an_index_lies_and_where_the_page_listens_is_no_other_setting(tmp_path: Path) -> None:
    made(tmp_path / "run")
    bot, sets = FakeBot(), question_sets([tmp_path / "小集.jsonl"])
    bot.settings = bot.settings.model_copy(update={"data_dir": tmp_path, "port": 1})
    _, done = start(tmp_path / "run", head_of(bot, sets), resume=True)  # type: ignore[arg-type]
    assert len(done) == 5
    assert str(tmp_path) not in (tmp_path / "run" / HEAD).read_text(encoding="utf-8")


def test_a_question_that_fails_is_a_wrong_row_and_is_asked_again(tmp_path: Path) -> None:
    run = made(tmp_path / "run", opener=opened_failing)
    rows = list(run.rows())
    assert [row.why for row in rows] == ["", "error", "", "should_refuse", "refused"]
    assert rows[1].error == "ConnectionError: 没有网络" and rows[1].right is False
    again = list(made(tmp_path / "run", resume=True).rows())
    assert again[1].error == "" and again[1].why == "used_wrong" and again[0] == rows[0]


def test_sets_of_one_name_cannot_be_told_apart(tmp_path: Path) -> None:
    made(tmp_path / "a" / "run")
    made(tmp_path / "b" / "run")
    with pytest.raises(CaseError, match="有两个问题集都叫 小集"):
        question_sets([tmp_path / "a" / "小集.jsonl", tmp_path / "b" / "小集.jsonl"])


def test_a_limit_takes_the_first_questions(tmp_path: Path) -> None:
    made(tmp_path / "run")
    assert question_sets([tmp_path / "小集.jsonl"], limit=2)[0].count == 2
    assert question_sets([tmp_path / "小集.jsonl"], limit=99)[0].count == 5


def test_a_folder_that_is_no_run_says_so(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="里没有评测结果"):
        open_run(tmp_path)
    (tmp_path / HEAD).write_text("{", encoding="utf-8")
    with pytest.raises(RunError, match="坏了"):
        open_run(tmp_path)


def test_rows_are_exported_for_ragas(tmp_path: Path) -> None:
    run = made(tmp_path / "run")
    assert export_ragas(run, tmp_path / "ragas.jsonl") == 5
    first = json.loads((tmp_path / "ragas.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["user_input"] == "要建成几个示范区？" and first["response"] == "到2025年，建成七个示范区。"
    assert first["reference"] == "七个。" and first["reference_contexts"] == ["到2025年，建成七个示范区。"]
    assert len(first["retrieved_contexts"]) == 2


def test_a_follow_up_is_exported_with_what_it_follows(tmp_path: Path) -> None:
    run = made(tmp_path / "run", [replace(CASES[1], history=(("示范区呢？", "七个。[1]"),))])
    export_ragas(run, tmp_path / "ragas.jsonl")
    told = json.loads((tmp_path / "ragas.jsonl").read_text(encoding="utf-8"))["user_input"]
    assert told == "问：示范区呢？\n答：七个。\n问：谁牵头？"
