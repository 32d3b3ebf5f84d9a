"""The index on disk."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from corpus.document import SourceDocument
from fakes import HashEmbedder
from index.arrays import mapped, save_rows, unload
from index.segment import body_json, header_json
from index.store import (
    Index,
    IndexBusy,
    IndexOutdated,
    IndexUnusable,
    NotAnIndex,
    is_index,
    refuse_foreign,
    stored_documents,
)
from index.tokens import fold
from outlined import outlined

FISHING = outlined(
    "一、渔港\n加快建设避风锚地，完善渔船进出港报告制度。\n二、渔民\n开展安全技能培训。", "渔业", title="渔业意见"
)
FOREST = outlined("一、古树\n建立古树名木档案。\n二、林道\n修缮防火林道。", "林业", title="林业办法")


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def index(tmp_path: Path, embedder: HashEmbedder) -> Index:
    built = Index.open(tmp_path, embedder)
    built.build([FISHING, FOREST])
    return built


def current(folder: Path) -> Path:
    return folder / "generations" / (folder / "CURRENT").read_text().strip()


def segment(folder: Path) -> Path:
    """The newest segment."""
    return max((folder / "segments").iterdir())


def test_an_empty_folder_is_an_empty_index(tmp_path: Path, embedder: HashEmbedder) -> None:
    index = Index.open(tmp_path / "new", embedder)
    assert index.generation is None
    assert not index.documents()
    assert not index.chunks()
    assert not index.dense_chunks(embedder.embed_query("渔"), 3)
    assert not index.sparse(["渔"], 3)
    assert not (tmp_path / "new").exists()


def test_documents_come_back_as_they_went_in(index: Index, tmp_path: Path, embedder: HashEmbedder) -> None:
    again = Index.open(tmp_path, embedder)
    assert [entry.doc_id for entry in again.documents()] == ["渔业", "林业"]
    assert again.documents()[0].header == FISHING.header
    assert astuple(again.document("渔业")) == astuple(FISHING)
    assert again.chunks() == index.chunks()
    assert all(again.chunk(chunk.chunk_id) == chunk for chunk in index.chunks())
    with pytest.raises(KeyError, match="没有文件"):
        again.document("矿业")


def test_dense_search_finds_the_nearest(index: Index, embedder: HashEmbedder) -> None:
    (best, score), *_ = index.dense_chunks(embedder.embed_query("古树名木的档案"), 5)
    assert index.chunk(best).doc_id == "林业"
    assert 0 < score <= 1
    hit = index.dense_sentences(embedder.embed_query("完善渔船进出港报告制度"), 3)[0]
    chunk = index.chunk(hit.chunk_id)
    start, end = chunk.sentences[hit.number]
    assert "报告制度" in FISHING.text[start:end]
    own = index.sentence_scores(embedder.embed_query("完善渔船进出港报告制度"), [hit.chunk_id])[0]
    assert own[hit.number] == pytest.approx(hit.score, abs=1e-5) == pytest.approx(max(own), abs=1e-5)


def test_each_sentence_is_compared_token_by_token(index: Index, embedder: HashEmbedder) -> None:
    chunk = index.chunks()[0]
    source = index.document(chunk.doc_id).text
    start, end = chunk.sentences[-1]
    tokens, vectors = embedder.embed_tokens(source[start:end])
    scores = index.token_scores(vectors, [chunk.chunk_id])[0]
    assert scores.shape == (len(chunk.sentences), len(tokens))
    assert scores[-1].min() > 0.6  # every token finds itself in its own sentence, as near as four bits tell
    assert scores[:-1].min() < 0.3  # ... and some in no other


def test_sparse_search_drops_what_shares_nothing(index: Index) -> None:
    assert [index.chunk(c).doc_id for c, _ in index.sparse(["古树"], 10)] == ["林业"]
    assert index.sparse(["没有的词"], 10) == []
    assert {index.chunk(c).doc_id for c, _ in index.sparse_path(["渔业"], 10)} == {"渔业"}


def test_a_search_stays_in_the_allowed_documents(index: Index, embedder: HashEmbedder) -> None:
    vector = embedder.embed_query("古树名木档案")
    assert {index.chunk(c).doc_id for c, _ in index.dense_chunks(vector, 10, {"渔业"})} == {"渔业"}
    assert {index.chunk(h.chunk_id).doc_id for h in index.dense_sentences(vector, 10, ["渔业"])} == {"渔业"}
    assert index.sparse(["古树"], 10, {"渔业"}) == []
    assert not index.dense_chunks(vector, 10, set())
    assert not index.dense_sentences(vector, 10, {"矿业"})


def test_neighbours_end_with_the_document(tmp_path: Path, embedder: HashEmbedder) -> None:
    long = outlined("\n".join(f"{n}、题\n" + "内容充实的一句话。" * 40 for n in "一二三"), "长")
    index = Index.open(tmp_path, embedder)
    index.build([FOREST, long, FISHING])
    first, second, third = index.chunks("长")
    assert index.neighbours(first.chunk_id) == (None, second)
    assert index.neighbours(second.chunk_id) == (first, third)
    assert index.neighbours(third.chunk_id) == (second, None)


def test_the_vocabulary_counts_chunks_and_idf_falls_with_them(index: Index) -> None:
    assert index.vocabulary()["古树"] == 1
    assert index.idf("没有的词") > index.idf("古树") > 0


def test_nothing_changed_writes_nothing(index: Index, embedder: HashEmbedder) -> None:
    before, embedded = index.generation, embedder.embedded
    summary = index.build([FISHING, FOREST])
    assert (summary.changed, summary.unchanged) == (False, ("渔业", "林业"))
    assert (index.generation, embedder.embedded) == (before, embedded)


def test_only_what_is_new_is_embedded(index: Index, embedder: HashEmbedder) -> None:
    embedder.embedded = 0
    changed = outlined(FISHING.text + "\n三、渔具\n禁用绝户网。", "渔业", title="渔业意见")
    vectors = {c.text: index.chunk_scores(embedder.embed_query("档案"), [c.chunk_id]) for c in index.chunks("林业")}
    summary = index.add([changed])
    assert (summary.replaced, summary.unchanged) == (("渔业",), ("林业",))
    assert summary.embedded == embedder.embedded == len(["三、渔具\n禁用绝户网。", "三、渔具", "禁用绝户网。"])
    assert {
        c.text: index.chunk_scores(embedder.embed_query("档案"), [c.chunk_id]) for c in index.chunks("林业")
    } == vectors
    index.remove("渔业")
    assert embedder.embedded == 3


def test_a_text_that_stands_twice_is_embedded_once(tmp_path: Path, embedder: HashEmbedder) -> None:
    twin = replace(FISHING, doc_id="另一份", fingerprint="0" * 64)
    Index.open(tmp_path, embedder).build([FISHING, twin])
    single = HashEmbedder()
    Index.open(tmp_path / "single", single).build([FISHING])
    assert embedder.embedded == single.embedded


def test_build_takes_out_what_is_not_given(index: Index) -> None:
    assert index.build([FOREST]).removed == ("渔业",)
    assert [entry.doc_id for entry in index.documents()] == ["林业"]
    assert {chunk.doc_id for chunk in index.chunks()} == {"林业"}


def test_an_index_may_become_empty(index: Index, tmp_path: Path, embedder: HashEmbedder) -> None:
    index.remove("渔业")
    index.remove("林业")
    again = Index.open(tmp_path, embedder)
    assert not again.documents()
    assert not again.dense_chunks(embedder.embed_query("渔"), 5)
    assert not again.sparse(["渔"], 5)
    with pytest.raises(KeyError, match="没有文件"):
        index.remove("林业")


def test_a_renamed_file_keeps_its_id(index: Index) -> None:
    summary = index.build([replace(FISHING, doc_id="新名字", file_name="新名字.txt"), FOREST])
    assert [entry.doc_id for entry in index.documents()] == ["渔业", "林业"]
    assert not summary.added


def test_the_same_bytes_under_another_name_add_nothing(index: Index) -> None:
    summary = index.add([replace(FISHING, doc_id="副本", file_name="副本.txt")])
    assert (summary.changed, summary.repeated) == (False, ("副本.txt",))


def test_the_same_bytes_twice_are_one_document(tmp_path: Path, embedder: HashEmbedder) -> None:
    index = Index.open(tmp_path, embedder)
    summary = index.build([FISHING, replace(FISHING, doc_id="副本", file_name="副本.txt")])
    assert (summary.added, summary.repeated) == (("渔业",), ("副本.txt",))


def test_another_embedder_is_refused(index: Index, tmp_path: Path) -> None:
    other = HashEmbedder()
    other.fingerprint = "hash-2"
    with pytest.raises(IndexUnusable, match="policyqa index --rebuild"):
        Index.open(tmp_path, other)
    assert [*map(astuple, stored_documents(tmp_path))] == [*map(astuple, (FISHING, FOREST))]
    rebuilt = Index.open(tmp_path, other, rebuild=True)
    rebuilt.build(stored_documents(tmp_path))
    assert len(Index.open(tmp_path, other).documents()) == 2


@pytest.mark.parametrize("name", ["chunks.npy", "manifest.json", "index.sqlite", "body/terms.json"])
@pytest.mark.parametrize("damage", ["truncate", "flip", "delete"])
def test_a_damaged_file_is_noticed(
    index: Index, tmp_path: Path, embedder: HashEmbedder, name: str, damage: str
) -> None:
    path = segment(tmp_path) / name
    data = path.read_bytes()
    if damage == "delete":
        path.unlink()
    else:
        middle = len(data) // 2
        flipped = data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :]
        path.write_bytes(data[:middle] if damage == "truncate" else flipped)
    with pytest.raises(IndexUnusable, match="重建"):
        Index.open(tmp_path, embedder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "?"}', '{"format": 999, "files": {}, "embedder": {}}'])
def test_a_foreign_or_newer_manifest_is_refused(
    index: Index, tmp_path: Path, embedder: HashEmbedder, text: str
) -> None:
    (current(tmp_path) / "manifest.json").write_text(text)
    with pytest.raises(IndexUnusable, match="重建"):
        Index.open(tmp_path, embedder)


def test_an_index_whose_text_was_cut_otherwise_is_remade_of_its_own_documents(
    index: Index, tmp_path: Path, embedder: HashEmbedder
) -> None:
    path = current(tmp_path) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"chunking": 0}), "utf-8")
    with pytest.raises(IndexOutdated, match="切分正文的方法已经改变.*重建"):
        Index.open(tmp_path, embedder)
    Index.open(tmp_path, embedder, rebuild=True).build(stored_documents(tmp_path))
    assert astuple(Index.open(tmp_path, embedder).document("林业")) == astuple(FOREST)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("古树名木档案", True),
        ("古树二、林道", False),
        ("二、林道修缮", True),  # over a line end
        ("档案。二", True),  # over the end of a chunk
        ("培训。一", False),  # not over the end of a document
        ("古林", False),  # characters that stand there, but not together
        ("渔", True),
        ("海", False),
    ],
)
def test_whether_a_string_stands_in_the_documents(index: Index, text: str, there: bool) -> None:
    assert index.holds(fold(text)) is there


def test_among_many_documents_a_string_is_found_wherever_it_stands(tmp_path: Path, embedder: HashEmbedder) -> None:
    draw = Random(1)
    endless = "".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(3_000))  # a sentence that is cut anywhere
    documents = [
        outlined(f"一、渔港{n}\n{'灯塔' if n % 7 == 0 else '码头'}守则第{n}号。", f"d{n:03}") for n in range(120)
    ]
    documents.append(outlined(endless, "长"))
    index = Index.open(tmp_path, embedder)
    index.build(documents)
    chunks = index.chunks("长")
    assert len(chunks) > 2
    borders = [endless[chunk.start - 2 : chunk.start + 2] for chunk in chunks[1:]]
    for text in ("渔港", "灯塔", "塔守则", "港7", "第42号", "不在其中", *borders):
        assert index.holders(fold(text)) == [d.doc_id for d in documents if fold(text) in fold(d.text)]


@pytest.mark.parametrize("pointer", [b"", b"\xff\xfe", b"../../etc", b"000099", None])
def test_a_broken_or_lost_pointer_leaves_the_newest_generation(
    index: Index, tmp_path: Path, embedder: HashEmbedder, pointer: bytes | None
) -> None:
    held = [entry.doc_id for entry in index.documents()]
    (tmp_path / "CURRENT").unlink()
    if pointer is not None:
        (tmp_path / "CURRENT").write_bytes(pointer)
    assert [entry.doc_id for entry in Index.open(tmp_path, embedder).documents()] == held
    assert [document.doc_id for document in stored_documents(tmp_path)] == held


def test_a_pointer_to_nothing_says_the_whole_command(index: Index, tmp_path: Path, embedder: HashEmbedder) -> None:
    shutil.rmtree(tmp_path / "generations")
    with pytest.raises(IndexUnusable, match=f"index --rebuild 文件或文件夹 --data-dir {tmp_path}"):
        Index.open(tmp_path, embedder)


def test_a_damaged_index_names_its_folder_in_the_command(index: Index, tmp_path: Path, embedder: HashEmbedder) -> None:
    (manifest,) = tmp_path.glob("generations/*/manifest.json")
    manifest.write_text("{", encoding="utf-8")
    with pytest.raises(IndexUnusable, match=f"policyqa index --rebuild --data-dir {tmp_path} 重建索引"):
        Index.open(tmp_path, embedder)


def test_only_an_empty_folder_or_an_index_may_be_filled(index: Index, tmp_path: Path) -> None:
    refuse_foreign(tmp_path)
    own = tmp_path / "我的文件"
    refuse_foreign(own)
    (own / "甲").mkdir(parents=True)
    (own / "录像.mp4").write_bytes(b"\0")
    refuse_foreign(own)
    (own / "甲" / "办法.txt").write_text("第一条", encoding="utf-8")
    with pytest.raises(NotAnIndex, match="办法.txt.*--documents"):
        refuse_foreign(own)
    assert not is_index(own) and is_index(tmp_path)


def test_a_reader_keeps_its_generation_until_it_refreshes(index: Index, tmp_path: Path, embedder: HashEmbedder) -> None:
    reader = Index.open(tmp_path, embedder)
    for _ in range(3):  # more writes than generations are kept
        index.remove("林业")
        index.add([FOREST])
    assert reader.chunks() and astuple(reader.document("林业")) == astuple(FOREST)
    assert reader.dense_chunks(embedder.embed_query("古树"), 1)
    assert reader.sparse(["古树"], 1)
    assert reader.refresh()
    assert reader.generation == index.generation
    assert not reader.refresh()


def test_only_the_present_and_the_previous_generation_stay(index: Index, tmp_path: Path) -> None:
    index.remove("林业")
    index.add([FOREST])
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == ["000002", "000003"]


def test_a_writer_begins_from_what_another_has_written(index: Index, tmp_path: Path, embedder: HashEmbedder) -> None:
    other = Index.open(tmp_path, embedder)
    index.remove("林业")
    other.add([outlined("一、煤矿\n关闭小煤矿。", "矿业")])
    assert [entry.doc_id for entry in other.documents()] == ["渔业", "矿业"]


def test_two_writers_do_not_write_at_once(index: Index, tmp_path: Path, embedder: HashEmbedder) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, filelock\n"
            "with filelock.FileLock(sys.argv[1]):\n    print('held', flush=True)\n    sys.stdin.read()",
            str(tmp_path / "write.lock"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(IndexBusy, match="另一个 policyqa 进程"):
        index.remove("林业")
    assert len(Index.open(tmp_path, embedder).documents()) == 2  # readers do not wait
    holder.communicate(b"")
    assert index.remove("林业").removed == ("林业",)


def test_no_file_of_the_index_is_pickled(index: Index, tmp_path: Path) -> None:
    for path in tmp_path.rglob("*"):
        if path.suffix == ".npy":
            np.load(path, allow_pickle=False)
        elif path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".sqlite":
            assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)
        elif path.is_file():
            assert path.name in ("CURRENT", "write.lock")


def test_progress_is_told(tmp_path: Path, embedder: HashEmbedder) -> None:
    told: list[tuple[str, int, int]] = []
    Index.open(tmp_path, embedder).build([FISHING], lambda *step: told.append(step))
    assert {stage for stage, _, _ in told} == {"切分", "查找重复", "计算向量", "写入"}
    assert all(0 <= done <= total for _, done, total in told)


def test_rows_are_saved_piece_by_piece(tmp_path: Path) -> None:
    rows = np.arange(24, dtype=np.float32).reshape(8, 3)
    save_rows(tmp_path / "rows.npy", iter([rows[:3], rows[3:3], rows[3:]]), rows)
    saved = mapped(tmp_path / "rows.npy")
    assert np.array_equal(saved, rows)
    unload(saved)
    assert np.array_equal(saved, rows), "read anew"
    save_rows(tmp_path / "none.npy", iter([]), rows)
    assert mapped(tmp_path / "none.npy").shape == (0, 3)


def as_format_5(folder: Path, documents: Sequence[SourceDocument]) -> None:
    """An index as the version before wrote it: a generation was one database and held all files."""
    generation = folder / "generations" / "000007"
    generation.mkdir(parents=True)
    (folder / "CURRENT").write_text("000007\n")
    (generation / "manifest.json").write_text(json.dumps({"format": 5, "embedder": {"name": "hash"}, "files": {}}))
    with sqlite3.connect(generation / "index.sqlite") as database:
        database.execute(
            "CREATE TABLE documents (position INTEGER PRIMARY KEY, doc_id, file_name, fingerprint, header, body)"
        )
        for position, document in enumerate(documents):
            data = json.loads(body_json(document))
            data["sections"] = [section[:10] for section in data["sections"]]
            del data["doubts"]
            row = (document.doc_id, document.file_name, document.fingerprint, header_json(document.header))
            database.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)", (position, *row, json.dumps(data)))


def test_an_index_of_the_format_before_is_outdated_and_remade_of_its_own_documents(
    tmp_path: Path, embedder: HashEmbedder
) -> None:
    as_format_5(tmp_path, [FISHING, FOREST])
    with pytest.raises(IndexOutdated, match="旧格式.*policyqa index --rebuild"):
        Index.open(tmp_path, embedder)
    assert [*map(astuple, stored_documents(tmp_path))] == [*map(astuple, (FISHING, FOREST))]
    Index.open(tmp_path, embedder, rebuild=True).build(stored_documents(tmp_path))
    again = Index.open(tmp_path, embedder)
    assert [astuple(again.document(e.doc_id)) for e in again.documents()] == [*map(astuple, (FISHING, FOREST))]
    assert not list(tmp_path.glob("generations/000007"))


def test_a_segment_of_another_index_is_noticed(index: Index, tmp_path: Path, embedder: HashEmbedder) -> None:
    other = tmp_path / "other"
    Index.open(other, embedder).build([FOREST])
    shutil.rmtree(segment(tmp_path))
    shutil.copytree(segment(other), tmp_path / "segments" / "000001")
    with pytest.raises(IndexUnusable, match="不相配.*重建"):
        Index.open(tmp_path, embedder)
