"""Yes or no by what a clause does: it denies, keeps to one thing alone, binds, allows, gives or merely tells.

The last step, for claims that no rule of a form of its own settles and in words that the sentence does not share. What is
claimed to be allowed, to be needed or to be so is set against what the clause that answers does: 能拿来发工资 of 不得用于人员经费,
能开两个 of 只能有一个, 要自己申请 of 可以. What only tells says nothing of what may be done.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from qa.claim import WRONG, Claim, Mode
from qa.verdict_acts import IN_WHAT_WAY
from qa.verdict_cases import turned_round, unsaid
from qa.verdict_effect import EXCEPTS, leaves_it
from qa.verdict_scope import speaks_of_scope
from qa.verdict_shared import extent, fitting_amounts, nearest_clause, of_other_fee, of_told_case, share_asserted
from qa.verdict_words import (
    ALLOWS,
    FORBIDS,
    bare_clauses,
    content_words,
    deciding,
    denying_words,
    naming_words,
    says_no,
    stands_in,
)

Force = Literal["denies", "frees", "only", "binds", "allows", "gives", "tells"]

#: Why something is done, which denies nothing: 以未登记为由.
_REASON = re.compile(r"(?:以|因)[^,;。]{2,20}(?:为由|的原因)")
_FREES = re.compile(r"不(?:再)?受[^,;。]{0,16}(?:影响|限制|此限)|不在此限")
_FORCES: tuple[tuple[Force, re.Pattern[str]], ...] = (
    ("only", re.compile(r"只[能有需可针对限]|仅(?![仅次])|限于|[二三]选一|其中(?:之一|一[种项类个])|就高|择高|唯一")),
    ("binds", re.compile(r"应当|必须|(?<!无)须|应(?=[在由按予先向])|方可|才[能可]|一律")),
    ("allows", re.compile(rf"{ALLOWS.pattern}|有权")),
    ("gives", re.compile(r"享受|享有|给予|发放|发给|支付")),
)


def force_of(clause: str) -> Force:
    """What a folded clause of a document does.

    >>> force_of("不得用于人员经费"), force_of("只能有一个账户"), force_of("应当交回原证"), force_of("可以分段安排")
    ('denies', 'only', 'binds', 'allows')
    """
    plain = _REASON.sub("", clause)
    if _FREES.search(plain):
        return "frees"
    if says_no(plain):
        return "denies"
    return next((force for force, pattern in _FORCES if pattern.search(plain)), "tells")


#: Whether a claim of a mode is denied by a clause of a force; what is not told here is left open.
_DENIED_BY: Mapping[tuple[Mode, Force], bool] = {
    ("may", "denies"): True,
    ("may", "only"): True,
    ("may", "binds"): True,
    ("may", "allows"): False,
    ("must", "denies"): True,
    ("must", "allows"): True,
    ("must", "binds"): False,
    ("has", "allows"): False,
    ("has", "binds"): False,
    ("is", "denies"): True,
    ("is", "gives"): False,
}
#: What is claimed to end, to be spared or to stay as it is: a denial may say the same.
_ENDS = re.compile(r"免|停|废|无效|失效|取消|注销|收回|拒|照常|照旧|仍|留")
_SPARED = re.compile(r"免|停|拒|取消|注销")
_SPARES = re.compile(r"不(?:需要?|用|必|强制|要求|收)|无[需须]|免[收征交缴]")
#: What nobody may be made to pay.
_TAKES = re.compile("收取|加收|收费|扣[除缴]|摊派|转嫁")
_BOUND_ASKED = re.compile(r"限制|门槛|限定|卡[住着在]|[挡拦]")
#: What is done at one's own will, in one go or once more, which a duty or a condition is against.
_AT_WILL = re.compile(
    r"自己|自行|直接|随便|随意|私下|悄悄|擅自|马上|立刻|[只光](?!要)|接着|[再先](?=[\u4e00-\u9fff])|还能|一个人|一次"
)
#: What may not be done on one's own needs somebody's consent.
_OWN_WILL = re.compile("自行|擅自|私自|未经|随意")
#: How a clause begins that goes on about the same thing: ,不得…
_GOES_ON = re.compile("(?:但|也|并|且|均|都|一律|又)*(?:不|无[需须]|禁止|严禁|免)")


def by_force(claim: Claim, said: str, clause: str | None) -> bool | None:
    """Whether a folded sentence denies a claim by what the clause does that answers it, or by what one behind it denies of
    the same; None where that leaves it open. ``clause``: that which is read to answer; None where none is."""
    near = clause.strip(",;。:") if clause is not None else nearest_clause(claim, said)
    decides = _speaking(claim, said, near)
    denies = _by_force(claim, said, decides, read=clause is not None)
    if denies is False and (turned_round(claim, said, near) or unsaid(claim, said) or _says_more(claim, said)):
        return None
    return denies


def _speaking(claim: Claim, said: str, near: str) -> str:
    """What a sentence rules where one of its clauses answers; where that only tells, what one behind it denies."""
    decides = deciding(said, near)
    if force_of(decides) in ("tells", "gives") and claim.mode in ("may", "must"):
        part = next((p for p in re.split("[;。]", said) if near in p), said)
        behind = bare_clauses(part.partition(near)[2])
        return next((c for c in behind if _GOES_ON.match(c) and force_of(c) == "denies"), decides)
    return decides


def _by_force(claim: Claim, said: str, decides: str, *, read: bool) -> bool | None:
    asserted = claim.last if claim.mode in ("is", "has") else claim.predicate
    if claim.denies or claim.judged or denying_words(asserted) or not fitting_amounts(claim, said):
        return None
    if EXCEPTS.search(said) or speaks_of_scope(claim, said) or of_other_fee(asserted, said):
        return None
    words = [w for w in naming_words(claim.text) if len(w) > 1]
    if not read and not any(stands_in(w, said) for w in words):
        return None
    if claim.mode in ("is", "may") and any(_keeps_to_others(claim, c) for c in bare_clauses(said)):
        return True
    force = force_of(decides)
    if WRONG.search(claim.last):
        return {"denies": False, "allows": True}.get(force)
    if (_ENDS if claim.mode == "is" else _SPARED).search(asserted) or decides.startswith("逾期"):
        return None
    shared = share_asserted(claim, decides) > 0 or bool(set("".join(content_words(claim.predicate))) & set(decides))
    if force == "frees":
        bound = claim.mode != "may" or _BOUND_ASKED.search(claim.text) or not of_told_case(claim, said, decides)
        return None if bound else False
    denies = _DENIED_BY.get((claim.mode, force))
    binding = (c for c in bare_clauses(said) if force_of(c) == "binds")
    if claim.mode == "must" and denies and any(share_asserted(claim, c) for c in binding):
        return False  # 不要求营业执照,但应当登记, of 要登记
    if claim.mode == "may" and force == "binds":
        # 应当 says how, not that it may not be.
        return True if not shared and _AT_WILL.search(claim.text) else None
    if claim.mode in ("may", "is") and force == "denies" and leaves_it(claim, decides):
        return None  # 不停发 denies nothing of 还能领
    if claim.mode == "may" and force == "denies":
        return None if not shared and (not read or _SPARES.search(decides)) else True
    if claim.mode == "must" and force == "denies" and FORBIDS.search(decides) and not _TAKES.search(decides):
        return False if _OWN_WILL.search(decides) else None
    if not shared and (claim.mode == "is" or (claim.mode, force) == ("must", "allows")):
        return None
    if (
        denies is False
        and not read
        and not all(stands_in(w, said) for w in naming_words(claim.predicate) if len(w) > 1)
    ):
        return None
    return denies


def _says_more(claim: Claim, said: str) -> bool:
    """Whether a claim says of how many or in what way, and a sentence does not."""
    way = IN_WHAT_WAY.search(claim.last)
    return any(extent(claim.last)[:2]) or (way is not None and way.group() not in said)


_KEPT_TO = re.compile(
    r"(?:只|仅|限于)(?P<does>面向|针对|适用|用于|支持|接受|受理|限于|发给|向|对)(?P<whom>[\u4e00-\u9fff\d]{2,14})"
)
_GRADE = re.compile(r"^[一二三四五六七八九十\d]+年?级")


def _keeps_to_others(claim: Claim, clause: str) -> bool:
    """Whether a clause keeps something to others than a claim names: 面向一年级学生, of 只面向二年级学生."""
    kept = _KEPT_TO.search(clause)
    if kept is None or kept["does"] not in claim.text:
        return False
    grade, names = _GRADE.match(kept["whom"]), naming_words(kept["whom"])
    return grade.group() not in claim.text if grade else bool(names) and not stands_in(names[0], claim.text)
