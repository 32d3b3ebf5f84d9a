"""Rules that a later document words anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes import HashEmbedder
from qa.amendments import as_amended
from qa.bot import PolicyQA
from qa.verdict import verdict

_RULE = """\
甲市灯塔看守补贴办法
甲民发〔2021〕4号
第一条 为做好看守工作，制定本办法。
第二条 看守员每人每月补贴800元。
第三条 申请人应当在本市居住满12个月。
甲市民政局
2021年3月1日
"""
_CHANGE = """\
甲市民政局关于修改《甲市灯塔看守补贴办法》部分条款的通知
甲民发〔2024〕9号
各区民政局：
对《甲市灯塔看守补贴办法》（甲民发〔2021〕4号）作如下修改：
一、将第二条“看守员每人每月补贴800元”修改为“看守员每人每月补贴1000元”。
二、将第三条“居住满12个月”改为“居住满6个月”。
甲市民政局
2024年6月1日
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder: Path = tmp_path_factory.mktemp("documents")
    (folder / "rule.txt").write_text(_RULE, encoding="utf-8")
    (folder / "change.txt").write_text(_CHANGE, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("data"), embedder=HashEmbedder())


def test_the_changes_of_a_document(bot: PolicyQA) -> None:
    assert [bot.document("change").text[c.start : c.start + 5] for c in bot.changes()] == ["将第二条“", "将第三条“"]
    assert bot.superseded() == {}, "parts worded anew are no new version"


def test_a_question_is_answered_in_the_new_wording(bot: PolicyQA) -> None:
    answer = bot.ask("看守员每人每月补贴是800元吗？")
    assert "1000元" in answer.text and not answer.text.startswith("是的")
    assert {c.doc_id for c in answer.citations} == {"change"}
    assert {s.support for s in answer.statements} == {"verified"}


def test_yes_and_no_go_by_the_new_wording() -> None:
    sentence = "将第三条“居住应当满12个月”修改为“居住应当满6个月”。"
    assert as_amended('将第三条"甲乙丙丁"修改为"戊己庚辛"') == "戊己庚辛"
    assert verdict("居住要满12个月才能申请吗？", sentence) in (None, ("不需要", True))
