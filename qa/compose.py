"""Which way of answering fits a question, and whether to answer at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.document import Section
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold, words
from qa import refusal
from qa.acts import answer_acts
from qa.amendments import amended
from qa.amounts import Amount, amounts_of_case, fits, threshold
from qa.announced import answer_announced, answer_nth_announced, with_items
from qa.appointments import answer_appointments, appointment_untold
from qa.asked_each import asked_of_each, without_names
from qa.asked_form import of_asked_form, speaks_of_as_much
from qa.band_answers import answer_band
from qa.better_read import with_better_read
from qa.cases import ASKS_CONDITIONS, answer_cases, of_something_else
from qa.counted_members import answer_counted_member
from qa.dating import dated_by
from qa.definitions import answer_definition, with_rest
from qa.delivery import answer_delivery
from qa.disputes import answer_dispute, answer_values, source_name
from qa.duty_answers import answer_duty, topic_of_duty
from qa.duty_comparisons import asks_comparison
from qa.earlier_version import of_earlier_years, with_earlier_version
from qa.evidence import HAN, READ_TO_ANSWER, Candidate, Probe, brought, coverage, match, weight_held
from qa.extractive import (
    MAX_CHARACTERS,
    TOLD_AGAIN,
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
    past_preamble,
    sides_of,
    whole_parts,
)
from qa.faq_answers import answer_faq
from qa.figure_answers import FiguresOf, by_names, by_years, fact_verdict, other_years
from qa.grounds import answer_grounds
from qa.guide_answers import answer_guide
from qa.headed_figures import answer_headed
from qa.horizons import answer_horizons
from qa.label_answers import answer_label
from qa.limits import limits, measures, stands_beside
from qa.lists import (
    answer_contents,
    answer_document,
    answer_list,
    answer_nth,
    answer_section,
    answer_sections,
    answer_summary,
)
from qa.metadata_answers import answer_attachments, answer_metadata, answer_relation, missing_metadata
from qa.named_members import answer_kinds, answer_sharing
from qa.narrow import case_meant, clause_spans, date_verdict, narrowed, range_verdict
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
from qa.patterns import (
    DATE,
    YEAR,
    clearly_named,
    lacks_figure,
    measure_named,
    measures_asked,
    names_class,
    opposite_case,
    other_class,
    same_case,
    tells_figure,
    years_told,
)
from qa.pointing_back import asked_of_body
from qa.question import asking_clause, kinds_of
from qa.quoted import answer_quoted, answer_title, compares_words
from qa.reckoning import asks_difference, told_beside, with_reckoned, year_before
from qa.respective import spelled_out
from qa.sides import answer_sides, with_what_differs
from qa.table_answers import answer_bounded, answer_cell, answer_each_row, answer_rows, row_cells, row_verdict
from qa.untold import left_untold
from qa.verdict_cases import asks_by_now, of_other_case
from qa.verdict_scope import left_out

if TYPE_CHECKING:
    from qa.bot import Found, PolicyQA


def compose(found: Found, bot: PolicyQA) -> Draft | Decline:
    """The draft of an answer, or the reason why there is none."""
    probe = found.probe
    spoken_of = answer_mention(probe, found.candidates)
    if spoken_of is not None:
        return spoken_of
    if found.candidates and not bot.about(found):
        again = bot.read_on(found)
        if again is None and not _duties_are_of(found, bot):
            what = refusal.plain_absence(probe, found.candidates, found.address, bot.occurs)
            return _decline(found, what or "")
        found = again or found
    outcome = _answer(found, bot)
    if isinstance(outcome, Decline):
        anew = _asked_anew(found, bot) if outcome.reason == "weak_evidence" else None
        outcome = anew or of_earlier_years(found, bot, _answer) or outcome
    if not isinstance(outcome, Draft):
        return outcome
    draft = with_reckoned(probe, _with_open_parts(outcome, found, bot))
    missing = left_untold(probe.question, draft, bot.document)
    return _decline(found, missing) if missing else with_earlier_version(draft, found, bot, _answer)


def _asked_anew(found: Found, bot: PolicyQA) -> Draft | None:
    """What answers the clause of a long story that asks, or a follow-up that may lean on the talk after what that is about;
    None where nothing does, or the question is neither. Less of a question is asked than was: a sentence has to be read to
    answer it."""
    asked = asking_clause(found.question.core) or found.with_topic
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
    topic = topic_of_duty(core) if "duty" in found.question.kinds or asks_comparison(core) else ""
    return bool(topic) and bot.about(bot.find(topic, documents=found.allowed))


def _answer(found: Found, bot: PolicyQA) -> Draft | Decline:
    found = _of_year(_as_amended(found, bot), bot)
    return by_structure(found, bot) or _by_sentences(found, bot)


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

    meant = sorted({p.doc_id for p in found.passages} | probe.hinted, key=lambda d: d not in probe.hinted)
    draft = (
        answer_counted_member(probe, candidates, idf)
        or answer_document(probe, [bot.document(d) for d in probe.named])
        or answer_contents(probe, [bot.document(d) for d in meant])
        or answer_position(probe, candidates)
        or answer_beside(probe, candidates, ask)
        or answer_picked(probe, candidates)
        or answer_nth(probe, candidates, idf)
        or answer_nth_announced(probe, candidates)
        or answer_around(probe, candidates, ask)
        or answer_counted(probe, candidates)
        or answer_member(probe, candidates)
        or answer_grounds(probe, candidates, [bot.document(d) for d in meant])
    )
    if draft is not None:
        return draft
    ids = [d for d in bot.doc_ids() if found.allowed is None or d in found.allowed]
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
        _of_quotes(found, bot, meant, ids)
        or answer_horizons(probe, found.mentions, [bot.document(d) for d in meant], bot.superseded())
        or answer_values(probe, candidates)
        or answer_band(probe, candidates)
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
    given = answer_delivery(probe, [bot.document(d) for d in meant])
    draft = given or answer_metadata(probe, candidates, bot, ids)
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
    cell = answer_each_row(probe, candidates) or answer_cell(probe, candidates) or answer_headed(probe, candidates)
    if cell is not None:
        return cell
    headers = {doc_id: header for doc_id, header in bot.headers().items() if doc_id in ids}
    draft = answer_dispute(probe, candidates, bot.superseded(), headers, search, bot.compare)
    if draft is not None:
        return draft
    missing = missing_metadata(probe, candidates, bot, ids)
    if missing:
        return _decline(found, missing)
    return (
        answer_rows(probe, candidates)
        or answer_sections(probe, candidates)
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
    probe, candidates = found.probe, found.candidates
    right, years = other_years(probe, candidates, bot.figures_of)
    before = year_before(probe, candidates, bot.figures_of) if years else None
    if before is not None:
        return before
    if years:
        return _decline(found, f"{'、'.join(probe.question.years)}年的这项数字；文件里只有{'、'.join(years)}年的")
    if right is not None:
        candidates = _ahead(right, candidates)
        found = replace(found, candidates=candidates)
    meant = (
        _left_out(probe, candidates)
        or _read_to_answer(probe, candidates)
        or _in_told_line(probe, candidates)
        or _of_class(probe, candidates)
        or _of_label(probe, candidates)
        or _of_case(probe, candidates)
        or _of_own_conditions(probe, candidates)
        or _in_range(probe, candidates)
        or _in_total(probe, candidates)
        or _of_measure(probe, candidates)
        or _beside_told(probe, candidates)
    )
    if meant is not None:
        candidates = _ahead(meant, candidates)
        found = replace(found, candidates=candidates)
    candidates = _of_what_is_new(probe, candidates, bot.odds)
    found = replace(found, candidates=candidates)
    values = bot.signs_of(found)
    if refusal.out_of_scope(probe, values, max(c.odds for c in candidates)):
        return Decline("out_of_scope", refusal.explain("out_of_scope"))
    lack = refusal.plain_lack(probe, candidates)
    dated = _dated(found, bot) if lack in (None, refusal.NO_DATE) else None
    if dated is not None:
        lack = None
    # A question in another language shares no words with the text: there meaning alone decides.
    foreign = not HAN.search(probe.question.core)
    sure = lack is None if foreign else bot.sure(found, values, lack is not None)
    if sure and lack is not None and max(c.odds for c in candidates) <= 0:
        # What plainly lacks is made up for only by a sentence that is rather read to answer.
        return _decline(found, lack)
    again = None if sure or foreign else bot.read_on(found)
    if again is not None and refusal.plain_lack(probe, again.candidates) is None:
        found, candidates, sure = again, again.candidates, True
    if not sure:
        return _decline(found, lack or "")
    listing = of_asked_form(probe, candidates, bot.odds) or _listing(probe, candidates)
    if listing is not None:
        candidates = _ahead(listing, candidates)
    draft = (
        answer_faq(probe, candidates, bot.judge)
        or answer_summary(probe, candidates)
        or _of_each_document(found, bot)
        or answer_sides(found, bot)
        or _compared(found, bot)
        or _by_figures(probe, candidates, bot.figures_of)
        or _not_of_a_plan(answer_whether(probe, candidates, bot.judge), probe, bot)
        or _by_clause(probe, candidates, bot.odds)
        or answer_sentences(probe, candidates, bot.similar(found), bot.odds)
    )
    if draft is None:
        return _decline(found)
    if draft.method in ("sentences", "clause", "faq"):
        draft = with_better_read(draft, probe, candidates, bot.odds)
    if dated is not None:
        draft = _with_date(draft, dated)
    draft = _with_antecedent(_with_heading(_in_own_range(draft, probe), probe, candidates), probe, candidates)
    if probe.question.kinds & _MEASURED:
        draft = _with_limits(draft, bot, bool(_ASKS_LIMIT.search(probe.question.core)))
    draft = with_what_differs(with_rest(draft, probe, bot.document), probe.question.core, bot.document)
    draft = with_items(draft, probe, bot.document)
    if _WHICH_PLACE.search(probe.question.core):
        draft = _with_place(draft, _CHAPTER.search(probe.question.core), bot)
    if _WHICH_DOCUMENT.search(probe.question.core):
        draft = _with_source(draft, bot)
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
        and other_class(fold(probe.question.core), told)
    ):
        return _decline(found, "所问的这一类")  # the figures of other classes only: 重度 and not 中度
    return _decline(found, missing) if missing and (silent or not bot.sure(found, values, True)) else draft


def _not_of_a_plan(draft: Draft | None, probe: Probe, bot: PolicyQA) -> Draft | None:
    """A draft that says yes, unless it is asked what is so by now and what dates its sentence is a year to come."""
    if draft is None or draft.contradicts or not asks_by_now(probe.question.core):
        return draft
    doc_id, start, _ = draft.lines[0].spans[-1]
    document = bot.document(doc_id)
    span = dated_by(document, start)
    return None if span is not None and _YEAR_TO_COME.match(fold(document.text[slice(*span)])) else draft


_YEAR_TO_COME = re.compile(r"[^,，。]{0,6}?到(?:19|20)\d\d年")


def _left_out(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that says that a rule does not hold at all for those for whom a question asks whether they may."""
    if "whether" not in probe.question.kinds:
        return None
    telling = [c for c in candidates if c.tells]
    near = (c for c in telling[:_OUT_AMONG] if c.document is telling[0].document)
    return next((c for c in near if left_out(probe.question.core, c.text)), None)


_OUT_AMONG = 12  #: of the best sentences, in which one is looked for that says whom a rule does not hold for


def _read_to_answer(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence not far behind that is read to answer a yes/no question, where the first is read not to."""
    telling = [c for c in candidates if c.tells]
    if "whether" not in probe.question.kinds or not telling or telling[0].odds >= _HARDLY:
        return None
    first = telling[0]
    near = [c for c in telling[1:4] if c.document is first.document and c.score >= first.score - _RANGE_BEHIND]
    best = max(near, key=lambda c: c.odds, default=first)
    return best if best.odds >= _PLAINLY else None


_PLAINLY = 3.0  #: log odds of a sentence that is read to answer plainly


def _ahead(first: Candidate, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return (first, *(c for c in candidates if c is not first))


#: Words that compare: without them a question asks of one side what it asks of both.
_COMPARES = re.compile(
    r"(?:之间|各自|分别)?(?:有|存在)?(?:什么|啥|哪些|何)?的?(?:不同|区别|差别|差异|不一样|两样|异同|出入)(?:之处)?(?:在哪里?|是什么)?(?:吗|呢)?"
    r"|(?:相)?比(?:较|起来|一下)|(?:哪(?:个|边|家|头|一个|种)|谁)(?:的)?(?:更)?[多少高低大小快慢贵早晚长短](?:一?[点些])?|(?<![时价利温落])差(?:在哪里?|了?多少)|各自|分别|[,，]?(?:说的)?是(?:不是)?一回事吗?"
)
_MOST_SIDES = 3  #: that are looked at
_OF_SIDE = 3  #: characters that a question about one side has at least
_OF_A_SIDE = 150  #: characters that one side of a comparison is told in, lines beyond the first left out


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
    told = _told_apart(asked, bot) if asked else []
    named = [_named(line, bot) for line, *_ in told]
    lines = [line for first, (_, *rest) in zip(named, told, strict=True) for line in (first, *rest)]
    return Draft(tuple(lines), method="compare") if lines else None


def _named(line: Line, bot: PolicyQA) -> Line:
    """A line behind the name of its document, which may stand there already."""
    name = f"{source_name(bot.document(line.spans[0][0]), bot.superseded())}："
    return line if line.text.startswith(name) else replace(line, text=name + line.text)


def _compared(found: Found, bot: PolicyQA) -> Draft | None:
    """What a comparison asks for: a sentence that sets the values of its sides side by side, else one for each."""
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
    told = _told_apart([(side, alone) for side in sides], bot) if alone and not found.probe.hinted else []
    told = told or _told_apart([(side, pointed) for side in sides], bot)
    return Draft(tuple(line for lines in told for line in lines), method="compare") if told else None


def _told_apart(asked: Sequence[tuple[str, Collection[str] | None]], bot: PolicyQA) -> list[list[Line]]:
    """The lines that answer each question, asked of its documents; none where one finds nothing or the same as another."""
    if bot.reading is None:
        return []
    told: list[list[Line]] = []
    for text, documents in asked:
        side = _COMPARES.sub("", text).strip("，,、？? ")
        lines = _of_side(side, documents, bot) if len(side) >= _OF_SIDE else []
        said = [line.text for lines in told for line in lines]
        if not lines or any(line.text in said for line in lines):
            return []
        told.append(lines)
    return told


def _of_side(side: str, documents: Collection[str] | None, bot: PolicyQA) -> list[Line]:
    """What answers a question about one side of a comparison; empty where nothing does."""
    apart = bot.find(side, documents=documents, all_versions=documents is not None)
    apart = replace(
        apart,
        question=replace(apart.question, kinds=apart.question.kinds - {"compare"}),
        candidates=tuple(past_preamble(side, apart.candidates)),
    )
    if not apart.candidates:
        return []
    draft = _answer(apart, bot)
    if not isinstance(draft, Draft):
        best = next((c for c in apart.candidates if c.tells), None)
        return [] if best is None or best.odds < _HARDLY else list(lines_of([[best]]))
    used = 0
    lines: list[Line] = []
    for line in draft.lines:
        used += len(line.text)
        if lines and used > _OF_A_SIDE:
            break
        lines.append(line)
    return lines


#: How far below the best sentence that of the range asked about may be scored: anywhere, and in the same section.
_RANGE_BEHIND, _WITHIN_BEHIND = 3.0, 6.0
#: What the reader's log odds count for where a sentence is sought that speaks of what a follow-up brings.
_READ_ANEW = 0.25
_HARDLY_LESS = 3.0  #: log odds below those of the first sentence that another may have
_CLASS_BEHIND = 2.0  #: how far below the best sentence that of the class asked about may be scored


def _of_class(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence of the class that a question asks about, where the first speaks of others only: 一级 and not 三级."""
    core = fold(probe.question.core)
    telling = [c for c in candidates if c.tells]
    if not telling or not other_class(core, _with_title(telling[0])):
        return None
    first = telling[0]
    of_class = [c for c in telling[1:30] if names_class(core, _with_title(c), first.text)]
    # 情节特别严重的，… stands in the same article as what it is said of, and says little else of the question.
    same = (c for c in of_class if c.section is first.section and c.score >= first.score - _WITHIN_BEHIND)
    return next(same, None) or next((c for c in of_class if c.score >= first.score - _CLASS_BEHIND), None)


def _of_label(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence below the one label that a question names of those beside each other, where the first stands below
    one that it does not name: 集中缴费期, and not 补缴期."""
    telling = [c for c in candidates if c.tells]
    first = telling[0] if telling else None
    if first is None or first.section is None or not probe.question.kinds & {"count", "when"}:
        return None
    core = fold(probe.question.core) + "".join(word for words in probe.expansions.values() for word in words)
    document, above = first.document, first.section.parent
    beside = [
        s
        for s in document.sections
        if s.parent == above and 1 < len(s.title) <= _LABEL and s.level == first.section.level
    ]
    pairs = {s.index: {fold(s.title)[i : i + 2] for i in range(len(fold(s.title)) - 1)} for s in beside}
    if first.section.index not in pairs or any(pair in core for pair in pairs[first.section.index]):
        return None
    named = [s for s in beside if sum(pair in core for pair in pairs[s.index]) * 2 >= len(pairs[s.index])]
    if len(named) != 1:
        return None
    near = [c for c in telling[1:] if c.section is named[0] and c.score >= first.score - _WITHIN_BEHIND]
    fitting = (c for c in near if not refusal.thing_missing(probe.question, [fold(c.text)]))
    return min(fitting, key=lambda c: c.start, default=None)  # what stands right behind the label


_LABEL = 8  #: characters of a heading that is a label of what stands behind it


def _of_what_is_new(probe: Probe, candidates: Sequence[Candidate], odds: Read) -> tuple[Candidate, ...]:
    """The sentences from the best that speaks of what a follow-up brings itself and has not been told yet, where the first
    says nothing of it, or has been told: 构成犯罪的 and not the case asked about before."""
    telling = [c for c in candidates if c.tells]
    new = brought(probe)
    if not telling or not probe.told:
        return tuple(candidates)
    first = telling[0]
    held = weight_held(new, probe, fold(first.text))
    again = first.feature("told") >= TOLD_AGAIN
    if held and not again:
        return tuple(candidates)
    near = [
        c
        for c in telling[1:8]
        if c.document is first.document
        and c.score >= first.score - (_WITHIN_BEHIND if c.section is first.section else _RANGE_BEHIND)
        and c.feature("told") < TOLD_AGAIN
    ]
    said = odds(probe.question.core, near) if near and not held else []
    fitting = [
        (c, own)
        for c, own in zip(near, said, strict=bool(said))
        if (own >= first.odds - _HARDLY_LESS and weight_held(new, probe, fold(c.text)))
        or (again and own >= max(first.odds, 0))
    ]
    fitting = fitting or _answering_it_alone(probe, first, near, odds, _MUCH_MORE if held else _MORE)
    if not fitting:
        return tuple(candidates)
    meant, own = max(fitting, key=lambda pair: pair[0].score + _READ_ANEW * pair[1])
    at = candidates.index(meant)
    return (meant.changed(odds=own), *candidates[at + 1 :])


#: Log odds by which a sentence has to answer a follow-up as it was asked better than the one that was told before; where
#: that one speaks of what is new, too.
_MORE, _MUCH_MORE = 3.0, 5.0


def _answering_it_alone(
    probe: Probe, first: Candidate, near: Sequence[Candidate], odds: Read, more: float
) -> list[tuple[Candidate, float]]:
    """The sentences, and how they are read, that answer a follow-up in its own words far better than the first does: in
    那最早是谁提的 nothing of what was asked before leads back to what was told."""
    if not near:
        return []
    told, *said = odds(fold(probe.question.asked), [first, *near])
    return [(c, own) for c, own in zip(near, said, strict=True) if own >= told + more and own > _HARDLY_AT_ALL]


_HARDLY_AT_ALL = -2.0  #: log odds of a sentence that hardly answers a question in few words


def _in_told_line(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence in the paragraph of what the answer before was taken from that speaks as much of what a follow-up
    brings as the first sentence, which stands elsewhere: 情节特别严重的 of the same offence."""
    new = brought(probe)
    telling = [c for c in candidates if c.tells]
    told = next((c for c in telling[:_TOLD_AMONG] if c.feature("told") >= _TOLD_WHOLE), None)
    if not new or told is None or told is telling[0]:
        return None
    line = line_span(told.document.text, told.start)

    def beside(candidate: Candidate) -> bool:
        return candidate.document is told.document and line[0] <= candidate.start < line[1]

    first = telling[0]
    spoken = weight_held(new, probe, fold(first.text))
    if beside(first) or not spoken:
        return None
    near = (c for c in telling[1:_TOLD_AMONG] if beside(c) and c.feature("told") < _TOLD_WHOLE)
    return next(
        (c for c in near if c.score >= first.score - _RANGE_BEHIND and weight_held(new, probe, fold(c.text)) >= spoken),
        None,
    )


_TOLD_AMONG = 8  #: of the best sentences, in which the one that was told before is looked for
_TOLD_WHOLE = 0.95  #: share of an answer that the sentence holds which it was taken from


def _of_year(found: Found, bot: PolicyQA) -> Found:
    """The same with a sentence of the year asked for first, where the best ones speak of others only and it is read to
    answer."""
    telling = [c for c in found.candidates if c.tells]
    if not found.question.years or not telling or found.question.kinds & {"whether", "compare"} or bot.reading is None:
        return found
    first, top = telling[0], telling[0].score
    row = [c for c in telling[1:_OF_YEAR] if c.feature("years") > 0 and _one_of_a_row(first, c)]
    if row and first.feature("years") < 0 < first.odds:
        ahead = row[0].changed(odds=first.odds, score=top)
        return replace(found, candidates=(ahead, *(c for c in found.candidates if c is not row[0])))
    below = _below_year(found.probe, telling)
    if below is not None:
        ahead = below.changed(odds=max(below.odds, first.odds), score=top)
        others = (c for c in found.candidates if c is not below and not _below_other_year(c, found.question.years))
        return replace(found, candidates=(ahead, *others))
    if any(c.feature("years") > -1.0 and c.score > top - _CLOSE for c in telling):
        return found
    # The rows of a table are found by its columns.
    near = [
        c
        for c in telling[1:_OF_YEAR]
        if "|" not in c.text and c.feature("years") > 0 and c.score > top - _RANGE_BEHIND - _CLOSE
    ]
    said = bot.odds(found.question.core, near) if near else []
    best, own = max(zip(near, said, strict=True), key=lambda pair: pair[1], default=(telling[0], 0.0))
    if own <= 0:
        return found
    ahead = best.changed(odds=own, score=top)
    return replace(found, candidates=(ahead, *(c for c in found.candidates if c is not best)))


def _below_year(probe: Probe, telling: Sequence[Candidate]) -> Candidate | None:
    """The sentence not far behind that stands below a heading of the year asked for, where the first stands below one of
    another year: 2024年工作回顾, and not 2025年工作目标."""
    asked, first = set(probe.question.years), telling[0]
    if not _below_other_year(first, asked):
        return None
    spoken = weight_held(probe.words, probe, fold(first.text))
    near = (
        c
        for c in telling[1:_OF_YEAR]
        if c.document is first.document and c.score >= first.score - _CLASS_BEHIND and c.odds > 0
    )
    return next(
        (
            c
            for c in near
            if asked & _years_above(c) and weight_held(probe.words, probe, fold(c.text)) >= _AS_MUCH * spoken
        ),
        None,
    )


_AS_MUCH = 0.8  #: share of what the first sentence says of a question that one of the year asked for has to say


def _below_other_year(candidate: Candidate, years: Collection[str]) -> bool:
    """Whether a sentence stands below a heading of other years than those asked for, and names none of these itself."""
    above = _years_above(candidate)
    return bool(above) and not set(years) & (above | years_told(candidate.text))


def _years_above(candidate: Candidate) -> set[str]:
    """The years of the nearest heading above a sentence that names any."""
    path = candidate.document.path(candidate.section)
    return next((years for title in reversed(path) if (years := set(YEAR.findall(fold(title))))), set())


_BEGINS_WITH_YEAR = re.compile(r"(?:到|至|截至)?(?:19|20)\d\d年")


def _one_of_a_row(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences of one line begin with a year each, so that the one of the year asked for is meant:
    到2025年底，…；到2026年底，…."""
    same_line = one.document is other.document and line_span(one.document.text, one.start) == line_span(
        other.document.text, other.start
    )
    return same_line and all(_BEGINS_WITH_YEAR.match(fold(c.text)) for c in (one, other))


_CLOSE = 0.8  #: how far below the best sentence one beside it may be scored
_OF_YEAR = 12  #: of the best sentences, in which one of the year asked for is looked for


def _of_case(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence of the same section that holds for the case asked about (没约定), where the first holds for the
    opposite (有约定的)."""
    core = fold(probe.question.core)
    first = next((c for c in candidates if c.tells), None)
    if first is None or not opposite_case(core, fold(first.text)):
        return None
    near = (c for c in candidates if c.tells and c.section is first.section and c.document is first.document)
    return next((c for c in near if same_case(core, fold(c.text)) and c.score >= first.score - _WITHIN_BEHIND), None)


def _of_own_conditions(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence that speaks of what conditions are asked for, where the first tells those of something else."""
    telling = [c for c in candidates if c.tells]
    if not telling or not ASKS_CONDITIONS.search(fold(probe.question.core)):
        return None
    first = telling[0]
    above = "".join((first.document.header.title, *first.document.path(first.section)))
    if first.odds > 0 or not of_something_else(probe, above + first.text):
        return None
    near = (c for c in telling[1:8] if c.score >= first.score - _RANGE_BEHIND)
    return next((c for c in near if not of_something_else(probe, c.text)), None)


def _in_range(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence of the same document that holds for an amount asked about (8000元), where the first holds for
    others only."""
    asked = amounts_of_case(fold(probe.question.core))
    telling = [c for c in candidates if c.tells]
    if not asked or not telling:
        return None
    first = telling[0]
    held = fits(asked, fold(first.text))
    if held >= 0:
        return _nearest_below(asked, first, telling[1:20]) if held else None
    near = (
        c
        for c in telling[1:20]
        if c.document is first.document
        and c.score >= first.score - (_WITHIN_BEHIND if c.section is first.section else _RANGE_BEHIND)
    )
    return next((c for c in near if fits(asked, fold(c.text)) > 0), None)


def _nearest_below(asked: Sequence[Amount], first: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """Of sentences that hold from the same thing reaching a value on (水位达到27.30米, beside 水位达到26.50米) the one whose
    value is nearest below the amount asked about; None where that is the first."""
    own = threshold(fold(first.text), asked)
    if own is None or len(asked) != 1:
        return None
    nearer = [
        (told[1], c)
        for c in others
        if c.document is first.document
        and (told := threshold(fold(c.text), asked)) is not None
        and told[0] == own[0]
        and own[1] < told[1] <= asked[0].value
    ]
    return max(nearer, key=lambda pair: pair[0], default=(0.0, None))[1]


_ASKS_TOTAL = re.compile(r"一共|总共|合计|总计|总数|总量|加起来|(?<!公)共有?(?:多少|几)")
_TOTAL = re.compile(
    r"(?:(?<!公)共(?![同享建产青和])|合计|总计|累计|总数|总量)[^，。；]{0,8}?[\d一二三四五六七八九十百千万]"
)


def _of_measure(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that tells a figure of what a question asks for by its name (常住人口), where the first tells one of
    something that only ends alike (户籍人口)."""
    question = probe.question
    asked = measures_asked(fold(question.core))
    telling = [c for c in candidates if c.tells]
    if len(asked) != 1 or question.kinds & {"whether", "compare", "list"} or not telling:
        return None
    first = telling[0]
    own = measure_named(asked[0], fold(first.text))
    near = [
        (measure_named(asked[0], fold(c.text)), c)
        for c in telling[1:8]
        if c.document is first.document
        and c.score >= first.score - _CLASS_BEHIND
        and (not question.years or not (told := years_told(c.text)) or told & set(question.years))
    ]
    named, meant = max(near, key=lambda pair: pair[0], default=(0, None))
    return meant if own and clearly_named(named, own) else None


_NEARLY = 0.7  #: how far below the best sentence one beside what has been told may be scored
_TELLING = 3  #: characters from which a figure tells where an answer was taken from


def _beside_told(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that stands beside what the answer before was taken from, as its figures tell, where a follow-up asks
    the same of another thing and finds a sentence of another section that speaks as much of it."""
    new = brought(probe)
    figures = [n for n in (probe.told_figures or ((),))[-1] if len(n) >= _TELLING]
    telling = [c for c in candidates if c.tells]
    if not new or not figures or not telling or "count" not in probe.question.kinds:
        return None

    def beside(candidate: Candidate) -> bool:
        section, document = candidate.section, candidate.document
        if section is None:
            return False
        above = section if section.parent is None else document.sections[section.parent]
        around = fold(document.text[above.start : above.end])
        return any(n in around for n in figures)

    first = telling[0]
    if beside(first):
        return None
    spoken = weight_held(new, probe, fold(first.text))
    near = (c for c in telling[1:8] if c.document is first.document and c.score >= first.score - _NEARLY)
    return next((c for c in near if weight_held(new, probe, fold(c.text)) >= spoken > 0 and beside(c)), None)


def _in_total(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence that tells a total, where a question for one finds a part first."""
    telling = [c for c in candidates if c.tells]
    if "count" not in probe.question.kinds or not telling or not _ASKS_TOTAL.search(fold(probe.question.core)):
        return None
    first = telling[0]
    if _TOTAL.search(fold(first.text)) or first.odds > 0:
        return None
    near = (c for c in telling[1:12] if c.document is first.document and c.score >= first.score - _WITHIN_BEHIND)
    return next(
        (c for c in near if _TOTAL.search(fold(c.text)) and not refusal.thing_missing(probe.question, [fold(c.text)])),
        None,
    )


def _in_own_range(draft: Draft, probe: Probe) -> Draft:
    """A draft without the lines that hold for other amounts than the one asked about, where one holds for it, and without
    those that hold from a lower value on than the first."""
    asked = amounts_of_case(fold(probe.question.core))
    fitting = [fits(asked, fold(line.text)) for line in draft.lines] if asked else []
    if draft.method != "sentences" or not any(f > 0 for f in fitting):
        return draft
    first = threshold(fold(draft.lines[0].text), asked)
    lower = [
        first is not None and told is not None and told[0] == first[0] and told[1] < first[1]
        for told in (threshold(fold(line.text), asked) for line in draft.lines)
    ]
    kept = (line for line, f, below in zip(draft.lines, fitting, lower, strict=True) if f >= 0 and not below)
    return replace(draft, lines=tuple(kept))


#: Three things or more in a row: 申请书、合同和承诺书.
_SERIES = re.compile(
    r"[^、，。；：]{2,}(?:、[^、，。；：]{2,})+(?:、|和|以及|及)[^、，。；：]{2,}|一是.*二是|①.*②|（一）.*（二）|(?:分为|包括|有)[^，。：]{0,8}(?:[二三四五六七八九十]|\d{1,2})(?:大?类|个|项|种|方面)[：:]"
)
_LISTING_BEHIND = 2.2  #: how far below the best sentence one that lists things may be scored
_HARDLY = -1.0  #: log odds below which the best sentence hardly answers


def _listing(probe: Probe, candidates: Sequence[Candidate]) -> Candidate | None:
    """The best sentence that lists things, for a question that asks for a list and nothing else, where the first sentence
    lists none and is not read to answer."""
    question = probe.question
    telling = [c for c in candidates if c.tells]
    alone = question.kinds <= {"list", "how", "define"} and len(question.parts) < 2 and "分别" not in question.core
    if not telling or "list" not in question.kinds or not alone:
        return None
    first = telling[0]
    if first.odds >= _HARDLY or _SERIES.search(first.text):
        return None
    near = (c for c in telling[1:10] if c.score >= first.score - _LISTING_BEHIND and "|" not in c.text)
    return next((c for c in near if _SERIES.search(c.text) and speaks_of_as_much(c, first)), None)


def _with_title(candidate: Candidate) -> str:
    """A folded sentence after the title of its section."""
    return fold((candidate.section.title + "，" if candidate.section is not None else "") + candidate.text)


_WHICH_CLASS = re.compile(r"哪(?:一)?(?:个)?(级|类|档|种|型|等)")


def _with_heading(draft: Draft, probe: Probe, candidates: Sequence[Candidate]) -> Draft:
    """A draft whose first line begins with the heading above it, where that tells the class that is asked for and the
    line does not: 达到27米时启动 below Ⅲ级响应."""
    asked = _WHICH_CLASS.search(probe.question.core)
    best = _first_quoted(draft, candidates)
    if asked is None or best is None or best.section is None or draft.lines[0].text.count(asked.group(1)):
        return draft
    section = best.section
    if not re.search(rf"[\dA-Za-zⅠⅡⅢⅣ一二三四五六七八九十甲乙丙丁]{asked.group(1)}", section.title):
        return draft
    return _headed(draft, section)


def _first_quoted(draft: Draft, candidates: Sequence[Candidate]) -> Candidate | None:
    """The sentence that the first line of a draft rests on."""
    doc_id, start, _ = draft.lines[0].spans[0]
    return next((c for c in candidates if c.document.doc_id == doc_id and c.start == start), None)


def _headed(draft: Draft, section: Section) -> Draft:
    """A draft whose first line begins with the heading of a section."""
    first, *others = draft.lines
    heading = (first.spans[0][0], *section.heading)
    return replace(draft, lines=(Line(f"{section.title}：{first.text}", (heading, *first.spans)), *others))


#: A sentence whose subject stands before it: 其主要职责是…, and a heading that names who is meant.
_POINTS_BACK = re.compile(r"其(?!他|它|余|中|次|实|间|后)|该(?!项|类|条)")
_NAMES_BODY = re.compile(r"[\u4e00-\u9fff]{2,}(?:部|局|委员会|委|署|厅|院|办公室|中心|公司|集团|协会|领导小组|指挥部)$")
_ASKS_BODY = re.compile(r"谁|哪(?:个|一个|家|些|几个)?(?:部门?|单位|机构|机关|局|委|公司|人)|什么(?:部门|单位|机构)")


def _with_antecedent(draft: Draft, probe: Probe, candidates: Sequence[Candidate]) -> Draft:
    """A draft that tells who is meant, where that is asked for and its first line only points back to it: after the
    heading that names them, else after the sentence before."""
    first = draft.lines[0]
    best = _first_quoted(draft, candidates)
    if best is None or not _POINTS_BACK.match(first.text) or not _ASKS_BODY.search(probe.question.core):
        return draft
    section, text = best.section, best.document.text
    if section is not None and _NAMES_BODY.search(section.title):
        return _headed(draft, section)
    doc_id, start, _ = first.spans[0]
    before = sentence_spans(text, text.rfind("\n", 0, start) + 1, start)[-1:]
    if not before or len(first.text) + before[0][1] - before[0][0] > MAX_CHARACTERS:
        return draft
    return replace(draft, lines=(Line(closed(text[slice(*before[0])]), ((doc_id, *before[0]),)), *draft.lines))


#: Share of a question that a sentence says which the date of its own paragraph dates, however it is read.
_SAYS_IT = 0.5


def _dated(found: Found, bot: PolicyQA) -> Line | None:
    """What dates the best sentence, where a date is asked for and it has none: what stands in its paragraph, else what it
    answers better with than alone, as the two are read."""
    best = next((c for c in found.candidates if c.tells), None)
    asks = {"when"} <= found.question.kinds and "whether" not in found.question.kinds
    if best is None or not asks or DATE.search(fold(best.text)):
        return None
    span = dated_by(best.document, best.start)
    if span is None:
        return None
    date = closed(best.document.text[slice(*span)])
    line = Line(date, ((best.document.doc_id, *span),))
    if "\n" not in best.document.text[span[0] : best.start] and coverage(found.probe, fold(best.text)) >= _SAYS_IT:
        return line
    both = bot.odds(found.question.core, [replace(best, text=f"{re.split('[，,]', date)[0]}，{best.text}")])[0]
    return line if both > max(0.0, best.odds) else None


def _with_date(draft: Draft, dated: Line) -> Draft:
    """A draft that begins with what dates it."""
    same = draft.lines[0].spans[0][0] == dated.spans[0][0] and all(line.text != dated.text for line in draft.lines)
    return replace(draft, lines=(dated, *draft.lines)) if same else draft


_MEASURED = {"count", "when", "whether", "compare"}  #: kinds of questions that a measure may answer
_ASKS_LIMIT = re.compile("最|延长|缩短|顺延|[至顶]多|[上下]限|特殊|特别|例外|除外|另有|减|免|[超封]")
_LIMITS = 2  #: sentences that limit one, at most


def _with_limits(draft: Draft, bot: PolicyQA, asks_limit: bool) -> Draft:
    """A draft with the sentences that limit, extend or except the measure that a line of it ends with: 30日内支付 and
    then 合同另有约定的，最长不得超过60日; and before a line that only limits what stands before it that, too, unless the
    limit is asked for."""
    lines: list[Line] = []
    for line in draft.lines:
        doc_id, start, end = line.spans[-1]
        text, told = bot.document(doc_id).text, line.text
        said = "".join(other.text for other in (*draft.lines, *lines))
        before = before_in_line(bot.document(doc_id), start)[-1:]
        base = text[slice(*before[0])] if before and not (asks_limit or draft.method in ("figure", "whether")) else ""
        new = base.rstrip("；;。") not in said and len(said + base) <= MAX_CHARACTERS
        if base and new and limits(fold(text[start:end]), fold(base)):
            lines.append(Line(closed(base), ((doc_id, *before[0]),)))
        lines.append(line)
        # What is left out of the sentence stands between the line and what follows.
        if (
            "|" in told
            or len(line.spans) > 1
            or fold(text[:end].rstrip("；;。，, "))[-4:] != fold(told.rstrip("。"))[-4:]
        ):
            continue
        # Cases beside that of the line are left out; what limits all of them stands behind the last.
        own = [(a, b) for a, b in after_in_line(text, end) if not stands_beside(fold(text[a:b]), fold(told))]
        for a, b in own[:_LIMITS]:
            clause = closed(text[a:b])
            if (
                not limits(fold(clause), fold(told))
                or len(said + clause) > MAX_CHARACTERS
                or clause.rstrip("。") in said
            ):
                break
            lines.append(Line(clause, ((doc_id, a, b),)))
            told = said = told + clause
    return replace(draft, lines=tuple(lines))


#: Questions for the document that says something.
_WHICH_DOCUMENT = re.compile(
    r"(?:哪|什么)(?:一?[份个部项篇])?(?:文件|通知|办法|规定|意见|条例|方案|公告|决定|政策|细则)(?!号|里的哪)|出自(?:哪|什么)|(?:见于|写在)哪"
)


def _with_source(draft: Draft, bot: PolicyQA) -> Draft:
    """A draft whose first line begins with the document that says it."""
    first = draft.lines[0]
    return draft if first.text.startswith("《") else replace(draft, lines=(_named(first, bot), *draft.lines[1:]))


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
_PLACE_NAMES = 2  #: headings that tell a place, the nearest ones


def _with_place(draft: Draft, unit: re.Match[str] | None, bot: PolicyQA) -> Draft:
    """A draft whose first line begins with the headings under which it stands; the chapter or section alone where that is
    the ``unit`` asked for."""
    first = draft.lines[0]
    doc_id, start, _ = first.spans[0]
    document = bot.document(doc_id)
    named = [s for s in document.upwards(document.section_at(start)) if s.title or s.label]
    above = list(reversed(named[:_PLACE_NAMES]))
    # 哪一章 is answered by the chapter alone.
    of_unit = [s for s in above if unit is not None and unit[1] in s.label]
    above = of_unit[-1:] or above
    new = [s for s in above if not first.text.startswith(s.label + s.title)]
    if not new:
        return draft
    heads = [(s.start, s.heading[1] if s.title else s.start + len(s.label)) for s in new]
    lead = "”下的“".join(document.text[a:b].strip().rstrip("。；;：:") for a, b in heads)
    spans = tuple((doc_id, a, b) for a, b in heads)
    return replace(draft, lines=(Line(f"“{lead}”：{first.text}", (*spans, *first.spans)), *draft.lines[1:]))


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
    if best is None or said is None or of_other_case(probe.question.core, best.text, denies=said[1]):
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
