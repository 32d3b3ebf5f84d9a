"""Follow-ups on a list that the talk is about: the next item, and what else is in it."""

from __future__ import annotations

import re

from corpus.labels import number_of
from qa.question import kinds_of
from qa.topics import NUMERAL

_UNIT = r"(?:个|条|项|点|种|款|块|方面|部分|章|节)"
_NTH = re.compile(rf"(?P<back>倒数)?第(?P<nth>{NUMERAL})(?P<unit>{_UNIT})")
_DIGITS = "零一二三四五六七八九十"
_SAYS = r"(?:呢|(?:讲|说|写|叫|是|规定)(?:的|了)?(?:是)?(?:什么|啥|哪(?:个|一?[条项章节])?(?:行动|任务|措施)?)(?:内容|名字)?(?:呢)?)?"
#: 接着呢, 后面再下一条讲的是什么: what stands behind or before the item of the last question.
_NEXT = re.compile(
    rf"(?:那么?|好的?|嗯|[,，])*(?:(?:再|往|后面|接着|然后|接下来|紧接着)*的?(?P<step>[下上后前])面?的?一(?P<unit>{_UNIT})(?P<noun>行动|任务|措施|内容|工程)?(?:呢|的呢)?(?P<rest>[^?？]*)"
    rf"|(?:再往后|往后|再往下|往下|接着|然后|接下来)的?(?:那?一?{_UNIT})?(?P<says>{_SAYS}))[?？]?"
)


def next_in_order(question: str, last: str, topic: str) -> str | None:
    """The ``last`` question about the item behind or before the one that it asked about: 物流第一条是什么, 接着呢 ->
    物流第二条是什么; 普惠金融行动由谁牵头, 下一项行动呢 -> 普惠金融行动的下一项行动由谁牵头. None where it asked about no item.

    ``topic``: what the last question is about.
    """
    new = _NEXT.fullmatch(question)
    if new is None:
        return None
    back = (new["step"] or "下") in "上前"
    rest = (new["rest"] or new["says"] or "").strip("的呢，, 。")
    olds = list(_NTH.finditer(last))
    if olds:
        old = olds[-1]
        number = (number_of(old["nth"]) or 0) + (-1 if back else 1)
        if old["back"] or not 0 < number < len(_DIGITS):
            return None
        return f"{last[: old.start()]}第{_DIGITS[number]}{old['unit']}{rest or last[old.end() :]}"
    unit = f"{new['unit'] or ''}{new['noun'] or ''}"
    # 下一个 may be one of anything: one of an outline is called by what it is.
    if not re.search("[条项章节款]|行动|任务|措施", unit) or not last.startswith(topic):
        return None
    return f"{topic}的{'上' if back else '下'}一{unit}{rest or last[len(topic) :].lstrip('的')}"


_SO_MANY = r"(?:这|那|它|刚才)(?:些|几|[两三四五六]|\d)?(?:个|家|项|样|条|种|点)?"
#: 还有别的吗, 其余几条呢: the rest of a list, and the noun that is said with it; 就这三个吗, 不止这些吧: beside it.
_MORE = re.compile(
    r"(?:那么?)?(?:还|都)?(?:有没有|有|没有)(?:别的|其他|其它|其余|另外)?的?(?P<noun>[\u4e00-\u9fff]{0,4}?)了?(?:吗|么|呢|没有?|哪些|什么|谁)?"
    r"|(?:那么?)?(?:其他|其它|其余|剩下|别)的?(?:几(?:个|条|项|样|种|家))?(?P<left>[\u4e00-\u9fff]{0,4}?)(?:呢|有哪些|有谁|是什么|是哪些)"
)
_BESIDE_MORE = re.compile(
    rf"(?:除了?)?{_SO_MANY}(?:之外|以外|外)?|[就只]有?{_SO_MANY}(?:吗|么|吧)?|.{{0,4}}(?:不止|不只|不光){_SO_MANY}(?:吧|啊|呀|的)?|是不是漏了?"
)
_ASKS_WHO = re.compile("谁|部门|单位|机构|牵头|负责")
_MEMBERS = frozenset("要求 内容 任务 措施 条件 材料 情形 情况 方面 东西 规定 办法 种类 类型 要点 要素".split())


def more_of_the_list(question: str, last: str, *, listed: bool) -> str | None:
    """The ``last`` question again, where it asked for a list, or was answered with one, and the new one asks for what else
    is in it; None where that asks for something of its own."""
    clauses = [c for c in re.split("[,，。?？!！]", question) if c.strip()]
    more = [_MORE.fullmatch(c) for c in clauses if not _BESIDE_MORE.fullmatch(c)]
    if (
        not re.search("还|别的|其他|其它|其余|剩下|不止|不只|不光|漏", question)
        or not (listed or kinds_of(last) & {"list", "who", "duty"})
        or None in more
    ):
        return None
    noun = "".join(m["noun"] or m["left"] or "" for m in more if m).strip("的")
    who = bool(_ASKS_WHO.search(last)) and noun in ("部门", "单位", "机构", "人", "家")
    return last if not noun or noun in last or who or noun in _MEMBERS else None


_WHOLE = re.compile(
    r"(?:那么?)?(?:一共|总共|共|总的|合计)?有?(?:几|多少)(?:个|条|项|点|种|类|款|样|步|方面|部分)(?:呢|啊)?[?？]?|(?:那么?)?(?:全部|所有|每一?[条项个]|都)(?:列|说|讲|给|报|是)[^,，?？]{0,8}[?？]?"
)


def of_whole_list(question: str, topic: str) -> str:
    """A question about the whole list behind one about an item of it, with what the list is one of: 一共几条; "" for any
    other."""
    return f"{topic}{question}" if topic and _WHOLE.fullmatch(question) else ""
