"""An item with a customary name answers for the thing it is of, and for no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.bot import PolicyQA
from small import bot_of

_TEXTS = {
    "berth": """\
丁县渔船泊位设立办事指南

一、事项名称：渔船泊位设立
二、申请材料
1.渔船证书
2.船主身份证
三、办理时限：二十个工作日
四、收费标准：不收费
五、办理地点：渔港路3号一楼大厅
六、咨询电话：0589-7720166；投诉电话：0589-7720012
""",
    "grant": """\
丁县港航局 丁县财政局关于灯塔补助申报的通知
灯塔检修的，每座补助三万元。
联系人：港航局规划科 周宁，电话：0589-6612008；财政局企业科 何敏，电话：0589-6615530。
""",
    "jobs": """\
丁县人社局关于就业补助的通知
每招用一人补助一千元。
联系方式：就业促进科 0577-8321001；失业保险科 0577-8321056；基金监督科 0577-8321077
""",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("渔船泊位设立收费标准是多少？", "不收费"),
        ("渔船泊位在哪里办？", "渔港路3号"),
        ("渔船泊位的咨询电话是多少？", "7720166"),
        ("新办渔船泊位要多少天？", "二十个工作日"),
    ],
)
def test_of_the_thing_asked_about(bot: PolicyQA, question: str, told: str) -> None:
    assert told in bot.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "护照在哪里办？",
        "营业执照办理地点在哪？",
        "电梯检验收费标准是多少？",
        "公租房申请的咨询电话是多少？",
        "档案馆的办理时限是几天？",
        "养老保险科电话是多少？",
    ],
)
def test_not_of_another_thing_or_another_act(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert answer.refused, answer.text


def test_each_number_of_a_line_is_told_with_whose_it_is(bot: PolicyQA) -> None:
    assert bot.ask("失业保险科电话多少？").text == "失业保险科0577-8321056。[1]"
    assert bot.ask("财政局企业科的联系电话？").text == "财政局企业科何敏，电话：0589-6615530。[1]"
    every = bot.ask("就业补助的联系方式？").text
    assert all(number in every for number in ("8321001", "8321056", "8321077")) and "就业促进科" in every


def test_how_often_is_no_time_limit(tmp_path: Path) -> None:
    card = (
        _TEXTS["berth"]
        .replace("五、办理地点", "五、签注：泊位证每年签注1次。\n六、办理地点")
        .replace("六、咨询", "七、咨询")
    )
    assert "二十个工作日" not in bot_of(tmp_path, {"card": card}).ask("渔船泊位证多久签注一次？").text
