"""How engine "llm" bears evidence that is beside the point: answers with one good sentence among four others, and
questions put to documents that do not hold the answer.

    python benchmarks/noise.py [--llm local] [--questions N] [SET.jsonl ...]
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qa import Answer, PolicyQA
from qa.compose import compose
from qa.evaluation import Case, judge, load_cases
from qa.evidence import Candidate
from qa.extractive import Draft
from qa.finding import Found
from qa.model_answer import Asked, by_model

ROOT = Path(__file__).parents[1]
SETS = [ROOT / "benchmarks" / "questions" / f"{name}_dev.jsonl" for name in ("policy", "context")]


def written(bot: PolicyQA, found: Found, draft: Draft) -> Answer:
    """The model's answer to what was found."""
    steps = by_model(bot, Asked(found, draft, (), None, None), bot.finish(found, draft), {}, None)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def noisy(found: Found, draft: Draft, others: Sequence[Candidate], draw: random.Random) -> Found:
    """What was found, with four sentences found for other questions in place of all that the draft does not rest on."""
    rests = {span for line in draft.lines for span in line.spans}
    own = [c for c in found.candidates if (c.document.doc_id, c.start, c.end) in rests]
    strange = [replace(c, score=own[0].score if own else 0.0) for c in draw.sample(list(others), 4)]
    return replace(found, candidates=(*own, *strange))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llm", default="local")
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("sets", nargs="*", type=Path, default=SETS)
    options = parser.parse_args()
    bot = PolicyQA.open([ROOT / "corpus" / "documents"], engine="llm", llm=options.llm, llm_timeout=300)
    elsewhere = PolicyQA.open([ROOT / "benchmarks" / "documents" / "1"], engine="llm", llm=options.llm)
    draw = random.Random(0)
    cases: list[Case] = [c for path in options.sets for c in load_cases(path) if c.answerable and not c.history]
    cases = draw.sample(cases, min(options.questions, len(cases)))
    finds = [(case, bot.find(case.question)) for case in cases]
    told = [found.candidates[0] for _, found in finds if found.candidates]
    clean, noised, refused = [], [], []
    for case, found in finds:
        draft = compose(found, bot)
        if isinstance(draft, Draft):
            others = [c for c in told if c not in found.candidates[:12]]
            clean.append(judge(case, written(bot, found, draft), 0).strict)
            noised.append(judge(case, written(bot, noisy(found, draft, others, draw), draft), 0).strict)
        refused.append(elsewhere.ask(case.question).refused)
    print(f"| 有答案、答出的 {len(clean)} 题 | 严格正确 |\n| --- | --- |")
    print(f"| 检索到的原文 | {sum(map(bool, clean)) / len(clean):.2f} |")
    print(f"| 依据的几句，其余换成四句无关的 | {sum(map(bool, noised)) / len(noised):.2f} |")
    print(f"\n全部无关（问另一批文件，{len(refused)} 题）：拒答 {sum(refused) / len(refused):.2f}")


if __name__ == "__main__":
    main()
