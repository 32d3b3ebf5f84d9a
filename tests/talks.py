"""A follow-up as it is asked after the turns before it."""

from __future__ import annotations

from qa.followup import rewrite


def asked(question: str, *before: str | tuple[str, str]) -> str:
    """The question that stands alone; of an earlier turn given as its question alone, no answer is known."""
    history = [(turn, "") if isinstance(turn, str) else turn for turn in before]
    return rewrite(question, history).standalone
