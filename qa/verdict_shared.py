"""What a claim and a sentence have in common: whether they speak of the same thing, and which clause is nearest."""

from __future__ import annotations

import re

from qa.amounts import amounts, fits
from qa.claim import Claim
from qa.verdict_figures import figures_in
from qa.verdict_words import ALL, ONLY, bare_clauses, content_words, length_held, naming_words, scale_shared, stands_in

_LIMITED = re.compile(
    r"(?:仅限|只限|限于|限乘坐?|(?<![不有期权时年上下局])限(?!制|额|期|度|价|定|时|量|购|行))([\u4e00-\u9fff]{2,6})"
)


def for_others(claim: Claim, said: str, around: str = "") -> bool:
    """Whether the sentence keeps something to others than the claim speaks of (仅限企业申请), or neither it nor what stands
    ``around`` it names what the claim's permission is for (商务舱): neither says yes."""
    last = [w for w in content_words(claim.predicate) if len(w) >= 3][-1:]
    if last and not stands_in(last[0], said + around) and not scale_shared(claim.last, said):
        return True
    return any(m.group(1)[:2] not in claim.text for m in _LIMITED.finditer(said))


def about_the_same(claim: Claim, said: str) -> bool:
    """Whether the sentence holds enough of the claim's words, and something of its predicate."""
    words = list(dict.fromkeys(content_words(claim.text)))
    if not words:
        return False
    total = sum(len(w) for w in words)
    held = length_held(words, said)
    last = claim.last
    scale = scale_shared(last, said)
    tail = content_words(claim.predicate)
    if claim.mode == "is":
        tail = tail[-2:]
    plainly = scale or any(len(w) >= 3 and w in said for w in tail)
    if held / total < (_LEAST_WITH_PREDICATE if plainly else _LEAST_SHARED):
        return False
    units = {f.unit for f in figures_in(last)} & {f.unit for f in figures_in(said)}
    return plainly or bool(units) or any(stands_in(w, said) for w in tail)


def about_the_end(claim: Claim, said: str) -> bool:
    """Whether a sentence holds most of the last clause of a story, which asks: the rest tells much that no rule repeats."""
    own = list(dict.fromkeys(content_words(claim.last)))
    story = "," in claim.text and not claim.judged
    return story and length_held(own, said) >= _MOST_OF_LAST * sum(map(len, own))


_LEAST_SHARED = 0.4  #: share of the claim's characters
_MOST_OF_LAST = 0.6  #: ... and of those of the last clause of a story
_LEAST_WITH_PREDICATE = 0.25  #: ... where the predicate itself is shared plainly
_NAMED = 0.3  #: share of what a claim says of its thing that a sentence has to hold


def about_the_thing(claim: Claim, said: str, asking: re.Pattern[str]) -> bool:
    """Whether a sentence holds enough of what a claim says besides the words that ask."""
    bare = re.sub(r"[()]", "", said)
    words = list(dict.fromkeys(naming_words(asking.sub(",", claim.text))))
    total = sum(map(len, words))
    return not total or length_held(words, bare) >= _NAMED * total


def share_asserted(claim: Claim, clause: str) -> float:
    """The share of what a claim's predicate says that stands in a folded clause, 0 to 1."""
    asserted = content_words(claim.predicate)
    return length_held(asserted, clause) / max(1, sum(map(len, asserted)))


def extent(text: str) -> tuple[bool, bool, tuple[float, ...]]:
    """Whether a folded claim speaks of all, whether of one thing only, and its figures: claims that differ in these are
    not answered by one word."""
    return bool(ALL.search(text)), bool(ONLY.search(text)), tuple(sorted(f.value for f in figures_in(text)))


def nearest_clause(claim: Claim, said: str) -> str:
    """The clause of the sentence that shares most with the claim, its predicate before all."""
    clauses = bare_clauses(said)
    if not clauses:
        return said
    words, tail = content_words(claim.text), content_words(claim.predicate)

    def shared(clause: str) -> float:
        value = length_held(words, clause)
        value += 2 * length_held(tail, clause)
        return value + 2 * scale_shared(claim.predicate, clause) - (3 if clause.endswith("的") else 0)

    # Of equals the later: Chinese puts the main clause last.
    best = max(reversed(clauses), key=shared)
    # A clause without a verb of its own (a condition, a topic) is ruled by the one after it.
    at = clauses.index(best)
    if best.endswith(("的", "前提下", "情况下", "基础上")) and at + 1 < len(clauses):
        return best + clauses[at + 1]
    return best


def of_told_case(claim: Claim, said: str, clause: str) -> bool:
    """Whether a claim says something of the case (评估不合格的) for which a clause of a sentence rules, if it has one, and
    no figure of it is against that."""
    part = next((p for p in re.split("[;。]", said) if clause in p), None)
    if part is None:  # a condition with the clause behind it, which stand apart in the sentence: it is the case itself
        case, part = clause, said
    else:
        case = next((c for c in reversed(bare_clauses(part[: part.index(clause)])) if c.endswith("的")), "")
    own = set("".join(content_words(case)))
    return (not own or bool(own & set(claim.text))) and fits(amounts(claim.text), part) >= 0


def fitting_amounts(claim: Claim, said: str) -> bool:
    """Whether no amount of a claim is against a sentence, or measured as one of it without being told to be within."""
    asked = amounts(claim.text)
    fitting = fits(asked, said)
    told = {(a.unit, a.value) for a in amounts(said)}
    units = {unit for unit, _ in told}
    other = any(a.unit and a.unit in units and (a.unit, a.value) not in told for a in asked)
    return fitting > 0 or (fitting == 0 and not other)


_FEE = re.compile(r"[\u4e00-\u9fff]{2}[费税](?!用)|(?:押|定|保证|违约|滞纳)金")


def of_other_fee(asserted: str, said: str) -> bool:
    """Whether a claim asks of a fee by its name, and a sentence names others alone: 工本费 and 维护费."""
    own = _FEE.findall(asserted)
    return bool(own) and _FEE.search(said) is not None and not any(fee in said for fee in own)
