"""Which of the best sentences goes first: that of the class, the case, the range or the label that is asked about, or of what
a follow-up brings.

Pure functions on a question made ready and its sentences, best first; None where the first may stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from corpus.document import Section
from corpus.sentences import line_span
from index.tokens import fold, words
from qa import refusal
from qa.amounts import amounts, amounts_asked, bands_of, fits, fits_best
from qa.asked_form import speaks_of_as_much
from qa.evidence import READ, READ_PLAINLY, Candidate, Probe, brought, match, weight_held
from qa.extractive import TOLD_AGAIN, Read, after_in_line, announced_by
from qa.other_case import is_of_no_kind
from qa.patterns import YEAR, lacks_figure, names_class, opposite_case, other_class, same_case, years_told
from qa.unit_rates import rate_applies, stepped_of


def read_to_answer(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that is read to answer, where the first is read not to: not far behind it for a yes/no question, right
    beside it for others."""
    telling = [c for c in candidates if c.tells]
    if not telling or telling[0].odds >= HARDLY or not probe.question.kinds & {"whether", "count"}:
        return None
    first = telling[0]
    near = [c for c in telling[1:4] if c.document is first.document and c.score >= first.score - RANGE_BEHIND]
    if "whether" not in probe.question.kinds:
        spoken = weight_held(probe.words, probe, fold(first.text))
        near = [c for c in near if c.score >= first.score - _BESIDE and speaks_of_as_much(c, first)]
        near = [c for c in near if weight_held(probe.words, probe, fold(c.text)) >= spoken]
    best = max(near, key=lambda c: c.odds, default=first)
    return best if best.odds >= READ_PLAINLY else None


def telling_figure(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that has the figure asked for and is read to answer plainly, where the first, as near to the question as
    it is, has none: 先警告，再罚款 tells no amount."""
    kinds, core = probe.question.kinds, fold(probe.question.core)
    if "count" not in kinds or not kinds <= {"count", "when"}:
        return None
    was_read = [c for c in candidates if c.tells][:READ]
    # The item of a list has what its opening tells.
    whole = [fold(c.text) for c in [*was_read[:1], *(announced_by(c) for c in was_read[:1])] if c is not None]
    if not whole or not lacks_figure(core, whole):
        return None
    near = (c for c in was_read[1:] if c.odds >= READ_PLAINLY and speaks_of_as_much(c, was_read[0]))
    return next((c for c in near if not lacks_figure(core, [fold(c.text)])), None)


def put_first(first: Candidate, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The sentences with one of them before the others."""
    return (first, *(c for c in candidates if c is not first))


#: How far below the best sentence that of the range asked about may be scored: anywhere, and in the same section.
RANGE_BEHIND, _WITHIN_BEHIND = 3.0, 6.0
_IN_LINE_BEHIND = 12.0  #: ... and in the same line, whose clauses may say no more than their range
#: ... and one that is as good as the best: which of the two answers is for the reader to say.
_BESIDE = 0.5


#: What the reader's log odds count for where a sentence is sought that speaks of what a follow-up brings.
_READ_ANEW = 0.25


_HARDLY_LESS = 3.0  #: log odds below those of the first sentence that another may have


_CLASS_BEHIND = 2.0  #: how far below the best sentence that of the class asked about may be scored


#: What is ruled for all classes but the one before it.
_OF_THE_OTHERS = re.compile("其[他余它]各?(?:[类级档种等型批]|[^,，;；。]{1,3}[类级档种等型])")


def of_asked_class(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence of the class that a question asks about, where the first speaks of others only: 一级 and not 三级."""
    core = fold(probe.question.core)
    telling = [c for c in candidates if c.tells]
    if not telling or not other_class(core, _with_title(telling[0])):
        return None
    first = telling[0]
    behind = [span[0] for span in after_in_line(first.document.text, first.end)[:1]]
    for c in telling[1:30]:
        if c.document is first.document and c.start in behind and _OF_THE_OTHERS.match(fold(c.text)):
            return c  # 第一类的提高10%；其他各类不作调整
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


def of_asked_label(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence below the one label that a question names of those beside each other, where the first stands below
    one that it does not name: 集中缴费期, and not 补缴期."""
    telling = [c for c in candidates if c.tells]
    first = telling[0] if telling else None
    if first is None or first.section is None or not probe.question.kinds & {"count", "when"}:
        return None
    core = _with_expansions(probe)
    document, above = first.document, first.section.parent
    label = 1 < len(first.section.title) <= _LABEL
    beside = [
        s
        for s in document.sections
        if s.parent == above
        and s.level == first.section.level
        and (1 < len(s.title) <= _LABEL if label else len(s.title) <= _NAME and s.end - s.start <= _OF_ONE)
    ]
    pairs = {s.index: {fold(s.title)[i : i + 2] for i in range(len(fold(s.title)) - 1)} for s in beside}
    if first.section.index not in pairs:
        return None
    others = {pair for index, held in pairs.items() if index != first.section.index for pair in held}
    if any(pair in core for pair in (pairs[first.section.index] - others or pairs[first.section.index])):
        return None
    named = [s for s in beside if sum(pair in core for pair in pairs[s.index]) * 2 >= len(pairs[s.index])]
    own = fold(document.text[first.section.start : first.section.end])
    # In the question's own words: an official word for one of them may be in any label.
    named = named or [s for s in beside if _by_own_word(s, beside, fold(probe.question.core), own)]
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
#: ... of one that names the thing of which alone its item tells (1.城东冷链物流园。占地…), and of that item.
_NAME, _OF_ONE = 24, 200


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


def of_case_gone_on_to(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that goes on from the first with the case asked about, of which that says nothing: 夜间的，应当提前七日
    behind 整场包场的，应当提前三日预约."""
    first = next((c for c in candidates if c.tells), None)
    if first is None or probe.question.kinds & {"compare", "list", "summary"}:
        return None
    said = fold(first.text)
    for c in [c for c in candidates if c.tells][1:_GONE_ON]:
        case, of_case, _ = fold(c.text).partition("的")
        goes_on = c.section is first.section and any(a <= first.start < b for a, b in c.rests.before)
        near = of_case and len(case) <= _CASE and c.score >= first.score - RANGE_BEHIND and c.odds > 0
        asked = (w for w in probe.words if len(w) > 1 and match(w, probe, case) and not match(w, probe, said))
        if goes_on and near and any(asked):
            return c
    return None


_GONE_ON, _CASE = 6, 12  #: sentences among which one is sought that goes on, and characters of the case that it tells


def in_asked_range(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence of the same document that holds for an amount asked about (8000元), where the first holds for
    others only."""
    asked = amounts_asked(fold(probe.question.core), fold(probe.question.asked))
    telling = [c for c in candidates if c.tells]
    if not asked or not telling:
        return None
    first = telling[0]
    if fits(asked, fold(first.text)) >= 0:
        return None
    line = line_span(first.document.text, first.start)
    near = [
        c
        for c in telling[1:20]
        if c.document is first.document
        and (
            c.score >= first.score - (_WITHIN_BEHIND if c.section is first.section else RANGE_BEHIND)
            or (line[0] <= c.start < line[1] and c.score >= first.score - _IN_LINE_BEHIND)
        )
    ]
    # What is asked for is outside of what a rule for all asks for (应当年满28周岁): that settles whether it may be had. Of
    # bands beside each other (三天以内的，…；三天以上的，…) the one that holds the amount does.
    bands = "whether" not in probe.question.kinds or bands_of(fold(first.text), any_unit=True)
    fitting = zip(near, fits_best(asked, [fold(c.text) for c in near]), strict=True) if bands else ()
    holding = [c for c, fit in fitting if fit > 0]
    worded = [c for c in holding if SequenceMatcher(None, c.text, first.text, autojunk=False).ratio() >= _AS_WORDED]
    return next(iter(worded or holding), None)


_AS_WORDED = 0.6  #: likeness from which a band is worded as another, so that both are of one thing


#: A sentence that says what a name stands for: 本办法所称误工费，是指…; and questions that it answers beside 是什么, 算不算.
_DEFINES = re.compile(r"(?:其中,)?(?:本[\u4e00-\u9fff]{1,6}所称的?)?\"?(?P<name>[^,。;:\"]{2,20}?)\"?(?:,?是指|,指)")
_ASKS_MEANING = re.compile(
    r"(?<!怎么)(?<!如何)(?<!怎样)算|属于|是什么|什么是|什么样|[指叫称]|才|够|哪|包[括含]|范围|界定|(?:怎么|如何|怎样)认定"
)
_DEFINED_IN = 4  #: sentences among which one is sought that says something of what the first defines


def beyond_definition(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that says something of what the first one only defines, or goes on from there, for a question for
    neither what it is nor what is one: 误工费按上年平均工资计算, and not 误工费，是指…, of how it is reckoned."""
    telling = [c for c in candidates if c.tells]
    core = fold(probe.question.core)
    if not telling or probe.question.kinds & {"define", "list", "whether"} or _ASKS_MEANING.search(core):
        return None
    first = telling[0]
    defined = _DEFINES.match(fold(first.text))
    if defined is None:
        return None
    near = [c for c in telling[1:_DEFINED_IN] if c.document is first.document and not _DEFINES.match(fold(c.text))]
    near = [c for c in near if defined["name"] in fold(c.text) or _goes_on(first, c)]
    if "count" in probe.question.kinds:
        near = [c for c in near if not lacks_figure(core, [fold(c.text)])]
    return next(iter(near), None)


def _goes_on(first: Candidate, candidate: Candidate) -> bool:
    """Whether a sentence follows at once upon another of its document."""
    return candidate.start >= first.end and not first.document.text[first.end : candidate.start].strip()


def of_asked_rate(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence near the first that tells a rate for what the question counts (500立方米: 每立方米0.12元), where the
    first tells none."""
    telling = [c for c in candidates if c.tells]
    kinds, core = probe.question.kinds, fold(probe.question.core)
    if not telling or "count" not in kinds or "whether" in kinds or not any(one.unit for one in amounts(core)):
        return None
    first = telling[0]
    if rate_applies(core, fold(first.text), bare=False) or stepped_of(core, [fold(first.text)]):
        return None
    spoken = weight_held(probe.words, probe, fold(first.text))
    near = [c for c in telling[1:_RATES_AMONG] if c.score >= first.score - RANGE_BEHIND]
    near = [c for c in near if weight_held(probe.words, probe, fold(c.text)) >= _AS_MUCH * spoken]
    return next((c for c in near if rate_applies(core, fold(c.text), bare=first.odds > 0)), None)


_RATES_AMONG = 6  #: sentences among which a rate for what is counted is sought
_AS_MUCH = 0.5  #: share of what the first sentence says of the question that such a one has to say


_ASKS_TOTAL = re.compile(r"一共|总共|合计|总计|总数|总量|加起来|(?<!公)共有?(?:多少|几)")


_TOTAL = re.compile(
    r"(?:(?<!公)共(?![同享建产青和])|合计|总计|累计|总数|总量)[^，。；]{0,8}?[\d一二三四五六七八九十百千万]"
)


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


_ASKS_SHARE = re.compile(r"占比|比重|份额|占(?:了|到|着)?(?:多[大少]|百分之|几)")
_GROWN = re.compile(r"(?:增长|下降|上升|提高|降低|减少|回落|[增降涨])(?:了|率为?)?-?\d[\d.]*[%％]")
_SHARE = re.compile(r"占|比重|份额|分之|[%％成]|\d[:：∶]\d")


def telling_share(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence beside the first that tells a share, where a question for one finds an amount or a growth first."""
    telling = [c for c in candidates if c.tells]
    if not telling or len(probe.question.parts) > 1 or not _ASKS_SHARE.search(fold(probe.question.core)):
        return None
    first = telling[0]
    if _SHARE.search(_GROWN.sub("", fold(first.text))):
        return None
    telling_it = {w for w in probe.words if len(w) > 1 and not _ASKS_SHARE.search(w)}
    return next(
        (
            c
            for c in telling[1:12]
            if c.document is first.document
            and c.score >= first.score - _WITHIN_BEHIND
            and _SHARE.search(_GROWN.sub("", fold(c.text)))
            and any(word in c.text for word in telling_it)
        ),
        None,
    )


def _with_expansions(probe: Probe) -> str:
    """The folded question with the official words for its own."""
    return fold(probe.question.core) + "".join(f" {word}" for words in probe.expansions.values() for word in words)


HARDLY = -1.0  #: log odds below which the best sentence hardly answers


def _with_title(candidate: Candidate) -> str:
    """A folded sentence after the title of its section."""
    return fold((candidate.section.title + "，" if candidate.section is not None else "") + candidate.text)
