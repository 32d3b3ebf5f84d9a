"""Turns that ask something of an answer that was given, and nothing of the documents: where it stands, whether it is
sure, more of it, less of it, all of it once more in short."""

from __future__ import annotations

import re
from typing import Literal

from corpus.traditional import simplify

Act = Literal["source", "same", "summary", "short", "more", "again", "refusal"]

_TEXT = r"(?:文件|文|办法|规定|条例|通知|意见|方案|规划|公告|细则|政策|报告|资料|材料|条款|条文)"
_UNIT = (
    rf"(?:哪(?:一)?[份个部篇条章款节项](?:{_TEXT})?(?:的?哪一?[条章款节项])?|哪些?{_TEXT}|什么{_TEXT}|第几[条章款节项])"
)
_WHICH = rf"(?:{_UNIT}|什么地方|哪里|哪儿|何处|哪)"
_THAT = (
    r"(?:(?:你|您)?(?:(?:这|那|以上|上面|上述|刚才|刚刚|前面)(?:你|您)?(?:一)?(?:[句段条个项]|些|几[句段条个项点])?|它|你)"
    r"(?:[说讲写]的?)?的?(?:话|数字|数据|内容|说法|规定|答案|回答|信息|结论|标准|要求)?(?:都|各|分别)?)?"
)
_SOURCE = re.compile(
    rf"{_THAT}(?:是)?(?:(?:出自|来自|来源于|源自|引自|摘自|出于|写在|规定在){_WHICH}|在{_UNIT})(?:里面?|中)?(?:的|规定的?|写的|说的)?"
    rf"|(?:这|那|上面|刚才)(?:一)?(?:句|段|句话|段话)(?:话)?在{_WHICH}"
    rf"|{_THAT}(?:的)?(?:具体)?(?:出处|来源|原文|原话|依据|根据)(?:是|在|为|来自)*(?:什么|{_WHICH})(?:里|规定)?的?"
    rf"|(?:这|那)?(?:是|在)?(?:{_UNIT})(?:里面?|中)?(?:这么|这样)?(?:规定|说|写|讲|提到?|提出|要求)(?:到|过)?的"
    rf"|(?:这|那|它)(?:是|在){_UNIT}(?:里面?|中)?的?"
    r"|有(?:没有|无|什么|啥)?(?:原文|出处|文件)?(?:依据|根据|出处|来源|原文)吗?|(?:原文|出处|依据)呢|原文(?:是)?怎么[说写]的?"
    r"|(?:请|麻烦)?(?:给|发|看|列)(?:我|一下|下)*(?:看看?)?(?:原文|出处|依据)"
    # ... and whether it is sure: nothing tells that but the clause itself.
    r"|(?:你|您)?(?:真的?|能|敢)?(?:确定|肯定|保证)(?:吗|么|(?:是)?(?:对|真|准确)的?(?:吗|么)|没(?:错|问题)(?:吗|么|吧)?)"
    rf"|{_THAT}(?:是|都是)?(?:真的?|对的?|准确的?|可靠的?|正确的?|靠谱的?|属实|官方的?)(?:吗|么|不)(?<!^对吗)(?<!^对么)|真的(?:假的)?"
    r"|(?:你|您)?(?:有没有|没有?|不会)(?:有|是)?(?:[搞弄说记]?错)了?(?:吧|吗)"
)
_SAME = re.compile(rf"{_THAT}(?:是|都)*(?:来自|出自|来源于|在)(?:同)?一[份个部篇]{_TEXT}(?:里面?|中)?的?(?:吗|么|吧)")
_IN_SHORT = r"(?:总结|概括|归纳|梳理|小结|汇总)"
_EARLIER = r"(?:刚才|刚刚|以上|上面|前面|之前|这些|上述)"
_ANSWERS = (
    r"(?:(?:你|您|我|我们)?[说讲问聊谈](?:过|到)?的?|的)*(?:答案|内容|回答|问答|对话|话|要点|这些|几(?:个|条|点|项)?)*"
)
_SUMMARY = re.compile(
    rf"(?:请|麻烦|帮我|帮忙|给我|你|再)*(?:(?:把|将|对)?{_EARLIER}{_ANSWERS}(?:都|再|做个|来个|给我)*{_IN_SHORT}(?:一?下|成[^,，。？?]{{1,8}})?"
    rf"|{_IN_SHORT}(?:一?下)?{_EARLIER}{_ANSWERS})(?:吧|吗)?"
)
_SHORTLY = r"(?:简单|简短|简要|简洁|简明|扼要)"
_BRIEF = re.compile(
    rf"(?:请|麻烦|能不能|能|可以|可不可以|给我|帮我|再|你|太长了?[，,]?)*(?:{_SHORTLY}(?:扼要)?(?:一?点儿?|一?些|地|的)?(?:来)?(?:说明|[说讲谈]|介绍|解释|回答)+(?:一?下|一?点儿?|一?些|就行)?"
    rf"|[说讲]得?的?(?:再|更)?{_SHORTLY}(?:一?点儿?|一?些)?|(?:用)?一句话(?:[说讲]|{_IN_SHORT}|概述|回答)*(?:一?下|就行)?|长话短说|{_SHORTLY}(?:一?点儿?|一?些))(?:吗|吧|呗)?"
)
_MORE = re.compile(
    r"(?:请|麻烦|能不能|能|可以|可不可以|给我|帮我|再|你)*(?:展开|详细|具体|细|多|深入)(?:一?点|一?些|地|的)?(?:来)?(?:说|讲|介绍|解释|谈|聊)+(?:一?下|一?点|一?些)?(?:吗|吧|看|呗)?"
    r"|(?:请|能不能|能|可以|再)*[说讲]得?的?(?:再|更)?(?:详细|具体|仔细)(?:一?点|一?些)?(?:吗|吧)?|(?:再)?(?:详细|具体)(?:一?点儿?|一?些)(?:的)?"
)
_AGAIN = re.compile(
    r"(?:请|麻烦|能不能|能|可以|你)*(?:再|重新?)(?:说|讲|回答|答|重复)(?:一)?(?:遍|次|下)(?:吗|吧)?|重复一[遍下次]"
)
_REFUSAL = re.compile(
    r"(?:这|那)?(?:你|您)?(?:为什么|为何|为啥|怎么)(?:会)?(?:你|您)?(?:就)?(?:回?答不(?:了|出来?|上来?)|没有?(?:答案|回答)|不(?:能)?回?答"
    r"|不知道|查不到|找不到)"
)
_ACTS: tuple[tuple[Act, re.Pattern[str]], ...] = (
    ("same", _SAME), ("source", _SOURCE), ("summary", _SUMMARY), ("short", _BRIEF), ("more", _MORE), ("again", _AGAIN), ("refusal", _REFUSAL)
)  # fmt: skip
_LEAD_IN = re.compile(r"^(?:那么?|可|但是?|不过|所以)[,，]?(?=..)")
_END = " ？?。！!，,呢啊呀哦"


def act_on_answer(question: str) -> Act | None:
    """What a turn asks of an answer that was given; None where it asks something of the documents.

    >>> act_on_answer("这句话出自哪里？"), act_on_answer("展开说说"), act_on_answer("罚款的依据是什么？")
    ('source', 'more', None)
    """
    text = simplify(question.strip())
    text = _LEAD_IN.sub("", text).strip(_END) if len(text) <= _LONGEST else ""
    return next((act for act, pattern in _ACTS if text and pattern.fullmatch(text)), None)


_LONGEST = 40  #: characters of a turn that asks of an answer and names nothing
