"""What stands around a sentence that says yes or no: exceptions of its article that name the case asked about, who only
proposes it, and the place that it holds for.

A word rests on one sentence. Here the article decides over it or takes it back: a wrong yes is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.document import Section, SourceDocument
from corpus.labels import number_of
from corpus.sentences import line_span, sentence_spans
from index.tokens import fold
from qa.claim import Claim, case_of, read_claim
from qa.drafts import draft_name
from qa.extractive import MAX_CHARACTERS, Draft, Line, closed
from qa.verdict import verdict
from qa.verdict_scope import is_excepted
from qa.verdict_words import content_words, naming_words, stands_in

# --- what bears no yes -----------------------------------------------------------------------------------------------

#: What is proposed, asked for or reported, and not decided.
_PROPOSED = re.compile(
    r"(?:您|你[市县区省局厅们]?|提案|代表|委员)[^,;。]{0,16}(?:建议|提出|反映)"
    r"|(?:^|[,;。])[^,;。]{2,16}(?<![的条项])建议(?![书稿人的中])|听取[^;。]{2,80}(?:汇报|说明)"
)
_DECIDED = re.compile(r"同意|批准|通过|采纳|决定")
_ASKS_PROPOSED = re.compile(r"建议|提案|提出|提议|请示|汇报|征求|草案|送审|起草|稿")
#: Another place or body than the one that a document is of, whose rule is told.
_OF_PLACE = re.compile(
    r"(?:^|[,;。]|邻近的|相邻的|例如|如|以)(?P<place>[\u4e00-\u9fff]{2,3}?(?:省|市|自治区|县))(?=[《\"]|规定|要求|实行|出台|明确|印发|将|对|的)"
)
_OWN_PLACE = re.compile("[我本全各该此外]|城市")
#: Whom alone a rule holds for that has just been told.
_HOLDS_FOR = re.compile(r"(?:该|此|上述|前述|这一)[\u4e00-\u9fff]{0,4}(?:仅|只)?(?:适用于|限于)(?P<whom>[^,;。]{2,20})")


def bears_no_yes(question: str, document: SourceDocument, start: int, end: int) -> bool:
    """Whether a sentence of a document cannot bear a yes: it stands in a draft, tells what is proposed, or a rule of another
    place than the document's, and the question does not ask for that."""
    asked, said = fold(question), fold(document.text[start:end])
    names = fold("".join((document.header.title or "", document.header.issuer or "")))
    path = names + fold("".join(document.path(document.section_at(start))))
    proposed = draft_name(document, start) or (_PROPOSED.search(said) and not _DECIDED.search(said))
    if proposed and not _ASKS_PROPOSED.search(asked):
        return True
    places = [m["place"] for m in _OF_PLACE.finditer(said) if not _OWN_PLACE.search(m["place"])]
    if places and not any(place in asked or place in path or place[:-1] in asked for place in places):
        return True
    own = _HOLDS_FOR.search(said)
    return own is not None and not any(stands_in(word, asked) for word in content_words(own["whom"])[:1])


def of_another_year(question: str, document: SourceDocument, start: int, end: int) -> bool:
    """Whether a question names a year, and what tells the year of a sentence, its paragraph up to it, else the headings and
    the title, names others only."""
    years = set(_YEAR.findall(fold(question)))
    line = line_span(document.text, start)[0]
    above = fold("".join((document.header.title or "", *document.path(document.section_at(start)))))
    told = set(_YEAR.findall(fold(document.text[line:end]))) or set(_YEAR.findall(above))
    return bool(years and told) and not years & told


#: A year; a day or month (2025年6月) tells when something was written, not of which year it tells.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年(?!\d{1,2}月))")

# --- exceptions of the article ---------------------------------------------------------------------------------------

#: A sentence that excepts a case from what stands before it, and nothing else.
_EXCEPTS = re.compile(
    r"^(?:但是?,?)?(?P<case>[^;。]{2,60}?)的?,?(?:除外|不在此限|不受(?:此限|[^,;。]{1,24}限制)|不(?:再)?适用(?!于))(?=[,;。]|$)"
)
#: One that may turn a rule for a case of its own.
_TURNS = re.compile(
    r"^但|^(?:仅|只)(?!有|能|要)[^,;。]{2,30}的?,|即可[;。]?$|^[^,;。]{2,16}(?:期间|情形|情况下?|时),?可以"
)
_POINTS_BACK = re.compile(r"前[款项述]|上述")
_THAT_ITEM = re.compile(r"第\(?(?P<number>[一二三四五六七八九十\d]+)\)?项")
#: What a rule is about as a whole: 前述优惠在….
_WHOLE = re.compile(r"(?:前[款项述]|上述)(?:规定的?)?[^,;。]{0,6}?(?:在|于|对)")
#: Words that name no case.
_OF_ANY = frozenset("申报 申请 办理 企业 单位 个人 人员 项目 情形 情况 规定 提供 公司 奖励 补贴 补助 标准".split())
_LONGEST = 1200  #: characters of a section that is looked through as an article
_NAMED = 0.4  #: share of what tells a case from its rule that a question has to name for the exception to decide


def settled_by_article(draft: Draft, question: str, document: SourceDocument) -> Draft:
    """A draft that says yes or no, decided by an exception of its article where that names the case asked about, without
    the word where an exception may hold or the sentence bears no yes. Other drafts as they are."""
    first = draft.lines[0]
    claim, lead = read_claim(question), _LEAD.match(first.text)
    word = lead.group("word") if lead is not None else ""
    if word not in (claim.yes, claim.no) or word == "":
        return draft
    denies = word == claim.no
    bare = (replace(first, text=first.text[len(word) + 1 :]), *draft.lines[1:])
    doc_id, start, end = next((s for line in reversed(draft.lines) for s in line.spans), first.spans[0])
    spans = [span[1:] for line in draft.lines for span in line.spans]
    # That there is something for a year is rightly denied by what there is for others.
    if (claim.mode != "has" and of_another_year(question, document, start, end)) or (
        not denies and any(bears_no_yes(question, document, *span) for span in spans)
    ):
        return replace(draft, lines=bare, contradicts=False)
    rule = fold("".join(line.text for line in bare))
    for a, b in exceptions_behind(document, start, end):
        said = fold(document.text[a:b])
        if said.rstrip(";。") in rule:
            continue
        turns = _weighed(question, claim, rule, said, denies=denies)
        if turns is None:
            continue
        more = Line(closed(document.text[a:b]), ((doc_id, a, b),))
        lines = (*bare, more) if sum(len(line.text) for line in bare) + b - a <= MAX_CHARACTERS else bare
        if not turns:
            return replace(draft, lines=lines, contradicts=False)
        other = claim.yes if denies else claim.no
        return replace(
            draft, lines=(replace(lines[0], text=f"{other}，{lines[0].text}"), *lines[1:]), contradicts=not denies
        )
    return draft


_LEAD = re.compile(r"(?P<word>[^，。；：]{1,4})，(?=.)")


def _weighed(question: str, claim: Claim, rule: str, said: str, *, denies: bool) -> bool | None:
    """What an exception does to a word: True turns it round, False leaves none to be said, None nothing."""
    excepted = _EXCEPTS.match(said)
    case = excepted["case"] if excepted is not None else said
    words = [w for w in naming_words(_WHOLE.sub("", case)) if w not in rule and w not in _OF_ANY and len(w) > 1]
    named = [w for w in words if w in claim.text or (stands_in(w, claim.text) and not stands_in(w, rule))]
    if excepted is not None and named:
        parts = re.split("、|或者?|和|等", _WHOLE.sub("", case))
        told = max(_share([w for w in words if w in part], named) for part in parts)
        if told >= _NAMED and is_excepted("、".join(named), rule, claim):
            rest = said[excepted.end() :].strip(",;。")
            if not rest:
                return True
            bounded = verdict(question, rest)  # what the exception itself is bound to: …的，不受限制，但不得超过两年
            return None if bounded is not None and bounded[1] == denies else False
    if named:
        return False
    # What the question tells of its case stands in neither: whether it is the one excepted cannot be told.
    own = [w for w in naming_words(case_of(claim)) if len(w) > 1]
    return False if not denies and not all(stands_in(w, rule) for w in own) else None


def _share(words: list[str], named: list[str]) -> float:
    total = sum(map(len, words))
    return sum(len(w) for w in words if w in named) / total if total else 0.0


def exceptions_behind(document: SourceDocument, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the sentences of its article that may except a case from a sentence: the next one of its paragraph, and
    those that point back at it."""
    article = _article(document, start)
    if article is None:
        return []
    text, found = document.text, list[tuple[int, int]]()
    item = next((s for s in document.upwards(document.section_at(start)) if s.label and s is not article), None)
    adjacent = True
    for a, b in sentence_spans(text, end, article.end):
        said = fold(text[a:b])
        adjacent = adjacent and "\n" not in text[end:a] and not found
        that = _THAT_ITEM.search(said)
        back = _POINTS_BACK.search(said) is not None
        if back and that is not None:
            back = item is not None and item.number == number_of(that["number"])
        if (adjacent and (_EXCEPTS.match(said) or _TURNS.search(said))) or (back and _EXCEPTS.match(said)):
            found.append((a, b))
        adjacent = False
    return found


def _article(document: SourceDocument, start: int) -> Section | None:
    """The article that holds a place; elsewhere the widest section around it that is no longer than one."""
    above = list(document.upwards(document.section_at(start)))
    article = next((s for s in above if re.match("第.+条", s.label)), None)
    return article or next((s for s in reversed(above) if s.end - s.start <= _LONGEST), None)
