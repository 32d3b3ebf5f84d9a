"""Which words of a question give way to new ones, told by the documents: those that stand there as the new ones do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from index.tokens import fold
from qa.amounts import amounts
from qa.question import ASKING_WORDS
from qa.slots import Stands, is_content, lead_for
from qa.topics import ASKS, NEEDS_OWNER, cut_words

Told = Callable[[], Sequence[str]]


@dataclass(frozen=True)
class Documents:
    """What the documents tell of the words of a talk."""

    stands: Stands  #: whether a string stands in one of them
    told: Told  #: the folded texts of those that the talk was told from last, looked up where they are needed

    def __call__(self, text: str, /) -> bool:
        return self.stands(text)


_LOOKED_AT = 60  #: occurrences of a string from which its frame is told
_WORDS = 4  #: of which a thing is made at most
_LEAST = 2  #: characters of a thing
_SHARED = 0.5  #: what a character that two things have in common counts for, beside the contexts that they share
_ALIKE = 0.2  #: from which two things stand alike
_CLEARLY = 1.2  #: by how much the one that gives way has to stand more alike than any other
_MARK = re.compile(r"[^\w%]")


def in_its_frame(last: str, filler: str, texts: Sequence[str]) -> str | None:
    """A question with what a follow-up names in place of the thing that stands in the ``texts``, folded, as that does: behind
    the same words, before the same, at the head of a row or an item; None where nothing does, or several things do.

    >>> in_its_frame("泳池要几个救生员？", "医生", ["泳池配备救生员2名；配备医生1名。"])
    '泳池要几个医生？'
    """
    if (cut_words(filler) or [""])[-1] in NEEDS_OWNER:
        return None  # 申报材料 is asked of the same thing
    name = _standing(filler, texts)
    new = _frame(name, texts) if len(name) * 2 > len(filler) else frozenset[str]()
    if not new:
        return None
    read = [found for span in _things(last, filler) if (found := _read(last, span, filler, name, new, texts))]
    if not read:
        return None
    best = max(read)
    apart = (thing.alike for thing in read if thing.end <= best.start or thing.start >= best.end)
    if best.alike < _ALIKE or any(alike * _CLEARLY > best.alike for alike in apart):
        return None
    start, end = best.start, best.end
    if best.akin:  # 普通充电端口 for 充电 of 充电柜: all of what the documents call it
        wider = [t for t in read if t.start <= start and end <= t.end and t.whole]
        start, end = max(((t.start, t.end) for t in wider), key=lambda span: span[1] - span[0], default=(start, end))
    return last[:start] + filler + last[end:]


@dataclass(frozen=True, order=True)
class _Thing:
    """A thing that a question names, with how alike it stands to what a follow-up names."""

    alike: float
    whole: bool  #: whether it stands in the texts as it is named
    short: int  #: its length below zero: of two the shorter one is the greater
    start: int
    end: int
    akin: bool = False  #: whether it is called by a part of the same name


def _read(
    last: str, span: tuple[int, int], filler: str, name: str, new: frozenset[str], texts: Sequence[str]
) -> _Thing | None:
    thing = last[slice(*span)]
    own = _standing(thing, texts)
    whole = own == fold(thing)
    if not own or own == name or not (whole or len(cut_words(thing)) == 1):
        return None
    told = _frame(own, texts)
    if whole and _is_bound(told, new, last[: span[0]], last[span[1] :]):
        return None
    akin = _common(thing, filler)
    alike = len(new & told) / (len(new) * len(told)) ** 0.5 + _SHARED * akin
    return _Thing(alike, whole, -len(thing), *span, akin > 0)


def _is_bound(told: frozenset[str], new: frozenset[str], before: str, behind: str) -> bool:
    """Whether a thing stands in the texts only within a longer one that the question names too, and what is new stands in
    none of that form: 劳动 of 劳动争议."""
    for side, beside in (("<", fold(before)[::-1]), (">", fold(behind))):
        only = [context[1:] for context in told if context[0] == side]
        if len(only) == 1 and len(only[0]) > 1 and beside.startswith(only[0]) and f"{side}{only[0]}" not in new:
            return True
    return False


def _common(one: str, other: str) -> float:
    """The share of the longer one of two names that a run of two characters or more makes that both have."""
    found = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return found.size / max(len(one), len(other)) if found.size >= _LEAST else 0.0


def _things(last: str, filler: str) -> Iterator[tuple[int, int]]:
    """Where a question names something, be it part of a longer name: no place or year that it begins with, no amount and
    nothing that asks."""
    lead = len(lead_for(last, filler))
    spans = [(a.start, a.end) for a in amounts(last)]
    at, tokens = lead, []
    for token in cut_words(last[lead:]):
        inside = any(at < e and s < at + len(token) for s, e in spans)
        asks = token in ASKING_WORDS or ASKS.search(token)
        tokens.append((at, at + len(token), is_content(token) and not inside and not asks))
        at += len(token)
    for first, (start, _, _) in enumerate(tokens):
        for _, end, said in islice(tokens, first, first + _WORDS):
            if not said:
                break
            if end - start >= _LEAST:
                yield start, end


def _standing(name: str, texts: Sequence[str]) -> str:
    """The folded name as the texts have it: all of it, else as much of its beginning or its end; "" where they have none."""
    folded = fold(name)
    sizes = range(len(folded), _LEAST - 1, -1)
    parts = (part for size in sizes for part in (folded[:size], folded[-size:]))
    return next((part for part in parts if any(part in text for text in texts)), "")


def _frame(name: str, texts: Sequence[str]) -> frozenset[str]:
    """What stands before and behind a name in the texts: two characters, or the mark or a number alone."""
    frame = set[str]()
    for text in texts:
        for found in islice(re.finditer(re.escape(name), text), _LOOKED_AT):
            start, end = found.span()
            frame.add(f"<{_beside(text[max(0, start - 2) : start][::-1])}")
            frame.add(f">{_beside(text[end : end + 2])}")
    return frozenset(frame)


def _beside(text: str) -> str:
    if text[:1].isdigit():
        return "0"
    return text[:1] if _MARK.match(text) else text
