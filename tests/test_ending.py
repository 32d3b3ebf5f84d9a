"""The end of the page's process: quick and quiet whatever runs, and what was accepted is there at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from fakes import HashEmbedder
from qa import PolicyQA

ROOT = Path(__file__).parents[1]
#: A page over a real index; questions about the tide take long, and files too where the environment says so.
PAGE = """
import os, sys, time
from pathlib import Path
from fakes import HashEmbedder
from qa import PolicyQA
from qa.settings import Settings
import ui

class Slow(PolicyQA):
    def stream(self, question, *rest, **more):
        time.sleep(60 if "潮水" in question else 0)
        yield from super().stream(question, *rest, **more)

    def add(self, paths, progress=None, **more):
        while os.environ["SLOW_FILES"]:
            progress("读取文件", 0, 1)
            time.sleep(0.05)
        return super().add(paths, progress, **more)

folder = Path(sys.argv[1])
bot = Slow.open([folder / "码头.txt"], folder / "data", settings=Settings(data_dir=folder / "data"), embedder=HashEmbedder())
ui.serve(bot, "127.0.0.1", 0)
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals")


@contextmanager
def page(folder: Path, slow_files: str = "") -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "SLOW_FILES": slow_files}
    command = [sys.executable, "-c", PAGE, str(folder)]
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # What a shell starts in the background takes no notice of SIGINT, and neither does what that starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http" in line, process.communicate()[1]
        address = line.partition("：")[2].partition("（")[0]
        with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
            yield process, client
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "码头.txt").write_text("码头管理办法\n\n第一条 码头由港务局负责管理。\n", "utf-8")
    return tmp_path


def act(client: httpx.Client, name: str, session: str, **data: Any) -> None:
    """Sends an action as the page does, and does not wait for what comes of it."""
    config = client.get("config").json()
    (action,) = (part["id"] for part in config["components"] if part["props"].get("elem_id") == f"do-{name}")
    listener = next(one for one in config["dependencies"] if [action, "click"] in one["targets"])
    body = {"fn_index": listener["id"], "trigger_id": action, "session_hash": session,
            "data": [None] * len(listener["inputs"]), "event_data": data}  # fmt: skip
    client.post("gradio_api/queue/join", json=body).raise_for_status()


def listen(client: httpx.Client, path: str, **parameters: str) -> Thread:
    """Reads a stream as the page does, until it ends in good order."""

    def read() -> None:
        with client.stream("GET", path, params=parameters, timeout=60) as lines:
            for _ in lines.iter_lines():
                pass

    thread = Thread(target=read)
    thread.start()
    return thread


def ended(process: subprocess.Popen[str], how: signal.Signals) -> tuple[int, str]:
    """The exit code, and what was printed as an error."""
    process.send_signal(how)
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_in_good_order_while_a_question_is_answered(folder: Path, how: signal.Signals) -> None:
    with page(folder) as (process, client):
        act(client, "ask", "s", question="潮水几点来？", documents=None, filters={}, search=False)
        streams = [
            listen(client, "gradio_api/queue/data", session_hash="s"),
            listen(client, "gradio_api/heartbeat/s"),
        ]
        time.sleep(1)
        assert all(stream.is_alive() for stream in streams)
        assert ended(process, how) == (0, "")
        for stream in streams:
            stream.join(5)
            assert not stream.is_alive()


def test_files_that_were_accepted_are_in_after_the_next_start(folder: Path) -> None:
    names = [f"{year}/办法.txt" for year in range(2001, 2013)]
    with page(folder, slow_files="1") as (process, client):
        files = []
        for name in names:
            content = f"{name[:4]}年集市管理办法\n\n第一条 集市{name[:4]}年开市。\n".encode()
            (path,) = client.post("gradio_api/upload", files={"files": ("办法.txt", content)}).json()
            files.append({"path": path, "name": name})
        act(client, "upload", "s", files=files)
        until = time.monotonic() + 20
        while not list(folder.rglob("list.json")):
            assert time.monotonic() < until
            time.sleep(0.05)
        assert ended(process, signal.SIGINT) == (0, "")
    with page(folder) as (process, client):
        until = time.monotonic() + 60
        while list((folder / "data" / "uploads").iterdir()):
            assert time.monotonic() < until
            time.sleep(0.1)
        assert ended(process, signal.SIGTERM) == (0, "")
    bot = PolicyQA.open(data_dir=folder / "data", embedder=HashEmbedder())
    assert sorted(entry.file_name for entry in bot.documents()) == sorted(["码头.txt", *names])
