"""Follow-ups in talk of who does what: other departments than the one told, who of them leads, and which department a
pronoun stands for."""

from __future__ import annotations

import re

from qa.duty_wording import LEADS, ROLE_NOUN, ROLES

_BODY = r"[\u4e00-\u9fff]{1,14}?[部局委厅办署院行会]"
#: 还有别的部门吗, 还有谁参与.
_OTHERS = re.compile(
    r"(?:那么?|除此之外|除了(?:它|他|这家))?[,，]?(?:还|另外)有(?:没有)?(?:别的|其他|其它|哪些|哪几[个家]|什么|哪家)?(?:的)?"
    r"(?:部门|单位|机构|谁)(?:也|一起|共同)*(?:参与|参加|配合|负责|干|管)?(?:了|的)*(?:吗|呢)?[?？。]?"
    r"|(?:那么?)?(?:其他|其它|其余|别的)的?(?:部门|单位|几家)(?:呢|(?:都|还)?有(?:谁|哪些|哪几[个家]))[?？]?"
)
#: 他们里头谁排第一, 其中哪家牵头.
_LEAD_OF_THEM = re.compile(
    rf"(?:那么?)?(?:[他它]们|这些部门|这几家|其中|这里面)(?:里头|里面|里|当中|中)?[,，]?(?:是)?(?:谁|哪[个一]?家?(?:部门|单位)?)(?:是)?[^,，?？]{{0,2}}(?:{LEADS.pattern})的?[?？。]?"
)
#: 那责任单位呢, 配合单位有哪些.
_OF_ROLE = re.compile(
    rf"(?:那么?|其|它的)?[,，]?(?P<role>{ROLE_NOUN.pattern.replace('(?:的)?', '')})(?:呢|(?:都|又|分别)?(?:有|是|包括)(?:谁|哪些|哪几?[个家]|什么))?[?？。]?"
)


def of_bodies(bare: str, last: str, topic: str) -> str:
    """A follow-up that asks for the other departments of a task, or for the lead among them, made to stand alone; empty
    where it asks for anything else.

    >>> of_bodies("还有别的部门吗？", "修冻库谁负责？", "修冻库")
    '修冻库由谁牵头，还有哪些部门参与？'
    """
    if not (LEADS.search(last) or ROLES.search(last)):
        return ""
    if _OTHERS.fullmatch(bare):
        return f"{topic}由谁牵头，还有哪些部门参与？"
    of_role = _OF_ROLE.fullmatch(bare)
    if of_role is not None:
        return f"{topic}的{of_role['role']}有哪些？"
    return f"{topic}由谁牵头？" if _LEAD_OF_THEM.fullmatch(bare) else ""
