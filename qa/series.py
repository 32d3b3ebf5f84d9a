"""Reports of a series, one for each year (甲县2022年公报, 甲县2023年公报): which year is meant where a question names none."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from index.tokens import fold
from qa.extractive import Draft
from qa.patterns import YEAR
from qa.scope import of_series

if TYPE_CHECKING:
    from qa.finding import Finder, Found


def in_latest(found: Found, bot: Finder, ids: Collection[str]) -> Found:
    """The question put to the latest report of the series that its best sentence stands in, where it names no year and that
    report answers as well; as it is elsewhere. ``ids``: the documents it is kept to."""
    best = next((c for c in found.candidates if c.tells), None)
    several = _SEVERAL.search(found.question.core)
    if (
        best is None
        or several
        or YEAR.search(fold(found.question.text))
        or not found.question.kinds & {"count", "when", "list"}
    ):
        return found
    title, year = of_series(fold(best.document.header.title))
    others = {d: of_series(fold(h.title)) for d, h in bot.headers().items() if d in ids}
    later = {own: d for d, (other, own) in others.items() if title and other == title and own > year}
    if not later:
        return found
    apart = bot.find(found.question.standalone, documents=[later[max(later)]])
    own = next((c for c in apart.candidates if c.tells), None)
    return found if own is None or own.score < best.score - _BELOW else apart


_SEVERAL = re.compile("[两几各历逐每]年|年年")
_BELOW = 2.0  #: how far below the best sentence that of the latest report may be scored


def with_year(draft: Draft, found: Found, bot: Finder, ids: Collection[str]) -> Draft:
    """A draft of one report of a series behind the year of it, where neither the question nor the draft names one."""
    cited = {span[0] for line in draft.lines for span in line.spans}
    told = "".join(line.text for line in draft.lines)
    if len(cited) != 1 or "count" not in found.question.kinds or YEAR.search(fold(found.question.text + told)):
        return draft
    titles = {d: of_series(fold(h.title)) for d, h in bot.headers().items() if d in ids}
    title, year = titles.get(next(iter(cited)), ("", ""))
    if not title or sum(other == title for other, _ in titles.values()) < 2:
        return draft
    first, *rest = draft.lines
    return replace(draft, lines=(replace(first, text=f"{year}年：{first.text}"), *rest))
