"""The same text in several documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes import HashEmbedder
from index.copies import letters, windows
from index.retriever import Retriever
from index.store import Index
from outlined import outlined

FIRST = "各地区要加强对渔港建设的组织领导，落实属地责任，健全跨部门协调机制，定期通报工程进展情况。"
SECOND = "到2027年，全省新建改建一级渔港十二座，渔船就近避风率提高到百分之九十以上。"
OTHER = "林业主管部门要会同有关单位编制古树名木保护规划，建立图文档案，并每年向社会公布一次养护情况。"


def indexed(tmp_path: Path, **texts: tuple[str, str]) -> Index:
    """An index of documents given as name=(authority, text)."""
    index = Index.open(tmp_path, HashEmbedder())
    index.build([outlined(text, name, title=f"题{name}", authority=level) for name, (level, text) in texts.items()])
    return index


def test_letters_keep_their_places() -> None:
    found = letters("“互聯網＋”，第 40 号。")
    assert found.text == "互联网第40号"
    assert found.offsets.tolist() == [1, 2, 3, 7, 9, 10, 12]
    assert found.span(7, 13) == (3, 7)
    assert found.place(3, 7) == (7, 13)


def test_windows_depend_on_the_letters_alone() -> None:
    plain, _ = windows(letters(FIRST + SECOND).text)
    broken, _ = windows(letters("前言。" * 5 + FIRST.replace("，", "\n") + SECOND).text)
    assert len(plain) > 5
    assert set(plain.tolist()) <= set(broken.tolist())


def test_a_short_text_has_no_windows() -> None:
    assert [len(found) for found in windows(letters("太短").text)] == [0, 0]


def test_an_excerpt_gives_way_to_the_better_source_whatever_its_punctuation(tmp_path: Path) -> None:
    excerpt = "据报道\n" + (FIRST + SECOND).replace("，", ",").replace("。", " ; ")
    index = indexed(tmp_path, full=("state_council", f"{FIRST}{SECOND}"), news=("encyclopedia", excerpt))
    (full,), (news,) = index.chunks("full"), index.chunks("news")
    assert index.canonical(news.chunk_id) == full.chunk_id
    assert index.canonical(full.chunk_id) == full.chunk_id
    (copy,) = full.also_in
    assert (copy.doc_id, copy.title) == ("news", "题news")
    assert excerpt[copy.start : copy.end].startswith("各地区要加强")
    assert excerpt[copy.start : copy.end].endswith("以上")


def test_of_equal_authority_the_longer_document_is_canonical(tmp_path: Path) -> None:
    index = indexed(tmp_path, short=("ministry", FIRST + SECOND), long=("ministry", f"{OTHER * 12}\n{FIRST}{SECOND}"))
    (short,) = index.chunks("short")
    better = index.chunk(index.canonical(short.chunk_id))
    assert better.doc_id == "long"
    assert FIRST in better.text


def test_a_changed_figure_is_no_copy(tmp_path: Path) -> None:
    later = (FIRST + SECOND).replace("2027年", "2030年").replace("十二座", "二十座")
    index = indexed(tmp_path, old=("state_council", FIRST + SECOND), new=("ministry", later))
    (new,) = index.chunks("new")
    assert index.canonical(new.chunk_id) == new.chunk_id


@pytest.mark.parametrize(("before", "after"), [("要加强", "不再加强"), ("百分之九十", "百分之八十")])
def test_a_changed_sense_is_no_copy(tmp_path: Path, before: str, after: str) -> None:
    text = FIRST + SECOND
    index = indexed(tmp_path, old=("state_council", text), new=("ministry", text.replace(before, after)))
    (new,) = index.chunks("new")
    assert index.canonical(new.chunk_id) == new.chunk_id


def test_a_slip_of_the_scanner_is_still_a_copy(tmp_path: Path) -> None:
    scanned = (FIRST + SECOND).replace("协调机制", "协凋机制")
    index = indexed(tmp_path, clean=("state_council", FIRST + SECOND), scan=("report", scanned))
    (scan,) = index.chunks("scan")
    assert index.chunk(index.canonical(scan.chunk_id)).doc_id == "clean"


def test_a_text_that_quotes_and_goes_on_is_no_copy(tmp_path: Path) -> None:
    index = indexed(tmp_path, full=("state_council", FIRST), essay=("paper", FIRST + OTHER + OTHER))
    (essay,) = index.chunks("essay")
    assert index.canonical(essay.chunk_id) == essay.chunk_id
    assert index.copies_of("full", 0, len(FIRST))[0].doc_id == "essay"


def test_copies_of_a_sentence_with_exact_offsets(tmp_path: Path) -> None:
    text = f"一、背景\n{OTHER}\n二、规定\n{FIRST}{SECOND}"
    index = indexed(tmp_path, one=("ministry", FIRST + SECOND), two=("encyclopedia", text))
    (copy,) = index.copies_of("one", len(FIRST), len(FIRST + SECOND))
    assert text[copy.start : copy.end] == SECOND.rstrip("。")
    assert copy.section == ("二、规定",)
    assert index.copies_of("two", 0, 30) == []


def test_only_one_copy_is_retrieved_unless_the_better_one_is_out_of_scope(tmp_path: Path) -> None:
    index = indexed(
        tmp_path,
        full=("state_council", FIRST + SECOND),
        a=("encyclopedia", f"转载\n{FIRST}{SECOND}"),
        b=("paper", f"摘录\n{FIRST}{SECOND}"),
        tree=("local", OTHER),
    )
    retriever = Retriever(index, HashEmbedder())
    found = retriever.retrieve("渔港建设的避风率要提高到多少？")
    assert sorted(passage.doc_id for passage in found) == ["full", "tree"]
    assert {copy.doc_id for copy in found[0].chunk.also_in} == {"a", "b"}
    assert {passage.doc_id for passage in retriever.retrieve("渔港避风率", allowed={"a", "tree"})} == {"a", "tree"}


def test_copies_follow_when_documents_come_and_go(tmp_path: Path) -> None:
    index = indexed(tmp_path, copy=("encyclopedia", f"转载\n{FIRST}{SECOND}"), tree=("local", OTHER))
    (copy,) = index.chunks("copy")
    index.add([outlined(FIRST + SECOND, "full", authority="state_council")])
    assert index.chunk(index.canonical(copy.chunk_id)).doc_id == "full"
    index.remove("tree")  # has nothing to do with it
    assert index.chunk(index.canonical(copy.chunk_id)).doc_id == "full"
    index.remove("full")
    assert index.canonical(copy.chunk_id) == copy.chunk_id
    assert index.chunk(copy.chunk_id).also_in == ()
