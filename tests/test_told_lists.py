"""Lists in the shapes that documents have."""

from __future__ import annotations

from outlined import outlined
from qa.told_lists import lists_near
from searched import asked, searched

RULES = outlined(
    "一、借用\n渔具可以借用。以下渔具不借：渔网；鱼叉；超过两米的船桨。\n"
    "二、不予接收的渔获\n死鱼\n有毒的鱼\n未称重的鱼\n"
    "四、读物\n馆里有《渔港的未来：十问》；还有渔歌集；另有海图。\n"
    "三、收费\n下列费用不退：押金、工本费、清洗费。\n",
    "规则",
    title="渔具馆规则",
)


def near(question: str) -> list[tuple[str, int]]:
    ready = asked(question)
    return [(listed.says, len(listed.items)) for listed in lists_near(searched(ready, RULES)[0])]


def test_items_in_the_line_of_what_announces_them() -> None:
    assert ("以下渔具不借：", 3) in near("鱼叉借吗？")
    assert ("下列费用不退：", 3) in near("押金退吗？")


def test_lines_below_a_heading_that_says_what_they_are() -> None:
    assert ("二、不予接收的渔获", 3) in near("有毒的鱼接收吗？")


def test_a_colon_in_a_title_announces_nothing() -> None:
    assert not any("未来" in says for says, _ in near("渔港的未来在馆里有吗？"))
