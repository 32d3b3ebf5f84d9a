"""The last guard over a yes or no that the rules have found: what the claim turns on has to be told.

A wrong word is the worst that can be said. A sentence of the same things as a question is often of another case: here no
word is left where the question's case or object is named nowhere, where the sentence only forbids or only encourages what
the word would affirm, where it tells another figure, and where the reader does not find it to answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.tokens import fold, known_word
from qa.abbreviations import full_names
from qa.amounts import amounts, fits, ranges
from qa.claim import Claim, case_of
from qa.register import open_register
from qa.verdict_figures import COMPARES, days_in, figures_in, over_limit
from qa.verdict_forms import needs_consent
from qa.verdict_scope import tells_of
from qa.verdict_shared import nearest_clause
from qa.verdict_words import (
    ALL,
    ALLOWS,
    FORBIDS,
    MODAL,
    MUST_SAID,
    OBLIGES,
    ONLY,
    bare_clauses,
    clauses_of,
    content_words,
    deciding,
    denials,
    instances,
    naming_words,
    says_no,
    scale_shared,
    stands_in,
)

#: Log odds below which a sentence is read not to answer: of 64 words that the rules said there 36 were wrong, of those
#: above 0 one in four (benchmarks/verdicts.jsonl). Below 0 a yes needs every word of the question:
#: of 7 there 5 were wrong (403 questions about real documents in benchmarks/reader).
UNREAD = -2.0
#: ... where all that it rules is a denial, which speaks in whatever words.
DENIED = -5.0
#: ... from which it is read to answer.
READ = 2.0
#: ... where it plainly allows, or binds, what is asked about.
PLAINLY = 4.0
#: ... from which a sentence answers even where it names what is asked about in other words.
SURELY = 8.0


def unborne(claim: Claim, said: str, clause: str, around: str, odds: float | None, *, denies: bool) -> bool:
    """Whether no word is to be said. ``said``: the folded sentence; ``clause``: that which is read to answer, else empty;
    ``around``: folded, the title and the headings above it and what stands before it; ``odds``: of the reader."""
    told = said + around
    if claim.mode == "has" and not [w for w in naming_words(claim.text) if w != "年"]:
        return True  # 2021年有吗: of what is not told
    if claim.judged and _BEFORE.search(claim.text) and _NOW.search(claim.last):
        return True  # 以前不能领,现在能吗: one sentence does not tell of both times
    if _of_other_place(claim, said, told):
        return True
    near = deciding(said, clause.strip(",;。:")) if clause else nearest_clause(claim, said)
    if odds is not None and (
        odds < (DENIED if _denied_alone(claim, said, near) else UNREAD) and _other_end(claim, told)
        if denies
        else odds < 0 and _others(claim, told)
    ):
        return True
    if denies:
        return (
            _has_it(claim, said, near)
            or _comes_first(claim, said)
            or _spares_others(claim, near)
            or _only_waives(claim, said)
            or _of_another_act(claim, said, near, around, odds)
            or (_forbids_none(claim, said) and _other_case(claim, told, odds))
        )
    return (
        _only_forbids(claim, said, near)
        or _only_encourages(claim, said, near)
        or _of_another_figure(claim, said)
        or (not _plainly_said(claim, near, odds) and _other_case(claim, told, odds))
    )


def _plainly_said(claim: Claim, near: str, odds: float | None) -> bool:
    """Whether the clause that is read to answer allows where it is asked what may be done, or binds where what must be."""
    says = {"may": ALLOWS, "must": MUST_SAID}.get(claim.mode)
    plain = says is not None and says.search(near) is not None and not says_no(near) and not claim.denies
    return plain and odds is not None and odds >= PLAINLY


_NOT_DONE = re.compile(r"不(?:再|予)?(?P<act>[\u4e00-\u9fff]{2})")


def _denied_alone(claim: Claim, said: str, near: str) -> bool:
    """Whether the clause of a sentence that answers denies, nothing of it allows, and something that a claim names is named."""
    allows = any(ALLOWS.search(c) and not says_no(c) for c in bare_clauses(said))
    same_verb = _NOT_DONE.search(near)  # 不负责腾退, of 还负责…吗
    of_rule = claim.mode in ("may", "must") or (same_verb is not None and same_verb["act"] in claim.last)
    return (
        not claim.denies and of_rule and says_no(near) and not allows and any(named(w, said) for w in _long(claim.text))
    )


#: What is open or done on some days, without a name of its own.
_OPEN = re.compile(
    r"窗口|大厅|开门|上班|办公|营业|开放|休息|单位|你们|时间|[周星礼][一二三四五六日天末期拜]|双休|工作日|节假日"
)


def _of_other_place(claim: Claim, said: str, told: str) -> bool:
    """Whether a claim asks of a day, and the sentence with days is of a place or service that is none that it names."""
    if not (days_in(claim.text) and days_in(said)) or FORBIDS.search(said):
        return False
    names = [w for w in _long(claim.text) if not _OPEN.search(w)]
    return bool(names) and not any(named(w, told) for w in names)


_BEFORE = re.compile("以前|从前|原来|原先|之前|过去")
_NOW = re.compile("现在|如今|目前")


# --- what is named ---------------------------------------------------------------------------------------------------


def named(word: str, told: str) -> bool:
    """Whether a text names a word: by itself, by what official text says for it, in full, by a piece of it, or by another
    word that ends as it does.

    >>> named("看病", "患重大疾病的"), named("商铺", "购买商品住房的"), named("高速", "最高时速为25公里")
    (True, False, False)
    """
    if word in told or instances(word, told) or any(o in told for o in open_register().official.get(word, ())):
        return True
    if len(word) == 2 and set(word) <= set(told):
        return bool(full_names((word,), (told,))) or re.search(f"{word[1]}.?.?{word[0]}", told) is not None
    shared = sum(char in told for char in word)
    return stands_in(word, told) or 2 * shared > len(word) or (2 * shared == len(word) and word[-1] in _heads(told))


def _heads(told: str) -> set[str]:
    """The characters that may name a class: 病 of 疾病, and not 省, which ends the name of any place."""
    return set(told) - set("省市县区乡镇村人员者家年月日时里上中下个项的一二三四五六七八九十")


def _long(text: str) -> list[str]:
    words = (w for w in naming_words(text) if len(w) > 1 and w not in _LIGHT and w[-1] not in "要有能可")
    return [w for w in words if not (len(w) == 2 and w[0] in "能可会要" and not known_word(w))]  # 能算 names nothing


#: Words that tell of no case: of a text, of doing and having, of time.
_LIGHT = frozenset(
    "公司 期间 身份 名义 达到 行为 文件 规定 办法 条例 政策 通知 意见 细则 方案 国家 一般 享受 好处 帮忙 接着 直接 可能 情况 时候 一下 一点 还是 任何 只要 "
    "以前 以后 申请 办理 属于 进行 必须 应该 应当 需要 强制 一定 合法 允许 可以 不能 不用 没有 是否 有没有".split()
)


def _others(claim: Claim, told: str) -> list[str]:
    """The words of a claim that are named nowhere."""
    return [w for w in _long(claim.text) if not named(w, told)]


def _other_end(claim: Claim, told: str) -> bool:
    """Whether what a claim's case, or what it asserts, ends in is named nowhere."""
    if {f.unit for f in figures_in(claim.text)} & {f.unit for f in figures_in(told)}:
        return False  # another figure of the same measure denies, in whatever words
    ends = [words[-1] for words in (_long(case_of(claim)), _long(claim.predicate)) if words]
    return not all(named(word, told) for word in ends)


def _other_case(claim: Claim, told: str, odds: float | None) -> bool:
    """Whether a plain claim tells a case that is named nowhere, and the sentence is not surely read to answer."""
    return odds is not None and odds < SURELY and _is_plain(claim) and bool(_others(claim, told))


def _is_plain(claim: Claim) -> bool:
    """Whether a claim tells its case in one clause. A story of several tells of much that no rule repeats."""
    return claim.mode != "is" and not claim.denies and not claim.judged and "," not in claim.text


# --- what the sentence says ------------------------------------------------------------------------------------------


def _only_forbids(claim: Claim, said: str, near: str) -> bool:
    """Whether a sentence only forbids where a claim says that something may be done: the contrary of what is forbidden to
    others is not said to be allowed."""
    if (
        claim.mode != "may"
        or claim.denies
        or claim.judged
        or re.search("[免拒]", claim.predicate)
        or _EXCEPTS.search(said)
    ):
        return False
    clauses = bare_clauses(said)
    at = next((i for i, c in enumerate(clauses) if c in near), 0)
    rules = [c for c in clauses[at : at + 2] if FORBIDS.search(c) or ALLOWS.search(c) or MUST_SAID.search(c)]
    return bool(rules) and all(FORBIDS.search(c) and says_no(c) for c in rules)


_EXCEPTS = re.compile("除外|不在此限|不受|未经")


def _only_encourages(claim: Claim, said: str, near: str) -> bool:
    """Whether a sentence puts a duty on nobody where a claim says that something has to be done: 支持 and 加强 do not say 必须."""
    if claim.mode != "must" or claim.denies or OBLIGES.search(said) or needs_consent(claim, said) is not None:
        return False
    return ALLOWS.search(near) is not None or _DUTY.search(claim.last) is not None


_DUTY = re.compile("必须|应当|强制|一定(?:要|得)|义务")


def _has_it(claim: Claim, said: str, near: str) -> bool:
    """Whether a sentence that is to deny that something is there tells of it without a denial: in the clause that answers,
    or, by what that does not name, in another (重度 of 未出现严重污染天气,重度污染2天)."""
    words = _long(claim.predicate)
    if claim.mode != "has" or claim.denies or not words or ALL.search(claim.text) or figures_in(claim.predicate):
        return False
    plain = [c for c in bare_clauses(said) if not re.search("[不无未没]|取消", c)]
    return any(any(w in c and (c in near or w not in near) for w in words) for c in plain)


def _comes_first(claim: Claim, said: str) -> bool:
    """Whether a sentence forbids something without what a claim says to be needed: 未经登记,不得饲养."""
    return claim.mode == "must" and not claim.denies and re.search("未经?[^;。]{1,16}(?:不得|禁止)", said) is not None


_SPARED_FROM = re.compile(
    r"^(?P<whom>[^,;。]{2,60}?)(?:不受[^,;。]*(?:限制|此限)|不[在属][^,;。]*(?:范围内?|对象|之列))$"
)


def _spares_others(claim: Claim, near: str) -> bool:
    """Whether the clause that answers frees others from a limit (低保家庭不受限制), or leaves others out (样机不在补贴范围内), than those
    whom a claim names."""
    found = _SPARED_FROM.match(near)
    words = _long(found["whom"]) if found is not None else []
    # What tells them from others stands first: 低保|家庭.
    return bool(words) and not any(tells_of(w, claim.text) for w in words[:-1] or words)


def _only_waives(claim: Claim, said: str) -> bool:
    """Whether all that a sentence denies is a fee or a tax (免征增值税), which denies nobody what he may do."""
    rest = re.sub("减?免(?:征|收|除|缴|交|费|予收取)?|不冲突", "", said)
    return claim.mode == "may" and not claim.denies and rest != said and not denials(rest) and not ONLY.search(rest)


def _of_another_act(claim: Claim, said: str, near: str, around: str, odds: float | None) -> bool:
    """Whether the clause that is to deny that something may be done says nothing of that (不得施暴, of 能报警); one that
    forbids may do so in other words where it is read to answer."""
    act = content_words(claim.predicate)
    if odds is None or claim.mode != "may" or not act or _EXCEPTS.search(said) or scale_shared(claim.predicate, near):
        return False
    fitting = fits(amounts(claim.text), said)
    if fitting < 0 or (fitting > 0 and any(named(word, around) for word in act)):
        return False  # an amount denies, in whatever words
    forbidding = [clause for clause in clauses_of(said) if FORBIDS.search(clause)]
    if any(named(word, clause) or set(word) & set(clause) for clause in (near, *forbidding) for word in act):
        return False
    if odds >= READ and _denied_alone(claim, said, near):
        return False
    # Of the same day it is forbidden rather; of nothing that the claim names it is another matter, however it is read.
    least = 0.0 if days_in(claim.text) & days_in(near) else READ
    return not FORBIDS.search(near) or odds < least or not set("".join(content_words(claim.text))) & set(said)


def _forbids_none(claim: Claim, said: str) -> bool:
    """Whether a claim says that something may be done, and a sentence forbids or bounds nothing."""
    bounds = FORBIDS.search(said) or ONLY.search(said) or over_limit(claim, said, said)
    return claim.mode == "may" and not bounds and not figures_in(claim.text)


def _of_another_figure(claim: Claim, said: str) -> bool:
    """Whether a sentence tells another figure only of what a claim tells one of: 5年 of 限制3年."""
    if claim.mode == "may" or claim.denies or COMPARES.search(claim.text):
        return False
    asked, told = figures_in(claim.predicate), figures_in(said)
    return any(
        f.bound == "="
        and f.unit != "岁"
        and ((held := [g for g in told if g.unit == f.unit]) or (f.unit == "%" and f.value != 100))
        and all(g.value != f.value for g in held)
        for f in asked
    )


# --- the part of a sentence that is about the claim ----------------------------------------------------------------------

#: Where a sentence goes on to another case.
_NEXT = re.compile("[，,；;](?=.)")
_BUT = re.compile("^但(?:是[，,]?)?")
#: That a clause judges its case, besides what it allows and forbids: …的算, …照发.
_JUDGES = re.compile(
    r"(?:的|^)[也都均]?(?:[算予]|照[常样]?[\u4e00-\u9fff])|不[算再]|(?<!被)视[为同]|[免不][收设用必]|无[需须]|除外"
)


def own_part(claim: Claim, sentence: str) -> str:
    """Of a sentence that rules for one case and otherwise for another (职工按要求参加的算，自愿参加的不算; 馆内禁止饮食，瓶装水可以带入)
    the part which alone names what the claim names; the whole where that tells none, and where a part only excepts."""
    parts = _ruling_parts(sentence)
    said = [fold(part) for part in parts]
    if len({says_no(part) for part in said}) < 2 or any(_ONLY_EXCEPTS.search(part) for part in said):
        return sentence
    if any(_goes_on(part, "".join(said[:at])) for at, part in enumerate(said) if at):
        return sentence  # of the same thing
    measures = {a.unit for a in amounts(claim.text) if a.unit}
    if any(r.unit in measures for part in said[1:] for r in ranges(part)):
        return sentence  # 不要求驾驶证,但操作人不超过65周岁, of one of 67

    def held(words: list[str], holds: Callable[[str, str], bool]) -> list[int]:
        told = [[w for w in words if holds(w, part)] for part in said]
        return [sum(len(w) for w in own if not all(w in others for others in told)) for own in told]

    shares = held(_names(claim.text), lambda word, part: word in part)
    if not any(shares) and not any(_GOES_ON.match(_BUT.sub("", part)) for part in said[1:]):
        topic = naming_words(said[0])[:1]  # what the whole sentence is about
        shares = held([w for w in _long(claim.text) if w not in topic], stands_in)
    best, *others = sorted(shares, reverse=True)
    clear = best >= 2 and best >= _CLEARLY * others[0]
    return _BUT.sub("", parts[shares.index(best)]) if clear else sentence


_CLEARLY = 2  #: times as much of a claim as any other part names, the part names that is of its case
_ONLY_EXCEPTS = re.compile("除外|不在此限|不受")
_GOES_ON = re.compile("[不可应须仅只按由均也都并且无免]|必须")


def _goes_on(part: str, before: str) -> bool:
    """Whether a part of a sentence goes on about what stands before it, so that it has no case of its own."""
    if part.startswith("但"):
        return False
    return _GOES_ON.match(part) is not None or any(w in before for w in naming_words(part)[:1])


def _ruling_parts(sentence: str) -> list[str]:
    """The parts of a sentence that each end in a clause which rules something, with what stands before it."""
    parts: list[str] = []
    begun = 0
    for sign in [*_NEXT.finditer(sentence.rstrip("。；;，,")), None]:
        end = sign.start() if sign else len(sentence)
        clause = fold(sentence[begun:end])
        last = re.split("[,;]", clause)[-1]
        if sign is not None and (last.endswith("的") or not _rules(last)):
            continue
        parts.append(sentence[begun:end])
        begun = sign.end() if sign else end
    if len(parts) > 1 and not _rules(fold(parts[-1])):
        parts[-2:] = [sentence[sentence.index(parts[-2]) :]]
    return parts


def _rules(clause: str) -> bool:
    return MODAL.search(clause) is not None or _JUDGES.search(clause) is not None


def _names(text: str) -> list[str]:
    """What is named by a word, or by several that follow one another: 国家|励志|奖学金."""
    return [run for run in re.split("[,和与及跟或、的]|同时|一起|可以?|能|要", text) if len(run) > 2]


# --- what holds only under more conditions ---------------------------------------------------------------------------
