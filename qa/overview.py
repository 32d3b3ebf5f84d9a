"""What a whole document, or one of its chapters, is about: its title, its aim and scope, the headings of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.document import Section, SourceDocument
from corpus.header import KINDS
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.evidence import Probe
from qa.extractive import Draft, Line, after_label, closed
from qa.listing import heading_of, list_of_children, listed_children, quoted

#: Questions for what a document is about, and what else they may hold.
_ABOUT = re.compile(
    r"(?:讲|说|规定|写|谈)(?:的|了)?(?:是|些)?(?:什么|啥|哪些(?:内容|方面)?)|(?:关于|有关)什么|(?:什么|主要|哪些)内容|什么主题|干(?:什么|啥)的|(?:是|叫|号)(?:个|份|一份)?(?:什么|啥)(?:文件|通知|办法|文(?!号)|名)"
)
#: Words of such a question that name no document and nothing in one.
_NO_TOPIC = re.compile(
    "主要|大概|大致|大体|内容|文件|概括|概述|总结|归纳|梳理|介绍|简述|简介|要点|大意|一下|[一这那些下]+"
)
_MOST_PARTS = 12  #: chapters, parts or articles that are told one by one
_SETS_OUT = re.compile(r"制定本")
_SCOPE = re.compile(r"适用(?:于)?本|本[^，。；]{1,6}适用(?:于|范围)|本[^，。；]{1,6}所称")


def answer_document(probe: Probe, documents: Sequence[SourceDocument]) -> Draft | None:
    """What the document that a question names is about: its title and the headings of its parts, or its aim and scope.

    None where the question asks for anything in it.
    """
    document = _asked(probe, documents)
    return None if document is None else Draft(tuple(_told(document)), method="document")


def _asked(probe: Probe, documents: Sequence[SourceDocument]) -> SourceDocument | None:
    """The document of which a question asks what it is about: named beyond doubt, or the only one called by its kind and
    by words of its title."""
    core = fold(probe.question.core)
    about = _ABOUT.search(core) is not None
    if any(probe.places.values()) or not (about or "summary" in probe.question.kinds):
        return None
    words = [word for word in probe.words if len(word) > 1]
    named = [d for d in documents if d.doc_id in probe.named]
    named = [d for d in named if _called_by_kind(d, core)] or named  # the rule, not what explains it
    # An excerpt and the whole have one number: the whole tells what it is about.
    if about and len({d.header.number or d.doc_id for d in named}) == 1:
        document = max(named, key=lambda d: len(d.text))
        return document if len([word for word in words if word not in _itself(document)]) <= 1 else None
    topic = [word for word in words if not _NO_TOPIC.fullmatch(word)]
    called = [
        d
        for d in documents
        if (d.doc_id in probe.hinted or not probe.hinted)
        and (topic or probe.hinted)
        and _called_by_kind(d, core)
        and all(word in _itself(d) for word in topic)
    ]
    return called[0] if len(called) == 1 else None


def _called_by_kind(document: SourceDocument, core: str) -> bool:
    """Whether a question says of what kind a document is, or what it issues: 办法, 条例, 法 of a law."""
    issued = _issued(document)
    kinds = [document.header.kind or "", *(k for k in KINDS if issued is not None and issued.title.endswith(k))]
    return any(kind and fold(kind.replace("法律", "法")) in core for kind in kinds)


def _itself(document: SourceDocument) -> str:
    """What a question may call a document by."""
    header = document.header
    itself = fold(f"{header.title}{header.issuer or ''}{header.number or ''}政府文件")
    return itself + itself.replace("人民政府", "政府")


def _told(document: SourceDocument) -> Iterator[Line]:
    """The lines that tell what a document is about; of a notice that issues a regulation they are about that."""
    issued = _issued(document)
    begin, end = (0, len(document.text)) if issued is None else (issued.start, issued.end)
    name = document.header.title if issued is None else issued.title
    title = re.search(r"\s*".join(map(re.escape, re.sub(r"\s", "", name))), document.text[begin:end])
    if title is not None:
        yield Line(closed(name), ((document.doc_id, begin + title.start(), begin + title.end()),))
        begin += title.end()
    parts = [s for s in document.children(issued) if s.kind == "body" and s.label and s.title]
    chapters = 2 <= len(parts) <= _MOST_PARTS
    spans = sentence_spans(document.text, begin, end)
    aim = next((s for s in spans if _SETS_OUT.search(document.text[slice(*s)])), None)
    scope = next((s for s in spans if _SCOPE.search(document.text[slice(*s)])), None)
    if scope is None and not chapters and aim in spans[:-1]:
        scope = spans[spans.index(aim) + 1]  # the second article, which is where a regulation says what it is about
    first = next((s for s in spans if s[1] - s[0] > _A_SENTENCE and document.text[s[1] - 1] in "。；"), None)
    said = [aim, scope] if aim is not None else [] if chapters else [first]
    for a, b in dict.fromkeys(s for s in said if s is not None):
        a = after_label(document, a)
        yield Line(closed(document.text[a:b].strip()), ((document.doc_id, a, b),))
    if chapters:
        cited = tuple((document.doc_id, *heading_of(document, part)) for part in parts)
        yield Line(f"分为{len(parts)}部分：{'；'.join(part.label + part.title for part in parts)}。", cited)


_A_SENTENCE = 25  #: characters from which a line with an end mark is a sentence of the text


_BEFORE_ISSUED = 4  #: characters of a title that at least stand before what it issues: 关于印发


def _issued(document: SourceDocument) -> Section | None:
    """The regulation that a notice issues with it, by the name that the title of the notice gives it."""
    title = fold(document.header.title)
    return next((p for p in document.parts if not p.label and fold(p.title) in title[_BEFORE_ISSUED:]), None)


def parts_told(document: SourceDocument, section: Section) -> tuple[Line, ...]:
    """The parts of a section in one line; of very many articles without headings the first, and how many there are."""
    children = listed_children(document, section)
    if len(children) <= _MOST_PARTS or any(child.title for child in children) or not section.title:
        return list_of_children(document, section).lines
    told = [heading_of(document, child) for child in children[:_MOST_PARTS]]
    words = "；".join(document.text[a:b].strip().rstrip("。；：:") for a, b in told)
    labels = f"（{children[0].label}至{children[-1].label}）"
    last = children[-1]
    spans = [section.heading, *told, (last.start, heading_of(document, last)[1])]
    unit = "条" if last.label.endswith("条") else "项"
    text = f"{quoted(section.title)}共{len(children)}{unit}{labels}，前{len(told)}{unit}是：{words}。"
    return (Line(text, tuple((document.doc_id, a, b) for a, b in spans)),)
