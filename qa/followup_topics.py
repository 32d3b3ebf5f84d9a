"""What a talk goes on about where a question names a place alone before what it asks, or asks another aspect of the whole."""

from __future__ import annotations

import re

from index.tokens import known_word
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


_STEPS = re.compile(r"步|流程|程序|环节|手续|怎么|怎样|如何|咋")
#: What is asked of something that is applied for, and no thing that the next question asks of: 甲补贴的申报材料.
_ASPECT = re.compile(
    r"(?<=..)的?(?:申报|申请|办理|报名|受理|登记|所需|需要)?的?(?:材料|资料|条件|对象|程序|流程|步骤|手续|情形|时间|期限)$"
)
_LASTS = re.compile(r"几天|多久|多长时间|几个?(?:工作日|月)|什么时候|何时|哪天")


def of_the_whole(topic: str, bare: str) -> str:
    """A topic without what the last question asked of it, where the new one asks another thing of it: 甲补贴的申报材料,
    谁审核 -> 甲补贴."""
    whole = _ASPECT.sub("", topic)
    if whole == topic or not whole:
        return topic
    own = [word for word in cut_words(bare) if len(word) > 1 and needs_owner(word)]
    if not _STEPS.search(bare):
        own += [word for word in own_words(bare) if len(word) > 1 and known_word(word) and word[-1] != "到"]
    another = own and not any(word in topic for word in own)
    return whole if another or (not own and _LASTS.search(bare)) else topic
