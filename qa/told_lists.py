"""The lists near a sentence, in the shapes that documents have: items in the line of what announces them, in lines below it,
or below a heading that says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from corpus.document import Section, SourceDocument
from corpus.sentences import line_span, line_spans, sentence_spans
from qa.evidence import Candidate
from qa.extractive import MAX_CHARACTERS, MAX_QUOTE, Draft, Line, after_label, announced_by, closed
from qa.listing import body_lines, heading_of, list_asked, list_of_lines, listed_children

Place = tuple[int, int]


@dataclass(frozen=True)
class ToldList:
    """A list: what announces it, its items, and the section whose heading that is, if it is one."""

    document: SourceDocument
    lead: Place
    items: tuple[Place, ...]
    section: Section | None = None

    @property
    def says(self) -> str:
        """What announces it."""
        return self.document.text[slice(*self.lead)]

    def draft(self, core: str) -> Draft | None:
        """All of it, for a folded question; None where that is too much."""
        if self.section is not None:
            if listed_children(self.document, self.section):
                return list_asked(self.document, self.section, core)
            return list_of_lines(self.document, self.section, core)
        text, (begin, end) = self.document.text, (self.lead[0], self.items[-1][1])
        if end - begin > 2 * MAX_CHARACTERS:
            return None
        inline = "\n" not in text[begin:end].strip()
        told = text[begin:end] if inline else f"{self.says.rstrip('：: ')}：{'；'.join(map(self._item, self.items))}"
        pieces = sentence_spans(text, begin, end) if inline else [self.lead, *self.items]
        cited = [(begin, end)] if end - begin <= MAX_QUOTE else pieces
        return Draft((Line(closed(told), tuple((self.document.doc_id, a, b) for a, b in cited)),), method="list")

    def _item(self, place: Place) -> str:
        return _DASH.sub("", self.document.text[slice(*place)].strip()).strip("。；;，, ")


_DASH = re.compile(r"^(?:[—–─\-*●■◆▲•·]+)\s*")
_COLON = re.compile(r"[：:]")
_LONGEST_LEAD = 80  #: characters of what announces a list
_MOST_ITEMS = 40
_SHORT_LINE = 60  #: characters of a line that is an item without a number


def items_behind(document: SourceDocument, end: int) -> list[Place]:
    """The spans of the items that begin right behind an offset: sections beside each other that are numbered from 1 on, by
    their headings or first sentences, else the short lines that the section there ends with. Empty where no two are."""
    at = document.section_at(end - 1)
    following = [s for s in document.sections if s.kind == "body" and s.label and s.start >= end]
    first = next((s for s in following[:1] if not document.text[end : s.start].strip()), None)
    if first is not None:
        row: list[Section] = []
        for section in (s for s in following if s.parent == first.parent):
            if section.number != len(row) + 1:
                break
            row.append(section)
        return [heading_of(document, s) for s in row] if len(row) > 1 else []
    lines = line_spans(document.text, end, at.end if at is not None else end)
    rows = list(takewhile(lambda line: "|" in document.text[slice(*line)], lines))
    if len(rows) > 2:
        return rows  # 标准见下表：
    short = all(b - a <= _SHORT_LINE and "。" not in document.text[a : b - 1] for a, b in lines)
    return lines if len(lines) > 1 and short and document.text[end : end + 1] in ("\n", "") else []


def lists_near(candidate: Candidate) -> Iterator[ToldList]:
    """The lists that a sentence announces, belongs to or stands under, the nearest first."""
    document, text = candidate.document, candidate.document.text
    yield from _in_line(document, *line_span(text, candidate.start, max(candidate.start, candidate.end - 1)))
    opening = candidate if candidate.text.rstrip()[-1:] in "：:" else announced_by(candidate)
    if opening is not None:
        items = items_behind(document, opening.end)
        if 1 < len(items) <= _MOST_ITEMS:
            yield ToldList(document, (opening.start, opening.end), tuple(items))
    for section in list(document.upwards(candidate.section))[:2]:
        yield from _below(document, section)


def _in_line(document: SourceDocument, begin: int, end: int) -> Iterator[ToldList]:
    """The lists within a line: 下列费用不退：甲；乙；丙。 A table is none."""
    text = document.text
    if "|" in text[begin:end]:
        return
    for colon in _COLON.finditer(text, begin, end):
        if text.rfind("《", begin, colon.start()) > text.rfind("》", begin, colon.start()):
            continue  # 《渔港的未来：十问》 announces nothing
        start = after_label(document, max(begin, max(text.rfind(mark, begin, colon.start()) for mark in "。；;") + 1))
        stop = text.find("。", colon.end(), end)
        stop = end if stop < 0 else stop + 1
        items = _parted(text, colon.end(), stop)
        if len(items) > 1 and 2 < colon.end() - start <= _LONGEST_LEAD:
            yield ToldList(document, (start, colon.end()), items)


def _parted(text: str, begin: int, end: int) -> tuple[Place, ...]:
    """The items of a text: parted by semicolons, else by 、 where nothing else parts it."""
    items = sentence_spans(text, begin, end)
    if len(items) < 2 and not re.search("[，,]", text[begin:end]):
        cuts = [m.start() for m in re.finditer("、", text[begin:end])]
        edges = [-1, *cuts, end - begin]
        items = [(begin + a + 1, begin + b) for a, b in zip(edges, edges[1:], strict=False)] if cuts else []
    return tuple(items)


def _below(document: SourceDocument, section: Section) -> Iterator[ToldList]:
    """The list below the heading of a section: its parts, its lines, or its one paragraph parted by semicolons."""
    if not section.title or section.kind != "body" or section.heading[1] <= section.heading[0]:
        return
    children = listed_children(document, section)
    if 1 < len(children) <= _MOST_ITEMS:
        yield ToldList(document, section.heading, tuple((c.start, c.end) for c in children), section)
        return
    behind = [] if document.text[section.heading[1] : section.end].strip() else items_behind(document, section.end)
    if 1 < len(behind) <= _MOST_ITEMS:
        yield ToldList(
            document, section.heading, tuple(behind)
        )  # 3. 预约流程 and then 1. 2. of the same sort of number
        return
    lines = [] if children else body_lines(document, section)
    if 1 < len(lines) <= _MOST_ITEMS and all(b - a <= _LONGEST_LEAD for a, b in lines):
        yield ToldList(document, section.heading, tuple(lines), section)
    elif len(lines) == 1:
        stop = document.text.find("。", *lines[0])
        items = sentence_spans(document.text, lines[0][0], lines[0][1] if stop < 0 else stop + 1)
        if len(items) > 1 and not _COLON.search(document.text, *lines[0]):
            yield ToldList(document, section.heading, tuple(items))
