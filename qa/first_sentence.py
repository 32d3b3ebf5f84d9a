"""Which of the best sentences goes first: that of the class, the case, the range, the label or the line that is asked about.

Pure functions on a question made ready and its sentences, best first; None where the first may stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from corpus.document import Section
from corpus.sentences import line_span
from index.tokens import fold, words
from qa import refusal
from qa.amounts import Amount, amounts_of_case, bands_of, fits, threshold
from qa.asked_form import act_asked, speaks_of_as_much, tells_doer
from qa.cases import ASKS_CONDITIONS, of_something_else
from qa.evidence import Candidate, Probe, brought, coverage, match, weight_held
from qa.extractive import TOLD_AGAIN, Read
from qa.other_case import is_of_no_kind
from qa.patterns import (
    YEAR,
    clearly_named,
    lacks_figure,
    measure_named,
    measures_asked,
    names_class,
    opposite_case,
    other_class,
    same_case,
    years_told,
)


def read_to_answer(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence not far behind that is read to answer a yes/no question, where the first is read not to."""
    telling = [c for c in candidates if c.tells]
    if "whether" not in probe.question.kinds or not telling or telling[0].odds >= HARDLY:
        return None
    first = telling[0]
    near = [c for c in telling[1:4] if c.document is first.document and c.score >= first.score - RANGE_BEHIND]
    best = max(near, key=lambda c: c.odds, default=first)
    return best if best.odds >= _PLAINLY else None


def of_asked_act(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence not far behind that tells by whom what a question asks about is done, where the first does not speak of
    that at all: 由谁审批, and not 由谁验收."""
    telling = [c for c in candidates if c.tells]
    does = act_asked(probe.question)
    if not does or not telling or len(probe.question.parts) > 1 or match(does, probe, fold(telling[0].text)):
        return None
    first = telling[0]
    near = (c for c in telling[1:_OUT_AMONG] if c.document is first.document and c.score >= first.score - RANGE_BEHIND)
    return next((c for c in near if tells_doer(does, c.text)), None)


_OUT_AMONG = 12  #: of the best sentences, in which one is looked for that tells by whom something is done
_PLAINLY = 3.0  #: log odds of a sentence that is read to answer plainly


def put_first(first: Candidate, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The sentences with one of them before the others."""
    return (first, *(c for c in candidates if c is not first))


#: How far below the best sentence that of the range asked about may be scored: anywhere, and in the same section.
RANGE_BEHIND, _WITHIN_BEHIND = 3.0, 6.0


#: What the reader's log odds count for where a sentence is sought that speaks of what a follow-up brings.
_READ_ANEW = 0.25


_HARDLY_LESS = 3.0  #: log odds below those of the first sentence that another may have


_CLASS_BEHIND = 2.0  #: how far below the best sentence that of the class asked about may be scored


def of_asked_class(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence of the class that a question asks about, where the first speaks of others only: 一级 and not 三级."""
    core = fold(probe.question.core)
    telling = [c for c in candidates if c.tells]
    if not telling or not other_class(core, _with_title(telling[0])):
        return None
    first = telling[0]
    of_class = [c for c in telling[1:30] if names_class(core, _with_title(c), first.text)]
    # 情节特别严重的，… stands in the same article as what it is said of, and says little else of the question; less still
    # says a clause of the same sentence: 本科4万元；大专3万元.
    line = line_span(first.document.text, first.start)
    same = (
        c
        for c in of_class
        if c.section is first.section
        and (
            c.score >= first.score - _WITHIN_BEHIND
            or (line[0] <= c.start < line[1] and not other_class(core, fold(c.text)))
        )
    )
    return next(same, None) or next((c for c in of_class if c.score >= first.score - _CLASS_BEHIND), None)


def of_part_named(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence behind the first in its paragraph that tells a figure for those among all whom a question names and the
    first does not: 其中，渔船船员按每人380元缴费, behind 缴费标准为每人400元."""
    telling = [c for c in candidates if c.tells]
    if not telling or probe.question.kinds != {"count"} or _asks_several(probe):
        return None
    first, own = telling[0], fold(telling[0].text)
    line = line_span(first.document.text, first.start)
    for candidate in telling[1:_AMONG]:
        text = fold(candidate.text)
        beside = candidate.document is first.document and first.end <= candidate.start < line[1]
        part = _OF_WHICH.match(text) if beside else None
        if part is None or refusal.thing_missing(probe.question, [text]):
            continue
        named = [w for w in (*probe.words, *probe.expansions) if len(w) > 1 and match(w, probe, part["whom"])]
        if any(not match(w, probe, own) for w in named):
            return candidate
    return None


_AMONG = 12  #: of the best sentences, in which one is looked for that tells of those among all
_OF_WHICH = re.compile(r"其中[,，:：]?(?P<whom>[^,，;；。\d]{2,24}?)(?:的?[,，])?(?:按|每|为|给予|补|缴|收|减|\d)")


def _asks_several(probe: Probe) -> bool:
    return len(re.findall("多少|几", probe.question.core)) > 1


def of_asked_label(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence below the one label that a question names of those beside each other, where the first stands below
    one that it does not name: 集中缴费期, and not 补缴期."""
    telling = [c for c in candidates if c.tells]
    first = telling[0] if telling else None
    if first is None or first.section is None or not probe.question.kinds & {"count", "when"}:
        return None
    core = _with_expansions(probe)
    document, above = first.document, first.section.parent
    beside = [
        s
        for s in document.sections
        if s.parent == above and 1 < len(s.title) <= _LABEL and s.level == first.section.level
    ]
    pairs = {s.index: {fold(s.title)[i : i + 2] for i in range(len(fold(s.title)) - 1)} for s in beside}
    if first.section.index not in pairs:
        return None
    others = {pair for index, held in pairs.items() if index != first.section.index for pair in held}
    if any(pair in core for pair in (pairs[first.section.index] - others or pairs[first.section.index])):
        return None
    named = [s for s in beside if sum(pair in core for pair in pairs[s.index]) * 2 >= len(pairs[s.index])]
    own = fold(document.text[first.section.start : first.section.end])
    named = named or [s for s in beside if _by_own_word(s, beside, core, own)]
    if len(named) != 1:
        return None
    near = [c for c in telling[1:] if c.section is named[0] and c.score >= first.score - _WITHIN_BEHIND]
    fitting = (c for c in near if not refusal.thing_missing(probe.question, [fold(c.text)]))
    return min(fitting, key=lambda c: c.start, default=None)  # what stands right behind the label


def _by_own_word(section: Section, beside: Sequence[Section], core: str, first: str) -> bool:
    """Whether a folded question says a word that one label has and none beside it, nor what stands below that of the ``first``
    sentence: 置换 of 汽车置换更新, beside 汽车报废更新."""
    others = first + "".join(fold(s.title) for s in beside if s is not section)
    return any(len(word) > 1 and word not in others and word in core for word in words(section.title))


_LABEL = 8  #: characters of a heading that is a label of what stands behind it


def of_what_is_new(probe: Probe, candidates: Sequence[Candidate], odds: Read) -> tuple[Candidate, ...]:
    """The sentences from the best that speaks of what a follow-up brings itself and has not been told yet, where the first
    says nothing of it, or has been told: 构成犯罪的 and not the case asked about before."""
    telling = [c for c in candidates if c.tells]
    new = brought(probe)
    if not telling or not probe.told:
        return tuple(candidates)
    first = telling[0]
    held = weight_held(new, probe, fold(first.text))
    again = first.feature("told") >= TOLD_AGAIN
    if held and not again:
        return tuple(candidates)
    near = [
        c
        for c in telling[1:8]
        if c.document is first.document
        and c.score >= first.score - (_WITHIN_BEHIND if c.section is first.section else RANGE_BEHIND)
        and c.feature("told") < TOLD_AGAIN
    ]
    said = odds(probe.question.core, near) if near and not held else []
    fitting = [
        (c, own)
        for c, own in zip(near, said, strict=bool(said))
        if (own >= first.odds - _HARDLY_LESS and weight_held(new, probe, fold(c.text)))
        or (again and own >= max(first.odds, 0))
    ]
    fitting = fitting or _answering_it_alone(probe, first, near, odds, _MUCH_MORE if held else _MORE)
    if not fitting:
        return tuple(candidates)
    meant, own = max(fitting, key=lambda pair: pair[0].score + _READ_ANEW * pair[1])
    at = candidates.index(meant)
    return (meant.changed(odds=own), *candidates[at + 1 :])


#: Log odds by which a sentence has to answer a follow-up as it was asked better than the one that was told before; where
#: that one speaks of what is new, too.
_MORE, _MUCH_MORE = 3.0, 5.0


def _answering_it_alone(
    probe: Probe, first: Candidate, near: Sequence[Candidate], odds: Read, more: float
) -> list[tuple[Candidate, float]]:
    """The sentences, and how they are read, that answer a follow-up in its own words far better than the first does: in
    那最早是谁提的 nothing of what was asked before leads back to what was told."""
    if not near:
        return []
    told, *said = odds(fold(probe.question.asked), [first, *near])
    return [(c, own) for c, own in zip(near, said, strict=True) if own >= told + more and own > _HARDLY_AT_ALL]


_HARDLY_AT_ALL = -2.0  #: log odds of a sentence that hardly answers a question in few words


def in_told_line(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence in the paragraph of what the answer before was taken from that speaks as much of what a follow-up
    brings as the first sentence, which stands elsewhere: 情节特别严重的 of the same offence."""
    new = brought(probe)
    telling = [c for c in candidates if c.tells]
    told = next((c for c in telling[:_TOLD_AMONG] if c.feature("told") >= _TOLD_WHOLE), None)
    if not new or told is None or told is telling[0]:
        return None
    line = line_span(told.document.text, told.start)

    def beside(candidate: Candidate) -> bool:
        return candidate.document is told.document and line[0] <= candidate.start < line[1]

    first = telling[0]
    spoken = weight_held(new, probe, fold(first.text))
    if beside(first) or not spoken:
        return None
    near = (c for c in telling[1:_TOLD_AMONG] if beside(c) and c.feature("told") < _TOLD_WHOLE)
    return next(
        (c for c in near if c.score >= first.score - RANGE_BEHIND and weight_held(new, probe, fold(c.text)) >= spoken),
        None,
    )


_TOLD_AMONG = 8  #: of the best sentences, in which the one that was told before is looked for


_TOLD_WHOLE = 0.95  #: share of an answer that the sentence holds which it was taken from


def below_year(probe: Probe, telling: Sequence[Candidate]) -> Candidate | None:
    """The sentence not far behind that stands below a heading of the year asked for, where the first stands below one of
    another year: 2024年工作回顾, and not 2025年工作目标."""
    asked, first = set(probe.question.years), telling[0]
    if not below_other_year(first, asked):
        return None
    spoken = weight_held(probe.words, probe, fold(first.text))
    near = (
        c
        for c in telling[1:OF_YEAR]
        if c.document is first.document and c.score >= first.score - _CLASS_BEHIND and c.odds > 0
    )
    return next(
        (
            c
            for c in near
            if asked & _years_above(c) and weight_held(probe.words, probe, fold(c.text)) >= _AS_MUCH * spoken
        ),
        None,
    )


_AS_MUCH = 0.8  #: share of what the first sentence says of a question that one of the year asked for has to say


def below_other_year(candidate: Candidate, years: Collection[str]) -> bool:
    """Whether a sentence stands below a heading of other years than those asked for, and names none of these itself."""
    above = _years_above(candidate)
    return bool(above) and not set(years) & (above | years_told(candidate.text))


def _years_above(candidate: Candidate) -> set[str]:
    """The years of the nearest heading above a sentence that names any."""
    path = candidate.document.path(candidate.section)
    return next((years for title in reversed(path) if (years := set(YEAR.findall(fold(title))))), set())


_BEGINS_WITH_YEAR = re.compile(
    r"(?:—+|-+|[（(]?[一二三四五六七八九十\d]{1,2}[)）.、])?\s*(?:到|至|截至)?(?:19|20)\d\d年"
)


def one_of_a_row(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences of one section begin with a year each, so that the one of the year asked for is meant:
    到2025年底，…；到2026年底，…."""
    same = one.document is other.document and one.section is other.section
    return same and all(_BEGINS_WITH_YEAR.match(fold(c.text)) for c in (one, other))


OF_YEAR = 12  #: of the best sentences, in which one of the year asked for is looked for


def of_asked_case(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence of the same section that holds for the case asked about (没约定), where the first holds for the
    opposite (有约定的)."""
    core = fold(probe.question.core)
    first = next((c for c in candidates if c.tells), None)
    if first is None:
        return None
    near = (
        c
        for c in candidates
        if c.tells
        and c.section is first.section
        and c.document is first.document
        and c.score >= first.score - _WITHIN_BEHIND
    )
    if is_of_no_kind(core, fold(first.text)):
        return next((c for c in near if c.odds > 0 and not is_of_no_kind(core, fold(c.text))), None)
    if not opposite_case(core, fold(first.text)):
        return None
    return next((c for c in near if same_case(core, fold(c.text))), None)


def of_own_conditions(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence that speaks of what conditions are asked for, where the first tells those of something else."""
    telling = [c for c in candidates if c.tells]
    if not telling or not ASKS_CONDITIONS.search(fold(probe.question.core)):
        return None
    first = telling[0]
    above = "".join((first.document.header.title, *first.document.path(first.section)))
    if first.odds > 0 or not of_something_else(probe, above + first.text):
        return None
    near = (c for c in telling[1:8] if c.score >= first.score - RANGE_BEHIND)
    return next((c for c in near if not of_something_else(probe, c.text)), None)


def in_asked_range(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence of the same document that holds for an amount asked about (8000元), where the first holds for
    others only."""
    asked = amounts_of_case(fold(probe.question.core))
    telling = [c for c in candidates if c.tells]
    if not asked or not telling:
        return None
    first = telling[0]
    held = fits(asked, fold(first.text))
    if held >= 0:
        return nearest_below(asked, first, telling[1:20]) if held else None
    near = (
        c
        for c in telling[1:20]
        if c.document is first.document
        and c.score >= first.score - (_WITHIN_BEHIND if c.section is first.section else RANGE_BEHIND)
    )
    # What is asked for is outside of what a rule for all asks for (应当年满28周岁): that settles whether it may be had. Of
    # bands beside each other (三天以内的，…；三天以上的，…) the one that holds the amount does.
    bands = "whether" not in probe.question.kinds or bands_of(fold(first.text))
    return next((c for c in near if bands and fits(asked, fold(c.text)) > 0), None)


def nearest_below(asked: Sequence[Amount], first: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """Of sentences that hold from the same thing reaching a value on (水位达到27.30米, beside 水位达到26.50米) the one whose
    value is nearest below the amount asked about; None where that is the first."""
    own = threshold(fold(first.text), asked)
    if own is None or len(asked) != 1:
        return None
    nearer = [
        (told[1], c)
        for c in others
        if c.document is first.document
        and (told := threshold(fold(c.text), asked)) is not None
        and told[0] == own[0]
        and own[1] < told[1] <= asked[0].value
    ]
    return max(nearer, key=lambda pair: pair[0], default=(0.0, None))[1]


_ASKS_TOTAL = re.compile(r"一共|总共|合计|总计|总数|总量|加起来|(?<!公)共有?(?:多少|几)")


_TOTAL = re.compile(
    r"(?:(?<!公)共(?![同享建产青和])|合计|总计|累计|总数|总量)[^，。；]{0,8}?[\d一二三四五六七八九十百千万]"
)


def of_asked_measure(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that tells a figure of what a question asks for by its name (常住人口), where the first tells one of
    something that only ends alike (户籍人口)."""
    question = probe.question
    asked = measures_asked(fold(question.core))
    telling = [c for c in candidates if c.tells]
    if len(asked) != 1 or question.kinds & {"whether", "compare", "list"} or not telling:
        return None
    first = telling[0]
    own = measure_named(asked[0], fold(first.text))
    near = [
        (measure_named(asked[0], fold(c.text)), c)
        for c in telling[1:8]
        if c.document is first.document
        and c.score >= first.score - _CLASS_BEHIND
        and (not question.years or not (told := years_told(c.text)) or told & set(question.years))
    ]
    named, meant = max(near, key=lambda pair: pair[0], default=(0, None))
    return meant if own and clearly_named(named, own) else None


_NEARLY = 0.7  #: how far below the best sentence one beside what has been told may be scored


_TELLING = 3  #: characters from which a figure tells where an answer was taken from


def beside_told(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that stands beside what the answer before was taken from, as its figures tell, where a follow-up asks
    the same of another thing and finds a sentence of another section that speaks as much of it."""
    new = brought(probe)
    figures = [n for n in (probe.told_figures or ((),))[-1] if len(n) >= _TELLING]
    telling = [c for c in candidates if c.tells]
    if not new or not figures or not telling or "count" not in probe.question.kinds:
        return None

    def beside(candidate: Candidate) -> bool:
        section, document = candidate.section, candidate.document
        if section is None:
            return False
        above = section if section.parent is None else document.sections[section.parent]
        around = fold(document.text[above.start : above.end])
        return any(n in around for n in figures)

    first = telling[0]
    if beside(first):
        return None
    spoken = weight_held(new, probe, fold(first.text))
    near = (c for c in telling[1:8] if c.document is first.document and c.score >= first.score - _NEARLY)
    return next((c for c in near if weight_held(new, probe, fold(c.text)) >= spoken > 0 and beside(c)), None)


def in_total(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence that tells a total, where a question for one finds a part first."""
    telling = [c for c in candidates if c.tells]
    if "count" not in probe.question.kinds or not telling or not _ASKS_TOTAL.search(fold(probe.question.core)):
        return None
    first = telling[0]
    if _TOTAL.search(fold(first.text)) or first.odds > 0:
        return None
    near = (c for c in telling[1:12] if c.document is first.document and c.score >= first.score - _WITHIN_BEHIND)
    return next(
        (c for c in near if _TOTAL.search(fold(c.text)) and not refusal.thing_missing(probe.question, [fold(c.text)])),
        None,
    )


#: What makes a measure that of a part or of one among many, before its name: 人均地区生产总值, 市本级政府债务余额.
_OF_A_PART = re.compile(
    r"(?P<part>[人户亩]均|[省市县区州]?本级|(?:规模|限额)以上|规上|限上)(?=(?P<name>[\u4e00-\u9fff]{3,}))"
)
_NAME = 3  #: characters from which the begin of a measure's name is taken for what is asked


def of_the_whole(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that tells a measure as it is asked for (地区生产总值), where the first tells only that of a part or of
    one among many (人均地区生产总值)."""
    question = probe.question
    telling = [c for c in candidates if c.tells]
    if not question.kinds & {"count", "whether"} or question.kinds & {"compare", "list"} or not telling:
        return None
    first, asked = telling[0], _with_expansions(probe)
    own = fold(first.text)
    for part in _OF_A_PART.finditer(own):
        name = part["name"]
        shared = next((k for k in range(len(name), _NAME - 1, -1) if name[:k] in asked), 0)
        whole = re.compile(rf"(?<![均级上限]){name[:shared]}[^,;。\d]{{0,8}}\d")
        if not shared or part["part"] in asked or whole.search(own):
            continue
        near = (c for c in telling[1:12] if c.document is first.document and c.score >= first.score - RANGE_BEHIND)
        for c in near:
            told = years_told(c.text)
            if whole.search(fold(c.text)) and not (question.years and told and not told & set(question.years)):
                return c
    return None


def _with_expansions(probe: Probe) -> str:
    """The folded question with the official words for its own."""
    return fold(probe.question.core) + "".join(f" {word}" for words in probe.expansions.values() for word in words)


#: Three things or more in a row: 申请书、合同和承诺书.
_SERIES = re.compile(
    r"[^、，。；：]{2,}(?:、[^、，。；：]{2,})+(?:、|和|以及|及)[^、，。；：]{2,}|一是.*二是|①.*②|（一）.*（二）|(?:分为|包括|有)[^，。：]{0,8}(?:[二三四五六七八九十]|\d{1,2})(?:大?类|个|项|种|方面)[：:]"
)


_LISTING_BEHIND = 2.2  #: how far below the best sentence one that lists things may be scored


HARDLY = -1.0  #: log odds below which the best sentence hardly answers


def telling_several(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence that lists things, for a question that asks for a list and nothing else, where the first sentence
    lists none and is not read to answer."""
    question = probe.question
    telling = [c for c in candidates if c.tells]
    alone = question.kinds <= {"list", "how", "define"} and len(question.parts) < 2 and "分别" not in question.core
    if not telling or "list" not in question.kinds or not alone:
        return None
    first = telling[0]
    if first.odds >= HARDLY or _SERIES.search(first.text):
        return None
    near = (c for c in telling[1:10] if c.score >= first.score - _LISTING_BEHIND and "|" not in c.text)
    return next((c for c in near if _SERIES.search(c.text) and speaks_of_as_much(c, first)), None)


def _with_title(candidate: Candidate) -> str:
    """A folded sentence after the title of its section."""
    return fold((candidate.section.title + "，" if candidate.section is not None else "") + candidate.text)


#: The most or the least that is asked for, and the sentence that sets it.
_ASKS_BOUND = re.compile(r"(?:最[多高低少长短]|至[多少]|上限|下限|封顶)[^,，。]{0,12}(?:多少|几|多[久长])")
_SETS_BOUND = re.compile(r"不(?:得|能|应)?(?:超过|[高低少多]于)|最[多高低少长短]|至[多少]|[上下]限|封顶")
_NOT_NAMED = re.compile(r"最.*|至[多少]|.*[上下]限|封顶|[一每半]?[年月天次个人户家台]|多少|每.*")


def of_asked_bound(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that sets the most or the least of what a question asks for, where the first sets none: 补贴期限最长36个月,
    and not 缴费满6个月."""
    core = fold(probe.question.core)
    telling = [c for c in candidates if c.tells]
    if probe.question.kinds != {"count"} or not telling or not _ASKS_BOUND.search(core):
        return None
    first = telling[0]
    if _bounds_measure(core, fold(first.text)):
        return None
    held = weight_held(probe.words, probe, fold(first.text))
    near = (c for c in telling[1:8] if c.document is first.document and c.score >= first.score - RANGE_BEHIND)
    return next(
        (
            c
            for c in near
            if _bounds_measure(core, fold(c.text)) and weight_held(probe.words, probe, fold(c.text)) >= _AS_MUCH * held
        ),
        None,
    )


def _bounds_measure(core: str, text: str) -> bool:
    """Whether a clause of a folded text sets a bound by a figure of the measure asked for."""
    return any(
        not lacks_figure(core, [clause[bound.start() :]])
        for clause in re.split("[,;。]", text)
        if (bound := _SETS_BOUND.search(clause))
    )


def sets_bound(probe: Probe, candidates: Sequence[Candidate]) -> bool:
    """Whether the best sentence sets the most or the least of what a question asks for, and its article and the headings
    above it name all that the question does: whoever asks 最多能提多少 is told 提取额度不超过, however it is read."""
    best = next((c for c in candidates if c.tells), None)
    core = fold(probe.question.core)
    if best is None or probe.question.kinds != {"count"} or not _ASKS_BOUND.search(core):
        return False
    text = fold(best.text)
    if not _SETS_BOUND.search(text) or refusal.thing_missing(probe.question, [text]):
        return False
    section, document = best.section, best.document
    article = document.text[section.start : section.end] if section is not None else ""
    around = fold("".join((document.header.title, *document.path(section), best.text, article)))
    own = {w: v for w, v in probe.words.items() if len(w) > 1 and not _NOT_NAMED.fullmatch(w)}
    return bool(own) and all(match(w, probe, around) for w in own)


#: What says that of something there is none: 不发奖金, 不新增编制, 市级不再安排, 免收.
_NONE = re.compile(
    r"不(?:再|另)?(?:行)?(?:新增|增加|增设|发放?|安排|收取?|支付|给予|计发|补助|补贴|奖励|核定)(?!放?到|入)|免收|免缴|免交|半价"
)
_ALL_SAID = 0.8  #: share of a question for an amount that a sentence has to hold which tells that there is none


def says_none(probe: Probe, found: Sequence[Candidate]) -> Candidate | None:
    """The best sentence where it says nearly all of a question for an amount, and that there is none of it: it has no
    figure, and is the answer."""
    best = next((c for c in found if c.tells), None)
    if best is None or probe.question.kinds != {"count"} or coverage(probe, fold(best.text)) < _ALL_SAID:
        return None
    denying = [clause for clause in re.split("[，,；;。]", fold(best.text)) if _NONE.search(clause)]
    own = {word: weight for word, weight in probe.words.items() if len(word) > 1}
    return best if any(weight_held(own, probe, clause) for clause in denying) else None
