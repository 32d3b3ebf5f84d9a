"""Answers taken along: Markdown, Word and JSON files, references, what a copy button copies.

Every function takes the headers of the documents (``bot.headers()``); of a document that is no longer there the
reference holds what the citation itself says. Nothing from a document or a question is interpreted as markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from corpus.document import Header
from qa.answer import Answer, Citation

#: Of ``to_markdown``, ``to_docx`` and ``to_json``: file suffix and media type.
FORMATS: Mapping[str, str] = {
    "md": "text/markdown",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


def reference(citation: Citation, header: Header | None = None) -> str:
    """Title, number and place as an official text refers to another: 《题名》（国发〔2015〕40号）二、（三）, 第 3 页."""
    raise NotImplementedError


def gb7714(citation: Citation, header: Header | None = None, accessed: date | None = None, url: str = "") -> str:
    """The reference by GB/T 7714-2015."""
    raise NotImplementedError


def plain_copy(answer: Answer, headers: Mapping[str, Header]) -> str:
    """The text with its marks, and below it the references with their quotes; of a refusal the nearest clauses."""
    raise NotImplementedError


def to_markdown(answers: Sequence[Answer], headers: Mapping[str, Header], title: str = "") -> str:
    """One or several answers (``[turn.answer for turn in turns]``) with numbered references each."""
    raise NotImplementedError


def to_docx(answers: Sequence[Answer], headers: Mapping[str, Header], title: str = "") -> bytes:
    """The same as a Word file: questions as headings, marks superscript, numbered references."""
    raise NotImplementedError


def to_json(answers: Sequence[Answer], headers: Mapping[str, Header], title: str = "") -> str:
    """The same as JSON: ``{"title", "answers": [Answer.to_dict() + "references": [{"marker", "reference", "gb7714"}]]}``."""
    raise NotImplementedError
