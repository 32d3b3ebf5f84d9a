"""Of the members of a list those that a question asks for by what they are: 哪些是免费的, 哪些在国外, of all that are listed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from corpus.document import SourceDocument
from corpus.labels import without_label
from corpus.sentences import line_span
from index.tokens import fold
from qa.announced import OPENS
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line, closed
from qa.listing import heading_of, listed_children
from qa.question import ASKING_WORDS
from qa.told_lists import items_behind

Place = tuple[int, int]

_ASKS_SOME = re.compile(r"哪(?:些|几[个项条种类家名位所])(?P<behind>[^,，。?？]*)")
#: Places beyond the country, by which a member is known to be abroad.
ASKS_ABROAD = re.compile("国外|境外|海外|外国|出国|出境")
ABROAD = re.compile(
    "日本|韩国|朝鲜|蒙古|俄罗斯|新加坡|马来西亚|泰国|越南|老挝|缅甸|柬埔寨|菲律宾|印度尼西亚|印尼|印度|尼泊尔|巴基斯坦|哈萨克斯坦|乌兹别克斯坦"
    "|伊朗|伊拉克|沙特|阿联酋|以色列|土耳其|埃及|摩洛哥|肯尼亚|埃塞俄比亚|南非|尼日利亚|英国|法国|德国|意大利|西班牙|葡萄牙|荷兰|比利时|瑞士|瑞典"
    "|挪威|芬兰|丹麦|奥地利|波兰|捷克|匈牙利|希腊|乌克兰|美国|加拿大|墨西哥|古巴|巴西|阿根廷|智利|秘鲁|澳大利亚|新西兰|欧洲|非洲|美洲|东南亚|中亚"
)
_NOT = re.compile(r"(?:不|无需|无须|没有?|非)[\u4e00-\u9fff]{0,2}$|不[准许让得能可](?![^不]{0,6}不)|禁止|严禁")


def answer_some_members(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The members of a list near the best sentence that have what a question asks for by its last word, where some have
    it, others have not and nothing that announces them says it of all; None for other questions."""
    core = fold(probe.question.core)
    asked = _ASKS_SOME.search(core)
    if asked is None or probe.question.kinds & {"whether", "count", "compare", "duty"}:
        return None
    best = next((c for c in found if c.tells), None)
    for candidate in dict.fromkeys(c for c in (best, *found[:1]) if c is not None and "|" not in c.text):
        document = candidate.document
        for lead, items in _lists_at(candidate):
            held = _having(probe, core, asked["behind"], document, lead, items)
            if held:
                lines = (
                    Line(closed(without_label(document.text[a:b].strip())), ((document.doc_id, a, b),)) for a, b in held
                )
                return Draft(tuple(lines), method="members")
    return None


def _having(
    probe: Probe, core: str, behind: str, document: SourceDocument, lead: str, items: Sequence[Place]
) -> list[Place]:
    """The members that have what is asked for; none where all have it, none has, or it is asked for by what is not."""
    told = [fold(document.text[a:b]) for a, b in items]
    abroad = ASKS_ABROAD.search(core)
    if abroad is not None and not ASKS_ABROAD.search(lead):
        held = [place for place, text in zip(items, told, strict=True) if ABROAD.search(text)]
        return held if len(held) < len(items) else []
    own = [w for w in probe.words if len(w) > 1 and w in behind and w not in ASKING_WORDS]
    last = max(own, key=lambda w: (behind.rfind(w) + len(w), len(w)), default=None)
    if last is None or last in lead or _NOT.search(behind[: behind.rfind(last)]):
        return []
    if any(_announces(text, last) for text in told):
        return []  # 哪些条件: all that the member announces are asked for, not the member that has the word
    held = [place for place, text in zip(items, told, strict=True) if last in text]
    return held if 2 * len(held) <= len(items) else []


def _announces(text: str, word: str) -> bool:
    """Whether a member opens a list of its own, or tells one by a word: 有下列情形之一的，列入名单：…; 办理条件：…"""
    return bool(re.search(f"(?:下列|以下|如下)[^。;；]*[:：]|{re.escape(word)}[^,，。;；:：]{{0,6}}[:：]", text))


def _lists_at(candidate: Candidate) -> list[tuple[str, list[Place]]]:
    """The lists around a sentence, each with what stands above it, folded: the items that it announces or, where it announces
    none, the members of its paragraph behind a colon and the items beside it."""
    document, text = candidate.document, candidate.document.text
    above = fold("".join((document.header.title, *document.path(candidate.section))))
    behind, item = items_behind(document, candidate.end), candidate.section
    if len(behind) > 1 or OPENS.search(candidate.text.rstrip()):
        return [(above + fold(candidate.text), behind)]
    lists: list[tuple[str, list[Place]]] = []
    begin, end = line_span(text, candidate.start)
    series = _SERIES.search(text, begin, end)
    if series is not None:
        places = [m.span() for m in _MEMBER.finditer(text, series.start("members"), series.end("members"))]
        lists.append((above + fold(text[begin : series.start("members")]), places))
    for section in islice(document.upwards(item), 2):
        children = listed_children(document, section)
        heads = [heading_of(document, child) for child in children]
        if len(children) > 1 and not any(OPENS.search(text[a:b].rstrip()) for a, b in heads):
            lists.append((above + fold(text[section.start : children[0].start]), heads))
    return lists


#: Members parted by semicolons behind a colon.
_SERIES = re.compile(r"[：:](?P<members>[^\n：:]{4,}[；;][^\n]+)")
_MEMBER = re.compile("[^；;。\n]+[；;。]?")
