"""Answers with the chapters of a document, or the sections of a chapter, from its contents table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Section, SourceDocument
from index.tokens import fold
from qa.address import longest_shared
from qa.evidence import Probe
from qa.extractive import Draft, Line, Span
from qa.listing import heading_of

_CONTENTS = re.compile(
    r"章名|节名|目录|各章|各节|每章|每节"
    r"|(?<!第)(?:几|哪几|哪些|多少)[章节]|(?<![第一二三四五六七八九十])[二三四五六七八九十]+[章节]"
)
#: How many chapters and articles there are is told by the outline, or by what explains the document.
_AND_ARTICLES = re.compile("[几少]章[、和,，]?(?:[多几]少?节[、和,，]?)?(?:[多几]少?)条")
_CHAPTER = re.compile(r"第[一二三四五六七八九十\d]+章")


def answer_contents(probe: Probe, documents: Sequence[SourceDocument]) -> Draft | None:
    """Chapters, or the sections of one chapter, from a contents table; None when the question asks for none."""
    core = fold(probe.question.core)
    asked = _CONTENTS.search(core)
    if asked is None or _AND_ARTICLES.search(core):
        return None
    unit = "节" if "节" in asked.group() else "章"
    chapter = _CHAPTER.search(core) if unit == "节" else None
    for document in documents:
        for section in document.sections:
            if section.kind != "toc":
                continue
            number = chapter.group() if chapter else _chapter_called(document, section, core) if unit == "节" else None
            entries = _entries(document, section, unit, number)
            if len(entries) >= 2:
                # The page number at the end of an entry is no part of the title.
                items = [re.sub(r"\s*\d+$", "", document.text[start:end].strip()) for _, start, end in entries]
                return Draft((Line(f"共{len(items)}{unit}：{'；'.join(items)}。", tuple(entries)),), method="contents")
    return _chapters(probe, documents) if unit == "章" and _HOW_MANY_CHAPTERS.search(core) else None


_HOW_MANY_CHAPTERS = re.compile(r"(?<!第)(?:几|哪几|哪些|多少)章")
_KIND_OF_DOCUMENT = re.compile(r"(?:条例|办法|规定|细则|规则|章程|规程)(?:（[^）]*）)?$")


def _chapters(probe: Probe, documents: Sequence[SourceDocument]) -> Draft | None:
    """The chapters of the one document that a question points at, or calls by what it is, where it asks for nothing else."""
    core = fold(probe.question.core)
    kinds = {d.doc_id: _KIND_OF_DOCUMENT.search(d.header.title) for d in documents}
    called = [d for d in documents if (kind := kinds[d.doc_id]) is not None and fold(kind.group()) in core]
    meant = [d for d in documents if d.doc_id in probe.hinted] or called
    if len(meant) != 1:
        return None
    (document,) = meant
    title = fold(document.header.title)
    if any(w not in title and not _OF_CHAPTERS.search(w) for w in probe.words if len(w) > 1):
        return None
    chapters = [s for s in document.sections if s.kind == "body" and s.label.endswith("章") and s.title]
    if len(chapters) < 2:
        return None
    spans = tuple((document.doc_id, *heading_of(document, s)) for s in chapters)
    told = "；".join(document.text[a:b].strip() for _, a, b in spans)
    return Draft((Line(f"共{len(chapters)}章：{told}。", spans),), method="contents")


_OF_CHAPTERS = re.compile("章|条|文件|一共|总共|分为|分成|全文")


_OF_CHAPTER = 4  #: characters of a chapter's title by which a question may call it


def _chapter_called(document: SourceDocument, contents: Section, core: str) -> str | None:
    """The number of the one chapter in a contents table that shares the longest stretch with a folded question: 第五章 of
    发展实践那一章. None where two share as much."""
    called: dict[str, int] = {}
    for row in re.findall(r"[^\n]+", document.text[contents.start : contents.end]):
        number = _CHAPTER.match(fold(row).strip())
        title = fold(row)[number.end() :] if number else ""
        words_of = re.findall(r"[\u4e00-\u9fffa-z0-9+]+", title)
        longest = max((longest_shared(word, core, _OF_CHAPTER) for word in words_of), default=0)
        if number is not None and longest:
            called[number.group()] = longest
    most = max(called.values(), default=0)
    best = [number for number, length in called.items() if length == most]
    return best[0] if len(best) == 1 else None


def _entries(document: SourceDocument, contents: Section, unit: str, chapter: str | None) -> list[Span]:
    """The entries of a contents table that are chapters or sections (``unit``), those of one chapter if it is given."""
    entry = re.compile(rf"\s*第\s*[一二三四五六七八九十\d]+\s*{unit}")
    entries: list[Span] = []
    inside = chapter is None
    for row in re.finditer(r"[^\n]+", document.text[contents.start : contents.end]):
        if entry.match(row.group()):
            if inside:
                entries.append((document.doc_id, contents.start + row.start(), contents.start + row.end()))
        elif chapter is not None:
            if inside:
                break
            inside = fold(row.group()).startswith(chapter)
    return entries
