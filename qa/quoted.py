"""Wordings that a question repeats from documents, found and set side by side: “甲和乙” here, “甲与乙” there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import SourceDocument
from corpus.sentences import sentence_spans
from index.tokens import fold
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
    r"(?:一样|一致|相同|对得上|吻合|相符)(?:吗|不|么|没有?)?[?？]?$|是不是(?:一样|一致|同)|有没有出入|有出入吗|也(?:是|这么|这样)[^,，]{0,6}(?:写|说|讲|提|叫)的?(?:吗|么)?[?？]?$|一不一"
)
#: What speaks of words rather than of what they say; and what says that they differ.
_OF_WORDS = re.compile(r"用词|措辞|写法|表述|字眼|[一个同]词|哪个[字词]|[一几两]个字")
_SAID_TO_DIFFER = re.compile(r"不是一个|不一样|不同|不一致|差[一几两]?个?[字词]|差在|对不上|出入")
_LEAST = 4  #: characters of a quoted wording
_MANY = 8  #: sentences that hold it, from which it names a topic rather than a wording
_GAP = 30  #: characters that … stands for
_DOCUMENTS = 12  #: that are looked at
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
    """The wording that a question quotes as two documents have it, the official one first. None where the question compares
    no wordings, and where not two have it.

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
    if len(telling) != 1:
        return None
    ((quote, found),) = telling.items()
    told = _each_document(quote, found, among, probe, mentions, core)
    told.sort(key=lambda place: (is_weak(place.document.header), place.document.header.authority))
    return Draft(tuple(_lines(told, quote, core, newer)), method="wording") if told else None


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


def _each_document(
    quote: tuple[str, ...],
    places: Sequence[_Place],
    documents: Sequence[SourceDocument],
    probe: Probe,
    mentions: Sequence[Mention],
    core: str,
) -> list[_Place]:
    """One wording as two documents have it: those that the question names, else copies of one text."""
    sides = _sides(places, documents, mentions, core)
    if len(sides) != 2:
        return []
    own = [[p for p in places if p.document.doc_id in side] for side in sides]
    if not all(own):
        return []
    pairs = [(a, b) for a in own[0] for b in own[1]]
    if _SAID_TO_DIFFER.search(core):
        pairs = [pair for pair in pairs if not _same(*(_told(p, quote) for p in pair))] or pairs
    worth = [(sum(coverage(probe, fold(p.text)) for p in pair) + _alike(*pair), pair) for pair in pairs]
    return list(max(worth, key=lambda w: w[0])[1])


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


def _lines(told: Sequence[_Place], quote: Sequence[str], core: str, newer: Mapping[str, str]) -> Iterator[Line]:
    """The sentences with their sources; before the first whether they say the same, where that is asked and plain."""
    cut = [_told(place, quote) for place in told]
    several = len({place.document.doc_id for place in told}) > 1
    lead = _verdict(cut, quote, core)
    for place, clauses in zip(told, cut, strict=True):
        document = place.document
        shown = place if place.end - place.start <= _LONG else clauses
        name = f"{source_name(document, newer)}：" if several else ""
        yield Line(f"{lead}{name}{closed(shown.text)}", ((document.doc_id, shown.start, shown.end),))
        lead = ""


def _verdict(cut: Sequence[_Place], quote: Sequence[str], core: str) -> str:
    """The word that says whether two wordings are the same; empty where that is not asked or plain."""
    if not _ASKS_SAME.search(core):
        return ""
    if _same(*cut):
        return "一致，"
    # Clauses that both hold the words quoted differ in others.
    return "" if len(quote) == 1 else "不一致，"


def _told(place: _Place, quote: Sequence[str]) -> _Place:
    """The clauses of a sentence that hold a wording."""
    text, pattern = place.document.text, _pattern(quote)
    ends = [place.start, *(place.start + m.end() for m in re.finditer("[，,；;]", place.text)), place.end]
    spans = [(a, b) for i, a in enumerate(ends) for b in ends[i + 1 :] if pattern.search(_plain(text[a:b]))]
    start, end = min(spans, key=lambda s: s[1] - s[0], default=(place.start, place.end))
    return _Place(place.document, start, end)
