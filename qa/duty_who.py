"""Who does the tasks that a question means, and whether a body that it asks about does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from index.tokens import fold
from qa.address import own_words
from qa.departments import one_of, same_department, spellings
from qa.duty_tasks import Task, limit_line, listing, told, told_of
from qa.duty_wording import (
    ASKS_LIMIT,
    ASKS_OTHERS,
    ASKS_WHO,
    BY_ONE,
    EACH,
    HOW_MANY,
    JOINT,
    LEADS,
    LISTED,
    MEMBERSHIP,
    OF_LEVEL,
)
from qa.extractive import Draft, Line, told_row


def who_does(meant: Sequence[Task], departments: Sequence[str], core: str, whether: bool) -> Draft:
    """“甲”由…牵头，…参与负责。 and whether the department asked about leads it or is named."""
    lines = []
    contradicts = False
    level = OF_LEVEL.search(core)
    for task in meant:
        text = told(task)
        if level is not None and task.duty.form != "sentence" and not departments:
            text = text.rstrip("。") + _of_level(level["level"], task)
        if LEADS.search(core) and not task.duty.leads:
            text = text.rstrip("。") + "，没有写明由谁牵头。"
            contradicts = True
        if HOW_MANY.search(core) and task.duty.form != "sentence":
            text = f"{text.rstrip('。')}，写明的共{len(task.duty.departments)}家。"
        rest = [d for d in task.duty.departments if d not in task.duty.leads]
        if ASKS_OTHERS.search(core) and not LEADS.search(core) and task.duty.leads and not rest:
            text = text.rstrip("。") + "，没有写明配合单位。"
            contradicts = True
        if whether and not departments and JOINT.search(core):
            joint = task.jointly_led
            text = ("是，" if joint else "不是，") + text
            contradicts |= not joint
        if departments:
            asked = departments[-1]
            alone = BY_ONE.search(core)
            only_asks = whether and not ASKS_WHO.search(core)
            asks_lead = bool(LEADS.search(core)) and not (ASKS_WHO.search(core) and MEMBERSHIP.search(core))
            true = task.led_by(asked) if asks_lead else task.names(asked)
            role = _role_asked(core, task) if only_asks and not asks_lead else None
            if role is not None:
                true = task.names(asked) and task.led_by(asked) == (role == "charged")
            true = acts_alone(task, asked, asks_lead) if alone and only_asks else true
            more = text.removeprefix(told(task)[:-1])
            listed = bool(LISTED.search(core)) and not asks_lead
            text = told_of(task, asked, lead_asked=asks_lead or bool(alone or role), listed=listed)[:-1] + more
            if asks_lead or alone or role or _IS_IT.search(core):
                yes, no = "是", "不是"
            else:
                yes, no = ("要", "没有") if _OUGHT.search(core) else ("有", "没有")
            text = (f"{yes if true else no}，" if only_asks else "") + text
            contradicts |= only_asks and not true
            contradicts |= any(_supposed_lead(core, d, whether) and not task.led_by(d) for d in departments)
        lines.append(Line(text, task.spans))
        if task.leader is not None and _ASKS_LEADER.search(core):
            lines.append(Line(f"{task.leader[0]}。", (task.leader[1],)))
        if task.limit and ASKS_LIMIT.search(core):
            lines.append(limit_line(task))
    return Draft(tuple(lines), contradicts=contradicts, method="duty")


def _role_asked(core: str, task: Task) -> Literal["charged", "joins"] | None:
    """The role that a question asks about, where the note of the task tells those who are responsible from those who join."""
    if task.duty.basis == "charged" and _CHARGED_BODY.search(core):
        return "charged"
    return "joins" if task.duty.leads and ASKS_OTHERS.search(core) and not _CHARGED_BODY.search(core) else None


_CHARGED_BODY = re.compile("(?:责任|负责|主责|承办|实施)的?(?:单位|部门|主体)")


def _of_level(level: str, task: Task) -> str:
    """The end of what is told of a task: which of several bodies are of a level; a full stop where all or none are."""
    names = task.duty.departments
    held = [name for name in names if one_of(name).startswith(level)]
    return f"，其中{level}级的是{'、'.join(held)}。" if 0 < len(held) < len(names) else "。"


_ASKS_LEADER = re.compile("领导|哪位")
_OUGHT = re.compile("要(?:不要)?管|管不管|[用该]不[用该]管")


#: 是不是甲局负责, 归甲局管吗: answered by 是.
_IS_IT = re.compile("是(?!否)[^,，。?？]{1,20}(?:负责|主管|管)|归[^,，。?？]{1,14}管")


def acts_alone(task: Task, department: str, asks_lead: bool) -> bool:
    """Whether a department is the only one that leads a task, or that is named for it where the lead is not asked for."""
    names = task.duty.leads if asks_lead else task.duty.departments
    return len(names) == 1 and same_department(names[0], department) and (asks_lead or not task.duty.open_ended)


def _supposed_lead(core: str, department: str, whether: bool) -> bool:
    """Whether a question takes it for granted that a department leads: 既然改由甲局牵头, 甲局牵头的乙工程分几步."""
    names = "|".join(map(re.escape, spellings(department)))
    said = re.search(rf"(?<!不是)(?:{names})(?:已经|来|去|一家|单独)?(?:{LEADS.pattern})", fold(core))
    return bool(said) and not whether


def led_in_question(core: str, task: Task, departments: Sequence[str]) -> bool:
    """Whether a question says of a task that a department leads it which does not: 甲局牵头的冷链工程, 冷链工程改由甲局牵头."""
    name, folded = re.escape(own_words(fold(task.name), 4)), fold(core)
    for department in departments:
        if task.led_by(department) or not task.duty.leads:
            continue
        body = "|".join(map(re.escape, {fold(n) for n in (*spellings(department), task.spelled(department))}))
        lead = rf"(?:{body})(?:来|去|一家|单独)?(?:{LEADS.pattern})"
        before = rf"{lead}(?:的|了)?[\"“][^\"”]*[\"”]?{name}|{lead}(?:的|了)?{name}"
        if re.search(rf"(?<!不是)(?<!非){lead}", folded) and re.search(
            rf"{before}|{name}[^,，?？不哪谁]{{0,10}}{lead}", folded
        ):
            return True
    return False


def each_asked(task: Task, departments: Sequence[str], core: str) -> Draft | None:
    """Two questions for yes or no about one task, each of another department: 由甲局牵头吗？有没有乙局？ None for one."""
    pieces = [piece + "？" for piece in re.split("[?？;；。]", core) if piece.strip()]
    asked = [[d for d in departments if any(fold(n) in fold(piece) for n in spellings(d))] for piece in pieces]
    if len(pieces) < 2 or any(len(own) != 1 for own in asked):
        return None
    drafts = [who_does([task], own, piece, True) for piece, own in zip(pieces, asked, strict=True)]
    lines = tuple(line for draft in drafts for line in draft.lines)
    return Draft(lines, contradicts=any(draft.contradicts for draft in drafts), method="duty")


def below_heading(core: str, tasks: Sequence[Task]) -> Draft | None:
    """Who leads each of the tasks below a heading that the question says and that has no note of its own."""
    if not EACH.search(core):
        return None
    folded = fold(core)
    for document in dict.fromkeys(t.document.doc_id for t in tasks):
        own = [t for t in tasks if t.document.doc_id == document]
        for section in own[0].document.sections:
            below = [t for t in own if t.section.parent == section.index]
            said = len(section.title) >= 4 and fold(section.title) in folded
            if said and len(below) > 1 and all(t.section is not section for t in own):
                return Draft((listing(f"牵头部门分别如下，共{len(below)}项", below, leads=True),), method="duty")
    return None


def row_line(task: Task) -> Line:
    """The whole row of a table that a note is."""
    row, head = ((start, end) for _, start, end in task.spans)
    return Line(told_row(task.document.text[slice(*head)], task.document.text[slice(*row)]), task.spans)
