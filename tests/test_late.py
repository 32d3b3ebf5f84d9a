"""Late interaction: token vectors in four bits, and the nearest token of each text."""

from __future__ import annotations

import numpy as np
import pytest

from index.late import max_sim, pack


def unit(rows: int, dimension: int) -> np.ndarray:
    vectors = np.random.default_rng(0).normal(size=(rows, dimension))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("dimension", [16, 15, 384])
def test_codes_take_half_a_byte_a_number_and_stay_near(dimension: int) -> None:
    vectors = unit(50, dimension)
    codes = pack(vectors)
    assert codes.shape == (50, (dimension + 1) // 2) and codes.dtype == np.uint8
    each_alone = np.arange(50)
    cosines = max_sim(vectors, codes, each_alone)
    assert np.diagonal(cosines).min() > 0.97
    assert np.abs(cosines - vectors @ vectors.T).max() < 0.25


def test_each_token_of_the_question_finds_its_nearest_in_each_text() -> None:
    east, north, west = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]], dtype=np.float32)
    question = np.stack([east, north])
    texts = np.stack([east, west, north, west])  # the first text has two tokens, so has the second
    found = max_sim(question, pack(texts), np.array([0, 2]))
    assert np.allclose(found, [[1.0, 0.0], [0.0, 1.0]], atol=0.15)
