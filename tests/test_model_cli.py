"""``policyqa model``: what it says before it fetches, and where things go."""

from __future__ import annotations

import hashlib
import io
import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click
import pytest

from qa import cli, model_store
from qa.model_store import KnownModel
from qa.models import ModelUnavailable

CONTENT = b"GGUF and nothing else"
MODEL = KnownModel(
    "toy", "Toy 0.1B", "某机构", "CC0-1.0", len(CONTENT), hashlib.sha256(CONTENT).hexdigest(), 100, "n/toy", "toy.gguf"
)  # fmt: skip


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of a machine that knows the toy model; what it asks a hub for is in ``asked.txt``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POLICYQA_DEBUG", raising=False)
    monkeypatch.setenv("POLICYQA_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(model_store, "known_models", lambda: (MODEL,))

    def give(url: str, model: KnownModel, out: Any, report: Any) -> None:
        with (tmp_path / "asked.txt").open("a") as asked:
            asked.write(url + "\n")
        out.write(CONTENT)
        report("下载", len(CONTENT), len(CONTENT))

    monkeypatch.setattr(model_store, "_append_hub", give)
    return tmp_path / "cache"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(["model", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_fetching_says_what_comes_from_whom_and_where_it_goes(cache: Path, run: Any) -> None:
    code, out, err = run("fetch", "--yes")
    target = cache / "models" / "toy.gguf"
    assert (code, out) == (0, f"已放好：{target}\n")
    assert target.read_bytes() == CONTENT
    for told in ("Toy 0.1B", "某机构", "CC0-1.0", "Hugging Face、魔搭 ModelScope", f"放在　{target}"):
        assert told in err


def test_without_a_terminal_nothing_is_fetched_unasked(cache: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    code, out, err = run("fetch")
    assert (code, out) == (2, "")
    assert err.endswith("没有终端可以询问，所以没有下载。请加 --yes 再运行。\n")
    assert not cache.exists()


@pytest.mark.parametrize(("said", "code"), [(True, 0), (False, 2)])
def test_on_a_terminal_the_user_is_asked(
    said: bool, code: int, cache: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(click, "confirm", lambda *args, **named: said)
    assert run("fetch", "toy")[0] == code
    assert (cache / "models" / "toy.gguf").exists() is said


def test_one_source_can_be_asked_for(cache: Path, run: Any, tmp_path: Path) -> None:
    assert run("fetch", "--source", "modelscope", "--yes")[0] == 0
    assert "/models/n/toy/resolve/master/toy.gguf" in (tmp_path / "asked.txt").read_text()


def test_a_model_that_is_there_is_not_fetched_again(cache: Path, run: Any, tmp_path: Path) -> None:
    run("fetch", "--yes")
    assert run("fetch") == (0, f"已经有了：{cache / 'models' / 'toy.gguf'}\n", "")
    assert len((tmp_path / "asked.txt").read_text().splitlines()) == 1


def test_a_fetch_that_fails_exits_with_2_and_the_reason(cache: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise ModelUnavailable("没有下载到模型 toy。请检查网络。")

    monkeypatch.setattr(model_store, "fetch", fail)
    code, _, err = run("fetch", "--yes")
    assert code == 2
    assert err.endswith("没有下载到模型 toy。请检查网络。\n")


def test_the_list_shows_known_models_and_the_users_own(cache: Path, run: Any) -> None:
    (cache / "models").mkdir(parents=True)
    (cache / "models" / "mine.gguf").write_bytes(b"GGUF" * 1_000_000)
    (cache / "models" / f"toy.gguf.{MODEL.sha256[:8]}.part").write_bytes(b"GGUF")
    code, out, _ = run("list")
    heading, toy, mine = (line.split() for line in out.splitlines())
    assert code == 0
    assert heading == ["名字", "模型", "大小", "发布者", "许可", "状态"]
    assert toy == ["toy", "Toy", "0.1B", "0", "MB", "某机构", "CC0-1.0", "下载了", "0", "MB"]
    assert mine == ["mine", "mine.gguf", "4", "MB", "–", "–", "已下载"]


def test_the_list_as_json(cache: Path, run: Any) -> None:
    run("fetch", "--yes")
    assert json.loads(run("list", "--json")[1]) == [
        {
            "name": "toy",
            "title": "Toy 0.1B",
            "size": 21,
            "publisher": "某机构",
            "licence": "CC0-1.0",
            "sources": ["hub", "modelscope"],
            "path": str(cache / "models" / "toy.gguf"),
            "fetched": 21,
        }
    ]


def test_the_path_for_scripts(cache: Path, run: Any) -> None:
    code, out, err = run("path")
    assert (code, out) == (2, "")
    assert "policyqa model fetch toy" in err
    run("fetch", "--yes")
    assert run("path") == (0, f"{cache / 'models' / 'toy.gguf'}\n", "")


def test_removing(cache: Path, run: Any) -> None:
    run("fetch", "--yes")
    assert run("remove", "toy")[:2] == (0, "已删去 toy，腾出 0 MB。\n")
    assert run("path")[0] == 2
    assert run("remove", "toy")[0] == 2


def test_trying_a_model_that_is_not_there_says_how_to_get_it(cache: Path, run: Any) -> None:
    code, _, err = run("test")
    assert code == 2
    assert "policyqa model fetch toy" in err


class Service(BaseHTTPRequestHandler):
    """A service that answers to one key, and says the one that it was given where that is another."""

    def do_POST(self) -> None:  # noqa: N802 - the name is the library's
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Authorization"] != "Bearer right-key-1":
            self.send_response(401)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            told = {"message": f"Incorrect API key provided: {self.headers['Authorization']}"}
            self.wfile.write(json.dumps({"error": told}).encode())
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for piece in ("遇有大雾或者六级以上", "大风，停止渡运。[2]"):
            chunk = {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": piece}}]}
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, format: str, *args: Any) -> None:
        """Not on the terminal."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    pytest.importorskip("langchain_openai")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/v1"
    monkeypatch.setenv("POLICYQA_LLM_BASE_URL", address)
    monkeypatch.setenv("POLICYQA_LLM_RETRIES", "0")
    monkeypatch.setenv("OPENAI_API_KEY", "right-key-1")
    yield address
    server.shutdown()
    server.server_close()


def test_a_service_is_tried_like_a_model_of_this_machine(cache: Path, run: Any, service: str) -> None:
    code, out, err = run("test", "openai:some-model")
    assert (code, err) == (0, "") and "模型：some-model（openai:some-model）" in out
    assert "答：遇有大雾或者六级以上大风，停止渡运。[2]" in out and "答对了，写明了出处的编号" in out
    assert "第一个字" in out and "写完" in out and "载入" not in out and "内存" not in out


def test_without_a_name_the_configured_model_is_tried(
    cache: Path, run: Any, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_LLM", "openai:configured")
    assert "模型：configured（openai:configured）" in run("test")[1]
    assert "policyqa model fetch toy" in run("test", "toy")[2] and "policyqa model fetch toy" in run("test", "local")[2]


def test_a_service_that_fails_says_why_and_no_key(
    cache: Path, run: Any, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "wrong-key-2")
    code, _, err = run("test", "openai:some-model")
    assert code == 2 and "不认密钥" in err and "Incorrect API key provided" in err
    assert "wrong-key-2" not in err
    monkeypatch.setenv("POLICYQA_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    code, _, err = run("test", "openai:some-model")
    assert code == 2 and "连不上语言模型的服务" in err and "详情：" in err and "ConnectionError：" in err
    assert "没有叫" not in err and "policyqa model test" not in err


def test_an_unknown_name_gets_a_hint(cache: Path, run: Any) -> None:
    code, _, err = run("fetch", "toi", "--yes")
    assert (code, err) == (2, "没有叫 toi 的模型可以下载。是不是想写 toy？可以下载的：toy。\n")
