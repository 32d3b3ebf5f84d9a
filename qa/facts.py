"""Facts as rows for the API and the command line: duties, figures, what differs between two documents."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol

from corpus.document import Header, SourceDocument
from corpus.duties import Basis, Duty
from corpus.figures import Figure, FigureKind
from corpus.sentences import sentence_spans
from index.passage import Copy
from index.tokens import fold
from qa.answer import Citation
from qa.citations import Sources, quoted
from qa.departments import canonical, names_used, predecessors, same_department, successors
from qa.duty_tasks import Task

Role = Literal["lead", "participant"]
#: The columns of a table of duties or figures, in the order in which they are shown: key and Chinese name.
DUTY_COLUMNS = (
    ("title", "文件"), ("section", "位置"), ("task", "事项"), ("leads", "牵头"), ("departments", "名单"), ("basis", "牵头依据"),
    ("quote", "原文"),
)  # fmt: skip
FIGURE_COLUMNS = (
    ("title", "文件"), ("subject", "对象"), ("indicator", "指标"), ("value", "数值"), ("unit", "单位"), ("time", "时间"),
    ("kind", "类别"), ("quote", "原文"),
)  # fmt: skip
BASIS_WORDS: Mapping[Basis, str] = {
    "stated": "明文写明",
    "charged": "写明由谁负责、谁配合",
    "sole": "只有一个部门负责",
    "first_listed": "列第一位者牵头",
    "none": "未写明",
}
KIND_WORDS: Mapping[FigureKind, str] = {
    "level": "水平", "change": "变化", "share": "占比", "goal": "目标", "limit": "限额",
}  # fmt: skip


class Library(Sources, Protocol):
    """The documents with their facts."""

    def headers(self) -> Mapping[str, Header]: ...
    def duties_of(self, doc_id: str) -> tuple[Duty, ...]: ...
    def documents_with_duties(self, names: Collection[str] | None = None) -> Mapping[str, int]: ...
    def department_names(self) -> Collection[str]: ...


@dataclass(frozen=True)
class DutyRow:
    """Who is responsible for one task. The citations prove it: the heading, the note and, where it was used, the rule
    by which the first in the list leads."""

    doc_id: str
    title: str
    number: str | None
    section: tuple[str, ...]  #: headings from the top down to the task
    task: str
    departments: tuple[str, ...]  #: in the order of the note
    leads: tuple[str, ...]  #: empty when the document does not tell who leads
    basis: Basis
    open_ended: bool  #: the list ends in 等: who is not named is not therefore left out
    role: Role | None  #: of the department asked for; None when none was, or where the document tells no lead
    citations: tuple[Citation, ...]
    also_in: tuple[Copy, ...] = ()  #: the same note in other files

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {**asdict(self), "citations": [asdict(c) for c in self.citations]}

    def cells(self) -> tuple[str, ...]:
        """The cells of DUTY_COLUMNS."""
        more = "等" if self.open_ended else ""
        return (
            self.title, " › ".join(self.section), self.task, "、".join(self.leads), "、".join(self.departments) + more,
            BASIS_WORDS[self.basis], " … ".join(c.quote for c in self.citations),
        )  # fmt: skip


@dataclass(frozen=True)
class FigureRow:
    """One figure and the sentence or table row that holds it."""

    doc_id: str
    title: str
    number: str | None
    subject: str
    indicator: str
    value: str
    unit: str
    time: str  #: year or ISO date; "" where the text tells none
    kind: FigureKind
    citation: Citation  #: of the sentence; ``start`` and ``end`` below are the figure's own
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)

    def cells(self) -> tuple[str, ...]:
        """The cells of FIGURE_COLUMNS."""
        return (
            self.title, self.subject, self.indicator, self.value, self.unit, self.time, KIND_WORDS[self.kind],
            self.citation.quote,
        )  # fmt: skip


def duty_rows(
    library: Library, doc_ids: Sequence[str], department: str | None, section: str | None, role: Role | None
) -> list[DutyRow]:
    """The duties of some documents, in order: those that name a department, of a section, by its role. A department is
    found by the name that the document has for it, be it that of a former one. What stands in several files is one row."""
    if role not in (None, "lead", "participant"):
        raise ValueError(f"role 只能是 lead（牵头）或 participant（参与），这里是 {role}。")
    rows = []
    names = None if department is None else _names_of(department, library.department_names())
    known = library.documents_with_duties(names)
    for doc_id in doc_ids:
        if doc_id not in known:
            continue
        document = library.document(doc_id)
        duties = library.duties_of(doc_id)
        meant = () if department is None else names_used(department, {n for d in duties for n in d.departments})
        for duty in duties:
            task = Task(document, duty)
            if department is not None and not any(map(task.names, meant)):
                continue
            own = _role(task, meant)
            if role is not None and own != role and not (department is None and (role == "lead") == bool(duty.leads)):
                continue
            if section is None or _covers(task, section):
                rows.append((task, own))
    once = _copies([task for task, _ in rows], library, known)
    return [_duty_row(task, own, library, once[task]) for task, own in rows if task in once]


def _names_of(department: str, names: Collection[str]) -> set[str]:
    """The names among those of the documents that may mean a department, a former one or one that came after it."""
    meant = canonical(department)
    kin = {*predecessors(meant), *successors(meant)}
    return {n for n in names if same_department(n, department) or canonical(n) in kin}


def _role(task: Task, names: Sequence[str]) -> Role | None:
    if not names or not task.duty.leads:
        return None
    return "lead" if any(map(task.led_by, names)) else "participant"


def _copies(tasks: Sequence[Task], library: Library, sizes: Mapping[str, int]) -> dict[Task, list[Task]]:
    """The tasks, each once, with those of other files that are the same: of copies the one of the most official and then
    of the fullest document is kept."""
    by_document: dict[str, list[Task]] = {}
    for task in tasks:
        by_document.setdefault(task.document.doc_id, []).append(task)
    same: dict[Task, list[Task]] = {task: [] for task in tasks}
    for task in tasks if len(by_document) > 1 else ():  # copies stand in other documents
        for copy in library.copies_of(task.document.doc_id, *task.duty.covers):
            for other in by_document.get(copy.doc_id, ()):
                if _is_copy(task, other, copy):
                    same[task].append(other)
                    same[other].append(task)
    kept: dict[Task, list[Task]] = {}
    left_out: set[Task] = set()
    for task in sorted(tasks, key=lambda t: (t.document.header.authority, -sizes[t.document.doc_id])):
        if task not in left_out:
            kept[task] = [other for other in dict.fromkeys(same[task]) if other not in kept and other not in left_out]
            left_out.update(kept[task])
    return kept


def _is_copy(task: Task, other: Task, copy: Copy) -> bool:
    """Whether another task with the same departments stands at a place where the text of one stands once more. Two
    documents with numbers of their own both say what they say."""
    numbers = {n for n in (task.document.header.number, other.document.header.number) if n}
    start, end = other.duty.covers
    alike = task.duty.departments == other.duty.departments and len(numbers) < 2
    return alike and copy.start < end and start < copy.end


def _covers(task: Task, wanted: str) -> bool:
    """Whether a task is that of a section: named by its heading, by one above it, or by one that inherits from it.
    Quotation marks, spaces and width make no difference."""
    words = _bare_words(wanted)
    if any(words in _bare_words(heading) for heading in (*task.document.path(task.section), task.name)):
        return True
    inside = (s for s in task.document.sections if task.section.start <= s.start and s.end <= task.section.end)
    return any(words in _bare_words(s.label + s.title) for s in inside)


def _bare_words(text: str) -> str:
    return re.sub(r"[\s\"'“”‘’「」『』《》〈〉]", "", fold(text))


def _duty_row(task: Task, role: Role | None, library: Library, others: Sequence[Task]) -> DutyRow:
    document, duty = task.document, task.duty
    return DutyRow(
        document.doc_id,
        document.header.title,
        document.header.number,
        document.path(task.section),
        task.name,
        duty.departments,
        duty.leads,
        duty.basis,
        duty.open_ended,
        role,
        tuple(quoted(span, n, library) for n, span in enumerate(task.spans, 1)),
        tuple(
            Copy(t.document.doc_id, t.document.header.title, t.document.path(t.section), t.duty.start, t.duty.end)
            for t in others
        ),
    )


def duty_matrix(rows: Sequence[DutyRow]) -> list[tuple[str, ...]]:
    """A table of tasks by departments, its head first: 牵头, 参与, or 列入 where the document tells no lead.

    Different names of one department share a column, under the name that comes first.
    """
    columns: list[str] = []
    for name in (name for row in rows for name in row.departments):
        if not any(same_department(name, column) for column in columns):
            columns.append(name)
    table = [("文件", "事项", *columns)]
    for row in rows:
        named = {c: [n for n in row.departments if same_department(n, c)] for c in columns}
        table.append((row.title, row.task, *(_part(row, names) for names in named.values())))
    return table


def _part(row: DutyRow, names: Sequence[str]) -> str:
    if not names:
        return ""
    return "牵头" if set(names) & set(row.leads) else "参与" if row.leads else "列入"


def figure_rows(library: Library, figures: Sequence[Figure]) -> list[FigureRow]:
    """Figures with the sentences that hold them."""
    headers = library.headers()
    return [
        FigureRow(
            f.doc_id, headers[f.doc_id].title, headers[f.doc_id].number, f.subject, f.indicator, f.value, f.unit, f.time,
            f.kind, quoted((f.doc_id, *f.sentence), 1, library), f.start, f.end,
        )
        for f in figures
    ]  # fmt: skip


# --- what differs ---------------------------------------------------------------------------------------------------

Change = Literal["same", "changed", "only_a", "only_b"]


@dataclass(frozen=True)
class Difference:
    """A sentence of one document beside its counterpart in another."""

    change: Change
    a: Citation | None
    b: Citation | None
    pieces: tuple[tuple[str, str], ...] = ()
    """(what stands in a, what stands in b) in order, equal where they agree: character by character."""

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


_ALIKE = 0.5  #: share of characters that two sentences have in common to be wordings of one


def differences(a: SourceDocument, b: SourceDocument, topic: str, sources: Sources) -> list[Difference]:
    """The sentences of two documents side by side, in the order of ``a``, those only in ``b`` where they stand there.

    With a ``topic`` only those whose sentence or heading holds one of its words.
    """
    from rapidfuzz import fuzz, process

    ours, theirs = _sentences(a), _sentences(b)
    plain_a, plain_b = [_plain(a.text[s:e]) for s, e in ours], [_plain(b.text[s:e]) for s, e in theirs]
    partner: dict[int, int] = {}
    free = set(range(len(theirs)))
    exact: dict[str, list[int]] = {}
    for j, text in enumerate(plain_b):
        exact.setdefault(text, []).append(j)
    for i, text in enumerate(plain_a):
        if exact.get(text):
            partner[i] = exact[text].pop(0)
            free.discard(partner[i])
    scored = [
        (score, i, j)
        for i, text in enumerate(plain_a)
        if i not in partner
        for _, score, j in process.extract(text, {j: plain_b[j] for j in free}, scorer=fuzz.ratio, limit=3)
        if score >= 100 * _ALIKE
    ]
    for _, i, j in sorted(scored, key=lambda s: (-s[0], abs(s[1] - s[2]))):
        if i not in partner and j in free:
            partner[i] = j
            free.discard(j)
    found: list[Difference] = []
    waiting = sorted(free)
    for i, span in enumerate(ours):
        if i not in partner:
            found.append(Difference("only_a", quoted((a.doc_id, *span), 1, sources), None))
            continue
        j = partner[i]
        while waiting and waiting[0] < j:
            found.append(Difference("only_b", None, quoted((b.doc_id, *theirs[waiting.pop(0)]), 1, sources)))
        one, other = quoted((a.doc_id, *span), 1, sources), quoted((b.doc_id, *theirs[j]), 1, sources)
        same = plain_a[i] == plain_b[j]
        pieces = () if same else tuple(_pieces(one.quote, other.quote))
        found.append(Difference("same" if same else "changed", one, other, pieces))
    found += [Difference("only_b", None, quoted((b.doc_id, *theirs[n]), 1, sources)) for n in waiting]
    words = [fold(word) for word in re.findall(r"[^\W_]+", topic)]
    return [d for d in found if not words or any(_about(c, words) for c in (d.a, d.b) if c is not None)]


def _sentences(document: SourceDocument) -> list[tuple[int, int]]:
    return [s for s in sentence_spans(document.text) if len(_plain(document.text[slice(*s)])) > 1]


def _plain(text: str) -> str:
    """A sentence as far as its wording goes: width, spaces, the number of the item and the end mark are none."""
    bare = re.sub(
        r"^(?:[(（]?[一二三四五六七八九十\d]+[)）、.．]|第[一二三四五六七八九十百\d]+[条章节款])",
        "",
        fold(text).strip(),
    )
    return re.sub(r"\s", "", bare).rstrip("。;；,，")


def _about(citation: Citation, words: Sequence[str]) -> bool:
    held = fold(" ".join((citation.quote, *citation.section)))
    return any(word in held for word in words)


def _pieces(one: str, other: str) -> Iterator[tuple[str, str]]:
    for _, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield one[a:b], other[c:d]
