"""Sections side by side whose headings differ in a grade alone (一级响应, 二级响应; 红色预警, 橙色预警): their sentences are of
one form, and only the heading says of which grade each is.

A question that names a grade is answered from the section of that grade alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Section, SourceDocument
from index.tokens import fold
from qa.evidence import Candidate
from qa.extractive import Draft

_ROMAN = {"i": "一", "ii": "二", "iii": "三", "iv": "四", "v": "五"}
_LEVEL = r"(?<![a-z一二三四五六七八九十\d哪几边这那每同各上下高低])(?:[一二三四五六]|iv|v|i{1,3})"
_GRADE = rf"特别重大|(?<!特别)重大|较大|一般|[红橙黄蓝]色|{_LEVEL}级"
#: The name of a section of one grade: 启动Ⅰ级（特别重大）应急响应.
_TITLE = re.compile(
    rf"(?P<before>[\u4e00-\u9fff]{{0,6}}?)(?P<grade>{_GRADE})(?:[(（][^()（）]*[)）])?(?P<noun>[\u4e00-\u9fff]{{2,12}}?)(?:[(（][^()（）]*[)）])?"
)
_OR_SO = re.compile(r"[级色](?:及|[(（]含[)）])?以[上下]|[级色]的?(?:上|下)一?[级档]")


@dataclass(frozen=True)
class Family:
    """The sections of one heading that differ in a grade alone."""

    document: SourceDocument
    noun: str  #: what each is of, folded: 响应
    members: tuple[tuple[str, Section], ...]  #: the grade of each, Roman numerals as Chinese ones


@lru_cache(maxsize=64)
def families(document: SourceDocument) -> tuple[Family, ...]:
    """The families of sections of a document, each of two members or more."""
    found: dict[tuple[int | None, str, str], list[tuple[str, Section]]] = {}
    for section in document.sections:
        titled = _TITLE.fullmatch(fold(section.title)) if section.kind == "body" and section.title else None
        if titled is not None:
            key = (section.parent, titled["before"], titled["noun"])
            found.setdefault(key, []).append((_normal(titled["grade"]), section))
    return tuple(
        Family(document, noun, tuple(members))
        for (_, _, noun), members in found.items()
        if len({grade for grade, _ in members}) == len(members) > 1
    )


def _normal(grade: str) -> str:
    """A grade with its Roman numeral written as a Chinese one."""
    bare = grade.removesuffix("级")
    return f"{_ROMAN[bare]}级" if bare in _ROMAN else grade


def _named(family: Family, core: str) -> list[Section]:
    """The sections of a family whose grade a folded question names before what they are of, in its order; none where it
    asks of all from one grade on."""
    if _OR_SO.search(core):
        return []
    end = core.rfind(family.noun[-2:])
    worded = r"(?:级别?|的)?" + family.noun[:2]  # 一般 and 重大 say much else alone
    said = dict.fromkeys(
        _normal(m.group())
        for m in re.finditer(_GRADE, core[: max(end, 0)])
        if m.group()[-1] in "级色" or re.match(worded, core[m.end() :])
    )
    members = dict(family.members)
    return [members[grade] for grade in said if grade in members]


def of_named_grade(core: str, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The sentences without those below the headings of other grades than a question names."""
    others: set[tuple[str, int]] = set()
    folded = fold(core)
    for document in dict.fromkeys(c.document for c in found):
        for family in families(document):
            named = _named(family, folded)
            if named:
                others.update((document.doc_id, s.index) for _, s in family.members if s not in named)
    if not others:
        return tuple(found)
    return tuple(
        c for c in found if not any((c.document.doc_id, s.index) in others for s in c.document.upwards(c.section))
    )


def behind_grade(draft: Draft, core: str, document: SourceDocument) -> Draft:
    """A draft whose first line, where it stands below the heading of a grade that a question names and does not say it,
    begins with that heading."""
    line = draft.lines[0]
    doc_id, start, _ = line.spans[0]
    above = {s.index for s in document.upwards(document.section_at(start))}
    named = [s for family in families(document) for s in _named(family, fold(core)) if s.index in above]
    if len(named) != 1 or draft.method not in _BARE or named[0].title in line.text:
        return draft
    heading = (doc_id, *named[0].heading)
    first = replace(line, text=f"{named[0].title}：{line.text}", spans=(heading, *line.spans))
    return replace(draft, lines=(first, *draft.lines[1:]))


_BARE = ("sentences", "clause", "case")  #: ways of answering that tell sentences without what stands above them
