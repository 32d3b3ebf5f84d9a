"""Bands of a rate, and the things that the line above them names."""

from __future__ import annotations

from pathlib import Path

import pytest

from small import bot_of

GRANT = {
    "补助": "白石县生态养殖补助办法\n白渔发〔2025〕9号\n白石县渔业局\n2025年3月12日\n\n一、补助范围\n从事海参、对虾、贝类、海带养殖的个人和公司。\n"
    "二、补助标准\n（一）海参、对虾按养殖面积分档补助：\n20亩以上不满50亩的，每亩补助300元；\n50亩以上不满200亩的，每亩补助420元；\n"
    "200亩以上的，每亩补助500元。\n（二）贝类按吊养筏数分档补助：\n1.50台以上不满100台的，每台补助80元；\n2.100台以上的，每台补助110元。\n"
    "（三）海带不分档，养殖30亩以上的，每亩补助60元。对虾轮养海带的，每亩另行补助90元。\n"
}


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("对虾养了250亩每亩补多少？", "500元", "420元"),
        ("养殖海参30亩每亩补多少钱？", "300元", "420元"),
        ("养40亩海带每亩补多少？", "60元", "300元"),
    ],
)
def test_the_band_of_the_thing_asked_about(tmp_path: Path, question: str, right: str, wrong: str) -> None:
    text = bot_of(tmp_path, GRANT).ask(question).text
    assert right in text and wrong not in text


def test_a_time_is_no_amount_of_a_thing(tmp_path: Path) -> None:
    rules = (
        GRANT["补助"]
        + "（四）技术员补贴：在同一渔场连续工作满1年的，每月100元。\n三、申报\n养殖户于每年3月1日至4月30日提出申请。\n"
    )
    text = bot_of(tmp_path, {"补助": rules}).ask("养殖户要领补贴，一年里什么时候提出申请？").text
    assert "4月30日" in text and "每月100元" not in text
