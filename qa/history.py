"""The turns of a talk, in whatever of its usual shapes it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qa.answer import Answer
from qa.marks import without_marks

Turn = tuple[str, str]

#: What the two sides of a turn, and those who speak, are called.
_SIDES = (("q", "a"), ("question", "answer"))
_ASKS, _ANSWERS, _SILENT = ("user", "human"), ("assistant", "ai"), ("system", "developer", "tool", "function")


def turns(history: Any) -> list[Turn]:
    """(question, answer) turns of: pairs, {"q", "a"}, {"question", "answer"}, Answer, messages with role and content as
    services have them, LangChain messages; None for no talk. Raises ValueError, in Chinese, for anything else.

    >>> turns([("甲？", "甲。"), {"q": "乙？", "a": "乙。"}, {"role": "user", "content": "丙？"}])
    [('甲？', '甲。'), ('乙？', '乙。'), ('丙？', '')]
    """
    if history is None:
        return []
    if isinstance(history, (str, bytes, Mapping, Answer)) or not isinstance(history, Iterable):
        raise _wrong(history)
    found: list[Turn] = []
    for one in history:
        role, content = _message(one)
        if role in _ASKS:
            found.append((content, ""))
        elif role in _ANSWERS and found:
            question, said = found[-1]
            found[-1] = (question, f"{said}\n{content}" if said else content)
        elif role not in (*_ANSWERS, *_SILENT):
            found.append(_pair(one))
    return found


def _pair(one: Any) -> Turn:
    if isinstance(one, Answer):
        return one.question, without_marks(one.text)
    if isinstance(one, Mapping):
        sides: Any = next((tuple(one[name] for name in names) for names in _SIDES if all(n in one for n in names)), ())
    else:
        sides = tuple(one) if isinstance(one, (list, tuple)) else ()
    if len(sides) != 2 or not all(isinstance(side, str) for side in sides):
        raise _wrong(one)
    return sides[0], sides[1]


def _message(one: Any) -> tuple[str, str]:
    """Who says what in a message; "" for what is none. A LangChain message tells by its ``type`` who speaks."""
    if isinstance(one, Mapping):
        role, content = one.get("role"), one.get("content")
    else:
        role, content = getattr(one, "type", None), getattr(one, "content", None)
    if not isinstance(role, str) or content is None:
        return "", ""
    if role not in (*_ASKS, *_ANSWERS, *_SILENT):
        raise _wrong(one)
    pieces = [content] if isinstance(content, str) else content
    if not isinstance(pieces, list):
        raise _wrong(one)
    texts = (piece.get("text", "") if isinstance(piece, Mapping) else piece for piece in pieces)
    return role, "".join(map(str, texts))


def _wrong(given: Any) -> ValueError:
    return ValueError(
        f"对话记录里的 {str(given)[:40]!r} 认不出来；history 要写成 [(问题, 回答), …]，"
        '也可以是 [{"q": 问题, "a": 回答}, …]、[{"role": "user", "content": 问题}, …]、Answer 或 LangChain 的消息。'
    )
