"""Lists found by their name: 废止的规范性文件（共5件） of 废止的是哪几件, however little a heading is read to answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.tokens import fold
from qa.evidence import Candidate, Probe, match, weight_held
from qa.extractive import Draft
from qa.question import ASKING_WORDS
from qa.told_lists import ToldList, lists_near

_NEAREST = 8  #: sentences near which the list is sought
_SAID, _AHEAD = 0.7, 0.25  #: share of what a question says that the name has to hold, and by how much more than another
#: Words for the members of any list, and times: they say nothing of which list it is.
_ANY = re.compile(
    r"[\d年月日底初末号]+|名称|名单|清单|目录|项目|事项|内容|具体|主要|几[\u4e00-\u9fff]|哪[\u4e00-\u9fff]*|[有是]哪些"
)
_OTHERS = {"who", "duty", "when", "whether", "compare", "summary", "how", "where"}


def answer_named_list(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The list whose name alone, of those near the best sentences, holds nearly all that a question says beside the name of
    its document; None where it asks for no list, or no list is so named."""
    question = probe.question
    if "list" not in question.kinds or question.kinds & _OTHERS or not found:
        return None
    document = next((c.document for c in found if c.document.doc_id in probe.hinted), found[0].document)
    title = fold(document.header.title)
    things = {
        word: weight
        for word, weight in probe.words.items()
        if len(word) > 1 and word not in ASKING_WORDS and not _ANY.fullmatch(word) and not _in(word, title, probe)
    }
    if not things:
        return None
    shares: dict[tuple[int, int], tuple[float, ToldList]] = {}
    for candidate in (c for c in found[:_NEAREST] if c.document is document):
        for listed in lists_near(candidate):
            if question.count in (None, len(listed.items)) and not _asks_of_one(listed, things, fold(question.core)):
                said = weight_held(things, probe, fold(listed.says)) / sum(things.values())
                shares.setdefault(listed.items[0], (said, listed))
    ranked = sorted(shares.values(), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < _SAID or any(said > ranked[0][0] - _AHEAD for said, _ in ranked[1:]):
        return None
    return ranked[0][1].draft(fold(question.core))


def _asks_of_one(listed: ToldList, things: Mapping[str, float], core: str) -> bool:
    """Whether a question says one of the items, or a word that the name of a list does not say stands in one of them alone: it
    is about that."""
    items = [fold(listed.document.text[slice(*item)]) for item in listed.items]
    if any(len(item) > 1 and item.strip("。；;，, ") in core for item in items):
        return True
    return any(word not in fold(listed.says) and sum(word in item for item in items) == 1 for word in things)


def _in(word: str, text: str, probe: Probe) -> bool:
    return word in text or (word in probe.expansions and match(word, probe, text) > 0)
