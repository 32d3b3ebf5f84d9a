"""What a language model's wording of a question in official terms does for the search.

    python benchmarks/expansion.py [--llm local] [--questions N] [SET.jsonl ...]

Prints the share of questions with a gold quote among the first 1, 5 and 10 passages, with and without the wording
beside the question, for all questions and for those whose first search is unsure (where ``llm_expand`` asks for it).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

from qa import PolicyQA
from qa.assistant import Usage
from qa.compose import compose
from qa.evaluation import load_cases
from qa.measures import any_at, gold_ranks
from qa.model_answer import Asked, unsure

ROOT = Path(__file__).parents[1]
SETS = [ROOT / "benchmarks" / "questions" / "policy_more.jsonl"]
K = (1, 5, 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llm", default="local")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("sets", nargs="*", type=Path, default=SETS)
    options = parser.parse_args()
    bot = PolicyQA.open([ROOT / "corpus" / "documents"], engine="llm", llm=options.llm, llm_timeout=300)
    cases = [c for path in options.sets for c in load_cases(path) if c.answerable and c.evidence and not c.history]
    cases = random.Random(0).sample(cases, min(options.questions, len(cases)))
    rows: list[tuple[bool, Sequence[int | None], Sequence[int | None]]] = []
    spent = 0.0
    for case in cases:
        golds = [evidence.quote for evidence in case.evidence]
        found = bot.find(case.question)
        started = time.perf_counter()
        wordings = bot.assistant.reword(found.question.core, Usage())
        spent += time.perf_counter() - started
        other = bot.find(case.question, also=wordings)
        ranks = [gold_ranks([p.text for p in f.passages[:10]], golds) for f in (found, other)]
        rows.append((unsure(Asked(found, compose(found, bot), (), None, None)), ranks[0], ranks[1]))
    print("| 问题 | 题数 | " + " | ".join(f"前 {k} 段" for k in K) + " |\n|" + " --- |" * (2 + len(K)))
    for name, chosen in (("全部", rows), ("没把握的", [row for row in rows if row[0]])):
        for side, label in ((1, "原问题"), (2, "加上公文的说法")):
            shares = [sum(any_at(row[side], k) for row in chosen) / max(1, len(chosen)) for k in K]
            print(f"| {name}：{label} | {len(chosen)} | " + " | ".join(f"{share:.2f}" for share in shares) + " |")
    print(f"\n每问多用 {spent / len(cases):.1f} 秒。")


if __name__ == "__main__":
    main()
