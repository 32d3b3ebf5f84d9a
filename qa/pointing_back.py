"""A part of a question that points back at the body which the part before it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: 这个局 behind a question for the body that does something.
_BODY = "局|部|委|厅|署|处|科|院|所|站|中心|公司|集团|协会|平台|银行|学校|大学|医院|办公室|基金|委员会|领导小组"
_THAT_BODY = re.compile(rf"(?:这|该|那)(?:一|几)?(?:个|家|所)(?P<body>{_BODY})")
#: What stands before the name of a body: 设在省数据局, 由市水务局.
_JOINED_TO = "设在|放在|挂靠|挂在|依托|隶属于?|由|委托"
_BEFORE_BODY = rf"(?:{_JOINED_TO}|为|是|归|报|向|到|交|、|，|：|^)"


def asked_of_body(told: str, parts: Sequence[str]) -> list[str]:
    """The parts of a question that point back at a body, asked of the one that is told in answer to the part before: 谁当
    这个局的局长 of 办公室设在哪个局. Empty where none does, or several bodies are told."""
    asked = []
    for part in parts[1:]:
        that = _THAT_BODY.search(part)
        if that is None or not re.search(rf"(?:哪|什么)[^，。]{{0,3}}{that['body']}", parts[0]):
            continue
        found = re.findall(rf"{_BEFORE_BODY}([^，,。；;、：:的]{{1,18}}?{that['body']})(?=[，,。；;、（(负牵承])", told)
        names = {re.split(_JOINED_TO, name)[-1] for name in found}
        if len(names) == 1:
            asked.append(f"{part[: that.start()]}{names.pop()}{part[that.end() :]}")
    return asked
