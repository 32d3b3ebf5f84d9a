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


_YEARS_TOGETHER = re.compile(r"(?:19|20)\d\d年?(?:[、和与及跟]+(?:以及)?(?:19|20)\d\d年?)+(?:[底末度])?")
_EACH = re.compile(r"分别|各(?:是|为|有|自)?(?:多少|几|多[大高])|各自")


def asked_of_years(core: str) -> list[tuple[str, str]]:
    """(year, the question about it alone) of each year that a folded question sets beside others and asks one by one:
    2016年和2017年产值分别是多少. Empty for other questions."""
    together = _YEARS_TOGETHER.search(core)
    if together is None or not _EACH.search(core):
        return []
    before, after = core[: together.start()], core[together.end() :]
    years = re.findall(r"\d{4}", together.group())
    return [(year, f"{before}{year}年{_EACH_ALONE.sub('', after)}") for year in dict.fromkeys(years)]


_EACH_ALONE = re.compile(r"分别|各自|各(?=是|为|有|多|几)")
