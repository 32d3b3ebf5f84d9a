"""Which reading of a follow-up is meant, told by the documents: what each one finds in them, as it is read to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.followup import FollowUp

if TYPE_CHECKING:
    from qa.finding import Found

#: Log odds. They were tried out on two sets of talks, of which no script is left: those of a calibration are fitted.
_READ = 0.5  #: those from which a sentence is read to answer another reading
_CLEARLY = 4.0  #: by how much better it has to be read than the best sentence of the first reading
_DOUBTED = 0.0  #: those of the best sentence of the first reading, from which that is taken without asking further
_ELSEWHERE = 4.0  #: by how much better a sentence of other documents than those last cited has to be read


def chosen(first: FollowUp, told: frozenset[str], find: Callable[[FollowUp], Found]) -> FollowUp:
    """The reading of a follow-up that is meant: the ``first`` one, unless another one finds in the documents last cited,
    ``told``, what is read clearly better to answer it, or the first one leads away from them for no clearly better answer.

    ``find``: what a reading finds.
    """
    if not first.readings or not told:
        return first
    odds, doc_id = _best(find(first))
    strays = doc_id not in told
    if odds >= _DOUBTED and not strays:
        return first
    least = odds - _ELSEWHERE if strays and not first.joined else odds + _CLEARLY
    others = [replace(first, standalone=wording, readings=(), otherwise="", kept=told) for wording in first.readings]
    read = [(_best(find(other))[0], other) for other in others]
    best, other = max(read, key=lambda pair: pair[0])
    return other if best > max(_READ, least) else first


def _best(found: Found) -> tuple[float, str]:
    """The log odds of the sentence that is read best of those of a reading, and the document that it stands in."""
    told = [(c.odds, c.document.doc_id) for c in found.candidates if c.tells]
    return max(told, key=lambda pair: (pair[0] != 0.0, pair[0])) if told else (-99.0, "")
