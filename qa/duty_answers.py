"""Answers from responsibility notes: who leads what, who takes part, what a department was given."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from corpus.document import Header, Section, SourceDocument
from corpus.duties import Duty, covering, limit_in
from corpus.labels import number_of
from corpus.sentences import sentence_spans
from index.tokens import fold, words
from qa.address import longest_shared, own_words
from qa.departments import named_in, predecessors, same_department, spellings, successors
from qa.evidence import Candidate, Probe
from qa.extractive import MAX_CHARACTERS, MAX_QUOTE, Decline, Draft, Line, Span, closed, first_row, told_row
from qa.lists import list_of_children
from qa.patterns import DATE
from qa.question import ASKING_WORDS, Question, kinds_of, understand
from qa.refusal import explain


class Library(Protocol):
    """The documents and their responsibility notes."""

    def document(self, doc_id: str) -> SourceDocument: ...
    def headers(self) -> Mapping[str, Header]: ...
    def duties_of(self, doc_id: str) -> tuple[Duty, ...]: ...
    def documents_with_duties(self, names: Collection[str] | None = None) -> Mapping[str, int]: ...


@dataclass(frozen=True, eq=False)
class Task:
    """What a note speaks of: a section, a sentence or a row of a table."""

    document: SourceDocument
    duty: Duty

    @property
    def section(self) -> Section:
        return self.document.sections[self.duty.section]

    @property
    def name(self) -> str:
        return self.called()

    def called(self, most: int = 0) -> str:
        """What the task is called; an item without a heading by its beginning, see ``beginning``."""
        if self.duty.form == "row":
            return self.document.text[slice(*self.duty.item)].strip()
        if self.duty.form == "member":
            told = re.split("[：:]", self.document.text[slice(*self.duty.covers)], maxsplit=1)[-1]
            return re.split("[；;。]", told)[0].strip()
        if self.section.title or not self.section.label:
            return self.section.title or self.document.header.title
        start, end = self.beginning(most)
        return self.document.text[start:end].strip("，,。；;：: ") or self.section.label

    def beginning(self, most: int = 0) -> tuple[int, int]:
        """The span in which an item without a heading says what is to be done: its first clause, and those after it that
        end within ``most`` characters, up to the end of its first line or the note that names who does it."""
        begin = self.section.start + len(self.section.label)
        text = self.document.text[
            begin : min(self.section.end, self.duty.start if self.duty.start > begin else self.section.end)
        ]
        ends = [m.end() for m in _CLAUSE.finditer(text.lstrip().split("\n")[0])]
        within = [end for i, end in enumerate(ends) if i == 0 or end <= most]
        return begin, begin + (within[-1] + len(text) - len(text.lstrip()) if within else 0)

    @property
    def untitled(self) -> bool:
        """Whether it is an item that has a number and no heading."""
        return self.duty.form not in ("row", "member") and bool(self.section.label) and not self.section.title

    @property
    def spans(self) -> tuple[Span, ...]:
        """Heading, note and, where it was used and stands elsewhere, the rule that the first in the list leads."""
        doc_id, duty = self.document.doc_id, self.duty
        if duty.form == "row":
            return ((doc_id, *duty.covers), (doc_id, *first_row(self.document.text, duty.start)))
        if duty.form != "note":
            return ((doc_id, *duty.covers),)
        heading = self.section.heading
        spans = [(doc_id, *heading)] if heading[1] > heading[0] else []
        if not spans and self.section.label:
            spans = [(doc_id, self.section.start, self.beginning()[1])]
        spans.append((doc_id, duty.start, duty.end))
        if duty.rule is not None and not duty.start <= duty.rule[0] < duty.end:
            spans.append((doc_id, *duty.rule))
        return tuple(spans)

    @property
    def told_itself(self) -> bool:
        """Whether the note says in its own words what is to be done, and no heading does."""
        return self.duty.form == "member" or (self.duty.form == "sentence" and not self.section.title)

    @property
    def heading(self) -> tuple[Span, ...]:
        """The heading by which a clause in running text is called in a list."""
        start, end = self.section.heading
        return ((self.document.doc_id, start, end),) if self.duty.form == "sentence" and end > start else ()

    @property
    def limit(self) -> str:
        """Until when the note says that the task is to be done; empty where it does not."""
        return limit_in(self.document.text[self.duty.start : self.duty.end]) if self.duty.form == "note" else ""

    def spelled(self, department: str) -> str:
        """The note's own name for a department; the canonical name where the note does not name it."""
        return next((d for d in self.duty.departments if same_department(d, department)), department)

    def led_by(self, department: str) -> bool:
        return any(same_department(d, department) for d in self.duty.leads)

    def names(self, department: str) -> bool:
        return any(same_department(d, department) for d in self.duty.departments)


#: A clause, its quotations and brackets whole.
_CLAUSE = re.compile(r"(?:“[^”\n]*”|[（(][^（()）\n]*[)）]|[^，,。；;：:（(\n“]){2,}[，,。；;：:]?")
_FEW, _WHOLE = 3, 90  #: tasks that are told in up to as many characters each


# --- the wording of questions ---------------------------------------------------------------------------------------

_LEADS = re.compile(
    r"牵(?:个|的|了)?头|带(?:个|的|了)?头|领(?:个)?头|挑(?:大梁|头)|打头|排(?:名|在)?(?:第一|首|头一?|最前|前头)|为首|班长|主抓|主办|抓总|领衔|挂帅|唱主角|当家|第一责任"
    r"|列(?:在)?(?:第一|首)|\blead(?:s|ing)?\b|\bhead(?:s|ed)\b"
)
_ROLES = re.compile(
    r"负责|主责|主管|分管|责任|分工|配合|参与|参加|协同|会同|名单|归.{0,10}管|(?<!回)归[^,，。?？]{0,6}(?:谁(?!所有)|哪(?:个|家|几个)?(?:部门|单位|机构|[局委厅办])|什么(?:部门|单位))|管着|谁(?:来|在|去)?管|一起管|由(?:谁|哪).{0,8}[管抓]|(?:压|落|搁|扣|交|派|摊|安)(?:在|给|到)(?:了)?(?:谁|(?:哪|什么)[^,，。?？]{0,3}(?:部门|单位|机构|[局委厅]))|哪(?:几|些)?(?:家|个部门|个单位)(?:在|来|一起)?[管抓]|(?:谁|哪).{0,6}(?:来抓|在抓|去抓)"
    r"|\bresponsible\b|\bin charge\b|\btakes? part\b"
)
#: How a question speaks of what a department was given.
_GIVEN = re.compile(
    r"任务|职责|分工|分到|摊[到上]|派到|给到|领到|有份|拉进|拉来|管着|管了|管(?:什么|哪|啥|几)|主管|分管|列入|列在|列进|写进|写在|写明|点名|点到|出现|露(?:[过了]|[一两几]?次){0,2}面|名单|承担|负责|参与|参加|配合|协同|协助|活儿?(?![动力跃])|要(?:做|干)|做什么|干什么|干啥"
)
_ASKS_TASKS = re.compile(
    r"(?:哪(?!个部|些部|几个部|家|几家|位|个厅|个局|[个家]是(?:牵头|主责|负责|责任))|几(?:个|项|条|样|处|件|块|次|回|方面)|什么(?!部门|单位|机构)|啥|多少|所有|全部|一共|别的|其他|还.{0,6}吗|列(?:出|举|一下)|罗列|有(?:没有)?.{0,6}(?:任务|分工|职责|活)(?!由|是|归)"
    r"|\bwhich (?:tasks|actions|items)\b)"
)
_ASKS_WHO = re.compile(
    r"谁|哪(?:一|几|些)?(?:家|个|位)?(?:国家|中央|省|市|区|县)?(?:部|委|厅|局|办|科|处|单位|机构|机关)|哪(?:一|几)?家(?!公司|企业|平台|医院|学校|大学|商家|店|厂|网站|媒体)|哪些(?:部|单)|什么(?:部门|单位|机构)|(?:部门|单位)(?:有|是|包括|都有)?(?:谁|哪些|哪几)|几家|一家"
    r"|\bwho\b|\bwhich (?:department|ministry|agency|body)\b"
)
_ROLE_NOUN = re.compile(
    r"(?:负责|牵头|责任|主管|配合|参与|参加|协同|协办|承办|主办)(?:的)?(?:部门|单位|科室|厅局|机构|主体)"
)
_HOW_LEADS = re.compile(r"牵头的?(?:部门|单位).{0,4}(?:怎么|怎样|如何|咋|按什么|以什么).{0,4}(?:定|算|看|判断)")
_MEMBERSHIP = re.compile(r"在不在|有没有|有没|有份|算不算|包(?:不包)?括|列没列|写没写")
_WITHOUT = re.compile(
    r"没(?:有)?(?:被)?(?:写|列|提|出现|包括|参与|份|点|纳入)|未(?:被)?(?:列|写|出现|参与|纳入)|不(?:含|包括|在|涉及)(?!不)|缺席|漏(?:了|掉)|(?:没有|没)(?=.{2,12}(?:的|$))"
)
_NO_LEAD = re.compile(r"(?:没(?:有)?|未|不)(?:.{0,3}(?:写|说|明|指定|点|定))*.{0,4}(?:牵头|带头|领头)")
_JOINT = re.compile(
    r"(?:共同|联合|一起|合着|并列)(?:牵头|带头|领头|打头|挑头)|(?:几|多|两|二|三|不止一|好几)(?:个|家)?(?:部门|单位|家|科室).{0,4}(?:牵头|带头|领头|挑头)"
)
_SINGLE = re.compile(
    r"(?:只|就|仅).{0,5}一(?:个|家)(?:责任|牵头|负责)(?:部门|单位)"
    r"|(?:(?:只|就|仅)(?:有|写|列|由|是)?.{0,6}一(?:个|家)?|单独|独自|独家|(?<!名)单(?!位)|(?<![那这哪每同第])一(?:个|家))(?:部门|单位)?.{0,6}"
    r"(?:牵头|带头|领头|挑头|负责)"
)
#: What a department leads alone: 单独牵头, 不算共同牵头的.
_ALONE = re.compile(r"(?:单独|独自|独家|一家)[^,，。;；]{0,4}(?:牵头|带头|领头|挑头|排|列)")
_NOT_JOINT = re.compile(r"(?:不(?:算|含|包括)|除(?:去|开|了)|去掉)[^,，。;；]{0,3}(?:共同|联合)")
_MOST = re.compile(r"最(?:多|频繁|忙)")
_SEVERAL = re.compile(r"分别|各(?:由|是|归|自)|\band (?:on|for|of|in)\b")
_EACH = re.compile(
    r"分别|各(?:由|是|归|自|项|条|个)|每(?:项|条|个|一)|都(?:由|是|归)谁|(?:几项|哪些|的)任务.{0,12}(?:牵头|负责)"
)
_EXCEPT = re.compile(r"除(?:了|去|开)")
_TOPIC_END = re.compile(r"分别|各(?:由|是|归|自)|(?:都)?[由归是]?(?:谁|哪(?:个|家|些|几|位))")
_PIECES = re.compile(r"[,，;；、]|和|与|跟|以及|还有|\band\b")


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
    leads = bool(_LEADS.search(core))
    by_limit = bool(_ASKS_LIMIT.search(core)) and "whether" not in probe.question.kinds
    by_role = leads or any(p.search(core) for p in (_ROLES, _GIVEN, _MEMBERSHIP))
    tasks = _tasks(probe, found, library, doc_ids) if by_role or by_limit else []
    if not tasks:
        return None
    limited = _by_limit(probe, core, found, library, tasks) if by_limit and not leads else None
    if limited is not None or not by_role:
        return limited
    known = {name for t in tasks for name in t.duty.departments if len(name) > 2 and not _EVERYONE.match(name)}
    if _HOW_LEADS.search(core):
        rules = [(t.document, t.duty.rule) for t in tasks if t.duty.rule is not None]
        lines = [Line(closed(d.text[slice(*rule)]), ((d.doc_id, *rule),)) for d, rule in rules[:1]]
        return Draft(tuple(lines), method="duty") if lines else None
    departments = tuple(_as_written(name, tasks) for name in named_in(core, known))
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
    # 它的配合单位有哪些 asks for departments, whatever department it names.
    whose = bool(_ROLE_NOUN.search(core)) and not _ASKS_ITEMS.search(core)
    parts = () if whose else _with_department(probe.question.parts, departments)
    if departments and any(_asks_for_tasks(part) for part in parts):
        named = _named(core, tasks)
        if len(named) == len(departments) == 1 and not _LEADS.search(core) and not named[0].names(departments[0]):
            return _who(named, departments, core, whether=True)  # what a department does in a task that is not its own
        together = any(all(t.names(d) for d in departments) for t in tasks)
        asks_shared = re.search("共同|一起|都|同时", core)
        if len(departments) > 1 and (_EACH_OF.search(core) or (not together and not asks_shared)):
            return _each_department(departments, core, tasks)
        return _tasks_of(departments, core, tasks, bool(probe.hinted) and bool(_ASKS_OWN.search(core)))
    if not departments and (group := _group(core, tasks)) is not None:
        return group
    local = _LOCAL_NAME.search(core)
    if not departments and local and not _ASKS_WHO.search(core):
        # It asks about a department that no note names: what the others do is no answer.
        near = {c.document for c in found} | {task.document for task in tasks}
        told = any(local.group() in document.text for document in near)
        return None if told or not _asks_for_tasks(core) else _names_none(local.group(), tasks)
    by_lead = any(p.search(core) for p in (_NO_LEAD, _SINGLE, _JOINT)) and re.search(r"任务|事项|[哪几]项|工作", core)
    if not departments and (_asks_for_tasks(core) or by_lead):
        draft = _tasks_by_lead(core, tasks)
        if draft is not None:
            return draft
    if not departments and _MOST.search(core) and _ASKS_WHO.search(core) and _OF_DUTIES.search(core):
        return _most_named(core, tasks)
    whether = (bool(departments) or bool(_JOINT.search(core))) and "whether" in probe.question.kinds
    own = _own_part(probe.question)
    tasks = _in_part(own, tasks)
    named = _named(own, tasks)
    if not (leads or _ROLES.search(core) or named and departments and _MEMBERSHIP.search(core)):
        return None
    apart = len(named) > 1 and leads and "compare" in probe.question.kinds
    if not (_ASKS_WHO.search(core) or _ROLE_NOUN.search(core) or whether or departments and leads or apart):
        return None
    if not leads and not named and not _ROLE_NOUN.search(core) and not _likely(found, library, tasks):
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
    return _who(meant, departments if len(meant) == 1 and not _EXCEPT.search(core) else (), core, whether)


_DONE = "完成|办结|落实|到位|做完|干完"
#: How a question speaks of until when something is to be done.
_ASKS_LIMIT = re.compile(
    rf"时限|期限|(?:{_DONE})[^,，。?？]{{0,4}}(?:什么时候|何时|啥时|哪[一]?[年天月]|几[月号])|(?:什么时候|何时|啥时候?|哪[一]?[年天月]|几[月号])[^,，。?？]{{0,8}}(?:{_DONE})"
    rf"|\d[年月日](?:底|末)?(?:之?前|以前)?[^,，。?？]{{0,4}}(?:{_DONE})"
)


def _by_limit(
    probe: Probe, core: str, found: Sequence[Candidate], library: Library, tasks: Sequence[Task]
) -> Draft | None:
    """The tasks that have the time limit which a question names, or the limit of the one task that it means, where notes
    tell limits."""
    limited = [t for t in tasks if t.limit]
    folded = fold(core)
    if _ASKS_ITEMS.search(core) and _ASKS_TASKS.search(core):
        named = {limit for t in limited if (limit := fold(t.limit)) in folded}
        held = [t for t in limited if fold(t.limit) in named and t.document is limited[0].document]
        if len(named) != 1 or not held:
            return None
        return Draft((_listing(f"完成时限为{held[0].limit}的共{len(held)}项", held),), method="duty")
    best = next((c for c in found if c.tells), None)
    if best is None or "when" not in probe.question.kinds:
        return None
    duties = library.duties_of(best.document.doc_id)
    by_best = covering(best.document, duties, best.start)
    # A date in the best sentence answers by itself.
    dated = DATE.search(fold(best.text)) and not _is_note(best, duties)
    meant = _named(core, limited) or [t for t in limited if t.duty == by_best and not dated]
    return Draft(tuple(map(_limit_line, meant)), method="duty") if meant else None


def _limit_line(task: Task) -> Line:
    """Until when a task is to be done."""
    return Line(f"“{task.name}”完成时限：{task.limit}。", task.spans)


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
    return asked if _ASKS_WHO.search(asked) and named and asked.rstrip("?？")[-4:] in core else core


_EACH_OF = re.compile(r"各(?!级|地|类|项|部门|单位|有关)|分别")
_OF_DUTIES = re.compile(r"任务|牵头|参与|负责|承担|出现|列入|配合|分工|[带挑领]头")
_ASKS_OWN = re.compile(
    r"(?:牵头|负责|参与|参加|配合|承担|协同|分到|摊[上到]|管)(?:的|了|着)?[^,，。?？]{0,6}(?:什么|哪|几|啥|多少)"
    r"|(?:哪|什么|几)[^,，。?？]{0,8}(?:任务|事项|工作)[^,，。?？]{0,6}(?:牵头|负责|参与|配合|承担)?"
)
#: Words for what is given to departments, and how it is asked for.
_ASKS_ITEMS = re.compile(
    r"任务|事项|工作|项目|(?:哪|几|多少)[几一些]?[项条](?!件)|(?:哪|几)(?:几|一|些)?个?(?:行动|措施|工程)"
)
_LOCAL_NAME = re.compile(r"[省市县区州][\u4e00-\u9fff]{2,10}?[局委厅办](?!员|法|公)")
_HOW_MANY = re.compile(
    r"(?<!还是)(?:几|多少)个?(?:家|部门|单位|机构)|(?:部门|单位)(?:一共|总共|共)?有?(?:几|多少)[个家]"
)
_ASKS_OTHERS = re.compile(r"(?:配合|参与|参加|协同|协办|协助)(?:的)?(?:部门|单位|科室)")
_JOINS = re.compile(r"参与|参加|配合|协助")
_EVERYONE = re.compile(r"各(?:有关|相关)?(?:部门|单位|地方|地区|方面)$|有关|相关")
_LISTS_DUTIES = 3  #: notes from which a document is one that lists who does what
_MANY = 20  #: documents whose notes are looked at when the question points at none


def _tasks(probe: Probe, found: Sequence[Candidate], library: Library, doc_ids: Sequence[str]) -> list[Task]:
    """The notes of the documents that the question may mean: those it points at, else those found and those that name
    its departments; an excerpt only where the whole is not there. Documents come in the order in which they were found.
    """
    counts = library.documents_with_duties()
    headers = library.headers()
    fullest: dict[str, str] = {}
    for doc_id in (d for d in doc_ids if d in counts and (not probe.hinted or d in probe.hinted)):
        number = headers[doc_id].number or doc_id
        if number not in fullest or counts[doc_id] > counts[fullest[number]]:
            fullest[number] = doc_id
    rank = {doc_id: i for i, doc_id in reversed(list(enumerate(c.document.doc_id for c in found)))}
    kept = sorted(fullest.values(), key=lambda d: rank.get(d, len(found)))
    if len(kept) > _MANY:
        asked = [name for d in named_in(probe.question.core) for name in spellings(d)]
        naming = library.documents_with_duties(asked) if asked else {}
        kept = [d for d in kept if d in rank or d in naming][:_MANY]
    return [Task(library.document(d), duty) for d in kept for duty in library.duties_of(d)]


def _as_written(department: str, tasks: Sequence[Task]) -> str:
    """A department as notes name it: by the name of one whose work it took over where they do not name itself."""
    if any(task.names(department) for task in tasks):
        return department
    return next((old for old in predecessors(department) if any(task.names(old) for task in tasks)), department)


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
    return bool(_ASKS_TASKS.search(part)) and any(p.search(part) for p in (_LEADS, _GIVEN, _ROLES, _WITHOUT))


# --- what a department was given ------------------------------------------------------------------------------------


def _tasks_of(departments: Sequence[str], core: str, tasks: Sequence[Task], hinted: bool) -> Draft | Decline | None:
    """All tasks of the first document that names the departments, leading and taking part kept apart.

    Declined where the question points at documents with lists of duties (``hinted``) and none names them.
    """
    for doc_id in dict.fromkeys(task.document.doc_id for task in tasks):
        own = _in_scope(core, departments, [t for t in tasks if t.document.doc_id == doc_id])
        held = [t for t in own if all(t.names(d) for d in departments)]
        if not held:
            continue
        shown = "、".join(held[0].spelled(d) for d in departments)
        asks_lead = bool(_LEADS.search(core))
        own_lines = [line for t in held if t.told_itself for line in _member_lines(t)]
        held = [t for t in held if not t.told_itself]
        if own_lines and (not held or len(departments) > 1):
            return Draft(tuple(own_lines), method="duty")
        if _WITHOUT.search(core) and not asks_lead and len(departments) == 1:
            absent = [t for t in own if t.duty.form == held[0].duty.form and not t.names(departments[0])]
            if absent:
                return Draft((_listing(f"名单里没有写明{shown}的共{len(absent)}项", absent),), method="duty")
            return Draft((_listing(f"这{len(own)}项的名单都写明了{shown}", own),), contradicts=True, method="duty")
        if len(departments) > 1:
            return _shared(departments, core, held)
        leading = [t for t in held if t.led_by(departments[0])]
        joining = [t for t in held if t not in leading]
        only_leads = _asks_only_leads(core)
        if only_leads and (_ALONE.search(core) or _NOT_JOINT.search(core)):
            leading, joining = [t for t in leading if len(t.duty.leads) == 1], []
        yes = "有，" if re.search(r"吗[?？]?$|有没有", core) else ""
        if (
            re.search(r"(?:有没有|有无|有)[^,，。?？]{0,8}(?:牵头|带头|挑头)|牵头[^,，。?？]{0,6}吗", core)
            and not leading
        ):
            line = _listing(f"没有写明由{shown}牵头的；{shown}参与{len(joining)}项", joining)
            return Draft((line,), contradicts=True, method="duty")
        if only_leads and not leading:
            line = _listing(f"没有写明由{shown}牵头的；{shown}列入{len(joining)}项", joining)
            return Draft((line,), contradicts=True, method="duty")
        lines = [*_whole_scope(core, departments, own), *own_lines]
        if leading:
            lines.append(_listing(f"{yes}{shown}牵头{len(leading)}项", leading))
        if joining and not only_leads:
            # Where a document tells no lead, being listed is not the same as only taking part.
            verb = "参与" if all(t.duty.leads for t in joining) else "列入"
            lines.append(_listing(f"{'' if leading else yes}{shown}{verb}{len(joining)}项", joining))
        return Draft(tuple(lines), method="duty")
    return _names_none("、".join(departments), tasks) if hinted else None


def _names_none(department: str, tasks: Sequence[Task]) -> Decline | None:
    """What is said of a department that none of the notes names, where there are as many as a list of duties has."""
    if len(tasks) < _LISTS_DUTIES:
        return None
    nearest = [span for task in tasks[:3] for span in task.spans[-1:]]
    return Decline("not_in_corpus", explain("not_in_corpus", f"{department}承担的任务"), tuple(nearest))


def _whole_scope(core: str, departments: Sequence[str], tasks: Sequence[Task]) -> Sequence[Line]:
    """The list below the heading that a question keeps to, where it asks how many there are beside what a department was
    given: 底下有几条，其中…牵头几条."""
    scope = _scope(core, departments, tasks)
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


def _asks_only_leads(core: str) -> bool:
    """Whether every clause that asks for tasks asks for those that a department leads."""
    asking = [c for c in re.split(r"[,，;；。?？!！]", core) if _ASKS_TASKS.search(c)]
    # 是哪些 says nothing of a role: it goes with the clause that does.
    asking = [c for c in asking if _LEADS.search(c) or _GIVEN.search(c)] or asking
    # 任务 and 负责 go with either: 牵头负责的任务有哪些.
    return bool(asking) and all(
        _LEADS.search(c) and not _GIVEN.search(re.sub("任务|负责", "", _LEADS.sub("", c))) for c in asking
    )


def _shared(departments: Sequence[str], core: str, held: Sequence[Task]) -> Draft | None:
    """The tasks that several departments share."""
    shown = "、".join(held[0].spelled(d) for d in departments)
    if re.search(r"(?:共同|联合|一起|都)(?:牵头|带头|领头|打头)", core):
        held = [t for t in held if all(t.led_by(d) for d in departments)]
        return Draft((_listing(f"{shown}共同牵头{len(held)}项", held),), method="duty") if held else None
    return Draft((_listing(f"{shown}同列{len(held)}项", held, leads=True),), method="duty")


def _tasks_by_lead(core: str, tasks: Sequence[Task]) -> Draft | None:
    """Tasks of the best document that are led jointly, by one department, or by none; None when that is not asked."""
    own = _in_scope(core, (), [t for t in tasks if t.document is tasks[0].document])
    if _NO_LEAD.search(core):
        held, words = [t for t in own if not t.duty.leads], "没有写明牵头部门"
    elif _SINGLE.search(core):
        one = [t for t in own if len(t.duty.leads) == 1]
        alone = [t for t in one if len(t.duty.departments) == 1]
        held, words = (alone, "只写一个部门牵头") if alone else (one, "由一个部门牵头、其他部门参与")
    elif _JOINT.search(core):
        held, words = [t for t in own if len(t.duty.leads) > 1], "共同牵头"
    else:
        return None
    if held:
        return Draft((_listing(f"{words}的共{len(held)}项", held, leads=True),), method="duty")
    spans = tuple(dict.fromkeys(span for task in own for span in task.spans))
    return Draft((Line(f"这{len(own)}项中没有{words}的。", spans),), contradicts=True, method="duty")


def _most_named(core: str, tasks: Sequence[Task]) -> Draft:
    """The department that leads, or is named for, most tasks."""
    own = _in_scope(core, (), [t for t in tasks if t.document is tasks[0].document])
    leading, joining = bool(_LEADS.search(core)), bool(_JOINS.search(core))
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
        _listing(f"{verb}最多的{of_several}是{d}，共{most}项", [t for t in own if d in acting(t)]) for d in first[:3]
    ]
    return Draft(tuple(lines), method="duty")


def _listing(lead: str, tasks: Sequence[Task], *, leads: bool = False) -> Line:
    """“lead：“上级标题”下的甲、乙；丙。” with all spans; with ``leads`` each item tells who leads it."""
    groups: dict[str, list[str]] = {}
    most = _WHOLE if len(tasks) <= _FEW else 0
    for task in tasks:
        parent = None if task.section.parent is None else task.document.sections[task.section.parent]
        above = task.section if task.duty.form == "row" else parent
        told = f"（{'、'.join(task.duty.leads) or '、'.join(task.duty.departments)}）" if leads else ""
        groups.setdefault(above.title if above is not None else "", []).append(task.called(most) + told)
    shown = [f"{f'“{above}”下的' if above else ''}{'、'.join(names)}" for above, names in groups.items()]
    spans = tuple(dict.fromkeys(span for task in tasks for span in (*task.heading, *_spans_of(task, most))))
    return Line(f"{lead}：{'；'.join(shown)}。", spans)


def _spans_of(task: Task, most: int) -> tuple[Span, ...]:
    """The spans of a task, after those of the item without a heading, as far as it is told."""
    if not task.untitled:
        return task.spans
    item = (task.document.doc_id, task.section.start, task.beginning(most)[1])
    return (item, *(task.spans[1:] if task.duty.form == "note" else task.spans))


#: 哪几项重点行动, 十一项行动: what the items are called, and how many of them there are.
_COUNTED_ITEMS = re.compile(
    r"(?:(?:哪|几|什么)[一几些]?[个项条类大]?|(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?:个|项|条|类|大))"
    r"(?:重点|主要)?(?P<noun>[\u4e00-\u9fff]{2})(?![和与及、])"
)


_OF_SCOPE = 3  #: characters of a heading by which a question may keep to what stands below it


def _in_scope(core: str, departments: Iterable[str], tasks: Sequence[Task]) -> list[Task]:
    """The tasks below the heading that the question keeps to (在…这块, 哪几项重点行动); all when it names none."""
    scope = _scope(core, departments, tasks)
    return [t for t in tasks if scope is None or _within(t.document, t.section, scope)]


def _scope(core: str, departments: Iterable[str], tasks: Sequence[Task]) -> Section | None:
    """The heading in the document of the tasks that a question keeps to; None when it names none."""
    folded = fold(core)
    for department in departments:
        for name in {department, *(t.spelled(department) for t in tasks)}:
            folded = folded.replace(fold(name), " ")
    counted = _COUNTED_ITEMS.search(folded)
    number = number_of(counted["number"]) if counted and counted["number"] else None
    document = tasks[0].document
    best: tuple[int, Section] | None = None
    for section in document.sections:
        title = fold(section.title)
        below = [t for t in tasks if t.section.index != section.index and _within(document, t.section, section)]
        if len(below) < 2:
            continue
        size = longest_shared(title, folded, _OF_SCOPE)
        as_many = number is None or len(document.children(section)) == number
        if not size and counted and title.endswith(counted["noun"]) and as_many:
            size = 2
        if size and (best is None or size > best[0]):
            best = (size, section)
    return best[1] if best is not None else None


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
                below = [t for t in below if t.section is not section and _within(document, t.section, section)]
                if len(below) > 1:
                    return below
    return tasks


def _within(document: SourceDocument, section: Section, above: Section) -> bool:
    return any(s.index == above.index for s in document.upwards(section))


# --- who does what is meant -----------------------------------------------------------------------------------------


_SHORTEST_NAME = 4  #: characters from which the name of a task that a question says in full is meant


def _named(core: str, tasks: Sequence[Task]) -> list[Task]:
    """The tasks whose heading the question says in full; none where it says too many."""
    folded = fold(core)
    names = {t: own_words(fold(t.name), _SHORTEST_NAME) for t in tasks}
    named = [t for t in tasks if len(names[t]) >= _SHORTEST_NAME and names[t] in folded]
    longest = [t for t in named if not any(names[t] in names[o] and names[t] != names[o] for o in named)]
    return longest if len(longest) <= 3 else []


def _group(core: str, tasks: Sequence[Task]) -> Draft | None:
    """Who leads each of the tasks below a heading that the question says and that has no note of its own."""
    if not _EACH.search(core):
        return None
    folded = fold(core)
    for document in dict.fromkeys(t.document.doc_id for t in tasks):
        own = [t for t in tasks if t.document.doc_id == document]
        for section in own[0].document.sections:
            below = [t for t in own if t.section.parent == section.index]
            said = len(section.title) >= 4 and fold(section.title) in folded
            if said and len(below) > 1 and all(t.section is not section for t in own):
                return Draft((_listing(f"牵头部门分别如下，共{len(below)}项", below, leads=True),), method="duty")
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
    asks = [p for p in _PIECES.split(core) if _LEADS.search(p) and (_ASKS_WHO.search(p) or _ROLE_NOUN.search(p))]
    asking = [p for p in asks if topic_of_duty(p, departments)]
    pieces = asking if len(asking) > 1 else [core]
    if _SEVERAL.search(core):
        end = _TOPIC_END.search(core)
        pieces = _PIECES.split(core[: end.start()] if end and end.start() >= 6 else core)
    chosen: list[Task] = []
    for piece in pieces:
        topic = topic_of_duty(piece, departments)
        best = _named(piece, tasks)[:1]
        if not best and topic:
            ranked = search(topic)
            votes = _votes(ranked, library, tasks)
            best = [task for task in sorted(votes, key=lambda task: -votes[task])[:1] if votes[task] >= _FAR_BEHIND]
            if _votes_without(ranked, library, tasks) > max(votes.values(), default=0.0) and not departments:
                return None
        chosen += [task for task in best if task not in chosen]
    return chosen[:3]


def topic_of_duty(piece: str, departments: Collection[str] = ()) -> str:
    """What is left of a question without the words that ask for a role and the departments that it asks about."""
    for name in named_in(piece, departments):
        piece = piece.replace(name, "")
    for pattern in (_ROLE_NOUN, _LEADS, _ASKS_WHO, _MEMBERSHIP, _ROLES):
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


def _likely(found: Sequence[Candidate], library: Library, tasks: Sequence[Task]) -> bool:
    """Whether the sentences found for a question without a word for leading stand below notes.

    It may as well ask what a sentence says (由谁审批, 谁负责解释): not where the best sentence is one that tells that.
    """
    best = next((c for c in found if c.tells), None)
    if best is None or _is_note(best, library.duties_of(best.document.doc_id)):
        return True
    told = re.search(r"[由应].{2,30}(?:审批|制定|解释|审核|办理|承担|监督|批准)|负责(?!$)", best.text)
    everything = sum(math.exp(c.score - found[0].score) for c in found if c.tells)
    if told and covering(best.document, library.duties_of(best.document.doc_id), best.start) is None:
        return False
    return sum(_votes(found, library, tasks).values()) > 0.3 * everything


def _is_note(candidate: Candidate, duties: Sequence[Duty]) -> bool:
    """Whether a sentence found is little else than a note."""
    held = sum(d.end - d.start for d in duties if d.form == "note" and candidate.start <= d.start < candidate.end)
    return 2 * held > candidate.end - candidate.start or any(
        d.start <= candidate.start and candidate.end <= d.end for d in duties if d.form == "note"
    )


def _who(meant: Sequence[Task], departments: Sequence[str], core: str, whether: bool) -> Draft:
    """“甲”由…牵头，…参与负责。 and whether the department asked about leads it or is named."""
    lines = []
    contradicts = False
    for task in meant:
        text = _told(task)
        if _LEADS.search(core) and not task.duty.leads:
            text = text.rstrip("。") + "，没有写明由谁牵头。"
            contradicts = True
        if _HOW_MANY.search(core) and task.duty.form != "sentence":
            text = f"{text.rstrip('。')}，写明的共{len(task.duty.departments)}家。"
        rest = [d for d in task.duty.departments if d not in task.duty.leads]
        if _ASKS_OTHERS.search(core) and not _LEADS.search(core) and task.duty.leads and not rest:
            text = text.rstrip("。") + "，没有写明配合单位。"
            contradicts = True
        if whether and not departments and _JOINT.search(core):
            joint = len(task.duty.leads) > 1
            text = ("是，" if joint else "不是，") + text
            contradicts |= not joint
        if departments:
            asked = departments[-1]
            name = task.spelled(asked)
            asks_lead = bool(_LEADS.search(core)) and not (_ASKS_WHO.search(core) and _MEMBERSHIP.search(core))
            true = task.led_by(asked) if asks_lead else task.names(asked)
            body, end = text[:-1], "。"
            if not task.names(asked):
                more = "（名单以“等”结尾）" if task.duty.open_ended else ""
                body += f"，列出的名单中没有{name}{more}"
            elif not asks_lead and "、".join(task.duty.departments) != name:
                body += f"，{name}在名单之内"
            only_asks = whether and not _ASKS_WHO.search(core)
            yes, no = ("是", "不是") if asks_lead else ("有", "没有")
            text = (f"{yes if true else no}，" if only_asks else "") + body + end
            contradicts |= only_asks and not true
        lines.append(Line(text, task.spans))
        if task.limit and _ASKS_LIMIT.search(core):
            lines.append(_limit_line(task))
    return Draft(tuple(lines), contradicts=contradicts, method="duty")


def _told(task: Task) -> str:
    duty = task.duty
    if duty.form == "sentence":
        return closed(task.document.text[slice(*duty.covers)])
    quoted = task.name if "“" in task.name else f"“{task.name}”"
    rest = [d for d in duty.departments if d not in duty.leads]
    more = "等" if duty.open_ended else ""
    if not duty.leads:
        return f"{quoted}由{'、'.join(duty.departments)}{more}负责。"
    if duty.basis == "sole":
        return f"{quoted}由{duty.leads[0]}负责。"
    joint = "共同" if len(duty.leads) > 1 else ""
    if not rest:
        return f"{quoted}由{'、'.join(duty.leads)}{joint}牵头。"
    return f"{quoted}由{'、'.join(duty.leads)}{joint}牵头，{'、'.join(rest)}{more}参与负责。"
