"""Answers by the structure of documents: outlines, tables, responsibility notes, header data, one way after another."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from corpus.labels import without_label
from index.tokens import fold
from qa import refusal
from qa.announced import answer_announced, answer_nth_announced, with_list_below
from qa.appointments import answer_appointments, appointment_untold
from qa.asked_form import lacks_actor, tells_actor
from qa.asked_lists import announces_another
from qa.asked_members import answer_within
from qa.better_read import far_less, is_told
from qa.cases import answer_cases, asks_left_out
from qa.contents_answers import answer_contents
from qa.counted_members import answer_counted_member
from qa.definitions import answer_definition
from qa.disputes import answer_dispute, answer_values
from qa.duty_answers import answer_duty
from qa.duty_items import answer_item_duty
from qa.duty_wording import asks_for_tasks
from qa.each_side import Answering
from qa.editions import disputes
from qa.evidence import READ_TO_ANSWER, Candidate, Probe, coverage
from qa.extractive import Decline, Draft, Line, past_preamble
from qa.guide_answers import answer_guide
from qa.headed_figures import answer_headed
from qa.horizons import answer_horizons
from qa.in_force import answer_in_force, says_nothing_of_force
from qa.item_extremes import answer_item_extreme
from qa.label_answers import answer_label
from qa.lists import answer_list
from qa.mark_tables import answer_marks
from qa.metadata_answers import answer_attachments, answer_metadata, answer_relation, missing_metadata
from qa.named_figure import answer_named_figure
from qa.named_lists import answer_named_list
from qa.nth_answers import answer_nth
from qa.numbered_headings import answer_numbered_heading
from qa.occurrences import answer_occurrences
from qa.outline_questions import (
    answer_beside,
    answer_counted,
    answer_gist,
    answer_member,
    answer_picked,
    answer_position,
)
from qa.overview import answer_document
from qa.patterns import DATE, fits_kind
from qa.penalties import answer_penalty, for_amount
from qa.posts import answer_post
from qa.procedures import answer_procedure
from qa.quoted import answer_quoted, answer_title, compares_words
from qa.reckoning import told_beside
from qa.rosters import answer_roster
from qa.section_answers import answer_section
from qa.table_answers import answer_entries, answer_rows
from qa.table_changes import answer_changes
from qa.table_extremes import answer_extreme
from qa.table_told import answer_ends, answer_table
from qa.table_verdict import table_verdict
from qa.told_around import behind_its_title

if TYPE_CHECKING:
    from corpus.document import SourceDocument
    from qa.finding import Finder, Found


def by_structure(found: Found, bot: Finder, answer: Answering) -> Draft | Decline | None:
    """What the outline, the responsibility notes and the header data of the documents answer, or plainly do not hold;
    None where sentences have to answer."""
    if not found.candidates:
        return Decline("out_of_scope", refusal.explain("out_of_scope"))
    outcome = _by_kind(found, bot, answer)
    return None if isinstance(outcome, Draft) and read_as_less(outcome, found, bot) else outcome


def _by_kind(found: Found, bot: Finder, answer: Answering) -> Draft | Decline | None:
    """What the first of the ways of answering by structure says that fits the question."""
    probe, candidates, idf = found.probe, found.candidates, bot.index.idf

    def ask(question: str, doc_id: str) -> Draft | None:
        outcome = answer(bot.find(question, documents=[doc_id]), bot)
        return outcome if isinstance(outcome, Draft) else None

    documents = sorted(
        map(bot.simplified, {p.doc_id for p in found.passages} | probe.hinted),
        key=lambda d: (d.doc_id not in probe.hinted, d.header.authority, d.doc_id),
    )
    meant = [document.doc_id for document in documents]
    ids = [d for d in bot.doc_ids() if found.allowed is None or d in found.allowed]
    item = answer_item_duty(probe, candidates, bot, ids)
    if item is not None:
        return item
    draft = (
        answer_numbered_heading(probe, candidates)
        or answer_counted_member(probe, candidates)
        or (answer_document(probe, documents) if found.address is None else None)  # 图3 讲的是什么
        or answer_contents(probe, documents)
        or answer_occurrences(probe, documents)
        or answer_position(probe, candidates)
        or answer_beside(probe, candidates, ask)
        or answer_picked(probe, candidates)
        or answer_nth(probe, candidates, idf)
        or answer_nth_announced(probe, candidates)
        or answer_counted(probe, candidates)
        or answer_member(probe, candidates)
    )
    if draft is not None:
        return draft
    untold = appointment_untold(probe, candidates)
    if untold:
        return refusal.decline(found.candidates, untold)
    post = answer_roster(probe, candidates) or answer_post(probe, candidates)
    if post is not None:
        return post
    named = (
        answer_appointments(probe, candidates)
        or answer_relation(probe, candidates, bot, ids)
        or answer_attachments(probe, candidates, bot, ids)
        or answer_metadata(probe, candidates, bot, ids, plainly=True)
    )
    if named is not None:
        return named
    beside = (
        _of_quotes(found, bot, meant, ids)
        or answer_horizons(probe, found.mentions, documents, bot.superseded())
        or answer_values(probe, candidates)
        or told_beside(probe, candidates)
        or answer_named_figure(probe, candidates, bot.figures_of)
    )
    if beside is not None:
        return beside
    absent = refusal.plain_absence(probe, candidates, found.address, bot.occurs)
    if absent:
        return refusal.decline(found.candidates, absent)
    defined = answer_definition(probe, candidates)
    if defined is not None:
        return defined

    outcome = _by_parts(found, bot, documents, ids)
    return None if isinstance(outcome, Decline) and told_by_sentence(probe, candidates) else outcome


def read_as_less(outcome: Draft, found: Found, bot: Finder) -> bool:
    """Whether what the structure gave is of another thing than the best sentence, which is none of it and as much of the
    kind asked for: that is read to be far more of an answer and says hardly less, or plainly is one and says more."""
    core = fold(found.question.core)
    best = next((c for c in past_preamble(core, found.candidates) if c.tells), None)
    if best is None or best.odds <= READ_TO_ANSWER or is_told(best, outcome) or outcome.method in _BY_PLACE:
        return False
    if best.text.rstrip()[-1:] not in "。；;！？，,":
        return False  # a line of a head or a table, which is hardly read rightly
    kinds, told = found.question.kinds, fold(best.text)
    said = fold("".join(line.text for line in outcome.lines))
    if outcome.method == "metadata" and any(datum.search(said) and not datum.search(told) for datum in _DATA):
        return False
    fit, own = fits_kind(kinds, core, told), fits_kind(kinds, core, said)
    if fit < min(0.0, own) or fit <= own and kinds & _WHO and tells_actor(said) and not tells_actor(told):
        return False
    holds, holds_itself = coverage(found.probe, told), coverage(found.probe, said)
    if best.odds >= _PLAINLY and holds >= holds_itself + _MORE:
        return True  # the note of another task, or the parts of a section that only bears the name
    return holds >= _SAYS * holds_itself and far_less(bot.odds_of(found.question.core, outcome), best.odds)


_DATA = (re.compile(r"\(\d{4}\)"), DATE)  #: what a head tells, in folded text: a number of a document, a day
_BY_PLACE = {"document", "nth"}  #: methods: what a question asks for by its place is no other thing, however it is read
_WHO = {"who", "duty"}  #: kinds of questions
#: Log odds from which a sentence is read to answer so plainly that a part of the structure has to hold as much of what the
#: question says, and by how much more of that the sentence has to hold.
_PLAINLY, _MORE = 9.0, 0.1
_SAYS = 0.7  #: of what the structure's part says of a question, the share that the sentence has to say


def _by_parts(
    found: Found, bot: Finder, documents: Sequence[SourceDocument], ids: Sequence[str]
) -> Draft | Decline | None:
    """What the responsibility notes, header data, tables and sections answer; ``documents``: those of what was found or
    that the question points at; ``ids``: all that it is kept to."""
    probe, candidates, idf = found.probe, found.candidates, bot.index.idf

    def search(topic: str, documents: Collection[str] | None = None) -> Sequence[Candidate]:
        return bot.find(topic, documents=documents or found.allowed, all_versions=documents is not None).candidates

    disputed = disputes(fold(probe.question.text))
    of_tasks = "duty" in probe.question.kinds or asks_for_tasks(fold(probe.question.core))
    # 到底 alone asks for one figure, and does not say that there are two.
    certain = not disputes(re.sub("到底|究竟", "", fold(probe.question.text)))
    asked = answer_table(probe, candidates) if certain and not of_tasks else None
    asked = asked or (table_verdict(probe, candidates) if certain else None)
    if asked is not None:
        return asked
    duty = _tasks_in_each(found, bot, ids, search) or answer_duty(probe, candidates, bot, ids, search)
    if duty is not None:
        return duty
    in_force = answer_in_force(
        probe, candidates, bot, ids, found.aside, bot.superseded(), lambda: bot.index.relations(kind="replaces")
    )
    if in_force is not None:
        return in_force
    draft = answer_metadata(probe, candidates, bot, ids)
    # A number, a date or a body may be of something else than the document, unless the question names that.
    draft = draft if probe.hinted or len(bot.doc_ids()) == 1 else if_read(draft, found, bot)
    if draft is not None:
        return with_list_below(draft, probe, bot.simplified)
    # What is not accepted is told by no item of a guide that says what is.
    left_out = answer_cases(probe, candidates) if asks_left_out(probe.question.core) else None
    if left_out is not None and not is_told(candidates[0], left_out) and not _read_as_well(left_out, found, bot):
        left_out = if_read(left_out, found, bot)
    if left_out is not None:
        return left_out
    whole = answer_marks(probe, candidates) or answer_procedure(probe, candidates)
    if whole is not None:
        return whole
    # What several sources say is more than the item of one.
    labelled = None if disputed else answer_label(probe, candidates)
    labelled = labelled or _of_guide(found, bot)
    if labelled is not None:
        return labelled
    cell = (
        answer_extreme(probe, candidates)
        or answer_ends(probe, candidates)
        or answer_item_extreme(probe, candidates, bot.figures_of)
    )
    cell = cell or answer_changes(probe, candidates)
    cell = cell or answer_headed(probe, candidates)
    cell = cell or (answer_table(probe, candidates) if of_tasks and not disputed else None)
    if cell is not None:
        return cell
    kept = frozenset(ids)
    headers = {doc_id: header for doc_id, header in bot.headers().items() if doc_id in kept}
    draft = answer_dispute(probe, candidates, bot.superseded(), headers, search, bot.compare)
    if draft is not None:
        return draft
    missing = missing_metadata(probe, candidates, bot, ids)
    if missing:
        return refusal.decline(found.candidates, missing)
    rows = answer_within(probe, candidates) or answer_rows(probe, candidates) or answer_entries(probe, candidates)
    if rows is not None:
        return rows
    penalty = if_read(answer_penalty(probe, candidates), found, bot)
    if penalty is not None:
        return for_amount(penalty, probe, bot.simplified)
    read = if_read(
        answer_cases(probe, candidates)
        or answer_gist(probe, candidates)
        or _at_address(answer_list(probe, candidates, idf), found)
        or answer_section(probe, candidates, idf)
        or answer_announced(probe, candidates),
        found,
        bot,
    )
    return read or answer_named_list(probe, candidates)


def _at_address(draft: Draft | None, found: Found) -> Draft | None:
    """A list, but none of another place than a question names by its number."""
    if draft is None or found.address is None or not found.address.sections:
        return draft
    doc_id, start, _ = draft.lines[0].spans[0]
    document = next((c.document for c in found.candidates if c.document.doc_id == doc_id), None)
    meant = found.address.sections.get(doc_id, frozenset())
    around = document.upwards(document.section_at(start)) if document is not None else ()
    return draft if any(section.index in meant for section in around) else None


def _of_guide(found: Found, bot: Finder) -> Draft | None:
    """The item of a guide that a question asks for: where something is done the item of a guide that the question names
    answers however it is read, as its name says what it tells."""
    draft = answer_guide(found.probe, found.candidates)
    where = "where" in found.question.kinds and draft is not None
    if draft is not None and where and draft.lines[0].spans[0][0] in found.probe.hinted:
        return draft
    return if_read(draft, found, bot)


def _tasks_in_each(
    found: Found, bot: Finder, ids: Sequence[str], search: Callable[[str], Sequence[Candidate]]
) -> Draft | None:
    """What a department was given in each of several documents that a question names apart (在甲方案和乙计划里分别…), each
    behind its name; None where it names no several, or one of them gives it nothing."""
    if not asks_for_tasks(found.question.core.lower()):
        return None
    pointed = [m.doc_ids for m in found.mentions]
    groups = [ids_of for ids_of in dict.fromkeys(pointed) if not any(other < ids_of for other in pointed)]
    if len(groups) < 2 or any(one & other for one, other in combinations(groups, 2)):
        return None
    lines: list[Line] = []
    for group in groups:
        own = [c for c in found.candidates if c.document.doc_id in group]
        draft = answer_duty(replace(found.probe, hinted=group), own, bot, [d for d in ids if d in group], search)
        if not isinstance(draft, Draft) or draft.method != "duty":
            return None
        lines += [behind_its_title(line, bot) for line in draft.lines]
    return Draft(tuple(lines), method="duty")


#: Log odds below which what the structure gave is no answer. Of 160 such answers about real documents 40 are read so or
#: as far less than a sentence, and hardly one of these was right where the sentences gave nothing.
_NO_ANSWER = -5.0
_SHORTEST_HEADING, _ALL_SAID = 3, 0.9


def if_read(draft: Draft | None, found: Found, bot: Finder) -> Draft | None:
    """The draft, unless it is read to be plainly no answer, or much less of one than a sentence: the list of another thing,
    the penalty for another act.

    What a question names by its place or its heading is what it asks for; what says all that it says is never plainly none.
    """
    if draft is None or found.probe.places:
        return draft
    places = {(doc_id, start) for line in draft.lines for doc_id, start, _ in line.spans[:1]}
    documents = [(bot.simplified(doc_id), start) for doc_id, start in places]
    headings = [heading for document, start in documents for heading in document.path(document.section_at(start))]
    core = fold(found.question.core)
    if any(len(h) >= _SHORTEST_HEADING and fold(h) in core for h in map(without_label, headings)):
        return draft
    if draft.method == "list" and announces_another(core, fold(draft.lines[0].text)):
        return None
    odds, first = bot.odds_of(found.question.core, draft), found.candidates[0]
    announced = draft.method == "list" and "list" in found.question.kinds and _announced_first(draft, first)
    best = max((c.odds for c in found.candidates if not is_told(c, draft)), default=0.0)
    if not announced and far_less(odds, best):
        return None
    told = (*(document.header.title for document, _ in documents), *headings, *(line.text for line in draft.lines))
    return draft if odds >= _NO_ANSWER or coverage(found.probe, fold("".join(told))) >= _ALL_SAID else None


def _read_as_well(draft: Draft, found: Found, bot: Finder) -> bool:
    """Whether a draft of a document that the question points at is read to answer as well as any sentence is, be it badly."""
    best = max((c.odds for c in found.candidates if c.tells), default=0.0)
    hinted = draft.lines[0].spans[0][0] in found.probe.hinted
    return hinted and bot.odds_of(found.question.core, draft) >= best - _AS_WELL


_AS_WELL = 2.0  #: log odds


def _announced_first(draft: Draft, first: Candidate) -> bool:
    """Whether a list is the one that the first sentence found announces by 下列 or 以下: read alone that sentence tells nothing,
    and the list may well be read as less than a sentence that speaks of its thing."""
    announces = re.search(r"(?:下列|以下|如下)[^。；;]{0,20}[：:]\s*$", first.text)
    spans = [span for line in draft.lines for span in line.spans]
    return bool(announces) and any(
        d == first.document.doc_id and a <= first.end + 1 and first.start < b for d, a, b in spans
    )


def told_by_sentence(probe: Probe, candidates: Sequence[Candidate]) -> bool:
    """Whether the best sentence is read to answer, though the structure gave nothing."""
    best = next((c for c in candidates if c.tells), None)
    if best is None or best.odds < READ_TO_ANSWER:
        return False
    core, told = fold(probe.question.core), fold(best.text)
    fits = fits_kind(probe.question.kinds, core, told) >= 0 and not lacks_actor(core, told)
    fits = fits and not says_nothing_of_force(core, best.text)
    return fits and coverage(probe, told) >= _LEAST_SAID


_LEAST_SAID = 0.1  #: share of what a question says that a sentence has to say


def _of_quotes(found: Found, bot: Finder, meant: Sequence[str], ids: Sequence[str]) -> Draft | None:
    """The wordings or the name that a question repeats, side by side; ``meant``: the documents of what was found."""
    if not compares_words(fold(found.question.text)):
        return None
    documents, newer = [bot.simplified(d) for d in meant], bot.superseded()

    def holders(folded: str) -> list[str]:
        return [d for d in bot.index.holders(folded) if d in ids]

    titled = {doc_id: header.title for doc_id, header in bot.headers().items() if doc_id in ids}
    return answer_title(found.probe, documents, found.mentions, titled, bot.simplified, newer) or answer_quoted(
        found.probe, found.mentions, documents, holders, bot.simplified, newer
    )
