"""Documents made in any number, and the table and picture of a growing corpus."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import generate
import growth
from corpus.load import bundled_documents, load_document
from qa.measures import points_found, strictly_right


def row(system: str, size: int, index: float, planted: float | None = 0.5) -> growth.Row:
    return growth.Row(
        system=system,
        embedder="hash",
        size=size,
        documents=5 * size,
        characters=60_000 * size,
        index=index,
        index_cpu=index,
        stages={"切分": 1.0} if system == "policyqa" else {},
        memory={"peak": 100.0 * size, "peak_own": 90.0 * size},
        find_p50=5.0,
        find_p95=9.0,
        answer_p50=20.0,
        answer_p95=40.0,
        own_any5=0.7,
        own_strict=0.25,
        planted_any5=planted,
        planted_strict=planted,
    )


ROWS = [row("policyqa", 1, 4.0, None), row("policyqa", 10, 40.0), row("langchain", 1, 0.05, None)]


# --- the generator ---


def test_a_document_is_the_same_in_every_number_of_documents() -> None:
    assert list(generate.generate(6))[4:] == list(generate.generate(2, first=5))
    assert len({made.text for made in generate.generate(50)}) == 50


def test_the_planted_clause_stands_once_in_its_document_and_answers() -> None:
    for made in generate.generate(80):
        (evidence,) = made.case.evidence
        assert made.text.count(evidence.quote) == 1
        assert made.name.startswith(evidence.doc)
        assert all(points_found(evidence.quote, made.case.key_points))
        assert strictly_right(
            made.case.answer,
            refused=False,
            key_points=made.case.key_points,
            forbidden=(),
            expected=None,
            reference=made.case.answer,
            kind=made.case.type,
        )


def test_what_is_asked_points_at_one_clause_of_its_document() -> None:
    """Nothing else in the document names the place, the task, the conditions or the event that is asked about."""
    for made in generate.generate(80):
        quote = made.case.evidence[0].quote
        if "新建" in quote:
            place = quote[quote.index("，") + 1 : quote.index("新建")]
            assert made.text.count(place) == 1
        elif "工作日" in quote:
            event = quote[quote.index("应当自") : quote.index("之日起")]
            assert made.text.count(event) == 1
        elif "牵头" in quote:
            task = made.case.question.split("，")[1].removesuffix("这件事由哪个部门牵头？")
            assert made.text.count(f"）{task}。") == 1


def test_every_kind_of_question_and_document_is_made() -> None:
    made = list(generate.generate(8))
    assert {m.case.type for m in made} == {"responsibility", "list", "factoid"}
    assert any("第二十一条 " in m.text for m in made) and any("五、保障措施" in m.text for m in made)


def test_the_outline_of_a_made_document_is_read_as_it_was_written(tmp_path: Path) -> None:
    rules, plan = (
        next(m for m in generate.generate(8) if words in m.text) for words in ("第一章 总则", "一、总体要求")
    )
    for made, first, count in ((rules, "第一章 总则", 50), (plan, "一、总体要求", 32)):
        path = tmp_path / made.name
        path.write_text(made.text, encoding="utf-8")
        document = load_document(path)
        headings = [document.text[s.start : s.end].partition("\n")[0] for s in document.sections]
        assert first in headings and len(headings) >= count
        assert made.case.evidence[0].quote in document.text


def test_there_are_no_more_documents_than_pairs() -> None:
    pairs = {generate._document(number).text.split("\n")[4] for number in range(1, 400)}
    assert len(pairs) == 399
    with pytest.raises(ValueError, match="different documents"):
        list(generate.generate(2, first=generate.most()))


def test_a_corpus_has_the_size_and_the_first_planted_questions(tmp_path: Path) -> None:
    own = sum(len(path.read_text(encoding="utf-8")) for path in bundled_documents().glob("*.txt"))
    paths, cases, characters = growth.corpus(3, tmp_path)
    assert 3 * own <= characters < 3 * own + 10_000
    assert characters == sum(len(path.read_text(encoding="utf-8")) for path in paths)
    assert [case.id for case in cases[:2]] == ["g00001", "g00002"]
    assert growth.corpus(1, tmp_path)[1] == []


# --- rows, table, picture ---


def test_rows_are_kept_and_a_new_one_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "growth.jsonl"
    growth.keep(path, {r.key: r for r in ROWS})
    newer = row("policyqa", 10, 33.0)
    growth.keep(path, {**growth.read_kept(path), newer.key: newer})
    assert growth.read_kept(path) == {r.key: r for r in (ROWS[0], newer, ROWS[2])}
    assert growth.read_kept(tmp_path / "none") == {}


def test_the_table_goes_by_size_and_says_which_embedder() -> None:
    lines = growth.table(ROWS).splitlines()
    assert lines[0].startswith("### 不用模型的计数向量")
    assert [line.split(" | ")[3] for line in lines if line.startswith(("| 1 |", "| 10 |")) and "/" in line] == [
        "policyqa",
        "LangChain 500/50",
        "policyqa",
    ]
    assert "| 10 | 1.0 |" in lines  # the stages
    assert "### 内置的向量模型" not in "\n".join(lines)


def test_the_picture_is_svg_with_a_line_for_each_system() -> None:
    root = ElementTree.fromstring(growth.picture(ROWS))
    assert root.tag.endswith("svg")
    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert {"建索引（秒）", "1×", "10×", "LangChain 500/50，不用模型的计数向量"} <= set(texts)
    drawn = [element for element in root.iter() if element.tag.endswith("polyline")]
    assert len(drawn) == 5 * 2 + 1 + 2  # planted questions begin at size 10: nothing of langchain yet
    index = [float(point.split(",")[1]) for point in drawn[1].get("points", "").split()]
    assert index[0] > index[1]  # more seconds are higher up
