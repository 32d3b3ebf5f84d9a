"""Follow-ups about another version of a document, or about the time of the one that was spoken of: 旧办法里呢, 那时候呢."""

from __future__ import annotations

import re

from qa.slots import place_before
from qa.topics import YEAR, own_words

_VERSION = re.compile(
    r"(?:旧|新|老|原来?|现行|最新|修订前|修订后|(?:19|20)\d\d年?)(?:版|的)?(?:的)?(?:办法|规定|文件|标准|版本|细则|政策|方案|条例|通知|版)"
)
THEN = r"(?:那个?时候?|当时|那会儿|那阵子?)(?:的(?=.))?"
_THEN = re.compile(rf"{THEN}(?=.{{2}})[，,]?")
_LEAST = 3  #: characters of its own with which a question names what it is about


def other_version(bare: str, last: str) -> str | None:
    """The last question about another version of its document: 现行办法里四级奖多少, 那旧办法里呢 -> 旧办法里四级奖多少."""
    meant, before = _VERSION.search(bare), _VERSION.search(last)
    if meant is None:
        return None
    rest = bare[: meant.start()] + bare[meant.end() :]
    if any(word not in last for word in own_words(rest) if len(word) > 1):
        return None  # it asks for something else, too
    if before is None:
        return f"{meant.group()}里，{last}"
    return last[: before.start()] + meant.group() + last[before.end() :]


def of_that_time(bare: str, last: str, topic: str) -> str | None:
    """What a question asks of the time of the version, or else of the year, that the last one asked of: 2016年的办法里甲类收
    多少, 那时候乙类有优惠吗 -> 2016年的办法里，乙类有优惠吗."""
    then = _THEN.match(bare)
    version, years = _VERSION.search(last), list(YEAR.finditer(last))
    if then is None or not (version or len(years) == 1):
        return None
    rest = bare[then.end() :]
    when = f"{version.group()}里，" if version else f"{years[0].group()}年"
    if len("".join(own_words(rest))) < _LEAST:
        return f"{'' if topic.startswith(when) or YEAR.search(topic) else when}{topic}，{rest}"
    place = place_before(last.removeprefix(when))
    return f"{when}{'' if place_before(rest) else place}{rest}"
