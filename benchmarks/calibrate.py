"""Fit the weights that the package brings (qa/data/calibration.json) on the question sets of this folder.

    python benchmarks/calibrate.py [--write] [SET ...]

Each set is fitted on with its own documents; five-fold cross-validation over questions shows what holds on
questions that were not fitted on.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np

from qa.bot import PolicyQA
from qa.calibrate import (
    fit_refusal,
    fit_sentences,
    heading_cases,
    refusal_samples,
    sentence_samples,
    threshold_for,
    write,
)
from qa.evaluation import load_cases
from qa.evidence import FEATURES
from qa.refusal import SIGNS

HERE = Path(__file__).parent
BUNDLED = HERE.parent / "corpus" / "documents"
SETS = {
    "policy_dev": BUNDLED,
    "policy_more": BUNDLED,
    "context_dev": BUNDLED,
    "context_more": BUNDLED,
    "pages_more": HERE / "pages",
}
FALSE_REFUSALS = 0.04  #: of the answerable questions that a threshold may turn away


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=list(SETS))
    parser.add_argument("--write", action="store_true", help="save the weights")
    parser.add_argument("--data-dir", type=Path, default=Path("build/calibration"))
    options = parser.parse_args()

    bots: dict[Path, PolicyQA] = {}
    samples, cases = [], []
    for name in options.sets:
        documents = SETS[name]
        if documents not in bots:
            bots[documents] = PolicyQA.open([documents], options.data_dir / documents.name)
        loaded = load_cases(HERE / "questions" / f"{name}.jsonl")
        samples += sentence_samples(bots[documents], loaded)
        cases.append((bots[documents], loaded))

    print(f"{len(samples)} questions with a gold sentence among the candidates")
    first, fifth = [], []
    for train, held in folds(len(samples)):
        weights = fit_sentences([samples[i] for i in train])
        for i in held:
            order = np.argsort(-(samples[i].rows @ weights))
            first.append(bool(samples[i].gold[order[0]]))
            fifth.append(bool(samples[i].gold[order[:5]].any()))
    print(f"held-out: gold sentence first {np.mean(first):.3f}, in the first five {np.mean(fifth):.3f}")
    sentence = fit_sentences(samples)
    for name, weight in zip(FEATURES, sentence, strict=True):
        print(f"  {name:14} {weight:7.3f}")

    cases += [(bot, heading_cases(bot, 40)) for bot in bots.values()]
    parts = [refusal_samples(bot, loaded, tuple(sentence)) for bot, loaded in cases]
    rows = np.vstack([rows for rows, _ in parts])
    labels = np.concatenate([labels for _, labels in parts])
    refused, false = [], []
    for train, held in folds(len(labels)):
        weights = fit_refusal(rows[train], labels[train])
        threshold = threshold_for(rows[train], labels[train], weights, FALSE_REFUSALS)
        reach = np.hstack([rows[held], np.ones((len(held), 1))]) @ weights
        turned = 1 / (1 + np.exp(-reach)) < threshold
        refused += list(turned[~labels[held]])
        false += list(turned[labels[held]])
    print(f"held-out: refused {np.mean(refused):.3f}, falsely refused {np.mean(false):.3f}")
    refusal = fit_refusal(rows, labels)
    threshold = threshold_for(rows, labels, refusal, FALSE_REFUSALS)
    for name, weight in zip((*SIGNS, "constant"), refusal, strict=True):
        print(f"  {name:14} {weight:7.3f}")
    print(f"  threshold      {threshold:7.3f}")
    if options.write:
        fitted_with = {
            "embedder": next(iter(bots.values())).embedder.fingerprint,
            "sets": list(options.sets),
            "questions": len(labels),
        }
        write(HERE.parent / "qa" / "data" / "calibration.json", sentence, refusal, threshold, fitted_with)


def folds(size: int, count: int = 5) -> list[tuple[list[int], list[int]]]:
    """(train, held out) indices of ``count`` folds, the same every time."""
    order = list(range(size))
    random.Random(0).shuffle(order)
    return [([i for i in order if i not in set(order[k::count])], order[k::count]) for k in range(count)]


if __name__ == "__main__":
    main()
