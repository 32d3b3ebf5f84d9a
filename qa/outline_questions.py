"""Questions about the outline itself: how many items a section has, which stands before or after another, whether a list
has one, what a section says as a whole.

Each is known by its wording around the name of a section; what else the question says has to stand in the headings above
that section, so that a question about something inside it is left to the sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from os.path import commonprefix

from corpus.document import Section, SourceDocument
from corpus.labels import number_of
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.address import CALLED_UNIT, Call, called, holds, share_of_title
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import MAX_QUOTE, Draft, Line, closed
from qa.listing import heading_of, list_of_children, listed_children, quoted
from qa.nth_answers import NAMES_DOCUMENT
from qa.section_answers import content_of

#: What answers a question within one document.
Ask = Callable[[str, str], Draft | None]

_LEFT = 0.35  #: share of a question, beyond its frame, that the headings of the section called may leave unsaid


def documents_meant(probe: Probe, found: Sequence[Candidate]) -> list[SourceDocument]:
    """The documents that a question points at, else those of the sentences found."""
    documents = list(dict.fromkeys(c.document for c in found))
    return [d for d in documents if d.doc_id in probe.hinted] or documents


def says_only(probe: Probe, text: str, document: SourceDocument, section: Section | None, *, beside: str = "") -> bool:
    """Whether the words of a text, what its frame is left out, are said by the headings above a section and its own, and
    by what stands ``beside`` them; of no section by the name of its document."""
    around = fold("".join((document.header.title, document.header.issuer or "", *document.path(section), beside)))
    own = _words_in(probe, text)
    return sum(own.values()) - weight_held(own, probe, around) <= _LEFT * (sum(own.values()) or 1.0)


def _words_in(probe: Probe, text: str) -> dict[str, float]:
    """The telling words of a question that stand in a part of it, and their weight."""
    return {
        w: v
        for w, v in probe.words.items()
        if w in text and len(w) > 1 and not (w.isdigit() or _FRAME_WORD.fullmatch(w))
    }


_FRAME_WORD = re.compile(
    r"文件|正文|全文|意见|方案|办法|通知|规划|国务院|里面|其中|一共|总共|列在|排在|放在|写在|紧跟|紧接|紧挨|接在|主要|具体|一[条项章节点]"
)

# --- how many -------------------------------------------------------------------------------------------------------

_COUNTER = r"(?:大|小)?(?P<counter>个|条|项|点|件|方面|块|步|章|节|部分)"
_MEMBER = (
    r"(?:小|主要|具体|重点|细|分)?(?:条|项|点|方面|行动|任务|措施|举措|内容|工作|要求|安排|事情?|部分|章|节|款|抓手)"
)
_EXCEPT = r"[,，]?除(?:了|去|开)?(?P<but>[^,，。?？]{2,20}?)(?:之外|以外|外)?[,，]?"
_COUNTED = re.compile(
    rf"{CALLED_UNIT}?(?:{_EXCEPT})?(?:还|一共|总共|共计|共|合计|都|又|下面|里面?|底下|具体|细|再|下){{0,6}}"
    r"(?:分|列|有|包括|包含|含|部署|安排|提出?|设|讲|写|规定|明确|划分|拆)?(?:成|为|了|出|有){0,4}"
    rf"(?:(?:几|多少|哪几){_COUNTER}{_MEMBER}?|(?<=还有)哪些|哪些(?:主要|具体|重点)?(?:条|项|方面|行动|任务|措施|举措))(?:[?？,，。]|呢|啊|$)"
)


_NAMES_ONLY = re.compile(
    r"(?:分别|各自?|都|具体)*(?:是|叫|为|有)?(?:什么|啥|哪些|哪[几\d一二三四五六七八九十]+[个项条])?(?:名字|名称|内容|任务)?(?:列出来|列一下|说一下)?[?？。]*"
)


def answer_counted(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The items below a section that a question names and asks the number of."""
    call = called(probe.question.core, documents_meant(probe, found), _COUNTED)
    if call is None or len(listed_children(*call.place)) < 2 or not _asks_no_more(probe, call):
        return None
    if not _NAMES_ONLY.fullmatch(fold(probe.question.core)[call.follows.end() :]):
        return None  # 其中由谁牵头的占几条
    if NAMES_DOCUMENT.fullmatch(call.place[1].title):
        return None  # 指导意见提出了哪些重点行动: the document, not what another one heads so
    counter = call.follows["counter"] or ""
    return list_of_children(*call.place, counter if counter in _COUNTERS else "项")


_COUNTERS = frozenset("条 项 个 章 节 方面 部分".split())  #: by which a list is told as it is asked for


def _asks_no_more(probe: Probe, call: Call) -> bool:
    """Whether what stands before the frame of a question is said by the headings of the section called."""
    return says_only(probe, fold(probe.question.core)[: call.follows.start()], *call.place)


# --- before and after -----------------------------------------------------------------------------------------------

_STEP = r"(?:条|项|点|章|节|款|部分|个(?!月|星期|季|年|工作日|小时)|(?:个)?(?:行动|任务|措施|工程))"
_BESIDE = re.compile(
    rf"{CALLED_UNIT}?(?:的|之)?"
    rf"(?:(?P<one>[后前下上])(?:面|边)?(?:的|那)?一{_STEP}"
    r"|(?:往|再)?(?P<side>后|前)(?:面|边|头)?(?:紧跟|紧接|紧挨|挨|接)?着?(?:的|是|那|一|第一|哪|什么|又|还|就|写|讲|排|有)+"
    rf"(?:{_STEP}|(?=什么|啥)))(?:重点)?(?:行动|任务|措施|工程|内容)?"
)
#: 第十条的下一条: known by its number.
_BESIDE_NUMBER = re.compile(
    r"第(?P<nth>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<unit>[条章节款])的?(?P<way>[后前下上])(?:面|边)?的?一(?P=unit)"
)
_MOST_IN_WORDS = 100
#: What asks for nothing but the name of what stands there; and what asks for all it says.
NAME_ONLY = re.compile(
    r"[,，]?(?:的?(?:名称|名字|标题|题目))?(?:叫|是)?(?:做|的)?(?:什么|啥|哪(?:一?[个项条章节])?|谁)?(?:名字|名称|标题|行动|任务|措施|内容)?(?:来着|呢|啊|呀)?[?？]*"
)
ASKS_CONTENT = re.compile(r"讲|说|写|规定|要求|内容|提到|提了|安排|部署")


def answer_beside(probe: Probe, found: Sequence[Candidate], ask: Ask) -> Draft | None:
    """The item before or after one that a question names; where it asks more than its name, with the answer to that."""
    core = fold(probe.question.core)
    by_number = _BESIDE_NUMBER.search(core)
    if by_number is not None:
        number = (number_of(by_number["nth"]) or 0) + (1 if by_number["way"] in "后下" else -1)
        asked = f"{core[: by_number.start()]}第{_in_words(number)}{by_number['unit']}{core[by_number.end() :]}"
        return ask(asked, documents_meant(probe, found)[0].doc_id) if found and 0 < number < _MOST_IN_WORDS else None
    step = _BESIDE.search(core)
    call = called(core, documents_meant(probe, found), _BESIDE) if step is not None else None
    if call is None or not _asks_no_more(probe, call):
        return None
    (document, section), step = call.place, call.follows
    after = (step["one"] or step["side"]) in "后下"
    line, other = _neighbour(document, section, after)
    rest = core[step.end() :]
    if other is None or NAME_ONLY.fullmatch(rest):
        return Draft((line,), contradicts=False, method="nth")
    if ASKS_CONTENT.search(rest):
        told = content_of(document, other)
        return Draft((line, *(told.lines if told is not None else ())), method="nth")
    return Draft((line, *_told_of(document, other, rest, ask)), method="nth")


def _told_of(document: SourceDocument, section: Section, rest: str, ask: Ask) -> tuple[Line, ...]:
    """What a question asks of a section, answered from it alone; all that it says where that answers nothing."""
    more = ask(f"{section.title}{rest.lstrip(',，')}", document.doc_id)
    within = tuple(
        line
        for line in (more.lines if more is not None else ())
        if any(section.start <= start and end <= section.end for _, start, end in line.spans)
    )
    told = None if within else content_of(document, section)
    return within if told is None else tuple(told.lines)


def _neighbour(document: SourceDocument, section: Section, after: bool) -> tuple[Line, Section | None]:
    """What tells the item after or before a section, and that item; that there is none behind the last or before the
    first."""
    above = None if section.parent is None else document.sections[section.parent]
    row = [s for s in document.children(above) if s.kind == "body" and s.title and s.label]
    at = next((i for i, s in enumerate(row) if s.index == section.index), None)
    place = -1 if at is None else at + (1 if after else -1)
    if not 0 <= place < len(row):
        heads = [heading_of(document, s) for s in (section, *([above] if above is not None else []))]
        whose = f"{quoted(above.title)}的" if above is not None and above.title else ""
        text = f"{quoted(section.title)}是{whose}{'最后' if after else '第'}一项。"
        return Line(text, tuple((document.doc_id, *span) for span in heads)), None
    other = row[place]
    spans = tuple((document.doc_id, *heading_of(document, s)) for s in (section, other))
    text = f"{quoted(section.title)}的{'后' if after else '前'}一项是{_name(document, other)}。"
    return Line(text, spans), other


def unit_above(document: SourceDocument, section: Section | None, unit: str) -> Section | None:
    """The nearest section around a place that is what ``unit`` names: 章, 节, 行动 (an item of 重点行动), else the nearest
    with a number and a title."""
    above = [s for s in document.upwards(section) if s.kind == "body" and s.title and s.label]
    for noun in ("章", "节", "部分"):
        if noun in unit:
            named = [s for s in above if noun in s.label]
            return next(iter(named), above[-1] if above and noun == "部分" else None)
    for noun in ("行动", "任务", "措施", "工程"):
        if unit.endswith(noun):
            titles = ((s, document.sections[s.parent].title) for s in above if s.parent is not None)
            named = [s for s, title in titles if title.endswith(noun)]
            if named:
                return named[0]
    return next(iter(above), None)


def _under(document: SourceDocument, section: Section, sentence: tuple[int, int]) -> Line:
    """A sentence after the heading of a section that it stands in."""
    spans = ((document.doc_id, *heading_of(document, section)), (document.doc_id, *sentence))
    return Line(f"{_name(document, section)}：{closed(document.text[slice(*sentence)])}", spans)


def _name(document: SourceDocument, section: Section) -> str:
    """The heading of a section with its number, in quotation marks."""
    return quoted(document.text[slice(*heading_of(document, section))].strip().rstrip("。；;：: "))


# --- whether a list has one -----------------------------------------------------------------------------------------

_ITEM = r"(?:个|项|条|章|节|款|块)"
_HAS = re.compile(
    rf"{CALLED_UNIT}?(?:之中|中|内)?[,，]?(?:是不是|是否|到底|究竟)?(?:有没有|有无|有|包不包括|包括|包含)"
    rf"(?P<apart>单独|专门|独立|单列|单设)?(?:的|列|设|出|了)*(?P<one>一{_ITEM})?(?P<named>叫做?|名叫|名为|称为)?"
)
_AS_ONE = re.compile(
    rf"(?P<one>(?:的|这|那)?(?P<apart>单独|独立)?的?(?:这|那|这么)?一?{_ITEM}(?:重点|基本|主要)?(?:行动|任务|措施|原则|内容|工程)?)?"
    r"(?:吗|么|没有|没|呢|嘛|吧)?[?？]*$"
)
_IS_ONE = re.compile(
    r"(?P<name>[^,，。?？]{2,20}?)(?:是不是|是否是?|算不算|属不属于|属于|算|是)(?P<apart>单独|独立)?的?(?:一[项个条])?的?"
    r"(?P<list>[^,，。?？]{2,16}?)(?P<one>之一|(?:里面?|中|当中)的?(?:其中)?一[项条个]|之列|(?:里面?|中)的)?(?:吗|么|吧)?[?？]*$"
)
_HERE = re.compile("(?P<unit>)$")
_ASKS = re.compile("什么|哪|几|多少|谁|啥|怎么|如何")


def answer_member(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """Whether a list that a question names has the item that it names, with the list; None where the names leave it open."""
    if "whether" not in probe.question.kinds:
        return None
    core, documents = fold(probe.question.core), documents_meant(probe, found)
    yes, no = "有", "没有"
    call = called(core, documents, _HAS)
    if call is not None:
        rest = core[call.follows.end() :]
        tail = _AS_ONE.search(rest)
        name = rest[: tail.start()] if tail is not None else rest
        one = call.follows["one"] or call.follows["named"] or (tail is not None and tail["one"])
        apart = call.follows["apart"] or call.follows["named"] or (tail is not None and tail["apart"])
        before = core[: call.name]
    else:
        is_one = _IS_ONE.search(core)
        call = None if is_one is None else called(is_one["list"], documents, _HERE)
        if is_one is None or call is None:
            return None
        name, one, apart, before = is_one["name"], is_one["one"] or is_one["apart"], is_one["apart"], ""
        yes, no = "是", "不是"
    name = re.sub('["“”]', "", name).strip(",， ")
    children = [c for c in listed_children(*call.place) if c.title]
    if len(children) < 2 or len(name) < 2 or _ASKS.search(name) or not says_only(probe, before, *call.place):
        return None
    named = _named_of(name, children)
    # Whether something else stands for it only a reader can say, unless it is asked for by its name.
    if named is None and not (apart or (one and not _alike(name, children))):
        return None
    (line,) = list_of_children(*call.place).lines
    said = no if named is None else yes
    lines = [replace(line, text=f"{said}，{line.text}")]
    if named is not None and len(line.text) > _LONG_LIST:
        document, shown = call.place[0], heading_of(call.place[0], named)
        name = document.text[slice(*shown)].strip().rstrip("。；;：: ")
        text = f"{said}，{quoted(call.place[1].title)}共{len(children)}项，其中有“{name}”。"
        spans = dict.fromkeys((shown, heading_of(document, children[-1])))
        lines = [Line(text, tuple((document.doc_id, *span) for span in spans))]
    if named is None:
        lines += _where_it_stands(*call.place, name.removeprefix(_bare_titles(children)[0]))
    return Draft(tuple(lines), contradicts=named is None, method="list")


_LONG_LIST = 300  #: characters of a list from which only the item asked about is told


def _where_it_stands(document: SourceDocument, section: Section, name: str) -> list[Line]:
    """The first sentence below a section that says a folded name, after the heading that it stands under; none where none
    does."""
    for start, end in sentence_spans(document.text, section.heading[1], section.end):
        around = unit_above(document, document.section_at(start), "")
        if name in fold(document.text[start:end]) and around is not None and end - start <= MAX_QUOTE:
            return [_under(document, around, (start, end))]
    return []


def _bare_titles(children: Sequence[Section]) -> tuple[str, list[str]]:
    """What all titles of a list begin with, and the folded titles without it and without quotation marks."""
    titles = [re.sub('"', "", fold(child.title)) for child in children]
    begin = commonprefix(titles)
    return begin, [title[len(begin) :] or title for title in titles]


def _named_of(name: str, children: Sequence[Section]) -> Section | None:
    """The item that a folded name names: most of its title, in its order."""
    begin, titles = _bare_titles(children)
    own = name.removeprefix(begin)
    shares = [share_of_title(title, own) if holds(title, own) else 0.0 for title in titles]
    most = max(shares)
    return children[shares.index(most)] if most >= _OF_TITLE and shares.count(most) == 1 else None


_OF_TITLE = 0.5  #: share of an item's title by which it is named


def _alike(name: str, children: Sequence[Section]) -> bool:
    """Whether a name shares two characters in a row with an item of a list."""
    begin, titles = _bare_titles(children)
    own = name.removeprefix(begin)
    return any(own[i : i + 2] in title for title in titles for i in range(len(own) - 1))


# --- some of a list -------------------------------------------------------------------------------------------------

_COUNT = r"[一二两三四五六七八九十\d]+"
_PICKED = re.compile(
    rf"{CALLED_UNIT}?(?:的|里的?|中的?)?(?:(?P<nth>第{_COUNT}|倒数第{_COUNT}|最后一?|最末一?|末尾?一?|头一?|首)(?:那|的)?{_ITEM}"
    rf"|(?P<side>前|头|后|最后|末尾?)面?(?:的)?(?P<many>[两二三四五六七八九十\d]+){_ITEM})(?!月|以上|以下)(?:重点|主要|具体)?(?:行动|任务|措施|工程|原则|内容)?"
)


def answer_picked(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """One item of the list that a question names, with its text, or the first or last few, by their titles."""
    core = fold(probe.question.core)
    call = called(core, documents_meant(probe, found), _PICKED)
    if call is None or not _asks_no_more(probe, call):
        return None
    document, section = call.place
    row = listed_children(document, section)
    nth = call.follows["nth"] or ""
    # 第三条 is the place of an article, but not 最后一条.
    if any(probe.places.values()) and not _FROM_AN_END.match(nth):
        return None
    rest = core[call.follows.end() :]
    if len(row) < 2 or not (NAME_ONLY.fullmatch(rest) or _NAMES_ONLY.fullmatch(rest) or ASKS_CONTENT.match(rest)):
        return None
    if call.follows["many"]:
        many = number_of(call.follows["many"]) or 0
        picked = row[:many] if call.follows["side"] in "前头" else row[-many:]
        if not 0 < many < len(row):
            return None
        told = "；".join(document.text[slice(*heading_of(document, s))].strip().strip("。；;，,—- ") for s in picked)
        spans = tuple((document.doc_id, *heading_of(document, s)) for s in picked)
        which = "前" if call.follows["side"] in "前头" else "最后"
        return Draft((Line(f"{quoted(section.title)}的{which}{many}项：{told}。", spans),), method="list")
    number = _number_picked(nth, len(row))
    if not 1 <= number <= len(row):
        return None
    item = row[number - 1]
    content = content_of(document, item)
    if content is None or content.method != "list":
        return None if content is None else replace(content, method="nth")
    # What it begins with does not name it.
    head = heading_of(document, item)
    name = Line(closed(document.text[slice(*head)]), ((document.doc_id, *head),))
    return Draft((name, *content.lines), method="nth")


_FROM_AN_END = re.compile("倒数|最|末|头一|首")


def _number_picked(nth: str, size: int) -> int:
    """The place in a list of ``size`` that 第三, 倒数第二, 头一 or 最末 names; 0 for none."""
    number = number_of(re.sub("[^一二三四五六七八九十0-9]", "", nth)) or 1
    if nth.startswith(("倒数", "最后", "最末", "末")):
        return size + 1 - (number if nth.startswith("倒数") else 1)
    return number if nth.startswith("第") else 1


# --- in which place --------------------------------------------------------------------------------------------------

_PLACED = re.compile(
    rf"{CALLED_UNIT}?(?:是不是|是否|是|排|列|算){{1,4}}(?:在|到)?(?P<of>[^,，。?？]{{2,14}}?[的里中])?"
    rf"(?P<nth>第几|第[一二三四五六七八九十\d]+|最后|倒数第一){_ITEM}?一?{_ITEM}?(?:重点|主要)?(?:行动|任务|措施|工程|原则)?(?:吗|么|呢)?[?？]*$"
)
_DIGITS = "零一二三四五六七八九"


def answer_position(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """Which of the items of its list one is that a question names; where it supposes one, after yes or no."""
    core = fold(probe.question.core)
    call = called(core, documents_meant(probe, found), _PLACED)
    if call is None or call.section.parent is None or not _asks_no_more(probe, call):
        return None
    document, section = call.place
    above = document.sections[call.section.parent]
    row = listed_children(document, above)
    at = next((i for i, s in enumerate(row, 1) if s.index == section.index), None)
    if at is None or len(row) < 2 or not says_only(probe, call.follows["of"] or "", document, section):
        return None
    nth = call.follows["nth"]
    (line,) = list_of_children(document, above).lines
    lead, right = "", True
    if nth != "第几":
        right = at == (len(row) if nth in ("最后", "倒数第一") else number_of(nth[1:]))
        lead = "是，" if right else "不是，"
    text = f"{lead}{quoted(section.title)}是第{_in_words(at)}项，{line.text}"
    return Draft((replace(line, text=text),), contradicts=not right, method="list")


def _in_words(number: int) -> str:
    """A number below 100 in Chinese: 11 -> 十一."""
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}"


# --- what a section says --------------------------------------------------------------------------------------------

_WHAT = "(?:什么|啥|哪些|哪几)"
_GIST = re.compile(
    rf"{CALLED_UNIT}?的?(?:主要|核心|大致|大概|基本|重点|具体|整体|总体|究竟|到底|中心|都){{0,5}}"
    rf"(?:(?:讲|说|写|谈|规定|部署|安排|强调)(?:的|了|过|到)?(?:都?是|些)?(?:{_WHAT})|(?:内容|精神|要点|概要|摘要|大意)(?:概要|简介|摘要|要点)?(?:都?是|有|为)?{_WHAT}?"
    r"|(?:需?要)(?:做|干|抓|办)些?(?:什么|啥)(?:事|工作)?(?=[?？,，。]|$))"
)
_SUMMED = re.compile(
    rf"{CALLED_UNIT}?的?(?:主要|核心|重点)?(?:内容|要点|安排|部署|任务|情况|精神|做法)?(?=[,，。?？]|$)"
)


def answer_gist(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """What the section says that a question names and asks the gist of: what it begins with and its parts, or its text as
    far as it is short."""
    core = fold(probe.question.core)
    pattern = _GIST if _GIST.search(core) else _SUMMED if "summary" in probe.question.kinds else None
    if pattern is None or probe.question.kinds & {"compare", "who", "duty", "whether"}:
        return None
    call = called(core, documents_meant(probe, found), pattern)
    if call is None:
        return None
    behind = _GIST.sub("", core[call.follows.end() :])
    if not says_only(probe, _PURPOSE.sub("", core[: call.follows.start()]) + behind, *call.place):
        return None
    return content_of(*call.place)


#: What the answer is for: 给领导汇报用，
_PURPOSE = re.compile(
    r"(?:给|为|替|向|跟|写|做)[^,，。]{1,8}(?:汇报|报告|材料|摘要|介绍|总结|讲话|课件|用)[^,，。]{0,4}[,，:：]"
)
