"""Who leads what: responsibility notes of official documents, with the offsets that prove them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.document import SourceDocument

Basis = Literal["stated", "first_listed", "none"]


@dataclass(frozen=True, slots=True)
class Duty:
    """One responsibility note. Offsets are into ``SourceDocument.text``."""

    doc_id: str
    section: int  #: index of the section that the note covers; its children inherit it
    departments: tuple[str, ...]  #: in the order of the note
    leads: tuple[str, ...]  #: empty when the note does not tell
    basis: Basis  #: "stated": the note says 牵头; "first_listed": by the document's rule 列第一位者为牵头部门
    open_ended: bool  #: the list ends in 等
    start: int  #: span of the note, brackets included
    end: int
    rule: tuple[int, int] | None  #: span of the rule, where it was used


_VERB = r"(?:牵头|负责|配合|参与|参加|会同|协同|按职责分工|分工负责|组织实施|落实|实施)"
_BRACKETED = re.compile(rf"[（(](?:[^（()）]|[（(][^（()）]*[)）]){{2,400}}?{_VERB}(?:[^（()）]){{0,60}}[)）]")
_LABELLED = re.compile(r"(?:^|(?<=[\n。；]))(?:牵头单位|责任单位|责任部门|负责单位|牵头部门|配合单位|参与单位|配合部门)[:：][^\n。]{2,300}")
_BY = re.compile(rf"由[^，。；：\n（(]{{2,120}}?(?:牵头|负责)(?:[，,][^。；\n（(]{{2,160}}?(?:配合|参与|参加|会同|负责))?")
#: The rule that the first in each list leads, said once for the lists that follow.
_RULE = re.compile(r"(?:列|排)(?:在)?(?:第一位|首位|第一)(?:者|的)?(?:单位|部门)?(?:者)?(?:为|是)牵头(?:部门|单位)[，,]?(?:下同|以下同)?")
#: What a department's name ends in.
_UNIT_END = (
    r"(?:部|委|委员会|局|总局|署|办|办公室|办公厅|院|行|银行|会|厅|社|总社|协会|中心|政府|机关|公司|集团|部门|单位|机构|地方|地区|省|市|区|县|"
    r"联席会议|小组|法院|检察院|联|团中央|大学|企业)"
)
_NAME = re.compile(rf"^[\u4e00-\u9fff“”（）()·]{{2,30}}$")
_AND = re.compile(r"(?<=[部委局署办院行会厅社府])(?:和|与|及|以及|会同)")
_TAIL = re.compile(
    r"(?:分别|共同|联合|按照?(?:各自)?(?:的)?职责(?:分工)?|依职责|根据职责(?:分工)?|各自|具体|主要|统筹|进行|予以)*"
    r"(?:牵头|负责|配合|参与|参加|协同|落实|组织实施|实施|组织|推进|会同)+(?:负责|落实|组织实施|推进|实施)?$"
)


def find_duties(document: SourceDocument) -> tuple[Duty, ...]:
    """All responsibility notes of a document, in order; none invented: each names at least one department."""
    text = document.text
    rule = _RULE.search(text)
    rule_span = (rule.start(), rule.end()) if rule else None
    spans: list[tuple[int, int, str]] = []
    for pattern in (_BRACKETED, _LABELLED, _BY):
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in spans):
                spans.append((match.start(), match.end(), match.group().strip("（()）")))
    duties: list[Duty] = []
    for start, end, body in sorted(spans):
        section = document.section_at(start)
        parsed = parse_note(_RULE.sub("", body).rstrip("，,"))
        if section is None or section.kind != "body" or parsed is None:
            continue
        departments, leads, open_ended = parsed
        basis: Basis = "stated" if leads else "none"
        used_rule = None
        if not leads and rule_span and end >= rule_span[0]:
            leads, basis, used_rule = departments[:1], "first_listed", rule_span
        duties.append(
            Duty(document.doc_id, section.index, departments, leads, basis, open_ended, start, end, used_rule)
        )
    return tuple(duties)


def parse_note(body: str) -> tuple[tuple[str, ...], tuple[str, ...], bool] | None:
    """(departments in order, leads, open-ended) of a note without its brackets; None if it names no department.

    >>> parse_note("教育部牵头，财政部、科技部等配合")
    (('教育部', '财政部', '科技部'), ('教育部',), True)
    """
    departments: list[str] = []
    leads: list[str] = []
    open_ended = False
    label = re.match(r"(牵头|责任|负责|配合|参与)(?:单位|部门)[:：]", body)
    segments = re.split(r"[，,；;]", body[label.end() :] if label else body)
    for segment in segments:
        names, verb, more = _names(segment.strip())
        if names is None:
            continue
        open_ended |= more
        says_lead = "牵头" in verb or (label is not None and label.group(1) == "牵头" and segment is segments[0])
        # 由甲会同乙负责: the first named acts, the other joins.
        joined = re.split(r"会同", segment)
        first = len(_names(joined[0])[0] or ()) if len(joined) > 1 else len(names)
        for position, name in enumerate(names):
            if name not in departments:
                departments.append(name)
            if (says_lead and position < first) or (len(joined) > 1 and position < first and "负责" in verb):
                leads.append(name)
    if not departments:
        return None
    return tuple(departments), tuple(dict.fromkeys(leads)), open_ended


def _names(segment: str) -> tuple[list[str] | None, str, bool]:
    """(department names, verb at the end, ends in 等) of one clause of a note."""
    tail = _TAIL.search(segment)
    verb = tail.group() if tail else ""
    listed = segment[: tail.start()] if tail else segment
    listed = re.sub(r"^(?:由|请|并由|其中|主要由)", "", listed)
    more = bool(re.search(r"等(?:有关|相关)?(?:部门|单位|机构)?$|等$", listed))
    listed = re.sub(r"等(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?(?:有关|相关)?(?:部门|单位|机构)?$", "", listed)
    names: list[str] = []
    for piece in re.split(r"、|会同|以及", listed):
        names += [p for p in _split_and(piece) if p]
    good = [n for n in names if _NAME.match(n) and re.search(_UNIT_END + "$", n)]
    if not good or len(good) < len(names) / 2:
        return None, verb, False
    return good, verb, more


def _split_and(piece: str) -> list[str]:
    """Cut at 和/与/及 only where both sides are names: 财政部和税务总局, but not 工业和信息化部."""
    for match in _AND.finditer(piece):
        left, right = piece[: match.start()], piece[match.end() :]
        if re.search(_UNIT_END + "$", left) and re.search(_UNIT_END + "$", right):
            return [left.strip(), *_split_and(right.strip())]
    return [piece.strip()]
