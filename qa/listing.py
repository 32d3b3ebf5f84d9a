"""How a list is told: the items that stand below a heading or behind what announces them, whole and by their own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Section, SourceDocument
from corpus.labels import OF_TASK
from corpus.sentences import line_spans, sentence_spans
from index.tokens import fold
from qa.extractive import MAX_CHARACTERS, MAX_QUOTE, Draft, Line, after_in_line, after_label, closed, line_at, told_row


def body_lines(document: SourceDocument, section: Section) -> list[tuple[int, int]]:
    """The spans of the lines of a section below its heading that are not empty, but for those that tell who does it and until
    when; none below a question, where they are no list but its answer."""
    if _IS_QUESTION.search(section.title):
        return []
    lines = line_spans(document.text, max(section.start, section.heading[1]), section.end)
    return [(start, end) for start, end in lines if not OF_TASK.match(document.text, start, end)] or lines


_IS_QUESTION = re.compile(r"[?？]$|^(?:\d{1,2}[.．、]?)?问[:：]")


_DASHED = re.compile(r"[ \t　]*(?:[—–─-]{1,2}|[●■◆▲•·])[ \t　]*(?=[\u4e00-\u9fff“])")


#: What a paragraph is called in the words that it begins with: 市场主导，政府引导。充分发挥……
_RUN_IN = re.compile(r"(?P<head>(?:(?![应须由向要将后的])[\u4e00-\u9fff“”、，]){4,20})。(?=[^\n]{6,})")


#: What the sentences of a principle begin with: 坚持统筹兼顾、突出重点，……
_HOLDS_TO = re.compile(r"(?P<head>坚持[\u4e00-\u9fff“”、]{2,22})[，；。]")


PRINCIPLES = re.compile(r"原则")


def run_in_heads(document: SourceDocument, section: Section) -> list[tuple[int, int]]:
    """The spans of what the paragraphs of a section are called that has no numbered parts: all paragraphs begin with such
    words, or those behind dashes; or, of principles in one paragraph, the first clause of each sentence."""
    if listed_children(document, section):
        return []
    lines = body_lines(document, section)
    dashed = [(m.end(), b) for a, b in lines if (m := _DASHED.match(document.text, a, b))]
    heads = [(m.start("head"), m.end("head")) for a, b in dashed or lines if (m := _RUN_IN.match(document.text, a, b))]
    if len(heads) >= 2 and len(heads) == len(dashed or lines):
        return heads
    if len(lines) == 1 and PRINCIPLES.search(section.title):
        spans = sentence_spans(document.text, *lines[0])
        held = [(m.start("head"), m.end("head")) for a, b in spans if (m := _HOLDS_TO.match(document.text, a, b))]
        return held if len(held) >= 2 and 2 * len(held) >= len(spans) else []
    return []


def list_of_heads(document: SourceDocument, section: Section, heads: Sequence[tuple[int, int]]) -> Draft:
    """“标题”共 n 项：甲；乙。 of a section whose paragraphs begin with what they are called."""
    told = "；".join(document.text[a:b] for a, b in heads)
    name = f"{quoted(section.title)}共" if section.title else "共"
    spans = [section.heading, *heads] if section.title and section.heading[1] > section.heading[0] else heads
    text = f"{name}{len(heads)}项：{told}。"
    return Draft((Line(text, tuple((document.doc_id, a, b) for a, b in spans)),), method="list")


def list_of_lines(document: SourceDocument, section: Section, core: str) -> Draft:
    """“标题”共 n 项：甲；乙。 of a section that is nothing but lines, a heading above them; of the rows of a table what stands
    in the column that the question names, else in the first that does not count them; the one row that it names there."""
    spans = body_lines(document, section)
    group = _of_group(document, spans, core)
    group_name = max(((a, b) for a, b in spans if group and b <= group[0][0]), default=None)
    spans = group or _of_years(document, spans, core)
    rows_alone = [(a, b) for a, b in spans if "|" in document.text[a:b]]
    if len(rows_alone) > 2 and len(rows_alone) >= len(spans) - _NOTES:
        spans = rows_alone
        columns, *rows = (document.text[a:b].split("|") for a, b in spans)
        own = [j for j, name in enumerate(columns) if not re.fullmatch(r"\s*(?:序号|编号|排名)\s*", name)] or [0]
        names = next((j for j in own if len(columns[j].strip()) > 1 and fold(columns[j].strip()) in core), own[0])
        named = [
            i for i, row in enumerate(rows) if len(row) > names and len(row[names]) > 1 and fold(row[names]) in core
        ]
        if len(named) == 1 and len(own) > 1:  # 一类区域包括哪些地方: what stands beside that name
            heading, one = spans[0], spans[named[0] + 1]
            cells = told_row(document.text[slice(*heading)], document.text[slice(*one)])
            return Draft((Line(cells, ((document.doc_id, *one), (document.doc_id, *heading))),), method="cell")
        told = "；".join(row[names].strip() for row in rows if len(row) > names)
        text = f"{quoted(section.title)}共{len(rows)}项：{told}。"
        return Draft((Line(text, tuple((document.doc_id, a, b) for a, b in spans)),), method="list")
    told = "；".join(" ".join(document.text[a:b].split()).rstrip("。；;") for a, b in spans)
    head = (section.heading,) if section.heading[1] > section.heading[0] else ()
    head = (*head, group_name) if group_name else head
    whole = (section.start, spans[-1][1])
    cited = (whole,) if whole[1] - whole[0] <= MAX_QUOTE else (*head, *spans)
    title = re.sub(r"[（(]\d+[个名家项人][)）]$", "", section.title)
    of_group = document.text[slice(*group_name)].strip() if group_name else ""
    text = f"{quoted(title)}{of_group}共{len(spans)}项：{told}。"
    return Draft((Line(text, tuple((document.doc_id, a, b) for a, b in cited)),), method="list")


_NOTES = 2  #: lines beside the rows of a table that say something of it


def _of_years(document: SourceDocument, spans: Sequence[tuple[int, int]], core: str) -> list[tuple[int, int]]:
    """Of lines that each end in their year (甲坊（2020年）) those of the years that a folded question names, if any are."""
    years = [m.group(1) if (m := _OWN_YEAR.search(document.text[a:b])) else "" for a, b in spans]
    named = [span for span, year in zip(spans, years, strict=True) if year and year in core]
    return named if all(years) and named else list(spans)


_OWN_YEAR = re.compile(r"[（(]((?:19|20)\d\d)年?[）)][。；;]?$")


def _of_group(document: SourceDocument, spans: Sequence[tuple[int, int]], core: str) -> list[tuple[int, int]]:
    """Of lines in groups, each below the name of what it is of (甲省, then its counties), those of the one group that a
    folded question names, its name first; none where they are in no such groups."""
    lines = [fold(document.text[a:b]).strip() for a, b in spans]
    named = [i for i, line in enumerate(lines) if len(line) > 2 and line in core]
    if len(named) != 1 or "|" in lines[named[0]]:
        return []
    ends = _ENDS.search(lines[named[0]])
    heads = [
        i
        for i, line in enumerate(lines)
        if (line[-1:] == lines[named[0]][-1:] or (ends and _ENDS.search(line))) and len(line) <= _GROUP
    ]
    end = next((i for i in heads if i > named[0]), len(lines))
    several = len(heads) > 1 and heads[0] == 0 and all(b - a > 1 for a, b in pairwise([*heads, len(lines)]))
    return list(spans[named[0] + 1 : end]) if several else []


_GROUP = 8  #: characters of a line that names a group
_ENDS = re.compile("(?:街道|[镇乡])$")  #: towns stand beside streets


def listed_children(document: SourceDocument, section: Section) -> list[Section]:
    """The children of a section that have a title or number; a figure among them is none."""
    return [c for c in document.children(section) if (c.title or c.label) and c.kind == section.kind]


def run_asked(document: SourceDocument, section: Section, core: str) -> list[Section]:
    """The children of a section; of several lists in it, each numbered from the first on, the one that a folded question
    asks for: of what is left out where it asks for that, else the first of what is not."""
    children = listed_children(document, section)
    starts = [0, *(i for i in range(1, len(children)) if children[i].number == children[0].number is not None)]
    if len(starts) < 2 or not core:
        return children
    runs = [children[a:b] for a, b in zip(starts, [*starts[1:], len(children)], strict=True)]

    def leaves_out(run: Sequence[Section]) -> bool:
        before = document.text[section.start : run[0].start].rstrip()
        return before[-1:] in "：:" and excludes(re.split("[。\n；;]", before)[-1])

    asks_out = bool(_ASKS_EXCLUDED.search(core))
    return next((run for run in runs if leaves_out(run) == asks_out), children)


def list_of_children(document: SourceDocument, section: Section, counter: str = "项", core: str = "") -> Draft:
    """“标题”共 n 项：甲；乙；丙。 each item cited at its own place, with the list that it announces where all of it is short.
    A section without a title is given as its text; a list of what is left out bears the name of what says so."""
    if section.label and not section.title:
        return _items_of_article(document, section)
    children = run_asked(document, section, core)
    whole = bool(STEPS_TITLE.search(section.title))
    items = _items(document, children, [heading_of(document, child) for child in children], whole=whole)
    told = "；".join(item.text.strip("：:—- ") for item in items)
    name, spans = quoted(section.title or document.header.title), [span for item in items for span in item.spans]
    lead = lead_in(document, section)
    if lead is not None and excludes(document.text[slice(*lead)]):
        name, spans = f"{document.text[slice(*lead)].rstrip('：:')}，", [lead, *spans]
    cited = tuple((document.doc_id, start, end) for start, end in spans)
    return Draft((Line(f"{name}共{len(items)}{counter}：{told}。", cited),), method="list")


def list_asked(document: SourceDocument, section: Section, core: str) -> Draft | None:
    """The list of a section, for a folded question. One of what is left out does not answer who or what is in: it stands
    behind what its section says before it, and None where that says nothing."""
    lead = lead_in(document, section)
    listed = list_of_children(document, section, core=core)
    if lead is None or not excludes(document.text[slice(*lead)]) or _ASKS_EXCLUDED.search(core):
        return listed
    begin = section.heading[1] if section.title else after_label(document, section.start)
    before = sentence_spans(document.text, begin, lead[0])
    if not before or sum(b - a for a, b in before) > MAX_CHARACTERS:
        return None
    return Draft((*(line_at(document, span) for span in before), *listed.lines), method="list")


#: What announces those that are left out: 下列情形不纳入补贴：
_EXCLUDES = re.compile(
    r"(?:下列|以下|如下)[^。：:]*(?:不(?:予|得|再|能|可|应|属于|适用|纳入|列入|计入|享受|作为|包括|受理|视为|给予|在)|除外|禁止)"
    r"|(?:不(?:予|得|能|适用|纳入|列入|计入|包括|受理)|禁止|严禁)[^。：:]{0,12}(?:下列|以下|如下)"
)
_ASKS_EXCLUDED = re.compile(
    r"不(?!动产|同|断|限|少|仅|只|过)|没(?:有)?资格|除外|例外|排除|禁|拒|免|负面|哪些[^,。]{0,6}(?:情形|情况|行为)"
)


def excludes(announcement: str) -> bool:
    """Whether what announces a list says that its items are left out of something, or not allowed.

    >>> excludes("下列情形不纳入补贴："), excludes("申请人应当具备下列条件：")
    (True, False)
    """
    return bool(_EXCLUDES.search(announcement))


def lead_in(document: SourceDocument, section: Section) -> tuple[int, int] | None:
    """The span of the sentence right before the first item of a section, where it announces the items by a colon."""
    children = listed_children(document, section)
    if not children:
        return None
    begin = max(_opening_start(document, section, children[0]), section.heading[1] if section.title else 0)
    said = document.text[begin : children[0].start]
    begin += len(said) - len(said.lstrip())
    return (begin, begin + len(said.strip())) if said.strip()[-1:] in ("：", ":") else None


STEPS_TITLE = re.compile("流程|程序|步骤")  #: of sections whose items say little without what is done


@dataclass(frozen=True)
class _Item:
    """An item of a list as it is told, and where it stands."""

    text: str
    spans: tuple[tuple[int, int], ...]


def _items(
    document: SourceDocument, children: Sequence[Section], heads: Sequence[tuple[int, int]], *, whole: bool
) -> list[_Item]:
    """Some items of which ``heads`` are told, each with the list that it announces (or the rest of its paragraph, where the
    items are told ``whole`` and one begins with no more than a name); the heads alone where all is too long."""
    behind = [_own_list(document, child, head, whole=whole) for child, head in zip(children, heads, strict=True)]
    told = [_item(document, head, own) for head, own in zip(heads, behind, strict=True)]
    if sum(len(item.text) for item in told) <= 2 * MAX_CHARACTERS:
        return told
    return [_item(document, head, ()) for head in heads]


def _item(document: SourceDocument, head: tuple[int, int], own: Sequence[tuple[int, int]]) -> _Item:
    name, *members = (document.text[a:b].strip().strip("。；;，, ") for a, b in (head, *own))
    spans = (head, *own)
    together = (head[0], spans[-1][1])
    lead = name if name[-1:] in ("：", ":") else f"{name}。"
    return _Item(
        f"{lead}{'；'.join(members)}" if members else name.rstrip("：:"),
        (together,) if together[1] - together[0] <= MAX_QUOTE else spans,
    )


_NAME = 16  #: characters of an item that is no more than what its paragraph is called, its number included
_MEMBER = 120  #: characters of a line that may be one of a list within an item
_SHORT = 60  #: characters of what may stand behind a colon for it to be told where nothing says that a list follows


def _own_list(document: SourceDocument, child: Section, head: tuple[int, int], *, whole: bool) -> list[tuple[int, int]]:
    """The spans of what the head of an item announces: the rest of its sentence, the items below it, or the lines there up to
    the end of a sentence. The rest of its paragraph where it is told ``whole`` and begins with a name."""
    text = document.text
    said, rest = text[slice(*head)].rstrip(), after_in_line(text, head[1])
    if said[-1:] not in ("：", ":"):
        return rest if whole and head[1] - head[0] <= _NAME else []
    if rest:
        rest = rest[: next((i for i, (a, b) in enumerate(rest) if text[b - 1] not in "；;"), len(rest) - 1) + 1]
        return rest if _LIST_FOLLOWS.search(said) or rest[-1][1] - rest[0][0] <= _SHORT else []
    below = [heading_of(document, c) for c in listed_children(document, child)]
    lines = below or line_spans(text, head[1], child.end)
    if not below:
        lines = lines[: next((i for i, (_, b) in enumerate(lines) if text[b - 1] == "。"), len(lines) - 1) + 1]
    members = all("|" not in text[a:b] and b - a <= _MEMBER for a, b in lines)
    return lines if len(lines) > 1 and members else []


_LIST_FOLLOWS = re.compile("下列|以下|如下")


def _items_of_article(document: SourceDocument, section: Section) -> Draft:
    """What an article says of its items and the items, without what follows them: another list has its own numbers."""
    children = listed_children(document, section)
    restarts = (i for i in range(1, len(children)) if children[i].number == children[0].number is not None)
    children = children[: next(restarts, len(children))]
    items = _items(document, children, [_whole(document, child) for child in children], whole=True)
    spans = [span for item in items for span in item.spans]
    end = spans[-1][1]
    begin = _opening_start(document, section, children[0])
    opening = document.text[begin : children[0].start].strip()
    if len(opening) + sum(len(item.text) for item in items) > 2 * MAX_CHARACTERS or opening[-1:] not in "：:":
        return Draft(tuple(section_lines(document, section)), method="section")
    cited = ((begin, end),) if end - begin <= MAX_QUOTE else ((begin, begin + len(opening)), *spans)
    text = f"{opening.rstrip('：:')}，共{len(items)}项：{'；'.join(item.text for item in items)}。"
    return Draft((Line(text, tuple((document.doc_id, a, b) for a, b in cited)),), method="list")


def _opening_start(document: SourceDocument, section: Section, first: Section) -> int:
    """Where the sentence that announces the items of an article begins: what the article says before is no part of it."""
    begin = after_label(document, section.start)
    before = document.text[begin : first.start].rstrip()
    # A semicolon may stand in it: 有下列行为之一的，责令改正；拒不改正的，处以罚款：
    return begin + max(before.rfind(mark) for mark in "。\n") + 1


def _whole(document: SourceDocument, child: Section) -> tuple[int, int]:
    """The first sentence of an item, its number included."""
    spans = sentence_spans(document.text, child.start, child.end)
    return spans[0] if spans else (child.start, child.end)


def heading_of(document: SourceDocument, section: Section) -> tuple[int, int]:
    """The span of a section's heading, or of its first sentence where it has no heading."""
    if section.title and section.heading[1] > section.heading[0]:
        return section.heading
    spans = sentence_spans(document.text, section.start, section.end)
    return spans[0] if spans else (section.start, section.end)


def quoted(title: str) -> str:
    return title if "“" in title or "《" in title else f"“{title}”"


#: What stands below the last item and belongs to the whole document.
FIELD = re.compile(r"\s*(?:联系(?:人|电话|方式)|咨询电话|附件)\s*[：:]")


def section_lines(document: SourceDocument, section: Section) -> list[Line]:
    """The heading of a section and its text from the beginning, up to MAX_CHARACTERS; quoted together where short. Of a longer
    one with parts what stands before them, and the parts by their headings."""
    parts = listed_children(document, section) if section.end - section.start > MAX_CHARACTERS else []
    begins = parts[0].start if len(parts) > 1 and all(part.title for part in parts) else section.end
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(document.text, after_label(document, section.start), begins):
        if spans and (end - section.start > MAX_CHARACTERS or FIELD.match(document.text, start, end)):
            break
        spans.append((start, end))
    whole = (document.doc_id, spans[0][0], spans[-1][1]) if spans else None
    if whole is not None and whole[2] - whole[1] > MAX_QUOTE:
        whole = None
    lines = [Line(closed(document.text[a:b]), (whole or (document.doc_id, a, b),)) for a, b in spans]
    return lines if begins == section.end else [*lines, *list_of_children(document, section).lines]
