"""Fit the weights that the package brings (qa/data/calibration.json) on the question sets of this folder.

    python benchmarks/calibrate.py [--write] [SET ...]

Each set is fitted on with its own documents; five-fold cross-validation over questions shows what holds on
questions that were not fitted on.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from qa.bot import PolicyQA
from qa.calibrate import fit, write
from qa.evaluation import load_cases

HERE = Path(__file__).parent
BUNDLED = HERE.parent / "corpus" / "documents"
PAGES = HERE / "pages"
SETS = {
    "policy_dev": (BUNDLED,),
    "policy_more": (BUNDLED,),
    "context_dev": (BUNDLED,),
    "context_more": (BUNDLED,),
    "pages_more": (PAGES,),
    "out_of_domain": (BUNDLED, PAGES),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=list(SETS))
    parser.add_argument("--write", action="store_true", help="save the weights")
    parser.add_argument("--data-dir", type=Path, default=Path("build/calibration"))
    options = parser.parse_args()

    bots: dict[Path, PolicyQA] = {}
    sets = []
    for name in options.sets:
        cases = load_cases(HERE / "questions" / f"{name}.jsonl")
        for documents in SETS[name]:
            if documents not in bots:
                bots[documents] = PolicyQA.open([documents], options.data_dir / documents.name)
            sets.append((bots[documents], cases))
    fitted = fit(sets)
    print("\n".join(fitted.lines()))
    if options.write:
        fitted_with = {
            "embedder": next(iter(bots.values())).embedder.fingerprint,
            "sets": list(options.sets),
            "questions": fitted.questions,
        }
        write(HERE.parent / "qa" / "data" / "calibration.json", fitted, fitted_with)


if __name__ == "__main__":
    main()
