"""What a rule excepts, set behind the sentences of a draft that give the rule: 应当在30分钟内到达 and then
位于县城以外的，应当在1小时内到达; 有下列义务：… and then 临时工不受前款第二项限制. Half a rule is read as the whole of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.document import SourceDocument
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold
from qa.amounts import Amount, amounts_of_case, fits
from qa.extractive import MAX_CHARACTERS, Draft, Line, after_in_line, line_at
from qa.limits import limits, measures, modifies

#: Drafts of what a rule says, in a sentence or as a list. Others tell what a document is, or set things side by side.
_TELLS_RULES = frozenset("sentences clause whether figure faq list section".split())
_MOST = 2  #: sentences that are set behind one
_LONGER = 120  #: characters that a draft may grow beyond the length of an answer, where it is a list

#: But …, of what is allowed, ordered or due: 但经批准的除外, 但应当备案. A report goes on with but, too: 但仍有不足.
_BUT = re.compile(
    r"但是?,?.*?(?:除外|不在此限|不受|不适用|不超过|应当|可以|必须|不[得予能]"
    r"|由[^,;。]{2,30}(?:承担|负责|支付)|[按依]照?[^,;。]{2,20}(?:规定|执行))"
)
_EXCEPTS = re.compile(
    r"(?:除外|不在此限|不受此限)[;。]?$|不受[^,;。]{2,20}限制|^仅[^,;。]{2,30}的,|^仅[^,;。]{2,40},[^;。]*(?:可以|只需|即可)"
    r"|的,(?:仍|继续)[按依]|的,[^,;。]{0,10}(?:失效|作废|无效|终止|中止)[;。]?$"
)
#: A note that overrules what stands before it from a day on: (注：2023年5月起，改由县港务局负责。).
_OVERRULES = re.compile(
    r"[(](?:注[:：])?[^()]{0,16}\d{4}年[^()]{0,10}[起后],?[^()]{0,30}(?:调整|改[为由在称设到]|变更|并入|划[转归]|移交|迁|停止|取消|不再|废止)"
)
#: What some have to hand in or fulfil besides, of whom or of what all have to: 联营企业还应当提供合同; and who need not.
_ADDS = re.compile(r"^(?:其中,?)?[^;。:]{2,40}?(?:还|另)(?:应当?|需要?|须|要|必须)(?!求)")
_WAIVES = re.compile(r",(?:不再(?:要求|需要)|无需|不需要?|可以?(?:不|免于))[^,;。]{0,4}(?:提[交供]|报送|出具|携带)")
_ASKS_THINGS = re.compile("什么(?!时)|哪些|哪几|啥")
#: What speaks of the rule before it by the place where that stands.
_POINTS_BACK = re.compile(r"(?:前款|前项|上款|前述|上述|本款|本条第[一二三四五六七八九十\d]+款)")
_TAKES_BACK = re.compile(r"不适用|不包括|除外|不在此限|不受|不再|不计|可以不|暂缓|免")
#: A case of its own with what is due in it.
_CASE = re.compile(r"^(?:其中)?,?(?P<case>[^,;。]{2,40})的,(?P<due>.+)", re.DOTALL)
#: Every penal clause begins so; it says what is broken, and no case among others.
_BREACH = re.compile(r"^[^,;。]{0,16}违反[^,;。]{2,40}规定的?,")
_PUNISHES = re.compile(r"罚|吊销|没收|警告|处[分\d一二三四五六七八九十]")
#: Figures with what every measure is told by; what is left of a clause tells what is measured.
_OF_MEASURES = re.compile(
    r"[\d.,%〇零一二三四五六七八九十百千万亿两]+|[每日月年天周时分]|小时|分钟|工作日|平方米|元|个|以[上下内]|之[内日]|不?(?:超过|少于|低于|高于)|应当|可以"
)
#: Somebody who is bound to something: 市防指接报后应当…, and not 应当… of whoever was named before.
_BOUND_TO = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{2,16}?)(?:接[到报][^,;。]{0,6}|收到[^,;。]{0,8})?(?:应当|必须|须|不得)"
)
#: What was proposed or laid before somebody, and what became of it.
_PROPOSES = re.compile(r"(?:建议|提议|提请|提案|请示|送审稿|草案)")
_DECIDES = re.compile(
    r"^(?:会议|经(?:研究|审议|讨论))[^,;。]{0,6}(?:认为|决定|同意|明确|原则|通过)"
    r"|暂不|暂缓|不予[采受]|未[予被]?采纳|不(?:予)?采纳|尚不成熟|另行研究"
)
#: What others do elsewhere, and what is done here.
_ELSEWHERE = re.compile(r"(?:邻近|兄弟|其他)的?(?:省|市|地区)|外[省地](?:有益|经验|做法|已)|[\u4e00-\u9fff]{2}省")
_HERE = re.compile(r"(?<![根版日])[本我][省市县区州]")


def with_exceptions(draft: Draft, core: str, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft with what excepts something from its rules behind them, where that stands in the same article; in a note the
    place, where it would grow too long. ``core``: what is asked."""
    if draft.method not in _TELLS_RULES:
        return draft
    listed = draft.method in ("list", "section")
    room = MAX_CHARACTERS + (_LONGER if listed else 0)
    lines: list[Line] = []
    places: list[str] = []
    said = "".join(line.text for line in draft.lines)
    things, asked = bool(_ASKS_THINGS.search(core)), amounts_of_case(fold(core))
    for at, line in enumerate(draft.lines):
        doc_id, start, end = line.spans[-1]
        document = document_of(doc_id)
        following = draft.lines[at + 1 : at + 2]
        if "|" in line.text or any(
            later.spans[-1][:1] == (doc_id,) and later.spans[-1][2] >= end for later in following
        ):
            lines.append(line)  # what stands behind it in the document is told behind it
            continue
        lines.append(line)
        for span in _behind(document, end, line.text, asked, listed=listed, things=things):
            if _bare(document, span) in said:
                continue
            if len(said) + span[1] - span[0] > room:
                places.append(_place(document, span[0]))
                break
            lines.append(line_at(document, span))
            said += lines[-1].text
    notes = tuple(f"另有例外或者特别规定，见{place}。" for place in dict.fromkeys(places) if place)
    return replace(draft, lines=tuple(lines), notes=(*draft.notes, *notes))


def _bare(document: SourceDocument, span: tuple[int, int]) -> str:
    return document.text[slice(*span)].rstrip("；;。")


def _place(document: SourceDocument, at: int) -> str:
    """The article or heading that holds a place, by its number where it has one."""
    named = (s.label.strip() or s.title for s in document.upwards(document.section_at(at)) if s.label or s.title)
    return next(named, "")


def _behind(
    document: SourceDocument, end: int, told: str, asked: Sequence[Amount], *, listed: bool, things: bool
) -> Iterator[tuple[int, int]]:
    """The spans of what excepts something from what is told up to ``end``, in its paragraph and the next of its article; of what
    rules the amounts ``asked`` about alone (5000元以下的，不收押金); and of what adds something to it for some, behind a list or
    where ``things`` are asked for."""
    text, before = document.text, fold(told)
    adding = things and not _ADDS.match(before)
    if fold(text[:end].rstrip("；;。，, "))[-4:] == before.rstrip("。")[-4:]:  # else part of the sentence is left out
        direct = True
        for n, (a, b) in enumerate(after_in_line(text, end)):
            clause = fold(text[a:b])
            of_asked = (
                bool(asked)
                and fits(asked, clause) > 0
                and bool(_pairs(clause) & _pairs(before))
                and "的," not in before
            )
            direct = (
                direct and n < _MOST and (excepts(clause, before) or of_asked or (adding and bool(_ADDS.match(clause))))
            )
            if direct or takes_back(clause):
                yield a, b
                before = clause if direct and not _CASE.match(clause) else before
    paragraph = _next_paragraph(document, end)
    if paragraph is not None:
        spans = sentence_spans(text, *paragraph)
        first = fold(text[slice(*spans[0])])
        if listed:
            yield from [span for span in spans if _is_of_list(fold(text[slice(*span)]), before)][:_MOST]
        elif takes_back(first):
            yield spans[0]
            before = first
            for a, b in spans[1:_MOST]:
                if not excepts(fold(text[a:b]), before):
                    break
                yield a, b


def _is_of_list(clause: str, told: str) -> bool:
    """Whether a folded sentence of the paragraph behind a list takes back, limits or changes what that says, or adds to it
    for some."""
    back = bool(_POINTS_BACK.search(clause)) and (takes_back(clause) or excepts(clause, "") or modifies(clause))
    return bool(back or _ADDS.match(clause) or _WAIVES.search(clause) or limits(clause, told))


def _next_paragraph(document: SourceDocument, end: int) -> tuple[int, int] | None:
    """The paragraph behind the one that ends at or behind ``end``, where no heading or number begins it."""
    text = document.text
    begin = line_span(text, max(0, end - 1))[1] + 1
    if begin >= len(text):
        return None
    section = document.section_at(begin)
    span = line_span(text, begin)
    return None if (section is not None and section.start >= begin) or not text[slice(*span)].strip() else span


def takes_back(clause: str) -> bool:
    """Whether a folded clause takes something back of a rule that it points at.

    >>> takes_back("前述优惠在游船项目上不适用。"), takes_back("前款规定的费用由船东承担。")
    (True, False)
    """
    back = _POINTS_BACK.search(clause)
    return back is not None and bool(_TAKES_BACK.search(clause, back.end()))


def excepts(clause: str, told: str) -> bool:
    """Whether a folded clause excepts something from what the folded text right before it tells, gives a case of its own
    another measure, or tells what became of what it proposes.

    >>> excepts("但是,供他人使用的除外。", "自用的灯塔不适用本条例。")
    True
    >>> excepts("灯塔位于外海的,应当在一小时内到达。", "应当在三十分钟内到达灯塔;")
    True
    >>> excepts("位于外海的,每台补贴20万元;", "位于内河的,每台补贴10万元;")
    False
    """
    if _BUT.match(clause) or _EXCEPTS.search(clause) or _OVERRULES.match(clause):
        return True
    if _PROPOSES.search(told) and _DECIDES.search(clause):
        return True
    if _HERE.search(clause) and _ELSEWHERE.search(told) and not _HERE.search(told):
        return True
    return _is_special_case(clause, told)


def _is_special_case(clause: str, told: str) -> bool:
    """Whether a clause tells for a case of its own another measure of what is told for all, or for a breach whatever it
    leads to."""
    case = _CASE.match(clause)
    if case is None or not measures(case["due"]) & measures(told):
        return False
    breach = _BREACH.match(told)
    if breach is not None:
        return bool(_PUNISHES.search(case["due"]) and not _BREACH.match(clause))
    bound = _BOUND_TO.match(case["due"])
    if bound is not None and bound["who"] not in told.split("应当")[0]:
        return False  # what somebody else has to do then
    told = told.rpartition(":")[2]  # without the label of what is told
    due = _pairs(case["due"])  # none where the measure alone is told: 有六个班以上的，不少于50万元
    return "的," not in told and (not due or bool(due & _pairs(told)))


def _pairs(text: str) -> set[str]:
    """The pairs of Han characters by which a clause tells what is measured, figures and units aside."""
    runs = re.findall(r"[\u4e00-\u9fff]+", _OF_MEASURES.sub(" ", text))
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
