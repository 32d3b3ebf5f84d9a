"""Bands of a rate (30亩以上不满100亩的，每亩60元) and the things that the line announcing them names: 水稻、玉米、小麦按面积分档.

Pure functions on a question made ready and its sentences, best first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.sentences import line_span
from index.tokens import fold, known_word, words
from qa.amounts import TIMES, Amount, amounts, conditions, fits, ranges
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line, closed
from qa.patterns import tells_figure

_AMONG = 40  #: of the best sentences, in which a band is looked for
_BANDS_ABOVE = 12  #: lines of bands between one and the line that announces them
#: 80亩小麦每亩补多少: a thing behind its amount, and what it ends before.
_BEHIND_AMOUNT = re.compile(
    r"的?(?P<thing>(?![每能补可应给怎总该得有奖一多])[\u4e00-\u9fff]{2,6}?)(?=[每能补可应给怎总该得有奖]|一[共亩]|多少|[,，;；。?？]|$)"
)
_NO_THING = re.compile("种植|养殖|面积|一共|总共|大概|大约")  #: between a thing and its amount: 小麦种植了80亩
_NEAR = 3  #: of the best sentences, in which other things are listed
_SERIES = re.compile(r"[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6})+")


def answer_named_band(probe: Probe, candidates: Sequence[Candidate]) -> Draft | None:
    """The one band that holds the amount asked about, of those that a line above announces for the thing that it is an
    amount of: 200亩玉米 lie in a band of 水稻、玉米、小麦, whatever is said of 玉米 elsewhere."""
    if "count" not in probe.question.kinds or probe.question.kinds & {"whether", "compare", "list"}:
        return None
    for one, thing in _things(probe):
        announced = [
            (c, lead)
            for c in candidates[:_AMONG]
            if (lead := lead_in(c, one.unit)) is not None and thing in fold(c.document.text[slice(*lead)])
        ]
        held = [(c, lead) for c, lead in announced if fits([one], _told(c)) > 0]
        if len(held) == 1 and tells_figure(_without_bounds(_told(held[0][0]), one.measure)):
            (band, (start, end)) = held[0]
            document = band.document
            announced_by = document.text[start:end].strip()
            spans = ((document.doc_id, start, end), (document.doc_id, band.start, band.end))
            return Draft((Line(f"{announced_by}{closed(band.text)}", spans),), method="clause")
    return None


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


def thing_unlisted(probe: Probe, candidates: Sequence[Candidate]) -> str:
    """The thing that a question tells an amount of, where the best sentences give rates by that unit for other things,
    listed by name, and their document does not speak of that one; "" where it does."""
    telling = [c for c in candidates if c.tells]
    if not telling or "count" not in probe.question.kinds:
        return ""
    document = telling[0].document
    near = [c for c in telling[:_NEAR] if c.document is document]
    for one, thing in _things(probe):
        said = [fold(document.text[slice(*(lead_in(c, one.unit) or (0, 0)))] + c.text) for c in near]
        listed = any(f"每{one.unit}" in text and _SERIES.search(text) for text in said)
        official = (thing, *probe.expansions.get(thing, ()))
        text = fold(document.text)
        spoken = any(re.search(".{0,2}".join(map(re.escape, word)), text) for word in official)
        if listed and known_word(thing) and not spoken:
            return thing
    return ""


def lead_in(candidate: Candidate, unit: str) -> tuple[int, int] | None:
    """The span of what announces the bands of which a sentence is one, in its line or above it; None where nothing does."""
    text = candidate.document.text
    begin, end = line_span(text, candidate.start)
    colon = max(text.rfind("：", begin, candidate.start), text.rfind(":", begin, candidate.start))
    if colon >= 0:
        return begin, colon + 1
    for _ in range(_BANDS_ABOVE):
        if begin == 0 or not any(r.unit == unit for r in conditions(fold(text[begin:end]))):
            return None
        begin, end = line_span(text, begin - 1)
        line = text[begin:end].rstrip()
        if line.endswith(("：", ":")):
            return begin, begin + len(line)
    return None


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
