"""Short names of a question and the full ones of the passages."""

from __future__ import annotations

import pytest

from qa.abbreviations import full_names


@pytest.mark.parametrize(
    ("short", "text", "full"),
    [
        ("中职", "全省中等职业学校的经费为6185元。", "中等职业"),
        ("长护险", "长期护理保险的待遇按月支付。", "长期护理保险"),
        ("高企", "对首次认定的高新技术企业给予奖励。", "高新技术企业"),
        ("白沙州", "白沙自治州增长9.6%。", "白沙自治州"),  # a place that no dictionary has
        ("北交所", "在深圳、北京证券交易所上市的，给予奖励。", "北京证券交易所"),
    ],
)
def test_a_short_name_is_read_as_the_full_one_of_the_text(short: str, text: str, full: str) -> None:
    assert full_names([short], [text]) == {short: (full,)}


def test_a_word_that_the_texts_use_themselves_is_short_for_nothing() -> None:
    assert full_names(["中职"], ["中职学校和中等职业教育"]) == {}


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("灯油", "灯塔由海事局负责，油料由财政局拨付。"),  # two things, not one name
        ("点菜", "重点发展蔬菜产业。"),  # 点 begins no word
        ("渔船", "渔业。船舶"),  # a name does not go over a full stop
    ],
)
def test_characters_that_only_stand_in_that_order_make_no_name(word: str, text: str) -> None:
    assert full_names([word], [text]) == {}
