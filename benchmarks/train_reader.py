"""Train the adapter that makes a reader of the default embedding model (index/data/reader.npz).

    python benchmarks/train_reader.py [--epochs N] [--start FILE --new FOLDER ...] [--out FILE]

Questions with the sentences that the program finds for them; those that cover a gold quote answer, the others do not.
The loss of a question is minus the log probability of its answering sentences under a softmax over the candidates and
"none of them" (log odds 0), which is the right choice where nothing answers. The sets named _held are not trained on.
Afterwards calibrate.py --write fits what the reader counts for. An hour and a half on two cores with AMX; the one that
the package brings was made in three rounds (docs/decisions.md): --start goes on from an adapter, with the folders --new
of benchmarks/reader and a share of the other questions.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.calibrate import BUNDLED, DOCUMENTS, QUESTIONS, READER, SETS, bot_of  # noqa: E402
from benchmarks.lora import RANK, LowRankEncoder, short_floats, train  # noqa: E402
from index.embedder import Vocabulary, _nano_files, default_cache_dir, unpacked_default, vocabulary  # noqa: E402
from index.nano_unpack import Adapter  # noqa: E402
from index.nano_weights import NanoWeights, read_weights  # noqa: E402
from index.reader import pair_tokens  # noqa: E402
from qa.bot import PolicyQA  # noqa: E402
from qa.calibrate import gold_of  # noqa: E402
from qa.evaluation import Case, load_cases  # noqa: E402
from qa.evidence import before  # noqa: E402

LAYERS = 8
CANDIDATES = 5  #: best sentences of a question that are trained on, beside two gold ones further down
BATCH = 4  #: questions of a step
RATE, HEAD_RATE = 3e-4, 6e-4
#: Sets beside those of calibrate.py: they teach the reader what no weight of the plain signs can see.
MORE = (
    ("mixed_more", BUNDLED),
    ("pages_12_more", (DOCUMENTS / "1", DOCUMENTS / "2")),
    ("pages_34_more", (DOCUMENTS / "3", DOCUMENTS / "4")),
)
OWN = READER  #: documents and questions written for the reader; those in "held…" are left for calibrate.py


class ReaderModel(LowRankEncoder):
    """The first layers of the encoder with low-rank additions, and a head over the first output and the mean."""

    def __init__(self, model: NanoWeights, words: Vocabulary, rank: int = RANK) -> None:
        super().__init__(model, words, LAYERS, rank)
        self.head = nn.Linear(2 * self.width, 1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)
        self.types = nn.Parameter(torch.zeros(2, self.width))

    def forward(self, pairs: Sequence[tuple[list[int], list[int]]], peaks: dict[str, Tensor] | None = None) -> Tensor:
        """Log odds of each pair of question and sentence, (n,). ``peaks`` is raised to the largest inputs met."""
        embedded, mask = self.embedded([first + second for first, second in pairs])
        kinds = torch.zeros(mask.shape, dtype=torch.long)
        for row, (first, _) in enumerate(pairs):
            kinds[row, len(first) :] = 1
        real = mask.bool()

        def met(name: str, inputs: Tensor) -> None:
            if peaks is not None:
                highest = inputs[real].abs().amax(0)
                peaks[name] = torch.maximum(peaks[name], highest) if name in peaks else highest

        state = self.encoded(embedded + self.types[kinds], mask, met)
        mean = (state * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        odds: Tensor = self.head(torch.cat([state[:, 0], mean], 1)).squeeze(1).float()
        return odds

    def load(self, path: Path) -> None:
        """Start from an adapter that was saved."""
        adapter = Adapter.load(path)
        self.take(adapter)
        with torch.no_grad():
            self.head.weight.copy_(torch.tensor(adapter.head))
            self.head.bias.copy_(torch.tensor(adapter.bias))
            self.types.copy_(torch.tensor(adapter.types))

    def save_reader(self, path: Path, peaks: Mapping[str, Tensor]) -> None:
        """Write the adapter as index.nano_unpack.Adapter reads it."""
        own = {"head": self.head.weight, "bias": self.head.bias, "types": self.types}
        self.save(path, own | {f"peak.{name}": highest for name, highest in peaks.items()})


@dataclass(frozen=True)
class Example:
    """A question with its candidates as token ids, and which of them answer it."""

    pairs: list[tuple[list[int], list[int]]]
    gold: np.ndarray


def examples(bot: PolicyQA, cases: Sequence[Case], words: Vocabulary) -> Iterator[Example]:
    """What there is to learn from each question; nothing from one that is answered by none of the candidates."""
    for case in cases:
        found = bot.find(case.question, case.history, weights=bot.calibration.sentence_weights)
        told = [c for c in found.candidates if c.tells][:24]
        gold = gold_of(case, told)
        if not told or case.answerable and not gold.any():
            continue
        kept = [*range(min(CANDIDATES, len(told))), *[i for i in np.flatnonzero(gold) if i >= CANDIDATES][:2]]
        first, seconds = pair_tokens(words, found.question.core, [(before(told[i]), told[i].text) for i in kept])
        yield Example([(first, second) for second in seconds], gold[kept])


def odds_of(model: ReaderModel, pairs: Sequence[tuple[list[int], list[int]]]) -> Tensor:
    """Log odds of each pair, (n,): short ones and long ones are computed apart, so that there is little padding."""
    order = sorted(range(len(pairs)), key=lambda i: sum(map(len, pairs[i])))
    cut = len(order) * 2 // 3
    with short_floats():
        odds = torch.cat([model([pairs[i] for i in part]) for part in (order[:cut], order[cut:]) if part])
    return odds[torch.tensor(np.argsort(order))]


def loss_of(model: ReaderModel, batch: Sequence[Example]) -> Tensor:
    """The mean loss of some questions."""
    odds = odds_of(model, [pair for example in batch for pair in example.pairs])
    total, at = torch.zeros(()), 0
    for example in batch:
        reach = torch.cat([odds[at : at + len(example.pairs)], torch.zeros(1)])
        right = torch.tensor(np.append(example.gold, not example.gold.any()))
        total = total + torch.logsumexp(reach, 0) - torch.logsumexp(reach[right], 0)
        at += len(example.pairs)
    return total / len(batch)


def peaks_of(model: ReaderModel, batches: Iterable[Sequence[tuple[list[int], list[int]]]]) -> dict[str, Tensor]:
    """The largest absolute value of each input of each matrix over some pairs."""
    peaks: dict[str, Tensor] = {}
    with torch.no_grad():
        for pairs in batches:
            model(pairs, peaks)
    return peaks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--start", type=Path, help="an adapter to go on from")
    parser.add_argument("--new", nargs="*", default=[], help="folders of benchmarks/reader that are new to it")
    parser.add_argument("--out", type=Path, default=HERE.parent / "index" / "data" / "reader.npz")
    parser.add_argument("--data-dir", type=Path, default=Path("build/calibration"))
    options = parser.parse_args()
    torch.manual_seed(0)
    random.seed(0)

    words = vocabulary(unpacked_default(default_cache_dir()))
    own = [
        (folder / "questions.jsonl", (folder / "documents",))
        for folder in sorted(OWN.iterdir())
        if not folder.name.startswith("held")
    ]
    sets = [(QUESTIONS / f"{name}.jsonl", folders) for name, folders in (*SETS, *MORE)]
    learned: list[Example] = []
    known: list[Example] = []
    for path, folders in (*sets, *own):
        found = list(examples(bot_of(folders, options.data_dir), load_cases(path), words))
        old = bool(options.new) and not (path.is_relative_to(OWN) and path.parent.name in options.new)
        (known if old else learned).extend(found)
        print(f"{path.parent.name}/{path.stem}: {len(found)} questions", flush=True)
    learned += random.sample(known, min(len(known), len(learned) // 2))
    model = ReaderModel(read_weights(_nano_files()[0]), words)
    if options.start:
        model.load(options.start)
    if options.epochs:
        small = [*model.head.parameters(), model.types]
        rates = [([*model.down, *model.up], RATE), (small, HEAD_RATE)]
        train(rates, partial(loss_of, model), learned, BATCH, options.epochs)
    model.save_reader(
        options.out, peaks_of(model, [example.pairs for example in random.sample(learned, min(400, len(learned)))])
    )


if __name__ == "__main__":
    main()
