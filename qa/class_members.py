"""What holds for somebody by the class that a document counts him in: 首席技师 of 三档：车间主任，首席技师.

Tables and rules name the class alone; the question is asked again of that, and the line that tells the class is told with
the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.document import SourceDocument
from index.tokens import fold
from qa.evidence import READ_TO_ANSWER
from qa.extractive import Decline, Draft, Line, Span, line_at
from qa.topics import own_words

if TYPE_CHECKING:
    from qa.finding import Finder, Found

_LABEL = r"第?(?:[一二三四五六七八九十]|\d|[甲乙丙丁]|[a-f])(?:类|档|级|等|组)(?![座舱奖功品院])"
#: 三档：车间主任，首席技师； and 二类对象是指低保家庭, a line or a clause of its own.
_CLASS = re.compile(
    rf"(?:^|(?<=[\n；;。：:]))[ \t\u3000•·*-]*(?:[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、])?(?P<label>{_LABEL})[\u4e00-\u9fff]{{0,4}}?[ \t\u3000]*"
    r"(?:[:：]|是指|指|包括|为)(?P<members>[^\n；;。|]{2,160})",
    re.IGNORECASE,
)
#: 低保家庭、特困人员为二类对象.
_COUNTED_AS = re.compile(
    rf"(?:^|(?<=[\n；;。：:]))(?P<members>[^\n；;。|：:]{{2,120}}?)(?:为|属于?|列为|定为|按)(?P<label>{_LABEL})[\u4e00-\u9fff]{{0,6}}(?=[。；;\n])",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[、，,/（）()]|以及|[和及与或含](?=[\u4e00-\u9fff]{2})")
_OTHERS = re.compile(r"^(?:其他|其余|其它)(?P<noun>[\u4e00-\u9fff]{2,4})$")
_PLAIN = "(?:普通|一般|基层|其他|其余)的?"
_ASKS_CLASS = re.compile(r"(?:哪|几|什么)一?[个]?(?:类|档|级|等|组)|属于|算不算|怎么分")
_DOCUMENTS = 3  #: of the best sentences


@dataclass(frozen=True)
class Membership:
    """The class of what a question names."""

    said: str  #: as the folded question says it
    label: str  #: 三档, folded
    line: Span


def membership(core: str, document: SourceDocument) -> Membership | None:
    """The class in which a document counts what a folded question names, where it speaks of the class elsewhere, too; None
    where it counts it in none or in several, or the question names a class itself or asks for it."""
    if re.search(_LABEL, core) or _ASKS_CLASS.search(core):
        return None
    found: dict[str, Membership] = {}
    for label, members, span in _classes(document):
        for member in members:
            said = _named(member, core)
            if said:
                found.setdefault(label, Membership(said, label, span))
    own = list(found.values())
    longest = [one for one in own if all(len(one.said) > len(o.said) for o in own if o is not one)]
    if len(longest) != 1 or fold(document.text).count(longest[0].label) < 2:
        return None
    return longest[0]


@lru_cache(maxsize=64)
def _classes(document: SourceDocument) -> tuple[tuple[str, tuple[str, ...], Span], ...]:
    """The classes that a document tells the members of, in order: the folded label and members, and the place that tells
    them; none where it tells those of one label alone. Remembered, as each question asks for those of the documents found."""
    text = document.text
    told = sorted((*_CLASS.finditer(text), *_COUNTED_AS.finditer(text)), key=lambda m: m.start())
    if len({fold(m["label"]) for m in told}) < 2:
        return ()
    return tuple(
        (
            fold(m["label"]),
            tuple(member.strip() for member in _PARTS.split(fold(m["members"]))),
            (document.doc_id, m.start("label" if m.re is _CLASS else "members"), m.end()),
        )
        for m in told
    )


def _named(member: str, core: str) -> str:
    """How a folded question names a member of a class; "" where it does not."""
    others = _OTHERS.match(member)
    if others is not None:
        plain = re.search(_PLAIN + re.escape(others["noun"]), core)
        return plain.group() if plain else ""
    forms = [member.replace("正副", one) for one in ("正副", "正", "副")]  # 科室正副职 are 科室正职 and 科室副职
    if member.endswith("人员") and len(member) > _SHORTEST_SORT:
        forms.append(member.removesuffix("人员"))  # 副高级职称人员
    return next((form for form in forms if len(form) > 1 and form in core), "")


_SHORTEST_SORT = 5  #: characters of a sort of people that is named without 人员, too


def told_by_class(found: Found, bot: Finder, answer: Callable[[Found, Finder], Draft | Decline]) -> Draft | None:
    """What the documents tell of the class of what a question names, with the line that counts it in; None where what they
    tell of it by its own name answers, or nothing is told of the class."""
    core = fold(found.question.core)
    documents = list(dict.fromkeys(c.document for c in found.candidates))[:_DOCUMENTS]
    known = next((one for d in documents if (one := membership(core, d)) is not None), None)
    if known is None:
        return None
    own = answer(found, bot)
    if isinstance(own, Draft) and any(
        known.said in fold(line.text) for line in own.lines if not _is_in(known.line, line)
    ):
        return None
    apart = bot.find(core.replace(known.said, known.label, 1), documents=[known.line[0]])
    outcome = answer(apart, bot) if apart.candidates else None
    if not isinstance(outcome, Draft):
        return None
    told, rest = fold("".join(line.text for line in outcome.lines)), own_words(core.replace(known.said, ""))
    pairs = [word[i : i + 2] for word in rest for i in range(max(1, len(word) - 1))]
    if known.label not in told or (pairs and not any(pair in told for pair in pairs)):
        return None  # of another class, or of another matter
    read = bot.reading is None or max(c.odds for c in apart.candidates) > READ_TO_ANSWER
    if outcome.method in ("sentences", "clause") and not read:
        return None
    document = bot.document(known.line[0]).simplified
    return replace(outcome, lines=(*outcome.lines, line_at(document, known.line[1:])))


def _is_in(place: Span, line: Line) -> bool:
    """Whether a line is of a place in a document."""
    doc_id, start, end = place
    return any(other == doc_id and a < end and start < b for other, a, b in line.spans)
