"""What documents set for a year to come: 到2018年，……; 到2025年，……."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import SourceDocument
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.disputes import is_weak, source_name, whole_first
from qa.evidence import Probe, weight_held
from qa.extractive import MAX_CHARACTERS, Draft, Line, closed
from qa.scope import Mention

#: Where what is set for a year begins: 到2025年，…, 力争到2030年底，….
_MARK = re.compile(
    r"(?:(?<=[。；;\n])|^)[—―–-]*\s*(?:力争|争取|计划)?到\s*(?P<year>20\d\d)\s*年(?:底|末|前)?(?=\s*[，,])",
    re.MULTILINE,
)
_COMPARES = re.compile(r"不同|区别|差别|差异|不一样|各(?:是|有|自|提|要|设|到)|分别|出入|又要|相比|对比|异同")
_ASKS_YEARS = re.compile(
    r"(?:哪几|哪些|哪两|哪三|什么|几)个?(?:年份?|时间点|时间节点|节点|阶段)|年份[^,，。?？]{0,6}(?:各|分别|都)?是?(?:哪|什么|几)"
    r"|(?:节点|时间点|时间表|时限)[^,，。?？]{0,6}(?:各|分别|都)?是?(?:哪[几些两一]?个?年|什么时候)"
)
#: 有没有给2030年设目标, 2030年的指标有吗
_ASKS_WHETHER_SET = re.compile(
    r"(?:有没有|有无|是否有|是不是有|是否设|[设定提]没[设定提])[^,，。?？]*(?:目标|指标|节点)|(?:目标|指标|节点)[^,，。?？]{0,4}(?:有没有|有吗)"
    r"|[有设定提]了?[^,，。?？]{0,12}(?:目标|指标|节点)[^,，。?？]{0,2}吗"
)
_SPEAKS_OF_GOALS = re.compile(
    r"目标|(?<![一二三四五六七八九十两多])节点|时间表|阶段|展望|规划|步骤|要到|达到|到什么程度|时间点|路线图"
)
_SPOKEN_OF = 0.3  #: share of what is asked of a year that the sentence found for it has to hold
_WEAK = 10.0  #: what an official document is ahead of another
_CLAUSE = 60  #: characters in which what is set for a year is told where years alone are asked for


@dataclass(frozen=True)
class Horizon:
    """What a document sets for one year."""

    document: SourceDocument
    year: str
    start: int
    mark_end: int  #: where 到2025年 ends
    end: int


def horizons(document: SourceDocument) -> Iterator[Horizon]:
    """The years that a document sets something for, in order, each up to the next or to the end of its section."""
    marks = list(_MARK.finditer(document.text))
    for i, mark in enumerate(marks):
        at = mark.start() + (len(mark.group()) - len(mark.group().lstrip("—―–- \n")))
        section = document.section_at(at)
        end = section.end if section is not None else len(document.text)
        if i + 1 < len(marks):
            end = min(end, marks[i + 1].start())
        yield Horizon(document, mark["year"], at, mark.end(), end)


def answer_horizons(
    probe: Probe, mentions: Sequence[Mention], documents: Sequence[SourceDocument], newer: Mapping[str, str]
) -> Draft | None:
    """What is set for each of two years in one document; the years themselves where those are asked for. None where the
    question compares nothing of the kind, and where a side of it is not found.

    ``documents``: those that may be meant, the likeliest first.
    """
    core = fold(probe.question.core)
    if not _SPEAKS_OF_GOALS.search(core):
        return None
    years = [year for year in probe.question.years if year >= "2000"]
    documents = whole_first(documents)
    of = {document.doc_id: list(horizons(document)) for document in documents}
    sides = [[d for d in documents if d.doc_id in ids] for ids in dict.fromkeys(m.doc_ids for m in mentions)]
    if _ASKS_YEARS.search(core):
        return _years_of(sides or [documents[:1]], of, newer)
    if "whether" in probe.question.kinds and _ASKS_WHETHER_SET.search(core) and len(years) == len(sides) == 1:
        return _without(years[0], sides[0], of)
    if not _COMPARES.search(core) or len(years) < 2 or len(sides) > 1:
        return None
    return _of_years(years, sides[0] if sides else documents, of, probe)


def _without(year: str, side: Sequence[SourceDocument], of: Mapping[str, Sequence[Horizon]]) -> Draft | None:
    """That a document sets nothing for a year which it nowhere names, with the years that it sets something for."""
    if any(year in fold(document.text) for document in side):
        return None
    own = max((of[document.doc_id] for document in side), key=len, default=())
    held = {horizon.year: (horizon.document.doc_id, horizon.start, horizon.mark_end) for horizon in reversed(own)}
    if not held:
        return None
    said = Line(
        f"没有{year}年的目标，写到的是{'、'.join(f'{y}年' for y in sorted(held))}的。", tuple(held.values())[::-1]
    )
    return Draft((said,), method="years")


def _years_of(
    sides: Sequence[Sequence[SourceDocument]], of: Mapping[str, Sequence[Horizon]], newer: Mapping[str, str]
) -> Draft | None:
    """The years that each document sets something for, each with its first clause."""
    lines: list[Line] = []
    for side in sides:
        own = max((of[document.doc_id] for document in side), key=len, default=())
        if len(own) < 2:
            return None
        name = f"{source_name(own[0].document, newer)}：" if len(sides) > 1 else ""
        for horizon in own:
            text = horizon.document.text
            stop = next(
                (m.start() for m in re.finditer("[，,；;。]", text[horizon.mark_end + 1 : horizon.end])), _CLAUSE
            )
            end = min(horizon.mark_end + 1 + stop, horizon.end)
            lines.append(
                Line(name + closed(text[horizon.start : end]), ((horizon.document.doc_id, horizon.start, end),))
            )
            name = ""
    return Draft(tuple(lines), method="years")


def _of_years(
    years: Sequence[str], documents: Sequence[SourceDocument], of: Mapping[str, Sequence[Horizon]], probe: Probe
) -> Draft | None:
    """What one document sets for each of several years: the official one where several do."""
    topic = _topic(probe, documents)
    full: list[tuple[float, list[Line]]] = []
    for document in documents:
        own = [[h for h in of[document.doc_id] if h.year == year] for year in years]
        told = [best for group in own if (best := _best_of(group, topic, probe)) is not None]
        if len(told) == len(years) and _speaks(told, topic):
            worth = sum(share for share, _ in told)
            full.append((worth - _WEAK * is_weak(document.header), [line for _, line in told]))
    if not full:
        return None
    _, lines = max(full, key=lambda pair: pair[0])
    fits = sum(len(line.text) for line in lines) <= 2 * MAX_CHARACTERS
    return Draft(tuple(lines), method="compare") if fits else None


#: What a question says of goals in general; no sentence is told from another by it.
_GENERAL = re.compile(
    r"目标|时间|节点|年|展望|阶段|规划|提法|设定|论文|报告|文件|意见|同样|不同|对比|程度|出入|区别|差别|差异|异同|有何|[\d到]"
)


def _topic(probe: Probe, documents: Iterable[SourceDocument]) -> dict[str, float]:
    """The words of a question by which one sentence of what is set for a year is told from the others: none that name
    one of the documents."""
    names = "\n".join(fold(f"{d.header.title}\n{d.header.issuer or ''}") for d in documents)

    def names_one(word: str) -> bool:
        return any(pair in names for pair in map("".join, pairwise(word)))

    return {
        word: weight
        for word, weight in probe.words.items()
        if len(word) > 1 and not _GENERAL.search(word) and not names_one(word)
    }


def _speaks(told: Sequence[tuple[float, Line]], topic: Mapping[str, float]) -> bool:
    """Whether what was found for each side speaks of what is asked, where something is."""
    total = sum(topic.values())
    return not total or min(share for share, _ in told) >= _SPOKEN_OF * total


def _best_of(held: Sequence[Horizon], topic: Mapping[str, float], probe: Probe) -> tuple[float, Line] | None:
    """The sentence of what is set for a year that speaks most of a topic, the first where none does, after the year."""
    best: tuple[float, Horizon, tuple[int, int]] | None = None
    for horizon in held:
        for span in sentence_spans(horizon.document.text, horizon.start, horizon.end):
            share = weight_held(topic, probe, fold(horizon.document.text[slice(*span)]))
            if best is None or share > best[0]:
                best = (share, horizon, span)
    if best is None:
        return None
    share, horizon, (start, end) = best
    text, doc_id = horizon.document.text, horizon.document.doc_id
    if start == horizon.start:
        return share, Line(closed(text[start:end]), ((doc_id, start, end),))
    when = (doc_id, horizon.start, horizon.mark_end)
    return share, Line(
        f"{text[horizon.start : horizon.mark_end]}，{closed(text[start:end])}", (when, (doc_id, start, end))
    )
