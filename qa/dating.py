"""The date under which a sentence stands that tells none: 到2018年，…… and then, sentence after sentence, what by then."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Section, SourceDocument
from corpus.sentences import line_span, line_spans, sentence_spans
from index.tokens import fold
from qa.evidence import Candidate
from qa.extractive import after_label, before_in_line

#: A date that a sentence begins with, after a dash or a number: 到2018年, 2020年底前, 截至2017年12月.
_LEADING = re.compile(
    r"(?:[—–-]{1,2}|[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．])?\s*(?:力争|争取|计划|预计|经过[^，。]{1,8})?[，,]?"
    r"(?:到|至|截至|截止|在|自|从|于)?\s*(?:19|20)\d{2}\s*年"
)
_LINES_ABOVE = 8  #: of the section, and of those above it, that are looked at


def dated_by(document: SourceDocument, start: int) -> tuple[int, int] | None:
    """The span of what dates a sentence that begins at ``start`` and has no date: the nearest sentence before it in its
    paragraph that begins with a date, else the nearest such paragraph above it in its section or in what introduces the
    sections around it. None where nothing does."""
    text = document.text
    for begin, end in reversed(before_in_line(document, start)):
        if _LEADING.match(fold(text[begin:end])):
            return begin, end
    for section in document.upwards(document.section_at(start)):
        for begin, end in reversed(_opening(document, section, line_span(text, start)[0])[-_LINES_ABOVE:]):
            spans = sentence_spans(text, after_label(document, begin), end)
            if spans and _LEADING.match(fold(text[slice(*spans[0])])):
                return spans[0]
    return None


#: A day that is still to be filled in: 自2025年 月 日起施行 of a draft.
_BLANK = re.compile(r"年\s*月\s*日")


def with_days_told(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The sentences without those whose day is left open: they do not say when. As they are where no other is left."""
    return tuple(c for c in found if not _BLANK.search(c.text)) or tuple(found)


def _opening(document: SourceDocument, section: Section, before: int) -> list[tuple[int, int]]:
    """The lines of a section before an offset, without those of the sections in it."""
    children = [child for child in document.children(section) if child.start < before]
    end = min([before, *(child.start for child in children)])
    return line_spans(document.text, section.start, end)
