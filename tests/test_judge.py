"""A language model as judge: what it says is read strictly, and what it cannot say ends nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.messages import BaseMessage

from qa.judge import Judgement, judge_run, judged, judgements_of, verdict_in
from qa.run import open_run
from qa.run_report import summary
from runs import made

RIGHT = '{"verdict": "right", "reason": "要点都有"}'
WRONG = '{"verdict": "wrong", "reason": "少了市教育局"}'


class Watched(FakeListChatModel):
    """Says its lines one after the other, and remembers what it was asked."""

    asked: list[list[BaseMessage]] = []

    def _call(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> str:
        self.asked.append(messages)
        return super()._call(messages, *args, **kwargs)


class Broken(FakeListChatModel):
    """A service that is down."""

    def _call(self, *args: Any, **kwargs: Any) -> str:
        raise ConnectionError("refused")


@pytest.mark.parametrize(
    ("output", "found"),
    [
        (RIGHT, Judgement("right", "要点都有")),
        (f"```json\n{WRONG}\n```", Judgement("wrong", "少了市教育局")),
        (f'<think>{{"verdict": "wrong"}} 不对，应该是 right</think>{RIGHT}', Judgement("right", "要点都有")),
        ('先看 {"a": 1}。结论：{"verdict": "Partly", "reason": "一半"}', Judgement("partly", "一半")),
        ("我的判断是 wrong。", Judgement("wrong", "我的判断是 wrong。")),
        ("right or wrong?", None),
        ('{"verdict": "maybe"}', None),
        ("", None),
    ],
)
def test_a_verdict_is_found_in_what_a_model_says(output: str, found: Judgement | None) -> None:
    assert verdict_in(output) == found


def test_the_judge_sees_question_reference_and_answer_without_marks(tmp_path: Path) -> None:
    row = list(made(tmp_path / "run").rows())[1]
    model = Watched(responses=[WRONG])
    assert judged(model, row) == Judgement("wrong", "少了市教育局")
    told = str(model.asked[0][-1].content)
    assert (
        "谁牵头？" in told
        and "市财政局；市教育局" in told
        and "由市财政局牵头，市科技局参与。\n" not in told.partition("回答")[0]
    )
    assert "[1]" not in told and "市科技局参与。" in told


def test_the_judge_is_told_what_is_right_where_the_documents_hold_no_answer(tmp_path: Path) -> None:
    row = list(made(tmp_path / "run").rows())[3]
    model = Watched(responses=[RIGHT], asked=[])
    judged(model, row)
    assert "【文件里有没有答案】没有。考生指出问题的前提与文件不符" in str(model.asked[0][-1].content)


def test_an_output_that_is_no_verdict_is_asked_for_once_more(tmp_path: Path) -> None:
    row = next(made(tmp_path / "run").rows())
    model = Watched(responses=["嗯……", RIGHT], asked=[])
    assert judged(model, row).verdict == "right" and len(model.asked) == 2
    silent = judged(FakeListChatModel(responses=["嗯……"]), row)
    assert silent.verdict is None and "不是所要的格式" in silent.reason
    assert "ConnectionError" in judged(Broken(responses=["x"]), row).reason


def test_the_judgements_of_a_run_are_kept_and_laid_beside_the_rules(tmp_path: Path) -> None:
    run = made(tmp_path / "run")
    # The rules find 1 right, 2 and 4 wrong; 3 and 5 are refusals, of which the judge is not asked.
    model = Watched(responses=[RIGHT, RIGHT, WRONG], asked=[])
    assert judge_run(run, model, "假") == 0 and len(model.asked) == 3
    assert sorted(number for _, number in judgements_of(run)) == [1, 2, 4]
    agrees = summary(open_run(run.folder)).judge_agrees
    assert agrees is not None
    assert (agrees.both_right, agrees.first_only, agrees.second_only, agrees.both_wrong) == (1, 1, 0, 1)
    assert agrees.raw == pytest.approx(2 / 3) and agrees.kappa == pytest.approx(0.4)


def test_only_what_is_missing_is_judged_again(tmp_path: Path) -> None:
    run = made(tmp_path / "run")
    assert judge_run(run, FakeListChatModel(responses=[RIGHT, RIGHT, "？", "？"]), "假") == 1
    again = Watched(responses=[WRONG], asked=[])
    assert judge_run(run, again, "假") == 0
    assert len(again.asked) == 1 and judgements_of(run)["小集", 4].verdict == "wrong"
    other = Watched(responses=[WRONG], asked=[])
    judge_run(run, other, "另一个")
    assert len(other.asked) == 3, "another model's words are not its own"
