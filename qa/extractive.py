"""Short answers in the documents' own words: the fewest sentences, headings or list items that answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.document import Section, SourceDocument
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.answer import RefusalReason
from qa.evidence import Candidate, Probe, match, title_share
from qa.patterns import fits_kind
from qa.question import Question, chinese_number, kinds_of
from qa.scope import Mention
from qa.verdict import verdict

Span = tuple[str, int, int]  #: doc_id, start, end
Similar = Callable[[str], Mapping[Span, float]]
"""Cosine of a text with each candidate sentence."""
Idf = Callable[[str], float]

MAX_CHARACTERS = 270  #: an answer of sentences stays below this
MAX_QUOTE = 200  #: sentences that follow one another are quoted together up to this length
_LIST_LIMIT = 40


@dataclass(frozen=True)
class Line:
    """One sentence of a draft and the spans of the documents that it rests on."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Draft:
    """What an engine proposes: lines in order, before marks are set and support is checked."""

    lines: tuple[Line, ...]
    contradicts: bool = False  #: the text denies what the question supposes
    method: str = "sentences"  #: which way of answering made it


@dataclass(frozen=True)
class Decline:
    """Why no answer is given, and the clauses that come nearest."""

    reason: RefusalReason
    text: str
    nearest: tuple[Span, ...] = ()


def closed(text: str) -> str:
    """A sentence with an end mark: a heading or clause gets 。, a closing ； or ， becomes one."""
    bare = text.strip().rstrip("；;，,、：:")
    return bare if re.search(r"[。！？!?…][”’」』）)]*$", bare) else bare + "。"


# --- sentences ------------------------------------------------------------------------------------------------------

#: A neighbour joins the best sentence when its score comes this near (fitted scores: e-fold odds), by what is asked.
_NEAR_ONE, _NEAR_MANY = 0.7, 1.6
#: A sentence that announces what the next ones hold.
_ANNOUNCES = re.compile(
    r"[：:]$|如下[。：:]?$|(?:有|为|分|分为|分成|包括|经历|存在|具有|至少有)[^，。]{0,12}?(?:[二三四五六七八九十两几]|\d+)(?:种|个|类|项|条|方面|阶段|步|大|层|级|点|部分)[^，。；]{0,12}[。：:]?$"
    r"|之一的[，,：:]?"
)
_MANY = frozenset({"list", "summary", "how", "compare"})
_ITEM = re.compile(r"^(?:第?[一二三四五六七八九十]+(?:是|种|类|步|，|、)|首先|其次|再次|最后|[①-⑳]|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、)]|——|[A-Za-z][(（]|[A-Z]类)")


def answer_sentences(probe: Probe, found: Sequence[Candidate], similar: Similar) -> Draft | None:
    """The best sentence with the neighbours that belong to its answer, and the best for each further part."""
    telling = [c for c in found if c.tells]
    if not telling:
        return None
    best = telling[0]
    group = _with_neighbours(best, telling, probe.question)
    if probe.question.kinds & _MANY:
        # A sentence beside the best one may announce the list that was asked for.
        group = next((series for c in sorted(group, key=lambda c: -c.score) if (series := _series(c))), group)
    groups = [group]
    if len(probe.question.parts) > 1:
        for part in probe.question.parts:
            other = _best_for_part(part, probe, telling, groups, similar)
            if other is not None:
                groups.append([other])
    return Draft(tuple(lines_of(_fitted(groups))))


def _with_neighbours(best: Candidate, telling: Sequence[Candidate], question: Question) -> list[Candidate]:
    """The best sentence and what stands next to it and answers too, in reading order."""
    many = bool(question.kinds & _MANY) or len(question.parts) > 1
    near = _NEAR_MANY if many else _NEAR_ONE
    group = [best]
    order = sorted((c for c in telling if c.passage is best.passage), key=lambda c: c.start)
    at = order.index(best)
    left, right = at - 1, at + 1
    while True:
        options = [order[i] for i in (left, right) if 0 <= i < len(order)]
        options = [
            c
            for c in options
            if c.score >= best.score - near
            and _adjoin(c, group)
            and sum(len(g.text) for g in group) + len(c.text) <= MAX_QUOTE
        ]
        if not options:
            return sorted(group, key=lambda c: c.start)
        chosen = max(options, key=lambda c: c.score)
        group.append(chosen)
        if left >= 0 and chosen is order[left]:
            left -= 1
        else:
            right += 1


def _adjoin(candidate: Candidate, group: Sequence[Candidate]) -> bool:
    """Whether nothing but white space stands between the candidate and the group."""
    text = candidate.document.text
    first, last = min(g.start for g in group), max(g.end for g in group)
    between = text[candidate.end : first] if candidate.end <= first else text[last : candidate.start]
    return not between.strip()


def _series(best: Candidate) -> list[Candidate]:
    """The run of items that a sentence announces or is part of, with what announces it; none when there is no run.

    一是…；二是…；三是…。, 如下：(一)…(二)…, or the members of one long sentence parted by semicolons.
    """
    text = best.document.text
    section = best.section
    low, high = (section.start, section.end) if section is not None else (0, len(text))
    spans = sentence_spans(text, max(low, best.start - 3 * MAX_CHARACTERS), min(high, best.end + 4 * MAX_CHARACTERS))
    at = next((i for i, (start, end) in enumerate(spans) if start <= best.start < end), None)
    if at is None:
        return []

    def joined(i: int) -> bool:
        """Whether sentence i and the one after it belong to one run."""
        before, after = text[slice(*spans[i])].rstrip(), text[slice(*spans[i + 1])]
        if before[-1] in "；;":
            # Members of a sentence make a run when they are numbered or when it announced them with a colon.
            opening = text[max(0, spans[i][0] - 250) : spans[i][1]].rsplit("。", 1)[-1]
            return bool(_ITEM.match(after)) or "：" in opening or ":" in opening
        return before[-1] in "：:" or bool(_ITEM.match(after) and (_ITEM.match(before) or _ANNOUNCES.search(before)))

    first = last = at
    while first > 0 and joined(first - 1):
        first -= 1
    while last + 1 < len(spans) and joined(last):
        last += 1
    run = spans[first : last + 1]
    ordinals = _ordinal_items(text, spans, at)
    if len(ordinals) > len(run):
        run = ordinals
    while len(run) > 1 and sum(end - start for start, end in run) > MAX_CHARACTERS + 20:
        # Too long to give whole: what stands farthest from the best sentence goes.
        run = run[:-1] if run[-1][0] > best.start else run[1:]
    if len(run) < 2:
        return []
    return [replace(best, start=start, end=end, text=text[start:end]) for start, end in run]


_ORDINAL = re.compile(r"^第([一二三四五六七八九])(?=[种类是步代阶个，、])|^([一二三四五六七八九])是|^(首先|其次|再次|最后)")
_STEPS = {"首先": 1, "其次": 2, "再次": 3, "最后": 4}


def _ordinal_items(text: str, spans: Sequence[tuple[int, int]], at: int) -> list[tuple[int, int]]:
    """第一种…, 第二种…, 第三种… around the sentence ``at``, other sentences between them left out, with the sentence
    before the first where it announces them."""
    items: list[tuple[int, int]] = []
    before: tuple[int, int] | None = None
    expected = 1
    for i, (start, end) in enumerate(spans):
        mark = _ORDINAL.match(text[start:end])
        if mark is None:
            continue
        number = _STEPS.get(mark.group(3) or "") or chinese_number(mark.group(1) or mark.group(2) or "") or 0
        if number == 1 and not items:
            before = spans[i - 1] if i > 0 and _ANNOUNCES.search(text[slice(*spans[i - 1])].rstrip()) else None
        if number == expected or (mark.group(3) == "最后" and items):
            items.append((start, end))
            expected += 1
    if len(items) < 2 or not (items[0][0] - 200 <= spans[at][0] <= items[-1][1]):
        return []
    return [before, *items] if before else items


def _best_for_part(
    part: str,
    probe: Probe,
    telling: Sequence[Candidate],
    groups: Sequence[Sequence[Candidate]],
    similar: Similar,
) -> Candidate | None:
    """A sentence that answers a part clearly better than those chosen; None if there is none near enough."""
    cosine = similar(part)
    kinds = kinds_of(part)
    folded_part = fold(part)
    said = {w: v for w, v in probe.words.items() if w in folded_part} or dict(probe.words)
    total = sum(said.values()) or 1.0
    first = telling[0]

    def value(c: Candidate) -> float:
        text = fold(c.text)
        near = c.document.doc_id == first.document.doc_id and abs(c.start - first.start) < 600
        return (
            20 * cosine.get((c.document.doc_id, c.start, c.end), 0.0)
            + 2.0 * sum(v * match(w, probe, text) for w, v in said.items()) / total
            + 1.0 * fits_kind(kinds, part, text)
            + 0.5 * c.score
            + (0.5 if near else 0.0)
        )

    chosen = [c for group in groups for c in group]
    best = max(telling[:60], key=value)
    held = max((value(c) for c in chosen), default=-99.0)
    if any(best.start < c.end and c.start < best.end and c.document is best.document for c in chosen) or value(best) < held + 0.3:
        return None
    return best if best.score > first.score - 3.5 else None


def _fitted(groups: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """Groups, later ones left out where the answer would grow too long."""
    kept: list[list[Candidate]] = []
    used = 0
    for group in groups:
        size = sum(len(c.text) for c in group)
        if not kept or used + size <= MAX_CHARACTERS:
            kept.append(list(group))
            used += size
    return kept


def lines_of(groups: Sequence[Sequence[Candidate]], lead: str = "") -> list[Line]:
    """A line for each sentence. Sentences that follow one another share a quote, up to MAX_QUOTE characters."""
    lines: list[Line] = []
    for group in groups:
        doc_id = group[0].document.doc_id
        doc = group[0].document.text
        whole = (doc_id, group[0].start, group[-1].end)
        gapless = all(not doc[a.end : b.start].strip() for a, b in pairwise(group))
        together = gapless and whole[2] - whole[1] <= MAX_QUOTE
        for candidate in group:
            span = whole if together else (doc_id, candidate.start, candidate.end)
            lines.append(Line(closed(candidate.text), (span,)))
    if lead and lines:
        lines[0] = replace(lines[0], text=lead + lines[0].text)
    return lines


# --- yes or no ------------------------------------------------------------------------------------------------------


def answer_whether(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The first sentence near the best that settles a yes/no question, after the word that says so.

    None for other questions, and where no sentence settles it.
    """
    if "whether" not in probe.question.kinds:
        return None
    telling = [c for c in found if c.tells]
    for candidate in telling[:3]:
        if candidate.score < telling[0].score - 1.0:
            break
        said = verdict(probe.question.core, candidate.text)
        if said is not None:
            lead, denies = said
            lines = lines_of([[candidate]], lead + "，")
            return Draft(tuple(lines), contradicts=denies, method="whether")
    return None


# --- comparisons ----------------------------------------------------------------------------------------------------

_SIDES = re.compile(
    r"^(.{0,12}?[,，]|.{0,8}(?:说|里|中|的))?([^,，、]{2,16}?)(?:、([^,，、]{2,14}?))?(?:和|与|跟|同|比|、)([^,，、]{2,16}?)(?=[两三四]|各|的?(?:区别|差别|不同|差异)|[,，]|哪|相比|比|分别|有什么|之间|做|在)(.*)$"
)


def _sides(core: str) -> list[str]:
    """The question asked of each side of "甲和乙有什么不同": 甲有什么不同, 乙有什么不同; none when it names no sides."""
    found = _SIDES.search(core)
    if found is None:
        return []
    lead, *sides, rest = found.groups()
    return [f"{lead or ''}{side}{rest}" for side in sides if side]


def answer_compare(
    probe: Probe, found: Sequence[Candidate], mentions: Sequence[Mention], similar: Similar
) -> Draft | None:
    """The best sentence of each side of a comparison: documents pointed at, else things named, else documents that differ."""
    question = probe.question
    if "compare" not in question.kinds:
        return None
    telling = [c for c in found if c.tells]
    chosen: list[Candidate] = []
    if len(mentions) >= 2:
        for mention in mentions[:3]:
            own = [c for c in telling if c.document.doc_id in mention.doc_ids]
            chosen += own[:1]
    else:
        for side in _sides(fold(question.core)):
            free = [c for c in telling if c not in chosen]
            other = _best_for_part(side, probe, free, [], similar) if free else None
            if other is not None:
                chosen.append(other)
    if len(chosen) < 2 and re.search(r"各怎么说|哪(?:个|种)说法|说法(?:不一|不同)|(?:资料|材料|文件|来源).{0,12}不(?:一样|同|一致)|到底是|怎么不一样|口径", question.core):
        for c in telling:
            if all(c.document.doc_id != o.document.doc_id for o in chosen) and c.score > telling[0].score - 2.5:
                chosen.append(c)
            if len(chosen) == 3:
                break
    chosen = list(dict.fromkeys(chosen))
    if len(chosen) < 2:
        return None
    kept = _fitted([[c] for c in chosen])
    lines = []
    several = len({c.document.doc_id for (c,) in kept}) > 1
    for (candidate,) in kept:
        lead = f"{_name(candidate.document)}：" if several else ""
        lines += lines_of([[candidate]], lead)
    return Draft(tuple(lines), method="compare") if len(kept) > 1 else None


def _name(document: SourceDocument) -> str:
    title = document.header.title
    return f"《{title}》" if "《" not in title else title


# --- lists and sections ---------------------------------------------------------------------------------------------

_ASKS_PARTS = re.compile(
    r"(?:哪|几|[二三四五六七八九十两]|\d+)(?:大|小|个|项|条|方面|章|节|块|类|层|点|步|部分|种)+|哪些|分别|包括|列出|列举|构成|分为|分成|标题|名称"
)


def answer_list(probe: Probe, found: Sequence[Candidate], idf: Idf) -> Draft | None:
    """The complete list below the heading that the question names; None when it names none."""
    meant = list_meant(probe, found, idf)
    if meant is None:
        return None
    document, section = meant
    if listed_children(document, section):
        return list_of_children(document, section)
    return Draft(tuple(_section_lines(document, section, found[0])), method="list")


def list_meant(probe: Probe, found: Sequence[Candidate], idf: Idf) -> tuple[SourceDocument, Section] | None:
    """The section whose children a question asks to be listed or counted; None when there is none."""
    question = probe.question
    if not (question.kinds & {"list", "count", "summary", "how"}) or not _ASKS_PARTS.search(question.core):
        return None
    best: tuple[float, SourceDocument, Section] | None = None
    seen: set[tuple[str, int]] = set()
    for candidate in found[:80]:
        section = candidate.section
        while section is not None:
            key = (candidate.document.doc_id, section.index)
            if key not in seen:
                seen.add(key)
                value = _list_value(probe, candidate.document, section, idf)
                if value > 0 and candidate is found[0] and candidate.section is section and _ANNOUNCES.search(candidate.text):
                    value += 0.3
                if best is None or value > best[0]:
                    best = (value, candidate.document, section)
            section = None if section.parent is None else candidate.document.sections[section.parent]
    if best is None or best[0] < _LIST_TAKEN:
        return None
    return best[1], best[2]


_LIST_TAKEN = 0.7
#: Words for the members of a list; they say nothing of what the list is about.
_MEMBERS = re.compile(r"行动|措施|方面|部分|任务|内容|要求|原则|建议|特征|特点|问题|标题|名称|名字|题目|小条|大块|条目|组成|构成|主要|具体|重点|分为|分成|包括|列出")
_MEMBER_NOUN = re.compile(r"(?:哪些|哪几(?:大|个|项|条|种)?|(?:几|[二三四五六七八九十]|\d{1,2})(?:大|个|项|条|种)?)(?:不同的|主要|重点)?([\u4e00-\u9fff]{1,4})")


def _list_value(probe: Probe, document: SourceDocument, section: Section, idf: Idf) -> float:
    """How well the children of a section make the list asked for: its title said in the question, little said beside
    it, as many children as the question supposes, children of the kind it names."""
    children = listed_children(document, section)
    if not children and ("count" in probe.question.kinds or not _short_lines(document, section)):
        return 0.0
    if children and not 2 <= len(children) <= _LIST_LIMIT:
        return 0.0
    core = fold(probe.question.core)
    named = section.index in probe.places.get(document.doc_id, frozenset())
    value = 1.0 if named else title_share(section.title, core, idf)
    around = fold("".join((document.header.title, *document.path(section), *(c.title for c in children))))
    beside = {w: v for w, v in probe.words.items() if w not in around and not _MEMBERS.search(w) and len(w) > 1}
    value -= 0.5 * sum(beside.values()) / (sum(probe.words.values()) or 1.0)
    if children and max(title_share(c.title, core, idf) for c in children) >= 0.6:
        value -= 0.6  # the question is about one of them, not about all
    if probe.question.count is not None and children:
        value += 0.4 if len(children) == probe.question.count else -0.3
    noun = _MEMBER_NOUN.search(core)
    if noun and sum(fold(c.title).endswith(noun.group(1)[:1]) or noun.group(1) in fold(c.title) for c in children) >= 0.6 * len(children):
        value += 0.3
    if probe.hinted:
        value += 0.1 if document.doc_id in probe.hinted else -0.5
    return value


def _titled_list(tail: str, found: Sequence[Candidate]) -> tuple[SourceDocument, Section] | None:
    """The list whose title the words begin with: 重点行动 of 第十二项重点行动."""
    for document in dict.fromkeys(c.document for c in found):
        for section in document.sections:
            title = fold(section.title)
            named = len(title) >= 2 and (tail.startswith(title) or title.endswith(tail[:2]))
            if named and len(listed_children(document, section)) >= 2:
                return document, section
    return None


_NTH = re.compile(r"第([一二三四五六七八九十]{1,3}|\d{1,2})(?:个|条|项|点|种|类|方面|步|大)|(倒数第[一二三]|最后)(?:一)?(?:个|条|项|点|种|方面|步)")


def answer_nth(probe: Probe, found: Sequence[Candidate], idf: Idf) -> Draft | None:
    """The n-th member of the list that a question names, with its text; the number of members where there is no n-th."""
    question = probe.question
    step = _NTH.search(fold(question.core))
    if step is None:
        return None
    asked = replace(probe, question=replace(question, core=question.core + "哪些", kinds=question.kinds | {"list"}, count=None))
    tail = fold(question.core)[step.end() :].lstrip("的")
    meant = _titled_list(tail, found) or list_meant(asked, found, idf)
    if meant is None:
        return None
    document, section = meant
    children = listed_children(document, section)
    if step.group(2):
        back = chinese_number(step.group(2)[-1]) if step.group(2) != "最后" else 1
        number = len(children) + 1 - (back or 1)
    else:
        number = chinese_number(step.group(1)) or 0
    if not 1 <= number <= len(children):
        span = (document.doc_id, *(children[-1].heading if children[-1].title else _first_sentence(document, children[-1])))
        name = section.title if "“" in section.title else f"“{section.title}”"
        return Draft((Line(f"{name}只有{len(children)}项，没有第{step.group(1)}项。", (span,)),), contradicts=True, method="nth")
    return Draft(tuple(_section_lines(document, children[number - 1], found[0])), method="nth")


def _short_lines(document: SourceDocument, section: Section) -> bool:
    """Whether a section is nothing but a few short lines: names, places, items without numbers."""
    body = document.text[max(section.start, section.heading[1]) : section.end]
    lines = [line for line in body.split("\n") if line.strip()]
    return bool(section.title) and len(lines) >= 2 and len(body) <= MAX_CHARACTERS and max(map(len, lines)) <= 60


def listed_children(document: SourceDocument, section: Section) -> list[Section]:
    """The children of a section that have a title or number; a figure among them is none."""
    return [c for c in document.children(section) if (c.title or c.label) and c.kind == section.kind]


def list_of_children(document: SourceDocument, section: Section) -> Draft:
    """“标题”共 n 项：甲；乙；丙。 each item cited at its own heading."""
    children = listed_children(document, section)
    items: list[str] = []
    spans: list[Span] = []
    for child in children:
        start, end = child.heading if child.heading[1] > child.heading[0] else _first_sentence(document, child)
        items.append(document.text[start:end].strip().rstrip("。；;，,"))
        spans.append((document.doc_id, start, end))
    name = section.title or document.header.title
    quoted = name if "“" in name or "《" in name else f"“{name}”"
    return Draft((Line(f"{quoted}共{len(items)}项：{'；'.join(items)}。", tuple(spans)),), method="list")


def answer_section(probe: Probe, found: Sequence[Candidate], idf: Idf) -> Draft | None:
    """What the section says that the question names, by its place or for a summary: its parts, or its text as far as
    it is short."""
    question = probe.question
    placed = any(probe.places.values()) and len([w for w in probe.words if len(w) > 1]) <= 3
    if "summary" not in question.kinds and not placed:
        return None
    core = fold(question.core)
    best: tuple[float, Candidate] | None = None
    for candidate in found[:80]:
        if candidate.section is not None and (candidate.tells or candidate.is_heading):
            inside = candidate.section.index in probe.places.get(candidate.document.doc_id, frozenset())
            value = title_share(candidate.section.title, core, idf) + 0.02 * candidate.score + 1.5 * inside
            if probe.hinted and candidate.document.doc_id not in probe.hinted:
                value -= 0.5
            if best is None or value > best[0]:
                best = (value, candidate)
    if best is None or best[0] < (1.0 if "summary" not in question.kinds else 0.6):
        return None
    document, section = best[1].document, best[1].section
    assert section is not None
    if len(listed_children(document, section)) > 1:
        return list_of_children(document, section)
    lines = _section_lines(document, section, best[1])
    return Draft(tuple(lines), method="section") if lines else None


def _section_lines(document: SourceDocument, section: Section, like: Candidate) -> list[Line]:
    """The heading of a section and its text from the beginning, up to MAX_CHARACTERS."""
    group: list[Candidate] = []
    for start, end in sentence_spans(document.text, section.start, section.end):
        if group and end - section.start > MAX_CHARACTERS:
            break
        group.append(replace(like, document=document, section=section, start=start, end=end, text=document.text[start:end]))
    return lines_of([group])


_CONTENTS = re.compile(r"章名|节名|目录|(?:几|哪几|哪些|多少|[二三四五六七八九十])章|(?:几|哪几|哪些|多少|[二三四五六七八九十])节|各章|各节|每章|每节")


def answer_contents(probe: Probe, documents: Sequence[SourceDocument]) -> Draft | None:
    """Chapters, or the sections of one chapter, from a contents table; None when the question asks for none."""
    core = fold(probe.question.core)
    asked = _CONTENTS.search(core)
    if asked is None:
        return None
    unit = "节" if "节" in asked.group() else "章"
    for document in documents:
        for section in document.sections:
            if section.kind != "toc":
                continue
            rows = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", document.text[section.start : section.end])]
            rows = [(section.start + a, section.start + b) for a, b in rows]
            chapter = re.search(r"第[一二三四五六七八九十\d]+章", core)
            if unit == "节" and chapter:
                begin = next((i for i, r in enumerate(rows) if fold(document.text[slice(*r)]).startswith(chapter.group())), None)
                if begin is None:
                    continue
                rest = rows[begin + 1 :]
                stop = next((i for i, r in enumerate(rest) if not document.text[slice(*r)].lstrip().startswith("第") or "节" not in document.text[slice(*r)][:5]), len(rest))
                rows = rest[:stop]
            else:
                rows = [r for r in rows if re.match(rf"\s*第[一二三四五六七八九十\d]+{unit}", document.text[slice(*r)])]
            if len(rows) >= 2:
                # The page number at the end of an entry is no part of the title.
                items = [re.sub(r"\s*\d+$", "", document.text[a:b].strip()) for a, b in rows]
                spans = tuple((document.doc_id, a, b) for a, b in rows)
                return Draft((Line(f"共{len(rows)}{unit}：{'；'.join(items)}。", spans),), method="contents")
    return None


def _first_sentence(document: SourceDocument, section: Section) -> tuple[int, int]:
    spans = sentence_spans(document.text, section.start, section.end)
    return spans[0] if spans else (section.start, section.end)
