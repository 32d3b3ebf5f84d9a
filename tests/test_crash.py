"""Whatever happens to a writer, the index that was there stays usable."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

import index.change
import index.store
from fakes import HashEmbedder
from index.store import Index
from outlined import outlined

OLD = outlined("一、渔港\n加快建设避风锚地。", "渔业")
NEW = outlined("一、古树\n建立古树名木档案。", "林业")
ROOT = Path(__file__).resolve().parent.parent


class Crashed(BaseException):
    """Stands for the process dying: nothing in the program catches it."""


def works(folder: Path) -> list[str]:
    """The doc_ids of the index, after every way of reading it has been tried."""
    embedder = HashEmbedder()
    index = Index.open(folder, embedder)
    for entry in index.documents():
        chunks = index.chunks(entry.doc_id)
        assert "".join(chunk.text for chunk in chunks) == index.document(entry.doc_id).text
        vector = embedder.embed_query(chunks[0].text)
        assert index.dense_chunks(vector, 1)[0][0] == chunks[0].chunk_id
        assert index.sparse(list(index.vocabulary()), 10)
    return [entry.doc_id for entry in index.documents()]


def crash_at(monkeypatch: pytest.MonkeyPatch, module: object, name: str, call: int) -> None:
    """Make the ``call``-th use of a function the last thing the process does."""
    real = getattr(module, name)
    calls = 0

    def dying(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call:
            raise Crashed(name)
        return real(*arguments, **named)

    monkeypatch.setattr(module, name, dying)


@pytest.mark.parametrize(
    ("module", "name", "call"),
    [
        *((os, "fsync", call) for call in (1, 2, 9, 18, 22, 25)),
        *((os, "replace", call) for call in (1, 2, 3)),
        *((index.store, name, 1) for name in ("write_segment", "manifest_of", "_sync", "_move_pointer")),
        *((index.change, name, 1) for name in ("_state_copies", "write_postings", "_embed_new", "write_manifest")),
        (index.change, "write_postings", 2),
    ],
)
def test_a_crash_before_the_pointer_moves_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str, call: int
) -> None:
    Index.open(tmp_path, HashEmbedder()).build([OLD])
    with monkeypatch.context() as patched:
        crash_at(patched, module, name, call)
        with pytest.raises(Crashed):
            Index.open(tmp_path, HashEmbedder()).add([NEW])
    assert works(tmp_path) == ["渔业"]
    Index.open(tmp_path, HashEmbedder()).add([NEW])  # and the next write succeeds
    assert works(tmp_path) == ["渔业", "林业"]
    assert not list(tmp_path.glob("*/*.new"))
    assert len(list((tmp_path / "segments").iterdir())) == 2, "what the dead writer left is cleared away"


def test_a_crash_after_the_pointer_moved_leaves_the_new_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Index.open(tmp_path, HashEmbedder()).build([OLD])
    writer = Index.open(tmp_path, HashEmbedder())
    with monkeypatch.context() as patched:
        crash_at(patched, index.store, "_open_current", 1)
        with pytest.raises(Crashed):
            writer.add([NEW])
    assert works(tmp_path) == ["渔业", "林业"]


def test_a_crash_of_the_first_write_leaves_an_empty_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        crash_at(patched, index.change, "write_manifest", 1)
        with pytest.raises(Crashed):
            Index.open(tmp_path, HashEmbedder()).build([OLD])
    assert works(tmp_path) == []
    Index.open(tmp_path, HashEmbedder()).build([OLD])
    assert works(tmp_path) == ["渔业"]


_WRITER = """
import sys
from pathlib import Path
from fakes import HashEmbedder
from outlined import outlined
from index.store import Index

writer = Index.open(Path(sys.argv[1]), HashEmbedder())
begin = len(writer.documents())
print("ready", flush=True)
for round in range(begin, begin + 1000):
    writer.add([outlined(f"一、古树\\n建立第{round}号古树名木档案。", "林业")])
    writer.add([outlined(f"一、煤矿\\n关闭第{round}号煤矿。", f"矿业{round}")])
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_writer_killed_at_any_moment_leaves_a_working_index(tmp_path: Path) -> None:
    Index.open(tmp_path, HashEmbedder()).build([OLD])
    random, before = Random(7), {"渔业"}
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
    for _ in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(random.uniform(0.0, 0.6))
        writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL
        writer.stdout.close()
        held = works(tmp_path)
        assert before <= set(held) and len(held) == len(set(held))
        before = set(held)
    assert Index.open(tmp_path, HashEmbedder()).add([NEW]).changed
    assert set(works(tmp_path)) == before | {"林业"}
    assert not list(tmp_path.glob("*/*.new"))
