"""Follow-ups that ask the same of another document: 乙市那份呢 behind 甲市的办法什么时候印发的."""

from __future__ import annotations

import re

from qa.topics import ASKS

_NOUN = r"(?:文件|办法|条例|通知|意见|方案|规划|规定|细则|报告|论文|文章|决定|批复|公告|公报|通告|政策|问答|解读|百科|词条|指南|计划)"
_THAT = r"(?:[这那该](?:一)?[份个篇部本])"
#: What a question calls its document: at the beginning of a clause, and the question goes on behind it.
_CALLED = re.compile(
    rf"(?:^|(?<=[，,]))(?P<called>《[^》]{{2,60}}》|{_THAT}{_NOUN}|[\u4e00-\u9fff“”+]{{0,20}}?{_NOUN})"
    r"(?=里|中|的|上|是|在|由|有|从|自|谁|哪|何|什么|怎么|发|印|公布|施行|实施|规定|提|说|要求|文号|\d|[，,])"
)
#: 乙市那份, 那个公告, 报告: another one, by what tells it from the last or by its kind.
_OTHER = re.compile(
    rf"(?P<whose>(?!{_THAT})[\u4e00-\u9fff]{{2,12}}?)的?{_THAT}(?P<noun>{_NOUN})?|{_THAT}?(?P<name>[\u4e00-\u9fff]{{0,10}}{_NOUN})"
)
_ASKED = re.compile(r"(?P<other>[^，,。？?]{2,20}?)(?:的|里面?|中)?(?:呢|(?:又|是)?怎么[说写规]定?的?)[?？]?")


def of_other_document(bare: str, last: str) -> str:
    """The ``last`` question about the document that a follow-up names, in place of the one that it calls; "" for another
    follow-up, and where the last question calls none.

    >>> of_other_document("乙市那份呢？", "甲市的办法什么时候印发的？"), of_other_document("报告呢", "论文的作者是谁？")
    ('乙市的文件什么时候印发的？', '报告的作者是谁？')
    """
    asked = _ASKED.fullmatch(bare)
    other = _OTHER.fullmatch(asked["other"]) if asked else None
    called = _CALLED.search(last)
    if other is None or called is None or ASKS.search(called["called"]) or ASKS.search(other.group()):
        return ""
    name = f"{other['whose']}的{other['noun'] or '文件'}" if other["whose"] else other["name"]
    return last[: called.start("called")] + name + last[called.end("called") :]
