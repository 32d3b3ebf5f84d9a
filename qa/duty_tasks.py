"""The tasks of responsibility notes: what they are called, which a question names or keeps to, and how they are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.document import Section, SourceDocument
from corpus.duties import Duty, limit_in
from corpus.labels import number_of
from index.tokens import fold
from qa.abbreviations import in_order
from qa.address import longest_shared, own_words
from qa.departments import same_department
from qa.duty_wording import ASKS_WHO, LEADS, ROLE_NOUN, ROLES
from qa.extractive import Line, Span, cells_of, closed, first_row


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
            told = re.split(
                "[：:\n]|负责|主管(?!部门|机构|机关|单位)", self.document.text[slice(*self.duty.covers)], maxsplit=1
            )[-1]
            return re.split("[；;。]", told)[0].strip()
        anew = _ITEM_ANEW.match(self.document.text, self.duty.covers[0], self.duty.start)
        if self.duty.form == "note" and anew is not None:
            return anew["name"]
        begin, end = self.section.heading
        if self.duty.form == "note" and begin < end <= self.duty.covers[0] < self.duty.start:
            # One of several in a section speaks of what stands before it.
            said = self.document.text[self.duty.covers[0] : self.duty.start].strip()
            clause = _CLAUSE.match(said.rpartition("\n")[2])
            if clause is not None:
                return clause.group().strip("，,。；;：: ")
        if self.section.title and begin < self.duty.start < end:  # the note ends the heading
            title = self.document.text[begin + len(self.section.label) : self.duty.start].strip(
                " \u3000，,。；;：:（(【"
            )
            return title or self.section.title
        if self.section.title or not self.section.label:
            return _without_asking(self.section.title) or self.document.header.title
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
        heading = self.section.title
        names_none = not heading or heading[-1] in "?？" or bool(_OF_MANY.search(heading))
        return self.duty.form == "member" or (self.duty.form == "sentence" and names_none)

    @property
    def in_passing(self) -> bool:
        """Whether a sentence only says that a department acts with others that it does not name (甲部要会同有关部门加强指导):
        its section is no task of that department."""
        text = self.document.text[self.duty.start : self.duty.end]
        joining = [d for d in self.duty.departments if d not in self.duty.leads]
        generic = bool(joining) and all(_UNNAMED.search(d) for d in joining)
        return self.duty.form == "sentence" and generic and "牵头" not in text and "负责" not in text

    @property
    def heading(self) -> tuple[Span, ...]:
        """The heading by which a clause in running text is called in a list."""
        start, end = self.section.heading
        return ((self.document.doc_id, start, end),) if self.duty.form == "sentence" and end > start else ()

    @property
    def limit(self) -> str:
        """Until when the note, or a line of its own beside it, says that the task is to be done; empty where none does."""
        if self.duty.form != "note":
            return ""
        line = self.limit_line
        return limit_in(self.document.text[self.duty.start : self.duty.end]) or (
            re.split("[：:]", self.document.text[slice(*line)], maxsplit=1)[1].strip() if line is not None else ""
        )

    @property
    def limit_line(self) -> tuple[int, int] | None:
        """Where a line of the task's section says until when it is to be done (完成时限：…); None where none does."""
        begin, end = self.duty.covers
        found = _LIMIT_LINE.search(self.document.text, begin, end) if self.duty.form == "note" else None
        return (found.start(), found.end("limit")) if found is not None else None

    def spelled(self, department: str) -> str:
        """The note's own name for a department; the canonical name where the note does not name it."""
        return next((d for d in self.duty.departments if same_department(d, department)), department)

    @property
    def leader(self) -> tuple[str, Span] | None:
        """Which person is named beside the departments, as the document says it (责任领导：石坚), and where: in the line of the
        note or the column of the row; None where none is."""
        text, doc_id = self.document.text, self.document.doc_id
        if self.duty.form == "row":
            head = cells_of(text[slice(*first_row(text, self.duty.start))])
            cells = cells_of(text[self.duty.start : self.duty.end])
            named = [
                (name, cell) for name, cell in zip(head, cells, strict=False) if _LEADER_OF.fullmatch(name) and cell
            ]
            return (f"{named[0][0]}：{named[0][1]}", (doc_id, self.duty.start, self.duty.end)) if named else None
        line = text.rfind("\n", 0, self.duty.start) + 1
        said = _LEADER.search(text, line, self.duty.end) if self.duty.form == "note" else None
        return (said.group(), (doc_id, *said.span())) if said is not None else None

    @property
    def jointly_led(self) -> bool:
        """Whether several lead together; not several that are responsible, each for its part."""
        return len(self.duty.leads) > 1 and self.duty.basis != "charged"

    def led_by(self, department: str) -> bool:
        return any(same_department(d, department) for d in self.duty.leads)

    def names(self, department: str) -> bool:
        return any(same_department(d, department) for d in self.duty.departments)


_LIMIT_LINE = re.compile(
    r"^[ \t]*(?:完成|办结|整改|落实)?(?:时限|期限|时间)(?:要求|节点|安排)?[：:][ \t]*(?P<limit>[^\n。；;]{2,40})[。；;]?[ \t]*$",
    re.MULTILINE,
)
#: An item that is worded anew or added: 将第9项修改为：“9.收集运输。…”, 增加一项，作为第19项：“19.….
_ITEM_ANEW = re.compile(
    r"[^“”\n]{0,40}(?:修改|调整|改|作)为[^“”\n]{0,8}[：:][ ]?“"
    r"(?:第[^条“”]{1,6}条|[（(]?[\d一二三四五六七八九十]{1,3}[）)]?[.．、]?)?[ \u3000]*(?P<name>[^。“”；;，,]{3,40})[。；;]"
)
_LEADER_OF = re.compile(r"(?:责任|牵头|分管|包保|包联|挂联|联系|主管|县级|市级|镇级|责任县|责任市)+领导")
_LEADER = re.compile(rf"{_LEADER_OF.pattern}[：:][^；;。，,\n（(|]{{2,30}}")


def _persons(said: str) -> list[str]:
    """The names behind the label of who leads."""
    return [name for name in re.split(r"[、\s]+", re.split("[：:]", said, maxsplit=1)[1]) if len(name) > 1]


def led_by_person(core: str, tasks: Sequence[Task]) -> tuple[str, list[Task]] | None:
    """The person among those named beside departments that a question names, as he is called there, and his tasks in the
    first document that names him; None where it names none."""
    for document in dict.fromkeys(t.document for t in tasks):
        own = [(t, t.leader[0]) for t in tasks if t.document is document and t.leader is not None]
        names = dict.fromkeys(name for _, said in own for name in _persons(said))
        name = next((name for name in names if fold(name) in core), None)
        if name is not None:
            held = [(task, said) for task, said in own if name in _persons(said)]
            return f"{re.split('[：:]', held[0][1])[0]}为{name}", [task for task, _ in held]
    return None


def _without_asking(title: str) -> str:
    """A heading that is a question as what it asks about: 谁负责监督管理？ -> 监督管理."""
    if not title.endswith(("?", "？")):
        return title
    bare = re.sub(r"^问\s*[:：]|[?？]+$", "", title)
    for pattern in (ROLE_NOUN, ASKS_WHO, ROLES, LEADS):
        bare = pattern.sub("", bare)
    bare = re.sub(r"^[由是的]+|[由是的]+$", "", bare)
    return bare if len(bare) > 1 else title


def speaks_of_same(one: str, other: str) -> bool:
    """Whether two texts that tell who does a task, “修塔”由…, tell it of one task; of other texts it is taken for true."""
    told, again = _TOLD.match(one), _TOLD.match(other)
    return told is None or again is None or SequenceMatcher(None, told[1], again[1]).ratio() >= _ALIKE


_TOLD = re.compile("“(.+?)”由")
_ALIKE = 0.5  #: share of characters that the names of one task have in common in two versions of a document

#: Headings that stand above what many do, and name no task.
_OF_MANY = re.compile("职责|分工|^组织(?:领导|机构|架构)|工作(?:机制|要求)|^总则|^附则|管理体制")
_UNNAMED = re.compile("(?:有关|相关)(?:部门|单位|方面|地方|机构)$")
#: A clause, its quotations and brackets whole.
_CLAUSE = re.compile(r"(?:“[^”\n]*”|[（(][^（()）\n]*[)）]|[^，,。；;：:（(\n“]){2,}[，,。；;：:]?")
_FEW, _WHOLE = 3, 90  #: tasks that are told in up to as many characters each


def listing(lead: str, tasks: Sequence[Task], *, leads: bool = False) -> Line:
    """“lead：“上级标题”下的甲、乙；丙。” with all spans; with ``leads`` each item tells who leads it."""
    groups: dict[str, list[str]] = {}
    most = _WHOLE if len(tasks) <= _FEW else 0
    for task in tasks:
        parent = None if task.section.parent is None else task.document.sections[task.section.parent]
        above = task.section if task.duty.form == "row" else parent
        told = f"（{'、'.join(task.duty.leads) or '、'.join(task.duty.departments)}）" if leads else ""
        # What a question asks heads no table that stands somewhere behind it.
        heading = "" if above is None or above.title.endswith(("?", "？")) else above.title
        groups.setdefault(heading, []).append(task.called(most) + told)
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


#: What anything given to departments is called, and no list below a heading: 有几项任务.
_ANY_TASKS = frozenset("任务 工作 事项 职责 分工 项目 内容 事情".split())
_OF_A_PART = re.compile("部分|方面|这块|那块|章|节|领域|板块")
_OF_SCOPE = 3  #: characters of a heading by which a question may keep to what stands below it


def in_scope(core: str, departments: Iterable[str], tasks: Sequence[Task]) -> list[Task]:
    """The tasks below the heading that the question keeps to (在…这块, 哪几项重点行动); all when it names none."""
    scope = scope_of(core, departments, tasks)
    return [t for t in tasks if scope is None or within(t.document, t.section, scope)]


#: A document by words of its title, which may be words of a heading, too: 港口建设方案里.
_NAMED_DOCUMENT = re.compile(
    r"(?P<name>[^\s,，。:：]{2,30}(?:方案|意见|计划|规划|办法|通知|决定|条例|纲要|措施|规定))(?=里|中|上|的|[,，:：])"
)


def scope_of(core: str, departments: Iterable[str], tasks: Sequence[Task]) -> Section | None:
    """The heading in the document of the tasks that a question keeps to; None when it names none."""
    folded = fold(core)
    for department in departments:
        for name in {department, *(t.spelled(department) for t in tasks)}:
            folded = folded.replace(fold(name), " ")
    document = tasks[0].document
    folded = _NAMED_DOCUMENT.sub(lambda m: " " if in_order(m["name"], fold(document.header.title)) else m[0], folded)
    about = fold(document.header.title)
    asks_part = bool(_OF_A_PART.search(folded))
    counted = _COUNTED_ITEMS.search(folded)
    number = number_of(counted["number"]) if counted and counted["number"] else None
    best: tuple[int, Section] | None = None
    for section in document.sections:
        title = fold(section.title)
        below = [t for t in tasks if t.section.index != section.index and within(document, t.section, section)]
        if len(below) < 2:
            continue
        size = longest_shared(title, folded, _OF_SCOPE)
        as_many = number is None or len(document.children(section)) == number
        by_noun = counted and counted["noun"] not in _ANY_TASKS and title.endswith(counted["noun"])
        # 哪些整治任务 are the items that are called so, and not what stands below one of them.
        beside = [o for o in document.sections if o.parent == section.parent and o.index != section.index]
        by_noun = by_noun and counted and not any(fold(o.title).endswith(counted["noun"]) for o in beside)
        if not size and by_noun and as_many:
            size = 2
        if size and (best is None or size > best[0]):
            best = (size, section)
    if best is None or asks_part:
        return None if best is None else best[1]
    # What the document is about (养老服务) heads no part of it, unless the question says the heading in full.
    title = fold(best[1].title)
    return None if best[0] < len(title) and longest_shared(title, about, best[0]) else best[1]


def within(document: SourceDocument, section: Section, above: Section) -> bool:
    return any(s.index == above.index for s in document.upwards(section))


_SHORTEST_NAME = 4  #: characters from which the name of a task that a question says in full is meant


def named_tasks(core: str, tasks: Sequence[Task]) -> list[Task]:
    """The tasks whose heading the question says in full; none where it says too many."""
    folded = fold(core)
    names = {t: own_words(fold(t.name), _SHORTEST_NAME) for t in tasks}
    named = [t for t in tasks if len(names[t]) >= _SHORTEST_NAME and names[t] in folded]
    longest = [t for t in named if not any(names[t] in names[o] and names[t] != names[o] for o in named)]
    return longest if len(longest) <= 3 else []


def told(task: Task) -> str:
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
    if duty.basis == "charged":
        return f"{quoted}由{'、'.join(duty.leads)}负责，{'、'.join(rest)}{more}参与。"
    joint = "共同" if len(duty.leads) > 1 else ""
    if not rest:
        return f"{quoted}由{'、'.join(duty.leads)}{joint}牵头。"
    return f"{quoted}由{'、'.join(duty.leads)}{joint}牵头，{'、'.join(rest)}{more}参与负责。"


def told_of(task: Task, department: str, *, lead_asked: bool = False, listed: bool = False) -> str:
    """A task told with whether a department is among those that it names.

    ``lead_asked``: only whether it leads is asked, so that being named need not be told. ``listed``: all names in their
    order, and then who leads.
    """
    duty, name = task.duty, task.spelled(department)
    text = told(task)
    if listed and duty.form != "sentence" and duty.leads and duty.basis not in ("sole", "charged"):
        quoted = task.name if "“" in task.name else f"“{task.name}”"
        joint = "共同" if len(duty.leads) > 1 else ""
        more = "等" if duty.open_ended else ""
        text = f"{quoted}由{'、'.join(duty.departments)}{more}负责，其中{'、'.join(duty.leads)}{joint}牵头。"
    if not task.names(department):
        more = "（名单以“等”结尾）" if duty.open_ended else ""
        return f"{text[:-1]}，列出的名单中没有{name}{more}。"
    if not lead_asked and "、".join(duty.departments) != name:
        return f"{text[:-1]}，{name}在名单之内。"
    return text


def limit_line(task: Task) -> Line:
    """Until when a task is to be done."""
    return Line(f"“{task.name}”完成时限：{task.limit}。", spans_with_limit(task))


def spans_with_limit(task: Task) -> tuple[Span, ...]:
    """The spans of a task with the line that says until when it is to be done, where one of its own does."""
    line = task.limit_line
    return (*task.spans, (task.document.doc_id, *line)) if line is not None else task.spans
