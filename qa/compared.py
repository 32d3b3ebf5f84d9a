"""What answers a comparison: each of its documents, years or things by itself, or one sentence that tells them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.respective import spelled_out
from index.tokens import fold, words
from qa.asked_each import asked_across_years, asked_of_each, asked_of_years, without_names
from qa.claim import read_claim
from qa.each_side import ASKS_MEASURE, Answering, told_apart
from qa.evidence import Probe, coverage, match
from qa.extractive import (
    MAX_CHARACTERS,
    Draft,
    Line,
    after_in_line,
    answer_compare,
    before_in_line,
    line_at,
    lines_of,
    side_names,
    sides_of,
    untold_line,
)
from qa.limits import limits, measures
from qa.narrow import clause_spans
from qa.patterns import lacks_figure, tells_figure
from qa.reckoning import asks_difference
from qa.scope import of_series
from qa.told_around import behind_its_title

if TYPE_CHECKING:
    from qa.finding import Finder, Found


def _holds(draft: Draft, probe: Probe, bot: Finder) -> float:
    """How much of what a question says the lines of a draft hold, with the headings above them."""
    said = 0.0
    for line in draft.lines:
        document = bot.document(line.spans[0][0]).simplified
        said += coverage(probe, fold("".join((line.text, *document.path(document.section_at(line.spans[0][1]))))))
    return said / len(draft.lines)


_MOST_SIDES = 3  #: that are looked at


def of_each_document(found: Found, bot: Finder, answer: Answering) -> Draft | None:
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
    told = told_apart(asked, bot, answer) if asked else []
    named = [behind_its_title(line, bot) for line, *_ in told]
    lines = [line for first, (_, *rest) in zip(named, told, strict=True) for line in (first, *rest)]
    return Draft(tuple(lines), method="compare") if lines else None


def compared(found: Found, bot: Finder, answer: Answering) -> Draft | None:
    """What a comparison asks for: a sentence that sets the values of its sides side by side, else one for each."""
    by_year = of_each_year(found, bot, answer)
    asks_leave = "whether" in found.question.kinds and read_claim(found.question.core).mode == "may"
    if by_year is not None or asks_leave:
        return by_year  # 能收不一样的价吗 asks for a yes or no, and not for each of the prices
    probe, candidates = found.probe, found.candidates
    sides = sides_asked(found)
    draft = answer_compare(probe, candidates, found.mentions, bot.similar(found), bot.odds)
    if draft is None or (len(found.mentions) < 2 and ASKS_MEASURE.search(fold(found.question.core))):
        each = _of_each_thing(found, bot, sides, answer)
        if draft is None or (each is not None and _holds(each, probe, bot) > _holds(draft, probe, bot)):
            draft = each
    if len(sides) < 2 or len(found.mentions) > 1:
        return draft
    quoted = {line.spans[0][:2] for line in draft.lines} if draft is not None else set()
    best = next((c for c in candidates if c.tells), None)
    both = [c for c in candidates if (c.document.doc_id, c.start) in quoted]
    both += [best] if best is not None else []
    core = fold(found.question.core)
    one = next(
        (
            c
            for c in both
            if "|" not in c.text and tells_each(sides, c.text, probe) and not lacks_figure(core, [fold(c.text)])
        ),
        None,
    )
    if one is not None:
        return Draft(tuple(lines_of([[one]])), method="compare")
    return None if draft is None else _in_like_words(_with_like_measure(draft, probe, bot), core, found)


def of_each_year(found: Found, bot: Finder, answer: Answering) -> Draft | None:
    """What is told of each of the years that a question asks one by one, and of which nothing is; None for other
    questions, and where nothing is told of any year, or the same of two."""
    core = _with_years(fold(found.question.core), found, bot)
    across = [] if "whether" in found.question.kinds else asked_across_years(core)
    told: dict[str, tuple[Line, ...]] = {}
    each = asked_of_years(core) or across
    within = _with_series(found.probe.hinted, bot) or found.allowed if each else None
    for year, text in each:
        apart = bot.find(text, documents=within)
        own = answer(apart, bot) if apart.candidates else None
        heard = isinstance(own, Draft) and own.lines[0] not in [line for lines in told.values() for line in lines]
        told[year] = own.lines if isinstance(own, Draft) and heard else ()
    untold = [f"{year}年" for year, lines in told.items() if not lines]
    sources = [lines[0].spans[0][0] for lines in told.values() if lines]
    series = {of_series(fold(bot.document(doc_id).simplified.header.title)) for doc_id in sources}
    of_one = len({title for title, _ in series}) == 1 and ("", "") not in series
    if not sources or (across and not (of_one and len(set(sources)) == len(across))):
        return None  # one document tells how they compare, or what is told is of different places
    if len(set(sources)) == len(told):  # a report of its own for each year seldom repeats the year
        told = {year: _dated(year, lines) for year, lines in told.items()}
    lines = [line for own in told.values() for line in own]
    return Draft((*lines, *([untold_line(untold, lines)] if untold else ())), method="compare")


def _with_series(doc_ids: frozenset[str], bot: Finder) -> frozenset[str]:
    """Documents with those of other years of the series that they are reports of: a talk about that of 2024 does not keep a
    question about 2023 to it."""
    titles = {doc_id: of_series(fold(header.title))[0] for doc_id, header in bot.headers().items()}
    own = {titles[doc_id] for doc_id in doc_ids} - {""}
    return doc_ids | {doc_id for doc_id, title in titles.items() if title in own}


_TWO_YEARS = re.compile("(?:这|近|前后)?(?:[两二]年)(?:[来里间]|之间)?(?![内以期后前的]|一次)")


_YEAR_BEFORE = re.compile("[比跟与和较](?:之?前|上|头|去)一?年(?:相?比)?")


def _with_years(core: str, found: Found, bot: Finder) -> str:
    """A folded question with the two latest years of a series of reports for 这两年, where its best sentence stands in one."""
    if len(found.question.years) == 1:  # 比前一年
        return _YEAR_BEFORE.sub(f"比{int(found.question.years[0]) - 1}年", core, count=1)
    best = next((c for c in found.candidates if c.tells), None)
    if best is None or found.question.years or not _TWO_YEARS.search(core):
        return core
    title, _ = of_series(fold(best.document.header.title))
    told = (of_series(fold(header.title)) for header in bot.headers().values())
    years = sorted(year for other, year in told if title and other == title)[-2:]
    return _TWO_YEARS.sub(f"{years[0]}年和{years[1]}年", core, count=1) if len(years) == 2 else core


def _dated(year: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    first, *rest = lines
    return (first if year in first.text else replace(first, text=f"{year}年：{first.text}"), *rest)


def sides_asked(found: Found) -> list[str]:
    """The question asked of each side of a comparison, or of each thing that a question names."""
    core = fold(found.question.core)
    texts = [fold(c.text) for c in found.candidates if c.tells][:_LOOKED_AT]
    if "compare" in found.question.kinds or _OF_EACH.search(core) or asks_difference(core):
        return sides_of(core, texts)[:_MOST_SIDES]
    if not _SUM_OF_TWO.search(core) or found.question.years or any(map(_TOTAL_TOLD.search, texts[:1])):
        return []
    # What is added up is named as what is set side by side is.
    return [side.replace("相差", "") for side in sides_of(_SUM_OF_TWO.sub("相差", core, count=1), texts)][:_MOST_SIDES]


_SUM_OF_TWO = re.compile(
    r"(?:两[者项个样种])?(?:加在?一起|[加合]起来|相加|之和|一共|总共|合计)(?=[^,，。?？]{0,6}(?:多少|几))"
)
_TOTAL_TOLD = re.compile("(?<!公)共(?=[^享同产建])|合计|总计|累计")
_OF_EACH = re.compile(r"分别|各(?:是|为|有|自|要|按)?(?:多少|几|多[久长大高])")


_LOOKED_AT = 20  #: sentences by which the sides of a comparison are completed


def tells_each(sides: Sequence[str], text: str, probe: Probe) -> bool:
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


def _in_like_words(draft: Draft, core: str, found: Found) -> Draft:
    """A comparison of two sides, one of them put right where another sentence of its section names its side and tells its
    figure in the words of the other: 第一档…，中央分担80% beside 第四档…，中央分担30%, and not 第一档的脱贫县…，即90%."""
    names = side_names(core)
    if len(draft.lines) != 2 or len(names) != 2:
        return draft
    ends = [_end_in_words(line.text) for line in draft.lines]
    for i in (0, 1) if ends[0] != ends[1] else ():
        doc_id, start, _ = draft.lines[1 - i].spans[0]
        own = [
            n for n in _bare_names(names) if n in fold(draft.lines[i].text) and n not in fold(draft.lines[1 - i].text)
        ]
        like = [
            c
            for c in found.candidates
            if ends[1 - i]
            and (c.document.doc_id, c.start) != (doc_id, start)
            and c.document.doc_id == doc_id
            and c.section is c.document.section_at(start)
            and any(name in fold(c.text) for name in own)
            and _end_in_words(c.text) == ends[1 - i]
        ]
        if len(like) == 1:
            put = lines_of([like])
            return replace(draft, lines=(*put, draft.lines[1]) if i == 0 else (draft.lines[0], *put))
    return draft


def _bare_names(names: Sequence[str]) -> list[str]:
    """Names of sides with what leads in to the first left out: 第一档 of 中央的分担,第一档."""
    return [re.split("[,，的]", name)[-1] for name in names]


def _end_in_words(text: str) -> str:
    """What tells the last figure of a sentence, without the figure: 中央分担0%; nothing where no words do."""
    end = re.split("[,，;；]", fold(text).rstrip("。;；,， "))[-1]
    bare = re.sub(r"\d[\d,.]*", "0", end)
    return bare if re.match(r"[^\d]{3,}0[^\d]*$", bare) else ""


_SPOKEN_OF = 0.2  #: share of what a comparison says that a sentence beside one of its lines has to hold


def _with_like_measure(draft: Draft, probe: Probe, bot: Finder) -> Draft:
    """A comparison of which one line tells a measure and the other none, with the sentence beside the first that tells
    another of the sort: 应当在30个工作日内完成 before 权限下放的，20个工作日内完成."""
    told = [measures(fold(line.text)) for line in draft.lines]
    with_one = [i for i, sorts in enumerate(told) if sorts]
    if len(draft.lines) != 2 or len(with_one) != 1:
        return draft
    at = with_one[0]
    line = draft.lines[at]
    doc_id, start, end = line.spans[0]
    document = bot.document(doc_id).simplified
    said = "".join(one.text for one in draft.lines)
    for a, b in [*before_in_line(document, start)[-1:], *after_in_line(document.text, end)[:1]]:
        clause = fold(document.text[a:b])
        like = measures(clause) & told[at] and not limits(clause, fold(line.text))
        if like and coverage(probe, clause) >= _SPOKEN_OF and len(said) + b - a <= MAX_CHARACTERS:
            beside = line_at(document, (a, b))
            pair = (beside, line) if a < start else (line, beside)
            return replace(draft, lines=(*draft.lines[:at], *pair, *draft.lines[at + 1 :]))
    return draft


def _of_each_thing(found: Found, bot: Finder, sides: Sequence[str], answer: Answering) -> Draft | None:
    """The same of the things that a comparison names, or a question of which it asks one by one."""
    if len(sides) < 2:
        return None
    telling = [c for c in found.candidates if c.tells][:2]
    alone = {c.document.doc_id for c in telling} if len({c.document.doc_id for c in telling}) == 1 else None
    pointed = found.probe.hinted or found.allowed
    # Where the best sentences are of one document, the sides are looked for in it first.
    told = told_apart([(side, alone) for side in sides], bot, answer) if alone and not found.probe.hinted else []
    told = told or told_apart([(side, pointed) for side in sides], bot, answer)
    return Draft(tuple(line for lines in told for line in lines), method="compare") if told else None
