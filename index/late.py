"""Late interaction: a question and a sentence compared token by token.

MaxSim of ColBERT (Khattab and Zaharia 2020, "ColBERT: Efficient and Effective Passage Search via Contextualized Late
Interaction over BERT"): every token of the question looks for its nearest token in the sentence. Token vectors are kept
in four bits a number: ranks with them were as good as with floats, at an eighth of the room.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from threadpoolctl import ThreadpoolController

_LEVELS = 16
_WIDTH = 3.0  #: numbers of a unit vector beyond this many times their root mean square are cut
_AT_ONCE = 512  #: tokens: as floats they fit into the cache, and take no fresh memory from the system


def pack(vectors: np.ndarray) -> np.ndarray:
    """Unit vectors (n, dimension) as uint8 codes (n, ceil(dimension / 2)), two numbers a byte."""
    count, dimension = vectors.shape
    half = (_LEVELS - 1) / 2
    scaled = vectors * (math.sqrt(dimension) / _WIDTH * half) + half
    levels = np.clip(np.rint(scaled), 0, _LEVELS - 1).astype(np.uint8)
    if dimension % 2:
        levels = np.hstack([levels, np.zeros((count, 1), np.uint8)])
    codes: np.ndarray = levels[:, 0::2] | levels[:, 1::2] << 4
    return codes


def max_sim(question: np.ndarray, codes: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """For each text the cosine of every token of the question with its nearest token there: (texts, question tokens).

    ``question``: unit vectors (n, dimension). ``codes``: the packed tokens of all texts one after another; ``starts``:
    where each text begins.
    """
    # The two numbers of a byte are multiplied apart: putting them in their places takes longer than all the rest.
    whole = question.shape[1] // 2
    evens, odds = question[:, 0::2].T, question[:, 1::2].T
    middle = np.float32((_LEVELS - 1) / 2)
    cosines = np.empty((len(codes), len(question)), dtype=np.float32)
    # The threads that a product of this size would wake keep the cores from the embedding model for longer than it takes.
    with _linear_algebra().limit(limits=1, user_api="blas"):
        for begin in range(0, len(codes), _AT_ONCE):
            block = codes[begin : begin + _AT_ONCE]
            first, second = (np.subtract(part, middle, dtype=np.float32) for part in (block & 15, block >> 4))
            second = second[:, :whole]
            norms = np.sqrt(np.einsum("ij,ij->i", first, first) + np.einsum("ij,ij->i", second, second))
            cosines[begin : begin + _AT_ONCE] = (first @ evens + second @ odds) / norms[:, None]
    nearest: np.ndarray = np.maximum.reduceat(cosines, starts, axis=0)
    return nearest


@lru_cache(maxsize=1)
def _linear_algebra() -> ThreadpoolController:
    """The threads of numpy's linear algebra; finding its library takes a millisecond."""
    return ThreadpoolController()
