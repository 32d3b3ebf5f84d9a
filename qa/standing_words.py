"""Which words of a question give way to a new one, told by what stands together in the documents: for 助学金 in
励志奖学金多少钱 奖学金 with its 励志, as no document speaks of a 励志助学金."""

from __future__ import annotations

from itertools import accumulate

from qa.slots import Stands, is_content, lead_for
from qa.topics import cut_words, ends_topic_at


def settled(last: str, filler: str, filled: str, stands: Stands) -> str:
    """The question ``filled`` of a follow-up, the ``last`` one with ``filler`` in it, in the reading whose words stand
    together in the documents; as it is where they tell nothing.

    >>> settled("特困家庭补多少？", "边缘的", "边缘的特困家庭补多少？", "边缘家庭和特困家庭".__contains__)
    '边缘家庭补多少？'
    """
    new = filler.removesuffix("的")
    at = filled.find(new)
    if len(new) < 2 or at < 0 or not last.startswith(filled[:at]) or not stands(new):
        return filled
    tail = filled[at + len(new) :]
    if tail.lstrip("的") == last[at:].lstrip("的"):
        return _for_what_narrows(last, new, at, stands) or filled
    if not tail or not last.endswith(tail):
        return filled
    old = last[at : len(last) - len(tail)]
    return filled[: at - _taken_along(last, old, new, at, stands)] + filled[at:]


def _for_what_narrows(last: str, new: str, at: int, stands: Stands) -> str | None:
    """低保家庭每平米补多少, 低收入的呢: not 低收入的低保家庭, but 低收入家庭, in place of the word that narrows the same one
    down, where nothing is said of what was put before the question."""
    tokens = cut_words(last[at:])
    end = next((i for i in range(len(tokens)) if ends_topic_at(tokens, i)), len(tokens))
    if end < 2 or stands(f"{new}{tokens[0]}") or stands(f"{new}的{tokens[0]}"):
        return None
    starts = list(accumulate(map(len, tokens), initial=at))
    for i in range(end - 1):
        one, next_ = tokens[i : i + 2]
        both = len(one) > 1 and len(next_) > 1 and is_content(one) and is_content(next_)
        if both and stands(f"{one}{next_}") and stands(f"{new}{next_}"):
            return f"{last[: starts[i]]}{new}{last[starts[i + 1] :]}"
    return None


def _taken_along(last: str, old: str, new: str, at: int, stands: Stands) -> int:
    """How many characters before what is exchanged go with it: those of a word that makes one name with it in the
    documents, and none with the new one, which is of the same sort. Nothing goes with what only narrows a thing down."""
    before = (cut_words(last[:at]) or [""])[-1]
    behind = cut_words(last[at + len(old) :])
    if behind and is_content(behind[0]) and not ends_topic_at(behind, 0):
        return 0
    own = len(before) > 1 and is_content(before) and at - len(before) >= len(lead_for(last, new))
    named = own and old[-1:] == new[-1] and stands(f"{before}{old}") and not stands(f"{before}{new}")
    return len(before) if named else 0
