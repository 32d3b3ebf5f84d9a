"""How a question and a sentence are put to the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Header
from index.reader import Reader
from qa.announced import OPENS, items_behind
from qa.evidence import Candidate, before
from qa.source_sides import owners

_ITEMS = 160  #: characters of what a sentence announces that are read with it
_LEAST = 4  #: characters of a question that are left of it without a name


def read_together(reader: Reader, question: str, sentences: Sequence[Candidate]) -> list[float]:
    """The reader's log odds that each sentence answers the question."""
    asked = [without_owner(question, sentence.document.header) for sentence in sentences]
    said: dict[int, float] = {}
    for wording in dict.fromkeys(asked):
        own = [n for n, other in enumerate(asked) if other == wording]
        odds = reader.odds(wording, [(before(sentences[n]), with_announced(sentences[n])) for n in own])
        said.update(zip(own, odds.tolist(), strict=True))
    return [said[n] for n in range(len(sentences))]


def with_announced(sentence: Candidate) -> str:
    """A sentence with the beginning of what it announces: 标准如下： answers nothing by itself."""
    if not OPENS.search(sentence.text.rstrip()):
        return sentence.text
    told = [sentence.document.text[a:b].strip() for a, b in items_behind(sentence.document, sentence.end)]
    return sentence.text if any("|" in item for item in told) else sentence.text + "".join(told)[:_ITEMS]


def without_owner(question: str, header: Header) -> str:
    """A question without the name of the place whose document it is: no sentence of it repeats that.

    >>> without_owner("丁市的渡船多久检修一次？", Header("丁市渡船管理办法", issuer="丁市人民政府"))
    '渡船多久检修一次？'
    """
    for level, name in owners(header).items():
        rest = re.sub(rf"{re.escape(name)}{level}?的?", "", question, count=1) if name else question
        if len(rest) >= _LEAST and rest != question:
            return rest
    return question
