"""The rules by which lists of departments tell who leads: 列第一位者为牵头部门, and how far in a document each reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_BODY = "(?:部门|单位)"
_FIRST_LISTED = (
    rf"(?:(?:位?列|排(?:名|序|列|位)?|位[居于]|居)(?:在|于)?(?:第[一1]位?|首位?|最前面?)|第[一1](?:位|个|家)|首[位个家])"
    rf"(?:者|的)?(?:责任)?{_BODY}?者?"
)
_OTHERS_JOIN = r"(?:[，,；;](?:其他|其余)[^，,。；;（）()\n]{0,16}(?:配合|参与|参加|协办|协同|协助)(?:部门|单位)?)?"
_SAME_BELOW = "(?:[，,；;]?(?:以)?下同)?"
#: The rule that the first in each list leads: 列第一位者为牵头部门，下同; 首位单位为牵头单位，其他为配合单位; 列第一位的单位牵头.
FIRST_RULE = re.compile(
    rf"{_FIRST_LISTED}(?:(?:作?为|是)(?:总?牵头|主办|主责){_BODY}|(?:负责)?牵头(?![\u4e00-\u9fff])){_OTHERS_JOIN}{_SAME_BELOW}[，,]?"
)
#: The rule that those before a mark in each list lead: 列逗号之前的为牵头单位，其他有关单位按职责分工配合，下同.
MARK_RULE = re.compile(
    r"列?(?:第一个|首个)?(?P<mark>逗号|分号)(?:之|以)?前(?:面)?(?:所?列)?(?:的|者)?(?:单位|部门)?(?:为|是)(?:总?牵头|主办|主责|责任)(?:部门|单位)"
    r"(?:[，,；;](?:其他|其余|逗号|分号)[^）)。]{0,24}?(?:配合|参与)(?:单位|部门)?)?(?:[，,；;]?(?:以)?下同)?"
)
MARKS = {"逗号": "，,", "分号": "；;"}
_ABOVE = re.compile("(?:上述|以上|前述)[^。；;\n]*$")


class Rule(NamedTuple):
    """A rule that the first of a list leads, and the stretch of text whose lists it speaks of."""

    said: tuple[int, int]
    start: int
    end: int


def first_rules(text: str, notes: Sequence[tuple[int, int]], parts: Sequence[tuple[int, int]]) -> tuple[Rule, ...]:
    """The rules of a text, in order. ``notes``, ``parts``: the spans of its notes and of the documents inside it.

    One that stands in a note is of that note alone, unless it says 下同. One that stands for itself, as a remark at the end
    (注：…) or a sentence of the opening does, is of all lists of its part, and of those after it.
    """
    return tuple(_rules(text, notes, parts))


def _rules(text: str, notes: Sequence[tuple[int, int]], parts: Sequence[tuple[int, int]]) -> Iterator[Rule]:
    for match in FIRST_RULE.finditer(text):
        note = next((span for span in notes if span[0] <= match.start() < span[1]), None)
        if note is not None:
            yield Rule(match.span(), note[0], len(text) if "下同" in match.group() else note[1])
            continue
        own = max((start for start, end in parts if start <= match.start() < end), default=0)
        above = _ABOVE.search(text, text.rfind("\n", 0, match.start()) + 1, match.start())
        yield Rule(match.span(), own, match.start() if above else len(text))


def ruled_by(rules: Sequence[Rule], start: int, end: int) -> Rule | None:
    """The rule that tells who leads in a note: its own, else the last that stands before it, else one that follows."""
    held = [rule for rule in rules if rule.start <= start and end <= rule.end]
    before = [rule for rule in held if rule.said[0] < end]
    return before[-1] if before else next(iter(held), None)
