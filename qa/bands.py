"""Bands of a rate (30亩以上不满100亩的，每亩60元) and the things that the line announcing them names: 水稻、玉米、小麦按面积分档.

Pure functions on a question made ready and its sentences, best first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.sentences import line_span
from index.tokens import fold, words
from qa.amounts import TIMES, Amount, amounts, amounts_of_case, conditions, fits, ranges
from qa.evidence import Candidate, Probe
from qa.extractive import Draft
from qa.patterns import tells_figure

_AMONG = 40  #: of the best sentences, in which a band is looked for
#: 80亩小麦每亩补多少: a thing behind its amount, and what it ends before.
_BEHIND_AMOUNT = re.compile(
    r"的?(?P<thing>(?![每能补可应给怎总该得有奖一多])[\u4e00-\u9fff]{2,6}?)(?=[每能补可应给怎总该得有奖]|一[共亩]|多少|[,，;；。?？]|$)"
)
_NO_THING = re.compile("种植|养殖|面积|一共|总共|大概|大约")  #: between a thing and its amount: 小麦种植了80亩


def in_named_band(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence that gives a rate for the thing and the amount asked about in one, where the first does not."""
    telling = [c for c in candidates if c.tells]
    for one, thing in _things(probe):
        meant = [
            c
            for c in candidates[:_AMONG]
            if thing in fold(c.text)
            and fits([one], _told(c)) > 0
            and tells_figure(_without_bounds(_told(c), one.measure))
        ]
        if telling and meant and telling[0] not in meant:
            return meant[0] if meant[0].tells else meant[0].changed(tells=True)
    return None


def beyond_bands(probe: Probe, draft: Draft, candidates: Sequence[Candidate]) -> bool:
    """Whether an amount that a question tells of its case lies outside each of the bands that a draft and the sentences
    beside it give: 75岁, and the lowest is 80周岁至84周岁."""
    asked = amounts_of_case(fold(probe.question.core))
    spans = {line.spans[0][:2] for line in draft.lines}
    section = next(
        (c.section for c in candidates if (c.document.doc_id, c.start) in spans and c.section is not None), None
    )
    if len(asked) != 1 or section is None:
        return False
    document = next(c.document for c in candidates if (c.document.doc_id, c.start) in spans)
    beside = [s for s in document.sections if s.parent == section.parent and s.label and s.level == section.level]
    told = [fold(document.text[s.start : s.end].removeprefix(s.label)) for s in beside]
    bands = [text for text in told if any(r.unit == asked[0].measure for r in conditions(text))]
    return len(bands) >= _BANDS and all(fits(asked, text) < 0 for text in (*bands, fold(draft.lines[-1].text)))


_BANDS = 3  #: that make a row of bands


def _told(candidate: Candidate) -> str:
    """A folded sentence without the number of its item: 2.100台以上的, below an item 1."""
    label = candidate.section.label if candidate.section is not None else ""
    number = _RUN_ON.match(candidate.text)
    begin, end = line_span(candidate.document.text, candidate.start)
    if number is not None and begin == candidate.start:
        beside = candidate.document.text[line_span(candidate.document.text, max(0, begin - 1))[0] : end + 4]
        if re.search(rf"^(?:{int(number[1]) - 1}|{int(number[1]) + 1})[.．]", beside, re.MULTILINE):
            label = number.group()
    return fold(candidate.text.removeprefix(label))


_RUN_ON = re.compile(r"(\d{1,2})[.．](?=\d)")  #: the number of an item before a figure


def _without_bounds(told: str, measure: str) -> str:
    """A folded sentence without the bounds of a measure: 不低于2% is what a band of amounts gives, and none of its bounds."""
    for bound in reversed([r for r in conditions(told) if r.unit == measure]):
        told = told[: bound.start] + told[bound.end :]
    return told


def _things(probe: Probe) -> list[tuple[Amount, str]]:
    """The amounts that a question tells, each with the thing that it is an amount of."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    bounds = ranges(core)
    told = []
    for one in amounts(core):
        if not one.unit or one.unit in (*TIMES, "%") or any(b.start <= one.start < b.end for b in bounds):
            continue
        named = _BEHIND_AMOUNT.match(core, one.end)
        before = [
            word
            for word in words(re.split("[,，;；。]", core[: one.start])[-1])
            if len(word) > 1 and not _NO_THING.fullmatch(word)
        ]
        if named is not None or before:
            told.append((one, named["thing"] if named is not None else before[-1]))
    return told
