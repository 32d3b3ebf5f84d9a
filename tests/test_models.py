"""Language models by name: what is opened, where keys come from, and a service that speaks OpenAI's protocol."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from qa.models import ENDPOINTS, ModelUnavailable, open_chat_model, window_of
from qa.settings import Settings
from qa.writer import Cancelled, Writer, Written

pytest.importorskip("langchain_openai")


def settings(tmp_path: Path, **choices: Any) -> Settings:
    return Settings.load(data_dir=tmp_path, cache_dir=tmp_path, **choices)


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", *(endpoint.key for endpoint in ENDPOINTS.values())):
        monkeypatch.delenv(name, raising=False)


class Service(BaseHTTPRequestHandler):
    """Answers a chat request in three chunks; the first requests with 429 as often as ``busy`` says; or not at all."""

    busy = 0
    silent = False
    strict = False  #: refuses fields that it does not know
    usages: tuple[int, ...] = ()  #: output tokens so far, told with each chunk
    left = threading.Event()  #: while it was silent, who asked has gone
    seen: list[tuple[str, str, dict[str, Any]]] = []

    def do_POST(self) -> None:  # noqa: N802 - the name is the library's
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Service.seen.append((self.path, self.headers["Authorization"], body))
        if Service.busy:
            Service.busy -= 1
            self.send_response(429)
            self.end_headers()
            return
        if Service.strict and "stream_options" in body:
            self.send_response(400)
            self.end_headers()
            return
        if Service.silent:
            if not self.rfile.read(1):
                Service.left.set()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for n, text in enumerate(("甲", "负责", "[1]。")):
            told = {"usage": _usage(Service.usages[n])} if Service.usages else {}
            self._chunk({"choices": [{"index": 0, "delta": {"role": "assistant", "content": text}}], **told})
        if body.get("stream_options", {}).get("include_usage"):
            self._chunk({"choices": [], "usage": _usage(3)})
        self.wfile.write(b"data: [DONE]\n\n")

    def _chunk(self, data: dict[str, Any]) -> None:
        full = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", **data}
        self.wfile.write(f"data: {json.dumps(full)}\n\n".encode())

    def log_message(self, *_: Any) -> None:
        pass


def _usage(said: int) -> dict[str, int]:
    return {"prompt_tokens": 30, "completion_tokens": said, "total_tokens": 30 + said}


@pytest.fixture
def service() -> Iterator[str]:
    Service.busy, Service.silent, Service.strict, Service.usages, Service.seen = 0, False, False, (), []
    Service.left.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_any_service_that_speaks_openais_protocol(tmp_path: Path, service: str) -> None:
    chosen = settings(tmp_path, llm_base_url=service, llm_tokens=77)
    writer = Writer(open_chat_model("openai:my-model", chosen), 8192, timeout=10, retries=0)
    written = Written()
    assert "".join(writer.stream([("system", "答。"), ("human", "谁？")], written)) == "甲负责[1]。"
    path, _, body = Service.seen[0]
    assert path == "/v1/chat/completions" and body["model"] == "my-model" and body["stream"] is True
    assert body["temperature"] == 0
    assert body["max_tokens"] == 77 and "max_completion_tokens" not in body  # the name that every server knows
    assert [m["content"] for m in body["messages"]] == ["答。", "谁？"]
    assert (written.input_tokens, written.output_tokens) == (30, 3)


def test_a_service_that_tells_the_tokens_so_far_is_not_added_up(tmp_path: Path, service: str) -> None:
    Service.usages, written = (1, 2, 3), Written()
    writer = Writer(open_chat_model("openai:m", settings(tmp_path, llm_base_url=service)), 8192, timeout=10, retries=0)
    list(writer.stream([("human", "谁？")], written))
    assert (written.input_tokens, written.output_tokens) == (30, 3)


def test_a_service_that_refuses_to_count_is_asked_without(tmp_path: Path, service: str) -> None:
    Service.strict = True
    writer = Writer(open_chat_model("openai:m", settings(tmp_path, llm_base_url=service)), 8192, timeout=10, retries=0)
    for _ in range(2):
        assert "".join(writer.stream([("human", "谁？")], Written())) == "甲负责[1]。"
    assert ["stream_options" in body for _, _, body in Service.seen] == [True, False, False]


def test_a_bound_for_one_call_is_told_by_the_same_name(tmp_path: Path, service: str) -> None:
    writer = Writer(open_chat_model("openai:m", settings(tmp_path, llm_base_url=service)), 8192, timeout=10, retries=0)
    list(writer.stream([("human", "谁？")], Written(), tokens=60))
    assert Service.seen[0][2]["max_tokens"] == 60 and "max_completion_tokens" not in Service.seen[0][2]


@pytest.mark.parametrize("address", [None, "https://api.openai.com/v1", "https://mine.openai.azure.com/openai/v1"])
def test_openai_itself_is_told_the_bound_by_its_newer_name(tmp_path: Path, address: str | None) -> None:
    model = open_chat_model("openai:m", settings(tmp_path, llm_tokens=77, llm_base_url=address), "sk-x")
    assert model._get_request_payload("谁？")["max_completion_tokens"] == 77  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["http://[::1", "http://127.0.0.1:99999/v1", "127.0.0.1:8000"])
def test_an_address_that_there_cannot_be_opens_nothing(tmp_path: Path, address: str) -> None:
    chosen = settings(tmp_path).model_copy(update={"llm_base_url": address})
    with pytest.raises(ModelUnavailable, match="llm_base_url"):
        open_chat_model("openai:m", chosen)


def test_a_proxy_that_cannot_be_read_is_told(tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "::")
    with pytest.raises(ModelUnavailable, match="代理"):
        open_chat_model("openai:m", settings(tmp_path, llm_base_url=service))


def test_a_busy_service_is_asked_again(tmp_path: Path, service: str) -> None:
    Service.busy = 2
    chosen = settings(tmp_path, llm_base_url=service)
    writer = Writer(open_chat_model("openai:my-model", chosen), 8192, timeout=10, retries=2, wait=0.01)
    assert "".join(writer.stream([("human", "谁？")], Written())) == "甲负责[1]。"
    assert len(Service.seen) == 3


def test_cancelling_hangs_up_on_a_silent_service(tmp_path: Path, service: str) -> None:
    Service.silent = True
    writer = Writer(
        open_chat_model("openai:my-model", settings(tmp_path, llm_base_url=service)), 8192, timeout=30, retries=0
    )
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    with pytest.raises(Cancelled):
        list(writer.stream([("human", "谁？")], Written(), cancel))
    assert Service.left.wait(2)


def test_the_key_of_a_service_comes_from_the_environment(
    tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-of-the-environment")
    chosen = settings(tmp_path, llm_base_url=service)
    model = open_chat_model("dashscope:qwen-plus", chosen)
    list(Writer(model, 8192, timeout=10, retries=0).stream([("human", "谁？")], Written()))
    assert Service.seen[0][1] == "Bearer sk-of-the-environment"
    assert "sk-of" not in repr(model) and "sk-of" not in Writer(model, 1, 1, 0).fingerprint
    assert "sk-of" not in chosen.model_dump_json()


@pytest.mark.parametrize("service", ENDPOINTS)
def test_without_its_key_a_service_is_not_opened(tmp_path: Path, service: str) -> None:
    with pytest.raises(ModelUnavailable, match=ENDPOINTS[service].key):
        open_chat_model(f"{service}:some-model", settings(tmp_path))


def test_a_service_that_is_not_running_is_told(tmp_path: Path) -> None:
    chosen = settings(tmp_path, llm_base_url="http://127.0.0.1:9/v1")
    writer = Writer(open_chat_model("openai:m", chosen), 8192, timeout=5, retries=1, wait=0.01)
    with pytest.raises(ModelUnavailable, match="连不上"):
        list(writer.stream([("human", "谁？")], Written()))


@pytest.mark.parametrize(
    ("name", "told"), [("qwen-plus", "服务:模型名"), ("nosuch:model", "常用的服务"), ("openai:gpt", "OPENAI_API_KEY")]
)
def test_a_name_that_opens_nothing_says_what_would(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(ModelUnavailable, match=told):
        open_chat_model(name, settings(tmp_path))


def test_a_local_model_that_is_not_fetched_says_how(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="policyqa model fetch"):
        open_chat_model("local", settings(tmp_path))


def test_the_window_is_the_settings_or_the_models(tmp_path: Path, service: str) -> None:
    model = open_chat_model("openai:m", settings(tmp_path, llm_base_url=service))
    assert window_of(model, settings(tmp_path)) == 8192
    assert window_of(model, settings(tmp_path, llm_window=32000)) == 32000


def test_ollama_is_told_its_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, Any] = {}
    monkeypatch.setattr("qa.models.find_spec", lambda name: name)
    monkeypatch.setattr("langchain.chat_models.init_chat_model", lambda model, **options: told.update(options))
    open_chat_model("ollama:qwen3", settings(tmp_path, llm_window=32000, llm_tokens=77))
    assert (told["num_ctx"], told["num_predict"], told["model_provider"]) == (32000, 77, "ollama")
    assert "max_tokens" not in told
