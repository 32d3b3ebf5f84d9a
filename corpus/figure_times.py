"""Of which time the figures of a sentence are: the years it tells, without those it compares with or names in titles."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

TIME = re.compile(
    r"(?P<by>到|至)?(?:“[十一二三四五]+”末[（(]?)?(?P<y>(?:19|20)\d\d)年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?(?:年?[底末])?"
)
#: What stands before a year that others are compared with, whatever follows: 比2020年, 高于2020年.
_COMPARED_WITH = re.compile(r"(?:(?<![占之对配])[比较]|高于|低于|多于|少于|好于|相比)$")
#: 由2022年的186.4亿元增加到201.3亿元: the year of the first figure alone; but not 从2022年起, 从2022年到2024年.
_WAS = re.compile(r"[由从]$")
_FIGURE_BESIDE = re.compile(r"(?:度|同期)?的?[^，,；;。：:（(\d起到至始来开以]{0,8}(?=\d)(?!(?:19|20)\d\d年)")
_FIGURE_OF_IT = re.compile(r"(?:度|同期)?(?:的[^，,；;。：:（(\d]{0,8})?(?=\d)")
#: 与2020年相比, 在2020年的3.2万张基础上, 以2020年为基期.
_SET_BESIDE = re.compile(r"[与和同跟以在]$")
_BESIDE = re.compile(r"[^，,；;。：:]{0,20}?(?:基础上|相比|持平|为基[数期准])")
_IN_TITLE = re.compile("《[^《》]*》")


@dataclass(frozen=True, slots=True)
class Told:
    """A time told in a sentence."""

    start: int
    end: int
    iso: str  #: 2023, 2023-06
    by: bool  #: by this year: 到2025年
    upto: bool  #: 截至2024年9月底


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a sentence, in order, and the figures that have one of their own."""

    told: tuple[Told, ...]
    bases: Mapping[int, str]  #: where a figure begins that others are compared with, and of which time it is

    def before(self, at: int) -> Told | None:
        """The last that is told before a place."""
        count = bisect_right(self.told, at, key=lambda told: told.start)
        return self.told[count - 1] if count else None

    def last_standing(self, goal: bool) -> Told | None:
        """The last that stands for the next sentences, too: a year, or behind a goal a date up to which something is told
        (截至2024年9月底)."""
        years = (told for told in reversed(self.told) if len(told.iso) == 4 or (goal and told.upto))
        return next(years, None)


def times_of(text: str, start: int, end: int) -> Times:
    """The times of the sentence at (start, end) that stand for its figures."""
    titles = [match.span() for match in _IN_TITLE.finditer(text, start, end)]
    told: list[Told] = []
    bases: dict[int, str] = {}
    for match in TIME.finditer(text, start, end):
        if any(a < match.start() < b for a, b in titles):
            continue
        base, place = _base(text, match, start, end)
        if place is not None:
            bases[place] = iso(match)
        if not base:
            upto = text.find("截", max(start, match.start() - 3), match.start()) >= 0  # 截至, 截止到
            told.append(
                Told(match.start(), match.end(), iso(match), bool(match["by"]) and not match["m"] and not upto, upto)
            )
    return Times(tuple(told), bases)


def _base(text: str, match: re.Match[str], start: int, end: int) -> tuple[bool, int | None]:
    """(whether a time is only one that others are compared with, where the one figure of it begins)."""
    before, stop = text[max(start, match.start() - 2) : match.start()], min(end, match.end() + 30)
    if _WAS.search(before):
        beside = _FIGURE_BESIDE.match(text, match.end(), stop)
        return beside is not None, beside.end() if beside else None
    set_beside = _SET_BESIDE.search(before) and _BESIDE.match(text, match.end(), stop)
    if not (set_beside or _COMPARED_WITH.search(before)):
        return False, None
    own = _FIGURE_OF_IT.match(text, match.end(), stop)
    return True, own.end() if own else None


def iso(match: re.Match[str]) -> str:
    """A match of ``TIME`` in ISO order, as far as it goes."""
    return "-".join([match["y"], *(part.zfill(2) for part in (match["m"], match["d"]) if part)])
