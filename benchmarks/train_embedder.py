"""Tune the default embedding model to questions about Chinese official documents (index/data/encoder.npz).

    python benchmarks/train_embedder.py [--epochs N] [--start FILE] [--out FILE] [FOLDER ...]

Learns from the answerable questions of benchmarks/reader (or the folders of it that are named; never "held…"): the
question is to come nearer to a sentence that answers it than to sentences that were found for it and do not answer, and
than to those of other questions. Two losses are added: InfoNCE (van den Oord et al. 2018, "Representation Learning with
Contrastive Predictive Coding") over the vectors of whole texts, and the same over the nearness word by word
(index.late), which both come from one computation. Afterwards calibrate.py --write fits everything that counts with
vectors. Half an hour for each pass over 5,000 questions on two cores without AMX.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.calibrate import READER, bot_of  # noqa: E402
from benchmarks.lora import LowRankEncoder, short_floats, train  # noqa: E402
from index.embedder import (  # noqa: E402
    Vocabulary,
    _nano_files,
    default_cache_dir,
    own_tokens,
    unpacked_default,
    vocabulary,
)
from index.nano_unpack import LowRank  # noqa: E402
from index.nano_weights import read_weights  # noqa: E402
from qa.bot import PolicyQA  # noqa: E402
from qa.calibrate import gold_of  # noqa: E402
from qa.evaluation import Case, load_cases  # noqa: E402
from qa.evidence import token_weights  # noqa: E402
from qa.measures import covers  # noqa: E402

BATCH, RATE = 8, 2e-4  #: questions of a step
TEMPERATURE = 0.03
GOLD = 3  #: answering sentences of a question that are drawn from
HARD, FAR = 8, 24  #: other sentences that are drawn from: those that stand first, and all
WRONG = 4  #: sentences drawn for a question that do not answer it, the last from all of FAR
LONGEST = {"query: ": 64, "passage: ": 100}  #: tokens


@dataclass(frozen=True)
class Example:
    """A question with sentences that answer it and others that were found for it."""

    topic: str
    weights: np.ndarray  #: what each of its tokens counts for
    quotes: tuple[str, ...]
    gold: tuple[str, ...]
    wrong: tuple[str, ...]  #: best first


def examples(bot: PolicyQA, cases: Sequence[Case]) -> Iterator[Example]:
    """What there is to learn from the answerable questions of which a sentence that answers is found."""
    for case in cases:
        if not case.answerable:
            continue
        found = bot.find(case.question, case.history, weights=bot.calibration.sentence_weights)
        told = [c for c in found.candidates if c.tells]
        gold = gold_of(case, told)
        if gold.any():
            tokens, _ = bot.embedder.embed_tokens(found.probe.topic)
            yield Example(
                found.probe.topic,
                token_weights(tokens, found.probe.words),
                tuple(e.quote for e in case.evidence),
                tuple(told[i].text for i in np.flatnonzero(gold)[:GOLD]),
                tuple(c.text for c, answers in zip(told[:FAR], gold, strict=False) if not answers),
            )


@dataclass(frozen=True)
class Encoded:
    """Unit vectors of a text and of each of its own tokens."""

    whole: Tensor
    tokens: Tensor


def encoded(model: LowRankEncoder, prompt: str, texts: Sequence[str]) -> list[Encoded]:
    """The texts as index.embedder encodes them, with the prompt before each."""
    found = [_tokens(model.words, prompt, text) for text in texts]
    embedded, mask = model.embedded([ids for ids, _ in found])
    states = model.encoded(embedded, mask).float()
    whole = functional.normalize((states * mask[..., None]).sum(1), dim=-1)
    states = functional.normalize(states, dim=-1)
    return [Encoded(whole[row], states[row][own]) for row, (_, own) in enumerate(found)]


def _tokens(words: Vocabulary, prompt: str, text: str) -> tuple[list[int], list[int]]:
    """Token ids of a text with its prompt, cut to LONGEST, and the places of its own tokens."""
    encoding = words.tokenizer.encode(words.normalized(prompt + text))
    ids, own, most = encoding.ids, own_tokens(encoding.offsets, len(prompt)), LONGEST[prompt]
    return (ids, own) if len(ids) <= most else ([*ids[: most - 1], ids[-1]], [i for i in own if i < most - 1])


def near(question: Encoded, weights: np.ndarray, sentences: Sequence[Encoded]) -> Tensor:
    """How near a question comes to each sentence word by word: the mean over its tokens, by weight, of the cosine with
    the nearest token there (n,)."""
    size = min(len(question.tokens), len(weights))
    counted = torch.tensor(weights[:size])
    kept = counted > 0
    padded = nn.utils.rnn.pad_sequence([s.tokens for s in sentences], batch_first=True)
    beyond = torch.arange(padded.shape[1])[None, :] >= torch.tensor([len(s.tokens) for s in sentences])[:, None]
    cosines = torch.einsum("qd,nld->nql", question.tokens[:size][kept], padded).masked_fill(beyond[:, None, :], -1.0)
    nearest: Tensor = (cosines.amax(2) * counted[kept]).sum(1) / counted[kept].sum()
    return nearest


def loss_of(model: LowRankEncoder, batch: Sequence[Example]) -> Tensor:
    """The mean loss of some questions, each against the sentences drawn for all of them."""
    texts = list(dict.fromkeys(text for example in batch for text in _drawn(example)))
    # Short texts and long ones apart, so that little padding is computed.
    texts.sort(key=len)
    cut = len(texts) * 2 // 3
    with short_floats():
        questions = encoded(model, "query: ", [example.topic for example in batch])
        sentences = [s for part in (texts[:cut], texts[cut:]) if part for s in encoded(model, "passage: ", part)]
    answers = torch.tensor([[any(covers(text, q) for q in example.quotes) for text in texts] for example in batch])
    cosines = torch.stack([q.whole for q in questions]) @ torch.stack([s.whole for s in sentences]).T
    words = torch.stack([near(q, e.weights, sentences) for q, e in zip(questions, batch, strict=True)])
    return sum((_surprise(scores / TEMPERATURE, answers) for scores in (cosines, words)), torch.zeros(()))


def _drawn(example: Example) -> list[str]:
    first = random.sample(example.wrong[:HARD], min(WRONG - 1, len(example.wrong[:HARD])))
    rest = [text for text in example.wrong if text not in first]
    return [random.choice(example.gold), *first, *random.sample(rest, min(1, len(rest)))]


def _surprise(scores: Tensor, answers: Tensor) -> Tensor:
    """Minus the log probability of the answering sentences under a softmax over all, mean over the questions."""
    return (torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~answers, -1e9), 1)).mean()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", help="names of folders in benchmarks/reader; all without")
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--start", type=Path, help="additions to go on from")
    parser.add_argument("--out", type=Path, default=HERE.parent / "index" / "data" / "encoder.npz")
    parser.add_argument("--data-dir", type=Path, default=Path("build/calibration"))
    options = parser.parse_args()
    torch.manual_seed(0)
    random.seed(0)

    learned: list[Example] = []
    names = options.folders or sorted(f.name for f in READER.iterdir() if f.is_dir() and not f.name.startswith("held"))
    for name in names:
        bot = bot_of((READER / name / "documents",), options.data_dir)
        learned += examples(bot, load_cases(READER / name / "questions.jsonl"))
        print(f"{name}: {len(learned)} questions so far", flush=True)
    weights = read_weights(_nano_files()[0])
    model = LowRankEncoder(weights, vocabulary(unpacked_default(default_cache_dir())), weights.layers)
    if options.start:
        model.take(LowRank.load(options.start))
    rates = [([*model.down, *model.up], RATE)]
    train(rates, partial(loss_of, model), learned, BATCH, options.epochs)
    model.save(options.out)


if __name__ == "__main__":
    main()
