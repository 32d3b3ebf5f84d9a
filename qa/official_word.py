"""The official word on what a draft takes from interpretations, papers or encyclopedias alone: it is told first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.document import AUTHORITY
from corpus.sentences import ASKS
from index.tokens import fold
from qa.claim import opening
from qa.disputes import alike, figures_of, holds_figure, is_weak, source_name
from qa.extractive import Decline, Draft, Line

if TYPE_CHECKING:
    from qa.finding import Finder, Found

_LOOKED_AT = 12  #: sentences found, among which the official one has to be
_BELOW = 6.0  #: how far below the sentence of the draft it may be scored
_SHORT = 220  #: characters of a draft that another statement is set before
#: Share of the pairs of characters of the shorter statement that both have: of statements with figures of one unit or with
#: somebody's part, where the values differ; of others.
_OF_ONE_MATTER, _THE_SAME_SAID = 0.3, 0.6
#: ... of what both set for one year.
_OF_ONE_YEAR = 0.15
_GOAL = re.compile(r"(?:力争|争取|计划)?到(?P<year>20\d\d)年(?:底|末)?[,，]")
_ROLE = re.compile(r"牵头|负责|主管|主办|承办|会同|配合|组织实施")


def with_official(draft: Draft, found: Found, bot: Finder, answer: Callable[[Found, Finder], Draft | Decline]) -> Draft:
    """A short draft of weak sources alone behind what an official document says of the same matter, each with its name;
    the official word alone where both say the same. As it is where the question points at those sources, or nothing
    official speaks of the matter. ``answer`` gives what a document says."""
    cited = {span[0] for line in draft.lines for span in line.spans}
    weak = cited and all(is_weak(bot.document(d).simplified.header) for d in cited)
    if not weak or draft.contradicts or cited & found.probe.named or sum(len(x.text) for x in draft.lines) > _SHORT:
        return draft
    said = _statement(draft, bot)
    ranked = [c for c in found.candidates if c.tells][:_LOOKED_AT]
    own = [
        c.score for c in ranked if any(c.document.doc_id == d and a <= c.start < b for d, a, b in draft.lines[0].spans)
    ]
    official = (
        c.document.doc_id
        for c in ranked
        if c.document.header.authority <= AUTHORITY["local"]
        and c.score >= max(own, default=0.0) - _BELOW
        and of_one_matter(said, fold(c.text))
    )
    for doc_id in dict.fromkeys(official):
        apart = bot.find(found.question.standalone, documents=[doc_id])
        word = answer(apart, bot) if apart.candidates and bot.about(apart) else None
        official_said = _statement(word, bot) if isinstance(word, Draft) else ""
        if not isinstance(word, Draft) or not of_one_matter(said, official_said):
            continue
        if _says_no_less(official_said, said):
            return word
        return replace(word, lines=(*_named(word, bot), *_named(draft, bot)), method="dispute")
    return draft


def _statement(draft: Draft, bot: Finder) -> str:
    """What a draft says, folded, behind the question of its source where that stands in a heading."""
    doc_id, start, _ = draft.lines[0].spans[0]
    section = bot.document(doc_id).simplified.section_at(start)
    asked = section.title if section is not None and ASKS.search(section.title) else ""
    return fold(asked + "".join(line.text for line in draft.lines))


def of_one_matter(one: str, other: str) -> bool:
    """Whether two folded statements say something of the same: much of the words, and values of one kind if any."""
    goals = [_GOAL.match(text) for text in (one, other)]
    if goals[0] and goals[1] and goals[0]["year"] == goals[1]["year"]:
        return alike(one, other) >= _OF_ONE_YEAR
    units = [{scale + unit for _, scale, unit in figures_of(text)} - {""} for text in (one, other)]
    if any(units):
        return bool(units[0] & units[1]) and alike(one, other) >= _OF_ONE_MATTER
    roles = [bool(_ROLE.search(text)) for text in (one, other)]
    if any(roles):
        return all(roles) and alike(one, other) >= _OF_ONE_MATTER
    return alike(one, other) >= _THE_SAME_SAID


def _says_no_less(official: str, weak: str) -> bool:
    """Whether every figure and nearly every word of the weak statement stands in the official one."""
    figures = figures_of(official)
    return all(holds_figure(f, figures) for f in figures_of(weak)) and alike(weak, official) >= _THE_SAME_SAID


def _named(draft: Draft, bot: Finder) -> tuple[Line, ...]:
    """The lines of a draft behind the name of their source, which stands behind a word that says yes or no."""
    first, *rest = draft.lines
    source = source_name(bot.document(first.spans[0][0]).simplified, {})
    word, comma, told = first.text.partition("，")
    said = f"{word}，{source}：{told}" if comma and opening(word + comma) is not None else f"{source}：{first.text}"
    return replace(first, text=said), *rest
