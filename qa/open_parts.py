"""The parts of a question that an answer leaves open, each looked for by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.tokens import fold
from qa.each_side import Answering
from qa.evidence import coverage
from qa.extractive import MAX_CHARACTERS, WHOLE, Draft, Line, as_candidate, whole_parts
from qa.outline_questions import unit_above
from qa.pointing_back import asked_of_body
from qa.question import kinds_of
from qa.reckoning import asks_difference
from qa.told_around import ASKS_PLACE

if TYPE_CHECKING:
    from qa.finding import Finder, Found


#: Log odds from which the lines of a draft are taken to answer a part of the question; those that a sentence found for
#: the part alone has to have, and by how much it has to be ahead.
_TOLD, _ANSWERS, _AHEAD = 1.0, 0.5, 2.5


_PARTS = 4  #: of a question that are looked at


#: What asks for nothing but the members of what was asked about: 分别是什么.
_NAMES_THEM = re.compile(
    r"(?:它们|各自?|都|又|具体|分别|依次)*(?:是|有|叫|为|包括|指)*(?:什么|啥|哪些|哪[几两二三四五六七八九十](?:大?[个项条点种类]|方面)?)(?:内容)?[?？呢]*"
)

_NOTHING = -8.0  #: log odds of lines that say nothing


def with_open_parts(draft: Draft, found: Found, bot: Finder, answer: Answering) -> Draft:
    """A draft with the answers to those parts of a question that it leaves open, each looked for by itself."""
    question = found.question
    both = draft.method == "counted" and len(question.parts) == 2  # how many there are, and which is the n-th
    if len(question.parts) < 2 or bot.reading is None or both:
        return draft
    documents = found.probe.hinted or {span[0] for line in draft.lines for span in line.spans}
    of_body = asked_of_body("".join(line.text for line in draft.lines[:2]), question.parts)
    of_place = _asked_of_place(draft, question.parts, bot) or of_body
    parts = of_place or whole_parts(question.parts)
    if draft.method == "appointments":  # a row tells who and what; from when, it does not
        parts = [part for part in parts if "when" in kinds_of(part)]
    for part in parts[:_PARTS]:
        if draft.method == "list" and any(_NAMES_THEM.fullmatch(own) and own in part for own in question.parts):
            continue  # the list tells them
        told = _odds_of(part, draft.lines, found, bot)
        if (told >= _TOLD and not of_place) or asks_difference(part):
            continue
        # A body that another document speaks of, too, may be looked for there.
        apart = bot.find(part, documents=found.allowed if of_body else documents)
        own = answer(apart, bot)
        if not isinstance(own, Draft):
            continue
        said = "".join(line.text for line in draft.lines)
        new = tuple(line for line in own.lines if line.text not in said)
        more = "".join(line.text for line in new)
        held, holds = coverage(apart.probe, fold(said)), coverage(apart.probe, fold(more))
        # A line that holds as much of what the part says is taken to answer it, however it was read.
        if of_place and own.method in WHOLE:
            draft = replace(draft, lines=(*draft.lines, *new))
            continue
        if not new or len(said + more) > MAX_CHARACTERS or (held and held >= holds):
            continue
        odds = _odds_of(part, new, found, bot)
        if odds >= told + _AHEAD and (odds >= _ANSWERS or own.method in WHOLE):
            draft = replace(draft, lines=(*draft.lines, *new))
    return draft


#: 这个行动, 该章 behind a question for the place; and what asks of it without naming it.
_THAT_PLACE = re.compile(
    r"(?:这|该|那|此)(?:一)?(?:个|项|条)?(?:重点)?(?P<unit>行动|任务|工程|措施|章|节|部分|条)(?:里面?|中|下面)?"
)


def _asked_of_place(draft: Draft, parts: Sequence[str], bot: Finder) -> list[str]:
    """The parts of a question behind one that asks where something stands, asked of that place by its name: 该行动由谁牵头
    of 写在哪项行动. Empty where the first part asks for no place or none of the others points at it."""
    placed = ASKS_PLACE.search(parts[0])
    back = [_THAT_PLACE.search(part) for part in parts[1:]]
    if placed is None or not any(back) or draft.method != "sentences":
        return []
    doc_id, start, _ = draft.lines[0].spans[-1]
    document = bot.document(doc_id)
    asked = []
    for part, that in zip(parts[1:], back, strict=True):
        unit = that["unit"] if that is not None else ""
        section = unit_above(document, document.section_at(start), unit)
        if that is not None and section is not None:
            asked.append(f"{part[: that.start()]}{section.title}{part[that.end() :]}")
    return asked


def _odds_of(part: str, lines: Sequence[Line], found: Found, bot: Finder) -> float:
    """What the reader says of some lines: the best log odds that one answers a part of the question. One that only
    announces what follows it answers nothing."""
    told = []
    for line in lines:
        doc_id, start, end = line.spans[0]
        document = bot.document(doc_id)
        announces = len(line.spans) == 1 and document.text[start:end].rstrip()[-1:] in "：:"
        if not announces:
            told.append(as_candidate(line, found.candidates[0], document))
    return max(bot.odds(part, told), default=_NOTHING) if told else _NOTHING
