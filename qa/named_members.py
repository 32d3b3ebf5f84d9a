"""Lists whose members are known by a word: items that all end in the word a question names, and kinds that a section
defines one by one (甲类是指…)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Section, SourceDocument
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.address import longest_shared
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line
from qa.listing import list_of_children, listed_children, quoted
from qa.outline_questions import documents_meant

#: 几个“常态化”, 哪几个全覆盖: the word that the members share.
_SHARED = re.compile(
    r"(?:几|哪[几些]|[二两三四五六七八九十]|\d{1,2})(?:个|大|项|条|种)*(?:[\"“](?P<quoted>[\u4e00-\u9fff]{2,8})[\"”]|(?P<noun>[\u4e00-\u9fff]{3}))"
)


def answer_sharing(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The one list, of the documents meant, all of whose items end in the word of which a question asks how many and
    which there are."""
    shared = _SHARED.search(fold(probe.question.core))
    if shared is None or not probe.question.kinds & {"list", "count"}:
        return None
    word = shared["quoted"] or shared["noun"]
    lists = [
        (document, section)
        for document in documents_meant(probe, found)
        for section in document.sections
        if len(children := listed_children(document, section)) > 1 and _all_end_in(word, children)
    ]
    count = probe.question.count
    if len(lists) != 1 or count not in (None, len(listed_children(*lists[0]))):
        return None
    return list_of_children(*lists[0])


def _all_end_in(word: str, children: Sequence[Section]) -> bool:
    return all(fold(child.title).rstrip('"”').endswith(word) for child in children)


_ASKS_KINDS = re.compile(
    r"(?:几|哪[几些]|[二两三四五六七八九十])(?:大)?(?:类|种|型|档|级)|(?:类型|种类|类别|类)(?:都|主要|分别)?(?:有|包括|是|分)(?:了|为)?(?:哪|几|什么)|(?:哪些|什么)(?:类型|种类|类别)"
)
_MORE_ASKED = re.compile("多少|条件|要求|标准|区别|怎么|如何|[谁吗]|为什么|第[一二三四五六七八九十]")
_KINDS = re.compile("类|种|型")
_AMONG = 3  #: of the best sentences, in whose sections kinds are looked for
#: 工业园区是指…: what a paragraph defines.
_DEFINES = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|[—－-]+)?\s*(?P<name>[\u4e00-\u9fff“”A-Za-z]{2,14}?)[，,]?(?:是指|指的是|指)(?=[^，。]{4,})"
)


def answer_kinds(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The names of the kinds that the section of the best sentence defines one by one, where a question asks for the kinds
    and for nothing of them."""
    core = fold(probe.question.core)
    if not _ASKS_KINDS.search(core) or _MORE_ASKED.search(core):
        return None
    kinds = (
        (c.document, c.section)
        for c in found[:_AMONG]
        if c.section is not None and _KINDS.search(c.section.title) and _of_thing(c.section.title, core)
    )
    document, section = next(kinds, (None, None))
    names = _defined(document, section) if document is not None and section is not None else []
    if document is None or section is None or len(names) < 2 or probe.question.count not in (None, len(names)):
        return None
    told = "；".join(document.text[a:b] for a, b in names)
    spans = ((document.doc_id, *section.heading), *((document.doc_id, a, b) for a, b in names))
    return Draft((Line(f"{quoted(section.title)}共{len(names)}项：{told}。", spans),), method="list")


def _of_thing(title: str, core: str) -> bool:
    """Whether the title of kinds names something that a folded question does: 园区 of 园区类型."""
    return longest_shared(_KINDS.split(fold(title))[0], core, 2) > 0


def _defined(document: SourceDocument, section: Section) -> list[tuple[int, int]]:
    """The spans of the names that sentences of a section begin with which say what they are."""
    spans = sentence_spans(document.text, max(section.start, section.heading[1]), section.end)
    found = [_DEFINES.match(document.text, a, b) for a, b in spans]
    return [m.span("name") for m in found if m is not None]
