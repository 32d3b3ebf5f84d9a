"""Yes or no: whether a sentence of the documents affirms or denies what a question asks.

Rules of the Chinese language, weighed against what a reader says where there is one. The question is read as a
statement (可不可以收费 -> 可以收费); the statement and the clause of the sentence that speaks of the same thing are
compared by figures, by words such as 全部 and 只, by pairs of opposites and by denials. A wrong word is worse than none:
where the two share too little, or the sentence does not hold what the question's predicate says, the rules say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.sentences import ASKS
from index.tokens import fold, segment
from qa.abbreviations import full_names
from qa.amendments import as_amended
from qa.amounts import Amount, amounts, amounts_of_case, conditions, fits, ranges
from qa.departments import same_department
from qa.evidence import probability
from qa.other_case import has_unwanted, lacks_required, of_another_kind, of_another_rank, of_own_sex
from qa.patterns import other_class
from qa.register import open_register
from qa.stance import asks_mention, asks_support, holds_back, promotes, spoken_of, supported
from qa.wording import han_number

Mode = Literal["may", "must", "has", "is"]


@dataclass(frozen=True)
class Claim:
    """What a yes/no question puts forward, as a statement."""

    text: str  #: folded, without the words that only ask
    predicate: str  #: the part of its last clause that says something, after 可以, 要, 是 ...
    mode: Mode
    yes: str
    no: str
    denies: bool  #: whether what is asked is itself a denial: 不用备案, 不能报销
    judged: tuple[str, ...] = ()  #: the clauses before a last one that only judges: 不收保函 of 不收保函,合规


def verdict(
    question: str, sentence: str, clause: str | None = None, weighing: Weighing | None = None
) -> tuple[str, bool] | None:
    """(the lead word: 是的, 不可以, 没有 ..., whether the sentence denies); None when the sentence settles nothing.

    By the rules alone, or weighed, where a reader has found the ``clause`` of the sentence that answers.

    >>> verdict("可以向用户另收费吗?", "任何单位不得向用户加收费用。")
    ('不可以', True)
    >>> verdict("残疾人证补办有没有手续费?", "残疾人证由县级残联批准发放。") is None
    True
    """
    if ASKS.search(sentence):
        return None  # a question of a document settles nothing
    claim = read_claim(question)
    said = of_own_sex(claim.text, as_amended(fold(sentence)))
    read = clause and of_own_sex(claim.text, fold(clause))
    if read and as_amended(fold(sentence)) != fold(sentence):
        read = _nearest_clause(claim, said)  # the one that was found may be of the old wording
    denies = _required(claim, said, read)
    denies = _settled(claim, said, read, weighing) if denies is None else denies
    if denies is None or _of_other_case(claim, said, read or "", denies=denies):
        return None
    return (claim.no, True) if denies else (claim.yes, False)


def of_other_case(question: str, sentence: str, *, denies: bool) -> bool:
    """Whether a sentence cannot bear the yes or no that a figure of it gives: it holds for another case than the one that
    the question tells, or lacks what the question turns on.

    >>> of_other_case("外地户口能领300元吗?", "本市户籍人员每人补贴300元。", denies=False)
    True
    """
    claim, said = read_claim(question), as_amended(fold(sentence))
    return _of_other_case(claim, said, "", denies=denies) or (not denies and _unsaid(claim, said))


def _of_other_case(claim: Claim, said: str, clause: str, *, denies: bool) -> bool:
    if of_another_kind(claim.text, said) or of_another_rank(claim.text, said) or _of_a_term(claim, said):
        return True
    if denies and not claim.judged and other_class(claim.text, said):
        return True
    return _untold_case(claim, said, clause) if denies else has_unwanted(_case(claim), said)


#: How long something has been done; and a term counted from an event.
_DONE_FOR = re.compile(r"(?:交|缴|缴纳|参保|工作|干|居住|住|从业|经营|服务)(?:了|满|够)?$")
_TERM = re.compile(r"之?日起[^,;。]{0,4}$")


def _of_a_term(claim: Claim, said: str) -> bool:
    """Whether a claim tells how long something has been done (交了两年) and a sentence only sets a term for something else
    (自发证之日起12个月内)."""
    lasted = {a.unit for a in amounts(claim.text) if _DONE_FOR.search(claim.text[: a.start])}
    told = [r for r in conditions(said) if r.unit in lasted]
    return bool(told) and all(_TERM.search(said[: r.start]) for r in told)


def _case(claim: Claim) -> str:
    """What a claim tells of its case before what it says of it: 没有发票 of 没有发票能报销."""
    *before, last = claim.text.split(",")
    modes = _MODES[2:] if claim.mode == "has" else _MODES[:2]
    starts = [m.start() for _, pattern in modes for m in [pattern.search(last)] if m]
    return ",".join([*before, last[: min(starts)] if starts else ""])


def _required(claim: Claim, said: str, clause: str | None) -> bool | None:
    """True where a claim says that something may be had in a case which lacks what a sentence asks for; None elsewhere."""
    if claim.mode not in ("may", "has") or claim.denies or claim.judged or asks_price(claim):
        return None
    lacking = lacks_required(_case(claim), said) and (clause is not None or _about_the_same(claim, said))
    return True if lacking else None


def _untold_case(claim: Claim, said: str, clause: str) -> bool:
    """Whether what is denied is denied to a case of its own only (在室内飞行的，不适用) of which the claim says nothing."""
    clauses = [c for c in re.split("[,;。:]", said) if c]
    near = clause.strip(",;。:") or _nearest_clause(claim, said)
    at = next((i for i, c in enumerate(clauses) if c == near), -1)
    if at < 0 or _ALL.search(claim.text):
        return False
    case = near if near.endswith("的") else clauses[at - 1] if at and clauses[at - 1].endswith("的") else ""
    if not case or case.startswith("未") or conditions(said):
        return False  # whom a rule means by figures (未满十二周岁的) a question may name in other words
    last = claim.text.split(",")[-1]
    asked = "" if claim.predicate == last else claim.predicate
    own = set("".join(_content(case))) - set("".join(_content(asked)))
    return bool(own) and not own & set(claim.text)


def _settled(claim: Claim, sentence: str, clause: str | None, weighing: Weighing | None) -> bool | None:
    """Whether a sentence denies a claim; None where it settles nothing. See ``verdict``."""
    excepted = _EXCEPTION.search(fold(sentence))
    if excepted is not None and not _SCOPE_ASKED.search(claim.text.split(",")[-1]):
        rule = excepted["rule"]
        if _is_named(excepted["case"], rule, claim):
            return _contrary(claim, rule) if clause is not None or _about_the_same(claim, fold(sentence)) else None
        read = None if clause is None else fold(clause) if fold(clause) in rule else clauses_of(rule)[-1]
        return _settled(claim, rule, read, weighing)
    late = _OVERDUE.search(fold(sentence))
    if late is not None and _is_late(claim, late["term"]):
        then = late["then"]
        read = None if clause is None else fold(clause) if fold(clause) in then else clauses_of(then)[0]
        return _settled(claim, then, read, weighing)
    said = fold(sentence)
    if _is_left_out(claim, said):
        return True
    if asks_price(claim) and _paid_in(said):
        paid = costs(claim, said, fold(clause) if clause is not None else None)
        denies = paid if paid is None or asks_free(claim) else not paid
    elif asks_price(claim) and not _OF_MONEY.search(said):
        denies = None
    elif _speaks_of_scope(claim, said):
        denies = _out_of_scope(claim, said)
    elif (forbidden := _forbidden(claim, said)) is not None and (clause or _about_the_same(claim, said)):
        denies = forbidden or None
    elif (same_case := _in_case(claim, said)) is not None:
        denies = same_case
    elif (
        (settled := _once_only(claim, said)) is not None
        or (settled := _approval(claim, said)) is not None
        or (settled := _counts_as(claim, said)) is not None
        or (settled := _by_whom(claim, said)) is not None
        or (settled := _from_another(claim, said)) is not None
        or (settled := _of_another_time(claim, said)) is not None
        or (settled := _alike(claim, said, fold(clause or ""))) is not None
        or (settled := _stance(claim, said, fold(clause or ""))) is not None
        or (settled := _every_one(claim, said)) is not None
        or (settled := _by_another(claim, said)) is not None
    ):
        denies = settled
    elif (settled := _more_or_less(claim, said)) is not None and (clause or _about_the_same(claim, said)):
        denies = not settled
    elif clause is None or weighing is None:
        denies = _by_rules(claim, _said(claim, sentence))
        denies = None if denies is False and _lacks_last_word(claim, said) else denies
    elif claim.judged and _settles_nothing(claim, said, deciding(said, fold(clause).strip(",;。:"))):
        denies = None
    else:
        yes = probability(verdict_signs(claim, sentence, clause), weighing.weights)
        denies = False if yes >= weighing.least_yes else True if 1 - yes >= weighing.least_no else None
        if denies is False and claim.denies and _compare(claim, said, deciding(said, fold(clause).strip(",;。:"))):
            denies = None  # that it may be done is no yes to 不能做
        denies = None if denies is False and _lacks_last_word(claim, said) else denies
    turned = denies is False and _turned_round(claim, said, fold(clause or ""))
    return None if turned or (denies is False and _unsaid(claim, said)) else denies


#: A figure with what it counts; a year or a place in a text is none.
_FIGURE = re.compile(
    r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?=\s*(?:[百千万亿]|%|个百分点|[\u4e00-\u9fff])|$)(?!\s*[年月日号条款项])"
)


_BY_NOW = re.compile(r"已经?(?!知|婚)|现在|目前|如今|眼下")
_PLANNED = re.compile(
    r"力争|逐步|后期|先行|陆续|争取|到20\d\d年|计划(?=在|于|到|将|未来|今后|允许|建|实)|拟(?=于|在|将|开|建|允)|将(?=在|于|会)|未来|今后|下一步"
)


def asks_by_now(question: str) -> bool:
    """Whether a yes/no question asks for what is so by now: 已经全覆盖了吗."""
    return _BY_NOW.search(fold(question)) is not None


_OF_RANGE = re.compile(r"以上|以下|以内|以外|不超过|不低于|不少于|不足|超过|至少|最多|\d[^,;。]{0,3}[至~—-]\s*\d|岁")


def _unsaid(claim: Claim, said: str) -> bool:
    """Whether what a claim turns on does not stand in a sentence at all, so that it cannot bear a yes: another figure of
    the same measure stands there, nothing of the thing that is asked for (有没有某市), or a plan where it is asked what is
    so by now."""
    figures = [figure.replace(",", "") for figure in _FIGURE.findall(claim.predicate)]
    held = [figure.replace(",", "") for figure in _FIGURE.findall(said)]
    if claim.mode == "is" and len(figures) == 1 and held and figures[0] not in held and not _OF_RANGE.search(said):
        return True
    if _BY_NOW.search(claim.text) and _PLANNED.search(said):
        return True
    if other_class(claim.text, said) or _outside(claim, said) or _of_another_year(claim, said):
        return True
    if _MOST.search(claim.text) and not _MOST.search(said):
        return True  # of several that are told which is the most is told by none
    group = _ONE_OF.search(claim.text)
    if group and not all(_stands_in(w, said) for w in _content(group["whose"]) if len(w) > 1):
        return True  # 甲业的三个区之一, of those of 乙业
    asked = _content(claim.predicate)
    last = claim.text.split(",")[-1]
    doer = [w for w in _content(supported(last)) if not _POINTING.match(w)][:1]
    if doer and not _stands_in(doer[0], said):
        return True  # 支持社会资本办学: that another is supported says nothing
    of_stance = asks_mention(last) or asks_support(last)
    return claim.mode == "has" and bool(asked) and not (of_stance or any(_stands_in(word, said) for word in asked))


#: Of what something is said to be one.
_ONE_OF = re.compile(r"(?:算(?:是|作)?|是|属于|列为|在)(?P<whose>[^,;。算是]{2,24})(?:之一|之列|名单(?:里|中|内)?)$")
#: What is said to be the first of all.
_MOST = re.compile(
    r"最(?=[差高低多少大小快慢好长短早晚强弱重轻新])(?![高低多少大小长短]限)|第一(?![条章节款项类种次个批])|首位|居首|榜首|垫底|倒数|末位|头名"
)


def _of_another_year(claim: Claim, said: str) -> bool:
    """Whether a claim says that something is there for one year, and a sentence speaks of other years only."""
    asked, told = set(_YEAR.findall(claim.predicate)), set(_YEAR.findall(said))
    return claim.mode == "has" and bool(asked and told) and not asked & told


def _outside(claim: Claim, said: str) -> bool:
    """Whether the amount that a claim tells of its case lies outside the ranges for which a sentence has a rule; where
    the claim names another figure, too, of those for which it has this one: 5元 of 60至79周岁的补3元,80周岁以上的补5元."""
    if claim.denies or _unmet(claim, said) is not None or ranges(claim.text):
        return False
    told = amounts_of_case(claim.text)
    if not told:
        return False
    case, *given = told
    figures = {(a.value, a.measure) for a in given}
    units = {a.measure for a in given}
    parts = _cases(said, lambda clause: any(a.measure in units for a in amounts(clause)))
    parts = [p for p in parts if any((a.value, a.measure) in figures for a in amounts(p))] or [said]
    return bool(given or claim.mode in ("may", "has")) and all(fits([case], p) < 0 for p in parts)


#: What somebody need not have or do.
_SPARED = re.compile(r"(?:不用|不必|无需|无须|不需要?)(?:再|另外|先)?(?P<what>[^,;。]{2,12})$")
_SPARING = frozenset("办理申请需要使用有无进行")


def _lacks_last_word(claim: Claim, said: str) -> bool:
    """Whether a sentence does not say in any way what will be (会延长) or what is not needed (不用执照), or names another
    object with the verb of what may be (能载成年人 and 可以搭载儿童): the word that a claim ends in."""
    spared = _SPARED.search(claim.text)
    if spared is not None:
        *_, thing = ["", *(w for w in _content(spared["what"]) if not _POINTING.match(w))]
        return len(thing) > 1 and not _stands_in(thing, said) and not set(thing) & set(said) - _SPARING
    foreseen = claim.mode == "is" and claim.text.endswith(f"会{claim.predicate}")
    if claim.judged or not (claim.mode == "may" or foreseen) or _numbers(claim.predicate) or asks_price(claim):
        return False
    *others, last = [w for w in _content(claim.predicate) if not _POINTING.match(w)] or [""]
    verb = "".join(_content(_MODES[0][1].sub("", "".join(others))))[-1:]
    return (
        len(last) > (1 if foreseen else 2)
        and (foreseen or (verb != "" and verb in said))
        and not _stands_in(last, said)
        and not _scale_shared(claim.predicate, said)
        and 2 * sum(char in said for char in last) < len(last)
    )


#: How an answer begins that says yes or no, up to its first comma.
_NO_OPENING = re.compile(r"(?:不|没|否|并非|并不|无需|无须|无效|未|禁止)[^,;:。]{0,5}[,;:。]")
_YES_OPENING = re.compile(
    r"(?:是|对|可以|可|能|会|有|需要|应当|应该|应|必须|允许|属于|一致|正确|属实|准确|要|确实|行|成|算|算数|够|合规|合法|支持|有效)"
    r"(?:的|了)?[,;:。]"
)


def opening(text: str) -> bool | None:
    """Whether a text opens by saying yes (True) or no (False); None where it opens with neither."""
    said = fold(text)
    return False if _NO_OPENING.match(said) else True if _YES_OPENING.match(said) else None


def _by_rules(claim: Claim, said: str) -> bool | None:
    """Whether what is said denies the claim; None when the rules find nothing that settles it."""
    if not claim.predicate or not _about_the_same(claim, said):
        return None
    if claim.mode == "may" and for_others(claim, said):
        return None
    clause = _nearest_clause(claim, said)
    denies = _compare(claim, said, clause)
    vague = claim.judged and not (_ALLOWS.search(clause) or _WRONG.search(claim.text))
    return None if denies is False and vague else denies


def _said(claim: Claim, sentence: str) -> str:
    """The folded sentence as far as it speaks of the claim's year, lifted barriers put as what they allow."""
    return _lifted(claim, _of_year(claim.text, fold(sentence)))


def _lifted(claim: Claim, said: str) -> str:
    """A folded text with the barriers that it takes away put as what it opens, unless the claim speaks of a barrier."""
    return said if _BARRIER.search(claim.text) else _LIFTED.sub(r"放开\g<what>", said)


# --- an exception ---------------------------------------------------------------------------------------------------

#: 不得甲,但乙的除外: what holds, and for whom it does not.
_EXCEPTION = re.compile(
    r"(?P<rule>[^;。]*),但是?,?(?P<case>[^;。]{2,60}?)的?,?(?:除外|不受此限|不在此限|不受限制)[;。]?$"
)
_IN_CASE = 0.2  #: share of what tells an exception from its rule that a claim has to name


def _is_named(case: str, rule: str, claim: Claim) -> bool:
    """Whether a claim says that it is in the case of an exception: 约定了 of 但合同另有约定或者法律另有规定的除外."""
    for one in re.split("或者?|、|,", case):
        words = [w for w in _content(one) if w not in rule]
        named = [w for w in words if _stands_in(w, claim.text)]
        told = next((c for c in claim.text.split(",") if named and _stands_in(named[-1], c)), None)
        if told is not None and sum(map(len, named)) >= _IN_CASE * sum(map(len, words)):
            return not _denies(told) or told is claim.text.split(",")[-1]
    return False


def _contrary(claim: Claim, rule: str) -> bool:
    """Whether the contrary of a rule denies a claim."""
    clause = _nearest_clause(claim, rule)
    allows = _FORBIDS.search(clause) is not None or _says_no(clause)
    wrong = _WRONG.search(claim.text.split(",")[-1]) is not None
    return allows == (wrong or claim.denies)


#: A term, and what follows where it is not kept.
_OVERDUE = re.compile(r"(?P<term>[^;。]*?)[,;]逾期[^,;。]{0,8}的?,(?P<then>[^;。]+[;。]?)$")


def _is_late(claim: Claim, term: str) -> bool:
    """Whether a claim names more time than a term gives: 五天 of 三日内."""
    given = [f.value for f in _numbers(term) if f.unit == "时间"]
    taken = [f.value for f in _numbers(claim.text) if f.unit == "时间"]
    return bool(given and taken) and taken[0] > given[-1]


# --- a definition ----------------------------------------------------------------------------------------------------

_COUNTS = re.compile(
    r"(?P<thing>.{2,60}?),?(?:也|还|都|就|能|可以)*(?:算(?:是|作|得上|不算)?|当成|当作|视为|叫做?)(?:一种|是)?(?P<name>[\u4e00-\u9fff]{2,10}?)(?:[去来][\u4e00-\u9fff]{1,3})?$"
)


def _counts_as(claim: Claim, said: str) -> bool | None:
    """Whether a definition of a name (本条例所称某某，是指…) denies that something counts as such; None where it does
    not name the thing, and for other questions."""
    asked = _COUNTS.match(claim.text)
    if asked is None:
        return None
    name = asked["name"]
    included = re.findall(rf"{name[-2:]}\((?:包?含|包括)([^()]{{2,20}})\)", said)
    if not denials(said) and any(
        _stands_in(w, asked["thing"]) for held in included for w in _content(held) if len(w) > 1
    ):
        return False  # 住宅小区（含单栋住宅楼）
    defined = re.search(rf"所(?:称|指|说)的?[“\"]?{asked['name']}[”\"]?,?[^,;。]{{0,4}}(?:指|包括)(?P<what>.+)", said)
    words = [w for w in _content(asked["thing"]) if len(w) >= 2]
    if defined is None or not words or words[-1] not in defined["what"]:
        return None
    without = re.search(rf"不(?:包括|含|属于|算)[^;。]*{re.escape(words[-1])}", defined["what"])
    return without is not None


_DOES = r"(?:来|共同|统一|分别|具体|依法)*(?P<does>牵头|负责|管理|审批|主管|组织|制定|办理)"
_BODY = r"[局部委厅署办院]"
_ASKED_WHOM = re.compile(rf"由(?P<who>[\u4e00-\u9fff]{{2,18}}?{_BODY}){_DOES}")
_SAID_WHOM = re.compile(rf"由(?P<who>[^,;。]{{2,24}}?{_BODY}){_DOES}")


def _by_whom(claim: Claim, said: str) -> bool | None:
    """Whether a sentence says that another department does what a claim says of one: 由财政局牵头 and 由体育局牵头. None for
    other questions, and where a sentence tells of several things who does them."""
    asked = _ASKED_WHOM.search(claim.text)
    told = [m["who"] for m in _SAID_WHOM.finditer(said) if asked and m["does"] == asked["does"]]
    if asked is None or len(told) != 1 or claim.denies or denials(said):
        return None
    return not any(same_department(asked["who"], who) for who in re.split("、|和|会同", told[0]))


_ASKED_FROM = re.compile(
    r"(?:从|自)(?P<what>[\u4e00-\u9fff]{2,10}?)(?:之日|当天|那天|那一天|之时|那时|的时候)?(?:起|开始|算)"
)
_SAID_FROM = re.compile(r"自(?P<what>[^,;。]{2,20}?)之?日(?:起|开始)")


def _from_another(claim: Claim, said: str) -> bool | None:
    """Whether a sentence counts from another event than a claim: 自登记之日起 and 从申请之日起. None for other questions."""
    asked, told = _ASKED_FROM.search(claim.text), _SAID_FROM.findall(said)
    if asked is None or claim.denies or len(told) != 1 or not _about_the_same(claim, said):
        return None
    return None if any(_stands_in(w, told[0]) for w in _content(asked["what"])) else True


#: From, or up to, which year a rule holds: 自2017年1月1日起取得的, 2000年前建成的.
_SINCE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:(?:以|之)?后|起(?![施实执]行|试行|生效))"
)
_BEFORE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2}月(?:\d{1,2}日)?|底|末)?(?:以|之)?前(?!完成|实现|建成\d|达到|基本)"
)


def _of_another_time(claim: Claim, said: str) -> bool | None:
    """Whether the year that a claim tells of its case lies outside the time for which a sentence rules; None where it does
    not, and for other questions."""
    asked = _YEAR.findall(claim.text)
    since, before = _SINCE.findall(said), list(_BEFORE.finditer(said))
    if len(asked) != 1 or len(since) + len(before) != 1 or claim.denies or claim.mode not in ("may", "has"):
        return None
    if since:
        return True if asked[0] < since[0] else None
    year, month = before[0]["year"], before[0]["month"]
    return True if asked[0] > year or (asked[0] == year and not month) else None


#: That somebody else is the first: 最早是甲提的.
_FIRST = re.compile(r"最早|首次|首先|首创|第一个|首个|头一个|最先|率先")
_DOER = re.compile(
    r"(?:是|由)(?P<who>[^,;。是由]{2,12}?)(?:最早|首先|首次|最先|率先)?(?:提|搞|建|创|办|开|做|写|发|定)[\u4e00-\u9fff]?的?$"
)


def _by_another(claim: Claim, said: str) -> bool | None:
    """Whether a sentence tells who was the first to do what a claim says of somebody else; None for other questions."""
    doer = _DOER.search(claim.text)
    if doer is None or claim.denies or not (_FIRST.search(claim.text) and _FIRST.search(said)):
        return None
    return True if not any(_stands_in(w, said) for w in _content(doer["who"])) else None


#: That some are left of which something is not so, and that it is so of every one.
_SOME_NOT = re.compile(
    r"(?:还有?|仍有?|有的|有些|部分|个别|少数|有)[^,;。]{0,8}(?:没有?|未|不(?!同|少|足))[^,;。]{1,10}$"
)
_EVERY_ONE = re.compile(r"(?:均|都|全部|所有|全面|全国各|[31]{2}个省)[^,;。]{0,14}")


def _every_one(claim: Claim, said: str) -> bool | None:
    """Whether a sentence says of every one what a claim says not to be so of some: 均已公布 of 还有省份没公开."""
    left = _SOME_NOT.search(claim.text.split(",")[-1])
    if left is None or not _about_the_same(claim, said):
        return None
    clause = _nearest_clause(claim, said)
    return True if _EVERY_ONE.search(clause) and not denials(clause) else None


# --- once only; an approval ------------------------------------------------------------------------------------------

_TWICE = re.compile(r"(?:[两二三几多]|[2-9])(?:次|回|遍|份)|再(?:次|申|领|享|报|来)|重复|第[二三四]次")
_ONCE = re.compile(
    r"(?:只|仅)(?:能|可以?|限|给予|享受|补贴|奖励|申[请报领])*[^,;。]{0,16}[一1]次|限(?:领|报|享)?[一1]次|不(?:得|可|能|予)重复|不重复"
)
_ANOTHER_ONE = re.compile(r"(?<!别)又|另|换|不同|(?<![级类])别的|其他|升[级到]")
_ASKS_APPROVAL = re.compile(r"(?:同意|批准|批复|批下|核准|通过)(?:了)?[^,;。]{0,14}$|(?:批|准)(?:了)?$")
_NEEDS = re.compile(
    r"[要须应](?:经过?|得到|取得|获得)?[^,;。]{0,8}(?:同意|批准|批复|核准|通过)"
)  # whether any is needed
_APPROVES = re.compile(
    r"^(?:原则)?(?:上)?(?:同意|批准)|(?:(?<![发实])现|经研究,?)[^,;。不未]{0,5}(?:原则)?(?:同意|批准)"
)
_REJECTS = re.compile(r"不(?:予)?(?:同意|批准)|未(?:获|予)?(?:同意|批准)")


def _once_only(claim: Claim, said: str) -> bool | None:
    """Whether a sentence that allows something once denies that it may be had again; None for other questions."""
    if claim.mode not in ("may", "is") or not _TWICE.search(claim.text) or not _about_the_thing(claim, said, _TWICE):
        return None
    if "同一" in said and _ANOTHER_ONE.search(claim.text):
        return None  # once for each
    named = _content(_TWICE.sub(",", claim.text))
    if named and not _stands_in(named[0], said):
        return None  # 搬家补贴 and 培训补贴 are two
    return True if _ONCE.search(said) else None


def _approval(claim: Claim, said: str) -> bool | None:
    """Whether a reply that approves or rejects denies the approval that is asked about; None for other questions."""
    if not _ASKS_APPROVAL.search(claim.text) or _NEEDS.search(claim.text) or denials(claim.text) % 2:
        return None
    return True if _REJECTS.search(said) else False if _APPROVES.search(said) else None


# --- what a document says of a thing as such -------------------------------------------------------------------------


def _stance(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether a sentence that was read to answer denies that a thing is spoken of or promoted; also, that something no
    longer goes on (就不查了), where it promotes the thing. None for other questions."""
    last = claim.text.split(",")[-1]
    if not clause:
        return None
    read = deciding(said, clause.strip(",;。:"))
    if claim.denies:
        return True if any(_goes_on(claim, last, c) for c in (read, _nearest_clause(claim, said))) else None
    if (
        any(extent(claim.text)[:2])
        or any(f.value != 1 for f in _numbers(claim.text))
        or not _speaks_of_thing(claim, said)
    ):
        return None
    if asks_support(last):
        held = denials(read) % 2 == 1 or holds_back(read)
        return held or (None if not promotes(read, tries=True) else False)
    return False if asks_mention(last) else None


def mentions(question: str) -> Callable[[str], bool] | None:
    """Whether a sentence holds every word of the thing of which a question asks if it is spoken of; None for others."""
    what = spoken_of(read_claim(question).text)
    words = [w for w in _content(_DISCOURSE.sub(",", what)) if len(w) > 1 and not _POINTING.match(w)]
    return None if not words else lambda sentence: all(_stands_in(w, fold(sentence)) for w in words)


#: That something does not go on any more: 就不查了, 再也不要了, 碰都不能碰.
_NO_LONGER = re.compile(
    r"(?:就|都|再也?|也)(?:[不没]|用不|无需)(?P<act>[^,;。]{1,14})|(?:不能|没法)(?:碰|进|做|办|搞)$|[不没][^,;。]{1,12}了$"
    r"|(?:不用|不必|无需|不需要?|不再)(?=[^,;。]{2})"
)


_SAME_THING = 0.4  #: share of what a claim asserts that a clause has to hold which binds to it


def _goes_on(claim: Claim, last: str, clause: str) -> bool:
    """Whether a clause promotes what a claim says to go on no longer, or does the very thing: 严格查处 of 就不查了."""
    gone = _NO_LONGER.search(last)
    if (
        gone is None
        or "不得" in clause
        or _DENIAL.search(_HARMLESS.sub("甲", clause))
        or not _speaks_of_thing(claim, clause)
    ):
        return False
    act = re.sub("^(?:能|会|要|用|需要?|得|让|再)*", "", gone["act"] or "")
    bound = _MUST_SAID.search(clause) is not None and share_asserted(claim, clause) >= _SAME_THING
    return promotes(clause) or bound or (bool(act) and act[0] in clause)


def _speaks_of_thing(claim: Claim, said: str) -> bool:
    """Whether a sentence holds a word of what a claim says of its thing."""
    words = [w for w in _content(_DISCOURSE.sub(",", claim.text)) if len(w) > 1 and not _POINTING.match(w)]
    return any(_stands_in(w, said) for w in words)


#: Words for documents and for what they do.
_DISCOURSE = re.compile(
    r"文件|意见|政策|规定|办法|方案|规划|通知|条例|国家|国务院|政府|[省市县区]里(?!程)|上面|支持|鼓励|提倡|提到|提及|涉及|松口|口子|照顾"
)


# --- free of charge, within a rule, under a condition ----------------------------------------------------------------

_FREE = re.compile(
    r"免费(?!率)|不(?:用|必|需要?|要|花|收|掏|出)(?:再|另外?)?(?:花|出|交|掏|付|收)?(?:一分|一毛|任何|什么)?(?:钱|费用?)|"
    r"一[分毛](?:钱|块)?[都也]?(?:不|没)(?:(?:用|必|需要?)?(?:出|花|掏|交|付|收|要)|用)|"
    r"白(?:坐|吃|住|看|拿|用|领|给|送)(?=[^\u4e00-\u9fff]|$)|免单"
)
#: What official text calls free, and what it says of a price or a share that is left to pay.
_IS_FREE = re.compile(
    r"免费(?!或|、)|(?:个人|本人|自己|用户|单位)?(?:不|无需|不再|不用|不需要?)(?:另行|再)?(?:缴费|交费|付费|缴纳费用|支付费用|收费|收取(?:任何)?费用)|免收|免缴|免交|免征|免除|免予?收取|免票|全免|无偿|免[^,;。]{0,6}(?:费|票|税|金)|"
    r"(?:费|率|价格?)[^,;。]{0,3}(?:为|至)零|(?:收取|缴纳|交纳|收费)[^,;。]{0,16}(?:取消|停止)|(?:取消|停止)[^,;。]{0,6}(?:收取|收费)"
)
_PAID = re.compile(
    r"(?:收取|计收|加收|缴纳|交纳|支付|缴费|交费)|收费(?!公路|站|车道|项目)|(?:票价|价格|收费标准|费用标准)[^,;。]{0,8}[\d零一二三四五六七八九十百千两]|"
    r"每[\u4e00-\u9fff]{1,6}(?:收(?:费)?)?[\d.一二三四五六七八九十百千两]+(?:元|块)(?!补)|"
    r"(?:个人|自己|本人|用户|申请人|当事人)(?:自付|承担|负担|支付)(?!部分|的?费用)|自费|自付(?!部分|的?费用)"
)
#: What others pay is no price: 所需资金从失业保险基金中支付.
_BY_OTHERS = re.compile(
    r"(?:从|由|在)[^,;。]{0,20}(?:基金|财政|预算|经费|单位|政府|部门)[^,;。]{0,6}(?:支付|承担|缴纳|列支|负担|支出)"
)
_REDUCED = re.compile(r"半价|半费|半票|减半|减收|优惠价|折扣|(?<![对骨转])[一二三四五六七八九\d.]+折")
#: What is given back is no price.
_DEPOSIT = re.compile(r"押金|保证金|[定订]金")
_GIVEN = re.compile(r"补[助贴]|奖励|资助|发放|津贴|[退返]还")


_COSTS = re.compile(
    r"(?:要|用|得|需要?|应该?|还|再|会)(?:另外?|再|自己)?(?:花|交|掏|付|出|收)(?:一?[笔些点])?(?:钱|费)|(?:要|用|得|需要?)(?:再)?(?:买票|购票|付费|缴费)|"
    r"(?:是|会|还|要|不)收(?:费|钱)$|^[^,]*收(?:费|钱)$|要钱$"
)


#: A sentence without one of these tells nothing of a price.
_OF_MONEY = re.compile(r"[费钱价元付款免票缴]|交纳|资金|无偿|自理|[承负]担|保障|补[助贴]")
_PRICE_ASKED = re.compile(f"{_FREE.pattern}|{_COSTS.pattern}")


def asks_free(claim: Claim) -> bool:
    """Whether a claim says of something that it costs nothing: 免费, 一分钱都不用出."""
    last = claim.text.split(",")[-1]
    return _FREE.search(last) is not None and not denials(_FREE.sub("甲", last)) % 2


def asks_price(claim: Claim) -> bool:
    """Whether a claim says that something costs nothing, or that it has to be paid for: 免费, 要买票."""
    last = claim.text.split(",")[-1]
    return asks_free(claim) or (_COSTS.search(last) is not None and not denials(last) % 2)


def costs(claim: Claim, said: str, clause: str | None = None) -> bool | None:
    """Whether a folded sentence denies that something is free, by naming a price; None where it tells of neither, or of
    both without saying which holds for what is asked. ``clause``: the one that a reader finds to answer.

    A figure of the question chooses among the cases of the sentence: 年满60周岁的半价；年满65周岁的免费.
    """
    if clause is None and not _about_the_thing(claim, said, _PRICE_ASKED):
        return None
    if _leaves_out(claim, said):
        return True
    asked = amounts(claim.text)
    cases = _cases(said, lambda clause: _paid(clause) is not None)
    if any(len({fits([a], c) for a in asked} - {0}) > 1 for c in cases):
        return None  # fits by age and not by height: the sentence may ask for both or for either
    fitting = [c for c in cases if fits(asked, c) > 0]
    told = [pair for c in (fitting or cases) for pair in _paid_in(c)]
    if not _DEPOSIT.search(claim.text):
        told = [(c, paid) for c, paid in told if not _DEPOSIT.search(c)]
    if not fitting and any(fits(asked, c) < 0 for c in cases):
        # For others than asked about: free for them says that it is not for this one, a price for them nothing.
        return True if told and not any(paid for _, paid in told) else None
    if len({paid for _, paid in told}) > 1:
        told = [(c, paid) for c, paid in told if clause is not None and clause.strip(",;。:") == c]
    if not told:
        return None
    return told[0][1] or any(_beyond(asked, c) for c, _ in told)


def _cases(said: str, tells: Callable[[str], bool]) -> list[str]:
    """The parts of a folded text that each end in a clause which tells something, after the conditions before it: of
    一小时以内的免费,超过一小时的,每小时收取2元 two."""
    cases: list[str] = []
    for sentence in re.split("[;。]", said):
        begun = ""
        for clause in filter(None, sentence.split(",")):
            begun += ("," if begun else "") + clause
            if tells(clause):
                cases.append(begun)
                begun = ""
        if begun:
            cases.append(begun)
    return cases


def _paid_in(said: str) -> list[tuple[str, bool]]:
    """The clauses of a folded text that tell of a price or that something is free, each with whether it is paid for."""
    clauses = (c for c in re.split("[,;。:]", said) if c)
    return [(c, paid) for c in clauses if (paid := _paid(c)) is not None]


def _paid(clause: str) -> bool | None:
    """Whether a folded clause says that something is paid for (True), is free (False), or neither (None)."""
    free, paid = _IS_FREE.search(clause), _PAID.search(clause)
    if free:
        return bool(denials(clause[: free.start()] + "甲") % 2)
    if _REDUCED.search(clause):
        return None if "缴存" in clause else True
    if paid is None or _GIVEN.search(clause) or _BY_OTHERS.search(clause):
        return None
    return denials(clause[: paid.start()] + "甲") % 2 == 0


def _beyond(asked: Sequence[Amount], clause: str) -> bool:
    """Whether more is asked about than a clause gives free: 停五十分钟 of 免费停放时间为三十分钟."""
    if conditions(clause):
        return fits(asked, clause) < 0
    return any(a.value > told.value for a in asked for told in amounts(clause) if a.unit and a.unit == told.unit)


def _leaves_out(claim: Claim, said: str) -> bool:
    """Whether a sentence leaves what is asked about out of what is free: 泳池除外, 泳池不在免费范围."""
    left = [w for m in _LEFT_OUT.finditer(said) for w in _content(m["after"] or m["before"] or "")]
    left += [w for m in re.finditer(r"([^,;。]+)不[在属][^,;。]{0,8}(?:免|范围)", said) for w in _content(m.group(1))]
    return any(len(w) > 1 and w in claim.text for w in left)


#: Whether a rule holds for something: 归这个办法管吗, 管得着吗, 适用吗, 在不在范围里, 能按这个政策走吗.
_RULE = r"(?:规定|办法|条例|细则|规则|章程|意见|政策|制度|方案|通知|标准|文件|规范|法律?)"
_SCOPE_ASKED = re.compile(
    rf"管得[着了到]|管不[着了到]|[归受][^,;。]{{0,18}}{_RULE}[^,;。]{{0,3}}(?:管|约束|调整)|"
    rf"{_RULE}(?:里|中|也|还|就|都|能|会|可以)*管(?!理|辖|控)(?:[^,;。]{{0,6}})$|适用|[在属][^,;。]{{0,14}}(?:适用|管辖|调整|管理|规定|办法|条例|政策)[^,;。]{{0,4}}范围|"
    rf"(?:按|照|参照|依照|执行)[^,;。]{{1,20}}{_RULE}(?:来)?(?:走|办|执行|管|处理|享受)?$"
)
_HOLDS = re.compile(
    rf"(?<!不)适用本|参照(?:本[^,;。]{{1,8}})?(?:适用|执行)|(?:参照|依照|按照|执行)(?:适用|执行)?本[^,;。]{{0,4}}{_RULE}"
)
_HOLDS_NOT = re.compile(r"不适用|除外|不[在属][^,;。]{0,12}范围|不受本[^,;。]{0,8}(?:限制|约束)|不执行本|不按照?本")


def _speaks_of_scope(claim: Claim, said: str) -> bool:
    """Whether a claim and a sentence both speak of what a rule holds for."""
    holds = _HOLDS.search(said) or _HOLDS_NOT.search(said)
    return bool(holds and _SCOPE_ASKED.search(claim.text.split(",")[-1]))


def _out_of_scope(claim: Claim, said: str) -> bool | None:
    """Whether a sentence denies what a claim says of what a rule holds for; None where it is not about the same thing,
    or says of parts of it both that the rule holds and that it does not."""
    last = claim.text.split(",")[-1]
    asked_not = (denials(re.sub(r"管不[着了到]", "不管", last)) % 2) == 1
    inside_of = [r.holds(a.value) for r in ranges(said) for a in amounts(claim.text) if a.unit and a.unit == r.unit]
    if inside_of and _HOLDS.search(said) and not _HOLDS_NOT.search(said):
        return all(inside_of) == asked_not
    if not _about_the_thing(claim, said, _SCOPE_ASKED):
        return None
    clauses = _cases(said, lambda clause: bool(_HOLDS.search(clause) or _HOLDS_NOT.search(clause)))
    out = [c for c in clauses if _HOLDS_NOT.search(c)]
    inside = [c for c in clauses if _HOLDS.search(c) and c not in out]
    words = [w for w in _content(_SCOPE_ASKED.sub(",", claim.text)) if not _POINTING.match(w)]
    if out and inside:
        held_out, held_in = (sum(len(w) for w in words if any(w in c for c in part)) for part in (out, inside))
        if held_out == held_in:
            return None
        out = out if held_out > held_in else []
    named = [w for w in words if _stands_in(w, re.sub(r"[()]", "", said))]
    if out and words and words[0] not in named and 2 * sum(map(len, named)) <= sum(map(len, words)):
        return None  # what is left out is another kind of the thing
    return bool(out) != asked_not


#: What a rule as a whole does not hold for: 公务员和参照管理的人员不适用本办法.
_NOT_FOR = re.compile(rf"(?P<whom>[^,;。:]{{2,40}}?)(?:的)?,?不(?:适用|执行)本[^,;。]{{0,6}}?{_RULE}(?!第)")
_WHOM = 0.6  #: share of the name of one that it does not hold for which a claim has to name


def left_out(question: str, sentence: str) -> bool:
    """Whether a sentence says of the very one for whom a question asks what may be had that a rule does not hold for them.

    >>> left_out("公务员能领租房补贴吗?", "公务员和参照管理的人员不适用本办法。"), left_out("教师能领吗?", "公务员不适用本办法。")
    (True, False)
    """
    return _is_left_out(read_claim(question), fold(sentence))


def _is_left_out(claim: Claim, said: str) -> bool:
    found = _NOT_FOR.search(said)
    if found is None or claim.denies or claim.judged or claim.mode not in ("may", "has"):
        return False
    for one in re.split("、|和|以及|或者?|及", found["whom"]):
        words = _content(one)
        if not words or not _stands_in(words[0], claim.text):
            continue  # what tells 公办幼儿园 from other 幼儿园 stands first
        named = sum(len(w) for w in words if _stands_in(w, claim.text))
        if named >= _WHOM * sum(map(len, words)) > 0 and not of_another_kind(claim.text, one):
            return True
    return False


#: Words that name nothing by themselves, and figures.
_POINTING = re.compile(r"[这那某各哪][\u4e00-\u9fff]|只能|\d")
_NAMED = 0.3  #: share of what a claim says of its thing that a sentence has to hold


def _about_the_thing(claim: Claim, said: str, asking: re.Pattern[str]) -> bool:
    """Whether a sentence holds enough of what a claim says besides the words that ask."""
    bare = re.sub(r"[()]", "", said)
    words = [w for w in dict.fromkeys(_content(asking.sub(",", claim.text))) if not _POINTING.match(w)]
    total = sum(map(len, words))
    return not total or sum(len(w) for w in words if _stands_in(w, bare)) >= _NAMED * total


#: What holds only where something is not so: 不能证明…的，应当…
_UNLESS = re.compile(
    r"(?:^|[,;。])(?P<condition>[^,;。]*?(?:不能|未(?![满超成达足来])能?|没有|不(?![满足超少低高大小多同仅]))[^,;。]{2,40}的),(?P<then>[^;。]+)"
)


#: The same condition in a question, before what is asked of it: 没办证的会不会罚款.
_IF_NOT = re.compile(
    r"^(?P<condition>.*?(?:没有?|未|不|无)[^,;。]{2,}?)(?:的)?(?:,|的话)?(?P<then>(?:[也就都还]?(?:会|要|能|可以|得|应)).{2,})$"
)
#: What stands before the thing that is lacking.
_DENIED_THING = re.compile(r"^.*?(?:不能|未能?|没有?|不|无)")
#: Share of the condition that a claim has to speak of: one without a denial, and one with a case of its own.
_WHOLE_CASE, _SAME_CASE = 0.6, 0.3
_SAME_THINGS = 2  #: characters of what stands before the denials of two conditions from which they are of one thing


def _speaks_of(condition: str, text: str) -> float:
    """The share of what stands behind the denial of a condition that a text holds."""
    words = _content(_DENIED_THING.sub("", condition))
    total = sum(map(len, words))
    return sum(len(w) for w in words if _stands_in(w, text)) / total if total else 1.0


def _turned_round(claim: Claim, said: str, clause: str = "") -> bool:
    """Whether a yes would rest on a rule for the case that something is not so (不能证明…的，应当…), of which the claim
    says nothing; or on the denial in such a condition. ``clause``: that of the sentence which answers, where it is read."""
    found = _UNLESS.search(said)
    clause = clause.strip(",;。:") or _nearest_clause(claim, said)
    if found is None or clause.replace(",", "") not in found.group().replace(",", ""):
        return False
    asked = _IF_NOT.match(claim.text)
    if asked is not None:
        # 没还完 and 尚未结清 are the same of the same thing.
        things = (_DENIED_THING.match(found["condition"]), _DENIED_THING.match(asked["condition"]))
        same = set.intersection(*(set("".join(_content(t.group()[:-1]))) for t in things if t), set(claim.text))
        return _speaks_of(found["condition"], asked["condition"]) < _SAME_CASE and len(same) < _SAME_THINGS
    *before, _ = claim.text.split(",")
    if claim.denies and not claim.judged and not denials(found["then"]) % 2:
        return True
    # A case of its own in other words: 原封不动拿来用, 未作改动的.
    return not re.search("[没未不无]", ",".join(before)) and _speaks_of(found["condition"], claim.text) < _WHOLE_CASE


#: From a range to what is forbidden to it, with no other rule between.
_ITS_RULE = re.compile(r"(?:[^,;。可应]*|[^,;。可应]*的,[^,;。可应]{0,10})")
#: What a clause forbids, what it allows, what it gives, and what it threatens with.
_FORBIDS = re.compile(r"不(?:得|能|可(?!避免|或缺|抗力)|准|许)(?!超过|[少低高多大小]于)|不予|禁止|严禁")
_MAY = r"(?<![不许认才方])可(?!再|降|靠|持|能|行|移|回|视|研|比)|允许"
_ALLOWS = re.compile(rf"{_MAY}|鼓励|支持|提倡|倡导|自愿|自主|不属于|不视为")
_GIVES = re.compile(r"享受|享有|给予")
_PUNISHES = re.compile(r"罚|追究|责令|违反|违规|违法|没收|侵犯")


def _forbidden(claim: Claim, said: str) -> bool | None:
    """Whether a sentence forbids something to the amount that a claim speaks of. False: only to other amounts, which says
    nothing of this one (18周岁以下的不得驾驶, of one who is 20). None where it forbids nothing by amounts."""
    if claim.denies:
        return None
    for one in amounts(claim.text):
        told = [r for r in conditions(said) if one.unit and r.unit == one.unit]
        forbids = _FORBIDS.search(said, told[0].end) if len(told) == 1 else None
        if forbids is not None and _ITS_RULE.fullmatch(said, told[0].end, forbids.start()):
            return told[0].holds(one.value)
    return None


def _in_case(claim: Claim, said: str) -> bool | None:
    """Whether a sentence denies what a claim says of the very case that something is not so, for which the sentence has
    a rule: 没办证经营会罚款 and 未取得许可证经营的，处…罚款. None for others."""
    found, asked = _UNLESS.search(said), _IF_NOT.match(claim.text)
    if found is None or asked is None:
        return None
    # The case of a question is short and in other words (没证, 未取得许可证的): one sign of it is enough.
    lacking = "".join(_content(_DENIED_THING.sub("", found["condition"])))
    if not set(lacking) & set(_DENIED_THING.sub("", asked["condition"])):
        return None
    words = _content(asked["then"])
    told, mine = amounts(found["condition"]), amounts(claim.text)
    if any(a.unit and a.unit == b.unit and a.value != b.value for a in told for b in mine):
        return None
    if "免" in asked["then"] + found["then"] or not any(_stands_in(w, found["then"]) for w in words if len(w) > 1):
        return None
    return denials(asked["then"]) % 2 != denials(found["then"]) % 2


# --- weighed with a reader ------------------------------------------------------------------------------------------

#: What speaks for yes (above 0) or for no, where a reader has found the clause that answers.
VERDICT_SIGNS = (
    "clause",  # what the rules make of the clause: 1 yes, -1 no, 0 nothing
    "shared",  # as "clause", by the share of what the question asserts that stands in the clause
    "denied",  # as "clause", where the clause holds a denial
    "denial_asked",  # 1 where the question asks for a denial
    "denial",  # 1 where the sentence holds one
    "grants",  # 1 where the clause allows or gives something, or binds where a must is asked; -1 where it leaves that free
    "forbids",  # 1 where the clause forbids something
    "excepts",  # 1 where the sentence holds for some only, or not for all
    "limited",  # 1 where the sentence keeps to others what the question asks for
    "apart",  # 1 where the clause leaves it to another rule
    "rules",  # what the rules make of the whole sentence by themselves
)
_EXCEPTED = re.compile(r"除外|不含|不包括|只(?!要)|(?<!不)仅")
_APART = re.compile(r"另行|单独制定")


@dataclass(frozen=True)
class Weighing:
    """Weights of VERDICT_SIGNS and a constant, and the chances of being right from which yes and no are said; fitted by
    qa.calibrate."""

    weights: tuple[float, ...]
    least_yes: float
    least_no: float


def clauses_of(sentence: str) -> list[str]:
    """The clauses of a sentence, signs included; together they are the sentence.

    >>> clauses_of("费用由本级财政承担，不得向用户收取。")
    ['费用由本级财政承担，', '不得向用户收取。']
    """
    return [c for c in re.split(r"(?<=[，。；：,;])(?=..)", sentence) if c]


#: A clause that only says when the one after it holds: 不接受调岗的, 换领新证时.
_DEPENDENT = re.compile(r"(?:的(?:话)?|[时后前]|期间|(?:情况|前提|情形|条件|基础)下?|之日起)$")


def deciding(said: str, clause: str) -> str:
    """What a folded sentence rules where one of its clauses answers: the clause after a condition; the contrary of the one
    before an exception; one that goes on with 并 with the modal before it; else the clause.

    >>> deciding("换领新证时,应当交回原证。", "换领新证时"), deciding("禁止货车通行,运送鲜活农产品的除外。", "运送鲜活农产品的除外")
    ('应当交回原证', '并非禁止货车通行')
    """
    clauses = [c for c in re.split("[,;。:]", said) if c]
    if clause not in clauses:
        return clause
    at = clauses.index(clause)
    while at + 1 < len(clauses) and _DEPENDENT.search(clauses[at]):
        at += 1
    if at and clauses[at].endswith("除外"):
        return f"并非{clauses[at - 1]}"
    own = _MODAL.search(clauses[at]) or not re.match("[并且]", clauses[at])
    ruled = [] if own else [m.group() for c in clauses[:at] for m in _MODAL.finditer(c)]
    return ruled[-1] + clauses[at][1:] if ruled else clauses[at]


def verdict_signs(claim: Claim, sentence: str, clause: str) -> tuple[float, ...]:
    """One value for each of VERDICT_SIGNS."""
    said, best = _said(claim, sentence), _lifted(claim, fold(clause).strip(",;。:"))
    best = deciding(said, best)

    def side(denies: bool | None) -> float:
        return 0.0 if denies is None else -1.0 if denies else 1.0

    found, rules = side(_compare(claim, said, best)), _by_rules(claim, said)
    return (
        found,
        found * share_asserted(claim, best),
        found * (denials(best) > 0),
        float(_asked_no(claim, best)),
        float(denials(said) > 0),
        _grants(claim, best),
        float(bool(_FORBIDS.search(best))),
        float(bool(_EXCEPTED.search(said))),
        float(for_others(claim, said)),
        float(bool(_APART.search(best))),
        side(None if rules is False and _turned_round(claim, said) else rules),
    )


def share_asserted(claim: Claim, clause: str) -> float:
    """The share of what a claim's predicate says that stands in a folded clause, 0 to 1."""
    asserted = _content(claim.predicate)
    return sum(len(w) for w in asserted if _stands_in(w, clause)) / max(1, sum(map(len, asserted)))


def _grants(claim: Claim, clause: str) -> float:
    if claim.mode == "must" and (_MUST_SAID.search(clause) or _ALLOWS.search(clause)):
        return 1.0 if _MUST_SAID.search(clause) and not _says_no(clause) else -1.0
    return float(bool(_ALLOWS.search(clause) or _GIVES.search(clause)))


# --- the question ---------------------------------------------------------------------------------------------------

_TAG = re.compile(
    r"[,。]?(?:这(?:话|么说|样说|种说法|个说法)?(?:是)?)?(?:(?P<right>对不对|对吗|对吧|对么|对嘛|正确吗|"
    r"没错吧|没错吗)|是不是(?:这样|真的)?|是吗|是吧|是么|是这样吗|是这样吧|是真的吗|真的吗|属实吗|"
    r"准确吗|成立吗|有这(?:回)?事吗|有没有这回事|是否属实|是否正确)$"
)
#: 难道不用 …: what is doubted is the denial.
_DOUBT = re.compile(r"难道")
_DOUBTED = re.compile(r"不(?=用|需要|必|是|能|可以|应该|应当|得|会|要)|没有?(?=有)|没(?=有)")
_V_NOT_V = re.compile(
    r"(?P<first>[\u4e00-\u9fff])[不没](?P=first)(?P<rest>[\u4e00-\u9fff]?)|(?P<whole>[\u4e00-\u9fff]{2})[不没](?P=whole)"
)
_MODES: tuple[tuple[Mode, re.Pattern[str]], ...] = (
    (
        "may",
        re.compile(
            r"可以|能够|(?<![智职功效才性可节产热动失技潜机储赋体核电光风氢耗蓄官])能(?!源|力|量|耗|效|人|手)|(?<!许)可(?!再|降|靠|持|能|行|移|回|"
            r"视|研|降|比|供)|允许|准许|准(?=[带进用入许])|许可(?!证)|合法|随便"
        ),
    ),
    (
        "must",
        re.compile(
            r"必须|需要|(?<![想打将只首主重需不次])要(?!求|素|点|件|约|闻|么|地|害)|必要|应该|应当|"
            r"(?<![响反对适供相])应(?!用|急|对|届|征|诉)|须|(?<![取获])得(?=先|经|有|办|要|交|去|由|配|带|在)|(?<=[都就还也非又])得(?!到)|"
            r"一定|强制|(?<![使利费作应采信专公适运])用(?=办|交|缴|先|再|经)|"
            r"(?<![必内急供军特])需(?!求)|才能|才行"
        ),
    ),
    ("has", re.compile(r"^有|(?<![所拥具享占原国私公共持含没现])有(?!关|效|序|限|利|些|机|条|的|资格|能力)")),
)
_PREDICATE_AFTER = re.compile(r"(?<![但于凡若就总即还都])是(?!否)|会(?!议|计|员)|已经|已|了(?=[\u4e00-\u9fff]{2})")
_LEAD_IN = re.compile(
    r"^(?:(?:按照?|根据|照|依)[^,]{1,14}(?:规定|说法|意思|要求|精神),?|(?:听说|据说|有人说|有同事说|我听说|"
    r"请问|想问一下|问一下|那么?|所以|也就是说|是说)[,]?|"
    r"[^,]{0,10}(?:文件|意见|通知|办法|方案|规定|资料|报告|论文)(?:里|中|上)?(?:的意思是|认为|觉得|提出|规定|"
    r"说的?是|说)[,]?)"
)

#: A last clause that asks for what a text says of it: 要各建各的吗,文件怎么说.
_ASIDE = re.compile(r"[,;][^,;]{0,14}(?:怎么(?:说|讲|写|定|规定|回事)|有?(?:什么|啥|没有?)(?:说法|规定|讲究))的?$")


def read_claim(question: str) -> Claim:
    """The statement that a yes/no question asks about.

    >>> read_claim("网吧能不能让孩子进?").text, read_claim("难道不用备案吗?").text, read_claim("限额2万元,没错吧?").no
    ('网吧能让孩子进', '需要备案', '不对')
    """
    asked = fold(question).rstrip("?。!.,")
    tag = _TAG.search(asked)
    lead: tuple[str, str] | None = None
    if tag and tag.start() > 3:
        lead = ("对", "不对") if tag["right"] else ("是的", "不是")
        asked = asked[: tag.start()]
    asked = _ASIDE.sub("", _LEAD_IN.sub("", asked)) or asked
    asked = re.sub(r"(?:吗|么|嘛|呢|吧|(?<!成)不成|啊|呀|(?<=[\u4e00-\u9fff])不)$", "", asked)
    asked = re.sub(r"(?<=[了过])([^,;。]{0,12})(?<!有)没有?$", r"\1", asked)
    plainly = False
    if _DOUBT.search(asked):
        asked = re.sub(r"不用|不必", "不需要", asked)
        asked = (
            _DOUBTED.sub("", _DOUBT.sub("", asked), count=1)
            if not re.search(r"可以不|能不(?!能)", asked)
            else _DOUBT.sub("", asked)
        )
        asked = re.sub(r"^是|(?<=[\u4e00-\u9fff])是(?=要|需|应|可以|能)", "", asked)
    else:
        plainly = re.search("是不是|是否", asked) is not None
        # 不是还要审批吗 expects a yes to 还要审批; 不是…了吗 and 是不是 ask no more than that.
        asked = re.sub(r"是不是|(?<!只)(?<!并)不是(?=[^,]*(?:要|能|可以|会|有|应|还|也|都))|是否", "", asked)
    asked = asked.replace("用不用", "需要")
    asked = re.sub(r"([进出办用])不(?:来|去|了|成)(?=$|[,;。])", r"不能\1", asked)  # 社会资本进不来
    asked = re.sub(r"(?<![个特分区识])[甭别休]想(?!象)|没戏|没门(?=$|了|儿)", "不能", asked)
    asked = re.sub(r"能否|可否", "可以", asked).replace("有无", "有").replace("应否", "应该").replace("该不该", "应该")
    both = _V_NOT_V.search(asked)
    asked = _V_NOT_V.sub(lambda m: m["whole"] or m["first"] + m["rest"], asked)
    reduced = segment(asked[both.start() :])[0] if both else ""
    if both and (both["first"] or " ") in "行成":
        asked, reduced = re.sub(r"[行成]$", "可以", asked), both["first"]
    elif (agrees := _AGREES.search(asked)) is not None:
        asked, reduced = asked[:-1] + "可以", agrees.group()
    clauses = [c for c in re.split(r"[,;。!?]", asked) if len(c) >= 2] or [asked]
    last = clauses[-1]
    mode, at = _mode_of(last)
    # 是允许的, 能改: too short to say what; then the whole clause is the predicate.
    predicate = last[at:] if sum(map(len, _content(last[at:]))) >= 2 else last
    if lead is None:
        lead = ("是的", "不是") if plainly and mode == "is" else _echo(mode, last, at, reduced)
    if len(clauses) > 1 and not _content(_JUDGES.sub("", last)):
        # What is judged stands before: 不收保函,合规. Of what is done under a condition (有证就开业) what is done, unless
        # the condition is lacking: 没证就开业.
        judged = tuple(c if _denies(c) else _act(c) for c in clauses[:-1])
        return Claim(asked, judged[-1], "may", *lead, _denies(judged[-1]) != _denies(last), judged)
    return Claim(asked, predicate, mode, *lead, _denies(last))


_AT_ONCE = re.compile("就|直接")


def _act(judged: str) -> str:
    """What is done: 开业 of 没证就开业."""
    return _AT_ONCE.split(judged)[-1]


#: 行 and 成 as words of their own at the end: 自己开会改一改行, but not 执行, 建成.
_AGREES = re.compile(
    r"(?<![执进施举银同可发实通运推履流现飞旅步排品言例强先另暂试并平绕出骑放横潜支分央总外内本各航游])行$|(?<=[,也就还])成$"
)
#: A clause of these alone judges what stands before it.
_JUDGES = re.compile(r"这样|[这那也还就都]|算是?|可以|合规|合法|允许|违规|违法|犯法|没问题|的$|了$")


#: The modals of official text.
_RULES = re.compile(rf"{_MAY}|应当|(?<![响反对适供相])应(?!用|急|对|届|征|诉|链)|必须|须")
_MODAL = re.compile(f"{_RULES.pattern}|{_FORBIDS.pattern}")
#: A denial that stands right before 能 or 要: 不再需要, but not 未婚可以.
_DENIED_MODAL = re.compile(r"(?:不再?|没|无|未|别)$")


def _denies_from(clause: str, modals: Sequence[re.Pattern[str]]) -> bool:
    """Whether a clause denies, counted from its modal on, so that no denial of the case that it speaks of counts."""
    starts = [m.start() for pattern in modals for m in [pattern.search(clause)] if m]
    if not starts:
        return denials(clause) % 2 == 1
    before = _DENIED_MODAL.search(clause[: min(starts)])
    return denials(clause[before.start() if before else min(starts) :]) % 2 == 1


def _denies(clause: str) -> bool:
    """Whether the last clause of a claim denies.

    >>> _denies("没满十八岁能办"), _denies("残疾人不用交")
    (False, True)
    """
    return _denies_from(clause, [pattern for _, pattern in _MODES[:2]])


def _says_no(clause: str) -> bool:
    """The same of a clause of a document.

    >>> _says_no("无业人员可以申请"), _says_no("无业人员不得申请"), _says_no("并非无业人员不得申请")
    (False, True, False)
    """
    rule = clause.removeprefix("并非")
    return (rule != clause) != _denies_from(rule, (_MODAL,))


def _mode_of(clause: str) -> tuple[Mode, int]:
    """Permission, obligation, existence or plain fact, and where the predicate begins."""
    found = [(m.start(), m.start(), mode) for mode, pattern in _MODES[:2] for m in [pattern.search(clause)] if m]
    if found:
        _, end, mode = min(found)
        return mode, end
    has = _MODES[2][1].search(clause)
    if has:
        # 有 after its thing (宽带有补贴) or before it: what stands behind, else what stands before.
        return "has", has.end() if len(clause) - has.end() >= 2 else 0
    found_at = [m.end() for m in _PREDICATE_AFTER.finditer(clause) if len(clause) - m.end() >= 2]
    return "is", found_at[-1] if found_at else 0


#: A denial is asked for (不用备案): 可以 or 需要 alone would leave open what is meant.
_ASKED_NOT = re.compile(
    r"不(?!同|仅|但|断|少|久|低于|高于|超过|足|动产|良|满|可|合理|再)|没有?|未(?!来|成年|经)|无(?!人|线|障碍|偿|论|形)"
)
#: What 会 makes a name with that stands before it: 委员会, 机会.
_MEETS = "机社两运协员大开工学商基公董理监年例晚约聚宴议都盛展事委动布谈讨易览合字证明"
#: What the last clause of a claim asks with, by its mode, and the words that say yes and no to it; the first that fits.
_ECHOES: Mapping[Mode, tuple[tuple[str, str, str], ...]] = {
    "may": (
        (r"合法$", "合法", "不合法"),
        (r"(?:只|仅|光)(?:能|可)", "是的", "不是"),
        (r"允许", "允许", "不允许"),
        (r"可以", "可以", "不可以"),
        (r"(?<![才可])能(?!源|够)", "能", "不能"),
        (r"", "可以", "不可以"),
    ),
    "must": (
        (r"一定要|必须", "必须", "不是"),
        (r"强制|一定", "是的", "不是"),
        (r"应该|应当", "应该", "不应该"),
        (r"", "需要", "不需要"),
    ),
    "has": ((r"够了?$", "够", "不够"), (r"", "有", "没有")),
    "is": (
        (r"合规$", "合规", "不合规"),
        (r"符合", "符合", "不符合"),
        (r"支持$", "是的", "不支持"),
        (r"鼓励$", "是的", "不鼓励"),
        (r"[算作]数$", "算数", "不算数"),
        (r"(?<![打计预结核概决估换测折运推清盘总划])算(?!法|力|账|术|计|是否)", "算", "不算"),
        (r"有效$", "有效", "无效"),
        (r"够$", "够", "不够"),
        (rf"(?<![{_MEETS}])会(?![议计员同场展馆务费谈见诊面考审签商])", "会", "不会"),
        (r"", "是的", "不是"),
    ),
}


def _echo(mode: Mode, clause: str, at: int, reduced: str) -> tuple[str, str]:
    """The words that say yes and no to a claim in the words it is asked with: 会 and 不会 of 会不会罚款. ``at``: where what is
    asserted begins. ``reduced``: the verb that stood there with its denial (行 of 行不行); empty where none did."""
    # What is not so in the case asked about (没检验能开吗) is not what is asked.
    denied = _DENIED_MODAL.search(clause[:at]) or _ASKED_NOT.search(clause, at if mode in ("may", "must") else 0)
    if denied:
        return "是的", "不是"
    if reduced in ("行", "成"):
        return reduced, "不" + reduced
    yes, no = next((yes, no) for asked, yes, no in _ECHOES[mode] if re.search(asked, clause))
    return (yes, "不" + reduced) if yes == "是的" and reduced not in ("", "是", "对") else (yes, no)


# --- too little in common -------------------------------------------------------------------------------------------

_EMPTY = frozenset(
    (
        "的 了 是 在 和 与 及 或 有 没有 没 不 都 也 就 还 又 再 被 把 给 从 到 向 对 "
        "对于 为 以 按 由 将 要 会 能 可以 可 能够 需要 必须 应该 应当 应 须 得 允许 一定 "
        "这 那 这个 那个 该 其 它 他 我们 咱们 我 你 个 家 项 条 每 各 全部 所有 一律 都是 "
        "全 均 只 仅 才 已经 已 现在 目前 今年 吗 呢 么 呀 啊 吧 上 下 里 中 内 外 时 用 "
        "来 去 搞 做 一个 什么 是否 难道 到底 自己 之后 以后 就是 还是 可能 说 让 使 人 地 "
        "着 过 等 很 最 多 无 未 非 管 并 而 但 如果 只要 进行 更 比 跟 同 新 大 小 一 "
        "两 三 些 "
    ).split()
)


def _content(text: str) -> list[str]:
    """The words of a text that mean something by themselves."""
    return [w for w in segment(text) if w not in _EMPTY and re.search(r"\w", w)]


#: Words for a class of measures, and what its members look like.
_INSTANCES = {
    "优惠": re.compile(r"免费|减免|免征|减半|扣减|减按|低收费|抵扣"),
    "补贴": re.compile(r"补助|奖补|资助|贴息"),
    "补助": re.compile(r"补贴|奖补|资助|贴息"),
    "办证": re.compile(r"许可证|登记证|证书|资格证"),
}


def _stands_in(word: str, said: str) -> bool:
    """Whether a word, a piece of it, or what official text says for it, stands in the sentence."""
    if word in said:
        return True
    if word in _INSTANCES and _INSTANCES[word].search(said):
        return True
    if any(other in said for other in open_register().official.get(word, ())):
        return True
    pairs = [word[i : i + 2] in said for i in range(len(word) - 1)]
    if len(word) >= 3 and 3 * sum(pairs) >= len(pairs):
        return True
    # Both characters of a word of two, in one order and near: 房租 in 住房租金.
    if len(word) == 2:
        return bool(re.search(rf"{re.escape(word[0])}.{{0,2}}{re.escape(word[1])}", said))
    return bool(full_names((word,), (said,)))


_LIMITED = re.compile(
    r"(?:仅限|只限|限于|限乘坐?|(?<![不有期权时年上下局])限(?!制|额|期|度|价|定|时|量|购|行))([\u4e00-\u9fff]{2,6})"
)


def for_others(claim: Claim, said: str) -> bool:
    """Whether the sentence keeps something to others than the claim speaks of (仅限企业申请), or does not name what the
    claim's permission is for (商务舱): neither says yes."""
    last = [w for w in _content(claim.predicate) if len(w) >= 3][-1:]
    if last and not _stands_in(last[0], said) and not _scale_shared(claim.text.split(",")[-1], said):
        return True
    return any(m.group(1)[:2] not in claim.text for m in _LIMITED.finditer(said))


def _about_the_same(claim: Claim, said: str) -> bool:
    """Whether the sentence holds enough of the claim's words, and something of its predicate."""
    words = list(dict.fromkeys(_content(claim.text)))
    if not words:
        return False
    total = sum(len(w) for w in words)
    held = sum(len(w) for w in words if _stands_in(w, said))
    last = claim.text.split(",")[-1]
    scale = _scale_shared(last, said)
    tail = _content(claim.predicate)
    if claim.mode == "is":
        tail = tail[-2:]
    plainly = scale or any(len(w) >= 3 and w in said for w in tail)
    if held / total < (_LEAST_WITH_PREDICATE if plainly else _LEAST_SHARED):
        return False
    units = {f.unit for f in _numbers(last)} & {f.unit for f in _numbers(said)}
    return plainly or bool(units) or any(_stands_in(w, said) for w in tail)


_LEAST_SHARED = 0.4  #: share of the claim's characters
_LEAST_WITH_PREDICATE = 0.25  #: ... where the predicate itself is shared plainly
#: 取消户籍限制 allows, unless the restriction itself is what is asked about.
_BARRIER = re.compile(r"限制|门槛|障碍|壁垒|下限|上限|名额")
_LIFTED = re.compile(r"(?:取消|放宽|放开|破除|打破|减少)(?P<what>[^,;。]{0,40}?)的?(?:限制(?!性)|门槛|障碍|壁垒|名额)")

# --- figures --------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(
    r"(?P<value>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百]+|半)(?P<scale>万亿|亿|千万|百万|万|千|百)?"
    r"(?P<unit>%|个百分点|成(?!为|立|本|果|效|长|功|熟|员|就|交)|周岁|岁|美元|元|平方米|公里|千米|米|亩|"
    r"工作日|个工作日|个?月(?!\d|收入|人均|销售)|日(?!起|制)|天|小时|分钟|秒|年(?!度|满|龄|级|审|检|金|均|人)|"
    r"层(?!级|面|次)|名|人(?!员)|位|次|件|台|辆|份|倍|级|mbps|家|户|吨|个|张|套|间|所)"
)
#: Behind a large figure that stands alone: 做到500亿吗.
_BARE_AMOUNT = re.compile(r"(?<=[\d一二两三四五六七八九十百千][亿万])(?=$|[,;。]|往上|以上|以下|左右|了|出头)")
_DAYS = {"年": 365.0, "个月": 30.0, "月": 30.0, "周": 7.0, "天": 1.0, "日": 1.0, "工作日": 1.0, "个工作日": 1.0}
_SCALE = {"万亿": 1e12, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3, "百": 1e2}
_SAME_UNIT = {"名": "人", "位": "人", "个": "个", "周岁": "岁", "千米": "公里", "成": "%"}
_UPPER = re.compile(
    r"不(?:得)?(?:超过|高于|多于|大于|满)|上限|最高|最长|最多|至多|限(?=\d|带|购)|限值|限额|以内|以下|之内|"
    r"内(?=[,。;提完申办予])|不足|(?:放宽|延长)[到至]"
)
_LOWER = re.compile(r"不(?:得)?(?:少于|低于|小于)|至少|以上|最低|起码|下限")
_ABOVE = re.compile(
    r"(?<!不)(?<!不得)(?:超过|高于|多于|大于|突破)|以上|往上|出头|不止|过了?(?=[\d一二两三四五六七八九十百千半])"
)
_BELOW = re.compile(r"(?<!不)(?<!不得)(?:低于|少于|小于|不到|不足|不满)|以下")
_CHANGED = re.compile(
    r"(?:由|从)[^,;。]{0,16}?(?=(?:提高|上调|增加|调整|降低|下调|缩减|延长|缩短|扩大|压缩|减少)(?:至|到|为))"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")


@dataclass(frozen=True)
class Figure:
    """A figure with its unit, and whether it is a bound."""

    value: float
    unit: str
    bound: Literal["=", "<", ">"]  #: "<": at most; ">": at least


def _numbers(text: str) -> list[Figure]:
    """The figures of a folded text, years of the calendar left out."""
    found = []
    text = _PART.sub(_as_percent, _BARE_AMOUNT.sub("元", re.sub(r"(?<=[\d百千万亿])块(?:钱)?(?![地田])", "元", text)))
    for match in _NUMBER.finditer(text):
        unit, value = (
            match["unit"],
            (0.5 if match["value"] == "半" else float(han_number(match["value"])))
            * _SCALE.get(match["scale"] or "", 1.0),
        )
        before = text[max(0, match.start() - 8) : match.start()]
        if (unit == "年" and value >= 1900) or before.endswith("第") or (unit == "月" and re.search(r"年$", before)):
            continue
        if (unit in ("个", "家", "级", "所") and not match["value"][0].isdigit() and value <= 1) or (
            unit == "日" and before.endswith("月")
        ):
            continue
        if unit == "月" and match["value"][0].isdigit() and re.match(r"\d", text[match.end() :]):
            continue
        if unit == "成":
            value *= 10
        if unit == "个" and re.match(r"[^,;。\d]{0,5}[人员者]", text[match.end() :]):
            unit = "人"  # 3个工作人员 are counted like 3名
        if unit in _DAYS:
            value, unit = value * _DAYS[unit], "时间"
        around = re.split(r"[,;。]", before)[-1] + "|" + text[match.end() : match.end() + 4]
        bound: Literal["=", "<", ">"] = "="
        if _UPPER.search(around):
            bound = "<"
        elif _LOWER.search(around):
            bound = ">"
        found.append(Figure(value, _SAME_UNIT.get(unit, unit), bound))
    return found


#: 一半, 三分之一.
_PART = re.compile(r"(?P<whole>[二三四五六七八九十])分之(?P<part>[一二三四五六七八九])|(?<![一二两])一半|半数")


def _as_percent(found: re.Match[str]) -> str:
    whole, part = (float(han_number(found[name] or digit)) for name, digit in (("whole", "二"), ("part", "一")))
    return f"{100 * part / whole:g}%"


def _of_year(asked: str, said: str) -> str:
    """The part of a sentence that speaks of the year asked for, where it goes from year to year."""
    years = set(_YEAR.findall(asked))
    parts = re.split(r"(?=到?(?:19|20)\d\d年)", said)
    if len(years) != 1 or len(parts) < 3:
        return said
    chosen = [p for p in parts[1:] if years & set(_YEAR.findall(p))]
    return parts[0] + chosen[0] if len(chosen) == 1 else said


def _by_figures(claim: Claim, said: str) -> bool | None:
    """Whether the figures deny the claim; None when they leave it to the words.

    A figure that is a condition (对10万元以下的…免征) and is not met turns the verdict of the words round: see _unmet.
    """
    asked, own = _numbers(claim.text), _numbers(claim.text.split(",")[-1])
    now = _CHANGED.sub("", said)
    if (another := _of_another_bound(claim, now)) is not None:
        return another or None
    for figure in asked:
        same = [f for f in _numbers(now) if f.unit == figure.unit]
        if not same:
            continue
        above = (
            bool(_ABOVE.search(claim.text))
            and figure.bound != ">"
            or bool(re.search(r"超过|高于|多于", claim.text))
            and "不超过" not in claim.text
        )
        below = bool(_BELOW.search(claim.text)) and not above and figure.bound == "="
        if claim.mode == "is" and not (above or below) and _FIGURE_ALONE.fullmatch(claim.predicate):
            return all(f.value != figure.value for f in same)  # 500亿 of 200亿元以上
        fitting = 0.0 if above or below or figure.bound != "=" else fits(amounts(claim.text), said)
        if fitting:
            return None if fitting > 0 else True  # 15岁 of 不满十六周岁: the words decide
        if above and claim.mode == "may" and any(f.bound == "<" and f.value <= figure.value for f in same):
            return True
        if below and claim.mode == "may" and any(f.bound == ">" and f.value >= figure.value for f in same):
            return True
        if any(f.value == figure.value for f in same):
            if _of_another_part(claim, now, figure):
                return True
            continue
        if figure not in own and not any(f.bound != "=" for f in same):
            continue  # of the case (领完第三年改了用途), not of what is asked
        if len({f.value for f in same}) > 1 and not any(f.bound != "=" for f in same):
            return None if len(same) > 2 else True
        other = same[0]
        if above or below:
            return not (other.value > figure.value if above else other.value < figure.value)
        if claim.mode == "may" and other.bound != "=":
            return figure.value > other.value if other.bound == "<" else figure.value < other.value
        return True
    years, said_years = set(_YEAR.findall(claim.text)), set(_YEAR.findall(said))
    if years and said_years and not years & said_years and not _TO_YEAR.search(said):
        return True
    return None


#: A question for the bound itself: 要满一年才能申请吗, 至少要交500元吗.
_OF_BOUND = re.compile(
    r"(?:要|须|需要?|必须|至少|起码|得|应当?)[^,;。]{0,6}?(?:年?满|达到?|够)(?=[\d一二两三四五六七八九十半])|年?满[^,;。]{1,8}才"
)


def _more_or_less(claim: Claim, said: str) -> bool | None:
    """Whether the only figure of a sentence in the unit of a claim is as much more, or less, as the claim says: 2528亿元 of
    过了两千亿. None where a claim compares no figure, and where a sentence has several."""
    last = claim.text.split(",")[-1]
    asked = [f for f in _numbers(last) if f.bound != "<"]
    above, below = _MORE_THAN.search(last), _LESS_THAN.search(last)
    if claim.mode != "is" or claim.denies or len(asked) != 1 or bool(above) == bool(below):
        return None
    told = [f for f in _numbers(_CHANGED.sub("", _of_year(claim.text, said))) if f.unit == asked[0].unit]
    if len(told) != 1 or denials(said) or conditions(said):
        return None
    value, bound = told[0].value, told[0].bound
    if value == asked[0].value:
        return bool((_MORE_THAN if above else _LESS_THAN).search(said))
    # What is at least 200 may be more than 300, too.
    known = bound == "=" or (bound == ">") == (value > asked[0].value)
    return (value > asked[0].value) == bool(above) if known else None


_MORE_THAN = re.compile(
    r"(?<!不)(?:超过?|高于|多于|大于|突破|过了?(?=[\d一二两三四五六七八九十百千半]))|以上|往上|出头|不止|还多|多了?$"
)
_LESS_THAN = re.compile(r"(?:低于|少于|小于|不到|不足|没到|未到|没过)|以下|往下")


def _of_another_bound(claim: Claim, said: str) -> bool | None:
    """Whether the bound that a claim asks for is another than the one that a sentence sets; None for other questions."""
    asked = [a for a in amounts(claim.text) if a.unit]
    if claim.denies or len(asked) != 1 or not _OF_BOUND.search(claim.text):
        return None
    lows = [r.low for r in ranges(said) if r.unit == asked[0].unit and r.low > 0]
    return lows[0] != asked[0].value if len(lows) == 1 else None


def _of_another_part(claim: Claim, said: str, figure: Figure) -> bool:
    """Whether the clause of a sentence that gives the figure of a claim speaks of another thing than the claim, and one that
    gives another figure of the measure speaks of it: 改建的补1万元 of 新建的补1万元,改建的补5000元."""
    told = [(c, {f.value for f in _numbers(c) if f.unit == figure.unit}) for c in re.split("[,;。]", said)]
    mine = [c for c, values in told if figure.value in values]
    others = [c for c, values in told if values and figure.value not in values]
    if not mine or not others:
        return False
    apart = [of_another_kind(claim.text, c) or other_class(claim.text, c) for c in mine]
    return all(apart) and not all(of_another_kind(claim.text, c) or other_class(claim.text, c) for c in others)


_FIGURE_ALONE = re.compile(r"(?:做|达)?到?\d[\d,.]*[\u4e00-\u9fff%]{0,3}")
_TO_YEAR = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以?[前后]|之[前后]|起)|\d{4}年?[-—–~～至到]")


_CONDITION = re.compile(
    r"(?:^|[,;。])(?:对|凡|符合|年满)?([^,;。]*?(?:以上|以下|以内|不满|不足|未满|超过|年满|"
    r"满)[^,;。]*?的[^,;。]*)(?=,)"
)


def _unmet(claim: Claim, said: str) -> bool | None:
    """Whether the claim's figure fails the condition that the sentence opens with; None where there is none."""
    condition = _CONDITION.search(said)
    if not condition or condition.end() >= len(said) - 2:
        return None
    for figure in _numbers(claim.text):
        for other in _numbers(condition.group(1)):
            if other.unit == figure.unit and other.bound != "=":
                return figure.value > other.value if other.bound == "<" else figure.value < other.value
    return None


# --- words ----------------------------------------------------------------------------------------------------------

_HARMLESS = re.compile(
    r"不仅|不但|不只|不断|不同(?!时享)|不久|不少|不低于|不高于|不超过|不得超过|不大于|不小于|不得少于|不少于|不得低于|"
    r"不动产|不可移动|不可降解|不可抗力|不良|不可或缺|不合理|不限于|不得不|无不|无论|不论|无线|无人(?=[机驾车船艇值售零超商仓工配系化岛区])|"
    r"无缝|无偿|无障碍|无形|无固定|无理由|未来|未成年|未经|非常|非法|非公|非物质|非金融|非营利|非营运|非货币|"
    r"非化石|非重点|非法定|否则|不足|不满|未满|停止(?=供)|没收|"
    r"不(?:设|受|限)[^,;。]{0,6}(?:限制|门槛|比例)|免疫|不得强制|不得强迫"
)
_DENIAL = re.compile(
    r"不得|严禁|禁止|不准|不许|不允许|不能|不可|不应|不宜|不予|不再|不需要|不必|不用|不要|无需|无须|杜绝|防止|"
    r"避免|遏制|取消|停止|停了|停运|暂停|废止|终止|并非|没有|没|尚未|未|免征|免收|免缴|免交|免予|免除|免于|免(?=[配检审考测验办报签])|"
    r"不具备|缺乏|不享受|不存在|非法|拒绝|阻碍|阻挠|妨碍|不(?=[\u4e00-\u9fff])|无(?=[\u4e00-\u9fff])"
)
#: What a rule does or does not do to something: its object may have a description of its own.
_RULED = (
    "适用|享受|享有|接受|受理|办理|审查|审核|审批|承担|免除|影响|改变|提供|收取|支付|缴纳|属于|视为|作为|计入|列入|纳入|参加|执行|实行|实施"
    "|发放|给予|补助|补贴|奖励|负责|构成"
)
#: A denial inside a description (未纳入清单的领域) says nothing about the predicate. What a rule does (不适用本通知的规定)
#: describes only where something is said of the thing.
_DESCRIBING = re.compile(
    rf"(?:未|没有?|不(?![得能可应再予准许要用必需]|{_RULED})|无(?![需须权]))"
    r"[^,;。的]{1,14}的(?=[\u4e00-\u9fff]{2})"
    r"|(?:不|无[需须权])[^,;。的]{1,14}的(?=[\u4e00-\u9fff]{2,8}?(?:[可应须能会由给按也都]|不得|不予))"
)

#: Pairs of opposites, as they stand in official text and in talk. A denial before the word turns it round.
_SCALES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(more), re.compile(less))
    for more, less in (
        (
            r"收费(?!公路|站|标准|项目|目录|政策|员)|另收|加收|(?<!免)收取|付费|缴费|交费|交税|缴税|纳税(?!人)|要钱|"
            r"掏钱|交钱|花钱|收钱|有偿|报酬|有酬|手续费|工本费|自费|(?:交|缴|"
            r"(?<!免)收(?!入))[^,;。不免]{1,8}(?:费|税|钱)|(?<!免)征收",
            r"免费|无偿|免收|免征|免缴|免交|免除[^,;。]{0,12}费|费用?免除|免[^,;。]{0,6}税|减免|减缴|减征|白拿|不要钱",
        ),
        (
            r"提高|上调|上涨|涨|增加|增长|扩大|扩围|加大|上升|增多|[变增]?多了|[变更]长(?!期|久|远)|变高|更高(?!水平|质量|标准|层次)|变贵|提升|延长|拓展|做大|只增不减",
            r"降低|下调|减少|少一些|[变更]?少了|变低|更低|变便宜|缩减|缩小|收缩|压缩|压减|下降|只减不增|变少|变短|缩短|减轻|跌|回落|少买|削减|下放",
        ),
        (
            r"强制|必须|硬性|强迫|一定|全员|非得|不得不",
            r"自愿|鼓励|自主|引导(?!目录)|可以不|不强制|不得强制|不得强迫|不强求",
        ),
        (r"公开|公布|公示|发布|披露", r"保密|不公开|隐瞒"),
        (
            r"统一|一刀切|一个模子|都一样|同一标准|照搬|整齐划一",
            r"自主确定|因地制宜|结合实际|差异化|分类施策|自行确定|各地根据|分区",
        ),
        (r"自建|自己建|自行建设|自行(?!车)|自己", r"购买服务|采购|委托|分包|外包|第三方|依托现有|共建共享"),
        (
            r"抢着|盲目|一哄而上|越多越好|遍地开花|大拆大建|大干快上",
            r"有序|杜绝盲目|合理定位|稳妥|防止大拆大建|因地制宜|留改拆",
        ),
        (r"审批|核准|行政许可", r"备案|告知承诺|取消(?:行政)?审批"),
        (r"暂时|临时|阶段性|短期", r"长期|永久|长久|延续|常态化|制度性"),
        (
            r"完善|健全|成熟|到位|充分|领先|充足|发达|均衡|搭好|建好|建成|成型|齐全",
            r"缺乏|空白|起步阶段|初级阶段|初步阶段|雏形|碎片化|亟待|薄弱|不足|不完善|不健全|滞后|欠缺|短缺|落后|匮乏|失衡|不平衡|短板",
        ),
        (
            r"放开|放宽|开放|开口子|敞开|引入|允许进入|扩大(?=[^,;。]{0,16}(?:试点|范围|准入|开放))",
            r"收紧|限制|从严|严格控制|严控|关死|关上|关门|堵死|封死|封闭|拒之门外|挡在",
        ),
        (
            r"保留|还有|仍|继续|延续|坚持|保持|还收|还要|还实行|留(?=着|下(?!列|述)|存)",
            r"取消|停止|停了|废止|不再|终止|退出|撤销|没了|废除|删[去除掉]|拆(?:除|掉|了)",
        ),
        (r"促进|推动|带动|有利于|反而是促进", r"颠覆|阻碍|抑制|冲击|削弱"),
        (r"营利(?!性?质)(?<!非营利)", r"非营利"),
        (r"大户型|大规模|大型", r"小户型|小规模|小型"),
        (r"合法|依法可以", r"非法|违法|违规"),
        (r"境内|国内", r"境外|国外|海外"),
        (r"政府定价|政府定|行政定价", r"市场价格|市场化|市场调节|随行就市"),
        (
            r"财政(?:全额|全出|出|兜底|承担)|国家出|政府出",
            r"共担|自筹|分担|多元投入|社会资本(?=出|投|承担|负担)|由社会资本",
        ),
        (r"集中", r"分散"),
        (r"交回|上缴|上交|收回", r"保留|留归|留用|自主安排|归[^,;。]{2,12}使用"),
        (r"作废|不算数|无效|废止|失效|删[去除掉]", r"有效(?!期)|同等效力|算数"),
        (r"(?<!没)停(?!车|机|产|业|泊|靠|电|水|留|歇)|中止|终止", r"继续|照常|恢复|接着|照样"),
        (
            r"撤销|取消(?!.{0,12}(?:限制|门槛))|吊销|注销|除名|收回(?!成本)|撤(?=了|掉|$)|摘(?=牌|帽|掉|了|$)",
            r"保留|维持|保住|照旧",
        ),
    )
)

_ALL = re.compile(
    r"全部|所有|全额|全数|一律|全都|都(?!市|会|是)|均(?!衡|等|匀|价|可支配|衡)|任何|每个|整(?:个|[小社院单城省市县区村])|全面|完全|全体|百分之百|100%|"
    r"全由|全是|(?<![比跟和较占出于居列])全国(?!平均|水平|第|首|人大|政协|两会|统一)|全员|全覆盖|每天|都是|一视同仁|各(?=级|类|地)|普遍|([人家户村乡镇县区个处事层年月天周样条件项篇次校店回])\1(?=[\u4e00-\u9fff])|一个不[落漏少]|无一例外|通通|统统"
)
_SOME = re.compile(
    r"部分|有的|个别|试点|选择|仅|只(?!要)|为主|共担|分担|三分之二|四分之三|过半数|除外|不适用|多数|大多|少数|"
    r"具备条件的|有条件的|符合条件的|重点|以上的业主|免予|可以不"
)
_PLAINLY_SOME = re.compile(r"(?:在|选择|选取|确定)[^,;。]{0,4}(?:部分|一批|个别|少数|若干|试点)")
_ONLY = re.compile(
    r"只(?!要|凭|靠|增|减|能涨|有)|只有|仅|光(?!伏|纤|缆|电|凭|靠|看)|唯一|单单|限于|仅限|限(?=本)|专门只|只能"
)
#: What a sentence leaves out of what it says: 药品（不含疫苗）, 节假日除外.
_LEFT_OUT = re.compile(
    r"(?:不含|不包括|不包含)(?P<after>[^,;。:()]{2,12})|(?<=[,;。:(])(?P<before>[^,;。:()]{2,10})除外"
    r"|除(?P<but>[^,;。:()]{2,12}?)(?:之外|以外|外)(?=的(?:所有|其他)|,?(?:其他|其余|均|都|一律|所有))"
)
_FRACTION = re.compile(r"分之[一二三四五六七八九]|(?<![\d.])\d{1,2}(?:\.\d+)?%")
_OFTEN = re.compile(r"每[年月周天日次]|重新|再次|定期")
_DONE = re.compile(r"了$|已经?(?!知|有)")
_INTENDED = re.compile(r"鼓励|推动|力争|探索|争取|研究")
_MUST_SAID = re.compile(
    r"应当|应(?!用|急|对|届|征|诉|链)|必须|须|(?<![急供])需(?!求)|要(?!求|素|点|件)|不得不|一律|方可|才能|"
    r"未[^,]{1,16}不得"
)


def extent(text: str) -> tuple[bool, bool, tuple[float, ...]]:
    """Whether a folded claim speaks of all, whether of one thing only, and its figures: claims that differ in these are
    not answered by one word."""
    return bool(_ALL.search(text)), bool(_ONLY.search(text)), tuple(sorted(f.value for f in _numbers(text)))


def denials(text: str) -> int:
    """How many words of denial a folded text holds, without those that deny nothing (不仅) or only describe."""
    return len(_DENIAL.findall(_HARMLESS.sub("甲", _DESCRIBING.sub("甲", text))))


def _pole(pattern: re.Pattern[str], text: str) -> int:
    """1 where a word of the pattern stands, -1 where it is denied, 0 where it is absent.

    A denial counts that stands before the word in its clause with no other clause in between.
    """
    match = pattern.search(text)
    if not match:
        return 0
    before = re.split(r"[,;。]", text[: match.start()])[-1]
    return -1 if denials(before + "甲") % 2 else 1


def opposed(said: str, held: str) -> bool:
    """Whether one folded clause says the opposite of another by a pair of opposites: 提高 and 降低.

    >>> opposed("标准提高", "标准降低"), opposed("标准提高", "标准不降低")
    (True, False)
    """
    for more, less in _SCALES:
        here, there = (more.search(said), less.search(said)), (more.search(held), less.search(held))
        if (here[0] and not here[1] and there[1] and not there[0]) or (
            here[1] and not here[0] and there[0] and not there[1]
        ):
            mine = _pole(more, said) or -_pole(less, said)
            if mine != (_pole(more, held) or -_pole(less, held)):
                return True
    return False


def _scale_shared(predicate: str, said: str) -> bool:
    return any(
        (more.search(predicate) or less.search(predicate)) and (more.search(said) or less.search(said))
        for more, less in _SCALES
    )


#: A noun between what a scale speaks of and the modal: 大型|车|不用登记, 收费|站|可以.
_BEFORE_MODAL = re.compile(r"型[\u4e00-\u9fff]{1,}$")


def _by_scales(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether a pair of opposites denies the claim; None where the claim holds no such word or the sentence neither.

    Of several such words in the claim the last speaks: it is nearest to the end, where Chinese has its predicate.
    """
    held_scales = []
    for more, less in _SCALES:
        places = [(m.start(), more is pattern) for pattern in (more, less) for m in pattern.finditer(claim.text)]
        if places:
            held_scales.append((*max(places), more, less))
    # What stands before the modal is what is spoken of: 大型车不用登记.
    spared = _SPARED.search(claim.text)
    whole = claim.text.endswith(claim.predicate) and claim.predicate != claim.text.split(",")[-1]
    begins = spared.start() if spared else len(claim.text) - len(claim.predicate) if whole else 0
    for at, rises, more, less in sorted(held_scales, key=lambda held: -held[0]):
        if at < begins and _BEFORE_MODAL.search(claim.text, at, begins):
            continue
        before = re.split(r"[,;。]", claim.text[:at])[-1]
        asked = (1 if rises else -1) * (-1 if denials(before + "甲") % 2 else 1)
        for there in (clause, said):
            up, down = _pole(more, there), -_pole(less, there)
            held = (up if rises else down) or up or down
            if held:
                return asked != held
    return None


def _nearest_clause(claim: Claim, said: str) -> str:
    """The clause of the sentence that shares most with the claim, its predicate before all."""
    clauses = [c for c in re.split(r"[,;。:]", said) if c]
    if not clauses:
        return said
    words, tail = _content(claim.text), _content(claim.predicate)

    def shared(clause: str) -> float:
        value = sum(len(w) for w in words if _stands_in(w, clause))
        value += 2 * sum(len(w) for w in tail if _stands_in(w, clause))
        return value + 2 * _scale_shared(claim.predicate, clause) - (3 if clause.endswith("的") else 0)

    # Of equals the later: Chinese puts the main clause last.
    best = max(reversed(clauses), key=shared)
    # A clause without a verb of its own (a condition, a topic) is ruled by the one after it.
    at = clauses.index(best)
    if best.endswith(("的", "前提下", "情况下", "基础上")) and at + 1 < len(clauses):
        return best + clauses[at + 1]
    return best


def _compare(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether the sentence denies the claim, by figures or by ``clause`` of it; None when nothing decides."""
    unmet = _unmet(claim, said)
    if unmet is None:
        figures = _by_figures(claim, said)
        if figures is not None:
            return figures
    words = _by_words(claim, said, clause)
    return words if not unmet or words is None else not words


def _asked_no(claim: Claim, clause: str) -> bool:
    """Whether a claim denies; of several things that it has judged the one that a clause speaks of."""
    if not claim.judged:
        return claim.denies
    meant = _meant(claim, clause)
    return _denies(_act(meant) if _FORBIDS.search(clause) else meant) != _denies(claim.text.split(",")[-1])


def _meant(claim: Claim, clause: str) -> str:
    """Of the things that a claim has judged the one that a clause speaks of."""
    return max(reversed(claim.judged), key=lambda c: sum(len(w) for w in _content(c) if _stands_in(w, clause)))


#: What may be done only once something else is: 取得号牌后,方可上路.
_ONLY_ONCE = re.compile(r"方[可能]|[才始][可能]|后,?方|(?:应|须)[^,;。]{1,24}后(?=[,;。]|$)")
_LACKED = 0.5  #: share of the characters of what is lacking that a rule has to name


def _lacks(meant: str, said: str, once: re.Match[str]) -> bool:
    """Whether what is judged is done without the very thing that a rule asks for first: 没有牌照就上路."""
    *before, act = _AT_ONCE.split(meant)
    condition = before[0] if before else meant
    thing = "".join(_content(_DENIED_THING.sub("", condition.removesuffix(act) if before else condition)))
    required = said[: once.end()]
    named = sum(char in required for char in thing)
    return _denies(condition) and bool(thing) and named >= _LACKED * len(thing)


def _settles_nothing(claim: Claim, said: str, clause: str) -> bool:
    """Whether a clause has but an object in common with what is judged, or asks for something first that it may have."""
    if not claim.judged:
        return False
    meant = _meant(claim, clause)
    if _FORBIDS.search(clause) or _PUNISHES.search(clause):
        return all(_is_against(judged, clause) is None for judged in claim.judged)
    once = _ONLY_ONCE.search(said)
    return once is not None and not _lacks(meant, said, once)


_AT_WILL = re.compile("擅自|随[意便]|私自|任意|违[规法]|非法|变相|恶意|强[制行]|直接")


def _is_against(meant: str, clause: str) -> bool | None:
    """Whether a clause that forbids or punishes is against what is judged (True), or against its contrary (False: 不收押金
    of 禁止收取押金); None where it shares but the object with it: 按时发工资 of 不得拖欠工资."""
    forbids, act = _FORBIDS.search(clause), _act(meant)
    ruled = clause[forbids.end() :] if forbids else clause
    if (forbids is None or ruled) and not _shares_verb(act, ruled):
        return None
    if forbids is None:
        punished = re.split(_PUNISHES, ruled)[0] or ruled
        lacking = len(_DENIAL.findall(_HARMLESS.sub("甲", punished))) % 2
        return True if lacking == _denies(meant) else None
    return not ruled or denials(ruled) % 2 == _denies(act)


def _shares_verb(act: str, ruled: str) -> bool:
    """Whether what a rule does to the last thing that an act names is what the act does to it."""
    bare = re.sub("[了的]$", "", act)
    shared = next((bare[i:] for i in range(len(bare) - 1) if bare[i:] in ruled), "")
    if not shared:
        return True  # in other words: left to what the two share otherwise
    ours = _content(_AT_WILL.sub("", bare[: -len(shared)]))[-1:]
    theirs = _AT_WILL.sub("", ruled[: ruled.index(shared)])
    return not ours or not _content(theirs) or bool(set(ours[0]) & set(theirs)) or _scale_shared(act, ruled)


def _by_words(claim: Claim, said: str, clause: str) -> bool | None:
    asked_denies = _asked_no(claim, clause)
    left_out = [w for m in _LEFT_OUT.finditer(said) for w in _content(m["after"] or m["before"] or m["but"] or "")]
    if not asked_denies and any(len(w) > 1 and w in claim.text for w in left_out):
        return True
    clause = _LEFT_OUT.sub("", clause)
    last = claim.text.split(",")[-1]
    if _ONLY.search(last) and not _ONLY.search(said) and not asked_denies:
        # That it is of one place, or of three, does not say that it is of more.
        figures = {f.value for f in _numbers(last)}
        return True if not figures or not figures <= {f.value for f in _numbers(said)} else None
    if claim.judged and asked_denies and _FORBIDS.search(clause) and _says_no(clause) and not _WRONG.search(last):
        return None  # 不给保修,合规: 不得限制维护 may well be against it
    if _NO_BARRIER.search(clause):
        return bool(_BARRIER_ASKED.search(last)) != asked_denies
    meant = _meant(claim, clause) if claim.judged else ""
    forbids = bool(_FORBIDS.search(clause) or _PUNISHES.search(clause))
    against = _is_against(meant, clause) if meant and forbids else forbids
    once = None if forbids or not meant else _ONLY_ONCE.search(said)
    if _settles_nothing(claim, said, clause):
        return None
    if once is not None:
        return bool(_WRONG.search(last)) == _denies(last)
    if _WRONG.search(last):
        if forbids or _ALLOWS.search(clause):
            # That something is allowed does not say that it has to be done.
            silent = against is None or (not forbids and meant != "" and _denies(meant))
            return None if silent else against == _denies(last)
        if claim.judged:
            left_undone = _bydenials(claim, said, clause, asked_denies)
            return None if left_undone is None else not left_undone
    denies = _by_scales(claim, said, clause)
    if denies is None:
        denies = _bydenials(claim, said, clause, asked_denies)
    if denies is None or denies:
        return denies
    # The sentence says the same: of as many, as often, as firmly?
    if (
        not asked_denies
        and re.search(r"必须|一定", claim.text)
        and not _MUST_SAID.search(clause)
        and (_ALLOWS.search(clause) or (_LEAVES_FREE.search(said) and not _MUST_SAID.search(said)))
    ):
        return True
    if not asked_denies and _ALL.search(last) and _of_some(claim, said, clause):
        return True
    if not asked_denies and _ALL.search(last) and _of_another_figure(last, said):
        return True
    # What is said of some behind a 但 is said of something else: 可以分别申请甲,但乙只能由一方申请.
    about = next((part for part in said.split(",但") if clause in part), said)
    part = _FRACTION.search(clause) or _PLAINLY_SOME.search(clause) or (_SOME.search(about) and not _ALL.search(about))
    if part and not asked_denies and _ALL.search(claim.text) and not _numbers(claim.text):
        return True
    if any(word not in said for word in _OFTEN.findall(claim.text)):
        return None
    if _DONE.search(claim.text) and _INTENDED.search(clause):
        return None
    return False


#: What is left to those who are to do it.
_LEAVES_FREE = re.compile(r"有条件的|鼓励|探索|自愿|自主|可以根据")


def _of_another_figure(last: str, said: str) -> bool:
    """Whether a sentence gives some of those of whom a claim tells a figure another one: 每人20元,其中党员30元."""
    rest = re.search(r"(?<=,)其中(?P<own>[^;。]+)", said)
    told = [f for f in _numbers(last) if f in _numbers(said)]
    return rest is not None and any(
        f.unit == other.unit and f.value != other.value and f.bound == other.bound == "="
        for f in told
        for other in _numbers(rest["own"].split(",")[0])
    )


def _of_some(claim: Claim, said: str, clause: str) -> bool:
    """Whether a clause rules only for a case that the claim does not speak of: 胁迫他人的,由公安机关查处."""
    clauses = [c for c in re.split("[,;。:]", said) if c]
    before = clauses[clauses.index(clause) - 1] if clause in clauses[1:] else ""
    words = _content(before)
    named = sum(len(w) for w in words if _stands_in(w, claim.text))
    return before.endswith("的") and named < _WHOLE_CASE * sum(map(len, words))


#: That one thing is more or less than another, or not alike, and that they are alike.
_UNLIKE = re.compile(
    r"比(?![例如赛重率])[^,]{1,14}(?:低一等|[多少高低贵差长短](?![次数])|便宜)|低一等|不一样|区别对待|歧视"
)
_ALIKE = re.compile(
    r"相同|同等|同一(?=标准|政策|价格|待遇|规定)|一视同仁|不变|平等|公平|一致|同样的?(?=待遇|标准|政策|服务)"
)
#: What a rule takes away that might stand in the way, and how a question speaks of such a thing.
_NO_BARRIER = re.compile(
    r"(?:不(?:再)?(?:受|设|作)|没有|无|取消|放开)[^,;。]{0,24}(?:限制|门槛)|不[受在]此限|不限(?![于期])|不分(?=户籍|性别|年龄|地区|地域|民族|学历|国籍|城乡)"
)
_BARRIER_ASKED = re.compile(r"限制|门槛|限定|卡[住着在]|[挡拦]|要求$")
#: A question for whether something is against a rule, and what says that it is or is not.
_WRONG = re.compile(
    r"(?:违规|违法|犯法|违章|不合规|不合法|违反[^,;。]*|坏[^,;。]{0,3}规矩|触犯[^,;。]*|侵权)(?:的|了|行为)?$"
)


def _alike(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether a sentence that has two things alike denies that one is more, less or worse; None for other questions."""
    alike = _UNLIKE.search(claim.text.split(",")[-1]) and _ALIKE.search(clause or said)
    return not claim.denies if alike and (clause or _about_the_same(claim, said)) else None


def _bydenials(claim: Claim, said: str, clause: str, asked_denies: bool) -> bool | None:
    """Whether the sentence denies what the claim says, or says what the claim denies; None where its clauses differ."""
    if claim.mode == "must" and not asked_denies and re.search(r"未经?[^,;。]{1,16}的?[^,;。]{0,8}(?:不得|禁止)", said):
        return False
    tail = _content(claim.predicate)

    def held(text: str) -> int:
        return sum(len(w) for w in tail if w in text)

    near = [c for c in re.split(r"[,;。]", said) if tail and tail[-1] in c and held(c) >= held(clause)]
    both = {denials(c) % 2 for c in near}
    if len(both) > 1:
        return None
    return asked_denies != _says_no(clause)
