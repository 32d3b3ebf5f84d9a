"""Whether what was found answers the question at all: signs, their weights, and the reason of a refusal."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from index.tokens import fold
from qa.answer import REFUSAL, RefusalReason
from qa.evidence import Candidate, Probe, coverage, foreign_terms
from qa.patterns import YEAR

#: Signs that the best sentence answers, in the order of the weights.
SIGNS = (
    "cosine",  # of the best sentence with the question, (cos - .85) * 20
    "best_cosine",  # the highest of all candidates, the same scale
    "margin",  # score of the best over the tenth
    "cover",  # share of the question's words that the best sentence holds
    "cover_around",  # ... that its passage and heading path hold
    "unknown",  # share of the question's words that stand nowhere in the corpus
    "kind",  # the thing asked for is there: figure, date, organ
    "years",  # the years asked for are there
    "foreign",  # Latin names of the question that the passage lacks
    "off_text",  # the best stands in a contents table or front matter
    "rank",  # the best sentence stands in the first passage
)

#: By how much a question that asks for a plainly absent year or name is held back, whatever the weights say.
_REASONS: dict[RefusalReason, str] = {
    "not_in_corpus": "文件里没有提到{what}。",
    "weak_evidence": "最接近的条款没有说到所问的内容。",
    "false_premise": "问题所说的前提在文件里找不到依据。",
    "out_of_scope": "这个问题不在这些文件谈论的范围之内。",
}


def signs(probe: Probe, found: Sequence[Candidate], known: Callable[[str], bool]) -> tuple[float, ...]:
    """One value for each of SIGNS. ``known``: whether a folded word stands anywhere in the corpus."""
    best = found[0]
    passage = fold(best.passage.text) + "".join(fold(h) for h in best.passage.section)
    cosines = [s for c in found for s in (c.passage.sentence_scores or (c.passage.dense,))]
    own = dict(zip(best.passage.chunk.sentences, best.passage.sentence_scores, strict=False)).get((best.start, best.end), best.passage.dense)
    total = sum(probe.words.values()) or 1.0
    unknown = sum(w for word, w in probe.words.items() if not known(word) and not any(map(known, probe.expansions.get(word, ()))))
    foreign = foreign_terms(probe.question)
    return (
        (own - 0.85) * 20,
        (max(cosines) - 0.85) * 20,
        best.score - found[min(9, len(found) - 1)].score,
        coverage(probe, fold(best.text)),
        coverage(probe, passage),
        unknown / total,
        best.feature("kind"),
        best.feature("years"),
        sum(term not in passage for term in foreign) / len(foreign) if foreign else 0.0,
        best.feature("off_text"),
        float(best.passage is found[0].passage and best.passage.score >= 0.999),
    )


def answerable(values: Sequence[float], weights: Sequence[float]) -> float:
    """Probability, 0..1, that the best sentence answers: logistic function of the weighted signs; the last weight is the constant."""
    total = weights[-1] + sum(v * w for v, w in zip(values, weights, strict=False))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def missing_years(probe: Probe, found: Sequence[Candidate]) -> tuple[str, ...]:
    """Years that the question asks about and no passage names."""
    return tuple(y for y in probe.question.years if not any(y in YEAR.findall(fold(c.passage.text)) for c in found))


def explain(reason: RefusalReason, what: str = "") -> str:
    """The refusal sentence with its reason."""
    text = _REASONS[reason].format(what=what)
    return REFUSAL + re.sub(r"提到。", "提到所问的内容。", text)
