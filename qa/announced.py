"""What a sentence or heading announces, told with it: 以下仪器不纳入共享： says nothing without the instruments."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.document import Section, SourceDocument
from corpus.labels import number_of
from corpus.sentences import line_span, line_spans, sentence_spans
from index.tokens import fold
from qa.cases import ASKS_CONDITIONS
from qa.evidence import Candidate, Probe, is_formula
from qa.extractive import ANNOUNCES, MAX_CHARACTERS, MAX_QUOTE, Draft, Line, cells_of, closed
from qa.listing import list_asked, list_of_lines, listed_children
from qa.patterns import DATE, YEAR
from qa.told_lists import items_behind

Place = tuple[int, int]

#: What a sentence that announces something ends with.
OPENS = re.compile(r"(?:下列|以下|如下)[^。]{0,30}[：:。]$|[：:]$")
_SHORT_LINE = 60  #: characters of a line that is an item without a number
_MOST_ITEMS = 40
_NO_NAME = re.compile(r"\s*(?:序号|编号|排名)\s*")


def with_items(draft: Draft, probe: Probe, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft of sentences with the items of what a line of it announces, and of the heading that is all it has where a
    list is asked for; as it is where they are too many or stand in it already."""
    if draft.method != "sentences":
        return draft
    draft = _with_items_of_line(draft, probe, document_of)
    papers = _papers_of(draft, probe, document_of) or _counted_in(draft, probe, document_of)
    if papers is not None:
        return papers
    for at, line in enumerate(draft.lines):
        doc_id, a, b = line.spans[-1]
        document = document_of(doc_id)
        section = document.section_at(a)
        if len(draft.lines) == 1 and section is not None and _is_heading(document, section, a, b):
            return with_list_below(draft, probe, document_of)
        if probe.question.kinds == {"when"} and DATE.search(fold(line.text)):
            continue  # 每年3月1日前报送下列材料： says when without them
        if len(line.spans) > 1 or not OPENS.search(document.text[a:b].rstrip()):
            continue
        items = items_behind(document, b)
        beside = [other for other in draft.lines[at + 1 :] if not _within(other, doc_id, items)]
        size = b - a + sum(end - start for start, end in items)
        some = len(draft.lines) > at + 1 and "list" not in probe.question.kinds  # those that answer have been chosen
        if len(items) < 2 or beside or some or len(items) > _MOST_ITEMS or size > 2 * MAX_CHARACTERS:
            return draft
        before, years = draft.lines[:at], set(probe.question.years)
        if years and any(told and told.isdisjoint(years) for told in (set(YEAR.findall(fold(x.text))) for x in before)):
            before = ()  # of another year than the list that is asked for
        return Draft((*before, _announced(document, (a, b), items)), method="list")
    return _with_series(draft, probe, document_of) if len(draft.lines) == 1 else draft


def with_list_below(draft: Draft, probe: Probe, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft that is nothing but a heading as the list below it, where a list is asked for; any other as it is."""
    if len(draft.lines) != 1 or len(draft.lines[0].spans) != 1:
        return draft
    doc_id, a, b = draft.lines[0].spans[0]
    document = document_of(doc_id)
    section = document.section_at(a)
    if section is None or not _is_heading(document, section, a, b):
        return draft
    return _below_heading(probe, document, section) or draft


#: A sentence that ends with the first item of what it announces in its line: 材料：（1）申请书；, 要点：一是守时；
_FIRST_ITEM = re.compile(r"[：:]\s*(?:①|[（(][一1][）)]|一是)[^；;。]*[；;]?$")
_NEXT_ITEM = re.compile(r"\s*(?:[②-⑳]|[（(](?:[二三四五六七八九十]{1,2}|\d{1,2})[）)]|[二三四五六七八九十]{1,2}是)")


def _with_items_of_line(draft: Draft, probe: Probe, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft with the further items of a line of which it has the first only, where a list or papers are asked for."""
    if "list" not in probe.question.kinds and not _ASKS_PAPERS.search(fold(probe.question.core)):
        return draft
    for at, line in enumerate(draft.lines):
        doc_id, a, b = line.spans[-1]
        text = document_of(doc_id).text
        if not _FIRST_ITEM.search(text[a:b].rstrip()):
            continue
        behind = sentence_spans(text, b, line_span(text, a)[1])
        numbered = [_NEXT_ITEM.match(text, *span) is not None for span in behind]
        items = behind[: [*numbered, False].index(False)]
        if items and items[-1][1] - a <= 2 * MAX_CHARACTERS:
            spans = tuple((doc_id, *span) for span in ((a, b), *items))
            whole = Line(closed(text[a : items[-1][1]].strip()), spans)
            beside = (other for other in draft.lines[at + 1 :] if not _within(other, doc_id, items))
            return replace(draft, lines=(*draft.lines[:at], whole, *beside))
    return draft


#: 对6件文件予以废止: how many there are, and what is done with them.
_COUNTS = re.compile(
    r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:件|个|项|条|部|份|类|种|家)(?P<what>[\u4e00-\u9fff]{2,20})(?=[，,。；;]|$)"
)


def _counted_in(draft: Draft, probe: Probe, document_of: Callable[[str], SourceDocument]) -> Draft | None:
    """The list that the last sentence of a draft only counts, where a list is asked for: the section of its document with as
    many items whose title ends the clause with the number as the question does; None where not exactly one is such."""
    if "list" not in probe.question.kinds or len(draft.lines) > 2 or "、" in draft.lines[-1].text:
        return None
    doc_id, a, b = draft.lines[-1].spans[-1]
    document, core = document_of(doc_id), fold(probe.question.core)
    counted = [m for m in _COUNTS.finditer(fold(document.text[a:b])) if any(c in core for c in m["what"][-2:])]
    lists = [
        section
        for m in counted
        for section in document.sections
        if m["what"][-2:] in fold(section.title)
        and 1 < len(listed_children(document, section)) == number_of(m["number"])
    ]
    return list_asked(document, lists[0], core) if len(counted) == len(lists) == 1 else None


#: Papers asked for in words that ask for no list: 报名要交什么材料, 要带啥. One of them is not what is asked for.
_ASKS_PAPERS = re.compile(
    r"(?:什么|啥|哪些)(?:材料|证件|资料|手续|证明)"
    r"|[要需得该当](?:带|交|提交|提供|上传|准备|出示)[些点]?(?:什么|啥)(?:东西)?(?=[去来过]|[,，。?？呢啊呀]|$)"
)
_PAPERS = re.compile("材料|证件|资料|手续|证明")


def _papers_of(draft: Draft, probe: Probe, document_of: Callable[[str], SourceDocument]) -> Draft | None:
    """All of the papers of which a line of a draft is one, below a heading or an opening that calls them so, where papers
    are asked for; None for other questions and drafts."""
    if not _ASKS_PAPERS.search(fold(probe.question.core)):
        return None
    for doc_id, start, _ in (line.spans[-1] for line in draft.lines):
        document = document_of(doc_id)
        item = document.section_at(start)
        if item is None or item.parent is None or not item.label:
            continue
        above = document.sections[item.parent]
        children = listed_children(document, above)
        if item not in children or not 2 <= len(children) <= _MOST_ITEMS:
            continue
        opening = document.text[above.start : children[0].start].rstrip()
        if _PAPERS.search(opening.rpartition("\n")[2]) and (opening.endswith(above.title) or OPENS.search(opening)):
            whole = list_asked(document, above, fold(probe.question.core))
            # What the article goes on with behind its list holds for a case of it.
            behind = document.text[children[-1].end : above.end]
            more = (x for x in draft.lines if x.spans[-1][0] == doc_id and x.text.rstrip("。；") in behind)
            return whole and replace(whole, lines=(*whole.lines, *more))
    # One that only names them stands for the one section of its document that lists them.
    document = document_of(draft.lines[0].spans[-1][0])
    titled = [s for s in document.sections if _PAPERS_TITLE.search(s.title) and len(listed_children(document, s)) > 1]
    says = all(_PAPERS.search(line.text) and "、" not in line.text for line in draft.lines)
    return list_asked(document, titled[0], fold(probe.question.core)) if says and len(titled) == 1 else None


_PAPERS_TITLE = re.compile("(?:材料|资料|证件)(?:清单|目录)?$")

#: 考核内容分为四类：①…；②…。 behind a sentence in its paragraph.
_SERIES_BEHIND = re.compile(r"(?P<lead>[^。；：:\n]{2,40})[：:]\s*(?:①|[（(][一1][）)]|一是|1[.．、])[^。\n]{6,300}。?")


def _with_series(draft: Draft, probe: Probe, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft of one sentence that lists nothing, with the series that the next one begins with, where a list is asked for."""
    (line,) = draft.lines
    doc_id, _, end = line.spans[-1]
    behind = _SERIES_BEHIND.match(document_of(doc_id).text, end) if "list" in probe.question.kinds else None
    if behind is None or "、" in line.text or len(line.text) > MAX_QUOTE:
        return draft
    series = Line(closed(behind.group().strip()), ((doc_id, *behind.span()),))
    return Draft((line, series), method="list")


def _within(line: Line, doc_id: str, items: Sequence[Place]) -> bool:
    return all(d == doc_id and items and items[0][0] <= a and b <= items[-1][1] for d, a, b in line.spans)


def _announced(document: SourceDocument, opening: Place, items: Sequence[Place]) -> Line:
    """What announces some items, and the items; of the rows of a table the names."""
    text = document.text
    told = [text[a:b].strip().strip("。；;，, ") for a, b in items]
    if all("|" in row for row in told) and len(told) > 2:
        columns, *rows = map(cells_of, told)
        name = next((i for i, column in enumerate(columns) if not _NO_NAME.fullmatch(column)), 0)
        told = [row[name] for row in rows if len(row) > name]
    whole = (opening[0], items[-1][1])
    cited = [whole] if whole[1] - whole[0] <= MAX_QUOTE else [opening, *items]
    lead = text[slice(*opening)].strip().rstrip("：:。")
    return Line(f"{lead}，共{len(told)}项：{'；'.join(told)}。", tuple((document.doc_id, a, b) for a, b in cited))


def _is_heading(document: SourceDocument, section: Section, a: int, b: int) -> bool:
    """Whether a span is the heading of a section, and nothing else."""
    start, end = section.heading
    return bool(section.title) and start <= a < end and not document.text[end:b].strip()


def _below_heading(probe: Probe, document: SourceDocument, section: Section) -> Draft | None:
    """The list below a heading, its items numbered or short lines, where a list is asked for."""
    if not probe.question.kinds & {"list", "who"}:
        return None
    if 1 < len(listed_children(document, section)) <= _MOST_ITEMS:
        return list_asked(document, section, fold(probe.question.core))
    lines = line_spans(document.text, section.heading[1], section.end)
    short = all(b - a <= _SHORT_LINE and "。" not in document.text[a:b] for a, b in lines)
    size = sum(b - a for a, b in lines)
    return (
        list_of_lines(document, section, fold(probe.question.core))
        if len(lines) > 1 and short and size <= 2 * MAX_CHARACTERS
        else None
    )


_ANNOUNCES_ALONE = re.compile("(?:下列|以下|如下)[^。；：:]{0,30}[：:]$")


def answer_announced(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """What is announced by the sentence that is nearest to a question for a list or for cases, and its items, where it tells
    nothing without them: 有下列情形之一的，可以停航："""
    asks = "list" in probe.question.kinds or ASKS_CONDITIONS.search(fold(probe.question.core))
    if not found or not asks or probe.question.kinds & _OF_ITEM:
        return None
    first = found[0]
    if first.tells and not _ANNOUNCES_ALONE.search(first.text.rstrip()):
        return None
    if is_formula(first.text) and not re.search("下列|以下", first.text):
        return None  # 现将有关事项公告如下： announces the whole document
    text, items = first.text.rstrip(), items_behind(first.document, first.end)
    size = len(text) + sum(b - a for a, b in items)
    if not OPENS.search(text) or not 2 <= len(items) <= _MOST_ITEMS or size > 2 * MAX_CHARACTERS:
        return None
    if probe.question.count not in (None, len(items)):
        return None
    return Draft((_announced(first.document, (first.start, first.end), items),), method="list")


_NTH = re.compile(
    r"(?P<back>倒数)?第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<of>个|项|条|点|种|类|方面|步|件|款)|(?P<last>最后)一(?:个|项|条|点|种|类|方面|步|件)"
)
_OF_ITEM = {"duty", "who", "when", "count", "whether", "why"}  #: kinds of questions that ask for one thing of an item
_AMONG = 3  #: of the best sentences, in which what announces the items is looked for
_BEHIND = 2.0  #: how far below the best one it may be scored


def answer_nth_announced(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The n-th of the items that one of the best sentences announces: 第二种情形 of 有下列情形之一的：（一）…（二）…."""
    step = _NTH.search(fold(probe.question.core))
    if (
        step is None
        or not found
        or probe.question.kinds & _OF_ITEM
        or (any(probe.places.values()) and step["of"] in ("条", "款"))
    ):
        return None
    for candidate in found[:_AMONG]:
        text = candidate.text.rstrip()
        if candidate.score < found[0].score - _BEHIND:
            continue
        opening, items = _items_in_line(candidate)
        if not items and (ANNOUNCES.search(text) or OPENS.search(text)):
            opening, items = (candidate.start, candidate.end), items_behind(candidate.document, candidate.end)
        number = number_of(step["number"] or "一") or 0
        place = len(items) + 1 - number if step["back"] or step["last"] else number
        if len(items) < 2 or not 1 <= place <= len(items) or probe.question.count not in (None, len(items)):
            continue
        doc_id, whole = candidate.document.doc_id, candidate.document.text
        lines = (Line(closed(whole[a:b]), ((doc_id, a, b),)) for a, b in (opening, items[place - 1]))
        return Draft(tuple(lines), method="nth")
    return None


_ONE_IS = re.compile("(?<=[：:；;。，,])(?P<number>[一二三四五六七八九十]{1,2})是(?![否非])")


def _items_in_line(candidate: Candidate) -> tuple[Place, list[Place]]:
    """The items 一是…；二是… of the paragraph that a sentence stands in, and what stands before them there and announces
    them; no items where it has none."""
    text = candidate.document.text
    begin, end = line_span(text, candidate.start)
    marks: list[int] = []
    for mark in _ONE_IS.finditer(text, begin, end):
        if number_of(mark["number"]) == len(marks) + 1:
            marks.append(mark.start())
    items = list(zip(marks, [*marks[1:], end], strict=False))
    # The last one ends with its sentence; each is a sentence of its own or a member of one.
    items = [(a, sentence_spans(text, a, b)[0][1]) for a, b in items]
    opening = sentence_spans(text, begin, marks[0])[-1:] if marks else []
    return (opening[0], items) if opening and opening[0][0] <= candidate.start else ((0, 0), [])
