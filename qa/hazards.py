"""Plans for emergencies: the hazard that a question names, of whose plan an answer has to be."""

from __future__ import annotations

import re

from index.tokens import fold

#: What is asked of such plans. 应急 alone may be of anything.
_OF_PLAN = re.compile(r"预案|响应|预警|总?指挥(?:部|长)?")
#: Hazards by the words of questions, and what a text on the same hazard has, by whatever name.
_HAZARDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(held))
    for asked, held in (
        ("地震", "震"),
        ("防汛|洪[水涝灾]|汛情", "汛|洪|水旱"),
        ("抗旱|干旱|旱[情灾]", "旱"),
        ("台风", "台风|热带气旋"),
        ("暴雨", "雨|汛|洪|气象灾害"),
        ("(?:森林|草原|林)(?:草原)?(?:火灾|防火|起火)", "(?:林|草)[^。]{0,4}火"),
        ("高温", "高温|气象灾害"),
        ("寒潮", "寒潮|低温|气象灾害"),
        ("(?:暴|大|冰)雪|冰冻", "雪|冰|气象灾害"),
        ("雾霾|重污染天气|空气重污染", "霾|重污染|大气"),
        ("山体滑坡|泥石流|地质灾害", "滑坡|泥石流|地质"),
        ("疫情|传染病", "疫|传染|公共卫生"),
        ("危险?化学?品", "危险?化学?品"),
        ("核(?:事故|泄漏|应急)", "核"),
    )
)
#: A plan for all of them.
_GENERAL = re.compile("总体|综合|突发(?:公共)?事件|自然灾害")


def other_hazard(question: str, title: str, text: str) -> str | None:
    """The hazard that a folded question about a plan, a response or a warning names, and that a document with a title and a
    text, no general one, has nowhere.

    >>> other_hazard("地震应急响应分几级", "冰雪灾害应急预案", "应急响应分为四级。")
    '地震'
    """
    if not _OF_PLAN.search(question) or _GENERAL.search(fold(title)):
        return None
    named = [(found.group(), held) for asked, held in _HAZARDS if (found := asked.search(question))]
    folded = fold(title) + fold(text)
    return named[0][0] if named and not any(held.search(folded) for _, held in named) else None
