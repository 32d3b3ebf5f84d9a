"""Names of departments: full, short and everyday ones (data/departments.tsv)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib.resources import files

from index.tokens import fold


@lru_cache(maxsize=1)
def canonical_names() -> Mapping[str, str]:
    """Every known name, folded -> the short name that official documents use."""
    names: dict[str, str] = {}
    for line in (files("qa") / "data" / "departments.tsv").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        short, full, others, *_ = line.split("\t")
        for name in (short, full, *others.split()):
            if name.strip("-"):
                names.setdefault(fold(name), short)
    return names


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
