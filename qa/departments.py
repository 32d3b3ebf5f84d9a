"""Names of departments: full, short and everyday ones (data/departments.tsv)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from index.tokens import fold


@lru_cache(maxsize=1)
def _rows() -> Sequence[Sequence[str]]:
    text = (files("qa") / "data" / "departments.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1)
def canonical_names() -> Mapping[str, str]:
    """Every known name, folded -> the short name that official documents use."""
    names: dict[str, str] = {}
    for short, full, others, *_ in _rows():
        for name in (short, full, *others.split()):
            if name.strip("-"):
                names.setdefault(fold(name), short)
    return names


@lru_cache(maxsize=1)
def _successors() -> Mapping[str, tuple[str, ...]]:
    return {row[0]: tuple(name for name in row[4].split() if name != "-") for row in _rows()}


def successors(short: str) -> tuple[str, ...]:
    """Who does the work of a former department now, by short names; none for one that exists."""
    return _successors().get(short, ())


def predecessors(short: str) -> tuple[str, ...]:
    """Former departments whose work this one has taken over, by short names."""
    return tuple(old for old, now in _successors().items() if short in now)


def canonical(name: str) -> str:
    """The short name of a department; an unknown name as it is."""
    return canonical_names().get(fold(name), name)


def named_in(text: str, others: Collection[str] = ()) -> tuple[str, ...]:
    """Departments that a text names, by their short names, in order; ``others``: names that only the documents know."""
    folded = fold(text)
    known = dict(canonical_names()) | {fold(name): canonical(name) for name in others}
    taken: list[tuple[int, int, str]] = []
    for name in sorted(known, key=len, reverse=True):
        at = folded.find(name)
        while at >= 0:
            if not any(start < at + len(name) and at < end for start, end, _ in taken):
                taken.append((at, at + len(name), known[name]))
            at = folded.find(name, at + 1)
    return tuple(dict.fromkeys(name for _, _, name in sorted(taken)))
