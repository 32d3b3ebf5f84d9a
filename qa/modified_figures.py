"""A figure and the rule that changes it for a class: 每座补助10万元 and then 联营企业按上述标准的70%补助. Half of it is wrong for
whoever asks about that class."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from corpus.document import Section, SourceDocument
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold
from qa.amounts import amounts_of_case, fits
from qa.evidence import Probe, weight_held
from qa.extractive import Draft, after_label, line_at
from qa.limits import measures, modifies
from qa.patterns import other_class, without_non

Place = tuple[int, int]

_TELLS = frozenset("sentences clause cell figure".split())
_MOST = 2  #: lines of a draft that tells one figure
#: What begins an article that changes the figures of the one before it.
_OF_THE_LAST = re.compile(r"[^,。]{0,4}?前[款条项]")


def with_modified(draft: Draft, probe: Probe, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft that tells a rule by which a figure is changed for a class, with the figure that it changes before it."""
    if draft.method not in _TELLS or "count" not in probe.question.kinds or len(draft.lines) > _MOST:
        return draft
    at = next((i for i, line in enumerate(draft.lines) if modifies(fold(line.text))), None)
    if at is None:
        return draft
    doc_id, start, _ = draft.lines[at].spans[0]
    document = document_of(doc_id)
    if any(span[0] != doc_id for line in draft.lines for span in line.spans):
        return draft
    said = "".join(line.text for line in draft.lines)
    base = _base(document, start, probe)
    if base is None or _told(document, base) in said:
        return draft
    return replace(draft, lines=(line_at(document, base), *draft.lines[at:]))


def _told(document: SourceDocument, span: Place) -> str:
    return document.text[slice(*span)].strip().rstrip("；;。")


def _article(document: SourceDocument, at: int) -> Section | None:
    """The article that holds a place, else the headed section; behind the items of a list that whose items they are."""
    for section in document.upwards(document.section_at(at)):
        trails = at > line_span(document.text, section.start)[1]
        item = section.parent is not None and not section.label.startswith("第")
        if not (item and trails) and (section.label.endswith("条") or section.title):
            return section
    return None


def _sentences(document: SourceDocument, at: int) -> Iterator[Place]:
    """The sentences of the article around a place; with those of the article before it, where it changes what that says."""
    article = _article(document, at)
    if article is None:
        return
    row = [s for s in document.sections if s.parent == article.parent and s.kind == article.kind]
    i = row.index(article)
    changes = _OF_THE_LAST.match(fold(document.text[after_label(document, article.start) : article.end]))
    for section in row[max(0, i - 1) if changes else i : i + 1]:
        yield from sentence_spans(document.text, after_label(document, section.start), section.end)


def _base(document: SourceDocument, at: int, probe: Probe) -> Place | None:
    """The sentence before a rule that tells the figure it changes: the one that says most of the question and holds for the
    amounts in it; None where two do. What is not such (非营利性) is changed from what is."""
    core = fold(probe.question.core)
    asked, others = amounts_of_case(core), without_non(core)
    values: list[tuple[float, Place]] = []
    for span in _sentences(document, at):
        text = fold(document.text[slice(*span)])
        if span[1] > at or "|" in text or text[-1] not in ";。" or modifies(text) or not measures(text):
            continue
        fit = fits(asked, text) if asked else 0
        if fit >= 0 and not other_class(others, text):
            values.append((weight_held(probe.words, probe, text) + (100.0 if fit > 0 else 0.0), span))
    best = max(values, default=(0.0, (0, 0)))
    return best[1] if best[0] > 0 and [value for value, _ in values].count(best[0]) == 1 else None
