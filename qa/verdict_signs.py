"""What speaks for yes or for no where a reader has found the clause that answers, as numbers to be weighed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.tokens import fold
from qa.claim import Claim
from qa.verdict_cases import turned_round
from qa.verdict_compare import asks_no, by_rules, compare, lifted, said_of
from qa.verdict_shared import for_others, share_asserted
from qa.verdict_words import ALLOWS, FORBIDS, MUST_SAID, deciding, denials, says_no

#: What speaks for yes (above 0) or for no, where a reader has found the clause that answers.
VERDICT_SIGNS = (
    "clause",  # what the rules make of the clause: 1 yes, -1 no, 0 nothing
    "shared",  # as "clause", by the share of what the question asserts that stands in the clause
    "denied",  # as "clause", where the clause holds a denial
    "denial_asked",  # 1 where the question asks for a denial
    "denial",  # 1 where the sentence holds one
    "grants",  # 1 where the clause allows or gives something, or binds where a must is asked; -1 where it leaves that free
    "forbids",  # 1 where the clause forbids something
    "excepts",  # 1 where the sentence holds for some only, or not for all
    "limited",  # 1 where the sentence keeps to others what the question asks for
    "apart",  # 1 where the clause leaves it to another rule
    "rules",  # what the rules make of the whole sentence by themselves
)
_EXCEPTED = re.compile(r"除外|不含|不包括|只(?!要)|(?<!不)仅")
_APART = re.compile(r"另行|单独制定")
#: What a clause gives.
_GIVES = re.compile(r"享受|享有|给予")


@dataclass(frozen=True)
class Weighing:
    """Weights of VERDICT_SIGNS and a constant, and the chances of being right from which yes and no are said; fitted by
    qa.calibrate."""

    weights: tuple[float, ...]
    least_yes: float
    least_no: float


def verdict_signs(claim: Claim, sentence: str, clause: str) -> tuple[float, ...]:
    """One value for each of VERDICT_SIGNS."""
    said, best = said_of(claim, sentence), lifted(claim, fold(clause).strip(",;。:"))
    best = deciding(said, best)

    def side(denies: bool | None) -> float:
        return 0.0 if denies is None else -1.0 if denies else 1.0

    found, rules = side(compare(claim, said, best)), by_rules(claim, said)
    return (
        found,
        found * share_asserted(claim, best),
        found * (denials(best) > 0),
        float(asks_no(claim, best)),
        float(denials(said) > 0),
        _grants(claim, best),
        float(bool(FORBIDS.search(best))),
        float(bool(_EXCEPTED.search(said))),
        float(for_others(claim, said)),
        float(bool(_APART.search(best))),
        side(None if rules is False and turned_round(claim, said) else rules),
    )


def _grants(claim: Claim, clause: str) -> float:
    if claim.mode == "must" and (MUST_SAID.search(clause) or ALLOWS.search(clause)):
        return 1.0 if MUST_SAID.search(clause) and not says_no(clause) else -1.0
    return float(bool(ALLOWS.search(clause) or _GIVES.search(clause)))
