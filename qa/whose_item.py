"""Whether an item with a customary name (收费标准, 办理地点, 咨询电话) is that of the thing a question asks about.

Every guide has such items, so their names tell nothing of whose they are: the title, the headings and 事项名称 do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.document import Section, SourceDocument
from index.tokens import fold, known_word
from qa.evidence import HAN, Probe, weight_held

#: What may be done with anything, and small talk: they name no thing.
_NO_THING = re.compile(
    r"办理|办事|申[请报办领]|审[批核]|受理|提交|事项|业务|服务|指南|手续|窗口|[能办下来去上到要给我拿想带交可以才得行]+"
)
_NAMED = re.compile(r"事项名称[:：|][ \t\u3000]*([^\n|]+)")
#: Before the name of a thing: the place it is of, or nothing that belongs to it.
_PLACE_OR_LINK = "省市县区镇乡州旗盟的和及与于"
_CASE = re.compile(r"[^，,。；;：:\s]{2,20}的[，,]")
_ENOUGH = 0.3  #: share of what a question says of a thing that the names have to hold


def names_of(document: SourceDocument, section: Section | None) -> str:
    """What tells whose the items of a place are, folded: the title, the names above the place, 事项名称."""
    return fold("\n".join((document.header.title, *document.path(section), *_NAMED.findall(document.text))))


def is_of_another(asked: str, probe: Probe, document: SourceDocument, names: str, label: str, told: str) -> bool:
    """Whether a question asks for an item of another thing than that whose item this is.

    ``asked``: the folded question without the words for the item; ``names``: of ``names_of``; ``label`` and ``told``:
    the name of the item and what it says.
    """
    if _other_of_its_sort(asked, probe, document, names):
        return True
    if document.doc_id in probe.hinted:
        return False
    things = {word: weight for word, weight in things_of(asked, probe).items() if word not in fold(label)}
    # 委托他人办理的，还应当提交…: what an item says of a case is its own.
    case = fold("".join(_CASE.findall(told)))
    held = weight_held(things, probe, names) + sum(v for w, v in things.items() if w in case and w not in names)
    # What the document never says is small talk, or the thing in other words: but not all that a question says of it.
    said = sum(weight for word, weight in things.items() if word in document.text)
    return bool(things) and (not held or held < _ENOUGH * said)


def things_of(asked: str, probe: Probe) -> Mapping[str, float]:
    """The words of a question, without those for an item, that name a thing."""
    return {w: v for w, v in probe.words.items() if len(w) > 1 and w in asked and not _NO_THING.fullmatch(w)}


def _other_of_its_sort(asked: str, probe: Probe, document: SourceDocument, names: str) -> bool:
    """Whether the words that a question shares with the names end the name of another thing: 小学设立审批 beside
    幼儿园设立审批."""
    for word in probe.words:
        behind = asked[asked.find(word) + len(word) :][:2] if word in asked else ""
        at = names.find(behind) if len(behind) == 2 and HAN.match(behind[0]) else -1
        strange = len(word) > 1 and known_word(word) and word not in document.text
        if at > 0 and strange and HAN.match(names[at - 1]) and names[at - 1] not in _PLACE_OR_LINK:
            return True
    return False
