"""From a draft to an answer: marks set, quotes proved, each sentence checked against its quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Protocol

from corpus.document import SourceDocument
from index.passage import Copy
from qa.answer import Citation
from qa.extractive import Line, Span
from qa.support import support

__all__ = ["Sources", "as_written", "cite", "headings_of", "set_marks", "support", "without_footnotes"]


class Sources(Protocol):
    """Where spans are looked up."""

    def document(self, doc_id: str) -> SourceDocument: ...
    def copies_of(self, doc_id: str, start: int, end: int) -> list[Copy]: ...


def cite(span: Span, marker: int, sources: Sources) -> Citation:
    """The citation of a span. Its quote is read from the document, so that the offsets always prove it."""
    return replace(quoted(span, marker, sources), also_in=tuple(sources.copies_of(*span)))


def quoted(span: Span, marker: int, sources: Sources) -> Citation:
    """The same without where else the span stands, which takes longer to find than all the rest."""
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
        confidence=document.confidence(start, end),
    )


def as_written(line: Line, sources: Sources) -> Line:
    """A line with what it repeats of its sources as they are written; itself where they are in Simplified characters."""
    text = line.text
    for doc_id, start, end in line.spans:
        document = sources.document(doc_id)
        if document.simplified is not document:
            read, written = document.simplified.text[start:end], document.text[start:end]
            for at, there, size in SequenceMatcher(None, line.text, read, autojunk=False).get_matching_blocks():
                text = text[:at] + written[there : there + size] + text[at + size :]
    return line if text == line.text else replace(line, text=text)


def headings_of(citation: Citation) -> tuple[str, ...]:
    """The names that stand above a quote: title and number of its document, its section path."""
    return (citation.title, citation.number or "", *citation.section)


#: A footnote sign of the document: in an answer it would read as a mark of ours, so its brackets are widened.
_FOOTNOTE = re.compile(r"\[(\d+)\]")


def without_footnotes(text: str) -> str:
    """Text of a document with the brackets of its own footnote signs widened, so that they are no marks of ours."""
    return _FOOTNOTE.sub(r"［\1］", text)


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
        # A heading of two lines is one statement: a break would part it from its marks.
        said = re.sub(r"\s*\n\s*", " ", without_footnotes(line.text))
        text += said + "".join(f"[{n}]" for n in marks)
        sentences.append((said, tuple(marks)))
    return text, spans, sentences
