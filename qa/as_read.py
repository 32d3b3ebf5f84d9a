"""How sentences are put to the reader."""

from __future__ import annotations

from collections.abc import Sequence

from index.reader import Reader
from index.tokens import fold
from qa.amounts import amounts
from qa.announced import OPENS, items_behind
from qa.evidence import Candidate, before

_ITEMS = 160  #: characters of what a sentence announces that are read with it


def read_together(reader: Reader, question: str, sentences: Sequence[Candidate]) -> list[float]:
    """The reader's log odds that each sentence answers the question."""
    said: list[float] = reader.odds(question, [(before(s), with_announced(s)) for s in sentences]).tolist()
    return said


def with_announced(sentence: Candidate) -> str:
    """A sentence with the beginning of what it announces, where that holds figures: 标准如下： answers nothing by itself. The
    rows of a table are left out: without its columns the reader makes nothing of them."""
    if not OPENS.search(sentence.text.rstrip()):
        return sentence.text
    told = [sentence.document.text[a:b].strip() for a, b in items_behind(sentence.document, sentence.end)]
    rows = any("|" in item for item in told)
    return sentence.text + "".join(told)[:_ITEMS] if not rows and amounts(fold("".join(told))) else sentence.text
