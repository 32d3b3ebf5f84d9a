"""The sentences that another rests on: those before it whose noun it leaves out (其余的每人50元), and those of the articles
that it refers to (违反本办法第九条规定的，处…)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Section, SourceDocument
from corpus.labels import number_of
from corpus.sentences import line_span, line_spans, sentence_spans

Place = tuple[int, int]

_NUMERAL = r"[一二三四五六七八九十百零〇\d]{1,6}"
_PART = rf"(?:第?\s*[（(]?(?P<number>{_NUMERAL})[)）]?\s*(?P<unit>[条款项]?))"
#: Places of the same document in one run: 第九条第二项、第三项, 第十条、第十三条. Those of another one stand behind its title.
_RUN = re.compile(
    rf"(?<!》)(?<!》的)第\s*{_NUMERAL}\s*条(?:[、和及或与]*(?:第\s*[（(]?{_NUMERAL}[)）]?\s*[条款项]?|[（(]{_NUMERAL}[)）]\s*项?))*"
)
_PARTS = re.compile(_PART)
_LONGEST = 600  #: characters of what is referred to that still tell what it is about

_OF_NUMBER = r"\d|[一二两三四五六七八九十百千]+(?:元|万|倍|年|天|日|人|名|个|周|小时|次)"
#: How a sentence begins that leaves out its noun, or points at what stands before it.
_LEAVES_OUT = re.compile(
    r"(?:其中|其余|剩[余下]|余下|上述|前述|该(?:项|类|款|笔)|其(?![他它实次间后])"
    r"|(?:[不应须必可]|应当|可以|不得|禁止){0,2}[用对由将为与向把]其(?![他它实次间后中余]))"
    rf"|(?P<each>每[\u4e00-\u9fff]{{1,2}}(?:每[年月]|补|奖|给|另|最|不|{_OF_NUMBER}))"
    rf"|[^，,。；;：:\n]{{1,12}}?的(?:[，,]|(?=每|按|由|给|补|奖|不|可以|最|另|一律|为|在|{_OF_NUMBER}))"
)
_POINTS_BACK = re.compile(r"(?:前|上)(?:款|项)(?!.{0,12}外[，,])")
_STEPS = 4  #: sentences that are gone back at most


@dataclass(frozen=True)
class Rests:
    """What a sentence has to be understood with."""

    before: tuple[Place, ...] = ()  #: the sentence from which it goes on
    referred: tuple[Place, ...] = ()  #: what stands at the places to which it refers

    @property
    def places(self) -> tuple[Place, ...]:
        return (*self.before, *self.referred)


ALONE = Rests()  #: of a sentence that tells by itself what it is about


def rests_on(document: SourceDocument, start: int, end: int) -> Rests:
    """What tells what a sentence is about, where it does not tell that itself; nothing for most sentences."""
    return ALONE if "|" in document.text[start:end] else _rests_on(document, start, end)


@lru_cache(maxsize=16_384)
def _rests_on(document: SourceDocument, start: int, end: int) -> Rests:
    said = document.text[start:end]
    back = _antecedent(document, start, end)
    referred = tuple(_referred(document, start, said))
    # What a sentence goes on from (情节严重的，…) may itself point to the article.
    more = tuple(_referred(document, back[0][0], document.text[slice(*back[0])])) if back and not referred else ()
    return Rests(back, (*referred, *more)) if back or referred else ALONE


def _antecedent(document: SourceDocument, start: int, end: int) -> tuple[Place, ...]:
    """The sentence before, in the paragraph or in the article, from which a sentence that leaves out its noun goes on."""
    text = document.text
    section = document.section_at(start)
    begin = start
    if section is not None and section.start <= start <= section.start + len(section.label) + 1:
        return ()  # the first of its section has nothing before it
    said = text[start:end]
    points_back = _POINTS_BACK.match(said)
    if points_back is None and _LEAVES_OUT.match(said) is None:
        return ()
    line = line_span(text, start)
    before = [] if points_back else _sentences(document, section, line[0], start)
    if not before:
        above = _line_above(document, section, line[0])
        if above is None:
            return ()
        if points_back:
            return (above,)
        before = _sentences(document, section, *above)
    heading = section.heading if section is not None else (0, 0)
    before = [(a, b) for a, b in before if not heading[0] <= a < heading[1]]  # the name of an item is told above it
    for begin, stop in reversed(before[-_STEPS:]):
        if _LEAVES_OUT.match(text[begin:stop]) is None:
            return ((begin, stop),)
    return (before[-1],) if before else ()


def _sentences(document: SourceDocument, section: Section | None, begin: int, end: int) -> list[Place]:
    """The sentences of a stretch behind the label of its section."""
    if section is not None and begin <= section.start < end:
        begin = section.start + len(section.label)
    return sentence_spans(document.text, begin, end)


def _line_above(document: SourceDocument, section: Section | None, at: int) -> Place | None:
    """The paragraph before a place in the same article."""
    if section is None or not section.label.endswith("条") or at <= section.start:
        return None
    above = line_spans(document.text, section.start + len(section.label), at)
    return above[-1] if above else None


def _referred(document: SourceDocument, at: int, said: str) -> Iterator[Place]:
    """What stands at the places of a document to which the first clause of a sentence ``at`` a place refers: what stands
    behind it (，不受第五条限制) does not tell what it is about."""
    for run in _RUN.finditer(_IN_BRACKETS.sub(lambda m: "　" * len(m.group()), said)):
        if not _ENDS_CLAUSE.search(said, 0, run.start()):
            yield from (
                place for place in provisions(document, at, run.group()) if not place[0] <= at + _LABEL < place[1]
            )


_LABEL = 8  #: characters of the number of an article, which is no reference to it


_ENDS_CLAUSE = re.compile("[，,；;。]")
_IN_BRACKETS = re.compile(r"[（(][^（()）]{8,}[）)]")  #: longer than the number of an item


def provisions(document: SourceDocument, at: int, run: str) -> list[Place]:
    """What stands at the places that a run names (第九条第二项、第三项): of an item with what opens its list. Of several
    documents in one the article before ``at`` is meant.

    """
    found: list[Place] = []
    article: Section | None = None
    paragraph = 0
    whole = True  # nothing of the article has been named yet
    for part in _PARTS.finditer(run):
        number, unit = number_of(part["number"]), part["unit"]
        if unit == "条":
            if article is not None and whole:
                found += _of_article(document, article, 0, None)
            article, paragraph, whole = article_of(document, at, number), 0, True
        elif article is not None and unit == "款":
            paragraph, whole = number or 0, False
            if not re.match(rf"第?\s*[（(]?{_NUMERAL}[)）]?\s*项", run[part.end() :]):
                found += _of_article(document, article, paragraph, None)
        elif article is not None:
            whole = False
            found += _of_article(document, article, paragraph, number)
    if article is not None and whole:
        found += _of_article(document, article, 0, None)
    return list(dict.fromkeys(found))


def article_of(document: SourceDocument, at: int, number: int | None) -> Section | None:
    """The article of a number in a document; of several documents in one that of the same before a place."""
    same = [s for s in document.sections if s.number == number and s.label.endswith("条") and s.kind == "body"]
    before = [s for s in same if s.start <= at]
    return before[-1] if before else same[0] if same else None


def _of_article(document: SourceDocument, article: Section, paragraph: int, item: int | None) -> list[Place]:
    items = [s for s in document.sections if s.parent == article.index]
    begin = article.start + len(article.label)
    if item is not None:
        own = next((s for s in items if s.number == item), None)
        if own is None:
            return []
        head = line_spans(document.text, begin, items[0].start)[-1:]
        return [*head, line_spans(document.text, own.start, own.end)[0]]
    lines = line_spans(document.text, begin, article.end)
    starts = [a for a, _ in lines if not any(s.start <= a <= s.start + 1 for s in items)]
    if paragraph and paragraph <= len(starts):
        stop = starts[paragraph] if paragraph < len(starts) else article.end
        return [(starts[paragraph - 1], min(stop, starts[paragraph - 1] + _LONGEST))]
    return [(begin, min(article.end, begin + _LONGEST))]
