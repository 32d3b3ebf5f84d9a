"""Train the adapter that judges whether quotes bear a sentence in other words (index/data/entailment.npz).

    python benchmarks/train_entailment.py [--epochs N] [--start FILE] [--out FILE]

Learned from benchmarks/checker/pairs.jsonl (passages of documents, each with sentences in other words that it bears and
as many that it does not) and from the sentences near their quotes that paraphrases.jsonl has of development documents.
Some true sentences are added with one thing changed by rule (mutations.py), or beside another passage of their document.
The loss is the cross entropy of "borne", and that of telling a true sentence from each false one of its passage (Burges
et al. 2005, "Learning to Rank using Gradient Descent", equation 3). It goes on from the reader, which has learned to
read two texts together. Nothing is learned from the documents that checker.py only counts on. Some 30 minutes on two
cores that multiply 16-bit floats.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from benchmarks.lora import train  # noqa: E402
from benchmarks.train_reader import ReaderModel, odds_of, peaks_of  # noqa: E402
from checker import DEVELOPMENT, FALSE, TRUTHFUL, WRITTEN, Case, rows_of  # noqa: E402
from index.embedder import Vocabulary, _nano_files, default_cache_dir, unpacked_default, vocabulary  # noqa: E402
from index.entailment import pair_tokens  # noqa: E402
from index.nano_weights import read_weights  # noqa: E402
from mutations import MUTATIONS  # noqa: E402

PAIRS = HERE / "checker" / "pairs.jsonl"
DATA = HERE.parent / "index" / "data"
RANK = 32
BATCH = 7  #: passages of a step
RATE, HEAD_RATE = 4e-4, 8e-4
CHANGED, ELSEWHERE = 0.3, 0.2  #: how many passages get a sentence with one thing changed, or one of another passage

Pair = tuple[list[int], list[int]]
Row = list[tuple[Case, bool]]


def written() -> list[Row]:
    """What is written by hand, the sentences of a passage together."""
    near = [case for case in rows_of(WRITTEN, DEVELOPMENT) if case.kind in (TRUTHFUL, FALSE)]
    near.sort(key=lambda case: (case.headings, case.quotes))
    cases = groupby([*rows_of(PAIRS), *near], key=lambda case: (case.headings, case.quotes))
    return [[(case, case.true) for case in of_passage] for _, of_passage in cases]


def with_made(rows: Sequence[Row]) -> list[Row]:
    """The same with false sentences that are made of true ones."""
    of_document: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of_document[row[0][0].headings[0]].append(row)
    found = []
    for row in rows:
        first = row[0][0]
        made: Row = []
        true = [case.sentence for case, borne in row if borne]
        if true and random.random() < CHANGED:
            sentence = random.choice(true)
            changes = (wrong for change in MUTATIONS.values() for wrong in change(sentence, "".join(first.quotes)))
            wrong = sorted(set(changes) - {sentence})
            made += [(Case("", random.choice(wrong), first.quotes, first.headings), False)] if wrong else []
        others = [o for o in of_document[first.headings[0]] if not set(o[0][0].quotes) & set(first.quotes)]
        if others and random.random() < ELSEWHERE:
            elsewhere = [case.sentence for case, borne in random.choice(others) if borne]
            made += [(Case("", s, first.quotes, first.headings), False) for s in elsewhere[:1]]
        found.append([*row, *made])
    return found


def loss_of(model: ReaderModel, batch: Sequence[Sequence[tuple[Pair, bool]]]) -> Tensor:
    """The mean loss of the sentences of some passages."""
    flat = [(pair, borne, passage) for passage, row in enumerate(batch) for pair, borne in row]
    odds = odds_of(model, [pair for pair, _, _ in flat])
    borne = torch.tensor([float(borne) for _, borne, _ in flat])
    passage = torch.tensor([passage for _, _, passage in flat])
    loss = functional.binary_cross_entropy_with_logits(odds, borne)
    ahead = (odds[:, None] - odds)[(passage[:, None] == passage) & (borne[:, None] > borne)]
    return loss + functional.softplus(-ahead).mean() if len(ahead) else loss


def tokens_of(words: Vocabulary, case: Case) -> Pair:
    return pair_tokens(words, case.quotes, case.headings, case.sentence)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--start", type=Path, default=DATA / "reader.npz", help="the adapter to go on from")
    parser.add_argument("--out", type=Path, default=DATA / "entailment.npz")
    options = parser.parse_args()
    torch.manual_seed(0)
    random.seed(0)

    words = vocabulary(unpacked_default(default_cache_dir()))
    learned = [[(tokens_of(words, case), borne) for case, borne in row] for row in with_made(written())]
    print(f"{len(learned)} passages, {sum(map(len, learned))} sentences", flush=True)
    model = ReaderModel(read_weights(_nano_files()[0]), words, RANK)
    model.load(options.start)
    small = [*model.head.parameters(), model.types]
    train(
        [([*model.down, *model.up], RATE), (small, HEAD_RATE)], partial(loss_of, model), learned, BATCH, options.epochs
    )
    some = [row[0][0] for row in random.sample(learned, min(400, len(learned)))]
    model.save_reader(options.out, peaks_of(model, [some[i : i + 16] for i in range(0, len(some), 16)]))


if __name__ == "__main__":
    main()
