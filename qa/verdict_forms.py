"""Yes or no to questions of a form of their own: with whose consent, what is not so of some, what no limit keeps from anybody, what may
be left undone or is spared, what is spoken of or supported.

Each function says whether a sentence denies the claim, and None to questions of other forms.
"""

from __future__ import annotations

import re

from corpus.labels import HAN_NUMERALS, number_of
from qa.amounts import amounts, fits
from qa.claim import WRONG, Claim, is_denial
from qa.departments import same_department
from qa.stance import asks_mention, asks_support, holds_back, promotes
from qa.verdict_figures import figures_in
from qa.verdict_shared import about_the_same, extent, nearest_clause, of_told_case, share_asserted
from qa.verdict_words import (
    ALLOWS,
    FORBIDS,
    MUST_SAID,
    bare_clauses,
    deciding,
    denials,
    naming_words,
    stands_in,
)

# --- by whom ---------------------------------------------------------------------------------------------------------

_DOES = r"(?:来|共同|统一|分别|具体|依法)*(?P<does>牵头|负责|管理|审批|主管|组织|制定|办理)"
_BODY = r"[局部委厅署办院]"
_ASKED_WHOM = re.compile(rf"由(?P<who>[\u4e00-\u9fff]{{2,18}}?{_BODY}){_DOES}")
_SAID_WHOM = re.compile(rf"由(?P<who>[^,;。]{{2,24}}?{_BODY}){_DOES}")


def by_whom(claim: Claim, said: str) -> bool | None:
    """Whether a sentence says that another department does what a claim says of one: 由财政局牵头 and 由体育局牵头. None for
    other questions, and where a sentence tells of several things who does them."""
    asked = _ASKED_WHOM.search(claim.text)
    told = [m["who"] for m in _SAID_WHOM.finditer(said) if asked and m["does"] == asked["does"]]
    if asked is None or len(told) != 1 or claim.denies or denials(said):
        return None
    return not any(same_department(asked["who"], who) for who in re.split("、|和|会同", told[0]))


# --- with whose consent; whether there is a rule -------------------------------------------------------------------------

_CONSENT = re.compile("同意|批准|审批|审核|许可|核准|签字|备案|[先得]问|报告|请示")
_ON_ONES_OWN = re.compile("不得(?:自行|擅自|私自|单独)")


def needs_consent(claim: Claim, said: str) -> bool | None:
    """False (a yes) where a claim says that somebody's consent is needed, and a sentence lets something be done with it: 经本人同意,可以….
    None for other claims."""
    asked = _CONSENT.search(claim.last) if claim.mode == "must" and not claim.denies else None
    if asked is None:
        return None
    if _ON_ONES_OWN.search(said) and about_the_same(claim, said):
        return False
    with_it = re.search(rf"(?<![未无需])(?:经|征得|取得)(?!营|济|办|费)[^,;。]{{0,14}}{asked.group()}", said)
    return False if with_it and not re.search(rf"(?:无需|不需|不必|无须)[^,;。]{{0,14}}{asked.group()}", said) else None


#: Whether there is a rule against something, or somebody to see to it.
RULE_ASKED = re.compile("有(?:没有)?(?:什么|明确|相关|专门)?(?:规定|规矩|法律|政策|条款|部门|人)管$")


# --- beside another thing ---------------------------------------------------------------------------------------------

_THAN = re.compile(
    r"比(?![例重率值如较])(?P<what>[^,;。]{1,14}?)(?:还|更|要|会|再)*(?:(?P<more>[高多大长贵]|优先)|(?P<less>[低少小短差慢]|便宜))(?:一等|[些点])?[了的]?$"
)
_ALIKE = re.compile(r"(?:与|和|同|跟)[^,;。]{2,24}(?:相同|同等|一致|一样)|同等(?!条件)|一视同仁|不低于|不高于")
_BESIDE = re.compile(
    r"(?P<not>不(?:得|能|可)?)?(?:(?P<less>低于|少于|小于|短于)|(?P<more>高于|多于|大于|超过|长于))(?P<what>[^,;。、]{2,20})"
)


def beside_another(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether a sentence that was read to answer denies that one thing is more, or less, than another: 会比公立的低, of 同等的政策;
    比最低工资高, of 低于最低工资. None for other claims, and where it tells of neither."""
    asked = _THAN.search(claim.last) if clause and not claim.denies and not claim.judged else None
    if asked is None or figures_in(claim.last):
        return None
    told = [m for m in _BESIDE.finditer(said) if not re.match(r"\d", m["what"])]
    own = [m for m in told if set(asked["what"]) & set(m["what"])] if len(told) > 1 else told
    if len(own) == 1:
        more = bool(own[0]["more"]) != bool(own[0]["not"])
        if more == bool(asked["more"]):
            return None if own[0]["not"] else False  # what is not less may be as much
        return True
    return True if not told and _ALIKE.search(said) else None


# --- of every one ----------------------------------------------------------------------------------------------------

#: That some are left of which something is not so, and that it is so of every one.
_SOME_NOT = re.compile(
    r"(?:还有?|仍有?|有的|有些|部分|个别|少数|有)[^,;。]{0,8}(?:没有?|未|不(?!同|少|足))[^,;。]{1,10}$"
)
_EVERY_ONE = re.compile(r"(?:均|都|全部|所有|全面|全国各|[31]{2}个省)[^,;。]{0,14}")


def every_one(claim: Claim, said: str) -> bool | None:
    """Whether a sentence says of every one what a claim says not to be so of some: 均已公布 of 还有省份没公开."""
    left = _SOME_NOT.search(claim.last)
    if left is None and _ALL_DONE.search(claim.text) and _some_done(claim.text, said):
        return True
    if left is None or not about_the_same(claim, said):
        return None
    clause = nearest_clause(claim, said)
    return True if _EVERY_ONE.search(clause) and not denials(clause) else None


_DONE = r"(?:完成|办[完结好]|做完|完工|建成|建好|整改|改[完好]|达标|达到|落实|兑现|开工|通过|销号)"
_ALL_DONE = re.compile(rf"(?:都|全部?|均|所有|统统|一个不[落少])[^,;。]{{0,6}}{_DONE}|{_DONE}(?:齐|全)了?$")
_COUNTED = re.compile(rf"(?P<number>\d+|[{HAN_NUMERALS}百]+)(?P<unit>[件个项家所座户处条类])")


def _some_done(asked: str, said: str) -> bool:
    """Whether a sentence counts fewer that are done than there are of them in all: 12座灯塔，9座已建成, of 灯塔都建成了."""
    counts = [(number_of(m["number"]) or 0, m["unit"], m.start()) for m in _COUNTED.finditer(said)]
    wholes = [(number_of(m["number"]) or 0, m["unit"]) for m in _COUNTED.finditer(asked)]
    whole = wholes[0] if wholes else max(((n, u) for n, u, _ in counts), default=(0, ""))
    if whole not in {(n, u) for n, u, _ in counts}:
        return False
    done = [
        n
        for n, unit, at in counts
        if unit == whole[1] and re.match(rf"[^,;。]{{2,6}}?{_DONE}|[^,;。]{{1,3}}{_DONE}", said[at:])
    ]
    done += [
        number_of(m[1]) or 0 for m in re.finditer(rf"{_DONE}[^,;。\d]{{0,6}}?(\d+|[{HAN_NUMERALS}百]+){whole[1]}", said)
    ]
    return bool(done) and 0 < max(done) < whole[0] and not re.search(f"(?:提前|超额|超前){_DONE}", said)


# --- a limit that is not there ---------------------------------------------------------------------------------------

_UNBOUND = re.compile(r"不(?:再)?受[^,;。]{1,24}限制|不[受在]此限|不限(?:时间|年龄|户籍|人数|次数|数量)")
_BOUND_ASKED = re.compile(r"限制|门槛|限定|卡[住着在]|[挡拦]|受[^,;。]{0,8}限")


def unbound(claim: Claim, said: str, clause: str) -> bool | None:
    """False where a sentence that was read to answer frees the case of a claim from a limit, so that what the claim says to
    be allowed is; None for other questions, and where it forbids something, too, or tells a figure that may decide."""
    free = _UNBOUND.search(said)
    wrong = WRONG.search(claim.last) is not None
    if not clause or free is None or not (wrong or (claim.mode == "may" and not claim.denies and not claim.judged)):
        return None
    if _BOUND_ASKED.search(claim.text) or FORBIDS.search(said):
        return None
    told = next(c for c in bare_clauses(said) if free.group() in c)
    counted = {f.unit for f in figures_in(claim.text)} & {f.unit for f in figures_in(said)}
    return None if counted or not of_told_case(claim, said, told) else wrong and not is_denial(claim.last)


# --- what may be left undone --------------------------------------------------------------------------------------------

#: That something may be left undone: 可以不交, 能不打卡, 不打卡行.
_LEAVES = re.compile(
    r"(?:可以|能够?|可|允许|准许?)(?:先|都|就|一直|暂时|也)?不(?!同|仅|但|断|少|久|低|高|超过|良|满|合理|能|可|得|受)(?P<act>[^,;。]*)$"
    r"|(?:^|[\u4e00-\u9fff])(?<![可能])不(?!能|可|得|会|足|满|符|合|到|在|是)(?P<before>[^,;。的]{1,10}?)(?:也|都|就)?(?:可以|行)$"
)
_SPARES_ACT = re.compile(
    r"免(?=[于予除交缴收费征提验检测考做办填带报装])|无需|无须|不需要?|不必|不用|可以?(?:暂)?不(?=[\u4e00-\u9fff])|不再(?!受理|办理|接受|安排|享受|予以)|不作?要求|不强制"
    r"|自愿|不受[^,;。]*限|有权(?:拒|不)|可以?拒"
)
_BINDS_TO = re.compile(
    r"应当|(?<![响反对适供相])应(?!用|急|对|届|征|诉|链|聘)|必须|须|不得不|不(?:得|可)(?:缺|少(?!于)|拒|容缺)|方可|才[能可]|实行|一律"
)
_NOT_OF = re.compile("除外|不在此限")


def leaves_undone(claim: Claim) -> bool:
    """Whether a claim says that something may be left undone: 可以不交, 不打卡行."""
    return claim.mode == "may" and not claim.judged and _LEAVES.search(claim.last) is not None


def spares(said: str) -> bool:
    """Whether a folded sentence may spare what a claim says to be left undone. One that only allows something else
    (可以口头申请) does not."""
    spared = any(_SPARES_ACT.search(c) or _NOT_OF.search(c) for c in bare_clauses(said))
    return spared or not (ALLOWS.search(said) or _BINDS_TO.search(said))


def binds(said: str) -> bool:
    """Whether a folded sentence binds anybody to anything, or forbids it."""
    return _BINDS_TO.search(said) is not None or FORBIDS.search(said) is not None


def must_be_done(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether a sentence denies that something may be left undone, by binding to it; False where it spares that. None for
    other claims. ``clause``: that which is read to answer, else empty."""
    if not leaves_undone(claim):
        return None
    if not clause and not about_the_same(claim, said):
        return None
    asked = amounts(claim.text)
    near = [nearest_clause(claim, said), *([deciding(said, clause.strip(",;。:"))] if clause else [])]
    spared_for = [fits(asked, c) for c in bare_clauses(said) if _SPARES_ACT.search(c) or _NOT_OF.search(c)]
    for one in near:
        if _SPARES_ACT.search(one):
            return fits(asked, said) < 0
        if _BINDS_TO.search(one) and any(spared_for):
            return max(spared_for) <= 0  # 应当备案,年收购量低于五十吨的除外
        if _BINDS_TO.search(one):
            return True if fits(asked, said) >= 0 else None
    # What the act is done to stands in one clause, that it is spared in the next: 申请书,由窗口代填,不再提交.
    part = next((p for p in re.split("[;。]", said) if clause.strip(",;。:") in p or near[0] in p), "")
    spared_in = [c for c in part.split(",") if _SPARES_ACT.search(c)]
    return fits(asked, said) < 0 if spared_in and not _BINDS_TO.search(part) else None


# --- what a document says of a thing as such -------------------------------------------------------------------------


def by_stance(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether a sentence that was read to answer denies that a thing is spoken of or promoted; also, that something no
    longer goes on (就不查了), where it promotes the thing. None for other questions."""
    last = claim.last
    if not clause:
        return None
    read = deciding(said, clause.strip(",;。:"))
    if claim.denies:
        return True if any(_goes_on(claim, last, c) for c in (read, nearest_clause(claim, said))) else None
    if (
        any(extent(claim.text)[:2])
        or any(f.value != 1 for f in figures_in(claim.text))
        or not _speaks_of_thing(claim, said)
    ):
        return None
    if asks_support(last):
        held = denials(read) % 2 == 1 or holds_back(read)
        heads = _HEADS.match(said) is not None and promotes(said)  # 鼓励甲做某事，向乙提供某物
        return held or (False if heads or promotes(read, tries=True) else None)
    return False if asks_mention(last) else None


#: How a sentence begins all whose clauses tell what is promoted.
_HEADS = re.compile(r"(?:大力|积极|进一步)?(?:鼓励|支持|提倡|倡导)")
#: That something does not go on any more: 就不查了, 再也不要了, 碰都不能碰.
_NO_LONGER = re.compile(
    r"(?:就|都|再也?|也)(?:[不没]|用不|无需)(?P<act>[^,;。]{1,14})|(?:不能|没法)(?:碰|进|做|办|搞)$|[不没][^,;。]{1,12}了$"
    r"|(?:(?<![以能])不用|不必|无需|不需要?|不再)(?=[^,;。]{2})"
)
_SAME_THING = 0.4  #: share of what a claim asserts that a clause has to hold which binds to it


def _goes_on(claim: Claim, last: str, clause: str) -> bool:
    """Whether a clause promotes what a claim says to go on no longer, or does the very thing: 严格查处 of 就不查了."""
    gone = _NO_LONGER.search(last)
    if gone is None or "不得" in clause or denials(clause) or not _speaks_of_thing(claim, clause):
        return False
    act = re.sub("^(?:能|会|要|用|需要?|得|让|再)*", "", gone["act"] or "")
    bound = MUST_SAID.search(clause) is not None and share_asserted(claim, clause) >= _SAME_THING
    return promotes(clause) or bound or (bool(act) and act[0] in clause)


def _speaks_of_thing(claim: Claim, said: str) -> bool:
    """Whether a sentence holds a word of what a claim says of its thing."""
    words = [w for w in naming_words(_DISCOURSE.sub(",", claim.text)) if len(w) > 1]
    return any(stands_in(w, said) for w in words)


#: Words for documents and for what they do.
_DISCOURSE = re.compile(
    r"文件|意见|政策|规定|办法|方案|规划|通知|条例|国家|国务院|政府|[省市县区]里(?!程)|上面|支持|鼓励|提倡|提到|提及|涉及|松口|口子|照顾"
)
