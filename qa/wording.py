"""A piece of text as tokens whose meaning can be compared: figures by value, and the small words that turn a sentence.

Two texts say the same figure in many ways (百分之六十, 60%; 1亿元, 10000万元) and the same duty in several (不低于, 至少).
Here each becomes one token. Words that only join are left out. Pure functions on folded text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from corpus.labels import number_of

Kind = Literal["figure", "sign", "word", "char"]


@dataclass(frozen=True, slots=True)
class Token:
    """A figure (value and unit), a sign (value and class), a word that has synonyms, or a character."""

    kind: Kind
    value: str
    sort: str  #: of a figure its unit, of a sign its class; else empty
    start: int
    end: int
    clause: int
    sentence: int


# --- signs: words that turn what is said ----------------------------------------------------------------------------

#: (class, value, pattern), the longest and most particular first. Of one class, another value says another thing.
_SIGNS: tuple[tuple[str, str, str], ...] = (
    (
        "bound",
        "least",
        r"不(?:得)?(?:低于|少于|小于)|至少|最少|最低(?=[\d一二两三四五六七八九十不])|最短(?=[\d一二两三四五六七八九十])",
    ),
    (
        "bound",
        "most",
        r"不(?:得)?(?:超过|高于|多于|大于|长于)|(?:最长|最高|最多)不(?:得)?超过|至多|最多(?![,;。的])|最高(?=为?[\d一二两三四五六七八九十])|最长(?=为?[\d一二两三四五六七八九十])"
        r"|以内|之内|(?<=[\d年月日%元人个家])(?:及|或者|或)?以下|(?<=[日天月年时钟])内(?![容部地涝控外])",
    ),
    (
        "bound",
        "least",
        r"(?<=[^\W\d_])(?:及|或者|或)?以上(?!简称|任务|规定|内容|[三四五六]项)|超过(?=\d)|突破(?=\d)|高于|大于|多于|(?<![不未没])年?满(?=\d)",
    ),
    (
        "bound",
        "most",
        r"(?:及|或者|或)?以下(?!简称|统称|任务|规定|条件|内容|情形)|低于|小于|少于|不足(?=\d)|不满|未满|没满|不到(?=\d)",
    ),
    ("when", "before", r"(?<=[\d月日年底始])(?:之前|以前|前)|提前"),
    ("when", "after", r"(?<=[\d月日年底])(?:之后|以后|后)(?!备)|推迟"),
    ("bound", "beyond", r"以外(?!的)|之外(?!的)"),
    ("only", "also", r"不仅仅?|不但|不只是?"),
    (
        "duty",
        "要求",
        r"(?<!文件|条例|办法|方案|规划|意见|通知|规定|国家)(?<=[,;。\u4e00-\u9fff])要求(?=[\u4e00-\u9fff]{2})(?<!的要求)|^要求",
    ),
    (
        "duty",
        "不得",
        r"不得(?!不|已|力)|不可以|不能(?!源)|不允许|不准|不许|不可(?![抗降移或缺])|禁止|严禁|不应当?|不宜",
    ),
    ("duty", "必须", r"必须|不得不|务必"),
    ("duty", "可以", r"可以|准许|允许|(?<![许认])可(?=[采用向按由申根提从享给予在继延面])|有权"),
    ("duty", "鼓励", r"鼓励"),
    ("duty", "支持", r"支持(?![。,;、力服和体政的”]|措施)(?<![政金税资技策撑、面化]支持)"),
    ("duty", "探索", r"探索(?!性)"),
    ("duty", "应当", r"应当|应该|(?<![响反对适供相回])应(?![用急对届征诉链收付税变])|须(?![臾])"),
    (
        "duty",
        "要",
        r"(?<![主重需首只想将必不简概纲提扼摘])要(?![求素点闻件害么览约领])|(?<![必内急供军特])需要?(?!求)|应予",
    ),
    ("denial", "不", r"不再|无需|无须|不必|不用|尚未|未(?![来成必])|并非|没有|取消|停止|暂停(?=安)"),
    (
        "denial",
        "不",
        r"不(?![仅但只断同久少良动锈予]|低于|高于|超过|大于|小于|动产|可移|可降|可抗|可或|限于|满|平衡|充分|足)|不予|(?<![所])无(?=[\u4e00-\u9fff])(?![障线缝偿形论不]|害化|人[机驾艇车])|免(?=[收交缴征除予于])",
    ),
    (
        "scope",
        "all",
        r"全部|所有|全体|一切|任何|一律|均(?![衡等匀价可])|(?<!首)都(?![市会])|各类|各级|无一例外|百分之百",
    ),
    (
        "scope",
        "part",
        r"部分(?<![一二三四五六七八九十本有专各分]部分)|个别|有条件的|符合条件的|具备条件的|条件成熟的|少数|多数|多个",
    ),
    ("only", "only", r"仅(?!仅)|只(?![要有增减])|只能|限于|专门"),
    ("degree", "wholly", r"全面|完全|彻底"),
    ("degree", "nearly", r"基本(?=[形建完健实消满达])|大体|大致"),
    ("degree", "first", r"初步(?=[形建完健实满得])"),
    (
        "state",
        "done",
        r"已经|业已|现已|(?<![而不])已(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])了(?=[\u4e00-\u9fff\d])(?<![为除]了)|曾",
    ),
    ("state", "strive", r"力争|争取(?!到)|努力"),
    ("state", "ensure", r"确保"),
    ("state", "slowly", r"逐步|逐渐|分步|稳步|适时"),
    ("state", "study", r"研究(?=制|建|提|完|出|起|修)"),
    ("state", "now", r"立即|立刻|马上|即刻|直接(?!从事|管理|运营|责任|经济|负责)"),
    ("state", "principle", r"原则上"),
    ("joined", "and", r"(?<=[,\u4e00-\u9fff])并且|且(?!不说)|同时(?=[具符满])"),
    ("joined", "or", r"或者|或(?![缺])|之一"),
    ("trend", "up", r"增长|增加(?!值)|提高|上升|提升|上调|上涨|上浮|扩大|增至|升至|加快|加强|强化|延长|净增|增产"),
    ("trend", "down", r"下降|减少|降低|降至|降到|下调|下浮|缩小|压减|压缩|缩短|回落|放缓|削弱|下跌|减至"),
    ("every", "年", r"每(?:一|个)?年(?:度)?|年均|每(?:12|十二)个月"),
    ("every", "月", r"每(?:一|个)?月|按月|月均"),
    ("every", "季度", r"每(?:一|个)?季度?|按季度?|每[3三]个月"),
    ("every", "半年", r"每半年|每[6六]个月"),
    ("every", "周", r"每(?:一)?周|每星期"),
    ("every", "日", r"每(?:一)?[日天]|日均"),
    ("every", "学期", r"每(?:一)?学期"),
)
_SIGN = re.compile("|".join(f"(?P<s{i}>{pattern})" for i, (_, _, pattern) in enumerate(_SIGNS)))

# --- words that stand for one another ---------------------------------------------------------------------------------

#: A group a line; of general official Chinese. Only words that may be exchanged in both directions.
_SYNONYMS = """
同比 比上年同期 较上年同期 比上年末 较上年末 比上年 较上年 比去年
施行 实施 执行 生效
给予 予以 发给 获得 获 可得
告知 通知 告诉
期限 时限 有效期
组织 开展 举办
建立 设立 成立
建成 建设
人民政府 政府
制订 制定 订立
完成 实现
承担 负担
拨付 拨给
退回 退还
作出 做出
同意 赞成
减少 少 下降
收取 收
维护 维持
提供 供给
处 罚款
告示 公告
公示 公布
补助 补贴
奖励 奖
重要 主要
有关 相关
监管 监督管理
老年人 老人
居民 住户
费用 费
排 居 位列 位居
占 占比 比重
资料 材料
废止 失效
"""
_GROUP = {word: line.split()[0] for line in _SYNONYMS.strip().splitlines() for word in line.split()}
_SYNONYM = re.compile("|".join(sorted((w for w in _GROUP if len(w) > 1), key=len, reverse=True)))
#: Characters that only join; what they join is compared.
_JOINING = frozenset("的地得着之其该此这那和与及以于在对为是有将把被由从自向给所并也还就则而者后时等每至到起中上里个")

# --- figures ----------------------------------------------------------------------------------------------------------

#: What the words behind a number multiply it by.
SCALES = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_HAN_NUMBER = "[零一二两三四五六七八九十百千]"
_UNIT = (
    r"个人(?![账信所缴住名])|个百分点|百分点|%|‰|个工作日|工作日|平方公里|平方千米|平方米|立方米|公里|千米|毫米|厘米|千瓦时|千瓦|微克|毫克|公斤|千克|"
    r"个月|个?小时|分钟|周岁|季度|学期|元|人|名|户|家|条|座|处|吨|亩|公顷|倍|件|次|张|岁|年|月|日|天|周|米|克|级|项|类|种|批|部|"
    r"所|台|辆|架|艘|头|只|册|份|分|方面|个|位|宗|起|笔|组|本|门|款|章|节|步|等奖|档|成"
)
_FIGURE = re.compile(
    rf"百分之(?P<percent>[零一二两三四五六七八九十百点\d.]+)"
    rf"|(?P<below>{_HAN_NUMBER}+|\d+)分之(?P<above>{_HAN_NUMBER}+|\d+)|(?P<half>一半|半数)|(?P<months>半年)"
    rf"|(?<![\d.])(?P<year>(?:19|20)\d\d)(?:年(?!期)|(?=[-~至]))"
    rf"|第(?P<ordinal>{_HAN_NUMBER}+|\d+)(?P<what>[条章款项位批季产期届次年名]?)"
    rf"|(?P<number>\d[\d,]*(?:\.\d+)?|{_HAN_NUMBER}+(?:点{_HAN_NUMBER}+)?(?=(?:万|亿)?(?:多|余)?(?:{_UNIT})))"
    rf"(?P<scale>万亿|千万|百万|十万|万|亿|千|百)?(?:多|余)?(?P<unit>{_UNIT})?(?:/(?:{_UNIT}|[\u4e00-\u9fff]))?"
)
_SAME_UNIT = {
    "个人": "人", "百分点": "个百分点", "天": "日", "周岁": "岁", "个工作日": "工作日", "个小时": "小时", "平方千米": "平方公里", "千米": "公里",
    **dict.fromkeys(("名", "家", "座", "处", "件", "张", "项", "类", "种", "批", "部", "所", "台", "辆", "架", "艘", "位", "宗", "起",
                     "笔", "组", "本", "门", "款", "步", "条", "只", "头", "册", "份", "方面"), "个"),
}  # fmt: skip
_SIZES = {
    "年": ("个月", 12),
    "平方公里": ("平方米", 10**6),
    "公里": ("米", 1000),
    "公斤": ("克", 1000),
    "千克": ("克", 1000),
}
#: 一个, 一批, 一是: nobody's figure.
_NO_FIGURE = re.compile(
    r"一(?:批|些|种|个|项|部|名|位|起|方面|条|体|日|级的?市|是|家|分|份|周年|处|类|步|件|户|株|座|县|市|省|镇)?|[二三四五六]是|百|千|十"
)
_SOME = ("一批", "一些", "一个", "一种", "一项", "全年", "其中", "一年间", "一年来")
_LATIN = re.compile(r"[a-z][a-z0-9.+-]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def han_number(text: str) -> Decimal:
    """The value of a number written in Chinese characters or digits, with what stands behind its point.

    >>> han_number("一千二百"), han_number("1,200.5"), han_number("十五点五")
    (Decimal('1200'), Decimal('1200.5'), Decimal('15.5'))
    """
    if re.fullmatch(r"[\d.,]+", text):
        return Decimal(text.replace(",", ""))
    whole, _, rest = text.partition("点")
    fraction = "".join(str(number_of(char)) for char in rest)
    return Decimal(f"{number_of(whole) or 0}.{fraction}")


def _figure(match: re.Match[str]) -> tuple[str, str] | None:
    """(value, unit) of a figure; None where it is none."""
    if match["percent"]:
        return _plain(han_number(match["percent"])), "%"
    if match["below"]:
        share = han_number(match["above"]) * 100 / (han_number(match["below"]) or 1)
        if share == round(share, 2):
            return _plain(share), "%"
        return f"{_plain(han_number(match['above']))}/{_plain(han_number(match['below']))}", "分之"
    if match["half"]:
        return "50", "%"
    if match["months"]:
        return "6", "个月"
    if match["year"]:
        return match["year"], "年份"
    if match["ordinal"]:
        return _plain(han_number(match["ordinal"])), "第" + ("" if match["what"] in ("位", "名") else match["what"])
    if _NO_FIGURE.fullmatch(match.group()):
        return None
    value = han_number(match["number"]) * SCALES.get(match["scale"] or "", 1)
    unit = match["unit"] or ""
    if unit == "成":
        return _plain(value * 10), "%"
    unit, size = _SIZES.get(unit, (_SAME_UNIT.get(unit, unit), 1))
    return _plain(value * size), unit


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


# --- tokens -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a folded text, in order.

    >>> [(t.value, t.sort) for t in tokens("不低于百分之六十") if t.kind != "char"]
    [('least', 'bound'), ('60', '%')]
    """
    found: list[Token] = []
    clause = sentence = 0
    at = 0

    def add(kind: Kind, value: str, sort: str, end: int) -> None:
        found.append(Token(kind, value, sort, at, end, clause, sentence))

    while at < len(text):
        char = text[at]
        if char in ",;:。!?\n":
            clause += 1
            sentence += char in ";。!?\n"
            at += 1
            continue
        if (
            text.startswith(_SOME, at)
            or text.startswith(("上一年", "这一年", "前一年"), max(0, at - 1))
            and char == "一"
        ):
            at += 2
            continue
        if (match := _FIGURE.match(text, at)) and text[at : at + 3] != "一次性" and (figure := _figure(match)):
            value, unit = figure
            if unit == "日" and found and found[-1].sort == "月" and found[-1].end == at:
                value, unit = f"{found[-1].value}-{value}", "号"  # a day of a month is no length of time
            add("figure", value, unit, match.end())
            at = match.end()
        elif match := _SIGN.match(text, at):
            sort, value, _ = _SIGNS[int((match.lastgroup or "s0")[1:])]
            add("sign", value, sort, match.end())
            at = match.end()
        elif match := _SYNONYM.match(text, at):
            add("word", _GROUP[match.group()], "", match.end())
            at = match.end()
        elif match := _LATIN.match(text, at):
            add("word", match.group(), "", match.end())
            at = match.end()
        else:
            if _HAN.match(char) and char not in _JOINING:
                add("char", char, "", at + 1)
            at += 1
    return tuple(found)
