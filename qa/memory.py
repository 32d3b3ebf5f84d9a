"""How much of a talk is remembered."""

from __future__ import annotations

from collections.abc import Sequence

from qa.writer import beginning, tokens_at_most

Turn = tuple[str, str]


def remembered(turns: Sequence[Turn], tokens: int) -> list[Turn]:
    """The last (question, answer) turns, in order, that so many tokens hold; the last one always, cut to them.

    >>> remembered([("甲？", "甲。"), ("乙？", "乙。")], 5), remembered([("乙" * 9, "乙。")], 4)
    ([('乙？', '乙。')], [('乙乙', '乙。')])
    """
    kept: list[Turn] = []
    left = tokens
    for question, answer in reversed(turns):
        turn = (question, answer)
        cost = sum(map(tokens_at_most, turn))
        if cost > left and kept:
            break
        if cost > left:
            question = beginning(question, max(tokens // 2, tokens - tokens_at_most(answer)))
            turn = (question, beginning(answer, tokens - tokens_at_most(question)))
        kept.append(turn)
        left -= cost
    return kept[::-1]
