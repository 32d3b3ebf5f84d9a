"""Of the members of a list or a table those in the range that is asked for."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.asked_members import answer_within
from searched import asked, searched

QUAYS = outlined(
    "一、扣分\n船家违反公约的，按下列标准扣分：\n（一）缆绳过道，每次扣1分；\n（二）夜间鸣笛，每次扣2分；\n（三）倾倒舱底水，每次扣5分。\n"
    "二、停泊费\n码头|每天费用（元）\n东码头|30\n西码头|55\n鱼市码头|80\n三、优惠\n船长不足8米的，停泊费减半。\n",
    "公约",
    title="渔港停泊公约",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("船家哪些行为一次扣2分以上的？", "夜间鸣笛，每次扣2分。倾倒舱底水，每次扣5分。"),
        ("停泊费用每天超过50元的是哪些码头？", "西码头每天费用：55元。鱼市码头每天费用：80元。"),
        ("船长不足8米的有哪些优惠？", None),
        ("扣分有哪些标准？", None),
    ],
)
def test_only_those_in_the_range_that_is_asked_for(question: str, said: str | None) -> None:
    ready = asked(question)
    draft = answer_within(ready, searched(ready, QUAYS))
    assert (draft and "".join(line.text for line in draft.lines)) == said
