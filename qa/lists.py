"""Answers taken from a document's outline: whole lists, single members of them, sections and contents tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.document import Section, SourceDocument
from corpus.labels import HAN_NUMERALS, number_of
from corpus.sentences import sentence_spans
from index.tokens import fold, words
from qa.address import called, longest_shared, own_words, titled
from qa.cases import ASKS_CONDITIONS, of_something_else
from qa.duty_wording import ASKS_WHO
from qa.evidence import Candidate, Probe, coverage, title_share
from qa.extractive import (
    ANNOUNCES,
    ASKS_STEPS,
    MAX_CHARACTERS,
    MAX_QUOTE,
    Draft,
    Line,
    Span,
    closed,
    side_names,
)
from qa.listing import (
    PRINCIPLES,
    STEPS_TITLE,
    body_lines,
    heading_of,
    list_asked,
    list_of_children,
    list_of_heads,
    list_of_lines,
    listed_children,
    quoted,
    run_in_heads,
    section_lines,
)
from qa.running_lists import parts_of, runs_within

Idf = Callable[[str], float]

_MOST_MEMBERS = 40  #: of a list that is given whole
_LOOKED_AT = 80  #: sentences whose sections may be the one meant


# --- whole lists ----------------------------------------------------------------------------------------------------

_ASKS_PARTS = re.compile(
    r"(?:哪|几|[二三四五六七八九十两]|\d+)(?:大|小|个|项|条|方面|章|节|块|类|层|点|步|部分|种|件(?:大|要|实|好)?事|样|招)+"
    r"|哪些|都?有谁|名单|分别|包括|列出|列举|构成|分为|分成|标题|名称"
)


def answer_list(probe: Probe, found: Sequence[Candidate], idf: Idf) -> Draft | None:
    """The complete list below the heading that the question names, or of each of several; None when it names none."""
    first = next((c for c in found if c.tells), None)
    if first is not None and _counts_off(probe, first):
        return None  # the sentence tells them: 实施甲、乙、丙三大行动
    steps = _steps(probe, found)
    if steps is not None:
        return steps
    each = _each_named(probe, found)
    if each:
        return Draft(tuple(line for place in each for line in list_of_children(*place).lines), method="list")
    meant = (
        _numbered_part(probe, found)
        or _called_list(probe, found)
        or list_meant(probe, found, idf)
        or _announced(probe, found)
    )
    if meant is None:
        return _items_behind(probe, first)
    document, section = meant
    text = document.text[section.start : section.end]
    told = "".join((document.header.title, *document.path(section), text))
    asks_who = "duty" in probe.question.kinds and ASKS_WHO.search(probe.question.core)
    if asks_who and not _SAYS_WHO.search(text):
        return None  # what is to be done, and not by whom
    if ASKS_CONDITIONS.search(fold(probe.question.core)) and of_something_else(probe, told):
        return None
    years = probe.question.years
    if first is not None and any(y in fold(first.text) and y not in fold(told) for y in years):
        return None  # what is to be by that year, and not all there is
    if listed_children(document, section):
        return list_asked(document, section, fold(probe.question.core))
    heads = run_in_heads(document, section)
    if heads:
        return list_of_heads(document, section, heads)
    return list_of_lines(document, section, fold(probe.question.core)) if body_lines(document, section) else None


_SAYS_WHO = re.compile(
    r"(?:部|局|委|厅|办|处|院|会|中心|公司|政府|单位|机构|小组)(?:[^，。；]{0,4}(?:负责|牵头|承担)|[：\n])"
)

_FIRST_STEPS = 3  #: of the best sentences, in whose sections steps are looked for


def _steps(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The paragraphs of the section on the procedure that the best sentences stand in, for a question that asks for its
    steps: whole where they are short, else by their first sentences. None where it has numbered parts or one paragraph."""
    if not ASKS_STEPS.search(probe.question.core):
        return None
    for candidate in [c for c in found if c.tells][:_FIRST_STEPS]:
        section = next((s for s in candidate.document.upwards(candidate.section) if STEPS_TITLE.search(s.title)), None)
        if section is None or listed_children(candidate.document, section):
            continue
        document = candidate.document
        paragraphs = [
            sentence_spans(document.text, a, b)
            for a, b in body_lines(document, section)
            if "|" not in document.text[a:b]
        ]
        if len(paragraphs) < 2:
            continue
        size = sum(b - a for spans in paragraphs for a, b in spans)
        # 申请。残疾儿童监护人…: what a paragraph is called says nothing without the sentence behind it.
        kept = paragraphs if size <= MAX_CHARACTERS else [_first_told(spans) for spans in paragraphs]
        lines = [line for spans in kept for line in _paragraph(document, spans)]
        return Draft(tuple(lines), method="section") if sum(len(x.text) for x in lines) <= 2 * MAX_CHARACTERS else None
    return None


def _first_told(spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """The first sentence of a paragraph, with the one behind it where it is no more than a name."""
    return spans[: 2 if spans[0][1] - spans[0][0] <= _NAME else 1]


def _paragraph(document: SourceDocument, spans: Sequence[tuple[int, int]]) -> list[Line]:
    """The sentences of a paragraph as one line where they may be quoted together, else one by one."""
    whole = (spans[0][0], spans[-1][1])
    said = [whole] if whole[1] - whole[0] <= MAX_QUOTE else spans
    return [Line(closed(document.text[a:b]), ((document.doc_id, a, b),)) for a, b in said]


_NAME = 12  #: characters of a sentence that is no more than what its paragraph is called


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


def _numbered_part(probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
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


def _called(probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The section that a question calls by what it is (物流行动), of the documents that it points at or that were found."""
    documents = list(dict.fromkeys(c.document for c in found))
    meant = called(probe.question.core, [d for d in documents if d.doc_id in probe.hinted] or documents)
    return None if meant is None else meant.place


#: Share of a question that a list it calls may leave unsaid: of any, and of one with as many members as it supposes.
_LEFT_OF_CALLED, _LEFT_OF_COUNTED = 0.35, 0.85
#: The members of any list, counted: 三个抓手, 四件事, 哪几块.
_COUNTS_MEMBERS = re.compile(
    r"(?:哪|几|[二三四五六七八九十两]|\d+)(?:大|个|项|条|方面|块|类|点|步|样|招|件)*(?:主要|重点|具体)?"
    r"(?:行动|措施|举措|任务|内容|工作|抓手|着力点|部分|方面|要求|建议|事(?!业|故|项目)|$|[?？,，])"
)


def _called_list(probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The list below the heading that a question calls by what it is, where it asks for nothing else."""
    question = probe.question
    core = fold(question.core)
    members = question.count is not None and _COUNTS_MEMBERS.search(core)
    asks = question.kinds & {"list", "count", "summary", "how"} and _ASKS_PARTS.search(core)
    meant = _called(probe, found) if asks or members or _ASKS_WHOLE.search(core) else None
    if meant is None:
        return None
    children = listed_children(*meant)
    counted = bool(members) and question.count == len(children)
    if len(children) < 2 or question.count not in (None, len(children)):
        return None
    return meant if _left_of(probe, *meant) <= (_LEFT_OF_COUNTED if counted else _LEFT_OF_CALLED) else None


_A_NUMBER = re.compile(r"[一二三四五六七八九十两几\d]+[个项条类种块点件样大]?")


def _left_of(probe: Probe, document: SourceDocument, section: Section) -> float:
    """The share of a question's words that neither the headings above a list nor its members say."""
    children = listed_children(document, section)
    around = fold("".join((document.header.title, *document.path(section), *(c.title for c in children))))
    beside = {
        w: v
        for w, v in probe.words.items()
        if w not in around
        and len(w) > 1
        and not (_MEMBERS.search(w) or _A_NUMBER.fullmatch(w) or _ASKS_WHOLE.search(w))
    }
    return sum(beside.values()) / (sum(probe.words.values()) or 1.0)


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
        follows = len(children) >= 2 and not candidate.document.text[candidate.end : children[0].start].strip()
        if follows and probe.question.count in (None, len(children)) and len(children) <= _MOST_MEMBERS:
            return candidate.document, section
    return _list_of_item(probe, best)


def _items_behind(probe: Probe, best: Candidate | None) -> Draft | None:
    """The best sentence, which announces them, with the first sentences of the items that stand behind it as sections of
    their own: 体现在以下几方面。 and then paragraphs that begin with 一是, 二是. None where it announces none."""
    if best is None or "list" not in probe.question.kinds or not ANNOUNCES.search(best.text):
        return None
    document, section = best.document, best.section
    if section is None or document.text[best.end : section.end].strip():
        return None
    row = [s for s in document.sections if s.parent == section.parent and s.start >= section.end and s.label]
    items: list[Section] = []
    for item in row:
        if item.number != len(items) + 1 or (not items and document.text[section.end : item.start].strip()):
            break
        items.append(item)
    count = probe.question.count
    if len(items) < 2 or (count is not None and count != len(items)):
        return None
    spans = [(best.start, best.end), *(heading_of(document, item) for item in items)]
    lines = [Line(closed(document.text[a:b]), ((document.doc_id, a, b),)) for a, b in spans]
    return Draft(tuple(lines), method="list") if sum(len(x.text) for x in lines) <= 2 * MAX_CHARACTERS else None


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
    for candidate in found[:_LOOKED_AT]:
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
    value = 1.0 if _is_named(probe, document, section) else title_share(section.title, core, idf)
    aspect = _ASPECT.search(core)
    if aspect and children and all(word in fold(section.title) for word in words(aspect[1]) if len(word) > 1):
        value = max(value, _OF_ASPECT)
    named = [c.title for c in children] or [document.text[a:b] for a, b in heads]
    if PRINCIPLES.search(core) and named and (heads and PRINCIPLES.search(section.title) or _hold_to(named)):
        value = max(value, _OF_PRINCIPLES)
    left = _left_of(probe, document, section)
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
_OF_PRINCIPLES = 0.9  #: value of a section of principles where principles are asked for, whatever it is called


def _hold_to(names: Sequence[str]) -> bool:
    return all(name.startswith("坚持") for name in names)


def _is_named(probe: Probe, document: SourceDocument, section: Section) -> bool:
    """Whether the question names the place of the section; 第三项 is no name of 第三章."""
    unit = re.search("[章节条款]$", section.label)
    by_unit = unit is None or unit[0] in fold(probe.question.core)
    return by_unit and section.index in probe.places.get(document.doc_id, frozenset())


def _is_called(section: Section, noun: str) -> bool:
    title = fold(section.title)
    return title.endswith(noun[:1]) or noun in title


def _short_lines(document: SourceDocument, section: Section) -> bool:
    """Whether a section is nothing but a few short lines: names, places, items without numbers."""
    body = document.text[max(section.start, section.heading[1]) : section.end]
    lines = [line for line in body.split("\n") if line.strip()]
    return bool(section.title) and len(lines) >= 2 and len(body) <= MAX_CHARACTERS and max(map(len, lines)) <= 60


# --- one member of a list -------------------------------------------------------------------------------------------

_NTH = re.compile(
    r"第([一二三四五六七八九十]{1,3}|\d{1,2})(?:个|条|项|点|种|类|方面|步|大)"
    r"|(倒数第[一二三]|最后)(?:一)?(?:个|条|项|点|种|方面|步)"
)


_ASKS_BELOW = re.compile(r"(?:下面?|里面?|之下)[^,，。?？]{0,4}(?:有|分|共|几|哪|包括|列)")


def answer_nth(probe: Probe, found: Sequence[Candidate], idf: Idf) -> Draft | None:
    """The n-th member of the list that a question names, with its text; how many there are where there is no n-th."""
    question = probe.question
    core = fold(question.core)
    step = _NTH.search(core)
    below = _numbered_part(probe, found) if _ASKS_BELOW.search(core) else None
    if below is not None:
        return list_of_children(*below)
    if step is None:
        return None
    meant = list_of_member(probe, found, idf, step)
    if meant is None:
        return None
    document, section = meant
    children = listed_children(document, section)
    if any(probe.places.values()) and not _bears_its_number(probe, document, section, children, step, idf):
        return None  # a place that bears the number itself (第五条) goes before the n-th of a list
    if not children:
        return _nth_line(document, section, step)
    if "条" in step.group() and any("条" in s.label for s in document.sections):
        return None  # in a document of articles 第九条 is an article, not the ninth of anything
    children = list_to(document, section, _number_meant(step, len(children)))
    number = _number_meant(step, len(children))
    if 1 <= number <= len(children):
        return Draft(
            tuple(section_lines(document, _further_down(document, children[number - 1], core, step))), method="nth"
        )
    # 指导意见 names a document, whatever section is headed so.
    whole = fold(section.title) in fold(document.header.title) or NAMES_DOCUMENT.fullmatch(section.title)
    named = not whole and title_share(section.title, core, idf) >= _NAMED_TO_DENY
    if not named or (probe.hinted and document.doc_id not in probe.hinted):
        return None  # another list may have it
    spans = [heading_of(document, child) for child in children]
    return _no_nth(document, section, spans, step)


NAMES_DOCUMENT = re.compile(r"(?:[\u4e00-\u9fff]{2})?(?:意见|办法|通知|方案|规划|计划|规定|决定|报告|条例|公告)")
_BETWEEN_STEPS = re.compile("(?:方面|部分|大)?(?:之?[的中里下]面?)*")


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
    return _titled_list(tail, found) or list_meant(replace(probe, question=asked, words=own), found, idf)


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
        start, end = lines[number - 1]
        return Draft((Line(closed(document.text[start:end]), ((document.doc_id, start, end),)),), method="nth")
    return _no_nth(document, section, lines, step)


def _no_nth(
    document: SourceDocument, section: Section, members: Sequence[tuple[int, int]], step: re.Match[str]
) -> Draft:
    """That a list has no n-th member, with all it has as what that rests on."""
    text = f"{quoted(section.title)}只有{len(members)}项，没有{step.group()}。"
    spans = tuple((document.doc_id, *member) for member in members)
    return Draft((Line(text, spans),), contradicts=True, method="nth")


def _titled_list(tail: str, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The list whose title the words begin with: 重点行动 of 第十二项重点行动."""
    for document in dict.fromkeys(c.document for c in found):
        for section in document.sections:
            title = fold(section.title)
            named = len(title) >= 2 and (tail.startswith(title) or title.endswith(tail[:2]))
            if named and len(listed_children(document, section)) >= 2:
                return document, section
    return None


def _number_meant(step: re.Match[str], size: int) -> int:
    """The position in a list of ``size`` that 第三项, 倒数第二条 or 最后一项 names; 0 when it is no number."""
    forwards, backwards = step.groups()
    if forwards:
        return number_of(forwards) or 0
    return size + 1 - (1 if backwards == "最后" else number_of(backwards[-1]) or 1)


# --- sections -------------------------------------------------------------------------------------------------------


#: How the content of a section is asked for that a question calls by what it is.
_ASKS_WHOLE = re.compile(
    r"(?:讲|说|写|规定|提|要求|部署|安排)(?:的|了|过|到)?(?:是|些)?(?:什么|啥|哪些|哪几)|(?:主要|什么|哪些)内容|要?(?:做|干|抓|办)(?:些|哪些|的是|哪)?(?:什么|啥|事)"
    r"|概括|概述|简述|捋一?[捋下遍]|理一?理|总结|归纳|梳理|小结|摘要|大意|要点|(?:行动|任务|措施|条|项|块|部分|章|节)(?:是|有|包括|包含)(?:些|哪些|哪几[个项条])?(?:什么|啥)?[?？]?$"
)


def answer_section(probe: Probe, found: Sequence[Candidate], idf: Idf) -> Draft | None:
    """What the section says that the question names, by its place or for a summary: its parts, or its text as far as
    it is short."""
    item = _item_of_list(probe, found) or _headed_so(probe, found)
    if item is not None:
        return content_of(*item)
    meant = _called(probe, found) if _ASKS_WHOLE.search(fold(probe.question.core)) else None
    if meant is not None and _left_of(probe, *meant) <= _LEFT_OF_CALLED:
        return content_of(*meant)
    summary = "summary" in probe.question.kinds
    # The name of the document says no more than where.
    title = fold(found[0].document.header.title) if found else ""
    own = [w for w in probe.words if len(w) > 1 and w not in title and not _OF_NUMBER.fullmatch(w)]
    placed = any(probe.places.values()) and len(own) <= _FEW_BESIDE
    if not summary and not placed:
        return None
    values = [
        (_section_value(probe, c, c.section, idf), c.section, c)
        for c in found[:_LOOKED_AT]
        if c.section is not None and (c.tells or c.is_heading)
    ]
    if not values:
        return None
    value, section, inside = max(values, key=lambda v: v[0])
    if value < (0.6 if summary else 1.0):
        return None
    return content_of(inside.document, section)


#: What a follow-up on an item of a list becomes (qa/followup.py): 保障措施中的加大资金投入具体是怎么说的.
_ITEM_OF_LIST = re.compile(r"(?P<of>[^,，]*?)中的(?P<title>[^,，?？]+?)具体是怎么说的")


#: What stands below a heading of a document: 甲市补贴办法的申报程序是什么.
_OF_HEADING = re.compile(
    r".{2,}的(?P<title>[^的,，?？]{3,12}?)(?:都|又|具体|一般)*(?:是什么|有哪些|是怎样的?|是怎么样的?|(?:是)?(?:如何|怎么)规定的?)[?？]*"
)


def _headed_so(probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The section of the one document that a question names which bears the very heading that it asks for."""
    asked = _OF_HEADING.fullmatch(fold(probe.question.core))
    if asked is None or len(probe.hinted) != 1:
        return None
    document = next((c.document for c in found if c.document.doc_id in probe.hinted), None)
    named = [s for s in document.sections if fold(s.title) == asked["title"]] if document is not None else []
    return (document, named[0]) if document is not None and len(named) == 1 else None


def _item_of_list(probe: Probe, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The section that is named together with the heading it stands below; None where several are, in one document."""
    asked = _ITEM_OF_LIST.match(fold(probe.question.core))
    if asked is None:
        return None
    for document in dict.fromkeys(c.document for c in found):
        named = [
            s
            for s in document.sections
            if s.parent is not None
            and own_words(fold(s.title)) == own_words(asked["title"])
            and len(above := fold(document.sections[s.parent].title)) >= 2
            and above in asked["of"]
        ]
        if len(named) == 1:
            return document, named[0]
    return None


_FEW_BESIDE = 2  #: words beside its number with which a question may name a place
_OF_NUMBER = re.compile(rf"第?[{HAN_NUMERALS}\d]+[条款项章节]?")  #: 第十, 十二 and 二条 of 第十二条


def content_of(document: SourceDocument, section: Section) -> Draft | None:
    """What a section says in short: what it begins with and its parts, or its text as far as it is short."""
    children = listed_children(document, section)
    if len(children) > 1:
        spans = sentence_spans(document.text, max(section.start, section.heading[1]), children[0].start)
        aim = next((s for s in spans[:1] if s[1] - s[0] <= _LONGEST_AIM and document.text[s[1] - 1] not in "：:"), None)
        lines = [] if aim is None else [Line(closed(document.text[slice(*aim)]), ((document.doc_id, *aim),))]
        return Draft((*lines, *list_of_children(document, section).lines), method="list")
    lines = section_lines(document, section)
    return Draft(tuple(lines), method="section") if lines else None


_LONGEST_AIM = 180  #: characters of the sentence that a section begins with, above its parts
_OF_A_SIDE = 160  #: characters that each of the sections compared is told in, its first sentence apart


def answer_sections(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """What the sections that a comparison names say, one after the other; None where it compares anything else, or asks
    for a figure, day or body."""
    question = probe.question
    if "compare" not in question.kinds or question.kinds & {"count", "when", "who", "duty", "whether"}:
        return None
    names = side_names(fold(question.core))
    documents = dict.fromkeys(c.document for c in found)
    for document in (d for d in documents if len(names) > 1 and (not probe.hinted or d.doc_id in probe.hinted)):
        sections = [titled(name, document) for name in names]
        meant = list(dict.fromkeys(section.index for section in sections if section is not None))
        if len(meant) == len(names):
            lines = [line for i in meant for line in _briefly(document, document.sections[i])]
            return Draft(tuple(lines), method="compare")
    return None


def _briefly(document: SourceDocument, section: Section) -> list[Line]:
    """The parts of a section, or its heading and what follows it as far as it is short."""
    if len(listed_children(document, section)) > 1:
        return list(list_of_children(document, section).lines)
    kept: list[Line] = []
    for line in section_lines(document, section):
        if len(kept) > 1 and sum(len(k.text) for k in kept) + len(line.text) > _OF_A_SIDE:
            break
        kept.append(line)
    return kept


def answer_summary(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """For a summary of something that no heading names: the text of the section that the best sentence stands in."""
    best = next((c for c in found if c.tells), None)
    if "summary" not in probe.question.kinds or best is None or best.section is None:
        return None
    section = best.section
    if not section.title and section.label:
        return _items_beside(best.document, section)
    if not section.title or listed_children(best.document, section):
        return None
    begin = section.start if best.end - section.start <= MAX_CHARACTERS else best.start
    lines = section_lines(best.document, replace(section, start=begin))
    return Draft(tuple(lines), method="section") if len(lines) > 1 else None


_MOST_BESIDE = 8  #: items that are told as one


def _items_beside(document: SourceDocument, section: Section) -> Draft | None:
    """An item without a heading with those beside it, in full: the cases of one article; None where they are many or long."""
    if section.parent is None:
        return None
    row = [s for s in document.children(document.sections[section.parent]) if s.kind == "body" and s.label]
    size = sum(s.end - s.start for s in row)
    if not 1 < len(row) <= _MOST_BESIDE or size > 2 * MAX_CHARACTERS or any(s.title for s in row):
        return None
    spans = [span for s in row for span in sentence_spans(document.text, s.start, s.end)]
    lines = tuple(Line(closed(document.text[a:b]), ((document.doc_id, a, b),)) for a, b in spans)
    return Draft(lines, method="section")


#: Questions for what a document is about, and what else they may hold.
_ABOUT = re.compile(
    r"(?:讲|说|规定|写|谈)(?:的|了)?(?:是|些)?(?:什么|啥|哪些(?:内容|方面)?)|(?:关于|有关)什么|(?:什么|主要|哪些)内容|什么主题|干(?:什么|啥)的|(?:是|叫|号)(?:个|份|一份)?(?:什么|啥)(?:文件|通知|办法|文(?!号)|名)"
)
_MOST_PARTS = 12


def answer_document(probe: Probe, documents: Sequence[SourceDocument]) -> Draft | None:
    """What a document that the question names is about: its title and the headings of its parts, or its first sentence.

    None where the question asks for anything in it.
    """
    core = fold(probe.question.core)
    named = [d for d in documents if d.doc_id in probe.named]
    # An excerpt and the whole have one number: the whole tells what it is about.
    document = max(named, key=lambda d: len(d.text), default=None)
    one = len(named) == 1 or len({d.header.number or d.doc_id for d in named}) == 1
    if document is None or not one or any(probe.places.values()) or not _ABOUT.search(core):
        return None
    itself = fold(f"{document.header.title}{document.header.issuer or ''}{document.header.number or ''}政府文件")
    itself += itself.replace("人民政府", "政府")
    if len([w for w in probe.words if len(w) > 1 and w not in itself]) > 1:
        return None
    lines: list[Line] = []
    title = re.search(r"\s*".join(map(re.escape, re.sub(r"\s", "", document.header.title))), document.text)
    if title is not None:
        lines.append(Line(closed(document.header.title), ((document.doc_id, *title.span()),)))
    parts = [s for s in document.children(None) if s.kind == "body" and s.label and s.title]
    if 2 <= len(parts) <= _MOST_PARTS:
        spans = tuple((document.doc_id, *heading_of(document, part)) for part in parts)
        told = "；".join(part.label + part.title for part in parts)
        lines.append(Line(f"分为{len(parts)}部分：{told}。", spans))
    else:
        spans_of = sentence_spans(document.text, title.end() if title else 0)
        first = next(
            (s for s in spans_of if len(document.text[slice(*s)]) > 25 and document.text[s[1] - 1] in "。；"), None
        )
        lines += [Line(closed(document.text[slice(*first)]), ((document.doc_id, *first),))] if first else []
    return Draft(tuple(lines), method="document") if lines else None


def _section_value(probe: Probe, candidate: Candidate, section: Section, idf: Idf) -> float:
    """How well the section of a sentence is the one that the question names."""
    value = title_share(section.title, fold(probe.question.core), idf) + 0.02 * candidate.score
    value += 1.5 * _is_named(probe, candidate.document, section)
    return value - 0.5 if probe.hinted and candidate.document.doc_id not in probe.hinted else value


# --- contents tables ------------------------------------------------------------------------------------------------

_CONTENTS = re.compile(
    r"章名|节名|目录|各章|各节|每章|每节"
    r"|(?<!第)(?:几|哪几|哪些|多少)[章节]|(?<![第一二三四五六七八九十])[二三四五六七八九十]+[章节]"
)
_CHAPTER = re.compile(r"第[一二三四五六七八九十\d]+章")


def answer_contents(probe: Probe, documents: Sequence[SourceDocument]) -> Draft | None:
    """Chapters, or the sections of one chapter, from a contents table; None when the question asks for none."""
    core = fold(probe.question.core)
    asked = _CONTENTS.search(core)
    if asked is None:
        return None
    unit = "节" if "节" in asked.group() else "章"
    chapter = _CHAPTER.search(core) if unit == "节" else None
    for document in documents:
        for section in document.sections:
            if section.kind != "toc":
                continue
            number = chapter.group() if chapter else _chapter_called(document, section, core) if unit == "节" else None
            entries = _entries(document, section, unit, number)
            if len(entries) >= 2:
                # The page number at the end of an entry is no part of the title.
                items = [re.sub(r"\s*\d+$", "", document.text[start:end].strip()) for _, start, end in entries]
                return Draft((Line(f"共{len(items)}{unit}：{'；'.join(items)}。", tuple(entries)),), method="contents")
    return _chapters(probe, documents) if unit == "章" and _HOW_MANY_CHAPTERS.search(core) else None


_HOW_MANY_CHAPTERS = re.compile(r"(?<!第)(?:几|哪几|哪些|多少)章")
_KIND_OF_DOCUMENT = re.compile(r"(?:条例|办法|规定|细则|规则|章程|规程)(?:（[^）]*）)?$")


def _chapters(probe: Probe, documents: Sequence[SourceDocument]) -> Draft | None:
    """The chapters of the one document that a question points at, or calls by what it is, where it asks for nothing else."""
    core = fold(probe.question.core)
    kinds = {d.doc_id: _KIND_OF_DOCUMENT.search(d.header.title) for d in documents}
    called = [d for d in documents if (kind := kinds[d.doc_id]) is not None and fold(kind.group()) in core]
    meant = [d for d in documents if d.doc_id in probe.hinted] or called
    if len(meant) != 1:
        return None
    (document,) = meant
    title = fold(document.header.title)
    if any(w not in title and not _OF_CHAPTERS.search(w) for w in probe.words if len(w) > 1):
        return None
    chapters = [s for s in document.sections if s.kind == "body" and s.label.endswith("章") and s.title]
    if len(chapters) < 2:
        return None
    spans = tuple((document.doc_id, *heading_of(document, s)) for s in chapters)
    told = "；".join(document.text[a:b].strip() for _, a, b in spans)
    return Draft((Line(f"共{len(chapters)}章：{told}。", spans),), method="contents")


_OF_CHAPTERS = re.compile("章|条|文件|一共|总共|分为|分成|全文")


_OF_CHAPTER = 4  #: characters of a chapter's title by which a question may call it


def _chapter_called(document: SourceDocument, contents: Section, core: str) -> str | None:
    """The number of the one chapter in a contents table that shares the longest stretch with a folded question: 第五章 of
    发展实践那一章. None where two share as much."""
    called: dict[str, int] = {}
    for row in re.findall(r"[^\n]+", document.text[contents.start : contents.end]):
        number = _CHAPTER.match(fold(row).strip())
        title = fold(row)[number.end() :] if number else ""
        words_of = re.findall(r"[\u4e00-\u9fffa-z0-9+]+", title)
        longest = max((longest_shared(word, core, _OF_CHAPTER) for word in words_of), default=0)
        if number is not None and longest:
            called[number.group()] = longest
    most = max(called.values(), default=0)
    best = [number for number, length in called.items() if length == most]
    return best[0] if len(best) == 1 else None


def _entries(document: SourceDocument, contents: Section, unit: str, chapter: str | None) -> list[Span]:
    """The entries of a contents table that are chapters or sections (``unit``), those of one chapter if it is given."""
    entry = re.compile(rf"\s*第\s*[一二三四五六七八九十\d]+\s*{unit}")
    entries: list[Span] = []
    inside = chapter is None
    for row in re.finditer(r"[^\n]+", document.text[contents.start : contents.end]):
        if entry.match(row.group()):
            if inside:
                entries.append((document.doc_id, contents.start + row.start(), contents.start + row.end()))
        elif chapter is not None:
            if inside:
                break
            inside = fold(row.group()).startswith(chapter)
    return entries
