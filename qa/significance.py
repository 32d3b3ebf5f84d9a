"""How sure a number is: confidence intervals, differences between two runs, agreement of two judges. Pure functions;
what is drawn at random is drawn from a fixed seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

SEED = 20150704
DRAWS = 1000
_AT_ONCE = 50  #: draws whose weights are held in memory together


@dataclass(frozen=True)
class Interval:
    """A 95 % confidence interval."""

    low: float
    high: float


def intervals(numerators: np.ndarray, denominators: np.ndarray, draws: int = DRAWS) -> list[Interval | None]:
    """Percentile bootstrap (Efron and Tibshirani 1993, ch. 13) of sum(numerator) / sum(denominator), for each column.

    Rows are questions, drawn with replacement; columns are measures. A question that a measure does not apply to has
    zeros there. None for a column of nothing but zeros in the denominator.
    """
    rows = len(numerators)
    if not rows:
        return [None] * numerators.shape[1]
    random = np.random.default_rng(SEED)
    drawn = []
    for begin in range(0, draws, _AT_ONCE):
        weights = random.multinomial(rows, np.full(rows, 1 / rows), size=min(_AT_ONCE, draws - begin))
        below = weights @ denominators
        drawn.append(np.divide(weights @ numerators, below, out=np.full(below.shape, np.nan), where=below > 0))
    values = np.concatenate(drawn)
    found: list[Interval | None] = []
    for column in values.T:
        told = column[~np.isnan(column)]
        found.append(Interval(*(float(v) for v in np.quantile(told, (0.025, 0.975)))) if len(told) else None)
    return found


@dataclass(frozen=True)
class Difference:
    """How much a mean differs between two runs over the same questions (after minus before)."""

    change: float
    low: float  #: of the 95 % confidence interval
    high: float
    p: float  #: two-sided
    questions: int


def paired_difference(before: Sequence[float], after: Sequence[float], draws: int = DRAWS) -> Difference | None:
    """Paired bootstrap (Efron and Tibshirani 1993; for systems over one test set: Koehn 2004) of the mean difference;
    None without questions. ``p`` is twice the share of draws on the other side of zero."""
    change = np.asarray(after, dtype=float) - np.asarray(before, dtype=float)
    count = len(change)
    if not count:
        return None
    random = np.random.default_rng(SEED)
    drawn = []
    for begin in range(0, draws, _AT_ONCE):
        weights = random.multinomial(count, np.full(count, 1 / count), size=min(_AT_ONCE, draws - begin))
        drawn.append(weights @ change / count)
    means = np.concatenate(drawn)
    low, high = (float(v) for v in np.quantile(means, (0.025, 0.975)))
    # With the draw that was observed counted in, so that no p is zero (Davison and Hinkley 1997, ch. 4).
    tail = (1 + min(int((means <= 0).sum()), int((means >= 0).sum()))) / (draws + 1)
    return Difference(float(change.mean()), low, high, min(1.0, 2 * tail), count)


def mcnemar(better: int, worse: int) -> float:
    """Two-sided p of McNemar's exact test (McNemar 1947): of the questions that two runs judge differently, whether as
    many get better as get worse."""
    changed = better + worse
    tail = sum(comb(changed, k) for k in range(min(better, worse) + 1))
    return min(1.0, float(2 * tail / 2**changed))


@dataclass(frozen=True)
class Agreement:
    """How far two judges say the same of the same answers."""

    both_right: int
    first_only: int  #: right by the first judge, wrong by the second
    second_only: int
    both_wrong: int

    @property
    def count(self) -> int:
        """Answers that both have judged."""
        return self.both_right + self.first_only + self.second_only + self.both_wrong

    @property
    def raw(self) -> float:
        """Share of the answers of which they say the same; 0 without answers."""
        return (self.both_right + self.both_wrong) / self.count if self.count else 0.0

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa (1960): agreement beyond chance; None where one of them says only one thing of all."""
        if not self.count:
            return None
        first = (self.both_right + self.first_only) / self.count
        second = (self.both_right + self.second_only) / self.count
        chance = first * second + (1 - first) * (1 - second)
        if not (0 < first < 1 and 0 < second < 1):
            return None
        return (self.raw - chance) / (1 - chance)

    @property
    def told(self) -> str:
        """How good the agreement is, in Chinese, by the bounds of Landis and Koch (1977)."""
        if self.kappa is None:
            return "分不出高低：有一方全说对或全说错"
        words = next((words for bound, words in _KAPPAS if self.kappa <= bound), "很高")
        return f"{words}，但题太少，不能作准" if self.count < _FEW else words


_KAPPAS = ((0.0, "不比随便猜好"), (0.2, "很低"), (0.4, "较低"), (0.6, "中等"), (0.8, "较高"))
_FEW = 20  #: answers below which a kappa may be anything


def agreement(pairs: Sequence[tuple[bool, bool]]) -> Agreement:
    """The agreement of two judges, each pair being what they say of one answer."""
    return Agreement(*(pairs.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False))))
