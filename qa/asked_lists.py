"""Which of several announced lists a question asks for: 报送下列材料： and not 符合下列条件： where it asks 哪些材料."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.tokens import fold
from qa.evidence import Candidate, Probe
from qa.listing import excludes

_LOOKED_AT = 8  #: sentences among which the list is sought
#: How far below the best one it may be scored, and in a document that the question points at.
_BEHIND, _BEHIND_MEANT = 2.5, 4.0
_ANNOUNCED = re.compile(r"(?:下列|以下|如下)[^,;。:]{0,4}?(?P<noun>[\u4e00-\u9fff]{2})(?:之一)?的?(?:[,:]|$)")
_ASKED = re.compile(r"(?:哪些|哪几[个种项类条份样]|什么|啥)(?:样的)?(?P<noun>[\u4e00-\u9fff]{2})(?:[?,。]|$)")

_ASKS_FORBIDDEN = re.compile("不(?:许|准|让|得(?!不)|能|可以|予|给)|禁止|严禁")


def of_asked_list(probe: Probe, found: Sequence[Candidate]) -> Candidate | None:
    """The sentence that belongs before the best one, where that announces a list of something else than is asked for, of what
    is allowed where that asks what is not, or one of a document that the question does not point at; None where it does neither, or nothing else comes near.

    What announces materials to be handed in is near to every question for materials, whatever they are for.
    """
    telling = [c for c in found if c.tells][:_LOOKED_AT]
    first = telling[0] if telling else None
    announced = _ANNOUNCED.search(fold(first.text)) if first is not None else None
    if first is None or announced is None or first.text.rstrip()[-1:] not in ("：", ":"):
        return None
    if probe.hinted and first.document.doc_id not in probe.hinted:
        meant = (c for c in telling[1:] if c.document.doc_id in probe.hinted)
        return next((c for c in meant if c.score >= first.score - _BEHIND_MEANT), None)
    near = [c for c in telling[1:] if c.score >= first.score - _BEHIND]
    core = fold(probe.question.core)
    if _ASKS_FORBIDDEN.search(core) and not excludes(first.text):
        return next((c for c in near if c.text.rstrip()[-1:] in "：:" and excludes(c.text)), None)
    asked = _ASKED.search(core)
    if asked is None or asked["noun"] in fold(first.text):
        return None
    named = re.compile(rf"(?:下列|以下|如下)[^,;。:]{{0,4}}?{asked['noun']}(?:之一)?的?[,:]")
    return next((c for c in near if c.document is first.document and named.search(fold(c.text))), None)
