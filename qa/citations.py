"""From a draft to an answer: marks set, quotes proved, each sentence checked against its quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from corpus.document import SourceDocument
from index.passage import Copy
from index.tokens import fold
from qa.answer import Answer, Citation, Statement, Support
from qa.extractive import Decline, Draft, Line, Span
from qa.patterns import NUMBER, OBLIGATION


class Sources(Protocol):
    """Where spans are looked up."""

    def document(self, doc_id: str) -> SourceDocument: ...
    def copies_of(self, doc_id: str, start: int, end: int) -> list[Copy]: ...


def cite(span: Span, marker: int, sources: Sources) -> Citation:
    """The citation of a span. Its quote is read from the document, so that the offsets always prove it."""
    doc_id, start, end = span
    document = sources.document(doc_id)
    return Citation(
        marker=marker,
        doc_id=doc_id,
        title=document.header.title,
        number=document.header.number,
        section=document.path(document.section_at(start)),
        quote=document.text[start:end],
        start=start,
        end=end,
        page=document.page_at(start),
        also_in=tuple(sources.copies_of(doc_id, start, end)),
    )


def set_marks(lines: Sequence[Line]) -> tuple[str, list[Span], list[tuple[str, tuple[int, ...]]]]:
    """(text with marks numbered by first use, spans in the order of their numbers, sentences with their marks)."""
    spans: list[Span] = []
    sentences: list[tuple[str, tuple[int, ...]]] = []
    text = ""
    for line in lines:
        marks: list[int] = []
        for span in line.spans:
            if span not in spans:
                spans.append(span)
            number = spans.index(span) + 1
            if number not in marks:
                marks.append(number)
        text += line.text + "".join(f"[{n}]" for n in marks)
        sentences.append((line.text, tuple(marks)))
    return text, spans, sentences


def support(sentence: str, quotes: Sequence[str]) -> Support:
    """Whether quotes bear a sentence: verified when every figure, Latin word and word of obligation stands in them
    and nearly all of its characters do; partial when most do; else unverified.

    >>> support("到2018年基本形成。", ["到2018年，格局基本形成。"])
    'verified'
    """
    said, held = fold(sentence), fold("".join(quotes))
    facts = NUMBER.findall(said) + [w for w in OBLIGATION if w in said]
    if any(fact not in held for fact in facts):
        return "unverified"
    pairs = [said[i : i + 2] for i in range(len(said) - 1) if re.fullmatch(r"\w\w", said[i : i + 2])]
    share = sum(pair in held for pair in pairs) / len(pairs) if pairs else 1.0
    return "verified" if share >= 0.6 else "partial" if share >= 0.35 else "unverified"
