"""What a document says of other documents: its basis, what it carries out, replaces, forwards or only names."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from corpus.document import SourceDocument
from corpus.header import find_numbers
from corpus.sentences import sentence_spans

RelationKind = Literal["basis", "carries_out", "replaces", "forwards", "cites"]


@dataclass(frozen=True, slots=True)
class Relation:
    """One mention of another document. Offsets are into ``SourceDocument.text``."""

    doc_id: str
    kind: RelationKind
    title: str  #: title of the other document without 《》; "" where only its number stands there
    number: str | None  #: its number in normal form
    start: int  #: span of title and number
    end: int
    sentence: tuple[int, int]


_TITLE = re.compile(r"《(?P<title>[^《》]{2,80}(?:《[^《》]{2,60}》[^《》]{0,40})?)》")
_GAP = re.compile(r"[（(〔\[]?[ \t]*(?:以下简称[^）)]{2,20})?")
_REPLACED = re.compile(
    r"(?:同时)?(?:予以|即行|自行|一律|相应)?(?:废止|失效|停止执行|不再执行|作废)|(?:以|为)本\S{1,4}为准"
)
_BASIS = re.compile(r"(?:根据|依据|依照|按照|遵照|参照)[^。；;]{0,60}$")
_CARRIES = re.compile(r"(?:贯彻|落实)[^。；;]{0,60}$")
_FORWARDS = re.compile(r"(?:转发|批转|现将)[^。；;]{0,20}$")
_BEFORE = 70  #: characters that these look at
#: A short name that a document gives to another: （以下简称《决定》）, （国发〔1994〕43号，以下简称“决定”）.
_SHORT = re.compile(r"^[^。；;《》]{0,30}以下(?:统?简称|称)[：:]?[《“\"「]{0,2}([^》”\"」。；;]{2,30})[》”\"」]")


def find_relations(document: SourceDocument) -> tuple[Relation, ...]:
    """The other documents that a document names, by title in 《》 or by number, in order; not their short names."""
    document = document.plain
    text, own = document.text, document.header
    found: list[Relation] = []
    short = {m[1] for r in _TITLE.finditer(text) if (m := _SHORT.match(text[r.end() : r.end() + 80]))}
    numbers = find_numbers(text)
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        places = [(m.start() + start, m.end() + start, m["title"]) for m in _TITLE.finditer(sentence)]
        replaced = max((m.start() + start for m in _REPLACED.finditer(sentence)), default=-1)
        low, high = bisect_left(numbers, (start,)), bisect_left(numbers, (end,))
        of_titles = set[int]()
        for first, last, title in places:
            if title in short:
                continue
            at = bisect_left(numbers, (last,), low, high)
            following = None
            if at < high and numbers[at][0] - last <= 2 and _GAP.fullmatch(text[last : numbers[at][0]]):
                following = numbers[at]
                of_titles.add(at)
                last = following[1] + (text[following[1] : following[1] + 1] in "）)")
            number = following[2] if following else None
            _add(found, document, title, number, first, last, (start, end), replaced)
        for at in range(low, high):
            if at not in of_titles:
                first, last, number = numbers[at]
                _add(found, document, "", number, first, last, (start, end), replaced)
    return tuple(r for r in found if r.number is None or r.number != own.number)


def _add(
    found: list[Relation],
    document: SourceDocument,
    title: str,
    number: str | None,
    start: int,
    end: int,
    sentence: tuple[int, int],
    replaced: int,
) -> None:
    """``replaced``: where the sentence last says so; -1 where it does not."""
    before = document.text[max(sentence[0], start - _BEFORE) : start]
    kind: RelationKind = "cites"
    if replaced >= end:
        kind = "replaces"
    elif _FORWARDS.search(before):
        kind = "forwards"
    elif _CARRIES.search(before):
        kind = "carries_out"
    elif _BASIS.search(before):
        kind = "basis"
    bare = re.sub(r"\s", "", title)
    if kind != "replaces" and bare and bare in re.sub(r"\s", "", document.header.title):
        return  # itself, or what it prints; repealed is an earlier one of its name
    found.append(Relation(document.doc_id, kind, title, number, start, end, sentence))
