"""Dates of a case (2026年8月拆的) and the spans of days for which a rule holds (2026年7月1日至12月31日拆除的). Pure functions on
folded text; days are numbers in order."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from corpus.labels import number_of

HAN_DAY = "[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"


@dataclass(frozen=True)
class Day:
    """A day of a case: with its year, or a day of any year."""

    value: float
    dated: bool
    start: int
    end: int


@dataclass(frozen=True)
class Days:
    """The days from one to another, both of them in it; open ends are infinite."""

    low: float
    high: float
    dated: bool
    start: int
    end: int


_ONE = re.compile(
    r"(?<![\d.])(?=[\d一二三四五六七八九十]{1,4}[年月])(?:(?P<year>(?:19|20)\d\d)年)?"
    rf"(?:(?<![个\d])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?:(?P<day>\d{{1,2}}|{HAN_DAY})[日号]|(?P<part>[底末初]|[上中下]旬))?)?"
)
_OVER = re.compile(r"\s*[-—–~～至到]+\s*(?:(?P<next>次年|翌年|第二年|来年))?")
_UNTIL = re.compile(r"(?:\([^)]{0,6}\))?[以之]?前|底前|及以前|为止|止")
_FROM = re.compile(r"(?:\([^)]{0,6}\))?(?:及?[以之]后|起|开始|后)")
#: What the days are the days of: 拆除的，, 入学的学生，.
_OF_CASE = re.compile(r"[^,;。:]{1,14}?的(?=[\u4e00-\u9fff]{0,12}[,:(]|[不由按仍可均应须])")
_PARTS = {"初": 3, "上旬": 5, "中旬": 15, "下旬": 25, "底": 28, "末": 28}
_MONTH_DAYS, _YEAR_DAYS = 31, 372


def days_of_case(text: str) -> list[Day]:
    """The days that a folded question tells of its case; of a month alone its middle, of a year alone none.

    >>> [(day.value, day.dated) for day in days_of_case("3月2号买的")]
    [(64.0, False)]
    """
    found = []
    for one in _ONE.finditer(text):
        if not one["month"] or _OVER.match(text, one.end()) or _UNTIL.match(text, one.end()):
            continue
        month, day = day_number(one["month"]), _PARTS.get(one["part"] or "", 15)
        of_year = float((month - 1) * _MONTH_DAYS + (day_number(one["day"]) if one["day"] else day))
        if one["year"]:
            found.append(Day(int(one["year"]) * _YEAR_DAYS + of_year, True, *one.span()))
        found.append(Day(of_year, False, *one.span()))
    return found


def days_ruled(text: str) -> list[Days]:
    """The spans of days for which a folded text rules what it says, each of its year and, unless years alone bound it, of
    any year.

    >>> [days.high for days in days_ruled("3月2日前买的,退一半")], days_ruled("3月2日前完成改造")
    ([64.0], [])
    """
    found: list[Days] = []
    at = 0
    while (one := _next(text, at)) is not None:
        at = one.end()
        over = _OVER.match(text, at)
        other = _ONE.match(text, over.end()) if over is not None else None
        low, high = -math.inf, math.inf
        year = int(one["year"] or 0)
        if over is not None and other is not None and (other["month"] or other["year"]):
            at = other.end()
            until = int(other["year"] or 0) or (year + bool(over["next"]) if year else 0)
            low, high = _first(one, year), _last(other, until)
            behind = at
        elif (bound := _UNTIL.match(text, at)) is not None:
            high, behind = (
                (_last(one, year) if one["day"] or "底" in bound.group() else _first(one, year) - 1),
                bound.end(),
            )
            if one["part"] in ("底", "末"):
                high = _last(one, year)
        elif (bound := _FROM.match(text, at)) is not None:
            low, behind = _first(one, year), bound.end()
        else:
            continue
        if not _OF_CASE.match(text, behind):
            continue
        span = (one.start(), at)
        if year:
            found.append(Days(low, high, True, *span))
        if one["month"] and not (year and _YEAR_DAYS <= high - low < math.inf):
            low, high = ((v if math.isinf(v) else v % _YEAR_DAYS or _YEAR_DAYS) for v in (low, high))
            # Over the end of the year: 11月1日至次年3月31日.
            over_end = low > high
            found += [Days(low, math.inf, False, *span)] if over_end else []
            found.append(Days(-math.inf if over_end else low, high, False, *span))
    return found


def years_ruled(text: str) -> set[int]:
    """The whole years between two days for which a folded text rules what it says.

    >>> years_ruled("2018年9月至2021年8月入学的,减半")
    {2019, 2020}
    """
    spans = [(d.low, d.high) for d in days_ruled(text) if d.dated and math.isfinite(d.low + d.high)]
    return {year for low, high in spans for year in range(int(low // _YEAR_DAYS) + 1, int(high // _YEAR_DAYS))}


def rules_year(text: str, year: int) -> bool:
    """Whether a folded text rules what it says for any day of a year.

    >>> rules_year("2021年7月1日以前入学的,减半", 2019), rules_year("2021年7月1日以前入学的,减半", 2022)
    (True, False)
    """
    first, last = (float(each * _YEAR_DAYS) for each in (year, year + 1))
    return any(days.low < last and days.high > first for days in days_ruled(text) if days.dated)


def _next(text: str, at: int) -> re.Match[str] | None:
    return next((m for m in _ONE.finditer(text, at) if m["month"] or m["year"]), None)


def _first(one: re.Match[str], year: int) -> float:
    return float(
        year * _YEAR_DAYS
        + ((day_number(one["month"]) - 1) * _MONTH_DAYS if one["month"] else 0)
        + day_number(one["day"] or "1")
    )


def _last(one: re.Match[str], year: int) -> float:
    month = day_number(one["month"]) if one["month"] else 12
    return float(year * _YEAR_DAYS + (month - 1) * _MONTH_DAYS + day_number(one["day"] or str(_MONTH_DAYS)))


def day_number(text: str) -> int:
    """The number of a day or a month, in figures or in Chinese."""
    return int(text) if text.isdigit() else number_of(text) or 0
