"""What stands around a sentence that says yes or no: of which year its place is, for what is so in one year says nothing of
another; and what is excepted behind it, for whom it does not hold."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.document import SourceDocument
from corpus.sentences import line_span
from index.tokens import fold
from qa.amounts import amounts, fits
from qa.claim import Claim, read_claim
from qa.exceptions import excepts, takes_back
from qa.extractive import Draft
from qa.limits import limits
from qa.verdict import verdict
from qa.verdict_scope import is_excepted, may_be_excepted
from qa.verdict_words import says_no


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


def unless_excepted(draft: Draft, question: str) -> Draft:
    """A draft that says yes or no, with the word for the very case of the question, where a sentence that is told behind
    the first rules for that: the contrary behind 培训班学员不受此限; none where it is left open whether it is that case. Other
    drafts as they are."""
    first, *others = draft.lines
    claim, lead = read_claim(question), _LEAD.match(first.text)
    if lead is None or lead["word"] not in (claim.yes, claim.no):
        return draft
    denies, rule = lead["word"] == claim.no, first.text[lead.end() :]
    doc_id, _, end = first.spans[-1]
    for line in others:
        if line.spans[0][0] != doc_id or line.spans[0][1] < end:
            rule += line.text
            continue
        told = fold(line.text)
        if not (excepts(told, fold(rule)) or takes_back(told) or limits(told, fold(rule))):
            continue
        ruled = _ruled_behind(claim, question, fold(rule), told, denies=denies)
        if ruled is None:
            return replace(draft, lines=(replace(first, text=first.text[lead.end() :]), *others), contradicts=False)
        if ruled != denies:
            word = claim.no if ruled else claim.yes
            return replace(
                draft, lines=(replace(first, text=f"{word}，{first.text[lead.end() :]}"), *others), contradicts=ruled
            )
    return draft


#: Who or what is excepted, and nothing else: 但乘船的除外, 培训班学员不受此限.
_ONLY_EXCEPTS = re.compile(
    r"(?:但是?,?)?(?P<case>[^,;。]{2,60}?)的?,?(?:除外|不在此限|不受(?:此限|[^,;。]{1,12}限制))[;。]?$"
)
#: For whom there is a rule of its own: 司机,前述年限放宽至12个月; 住院的,可以补报.
_OWN_RULE = re.compile(
    r"(?:但是?,?|其中,?)?(?P<case>[^,;。]{2,60}?)(?:的,|,|(?=应当|可以|不得|不予|必须))(?P<then>[^;。]+)"
)
_MEASURE_CHANGED = re.compile("(?:放宽|延长|提高|降低|缩短|减少|增加|调整)[到至为]")


def _ruled_behind(claim: Claim, question: str, rule: str, told: str, *, denies: bool) -> bool | None:
    """Whether a claim is denied by a rule that denies it, or not, and the folded exception told behind that; None where that
    may be of its case and settles nothing."""
    only = _ONLY_EXCEPTS.match(told)
    if only is not None:
        if is_excepted(only["case"], rule, claim):
            return not denies
        return None if may_be_excepted(only["case"], claim) else denies
    own = _OWN_RULE.match(told)
    if own is None or not is_excepted(own["case"], rule, claim):
        return denies
    if _MEASURE_CHANGED.search(own["then"]):
        changed, asked = amounts(own["then"]), amounts(claim.text)
        told_before = [a for a in amounts(rule) if changed and a.unit == changed[0].unit]
        if len(changed) != 1 or len(told_before) != 1 or not fits(asked, rule):
            return None
        (old,), (new,) = told_before, changed
        now = rule[: old.start] + own["then"][new.start : new.end] + rule[old.end :]
        return denies if fits(asked, now) == fits(asked, rule) else not denies
    said = verdict(question, told)
    if said is not None:
        return said[1]
    return denies if says_no(own["then"]) == says_no(rule.split(",")[-1].strip("。")) else None


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
