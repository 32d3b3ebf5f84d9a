"""The claim of a yes/no question: the statement that it puts forward, and the words that say yes and no to it.

可不可以收费 is read as 可以收费, with 可以 and 不可以 for an answer; 难道不用备案 as 需要备案.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from index.tokens import fold, known_word, segment
from qa.verdict_words import DENIED_MODAL, content_words, denies_from

#: What a claim speaks of: permission, obligation, existence, a plain fact.
Mode = Literal["may", "must", "has", "is"]


@dataclass(frozen=True)
class Claim:
    """What a yes/no question puts forward, as a statement."""

    text: str  #: folded, without the words that only ask
    predicate: str  #: the part of its last clause that says something, after 可以, 要, 是 ...
    mode: Mode
    yes: str
    no: str
    denies: bool  #: whether what is asked is itself a denial: 不用备案, 不能报销
    judged: tuple[str, ...] = ()  #: the clauses before a last one that only judges: 不收保函 of 不收保函,合规

    @property
    def last(self) -> str:
        """The last clause of the text."""
        return self.text.split(",")[-1]


_TAG = re.compile(
    r"[,。]?(?:这(?:话|么说|样说|种说法|个说法)?(?:是)?)?(?:(?P<right>对不对|对吗|对吧|对么|对嘛|正确吗|"
    r"没错吧|没错吗)|是不是(?:这样|真的)?|是吗|是吧|是么|是这样吗|是这样吧|是真的吗|真的吗|属实吗|"
    r"准确吗|成立吗|有这(?:回)?事吗|有没有这回事|是否属实|是否正确)$"
)
#: 难道不用 …: what is doubted is the denial.
_DOUBT = re.compile(r"难道")
_DOUBTED = re.compile(r"不(?=用|需要|必|是|能|可以|应该|应当|得|会|要)|没有?(?=有)|没(?=有)")
_V_NOT_V = re.compile(
    r"(?P<first>[\u4e00-\u9fff])[不没](?P=first)(?P<rest>[\u4e00-\u9fff]?)|(?P<whole>[\u4e00-\u9fff]{2})[不没](?P=whole)"
)
#: The words by which a claim speaks of permission, obligation and existence.
MODES: tuple[tuple[Mode, re.Pattern[str]], ...] = (
    (
        "may",
        re.compile(
            r"可以|能够|(?<!(?<![离在入辞任])职)(?<![智功效才性可节热失技潜储赋光风氢耗蓄官])"
            r"(?<!(?<![手司农主飞电班本人])机)(?<!(?<![活劳自运流行变])动)(?<!(?<![集个全团主整])体)"
            r"(?<!(?<![生财国停房资遗地])产)(?<!(?<![充停用供发家])电)(?<!(?<![考审])核)能(?!源|力|量|耗|效|人|手)|(?<!许)可(?!再|降|靠|持|能|行|移|回|"
            r"视|研|降|比|供)|允许|准许|准(?=[带进用入许])|许可(?!证)|合法|随便"
        ),
    ),
    (
        "must",
        re.compile(
            r"必须|需要|(?<![想打将只首主重需不次])要(?!求|素|点|件|约|闻|么|地|害)|必要|应该|应当|"
            r"(?<![响反对适供相])应(?!用|急|对|届|征|诉|聘)|须|(?<![取获])得(?=先|经|有|办|要|交|去|由|配|带|在)|(?<=[都就还也非又])得(?!到)|"
            r"一定|强制|非[得要](?!营|公|法)|(?<![使利费作应采信专公适运])用(?=办|交|缴|先|再|经)|"
            r"(?<![必内急供军特])需(?!求)|才能|才行"
        ),
    ),
    ("has", re.compile(r"^有|(?<![所拥具享占原国私公共持含没现自])有(?!关|效|序|限|利|些|机|条|的|资格|能力)")),
)
_PREDICATE_AFTER = re.compile(r"(?<![但于凡若就总即还都])是(?!否)|会(?!议|计|员)|已经|已|了(?=[\u4e00-\u9fff]{2})")
_LEAD_IN = re.compile(
    r"^(?:(?:按照?|根据|照|依)[^,]{1,14}(?:规定|说法|意思|要求|精神),?|(?:听说|据说|有人说|有同事说|我听说|"
    r"请问|想问一下|问一下|那么?|所以|也就是说|是说)[,]?|"
    r"[^,]{0,10}(?:文件|意见|通知|办法|方案|规定|资料|报告|论文)(?:里|中|上)?(?:的意思是|认为|觉得|提出|规定|"
    r"说的?是|说)[,]?)"
)
#: Not behind 不是 where it tells of what kind something is not, and what follows is asked of that: 不是亲属的人代办要公证吗.
_OF_NO_KIND = r"(?![\u4e00-\u9fff]{1,8}?(?:的[^,的]{0,8}|[人户籍口员生者])(?:要|能|可以|会|应|还|也))"
#: A last clause that asks for what a text says of it: 要各建各的吗,文件怎么说.
_ASIDE = re.compile(r"[,;][^,;]{0,14}(?:怎么(?:说|讲|写|定|规定|回事)|有?(?:什么|啥|没有?)(?:说法|规定|讲究))的?$")


#: What makes a clause ask yes or no, and that something else is asked.
_ASKS_YES_NO = re.compile(r"(?:吗|么|嘛|吧)$|[能可是]否|是不是|有没有|(?:([\u4e00-\u9fff])不\1)")
_ASKS_ON = re.compile(
    r"[吗么嘛呢吧]$|什么|啥|哪|谁|多少|几|怎么|咋|如何|[能可是]否|([\u4e00-\u9fff])[不没]\1|有没有|还是|或者|要不|不然|如果|要是"
)


def told_first(asked: str) -> str:
    """A folded question with what it tells of its case behind what it asks put before that.

    >>> told_first("能提前退吗,我是租客"), told_first("能退吗,怎么退")
    ('我是租客,能提前退吗', '能退吗,怎么退')
    """
    clauses = [c for c in re.split(r"[,;。?!]", asked) if c]
    at = next((i for i, c in enumerate(clauses) if _ASKS_YES_NO.search(c)), len(clauses))
    told = clauses[at + 1 :]
    if not told or any(_ASKS_ON.search(c) or len(c) < _TELLS for c in told):
        return asked
    return ",".join([*clauses[:at], *told, clauses[at]])


_TELLS = 4  #: characters of a clause that tells of a case: 急, 谢谢 tell of none


def read_claim(question: str) -> Claim:
    """The statement that a yes/no question asks about.

    >>> read_claim("网吧能不能让孩子进?").text, read_claim("难道不用备案吗?").text, read_claim("限额2万元,没错吧?").no
    ('网吧能让孩子进', '需要备案', '不对')
    """
    asked = _GRADE.sub(r"\g<n>年级", told_first(fold(question).rstrip("?。!.,")))
    tag = _TAG.search(asked)
    lead: tuple[str, str] | None = None
    if tag and tag.start() > 3:
        lead = ("对", "不对") if tag["right"] else ("是的", "不是")
        asked = asked[: tag.start()]
    elif _SAID.search(asked):
        lead = ("有", "没有")
    asked = _ASIDE.sub("", _LEAD_IN.sub("", asked)) or asked
    asked = re.sub(r"(?:吗|么|嘛|呢|吧|(?<!成)不成|啊|呀|(?<=[\u4e00-\u9fff])不)$", "", asked)
    asked = re.sub(r"(?<=[了过有])([^,;。]{0,12})(?<!有)没有?$", r"\1", asked)
    asked = re.sub(r"([让许准])不\1(?=[\u4e00-\u9fff])", "允许", asked)
    asked = re.sub(r"(?<=[\u4e00-\u9fff,])(?<![不谦转出割])让(?=[\u4e00-\u9fff]$)", "允许", asked)  # 想换灯,让弄
    plainly = False
    if _DOUBT.search(asked):
        asked = re.sub(r"不用|不必", "不需要", asked)
        asked = (
            _DOUBTED.sub("", _DOUBT.sub("", asked), count=1)
            if not re.search(r"可以不|能不(?!能)", asked)
            else _DOUBT.sub("", asked)
        )
        asked = re.sub(r"^是|(?<=[\u4e00-\u9fff])是(?=要|需|应|可以|能)", "", asked)
    else:
        plainly = re.search("是不是|是否", asked) is not None
        # 不是还要审批吗 expects a yes to 还要审批; 不是…了吗 and 是不是 ask no more than that.
        asked = re.sub(
            r"(?<=[\u4e00-\u9fff])是(?:不是|否)(?=(?![就还也都不没已要会能可该真挺太更很才再按])[\u4e00-\u9fff]{1,3}[^了的过\W]$)",
            "是",
            asked,
        )
        asked = re.sub(
            rf"是不是|(?<!只)(?<!并)不是{_OF_NO_KIND}(?=[^,]*(?:要|能|可以|会|有|应|还|也|都))|是否", "", asked
        )
    asked = asked.replace("用不用", "需要")
    asked = re.sub(r"([进出办用])不(?:来|去|了|成)(?=$|[,;。])", r"不能\1", asked)  # 社会资本进不来
    asked = re.sub(r"(?<![个特分区识])[甭别休]想(?!象)|没戏|没门(?=$|了|儿)", "不能", asked)
    asked = _IN_ORDER.sub("可以", asked)
    asked = re.sub(r"能否|可否", "可以", asked).replace("有无", "有").replace("应否", "应该").replace("该不该", "应该")
    both = _V_NOT_V.search(asked)
    asked = _V_NOT_V.sub(lambda m: m["whole"] or m["first"] + m["rest"], asked)
    reduced = segment(asked[both.start() :])[0] if both else ""
    if both and both["first"] and not known_word(reduced):
        reduced = both["first"]  # 受|卖船 of 受不受卖船的限制
    if both and (both["first"] or " ") in "行成":
        asked, reduced = re.sub(r"[行成]$", "可以", asked), both["first"]
    elif (agrees := _AGREES.search(asked)) is not None:
        asked, reduced = asked[:-1] + "可以", agrees.group()
    clauses = [c for c in re.split(r"[,;。!?]", asked) if len(c) >= 2] or [asked]
    last = clauses[-1]
    mode, at = _mode_of(last)
    # 是允许的, 能改: too short to say what; then the whole clause is the predicate.
    predicate = last[at:] if sum(map(len, content_words(last[at:]))) >= 2 else last
    if lead is None:
        plainly = (
            (plainly and mode == "is") or ENOUGH.search(asked) is not None or re.search("只有.+才", asked) is not None
        )
        lead = ("是的", "不是") if plainly else _echo(mode, last, at, reduced)
    if len(clauses) > 1 and not content_words(_JUDGES.sub("", last)):
        # What is judged stands before: 不收保函,合规. Of what is done under a condition (有证就开业) what is done, unless
        # the condition is lacking: 没证就开业.
        judged = tuple(c if is_denial(c) else act_of(c) for c in clauses[:-1])
        return Claim(asked, judged[-1], "may", *lead, is_denial(judged[-1]) != is_denial(last), judged)
    return Claim(asked, predicate, mode, *lead, is_denial(last))


#: A grade of a university in short: 大二学生.
_GRADE = re.compile("(?<![\u4e00-\u9fff]老)大(?P<n>[一二三四五])(?=$|[,的学新就能可要还想上下]|那年)")

#: That one thing is enough: what may be done is then not denied, but that no more is asked for.
ENOUGH = re.compile(r"只要(?!求)|光凭|仅凭|单凭|光靠")

#: Between a condition and what is done: 没证就开业.
AT_ONCE = re.compile("就|直接")


#: Whether a document says something is asked, whatever it says: 有没有说要备案.
_SAID = re.compile("有(?:没有|无)(?:明确|具体)?(?:说|写|提|规定|要求|讲|谈|强调)")


def act_of(judged: str) -> str:
    """What is done: 开业 of 没证就开业."""
    return AT_ONCE.split(judged)[-1]


#: 行 and 成 as words of their own at the end: 自己开会改一改行, but not 执行, 建成.
_AGREES = re.compile(
    r"(?<![执进施举银同可发实通运推履流现飞旅步排品言例强先另暂试并平绕出骑放横潜支分央总外内本各航游])行$|(?<=[,也就还])成$"
)
#: What is in order may be done: 在寝室用没事, 搭到一米六,没问题.
_IN_ORDER = re.compile(
    r"[也都就还总该应肯定算是]*(?:没(?:有)?(?:啥|什么)?(?:大?事|问题|关系|毛病)|不(?:要紧|碍事|打紧|妨事)|无妨)[儿的了]?$"
)
#: A clause of these alone judges what stands before it.
_JUDGES = re.compile(
    r"这样|[这那也还就都]|算是?|可以|合规|合法|允许|违规|违法|犯法|有资格|够?(?:格|条件)|符合(?:条件|要求)|的$|了$"
)
#: A question for whether something is against a rule.
WRONG = re.compile(
    r"(?:违规|违法|犯法|违章|不合规|不合法|违反[^,;。]*|坏[^,;。]{0,3}规矩|触犯[^,;。]*|侵权)(?:的|了|行为)?$"
)


#: What 会 makes a name with that stands before it: 委员会, 机会.
_MEETS = "机社两运协员大开工学商基公董理监年例晚约聚宴议都盛展事委动布谈讨易览合字证明"


def is_denial(clause: str) -> bool:
    """Whether the last clause of a claim denies.

    >>> is_denial("没满十八岁能办"), is_denial("残疾人不用交")
    (False, True)
    """
    return denies_from(clause, [*(pattern for _, pattern in MODES[:2]), _WILL])


#: What will or still be so, of a case that may hold a denial: 没登记的会罚款, 8天没用还有效.
_WILL = re.compile(
    rf"(?<=[\u4e00-\u9fff]{{2}})(?<![{_MEETS}])会(?![议计员同场展馆务费谈见诊面考审签商])"
    r"|(?<=[\u4e00-\u9fff]{3})(?:还|仍)(?=(?:算|有效|作数|是|属于|管用))"
    r"|(?<=[\u4e00-\u9fff]{3})(?<![不没未])(?:扣分|记分|罚[款钱]|处罚|挨罚|扣[钱证车]|违[法规章]|犯法)[了的]?$"
)


_DESCRIBES = re.compile(r"^[^,;。]{0,8}?(?:能|可以)[\u4e00-\u9fff]{1,4}的(?=[\u4e00-\u9fff]{1,8}会)")


def _mode_of(clause: str) -> tuple[Mode, int]:
    """Permission, obligation, existence or plain fact, and where the predicate begins."""
    # What one may do describes the thing of which it is asked: 能借的册数会变少.
    describes = _DESCRIBES.match(clause)
    begins = describes.end() if describes is not None else 0
    found = [(m.start(), m.start(), mode) for mode, pattern in MODES[:2] for m in [pattern.search(clause, begins)] if m]
    if found:
        _, end, mode = min(found)
        return mode, end
    has = MODES[2][1].search(clause)
    if has:
        # 有 after its thing (宽带有补贴) or before it: what stands behind, else what stands before.
        return "has", has.end() if len(clause) - has.end() >= 2 else 0
    found_at = [m.end() for m in _PREDICATE_AFTER.finditer(clause) if len(clause) - m.end() >= 2]
    return "is", found_at[-1] if found_at else 0


def case_of(claim: Claim) -> str:
    """What a claim tells of its case before what it says of it: 没有发票 of 没有发票能报销."""
    *before, last = claim.text.split(",")
    modes = MODES[2:] if claim.mode == "has" else MODES[:2]
    starts = [m.start() for _, pattern in modes for m in [pattern.search(last)] if m]
    return ",".join([*before, last[: min(starts)] if starts else ""])


# --- the words that say yes and no -----------------------------------------------------------------------------------

#: A denial is asked for (不用备案): 可以 or 需要 alone would leave open what is meant.
_ASKED_NOT = re.compile(
    r"不(?!同|仅|但|断|少|久|低于|高于|超过|足|动产|良|满|可|合理|再)|没有?|未(?!来|成年|经)|无(?!人|线|障碍|偿|论|形)"
)
#: That something may be left undone (可以不交): 可以 says that it may, 不可以 that it may not.
_MAY_LEAVE = re.compile(
    r"(?:可以|能够?|可|允许|准许?)(?:先|都|就|一直|暂时)?不(?!同|仅|但|断|少|久|低于|高于|超过|良|满|合理)"
)
#: What the last clause of a claim asks with, by its mode, and the words that say yes and no to it; the first that fits.
_ECHOES: Mapping[Mode, tuple[tuple[str, str, str], ...]] = {
    "may": (
        (r"合法$", "合法", "不合法"),
        (r"(?:只|仅|光)(?:能|可)", "是的", "不是"),
        (r"允许", "允许", "不允许"),
        (r"可以", "可以", "不可以"),
        (r"(?<![才可])能(?!源|够)", "能", "不能"),
        (r"", "可以", "不可以"),
    ),
    "must": (
        (r"一定要|必须", "必须", "不是"),
        (r"强制|一定", "是的", "不是"),
        (r"应该|应当", "应该", "不应该"),
        (r"", "需要", "不需要"),
    ),
    "has": ((r"够了?$", "够", "不够"), (r"", "有", "没有")),
    "is": (
        (r"合规$", "合规", "不合规"),
        (r"符合", "符合", "不符合"),
        (r"支持$", "是的", "不支持"),
        (r"鼓励$", "是的", "不鼓励"),
        (r"[算作]数$", "算数", "不算数"),
        (r"(?<![打计预结核概决估换测折运推清盘总划])算(?!法|力|账|术|计|是否)", "算", "不算"),
        (r"有效$", "有效", "无效"),
        (r"(?:还|也|都|会)负责(?!人)", "负责", "不负责"),
        (r"够$", "够", "不够"),
        (r"够格$", "够格", "不够格"),
        (r"够条件$", "够", "不够"),
        (r"有资格$", "有", "没有"),
        (rf"(?<![{_MEETS}])会(?![议计员同场展馆务费谈见诊面考审签商])", "会", "不会"),
        (r"", "是的", "不是"),
    ),
}


#: What is done in the end, in one word: 主动退回去还罚, 只交了医保给补.
_VERB_LAST = re.compile(r"(?<=[还给也都就再])(?:罚|补|赔|报|退|收|批|发|查|扣|认|管)$")


def _echo(mode: Mode, clause: str, at: int, reduced: str) -> tuple[str, str]:
    """The words that say yes and no to a claim in the words it is asked with: 会 and 不会 of 会不会罚款. ``at``: where what is
    asserted begins. ``reduced``: the verb that stood there with its denial (行 of 行不行); empty where none did."""
    # What is not so in the case asked about (没检验能开吗) is not what is asked.
    undone = mode == "may" and _MAY_LEAVE.match(clause, at)
    from_modal = mode in ("may", "must") or clause[:at].endswith("会")
    denied = not undone and (
        DENIED_MODAL.search(clause[:at].removesuffix("会")) or _ASKED_NOT.search(clause, at if from_modal else 0)
    )
    if denied:
        return "是的", "不是"
    if re.search(r"收费[了]?$", clause):
        return "是的", "不收费"
    if reduced in ("行", "成"):
        return reduced, "不" + reduced
    yes, no = next((yes, no) for asked, yes, no in _ECHOES[mode] if re.search(asked, clause))
    verb = _VERB_LAST.search(clause) if (mode, no) == ("is", "不是") and not reduced else None
    if verb is not None:
        return yes, "不" + verb.group()
    return (yes, "不" + reduced) if yes == "是的" and reduced not in ("", "是", "对") else (yes, no)


#: How an answer begins that says yes or no, up to its first comma.
_NO_OPENING = re.compile(r"(?:不|没|否|并非|并不|无需|无须|无效|未|禁止)[^,;:。]{0,5}[,;:。]")
_YES_OPENING = re.compile(
    r"(?:是|对|可以|可|能|会|有|需要|应当|应该|应|必须|允许|属于|一致|正确|属实|准确|要|确实|行|成|算|算数|够格?|合规|合法|支持|有效)"
    r"(?:的|了)?[,;:。]"
)


def opening(text: str) -> bool | None:
    """Whether a text opens by saying yes (True) or no (False); None where it opens with neither."""
    said = fold(text)
    return False if _NO_OPENING.match(said) else True if _YES_OPENING.match(said) else None
