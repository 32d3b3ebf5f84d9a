"""A figure is told with the rule that changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.bot import PolicyQA
from small import bot_of

_TEXTS = {
    "lights": """丁市灯塔补助办法
第一条 首次获评的灯塔，一次性奖励5万元；获评省级灯塔的，一次性奖励20万元。设在县域的灯塔，奖励标准上浮20%。
第二条 年度考核为优秀的灯塔，每年补助30万元；考核为良好的灯塔，每年补助15万元。联营灯塔按前款标准的80%补助。
第三条 塔员按工龄发放津贴：满1年不满5年的，每月100元；满5年以上的，每月300元。持有领航证书的塔员，每月另加150元。
第四条 夜间看护重度损坏灯塔的，每晚补助300元；夜间看护中度损坏灯塔的，每晚补助200元。
第五条 在前条基础上予以调整：五级灯塔上浮30%，四级灯塔上浮20%。
"""
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def test_not_for_whom_nothing_is_changed(bot: PolicyQA) -> None:
    told = bot.ask("考核为良好的灯塔每年补助多少？").text
    assert "15万元" in told and "80%" not in told
    told = bot.ask("塔员工龄6年，每月津贴多少？").text
    assert "300元" in told and "另加" not in told


def test_the_figure_that_is_changed_for_what_is_not_such_is_that_of_what_is(tmp_path: Path) -> None:
    text = (
        "灯塔补助办法\n第三条 新建航行灯塔，每座补助12万元；改（扩）建的，每座补助6万元。"
        "非航行灯塔按上述标准的50%执行。单个港口补助总额最高不超过300万元。\n"
    )
    told = bot_of(tmp_path, {"rule": text}).ask("新建非航行灯塔每座补助多少？").text
    assert "12万元" in told and "50%" in told and "6万元" not in told
