"""Versions of one rule and sources that differ, asked about by whole questions."""

from __future__ import annotations

import pytest

from fakes import HashEmbedder
from qa.bot import PolicyQA

_OLD = """\
甲市民政局关于印发《甲市灯塔补贴办法》的通知
甲民发〔2018〕4号
各区民政局：
现将《甲市灯塔补贴办法》印发给你们。
第一条 新建灯塔每座补贴5000元，补贴总额不超过20万元。
第二条 领取补贴后应当看守3年。
第三条 本办法自2018年7月1日起施行。
甲市民政局
2018年5月21日
"""
_NEW = """\
甲市民政局关于印发《甲市灯塔补贴办法》的通知
甲民规〔2023〕6号
各区民政局：
现将《甲市灯塔补贴办法》印发给你们。
第一条 新建灯塔每座补贴8000元，补贴总额不超过30万元。
第二条 领取补贴后应当看守5年。
第三条 本办法自2023年7月1日起施行，《甲市灯塔补贴办法》（甲民发〔2018〕4号）同时废止。
甲市民政局
2023年6月12日
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "old.txt").write_text(_OLD, encoding="utf-8")
    (folder / "new.txt").write_text(_NEW, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("data"), embedder=HashEmbedder())


def test_the_version_in_force_answers(bot: PolicyQA) -> None:
    assert bot.superseded() == {"old": "new"}
    assert {c.document.doc_id for c in bot.find("新建灯塔每座补贴多少元？").candidates} == {"new"}


def test_the_old_version_answers_where_it_is_meant(bot: PolicyQA) -> None:
    assert {c.document.doc_id for c in bot.find("旧办法里新建灯塔每座补贴多少元？").candidates} == {"old"}


def test_both_are_laid_side_by_side_with_what_they_are(bot: PolicyQA) -> None:
    answer = bot.ask("新建灯塔每座补贴，有人说5000元有人说8000元，哪个对？")
    first, second = answer.text.split("[1]")
    assert "（甲民规〔2023〕6号，现行）" in first and "8000元" in first
    assert "（甲民发〔2018〕4号，已被新文件取代）" in second and "5000元" in second
    assert {s.support for s in answer.statements} == {"verified"}


def test_what_differs_between_two_documents(bot: PolicyQA) -> None:
    changed = [d for d in bot.compare("old", "new", "看守") if d.change == "changed"]
    (difference,) = changed
    assert difference.a is not None and difference.b is not None
    assert ("3", "5") in difference.pieces
    assert "".join(a for a, _ in difference.pieces) == difference.a.quote
    assert "".join(b for _, b in difference.pieces) == difference.b.quote
    kinds = {d.change for d in bot.compare("old", "new")}
    assert {"same", "changed"} <= kinds
