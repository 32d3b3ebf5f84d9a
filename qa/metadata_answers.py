"""Answers from a document's header: number, dates, issuer and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from corpus.document import SourceDocument
from corpus.header import find_numbers, iso_date
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.evidence import Candidate, Probe, coverage
from qa.extractive import Draft, Line, Span, closed
from qa.question import Question


class Documents(Protocol):
    """The documents."""

    def document(self, doc_id: str) -> SourceDocument: ...
    def doc_ids(self) -> Sequence[str]: ...


#: What a question may ask of a document's header: its words, the header's field, labels in an information table.
_FIELDS: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (re.compile(r"索引号|索取号"), "index_number", ("索引号",)),
    (re.compile(r"文号|发文字号|字号|编号是"), "number", ("发文字号", "文号")),
    (re.compile(r"成文日期|成文时间|成文(?:是|在|于)|落款|签署日期|签发日期"), "written", ("成文日期", "生成日期")),
    (re.compile(r"发布日期|发布时间|公布日期|公开日期|(?:哪天|何时|什么时候|几号)(?:对外)?(?:发布|公布|公开|挂)"), "published", ("发布日期", "发布时间", "公开日期")),
    (re.compile(r"发文机关|发文单位|发布机构|(?:谁|哪个(?:单位|部门|机关|机构))(?:印)?发(?:布)?的"), "issuer", ("发文机关", "发布机构", "发文单位")),
    (re.compile(r"主题分类|(?:归|分)(?:到|在|入|为)?哪(?:个|一)?类"), "subject", ("主题分类",)),
    (re.compile(r"主题词"), "keywords", ("主题词",)),
    (re.compile(r"主送"), "recipients", ()),
    (re.compile(r"标题(?:是|叫|怎么)|全称|题名"), "title", ("标题",)),
    (re.compile(r"(?:何时|什么时候|哪天|几号|自?(?:哪|几).{0,4})(?:起)?(?:开始)?(?:施行|实施|生效|执行)|施行日期|生效(?:日期|时间)"), "effective", ("施行日期", "实施日期")),
)


def asked_fields(question: Question) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Header fields that a question asks for, with the labels that an information table gives them."""
    core = fold(question.core)
    return tuple((field, labels) for pattern, field, labels in _FIELDS if pattern.search(core))


def answer_metadata(
    probe: Probe, found: Sequence[Candidate], library: Documents, doc_ids: Sequence[str]
) -> Draft | None:
    """Number, dates, issuer and so on of the document meant, each cited where a file says it."""
    fields = asked_fields(probe.question)
    if not fields or not found:
        return None
    document = _document_meant(probe, found, library)
    lines: list[Line] = []
    values: list[str] = []
    for field, labels in fields:
        for span in _field_spans(document, field, labels, library):
            source = library.document(span[0])
            text = source.text[span[1] : span[2]]
            line = Line(closed(text), (span,))
            if line not in lines:
                lines.append(line)
                values.append(iso_date(text) or fold(text))
    if not lines:
        return None
    if re.search(r"一致|一样|相同|不同|对得上|矛盾", probe.question.core) and len(values) >= 2:
        verdict = "一致" if len(set(values)) == 1 else "不一致"
        lines[0] = Line(f"{verdict}：{lines[0].text}", lines[0].spans)
    return Draft(tuple(lines[:4]), method="metadata")


def _document_meant(probe: Probe, found: Sequence[Candidate], library: Documents) -> SourceDocument:
    """The document whose header is asked about: pointed at, or holding the question's words in title and text."""
    best: dict[str, float] = {}
    for candidate in found:
        doc_id = candidate.document.doc_id
        value = candidate.score if candidate.passage.chunk.kind == "body" else candidate.score - 2.0
        best[doc_id] = max(best.get(doc_id, -99.0), value)
    allowed = set(probe.hinted) or set(library.doc_ids())

    def value(doc_id: str) -> float:
        header = library.document(doc_id).header
        return 6.0 * coverage(probe, fold(header.title)) + best.get(doc_id, min(best.values()) - 1.0) - 0.1 * header.authority

    return library.document(max(sorted(allowed), key=value))


def _field_spans(document: SourceDocument, field: str, labels: Iterable[str], library: Documents) -> list[Span]:
    """Where files say a header field: a labelled row first, else the value where it stands in the text."""
    spans: list[Span] = []
    for label in labels:
        row = re.search(rf"^{label}[:：]\s*\S.*$", document.text, re.MULTILINE)
        if row:
            spans.append((document.doc_id, row.start(), row.end()))
            break
    value = getattr(document.header, field, None)
    if field == "number" and value and not spans:
        spans += _number_spans(document, value, library)
    if field == "written":
        spans += _closing_date(document)
    if field == "recipients" and value:
        at = document.text.find(value)
        if at >= 0:
            spans.append((document.doc_id, at, at + len(value)))
    if field == "title" and value and not spans:
        at = document.text.find(value)
        if at >= 0:
            spans.append((document.doc_id, at, at + len(value)))
    if field == "effective":
        for start, end in sentence_spans(document.text):
            if re.search(r"自.{2,20}(?:起)?(?:施行|实施|执行|生效)", document.text[start:end]):
                spans.append((document.doc_id, start, end))
                break
    return spans


def _number_spans(document: SourceDocument, number: str, library: Documents) -> list[Span]:
    """Where a document's number stands: in itself, else in the shortest sentence of another that gives it."""
    found: list[tuple[int, int, Span]] = []
    for rank, doc_id in enumerate([document.doc_id, *(d for d in library.doc_ids() if d != document.doc_id)]):
        text = library.document(doc_id).text
        for start, end, normal in find_numbers(text):
            if normal == number:
                around = next(((s, e) for s, e in sentence_spans(text) if s <= start and end <= e), (start, end))
                found.append((0 if rank == 0 else 1, around[1] - around[0], (doc_id, *around)))
    return [min(found)[2]] if found else []


def _closing_date(document: SourceDocument) -> list[Span]:
    """The date under the text, with the line of the issuer before it where they stand together."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"\S[^\n]*", document.text)]
    for start, end in reversed(lines[-12:]):
        text = document.text[start:end]
        if len(text) <= 40 and iso_date(text) and not re.search(r"[:：。]", text):
            return [(document.doc_id, start, end)]
    return []
