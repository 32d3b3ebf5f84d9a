"""Documents cut along their outline."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import SectionKind, SourceDocument
from index.chunks import LIMIT, LONGEST, chunk_document
from outlined import outlined

SENTENCE = "各地区要加强组织领导，明确责任分工，完善配套措施，确保各项任务落到实处。"


def check(document: SourceDocument) -> None:
    """What holds of every document: exact offsets, no overlap, nothing lost, nothing too long."""
    covered = set()
    before = 0
    ids = set()
    for chunk in chunk_document(document):
        assert document.text[chunk.start : chunk.end] == chunk.text == chunk.text.strip()
        assert before <= chunk.start < chunk.end
        before = chunk.end
        assert len(chunk.text) <= LONGEST
        covered |= set(range(chunk.start, chunk.end))
        ids.add(chunk.chunk_id)
        inside = {i for a, b in chunk.sentences for i in range(a, b)}
        assert all(document.text[i].isspace() for i in set(range(chunk.start, chunk.end)) - inside)
        assert all(chunk.start <= a < b <= chunk.end for a, b in chunk.sentences)
        assert list(chunk.sentences) == sorted(chunk.sentences)
    assert all(document.text[i].isspace() for i in range(len(document.text)) if i not in covered)
    assert len(ids) == len(chunk_document(document))


def test_sections_are_not_mixed_and_bring_their_heading() -> None:
    document = outlined(f"一、总体要求\n{SENTENCE * 8}\n二、保障措施\n{SENTENCE * 8}")
    first, second = chunk_document(document)
    assert first.text.startswith("一、总体要求\n")
    assert first.path == ("一、总体要求",)
    assert second.text.startswith("二、保障措施\n")
    assert first.sentences[0] == (0, len("一、总体要求"))
    check(document)


def test_short_neighbours_under_one_parent_join() -> None:
    document = outlined("一、任务\n（一）甲。做甲事。\n（二）乙。做乙事。\n（三）丙。做丙事。")
    (chunk,) = chunk_document(document)
    assert chunk.path == ("一、任务",)
    assert [document.text[a:b] for a, b in chunk.sentences][:3] == ["一、任务", "（一）甲。", "做甲事。"]


def test_a_bare_heading_goes_with_the_first_text_under_it() -> None:
    document = outlined(f"一、任务\n（一）甲。\n{SENTENCE * 8}\n（二）乙。\n{SENTENCE * 8}")
    first, second = chunk_document(document)
    assert first.text.startswith("一、任务\n（一）甲。")
    assert first.path == ("一、任务", "（一）甲")
    assert second.path == ("一、任务", "（二）乙")


def test_a_long_section_is_cut_at_sentence_ends() -> None:
    document = outlined("一、任务\n" + SENTENCE * 40)
    chunks = chunk_document(document)
    assert len(chunks) > 3
    assert all(chunk.text.endswith("。") for chunk in chunks)
    assert all(150 <= len(chunk.text) <= LIMIT for chunk in chunks)
    check(document)


def test_one_endless_sentence_is_cut_at_its_clauses() -> None:
    document = outlined("一、任务\n" + "加快发展现代服务业，" * 150 + "完。")
    assert all(chunk.text[-1] in "，。" for chunk in chunk_document(document))
    check(document)


def test_text_without_any_mark_is_cut_all_the_same() -> None:
    check(outlined("字" * 5000))


def test_a_contents_table_stays_apart_from_the_body() -> None:
    body = outlined(f"一、目录\n（一）甲\n（二）乙\n二、总则\n（一）丙\n{SENTENCE}")
    kinds: list[SectionKind] = ["toc", "toc", "toc", "body", "figure"]
    sections = tuple(replace(s, kind=kind) for s, kind in zip(body.sections, kinds, strict=True))
    chunks = chunk_document(replace(body, sections=sections))
    assert [(chunk.kind, chunk.text.split("\n")[0]) for chunk in chunks] == [
        ("toc", "一、目录"),
        ("body", "二、总则"),
        ("figure", "（一）丙"),
    ]


def test_the_same_line_twice_gives_two_chunks_with_ids_of_their_own() -> None:
    document = outlined("\n".join(["表头", "甲" * 450, "甲" * 450]))
    check(document)


@pytest.mark.parametrize("text", ["", "\n \n", "一、", "一、任务"])
def test_next_to_nothing(text: str) -> None:
    check(outlined(text))


_LINES = st.sampled_from(
    [
        "一、总则",
        "二、任务",
        "（一）甲。做甲事。",
        "（二）乙",
        "1.子项。" + SENTENCE,
        "2.子项",
        SENTENCE * 5,
        SENTENCE,
        "长" * 900,
        "：",
        "",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_LINES, max_size=25))
def test_any_order_of_lines_is_covered_exactly(lines: list[str]) -> None:
    check(outlined("\n".join(lines)))
