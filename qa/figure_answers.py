"""Answers from figures as rows: the year asked for, several years, yes or no by a figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.document import SourceDocument
from corpus.figures import Figure
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold, words
from qa.claim import read_claim
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import MAX_QUOTE, Draft, Line, closed, lines_of
from qa.narrow import clause_spans, narrowed
from qa.patterns import YEAR, years_told
from qa.question import Question, kinds_of
from qa.towns import towns_named

FiguresOf = Callable[[str], Sequence[Figure]]  #: the figures of a document


# --- the year asked for ---------------------------------------------------------------------------------------------

_NEAR_ENOUGH = 6.0  #: how far below the best sentence one may be scored that has the figure of the year asked for
_NAMED = 0.3  #: share of a question's words that the name of a figure has to hold to be what is asked for
_WHOLE_NAME = 4  #: characters of a name that is none of many things (收入)
_SAME = 0.8  #: share of the best name's match from which a figure is one of what is asked for


def other_years(probe: Probe, found: Sequence[Candidate], figures_of: FiguresOf) -> tuple[Candidate | None, list[str]]:
    """(the sentence that has the figure for the year asked for, where it is not the best one; else the years for which
    alone the documents give the figure). (None, []) where the best sentence will do."""
    years = set(probe.question.years)
    best = next((c for c in found if c.tells), None)
    if best is None or not _for_figure(probe):
        return None, []
    named = _by_whole_name(probe, best, found, figures_of)
    if named is not None or not years:
        return named, []
    told = [(c, row.time[:4]) for c, row in _same(probe, found, figures_of, 20)]
    same = [(c, year) for c, year in told if c.document.doc_id == best.document.doc_id]
    if not same or _says_year(best, years) or any(c is best and (year in years or not year) for c, year in same):
        return None, []
    # Each year may have a report of its own: that there is no figure cannot be said before all are seen.
    beside = [(c, year) for c, year in told if _of_one_place(c.document, best.document)]
    right = next((c for c, year in (*same, *beside) if year in years), None)
    if right is not None:
        return right, []
    if any(not year for _, year in same) or any(_says_year(c, years) for c, _ in same):
        return None, []
    return None, sorted({year for _, year in same})


def years_of_series(
    probe: Probe, found: Sequence[Candidate], titles: Mapping[str, str], figures_of: FiguresOf
) -> list[str]:
    """The years of which alone the reports of a series, one for each year, give the figure that a question calls by its whole
    name; empty where that of the year asked for has the words of the name, too. ``titles``: of all documents, by doc_id."""
    best = next((c for c in found if c.tells), None)
    if best is None or not probe.question.years or not _for_figure(probe):
        return []
    title, own = fold(best.document.header.title), fold(best.document.text)
    if not YEAR.search(title) or set(YEAR.findall(title)) != set(probe.question.years):
        return []
    core = fold(probe.question.core)
    series = [doc_id for doc_id, other in titles.items() if YEAR.sub("", fold(other)) == YEAR.sub("", title)]
    rows = [row for doc_id in series if doc_id != best.document.doc_id for row in figures_of(doc_id)]
    named = [row for row in rows if len(row.indicator) >= _NAME and fold(row.indicator) in core]
    name = max((fold(row.indicator) for row in named), key=len, default="")
    if all(word in own or _MEASURES.fullmatch(word) for word in words(name)):
        return []
    return sorted({row.time[:4] for row in named if fold(row.indicator) == name and row.time})


_NAME = 3  #: characters of the name of a figure that a question says whole
_MEASURES = re.compile("(?:[总产销存数用]|客运|货运)?量|.?[额数率值]|收入|支出|面积|增加值|标准|规模")


def _of_one_place(one: SourceDocument, other: SourceDocument) -> bool:
    """Whether two documents are not plainly of two places."""
    towns = [set(towns_named(fold(f"{d.header.title} {d.header.issuer or ''}"))) for d in (one, other)]
    return not all(towns) or not towns[0].isdisjoint(towns[1])


def _by_whole_name(
    probe: Probe, best: Candidate, found: Sequence[Candidate], figures_of: FiguresOf
) -> Candidate | None:
    """The sentence that has the figure for the year asked for by just the name that the question says, where the best one
    tells another year's, or one with more in its name: 地区生产总值, and neither 人均地区生产总值 nor last year's 最终核实数
    beside the year asked for."""
    own = [row for row in figures_of(best.document.doc_id) if best.start <= row.start < best.end]
    said = _with_official(probe)
    if not own or any(_is_named(row, said, probe) for row in own):
        return None
    if not probe.question.years and not any(_PER_HEAD.match(row.indicator) for row in own):
        return None
    least = max(_name_share(probe, row) for row in own)
    exact = [
        (c, row)
        for c in found[:20]
        if c.tells and _of_one_place(c.document, best.document)
        for row in figures_of(c.document.doc_id)
        if c.start <= row.start < c.end and _is_named(row, said, probe) and _name_share(probe, row) >= least
        if any(fold(row.indicator) in fold(other.indicator) for other in own)
    ]
    return max(exact, key=lambda pair: len(pair[1].indicator))[0] if exact else None


_PER_HEAD = re.compile("(?:人|户|亩|地|年|月|日|平)均")


def _is_named(row: Figure, said: str, probe: Probe) -> bool:
    """Whether a folded question says the whole name of a figure, which is of a year asked for, if any is."""
    name, years = fold(row.indicator), probe.question.years
    return len(name) >= _WHOLE_NAME and name in said and (not years or row.time[:4] in years)


def _with_official(probe: Probe) -> str:
    """The folded question with the official words for its own."""
    return " ".join((fold(probe.question.core), *(word for words in probe.expansions.values() for word in words)))


def _for_figure(probe: Probe) -> bool:
    question = probe.question
    beside = len(question.parts) > 1 and any("count" not in kinds_of(part) for part in question.parts)
    other = question.kinds & {"whether", "compare"} or beside
    return "count" in question.kinds and not other


def _same(
    probe: Probe, found: Sequence[Candidate], figures_of: FiguresOf, depth: int
) -> list[tuple[Candidate, Figure]]:
    """The figures of what is asked for in the best sentences and, however they are scored, in those of the paragraph of
    the first: 到2024年底，达到56% says little by itself."""
    telling = [c for c in found if c.tells]
    near = [c for c in telling[:depth] if c.score >= telling[0].score - _NEAR_ENOUGH]
    near += [c for c in telling if c not in near and is_beside(c, telling[0])]
    told = [
        (_name_share(probe, row), c, row)
        for c in near
        for row in figures_of(c.document.doc_id)
        if c.start <= row.start < c.end
    ]
    most = max((share for share, *_ in told), default=0.0)
    return [(c, row) for share, c, row in told if most >= _NAMED and share >= _SAME * most]


def is_beside(candidate: Candidate, other: Candidate) -> bool:
    """Whether two sentences stand in one paragraph."""
    if candidate.document is not other.document:
        return False
    begin, end = line_span(other.document.text, other.start)
    return begin <= candidate.start < end


def names_year_beside(probe: Probe, found: Sequence[Candidate]) -> bool:
    """Whether the paragraph of the best sentence names the year asked for."""
    best = next(c for c in found if c.tells)
    text = best.document.text
    return not set(probe.question.years).isdisjoint(YEAR.findall(fold(text[slice(*line_span(text, best.start))])))


@dataclass(frozen=True)
class InSeries:
    """The figure of a year in a series of one thing, and how it is told."""

    candidate: Candidate
    line: Line


def of_year(probe: Probe, found: Sequence[Candidate], figures_of: FiguresOf) -> InSeries | None:
    """The one figure of the year asked for, of a series: called by the name that the series has it once, or cut out of a
    sentence that tells several years. None where the sentence of the year tells it by itself."""
    question = probe.question
    asks = question.kinds & {"count", "whether"} and not question.kinds & {"compare"} and len(question.parts) < 2
    best = next((c for c in found if c.tells), None)
    if best is None or not asks or len(question.years) != 1:
        return None
    same = [(c, row) for c, row in _same(probe, found, figures_of, 20) if row.kind != "change" and is_beside(c, best)]
    of_best = {(row.indicator, row.unit) for c, row in same if c is best}
    series = [(c, row) for c, row in same if (row.indicator, row.unit) in of_best]
    right = [(c, row) for c, row in series if row.time[:4] in question.years]
    # 三年改造4.5万户 is of the last year only by the title above it.
    dated = [(c, row) for c, row in right if row.time[:4] in c.document.text[_before(row, series) : row.start]]
    right = dated or right
    if len(right) != 1:
        return None
    candidate, row = right[0]
    line = _in_series(candidate, row, [other for c, other in series if c is candidate])
    return None if line is None else InSeries(candidate, line)


def _before(row: Figure, series: Sequence[tuple[Candidate, Figure]]) -> int:
    """Where the figure before one ends, of a series in its sentence; else where the sentence begins."""
    return max((r.end for _, r in series if r.sentence == row.sentence and r.end <= row.start), default=row.sentence[0])


def _in_series(candidate: Candidate, row: Figure, among: Sequence[Figure]) -> Line | None:
    """A figure of a series with what it is of; ``among``: the figures of the same thing in its sentence."""
    document, text, at = candidate.document, candidate.text, row.start - candidate.start
    if row.indicator and row.indicator not in text:
        begin, _ = line_span(document.text, candidate.start)
        place = document.text.rfind(row.indicator, begin, candidate.start)
        first = next((s for s in sentence_spans(document.text, begin, candidate.start) if s[0] <= place < s[1]), None)
        if first is None:
            return None
        owner = row.subject if row.subject and row.subject + row.indicator in document.text[slice(*first)] else ""
        spans: tuple[tuple[int, int], ...] = (first, (candidate.start, candidate.end))
        if candidate.end - first[0] <= MAX_QUOTE:
            spans = ((first[0], candidate.end),)
        return Line(closed(f"{owner}{row.indicator}：{text}"), tuple((document.doc_id, *span) for span in spans))
    clauses = clause_spans(text)
    own = next((text[a:b] for a, b in clauses if a <= at < b), "")
    whole = text[slice(*clauses[0])].rstrip("，,；;：:")
    # 三年改造4.5万户，其中2023年1.2万户，2024年1.5万户: the year alone, behind the whole.
    if "其中" not in text[:at] or len({r.time for r in among}) < 3 or not YEAR.match(re.sub("^其中", "", own)):
        return None
    if YEAR.search(whole) or among[0].start >= candidate.start + clauses[0][1]:
        return None
    (line,) = lines_of([[candidate]])
    return Line(closed(f"{whole}，其中{re.sub('^其中', '', own)}".rstrip("，,；;。")), line.spans)


def by_years(probe: Probe, found: Sequence[Candidate], figures_of: FiguresOf) -> list[Line]:
    """A line for each of several years that a question names, with the figure of that year; none where a year lacks one
    or one sentence tells them all."""
    years = _each_year(probe.question)
    if len(years) < 2 or len(years) > _MOST_YEARS or "whether" in probe.question.kinds:
        return []
    same = [(c, row) for c, row in _same(probe, found, figures_of, 30) if row.kind != "change"]
    chosen = []
    for year in years:
        held = [(c, row) for c, row in same if row.time[:4] == year]
        if not held:
            return []
        chosen.append(max(held, key=lambda h: (_name_share(probe, h[1]), h[0].score)))
    sentences = [c for c, _ in chosen]
    if len(set(sentences)) == 1:
        return lines_of([sentences[:1]])  # one sentence compares them
    if len(set(sentences)) < len(chosen):
        return []
    return [_in_series(c, row, [row]) or narrowed(_counting(probe), c) or lines_of([[c]])[0] for c, row in chosen]


_MOST_YEARS = 5


def year_by_year(probe: Probe, found: Sequence[Candidate], figures_of: FiguresOf) -> Draft | None:
    """The figure of each year from one to another, where a question asks so."""
    lines = by_years(probe, found, figures_of) if _FROM_TO.search(fold(probe.question.core)) else []
    return Draft(tuple(lines), method="years") if lines else None


def _each_year(question: Question) -> tuple[str, ...]:
    """The years that a question asks of, with those between where it asks of each from one to another."""
    span = _FROM_TO.search(fold(question.core))
    if span is None:
        return question.years
    return tuple(map(str, range(int(span[1]), int(span[2]) + 1)))


_FROM_TO = re.compile(r"((?:19|20)\d\d)年?(?:到|至|[-—–~～]+)((?:19|20)\d\d)年?[^,，。?？]*(?:分别|各|每年|逐年|历年)")


def _counting(probe: Probe) -> Probe:
    """The same question as one for one figure."""
    return replace(probe, question=replace(probe.question, kinds=frozenset({"count"}), parts=(), years=(), core="多少"))


def _name_share(probe: Probe, row: Figure) -> float:
    """Share of a question's words that the name of a figure holds."""
    name = fold(row.subject + row.indicator)
    words = {word: weight for word, weight in probe.words.items() if not _NAMES_NOTHING.fullmatch(word)}
    return weight_held(words, probe, name) / (sum(words.values()) or 1.0)


#: Words of a question that no figure's name holds: its unit, the year, and that it is told at all.
_NAMES_NOTHING = re.compile(
    r"[百千万亿]+|[百千万亿]?(?:美?元|人民币|人次?|户|家|吨|公里|平方米|公顷|亩|个|件|辆|台|例|张|百分点|百分之)|\d+年?|实际|做到|达到|完成|实现|我国|全国|当年"
)


# --- yes or no by a figure ------------------------------------------------------------------------------------------

_UP = re.compile(r"增长|上升|上涨|提高|增加|扩大|上调|涨|增(?!加值|长极|强|设|进|速)|多了|升高")
_DOWN = re.compile(r"下降|降低|减少|回落|下跌|缩小|缩减|下调|跌|降(?!水)|少了|压减")
_COMPARES = re.compile(r"超过|以上|以下|不到|低于|高于|至少|最多|不足|大于|小于|突破|多于|少于")
_BOUNDS = re.compile(rf"{_COMPARES.pattern}|以内|[不未]满|[上下]限|最[高低]")


def fact_verdict(probe: Probe, best: Candidate, figures_of: FiguresOf) -> tuple[str, bool] | None:
    """(the word that says yes or no, whether it denies) where the figure that a yes/no question speaks of goes the same
    way or the other, or is the same or another; None where it names no figure or direction of its own."""
    question = probe.question
    core = re.sub(r"(?<=\d)块(?:钱)?", "元", fold(question.core))
    if "whether" not in question.kinds or "|" in best.text or _COMPARES.search(core):
        return None
    rows = [f for f in figures_of(best.document.doc_id) if best.start <= f.start < best.end]
    claim = read_claim(question.core)
    if claim.denies:
        return None
    yes, no = (claim.yes, False), (claim.no, True)
    told = sorted(((_name_share(probe, row), row) for row in rows), key=lambda t: -t[0])
    if not told or told[0][0] < 0.3:
        return None
    share = told[0][0]
    meant = [row for own, row in told if own >= share - 1e-6]
    if question.years and any(row.time[:4] not in ("", *question.years) for row in meant):
        return None
    up, down = bool(_UP.search(core)), bool(_DOWN.search(core))
    changes = [row for row in meant if row.kind == "change"]
    if up != down and len(changes) == 1:
        before = best.document.text[max(best.start, changes[0].start - 12) : changes[0].start]
        rises, falls = bool(_UP.search(before)), bool(_DOWN.search(before))
        if rises != falls:
            return yes if rises == up else no
    asked = re.findall(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(万亿|万|亿)?(%|个百分点|[\u4e00-\u9fff]?)", _claim(core))
    asked = [a for a in asked if a[2] not in "年月日号"]
    if len(asked) == 1 and up == down:
        number, scale, unit = asked[0]
        same_unit = [row for row in meant if fold(row.unit).startswith((scale or "") + unit) and row.kind != "change"]
        if len(same_unit) == 1 and (scale or unit) and not _is_bound(best, same_unit[0]):
            same = same_unit[0].value.replace(",", "").replace("，", "") == number.replace(",", "")
            return yes if same else no
    return None


def _is_bound(best: Candidate, row: Figure) -> bool:
    """Whether a figure only bounds what is told: 低于1200元, 1200元以上."""
    before, after = best.document.text[best.start : row.start], best.document.text[row.start : best.end]
    clause = re.split("[，,；;：:。]", before)[-1] + re.split("[，,；;：:。]", after)[0]
    return _BOUNDS.search(fold(clause)) is not None


_TAG = re.compile(
    r"(?:这)?(?:个)?(?:说法)?(?:是|对|没错|属实|真的|准确|正确|是不是|对不对|是否)(?:这样|真的|属实|准确|正确)?(?:的)?(?:吗|么|吧)?"
)
_ASKS_WHETHER = re.compile(r"有没有|是不是|是否|能不能|可不可以|有无|对得上|里头|里面|当中")


def _claim(core: str) -> str:
    """The clause of a folded question that claims what is to be said yes or no to, from its asking words on: what stands
    before them is given (80个试点城市里有没有某市)."""
    clauses = [clause for clause in re.split(r"[,，;；。?？]", core) if clause.strip()]
    asking = next((i for i in reversed(range(len(clauses))) if "whether" in kinds_of(clauses[i])), len(clauses) - 1)
    if asking > 0 and _TAG.fullmatch(clauses[asking].strip()):
        asking -= 1
    claim = clauses[asking] if clauses else ""
    marks = list(_ASKS_WHETHER.finditer(claim))
    return claim[marks[-1].start() :] if marks else claim


def _says_year(candidate: Candidate, years: set[str]) -> bool:
    around = candidate.text + "".join(candidate.document.path(candidate.section))
    return any(year in around for year in years) or bool(years & years_told(candidate.text))
