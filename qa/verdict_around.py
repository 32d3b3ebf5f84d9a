"""Of which year the place is where a sentence stands that says yes or no: what is so in one year says nothing of another."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.document import SourceDocument
from corpus.sentences import line_span
from index.tokens import fold
from qa.claim import read_claim
from qa.extractive import Draft


def unless_of_another_year(draft: Draft, question: str, document: SourceDocument) -> Draft:
    """A draft that says yes or no, without that word where its sentence is of another year than the question. Other drafts
    as they are."""
    first = draft.lines[0]
    claim, lead = read_claim(question), _LEAD.match(first.text)
    # That there is something for a year is rightly denied by what there is for others.
    if lead is None or lead["word"] not in (claim.yes, claim.no) or claim.mode == "has":
        return draft
    _, start, end = next((s for line in reversed(draft.lines) for s in line.spans), first.spans[0])
    if not _of_another_year(question, document, start, end):
        return draft
    bare = replace(first, text=first.text[lead.end() :])
    return replace(draft, lines=(bare, *draft.lines[1:]), contradicts=False)


_LEAD = re.compile(r"(?P<word>[^，。；：]{1,4})，(?=.)")


def _of_another_year(question: str, document: SourceDocument, start: int, end: int) -> bool:
    """Whether a question names a year, and what tells the year of a sentence, its paragraph up to it, else the headings and
    the title, names others only."""
    years = set(_YEAR.findall(fold(question)))
    line = line_span(document.text, start)[0]
    above = fold("".join((document.header.title or "", *document.path(document.section_at(start)))))
    told = set(_YEAR.findall(fold(document.text[line:end]))) or set(_YEAR.findall(above))
    return bool(years and told) and not years & told


#: A year; a day or month (2025年6月) tells when something was written, not of which year it tells.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年(?!\d{1,2}月))")
