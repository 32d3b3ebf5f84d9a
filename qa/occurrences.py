"""Where a document speaks of a word: 意见里哪些地方提到了大数据."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.document import SourceDocument
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.evidence import Probe
from qa.extractive import Draft, Line, Span, after_label, closed
from qa.narrow import clause_spans

_SPEAKS = "(?:提到|提及|提过|说到|讲到|写到|谈到|涉及|出现|点到)"
_WHERE = "(?:哪些|哪几|几|多少)个?(?:地方|处|条|款|段|章节?|部分|方面|句话?)"
_WORD = '["“「]?(?P<{}>[^"“”「」,，?？]{{2,16}}?)["”」]?(?:这个?词)?'
_ASKS = re.compile(
    rf"{_WHERE}(?:里面?|中)?(?:都|也|分别)?{_SPEAKS}[了过]?{_WORD.format('behind')}(?:的|呢|吗)?[?？]*$"
    rf"|{_SPEAKS}[了过]?{_WORD.format('before')}的(?:地方|条款|内容|段落)?(?:都|分别|一?共)*(?:有|在|是)(?:{_WHERE}|哪里|哪儿|哪些)[?？]*$"
)
_MOST = 6  #: clauses that are told


def answer_occurrences(probe: Probe, documents: Sequence[SourceDocument]) -> Draft | None:
    """The clauses that hold the word of which a question asks where it stands, in their order, and in a note how many
    sentences there are; None for other questions, and where no document has it.

    ``documents``: those that may be meant, the likeliest first.
    """
    asked = _ASKS.search(fold(probe.question.core))
    if asked is None:
        return None
    word = asked["behind"] or asked["before"]
    meant = [d for d in documents if d.doc_id in probe.hinted] or list(documents)
    # An excerpt says nothing that the whole of the same number does not.
    whole = {d.header.number or d.doc_id: d for d in sorted(meant, key=lambda d: len(d.text))}
    held = [span for d in documents if d in whole.values() for span in _sentences(d, word)]
    if not held:
        return None
    texts = {d.doc_id: d.text for d in documents}
    told: dict[str, Span] = {}
    for doc_id, start, end in held:
        clause = _clause(texts[doc_id], start, end, word)
        told.setdefault(texts[doc_id][slice(*clause)], (doc_id, *clause))
    lines = [Line(closed(text), (span,)) for text, span in list(told.items())[:_MOST]]
    count = f"提到“{word}”的共{len(held)}句"
    return Draft(
        tuple(lines),
        method="places",
        notes=(f"{count}。" if len(told) <= _MOST else f"{count}，这里列出前{_MOST}处。",),
    )


def _sentences(document: SourceDocument, word: str) -> Iterator[Span]:
    """The sentences of the text that hold a folded word, headings and tables of contents left out."""
    for found in re.finditer(r"[^\n]+", document.text):
        if word not in fold(found.group()):
            continue
        for start, end in sentence_spans(document.text, *found.span()):
            section = document.section_at(start)
            named = section is not None and (section.kind == "toc" or end <= section.heading[1])
            if word in fold(document.text[start:end]) and not named:
                yield document.doc_id, max(start, after_label(document, start)), end


def _clause(text: str, start: int, end: int, word: str) -> tuple[int, int]:
    """The clause of a sentence that holds a folded word."""
    spans = [(start + a, start + b) for a, b in clause_spans(text[start:end])]
    return next((span for span in spans if word in fold(text[slice(*span)])), (start, end))
