"""A figure and the rule that changes it for a class: 每座补助10万元 and then 联营企业按上述标准的70%补助. Half of it is wrong for
whoever asks about that class."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.document import Section, SourceDocument
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold, words
from qa.amounts import amounts_of_case, fits
from qa.evidence import Candidate, Probe, weight_held
from qa.extractive import Draft, Line, after_label, line_at, lines_of
from qa.limits import MODIFIES, measures, modifies
from qa.patterns import other_class, without_non
from qa.reckoning import as_changed, joined_sum

Place = tuple[int, int]

_TELLS = frozenset("sentences clause cell figure".split())
_MOST = 2  #: lines of a draft that tells one figure
#: What begins an article that changes the figures of the one before it.
_OF_THE_LAST = re.compile(r"[^,。]{0,4}?前[款条项]")


def with_modified(
    draft: Draft, probe: Probe, found: Sequence[Candidate], document_of: Callable[[str], SourceDocument]
) -> Draft:
    """A draft that tells a rule by which a figure is changed for a class, with the figure that it changes before it, or one
    that tells the figure, with the rule for the class of the question behind it; and what it comes to."""
    if draft.method not in (*_TELLS, "compare") or "count" not in probe.question.kinds:
        return draft
    if any(span[0] != draft.lines[0].spans[0][0] for line in draft.lines for span in line.spans):
        return draft
    joint = _of_several(draft, probe, found)
    if joint is not None or draft.method == "compare" or len(draft.lines) > _MOST:
        return joint or draft
    at = next((i for i, line in enumerate(draft.lines) if modifies(fold(line.text))), None)
    if at is None:
        own = [c for c in found[:_LOOKED_AT] if c.document.doc_id == draft.lines[0].spans[0][0]]
        rule = next(iter(lines_of([[c] for c in own if _is_for(c.text, probe, draft)][:1])), None)
        rule = rule or _behind_in_article(draft, probe, document_of)
        return draft if rule is None else _reckoned(replace(draft, lines=(*draft.lines, rule)), probe)
    doc_id, start, end = draft.lines[at].spans[-1]
    document = document_of(doc_id)
    # The rule may be but a clause of what is quoted, behind the figure that it changes.
    start = max(start, document.text.find(re.split("[：；]", draft.lines[at].text)[-1].rstrip("。"), start, end))
    said = "".join(line.text for line in draft.lines)
    base = _base(document, start, probe)
    if base is None or _told(document, base) in said:
        return draft
    return _reckoned(replace(draft, lines=(line_at(document, base), *draft.lines[at:])), probe)


_LOOKED_AT = 12
#: Of whom rules tell that they pay less or get more.
_CLASS = re.compile(
    "低保|特困|低收入|困难|脱贫|残疾|老年|未成年|学生|军人|退役|烈属|优抚|孤儿|单亲|多子女|[二两三]孩|个体工商?户|小微"
)


def _behind_in_article(draft: Draft, probe: Probe, document_of: Callable[[str], SourceDocument]) -> Line | None:
    """The rule for the class of the question that stands behind the figure of a draft, in its article."""
    doc_id, start, _ = draft.lines[0].spans[-1]
    document = document_of(doc_id)
    behind = (span for span in _sentences(document, start) if span[0] > start)
    return next((line_at(document, s) for s in behind if _is_for(document.text[slice(*s)], probe, draft)), None)


def _is_for(text: str, probe: Probe, draft: Draft) -> bool:
    """Whether a sentence changes the figure that a draft tells for a class that the question names."""
    text, core = fold(text), fold(probe.question.core)
    said = fold("".join(line.text for line in draft.lines))
    rule = MODIFIES.search(text)
    if rule is None or "|" in text:
        return False
    classes = [m.group() for m in _CLASS.finditer(text[: rule.start()])]
    measured = [w for w in words(re.split("[,，]", text[: rule.start()])[-1]) if len(w) > 1 and not _CLASS.match(w)]
    named = any(own in core and own not in said for own in classes)
    return named and any(word in said or word in core for word in measured)


def _reckoned(draft: Draft, probe: Probe) -> Draft:
    """A draft of a figure and the rule that changes it, with what that comes to, where it is plain."""
    core, before, rule = (fold(text) for text in (probe.question.core, draft.lines[-2].text, draft.lines[-1].text))
    changes = MODIFIES.search(rule)
    of_it = [w for w in words(rule[: changes.start()]) if len(w) > 1 and w not in before] if changes is not None else []
    asked = any(w in core for w in of_it) or any(m.group() in core for m in _CLASS.finditer(rule))
    said = as_changed(probe, [line.text for line in draft.lines]) if changes is not None and asked else ""
    spans = tuple(dict.fromkeys(span for line in draft.lines for span in line.spans))
    return replace(draft, lines=(*draft.lines, Line(said, spans))) if said else draft


def _of_several(draft: Draft, probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """A draft that adds up the figures of two things, by the rule that a sentence of its document tells for who has several
    (以其中最高的一种为基数，每增加一种，增加500元) instead; None where none does."""
    if not _IS_SUM.match(draft.lines[-1].text) or len(draft.lines) < _MOST:
        return None
    told, said = draft.lines[:-1], fold("".join(line.text for line in draft.lines[:-1]))
    for candidate in found:
        text = fold(candidate.text)
        of_it = any(w in said for w in words(text.partition("以")[0]) if len(w) > 1)
        if of_it and _OF_SEVERAL.search(text) and candidate.document.doc_id == told[0].spans[0][0]:
            (rule,) = lines_of([[candidate]])
            sum_of = joined_sum(fold(probe.question.core), [fold(line.text) for line in told], text)
            spans = tuple(dict.fromkeys(span for line in (*told, rule) for span in line.spans))
            return replace(draft, lines=(*told, rule, *([Line(sum_of, spans)] if sum_of else [])))
    return None


_IS_SUM = re.compile(r"[\d.]+\D+加[\d.]+\D+，合计")
_OF_SEVERAL = re.compile(
    r"同时[^,，。;；]{0,12}[两多][种项类个][^。;；]*(?:合并|合计|共)[^,，。;；]{0,4}\d|(?:最高|较高|最大)[^,，。;；]{0,10}(?:基数|为准|计)|就高|不(?:得|能|可)?(?:重复|叠加|累[计加])|只(?:能|可)?(?:享受|领取|选)[一其]"
)


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
