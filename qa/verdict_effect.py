"""Yes or no by which way a claim and a clause weigh for whomever they concern.

The last relation, wider than what a clause does (qa.verdict_force): a question hopes for something, fears something, asks for a
duty or for a power over others; a clause bars, withholds, takes, binds, spares, gives or allows. 还能接着领 hopes for what 不停发
leaves; 要买保险 asks for a duty that 自愿 spares; 会被收走 fears what 依法收回 takes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from qa.claim import WRONG, Claim
from qa.verdict_cases import turned_round, unsaid
from qa.verdict_costs import asks_price
from qa.verdict_scope import speaks_of_scope
from qa.verdict_shared import extent, fitting_amounts, nearest_clause, of_other_fee
from qa.verdict_words import (
    ALLOWS,
    FORBIDS,
    MUST_SAID,
    ONLY,
    bare_clauses,
    content_words,
    deciding,
    denials,
    naming_words,
    says_no,
    stands_in,
)

#: What a question asks for: that one may do or have something; that somebody may do something to others; that something good,
#: or some ease, comes; that something is lost or taken; that there is a duty, or none; that something
#: may not be.
Ask = Literal["may", "power", "hope", "relief", "fear", "burden", "duty", "free", "barred"]
Effect = Literal["bars", "withholds", "denies", "takes", "binds", "spares", "gives", "allows", "only"]

_BURDEN = (
    r"罚|收走|收回|追[回缴究]|没收|吊销|取消|撤|扣(?!除)|(?:收|交|缴|付|掏)[^,;。]{0,6}[费钱税]|收费|停(?!车|业|产|泊|留)|断[水电气供]|自费"
    r"|(?<!不)受[^,;。]{0,8}(?:限|影响)|作废|没了|门槛|押金|滞纳金|违约金|注销|辞退?|[变减]少|缩水|会降|影响|拦|挡|开除|清退|处分"
)
_FEARED = re.compile(_BURDEN)
_POWER = re.compile(
    rf"{_BURDEN}|强制|硬要|强行|要求|逼|拒|赶|不给|不让|叫[^,;。]{{0,6}}[掏交出]|让[^,;。]{{0,6}}[掏交出]|转嫁|限制"
)
_HOPED = re.compile(
    r"免|便宜|优惠|减半|半价|补贴|补助|奖|给|赔|报(?!备|告|名|送)|照[发样常]|有效|算数|管用|受理|退(?!休|出|役|伍)|发(?!生|现|展|电)|延|优先|保密|作数|有[^,;。]{0,4}份$"
)
#: ... that would be a loss of what one has; and what is hoped for that what spares gives.
_LOST = re.compile(r"收走|收回|取消|撤|停|断|作废|没了|注销|吊销|清退|开除|少|缩|降|影响")
_EASED = re.compile(r"免|便宜|优惠|减|半价|照[发样常]|有效|算数|管用|作数|延")
#: To be left out of something.
_LEFT_OUT = re.compile(r"剔除|排除|跳过|绕[开过]|豁免|免(?!费)|去掉|刨[掉除去]|不[算计]")
_COMPELS = re.compile(r"强|硬|要求|逼|让|叫|转嫁|[^不]收")
_PAYS = re.compile(r"[付缴交][了的]?$|付[款钱费]|缴费|交[费钱]")
_BARRED = re.compile(r"不许|不准|不让|禁止|不允许|不给|不批")
_AT_MODAL = re.compile(
    r"[不没](?:能|可|许|让|准|得|用|必|给|批|法|[\u4e00-\u9fff]?行)|无法|(?:能|可以|可|许|让|准)[\u4e00-\u9fff]{0,3}[不没]"
)
_LEAVES = re.compile(r"(?:可以|能够?|可|允许|准许?)(?:先|都|就|一直|暂时|也)?不")


def asked_for(claim: Claim) -> Ask | None:
    """What a claim asks for."""
    if claim.judged or WRONG.search(claim.last):
        return None
    if claim.mode == "may":
        if claim.denies and not _AT_MODAL.search(claim.last):
            return None  # 能收跟上课没关系的钱吗
        if claim.denies:
            return "free" if _LEAVES.search(claim.last) else "barred"
        if _LEFT_OUT.search(claim.predicate):
            return "free"
        if _PAYS.search(claim.predicate) and not _COMPELS.search(claim.predicate):
            return "burden"  # what is not taken cannot be paid by phone, either
        return "power" if _POWER.search(claim.predicate) else "may"
    if claim.mode == "must":
        return "free" if claim.denies else "duty"
    if _BARRED.search(claim.last):
        return "barred"
    feared, hoped = _FEARED.search(claim.last), _HOPED.search(claim.last)
    if claim.denies or bool(feared) == bool(hoped):
        return None
    if feared:
        return "fear" if _LOST.search(feared.group()) else "burden"
    return "relief" if _EASED.search(claim.last) else "hope"


_SPARES = re.compile(
    r"自愿(?![^,;。]{0,24}不)|自主|免[征收缴交费除予于]|减免|无偿(?!收回|返工|划)|不以[^,;。]{2,16}为(?:前提|条件|依据)|无[需须]|不必|不用|不需要?|不(?:作|做)?要求|不强制|不受[^,;。]*?(?:限制|影响|此限)"
    r"|不在此限|取消[^,;。]{0,20}(?:限制|门槛)|不设[^,;。立]{0,6}(?:期|限|门槛|条件|标准|线)|不限(?!于)|可以?不(?=[\u4e00-\u9fff])"
)
_TAKES = re.compile(
    r"收取|加收|收费|计收|(?<!免)征收|缴纳|交纳|罚款|处罚|处[^,;。]{0,8}元|扣[除减缴分]|责令|没收|强制|收回|追[回缴]"
)
_WITHHOLDS = re.compile(
    r"停(?:发|办|供|用|止(?!执行))|暂停|中断|取消|撤销|吊销|注销|不予|清退|退出|作废|失效|无效|拒绝"
)
_LOSES = re.compile(rf"{_TAKES.pattern}|{_WITHHOLDS.pattern}|影响|限制|降低|减少|等待期|等候期")
_GIVES = re.compile(
    r"享受|享有|给予|发放|发给|奖励|补[助贴]|报销|退[还回]|返还|减半|优惠|优先|资助|顺延|有效(?!期)|有权|照[发分领付给拿]"
)
_ALIKE = re.compile(r"(?:同[等样]|均|也|一并)(?:能|会)?(?:享|参加|领取|办理)|[都均也]能(?=[\u4e00-\u9fff])")
_NOT = re.compile(r"(?:不(?:再|予|会|应|另|作)?|未|无)$")
#: Of whom a clause speaks: 中断缴费的可以….
_WHOM = re.compile(r"^[^,;。]{2,30}?的(?=[,应可不须给由按])")


def effect_of(clause: str) -> Effect | None:
    """What a folded clause of a document does for those whom it is for.

    >>> effect_of("不停发"), effect_of("不设观察期"), effect_of("停发津贴"), effect_of("由船东自愿投保")
    ('spares', 'spares', 'withholds', 'spares')
    """
    if clause.startswith(("其他", "其余")):
        return None
    body = _WHOM.sub("", clause)
    if body.startswith("并非"):
        return "allows" if effect_of(body[2:]) in ("bars", "withholds", "only") else None
    forbids = FORBIDS.search(body)
    spared = _SPARES.search(body)
    if forbids and forbids.group() != "不予" and (says_no(body) or (spared and spared.start() > forbids.start())):
        return "bars"
    if spared:
        return "binds" if _NOT.search(body[: spared.start()]) else "spares"
    lost = list(_LOSES.finditer(body))
    if lost and (not_so := _NOT.search(body[: lost[-1].start()])):
        return "spares" if not_so.group() != "无" or _TAKES.match(lost[-1].group()) else None
    if says_no(body) and _GIVES.search(body):
        return "withholds"
    if lost:
        return (
            "takes" if _TAKES.search(lost[-1].group()) else "withholds" if _WITHHOLDS.search(lost[-1].group()) else None
        )
    if says_no(body) or denials(body) % 2:
        return "denies"
    if ALLOWS.search(body) or _ALIKE.search(body):
        return "allows"
    if _GIVES.search(body):
        return "gives"
    if MUST_SAID.search(body):
        return "binds"
    return "only" if ONLY.search(body) and not re.search(r"\d", body) else None


#: Whether what is asked for is denied by what a clause does; what is not told here is left open.
DENIED_BY: Mapping[tuple[Ask, Effect], bool] = {
    **{(ask, effect): True for ask in ("may", "hope", "relief") for effect in ("bars", "withholds", "denies")},
    **{(ask, effect): True for ask in ("power", "fear", "burden") for effect in ("bars", "spares")},
    **{(ask, "denies"): True for ask in ("power", "fear", "burden")},
    **{("duty", effect): True for effect in ("spares", "withholds", "denies", "allows")},
    **{("free", effect): False for effect in ("spares", "denies")},
    **{("free", effect): True for effect in ("binds", "takes")},
    **{(ask, "allows"): False for ask in ("may", "power", "hope", "relief")},
    ("may", "only"): True,
    ("barred", "bars"): False,
    ("barred", "withholds"): False,
    ("barred", "denies"): False,
    ("barred", "allows"): True,
    ("may", "spares"): False,
    ("relief", "spares"): False,
    ("hope", "gives"): False,
    ("relief", "gives"): False,
    ("fear", "withholds"): False,
    ("fear", "takes"): False,
    ("burden", "takes"): False,
    ("duty", "binds"): False,
}


#: What a sentence says goes on as it was.
_KEEPS = re.compile("不影响|仍(?:然|应|可|按|旧|由)")
#: What a sentence takes back of itself.
EXCEPTS = re.compile("除外|不[在受]此限")


def effect_denies(claim: Claim, clause: str) -> bool | None:
    """Whether what a folded clause does is against what a claim asks for; None where neither tells."""
    ask, effect = asked_for(claim), effect_of(clause)
    return None if ask is None or effect is None else DENIED_BY.get((ask, effect))


def leaves_it(claim: Claim, clause: str) -> bool:
    """Whether what a folded clause spares is no denial of what a claim hopes for: 不停发, of 还能接着领."""
    return effect_of(clause) in ("spares", "denies", "bars") and effect_denies(claim, clause) is False


def by_effect(claim: Claim, said: str, clause: str | None) -> bool | None:
    """Whether a folded sentence denies a claim by what the clause that answers does for whom it is; None where that leaves it
    open. ``clause``: that which is read to answer; None where none is."""
    near = clause.strip(",;。:") if clause is not None else nearest_clause(claim, said)
    decides = deciding(said, near)
    denies = effect_denies(claim, decides)
    if denies is None or not fitting_amounts(claim, said) or speaks_of_scope(claim, said):
        return None
    if effect_of(decides) in ("withholds", "takes") and _KEEPS.search(said):
        return None  # 部分无效,不影响其他部分: of which one is asked is not told
    if of_other_fee(claim.last, said) or (EXCEPTS.search(said) and not decides.startswith("并非")):
        return None
    if clause is None and not names_of(claim, said):
        return None
    if denies:
        return True
    if effect_of(decides) == "allows" and not all(stands_in(w, said) for w in naming_words(claim.predicate)[-1:]):
        return None  # that something is allowed does not say that all else is
    of_other = any(extent(claim.text)[:2]) or (asked_for(claim) == "relief" and asks_price(claim))
    return None if of_other or turned_round(claim, said, near) or unsaid(claim, said) else False


def allows_another_act(claim: Claim, said: str, clause: str | None) -> bool:
    """Whether the clause that answers allows what a claim does not name, and another one denies: 可以列席,不参与表决, of 能投票."""
    near = clause.strip(",;。:") if clause is not None else nearest_clause(claim, said)
    part = next((p for p in re.split("[;。]", said) if near in p), said)
    others = bare_clauses(part.partition(near)[2])
    if claim.mode != "may" or claim.denies or claim.judged or effect_of(near) != "allows":
        return False
    named = set("".join(content_words(claim.predicate)[-1:])) & set(near)
    return not named and any(effect_of(c) == "denies" for c in others)


def agrees(claim: Claim, said: str, clause: str | None, *, denies: bool) -> bool:
    """Whether what a clause does surely gives the word that the rules have found: it denies what it names, or spares it."""
    near = deciding(said, clause.strip(",;。:") if clause is not None else nearest_clause(claim, said))
    plain = denies or effect_of(near) == "spares"
    return plain and names_of(claim, said) and by_effect(claim, said, clause) == denies


def names_of(claim: Claim, said: str) -> bool:
    """Whether a folded sentence names anything that a claim names."""
    return any(stands_in(w, said) for w in naming_words(claim.text) if len(w) > 1)
