"""Answers from figures as rows: the year asked for, several years, yes or no by a figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.figures import Figure
from index.tokens import fold
from qa.claim import read_claim
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import Draft, Line, lines_of
from qa.narrow import narrowed
from qa.patterns import years_told
from qa.question import kinds_of

FiguresOf = Callable[[str], Sequence[Figure]]  #: the figures of a document


# --- the year asked for ---------------------------------------------------------------------------------------------

_NEAR_ENOUGH = 6.0  #: how far below the best sentence one may be scored that has the figure of the year asked for
_SAME = 0.8  #: share of the best name's match from which a figure is one of what is asked for


def other_years(probe: Probe, found: Sequence[Candidate], figures_of: FiguresOf) -> tuple[Candidate | None, list[str]]:
    """(the sentence that has the figure for the year asked for, where it is not the best one; else the years for which
    alone the documents give the figure). (None, []) where the best sentence will do."""
    question = probe.question
    years = set(question.years)
    if not years or "count" not in question.kinds or question.kinds & {"whether", "compare"} or len(question.parts) > 1:
        return None, []
    telling = [c for c in found if c.tells]
    if not telling:
        return None, []
    told: list[tuple[float, Candidate, str]] = []
    rows: dict[str, Sequence[Figure]] = {}
    for candidate in telling[:20]:
        if candidate.score < telling[0].score - _NEAR_ENOUGH:
            break
        doc_id = candidate.document.doc_id
        if doc_id != telling[0].document.doc_id:
            continue
        rows.setdefault(doc_id, figures_of(doc_id))
        for row in rows[doc_id]:
            if candidate.start <= row.start < candidate.end:
                told.append((_name_share(probe, row), candidate, row.time[:4]))
    most = max((share for share, _, _ in told), default=0.0)
    if most < 0.3:
        return None, []
    same = [(candidate, year) for share, candidate, year in told if share >= _SAME * most]
    best = telling[0]
    if _says_year(best, years) or any(c is best and (year in years or not year) for c, year in same):
        return None, []
    right = next((c for c, year in same if year in years), None)
    if right is not None:
        return right, []
    if any(not year for _, year in same) or any(_says_year(c, years) for c, _ in same):
        return None, []
    return None, sorted({year for _, year in same})


def by_years(probe: Probe, found: Sequence[Candidate], figures_of: FiguresOf) -> list[Line]:
    """A line for each of several years that a question names, with the figure of that year; none where a year lacks one
    or one sentence tells them all."""
    years = probe.question.years
    telling = [c for c in found if c.tells]
    if len(years) < 2 or len(years) > 3 or not telling or "whether" in probe.question.kinds:
        return []
    shares = [
        (_name_share(probe, row), c, row.time[:4])
        for c in telling[:30]
        if c.score > telling[0].score - _NEAR_ENOUGH
        for row in figures_of(c.document.doc_id)
        if c.start <= row.start < c.end and row.kind != "change"
    ]
    most = max((share for share, _, _ in shares), default=0.0)
    if most < 0.3:
        return []
    chosen = []
    for year in years:
        held = [(share, c) for share, c, told in shares if told == year and share >= _SAME * most]
        if not held:
            return []
        chosen.append(max(held, key=lambda h: (h[0], h[1].score))[1])
    if len(set(chosen)) == 1:
        return lines_of([chosen[:1]])  # one sentence compares them
    if len(set(chosen)) < len(chosen):
        return []
    return [narrowed(_counting(probe), c) or lines_of([[c]])[0] for c in chosen]


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


#: 出生率和死亡率分别是多少: figures by their names.
_OF_EACH = re.compile(
    r"(?P<names>[^，,。？?、和与及]{2,12}(?:(?:、|和|与|及|以及)[^，,。？?、和与及]{2,12}){1,3})(?:分别|各自?)(?:是|为|有|达到?|占)?(?:了)?(?:多少|几)"
)


def by_names(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The sentence of each figure that a question asks for by name, where one document tells them all under these
    names."""
    asked = _OF_EACH.search(fold(probe.question.core))
    if asked is None or probe.question.years:
        return None
    names = [name.strip() for name in re.split("、|以及|和|与|及", asked["names"])]
    document = next((c.document for c in found if c.tells), None)
    chosen = []
    for name in names:
        told = re.compile(re.escape(name) + r"[^，,。；;\d]{0,6}\d")
        held = (c for c in found if c.tells and c.document is document and told.search(fold(c.text)))
        one = next(held, None)
        if one is None:
            return None
        chosen.append(one)
    lines = [line for c in dict.fromkeys(chosen) for line in lines_of([[c]])]
    return Draft(tuple(lines), method="figures")


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
