"""What a department was given: the tasks that it leads or takes part in, alone, with others, or without one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from corpus.document import SourceDocument
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.departments import spellings
from qa.duty_tasks import Task, in_scope, listing, told
from qa.duty_who import acts_alone
from qa.duty_wording import (
    ALONE,
    ASKS_OTHERS,
    ASKS_TASKS,
    BY_ONE,
    GIVEN,
    JOINS,
    JOINT,
    LEADS,
    NO_LEAD,
    NOT_JOINT,
    ONLY_BY,
    SINGLE,
    WIDEST,
    WITHOUT,
    asks_for_tasks,
)
from qa.editions import amends, bare_title
from qa.extractive import MAX_CHARACTERS, MAX_QUOTE, Decline, Draft, Line, closed, title_of
from qa.refusal import explain


def tasks_given(departments: Sequence[str], core: str, tasks: Sequence[Task], hinted: bool) -> Draft | Decline | None:
    """All tasks of the first document that names the departments, leading and taking part kept apart, and behind them those
    that a document has that words parts of it anew.

    Declined where the question points at documents with lists of duties (``hinted``) and none names them.
    """
    given = _given_in_first(departments, core, tasks, hinted)
    if isinstance(given, Draft) and given.contradicts and not hinted:
        # That it leads nothing is said of one document, and another may tell what it leads.
        rest = list(tasks)
        other: Draft | Decline | None = given
        while isinstance(other, Draft) and other.contradicts:
            rest = _without_document(rest, other)
            other = _given_in_first(departments, core, rest, False)
        given = other if isinstance(other, Draft) else given
    if not isinstance(given, Draft) or given.contradicts:
        return given
    first = next(t.document for t in tasks if t.document.doc_id == given.lines[0].spans[0][0])
    whole = bare_title(first.header.title)
    anew = [t for t in tasks if amends(t.document.header.title) and bare_title(t.document.header.title) == whole]
    anew = [t for t in anew if t.document is not first]
    changed = _given_in_first(departments, core, anew, False)
    if not hinted and len(departments) == 1:
        given = replace(given, notes=_given_elsewhere(departments[0], first, tasks))
    if not isinstance(changed, Draft):
        return given
    name = f"{title_of(next(t.document for t in anew))}："
    return replace(given, lines=(*given.lines, *(replace(line, text=name + line.text) for line in changed.lines)))


_ELSEWHERE = 3  #: other documents that are named


def _given_elsewhere(department: str, first: SourceDocument, tasks: Sequence[Task]) -> tuple[str, ...]:
    """That other documents, too, give a department tasks, where a question names none."""
    others = dict.fromkeys(
        t.document for t in tasks if t.document is not first and t.names(department) and not t.in_passing
    )
    names = "".join(title_of(document) for document in list(others)[:_ELSEWHERE])
    more = f"等{len(others)}份文件" if len(others) > _ELSEWHERE else ""
    return (f"{names}{more}也写有它的任务，问时请写上文件名。",) if others else ()


def _without_document(tasks: Sequence[Task], given: Draft) -> list[Task]:
    """The tasks of the other documents than the one that a draft tells of."""
    return [t for t in tasks if t.document.doc_id != given.lines[0].spans[0][0]]


def _given_in_first(
    departments: Sequence[str], core: str, tasks: Sequence[Task], hinted: bool
) -> Draft | Decline | None:
    for doc_id in dict.fromkeys(task.document.doc_id for task in tasks):
        own = in_scope(core, departments, [t for t in tasks if t.document.doc_id == doc_id])
        passing = [t for t in own if t.in_passing and all(t.names(d) for d in departments)]
        own = [t for t in own if not t.in_passing]
        held = [t for t in own if all(t.names(d) for d in departments)]
        if not held:
            continue
        shown = "、".join(held[0].spelled(d) for d in departments)
        if len(departments) == 1 and NOT_LED.search(core):
            others = [t for t in own if t.duty.leads and not t.led_by(departments[0])]
            if others:
                line = listing(f"不由{shown}牵头的共{len(others)}项", others, leads=True)
                return Draft((line,), method="duty")
        asks_lead = bool(LEADS.search(core))
        # A heading that stands above several sentences of one department names no task of its own.
        under = Counter(t.section.index for t in held if t.duty.form == "sentence")
        itself = [t for t in held if t.told_itself or (t.duty.form == "sentence" and under[t.section.index] > 1)]
        own_lines = [line for t in itself for line in _member_lines(t)]
        led = (t for t in itself if t.duty.basis == "stated" and t.led_by(departments[0]))
        led_lines = [line for t in led for line in _member_lines(t)]
        held = [t for t in held if t not in itself]
        if own_lines and (not held or len(departments) > 1):
            return Draft(tuple(own_lines), method="duty")
        if WITHOUT.search(core) and not asks_lead and len(departments) == 1:
            absent = [t for t in own if t.duty.form == held[0].duty.form and not t.names(departments[0])]
            if absent:
                return Draft((listing(f"名单里没有写明{shown}的共{len(absent)}项", absent),), method="duty")
            return Draft((listing(f"这{len(own)}项的名单都写明了{shown}", own),), contradicts=True, method="duty")
        if len(departments) > 1:
            return _shared(departments, core, held)
        leading = [t for t in held if t.led_by(departments[0])]
        joining = [t for t in held if t not in leading]
        if not asks_lead and (BY_ONE.search(core) or ONLY_BY.search(core)):
            alone = [t for t in held if acts_alone(t, departments[0], False)]
            words = (
                f"只由{shown}负责的共{len(alone)}项" if alone else f"没有只由{shown}负责的；{shown}列入{len(held)}项"
            )
            return Draft((listing(words, alone or held),), contradicts=not alone, method="duty")
        only_leads = _asks_only_leads(core)
        if only_leads and (ALONE.search(core) or NOT_JOINT.search(core)):
            leading, joining = [t for t in leading if len(t.duty.leads) == 1], []
        yes = "有，" if re.search(r"吗[?？]?$|有没有", core) else ""
        if (
            re.search(r"(?:有没有|有无|有)[^,，。?？]{0,8}(?:牵头|带头|挑头)|牵头[^,，。?？]{0,6}吗", core)
            and not leading
            and not led_lines
        ):
            none = [listing(f"没有写明由{shown}牵头的；{shown}参与{len(joining)}项", joining)] if joining else []
            return Draft((*none, *own_lines), contradicts=True, method="duty")
        if only_leads and not leading and led_lines:
            return Draft(tuple(led_lines), method="duty")
        if only_leads and not leading:
            line = listing(f"没有写明由{shown}牵头的；{shown}列入{len(joining)}项", joining)
            return Draft((line,), contradicts=True, method="duty")
        lines = own_lines
        if leading:
            lacks = f"没有写明{shown}参与的；" if not joining and _asks_only_joining(core) else ""
            lines.append(listing(f"{lacks or yes}{shown}牵头{len(leading)}项", leading))
        if joining and not only_leads:
            # Where a document tells no lead, being listed is not the same as only taking part.
            verb = "参与" if all(t.duty.leads for t in joining) else "列入"
            lines.append(listing(f"{'' if leading or led_lines else yes}{shown}{verb}{len(joining)}项", joining))
        lines += [Line(told(t), t.spans) for t in passing[:_PASSING]]
        return Draft(tuple(lines), method="duty")
    return names_none("、".join(departments), tasks) if hinted else None


_LISTS_DUTIES = 3  #: notes from which a document is one that lists who does what


def _own_and_held(departments: Sequence[str], core: str, tasks: Sequence[Task]) -> tuple[Sequence[Task], list[Task]]:
    """The tasks of the first document that names the first of some departments, as far as a question keeps to them, and
    those of them that name it, or have it for a lead where the question asks for that."""
    first = departments[0]
    document = next((t.document for t in tasks if t.names(first)), None)
    own = in_scope(core, departments, [t for t in tasks if t.document is document]) if document is not None else []
    leads = bool(LEADS.search(core))
    return own, [t for t in own if (t.led_by(first) if leads else t.names(first))]


#: 哪几条不归甲局牵头.
NOT_LED = re.compile(rf"(?<![是归由让])不(?:是|归|由|让)[^,，。?？是]{{1,12}}?(?:{LEADS.pattern})")


_PASSING = 2  #: sentences that are told beside the tasks of a department, that it acts with 有关部门


def names_none(department: str, tasks: Sequence[Task], least: int = _LISTS_DUTIES) -> Decline | None:
    """What is said of a department that none of the notes names, where there are as many as a list of duties has."""
    if len(tasks) < least:
        return None
    nearest = [span for task in tasks[:3] for span in task.spans[-1:]]
    return Decline("not_in_corpus", explain("not_in_corpus", f"{department}承担的任务"), tuple(nearest))


def _member_lines(task: Task) -> list[Line]:
    """What the paragraph about a member of a body tells, as far as it is short."""
    document, (start, end) = task.document, task.duty.covers
    spans = sentence_spans(document.text, start, end)
    while len(spans) > 1 and spans[-1][1] - start > MAX_CHARACTERS:
        spans.pop()
    last = spans[-1][1]
    quotes = (
        [(document.doc_id, start, last)] if last - start <= MAX_QUOTE else [(document.doc_id, a, b) for a, b in spans]
    )
    # A name on a line of its own leads in to what stands below it.
    told = re.sub(r"(?<=[^：:；;。，,\n])\n", "：", document.text[start:last].strip(), count=1)
    return [Line(closed(told.replace("\n", "")), tuple(quotes))]


def given_to_each(departments: Sequence[str], core: str, tasks: Sequence[Task]) -> Draft | Decline | None:
    """What each of several departments was given, one after the other; None where a department is named by no note."""
    drafts = [tasks_given((department,), core, tasks, False) for department in departments]
    lines = [line for draft in drafts if isinstance(draft, Draft) for line in draft.lines]
    return Draft(tuple(lines), method="duty") if all(isinstance(draft, Draft) for draft in drafts) else None


#: 有甲局但没有乙局, 名单中含甲局、不含乙局; 甲局在而乙局不在.
_LACKS = r"(?:没有?(?:写|列|提|点|出现|包括|包含)?(?:到|进|明)?|未(?:列|写|包括)?(?:入|明)?|不(?:含|包括|包含|写|列|带|涉及)|缺了?|无)"


_LACKING = r"(?:却|而|但是?|就|又|都|则|也)*(?:没有?|未|不)(?:被|在|参与|参加|列|写|出现|包括|份)"


def one_without(departments: Sequence[str], core: str) -> tuple[str, str] | None:
    """Of two departments the one that is to be named and the one that is not to be; None where not exactly one lacks."""
    folded = fold(core)
    lacking = []
    for department in departments:
        names = "|".join(re.escape(fold(n)) for n in sorted(spellings(department), key=len, reverse=True))
        if re.search(rf"{_LACKS}(?:{names})|(?:{names}){_LACKING}", folded):
            lacking.append(department)
    if len(departments) != 2 or len(lacking) != 1:
        return None
    (absent,) = lacking
    return next(d for d in departments if d != absent), absent


def tasks_without(department: str, absent: str, core: str, tasks: Sequence[Task]) -> Draft | None:
    """The tasks of the first document that names a department, those of them that do not name another."""
    leads = bool(LEADS.search(core))
    own, held = _own_and_held((department, absent), core, tasks)
    left = [t for t in held if not t.names(absent)]
    if not held:
        return None
    shown = held[0].spelled(department)
    other = next((t.spelled(absent) for t in own if t.names(absent)), absent)
    first = f"由{shown}牵头、" if leads else f"名单中有{shown}、"
    if left:
        return Draft((listing(f"{first}没有{other}的共{len(left)}项", left),), method="duty")
    verb = "牵头" if leads else "列入"
    line = listing(f"{first}没有{other}的一项也没有；{shown}{verb}{len(held)}项", held)
    return Draft((line,), contradicts=True, method="duty")


def none_shared(groups: Sequence[Sequence[str]], core: str, tasks: Sequence[Task]) -> Draft | Decline | None:
    """That no task names several departments, each by one of its names, with what each was given, counted. Declined where
    one is named nowhere."""
    used = [[d for d in names if any(t.names(d) for t in tasks)] for names in groups]
    unnamed = [names[0] for names, own in zip(groups, used, strict=True) if not own]
    if unnamed:
        return names_none("、".join(unnamed), tasks, least=1)
    flat = [d for own in used for d in own]
    spelled = {d: next(t.spelled(d) for t in tasks if t.names(d)) for d in flat}
    none = f"没有一项的名单同时有{'和'.join('或'.join(spelled[d] for d in own) for own in used)}；"
    lines: list[Line] = []
    for department in flat:
        document = next(t.document for t in tasks if t.names(department))
        own = [t for t in tasks if t.document is document and t.names(department)]
        held = [t for t in in_scope(core, flat, own) if t.names(department)] or own
        lines.append(listing(f"{'' if lines else none}名单中有{spelled[department]}的共{len(held)}项", held))
    return Draft(tuple(lines), contradicts=True, method="duty")


def shared_by_any_name(groups: Sequence[Sequence[str]], core: str, tasks: Sequence[Task]) -> Draft | Decline | None:
    """The tasks that several departments share, one of which the notes have under several names."""
    pairs = [names for names in product(*groups) if any(all(t.names(d) for d in names) for t in tasks)]
    drafts = [draft for names in pairs if isinstance(draft := tasks_given(names, core, tasks, False), Draft)]
    return _one_after_another(drafts) if drafts else none_shared(groups, core, tasks)


def _one_after_another(drafts: Sequence[Draft]) -> Draft:
    """Several drafts as one."""
    return replace(drafts[0], lines=tuple(line for draft in drafts for line in draft.lines))


def given_under_each_name(names: Sequence[str], core: str, tasks: Sequence[Task]) -> Draft | Decline | None:
    """What a department was given under each of the names that the notes have for it. That it leads nothing is told only
    where it leads nothing under any."""
    drafts = [draft for name in names if isinstance(draft := tasks_given((name,), core, tasks, False), Draft)]
    told = [draft for draft in drafts if not draft.contradicts] or drafts
    return _one_after_another(told) if told else None


def _asks_only_leads(core: str) -> bool:
    """Whether every clause that asks for tasks asks for those that a department leads."""
    core = re.sub("《[^》]*》", "", core)  # 《…任务分工方案》 asks for nothing
    asking = [c for c in re.split(r"[,，;；。?？!！]", core) if ASKS_TASKS.search(c)]
    # 是哪些 says nothing of a role: it goes with the clause that does.
    asking = [c for c in asking if LEADS.search(c) or GIVEN.search(c)] or (asking and [core])
    # 任务 and 负责 go with either: 牵头负责的任务有哪些.
    return bool(asking) and all(
        LEADS.search(c) and not GIVEN.search(re.sub("任务|负责|出现|写明|点名", "", LEADS.sub("", c))) for c in asking
    )


def _asks_only_joining(core: str) -> bool:
    """Whether a question asks what a department takes part in, and not what it leads or is responsible for."""
    return bool(JOINS.search(core)) and not LEADS.search(core) and "负责" not in core


def _shared(departments: Sequence[str], core: str, held: Sequence[Task]) -> Draft | None:
    """The tasks that several departments share."""
    shown = "、".join(held[0].spelled(d) for d in departments)
    if re.search(r"(?:共同|联合|一起|都)(?:牵头|带头|领头|打头)", core):
        held = [t for t in held if all(t.led_by(d) for d in departments)]
        return Draft((listing(f"{shown}共同牵头{len(held)}项", held),), method="duty") if held else None
    return Draft((listing(f"{shown}同列{len(held)}项", held, leads=True),), method="duty")


def tasks_by_lead(core: str, tasks: Sequence[Task]) -> Draft | None:
    """Tasks of the best document that are led jointly, by one department, or by none; None when that is not asked."""
    own = in_scope(core, (), [t for t in tasks if t.document is tasks[0].document])
    # 大多一家领头，哪两项写明共同牵头: what goes before does not ask.
    asking = [c for c in re.split("[,，;；。]", core) if asks_for_tasks(c)]
    core = asking[0] if asking else core
    if NO_LEAD.search(core):
        held, words = [t for t in own if not t.duty.leads], "没有写明牵头部门"
    elif SINGLE.search(core):
        one = [t for t in own if len(t.duty.leads) == 1]
        alone = [t for t in one if len(t.duty.departments) == 1]
        held, words = (alone, "只写一个部门牵头") if alone else (one, "由一个部门牵头、其他部门参与")
    elif JOINT.search(core):
        held, words = [t for t in own if t.jointly_led], "共同牵头"
    elif NO_OTHERS.search(core):
        held, words = (
            [t for t in own if t.duty.leads and set(t.duty.leads) == set(t.duty.departments)],
            "没有写明参与部门",
        )
    else:
        return None
    if held:
        return Draft((listing(f"{words}的共{len(held)}项", held, leads=True),), method="duty")
    spans = tuple(dict.fromkeys(span for task in own for span in task.spans))
    return Draft((Line(f"这{len(own)}项中没有{words}的。", spans),), contradicts=True, method="duty")


#: Tasks for which only those are named that lead: 哪些任务没有配合单位.
NO_OTHERS = re.compile(rf"(?:没有?|未|不)(?:写|列|明确|安排|设){{0,2}}(?:出|明)?(?:{ASKS_OTHERS.pattern})")


def widest(core: str, tasks: Sequence[Task]) -> Draft | None:
    """The tasks of a document for which most bodies are named, or fewest; a note says among how many."""
    asked = WIDEST.search(core)
    if asked is None:
        return None
    own = in_scope(core, (), [t for t in tasks if t.document is tasks[0].document])
    sizes = [len(t.duty.departments) for t in own]
    if len(set(sizes)) < 2:
        return None
    way = asked["way"] or asked["way_"]
    size = max(sizes) if way == "多" else min(sizes)
    first = [t for t, n in zip(own, sizes, strict=True) if n == size]
    note = f"在写明负责部门的{len(own)}项中，写明的部门最{way}的共{len(first)}项。"
    return Draft(tuple(Line(told(t), t.spans) for t in first[:_MOST_WIDEST]), method="duty", notes=(note,))


_MOST_WIDEST = 4  #: tasks of one size that are told


def most_named(core: str, tasks: Sequence[Task]) -> Draft:
    """The department that leads, or is named for, most tasks."""
    own = in_scope(core, (), [t for t in tasks if t.document is tasks[0].document])
    leading, joining = bool(LEADS.search(core)), bool(JOINS.search(core))
    verb = "牵头" if leading else "参与" if joining else "列入"

    def acting(task: Task) -> list[str]:
        duty = task.duty
        if leading:
            return list(duty.leads)
        return [d for d in duty.departments if d not in duty.leads] if joining else list(duty.departments)

    counts = Counter(d for t in own for d in acting(t))
    most = max(counts.values(), default=0)
    first = [d for d, n in counts.items() if n == most]
    of_several = "之一" if len(first) > 1 else ""
    lines = [
        listing(f"{verb}最多的{of_several}是{d}，共{most}项", [t for t in own if d in acting(t)]) for d in first[:3]
    ]
    return Draft(tuple(lines), method="duty")
