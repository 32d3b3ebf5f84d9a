"""Names of towns in questions."""

from __future__ import annotations

import re

from index.tokens import known_word

#: Characters of grammar, which no name of a place holds; and those before 省, 市 or 县 in words for a sort of place.
_GRAMMAR = (
    "在是的了和与及或里那这有为由把被让给对按从以向就都也还要能会可不没去来看说问想请叫我你他她它们各全本该某听啥什么哪谁几多每两"
    "省市县区跨同到回于所其并而则一二三四五六七八九十第零〇个"
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
