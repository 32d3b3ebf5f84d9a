"""Answers from responsibility notes: who leads what, who takes part, what a department was given."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from corpus.duties import covering
from index.tokens import fold
from qa.departments import named_in, names_used, same_department, successors
from qa.duty_comparisons import answer_comparison, asks_comparison, asks_whether
from qa.duty_given import (
    NO_OTHERS,
    NOT_LED,
    given_to_each,
    given_under_each_name,
    most_named,
    names_none,
    none_shared,
    one_without,
    shared_by_any_name,
    tasks_by_lead,
    tasks_given,
    tasks_without,
    widest,
)
from qa.duty_meant import (
    Library,
    asks_of_notes,
    brought,
    in_part,
    is_note,
    is_only_nearest,
    meant_by,
    own_part,
    pairs_in,
    quoted_task,
    tasks_meant,
    told_first,
    topic_of_duty,
    topics_meant,
)
from qa.duty_names import LOCAL_NAME, by_another_name, joined_with, names_in, points_at
from qa.duty_tasks import Task, led_by_person, limit_line, listing, named_tasks, spans_with_limit, told
from qa.duty_who import below_heading, each_asked, led_in_question, row_line, who_does
from qa.duty_wording import (
    ASKS_ITEMS,
    ASKS_LIMIT,
    ASKS_LIMITED,
    ASKS_OWN,
    ASKS_WHO,
    EACH_OF,
    EXCEPT,
    GIVEN,
    HOW_LEADS,
    JOINT,
    LEADS,
    LISTED,
    MEMBERSHIP,
    MOST,
    NO_LEAD,
    OF_DUTIES,
    ROLE_NOUN,
    ROLES,
    SINGLE,
    WIDEST,
    asks_for_tasks,
)
from qa.evidence import READ_PLAINLY, Candidate, Probe
from qa.extractive import Decline, Draft, Line, line_at
from qa.patterns import ASKS_WHY
from qa.question import kinds_of
from qa.refusal import decline


def answer_duty(
    probe: Probe,
    found: Sequence[Candidate],
    library: Library,
    doc_ids: Sequence[str],
    search: Callable[[str], Sequence[Candidate]],
) -> Draft | Decline | None:
    """Who leads and takes part in what is meant, or what a department was given; None for other questions.

    Declined where the task meant stands among others that have a note and has none itself.

    ``doc_ids``: the documents that may be used. ``search`` gives the sentences found for another wording.
    """
    core = probe.question.core.lower()
    leads = bool(LEADS.search(core))
    by_role = leads or any(p.search(core) for p in (ROLES, GIVEN, MEMBERSHIP, WIDEST)) or asks_for_tasks(core)
    compares = asks_comparison(core)
    limited = bool(ASKS_LIMIT.search(core) or ASKS_LIMITED.search(core)) and not by_role
    tasks = tasks_meant(probe, found, library, doc_ids) if by_role or compares or limited else []
    if not tasks:
        return _borrowed(probe, found, library) if by_role else None
    if limited and not compares:
        return _until_when(core, found, library, tasks, search)
    known = names_in(tasks)
    asked = named_in(core, known)
    outcome = _who_does_what(probe, core, found, library, tasks, asked, search, by_role)
    if not isinstance(outcome, Draft):
        return outcome or _borrowed(probe, found, library)
    text = "".join(line.text for line in outcome.lines)
    renamed = (note for d in asked if (note := by_another_name(d, known, text)))
    return replace(outcome, notes=(*outcome.notes, *renamed))


def _borrowed(probe: Probe, found: Sequence[Candidate], library: Library) -> Decline | None:
    """What is said where the best sentence tells who acts, and in another item than the one that is asked about: nothing
    of what is asked stands in its item, but for what stands above it, and something of it in another that was found."""
    best = next((c for c in found if c.tells), None)
    core = own_part(probe.question)
    topic = pairs_in(topic_of_duty(core, named_in(core)))
    if best is None or best.section is None or not topic or not ASKS_WHO.search(core):
        return None
    duty = covering(best.document, library.duties_of(best.document.doc_id), best.start)
    if not (_IN_BRACKETS.fullmatch(best.text) or duty is not None and duty.form != "row" and best.start < duty.end):
        return None
    item, *above = best.document.upwards(best.section)
    topic -= pairs_in("\n".join((best.document.header.title, *(s.title for s in above))))
    if topic & pairs_in(best.document.text[item.start : item.end]) or not any(topic & pairs_in(c.text) for c in found):
        return None
    return decline(found, "这项工作由谁负责")


def _until_when(
    core: str,
    found: Sequence[Candidate],
    library: Library,
    tasks: list[Task],
    search: Callable[[str], Sequence[Candidate]],
) -> Draft | None:
    """Until when the one task that a question names is to be done, where its note says so."""
    limited = [t for t in tasks if t.limit]
    if ASKS_LIMITED.search(core):
        return _limited_so(core, limited)
    meant = (named_tasks(core, limited) or topics_meant(core, (), library, tasks, search)) if limited else None
    if not meant or len(meant) > 1 or not meant[0].limit:
        return None
    return Draft((limit_line(meant[0]),), method="duty")


def _limited_so(core: str, tasks: Sequence[Task]) -> Draft | None:
    """The tasks of the first document that are to be done until when a question says, or for good."""
    first = [t for t in tasks if t.document is tasks[0].document]
    limits = [limit for limit in dict.fromkeys(t.limit for t in first) if re.sub("之?前$", "", fold(limit)) in core]
    held = [t for t in first if limits and t.limit == max(limits, key=len)]
    if not held or len(held) == len(first):
        return None
    line = listing(f"完成时限为{held[0].limit}的共{len(held)}项", held)
    spans = dict.fromkeys(span for t in held for span in spans_with_limit(t))
    return Draft((replace(line, spans=tuple(spans)),), method="duty")


_IN_BRACKETS = re.compile(r"\s*[（(【\[〔][^\n]+[)）】\]〕][。；;]?\s*")


def _who_does_what(
    probe: Probe,
    core: str,
    found: Sequence[Candidate],
    library: Library,
    tasks: list[Task],
    asked: Sequence[str],
    search: Callable[[str], Sequence[Candidate]],
    by_role: bool,
) -> Draft | Decline | None:
    """What the notes of some documents answer; ``asked``: the departments that the question names, by today's or former
    names."""
    leads = bool(LEADS.search(core))
    known = names_in(tasks)
    most = widest(core, tasks)
    if most is not None:
        return most
    if HOW_LEADS.search(core):
        rules = [(t.document, t.duty.rule) for t in tasks if t.duty.rule is not None]
        lines = [line_at(document, rule) for document, rule in rules[:1]]
        return Draft(tuple(lines), method="duty") if lines else None
    person = led_by_person(fold(core), tasks) if asks_for_tasks(core) and not asked else None
    if person is not None:
        who, theirs = person
        leaders = tuple(task.leader[1] for task in theirs if task.leader is not None)
        line = listing(f"{who}的共{len(theirs)}项", theirs)
        return Draft((replace(line, spans=tuple(dict.fromkeys((*line.spans, *leaders)))),), method="duty")
    names_of = [names_used(name, known) for name in asked]
    departments = tuple(n for names in names_of for n in names)
    several_names = len(asked) == 1 and len(departments) > 1
    # Of two names for one department, or one that the documents do not know, those count that they name.
    departments = tuple(d for d in departments if any(t.names(d) for t in tasks)) or departments
    # 国办那份意见 points at a document; who sent it out is not asked about, unless its notes name it and the question
    # speaks of itself rather than of what it sent out.
    issuers = {organ for t in tasks for organ in re.split(r"[、\s]+", t.document.header.issuer or "") if organ}
    departments = tuple(
        d
        for d in departments
        if not any(same_department(d, i) for i in issuers)
        or (any(t.names(d) for t in tasks) and not points_at(d, core))
    )
    compared = answer_comparison(
        probe.question, core, departments, tasks, lambda words: meant_by(words, library, tasks, search)
    )
    if compared is not None or not by_role:
        return compared
    if ASKS_WHY.search(core) and (leads or departments and ROLES.search(core)):
        return _reason_untold(found)
    # 它的配合单位有哪些 asks for departments, whatever department it names.
    whose = bool(ROLE_NOUN.search(core)) and not ASKS_ITEMS.search(core)
    parts = () if whose else _with_department(probe.question.parts, departments)
    wrongly_led = [t for t in named_tasks(core, tasks) if led_in_question(core, t, departments)]
    if len(wrongly_led) == 1 and not asks_whether(probe.question):
        return Draft((Line(told(wrongly_led[0]), wrongly_led[0].spans),), contradicts=True, method="duty")
    if departments and any(asks_for_tasks(part) or NOT_LED.search(part) for part in parts):
        named = named_tasks(core, tasks)
        if len(named) == len(departments) == 1 and not LEADS.search(core) and not named[0].names(departments[0]):
            # What a department does in a task that is not its own.
            return who_does(named, departments, core, whether=True)
        together = any(all(t.names(d) for d in departments) for t in tasks)
        asks_shared = re.search("共同|一起|都|同时", core)
        if several_names:
            return given_under_each_name(departments, core, tasks)
        without = one_without(departments, core)
        if without is not None:
            return tasks_without(*without, core, tasks)
        stranger = joined_with((*departments, *asked), core) if asks_shared else ""
        if stranger:
            return names_none(stranger, tasks, least=1)
        groups = [there for names in names_of if (there := [n for n in names if n in departments])]
        if len(groups) > 1 and asks_shared and len(departments) > len(groups):
            return shared_by_any_name(groups, core, tasks)
        if len(departments) > 1 and asks_shared and not together:
            return none_shared([[d] for d in departments], core, tasks)
        if len(departments) > 1 and (EACH_OF.search(core) or (not together and not asks_shared)):
            return given_to_each(departments, core, tasks)
        return tasks_given(departments, core, tasks, bool(probe.hinted) and bool(ASKS_OWN.search(core)))
    if not departments and (group := below_heading(core, tasks)) is not None:
        return group
    local = LOCAL_NAME.search(core)
    if not departments and local and not ASKS_WHO.search(core):
        # It asks about a department that no note names: what the others do is no answer.
        near = {c.document for c in found} | {task.document for task in tasks}
        known_here = any(_says_what_it_does(local.group(), document.text) for document in near)
        return None if known_here or not asks_for_tasks(core) else names_none(local.group(), tasks)
    by_lead = any(p.search(core) for p in (NO_LEAD, NO_OTHERS, SINGLE, JOINT)) and re.search(
        r"任务|事项|[哪几]项|工作", core
    )
    if not departments and (asks_for_tasks(core) or by_lead):
        draft = tasks_by_lead(core, tasks)
        if draft is not None:
            return draft
    if not departments and MOST.search(core) and ASKS_WHO.search(core) and OF_DUTIES.search(core):
        return most_named(core, tasks)
    whether = (bool(departments) or bool(JOINT.search(core))) and asks_whether(probe.question)
    own = own_part(probe.question)
    tasks = in_part(own, tasks)
    named = named_tasks(own, tasks)
    asks_member = MEMBERSHIP.search(core) or LISTED.search(core)
    if not (leads or ROLES.search(core) or named and departments and asks_member):
        return None
    apart = len(named) > 1 and leads and "compare" in probe.question.kinds
    if not (ASKS_WHO.search(core) or ROLE_NOUN.search(core) or whether or departments and leads or apart):
        return None
    if not leads and not named and not ROLE_NOUN.search(core) and not asks_of_notes(core, found, library, tasks):
        return None
    meant = (
        named
        if len(named) > 1
        else quoted_task(probe.question, tasks) or topics_meant(own, departments, library, tasks, search)
    )
    if meant and not named and is_only_nearest(meant[0], brought(probe.question), found):
        meant = None
    if meant is None:
        # Any other sentence may tell it all the same.
        by_sentence = any(c.odds > READ_PLAINLY and not is_note(c, library.duties_of(c.document.doc_id)) for c in found)
        return None if by_sentence else decline(found, "这项工作由谁负责")
    if not meant:
        return None
    first = told_first(found, library, tasks) if leads and not any(t.duty.leads for t in meant) else None
    if first is not None and not (
        named and first.document is meant[0].document and first.section is not meant[0].section
    ):
        meant = [first]  # what another item of the same document tells is no word on one that is named in full
    if "when" in probe.question.kinds and all(t.duty.form == "row" for t in meant):
        return Draft(tuple(row_line(task) for task in meant), method="duty")  # it says who and by when
    if several_names:
        departments = tuple(d for d in departments if meant[0].names(d)) or tuple(asked)
    elif whether and len(meant) == 1 and len(departments) > 1:
        one_by_one = each_asked(meant[0], departments, core)
        if one_by_one is not None:
            return one_by_one
    return who_does(meant, departments if len(meant) == 1 and not EXCEPT.search(core) else (), core, whether)


def _says_what_it_does(body: str, text: str) -> bool:
    """Whether a sentence that names a body tells of an act behind the name, and not only who is a member."""
    return bool(re.search(rf"{re.escape(body)}[^。；;\n]*(?:{_ACTS})", text))


_ACTS = "负责|承担|牵头|组织|配合|落实|做好|督促|开展|协助|指导|监督|审核|制定|会同"


def _with_department(parts: Sequence[str], departments: Collection[str]) -> list[str]:
    now = [name for old in departments for name in successors(old)]
    whole: list[str] = []
    for part in parts:
        # 有没有牵头的事项？参与了什么？: what names nothing of its own goes with the question before it.
        if whole and not kinds_of(part):
            whole[-1] += part
        else:
            whole.append(part)
    return [part for part in whole if named_in(part, [*departments, *now])]


_REASON = re.compile(r"因为|由于|鉴于|考虑到|是为了|旨在|有利于|便于|以便")


def _reason_untold(found: Sequence[Candidate]) -> Decline | None:
    """What is said of why a department acts: nothing, unless a sentence found tells a reason in which bodies act."""
    if any(_REASON.search(c.text) and (LEADS.search(c.text) or ROLES.search(c.text)) for c in found[:5]):
        return None
    return decline(found, "这样分工的理由")
