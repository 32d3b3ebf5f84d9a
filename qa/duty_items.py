"""Who does an item of a list that a question calls by its number: 重点行动的第二项."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Section, SourceDocument
from corpus.labels import number_of
from index.tokens import fold
from qa.address import longest_shared, own_words
from qa.departments import named_in, names_used
from qa.duty_comparisons import asks_whether
from qa.duty_meant import Library, own_part, tasks_meant
from qa.duty_names import names_in
from qa.duty_tasks import Task, listing, within
from qa.duty_who import who_does
from qa.duty_wording import ASKS_WHO, LEADS, ROLE_NOUN, ROLES
from qa.evidence import Candidate, Probe
from qa.extractive import Decline, Draft
from qa.listing import listed_children
from qa.refusal import explain
from qa.running_lists import parts_of, runs_within
from qa.tables import numbered_row


def answer_item_duty(
    probe: Probe, found: Sequence[Candidate], library: Library, doc_ids: Sequence[str]
) -> Draft | Decline | None:
    """Who leads and takes part in an item that a question calls by its number in a list: 重点行动的第二项由谁牵头; None for other
    questions. Declined where neither the item nor what stands above it has a note."""
    core = own_part(probe.question)
    whether = asks_whether(probe.question)
    asks = ASKS_WHO.search(core) or ROLE_NOUN.search(core) or whether
    if not (asks and _NUMBERED.search(fold(core)) and (LEADS.search(core) or ROLES.search(core))):
        return None
    tasks = tasks_meant(probe, found, library, doc_ids)
    numbered = None if whether else _by_number(core, tasks)
    if numbered is not None:
        return who_does([numbered], (), core, whether)
    item = _nth_of_list(core, tasks) or _nth_of_running(core, tasks)
    known = names_in(tasks)
    departments = [n for name in named_in(core, known) for n in names_used(name, known)]
    if item is None or (whether and not departments):
        return None
    return _who_of_item(*item, tasks, departments, core, whether)


#: 重点行动的第二项, 保障措施里倒数第二条, 主要任务最后一项: an item of a list that is called by its heading.
_NTH = re.compile(
    r"(?P<list>[^,，。;；?？]{2,30}?)(?P<back>倒数)?(?:第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})|(?P<last>(?:最后|最末|末尾)一))"
    r"(?:项|条|个(?!部门|单位|机构)|点|方面)"
)
#: ... by what its items are, behind the number: 第三项行动, 最后一项重点工程.
_NTH_OF = re.compile(
    r"(?P<back>倒数)?(?:第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})|(?P<last>(?:最后|最末|末尾)一))(?:项|条|个(?!部门|单位|机构))"
    r"(?P<list>(?:重点|主要|具体)?[\u4e00-\u9fff]{2}?)(?=[由归是的谁哪,]|牵头|负责)"
)
#: An item by its number alone, of whatever list.
_NUMBERED = re.compile(
    r"第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?:项|条|个(?!部门|单位|机构)|点|件|号)|最后一"
)


def _by_number(core: str, tasks: Sequence[Task]) -> Task | None:
    """The task of the first document that bears a number in its table, 第8项任务; None where a list is called by its name,
    or none bears it."""
    asked = _NUMBERED.search(fold(core))
    if asked is None or not tasks or not asked["number"]:
        return None
    row = numbered_row(tasks[0].document, number_of(asked["number"]) or 0)
    spans = () if row is None else (row[0].spans[row[1]],)
    return next((t for t in tasks if t.document is tasks[0].document and (t.duty.start, t.duty.end) in spans), None)


def _nth_of_running(core: str, tasks: Sequence[Task]) -> tuple[SourceDocument, Section] | None:
    """The item of a number in the list that is numbered through the parts of the first document; None where a list is
    called by its name, or the document has no such list."""
    asked = _NUMBERED.search(fold(core))
    if asked is None or not tasks or not asked["number"]:
        return None
    document, number = tasks[0].document, number_of(asked["number"]) or 0
    runs = runs_within(document, parts_of(document))
    return next(((document, row[number - 1]) for row in runs[:1] if 0 < number <= len(row)), None)


_HEADING = 3  #: characters of a heading by which a list is called


def _nth_of_list(core: str, tasks: Sequence[Task]) -> tuple[SourceDocument, Section] | None:
    """The item that a question calls by its number below a heading; None where it calls none so, or the list has none of
    that number."""
    asked = _NTH.search(fold(core))
    called = _list_called(asked["list"], tasks) if asked is not None else None
    if called is None:
        asked = _NTH_OF.search(fold(core))
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
    return who_does(meant, departments, core, whether)
