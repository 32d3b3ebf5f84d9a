"""Fusion of rankings."""

from __future__ import annotations

import pytest

from index.fusion import blend, reciprocal_rank_fusion, relative


def test_what_two_rankings_agree_on_comes_first() -> None:
    assert list(reciprocal_rank_fusion([["a", "b", "c"], ["b", "d"]])) == ["b", "a", "d", "c"]


def test_the_score_is_the_sum_of_reciprocal_ranks() -> None:
    assert reciprocal_rank_fusion([["a"], ["b", "a"]], k=60)["a"] == pytest.approx(1 / 61 + 1 / 62)


def test_weights_decide_between_rankings() -> None:
    assert list(reciprocal_rank_fusion([["a", "b"], ["b", "a"]], [1.0, 2.0])) == ["b", "a"]


def test_an_id_named_twice_counts_at_its_best_rank() -> None:
    assert reciprocal_rank_fusion([["a", "a", "b"]]) == reciprocal_rank_fusion([["a", "b"]])


def test_every_ranking_needs_its_weight() -> None:
    with pytest.raises(ValueError, match="zip"):
        reciprocal_rank_fusion([["a"], ["b"]], [1.0])


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
