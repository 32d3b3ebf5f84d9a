"""Questions about the documents as a collection: which there are, who issued which, and which of them speak of a thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from corpus.document import Header, SourceDocument
from corpus.header import find_numbers
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.departments import same_department
from qa.extractive import Decline, Draft, Line, Span, after_label, closed, title_of
from qa.refusal import explain

_TEXTS = r"(?:文件|文档|资料|材料|通知|意见|决定|批复|复函|函|公告|通告|条例|规定|办法|细则|方案|规划|政策|论文|报告)"
_HERE = (
    r"(?:(?:这里|这儿|库里?|资料库|知识库|文件库|系统|你(?:这里?|这边|手头|手上)?|目前|现在"
    r"|一共|总共|都|共|里面?|收录|索引|能查到?的?|可以查的?)[,，]?)"
)
_WHAT_IS_HERE = re.compile(
    rf"{_HERE}+(?:收录|收|存|装|放|录入|导入|有|包含)了?(?:一?共)?(?:有)?(?:几|多少|哪些|哪几|什么|啥)(?:份|个|篇|部|些)?(?:文件|文档|资料|材料)[吗呢啊?？]*"
    r"|有(?:哪些|哪几份|几份|多少份)(?:文件|文档|资料)(?:可以查|能查|可查)?[吗呢?？]*"
)
_SEVERAL = "哪些|哪几[份个篇部]|几[份个篇部]|多少[份个篇部]"
_WHICH = rf"(?:一?共|都|总共)?(?:有|是)(?:{_SEVERAL})[?？]*"
_ISSUED_BY = re.compile(
    rf"(?:这里|其中|这些)?[,，]?(?:哪些|哪几[份个篇部]|哪一?[份个篇部])(?P<kind>{_TEXTS})(?:都)?(?:是|由)+(?P<body>[\u4e00-\u9fff]{{2,16}}?)"
    r"(?:印发|发布|发出|公布|出台|制定|下发|写|出|发)的[?？]*"
    rf"|(?P<body2>[\u4e00-\u9fff]{{2,16}}?)(?:印发|发布|发出|公布|出台|制定|下发|发)[了过]?的?(?P<kind2>{_TEXTS}){_WHICH}"
)
_SPEAKS_OF = re.compile(
    rf"(?:哪些|哪几[份个篇部]|几[份个篇部]|多少[份个篇部])(?P<kind>{_TEXTS})(?:里面?|中)?(?:都|曾|有)?"
    r"(?:提到|提及|提过|说到|讲到|写到|谈到|涉及|出现|写有|写明)[了过]?[\"“「]?(?P<of>[^\"“”「」,，?？]{2,16})[\"”」]?(?:这个?词|的内容)?[?？]*"
    rf"|[\"“「]?(?P<of2>[^\"“”「」,，?？]{{2,16}}?)[\"”」]?(?:这个?词)?(?:在|都在)(?:哪些|哪几[份个篇部])(?P<kind2>{_TEXTS})(?:里面?|中)?(?:有|被|都)?(?:提到|提及|提过|出现|写到|讲到)[了过]?[?？]*"
    r"|(?:提到|提及|提过|说到|讲到|写到|谈到|涉及)[了过]?[\"“「]?(?P<of3>[^\"“”「」,，?？]{2,16}?)[\"”」]?(?:这个?词)?"
    rf"的(?P<kind3>{_TEXTS}){_WHICH}"
)
_AMONG = rf"(?:(?:这里|其中|这些|所有|全部|库里|资料库|知识库)(?:的|里|中)*{_TEXTS}?(?:里面?|中|当中)?[,，]?)?"
_HOW_MANY = rf"(?:{_SEVERAL}|哪一?[份个篇部])"
_ABOUT = re.compile(
    rf"{_AMONG}(?:都|总共|一?共)?有?{_HOW_MANY}(?P<kind>{_TEXTS}?)(?:都|是)*(?:关于|有关)(?P<of>[^,，?？《]{{2,16}}?)(?:方面)?的(?P<kind2>{_TEXTS}?)[?？]*"
    rf"|{_AMONG}(?:关于|有关)(?P<of2>[^,，?？《]{{2,16}}?)(?:方面)?的(?P<kind3>{_TEXTS})(?:都|总共|一?共)?(?:有|是){_HOW_MANY}[?？]*"
)
#: Which document has a number: 某发#1号 stands for it as #.
_NUMBERED = re.compile(
    rf"(?:请问)?(?:哪一?[份个篇部]|什么){_TEXTS}的?(?:发文字号|文号|编号|字号)?(?:是|为|叫)?#的?[?？]*"
    rf"|(?:发文字号|文号|编号)?(?:是|为|叫)?#(?:这个(?:文号|号))?的?(?:文件)?(?:是|对应|指)+的?(?:是)?(?:哪一?[份个篇部]|什么){_TEXTS}[?？]*"
)
_DATE = r"(?:在|从|自)?(?P<date{0}>\d{{4}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}[日号])?)(?:起|开始)?"
_DONE = r"(?P<done{0}>印发|发布|公布|出台|下发|成文|签发|施行|实施|生效|执行)的?"
_WHEN_DONE = [_DATE.format(n) + _DONE.format(n) for n in ("", "2", "3")]
#: Which documents are of a day, a month or a year.
_DATED = re.compile(
    rf"{_AMONG}{_HOW_MANY}(?P<kind>{_TEXTS})(?:都)?是?{_WHEN_DONE[0]}[?？]*"
    rf"|{_AMONG}{_WHEN_DONE[1]}(?P<kind2>{_TEXTS})(?:都|一?共)?(?:有|是|指)(?:{_SEVERAL})[?？]*"
    rf"|{_AMONG}{_WHEN_DONE[2]}(?:文件)?是?哪一?[份个篇部](?P<kind3>{_TEXTS})[?？]*"
)
_IN_FORCE = frozenset("施行 实施 生效 执行".split())
_ANY_KIND = frozenset("文件 文档 资料 材料".split())  #: words for a document of whatever kind
_MOST_TOLD = 6  #: documents whose sentence is told; of more the titles alone
_MOST_LISTED = 30  #: documents whose titles are told; of more how many they are


def answer_collection(
    core: str,
    headers: Callable[[], Mapping[str, Header]],
    opened: Callable[[str], SourceDocument],
    holders: Callable[[str], Sequence[str]],
) -> Draft | Decline | None:
    """The documents that a question asks for, counted, each cited where it says its title, or with its first sentence
    about the thing asked for; None for other questions, and where there is none; a refusal where none has the
    word that the question quotes.

    ``headers`` gives those of the documents that may be used, by doc_id; ``opened`` one of the documents; ``holders`` the
    doc_ids of those that hold a folded string.
    """
    core = fold(core)
    here, issued, speaks, about, dated = (
        p.fullmatch(core) for p in (_WHAT_IS_HERE, _ISSUED_BY, _SPEAKS_OF, _ABOUT, _DATED)
    )
    numbers = find_numbers(core)
    numbered = len(numbers) == 1 and _NUMBERED.fullmatch(f"{core[: numbers[0][0]]}#{core[numbers[0][1] :]}")
    if not (here or issued or speaks or about or dated or numbered):
        return None
    ranked = sorted(headers().items(), key=lambda entry: entry[1].authority)
    if numbered:
        return _titles("共", [opened(doc_id) for doc_id, header in ranked if header.number == numbers[0][2]])
    if dated:
        date, done, kind = (dated[n] or dated[f"{n}2"] or dated[f"{n}3"] for n in ("date", "done", "kind"))
        day = "-".join(f"{int(part):02d}" for part in re.findall(r"\d+", date))
        on = [opened(doc_id) for doc_id, header in ranked if any(d.startswith(day) for d in _days(header, done))]
        return _titles("共", _of_kind(kind, on))
    if here:
        return _titles("共", [opened(doc_id) for doc_id, _ in ranked])
    if issued:
        body, kind = issued["body"] or issued["body2"], issued["kind"] or issued["kind2"]
        own = [opened(doc_id) for doc_id, h in ranked if h.issuer and _is_of(body, h.issuer)]
        return _titles(f"{body}发的{kind}共", _of_kind(kind, own), "、".join(d.header.issuer or "" for d in own))
    if about:
        thing = (about["of"] or about["of2"]).strip('"')
        kind = about["kind"] or about["kind2"] or about["kind3"] or "文件"
        titled = [opened(doc_id) for doc_id, header in ranked if thing in fold(header.title)]
        return _titles(f"关于“{thing}”的{kind}共", _of_kind(kind, titled))
    if speaks:
        thing = speaks["of"] or speaks["of2"] or speaks["of3"]
        kind = speaks["kind"] or speaks["kind2"] or speaks["kind3"]
        held = set(holders(fold(thing)))
        own = [opened(doc_id) for doc_id, _ in ranked if doc_id in held]
        own = _of_kind(kind, own) or own
        if not own and f'"{thing}"' in core:
            return Decline("not_in_corpus", explain("not_in_corpus", f"“{thing}”"))
        return _speaking(thing, own)
    return None


def _days(header: Header, done: str) -> list[str]:
    """The days on which a document was made known, or came into force where that is asked."""
    days = [header.effective] if done in _IN_FORCE else [header.written, header.published]
    return [day for day in days if day]


def _of_kind(kind: str, documents: Sequence[SourceDocument]) -> list[SourceDocument]:
    return [d for d in documents if kind in _ANY_KIND or kind in d.header.title]


def _is_of(body: str, issuer: str) -> bool:
    return any(same_department(body, name) or name == body for name in re.split(r"[、,，\s]+", issuer))


def _titles(lead: str, documents: Sequence[SourceDocument], frame: str = "") -> Draft | None:
    if not documents:
        return None
    return _listed(f"{lead}{len(documents)}份", [(d, _title_span(d)) for d in documents], frame)


def _listed(counted: str, found: Sequence[tuple[SourceDocument, Span]], frame: str = "") -> Draft:
    """How many documents there are, and their titles; of a great many the first ones. ``frame``: what their headers say."""
    shown = found[:_MOST_LISTED]
    named = "；".join(_named(d) for d, _ in shown)
    lead, told = counted, ""
    if len(shown) < len(found):
        lead += f"，前{len(shown)}份是"
        told = f"只列出{len(shown)}份；全部文件见 policyqa documents list 或网页左栏。"
    return Draft(
        (Line(f"{lead}：{named}。", tuple(span for _, span in shown), frame),),
        method="collection",
        notes=(told,) if told else (),
    )


def _speaking(thing: str, documents: Sequence[SourceDocument]) -> Draft | None:
    """The documents that hold ``thing``, each with the first sentence that does."""
    lines = []
    for document in documents:
        text = document.text
        spans = ((after_label(document, a), b) for a, b in sentence_spans(text))
        first = next(((a, b) for a, b in spans if fold(thing) in fold(text[a:b])), None)
        if first is not None:
            lines.append((document, first))
    if not lines:
        return None
    if len(lines) > _MOST_TOLD:
        return _listed(f"提到“{thing}”的共{len(lines)}份", [(d, (d.doc_id, *s)) for d, s in lines])
    told = [Line(f"{_named(d)}：{closed(d.text[a:b])}", ((d.doc_id, a, b),)) for d, (a, b) in lines]
    return Draft(tuple(told), method="collection")


def _named(document: SourceDocument) -> str:
    number = document.header.number
    return title_of(document) + (f"（{number}）" if number else "")


def _title_span(document: SourceDocument) -> Span:
    """Where a document says its title; its first line where it does not say it in one piece."""
    at = document.text.find(document.header.title)
    if at >= 0:
        return document.doc_id, at, at + len(document.header.title)
    begin = len(document.text) - len(document.text.lstrip())
    end = document.text.find("\n", begin)
    return document.doc_id, begin, end if end > begin else len(document.text)
