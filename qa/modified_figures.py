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
from qa.extractive import MAX_CHARACTERS, Draft, after_label, line_at
from qa.limits import MODIFIES, measures, modifies
from qa.patterns import other_class, without_non
from qa.verdict_words import naming_words

Place = tuple[int, int]

_TELLS = frozenset("sentences clause cell figure".split())
_MOST = 2  #: lines of a draft that tells one figure
#: What begins an article that changes the figures of the one before it.
_OF_THE_LAST = re.compile(r"[^,。]{0,4}?前[款条项]")


def with_modified(draft: Draft, probe: Probe, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft of a figure with the rule of its article that changes it for the class asked about; before such a rule the
    figure that it changes."""
    if draft.method not in _TELLS or "count" not in probe.question.kinds or len(draft.lines) > _MOST:
        return draft
    at = next((i for i, line in enumerate(draft.lines) if modifies(fold(line.text))), len(draft.lines) - 1)
    doc_id, start, end = draft.lines[at].spans[0]
    document = document_of(doc_id)
    if any(span[0] != doc_id for line in draft.lines for span in line.spans):
        return draft
    said = "".join(line.text for line in draft.lines)
    if modifies(fold(draft.lines[at].text)):
        base = _base(document, start, probe)
        kept = draft.lines[at:]
        if base is None or _told(document, base) in said:
            return draft
        return replace(draft, lines=(line_at(document, base), *kept))
    core = fold(probe.question.core)
    changes = (
        span
        for span in _sentences(document, start, behind=True)
        if span[0] >= end and _of_class(document, span, core, said)
    )
    change = next(changes, None)
    if change is None or _told(document, change) in said or len(said) + change[1] - change[0] > MAX_CHARACTERS:
        return draft
    return replace(draft, lines=(*draft.lines, line_at(document, change)))


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


def _sentences(document: SourceDocument, at: int, *, behind: bool) -> Iterator[Place]:
    """The sentences of the article around a place; with those of the article behind it, or before it, where that one or
    this changes what the other says."""
    article = _article(document, at)
    if article is None:
        return
    row = [s for s in document.sections if s.parent == article.parent and s.kind == article.kind]
    i = row.index(article)
    other = row[i + 1 : i + 2] if behind else row[max(0, i - 1) : i]
    later = other[0] if behind and other else article
    changes = _OF_THE_LAST.match(fold(document.text[after_label(document, later.start) : later.end]))
    scope = [article, *other] if changes else [article]
    for section in sorted(scope, key=lambda s: s.start):
        yield from sentence_spans(document.text, after_label(document, section.start), section.end)


def _of_class(document: SourceDocument, span: Place, core: str, said: str) -> bool:
    """Whether a sentence changes a figure for a class that a folded question names and nothing told yet does."""
    text = fold(document.text[slice(*span)])
    around = fold(document.header.title + said)
    begin = 0
    for change in MODIFIES.finditer(text):
        whom = re.split("[按照]", re.split("[;。:]", text[begin : change.start()])[-1])[0]
        begin = change.end()
        own = [w for w in naming_words(whom) if len(w) > 1 and w not in around and w not in _MEASURES]
        held = [w for w in own if w in core]
        if held and 2 * len(held) >= len(own) and not other_class(core, whom):
            return True
    return False


_MEASURES = frozenset("标准 金额 数额 基础 比例".split())


def _base(document: SourceDocument, at: int, probe: Probe) -> Place | None:
    """The sentence before a rule that tells the figure it changes: the one that says most of the question and holds for the
    amounts in it; None where two do. What is not such (非营利性) is changed from what is."""
    core = fold(probe.question.core)
    asked, others = amounts_of_case(core), without_non(core)
    values: list[tuple[float, Place]] = []
    for span in _sentences(document, at, behind=False):
        text = fold(document.text[slice(*span)])
        if span[1] > at or "|" in text or text[-1] not in ";。" or modifies(text) or not measures(text):
            continue
        fit = fits(asked, text) if asked else 0
        if fit >= 0 and not other_class(others, text):
            values.append((weight_held(probe.words, probe, text) + (100.0 if fit > 0 else 0.0), span))
    best = max(values, default=(0.0, (0, 0)))
    return best[1] if best[0] > 0 and [value for value, _ in values].count(best[0]) == 1 else None
