"""Values told in the order of their names: 甲和乙的标准分别为217元、290元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_RESPECTIVELY = re.compile(
    r"(?P<names>[^，,；;。：:]{2,80}?)[，,]?(?:分别|依次)(?P<verb>[^\d，,；;。、]{0,12}?)(?P<values>\d(?:[，,](?=\d{3}(?!\d))|[^，,；;。])*)"
)
_AND = re.compile("、|以及|[和与及]")
#: What is said of all names stands before the first: 2025年甲和乙, 对甲和乙.
_OF_ALL = re.compile(r"(?:其中|对于?|将|按照?|到|至|截至)?(?:(?:19|20)\d\d年(?:\d{1,2}月)?(?:底|末|初|起)?)?")
_BOUND = re.compile("以[上下内]|左右|之间")


@dataclass(frozen=True)
class Respective:
    """What is said of each of several names; the span of all of it."""

    start: int
    end: int
    names: tuple[str, ...]  #: with what stands behind the last alone and is meant of all
    told: tuple[str, ...]  #: each name with the verb and its own value
    values: tuple[str, ...]
    whole: tuple[bool, ...]  #: whether each name says what its value is of: not 城镇 of 城镇、农村居民收入


def respective(text: str) -> Iterator[Respective]:
    """Each place of a text where values are told in the order of their names; none where their numbers differ.

    >>> [r.told for r in respective("甲补贴和乙补贴标准分别提高至每人每月217元、290元。")]
    [('甲补贴标准提高至每人每月217元', '乙补贴标准提高至每人每月290元')]
    >>> [r.told for r in respective("对一级、二级、三级依次奖励30、20、10万元。")]
    [('对一级奖励30万元', '对二级奖励20万元', '对三级奖励10万元')]
    """
    for found in _RESPECTIVELY.finditer(text):
        lead = _OF_ALL.match(found["names"])
        head = lead.group() if lead is not None else ""
        values = _changes(found["verb"], found["values"]) or _values(found["verb"], _AND.split(found["values"]))
        listed = found["names"][len(head) :]
        names = next((n for n in (_AND.split(listed), listed.split("、")) if len(n) == len(values) and all(n)), [])
        if len(values) > 1 and names:
            before = _shared_before(names)
            head, names = head + before, [names[0][len(before) :], *names[1:]]
            completed = [name + _shared_behind(name, names[-1]) for name in names]
            told = tuple(f"{head}{n}{found['verb']}{v}" for n, v in zip(completed, values, strict=True))
            whole = tuple(name[-1] == names[-1][-1] for name in completed)
            yield Respective(found.start(), found.end(), tuple(completed), told, tuple(values), whole)


def spelled_out(text: str) -> str:
    """A text with each of several names beside its own value.

    >>> spelled_out("甲率和乙率分别达到44.8%和46.4%。")
    '甲率达到44.8%,乙率达到46.4%。'
    """
    for found in reversed(list(respective(text))):
        text = f"{text[: found.start]}{','.join(found.told)}{text[found.end :]}"
    return text


def _values(verb: str, told: Sequence[str]) -> list[str]:
    """Values with the unit that stands behind the last alone, without what the verb ends in; empty where one is no figure
    or is bounded and the others are not."""
    parts = [re.match(r"(?P<before>\D*)(?P<number>\d[\d,，.]*)(?P<behind>.*)", value) for value in told]
    figures = [part for part in parts if part is not None and verb.endswith(part["before"])]
    if len(figures) < len(told):
        return []
    last = figures[-1]["behind"]
    bounded = [bool(_BOUND.search(part["behind"])) for part in figures]
    if any(bounded) and not all(bounded):
        return []
    return [part["number"] + (last if last.startswith(part["behind"]) else part["behind"]) for part in figures]


#: 760元、600元提高到每人每月800元、650元: what the values were, and to what they were changed.
_CHANGED = re.compile(
    r"(?P<before>.+?)(?P<verb>(?:提高|增加|增至|上升|上调|调整|调高|下降|降低|下调|减少|缩短|延长|降|调)(?:到|至|为)?\D{0,8}?)(?P<after>\d.*)"
)


def _changes(verb: str, told: str) -> list[str]:
    """What each value was and has become, of values told in two rows; empty where they are not told so."""
    found = _CHANGED.fullmatch(told) if verb.startswith(("由", "从")) else None
    if found is None:
        return []
    before = _values(verb, _AND.split(found["before"]))
    after = _values(found["verb"], _AND.split(found["after"]))
    return [f"{a}{found['verb']}{b}" for a, b in zip(before, after, strict=True)] if len(before) == len(after) else []


_LONG = 3  #: characters from which what stands before the first of several names is taken to be no part of it


def _shared_before(names: Sequence[str]) -> str:
    """What stands before the first of three names or more and is meant of all: 取得护理员 of 取得护理员初级工、中级工、高级工."""
    first, *between, _ = names
    sizes = {len(name) for name in between}
    if len(sizes) != 1 or any(name[-1] != first[-1] for name in between):
        return ""
    before = first[: -sizes.pop()]
    return before if len(before) >= _LONG else ""


def _shared_behind(name: str, last: str) -> str:
    """What stands behind the last name and is meant of another, too: 标准 of 甲补贴和乙补贴标准."""
    for length in range(len(name), 1, -1):
        at = last.find(name[-length:])
        if at >= 0:
            return last[at + length :]
    # 男性、女性人口
    return last[len(name) :] if len(last) > len(name) and last[len(name) - 1] == name[-1] else ""
