"""Another value that another document gives of what a question asks for: both are told, each with its source. A plan says
2.3 for a year and the work plan of that year 2.2; which of them holds is not for the answer to choose."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.labels import without_label
from index.tokens import fold
from qa.amendments import changes_parts_of
from qa.disputes import alike, behind_name, figures_of, is_weak
from qa.evidence import Candidate
from qa.extractive import Decline, Draft, Line, lines_of, title_of
from qa.source_sides import source_asked
from qa.towns import LEVELS, owners
from qa.wording import SCALES

if TYPE_CHECKING:
    from corpus.document import SourceDocument
    from qa.finding import Finder, Found

_LOOKED_AT = 20  #: sentences found, among which one of the other document has to be
_BELOW = 8.0  #: how far below the best sentence it may be scored
_SHORT = 200  #: characters of a statement that another is set beside
#: Shares of the pairs of characters of the shorter statement that both have: of statements of one matter, and of sentences
#: for which their document is asked.
_OF_ONE_MATTER, _MAY_BE = 0.5, 0.3


def with_other_values(
    draft: Draft, found: Found, bot: Finder, answer: Callable[[Found, Finder], Draft | Decline]
) -> Draft:
    """A short draft of one document that tells a figure, with what another document of the same place and of no other year
    says of it otherwise, each behind its name. As it is where the question says which document it means. ``answer`` gives
    what a document says."""
    cited = {span[0] for line in draft.lines for span in line.spans}
    question = found.question
    asks = "count" in question.kinds and not question.kinds & {"compare", "list", "whether"} and len(question.parts) < 2
    if not asks or len(cited) != 1 or draft.contradicts or _length(draft) > _SHORT or not found.candidates:
        return draft
    (own,) = cited
    if own in bot.superseded() or is_weak(bot.document(own).simplified.header):
        return draft
    if source_asked(fold(question.core), bot.headers()) is not None:
        return draft
    top = found.candidates[0].score
    said = fold("".join(line.text for line in draft.lines))
    near = [c for c in found.candidates if c.tells and c.score >= top - _BELOW][:_LOOKED_AT]
    adjusted = next((c for c in near if _is_adjusted(draft, c, said, found, bot)), None)
    if adjusted is not None:
        sides = [draft.lines, lines_of([[adjusted]])]
        return _beside(draft, sides, bot)
    alike_ones = (c for c in near if figures_of(fold(c.text)) and alike(c.text, said) >= _MAY_BE)
    for doc_id in dict.fromkeys(c.document.doc_id for c in alike_ones):
        if doc_id in cited or not _comparable(
            bot.document(own).simplified, bot.document(doc_id).simplified, fold(question.standalone)
        ):
            continue
        if _changed_by(doc_id, own, bot) or _changed_by(own, doc_id, bot):
            continue  # what words a value anew and what it was before
        if doc_id in bot.superseded() or (found.probe.hinted and doc_id not in found.probe.hinted):
            continue
        apart = bot.find(question.standalone, documents=[doc_id])
        word = answer(apart, bot) if apart.candidates and bot.about(apart) else None
        if isinstance(word, Draft) and _length(word) <= _SHORT and _says_otherwise(draft, word, question.years, bot):
            return _beside(draft, [draft.lines, word.lines], bot)
    return draft


def _changed_by(doc_id: str, other: str, bot: Finder) -> bool:
    """Whether a document words parts of another anew."""
    own = (c for c in bot.changes() if c.document.doc_id == doc_id)
    return any(changes_parts_of(c, bot.document(other).simplified) for c in own)


def _beside(draft: Draft, sides: Sequence[Sequence[Line]], bot: Finder) -> Draft:
    """What several documents say, each behind the name of its own."""
    named = (behind_name(lines, bot.document(lines[0].spans[0][0]).simplified, {}) for lines in sides)
    return replace(draft, lines=tuple(line for lines in named for line in lines), method="dispute")


def _is_adjusted(draft: Draft, candidate: Candidate, said: str, found: Found, bot: Finder) -> bool:
    """Whether a sentence of another document says that a figure which a draft tells, in the folded text ``said``, is no
    longer the one that holds."""
    (own, *_), doc_id = draft.lines[0].spans[0], candidate.document.doc_id
    if doc_id == own or not _adjusts(fold(candidate.text), said):
        return False
    if found.probe.named and doc_id not in found.probe.named:
        return False
    return _comparable(bot.document(own).simplified, candidate.document, fold(found.question.standalone))


def _comparable(one: SourceDocument, other: SourceDocument, asked: str) -> bool:
    """Whether two documents may speak of one thing: both are official, of one place, as far as they tell it, and not of two
    years; or of a province and a city that goes by its rule, where a folded question names neither."""
    years = [set(re.findall(r"(?:19|20)\d\d(?=年)", d.header.title)) for d in (one, other)]
    places = [owners(d.header) for d in (one, other)]
    same_year, same_place = (not all(told) or bool(told[0] & told[1]) for told in (years, [p.items() for p in places]))
    if not same_place and not any(place[:2] in asked for own in places for place in own.values() if place):
        same_place = _goes_by(one, other) or _goes_by(other, one)
    return same_year and same_place and not is_weak(other.header)


def _goes_by(lower: SourceDocument, higher: SourceDocument) -> bool:
    """Whether a document of a lower level names one of a higher by its title: 根据《甲省灯塔补贴办法》，制定本细则."""
    ranks = [min((LEVELS.index(level) for level in owners(d.header)), default=-1) for d in (lower, higher)]
    title = title_of(higher).strip("《》")
    return -1 < ranks[1] < ranks[0] and f"《{fold(title)}》" in fold(lower.text)


def _says_otherwise(draft: Draft, word: Draft, years: Collection[str], bot: Finder) -> bool:
    """Whether two statements are of one matter and one time and give other values of one kind."""
    one, other = (fold("".join(line.text for line in each.lines)) for each in (draft, word))
    figures = [figures_of(text) for text in (one, other)]
    if not all(figures) or alike(one, other) < _OF_ONE_MATTER:
        return False
    units = [{unit for *_, unit in held} for held in figures]
    if not (units[0] & units[1] or "" in units[0] | units[1]) or _holds(*figures) or _holds(*reversed(figures)):
        return False
    times = [_times(each, bot) for each in (draft, word)]
    if years:
        return all(told & set(years) for told in times)
    return not all(times) or bool(times[0] & times[1])


_SAME_NAME = 0.75  #: share of the pairs of characters of the name of what is adjusted that the other statement has
#: What a value that was set before has become: 由3.2人调整为3.0人.
_ADJUSTED = re.compile(
    r"[由从](?P<before>[^,，;；。由从]{1,20}?)(?:调整|修改|修订|变更|上调|下调|调高|调低|提高|降低|改)(?:成|为|到|至)(?P<now>[^,，;；。]{1,20})"
)


def _adjusts(text: str, other: str) -> bool:
    """Whether a folded statement says that a figure that another tells is no longer the one that holds."""
    told = figures_of(other)
    for adjusted in _ADJUSTED.finditer(text):
        name = without_label(re.split("[,，;；。:：]", text[: adjusted.start()])[-1])
        pairs = list(map("".join, pairwise(name)))
        if not pairs or sum(pair in other for pair in pairs) < _SAME_NAME * len(pairs):
            continue
        before, now = (figures_of(adjusted[part]) for part in ("before", "now"))
        if before and now and _holds(before, told) and not _holds(now, told):
            return True
    return False


def _holds(figures: Collection[tuple[str, str, str]], others: Collection[tuple[str, str, str]]) -> bool:
    """Whether each figure is among others, however it is written: 2.30 (of a column of 万张), 2.3万张, 23000张."""
    held = set[float | str]().union(*map(_written, others))
    return all(_written(figure) & held for figure in figures)


def _written(figure: tuple[str, str, str]) -> set[float | str]:
    number, scale, _ = figure
    return {number} if ":" in number else {float(number), float(number) * SCALES.get(scale, 1)}


def _times(draft: Draft, bot: Finder) -> set[str]:
    """The years of the figures that a draft tells."""
    return {
        row.time[:4]
        for line in draft.lines
        for doc_id, start, end in line.spans
        for row in bot.figures_of(doc_id)
        if start <= row.start < end and row.value in line.text and row.time
    }


def _length(draft: Draft) -> int:
    return sum(len(line.text) for line in draft.lines)
