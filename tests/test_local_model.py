"""The language model in this process: what comes in which order, how it is stopped, and what goes wrong.

An engine that is written out here stands in for the model; the slow tests at the end use the real one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, AIMessageChunk, HumanMessage, SystemMessage

from qa import local_model
from qa.local_model import LocalChat, default_threads
from qa.models import ModelUnavailable

ROOT = Path(__file__).parents[1]


class ScriptedEngine:
    """Says its words one by one, each as soon as it may (``step``), and notes what it was asked and how far it came."""

    def __init__(self, words: list[str], error: dict[str, Any] | None = None) -> None:
        self.words, self.error = words, error
        self.requests: list[dict[str, Any]] = []
        self.said: list[str] = []
        self.step = threading.Semaphore(1000)
        self.ended = threading.Event()

    def stream(self, request: dict[str, Any], on_chunk: Callable[[dict[str, Any]], bool]) -> None:
        self.requests.append(request)
        try:
            self._say(on_chunk)
        finally:
            self.ended.set()

    def _say(self, on_chunk: Callable[[dict[str, Any]], bool]) -> None:
        if self.error is not None:
            on_chunk({"error": self.error})
            return
        on_chunk({"choices": [{"delta": {"role": "assistant", "content": None}, "finish_reason": None}]})
        for word in self.words:
            self.step.acquire()
            self.said.append(word)
            if on_chunk({"choices": [{"delta": {"content": word}, "finish_reason": None}]}):
                return
        on_chunk({"choices": [{"delta": {}, "finish_reason": "stop"}]})
        usage = {"prompt_tokens": 9, "completion_tokens": len(self.words), "total_tokens": 9 + len(self.words)}
        on_chunk(
            {
                "choices": [],
                "usage": {**usage, "prompt_tokens_details": {"cached_tokens": 5}},
                "timings": {"prompt_n": 4, "prompt_ms": 40.0, "predicted_ms": 90.0},
            }
        )

    def count(self, messages: list[dict[str, Any]]) -> int:
        return sum(len(message["content"]) for message in messages)

    def tokens(self, text: str) -> list[int]:
        return [ord(character) for character in text]


def chat_with(engine: ScriptedEngine, **settings: Any) -> LocalChat:
    chat = LocalChat(model_path=Path("toy.gguf"), **settings)
    chat._engine = engine
    return chat


def test_an_answer_with_its_tokens() -> None:
    answer = chat_with(ScriptedEngine(["大雾", "停航", "。"])).invoke("何时停航？")
    assert answer.content == "大雾停航。"
    assert answer.usage_metadata == {
        "input_tokens": 9, "output_tokens": 3, "total_tokens": 12, "input_token_details": {"cache_read": 5}
    }  # fmt: skip
    assert answer.response_metadata["finish_reason"] == "stop"
    assert answer.response_metadata["model_name"] == "toy"
    assert answer.response_metadata["prompt_ms"] == 40.0


def test_words_come_as_they_are_said() -> None:
    engine = ScriptedEngine(["一", "二", "三"])
    engine.step = threading.Semaphore(0)
    stream = chat_with(engine).stream("数到三")
    for word in ("一", "二", "三"):
        engine.step.release()
        assert next(stream).content == word
        assert engine.said[-1] == word  # the next one is not said yet: it waits for its step
    total = AIMessageChunk(content="")
    for chunk in stream:
        total += chunk
    assert total.content == ""
    assert total.usage_metadata is not None and total.usage_metadata["output_tokens"] == 3


def test_the_request_holds_messages_and_limits() -> None:
    engine = ScriptedEngine(["好"])
    messages = [SystemMessage("简短"), HumanMessage("问"), AIMessage("答"), HumanMessage("再问")]
    chat_with(engine, max_tokens=70).invoke(messages, stop=["。"], temperature=0.3)
    (request,) = engine.requests
    assert [(m["role"], m["content"]) for m in request["messages"]] == [
        ("system", "简短"), ("user", "问"), ("assistant", "答"), ("user", "再问")
    ]  # fmt: skip
    assert (request["max_tokens"], request["temperature"], request["stop"]) == (70, 0.3, ["。"])
    assert "cancel" not in request


def test_closing_the_stream_ends_the_computation() -> None:
    engine = ScriptedEngine(["字"] * 100)
    engine.step = threading.Semaphore(2)
    stream = chat_with(engine).stream("写一百个字")
    next(stream)
    next(stream)
    stream.close()
    engine.step.release(98)  # it could say all of them
    assert engine.ended.wait(5)
    assert len(engine.said) == 3  # the one that was under way, and no more


def test_an_event_ends_the_answer_early_and_says_so() -> None:
    engine, cancel = ScriptedEngine(["字"] * 100), threading.Event()
    engine.step = threading.Semaphore(2)
    chunks = chat_with(engine).stream("写一百个字", cancel=cancel)
    said = [next(chunks).content, next(chunks).content]
    cancel.set()
    engine.step.release(98)
    rest = list(chunks)
    assert said == ["字", "字"]
    assert "".join(str(chunk.content) for chunk in rest) == ""
    assert rest[-1].response_metadata["finish_reason"] == "cancelled"
    assert engine.ended.wait(5)
    assert len(engine.said) == 3


def test_a_call_that_waits_for_its_turn_can_be_cancelled() -> None:
    engine, cancel = ScriptedEngine(["字"]), threading.Event()
    engine.step = threading.Semaphore(0)  # nothing comes
    threading.Timer(0.05, cancel.set).start()
    (last,) = chat_with(engine).stream("写一个字", cancel=cancel)
    assert last.response_metadata["finish_reason"] == "cancelled"
    engine.step.release()
    assert engine.ended.wait(5)


def test_a_prompt_that_is_too_long_is_told_with_its_length() -> None:
    error = {"type": "exceed_context_size_error", "n_prompt_tokens": 5000, "n_ctx": 4096, "message": "…"}
    with pytest.raises(ModelUnavailable, match="5000 个词元，模型的上下文只有 4096 个。请少给几段"):
        chat_with(ScriptedEngine([], error)).invoke("很长")


def test_what_else_goes_wrong_is_told() -> None:
    with pytest.raises(ModelUnavailable, match="模型没有答出来：out of luck。请再试一次"):
        chat_with(ScriptedEngine([], {"message": "out of luck"})).invoke("问")


def test_tokens_are_counted_by_the_engine() -> None:
    chat = chat_with(ScriptedEngine([]))
    assert chat.get_num_tokens("渡口") == 2
    assert chat.get_num_tokens_from_messages([SystemMessage("简短"), HumanMessage("问题")]) == 4


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="policyqa model fetch"):
        LocalChat(model_path=tmp_path / "no.gguf").invoke("问")


def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "text.gguf").write_text("text")
    with pytest.raises(ModelUnavailable, match="不是 GGUF 格式"):
        LocalChat(model_path=tmp_path / "text.gguf").invoke("问")


def test_without_the_library_the_user_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some.gguf").write_bytes(b"GGUF")
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ModelUnavailable, match=r"pip install 'policyqa\[local\]'"):
        LocalChat(model_path=tmp_path / "some.gguf").invoke("问")
    assert "OMP_WAIT_POLICY" not in os.environ


def test_a_damaged_model_is_told_quietly(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("xllamacpp", reason="pip install 'policyqa[local]'")
    (tmp_path / "damaged.gguf").write_bytes(b"GGUF" + bytes(1000))
    with pytest.raises(ModelUnavailable, match=r"damaged.gguf 装不起来：文件损坏"):
        LocalChat(model_path=tmp_path / "damaged.gguf").invoke("问")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("threads", ["0", "two"])
def test_threads_that_make_no_sense(threads: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_THREADS", threads)
    with pytest.raises(ModelUnavailable, match=f"POLICYQA_THREADS 应为正整数，现在是“{threads}”"):
        default_threads()


def test_threads_are_the_users_or_one_per_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_THREADS", "3")
    assert default_threads() == 3
    monkeypatch.delenv("POLICYQA_THREADS")
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1, 2, 3}, raising=False)
    monkeypatch.setattr(local_model, "_core", lambda cpu: f"core {cpu // 2}")
    assert default_threads() == 2


# --- the real model

PASSAGES = "[1] 渡船应当配备救生衣和灭火器。\n[2] 遇有大雾，渡口经营者应当停止渡运。"
QUESTION = f"{PASSAGES}\n\n问题：遇有大雾怎么办？\n请用一句话回答，句号后面写上所依据的段落的编号，如“……。[1]”。"
STORY = "写一篇五百字的文章，介绍秋天。"


@pytest.fixture(scope="module")
def real() -> LocalChat:
    """The default model, where it has been fetched (POLICYQA_FETCH_MODEL=1 fetches it now)."""
    pytest.importorskip("xllamacpp", reason="pip install 'policyqa[local]'")
    from qa.model_store import fetch, known_models, path_of
    from qa.settings import Settings

    name, cache_dir = known_models()[0].name, Settings.load().cache_dir
    if os.environ.get("POLICYQA_FETCH_MODEL"):
        fetch(name, cache_dir)
    try:
        path = path_of(name, cache_dir)
    except ModelUnavailable as error:
        pytest.skip(f"{error} Or set POLICYQA_FETCH_MODEL=1.")
    chat = LocalChat(model_path=path, max_tokens=400)
    chat.invoke("你好", max_tokens=1)  # loaded, so that what follows can be timed
    return chat


@pytest.mark.slow
def test_a_real_answer_rests_on_its_passage_and_names_it(real: LocalChat, capfd: pytest.CaptureFixture[str]) -> None:
    chunks = list(real.stream([SystemMessage("只根据给出的段落回答问题。"), HumanMessage(QUESTION)]))
    answer = "".join(str(chunk.content) for chunk in chunks)
    assert "停止渡运" in answer
    assert "[2]" in answer
    assert len(chunks) > 5
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_the_real_tokens_are_those_of_the_prompt(real: LocalChat) -> None:
    messages = [SystemMessage("只根据给出的段落回答问题。"), HumanMessage(QUESTION)]
    usage = real.invoke(messages, max_tokens=3).usage_metadata
    assert usage is not None
    assert usage["input_tokens"] == real.get_num_tokens_from_messages(messages)
    assert usage["output_tokens"] <= 3
    assert 0 < real.get_num_tokens(PASSAGES) < usage["input_tokens"]


@pytest.mark.slow
def test_a_prompt_that_begins_like_an_earlier_one_is_not_computed_again(real: LocalChat) -> None:
    one, other = f"{PASSAGES}\n问题：渡船配备什么？", f"{PASSAGES}\n问题：何时停止渡运？"
    real.invoke(one, max_tokens=1)
    real.invoke([SystemMessage("你是作家。"), HumanMessage(STORY)], max_tokens=1)  # something else in between
    usage = real.invoke(other, max_tokens=1).usage_metadata
    assert usage is not None
    assert usage["input_token_details"]["cache_read"] > real.get_num_tokens(PASSAGES) * 0.9


@pytest.mark.slow
def test_after_closing_the_stream_the_next_call_starts_at_once(real: LocalChat) -> None:
    chunks = real.stream(STORY)
    began = time.monotonic()
    for _ in range(6):
        next(chunks)
    a_word = (time.monotonic() - began) / 6
    chunks.close()
    began = time.monotonic()
    real.invoke(STORY, max_tokens=1)  # its prompt is in the cache
    assert time.monotonic() - began < 10 * a_word  # to its end, the story would have taken hundreds of words


@pytest.mark.slow
def test_a_prompt_that_is_being_read_can_be_cancelled(real: LocalChat) -> None:
    prompt, cancel = "".join(f"第{n}条 遇有大雾，渡口经营者应当停止渡运。" for n in range(150)), threading.Event()
    threading.Timer(0.2, cancel.set).start()
    chunks = list(real.stream(prompt, cancel=cancel))
    assert chunks[-1].response_metadata["finish_reason"] == "cancelled"
    assert "".join(str(chunk.content) for chunk in chunks) == ""
    began = time.monotonic()
    told = real.invoke(prompt[-200:], max_tokens=1).response_metadata
    waited = time.monotonic() - began - told["prompt_ms"] / 1000
    a_token = told["prompt_ms"] / told["prompt_n"] / 1000
    assert waited < real.get_num_tokens(prompt) / 3 * a_token  # the long prompt was not read to its end


@pytest.mark.slow
def test_a_program_that_ends_does_not_wait_for_an_answer(real: LocalChat) -> None:
    program = (
        "import sys; from pathlib import Path; from qa.local_model import LocalChat\n"
        f"chunks = LocalChat(model_path=Path(sys.argv[1]), max_tokens=3000).stream({STORY!r})\n"
        "print(next(chunks).content)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(real.model_path)], cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout) > 1
