"""Which way of answering fits a question, and whether to answer at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.respective import spelled_out
from index.tokens import fold, words
from prompts import wording
from qa import refusal
from qa.acts import answer_acts
from qa.amendments import amended
from qa.announced import answer_announced, answer_nth_announced, with_items
from qa.answer import REFUSAL
from qa.appointments import answer_appointments, appointment_untold
from qa.asked_each import asked_of_each, asked_of_years, without_names
from qa.asked_form import of_asked_form
from qa.asked_lists import of_asked_list
from qa.band_answers import answer_band
from qa.bands import answer_named_band, in_named_band, thing_unlisted
from qa.better_read import with_better_read
from qa.cases import answer_cases
from qa.collection import answer_collection
from qa.counted_members import answer_counted_member
from qa.dating import dated_by, with_days_told
from qa.definitions import answer_definition, with_rest
from qa.delivery import answer_delivery
from qa.disputes import answer_dispute, answer_values, answer_versions, asks_change
from qa.drafts import named_as_draft, with_proposal_noted
from qa.duty_answers import answer_duty, answer_item_duty, asked_of_named, topic_of_duty, unnamed_department
from qa.duty_comparisons import asks_comparison
from qa.each_side import told_apart
from qa.earlier_version import of_earlier_years, of_version_then, with_earlier_version, with_version_named
from qa.editions import disputes
from qa.elsewhere import of_own_place, with_place_noted
from qa.evidence import HAN, READ_TO_ANSWER, Candidate, Probe, around, coverage, match
from qa.exception_answers import answer_exception
from qa.exceptions import with_exceptions
from qa.extractive import (
    MAX_CHARACTERS,
    WHOLE,
    Decline,
    Draft,
    Line,
    Read,
    Span,
    after_in_line,
    answer_compare,
    answer_mention,
    answer_sentences,
    answer_whether,
    before_in_line,
    closed,
    lines_of,
    sides_of,
    whole_parts,
)
from qa.faq_answers import answer_faq
from qa.figure_answers import (
    FiguresOf,
    by_names,
    by_years,
    fact_verdict,
    names_year_beside,
    of_year,
    other_years,
    year_by_year,
)
from qa.first_sentence import (
    OF_YEAR,
    RANGE_BEHIND,
    below_other_year,
    below_year,
    beside_told,
    excepting,
    in_asked_range,
    in_told_line,
    in_total,
    of_asked_case,
    of_asked_class,
    of_asked_label,
    of_asked_measure,
    of_own_conditions,
    of_the_whole,
    of_what_is_new,
    one_of_a_row,
    put_first,
    read_to_answer,
    says_none,
    sets_bound,
    telling_several,
)
from qa.followup import points_at_nothing
from qa.graded_sections import answer_graded, behind_grade, grade_untold, of_named_grade
from qa.grounds import answer_grounds
from qa.guide_answers import answer_guide, tells_anothers_item
from qa.headed_figures import answer_headed
from qa.horizons import answer_horizons
from qa.in_force import answer_in_force
from qa.joined import is_joined, silent_on_its_own, tells_of_its_own
from qa.label_answers import answer_label, tells_anothers_contact
from qa.limits import limits, measures
from qa.listed_bodies import answer_unlisted
from qa.lists import (
    answer_contents,
    answer_list,
    answer_nth,
    answer_section,
    answer_sections,
    answer_summary,
)
from qa.metadata_answers import answer_attachments, answer_metadata, answer_relation, missing_metadata
from qa.modified_figures import with_modified
from qa.named_heading import answer_named_heading
from qa.named_members import answer_kinds, answer_sharing
from qa.narrow import case_meant, clause_spans, date_verdict, narrowed, range_verdict
from qa.official_word import with_official
from qa.other_values import with_other_values
from qa.outline_questions import (
    answer_around,
    answer_beside,
    answer_counted,
    answer_gist,
    answer_member,
    answer_picked,
    answer_position,
    unit_above,
)
from qa.overview import answer_document
from qa.patterns import (
    lacks_figure,
    names_class,
    other_class,
    tells_figure,
)
from qa.penalties import answer_penalty, is_for_another_act
from qa.pointing_back import asked_of_body
from qa.question import asking_clause, kinds_of
from qa.quoted import answer_quoted, answer_title, compares_words
from qa.reckoning import asks_difference, told_beside, with_reckoned, year_before
from qa.sides import answer_sides, with_what_differs
from qa.source_sides import of_each_source, of_each_version, of_named_source
from qa.table_answers import answer_bounded, answer_cell, answer_each_row, answer_rows, row_cells, row_verdict
from qa.told_around import (
    behind_its_title,
    dated_line,
    in_own_range,
    with_antecedent,
    with_date,
    with_heading,
    with_limits,
    with_place,
    with_source,
)
from qa.untold import left_untold
from qa.verdict_around import settled_by_article
from qa.verdict_cases import asks_by_now, of_other_case

if TYPE_CHECKING:
    from corpus.document import Header
    from qa.bot import Found, PolicyQA


def compose(found: Found, bot: PolicyQA) -> Draft | Decline:
    """The draft of an answer, or the reason why there is none."""
    if found.allowed is not None and not found.allowed:
        return Decline("out_of_scope", REFUSAL + wording("refusal.nothing_chosen"))
    whole, found = found, of_version_then(found, bot)
    probe = found.probe
    if points_at_nothing(found.question.core) and sum(map(len, probe.places.values())) != 1:
        return Decline("weak_evidence", REFUSAL + wording("refusal.unclear"))
    ids = [d for d in bot.doc_ids() if found.allowed is None or d in found.allowed]

    kept = frozenset(ids)

    def headers() -> dict[str, Header]:
        return {doc_id: header for doc_id, header in bot.headers().items() if doc_id in kept}

    of_all = answer_collection(found.question.core, headers, bot.document, bot.index.holders)
    if of_all is not None:
        return of_all
    versions = _of_versions(found, bot, ids) if asks_change(fold(found.question.core)) else None
    if versions is not None:
        return versions
    beside = of_each_version(found, bot, kept, _answer) or of_each_source(found, bot, kept, _answer)
    if beside is not None:
        return with_reckoned(probe, beside)
    spoken_of = (
        answer_mention(probe, found.candidates)
        or answer_graded(probe, found.candidates)
        or answer_named_heading(probe, found.candidates)
    )
    if spoken_of is not None:
        return spoken_of
    if grade_untold(probe, found.candidates):
        return _decline(found, "所问的这一级")
    found = _of_named_grade(found)
    unnamed = unnamed_department(found.question.core, bot)
    if unnamed:
        return _decline(found, f"“{unnamed}”")
    unlisted = answer_unlisted(found.question.core, found.candidates, headers, bot.document, bot.duties_of)
    if unlisted is not None:
        return unlisted
    if found.candidates and not bot.about(found):
        again = bot.read_on(found)
        if again is None and not _duties_are_of(found, bot):
            what = refusal.plain_absence(probe, found.candidates, found.address, bot.occurs)
            return _decline(found, what or "")
        found = again or found
    outcome = _answer(found, bot)
    if isinstance(outcome, Decline):
        anew = _asked_anew(found, bot) if outcome.reason == "weak_evidence" or is_joined(found) else None
        outcome = anew or of_earlier_years(found, bot, _answer) or outcome
    outcome = of_named_source(outcome, found, bot, kept, _answer) or outcome
    if not isinstance(outcome, Draft):
        return outcome
    outcome = _of_what_is_brought(found, outcome, bot) or outcome
    if outcome.method == "sentences" and _hardly_answers_across(found, outcome):
        return Decline("weak_evidence", REFUSAL + wording("refusal.another_language"))
    outcome = behind_grade(outcome, probe.question.core, bot.document(outcome.lines[0].spans[0][0]))
    draft = with_reckoned(probe, _with_open_parts(outcome, found, bot))
    missing = left_untold(probe.question, draft, bot.document)
    anothers = draft.method in ("sentences", "clause") and _is_anothers(probe, draft, bot)
    if not missing and (anothers or silent_on_its_own(found, draft, bot.odds)):
        missing = "所问的这项内容"
    if missing:
        return _decline(found, missing)
    draft = with_exceptions(with_modified(draft, probe, bot.document), probe.question.core, bot.document)
    draft = named_as_draft(draft, bot.document)
    draft = with_proposal_noted(with_place_noted(draft, probe.question.text, bot.document), bot.document)
    draft = with_version_named(draft, whole, bot)
    draft = with_official(with_earlier_version(draft, found, bot, _answer), found, bot, _answer)
    return with_other_values(draft, found, bot, _answer)


#: Log odds from which a sentence is taken to answer a question in another language: what else tells was fitted on Chinese.
_ACROSS = 0.5


def _hardly_answers_across(found: Found, draft: Draft) -> bool:
    """Whether a question without a Chinese character is not read to be answered. A term alone (O2O) may stand in what is
    told."""
    core = fold(found.question.core)
    if HAN.search(core):
        return False
    own = re.findall(r"[a-z][a-z0-9]+", core)
    if len(own) == 1 and any(own[0] in fold(line.text) for line in draft.lines):
        return False
    return not own or max((c.odds for c in found.candidates if c.tells), default=0.0) < _ACROSS


def _is_anothers(probe: Probe, draft: Draft, bot: PolicyQA) -> bool:
    """Whether a sentence is the item, contact or penalty that a question asks for, of another thing or act."""
    doc_id, start, _ = draft.lines[0].spans[0]
    document = bot.document(doc_id)
    anothers = (tells_anothers_item, tells_anothers_contact, is_for_another_act)
    return any(is_anothers(probe, document, start) for is_anothers in anothers)


def _of_versions(found: Found, bot: PolicyQA, ids: Sequence[str]) -> Draft | None:
    """What has changed between two versions, where that is all a question asks; ``ids``: the documents it is kept to."""
    bare = without_names(found.question.core, [m.words for m in found.mentions])
    pointed = frozenset[str]().union(*(m.doc_ids for m in found.mentions))
    return answer_versions(bare, pointed, bot.superseded(), {*ids, *found.aside}, bot.compare)


def _asked_anew(found: Found, bot: PolicyQA) -> Draft | None:
    """What answers the clause of a long story that asks, or a follow-up in its other wording, with or without what the
    talk is about; None where nothing does, or the question is neither."""
    return _asked_apart(asking_clause(found.question.core) or found.otherwise, found, bot)


def _of_what_is_brought(found: Found, draft: Draft, bot: PolicyQA) -> Draft | None:
    """What answers a follow-up alone, where the sentences found for it with what the talk is about hold nothing of what it
    asks about itself: 网民有多少 behind a question about sales."""
    if draft.method != "sentences" or not is_joined(found) or tells_of_its_own(found, draft):
        return None
    apart = _asked_apart(found.otherwise, found, bot)
    return apart if apart is not None and tells_of_its_own(found, apart) else None


def _asked_apart(asked: str, found: Found, bot: PolicyQA) -> Draft | None:
    """What answers another wording of a question; less of it is asked than was, so a sentence has to be read to answer."""
    apart = bot.find(asked, documents=found.probe.hinted or found.allowed) if asked else None
    outcome = _answer(apart, bot) if apart is not None and apart.candidates and bot.about(apart) else None
    if apart is None or not isinstance(outcome, Draft):
        return None
    by_sentence = outcome.method == "sentences"
    return None if by_sentence and max(c.odds for c in apart.candidates) <= READ_TO_ANSWER else outcome


def _duties_are_of(found: Found, bot: PolicyQA) -> bool:
    """Whether a question about who does something is about these documents by that something alone: every responsibility
    note is like the words that ask for a role."""
    core = found.question.core
    if asked_of_named(core, bot):
        return True
    topic = topic_of_duty(core) if "duty" in found.question.kinds or asks_comparison(core) else ""
    return bool(topic) and bot.about(bot.find(topic, documents=found.allowed))


def _answer(found: Found, bot: PolicyQA) -> Draft | Decline:
    found = _of_named_grade(_of_year(_as_amended(found, bot), bot))
    listed = of_asked_list(found.probe, found.candidates)
    if listed is not None:
        found = replace(found, candidates=put_first(listed, found.candidates))
    return by_structure(found, bot) or _by_sentences(found, bot)


def _of_named_grade(found: Found) -> Found:
    """The same without the sentences of other grades than a question names, where any are left."""
    kept = of_named_grade(found.question.core, found.candidates)
    return replace(found, candidates=kept) if any(c.tells for c in kept) else found


def _as_amended(found: Found, bot: PolicyQA) -> Found:
    """The same with the sentences that a document among those asked words anew in its words."""
    changes = [c for c in bot.changes() if found.allowed is None or c.document.doc_id in found.allowed]
    changed = amended(fold(found.question.text), found.candidates, changes)
    return replace(found, candidates=tuple(changed))


#: Log odds from which the lines of a draft are taken to answer a part of the question; those that a sentence found for
#: the part alone has to have, and by how much it has to be ahead.
_TOLD, _ANSWERS, _AHEAD = 1.0, 0.5, 2.5


_PARTS = 4  #: of a question that are looked at


_NOTHING = -8.0  #: log odds of lines that say nothing


def _with_open_parts(draft: Draft, found: Found, bot: PolicyQA) -> Draft:
    """A draft with the answers to those parts of a question that it leaves open, each looked for by itself."""
    question = found.question
    both = draft.method == "counted" and len(question.parts) == 2  # how many there are, and which is the n-th
    if len(question.parts) < 2 or bot.reading is None or both:
        return draft
    documents = found.probe.hinted or {span[0] for line in draft.lines for span in line.spans}
    of_body = asked_of_body("".join(line.text for line in draft.lines[:2]), question.parts)
    of_place = _asked_of_place(draft, question.parts, bot) or of_body
    parts = of_place or whole_parts(question.parts)
    if draft.method == "appointments":  # a row tells who and what; from when, it does not
        parts = [part for part in parts if "when" in kinds_of(part)]
    for part in parts[:_PARTS]:
        told = _odds_of(part, draft.lines, found, bot)
        if (told >= _TOLD and not of_place) or asks_difference(part):
            continue
        # A body that another document speaks of, too, may be looked for there.
        apart = bot.find(part, documents=found.allowed if of_body else documents)
        own = _answer(apart, bot)
        if not isinstance(own, Draft):
            continue
        said = "".join(line.text for line in draft.lines)
        new = tuple(line for line in own.lines if line.text not in said)
        more = "".join(line.text for line in new)
        held, holds = coverage(apart.probe, fold(said)), coverage(apart.probe, fold(more))
        # A line that holds as much of what the part says is taken to answer it, however it was read.
        if of_place and own.method in WHOLE:
            draft = replace(draft, lines=(*draft.lines, *new))
            continue
        if not new or len(said + more) > MAX_CHARACTERS or (held and held >= holds):
            continue
        odds = _odds_of(part, new, found, bot)
        if odds >= told + _AHEAD and (odds >= _ANSWERS or own.method in WHOLE):
            draft = replace(draft, lines=(*draft.lines, *new))
    return draft


#: 这个行动, 该章 behind a question for the place; and what asks of it without naming it.
_THAT_PLACE = re.compile(
    r"(?:这|该|那|此)(?:一)?(?:个|项|条)?(?:重点)?(?P<unit>行动|任务|工程|措施|章|节|部分|条)(?:里面?|中|下面)?"
)


def _asked_of_place(draft: Draft, parts: Sequence[str], bot: PolicyQA) -> list[str]:
    """The parts of a question behind one that asks where something stands, asked of that place by its name: 该行动由谁牵头
    of 写在哪项行动. Empty where the first part asks for no place or none of the others points at it."""
    placed = _WHICH_PLACE.search(parts[0])
    back = [_THAT_PLACE.search(part) for part in parts[1:]]
    if placed is None or not any(back) or draft.method != "sentences":
        return []
    doc_id, start, _ = draft.lines[0].spans[-1]
    document = bot.document(doc_id)
    asked = []
    for part, that in zip(parts[1:], back, strict=True):
        unit = that["unit"] if that is not None else ""
        section = unit_above(document, document.section_at(start), unit)
        if that is not None and section is not None:
            asked.append(f"{part[: that.start()]}{section.title}{part[that.end() :]}")
    return asked


def _odds_of(part: str, lines: Sequence[Line], found: Found, bot: PolicyQA) -> float:
    """What the reader says of some lines: the best log odds that one answers a part of the question. One that only
    announces what follows it answers nothing."""
    told = []
    for line in lines:
        doc_id, start, end = line.spans[0]
        document = bot.document(doc_id)
        announces = len(line.spans) == 1 and document.text[start:end].rstrip()[-1:] in "：:"
        if not announces:
            section = document.section_at(start)
            told.append(
                replace(found.candidates[0], document=document, section=section, start=start, end=end, text=line.text)
            )
    return max(bot.odds(part, told), default=_NOTHING) if told else _NOTHING


def by_structure(found: Found, bot: PolicyQA) -> Draft | Decline | None:
    """What the outline, the responsibility notes and the header data of the documents answer, or plainly do not hold;
    None where sentences have to answer."""
    if not found.candidates:
        return Decline("out_of_scope", refusal.explain("out_of_scope"))
    probe, candidates, idf = found.probe, found.candidates, bot.index.idf

    def ask(question: str, doc_id: str) -> Draft | None:
        answer = _answer(bot.find(question, documents=[doc_id]), bot)
        return answer if isinstance(answer, Draft) else None

    documents = sorted(
        map(bot.document, {p.doc_id for p in found.passages} | probe.hinted),
        key=lambda d: (d.doc_id not in probe.hinted, d.header.authority, d.doc_id),
    )
    meant = [document.doc_id for document in documents]
    ids = [d for d in bot.doc_ids() if found.allowed is None or d in found.allowed]
    item = answer_item_duty(probe, candidates, bot, ids) or answer_exception(probe, candidates, bot.document)
    if item is not None:
        return item
    draft = (
        answer_counted_member(probe, candidates, idf)
        or answer_document(probe, documents)
        or answer_contents(probe, documents)
        or answer_position(probe, candidates)
        or answer_beside(probe, candidates, ask)
        or answer_picked(probe, candidates)
        or answer_nth(probe, candidates, idf)
        or answer_nth_announced(probe, candidates)
        or answer_around(probe, candidates, ask)
        or answer_counted(probe, candidates)
        or answer_member(probe, candidates)
        or answer_grounds(probe, candidates, documents)
    )
    if draft is not None:
        return draft
    untold = appointment_untold(probe, candidates)
    if untold:
        return _decline(found, untold)
    named = (
        answer_appointments(probe, candidates)
        or answer_relation(probe, candidates, bot, ids)
        or answer_attachments(probe, candidates, bot, ids)
        or answer_bounded(probe, candidates)  # the bound itself need not stand in a document
    )
    if named is not None:
        return named
    beside = (
        year_by_year(probe, candidates, bot.figures_of)
        or _of_quotes(found, bot, meant, ids)
        or answer_horizons(probe, found.mentions, documents, bot.superseded())
        or answer_values(probe, candidates)
        or answer_band(probe, candidates)
        or answer_named_band(probe, candidates)
    )
    if beside is not None:
        return beside
    beside = told_beside(probe, candidates)
    if beside is not None:
        return beside
    absent = refusal.plain_absence(probe, candidates, found.address, bot.occurs)
    if absent:
        return _decline(found, absent)
    defined = answer_definition(probe, candidates)
    if defined is not None:
        return defined

    def search(topic: str, documents: Collection[str] | None = None) -> Sequence[Candidate]:
        return bot.find(topic, documents=documents or found.allowed, all_versions=documents is not None).candidates

    duty = answer_duty(probe, candidates, bot, ids, search)
    if duty is not None:
        return duty
    acts = answer_acts(probe, candidates)
    if acts is not None:
        return acts
    in_force = answer_in_force(
        probe, candidates, bot, ids, found.aside, bot.superseded(), lambda: bot.index.relations(kind="replaces")
    )
    if in_force is not None:
        return in_force
    draft = answer_delivery(probe, documents) or answer_metadata(probe, candidates, bot, ids)
    if draft is not None:
        return draft
    labelled = (
        answer_label(probe, candidates)
        or answer_kinds(probe, candidates)
        or answer_guide(probe, candidates)
        or by_names(probe, candidates)
    )
    if labelled is not None:
        return labelled
    cell = answer_each_row(probe, candidates) or (
        # What several sources say is more than the cell of one.
        None if disputes(fold(probe.question.text)) else answer_cell(probe, candidates)
    )
    cell = cell or answer_headed(probe, candidates)
    if cell is not None:
        return cell
    kept = frozenset(ids)
    headers = {doc_id: header for doc_id, header in bot.headers().items() if doc_id in kept}
    draft = answer_dispute(probe, candidates, bot.superseded(), headers, search, bot.compare)
    if draft is not None:
        return draft
    missing = missing_metadata(probe, candidates, bot, ids)
    if missing:
        return _decline(found, missing)
    return (
        answer_rows(probe, candidates)
        or answer_sections(probe, candidates)
        or answer_penalty(probe, candidates)
        or answer_cases(probe, candidates)
        or answer_sharing(probe, candidates)
        or answer_gist(probe, candidates)
        or answer_list(probe, candidates, idf)
        or answer_section(probe, candidates, idf)
        or answer_announced(probe, candidates)
    )


def _of_quotes(found: Found, bot: PolicyQA, meant: Sequence[str], ids: Sequence[str]) -> Draft | None:
    """The wordings or the name that a question repeats, side by side; ``meant``: the documents of what was found."""
    if not compares_words(fold(found.question.text)):
        return None
    documents, newer = [bot.document(d) for d in meant], bot.superseded()

    def holders(folded: str) -> list[str]:
        return [d for d in bot.index.holders(folded) if d in ids]

    titled = {doc_id: header.title for doc_id, header in bot.headers().items() if doc_id in ids}
    return answer_title(found.probe, documents, found.mentions, titled, bot.document, newer) or answer_quoted(
        found.probe, found.mentions, documents, holders, bot.document, newer
    )


def _by_sentences(found: Found, bot: PolicyQA) -> Draft | Decline:
    if "when" in found.question.kinds:
        found = replace(found, candidates=with_days_told(found.candidates))
    probe, candidates = found.probe, found.candidates
    right, years = other_years(probe, candidates, bot.figures_of)
    before = year_before(probe, candidates, bot.figures_of) if years else None
    if before is not None:
        return before
    if years:
        if names_year_beside(probe, candidates):
            return _decline(found)  # the paragraph names the year: that there is no figure of it cannot be said
        return _decline(found, f"{'、'.join(probe.question.years)}年的这项数字；文件里只有{'、'.join(years)}年的")
    series = of_year(probe, candidates, bot.figures_of)
    if series is not None and "whether" in probe.question.kinds:
        right, series = series.candidate, None
    if right is not None and series is None:
        candidates = put_first(right, candidates)
        found = replace(found, candidates=candidates)
    meant = (
        excepting(probe, candidates)
        or of_own_place(probe, candidates)
        or read_to_answer(probe, candidates)
        or in_told_line(probe, candidates)
        or of_asked_class(probe, candidates)
        or of_asked_label(probe, candidates)
        or of_asked_case(probe, candidates)
        or of_own_conditions(probe, candidates)
        or in_named_band(probe, candidates)
        or in_asked_range(probe, candidates)
        or in_total(probe, candidates)
        or of_the_whole(probe, candidates)
        or of_asked_measure(probe, candidates)
        or beside_told(probe, candidates)
    )
    if meant is not None:
        candidates = put_first(meant, candidates)
        found = replace(found, candidates=candidates)
    unlisted = thing_unlisted(probe, candidates)
    if unlisted:
        return _decline(found, f"“{unlisted}”")
    candidates = of_what_is_new(probe, candidates, bot.odds)
    found = replace(found, candidates=candidates)
    values = bot.signs_of(found)
    if refusal.out_of_scope(probe, values, max(c.odds for c in candidates)):
        return Decline("out_of_scope", refusal.explain("out_of_scope"))
    none = says_none(probe, candidates)
    if none is not None:
        return Draft(tuple(lines_of([[none]])), method="none")
    lack = refusal.plain_lack(probe, candidates)
    dated = dated_line(found, bot) if lack in (None, refusal.NO_DATE) else None
    if dated is not None:
        lack = None
    # A question in another language shares no words with the text: there meaning alone decides.
    foreign = not HAN.search(probe.question.core)
    sure = lack is None if foreign else bot.sure(found, values, lack is not None)
    sure = sure or (lack is None and sets_bound(probe, candidates))
    if sure and lack is not None and max(c.odds for c in candidates) <= 0:
        # What plainly lacks is made up for only by a sentence that is rather read to answer.
        return _decline(found, lack)
    again = None if sure or foreign else bot.read_on(found)
    if again is not None and refusal.plain_lack(probe, again.candidates) is None:
        found, candidates, sure = again, again.candidates, True
    if not sure:
        return _decline(found, lack or "")
    listing = of_asked_form(probe, candidates, bot.odds) or telling_several(probe, candidates)
    if listing is not None:
        candidates = put_first(listing, candidates)
    draft = (
        answer_faq(probe, candidates, bot.judge)
        or answer_summary(probe, candidates)
        or _of_each_document(found, bot)
        or answer_sides(found, bot)
        or _compared(found, bot)
        or (None if series is None else Draft((series.line,), method="figure"))
        or _by_figures(probe, candidates, bot.figures_of)
        or _not_of_a_plan(answer_whether(probe, candidates, bot.judge), probe, bot)
        or _by_clause(probe, candidates, bot.odds)
        or answer_sentences(probe, candidates, bot.similar(found), bot.odds)
    )
    if draft is None:
        return _decline(found)
    if draft.method in _SAYS_YES:
        draft = settled_by_article(draft, probe.question.text, bot.document(draft.lines[0].spans[0][0]))
    if draft.method in ("sentences", "clause", "faq"):
        draft = with_better_read(draft, probe, candidates, bot.odds)
    if dated is not None:
        draft = with_date(draft, dated)
    draft = with_antecedent(with_heading(in_own_range(draft, probe), probe, candidates), probe, candidates)
    if probe.question.kinds & _MEASURED:
        draft = with_limits(draft, bot, bool(_ASKS_LIMIT.search(probe.question.core)))
    draft = with_what_differs(with_rest(draft, probe, bot.document), probe.question.core, bot.document)
    draft = with_items(draft, probe, bot.document)
    if _WHICH_PLACE.search(probe.question.core):
        draft = with_place(draft, _CHAPTER.search(probe.question.core), bot)
    if _WHICH_DOCUMENT.search(probe.question.core):
        draft = with_source(draft, bot)
    # What stands near the answer may have the figure asked for; the answer itself has to.
    told = "".join(fold(line.text) for line in draft.lines)
    if draft.method == "sentences" and refusal.names_missing(probe.question, told):
        return _decline(found, "具体的名单")
    missing = refusal.thing_missing(probe.question, [told]) if draft.method == "sentences" else None
    # A question for a figure and nothing else is not answered by a sentence without any, however it was read.
    alone = len(probe.question.parts) < 2  # of several the others are looked for by themselves
    silent = alone and {"count"} <= probe.question.kinds <= {"count", "when"} and not tells_figure(told)
    if (
        probe.question.kinds
        and probe.question.kinds <= {"count", "when"}
        and (other_class(fold(probe.question.core), told) or _of_other_subject(fold(probe.question.core), draft, bot))
    ):
        # the figures of other classes only: 重度 and not 中度
        return _of_class_told(found, bot) or _decline(found, "所问的这一类")
    return _decline(found, missing) if missing and (silent or not bot.sure(found, values, True)) else draft


def _of_class_told(found: Found, bot: PolicyQA) -> Draft | None:
    """What answers a question for a figure once the sentences of other classes are left out, where one behind them names a
    class that it asks about."""
    core = fold(found.question.core)
    rest = tuple(c for c in found.candidates if not other_class(core, fold(c.text)))
    if len(rest) == len(found.candidates) or not any(
        c.tells and names_class(core, fold(c.text)) for c in rest[:_PARTS]
    ):
        return None
    outcome = _by_sentences(replace(found, candidates=rest), bot)
    said = fold("".join(line.text for line in outcome.lines)) if isinstance(outcome, Draft) else ""
    return outcome if isinstance(outcome, Draft) and names_class(core, said) else None


def _of_other_subject(core: str, draft: Draft, bot: PolicyQA) -> bool:
    """Whether the answer to a folded question is one clause, told without its subject, and that is of another class:
    在校学生6.7万人 of 普通高中52所，在校学生6.7万人."""
    if len(draft.lines) != 1 or len(draft.lines[0].spans) != 1:
        return False
    doc_id, start, end = draft.lines[0].spans[0]
    text = bot.document(doc_id).text
    begin = max(text.rfind(mark, 0, start) for mark in "。；;！？\n") + 1
    return other_class(core, fold(text[begin:end]))


_SAYS_YES = {"whether", "figure", "faq"}  #: ways of answering that say yes or no by one sentence


def _not_of_a_plan(draft: Draft | None, probe: Probe, bot: PolicyQA) -> Draft | None:
    """A draft that says yes, unless it is asked what is so by now and what dates its sentence is a year to come."""
    if draft is None or draft.contradicts or not asks_by_now(probe.question.core):
        return draft
    doc_id, start, _ = draft.lines[0].spans[-1]
    document = bot.document(doc_id)
    span = dated_by(document, start)
    return None if span is not None and _YEAR_TO_COME.match(fold(document.text[slice(*span)])) else draft


_YEAR_TO_COME = re.compile(r"[^,，。]{0,6}?到(?:19|20)\d\d年")


_MOST_SIDES = 3  #: that are looked at


def _of_each_document(found: Found, bot: PolicyQA) -> Draft | None:
    """What each of the documents that a comparison points at says, each asked by itself; None where fewer than two do."""
    question = found.question
    mentions = list({m.doc_ids: m for m in found.mentions}.values())
    compares = "compare" in question.kinds or re.search(r"各(?!级|类|地|项|部门)|分别|出入|一回事", question.core)
    if len(mentions) < 2:
        return None
    asked = asked_of_each(question, mentions)
    if not asked and compares:
        bare = without_names(question.core, [m.words for m in found.mentions])
        asked = [(bare, m.doc_ids) for m in mentions[:_MOST_SIDES]]
    told = told_apart(asked, bot, _answer) if asked else []
    named = [behind_its_title(line, bot) for line, *_ in told]
    lines = [line for first, (_, *rest) in zip(named, told, strict=True) for line in (first, *rest)]
    return Draft(tuple(lines), method="compare") if lines else None


def _compared(found: Found, bot: PolicyQA) -> Draft | None:
    """What a comparison asks for: a sentence that sets the values of its sides side by side, else one for each."""
    by_year = _of_each_year(found, bot)
    if by_year is not None:
        return by_year
    probe, candidates = found.probe, found.candidates
    sides = _sides(found)
    draft = answer_compare(probe, candidates, found.mentions, bot.similar(found), bot.odds)
    draft = draft or _of_each_thing(found, bot, sides)
    if len(sides) < 2 or len(found.mentions) > 1:
        return draft
    quoted = {line.spans[0][:2] for line in draft.lines} if draft is not None else set()
    best = next((c for c in candidates if c.tells), None)
    both = (c for c in candidates if c is best or (c.document.doc_id, c.start) in quoted)
    core = fold(found.question.core)
    one = next(
        (
            c
            for c in both
            if "|" not in c.text and _tells_each(sides, c.text, probe) and not lacks_figure(core, [fold(c.text)])
        ),
        None,
    )
    if one is not None:
        return Draft(tuple(lines_of([[one]])), method="compare")
    return None if draft is None else _with_like_measure(draft, probe, bot)


def _of_each_year(found: Found, bot: PolicyQA) -> Draft | None:
    """What is told of each of the years that a question asks one by one, and in a note of which nothing is; None for other
    questions, and where nothing is told of any year, or the same of two."""
    lines: list[Line] = []
    untold = []
    for year, text in asked_of_years(fold(found.question.core)):
        apart = bot.find(text, documents=found.probe.hinted or found.allowed)
        own = _answer(apart, bot) if apart.candidates else None
        if isinstance(own, Draft) and own.lines[0] not in lines:
            lines += own.lines
        else:
            untold.append(year)
    if not lines:
        return None
    notes = (f"文件里没有{'、'.join(f'{year}年' for year in untold)}的。",) if untold else ()
    return Draft(tuple(lines), method="compare", notes=notes)


def _sides(found: Found) -> list[str]:
    """The question asked of each side of a comparison, or of each thing that a question names."""
    core = fold(found.question.core)
    if "compare" not in found.question.kinds and not _OF_EACH.search(core) and not asks_difference(core):
        return []
    return sides_of(core, [fold(c.text) for c in found.candidates if c.tells][:_LOOKED_AT])[:_MOST_SIDES]


_OF_EACH = re.compile(r"分别|各(?:是|为|有|自|要|按)?(?:多少|几|多[久长大高])")


_LOOKED_AT = 20  #: sentences by which the sides of a comparison are completed


def _tells_each(sides: Sequence[str], text: str, probe: Probe) -> bool:
    """Whether clauses of a sentence tell a figure of each side alone: 直流桩300元，交流桩100元."""
    asked = [set(words(side)) for side in sides]
    own = [{w for w in mine if len(w) > 1} - set().union(*(a for a in asked if a is not mine)) for mine in asked]
    spelled = spelled_out(text)
    clauses = [fold(spelled[a:b]) for a, b in clause_spans(spelled)]
    told: set[int] = set()
    for clause in clauses:
        shares = [sum(bool(match(w, probe, clause)) for w in mine) / len(mine) if mine else 0.0 for mine in own]
        most = max(shares)
        value = re.sub(r"第[\d一二三四五六七八九十]+|(?:19|20)\d\d年[底末度]?", "", clause)
        if most and shares.count(most) == 1 and (tells_figure(value) or _DAY.search(value)):
            told.add(shares.index(most))
    return len(told) == len(sides)


_DAY = re.compile(r"\d{1,2}月|\d{1,2}日")


_SPOKEN_OF = 0.2  #: share of what a comparison says that a sentence beside one of its lines has to hold


def _with_like_measure(draft: Draft, probe: Probe, bot: PolicyQA) -> Draft:
    """A comparison of which one line tells a measure and the other none, with the sentence beside the first that tells
    another of the sort: 应当在30个工作日内完成 before 权限下放的，20个工作日内完成."""
    told = [measures(fold(line.text)) for line in draft.lines]
    with_one = [i for i, sorts in enumerate(told) if sorts]
    if len(draft.lines) != 2 or len(with_one) != 1:
        return draft
    at = with_one[0]
    line = draft.lines[at]
    doc_id, start, end = line.spans[0]
    text = bot.document(doc_id).text
    said = "".join(one.text for one in draft.lines)
    for a, b in [*before_in_line(bot.document(doc_id), start)[-1:], *after_in_line(text, end)[:1]]:
        clause = fold(text[a:b])
        like = measures(clause) & told[at] and not limits(clause, fold(line.text))
        if like and coverage(probe, clause) >= _SPOKEN_OF and len(said) + b - a <= MAX_CHARACTERS:
            beside = Line(closed(text[a:b]), ((doc_id, a, b),))
            pair = (beside, line) if a < start else (line, beside)
            return replace(draft, lines=(*draft.lines[:at], *pair, *draft.lines[at + 1 :]))
    return draft


def _of_each_thing(found: Found, bot: PolicyQA, sides: Sequence[str]) -> Draft | None:
    """The same of the things that a comparison names, or a question of which it asks one by one."""
    if len(sides) < 2:
        return None
    telling = [c for c in found.candidates if c.tells][:2]
    alone = {c.document.doc_id for c in telling} if len({c.document.doc_id for c in telling}) == 1 else None
    pointed = found.probe.hinted or found.allowed
    # Where the best sentences are of one document, the sides are looked for in it first.
    told = told_apart([(side, alone) for side in sides], bot, _answer) if alone and not found.probe.hinted else []
    told = told or told_apart([(side, pointed) for side in sides], bot, _answer)
    return Draft(tuple(line for lines in told for line in lines), method="compare") if told else None


def _of_year(found: Found, bot: PolicyQA) -> Found:
    """The same with a sentence of the year asked for first, where the best ones speak of others only and it is read to
    answer."""
    telling = [c for c in found.candidates if c.tells]
    if not found.question.years or not telling or found.question.kinds & {"whether", "compare"} or bot.reading is None:
        return found
    first, top = telling[0], telling[0].score
    row = [c for c in telling[1:OF_YEAR] if c.feature("years") > 0 and one_of_a_row(first, c)]
    if row and first.feature("years") < 0 < first.odds:
        ahead = row[0].changed(odds=first.odds, score=top)
        return replace(found, candidates=(ahead, *(c for c in found.candidates if c is not row[0])))
    below = below_year(found.probe, telling)
    if below is not None:
        ahead = below.changed(odds=max(below.odds, first.odds), score=top)
        others = (c for c in found.candidates if c is not below and not below_other_year(c, found.question.years))
        return replace(found, candidates=(ahead, *others))
    if any(c.feature("years") > -1.0 and c.score > top - _CLOSE for c in telling):
        return found
    # The rows of a table are found by its columns.
    near = [
        c
        for c in telling[1:OF_YEAR]
        if "|" not in c.text and c.feature("years") > 0 and c.score > top - RANGE_BEHIND - _CLOSE
    ]
    said = bot.odds(found.question.core, near) if near else []
    best, own = max(zip(near, said, strict=True), key=lambda pair: pair[1], default=(telling[0], 0.0))
    if own <= 0:
        return found
    ahead = best.changed(odds=own, score=top)
    return replace(found, candidates=(ahead, *(c for c in found.candidates if c is not best)))


_CLOSE = 0.8  #: how far below the best sentence one beside it may be scored


_MEASURED = {"count", "when", "whether", "compare"}  #: kinds of questions that a measure may answer


_ASKS_LIMIT = re.compile("最|延长|缩短|顺延|[至顶]多|[上下]限|特殊|特别|例外|除外|另有|减|免|[超封]")


#: Questions for the document that says something.
_WHICH_DOCUMENT = re.compile(
    r"(?:哪|什么)(?:一?[份个部项篇])?(?:文件|通知|办法|规定|意见|条例|方案|公告|决定|政策|细则)(?!号|里的哪)|出自(?:哪|什么)|(?:见于|写在)哪"
)


_UNIT = r"(?:哪|什么)(?:一)?(?:个|项|条|章|节|款|点|块|部分|方面|类|层(?![级楼]))(?:重点|主要)?(?:行动|任务|措施|工程|政策|内容|条款|条目|部分|章节|小节|标题)?"


#: Questions for the place in a document that says something: 写在哪一条, 是哪项任务里讲的, 归哪个部分管.
_WHICH_PLACE = re.compile(
    rf"(?:[写放列归记安排摆讲说提]|出现|规定|提到|见|落)(?:在|于|进|入|到)了?[^,，。?？]{{0,8}}?{_UNIT}"
    rf"|(?:属于|出自|归入?|归在|归到|对应|对照|对着){_UNIT}(?!管|负责|牵头|部门|单位|机构|机关|[局委厅人省市县])"
    rf"|在[^,，。?？]{{2,20}}?的?{_UNIT}(?:[、,，]{_UNIT})*(?:的)?(?:里面?|中|下面?|底下)[?？]?$"
    rf"|(?:在|是){_UNIT}(?:的)?(?:里|中|下|底下|讲|写|说|提|规定|管|内容)"
    rf"|{_UNIT}(?:的)?(?:里面?|中|下面?|底下)(?:面)?(?:有)?(?:讲|写|说|提|规定)"
    rf"|的(?:内容|规定|要求|说法)?(?:是|在|属于){_UNIT}[?？]?$"
    rf"|(?:哪|什么)一?[条章节款](?:是)?(?:管|讲|写|说|规定)(?:的|了|过|到)?|第几[条章节款]"
)


_CHAPTER = re.compile(r"(?:哪|什么|第几)一?([章节])")


def _by_figures(probe: Probe, candidates: Sequence[Candidate], figures_of: FiguresOf) -> Draft | None:
    """The figure of each year that is asked for; yes or no where a figure says so."""
    lines = by_years(probe, candidates, figures_of)
    if lines:
        return Draft(tuple(lines), method="years")
    best = next((c for c in candidates if c.tells), None)
    said = (
        None
        if best is None
        else (
            fact_verdict(probe, best, figures_of)
            or row_verdict(probe, best)
            or range_verdict(probe, best)
            or date_verdict(probe, best)
        )
    )
    if best is None or said is None:
        return None
    if of_other_case(probe.question.core, best.text, denies=said[1], around=around(best), odds=best.odds or None):
        return None
    word, denies = said
    lines = [replace(line, text=_BEHIND_LEAD.sub("，", line.text, count=1)) for line in lines_of([[best]], f"{word}，")]
    return Draft(tuple(lines), contradicts=denies, method="figure")


#: The number of an item behind the word that says yes or no: 不可以，（二）….
_BEHIND_LEAD = re.compile(r"，[（(]?(?:[一二三四五六七八九十]|\d{1,2})[)）.．、]")


def _by_clause(probe: Probe, candidates: Sequence[Candidate], odds: Read) -> Draft | None:
    """The one case or clause that is asked for, where the best sentence tells of several."""
    best = next((c for c in candidates if c.tells), None)
    cells = None if best is None else row_cells(probe, best)
    if cells is not None:
        return cells
    line = None if best is None else case_meant(probe, best) or narrowed(probe, best, odds)
    return None if line is None else Draft((line,), method="clause")


def _decline(found: Found, what: str = "") -> Decline:
    nearest: list[Span] = [(c.document.doc_id, c.start, c.end) for c in found.candidates[:3]]
    if what:
        return Decline("not_in_corpus", refusal.explain("not_in_corpus", what), tuple(nearest))
    return Decline("weak_evidence", refusal.explain("weak_evidence"), tuple(nearest))
