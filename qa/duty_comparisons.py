"""Questions that set two tasks beside each other by who does what: the same lead or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from qa.departments import named_in, same_department
from qa.duty_tasks import Task, named_tasks, told
from qa.duty_wording import (
    ASKS_THING,
    BODIES,
    DIFFERENT,
    EITHER,
    GIVEN,
    LEADS,
    ROLES,
    SAME,
)
from qa.extractive import Draft, Line
from qa.question import Question

#: The task that some words mean; None where they mean none.
Meant = Callable[[str], Task | None]


def asks_whether(question: Question) -> bool:
    """Whether a question asks for yes or no, be it by its question mark alone: 甲工程由甲局牵头？"""
    core = question.core
    return "whether" in question.kinds or (core[-1:] in ("?", "？") and not ASKS_THING.search(core))


def asks_comparison(core: str) -> bool:
    """Whether a question may compare tasks by their departments without a word for a role: 部门一样吗."""
    return bool(BODIES.search(core) and SAME.search(core))


def answer_comparison(
    question: Question, core: str, departments: Sequence[str], tasks: Sequence[Task], meant: Meant
) -> Draft | None:
    """Two tasks with who does what in each, and whether that is the same, where a question compares them so; None for other
    questions."""
    alike = SAME.search(core) or DIFFERENT.search(core) or EITHER.search(core)
    if departments or not alike or not any(p.search(core) for p in (LEADS, ROLES, GIVEN, BODIES)):
        return None
    pair = _two_tasks(core, departments, tasks, meant)
    if pair is None:
        return None
    word = _verdict(core, question, _same_bodies(core, pair))
    lines = tuple(Line(lead + told(t), t.spans) for lead, t in zip((word, ""), pair, strict=True))
    return Draft(lines, method="duty")


_BESIDE = re.compile(
    r"(?P<one>[^,，。;；:：?？]{2,24}?)(?:以及|[和与跟、]|同(?!一|样|时))(?P<other>[^,，。;；:：?？]{2,24}?)"
    r"(?=[这那]?[两二]|[这那][几些]|[,，。]|的?(?:牵头|负责|责任|主管|配合)|[是由都归在]|哪|谁|分别|各|列|$)"
)


def _two_tasks(
    core: str, departments: Collection[str], tasks: Sequence[Task], meant: Meant
) -> tuple[Task, Task] | None:
    """The two tasks of one document that a question sets beside each other."""
    named = named_tasks(core, tasks)
    if len(named) != 2:
        bare = core
        for name in named_in(core, departments):
            bare = bare.replace(name, "")
        beside = _BESIDE.search(bare)
        found = [meant(beside[side]) for side in ("one", "other")] if beside else []
        named = [t for t in found if t is not None]
    if len(named) != 2 or named[0] is named[1] or named[0].document is not named[1].document:
        return None
    return named[0], named[1]


def _among(name: str, names: Sequence[str]) -> bool:
    return any(same_department(name, other) for other in names)


def _same_bodies(core: str, pair: tuple[Task, Task]) -> bool | None:
    """Whether the same departments lead two tasks, or act in them where it is not asked who leads; None where notes do
    not tell, or name groups (有关部门) of which nobody knows who they are."""
    by_lead = bool(LEADS.search(core) or re.search("同一|一个|一家", core))
    one, other = [t.duty.leads if by_lead else t.duty.departments for t in pair]
    if not one or not other or any(re.match("各|有关|相关", d) for d in (*one, *other)):
        return None
    return len(one) == len(other) and all(_among(d, other) for d in one)


def _verdict(core: str, question: Question, same: bool | None) -> str:
    """The word that says whether two things are the same, as the clause asks it that does; empty where none asks for yes
    or no: 有什么不同."""
    clauses = [c for c in re.split(r"[,，;；?？]", core) if any(p.search(c) for p in (SAME, DIFFERENT, EITHER))]
    if same is None or not clauses or not asks_whether(question) or ASKS_THING.search(clauses[0]):
        return ""
    if EITHER.search(clauses[0]) or not _BY_COPULA.search(clauses[0]):
        return "一样，" if same else "不一样，"
    return "是，" if same != bool(DIFFERENT.search(clauses[0])) else "不是，"


#: What is answered by 是 and not by 一样: 是不是同一个, 是一回事吗.
_BY_COPULA = re.compile("是不是|是否|同一|一回事|一[个家]|不是")
