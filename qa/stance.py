"""What a document says of a thing as such: that it is mentioned there, and whether it is promoted or held back.

Policy seldom allows or forbids; it 推动, 探索, 规范 or 防止. Questions for that come in many words (支持吗, 鼓励不鼓励,
提没提, 有没有松口), which the text does not repeat.
"""

from __future__ import annotations

import re

_ITS_TEXT = r"(?:政策|说法|规定|要求|安排|措施|办法|考虑|部署|表述|内容|条款|照顾|扶持|帮扶)"
#: Questions for whether something is spoken of: 提到X了, 写进去了, 有相应的安排.
_MENTION = re.compile(
    r"(?:提|说|写|讲|谈)(?:到|及)(?!底)|(?:提|写|讲|谈|列)(?:过|了)?$|(?:写|列|放|加)(?:进|入)(?:去|来)?了?$|(?:涉及|触及)到?了?$"
    rf"|有(?:没有|过|什么|相应|专门|具体|明确|相关|的)*{_ITS_TEXT}(?:上?的?(?:照顾|支持|扶持|倾斜))?$"
)
#: Questions for whether something is promoted, or let happen.
_SUPPORT = re.compile(
    r"支持|鼓励|提倡|倡导|扶持|赞成|主张|欢迎|松(?:了|个)?口(?!罩)|(?:开|给)(?:了|个|了个|点)?口子|放(?:了)?行|放得开|开绿灯"
)
#: What official text says of what it promotes; weaker words leave open how far.
_PROMOTES = re.compile(
    r"鼓励|支持|推动|推进|推广|加快|促进|(?<!事业)发展(?!改革|和改革|规划|计划)|引导|扶持|培育|培养|加强|强化|完善|建立|建设(?!部|厅|局|银行|工程|用地)"
    r"|构建|打造|实施|开展|加大|提升|扩大|拓展|优先|倡导|提倡|深化|放开|放宽|开放|允许|引入|吸引|便利|协同|统筹"
)
_TRIES = re.compile(r"探索|试点|研究|试行|先行先试|稳妥|有序|逐步|规范发展")
_HOLDS_BACK = re.compile(
    r"限制|严控|严格控制|从严|防止|防范(?!体系|能力)|遏制|打击|整治|清理|取缔|淘汰|压减|压缩|严禁|禁止|不得|不予|杜绝|查处|避免|停止|暂停|取消(?![^,;。]{0,12}(?:限制|门槛))"
)


def asks_mention(clause: str) -> bool:
    """Whether the last clause of a folded statement says that something is spoken of.

    >>> asks_mention("文件提到这一点"), asks_mention("有相应的政策"), asks_mention("提高待遇")
    (True, True, False)
    """
    return _MENTION.search(clause) is not None


def asks_support(clause: str) -> bool:
    """Whether the last clause of a folded statement says that something is promoted or let happen.

    >>> asks_support("文件鼓励企业这么做"), asks_support("企业要备案")
    (True, False)
    """
    return _SUPPORT.search(clause) is not None


def supported(clause: str) -> str:
    """Who is to do what, behind the verb that promotes it; empty where nothing stands behind it.

    >>> supported("规划支持社会资本办学"), supported("办学,国家支持")
    ('社会资本办学', '')
    """
    found = re.search(r"(?:支持|鼓励|提倡|倡导|欢迎)(?!的|力度|措施|政策)(?P<what>[^,;。]{2,})$", clause)
    return found["what"] if found else ""


def promotes(clause: str, tries: bool = False) -> bool:
    """Whether a folded clause of a document promotes what it speaks of; ``tries``: or tries it out.

    >>> promotes("加快社会资本进入"), promotes("探索学分转换"), promotes("探索学分转换", tries=True), promotes("严禁引导")
    (True, False, True, False)
    """
    found = _PROMOTES.search(clause) or (tries and _TRIES.search(clause))
    return bool(found) and not holds_back(clause)


def holds_back(clause: str) -> bool:
    """Whether a folded clause of a document forbids, limits or fights what it speaks of.

    >>> holds_back("防止盲目建设"), holds_back("取消户籍限制")
    (True, False)
    """
    return (
        _HOLDS_BACK.search(re.sub(r"(?:取消|放宽|放开|破除)[^,;。]{0,16}(?:限制|门槛|壁垒)", "放开", clause))
        is not None
    )
