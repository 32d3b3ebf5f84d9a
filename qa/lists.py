"""Answers with whole lists, from the outline of a document: which list a question asks for, and all its members."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.document import Section, SourceDocument
from corpus.labels import number_of
from index.tokens import fold, words
from qa.address import called, own_words
from qa.cases import ASKS_CONDITIONS, of_something_else
from qa.duty_wording import ASKS_WHO
from qa.evidence import Candidate, Probe, coverage, title_share
from qa.extractive import ANNOUNCES, MAX_CHARACTERS, MAX_QUOTE, Draft
from qa.listing import (
    PRINCIPLES,
    body_lines,
    list_asked,
    list_of_children,
    list_of_heads,
    list_of_lines,
    listed_children,
    run_in_heads,
    section_lines,
)
from qa.running_lists import parts_of

Idf = Callable[[str], float]

_MOST_MEMBERS = 40  #: of a list that is given whole
LOOKED_AT = 80  #: sentences whose sections may be the one meant


_ASKS_PARTS = re.compile(
    r"(?:哪|几|[二三四五六七八九十两]|\d+)(?:大|小|个|项|条|方面|章|节|块|类|层|点|步|部分|种|处|件(?:大|要|实|好)?事?|样|招)+"
    r"|哪些|都?有谁|名单|分别|包括|列出|列举|构成|分为|分成|标题|名称"
)


#: Of the members of a list one is asked about: in the list, then what.
_INSIDE = re.compile(
    r"(?:\d+|[一二三四五六七八九十两]+)(?:大|个|项|条|点|类|种)[^,，。?？]{0,8}(?:里面?|中|当中|之中),(?P<asked>[^,]+)$"
)


def answer_list(probe: Probe, found: Sequence[Candidate], idf: Idf) -> Draft | None:
    """The complete list below the heading that the question names, or of each of several; None when it names none."""
    first = next((c for c in found if c.tells), None)
    inside = _INSIDE.search(fold(probe.question.core))
    if inside is not None and not _ASKS_PARTS.search(inside["asked"]):
        return None  # 这13条里，低空经济怎么说
    if first is not None and _counts_off(probe, first):
        return None  # the sentence tells them: 实施甲、乙、丙三大行动
    each = _each_named(probe, found)
    if each:
        return Draft(tuple(line for place in each for line in list_of_children(*place).lines), method="list")
    meant = (
        numbered_part(probe, found)
        or _called_list(probe, found)
        or list_meant(probe, found, idf)
        or _announced(probe, found)
    )
    if meant is None:
        return None
    document, section = meant
    text = document.text[section.start : section.end]
    named = [term for term in probe.question.quoted if f"《{term}》" not in fold(probe.question.core)]
    if any(term in c.text and term not in text for term in named for c in found if c.tells):
        return None  # “四个一” is told elsewhere
    told = "".join((document.header.title, *document.path(section), text))
    asks_who = "duty" in probe.question.kinds and ASKS_WHO.search(probe.question.core)
    if asks_who and not _SAYS_WHO.search(text):
        return None  # what is to be done, and not by whom
    if ASKS_CONDITIONS.search(fold(probe.question.core)) and of_something_else(probe, told):
        return None
    years = probe.question.years
    if first is not None and any(y in fold(first.text) and y not in fold(told) for y in years):
        return None  # what is to be by that year, and not all there is
    part = _side_in(fold(probe.question.core), document, section)
    if part is not None:
        return Draft(tuple(section_lines(document, part)), method="section")
    if listed_children(document, section):
        return list_asked(document, section, fold(probe.question.core))
    heads = run_in_heads(document, section)
    if heads:
        return list_of_heads(document, section, heads)
    return list_of_lines(document, section, fold(probe.question.core)) if body_lines(document, section) else None


_SIDE = re.compile(r"(?:里面?|中|下面?|[在对就关于]|的|,)(?P<side>[\u4e00-\u9fff]{2,6}?)(?:方面|这一?[块条]|领域|部分)")


def _side_in(core: str, document: SourceDocument, section: Section) -> Section | None:
    """The one part of a section whose title has the side of it that a folded question asks about: 益民服务里医疗方面."""
    asked = _SIDE.search(core)
    if asked is None or asked["side"] in fold(section.title):
        return None
    named = [child for child in listed_children(document, section) if asked["side"] in fold(child.title)]
    return named[0] if len(named) == 1 else None


_SAYS_WHO = re.compile(
    r"(?:部|局|委|厅|办|处|院|会|中心|公司|政府|单位|机构|小组)(?:[^，。；]{0,4}(?:负责|牵头|承担)|[：\n])"
)


def _counts_off(probe: Probe, sentence: Candidate) -> bool:
    """Whether a sentence that is read to answer tells as many things as the question supposes, before their number:
    甲、乙、丙、丁四大行动 of 哪四大行动."""
    count, noun = probe.question.count, _MEMBER_NOUN.search(fold(probe.question.core))
    if count is None or count < 2 or noun is None or sentence.odds <= 0:
        return False
    numbered = re.compile(
        rf"(?P<number>[一二三四五六七八九十]+|\d+)(?:大|个|项|条|种|类){re.escape(noun.group(1)[:2])}"
    )
    text = fold(sentence.text)
    return any(
        number_of(m["number"]) == count and re.split("[,;。:]", text[: m.start()])[-1].count("、") >= count - 1
        for m in numbered.finditer(text)
    )


_PART = re.compile(r"第([一二三四五六七八九十]{1,3}|\d{1,2})(?:个|大)?(?:方面|部分|块|大项)(?![^,，。?？]{0,4}第)")

#: 第三项下面有几条: an item that has some itself.
_ITEM_BELOW = re.compile(
    r"第([一二三四五六七八九十]{1,3}|\d{1,2})(?:项|条|点|个)(?:任务|措施|工作)?(?=(?:下面|里面?|中|底下|之下)?(?:还|又)?(?:有|分|包括|包含)[^,，。?？]{0,3}(?:几|哪|多少))"
)


def numbered_part(probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The n-th part of a heading or of the one document that a question names, where it asks what stands below it."""
    core = fold(probe.question.core)
    step = _PART.search(core) or _ITEM_BELOW.search(core)
    if step is None or not probe.question.kinds & {"list", "count"}:
        return None
    number = number_of(step.group(1))
    for document in dict.fromkeys(c.document for c in found):
        # The parts of the heading that the question says, else of the one document that it points at.
        said = [s for s in document.sections if len(s.title) >= 4 and fold(s.title) in core and s.kind == "body"]
        named = max(said, key=lambda s: len(s.title), default=None)
        if named is not None and core.find(fold(named.title)) > step.start():
            return None  # 第三部分“保障支撑” is that heading itself
        if named is None and (probe.hinted != {document.doc_id} or step.re is _ITEM_BELOW):
            continue
        row = parts_of(document) if named is None else document.children(named)
        parts = [s for s in row if s.kind == "body" and s.label and s.title]
        section = next((s for s in parts if s.number == number), None)
        if section is not None and listed_children(document, section):
            return document, section
    return None


def section_called(probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The section that a question calls by what it is (物流行动), of the documents that it points at or that were found."""
    documents = list(dict.fromkeys(c.document for c in found))
    meant = called(probe.question.core, [d for d in documents if d.doc_id in probe.hinted] or documents)
    return None if meant is None else meant.place


#: Share of a question that a list it calls may leave unsaid: of any, and of one with as many members as it supposes.
LEFT_OF_CALLED, _LEFT_OF_COUNTED = 0.35, 0.85
#: The members of any list, counted: 三个抓手, 四件事, 哪几块.
_COUNTS_MEMBERS = re.compile(
    r"(?:哪|几|[二三四五六七八九十两]|\d+)(?:大|个|项|条|方面|块|类|点|步|样|招|件)*(?:主要|重点|具体)?"
    r"(?:行动|措施|举措|任务|内容|工作|抓手|着力点|部分|方面|要求|建议|事(?!业|故|项目)|$|[?？,，])"
)


#: How the content of a section is asked for that a question calls by what it is.
ASKS_WHOLE = re.compile(
    r"(?:讲|说|写|规定|提|要求|部署|安排)(?:的|了|过|到)?(?:是|些)?(?:什么|啥|哪些|哪几)|(?:主要|什么|哪些)内容|要?(?:做|干|抓|办)(?:些|哪些|的是|哪)?(?:什么|啥|事)"
    r"|概括|概述|简述|捋一?[捋下遍]|理一?理|总结|归纳|梳理|小结|摘要|大意|要点|(?:行动|任务|措施|条|项|块|部分|章|节)(?:是|有|包括|包含)(?:些|哪些|哪几[个项条])?(?:什么|啥)?[?？]?$"
)


def _called_list(probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The list below the heading that a question calls by what it is, where it asks for nothing else."""
    question = probe.question
    core = fold(question.core)
    members = question.count is not None and _COUNTS_MEMBERS.search(core)
    asks = question.kinds & {"list", "count", "summary", "how"} and _ASKS_PARTS.search(core)
    meant = section_called(probe, found) if asks or members or ASKS_WHOLE.search(core) else None
    if meant is None:
        return None
    children = listed_children(*meant)
    counted = bool(members) and question.count == len(children)
    if len(children) < 2 or question.count not in (None, len(children)):
        return None
    return meant if left_of(probe, *meant) <= (_LEFT_OF_COUNTED if counted else LEFT_OF_CALLED) else None


_A_NUMBER = re.compile(r"[一二三四五六七八九十两几\d]+[个项条类种块点件样大]?")


def left_of(probe: Probe, document: SourceDocument, section: Section) -> float:
    """The share of a question's words that neither the headings above a list nor its members say."""
    children = listed_children(document, section)
    around = fold("".join((document.header.title, *document.path(section), *(c.title for c in children))))
    beside = {
        w: v
        for w, v in probe.words.items()
        if w not in around and len(w) > 1 and not (_MEMBERS.search(w) or _A_NUMBER.fullmatch(w) or ASKS_WHOLE.search(w))
    }
    return sum(beside.values()) / (probe.weight or 1.0)


_SHORTEST_TITLE = 4  #: characters from which a title that a question says in full is meant


def _each_named(probe: Probe, found: Sequence[Candidate]) -> list[tuple[SourceDocument, Section]]:
    """The sections, two or three, that a question names in full and asks to be listed or counted one by one."""
    core = fold(probe.question.core)
    if not (probe.question.kinds & {"list", "count"} and re.search(r"各|分别", core)):
        return []
    for document in dict.fromkeys(c.document for c in found):
        named = [
            (document, section)
            for section in document.sections
            if len(title := own_words(fold(section.title), _SHORTEST_TITLE)) >= _SHORTEST_TITLE
            and title in core
            and len(listed_children(document, section)) > 1
        ]
        if len(named) in (2, 3):
            return named
    return []


_BARE = re.compile(r"(?:下列|以下|如下)[^，。；：]{0,16}[。：:]$")


def _announced(probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The section whose children the best sentence announces: 主要包括以下五个层次。 and then (1), (2) ..."""
    best = next((c for c in found if c.tells), None)
    # A sentence that ends in 以下五个层次。 tells nothing without them, whatever the words of the question.
    bare = best is not None and probe.question.kinds <= {"define"} and _BARE.search(best.text)
    if best is None or not (bare or "list" in probe.question.kinds):
        return None
    # What announces a list may stand above its items, beside what is nearer in words: 第八条 申请人应当具备下列条件：
    behind = _ABOVE_SURE if best.text.count("、") > 2 else _ABOVE
    meant = probe.hinted if best.document.doc_id in probe.hinted else frozenset[str]()
    above = (
        c
        for c in found[:_LOOKED_ABOVE]
        if c is not best and c.score >= best.score - behind and (not meant or c.document.doc_id in meant)
    )
    for candidate in (best, *(c for c in above if c.text.rstrip()[-1:] in "：:")):
        section = candidate.section
        if section is None or not ANNOUNCES.search(candidate.text):
            continue
        if candidate is not best and not section.label:
            continue  # 现就有关事项通知如下： announces the whole document
        children = listed_children(candidate.document, section)
        follows = (
            len(children) >= 2
            and candidate.end <= children[0].start
            and not candidate.document.text[candidate.end : children[0].start].strip()
        )
        if follows and probe.question.count in (None, len(children)) and len(children) <= _MOST_MEMBERS:
            return candidate.document, section
    return _list_of_item(probe, best)


def _list_of_item(probe: Probe, best: Candidate) -> tuple[SourceDocument, Section] | None:
    """The section whose items the best sentence is one of, where what announces them holds more of the question than it."""
    document, item = best.document, best.section
    if item is None or item.parent is None or not item.label:
        return None
    above = document.sections[item.parent]
    children = listed_children(document, above)
    if not 2 <= len(children) <= _MOST_MEMBERS or probe.question.count not in (None, len(children)):
        return None
    opening = document.text[above.start : children[0].start].strip()
    announced = item in children and opening[-1:] in "：:" and len(opening) <= MAX_QUOTE
    # One of several (哪些地方不许花) stands for all, unless it lists things itself.
    own = coverage(probe, fold(best.text))
    short = best.text.count("、") < 2 and len(best.text) <= _SHORT_ITEM
    one_of = "list" in probe.question.kinds and short and own <= _OF_ITS_OWN
    more = announced and (one_of or coverage(probe, fold(opening)) > own)
    return (document, above) if more else None


#: Characters of an item that stands for its list, and the share of a question that it may say.
_SHORT_ITEM, _OF_ITS_OWN = 60, 0.6
#: Of how many of the best sentences one may announce the list asked for; how far behind the best one that is scored,
#: and where the best one lists things itself.
_LOOKED_ABOVE, _ABOVE, _ABOVE_SURE = 4, 1.5, 0.5

_MORE_SAID, _SAID_LESS = 0.1, 0.4  #: share of the question that a sentence says beyond a list, and what that loses then
_TOLD, _ELSEWHERE = 2.0, 0.5  #: log odds from which a sentence answers; what a list in another document loses then
#: In a document that the question points at less is enough, where no other section comes near.
_LIST_ALONE, _LIST_AHEAD = 0.5, 0.3
_LIST_TAKEN = 0.7  #: value from which a section's children are taken for the list asked for


def list_meant(probe: Probe, found: Sequence[Candidate], idf: Idf) -> tuple[SourceDocument, Section] | None:
    """The section whose children a question asks to be listed or counted; None when there is none."""
    question = probe.question
    if not (question.kinds & {"list", "count", "summary", "how"}) or not _ASKS_PARTS.search(question.core):
        return None
    best: tuple[float, SourceDocument, Section] | None = None
    second = 0.0
    seen: set[tuple[str, int]] = set()
    first = next((c for c in found if c.tells), None)
    for candidate in found[:LOOKED_AT]:
        for section in candidate.document.upwards(candidate.section):
            key = (candidate.document.doc_id, section.index)
            if key in seen:
                continue
            seen.add(key)
            value = _list_value(probe, candidate.document, section, idf)
            announces = first is not None and section is first.section and ANNOUNCES.search(first.text)
            if value > 0 and announces:
                value += 0.3
            if first is not None and first.odds > _TOLD and not _headed_as_asked(probe, section):
                whole = section.title and fold(section.title) in fold(candidate.document.header.title)
                if candidate.document is not first.document or whole:
                    value -= _ELSEWHERE  # nor does a sentence that answers leave a list to the chapters of all
                elif coverage(probe, fold(first.text)) > _said_by(probe, candidate.document, section) + _MORE_SAID:
                    value -= _SAID_LESS
            if best is None or value > best[0]:
                second = best[0] if best is not None else 0.0
                best = (value, candidate.document, section)
            else:
                second = max(second, value)
    if best is None:
        return None
    titled = all(child.title for child in listed_children(best[1], best[2]))
    alone = titled and bool(probe.hinted) and best[0] >= _LIST_ALONE and best[0] - second >= _LIST_AHEAD
    return best[1:] if best[0] >= _LIST_TAKEN or alone else None


def _said_by(probe: Probe, document: SourceDocument, section: Section) -> float:
    """The share of a question that a list says: the title of its document, the headings above it and its members."""
    names = (document.header.title, *document.path(section), *(c.title for c in listed_children(document, section)))
    return coverage(probe, fold("".join(names)))


#: Words for the members of a list; they say nothing of what the list is about.
_MEMBERS = re.compile(
    r"行动|措施|举措|抓手|安排|部署|方面|部分|任务|内容|要求|原则|建议|特征|特点|问题|标题|名称|名字|题目|小条|大块|条目"
    r"|组成|构成|主要|具体|重点|分为|分成|包括|列出"
)
#: What the members are called: 任务 of 哪几项重点任务.
_MEMBER_NOUN = re.compile(
    r"(?:哪些|哪几(?:大|个|项|条|种)?|(?:几|[二三四五六七八九十]|\d{1,2})(?:大|个|项|条|种)?)"
    r"(?:不同的|主要|重点)?([\u4e00-\u9fff]{1,4})"
)


def _list_value(probe: Probe, document: SourceDocument, section: Section, idf: Idf) -> float:
    """How well the children of a section make the list asked for: its title said in the question, little said beside
    it, as many children as the question supposes, children of the kind it names."""
    children = listed_children(document, section)
    only_counts = "count" in probe.question.kinds and not re.search(r"有谁|名单|哪些|列", probe.question.core)
    heads = run_in_heads(document, section)
    if not children and not heads and (only_counts or not _short_lines(document, section)):
        return 0.0
    if children and not 2 <= len(children) <= _MOST_MEMBERS:
        return 0.0
    core = fold(probe.question.core)
    value = 1.0 if is_named(probe, document, section) else title_share(section.title, core, idf)
    aspect = _ASPECT.search(core)
    if aspect and children and all(word in fold(section.title) for word in words(aspect[1]) if len(word) > 1):
        value = max(value, _OF_ASPECT)
    named = [c.title for c in children] or [document.text[a:b] for a, b in heads]
    if PRINCIPLES.search(core) and named and (heads and PRINCIPLES.search(section.title) or _hold_to(named)):
        value = max(value, _OF_PRINCIPLES)
    left = left_of(probe, document, section)
    if len(section.title) > 5 and fold(section.title) in fold(document.header.title) and left > 0.3:
        return 0.0  # the parts of the whole document are asked for by nothing but its name
    value -= 0.5 * left
    if _headed_as_asked(probe, section):
        value += 0.4  # 指导意见有哪些重点行动: not what the short name of the document heads
    if children and all("条" in c.label and not c.title for c in children) and not _ASKS_ARTICLES.search(core):
        value -= 0.4  # the articles of a chapter are no list of what its title names
    if children and max(title_share(c.title, core, idf) for c in children) >= 0.6:
        value -= 0.6  # the question is about one of them, not about all
    if probe.question.count is not None and (children or heads):
        value += 0.4 if len(children or heads) == probe.question.count else -0.3
    noun = _MEMBER_NOUN.search(core)
    if (
        noun
        and noun[1][:2] not in _ANY_MEMBERS
        and children
        and all(_ends_in(fold(c.title), noun[1]) for c in children)
    ):
        value = max(value, _OF_NOUN)
    if noun and sum(_is_called(c, noun.group(1)) for c in children) >= 0.6 * len(children):
        value += 0.3
    if probe.hinted:
        value += 0.1 if document.doc_id in probe.hinted else -0.5
    return value


def _headed_as_asked(probe: Probe, section: Section) -> bool:
    asked = _ASKED_LIST.search(fold(probe.question.core))
    return asked is not None and asked[1] == fold(section.title)


#: What a question asks to be listed, by the last words of it: 哪些重点行动.
_ASKED_LIST = re.compile(r"哪(?:些|几)(?:大|个|项|条|种)?([\u4e00-\u9fff]{2,8})[?？。]?$")
_ASKS_ARTICLES = re.compile("条(?![例件款])|章|规定了|写了|讲了")
#: 在完善待遇保障方面部署了哪几项: what the list is about, of which its title may say more.
_ASPECT = re.compile(r"(?:在|对|就|从)([\u4e00-\u9fff]{4,14})(?:方面|上)")
_OF_ASPECT = 0.85  #: value of a section whose title holds all of it
_OF_NOUN = 0.7  #: value of a section whose items are all called as a question calls them: 几个阶段
_ANY_MEMBERS = frozenset("工作 任务 措施 内容 方面 要求 事项 部分 问题".split())
_OF_PRINCIPLES = 0.9  #: value of a section of principles where principles are asked for, whatever it is called


def _hold_to(names: Sequence[str]) -> bool:
    return all(name.startswith("坚持") for name in names)


def is_named(probe: Probe, document: SourceDocument, section: Section) -> bool:
    """Whether the question names the place of the section; 第三项 is no name of 第三章."""
    unit = re.search("[章节条款]$", section.label)
    by_unit = unit is None or unit[0] in fold(probe.question.core)
    return by_unit and section.index in probe.places.get(document.doc_id, frozenset())


def _is_called(section: Section, noun: str) -> bool:
    title = fold(section.title)
    return title.endswith(noun[:1]) or noun in title or _ends_in(title, noun)


def _ends_in(title: str, noun: str) -> bool:
    """Whether a title ends in what a question calls the members, brackets left out: 启动阶段(3月至4月) of 几个阶段."""
    return len(noun) > 1 and re.sub(r"[（(][^（()）]*[)）]$", "", title).endswith(noun[:2])


def _short_lines(document: SourceDocument, section: Section) -> bool:
    """Whether a section is nothing but a few short lines: names, places, items without numbers."""
    body = document.text[max(section.start, section.heading[1]) : section.end]
    lines = [line for line in body.split("\n") if line.strip()]
    return bool(section.title) and len(lines) >= 2 and len(body) <= MAX_CHARACTERS and max(map(len, lines)) <= 60
