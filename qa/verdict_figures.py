"""Whether the figures of a sentence deny a claim: figures with their bounds, amounts for which it rules, years, terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.amounts import amounts, amounts_of_case, conditions, fits, ranges
from qa.claim import WRONG, Claim, is_denial
from qa.other_case import of_another_kind
from qa.patterns import other_class
from qa.verdict_words import FORBIDS, denials, naming_words, ruled_cases, stands_in
from qa.wording import SCALES, han_number

# --- figures of a text -----------------------------------------------------------------------------------------------

_NUMBER = re.compile(
    r"(?P<value>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百]+(?:点[一二三四五六七八九]+)?|半)(?P<scale>万亿|千亿|百亿|亿|千万|百万|万|千|百)?"
    r"(?P<unit>%|个百分点|成(?!为|立|本|果|效|长|功|熟|员|就|交)|周岁|岁|美元|元|平方米|公里|千米|米|亩|"
    r"工作日|个工作日|个?月(?!\d|收入|人均|销售)|(?:周|个?星期)(?![岁年边末一二三四五六日天])|日(?!起|制)|天|小时|分钟|秒|年(?!度|满|龄|级|审|检|金|均|人)|"
    r"层(?!级|面|次)|名|人(?!员)|位|次|件|台|辆|份|倍|级|mbps|家|户|吨|个|张|套|间|所|只|头|匹)"
)
#: Behind a large figure that stands alone: 做到500亿吗.
_BARE_AMOUNT = re.compile(r"(?<=[\d一二两三四五六七八九十百千][亿万])(?=$|[,;。]|往上|以上|以下|左右|了|出头)")
_DAYS = {
    "年": 365.0,
    "个月": 30.0,
    "月": 30.0,
    "周": 7.0,
    "星期": 7.0,
    "个星期": 7.0,
    "天": 1.0,
    "日": 1.0,
    "工作日": 1.0,
    "个工作日": 1.0,
}
_SAME_UNIT = {"名": "人", "位": "人", "个": "个", "周岁": "岁", "千米": "公里", "成": "%"}
_UPPER = re.compile(
    r"不(?:得)?(?:超过|高于|多于|大于|满)|上限|最高|最长|最多|至多|(?:限|只能|仅能)[\u4e00-\u9fff]?(?=\|)|限值|限额|以内|以下|之内|"
    r"内(?=[,。;提完申办予])|不足|(?:放宽|延长)[到至]"
)
_LOWER = re.compile(r"不(?:得)?(?:少于|低于|小于)|至少|以上|最低|起码|下限|提前(?=\|)")
_ABOVE = re.compile(
    r"(?<!不)(?<!不得)(?:超过|高于|多于|大于|突破)|以上|往上|出头|不止|过了?(?=[\d一二两三四五六七八九十百千半])"
)
_BELOW = re.compile(r"(?<!不)(?<!不得)(?:低于|少于|小于|不到|不足|不满)|以下")
_CHANGED = re.compile(
    r"(?:由|从)[^,;。]{0,16}?(?=(?:提高|上调|增加|调整|降低|下调|缩减|延长|缩短|扩大|压缩|减少)(?:至|到|为))"
)


@dataclass(frozen=True)
class Figure:
    """A figure with its unit, and whether it is a bound."""

    value: float
    unit: str
    bound: Literal["=", "<", ">"]  #: "<": at most; ">": at least


def figures_in(text: str) -> list[Figure]:
    """The figures of a folded text, years of the calendar left out."""
    found = []
    text = _PART.sub(_as_percent, _BARE_AMOUNT.sub("元", re.sub(r"(?<=[\d百千万亿])块(?:钱)?(?![地田])", "元", text)))
    for match in _NUMBER.finditer(text):
        unit, value = (
            match["unit"],
            (0.5 if match["value"] == "半" else float(han_number(match["value"])))
            * SCALES.get(match["scale"] or "", 1.0),
        )
        before = text[max(0, match.start() - 8) : match.start()]
        if (unit == "年" and value >= 1900) or before.endswith("第") or (unit == "月" and re.search(r"年$", before)):
            continue
        if (unit in ("个", "家", "级", "所") and not match["value"][0].isdigit() and value <= 1) or (
            unit == "日" and before.endswith("月")
        ):
            continue
        if unit == "月" and match["value"][0].isdigit() and re.match(r"\d", text[match.end() :]):
            continue
        if unit == "成":
            value *= 10
        if unit == "个" and re.match(r"[^,;。\d]{0,5}[人员者]", text[match.end() :]):
            unit = "人"  # 3个工作人员 are counted like 3名
        if unit in _DAYS:
            value, unit = value * _DAYS[unit], "时间"
        around = re.split(r"[,;。]", before)[-1] + "|" + text[match.end() : match.end() + 4]
        bound: Literal["=", "<", ">"] = "="
        if _UPPER.search(around):
            bound = "<"
        elif _LOWER.search(around):
            bound = ">"
        found.append(Figure(value, _SAME_UNIT.get(unit, unit), bound))
    return found


#: 一半, 三分之一.
_PART = re.compile(
    r"(?P<whole>百|[二三四五六七八九十])分之(?P<part>[一二三四五六七八九十\d.]+(?:点[一二三四五六七八九]+)?)|(?<![一二两])一半|半数"
)


def _as_percent(found: re.Match[str]) -> str:
    whole, part = (float(han_number(found[name] or digit)) for name, digit in (("whole", "二"), ("part", "一")))
    return f"{100 * part / whole:g}%"


# --- figures of a claim and of a sentence ----------------------------------------------------------------------------


def by_figures(claim: Claim, said: str) -> bool | None:
    """Whether the figures deny the claim; None when they leave it to the words.

    A figure that is a condition (对10万元以下的…免征) and is not met turns the verdict of the words round: see unmet.
    """
    asked, own = figures_in(claim.text), figures_in(claim.last)
    now = _CHANGED.sub("", said)
    for figure in asked:
        same = [f for f in figures_in(now) if f.unit == figure.unit]
        if not same:
            continue
        above = (
            bool(_ABOVE.search(claim.text))
            and figure.bound != ">"
            or bool(re.search(r"超过|高于|多于", claim.text))
            and "不超过" not in claim.text
        )
        below = bool(_BELOW.search(claim.text)) and not above and figure.bound == "="
        if claim.mode == "is" and not (above or below) and _FIGURE_ALONE.fullmatch(claim.predicate):
            return all(f.value != figure.value for f in same)  # 500亿 of 200亿元以上
        fitting = 0.0 if above or below or figure.bound != "=" else fits(amounts(claim.text), said)
        if fitting:
            return None if fitting > 0 else True  # 15岁 of 不满十六周岁: the words decide
        if above and claim.mode == "may" and any(f.bound == "<" and f.value <= figure.value for f in same):
            return True
        if below and claim.mode == "may" and any(f.bound == ">" and f.value >= figure.value for f in same):
            return True
        if any(f.value == figure.value for f in same):
            if _of_another_part(claim, now, figure):
                return True
            continue
        if figure not in own and not any(f.bound != "=" for f in same):
            continue  # of the case (领完第三年改了用途), not of what is asked
        if len({f.value for f in same}) > 1 and not any(f.bound != "=" for f in same):
            return None if len(same) > 2 else True
        other = same[0]
        if above or below:
            return not (other.value > figure.value if above else other.value < figure.value)
        if claim.mode == "may" and other.bound != "=":
            return figure.value > other.value if other.bound == "<" else figure.value < other.value
        return True
    years, said_years = set(_YEAR.findall(claim.text)), set(_YEAR.findall(said))
    if years and said_years and not years & said_years and not _TO_YEAR.search(said):
        return True
    return None


def more_or_less(claim: Claim, said: str) -> bool | None:
    """Whether the only figure of a sentence in the unit of a claim is as much more, or less, as the claim says: 2528亿元 of
    过了两千亿. None where a claim compares no figure, and where a sentence has several."""
    last = claim.last
    asked = [f for f in figures_in(last) if f.bound != "<"]
    above, below = _MORE_THAN.search(last), _LESS_THAN.search(last)
    if claim.mode != "is" or claim.denies or len(asked) != 1 or bool(above) == bool(below):
        return None
    told = [f for f in figures_in(_CHANGED.sub("", of_year(claim.text, said))) if f.unit == asked[0].unit]
    if len(told) != 1 or denials(said) or any(_OF_CASE.match(said, r.end) for r in conditions(said)):
        return None
    value, bound = told[0].value, told[0].bound
    if value == asked[0].value:
        return bool((_MORE_THAN if above else _LESS_THAN).search(said))
    # What is at least 200 may be more than 300, too.
    known = bound == "=" or (bound == ">") == (value > asked[0].value)
    return (value > asked[0].value) == bool(above) if known else None


#: Behind a figure that tells for which case a rule is: 超过10万元的, 满80周岁的老人.
_OF_CASE = re.compile(r"[^,;。]{0,12}的")
_MORE_THAN = re.compile(
    r"(?<!不)(?:超过?|高于|多于|大于|突破|过了?(?=[\d一二两三四五六七八九十百千半]))|以上|往上|出头|不止|还多|多了?$"
)
_LESS_THAN = re.compile(r"(?:低于|少于|小于|不到|不足|没到|未到|没过)|以下|往下")


def outside_term(claim: Claim, said: str, clause: str) -> bool | None:
    """True where the one amount that a claim tells lies outside of the range that a clause of a sentence, which was read to
    answer, gives for what is asserted: 8天还有效, of 7日内有效. None for other claims."""
    asked = [a for a in amounts(claim.text) if a.unit]
    if (
        not clause
        or claim.denies
        or claim.judged
        or claim.mode == "must"
        or len(asked) != 1
        or COMPARES.search(claim.text)
    ):
        return None
    part = clause if any(r.unit == asked[0].unit for r in ranges(clause)) else said
    told = [r for r in ranges(part) if r.unit == asked[0].unit]
    if len(told) != 1 or told[0].holds(asked[0].value):
        return None
    own = re.split("[,;。:]", part[: told[0].start])[-1] + re.split("[,;。:]", part[told[0].start :])[0]
    return True if not denials(own) and any(w in own for w in acts_of(claim)) else None


#: That something is more than it may be.
_OVER = re.compile("超(?:|标准?|限|额|高|重|载|速|员|时|期|范围|出(?:标准|规定|范围|限[额度])?|了)$")


def exceeds(claim: Claim) -> bool:
    """Whether a claim says of an amount that it is more than it may be: 猫养了4只,超了."""
    return _OVER.search(re.sub("[的了]$", "", claim.last)) is not None and bool(amounts(claim.text))


def by_bound(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether the one bound of a clause of a sentence, which was read to answer, denies that what a claim does is in order (高1.6米,可以, of
    高度不超过1.8米), or that it is too much (收0.4元算超标). None where the amount is of its case, which more may decide."""
    if not clause or clause not in said:
        return None
    last = re.sub("[的了]$", "", claim.last)
    wrong = WRONG.search(claim.last) or _OVER.search(last)
    asked = [a for a in amounts(claim.text) if a.unit]
    told = [r for r in ranges(clause) if r not in conditions(clause) or _NO_MORE.search(clause[: r.start])]
    same = [(a, r) for a in asked for r in told if a.unit == r.unit]
    if len(same) != 1 or len(told) != 1 or claim.denies or is_denial(last):
        return None
    (amount, bound) = same[0]
    done = bool(wrong) or (bool(claim.judged) and any(a.value == amount.value for a in amounts(claim.predicate)))
    part = re.split("[;。]", said.split(clause)[0])[-1] + clause[: bound.start]
    named = [w for w in naming_words(part) if stands_in(w, claim.text)]
    if not (any(len(w) > 1 for w in named) or (done and set("".join(naming_words(part))) & set(claim.text))):
        return None  # of another thing that is measured so
    held = bound.holds(amount.value)
    # More than one thing may be asked for in a case: that it keeps to this bound allows nothing yet.
    return None if held and not done else held == bool(wrong)


_NO_MORE = re.compile("不(?:得|能|可)?(?:超过?|[高多大低少小]于)|最[高多大长低少]|上限|限[为高速]|以内$")


def acts_of(claim: Claim) -> list[str]:
    """The words of what a claim asserts, its figures left out."""
    return [w for w in naming_words(claim.predicate) if len(w) > 1 and not amounts(w)]


#: What may be so beside another figure: 不到两成, 超过三个.
COMPARES = re.compile(
    r"不到|不足|不满|超|过了|多于|少于|高于|低于|以上|以下|以内|至少|最[多少高低长]|往[上下]|多$|够|赶得上|来得及|相当|左右|大约"
)


def _of_another_part(claim: Claim, said: str, figure: Figure) -> bool:
    """Whether the clause of a sentence that gives the figure of a claim speaks of another thing than the claim, and one that
    gives another figure of the measure speaks of it: 改建的补1万元 of 新建的补1万元,改建的补5000元."""
    told = [(c, {f.value for f in figures_in(c) if f.unit == figure.unit}) for c in re.split("[,;。]", said)]
    mine = [c for c, values in told if figure.value in values]
    others = [c for c, values in told if values and figure.value not in values]
    if not mine or not others:
        return False
    plain = {w for c in mine for w in naming_words(c)}
    ours = [w for c in others for w in naming_words(c) if len(w) > 1 and w not in plain and w in claim.text]
    if ours and not any(w in claim.text and len(w) > 1 for w in plain - {w for c in others for w in naming_words(c)}):
        return True  # 单独翻新的交800元, of one who only 翻新
    apart = [of_another_kind(claim.text, c) or other_class(claim.text, c) for c in mine]
    return all(apart) and not all(of_another_kind(claim.text, c) or other_class(claim.text, c) for c in others)


_FIGURE_ALONE = re.compile(r"(?:做|达)?到?\d[\d,.]*[\u4e00-\u9fff%]{0,3}")
_TO_YEAR = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以?[前后]|之[前后]|起)|\d{4}年?[-—–~～至到]")


# --- amounts for which a sentence rules ------------------------------------------------------------------------------

_CONDITION = re.compile(
    r"(?:^|[,;。])(?:对|凡|符合|年满)?([^,;。]*?(?:以上|以下|以内|不满|不足|未满|超过|年满|"
    r"满)[^,;。]*?的[^,;。]*)(?=,)"
)


def unmet(claim: Claim, said: str) -> bool | None:
    """Whether the claim's figure fails the condition that the sentence opens with; None where there is none."""
    condition = _CONDITION.search(said)
    if not condition or condition.end() >= len(said) - 2:
        return None
    for figure in figures_in(claim.text):
        for other in figures_in(condition.group(1)):
            if other.unit == figure.unit and other.bound != "=":
                return figure.value > other.value if other.bound == "<" else figure.value < other.value
    return None


def outside_ranges(claim: Claim, said: str) -> bool:
    """Whether the amount that a claim tells of its case lies outside the ranges for which a sentence has a rule; where
    the claim names another figure, too, of those for which it has this one: 5元 of 60至79周岁的补3元,80周岁以上的补5元."""
    if claim.denies or unmet(claim, said) is not None or ranges(claim.text):
        return False
    told = amounts_of_case(claim.text, any_unit=True)
    if not told:
        return False
    case, *given = told
    figures = {(a.value, a.measure) for a in given}
    units = {a.measure for a in given}
    parts = ruled_cases(said, lambda clause: any(a.measure in units for a in amounts(clause)))
    parts = [p for p in parts if any((a.value, a.measure) in figures for a in amounts(p))] or [said]
    return bool(given or claim.mode in ("may", "has")) and all(fits([case], p) < 0 for p in parts)


#: From a range to what is forbidden to it, with no other rule between.
_ITS_RULE = re.compile(r"(?:[^,;。可应]*|[^,;。可应]*的,[^,;。可应]{0,10})")


def forbids_amount(claim: Claim, said: str) -> bool | None:
    """Whether a sentence forbids something to the amount that a claim speaks of. False: only to other amounts, which says
    nothing of this one (18周岁以下的不得驾驶, of one who is 20). None where it forbids nothing by amounts."""
    if claim.denies:
        return None
    for one in amounts(claim.text):
        told = [r for r in conditions(said) if one.unit and r.unit == one.unit]
        forbids = FORBIDS.search(said, told[0].end) if len(told) == 1 else None
        if forbids is not None and _ITS_RULE.fullmatch(said, told[0].end, forbids.start()):
            return told[0].holds(one.value)
    return None


# --- how many at most ----------------------------------------------------------------------------------------------------

_COUNTERS = (
    r"只|条|头|匹|所|家|个|份|次|套|辆|台|间|处|户|名|位|人|张|门|件|把|本|笔|项|面|座|枚|块|艘|棵|株|盏|册|种|类"
)
_COUNTED = re.compile(rf"(?<![第\d.])(?P<value>\d{{1,3}}|[一两二三四五六七八九十]{{1,3}})(?P<counter>{_COUNTERS})")
_AT_MOST = re.compile(
    r"(?:只(?:能|可以?|准|允许|得)?|仅(?:限|能|可)?|(?<![不有期权年时上下])限(?![制额期价时度定])|最多|至多|不(?:得)?超过)[^,;。\d一两二三四五六七八九十]{0,6}$"
)
_SAME_COUNTER = {"条": "只", "头": "只", "匹": "只", "名": "人", "位": "人", "册": "本"}
_NTH_TIME = re.compile("第(?=[^,;。]{1,3}次)")  #: the fourth time is of four
_PERIOD = re.compile("学期|[年月周天日季]")


def over_limit(claim: Claim, said: str, clause: str) -> bool | None:
    """True where a claim says that more may be had than a sentence allows at most, whatever is counted: 养两条 of 限养1只. None
    for other claims, for as many as are allowed, and where they are counted by another period of time."""
    if claim.mode not in ("may", "is") or claim.denies or claim.judged:
        return None
    text = _NTH_TIME.sub("", claim.text if claim.mode == "is" else claim.last)
    asked, told = list(_COUNTED.finditer(text)), list(_COUNTED.finditer(said))
    limits = [m for m in told if _AT_MOST.search(said[: m.start()])]
    if len(limits) != 1 or not set(_PERIOD.findall(claim.last)) <= set(_PERIOD.findall(said)):
        return None
    same = [m for m in asked if _counter(m) == _counter(limits[0]) and m["value"] not in "一1"]
    if len(same) != 1 or han_number(same[0]["value"]) <= han_number(limits[0]["value"]):
        return None
    own = set("".join(naming_words(_COUNTED.sub(",", claim.predicate))))
    return True if clause or own & set(said) else None


def _counter(counted: re.Match[str]) -> str:
    return _SAME_COUNTER.get(counted["counter"], counted["counter"])


# --- before and after a date ---------------------------------------------------------------------------------------------

_DATE = r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})[日号])?"
_ONE_DATE = re.compile(_DATE)
_BOUND_DATE = re.compile(rf"{_DATE}(?:\(含\)|及|或)?(?:(?P<before>以前|之前|前)|(?P<after>以后|之后|后|起))")


def by_date(claim: Claim, said: str) -> bool | None:
    """Whether the one date that a claim tells of its case lies outside of the only bound that a sentence sets to dates, so
    that what it grants is denied: 2021年3月买的, of 2020年12月31日以前购买的. None where it lies within, and where the
    sentence rather keeps something from those within."""
    asked, told = list(_ONE_DATE.finditer(claim.text)), list(_BOUND_DATE.finditer(said))
    if len(asked) != 1 or len(told) != 1 or claim.denies or claim.judged or FORBIDS.search(said) or denials(said):
        return None
    bound, (first, last) = told[0], _days_of(asked[0])
    begins, ends = _days_of(bound)
    return True if (first > ends if bound["before"] else last < begins) else None


def _days_of(date: re.Match[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The first and the last day that a date may be: without a day those of its month."""
    year, month, day = int(date["y"]), int(date["m"]), int(date["d"] or 0)
    return (year, month, day or 1), (year, month, day or 31)


# --- years and terms -------------------------------------------------------------------------------------------------

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")


def of_year(asked: str, said: str) -> str:
    """The part of a sentence that speaks of the year asked for, where it goes from year to year."""
    years = set(_YEAR.findall(asked))
    parts = re.split(r"(?=到?(?:19|20)\d\d年)", said)
    if len(years) != 1 or len(parts) < 3:
        return said
    chosen = [p for p in parts[1:] if years & set(_YEAR.findall(p))]
    return parts[0] + chosen[0] if len(chosen) == 1 else said


# --- hours of the day ------------------------------------------------------------------------------------------------

_HOUR = (
    r"(?P<p{n}>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|晚|次日|第二天)?"
    r"(?P<h{n}>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})(?::(?P<m{n}>\d\d)|[点时](?![间内期候效])(?P<half{n}>半)?)"
)
_AT_HOUR = re.compile(r"(?<![\d:])" + _HOUR.format(n=0))
_HOURS = re.compile(rf"(?<![\d:]){_HOUR.format(n=1)}(?:至|到|[-—–~～])+{_HOUR.format(n=2)}")
_PAST_HOUR = re.compile(rf"{_AT_HOUR.pattern}(?:以|之)?(?P<side>[前后])")
_LATE = frozenset(("下午", "傍晚", "晚上", "夜里", "晚"))
#: Hours of some days only.
_DAY_ENDS = 24 * 60
_OF_DAYS = re.compile(r"周[一二三四五六日末]|节假日|双休日|[冬夏春秋]季|\d月")


def at_hours(claim: Claim, said: str) -> bool | None:
    """Whether the one hour of the day that a claim names lies within the hours that a sentence gives: 晚上九点, of 七时至二十时.
    None where either names none, and where the hours are of some days only."""
    asked, told = list(_AT_HOUR.finditer(claim.text)), list(_HOURS.finditer(said))
    past = [(_minutes(one, 0), one["side"]) for one in _PAST_HOUR.finditer(said)]
    days, own = (set(_OF_DAYS.findall(re.sub("星期|礼拜", "周", text))) for text in (said, claim.text))
    if len(asked) != 1 or not (told or past) or (days and ((own and not own <= days) or (len(told) > 1 and not own))):
        return None
    at = _minutes(asked[0], 0)
    spans = [(_minutes(one, 1), _minutes(one, 2)) for one in told]
    spans += [(bound, _DAY_ENDS) if side == "后" else (0, bound) for bound, side in past]
    return any(a <= at <= b if a <= b else at >= a or at <= b for a, b in spans)


def by_hours(claim: Claim, said: str) -> bool | None:
    """Whether the hours of a sentence deny that something may be done at the hour that a claim names; None for other claims,
    and where the sentence only forbids it at other hours."""
    within = at_hours(claim, said)
    if within is None or claim.denies or claim.mode not in ("may", "is", "has"):
        return None
    forbids = _forbids_at_hours(said)
    return forbids if within else None if forbids else True


def _forbids_at_hours(said: str) -> bool:
    """Whether what a sentence says of the hours that it gives, in their clause or, where that only gives them, the next, is
    a denial."""
    rule = re.search(rf"{_HOURS.pattern}(?P<rule>,?[^,;。]*)", said)
    return rule is not None and denials(rule["rule"]) > 0


def of_other_hours(claim: Claim, said: str) -> bool:
    """Whether a sentence only forbids something at other hours of the day than the one that a claim names."""
    return at_hours(claim, said) is False and _forbids_at_hours(said)


# --- days of the week ------------------------------------------------------------------------------------------------

_DAY = r"(?:周|星期|礼拜)(?P<d{n}>[一二三四五六日天])"
_WEEKDAYS = re.compile(
    rf"{_DAY.format(n=1)}(?:(?:至|到|[-—–~～])+{_DAY.format(n=2)})?|(?P<end>周末|双休日)|(?P<work>(?<![个\d])工作日)"
    r"|(?P<holiday>(?:法定)?节假日)|(?P<all>每天|每日|天天|全年无休)"
)
_NOT_THEN = re.compile(r"不(?!休)|(?<!不)(?:休|闭[馆园店校市])|停(?!车|靠|泊)|除(?!夕)")
_HOLIDAY = 0


def days_in(text: str) -> set[int]:
    """The days of the week that a text names, 1 to 7, and 0 for holidays; 每日 of named days (周六、周日每日) is of these."""
    found: set[int] = set()
    named = list(_WEEKDAYS.finditer(text))
    for m in named:
        if m["d1"]:
            first, last = (min("一二三四五六日天".index(d) + 1, 7) for d in (m["d1"], m["d2"] or m["d1"]))
            found |= set(range(first, last + 1))
        else:
            found |= {6, 7} if m["end"] else {1, 2, 3, 4, 5} if m["work"] else {_HOLIDAY} if m["holiday"] else set()
    return found or (set(range(8)) if named else set())


def by_days(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether the days of a sentence, which was read to answer, deny that something is done on the day of the week that a
    claim names: 周日能办 of 周一至周五9:00-17:00(周六上午预约办理). None for other claims and days of which it tells nothing."""
    asked = days_in(claim.text)
    if not asked or not clause or claim.denies or claim.mode == "must" or _AT_HOUR.search(claim.text):
        return None
    parts = [(days_in(c), _NOT_THEN.search(c)) for c in re.split("[,;。()]", said)]
    closed = {day for days, denied in parts if denied for day in days}
    opened = {day for days, denied in parts if not denied for day in days}
    if asked <= closed:
        return True
    if claim.judged:
        return None  # what is told of a day is no judgement of it: 周日上班不给钱,合规吗
    if asked <= opened:
        return False
    # Hours that are given for some days are given for no others.
    return True if opened and not asked & opened and _HOLIDAY not in asked and _HOURS.search(said) else None


def of_some_days(claim: Claim, said: str) -> bool:
    """Whether a sentence tells of some of the days only that a claim names: of Saturday, of 周末."""
    asked, told = days_in(claim.text), days_in(said)
    return bool(asked & told) and not asked <= told


def _minutes(hour: re.Match[str], n: int) -> int:
    part, value = hour[f"p{n}"] or "", int(han_number(hour[f"h{n}"]))
    if value < 12 and (part in _LATE or (part == "中午" and value < 6)):
        value += 12
    return value * 60 + int(hour[f"m{n}"] or (30 if hour[f"half{n}"] else 0))
