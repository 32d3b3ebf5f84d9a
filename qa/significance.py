"""How sure a number is: confidence intervals, differences between two runs, agreement of two judges. Pure functions;
what is drawn at random is drawn from a fixed seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

SEED = 20150704
DRAWS = 1000
_AT_ONCE = 10  #: draws whose weights are held in memory together


@dataclass(frozen=True)
class Interval:
    """A 95 % confidence interval."""

    low: float
    high: float


def intervals(numerators: np.ndarray, denominators: np.ndarray, draws: int = DRAWS) -> list[Interval | None]:
    """Of sum(numerator) / sum(denominator), for each column; None for a column of nothing but zeros below.

    Rows are questions, columns are measures. A question that a measure does not apply to has zeros there. Where every
    question is a plain yes or no, and where all of them are wholly right or wholly wrong, the interval is Wilson's: of
    what never varies a bootstrap would be sure. Else it is the percentile bootstrap (Efron and Tibshirani 1993,
    ch. 13), for which questions are drawn with replacement.
    """
    found: list[Interval | None] = [None] * numerators.shape[1]
    drawn = []
    for column, (above, below) in enumerate(zip(numerators.T, denominators.T, strict=True)):
        asked = below > 0
        above, below = above[asked], below[asked]
        whole = (above == 0) | (above == below)
        if not len(above):
            continue
        if whole.all() and ((below == 1).all() or not above.any() or (above == below).all()):
            found[column] = wilson(int((above > 0).sum()), len(above))
        else:
            drawn.append(column)
    if drawn:
        values = _ratios(numerators[:, drawn], denominators[:, drawn], draws)
        for column, told in zip(drawn, values.T, strict=True):
            found[column] = Interval(*(float(v) for v in np.nanquantile(told, (0.025, 0.975))))
    return found


def _ratios(numerators: np.ndarray, denominators: np.ndarray, draws: int) -> np.ndarray:
    """Draws of sum(numerator) / sum(denominator) over questions drawn with replacement: (draws, columns); NaN where no
    question that was drawn has the measure. The same draws for the same number of questions."""
    rows = len(numerators)
    random = np.random.default_rng(SEED)
    drawn = []
    for begin in range(0, draws, _AT_ONCE):
        weights = random.multinomial(rows, np.full(rows, 1 / rows), size=min(_AT_ONCE, draws - begin)).astype(float)
        below = weights @ denominators
        drawn.append(np.divide(weights @ numerators, below, out=np.full(below.shape, np.nan), where=below > 0))
    return np.concatenate(drawn)


_Z = 1.959964  #: of the normal distribution, for 95 % in the middle


def wilson(right: int, asked: int) -> Interval:
    """Wilson's score interval (Wilson 1927; recommended by Brown, Cai and DasGupta 2001) of a share of yes and no."""
    share, spread = right / asked, _Z**2 / asked
    middle = (share + spread / 2) / (1 + spread)
    half = (share * (1 - share) * spread + spread**2 / 4) ** 0.5 / (1 + spread)
    return Interval(max(0.0, middle - half) if right else 0.0, min(1.0, middle + half) if right < asked else 1.0)


def quantile_interval(values: np.ndarray, share: float) -> Interval | None:
    """Of the value below which ``share`` of all lie: between two of the values, by the binomial distribution of how
    many lie below it (Conover 1999, sec. 3.2); None without values. Of few values it ends with the outermost."""
    count = len(values)
    if not count:
        return None
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, count + 1)))])
    below = np.arange(count + 1)
    chances = logs[-1] - logs - logs[::-1] + below * np.log(share) + (count - below) * np.log(1 - share)
    low, high = np.searchsorted(np.cumsum(np.exp(chances)), (0.025, 0.975))
    ordered = np.sort(values)
    return Interval(float(ordered[max(low, 1) - 1]), float(ordered[min(high, count - 1)]))


@dataclass(frozen=True)
class Difference:
    """How much a measure differs between two runs over the same questions (after minus before)."""

    change: float
    low: float  #: of the 95 % confidence interval
    high: float
    p: float  #: two-sided
    questions: int  #: that have the measure in one of the runs


#: Numerators and denominators of measures, as :func:`intervals` takes them.
Parts = tuple[np.ndarray, np.ndarray]


def paired_differences(before: Parts, after: Parts, draws: int = DRAWS) -> list[Difference | None]:
    """Paired bootstrap (Efron and Tibshirani 1993; for systems over one test set: Koehn 2004) of the difference of each
    column's sum(numerator) / sum(denominator); row for row the questions are the same. None for a column that one of
    the runs has no number for. ``p`` is twice the share of draws on the other side of zero."""
    if not len(before[0]):
        return [None] * before[0].shape[1]
    drawn = _ratios(*after, draws) - _ratios(*before, draws)
    found: list[Difference | None] = []
    for column, told in enumerate(drawn.T):
        (above0, below0), (above1, below1) = ((a[:, column], b[:, column]) for a, b in (before, after))
        if not (below0.any() and below1.any()):
            found.append(None)
            continue
        told = told[~np.isnan(told)]
        low, high = (float(v) for v in np.quantile(told, (0.025, 0.975)))
        # With the draw that was observed counted in, so that no p is zero (Davison and Hinkley 1997, ch. 4).
        tail = (1 + min(int((told <= 0).sum()), int((told >= 0).sum()))) / (len(told) + 1)
        change = float(above1.sum() / below1.sum() - above0.sum() / below0.sum())
        questions = int(((below0 > 0) | (below1 > 0)).sum())
        found.append(Difference(change, low, high, min(1.0, 2 * tail), questions))
    return found


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
