"""A text that is still to be decided on is told by its name, with a note that it is not in force."""

from __future__ import annotations

import pytest

from qa.bot import PolicyQA
from qa.dating import with_days_told
from qa.drafts import draft_name
from small import bot_of

_ARTICLES = """第一条 为了规范灯塔管理，制定本条例。
第二条 灯塔应当每年检修一次透镜。
第三条 损坏透镜的，处三十元罚款。
第四条 本条例自2025年 月 日起施行。
"""
_TEXTS = {
    "own": f"丁省灯塔管理条例（征求意见稿）\n{_ARTICLES}",
    "sent": "丁省航标厅关于《丁省声呐管理条例（征求意见稿）》公开征求意见的公告\n"
    "我厅起草了《丁省声呐管理条例（征求意见稿）》，现向社会公开征求意见。\n丁省航标厅\n2025年2月28日\n"
    "丁省声呐管理条例（征求意见稿）\n"
    + _ARTICLES.replace("灯塔", "声呐").replace("透镜", "探头")
    + "起草说明\n一、起草背景。全省有声呐412台。\n",
    "reply": "丁省航标厅关于提案的答复\n一、您在提案中建议，对每座灯塔补助灯油费30万元。\n二、灯塔现有61座。\n",
    "rule": "丁省浮标管理条例\n第一条 浮标应当每年检修一次链条。\n第二条 本条例自2024年5月1日起施行。\n",
}
_NOTE = "出处是征求意见稿，不是已经施行的规定。"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def test_an_answer_from_a_draft_names_it_and_says_so(bot: PolicyQA) -> None:
    answer = bot.ask("损坏灯塔透镜罚多少钱？")
    assert answer.text.startswith("《丁省灯塔管理条例（征求意见稿）》：") and answer.notes == (_NOTE,)
    assert {s.support for s in answer.statements} == {"verified"}


def test_a_draft_sent_out_with_a_notice_is_the_part_and_not_what_stands_around_it(bot: PolicyQA) -> None:
    document = bot.document("sent")
    names = [draft_name(document, document.text.index(words)) for words in ("我厅起草", "第二条", "全省有声呐")]
    assert names == ["", "丁省声呐管理条例（征求意见稿）", ""]


def test_a_rule_in_force_is_told_as_it_was(bot: PolicyQA) -> None:
    answer = bot.ask("浮标多久检修一次链条？")
    assert not answer.notes and not answer.text.startswith("《")


def test_a_day_left_open_is_no_day(bot: PolicyQA) -> None:
    assert bot.document("own").header.effective is None
    found = bot.find("灯塔管理条例征求意见到什么时候？").candidates
    assert any("年月日起" in c.text for c in found) and not any("年月日起" in c.text for c in with_days_told(found))


def test_a_proposal_is_no_decision(bot: PolicyQA) -> None:
    assert bot.ask("每座灯塔补助灯油费多少？").notes == ("引的是提出的建议，不是已经作出的决定。",)
    assert not bot.ask("灯塔现有多少座？").notes
