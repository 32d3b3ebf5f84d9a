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


class DefaultReader:
    """The default embedding model's first layers with an adapter; imports no torch."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._said: dict[tuple[int, ...], float] = {}  #: of the last pairs: the parts of one question meet the same
        self.fingerprint: str = folder.name

    def odds(self, question: str, sentences: Sequence[tuple[str, str]]) -> np.ndarray:
        """See Reader."""
        if not sentences:
            return np.empty(0, dtype=np.float32)
        words = vocabulary(self._folder)
        first, seconds = pair_tokens(words, question, sentences)
        keys = [(*first, *second) for second in seconds]
        said = {key: odds for key in keys if (odds := self._said.get(key)) is not None}
        new = {key: second for key, second in zip(keys, seconds, strict=True) if key not in said}
        order = sorted(new, key=len)
        for begin in range(0, len(order), _AT_ONCE):
            batch = order[begin : begin + _AT_ONCE]
            said.update(zip(batch, self._read(words, first, [new[key] for key in batch]).tolist(), strict=True))
        with self._lock:
            self._said = dict([*self._said.items(), *said.items()][-_REMEMBERED:])
        return np.array([said[key] for key in keys], dtype=np.float32)

    def _read(self, words: Vocabulary, first: list[int], seconds: Sequence[list[int]]) -> np.ndarray:
        width = padded(len(first) + max(map(len, seconds)), COARSE_STEP)
        embedded, mask = words.embedded([first + second for second in seconds], width)
        embedded[:, : len(first)] += self._types[0]
        for row, second in enumerate(seconds):
            embedded[row, len(first) : len(first) + len(second)] += self._types[1]
        with self._lock:  # an infer request is not thread-safe
            found: np.ndarray = self._request.infer({"embedded": embedded, "mask": mask})[0]
            return found[:, 0].copy()

    @cached_property
    def _types(self) -> np.ndarray:
        types: np.ndarray = np.load(self._folder / "types.npy")
        return types

    @cached_property
    def _request(self) -> Any:
        return compiled(self._folder, "reader").create_infer_request()


def pair_tokens(
    words: Vocabulary, question: str, sentences: Sequence[tuple[str, str]]
) -> tuple[list[int], list[list[int]]]:
    """Token ids of the question, and for each sentence of the words before it with it, as the reader was trained."""
    begin, end = words.tokenizer.encode("").ids

    def ids(text: str) -> list[int]:
        found: list[int] = words.tokenizer.encode(words.normalized(text), add_special_tokens=False).ids
        return found

    first = [begin, *ids(f"query: {question}")[:QUESTION], end]
    seconds = [[*ids(f"passage: {before} |")[-LEAD:], *ids(text)[:SENTENCE], end] for before, text in sentences]
    return first, seconds
