"""What stands around a sentence that says yes or no: of which year its place is, for what is so in one year says nothing of
another; and what is excepted behind it, for whom it does not hold."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace

from corpus.document import SourceDocument
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold
from qa.amounts import amounts, fits, ranges
from qa.claim import Claim, read_claim
from qa.exceptions import excepts, takes_back
from qa.extractive import Draft, Line, after_in_line, after_label, before_in_line, line_at
from qa.verdict import verdict
from qa.verdict_effect import effect_denies, names_of
from qa.verdict_scope import contrary_denies, is_excepted, may_be_excepted
from qa.verdict_words import ALLOWS, FORBIDS, bare_clauses, naming_words, says_no, stands_in


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


def unless_excepted(draft: Draft, question: str, document_of: Callable[[str], SourceDocument]) -> Draft:
    """A draft that says yes or no, with the word for the very case of the question, where a sentence behind the first rules
    for that: the contrary behind 培训班学员不受此限; none where it is left open whether it is that case. Other drafts as they
    are."""
    first, *others = draft.lines
    claim, lead = read_claim(question), _LEAD.match(first.text)
    if lead is None or lead["word"] not in (claim.yes, claim.no):
        return _with_word_of_rule(draft, claim, question, document_of)
    denies, rule = lead["word"] == claim.no, first.text[lead.end() :]
    doc_id, _, end = first.spans[-1]
    document = document_of(doc_id)
    goes_on = line_span(document.text, max(0, end - 1))[1]  #: where the paragraph of the rule ends
    for line in (*others, *_untold(draft, document), *_pointing(first, document)):
        told, without = fold(line.text), denies
        if line.spans[0][0] != doc_id or line.spans[0][1] < end:
            # Of one quote with the rule: the word may have been found of both.
            alone = verdict(question, rule)
            if not _ONLY_EXCEPTS.match(told) or (alone is None and (claim.mode != "may" or claim.denies)):
                rule += line.text
                continue
            # What is excepted from a rule that allows nothing may be done.
            without = ALLOWS.search(fold(rule)) is None if alone is None else alone[1]
        elif line.spans[0][1] >= goes_on and not (
            excepts(told, fold(rule)) or takes_back(told) or _ONLY_EXCEPTS.match(told)
        ):
            continue
        ruled = _ruled_behind(claim, question, fold(rule), told, denies=without)
        if ruled == denies:
            continue
        bare = first.text[lead.end() :]
        text = bare if ruled is None else f"{claim.no if ruled else claim.yes}，{bare}"
        lines = (replace(first, text=text), *others, *(() if line in others else (line,)))
        return replace(draft, lines=lines, contradicts=bool(ruled))
    return draft


def _with_word_of_rule(
    draft: Draft, claim: Claim, question: str, document_of: Callable[[str], SourceDocument]
) -> Draft:
    """A draft that begins with what excepts the very case of a claim and nothing else (盲杖不受此限), with the word that the
    rule before it gives for that case, and with the rule; as it is where the rule gives none."""
    first, *others = draft.lines
    document = document_of(first.spans[0][0])
    before = before_in_line(document, first.spans[0][1])[-1:]
    rules = [line_at(document, span) for span in before if span[1] <= first.spans[0][1]]
    if draft.contradicts:
        return draft
    for line in (*draft.lines, *_pointing(first, document)):
        only = _ONLY_EXCEPTS.match(fold(line.text))
        rule = next((r for r in reversed(rules) if r.text != line.text and names_of(claim, fold(r.text))), None)
        if only is None or rule is None or not is_excepted(_excepted_in(only["case"]), fold(rule.text), claim):
            rules.append(line)
            continue
        said = verdict(question, rule.text)
        denies = contrary_denies(claim, fold(rule.text)) if said is None else not said[1]
        # What follows for the case tells more than the contrary of the rule: …的不受此限,不设等待期.
        then = (only["then"] or "").lstrip(",")
        if then and not then.startswith("但"):
            follows = effect_denies(claim, bare_clauses(then)[-1])
            ruled = verdict(question, then) if follows is None else None
            follows = ruled[1] if ruled is not None else follows
            # Of what follows the contrary of the rule says nothing: 名木不受树龄限制,按一级古树保护.
            denies = None if follows is None and names_of(claim, then) else denies if follows is None else follows
        if denies is None:
            return draft
        told = replace(line, text=f"{claim.no if denies else claim.yes}，{line.text}")
        others = [other for other in draft.lines if other.text not in (rule.text, line.text)]
        return replace(draft, lines=(told, rule, *others), contradicts=denies)
    return draft


def _excepted_in(case: str) -> str:
    """The case of an exception without the rule that stands before it in one sentence: 灯塔内禁止明火,焊补灯架的 of 焊补灯架的除外."""
    clauses = case.split(",")
    ruling = [i for i, clause in enumerate(clauses) if FORBIDS.search(clause)]
    return ",".join(clauses[ruling[-1] + 1 :]) if ruling else case


def _pointing(rule: Line, document: SourceDocument) -> list[Line]:
    """The sentences elsewhere in a document that except something from the article of a rule by its number: …的，不适用第十条的规定."""
    text, found = document.text, []
    for section in document.upwards(document.section_at(rule.spans[-1][1])):
        label = section.label.strip()
        if not _ARTICLE.fullmatch(label):
            continue
        for place in re.finditer(rf"不(?:适用|执行|受)[^，。；]{{0,12}}?(?<![\d.]){re.escape(label)}(?![\d.之])", text):
            begin, end = line_span(text, place.start())
            spans = sentence_spans(text, after_label(document, begin), end)
            found += [line_at(document, span) for span in spans if span[0] <= place.start() < span[1]]
    return found


#: The number of an article, of which other rules speak by it.
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千\d]+条|\d+(?:\.\d+)+")
_LOOKED_AT = 3  #: sentences behind what is told


def _untold(draft: Draft, document: SourceDocument) -> list[Line]:
    """The next sentences of a line that goes on behind what a draft tells of it."""
    doc_id, _, end = draft.lines[-1].spans[-1]
    if doc_id != document.doc_id or "|" in draft.lines[0].text:
        return []
    return [line_at(document, span) for span in after_in_line(document.text, end)[:_LOOKED_AT]]


def _bound_of_class(claim: Claim, rule: str, told: str) -> tuple[bool, bool] | None:
    """(whether a claim names, or but seems to be of, a class of its own, whether its amount keeps to the bound told for that)
    where a rule tells another bound of the measure for all: 船舶不低于600吨; 渔船不低于60吨. None elsewhere."""
    ours, own = ranges(rule), ranges(told)
    if len(ours) != 1 or len(own) != 1 or ours[0].unit != own[0].unit or re.match("[^,;。]*的", told[own[0].end :]):
        return None
    asked = [a for a in amounts(claim.text) if a.unit in (own[0].unit, "")]
    if _MEASURE_CHANGED.search(told) or math.isinf(ours[0].low) != math.isinf(own[0].low):
        return None
    if not asked or ours[0].holds(asked[0].value) == own[0].holds(asked[0].value):
        return None
    names = [w for w in naming_words(told[: own[0].start]) if len(w) > 1 and w not in rule]
    if not names or not set(names[0]) & set(claim.text):
        return None
    return stands_in(names[0], claim.text), own[0].holds(asked[0].value)


#: Who or what is excepted, and nothing else: 但乘船的除外, 培训班学员不受此限.
_ONLY_EXCEPTS = re.compile(
    r"(?:但是?,?)?(?P<case>(?:[^;。()]|\([^()]*\)){2,80}?)的?,?(?:除外|不在此限|不受(?:此限|[^,;。]{1,16}限制)"
    r"|不(?:适用|执行)(?:前[款项述]|上述|上款|本[条款项]|第[^,;。]{1,4}[条款项]|\d)[^,;。]{0,10}|可以?不[^,;。]{1,8})(?P<then>,[^;。]*)?[;。]?$"
)
#: For whom there is a rule of its own: 司机,前述年限放宽至12个月; 住院的,可以补报.
_OWN_RULE = re.compile(
    r"(?:但是?,?|其中,?)?(?P<case>[^,;。]{2,60}?)(?:的,|,|(?=应当|可以|不得|不予|必须))(?P<then>[^;。]+)"
)
_MEASURE_CHANGED = re.compile("(?:放宽|延长|提高|降低|缩短|减少|增加|调整)[到至为]")


def _ruled_behind(claim: Claim, question: str, rule: str, told: str, *, denies: bool) -> bool | None:
    """Whether a claim is denied by a rule that denies it, or not, and the folded exception told behind that; None where that
    may be of its case and settles nothing."""
    if "人均" in told and "人均" not in claim.text:
        return denies  # the question tells the whole
    only = _ONLY_EXCEPTS.match(told)
    if only is not None:
        if is_excepted(only["case"], rule, claim):
            return not denies
        return None if may_be_excepted(only["case"], claim) else denies
    bounded = _bound_of_class(claim, rule, told)
    if bounded is not None:
        named, held = bounded
        return denies if denies != held else None if not named else not held
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
    said = verdict(question, told, best=False)
    if said is not None:
        return said[1]
    return denies if says_no(own["then"]) == says_no(rule.split(",")[-1].strip("。")) else None


def _of_another_year(question: str, document: SourceDocument, start: int, end: int) -> bool:
    """Whether a question names a year, and what tells the year of a sentence, its paragraph up to it, else the headings and
    the title, names others only."""
    years = set(_YEAR.findall(fold(question)))
    if any(f"{year}年" in fold(document.text[start:end]) for year in years):
        return False  # by 2026年12月底, too
    line = line_span(document.text, start)[0]
    above = fold("".join((document.header.title or "", *document.path(document.section_at(start)))))
    told = set(_YEAR.findall(fold(document.text[line:end]))) or set(_YEAR.findall(above))
    return bool(years and told) and not years & told


#: A year; a day or month (2025年6月) tells when something was written, not of which year it tells.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年(?!\d{1,2}月))")
