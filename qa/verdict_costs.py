"""Whether a sentence says that something is free or has to be paid for, where a question asks for that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.amounts import Amount, amounts, conditions, fits
from qa.claim import Claim
from qa.verdict_shared import about_the_thing
from qa.verdict_words import LEFT_OUT, bare_clauses, content_words, denials, ruled_cases, stands_in

_FREE = re.compile(
    r"免费(?!率)|不(?:用|必|需要?|要|花|收|掏|出|交|付|缴)(?:再|另外?)?(?:花|出|交|掏|付|收)?(?:一分|一毛|任何|什么)?(?:钱|费用?)|"
    r"一[分毛](?:钱|块)?[都也]?(?:不|没)(?:(?:用|必|需要?)?(?:出|花|掏|交|付|收|要)|用)|"
    r"白(?:坐|吃|住|看|拿|用|领|给|送)(?=[^\u4e00-\u9fff]|$)|免单|全免|免[交缴收](?!税)"
)
#: What official text calls free, and what it says of a price or a share that is left to pay.
_IS_FREE = re.compile(
    r"免费(?!或|、)|(?:个人|本人|自己|用户|单位)?(?:不|无需|不再|不用|不需要?)(?:另行|再)?(?:缴费|交费|付费|缴纳费用|支付费用|收费|收取(?:任何)?费用)|免收|免缴|免交|免征|免除|免予?收取|免票|全免|无偿|免[^,;。]{0,6}(?:费|票|税|金)|不(?:再|另)?收[^,;。的]{1,8}费|"
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
    r"(?:要|用|得|需要?|应当?|须)(?:另外?|再|自己)?(?:交纳?|缴纳?|付|支付|收取?)(?!不)(?P<fee>[\u4e00-\u9fff]{1,6}费)$|"
    r"(?:是|会|还|要|不)收(?:费|钱)$|^[^,]*收(?:费|钱)$|要钱$|"
    r"(?:(?P<named>[\u4e00-\u9fff]{1,6}费|押金|保证金)|(?<=[元块的])钱)(?:是|还|也|都)?(?:要|用|得|需要?|应当?|须)[^,;。不]{0,6}?(?:自己|另外|再)?(?:交|缴|付|掏|出|承担|负担)$"
)
#: A sentence without one of these tells nothing of a price.
OF_MONEY = re.compile(r"[费钱价元付款免票缴]|交纳|资金|无偿|自理|[承负]担|保障|补[助贴]")
_PRICE_ASKED = re.compile(f"{_FREE.pattern}|{_COSTS.pattern}")


def asks_free(claim: Claim) -> bool:
    """Whether a claim says of something that it costs nothing: 免费, 一分钱都不用出."""
    last = claim.last
    return _FREE.search(last) is not None and not denials(_FREE.sub("甲", last)) % 2


def asks_price(claim: Claim) -> bool:
    """Whether a claim says that something costs nothing, or that it has to be paid for: 免费, 要买票."""
    last = claim.last
    return asks_free(claim) or (_COSTS.search(last) is not None and not denials(last) % 2)


def costs(claim: Claim, said: str, clause: str | None = None) -> bool | None:
    """Whether a folded sentence denies that something is free, by naming a price; None where it tells of neither, or of
    both without saying which holds for what is asked. ``clause``: the one that a reader finds to answer.

    A figure of the question chooses among the cases of the sentence: 年满60周岁的半价；年满65周岁的免费.
    """
    if clause is None and not about_the_thing(claim, said, _PRICE_ASKED):
        return None
    asks = _COSTS.search(claim.last)
    fee = re.split("[和与及、]", asks["fee"] or asks["named"] or "")[-1] if asks is not None else ""
    if fee and fee not in said and fee[-3:] not in said:
        return None  # another fee
    if _leaves_out(claim, said):
        return True
    asked = amounts(claim.text)
    cases = ruled_cases(said, lambda clause: _paid(clause) is not None)
    if any(len({fits([a], c) for a in asked} - {0}) > 1 for c in cases):
        return None  # fits by age and not by height: the sentence may ask for both or for either
    fitting = [c for c in cases if fits(asked, c) > 0]
    rest = [c for c in cases if fits(asked, c) == 0]
    if rest and not fitting and all(paid for c in rest for _, paid in paid_in(c)):
        cases = rest  # 应当缴纳保证金,年营业额5亿元以上的免缴, of one of 3亿元
    told = [pair for c in (fitting or cases) for pair in paid_in(c)]
    if not _DEPOSIT.search(claim.text):
        told = [(c, paid) for c, paid in told if not _DEPOSIT.search(c)]
    if not fitting and any(fits(asked, c) < 0 for c in cases):
        # For others than asked about: free for them says that it is not for this one, a price for them nothing.
        return True if told and not any(paid for _, paid in told) else None
    if len({paid for _, paid in told}) > 1:
        told = [(c, paid) for c, paid in told if clause is not None and clause.strip(",;。:") == c]
    if not told:
        return None
    if "全免" in claim.last and any(_FREE_SHARE.search(c) for c, _ in told):
        return True  # 每月免费10度
    return told[0][1] or any(_beyond(asked, c) for c, _ in told)


#: How much is free.
_FREE_SHARE = re.compile(r"免(?:费|收|除)?[^,;。\d]{0,3}[\d一二两三四五六七八九十]+(?!岁)")
#: Whom a price is left to that those who ask are none of.
_BY_WHOM = re.compile(
    r"由(?P<who>(?!个人|本人|自己|自身|用户|申请|学员|学生|家长|业主|患者|参保|当事|职工|乘客|旅客|游客|消费|居民|村民|其|使用"
    r"|买|租|承租|原告|被告|败诉|双方|各方|各自)(?:(?!个人|共同|分担)[^,;。]){2,16}?)(?:全额|全部|统一|负责)*(?:承担|负担|支付|列支)(?![^,;。]{0,4}部分)"
)


#: ... an office or firm that bears it: 生产者应当承担运送的费用, of what somebody has to pay himself.
_BEARS = re.compile(
    r"(?:^|[,;。])(?P<who>[\u4e00-\u9fff]{1,8}(?:单位|企业|公司|部门|机构|政府|[产经销]者|营者|学校|医院|商))"
    r"(?:应当?|须|必须|负责)(?:全额|全部)?(?:承担|负担|支付)[^,;。]{0,30}(?:费用?|款)"
)
_ONESELF = re.compile("自己|个人|本人|我(?!们)")


def paid_by_others(claim: Claim, said: str, *, read: bool = False) -> bool:
    """Whether a folded sentence leaves a price to others than those of whom a claim speaks: 食宿费由主办方承担. ``read``:
    whether it was read to answer."""
    bears = _BEARS.search(said) if read and _ONESELF.search(claim.last) else None
    found = _BY_WHOM.search(said) or bears
    if found is None or paid_in(said) or not (bears or about_the_thing(claim, said, _PRICE_ASKED)):
        return False
    return not any(stands_in(w, claim.text) for w in content_words(found["who"]))


#: Who is said to pay for something, and who is told to, and not to be made to.
_PAYER_ASKED = re.compile(
    r"(?:由|归|让|叫|要|得|该|是)(?P<who>[\u4e00-\u9fff]{1,8}?)(?:自己|自行)?(?:来|去)?"
    r"(?:出(?:钱|资)?|付(?:钱|费)?|掏(?:钱|腰包)?|承担|负担|交|缴|买单)[的了]?$"
)
_PAYER_TOLD = re.compile(
    r"(?:由|从)(?P<who>[^,;。由从]{1,16}?)(?:全额|统一|自行)?(?:承担|负担|支付|列支|出资|缴纳|安排解决)"
)
_SPARED_PAYER = re.compile(r"不(?:得|再|予)?向(?P<who>[^,;。]{1,10}?)(?:收取|收费|加收|转嫁|摊派|分摊)")
_EMPLOYER = re.compile("企业|公司|单位|厂|老板|雇主")


def paid_by(claim: Claim, said: str) -> bool | None:
    """Whether a folded sentence denies that those pay for something whom a claim names: 由船东出, of 不得向船东收取. None
    for other claims, and where the sentence tells of no one who pays or of several."""
    asked = _PAYER_ASKED.search(claim.last) if not claim.denies and not claim.judged else None
    if asked is None or not about_the_thing(claim, said, _PAYER_ASKED):
        return None
    who = [w for w in content_words(asked["who"]) if len(w) > 1]
    if not who:
        return None
    spared, told = _SPARED_PAYER.search(said), _PAYER_TOLD.findall(said)
    if spared is not None and any(stands_in(w, spared["who"]) for w in who):
        return True
    if len(told) != 1:
        return None
    same = any(set(w) & set(told[0]) for w in who) or all(_EMPLOYER.search(one) for one in (asked["who"], told[0]))
    return not same


def paid_in(said: str) -> list[tuple[str, bool]]:
    """The clauses of a folded text that tell of a price or that something is free, each with whether it is paid for."""
    return [(c, paid) for c in bare_clauses(said) if (paid := _paid(c)) is not None]


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
    left = [w for m in LEFT_OUT.finditer(said) for w in content_words(m["after"] or m["before"] or "")]
    left += [
        w for m in re.finditer(r"([^,;。]+)不[在属][^,;。]{0,8}(?:免|范围)", said) for w in content_words(m.group(1))
    ]
    return any(len(w) > 1 and w in claim.text for w in left)
