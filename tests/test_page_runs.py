"""Runs of question sets on the page: kept as they are asked, gone on with, marked by people, compared."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from fake_bot import FakeBot
from qa.answer import Answer
from qa.labels import labels_of
from qa.question_sets import Case, write_cases
from qa.run import ROWS, alone, ask_all, asker, open_run
from qa.run_report import summary
from test_page import Tree
from web.chat import Talk
from web.evaluation import Evaluation
from web.evaluation_view import comparison_html, report_html, runs_html
from web.runs import Kept, Runs

CASES = (
    Case("1", "numeric", "示范区几个？", "七个", key_points=(("七个",),), history=(("前", "后"),)),
    Case("2", "unanswerable", "红烧肉？", answerable=False),
    Case("3", "responsibility", "谁牵头？", "市教育局", key_points=(("市教育局",),)),
)


class OtherAnswers(FakeBot):
    """Says something else than the bot before."""

    def ask(self, question: str, history: Sequence[tuple[str, str]] = (), **scope: Any) -> Answer:
        answer = super().ask(question, history, **scope)
        return answer if answer.refused else replace(answer, text="八个。[1]")


class Waiting(FakeBot):
    """Waits with the answer to the second question until the gate is opened."""

    gate = threading.Event()

    def ask(self, question: str, history: Sequence[tuple[str, str]] = (), **scope: Any) -> Answer:
        answer = super().ask(question, history, **scope)
        if len(self.asked) == 2:
            self.gate.wait(10)
        return answer


class Broken(FakeBot):
    """Stops its program in the middle of the second question."""

    def ask(self, question: str, history: Sequence[tuple[str, str]] = (), **scope: Any) -> Answer:
        if len(self.asked) == 1:
            raise KeyboardInterrupt
        return super().ask(question, history, **scope)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "上传的.jsonl"
    write_cases(path, [(case, "") for case in CASES])
    return path


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path / "evaluations")


def asked(runs: Runs, questions: Path, bot: FakeBot) -> Kept:
    """A run of the questions with a bot, as far as it comes."""
    work = runs.begin(bot, questions, "小题.jsonl")  # type: ignore[arg-type]
    with suppress(KeyboardInterrupt):
        ask_all(work.run, work.done, work.sets, lambda: asker(bot))  # type: ignore[arg-type]
    return runs.kept(work.id)


def test_a_run_is_kept_as_the_command_keeps_one(runs: Runs, questions: Path) -> None:
    assert runs.list() == []
    kept = asked(runs, questions, FakeBot())
    assert open_run(runs.folder / kept.id).whole
    assert [row.question for row in kept.run.rows()] == ["示范区几个？", "红烧肉？", "谁牵头？"]
    assert [row.history for row in kept.run.rows()] == [(("前", "后"),), (), ()]
    assert (kept.run.name, kept.done, kept.overall["strict"]) == ("小题", 3, 0.5)
    assert runs.list() == [kept]
    runs.remove(kept.id)
    assert runs.list() == []
    with pytest.raises(KeyError, match="请刷新页面"):
        runs.kept(kept.id)


def test_what_was_asked_before_the_program_died_is_kept_shown_and_not_asked_again(runs: Runs, questions: Path) -> None:
    kept = asked(runs, questions, Broken())
    questions.unlink()  # what was sent is not there for long
    (listed,) = runs.list()
    assert (listed.done, listed.run.whole) == (1, False)
    html = runs_html([listed])
    assert "未完成，1/3 题" in html and f'data-do="run-resume" data-id="{kept.id}"' in html
    opened = report_html(listed, summary(listed.run))
    assert "未完成，1/3 题" in opened and "示范区几个？" in opened and "红烧肉" not in opened

    bot = FakeBot()
    work = runs.resume(bot, kept.id)  # type: ignore[arg-type]
    ask_all(work.run, work.done, work.sets, lambda: asker(bot))  # type: ignore[arg-type]
    assert [question for question, _ in bot.asked] == ["红烧肉？", "谁牵头？"]
    (whole,) = runs.list()
    assert (whole.id, whole.done, whole.run.whole) == (kept.id, 3, True)
    assert "未完成" not in runs_html([whole]) and "run-resume" not in runs_html([whole])


def test_a_set_that_cannot_be_read_leaves_no_run(runs: Runs, tmp_path: Path) -> None:
    path = tmp_path / "坏的.jsonl"
    path.write_text('{"question": ""}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="第 1 行") as told:
        runs.begin(FakeBot(), path, "坏的.jsonl")  # type: ignore[arg-type]
    assert "坏的.jsonl" in str(told.value) and str(runs.folder) not in str(told.value)
    assert runs.list() == [] and list(runs.folder.iterdir()) == []


def test_other_folders_are_no_runs_and_hide_none(runs: Runs, questions: Path) -> None:
    kept = asked(runs, questions, FakeBot())
    for name, head in (("20240101T000000-abcdef", "{"), ("20240101T000001-abcdef", '{"sets": []}'), ("x", "{}")):
        (runs.folder / name).mkdir()
        (runs.folder / name / "run.json").write_text(head, encoding="utf-8")
    assert runs.list() == [kept]


@pytest.mark.parametrize("identity", ["../conversations", "", ".", "20240101T000000-abcdef/../x", "x" * 99])
def test_the_id_of_a_run_names_no_other_folder(identity: str, tmp_path: Path) -> None:
    (tmp_path / "conversations").mkdir()
    (tmp_path / "conversations" / "run.json").write_text('{"sets": []}')
    runs = Runs(tmp_path / "evaluations")
    runs.folder.mkdir()
    runs.remove(identity)
    with pytest.raises(KeyError):
        runs.open(identity)
    assert (tmp_path / "conversations" / "run.json").exists() and runs.folder.exists()


def test_a_report_is_shown_with_its_rows_and_each_can_be_opened(runs: Runs, questions: Path) -> None:
    kept = asked(runs, questions, FakeBot())
    html = report_html(kept, summary(kept.run))
    for told in ("取回 10 段 · 拒答适中", "示范区几个？", "拒对了", "只看不对的"):
        assert told in html
    before = next(value for name, value in Tree(html).attributes if name == "data-before")
    assert json.loads(before or "") == [["前", "后"]]


def test_two_runs_are_compared_question_by_question(runs: Runs, questions: Path) -> None:
    html = comparison_html(asked(runs, questions, OtherAnswers()), asked(runs, questions, FakeBot()))
    assert "3 题两次都有；结果变了的 1 题" in html
    assert 'class="change good">+0.50' in html, "strictly right: from none to one of two"
    assert "八个" in html and "红烧肉" not in html


# --- the handlers


def event(**data: Any) -> gr.EventData:
    return gr.EventData(None, data)


@pytest.fixture
def tab(tmp_path: Path) -> Callable[..., Evaluation]:
    """The tab over a bot, for somebody who may do everything."""

    def made(bot: FakeBot) -> Evaluation:
        desk: Any = SimpleNamespace(
            data_dir=tmp_path,
            question_set=tmp_path / "question_set.jsonl",
            need=lambda *_: None,
            may=lambda *_: True,
            bot_with=lambda choices, _request=None: bot_of(bot, choices),
        )
        write_cases(desk.question_set, [(case, "") for case in CASES])
        return Evaluation(desk)

    return made


def bot_of(bot: FakeBot, choices: Any) -> FakeBot:
    other = type(bot)()
    other._documents = bot._documents
    other.asked, other.settings = bot.asked, bot.settings.model_copy(update=dict(choices))
    return other


ANYBODY: Any = None


def watched(steps: Iterator[tuple[Any, Any]]) -> tuple[str, str]:
    """The report and the list that stand at the end."""
    *_, (report, listed) = steps
    return report, listed


def test_a_run_that_is_stopped_goes_on_with_the_settings_it_had(tab: Callable[..., Evaluation]) -> None:
    bot = Waiting()
    evaluation = tab(bot)
    steps = evaluation.run(Talk(choices={"passages": 3}), event(), ANYBODY)
    assert "正在提问：" in next(steps)[0]
    while len(bot.asked) < 2:
        next(steps)
    steps.close()  # type: ignore[attr-defined]  # the visitor stops it while the second question is on its way
    Waiting.gate.set()
    for thread in threading.enumerate():
        if thread.name == "policyqa-evaluation":
            thread.join(10)
    told, listed = evaluation.stopped(ANYBODY)
    assert "做完的题都在" in told and "未完成，2/3 题" in listed

    (kept,) = evaluation.runs.list()
    report, listed = watched(evaluation.resume(Talk(), event(id=kept.id), ANYBODY))
    assert "取回 3 段" in report and "未完成" not in listed
    assert [question for question, _ in bot.asked] == ["示范区几个？", "红烧肉？", "谁牵头？"]
    assert evaluation.runs.list()[0].run.name == "加入问题集的题"


def test_a_second_run_says_what_it_waits_for_and_comes_next(tab: Callable[..., Evaluation]) -> None:
    Waiting.gate.clear()
    evaluation = tab(Waiting())
    first = evaluation.run(Talk(), event(), ANYBODY)
    next(first)
    second, third = (evaluation.run(Talk(), event(), ANYBODY) for _ in range(2))
    told = Tree(next(second)[0]).words
    assert told.startswith("排队中：前面还有 1 次评测，做完就开始。加入问题集的题：") and told.endswith("/3 题")
    assert "前面还有 2 次评测" in Tree(next(third)[0]).words
    with pytest.raises(gr.Error, match="正在运行或排队"):
        evaluation.remove(event(id=evaluation._line[1].work.id), ANYBODY)
    with pytest.raises(gr.Error, match="正在运行或排队"):
        watched(evaluation.resume(Talk(), event(id=evaluation._line[1].work.id), ANYBODY))
    third.close()  # type: ignore[attr-defined]  # stopped while it waits
    Waiting.gate.set()
    assert "未完成" not in watched(first)[0]
    assert "未完成" not in watched(second)[0]
    assert evaluation._line == []
    assert sorted(kept.done for kept in evaluation.runs.list()) == [0, 3, 3]


def test_a_run_goes_on_with_nothing_else_and_only_once_at_a_time(tab: Callable[..., Evaluation]) -> None:
    evaluation = tab(FakeBot())
    work = evaluation.runs.begin(FakeBot(), evaluation.desk.question_set, "题.jsonl")  # type: ignore[arg-type]
    other = FakeBot()
    other._documents = {}
    with pytest.raises(gr.Error, match="用的是另外的索引里的文件，不能接着做"):
        watched(tab(other).resume(Talk(), event(id=work.id), ANYBODY))
    with alone(work.run.folder):
        for doing in (
            lambda: watched(tab(FakeBot()).resume(Talk(), event(id=work.id), ANYBODY)),
            lambda: evaluation.remove(event(id=work.id), ANYBODY),
        ):
            with pytest.raises(gr.Error, match="这次评测正在运行"):
                doing()
    assert (work.run.folder / ROWS).exists()


def test_people_mark_answers_as_the_command_does_and_see_how_far_the_rules_agree(
    tab: Callable[..., Evaluation], questions: Path
) -> None:
    evaluation = tab(FakeBot())
    kept = asked(evaluation.runs, questions, FakeBot())
    assert "这里就有人工标注与自动判分的一致程度" in report_html(kept, summary(kept.run))
    for number, mark in ((1, "right"), (2, "wrong"), (3, "right"), (3, "wrong")):
        told = evaluation.label(event(id=kept.id, set="小题", number=number, mark=mark), ANYBODY)
    assert {key: label.mark for key, label in labels_of(kept.run).items()} == {
        ("小题", 1): "right", ("小题", 2): "wrong", ("小题", 3): "wrong",
    }  # fmt: skip
    sent = json.loads(told)
    assert sorted(sent["labels"]) == [["小题", 1, "right"], ["小题", 2, "wrong"], ["小题", 3, "wrong"]]
    assert Tree(sent["agreement"]).words.endswith("人工标注与规则30.670.40较低，但题太少，不能作准1011"), (
        "3 marks, 2 as the rules say"
    )
    pressed = Tree(report_html(kept, summary(kept.run))).attributes.count(("aria-pressed", "true"))
    assert pressed == 3
    for wrong in ({"number": 9}, {"mark": "好"}, {"id": "20240101T000000-abcdef"}):
        with pytest.raises(gr.Error):
            evaluation.label(event(**{"id": kept.id, "set": "小题", "number": 1, "mark": "right", **wrong}), ANYBODY)
