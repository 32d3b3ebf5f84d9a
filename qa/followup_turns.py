"""What a follow-up does to the turns before it: it corrects itself or takes up an earlier turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.topics import ASKS, own_words, topic_of

#: 不是这个, 我不是问甲类: what was understood wrongly.
_WRONG = (
    r"(?:(?:不对|不是(?:这个|那个|的)?|错了|[搞弄说问]错了|哦不|不不+|(?:我|咱们?)?(?:并)?不是(?:要|想|在)?[问说指](?:的)?(?!的?是)[^，,。？?]{1,12})"
    r"(?:啊|呀|吧)?[，,。！! ]+)"
)
_MEANT = r"(?:我|咱们?)(?:是|就是|刚才)?(?:想|要)?(?:[问说指](?:的)?(?:就?是)|是(?:想|要)?[问说指])"
_CORRECTION = re.compile(
    rf"(?:(?P<wrong>{_WRONG})(?:{_MEANT}|[问说指]的是|应该是|而?是)?|{_MEANT})(?:不是[^，,]{{1,12}}[，,]\s*(?:而?是)?)?(?P<meant>[^。！!]+)[。！!]*"
    r"|(?:我)?(?:[问说指]的)?不是[^，,？?是]{1,12}[，,]\s*(?:而?是)(?P<other>[^，,？?。]{1,20})[。]?"
)
_LONGEST_MEANT = 20  #: characters of what is meant behind a plain 不对


def corrected(question: str) -> str:
    """What a turn that corrects the last question asks about, as a question of its own; "" for any other turn.

    >>> corrected("不对，我问的是乙类"), corrected("我是说虐待"), corrected("不是甲类，是乙类")
    ('乙类呢？', '虐待呢？', '乙类呢？')
    """
    found = _CORRECTION.fullmatch(question.strip())
    if found is None:
        return ""
    meant = (found["meant"] or found["other"]).strip("，, ")
    asks = bool(ASKS.search(meant) or re.search("[吗呢?？]$", meant))
    if found["meant"] and re.match(r"[吗么吧？?]", meant) or (len(meant) > _LONGEST_MEANT and not asks):
        return ""
    return meant if asks else f"{meant}呢？"


_EARLIER = r"(?:刚才|刚刚|前面|之前|先前|上面|最开始|一开始|开头)"
_US = r"(?:你|您|我|我们|咱们)?"
_SAID = r"(?:[说问提讲谈](?:到|过)?的?)"
_TAKEN_UP = re.compile(
    rf"(?:(?:再)?(?:回到|说回|回头说){_US}{_EARLIER}{_US}{_SAID}?的?(?:(?:问题|话题)(?=[，,：:]))?"
    rf"|{_US}{_EARLIER}{_US}{_SAID})[，,：: ]*(?=[^，,？?。]{{2}})(?![那这][个项条种]?)"
)


def taken_up(question: str, asked: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """Which of the turns (question, answer) a follow-up is about, and what it asks of it: the one that it goes back to, as
    in 刚才说的补贴怎么发, where one speaks of what it names; else the last one."""
    back = _TAKEN_UP.match(question)
    rest = question[back.end() :] if back is not None else question
    named = [word for word in own_words(rest) if len(word) > 1 or word.isascii()] if back is not None else []
    spoken = [sum(word in q for word in named) * 2 + sum(word in a for word in named) for q, a in asked]
    best = max(spoken, default=0)
    return (len(spoken) - 1 - spoken[::-1].index(best), rest) if spoken else (0, rest)


def goes_back(question: str) -> bool:
    """Whether a follow-up says that it goes back to an earlier turn."""
    return bool(_TAKEN_UP.match(question))


def both_asked(first: str, second: str) -> tuple[str, str, str] | None:
    """What two questions ask about, and what they ask of it, where that is the same of two things."""
    one, other = topic_of(first), topic_of(second)
    if not one or not other or one in other or other in one:
        return None
    asked, same = (text.partition(name)[2].strip("？?。 ") for text, name in ((first, one), (second, other)))
    return (one, other, asked) if asked and asked == same else None
