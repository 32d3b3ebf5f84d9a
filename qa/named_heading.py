"""What stands below a heading that a question says in full and asks the content of: 防汛预案队伍保障怎么规定的.

A question that ends with the name of a section and asks what it is asks for nothing else; a sentence elsewhere that is like
it answers something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Section, SourceDocument
from corpus.sentences import line_spans, sentence_spans
from index.tokens import fold
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line
from qa.listing import quoted, run_in_heads
from qa.outline_questions import documents_meant, says_only
from qa.section_answers import content_of

#: How the content of a heading is asked for, right behind its name.
_ASKS = re.compile(
    r"[\"”」』》)]?(?:一?[章节条]|部分|方面)?(?:的?(?:内容|规定|要求))?(?:都|又|具体|主要|一般|大概|究竟|到底)*"
    r"(?:(?:是|有|包括|包含|指)(?:什么|啥|哪些|哪?[几两三四五六七八九十\d]+[条项个点款]|怎么?样的?)(?:内容|规定|要求)?"
    r"|(?:是)?(?:如何|怎么|怎样|咋)(?:规定|要求|安排|写|说|讲)?的?|(?:里面?|中)?(?:写|讲|说|列|提|规定|要求|部署|安排)(?:出|到)?了?些?(?:什么|啥|哪些|哪?[几两三四五六七八九十\d]+[件条项个点])(?:内容|事情?|工作|任务)?)[呢啊?？。]*"
)
_SHORTEST = 4  #: characters of a heading that is known by its name
_OF_OTHERS = re.compile(r"[，、：:;；]")  #: a heading of several names is known by none of them
_AS_ITEMS = 2  #: clauses parted by semicolons from which a sentence is a list


def answer_named_heading(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """What stands below the one heading that a question ends with and asks the content of, in the document that it is about;
    None where there are several."""
    if not found or probe.question.kinds & {"count", "who", "duty", "whether", "compare", "when"}:
        return None
    core = _HAS.sub(r"\g<what>有哪些", fold(probe.question.core))
    named = [
        (len(title), (document, section))
        for document in documents_meant(probe, found)
        for section in document.sections
        if section.kind == "body" and len(title := _bare(section.title)) >= _SHORTEST and not _OF_OTHERS.search(title)
        if (at := core.rfind(title)) >= 0 and _ASKS.fullmatch(core, at + len(title))
        if _names_it(core[:at], probe, document, section)
    ]
    longest = max((length for length, _ in named), default=0)
    best = [place for length, place in named if length == longest]
    if len(best) != 1:
        return None
    document, section = best[0]
    if section.is_part or run_in_heads(document, section):
        return None
    return _as_list(probe, document, section) or content_of(document, section)


#: 主办单位有哪些责任 asks for what stands below 主办单位的责任.
_SORT = "职责|责任|义务|权利|权限|任务"
_HAS = re.compile(
    rf"(?:都|主要|分别|应当?|要|需要?)*(?:有|承担|履行|负有|享有)(?:哪些|什么|哪几[项个条])(?P<what>{_SORT})(?=[?？。]*$)"
)


def _bare(title: str) -> str:
    return re.sub(rf"的(?=(?:{_SORT})$)", "", fold(title))


def _names_it(before: str, probe: Probe, document: SourceDocument, section: Section) -> bool:
    """Whether what a question says before a heading is the name of its document or of the headings above it."""
    above = None if section.parent is None else document.sections[section.parent]
    return says_only(probe, before, document, above, beside=document.doc_id)


def _as_list(probe: Probe, document: SourceDocument, section: Section) -> Draft | None:
    """The clauses of the one sentence below a heading, where a list is asked for: 坚持甲；坚持乙。"""
    lines = [span for span in line_spans(document.text, section.heading[1], section.end) if span[1] > span[0]]
    spans = sentence_spans(document.text, *lines[0]) if len(lines) == 1 else []
    told = [document.text[a:b].strip() for a, b in spans]
    one = all(t[-1:] in "；;" for t in told[:-1])
    if "list" not in probe.question.kinds or len(told) < _AS_ITEMS or not one:
        return None
    cited = tuple((document.doc_id, *span) for span in (section.heading, *spans))
    items = "；".join(t.rstrip("；;。") for t in told)
    return Draft((Line(f"{quoted(section.title)}共{len(told)}项：{items}。", cited),), method="list")
