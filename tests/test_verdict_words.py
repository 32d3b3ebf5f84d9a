"""What words of official text deny, oppose and decide."""

from __future__ import annotations

import pytest

from qa.verdict import verdict
from qa.verdict_words import deciding


@pytest.mark.parametrize(
    ("said", "clause", "ruling"),
    [
        ("换领新证时,应当交回原证。", "换领新证时", "应当交回原证"),
        ("禁止货车通行,运送鲜活农产品的除外。", "运送鲜活农产品的除外", "并非禁止货车通行"),
        ("费用由财政承担,不得向用户收取。", "不得向用户收取", "不得向用户收取"),
        ("看守人应当报警,并先行垫付费用。", "并先行垫付费用", "应当先行垫付费用"),
    ],
)
def test_the_clause_that_decides(said: str, clause: str, ruling: str) -> None:
    assert deciding(said, clause) == ruling


@pytest.mark.parametrize("free", ["免收维护费", "免交维护费", "免除维护费", "不收取维护费"])
def test_a_fee_that_is_waived_need_not_be_paid(free: str) -> None:
    assert verdict("烈士遗属要交维护费吗？", f"烈士遗属{free}。") == ("不需要", True)
    assert verdict("烈士遗属要交工本费吗？", f"烈士遗属{free}。") is None
