"""What a body does in a work that a document is about, by that document alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from outlined import outlined
from qa import PolicyQA
from qa.listed_bodies import Asked, lists_body, work_of_body
from small import bot_of

TEXTS = {
    "防火": "沙河市人民政府办公室关于印发沙河市森林防火预案的通知\n\n沙河市森林防火预案\n\n一、职责\n"
    "市林业局：负责火情监测，组织扑救。\n市公安局：负责火场治安，查处纵火行为。\n市气象局：负责火险预报，发布预警信息。\n"
    "二、保障\n市民可以拨打报警电话。\n抄送：市商务局。\n",
    "灯塔": "沙河市2031年修缮灯塔工作要点\n\n一、任务\n（一）修塔。分批修缮灯塔。（市港航局牵头，市商务局、市民政局配合）\n"
    "（二）经费。落实修缮经费。（市财政局牵头，市港航局配合）\n（三）开放。组织市民参观。（市文旅局牵头，市公安局配合）\n",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    path: Path = tmp_path_factory.mktemp("bodies")
    return bot_of(path, TEXTS)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("沙河市防火工作中市商务局负责什么？", Asked("沙河市防火", "市商务局")),
        ("防火预案里民政部门的职责是什么？", Asked("防火", "民政部门")),
        ("修缮灯塔，市公安局有什么任务？", Asked("修缮灯塔", "市公安局")),
        ("市财政局在修缮灯塔工作中牵头哪几项？", Asked("修缮灯塔", "市财政局")),
        ("防火工作中由谁负责火情监测？", None),
        ("市财政局负责什么？", None),
        ("中小学校园里哪个部门负责安全？", None),
    ],
)
def test_a_question_asks_what_a_body_does_in_a_work(question: str, asked: Asked | None) -> None:
    assert work_of_body(question) == asked


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("沙河市森林防火工作里市商务局负责什么？", "市商务局"),  # it is listed for the lighthouses, and is sent a copy
        ("森林防火中市民政局的职责", "市民政局"),
        ("市财政局在森林防火工作中承担哪些任务？", "市财政局"),
        ("森林防火预案里教育部门负责什么？", "教育部门"),
        ("修缮灯塔工作中市林业局负责什么？", "市林业局"),
    ],
)
def test_a_body_that_the_document_does_not_list_is_said_not_to_be(bot: PolicyQA, question: str, body: str) -> None:
    answer = bot.ask(question)
    assert answer.refused
    title = "修缮灯塔工作要点" if "灯塔" in question else "森林防火预案"
    assert f"{title}" in answer.text and f"没有列出{body}承担的工作" in answer.text


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("森林防火工作中市公安局负责什么？", "负责火场治安", "开放"),
        ("市公安局在修缮灯塔工作中参与哪些任务？", "开放", "火场治安"),
        ("修缮灯塔工作中市民政局负责什么？", "修塔", "火"),
    ],
)
def test_a_body_of_several_documents_is_told_by_the_one_that_is_asked_about(
    bot: PolicyQA, question: str, told: str, untold: str
) -> None:
    answer = bot.ask(question)
    assert told in answer.text and untold not in answer.text


@pytest.mark.parametrize("body", ["市卫健委", "城管部门", "民政局", "物业公司"])
def test_a_body_is_listed_by_any_name(body: str) -> None:
    text = "一、职责\n卫生健康委员会救护伤员。城市管理部门清扫道路。民政、教育等部门配合。物业服务企业开放车库。\n抄送：市商务局。\n"
    assert lists_body(outlined(text), (), body)
    assert not lists_body(outlined(text), (), "市商务局")  # it is only sent a copy
