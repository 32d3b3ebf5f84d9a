"""From a page whose recognition is unsure to the citation that says so, on every way out."""

from __future__ import annotations

import io
import json
from typing import Any

import docx
import pytest

from corpus.document import SourceDocument
from corpus.layout import Piece
from corpus.load import document_of
from printed import Printed
from qa.answer import Answer
from qa.citations import cite
from qa.export import plain_copy, to_docx, to_json, to_markdown

SURE, UNSURE = "码头由市港务局负责管理。", "灯塔由市航标处负责管理。"


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> SourceDocument:
    """A page that is a picture; the recognition is unsure of its second line."""

    def recognise(picture: Any) -> list[Piece]:
        return [Piece(text, 0, at * 40, 240, at * 40 + 20, 20, confidence=sure) for at, (text, sure) in enumerate(read)]

    read = [(SURE, 0.99), (UNSURE, 0.72)]
    monkeypatch.setattr("corpus.ocr.recognise", recognise)
    monkeypatch.setattr("corpus.read_pdf.is_sane", lambda text: False)
    pdf = Printed()
    pdf.lines(79, 105, [SURE])
    pdf.page()
    return document_of(pdf.done(), "扫描.pdf")


class One:
    """Sources of one document."""

    def __init__(self, document: SourceDocument) -> None:
        self._document = document

    def document(self, doc_id: str) -> SourceDocument:
        return self._document

    def copies_of(self, *span: Any) -> list[Any]:
        return []


def test_words_read_unsurely_are_marked_on_the_citation_and_in_what_is_exported(scanned: SourceDocument) -> None:
    def cited(words: str, marker: int) -> Any:
        at = scanned.text.index(words)
        return cite((scanned.doc_id, at, at + len(words)), marker, One(scanned))

    assert [sure for *_, sure in scanned.doubts] == [0.72]
    doubtful, certain = cited(UNSURE, 1), cited(SURE, 2)
    assert (doubtful.confidence, certain.confidence) == (0.72, None)
    note = "图片识别，把握 72%，请对照原件"
    answer = Answer("灯塔谁管？", f"{UNSURE}[1]{SURE}[2]", citations=(doubtful, certain))
    headers = {scanned.doc_id: scanned.header}
    assert answer.to_markdown().count(note) == 1
    assert to_markdown([answer], headers).count(note) == 1
    assert plain_copy(answer, headers).count(note) == 1
    word = docx.Document(io.BytesIO(to_docx([answer], headers)))
    assert sum(note in paragraph.text for paragraph in word.paragraphs) == 1
    told = json.loads(to_json([answer], headers))["answers"][0]
    assert [citation["confidence"] for citation in told["citations"]] == [0.72, None]
