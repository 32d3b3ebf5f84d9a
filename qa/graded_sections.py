"""Sections side by side whose headings differ in a grade alone (一级响应, 二级响应; 红色预警, 橙色预警): their sentences are of
one form, and only the heading says of which grade each is.

A question that names a grade is answered from the section of that grade alone; one that asks for the grade, from the section
whose conditions hold for what the question tells.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Section, SourceDocument
from corpus.sentences import line_spans, sentence_spans
from index.tokens import fold
from qa.amounts import Amount, Range, amounts, amounts_of_case, ranges
from qa.disputes import alike
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import MAX_CHARACTERS, Draft, Line, closed
from qa.hazards import other_hazard
from qa.outline_questions import documents_meant, says_only
from qa.patterns import lacks_figure

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
    """The sentences without those below the headings of other grades than a question names, or asks for by an amount."""
    others: set[tuple[str, int]] = set()
    folded = fold(core)
    for document in dict.fromkeys(c.document for c in found):
        for family in families(document):
            held = _grade_held(folded, family)
            named = _named(family, folded) or ([held.section] if held is not None else [])
            if named:
                others.update((document.doc_id, s.index) for _, s in family.members if s not in named)
    if not others:
        return tuple(found)
    return tuple(
        c for c in found if not any((c.document.doc_id, s.index) in others for s in c.document.upwards(c.section))
    )


# --- what is said of a grade ----------------------------------------------------------------------------------------

_MOST_GRADES = 3  #: that a question may ask about at once


def answer_graded(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """What stands below the heading of the grade that a question names, behind that heading, or of the grade that it asks
    for; None where it is about something else, or about several documents."""
    if not found or probe.question.kinds & {"whether", "metadata", "summary"} or len(probe.question.parts) > 1:
        return None
    core = fold(probe.question.core)
    drafts = []
    for document in documents_meant(probe, found):
        for family in families(document):
            named = _named(family, core)
            draft = _of_grades(probe, family, named) if named else _which_grade(probe, family)
            if draft is not None and not _of_another(fold(probe.question.text), document):
                drafts.append(draft)
    return drafts[0] if len(drafts) == 1 else None


def grade_untold(probe: Probe, found: Sequence[Candidate]) -> bool:
    """Whether a question asks for the grade of an amount that the sections of its document measure it by, and no grade
    holds for it (of 12小时200毫米 nothing is said by 24小时100毫米), or names a grade that they do not have."""
    core = fold(probe.question.core)
    if not found or "whether" in probe.question.kinds:
        return False
    first = next((c.document for c in found if c.tells), found[0].document)
    if any(_has_no_such(family, core) for family in families(first)):
        return True
    asked = {one.measure for one in _amounts_reached(core)}
    return bool(_WHICH.search(core)) and any(
        _grade_held(core, family) is None
        and family.noun[-2:] in core
        and any(c.held.unit in asked for _, section in family.members for c in _conditions(first, section))
        for family in families(first)
    )


def _has_no_such(family: Family, core: str) -> bool:
    """Whether a question names one level of a family numbered by levels that nothing in its document has."""
    levels = {grade for grade, _ in family.members if grade.endswith("级")}
    said = {_normal(m[1]) for m in re.finditer(rf"({_LEVEL}级)(?:应急)?{family.noun[-2:]}", core)}
    if len(levels) < len(family.members) or len(said) != 1:
        return False
    return not said & {_normal(m) for m in re.findall(rf"{_LEVEL}级", fold(family.document.text))}


#: The place that a question is about, where it begins with one.
_OF_PLACE = re.compile(r"(?:请问|在)?(?P<place>[\u4e00-\u9fff]{2,4}?[省市县州])(?![级场里])")


def _of_another(question: str, document: SourceDocument) -> bool:
    """Whether a folded question is about the plan of another hazard or place."""
    place = _OF_PLACE.match(question)
    if place is not None and place["place"] not in fold(document.header.title) + fold(document.text):
        return True
    return other_hazard(question, document.header.title, document.text) is not None


def _of_grades(probe: Probe, family: Family, named: Sequence[Section]) -> Draft | None:
    document = family.document
    if len(named) > _MOST_GRADES:
        return None
    core = fold(probe.question.core)
    lines: list[Line] = []
    for section in named:
        held = document.text[section.start : section.end]
        own = _said_of(probe, section, core, document, held)
        if own is None or (
            probe.question.kinds <= {"count"} and probe.question.kinds and lacks_figure(core, [fold(own.text)])
        ):
            return None
        lines.append(own)
    return Draft(tuple(lines), method="section")


#: What says nothing of a grade itself: its name, 各是, and 多少 with its counter.
_FRAME = re.compile(rf"{_GRADE}|各自?|分别|(?:多少|几)(?:个|名|人|台|辆|支|次|天|条|家|万)*")


def _said_of(probe: Probe, section: Section, core: str, document: SourceDocument, held: str) -> Line | None:
    """The line below a heading that a question asks for, or all of them where it tells none from another and they are short."""
    # Of several grades each is told from below its own heading.
    if not says_only(probe, _FRAME.sub(" ", core), document, section, beside=held):
        return None
    if _HAPPENED.search(core) or any(year not in held for year in probe.question.years):
        return None  # how often there has been one no plan tells
    title = fold(section.title)
    own = {w: v for w, v in probe.words.items() if w not in title and w not in fold(document.header.title)}
    spans = [span for span in line_spans(document.text, section.heading[1], section.end) if span[1] > span[0]]
    conditions = [span for span in spans if _CONDITIONS.match(document.text, *span)] if _ASKS_WHEN.search(core) else []
    one_thing = bool(probe.question.kinds & {"count", "when", "who", "duty"})
    told = conditions or _best(own, probe, document, spans) or (spans[:1] if one_thing and len(spans) == 1 else [])
    told = told or ([] if one_thing else spans)
    if len(told) == 1 and one_thing:
        told = _best(own, probe, document, sentence_spans(document.text, *told[0])) or told
    if not told or sum(b - a for a, b in told) > MAX_CHARACTERS:
        return None
    return headed(document, section, told)


_HAPPENED = re.compile(r"[过了](?:几|多少)[次回]")
#: 什么时候发布红色预警 asks for the conditions, which a line that begins so tells.
_ASKS_WHEN = re.compile(r"(?:什么|啥)(?:时候|情况|情形|条件|样)|何时|哪些(?:情况|情形|条件)|多[大高强]")
_CONDITIONS = re.compile(r"[^，。；：:]{0,8}(?:条件|标准|情形)[：:]")


def _best(
    own: dict[str, float], probe: Probe, document: SourceDocument, spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The one span that holds most of some words; none where two do."""
    values = [weight_held(own, probe, fold(document.text[a:b])) for a, b in spans]
    most = max(values, default=0.0)
    best = [span for span, value in zip(spans, values, strict=True) if value == most > 0]
    return best if len(best) == 1 else []


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


def headed(document: SourceDocument, section: Section, spans: Sequence[tuple[int, int]]) -> Line:
    """What some spans say behind the heading that they stand under: 一级响应：总指挥坐镇指挥。"""
    said = "".join(document.text[a:b].strip() for a, b in spans)
    cited = tuple((document.doc_id, *span) for span in (section.heading, *spans))
    return Line(f"{section.title}：{closed(said)}", cited)


# --- which grade ----------------------------------------------------------------------------------------------------

_WHICH = re.compile(
    r"(?:几|哪(?:一)?(?:个)?|什么|多少)(?:级别?|等级|种级别|颜色)|(?:什么|哪(?:一)?[种个])(?:\w{0,4})(?:响应|预警|等级|级别)|第几级"
)
_LABEL = re.compile(r"^[^,，。:：\d]{2,10}[:：]")
_EITHER = re.compile(r"[,，]?或者?是?|[;；。]")


@dataclass(frozen=True)
class _Condition:
    """One of the conditions of a grade: what it is measured in and from where to where it holds, its words and the other
    amounts that it names."""

    section: Section
    span: tuple[int, int]
    held: Range
    words: str
    beside: tuple[Amount, ...]


def _which_grade(probe: Probe, family: Family) -> Draft | None:
    """The line with the condition of the grade that a question asks for by an amount, behind its heading."""
    core, document = fold(probe.question.core), family.document
    best = _grade_held(core, family)
    if best is None:
        return None
    around = document.text[slice(*best.span)]
    if not says_only(probe, core, document, best.section, beside=around + _SAYS_GRADE):
        return None
    return Draft((headed(document, best.section, [best.span]),), method="section")


def _grade_held(core: str, family: Family) -> _Condition | None:
    """The condition of the highest of the grades that hold for an amount that a folded question tells of its case, where it
    asks for the grade."""
    asked = _amounts_reached(core)
    if not asked or not _WHICH.search(core) or family.noun[-2:] not in core:
        return None
    document = family.document
    conditions = [c for _, section in family.members for c in _conditions(document, section)]
    held: list[tuple[float, _Condition]] = []
    for one in asked:
        same = [c for c in conditions if c.held.unit == one.measure]
        beside = (c for c in conditions if any(other.measure == one.measure for other in c.beside))
        alike = {c.words for c in (*same, *beside)}
        # 死亡 and 重伤 are both counted in people.
        same = [c for c in same if _spoken_of(c.words, core, alike) and _same_beside(c, asked)]
        if all(_akin(c.words, same[0].words) for c in same):
            held += [(c.held.low, c) for c in same if c.held.holds(one.value)]
    # What is measured in several units, each of another grade, is left to the reader.
    units = {c.held.unit for _, c in held}
    if not held or len(units) != 1:
        return None
    return max(held, key=lambda pair: pair[0])[1]


_SAYS_GRADE = "启动级别等级达到应急"  #: what questions for a grade say of it


def _amounts_reached(core: str) -> list[Amount]:
    """The amounts that a question tells of its case; of 超过22米 one that is a little more."""
    told = []
    for one in amounts_of_case(core):
        beyond = next((r for r in ranges(core) if r.start <= one.start < r.end and math.isinf(r.high)), None)
        told.append(one if beyond is None else replace(one, value=one.value * 1.0001))
    return [one for one in told if one.measure]


def _conditions(document: SourceDocument, section: Section) -> list[_Condition]:
    found = []
    for begin, end in line_spans(document.text, section.heading[1], section.end):
        text = _LABEL.sub("", fold(document.text[begin:end]))
        for clause in _EITHER.split(text):
            told = _condition(clause)
            if told is not None:
                held, beside = told
                found.append(_Condition(section, (begin, end), held, _worded(clause), beside))
    return found


def _condition(clause: str) -> tuple[Range, tuple[Amount, ...]] | None:
    """The one range of a clause, or what is reached from its only amount on (12小时未控制火情), and its other amounts."""
    told, measured = ranges(clause), amounts(clause)
    if len(told) == 1:
        (one,) = told
        return one, tuple(a for a in measured if not one.start <= a.start < one.end)
    if not told and len(measured) == 1 and measured[0].measure:
        (alone,) = measured
        return Range(alone.value, math.inf, alone.measure, alone.start, alone.end), ()
    return None


def _worded(clause: str) -> str:
    """The words of a condition that tell what is measured, without those of how it is compared: 达到警戒水位18.5米."""
    bare = re.sub(r"[(（][^()（）]*[)）]|(?:达到?|超过?|[低高少多大小]于)[\u4e00-\u9fff]{0,6}(?=\d)", "", clause)
    return re.sub(r"及?以[上下]|不[足满]|[^\u4e00-\u9fff]", "", bare)


def _pairs(words: str) -> set[str]:
    return {words[i : i + 2] for i in range(len(words) - 1)}


def _akin(words: str, other: str) -> bool:
    """Whether two conditions are of one thing by half of their words: 水位达到 and 预计水位达到."""
    return words == other or alike(words, other) >= 0.5


def _spoken_of(words: str, core: str, alike: set[str]) -> bool:
    """Whether a question says something of a condition that those of other things in its unit do not; any where there is
    no other."""
    others = [other for other in alike if not _akin(words, other)]
    return not others or any(pair in core and not any(pair in other for other in others) for pair in _pairs(words))


def _same_beside(condition: _Condition, asked: Sequence[Amount]) -> bool:
    """Whether a question names no other amount of what a condition holds within: 12小时 and not 24小时."""
    for other in condition.beside:
        own = [a.value for a in asked if a.measure == other.measure]
        if own and other.value not in own:
            return False
    return True
