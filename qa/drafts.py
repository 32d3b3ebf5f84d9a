"""Texts that are not in force: a rule laid before the public or a meeting, 某办法（征求意见稿）, is told by its name, and a note
says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from corpus.document import SourceDocument
from index.tokens import fold
from qa.extractive import Draft, Span

#: What a text is called that is still to be decided on; 草案 only behind the name of a rule, a 预算草案报告 is a report.
_STILL_DRAFT = re.compile(r"征求意见稿|送审稿|讨论稿|(?<=[（(])[^（()）]{0,6}草案[^（()）]{0,8}(?=[)）])")
_AT_END = re.compile(r"[)）》〉\s]*")
#: The notice that sends out a draft, and what reports on it afterwards.
_SENDS_OUT = re.compile(r"征求[^》]{0,8}意见|征集[^》]{0,8}意见")
_ABOUT_IT = re.compile(r"说明|解读|情况|结果|反馈|采纳|答复|报告")
_WORD = re.compile(r"征求意见稿|送审稿|讨论稿|草案")
_OF_FORCE = re.compile(r"施行|生效|实施|执行")
#: Ways of answering that tell what a text says; behind 是的 or a measure's name no title can be set.
_TELLS = frozenset("sentences clause faq list section nth".split())


def draft_name(document: SourceDocument, at: int) -> str:
    """The title of the draft that holds a place of a document; "" where what stands there is none."""
    parts = [s for s in document.sections if not s.label and _names_draft(s.title)]
    part = next((s for s in parts if s.start <= at < s.end), None)
    if part is not None:
        above = document.upwards(document.section_at(at))
        return "" if any(not s.label and _ABOUT_IT.search(s.title) for s in above) else part.title
    title = document.header.title
    sent_out = not parts and _STILL_DRAFT.search(title) and _SENDS_OUT.search(title) and not _ABOUT_IT.search(title)
    return title if _names_draft(title) or sent_out else ""


def _names_draft(title: str) -> bool:
    """Whether a title is that of a draft: it ends with what the text is called."""
    found = _STILL_DRAFT.search(title)
    return found is not None and bool(_AT_END.fullmatch(title, found.end()))


def draft_note(places: Iterable[tuple[SourceDocument, int]]) -> tuple[str, ...]:
    """What a reader has to know of an answer that rests on these places of documents."""
    names = [name for document, at in places if (name := draft_name(document, at))]
    words = dict.fromkeys(found.group() for name in names if (found := _WORD.search(name)))
    return (f"出处是{'、'.join(words)}，不是已经施行的规定。",) if words else ()


def named_as_draft(draft: Draft, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft of an answer that begins with the name of the text, where that is not in force."""
    first = draft.lines[0]
    if draft.method not in _TELLS and not (draft.method == "metadata" and _OF_FORCE.search(fold(first.text))):
        return draft
    name = _name_of(first.spans, document_of)
    if not name or _WORD.search(first.text):
        return draft
    bare = name.replace("《", "〈").replace("》", "〉")
    return replace(draft, lines=(replace(first, text=f"《{bare}》：{first.text}"), *draft.lines[1:]))


#: What somebody proposes to another: 您在提案中建议…, 市渔业局建议….
_PROPOSED = re.compile(
    r"^(?:[一二三四五六七八九十]+、)?(?:您|[^，。；]{2,16}(?:局|厅|委|公司|部门|代表|委员))[^，。；]{0,8}建议"
)


def with_proposal_noted(draft: Draft, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft with a note that it tells a proposal, where nothing in it is told but that."""
    last = draft.lines[-1]
    doc_id, start, end = last.spans[0]
    if not _PROPOSED.search(document_of(doc_id).text[start:end]):
        return draft
    return replace(draft, notes=(*draft.notes, "引的是提出的建议，不是已经作出的决定。"))


def _name_of(spans: Iterable[Span], document_of: Callable[[str], SourceDocument]) -> str:
    return next((name for doc_id, start, _ in spans if (name := draft_name(document_of(doc_id), start))), "")
