"""Answers from responsibility notes: who leads what, who takes part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from corpus.document import Section, SourceDocument
from corpus.duties import Duty
from index.tokens import fold
from qa.departments import canonical, named_in
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line, Span
from qa.question import Question


class Library(Protocol):
    """The documents and their duties."""

    def document(self, doc_id: str) -> SourceDocument: ...
    def doc_ids(self) -> Sequence[str]: ...
    def duties_of(self, doc_id: str) -> tuple[Duty, ...]: ...


_LEADS = re.compile(r"牵头|带头|领头|挑头|排第一|第一位|为首|班长|主抓|主办")
_TASKS = re.compile(r"(?:哪|几|什么|还|一共|都|所有|全部).{0,12}(?:任务|工作|事|行动|措施|条|项|方面|组|领域|分工)|任务有|出现在哪|(?:还|别的|其他).{0,6}(?:牵头|负责|参与)|(?:牵头|负责|参与|分到|承担)(?:了)?(?:哪|几|什么)")
_WITHOUT = re.compile(r"没写|没有(?:写|列|提|出现|包括|参与)|未列|未写|不含|不包括|没列|没参与|没出现|缺席|没(?:有)?份")


def answer_duty(probe: Probe, found: Sequence[Candidate], library: Library) -> Draft | None:
    """Who leads and takes part in the section meant, or what a department leads and takes part in."""
    question = probe.question
    names = {name for doc_id in library.doc_ids() for duty in library.duties_of(doc_id) for name in duty.departments}
    if not names:
        return None
    departments = named_in(question.core, names)
    duty_words = "duty" in question.kinds or bool(re.search(r"分工|任务", question.core))
    if departments and duty_words and (_TASKS.search(question.core) or _WITHOUT.search(question.core)):
        return _tasks_of(departments[0], probe, library)
    if "duty" not in question.kinds or not found:
        return None
    wanted = 2 if re.search(r"分别|各(?:由|是)|和.{1,30}(?:那|这)", question.core) and len(departments) == 0 else 1
    chosen = _sections_meant(found, library, 2 if wanted == 2 and re.search(r"分别", question.core) else 1)
    if not chosen:
        return None
    lines = []
    contradicts = False
    for document, section, duty in chosen:
        text = _who(section, duty)
        if departments and "whether" in question.kinds:
            leads = [canonical(n) for n in duty.leads]
            members = [canonical(n) for n in duty.departments]
            asked_lead = bool(_LEADS.search(question.core))
            true = departments[0] in (leads if asked_lead else members)
            absent = "" if departments[0] in members else f"，列出的名单中没有{departments[0]}"
            text = f"{'是' if true else '不是'}，{text[:-1]}{absent if not true else ''}。"
            contradicts |= not true
        lines.append(Line(text, _duty_spans(document, section, duty)))
    return Draft(tuple(lines), contradicts=contradicts, method="duty")


def _who(section: Section, duty: Duty) -> str:
    name = section.title or section.label
    quoted = name if "“" in name else f"“{name}”"
    rest = [d for d in duty.departments if d not in duty.leads]
    more = "等" if duty.open_ended else ""
    if not duty.leads:
        return f"{quoted}由{'、'.join(duty.departments)}{more}负责。"
    if not rest:
        joint = "共同" if len(duty.leads) > 1 else ""
        return f"{quoted}由{'、'.join(duty.leads)}{joint}牵头。"
    return f"{quoted}由{'、'.join(duty.leads)}牵头，{'、'.join(rest)}{more}参与负责。"


def _duty_spans(document: SourceDocument, section: Section, duty: Duty) -> tuple[Span, ...]:
    spans: list[Span] = []
    if section.heading[1] > section.heading[0]:
        spans.append((document.doc_id, *section.heading))
    spans.append((document.doc_id, duty.start, duty.end))
    if duty.rule is not None and not duty.start <= duty.rule[0] < duty.end:
        spans.append((document.doc_id, *duty.rule))
    return tuple(spans)


def _covering(document: SourceDocument, section: Section | None, duties: Mapping[int, Duty]) -> tuple[Section, Duty] | None:
    """The duty of a section or of the nearest section above it."""
    while section is not None:
        if section.index in duties:
            return section, duties[section.index]
        section = None if section.parent is None else document.sections[section.parent]
    return None


def _sections_meant(
    found: Sequence[Candidate], library: Library, wanted: int
) -> list[tuple[SourceDocument, Section, Duty]]:
    """The sections with a responsibility note that the best sentences stand in, best first."""
    chosen: list[tuple[SourceDocument, Section, Duty]] = []
    for candidate in found:
        document = candidate.document
        duties = {d.section: d for d in library.duties_of(document.doc_id)}
        # A note itself fits any question about responsibility: it does not tell which section is meant.
        if any(d.start < candidate.end and candidate.start < d.end for d in duties.values()):
            continue
        held = _covering(document, candidate.section, duties)
        if held and not any(d is document and s == held[0] for d, s, _ in chosen):
            chosen.append((document, *held))
        if len(chosen) == wanted or (not chosen and candidate.score < found[0].score - 4.0):
            break
    return chosen


def _tasks_of(department: str, probe: Probe, library: Library) -> Draft | None:
    """All sections whose notes name a department, leading and taking part kept apart."""
    question = probe.question
    for doc_id in sorted(library.doc_ids(), key=lambda d: (d not in probe.hinted, -len(library.duties_of(d)))):
        duties = library.duties_of(doc_id)
        document = library.document(doc_id)
        inside = _scope(question, document, department)
        pairs = [(document.sections[d.section], d) for d in duties if inside is None or _within(document, d.section, inside)]
        if _WITHOUT.search(question.core):
            # Only the listed level is compared: the sections of the scope that have a note.
            missing = [(s, d) for s, d in pairs if department not in map(canonical, d.departments)]
            if missing and len(missing) < len(pairs):
                return Draft((_task_line(document, f"名单里没有写明{department}的共{len(missing)}项", missing),), method="duty")
            continue
        leading = [(s, d) for s, d in pairs if department in map(canonical, d.leads)]
        joining = [(s, d) for s, d in pairs if department in map(canonical, d.departments) and (s, d) not in leading]
        if not leading and not joining:
            continue
        only_leads = _LEADS.search(question.core) and not re.search(r"参与|一共|出现|所有|全部|配合", question.core)
        lines = []
        if leading:
            lines.append(_task_line(document, f"{department}牵头{len(leading)}项", leading))
        if joining and (not only_leads or not leading):
            lines.append(_task_line(document, f"{department}参与{len(joining)}项", joining))
        return Draft(tuple(lines), method="duty")
    return None


def _task_line(document: SourceDocument, lead: str, pairs: Sequence[tuple[Section, Duty]]) -> Line:
    parents: list[str] = []
    spans: list[Span] = []
    items = []
    for section, duty in pairs:
        parent = None if section.parent is None else document.sections[section.parent]
        name = section.title
        if parent is not None and parent.title and parent.level > 0 and parent.title not in parents:
            parents.append(parent.title)
            name = f"{name}（{parent.title}）"
        items.append(name)
        spans += [s for s in _duty_spans(document, section, duty) if s not in spans]
    return Line(f"{lead}：{'；'.join(items)}。", tuple(spans))


def _scope(question: Question, document: SourceDocument, department: str) -> Section | None:
    """The section whose heading the question repeats a piece of ("在海外合作这块"), if it has sections below it."""
    core = fold(question.core).replace(fold(department), "")
    best: tuple[int, Section] | None = None
    for section in document.sections:
        title = fold(section.title)
        if len(title) < 4 or not document.children(section):
            continue
        size = max((n for n in range(len(title), 2, -1) if any(title[i : i + n] in core for i in range(len(title) - n + 1))), default=0)
        if size >= 3 and (best is None or size > best[0]):
            best = (size, section)
    return None if best is None else best[1]


def _within(document: SourceDocument, index: int, above: Section) -> bool:
    section: Section | None = document.sections[index]
    while section is not None:
        if section.index == above.index:
            return True
        section = None if section.parent is None else document.sections[section.parent]
    return False
