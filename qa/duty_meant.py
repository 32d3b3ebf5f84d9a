"""Which responsibility notes a question means, and which of their tasks: by place, quotation, name or what was found."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from corpus.document import Header, SourceDocument
from corpus.duties import Duty, covering
from index.tokens import fold, words
from qa.departments import named_in, same_department, spellings
from qa.disputes import is_weak
from qa.duty_names import LOCAL_NAME
from qa.duty_tasks import Task, named_tasks, within
from qa.duty_wording import ASKS_WHO, LEADS, MEMBERSHIP, PIECES, ROLE_NOUN, ROLES, SEVERAL, TOPIC_END
from qa.editions import amends
from qa.evidence import Candidate, Probe
from qa.listed_bodies import about, work_of_body
from qa.question import ASKING_WORDS, Question, understand
from qa.topics import own_words


class Library(Protocol):
    """The documents and their responsibility notes."""

    def document(self, doc_id: str) -> SourceDocument: ...
    def headers(self) -> Mapping[str, Header]: ...
    def duties_of(self, doc_id: str) -> tuple[Duty, ...]: ...
    def documents_with_duties(self, names: Collection[str] | None = None) -> Mapping[str, int]: ...


_MANY = 20  #: documents whose notes are looked at when the question points at none


def tasks_meant(probe: Probe, found: Sequence[Candidate], library: Library, doc_ids: Sequence[str]) -> list[Task]:
    """The notes of the documents that the question may mean: those about the work in which it asks what a body does, or
    that it points at, else those found and those that name its departments; an excerpt only where the whole is not there.
    Documents come in the order in which they were found.
    """
    counts = library.documents_with_duties()
    headers = library.headers()
    fullest: dict[str, str] = {}
    work = work_of_body(probe.question.core)
    meant = about(work, {d: headers[d] for d in doc_ids}) if work is not None else None
    meant = meant or _but_sent_out(probe, library) or frozenset(doc_ids)
    for doc_id in (d for d in doc_ids if d in counts and d in meant):
        number = headers[doc_id].number or doc_id
        if number not in fullest or counts[doc_id] > counts[fullest[number]]:
            fullest[number] = doc_id
    rank = {doc_id: i for i, doc_id in reversed(list(enumerate(c.document.doc_id for c in found)))}
    # What an interpretation tells of who does what does not go before the document that it speaks of, nor what is worded
    # anew before the whole.
    kept = sorted(
        fullest.values(), key=lambda d: (is_weak(headers[d]), amends(headers[d].title), rank.get(d, len(found)))
    )
    if len(kept) > _MANY:
        asked = [name for d in named_in(probe.question.core) for name in spellings(d)]
        naming = library.documents_with_duties(asked) if asked else {}
        kept = [d for d in kept if d in rank or d in naming][:_MANY]
    return [Task(library.document(d).simplified, duty) for d in kept for duty in library.duties_of(d)]


def _but_sent_out(probe: Probe, library: Library) -> frozenset[str]:
    """The documents that a question points at, without those that it points at only by the body that it asks about, which sent
    them out and which their notes do not name."""
    headers = library.headers()
    asked = [name.group() for name in LOCAL_NAME.finditer(probe.question.core)]

    def only_sent_out(doc_id: str) -> bool:
        senders = [body for body in asked if body in (headers[doc_id].issuer or "")]
        named = {name for duty in library.duties_of(doc_id) for name in duty.departments}
        titled = any(
            body in fold(headers[doc_id].title).replace(fold(headers[doc_id].issuer or ""), "") for body in senders
        )
        return bool(senders) and not titled and not any(same_department(b, n) for b in senders for n in named)

    left = frozenset(d for d in probe.hinted if not only_sent_out(d))
    return left if left or not asked else frozenset()


_OF_PART = re.compile(r"[\"”」』》)]?(?:的)?(?:部分|方面|这块|那块|章|节|里|中|下|底下|当中)")


def in_part(core: str, tasks: list[Task]) -> list[Task]:
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


def own_part(question: Question) -> str:
    """What a follow-up asks itself where it names its own topic, else the whole question: 那调处由谁牵头？ but not
    第二项由谁牵头？, whose topic is what 第二项 was found to stand for."""
    core = question.core.lower()
    if question.asked == question.standalone or question.core.startswith(question.asked):
        return core
    asked = understand(question.asked).core.lower()
    topic = topic_of_duty(asked, ()).strip()
    named = len(topic) >= 3 and all(piece in core for piece in topic.split())
    return asked if ASKS_WHO.search(asked) and named and asked.rstrip("?？")[-4:] in core else core


_QUOTED = 5  #: characters from which a quoted text tells the one task whose note speaks of it


def quoted_task(question: Question, tasks: Sequence[Task]) -> list[Task]:
    """The one task whose text holds what a question quotes; none where several do."""
    terms = [fold(term) for term in question.quoted if len(term) >= _QUOTED]
    held = [t for t in tasks if any(term in fold(t.document.text[slice(*t.duty.covers)]) for term in terms)]
    return held if len(held) == 1 else []


def topics_meant(
    core: str,
    departments: Collection[str],
    library: Library,
    tasks: Sequence[Task],
    search: Callable[[str], Sequence[Candidate]],
) -> list[Task] | None:
    """The task that each topic of the question means, as the sentences found for the topic alone vote; None where they
    vote for one that has no note, or all for one that is only the nearest.

    The words that ask for a role are left out of the search: every note holds them, so that they hide the topic.
    """
    asks = [p for p in PIECES.split(core) if LEADS.search(p) and (ASKS_WHO.search(p) or ROLE_NOUN.search(p))]
    asking = [p for p in asks if topic_of_duty(p, departments)]
    pieces = asking if len(asking) > 1 else [core]
    if SEVERAL.search(core):
        end = TOPIC_END.search(core)
        pieces = PIECES.split(core[: end.start()] if end and end.start() >= 6 else core)
    chosen: list[Task] = []
    strange = 0
    for piece in pieces:
        topic = topic_of_duty(piece, departments)
        best = named_tasks(piece, tasks)[:1]
        if not best and topic:
            ranked = search(topic)
            votes = _votes(ranked, library, tasks)
            best = [task for task in sorted(votes, key=lambda task: -votes[task])[:1] if votes[task] >= _FAR_BEHIND]
            strange += bool(best) and is_only_nearest(best[0], topic, ranked)
            if _votes_without(ranked, library, tasks) > max(votes.values(), default=0.0) and not departments:
                return None
        chosen += [task for task in best if task not in chosen]
    return None if strange == len(pieces) else chosen[:3]


def is_only_nearest(task: Task, topic: str, found: Sequence[Candidate]) -> bool:
    """Whether no note is about a topic, and a task is only what was found for it: the topic shares next to nothing with the
    task and what stands above it, and what was found is not read to answer."""
    document = task.document
    above = (s.title for s in document.upwards(task.section))
    held = pairs_in("\n".join((*above, document.text[slice(*task.duty.covers)])))
    said = pairs_in(_NTH.sub("", topic))
    asked = said - (pairs_in(document.header.title) - held)  # the title is that of all its tasks
    share = len(asked & held) / len(asked) if 2 * len(asked) > len(said) else 1.0
    return any(share < least and found[0].odds <= odds for least, odds in _STRANGE)


def brought(question: Question) -> str:
    """The words of a follow-up that asks who does something, or the last question of another thing (那上牌呢), which say what
    it asks about itself; "" elsewhere."""
    another = question.asked.rstrip("?？ ").endswith("呢")
    if question.asked == question.standalone or not (another or ASKS_WHO.search(question.asked)):
        return ""
    pieces = (piece.rstrip("由归让").lstrip("来去") for piece in topic_of_duty(question.asked).split())
    return " ".join(word for piece in pieces for word in own_words(piece) if not _POINTS.match(word))


_POINTS = re.compile("[这那该此第前后上下]")
_NTH = re.compile(r"第?[一二三四五六七八九十\d]+[项条个点章节款]")
#: Share of its pairs of characters and log odds below which both a topic is of other documents. Of 92 tasks that were found
#: and rightly one lies below (question sets; measured once).
_STRANGE = ((0.05, 0.0), (0.2, -7.0))


def pairs_in(text: str) -> set[str]:
    """The pairs of neighbouring Chinese characters of a text, without those of words that any task has."""
    return {a + b for run in re.findall("[\u4e00-\u9fff]+", fold(text)) for a, b in pairwise(run)} - _ANY_TASK


_ANY_TASK = frozenset("工作 任务 事项 方面 加强 推进 做好 开展 落实 建设 管理 哪个 哪些 部门 单位 负责".split())


def meant_by(
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


def topic_of_duty(piece: str, departments: Collection[str] = ()) -> str:
    """What is left of a question without the words that ask for a role and the departments that it asks about."""
    for name in named_in(piece, departments):
        piece = piece.replace(name, "")
    for pattern in (ROLE_NOUN, LEADS, ASKS_WHO, MEMBERSHIP, ROLES):
        piece = pattern.sub(" ", piece)
    topic = " ".join(c for c in re.split(r"[,，;；。?？!！\s]+", piece) if len(c) > 1)
    return topic if any(w not in ASKING_WORDS for w in words(topic)) else ""


def told_first(found: Sequence[Candidate], library: Library, tasks: Sequence[Task]) -> Task | None:
    """The best sentence, where it tells by itself who leads: it goes before a note that tells no lead."""
    best = next((c for c in found if c.tells), None)
    duty = covering(best.document, library.duties_of(best.document.doc_id), best.start) if best is not None else None
    return next((t for t in tasks if t.duty == duty and t.duty.form == "sentence" and t.duty.leads), None)


_FAR_BEHIND = 0.002  #: vote below which what was found for a topic speaks of something that no note is about


def _votes(found: Sequence[Candidate], library: Library, tasks: Sequence[Task]) -> dict[Task, float]:
    """How much the sentences found speak for each task. Notes do not vote: each fits any question about roles."""
    by_duty = {t.duty: t for t in tasks}
    votes: dict[Task, float] = {}
    for candidate in found:
        duties = library.duties_of(candidate.document.doc_id)
        duty = covering(candidate.document, duties, candidate.start) or _said_beside(candidate, duties)
        if duty in by_duty and duty.form != "member" and not is_note(candidate, duties):
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


def asks_of_notes(core: str, found: Sequence[Candidate], library: Library, tasks: Sequence[Task]) -> bool:
    """Whether the sentences found for a question without a word for leading stand below notes.

    It may as well ask what a sentence says (由谁审批, 谁负责解释): not where the best sentence is one that tells that.
    """
    best = next((c for c in found if c.tells), None)
    if best is None or is_note(best, library.duties_of(best.document.doc_id)):
        return True
    first = found[0]  # the heading of a task, which tells nothing itself
    if _TAKES_PART.search(core) and covering(first.document, library.duties_of(first.document.doc_id), first.start):
        return True
    acting = re.search(r"[由应].{2,30}(?:审批|制定|解释|审核|办理|承担|监督|批准)|负责(?!$)", best.text)
    everything = sum(math.exp(c.score - found[0].score) for c in found if c.tells)
    if acting and covering(best.document, library.duties_of(best.document.doc_id), best.start) is None:
        return False
    return sum(_votes(found, library, tasks).values()) > 0.3 * everything


def is_note(candidate: Candidate, duties: Sequence[Duty]) -> bool:
    """Whether a sentence found is little else than a note."""
    held = sum(d.end - d.start for d in duties if d.form == "note" and candidate.start <= d.start < candidate.end)
    return 2 * held > candidate.end - candidate.start or any(
        d.start <= candidate.start and candidate.end <= d.end for d in duties if d.form == "note"
    )
