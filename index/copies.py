"""The same text in several documents: found by content, whatever the line breaks and punctuation.

Texts are compared as letters: Han characters, Latin letters and digits in folded form. A stretch of letters that
two documents share is a run. Runs are found from sampled windows of letters (the same windows are sampled in every
document, since the sample depends on the letters alone) and extended to both sides as far as they agree.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from corpus.traditional import simplify

WINDOW = 13  #: letters of a sampled window: the shortest run that is found
SAMPLING = 4  #: one window in so many is kept
CONTAINED = 0.9  #: a stretch of which this share stands in another document is a copy
_COMMON = 40  #: a window that stands in more places than this is a stock phrase and starts no run
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
class Match:
    """How much of a stretch stands in another document, and where."""

    share: float  #: of the letters
    start: int  #: first letter in the other document
    end: int
    agrees: bool  #: False when the places that differ change numbers or a negation


@dataclass(frozen=True)
class WindowTable:
    """The sampled windows of several documents, sorted by their hashes."""

    hashes: np.ndarray  #: uint64 (n,)
    places: np.ndarray  #: int32 (n, 3): number of the document, letter there, number of the chunk it stands in


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


def windows(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Hashes and places of the sampled windows of the letters ``text``."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
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


def same_windows(tables: Sequence[WindowTable], hashes: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each table the windows that have one of ``hashes``: which of these, and their places. Without stock phrases."""
    bounds = [[np.searchsorted(table.hashes, hashes, side) for side in ("left", "right")] for table in tables]
    rare = sum(high - low for low, high in bounds) <= _COMMON
    found = []
    for table, (low, high) in zip(tables, bounds, strict=True):
        counts = np.where(rare, high - low, 0)
        rows = np.repeat(low - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        found.append((np.repeat(np.arange(len(hashes)), counts), table.places[rows]))
    return found


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
    return np.array(runs, np.int32).reshape(-1, 3)


def turned(runs: np.ndarray) -> np.ndarray:
    """The same runs as the other document has them."""
    lengths = runs[:, 1] - runs[:, 0]
    found = np.stack((runs[:, 2], runs[:, 2] + lengths, runs[:, 0]), axis=1)
    return found[np.argsort(found[:, 0], kind="stable")]


def match(runs: np.ndarray, start: int, end: int, own: Letters, other: Letters, least: float) -> Match | None:
    """How the letters ``[start, end)`` stand in the other document, from the runs that the two share.

    None where it has less than the share ``least`` of them.
    """
    near = runs[(runs[:, 0] < end) & (runs[:, 1] > start)]
    if np.sum(np.minimum(near[:, 1], end) - np.maximum(near[:, 0], start)) < max(1, least * (end - start)):
        return None
    chain = _chain(near.tolist(), start, end)
    share = sum(last - first for first, last, _ in chain) / (end - start)
    if share < least:
        return None
    agrees = all(
        _same_sense(own.text[left[1] : right[0]], other.text[left[1] + left[2] : right[0] + right[2]])
        for left, right in pairwise(chain)
    )
    ends = _same_sense_at_ends(own.text, chain, start, end)
    return Match(share, chain[0][0] + chain[0][2], chain[-1][1] + chain[-1][2], agrees and ends)


def _chain(runs: Sequence[Sequence[int]], start: int, end: int) -> list[tuple[int, int, int]]:
    """Pieces (first, last, shift) of ``[start, end)``, in order, that follow each other in the other document too.

    Grown from the longest run to both sides, so that a phrase that also stands elsewhere cannot stretch the span.
    """
    pieces = [(max(first, start), min(last, end), place - first) for first, last, place in runs]
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


def _same_sense_at_ends(one: str, chain: Sequence[tuple[int, int, int]], start: int, end: int) -> bool:
    """What stands before the first and after the last piece must bring no number of its own."""
    return not any(c in _CHANGES_SENSE for c in one[start : chain[0][0]] + one[chain[-1][1] : end])
