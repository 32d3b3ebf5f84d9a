"""What is exchanged in a follow-up is exchanged whole: nothing is put in beside it, and no word is cut within."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.topics import cut_words, topic_of
from small import bot_of
from talks import asked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("船厂退不退押金", ["船厂", "退不退", "押金"]),
        ("渔船交没交保费", ["渔船", "交没交", "保费"]),
        ("渔船可不可以停靠", ["渔船", "可不可以", "停靠"]),
    ],
)
def test_a_verb_and_its_denial_are_one_word(text: str, words: list[str]) -> None:
    assert cut_words(text) == words
    assert topic_of(f"{text}？").startswith(words[0])


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        ("公办码头过夜收不收费？", "民办码头呢？", "民办码头过夜收不收费？"),
        ("船东停航一周，码头退不退泊位费？", "水电费呢？", "船东停航一周，码头退不退水电费？"),
        # Another case of it,
        # with whom,
        # within which bounds,
        # what of it,
        ("甲县和乙县的渔船补贴标准有什么不同？", "发放时间呢？", "甲县和乙县的渔船补贴发放时间有什么不同？"),
        # in which house.
        ("河朔市酒店里抽烟谁来罚？", "网吧呢？", "河朔市网吧里抽烟谁来罚？"),
        # What is said again gives the place of what is not.
        ("骗取渔船补贴会怎么处理？", "油价补贴骗取的呢？", "骗取油价补贴会怎么处理？"),
        # 学生 is no word of 大学生,
        ("大学生能不能领补贴？", "退役军人呢？", "退役军人能不能领补贴？"),
        # and 未成年 no case of anything.
        ("怀孕了还要出海吗？", "未成年工呢？", "未成年工还要出海吗？"),
        # What the same is done to.
        ("技师去省城培训补多少？", "去海岛的话呢？", "技师去海岛培训补多少？"),
        # Another year is asked of the same thing.
        ("渔船补贴有上限吗？", "2021年的上限呢？", "2021年，渔船补贴有上限吗？"),
        ("渔船保险补贴标准？", "2021年有这项吗？", "2021年，渔船保险补贴标准，有这项吗？"),
    ],
)
def test_like_gives_way_to_like(before: str, question: str, standalone: str) -> None:
    assert asked(question, before) == standalone


RULES = """河朔市民政局
关于印发《河朔市渔船补贴管理办法》的通知
河民规〔{year}〕6号
各区民政局：
现将《河朔市渔船补贴管理办法》印发给你们。
河朔市民政局
{year}年4月12日

河朔市渔船补贴管理办法
第一条 渔船补贴每船每年{sum}元，每户最高不超过{most}万元。
第二条 本办法自{year}年5月15日起施行。{repeals}
"""


def test_a_year_before_all_of_it_means_the_version_then_in_force(tmp_path: Path) -> None:
    repeals = "《河朔市渔船补贴管理办法》（河民规〔2018〕6号）同时废止。"
    bot = bot_of(
        tmp_path,
        {
            "old": RULES.format(year=2018, sum=600, most=2, repeals=""),
            "new": RULES.format(year=2023, sum=900, most=3, repeals=repeals),
        },
    )
    now = bot.ask("渔船补贴每户最高多少？")
    assert "3万元" in now.text
    talk = [("渔船补贴每户最高多少？", now.text)]
    then = bot.ask("2020年呢？", talk).text
    assert "2万元" in then and then.startswith("《河朔市渔船补贴管理办法》（河民规〔2018〕6号，已被新文件取代）：")
