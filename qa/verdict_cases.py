"""Whether a sentence bears a yes or no in the case that a claim tells.

It does not where it rules for another case, where its rule is for the case that something is not so, or where what the
claim turns on does not stand in it.
"""

from __future__ import annotations

import re

from index.tokens import fold
from qa.amendments import as_amended
from qa.amounts import amounts, conditions
from qa.claim import Claim, case_of, read_claim
from qa.other_case import in_another_way, lacks_required, of_another_kind
from qa.patterns import other_class
from qa.stance import asks_mention, asks_support, supported
from qa.verdict_costs import asks_price
from qa.verdict_figures import of_other_hours, of_some_days, outside_ranges
from qa.verdict_forms import RULE_ASKED
from qa.verdict_guard import unborne
from qa.verdict_shared import about_the_same, nearest_clause
from qa.verdict_words import (
    ALL,
    DENIED_THING,
    FORBIDS,
    MUST_SAID,
    ONLY,
    bare_clauses,
    content_words,
    denials,
    length_held,
    naming_words,
    stands_in,
)

# --- another case ----------------------------------------------------------------------------------------------------


def of_other_case(question: str, sentence: str, *, denies: bool, around: str = "", odds: float | None = None) -> bool:
    """Whether a sentence cannot bear the yes or no that a figure of it gives: it holds for another case than the one that
    the question tells, or lacks what the question turns on.

    >>> of_other_case("外地户口能领300元吗?", "本市户籍人员每人补贴300元。", denies=False)
    True
    """
    claim, said = read_claim(question), as_amended(fold(sentence))
    return (
        holds_for_another(claim, said, "", denies=denies)
        or unborne(claim, said, "", fold(around), odds, denies=denies)
        or (not denies and unsaid(claim, said))
    )


def holds_for_another(claim: Claim, said: str, clause: str, *, denies: bool) -> bool:
    """Whether a folded sentence says yes, or no, for another case only than the one that a claim tells. ``clause``: that of
    the sentence which answers, where it is read, else empty."""
    if of_another_kind(claim.text, said) or of_other_hours(claim, said) or of_some_days(claim, said):
        return True
    if denies:
        # What is kept to one class alone is denied to the others.
        of_class = other_class(claim.predicate if claim.judged else claim.text, said) and not ONLY.search(said)
        return of_class or _untold_case(claim, said, clause) or _denies_the_case(claim, said, clause)
    return claim.mode == "may" and in_another_way(claim.text, said)


#: What a claim says not to be done in its case: 不去申请也会到账.
_NOT_DONE = re.compile(r"(?:不|没有?)(?:去|用|再)?(?P<act>[\u4e00-\u9fff]{2})[^,;。]{0,4}?(?:,|也|都|还|就)")


def _denies_the_case(claim: Claim, said: str, clause: str) -> bool:
    """Whether a sentence only denies what a claim says not to be done in its case (企业不用申请, of 不去申请也会到账)."""
    near = clause.strip(",;。:") or nearest_clause(claim, said)
    acts = [m["act"] for m in _NOT_DONE.finditer(claim.text)]
    then = content_words(re.split("也|都|还|就|会|能", claim.text)[-1])
    if claim.denies or any(stands_in(word, near) for word in then):
        return False
    return denials(near) == 1 and any(re.search(f"[不无免未没][^,;。]{{0,3}}{a}", near) for a in acts)


def lacks_requirement(claim: Claim, said: str, clause: str | None) -> bool | None:
    """True where a claim says that something may be had in a case which lacks what a sentence asks for; None elsewhere."""
    if claim.mode not in ("may", "has") or claim.denies or claim.judged or asks_price(claim):
        return None
    lacking = lacks_required(case_of(claim), said) and (clause is not None or about_the_same(claim, said))
    return True if lacking else None


def _untold_case(claim: Claim, said: str, clause: str) -> bool:
    """Whether what is denied is denied to a case of its own only (在室内飞行的，不适用) of which the claim says nothing."""
    clauses = bare_clauses(said)
    near = clause.strip(",;。:") or nearest_clause(claim, said)
    at = next((i for i, c in enumerate(clauses) if c == near), -1)
    if at < 0 or ALL.search(claim.text):
        return False
    case = near if near.endswith("的") else clauses[at - 1] if at and clauses[at - 1].endswith("的") else ""
    if not case or case.startswith("未") or conditions(said):
        return False  # whom a rule means by figures (未满十二周岁的) a question may name in other words
    last = claim.last
    asked = "" if claim.predicate == last else claim.predicate
    own = set("".join(content_words(case)))
    beside = set(claim.text.removesuffix(asked))
    return bool(own - set("".join(content_words(asked)))) and not own & beside


# --- a condition that turns a rule round -----------------------------------------------------------------------------

#: What holds only where something is not so: 不能证明…的，应当…
_UNLESS = re.compile(
    r"(?:^|[,;。])(?P<condition>[^,;。]*?(?:不能|未(?![满超成达足来])能?|没有|不(?![满足超少低高大小多同仅]))[^,;。]{2,40}的),(?P<then>[^;。]+)"
)
#: The same condition in a question, before what is asked of it: 没办证的会不会罚款.
_IF_NOT = re.compile(
    r"^(?P<condition>.*?(?:没有?|未|不|无)[^,;。]{2,}?)(?:的)?(?:,|的话)?(?P<then>(?:[也就都还]?(?:会|要|能|可以|得|应)).{2,})$"
)
#: Share of the condition that a claim has to speak of: one without a denial, and one with a case of its own.
WHOLE_CASE, _SAME_CASE = 0.6, 0.3
_SAME_THINGS = 2  #: characters of what stands before the denials of two conditions from which they are of one thing


def _speaks_of(condition: str, text: str) -> float:
    """The share of what stands behind the denial of a condition that a text holds."""
    words = content_words(DENIED_THING.sub("", condition))
    total = sum(map(len, words))
    return length_held(words, text) / total if total else 1.0


def turned_round(claim: Claim, said: str, clause: str = "") -> bool:
    """Whether a yes would rest on a rule for the case that something is not so (不能证明…的，应当…), of which the claim
    says nothing; or on the denial in such a condition. ``clause``: that of the sentence which answers, where it is read."""
    found = _UNLESS.search(said)
    clause = clause.strip(",;。:") or nearest_clause(claim, said)
    if found is None or clause.replace(",", "") not in found.group().replace(",", ""):
        return False
    asked = _IF_NOT.match(claim.text)
    if asked is not None:
        # 没还完 and 尚未结清 are the same of the same thing.
        things = (DENIED_THING.match(found["condition"]), DENIED_THING.match(asked["condition"]))
        same = set.intersection(*(set("".join(content_words(t.group()[:-1]))) for t in things if t), set(claim.text))
        return _speaks_of(found["condition"], asked["condition"]) < _SAME_CASE and len(same) < _SAME_THINGS
    *before, _ = claim.text.split(",")
    if claim.denies and not claim.judged and not denials(found["then"]) % 2:
        return True
    # A case of its own in other words: 原封不动拿来用, 未作改动的.
    return not re.search("[没未不无]", ",".join(before)) and _speaks_of(found["condition"], claim.text) < WHOLE_CASE


def in_case(claim: Claim, said: str) -> bool | None:
    """Whether a sentence denies what a claim says of the very case that something is not so, for which the sentence has
    a rule: 没办证经营会罚款 and 未取得许可证经营的，处…罚款. None for others."""
    found, asked = _UNLESS.search(said), _IF_NOT.match(claim.text)
    if found is None or asked is None:
        return None
    # The case of a question is short and in other words (没证, 未取得许可证的): one sign of it is enough.
    lacking = "".join(content_words(DENIED_THING.sub("", found["condition"])))
    if not set(lacking) & set(DENIED_THING.sub("", asked["condition"])):
        return None
    words = content_words(asked["then"])
    told, mine = amounts(found["condition"]), amounts(claim.text)
    if any(a.unit and a.unit == b.unit and a.value != b.value for a in told for b in mine):
        return None
    if "免" in asked["then"] + found["then"] or not any(stands_in(w, found["then"]) for w in words if len(w) > 1):
        return None
    return denials(asked["then"]) % 2 != denials(found["then"]) % 2


# --- what does not stand in the sentence -----------------------------------------------------------------------------

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


#: A measure that a claim begins with says of what it speaks.
_COUNTED_FIRST = re.compile(r"(\d[\d.]*)(?:个?工作日|天|日|个月|元|万元|亿元|公里|平方米)(?=包括|包含|含|是|属于|算)")
_OF_RANGE = re.compile(r"以上|以下|以内|以外|不超过|不低于|不少于|不足|超过|至少|最多|\d[^,;。]{0,3}[至~—-]\s*\d|岁")


def unsaid(claim: Claim, said: str) -> bool:
    """Whether what a claim turns on does not stand in a sentence at all, so that it cannot bear a yes: another figure of
    the same measure stands there, nothing of the thing that is asked for (有没有某市), or a plan where it is asked what is
    so by now."""
    figures = [figure.replace(",", "") for figure in _FIGURE.findall(claim.predicate)]
    held = [figure.replace(",", "") for figure in _FIGURE.findall(said)]
    if claim.mode == "is" and len(figures) == 1 and held and figures[0] not in held and not _OF_RANGE.search(said):
        return True
    counted = _COUNTED_FIRST.match(claim.text)
    if counted is not None and counted[1] not in held:
        return True  # 25个工作日包括…, of 5个工作日
    if _BY_NOW.search(claim.text) and _PLANNED.search(said):
        return True
    if other_class(claim.text, said) or outside_ranges(claim, said):
        return True
    if _MOST.search(claim.text) and not _MOST.search(said):
        return True  # of several that are told which is the most is told by none
    if _FIRST_TIME.search(claim.text) and not _FIRST_SAID.search(said):
        return True
    if _EVERY.search(claim.last) and not claim.denies and not claim.judged and not _OF_ALL.search(said):
        return True  # that some are says nothing of every one
    group = _ONE_OF.search(claim.text)
    if group and not all(stands_in(w, said) for w in content_words(group["whose"]) if len(w) > 1):
        return True  # 甲业的三个区之一, of those of 乙业
    asked = content_words(claim.predicate)
    last = claim.last
    doer = naming_words(supported(last))[:1]
    if doer and not stands_in(doer[0], said):
        return True  # 支持社会资本办学: that another is supported says nothing
    of_stance = asks_mention(last) or asks_support(last) or RULE_ASKED.search(last)
    return claim.mode == "has" and bool(asked) and not (of_stance or any(stands_in(word, said) for word in asked))


_FIRST_TIME = re.compile(r"[才是算](?:头一[回次]|首次|第一[回次])")
_FIRST_SAID = re.compile(r"最[早先初]|首|第一|率先|开创")
#: That something is so of every one; and a sentence that is of all, or of whomever it concerns.
_EVERY = re.compile(r"全部|所有|一律|全都|通通|统统|每(?:个|家|[省市县区村户])")
_OF_ALL = re.compile(f"{ALL.pattern}|{MUST_SAID.pattern}|{FORBIDS.pattern}|各|凡|全[天年程民省市县]")
#: Of what something is said to be one.
_ONE_OF = re.compile(r"(?:算(?:是|作)?|是|属于|列为|在)(?P<whose>[^,;。算是]{2,24})(?:之一|之列|名单(?:里|中|内)?)$")
#: What is said to be the first of all.
_MOST = re.compile(
    r"最(?=[差高低多少大小快慢好长短早晚强弱重轻新])(?![高低多少大小长短]限)|第一(?![条章节款项类种次个批])|首位|居首|榜首|垫底|倒数|末位|头名"
)
