"""Drafted questions: taken from the documents' structure, their quotes verbatim, the unanswerable ones unanswerable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fakes import HashEmbedder
from qa import PolicyQA
from qa.answer import Answer
from qa.draft import draft
from qa.evaluation import judge
from qa.question_sets import Case
from test_starters import PLAN, RULES


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("draft")
    (folder / "001_plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "002_rules.txt").write_text(RULES, encoding="utf-8")
    return PolicyQA.open(documents=[folder], data_dir=folder / "index", embedder=HashEmbedder())


@pytest.fixture(scope="module")
def cases(source: PolicyQA) -> list[Case]:
    return [case for case, _ in draft(source, 60)]


def by_type(cases: list[Case], kind: str) -> dict[str, Case]:
    return {case.question: case for case in cases if case.type == kind}


def test_every_kind_of_structure_gives_questions(cases: list[Case]) -> None:
    asked = {case.question: case for case in cases}
    duty = asked["《甲市数字乡村建设行动方案》中，“发展智慧农业”由谁牵头？"]
    assert duty.key_points == (("市农业农村局",),) and duty.type == "responsibility"
    assert [e.quote for e in duty.evidence] == ["（二）发展智慧农业", "（市农业农村局牵头，市科技局配合）"]
    assert duty.evidence[0].doc == "001"
    led = asked["《甲市数字乡村建设行动方案》中，市农业农村局牵头哪些工作？"]
    assert led.key_points == (("发展智慧农业",), ("办好线上学堂",))
    listed = asked["《甲市数字乡村建设行动方案》中，“保障措施”包括哪几项？"]
    assert listed.key_points == (("加强资金支持",), ("加强人才培训",), ("加强督促检查",))
    assert {"numeric", "definition", "date", "metadata", "unanswerable"} <= {case.type for case in cases}
    assert next(iter(by_type(cases, "numeric").values())).key_points == (("95%",),)


def test_quotes_are_verbatim_and_reference_answers_right_by_their_own_measure(
    source: PolicyQA, cases: list[Case]
) -> None:
    texts = [source.document(doc_id).text for doc_id in source.doc_ids()]
    for case in cases:
        assert all(any(item.quote in text for text in texts) for item in case.evidence)
        row = judge(case, Answer(case.question, case.answer, refused=not case.answerable), 0.0)
        assert row.right, (case.question, row.missing)


def test_the_unanswerable_ones_ask_for_what_no_document_holds(source: PolicyQA, cases: list[Case]) -> None:
    asked = list(by_type(cases, "unanswerable"))
    assert 3 <= len(asked) <= 60 // 5
    assert any("行政村5G网络覆盖率" in q and "2027年" not in q for q in asked), "another year"
    assert any(q.startswith("《乙县养老服务管理办法》") and "乡村网络" in q for q in asked), "another document"
    assert not any(case.key_points for case in by_type(cases, "unanswerable").values())


def test_a_draft_is_the_same_each_time_and_as_long_as_asked_for(source: PolicyQA, cases: list[Case]) -> None:
    assert [case for case, _ in draft(source, 60)] == cases
    few = [case for case, _ in draft(source, 5)]
    assert len(few) == 5 and [case.answerable for case in few].count(False) == 1
    assert len({case.question for case in cases}) == len(cases)
    assert len({case.id for case in cases}) == len(cases)


def test_of_a_small_document_too_a_fifth_has_no_answer(tmp_path: Path) -> None:
    few = "甲市农业办法\n第一条 甲市农业农村局负责。\n"
    for number, name in enumerate(("发展智慧农业", "建设乡村网络", "培养乡村人才", "办好线上学堂"), 1):
        few += f"（{'一二三四'[number - 1]}）{name}。建设一批示范点。（市农业农村局牵头，市科技局配合）\n"
    (tmp_path / "001_few.txt").write_text(few, encoding="utf-8")
    small = PolicyQA.open(documents=[tmp_path], data_dir=tmp_path / "index", embedder=HashEmbedder())
    written = [case.answerable for case, _ in draft(small, 500)]
    assert 4 <= written.count(True) < 60 and written.count(False) == round(written.count(True) / 4)


GOOD = {
    "question": "养老服务要多少床位才行？", "answer": "要有十张以上床位。", "key_points": ["十张", "编的"], "quote": "有十张以上床位",
}  # fmt: skip


def test_a_model_adds_questions_that_the_passage_bears_out(source: PolicyQA) -> None:
    prompts: list[str] = []

    def write(prompt: str) -> str:
        prompts.append(prompt)
        invented = {
            "question": "养老机构谁批准？",
            "answer": "县长。",
            "key_points": ["县长"],
            "quote": "由县长批准设立",
        }
        return f"好的：\n```json\n{json.dumps([GOOD, invented], ensure_ascii=False)}\n```"

    cases = [case for case, _ in draft(source, 20, write)]
    made = [case for case in cases if case.type == "model"]
    assert [(case.question, case.key_points) for case in made] == [("养老服务要多少床位才行？", (("十张",),))]
    assert len(cases) == 20, "what the model did not come up with the rules make up for"
    assert any("设立养老机构应当具备下列条件" in prompt and "《乙县养老服务管理办法》" in prompt for prompt in prompts)
    assert len(prompts) <= 4 * 8, "a model that says nothing of use is not asked about all there is"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"question": "该条规定要多少床位才行？"},
        {"question": "以上内容说要多少床位？"},
        {"question": "有十张以上床位"},
        {"question": "要有十张还是更多的床位才行？"},
        {"answer": "没有说明。"},
        {"key_points": ["有二十张"]},
        {"key_points": "十张"},
        {"key_points": ["床位"]},
        {"quote": "有十张以上的床位"},
        {"quote": ["有十张以上床位"]},
        {"question": None},
    ],
)
def test_what_is_no_use_as_a_question_is_kept_out(source: PolicyQA, spoilt: dict[str, object]) -> None:
    said = json.dumps([{**GOOD, **spoilt}], ensure_ascii=False)
    assert not [case for case, _ in draft(source, 20, lambda _: said) if case.type == "model"]


def test_an_answer_that_is_quoted_is_a_point_where_the_model_names_none_of_it(source: PolicyQA) -> None:
    said = json.dumps([{**GOOD, "answer": "有十张以上床位。", "key_points": ["床位", "编的"]}], ensure_ascii=False)
    made = [case for case, _ in draft(source, 20, lambda _: said) if case.type == "model"]
    assert [case.key_points for case in made] == [(("有十张以上床位",),)]


def test_an_output_that_was_cut_off_is_taken_as_far_as_it_goes(source: PolicyQA) -> None:
    said = json.dumps([GOOD, GOOD], ensure_ascii=False)[:-20]
    assert [case.question for case, _ in draft(source, 20, lambda _: said) if case.type == "model"] == [
        GOOD["question"]
    ]


def test_a_model_that_fails_from_the_first_says_so_and_one_that_fails_later_ends_nothing(source: PolicyQA) -> None:
    def never(_: str) -> str:
        raise ConnectionError("连不上")

    with pytest.raises(ConnectionError):
        list(draft(source, 20, never))
    asked = []

    def once(prompt: str) -> str:
        asked.append(prompt)
        if len(asked) > 1:
            raise ConnectionError("连不上")
        return ""

    assert len(list(draft(source, 20, once))) == 20
    assert len(asked) == 4, "three failures in a row are enough"


@pytest.mark.parametrize("said", ["", "不会出题", "[", '[1, "二"]', '{"question": "不是数组"}'])
def test_a_model_that_says_something_else_adds_nothing(source: PolicyQA, said: str) -> None:
    assert not [case for case, _ in draft(source, 10, lambda _: said) if case.type == "model"]


def test_documents_without_structure_give_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("随便写的一句话。", encoding="utf-8")
    bare = PolicyQA.open(documents=[tmp_path], data_dir=tmp_path / "index", embedder=HashEmbedder())
    assert list(draft(bare, 10)) == []
