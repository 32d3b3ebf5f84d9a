"""Answers from responsibility notes: who leads what, who takes part, what a department was given."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import Protocol

from corpus.document import Header, Section, SourceDocument
from corpus.duties import Duty, covering
from corpus.labels import number_of
from corpus.sentences import sentence_spans
from index.tokens import fold, words
from qa.abbreviations import in_order
from qa.address import longest_shared, own_words
from qa.departments import (
    named_in,
    names_used,
    one_of,
    own_name,
    predecessors,
    replaced_by,
    same_department,
    spellings,
    successors,
)
from qa.disputes import is_weak
from qa.duty_comparisons import answer_comparison, asks_comparison, asks_whether
from qa.duty_tasks import Task, in_scope, limit_line, listing, named_tasks, scope_of, told, told_of, within
from qa.duty_wording import (
    ALONE,
    ASKS_ITEMS,
    ASKS_LIMIT,
    ASKS_OTHERS,
    ASKS_OWN,
    ASKS_TASKS,
    ASKS_WHO,
    BY_ONE,
    EACH,
    EACH_OF,
    EXCEPT,
    EXCEPT_FOR,
    GIVEN,
    HOW_LEADS,
    HOW_MANY,
    IN_EVERY,
    JOINS,
    JOINT,
    LEADS,
    LISTED,
    MEMBERSHIP,
    MOST,
    NO_LEAD,
    NOT_JOINT,
    OF_DUTIES,
    OF_EXCEPTED,
    OF_LEVEL,
    ONLY_BY,
    PIECES,
    ROLE_NOUN,
    ROLES,
    SEVERAL,
    SINGLE,
    TOPIC_END,
    WITHOUT,
)
from qa.evidence import Candidate, Probe
from qa.extractive import MAX_CHARACTERS, MAX_QUOTE, Decline, Draft, Line, closed, told_row
from qa.listed_bodies import about, work_of_body
from qa.listing import list_of_children, listed_children
from qa.patterns import ASKS_WHY, DATE
from qa.question import ASKING_WORDS, Question, kinds_of, understand
from qa.refusal import explain


class Library(Protocol):
    """The documents and their responsibility notes."""

    def document(self, doc_id: str) -> SourceDocument: ...
    def headers(self) -> Mapping[str, Header]: ...
    def duties_of(self, doc_id: str) -> tuple[Duty, ...]: ...
    def documents_with_duties(self, names: Collection[str] | None = None) -> Mapping[str, int]: ...


class Names(Protocol):
    """The departments that notes name, and whether a text stands in the documents at all."""

    def department_names(self) -> Collection[str]: ...
    def occurs(self, text: str, /) -> bool: ...


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
    by_limit = bool(ASKS_LIMIT.search(core)) and "whether" not in probe.question.kinds
    by_role = leads or any(p.search(core) for p in (ROLES, GIVEN, MEMBERSHIP)) or _asks_for_tasks(core)
    compares = asks_comparison(core)
    makes = None if by_role else _WHO_MAKES.search(core)
    tasks = _tasks(probe, found, library, doc_ids) if by_role or by_limit or compares or makes else []
    if not tasks:
        return _borrowed(probe, found, library) if by_role else None
    if makes is not None:
        return _who_makes(makes, tasks)
    limited = _by_limit(probe, core, found, library, tasks) if by_limit and not leads else None
    if limited is not None or not (by_role or compares):
        return limited
    known = _names_in(tasks)
    asked = named_in(core, known)
    outcome = _who_does_what(probe, core, found, library, tasks, asked, search, by_role)
    if not isinstance(outcome, Draft):
        return outcome or _borrowed(probe, found, library)
    text = "".join(line.text for line in outcome.lines)
    return replace(outcome, notes=tuple(note for d in asked if (note := _by_another_name(d, known, text))))


def _borrowed(probe: Probe, found: Sequence[Candidate], library: Library) -> Decline | None:
    """What is said where the best sentence tells who acts, and in another item than the one that is asked about: nothing
    of what is asked stands in its item, but for what stands above it, and something of it in another that was found."""
    best = next((c for c in found if c.tells), None)
    core = _own_part(probe.question)
    topic = _pairs_in(topic_of_duty(core, named_in(core)))
    if best is None or best.section is None or not topic or not ASKS_WHO.search(core):
        return None
    duty = covering(best.document, library.duties_of(best.document.doc_id), best.start)
    if not (_IN_BRACKETS.fullmatch(best.text) or duty is not None and duty.form != "row" and best.start < duty.end):
        return None
    item, *above = best.document.upwards(best.section)
    topic -= _pairs_in("\n".join((best.document.header.title, *(s.title for s in above))))
    if topic & _pairs_in(best.document.text[item.start : item.end]) or not any(
        topic & _pairs_in(c.text) for c in found
    ):
        return None
    nearest = [(c.document.doc_id, c.start, c.end) for c in found[:3]]
    return Decline("not_in_corpus", explain("not_in_corpus", "这项工作由谁负责"), tuple(nearest))


_IN_BRACKETS = re.compile(r"\s*[（(【\[〔][^\n]+[)）】\]〕][。；;]?\s*")


def _pairs_in(text: str) -> set[str]:
    """The pairs of neighbouring Chinese characters of a text, without those of words that any task has."""
    return {a + b for run in re.findall("[\u4e00-\u9fff]+", fold(text)) for a, b in pairwise(run)} - _ANY_TASK


_ANY_TASK = frozenset("工作 任务 事项 方面 加强 推进 做好 开展 落实 建设 管理 哪个 哪些 部门 单位 负责".split())


def answer_item_duty(
    probe: Probe, found: Sequence[Candidate], library: Library, doc_ids: Sequence[str]
) -> Draft | Decline | None:
    """Who leads and takes part in an item that a question calls by its number in a list: 重点行动的第二项由谁牵头; None for other
    questions. Declined where neither the item nor what stands above it has a note."""
    core = _own_part(probe.question)
    whether = asks_whether(probe.question)
    asks = ASKS_WHO.search(core) or ROLE_NOUN.search(core) or whether
    if not (asks and _NTH.search(fold(core)) and (LEADS.search(core) or ROLES.search(core))):
        return None
    tasks = _tasks(probe, found, library, doc_ids)
    item = _nth_of_list(core, tasks)
    known = _names_in(tasks)
    departments = [n for name in named_in(core, known) for n in names_used(name, known)]
    if item is None or (whether and not departments):
        return None
    return _who_of_item(*item, tasks, departments, core, whether)


def asked_of_named(core: str, library: Names) -> bool:
    """Whether a question asks what a department was given that notes name, by whatever name."""
    asked = named_in(core) if _asks_for_tasks(core) else ()
    known = {name for name in library.department_names() if len(name) > 2} if asked else set()
    return any(same_department(n, used) for d in asked for used in names_used(d, known) for n in known)


def unnamed_department(core: str, library: Names) -> str:
    """The department, in the question's words, of which a question asks what it was given and which the documents name
    nowhere, by none of its names and none of the bodies before and after it; empty where they name each."""
    if not _asks_for_tasks(core):
        return ""
    folded = fold(core)
    for department in named_in(core):
        names = (n for n in spellings(department) if re.search(rf"{re.escape(fold(n))}(?!门)", folded))  # no 教育部|门
        said = next((n for n in names if _NAMES_BODY.search(fold(n))), "")
        kin = (department, *predecessors(department), *successors(department))
        if not said or any(library.occurs(body) for one in kin for name in spellings(one) for body in _bodies(name)):
            continue
        # A body of the documents themselves may go by the name of a national one.
        own = (n for n in library.department_names() if same_department(said, n) or in_order(fold(said), own_name(n)))
        if next(own, None) is None:
            return said
    return ""


def _bodies(name: str) -> Sequence[str]:
    """How a text names a body that is called by a name: 水利 may be said of 水利部门, and stands in 县水利局, too."""
    return (name,) if _NAMES_BODY.search(fold(name)) else tuple(name + kind for kind in ("部门", "机关", "主管", "、"))


#: The name of a body in full, and no word for what it does: 公安部, not 公安.
_NAMES_BODY = re.compile("^.{2,}[部委局署办院行会厅社]$")


def _names_in(tasks: Sequence[Task]) -> set[str]:
    return {name for t in tasks for name in t.duty.departments if len(name) > 2 and not _EVERYONE.match(name)}


def _by_another_name(department: str, known: Collection[str], text: str) -> str:
    """That the notes have a department under other names, those of them that an answer tells; empty where it tells none."""
    used = [n for n in names_used(department, known) if not same_department(n, department)]
    written = [name for n in used for name in sorted(known) if same_department(name, n) and name in text]
    taken_over: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for name in dict.fromkeys(written):
        now, plans = replaced_by(name)
        former = name if now else department  # it may be asked for by the name that is gone
        taken_over.setdefault((now, plans) if now else replaced_by(department), []).append(former)
    told = [
        f"{'、'.join(dict.fromkeys(names))}的主要职责后来由{'、'.join(now)}承接" + (f"（{plans}）" if plans else "")
        for (now, plans), names in taken_over.items()
    ]
    quoted = "".join(f"“{name}”" for name in dict.fromkeys(written))
    told_so = f"分工中没有写“{department}”，写的是{quoted}。{'；'.join(told)}；各项职责的去向以机构改革文件为准。"
    return told_so if written else ""


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
    known = _names_in(tasks)
    if HOW_LEADS.search(core):
        rules = [(t.document, t.duty.rule) for t in tasks if t.duty.rule is not None]
        lines = [Line(closed(d.text[slice(*rule)]), ((d.doc_id, *rule),)) for d, rule in rules[:1]]
        return Draft(tuple(lines), method="duty") if lines else None
    names_of = [names_used(name, known) for name in asked]
    departments = tuple(n for names in names_of for n in names) or _said_in_short(core, known)
    several_names = len(asked) == 1 and len(departments) > 1
    # Of two names for one department, or one that the documents do not know, those count that they name.
    departments = tuple(d for d in departments if any(t.names(d) for t in tasks)) or departments
    # 国办那份意见 points at a document; who sent it out is not asked about, unless its notes name it and the question
    # speaks of itself rather than of what it sent out.
    issuers = {organ for t in tasks for organ in re.split(r"[、\s]+", t.document.header.issuer or "") if organ}
    departments = tuple(
        d
        for d in departments
        if not any(same_department(d, i) for i in issuers) or (any(t.names(d) for t in tasks) and not _points(d, core))
    )
    compared = answer_comparison(
        probe.question, core, departments, tasks, lambda words: _meant_by(words, library, tasks, search)
    )
    if compared is not None or not by_role:
        return compared
    if ASKS_WHY.search(core) and (leads or departments and ROLES.search(core)):
        return _reason_untold(found)
    chained = None if departments else _CHAINED.search(core)
    if chained is not None and _asks_for_tasks(chained["rest"]):
        quoted = _quoted(probe.question, tasks)
        begun = quoted[0] if quoted else _meant_by(chained["what"], library, tasks, search)
        return None if begun is None else _tasks_of_its_lead(begun, chained["rest"], tasks)
    # 它的配合单位有哪些 asks for departments, whatever department it names.
    whose = bool(ROLE_NOUN.search(core)) and not ASKS_ITEMS.search(core)
    if len(departments) == 1 and IN_EVERY.search(core) and asks_whether(probe.question):
        every = _in_every(departments[0], core, tasks)
        if every is not None:
            return every
    parts = () if whose else _with_department(probe.question.parts, departments)
    wrongly_led = [t for t in named_tasks(core, tasks) if _led_in_question(core, t, departments)]
    if len(wrongly_led) == 1 and not asks_whether(probe.question):
        return Draft((Line(told(wrongly_led[0]), wrongly_led[0].spans),), contradicts=True, method="duty")
    if departments and any(_asks_for_tasks(part) or _NOT_LED.search(part) for part in parts):
        named = named_tasks(core, tasks)
        if len(named) == len(departments) == 1 and not LEADS.search(core) and not named[0].names(departments[0]):
            return _who(named, departments, core, whether=True)  # what a department does in a task that is not its own
        together = any(all(t.names(d) for d in departments) for t in tasks)
        asks_shared = re.search("共同|一起|都|同时", core)
        if several_names:
            return _each_name(departments, core, tasks)
        without = _one_without(departments, core)
        if without is not None:
            return _tasks_without(*without, core, tasks)
        stranger = _joined_with((*departments, *asked), core) if asks_shared else ""
        if stranger:
            return _names_none(stranger, tasks, least=1)
        groups = [there for names in names_of if (there := [n for n in names if n in departments])]
        if len(groups) > 1 and asks_shared and len(departments) > len(groups):
            return _shared_by_any_name(groups, core, tasks)
        if len(departments) > 1 and asks_shared and not together:
            return _none_shared([[d] for d in departments], core, tasks)
        if len(departments) > 1 and (EACH_OF.search(core) or (not together and not asks_shared)):
            return _each_department(departments, core, tasks)
        return _tasks_of(departments, core, tasks, bool(probe.hinted) and bool(ASKS_OWN.search(core)))
    if not departments and (group := _group(core, tasks)) is not None:
        return group
    local = _LOCAL_NAME.search(core)
    if not departments and local and not ASKS_WHO.search(core):
        # It asks about a department that no note names: what the others do is no answer.
        near = {c.document for c in found} | {task.document for task in tasks}
        known_here = any(local.group() in document.text for document in near)
        return None if known_here or not _asks_for_tasks(core) else _names_none(local.group(), tasks)
    by_lead = any(p.search(core) for p in (NO_LEAD, SINGLE, JOINT)) and re.search(r"任务|事项|[哪几]项|工作", core)
    if not departments and (_asks_for_tasks(core) or by_lead):
        draft = _tasks_by_lead(core, tasks)
        if draft is not None:
            return draft
    if not departments and MOST.search(core) and ASKS_WHO.search(core) and OF_DUTIES.search(core):
        return _most_named(core, tasks)
    whether = (bool(departments) or bool(JOINT.search(core))) and asks_whether(probe.question)
    own = _own_part(probe.question)
    tasks = _in_part(own, tasks)
    named = named_tasks(own, tasks)
    asks_member = MEMBERSHIP.search(core) or LISTED.search(core)
    if not (leads or ROLES.search(core) or named and departments and asks_member):
        return None
    apart = len(named) > 1 and leads and "compare" in probe.question.kinds
    if not (ASKS_WHO.search(core) or ROLE_NOUN.search(core) or whether or departments and leads or apart):
        return None
    if not leads and not named and not ROLE_NOUN.search(core) and not _likely(core, found, library, tasks):
        return None
    meant = (
        named if len(named) > 1 else _quoted(probe.question, tasks) or _topics(own, departments, library, tasks, search)
    )
    if meant is None:
        nearest = [(c.document.doc_id, c.start, c.end) for c in found[:3]]
        return Decline("not_in_corpus", explain("not_in_corpus", "这项工作由谁负责"), tuple(nearest))
    if not meant:
        return None
    first = _told_first(found, library, tasks) if leads and not any(t.duty.leads for t in meant) else None
    meant = [first] if first is not None else meant
    if "when" in probe.question.kinds and all(t.duty.form == "row" for t in meant):
        return Draft(tuple(_row_line(task) for task in meant), method="duty")  # it says who and by when
    if several_names:
        departments = tuple(d for d in departments if meant[0].names(d)) or tuple(asked)
    elif whether and len(meant) == 1 and len(departments) > 1:
        one_by_one = _each_asked(meant[0], departments, core)
        if one_by_one is not None:
            return one_by_one
    return _who(meant, departments if len(meant) == 1 and not EXCEPT.search(core) else (), core, whether)


#: 补助办法由谁制定, 年度计划哪个部门编制.
_WHO_MAKES = re.compile(
    r"(?P<what>[^,，。;；?？]{3,30}?)(?:应该|应当|要|是|都|该)?由?(?:谁|哪(?:个|些|几个|一个|家)?(?:部门|单位|机构))(?:来|去|具体|会)?"
    r"(?P<does>制定|制订|起草|编制|研究|提出|出台|公布|发布|认定|确定|审核|评估|组织|开展|核定)的?[?？]?$"
)


def _who_makes(asked: re.Match[str], tasks: Sequence[Task]) -> Draft | None:
    """The clause in running text that says who makes what is asked about; None where none does, or several do."""
    what = fold(asked["what"]).rstrip("的")
    told_so = []
    for task in tasks:
        text = fold(task.document.text[task.duty.start : task.duty.covers[1]])
        names = fold("".join(task.duty.departments))
        tails = [what[-n:] for n in range(len(what), 2, -1)]
        held = next((tail for tail in tails if tail in text and tail not in names), "")
        if task.duty.form == "sentence" and held and asked["does"] in text:
            told_so.append((len(held), task))
    longest = [task for size, task in told_so if size == max(size for size, _ in told_so)]
    return Draft((Line(told(longest[0]), longest[0].spans),), method="duty") if len(longest) == 1 else None


#: 负责甲工程的牵头部门，同时牵头了几项: what the department does that leads a task.
_CHAINED = re.compile(
    rf"(?P<what>[^?？]*?(?:{LEADS.pattern}|负责|主管)[^,，?？]{{0,16}}?的?(?:那个|那家)?(?:部门|单位|机构)(?!是|由|有)|[^?？]*?的牵头(?:部门|单位))"
    r"[,，]?(?P<rest>(?:同时|还|另外|又|一共|总共|总计|在)[^?？]{2,})"
)


def _tasks_of_its_lead(task: Task, rest: str, tasks: Sequence[Task]) -> Draft | Decline | None:
    """Who leads a task, and what that department was given, as the ``rest`` of the question asks."""
    if len(task.duty.leads) != 1:
        return None
    (lead,) = task.duty.leads
    own = [t for t in tasks if t.document is task.document]
    if re.match("还|另外|又", rest):
        held = [t for t in in_scope(rest, (lead,), own) if t.names(lead) and not t.told_itself]
        further: Draft | Decline | None = _further(lead, rest, held or [task], [t for t in held if t is not task])
    else:
        further = _tasks_of((lead,), rest, own, False)
    if not isinstance(further, Draft):
        return further
    return Draft((Line(told(task), task.spans), *further.lines), method="duty")


def _by_limit(
    probe: Probe, core: str, found: Sequence[Candidate], library: Library, tasks: Sequence[Task]
) -> Draft | None:
    """The tasks that have the time limit which a question names, or the limit of the one task that it means, where notes
    tell limits."""
    limited = [t for t in tasks if t.limit]
    folded = fold(core)
    if ASKS_ITEMS.search(core) and ASKS_TASKS.search(core):
        named = {limit for t in limited if (limit := fold(t.limit)) in folded}
        held = [t for t in limited if fold(t.limit) in named and t.document is limited[0].document]
        if len(named) != 1 or not held:
            return None
        return Draft((listing(f"完成时限为{held[0].limit}的共{len(held)}项", held),), method="duty")
    best = next((c for c in found if c.tells), None)
    if best is None or "when" not in probe.question.kinds:
        return None
    duties = library.duties_of(best.document.doc_id)
    by_best = covering(best.document, duties, best.start)
    # A date in the best sentence answers by itself.
    dated = DATE.search(fold(best.text)) and not _is_note(best, duties)
    meant = named_tasks(core, limited) or [t for t in limited if t.duty == by_best and not dated]
    return Draft(tuple(map(limit_line, meant)), method="duty") if meant else None


def _told_first(found: Sequence[Candidate], library: Library, tasks: Sequence[Task]) -> Task | None:
    """The best sentence, where it tells by itself who leads: it goes before a note that tells no lead."""
    best = next((c for c in found if c.tells), None)
    duty = covering(best.document, library.duties_of(best.document.doc_id), best.start) if best is not None else None
    return next((t for t in tasks if t.duty == duty and t.duty.form == "sentence" and t.duty.leads), None)


_QUOTED = 5  #: characters from which a quoted text tells the one task whose note speaks of it


def _quoted(question: Question, tasks: Sequence[Task]) -> list[Task]:
    """The one task whose text holds what a question quotes; none where several do."""
    terms = [fold(term) for term in question.quoted if len(term) >= _QUOTED]
    held = [t for t in tasks if any(term in fold(t.document.text[slice(*t.duty.covers)]) for term in terms)]
    return held if len(held) == 1 else []


def _row_line(task: Task) -> Line:
    """The whole row of a table that a note is."""
    row, head = ((start, end) for _, start, end in task.spans)
    return Line(told_row(task.document.text[slice(*head)], task.document.text[slice(*row)]), task.spans)


_SENT_OUT = r"(?:(?!哪|谁|什么|几|出现|牵头|负责|参与|参加|配合)[^,，。;；?？]){0,12}?(?:文件|通知|意见|方案|规划|办法|要求|分工表|清单)"


def _points(department: str, core: str) -> bool:
    """Whether a question names a department to point at what it sent out: 国办的分工表里, 按国办分工."""
    names = "|".join(map(re.escape, dict.fromkeys((department, *spellings(department)))))
    return bool(re.search(rf"(?:按照?|根据|依据|照)(?:{names})|(?:{names}){_SENT_OUT}", core))


def _own_part(question: Question) -> str:
    """What a follow-up asks itself where it names its own topic, else the whole question: 那调处由谁牵头？ but not
    第二项由谁牵头？, whose topic is what 第二项 was found to stand for."""
    core = question.core.lower()
    if question.asked == question.standalone or question.core.startswith(question.asked):
        return core
    asked = understand(question.asked).core.lower()
    topic = topic_of_duty(asked, ()).strip()
    named = len(topic) >= 3 and all(piece in core for piece in topic.split())
    return asked if ASKS_WHO.search(asked) and named and asked.rstrip("?？")[-4:] in core else core


_LOCAL_NAME = re.compile(r"[省市县区州][\u4e00-\u9fff]{2,10}?[局委厅办](?!员|法|公)")
_EVERYONE = re.compile(r"各(?:有关|相关)?(?:部门|单位|地方|地区|方面)$|(?:有关|相关)(?![省市县区乡镇])")
_LISTS_DUTIES = 3  #: notes from which a document is one that lists who does what
_MANY = 20  #: documents whose notes are looked at when the question points at none


def _tasks(probe: Probe, found: Sequence[Candidate], library: Library, doc_ids: Sequence[str]) -> list[Task]:
    """The notes of the documents that the question may mean: those about the work in which it asks what a body does, or
    that it points at, else those found and those that name its departments; an excerpt only where the whole is not there.
    Documents come in the order in which they were found.
    """
    counts = library.documents_with_duties()
    headers = library.headers()
    fullest: dict[str, str] = {}
    work = work_of_body(probe.question.core)
    meant = about(work, {d: headers[d] for d in doc_ids}) if work is not None else None
    meant = meant or probe.hinted or frozenset(doc_ids)
    for doc_id in (d for d in doc_ids if d in counts and d in meant):
        number = headers[doc_id].number or doc_id
        if number not in fullest or counts[doc_id] > counts[fullest[number]]:
            fullest[number] = doc_id
    rank = {doc_id: i for i, doc_id in reversed(list(enumerate(c.document.doc_id for c in found)))}
    # What an interpretation tells of who does what does not go before the document that it speaks of.
    kept = sorted(fullest.values(), key=lambda d: (is_weak(headers[d]), rank.get(d, len(found))))
    if len(kept) > _MANY:
        asked = [name for d in named_in(probe.question.core) for name in spellings(d)]
        naming = library.documents_with_duties(asked) if asked else {}
        kept = [d for d in kept if d in rank or d in naming][:_MANY]
    return [Task(library.document(d), duty) for d in kept for duty in library.duties_of(d)]


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


def _asks_for_tasks(part: str) -> bool:
    """Whether a clause asks which tasks, not who."""
    return bool(ASKS_TASKS.search(part)) and any(p.search(part) for p in (LEADS, GIVEN, ROLES, WITHOUT))


# --- what a department was given ------------------------------------------------------------------------------------


def _tasks_of(departments: Sequence[str], core: str, tasks: Sequence[Task], hinted: bool) -> Draft | Decline | None:
    """All tasks of the first document that names the departments, leading and taking part kept apart.

    Declined where the question points at documents with lists of duties (``hinted``) and none names them.
    """
    for doc_id in dict.fromkeys(task.document.doc_id for task in tasks):
        own = in_scope(core, departments, [t for t in tasks if t.document.doc_id == doc_id])
        passing = [t for t in own if t.in_passing and all(t.names(d) for d in departments)]
        own = [t for t in own if not t.in_passing]
        held = [t for t in own if all(t.names(d) for d in departments)]
        if not held:
            continue
        shown = "、".join(held[0].spelled(d) for d in departments)
        if len(departments) == 1 and (beside := EXCEPT_FOR.search(core)):
            excepted = beside["what"]
            for name in (*spellings(departments[0]), shown):
                excepted = excepted.removesuffix(fold(name))  # 除了甲工程甲局还牵头什么
            left = _not_excepted(excepted, held)
            kinds = excepted if len(left) == len(held) else ""
            return _further(departments[0], core[beside.end() :], held, left, kinds)
        if len(departments) == 1 and _NOT_LED.search(core):
            others = [t for t in own if t.duty.leads and not t.led_by(departments[0])]
            if others:
                line = listing(f"不由{shown}牵头的共{len(others)}项", others, leads=True)
                return Draft((line,), method="duty")
        asks_lead = bool(LEADS.search(core))
        own_lines = [line for t in held if t.told_itself for line in _member_lines(t)]
        held = [t for t in held if not t.told_itself]
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
            alone = [t for t in held if _acts_alone(t, departments[0], False)]
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
        ):
            line = listing(f"没有写明由{shown}牵头的；{shown}参与{len(joining)}项", joining)
            return Draft((line,), contradicts=True, method="duty")
        if only_leads and not leading:
            line = listing(f"没有写明由{shown}牵头的；{shown}列入{len(joining)}项", joining)
            return Draft((line,), contradicts=True, method="duty")
        lines = [*_whole_scope(core, departments, own), *own_lines]
        if leading:
            lines.append(listing(f"{yes}{shown}牵头{len(leading)}项", leading))
        if joining and not only_leads:
            # Where a document tells no lead, being listed is not the same as only taking part.
            verb = "参与" if all(t.duty.leads for t in joining) else "列入"
            lines.append(listing(f"{'' if leading else yes}{shown}{verb}{len(joining)}项", joining))
        lines += [Line(told(t), t.spans) for t in passing[:_PASSING]]
        return Draft(tuple(lines), method="duty")
    return _names_none("、".join(departments), tasks) if hinted else None


def _said_in_short(core: str, known: Collection[str]) -> tuple[str, ...]:
    """The one body that a question calls by the beginning of its name where it says that it acts alone: 就长河一家 of
    长河水务集团."""
    said = ONLY_BY.search(core)
    begun = said["who"] if said is not None else None
    meant = [name for name in known if begun and fold(name).startswith(fold(begun))]
    return tuple(meant) if len(meant) == 1 else ()


def _own_and_held(departments: Sequence[str], core: str, tasks: Sequence[Task]) -> tuple[Sequence[Task], list[Task]]:
    """The tasks of the first document that names the first of some departments, as far as a question keeps to them, and
    those of them that name it, or have it for a lead where the question asks for that."""
    first = departments[0]
    document = next((t.document for t in tasks if t.names(first)), None)
    own = in_scope(core, departments, [t for t in tasks if t.document is document]) if document is not None else []
    leads = bool(LEADS.search(core))
    return own, [t for t in own if (t.led_by(first) if leads else t.names(first))]


def _in_every(department: str, core: str, tasks: Sequence[Task]) -> Draft | None:
    """Whether every task of the first document that names a department names it, or has it for a lead."""
    leads = bool(LEADS.search(core))
    own, held = _own_and_held((department,), core, tasks)
    if len(own) < _LISTS_DUTIES or not held:
        return None
    shown = held[0].spelled(department)
    verb = f"由{shown}牵头" if leads else f"写明了{shown}"
    without = [t for t in own if t not in held]
    if not without:
        return Draft((listing(f"是，这{len(own)}项都{verb}", own),), method="duty")
    text = f"不是，{len(own)}项中{verb}的有{len(held)}项，其余{len(without)}项不是"
    return Draft((listing(text, without),), contradicts=True, method="duty")


#: 哪几条不归甲局牵头.
_NOT_LED = re.compile(rf"(?<!是)不(?:是|归|由|让)[^,，。?？是]{{1,12}}?(?:{LEADS.pattern})")


def _not_excepted(what: str, held: Sequence[Task]) -> list[Task]:
    """The tasks that are left where some words except one, or those that the department leads: 除了牵头的."""
    names = [OF_EXCEPTED.sub("", piece) for piece in re.split("[和与跟、]", fold(what))]
    named = named_tasks(what, held)
    left = [t for t in held if t not in named and not any(len(n) >= 3 and n in fold(t.name) for n in names)]
    return left


def _further(department: str, asked: str, held: Sequence[Task], left: Sequence[Task], kinds: str = "") -> Draft:
    """What a department does in the tasks that are ``left`` of those that name it: what it leads, what it takes part in,
    or what of the two is ``asked`` for and not excepted by ``kinds``."""
    leading = [t for t in left if t.led_by(department)]
    joining = [t for t in left if t not in leading]
    asks_lead, asks_part = bool(LEADS.search(asked)), bool(JOINS.search(asked))
    shown, lines = held[0].spelled(department), []
    if leading and (asks_lead or not asks_part) and not LEADS.search(kinds):
        lines.append(listing(f"{shown}还牵头{len(leading)}项", leading))
    if joining and (asks_part or not asks_lead) and not JOINS.search(kinds):
        verb = "参与" if all(t.duty.leads for t in joining) else "列入"
        lines.append(listing(f"{shown}还{verb}{len(joining)}项", joining, leads=len(joining) <= _LEADS_TOLD))
    if not lines:  # then what is excepted is all
        leading = [t for t in held if t.led_by(department)]
        joining = [t for t in held if t not in leading]
        told_all = [(verb, own) for verb, own in (("牵头", leading), ("参与", joining)) if own]
        lines = [listing(f"没有，{shown}{verb}{len(own)}项", own) for verb, own in told_all[:1]]
        lines += [listing(f"{shown}{verb}{len(own)}项", own) for verb, own in told_all[1:]]
        return Draft(tuple(lines), contradicts=True, method="duty")
    return Draft(tuple(lines), method="duty")


_PASSING = 2  #: sentences that are told beside the tasks of a department, that it acts with 有关部门
_LEADS_TOLD = 3  #: tasks up to which who leads each is told beside what a department takes part in


def _names_none(department: str, tasks: Sequence[Task], least: int = _LISTS_DUTIES) -> Decline | None:
    """What is said of a department that none of the notes names, where there are as many as a list of duties has."""
    if len(tasks) < least:
        return None
    nearest = [span for task in tasks[:3] for span in task.spans[-1:]]
    return Decline("not_in_corpus", explain("not_in_corpus", f"{department}承担的任务"), tuple(nearest))


def _whole_scope(core: str, departments: Sequence[str], tasks: Sequence[Task]) -> Sequence[Line]:
    """The list below the heading that a question keeps to, where it asks how many there are beside what a department was
    given: 底下有几条，其中…牵头几条."""
    scope = scope_of(core, departments, tasks)
    first = next(iter(re.split(r"其中|[?？]", core)), "")
    asks = first != core and re.search(r"(?:几|多少)[一]?[个项条]", first) and not named_in(first, departments)
    return list_of_children(tasks[0].document, scope).lines if scope is not None and asks else ()


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
    return [Line(closed(document.text[start:last]), tuple(quotes))]


def _each_department(departments: Sequence[str], core: str, tasks: Sequence[Task]) -> Draft | Decline | None:
    """What each of several departments was given, one after the other; None where a department is named by no note."""
    drafts = [_tasks_of((department,), core, tasks, False) for department in departments]
    lines = [line for draft in drafts if isinstance(draft, Draft) for line in draft.lines]
    return Draft(tuple(lines), method="duty") if all(isinstance(draft, Draft) for draft in drafts) else None


#: 有甲局但没有乙局, 名单中含甲局、不含乙局; 甲局在而乙局不在.
_LACKS = r"(?:没有?(?:写|列|提|点|出现|包括|包含)?(?:到|进|明)?|未(?:列|写|包括)?(?:入|明)?|不(?:含|包括|包含|写|列|带|涉及)|缺了?|无)"
_LACKING = r"(?:却|而|但是?|就|又|都|则|也)*(?:没有?|未|不)(?:被|在|参与|参加|列|写|出现|包括|份)"


def _one_without(departments: Sequence[str], core: str) -> tuple[str, str] | None:
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


def _tasks_without(department: str, absent: str, core: str, tasks: Sequence[Task]) -> Draft | None:
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


def _joined_with(departments: Sequence[str], core: str) -> str:
    """A body that a question joins to a department and that no note names: 甲局和乙局共同…; empty where it joins none."""
    body = r"(?P<body>[\u4e00-\u9fff]{1,12}?[部委局署办院厅](?!门|分|长))"
    for department in departments:
        for name in map(re.escape, spellings(department)):
            joined = re.search(rf"{name}[和与跟同及、]{body}", core) or re.search(rf"{body}[和与跟同及、]{name}", core)
            other = joined["body"] if joined else ""
            is_name = _LOCAL_NAME.fullmatch(other) or other in {n for d in named_in(other) for n in spellings(d)}
            if is_name and not any(same_department(other, d) or other.endswith(d) for d in departments):
                return other
    return ""


def _none_shared(groups: Sequence[Sequence[str]], core: str, tasks: Sequence[Task]) -> Draft | Decline | None:
    """That no task names several departments, each by one of its names, with what each was given, counted. Declined where
    one is named nowhere."""
    used = [[d for d in names if any(t.names(d) for t in tasks)] for names in groups]
    unnamed = [names[0] for names, own in zip(groups, used, strict=True) if not own]
    if unnamed:
        return _names_none("、".join(unnamed), tasks, least=1)
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


def _shared_by_any_name(groups: Sequence[Sequence[str]], core: str, tasks: Sequence[Task]) -> Draft | Decline | None:
    """The tasks that several departments share, one of which the notes have under several names."""
    pairs = [names for names in product(*groups) if any(all(t.names(d) for d in names) for t in tasks)]
    drafts = [draft for names in pairs if isinstance(draft := _tasks_of(names, core, tasks, False), Draft)]
    return _one_after_another(drafts) if drafts else _none_shared(groups, core, tasks)


def _one_after_another(drafts: Sequence[Draft]) -> Draft:
    """Several drafts as one."""
    return replace(drafts[0], lines=tuple(line for draft in drafts for line in draft.lines))


def _each_name(names: Sequence[str], core: str, tasks: Sequence[Task]) -> Draft | Decline | None:
    """What a department was given under each of the names that the notes have for it. That it leads nothing is told only
    where it leads nothing under any."""
    drafts = [draft for name in names if isinstance(draft := _tasks_of((name,), core, tasks, False), Draft)]
    told = [draft for draft in drafts if not draft.contradicts] or drafts
    return _one_after_another(told) if told else None


def _asks_only_leads(core: str) -> bool:
    """Whether every clause that asks for tasks asks for those that a department leads."""
    asking = [c for c in re.split(r"[,，;；。?？!！]", core) if ASKS_TASKS.search(c)]
    # 是哪些 says nothing of a role: it goes with the clause that does.
    asking = [c for c in asking if LEADS.search(c) or GIVEN.search(c)] or (asking and [core])
    # 任务 and 负责 go with either: 牵头负责的任务有哪些.
    return bool(asking) and all(
        LEADS.search(c) and not GIVEN.search(re.sub("任务|负责|出现|写明|点名", "", LEADS.sub("", c))) for c in asking
    )


def _shared(departments: Sequence[str], core: str, held: Sequence[Task]) -> Draft | None:
    """The tasks that several departments share."""
    shown = "、".join(held[0].spelled(d) for d in departments)
    if re.search(r"(?:共同|联合|一起|都)(?:牵头|带头|领头|打头)", core):
        held = [t for t in held if all(t.led_by(d) for d in departments)]
        return Draft((listing(f"{shown}共同牵头{len(held)}项", held),), method="duty") if held else None
    return Draft((listing(f"{shown}同列{len(held)}项", held, leads=True),), method="duty")


def _tasks_by_lead(core: str, tasks: Sequence[Task]) -> Draft | None:
    """Tasks of the best document that are led jointly, by one department, or by none; None when that is not asked."""
    own = in_scope(core, (), [t for t in tasks if t.document is tasks[0].document])
    # 大多一家领头，哪两项写明共同牵头: what goes before does not ask.
    asking = [c for c in re.split("[,，;；。]", core) if _asks_for_tasks(c)]
    core = asking[0] if asking else core
    if NO_LEAD.search(core):
        held, words = [t for t in own if not t.duty.leads], "没有写明牵头部门"
    elif SINGLE.search(core):
        one = [t for t in own if len(t.duty.leads) == 1]
        alone = [t for t in one if len(t.duty.departments) == 1]
        held, words = (alone, "只写一个部门牵头") if alone else (one, "由一个部门牵头、其他部门参与")
    elif JOINT.search(core):
        held, words = [t for t in own if t.jointly_led], "共同牵头"
    else:
        return None
    if held:
        return Draft((listing(f"{words}的共{len(held)}项", held, leads=True),), method="duty")
    spans = tuple(dict.fromkeys(span for task in own for span in task.spans))
    return Draft((Line(f"这{len(own)}项中没有{words}的。", spans),), contradicts=True, method="duty")


def _most_named(core: str, tasks: Sequence[Task]) -> Draft:
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


_OF_PART = re.compile(r"[\"”」』》)]?(?:的)?(?:部分|方面|这块|那块|章|节|里|中|下|底下|当中)")


def _in_part(core: str, tasks: list[Task]) -> list[Task]:
    """The tasks below a heading that the question says in full as the place where they stand: 保障措施部分由谁……."""
    folded = fold(core)
    for document in dict.fromkeys(t.document for t in tasks):
        for section in document.sections:
            title = fold(section.title)
            at = folded.find(title) if len(title) >= 3 else -1
            if at >= 0 and _OF_PART.match(folded, at + len(title)):
                below = [t for t in tasks if t.document is document and t.section.parent is not None]
                below = [t for t in below if t.section is not section and within(document, t.section, section)]
                if len(below) > 1:
                    return below
    return tasks


#: 重点行动的第二项, 保障措施里倒数第二条, 主要任务最后一项: an item of a list that is called by its heading.
_NTH = re.compile(
    r"(?P<list>[^,，。;；?？]{2,30}?)(?P<back>倒数)?(?:第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})|(?P<last>(?:最后|最末|末尾)一))"
    r"(?:项|条|个(?!部门|单位|机构)|点|方面)"
)
_HEADING = 3  #: characters of a heading by which a list is called


def _nth_of_list(core: str, tasks: Sequence[Task]) -> tuple[SourceDocument, Section] | None:
    """The item that a question calls by its number below a heading; None where it calls none so, or the list has none of
    that number."""
    asked = _NTH.search(fold(core))
    called = _list_called(asked["list"], tasks) if asked is not None else None
    if asked is None or called is None:
        return None
    document, items = called
    number = 1 if asked["last"] else number_of(asked["number"]) or 0
    if asked["back"] or asked["last"]:
        return (document, items[-number]) if 0 < number <= len(items) else None
    numbered = [item for item in items if item.number == number]
    placed = [] if any(item.number for item in items) else items[number - 1 : number]
    return next(((document, item) for item in (*numbered, *placed)), None)


def _list_called(said: str, tasks: Sequence[Task]) -> tuple[SourceDocument, list[Section]] | None:
    """The items below the heading that some words say, at least half of it; else below the one heading that ends in the
    noun in which they end: 行动 of 重点行动. None where they say none."""
    noun = re.sub("(?:的|中|里面?|下面?|部分)+$", "", said)[-2:]
    best: tuple[int, SourceDocument, list[Section]] | None = None
    by_noun = []
    for document in dict.fromkeys(t.document for t in tasks):
        for section in document.sections:
            items = listed_children(document, section)
            own = own_words(fold(section.title), _HEADING)
            size = longest_shared(own, said, _HEADING)
            if len(items) > 1 and own and 2 * size >= len(own) and (best is None or size > best[0]):
                best = (size, document, items)
            if len(items) > 1 and own.endswith(noun):
                by_noun.append((document, items))
    if best is not None:
        return best[1:]
    return by_noun[0] if len(by_noun) == 1 else None


def _who_of_item(
    document: SourceDocument,
    item: Section,
    tasks: Sequence[Task],
    departments: Sequence[str],
    core: str,
    whether: bool,
) -> Draft | Decline:
    """Who does one item of a list, by its own notes, those below it, or the one that it inherits; declined where it has
    none."""
    own = [t for t in tasks if t.document is document]
    held = [t for t in own if t.section is item] or [t for t in own if within(document, t.section, item)]
    above = (t for s in document.upwards(item) for t in own if t.section is s and t.duty.form == "note")
    meant = held or [t for t in (next(above, None),) if t is not None]
    if not meant:
        title = f"“{item.title}”" if item.title else f"“{item.label}”"
        nearest = ((document.doc_id, *item.heading),) if item.heading[1] > item.heading[0] else ()
        return Decline("not_in_corpus", explain("not_in_corpus", f"{title}由谁负责"), nearest)
    if len(meant) > 1:
        return Draft(
            (listing(f"“{item.title or item.label}”分工如下，共{len(meant)}项", meant, leads=True),), method="duty"
        )
    return _who(meant, departments, core, whether)


def _each_asked(task: Task, departments: Sequence[str], core: str) -> Draft | None:
    """Two questions for yes or no about one task, each of another department: 由甲局牵头吗？有没有乙局？ None for one."""
    pieces = [piece + "？" for piece in re.split("[?？;；。]", core) if piece.strip()]
    asked = [[d for d in departments if any(fold(n) in fold(piece) for n in spellings(d))] for piece in pieces]
    if len(pieces) < 2 or any(len(own) != 1 for own in asked):
        return None
    drafts = [_who([task], own, piece, True) for piece, own in zip(pieces, asked, strict=True)]
    lines = tuple(line for draft in drafts for line in draft.lines)
    return Draft(lines, contradicts=any(draft.contradicts for draft in drafts), method="duty")


# --- who does what is meant -----------------------------------------------------------------------------------------


def _group(core: str, tasks: Sequence[Task]) -> Draft | None:
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


def _topics(
    core: str,
    departments: Collection[str],
    library: Library,
    tasks: Sequence[Task],
    search: Callable[[str], Sequence[Candidate]],
) -> list[Task] | None:
    """The task that each topic of the question means, as the sentences found for the topic alone vote; None where they
    vote for one that has no note.

    The words that ask for a role are left out of the search: every note holds them, so that they hide the topic.
    """
    asks = [p for p in PIECES.split(core) if LEADS.search(p) and (ASKS_WHO.search(p) or ROLE_NOUN.search(p))]
    asking = [p for p in asks if topic_of_duty(p, departments)]
    pieces = asking if len(asking) > 1 else [core]
    if SEVERAL.search(core):
        end = TOPIC_END.search(core)
        pieces = PIECES.split(core[: end.start()] if end and end.start() >= 6 else core)
    chosen: list[Task] = []
    for piece in pieces:
        topic = topic_of_duty(piece, departments)
        best = named_tasks(piece, tasks)[:1]
        if not best and topic:
            ranked = search(topic)
            votes = _votes(ranked, library, tasks)
            best = [task for task in sorted(votes, key=lambda task: -votes[task])[:1] if votes[task] >= _FAR_BEHIND]
            if _votes_without(ranked, library, tasks) > max(votes.values(), default=0.0) and not departments:
                return None
        chosen += [task for task in best if task not in chosen]
    return chosen[:3]


def _meant_by(
    said: str, library: Library, tasks: Sequence[Task], search: Callable[[str], Sequence[Candidate]]
) -> Task | None:
    """The one task that a few words mean: its name, a piece of its name alone, or what the sentences found vote for."""
    topic = topic_of_duty(said).strip('的“”"')
    in_name = [t for t in tasks if len(topic) >= 3 and fold(topic) in fold(t.name)]
    by_name = named_tasks(said, tasks) or (in_name if len(in_name) == 1 else [])
    if by_name or not topic:
        return by_name[0] if by_name else None
    votes = _votes(search(topic), library, tasks)
    best = max(votes, key=lambda task: votes[task], default=None)
    return best if best is not None and votes[best] >= _FAR_BEHIND else None


_REASON = re.compile(r"因为|由于|鉴于|考虑到|是为了|旨在|有利于|便于|以便")


def _reason_untold(found: Sequence[Candidate]) -> Decline | None:
    """What is said of why a department acts: nothing, unless a sentence found tells a reason in which bodies act."""
    if any(_REASON.search(c.text) and (LEADS.search(c.text) or ROLES.search(c.text)) for c in found[:5]):
        return None
    nearest = [(c.document.doc_id, c.start, c.end) for c in found[:3]]
    return Decline("not_in_corpus", explain("not_in_corpus", "这样分工的理由"), tuple(nearest))


def topic_of_duty(piece: str, departments: Collection[str] = ()) -> str:
    """What is left of a question without the words that ask for a role and the departments that it asks about."""
    for name in named_in(piece, departments):
        piece = piece.replace(name, "")
    for pattern in (ROLE_NOUN, LEADS, ASKS_WHO, MEMBERSHIP, ROLES):
        piece = pattern.sub(" ", piece)
    topic = " ".join(c for c in re.split(r"[,，;；。?？!！\s]+", piece) if len(c) > 1)
    return topic if any(w not in ASKING_WORDS for w in words(topic)) else ""


_FAR_BEHIND = 0.002  #: vote below which what was found for a topic speaks of something that no note is about


def _votes(found: Sequence[Candidate], library: Library, tasks: Sequence[Task]) -> dict[Task, float]:
    """How much the sentences found speak for each task. Notes do not vote: each fits any question about roles."""
    by_duty = {t.duty: t for t in tasks}
    votes: dict[Task, float] = {}
    for candidate in found:
        duties = library.duties_of(candidate.document.doc_id)
        duty = covering(candidate.document, duties, candidate.start) or _said_beside(candidate, duties)
        if duty in by_duty and duty.form != "member" and not _is_note(candidate, duties):
            task = by_duty[duty]
            votes[task] = votes.get(task, 0.0) + math.exp(candidate.score - found[0].score)
    return votes


def _said_beside(candidate: Candidate, duties: Sequence[Duty]) -> Duty | None:
    """The clause in the section of a sentence that says who acts in what the sentence speaks of."""
    if candidate.section is None:
        return None
    own = [d for d in duties if d.form == "sentence" and d.section == candidate.section.index]
    pairs = set(map("".join, pairwise(candidate.text)))

    def shared(duty: Duty) -> int:
        text = candidate.document.text[slice(*duty.covers)]
        return sum(pair in pairs for pair in set(map("".join, pairwise(text))))

    return max(own, key=shared, default=None)


def _votes_without(found: Sequence[Candidate], library: Library, tasks: Sequence[Task]) -> float:
    """How much the sentences found speak for tasks without a note that stand beside tasks with one."""
    beside = {(t.document.doc_id, t.section.parent) for t in tasks if t.duty.form == "note"}
    votes = 0.0
    for candidate in found:
        document, section = candidate.document, candidate.section
        duties = library.duties_of(document.doc_id)
        if (
            section is None
            or covering(document, duties, candidate.start) is not None
            or _said_beside(candidate, duties)
        ):
            continue
        above = next((s for s in document.upwards(section) if (document.doc_id, s.parent) in beside), None)
        if above is not None and above.parent is not None:
            votes += math.exp(candidate.score - found[0].score)
    return votes


#: What notes alone tell of: 谁负责 may be told by any sentence.
_TAKES_PART = re.compile(r"谁(?:来|去|在)?(?:配合|协同|协办|会同|参与)")


def _likely(core: str, found: Sequence[Candidate], library: Library, tasks: Sequence[Task]) -> bool:
    """Whether the sentences found for a question without a word for leading stand below notes.

    It may as well ask what a sentence says (由谁审批, 谁负责解释): not where the best sentence is one that tells that.
    """
    best = next((c for c in found if c.tells), None)
    if best is None or _is_note(best, library.duties_of(best.document.doc_id)):
        return True
    first = found[0]  # the heading of a task, which tells nothing itself
    if _TAKES_PART.search(core) and covering(first.document, library.duties_of(first.document.doc_id), first.start):
        return True
    acting = re.search(r"[由应].{2,30}(?:审批|制定|解释|审核|办理|承担|监督|批准)|负责(?!$)", best.text)
    everything = sum(math.exp(c.score - found[0].score) for c in found if c.tells)
    if acting and covering(best.document, library.duties_of(best.document.doc_id), best.start) is None:
        return False
    return sum(_votes(found, library, tasks).values()) > 0.3 * everything


def _is_note(candidate: Candidate, duties: Sequence[Duty]) -> bool:
    """Whether a sentence found is little else than a note."""
    held = sum(d.end - d.start for d in duties if d.form == "note" and candidate.start <= d.start < candidate.end)
    return 2 * held > candidate.end - candidate.start or any(
        d.start <= candidate.start and candidate.end <= d.end for d in duties if d.form == "note"
    )


_OUGHT = re.compile("要(?:不要)?管|管不管|[用该]不[用该]管")


#: 是不是甲局负责, 归甲局管吗: answered by 是.
_IS_IT = re.compile("是(?!否)[^,，。?？]{1,20}(?:负责|主管|管)|归[^,，。?？]{1,14}管")


def _acts_alone(task: Task, department: str, asks_lead: bool) -> bool:
    """Whether a department is the only one that leads a task, or that is named for it where the lead is not asked for."""
    names = task.duty.leads if asks_lead else task.duty.departments
    return len(names) == 1 and same_department(names[0], department) and (asks_lead or not task.duty.open_ended)


def _supposed_lead(core: str, department: str, whether: bool) -> bool:
    """Whether a question takes it for granted that a department leads: 既然改由甲局牵头, 甲局牵头的乙工程分几步."""
    names = "|".join(map(re.escape, spellings(department)))
    said = re.search(rf"(?<!不是)(?:{names})(?:已经|来|去|一家|单独)?(?:{LEADS.pattern})", fold(core))
    return bool(said) and not whether


def _led_in_question(core: str, task: Task, departments: Sequence[str]) -> bool:
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


def _of_level(level: str, task: Task) -> str:
    """The end of what is told of a task: which of several bodies are of a level; a full stop where all or none are."""
    names = task.duty.departments
    held = [name for name in names if one_of(name).startswith(level)]
    return f"，其中{level}级的是{'、'.join(held)}。" if 0 < len(held) < len(names) else "。"


def _who(meant: Sequence[Task], departments: Sequence[str], core: str, whether: bool) -> Draft:
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
            true = _acts_alone(task, asked, asks_lead) if alone and only_asks else true
            more = text.removeprefix(told(task)[:-1])
            listed = bool(LISTED.search(core)) and not asks_lead
            text = told_of(task, asked, lead_asked=asks_lead or bool(alone), listed=listed)[:-1] + more
            if asks_lead or alone or _IS_IT.search(core):
                yes, no = "是", "不是"
            else:
                yes, no = ("要", "没有") if _OUGHT.search(core) else ("有", "没有")
            text = (f"{yes if true else no}，" if only_asks else "") + text
            contradicts |= only_asks and not true
            contradicts |= any(_supposed_lead(core, d, whether) and not task.led_by(d) for d in departments)
        lines.append(Line(text, task.spans))
        if task.limit and ASKS_LIMIT.search(core):
            lines.append(limit_line(task))
    return Draft(tuple(lines), contradicts=contradicts, method="duty")
