"""Numbers that Word counts by itself: the label that a paragraph of a list prints with, from numbering.xml."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.ooxml import W, number_in, value

_DEEPEST = 9  #: levels of a list


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and prints."""

    start: int = 1
    format: str = "decimal"  #: w:numFmt: chineseCounting, decimalEnclosedCircle, bullet, ...
    text: str = ""  #: w:lvlText: “第%1条”, “%1.%2”
    gap: str = " "  #: what stands between label and text: a space for a tab or space, "" for nothing
    style: str | None = None  #: paragraph style that is tied to the level
    legal: bool = False  #: numbers of the levels above are printed as 1, 2, 3
    restart: int | None = None  #: counts anew after this level (1 = outermost) or one above; 0: never; None: any above


@dataclass(slots=True)
class _List:
    """A w:abstractNum: levels that count together."""

    levels: dict[int, Level]
    alias: str | None = None  #: style that really holds the list
    counts: list[int | None] = field(default_factory=lambda: [None] * _DEEPEST)


class Numbering:
    """The lists of a document and where each of them has counted to. Paragraphs are to be asked for in their order."""

    def __init__(self, root: Any, list_of_style: Mapping[str, str]) -> None:
        """``root``: the root of numbering.xml or None; ``list_of_style``: style id -> the numId that it holds."""
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, str] = {}  #: numId -> key of its list
        self._changed: dict[str, dict[int, Level]] = {}  #: levels that a num replaces
        self._starts: dict[str, dict[int, int]] = {}  #: levels that a num starts anew, until it has
        if root is None:
            return
        for node in root.iterchildren(W + "abstractNum"):
            levels = {number_in(level.get(W + "ilvl"), 0): _level(level) for level in node.iterchildren(W + "lvl")}
            self._lists[node.get(W + "abstractNumId", "")] = _List(levels, value(node, "numStyleLink"))
        for node in root.iterchildren(W + "num"):
            num = node.get(W + "numId", "")
            self._nums[num] = value(node, "abstractNumId") or ""
            for override in node.iterchildren(W + "lvlOverride"):
                at = number_in(override.get(W + "ilvl"), 0)
                start, level = value(override, "startOverride"), override.find(W + "lvl")
                if level is not None:
                    self._changed.setdefault(num, {})[at] = _level(level)
                if start is not None:
                    self._starts.setdefault(num, {})[at] = number_in(start, 1)
        for num, key in self._nums.items():
            alias = self._lists[key].alias if key in self._lists else None
            target = self._nums.get(list_of_style.get(alias or "", ""))
            if target is not None:
                self._nums[num] = target

    def level_of_style(self, num: str, style: str) -> int:
        """The level of list ``num`` that a paragraph style is tied to; 0 when to none."""
        found = self._lists.get(self._nums.get(num, ""))
        return next((at for at, level in found.levels.items() if level.style == style), 0) if found else 0

    def label(self, num: str, at: int) -> str:
        """The label of the next paragraph of list ``num`` at level ``at`` (0 = outermost), with the gap after it."""
        found = self._lists.get(self._nums.get(num, ""))
        if found is None or not 0 <= at < _DEEPEST:
            return ""
        levels = found.levels | self._changed.get(num, {})
        start = self._starts.get(num, {}).pop(at, None)
        if start is not None:
            levels[at] = replace(levels.get(at, Level()), start=start)
            self._changed.setdefault(num, {})[at] = levels[at]
            found.counts[at] = None
        counts = found.counts
        for above in range(at):
            if counts[above] is None:
                counts[above] = levels.get(above, Level()).start
        level = levels.get(at, Level())
        count = counts[at]
        counts[at] = level.start if count is None else count + 1
        for below in range(at + 1, _DEEPEST):
            restart = levels.get(below, Level()).restart
            if restart is None or at < restart:
                counts[below] = None
        if level.format == "bullet":
            return ""

        def shown(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            said = counts[which] if which < _DEEPEST else None
            form = levels.get(which, Level()).format
            return "" if said is None else counted(said, "decimal" if level.legal else form)

        text = re.sub(r"%([1-9])", shown, level.text)
        return text + level.gap if text.strip() else ""


def _level(node: Any) -> Level:
    restart = value(node, "lvlRestart")
    form = node.find(W + "numFmt")
    if form is None:  # formats of later versions stand in an alternative
        form = next(node.iter(W + "numFmt"), None)
    legal = node.find(W + "isLgl")
    return Level(
        start=number_in(value(node, "start"), 1),
        format=form.get(W + "val", "decimal") if form is not None else "decimal",
        text=value(node, "lvlText") or "",
        gap="" if value(node, "suff") == "nothing" else " ",
        style=value(node, "pStyle"),
        legal=legal is not None and legal.get(W + "val") not in ("0", "false", "off"),
        restart=None if restart is None else number_in(restart, 0),
    )


# --- counting --------------------------------------------------------------------------------------------------------

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_OLD = "零壹貳參肆伍陸柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def counted(n: int, form: str) -> str:
    """``n`` as a format of Word (w:numFmt) prints it; formats that are not known print as decimal."""
    write = _FORMATS.get(form)
    return write(n) if write is not None and n >= 0 else str(n)


def han(n: int, digits: str = _DIGITS, units: str = "十百千", one_ten: bool = True) -> str:
    """12 -> 十二, 105 -> 一百零五; above 9999 digit by digit. ``one_ten``: 10-19 begin with 十 alone."""
    if n == 0 or n > 9999:
        return "".join(digits[int(c)] for c in str(n)).replace("零", "〇" if digits is _DIGITS else "零")
    told, zero = "", False
    for place, digit in zip(range(len(str(n)) - 1, -1, -1), map(int, str(n)), strict=True):
        if digit == 0:
            zero = bool(told)
            continue
        told += digits[0] if zero else ""
        zero = False
        told += ("" if one_ten and place == 1 and digit == 1 and not told else digits[digit]) + (
            units[place - 1] if place else ""
        )
    return told


def _digit_by_digit(n: int) -> str:
    return "".join(_DIGITS[int(c)] for c in str(n)).replace("零", "〇")


def _letters(n: int) -> str:
    """a … z, aa, bb: Word repeats the letter."""
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 26 * 30 else str(n)


def _roman(n: int) -> str:
    if not 0 < n < 4000:
        return str(n)
    told = ""
    for worth, sign in (*_ROMAN, *_ROMAN_SMALL):
        told += sign * (n // worth)
        n %= worth
    return told


def _signs(first: str, most: int, otherwise: Callable[[int], str] = str) -> Callable[[int], str]:
    """Signs that follow one another in Unicode, up to the ``most``-th."""
    return lambda n: chr(ord(first) + n - 1) if 0 < n <= most else otherwise(n)


def _circled(n: int) -> str:
    for first, begin, end in (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)):
        if begin <= n <= end:
            return chr(ord(first) + n - begin)
    return str(n)


def _full_width(n: int) -> str:
    return "".join(chr(ord("０") + int(c)) for c in str(n))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "none": lambda _n: "",
    "decimalZero": lambda n: f"{n:02d}",
    "ordinal": lambda n: f"{n}{'th' if 10 < n % 100 < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _signs("⑴", 20, lambda n: f"({n})"),
    "decimalEnclosedFullstop": _signs("⒈", 20, lambda n: f"{n}."),
    "ideographEnclosedCircle": _signs("㊀", 10, han),
    "chineseCounting": han,
    "chineseCountingThousand": han,
    "taiwaneseCounting": han,
    "taiwaneseCountingThousand": han,
    "japaneseCounting": han,
    "koreanCounting": han,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "chineseLegalSimplified": lambda n: han(n, _FORMAL, "拾佰仟", one_ten=False),
    "ideographLegalTraditional": lambda n: han(n, _FORMAL_OLD, "拾佰仟", one_ten=False),
    "ideographTraditional": lambda n: _STEMS[n - 1] if 0 < n <= 10 else str(n),
    "ideographZodiac": lambda n: _BRANCHES[n - 1] if 0 < n <= 12 else str(n),
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
}
