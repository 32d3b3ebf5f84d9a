"""What an official document says goes before what others say of it, whatever the question asks for."""

from __future__ import annotations

import pytest

from qa.bot import PolicyQA
from qa.official_word import of_one_matter
from small import bot_of

_PLAN = """\
丁市人民政府关于灯塔建设的意见
丁政发〔2021〕1号
各区人民政府：
一、目标
到2025年，全市建成灯塔90座。
二、分工
灯塔维护由市港航局牵头，市财政局配合。
三、罚则
擅自拆除灯塔的，处500元以上2000元以下罚款。
丁市人民政府
2021年3月1日
"""
_WIKI = """\
丁市灯塔（百科词条）
丁市灯塔建设规划提出，到2025年，全市要建成灯塔100座。
灯塔的维护工作由市海事局牵头负责。
丁市灯塔始建于1905年。
"""
_READING = """\
《丁市人民政府关于灯塔建设的意见》解读
来源：丁市港航局
问：擅自拆除灯塔怎么处罚？
答：擅自拆除灯塔的，处500元以上3000元以下罚款。
问：灯塔由谁维护？
答：由市港航局牵头。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), {"plan": _PLAN, "wiki": _WIKI, "reading": _READING})


def test_goals_of_one_year_are_of_one_matter() -> None:
    official, paper = "到2030年,灯塔全部联网,夜航安全改善", "到2030年,形成灯塔联网的技术标准"
    assert of_one_matter(official, paper)
    assert not of_one_matter(official, "到2035年,形成灯塔联网的技术标准")
    assert not of_one_matter(official, "到2030年,渔港泊位翻番")


@pytest.mark.parametrize(
    ("question", "official", "other"),
    [
        ("灯塔的维护工作由谁牵头？", "市港航局", "市海事局"),
        ("擅自拆除灯塔怎么处罚？", "2000元", "3000元"),
    ],
)
def test_the_official_word_is_told_first_and_the_other_with_its_source(
    bot: PolicyQA, question: str, official: str, other: str
) -> None:
    answer = bot.ask(question)
    first, second = answer.text.split("[1]", 1)
    assert first.startswith("《丁市人民政府关于灯塔建设的意见》（丁政发〔2021〕1号）：") and official in first
    assert "（非正式文件）" in second and other in second
    assert answer.citations[0].doc_id == "plan"


def test_the_official_word_is_enough_where_an_interpretation_says_the_same(bot: PolicyQA) -> None:
    answer = bot.ask("灯塔由谁维护？")
    assert {c.doc_id for c in answer.citations} == {"plan"}
    assert "市港航局" in answer.text


def test_a_source_that_the_question_points_at_is_told_alone(bot: PolicyQA) -> None:
    assert {c.doc_id for c in bot.ask("百科里说灯塔的维护工作由谁牵头？").citations} == {"wiki"}


def test_what_only_others_say_is_told_as_it_was(bot: PolicyQA) -> None:
    answer = bot.ask("丁市灯塔始建于哪一年？")
    assert {c.doc_id for c in answer.citations} == {"wiki"} and "1905年" in answer.text


def test_a_question_for_yes_or_no_is_not_answered_by_the_reply_to_another_question(bot: PolicyQA) -> None:
    assert "3000元" not in bot.ask("可以擅自拆除灯塔吗？").text.split("[1]")[0]
