"""Values told in the order of their names."""

from __future__ import annotations

import pytest

from corpus.respective import respective


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甲产业和乙产业增加值分别增长3%和5%。", ("甲产业增加值增长3%", "乙产业增加值增长5%")),
        ("2025年渔港、灯塔分别为12座、90座", ("2025年渔港为12座", "2025年灯塔为90座")),
        ("对一级、二级企业，依次奖励30、20万元", ("对一级企业奖励30万元", "对二级企业奖励20万元")),
        ("男性、女性人口分别为1,200人和900人", ("男性人口为1,200人", "女性人口为900人")),
        (
            "甲标准和乙标准分别由每人760元、600元提高到每人800元、650元",
            ("甲标准由每人760元提高到每人800元", "乙标准由每人600元提高到每人650元"),
        ),
        ("甲、乙、丙分别为1元、2元", ()),  # not as many values as names
        ("甲和乙分别达到10%和20%以上", ()),  # whether 以上 is said of both is left open
        ("甲和乙分别由丙、丁负责", ()),
    ],
)
def test_each_name_with_its_own_value(text: str, told: tuple[str, ...]) -> None:
    assert tuple(own for found in respective(text) for own in found.told) == told


def test_what_stands_before_the_first_of_three_names_is_meant_of_all() -> None:
    (told,) = respective("取得灯塔看护员初级工、中级工、高级工证书的，分别奖励1000元、1500元和2000元。")
    assert told.told[2] == "取得灯塔看护员高级工证书的奖励2000元"
    (told,) = respective("对国家级、省级、市级灯塔分别奖励30万元、20万元、10万元。")
    assert told.told[1] == "对省级灯塔奖励20万元"
