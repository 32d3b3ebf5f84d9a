"""What is asked of each of several, or of several times, and told by more than one sentence: the first says where the county
hands a list in and by when, the next where the city does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from corpus.document import SourceDocument
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold
from qa.evidence import Probe
from qa.extractive import MAX_CHARACTERS, Draft, line_at, side_names
from qa.question import kinds_of

#: What is asked by day, and as a stretch of time, with how that is told.
_DAY = r"哪[一]?[天日]|几月几[号日]|几[月号](?!令)|什么时[候间]|啥时候?|何时|哪个月"
_STRETCH = r"[几多少]+个?(?:工作日|分钟|小时|天|日|个月|周|年)|多[久长](?:时间)?"
_TOLD_DAY = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]|[底末初上中下])|每[年月季]\d{1,2}[月日]|年[底末]|[次当]月")
_TOLD_STRETCH = re.compile(
    r"(?<![\d月])(?:\d{1,3}|(?<!第)[一二两三四五六七八九十]+)(?:个?工作日|分钟|个?小时|日|天|周|个月|年)(?![^，。]{0,2}起施行)"
)
_ASKS_TIME = re.compile(f"(?P<day>{_DAY})|(?P<stretch>{_STRETCH})")
#: What asks it of each: 各在哪天之前, 每关多少天.
_OF_EACH = re.compile(
    rf"(?:各[自级要在需是]*|分别[\u4e00-\u9fff]{{0,2}}|每(?!天|日|年|月|个?月|人)[\u4e00-\u9fff]{{1,3}}?|依次)(?:{_DAY}|{_STRETCH})"
)
_FIGURE_OF_EACH = re.compile(r"(?:各[\u4e00-\u9fff]?|分别[\u4e00-\u9fff]{0,2})(?:多少|几)(?P<unit>[\u4e00-\u9fff])")
_TELLS_ALONE = {"sentences", "clause", "whether", "figure", "compare"}
_SOME = 99  #: more figures than one, and as many as there are behind the first
_MOST = 8  #: sentences that are told on


def with_told_on(draft: Draft, probe: Probe, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft with the sentences right behind what it tells, in the same paragraph, that tell more of the times or figures
    that a question asks of each, or of which it asks for more than the draft has; as it is for other questions."""
    core = fold(probe.question.core)
    told = _asked(core)
    if told is None or draft.method not in _TELLS_ALONE:
        return draft
    pattern, least = told
    first = draft.lines[0]
    doc_id, start, end = first.spans[-1]
    document = document_of(doc_id)
    said = [line for line in draft.lines if all(d == doc_id for d, *_ in line.spans)]
    # What is told right behind the first line already is gone on from.
    for line in said[1:]:
        a, b = line.spans[-1][1:]
        end = b if not document.text[end:a].strip() else end
    have = len(pattern.findall(fold("".join(line.text for line in said))))
    if least == _SOME and have > 1:
        return draft  # a row of them is told already
    size = sum(len(line.text) for line in draft.lines)
    more = []
    for a, b in sentence_spans(document.text, end, _stop(document, start))[:_MOST]:
        values = pattern.findall(fold(document.text[a:b]))
        size += b - a
        if not values or size > MAX_CHARACTERS or (least and have >= least):
            break
        have += len(values)
        more.append(line_at(document, (_behind_number(document, a), b)))
    if not more:
        return draft
    at = next(i for i in range(len(draft.lines), 0, -1) if draft.lines[i - 1].spans[-1][2] == end)
    return replace(draft, lines=(*draft.lines[:at], *more, *draft.lines[at:]))


def _behind_number(document: SourceDocument, at: int) -> int:
    section = document.section_at(at)
    numbered = section is not None and section.start == at and not section.title and section.heading[1] > at
    return section.heading[1] if section is not None and numbered else at


def _stop(document: SourceDocument, at: int) -> int:
    """Where the paragraph that holds an offset ends; that of the last item beside it where it is an item: 1.县里…2.市里…."""
    item = document.section_at(at)
    if item is None or item.parent is None or not item.label or item.label.endswith(("章", "节", "条")):
        return line_span(document.text, at)[1]
    return document.sections[item.parent].end


def _asked(core: str) -> tuple[re.Pattern[str], int] | None:
    """How the times or figures asked for are told, or what is said of the things set side by side, and how many there have
    to be, 0 for as many as there are; None where one is asked for.

    >>> _asked("从县到省怎么报,各在哪天之前?")[1], _asked("几天之内提出,多久答复?")[1], _asked("几天之内提出?")
    (0, 2, None)
    """
    times = list(_ASKS_TIME.finditer(core))
    each = _OF_EACH.search(core)
    sides = side_names(core)
    if len(sides) > 1 and "compare" in kinds_of(core):
        return re.compile("|".join(map(re.escape, sides))), 0
    if each is None and len(times) < 2:
        figure = _FIGURE_OF_EACH.search(core)
        return (re.compile(rf"\d\s*{figure['unit']}"), _SOME) if figure else None
    kinds = {m.lastgroup for m in times}
    patterns = [p for name, p in (("day", _TOLD_DAY), ("stretch", _TOLD_STRETCH)) if name in kinds]
    pattern = patterns[0] if len(patterns) == 1 else re.compile(f"{_TOLD_DAY.pattern}|{_TOLD_STRETCH.pattern}")
    return pattern, 0 if each is not None else len(times)
