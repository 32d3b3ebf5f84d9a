"""Amounts (65岁, 8000块, 80平米) and the ranges that a rule gives for them (年满80周岁, 5000元以上不满2万元).

Pure functions on folded text. Units that people and documents write differently are one unit here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.wording import han_number

_DIGITS = r"\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?"
_SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
#: Unit as counted here: how it is written, the longest first, and its size in that unit.
_UNITS: tuple[tuple[str, str, float], ...] = (
    ("工作日", r"个?工作日", 1),
    ("百分点", r"个?百分点", 1),
    ("%", r"%|％", 1),
    ("岁", r"周?岁", 1),
    ("平方公里", r"平方公里|平方千米", 1),
    ("平方米", r"平方米|平方(?![公千])|平米|平(?=的|$|[,，?？、])|m2|㎡", 1),
    ("立方米", r"立方米?|方(?=的|水)|m3", 1),
    ("米", r"公里|千米|km", 1000),
    ("米", r"米", 1),
    ("千瓦时", r"千瓦时|度电", 1),
    ("兆瓦", r"兆瓦|mw", 1),
    ("千瓦", r"千瓦|kw", 1),
    ("克", r"公斤|千克|kg", 1000),
    ("克", r"毫克|mg", 0.001),
    ("克", r"克", 1),
    ("克", r"斤", 500),
    ("吨", r"吨", 1),
    ("小时", r"个?(?:小时|钟头)", 1),
    ("小时", r"分钟", 1 / 60),
    ("月", r"个月", 1),
    ("月", r"年(?![级度份轮])", 12),
    ("日", r"[天日]", 1),
    ("日", r"周(?![岁年边])|个?星期", 7),
    ("元", r"块(?:钱|(?![地田牌]))|元(?![旦月])", 1),
    ("人", r"[个口名位]?人(?![均大])|[名位]", 1),
)
_UNIT = re.compile(
    "|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern, _) in enumerate(_UNITS))
    + r"|(?P<other>[户家份个件台辆架艘座处所间层级倍分亩张套次条项床期头只株人])"
)
_NUMBER = re.compile(
    rf"(?<![\d.第〔\[年月])(?P<number>{_DIGITS})\s*(?P<scale>万亿|千万|百万|十万|[亿万千百](?!分))?(?:多|余)?"
)
#: 20, of which the unit stands with what it is joined to: 60至79周岁.
_JOINS = re.compile(r"\s*(?:[-—–~～至到])+\s*$")


_MONEY = 1000.0  #: from which an amount without a unit is one of money


@dataclass(frozen=True)
class Amount:
    value: float
    unit: str  #: empty where none is written
    start: int
    end: int
    bare_end: int  #: where the number ends and its unit begins

    @property
    def measure(self) -> str:
        """The unit; of a large amount without one 元: 值8万 is said of money."""
        return self.unit or ("元" if self.value >= _MONEY else "")


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


def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a folded text in order; years of the calendar, ordinals and numbers of articles are none.

    >>> [(a.value, a.unit) for a in amounts("65岁的老人办1.5万元的卡,两个半天")]
    [(65.0, '岁'), (15000.0, '元')]
    """
    found: list[Amount] = []
    for number in _NUMBER.finditer(text):
        unit = _UNIT.match(text, number.end())
        han = not number["number"][0].isdigit()
        if (han and unit is None) or (unit is not None and _is_date(number, unit, text)):
            continue
        if han and unit is not None and unit["other"] is not None and unit["other"] in "个级次条项期":
            continue  # 一个, 三级, 一次 seldom measure anything
        value = float(han_number(number["number"])) * _SCALES.get(number["scale"] or "", 1.0)
        if unit is None:
            found.append(Amount(value, "", number.start(), number.end(), number.end()))
            continue
        name, size = unit["other"] or "", 1.0
        if not name:
            at = next(i for i in range(len(_UNITS)) if unit[f"u{i}"] is not None)
            name, size = _UNITS[at][0], _UNITS[at][2]
        found.append(Amount(value * size, name, number.start(), unit.end(), number.end()))
    # The first of 60至79周岁 and of 3-5万元 is of the unit, not of the scale, of the second.
    for i in range(len(found) - 1):
        first, second = found[i], found[i + 1]
        if not first.unit and second.unit and _JOINS.fullmatch(text, first.end, second.start):
            scale = _SCALES.get(text[second.start : second.bare_end].lstrip("0123456789.,"), 1.0)
            grown = first.value * scale if first.value < second.value / scale else first.value
            found[i] = Amount(grown, second.unit, first.start, first.end, first.bare_end)
    return tuple(found)


def _is_date(number: re.Match[str], unit: re.Match[str], text: str) -> bool:
    """2015年, 7月1日, 3月5日."""
    if unit.group() == "年" and re.fullmatch(r"(?:19|20)\d\d", number["number"]) and not number["scale"]:
        return True
    return unit.group() == "日" and bool(re.search(r"月$", text[: number.start()]))


_OPEN_LOW = re.compile(r"(?:超过|高于|大于|多于|逾|突破|超)$")
_LOW = re.compile(r"(?:(?<![不未])满|达到?|不少于|不低于|不小于|至少|最低|最少|从|由)$")
_OPEN_HIGH = re.compile(r"(?:不满|未满|不足|低于|小于|少于|未达到?|不到|没到)$")
_HIGH = re.compile(r"(?:不超过|不高于|不大于|不多于|至多|最多|最高|最长)$")
_AFTER_LOW = re.compile(r"(?:[(（]不?含[^)）]{0,6}[)）])?(?:及其?|含|或者?|\(含\))?(?:以上|起)")
_AFTER_HIGH = re.compile(r"(?:[(（]不?含[^)）]{0,6}[)）])?(?:及其?|含|或者?)?(?:以下|以内|之内|内(?![容部]))")
_BETWEEN = re.compile(
    r"(?:[(（]不?含[^)）]{0,6}[)）])?(?:以上)?[,，、]?\s*(?:[-—–~～至到]+\s*)?(?P<open>不满|不足|未满|低于|少于|小于)?(?:不超过)?"
)
_NOT_IN = re.compile(r"^[(（]不含")


def ranges(text: str) -> tuple[Range, ...]:
    """The ranges that a folded text gives.

    >>> [(r.low, r.high, r.unit) for r in ranges("对60至79周岁的,补2元;年满80周岁的,补4元;不足50平方米的")]
    [(60.0, 79.0, '岁'), (80.0, inf, '岁'), (-inf, 50.0, '平方米')]
    """
    found: list[Range] = []
    told = amounts(text)
    i = 0
    while i < len(told):
        one = told[i]
        before, after = text[max(0, one.start - 4) : one.start], text[one.end : one.end + 12]
        other = told[i + 1] if i + 1 < len(told) else None
        if other is not None and one.unit == other.unit and one.value < other.value:
            between = _BETWEEN.fullmatch(text, one.end, other.start)
            if between is not None and other.start > one.end:
                above = bool(_OPEN_LOW.search(before) or _NOT_IN.match(after))
                below = bool(between["open"] or _NOT_IN.match(text[other.end : other.end + 4]))
                found.append(Range(one.value, other.value, one.unit, one.start, other.end, above, below))
                i += 2
                continue
        if one.unit:
            bound = _bound(one, before, after)
            if bound is not None:
                found.append(bound)
        i += 1
    return tuple(found)


def _bound(one: Amount, before: str, after: str) -> Range | None:
    """The range that an amount bounds on one side; None where it is just an amount."""
    at = (one.unit, one.start, one.end)
    if _LOW.search(before):
        return Range(one.value, math.inf, *at, above=bool(_NOT_IN.match(after)))
    if _OPEN_HIGH.search(before):
        return Range(-math.inf, one.value, *at, below=True)
    if _HIGH.search(before) or _AFTER_HIGH.match(after):
        return Range(-math.inf, one.value, *at, below=bool(_NOT_IN.match(after)))
    if _OPEN_LOW.search(before):
        return Range(one.value, math.inf, *at, above=True)
    if _AFTER_LOW.match(after):
        return Range(one.value, math.inf, *at, above=bool(_NOT_IN.match(after)))
    return None


#: What a rule gives or takes stands after one of these; what it gives it for stands before, or ends in 的.
_GIVES = re.compile(r"处|罚|给予|补助|补贴|奖励|奖补|资助|发放|收取|缴纳|交纳|支付|扣|核定|收费|不超过|按")


def conditions(text: str) -> tuple[Range, ...]:
    """The ranges of a folded text that say for what a rule holds, not what it gives or takes: of 不满1万元的,处1000元以上
    5000元以下罚款 the first."""
    kept = []
    for one in ranges(text):
        begin = max(text.rfind(c, 0, one.start) for c in ",，;；。:：") + 1
        clause = re.match(r"[^,，;；。:：]*", text[one.end :])
        says_when = clause is not None and clause.group().endswith("的")
        if says_when or not _GIVES.search(text[begin : one.start]):
            kept.append(one)
    return tuple(kept)


def fits(asked: Sequence[Amount], text: str) -> float:
    """1 where an amount that is asked about lies in a range that a folded text gives as a condition, -1 where it lies
    outside all of them, 0 where the text gives none of that unit.

    >>> fits(amounts("日加氢能力800公斤能补多少"), "500公斤(含)至1000公斤的,最高220万元")
    1.0
    """
    told = conditions(text)
    for one in asked:
        own = [r for r in told if r.unit == one.measure]
        if own:
            return 1.0 if any(r.holds(one.value) for r in own) else -1.0
    return 0.0
