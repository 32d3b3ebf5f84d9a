"""What a question takes for granted of a rule before it asks (有效期三年，过期怎么办) and the document says otherwise: the
figure, age, term or rate is put right with its clause, and then the rest of the question is answered.

What the premise asserts is asked of the documents with its figure left open; only where one figure of that sort answers,
and it cannot be the one asserted, is anything put right. What a question tells of its own case is no premise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.tokens import fold, words
from qa.amounts import Amount, amounts, ranges
from qa.each_side import Answering
from qa.editions import asks_before
from qa.evidence import Probe, match, weight_held
from qa.extractive import Draft, Line, as_candidate, closed, lines_of
from qa.patterns import ASKS_WHY
from qa.question import kinds_of
from qa.wording import han_number

if TYPE_CHECKING:
    from qa.finding import Finder, Found


#: What says that a clause tells of the rule ...
_OF_RULE = re.compile(
    r"规定|明确|听说|据说|既然|有效期|时效|期限|时限|标准|收费|上限|下限|最[长短高低多少迟晚]|至[多少]|不得?(?:超过|少于|低于|高于)"
    r"|[就才便](?:能|可以?|要|得|算|必须)|才行|(?:必须|应当|应该|需要|[要得])|可以|占比|比例|发放|从.+(?:起|开始)|每(?:人|户|[年月天日次]|亩|平方米)"
)
#: ... and what says that it tells of a case: who it is about, what has been done, what may be.
_OF_CASE = re.compile(
    r"我|咱|自己|本人|[他她你]|爸|妈|爷|奶|老[公婆板伴]|丈夫|妻子|朋友|同事|邻居|亲戚|儿子|女儿|孩子|已经|曾|刚|今年|去年|前年|打算|准备"
    r"|如果|要是|假如|假设|倘若|万一|的话|了|过$|(?:时|后|的|前|期间|情况下)$"
)
#: Whom an amount tells apart, where another one says what holds for them: 80岁老人每月100元, 满10年可以休15天.
_OF_WHOM = re.compile(r"(?:以[上下内]|及|的|老人|儿童|职工|[\u4e00-\u9fff]{0,2}人(?!民))")
_REACHED = re.compile(r"(?:满|超过|不足|达到?|不满)$")
#: How often: 每三年签注一次, 每年2次.
_EVERY = re.compile(
    r"每(?P<n>半|[一二两三四五六七八九十\d]*)个?(?P<unit>年|月|季度?|周|星期|[天日])(?=[^,，。；;]{0,12}?(?P<times>[一二两三四五六\d]+)次)"
)
_DAYS = {"年": 360.0, "月": 30.0, "季": 90.0, "季度": 90.0, "周": 7.0, "星期": 7.0, "天": 1.0, "日": 1.0}
_OPEN = {
    "岁": "多少岁",
    "%": "百分之多少",
    "月": "多久",
}  #: how a figure of a unit is asked for; others 多少 with their unit
#: Limits before a figure, told with it.
_BOUND = re.compile(r"(?:最[长短高低多少]|至[多少])?(?:不得?(?:超过|少于|低于|高于)|年?满|至少|最多)?$")
_CLAIMS_BOUND = re.compile(r"最[长短高低多少]|不得?(?:超过|少于|低于|高于)|上限|下限|至[多少]|以[上下内]|才")
_ASIDE = re.compile(r"^(?:那么?|所以|那|请问|而|但|为什么)[,，]?")
_ASKS = re.compile(r"什么|啥|怎|咋|谁|哪|几|多少|吗$|呢$")
_SAID = re.compile(r"^.*?(?:规定|明确|要求|听说|据说|既然|说)的?|^[^,，]*[法定知则例见案][把将]")
#: What a later document is said to have done to a figure: 把期限延长到15天了, 缩短到了半年.
_SET = r"(?:延长|缩短|提高|降低|上调|下调|调整|改|增加|减少|放宽)(?:到|为|成|至)了?"
_SET_ANEW = re.compile(rf"(?P<set>{_SET})(?P<figure>[^,，]*?)了?$")
#: What leads up to a figure and is no word for what it is of.
_LEADS_UP = re.compile(
    rf"(?:{_SET}|每(?:人|户|[年月天日次])|的|是|为|要|有|满|达到?|得|须|需要?|必须|应当|可以|标准|最[长短高低多少]|不得?超过|至少)+$"
)
_HELD = 0.5  #: share of the words of a premise that the clause with what stands above it has to hold
_SHORT = 160  #: characters of a clause that puts something right


@dataclass(frozen=True)
class Premise:
    """A clause of a folded question that asserts a figure of a rule."""

    clause: str
    start: int  #: of the figure in the clause
    end: int
    value: float
    unit: str  #: that of the figure; 每 of how often
    rest: str  #: the other clauses

    @property
    def said(self) -> str:
        """The figure as the question has it."""
        return self.clause[self.start : _end(self.clause, self.end) if self.unit == "每" else self.end]

    @property
    def thing(self) -> str:
        """What the figure is said of."""
        return _LEADS_UP.sub("", _SAID.sub("", self.clause[: self.start]))

    @property
    def rests(self) -> tuple[str, str]:
        """What else is asked, with what the figure is said of and by itself."""
        return f"{self.thing},{self.rest}?", f"{self.rest}?"

    @property
    def asked(self) -> str:
        """The clause with its figure left open."""
        opened = "多久" if self.unit == "每" else _OPEN.get(self.unit, f"多少{self.clause[self._bare : self.end]}")
        before = re.sub(f"{_SET}$", "", _SAID.sub("", self.clause[: self.start]))
        return f"{before}{opened}{self.clause[self.end :].removesuffix('了')}?"

    @property
    def _bare(self) -> int:
        return next((a.bare_end for a in amounts(self.clause) if a.start == self.start), self.end)


def premise_in(core: str) -> Premise | None:
    """What a folded question asserts of a rule in a clause before the one that asks; None where it asserts no figure.

    >>> premise_in("有效期三年,过期怎么办").said, premise_in("我缴费三年了,能领多少"), premise_in("满三年能领多少")
    ('三年', None, None)
    >>> premise_in("新办法把公示期延长到10天了,从哪天起算").asked
    '公示期多少天?'
    """
    clauses = [clause for clause in re.split(r"[,，;；。?？!！]+", core) if clause.strip()]
    for i, clause in enumerate(clauses[:-1]):
        if kinds_of(clause) - {"duty", "when", "count", "metadata"} or re.search("多少|几|什么|哪|谁", clause):
            continue
        anew = _SET_ANEW.search(clause) if _SAID.match(clause) else None
        if not (_OF_RULE.search(clause) or _EVERY.search(clause) or anew) or _OF_CASE.search(
            _SET_ANEW.sub(r"\g<figure>", clause)
        ):
            continue
        rest = [_ASIDE.sub("", other) for other in (*clauses[:i], *clauses[i + 1 :])]
        figure = _figure(clause)
        if figure is not None and any(_ASKS.search(clause) or kinds_of(clause) for clause in rest):
            return Premise(clause, *figure, ",".join(rest))
    return None


def _figure(clause: str) -> tuple[int, int, float, str] | None:
    """Where the one figure stands that a clause asserts, with its value and unit: not those that say for whom."""
    every = _EVERY.search(clause)
    if every is not None:
        return every.start(), every.end(), _period(every), "每"
    told = [a for a in amounts(clause) if a.unit]
    if len(told) > 1:
        told = [a for a in told if not (_OF_WHOM.match(clause, a.end) or _REACHED.search(clause[: a.start]))]
    return (told[0].start, told[0].end, told[0].value, told[0].unit) if len(told) == 1 else None


def _end(text: str, at: int) -> int:
    """Where what is done so often ends: 每年签注1次."""
    return text.index("次", at) + 1


def _period(every: re.Match[str]) -> float:
    number = 0.5 if every["n"] == "半" else float(han_number(every["n"] or "一"))
    return number * _DAYS[every["unit"]] / float(han_number(every["times"]))


def told_otherwise(premise: Premise, text: str) -> str:
    """The figure, with its limit, that a folded text gives in place of that of a premise; "" where it gives none or several
    of that sort, or one that the premise may be right beside.

    >>> told_otherwise(premise_in("有效期三年,过期怎么办"), "有效期不超过六个月")
    '不超过六个月'
    """
    if premise.unit == "每":
        rates = {_period(every): text[every.start() : _end(text, every.end())] for every in _EVERY.finditer(text)}
        return next(iter(rates.values())) if len(rates) == 1 and premise.value not in rates else ""
    told = [a for a in amounts(text) if a.unit == premise.unit]
    if len({a.value for a in told}) != 1 or told[0].value == premise.value:
        return ""
    bound = next((r for r in ranges(text) if r.unit == premise.unit), None)
    if bound is not None and bound.holds(premise.value) and not _CLAIMS_BOUND.search(premise.clause):
        return ""
    return _with_bound(text, told[0])


def _with_bound(text: str, one: Amount) -> str:
    limit = _BOUND.search(text[: one.start])
    return text[limit.start() if limit is not None else one.start : one.end]


def of_false_premise(found: Found, bot: Finder, answer: Answering, whole: Answering) -> Draft | None:
    """What a question takes for granted, put right, with the answer to the rest of it; None where it asserts nothing that
    a document says otherwise. ``answer`` gives what a document says, ``whole`` the answer to a question."""
    turned = _turned_round(found)
    if turned is not None:
        return turned if ASKS_WHY.search(fold(found.question.core)) else _with_rest(turned, found, bot, answer)
    premise = premise_in(fold(found.question.core))
    right = _put_right(premise, found, bot, answer) if premise is not None and premise.thing else ()
    if premise is None or not right:
        return _reported_wrongly(found, bot, answer)
    corrected = _corrected(premise, right)
    documents = [right[0].spans[0][0]]
    found_of = [bot.find(asked, documents=documents, all_versions=True) for asked in premise.rests]
    drafts = [draft for apart in found_of if isinstance(draft := whole(apart, bot), Draft)]
    told = {span for line in right for span in line.spans}
    first = [
        (
            not any(told & set(line.spans) for line in draft.lines),
            max(_odds(premise.rest, draft.lines, found_of[0], bot)),
        )
        for draft in drafts
    ]
    if not first:
        return Draft((corrected,), method="premise", contradicts=True, notes=(_REST_UNTOLD,))
    another, odds = max(first)
    best = drafts[first.index((another, odds))]
    if another:
        return replace(best, lines=(corrected, *best.lines), contradicts=True)
    # What has put the premise right may answer the rest, too.
    read = zip(best.lines, _odds(premise.rest, best.lines, found_of[0], bot), strict=True)
    lines = [line for line, odds in read if odds > 0 and line.text not in corrected.text]
    notes = () if lines or odds > 0 else (_REST_UNTOLD,)
    return Draft((corrected, *lines), method="premise", contradicts=True, notes=notes)


_DOCUMENT = r"(?:条例|意见|规划|办法|细则|规定|通知|方案|文件|[新法]规|政策|标准|公告|制度|章程|手册|指南)[里中上]?"
#: What a document is said to say: 灯塔条例规定新塔由船东出钱.
_REPORTS = re.compile(
    rf"^(?P<of>[^,]{{0,24}}{_DOCUMENT})(?:已经?|明确|都|是)?(?:规定|要求|明确|提出|写明|写着|说)(?:了|的是|是)?(?P<said>[^,]{{5,40}})$"
)


def reported_in(asked: str) -> str:
    """What a folded question reports of a document before it asks something else, as a question of its own; "" where it
    reports nothing so.

    >>> reported_in("灯塔条例规定新塔由船东出钱,那要交多少"), reported_in("物业说要我先交钱,怎么办")
    ('灯塔条例新塔由船东出钱吗?', '')
    """
    clauses = [clause for clause in re.split(r"[,;。?!]+", asked) if clause.strip()]
    for i, clause in enumerate(clauses[:-1]):
        told = _REPORTS.match(clause)
        if told is None or _OF_CASE.search(told["said"]) or _ASKS.search(clause) or kinds_of(told["said"]) - {"duty"}:
            continue
        if any(_ASKS.search(rest) or kinds_of(rest) for rest in clauses[i + 1 :]):
            return f"{told['of']}{told['said']}吗?"
    return ""


#: The word that says no at the head of an answer.
_SAYS_NO = re.compile("^(?:不|没有)[^，。]{0,4}，")


def _reported_wrongly(found: Found, bot: Finder, answer: Answering) -> Draft | None:
    """What a document says where a question reports the contrary of it, with the answer to the rest; None elsewhere."""
    asked = reported_in(fold(found.question.asked))
    apart = bot.find(asked, documents=found.probe.hinted or found.allowed) if asked else None
    if apart is None or not apart.candidates or not bot.about(apart):
        return None
    draft = answer(apart, bot)
    lead = _SAYS_NO.match(draft.lines[0].text) if isinstance(draft, Draft) and draft.contradicts else None
    if not isinstance(draft, Draft) or lead is None:
        return None
    first = replace(draft.lines[0], text=f"问题里的说法不对：{draft.lines[0].text[lead.end() :]}")
    turned = Draft((first, *draft.lines[1:]), method="premise", contradicts=True)
    return _with_rest(turned, found, bot, answer)


_UP, _DOWN = "增长|增加|上升|上涨|提高|涨|升", "下降|减少|下跌|回落|降低|跌|降"
_IN_FULL = {"涨": "上涨", "升": "上升", "跌": "下跌", "降": "下降"}
#: What a question for a reason takes for granted: 为什么增长了28.7%.
_WENT = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))了?(?P<figure>\d[\d,]*(?:\.\d+)?(?:%|个百分点))")
_LOOKED_AT = 5  #: of the best sentences


def _turned_round(found: Found) -> Draft | None:
    """The clause that says that what a question asks the reason of, or says before it asks, went the other way, by the same
    figure; None where it supposes nothing so, or no such clause speaks of it."""
    core = fold(found.question.core)
    went = _WENT.search(core)
    if went is None or not (ASKS_WHY.search(core) or _said_before(went, core)):
        return None
    other = re.compile(rf"(?:{_DOWN if went['up'] else _UP})了?{re.escape(went['figure'])}")
    before = core[: went.start()]
    said = {w: v for w, v in found.probe.words.items() if w in before and not re.fullmatch(r"\d+年?", w)}
    for candidate in [c for c in found.candidates if c.tells and said][:_LOOKED_AT]:
        text = fold(candidate.text)
        speaks = weight_held(said, found.probe, text) >= _HELD * sum(said.values())
        if speaks and other.search(text) and went.group().replace("了", "") not in text:
            (line, *_) = lines_of([[candidate]])
            way = went["up"] or went["down"]
            told = replace(line, text=f"不是{_IN_FULL.get(way, way)}，{line.text}")
            return Draft((told,), method="premise", contradicts=True)
    return None


def _with_rest(turned: Draft, found: Found, bot: Finder, answer: Answering) -> Draft:
    """What puts a premise right, with what is read to answer the rest of the question."""
    draft = answer(found, bot)
    if not isinstance(draft, Draft):
        return turned
    told = {span for line in turned.lines for span in line.spans}
    read = zip(draft.lines, _odds(found.question.core, draft.lines, found, bot), strict=True)
    ids = {doc_id for doc_id, *_ in told}
    lines = [line for line, odds in read if odds > 0 and not told & set(line.spans) and line.spans[0][0] in ids]
    return replace(turned, lines=(*turned.lines, *lines), notes=() if lines else (_REST_UNTOLD,))


def _said_before(went: re.Match[str], core: str) -> bool:
    """Whether a clause says how something went, and one behind it asks something else: 大涨14.3%，靠什么拉动."""
    start = max(core.rfind(mark, 0, went.start()) for mark in ",;。") + 1
    clause, *behind = re.split("[,;。]", core[start:], maxsplit=1)
    asks = any(_ASKS.search(part) or kinds_of(part) - {"whether"} for part in behind)
    return asks and not _ASKS.search(clause) and not kinds_of(core) & {"whether", "compare"}


def _odds(asked: str, lines: Sequence[Line], apart: Found, bot: Finder) -> Sequence[float]:
    """What the reader says of lines: log odds that each answers a question."""
    if not apart.candidates:
        return [0.0] * len(lines)
    one = apart.candidates[0]
    return bot.odds(asked, [as_candidate(line, one, bot.document(line.spans[0][0]).simplified) for line in lines])


#: What is said not to be: 不收取押金, 不单独补贴 ...
_DENIED = re.compile(
    r"(?:不(?:再|予|得|另行?|可以?|能)?|没有|未|无需|不用)(?:收取?|设置?|提供|发放|给予|安排|开放|办理|实行|兑换|支付|缴纳|单独|另外|享受)"
    r"(?P<what>[\u4e00-\u9fff]{2,6})(?=[,，。;；]|$)"
)
#: ... or to have been left as it was, and what a question says of a change.
_LEFT = re.compile(r"没有(?:变化|调整|改变)|不变(?=[,，。;；]|$)|(?:不作|未作|不予|未)(?:调整|修改|改变|变动)")
_CHANGED = re.compile(r"(?:调整?|改|涨|降|提高|延长|缩短|放宽|上调|下调)(?:到|为|成|至|了)")
#: What else a sentence says with a denial: a condition, an exception, a figure.
_MORE = re.compile(r"的[,，]|除|但|以外|超过|逾期|未按|\d")
_DOUBTS = re.compile(r"[不没未无免别吗]|是否")
_DENIAL = 60  #: characters of a sentence that does no more than deny


def with_denial(draft: Draft, core: str) -> Draft:
    """A draft that begins with a sentence which denies what a folded question takes for granted (押金什么时候退: 不收取押金),
    with words that say so; others as they are."""
    first = fold(draft.lines[0].text)
    if draft.contradicts or kinds_of(core) & {"whether", "compare"} or _DOUBTS.search(core):
        return draft
    if len(first) > _DENIAL or _MORE.search(first):
        return draft
    denied = any(m["what"] in core for m in _DENIED.finditer(first)) or (_LEFT.search(first) and _CHANGED.search(core))
    if not denied:
        return draft
    lead = replace(draft.lines[0], text=f"不对，{draft.lines[0].text}")
    return replace(draft, lines=(lead, *draft.lines[1:]), contradicts=True)


_REST_UNTOLD = "问题的其余部分没有找到答案。"


def _corrected(premise: Premise, right: Sequence[Line]) -> Line:
    """What is right and what is not, before the lines that say so."""
    said = told_otherwise(premise, fold(right[-1].text))
    spans = tuple(span for line in right for span in line.spans)
    text = "".join(closed(line.text) for line in right)
    return Line(f"文件规定的是{said}，不是{premise.said}：{text}", spans)


def _put_right(premise: Premise, found: Found, bot: Finder, answer: Answering) -> tuple[Line, ...]:
    """The line that says otherwise than a premise, behind the one that leads in to it; empty where none does for sure."""
    documents = found.probe.hinted or found.allowed
    now = not asks_before(fold(found.question.core))
    apart = bot.find(premise.asked, documents=documents, all_versions=documents is not None, now=now)
    draft = answer(apart, bot) if apart.candidates and bot.about(apart) else None
    if not isinstance(draft, Draft) or draft.contradicts or len({line.spans[0][0] for line in draft.lines}) != 1:
        return ()
    telling = [line for line in draft.lines if _figures(premise, fold(line.text))]
    if len(telling) != 1 or len(telling[0].spans) != 1 or len(telling[0].text) > _SHORT:
        return ()
    (line,) = telling
    said = told_otherwise(premise, fold(line.text))
    doc_id, start, end = line.spans[0]
    document = bot.document(doc_id).simplified
    above = "".join((document.header.title, *document.path(document.section_at(start))))
    lines = tuple(one for one in draft.lines[: draft.lines.index(line)][-1:] if len(one.text) <= _SHORT) + (line,)
    context = fold("".join(one.text for one in lines) + above)
    share = _share_held(premise, apart.probe, context)
    if not said or said not in fold(document.text[start:end]) or share < _HELD:
        return ()
    near = [c for c in apart.candidates if c.tells][:_LOOKED_AT]
    same = [c for c in near if premise.value in _figures(premise, fold(c.text))]
    if any(_share_held(premise, apart.probe, fold(f"{c.text}{c.document.header.title}")) >= share for c in same):
        return ()  # another place says it as the question has it
    return lines


_LOOKED_AT = 20  #: sentences of which none may have the figure that is put right


def _figures(premise: Premise, text: str) -> set[float]:
    """The figures of the sort of a premise in a folded text."""
    if premise.unit == "每":
        return {_period(every) for every in _EVERY.finditer(text)}
    return {a.value for a in amounts(text) if a.unit == premise.unit}


def _words(premise: Premise) -> list[str]:
    """What the clause of a premise says beside its figure and those for whom it says it."""
    bare = premise.clause[: premise.start] + " " + premise.clause[premise.end :]
    bare = _AGE.sub(" ", re.sub(_SET, " ", _SAID.sub("", bare)))
    return [word for word in words(bare) if len(word) > 1 and not _FRAME.fullmatch(word) and not amounts(word)]


_AGE = re.compile(r"[\d一二三四五六七八九十百]+周?岁(?:及?以上|以下)?")
_FRAME = re.compile(r"可以|就能|才能|必须|应当|需要|一次|规定|听说|既然")


def _share_held(premise: Premise, probe: Probe, text: str) -> float:
    own = _words(premise)
    return sum(bool(match(word, probe, text)) for word in own) / len(own) if own else 0.0
