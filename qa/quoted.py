"""Wordings that a question repeats from documents, found and set side by side: “甲和乙” here, “甲与乙” there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from corpus.document import SourceDocument
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.dating import dated_by
from qa.disputes import is_weak, source_name, whole_first
from qa.evidence import Probe, coverage
from qa.extractive import Draft, Line, closed
from qa.scope import Mention

#: What a question says that lays one wording beside another.
_COMPARES = re.compile(
    r"[一两]样|一致|统一|一回事|一个(?:意思|字|词|说法)|相同|不同|同一|对得上|对不上|吻合|相符|有?出入|区别|差(?:在|别|异|[一几两]?个?[字词])|各(?:是|怎|写|用)"
    r"|(?:用|信|引|采用|引用|按)哪|哪(?:个|种|一)(?:对|准|写法|说法|名字|是|算)|为准|写错|抄错|引错|有误|矛盾|也(?:是|这么|这样)"
)
#: Questions that a plain “the same” or “not the same” answers.
_ASKS_SAME = re.compile(
    r"(?:一样|一致|相同|对得上|吻合|相符)(?:吗|不|么|没有?)?[?？]?$|同一年吗|是不是(?:一样|一致|同)|有没有出入|有出入吗|也(?:是|这么|这样)[^,，]{0,6}(?:写|说|讲|提|叫)的?(?:吗|么)?[?？]?$|一不一"
)
#: What speaks of words rather than of what they say; and what says that they differ.
_OF_WORDS = re.compile(r"用词|措辞|写法|表述|字眼|[一个同]词|哪个[字词]|[一几两]个字")
#: Verbs of those who word something: without one several quotes name things.
_SAYS_HOW = re.compile(r"写(?!论文|作业|材料|稿)|说法|表述|用词|措辞|提法|字眼|原文|引(?:用|的|文)|抄")
_SAID_TO_DIFFER = re.compile(r"不是一个|不一样|不同|不一致|差[一几两]?个?[字词]|差在|对不上|出入")
_ASKS_YEAR = re.compile(r"同一年|哪一?年|哪几年|年份|什么时候")
_LEAST = 4  #: characters of a quoted wording
_MANY = 8  #: sentences that hold it, from which it names a topic rather than a wording
_GAP = 30  #: characters that … stands for
_DOCUMENTS = 12  #: that are looked at
_COUNTERPART = 0.4  #: share of pairs of characters from which a clause is another wording of one
_RUN = 3  #: characters in a row that it has to share with the wording
_LONG = 60  #: characters from which the clauses that hold a wording are told rather than the sentence


@dataclass(frozen=True)
class _Place:
    """A sentence of a document."""

    document: SourceDocument
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


def compares_words(core: str) -> bool:
    """Whether a folded question lays one wording, name or figure beside another."""
    return bool(_COMPARES.search(core))


def answer_quoted(
    probe: Probe,
    mentions: Sequence[Mention],
    documents: Sequence[SourceDocument],
    holders: Callable[[str], Sequence[str]],
    document_of: Callable[[str], SourceDocument],
    newer: Mapping[str, str],
) -> Draft | None:
    """Each wording that a question quotes where it stands, or one of them as several documents have it; the official
    one first. None where the question compares no wordings, and where fewer than two are found.

    ``documents``: those that may be meant, the likeliest first. ``holders`` gives the ids of the documents that hold a
    folded string and may be used.
    """
    core = fold(probe.question.text)
    quotes = _quotes(probe) if compares_words(core) else []
    held = [doc_id for quote in quotes for doc_id in holders(max(quote, key=len))]
    near = {document.doc_id: document for document in documents}
    ids = list(dict.fromkeys([*(d for d in near if d in held), *held, *near]))[:_DOCUMENTS]
    among = whole_first(near.get(doc_id) or document_of(doc_id) for doc_id in ids)
    places = {quote: list(_holding(quote, among)) for quote in quotes}
    # What many sentences hold, or a heading says, is what the question is about: “互联网+”.
    telling = {quote: held for quote, held in places.items() if len(held) <= _MANY}
    if not telling and places and _OF_WORDS.search(core):
        rarest = min(places, key=lambda quote: len(places[quote]))
        telling = {rarest: places[rarest]}
    telling = {q: held for q, held in telling.items() if not any(_is_heading(q, p) for p in held)}
    if len(telling) > 1 and _SAYS_HOW.search(core):
        told = _each_quote(telling, probe, mentions, core)
    elif len(telling) == 1:
        (quote, found), *_ = telling.items()
        told = _each_document(quote, found, among, probe, mentions, core)
    else:
        told = []
    if len(told) < 2:
        return None
    told.sort(key=lambda pair: (is_weak(pair[0].document.header), pair[0].document.header.authority))
    return Draft(tuple(_lines(told, core, newer)), method="wording")


#: A wording between marks, up to the one that closes it.
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{4,60})[”\"」』]")
_ELLIPSIS = re.compile(r"…+|\.{3,}|⋯+|—{2,}")


def _quotes(probe: Probe) -> list[tuple[str, ...]]:
    """The wordings that a question quotes, each in the pieces that … parts."""
    found: dict[tuple[str, ...], None] = {}
    for match in _QUOTED.finditer(probe.question.text):
        pieces = tuple(p for p in map(_plain, _ELLIPSIS.split(match[1])) if p)
        if sum(map(len, pieces)) >= _LEAST and all(len(piece) > 1 for piece in pieces):
            found[pieces] = None
    return list(found)


def _is_heading(quote: Sequence[str], place: _Place) -> bool:
    """Whether a place is the heading that a question quotes by its name."""
    section = place.document.section_at(place.start)
    return (
        section is not None
        and section.heading[0] <= place.start
        and quote[0] in _plain(section.title)
        and place.end <= section.heading[1]
    )


def _plain(text: str) -> str:
    """A text as its words are compared: folded, without what only parts them."""
    return re.sub(r'[，,。、；;：:"]', "", fold(text))


def _pattern(quote: Sequence[str]) -> re.Pattern[str]:
    return re.compile(f".{{0,{_GAP}}}?".join(map(re.escape, quote)))


def _holding(quote: Sequence[str], documents: Sequence[SourceDocument]) -> Iterator[_Place]:
    """The sentences that hold a wording, titles of documents aside."""
    pattern = _pattern(quote)
    for document in documents:
        for start, end in sentence_spans(document.text):
            said = _plain(document.text[start:end])
            if quote[0] in said and pattern.search(said) and said != _plain(document.header.title):
                yield _Place(document, start, end)


def _each_quote(
    places: Mapping[tuple[str, ...], Sequence[_Place]],
    probe: Probe,
    mentions: Sequence[Mention],
    core: str,
) -> list[tuple[_Place, tuple[str, ...]]]:
    """For each wording the sentence that holds it: of the document that the question names beside it where one is."""
    told: list[tuple[_Place, tuple[str, ...]]] = []
    for quote, held in places.items():
        beside = _named_beside(quote, mentions, core)
        free = [p for p in held if p not in [other for other, _ in told]]
        best = max(free, key=lambda p: (p.document.doc_id in beside, coverage(probe, fold(p.text))), default=None)
        if best is not None:
            told.append((best, quote))
    return told if len(told) == len(places) else []


def _named_beside(quote: Sequence[str], mentions: Sequence[Mention], core: str) -> frozenset[str]:
    """The documents that a question names in the clause in which it quotes a wording."""
    clause = next((c for c in re.split("[,，;；。]", core) if quote[0] in _plain(c)), "")
    return frozenset[str]().union(*(m.doc_ids for m in mentions if m.words and fold(m.words) in clause))


def _each_document(
    quote: tuple[str, ...],
    places: Sequence[_Place],
    documents: Sequence[SourceDocument],
    probe: Probe,
    mentions: Sequence[Mention],
    core: str,
) -> list[tuple[_Place, tuple[str, ...]]]:
    """One wording as two documents have it: those that the question names, else copies of one text."""
    sides = _sides(places, documents, mentions, core)
    if len(sides) != 2:
        return []
    own = [[p for p in places if p.document.doc_id in side] for side in sides]
    if all(own):
        pairs = [(a, b) for a in own[0] for b in own[1]]
        if _SAID_TO_DIFFER.search(core):
            pairs = [pair for pair in pairs if not _same(*(_told(p, quote) for p in pair))] or pairs
        worth = [(sum(coverage(probe, fold(p.text)) for p in pair) + _alike(*pair), pair) for pair in pairs]
        return [(place, quote) for place in max(worth, key=lambda w: w[0])[1]]
    if not any(own):
        return []
    # The other document may have the clause in other words.
    holding, lacking = (own[0], sides[1]) if own[0] else (own[1], sides[0])
    clauses = [clause for d in documents if d.doc_id in lacking for clause in _clauses(d)]
    words = max(quote, key=len)
    clauses = [c for c in clauses if _common(words, _plain(c.text)) >= max(_RUN, len(words) / 3)]
    near = [(_alike(_told(one, quote), other), one, other) for one in holding for other in clauses]
    if not near:
        return []
    share, one, other = max(near, key=lambda n: n[0])
    return [(one, quote), (other, ())] if share >= _COUNTERPART else []


def _common(one: str, other: str) -> int:
    """Length of the longest run of characters that two strings share."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _clauses(document: SourceDocument) -> Iterator[_Place]:
    """The clauses of a document, parted by commas."""
    for match in re.finditer(r"[^，,；;。！？!?\n]{4,}[，,；;。]?", document.text):
        yield _Place(document, *match.span())


def _same(one: _Place, other: _Place) -> bool:
    """Whether two places have the same words."""
    return _plain(one.text) == _plain(other.text)


_SAYS_COPIES = re.compile(r"节选|摘录|全文|网页|两个版本|转载|印刷|纸质")


def _sides(
    places: Sequence[_Place], documents: Sequence[SourceDocument], mentions: Sequence[Mention], core: str
) -> list[frozenset[str]]:
    """The documents that a question sets against each other: the two that it names, or two of one number."""
    by_number: dict[str, list[str]] = {}
    for document in documents:
        if document.header.number:
            by_number.setdefault(document.header.number, []).append(document.doc_id)
    if _SAYS_COPIES.search(core):
        held = {p.document.doc_id for p in places}
        copies = [ids for ids in by_number.values() if len(ids) > 1 and held & set(ids)]
        if copies:
            return [frozenset({doc_id}) for doc_id in copies[0][:2]]
    return list(dict.fromkeys(m.doc_ids for m in mentions if m.words))


def _alike(one: _Place, other: _Place) -> float:
    """Share of the pairs of characters of both sentences that both have (Jaccard index)."""
    a, b = (set(map("".join, pairwise(re.sub(r"[\d\W]", "", fold(p.text))))) for p in (one, other))
    return len(a & b) / len(a | b) if a and b else 0.0


def _lines(told: Sequence[tuple[_Place, tuple[str, ...]]], core: str, newer: Mapping[str, str]) -> Iterator[Line]:
    """The sentences with their sources; before the first whether they say the same, where that is asked and plain."""
    cut = [_told(place, quote) for place, quote in told]
    several = len({place.document.doc_id for place in cut}) > 1
    dates = [_date(place) if _ASKS_YEAR.search(core) else None for place in cut]
    lead = _verdict(told, cut, dates, core)
    for (place, _), clauses, date in zip(told, cut, dates, strict=True):
        document = place.document
        shown = place if place.end - place.start <= _LONG else clauses
        own = (document.doc_id, shown.start, shown.end)
        name = f"{source_name(document, newer)}：" if several else ""
        if date is not None and not shown.start <= date[0] < shown.end:
            when = document.text[slice(*date)]
            yield Line(f"{lead}{name}{when}，{closed(shown.text)}", ((document.doc_id, *date), own))
        else:
            yield Line(f"{lead}{name}{closed(shown.text)}", (own,))
        lead = ""


def _date(place: _Place) -> tuple[int, int] | None:
    """The span of the date that a sentence begins with, else that of what dates it: 到2018年."""
    text = place.document.text
    at = place.start if _DATED.match(text, place.start) else (dated_by(place.document, place.start) or (-1,))[0]
    found = _DATED.match(text, at) if at >= 0 else None
    return found.span() if found is not None else None


_DATED = re.compile(r"(?:[^，,。；;\d]{0,12})(?:19|20)\d\d\s*年[底末前]?")


def _verdict(
    told: Sequence[tuple[_Place, tuple[str, ...]]],
    cut: Sequence[_Place],
    dates: Sequence[tuple[int, int] | None],
    core: str,
) -> str:
    """The word that says whether two wordings, or the years of two, are the same; empty where that is not asked or plain."""
    if len(told) != 2 or not _ASKS_SAME.search(core):
        return ""
    if _ASKS_YEAR.search(core):
        years = [
            re.findall(r"(?:19|20)\d\d", place.document.text[slice(*date)])
            for (place, _), date in zip(told, dates, strict=True)
            if date is not None
        ]
        return "" if len(years) < 2 else "是的，" if years[0] == years[1] else "不是，"
    if _same(*cut):
        return "一致，"
    # Clauses that both hold the words quoted differ in others.
    same = told[0][1] == told[1][1] and len(told[0][1]) == 1
    return "" if same else "不一致，"


def _told(place: _Place, quote: Sequence[str]) -> _Place:
    """The clauses of a sentence that hold a wording; a sentence that is the counterpart of one whole."""
    if not quote:
        return place
    text, pattern = place.document.text, _pattern(quote)
    ends = [place.start, *(place.start + m.end() for m in re.finditer("[，,；;]", place.text)), place.end]
    spans = [(a, b) for i, a in enumerate(ends) for b in ends[i + 1 :] if pattern.search(_plain(text[a:b]))]
    start, end = min(spans, key=lambda s: s[1] - s[0], default=(place.start, place.end))
    return _Place(place.document, start, end)


# --- titles ---------------------------------------------------------------------------------------------------------

_ASKS_NAME = re.compile(r"名字|名称|文件名|标题|题目|全称|书名|写成")
_TITLES = re.compile(r"《([^《》]{4,80})》")
_OTHER = 3  #: characters by which one name written in two ways may be longer
_ASIDE = re.compile(r"[（(][^（）()]*[)）]$")
_SPEAKS_OF = 0.1  #: share of a question that a name which it asks about holds


def answer_title(
    probe: Probe,
    documents: Sequence[SourceDocument],
    mentions: Sequence[Mention],
    titled: Mapping[str, str],
    document_of: Callable[[str], SourceDocument],
    newer: Mapping[str, str],
) -> Draft | None:
    """A name as a document gives it beside what the document of that name calls itself, where the two differ; else two
    names in one document that are nearly alike. None where no question compares names.

    ``documents``: those that may be meant. ``titled``: the titles of all by their ids.
    """
    core = fold(probe.question.text)
    if not (_ASKS_NAME.search(core) and compares_words(core)):
        return None
    pointed = {doc_id for mention in mentions for doc_id in mention.doc_ids}
    given = [
        (coverage(probe, fold(match[1])), document, match)
        for document in documents
        for match in _TITLES.finditer(document.text)
    ]
    given.sort(key=lambda g: -g[0])
    lead = "不一致，" if _ASKS_SAME.search(core) or re.search("出入|对得上", core) else ""
    bare = {doc_id: _ASIDE.sub("", title) for doc_id, title in titled.items()}
    ordered = sorted(bare.items(), key=lambda pair: pair[1] != titled[pair[0]])  # the whole before an excerpt of it
    for share, document, match in given:
        for doc_id, title in ordered:
            meant = share >= _SPEAKS_OF or {doc_id, document.doc_id} <= pointed
            if doc_id == document.doc_id or not meant or not _nearly(match[1], title):
                continue
            own = _title_line(document_of(doc_id), title)
            if own is not None:
                lines = (
                    Line(f"{lead}{source_name(document_of(doc_id), newer)}：{title}。", ((doc_id, *own),)),
                    Line(f"{source_name(document, newer)}：{match.group()}。", ((document.doc_id, *match.span()),)),
                )
                return Draft(lines, method="wording")
    for share, document, one in given:
        other = next((m for _, d, m in given if d is document and m is not one and _nearly(m[1], one[1])), None)
        if share >= _SPEAKS_OF and other is not None:
            pair = sorted((one, other), key=lambda m: m.start())
            return Draft(tuple(Line(f"{m.group()}。", ((document.doc_id, *m.span()),)) for m in pair), method="wording")
    return None


def _nearly(one: str, other: str) -> bool:
    """Whether two names are one name written differently: some characters more, or in another order. Where one has a
    character in the place of another (甲市, 乙市) they may well be two."""
    if abs(len(one) - len(other)) > 2 * _OTHER:
        return False
    a, b = Counter(fold(one)), Counter(fold(other))
    more, less = (b - a).total(), (a - b).total()
    return fold(one) != fold(other) and min(more, less) == 0 and max(more, less) <= _OTHER


def _title_line(document: SourceDocument, title: str) -> tuple[int, int] | None:
    """Where a document gives its own title, which may stand on several lines."""
    found = re.search(r"\s*".join(map(re.escape, title)), document.text)
    return found.span() if found is not None else None
