"""Sections of one form whose headings differ in a grade alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from small import bot_of

if TYPE_CHECKING:
    from qa.bot import PolicyQA

_TEXTS = {
    "ice": """丑州市雪灾应急预案
丑政发〔2023〕5号
一、应急响应
（一）Ⅲ级响应
启动条件：24小时降雪量达10毫米以上，或者3小时积雪未清除。
响应措施：副总指挥主持会商，调派除雪车20台。
（二）Ⅱ级响应
启动条件：24小时降雪量达20毫米以上，或者6小时积雪未清除。
响应措施：总指挥主持会商，调派除雪车50台。
（三）Ⅰ级响应
启动条件：24小时降雪量达30毫米以上，或者9小时积雪未清除。
响应措施：请求省指挥部支援，调派除雪车90台。
二、预警
（一）黄色预警
由办公室主任签发。
（二）红色预警
由总指挥签发。
""",
    "park": "丑州市公园管理办法\n丑政发〔2022〕9号\n一、开放\n公园每日六时开放。\n二、收费\n公园不收费。\n",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("丑州雪灾一级响应什么时候启动？", "Ⅰ级响应：启动条件：24小时降雪量达30毫米以上，或者9小时积雪未清除。"),
        ("二级响应由谁主持会商？", "Ⅱ级响应：响应措施：总指挥主持会商，调派除雪车50台。"),
        ("丑州雪灾红色预警由谁签发？", "红色预警：由总指挥签发。"),
    ],
)
def test_what_is_said_below_the_heading_of_the_grade_that_is_named(bot: PolicyQA, question: str, told: str) -> None:
    assert bot.ask(question).text.split("[")[0] == told


@pytest.mark.parametrize(
    "question",
    [
        "丑州雪灾四级响应调派多少台除雪车？",
        "卯山市雪灾一级响应什么时候启动？",
    ],
)
def test_nothing_is_told_of_a_grade_by_another(bot: PolicyQA, question: str) -> None:
    assert bot.ask(question).refused
