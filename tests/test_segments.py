"""An index of many segments: it is that of one, and a change to it costs what the change costs."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import Path
from random import Random

import numpy as np

from corpus.document import SourceDocument
from fakes import HashEmbedder
from index.dense import Dense, Stretch
from index.segment import build_lists
from index.store import Index, stored_sources
from index.tokens import fold, query_terms, terms_of, words
from outlined import outlined

_WORDS = "渔港 林道 灯塔 码头 财政 教育 卫生 交通 水利 能源 标准 数据 平台 服务".split()


def made(number: int, parts: int = 3) -> SourceDocument:
    """A small document like no other; every fourth quotes the one before."""
    choose = Random(number)

    def sentence() -> str:
        return "".join(choose.choices(_WORDS, k=10)) + f"到20{number % 90 + 10}年达到{choose.randint(2, 900)}个。"

    lines = [
        f"{label}、{choose.choice(_WORDS)}建设（市{choose.choice(_WORDS)}局牵头）\n{sentence()}{sentence()}"
        for label in "一二三四五六"[:parts]
    ]
    if number % 4 == 3:
        lines.append(f"七、附\n{made(number - 1, parts).text}")
    return outlined("\n".join(lines), f"d{number:04}", title=f"第{number}号办法", authority="local")


def one_piece(folder: Path, documents: Sequence[SourceDocument]) -> Index:
    index = Index.open(folder, HashEmbedder())
    index.build(documents)
    return index


def segments(folder: Path) -> list[Path]:
    return sorted((folder / "segments").iterdir())


def files(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_size for path in folder.rglob("*") if path.is_file()}


def written(before: dict[Path, int], folder: Path) -> int:
    """Bytes of the files that were not there before."""
    return sum(size for path, size in files(folder).items() if path not in before or path.name == "CURRENT")


def test_a_document_more_or_less_costs_the_same_in_a_large_index(tmp_path: Path) -> None:
    added, removed = {}, {}
    for count in (40, 400):
        folder = tmp_path / str(count)
        index = one_piece(folder, [made(2 * i, parts=1) for i in range(count)])
        before = files(folder)
        index.add([made(1_001, parts=1)])
        added[count] = written(before, folder)
        with sqlite3.connect(segments(folder)[-1] / "index.sqlite") as database:
            assert database.execute("SELECT doc_id FROM documents").fetchall() == [("d1001",)]
        before = files(folder)
        index.remove("d0010")
        removed[count] = written(before, folder)
    assert added[400] < 1.1 * added[40]
    assert removed[400] < 1.1 * removed[40] < 1_000


def test_many_small_changes_cost_little_more_than_all_at_once(tmp_path: Path) -> None:
    index, total = Index.open(tmp_path, HashEmbedder()), 0
    for i in range(40):
        before = files(tmp_path)
        index.add([made(2 * i)])
        total += written(before, tmp_path)
        named = {segment.name for segment in index._generation.segments}  # type: ignore[union-attr]
        assert len(named) <= 16
    one_piece(tmp_path / "once", [made(2 * i) for i in range(40)])
    assert total < 5 * sum(files(tmp_path / "once").values())


def test_an_index_with_a_history_is_the_index_of_its_documents(tmp_path: Path) -> None:
    documents = [made(i) for i in range(28)]
    random, index = Random(1), Index.open(tmp_path / "grown", HashEmbedder())
    index.build([*documents[:6], made(100), made(103)])
    for i in range(6, 28):
        if i % 5 == 0:  # one that comes first in other words, and one that leaves again
            index.add([outlined("一、原稿\n" + documents[i - 1].text, documents[i].doc_id), made(200 + i)])
            index.remove(f"d{200 + i:04}")
            index.remove(documents[i].doc_id)
        index.add([documents[i]])
    for doc_id in ("d0100", "d0103"):
        index.remove(doc_id)
    assert len(segments(tmp_path / "grown")) > 2
    same = one_piece(tmp_path / "once", documents)
    for again in (index, Index.open(tmp_path / "grown", HashEmbedder())):
        assert_same(again, same, random)


def assert_same(index: Index, other: Index, random: Random) -> None:
    """Both give the same to every question."""
    assert index.documents() == other.documents()
    assert index.chunks() == other.chunks()
    assert index.vocabulary() == other.vocabulary()
    assert index.department_names() == other.department_names()
    assert index.documents_with_duties() == other.documents_with_duties()
    assert index.documents_with_duties(["市财政局"]) == other.documents_with_duties(["市财政局"])
    assert index.figures() == other.figures() and index.figures(year="2020") == other.figures(year="2020")
    assert index.relations() == other.relations()
    assert np.allclose(index.centre(), other.centre(), atol=1e-7)
    for entry in index.documents():
        assert astuple(index.document(entry.doc_id)) == astuple(other.document(entry.doc_id))
        assert index.duties_of(entry.doc_id) == other.duties_of(entry.doc_id)
        assert index.figures(doc_id=entry.doc_id) == other.figures(doc_id=entry.doc_id)
        assert index.copies_of(entry.doc_id, 0, 60) == other.copies_of(entry.doc_id, 0, 60)
    ids = [chunk.chunk_id for chunk in index.chunks()]
    assert any(index.canonical(c) != c for c in ids)
    assert [index.canonical(c) for c in ids] == [other.canonical(c) for c in ids]
    assert [index.chunk(c) for c in ids] == [other.chunk(c) for c in ids]
    assert [index.neighbours(c) for c in ids] == [other.neighbours(c) for c in ids]
    half = {entry.doc_id for entry in index.documents()[::2]}
    for _ in range(10):
        text = "".join(random.sample(_WORDS, 4)) + "达到多少个"
        vector, terms = index.embedder.embed_query(text), query_terms(text)
        for allowed in (None, half):
            assert index.dense_chunks(vector, 5, allowed) == other.dense_chunks(vector, 5, allowed)
            assert index.dense_sentences(vector, 5, allowed) == other.dense_sentences(vector, 5, allowed)
            assert index.sparse(terms, 20, allowed) == other.sparse(terms, 20, allowed)
            assert index.sparse_path(terms, 20, allowed) == other.sparse_path(terms, 20, allowed)
        assert index.sparse_scores(terms, ids) == other.sparse_scores(terms, ids)
        assert index.chunk_scores(vector, ids) == other.chunk_scores(vector, ids)
        assert index.sentence_scores(vector, ids) == other.sentence_scores(vector, ids)
        assert [index.idf(term) for term in terms] == [other.idf(term) for term in terms]
        tokens = index.embedder.embed_tokens(text)[1]
        pairs = zip(index.token_scores(tokens, ids), other.token_scores(tokens, ids), strict=True)
        assert all(np.allclose(one, two, atol=1e-5) for one, two in pairs)


def test_sparse_scores_are_those_of_bm25s(tmp_path: Path) -> None:
    import bm25s

    index = one_piece(tmp_path, [made(i) for i in range(10)])
    index.remove("d0004")
    index.add([made(20)])
    chunks = index.chunks()
    texts = [terms_of(words(chunk.text), fold(chunk.text)) for chunk in chunks]
    numbers = {term: number for number, term in enumerate(sorted({term for text in texts for term in text}))}
    library = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend="numpy")
    tokens = ([[numbers[term] for term in text] for text in texts], numbers)
    library.index(tokens, create_empty_token=False, show_progress=False)
    terms = query_terms("渔港和灯塔的财政服务平台达到多少个")
    known = [term for term in terms if term in numbers]
    assert len(known) > 5
    ids = [chunk.chunk_id for chunk in chunks]
    assert index.sparse_scores(terms, ids) == library.get_scores(known).tolist()


def test_a_segment_of_which_much_has_left_is_written_anew(tmp_path: Path) -> None:
    index = one_piece(tmp_path, [made(2 * i) for i in range(8)])
    first = segments(tmp_path)
    index.remove("d0000")
    assert segments(tmp_path) == first
    index.remove("d0002")
    index.remove("d0004")
    (newest,) = index._generation.segments  # type: ignore[union-attr]
    assert not {"d0000", "d0002"} & {entry.doc_id for entry in newest.entries}


def test_a_file_that_was_moved_is_known_by_its_new_place_also_when_written_anew(tmp_path: Path) -> None:
    documents = [replace(made(2 * i), source=f"/old/{i}.txt", key=str(i)) for i in range(3)]
    index = one_piece(tmp_path, documents)
    index.add([], moved={"/old/1.txt": Path("/new/name.txt")})
    size = len(segments(tmp_path))

    def place() -> tuple[str, str]:
        entry = Index.open(tmp_path, HashEmbedder()).documents()[1]
        document = Index.open(tmp_path, HashEmbedder()).document(entry.doc_id)
        assert (document.file_name, document.source) == (entry.file_name, entry.source)
        return entry.file_name, entry.source

    assert size == 1 and place() == ("name.txt", "/new/name.txt")
    assert stored_sources(tmp_path) == {"/old/0.txt": "0", "/new/name.txt": "1", "/old/2.txt": "2"}
    index.remove("d0004")
    assert index._generation is not None and not index._generation.moved, "a third has left: written anew"
    assert place() == ("name.txt", "/new/name.txt")
    assert stored_sources(tmp_path) == {"/old/0.txt": "0", "/new/name.txt": "1"}


def test_lists_and_exact_vectors_are_searched_together(tmp_path: Path) -> None:
    vectors = np.random.default_rng(0).standard_normal((4000, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    import faiss

    faiss.write_index(build_lists(vectors[:3000]), str(tmp_path / "lists"))
    # Of the segment with lists 500 vectors have left; those without come first.
    stretches = [
        Stretch(vectors, 3000, 4000, 0, tmp_path / "none"),
        Stretch(vectors[:3000], 0, 1000, 1000, tmp_path / "lists"),
        Stretch(vectors[:3000], 1500, 3000, 2000, tmp_path / "lists"),
    ]
    order = np.r_[3000:4000, 0:1000, 1500:3000]
    mixed = Dense(stretches)
    exact = [set(np.argsort(-(vectors[order] @ query))[:10].tolist()) for query in vectors[:50]]
    found = [mixed.nearest(query, 10, None) for query in vectors[:50]]
    assert sum(len({row for row, _ in hits} & best) for hits, best in zip(found, exact, strict=True)) / 500 > 0.6
    assert [hits[0][0] for hits in found] == list(range(1000, 1050))
    some = np.array([5, 1001, 3400])
    assert {row for row, _ in mixed.nearest(vectors[0], 10, some)} <= set(some.tolist())
    assert Dense([]).nearest(vectors[0], 3, None) == []
