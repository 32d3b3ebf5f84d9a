"""Stand-ins that implement the real interfaces and can be checked by eye. No network, no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import pairwise

import numpy as np


class HashEmbedder:
    """Embedder whose vectors count hashed characters and character pairs: texts that share words are near.

    Deterministic across processes, symmetric (no prompts), unit length; the empty text is the zero vector.
    """

    name = "hash"
    dimension = 256
    fingerprint = "hash-1"

    def __init__(self) -> None:
        self.embedded = 0  #: how many documents were embedded so far, for tests that vectors are reused

    def embed_documents(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> np.ndarray:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self.embed_query(text)
            if progress is not None:
                progress(row + 1, len(texts))
        self.embedded += len(texts)
        return vectors

    def embed_sentences(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> tuple[np.ndarray, list[np.ndarray]]:
        return self.embed_documents(texts, progress), [self.embed_tokens(text)[1] for text in texts]

    def embed_tokens(self, text: str) -> tuple[list[str], np.ndarray]:
        characters = [c for c in text if not c.isspace()] or [""]
        return characters, np.array([self.embed_query(c) for c in characters])

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([self.embed_query(text) for text in texts]).reshape(len(texts), self.dimension)

    def embed_query(self, text: str) -> np.ndarray:
        vector = np.zeros(self.dimension, dtype=np.float32)
        characters = [c for c in text.lower() if not c.isspace()]
        for gram in [*characters, *(a + b for a, b in pairwise(characters))]:
            slot = int.from_bytes(blake2b(gram.encode(), digest_size=4).digest(), "big") % self.dimension
            vector[slot] += 1.0
        norm = float(np.linalg.norm(vector))
        return vector / norm if norm else vector


class OverlapReader:
    """Reader that goes by the characters that a question and a sentence share: 4 log odds for all of them, -4 for none."""

    fingerprint = "overlap-1"

    def odds(self, question: str, sentences: Sequence[tuple[str, str]]) -> np.ndarray:
        asked = {c for c in question if c.isalnum()} or {""}
        return np.array([8 * len(asked & set(text)) / len(asked) - 4 for _, text in sentences], dtype=np.float32)


class SureJudge:
    """Entailment that says the same odds of everything, and remembers what it was asked."""

    def __init__(self, odds: float) -> None:
        self.said, self.asked = odds, list[str]()

    def odds(self, quotes: Sequence[str], headings: Sequence[str], sentence: str) -> float:
        self.asked.append(sentence)
        return self.said
