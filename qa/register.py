"""Everyday words and what official documents say instead (data/register.tsv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index.tokens import fold


@dataclass(frozen=True)
class Register:
    """Everyday word -> official words, all folded."""

    official: Mapping[str, tuple[str, ...]]
    longest: int

    def expand(self, folded: str) -> dict[str, tuple[str, ...]]:
        """The everyday words that stand in a folded text, longest first at each place, with their official words."""
        found: dict[str, tuple[str, ...]] = {}
        at = 0
        while at < len(folded):
            for size in range(min(self.longest, len(folded) - at), 0, -1):
                word = folded[at : at + size]
                if word in self.official:
                    found[word] = self.official[word]
                    at += size - 1
                    break
            at += 1
        return found


def parse_register(text: str) -> Register:
    """Read the table: everyday word, tab, official words separated by spaces; # starts a comment line."""
    official: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            word, _, others = line.partition("\t")
            official[fold(word)] = tuple(fold(other) for other in others.split())
    return Register(official, max(map(len, official), default=0))


@lru_cache(maxsize=1)
def open_register() -> Register:
    """The table that the package brings."""
    return parse_register((files("qa") / "data" / "register.tsv").read_text(encoding="utf-8"))
