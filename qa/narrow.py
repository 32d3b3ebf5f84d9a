"""From a sentence with many figures or dates to the clause that the question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from os.path import commonprefix

from corpus.figures import names_something
from corpus.labels import HAN_NUMERALS, without_label
from corpus.respective import Respective, respective
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold, segment, words
from qa.amendments import as_amended
from qa.amounts import Range, amounts, amounts_asked, amounts_of_case, conditions, fits, fits_best, ranges
from qa.claim import Claim, read_claim
from qa.evidence import Candidate, Probe, around, coverage, match, weight_held
from qa.extractive import (
    MAX_QUOTE,
    Line,
    Read,
    Span,
    after_label,
    announced_by,
    closed,
    lines_of,
    series_of,
    subject_of,
    unread,
)
from qa.limits import limits
from qa.other_case import of_own_sex
from qa.patterns import DATE, FIGURE, IN_FORCE, YEAR, lacks_figure, names_class, other_class, years_told
from qa.question import Question, kinds_of
from qa.unit_rates import stepped_of
from qa.verdict_costs import asks_price
from qa.verdict_figures import acts_of
from qa.verdict_scope import excepts_case
from qa.verdict_shared import for_others
from qa.verdict_words import says_no, stands_in

#: A clause that only leads in: 到2025年， 分行业看，
_LEAD_CLAUSE = re.compile(
    r"^(?:分|按|从)[^，,]{1,8}(?:看|来看|分)[，,]$|^[^，,]{0,6}(?:19|20)\d\d年[^，,]{0,6}[，,]$|^“?[十一二三四五]+五”?(?:期间|末|时期)[，,]$"
)
_SHARE_KEPT = 0.7  #: of what a sentence holds of the question, that the clause has to hold
_SHARE_SAID = 0.35  #: of what the question says, that the clause has to hold
_MUCH_AHEAD = 1.5  #: times what another clause names of a question, that the one told has to name
_AHEAD = 0.2  #: share of it by which the clause has to be ahead of every other


@dataclass(frozen=True)
class _Group:
    """Clauses that tell one value."""

    start: int  #: within the sentence
    end: int
    text: str
    own: int = 0  #: where in ``text`` the clause begins that tells the value


def narrowed(probe: Probe, candidate: Candidate, odds: Read = unread) -> Line | None:
    """The clause of a sentence that a question for one figure or date asks for, with its time; None where the sentence
    has to be told whole. ``odds``: what a reader says of clauses, where there is one."""
    question = probe.question
    pattern = FIGURE if "count" in question.kinds else DATE if "when" in question.kinds else None
    if pattern is None or asks_more(question) or "|" in candidate.text or as_amended(candidate.text) != candidate.text:
        return None
    of_name = _of_name(probe, candidate, pattern)
    if of_name is not None:
        return of_name
    part = _of_part(probe, candidate) if pattern is FIGURE else None
    if part is not None:
        return part
    groups = _groups(candidate.text, pattern)
    core = fold(question.core)
    if len(groups) < 2 or stepped_of(core, [fold(candidate.text)]):
        return None
    of_kind = _of_year_or_class(question, core, candidate.text, groups) if pattern is FIGURE else None
    if of_kind is not None:
        begin = groups[of_kind - 1].end if of_kind else 0
        told = candidate.text[begin : groups[of_kind].end].lstrip("，,；;、 ")
        if of_kind:  # what stands before the clause of the year or class says more of the value before
            own = (
                told[a:] for a, b in clause_spans(told) if YEAR.search(told[a:b]) or names_class(core, fold(told[a:b]))
            )
            told = next(own, told)
        named = _measured(candidate.text) if of_kind else ""
        if names_something(named) and not any(named[i : i + 2] in told for i in range(len(named) - 1)):
            told = f"{named}，{told}"
        lead = _year_before(candidate.text, begin) if of_kind and not YEAR.search(told) else ""
        return _told(candidate, lead + told)
    if _SAYS_NOT.search(core):
        return None
    event = _of_event(core, groups) if pattern is DATE else None
    if event is not None:
        name = _TITLE.match(candidate.text) if event else None
        dated = next(c for c in re.split("[，,]", groups[event].text) if DATE.search(fold(c)))
        return _told(candidate, (name.group() if name else "") + re.sub(_JOINED, "", dated))
    value = _named(probe, candidate.text, groups)
    if value is not None:
        alone, only = value
        # Of values of one thing the one that alone is named, unless the reader is sure of another; of values of several
        # things, or of two that are named, only where the reader says so, too.
        sure = only and _of_one_thing(probe, groups)
        said = _read(probe, candidate, groups, odds, _READ_SURELY if sure else _READ_AHEAD)
        if said == alone or (said is None and sure):
            if _SETS_BESIDE.match(groups[alone].text):
                return None
            return _told_alone(candidate, groups, alone)
    fitting = [g for g in groups if "count" not in question.kinds or not lacks_figure(core, [fold(g.text)])]
    if not fitting:
        return None
    # Only one tells the measure asked for: 公示最少几天 of a date, a share and 7个工作日.
    chosen = 0 if len(fitting) == 1 else _chosen(probe, [g.text for g in fitting], candidate.text)
    # Where the words and the reader mean different clauses, the sentence is told whole.
    if chosen is not None and len(fitting) > 1 and _read(probe, candidate, fitting, odds) not in (None, chosen):
        return None
    if chosen is None or (len(fitting) == 1 and not any(match(w, probe, fold(fitting[0].text)) for w in probe.words)):
        return None
    group = fitting[chosen]
    if len(fitting) == 1 and _is_outdone(probe, group, groups):
        return None
    if group is groups[0]:
        telling = [w for w in probe.words if len(w) > 1]
        if _only_led_in(probe, group) or _leaves_out(probe, telling, candidate.text, groups, 0, 0.7):
            return None
    if _ASKS_END.search(core) and _PERIOD.search(group.text) and not YEAR.search(group.text):
        return None  # when a period ends is told by when it begins, too
    if _SETS_BESIDE.match(group.text):
        return None
    lead = _year_before(candidate.text, group.start)
    # The whole sentence is quoted: what the clause goes on with stands there.
    told = re.sub(_JOINED, "", group.text)
    return _told(candidate, lead + told)


#: A part of a whole with its figure: 其中大气1.58亿元、水1.36亿元.
_PART = re.compile(
    r"(?:[:：、,，]|其中)(?P<name>[\u4e00-\u9fff]{1,6}?)(?P<does>(?:资金|财政)?(?:承担|负担|分担|安排|补助|出资|投入|配套)|为|是|约|各)?(?P<value>\d[\d,]*(?:\.\d+)?(?P<unit>[万亿]*[\u4e00-\u9fff%]+?))(?=[、,，;；。]|$)"
)
_ONLY_CHANGE = re.compile(
    r"(?:同比|[比较](?:上|去)一?年(?:同期|末)?|又)*(?:增长|增加|上升|提高|下降|减少|降低|回落)[^\d]{0,2}\d"
)
_NO_PART = re.compile(r"同比|比上年|增长|下降|其中|占|达到?$")


def _of_part(probe: Probe, candidate: Candidate) -> Line | None:
    """The figure of the one part that a question names of those that a sentence tells behind a whole, after the whole; None
    where it names none or several."""
    text, core = candidate.text, fold(probe.question.core)
    begin = text.find("其中")
    told = [(a, b) for a, b in clause_spans(text[: max(begin, 0)]) if _has_value(text[a:b], counts=True)]
    wholes = [(a, b) for a, b in told if not _ONLY_CHANGE.match(text[a:b])]
    if not wholes:
        return None
    # 建成学校14所，新增学位1.6万个，其中…: the whole is the last.
    whole = text[wholes[-1][0] if len(wholes) > 1 else 0 : wholes[-1][1]]
    parts = [p for p in _PART.finditer(text, begin) if not _NO_PART.search(p["name"])]
    lead = fold(text[:begin])
    named = [p for p in parts if fold(p["name"]) in core and fold(p["name"]) not in lead]
    if len(parts) < 2 or len({p["unit"] for p in parts}) > 1 or len(named) != 1:
        return None
    (part,) = named
    if lacks_figure(core, [fold(part["value"])]):
        return None
    return _told(candidate, f"{whole.rstrip('，,；;')}，其中{part['name']}{part['does'] or ''}{part['value']}")


#: 比农村居民收入高4260元 tells by how much, and not how much.
_SETS_BESIDE = re.compile(r"[，,；;、\s]*(?:增速|增幅|降幅)?(?:[比较](?!例|重|上年|去年|大|高|多|低|少)|[高低多少]于)")


def names_said(probe: Probe, found: Respective) -> list[int]:
    """The places of the names that a question says, by what they do not have in common."""
    core = fold(probe.question.core)
    names = [fold(own.removesuffix(value)) for own, value in zip(found.told, found.values, strict=True)]
    if not all(found.whole):  # 流通率 of 果蔬、肉类、水产品流通率 is said of all
        of_all = "".join(segment(fold(found.names[-1]))[1:])
        names[-1] = names[-1].replace(of_all, "", 1)
    telling = [w for w in probe.words if len(w) > 1 and not _in_each(w, probe, names)]
    asked = {(one.measure, one.value) for one in amounts_of_case(core)}
    exact = [i for i, n in enumerate(names) if asked & {(one.measure, one.value) for one in amounts(n)}]
    return exact or [i for i, n in enumerate(names) if names_class(core, n) or any(match(w, probe, n) for w in telling)]


def _of_name(probe: Probe, candidate: Candidate, pattern: re.Pattern[str]) -> Line | None:
    """The value of the one name that a question says, of values told in the order of their names, after what leads in to
    all of them; None where it says none or several."""
    text, core = candidate.text, fold(probe.question.core)
    for found in respective(text):
        named = names_said(probe, found)
        if len(named) != 1:
            continue
        best = named[0]
        told = found.told[best]
        if not found.whole[best] or not pattern.search(fold(found.values[best])) or lacks_figure(core, [fold(told)]):
            continue
        begin = found.start
        for a, b in reversed(clause_spans(text[:begin])):
            if text[b - 1] not in "，," or _has_value(YEAR.sub("", text[a:b]), counts=True):
                break
            begin = a
        lead = text[begin : found.start]
        if not YEAR.search(lead + told):
            lead = _year_before(text, begin) + lead
        behind = text[found.end :]
        more = behind.rstrip("；;。") if limits(fold(behind.lstrip("，,；; ")), fold(told)) else ""
        told = f"{lead}{told}{more}"
        # What the sentence says of the question elsewhere may be what is asked for: 果蔬产后损失率 and not 果蔬流通率.
        if not any(match(w, probe, fold(text)) > match(w, probe, fold(told)) for w in probe.words if len(w) > 1):
            return _told(candidate, told)
    return None


_CONDITION_FIRST = re.compile(r"[^，,；;。]+的[，,]")
#: Where what the first of several values is of ends: before its class (A类), or before the figure.
_FIRST_VALUE = re.compile(
    r"[A-Za-zⅠ-Ⅻ一二三四五六七八九十甲乙丙丁]+(?:级|类|等|档|型)|(?:仅|只有|为|是|达到?|约|有|共|不[^\d]{1,3})*\d"
)


def _measured(text: str) -> str:
    """What the values of a sentence are of, from its first: 我国网民数量 of 2000年,我国网民数量仅2250万."""
    text = re.sub(r"(?:19|20)\d\d年?[至到—–~～-]+(?:19|20)\d\d年[，,]?", "", text)
    bare = re.sub(r"(?:^|(?<=[，,；;]))[^\d，,；;]{0,4}(?:19|20)\d\d年(?:底|末|初|时)?[，,]?", "", text)
    value = _FIRST_VALUE.search(bare)
    return re.split(r"[，,；;]", bare[: value.start()])[-1].strip("：: ") if value else ""


def _of_year_or_class(question: Question, core: str, text: str, groups: Sequence[_Group]) -> int | None:
    """The place of the one value that is of the year or class asked for, where another is of another: B类 of A类不超过
    180平方米，B类不超过150平方米."""
    if _CONDITION_FIRST.match(text):
        return None  # what all values hold under has to be told with each
    begins = [0, *(g.end for g in groups)]
    own = [fold(text[begin : g.end]) for begin, g in zip(begins, groups, strict=False)]
    if len(question.years) == 1:
        years = [set(YEAR.findall(said)) for said in own]
        if any(re.search(rf"[比较与同]{year}", said) for said, held in zip(own, years, strict=True) for year in held):
            return None  # 比2010年增加: of the other year
        of_year = [i for i, held in enumerate(years) if question.years[0] in held]
        # Of a whole for several years (2023年至2025年) nothing is said of one of them.
        alone = [held for held in years if len(held) == 1]
        return of_year[0] if len(of_year) == 1 and len(years[of_year[0]]) == 1 < len(alone) else None
    of_class = [i for i, said in enumerate(own) if names_class(core, said)]
    return of_class[0] if len(of_class) == 1 and any(other_class(core, said) for said in own) else None


def _named(probe: Probe, text: str, groups: Sequence[_Group]) -> tuple[int, bool] | None:
    """The place of the value whose own clause names what a question asks for (中部地区年人均3.88万元 after
    标准为西部地区年人均4.18万元) and whether the others name nothing of it; None where none names clearly most."""
    own = [fold(_own_clause(g)) for g in groups]
    lead = fold(text[: groups[0].start + groups[0].own])
    # What leads in to all of them and stands in none, or stands in each, tells none from another.
    in_some = [w for w in probe.words if len(w) > 1 and not _in_each(w, probe, own)]
    telling = [w for w in in_some if not match(w, probe, lead) or any(match(w, probe, words) for words in own)]
    weights = [weight_held({w: probe.words[w] for w in telling}, probe, words) for words in own]
    best, second = sorted(range(len(own)), key=lambda i: -weights[i])[:2]
    if weights[best] <= _MUCH_AHEAD * weights[second] or not _self_named(groups[best]):
        return None
    # Another word for what the question says may be left out, where the clause told holds much more of the question.
    only = not weights[second]
    if _leaves_out(probe, telling, text, groups, best, 0.0 if only else 0.7):
        return None
    return best, only


_TITLE = re.compile("《[^《》]+》")
#: What happens to a rule, as it is told with its day: each of these is another day.
_EVENTS = tuple(
    map(
        re.compile,
        (IN_FORCE, "通过|审议", "批准|批复|核准", "[公颁]布|发布|印发|出台", "废止|失效|停止执行"),
    )
)


def _of_event(core: str, groups: Sequence[_Group]) -> int | None:
    """The place of the clause that tells the day of the one event that a folded question asks the day of (从哪天起算数), where
    others tell those of other events; None where it asks of none or of several."""
    asked = [event for event in _EVENTS if event.search(core)]
    told = [[bool(event.search(fold(g.text))) for event in _EVENTS] for g in groups]
    if len(asked) != 1 or not all(any(own) for own in told):
        return None
    of_it = [i for i, own in enumerate(told) if own[_EVENTS.index(asked[0])]]
    return of_it[0] if len(of_it) == 1 else None


def _is_outdone(probe: Probe, told: _Group, groups: Sequence[_Group]) -> bool:
    """Whether another value's clause holds clearly more of a question than the one that alone has the measure asked for:
    every counter may be read out of 每万人口拥有量."""
    words = {w: v for w, v in probe.words.items() if len(w) > 1}
    most = max(weight_held(words, probe, fold(g.text)) for g in groups)
    return most > _MUCH_AHEAD * weight_held(words, probe, fold(told.text))


def _leaves_out(
    probe: Probe, telling: Sequence[str], text: str, groups: Sequence[_Group], told: int, least: float
) -> bool:
    """Whether clauses that are left out alone tell something of a question; of what leads in to all, their own words."""
    own = [fold(_own_clause(g)) for g in groups]
    lead = fold(text[: groups[0].start + groups[0].own])
    for word in (w for w in telling if not match(w, probe, own[told])):
        left_out = own if match(word, probe, lead) else [fold(g.text) for g in groups]
        if any(match(word, probe, words) > least for words in left_out):
            return True
    return False


def _in_each(word: str, probe: Probe, texts: Sequence[str]) -> bool:
    return all(match(word, probe, text) for text in texts)


def _of_one_thing(probe: Probe, groups: Sequence[_Group]) -> bool:
    """Whether values are all of one unit and of what leads in to them, or of what the question says and each names."""
    own = [fold(_own_clause(g)) for g in groups]
    units = {told[0].measure for words in own if (told := amounts(words))}
    named = any(_in_each(w, probe, own) for w in probe.words if len(w) > 1)
    return len(units) == 1 and (named or groups[0].own > 0)


def _only_led_in(probe: Probe, group: _Group) -> bool:
    """Whether what the first value has of a question stands only in what leads in to all values."""
    own = fold(_own_clause(group))
    return len(own) < len(group.text) and not any(match(w, probe, own) for w in probe.words)


def _own_clause(group: _Group) -> str:
    """The clauses of a value from that which tells it."""
    return group.text[group.own :]


def _own_at(text: str) -> int:
    """Where in the text of a value the clause begins that tells it."""
    at, end = next(
        ((a, b) for a, b in clause_spans(text) if re.search(r"\d|[一二三四五六七八九十]", text[a:b])), (0, 0)
    )
    colon = re.match(r"[^\d：:]*[：:]", text[at:end])
    return at + (colon.end() if colon is not None else 0)


def _self_named(group: _Group) -> bool:
    """Whether a clause says by itself what its value is of, not only for whom: 同比增长 does not."""
    return names_something(re.split(r"\d", _own_clause(group))[0])


def _year_before(text: str, at: int) -> str:
    """The last clause before a place that only says of when the values after it are: 到2025年，."""
    ahead = (text[a:b] for a, b in reversed(clause_spans(text[:at])))
    return next((c for c in ahead if _LEAD_CLAUSE.match(c) and re.search(r"\d", c)), "")


#: What joins a clause to the one before; 并处 says that both are done, and stays.
_JOINED = r"^(?:(?:其中|此外|同时)[，,：:]?|并(?=[按由应于在自向]))"


def _told_alone(candidate: Candidate, groups: Sequence[_Group], at: int) -> Line:
    """What leads in to the values of a sentence, and one of them."""
    first = groups[0]
    lead = candidate.text[: first.start + first.own]
    told = groups[at].text if at else _own_clause(first)
    if not YEAR.search(lead + told):
        lead += _year_before(candidate.text, groups[at].start)
    told = lead + re.sub(_JOINED, "", told)
    return _told(candidate, re.sub(_JOINED, "", told))


def _told(candidate: Candidate, clause: str) -> Line:
    """A clause of a sentence after who or what its paragraph is of (在校学生：), resting on the whole sentence."""
    text = candidate.document.text
    (line,) = lines_of([[candidate]])
    subject = subject_of(candidate)
    return Line((text[slice(*subject)] if subject is not None else "") + closed(clause), line.spans)


_ASKS_END = re.compile(r"到(?:什么时候|啥时候|何时|哪[一]?[年天月]|几[月号])|到期|失效")
_PERIOD = re.compile(r"\d+个?[年月]|[一二两三四五六十]+个?[年月]")

#: How much a figure has changed, or what share it is, stands with the figure itself.
_WITH_IT = re.compile(
    r"(?:及其|[,，和及])?[^,，。?？]{0,6}(?:百分之几|几成|几个百分点|[涨增降跌]幅(?:是)?多[大少]|增(?:速|幅|长率)(?:分别|各)?(?:是|为)?(?:多少)?|增长(?:了)?多少|[涨增降跌]了?多少)"
)


#: …是多少，同比涨了百分之几: of the same figure.
_CHANGE_WITH_IT = re.compile(
    r"[,，](?:又|同比|[比较](?:上|去)一?年(?:同期)?)*(?:增长|下降|上升|提高|减少|[涨增降跌])(?:[了幅出]|大?概|有|是)*(?:百分之)?(?:多少|几|多大)(?:成|个?百分点)?[?？]?$"
)
_SAYS_NOT = re.compile(r"(?<!是)不[是属]|(?<!在)不在|除了|以外|之外")  #: what is named so is not meant
#: What two figures tell together; how much more than the year before is told with the figure.
_DIFFERENCE = re.compile(
    r"相差|(?<![误时价利温落])差(?:了|别)?(?:是)?(?:多少|几)"
    r"|比(?![例重率]|[上去前]一?年|同期)[^,，]{1,14}?[高低多少大小长短贵](?:了|出)?(?:多少|几)"
    r"|(?:刨|除|扣|抛|减)[去掉开除].*(?:剩|余|[是有]多少)"
)


#: 三年一共, 加起来: figures of several years or things taken together.
TOGETHER = re.compile(
    r"加起来|加一起|[和与跟、][^,，、]{1,12}(?:一共|总共|合计|共计|总计)|(?:[两三四五六七八九十]|(?<!\d)\d{1,2})年[^,，]{0,8}?(?:一共|总共|合计|共计|总计|累计)"
)
_AND_THAT = re.compile(r"[,，][^,，?？]{1,8}呢[?？]?$")  #: 补多少，上限呢


def asks_more(question: Question) -> bool:
    """Whether a question asks for more than one figure or date."""
    core = _CHANGE_WITH_IT.sub("", question.core)
    core = core if re.search("[、,，].*(?:多少|几)", core) else _WITH_IT.sub("", core)
    asks = re.findall(
        r"多少|几(?!号|乎|个部门)|什么时[候间]|啥时候?|何时|(?:哪[一]?[年天月日])+|多[久长大高]|各(?!大|级|类|地|方|国|省|市|县)|分别|其中",
        core,
    )
    classes = set(re.findall(r"[一二三四五六七八九十甲乙丙丁A-Da-dⅠⅡⅢⅣ](?:级|类|等|档|型|号)", core))
    # 产值及其增速分别是多少 asks for a list by its words alone.
    kinds = question.kinds - {"list"} if core != question.core and "list" not in kinds_of(core) else question.kinds
    many = kinds & {"list", "summary", "how", "compare", "whether"} or len(question.years) > 1
    return (
        bool(many)
        or bool(_DIFFERENCE.search(core) or TOGETHER.search(core))
        or len(asks) > 1
        or len(classes) > 1
        or len(re.findall("[?？]", core)) > 1
        or _AND_THAT.search(core) is not None
        or _asks_beside(question)
    )


def _asks_beside(question: Question) -> bool:
    """Whether one of several parts of a question asks for no figure or date: 由谁审定，公示几天."""
    kinds = [kinds_of(part) for part in question.parts]
    return len(kinds) > 1 and any(own and not own & {"count", "when"} for own in kinds)


_OWN_YEAR = re.compile(r"^[^\d，,]{0,4}(?:19|20)\d\d年(?:底|末|初|时)?")


#: 从2000年的7亿，迅猛增长至2017年的40亿: one value to another, which needs it.
_FROM = re.compile(r"[从由][^，,；;至到]*\d[^，,；;至到]*[，,]?$")
#: 按低保标准的1.5倍确定，为每人每月1963.5元: the same in figures.
_THAT_IS = re.compile(r"(?:即|也就是|为|折合|约合)(?:每[人户月年天日个次])*\d")
_TO = re.compile(r"[^\d，,；;]{0,8}[至到为][^，,；;]*\d")


def _groups(text: str, pattern: re.Pattern[str]) -> list[_Group]:
    """Clauses that tell one value each, with the conditions before it and what says more of it after it."""
    groups: list[_Group] = []
    begin: int | None = None
    for start, end in clause_spans(text):
        clause = text[start:end]
        if _LEAD_CLAUSE.match(clause) and start == 0:
            continue
        begin = start if begin is None else begin
        own = text[begin:end]
        if groups and limits(fold(own), fold(groups[-1].text)):
            groups[-1] = _Group(groups[-1].start, end, text[groups[-1].start : end])
            begin = None
            continue
        # A case (在6个月以内的，, 有两个子女的家庭，) is told with what holds in it.
        if not _has_value(clause, pattern is FIGURE) or re.search("的[\u4e00-\u9fff]{0,4}[，,]$", clause):
            continue
        heads = (re.split(r"\d", said)[0] for said in (own, _OWN_YEAR.sub("", clause)))
        goes_on = groups and (_THAT_IS.match(clause) or (_FROM.search(groups[-1].text) and _TO.match(clause)))
        if groups and pattern is FIGURE and (goes_on or not any(map(names_something, heads))):
            groups[-1] = _Group(groups[-1].start, end, text[groups[-1].start : end])
        else:
            groups.append(_Group(begin, end, own))
        begin = None
    if groups and begin is not None:
        groups[-1] = _Group(groups[-1].start, len(text), text[groups[-1].start :])
    bare = [g.text.rstrip("，,；;、 ") for g in groups]
    begins = [_own_at(said) for said in bare]
    if len(bare) > 1:
        begins[0] += said_of_all([said[at:] for said, at in zip(bare, begins, strict=True)])
    return [_Group(g.start, g.start + len(t), t, at) for g, t, at in zip(groups, bare, begins, strict=True)]


def said_of_all(clauses: Sequence[str]) -> int:
    """How many characters at the beginning of the first of several clauses that are worded alike are said of all: 小区 of
    小区地上车位每月60元，地下车位每月80元.

    >>> said_of_all(["小区地上车位每月60元", "地下车位每月80元"]), said_of_all(["全年预算收入9亿元", "税收收入6亿元"])
    (2, 0)
    """
    plain = [re.split("[，,；;]", re.sub(r"\d[\d,，.]*(?=\D|$)", "0", clause))[0] for clause in clauses]
    alike = len(commonprefix([clause[::-1] for clause in plain]))
    heads = [clause[: len(clause) - alike] for clause in plain]
    sizes = {len(head) for head in heads[1:]}
    measure = re.match(r"\D*(?=0)", plain[0][len(heads[0]) :])
    if len(sizes) != 1 or measure is None or measure.end() < _ALIKE or any(re.search(r"\d", head) for head in heads):
        return 0
    more = len(heads[0]) - sizes.pop()
    return more if 2 <= more < len(heads[0]) else 0


_ALIKE = 4  #: characters before their figures that clauses have in common which are worded alike


def clause_spans(text: str) -> list[tuple[int, int]]:
    """Spans of clauses; commas inside brackets and numbers part none, 、 parts values that have a name each."""
    spans: list[tuple[int, int]] = []
    begin = depth = 0
    for i, char in enumerate(text):
        depth += (char in "（(《") - (char in "）)》")
        mark = char in "，,；;" and not re.match(r"\d[，,]\d{3}", text[max(0, i - 1) : i + 4])
        if depth <= 0 and (mark or (char == "、" and _parts_values(text, begin, i))):
            spans.append((begin, i + 1))
            begin = i + 1
    if begin < len(text):
        spans.append((begin, len(text)))
    return spans


_VALUED = re.compile(r"[^，,；;、。（(）)]*[\u4e00-\u9fff]{2,}[^，,；;、。（(）)]*?\d[^，,；;、。（(）)]*")


def _parts_values(text: str, begin: int, at: int) -> bool:
    """Whether 、 parts two values, each with its name: 中级人才20万人、高级人才3万人."""
    before, after = (_VALUED.fullmatch(text, begin, at), _VALUED.match(text, at + 1))
    return all(m is not None and names_something(re.split(r"\d", m.group())[0]) for m in (before, after))


#: Log odds by which a clause has to be ahead of every other; and where the words of the question mean another.
_READ_AHEAD, _READ_SURELY = 2.0, 4.0


def _read(
    probe: Probe, candidate: Candidate, groups: Sequence[_Group], odds: Read, ahead: float = _READ_AHEAD
) -> int | None:
    """The place of the clause that the reader clearly finds to answer; None where it finds none or several. Each is read
    after what leads in to all."""
    text, first = candidate.text, groups[0]
    lead = text[: first.start + first.own]
    texts = [lead + (_own_clause(g) if g is first else g.text) for g in groups]
    clauses = [
        replace(candidate, start=candidate.start + g.start, end=candidate.start + g.end, text=told)
        for g, told in zip(groups, texts, strict=True)
    ]
    said = odds(probe.question.core, clauses)
    order = sorted(range(len(said)), key=lambda i: -said[i])
    return order[0] if said[order[0]] > 0 and said[order[0]] - said[order[1]] >= ahead else None


def _chosen(probe: Probe, texts: Sequence[str], whole: str) -> int | None:
    """The place of the text that holds clearly most of what the whole holds of a question."""
    folded = [fold(text) for text in texts]
    everything = weight_held(probe.words, probe, fold(whole))
    weights = [weight_held(probe.words, probe, text) for text in folded]
    best = max(range(len(weights)), key=weights.__getitem__)
    second = max((w for i, w in enumerate(weights) if i != best), default=0.0)
    if weights[best] < _SHARE_SAID * probe.weight:
        return None
    if not everything or weights[best] < _SHARE_KEPT * everything or weights[best] - second < _AHEAD * everything:
        return None
    return best


# --- one case of several --------------------------------------------------------------------------------------------


_WHOLE = {"list", "summary", "compare", "whether", "why", "define"}  #: kinds of questions that one case does not answer


def case_meant(probe: Probe, best: Candidate) -> Line | None:
    """Of several cases parted by semicolons or items the one that a question for one figure means, after the words that
    lead in to them; None where the best sentence is that case or none is clearly meant."""
    question = probe.question
    asked = amounts_asked(fold(question.core), fold(question.asked))
    by_range = not question.kinds & {"count", "when"}
    if (by_range and not asked) or (question.kinds & _WHOLE if by_range else asks_more(question)):
        return None
    counts = "count" in question.kinds
    lead, members = _of_thing(probe, *_cases(best, counts, valued=not by_range))
    if len(members) < 2:
        return None
    beyond = {w: v for w, v in probe.words.items() if w not in fold(lead.text if lead else "")}
    texts = [fold(c.text) for c in members]
    # What no case speaks of tells none of them from another.
    beyond = {w: v for w, v in beyond.items() if any(match(w, probe, text) for text in texts)}
    total = sum(beyond.values()) or 1.0

    fitting = fits_best(asked, texts)

    def value(text: str, fit: float) -> float:
        named = sum(bool(re.search(rf"(?<![\d.]){re.escape(n)}(?![\d.])", text)) for n in probe.numbers)
        return weight_held(beyond, probe, text) / total + fit + 0.5 * named

    core = fold(question.core)
    opening = [_begins_named(text, core) for text in texts]
    of_class = [names_class(core, text) for text in texts]

    def of_asked(i: int) -> float:
        """1 for the only case that begins with what the question names, or is of the class asked about, -1 for one of another:
        大专3万元, behind 本科毕业生从事护理工作的，奖励4万元, which says more of the question."""
        if any(of_class):
            return 1.0 if of_class[i] else -1.0 if other_class(core, texts[i]) else 0.0
        return float(opening[i] and opening.count(True) == 1)

    values = [value(text, fit) + of_asked(i) for i, (text, fit) in enumerate(zip(texts, fitting, strict=True))]
    order = sorted(range(len(members)), key=lambda i: -values[i])
    first, second = order[0], order[1] if len(order) > 1 else None
    meant = members[first]
    if second is not None and values[first] - values[second] < 0.1:
        return None
    told = lead is not None or fitting[first] > 0 or of_class[first]
    if best.odds > 0 and not told and counts:
        return None  # words alone outweigh no sentence that is read to answer
    only = fitting[first] > 0 and all(fitting[i] <= 0 for i in order[1:])
    if by_range and not all(fits(asked, text) for text in texts[first:]):
        return None  # what has no amount of its own goes on with what holds in the case before it
    if (by_range or (lead is None and meant.start <= best.start < meant.end)) and not only:
        return None
    if not by_range and not _has_value(meant.text, counts):
        return None
    if counts and lacks_figure(core, [fold(meant.text)]) and not lacks_figure(core, [fold(best.text)]):
        return None  # 改造多少户: not 每户补助5000元
    years = set(question.years)
    if years & years_told(best.text) and years_told(meant.text) and not years & years_told(meant.text):
        return None  # 到2026年底: not 到2025年底
    doc_id, parts = meant.document.doc_id, [*([lead] if lead else []), meant]
    spans: list[Span] = [(doc_id, c.start, c.end) for c in parts]
    if meant.end - parts[0].start <= MAX_QUOTE:
        spans = [(doc_id, parts[0].start, meant.end)]
    return Line(closed((lead.text if lead else "") + without_label(meant.text)), tuple(spans))


def _begins_named(text: str, core: str) -> bool:
    """Whether a folded question says the first word of a case."""
    bare = re.sub(r"^(?:对于?|其中[,，:：]?|给予?)", "", without_label(text))
    first = next(iter(words(bare)), "")
    return len(first) > 1 and bare.startswith(first) and not re.search(r"\d", first) and first in core


#: A colon that leads in to something; in 按6:4分担 and 9:00 none does.
_COLON = re.compile(r"(?<!\d)[：:∶]|[：:∶](?!\d)")
#: What the cases from here on are of: 食用植物油：储存6个月以内的.
_THING = re.compile(rf"(?P<thing>[^，,；;。：:]{{2,12}})(?:{_COLON.pattern})\s*(?=[^\s])")


def _of_thing(
    probe: Probe, lead: Candidate | None, members: Sequence[Candidate]
) -> tuple[Candidate | None, Sequence[Candidate]]:
    """The cases of the one thing that a question names, where those of several follow one another, each thing with a
    colon before its first; all cases where it names none of them, or several."""
    begins = [i for i, member in enumerate(members) if i and _THING.match(without_label(member.text))]
    if lead is None or not begins:
        return lead, members
    of_lead = re.split("[：:。，,]", lead.text.rstrip("：:"))[-1]
    things = [of_lead, *(m["thing"] for i in begins if (m := _THING.match(without_label(members[i].text))))]
    named = [
        i for i, thing in enumerate(things) if any(match(w, probe, fold(thing)) for w in probe.words if len(w) > 1)
    ]
    if len(named) != 1:
        return lead, members
    edges = [0, *begins, len(members)]
    own = members[edges[named[0]] : edges[named[0] + 1]]
    if not named[0]:
        return lead, own
    head = _THING.search(own[0].text)
    at = head.end() if head is not None else 0
    # The thing is told with each of its cases, and so is what leads in to all things.
    opening = replace(lead, start=own[0].start, end=own[0].start + at, text=own[0].text[:at])
    return opening, [replace(own[0], start=own[0].start + at, text=own[0].text[at:]), *own[1:]]


def _cases(best: Candidate, counts: bool, valued: bool = True) -> tuple[Candidate | None, list[Candidate]]:
    """What leads in to the cases that a sentence is one of, and the cases: of one long sentence, or numbered items;
    each with a figure or date where they have to be ``valued``."""
    run = series_of(best) or _side_by_side(best)
    if len(run) > 1:
        lead, members = _led(run)
        if lead is not None or not valued or all(_has_value(m.text, counts) for m in members):
            return lead, members
    section, document = best.section, best.document
    if section is None or section.parent is None or not section.label or section.label.endswith("条") or not valued:
        return None, []  # the articles of a chapter are no cases of one thing
    parent = document.sections[section.parent]
    items = [(s, sentence_spans(document.text, s.start, s.end)) for s in document.children(parent)]
    members = [
        replace(best, start=a, end=b, text=document.text[a:b], section=s) for s, spans in items for a, b in spans[:1]
    ]
    # Parallel cases each tell a value; else they are headings, or the value stands with what announces them.
    parallel = len(members) > 1 and all(len(m.text) <= 120 and _has_value(m.text, counts) for m in members)
    return None, members if parallel else []


def _side_by_side(best: Candidate) -> list[Candidate]:
    """The members of the sentence around a candidate that semicolons part."""
    text = best.document.text
    begin, end = line_span(text, best.start, best.end)
    spans = sentence_spans(text, min(best.start, after_label(best.document, begin)), end)
    at = next((i for i, (a, b) in enumerate(spans) if a <= best.start < b), None)
    if at is None:
        return []
    first = last = at
    while first > 0 and text[spans[first - 1][1] - 1] in "；;":
        first -= 1
    while last + 1 < len(spans) and text[spans[last][1] - 1] in "；;":
        last += 1
    return [replace(best, start=a, end=b, text=text[a:b]) for a, b in spans[first : last + 1]]


def _has_value(text: str, counts: bool) -> bool:
    """Whether a text tells a figure, or a date; the number of an article is none."""
    if counts and re.search(r"\d\s*个?(?:工作日|自然日)", text):
        return True
    return bool((FIGURE if counts else DATE).search(re.sub(rf"第[{HAN_NUMERALS}\d]+[条款项章]", "", fold(text))))


def _led(run: Sequence[Candidate]) -> tuple[Candidate | None, list[Candidate]]:
    """What announces a series, up to its colon, and its members."""
    first = run[0]
    colon = max((m.start() for m in _COLON.finditer(first.text)), default=-1)
    if colon < 0:
        return None, list(run)
    lead = replace(first, end=first.start + colon + 1, text=first.text[: colon + 1])
    rest = first.text[colon + 1 :]
    start = first.start + colon + 1 + len(rest) - len(rest.lstrip())
    own = [replace(first, start=start, text=rest.strip())] if rest.strip() else []
    return lead, [*own, *run[1:]]


#: What a rule forbids; not a bound (不得超过65周岁), nor in the description of those it is for (不能自理的老年人).
_DENIED = re.compile(
    r"(?:不(?:得|能|可)(?!超过|[少低高多大小]于)|不予|禁止|严禁|不再|不准|无权)(?![^,;。]{0,12}的(?:[,\u4e00-\u9fff]))"
)
#: What is within a bound is not yet granted: 台账保存不得少于五年 says nothing of what follows then.
_BOUND = re.compile(r"不(?:得|能|可)(?:超过|[少低高多大小]于)")
_GRANTS = re.compile(
    r"可以?|享受|给予|补[助贴]|发放|领取|申[请报]|减免|优[先惠待]|免[费收交缴]|应当?|须|需|奖励|有权|办理|参加"
)
_BINDS = re.compile(r"应当?(?![用急对])|必须|须|(?<!按)需(?!求)|要(?!求)|方可|才能")
_DUE_OF_OTHERS = re.compile(r"(?:其他|其它|其余)[^,;。]{0,12}?(?:应当?|必须|须)")
#: What a question says of its own amount, and what it asks of the bound.
_HAS_REACHED = re.compile(r"(?:年?满|到|达到?)(?:了)?$")
_ASKS_BOUND = re.compile(r"才|必须|[要须需得]年?满|至少|最[多少高低]|起码|条件|规定")


def _ruling(text: str, told: Range) -> str:
    """What a folded text rules for a range: its clause, with those after it up to the first that forbids or grants; where
    none does, with those before it."""
    before = re.split("[;。]", text[: told.start])[-1]
    *earlier, own = before.split(",")
    following = re.split("[;。]", text[told.start :])[0].split(",")
    rule = own
    for clause in following:
        rule += clause
        if _DENIED.search(rule) or _GRANTS.search(rule) or (not clause.endswith("的") and says_no(clause)):
            return rule
        rule += ","
    return ",".join([*earlier, rule])


_HARDLY = -2.0  #: log odds from which an item below 条件 may be meant, which says little by itself


def range_verdict(probe: Probe, best: Candidate) -> tuple[str, bool] | None:
    """(the word that says yes or no, whether it denies) where a yes/no question names one amount and the best sentence
    grants or forbids something from or up to an amount of that unit; None for other questions.

    58岁可以享受吗, of 年满60周岁的老年人可以享受: ("不可以", True). That something is forbidden to others says nothing.
    """
    core = fold(probe.question.core)
    text = of_own_sex(core, fold(without_label(best.text)))
    units = {r.unit for r in conditions(text, any_unit=True)}
    asked = [a for a in amounts_asked(core, fold(probe.question.asked)) if any(map(a.is_of, units))]
    if "whether" not in probe.question.kinds or len(asked) != 1 or not best.tells or "|" in text:
        return None
    told = [r for r in conditions(text, any_unit=True) if asked[0].is_of(r.unit)]
    holding = [r for r in told if r.holds(asked[0].value)]
    apart = all(a.high <= b.low or b.high <= a.low for a, b in pairwise(sorted(told, key=lambda r: r.low)))
    told = holding if len(holding) == 1 and apart else told  # 一年内提出申请,超过一年的不予受理, of 14个月
    # What a question asks of the bound itself (是不是60岁以上才能) is no amount that lies somewhere; 缴费满3年 is.
    of_bound = bool(ranges(core)) and (
        not _HAS_REACHED.search(core[: asked[0].start]) or bool(_ASKS_BOUND.search(core))
    )
    path = "".join(best.document.path(best.section))
    listed = best.odds > _HARDLY and re.search("条件|资格|对象", path) is not None
    spoken_of = best.odds > 0 or listed or coverage(probe, text) >= _SHARE_SAID
    if len(told) != 1 or of_bound or not spoken_of:
        return None
    claim = read_claim(probe.question.core)
    if claim.mode == "is" and amounts(claim.predicate) and not _HAS_REACHED.search(core[: asked[0].start]):
        return None  # what is said to be that very figure
    if asks_price(claim) or claim.denies or "逾期" in text or for_others(claim, text, fold(around(best))):
        # That something is granted (半价) does not say that it is free, nor what a denial asks, nor what follows a term
        # that is not kept: see qa.verdict.
        return None
    if excepts_case(claim, text):
        return None
    rule = _ruling(text, told[0])
    opening = announced_by(best)
    lead = fold(opening.text) if opening is not None else ""
    inside = told[0].holds(asked[0].value)
    denied = _denies_act(claim, rule) or bool(_DENIED.search(lead) and not _GRANTS.search(rule))
    # An item below 申报条件 grants without a word that says so; a plan binds without one (5000吨以上的企业全部安装).
    granted = _GRANTS.search(rule) or re.search("条件|资格|对象", path + lead) or claim.mode == "must"
    if not (denied or granted) or (denied and not inside):
        return None
    if not inside and not _of_what_is_asked(claim, rule + lead + fold(around(best))):
        return None  # that one thing is kept from those outside says nothing of another
    if claim.mode == "must" and inside and not denied and not _BINDS.search(rule):
        # What is granted need not be done, the less where it is due of all others: 5公斤以下的可以抱着,其他的应当戴嘴套.
        return (claim.no, True) if _DUE_OF_OTHERS.search(text, told[0].end) else None
    if inside and _BOUND.search(text):
        return None
    return (claim.yes, False) if inside and not denied else (claim.no, True)


def _of_what_is_asked(claim: Claim, told: str) -> bool:
    """Whether a text names any of what a claim says may be had or has to be done."""
    acts = acts_of(claim)
    pairs = (claim.predicate[i : i + 2] for i in range(len(claim.predicate) - 1))
    return not acts or any(stands_in(w, told) for w in acts) or any(p in told for p in pairs)


_UNDONE = re.compile(r"不(?:再|予)?(?P<act>[\u4e00-\u9fff])")


def _denies_act(claim: Claim, rule: str) -> bool:
    """Whether what rules for a range forbids, or denies the very act that a claim asserts: 不发放补助, of 给补助."""
    last = rule.split(",")[-1]
    if _DENIED.search(rule):
        return True
    if not says_no(last) or re.search("[免减]", claim.predicate):
        return False
    named = bool(acts_of(claim)) and _of_what_is_asked(claim, last)
    return named or any(m["act"] in claim.predicate for m in _UNDONE.finditer(last))
