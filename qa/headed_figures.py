"""Figures of items that tell no measure, below a heading that does: 生均公用经费 and below it 3．初中为4719元."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from corpus.document import Section, SourceDocument
from corpus.sentences import line_spans, sentence_spans
from index.tokens import fold
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line, closed
from qa.patterns import lacks_figure

#: 全省普通初中为4719元: what the figure is of.
_ITEM = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）.．、]\s*)?(?P<part>其中[:：,，]?)?(?P<name>[\u4e00-\u9fff（）()]{2,16}?)(?:[均都]?为|[:：]|均?达到?|是)(?:每[人户月年])*(?=\d)"
)
#: Names that are measures themselves: what their figure is of, no heading has to tell.
_OWN_MEASURE = re.compile(
    r"(?:[率量额值数费款费积]|经费|资金|收入|支出|投入|标准|人口|比[例重]|增加|价格?|时间|期限|日期|单价|总投资)$|^(?:总|比|其)"
)
_LEAST_ITEMS = 3  #: from which a section is one of items
_HEADING_ENDS = re.compile(r"(?:增长|变化|执行|完成)?(?:情况)?(?:如下|分别为)?$")
_MEASURE = 4  #: the last characters of a heading, which a question has to say
_PER_HEAD = re.compile(r"[人生户亩师床]均|平均")
_ASKS_PER_HEAD = re.compile(r"均|每一?[个名位户人生亩张]|一个人|一人|人头")
#: What is named so is not meant: （不是公用经费）.
_NOT_MEANT = re.compile(r"[(（][^()（）]*(?:不是|不含|并非)[^()（）]*[)）]")
_READ_WELL = 2.0  #: log odds from which a sentence beside the items is taken to answer


@dataclass(frozen=True)
class _Item:
    """A figure without a measure, the nearest heading above it, and what it is of."""

    section: Section
    name: str
    part: bool  #: of the item before it: 其中
    span: tuple[int, int]


def answer_headed(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The figure of the item that a question names, or of each that it compares, after the heading whose measure it names;
    None where it names no heading or no item better than the others, or a sentence tells both."""
    question = probe.question
    document = next((c.document for c in found if c.tells), None)
    if document is None or not question.kinds & {"count", "compare"} or question.kinds & {"whether", "list", "summary"}:
        return None
    said = _NOT_MEANT.sub("", fold(question.core))
    core = said + "".join(word for words in probe.expansions.values() for word in words)
    items = _items_of_heading(document, core)
    meant = _items_compared(items, core) if "compare" in question.kinds else _item_meant(items, core)
    text = document.text
    if not meant or lacks_figure(said, [fold(text[slice(*item.span)]) for item in meant]):
        return None
    measure, own = _measure(meant[0].section), _telling(meant[0], items)
    for candidate in found[:3]:
        told = fold(candidate.text)
        if candidate.odds >= _READ_WELL and measure[-_MEASURE:] in told and any(pair in told for pair in own):
            return None
    title, heading = meant[0].section.title, (document.doc_id, *meant[0].section.heading)
    first, *others = [Line(closed(text[slice(*item.span)]), ((document.doc_id, *item.span),)) for item in meant]
    return Draft((Line(f"{title}：{first.text}", (heading, *first.spans)), *others), method="cell")


@lru_cache(maxsize=64)
def _items(document: SourceDocument) -> tuple[_Item, ...]:
    """The figures of a document that tell no measure, each with the nearest heading above it."""
    return tuple(_read_items(document))


def _read_items(document: SourceDocument) -> Iterator[_Item]:
    for begin, end in line_spans(document.text, 0, len(document.text)):
        for start, stop in sentence_spans(document.text, begin, end):
            told = _ITEM.match(document.text[start:stop])
            if told is None or _OWN_MEASURE.search(told["name"]):
                continue
            above = document.upwards(document.section_at(start))
            section = next((s for s in above if s.title and s.heading[1] <= start), None)
            if section is not None:
                yield _Item(section, fold(told["name"]), bool(told["part"]), (start + told.start("name"), stop))


def _measure(section: Section) -> str:
    return _HEADING_ENDS.sub("", fold(section.title))


def _items_of_heading(document: SourceDocument, core: str) -> list[_Item]:
    """The items below the heading whose measure a folded question names best, and by what each is measured."""
    named: list[tuple[float, list[_Item]]] = []
    for section, group in groupby(_items(document), key=lambda item: item.section):
        items, measure = list(group), _measure(section)
        per_head = bool(_PER_HEAD.search(measure))
        if len(items) < _LEAST_ITEMS or measure[-_MEASURE:] not in core or len(measure) < _MEASURE:
            continue
        if per_head == bool(_ASKS_PER_HEAD.search(core)):
            pairs = _pairs(measure)
            named.append((sum(pair in core for pair in pairs) / len(pairs), items))
    named.sort(key=lambda pair: -pair[0])
    alone = named and (len(named) < 2 or named[0][0] > named[1][0])
    return named[0][1] if alone else []


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _telling(item: _Item, items: Sequence[_Item]) -> set[str]:
    """The pairs of characters of a name that less than half of the items have."""
    held = Counter(pair for other in items for pair in _pairs(other.name))
    return {pair for pair in _pairs(item.name) if 2 * held[pair] < len(items)}


def _item_meant(items: Sequence[_Item], core: str) -> list[_Item]:
    """The item whose name a folded question says best, by what tells it from the others; of an item and a part of it the
    item, unless the part is named. None where two are named alike."""
    held = Counter(pair for other in items for pair in _pairs(other.name))
    ranked = sorted(
        (
            (sum(1 / held[pair] for pair in _telling(i, items) if pair in core), not i.part, n)
            for n, i in enumerate(items)
        ),
        reverse=True,
    )
    alone = ranked and ranked[0][0] > 0 and (len(ranked) < 2 or ranked[0][:2] != ranked[1][:2])
    return [items[ranked[0][2]]] if alone else []


def _items_compared(items: Sequence[_Item], core: str) -> list[_Item]:
    """The two items that a folded question names by something that no other named one has; none where it names fewer or
    more."""
    said = [(item, {pair for pair in _telling(item, items) if pair in core}) for item in items]
    named = [
        item
        for item, own in said
        if not item.part and own.difference(*(other for one, other in said if one is not item and not one.part))
    ]
    return named if len(named) == 2 else []
