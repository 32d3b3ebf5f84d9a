"""Follow-ups about another version of a document, or about the time of the one that was spoken of: 旧办法里呢, 那时候呢."""

from __future__ import annotations

import re

from qa.question import kinds_of
from qa.slots import place_before
from qa.topics import YEAR, own_words

_VERSION = re.compile(
    r"(?:(?:(?:19|20)\d\d年(?:版|的)?)?(?:旧|新|老|原来?|现行|最新|修订前|修订后)|(?:19|20)\d\d年?)(?:版|的)?(?:的)?(?:[那这](?:一?[个份部版])?)?(?:办法|规定|文件|标准|版本|细则|政策|方案|条例|通知|版)"
)
#: 旧的呢, behind a question about a version.
_PLAIN = re.compile(r"(?P<age>[新旧老]|原来|以前|之前|现在|现行)的?(?=呢|是|怎么|又|$)")
_OLD = re.compile("[旧老原]|以前|之前|修订前")
THEN = r"(?:那个?时候?|当时|那会儿|那阵子?)(?:的(?=.))?"
_THEN = re.compile(rf"{THEN}(?=.{{2}})[，,]?")
_LEAST = 3  #: characters of its own with which a question names what it is about


def version_named(question: str) -> str:
    """The version of a document that a question speaks of; "" where it speaks of none.

    >>> version_named("旧办法里甲类收多少？")
    '旧办法'
    """
    named = _VERSION.search(question)
    return named.group() if named else ""


def other_version(bare: str, last: str) -> str | None:
    """The last question about another version of its document: 现行办法里四级奖多少, 那旧办法里呢 -> 旧办法里四级奖多少."""
    meant, before = _VERSION.search(bare), _VERSION.search(last)
    plain = _PLAIN.match(bare) if before is not None and meant is None else None
    if meant is None and plain is None:
        return None
    said = meant or plain
    assert said is not None
    rest = bare[: said.start()] + bare[said.end() :]
    if any(word not in last for word in own_words(rest) if len(word) > 1):
        return None  # it asks for something else, too
    if kinds_of(rest) - kinds_of(last) - {"define", "how"}:
        return bare  # 新办法什么时候施行, of the document
    return _of_version(last, said.group() if plain is None else _named_like(plain["age"], last))


def _of_version(question: str, version: str) -> str:
    """A question about a version of its document."""
    before = _VERSION.search(question)
    if before is None:
        return f"{version}里，{question}"
    return question[: before.start()] + version + question[before.end() :]


def _named_like(age: str, question: str) -> str:
    """A version by its age, called as the question calls another one: 旧办法 for 旧的 behind 新办法."""
    before = _VERSION.search(question)
    noun = re.search("办法|规定|文件|标准|细则|政策|方案|条例|通知", before.group()) if before else None
    return f"{'旧' if _OLD.match(age) else '新'}{noun.group() if noun else '办法'}"


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
