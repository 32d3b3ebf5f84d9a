"""Who is in a group that a notice sets up, and who holds which post in it."""

from __future__ import annotations

import pytest

from fakes import HashEmbedder
from qa.bot import PolicyQA

_NOTICE = """\
甲市人民政府关于成立甲市灯塔看守工作领导小组的通知
甲政发〔2031〕9号
各区人民政府：
现将有关事项通知如下：
一、组成人员
组　长：石　坚　　市长
常务副组长：郑启　　常务副市长
副组长：孟令淑　　副市长
　　　　杜　远　　市政府秘书长
成　员：黄以宁　　市港航局局长
　　　　唐　志　　市财政局副局长（主持工作）
　　　　林一舟　　东港区区长
二、工作机构
领导小组办公室设在市港航局。
甲市人民政府
2031年3月1日
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "notice.txt").write_text(_NOTICE, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("data"), embedder=HashEmbedder())


def test_a_name_stands_apart_from_what_the_person_is(bot: PolicyQA) -> None:
    text = bot.document("notice").text
    assert "组长：石坚 市长\n" in text and "\n杜远 市政府秘书长\n" in text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("领导小组有几个副组长？", "副组长共2人：孟令淑 副市长；杜远 市政府秘书长。"),
        ("领导小组的副组长都有谁？", "常务副组长：郑启 常务副市长。"),
        ("领导小组成员一共多少人？", "成员共3人：黄以宁 市港航局局长"),
        ("领导小组都有哪些单位？", "林一舟 东港区区长"),
        ("领导小组组长是郑启吗？", "不是，组长：石坚 市长。"),
        ("领导小组组长是市长石坚吧？", "是的，组长：石坚 市长。"),
        ("领导小组组长是谁？", "组长：石坚 市长。"),
    ],
)
def test_who_is_in_a_group(bot: PolicyQA, question: str, told: str) -> None:
    answer = bot.ask(question)
    assert told.rstrip("。") in answer.text
    assert {s.support for s in answer.statements} == {"verified"}


def test_a_body_that_is_not_in_it_has_no_post_in_it(bot: PolicyQA) -> None:
    assert bot.ask("市教育局局长在领导小组里是什么职务？").refused
