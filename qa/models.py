"""What can go wrong with a language model."""

from __future__ import annotations


class ModelUnavailable(ValueError):  # noqa: N818 - says what is the matter
    """A language model cannot be used: not there, not whole, or it did not answer.

    The message is Chinese and names the next step.
    """
