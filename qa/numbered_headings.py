"""Headings that are called by a noun and a number (行动1, 优先领域一：, 专栏2): which one a question means, how many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Section, SourceDocument
from corpus.labels import HAN_NUMERALS, number_of
from index.tokens import fold
from qa.editions import bare_title
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line
from qa.listing import heading_of, quoted, section_lines
from qa.outline_questions import documents_meant

_NUMBER = rf"(?:[{HAN_NUMERALS}]{{1,3}}|\d{{1,2}})"
_NOUN = "行动|任务|工程|专栏|措施|举措|目标|领域|专题|模块|专项|抓手|场景"
#: 行动1开展调查, 优先领域一:调查; not 行动一致, 目标3个.
_HEADED = re.compile(
    rf"[\u4e00-\u9fff]{{0,4}}?(?P<noun>{_NOUN})(?P<number>\d{{1,2}}(?![\d个项条年月%.])|[{HAN_NUMERALS}]{{1,3}}(?=[:、. \u3000]|$))"
)
_NTH = re.compile(rf"第(?P<number>{_NUMBER})(?:个|项|条|大)?(?:重点|优先|主要)?(?P<noun>{_NOUN})(?![\u4e00-\u9fff]*第)")
_CALLED = re.compile(
    rf"(?<!第)(?P<noun>{_NOUN})(?P<number>{_NUMBER})(?=是|讲|说|叫|有|包|的|为|里|[?？,，]|由|谁|$)(?!是谁)"
)
_COUNT = re.compile(rf"(?:几|多少)(?:个|项|条|大)?(?:重点|优先|主要)?(?P<noun>{_NOUN})(?=[?？,，和、呢都分各]|$)")
_FEWEST = 2  #: headings of one noun that are counted


def answer_numbered_heading(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The section whose heading bears the noun and the number that a question names (第8个行动, 行动8), or that there is none;
    how many there are where that is asked. None for other questions and for documents without such headings."""
    core = fold(probe.question.core)
    if probe.question.kinds & {"whether", "compare", "when", "duty"}:
        return None
    named = _NTH.search(core) or _CALLED.search(core)
    counts = [] if named else [m["noun"] for m in _COUNT.finditer(core)]
    for document in documents_meant(probe, found)[:1] if named or counts else ():
        if named is not None:
            return _nth(document, named)
        rows = [_called(document, noun) for noun in dict.fromkeys(counts)]
        if rows and all(len(row) >= _FEWEST for row in rows):
            return Draft(tuple(_counted(document, list(row.values())) for row in rows), method="counted")
    return None


def _called(document: SourceDocument, noun: str) -> dict[int, Section]:
    """The sections of a document whose headings bear a noun and a number, by these."""
    found: dict[int, Section] = {}
    for section in document.sections:
        headed = _HEADED.match(fold(section.title)) if section.kind == "body" else None
        number = number_of(headed["number"]) if headed is not None and headed["noun"] == noun else None
        if number is not None:
            found.setdefault(number, section)
    return found


def _nth(document: SourceDocument, named: re.Match[str]) -> Draft | None:
    row = _called(document, named["noun"])
    number = number_of(named["number"])
    if len(row) < _FEWEST or number is None:
        return None
    if number in row:
        return Draft(tuple(section_lines(document, row[number])), method="nth")
    line = _counted(document, list(row.values()))
    text = f"{line.text.partition('：')[0]}，没有{named.group()}。"
    return Draft((Line(text, line.spans),), contradicts=True, method="counted")


def _counted(document: SourceDocument, row: Sequence[Section]) -> Line:
    spans = tuple((document.doc_id, *heading_of(document, section)) for section in row)
    names = [document.text[a:b].strip().rstrip("。；;：: ") for _, a, b in spans]
    around = [{s.index for s in document.upwards(section)} for section in row]
    shared = set.intersection(*around) - {section.index for section in row}
    above = document.sections[max(shared)].title if shared else ""
    return Line(f"{quoted(above or bare_title(document.header.title))}共{len(row)}项：{'；'.join(names)}。", spans)
