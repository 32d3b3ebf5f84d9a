"""A document printed as a PDF, or scanned, and read back is the same: text, outline, duties, answers to questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from corpus.clean import Paragraph, clean
from corpus.document import SourceDocument
from corpus.duties import find_duties
from corpus.load import bundled_documents, load_document
from corpus.readers import read_file
from index.tokens import fold
from printed import HAN_FONTS, NO_HAN_FONT, official, scan
from qa import Answer, PolicyQA

HERE = Path(__file__).resolve().parent.parent
EXCERPT = next(bundled_documents().glob("001_*"))
GUIDING_OPINIONS = next(bundled_documents().glob("002_*"))
PAGES = [HERE / "benchmarks" / "documents" / name for name in ("1/03.html", "1/05.html", "2/208.html", "4/203.html")]

SCANNED_PARAGRAPHS = 42  # 8 pages: its two parts before the list of actions, and the first actions
QUESTIONS = 20


def paragraphs(path: Path) -> tuple[Paragraph, ...]:
    return clean(read_file(path)).paragraphs


def outline(document: SourceDocument) -> list[tuple[str, int, str, str]]:
    return [(s.kind, s.level, fold(s.label), fold(s.title)) for s in document.sections]


def said(document: SourceDocument) -> list[tuple[tuple[str, ...], tuple[str, ...], str]]:
    return [(duty.departments, duty.leads, duty.basis) for duty in find_duties(document)]


@pytest.mark.skipif(not HAN_FONTS, reason=NO_HAN_FONT)
@pytest.mark.parametrize("path", [EXCERPT, GUIDING_OPINIONS, *PAGES], ids=lambda path: path.stem[:3])
def test_a_printed_document_is_the_same(path: Path, tmp_path: Path) -> None:
    document = load_document(path)
    copy = tmp_path / f"{path.stem}.pdf"
    copy.write_bytes(official(paragraphs(path)))
    back = load_document(copy)
    assert back.text == document.text
    assert back.sections == document.sections
    assert find_duties(back) == find_duties(document)
    assert back.header == document.header
    assert back.warnings == document.warnings
    pages = [page or 0 for _, _, page in back.line_starts]
    assert pages == sorted(pages) and set(pages) == set(range(1, pages[-1] + 1))


def questions(text: str) -> Iterator[str]:
    """Development questions whose evidence stands in the text."""
    for name in ("policy_dev", "policy_more"):
        for line in (HERE / "benchmarks" / "questions" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            quotes = [place["quote"] for place in case["evidence"] if place["doc"] == "002"]
            if quotes and not case["history"] and all(quote in text for quote in quotes):
                yield case["question"]


def answers(path: Path, data_dir: Path, asked: list[str]) -> list[Answer]:
    bot = PolicyQA.open([path], data_dir)
    return [bot.ask(question) for question in asked]


@pytest.mark.slow
def test_a_printed_document_gives_the_same_answers(tmp_path: Path) -> None:
    asked = list(questions(load_document(GUIDING_OPINIONS).text))[:QUESTIONS]
    assert len(asked) == QUESTIONS
    copy = tmp_path / f"{GUIDING_OPINIONS.stem}.pdf"
    copy.write_bytes(official(paragraphs(GUIDING_OPINIONS)))
    first = answers(GUIDING_OPINIONS, tmp_path / "text", asked)
    second = answers(copy, tmp_path / "pdf", asked)
    assert [answer.text for answer in second] == [answer.text for answer in first]
    # Some of the questions are about the other documents of the set they are taken from.
    assert sum(not answer.refused for answer in first) >= 0.7 * QUESTIONS
    assert all(citation.page for answer in second for citation in answer.citations)


@pytest.mark.slow
@pytest.mark.skipif(not HAN_FONTS, reason=NO_HAN_FONT)
def test_a_scanned_document_gives_nearly_the_same_answers(tmp_path: Path) -> None:
    begin = paragraphs(GUIDING_OPINIONS)[:SCANNED_PARAGRAPHS]
    text = tmp_path / f"{GUIDING_OPINIONS.stem}.txt"
    text.write_text("\n".join(paragraph.text for paragraph in begin), encoding="utf-8")
    picture = tmp_path / f"{GUIDING_OPINIONS.stem}.pdf"
    picture.write_bytes(scan(official(begin), dpi=150))
    asked = list(questions(load_document(text).text))[:QUESTIONS]
    assert len(asked) == QUESTIONS

    first = answers(text, tmp_path / "text", asked)
    bot = PolicyQA.open([picture], tmp_path / "scan")
    second = [bot.ask(question) for question in asked]

    document, back = load_document(text), bot.document(bot.documents()[0].doc_id)
    assert Levenshtein.normalized_similarity(document.text, back.text) >= 0.95
    assert outline(back) == outline(document)
    assert said(back) == said(document)
    same = [
        one.refused == other.refused and Levenshtein.normalized_similarity(fold(one.text), fold(other.text)) >= 0.95
        for one, other in zip(first, second, strict=True)
    ]
    assert sum(same) >= 0.9 * QUESTIONS, [q for q, alike in zip(asked, same, strict=True) if not alike]
