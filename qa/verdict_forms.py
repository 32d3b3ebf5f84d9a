"""Yes or no to questions of a form of their own: what counts as such, by whom, from when, every one, once only, approved,
spoken of or supported.

Each function says whether a sentence denies the claim, and None to questions of other forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.tokens import fold
from qa.amounts import amounts, fits, ranges
from qa.claim import Claim, read_claim
from qa.departments import same_department
from qa.stance import asks_mention, asks_support, holds_back, promotes, spoken_of
from qa.verdict_figures import figures_in
from qa.verdict_shared import (
    about_the_same,
    about_the_thing,
    extent,
    nearest_clause,
    of_told_case,
    share_asserted,
)
from qa.verdict_words import (
    ALL,
    ALLOWS,
    FORBIDS,
    MUST_SAID,
    bare_clauses,
    content_words,
    deciding,
    denials,
    length_held,
    naming_words,
    stands_in,
)
from qa.wording import han_number

# --- a definition ----------------------------------------------------------------------------------------------------

_COUNTS = re.compile(
    r"(?P<thing>.{2,60}?),?(?:也|还|都|就|能|可以)*(?:算(?:是|作|得上|不算)?|当成|当作|视为|叫做?)(?:一种|是)?(?P<name>[\u4e00-\u9fff]{2,10}?)(?:[去来][\u4e00-\u9fff]{1,3})?$"
)


def counts_as(claim: Claim, said: str) -> bool | None:
    """Whether a definition of a name (本条例所称某某，是指…) denies that something counts as such; None where it does
    not name the thing, and for other questions."""
    asked = _COUNTS.match(claim.text)
    if asked is None:
        return None
    name = asked["name"]
    included = re.findall(rf"{name[-2:]}\((?:包?含|包括)([^()]{{2,20}})\)", said)
    if not denials(said) and any(
        stands_in(w, asked["thing"]) for held in included for w in content_words(held) if len(w) > 1
    ):
        return False  # 住宅小区（含单栋住宅楼）
    defined = re.search(rf"所(?:称|指|说)的?[“\"]?{asked['name']}[”\"]?,?[^,;。]{{0,4}}(?:指|包括)(?P<what>.+)", said)
    words = [w for w in content_words(asked["thing"]) if len(w) >= 2]
    if defined is None or not words or words[-1] not in defined["what"]:
        return None
    without = re.search(rf"不(?:包括|含|属于|算)[^;。]*{re.escape(words[-1])}", defined["what"])
    return without is not None


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


#: That somebody else is the first: 最早是甲提的.
_FIRST = re.compile(r"最早|首次|首先|首创|第一个|首个|头一个|最先|率先")
_DOER = re.compile(
    r"(?:是|由)(?P<who>[^,;。是由]{2,12}?)(?:最早|首先|首次|最先|率先)?(?:提|搞|建|创|办|开|做|写|发|定)[\u4e00-\u9fff]?的?$"
)


def by_another(claim: Claim, said: str) -> bool | None:
    """Whether a sentence tells who was the first to do what a claim says of somebody else; None for other questions."""
    doer = _DOER.search(claim.text)
    if doer is None or claim.denies or not (_FIRST.search(claim.text) and _FIRST.search(said)):
        return None
    return True if not any(stands_in(w, said) for w in content_words(doer["who"])) else None


#: Of what something is said to be one, and a list of as many members as it says to have.
_ONE_OF = re.compile(r"(?P<who>[^,;。]{2,14}?)(?:算(?:是|作)?|是|属于|在)(?P<whose>[^,;。算是]{2,24})(?:之一|之列)$")
_MEMBERS = re.compile(
    r"(?P<names>[^,;。:、]{2,12}(?:、[^,;。:、]{2,12})*[、和与及]?[^,;。:、]{2,12}?)等?(?P<count>\d{1,2}|[两三四五六七八九十]+)(?:个|家|项|所|种|类|座|条|位|名)"
)


def one_of(claim: Claim, said: str) -> bool | None:
    """Whether a sentence that names all members of a group leaves out what a claim says to be one of them: 丁区 of
    甲区、乙区、丙区等3个区. None for other questions, and where the sentence does not name as many as it counts."""
    asked, told = _ONE_OF.search(claim.text), _MEMBERS.search(said)
    if asked is None or told is None or claim.denies:
        return None
    names = re.split("[、和与及]", told["names"])
    group = [w for w in content_words(asked["whose"]) if len(w) > 1]
    who = content_words(asked["who"])[-1:]
    if len(names) != han_number(told["count"]) or not who or not all(stands_in(w, said) for w in group):
        return None
    return not stands_in(who[0], told["names"])


#: That something is the most so of all.
_MOST = re.compile(r"最[大小高低多少快慢好差长短早晚强弱]|第一大")
_IS_NAMED = re.compile(r"(?:的[^,;。]{0,10}|[市省区县业场国])是(?P<name>[\u4e00-\u9fff]{2,6})$")
#: That a sentence says which one is the most so: 甲已成为最大的市场, 最大的市场是甲.
_TELLS_WHICH = re.compile(r"(?:是|为|系|居)[^,;。]{0,16}最|最[^,;。]{1,14}(?:是|为)(?!\d)")
_MOST_SHARED = 0.6  #: share of the characters of what is the most so that a sentence has to hold
#: What the country is called by those who live there.
_COUNTRY = {"中国": "我国", "我国": "中国"}


def is_another(claim: Claim, said: str) -> bool | None:
    """Whether a sentence says of something else that it is the most so of all: 最大的是甲, of 乙已成为最大的. None where it
    names what the claim names, and for other questions."""
    named, most = _IS_NAMED.search(claim.text), _MOST.search(claim.text)
    if named is None or most is None or claim.denies or most.group() not in said or not _TELLS_WHICH.search(said):
        return None
    name, words = named["name"], content_words(claim.text[: named.start("name")])
    if length_held(words, said) < _MOST_SHARED * sum(map(len, words)):
        return None
    return None if stands_in(name, said) or _COUNTRY.get(name, name) in said else True


# --- from when -------------------------------------------------------------------------------------------------------

_ASKED_FROM = re.compile(
    r"(?:从|自)(?P<what>[\u4e00-\u9fff]{2,10}?)(?:之日|当天|那天|那一天|之时|那时|的时候)?(?:起|开始|算)"
)
_SAID_FROM = re.compile(r"自(?P<what>[^,;。]{2,20}?)之?日(?:起|开始)")


def from_another(claim: Claim, said: str) -> bool | None:
    """Whether a sentence counts from another event than a claim: 自登记之日起 and 从申请之日起. None for other questions."""
    asked, told = _ASKED_FROM.search(claim.text), _SAID_FROM.findall(said)
    if asked is None or claim.denies or len(told) != 1 or not about_the_same(claim, said):
        return None
    return None if any(stands_in(w, told[0]) for w in content_words(asked["what"])) else True


# --- of every one, and alike -----------------------------------------------------------------------------------------

#: That some are left of which something is not so, and that it is so of every one.
_SOME_NOT = re.compile(
    r"(?:还有?|仍有?|有的|有些|部分|个别|少数|有)[^,;。]{0,8}(?:没有?|未|不(?!同|少|足))[^,;。]{1,10}$"
)
_EVERY_ONE = re.compile(r"(?:均|都|全部|所有|全面|全国各|[31]{2}个省)[^,;。]{0,14}")


def every_one(claim: Claim, said: str) -> bool | None:
    """Whether a sentence says of every one what a claim says not to be so of some: 均已公布 of 还有省份没公开."""
    left = _SOME_NOT.search(claim.last)
    if left is None or not about_the_same(claim, said):
        return None
    clause = nearest_clause(claim, said)
    return True if _EVERY_ONE.search(clause) and not denials(clause) else None


#: That one thing is more or less than another, or not alike, and that they are alike.
_UNLIKE = re.compile(
    r"比(?![例如赛重率])[^,]{1,14}(?:低一等|[多少高低贵差长短](?![次数])|便宜)|低一等|不一样|区别对待|歧视"
)
_ALIKE = re.compile(
    r"相同|同等|同一(?=标准|政策|价格|待遇|规定)|一视同仁|不变|平等|公平|一致|同样的?(?=待遇|标准|政策|服务)"
)


def alike(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether a sentence that has two things alike denies that one is more, less or worse; None for other questions."""
    same = _UNLIKE.search(claim.last) and _ALIKE.search(clause or said)
    return not claim.denies if same and (clause or about_the_same(claim, said)) else None


# --- a limit that is not there ---------------------------------------------------------------------------------------

_UNBOUND = re.compile(r"不(?:再)?受[^,;。]{1,24}限制|不[受在]此限|不限(?:时间|年龄|户籍|人数|次数|数量)")
_BOUND_ASKED = re.compile(r"限制|门槛|限定|卡[住着在]|[挡拦]|受[^,;。]{0,8}限")


def unbound(claim: Claim, said: str, clause: str) -> bool | None:
    """False where a sentence that was read to answer frees the case of a claim from a limit, so that what the claim says to
    be allowed is; None for other questions, and where it forbids something, too, or tells a figure that may decide."""
    free = _UNBOUND.search(said)
    if claim.mode != "may" or claim.denies or claim.judged or not clause or free is None:
        return None
    if _BOUND_ASKED.search(claim.text) or FORBIDS.search(said):
        return None
    told = next(c for c in bare_clauses(said) if free.group() in c)
    counted = {f.unit for f in figures_in(claim.text)} & {f.unit for f in figures_in(said)}
    return None if counted or not of_told_case(claim, said, told) else False


# --- what one is to do, one may ---------------------------------------------------------------------------------------

_BINDS = re.compile("应当|必须")
#: In what way one may do it is not told by what one is to do: 先施工后报批, 自己去办.
_OWN_WAY = re.compile(r"先|直接|自己|自行|随[便意]|私下|不")
_BOUND_TO = 0.5  #: share of what a claim asserts that a clause has to hold which binds to it


def bound_to(claim: Claim, said: str, clause: str) -> bool | None:
    """False where a sentence that was read to answer binds those in the case of a claim to what it says to be allowed:
    应当委托另一方办理, of 能委托家人办. None for other questions, and where the sentence forbids something or sets a bound."""
    if claim.mode != "may" or claim.denies or claim.judged or not clause or any(extent(claim.text)) or ranges(said):
        return None
    rules = [c for c in bare_clauses(said) if not c.endswith("的")]
    if _OWN_WAY.search(claim.last) or any(FORBIDS.search(c) or denials(c) for c in rules):
        return None
    return False if any(_BINDS.search(c) and share_asserted(claim, c) >= _BOUND_TO for c in rules) else None


# --- what may be left undone --------------------------------------------------------------------------------------------

#: That something may be left undone: 可以不交, 能不打卡, 不打卡行.
_LEAVES = re.compile(
    r"(?:可以|能够?|可|允许|准许?)(?:先|都|就|一直|暂时|也)?不(?!同|仅|但|断|少|久|低|高|超过|良|满|合理|能|可|得|受)(?P<act>[^,;。]*)$"
    r"|(?:^|[\u4e00-\u9fff])(?<![可能])不(?!能|可|得|会|足|满|符|合|到|在|是)(?P<before>[^,;。的]{1,10}?)(?:也|都|就)?(?:可以|行)$"
)
_SPARES_ACT = re.compile(
    r"免(?=[于予除交缴收费征提验检测考])|无需|无须|不需要?|不必|不用|可以?(?:暂)?不(?=[\u4e00-\u9fff])|不再(?!受理|办理|接受|安排|享受|予以)|不作?要求|不强制"
    r"|自愿|不受[^,;。]*限|有权(?:拒|不)|可以?拒"
)
_BINDS_TO = re.compile(
    r"应当|(?<![响反对适供相])应(?!用|急|对|届|征|诉|链|聘)|必须|须|不得不|不(?:得|可)(?:缺|少(?!于)|拒|容缺)|方可|才[能可]|实行"
)
_NOT_OF = re.compile("除外|不在此限")


def leaves_undone(claim: Claim) -> bool:
    """Whether a claim says that something may be left undone: 可以不交, 不打卡行."""
    return claim.mode == "may" and not claim.judged and _LEAVES.search(claim.last) is not None


def spares(claim: Claim, said: str) -> bool:
    """Whether a folded sentence may spare what a claim says to be left undone. One that only allows something else
    (可以口头申请) does not, nor one that spares something else."""
    spared = [c for c in bare_clauses(said) if _SPARES_ACT.search(c) or _NOT_OF.search(c)]
    if spared:
        return not all(_of_another_thing(claim, said, c) for c in spared)
    return not (ALLOWS.search(said) or _BINDS_TO.search(said))


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
            return None if _of_another_thing(claim, said, one) else fits(asked, said) < 0
        if _BINDS_TO.search(one) and any(spared_for):
            return max(spared_for) <= 0  # 应当备案,年收购量低于五十吨的除外
        if _BINDS_TO.search(one):
            return True if fits(asked, said) >= 0 else None
    # What the act is done to stands in one clause, that it is spared in the next: 申请书,由窗口代填,不再提交.
    part = next((p for p in re.split("[;。]", said) if clause.strip(",;。:") in p or near[0] in p), "")
    spared_in = [c for c in part.split(",") if _SPARES_ACT.search(c)]
    return fits(asked, said) < 0 if spared_in and not _BINDS_TO.search(part) else None


def _of_another_thing(claim: Claim, said: str, spared_in: str) -> bool:
    """Whether the thing of which a claim says that it may be left stands in a clause that does the same with it, and not in
    the one that spares: 手机打卡, of 使用手机打卡,不再使用人脸打卡."""
    words = [w for w in content_words(claim.text) if len(w) > 1]
    missing, shared = [w for w in words if w not in spared_in], [w for w in words if w in spared_in]
    own = re.compile(f"的$|{_SPARES_ACT.pattern}|可以")
    others = [c for c in bare_clauses(said) if c not in spared_in and not own.search(c)]
    return any(any(w in c for w in missing) and any(w in c for w in shared) for c in others)


# --- what is needed before something -------------------------------------------------------------------------------------

_ONLY_IF = re.compile(r"(?:只有|必须|一定要|非得)(?P<needs>[^;。]{2,}?),?才(?:能够?|可以?|行|会|算|给|让)")
_ONLY_THEN = re.compile(r"方可|才(?:能够?|可以?|予以|给予)|只有|必须")
_NOT_ALL = re.compile(r"之一|或者|任意一?[项个]|[符具]合一项|也可以?|不要求|不需要?|无需|不必|不用")


def not_only_if(claim: Claim, said: str) -> bool | None:
    """Whether a sentence denies that something may be done only if something else is so: 只有双方同意才能申请. False where it asks
    for that before anything, True where it says that it is not asked for; None for other questions."""
    asked = _ONLY_IF.search(claim.text)
    words = content_words(asked["needs"]) if asked is not None else []
    if asked is None or not words or claim.denies:
        return None
    if _NOT_ALL.search(said):
        near = nearest_clause(claim, said)
        spares = any(_SPARES_ACT.search(c) or "不要求" in c for c in bare_clauses(said))
        return True if spares and (stands_in(words[-1], near) or ALL.search(asked["needs"])) else None
    held = length_held(words, said)
    same = {f.value for f in figures_in(asked["needs"])} <= {f.value for f in figures_in(said)}
    return False if _ONLY_THEN.search(said) and same and held >= _NEEDS_HELD * sum(map(len, words)) else None


_NEEDS_HELD = 0.6  #: share of what is said to be needed that a sentence has to hold


# --- what may be spared; what goes beyond ---------------------------------------------------------------------------------

_SPARES = re.compile(r"可以?(?:依法|酌情)?(?:不予|免予|免于|免除|免|减轻|从轻|不)(?P<what>[\u4e00-\u9fff]{0,8})")
_ASKS_SPARED = re.compile(r"免(?:于|予|除)?(?=[\u4e00-\u9fff])|不(?:用|被|予|再|会)?(?=[罚处追收缴交])|从轻|减轻")


def spared(claim: Claim, said: str) -> bool | None:
    """False (a yes) where a claim says that one can be spared what a sentence says may be: 能免罚, of 可以不予处罚. None for
    other questions."""
    told = _SPARES.search(said)
    asked = _ASKS_SPARED.search(claim.predicate) if claim.mode == "may" and told else None
    if asked is None or told is None or not about_the_same(claim, said):
        return None
    return False if set(claim.predicate[asked.end() :]) & set(told["what"]) else None


#: That something may be done or left undone: 可以签名,也可以不签名.
_EITHER_WAY = re.compile(r"可以?(?P<act>[^,;。可]{1,8}),?(?:也|或者?)可以?不(?P=act)")


def either_way(claim: Claim, said: str) -> bool | None:
    """Whether a sentence that leaves an act free denies a claim about it: that it has to be done, it does. None for other
    acts, and where a claim says neither that it may nor that it has to be done."""
    free = _EITHER_WAY.search(said)
    if free is None or claim.mode not in ("may", "must") or not stands_in(free["act"], claim.text):
        return None
    return claim.mode == "must" and not claim.denies


#: To go beyond a bound: 可以超过核定人数.
_GOES_BEYOND = re.compile(r"(?:超过|超出|突破|高于|多于)(?P<bound>[\u4e00-\u9fff]{2,12})$")
_NOT_BEYOND = re.compile(r"不(?:得|能|可|准)(?:超过|超出|突破|高于|多于)(?P<bound>[\u4e00-\u9fff]{2,24})")


def beyond(claim: Claim, said: str) -> bool | None:
    """True where a claim says that a bound may be passed which a sentence says may not; None for other questions."""
    asked, told = _GOES_BEYOND.search(claim.last), _NOT_BEYOND.search(said)
    if asked is None or told is None or claim.mode != "may" or claim.denies:
        return None
    words = content_words(asked["bound"])
    return True if words and stands_in(words[-1], told["bound"]) else None


# --- once only; an approval ------------------------------------------------------------------------------------------

_TWICE = re.compile(
    r"(?:[两二三几多]|[2-9])(?:次|回|遍|份)|再(?:次|申|领|享|报|来)|重复|第[二三四]次"
    r"|(?:还|也|又)?(?:可以?|能|让|准)再(?!生|就业|融资|保险|贷款)|还(?:可以?|能|让|准)[^,]{0,10}[一1][次回遍份]"
)
#: What has been had before, and that it is to be had still: 领过…，还能领.
_HAD = re.compile(r"(?:过(?![期户度渡程去敏来节])|已经?(?!婚|故|满)|曾经?)[^。]*?(?:还|又)(?=可|能|要|会|让|准|有)")
#: In which of several terms one may have something, and that a claim speaks of another term than this one.
_IN_TERM = re.compile(r"[每同一][一个]*(?:自然)?(?:年|季|月|学期)|年度|[年月]内|当[年月]")
_OTHER_TERM = re.compile(r"[去前明后上下]一?个?(?:年|月|季|学期)|往年|以后|将来")
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


def once_only(claim: Claim, said: str) -> bool | None:
    """Whether a sentence that allows something once denies that it may be had again; None for other questions."""
    if claim.mode not in ("may", "is") or not tells_of_twice(claim) or not about_the_thing(claim, said, _TWICE):
        return None
    if "同一" in said and _ANOTHER_ONE.search(claim.text):
        return None  # once for each
    if _IN_TERM.search(said) and _OTHER_TERM.search(claim.text):
        return None  # once in each year, and 去年领过
    # Neither when it was had nor that it was (去年, 领过) tells what it is.
    text = _OTHER_TERM.sub(",", _TWICE.sub(",", claim.text))
    named = [w for w in naming_words(text) if not (w.endswith("过") or f"{w}过" in text or w == "一次")]
    if named and not stands_in(named[0], said):
        return None  # 搬家补贴 and 培训补贴 are two
    return True if _ONCE.search(said) else None


def tells_of_twice(claim: Claim) -> bool:
    """Whether a claim says that something may be had again."""
    return bool(_TWICE.search(claim.text) or _HAD.search(claim.text))


def only_once(claim: Claim, said: str) -> bool:
    """Whether a sentence lets something be had once which a claim says to be had again: it cannot say yes to that."""
    another = "同一" in said and _ANOTHER_ONE.search(claim.text)
    return not (claim.denies or another) and tells_of_twice(claim) and _ONCE.search(said) is not None


def approval(claim: Claim, said: str) -> bool | None:
    """Whether a reply that approves or rejects denies the approval that is asked about; None for other questions."""
    if not _ASKS_APPROVAL.search(claim.text) or _NEEDS.search(claim.text) or denials(claim.text) % 2:
        return None
    return True if _REJECTS.search(said) else False if _APPROVES.search(said) else None


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


def mentions(question: str) -> Callable[[str], bool] | None:
    """Whether a sentence holds every word of the thing of which a question asks if it is spoken of; None for others."""
    what = spoken_of(read_claim(question).text)
    words = [w for w in naming_words(_DISCOURSE.sub(",", what)) if len(w) > 1]
    return None if not words else lambda sentence: all(stands_in(w, fold(sentence)) for w in words)


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
