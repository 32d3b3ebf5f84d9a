"""Whether a sentence answers a question: the two read together by a small encoder.

The default reader is the first layers of the default embedding model with an adapter (data/reader.npz) that
``benchmarks/train_reader.py`` has trained on questions with and without an answer.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from index.embedder import (
    COARSE_STEP,
    EmbedderUnavailable,
    Vocabulary,
    compiled,
    default_cache_dir,
    padded,
    unpacked_default,
    vocabulary,
)
from index.remembered import Remembered

#: Most tokens of the question, of the words before the sentence, and of the sentence that are read.
QUESTION, LEAD, SENTENCE = 48, 48, 100
_REMEMBERED = 128  #: pairs
_AT_ONCE = 2  #: sentences: two take less time together than apart, and more would mean more shapes


class Reader(Protocol):
    """Reads a question and a sentence together."""

    fingerprint: str  #: changes whenever its judgements would

    def odds(self, question: str, sentences: Sequence[tuple[str, str]]) -> np.ndarray:
        """For each sentence (what stands before it, the sentence) the log odds that it answers; float32 (n,)."""
        ...


def open_reader(cache_dir: Path | None = None) -> Reader | None:
    """The default reader, loaded at first use; None where there is none for this system."""
    try:
        return DefaultReader(unpacked_default(cache_dir or default_cache_dir()))
    except EmbedderUnavailable:
        return None


class PairEncoder:
    """The default embedding model's first layers with an adapter, as ``index.nano_unpack`` has written them: reads two
    texts together, and says the log odds that its head was trained for. Imports no torch."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self._name = folder, name
        self._lock = threading.Lock()
        self._said = Remembered[tuple[int, ...], float](_REMEMBERED)  #: the parts of one question meet the same pairs

    def odds(self, pairs: Sequence[tuple[list[int], list[int]]]) -> np.ndarray:
        """For each pair of texts as token ids the log odds; float32 (n,)."""
        keys = [(*first, *second) for first, second in pairs]
        pair_of = dict(zip(keys, pairs, strict=True))

        def read(new: list[tuple[int, ...]]) -> list[float]:
            order, said = sorted(new, key=len), dict[tuple[int, ...], float]()
            for begin in range(0, len(order), _AT_ONCE):
                batch = order[begin : begin + _AT_ONCE]
                said.update(zip(batch, self._read([pair_of[key] for key in batch]).tolist(), strict=True))
            return [said[key] for key in new]

        return np.array(self._said.of(keys, read), dtype=np.float32)

    def _read(self, pairs: Sequence[tuple[list[int], list[int]]]) -> np.ndarray:
        width = padded(max(len(first) + len(second) for first, second in pairs), COARSE_STEP)
        embedded, mask = vocabulary(self.folder).embedded([first + second for first, second in pairs], width)
        for row, (first, second) in enumerate(pairs):
            embedded[row, : len(first)] += self._types[0]
            embedded[row, len(first) : len(first) + len(second)] += self._types[1]
        with self._lock:  # an infer request is not thread-safe
            found: np.ndarray = self._request.infer({"embedded": embedded, "mask": mask})[0]
            return found[:, 0].copy()

    @cached_property
    def _types(self) -> np.ndarray:
        types: np.ndarray = np.load(self.folder / f"{self._name}_types.npy")
        return types

    @cached_property
    def _request(self) -> Any:
        return compiled(self.folder, self._name).create_infer_request()


class DefaultReader:
    """The reader made of the default embedding model, loaded at first use."""

    def __init__(self, folder: Path) -> None:
        self._encoder = PairEncoder(folder, "reader")
        self.fingerprint = folder.name.rpartition("-")[0]  # the last part of the name is of index.entailment

    def odds(self, question: str, sentences: Sequence[tuple[str, str]]) -> np.ndarray:
        """See Reader."""
        if not sentences:
            return np.empty(0, dtype=np.float32)
        first, seconds = pair_tokens(vocabulary(self._encoder.folder), question, sentences)
        return self._encoder.odds([(first, second) for second in seconds])


def pair_tokens(
    words: Vocabulary, question: str, sentences: Sequence[tuple[str, str]]
) -> tuple[list[int], list[list[int]]]:
    """Token ids of the question, and for each sentence of the words before it with it, as the reader was trained."""
    begin, end = words.ends
    first = [begin, *words.ids(f"query: {question}")[:QUESTION], end]
    seconds = [
        [*words.ids(f"passage: {before} |")[-LEAD:], *words.ids(text)[:SENTENCE], end] for before, text in sentences
    ]
    return first, seconds
