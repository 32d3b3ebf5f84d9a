"""Answers by sentences: which is the best, whether it answers at all, and what is told of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.tokens import fold
from qa import refusal
from qa.announced import with_items
from qa.asked_form import of_asked_form, of_the_matter
from qa.asked_lists import announces_another
from qa.bands import beyond_bands, in_named_band
from qa.better_read import far_less, with_better_read
from qa.compared import compared, of_each_document
from qa.dating import dated_by, with_days_told
from qa.each_side import Answering
from qa.evidence import HAN, Candidate, Probe, around
from qa.extractive import Decline, Draft, Read, answer_sentences, answer_whether, led_by
from qa.faq_answers import answer_faq
from qa.figure_answers import (
    FiguresOf,
    by_years,
    fact_verdict,
    names_year_beside,
    of_year,
    other_years,
    years_of_series,
)
from qa.first_sentence import (
    beyond_definition,
    in_asked_range,
    in_total,
    of_asked_case,
    of_asked_class,
    of_asked_label,
    of_asked_rate,
    of_case_gone_on_to,
    of_what_is_new,
    put_first,
    read_to_answer,
    telling_figure,
    telling_share,
)
from qa.narrow import case_meant, narrowed, range_verdict
from qa.patterns import other_class, tells_figure
from qa.penalties import of_asked_act
from qa.reckoning import bears_share, of_two_years, tells_reckoned
from qa.section_answers import answer_summary
from qa.sides import answer_sides, with_what_differs
from qa.table_answers import row_cells
from qa.told_around import (
    ASKS_CHAPTER,
    ASKS_PLACE,
    in_own_range,
    with_antecedent,
    with_heading,
    with_limits,
    with_place,
    with_source,
    with_year_behind,
)
from qa.unit_rates import rate_applies
from qa.verdict_around import unless_of_another_year
from qa.verdict_cases import asks_by_now, of_other_case
from qa.verdict_words import ALIKE

if TYPE_CHECKING:
    from qa.finding import Finder, Found


def by_sentences(found: Found, bot: Finder, answer: Answering) -> Draft | Decline:
    """What the sentences found answer; declined where they do not."""
    if "when" in found.question.kinds:
        found = replace(found, candidates=with_days_told(found.candidates))
    probe, candidates = found.probe, found.candidates
    right, years = other_years(probe, candidates, bot.figures_of)
    beside = bool(years) and names_year_beside(probe, candidates)
    if years and not (beside and next(c for c in candidates if c.tells).odds > 0):
        if beside:
            # The paragraph names the year: that there is no figure of it cannot be said.
            return refusal.decline(found.candidates)
        return refusal.decline(found.candidates, _no_figure_of(probe.question.years, years))
    years = years_of_series(probe, candidates, {d: h.title for d, h in bot.headers().items()}, bot.figures_of)
    if years:
        return refusal.decline(candidates, _no_figure_of(probe.question.years, years))
    right = None if right is not None and _read_as_less(right, found, bot) else right
    series = of_year(probe, candidates, bot.figures_of)
    if series is not None and "whether" in probe.question.kinds:
        right, series = series.candidate, None
    if right is not None and series is None:
        candidates = put_first(right, candidates)
        found = replace(found, candidates=candidates)
    first = next((c for c in candidates if c.tells), None)
    ruled = (
        right is None and first is not None and bears_share(probe, first.text)
    )  # what the share comes to is reckoned
    # That a sentence has the figure of the year under the name asked for is beyond what its class or heading tells.
    meant = None
    if right is None and not ruled:
        meant = (
            of_asked_rate(probe, candidates)
            or read_to_answer(probe, candidates)
            or telling_figure(probe, candidates)
            or of_asked_class(probe, candidates)
            or of_asked_label(probe, candidates)
            or of_asked_case(probe, candidates)
            or of_case_gone_on_to(probe, candidates)
        )
        meant = None if meant is not None and _read_as_less(meant, found, bot) else meant
        # That an amount lies in a range is beyond what is read.
        meant = (
            meant
            or in_named_band(probe, candidates)
            or in_asked_range(probe, candidates)
            or in_total(probe, candidates)
            or telling_share(probe, candidates)
            or beyond_definition(probe, candidates)
        )
    if meant is not None:
        candidates = put_first(meant, candidates)
        found = replace(found, candidates=candidates)
    candidates = of_what_is_new(probe, candidates, bot.odds)
    ones = of_the_matter(probe, candidates, bot.odds) or of_asked_act(probe, candidates, bot.odds)
    if ones is not None:
        candidates = (ones, *(c for c in candidates if c.span != ones.span))
    found = replace(found, candidates=candidates)
    values = bot.signs_of(found)
    if refusal.out_of_scope(probe, values, max(c.odds for c in candidates)):
        return Decline("out_of_scope", refusal.explain("out_of_scope"))
    lack = refusal.plain_lack(probe, candidates)
    # A question in another language shares no words with the text: there meaning alone decides.
    foreign = not HAN.search(probe.question.core)
    sure = ruled or (lack is None if foreign else bot.sure(found, values, lack is not None))
    first = next((c for c in candidates if c.tells), None)
    ruled = ruled or ((lack is not None or not sure) and first is not None and tells_reckoned(probe, first))
    lack, sure = (None, True) if ruled else (lack, sure)
    if sure and lack is not None and max(c.odds for c in candidates) <= 0:
        # What plainly lacks is made up for only by a sentence that is rather read to answer.
        return refusal.decline(found.candidates, lack)
    again = None if sure or foreign else bot.read_on(found)
    if again is not None and refusal.plain_lack(probe, again.candidates) is None:
        found, candidates, sure = again, again.candidates, True
    if not sure:
        return refusal.decline(found.candidates, lack or "")
    listing = of_asked_form(probe, candidates, bot.odds)
    if listing is not None:
        candidates = put_first(listing, candidates)
    draft = (
        answer_faq(probe, candidates, bot.judge)
        or answer_summary(probe, candidates)
        or of_each_document(found, bot, answer)
        or answer_sides(found, bot)
        or _told_alike(probe, candidates, bot)
        or compared(found, bot, answer)
        or (None if series is None or _in_range(probe, candidates) else Draft((series.line,), method="figure"))
        or _by_figures(probe, candidates, bot.figures_of)
        or _not_of_a_plan(answer_whether(probe, candidates, bot.judge), probe, bot)
        or _by_clause(probe, candidates, bot.odds)
        or answer_sentences(probe, candidates, bot.similar(found), bot.odds)
    )
    if draft is None:
        return refusal.decline(found.candidates)
    if draft.method in _SAYS_YES:
        draft = unless_of_another_year(draft, probe.question.text, bot.simplified(draft.lines[0].spans[0][0]))
    if draft.method in ("sentences", "clause", "faq"):
        draft = with_better_read(draft, probe, candidates, bot.odds)
    draft = with_antecedent(with_heading(in_own_range(draft, probe), probe, candidates), probe, candidates)
    if probe.question.kinds & _MEASURED:
        draft = with_limits(draft, bot, bool(_ASKS_LIMIT.search(probe.question.core)))
    if "count" in probe.question.kinds:
        draft = with_year_behind(draft, probe.question.years, bot)
    draft = with_what_differs(of_two_years(probe, draft, candidates), probe.question.core, bot.simplified)
    whole = with_items(draft, probe, bot.simplified)
    lead = fold(whole.lines[0].text).partition(":")[0]
    draft = draft if whole.method == "list" and announces_another(fold(probe.question.core), lead) else whole
    if ASKS_PLACE.search(probe.question.core):
        draft = with_place(draft, ASKS_CHAPTER.search(probe.question.core), bot)
    if _WHICH_DOCUMENT.search(probe.question.core):
        draft = with_source(draft, bot)
    # What stands near the answer may have the figure asked for; the answer itself has to.
    told = "".join(fold(line.text) for line in draft.lines)
    if draft.method == "sentences" and refusal.names_missing(probe.question, told):
        return refusal.decline(found.candidates, "具体的名单")
    missing = refusal.thing_missing(probe.question, [told]) if draft.method == "sentences" and not ruled else None
    # A question for a figure and nothing else is not answered by a sentence without any, however it was read.
    alone = len(probe.question.parts) < 2  # of several the others are looked for by themselves
    silent = alone and {"count"} <= probe.question.kinds <= {"count", "when"} and not tells_figure(told)
    measured = bool(probe.question.kinds) and probe.question.kinds <= {"count", "when"}
    if measured and other_class(fold(probe.question.core), told):
        # the figures of other classes only: 重度 and not 中度
        return refusal.decline(found.candidates, "所问的这一类")
    if measured and beyond_bands(probe, draft, candidates):
        return refusal.decline(found.candidates, "所问的这一档")
    return (
        refusal.decline(found.candidates, missing)
        if missing and (silent or not bot.sure(found, values, True))
        else draft
    )


def _read_as_less(meant: Candidate, found: Found, bot: Finder) -> bool:
    """Whether a sentence that has the figure, the class or the case asked for is read as no answer beside the first one."""
    first = next(c for c in found.candidates if c.tells)
    return (
        first.odds > 0 and meant.span != first.span and far_less(bot.odds(found.question.core, [meant])[0], first.odds)
    )


def _no_figure_of(asked: Sequence[str], told: Sequence[str]) -> str:
    return f"{'、'.join(asked)}年的这项数字；文件里只有{'、'.join(told)}年的"


_SAYS_YES = {"whether", "figure", "faq"}  #: ways of answering that say yes or no by one sentence


def _not_of_a_plan(draft: Draft | None, probe: Probe, bot: Finder) -> Draft | None:
    """A draft that says yes, unless it is asked what is so by now and what dates its sentence is a year to come."""
    if draft is None or draft.contradicts or not asks_by_now(probe.question.core):
        return draft
    doc_id, start, _ = draft.lines[0].spans[-1]
    document = bot.simplified(doc_id)
    span = dated_by(document, start)
    return None if span is not None and _YEAR_TO_COME.match(fold(document.text[slice(*span)])) else draft


def _told_alike(probe: Probe, candidates: Sequence[Candidate], bot: Finder) -> Draft | None:
    """Yes or no to whether two things are alike, where the best sentence says so of the two itself."""
    best = next((c for c in candidates if c.tells), None)
    alike = best is not None and "compare" in probe.question.kinds and ALIKE.search(fold(best.text))
    return answer_whether(probe, [best], bot.judge) if best is not None and alike else None


_YEAR_TO_COME = re.compile(r"[^,，。]{0,6}?到(?:19|20)\d\d年")


_MEASURED = {"count", "when", "whether", "compare"}  #: kinds of questions that a measure may answer


_ASKS_LIMIT = re.compile("最|延长|缩短|顺延|[至顶]多|[上下]限|特殊|特别|例外|除外|另有|减|免|[超封]")


#: Questions for the document that says something.
_WHICH_DOCUMENT = re.compile(
    r"(?:哪|什么)(?:一?[份个部项篇])?(?:文件|通知|办法|规定|意见|条例|方案|公告|决定|政策|细则)(?!号|里的哪)|出自(?:哪|什么)|(?:见于|写在)哪"
)


def _in_range(probe: Probe, candidates: Sequence[Candidate]) -> bool:
    """Whether an amount that a yes/no question tells lies within or outside of what the best sentence has a rule for."""
    best = next((c for c in candidates if c.tells), None)
    return best is not None and range_verdict(probe, best) is not None


def _by_figures(probe: Probe, candidates: Sequence[Candidate], figures_of: FiguresOf) -> Draft | None:
    """The figure of each year that is asked for; yes or no where a figure says so."""
    best = next((c for c in candidates if c.tells), None)
    lines = by_years(probe, candidates, figures_of)
    if lines and not _in_range(probe, candidates):
        return Draft(tuple(lines), method="years")
    said = None if best is None else (fact_verdict(probe, best, figures_of) or range_verdict(probe, best))
    if best is None or said is None:
        return None
    if of_other_case(probe.question.core, best.text, denies=said[1], around=around(best), odds=best.odds or None):
        return None
    word, denies = said
    lines = led_by(word, [best])
    return Draft(tuple(lines), contradicts=denies, method="figure")


def _by_clause(probe: Probe, candidates: Sequence[Candidate], odds: Read) -> Draft | None:
    """The one case or clause that is asked for, where the best sentence tells of several."""
    best = next((c for c in candidates if c.tells), None)
    cells = None if best is None else row_cells(probe, best)
    if cells is not None:
        return cells
    line = None if best is None else case_meant(probe, best) or narrowed(probe, best, odds)
    core = fold(probe.question.core)
    if best is not None and line is not None and rate_applies(core, fold(best.text), bare=False):
        # The clause of the number asked with (计划资助20项) does not tell what it is multiplied by.
        line = line if rate_applies(core, fold(line.text), bare=False) else None
    return None if line is None else Draft((line,), method="clause")
