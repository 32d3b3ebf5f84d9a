"""Laws with more than a thousand articles, parts of parts, and articles that were inserted later."""

from __future__ import annotations

import pytest

from corpus.labels import label_of
from qa.bot import PolicyQA
from small import bot_of
from test_outline import Outlined

CODE = """\
湖港市法典
第一编 停泊
第一分编 通则
第一章 一般规定
第九百九十九条 停泊应当按日缴费。
第一千条 夜间停泊应当开灯。
第一千零一条 停泊不得超过三十日。
第一千零一条之一 渔船停泊可以延长十日。
第二分编 拖移
第二章 一般规定
第一千零二条 无人看管的船舶由码头管理所拖移。
第二编 航行
第三章 一般规定
第一千零三条 航行应当靠右。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("法典"), {"法典": CODE})


@pytest.mark.parametrize(
    ("line", "style", "number"),
    [("第一千一百二十三条 遗产", "条", 1123), ("第1077条 离婚", "条", 1077), ("第二分编 所有权", "分编", 2)],
)
def test_labels_of_long_laws(line: str, style: str, number: int) -> None:
    label = label_of(line)
    assert label is not None
    assert (label.style, label.number) == (style, number)


def test_articles_from_a_thousand_on_and_parts_of_parts_stand_where_they_belong() -> None:
    law = Outlined(CODE)
    law.check()
    assert law.tree() == [
        "第一编停泊",
        "  第一分编通则",
        "    第一章一般规定",
        "      第九百九十九条",
        "      第一千条",
        "      第一千零一条",
        "      第一千零一条之一",
        "  第二分编拖移",
        "    第二章一般规定",
        "      第一千零二条",
        "第二编航行",
        "  第三章一般规定",
        "    第一千零三条",
    ]
    assert "1 渔船" not in law.text and "第一千零一条之一 渔船" in law.text


def test_an_inserted_article_repeats_no_number() -> None:
    assert not [w for w in Outlined(CODE).warnings if "重复" in w]
    assert [w for w in Outlined(CODE.replace("第一千零一条之一", "第一千零一条")).warnings if "重复" in w]


def test_an_article_holds_no_heading_of_the_format() -> None:
    rules = "# 停泊办法\n\n第一条 停泊应当缴费。\n\n第二条 停泊应当开灯。\n\n## 拖移\n\n第三条 无主船舶由管理所拖移。\n"
    assert Outlined(rules, markdown=True).tree() == ["第一条", "第二条", "拖移", "  第三条"]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("法典第一千条规定了什么？", {"第一千条"}),
        ("法典第1001条规定了什么？", {"第一千零一条"}),
        ("法典第一千零一条之一规定了什么？", {"第一千零一条之一"}),
        ("法典第二分编讲什么？", {"第二分编"}),
        ("法典第二编讲什么？", {"第二编"}),
    ],
)
def test_a_question_names_the_article_itself(bot: PolicyQA, question: str, labels: set[str]) -> None:
    address = bot.find(question).address
    assert address is not None
    document = bot.document("法典")
    assert {document.sections[i].label for i in address.sections["法典"]} == labels


def test_an_article_that_is_not_there_is_no_other_one(bot: PolicyQA) -> None:
    answer = bot.ask("湖港市法典第一千零七十七条规定了什么？")
    assert answer.refused and "第一千零七十七条" in answer.text
