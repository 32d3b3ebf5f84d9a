"""How sentences are put to the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.reader import Reader
from index.tokens import fold
from qa.amounts import amounts
from qa.announced import OPENS
from qa.evidence import HAN, Candidate, before
from qa.register import open_register
from qa.told_lists import items_behind

_ITEMS = 160  #: characters of what a sentence announces that are read with it


def read_together(reader: Reader, question: str, sentences: Sequence[Candidate]) -> list[float]:
    """The reader's log odds that each sentence answers the question."""
    asked = in_their_words(question, [fold(s.text) for s in sentences])
    said: list[float] = reader.odds(asked, [(before(s), with_announced(s)) for s in sentences]).tolist()
    return said


def in_their_words(question: str, texts: Sequence[str]) -> str:
    """A question with the official names for those in Latin letters (GDP) that none of the folded texts has: of such names
    the reader knows little."""
    for name, official in open_register().expand(question).items() if HAN.search(question) else ():
        held = next((word for word in official if any(word in text for text in texts)), "")
        if held and _LATIN.fullmatch(name) and not any(name in text for text in texts):
            question = re.sub(re.escape(name), held, question, flags=re.IGNORECASE)
    return question


_LATIN = re.compile("[a-z0-9.]{2,8}")


def with_announced(sentence: Candidate) -> str:
    """A sentence with the beginning of what it announces, where that holds figures: 标准如下： answers nothing by itself. The
    rows of a table are left out: without its columns the reader makes nothing of them."""
    if not OPENS.search(sentence.text.rstrip()):
        return sentence.text
    told = [sentence.document.text[a:b].strip() for a, b in items_behind(sentence.document, sentence.end)]
    rows = any("|" in item for item in told)
    return sentence.text + "".join(told)[:_ITEMS] if not rows and amounts(fold("".join(told))) else sentence.text
