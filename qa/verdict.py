"""Yes or no: whether a sentence of the documents affirms or denies what a question asks.

Rules of the Chinese language, weighed against what a reader says where there is one. The question is read as a
statement (可不可以收费 -> 可以收费); the statement and the clause of the sentence that speaks of the same thing are
compared by figures, by words such as 全部 and 只, by pairs of opposites and by denials. A wrong word is worse than none:
where the two share too little, or the sentence does not hold what the question's predicate says, the rules say nothing.

This module tries the rules in their order. They stand in qa.verdict_costs, _scope, _figures, _cases, _forms and
_acts, for all other claims in _compare and, where none settles, in _force and _effect; what they share in qa.claim,
qa.verdict_shared and _words; what is weighed in _signs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.sentences import ASKS
from index.tokens import fold
from qa.amendments import as_amended
from qa.claim import WRONG, Claim, read_claim
from qa.evidence import probability
from qa.other_case import of_own_sex
from qa.verdict_acts import same_act, together
from qa.verdict_cases import (
    holds_for_another,
    in_case,
    lacks_requirement,
    turned_round,
    unsaid,
)
from qa.verdict_compare import by_rules, compare, said_of, settles_nothing
from qa.verdict_costs import OF_MONEY, asks_free, asks_price, costs, paid_by, paid_by_others, paid_in
from qa.verdict_effect import agrees, allows_another_act, by_effect, effect_denies, leaves_it
from qa.verdict_figures import (
    by_bound,
    by_date,
    by_days,
    by_hours,
    exceeds,
    forbids_amount,
    more_or_less,
    outside_term,
    over_limit,
)
from qa.verdict_force import by_force
from qa.verdict_forms import (
    beside_another,
    binds,
    by_stance,
    by_whom,
    every_one,
    leaves_undone,
    must_be_done,
    needs_consent,
    spares,
    unbound,
)
from qa.verdict_guard import own_part, unborne
from qa.verdict_scope import (
    EXCEPTED_LAST,
    EXCEPTION,
    OVERDUE,
    SCOPE_ASKED,
    contrary_denies,
    excepts_case,
    is_excepted,
    is_late,
    left_out_by_remark,
    may_be_excepted,
    names_rule,
    out_of_scope,
    speaks_of_scope,
    without_other_rules,
)
from qa.verdict_shared import about_the_same, nearest_clause, share_asserted
from qa.verdict_signs import VERDICT_SIGNS, Weighing, verdict_signs
from qa.verdict_words import (
    FORBIDS,
    as_favours,
    bare_clauses,
    clauses_of,
    deciding,
    denials,
    says_no,
    without_case_denied,
    without_needs,
)

_OF_TWO_CASES = re.compile("[?？][^?？]{2,}呢[?？]?$")  #: 在领的能申请吗？停了以后呢？


def verdict(
    question: str,
    sentence: str,
    clause: str | None = None,
    weighing: Weighing | None = None,
    around: str = "",
    odds: float | None = None,
    *,
    best: bool = True,
) -> tuple[str, bool] | None:
    """(the lead word: 是的, 不可以, 没有 ..., whether the sentence denies); None when the sentence settles nothing.

    By the rules alone, or weighed, where a reader has found the ``clause`` of the sentence that answers. ``around``: the
    title and headings above the sentence and what stands before it; ``odds``: of the reader that the sentence answers;
    ``best``: whether no other sentence is found to answer better, so that what it does speaks though in other words.

    >>> verdict("可以向用户另收费吗?", "任何单位不得向用户加收费用。")
    ('不收费', True)
    >>> verdict("残疾人证补办有没有手续费?", "残疾人证由县级残联批准发放。") is None
    True
    """
    if ASKS.search(sentence) or _OF_TWO_CASES.search(question):
        return None  # a question of a document settles nothing; no word answers of two cases
    claim = read_claim(question)
    plain = own_part(claim, without_other_rules(claim, sentence))
    if plain != sentence:
        sentence, clause = plain, clause if clause and clause.strip("，。；：,;") in plain else None
    said = _plainly(claim, as_amended(fold(sentence)))
    read = clause and _plainly(claim, fold(clause))
    if read and as_amended(fold(sentence)) != fold(sentence):
        read = nearest_clause(claim, said)  # the one that was found may be of the old wording
    denies = None if excepts_case(claim, said) else lacks_requirement(claim, said, read)
    if denies is None:
        denies = _settled(claim, said, read, weighing, whole=odds is not None and odds >= _WHOLE)
    if denies is None and best:
        denies = by_force(claim, said, read)
        denies = by_effect(claim, said, read) if denies is None else denies
    if denies is False and allows_another_act(claim, said, read):
        return None
    if denies is None or holds_for_another(claim, said, read or "", denies=denies):
        return None
    agreed = odds is not None and odds >= _READ_AT_ALL and agrees(claim, said, read, denies=denies)
    if not agreed and unborne(claim, said, read or "", fold(around), odds, denies=denies):
        return None
    return (claim.no, True) if denies else (claim.yes, False)


def _plainly(claim: Claim, text: str) -> str:
    """A folded text without words of denial and duty that deny and ask for nothing of what a claim says."""
    plain = _OPEN_QUESTION.sub("", of_own_sex(claim.text, text))
    return as_favours(claim.predicate, without_case_denied(without_needs(plain)))


#: What a text leaves open it does not deny: 决定受不受理.
_OPEN_QUESTION = re.compile(r"([\u4e00-\u9fff])不\1[\u4e00-\u9fff]?")


#: A denial that only tells the case in which the rest holds: 医院不具备能力的,….
_DENIED_CASE = re.compile("[^,;。:]*[不未无没][^,;。:]*的,")
#: Log odds from which more of a sentence may answer than the clause that was found in it: of 28 words that only the whole
#: sentence gave there 25 were right, of 6 below 2 wrong (403 questions about real documents in benchmarks/reader).
_WHOLE = 3.0
#: ... from which a word stands where the rules and what the clause does agree on it, in whatever words it is told.
_READ_AT_ALL = -1.0


def _settled(
    claim: Claim, sentence: str, clause: str | None, weighing: Weighing | None, *, whole: bool = False
) -> bool | None:
    """Whether a sentence denies a claim; None where it settles nothing. See ``verdict``. ``whole``: where its clause does
    not settle it, it is weighed as a whole."""
    excepted = EXCEPTION.search(fold(sentence))
    case = "" if excepted is None else excepted["case"] or excepted["bare"]
    if excepted is not None and SCOPE_ASKED.search(claim.last):
        if is_excepted(case, excepted["rule"], claim) and not excepted["limit"]:
            outside = out_of_scope(claim, excepted["rule"])
            return None if outside is None else not outside
    elif excepted is not None:
        rule = excepted["rule"]
        if is_excepted(case, rule, claim):
            if excepted["limit"] and claim.mode == "may":
                return claim.denies  # what a limit would keep from it
            known = clause is not None or about_the_same(claim, fold(sentence)) or names_rule(claim, rule)
            return contrary_denies(claim, rule) if known else None
        if may_be_excepted(case, claim):
            return None
        read = None if clause is None else fold(clause) if fold(clause) in rule else clauses_of(rule)[-1]
        return _settled(claim, rule, read, weighing, whole=whole)
    last = EXCEPTED_LAST.search(fold(sentence)) if whole and clause is not None and excepted is None else None
    if last is not None and fold(clause or "").strip(",;。") == last["bare"] and not SCOPE_ASKED.search(claim.last):
        return contrary_denies(claim, last["rule"])
    late = OVERDUE.search(fold(sentence))
    if late is not None and is_late(claim, late["term"]):
        then = late["then"]
        read = None if clause is None else fold(clause) if fold(clause) in then else clauses_of(then)[0]
        return _settled(claim, then, read, weighing, whole=whole)
    said, answers = fold(sentence), fold(clause or "")
    of_case = in_case(claim, said)
    unremarked = left_out_by_remark(claim, said)
    if unremarked is not None:
        return contrary_denies(claim, unremarked) if claim.mode == "may" else not claim.denies
    if (payer := paid_by(claim, said)) is not None:
        denies: bool | None = payer
    elif asks_price(claim) and paid_in(said):
        paid = costs(claim, said, None if clause is None else answers)
        denies = paid if paid is None or asks_free(claim) else not paid
    elif asks_price(claim) and paid_by_others(claim, said, read=clause is not None):
        denies = not asks_free(claim)
    elif asks_price(claim) and not OF_MONEY.search(said):
        denies = None
    elif exceeds(claim):
        denies = next((b for c in bare_clauses(said) if (b := by_bound(claim, said, c)) is not None), None)
    elif speaks_of_scope(claim, said):
        denies = out_of_scope(claim, said)
    elif (settled := must_be_done(claim, said, answers)) is not None:
        denies = settled
    elif (forbidden := forbids_amount(claim, said)) is not None and (clause or about_the_same(claim, said)):
        denies = forbidden or None
    elif of_case is not None:
        denies = of_case
    elif (
        (settled := by_effect(claim, said, clause) if _TO_BE_SPARED.search(claim.predicate) else None) is not None
        or (settled := by_hours(claim, said)) is not None
        or (settled := by_days(claim, said, answers)) is not None
        or (settled := by_date(claim, said)) is not None
        or (settled := over_limit(claim, said, answers)) is not None
        or (settled := outside_term(claim, said, answers)) is not None
        or (settled := by_bound(claim, said, deciding(said, answers.strip(",;。:")))) is not None
        or (settled := by_whom(claim, said)) is not None
        or (settled := needs_consent(claim, said)) is not None
        or (settled := beside_another(claim, said, answers)) is not None
        or (settled := by_stance(claim, said, answers)) is not None
        or (settled := every_one(claim, said)) is not None
        or (settled := unbound(claim, said, answers)) is not None
        or (settled := together(claim, said, answers)) is not None
        or (settled := same_act(claim, said, answers)) is not None
    ):
        denies = settled
    elif (settled := more_or_less(claim, said)) is not None and (clause or about_the_same(claim, said)):
        denies = not settled
    elif clause is None or weighing is None:
        denies = by_rules(claim, said_of(claim, sentence))
    elif claim.judged and settles_nothing(claim, deciding(said, fold(clause).strip(",;。:"))):
        denies = None
    else:
        asserting = _asserting(claim, said, clause)
        denies = _weighed(claim, sentence, asserting, weighing)
        if denies is None and whole and not leaves_it(claim, deciding(said, asserting.strip(",;。:"))):
            rest = _DENIED_CASE.sub("", said) or said
            denies = _weighed(claim, sentence, rest, weighing)
            denies = None if denies is False and denials(rest) and not claim.denies else denies
    left = leaves_undone(claim) and must_be_done(claim, said, answers) is None
    if left and denies is not None and not (binds(said) if denies else spares(said)):
        return None
    turned = denies is False and of_case is None and turned_round(claim, said, answers)
    return None if turned or (denies is False and unsaid(claim, said)) else denies


#: That one may be spared something, which what spares it grants.
_TO_BE_SPARED = re.compile("免(?:于|予|除)?(?=[罚处追收缴交])|从轻|减轻")


def _weighed(claim: Claim, sentence: str, clause: str, weighing: Weighing) -> bool | None:
    """Whether a clause of a sentence denies a claim, by all that is seen of them, weighed; None where it is not sure, or what
    is weighed has nothing that denies or contradicts the rules."""
    decides = deciding(fold(sentence), fold(clause).strip(",;。:"))
    values = dict(zip(VERDICT_SIGNS, verdict_signs(claim, sentence, clause), strict=True))
    yes = probability(tuple(values.values()), weighing.weights)
    denies = False if yes >= weighing.least_yes else True if 1 - yes >= weighing.least_no else None
    if denies is False and (values["rules"] < 0 or effect_denies(claim, decides)):
        return None  # what is weighed and the rules, or what the clause does, contradict each other
    if denies and (not _denied(values, decides) or leaves_it(claim, decides)):
        return None  # 不停发 denies nothing of 还能领
    # That it may be done is no yes to 不能做.
    return None if denies is False and claim.denies and compare(claim, fold(sentence), decides) else denies


def _asserting(claim: Claim, said: str, clause: str) -> str:
    """The clause by which a claim is weighed: that which was read to answer, unless it holds nothing of what the claim
    asserts (不计入收入, of 还能领津贴) and another one does; whether something is wrong the one that forbids it tells."""
    near = nearest_clause(claim, said)
    forbidding = [c for c in bare_clauses(said) if FORBIDS.search(c) and share_asserted(claim, c)]
    if forbidding and WRONG.search(claim.last):
        return max(forbidding, key=lambda c: share_asserted(claim, c))
    return near if not share_asserted(claim, fold(clause)) and share_asserted(claim, near) else clause


def _denied(values: Mapping[str, float], clause: str) -> bool:
    """Whether anything denies a claim: the rules, or a denial in the clause that decides. That little speaks for it does
    not."""
    return values["rules"] < 0 or values["clause"] < 0 or denials(clause) > 0 or says_no(clause)
