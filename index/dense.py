"""Nearest vectors over several segments: exact, and by inverted lists where a segment has them."""

from __future__ import annotations

import importlib
import mmap
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from index.arrays import hold
from index.segment import add_vectors


@dataclass(frozen=True)
class Stretch:
    """Vectors that follow each other in the file of a segment, and in the rows of the index from ``row`` on."""

    vectors: np.ndarray  #: all of the segment
    low: int
    high: int
    row: int
    lists: Path  #: the segment's inverted lists, if it has any


class Dense:
    """Search by inner product; FAISS is loaded at first use."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        listed: dict[Path, list[Stretch]] = {}
        exact: list[Stretch] = []
        for stretch in stretches:
            (listed.setdefault(stretch.lists, []) if stretch.lists.is_file() else exact).append(stretch)
        self._parts: list[_Exact | _Listed] = [_Listed(path, own) for path, own in listed.items()]
        if exact:
            self._parts.append(_Exact(exact))

    def nearest(self, vector: np.ndarray, k: int, rows: np.ndarray | None) -> list[tuple[int, float]]:
        """(row, inner product) of the ``k`` nearest, best first, among ``rows`` (ascending) when given."""
        if k <= 0 or (rows is not None and not len(rows)):
            return []
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        found = [hit for part in self._parts for hit in part.nearest(query, k, rows)]
        return sorted(found, key=lambda hit: -hit[1])[:k] if len(self._parts) > 1 else found


class _Exact:
    """The vectors of all stretches in one flat index: the search is that over one piece."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._stretches = stretches
        self._lock = threading.Lock()
        self._index: Any = None

    @cached_property
    def _rows(self) -> np.ndarray:
        """Of each vector its row in the index, ascending."""
        return np.concatenate([np.arange(s.row, s.row + s.high - s.low, dtype=np.int64) for s in self._stretches])

    def _get(self) -> Any:
        with self._lock:
            if self._index is None:
                faiss: Any = importlib.import_module("faiss")  # its stubs do not know the parameters of a search
                index = faiss.IndexFlatIP(self._stretches[0].vectors.shape[1])
                for stretch in self._stretches:
                    add_vectors(index, stretch.vectors[stretch.low : stretch.high])
                self._index = index
            return self._index

    def nearest(self, query: np.ndarray, k: int, rows: np.ndarray | None) -> list[tuple[int, float]]:
        faiss: Any = importlib.import_module("faiss")
        parameters, count = None, len(self._rows)
        if rows is not None:
            wanted = np.flatnonzero(np.isin(self._rows, rows, assume_unique=True))
            parameters, count = faiss.SearchParameters(sel=faiss.IDSelectorBatch(wanted)), len(wanted)
        if not count:
            return []
        scores, found = self._get().search(query, min(k, count), params=parameters)
        return list(zip(self._rows[found[0]].tolist(), scores[0].tolist(), strict=True))


class _Listed:
    """The inverted lists of a segment, read at first use. Some of its vectors may have left the index."""

    def __init__(self, path: Path, stretches: Sequence[Stretch]) -> None:
        self._file: mmap.mmap = hold(path)
        self._own = np.concatenate([np.arange(s.low, s.high, dtype=np.int64) for s in stretches])
        self._rows = np.full(len(stretches[0].vectors), -1, dtype=np.int64)
        for s in stretches:
            self._rows[s.low : s.high] = np.arange(s.row, s.row + s.high - s.low)
        self._lock = threading.Lock()
        self._index: Any = None

    def _get(self) -> Any:
        with self._lock:
            if self._index is None:
                faiss: Any = importlib.import_module("faiss")  # its stubs leave out the reader
                self._file.seek(0)
                self._index = faiss.read_index(faiss.PyCallbackIOReader(self._file.read))
            return self._index

    def nearest(self, query: np.ndarray, k: int, rows: np.ndarray | None) -> list[tuple[int, float]]:
        faiss: Any = importlib.import_module("faiss")
        index, parameters = self._get(), None
        wanted = self._own if rows is None else self._own[np.isin(self._rows[self._own], rows, assume_unique=True)]
        if not len(wanted):
            return []
        if len(wanted) < len(self._rows):
            selector = faiss.IDSelectorBatch(wanted)
            parameters = faiss.SearchParametersIVF(sel=selector, nprobe=index.nprobe)
        scores, found = index.search(query, min(k, len(wanted)), params=parameters)
        return [
            (int(self._rows[own]), float(score)) for own, score in zip(found[0], scores[0], strict=True) if own >= 0
        ]
