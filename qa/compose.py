"""Which way of answering fits a question, and whether to answer at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.tokens import fold
from prompts import wording
from qa import refusal
from qa.answer import REFUSAL
from qa.asked_each import without_names
from qa.asked_lists import of_asked_list
from qa.better_read import is_told
from qa.by_sentences import by_sentences
from qa.by_structure import by_structure
from qa.class_members import told_by_class
from qa.collection import answer_collection
from qa.disputes import answer_versions, asks_change
from qa.drafts import named_as_draft, with_proposal_noted
from qa.duty_names import unnamed_department
from qa.earlier_version import in_version_aside, of_version_then, with_earlier_version, with_version_named
from qa.evidence import HAN, READ, READ_TO_ANSWER
from qa.exceptions import with_exceptions
from qa.extractive import Decline, Draft
from qa.first_sentence import OF_YEAR, RANGE_BEHIND, below_other_year, below_year, one_of_a_row, put_first
from qa.followup import points_at_nothing
from qa.graded_sections import behind_grade, of_named_grade
from qa.in_force import of_what_holds
from qa.joined import is_joined, silent_on_its_own
from qa.listed_bodies import answer_unlisted
from qa.metadata_answers import answer_metadata
from qa.modified_figures import with_modified
from qa.nth_answers import beyond_classes
from qa.official_word import with_official
from qa.open_parts import of_told_parts, with_named_row, with_open_parts
from qa.other_values import with_other_values
from qa.penalties import of_another_act
from qa.premises import of_false_premise, with_denial
from qa.question import asking_clause
from qa.reckoning import with_reckoned
from qa.register import in_official_words
from qa.series import in_latest, with_year
from qa.source_sides import in_asked_source, of_each_source, of_each_version, with_later_version
from qa.table_told import answer_table
from qa.tables import tables_of
from qa.told_changes import of_each_wording, with_amendments
from qa.told_on import with_told_on
from qa.towns import may_tell_of
from qa.untold import MEASURED, left_untold
from qa.untold_sides import with_untold_side
from qa.verdict_around import unless_excepted

if TYPE_CHECKING:
    from corpus.document import Header
    from qa.amendments import Change
    from qa.finding import Finder, Found


def compose(found: Found, bot: Finder) -> Draft | Decline:
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

    of_all = answer_collection(found.question.core, headers, bot.simplified, bot.index.holders)
    if of_all is not None:
        return of_all
    versions = _of_versions(found, bot, ids) if asks_change(fold(found.question.core)) else None
    if versions is not None:
        return versions
    anew = of_each_wording(found, bot, answer_found)
    if anew is not None:
        return with_reckoned(probe, anew)
    premise = of_false_premise(found, bot, answer_found, compose)
    if premise is not None:
        return premise
    beside = of_each_version(found, bot, kept, answer_found) or of_each_source(found, bot, kept, answer_found)
    if beside is not None:
        return with_reckoned(probe, beside)
    found = _of_named_grade(in_latest(in_asked_source(found, bot, kept, answer_found), bot, kept))
    unnamed = unnamed_department(found.question.core, bot)
    if unnamed:
        return refusal.decline(found.candidates, f"“{unnamed}”")
    unlisted = answer_unlisted(found.question.core, found.candidates, headers, bot.simplified, bot.duties_of)
    if unlisted is not None:
        return unlisted
    by_class = told_by_class(found, bot, answer_found)
    if by_class is not None:
        return with_reckoned(probe, by_class)
    if found.candidates and not (
        bot.about(found)
        or answer_table(probe, found.candidates)
        or answer_metadata(
            probe, found.candidates, bot, ids, plainly=len(bot.doc_ids()) > 1
        )  # of one alone all is asked
    ):
        again = bot.read_on(found)
        if again is None:
            what = refusal.plain_absence(probe, found.candidates, found.address, bot.occurs)
            return refusal.decline(found.candidates, what or "")
        found = again
    outcome = answer_found(found, bot)
    if isinstance(outcome, Decline) and (outcome.reason == "weak_evidence" or is_joined(found)):
        outcome = _asked_anew(found, bot) or outcome
    outcome = with_named_row(outcome, found)
    if not isinstance(outcome, Draft):
        # What is told of one of several things asked is told, though the whole was refused.
        return of_told_parts(found, bot, answer_found) or in_version_aside(found, bot, answer_found) or outcome
    outcome = with_untold_side(outcome, found, bot, compose)
    if outcome.method == "sentences" and _hardly_answers_across(found, outcome):
        return Decline("weak_evidence", REFUSAL + wording("refusal.another_language"))
    outcome = behind_grade(outcome, probe.question.core, bot.simplified(outcome.lines[0].spans[0][0]))
    outcome = with_told_on(outcome, probe, bot.simplified)
    draft = with_reckoned(probe, with_open_parts(outcome, found, bot, answer_found))
    strange = _of_other_places(draft, found, bot)
    if strange:
        return refusal.decline(found.candidates, f"“{strange}”")
    missing = left_untold(probe.question, draft, bot.simplified)
    if not missing and of_another_act(
        probe.question.core, found.candidates, lambda: bot.odds_of(probe.question.core, draft)
    ):
        missing = "这种行为怎样处罚"
    if missing:
        other = _told_by_another(found, draft, missing, bot)
        draft, missing = (draft, missing) if other is None else (with_reckoned(probe, other), None)
    if not missing and silent_on_its_own(found, draft, bot.odds):
        missing = "所问的这项内容"
    if missing:
        return of_told_parts(found, bot, answer_found) or refusal.decline(found.candidates, missing)
    draft = with_denial(beyond_classes(draft, probe.question.core), fold(probe.question.core))
    draft = with_exceptions(
        with_modified(draft, probe, found.candidates, bot.simplified), probe.question.core, bot.simplified
    )
    if "whether" in probe.question.kinds:
        draft = unless_excepted(draft, probe.question.core, bot.simplified)
    draft = with_amendments(draft, fold(found.question.text), _changes(found, bot), bot.simplified, bot.changed_by)
    draft = with_proposal_noted(named_as_draft(draft, bot.simplified), bot.simplified)
    draft = with_version_named(draft, whole, bot)
    later = with_later_version(draft, found, bot, kept)
    if later is not draft:
        return with_reckoned(probe, later)
    draft = with_official(with_earlier_version(draft, found, bot, answer_found), found, bot, answer_found)
    return with_year(with_other_values(draft, found, bot, answer_found), whole, bot, kept)


def _told_by_another(found: Found, lacking: Draft, missing: str, bot: Finder) -> Draft | None:
    """What sentences other than those of a draft that lacks what is asked for tell of it, and are read to answer. Only what
    shows can be told to be there: a figure or a time of the year asked for, or the case by its name."""
    rest = tuple(c for c in found.candidates if not is_told(c, lacking))
    case = fold(missing.removesuffix(_OF_CASE)) if missing.endswith(_OF_CASE) else ""
    if bot.reading is None or not any(c.tells for c in rest) or not (case or missing in MEASURED):
        return None
    other = by_sentences(bot.read(replace(found, candidates=rest), bot.reading.rank), bot, answer_found)
    if not isinstance(other, Draft) or left_untold(found.question, other, bot.simplified):
        return None
    documents = [bot.simplified(span[0]) for line in other.lines for span in line.spans[:1]]
    told = fold("".join([*(line.text for line in other.lines), *(d.header.title for d in documents)]))
    named = all(word in told for word in (*found.question.years, case))
    return other if named and bot.odds_of(found.question.core, other) > READ_TO_ANSWER else None


_OF_CASE = "的情况"


def _of_other_places(draft: Draft, found: Found, bot: Finder) -> str | None:
    """The town that a question names and nothing that is there does, where a draft rests on documents of other places
    alone."""
    town = refusal.absent_town(found.question, [c for c in found.candidates if c.tells], bot.occurs)
    cited = {span[0] for line in draft.lines for span in line.spans}
    return town if town and not any(may_tell_of(town, bot.simplified(d).header) for d in cited) else None


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


def _of_versions(found: Found, bot: Finder, ids: Sequence[str]) -> Draft | None:
    """What has changed between two versions, where that is all a question asks; ``ids``: the documents it is kept to."""
    bare = without_names(found.question.core, [m.words for m in found.mentions])
    pointed = frozenset[str]().union(*(m.doc_ids for m in found.mentions))
    return answer_versions(bare, pointed, bot.superseded(), {*ids, *found.aside}, bot.compare)


def _asked_anew(found: Found, bot: Finder) -> Draft | None:
    """What answers the clause of a long story that asks, or a follow-up in its other wording, with or without what the
    talk is about, or a question in official words; None where nothing does."""
    apart = asking_clause(found.question.core) or found.otherwise
    apart = apart or refusal.without_time_of_case(found.question, found.candidates)
    wordings = filter(None, (apart, in_official_words(found.question.core, bot.occurs)))
    return next((draft for asked in wordings if (draft := _asked_apart(asked, found, bot))), None)


def _asked_apart(asked: str, found: Found, bot: Finder) -> Draft | None:
    """What answers another wording of a question; less of it is asked than was, so a sentence has to be read to answer."""
    apart = bot.find(asked, documents=found.probe.hinted or found.allowed) if asked else None
    outcome = answer_found(apart, bot) if apart is not None and apart.candidates and bot.about(apart) else None
    if apart is None or not isinstance(outcome, Draft):
        return None
    by_sentence = outcome.method in ("sentences", "clause")
    return None if by_sentence and max(c.odds for c in apart.candidates) <= READ_TO_ANSWER else outcome


def answer_found(found: Found, bot: Finder) -> Draft | Decline:
    """What answers a question once sentences are found for it: the structure of the documents, else sentences."""
    found = _of_named_grade(of_asked_year(found, bot))
    found = _without_heads(found)
    listed = of_asked_list(found.probe, found.candidates)
    if listed is not None:
        found = replace(found, candidates=put_first(listed, found.candidates))
    return by_structure(found, bot, answer_found) or by_sentences(found, bot, answer_found)


def _without_heads(found: Found) -> Found:
    """The same without the heads of tables, which name what is told and tell nothing, and without what a document says of
    itself where that is neither asked for nor read to answer, where any sentence is left."""
    rows = [c for c in found.candidates if "|" in c.text]
    heads = {(t.document.doc_id, *t.head_span) for c in rows for t in tables_of(c.document)}
    if not _ASKS_OF_DOCUMENT.search(found.question.core):
        best = [c for c in found.candidates if c.tells][:READ]
        heads.update(c.span for c in best if c.odds <= 0 and _OF_ITSELF.search(c.text))
    kept = tuple(c for c in found.candidates if c.span not in heads)
    return replace(found, candidates=kept) if heads and any(c.tells for c in kept) else found


#: What a document says of itself: how it was made, from when it holds; and questions that may ask for that.
_OF_ITSELF = re.compile(
    "现予以?公布|现予?印发|自[^，。；]{4,16}起(?:施行|实施|执行)|负责解释|依据《[^》]*》[^。]{0,30}(?:编写|编制|整理)"
)
_ASKS_OF_DOCUMENT = re.compile(
    "施行|实施|执行|生效|有效|失效|废|作数|算数|管用|依据|根据|[公颁发]布|印发|出台|通过|解释|编|新|旧|老|原|改|调整|[规决]定|办法|文件|通知|政策|标准"
    "|细则|方案|意见|公告|问答|指南|版|[这那]份"
)


def _of_named_grade(found: Found) -> Found:
    """The same without the sentences of other grades than a question names and of repealed rules, where any are left."""
    kept = of_what_holds(found.question, of_named_grade(found.question.core, found.candidates))
    return replace(found, candidates=kept) if any(c.tells for c in kept) else found


def _changes(found: Found, bot: Finder) -> list[Change]:
    """What the documents that a question is kept to word anew of others."""
    return [c for c in bot.changes() if found.allowed is None or c.document.doc_id in found.allowed]


def of_asked_year(found: Found, bot: Finder) -> Found:
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
