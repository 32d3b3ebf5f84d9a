"""Days of the year and the seasons that a rule or a tariff gives for them (旺季4月1日至10月31日). Pure functions on folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.dates import HAN_DAY, day_number

Day = tuple[int, int]  #: month and day; day 0 is any day of the month


@dataclass(frozen=True)
class Season:
    """The days from the first to the last, over the end of the year where the last comes before the first."""

    first: Day
    last: Day

    def holds(self, day: Day) -> bool:
        """Whether a day lies in the season; of a month alone whether any of its days does.

        >>> Season((11, 1), (3, 31)).holds((2, 10)), Season((4, 1), (10, 31)).holds((11, 0))
        (True, False)
        """
        begins, ends = (day, day) if day[1] else ((day[0], 1), (day[0], 31))
        if self.first <= self.last:
            return begins <= self.last and ends >= self.first
        return ends >= self.first or begins <= self.last


_SEASON = re.compile(
    r"(\d{1,2})月(?:(\d{1,2})[日号]?)?\s*[-—–~～至到]+\s*(?:次年|翌年|第二年|来年)?(?:(\d{1,2})月)?(?:(\d{1,2})[日号]|底)?"
)
_DAY = re.compile(
    rf"(?<![\d年个])(\d{{1,2}}|十[一二]?|[一二三四五六七八九])月(?!底前)份?(?:(\d{{1,2}}|{HAN_DAY})[日号])?"
)
_HOLIDAYS = {"元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "六一": (6, 1), "国庆": (10, 1), "十一假期": (10, 1)}


def seasons_in(text: str) -> list[Season]:
    """The seasons that a folded text tells.

    >>> seasons_in("淡季(11月1日至次年3月31日)"), seasons_in("每年10月1日至7日")
    ([Season(first=(11, 1), last=(3, 31))], [Season(first=(10, 1), last=(10, 7))])
    """
    return [
        Season((int(m[1]), int(m[2] or 1)), (int(m[3] or m[1]), int(m[4] or 31)))
        for m in _SEASON.finditer(text)
        if (m[3] or m[4]) and int(m[1]) <= 12 and int(m[3] or 1) <= 12
    ]


def days_in(text: str) -> list[Day]:
    """The days of the year that a folded question tells, seasons left out; holidays of a fixed day by that.

    >>> days_in("七月份带娃去"), days_in("国庆10月3号去"), days_in("元旦想去")
    ([(7, 0)], [(10, 3)], [(1, 1)])
    """
    bare = _SEASON.sub("", text)
    days = [
        (month, day_number(m[2]) if m[2] else 0) for m in _DAY.finditer(bare) if 1 <= (month := day_number(m[1])) <= 12
    ]
    return days or [day for name, day in _HOLIDAYS.items() if name in bare]
