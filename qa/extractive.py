"""Short answers in the documents' own words: the fewest sentences that answer, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from corpus.document import Section, SourceDocument
from corpus.labels import number_of, without_reply
from corpus.sentences import line_span, sentence_spans
from corpus.table_rows import is_form, is_head
from index.tokens import fold, word_spans
from qa.amendments import ANNOUNCES_CHANGES, as_amended
from qa.amounts import Amount, amounts, amounts_asked, fits
from qa.answer import RefusalReason
from qa.claim import Claim, case_of, read_claim
from qa.evidence import READ, Candidate, Probe, around, brought, coverage, is_formula, match, weight_held
from qa.followup import rewrite
from qa.patterns import DATE, fits_kind, other_class, tells_figure
from qa.question import Question, kinds_of
from qa.scope import Mention
from qa.verdict import verdict
from qa.verdict_figures import by_date
from qa.verdict_guard import own_part
from qa.verdict_words import naming_words, says_no, stands_in

Span = tuple[str, int, int]  #: doc_id, start, end
Similar = Callable[[str], Mapping[Span, float]]
"""Cosine of a text with each candidate sentence."""
#: What a reader says of sentences: log odds that each answers a question.
Read = Callable[[str, Sequence[Candidate]], Sequence[float]]
#: The verdict (qa.verdict) on a question of a text that stands at a sentence's place, with a reader's help.
Judge = Callable[[str, Candidate, str], tuple[str, bool] | None]
#: What log odds count for where a sentence is sought for one part of a question.
_READ_FOR_PART = 0.25
#: What is taken off for a sentence that speaks of 三级 where a part asks about 一级.
_OTHER_CLASS = 4.0


def unread(question: str, sentences: Sequence[Candidate]) -> Sequence[float]:
    """What is said of sentences where there is no reader."""
    return [0.0] * len(sentences)


MAX_CHARACTERS = 270  #: an answer of sentences stays below this
MAX_QUOTE = 200  #: sentences that follow one another are quoted together up to this length


#: Draft methods that give a complete list; and all those that give something whole, none of which may be lost when a
#: language model puts it in its own words.
LISTS = frozenset(("duty", "list", "contents", "nth", "counted", "section", "rows"))
WHOLE = LISTS | frozenset(
    "document metadata relation attachments appointments definition label cell years figure dispute".split()
)


@dataclass(frozen=True)
class Line:
    """One sentence of a draft and the spans of the documents that it rests on."""

    text: str
    spans: tuple[Span, ...]
    frame: str = ""  #: words of the question that it may use beside those of its spans
    read: bool = False  #: a sentence in other words that its spans were read to bear (index.entailment)


@dataclass(frozen=True)
class Draft:
    """What an engine proposes: lines in order, before marks are set and support is checked."""

    lines: tuple[Line, ...]
    contradicts: bool = False  #: the text denies what the question supposes
    method: str = "sentences"  #: which way of answering made it
    notes: tuple[str, ...] = ()  #: what a reader should know that the documents do not say


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
_NEAR_ONE, _NEAR_MANY, _NEAR_STEPS = 0.7, 1.6, 3.0
#: Questions for what follows one another.
ASKS_STEPS = re.compile(
    r"[哪几](?:[几个一]|多少)*(?:大|小|个)?(?:步|环节|道(?:手续|程序|流程|关))|步骤|流程|从头到尾|(?:全|整个)过程|一步步|一步一步|逐级|层层|一级一级|先后|依次"
)
#: A sentence that announces what the next ones hold.
ANNOUNCES = re.compile(
    r"[：:]$|如下[。：:]?$"
    r"|(?:有|为|分|分为|分成|包括|经历|存在|具有|至少有|提出|部署|开列)[^，。]{0,12}?"
    r"(?:[二三四五六七八九十两几]|\d+)(?:种|个|类|项|条|方面|阶段|步|大|层|级|点|部分)[^，。；]{0,12}[。：:]?$"
    r"|之一的[，,：:]?"
)
#: An announcement with the first of its items, where a document has no line breaks: 有下列情形之一的：（一）…；
#: The same without numbers, its first item behind the colon: 符合下列条件之一：取得甲证；
_OPENS_SERIES = re.compile(
    r"(?:下列|以下|如下)[^。；]*[：:]\s*(?:[（(][一1１][)）]|[1１][.．、]|①|一是)|(?:下列|以下|如下)[^。；：:]*[：:][^。；：:]{2,}[；;]$"
)
_MANY = frozenset({"list", "summary", "how", "compare"})
#: What asks for the cases in which something is done, of which one is no answer.
ASKS_CASES = re.compile("(?:什么|哪些|哪几种|啥)(?:样的)?(?:特殊)?(?:情况|情形)")
#: How a member of a series begins.
_ITEM = re.compile(
    r"^(?:第?[一二三四五六七八九十]+(?:是|种|类|步|，|、)|首先|其次|再次|最后"
    r"|[①-⑳]|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、)]|——|[A-Za-z][(（]|[A-Z]类)"
)


def answer_sentences(probe: Probe, found: Sequence[Candidate], similar: Similar, read: Read = unread) -> Draft | None:
    """The best sentence with the neighbours that belong to its answer, and the best for each further part."""
    telling = [c for c in found if c.tells]
    if not telling:
        return None
    best = telling[0]
    group = _with_neighbours(best, telling, probe)
    dated = probe.question.kinds == {"when"} and DATE.search(fold(best.text))  # 每年3月1日前报送下列材料： says when
    opens = best.text.rstrip()[-1:] in "：:" or _OPENS_SERIES.search(best.text)
    cases = bool(ASKS_CASES.search(probe.question.core)) and not probe.question.kinds & _ONE_THING
    if probe.question.kinds & _MANY or (opens and not dated) or cases:
        # A sentence beside the best one may announce the list that was asked for.
        complete = (cases or bool(probe.question.kinds & {"list", "summary"})) and "how" not in probe.question.kinds
        ranked = sorted(group, key=lambda c: -c.score)
        group = next((series for c in ranked if (series := series_of(c, complete=complete))), group)
    opening = announced_by(best) if len(group) == 1 else None
    alone = len(best.text) <= _SHORT_LINE or _BARE_CASE.search(best.text.rstrip())
    if opening is not None and alone and opening.end - opening.start <= 2 * _SHORT_LINE:
        group = [opening, best]  # an item alone says nothing: 以下设备不纳入共享：诊疗设备。
    group = _named_member(group, best, probe, read)
    groups = [group]
    if len(probe.question.parts) > 1:
        for part in whole_parts(probe.question.parts):
            other = _best_for_part(part, probe, telling, groups, similar, read)
            if other is not None:
                groups.append([other])
    return Draft(tuple(lines_of(_fitted(groups))))


#: A case without what follows from it: 超过限定吨位百分之三十的；
_BARE_CASE = re.compile("的[；;。]?$")
#: By how much the log odds of a member of a series have to be ahead of all others to be told alone.
_FAR_AHEAD = 4.0


def _named_member(group: list[Candidate], best: Candidate, probe: Probe, read: Read) -> list[Candidate]:
    """The best sentence alone where it is the one of a series that the question names by what it begins with (甲市…；
    乙市…；丙市…。), and it is read to answer far better than the others; else the group as it is."""
    others = [c for c in group if c.start != best.start]
    listed = (
        ANNOUNCES.search(best.text.rstrip())
        or _OPENS_SERIES.search(best.text)
        or any(_ITEM.match(c.text) for c in others)
    )
    if len(others) < 2 or read is unread or listed:
        return group
    core = fold(probe.question.core)
    own, *beside = (_begins_with(c) for c in (best, *others))
    if not own or own not in core or any(word in core for word in beside) or len(set(beside)) < len(beside):
        return group
    odds = read(probe.question.core, others)
    return [best] if best.odds >= max(odds) + _FAR_AHEAD else group


def _begins_with(candidate: Candidate) -> str:
    """The first word of a sentence behind its number, folded."""
    text = fold(candidate.text)
    mark = _ITEM.match(text)
    bare = text[mark.end() if mark else 0 :].lstrip("、,，:：)")
    return bare[: word_spans(bare)[0][1]] if bare else ""


def whole_parts(parts: Sequence[str]) -> list[str]:
    """The parts of a question, each with what it takes over from the one before.

    >>> whole_parts(["一级响应由谁启动?", "三级的呢?"])
    ['一级响应由谁启动?', '三级响应由谁启动?']
    """
    whole = list(parts[:1])
    for part in parts[1:]:
        rewritten = rewrite(part, [(whole[-1], "")]).standalone
        whole.append(rewritten if len(rewritten) > len(part) else part)
    return whole


#: Share of an earlier answer that a sentence holds which was most likely given for it.
TOLD_AGAIN = 0.6


def _with_neighbours(best: Candidate, telling: Sequence[Candidate], probe: Probe) -> list[Candidate]:
    """The best sentence and what stands next to it and answers too, in reading order. What has been told and says
    nothing of what a follow-up brings does not answer again."""
    question, new = probe.question, brought(probe)
    # Figures all told by one sentence need none beside it.
    whole = "count" in question.kinds and coverage(probe, fold(best.text)) >= _ALL and tells_figure(fold(best.text))
    many = asks_for_several(question) and not whole
    open_ended = not question.kinds & _ONE_THING
    near = _NEAR_STEPS if ASKS_STEPS.search(question.core) else _NEAR_MANY if many else _NEAR_ONE
    group = [best]
    order = sorted((c for c in telling if c.passage is best.passage), key=lambda c: c.start)
    at = order.index(best)
    left, right = at - 1, at + 1
    while True:
        options = [order[i] for i in (left, right) if 0 <= i < len(order)]
        options = [
            c
            for c in options
            if (
                c.score >= best.score - near or ((many or (open_ended and _alike(c, best))) and _one_sentence(c, group))
            )
            and _adjoin(c, group)
            and not _is_address(c.text)
            and not other_class(fold(question.core), fold(c.text))
            and (c.feature("told") < TOLD_AGAIN or weight_held(new, probe, fold(c.text)))
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


_ALL = 0.99  #: of what a question says


#: Kinds of questions that one statement answers: a person, a figure, a day, yes or no.
_ONE_THING = {"who", "count", "when", "whether", "duty", "metadata"}


def _alike(one: Candidate, other: Candidate) -> bool:
    """Whether two clauses of a sentence say the same of different things: 缺乏甲；缺乏乙."""
    last = [re.split("[，,]", c.text.strip())[-1][:2] for c in (one, other)]
    return last[0] == last[1]


def asks_for_several(question: Question) -> bool:
    """Whether an answer is likely to need more than one statement."""
    return (
        bool(question.kinds & _MANY)
        or bool(ASKS_STEPS.search(question.core))
        or len(question.parts) > 1
        or len(question.years) > 1
        or bool(re.search(r"各|分别|两[个者种类项]", question.core))
    )


def _is_address(text: str) -> bool:
    """Whether a sentence only names whom a document is addressed to: 各区人民政府，各委、局："""
    return is_formula(text) and text.rstrip()[-1:] in "：:" and not re.search("[如以]下|下列", text)


def _one_sentence(candidate: Candidate, group: Sequence[Candidate]) -> bool:
    """Whether a semicolon alone parts the candidate from the group: members of one sentence that stand side by side."""
    first, last = min(group, key=lambda g: g.start), max(group, key=lambda g: g.end)
    before = candidate if candidate.end <= first.start else last
    return before.text.rstrip()[-1:] in "；;"


_SHORT_LINE = 40  #: characters of a line that is an item of a list rather than a paragraph


def announced_by(candidate: Candidate) -> Candidate | None:
    """The sentence ending in a colon that an item such as （三）购买车位； belongs to; None when the candidate is no item.

    禁止下列行为：（一）… says the opposite of what its item says alone.
    """
    found = _announcement(candidate.document, candidate.section, candidate.start, candidate.end)
    return (
        replace(candidate, start=found[0], end=found[1], text=candidate.document.text[slice(*found)]) if found else None
    )


def in_full(document: SourceDocument, start: int, end: int) -> str:
    """A sentence as it is judged; an item with what announces it: 禁止使用过期原料 of 禁止下列行为：（一）使用过期原料；"""
    found = _announcement(document, document.section_at(start), start, end)
    said = document.text[start:end]
    return _joined(document.text[slice(*found)], said) if found else said


def _announcement(document: SourceDocument, section: Section | None, begin: int, stop: int) -> tuple[int, int] | None:
    """The span of the sentence that announces an item."""
    text = document.text
    numbered = section is not None and bool(section.label) and section.end - section.start <= MAX_QUOTE
    is_item = _ITEM.match(text[begin:stop]) or (numbered and section is not None and begin - section.start < 12)
    if not (is_item or _is_line(text, begin, stop)):
        return None
    above = section.parent if section is not None and numbered else None
    low = document.sections[above].start if above is not None else max(0, begin - 600)
    for start, end in reversed(sentence_spans(text, after_label(document, low), begin)):
        piece = text[start:end]
        if ANNOUNCES_CHANGES.search(piece):
            return None  # 决定作如下修改： says nothing of what is worded anew
        if piece.rstrip()[-1:] in "：:":
            holder = document.section_at(start)
            # What stands under another heading announces nothing here, and 各用人单位： nothing at all.
            apart = holder is not None and bool(holder.label) and holder not in document.upwards(section)
            addressed = is_formula(piece) and not _RULES_OF_EACH.search(piece)
            return None if apart or addressed else (start, end)
        if not _ITEM.match(piece) and piece.rstrip()[-1:] not in "；;、）)" and not _is_line(text, start, end):
            return None
    return None


#: What rules something of each of those that follow, though it names those whom it binds: 企业不得有下列行为：
_RULES_OF_EACH = re.compile(r"(?:不得|不予|应当|必须|可以|禁止)[^，,；;。]{0,16}[:：]$")


def _is_line(text: str, start: int, end: int) -> bool:
    """Whether a piece is a short line of its own, like an item of a list without numbers."""
    alone = (start == 0 or text[start - 1] == "\n") and text[end : end + 1] in ("", "\n")
    return alone and end - start <= _SHORT_LINE and "|" not in text[start:end]


def _adjoin(candidate: Candidate, group: Sequence[Candidate]) -> bool:
    """Whether nothing but white space stands between the candidate and the group."""
    text = candidate.document.text
    first, last = min(g.start for g in group), max(g.end for g in group)
    between = text[candidate.end : first] if candidate.end <= first else text[last : candidate.start]
    return not between.strip()


def after_label(document: SourceDocument, start: int) -> int:
    """Where the sentence at a place begins behind the number of its article (第五条), which is no part of it."""
    section = document.section_at(start)
    if section is None or section.start != start or not section.label.startswith("第"):
        return start
    begin = start + len(section.label)
    while begin < len(document.text) and document.text[begin].isspace():
        begin += 1
    return begin


def before_in_line(document: SourceDocument, at: int) -> list[tuple[int, int]]:
    """The spans of the sentences that stand before an offset in its line, the number of its article left out."""
    begin = after_label(document, line_span(document.text, at)[0])
    return sentence_spans(document.text, min(begin, at), at)


def after_in_line(text: str, at: int) -> list[tuple[int, int]]:
    """The spans of the sentences that stand behind an offset in its line."""
    return sentence_spans(text, at, line_span(text, at)[1])


def series_of(best: Candidate, *, complete: bool = False) -> list[Candidate]:
    """The run of items that a sentence announces or is part of, with what announces it; none when there is no run.

    一是…；二是…；三是…。, 如下：(一)…(二)…, or the members of one long sentence parted by semicolons. Of a run too long to be
    given the items farthest from the sentence are left out; where it is wanted ``complete``, and its items are numbered, what
    follows the first clause of each.
    """
    text = best.document.text
    section = best.section
    low, high = (section.start, section.end) if section is not None else (0, len(text))
    low = min(best.start, after_label(best.document, low))
    spans = sentence_spans(text, max(low, best.start - 3 * MAX_CHARACTERS), min(high, best.end + 4 * MAX_CHARACTERS))
    at = next((i for i, (start, end) in enumerate(spans) if start <= best.start < end), None)
    if at is None:
        return []

    def joined(i: int) -> bool:
        """Whether sentence i and the one after it belong to one run."""
        before, after = text[slice(*spans[i])].rstrip(), text[slice(*spans[i + 1])]
        if before[-1] in "；;":
            # Members of a sentence make a run when they are numbered or when it announced them with a colon.
            opening = _TITLED.sub("", text[max(0, spans[i][0] - 250) : spans[i][1]].rsplit("。", 1)[-1])
            return bool(_ITEM.match(after)) or "：" in opening or ":" in opening
        if "|" in after:
            return False  # the head of a table's columns tells nothing without its rows
        return (before[-1] in "：:" and not _is_address(before)) or bool(
            _ITEM.match(after) and (_ITEM.match(before) or ANNOUNCES.search(before))
        )

    first = last = at
    while first > 0 and joined(first - 1):
        first -= 1
    while last + 1 < len(spans) and joined(last):
        last += 1
    run = spans[first : last + 1]
    ordinals = _ordinal_items(text, spans, at)
    if len(ordinals) > len(run):
        run = ordinals
    if complete and sum(end - start for start, end in run) > MAX_CHARACTERS + 20:
        run = _first_clauses(text, run)
    while len(run) > 1 and sum(end - start for start, end in run) > MAX_CHARACTERS + 20:
        # Too long to give whole: what stands farthest from the best sentence goes.
        run = run[:-1] if run[-1][0] > best.start else run[1:]
    whole = spans[at]
    if len(run) < 2 and best.text.rstrip()[-1:] in "：:" and best.end < whole[1] <= best.start + MAX_CHARACTERS:
        run = [
            (best.start, best.end),
            (best.end, whole[1]),
        ]  # a piece of a long sentence: what it announces is the rest
    if len(run) < 2:
        return []
    return [replace(best, start=start, end=end, text=text[start:end]) for start, end in run]


_TITLED = re.compile("《[^《》]*》")  #: a colon in a title announces nothing
_FIRST_CLAUSE = re.compile(r"\s*[^，。；：]{4,}(?=[，。；：])")


def _first_clauses(text: str, run: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The items of a run each as far as its first clause, what announces them whole; the run as it is where one that is no
    item stands between them."""
    items = [span for span in run if _ITEM.match(text[slice(*span)])]
    if len(items) < 3 or len(items) < len(run) - 1 or (len(items) < len(run) and items[0] == run[0]):
        return list(run)
    cut = [_FIRST_CLAUSE.match(text, *span) for span in items]
    return [*run[: len(run) - len(items)], *(m.span() if m else span for m, span in zip(cut, items, strict=True))]


_ORDINAL = re.compile(
    r"^第([一二三四五六七八九])(?=[种类是步代阶个，、])|^([一二三四五六七八九])是|^(首先|其次|再次|最后)"
)
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
        number = _STEPS.get(mark.group(3) or "") or number_of(mark.group(1) or mark.group(2) or "") or 0
        if number == 1 and not items:
            before = spans[i - 1] if i > 0 and ANNOUNCES.search(text[slice(*spans[i - 1])].rstrip()) else None
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
    read: Read,
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
            3 * cosine.get(c.span, 0.0)
            + 2.0 * weight_held(said, probe, text) / total
            + 1.0 * fits_kind(kinds, part, text)
            + 0.5 * c.score
            + (0.5 if near else 0.0)
            - _OTHER_CLASS * other_class(folded_part, text)
        )

    chosen = [c for group in groups for c in group]
    # Every value once: a sentence is compared with the whole part for it.
    valued = sorted(((value(c), c) for c in telling[:60]), key=lambda pair: pair[0], reverse=True)[:READ]
    odds = read(part, [c for _, c in valued])
    told = [(worth + _READ_FOR_PART * own, c) for (worth, c), own in zip(valued, odds, strict=True)]
    worth, best = max(told, key=lambda pair: pair[0])
    if any(best.start < c.end and c.start < best.end and c.document is best.document for c in chosen):
        return None
    if any(worth < value(c) + _READ_FOR_PART * own + 0.3 for c, own in zip(chosen, read(part, chosen), strict=True)):
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


def line_at(document: SourceDocument, span: tuple[int, int]) -> Line:
    """What stands at a span of a document, as a line of an answer that cites it."""
    return Line(closed(document.text[slice(*span)]), ((document.doc_id, *span),))


def as_candidate(line: Line, like: Candidate, document: SourceDocument) -> Candidate:
    """A line as a sentence that may be read: its text, standing where it quotes first in its document; else ``like``
    another one."""
    _, start, end = line.spans[0]
    return replace(like, document=document, section=document.section_at(start), start=start, end=end, text=line.text)


def lines_of(groups: Sequence[Sequence[Candidate]], lead: str = "") -> list[Line]:
    """A line for each sentence. Sentences that follow one another share a quote, up to MAX_QUOTE characters."""
    lines: list[Line] = []
    for group in groups:
        doc_id = group[0].document.doc_id
        doc = group[0].document.text
        whole = (doc_id, group[0].start, group[-1].end)
        gapless = all(not doc[a.end : b.start].strip() for a, b in pairwise(group))
        together = gapless and whole[2] - whole[1] <= MAX_QUOTE
        said: tuple[int, int] | None = None  # the subject of the lines before, which goes on for the next
        for candidate in group:
            span = whole if together else candidate.span
            head = table_head(candidate)
            subject = subject_of(candidate)
            named = subject is not None and (subject == said or group[0].start <= subject[0] < candidate.start)
            said = subject
            if head is None and subject is not None and not named:
                a, b = subject
                near = candidate.end - a <= MAX_QUOTE
                spans = ((doc_id, a, candidate.end),) if near else ((doc_id, a, b), span)
                lines.append(Line(f"{doc[a:b]}{closed(candidate.text)}", spans))
            elif head is None:
                lines.append(Line(closed(without_reply(candidate.text)), (span,)))
            else:
                told = told_row(doc[slice(*head)], candidate.text)
                lines.append(Line(told, (candidate.span, (doc_id, *head))))
    if lead and lines:
        lines[0] = replace(lines[0], text=lead + lines[0].text)
    return lines


_SUBJECT = re.compile(r"[（(]?[一二三四五六七八九十\d]{0,3}[)）.、．]?\s*(?P<name>[\u4e00-\u9fff（）()]{2,18}[：:])")


def subject_of(candidate: Candidate) -> tuple[int, int] | None:
    """The span of who or what a paragraph says of, where it begins with that: 市水利局：甲；乙。 None for its first
    sentence, and where the name stands in the sentence."""
    text = candidate.document.text
    begin = text.rfind("\n", 0, candidate.start) + 1
    named = _SUBJECT.match(text, begin)
    if named is None or candidate.start < named.end() or text[named.end() : named.end() + 1] in ("", "\n"):
        return None
    name = named["name"].rstrip("：:")
    if "。" in text[named.end() : candidate.start] or re.search("[要应须请按]|做好|根据|工作$|时$", name):
        return None
    if name in candidate.text or re.search(r"如下|下列|以下|附件|注$|标准|情形|条件", name):
        return None
    return named.start("name"), named.end("name")


def cells_of(row: str) -> list[str]:
    """The cells of a row of a table."""
    return [cell.strip() for cell in row.split("|")]


def told_row(head: str, row: str) -> str:
    """A row of a table in words: 任务：修灯塔；牵头单位：海事局。"""
    cells = zip(cells_of(head), cells_of(row), strict=False)
    return closed("；".join(f"{name}：{value}" if name else value for name, value in cells if value))


def table_head(candidate: Candidate) -> tuple[int, int] | None:
    """The span of the first row of the table that a sentence is a whole row of; None when it is no such row."""
    text = candidate.document.text
    begin, end = line_span(text, candidate.start, candidate.end)
    row = text[begin:end]
    if "|" not in row or row.strip() != candidate.text.strip():
        return None
    head = first_row(text, begin)
    # Empty cells at the end of a row may be missing; one cell alone names a group of rows.
    fits = len(cells_of(text[slice(*head)])) >= len(cells_of(row)) and sum(map(bool, cells_of(row))) > 1
    same = head[0] < begin and fits
    if not same:
        return None
    rows = _rows_from(text, head[0])
    return head if is_head(rows[0], rows[1:]) and not is_form(rows) else None


def first_row(text: str, at: int) -> tuple[int, int]:
    """The span of the first row of the table that holds an offset; of the first row itself the part before the offset."""
    head = (line_span(text, at)[0], at)
    while head[0] > 0:
        above = line_span(text, head[0] - 1)
        if "|" not in text[slice(*above)]:
            break
        head = above
    return head


def _rows_from(text: str, begin: int) -> list[list[str]]:
    """The rows of the table that begins at ``begin``."""
    return [cells_of(line) for line in takewhile(lambda line: "|" in line, text[begin:].split("\n"))]


# --- yes or no ------------------------------------------------------------------------------------------------------


_MUCH = 3.0  #: log odds by which a sentence is read to answer better than the one found first
#: Whether two things are one is settled by no sentence about either.
_ASKS_ONE = re.compile(r"一回事|一个意思|同一(?:个|件|回|码)(?:事|东西|概念|意思)")


def answer_whether(probe: Probe, found: Sequence[Candidate], judge: Judge | None = None) -> Draft | None:
    """The first sentence near the best that settles a yes/no question, after the word that says so.

    None for other questions, and where no sentence settles it. By rules alone without a judge.
    """
    if "whether" not in probe.question.kinds or _ASKS_ONE.search(probe.question.core):
        return None
    telling = [c for c in found if c.tells]
    # Of 是不是…？卖了多少 the first part is what a sentence says yes or no to; so of 要退吗，多少可以不退.
    asked = next(
        (
            p
            for p in re.findall(r"[^?？]+[?？]*", _ASKS_ON.sub("吗？", probe.question.core))
            if "whether" in kinds_of(p)
        ),
        probe.question.core,
    )
    core = fold(probe.question.core)
    case = amounts_asked(core, fold(probe.question.asked))
    telling = _of_case_first(core, case, telling)
    in_range = bool(case and telling) and fits(case, fold(telling[0].text)) > 0
    # What 这么做 means is told by the best sentence or by none.
    for candidate in telling[: 1 if _THIS_WAY.search(asked) else 3]:
        if candidate.score < telling[0].score - 1.0:
            break
        first = candidate
        if probe.named and candidate.document.doc_id not in probe.named:
            continue  # of another document than the one that is asked about
        if in_range and fits(case, fold(candidate.text)) < 0:
            continue  # of another band than that of the case
        if "废止" in candidate.text and not _OF_FORCE.search(probe.question.core):
            continue  # that another rule is repealed says nothing of what is asked
        opening = None if as_amended(fold(candidate.text)) != fold(candidate.text) else announced_by(candidate)
        if opening is None and candidate.text.rstrip()[-1:] in "：:":
            claim = read_claim(asked)
            if by_date(claim, fold(candidate.text)):
                return Draft(tuple(lines_of([[candidate]], claim.no + "，")), contradicts=True, method="whether")
            # What follows the colon decides: the item that the question speaks of, else nothing does.
            opening, item = candidate, _item_meant(probe, candidate)
            if item is None:
                continue
            candidate = item
        text = _joined(opening.text, candidate.text) if opening else candidate.text
        above = None if opening else _ruled_by_heading(candidate)
        if above is not None:
            opening, text = above
        candidate = _half_meant(read_claim(asked), candidate)
        text = text if opening else candidate.text
        rule = None if opening else _rule_of(candidate)
        candidate, text = (rule, rule.text) if rule is not None else (candidate, text)
        excepted = None if opening else _exception_of(candidate)
        if excepted is not None:
            text = f"{text.rstrip('；;。')}，但{excepted.text}"
        # Where the reader does not find the best sentence to answer, the rules have to be sure.
        better = first.odds >= max(0.0, telling[0].odds) + _MUCH
        read = better or (telling[0].odds > 0 and telling[0] in (candidate, opening))
        # An item is read with what announces it.
        meant = candidate.changed(odds=max(candidate.odds, first.odds))
        own = better or candidate is telling[0] or (excepted is not None and first is telling[0])
        said = (
            judge(asked, meant, text)
            if judge is not None and read
            else verdict(asked, text, around=around(meant), odds=meant.odds or None, best=own)
        )
        if said is not None and not own and (not said[1] or meant.odds < 0) and not _tells_of_case(asked, candidate):
            continue  # a yes to another case, or a no that is read not to answer
        if said is not None and said[1] and fits(case, fold(text)) < 0 and says_no(fold(text)):
            return None  # what is denied to another amount is not denied to this one
        if said is not None:
            lead, denies = said
            group = [opening, candidate] if opening else [candidate, excepted] if excepted is not None else [candidate]
            return Draft(tuple(led_by(lead, group)), contradicts=denies, method="whether")
    return None


_NEAR_CASE = 6  #: best sentences among which one is sought that rules the amount of the case


def _of_case_first(core: str, case: Sequence[Amount], telling: list[Candidate]) -> list[Candidate]:
    """The sentences with the one in first place that alone has the amount of the case in its condition, of what the question
    counts, where the first has no condition for it: of 4个床位的民宿能申请吗 床位少于5个的 is asked, and not 每个床位补300元."""
    if not telling or fits(case, fold(telling[0].text)):
        return telling
    counted = [core[a.end : a.end + 2] for a in case if a.unit] + [core[max(0, a.start - 2) : a.start] for a in case]
    of_case = [
        c
        for c in telling[1:_NEAR_CASE]
        if fits(case, fold(c.text)) > 0 and any(len(word) == 2 and word in fold(c.text) for word in counted)
    ]
    if len(of_case) != 1:
        return telling
    first = of_case[0].changed(score=telling[0].score)
    return [first, *(c for c in telling if c is not of_case[0])]


def led_by(word: str, group: Sequence[Candidate]) -> list[Line]:
    """The lines of some sentences behind the word that says yes or no; without the number of an item: 不可以，（二）…."""
    first, *others = lines_of([group])
    return [replace(first, text=f"{word}，{_BARE_ITEM.sub('', first.text)}"), *others]


#: A heading that says what holds of each of the items below it: 不赔的情形, 免收费的对象.
_HEADING_RULES = re.compile(
    r"^(?P<says>(?:不(?:予|得|能|可以)?|禁止|免(?:予|于)?|无需|可以|应当)(?P<what>[\u4e00-\u9fff]{1,8}?))的?(?:具体)?"
    r"(?:情形|情况|范围|行为|对象|项目|人员|费用|事项|场所)$"
)


def _ruled_by_heading(item: Candidate) -> tuple[Candidate, str] | None:
    """The heading that says what holds of an item below it, and the two as one clause: 义齿，不赔 below 不赔的情形. None for
    any other sentence."""
    section = item.section
    above = None if section is None or section.parent is None else item.document.sections[section.parent]
    rules = _HEADING_RULES.match(above.title) if above is not None and section is not None and section.label else None
    if above is None or rules is None or rules["what"] in item.text:
        return None  # what is ruled in the item itself (责任一减半赔付) is its own
    start = item.document.text.index(above.title, above.heading[0])
    heading = replace(item, start=start, end=start + len(above.title), text=above.title)
    return heading, f"{_BARE_ITEM.sub('', item.text).rstrip('；;。，')}，{rules['says']}"


_BARE_ITEM = re.compile(r"^\s*(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+[.．、](?!\d)|[①-⑳])\s*")


#: Behind a yes/no question another one that asks what, how much or who, or the other of two.
_ASKS_ON = re.compile(r"吗[，,](?=还是|[^，,?？]*(?:多少|几|什么|哪|谁|怎么))")
_OF_FORCE = re.compile(r"废止|作废|失效|有效|算数|[还能再](?:能|继续)?用|管用|沿用")
_THIS_WAY = re.compile(r"[这那]么(?:做|办|干|弄|搞)|[这那]样(?:做|办|干|弄)?(?:[吗呢?？]|$)")
_EXCEPTS = re.compile(
    r"(?!但)(?:[^，,；;。]{2,30}的?(?:除外|不在此限|不受此限)|[^；;。]{2,60}[，,]?不受[^，,；;。]{2,8}限制)[；;。]?$"
)


def _exception_of(candidate: Candidate) -> Candidate | None:
    """What a sentence of its own excepts from the one before it: 自然磨损的除外。 behind 损坏的，应当赔偿；"""
    text = candidate.document.text
    after = after_in_line(text, candidate.end)[:1]
    if not after or not _EXCEPTS.fullmatch(text[slice(*after[0])].strip()):
        return None
    return replace(candidate, start=after[0][0], end=after[0][1], text=text[slice(*after[0])])


def _half_meant(claim: Claim, candidate: Candidate) -> Candidate:
    """Of a sentence that goes on with 但 for another case and the one before it that which alone names the claim's case; the
    sentence itself where neither does."""
    before = before_in_line(candidate.document, candidate.start)[-1:] if candidate.text.startswith("但") else []
    if not before:
        return candidate
    text = candidate.document.text[slice(*before[0])]
    part = own_part(claim, text.rstrip("；;。，") + "，" + candidate.text)
    rest = candidate.text in part or part.strip("。；，") not in text
    return candidate if rest else replace(candidate, start=before[0][0], end=before[0][1], text=text)


def _rule_of(candidate: Candidate) -> Candidate | None:
    """The sentence before one that only excepts something from it; None for any other."""
    if not _EXCEPTS.fullmatch(candidate.text.strip()):
        return None
    before = before_in_line(candidate.document, candidate.start)[-1:]
    if not before:
        return None
    start, end = before[0]
    return replace(candidate, start=start, end=end, text=candidate.document.text[start:end])


def _tells_of_case(asked: str, candidate: Candidate) -> bool:
    """Whether a sentence or the headings above it hold what a yes/no question tells of its case."""
    told = fold(candidate.text + "".join(candidate.document.path(candidate.section)))
    claim = read_claim(asked)
    case = [w for w in naming_words(case_of(claim) or claim.text) if len(w) > 1]
    return bool(case) and all(stands_in(w, told) for w in case)


def _item_meant(probe: Probe, opening: Candidate) -> Candidate | None:
    """The item below an announcing sentence that holds most of what the question says beyond that sentence; of those that
    are for a measure it tells an amount of, where there are any."""
    beyond = {w: v for w, v in probe.words.items() if w not in fold(opening.text)}
    told = amounts(fold(probe.question.core))
    items = series_of(opening)[1:]
    measured = [c for c in items if fits(told, fold(c.text))]
    values = [(weight_held(beyond, probe, fold(c.text)), c) for c in measured or items]
    best = max(values, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and (measured or best[0] > 0) else None


_FREES = re.compile("不受[^，,；;。]{1,12}限制$")
_POINTS_UP = re.compile("[前本上]款")
_ANNOUNCED = re.compile(r"(?:有)?(?:下列|以下|如下)[^，,：:]{0,14}?(?:之一)?的?(?=[，,：:])")
#: What announces items with what is to be done, whatever for.
_BINDS = re.compile("(?:应当|必须|不得|可以)[^，,；;。有]{0,6}$")
#: What is said of each of the things that follow: 以下仪器不纳入共享：
_SAID_OF_EACH = re.compile(
    r"(?:下列|以下)[^，,：:不可应免]{1,8}(?P<says>(?:不(?:得|予|纳入|计入|列入|再|在|合|符合|属于?|适用|享受)|可以|应当|免(?:征|收|予|缴)"
    r"|除外)[^，,：:]{0,12})[:：]?$"
)
#: ... with what is said before what they are: 不能报销的费用包括：
_SAID_BEFORE = re.compile(
    r"^[^，,。；;：:]{0,6}?(?P<says>不(?:得|予|能|可|符合|属于|适用|享受)[^，,：:的]{0,8})的[^，,：:的]{1,8}(?:主要)?(?:包括|有|为|是|如下)?[:：]$"
)


def _joined(opening: str, item: str) -> str:
    """What an announcing sentence says of one of its items, as one clause.

    >>> _joined("禁止下列行为：", "（一）使用过期原料；"), _joined("有下列情形之一的，不予提取：", "（二）购买车位的；")
    ('禁止使用过期原料', '购买车位的，不予提取')
    >>> _joined("以下摊位不在补助范围内：", "（一）流动摊位；"), _joined("不能摆放的物品包括：", "2.明火炉具。")
    ('流动摊位不在补助范围内', '明火炉具不能摆放')
    """
    bare = re.sub(r"^[（(]?[一二三四五六七八九十\d]+[)）.．、]|^[一二三四五六七八九十]是", "", item).rstrip("；;。，")
    if _FREES.search(bare) or _POINTS_UP.match(bare):
        return bare  # not one of the items: 低保家庭不受第三项限制, 前款图样包括…
    of_each = _SAID_OF_EACH.search(opening) or _SAID_BEFORE.search(opening.strip())
    if of_each is not None:
        says = of_each["says"] if of_each["says"] != "除外" else "不在其内"
        # What is said of an item goes before what it excepts: 已出租的，但承租人同意的除外.
        own = re.match("(?P<item>[^，,]+?)的?(?P<but>[，,](?:但.*|[^，,]+的)除外)$", bare)
        return f"{own['item']}的{says}{own['but']}" if own is not None else bare + says
    found = _ANNOUNCED.search(opening)
    if found is None:
        return opening + bare
    before, after = opening[: found.start()], opening[found.end() :].strip("，,：: ")
    if _BINDS.search(before):
        return before + bare  # 应当采取下列措施，防止浪费：
    but = re.search("[，,](?:但.*|[^，,]+的)除外$", bare)  # goes behind what is said of the item
    case, excepted = (bare[: but.start()], but.group()) if but else (bare, "")
    return f"{case}，{after}{excepted}" if after else before + bare


# --- comparisons ----------------------------------------------------------------------------------------------------

#: What 各 stands before where it is part of a name: 各部门.
_EVERY = "部|省|市|县|区|乡|镇|村|级|地|单位|方面|有关|类|界|国|项|种|行|族|校|院|局|委"
_SIDES = re.compile(
    r"^(.{0,12}?[,，]|[^、]{1,8}(?:说|里(?!人)|中(?![央小医国共高等学心型])|的))?"  # what leads in
    r"([^,，、]{2,16}?)(?:、([^,，、]{2,14}?))?(?:和|与|跟|同|比(?![例重率值])|、)([^,，、]{2,16}?)"  # two sides or three
    r"(?=[两三四](?:(?![级类等档型甲])|[级类等档型](?=各|分别))"
    rf"|各(?!{_EVERY})"
    r"|的?(?:区别|差别|不同|差异)|[,，]|哪|相?差|相比|比(?![例重率值])|分别|有[什啥何]|之间|做|在|(?:是|都)?(?:一样|相同|一致)"
    r"|的[^,，]{1,14}(?:不同|不一样|一样|相同|一致|差|区别|分别|各|哪|多少|什么))(.*)$"
)
_BY_MORE = "(?:多|少|高|低|贵|便宜|(?<!增)长|短|晚|早)"
#: 甲比乙每月多多少: two things set beside each other by a figure, and no years.
_BY_HOW_MUCH = re.compile(
    r"^(.{0,12}?[,，])?((?!.*(?:\d年|[上去今明前]一?年))[^,，、]{2,16}?)比(?![例重率值])(?![上去前今明])([^,，、]{2,16}?)"
    rf"(?=(?:每[\u4e00-\u9fff]|一共)?{_BY_MORE}[\u4e00-\u9fff]{{0,2}}(?:多少|几))(.*)$"
)
_MORE = re.compile(rf"{_BY_MORE}(?P<figure>[\u4e00-\u9fff]{{0,2}}(?:多少|几))")
#: Questions for what sources say differently, without naming the sides.
_ASKS_SOURCES = re.compile(
    r"各怎么说|哪(?:个|种)说法|说法(?:不一|不同)|(?:资料|材料|文件|来源).{0,12}不(?:一样|同|一致)|到底是|怎么不一样|口径"
)


#: 甲涨得快还是乙涨得快
_EITHER = re.compile(r"^(?:(?P<lead>.{0,24}?)是)?(?P<one>[^,，]{2,16}?)还是(?P<other>[^,，?？]{2,16})")


def sides_of(core: str, texts: Sequence[str] = ()) -> list[str]:
    """The question asked of each side of "甲和乙有什么不同": 甲有什么不同, 乙有什么不同; none when it names no sides.

    ``texts``: folded sentences that may answer, by which 甲 is completed where 乙 alone is said with what is asked."""
    when = _WHEN.match(core)
    if when is not None:  # 2023年甲和乙: of the year are both
        return [when.group() + side for side in sides_of(core[when.end() :], texts)]
    either = _EITHER.search(core)
    if either:
        return [(either["lead"] or "") + side for side in (either["one"], either["other"])]
    found = _sides_in(core)
    if found is None:
        return []
    lead, *named, rest = found.groups()
    rest = _MORE.sub(r"\g<figure>", rest) if found.re is _BY_HOW_MUCH else rest
    sides = [side for side in named if side]
    return [f"{lead or ''}{_completed(side, sides[-1], texts)}{rest}" for side in sides]


_WHEN = re.compile(r"(?:到|截至)?(?:19|20)\d\d年(?:度|[底末](?![和与跟同比、]))?的?(?![和与跟同比、,，相])")


def _sides_in(core: str) -> re.Match[str] | None:
    # A story before the question hides its sides: ..., 那进口和出口比起来哪一块更大.
    clauses = [c for c in re.split(r"[,，]", core) if "compare" in kinds_of(c)]
    named = _BY_HOW_MUCH.search(core) or _SIDES.search(core)
    return named or next((m for c in clauses if (m := _SIDES.search(re.sub(r"^那么?", "", c)))), None)


def untold_line(names: Sequence[str], told: Sequence[Line]) -> Line:
    """That the documents tell nothing of some of the things that a question sets side by side; it rests on what they tell
    of the others."""
    spans = tuple(dict.fromkeys(span for line in told for span in line.spans))
    return Line(f"文件里没有“{'”“'.join(names)}”的。", spans)


def side_names(core: str) -> list[str]:
    """What a folded question compares, by name: 农村电商, 行业电商. Empty where it names no sides."""
    found = _sides_in(core)
    return [side for side in found.groups()[1:-1] if side] if found is not None else []


def _completed(side: str, last: str, texts: Sequence[str]) -> str:
    """One side with what only the last of them is said with, where a text speaks of that and of no other side: 城镇收入 of
    城镇和农村居民收入."""
    for at in range(2, len(last) - 1):
        head, tail = last[:at], last[at:]
        if side != last and tail not in side and any(side in t and tail in t and head not in t for t in texts):
            return side + tail
    measure = _MEASURE.search(last)
    return side + measure.group() if measure and not _MEASURE.search(side) else side


#: What ends the name of a measure, which may be said of the last side alone.
_MEASURE = re.compile(
    "(?:收入|支出|标准|面积|增速|[补津]贴|补助|奖励|投资|待遇|[产销总数存库]量|[人个]数|[总余]额|价格)$"
)


#: What a document is made for and on what it rests, before it says anything: 为加强管理，根据《条例》，制定本办法。
_PREAMBLE = re.compile(
    r"^(?:为(?:了|进一步|深入|全面|切实)?|根据|按照|依据|遵照)[^。]{8,}"
    r"(?:制定(?:了)?(?:本|以下|如下|此)|(?:提出|作出|制定|发布)(?:以下|如下)|如下[:：。]|现(?:就|将|对|制定|印发|确认|公布)|结合[^，。]{2,14}实际)"
)
_ASKS_GROUND = re.compile(r"目的|依据|根据|为了?什么|为何|背景|出发点|为的是|凭什么|来由")


def past_preamble(core: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The sentences without those that only say what a document is made for and on what it rests, unless that is asked:
    they name everything that it is about, and say nothing of it."""
    if _ASKS_GROUND.search(core):
        return list(found)
    return [c for c in found if not _PREAMBLE.match(c.text)]


def answer_compare(
    probe: Probe, found: Sequence[Candidate], mentions: Sequence[Mention], similar: Similar, read: Read = unread
) -> Draft | None:
    """The best sentence of each side of a comparison: documents pointed at, else things named, else documents that differ."""
    question = probe.question
    if "compare" not in question.kinds:
        return None
    telling = [c for c in past_preamble(question.core, found) if c.tells]
    chosen = (
        _best_of_mentions(mentions, telling) if len(mentions) >= 2 else _best_of_sides(probe, telling, similar, read)
    )
    if len(chosen) < 2 and _ASKS_SOURCES.search(question.core):
        chosen += _of_other_documents(chosen, telling)
    chosen = list(dict.fromkeys(chosen))
    if len(chosen) < 2:
        return None
    kept = _fitted([[c] for c in chosen])
    several = len({c.document.doc_id for (c,) in kept}) > 1
    lines = [
        line for group in kept for line in lines_of([group], f"{title_of(group[0].document)}：" if several else "")
    ]
    return Draft(tuple(lines), method="compare") if len(kept) > 1 else None


def _best_of_mentions(mentions: Sequence[Mention], telling: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence of each of the first three places that the question points at."""
    own = ([c for c in telling if c.document.doc_id in mention.doc_ids] for mention in mentions[:3])
    return [candidates[0] for candidates in own if candidates]


_COUNTED = re.compile(
    r"\d|[一二两三四五六七八九十百千万]+(?:[年月日天个项家批级期季次种类条款章节届层档号成倍]|$)"
)  # and not 百度


def _best_of_sides(probe: Probe, telling: Sequence[Candidate], similar: Similar, read: Read) -> list[Candidate]:
    """A sentence for each thing that the question compares: one that names it, where there is any."""
    chosen: list[Candidate] = []
    if len(telling) > 1 and telling[0].document is telling[1].document:
        telling = [c for c in telling if c.document is telling[0].document]
    sides = sides_of(fold(probe.question.core), [fold(c.text) for c in telling])
    for side in sides:
        shared = [w for w in probe.words if any(w in other for other in sides if other != side)]
        own = [w for w in probe.words if len(w) > 1 and w in side and not any(s in w for s in shared)]
        own = [w for w in own if not _COUNTED.match(w)]  # 2025年 may stand before the sentence
        own = [w for w in own if not any(match(w, probe, fold(c.text)) for c in chosen)] or own
        free = [c for c in telling if c not in chosen]
        # 甲、乙先后… speaks of both, and tells of neither what the other does otherwise.
        beside = [w for w in probe.words if len(w) > 1 and any(w in other for other in sides) and w not in side]
        free = [c for c in free if not _named_together(own, beside, fold(c.text))] or free
        naming = [c for c in free if any(match(w, probe, fold(c.text)) for w in own)]
        best = _best_for_part(side, probe, naming, [], similar, read) if naming else None
        if free and (best is None or not tells_figure(fold(best.text))):
            # What a side is said of may stand before the sentence that tells its figure.
            other = _best_for_part(side, probe, free, [], similar, read)
            if best is None or (other is not None and tells_figure(fold(other.text))):
                best = other
            elif other is not None and other is not best:
                best = max(zip(read(side, [best, other]), (best, other), strict=True), key=lambda pair: pair[0])[1]
        if best is not None:
            chosen.append(best)
    return chosen


def _named_together(own: Sequence[str], others: Sequence[str], text: str) -> bool:
    """Whether a folded text names one of some words and one of others in one breath: 甲、乙."""
    one, other = ("|".join(map(re.escape, words)) for words in (own, others))
    return bool(own and others and re.search(f"(?:{one})、(?:{other})|(?:{other})、(?:{one})", text))


def _of_other_documents(chosen: Sequence[Candidate], telling: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence of each further document, so that three are heard at most."""
    heard = {c.document.doc_id for c in chosen}
    others: list[Candidate] = []
    for candidate in telling:
        if len(chosen) + len(others) >= 3:
            break
        if candidate.document.doc_id not in heard and candidate.score > telling[0].score - 2.5:
            heard.add(candidate.document.doc_id)
            others.append(candidate)
    return others


def title_of(document: SourceDocument) -> str:
    """《title》; of a notice that sends out a rule the title of the rule."""
    title = document.header.title
    issued = re.search(r"关于(?:修订)?(?:印发|发布|公布)\s*[《〈]([^《》〈〉]{4,60})[》〉]", title)
    bare = issued.group(1) if issued else title.replace("《", "〈").replace("》", "〉")
    # A title may be a question; in an answer its mark would end a sentence.
    return f"《{re.sub('[？！?!]+(?=.)', '，', bare).rstrip('？！?!')}》"
