"""A comparison of which the documents tell one side only: that one is told, and that of the other nothing is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.tokens import fold, words
from qa.compared import sides_asked
from qa.each_side import bare_side
from qa.evidence import Probe, match
from qa.extractive import MAX_CHARACTERS, Decline, Draft, side_names, untold_line
from qa.topics import needs_owner

if TYPE_CHECKING:
    from qa.finding import Finder, Found

_OF_DOCUMENTS = re.compile("论文|报告|意见|办法|文件|规划|解读|条例|百科|方案|公报|细则|规定|通知|官方")
_NO_SIDE = re.compile("别[人家的]|其[他它余]|大家|人家|平时|以[前往]|从前|过去|一般|普通|正常")
_LEAST = 4  #: characters that what is asked of one side has at least
#: Ways of answering that set sides beside each other by the structure of documents.
_OF_STRUCTURE = frozenset("duty cell rows years wording dispute document metadata".split())


def with_untold_side(
    draft: Draft, found: Found, bot: Finder, compose: Callable[[Found, Finder], Draft | Decline]
) -> Draft:
    """A draft that speaks of some only of the things that a question sets side by side, with what answers the question of
    each of the others, or that the documents tell nothing of them. As it is where it speaks of all, of none, or where
    asking each by itself does not tell. ``compose`` answers a question."""
    core = fold(found.question.core)
    names, asked = side_names(core), [bare_side(side) for side in sides_asked(found)]
    if len(names) != len(asked) or len(asked) < 2 or draft.method in _OF_STRUCTURE or min(map(len, asked)) < _LEAST:
        return draft
    if any(_OF_DOCUMENTS.search(name) or _NO_SIDE.match(name) for name in names):
        return draft  # a paper need not call itself one; 和别人一样送审吗 names no other side
    own = [_own_words(name, [other for other in names if other != name]) for name in names]
    around = _around(draft, bot)
    spoken_of = [_speaks(mine, found.probe, around) for mine in own]
    if all(spoken_of) or not any(spoken_of):
        return draft
    told: list[Draft] = []
    untold: list[str] = []
    for name, mine, side in zip(names, own, asked, strict=True):
        apart = bot.find(side, documents=found.probe.hinted or found.allowed)
        said = compose(apart, bot) if apart.candidates else None
        if isinstance(said, Draft) and _speaks(mine, apart.probe, _around(said, bot)):
            told.append(said)
        elif mine == [name] and not any(map(bot.occurs, _with_official(mine, found.probe))):
            untold.append(name)
        else:
            return draft  # what it says may be of the thing by another name
    lines = tuple(dict.fromkeys(line for said in told for line in said.lines))
    if not told or sum(len(line.text) for line in lines) > MAX_CHARACTERS:
        return draft
    if untold:
        lines = (*lines, untold_line(untold, lines))
    return replace(draft, lines=lines, method="compare", contradicts=False)


def _own_words(name: str, others: Sequence[str]) -> list[str]:
    """The words of one side that are not those of another."""
    own = (word for word in words(name) if len(word) > 1 and not any(word in other for other in others))
    return [word for word in own if not needs_owner(word)]  # 比例 names no side


def _speaks(own: Collection[str], probe: Probe, around: str) -> bool:
    """Whether a folded text names a side; one without words of its own is not told from the others."""
    return not own or any(match(word, probe, around) for word in own)


def _with_official(own: Collection[str], probe: Probe) -> list[str]:
    return [form for word in own for form in (word, *map(fold, probe.expansions.get(word, ())))]


def _around(draft: Draft, bot: Finder) -> str:
    """What a draft says, with the headings above it, folded."""
    said = [line.text for line in draft.lines]
    for doc_id, start, end in (span for line in draft.lines for span in line.spans):
        document = bot.document(doc_id).simplified
        said += [document.header.title, *document.path(document.section_at(start)), document.text[start:end]]
    return fold("".join(said))
