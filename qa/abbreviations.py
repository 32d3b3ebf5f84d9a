"""Short names that a question uses and the documents do not: 中职 for 中等职业教育, 高企 for 高新技术企业."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from index.tokens import known_word

_BETWEEN = re.compile(
    r"(?![由的在对将被])[\u4e00-\u9fff]"
)  #: of the full name, what may stand between two characters of the short one
_MOST_BETWEEN = 4
_LONGEST = 5  #: characters of a short name
_MOST = 3  #: full names kept for a short one


def in_order(short: str, full: str) -> bool:
    """Whether the characters of a short name stand in a full one in this order.

    >>> in_order("林草局", "林业和草原局"), in_order("草林局", "林业和草原局")
    (True, False)
    """
    rest = iter(full)
    return all(char in rest for char in short)


def full_names(words: Collection[str], texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The names in the texts that each word is short for; words that stand in a text themselves have none.

    A character of the short name begins a word of the full one; its last may end one.

    >>> full_names(["中职", "白沙州"], ["中等职业学校经费下降", "白沙自治州增长"])
    {'中职': ('中等职业',), '白沙州': ('白沙自治州',)}
    """
    whole = "\n".join(texts)
    held = set(whole)
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        if not re.fullmatch(rf"[\u4e00-\u9fff]{{2,{_LONGEST}}}", word) or not held.issuperset(word) or word in whole:
            continue
        ends = ((m.start(), _spread(word, whole, m.start())) for m in re.finditer(word[0], whole))
        names = (_full_name(word, whole, start, end) for start, end in ends if end is not None)
        kept = tuple(dict.fromkeys(name for name in names if name))
        if kept:
            found[word] = kept[:_MOST]
    return found


def _spread(word: str, text: str, at: int) -> int | None:
    """Where the characters of a word end that follow one another from ``at`` with little between them. By hand: to compile
    a pattern for a word takes longer than to look for it."""
    if text[at : at + 1] != word[0]:
        return None
    if len(word) == 1:
        return at + 1
    for after in range(at + 1, at + 2 + _MOST_BETWEEN):
        end = _spread(word[1:], text, after)
        if end is not None or not _BETWEEN.match(text, after):
            return end
    return None


def _full_name(word: str, text: str, start: int, end: int) -> str:
    """The name from ``start``, to the end of its last word; empty where the short one is not made of its words."""
    places = [start]
    for char in word[1:]:
        places.append(text.index(char, places[-1] + 1))
    stop = end
    for i, at in enumerate(places):
        begins = next((n for n in (3, 2) if known_word(text[at : at + n])), 0)
        beside = (i > 0 and places[i - 1] == at - 1) or (i + 1 < len(places) and places[i + 1] == at + 1)
        ends = i == len(word) - 1 > 1 and any(known_word(text[at - n : at + 1]) for n in (1, 2))
        # Between its first and last word one of a single character may stand: 网络约租车 of 网约车.
        alone = 0 < i < len(word) - 1 and known_word(text[at])
        if not (begins or beside or ends or alone):
            return ""
        stop = at + (1 if beside and not begins else begins or 1)
    return text[start:stop]
