"""Versions of one rule and sources that differ, asked about by whole questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fakes import HashEmbedder
from qa.bot import PolicyQA
from qa.disputes import answer_dispute
from qa.settings import SettingsError

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


@pytest.mark.parametrize(
    "question",
    [
        "领了补贴要看守几年？3年和5年都有人说",
        "领补贴后看守，一个说3年一个说5年，哪个有效？",
    ],
)
def test_what_is_said_on_both_sides_is_looked_up_in_both_versions(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert [c.quote for c in answer.citations] == ["领取补贴后应当看守5年。", "领取补贴后应当看守3年。"]


def test_two_years_that_are_told_of_one_thing_are_laid_side_by_side(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(
        _PLAN + "第一条 灯塔规划由市民政局实施。\n第二条 2024年第三季度开展灯塔规划中期评估。\n", encoding="utf-8"
    )
    (tmp_path / "wiki.txt").write_text(_WIKI + "据介绍，2025年上半年开展灯塔规划中期评估。\n", encoding="utf-8")
    bot = PolicyQA.open([tmp_path], tmp_path / "data", embedder=HashEmbedder())
    answer = bot.ask("灯塔规划什么时候开展中期评估？我看到2024年和2025年两种说法")
    assert [("2024年第三季度" in c.quote, "2025年上半年" in c.quote) for c in answer.citations] == [
        (True, False),
        (False, True),
    ]


def test_one_sentence_that_two_copies_word_differently(tmp_path: Path) -> None:
    (tmp_path / "full.txt").write_text(_OLD, encoding="utf-8")
    (tmp_path / "web.txt").write_text(_OLD.replace("应当看守3年", "要看守3年"), encoding="utf-8")
    bot = PolicyQA.open([tmp_path / "full.txt", tmp_path / "web.txt"], tmp_path / "data", embedder=HashEmbedder())
    answer = bot.ask("网页版和全文版里领取补贴后看守3年这一条，用词有什么不一样？")
    assert [c.doc_id for c in answer.citations] == ["full", "web"]
    assert "应当看守3年" in answer.text and "要看守3年" in answer.text


def test_what_differs_between_two_documents(bot: PolicyQA) -> None:
    changed = [d for d in bot.compare("old", "new", "看守") if d.change == "changed"]
    (difference,) = changed
    assert difference.a is not None and difference.b is not None
    assert ("3", "5") in difference.pieces
    assert "".join(a for a, _ in difference.pieces) == difference.a.quote
    assert "".join(b for _, b in difference.pieces) == difference.b.quote
    kinds = {d.change for d in bot.compare("old", "new")}
    assert {"same", "changed"} <= kinds


def test_an_answer_from_a_replaced_document_says_so(bot: PolicyQA) -> None:
    notes = bot.ask("旧办法的文号是什么？").notes
    assert notes == ("《甲市灯塔补贴办法》（甲民发〔2018〕4号）已被《甲市灯塔补贴办法》（甲民规〔2023〕6号）取代。",)
    assert bot.ask("现行办法的文号是什么？").notes == ()


def test_a_version_that_nobody_repeals_is_told_beside_the_later_one(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "old.txt").write_text(_OLD.replace("办法》的通知", "办法（2018版）》的通知"), encoding="utf-8")
    (folder / "new.txt").write_text(
        _NEW.replace("，《甲市灯塔补贴办法》（甲民发〔2018〕4号）同时废止", ""), encoding="utf-8"
    )
    bot = PolicyQA.open([folder], tmp_path / "data", embedder=HashEmbedder())
    assert bot.superseded() == bot.renewed() == {"old": "new"}
    both = bot.ask("领取补贴后应当看守几年？")
    assert [c.doc_id for c in both.citations] == ["new", "old"]
    assert "（甲民规〔2023〕6号）：" in both.text and "（甲民发〔2018〕4号）：" in both.text
    one = bot.ask("2018版办法里领取补贴后应当看守几年？")
    assert [c.doc_id for c in one.citations] == ["old"]


def test_a_repealed_version_is_not_told_beside_the_one_in_force(bot: PolicyQA) -> None:
    assert bot.superseded() == {"old": "new"} and bot.renewed() == {}
    assert {c.doc_id for c in bot.ask("领取补贴后应当看守几年？").citations} == {"new"}


_PLAN = "灯塔规划\n甲政发〔2021〕1号\n到2025年，建成灯塔90座。\n"
_WIKI = "灯塔规划（百科词条）\n灯塔规划提出，到2025年，建成灯塔100座。\n"


def test_the_order_of_sources_is_a_setting(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "plan.txt").write_text(_PLAN, encoding="utf-8")
    (folder / "wiki.txt").write_text(_WIKI, encoding="utf-8")
    question = "到2025年建成灯塔90座还是100座？"

    def told(**settings: Any) -> list[str]:
        bot = PolicyQA.open([folder], tmp_path / "data", embedder=HashEmbedder(), **settings)
        return [c.doc_id for c in bot.ask(question).citations]

    order = ("encyclopedia", "state_council", "ministry", "local", "interpretation", "report", "paper", "unknown")
    assert told() == ["plan", "wiki"]
    assert told(authority=order) == ["wiki", "plan"]
    with pytest.raises(SettingsError, match="authority"):
        told(authority=("paper",))


def test_an_answer_from_weak_sources_alone_says_so(tmp_path: Path) -> None:
    (tmp_path / "wiki.txt").write_text(f"{_WIKI}另有一说是建成灯塔90座。\n", encoding="utf-8")
    bot = PolicyQA.open([tmp_path / "wiki.txt"], tmp_path / "data", embedder=HashEmbedder())
    answer = bot.ask("到2025年建成灯塔90座还是100座？")
    assert not answer.refused
    assert answer.notes == ("出处都不是正式文件，请以正式文件为准。",)
    assert answer.to_dict()["notes"] == list(answer.notes)


@pytest.mark.parametrize(
    "question", ["新旧两个办法有什么不同？", "这两个版本有什么变化？", "4号文与6号文的区别是什么？"]
)
def test_all_that_has_changed_between_versions_is_told_in_order(bot: PolicyQA, question: str) -> None:
    text = bot.ask(question).text
    told = [text.find(figure) for figure in ("5000元", "8000元", "3年", "5年")]
    assert told == sorted(told) and -1 not in told
    assert text.startswith("原来：")


def test_the_change_that_is_asked_about_is_told_alone(bot: PolicyQA) -> None:
    text = bot.ask("新旧办法的看守年限有什么变化？").text
    assert "看守3年" in text and "看守5年" in text and "8000元" not in text


def test_the_change_of_the_sentence_that_is_read_to_answer_however_few_of_the_words_it_has(bot: PolicyQA) -> None:
    found = bot.find("新旧办法里领了钱总共要守几年，有什么变化？", all_versions=True)

    def told(odds: float) -> str:
        read = [c.changed(odds=odds if "看守3年" in c.text else -5.0) for c in found.candidates]
        draft = answer_dispute(found.probe, read, bot.superseded(), bot.headers(), lambda *_: [], bot.compare)
        return "".join(line.text for line in draft.lines) if draft is not None else ""

    assert "看守3年" in told(5.0) and "看守5年" in told(5.0)
    assert "看守3年" not in told(-5.0)


def test_what_another_version_says_of_something_else_is_not_set_beside_it(tmp_path: Path) -> None:
    new = _NEW.replace("第三条", "第三条 守塔登记处设在甲市港务局。\n第四条")
    (tmp_path / "old.txt").write_text(_OLD, encoding="utf-8")
    (tmp_path / "new.txt").write_text(new, encoding="utf-8")
    bot = PolicyQA.open([tmp_path], tmp_path / "data", embedder=HashEmbedder())
    text = bot.ask("守塔登记处到底设在哪个局，说法不一致？").text
    assert "甲市港务局" in text and "4号" not in text
