"""Traditional characters: rules, words and vectors are of the Simplified ones, quotes stay as they are written."""

from __future__ import annotations

import re
import threading
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f]+")
_SAMPLE = 4_000  #: characters, enough to tell by
#: Share of the Han characters that have another form: about a third of Traditional text, next to none of Simplified.
_SHARE = 0.08


def is_traditional(text: str) -> bool:
    """Whether a text is written in Traditional characters, and not in Simplified ones with a name among them.

    >>> is_traditional("本辦法自發布之日起施行。"), is_traditional("本办法由張某起草，自发布之日起施行，有效期五年。")
    (True, False)
    """
    han = "".join(_HAN.findall(text[:_SAMPLE]))
    if not _may_be_traditional(han):
        return False
    changed = sum(a != b for a, b in zip(han, simplified(han), strict=True))
    return changed > _SHARE * len(han)


def simplify(text: str) -> str:
    """``text`` with Traditional characters as Simplified ones."""
    return str(_converter().convert(text)) if _may_be_traditional("".join(_HAN.findall(text))) else text


def simplified(text: str) -> str:
    """:func:`simplify`, as long as ``text``: offsets in one hold in both."""
    whole = simplify(text)
    if len(whole) == len(text):
        return whole
    if "\n" in text:
        return "\n".join(map(simplified, text.split("\n")))
    return "".join(other if len(other := simplify(char)) == 1 else char for char in text)


def _may_be_traditional(han: str) -> bool:
    try:  # GB 2312 holds the common simplified characters and next to no traditional one.
        han.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


_loading = threading.Lock()


def _converter() -> Any:
    with _loading:
        return _load()


@lru_cache(maxsize=1)
def _load() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def in_simplified(value: T) -> T:
    """A frozen dataclass with each of its texts :func:`simplified`."""
    texts = {f.name: v for f in fields(value) if isinstance(v := getattr(value, f.name), str)}  # type: ignore[arg-type]
    return replace(value, **{name: simplified(text) for name, text in texts.items()})  # type: ignore[type-var]
