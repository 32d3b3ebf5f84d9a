"""Fit the weights that the package brings (qa/data/calibration.json) on the question sets of this folder.

    python benchmarks/calibrate.py [--write] [SET ...]

Each set is fitted on with its own documents, the real documents of benchmarks/reader/held_… beside them; five-fold
cross-validation over questions shows what holds on questions that were not fitted on. What the reader counts for is
fitted on the sets named held, which it was not trained on (see train_reader.py).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.verdict import READER, of_cases, of_reader  # noqa: E402
from corpus.load import load_documents  # noqa: E402
from index.reader import Reader  # noqa: E402
from qa.bot import PolicyQA  # noqa: E402
from qa.calibrate import Ruling, fit, fit_about, fit_reading, fit_weighing, write  # noqa: E402
from qa.claim import read_claim  # noqa: E402
from qa.evaluation import Case, load_cases  # noqa: E402
from qa.finding import answering_clause  # noqa: E402
from qa.verdict_signs import verdict_signs  # noqa: E402

DOCUMENTS = HERE / "documents"
BUNDLED = (HERE.parent / "corpus" / "documents",)
#: The folders that each set is asked of. mixed_more, pages_12_more and pages_34_more are left out: they ask what no
#: sentence tells and every word of the topic hides, which no weight of these signs can see.
SETS = (
    *((name, BUNDLED) for name in ("policy_dev", "policy_more", "context_dev", "context_more")),
    *((f"pages_{n}", (DOCUMENTS / n,)) for n in "1234"),
    *(("out_of_domain", folders) for folders in (BUNDLED, *((DOCUMENTS / n,) for n in "134"))),
)
QUESTIONS = HERE / "questions"
#: Sets that neither the reader nor the embedding model was trained on, and the folders that each is asked of.
HELD = (
    *((QUESTIONS / f"{name}_held.jsonl", BUNDLED) for name in ("policy", "context", "mixed")),
    *((QUESTIONS / f"pages_{n}_held.jsonl", tuple(DOCUMENTS / folder for folder in n)) for n in ("3", "4", "12", "34")),
)
#: The same, about real documents.
REAL = tuple((READER / f"held_{n}" / "questions.jsonl", (READER / f"held_{n}" / "documents",)) for n in "234")
READING_SETS = (*HELD, *REAL, (READER / "held" / "questions.jsonl", (READER / "held" / "documents",)))
STRANGE = 120  #: questions about other documents that are put to each folder


@cache
def bot_of(folders: tuple[Path, ...], data_dir: Path) -> PolicyQA:
    """A bot over the documents of the folders, its index below ``data_dir``; the same one each time."""
    return PolicyQA.open(folders, data_dir / "-".join(folder.parent.name + folder.name for folder in folders))


def strange(sets: Sequence[tuple[Path, tuple[Path, ...]]]) -> Iterator[tuple[tuple[Path, ...], list[Case]]]:
    """For the folders of each set, questions about other documents: those of header data left out, which any document
    answers."""
    draw = random.Random(3)
    for folders in dict.fromkeys(folders for _, folders in sets):
        others = [
            case
            for path, theirs in sets
            if not set(theirs) & set(folders)
            for case in load_cases(path)
            if case.answerable and not case.history and case.type != "metadata"
        ]
        yield folders, draw.sample(others, STRANGE)


def rulings(reader: Reader) -> Iterator[Ruling]:
    """The signs of the yes/no questions, asked as people ask, with their gold sentences, and whether yes is right."""
    judged = [j for held in (False, True) for j in of_reader(held) if j.source == "natural"]
    for path, folders in (*((QUESTIONS / f"{name}.jsonl", folders) for name, folders in SETS), *HELD):
        judged += of_cases("sets", load_cases(path), load_documents(folders)[0])
    for j in judged:
        if j.says != "none":
            clause = answering_clause(reader, j.question, j.lead, j.sentence)
            yield verdict_signs(read_claim(j.question), j.sentence, clause), j.says == "yes"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=list(dict.fromkeys(name for name, _ in SETS)))
    parser.add_argument("--write", action="store_true", help="save the weights")
    parser.add_argument("--data-dir", type=Path, default=Path("build/calibration"))
    options = parser.parse_args()

    def asked(path: Path, folders: tuple[Path, ...]) -> tuple[PolicyQA, list[Case]]:
        return bot_of(folders, options.data_dir), load_cases(path)

    chosen = [(QUESTIONS / f"{name}.jsonl", folders) for name, folders in SETS if name in options.sets]
    fitted = fit([asked(path, folders) for path, folders in (*chosen, *REAL)])
    print("\n".join(fitted.lines()))
    bot = bot_of(BUNDLED, options.data_dir)
    reader = bot.reader
    if reader is None:
        raise SystemExit("没有阅读模型，不能定它的分量：请把设置 reader 打开，并安装内置模型。")
    every = (*((QUESTIONS / f"{name}.jsonl", folders) for name, folders in SETS), *READING_SETS)
    own = [asked(path, folders) for path, folders in every]
    others = [(bot_of(f, options.data_dir), cases) for f, cases in strange(every)]
    reading = fit_reading(
        [asked(path, folders) for path, folders in READING_SETS],
        fitted,
        lambda rank: fit_about(own, others, fitted, rank),
        fit_weighing(list(rulings(reader))),
    )
    print("\n".join(reading.lines() if reading is not None else []))
    if options.write:
        fitted_with = {
            "embedder": bot.embedder.fingerprint,
            "sets": list(options.sets),
            "questions": fitted.questions,
        }
        write(HERE.parent / "qa" / "data" / "calibration.json", fitted, reading, fitted_with)


if __name__ == "__main__":
    main()
