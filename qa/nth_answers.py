"""Answers with one member of a list: the n-th, or how many there are where there is no n-th."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Section, SourceDocument
from corpus.labels import number_of
from index.tokens import fold
from qa.evidence import Candidate, Probe, title_share
from qa.extractive import Draft, Line, line_at, told_row
from qa.listing import body_lines, heading_of, list_of_children, listed_children, quoted, section_lines
from qa.lists import Idf, list_meant, numbered_part
from qa.running_lists import runs_within
from qa.section_answers import ITEM_OF_LIST
from qa.tables import numbered_row, row_spans

_NTH = re.compile(
    r"第([一二三四五六七八九十]{1,3}|\d{1,2})(?:个|条|项|点|种|类|件|方面|步|大)"
    r"|(倒数第[一二三]|最后)(?:一)?(?:个|条|项|点|种|件|方面|步)"
)


_ASKS_BELOW = re.compile(r"(?:下面?|里面?|之下)[^,，。?？]{0,4}(?:有|分|共|几|哪|包括|列)")


#: Which or how many parts there are of the very member: 第三项行动有哪几点.
_ASKS_ITS_PARTS = re.compile(
    r"(?:(?:重点|主要)?(?:行动|任务|措施|工程|工作|内容|要求|事项))?(?:里面?|中|下面?|都|又|一?共|具体)*(?:有|分[为成]?|包括|列了?)"
    r"(?:哪|几|多少)(?:[几些个条项点]|方面)*[?？]*$"
)


def answer_nth(probe: Probe, found: Sequence[Candidate], idf: Idf) -> Draft | None:
    """The n-th member of the list that a question names, with its text; how many there are where there is no n-th."""
    question = probe.question
    core = fold(question.core)
    if ITEM_OF_LIST.search(core):
        return None  # 第三项中的甲具体是怎么说的 has named it
    step = _NTH.search(core)
    below = numbered_part(probe, found) if _ASKS_BELOW.search(core) else None
    if below is not None:
        return list_of_children(*below)
    if step is None:
        return None
    row = _numbered_row(probe, found, core, step)
    if row is not None:
        return row
    meant = list_of_member(probe, found, idf, step)
    if meant is None:
        return None
    document, section = meant
    if probe.hinted and document.doc_id not in probe.hinted and any(c.document.doc_id in probe.hinted for c in found):
        return None  # the list of another document than the one pointed at
    children = listed_children(document, section)
    forwards = step.group(1) is not None  # 倒数第二项 names no place 第二项
    if not forwards and question.count not in (None, 1, len(children or body_lines(document, section))):
        return None  # 五项任务的倒数第二项, of a list of eight
    title = re.sub(r"\([^()]*\)$", "", fold(section.title))
    said = len(title) > 2 and core[: step.start()].removesuffix("方面").rstrip("的").endswith(title)
    elsewhere = said and document.doc_id not in probe.places  # 民生保障第三条, beside an article with that number
    if (
        forwards
        and any(probe.places.values())
        and not elsewhere
        and not _bears_its_number(probe, document, section, children, step, idf)
    ):
        return None  # a place that bears the number itself (第五条) goes before the n-th of a list
    if not children:
        return _nth_line(document, section, step)
    if "条" in step.group() and any("条" in s.label for s in document.sections):
        return None  # in a document of articles 第九条 is an article, not the ninth of anything
    children = list_to(document, section, _number_meant(step, len(children)))
    number = _number_meant(step, len(children))
    if 1 <= number <= len(children):
        own = _further_down(document, children[number - 1], core, step)
        if _ASKS_ITS_PARTS.match(core, step.end()) and len(listed_children(document, own)) > 1:
            return list_of_children(document, own)
        return Draft(tuple(section_lines(document, own)), method="nth")
    # 指导意见 names a document, whatever section is headed so.
    whole = fold(section.title) in fold(document.header.title) or NAMES_DOCUMENT.fullmatch(section.title)
    named = not whole and title_share(section.title, core, idf) >= _NAMED_TO_DENY
    if not named or (probe.hinted and document.doc_id not in probe.hinted):
        return None  # another list may have it
    spans = [heading_of(document, child) for child in children]
    return _no_nth(document, section, spans, step)


_OF_TABLE = re.compile("(?:表|清单|一览)(?:里面?|中)?的?$")


def _numbered_row(probe: Probe, found: Sequence[Candidate], core: str, step: re.Match[str]) -> Draft | None:
    """The row that bears the number asked for in the numbered table that a question names: 分工表第九项."""
    if not _OF_TABLE.search(core[: step.start()]) or (step.group(1) is None and step.group(2) != "最后"):
        return None
    documents = dict.fromkeys(c.document for c in found if not probe.hinted or c.document.doc_id in probe.hinted)
    for document in list(documents)[:1]:
        row = numbered_row(document, number_of(step.group(1)) or 0 if step.group(1) else 0)
        if row is not None:
            table, i = row
            text = document.text
            line = Line(told_row(text[slice(*table.head_span)], text[slice(*table.spans[i])]), row_spans(table, [i]))
            return Draft((line,), method="nth")
    return None


NAMES_DOCUMENT = re.compile(r"(?:[\u4e00-\u9fff]{2})?(?:意见|办法|通知|方案|规划|计划|规定|决定|报告|条例|公告)")
_BETWEEN_STEPS = re.compile(
    "(?:方面|部分|大)?(?:(?:重点|主要)?(?:行动|任务|措施|工程|工作|内容|要求|事项))?(?:之?[的中里下]面?)*"
)


def _further_down(document: SourceDocument, section: Section, core: str, step: re.Match[str]) -> Section:
    """The child of a section that the words behind ``step`` name (第五个方面的第二条), itself where they name none."""
    further = _NTH.search(core, step.end())
    if further is None or not _BETWEEN_STEPS.fullmatch(core, step.end(), further.start()):
        return section
    below = listed_children(document, section)
    number = _number_meant(further, len(below))
    return below[number - 1] if 1 <= number <= len(below) else section


def _bears_its_number(
    probe: Probe,
    document: SourceDocument,
    section: Section,
    children: Sequence[Section],
    step: re.Match[str],
    idf: Idf,
) -> bool:
    """Whether the n-th child of a list that a question names is one of the places with that number: （三） of 第三项."""
    number = _number_meant(step, len(children))
    return (
        1 <= number <= len(children)
        and children[number - 1].index in probe.places.get(document.doc_id, ())
        and title_share(section.title, fold(probe.question.core), idf) >= _NAMED_TO_DENY
    )


_NAMED_TO_DENY = 0.5  #: share of the title of a list that a question has to say for it to be told that there is no n-th


def list_of_member(
    probe: Probe, found: Sequence[Candidate], idf: Idf, step: re.Match[str]
) -> tuple[SourceDocument, Section] | None:
    """The section whose children are the list that a question asks the n-th member of; ``step``: what says which."""
    question = probe.question
    asked = replace(question, core=question.core + "哪些", kinds=question.kinds | {"list"}, count=None)
    own = {w: v for w, v in probe.words.items() if w not in step.group()}
    tail = fold(question.core)[step.end() :].lstrip("的")
    return _titled_list(tail, probe, found) or list_meant(replace(probe, question=asked, words=own), found, idf)


def list_to(document: SourceDocument, section: Section, number: int) -> list[Section]:
    """The children of a section, or where it has no ``number`` of them, the items below that are numbered through them."""
    children = listed_children(document, section)
    longer = (row for row in runs_within(document, [section]) if number > len(children) and number <= len(row))
    return next(longer, children)


def _nth_line(document: SourceDocument, section: Section, step: re.Match[str]) -> Draft | None:
    """The n-th line of a section that is nothing but lines; how many there are where there is no n-th."""
    lines = body_lines(document, section)
    if not lines:
        return None
    number = _number_meant(step, len(lines))
    if 1 <= number <= len(lines):
        return Draft((line_at(document, lines[number - 1]),), method="nth")
    return _no_nth(document, section, lines, step)


def _no_nth(
    document: SourceDocument, section: Section, members: Sequence[tuple[int, int]], step: re.Match[str]
) -> Draft:
    """That a list has no n-th member, with all it has as what that rests on."""
    text = f"{quoted(section.title)}只有{len(members)}项，没有{step.group()}。"
    spans = tuple((document.doc_id, *member) for member in members)
    return Draft((Line(text, spans),), contradicts=True, method="nth")


def _titled_list(tail: str, probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The list whose title the words begin with, 重点行动 of 第十二项重点行动, in the documents that a question points at,
    else in that of the best sentence, else the one such title in all of them (of copies the longest list)."""
    documents = list(dict.fromkeys(c.document for c in found if not probe.hinted or c.document.doc_id in probe.hinted))
    lists = [(d, s) for d in documents for s in d.sections if _is_called(s, tail) and len(listed_children(d, s)) >= 2]
    first = next((pair for pair in lists if probe.hinted or pair[0] is documents[0]), None)
    if first is not None or len({fold(s.title) for _, s in lists}) != 1:
        return first
    return max(lists, key=lambda pair: len(listed_children(*pair)))


def _is_called(section: Section, tail: str) -> bool:
    title = fold(section.title)
    return len(title) >= 2 and len(tail) >= 2 and (tail.startswith(title) or title.endswith(tail[:2]))


def _number_meant(step: re.Match[str], size: int) -> int:
    """The position in a list of ``size`` that 第三项, 倒数第二条 or 最后一项 names; 0 when it is no number."""
    forwards, backwards = step.groups()
    if forwards:
        return number_of(forwards) or 0
    return size + 1 - (1 if backwards == "最后" else number_of(backwards[-1]) or 1)


_CLASS_ASKED = re.compile(r"第(?P<nth>[一二三四五六七八九十]|\d{1,2})(?P<sort>[类档等种级](?!以[上下]))")
_CLASSES_TOLD = re.compile(
    r"分(?:为|成|作)(?:以下|下列)?(?P<count>[二两三四五六七八九十]|\d{1,2})个?(?P<sort>[类档等种级])"
)


def beyond_classes(draft: Draft, core: str) -> Draft:
    """A draft that tells into how many classes something is divided, as a denial where a question asks about one beyond them:
    第五类 of 分为三类."""
    asked = _CLASS_ASKED.search(fold(core))
    told = _CLASSES_TOLD.search(fold("".join(line.text for line in draft.lines))) if asked is not None else None
    if asked is None or told is None or told["sort"] != asked["sort"] or draft.contradicts:
        return draft
    if (number_of(asked["nth"]) or 0) <= (number_of(told["count"]) or 0):
        return draft
    return replace(
        draft, contradicts=True, notes=(*draft.notes, f"只分{told['count']}{told['sort']}，没有{asked.group()}。")
    )
