"""Whether a sentence denies a claim of no special form: clause against clause, by figures, opposites, extents, denials."""

from __future__ import annotations

import re

from index.tokens import fold
from qa.claim import WRONG, Claim, act_of, is_denial
from qa.verdict_cases import WHOLE_CASE
from qa.verdict_figures import by_figures, figures_in, of_year, unmet
from qa.verdict_shared import about_the_end, about_the_same, for_others, nearest_clause
from qa.verdict_words import (
    ALL,
    ALLOWS,
    DENIED_MODAL,
    FORBIDS,
    LEFT_OUT,
    MUST_SAID,
    ONLY,
    PUNISHES,
    SCALES,
    SPARED,
    bare_clauses,
    content_words,
    denials,
    denying_words,
    length_held,
    pole,
    says_no,
    scale_shared,
    without_case,
)


def by_rules(claim: Claim, said: str) -> bool | None:
    """Whether what is said denies the claim; None when the rules find nothing that settles it."""
    if not claim.predicate:
        return None
    if not about_the_same(claim, said):
        # A yes has to be of the whole story.
        return (compare(claim, said, nearest_clause(claim, said)) if about_the_end(claim, said) else None) or None
    if claim.mode == "may" and for_others(claim, said):
        return None
    clause = nearest_clause(claim, said)
    denies = compare(claim, said, clause)
    vague = claim.judged and not (ALLOWS.search(clause) or WRONG.search(claim.text))
    return None if denies is False and vague else denies


def compare(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether the sentence denies the claim, by figures or by ``clause`` of it; None when nothing decides."""
    fails = unmet(claim, said)
    if fails is None:
        figures = by_figures(claim, said)
        if figures is not None:
            return figures
    words = _by_words(claim, said, clause)
    return words if not fails or words is None else not words


def said_of(claim: Claim, sentence: str) -> str:
    """The folded sentence as far as it speaks of the claim's year, lifted barriers put as what they allow."""
    return lifted(claim, of_year(claim.text, fold(sentence)))


#: 取消户籍限制 allows, unless the restriction itself is what is asked about.
_BARRIER = re.compile(r"限制|门槛|障碍|壁垒|下限|上限|名额")
_LIFTED = re.compile(r"(?:取消|放宽|放开|破除|打破|减少)(?P<what>[^,;。]{0,40}?)的?(?:限制(?!性)|门槛|障碍|壁垒|名额)")


def lifted(claim: Claim, said: str) -> str:
    """A folded text with the barriers that it takes away put as what it opens, unless the claim speaks of a barrier."""
    return said if _BARRIER.search(claim.text) else _LIFTED.sub(r"放开\g<what>", said)


# --- what is judged --------------------------------------------------------------------------------------------------


def asks_no(claim: Claim, clause: str) -> bool:
    """Whether a claim denies; of several things that it has judged the one that a clause speaks of."""
    if not claim.judged:
        return claim.denies
    meant = _meant(claim, clause)
    return is_denial(act_of(meant) if FORBIDS.search(clause) else meant) != is_denial(claim.last)


def _meant(claim: Claim, clause: str) -> str:
    """Of the things that a claim has judged the one that a clause speaks of."""
    return max(reversed(claim.judged), key=lambda c: length_held(content_words(c), clause))


def settles_nothing(claim: Claim, clause: str) -> bool:
    """Whether a clause that forbids or punishes has but an object in common with what is judged."""
    forbids = FORBIDS.search(clause) or PUNISHES.search(clause)
    return bool(claim.judged and forbids) and all(_is_against(judged, clause) is None for judged in claim.judged)


_AT_WILL = re.compile("擅自|随[意便]|私自|任意|违[规法]|非法|变相|恶意|强[制行]|直接")


def _is_against(meant: str, clause: str) -> bool | None:
    """Whether a clause that forbids or punishes is against what is judged (True), or against its contrary (False: 不收押金
    of 禁止收取押金); None where it shares but the object with it: 按时发工资 of 不得拖欠工资."""
    forbids, act = FORBIDS.search(clause), act_of(meant)
    ruled = clause[forbids.end() :] if forbids else clause
    if (forbids is None or ruled) and not _shares_verb(act, ruled):
        return None
    if forbids is None:
        punished = re.split(PUNISHES, ruled)[0] or ruled
        lacking = denying_words(punished) % 2
        return True if lacking == is_denial(meant) else None
    return not ruled or denials(ruled) % 2 == is_denial(act)


def _shares_verb(act: str, ruled: str) -> bool:
    """Whether what a rule does to the last thing that an act names is what the act does to it."""
    bare = re.sub("[了的]$", "", act)
    shared = next((bare[i:] for i in range(len(bare) - 1) if bare[i:] in ruled), "")
    if not shared:
        return True  # in other words: left to what the two share otherwise
    ours = content_words(_AT_WILL.sub("", bare[: -len(shared)]))[-1:]
    theirs = _AT_WILL.sub("", ruled[: ruled.index(shared)])
    return not ours or not content_words(theirs) or bool(set(ours[0]) & set(theirs)) or scale_shared(act, ruled)


# --- by words --------------------------------------------------------------------------------------------------------

_SOME = re.compile(
    r"部分|有的|个别|试点|选择|仅|只(?!要)|为主|共担|分担|三分之二|四分之三|过半数|除外|不适用|多数|大多|少数|"
    r"具备条件的|有条件的|符合条件的|重点|以上的业主|免予|可以不"
)
_PLAINLY_SOME = re.compile(r"(?:在|选择|选取|确定)[^,;。]{0,4}(?:部分|一批|个别|少数|若干|试点)")
_FRACTION = re.compile(r"分之[一二三四五六七八九]|(?<![\d.])\d{1,2}(?:\.\d+)?%")
_OFTEN = re.compile(r"每[年月周天日次]|重新|再次|定期")
_DONE = re.compile(r"了$|已经?(?!知|有)")
_INTENDED = re.compile(r"鼓励|推动|力争|探索|争取|研究")
#: What a rule takes away that might stand in the way, and how a question speaks of such a thing.
_NO_BARRIER = re.compile(
    r"(?:不(?:再)?(?:受|设|作)|没有|无|取消|放开)[^,;。]{0,24}(?:限制|门槛)|不[受在]此限|不限(?![于期])|不分(?=户籍|性别|年龄|地区|地域|民族|学历|国籍|城乡)"
)
_BARRIER_ASKED = re.compile(r"限制|门槛|限定|卡[住着在]|[挡拦]|要求$")


#: Those who do one thing only, of whom something is asked: 只做平台的公司也要.
_ONLY_DOES = re.compile("[只仅光][^,;。]{1,14}的(?=[^,;。]{1,8}(?:也|都|还|能|可以|要|会|应))")


def _by_words(claim: Claim, said: str, clause: str) -> bool | None:
    asked_denies = asks_no(claim, clause)
    left_out = [w for m in LEFT_OUT.finditer(said) for w in content_words(m["after"] or m["before"] or m["but"] or "")]
    if not asked_denies and any(len(w) > 1 and w in claim.text for w in left_out):
        return True
    clause = LEFT_OUT.sub("", clause)
    last = claim.last
    if ONLY.search(_ONLY_DOES.sub("", last)) and not ONLY.search(said) and not asked_denies:
        # That it is of one place, or of three, does not say that it is of more.
        figures = {f.value for f in figures_in(last)}
        return True if not figures or not figures <= {f.value for f in figures_in(said)} else None
    if claim.judged and asked_denies and FORBIDS.search(clause) and says_no(clause) and not WRONG.search(last):
        return None  # 不给保修,合规: 不得限制维护 may well be against it
    if _NO_BARRIER.search(clause):
        return bool(_BARRIER_ASKED.search(last)) != asked_denies
    meant = _meant(claim, clause) if claim.judged else ""
    forbids = bool(FORBIDS.search(clause) or PUNISHES.search(clause))
    against = _is_against(meant, clause) if meant and forbids else forbids
    if settles_nothing(claim, clause):
        return None
    if WRONG.search(last):
        if forbids or ALLOWS.search(clause):
            # That something is allowed does not say that it has to be done.
            silent = against is None or (not forbids and meant != "" and is_denial(meant))
            return None if silent else against == is_denial(last)
        if claim.judged:
            left_undone = _by_denials(claim, said, clause, asked_denies)
            return None if left_undone is None else not left_undone
    denies = _by_scales(claim, said, clause)
    if denies is None:
        denies = _by_denials(claim, said, clause, asked_denies)
    if denies is None or denies:
        return denies
    # The sentence says the same: of as many, as often, as firmly?
    if (
        not asked_denies
        and re.search(r"必须|一定", claim.text)
        and not MUST_SAID.search(clause)
        and (ALLOWS.search(clause) or (_LEAVES_FREE.search(said) and not MUST_SAID.search(said)))
    ):
        return True
    if not asked_denies and ALL.search(last) and _of_some(claim, said, clause):
        return True
    # What is said of some behind a 但 is said of something else: 可以分别申请甲,但乙只能由一方申请.
    about = next((part for part in said.split(",但") if clause in part), said)
    part = _FRACTION.search(clause) or _PLAINLY_SOME.search(clause) or (_SOME.search(about) and not ALL.search(about))
    if part and not asked_denies and ALL.search(claim.text) and not figures_in(claim.text):
        return True
    if any(word not in said for word in _OFTEN.findall(claim.text)):
        return None
    if _DONE.search(claim.text) and _INTENDED.search(clause):
        return None
    return False


#: What is left to those who are to do it.
_LEAVES_FREE = re.compile(r"有条件的|鼓励|探索|自愿|自主|可以根据")


def _of_some(claim: Claim, said: str, clause: str) -> bool:
    """Whether a clause rules only for a case that the claim does not speak of: 胁迫他人的,由公安机关查处."""
    clauses = bare_clauses(said)
    before = clauses[clauses.index(clause) - 1] if clause in clauses[1:] else ""
    words = content_words(before)
    named = length_held(words, claim.text)
    return before.endswith("的") and named < WHOLE_CASE * sum(map(len, words))


#: A noun between what a scale speaks of and the modal: 大型|车|不用登记, 收费|站|可以.
_BEFORE_MODAL = re.compile(r"型[\u4e00-\u9fff]{1,}$")


def _by_scales(claim: Claim, said: str, clause: str) -> bool | None:
    """Whether a pair of opposites denies the claim; None where the claim holds no such word or the sentence neither.

    Of several such words in the claim the last speaks: it is nearest to the end, where Chinese has its predicate.
    """
    held_scales = []
    for more, less in SCALES:
        places = [(m.start(), more is pattern) for pattern in (more, less) for m in pattern.finditer(claim.text)]
        if places:
            held_scales.append((*max(places), more, less))
    # What stands before the modal is what is spoken of: 大型车不用登记.
    spared = SPARED.search(claim.text)
    whole = claim.text.endswith(claim.predicate) and claim.predicate != claim.last
    begins = spared.start() if spared else len(claim.text) - len(claim.predicate) if whole else 0
    for at, rises, more, less in sorted(held_scales, key=lambda held: -held[0]):
        if at < begins and (_BEFORE_MODAL.search(claim.text, at, begins) or claim.text[:begins].endswith("的")):
            continue  # 继续承租的|要重新申请
        before = re.split(r"[,;。]", claim.text[:at])[-1]
        if whole and at >= begins and claim.mode in ("may", "must"):
            # What is not done in the case (不登记能停航) denies nothing of what is asked.
            lead = DENIED_MODAL.search(claim.text[:begins])
            before = claim.text[lead.start() if lead else begins : at]
        asked = (1 if rises else -1) * (-1 if denials(before + "甲") % 2 else 1)
        for there in (clause, said):
            up, down = pole(more, there), -pole(less, there)
            held = (up if rises else down) or up or down
            if held:
                return asked != held
    return None


def _by_denials(claim: Claim, said: str, clause: str, asked_denies: bool) -> bool | None:
    """Whether the sentence denies what the claim says, or says what the claim denies; None where its clauses differ."""
    if claim.mode == "must" and not asked_denies and re.search(r"未经?[^,;。]{1,16}的?[^,;。]{0,8}(?:不得|禁止)", said):
        return False
    tail = content_words(claim.predicate)

    def held(text: str) -> int:
        return sum(len(w) for w in tail if w in text)

    near = [c for c in re.split(r"[,;。]", said) if tail and tail[-1] in c and held(c) >= held(clause)]
    both = {denials(c) % 2 for c in near}
    if len(both) > 1:
        return None
    return asked_denies != says_no(without_case(said, clause))
