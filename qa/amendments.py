"""Rules that a later document words anew: 将第六条“…二十万元”修改为“…三十万元”, 将第七条修改为：“…”, 删去第九条."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from corpus.document import Section, SourceDocument
from corpus.labels import HAN_NUMERALS, label_of, number_of, without_label
from corpus.sentences import line_spans, sentence_spans
from index.tokens import fold
from qa.editions import bare_title
from qa.evidence import Candidate

_ANEW = r"(?:修改|更改|改|调整|更正|变更|修订)为"
#: What every document that words another anew holds, in folded form.
AMENDING = (
    *(f"{verb}为{mark}" for verb in ("改", "调整", "更正", "变更", "修订") for mark in ('"', ':"', ":\n")),
    *(f"{verb}{what}" for verb in ("删去", "删除", "取消") for what in ("第", '"')),
    '"删去',
    '"删除',
)
_MARKS = r"[“\"]"
_WORDING = (
    r"(?:将[“\"][^”\"\n]{2,12}[”\"])?将?[^“”\"，,。；;：:\n]{0,30}[“\"](?P<old>[^”\"\n]{2,300})[”\"][，,]?[^“”\"，,。；;：:\n]{0,8}"
    rf"{_ANEW}[:：]?[“\"](?P<new>[^”\"\n]{{2,400}})[”\"]"
)
_CHANGE = re.compile(_WORDING + "[。；;]?")
_NEW_WORDING = re.compile(_WORDING)
#: What is taken out: 删去第十四条中的“…”, 将第3项中的“…”删除.
_DELETED = re.compile(
    rf"(?:删去|删除|取消)[^“”\"，,。；;：:\n]{{0,20}}{_MARKS}(?P<old>[^”\"\n]{{4,300}})[”\"][。；;]?"
    rf"|将?[^“”\"，,。；;：:\n]{{0,20}}{_MARKS}(?P<out>[^”\"\n]{{4,300}})[”\"](?:予以)?(?:删去|删除)[。；;]?"
)
#: ... of a value without quotation marks, in a document that is about nothing else: 报名截止时间由5月10日调整为5月20日,
#: 原定于5月10日举行的比赛延期至5月24日举行.
_VALUE = re.compile(
    r"(?P<name>[^“”\"，,。；;：:\n]{0,30}?)(?:由|从|原定[于在]?|原为)(?P<old>[^“”\"，,。；;：:\n]{0,12}?\d[^“”\"，,。；;\n]{0,24}?)"
    r"(?P<thing>(?:举[行办]的?|召开的?)[^“”\"，,。；;：:\n]{0,20}?)?[，,]?(?:现|统一)?(?:调整|变更|更改|更正|修改|改|延期|延长|推迟|提前|顺延)[为至到]"
    r"(?P<new>[^“”\"，,。；;：:\n]{0,12}\d[^“”\"，,。；;\n]{0,24}?)(?=[，,。；;\n]|举[行办]|召开|$)[。；;]?"
)
#: How the title of a document tells that it changes what another says, and words in which it does so without marks.
CHANGES = re.compile("修改|修订|修正|调整|变更|更正|延期|延长|推迟|提前|顺延|改期")
CHANGING = ("调整为", "变更为", "更改为", "更正为", "改为", "延期至", "延长至", "推迟至", "推迟到", "提前至", "顺延至")
_NUMBER = rf"[（(]?(?P<number>[{HAN_NUMERALS}]{{1,7}}|\d{{1,3}})[）)]?"
_PLACE = re.compile(rf"第{_NUMBER}(?P<unit>条(?:之[一二三四五六七八九十])?|款|项|句|部分|章|节)")
#: An article or item that is taken out as a whole: 删去第十三条（…），条文序号不变.
_OUT = re.compile(
    rf"(?:删去|删除)(?=[^“”\"，,。；;：:\n]{{0,12}}{_PLACE.pattern.replace('?P<number>', '?:').replace('?P<unit>', '?:')})[^“”\"。；;\n]{{2,60}}[。；;]?"
    r"|将?第[^“”\"，,。；;：:\n]{1,20}(?:予以)?(?:删去|删除)[^“”\"。；;\n]{0,40}[。；;]?"
)
#: An article, item or table that is worded anew as a whole, or added: 将第9项修改为：“9.…”, 增加一条，作为第九条：“…”.
_WHOLE = re.compile(
    rf"(?:{_ANEW}|作为第[^“”\"，,。；;：:\n]{{1,12}}|增加一[条款项])[:：]?\s*(?:{_MARKS}|(?=\n[^\n|]*\|))"
)
_ADDS_UNIT = re.compile("增加(?:一|两|[二三四五六])[个]?(?P<unit>[款项])")
_ADDS = re.compile("增加|作为第")
_MOVED_TO = re.compile("改为第|作为第|调整为第|(?:之[后前]|[后前])增加")
_LONGEST = 3000  #: characters of what is worded anew
_HEADED = re.compile(
    r"(?:\d{1,3}[.．、]|第[^条]{1,6}条|[（(][^）)]{1,4}[）)])?[ \u3000]*(?P<heading>[^。；;：:，,]{2,30})。"
)
#: Where a document says which other one it words anew from there on: 对《…》（…号）作如下修改, （二）《…》（…号）.
_OF = re.compile(
    r"《(?P<title>[^《》\n]{4,60})》(?:[（(][^（）()\n]*[）)])*(?:[^《》。；;\n]{0,20}(?:修改|调整|修订|更正)[^《》。；;\n]{0,8}[:：]|\s*$)",
    re.M,
)


@dataclass(frozen=True)
class Change:
    """A wording that a document gives in the place of another, adds or takes out."""

    document: SourceDocument
    start: int
    end: int
    old: str  #: folded, without signs; "" where an article or item is worded anew, added or taken out as a whole
    taken_out: bool = False
    place: tuple[tuple[str, str], ...] = ()  #: what it names from the outside in: numbers as written, and 条, 款 or 项
    heading: str = ""  #: of the item as it is worded anew, folded, without signs
    body: tuple[int, int] = (0, 0)  #: the new wording, without the marks; none where all is taken out
    was: tuple[int, int] = (0, 0)  #: the old wording, without the marks; none where there is no ``old``
    added: bool = False
    of_what: str = ""  #: what a value is of that stands without quotation marks, without signs
    of: str = ""  #: the name of the document that it changes; "" where that is not told before it


def changes_in(document: SourceDocument) -> Iterator[Change]:
    """The wordings of other documents that a document changes, in order."""
    text = document.text
    told = [(m.start(), bare_title(m["title"])) for m in _OF.finditer(text)]
    place: tuple[int, tuple[tuple[str, str], ...]] = (0, ())  # the line in which one was named last
    for change in _told(document):
        begin = _statement(text, change.start)
        line = text.rfind("\n", 0, change.start) + 1
        named = _places_named(_QUOTED.sub("", text[begin : change.body[0] or change.end]))
        place = (line, named) if named or line != place[0] else place
        headed = _HEADED.match(text[slice(*change.body)])
        own = place[1]
        if change.added and (unit := _ADDS_UNIT.search(text, begin, change.body[0])):
            # Behind 第二条第三项 …，增加一项 it is the article to which one is added.
            own = tuple(p for p in own if _UNITS.index(p[1]) < _UNITS.index(unit["unit"]))
        yield replace(
            change,
            start=begin,
            place=own,
            heading=plain(headed["heading"]) if headed is not None else "",
            of=next((name for at, name in reversed(told) if at < change.start), ""),
        )


#: What stands in quotation marks.
_QUOTED = re.compile(rf"{_MARKS}[^”\"\n]*[”\"]?")
_AFTER_OLD = re.compile(rf"[”\"][，,]?[^“”\"，,。；;：:\n]{{0,8}}{_ANEW}")


def _told(document: SourceDocument) -> list[Change]:
    """The changes that a document tells, in order, without their places."""
    text = document.text
    found = [
        Change(document, *m.span(), plain(m["old"]), body=m.span("new"), was=m.span("old"))
        for m in _CHANGE.finditer(text)
    ]
    if CHANGES.search(document.header.title):
        found += [
            Change(document, *m.span(), plain(m["old"]), body=m.span("new"), was=m.span("old"), of_what=_name_of(m))
            for m in _VALUE.finditer(text)
        ]
    found += [Change(document, *m.span(), plain(m["old"] or m["out"]), True) for m in _DELETED.finditer(text)]
    found += [Change(document, *m.span(), "", True) for m in _OUT.finditer(text)]
    for m in _WHOLE.finditer(text):
        end, head = _closed_at(text, m.end()), text[_statement(text, m.start()) : m.end()]
        if end and not _AFTER_OLD.search(head):
            closing = re.compile(r"[”\"]?[。；;]?").match(text, end)
            stop = closing.end() if closing is not None else end
            found.append(Change(document, *m.span(), "", body=(m.end(), end), added=bool(_ADDS.search(head))))
            found[-1] = replace(found[-1], end=stop)
    kept: list[Change] = []
    for change in sorted(found, key=lambda c: (c.start, -c.end)):
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept


def _name_of(value: re.Match[str]) -> str:
    return plain(without_label(value["name"] or "") + (value["thing"] or ""))


def _statement(text: str, at: int) -> int:
    """Where the statement begins that a change is told in, behind the number of its item."""
    begin = max(text.rfind(mark, 0, at) for mark in "。；;\n”") + 1
    item = _ITEM.match(text, begin, at + _LABEL)
    return item.end() if item is not None else begin


#: The number of an item, and what is left of the sentence before: ，将其中的….
_ITEM = re.compile(
    rf"[ \u3000，,、]*(?:(?:[{HAN_NUMERALS}]{{1,3}}、|[（(][{HAN_NUMERALS}\d]{{1,3}}[）)]|\d{{1,2}}[.．、])[ \u3000]*)?"
)
_LABEL = 6  #: characters


def _closed_at(text: str, begin: int) -> int:
    """Where what begins behind a quotation mark ends: at the mark that closes it, over several lines that may each be
    opened anew, or with the last row of a table; 0 where it is not closed."""
    if text[begin : begin + 1] == "\n":
        rows = list(takewhile(lambda span: "|" in text[slice(*span)], line_spans(text, begin, len(text))))
        return rows[-1][1] if rows else 0
    depth = 1
    for mark in _ANY_MARK.finditer(text, begin, begin + _LONGEST):
        if mark.group() != "“":
            depth -= 1
        elif text[text.rfind("\n", 0, mark.start()) + 1 : mark.start()].strip():
            depth += 1  # and no paragraph of what is quoted, which is opened anew
        if not depth:
            return mark.start()
    return 0


_ANY_MARK = re.compile(r"[“”\"]")


_UNITS = "部章节条款项句"


def _places_named(head: str) -> tuple[tuple[str, str], ...]:
    """The place that a statement names, from the outside in: 第四条第（一）项."""
    head = head[: moved.start()] if (moved := _MOVED_TO.search(head)) else head
    named: list[tuple[str, str]] = []
    for place in _PLACE.finditer(head):
        unit = place["unit"][0]
        if named and _UNITS.index(unit) <= _UNITS.index(named[-1][1]):
            break
        named.append((place["number"], unit))
    return tuple(named)


#: What stands above the changes of a document, and says nothing of what they are about.
ANNOUNCES_CHANGES = re.compile(
    r"(?:[作进]出?行?(?:如下|以下)|如下|以下)(?:修改|调整|修订|更正|变更)[：:]\s*$|(?:修改|调整|修订|更正|变更)如下[：:]\s*$"
)
Applied = Callable[
    [Change, SourceDocument], Sequence[tuple[int, int]]
]  #: the spans of a document that a change is one of


def amended(
    core: str,
    found: Sequence[Candidate],
    changes: Sequence[Change],
    applied: Applied,
    base_of: Callable[[Change], SourceDocument | None],
) -> list[Candidate]:
    """The sentences found, best first: those that a change words anew as it does, and those of a change without what
    introduces them, as they stand in the document that it changes: ``base_of`` gives that."""
    kept: list[Candidate] = []
    told: dict[tuple[str, int, int], int] = {}
    said = _pairs(core)
    for candidate in found:
        own = next((c for c in changes if _holds(c, candidate)), None)
        if own is not None and own.was[1]:
            # A piece alone tells nothing: the sentence that it is a piece of does.
            there = _where_worded(own, candidate, found, base_of(own), applied)
            own, candidate = (None, there) if there is not None else (own, candidate)
        of_it = (
            [] if own else [c for c in changes if not c.added and _overlaps(candidate, applied(c, candidate.document))]
        )
        out = next((c for c in of_it if c.taken_out and c.old and _asked_of(c, said, core)), None)
        anew = next((c for c in of_it if not c.old and not c.taken_out), None)
        if own is not None and own.body[1] and not own.old:
            candidate = _within(own, candidate).changed(names=names_in(own, base_of(own), applied))
        elif (told_by := own or out) is not None:
            candidate = _in_its_words(told_by, candidate, found)
        elif ANNOUNCES_CHANGES.search(candidate.text):
            candidate = candidate.changed(tells=False)
        elif anew is not None:
            names = names_in(anew, candidate.document, applied)
            candidate = _as_worded_anew(anew, candidate, found).changed(names=names)
        at = told.setdefault(candidate.span, len(kept))
        if at == len(kept):
            kept.append(candidate)
        else:
            best = max(candidate.score, kept[at].score)
            kept[at] = kept[at].changed(score=best, odds=max(candidate.odds, kept[at].odds))
    return sorted(kept, key=lambda c: -c.score)


def reads_now(document: SourceDocument, span: tuple[int, int], changes: Sequence[Change], applied: Applied) -> str:
    """A span of a document with the pieces that changes word anew in their wording."""
    own = [c for c in changes if c.was[1] and any(span[0] < b and a < span[1] for a, b in applied(c, document))]
    return reworded(document.text[slice(*span)], own)


def reworded(text: str, changes: Sequence[Change]) -> str:
    """A text with the new wording of each change that gives one in the place of what the text says; piece by piece where it
    says one of several."""
    for change in changes:
        if change.was[1] and change.body[1]:
            old, new = (change.document.text[slice(*span)] for span in (change.was, change.body))
            pieces = [_PIECES.split(wording) for wording in (old, new)]
            of_each = zip(*pieces, strict=True) if len(pieces[0]) == len(pieces[1]) else ()
            for was, now in [(old, new)] if old in text else of_each:
                done = was in now and now in text
                text = text if done or len(was) < _PIECE else text.replace(was, now)
    return text


def says_new(text: str, change: Change) -> bool:
    """Whether a text says a piece as a change words it anew."""
    if not change.was[1]:
        return False
    old, new = (change.document.text[slice(*span)] for span in (change.was, change.body))
    return any(len(piece) >= _PIECE and piece in text and piece not in old for piece in (new, *_PIECES.split(new)))


_PIECES = re.compile("[，,、；;]")
_PIECE = 2  #: characters


def _where_worded(
    change: Change, candidate: Candidate, found: Sequence[Candidate], base: SourceDocument | None, applied: Applied
) -> Candidate | None:
    """The sentence of which a change words a piece anew, in the place of that of the change; None where it is not here."""
    span = next(iter(applied(change, base)), None) if base is not None else None
    if base is None or span is None:
        return None
    own = next((c for c in found if c.document is base and _overlaps(c, [span])), None)
    if own is not None:
        return own.changed(score=max(own.score, candidate.score))
    text = reworded(base.text[slice(*span)], [change])
    return replace(candidate, document=base, section=base.section_at(span[0]), start=span[0], end=span[1], text=text)


def in_new_wording(quotes: Sequence[str]) -> list[str]:
    """Quotes as others of them word a piece of them anew.

    >>> in_new_wording(["每人补贴20万元。", "将“补贴20万元”修改为“补贴30万元”。"])[0]
    '每人补贴30万元。'
    """
    said = list(quotes)
    for told in quotes:
        for m in (*_CHANGE.finditer(told), *_VALUE.finditer(told)):
            said = [quote if quotes[j] == told else quote.replace(m["old"], m["new"]) for j, quote in enumerate(said)]
    return said


def _overlaps(candidate: Candidate, spans: Sequence[tuple[int, int]]) -> bool:
    return any(candidate.start < end and start < candidate.end for start, end in spans)


def _asked_of(change: Change, asked: frozenset[str], core: str) -> bool:
    """Whether a folded question asks about what a change takes out of a sentence."""
    held, figures = _pairs(change.old), (set(re.findall(r"\d+", text)) for text in (change.old, core))
    return len(held & asked) >= _ASKED_OF * len(held) or bool(set.intersection(*figures))


_ASKED_OF = 0.3  #: share of the pairs of characters of what is taken out by which a question asks about it


def _holds(change: Change, candidate: Candidate) -> bool:
    return change.document is candidate.document and candidate.start < change.end and change.start < candidate.end


def _within(change: Change, candidate: Candidate) -> Candidate:
    """The part of a sentence of a change that is of its new wording."""
    start, end = max(change.body[0], candidate.start), min(change.body[1], candidate.end)
    start += len(change.document.text[start:end]) - len(change.document.text[start:end].lstrip("“ \u3000\n"))
    return _at(change, candidate, start, end) if start < end else candidate


def _at(change: Change, candidate: Candidate, start: int, end: int) -> Candidate:
    document = change.document
    return replace(
        candidate,
        document=document,
        section=document.section_at(start),
        start=start,
        end=end,
        text=document.text[start:end],
    )


def _as_worded_anew(change: Change, candidate: Candidate, found: Sequence[Candidate]) -> Candidate:
    """The sentence of an article as it is worded anew that takes the place of one of it."""
    spans = sentence_spans(change.document.text, *change.body)
    start, end = max(spans, key=lambda span: _alike(candidate.text, change.document.text[slice(*span)]))
    own = next((c for c in found if c.document is change.document and c.start < end and start < c.end), candidate)
    said = own.changed(score=max(own.score, candidate.score), odds=max(own.odds, candidate.odds))
    return _within(change, _at(change, said, start, end))


def _alike(one: str, other: str) -> float:
    a, b = _pairs(one), _pairs(other)
    return len(a & b) / max(1, min(len(a), len(b)))


def _in_its_words(change: Change, candidate: Candidate, found: Sequence[Candidate]) -> Candidate:
    """The statement of a change in the place of a candidate, with what speaks for either."""
    own = next((c for c in found if _holds(change, c)), candidate)
    score, odds = max(own.score, candidate.score), max(own.odds, candidate.odds)
    return _at(change, own.changed(score=score, odds=odds), change.start, change.end)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(plain(text))))


def spans_of(change: Change, document: SourceDocument) -> tuple[tuple[int, int], ...]:
    """The spans of another document that a change words anew or takes out; of one that adds an article or item the place
    behind which it stands; none where it is no change of that document."""
    if change.document is document or not changes_parts_of(change, document):
        return ()
    places = _places(change, document)
    if not change.old:
        return tuple(places)
    held = places or ([(0, len(document.text))] if len(change.old) >= _TELLING and not change.place else [])
    spans = (span for place in held for span in sentence_spans(document.text, *place))
    own = [span for span in spans if change.old in plain(document.text[slice(*span)])]
    if change.of_what and not change.place:
        said = [_alike(change.of_what, _around(document, span)) for span in own]
        own = [span for span, share in zip(own, said, strict=True) if share == max(said) and share >= _OF_WHAT]
    return tuple(own) if change.place or not _unquoted(change) or len(own) == 1 else ()


_OF_WHAT = 0.3  #: share of the pairs of characters of the name of a value that stand around it


def _around(document: SourceDocument, span: tuple[int, int]) -> str:
    return "".join((*document.path(document.section_at(span[0])), document.text[slice(*span)]))


def _unquoted(change: Change) -> bool:
    return bool(change.was[1]) and change.document.text[change.was[0] - 1] not in '“"'


_TELLING = 4  #: characters of a wording that are found wherever they stand


def names_in(change: Change, document: SourceDocument | None, applied: Applied) -> tuple[str, ...]:
    """The names above an article or item in the document that a change words it anew for or adds it to; none without it."""
    if document is None:
        return ()
    spans = applied(change, document)
    at = document.section_at(spans[0][0]) if spans else _behind_which(change, document)
    return (document.header.title, *document.path(at)[: -1 if change.added else None])


def _behind_which(change: Change, document: SourceDocument) -> Section | None:
    """The article behind which a change adds the next one: 增加一条，作为第九条."""
    added = _ADDED_AS.search(change.document.text, change.start, change.body[0])
    number = number_of(added["number"]) or 0 if added is not None else 0
    own = (s for s in document.sections if number and s.number == number - 1 and s.label.endswith("条"))
    return next(own, None)


_ADDED_AS = re.compile(rf"作为第{_NUMBER}条")


def _places(change: Change, document: SourceDocument) -> list[tuple[int, int]]:
    """The articles, paragraphs or items of a document that a change names."""
    held: list[Section] | None = None  # the sections named so far
    articles = any(s.label.endswith("条") for s in document.sections)
    for depth, (written, unit) in enumerate(change.place):
        number = number_of(written) or 0
        if unit == "句":
            sentences = (sentence_spans(document.text, *_said_in(document, s)) for s in held or ())
            return [span for spans in sentences for span in spans[number - 1 : number] if number]
        if unit == "款":
            return [line for s in held or () for line in _paragraphs(document, s)[number - 1 : number] if number]
        within = document.sections if held is None else [s for s in document.sections if _stands_in(s, held, document)]
        of_number = [s for s in within if s.number == number and s.label.endswith("条") == (unit == "条" and articles)]
        if unit == "条" and not articles:  # what is called 第二条 is numbered 二、
            of_number = [s for s in of_number if s.label.endswith("、")]
        if unit in "部章节":
            of_number = [s for s in of_number if s.parent is None or s.label.endswith(unit)]
        if unit == "项" and not depth:  # 第1项 is 1. and not 一、
            of_number = [s for s in of_number if bool(re.search(r"\d", s.label)) == written.isdigit()] or of_number
        held = of_number
    held = held or []
    if not (change.old or change.added or change.taken_out) and [unit for _, unit in change.place] == ["项"]:
        held = [s for s in held if s.title and plain(s.title) == change.heading]
    return [(s.start, s.end) for s in held]


def _stands_in(section: Section, others: Sequence[Section], document: SourceDocument) -> bool:
    return any(up in others for up in document.upwards(section) if up is not section)


def _said_in(document: SourceDocument, section: Section) -> tuple[int, int]:
    """The text of an article behind its number."""
    text = document.text[section.start : section.end]
    return section.end - len(without_label(text).lstrip()), section.end


def _paragraphs(document: SourceDocument, section: Section) -> list[tuple[int, int]]:
    """The paragraphs of an article, each with the items below it."""
    spans: list[tuple[int, int]] = []
    for start, end in line_spans(document.text, section.start, section.end):
        label = label_of(document.text[start:end])
        if spans and label is not None and not label.text.endswith("条"):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def changes_parts_of(change: Change, document: SourceDocument) -> bool:
    """Whether a change is one of a document: of that named last before it, else of one that its own names by title or
    number."""
    name, number = bare_title(document.header.title), document.header.number
    if change.of:
        return change.of == name
    return name in fold(change.document.text) or bool(number and number in change.document.text)


def plain(text: str) -> str:
    return re.sub(r"\W", "", fold(text))


def as_amended(said: str) -> str:
    """A folded sentence with the new wording alone where it gives an old one, too, and without what it takes out.

    >>> as_amended('将第六条"补贴20万元"修改为"补贴30万元"。')
    '补贴30万元。'
    """
    return _DELETED.sub("", _NEW_WORDING.sub(lambda match: match["new"], said))
