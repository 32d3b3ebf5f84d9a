"""The same text in several documents: found by content, whatever the line breaks and punctuation.

Texts are compared as letters: Han characters, Latin letters and digits in folded form. A stretch of letters that
two documents share is a ``Run``. Runs are found from sampled windows of letters (the same windows are sampled in
every document, since the sample depends on the letters alone) and extended to both sides as far as they agree.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.tokens import simplify

WINDOW = 13  #: letters of a sampled window: the shortest run that is found
SAMPLING = 4  #: one window in so many is kept
CONTAINED = 0.9  #: a chunk of which this share stands in another document is a copy
RUN_TYPE = np.dtype("<i4")  #: of the columns of runs, also on disk
_COMMON = 40  #: a window in more documents than this is a stock phrase and starts no run
_CHANGES_SENSE = frozenset("0123456789零一二两三四五六七八九十百千万亿%不未无非禁勿否")


@dataclass(frozen=True)
class Letters:
    """The letters of a text and where each stands in it."""

    text: str
    offsets: np.ndarray

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of letters within ``text[start:end]`` of the document."""
        first, last = np.searchsorted(self.offsets, (start, end))
        return int(first), int(last)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """The span in the document of the letters ``first`` to ``last`` (exclusive, not empty)."""
        return int(self.offsets[first]), int(self.offsets[last - 1]) + 1


@dataclass(frozen=True, slots=True)
class Run:
    """Letters ``[start, end)`` of one document that stand from ``other_start`` on in document ``other`` too."""

    start: int
    end: int
    other: str
    other_start: int

    @property
    def shift(self) -> int:
        return self.other_start - self.start


@dataclass(frozen=True, slots=True)
class Match:
    """How much of a stretch stands in another document, and where."""

    other: str
    share: float  #: of the letters
    start: int  #: first letter in the other document
    end: int
    agrees: bool  #: False when the places that differ change numbers or a negation


def letters(text: str) -> Letters:
    """The letters of ``text``: folded as for matching, without white space and punctuation."""
    simplified = simplify(text)
    source = simplified if len(simplified) == len(text) else text
    counts = np.fromiter(map(_COUNTS.__getitem__, source), np.int32, len(source))
    return Letters(source.translate(_LETTERS), np.repeat(np.arange(len(source), dtype=np.int32), counts))


class _LettersOf(dict[int, str]):
    """By code of a character its letters, found when they are first asked for."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        return self.setdefault(code, "".join(c for c in folded if c.isalnum() or c == "%"))


class _CountsOf(dict[str, int]):
    """How many letters a character has."""

    def __missing__(self, char: str) -> int:
        return self.setdefault(char, len(_LETTERS[ord(char)]))


_LETTERS, _COUNTS = _LettersOf(), _CountsOf()


def windows(text: Letters) -> tuple[np.ndarray, np.ndarray]:
    """Hashes and places of the sampled windows of ``text``."""
    codes = np.frombuffer(text.text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - WINDOW + 1
    if count <= 0:
        return np.empty(0, np.uint64), np.empty(0, np.int32)
    hashes = np.zeros(count, np.uint64)
    for i in range(WINDOW):
        hashes = hashes * np.uint64(1_000_003) + codes[i : i + count]
    hashes ^= hashes >> np.uint64(31)
    hashes *= np.uint64(0x9E3779B97F4A7C15)
    hashes ^= hashes >> np.uint64(29)
    places = np.flatnonzero(hashes % np.uint64(SAMPLING) == 0).astype(np.int32)
    return hashes[places], places


def candidates(
    sampled: Mapping[str, tuple[np.ndarray, np.ndarray]], changed: Iterable[str]
) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """Where windows of a ``changed`` document stand in another one too: (one, other, [(place in one, in other)])."""
    names, touched = list(sampled), set(changed)
    if not sum(len(hashes) for hashes, _ in sampled.values()):
        return
    hashes = np.concatenate([sampled[name][0] for name in names])
    places = np.concatenate([sampled[name][1] for name in names])
    owners = np.concatenate([np.full(len(sampled[name][0]), i, np.int32) for i, name in enumerate(names)])
    order = np.argsort(hashes, kind="stable")
    hashes, places, owners = hashes[order], places[order], owners[order]
    fresh = np.array([name in touched for name in names])[owners]
    edges = np.concatenate(([0], np.flatnonzero(np.diff(hashes)) + 1, [len(hashes)]))
    sizes = np.diff(edges)
    shared = (sizes > 1) & (sizes <= _COMMON) & np.logical_or.reduceat(fresh, edges[:-1])
    hashes, places, owners, fresh = (column[np.repeat(shared, sizes)] for column in (hashes, places, owners, fresh))
    pairs = []
    for step in range(1, _COMMON):  # the same windows stand beside each other: those that are ``step`` apart
        one = np.flatnonzero(hashes[:-step] == hashes[step:])
        other = one + step
        told = (owners[one] != owners[other]) & (fresh[one] | fresh[other])
        one, other = one[told], other[told]
        pairs.append(np.stack((owners[one], owners[other], places[one], places[other])))
    table = np.concatenate(pairs, axis=1)
    table = table[:, np.lexsort(table[::-1])]
    bounds = np.flatnonzero(np.any(np.diff(table[:2], axis=1), axis=0)) + 1
    for begin, end in pairwise([0, *bounds.tolist(), table.shape[1]]):
        if begin < end:
            one_name, other_name = (names[owner] for owner in table[:2, begin])
            yield one_name, other_name, list(zip(*table[2:, begin:end].tolist(), strict=True))


def shared_runs(one: Letters, other: Letters, seeds: Sequence[tuple[int, int]]) -> np.ndarray:
    """The runs that begin at the ``seeds`` (place in one, place in other), each as long as the letters agree, by where
    they begin: int32 (n, 3), the columns start and end in one and start in the other."""
    runs: list[tuple[int, int, int]] = []
    reached: dict[int, int] = {}  # by shift: how far the last run on that diagonal goes
    a, b = one.text, other.text
    for start, place in sorted(seeds):
        shift = place - start
        if start < reached.get(shift, -1) or a[start : start + WINDOW] != b[place : place + WINDOW]:
            continue
        first, last = start, start + WINDOW
        while first > 0 and first + shift > 0 and a[first - 1] == b[first + shift - 1]:
            first -= 1
        while last < len(a) and last + shift < len(b) and a[last] == b[last + shift]:
            last += 1
        reached[shift] = last
        runs.append((first, last, first + shift))
    return np.array(runs, RUN_TYPE).reshape(-1, 3)


def turned(runs: np.ndarray) -> np.ndarray:
    """The same runs as the other document has them."""
    lengths = runs[:, 1] - runs[:, 0]
    found = np.stack((runs[:, 2], runs[:, 2] + lengths, runs[:, 0]), axis=1)
    return found[np.argsort(found[:, 0], kind="stable")]


class SharedRuns:
    """What one document shares with others. By columns, since a document of a uniform corpus has thousands of runs."""

    def __init__(self, by_other: Iterable[tuple[str, bytes]]) -> None:
        found = [(other, np.frombuffer(runs, RUN_TYPE).reshape(-1, 3)) for other, runs in by_other]
        self.others = [other for other, _ in found]
        self._runs = np.concatenate([runs for _, runs in found]) if found else np.empty((0, 3), RUN_TYPE)
        self._owners = np.repeat(np.arange(len(found)), [len(runs) for _, runs in found])

    def near(self, start: int, end: int, share: float) -> list[Run]:
        """The runs that reach into the letters ``[start, end)``, of the documents that have at least ``share`` of them.

        What shares less is no copy, whatever its letters are: most stock phrases end here.
        """
        firsts, lasts, places = self._runs.T
        near = np.flatnonzero((firsts < end) & (lasts > start))
        owners = self._owners[near]
        lengths = np.minimum(lasts[near], end) - np.maximum(firsts[near], start)
        shared = np.bincount(owners, lengths, len(self.others))
        kept = near[shared[owners] >= share * (end - start)]
        columns = (firsts[kept].tolist(), lasts[kept].tolist(), self._owners[kept].tolist(), places[kept].tolist())
        return [Run(first, last, self.others[owner], place) for first, last, owner, place in zip(*columns, strict=True)]


def matches(runs: Sequence[Run], start: int, end: int, texts: Mapping[str, Letters], own: Letters) -> list[Match]:
    """How the letters ``[start, end)`` stand in each other document, from the ``runs`` of their own document."""
    by_other: dict[str, list[Run]] = {}
    for run in runs:
        if run.start < end and run.end > start:
            by_other.setdefault(run.other, []).append(run)
    found = []
    for other, parts in by_other.items():
        chain = _chain(parts, start, end)
        covered = sum(last - first for first, last, _ in chain)
        agrees = all(
            _same_sense(own.text[left[1] : right[0]], texts[other].text[left[1] + left[2] : right[0] + right[2]])
            for left, right in zip(chain, chain[1:], strict=False)
        )
        ends = _same_sense_at_ends(own.text, texts[other].text, chain, start, end)
        first, last = chain[0][0] + chain[0][2], chain[-1][1] + chain[-1][2]
        found.append(Match(other, covered / (end - start), first, last, agrees and ends))
    return found


def _chain(parts: Sequence[Run], start: int, end: int) -> list[tuple[int, int, int]]:
    """Pieces (first, last, shift) of ``[start, end)``, in order, that follow each other in the other document too.

    Grown from the longest run to both sides, so that a phrase that also stands elsewhere cannot stretch the span.
    """
    pieces = [(max(run.start, start), min(run.end, end), run.shift) for run in parts]
    pieces.sort(key=lambda piece: piece[0] - piece[1])
    chain: list[tuple[int, int, int]] = []
    slack = max(40, (end - start) // 2)
    for first, last, shift in pieces:
        if chain and abs(shift - chain[0][2]) > slack:
            continue
        for kept_first, kept_last, _ in chain:  # cut what a longer piece covers already
            if first < kept_last and last > kept_first:
                if first >= kept_first:
                    first = max(first, kept_last)
                else:
                    last = min(last, kept_first)
        if last - first > 0:
            chain.append((first, last, shift))
    chain.sort()
    ordered = [chain[0]]
    for piece in chain[1:]:
        if piece[0] + piece[2] >= ordered[-1][1] + ordered[-1][2]:
            ordered.append(piece)
    return ordered


def _same_sense(one: str, other: str) -> bool:
    return sorted(c for c in one if c in _CHANGES_SENSE) == sorted(c for c in other if c in _CHANGES_SENSE)


def _same_sense_at_ends(one: str, other: str, chain: Sequence[tuple[int, int, int]], start: int, end: int) -> bool:
    """What stands before the first and after the last piece must bring no number of its own."""
    return not any(c in _CHANGES_SENSE for c in one[start : chain[0][0]] + one[chain[-1][1] : end])
