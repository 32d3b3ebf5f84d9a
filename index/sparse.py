"""BM25 over the texts of several segments.

A segment keeps what never changes: how often a term stands in a text, and how long the text is. What depends on all
texts (in how many a term stands, how long they are on average) is summed when the index is searched, so that a text
which comes or goes changes nothing that is stored of the others.
"""

from __future__ import annotations

import json
import math
import mmap
import threading
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from index.arrays import hold, mapped

_K1, _B = 1.2, 0.75


class Terms:
    """Texts as the numbers of their terms, four bytes each: the terms themselves would fill the memory."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.found: list[array[int]] = []  #: of each text its terms, each once
        self.counts: list[array[int]] = []  #: how often each stands there
        self.lengths: list[int] = []

    def add(self, terms: Sequence[str]) -> None:
        """The next text."""
        numbers, counted = self.numbers, Counter(terms)
        self.found.append(array("i", [numbers.setdefault(term, len(numbers)) for term in counted]))
        self.counts.append(array("i", counted.values()))
        self.lengths.append(len(terms))


def write_postings(terms: Terms, folder: Path) -> None:
    """For each term the texts that hold it and how often, written to ``folder`` as arrays and JSON."""
    folder.mkdir()
    numbers, counts = (_joined(texts) for texts in (terms.found, terms.counts))
    texts = np.repeat(np.arange(len(terms.found), dtype=np.int32), [len(found) for found in terms.found])
    order = np.argsort(numbers, kind="stable")
    edges = np.zeros(len(terms.numbers) + 1, dtype=np.int64)
    np.cumsum(np.bincount(numbers, minlength=len(terms.numbers)), out=edges[1:])
    for name, values in (
        ("edges", edges),
        ("postings", np.stack((texts[order], counts[order]), axis=1)),
        ("lengths", np.array(terms.lengths, dtype=np.int32)),
    ):
        np.save(folder / f"{name}.npy", values, allow_pickle=False)
    (folder / "terms.json").write_text(json.dumps(list(terms.numbers), ensure_ascii=False), encoding="utf-8")


def _joined(pieces: Iterable[array[int]]) -> np.ndarray:
    return np.concatenate([np.empty(0, np.int32), *(np.frombuffer(piece, np.int32) for piece in pieces)])


class Postings:
    """What ``write_postings`` has written; the terms are read at first use."""

    def __init__(self, folder: Path) -> None:
        self._terms: mmap.mmap = hold(folder / "terms.json")
        self._lock = threading.Lock()
        self._columns: dict[str, int] | None = None
        self.edges, self.postings, self.lengths = (
            mapped(folder / f"{name}.npy") for name in ("edges", "postings", "lengths")
        )

    @property
    def columns(self) -> dict[str, int]:
        """The number of each term."""
        with self._lock:
            if self._columns is None:
                self._columns = {term: number for number, term in enumerate(json.loads(self._terms[:]))}
            return self._columns

    def of(self, column: int) -> np.ndarray:
        """(text, how often) of a term."""
        return self.postings[self.edges[column] : self.edges[column + 1]]


class Bm25:
    """Lucene's BM25 of ``count`` texts. ``parts``: postings, and for each of their texts its row, or -1 for one that
    does not count."""

    def __init__(self, parts: Sequence[tuple[Postings, np.ndarray]], count: int) -> None:
        self._parts = [(postings, rows, bool((rows < 0).any())) for postings, rows in parts]
        self._count = count

    @cached_property
    def _norms(self) -> np.ndarray:
        """How much each text's length sets its terms back."""
        lengths = np.zeros(self._count, dtype=np.int64)
        for postings, rows, _ in self._parts:
            alive = rows >= 0
            lengths[rows[alive]] = postings.lengths[alive]
        return _K1 * ((1 - _B) + _B * lengths / (lengths.mean() or 1.0))

    def scores(self, terms: Sequence[str]) -> np.ndarray | None:
        """BM25 of every text; None when no term is known."""
        held = {term: self.frequency(term) for term in dict.fromkeys(terms)}
        weights = {term: np.float32(self._idf(count)) for term, count in held.items() if count}
        if not weights:
            return None
        scores = np.zeros(self._count, dtype=np.float32)
        for postings, rows, some_do_not_count in self._parts:
            columns = postings.columns
            known = [(columns[term], weights[term]) for term in terms if term in weights and term in columns]
            if not known:
                continue
            found = [postings.of(column) for column, _ in known]
            texts, counts = np.concatenate(found).T
            weight = np.repeat([weight for _, weight in known], [len(one) for one in found])
            texts = rows[texts]
            if some_do_not_count:
                texts, counts, weight = (values[texts >= 0] for values in (texts, counts, weight))
            np.add.at(scores, texts, (weight * (counts / (self._norms[texts] + counts))).astype(np.float32))
        return scores

    def frequency(self, term: str) -> int:
        """In how many texts ``term`` stands."""
        found = 0
        for postings, rows, some_do_not_count in self._parts:
            column = postings.columns.get(term)
            if column is not None:
                own = postings.of(column)[:, 0]
                found += int((rows[own] >= 0).sum()) if some_do_not_count else len(own)
        return found

    def rows_with(self, term: str) -> np.ndarray:
        """The rows of the texts in which ``term`` stands."""
        found = [np.empty(0, np.int64)]
        for postings, rows, _ in self._parts:
            column = postings.columns.get(term)
            if column is not None:
                own = rows[postings.of(column)[:, 0]]
                found.append(own[own >= 0])
        return np.concatenate(found)

    def idf(self, term: str) -> float:
        """How telling a term is: inverse document frequency, never negative."""
        return self._idf(self.frequency(term))

    def _idf(self, count: int) -> float:
        return math.log(1 + (self._count - count + 0.5) / (count + 0.5))
