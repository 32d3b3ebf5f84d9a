"""How well retrieval finds the gold quotes of a question set.

    python benchmarks/retrieval.py benchmarks/questions/policy_dev.jsonl
    python benchmarks/retrieval.py QUESTIONS.jsonl --documents FOLDER --misses
    python benchmarks/retrieval.py QUESTIONS.jsonl --ablation

Prints the share of questions with any gold quote, and the mean share of gold quotes, among the first 1, 3, 5 and 10
passages, MRR@10 and the time a question takes. A follow-up is asked together with the question before it, since
rewriting is not retrieval's work. Only answerable questions with evidence count.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from index.passage import Passage
from index.retriever import Retriever, Weights
from index.store import Index
from qa.measures import any_at, gold_ranks, percentile, reciprocal_rank, share_at

_BUNDLED = Path(__file__).resolve().parent.parent / "corpus" / "documents"
_DEPTHS = (1, 3, 5, 10)


@dataclass(frozen=True)
class Row:
    """One question, what was found, and the rank of each gold quote."""

    case: dict[str, Any]
    passages: list[Passage]
    ranks: tuple[int | None, ...]
    seconds: float


def read_cases(path: Path) -> list[dict[str, Any]]:
    """The questions of a file that retrieval can be measured on."""
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [case for case in cases if case.get("answerable", True) and case["evidence"]]


def asked(case: dict[str, Any]) -> str:
    """The question, after the one it follows up on."""
    return " ".join([turn["q"] for turn in case["history"][-1:]] + [case["question"]])


def measure(retriever: Retriever, cases: Sequence[dict[str, Any]]) -> list[Row]:
    """Retrieve for every question."""
    rows = []
    for case in cases:
        begin = time.perf_counter()
        passages = retriever.retrieve(asked(case), 10)
        seconds = time.perf_counter() - begin
        golds = [evidence["quote"] for evidence in case["evidence"]]
        rows.append(Row(case, passages, gold_ranks([p.text for p in passages], golds), seconds))
    return rows


def table_line(name: str, rows: Sequence[Row]) -> str:
    """One line of the table."""
    any_found = " ".join(f"{statistics.mean(any_at(row.ranks, k) for row in rows):.3f}" for k in _DEPTHS)
    share = " ".join(f"{statistics.mean(share_at(row.ranks, k) for row in rows):.3f}" for k in _DEPTHS)
    mrr = statistics.mean(reciprocal_rank(row.ranks) for row in rows)
    times = [row.seconds * 1000 for row in rows]
    return f"{name:<28} {any_found}  {share}  {mrr:.3f}  {percentile(times, 50):.0f}/{percentile(times, 95):.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--documents", nargs="+", type=Path, default=[_BUNDLED], help="what the questions are about")
    parser.add_argument("--index", type=Path, help="keep the index here (default: a temporary folder)")
    parser.add_argument("--ablation", action="store_true", help="also measure every channel alone and left out")
    parser.add_argument("--misses", action="store_true", help="print the questions with no gold quote in the first 5")
    options = parser.parse_args()

    from corpus.load import load_documents
    from index.embedder import open_embedder

    embedder = open_embedder()
    documents, failures = load_documents(options.documents)
    for failure in failures:
        print(failure, file=sys.stderr)
    with tempfile.TemporaryDirectory() as scratch:
        index = Index.open(options.index or scratch, embedder)
        index.build(documents)
        retriever = Retriever(index, embedder)
        retriever.retrieve("预热")
        print(f"{'':<28} {'any@1/3/5/10':<24} {'share@1/3/5/10':<24} MRR    ms p50/p95")
        for path in options.questions:
            cases = read_cases(path)
            rows = measure(retriever, cases)
            print(table_line(path.stem, rows))
            if options.ablation:
                for field in ("chunk", "sentence", "body", "path"):
                    alone = replace(Weights(0, 0, 0, 0), **{field: 1.0})
                    print(table_line(f"  {field} alone", measure(Retriever(index, embedder, weights=alone), cases)))
                    without = replace(Weights(), **{field: 0.0})
                    print(table_line(f"  without {field}", measure(Retriever(index, embedder, weights=without), cases)))
            if options.misses:
                print_misses(rows)


def print_misses(rows: Sequence[Row]) -> None:
    """The questions whose gold quotes all lie beyond the first five, with what was found instead."""
    for row in rows:
        if any_at(row.ranks, 5):
            continue
        print(f"\n{row.case['id']} {asked(row.case)}   ranks {row.ranks}")
        for evidence in row.case["evidence"]:
            print(f"  gold {evidence['doc']}: {evidence['quote'][:100]}")
        for passage in row.passages[:5]:
            head = passage.text[:90].replace("\n", " / ")
            print(f"  {passage.score:.2f} {passage.doc_id[:12]} {passage.start}-{passage.end} {head}")


if __name__ == "__main__":
    main()
