"""Late interaction: token vectors in four bits, and the nearest token of each text."""

from __future__ import annotations

import numpy as np
import pytest

from index.late import max_sim, pack, unpack


def unit(rows: int, dimension: int) -> np.ndarray:
    vectors = np.random.default_rng(0).normal(size=(rows, dimension))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("dimension", [16, 15, 384])
def test_codes_take_half_a_byte_a_number_and_stay_near(dimension: int) -> None:
    vectors = unit(50, dimension)
    codes = pack(vectors)
    assert codes.shape == (50, (dimension + 1) // 2) and codes.dtype == np.uint8
    again = unpack(codes, dimension)
    assert np.allclose(np.linalg.norm(again, axis=1), 1, atol=1e-5)
    assert (vectors * again).sum(axis=1).min() > 0.97


def test_what_is_unpacked_packs_to_the_same_codes_again() -> None:
    codes = pack(unit(20, 384))
    assert (np.abs((pack(unpack(codes, 384)) & 15).astype(int) - (codes & 15)) <= 1).all()


def test_each_token_of_the_question_finds_its_nearest_in_each_text() -> None:
    east, north, west = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]], dtype=np.float32)
    question = np.stack([east, north])
    texts = np.stack([east, west, north, west])  # the first text has two tokens, so has the second
    assert max_sim(question, texts, np.array([0, 2])).tolist() == [[1.0, 0.0], [0.0, 1.0]]
