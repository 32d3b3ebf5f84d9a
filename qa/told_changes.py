"""What a later document words anew or takes out of what a draft says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.document import SourceDocument
from corpus.labels import without_label
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.amendments import Applied, Change, plain, reads_now, reworded, says_new
from qa.amounts import amounts
from qa.disputes import IN_FORCE, alike
from qa.each_side import Answering
from qa.editions import asks_before, asks_beside, asks_both, disputes, undisputed
from qa.evidence import coverage
from qa.extractive import Decline, Draft, Line, closed
from qa.source_sides import asked_of_version

if TYPE_CHECKING:
    from qa.finding import Finder, Found


def with_amendments(
    draft: Draft,
    core: str,
    changes: Sequence[Change],
    document_of: Callable[[str], SourceDocument],
    applied: Applied,
) -> Draft:
    """A draft as a later document words anew what it says: a piece in its new wording, an article behind it; that it was
    taken out before it. As it is where a folded question asks for what was so before."""
    if not changes or asks_before(core):
        return draft
    told = {span[0] for line in draft.lines for span in line.spans}
    lines: list[Line] = []
    found: list[Change] = []
    out: list[Change] = []
    for line in draft.lines:
        of_line = [c for c in changes if not c.added and _is_of(c, line, document_of, applied)]
        taken = [c for c in of_line if c.taken_out and not c.old]
        out += [c for c in taken if c not in out]
        worded = [c for c in of_line if reworded(line.text, [c]) != line.text or says_new(line.text, c)]
        spans = dict.fromkeys((c.document.doc_id, c.start, c.end) for c in worded)
        held = dict.fromkeys(_whole(span, worded, document_of, applied) for span in line.spans)
        line = replace(line, text=reworded(line.text, worded), spans=(*held, *spans))
        line = _bare(line, [c for c in changes if c.body[1] and not c.old])
        line = _with_items(line, of_line, document_of, applied)
        if any(_ITEMS.search(line.text) and _adds_to(c, line, document_of, applied) for c in changes if c.added):
            line = replace(line, text=_COUNTED.sub("", line.text))
        lines.append(replace(line, text=f"原来：{line.text.removeprefix(_yes(line.text))}") if taken else line)
        # What is added to an article behind what it says of the same.
        found += [c for c in changes if c.added and c not in found and _adds_to(c, line, document_of, applied)]
        # A name that is to be read as another throughout (将文中的“…”统一修改为“…”) changes only what tells it.
        told = told | {span[0] for span in line.spans}
        behind = [c for c in of_line if c not in worded and c not in out and c not in found]
        behind = [c for c in behind if not any((c.document.doc_id, *c.body) == span for span in line.spans)]
        behind = [c for c in behind if not c.old or c.old in plain(line.text)]
        found += [c for c in behind if not (c.document.doc_id in told and _is_told(c, draft))]
    own = [c for c in changes if c.body[1] and not c.old and _is_told(c, draft)]
    remarks = [remark for c in own for remark in _noted(c) if remark.text not in "".join(line.text for line in lines)]
    return replace(
        draft,
        lines=(*map(_statement, out), *lines, *map(_statement, found[:_MOST]), *remarks[:1]),
        contradicts=draft.contradicts and not out,
    )


def _bare(line: Line, changes: Sequence[Change]) -> Line:
    """A line without the words that introduce what it says as it is worded anew: 将第七条修改为：“."""
    for change in changes:
        begin, end = change.body
        text = change.document.text
        own = [
            i for i, (d, a, b) in enumerate(line.spans) if d == change.document.doc_id and a < end and change.start < b
        ]
        if not own:
            continue
        opening = text[change.start : begin]
        lead = re.compile(_LABEL + re.escape(opening.rstrip('“"')) + '[“"]?')
        said = lead.sub("", line.text)
        spans = [
            (d, max(a, begin), min(b, end)) if i in own else (d, a, b)
            for i, (d, a, b) in enumerate(line.spans)
            if i not in own or b > begin
        ]
        if said and spans:
            said = re.sub(r"[”\"]([。；;]?)$", r"\1", said) if said.count("“") < said.count("”") else said
            line = replace(line, text=said, spans=tuple(spans))
    return line


#: The number of the item that a change is told in.
_LABEL = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．][ \u3000]*)?"


def of_each_wording(found: Found, bot: Finder, answer: Answering) -> Draft | None:
    """What a question about two versions, or about statements that differ, is answered by an article that a later document
    words anew: as it holds and as it was before. None for other questions, and where none is."""
    core = fold(found.question.text)
    changes = [c for c in bot.changes() if found.allowed is None or c.document.doc_id in found.allowed]
    asks = asks_before(core) or asks_beside(core) or bool(_MOVED.search(core))
    if not asks:
        changes = [c for c in changes if _is_before(core, c.document)]
    if not changes:
        return None
    differ = disputes(core)
    told = _of_figures(core, changes, bot) if differ else None
    asked = _OF_CHANGE.sub("", asked_of_version(undisputed(core) if differ else core))
    asked = asked if asks else _DATE.sub("", asked)
    if told is None:
        apart = bot.find(asked, documents=found.probe.hinted or found.allowed, now=True)
        told = _of_change(answer(apart, bot) if apart.candidates else None, apart, changes, bot, asks_both(core))
    if told is None:
        return None
    change, said = told
    base = bot.base_of(change)
    spans = bot.changed_by(change, base) if base is not None else ()
    if base is None or not spans or change.added:
        return None
    was = _clause(base, spans, said)
    old = Line(f"原来：{closed(without_label(base.text[slice(*was)]))}", ((base.doc_id, *was),))
    if change.was[1]:
        of_it = [c for c in changes if c.was[1] and any(was[0] < b and a < was[1] for a, b in bot.changed_by(c, base))]
        places = tuple((c.document.doc_id, c.start, c.end) for c in of_it)
        new = Line(closed(reads_now(base, was, of_it, bot.changed_by)), ((base.doc_id, *was), *places))
    elif change.body[1]:
        span = _clause(change.document, [change.body], said)
        new = Line(closed(change.document.text[slice(*span)]), ((change.document.doc_id, *span),))
    else:
        new = _statement(change)
    new = replace(new, text=f"{'按修改后的规定' if differ else '修改后'}：{new.text}")
    held = _meanwhile(change) if _is_before(core, change.document) or _CASE_BEFORE.search(core) else ()
    return Draft((*((new, old) if differ else (old, new)), *_noted(change), *held), method="wording")


#: What happened, or was begun, before the question; a date of it.
_CASE_BEFORE = re.compile(r"已经?(?!废止|失效|作废)|[以之]前(?:的|就|办|签|发|申|被|受|交|住|买|入|开)|\d月")
_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月)?")


def _is_before(core: str, document: SourceDocument) -> bool:
    """Whether a folded question speaks of a time before a document holds: 2022年9月."""
    since = re.match(r"(\d{4})(?:-(\d\d))?", document.header.effective or document.header.written or "")
    if since is None:
        return False
    dates = [(int(d["year"]), int(d["month"] or 12)) for d in _DATE.finditer(core)]
    return any(date < (int(since[1]), int(since[2] or 12)) for date in dates)


#: What a document says of cases from before it holds: 施行前已受理的，按原规定办理.
_FOR_CASES_BEFORE = re.compile(
    r"(?:[以之]前|此前|前)[^。；;]{0,40}(?:(?:适用|按照?|执行|依照|继续)[^。；;]{0,6}(?:修改前|原|有效)|有效)"
)


def _meanwhile(change: Change) -> tuple[Line, ...]:
    """What the document of a change says of cases from before it holds."""
    document = change.document
    spans = (s for s in sentence_spans(document.text) if not (change.start <= s[0] < change.end))
    held = [span for span in spans if _FOR_CASES_BEFORE.search(document.text[slice(*span)])]
    return tuple(Line(closed(document.text[a:b]), ((document.doc_id, a, b),)) for a, b in held[:1])


def _noted(change: Change) -> tuple[Line, ...]:
    """The remark in brackets that follows on a change."""
    text = change.document.text
    noted = _REMARK.match(text, change.end)
    span = noted.span("remark") if noted is not None else (0, 0)
    return (Line(text[slice(*span)], ((change.document.doc_id, *span),)),) if noted is not None else ()


_REMARK = re.compile(r"\s*(?P<remark>[（(][^（）()\n]{8,160}[)）])(?=\s*(?:\n|$))")


#: What a question says of a change alone.
_OF_CHANGE = re.compile(
    r"(?:修改|修订|调整|改)了?[以之]?后(?!的[^的]{1,8}(?:标准|规定))|有(?:了|没有)?(?:什么|啥|哪些|何)?(?:新的?)?(?:变化|改动|不同|区别|调整)"
)
#: How a question asks by how much a value was changed.
_MOVED = re.compile("(?:[涨升降加减]|增加|减少|提高|降低)了(?:多少|几)")
_CLAUSE = 160  #: characters of an article that is told whole


def _clause(document: SourceDocument, spans: Sequence[tuple[int, int]], said: str) -> tuple[int, int]:
    """An article, or of a long one the sentence that is most like what is said."""
    start, end = spans[0]
    start += len(document.text[start:end]) - len(without_label(document.text[start:end]).lstrip("“ \u3000\n"))
    if len(spans) == 1 and end - start <= _CLAUSE:
        return start, end
    return max(
        (span for a, b in spans for span in sentence_spans(document.text, max(a, start), b)),
        key=lambda span: alike(document.text[slice(*span)], said),
    )


def _of_figures(core: str, changes: Sequence[Change], bot: Finder) -> tuple[Change, str] | None:
    """The one change of one figure that a folded question names to another that it names, and what the question says."""
    named = {a.value for a in amounts(core)}

    def sets(change: Change) -> bool:
        base = bot.base_of(change)
        if base is None or not change.body[1] or change.added or len(named) < 2:
            return False
        was, now = (
            {a.value for a in amounts(fold(text))}
            for text in (
                "".join(base.text[a:b] for a, b in bot.changed_by(change, base)),
                change.document.text[slice(*change.body)],
            )
        )
        return bool(named & (was - now)) and bool(named & (now - was))

    own = [change for change in changes if sets(change)]
    return (own[0], core) if len(own) == 1 else None


def _of_change(
    draft: Draft | Decline | None, apart: Found, changes: Sequence[Change], bot: Finder, asks_change: bool
) -> tuple[Change, str] | None:
    """The change that an answer rests on, and what it says; without an answer that of the best sentence, where that is
    read to answer, or has enough of what is asked where a change is asked for."""
    telling = [c for c in apart.candidates if c.tells]
    silent = not isinstance(draft, Draft) or bool(IN_FORCE.search(draft.lines[0].text))
    if asks_change and silent:
        near = [c for c in telling if not IN_FORCE.search(c.text) and coverage(apart.probe, fold(c.text)) >= _ENOUGH]
        lines: Sequence[Line] = [Line(c.text, (c.span,)) for c in near[:1]]
    elif isinstance(draft, Draft):
        lines = draft.lines
    else:
        lines = [Line(c.text, (c.span,)) for c in telling[:1] if c.odds > 0]
    told = ((line, span) for line in lines for span in line.spans)
    return next(((c, line.text) for line, span in told for c in changes if _is_at(c, span, bot)), None)


def _is_at(change: Change, span: tuple[str, int, int], bot: Finder) -> bool:
    """Whether a span is of a change, or of what it words anew."""
    doc_id, start, end = span
    if doc_id == change.document.doc_id:
        return start < change.end and change.start < end
    return not change.added and any(
        start < b and a < end for a, b in bot.changed_by(change, bot.document(doc_id).simplified)
    )


_ENOUGH = 0.3  #: share of what is asked that a sentence holds which may be meant


_MOST = 3  #: changes that are told behind a draft


def _with_items(
    line: Line, changes: Sequence[Change], document_of: Callable[[str], SourceDocument], applied: Applied
) -> Line:
    """A line with the items of a list that are worded anew in their new wording."""
    for change in changes:
        if change.old or change.taken_out or change.added:
            continue
        new = change.document.text[slice(*change.body)].strip(_STOPS)
        for doc_id, _, _ in line.spans:
            document = document_of(doc_id)
            for a, b in applied(change, document):
                old = document.text[a:b].strip(_STOPS)
                if old in line.text and old != line.text.strip(_STOPS):
                    place = (change.document.doc_id, *change.body)
                    line = replace(line, text=line.text.replace(old, new), spans=(*line.spans, place))
    return line


_STOPS = "；;。 \u3000\n"


def _adds_to(change: Change, line: Line, document_of: Callable[[str], SourceDocument], applied: Applied) -> bool:
    """Whether a change adds a paragraph or item to the very article that a line is from, and speaks of the same."""
    added = change.document.text[slice(*change.body)]
    near = alike(line.text, added) >= _OF_ONE_MATTER or bool(_ITEMS.search(line.text))
    near = near and added not in line.text
    return (
        near
        and not _AS_ARTICLE.search(change.document.text[change.start : change.body[0]])
        and _is_of(change, line, document_of, applied)
    )


_COUNTED = re.compile(r"，共\d+[项条个种类](?=：)")
#: A list of items, of which another is one.
_ITEMS = re.compile(r"[（(]一[）)].*[（(]二[）)]", re.S)
_AS_ARTICLE = re.compile("增加[一二两三四五六\\d]?条|作为第[^条款项]{1,7}条[:：]")
_OF_ONE_MATTER = 0.25  #: share of the pairs of characters that what is added and what is told have in common


def _yes(text: str) -> str:
    """The word before a sentence by which it says yes or no; "" where there is none."""
    head, comma, _ = text.partition("，")
    return head + comma if comma and len(head) <= 4 else ""


def _statement(change: Change) -> Line:
    said = closed(change.document.text[change.start : change.end].strip())
    return Line(said, ((change.document.doc_id, change.start, change.end),))


def _is_of(change: Change, line: Line, document_of: Callable[[str], SourceDocument], applied: Applied) -> bool:
    return any(
        start < end_of and start_of < end
        for doc_id, start, end in line.spans
        for start_of, end_of in applied(change, document_of(doc_id))
    )


def _whole(
    span: tuple[str, int, int],
    changes: Sequence[Change],
    document_of: Callable[[str], SourceDocument],
    applied: Applied,
) -> tuple[str, int, int]:
    """A span of a line, with all of the sentence that changes word a piece of anew."""
    doc_id, start, end = span
    held = [s for c in changes for s in applied(c, document_of(doc_id)) if s[0] < end and start < s[1]]
    return doc_id, min((start, *(a for a, _ in held))), max((end, *(b for _, b in held)))


def _is_told(change: Change, draft: Draft) -> bool:
    spans = (span for line in draft.lines for span in line.spans)
    return any(d == change.document.doc_id and a < change.end and change.start < b for d, a, b in spans)
