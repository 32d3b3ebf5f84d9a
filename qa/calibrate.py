"""Weights and threshold fitted on question sets: which sentence answers, and when to answer at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.evidence import FEATURES
from qa.measures import covers
from qa.refusal import SIGNS, plain_absence, plain_lack, signs

if TYPE_CHECKING:
    from qa.bot import PolicyQA
    from qa.evaluation import Case


@dataclass(frozen=True)
class Sample:
    """One question's candidates: a row of features each, and whether it covers a gold quote."""

    case_id: str
    rows: np.ndarray
    gold: np.ndarray


def sentence_samples(bot: PolicyQA, cases: Iterable[Case]) -> list[Sample]:
    """Samples of the answerable questions of which some candidate covers a gold quote."""
    samples = []
    for case in cases:
        golds = [evidence.quote for evidence in case.evidence]
        if not case.answerable or not golds:
            continue
        gathered = bot.find(case.question, case.history, weights=(0.0,) * len(FEATURES)).candidates
        found = [c for c in gathered if c.tells]
        gold = np.array([any(covers(c.text, quote) for quote in golds) for c in found])
        if gold.any():
            samples.append(Sample(case.id, np.array([c.features for c in found]), gold))
    return samples


#: What is known before any question is seen: a place that the question names decides.
PRIOR = np.array([2.0 if name == "address" else 0.0 for name in FEATURES])


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
            rows.append(signs(found.probe, found.candidates, bot.occurs))
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


def fit_refusal(rows: np.ndarray, labels: np.ndarray, ridge: float = 0.01) -> np.ndarray:
    """Weights of SIGNS and a constant: logistic regression, both classes of equal weight."""
    from scipy.optimize import minimize

    wide = np.hstack([rows, np.ones((len(rows), 1))])
    side = np.where(labels, 1.0, -1.0)
    share = np.where(labels, 0.5 / max(labels.sum(), 1), 0.5 / max((~labels).sum(), 1))

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
    reach = np.hstack([rows, np.ones((len(rows), 1))]) @ weights
    held = np.sort(1 / (1 + np.exp(-reach[labels])))
    return float(held[min(int(false_refusals * len(held)), len(held) - 1)])


def write(path: Path, sentence: np.ndarray, refusal: np.ndarray, threshold: float, fitted_with: dict[str, Any]) -> None:
    """Save a calibration as readable JSON."""
    data = {
        "sentence_weights": dict(zip(FEATURES, (round(float(w), 4) for w in sentence), strict=True)),
        "answer_weights": dict(zip((*SIGNS, "constant"), (round(float(w), 4) for w in refusal), strict=True)),
        "threshold": round(threshold, 4),
        "fitted_with": fitted_with,
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
