"""Whether quotes bear a sentence in other words: both read together by a small encoder.

The default one is the default embedding model with an adapter (data/entailment.npz) that
``benchmarks/train_entailment.py`` has trained on sentences in other words, true and false. It knows nothing of figures,
names and roles that ``qa.support`` does not look at first.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from index.embedder import EmbedderUnavailable, Vocabulary, default_cache_dir, unpacked_default, vocabulary
from index.reader import PairEncoder

#: Most tokens of the headings, of the quotes, and of the sentence that are read.
HEADINGS, QUOTES, SENTENCE = 32, 220, 100


class Entailment(Protocol):
    """Reads quotes and a sentence together."""

    def odds(self, quotes: Sequence[str], headings: Sequence[str], sentence: str) -> float:
        """The log odds that the quotes, which stand below the headings, bear the sentence."""
        ...


def open_entailment(cache_dir: Path | None = None) -> Entailment | None:
    """The default one, loaded at first use; None where there is none for this system."""
    try:
        return DefaultEntailment(unpacked_default(cache_dir or default_cache_dir()))
    except EmbedderUnavailable:
        return None


class DefaultEntailment:
    """The default embedding model with an adapter, loaded at first use."""

    def __init__(self, folder: Path) -> None:
        self._encoder = PairEncoder(folder, "entailment")

    def odds(self, quotes: Sequence[str], headings: Sequence[str], sentence: str) -> float:
        """See Entailment."""
        pair = pair_tokens(vocabulary(self._encoder.folder), quotes, headings, sentence)
        return float(self._encoder.odds([pair])[0])


def pair_tokens(
    words: Vocabulary, quotes: Sequence[str], headings: Sequence[str], sentence: str
) -> tuple[list[int], list[int]]:
    """Token ids of the headings with the quotes, and of the sentence, as the encoder was trained."""
    begin, end = words.ends
    above = words.ids("passage: " + " | ".join(dict.fromkeys(filter(None, headings))))[:HEADINGS]
    first = [begin, *above, *words.ids(" | " + "\n".join(quotes))[:QUOTES], end]
    return first, [*words.ids(f"query: {sentence}")[:SENTENCE], end]
