"""What Chinese words do in a folded text: mean something, deny, allow, forbid, oppose each other, speak of all.

Pure functions on text and the patterns that the modules of the verdict (qa.verdict) share; none knows a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from index.tokens import segment
from qa.abbreviations import full_names
from qa.register import open_register

# --- words that mean something ---------------------------------------------------------------------------------------

_EMPTY = frozenset(
    (
        "的 了 是 在 和 与 及 或 有 没有 没 不 都 也 就 还 又 再 被 把 给 从 到 向 对 "
        "对于 为 以 按 由 将 要 会 能 可以 可 能够 需要 必须 应该 应当 应 须 得 允许 一定 "
        "这 那 这个 那个 该 其 它 他 我们 咱们 我 你 个 家 项 条 每 各 全部 所有 一律 都是 "
        "全 均 只 仅 才 已经 已 现在 目前 今年 吗 呢 么 呀 啊 吧 上 下 里 中 内 外 时 用 "
        "来 去 搞 做 一个 什么 是否 难道 到底 自己 之后 以后 就是 还是 可能 说 让 使 人 地 "
        "着 过 等 很 最 多 无 未 非 管 并 而 但 如果 只要 进行 更 比 跟 同 新 大 小 一 "
        "两 三 些 "
    ).split()
)


def content_words(text: str) -> list[str]:
    """The words of a text that mean something by themselves."""
    return [w for w in segment(text) if w not in _EMPTY and re.search(r"\w", w)]


#: Words that name nothing by themselves, and figures.
_POINTING = re.compile(r"[这那某各哪][\u4e00-\u9fff]|只能|\d")


def naming_words(text: str) -> list[str]:
    """The words of a text that name something: those of ``content_words`` without 这个, 只能 and figures."""
    return [w for w in content_words(text) if not _POINTING.match(w)]


#: Words for a class of measures, and what its members look like.
_FAVOURS = re.compile(r"免费|减免|免[征收缴交除]|减半|半价|扣减|减按|低收费|抵扣|打折|折扣")
_INSTANCES = {
    **dict.fromkeys(("优惠", "优待", "照顾"), _FAVOURS),
    "补贴": re.compile(r"补助|奖补|资助|贴息"),
    "补助": re.compile(r"补贴|奖补|资助|贴息"),
    "办证": re.compile(r"许可证|登记证|证书|资格证"),
}


def instances(word: str, said: str) -> bool:
    """Whether a sentence names members of the class of measures that a word is for: 免费 of 优惠, and of 税收优惠."""
    return any(word.endswith(name) and members.search(said) for name, members in _INSTANCES.items())


_SPARED = re.compile("免[征收缴交除]")


def as_favours(predicate: str, said: str) -> str:
    """A sentence with what it spares as what it is to whoever asks for favours: 免收水费 denies nobody a 优惠.

    >>> as_favours("优惠", "免收水费"), as_favours("水费", "免收水费")
    ('优惠水费', '免收水费')
    """
    name = next((name for name, members in _INSTANCES.items() if members is _FAVOURS and predicate.endswith(name)), "")
    return _SPARED.sub(name, said) if name else said


def stands_in(word: str, said: str) -> bool:
    """Whether a word, a piece of it, or what official text says for it, stands in the sentence."""
    if word in said or instances(word, said):
        return True
    if "交" in word or "缴" in word:  # one word in two spellings: 补交 and 补缴
        word, said = word.replace("缴", "交"), said.replace("缴", "交")
        if word in said:
            return True
    if any(other in said for other in open_register().official.get(word, ())):
        return True
    pairs = [word[i : i + 2] in said for i in range(len(word) - 1)]
    if len(word) >= 3 and 3 * sum(pairs) >= len(pairs):
        return True
    # Both characters of a word of two, in one order and near: 房租 in 住房租金.
    if len(word) == 2:
        return bool(re.search(rf"{re.escape(word[0])}.{{0,2}}{re.escape(word[1])}", said))
    return bool(full_names((word,), (said,)))


def length_held(words: Iterable[str], said: str) -> int:
    """How many characters those of some words have that stand in the sentence; see ``stands_in``."""
    return sum(len(w) for w in words if stands_in(w, said))


# --- denials ---------------------------------------------------------------------------------------------------------

_HARMLESS = re.compile(
    r"不仅|不但|不过(?=是|,|因|我|$)|不只|不断(?![电水气供网])|不同(?!时享)|不久|不少|不低于|不高于|不超过|不得超过|不大于|不小于|不得少于|不少于|不得低于|"
    r"不动产|不可移动|不可降解|不可抗力|不良|不可或缺|不合理|不限于|不得不|无不|无论|不论|无线|无人(?=[机驾车船艇值售零超商仓工配系化岛区])|"
    r"无缝|无偿|无障碍|无形|无固定|无理由|未来|未成年|未经|非常|非法|非公|非物质|非金融|非营利|非营运|非货币|"
    r"非化石|非重点|非法定|否则|不足|不满|未满|停止(?=供)|没收|"
    r"不(?:设|受|限)[^,;。]{0,6}(?:限制|门槛|比例)|免疫|不得强制|不得强迫"
)
#: Not to do what one is asked to.
_REFUSES = r"(?:拒(?:绝|不|[收付交签报赔载保办退缴])|推[诿脱]|阻碍|阻挠|妨碍)"
_DENIAL = re.compile(
    r"不得|严禁|禁止|不准|不许|不允许|不能|不可|不应|不宜|不予|不再|不需要|不必|不用|不要|无需|无须|杜绝|防止|"
    r"避免|遏制|取消|停止|停了|停运|暂停|废止|终止|并非|没有|没|尚未|未|免征|免收|免缴|免交|免予|免除|免于|免(?=[配检审考测验办报签])|"
    r"不具备|缺乏|不享受|不存在|非法|"
    # Several in a row are one: 不得推诿、拒绝.
    rf"{_REFUSES}(?:(?:、|或者?|和){_REFUSES})*|不(?=[\u4e00-\u9fff])|无(?=[\u4e00-\u9fff])"
)
#: What a rule does or does not do to something: its object may have a description of its own.
_RULED = (
    "适用|享受|享有|接受|受理|办理|审查|审核|审批|承担|免除|影响|改变|提供|收取|支付|缴纳|属于|视为|作为|计入|列入|纳入|参加|执行|实行|实施"
    "|发放|给予|补助|补贴|奖励|负责|构成"
)
#: A denial inside a description (未纳入清单的领域) says nothing about the predicate. What a rule does (不适用本通知的规定)
#: describes only where something is said of the thing.
_DESCRIBING = re.compile(
    rf"(?:未|没有?|不(?![得能可应再予准许要用必需]|{_RULED})|无(?![需须权]))"
    r"[^,;。的没未]{1,14}的(?=[\u4e00-\u9fff]{2})"
    r"|(?:不(?![得准许]|予(?!以))|无[需须权])[^,;。的]{1,14}的(?=[\u4e00-\u9fff]{2,8}?(?:[可应须能由给按也都]|会(?!议|计|员|同|场)|不得|不予))"
)


def denying_words(text: str) -> int:
    """How many words of denial a folded text holds, without those that deny nothing (不仅)."""
    return len(_DENIAL.findall(_HARMLESS.sub("甲", text)))


def denials(text: str) -> int:
    """How many words of denial a folded text holds, without those that deny nothing (不仅) or only describe."""
    return denying_words(_DESCRIBING.sub("甲", text))


#: What stands before the thing that is lacking.
DENIED_THING = re.compile(r"^.*?(?:不能|未能?|没有?|不|无)")
#: What somebody need not have or do.
SPARED = re.compile(r"(?:不用|不必|无需|无须|不需要?)(?:再|另外|先)?(?P<what>[^,;。]{2,12})$")


# --- what a rule says ------------------------------------------------------------------------------------------------

#: What says that something is forbidden.
FORBIDS = re.compile(r"不(?:得|能|可(?!避免|或缺|抗力)|准|许)(?!超过|[少低高多大小]于)|不予|禁止|严禁")
_MAY = r"(?<![不许认才方])可(?!再|降|靠|持|能|行|移|回|视|研|比)|允许"
#: ... allowed, or left to those whom it concerns.
ALLOWS = re.compile(rf"{_MAY}|鼓励|支持|提倡|倡导|自愿|自主|不属于|不视为")
#: ... against the rules, or what follows where it is done.
PUNISHES = re.compile(r"罚|追究|责令|违反|违规|违法|没收|侵犯")
#: ... binding.
MUST_SAID = re.compile(
    r"应当|应(?!用|急|对|届|征|诉|链|聘)|必须|须|(?<![急供所])需(?!求)|要(?!求|素|点|件)|不得不|一律|方可|才能|"
    r"未[^,]{1,16}不得"
)
#: A need is no duty: 根据消费者需要, 按需.
_NEED = re.compile(r"(?P<by>(?:根据|按照?|结合|满足|视|因)[^,;。规条法]{0,8}?)需(?:要(?!的)|(?=[\u4e00-\u9fff]))(?!求)")


def without_needs(text: str) -> str:
    """A folded text without 需要 where it names what somebody needs.

    >>> without_needs("根据消费者需要提供发票"), without_needs("需要提供发票")
    ('根据消费者提供发票', '需要提供发票')
    """
    return _NEED.sub(r"\g<by>", text)


_UNABLE = re.compile(r"(?:不能|无法)(?=[^,;。的]{1,8}的(?:可以?|应当|予以|给予))")


def without_case_denied(text: str) -> str:
    """A folded text in which what those cannot do for whom a rule is denies nothing of the rule.

    >>> without_case_denied("生活不能自理的可以留陪护"), without_case_denied("不能自理的不得登船")
    ('生活难以自理的可以留陪护', '不能自理的不得登船')
    """
    return _UNABLE.sub("难以", text)


#: What puts a duty on somebody; 支持, 鼓励 and 加强 do not.
OBLIGES = re.compile(rf"{MUST_SAID.pattern}|{FORBIDS.pattern}|强制|义务|责令|不[少低高多]于|不超过|至少|最[少多低高]")
#: The modals of official text.
_RULES = re.compile(rf"{_MAY}|应当|(?<![响反对适供相])应(?!用|急|对|届|征|诉|链|聘)|必须|须")
MODAL = re.compile(f"{_RULES.pattern}|{FORBIDS.pattern}")
#: A denial that stands right before 能 or 要: 不再需要, but not 未婚可以.
DENIED_MODAL = re.compile(r"(?:不再?|没|无|未|别)$")


def denies_from(clause: str, modals: Sequence[re.Pattern[str]]) -> bool:
    """Whether a clause denies, counted from its modal on, so that no denial of the case that it speaks of counts."""
    starts = [m.start() for pattern in modals for m in [pattern.search(clause)] if m]
    if not starts:
        return denials(clause) % 2 == 1
    before = DENIED_MODAL.search(clause[: min(starts)])
    return denials(clause[before.start() if before else min(starts) :]) % 2 == 1


def says_no(clause: str) -> bool:
    """Whether a clause of a document denies.

    >>> says_no("无业人员可以申请"), says_no("无业人员不得申请"), says_no("并非无业人员不得申请")
    (False, True, False)
    """
    rule = clause.removeprefix("并非")
    return (rule != clause) != denies_from(rule, (MODAL,))


def without_case(said: str, clause: str) -> str:
    """What follows the case in a clause that was joined to it (see ``nearest_clause``), of the clauses of ``said``.

    >>> without_case("没有工作、没有收入的,照发", "没有工作、没有收入的照发")
    '照发'
    """
    case = next((c for c in bare_clauses(said) if c.endswith("的") and clause.startswith(c) and clause != c), "")
    return clause[len(case) :]


# --- opposites -------------------------------------------------------------------------------------------------------

#: That two things are alike.
ALIKE = re.compile("(?<!同一)一样|同样的|相同|[与同和][^,;。]{2,24}一致|同等(?=[享对待条的])")
#: Pairs of opposites, as they stand in official text and in talk. A denial before the word turns it round.
SCALES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(more), re.compile(less))
    for more, less in (
        (
            r"收费(?!公路|站|标准|项目|目录|政策|员)|另收|加收|(?<!免)收取|(?:付|缴|交)费(?!记录|基数|年限|年度|工资|证明|凭证|档次|标准|比例|期|人|单位|金额)|交税|缴税|纳税(?!人)|要钱|"
            r"掏钱|交钱|花钱|收钱|有偿|报酬|有酬|手续费|工本费|自费|(?:交|缴|"
            r"(?<!免)收(?!入))[^,;。不免]{1,8}(?:费|税|钱)|(?<!免)征收",
            r"免费|无偿|免收|免征|免缴|免交|免除[^,;。]{0,12}费|费用?免除|免[^,;。]{0,6}税|减免|减缴|减征|白拿|不要钱",
        ),
        (
            r"提高|上调|上涨|涨|增加|增长|扩大|扩围|加大|上升|增多|[变增]?多了|高了|贵了|[变更]长(?!期|久|远)|变高|更高(?!水平|质量|标准|层次)|变贵|比[^,;。]{1,10}[多高大快贵长](?=了?一?[些点]?$)|提升|延长|拓展|做大|只增不减",
            r"降低|下调|减少|少一些|[变更]?少了|低了|变低|更低|变便宜|比[^,;。]{1,10}[少低小慢短](?=了?一?[些点]?$)|比[^,;。]{1,10}便宜|缩减|缩小|收缩|压缩|压减|下降|只减不增|变少|变短|缩短|减轻|跌|回落|少买|削减|下放",
        ),
        (
            r"强制|必须|硬性|强迫|一定|全员|非得|不得不",
            r"自愿|鼓励|自主|引导(?!目录)|可以不|不强制|不得强制|不得强迫|不强求",
        ),
        (r"公开|公布|公示|发布|披露", r"保密|不公开|隐瞒"),
        (ALIKE.pattern, r"差别|区别(?!对待)|差异(?!化)|有别|[有是]所?不同"),
        (
            r"统一|一刀切|一个模子|都一样|同一标准|照搬|整齐划一",
            r"自主确定|因地制宜|结合实际|差异化|分类施策|自行确定|各地根据|分区",
        ),
        (r"自建|自己建|自行建设|自行(?!车)|自己", r"购买服务|采购|委托|分包|外包|第三方|依托现有|共建共享"),
        (
            r"抢着|盲目|一哄而上|越多越好|遍地开花|大拆大建|大干快上",
            r"有序|杜绝盲目|合理定位|稳妥|防止大拆大建|因地制宜|留改拆",
        ),
        (r"审批|核准|行政许可", r"备案|告知承诺|取消(?:行政)?审批"),
        (r"暂时|临时|阶段性|短期", r"长期|永久|长久|延续|常态化|制度性"),
        (
            r"完善|健全|成熟|到位|充分|领先|充足|发达|均衡|搭好|建好|建成|成型|齐全",
            r"缺乏|空白|等于没有?|起步阶段|初级阶段|初步阶段|雏形|碎片化|亟待|薄弱|不足|不完善|不健全|滞后|欠缺|短缺|落后|匮乏|失衡|不平衡|短板",
        ),
        (
            r"放开|放宽|开放|开口子|敞开|引入|允许进入|扩大(?=[^,;。]{0,16}(?:试点|范围|准入|开放))",
            r"收紧|限制|从严|严格控制|严控|关死|关上|关门|堵死|封死|封闭|拒之门外|挡在",
        ),
        (
            r"保留|还有|仍|继续|延续|坚持|保持|还收|还要|还实行|留(?=着|下(?!列|述)|存)",
            r"取消|停止|停了|废止|不再|终止|退出|撤销|没了|废除|删[去除掉]|拆(?:除|掉|了)",
        ),
        (r"促进|推动|带动|有利于|反而是促进", r"颠覆|阻碍|抑制|冲击|削弱|(?:掀|打|推)翻|[搞打冲压击]垮|毁掉|挤垮"),
        (r"营利(?!性?质)(?<!非营利)", r"非营利"),
        (
            r"大(?:户型|规模|型|规格|面积|范围|额|幅)",
            r"小(?:户型|规模|型|规格|面积|范围|额|幅)",
        ),
        (r"合法|依法可以", r"非法|违法|违规"),
        (r"境内|国内", r"境外|国外|海外"),
        (r"政府定价|政府定|行政定价", r"市场价格|市场化|市场调节|随行就市"),
        (
            r"财政(?:全额|全出|出|兜底|承担)|国家出|政府出",
            r"共担|自筹|分担|多元投入|社会资本(?=出|投|承担|负担)|由社会资本",
        ),
        (r"集中", r"分散"),
        (r"各[\u4e00-\u9fff]各的?|各自为政|单打独斗", r"共建|共用|合建|合用|统筹(?!局|基金|区|层|地区|账户|办|支付)"),
        (r"交回|上缴|上交|收回", r"保留|留归|留用|自主安排|归[^,;。]{2,12}使用"),
        (r"作废|不算数|无效|废止|失效|删[去除掉]", r"有效(?!期)|同等效力|算数"),
        (r"(?<!没)停(?!车|机|产|业|泊|靠|电|水|留|歇)|中止|终止", r"继续|照常|恢复|接着|照样"),
        (
            r"撤销|取消(?!.{0,12}(?:限制|门槛))|吊销|注销|除名|收回(?!成本)|撤(?=了|掉|$)|摘(?=牌|帽|掉|了|$)",
            r"保留|维持|保住|照旧",
        ),
    )
)


def pole(pattern: re.Pattern[str], text: str) -> int:
    """1 where a word of the pattern stands, -1 where it is denied, 0 where it is absent.

    A denial counts that stands before the word in its clause with no other clause in between.
    """
    match = pattern.search(text)
    if not match:
        return 0
    before = re.split(r"[,;。]", text[: match.start()])[-1]
    return -1 if denials(before + "甲") % 2 else 1


def scale_shared(predicate: str, said: str) -> bool:
    """Whether two folded texts hold words of one pair of opposites, the same or not: 提高 and 降低."""
    return any(
        (more.search(predicate) or less.search(predicate)) and (more.search(said) or less.search(said))
        for more, less in SCALES
    )


# --- extents ---------------------------------------------------------------------------------------------------------

#: That something is so of all.
ALL = re.compile(
    r"全部|所有|全额|全数|一律|全都|都(?!市|会|是)|均(?!衡|等|匀|价|可支配|衡)|任何|每个|整(?:个|[小社院单城省市县区村])|全面|完全|全体|百分之百|100%|"
    r"全由|全是|(?<![比跟和较占出于居列])全国(?!平均|水平|第|首|人大|政协|两会|统一)|全员|全覆盖|每天|都是|一视同仁|各(?=级|类|地)|普遍|([人家户村乡镇县区个处事层年月天周样条件项篇次校店回])\1(?=[\u4e00-\u9fff])|一个不[落漏少]|无一例外|通通|统统"
)
#: That something is so of one thing alone.
ONLY = re.compile(
    r"(?<![\d一二两三四五六七八九十几每船])只(?!要(?!求)|凭|靠|增|减|能涨|有)|只有|仅|(?<![曝灯阳目日观风时采发激])光(?!伏|纤|缆|电|凭|靠|看)|唯一|单单|(?<!不)限于|仅限|限(?=本)|专门只|只能"
)
#: What a sentence leaves out of what it says: 药品（不含疫苗）, 节假日除外.
LEFT_OUT = re.compile(
    r"(?:不含|不包括|不包含)(?P<after>[^,;。:()]{2,12})|(?<=[,;。:(])(?P<before>[^,;。:()]{2,10})除外"
    r"|除(?P<but>[^,;。:()]{2,12}?)(?:之外|以外|外)(?=的(?:所有|其他)|,?(?:其他|其余|均|都|一律|所有))"
)


# --- clauses ---------------------------------------------------------------------------------------------------------


def clauses_of(sentence: str) -> list[str]:
    """The clauses of a sentence, signs included; together they are the sentence.

    >>> clauses_of("费用由本级财政承担，不得向用户收取。")
    ['费用由本级财政承担，', '不得向用户收取。']
    """
    return [c for c in re.split(r"(?<=[，。；：,;])(?=..)", sentence) if c]


def bare_clauses(said: str) -> list[str]:
    """The clauses of a folded text, signs left out."""
    return [c for c in re.split("[,;。:]", said) if c]


#: A clause that only says when the one after it holds: 不接受调岗的, 换领新证时.
_DEPENDENT = re.compile(r"(?:的(?:话)?|[时后前]|期间|(?:情况|前提|情形|条件|基础)下?|之日起)$")


def deciding(said: str, clause: str) -> str:
    """What a folded sentence rules where one of its clauses answers: the clause after a condition; the contrary of the one
    before an exception; one that goes on with 并 with the modal before it; else the clause.

    >>> deciding("换领新证时,应当交回原证。", "换领新证时"), deciding("禁止货车通行,运送鲜活农产品的除外。", "运送鲜活农产品的除外")
    ('应当交回原证', '并非禁止货车通行')
    """
    clauses = bare_clauses(said)
    if clause not in clauses:
        return without_case(said, clause)
    at = clauses.index(clause)
    while at + 1 < len(clauses) and _DEPENDENT.search(clauses[at]):
        at += 1
    if at and clauses[at].endswith("除外"):
        return f"并非{clauses[at - 1]}"
    own = MODAL.search(clauses[at]) or not re.match("[并且]", clauses[at])
    ruled = [] if own else [m.group() for c in clauses[:at] for m in MODAL.finditer(c)]
    return ruled[-1] + clauses[at][1:] if ruled else clauses[at]


def ruled_cases(said: str, tells: Callable[[str], bool]) -> list[str]:
    """The parts of a folded text that each end in a clause which tells something, after the conditions before it: of
    一小时以内的免费,超过一小时的,每小时收取2元 two."""
    cases: list[str] = []
    for sentence in re.split("[;。]", said):
        begun = ""
        for clause in filter(None, sentence.split(",")):
            begun += ("," if begun else "") + clause
            if tells(clause):
                cases.append(begun)
                begun = ""
        if begun:
            cases.append(begun)
    return cases
