"""Question sets, rows and the table of measures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from fake_bot import FakeBot
from qa.answer import Answer, Statement
from qa.evaluation import MEASURES, Case, CaseError, Evidence, Row, Tally, judge, load_cases, shown
from qa.run import RunError
from qa.run_report import evaluate

QUESTIONS = Path(__file__).parents[1] / "benchmarks" / "questions"

HOW_MANY = Case(
    id="1",
    type="numeric",
    question="要建成几个示范区？",
    answer="七个。",
    key_points=(("七个", "7个"),),
    evidence=(Evidence("010", "到2025年，建成七个示范区。"),),
)
WHO = Case(
    id="2",
    type="responsibility",
    question="谁牵头？",
    answer="市财政局牵头，市教育局参与。",
    key_points=(("市财政局",), ("市教育局",)),
    evidence=(Evidence("010", "由市财政局牵头，市科技局参与。"),),
)
NOT_THERE = Case(id="3", type="unanswerable", question="红烧肉放几勺糖？", answer="没有。", answerable=False)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_question_set_is_one_json_object_a_line(tmp_path: Path) -> None:
    full = {
        "id": "X1",
        "type": "yesno",
        "question": "可以吗？",
        "history": [{"q": "甲？", "a": "乙。"}],
        "answer": "可以。",
        "key_points": [["可以", "能"]],
        "forbidden": ["不可以"],
        "polarity": "yes",
        "evidence": [{"doc": "010", "quote": "可以"}],
        "answerable": True,
        "note": "说明不读",
    }
    path = write(tmp_path / "set.jsonl", json.dumps(full, ensure_ascii=False), "", '{"question": "只有问题"}')
    cases = load_cases(path)
    assert cases[0] == Case(
        id="X1",
        type="yesno",
        question="可以吗？",
        answer="可以。",
        history=(("甲？", "乙。"),),
        key_points=(("可以", "能"),),
        forbidden=("不可以",),
        polarity="yes",
        evidence=(Evidence("010", "可以"),),
        answerable=True,
    )
    assert cases[1] == Case(id="", type="", question="只有问题")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "第 2 行第 2 列不是有效的 JSON"),
        ("[]", "第 2 行：每行要是一个 JSON 对象"),
        ("{}", "第 2 行：缺少 question"),
        ('{"question": "甲", "polarity": "maybe"}', "第 2 行：polarity 只能是 yes、no"),
        ('{"question": "甲", "answerable": 1}', "第 2 行：answerable 只能是 true、false 或空"),
        ('{"question": "甲", "key_points": "乙"}', r'第 2 行：key_points 要写成一列，如 \[\["七个", "7个"\]'),
        ('{"question": "甲", "key_points": [[]]}', "第 2 行：key_points 的每个要点"),
        ('{"question": "甲", "evidence": [{"doc": "1"}]}', "第 2 行：evidence 的每一条"),
        ('{"question": "甲", "history": [{"q": "1"}]}', "第 2 行：history 的每一轮"),
    ],
)
def test_a_wrong_line_is_named_by_its_number(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(CaseError, match=says):
        load_cases(write(tmp_path / "set.jsonl", '{"question": "好的一行"}', line))


def test_a_set_that_is_missing_or_empty_says_so(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="读不了问题集"):
        load_cases(tmp_path / "nowhere.jsonl")
    with pytest.raises(CaseError, match="里没有问题"):
        load_cases(write(tmp_path / "empty.jsonl", "", " "))


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_sets_of_the_project_can_be_read(path: Path) -> None:
    cases = load_cases(path)
    assert len({case.id for case in cases}) == len(cases), "ids repeat"
    assert all(case.evidence and case.key_points for case in cases if case.answerable)


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_reference_answers_are_right_by_their_own_measure(path: Path) -> None:
    for case in load_cases(path):
        refused = not case.answerable
        row = judge(case, Answer(case.question, case.answer, refused=refused), 0.0)
        assert row.strict or row.rightly_refused, (case.id, row.missing, row.forbidden_found, row.polarity_right)


def test_a_right_answer() -> None:
    row = judge(HOW_MANY, FakeBot().ask(HOW_MANY.question), 0.02)
    assert row.strict and row.point_recall == 1.0 and row.missing == ()
    assert row.falsely_refused is False and row.rightly_refused is None
    assert row.citation_precision == 1.0 and row.citation_recall == 1.0
    assert row.points_supported == (True,) and row.marked
    assert row.gold_ranks == (1,)
    assert row.length_ratio == pytest.approx(15 / 3)


def test_an_answer_that_lacks_a_point_names_it() -> None:
    row = judge(WHO, FakeBot().ask(WHO.question), 0.02)
    assert row.strict is False and row.point_recall == 0.5 and row.missing == ("市教育局",)
    assert row.gold_ranks == (2,)


def test_a_refused_answerable_question_is_a_false_refusal_without_points() -> None:
    refusal = Answer(HOW_MANY.question, "没有提到七个示范区的事。", refused=True, refusal_reason="weak_evidence")
    row = judge(HOW_MANY, refusal, 0.02)
    assert row.falsely_refused is True and row.strict is False and row.point_recall == 0.0
    assert row.citation_precision is None and row.citation_recall == 0.0 and row.marked is None


def test_what_the_check_found_and_who_wrote_are_counted_over_the_answers() -> None:
    told = (Statement("第一句。", (1,), "verified"), Statement("第二句。", (1,), "partial"))
    written = Answer("", "第一句。[1]第二句。[1]", statements=told, engine="llm", model="fake")
    draft = Answer("", "第一句。[1]", statements=told[:1], model="fake")  # nothing of the model's stood the check
    refusal = Answer("", "没有。", refused=True, model="fake")
    extracted = Answer("", "第一句。[1]", statements=told[:1])
    table = Tally(judge(HOW_MANY, answer, 0.02) for answer in (written, draft, refusal, extracted)).table()
    assert table["verified"] == 3 / 4 and table["by_model"] == 1 / 2


def test_an_unanswerable_question_wants_a_refusal_or_a_corrected_premise() -> None:
    refused = judge(NOT_THERE, FakeBot().ask(NOT_THERE.question), 0.02)
    corrected = judge(NOT_THERE, Answer("", "不是，文件另有规定。[1]", premise="contradicted"), 0.02)
    answered = judge(NOT_THERE, Answer("", "三勺。[1]"), 0.02)
    assert (refused.rightly_refused, corrected.rightly_refused, answered.rightly_refused) == (True, True, False)
    assert refused.strict is None and refused.falsely_refused is None


def test_the_report_has_every_measure_overall_and_by_type() -> None:
    report = evaluate(FakeBot().ask, [HOW_MANY, WHO, NOT_THERE], name="小集")
    overall = report.overall
    assert list(overall) == list(MEASURES)
    assert overall["questions"] == 3 and overall["answerable"] == 2
    assert overall["strict"] == 0.5
    assert overall["point_recall"] == 0.75
    assert overall["refusal"] == 1.0 and overall["false_refusal"] == 0.0
    assert overall["any@1"] == 0.5 and overall["any@3"] == 1.0 and overall["mrr@10"] == 0.75
    assert overall["point_support"] == 1.0 and overall["marks"] == 1.0
    assert list(report.by_type) == ["numeric", "responsibility", "unanswerable"]
    assert report.by_type["unanswerable"]["strict"] is None


def test_the_history_of_a_case_is_given_to_the_system() -> None:
    bot = FakeBot()
    case = Case(id="", type="followup", question="谁牵头？", history=(("示范区呢？", "七个。"),))
    evaluate(bot.ask, [case])
    assert bot.asked == [("谁牵头？", (("示范区呢？", "七个。"),))]


def test_progress_is_told_after_each_question() -> None:
    seen: list[tuple[int, int]] = []
    evaluate(FakeBot().ask, [HOW_MANY, WHO], lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


def test_time_is_measured_around_each_question() -> None:
    def slow(question: str, history: Sequence[tuple[str, str]]) -> Answer:
        import time

        time.sleep(0.02)
        return Answer(question, "甲。")

    p50 = evaluate(slow, [HOW_MANY]).overall["p50"]
    assert p50 is not None and p50 >= 20


def test_a_report_is_written_as_the_command_writes_it(tmp_path: Path) -> None:
    report = evaluate(FakeBot().ask, [HOW_MANY, NOT_THERE], name="小集")
    paths = report.write(tmp_path / "out")
    assert {path.name for path in paths} == {
        "run.json",
        "rows.jsonl",
        "report.html",
        "report.json",
        "report.md",
        "rows.csv",
    }
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in (tmp_path / "out" / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [row["id"] for row in rows] == ["1", "3"]
    assert rows[0]["strict"] is True and rows[0]["quotes"] == ["到2025年，建成七个示范区。"]
    markdown = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert markdown == report.to_markdown()
    assert "| 严格正确 | 1.00 |" in markdown and "| numeric | 1 |" in markdown
    assert json.loads(json.dumps(report.to_dict()))["overall"]["questions"] == 2
    with pytest.raises(RunError, match="里已经有 run.json"):
        report.write(tmp_path / "out")


def test_a_question_that_fails_is_a_wrong_row_and_the_others_are_asked() -> None:
    def ask(question: str, history: Sequence[tuple[str, str]]) -> Answer:
        if not question.strip():
            raise ValueError("请输入问题。")
        return FakeBot().ask(question, history)

    report = evaluate(ask, [Case("0", "", " ", "七个。"), HOW_MANY])
    assert [row.error for row in report.rows] == ["ValueError: 请输入问题。", ""]
    assert report.overall["errors"] == 1 and report.rows[1].strict is True


def test_the_rows_are_there_as_long_as_they_are_read_and_then_gone() -> None:
    rows = evaluate(FakeBot().ask, [HOW_MANY, WHO]).run.rows()
    assert [row.id for row in rows] == ["1", "2"]
    report = evaluate(FakeBot().ask, [HOW_MANY])
    folder = report.run.folder
    assert folder.is_dir()
    del report
    assert not folder.exists()


def test_a_question_of_which_nothing_is_known_counts_in_no_measure_of_right_and_wrong() -> None:
    unknown = Case("4", "", "红烧肉怎么做？")
    row = judge(unknown, FakeBot().ask(unknown.question), 0.02)
    assert row.refused and (row.right, row.falsely_refused, row.rightly_refused) == (None, None, None)
    table = Tally([row, judge(HOW_MANY, FakeBot().ask(HOW_MANY.question), 0.02)]).table()
    assert (table["questions"], table["answerable"], table["unjudged"], table["false_refusal"]) == (2, 1, 1, 0.0)


def test_a_row_holds_how_a_follow_up_was_read_and_what_yes_or_no_was_wanted() -> None:
    case = Case("5", "yesno", "谁牵头？", "是。", (("示范区呢？", "七个。"),), polarity="yes")
    row = judge(case, FakeBot().ask(case.question, case.history), 0.02)
    assert (row.standalone, row.polarity) == ("示范区呢？谁牵头？", "yes")
    assert Row.from_json(json.loads(json.dumps(row.to_json()))) == row
    older = {name: value for name, value in row.to_json().items() if name not in ("standalone", "polarity")}
    assert Row.from_json(older).standalone == ""


def test_a_measure_that_no_question_has_is_a_dash() -> None:
    assert shown("refusal", None) == "–"
    assert shown("questions", 3) == "3"
    assert shown("strict", 0.5) == "0.50"
    assert shown("p50", 12.4) == "12"
