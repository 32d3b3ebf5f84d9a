"""Whom and what a rule holds for: its scope, its exceptions, and what follows a term."""

from __future__ import annotations

import re

from qa.amounts import amounts, fits, ranges
from qa.claim import WRONG, Claim, is_denial
from qa.register import open_register
from qa.verdict_figures import at_hours, figures_in
from qa.verdict_forms import binds, leaves_undone
from qa.verdict_shared import about_the_thing, nearest_clause
from qa.verdict_words import (
    ALLOWS,
    FORBIDS,
    MUST_SAID,
    ONLY,
    content_words,
    denials,
    naming_words,
    ruled_cases,
    says_no,
    stands_in,
)

# --- what a rule holds for -------------------------------------------------------------------------------------------

_RULE = r"(?:规定|办法|条例|细则|规则|章程|意见|政策|制度|方案|通知|标准|文件|规范|法律?)"
#: Whether a rule holds for something: 归这个办法管吗, 管得着吗, 适用吗, 在不在范围里, 能按这个政策走吗.
SCOPE_ASKED = re.compile(
    rf"管得[着了到]|管不[着了到]|[归受][^,;。]{{0,18}}{_RULE}[^,;。]{{0,3}}(?:管|约束|调整)|"
    rf"{_RULE}(?:里|中|也|还|就|都|能|会|可以)*管(?!理|辖|控)(?:[^,;。]{{0,6}})$|适用|[在属][^,;。]{{0,14}}(?:适用|管辖|调整|管理|规定|办法|条例|政策)[^,;。]{{0,4}}范围|"
    rf"(?:按|照|参照|依照|执行)[^,;。]{{1,20}}{_RULE}(?:来)?(?:走|办|执行|管|处理|享受)?$"
)
_HOLDS = re.compile(
    rf"(?<!不)适用本|参照(?:本[^,;。]{{1,8}})?(?:适用|执行)|(?:参照|依照|按照|执行)(?:适用|执行)?本[^,;。]{{0,4}}{_RULE}"
)
_HOLDS_NOT = re.compile(r"不适用|除外|不[在属][^,;。]{0,12}范围|不受本[^,;。]{0,8}(?:限制|约束)|不执行本|不按照?本")


_RULE_MANAGES = re.compile(rf"(?<=,)[^,;。]*{_RULE}(?=(?:里|中|也|还|就|都|能|会|可以)*管(?!理|辖|控)[^,;。]{{0,6}}$)")


def speaks_of_scope(claim: Claim, said: str) -> bool:
    """Whether a claim and a sentence both speak of what a rule holds for."""
    holds = _HOLDS.search(said) or _HOLDS_NOT.search(said)
    return bool(holds and SCOPE_ASKED.search(claim.last))


def out_of_scope(claim: Claim, said: str) -> bool | None:
    """Whether a sentence denies what a claim says of what a rule holds for; None where it is not about the same thing,
    or says of parts of it both that the rule holds and that it does not."""
    last = claim.last
    asked_not = (denials(re.sub(r"管不[着了到]", "不管", last)) % 2) == 1
    inside_of = [r.holds(a.value) for r in ranges(said) for a in amounts(claim.text) if a.unit and a.unit == r.unit]
    if inside_of and _HOLDS.search(said) and not _HOLDS_NOT.search(said):
        return all(inside_of) == asked_not
    if not about_the_thing(claim, said, SCOPE_ASKED):
        return None
    clauses = ruled_cases(said, lambda clause: bool(_HOLDS.search(clause) or _HOLDS_NOT.search(clause)))
    out = [c for c in clauses if _HOLDS_NOT.search(c)]
    inside = [c for c in clauses if _HOLDS.search(c) and c not in out]
    # In a story the thing stands before the clause that names the rule: 骑的是轻便摩托,那个停放办法管我.
    words = naming_words(SCOPE_ASKED.sub(",", _RULE_MANAGES.sub(",", claim.text)))
    words = [w for w in words if len(w) > 1] or words
    if out and inside:
        held_out, held_in = (sum(len(w) for w in words if any(w in c for c in part)) for part in (out, inside))
        if held_out == held_in:
            return None
        out = out if held_out > held_in else []
    named = [w for w in words if stands_in(w, re.sub(r"[()]", "", said))]
    # Whom the rule leaves out may be named behind much else: 二院东院区, of 东院区由甲公司采购,不适用本办法.
    left_out = naming_words(re.split("[由的,]", out[0])[0]) if out else []
    if left_out and all(w in claim.text for w in left_out):
        return bool(out) != asked_not
    if out and words and words[0] not in named and 2 * sum(map(len, named)) <= sum(map(len, words)):
        return None  # what is left out is another kind of the thing
    return bool(out) != asked_not


# --- an exception; a term that is over -------------------------------------------------------------------------------

#: 不得甲,但乙的除外: what holds, and for whom it does not.
EXCEPTION = re.compile(
    r"(?P<rule>(?:(?!,但)[^;。])*),(?:但是?,?(?P<case>[^;。]{2,60}?)的?,?(?:除外|不在此限|不受(?P<limit>[^,;。]{0,12}?)(?:此限|限制))|(?P<bare>[^,;。]{2,40})的除外)[;。]?$"
)
#: …,同一船东的雇工除外: the rule before an exception without 的, which counts where it is read to answer.
EXCEPTED_LAST = re.compile(r"(?P<rule>[^;。]*),(?P<bare>[^,;。]{2,30}除外)[;。]?$")
#: What a rule asks for before anything else.
_WITHOUT = re.compile(r"未经?(?P<what>[^,;。]{2,8}),?[^;。]{0,16}?(?:不得|禁止)")
_IN_CASE = 0.2  #: share of what tells an exception from its rule that a claim has to name


#: That other rules may say otherwise, which says neither yes nor no.
_RULED_ELSEWHERE = re.compile(
    r"或者?[^,，;；。或]{0,16}另有(?:规定|约定)(?=的)"
    r"|[,，;；](?:但是?[,，]?)?[^,，;；。或]{0,20}另有(?:规定|约定)的?[,，]?(?:除外|从其(?:规定|约定))"
)


def without_other_rules(claim: Claim, sentence: str) -> str:
    """A sentence without what leaves the last word to other rules (法律另有规定的除外), unless these are asked about."""
    return sentence if re.search("另有|规定|约定", claim.text) else _RULED_ELSEWHERE.sub("", sentence)


#: What a remark leaves out: 认定文件（技术改造项目除外）.
_REMARK = re.compile(r"\((?P<case>[^()]{2,24}?)的?除外\)|\((?:不含|不包括)(?P<without>[^()]{2,24})\)")


def left_out_by_remark(claim: Claim, said: str) -> str | None:
    """What a folded sentence rules for all but the very case of a claim, which a remark in it leaves out; None elsewhere."""
    for found in _REMARK.finditer(said):
        case, rest = found["case"] or found["without"], said[: found.start()] + said[found.end() :]
        short = [w for w in naming_words(claim.text) if len(w) == 2 and w not in case and not stands_in(w, rest)]
        if is_excepted(case, rest, claim) or any(stands_in(w, case) for w in short):
            return rest
    return None


def is_excepted(case: str, rule: str, claim: Claim) -> bool:
    """Whether a claim says that it is in the case of an exception: 约定了 of 但合同另有约定或者法律另有规定的除外."""
    if (within := at_hours(claim, case)) is not None:
        return within
    for one in re.split("或者?|、|,|等(?![级待学])", re.sub("^(?:因为?|由于)", "", case)):
        fitting = fits(amounts(claim.text), one)
        if fitting:
            return fitting > 0
        words = [w for w in content_words(one) if w not in rule]
        # A word that begins as one of the rule does names nothing by that: 抵押权人, of 处于抵押期间的.
        named = [
            w
            for w in words
            if w in claim.text
            or (tells_of(w, claim.text) and w[:2] not in rule)
            or (w[0] not in rule and put_as(w, claim.text))
        ]
        told = next(
            (c for c in claim.text.split(",") if named and (stands_in(named[-1], c) or put_as(named[-1], c))), None
        )
        if told is not None and sum(map(len, named)) >= _IN_CASE * sum(map(len, words)):
            return not is_denial(told) or told is claim.last or denials(one) % 2 == 1
    return False


def put_as(word: str, told: str) -> bool:
    """Whether official text puts something that is told by a word: 诉讼, of 打官司; 陪护, of 陪."""
    official = open_register().official
    return len(word) > 1 and any(
        (len(own) == 1 and word.startswith(own)) or any(word in other for other in official.get(own, ()))
        for own in content_words(told)
    )


def names_rule(claim: Claim, rule: str) -> bool:
    """Whether a claim names something of a rule, so that a case which is excepted from it and named is of that rule."""
    return any(len(w) > 1 and w in claim.text for w in naming_words(rule))


_FOR_REASON = re.compile("因|由于")


def may_be_excepted(case: str, claim: Claim) -> bool:
    """Whether a claim tells a reason and an exception is for reasons, none of which it names: 因重大疾病的除外, and 因为我爸得了癌症."""
    return bool(_FOR_REASON.match(case.removeprefix("但").removeprefix("是")) and _FOR_REASON.search(claim.text))


#: What excepts a case from the clause before it: 但孤儿不受年龄限制, 残疾人专用车不计入.
_EXCEPTED_CASE = re.compile(
    r"(?:^|[,;。(])(?:但是?,?)?(?P<case>(?:[^,;。()]|\([^()]*\)){2,40}?)(?:的?|的,[凭经持][^,;。]{2,20}),?(?:除外|不在此限|不受(?:此限|[^,;。]{0,14}限制)|不(?:计入|包括|适用)|视同)"
)


def excepts_case(claim: Claim, said: str) -> bool:
    """Whether a folded sentence excepts the very case of a claim from its rule."""
    return any(is_excepted(m["case"], said[: m.start()], claim) for m in _EXCEPTED_CASE.finditer(said))


def tells_of(word: str, told: str) -> bool:
    """Whether a text holds a word, or a piece of it and not only what it is one kind of: 家庭 of 低保家庭."""
    own = word[:-2] if len(word) > 3 else word
    return stands_in(word, told) and stands_in(own, told)


def contrary_denies(claim: Claim, rule: str) -> bool | None:
    """Whether the contrary of a rule denies a claim; None where that is but free of a duty, of what may be done."""
    without = _WITHOUT.search(rule)
    if without is not None and any(stands_in(w, claim.last) for w in content_words(without["what"])):
        return not claim.denies  # of what has to come first: 未经登记,不得饲养
    clause = nearest_clause(claim, rule)
    if leaves_undone(claim) and binds(rule):
        return False  # whom a duty is not for may leave it undone
    duty = MUST_SAID.search(clause) and not (FORBIDS.search(rule) or ALLOWS.search(clause) or ONLY.search(clause))
    if claim.mode == "may" and duty and not re.search("方可|才[能可]", clause) and not WRONG.search(claim.last):
        return None
    limited = _LIMITS.search(clause) is not None
    # What is announced for all cases (有下列情形之一的,不予受理) rules the case that is excepted, too.
    announced = FORBIDS.search(rule) is not None and not (ALLOWS.search(clause) or MUST_SAID.search(clause))
    allows = (
        FORBIDS.search(clause) is not None or says_no(clause) or ONLY.search(clause) is not None or announced or limited
    )
    wrong = WRONG.search(claim.last) is not None or _ADVERSE.search(claim.last) is not None
    return allows == (wrong or claim.denies)


_LIMITS = re.compile("不(?:得|能)?超过|最多|至多")
#: What nobody wants: 受限制, 被卡住.
_ADVERSE = re.compile("受[^,;。]{0,20}(?:限制?|影响|约束)$|被[^,;。]{0,10}(?:卡住?|拒绝?|罚|取消|停发|追回)$")
#: A term, and what follows where it is not kept.
OVERDUE = re.compile(r"(?P<term>[^;。]*?)[,;]逾期[^,;。]{0,8}的?,(?P<then>[^;。]+[;。]?)$")


def is_late(claim: Claim, term: str) -> bool:
    """Whether a claim names more time than a term gives: 五天 of 三日内."""
    given = [f.value for f in figures_in(term) if f.unit == "时间"]
    taken = [f.value for f in figures_in(claim.text) if f.unit == "时间"]
    return bool(given and taken) and taken[0] > given[-1]
