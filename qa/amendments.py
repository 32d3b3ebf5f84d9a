"""Rules that a later document words anew: 将第六条“…二十万元”修改为“…三十万元”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.document import Section, SourceDocument
from corpus.labels import number_of, without_label
from index.tokens import fold
from qa.editions import asks_before, bare_title
from qa.evidence import Candidate

#: What every document that words another anew holds, in folded form.
AMENDING = ('改为"', '改为:"', '调整为"', '调整为:"', "删去第", '删去"', "删除第", '删除"', '"删去', '"删除')
_MARKS = r"[“\"]"
_WORDING = (
    r"(?:将[“\"][^”\"\n]{2,12}[”\"])?将?[^“”\"，,。；;：:\n]{0,30}[“\"](?P<old>[^”\"\n]{4,300})[”\"][^“”\"，,。；;：:\n]{0,8}"
    r"(?:修改|更改|改|调整)为[:：]?[“\"](?P<new>[^”\"\n]{2,400})[”\"]"
)
_CHANGE = re.compile(_WORDING + "[。；;]?")
_NEW_WORDING = re.compile(_WORDING)
#: What is taken out: 删去第十四条中的“…”, 将第3项中的“…”删除.
_DELETED = re.compile(
    rf"(?:删去|删除)[^“”\"，,。；;：:\n]{{0,20}}{_MARKS}(?P<old>[^”\"\n]{{4,300}})[”\"][。；;]?"
    rf"|将?[^“”\"，,。；;：:\n]{{0,20}}{_MARKS}(?P<out>[^”\"\n]{{4,300}})[”\"](?:予以)?(?:删去|删除)[。；;]?"
)
#: An article or item that is worded anew as a whole: 将第9项修改为：“9.…”.
_WHOLE = re.compile(
    rf"将?第[一二三四五六七八九十百零\d]+[条项](?:全文)?(?:修改|更改|改|调整)为[:：]?\s*{_MARKS}(?P<whole>[^”\"\n]{{4,600}})[”\"][。；;]?"
)
_PLACE = re.compile(r"第(?P<number>[一二三四五六七八九十百零]+|\d+)(?P<unit>[条项])")
_HEADED = re.compile(
    r"(?:\d{1,3}[.．、]|第[^条]{1,6}条|[（(][^）)]{1,4}[）)])?[ \u3000]*(?P<heading>[^。；;：:，,]{2,30})。"
)


@dataclass(frozen=True)
class Change:
    """A wording that a document gives in the place of another, or takes out."""

    document: SourceDocument
    start: int
    end: int
    old: str  #: folded, without signs; "" where an article or item is worded anew as a whole
    taken_out: bool = False
    place: tuple[str, str] | None = None  #: number of the article or item that it names, as written, and 条 or 项
    heading: str = ""  #: of the item as it is worded anew, folded, without signs


def changes_in(document: SourceDocument) -> Iterator[Change]:
    """The wordings of other documents that a document changes, in order."""
    text = document.text
    kinds = ((_CHANGE, False), (_DELETED, True), (_WHOLE, False))
    matches = sorted(((m, out) for form, out in kinds for m in form.finditer(text)), key=lambda pair: pair[0].start())
    place: tuple[int, tuple[str, str]] | None = None  # the line in which one was named last
    for match, out in matches:
        told = match.group()
        start = match.end() - len(without_label(told.lstrip()))
        line = text.rfind("\n", 0, match.end()) + 1
        named = _PLACE.search(text, start, match.end())
        if named is not None and not _within_quotes(text, line, named.start()):
            place = (line, (named["number"], named["unit"]))
        groups = match.groupdict()
        whole = groups.get("whole") or ""
        headed = _HEADED.match(whole)
        yield Change(
            document,
            start,
            match.end(),
            plain(groups.get("old") or groups.get("out") or ""),
            out,
            place[1] if place is not None and place[0] == line else None,
            plain(headed["heading"]) if headed is not None else "",
        )


def _within_quotes(text: str, line: int, at: int) -> bool:
    before = text[line:at]
    return before.count("“") > before.count("”")


def amended(core: str, found: Sequence[Candidate], changes: Sequence[Change]) -> list[Candidate]:
    """The sentences found, those that a change words anew as it does; as they are where a folded question asks for what was
    so before."""
    if not changes or asks_before(core):
        return list(found)
    kept: list[Candidate] = []
    told: list[Change] = []
    said = _pairs(core)
    for candidate in found:
        change = _of(candidate, said, changes) or _taken_out_of(candidate, core, changes)
        change = change or next((c for c in changes if _holds(c, candidate)), None)
        if change is None:
            kept.append(candidate)
        elif change not in told:
            told.append(change)
            kept.append(_in_its_words(change, candidate, found))
    return kept


def _taken_out_of(candidate: Candidate, core: str, changes: Sequence[Change]) -> Change | None:
    """The change that takes out of a sentence what a folded question asks about; None where none does."""
    asked = _pairs(core)
    for change in (c for c in changes if c.taken_out):
        held = _pairs(change.old)
        of_it = len(held & asked) >= _ASKED_OF * len(held) or set(re.findall(r"\d+", change.old)) & set(
            re.findall(r"\d+", core)
        )
        if of_it and is_change_of(change, candidate.document, (candidate.start, candidate.end)):
            return change
    return None


_ASKED_OF = 0.3  #: share of the pairs of characters of what is taken out by which a question asks about it


def _holds(change: Change, candidate: Candidate) -> bool:
    return change.document is candidate.document and candidate.start < change.end and change.start < candidate.end


def _in_its_words(change: Change, candidate: Candidate, found: Sequence[Candidate]) -> Candidate:
    """The sentence of a change in the place of a candidate, with what speaks for either."""
    own = next((c for c in found if _holds(change, c)), candidate)
    score, odds = max(own.score, candidate.score), max(own.odds, candidate.odds)
    return replace(
        own.changed(score=score, odds=odds),
        document=change.document,
        section=change.document.section_at(change.start),
        start=change.start,
        end=change.end,
        text=change.document.text[change.start : change.end],
    )


def _of(candidate: Candidate, said: frozenset[str], changes: Sequence[Change]) -> Change | None:
    """The change that words a sentence anew, of several the one that has most of what is said; None where none does."""
    span = (candidate.start, candidate.end)
    own = [c for c in changes if not c.taken_out and is_change_of(c, candidate.document, span)]
    shares = [len(said & _pairs(c.document.text[c.start : c.end])) for c in own]
    best = [c for c, share in zip(own, shares, strict=True) if share == max(shares)]
    # Of several in one sentence that are as near, all are told.
    joined = len(best) > 1 and best[0].document.text.find("\n", best[0].start, best[-1].end) < 0
    return replace(best[0], end=best[-1].end) if joined else next(iter(best), None)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(plain(text))))


def is_change_of(change: Change, document: SourceDocument, span: tuple[int, int]) -> bool:
    """Whether a change is one of a piece of another document."""
    if change.document is document or not _deals_with(change.document, document):
        return False
    if not change.old:
        return any(s.start <= span[0] and span[1] <= s.end for s in _places(change, document))
    if change.old not in plain(document.text[slice(*span)]):
        return False
    places = _places(change, document)
    return not places or any(s.start <= span[0] < s.end for s in places)


def _places(change: Change, document: SourceDocument) -> list[Section]:
    """The articles or items of a document that a change may name."""
    if change.place is None:
        return []
    written, unit = change.place
    number = number_of(written)
    held = [s for s in document.sections if s.number == number and s.label.endswith("条") == (unit == "条")]
    if unit == "项":  # 第1项 is 1. and not 一、
        held = [s for s in held if bool(re.search(r"\d", s.label)) == written.isdigit()] or held
    if change.old:
        return held
    return [s for s in held if (plain(s.title) == change.heading if s.title else unit == "条")]


def _deals_with(document: SourceDocument, other: SourceDocument) -> bool:
    """Whether a document names another by its title or number."""
    name, number = bare_title(other.header.title), other.header.number
    return name in fold(document.text) or bool(number and number in document.text)


def plain(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def as_amended(said: str) -> str:
    """A folded sentence with the new wording alone where it gives an old one, too, and without what it takes out.

    >>> as_amended('将第六条"补贴20万元"修改为"补贴30万元"。')
    '补贴30万元。'
    """
    return _DELETED.sub("", _NEW_WORDING.sub(lambda match: match["new"], said))
