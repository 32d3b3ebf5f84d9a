"""Years that a follow-up tells by the one that the talk is about: 次年, 去年呢, 比2024年多多少."""

from __future__ import annotations

import re

_NAMED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")  #: not the 2000 of 2000元
_NEXT_YEAR = r"第二年(?![级度])|次年|翌年|转年|后一年|下一年"
_RELATIVE_YEAR = re.compile(rf"(?<![比较的往向推再])(?:(?P<next>{_NEXT_YEAR})|那一?年)(?!度)")
_STEPS = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "上一年": -1, "前一年": -1, "明年": 1, "后年": 2}
_WORD = r"(?:大?前年|去年|明年|后年|(?:上一?年|前一年)(?=的?呢|相?比))(?!同?期(?!的?呢))"
_LEADING = re.compile(rf"(?P<lead>(?:那么?)?(?:到了?|在|比|跟|和|与|较)?)(?P<year>{_WORD})(?:同期)?")
_THAN = re.compile(
    r"(?:比|跟|和|与|较)(?P<year>(?:19|20)\d\d)年(?:相比|比较?|的)?[，,]?"
    r"(?:(?<=比)(?:怎么样|如何)?|(?<=比较)(?:怎么样|如何)?|(?:要|能|会)?(?:提高|增加|增长|上升|上涨|减少|降低|下降|[涨降多少高低])了?(?:多少|几[个家项条])"
    r"|相?差(?:了)?多少|有(?:什么|啥|多大)(?:变化|区别|不同|差别))(?:呢|啊)?[?？]?"
)


def years_named(bare: str, question: str, answer: str) -> str:
    """A follow-up with the year that it tells by the one that the last turn spoke of: 到第二年2月 -> 到2015年2月, 去年呢 ->
    2023年呢. The year before stays as it is within a sentence: texts tell of it by comparing with it.

    >>> years_named("后年呢？", "2024年目标是多少？", "")
    '2026年呢？'
    """
    asked = set(_NAMED_YEAR.findall(question))
    years = asked or set(_NAMED_YEAR.findall(answer))
    if len(years) != 1:
        return bare
    year = int(next(iter(years)))
    told = _LEADING.match(bare) if asked else None  # where no year was asked for, 去年 is the one before this
    if told:
        bare = f"{told['lead']}{year + _STEPS[told['year']]}年{bare[told.end() :]}"
    return _RELATIVE_YEAR.sub(lambda m: f"{year + bool(m['next'])}年", bare)


def than_year(bare: str, question: str) -> str:
    """A follow-up that compares the year which the last question asked of with another, with both of them named; "" for any
    other.

    >>> than_year("比2022年多多少？", "甲县2023年拨了多少钱？")
    '甲县2023年和2022年拨了多少钱，差多少？'
    """
    than, old = _THAN.fullmatch(bare), list(_NAMED_YEAR.finditer(question))
    if than is None or len(old) != 1 or old[0].group() == than["year"]:
        return ""
    end = old[0].end() + 1
    return f"{question[:end]}和{than['year']}年{question[end:].strip('？?。 ')}，差多少？"
