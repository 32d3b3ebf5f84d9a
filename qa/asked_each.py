"""What a question asks of each of the documents that it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from index.tokens import fold

if TYPE_CHECKING:
    from qa.question import Question
    from qa.scope import Mention

_ASKS_THING = re.compile(r"什么|哪|谁|多少|怎么|怎样|如何|几|啥|何")


def asked_of_each(question: Question, mentions: Sequence[Mention]) -> Sequence[tuple[str, Collection[str] | None]]:
    """The clauses of a question that each ask about one document alone, with what stands before the first of them:
    (协调机制,) 国务院意见设的是什么，论文主张成立什么. Empty where one names several, or two the same."""
    clauses = [clause for clause in re.split(r"[,，;；?？]", fold(question.core)) if clause.strip()]
    named = [[m for m in mentions if m.words and m.words in clause] for clause in clauses]
    asking = [i for i, own in enumerate(named) if own]
    if len(asking) < 2 or any(len(named[i]) != 1 or not _ASKS_THING.search(clauses[i]) for i in asking):
        return []
    if len({named[i][0].doc_ids for i in asking}) < len(asking):
        return []
    topic = "，".join(clauses[: asking[0]])
    asked = []
    for i in asking:
        bare = without_names(clauses[i], [named[i][0].words])
        asked.append((f"{topic}，{bare}" if topic else bare, named[i][0].doc_ids))
    return asked


def without_names(core: str, names: Sequence[str]) -> str:
    """A question without the names of what it points at, and what joins them."""
    for name in names:
        core = core.replace(name, "")
    return re.sub(r"^(?:的|里|中|上)?(?:和|与|跟|同(?![样一时等])|、)?(?:的)?|(?<=[，,])(?:和|、)", "", core)


_YEAR = r"(?:19|20)\d\d年?"
_YEARS_TOGETHER = re.compile(rf"{_YEAR}(?:[、和与及跟]+(?:以及)?{_YEAR})+(?:[底末度])?")
_EACH = re.compile(r"分别|各(?:是|为|有|自)?(?:多少|几|多[大高])|各自")
_EACH_ALONE = re.compile(r"分别|各自|各(?=是|为|有|多|几)")


def asked_of_years(core: str) -> list[tuple[str, str]]:
    """(year, the question about it alone) of each year that a folded question sets beside others and asks one by one:
    2016年和2017年产值分别是多少. Empty for other questions."""
    together = _YEARS_TOGETHER.search(core)
    if together is None or not _EACH.search(core):
        return []
    before, after = core[: together.start()], core[together.end() :]
    years = re.findall(r"\d{4}", together.group())
    return [(year, f"{before}{year}年{_EACH_ALONE.sub('', after)}") for year in dict.fromkeys(years)]


_OTHER_YEAR = re.compile(
    rf"(?:[比较和与及跟同、]|相比)?{_YEAR}(?:[底末度]|全年)?(?:相?比(?:较|起来)?)?[,，]?|[,，](?=相?比)"
)
_GRADES = "多少高低大小好差坏升降增减涨跌快慢长短贵"
_WAYS = "扩大|缩小|增加|减少|上升|下降|提高|降低|增长|改善|变[好差坏多少大小]"
#: How far two years are apart, in which way, or in which there was more.
_HOW_FAR = re.compile(
    rf"[,，]?(?:[是有都又]|到底)*(?:(?:[{_GRADES}]|{_WAYS})[了些]?还是(?:[{_GRADES}]|{_WAYS})了?|哪一?年(?:的)?(?:更|比较)?[{_GRADES}](?:一?[些点])?"
    r"|(?:发生)?(?:了)?(?:什么|啥|哪些|何)(?:变化|不同|区别|差别)|变化(?:情况|多大|大吗)"
    r"|(?:相?差|增加|减少|增长|下降|提高|降低|上升|[多少高低涨跌升降增减])[了出]?(?:多少|百分之几|几(?:成|个百分点)))[呢?？]*"
)
#: 多了几家: what is counted is asked for.
_SO_MANY_MORE = re.compile(r"(?:增加|减少|净增|[多少增减])了?(?=(?:几|多少)[^,，?？了])")


def asked_across_years(core: str) -> list[tuple[str, str]]:
    """(year, what is asked of it) of the two years that a folded question compares: 2023年比2022年游客多了多少.

    >>> asked_across_years("游客2023年比2022年多了多少")
    [('2023', '游客2023年是多少'), ('2022', '游客2022年是多少')]
    """
    said = list(re.finditer(_YEAR, core))
    years = list(dict.fromkeys(year.group()[:4] for year in said))
    bare = _SO_MANY_MORE.sub("", core)
    far = _HOW_FAR.search(bare)
    if len(years) != 2 or (far is None and bare == core) or re.search(rf"[从由自]{_YEAR}", core):
        return []
    bare = _HOW_FAR.sub("", bare)
    at = re.search(_YEAR, bare)
    if at is None:
        return []
    before, after = (
        bare[: at.start()].rstrip("比较和与及跟同"),
        _OTHER_YEAR.sub("", bare[at.end() :]).strip(",，?？的 "),
    )
    after = re.sub("^(?:的|相?比(?:较)?[,，]?)", "", after)
    asks = "" if re.search("多少|几", after) else "是多少"
    return [(year, f"{before}{year}年{after}{asks}") for year in years]
