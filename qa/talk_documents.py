"""The documents that a talk has been told from: which one an answer was taken from, how a question calls it, and whether
the next question may still be asked of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from corpus.document import Header
from index.passage import Passage
from index.tokens import fold
from qa.answer import is_refusal
from qa.editions import bare_title
from qa.starters import short_title
from qa.topics import own_words

_CLAUSE = re.compile(r"[，,。；;！!？?：:\n]|\[\d+\]")
_LEAST = 6  #: characters of a clause of an answer that are found elsewhere by no chance


def told_from(answer: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The doc_ids of the documents that an answer quotes, that of most of it first; none where no passage holds any of it."""
    clauses = [] if is_refusal(answer) else [c for c in map(fold, _CLAUSE.split(answer)) if len(c) >= _LEAST]
    said = Counter[str]()
    for passage in passages:
        text = fold(passage.text)
        said[passage.doc_id] += sum(len(clause) for clause in clauses if clause in text)
    return tuple(doc_id for doc_id, length in said.most_common() if length)


def goes_on_in(question: str, texts: Sequence[str], occurs: Callable[[str], bool]) -> bool:
    """Whether a question names nothing that other documents have and these, of folded ``texts``, have not.

    ``occurs``: whether a string stands in the documents.
    """
    words = [fold(word) for word in own_words(question) if len(word) > 1]
    return all(any(word in text for text in texts) or not occurs(word) for word in words)


def of_their_names(doc_ids: Sequence[str], headers: Mapping[str, Header]) -> frozenset[str]:
    """Documents with those that are the same rule or about it: other editions, copies, questions and answers on it."""
    names = {doc_id: bare_title(header.title) for doc_id, header in headers.items()}
    meant = {names[doc_id] for doc_id in doc_ids} - {""}
    return frozenset(doc_id for doc_id, name in names.items() if name in meant) | {*doc_ids}


def name_of(header: Header, others: Sequence[Header]) -> str:
    """《…》 as a question calls a document, with its number where another one has the same title."""
    title = short_title(header) or header.title
    alike = header.number and any(o.title == header.title and o.number != header.number for o in others)
    return f"《{title}》" + (f"（{header.number}）" if alike else "")
