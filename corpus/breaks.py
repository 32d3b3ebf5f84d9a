"""Line ends that a text has lost: scraped pages and copies out of viewers run its paragraphs together into long lines.

Where a paragraph began is told by the numbering: a label begins one where it continues the count of its style and
stands where a sentence or a heading ends, which a reference (依照第十二条规定) does not. Nothing is left out or
rewritten: each piece of a line keeps the number of the line.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.glyphs import plain
from corpus.header import KINDS, find_numbers, normal_number
from corpus.labels import HAN_NUMERALS, label_of
from corpus.organs import is_organ
from corpus.raw import RawDocument, RawLine

#: A shorter line is a paragraph.
_LONG = 120
#: So many headings inside a line show that it is no paragraph: one that only enumerates has items, not headings.
_ENOUGH = 3
_HEADINGS = ("编", "分编", "部分", "章", "节", "条", "一、")
_STYLES = (*_HEADINGS, "（一）", "1.", "1.1", "1.1.1", "（1）")

_HAN_NUMBER = f"[{HAN_NUMERALS}]"
_LABEL = re.compile(
    rf"第\s*(?:{_HAN_NUMBER}{{1,7}}|\d{{1,4}})\s*(?:分?[编篇]|[章节条]|部\s*分)"
    rf"|(?<!{_HAN_NUMBER}){_HAN_NUMBER}{{1,3}}\s*[、．.]|[（(]\s*(?:{_HAN_NUMBER}{{1,3}}|\d{{1,2}})\s*[）)]"
    r"|(?<![\d.．])\d{1,2}\s*[.．、]"
)
_MARK = re.compile(r"[。！？；：!?;:][”’」』）)]*")
_INDENT = re.compile(r"(?<=[。！？；：”）)])(?:\u3000{2,}|[ \xa0\t]{4,})(?=\S)")


def with_breaks(raw: RawDocument) -> RawDocument:
    """``raw`` with the lines in which paragraphs were run together taken apart; as it is where there are none."""
    raw = _without_signer(raw)
    long = [line for line in raw.lines if len(line.text) >= _LONG and line.role == "text" and "|" not in line.text]
    if not any(len(_LABEL.findall(line.text)) >= 2 or len(_INDENT.findall(line.text)) >= _ENOUGH for line in long):
        return raw
    found = _found(raw.lines, _LONG)
    heaps = {
        at
        for at, labels in found.items()
        if sum(one.style in _HEADINGS for one in labels) >= _ENOUGH
        or any(_nested(raw.lines[at].text, a, b) for a, b in pairwise(labels))
        or (
            len(raw.lines[at].text) >= _LONG and len(_INDENT.findall(raw.lines[at].text)) >= _ENOUGH
        )  # no row of a table
    }
    if not heaps:
        return raw
    found = _found(raw.lines, 0)  # a chapter may be short
    lines: list[RawLine] = []
    head = True  # nothing but titles so far
    for at, line in enumerate(raw.lines):
        if at in heaps or any(one.style in _HEADINGS and one.start for one in found[at]):
            lines += _pieces(line, _breaks(plain(line.text), found[at], head=head))
        else:
            lines.append(line)
        head = head and len(line.text) < _LONG
    return replace(raw, lines=tuple(lines))


_SIGNER = re.compile(r"(?<=[号號])\s*(?=[签簽]\s*[发發]\s*人\s*[：:])")
_TOP = 30  #: lines among which the red head of a document stands


def _without_signer(raw: RawDocument) -> RawDocument:
    """``raw`` with number and signatory, which a red head sets at either edge of one line, on lines of their own."""
    for at, line in enumerate(raw.lines[:_TOP]):
        gap = _SIGNER.search(plain(line.text)) if line.role == "text" and len(line.text) < _LONG else None
        if gap is not None and normal_number(plain(line.text[: gap.start()])):
            return replace(raw, lines=(*raw.lines[:at], *_pieces(line, [gap.end()]), *raw.lines[at + 1 :]))
    return raw


@dataclass(frozen=True, slots=True)
class _Found:
    """A label that begins a paragraph, and where the heading begins that stands without a mark before it."""

    start: int
    style: str
    number: int
    lead: int


def _nested(text: str, heading: _Found, below: _Found) -> bool:
    """Whether a heading inside a line has nothing but its title before the first heading below it."""
    title = text[heading.start : below.start]
    return (
        heading.start > 0 and heading.style in _HEADINGS and below.number == 1 and not re.search("[。；：！？]", title)
    )


def _found(lines: Sequence[RawLine], long: int) -> Mapping[int, list[_Found]]:
    """The labels of each line that begin paragraphs; of one shorter than ``long`` that which it begins with."""
    texts = [plain(line.text) if line.role == "text" else "" for line in lines]
    candidates = [(at, one) for at, text in enumerate(texts) for one in _candidates(text, long)]
    nexts: list[int | None] = []  # the number of the next candidate of the same style
    ahead: dict[str, int] = {}
    for _, one in reversed(candidates):
        nexts.append(ahead.get(one.style))
        ahead[one.style] = one.number
    found: dict[int, list[_Found]] = {at: [] for at in range(len(lines))}
    last: dict[str, int] = {}  # kept below a new heading: （四） may go on where 二、 has begun
    taken: dict[int, int] = {}  # where the last label of a line was taken
    for (at, one), following in zip(candidates, reversed(nexts), strict=True):
        before = last.get(one.style, 0)
        begins = one.number == 1 and (following == 2 or one.start == 0)
        skips = before < one.number <= before + 3 and following == one.number + 1 and before > 0
        if not (begins or one.number == before + 1 or skips):
            continue
        begin = max(one.lead, taken.get(at, 0))
        if begin < one.start and not _ends(texts[at], begin, one, labelled=at in taken):
            continue
        last[one.style] = one.number
        taken[at] = one.start
        if "|" not in lines[at].text:
            found[at].append(one)
    return found


def _candidates(text: str, long: int) -> Iterator[_Found]:
    """The labels in a line that no sentence refers to."""
    indent = len(text) - len(text.lstrip())
    marks = sorted({indent, *(m.end() for m in _MARK.finditer(text))})
    at = 0
    for match in _LABEL.finditer(text):
        if len(text) < long and match.start() > indent:
            return
        label = label_of(text[match.start() : match.start() + 60])
        if label is None or label.number is None or label.style not in _STYLES:
            continue
        while at + 1 < len(marks) and marks[at + 1] <= match.start():
            at += 1
        lead = marks[at] if marks[at] <= match.start() else 0
        start = 0 if match.start() <= indent else match.start()
        referred = (
            label.number > 1
            and label.style in ("章", "节", "条")
            and _REFERS.search(text[max(lead, start - 2) : start])
        )
        if referred and label_of(text[lead : lead + 60]) is None:
            continue
        if start and label.style in ("章", "节") and not _begins_chapter(text, lead, match):
            continue
        if text[max(lead, start - 2) : start].isspace():  # a wide gap, as after a mark
            lead = start
        yield _Found(start, label.style, label.number, min(start, lead))


def _begins_chapter(text: str, lead: int, label: re.Match[str]) -> bool:
    """Whether a label of a chapter inside a line has the form of a heading: a sentence can number chapters too
    (第一章讨论背景；第二章讨论方法). ``lead``: the place behind the last mark before it."""
    at = label.start()
    if at == lead and _PART_ENDS.search(text[max(0, at - 8) : at]):
        return False
    return _HEADING.match(text, label.end()) is not None


#: A mark behind which a sentence goes on.
_PART_ENDS = re.compile("[；：;:][”’」』）)]*$")
#: What stands behind the label of a heading: a gap, or a few words up to a gap or to the label below them.
_HEADING = re.compile(rf"\s|[^\s，。；：！？,;:]{{1,40}}?(?=\s|$|{_LABEL.pattern})")

#: What the note below a title ends in: ……第十八次会议通过, ……令第503号公布, 自2019年1月1日起施行）
_DONE = re.compile(r"(?:通过|公布|发布|印发|批准|修订|修正|施行|实施|[\d一二三四五六七八九十]\s*日)[）)]?$")
_CHARGED = re.compile(r"(?:单位|部门|机关|牵头|负责|配合|参加)\s*[：:]\s*$")
_IN_CHARGE = re.compile(r"[（(](?:[^（()）]|[（(][^（()）]*[）)]){2,200}[）)]")
#: What leads up to a number that is referred to: 依照……第三十八条, 本法第四条和第五条.
_REFERS = re.compile(r"(?:[按依参遵]照|根据|依据|[法例定》”和、及或与至])$")
_TITLE = re.compile(rf"(?:{'|'.join(KINDS)})(?:[（(][^（）()]{{1,30}}[）)])*$")


_LONGEST_LEAD = 400


def _ends(text: str, begin: int, one: _Found, *, labelled: bool) -> bool:
    """Whether what stands from ``begin``, behind the last mark, to a label ends a paragraph though no mark ends it.

    It is a heading (第一章 总则, 附则), the title of a regulation or a note below it, a date, or says who is in charge.
    ``labelled``: a label stands before it in the line.
    """
    lead = text[begin : one.start].strip()
    if len(lead) > _LONGEST_LEAD:
        return False
    if not lead or _stands_alone(lead, one):
        return True
    if one.number == 1 and (_DONE.search(lead) or (not begin and len(lead) <= 80)):
        return True
    note = lead[-1] in "）)" and not re.search("[（(]", lead[:-1])  # the mark stood inside the brackets
    if note or is_organ(lead) or _IN_CHARGE.fullmatch(lead) or _CHARGED.search(text[max(0, begin - 8) : begin]):
        return True
    own = label_of(lead)
    if own is None or not labelled or own.style not in _STYLES or len(lead) > 45:
        return False
    marks = "[。；：！？;]" if own.style in _HEADINGS else "[，。；：！？,;]"
    return not re.search(marks, lead) and bool(lead[own.end :].strip())


def _stands_alone(lead: str, one: _Found) -> bool:
    """Whether words before a label are a line without number: 附则, the title of what is numbered from one."""
    return "".join(lead.split()) in ("总则", "附则", "目录") or (one.number == 1 and _TITLE.search(lead) is not None)


# --- the places of a line --------------------------------------------------------------------------------------------

_DATE = (
    r"(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|二[〇○零Ｏ０][一二三四五六七八九〇○零]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
#: Who issued a text and when, behind its last sentence; not a day on which something was done.
_SIGNED = re.compile(
    rf"(?<=[。！？）)])\s*(?P<organ>[\u4e00-\u9fff][\u4e00-\u9fff、 \u3000]{{1,78}}?[\u4e00-\u9fff])"
    rf"\s*(?P<date>{_DATE})(?![起前后以之至的在发印公通批召上下止到就，。、])"
    r"(?P<note>\s*[（(][^（）()]{2,20}[）)])?"
)
_ATTACHED = re.compile(r"(?<=[。）)日])\s*(?P<label>附\s*件(?:\s*[\d一二三四五六七八九十]{1,2})?\s*[：:])")
#: A note below the title without brackets: 2003年7月30日国务院第16次常务会议通过, 2003年8月5日国务院令第386号公布.
_NOTES = re.compile(rf"{_DATE}[^，（(]{{0,60}}?(?:通过|公布|发布|批准|修订|修正|施行)(?=\s*(?:{_DATE}|根据|第|$))")
_PASSED = re.compile(rf"(?<=[\u4e00-\u9fff）])\s*[（(]\s*{_DATE}[^（）()]{{4,400}}[）)]")
_ADDRESSEES = re.compile(r"(?:各|[^。；：:]{1,40}[、，]?各|[^。；：:]{2,20}(?:政府|[部委厅局]))[^。；：:]{0,300}[：:]")
_ABOUT = re.compile(r"^.{0,80}?关于")
_KIND = re.compile("|".join(kind for kind in KINDS if len(kind) > 1))
_TITLE_END = re.compile(rf"(?<=的)(?:{'|'.join(KINDS)})(?:[（(][^（）()]{{1,30}}[）)])?(?![》”的])")


def _breaks(text: str, labels: Sequence[_Found], *, head: bool) -> list[int]:
    """Where in a line paragraphs begin, its own beginning left out. ``head``: the text begins with this line."""
    places = {one.start for one in labels} | {m.end() for m in _INDENT.finditer(text)}
    first = min((one.start for one in labels if one.start), default=len(text))
    for signed in _SIGNED.finditer(text):
        if is_organ(signed["organ"].strip()):
            places |= {signed.start("organ"), signed.start("date"), signed.end("date"), signed.end()}
    places |= {m.start("label") for m in _ATTACHED.finditer(text)}
    if head:
        places |= _front(text[: min(first, 1500)])
    before = sorted({0, *places})
    for one in labels:
        lead = max(before[max(0, bisect.bisect_left(before, one.start) - 1)], one.lead)
        if _stands_alone(text[lead : one.start].strip(), one):
            places.add(lead)
        places |= _end_of_heading(text, one)
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return sorted(place for place in places if begin < place < end)


def _front(text: str) -> set[int]:
    """The places behind title, number, notes and addressees in the ``text`` before the first label."""
    places: set[int] = set()
    begin = 0
    told = _MARK.split(text, maxsplit=1)[0]  # the words before the first mark
    if _ABOUT.match(told):
        whole = (
            m.end() for m in _TITLE_END.finditer(told) if told.count("《", 0, m.end()) == told.count("》", 0, m.end())
        )
        begin = next(whole, 0)
        places.add(begin)
    for start, end, number in find_numbers(told[:300]):
        start = max([start, *(m.end() for m in _KIND.finditer(text, start, end - 8))])  # behind a title without 的
        before = told[begin:start]
        if "〔" in number and "，" not in before and not before.endswith(tuple("》（(")):
            places |= {start, end}
            begin = max(begin, end)
            break
    for note in (*_PASSED.finditer(told), *_NOTES.finditer(told, begin)):
        places |= {note.start(), note.end()}
        begin = max(begin, note.end())
    if told == text and (dated := re.search(rf"{_DATE}\s*$", told)):
        title = next((m.end() for m in _KIND.finditer(told) if is_organ(told[m.end() : dated.start()])), dated.start())
        places |= {title, dated.start()}
    addressed = _ADDRESSEES.match(text, begin + len(text[begin:]) - len(text[begin:].lstrip()))
    if addressed and not re.search("如下|通知|决定|规定|以下|下列", addressed.group()):
        places.add(addressed.end())
    return places


def _end_of_heading(text: str, one: _Found) -> set[int]:
    """The place behind a heading that a wide gap sets apart from its text: 一、工作目标　　到年底……"""
    if one.style == "条":
        return set()
    gap = re.match(
        r"(?:\S|[ \xa0\t\u3000]{1,3}(?=\S))*?\S{2,}(?:\u3000{2,}|[ \xa0\t]{4,})(?=\S)", text[one.start : one.start + 60]
    )
    if gap is None or re.search("[，。；：！？]", gap.group()):
        return set()
    label = label_of(gap.group())
    return {one.start + gap.end()} if label is not None and len(gap.group()[label.end :].strip()) >= 3 else set()


def _pieces(line: RawLine, breaks: Sequence[int]) -> list[RawLine]:
    """``line`` cut at ``breaks``."""
    ends = [*breaks, len(line.text)]
    return [
        replace(
            line,
            text=line.text[begin:end],
            bold=line.bold if begin == 0 else 0,
            begins=True if begin else line.begins,
            ends=True if end < len(line.text) else line.ends,
        )
        for begin, end in zip([0, *breaks], ends, strict=True)
    ]
