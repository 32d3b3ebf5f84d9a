"""Follow-ups about another version of a document, or about the time of the one that was spoken of: 旧办法里呢, 那时候呢."""

from __future__ import annotations

import re

from qa.question import kinds_of
from qa.slots import place_before
from qa.topics import YEAR, own_words

_VERSION = re.compile(
    r"(?:旧|新|老|原来?|现行|最新|修订前|修订后|(?:19|20)\d\d年?)(?:版|的)?(?:的)?(?:[那这](?:一?[个份部版])?)?(?:办法|规定|文件|标准|版本|细则|政策|方案|条例|通知|版)"
)
#: 旧的呢, behind a question about a version.
_PLAIN = re.compile(r"(?P<age>[新旧老]|原来|以前|之前|现在|现行)的?(?=呢|是|怎么|又|$)")
_OLD = re.compile("[旧老原]|以前|之前|修订前")
#: 比旧办法多多少: how much more than in another version.
_THAN = re.compile(
    rf"比(?P<version>{_VERSION.pattern}|[新旧老]的)里?的?(?:规定)?(?:要)?(?:[多少高低长短大]|提高|增加|降低|减少|放宽|缩短|延长)了?(?:多少|几[\u4e00-\u9fff]{{1,3}})(?:钱|元)?(?:呢|啊)?[?？]?"
)
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


def than_version(bare: str, last: str) -> tuple[str, tuple[str, ...]]:
    """A follow-up that compares with another version, with both of them named, and what is asked of each; "" and none for
    any other.

    >>> than_version("比旧办法多多少？", "甲类补多少？")
    ('新办法和旧办法里，甲类补多少，差多少？', ('新办法里，甲类补多少？', '旧办法里，甲类补多少？'))
    """
    than = _THAN.fullmatch(bare)
    if than is None or "count" not in kinds_of(last):
        return "", ()
    old = bool(_OLD.match(than["version"]))
    other = _named_like("旧" if old else "新", last) if than["version"].endswith("的") else than["version"]
    one = _named_like("新" if old or other[0] in "12" else "旧", last)
    before = _VERSION.search(last)
    if before is not None and bool(_OLD.match(before.group())) != old and before.group() != other:
        one = before.group()
    each = tuple(_of_version(last, version) for version in (one, other))
    return f"{_of_version(last, f'{one}和{other}').rstrip('？?。')}，差多少？", each


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
