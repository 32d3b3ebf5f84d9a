"""Follow-ups in talk of who does what: other departments than the one told, who of them leads, and which department a
pronoun stands for."""

from __future__ import annotations

import re

from qa.duty_wording import LEADS, ROLES

_BODY = r"[\u4e00-\u9fff]{1,14}?[部局委厅办署院行会]"
_ASKED_BODY = re.compile(rf"^(?P<body>{_BODY})(?=在|是|有|也|算|属|参与|牵头|管|负责)")
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
    return f"{topic}由谁牵头？" if _LEAD_OF_THEM.fullmatch(bare) else ""


_DUTIES_OF = re.compile(rf"{_BODY}(?:都|主要|还)?(?:牵头|参与|负责|配合|参加)(?:了|的)?(?:有|是)?(?:哪|什么|几|多少)")
_TASK = re.compile(rf"(?!{_BODY}(?:的?呢|$))(?P<task>[^，,。？?的]{{3,20}}?)(?:的)?呢[?？]?")


def of_task(bare: str, last: str) -> str:
    """A task named behind a question for what a department does, asked for its departments; "" for any other follow-up.

    >>> of_task("修冻库呢？", "甲局参与哪些任务？"), of_task("乙局呢？", "甲局参与哪些任务？")
    ('修冻库由谁牵头，还有哪些部门参与？', '')
    """
    named = _TASK.fullmatch(bare)
    asks = named and re.search(r"[谁哪几啥]|什么|多少|[年月日号]$|^第|^[上下前后]一", named["task"])
    return f"{named['task']}由谁牵头，还有哪些部门参与？" if named and not asks and _DUTIES_OF.match(last) else ""


def spoken_of_last(question: str, answer: str) -> str:
    """The department that a question asks about and that its answer comes back to in its last clause: the one that the
    talk goes on about. Empty where there is none.

    >>> spoken_of_last("甲局在冻库这条里是牵头吗？", "不是，冻库由乙局牵头，甲局是参与部门。")
    '甲局'
    """
    asked = _ASKED_BODY.match(question.strip())
    last = re.split("[,，；;。]", answer.strip().rstrip("。"))[-1]
    return asked["body"] if asked and last.startswith(asked["body"]) else ""


_BESIDE_THIS = re.compile(r"(?:除了?|除去|除开)(?:这|那|此)(?:一)?(?:个|项|条|件|块)?(?:事|任务|工作)?")


def beside_told(bare: str, last: str, topic: str) -> str:
    """A follow-up with the task that it excepts said by name: 除了这个它还牵头什么 -> 除了修冻库它还牵头什么."""
    asked = LEADS.search(last) or ROLES.search(last)
    excepts = _BESIDE_THIS.match(bare)
    further = excepts and (LEADS.search(bare) or ROLES.search(bare))
    return f"除了{topic}{bare[excepts.end() :]}" if excepts and asked and further and topic else bare
