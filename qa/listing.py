"""How a list is told: the items that stand below a heading or behind what announces them, whole and by their own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Section, SourceDocument
from corpus.sentences import line_spans, sentence_spans
from index.tokens import fold
from qa.extractive import MAX_CHARACTERS, MAX_QUOTE, Draft, Line, after_label, closed


def body_lines(document: SourceDocument, section: Section) -> list[tuple[int, int]]:
    """The spans of the lines of a section below its heading that are not empty; none below a question, where they are no
    list but its answer."""
    if _IS_QUESTION.search(section.title):
        return []
    return line_spans(document.text, max(section.start, section.heading[1]), section.end)


_IS_QUESTION = re.compile(r"[?？]$|^(?:\d{1,2}[.．、]?)?问[:：]")


_DASHED = re.compile(r"[ \t　]*(?:[—–─-]{1,2}|[●■◆▲•·])[ \t　]*(?=[\u4e00-\u9fff“])")


#: What a paragraph is called in the words that it begins with: 市场主导，政府引导。充分发挥……
_RUN_IN = re.compile(r"(?P<head>(?:(?![应须由向要将后的])[\u4e00-\u9fff“”、，]){4,20})。(?=[^\n]{6,})")


#: What the sentences of a principle begin with: 坚持统筹兼顾、突出重点，……
_HOLDS_TO = re.compile(r"(?P<head>坚持[\u4e00-\u9fff“”、]{2,22})，")


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
    in the column that the question names, else in the first that does not count them."""
    spans = body_lines(document, section)
    if all("|" in document.text[a:b] for a, b in spans) and len(spans) > 2:
        columns, *rows = (document.text[a:b].split("|") for a, b in spans)
        own = [j for j, name in enumerate(columns) if not re.fullmatch(r"\s*(?:序号|编号|排名)\s*", name)] or [0]
        names = next((j for j in own if len(columns[j].strip()) > 1 and fold(columns[j].strip()) in core), own[0])
        told = "；".join(row[names].strip() for row in rows if len(row) > names)
        text = f"{quoted(section.title)}共{len(rows)}项：{told}。"
        return Draft((Line(text, tuple((document.doc_id, a, b) for a, b in spans)),), method="list")
    told = "；".join(" ".join(document.text[a:b].split()).rstrip("。；;") for a, b in spans)
    head = (section.heading,) if section.heading[1] > section.heading[0] else ()
    whole = (section.start, spans[-1][1])
    cited = (whole,) if whole[1] - whole[0] <= MAX_QUOTE else (*head, *spans)
    title = re.sub(r"[（(]\d+[个名家项人][)）]$", "", section.title)
    text = f"{quoted(title)}共{len(spans)}项：{told}。"
    return Draft((Line(text, tuple((document.doc_id, a, b) for a, b in cited)),), method="list")


def listed_children(document: SourceDocument, section: Section) -> list[Section]:
    """The children of a section that have a title or number; a figure among them is none."""
    return [c for c in document.children(section) if (c.title or c.label) and c.kind == section.kind]


def list_of_children(document: SourceDocument, section: Section, counter: str = "项") -> Draft:
    """“标题”共 n 项：甲；乙；丙。 each item cited at its own heading. A section without a title is given as its text."""
    if section.label and not section.title:
        return _items_of_article(document, section)
    spans = [heading_of(document, child) for child in listed_children(document, section)]
    items = [document.text[start:end].strip().strip("。；;，,：:—- ") for start, end in spans]
    name = quoted(section.title or document.header.title)
    cited = tuple((document.doc_id, start, end) for start, end in spans)
    return Draft((Line(f"{name}共{len(items)}{counter}：{'；'.join(items)}。", cited),), method="list")


def _items_of_article(document: SourceDocument, section: Section) -> Draft:
    """What an article says of its items and the items, without what follows them: another list has its own numbers."""
    children = listed_children(document, section)
    restarts = (i for i in range(1, len(children)) if children[i].number == children[0].number is not None)
    children = children[: next(restarts, len(children))]
    spans = [_whole(document, child) for child in children]
    end = spans[-1][1]
    begin = _opening_start(document, section, children[0])
    opening = document.text[begin : children[0].start].strip()
    items = [document.text[a:b].strip().strip("。；;，,") for a, b in spans]
    if len(opening) + sum(map(len, items)) > 2 * MAX_CHARACTERS or opening[-1:] not in "：:":
        return Draft(tuple(section_lines(document, section)), method="section")
    cited = ((begin, end),) if end - begin <= MAX_QUOTE else ((begin, begin + len(opening)), *spans)
    text = f"{opening.rstrip('：:')}，共{len(items)}项：{'；'.join(items)}。"
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


def section_lines(document: SourceDocument, section: Section) -> list[Line]:
    """The heading of a section and its text from the beginning, up to MAX_CHARACTERS; quoted together where short."""
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(document.text, after_label(document, section.start), section.end):
        if spans and end - section.start > MAX_CHARACTERS:
            break
        spans.append((start, end))
    whole = (document.doc_id, spans[0][0], spans[-1][1]) if spans else None
    if whole is not None and whole[2] - whole[1] > MAX_QUOTE:
        whole = None
    return [Line(closed(document.text[a:b]), (whole or (document.doc_id, a, b),)) for a, b in spans]
