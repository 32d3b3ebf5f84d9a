"""Clauses that limit, extend or except what the clause before them gives: 合同另有约定的，最长不得超过60日.

Pure functions on folded text.
"""

from __future__ import annotations

import re

from qa.amounts import amounts, conditions

#: What is said of a measure that has been told before: of no other can it be said that it is longer.
_OF_TIME = re.compile(r"(?:延长|缩短|顺延)(?![^,;。]{0,12}的(?:[,;。]|$))")
_OF_MONEY = re.compile(r"(?:减半|免(?:收|征|交|缴)|[上下]浮)(?![^,;。]{0,12}的(?:[,;。]|$))")
_OF_ANYTHING = re.compile(
    r"从其|[依按]照?其[约规]定|(?:除外|不在此限|不受[^,;。]{1,12}限制)[。;,]?$|放宽(?![^,;。]{0,12}的(?:[,;。]|$))"
    r"|^(?:以后|此后|之后)每|^(?:每(?:增加|超过?)|超[过出]的?部分)"
    r"|^(?:同时|以上|上述|前述|两[项类])[^,;。]{2,24}的?,[^;。]{0,12}(?:就高|从高|择高|只[能可]?(?:享受|领取|选)|不(?:得|能|可以?|再|予)?(?:重复|叠加|累[计加]|兼得))"
)
#: The most or the least, which may be said of something else, too.
_BOUND = re.compile(
    r"最[长短高低多少大迟晚][^,;。]{0,4}?(?:不(?:得|能|应|予)?[超少低高多晚大小]|[\d一二两三四五六七八九十]|为)"
    r"|(?:累计|合计|总额)[^,;。]{0,4}不(?:得|能)?超过|封顶|(?:提高|调高|降低|减少)[到至为]"
)
#: Before the most of what has been told: a joining word, what is counted together, or a case of its own.
_JOINS = re.compile(r"(?:但是?|且|并且|其|原则上|一般|(?:单|每|同一|全年|年度)[^,;。]{0,8}?)*")
_CASE = re.compile(r"(?:^|,)(?:但是?|确[需有]|遇|因|特殊|情[况形])[^,;。]*,|[^,;。]{2,}的,")
_HOLDS_FOR = re.compile(r"[^,;。]*的,")
_SORTS = {**dict.fromkeys(("工作日", "日", "月", "小时"), "time"), "元": "money", "%": "money"}


#: What is for others than those of whom the rule before it tells: 其他家庭自愿改造的，最高不超过3000元.
_OF_OTHERS = re.compile(r"(?:其他|其它|其余)[^,;。]{2,24}的,")


#: A case among those that the rule before it holds for: 其中使用年限超过三十年的，每部补助25万元.
_AMONG = re.compile(r"其中[,，]?[^,，;；。]{2,30}的[^,，;；。]{0,6}[,，]")


def limits(clause: str, told: str) -> bool:
    """Whether a folded clause limits, extends or excepts a measure that the text before it has told.

    >>> limits("合同另有约定的,付款期限最长不得超过60日。", "应当自交付之日起30日内支付款项;")
    True
    >>> limits("其中超过三十年的住宅,每部补助25万元。", "加装电梯的,每部补助20万元;")
    True
    >>> limits("公示期最长不超过5日。", "应当在10日内审核;")
    False
    """
    measured = measures(told)
    if measured & measures(clause) and _AMONG.match(clause):
        return True
    if not measured or (measures(clause) and not measures(clause) & measured):
        return False
    if _OF_OTHERS.match(clause):
        return False
    changed = ("time" in measured and _OF_TIME.search(clause)) or ("money" in measured and _OF_MONEY.search(clause))
    changed = changed or _OF_ANYTHING.search(clause)
    if changed:  # not where the clause changes a measure of its own: 7日内答复，情况复杂的可延长至15日
        return not measures(_HOLDS_FOR.sub("", clause[: changed.start()])) & measured
    bound = _BOUND.search(clause)
    before = clause[: bound.start()] if bound is not None else ""
    # 12个月以上的，累计不超过… stands beside 6个月以内的 and limits nothing of it.
    beside = {r.unit for r in conditions(before)} & {r.unit for r in conditions(told)}
    return bound is not None and not beside and bool(_JOINS.fullmatch(before) or _CASE.search(before))


#: A share or a sum by which a class of its own is given another measure than the one told for all.
MODIFIES = re.compile(
    r"(?:标准|基础上?|数额|金额)的?(?:[\d.]+%|[\d.]+倍|[一二三四五六七八九]折|一半)|[上下]浮(?:动)?[\d.]+%|减半"
    r"|(?:标准|基础上?)[^,;。]{0,4}(?:增加|提高|降低|减少)[\d.]+%|(?:另|再)(?:外|行)?(?:加|增)(?:发|付|补)?[\d.]+"
)


def modifies(clause: str) -> bool:
    """Whether a folded clause changes a figure that is told elsewhere, by a share or a sum of its own.

    >>> modifies("联营企业按上述标准的70%补助。"), modifies("取得证书的,每月另加150元。"), modifies("能效提高8%。")
    (True, True, False)
    """
    return bool(MODIFIES.search(clause))


def measures(text: str) -> set[str]:
    """The sorts of measures that a folded text tells: of time, of money, or of one unit."""
    return {_SORTS.get(a.measure, a.measure) for a in amounts(text) if a.measure}
