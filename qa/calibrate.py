"""Weights and threshold fitted on question sets: which sentence answers, and when to answer at all."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.bot import PolicyQA
from qa.by_structure import by_structure
from qa.calibration import About, Reading
from qa.compose import answer_found
from qa.evidence import FEATURES, Candidate, probability
from qa.finding import Found, may_be_strange
from qa.measures import covers
from qa.refusal import ABOUT_SIGNS, READ_SIGNS, SIGNS, about_signs, out_of_scope, plain_absence, plain_lack, read_signs
from qa.verdict_signs import VERDICT_SIGNS, Weighing

if TYPE_CHECKING:
    from qa.evaluation import Case


#: Of the answerable questions that the threshold may turn away; plain rules turn away a few more.
FALSE_REFUSALS = 0.012
#: The same of those that sentences have to answer, where the best have been read.
READ_FALSE_REFUSALS = 0.06
_ABOUT_RIDGE = 0.0003  #: fitted on thousands
_READ_RIDGE = 0.001  #: three weights need little holding back, and "lack" is rarely there
#: The same of those about the documents, but pointing at none, that are taken for questions meant for others.
STRANGE_OWN = 0.015
FEWEST_ANSWERABLE, FEWEST_UNANSWERABLE = 30, 8
_HEADINGS = 40  #: questions made of headings that join each set of documents


class TooFewQuestions(ValueError):
    """A question set is too small to fit anything on. The message is Chinese and names the next step."""


@dataclass(frozen=True)
class Fit:
    """Weights and threshold, and what they gave on questions that they were not fitted on."""

    sentence: np.ndarray  #: a weight for each of FEATURES
    refusal: np.ndarray  #: a weight for each of SIGNS, and the constant
    threshold: float
    ranked: int  #: questions with a gold sentence among the candidates
    questions: int  #: questions that the threshold was fitted on
    first: float  #: held out: share of ``ranked`` whose gold sentence came first
    fifth: float  #: held out: ... among the first five
    refused: float  #: held out: share of the unanswerable questions that were refused
    falsely_refused: float  #: held out: share of the answerable questions that were refused

    def lines(self) -> list[str]:
        """For people: the held-out figures, then every weight."""
        names = (*FEATURES, None, *SIGNS, "constant", "threshold")
        values = (*self.sentence, None, *self.refusal, self.threshold)
        return [
            f"{self.ranked} 个问题的候选句里有标准出处；没有参加拟合的题：首句命中 {self.first:.3f}，"
            f"前五句命中 {self.fifth:.3f}",
            f"{self.questions} 个问题用来定拒答的界线；没有参加拟合的题：拒答 {self.refused:.3f}，"
            f"误拒 {self.falsely_refused:.3f}",
            *("" if name is None else f"  {name:14} {value:7.3f}" for name, value in zip(names, values, strict=True)),
        ]


def fit(sets: Sequence[tuple[PolicyQA, Sequence[Case]]]) -> Fit:
    """Weights and threshold fitted on question sets, each asked of its own documents.

    Five-fold cross-validation over the questions shows what holds on questions that were not fitted on.
    """
    samples = [sample for bot, cases in sets for sample in sentence_samples(bot, cases)]
    if len(samples) < FEWEST_ANSWERABLE:
        raise TooFewQuestions(
            f"只有 {len(samples)} 个可回答的问题能在现有文件里找到 evidence 写的原文，至少要 {FEWEST_ANSWERABLE} 个。"
            "请检查 evidence 的 quote 是否逐字抄自文件，以及 --documents 或 --data-dir 指的是不是这些文件。"
        )
    first, fifth = [], []
    for train, held in folds(len(samples)):
        weights = fit_sentences([samples[i] for i in train])
        for i in held:
            order = np.argsort(-(samples[i].rows @ weights))
            first.append(bool(samples[i].gold[order[0]]))
            fifth.append(bool(samples[i].gold[order[:5]].any()))
    sentence = fit_sentences(samples)

    headings = [(bot, heading_cases(bot, _HEADINGS)) for bot in dict.fromkeys(bot for bot, _ in sets)]
    parts = [refusal_samples(bot, cases, tuple(sentence)) for bot, cases in (*sets, *headings)]
    rows = np.vstack([rows for rows, _ in parts])
    labels = np.concatenate([labels for _, labels in parts])
    drawn = _drawn(rows, labels, FALSE_REFUSALS)
    return Fit(
        sentence=sentence,
        refusal=drawn.weights,
        threshold=drawn.threshold,
        ranked=len(samples),
        questions=len(labels),
        first=float(np.mean(first)),
        fifth=float(np.mean(fifth)),
        refused=drawn.refused,
        falsely_refused=drawn.falsely_refused,
    )


@dataclass(frozen=True)
class _Drawn:
    """A line between answering and refusing, and what five-fold cross-validation says of it."""

    weights: np.ndarray
    threshold: float
    refused: float
    falsely_refused: float


def _drawn(rows: np.ndarray, labels: np.ndarray, false_refusals: float, ridge: float = 0.01) -> _Drawn:
    """Weights of the signs in ``rows`` and the threshold that turns ``false_refusals`` of the answerable away."""
    refused, falsely = [], []
    for train, held in folds(len(labels)):
        weights = fit_refusal(rows[train], labels[train], ridge)
        turned = _sure(rows[held], weights) < threshold_for(rows[train], labels[train], weights, false_refusals)
        refused += list(turned[~labels[held]])
        falsely += list(turned[labels[held]])
    weights = fit_refusal(rows, labels, ridge)
    return _Drawn(
        weights,
        threshold_for(rows, labels, weights, false_refusals),
        float(np.mean(refused)) if refused else 1.0,  # plain rules turn them all away
        float(np.mean(falsely)),
    )


def folds(size: int, count: int = 5) -> Iterator[tuple[list[int], list[int]]]:
    """(train, held out) indices of ``count`` folds, the same every time."""
    order = list(range(size))
    random.Random(0).shuffle(order)
    for k in range(count):
        held = order[k::count]
        yield sorted(set(order) - set(held)), held


def main(bot: PolicyQA, cases: Sequence[Case]) -> Path:
    """Fits on a user's own question set, prints what came of it, and saves it beside the index of ``bot``.

    Raises TooFewQuestions.
    """
    cases = [case for case in cases if case.answerable is not None]  # of the others nothing is known
    answerable = sum(bool(case.answerable and case.evidence) for case in cases)
    unanswerable = sum(not case.answerable for case in cases)
    if answerable < FEWEST_ANSWERABLE or unanswerable < FEWEST_UNANSWERABLE:
        raise TooFewQuestions(
            f"问题太少：写有 evidence 的可回答问题 {answerable} 个（至少 {FEWEST_ANSWERABLE} 个），"
            f'文件里没有答案的问题 {unanswerable} 个（至少 {FEWEST_UNANSWERABLE} 个，写 "answerable": false）。'
            "请补足后再运行。"
        )
    fitted = fit([(bot, cases)])
    held = bot.calibration.reading
    reading = None
    if held is not None:
        about = held.about  # what tells these documents from others takes many more questions
        reading = fit_reading([(bot, cases)], fitted, lambda rank: about, held.weighing)
    path = bot.index.data_dir / "calibration.json"
    write(path, fitted, reading, {"embedder": bot.embedder.fingerprint, "questions": fitted.questions})
    told = reading.lines() if reading is not None else []
    print("\n".join([*fitted.lines(), *told, f"已写入 {path}；以后用这个索引提问时就用它。"]))
    return path


@dataclass(frozen=True)
class Sample:
    """One question's candidates: a row of features each, and whether it covers a gold quote."""

    case_id: str
    rows: np.ndarray
    gold: np.ndarray


def gold_of(case: Case, found: Sequence[Candidate]) -> np.ndarray:
    """For each sentence whether it covers a gold quote of the case; bool (n,)."""
    return np.array([any(covers(c.text, e.quote) for e in case.evidence) for c in found], dtype=bool)


def sentence_samples(bot: PolicyQA, cases: Iterable[Case]) -> list[Sample]:
    """Samples of the answerable questions of which some candidate covers a gold quote."""
    samples = []
    for case in cases:
        if not case.answerable or not case.evidence:
            continue
        gathered = bot.find(case.question, case.history, weights=(0.0,) * len(FEATURES)).candidates
        found = [c for c in gathered if c.tells]
        gold = gold_of(case, found)
        if gold.any():
            samples.append(Sample(case.id, np.array([c.features for c in found]), gold))
    return samples


#: What is known before any question is seen: a place that the question names decides, a term that it quotes matters.
PRIOR = np.array([{"address": 2.0, "quoted": 2.0, "focus": 1.0, "told": -1.0}.get(name, 0.0) for name in FEATURES])


def fit_sentences(samples: Sequence[Sample], ridge: float = 0.02) -> np.ndarray:
    """Weights of FEATURES under which gold sentences come first.

    Conditional logit (McFadden 1974): maximises the mean log probability of the gold sentences under a softmax over
    the candidates of each question, less ``ridge`` times the squared distance of the weights from PRIOR.
    """
    from scipy.optimize import minimize

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros_like(weights)
        for sample in samples:
            scores = sample.rows @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            held = shares[sample.gold].sum() + 1e-12
            total -= np.log(held)
            inside = np.where(sample.gold, shares / held, 0.0)
            slope -= sample.rows.T @ (inside - shares)
        n = len(samples)
        away = weights - PRIOR
        return total / n + ridge * away @ away, slope / n + 2 * ridge * away

    fitted: np.ndarray = minimize(loss, PRIOR, jac=True, method="L-BFGS-B").x
    return fitted


def refusal_samples(bot: PolicyQA, cases: Iterable[Case], weights: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """(signs of each question, whether it is answerable), with sentences ranked by ``weights``."""
    rows, labels = [], []
    for case in cases:
        found = bot.find(case.question, case.history, weights=weights)
        # What a plain rule turns away already says nothing about the weights.
        if found.candidates and not (
            plain_absence(found.probe, found.candidates, found.address, bot.occurs)
            or plain_lack(found.probe, found.candidates)
        ):
            values = bot.signs_of(found)
            if not out_of_scope(found.probe, values):
                rows.append(values)
                labels.append(case.answerable)
    return np.array(rows).reshape(len(rows), len(SIGNS)), np.array(labels, dtype=bool)


def heading_cases(bot: PolicyQA, count: int) -> list[Case]:
    """Short plain questions made from headings, all answerable: question sets hold too few of them."""
    from qa.evaluation import Case

    shapes = ("{}", "什么是{}？", "{}有什么要求？", "关于{}是怎么说的？", "{}的主要内容是什么？")
    titles = [
        section.title
        for doc_id in bot.doc_ids()
        for section in bot.document(doc_id).sections
        if section.kind == "body" and 4 <= len(section.title) <= 16
    ]
    step = max(1, len(titles) // count)
    return [
        Case(id=f"heading-{i}", type="heading", question=shapes[i % len(shapes)].format(title))
        for i, title in enumerate(titles[::step])
    ]


#: A word is said to a yes/no question from the chance at which so many of the words said are right.
SAID_RIGHT = 0.86
#: VERDICT_SIGNS of a yes/no question with the sentence that settles it, and whether that says yes.
Ruling = tuple[Sequence[float], bool]


def fit_weighing(rulings: Sequence[Ruling]) -> Weighing:
    """Weights of VERDICT_SIGNS: logistic regression; then the lowest chance from which enough is right, held out in
    five folds."""
    rows, yes = np.array([signs for signs, _ in rulings]), np.array([said for _, said in rulings])
    chances = np.zeros(len(yes))
    for train, test in folds(len(yes)):
        weights = _verdict_weights(rows[train], yes[train])
        chances[test] = [probability(row, weights) for row in rows[test].tolist()]
    return Weighing(_verdict_weights(rows, yes), _least(chances, yes), _least(1 - chances, ~yes))


_LEAST_CHANCE = 0.65  #: of a word that is said: what is right on the whole may still be little better than a guess


def _least(chances: np.ndarray, right: np.ndarray) -> float:
    """The lowest chance, _LEAST_CHANCE at least, from which enough are right."""
    chances = chances.round(4)
    levels = np.unique(chances[chances >= _LEAST_CHANCE]).tolist()
    return min((level for level in levels if right[chances >= level].mean() >= SAID_RIGHT), default=1.0)


def _verdict_weights(rows: np.ndarray, yes: np.ndarray) -> tuple[float, ...]:
    return tuple(_logistic(rows, yes, np.full(len(yes), 1 / len(yes)), 0.001).round(4).tolist())


def fit_about(
    own: Sequence[tuple[PolicyQA, Sequence[Case]]],
    strange: Sequence[tuple[PolicyQA, Sequence[Case]]],
    base: Fit,
    rank: float,
) -> About:
    """Where the answerable questions of ``own`` sets end and ``strange`` ones begin, which are about other documents.

    ``rank``: what the reader's log odds count for beside ``base``.
    """
    rows, labels = [], []
    for sets, of_own in ((own, True), (strange, False)):
        for bot, cases in sets:
            for case in cases:
                if not case.answerable:
                    continue
                found = bot.read(bot.find(case.question, case.history, weights=tuple(base.sentence)), rank)
                if found.candidates and may_be_strange(found, bot.occurs):
                    rows.append(about_signs(bot.signs_of(found), found.candidates))
                    labels.append(of_own)
    signs_of, is_own = np.array(rows), np.array(labels)
    weights = fit_refusal(signs_of, is_own, _ABOUT_RIDGE)
    return About(tuple(weights.round(4).tolist()), round(threshold_for(signs_of, is_own, weights, STRANGE_OWN), 4))


@dataclass(frozen=True)
class ReadingFit:
    """What the reader counts for, fitted on questions that it was not trained on."""

    reading: Reading
    questions: int
    first: tuple[float, float]  #: share of the questions whose gold sentence comes first: without the reader, with it
    refused: float  #: held out in five folds: share of the unanswerable questions that were refused
    falsely_refused: float  #: held out: share of the answerable questions that were refused

    def lines(self) -> list[str]:
        """For people."""
        weighing, about = self.reading.weighing, self.reading.about
        return [
            f"{self.questions} 个问题用来定阅读模型的分量；首句命中：不读 {self.first[0]:.3f}，读 {self.first[1]:.3f}；"
            f"没有参加拟合的题：拒答 {self.refused:.3f}，误拒 {self.falsely_refused:.3f}",
            f"  rank           {self.reading.rank:7.3f}",
            *(f"  {n:14} {w:7.3f}" for n, w in zip((*READ_SIGNS, "constant"), self.reading.weights, strict=True)),
            f"  threshold      {self.reading.threshold:7.3f}",
            *(f"  {n:14} {w:7.3f}" for n, w in zip((*ABOUT_SIGNS, "constant"), about.weights, strict=True)),
            f"  about          {about.threshold:7.3f}",
            *(f"  {n:14} {w:7.3f}" for n, w in zip((*VERDICT_SIGNS, "constant"), weighing.weights, strict=True)),
            f"  least, for yes {weighing.least_yes:7.3f}",
            f"  least, for no  {weighing.least_no:7.3f}",
        ]


def fit_reading(
    sets: Sequence[tuple[PolicyQA, Sequence[Case]]],
    base: Fit,
    about: Callable[[float], About],
    weighing: Weighing,
) -> ReadingFit | None:
    """What the reader of the bots counts for beside ``base``; None without a reader.

    The questions must be others than the reader was trained on: of those it is too sure. ``about`` gives the bound
    between questions about the documents and others, of what log odds count for.
    """
    reader = sets[0][0].reader
    if reader is None:
        return None
    asked = [
        (bot, case, bot.read(bot.find(case.question, case.history, weights=tuple(base.sentence)), 0.0))
        for bot, cases in sets
        for case in cases
    ]
    ranked = [Ranked.of(case, found) for _, case, found in asked if case.answerable]
    ranked = [sample for sample in ranked if sample.gold.any()]
    rank = fit_rank(ranked)
    rows, labels = [], []
    for bot, case, found in asked:
        read = bot.read(found, rank)
        if by_structure(read, bot, answer_found) is not None:
            continue
        values = bot.signs_of(read)
        if not out_of_scope(read.probe, values, max(c.odds for c in read.candidates)):
            lack = plain_lack(read.probe, read.candidates) is not None
            rows.append(read_signs(values, base.refusal.tolist(), read.candidates, lack))
            labels.append(case.answerable)
    drawn = _drawn(np.array(rows), np.array(labels), READ_FALSE_REFUSALS, _READ_RIDGE)
    return ReadingFit(
        Reading(reader.fingerprint, rank, tuple(drawn.weights.tolist()), drawn.threshold, about(rank), weighing),
        len(labels),
        (_first(ranked, 0.0), _first(ranked, rank)),
        drawn.refused,
        drawn.falsely_refused,
    )


@dataclass(frozen=True)
class Ranked:
    """One question's candidates: score and the reader's log odds of each, and whether it covers a gold quote."""

    scores: np.ndarray
    odds: np.ndarray
    gold: np.ndarray

    @classmethod
    def of(cls, case: Case, found: Found) -> Ranked:
        told = [c for c in found.candidates if c.tells]
        return cls(np.array([c.score for c in told]), np.array([c.odds for c in told]), gold_of(case, told))


def fit_rank(samples: Sequence[Ranked]) -> float:
    """What log odds count for in the score, at least 0: conditional logit as in fit_sentences, the scale of the scores
    fitted too."""
    from scipy.optimize import minimize

    def loss(weights: np.ndarray) -> float:
        total = 0.0
        for sample in samples:
            reach = weights[0] * sample.scores + weights[1] * sample.odds
            total -= np.logaddexp.reduce(reach[sample.gold]) - np.logaddexp.reduce(reach)
        return float(total / len(samples) + 0.02 * ((weights[0] - 1) ** 2 + weights[1] ** 2))

    scale, odds = minimize(loss, np.array([1.0, 0.1]), method="Nelder-Mead").x
    return max(0.0, float(odds / scale))


def _first(samples: Sequence[Ranked], rank: float) -> float:
    """Share of the questions whose gold sentence comes first."""
    return float(np.mean([bool(s.gold[np.argmax(s.scores + rank * s.odds)]) for s in samples]))


def fit_refusal(rows: np.ndarray, labels: np.ndarray, ridge: float = 0.01) -> np.ndarray:
    """Weights of SIGNS and a constant: logistic regression, both classes of equal weight."""
    share = np.where(labels, 0.5 / max(labels.sum(), 1), 0.5 / max((~labels).sum(), 1))
    return _logistic(rows, labels, share, ridge)


def _logistic(rows: np.ndarray, labels: np.ndarray, share: np.ndarray, ridge: float) -> np.ndarray:
    """Weights of the columns and a constant: logistic regression; ``share``: what each row counts for, 1 in all."""
    from scipy.optimize import minimize

    wide = np.hstack([rows, np.ones((len(rows), 1))])
    side = np.where(labels, 1.0, -1.0)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        reach = side * (wide @ weights)
        penalty = ridge * weights[:-1] @ weights[:-1]
        slope = wide.T @ (-share * side / (1 + np.exp(np.clip(reach, -30, 30))))
        slope[:-1] += 2 * ridge * weights[:-1]
        return float(share @ np.logaddexp(0, -reach) + penalty), slope

    fitted: np.ndarray = minimize(loss, np.zeros(wide.shape[1]), jac=True, method="L-BFGS-B").x
    return fitted


def threshold_for(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray, false_refusals: float) -> float:
    """The highest probability below which at most ``false_refusals`` of the answerable questions fall."""
    held = np.sort(_sure(rows, weights)[labels])
    return float(held[min(int(false_refusals * len(held)), len(held) - 1)])


def _sure(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The probability that each question is answered by what was found for it."""
    return np.array([probability(row, weights.tolist()) for row in rows.tolist()])


def write(path: Path, fitted: Fit, reading: ReadingFit | None, fitted_with: dict[str, Any]) -> None:
    """Save a calibration as readable JSON, in one step."""
    data: dict[str, Any] = {
        "sentence_weights": dict(zip(FEATURES, (round(float(w), 4) for w in fitted.sentence), strict=True)),
        "answer_weights": dict(zip((*SIGNS, "constant"), (round(float(w), 4) for w in fitted.refusal), strict=True)),
        "threshold": round(fitted.threshold, 4),
        "fitted_with": fitted_with,
    }
    if reading is not None:
        held = reading.reading
        data["reading"] = {
            "reader": held.reader,
            "rank": round(held.rank, 4),
            "weights": dict(zip((*READ_SIGNS, "constant"), (round(w, 4) for w in held.weights), strict=True)),
            "threshold": round(held.threshold, 4),
            "about": {
                "weights": dict(zip((*ABOUT_SIGNS, "constant"), held.about.weights, strict=True)),
                "threshold": held.about.threshold,
            },
            "verdict": {
                "weights": dict(zip((*VERDICT_SIGNS, "constant"), held.weighing.weights, strict=True)),
                "least_yes": held.weighing.least_yes,
                "least_no": held.weighing.least_no,
            },
        }
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)
