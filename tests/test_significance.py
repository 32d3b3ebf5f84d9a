"""Intervals, differences and agreement by example."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from qa.significance import (
    Agreement,
    Interval,
    agreement,
    intervals,
    mcnemar,
    paired_differences,
    quantile_interval,
    wilson,
)


def test_an_interval_holds_the_share_and_narrows_with_more_questions() -> None:
    def of(right: int, asked: int) -> tuple[float, float]:
        flags = np.array([[1.0]] * right + [[0.0]] * (asked - right))
        found = intervals(flags, np.ones_like(flags))[0]
        assert found is not None
        return found.low, found.high

    low, high = of(70, 100)
    # The normal approximation: 0.7 ± 1.96 · sqrt(0.7 · 0.3 / 100) = 0.61 … 0.79.
    assert low == pytest.approx(0.61, abs=0.02) and high == pytest.approx(0.79, abs=0.02)
    wide, narrow = high - low, of(700, 1000)[1] - of(700, 1000)[0]
    assert narrow == pytest.approx(wide / 10**0.5, rel=0.15)


def test_of_what_never_varies_nobody_is_sure() -> None:
    # Wilson (1927): 12 of 12 is at least 1 / (1 + z²/12) = .757.
    assert wilson(12, 12) == Interval(pytest.approx(0.757, abs=0.001), 1.0)
    assert wilson(0, 12) == Interval(0.0, pytest.approx(0.243, abs=0.001))
    # Brown, Cai and DasGupta (2001): 5 of 10.
    assert wilson(5, 10) == Interval(pytest.approx(0.237, abs=0.001), pytest.approx(0.763, abs=0.001))
    yes_no, shares, points = np.array([1.0] * 12), np.array([0.5, 1.0] * 6), np.array([3.0] * 12)
    found = intervals(np.stack([yes_no, shares, points], 1), np.stack([yes_no, yes_no, points], 1))
    assert found[0] == found[2] == wilson(12, 12), "also of points of which each is there"
    assert found[1] is not None and found[1].low < 0.75 < found[1].high < 0.95, "no share of yes and no"


def test_the_interval_of_a_median_lies_between_two_of_the_values() -> None:
    values = np.arange(100, dtype=float)
    # Conover (1999): the 40th and 61st of 100 ordered values.
    assert quantile_interval(values[::-1], 0.5) == Interval(39.0, 60.0)
    assert quantile_interval(values[:3], 0.95) == Interval(1.0, 2.0)
    assert quantile_interval(values[:0], 0.5) is None


def test_intervals_are_the_same_each_time_and_none_where_nothing_is_measured() -> None:
    numerators = np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 0.0]])
    denominators = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]])
    first, second = intervals(numerators, denominators), intervals(numerators, denominators)
    assert first == second and first[0] is not None and first[1] is None
    assert intervals(numerators[:0], denominators[:0]) == [None, None]


@pytest.mark.parametrize(("better", "worse", "p"), [(0, 0, 1.0), (5, 5, 1.0), (6, 0, 2 / 64), (9, 1, 22 / 1024)])
def test_mcnemar_is_the_exact_binomial_test(better: int, worse: int, p: float) -> None:
    assert mcnemar(better, worse) == pytest.approx(p)
    assert mcnemar(worse, better) == pytest.approx(p)


def test_a_paired_difference_sees_what_is_the_same_for_nearly_all_questions() -> None:
    def of(before: list[float], after: list[float]) -> object:
        sides = [(np.array([side]).T, np.ones((len(side), 1))) for side in (before, after)]
        return paired_differences(*sides)[0]

    before = [0.1 * (i % 10) for i in range(50)]
    found: Any = of(before, [value + 0.05 + 0.01 * (i % 3) for i, value in enumerate(before)])
    assert found.change == pytest.approx(0.06, abs=0.01) and found.low > 0 and found.p < 0.01 and found.questions == 50
    noise: Any = of([0.0, 1.0] * 20, [1.0, 0.0] * 20)
    assert noise.change == 0 and noise.p > 0.5


def test_a_paired_difference_of_pooled_points_is_that_of_the_two_shares() -> None:
    before = np.array([[1.0], [0.0], [3.0]] * 10), np.array([[2.0], [0.0], [3.0]] * 10)
    after = np.array([[2.0], [1.0], [3.0]] * 10), np.array([[2.0], [1.0], [3.0]] * 10)
    found = paired_differences(before, after)[0]
    assert found is not None and found.change == pytest.approx(1 - 4 / 5) and found.low > 0 and found.questions == 30
    nothing = np.zeros((30, 1)), np.zeros((30, 1))
    assert paired_differences(nothing, after) == [None]


def test_kappa_is_agreement_beyond_chance() -> None:
    # Cohen (1960): 20 and 15 of 50 agreed, 5 and 10 not: raw .7, by chance .5, kappa .4.
    found = Agreement(20, 5, 10, 15)
    assert (found.count, found.raw, found.kappa) == (50, 0.7, pytest.approx(0.4))
    assert agreement([(True, True), (True, False), (False, False)]) == Agreement(1, 1, 0, 1)
    assert Agreement(9, 1, 0, 0).kappa is None, "one of them says right of all"
    assert Agreement(0, 0, 0, 0).raw == 0


def test_an_agreement_is_told_in_words() -> None:
    assert Agreement(20, 5, 10, 15).told == "较低"
    assert Agreement(45, 1, 2, 52).told == "很高"
    assert Agreement(5, 15, 15, 5).told == "不比随便猜好"
    assert Agreement(4, 0, 1, 4).told == "较高，但题太少，不能作准"
    assert Agreement(30, 3, 0, 0).told == "分不出高低：有一方全说对或全说错"
