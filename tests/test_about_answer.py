"""Turns that ask something of the answer given, and nothing of the documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.about_answer import act_on_answer
from qa.answer import Answer
from qa.bot import PolicyQA
from qa.followup import rewrite
from small import bot_of

_TEXTS = {
    "rule": "丁市渡船管理办法\n丁政发〔2021〕1号\n第一条 渡船每年检修一次。检修由航标处安排。\n第二条 渡船超载的，处三百元罚款。\n",
    "plan": "丁市灯塔建设方案\n丁港航〔2022〕7号\n一、目标\n到2025年建成灯塔九座。\n二、保障\n灯塔由航标处管护。\n",
}
FINE, TOWERS = "渡船超载处多少罚款？", "到2025年建成多少座灯塔？"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def _last(bot: PolicyQA, *questions: str) -> Answer:
    talk: list[tuple[str, str]] = []
    for question in questions:
        answer = bot.ask(question, talk)
        talk.append((answer.question, answer.text))
    return answer


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("这句话出自哪里？", "source"),
        ("出处是哪一条？", "source"),
        ("哪份文件规定的？", "source"),
        ("这是第几条？", "source"),
        ("这个数字出自哪份文件？", "source"),
        ("你确定吗？", "source"),
        ("以上内容都来自同一份文件吗？", "same"),
        ("帮我把刚才的答案总结成三句话", "summary"),
        ("展开说说", "more"),
        ("能不能再说一遍？", "again"),
        ("简单点说", "short"),
        ("太长了，一句话概括一下", "short"),
        ("具体点", "more"),
        ("简单介绍一下渡船的规定", None),
        ("为什么答不了？", "refusal"),
        ("处罚的依据是什么？", None),
        ("在哪里？", None),
        ("第几条？", None),
        ("哪个部门规定的？", None),
        ("第二个展开说说", None),
        ("总结一下渡船的规定", None),
    ],
)
def test_what_is_asked_of_an_answer(question: str, act: str | None) -> None:
    assert act_on_answer(question) == act


@pytest.mark.parametrize("question", ["这句话出自哪里？", "好的，你确定吗？", "依据是哪一条？"])
def test_its_source_is_the_clause_it_rests_on_with_document_and_place(bot: PolicyQA, question: str) -> None:
    answer = _last(bot, FINE, question)
    assert answer.text == "《丁市渡船管理办法》（丁政发〔2021〕1号）“第二条”：渡船超载的，处三百元罚款。[1]"
    assert [s.support for s in answer.statements] == ["verified"]


def test_in_short_it_is_what_the_last_answer_says_first(bot: PolicyQA) -> None:
    assert _last(bot, TOWERS, FINE, "简单说").text == _last(bot, FINE).text


def test_more_of_it_is_the_article_around_it(bot: PolicyQA) -> None:
    answer = _last(bot, "渡船多久检修一次？", "展开说说")
    assert "渡船每年检修一次。" in answer.text and "检修由航标处安排。" in answer.text and "罚款" not in answer.text


def test_a_summary_and_the_question_for_one_source_look_at_the_whole_talk(bot: PolicyQA) -> None:
    short = _last(bot, FINE, TOWERS, "谢谢", "总结一下刚才的")
    assert [c.doc_id for c in short.citations] == ["rule", "plan"]
    assert _last(bot, FINE, TOWERS, "以上内容都来自同一份文件吗？").text.startswith("不是，《丁市渡船管理办法》")
    assert _last(bot, FINE, FINE, "以上内容都来自同一份文件吗？").text.startswith("是的，《丁市渡船管理办法》")


def test_the_turn_before_is_meant_and_not_another_question_about_it(bot: PolicyQA) -> None:
    assert _last(bot, FINE, "你确定吗？", "这是第几条？").text == _last(bot, FINE, "这是第几条？").text


def test_of_a_refusal_the_reason_is_told_again(bot: PolicyQA) -> None:
    for question in ("这句话出自哪里？", "为什么答不了？"):
        answer = _last(bot, "火星移民怎么报名？", question)
        assert answer.refused and answer.text.startswith("上一问没有答案：")


def test_an_answer_that_cannot_be_found_again_has_no_source(bot: PolicyQA) -> None:
    assert bot.ask("出处是哪里？", [(FINE, "处九千元罚款。[1]")]).refused


def test_a_talk_is_never_about_such_a_turn() -> None:
    talk = [("灯塔由谁修？", "由航标处修。"), ("这句话出自哪里？", "《丁市渡船管理办法》：灯塔由航标处修。")]
    assert rewrite("多久修一次？", talk).standalone == "灯塔，多久修一次？"


def test_without_a_talk_it_is_an_ordinary_question(bot: PolicyQA, tmp_path: Path) -> None:
    assert bot.ask("依据是什么？").standalone_question == "依据是什么？"
