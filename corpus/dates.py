"""Dates as documents write them: 2015年7月4日, 2015-07-04, 二〇一五年七月四日."""

from __future__ import annotations

import datetime
import re
import unicodedata

_ZERO = "〇○◯零OoО0"  # all of them are found in documents, the last but one is Cyrillic
_CHINESE_DIGITS = {c: str(i) for i, c in enumerate("一二三四五六七八九", 1)} | dict.fromkeys(_ZERO, "0")
CN = f"一二三四五六七八九{_ZERO}"
DATES = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*年(?:\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?)?"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d)\s?(?P<sep>[-/])\s?(?P<m2>\d{1,2})(?:\s?(?P=sep)\s?(?P<d2>\d{1,2}))?(?!\d)"
    r"|(?<!\d)(?P<y5>(?:19|20)\d\d)\s?\.\s?(?P<m5>\d{1,2})\s?\.\s?(?P<d5>\d{1,2})(?!\d|\.\d)"
    rf"|(?P<y3>(?:一九|二[{_ZERO}])[{CN}]{{2}})\s*年(?:\s*(?P<m3>[一二三四五六七八九十]{{1,2}})\s*月"
    r"(?:\s*(?P<d3>[一二三四五六七八九十廿卅]{1,3})\s*[日号])?)?"
    r"|(?<!\d)(?P<y4>(?:19|20)\d\d)(?P<m4>[01]\d)(?P<d4>[0-3]\d)(?!\d)"
)

#: A line that tells what was done to a document on a day: 2018年12月20日 上海市…会议通过, 2022年4月9日 施行.
EVENT = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s?.{0,90}(?:通过|修订|修正|公布|发布|印发|施行|实施)$")


def iso_date(text: str) -> str | None:
    """The first date in ``text`` as ISO (YYYY-MM-DD, YYYY-MM or YYYY); None when there is none."""
    for match in DATES.finditer(half_width(text)):
        found = iso_of(match)
        if found is not None:
            return found
    return None


def iso_of(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = parts["y"] or parts["y2"] or year_of(parts["y3"]) or parts["y4"] or parts["y5"]
    month = parts["m"] or parts["m2"] or small_number(parts["m3"]) or parts["m4"] or parts["m5"]
    day = parts["d"] or parts["d2"] or small_number(parts["d3"]) or parts["d4"] or parts["d5"]
    try:
        date = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return date.isoformat()[: 10 if day else 7 if month else 4]


def half_width(text: str) -> str:
    """Full-width digits and signs made half width; everything that is no width variant stays."""
    return unicodedata.normalize("NFKC", text)


def year_of(text: str | None) -> str:
    """二〇一五 -> 2015, with any of the signs that are written for zero."""
    if not text:
        return ""
    return "".join(_CHINESE_DIGITS[c] for c in text)


def small_number(text: str | None) -> str:
    """A Chinese number below a thousand: 二十一 -> 21, 廿三 -> 23, 四〇 -> 40, 一百零五 -> 105; "" when it is none."""
    if not text:
        return ""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not re.search("[十百]", text):
        return "".join(_CHINESE_DIGITS[c] for c in text).lstrip("0")
    digit = "([一二三四五六七八九])?"
    match = re.fullmatch(rf"(?:{digit}(百))?[{_ZERO}]?(?:{digit}(十))?{digit}", text)
    if match is None:
        return ""
    hundreds, has_hundred, tens, has_ten, ones = match.groups()
    value = 100 * int(_CHINESE_DIGITS.get(hundreds, "1")) if has_hundred else 0
    value += 10 * int(_CHINESE_DIGITS.get(tens, "1")) if has_ten else 0
    return str(value + int(_CHINESE_DIGITS.get(ones, "0")))


_LONGEST_DATE = 60  #: characters, typed spaces included


def is_date(line: str) -> bool:
    """Whether a line is a date, at least with its month, and nothing else."""
    if len(line) > _LONGEST_DATE:
        return False
    folded = half_width(line).strip("()（） ")
    match = DATES.match(folded)
    found = iso_of(match) if match is not None and match.end() == len(folded) else None
    return found is not None and len(found) > 4  # a year alone dates nothing
