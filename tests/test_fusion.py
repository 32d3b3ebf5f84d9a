"""Fusion of rankings."""

from __future__ import annotations

import pytest

from index.fusion import blend, relative


@pytest.mark.parametrize(
    ("scores", "stretched"),
    [({}, {}), ({"a": 0.8}, {"a": 1.0}), ({"a": 0.9, "b": 0.8, "c": 0.7}, {"a": 1.0, "b": 0.5, "c": 0.0})],
)
def test_relative_scores_lie_between_lowest_and_highest(scores: dict[str, float], stretched: dict[str, float]) -> None:
    assert relative(scores) == pytest.approx(stretched)


def test_blend_is_the_weighted_mean_and_absence_counts_as_nothing() -> None:
    fused = blend([{"a": 1.0, "b": 0.5}, {"b": 1.0}], [1.0, 3.0])
    assert fused == {"b": pytest.approx(0.875), "a": pytest.approx(0.25)}
    assert list(fused) == ["b", "a"]
