"""Other systems beside policyqa: passages and answers in the same shape, measured alike; what is missing is said."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

import peers
import systems
from index.passage import Chunk, Passage
from qa.evaluation import Case, Evidence
from systems import SENTENCE, CountingEmbedder, Job

PARKING = "一、停车\n市交通运输局负责规划公共停车场。公共停车场每小时收费不超过三元。"
HERBS = "一、药材\n市林业局建立古树名木档案。药材种植基地由市农业农村局认定。"
TEXTS = {"parking": PARKING, "herbs": HERBS}
FEE = "公共停车场每小时收费不超过三元。"
CASES = (
    Case(
        "1",
        "factoid",
        "公共停车场每小时收费多少？",
        "三元",
        key_points=(("三元",),),
        evidence=(Evidence("parking", FEE),),
    ),
    Case("2", "factoid", "谁来养鱼？", answerable=False),
)


def chunk_of(text: str) -> Passage:
    return Passage(Chunk("", "a", -1, (), "body", 0, len(text), None, text, ()), "a", 1.0)


# --- the embedder without a model ---


def test_texts_that_share_words_are_near_and_unit_vectors() -> None:
    embedder = CountingEmbedder()
    question, near, far = embedder.embed_documents(["停车场收费", "停车场如何收费", "古树名木"])
    assert question @ near > 0.6 > 0.2 > question @ far
    assert np.allclose(np.linalg.norm(embedder.embed_sentences(["停 车"])[1][0], axis=1), 1)
    assert len(embedder.embed_tokens("停 车")[0]) == 2


def test_an_empty_text_is_the_zero_vector() -> None:
    assert not CountingEmbedder().embed_query(" ").any()
    assert len(CountingEmbedder().embed_tokens("")[0]) == 1


# --- the systems ---


@pytest.mark.parametrize("name", systems.PEERS)
def test_a_peer_finds_passages_with_their_document(name: str) -> None:
    if systems.missing(name):
        pytest.skip("the extra bench is not installed")
    find = systems.PEERS[name](TEXTS, CountingEmbedder())
    best, *rest = find("公共停车场每小时收费多少？", 2)
    assert best.doc_id == "parking" and FEE in best.text
    assert [passage.doc_id for passage in rest] == ["herbs"]
    assert TEXTS["parking"][best.start : best.end] == best.text


@pytest.mark.parametrize("name", systems.PEERS)
def test_a_peer_is_measured_in_its_own_process(name: str, tmp_path: Path) -> None:
    if systems.missing(name):
        pytest.skip("the extra bench is not installed")
    systems.write_texts(TEXTS, tmp_path / "texts")
    job = Job(name, "hash", (), str(tmp_path / "texts"), (("tiny", CASES),), str(tmp_path / "scratch"))
    measured = systems.run(job)
    assert measured.find["tiny"]["questions"] == 1 and measured.find["tiny"]["any@1"] == 1
    answered = measured.answers["tiny"][SENTENCE]
    assert answered["strict"] == 1 and answered["citation_precision"] == 1 and answered["refusal"] == 0


def test_policyqa_is_measured_by_the_same_measures(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    paths = tuple(str(tmp_path / f"{name}.txt") for name in TEXTS)
    measured = systems.run(Job("policyqa", "hash", paths, "", (("tiny", CASES),), str(tmp_path / "scratch")))
    assert measured.find["tiny"]["any@1"] == 1 and measured.find["tiny"]["mrr@10"] == 1
    assert measured.answers["tiny"][systems.EXTRACT]["questions"] == 2
    assert sum(measured.stages.values()) <= measured.index_seconds
    if sys.platform == "linux":
        assert measured.memory["peak"] >= measured.memory["peak_own"] > 20
    text = peers.tables(peers.Topic("小样", (), (("tiny", CASES),)), [measured])
    assert "| tiny（1） | policyqa | 1.00 |" in text and "| tiny（2） | policyqa：摘录（默认） |" in text


def test_time_before_a_stage_reports_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 6.0, 8.0, 9.0])
    monkeypatch.setattr(systems.time, "perf_counter", lambda: next(clock))
    stages: dict[str, float] = {}
    with systems._staged(stages) as tell:
        tell("copies", 0, 1)
        tell("copies", 1, 1)
        tell("vectors", 1, 2)  # the first half is done, at 6
        tell("vectors", 2, 2)
    assert stages == {"copies": 1.0, "vectors": 8.0}


def test_a_failure_in_the_process_says_what_happened(tmp_path: Path) -> None:
    job = Job("policyqa", "hash", (str(tmp_path / "none"),), "", (), str(tmp_path / "scratch"))
    with pytest.raises(RuntimeError, match="NoDocuments"):
        systems.run(job)


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(systems.SYSTEMS, "other", ("另一个", ("no_such_module_here.part",)))
    assert "no_such_module_here.part" in (systems.missing("other") or "")
    assert "policyqa[bench]" in (systems.missing("other") or "")
    assert systems.missing("policyqa") is None


# --- answers without a model ---


def test_sentences_of_overlapping_passages_are_said_once() -> None:
    ask = systems.sentence_answer(lambda question, k: [chunk_of(PARKING), chunk_of(PARKING)], CountingEmbedder(), 3)
    answer = ask("公共停车场每小时收费多少？", ())
    assert [citation.quote for citation in answer.citations][0] == FEE
    assert answer.text.startswith(f"{FEE}[1]") and answer.text.count(FEE) == 1
    for citation in answer.citations:
        assert PARKING[citation.start : citation.end] == citation.quote


def test_a_follow_up_is_searched_behind_the_question_before_it() -> None:
    asked: list[str] = []

    def find(question: str, k: int) -> list[Passage]:
        asked.append(question)
        return [chunk_of(PARKING)]

    systems.passage_answer(find)("收费呢？", [("谁规划停车场？", "市交通运输局。")])
    assert asked == ["谁规划停车场？ 收费呢？"]


def test_a_quote_in_a_long_passage_counts_only_without_the_bound() -> None:
    found = systems._passages_table(lambda question, k: [chunk_of("甲" * 900 + FEE + "乙" * 900)], CASES)
    assert found["any@5"] == 0 and found["any@5 of any length"] == 1 and found["characters@5"] == 1800 + len(FEE)


# --- SQuAD ---

CONTEXT = "梅溪镇有三座古桥。最老的一座建于明代，长四十米。"
SQUAD = {
    "data": [
        {
            "title": "桥",
            "paragraphs": [
                {
                    "context": CONTEXT,
                    "qas": [
                        {
                            "id": "q1",
                            "question": "最老的桥建于何时？",
                            "answers": [{"text": "明代", "answer_start": CONTEXT.index("明代")}],
                        },
                        {"id": "q2", "question": "没有答案的", "answers": []},
                    ],
                }
            ],
        }
    ]
}
CMRC = [
    {
        "context_id": "1",
        "context_text": CONTEXT,
        "title": "桥",
        "qas": [{"query_id": "q1", "query_text": "最老的桥建于何时？", "answers": ["明代"]}],
    }
]


@pytest.mark.parametrize("data", [SQUAD, CMRC], ids=["squad", "cmrc"])
def test_a_squad_file_gives_documents_and_questions(data: object, tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    topic = peers.squad(path, tmp_path / "paragraphs")
    ((_, cases),) = topic.sets
    assert [(case.id, case.evidence) for case in cases] == [
        ("q1", (Evidence("p00001", "最老的一座建于明代，长四十米。"),))
    ]
    measured = peers.compare(topic, ["policyqa"], "hash", answers=False)
    assert measured[0].find["set"]["any@1"] == 1 and measured[0].answers["set"] == {}
    assert "不用语言模型" not in peers.tables(topic, measured)


def test_a_file_without_answers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text('{"data": []}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"set\.json 里没有带答案的问题"):
        peers.squad(path, tmp_path / "paragraphs")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "没有这个文件"),
        ("{", "policyqa eval check"),
        ('{"data": [{"paragraphs": [{"context": "一。", "qas": ["坏"]}]}]}', "policyqa eval check"),
        ('[{"context": "一。"}]', "SQuAD 或 CMRC 2018 的格式"),
    ],
    ids=["missing", "no JSON", "a question that is none", "another layout"],
)
def test_a_file_that_cannot_be_read_is_told_in_words(
    content: str | None, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "set.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["peers.py", "--systems", "policyqa", "--squad", str(path)])
    with pytest.raises(SystemExit) as ended:
        peers.main()
    assert str(path) in str(ended.value) and says in str(ended.value)


# --- the page ---


def test_a_section_of_the_page_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("前\n<!-- peers -->\n旧\n<!-- /peers -->\n后\n", encoding="utf-8")
    peers.put(page, "peers", "新")
    assert page.read_text(encoding="utf-8") == "前\n<!-- peers -->\n新\n<!-- /peers -->\n后\n"
    with pytest.raises(ValueError, match="no place for growth"):
        peers.put(page, "growth", "新")


def test_the_command_is_shown_as_it_was_typed() -> None:
    assert peers.command("peers", ["--squad", "a b.json", "--write"]) == "python benchmarks/peers.py --squad 'a b.json'"
