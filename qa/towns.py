"""Names of towns in questions, and whose a document is: of a province, a city or a county."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from corpus.document import AUTHORITY, Header
from index.tokens import fold, known_word

#: Characters of grammar, which no name of a place holds; and those before 省, 市 or 县 in words for a sort of place.
_GRAMMAR = (
    "在是的了和与跟及或里那这有为由把被让给对按从以向就都也还要能会可不没去来看说问想请叫我你他她它们各全本该某听啥什么哪谁几多每两"
    "省市县区跨同到回于所其并而则一二三四五六七八九十第零〇个只找"
)
SORTS = "级辖治困大小强弱城超上股夜集门菜楼车花黑早后外邻兄弟穷富地"
_TOWN = re.compile(
    rf"(?=((?![{_GRAMMAR}])[\u4e00-\u9fff](?![{_GRAMMAR}{SORTS}])[\u4e00-\u9fff])([省市县])(?![场民值长级域面内城镇辖]|政(?!府)))"
)
#: 我在…, 户口在…: where the person is who asks; what the documents say may hold there too.
FROM_HOME = re.compile(r"(?:我们?|咱们?|住|户口|户籍|来自|老家)[^,，。]{0,4}$")


def towns_named(folded: str) -> list[str]:
    """The provinces, cities and counties of two characters that a folded question names, 平岗县, in order."""
    found = []
    for match in _TOWN.finditer(folded):
        name, town = match[1], match[1] + match[2]
        word = known_word(name) and not known_word(town)  # 试点市, 示范县: no names
        before = folded[max(0, match.start() - 1) : match.start() + 1]
        word = word or (len(before) == 2 and known_word(before) and not known_word(town))  # 时候|报省
        word = word or (name.endswith("中") and not known_word(name))  # 某项工作中|省教育厅, but 汉中市
        if not word and not FROM_HOME.search(folded[: match.start()]):
            found.append(town)
    return list(dict.fromkeys(found))


#: A district, town or township of two characters: 平湖区, and no 小区.
_DISTRICT = re.compile(
    rf"(?=((?![{_GRAMMAR}年月日度])[\u4e00-\u9fff](?![{_GRAMMAR}{SORTS}年月日度])[\u4e00-\u9fff])(区|镇|乡|街道)(?![域分间划块段长委号]))"
)


def districts_named(folded: str) -> list[str]:
    """The districts, towns and townships of two characters that a folded question names, in order: no words
    (老城区).

    >>> districts_named("平湖区零售额多少"), districts_named("2024年城镇和老城区零售额多少")
    (['平湖区'], [])
    """
    return [
        m[1] + m[2]
        for m in _DISTRICT.finditer(folded)
        if not (known_word(m[1] + m[2]) or FROM_HOME.search(folded[: m.start()]))
    ]


#: Whose a document is, by how its title or its issuer begins: a province, a city of one, a county of that.
_OWNER = re.compile(
    r"^(?:[^《]*《|关于(?:印发)?)?(?P<省>[\u4e00-\u9fff]{2,5}?(?:省|自治区))?(?P<市>[\u4e00-\u9fff]{2,6}?(?:市(?!场)|自治州|州|盟|地区))?"
    r"(?P<县>[\u4e00-\u9fff]{1,6}?(?:县|自治县|旗|区(?!域|分)))?"
)
_UNDER_THE_STATE = ("北京", "上海", "天津", "重庆")  #: cities that are provinces
_NATIONAL = re.compile(r"^(?:国务院|国家|全国|中华人民共和国|中共中央|中央)")


def owners(header: Header) -> Mapping[str, str]:
    """The level of a document, 国家, 省, 市 or 县, with the name of whose it is, as far as its header tells: of a city
    that is a province both. Empty where it tells nothing."""
    return _owners_by(header.issuer or "", header.title, header.authority <= AUTHORITY["ministry"])


@lru_cache(maxsize=16_384)  # each question looks at all documents
def _owners_by(issuer: str, title: str, national: bool) -> Mapping[str, str]:
    for name in map(fold, (issuer, title)):
        if national or _NATIONAL.search(name):
            return {"国家": ""}
        owner = _OWNER.match(name)
        held = {level: place for level, place in owner.groupdict().items() if place} if owner else {}
        if held:
            level = list(held)[-1]
            city = held.get("市", "")
            both = level == "市" and city.startswith(_UNDER_THE_STATE)
            return {"省": city, "市": city} if both else {level: held[level]}
    return {}


LEVELS = ("国家", "省", "市", "县")  #: from the highest


def may_tell_of(place: str, header: Header) -> bool:
    """Whether a document may tell what holds in a place that its title does not name: it is of no other place, or of a
    higher one. What a city says where it cites its province is no word of the province."""
    own = owners(header)
    if not own or place in own.values():
        return True
    level = next((i for i, one in enumerate(LEVELS) if place.endswith(one)), len(LEVELS))
    return min(map(LEVELS.index, own)) < level
