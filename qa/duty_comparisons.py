"""Questions that set two tasks or two departments beside each other by who does what: the same lead or not, which names
more departments, who leads more, whether two departments act alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from qa.departments import named_in, same_department
from qa.duty_tasks import Task, in_scope, limit_line, listing, named_tasks, told, told_of
from qa.duty_wording import (
    ASKS_LIMIT,
    ASKS_THING,
    BODIES,
    DIFFERENT,
    EITHER,
    GIVEN,
    JOINS,
    LEADS,
    MORE,
    MOST_BODIES,
    OVERLAP,
    ROLES,
    SAME,
    SIZED,
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
    """Whether a question may compare tasks or departments without a word for a role: 哪项列的部门多."""
    alike = BODIES.search(core) and (SAME.search(core) or OVERLAP.search(core))
    return bool(alike) or any(p.search(core) for p in (SIZED, MOST_BODIES, _CHARACTER))


_CHARACTER = re.compile("角色|身份")


def answer_comparison(
    question: Question, core: str, departments: Sequence[str], tasks: Sequence[Task], meant: Meant
) -> Draft | None:
    """What a question that compares tasks or departments by who does what asks for; None for other questions."""
    overlap = OVERLAP.search(core)
    alike = SAME.search(core) or DIFFERENT.search(core) or EITHER.search(core) or overlap
    if not departments and (end := MOST_BODIES.search(core)):
        return _names_most(core, tasks, end["end"])
    if len(departments) == 2:
        if (more := MORE.search(core)) and not BODIES.search(core[more.start() + 6 :]):
            return _who_more(core, departments, tasks)
        return _two_departments(core, departments, tasks) if alike and _speaks_of_roles(core) else None
    sized = SIZED.search(core)
    together = asks_whether(question) and len(departments) == 1 and "都" in core
    if len(departments) > 1 or not (alike or sized or together):
        return None
    pair = _two_tasks(core, departments, tasks, meant)
    if pair is None:
        return None
    if sized and not departments:
        return _which_names_more(pair, sized)
    if departments:
        return _one_in_both(core, departments[0], pair, together) if _speaks_of_roles(core) else None
    if not (alike and (_speaks_of_roles(core) or BODIES.search(core))):
        return None
    word = _in_common(core, pair) if overlap else _verdict(core, question, _same_bodies(core, pair))
    lines = [[Line(lead + told(t), t.spans)] for lead, t in zip((word, ""), pair, strict=True)]
    if ASKS_LIMIT.search(core):
        lines = [[*own, limit_line(t)] if t.limit else own for own, t in zip(lines, pair, strict=True)]
    return Draft(tuple(line for own in lines for line in own), method="duty")


def _speaks_of_roles(core: str) -> bool:
    return any(p.search(core) for p in (LEADS, ROLES, GIVEN)) or bool(_CHARACTER.search(core))


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


def _in_common(core: str, pair: tuple[Task, Task]) -> str:
    """The words that say which bodies two tasks share: those that lead where the lead is asked for; empty where notes do
    not tell."""
    one, other = [t.duty.leads if LEADS.search(core) else t.duty.departments for t in pair]
    if not one or not other:
        return ""
    both = [d for d in one if _among(d, other)]
    return f"两项都有{'、'.join(both)}：" if both else "两项没有相同的："


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


def _which_names_more(pair: tuple[Task, Task], asked: re.Match[str]) -> Draft:
    """Two tasks with the number of departments that each names, the one asked for first."""
    fewer = "少" in asked.group()
    first, other = sorted(pair, key=lambda t: len(t.duty.departments), reverse=not fewer)
    same = len(first.duty.departments) == len(other.duty.departments)
    word = "一样多，" if same else f"列名更{'少' if fewer else '多'}的："
    lines = [Line(lead + _counted(t), t.spans) for lead, t in ((word, first), ("", other))]
    return Draft(tuple(lines), method="duty")


def _names_most(core: str, tasks: Sequence[Task], end: str) -> Draft:
    """The tasks of the first document that name most departments, or fewest, below the heading that a question keeps to."""
    own = in_scope(core, (), [t for t in tasks if t.document is tasks[0].document])
    sizes = [len(t.duty.departments) for t in own]
    wanted = max(sizes) if end == "多" else min(sizes)
    held = [t for t in own if len(t.duty.departments) == wanted]
    lines = [Line(f"列名最{end}的：{_counted(t)}", t.spans) for t in held[:_TOLD]]
    return Draft(tuple(lines), method="duty")


_TOLD = 3  #: tasks that are told, of those that name as many departments


def _counted(task: Task) -> str:
    return f"{told(task).rstrip('。')}，写明的共{len(task.duty.departments)}个部门。"


def _one_in_both(core: str, department: str, pair: tuple[Task, Task], whether: bool) -> Draft:
    """What one department does in each of two tasks; with ``whether``, if it does the same in both."""
    by_lead = bool(LEADS.search(core))
    both = all(t.led_by(department) if by_lead else t.names(department) for t in pair)
    word = ("是，" if both else "不是，") if whether else ""
    lines = [
        Line(lead + told_of(t, department, lead_asked=t.led_by(department)), t.spans)
        for lead, t in zip((word, ""), pair, strict=True)
    ]
    return Draft(tuple(lines), contradicts=whether and not both, method="duty")


def _roles(department: str, tasks: Sequence[Task]) -> tuple[list[Task], list[Task]]:
    """The tasks that a department leads, and those in which it takes part."""
    held = [t for t in tasks if t.names(department)]
    leading = [t for t in held if t.led_by(department)]
    return leading, [t for t in held if t not in leading]


def _of_both(core: str, departments: Sequence[str], tasks: Sequence[Task]) -> list[Task]:
    """The tasks of the first document that names both departments, below the heading that the question keeps to."""
    for document in dict.fromkeys(t.document for t in tasks):
        own = [t for t in tasks if t.document is document]
        if all(any(t.names(d) for t in own) for d in departments):
            return [t for t in in_scope(core, departments, own) if not t.told_itself]
    return []


def _who_more(core: str, departments: Sequence[str], tasks: Sequence[Task]) -> Draft | None:
    """Which of two departments leads more tasks, or takes part in more, or is named for more; with all of them."""
    own = _of_both(core, departments, tasks)
    by_lead, by_part = bool(LEADS.search(core)), bool(JOINS.search(core))
    verb = "牵头" if by_lead else "参与" if by_part else "列入"
    unit = "条" if re.search("[几哪]一?条", core) else "项"

    def acting(department: str) -> list[Task]:
        leading, joining = _roles(department, own)
        return leading if by_lead else joining if by_part else [*leading, *joining]

    asked = MORE.search(core)
    fewer = asked is not None and "少" in asked.group()
    ranked = sorted(departments, key=lambda d: len(acting(d)), reverse=not fewer)
    counts = [len(acting(d)) for d in ranked]
    if not own or max(counts) == 0:
        return None
    lines = []
    for at, (department, count) in enumerate(zip(ranked, counts, strict=True)):
        shown = next((t.spelled(department) for t in own if t.names(department)), department)
        if count == 0:
            held = _roles(department, own)[1]
            if held:
                lines.append(listing(f"没有写明由{shown}{verb}的；{shown}参与{len(held)}项", held))
            continue
        lead = "" if at else "一样多，" if counts[0] == counts[1] else f"更{'少' if fewer else '多'}的是{shown}："
        plain = f"{shown}{verb}{count}{unit}"
        text = f"{verb}{lead[:-1]}，共{count}{unit}" if lead.endswith("：") else lead + plain
        lines.append(listing(text, acting(department)))
    return Draft(tuple(lines), method="duty")


def _two_departments(core: str, departments: Sequence[str], tasks: Sequence[Task]) -> Draft | None:
    """Whether two departments act alike in a task, or in all tasks that the question keeps to, with what each does."""
    named = named_tasks(core, tasks)
    own = named[:1] or _of_both(core, departments, tasks)
    roles = [_roles(d, own) for d in departments]
    if not own or not all(leading or joining for leading, joining in roles):
        return None
    same = roles[0] == roles[1]
    word = "一样，" if same else "不一样，"
    if named:
        return Draft((Line(word + told(own[0]), own[0].spans),), method="duty")
    shown = [next(t.spelled(d) for t in own if t.names(d)) for d in departments]
    if same and not roles[0][0]:
        joining = roles[0][1]
        return Draft((listing(f"{word}{'、'.join(shown)}都参与{len(joining)}项", joining),), method="duty")
    lines: list[Line] = []
    for name, (leading, joining) in zip(shown, roles, strict=True):
        for verb, held in (("牵头", leading), ("参与", joining)):
            if held:
                lines.append(listing(f"{'' if lines else word}{name}{verb}{len(held)}项", held))
    return Draft(tuple(lines), method="duty")
