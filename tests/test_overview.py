"""What a document or a chapter is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.bot import PolicyQA
from small import bot_of

_ARTICLES = "".join(f"第{n}条　守塔人应当做好第{n}件事。\n" for n in "四五六七八九")
_TENS = "".join(f"第十{n}条　值班室备好第{n}样物品。\n" for n in "一二三四五六七八九")
_TEXTS = {
    "notice": (
        "丁市港航局关于印发《丁市守塔人管理办法》的通知\n丁港航〔2022〕7号\n各有关单位：\n"
        "《丁市守塔人管理办法》已经局务会议审议通过，现印发给你们，请认真贯彻执行。\n丁市港航局\n2022年5月4日\n"
        "丁市守塔人管理办法\n第一章　总则\n第一条　为规范守塔人管理，保障航行安全，制定本办法。\n"
        "第二条　本市守塔人的招收、培训和考核适用本办法。\n第三条　守塔人由港航局招收。\n"
        f"第二章　职责\n{_ARTICLES}第十条　夜间亮灯。\n{_TENS}第三章　附则\n第二十条　本办法自2022年7月1日起施行。\n"
    ),
    "decree": (
        "浮标暂行条例\n2015年10月21日 丁市人民政府第9次常务会议通过\n2016年1月1日 施行\n"
        "第一条　为了保护浮标，保障船只安全通行和渔民正常作业，制定本条例。\n"
        "第二条　任何单位和个人不得移动浮标。\n第三条　浮标每年签注一次，到港航站办理。\n"
    ),
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


@pytest.mark.parametrize("question", ["《丁市守塔人管理办法》主要讲什么？", "守塔人办法主要讲什么？"])
def test_a_notice_is_about_what_it_issues(bot: PolicyQA, question: str) -> None:
    text = bot.ask(question).text
    assert "制定本办法" in text and "招收、培训和考核适用本办法" in text
    assert "第一章总则；第二章职责；第三章附则" in text and "认真贯彻执行" not in text


@pytest.mark.parametrize("question", ["浮标条例主要内容是什么？", "概括一下浮标暂行条例"])
def test_a_regulation_without_chapters_is_about_its_aim_and_what_follows(bot: PolicyQA, question: str) -> None:
    text = bot.ask(question).text
    assert "为了保护浮标" in text and "不得移动浮标" in text and "签注" not in text


def test_of_a_long_chapter_the_first_articles_are_told_and_how_many_there_are(bot: PolicyQA) -> None:
    text = bot.ask("《丁市守塔人管理办法》第二章讲什么？").text
    assert text.startswith("“职责”共16条（第四条至第十九条），前12条是：第四条")
    assert "第五件事" in text and "第九样物品" not in text


def test_what_is_asked_of_a_thing_in_a_document_is_no_question_for_the_document(bot: PolicyQA) -> None:
    assert "制定本" not in bot.ask("守塔人办法里夜间亮灯讲了什么？").text


def test_a_figure_that_a_document_does_not_have_is_no_question_for_the_whole(bot: PolicyQA) -> None:
    assert bot.ask("守塔人办法的图3讲的是什么？").refused


def test_a_line_that_dates_the_regulation_heads_nothing(bot: PolicyQA) -> None:
    answer = bot.ask("浮标每年签注几次？")
    assert "签注一次" in answer.text and "施行" not in answer.text
    assert [section for c in answer.citations for section in c.section] == ["第三条"]


def test_of_a_rule_and_what_explains_it_the_rule_is_meant(tmp_path: Path) -> None:
    texts = {
        "rule": "丁市渔船补助办法\n（丁市港航局、丁市财政局2025年1月22日印发）\n第一条　为用好渔船补助资金，制定本办法。\n第二条　本办法适用于木船。\n",
        "faq": "《丁市渔船补助办法》政策解读\n日前，渔船补助有了新办法，解读如下：\n一、出台背景\n原办法到期。\n",
    }
    bot = bot_of(tmp_path, texts)
    assert "丁市港航局、丁市财政局2025年1月22日印发" in bot.ask("《丁市渔船补助办法》是哪个部门印发的？").text
    assert "本办法适用于木船" in bot.ask("《丁市渔船补助办法》主要讲什么？").text
