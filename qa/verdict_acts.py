"""Yes or no by an act that a claim and a sentence name in different words, or see from different sides: 牌子会被摘 and
撤销称号, 要往回吐钱 and 退回补贴, 要交逾期费 and 不收取逾期费.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.claim import WRONG, Claim
from qa.verdict_shared import extent, of_told_case
from qa.verdict_words import ALLOWS, MUST_SAID, bare_clauses, content_words, deciding, denials, length_held, says_no

#: An act as it is asked for, and as official text tells it. No act of one row stands for one of another.
_ACTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(told))
    for asked, told in (
        (
            r"摘(?:牌|帽|掉|了|$)|撤(?:销|了|掉|牌|$)|吊销|收走|(?:取消|没收)(?!.{0,12}(?:限制|门槛))",
            r"撤销|取消(?!.{0,12}(?:限制|门槛))|吊销|注销|摘牌|除名",
        ),
        (
            r"(?<![暂不调])(?:停(?:了|发|拨|付|掉|办|用|止|$)|断(?:了|掉|供|$))",
            r"暂停|停(?:止|发|拨|付|办|用)|中止|终止",
        ),
        (
            r"退(?:钱|款|还|回|费|掉|给|补|$)|吐|返还|往回(?:退|还|交)|还(?:钱|回去|给国家)|追回|要回|倒贴",
            r"退[还回缴]|返还|追[回缴]|收回|缴回|扣回|退款",
        ),
        (r"(?:划|扣)(?:走|掉|钱|除|$)|划出去", r"划[扣转拨]|扣[缴除]|代扣|抵扣"),
        (r"罚", r"罚款|处罚|处[^,;。]{0,12}罚金"),
        (r"赔", r"赔偿|赔付"),
        (r"(?<!先)(?:领|拿)(?:钱|到|$)", r"发放|给予|补差|奖励|资助|补助|补贴(?=\d)|享受"),
        (r"(?:交|缴|掏|付|收)(?!通|流|易|接|叉|界|的)[^,;。]{0,8}[费钱]", r"收取|加收|计收|缴纳|交纳|收费|缴费"),
        (
            r"管用|好使|用得上|通用|算(?:数|不算数)|[认作]数|认账|[承也还都]认$",
            r"适用(?!范围|期|性)|通用|互认|认可|承认|同等效力|有效(?!期|性|地|率)",
        ),
        (
            r"说一声|打(?:个|声)?招呼|[吱吭]一?声|告诉|报备|(?<=[先就要得会前被给应该])(?:通知|告知)",
            r"通知|告知|公告|报告|提醒",
        ),
    )
)
#: How often, how much, or how an act is done, of which what it is called says nothing: 收两遍钱, 罚到两千, 一起拿, 不打招呼直接来.
IN_WHAT_WAY = re.compile(r"[两几多\d]遍|[两几多]次|又|一起|一块|同时|重复|满|全|直接(?=[来去走进]|$)|[百千万]")
_ONCE_MORE = re.compile("再|另|继续|仍")
_FEE = re.compile(r"[\u4e00-\u9fff]{2}费(?!用)")
_LITERAL = 3  #: characters of what an act is done to
_LEAST_SHARED = 0.4  #: share of the characters of a claim by which a sentence is about it that was not read to answer


def same_act(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether a folded sentence denies the act with which a claim ends, which it tells in other words or from the other
    side. ``clause``: that of the sentence which is read to answer, else empty.

    None where the claim names no such act or the sentence none, where the sentence tells it both of some and not of others,
    or for a case of which the claim says nothing; and for claims of all, of one thing alone, of how much or in what way.
    """
    last = re.sub("[的了]+$", "", claim.last)
    if claim.judged or any(extent(last)) or IN_WHAT_WAY.search(last) or WRONG.search(last):
        return None
    acts = ((act, asked, told) for asked, told in _ACTS if (act := _last_of(asked, last)) and _ends(last, act))
    act, asked, told = next(acts, (None, None, None))
    if act is None or asked is None or told is None:
        return None
    ruled = {
        c: m for c in bare_clauses(said) if not c.endswith("的") and (m := _last_of(told, c) or _last_of(asked, c))
    }
    read = deciding(said, clause.strip(",;。:")) if clause else ""
    ruled = {read: ruled[read]} if read in ruled else ruled
    if not ruled or not all(of_told_case(claim, said, c) for c in ruled) or _of_another_fee(last, ruled):
        return None
    if last[: act.start()].endswith("再") and not all(_ONCE_MORE.search(c) for c in ruled):
        return None  # what is given once is not given again
    if not clause and not _about(claim, act.group(), said):
        return None
    if claim.mode == "must" and any(ALLOWS.search(c) and not MUST_SAID.search(c) for c in ruled):
        return None  # what may be done need not be
    # A denial may belong to a case without a comma: 条件不成熟的暂停推进.
    denied = {denials(re.sub("^.*的$", "", c[: m.start()]) + "甲") % 2 == 1 for c, m in ruled.items()}
    asked_denied = denials(last[: act.start()] + "甲") % 2 == 1
    return denied.pop() != asked_denied if len(denied) == 1 else None


#: Two things had, counted or used together, as it is asked for and as official text tells it.
_TOGETHER = re.compile(
    r"一起|一块|一并|合并|叠加|累[加计]|同时(?=享|领|申|报|拿|用|办|获)|兼得|兼领|重复(?=享|领|申|报)|加在一|合在一|加起来|相加|加一[起块]|再[领拿享申报]"
)
_TOGETHER_SAID = re.compile(
    r"合并|叠加|累加|同时(?=享|领|申|报|使用|办|获)|重复(?=享|领|申|报|补|奖|计)|一并|兼得|只能以一|从高不重复|择(?:一|高|优)|取(?:其中)?(?:最高|一项|其一)|只[计算取按]一"
)
#: ... that the two may not be had.
_ONE_ONLY = re.compile(r"择[一高优]|只能以一|不重复|取(?:其中)?(?:最高|一项|其一)|只[计算取按]一")


def together(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether a sentence denies that two things may be had, counted or used together (可以叠加, 不得合并计算); of several clauses
    the one that names most of what the claim names. None for other questions, and where it names nothing of that."""
    if claim.mode != "may" or claim.denies or claim.judged or not _TOGETHER.search(claim.last):
        return None
    names = [w for w in content_words(_TOGETHER.sub(",", claim.text)) if len(w) > 1]
    told = {c: length_held(names, c) for c in bare_clauses(said) if _TOGETHER_SAID.search(c)}
    best = [c for c, held in told.items() if held == max(told.values())]
    denied = {says_no(c) or _ONE_ONLY.search(c) is not None for c in best}
    if len(denied) != 1 or not (clause or length_held(names, said)) or not of_told_case(claim, said, best[0]):
        return None
    return denied.pop() if told[best[0]] or len(best) == len(told) else None


def _last_of(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last place where a pattern stands in a text."""
    return next(reversed(list(pattern.finditer(text))), None)


def _ends(last: str, act: re.Match[str]) -> bool:
    """Whether an act stands at the end of what is asked: what it is done to may follow."""
    return sum(map(len, content_words(last[act.end() :]))) <= _LITERAL


def _of_another_fee(last: str, ruled: Iterable[str]) -> bool:
    """Whether a claim names a fee that no clause names which tells of one: 手续费 and 工本费."""
    fees = _FEE.findall(last)
    return bool(fees) and not any(f in c for f in fees for c in ruled) and any(_FEE.search(c) for c in ruled)


def _about(claim: Claim, act: str, said: str) -> bool:
    """Whether a sentence names what the act of a claim is done to (逾期费 of 交逾期费), or enough of the whole claim."""
    words = content_words(claim.text)
    share = length_held(words, said) / max(1, sum(map(len, words)))
    return share >= _LEAST_SHARED or (len(act) > _LITERAL and act[1:] in said)
