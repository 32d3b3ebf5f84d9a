"""Amounts (65岁, 8000块, 80平米) and the ranges that a rule gives for them (年满80周岁, 5000元以上不满2万元).

Pure functions on folded text. Units that people and documents write differently are one unit here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.labels import number_of
from index.tokens import segment
from qa.dates import days_of_case, days_ruled
from qa.wording import han_number

_HAN_DIGIT = "零〇一二两三四五六七八九"
#: 千 begins a unit, too: 五十千瓦. What begins with 百 or 千 is vague (几百块) or no number (百货).
_HAN = rf"(?:零(?=点)|[一二两三四五六七八九十])(?:[{_HAN_DIGIT}十百万亿]|千(?![瓦克米]))*(?:点[{_HAN_DIGIT}]+)?"
#: Unit as counted here: how it is written, the longest first, and its size in that unit.
_UNITS: tuple[tuple[str, str, float], ...] = (
    ("工作日", r"个?工作日", 1),
    ("百分点", r"个?百分点", 1),
    ("%", r"%|％", 1),
    ("岁", r"周?岁", 1),
    ("平方米", r"平方公里|平方千米", 1e6),
    ("平方米", r"平方米|平方(?![公千])|平米|平(?=的|$|[,，?？、])|m2|㎡", 1),
    ("立方米", r"立方米?|方(?=的|水)|m3", 1),
    ("平方米", r"公顷", 1e4),
    ("米", r"公里|千米|km", 1000),
    ("毫米", r"毫米|mm", 1),  # of rain, which is no height
    ("米", r"厘米|公分|cm", 0.01),
    ("米", r"米", 1),
    ("千瓦时", r"千瓦时|度电", 1),
    ("度", r"℃|°c|摄氏度", 1),
    ("千瓦", r"兆瓦|mw", 1000),
    ("千瓦", r"千瓦|kw", 1),
    ("毫升", r"毫升|ml", 1),
    ("毫升", r"升(?![至到级学为入高降值起])", 1000),
    ("伏", r"千伏|kv", 1000),
    ("伏", r"伏(?![天地贴击])", 1),
    ("分贝", r"分贝|db", 1),
    ("克", r"公斤|千克|kg", 1000),
    ("克", r"毫克|mg", 0.001),
    ("克", r"克", 1),
    ("克", r"斤", 500),
    ("吨", r"吨", 1),
    ("马力", r"马力|匹(?!配)", 1),
    ("度", r"°c|℃|摄氏度", 1),
    ("小时", r"个?半?(?:小时|钟头)", 1),
    ("小时", r"分钟", 1 / 60),
    ("月", r"个[半多]?月", 1),
    ("月", r"年(?![级度份轮])", 12),
    ("日", r"[天日]", 1),
    ("日", r"周(?![岁年边])|个?星期", 7),
    ("元", r"角(?=$|[,，;；。的])", 0.1),
    ("元", r"块(?:钱|(?![地田牌]))|元(?![旦月])", 1),
    ("人", r"个(?=(?:[及或]?以上)?(?:的)?(?:未成年)?(?:孩子?|小孩|娃|子女|儿童|老人|学生|职工|员工))", 1),
    ("人", r"[个口名位]?人(?![均大间])|[名位](?!数)", 1),
)
_UNIT = re.compile(
    "|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern, _) in enumerate(_UNITS))
    + r"|(?P<other>分(?![之别类布析])|[户家份个件台辆架艘座处所间层级倍亩张套次条项床期头只株折度轴]|行(?![业为政人动程使]))"
)
_SEEMING = "个级次条项期度折"  #: 一个, 三级, 一次 seldom measure anything
_HALF = r"(?<![上下前后大多])半(?=个月|个?(?:小时|钟头)|年(?![级度]))"
_NUMBER = re.compile(
    rf"(?P<percent>百分之)?(?<![\d.a-z第〔\[几{_HAN_DIGIT}十百千万亿])(?<!\d:)(?<!数(?=十))"
    rf"(?:(?P<digits>\d[\d,]*(?:\.\d+)?)|(?P<han>{_HAN})|(?P<half>{_HALF}))\s*"
    r"(?P<scale>万亿|千万|百万|十万|[亿万]|千(?![瓦克米])|百(?!分))?(?:(?<=[亿万千])(?P<tenth>\d)(?![\d.千百十万亿]|,\d{3}))?(?:多|余)?"
)
#: What stands behind a number of another sort: 2023年度, 2024至2026年, 3月, 5号令, 12345热线, 8:00, 4a级.
_NO_AMOUNT = re.compile(r"[年月号版届级a-z]|[:：]\d|热线|\s*[-—–~～至到]+\s*\d{4}年")
#: What the unit of an amount is counted by, and whether the amount itself is meant: 10吨/小时(含)以上.
_INCLUDED = r"(?:/[\u4e00-\u9fff]{1,3}?)?(?:[(（]不?含[^)）]{0,6}[)）])?"
#: 20, of which the unit stands with what it is joined to: 60至79周岁.
_JOINS = re.compile(rf"{_INCLUDED}\s*[-—–~～至到]+\s*")


_MONEY = 1000.0  #: from which an amount without a unit is one of money


@dataclass(frozen=True)
class Amount:
    value: float
    unit: str  #: empty where none is written
    start: int
    end: int
    bare_end: int  #: where the number ends and its unit begins
    any_unit: bool = False  #: whether the unit is any word that stands behind the number, or a date

    @property
    def measure(self) -> str:
        """The unit; of a large amount without one 元: 值8万 is said of money."""
        return self.unit or ("元" if self.value >= _MONEY else "")

    def is_of(self, unit: str) -> bool:
        """Whether it is an amount of a unit: of 场 those of 场演出, too, where the word behind the number is no unit known."""
        if unit == "元" and self.any_unit and self.bare_end > self.start and self.value >= _MONEY:
            return True  # 每月8000工资
        return unit == self.measure or (self.any_unit and len(self.unit) > len(unit) > 0 and self.unit.startswith(unit))


@dataclass(frozen=True)
class Range:
    """The values from ``low`` to ``high`` (infinite where open), with which of the two are left out."""

    low: float
    high: float
    unit: str
    start: int
    end: int
    above: bool = False  #: low itself is left out: 超过
    below: bool = False  #: high itself is left out: 不满

    def holds(self, value: float) -> bool:
        return (self.low < value or (value == self.low and not self.above)) and (
            value < self.high or (value == self.high and not self.below)
        )


def amounts(text: str, any_unit: bool = False) -> tuple[Amount, ...]:
    """The amounts of a folded text in order; years of the calendar, ordinals and numbers of articles are none. Of ``any_unit``:
    also those of units that are not known here, which are the word behind the number.

    >>> [(a.value, a.unit) for a in amounts("65岁的老人办1.5万元的卡,两个半天")]
    [(65.0, '岁'), (15000.0, '元')]
    >>> [(a.value, a.unit) for a in amounts("一共8页,三十二赫兹的", any_unit=True)]
    [(8.0, '页'), (32.0, '赫兹')]
    """
    found: list[tuple[Amount, re.Match[str]]] = []
    for number in _NUMBER.finditer(text):
        start, end = number.span()
        if found and start < found[-1][0].end:
            continue  # the 半 of 两个半小时
        value, unit = _value(number), None if number["percent"] else _UNIT.match(text, end)
        if number["percent"]:
            found.append((Amount(value, "%", start, end, end), number))
        elif unit is None:
            behind = _word_behind(text, end) if any_unit and (number["digits"] or value > 1) else ""
            if behind:
                found.append((Amount(value, behind, start, end + len(behind), end, any_unit=True), number))
            elif not _NO_AMOUNT.match(text, end):
                found.append((Amount(value, "", start, end, end), number))
        elif unit.group() == "块" and text[start - 1 : start] in _PIECES:
            continue  # 教育那一块的 is no money
        elif not _is_date(value, unit, text, start) and not (number["han"] and _seems(unit["other"], value)):
            found.append((_measured(value, unit, text, start), number))
    # The first of 60至79周岁 and of 3-5万元 is of the unit, and of the scale, of the second.
    told: list[Amount] = []
    for i, (one, number) in enumerate(found):
        if not one.unit and i + 1 < len(found):
            one = _joined(one, *found[i + 1], text)
        if one.unit or not number["han"] or one.value >= _MONEY:
            told.append(one)
    return tuple(told)


def _seems(unit: str | None, value: float) -> bool:
    """Whether a number written in characters measures nothing with its unit: 三度当选, and 十五度 does."""
    return (unit or "-") in _SEEMING and not (unit == "度" and value > _TIMES)


_TIMES = 9  #: how often something is said to have been done with 度
_PIECES = ("这", "那", "哪")
_MORE = re.compile(r"[多余](?!少)")
_LATER = re.compile(r"[之以]?后(?![\u4e00-\u9fff]?[的半])")
_LESS = re.compile(r"(?:不[到足满]|[未没]满|没到|将近|接近|差不多|快)$")
_NEARLY = 0.01  #: share of an amount by which 半年多 is more than half a year


@lru_cache(maxsize=4096)
def _word_behind(text: str, at: int) -> str:
    """The word behind a number, which may be its unit; empty where it can be none."""
    if not (match := _UNIT_WORD.match(text, at)):
        return ""
    first = segment(match.group())[0]
    return "" if len(first) > _UNIT_LENGTH or _NO_UNIT.match(first) else first


_UNIT_LENGTH = 3
_UNIT_WORD = re.compile(
    r"(?!月|[号款条]令?(?![\u4e00-\u9fff]{0,3}以))(?:(?![的了和与及或以至到不未])[\u4e00-\u9fff]){1,6}"
)
#: Words behind a number that is of something said before it, or a number by itself: 20以上, 达到85的.
_NO_UNIT = re.compile(
    r"[的了和与及或以至到不未是为在由按等中上下内外起之来多余左约就才可能会要应须再加减每]|[年月日号时点届版]"
)


def amounts_asked(core: str, asked: str) -> tuple[Amount, ...]:
    """The amounts of any unit of the case that a folded question tells, those of the last turn, ``asked``, in place of what was
    said of the same unit before.

    >>> [a.value for a in amounts_asked("考85分的,只考了50分奖多少", "只考了50分呢")]
    [50.0]
    """
    told = amounts_of_case(core, any_unit=True)
    now = {(a.unit, a.value) for a in amounts_of_case(asked, any_unit=True)} if asked != core else set()
    return tuple(a for a in told if (a.unit, a.value) in now or a.unit not in {unit for unit, _ in now})


def amounts_of_case(text: str, any_unit: bool = False) -> tuple[Amount, ...]:
    """The amounts that a folded question tells of its own case, to be laid beside ranges: 半年多 is more than half a year,
    不到三万 less than 30000, 五年以后 more than five years. Of ``any_unit``: also those of any unit, and dates.

    >>> [round(a.value, 2) for a in amounts_of_case("放了半年多,不到三万块")]
    [6.06, 29700.0]
    """
    told = []
    for one in amounts(text, any_unit):
        more = _MORE.search(text[one.start : one.end]) or _MORE.match(text, one.end) or _LATER.match(text, one.end)
        less = _LESS.search(text[: one.start])
        told.append(replace(one, value=one.value * (1 + _NEARLY if more else 1 - _NEARLY if less else 1)))
    if any_unit:
        told += [Amount(d.value, _DATE if d.dated else _DAY, d.start, d.end, d.start, True) for d in days_of_case(text)]
    return tuple(told)


_DATE, _DAY = "日期", "日子"  #: units of days with their year, and of any year


def _value(number: re.Match[str]) -> float:
    value = 0.5 if number["half"] else float(han_number(number["digits"] or number["han"]))
    spoken = _SPOKEN.search(number["han"] or "")
    if spoken is not None:  # the last digit of 两万五 is of the place below 万
        value += (number_of(spoken[2]) or 0) * ((number_of(spoken[1]) or 0) / 10 - 1)
    value += int(number["tenth"] or 0) / 10  # 1万5
    return value * (number_of(number["scale"] or "一") or 1)


def _measured(value: float, unit: re.Match[str], text: str, start: int) -> Amount:
    """An amount with its unit and what stands behind it: 一年半, 一年零三个月, 1米2."""
    name, size, end = unit["other"] or "", 1.0, unit.end()
    if not name:
        name, _, size = next(u for i, u in enumerate(_UNITS) if unit[f"u{i}"] is not None)
    if "半" in unit.group():
        value += 0.5
    elif (name in ("月", "小时", "岁") or unit.group() in _WEIGHED) and (half := _AND_A_HALF.match(text, end)):
        value, end = value + 0.5, half.end()
    elif unit.group() == "年" and (months := _AND_MONTHS.match(text, end)):
        value, end = value + float(han_number(months[1])) / 12, months.end()
    elif unit.group() == "米" and (tenths := _AND_TENTHS.match(text, end)):
        digits = tenths[1] if tenths[1].isdecimal() else "".join(str(number_of(digit)) for digit in tenths[1])
        value, end = value + float(f"0.{digits}"), tenths.end()
    return Amount(value * size, name, start, end, unit.start())


def _joined(first: Amount, second: Amount, number: re.Match[str], text: str) -> Amount:
    """An amount without a unit, of the unit and the scale of the one it is joined to: the 3 of 3-5万元."""
    if not second.unit or not _JOINS.fullmatch(text, first.end, second.start):
        return first
    han = number["han"] or ""
    scale = number_of(number["scale"] or han[len(han.rstrip("万亿")) :]) or 1
    value = first.value * scale if first.value < second.value / scale else first.value
    return replace(first, value=value, unit=second.unit)


_SPOKEN = re.compile(r"([百千万亿])([一二三四五六七八九])$")
_AND_TENTHS = re.compile(r"(\d{1,2}|[一二三四五六七八九]{1,2})(?=[以及的高左能可算不就才,，;；。?？(（)）]|$)")
_AND_MONTHS = re.compile(rf"零?又?(\d{{1,2}}|{_HAN})个月")
_WEIGHED = ("吨", "公斤", "斤", "公里", "亩")
_AND_A_HALF = re.compile(r"半(?![年月天日数价载])")


def _is_date(value: float, unit: re.Match[str], text: str, start: int) -> bool:
    """2015年, 7月1日, 3月5日."""
    return (unit.group() == "年" and value in range(1900, 2100)) or (
        unit.group() == "日" and text[:start].endswith("月")
    )


_OPEN_LOW = re.compile(r"(?:超过|超出|高于|大于|多于|逾|突破|超)$")
_LOW = re.compile(
    r"(?:(?<![不未没])(?<![不未]年)满|(?<!没有)(?<![不未没])达到?|[不未](?:[得能应可宜])?(?:少于|低于|小于)|[大高多]于或?等于|至少|最低|最少)$"
)
_OPEN_HIGH = re.compile(r"(?:[不未没]年?满|不足|低于|小于|少于|(?:未|没有?)达到?|[不没]到)$")
_HIGH = re.compile(
    r"(?:(?:不|未|没有?)(?:[得能应可宜])?(?:超过?|高于|大于|多于|突破)|[小低少]于或?等于|至多|最多|最高|最长|(?:放宽|延长)[到至]|每[\u4e00-\u9fff]{1,6}限[\u4e00-\u9fff]?)$"
)
_AFTER_LOW = re.compile(rf"{_INCLUDED}(?:及其?|含|或者?)?(?:以上|起)")
_AFTER_HIGH = re.compile(
    rf"{_INCLUDED}(?:及其?|含|或者?)?(?:以下|以内|之内|(?:范围)?内(?![容部])|都?(?:不到|没到|不足))"
)
_BETWEEN = re.compile(
    rf"{_INCLUDED}(?:以上)?{_INCLUDED}(?:的(?=[,，]))?[,，、]?\s*(?:[-—–~～至到]+\s*)?(?:且(?:[男女][\u4e00-\u9fff]{{0,2}}?)?(?=[不未低少小]))?(?P<open>不满|不足|未满|低于|少于|小于|[不未]达到?|[不没]到)?(?:不超过)?"
)
_NOT_IN = re.compile(r"(?:/[\u4e00-\u9fff]{1,3}?)?(?:以[上下内])?[(（]不含")
_ALSO = re.compile(r"(?:/[\u4e00-\u9fff]{1,3})?[(（](?:包?含|包括)([^()（）]*)[)）]")


def ranges(text: str, any_unit: bool = False) -> tuple[Range, ...]:
    """The ranges that a folded text gives; of ``any_unit``: those of units that are not known here, too.

    >>> [(r.low, r.high, r.unit) for r in ranges("对60至79周岁的,补2元;年满80周岁的,补4元;不足50平方米的")]
    [(60.0, 79.0, '岁'), (80.0, inf, '岁'), (-inf, 50.0, '平方米')]
    """
    found: list[Range] = []
    told = amounts(text, any_unit)
    i = 0
    while i < len(told):
        one = told[i]
        before, after = _BY_EACH.sub("", text[: one.start])[-6:], text[one.end : one.end + 12]
        other = told[i + 1] if i + 1 < len(told) else None
        if other is not None and one.unit == other.unit and one.value < other.value:
            between = _BETWEEN.fullmatch(text, one.end, other.start)
            if between is not None and other.start > one.end:
                above = bool(_OPEN_LOW.search(before) or _NOT_IN.match(after))
                below = bool(between["open"] or _NOT_IN.match(text, other.end))
                # 1至10吨(含1吨): the other bound is left out.
                own = _ALSO.match(text, other.end)
                included = {a.value for a in amounts(own[1])} if own else set()
                above, below = above or included == {other.value}, below or included == {one.value}
                found.append(Range(one.value, other.value, one.unit, one.start, other.end, above, below))
                i += 2
                continue
        if one.unit:
            bound = _bound(one, before, after)
            if bound is not None:
                found.append(bound)
        i += 1
    return tuple(found)


_BY_EACH = re.compile(
    r"每(?:(?![不未超高低多少大小满])[\u4e00-\u9fff]){1,3}$"
)  #: between a bound and its amount: 不超过每千瓦时0.3元


def includes(text: str, asked: Sequence[Amount]) -> bool:
    """Whether a folded text says in brackets that it includes one of some amounts: 10吨以上(含10吨)."""
    told = [(a.value, a.unit) for aside in _ALSO.findall(text) for a in amounts(aside)]
    return any((a.value, a.unit) in told for a in asked)


def _bound(one: Amount, before: str, after: str) -> Range | None:
    """The range that an amount bounds on one side; None where it is just an amount."""
    at = (one.unit, one.start, one.end)
    if _LOW.search(before):
        return Range(one.value, math.inf, *at, above=bool(_NOT_IN.match(after)))
    if _HIGH.search(before):
        return Range(-math.inf, one.value, *at, below=bool(_NOT_IN.match(after)))
    if _OPEN_HIGH.search(before):
        return Range(-math.inf, one.value, *at, below=True)
    if _AFTER_HIGH.match(after):
        return Range(-math.inf, one.value, *at, below=bool(_NOT_IN.match(after)))
    if _OPEN_LOW.search(before):
        return Range(one.value, math.inf, *at, above=True)
    if _AFTER_LOW.match(after):
        return Range(one.value, math.inf, *at, above=bool(_NOT_IN.match(after)))
    return None


#: What a rule gives or takes stands after one of these; what it gives it for stands before, or ends in 的.
_GIVES = re.compile(r"处|罚|给予|补助|补贴|奖励|奖补|资助|发放|收取|缴纳|交纳|支付|扣|核定|收费|不超过|按")


#: How long something has been done is no price: 缴纳社会保险满6个月.
TIMES = frozenset(("岁", "月", "日", "小时"))
_REACHED = re.compile(r"(?<!不)(?<!未)满$")


def conditions(text: str, any_unit: bool = False) -> tuple[Range, ...]:
    """The ranges of a folded text that say for what a rule holds, not what it gives or takes: of 不满1万元的,处1000元以上
    5000元以下罚款 the first. Of ``any_unit``: also those of any unit, and of dates."""
    kept = []
    if any_unit:
        kept = [Range(d.low, d.high, _DATE if d.dated else _DAY, d.start, d.end) for d in days_ruled(text)]
    for one in ranges(text, any_unit):
        begin = max(text.rfind(c, 0, one.start) for c in ",，;；。:：") + 1
        clause = re.match(r"[^,，;；。:：]*", text[one.end :])
        says_when = clause is not None and clause.group().endswith("的")
        lasts = one.unit in TIMES and _REACHED.search(text[begin : one.start])
        if says_when or lasts or not _GIVES.search(text[begin : one.start]):
            kept.append(one)
    return tuple(kept)


def fits(asked: Sequence[Amount], text: str) -> float:
    """1 where an amount that is asked about lies in a range that a folded text gives as a condition, -1 where it lies
    outside all of them, 0 where the text gives none of that unit.

    >>> fits(amounts("日加氢能力800公斤能补多少"), "500公斤(含)至1000公斤的,最高220万元")
    1.0
    """
    told = conditions(text, _of_any_unit(asked))
    for one in asked:
        own = _as_written(one, [r for r in told if one.is_of(r.unit)], text)
        if own:
            return 1.0 if any(r.holds(one.value) for r in own) else -1.0
    return 0.0


def _as_written(one: Amount, told: list[Range], text: str) -> list[Range]:
    """Of ranges of time those in years for an amount of a year or more, where a text has others too: how long one has worked
    is no length of a leave (工作满10年的职工,病假3个月以上)."""
    own = [r for r in told if "年" in text[r.start : r.end]]
    return own if one.unit == "月" and one.value >= _YEAR and own else told


_YEAR = 12  #: months


def _of_any_unit(asked: Sequence[Amount]) -> bool:
    return any(one.any_unit for one in asked)


def fits_best(asked: Sequence[Amount], texts: Sequence[str]) -> list[float]:
    """:func:`fits` of each of several texts that stand side by side; where an amount lies in the open ranges of more than
    one, only that of the nearest bound fits.

    >>> fits_best(amounts("85岁的"), ["60周岁以上的,补2元", "80周岁以上的,补4元", "90周岁以上的,补8元"])
    [-1.0, 1.0, -1.0]
    """
    fitting = [fits(asked, text) for text in texts]
    any_unit = _of_any_unit(asked)
    ruled = [conditions(text, any_unit) for text in texts] if fitting.count(1.0) > 1 else []
    measured = {r.unit for own in ruled for r in own}
    asked = [a for a in asked if any(map(a.is_of, measured))] if any_unit else asked
    if len(asked) != 1 or not ruled:
        return fitting
    (one,) = asked
    told = [[r for r in own if one.is_of(r.unit)] for own in ruled]
    open_ones = {
        i: own[0]
        for i, own in enumerate(told)
        if fitting[i] > 0
        and len(own) == 1
        and (own[0].low > 0) != (own[0].high < math.inf)
        and not _MORE_OF.search(texts[i])
    }
    if len(open_ones) < fitting.count(1.0) or len({r.low > 0 for r in open_ones.values()}) > 1:
        return fitting
    away = {i: one.value - r.low if r.low > 0 else r.high - one.value for i, r in open_ones.items()}
    nearest = min(away.values())
    return [fit if fit <= 0 or away[i] == nearest else -1.0 for i, fit in enumerate(fitting)]


_MORE_OF = re.compile("再|另|额外|叠加|加发|增发")  #: what is given beside what others rule


def bands_of(text: str, any_unit: bool = False) -> tuple[Range, ...]:
    """The conditions of a folded text that single out some of those for whom a rule differs (三天以内的,由科长批准); not what is
    asked of all: 应当年满28周岁, 不超过6000元的,方可享受.

    >>> [r.high for r in bands_of("三天以内的,由科长批准")], bands_of("单价不超过6000元的,方可享受"), bands_of("应当年满18周岁")
    ([3.0], (), ())
    """
    return tuple(
        r for r in conditions(text, any_unit) if _BAND.match(text, r.end) and not _ASKED_OF_ALL.search(text, 0, r.start)
    )


_BAND = re.compile(r"[^,，;；。]{0,12}的(?!,?[^,;。]{0,6}(?:方可|才))")
_ASKED_OF_ALL = re.compile(r"(?:应当|必须|须)[^,，;；。]{0,8}$")


_COUNTERS = frozenset("个家项座所处条件台艘架")  #: units of what is set up
_SAME_LEAD = 4  #: characters before a threshold that are those before another


def threshold(text: str, asked: Sequence[Amount]) -> tuple[str, float] | None:
    """What a folded text says before the value from which on it holds, and that value; None where it tells none of the
    unit asked about."""
    units = {a.unit for a in asked} - _COUNTERS  # 总规模达283个 is a goal
    found = [r for r in ranges(text) if r.low > 0 and r.high == math.inf and r.unit in units]
    lead = text[max(0, found[0].start - _SAME_LEAD) : found[0].start] if found else ""
    return (lead, found[0].low) if len(lead) == _SAME_LEAD else None
