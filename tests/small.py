"""A real bot over a few short texts, with vectors that can be checked by eye."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fakes import HashEmbedder
from qa.bot import PolicyQA


def bot_of(folder: Path, texts: Mapping[str, str]) -> PolicyQA:
    """A bot over texts, by the ids of their documents; they and its index lie in the folder."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return PolicyQA.open([folder], folder / "data", embedder=HashEmbedder())
