"""Whether a rule holds for another case than the one that a question tells: 公办 and 民办, 口头 and 书面, 没有发票 and 凭发票.

Pure functions on folded text. None of them tells what then holds for the case asked about.
"""

from __future__ import annotations

import re

#: Attributes of which a thing has one or the other.
_EITHER: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (
            r"(?<!非)(?:本[市地省县区]|当地)(?=(?:常住)?(?:户籍|户口|[人和、及与]|居(?!住证)|职工|企业|缴|参保))",
            r"非本[市地省县区]|外[地省市县来](?!资)|异地(?!恋)",
        ),
        (r"公办|公立", r"民办|民营|私立"),
        (r"城镇|城里", r"农村|乡下"),
        (r"男(?!女)", r"(?<![子儿男])女"),
        (r"新建", r"改建|改造|扩建"),
        (r"购房|买房|购买(?:商品)?住房", r"租房|租赁住房|租住|承租"),
        (r"在职(?!研究生)", r"(?:离|退)休"),
        (r"国内|境内", r"国外|境外|海外|国\(境\)外"),
        (r"室内|屋里", r"室外|户外|露天"),
        (r"晚上|夜间|夜里", r"白天|日间|昼间"),
        (r"工作日", r"周末|节假日|双休日"),
        (r"(?<!未)成年(?!累月)", r"未成年"),
        (r"应届", r"往届"),
        (r"自家|我家|私家|家用|自用|个人(?:使用|自用|名下)", r"(?:企业|公司|单位|机构)(?:使用|所有|名下|自用)"),
    )
)
#: Ways in which a thing is done: that it may be done in one says nothing of the other.
_WAYS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"口头", r"书面"),
        (r"网上|线上|在线|网络|小程序|手机|app", r"线下|现场|窗口|到场|当面"),
        (r"现金", r"转账|银行卡|非现金"),
        (r"代办|代领|代为|委托|替", r"本人(?!同意|签)|亲自"),
    )
)
#: What is said of all but one kind (非本市户籍, 非营利性) holds for no other.
_ALL_BUT = re.compile(r"非(?![常法得凡但要物公典遗])(?P<kind>[\u4e00-\u9fff]{2})")
#: Of what kind a question says that something is not: 不是亲属的人.
_IS_NOT = re.compile(
    r"(?<![是还属在])不(?:是|属于|在)(?:本|该)?(?P<kind>[\u4e00-\u9fff]{2})[\u4e00-\u9fff]{0,6}?(?:[的人户区员](?=[^,;。])|,)"
)
#: That it holds for one kind only, which settles that it does not for others.
_SETS_APART = re.compile(r"仅|只(?!要)|限(?=于)|不适用|除外|不(?:含|包括)")


def of_another_kind(told: str, rule: str) -> bool:
    """Whether a question tells of one kind of a thing and a rule speaks of the other kind only.

    >>> of_another_kind("公办园能申请", "对民办园给予补助"), of_another_kind("营利性民办园", "非营利性民办园可以申请")
    (True, True)
    >>> of_another_kind("公办园能申请", "公办、民办园都可以申请"), of_another_kind("公办园能申请", "仅限民办园申请")
    (False, False)
    """
    if _SETS_APART.search(rule):
        return False
    if any({_side(pair, told), _side(pair, rule)} == {-1, 1} for pair in _EITHER):
        return True
    if is_of_no_kind(told, rule):
        return True
    return any(
        _all_but(kind, told) != _all_but(kind, rule)
        for kind in _ALL_BUT.findall(told + "," + rule)
        if kind in told and kind in rule
    )


def in_another_way(told: str, rule: str) -> bool:
    """Whether a question tells one way of doing a thing and a rule the other only.

    >>> in_another_way("可以口头申请", "应当书面申请"), in_another_way("可以口头申请", "口头或者书面申请")
    (True, False)
    """
    return any({_side(pair, told), _side(pair, rule)} == {-1, 1} for pair in _WAYS)


def is_of_no_kind(told: str, rule: str) -> bool:
    """Whether a rule is for a kind of which a question says that its case is not.

    >>> is_of_no_kind("不是亲属的人代办要公证", "近亲属代办的,不需要公证"), is_of_no_kind("不是党员能参加", "非党员也可以参加")
    (True, False)
    """
    kinds = _IS_NOT.findall(told)
    return any(kind in rule and not re.search(rf"(?:非|不是|不属于|不在|除){kind}", rule) for kind in kinds)


def _side(pair: tuple[re.Pattern[str], re.Pattern[str]], text: str) -> int:
    """1 where a text speaks of the first of a pair of attributes alone, -1 of the second alone, else 0."""
    one, other = (pattern.search(text) is not None for pattern in pair)
    return one - other


def _all_but(kind: str, text: str) -> bool:
    """Whether a text never names a kind but to leave it out: 非营利性."""
    return text.count(kind) == text.count("非" + kind)


_WOMAN, _MAN = re.compile(r"(?<![子儿男])女|妇|妈|婆|奶奶|姥姥|外婆"), re.compile(r"男|爸|爷|姥爷|外公|先生")
_AGE = r"[^,;。、男女]{0,16}?[\d一二三四五六七八九十]+(?:周?岁|年)"
#: Bounds for both sexes side by side: 男性未满60周岁、女性未满55周岁; 女满40周岁、男满50周岁.
_BOTH_SEXES = re.compile(
    rf"(?P<one>男{_AGE})[、,和及]?(?P<other>女{_AGE})|(?P<first>女{_AGE})[、,和及]?(?P<second>男{_AGE})"
)


def of_own_sex(told: str, rule: str) -> str:
    """A rule without the bound of the other sex, where a question tells of one and the rule has a bound for both.

    >>> of_own_sex("58岁女职工能参加", "男未满60周岁、女未满55周岁的,可以参加"), of_own_sex("45岁男的能领", "女满40岁、男满50岁的,可以领")
    ('女未满55周岁的,可以参加', '男满50岁的,可以领')
    """
    woman, man = _WOMAN.search(told) is not None, _MAN.search(told) is not None
    both = _BOTH_SEXES.search(rule)
    if woman == man or both is None:
        return rule
    own = next(text for text in both.groups() if text and text.startswith("女" if woman else "男"))
    return rule[: both.start()] + own + rule[both.end() :]


#: What a question says not to be so: 年检不合格, 没有发票, 未取得证书.
_LACKS = re.compile(
    r"(?:没有?|未|无|不)(?:曾|经|再|作|做|进行|取得|获得|办理?|交|提供|签订?|通过)*(?P<thing>[\u4e00-\u9fff]{2})"
)
_DENIES = r"[没未无不非][^,;。、]{0,6}"
#: A rule that asks for what stands in it.
_REQUIRES = re.compile(r"条件|应当|应(?=[提出取办经具])|必须|须|凭|方可|才[能可]|需(?!求)")


def lacks_required(case: str, rule: str) -> bool:
    """Whether the case of a question lacks what a rule asks for: 年检不合格, 没有发票.

    >>> lacks_required("没有发票", "报销应当提供发票"), lacks_required("没有发票", "没有发票的可以凭收据报销")
    (True, False)
    """
    if not _REQUIRES.search(rule):
        return False
    lacking = {found["thing"] for found in _LACKS.finditer(case)}
    return any(
        thing in rule
        and not re.search(rf"{_DENIES}{thing}|或者?[^,;。]{{0,12}}{thing}|{thing}[^,;。]{{0,12}}或者?", rule)
        for thing in lacking
    )
