"""The item of a row whose figure is the highest or lowest of all: which of several projects costs most."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Section, SourceDocument
from corpus.figures import Figure
from index.tokens import fold, words
from qa.amounts import amounts
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line
from qa.figure_answers import FiguresOf
from qa.table_extremes import LOWEST, OTHER_RANK, SUPERLATIVE, WHICH

_LOOKED_AT = 4  #: of the best sentences
_LEAST = 3  #: items that make a row


def answer_item_extreme(probe: Probe, found: Sequence[Candidate], figures_of: FiguresOf) -> Draft | None:
    """The item whose figure is the highest or lowest of those beside it, of the one measure that a question names and each
    item tells once in one unit (总投资16.8亿元); None where they do not, and for other questions."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    most = SUPERLATIVE.search(core)
    if most is None or not WHICH.search(core) or OTHER_RANK.search(core) or "whether" in probe.question.kinds:
        return None
    for candidate in [c for c in found if c.tells][:_LOOKED_AT]:
        section, document = candidate.section, candidate.document
        if section is None or section.parent is None:
            continue
        row = [s for s in document.children(document.sections[section.parent]) if s.label and s.title]
        named = _figures(core, row, figures_of(document.doc_id)) if section in row and len(row) >= _LEAST else []
        if named:
            low = LOWEST.search(most.group()) is not None
            values = [value for value, _ in named]
            best = min(values) if low else max(values)
            if values.count(best) == 1:
                at = values.index(best)
                return Draft((_told(document, row[at], named[at][1]),), method="figure")
    return None


def _figures(core: str, row: Sequence[Section], figures: Sequence[Figure]) -> list[tuple[float, Figure]]:
    """The value of each item under the name that a folded question says; empty where one has none, or several."""
    own = [[f for f in figures if s.start <= f.start < s.end and f.kind != "change"] for s in row]
    for name in dict.fromkeys(f.indicator for f in own[0] if any(w in core for w in words(f.indicator) if len(w) > 1)):
        same = [[f for f in held if f.indicator == name] for held in own]
        if any(len(held) != 1 for held in same):
            continue
        told = [amounts(fold(held[0].value + held[0].unit)) for held in same]
        if all(len(one) == 1 for one in told) and len({one[0].measure for one in told}) == 1:
            return [(one[0].value, held[0]) for one, held in zip(told, same, strict=True)]
    return []


def _told(document: SourceDocument, section: Section, figure: Figure) -> Line:
    spans = dict.fromkeys((section.heading, figure.sentence))
    text = document.text[slice(*figure.sentence)].strip().rstrip("；;")
    told = text if fold(section.title) in fold(text) else f"{section.title}：{text}"
    return Line(told if told.endswith("。") else f"{told}。", tuple((document.doc_id, *span) for span in spans))
