"""The first question on a machine without a network, a model or an index; and how little a later one needs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
QUESTION = "“互联网+”协同制造由哪些部门负责？"
NOT_NEEDED = {"torch", "sentence_transformers", "transformers", "gradio", "langchain", "langchain_core"}

#: What Python runs at its start: every connection that leaves this machine fails, whoever makes it.
NO_NETWORK = """
import socket

def _guarded(name):
    real = getattr(socket.socket, name)
    def connect(self, address, *rest):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"this test allows no network: {address}")
        return real(self, address, *rest)
    setattr(socket.socket, name, connect)

_guarded("connect")
_guarded("connect_ex")
_lookup = socket.getaddrinfo

def getaddrinfo(host, *rest, **named):
    if host not in ("127.0.0.1", "::1", "localhost", None):
        raise OSError(f"this test allows no network: {host}")
    return _lookup(host, *rest, **named)

socket.getaddrinfo = getaddrinfo
"""


def unshared() -> list[str]:
    """The command that takes the network away, where this user may use it."""
    command = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") is None:
        return []
    return command if subprocess.run([*command, "true"], capture_output=True).returncode == 0 else []


class Machine:
    """A machine that has just installed the package: empty home, no network."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "site").mkdir()
        (folder / "site" / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
        nowhere = "http://127.0.0.1:9"
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("POLICYQA_", "HF_", "XDG_"))},
            "HOME": str(folder),
            "PYTHONPATH": os.pathsep.join([str(folder / "site"), str(ROOT)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), nowhere),
        }

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*unshared(), sys.executable, *arguments],
            cwd=self.folder,
            env={**self.environment, **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("home"))


def test_the_network_is_really_off(machine: Machine) -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    assert machine.run("-c", code).returncode != 0
    assert "allows no network" in machine.run("-c", code).stderr


@pytest.fixture(scope="module")
def first_answer(machine: Machine) -> subprocess.CompletedProcess[str]:
    return machine.run("-m", "qa", "ask", QUESTION, "--json")


@pytest.mark.slow
def test_the_first_question_is_answered_with_sources(first_answer: subprocess.CompletedProcess[str]) -> None:
    assert first_answer.returncode == 0, first_answer.stderr
    answer = json.loads(first_answer.stdout)
    assert not answer["refused"]
    assert answer["citations"]
    documents = {path.name[:3]: path for path in (ROOT / "corpus" / "documents").iterdir()}
    for citation in answer["citations"]:
        assert f"[{citation['marker']}]" in answer["text"]
        assert citation["doc_id"][:3] in documents


@pytest.mark.slow
def test_a_later_question_imports_nothing_that_it_does_not_need(
    machine: Machine, first_answer: subprocess.CompletedProcess[str]
) -> None:
    assert first_answer.returncode == 0
    code = (
        f"import sys; from qa.cli import main; code = main(['ask', {QUESTION!r}]);"
        "print('loaded:', *sys.modules, file=sys.stderr); sys.exit(code)"
    )
    done = machine.run("-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("[1]") >= 2, "the mark in the answer and the source"
    loaded = set(done.stderr.rpartition("loaded:")[2].split())
    assert "qa.bot" in loaded
    assert not NOT_NEEDED & loaded
