"""From a question to passages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fakes import HashEmbedder
from index.retriever import RerankerUnavailable, Retriever, Weights, open_reranker
from index.store import Index
from outlined import outlined

FISHING = outlined(
    "一、渔港\n"
    + "加快建设避风锚地，完善渔船进出港报告制度。" * 6
    + "\n二、渔民\n"
    + "开展安全技能培训，发放转产补助。" * 8,
    "渔业",
    title="渔业意见",
)
FOREST = outlined("一、古树\n建立古树名木档案。\n二、林道\n修缮防火林道。", "林业", title="林业办法")


@pytest.fixture
def index(tmp_path: Path) -> Index:
    built = Index.open(tmp_path, HashEmbedder())
    built.build([FISHING, FOREST])
    return built


@pytest.fixture
def retriever(index: Index) -> Retriever:
    return Retriever(index, HashEmbedder())


def test_the_best_passage_comes_first_with_all_that_is_known_of_it(retriever: Retriever) -> None:
    first, *rest = retriever.retrieve("渔民的安全技能培训怎么开展？")
    assert first.section == ("二、渔民",)
    assert first.title == "渔业意见"
    assert FISHING.text[first.start : first.end] == first.text
    assert len(first.sentence_scores) == len(first.chunk.sentences)
    assert max(first.sentence_scores) > 0
    assert first.dense > 0
    assert first.sparse > 0
    scores = [first.score, *(passage.score for passage in rest)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_question_far_from_all_documents_scores_low(retriever: Retriever) -> None:
    near = retriever.retrieve("建立古树名木档案")[0].score
    far = retriever.retrieve("zebra quantum 7391")
    assert not far or far[0].score < near / 2


def test_k_bounds_the_passages(retriever: Retriever) -> None:
    assert len(retriever.retrieve("渔港", k=1)) == 1
    assert retriever.retrieve("渔港", k=0) == []
    assert len(retriever.retrieve("渔港", k=100)) == len(FISHING.sections + FOREST.sections)


@pytest.mark.parametrize("question", ["", "  \n"])
def test_an_empty_question_finds_nothing(retriever: Retriever, question: str) -> None:
    assert retriever.retrieve(question) == []


@pytest.mark.parametrize("question", ["？？？", "的", "😀", "a" * 5000, "渔港" * 2000])
def test_odd_questions_are_answered_with_passages_or_none(retriever: Retriever, question: str) -> None:
    assert len(retriever.retrieve(question)) <= 10


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    assert Retriever(Index.open(tmp_path / "none", HashEmbedder()), HashEmbedder()).retrieve("渔港") == []


def test_scope_is_kept(retriever: Retriever) -> None:
    assert {passage.doc_id for passage in retriever.retrieve("渔港", allowed={"林业"})} == {"林业"}
    assert retriever.retrieve("渔港", allowed=set()) == []


def test_another_wording_can_bring_the_passage_up(retriever: Retriever) -> None:
    asked = "老树怎么登记？"
    plain = retriever.retrieve("渔船" + asked)
    varied = retriever.retrieve("渔船" + asked, variants=[("建立古树名木档案", 3.0)])
    assert plain[0].doc_id == "渔业"
    assert varied[0].doc_id == "林业"


def test_what_is_no_prose_is_set_back(tmp_path: Path) -> None:
    prose = outlined("一、渔船进出港报告", "正文")
    contents = outlined("一、渔船进出港报告\n", "目录", kind="toc")
    index = Index.open(tmp_path, HashEmbedder())
    index.build([contents, prose])
    found = Retriever(index, HashEmbedder()).retrieve("渔船进出港报告")
    assert [passage.chunk.kind for passage in found] == ["body", "toc"]


@pytest.mark.parametrize("field", ["chunk", "sentence", "body", "path"])
def test_each_channel_can_search_alone(index: Index, field: str) -> None:
    alone = replace(Weights(0, 0, 0, 0), **{field: 1.0})
    found = Retriever(index, HashEmbedder(), weights=alone).retrieve("林业的古树名木档案")
    assert found[0].doc_id == "林业"


def test_a_reranker_has_the_last_word(index: Index) -> None:
    seen: list[str] = []

    def rerank(question: str, texts: list[str]) -> list[float]:
        seen.append(question)
        return [1.0 if "林道" in text else 0.1 for text in texts]

    found = Retriever(index, HashEmbedder(), rerank=rerank).retrieve("渔港", k=2)
    assert seen == ["渔港"]
    assert (found[0].doc_id, found[0].score) == ("林业", 1.0)
    assert len(found) == 2


@pytest.fixture(scope="module")
def tiny_reranker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a random one-layer cross-encoder."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("reranker")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys("渔港林道古树名木档案")]
    BertTokenizerFast(vocab={word: i for i, word in enumerate(words)}).save_pretrained(folder)
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertForSequenceClassification(BertConfig(vocab_size=len(words), num_labels=1, **sizes)).save_pretrained(folder)
    return folder


@pytest.mark.slow
def test_a_cross_encoder_reranks(index: Index, tiny_reranker: Path) -> None:
    rerank = open_reranker(str(tiny_reranker))
    scores = rerank("古树", ["渔港", "林道", "名木档案"])
    assert len(set(scores)) == 3 and all(0 < score < 1 for score in scores)
    assert rerank("古树", ["名木档案", "渔港"]) == pytest.approx([scores[2], scores[0]], abs=1e-5)
    found = Retriever(index, HashEmbedder(), rerank=rerank).retrieve("渔港", k=4)
    read = rerank("渔港", [passage.text for passage in found])
    assert [passage.score for passage in found] == pytest.approx(sorted(read, reverse=True), abs=1e-5)


def test_a_reranker_that_cannot_be_had_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def offline(model: str) -> Path:
        raise OSError("We couldn't connect to the hub\nand more")

    monkeypatch.setattr("index.embedder._hub_folder", offline)
    with pytest.raises(
        RerankerUnavailable, match="无法加载（We couldn't connect to the hub）.*POLICYQA_RERANKER=/本地"
    ):
        open_reranker("nobody/no-such-model")
    with pytest.raises(RerankerUnavailable, match="没有这个目录"):
        open_reranker(str(tmp_path / "missing"))
