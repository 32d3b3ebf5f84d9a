"""Answers with what a section or a whole document says: its parts, or its text as far as it is short."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Section, SourceDocument
from corpus.labels import HAN_NUMERALS, number_of
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.address import own_words
from qa.evidence import Candidate, Probe, title_share
from qa.extractive import MAX_CHARACTERS, Draft, line_at
from qa.listing import listed_children, section_lines
from qa.lists import ASKS_WHOLE, LEFT_OF_CALLED, LOOKED_AT, Idf, is_named, left_of, section_called
from qa.overview import parts_told


def answer_section(probe: Probe, found: Sequence[Candidate], idf: Idf) -> Draft | None:
    """What the section says that the question names, by its place or for a summary: its parts, or its text as far as
    it is short."""
    item = _item_of_list(probe, found) or _headed_so(probe, found)
    if item is not None:
        return content_of(*item)
    meant = section_called(probe, found) if ASKS_WHOLE.search(fold(probe.question.core)) else None
    if meant is not None and left_of(probe, *meant) <= LEFT_OF_CALLED:
        return content_of(*meant)
    summary = "summary" in probe.question.kinds
    # The name of the document says no more than where.
    title = fold(found[0].document.header.title) if found else ""
    own = [w for w in probe.words if len(w) > 1 and w not in title and not _OF_NUMBER.fullmatch(w)]
    placed = any(probe.places.values()) and len(own) <= _FEW_BESIDE
    if not summary and not placed:
        return None
    values = [
        (_section_value(probe, c, c.section, idf), c.section, c)
        for c in found[:LOOKED_AT]
        if c.section is not None and (c.tells or c.is_heading)
    ]
    if not values:
        return None
    value, section, inside = max(values, key=lambda v: v[0])
    if value < (0.6 if summary else 1.0):
        return None
    return content_of(inside.document, section)


#: What a follow-up on an item of a list becomes (qa/followup.py): 保障措施中的加大资金投入具体是怎么说的.
ITEM_OF_LIST = re.compile(r"(?P<of>[^,，]*?)中的(?P<title>[^,，?？]+?)具体是怎么说的")


#: What stands below a heading of a document: 甲市补贴办法的申报程序是什么.
_OF_HEADING = re.compile(
    r".{2,}的(?P<title>[^的,，?？]{3,12}?)(?:都|又|具体|一般)*(?:是什么|有哪些|是怎样的?|是怎么样的?|(?:是)?(?:如何|怎么)规定的?)[?？]*"
)


def _headed_so(probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The section of the one document that a question names which bears the very heading that it asks for."""
    asked = _OF_HEADING.fullmatch(fold(probe.question.core))
    if asked is None or len(probe.hinted) != 1:
        return None
    document = next((c.document for c in found if c.document.doc_id in probe.hinted), None)
    named = [s for s in document.sections if fold(s.title) == asked["title"]] if document is not None else []
    return (document, named[0]) if document is not None and len(named) == 1 else None


def _item_of_list(probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The section that is named together with the heading it stands below; None where several are, in one document."""
    asked = ITEM_OF_LIST.match(fold(probe.question.core))
    if asked is None:
        return None
    for document in dict.fromkeys(c.document for c in found):
        named = [
            s
            for s in document.sections
            if s.parent is not None
            and own_words(fold(s.title)) == own_words(asked["title"])
            and _is_called(document.sections[s.parent], asked["of"])
        ]
        if len(named) == 1:
            return document, named[0]
    return None


def _is_called(section: Section, folded: str) -> bool:
    """Whether a folded text calls a section by its title, or by its number: 第三项行动."""
    title, number = fold(section.title), _BY_NUMBER.search(folded)
    by_number = number is not None and section.number is not None and number_of(number[1]) == section.number
    return (len(title) >= 2 and title in folded) or by_number


_BY_NUMBER = re.compile(rf"第([{HAN_NUMERALS}\d]+)")
_FEW_BESIDE = 2  #: words beside its number with which a question may name a place
_OF_NUMBER = re.compile(rf"第?[{HAN_NUMERALS}\d]+[条款项章节]?")  #: 第十, 十二 and 二条 of 第十二条


def content_of(document: SourceDocument, section: Section) -> Draft | None:
    """What a section says in short: what it begins with and its parts, or its text as far as it is short."""
    children = listed_children(document, section)
    if len(children) > 1:
        spans = sentence_spans(document.text, max(section.start, section.heading[1]), children[0].start)
        aim = next((s for s in spans[:1] if s[1] - s[0] <= _LONGEST_AIM and document.text[s[1] - 1] not in "：:"), None)
        lines = [] if aim is None else [line_at(document, aim)]
        return Draft((*lines, *parts_told(document, section)), method="list")
    lines = section_lines(document, section)
    return Draft(tuple(lines), method="section") if lines else None


_LONGEST_AIM = 180  #: characters of the sentence that a section begins with, above its parts


def answer_summary(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """For a summary of something that no heading names: the text of the section that the best sentence stands in."""
    best = next((c for c in found if c.tells), None)
    if "summary" not in probe.question.kinds or best is None or best.section is None:
        return None
    section = best.section
    if not section.title or listed_children(best.document, section):
        return None
    begin = section.start if best.end - section.start <= MAX_CHARACTERS else best.start
    lines = section_lines(best.document, replace(section, start=begin))
    return Draft(tuple(lines), method="section") if len(lines) > 1 else None


def _section_value(probe: Probe, candidate: Candidate, section: Section, idf: Idf) -> float:
    """How well the section of a sentence is the one that the question names."""
    value = title_share(section.title, fold(probe.question.core), idf) + 0.02 * candidate.score
    value += 1.5 * is_named(probe, candidate.document, section)
    return value - 0.5 if probe.hinted and candidate.document.doc_id not in probe.hinted else value
