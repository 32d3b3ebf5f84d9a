"""Follow-ups that were joined to what the talk is about, and what they bring themselves: 校车费退吗 behind 孩子请假一周."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from index.tokens import fold
from qa.evidence import Candidate
from qa.extractive import Draft
from qa.followup_topics import has_subject
from qa.slots import STATE
from qa.topics import own_words, topic_of

if TYPE_CHECKING:
    from qa.finding import Found


_SUPPOSES = re.compile("要是|如果|假如|倘若|万一|的话")
#: Ways to answer in which a sentence is chosen for what it says: who leads a task, or a table, is looked up.
_BY_READING = ("sentences", "clause", "whether")


def is_joined(found: Found) -> bool:
    """Whether a follow-up that may stand alone was joined to what the talk is about."""
    return bool(found.otherwise) and found.question.standalone.endswith(found.otherwise)


def silent_on_its_own(found: Found, draft: Draft, odds: Callable[[str, Sequence[Candidate]], Sequence[float]]) -> bool:
    """Whether a joined follow-up names a thing, and no case, of which a draft tells nothing in any words, and no sentence of
    that is read to answer the follow-up alone; ``odds``: the log odds that sentences answer a question."""
    alone = found.otherwise
    case = STATE.search(topic_of(alone)) or _SUPPOSES.search(alone)
    named = is_joined(found) and has_subject(alone) and not case
    own = _brought(found)
    if draft.method not in _BY_READING or not named or not own or _stands(own, draft):
        return False
    other = [form for word in own for form in found.probe.expansions.get(fold(word), ())]
    told = {span[:2] for line in draft.lines for span in line.spans}
    best = [c for c in found.candidates if any(c.document.doc_id == d and c.start <= at < c.end for d, at in told)]
    return bool(best) and not _stands(other, draft) and max(odds(alone, best)) < 0.0


def _brought(found: Found) -> list[str]:
    return [word for word in own_words(found.otherwise) if len(word) > 1]


def _stands(words: Sequence[str], told: Draft) -> bool:
    return any(fold(word) in fold(line.text) for line in told.lines for word in words)
