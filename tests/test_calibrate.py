"""Fitting on made-up samples: what weights and thresholds come of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from qa.calibrate import (
    PRIOR,
    Fit,
    Ranked,
    ReadingFit,
    Sample,
    fit_rank,
    fit_refusal,
    fit_sentences,
    fit_weighing,
    threshold_for,
    write,
)
from qa.calibration import About, Calibration, Reading
from qa.evidence import FEATURES, probability
from qa.refusal import ABOUT_SIGNS, READ_SIGNS, SIGNS
from qa.verdict_signs import VERDICT_SIGNS, Weighing

COVER, NOISE = FEATURES.index("cover"), FEATURES.index("dense")


def samples(count: int) -> list[Sample]:
    """Questions with four candidates; the gold one covers the words, and one that is not is nearer."""
    random = np.random.default_rng(0)
    made = []
    for number in range(count):
        rows = random.normal(0, 0.1, (4, len(FEATURES)))
        gold = np.arange(4) == number % 4
        rows[gold, COVER] += 1.0
        rows[(number + 1) % 4, NOISE] += 1.0
        made.append(Sample(str(number), rows, gold))
    return made


def test_fitted_weights_put_the_gold_sentence_first() -> None:
    weights = fit_sentences(samples(40))
    assert all(sample.gold[np.argmax(sample.rows @ weights)] for sample in samples(40))
    assert weights[COVER] > 1 > 0 > weights[NOISE]


def test_a_feature_that_no_sample_shows_keeps_what_is_known_before() -> None:
    address = FEATURES.index("address")
    made = samples(40)
    for sample in made:
        sample.rows[:, address] = 0.0
    assert fit_sentences(made)[address] == pytest.approx(PRIOR[address], abs=1e-3)


def test_more_restraint_means_smaller_weights() -> None:
    free, bound = fit_sentences(samples(40), ridge=0.001), fit_sentences(samples(40), ridge=1.0)
    assert np.linalg.norm(bound - PRIOR) < np.linalg.norm(free - PRIOR)


def questions() -> tuple[np.ndarray, np.ndarray]:
    """Signs of 100 answerable and 20 unanswerable questions, told apart by the first sign, most of them."""
    random = np.random.default_rng(0)
    labels = np.arange(120) < 100
    rows = random.normal(0, 0.3, (120, len(SIGNS)))
    rows[:, 0] += np.where(labels, 1.0, -1.0)
    return rows, labels


def test_answerable_questions_are_surer_than_others() -> None:
    rows, labels = questions()
    weights = fit_refusal(rows, labels)
    assert len(weights) == len(SIGNS) + 1
    sure = np.array([probability(row, weights) for row in rows])
    assert sure[labels].min() > sure[~labels].max()


@pytest.mark.parametrize("share", [0.0, 0.04, 0.2])
def test_the_threshold_turns_away_no_more_than_allowed(share: float) -> None:
    rows, labels = questions()
    weights = fit_refusal(rows, labels)
    threshold = threshold_for(rows, labels, weights, share)
    turned = sum(probability(row, weights) < threshold for row in rows[labels])
    assert turned == int(share * labels.sum())


def test_what_is_written_is_what_the_bot_reads(tmp_path: Path) -> None:
    fitted = Fit(
        sentence=np.arange(len(FEATURES)) / 8,
        refusal=np.arange(len(SIGNS) + 1) / 8,
        threshold=0.25,
        ranked=30,
        questions=40,
        first=0.5,
        fifth=0.75,
        refused=1.0,
        falsely_refused=0.0,
    )
    write(tmp_path / "calibration.json", fitted, None, {"embedder": "hash-1"})
    read = Calibration.load(tmp_path / "calibration.json")
    assert read.sentence_weights == tuple(fitted.sentence)
    assert read.answer_weights == tuple(fitted.refusal)
    assert (read.threshold, read.fitted_with) == (0.25, {"embedder": "hash-1"})
    assert len(fitted.lines()) == 2 + len(FEATURES) + 1 + len(SIGNS) + 2
    assert read.reading is None

    weighing = Weighing(tuple(i / 4 for i in range(len(VERDICT_SIGNS) + 1)), 0.75, 0.75)
    about = About(tuple(i / 2 for i in range(len(ABOUT_SIGNS) + 1)), 0.125)
    reading = Reading("overlap-1", 0.25, tuple(i / 8 for i in range(len(READ_SIGNS) + 1)), 0.5, about, weighing)
    told = ReadingFit(reading, 40, (0.5, 0.75), 1.0, 0.0)
    write(tmp_path / "calibration.json", fitted, told, {"embedder": "hash-1"})
    assert Calibration.load(tmp_path / "calibration.json").reading == reading
    assert len(told.lines()) == 2 + len(READ_SIGNS) + 2 + len(ABOUT_SIGNS) + 2 + len(VERDICT_SIGNS) + 3


def test_a_verdict_is_weighed_by_what_has_been_right() -> None:
    def ruling(clause: float, yes: bool) -> tuple[list[float], bool]:
        return [clause if name == "clause" else 0.0 for name in VERDICT_SIGNS], yes

    trusted = fit_weighing([ruling(1.0, True), ruling(-1.0, False)] * 40 + [ruling(1.0, False)] * 4)
    assert (
        probability(ruling(1.0, True)[0], trusted.weights)
        > 0.8
        > 0.2
        > probability(ruling(-1.0, True)[0], trusted.weights)
    )
    assert trusted.least_yes < 1 and trusted.least_no < 1
    useless = fit_weighing([ruling(1.0, True), ruling(-1.0, False), ruling(1.0, False), ruling(-1.0, True)] * 20)
    assert abs(probability(ruling(1.0, True)[0], useless.weights) - 0.5) < 0.1
    assert useless.least_yes == useless.least_no == 1.0  # never enough of what it says is right


def test_what_the_reader_counts_for_follows_from_how_well_it_ranks() -> None:
    gold = np.array([False, True, False])
    right = Ranked(np.array([2.0, 1.0, 0.0]), np.array([-3.0, 3.0, -3.0]), gold)
    wrong = Ranked(np.array([0.0, 2.0, 1.0]), np.array([3.0, -3.0, 3.0]), gold)
    assert fit_rank([right] * 9 + [wrong]) > 0
    assert fit_rank([wrong] * 9 + [right]) == 0
