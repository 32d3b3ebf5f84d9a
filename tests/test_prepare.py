"""What is stored of a document: the same whether this process or a worker has worked it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.document import SourceDocument
from corpus.load import load_documents
from corpus.worker import Pool, WorkerError
from index import prepare as module
from index.prepare import NotPrepared, prepare, prepared

RULES = (
    "云州市停车管理办法\n第一条 为了规范停车，制定本办法。\n第二条 到2027年建成泊位{}个。（市交通局牵头，市公安局配合）"
)


@pytest.fixture
def documents(tmp_path: Path) -> list[SourceDocument]:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(RULES.format(100 + number), encoding="utf-8")
    return load_documents([tmp_path])[0]


def test_workers_give_what_this_process_gives(documents: list[SourceDocument], monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Pool(size=1)
    monkeypatch.setattr(module, "shared_pool", lambda: pool)
    monkeypatch.setattr(module, "_MANY", 0)
    try:
        done = list(prepared(documents))
    finally:
        pool.end()
    assert done == [prepare(document) for document in documents]
    assert [len(one.facts["duties"]) for one in done] == [1, 1, 1]


class _Broken:
    """A pool whose workers end for lack of memory."""

    def map(self, function: str, arguments: Sequence[Any]) -> Iterator[tuple[None, Exception]]:
        return ((None, WorkerError("内存不够")) for _ in arguments)


def test_what_a_worker_cannot_do_is_told(documents: list[SourceDocument], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "shared_pool", _Broken)
    monkeypatch.setattr(module, "_MANY", 0)
    with pytest.raises(NotPrepared, match=r"“0\.txt”：切分时内存不够；没有加进索引。") as raised:
        list(prepared(documents))
    assert raised.value.document == documents[0]
