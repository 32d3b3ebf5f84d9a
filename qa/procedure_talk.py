"""Follow-ups on how something is done step by step, behind a question that asked for its papers, conditions or days."""

from __future__ import annotations

import re

from index.tokens import known_word
from qa.topics import NUMERAL, cut_words, needs_owner, own_words

_STEPS = re.compile(r"步骤|流程|程序|环节|手续|怎么|怎样|如何|咋|[几哪]一?步")
#: What is asked of something that is applied for, and no thing that the next question asks of: 甲补贴的申报材料.
_ASPECT = re.compile(
    r"(?<=..)的?(?:申报|申请|办理|报名|受理|登记|所需|需要)?的?(?:材料|资料|条件|对象|程序|流程|步骤|手续|情形|时间|期限)$"
)
_LASTS = re.compile(r"几天|多久|多长时间|几个?(?:工作日|月)|什么时候|何时|哪天")
_STEP = re.compile(
    rf"(?:那么?|然后|接下来)?[,，]?(?P<which>下一步|最后一步|第{NUMERAL}步|(?:下面|接下来|然后|之后)(?=怎么|怎样|如何|咋|该|要))"
    r"(?P<asked>(?:该|要|应该|需要?)?(?:是|做|找|去|干|办|怎么[做办弄]?|如何办?|咋[办弄]|呢|什么|谁|哪里?|啥)*)[?？。]?"
)


def asks_steps(question: str) -> bool:
    """Whether a question asks how something is done."""
    return bool(_STEPS.search(question))


def of_the_whole(topic: str, bare: str) -> str:
    """A topic without what the last question asked of it, where the new one asks another thing of it: 甲补贴的申报材料,
    谁审核 -> 甲补贴."""
    whole = _ASPECT.sub("", topic)
    if whole == topic or not whole:
        return topic
    own = [word for word in cut_words(bare) if len(word) > 1 and needs_owner(word)]
    if not asks_steps(bare) and not _STEP.fullmatch(bare) and "步" not in bare:
        own += [word for word in own_words(bare) if len(word) > 1 and known_word(word) and word[-1] != "到"]
    another = own and not any(word in topic for word in own)
    return whole if another or (not own and _LASTS.search(bare)) else topic


def step_of(bare: str, topic: str, *, procedure: bool) -> str:
    """A follow-up that asks for a step, asked of the procedure of what the talk is about; "" for any other, and where
    the talk is about a ``procedure`` already.

    >>> step_of("最后一步是什么？", "渔船补贴的申报材料", procedure=False)
    '渔船补贴申报程序的最后一步是什么？'
    """
    step = _STEP.fullmatch(bare)
    whole = _ASPECT.sub("", topic)
    if step is None or procedure or not whole:
        return ""
    named = re.search("申报|申请|办理|报名|登记", topic)
    steps = f"{whole}{named.group() if named and named.group() not in whole else '' if named else '办理'}程序"
    if not step["which"].endswith("步") or step["which"] == "下一步":
        return f"{steps}有哪些步骤？"  # behind what is no step: the whole
    return f"{steps}的{step['which']}{step['asked'].rstrip('呢') or '是什么'}？"
