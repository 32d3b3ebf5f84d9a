"""The commands ``policyqa eval …``: what they print and write, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from fake_bot import FakeBot
from qa import eval_cli, opening
from qa.labels import Label, labels_of
from qa.question_sets import Case, load_cases, write_cases
from qa.run import open_run
from runs import CASES, made
from test_cli import Result, bot, run

__all__ = ["bot", "run"]  # fixtures


@pytest.fixture
def asked(tmp_path: Path, bot: FakeBot) -> Path:
    """A question set in the working folder."""
    write_cases(tmp_path / "set.jsonl", [(case, "") for case in CASES])
    return tmp_path / "set.jsonl"


# --- question sets


@pytest.mark.parametrize("name", ["mine.jsonl", "mine.csv", "mine.xlsx"])
def test_a_template_is_written_and_found_good(bot: FakeBot, run: Any, name: str) -> None:
    assert run("eval", "init", name).code == 0
    result = run("eval", "check", name)
    assert result.code == 0 and "5 题，应答 4，应拒 1" in result.out and "没有问题" in result.out
    again = run("eval", "init", name)
    assert again.code == 2 and "已经有了，没有动它" in again.err


def test_a_check_names_every_bad_row(bot: FakeBot, run: Any, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"question": "甲"}\n{"question": ""}\n[]\n', encoding="utf-8")
    result = run("eval", "check", "bad.jsonl")
    assert result.code == 2
    assert "不对  第 2 行：缺少 question" in result.out and "不对  第 3 行：每行要是" in result.out


def test_a_check_against_the_documents_finds_quotes_that_are_none(asked: Path, run: Any) -> None:
    assert "里没有这句原文" not in run("eval", "check", "set.jsonl").out
    result = run("eval", "check", "set.jsonl", "--data-dir", "store")
    assert "第 5 行（5）：文件 010 里没有这句原文：投入9元。" in result.out
    assert "建成七个示范区" not in result.out


# --- runs


def test_a_run_prints_its_measures_and_writes_its_report(asked: Path, run: Any, tmp_path: Path) -> None:
    result = run("eval", "run", "set.jsonl", "--out", "out")
    assert result.code == 0
    lines = {line.split()[0]: line.split()[1:] for line in result.out.splitlines() if line.strip()}
    assert lines["问题数"] == ["5"] and lines["严格正确"][:3] == ["0.33", "95%", "置信区间"]
    assert lines["谁负责"][0] == "1", "a type is called by its Chinese name"
    assert {p.name for p in (tmp_path / "out").iterdir()} >= {
        "run.json",
        "rows.jsonl",
        "report.html",
        "report.json",
        "rows.csv",
    }
    assert run("eval", "run", "set.jsonl", "--out", "out").code == 2, "what is there is not written over"
    again = run("eval", "run", "set.jsonl", "--out", "out", "--resume")
    assert again.code == 0 and "已有 5 题，还有 0 题" in again.err


def test_several_sets_stand_one_under_the_other(asked: Path, run: Any, tmp_path: Path) -> None:
    write_cases(tmp_path / "second.jsonl", [(CASES[0], "")])
    result = run("eval", "run", "set.jsonl", "second.jsonl")
    lines = [line.split() for line in result.out.splitlines()]
    assert ["set", "5", "0.33"] in [line[:3] for line in lines] and ["second", "1", "1.00"] in [
        line[:3] for line in lines
    ]
    assert list(tmp_path.glob("out*")) == [], "without --out nothing is left behind"


def test_a_mistake_in_the_last_set_shows_before_the_first_question(asked: Path, bot: FakeBot, run: Any) -> None:
    (asked.parent / "bad.jsonl").write_text('{"question": ""}', encoding="utf-8")
    assert run("eval", "run", "set.jsonl", "bad.jsonl").code == 2
    assert run("eval", "run", "set.jsonl", "--resume").code == 2, "there is nothing to go on with"
    assert bot.asked == []


@pytest.mark.parametrize(
    ("floors", "code", "says"),
    [
        ("strict=.3,refusal=.5,false_refusal=.4", 0, ""),
        ("strict=.4", 1, "严格正确 0.333，要不低于 0.4"),
        ("strict=.3，false_refusal=.2", 1, "误拒（可答的） 0.333，要不高于 0.2"),
        ("tokens=5", 1, "每题词元数 没有数"),
        ("strct=.3", 2, "没有指标 strct。可用的：strict、"),
        ("strict=high", 2, "要写成 指标=值"),
        ("strict=nan", 2, "要写成 指标=值"),
        ("", 2, "--fail-under 是空的"),
    ],
)
def test_a_floor_gives_an_exit_code(asked: Path, run: Any, floors: str, code: int, says: str) -> None:
    result = run("eval", "run", "set.jsonl", "--fail-under", floors)
    assert result.code == code and says in result.err


def test_limit_and_ragas(asked: Path, run: Any, tmp_path: Path) -> None:
    result = run("eval", "run", "set.jsonl", "--limit", "2", "--ragas", "ragas.jsonl")
    assert "ragas.jsonl：2 题" in result.err
    assert len((tmp_path / "ragas.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_a_path_that_cannot_be_written_shows_before_the_first_question(asked: Path, bot: FakeBot, run: Any) -> None:
    result = run("eval", "run", "set.jsonl", "--out", "out", "--ragas", "nowhere/ragas.jsonl")
    assert result.code == 2 and "写不了 nowhere/ragas.jsonl" in result.err and bot.asked == []


def test_who_stops_a_run_is_told_how_it_goes_on(
    asked: Path, bot: FakeBot, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = bot.ask

    def stopped(question: str, *given: Any, **scope: Any) -> Any:
        if question == CASES[2].question:
            raise KeyboardInterrupt
        return ask(question, *given, **scope)

    with monkeypatch.context() as patched:
        patched.setattr(bot, "ask", stopped)
        result = run("eval", "run", "set.jsonl", "--out", "out")
    assert result.code == 130 and "做完的题都在 out 里，同样的命令加 --resume 接着做" in result.err
    assert len(list(open_run(tmp_path / "out").rows())) == 2
    assert "已有 2 题" in run("eval", "run", "set.jsonl", "--out", "out", "--resume").err


def test_files_of_a_folder_that_is_no_run_are_left_alone(asked: Path, bot: FakeBot, run: Any, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "report.html").write_text("我的", encoding="utf-8")
    for resume in ((), ("--resume",)):
        result = run("eval", "run", "set.jsonl", "--out", "mine", *resume)
        assert (
            result.code == 2 and "已经有 report.html，却没有 run.json" in result.err and "请换一个文件夹" in result.err
        )
    assert (tmp_path / "mine" / "report.html").read_text(encoding="utf-8") == "我的" and bot.asked == []


def test_what_could_not_be_judged_is_said(bot: FakeBot, run: Any, tmp_path: Path) -> None:
    (tmp_path / "bare.csv").write_text("问题\n红烧肉怎么做？\n谁牵头？\n", encoding="utf-8")
    assert "没有写该答还是该拒 2" in run("eval", "check", "bare.csv").out
    result = run("eval", "run", "bare.csv")
    assert "有 2 题没有写要点、是非或应拒，判不了对错" in result.out
    assert [line.split()[1] for line in result.out.splitlines() if line.startswith("误拒")] == ["–"]


def test_a_judge_says_how_far_it_agrees_with_the_rules(asked: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    model = FakeListChatModel(responses=['{"verdict": "right", "reason": ""}', '{"verdict": "wrong", "reason": ""}'])
    monkeypatch.setattr(eval_cli, "_chat_model", lambda name, bot: model)
    result = run("eval", "run", "set.jsonl", "--judge", "假", "--out", "out")
    assert (
        result.code == 0 and "模型评分与规则：3 题，一致 0.67，Cohen κ 0.40（较低，但题太少，不能作准）" in result.out
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("run", "nowhere.jsonl"), "读不了问题集 nowhere.jsonl：没有这个文件或文件夹。"),
        (("run", "set.jsonl", "--out", "set.jsonl"), "--out 写得不对：set.jsonl 是文件，这里要写一个文件夹。"),
        (("run", "set.jsonl", "--ragas", "."), "--ragas 写得不对：. 是文件夹，这里要写一个文件。"),
        (("run", "set.jsonl", "--workers", "0"), "--workers 写得不对：要写一个整数，最少 1，最多 64。"),
        (("run", "set.jsonl", "--limit", "三"), "--limit 写得不对：要写一个整数，最少 1。"),
        (("diff", "set.jsonl", "run"), "前一次 写得不对：set.jsonl 是文件，这里要写一个文件夹。"),
    ],
)
def test_what_is_wrong_with_an_argument_is_said_in_chinese(
    asked: Path, run: Any, arguments: tuple[str, ...], says: str
) -> None:
    result = run("eval", *arguments)
    assert result.code == 2 and result.err.startswith(says)


# --- reports, comparisons, labels


def test_a_report_is_made_again_from_the_rows(run: Any, bot: FakeBot, tmp_path: Path) -> None:
    made(tmp_path / "run")
    assert run("eval", "report", "run").code == 0 and (tmp_path / "run" / "report.html").exists()
    assert "里没有评测结果" in run("eval", "report", "nowhere").err
    (tmp_path / "run" / "rows.jsonl").write_text("", encoding="utf-8")
    assert "还没有一题的结果" in run("eval", "report", "run").err


def test_two_runs_are_compared(run: Any, bot: FakeBot, tmp_path: Path) -> None:
    made(tmp_path / "a" / "run")
    made(tmp_path / "b" / "run", (*CASES[:3], Case("9", "", "谁牵头？", "甲。")))
    result = run("eval", "diff", "a/run", "b/run", "--html", "diff.html")
    assert result.code == 0 and "两次都有的 3 题，只在前一次的 2，只在后一次的 1" in result.out
    assert "没有一题的结果变了" in result.out and (tmp_path / "diff.html").exists()
    assert json.loads(run("eval", "diff", "a/run", "b/run", "--json").out)["shared"] == 3
    assert "\n  问题集：name=小集" in result.out, "what the runs were made with, where it differs"


def label(run: Any, monkeypatch: pytest.MonkeyPatch, *typed: str) -> Result:
    lines = iter(typed)

    def typing(_prompt: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("click.termui.visible_prompt_func", typing)
    return run("eval", "label", "run")  # type: ignore[no-any-return]


def test_labels_are_given_one_after_the_other_and_go_on_later(
    run: Any, bot: FakeBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "run")
    first = label(run, monkeypatch, "y", "n", "少一个部门", "嗯", "s", "q")
    assert first.code == 0 and "标了 2 题，一共标过 2 题" in first.out
    assert "[1/5] 要建成几个示范区？" in first.out and "请输入 y、n、s 或 q" in first.out
    assert "严格" not in first.out and "used_wrong" not in first.out, "a person is not told what the rules say"
    second = label(run, monkeypatch, "错", "", "对")
    assert "[1/3] 红烧肉放几勺糖？" in second.out and "一共标过 4 题" in second.out
    marks = labels_of(open_run(tmp_path / "run"))
    assert [marks["小集", n] for n in (1, 2, 3, 4)] == [
        Label("right"), Label("wrong", "少一个部门"), Label("wrong"), Label("right"),
    ]  # fmt: skip
    assert "人工标注与规则：4 题，一致 0.50" in run("eval", "report", "run").out


def test_questions_of_one_type_are_labelled_by_the_name_that_reports_show(
    run: Any, bot: FakeBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "run")
    for name in ("数字", "numeric"):
        assert "[1/2]" in run("eval", "label", "run", "--type", name).out
    told = run("eval", "label", "run", "--type", "天文")
    assert told.code == 2 and "没有题型 天文" in told.err and "数字" in told.err


# --- drafting


def test_a_draft_is_not_written_over_what_is_there(asked: Path, run: Any) -> None:
    result = run("eval", "draft", "--out", "set.jsonl")
    assert result.code == 2 and "已经有了" in result.err
    assert len(load_cases(asked)) == len(CASES)


def test_the_engine_goes_to_the_settings(monkeypatch: pytest.MonkeyPatch, asked: Path, run: Any) -> None:
    given: list[dict[str, Any]] = []

    def opened(*_args: Any, **settings: Any) -> FakeBot:
        given.append(settings)
        return FakeBot()

    monkeypatch.setattr(opening, "open_bot", opened)
    assert run("eval", "run", "set.jsonl", "--engine", "extractive").code == 0
    assert run("eval", "run", "set.jsonl").code == 0
    assert given == [{"engine": "extractive"}, {}]
