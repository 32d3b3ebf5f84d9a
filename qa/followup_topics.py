"""What a talk goes on about where a question names a place alone before what it asks, and questions that name their own topic."""

from __future__ import annotations

import re

from qa.amounts import amounts
from qa.question import asking_part
from qa.slots import place_before
from qa.topics import ASKS, DATED, begins_predicate, clauses_in, cut_words, needs_owner, own_words, topic_of

_LEAST = 2  #: characters of its own that a case says beside its place
_ASKING = frozenset("吗 呢 么 有 个 家 条 项 名 位 一共 总共 共 请问".split())


def scope_of(question: str) -> str:
    """The place of a question whose topic is nothing else: 甲市 of 甲市哪些地方不能摆摊; "" for any other."""
    text = asking_part(question).strip()
    place, topic = place_before(text), topic_of(question)
    return place if place and topic and topic in place else ""


def about(question: str) -> str:
    """What a question is about, with the case that it asks of where its topic is a place alone.

    >>> about("甲县哪些地方不能摆摊？")
    '甲县不能摆摊'
    """
    scope = scope_of(question)
    if not scope:
        return topic_of(question)
    clause = next(iter(clauses_in(asking_part(question).strip()[len(scope) :])), "")
    said = "".join(token for token in cut_words(clause) if not ASKS.search(token) and token not in _ASKING)
    return f"{scope}{said}" if len("".join(own_words(said))) >= _LEAST else topic_of(question)


_NOW = re.compile(r"(?:现在|目前|如今|眼下|今年|去年|明年)$")


def thing_named(topic: str) -> str:
    """A topic without the time behind it, as something that a talk may go on about; "" where it is a time or an amount
    alone, or the words of a predicate: 2026年底, 标的8万块, 才能批下来."""
    thing = _NOW.sub("", topic)
    spans = [(a.start, a.end) for a in amounts(thing)]
    bare = "".join(c for i, c in enumerate(thing) if not any(s <= i < e for s, e in spans))
    least = 1 if bare == thing else _BESIDE_AMOUNT
    named = len("".join(own_words(DATED.sub("", bare)))) >= least
    if not own_words(_NO_THING.sub("", bare)):
        return ""
    return "" if not named or begins_predicate(cut_words(thing)[0]) or re.match("[才还也]能", thing) else thing


#: Words of a topic that name nothing: 几天能办下来, 多久之内要报告.
_NO_THING = re.compile("下来|起来|[之以]内|整个|工作日|小时")
_BESIDE_AMOUNT = 3  #: characters with which an amount is one of a thing: 85岁的老人, and no 标的8万块


def has_subject(question: str) -> bool:
    """Whether a question names something of its own before what it asks of it: 烈性犬 of 烈性犬能养吗."""
    subject = topic_of(question)
    return question.startswith(subject) and len("".join(own_words(subject))) > 2


_TERM_ASKED = re.compile(
    r"(?P<term>[\u4e00-\u9fff]{4,16}?)(?:指的?是什么|是指什么|是什么|是哪些?[\u4e00-\u9fff]{0,3}|(?:包括|有)哪些?[\u4e00-\u9fff]{0,3})[?？]?"
)


def asks_of_a_term(question: str) -> bool:
    """Whether a question asks what a term of its own is, 重点管理区是哪些地方: one made with a last character that says of
    what sort it is, and no 申报条件 or 主要任务, which are of something."""
    found = _TERM_ASKED.fullmatch(question)
    tokens = cut_words(found["term"]) if found else []
    last = tokens[-1] if tokens else ""
    return bool(last) and last[-1] in _SORTS_OF_TERMS and not needs_owner(last)


_SORTS_OF_TERMS = "区犬物品类户圈带"
