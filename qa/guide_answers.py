"""Answers from guides to a service and calls for applications, whose items go by customary names: 申请材料, 受理条件, 办结时限,
是否收费, 办公时间, 受理地点, 监督电话.

People ask for such an item in words of their own (要带啥, 要交钱吗, 几点关门); the name of the item says that it answers, not its
text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Section, SourceDocument
from corpus.labels import without_label
from index.tokens import fold
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import MAX_CHARACTERS, MAX_QUOTE, Draft, Line, closed
from qa.listing import listed_children, section_lines
from qa.question import kinds_of
from qa.verdict import verdict
from qa.whose_item import is_of_another, names_of


@dataclass(frozen=True)
class _Item:
    """An item of a guide: how a question asks for it, and what it is called."""

    asked: re.Pattern[str]
    called: re.Pattern[str]
    aside: re.Pattern[str] | None = None  #: what a question for something else has beside the words that ask for it
    within: tuple[re.Pattern[str], re.Pattern[str]] | None = None  #: the step that tells it where no item does, and how


_ITEMS = (
    _Item(
        re.compile(
            r"(?<![新原筑])材料(?!费)|证件|(?:要|需要|得|该)(?:带|准备|提交|交|递交|备齐)(?:些|点)?(?:什么|啥|哪)|(?:交|带|准备|提交)(?:什么|哪些|啥|哪几样)"
        ),
        re.compile(
            r"(?:申请|申报|申办|办理|报名|提交|所需|应交|需提交)?(?:的)?(?:(?<![新原筑])材料|资料|证件)(?!要求|审)"
        ),
    ),
    _Item(
        re.compile(
            r"条件|资格|符合什么|满足(?:什么|啥|哪)|什么(?:样的)?(?:人|单位|企业)(?:才)?(?:能|可以)|才(?:能|给)办"
        ),
        re.compile(r"条件|资格(?!审)|适用范围|(?:申请|申报|办理|服务|补贴|资助|扶持)对象"),
    ),
    _Item(
        re.compile(r"几点|上班时间|下班|关门|开门|办公时间|工作时间|营业时间|周末|午休"),
        re.compile(r"(?:工作|办公|受理|接待|办理|服务|营业|窗口)时间"),
    ),
    _Item(
        re.compile(
            r"多久|几(?:天|个工作日|日)|多(?:少|长)(?:天|时间|个工作日|工作日)|时限|期限|什么时候能(?:办|拿|下)"
        ),
        re.compile(r"(?:办结|办理|法定|承诺|审批|审核|受理)(?:的)?(?:时限|期限|时间)|办结时间"),
        aside=re.compile(r"有效|[一1]次|保[存管]|提[前早]"),  # 多久有效, 多久检修一次, 提前多久申请
    ),
    _Item(
        re.compile(r"收(?:不收)?费|要(?:不要)?(?:交|花|给)?钱|交(?:多少)?钱|多少钱|花钱|费用|免费"),
        re.compile(r"收费(?!公路|站)|费用|是否收取|资费|租金"),
        aside=re.compile(r"罚|补|奖|赔|退|贷|税|扣|资助|工资|保险"),
    ),
    _Item(
        re.compile(r"(?:去|到|在|上|找)(?:哪(?![一几]?[天年月日])|什么地方)|地址|窗口在|地点|在线|网上|怎么去"),
        re.compile(r"(?:办理|受理|办公|报名|提交|咨询)?(?:地点|地址)|(?:受理|办理)窗口$|办理(?:方式|渠道|途径)"),
        aside=re.compile("[归转划并迁调]到哪"),  # what is moved to where
        within=(
            re.compile(r"(?:受理|申[请报办]|办理|提交|登记|报名)"),
            re.compile(
                r"窗口|大厅|服务站|中心|派出所|办事处|网点|柜台|app|小程序|公众号|平台|官网|网站", re.IGNORECASE
            ),
        ),
    ),
    _Item(
        re.compile(
            r"截止|截至|最晚|提[前早](?:多[久长少]|几[天日个])|什么时候(?:开始|可以|能)?(?:申请|申报|报名|报|交|受理)|(?:申请|申报|报名|受理)(?:的)?(?:时间|日期|期限)"
        ),
        re.compile(r"(?:申请|申报|报名|受理|提交|征集|登记|缴费)(?:的)?(?:起止)?(?:时间|日期|期限)|截止(?:时间|日期)"),
        aside=re.compile(r"[费款钱][^,，、]{0,4}(?:什么时候|最晚)[^,，、]{0,2}[交缴付]|缴费"),
    ),
    _Item(
        re.compile(r"哪(?:几|些)(?:大)?(?:类|种)|几(?:大)?类|什么类别|哪些类型|分(?:为|成)?(?:几|哪)(?:些)?类"),
        re.compile(r"(?:类别|类型|种类|分类)$"),
    ),
    _Item(re.compile(r"流程|步骤|程序|怎么(?:申请|办|报)|手续"), re.compile(r"流程|步骤|程序|办理进程")),
)
#: That whoever asks pays something.
_PAYS = re.compile(r"收(?:不收)?(?:费|钱)|要(?:不要)?(?:交|花)?钱|交(?:多少)?钱|花钱|免费|要钱")
_FEE = next(item for item in _ITEMS if item.called.search("收费"))
_WHOM = next(item for item in _ITEMS if item.called.search("条件"))
_MOST = 2  #: items of one kind that are told together
_KINDS = 3  #: items of different kinds from which a document, or a part of one, is a guide
#: What tells items of one kind from another: two time limits, two telephones.
_QUALIFIERS = (
    "法定",
    "承诺",
    "监督",
    "投诉",
    "咨询",
    "受理",
    "办理",
    "申请",
    "审核",
    "企业",
    "单位",
    "个人",
    "线上",
    "网上",
    "基本",
)


@dataclass(frozen=True)
class _Named:
    """A section that an item is, by its title."""

    section: Section
    kind: int  #: place in _ITEMS


@lru_cache(maxsize=64)
def _items(document: SourceDocument) -> tuple[_Named, ...]:
    """The items of a guide, in order; none where the document is none."""
    found = [
        _Named(section, kind)
        for section in document.sections
        if section.kind == "body" and section.label and 2 <= len(section.title) <= 20
        for kind, item in enumerate(_ITEMS)
        if item.called.search(section.title)
    ]
    return tuple(found) if len({named.kind for named in found}) >= _KINDS else ()


def answer_guide(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The item of a guide that a question asks for, or the first of its parts that asks for one; None for other questions,
    and where several may be meant.

    Looked for in the documents that the question points at, else in that of the best sentence.
    """
    if not found or probe.question.kinds & {"compare", "summary", "define"}:
        return None
    document = next((c.document for c in found if not probe.hinted or c.document.doc_id in probe.hinted), None)
    if document is None:
        return None
    of_parts = (_item_asked(part, probe, document) for part in probe.question.parts)
    return next((draft for draft in of_parts if draft is not None), None)


def _item_asked(asked: str, probe: Probe, document: SourceDocument) -> Draft | None:
    """The item of a guide that one question asks for."""
    core = fold(asked)
    whether = "whether" in kinds_of(core)
    asked_for = [(kind, item, m) for kind, item in enumerate(_ITEMS) for m in [item.asked.search(core)] if m]
    if whether:
        asked_for = [(kind, item, m) for kind, item, m in asked_for if item is _FEE]
    # 要钱吗，在哪办 carried over from before asks for the place.
    asked_for.sort(key=lambda one: -core[: one[2].start()].count(","))
    for kind, item, _ in asked_for:
        named = [one.section for one in _items(document) if one.kind == kind] or _steps(document, item)
        meant = [s for s in named if _is_about(core, probe, document, item, s) and _says_something(document, s)]
        told = [_lines(document, section) for section in _meant(core, probe, document, meant)]
        told = [lines for lines in told if lines]
        if told and len(told) <= _MOST:
            draft = Draft(tuple(line for lines in told for line in lines), method="guide")
            return _free_or_not(core, draft) if whether else draft
    return None


def _steps(document: SourceDocument, item: _Item) -> list[Section]:
    """The steps of a guide that tell what none of its items is called by: 2.受理：街道服务站."""
    if item.within is None or not _items(document):
        return []
    called, says = item.within
    return [
        s
        for s in document.sections
        if s.kind == "body" and s.label and called.fullmatch(s.title) and says.search(document.text[s.start : s.end])
    ][:1]


def _free_or_not(core: str, draft: Draft) -> Draft | None:
    """The fee of a guide after the word that says whether there is one; None where it does not settle that."""
    text = fold("".join(line.text.partition("：")[2] or line.text for line in draft.lines))
    said = verdict(core, text, text)
    if said is None:
        return None
    first, *others = draft.lines
    return replace(draft, lines=(replace(first, text=f"{said[0]}，{first.text}"), *others), contradicts=said[1])


def _meant(core: str, probe: Probe, document: SourceDocument, sections: Sequence[Section]) -> list[Section]:
    """Of the items of a kind those whose name has the question's qualifiers, then those that stand where it points,
    and of one inside another the inner."""

    def qualified(section: Section) -> float:
        return float(sum(q in core and q in section.title for q in _QUALIFIERS))

    def pointed(section: Section) -> float:
        return weight_held(probe.words, probe, fold("".join(document.path(section))))

    for value in (qualified, pointed):
        values = [value(section) for section in sections]
        sections = [section for section, own in zip(sections, values, strict=True) if own == max(values)]
    return [s for s in sections if not any(o is not s and s.start <= o.start and o.end <= s.end for o in sections)]


def _is_about(core: str, probe: Probe, document: SourceDocument, item: _Item, section: Section) -> bool:
    """Whether what a question says beyond the item it asks for is what the guide is about: 罚多少钱 asks for no fee."""
    if item.aside is not None and item.aside.search(core) and not item.aside.search(section.title):
        # 补贴多少钱 asks for no fee; 补贴收费吗, of a guide to one, does.
        of_the_guide = all(m.group() in document.header.title for m in item.aside.finditer(core))
        if not (of_the_guide and _PAYS.search(core)):
            return False
    return not _is_of_another(core, probe, document, item, section)


def _is_of_another(core: str, probe: Probe, document: SourceDocument, item: _Item, section: Section) -> bool:
    asked = item.asked.sub(" ", item.called.sub(" ", core))
    told = document.text[section.start : section.end]
    # Whom a guide is for (外卖骑手) is told by its conditions, and names what it is of, too.
    whom = "".join(document.text[i.section.start : i.section.end] for i in _items(document) if _ITEMS[i.kind] is _WHOM)
    return is_of_another(asked, probe, document, names_of(document, section) + fold(whom), section.title, told)


_ASIDE = re.compile(r"[（(][^（()）]{4,}[)）]$")


def _says_something(document: SourceDocument, section: Section) -> bool:
    return bool(document.text[section.heading[1] : section.end].strip(" \n　：:。；;"))


def _lines(document: SourceDocument, section: Section) -> list[Line]:
    """What an item says: its parts, each cited, or its text; none where it says too much."""
    children = listed_children(document, section)
    start = section.heading[0]
    end = start + len(document.text[start : section.end].rstrip())
    if end - start <= MAX_QUOTE and not any(child.title for child in children):
        return [Line(closed(_told(document.text[start:end], section.title)), ((document.doc_id, start, end),))]
    if len(children) < 2:
        return section_lines(document, section)
    spans = [(child.start, child.end) for child in children]
    items = [_told(document.text[a:b], "") for a, b in spans]
    if sum(map(len, items)) > MAX_CHARACTERS:
        items = [_ASIDE.sub("", item) for item in items]  # 原件1份，复印件1份 stands in the quote
    if sum(map(len, items)) > 2 * MAX_CHARACTERS:
        spans = [c.heading if c.heading[1] > c.heading[0] else s for c, s in zip(children, spans, strict=True)]
        items = [_told(document.text[a:b], "") for a, b in spans]
    if sum(map(len, items)) > 2 * MAX_CHARACTERS:
        return []
    text = f"{section.title}共{len(items)}项：{'；'.join(items)}。"
    return [Line(text, tuple((document.doc_id, a, b) for a, b in (section.heading, *spans)))]


def _told(text: str, title: str) -> str:
    """A section as one line, its heading before a colon; a heading that its text repeats is told once."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if title and len(lines) > 1:
        lines[0] = without_label(lines[0])
        if lines[1].startswith(title):
            lines = lines[1:]
    joined = (
        lines[0].rstrip("：:。")
        + ("：" if len(lines) > 1 else "")
        + "；".join(line.rstrip("；;。") for line in lines[1:])
    )
    return (without_label(joined) if title else joined).strip("；;。：:")
