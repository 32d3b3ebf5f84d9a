"""Everyday words and what official documents say instead (data/register.tsv)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index.tokens import fold, simplified


@dataclass(frozen=True)
class Register:
    """Everyday word -> official words, all folded; English words keep the spaces between them."""

    official: Mapping[str, tuple[str, ...]]
    longest: int

    def expand(self, text: str) -> dict[str, tuple[str, ...]]:
        """The everyday words that stand in a text, longest first at each place, with their official words. English ones
        stand there whole: oil, and not that of soil."""
        folded = _spaced(text)
        found: dict[str, tuple[str, ...]] = {}
        at = 0
        while at < len(folded):
            for size in range(min(self.longest, len(folded) - at), 0, -1):
                word = folded[at : at + size]
                if word in self.official and not _cut_off(folded, at, at + size):
                    found[word] = self.official[word]
                    at += size - 1
                    break
            at += 1
        return found


def written_out(text: str, occurs: Callable[[str], bool]) -> str:
    """A Chinese text with the names in Latin letters that the documents do not write (GDP) put into the first of the
    official words that they do; ``occurs``: whether a string stands in them.

    >>> written_out("去年CPI涨了多少", lambda name: name == "居民消费价格")
    '去年居民消费价格涨了多少'
    """

    def official(name: re.Match[str]) -> str:
        others = open_register().official.get(fold(name.group()), ())
        known = name.group() if occurs(name.group()) else None
        return known or next((other for other in others if occurs(other)), name.group())

    return _LATIN_NAME.sub(official, text) if _HAN.search(text) else text


def in_official_words(text: str, occurs: Callable[[str], bool]) -> str:
    """A question, folded, with the everyday words that the documents do not write put into the first of the official words
    that they do; empty where it has none. What asks, and how much, stays as it is.

    >>> in_official_words("渔港给的补助啥时候到账？", lambda word: word == "拨付")
    '渔港给的补助啥时候拨付?'
    """
    told = fold(text)
    for word, others in open_register().expand(text).items():
        other = next((other for other in others if occurs(other)), None)
        if other is not None and len(word) > 1 and not _ASKING.search(word) and not occurs(word):
            told = told.replace(word, other)
    return told if told != fold(text) else ""


_ASKING = re.compile("[几哪谁啥吗最]|多少|什么|怎|[一总]共")
#: Letters that stand among Chinese ones, and not beside others of their own.
_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9&-])(?<![A-Za-z] )[A-Za-z]{2,5}(?![A-Za-z0-9&-])(?! [A-Za-z])")
_HAN = re.compile("[\u4e00-\u9fff]")
_SPACE_OF_HAN = re.compile(r"(?<![a-z]) | (?![a-z])")


def _spaced(text: str) -> str:
    """A text folded, with the spaces between words of Latin letters."""
    plain = " ".join(simplified(text).lower().split())
    return _SPACE_OF_HAN.sub("", plain)


def _cut_off(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a text begins or ends within a word of Latin letters; the s of a plural ends it, too."""
    before, after = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    return bool(_WITHIN.fullmatch(before) or (_WITHIN.fullmatch(after) and not _PLURAL.match(text, end)))


_WITHIN = re.compile("[a-z]{2}")
_PLURAL = re.compile("e?s(?![a-z])")


def parse_register(text: str) -> Register:
    """Read the table: everyday word, tab, official words separated by spaces; # starts a comment line."""
    official: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            word, _, others = line.partition("\t")
            official[_spaced(word)] = tuple(fold(other) for other in others.split())
    return Register(official, max(map(len, official), default=0))


@lru_cache(maxsize=1)
def open_register() -> Register:
    """The table that the package brings."""
    return parse_register((files("qa") / "data" / "register.tsv").read_text(encoding="utf-8"))
