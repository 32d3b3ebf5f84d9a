"""Putting several rankings together. Pure functions on ids and scores."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Id = TypeVar("Id", bound=Hashable)


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[Id]], weights: Sequence[float] | None = None, k: int = 60
) -> dict[Id, float]:
    """Score of every id that stands in one of the ``rankings`` (best first): sum of weight / (k + rank).

    The result is ordered best first; ids of equal score keep the order in which the rankings first name them.
    """
    shares = [1.0] * len(rankings) if weights is None else list(weights)
    scores: dict[Id, float] = {}
    for ranking, weight in zip(rankings, shares, strict=True):
        for rank, item in enumerate(dict.fromkeys(ranking), start=1):
            scores[item] = scores.get(item, 0.0) + weight / (k + rank)
    return best_first(scores)


def relative(scores: Mapping[Id, float]) -> dict[Id, float]:
    """``scores`` stretched to 0..1 between the lowest and the highest of them; equal ones become 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {item: (score - low) / (high - low) for item, score in scores.items()}


def blend(channels: Sequence[Mapping[Id, float]], weights: Sequence[float]) -> dict[Id, float]:
    """Weighted mean of the channels' scores, an id missing from a channel counting 0 there; ordered best first."""
    total = sum(weights)
    scores: dict[Id, float] = {}
    for channel, weight in zip(channels, weights, strict=True):
        for item, score in channel.items():
            scores[item] = scores.get(item, 0.0) + weight * score / total
    return best_first(scores)


def best_first(scores: Mapping[Id, float]) -> dict[Id, float]:
    """The same scores, highest first; equal ones keep their order."""
    return dict(sorted(scores.items(), key=lambda pair: -pair[1]))
