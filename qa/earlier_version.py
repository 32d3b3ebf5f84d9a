"""What an earlier version of a document says beside the later one, where no document repeals it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from index.tokens import fold
from qa.disputes import behind_name
from qa.duty_tasks import speaks_of_same
from qa.editions import asked_then, speaks_of_one
from qa.evidence import READ_PLAINLY
from qa.extractive import Decline, Draft, Line
from qa.untold import left_untold

if TYPE_CHECKING:
    from qa.finding import Finder, Found

_SHORT = 220  #: characters of what a version says, to be set beside another
_ALIKE = 0.85  #: share of the characters that two versions word alike from which on they say the same


def with_earlier_version(
    draft: Draft, found: Found, bot: Finder, answer: Callable[[Found, Finder], Draft | Decline]
) -> Draft:
    """A short draft from one document, with what an earlier version says otherwise that no document repeals, each behind
    its name; as it is where the question says which version it means. ``answer`` gives what a version says."""
    cited = {span[0] for line in draft.lines for span in line.spans}
    if draft.contradicts or _length(draft) > _SHORT:
        return draft
    core = fold(found.question.core)
    for old in sorted(found.aside):
        new = bot.renewed().get(old)
        if new is None or cited != {new} or speaks_of_one(core, bot.simplified(old).header, bot.simplified(new).header):
            continue
        apart = bot.find(found.question.standalone, documents=[old], all_versions=True)
        said = answer(apart, bot) if apart.candidates and bot.about(apart) else None
        if not isinstance(said, Draft) or said.method != draft.method or _length(said) > _SHORT:
            continue
        if not speaks_of_same(draft.lines[0].text, said.lines[0].text):
            continue
        if not _says_the_same(draft, said):
            return replace(draft, lines=(*_named(bot, new, draft.lines), *_named(bot, old, said.lines)))
    return draft


def of_version_then(found: Found, bot: Finder) -> Found:
    """The same for the question without the year in which all of it is asked, where that has chosen the version then in
    force: which need not name the year."""
    year, asked = asked_then(found.question.standalone)
    best = next((c.document for c in found.candidates if c.tells), None)
    if not year or best is None or bot.superseded().get(best.doc_id) not in found.aside or year in best.text:
        return found
    apart = bot.find(asked, documents=[best.doc_id], all_versions=True)
    return apart if apart.candidates else found


def in_version_aside(found: Found, bot: Finder, answer: Callable[[Found, Finder], Draft | Decline]) -> Draft | None:
    """What a version that the question was not taken to mean says, behind its name, where that alone has an answer: a table
    or a rule that the other version has no more. A sentence has to be plainly read to answer."""
    if not found.aside:
        return None
    apart = bot.find(found.question.standalone, documents=found.aside, all_versions=True)
    said = answer(apart, bot) if apart.candidates and bot.about(apart) else None
    if not isinstance(said, Draft) or _length(said) > _SHORT or left_untold(apart.question, said, bot.simplified):
        return None
    cited = {span[0] for line in said.lines for span in line.spans}
    if len(cited) != 1 or (said.method in _BY_WORDS and bot.odds_of(apart.question.core, said) < READ_PLAINLY):
        return None
    return replace(said, lines=tuple(_named(bot, next(iter(cited)), said.lines)))


_BY_WORDS = frozenset({"sentences", "clause", "whether"})  #: ways of answering that take the best there is


def with_version_named(draft: Draft, found: Found, bot: Finder) -> Draft:
    """A draft with the name of the version that it is from, where the year in which all of the question is asked chose it."""
    cited = {span[0] for line in draft.lines for span in line.spans}
    year, _ = asked_then(found.question.standalone)
    chosen = len(cited) == 1 and bool(year) and bot.superseded().get(next(iter(cited))) in found.aside
    return replace(draft, lines=tuple(_named(bot, next(iter(cited)), draft.lines))) if chosen else draft


def _named(bot: Finder, doc_id: str, lines: Sequence[Line]) -> Sequence[Line]:
    renewed = bot.renewed()
    repealed = {old: new for old, new in bot.superseded().items() if old not in renewed}
    return behind_name(lines, bot.simplified(doc_id), repealed)


def _length(draft: Draft) -> int:
    return sum(len(line.text) for line in draft.lines)


def _says_the_same(draft: Draft, other: Draft) -> bool:
    one, another = (fold("".join(line.text for line in each.lines)) for each in (draft, other))
    figures = [re.findall(r"[\d.]+", text) for text in (one, another)]
    return figures[0] == figures[1] and SequenceMatcher(None, one, another).ratio() >= _ALIKE
