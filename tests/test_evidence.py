"""Which sentences answer a question: what they share with it, and what disqualifies them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.load import load_document
from outlined import outlined
from qa.evidence import Candidate, Focus, brought, coverage, foreign_terms, nearness, official_first, title_share
from qa.question import understand
from searched import asked, rarity, searched

LIGHTHOUSE = outlined(
    "一、灯塔管护\n（一）日常巡查。看守人每日巡查灯塔两次。\n（二）经费来源。灯塔经费由海事局出资。\n二、码头开放\n码头夜间开放。\n",
    "灯塔",
    title="海岸设施管护办法",
)


def sentence(question: str, text: str) -> Candidate:
    """One sentence of LIGHTHOUSE with its features for a question."""
    return next(c for c in searched(asked(question), LIGHTHOUSE) if c.text == text)


def test_the_sentence_that_says_what_is_asked_comes_first() -> None:
    for question, answer in (
        ("看守人每日巡查几次？", "看守人每日巡查灯塔两次。"),
        ("码头什么时候开放？", "码头夜间开放。"),
    ):
        assert next(c.text for c in searched(asked(question), LIGHTHOUSE) if c.tells) == answer


def test_a_sentence_stands_where_it_says() -> None:
    for candidate in searched(asked("灯塔"), LIGHTHOUSE):
        assert LIGHTHOUSE.text[candidate.start : candidate.end] == candidate.text


def test_coverage_is_the_share_of_the_words_held() -> None:
    ready = asked("码头免票")
    assert set(ready.words) == {"码头", "免票"}
    assert coverage(ready, "码头实行免票") == 1.0
    assert coverage(ready, "码头夜间开放") == 0.5
    assert coverage(ready, "天气晴朗") == 0.0


def test_official_words_count_for_everyday_ones_but_less() -> None:
    ready = asked("小孩")
    assert coverage(ready, "小孩免票") == 1.0
    assert coverage(ready, "儿童免票") == coverage(ready, "未成年人免票") == 0.7
    assert coverage(ready, "军人免票") == 0.0


def test_asking_words_are_no_words_of_the_question() -> None:
    ready = asked("请问灯塔是由谁看守的呢？")
    assert "灯塔" in ready.words
    assert not {"请问", "由", "谁", "的", "呢"} & set(ready.words)


@pytest.mark.parametrize(
    ("title", "question", "share"),
    [
        ("（一）日常巡查", "日常巡查有什么要求", 1.0),  # the number does not count
        ("主要任务", "任务有哪些", 1.0),  # nor a word that questions leave out
        ("日常巡查", "经费来源", 0.0),
        ("", "经费来源", 0.0),
    ],
)
def test_the_share_of_a_title_that_a_question_repeats(title: str, question: str, share: float) -> None:
    assert title_share(title, question, rarity) == pytest.approx(share)


def test_a_title_said_in_part_counts_in_part() -> None:
    assert 0 < title_share("日常巡查记录", "巡查几次", rarity) < 1


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("看守人每日巡查灯塔两次。", 1.0),  # the section itself
        ("码头夜间开放。", 0.3),  # elsewhere in the document
    ],
)
def test_nearness_to_what_the_conversation_is_about(text: str, near: float) -> None:
    padded = outlined(LIGHTHOUSE.text.replace("二、", "附注。" * 200 + "\n二、"), "灯塔")
    section = next(s for s in padded.sections if s.title == "日常巡查")
    focus = Focus("灯塔", section.index, section.start, section.end)
    candidate = next(c for c in searched(asked("灯塔"), padded) if c.text == text)
    assert nearness(focus, candidate) == near
    assert nearness(Focus("别的", 0, 0, 9), candidate) == 0.0
    assert nearness(None, candidate) == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "一、灯塔管护",  # a heading
        "（市海事局、市财政局负责）",  # a note of who is responsible
        "各市人民政府，各部门：",  # whom it is addressed to
        "你局请示收悉。",
        "现将办法印发如下。",
        "请认真贯彻执行。",
        "湖政发〔2031〕5号",
        "2031年5月1日",
        "发文机关：湖港市人民政府",
        "关键词：灯塔",
    ],
)
def test_what_is_no_answer_by_itself(text: str) -> None:
    document = outlined(f"{text}\n看守人巡查灯塔。\n", "通知")
    found = {c.text: c.tells for c in searched(asked("灯塔由谁看守？"), document)}
    assert found[text] is False
    assert found["看守人巡查灯塔。"] is True


def test_a_sentence_that_mentions_a_date_or_a_duty_still_tells() -> None:
    document = outlined("办法自2031年5月1日起施行。\n灯塔由市海事局负责看守。\n", "通知")
    assert all(c.tells for c in searched(asked("灯塔由谁看守？"), document))


def test_a_heading_tells_nothing_but_an_item_that_states_a_rule_does() -> None:
    document = outlined(
        "一、灯塔管护\n（一）日常巡查。看守人每日巡查。\n（二）灯塔应当每年检修。检修由海事局组织。\n（三）码头旁不得堆放杂物。\n"
        "（四）2031年底前灯塔全部通电点亮。各港抓紧施工。\n（五）2032年底前灯塔项目全部完工验收。各港抓紧验收。\n"
        "（六）2033年底前灯塔建设的主要目标。各港逐年分解。\n"
        "（七）看守人每年1月31日前填报上一年度数据。未填报的，限期补报。\n",
        "办法",
    )
    found = {c.text: c.tells for c in searched(asked("灯塔多久检修？"), document)}
    told = {text for text, tells in found.items() if tells}
    assert told >= {
        "（二）灯塔应当每年检修。",
        "（三）码头旁不得堆放杂物。",
        "看守人每日巡查。",
        "（四）2031年底前灯塔全部通电点亮。",
        "（七）看守人每年1月31日前填报上一年度数据。",
        "（五）2032年底前灯塔项目全部完工验收。",
    }
    assert not told & {"一、灯塔管护", "（一）日常巡查。", "（六）2033年底前灯塔建设的主要目标。"}


def test_an_official_sentence_goes_before_one_that_says_hardly_more() -> None:
    official = outlined("灯塔由海事局看守。\n", "办法", authority="state_council")
    paper = outlined("灯塔由海事局派人看守。\n", "论文", authority="paper")
    ranked = searched(asked("灯塔由谁派人看守？"), paper, official)
    by_score = sorted(ranked, key=lambda c: -c.score)
    assert by_score[0].document is paper
    gap = by_score[0].score - next(c.score for c in ranked if c.document is official)
    first = official_first(by_score, frozenset())[0]
    assert (first.document is official) == (gap <= 0.6)
    assert official_first(by_score, {paper.doc_id})[0].document is paper


def test_a_question_that_points_at_a_document_prefers_it() -> None:
    one = outlined("灯塔由海事局看守。\n", "甲", title="甲市办法")
    two = outlined("灯塔由渔政站看守。\n", "乙", title="乙市办法")
    assert searched(asked("灯塔由谁看守？", hinted=["乙"]), one, two)[0].document is two
    assert searched(asked("灯塔由谁看守？", hinted=["甲"]), one, two)[0].document is one


def test_a_place_that_the_question_names_holds_its_answer() -> None:
    first = LIGHTHOUSE.sections[0]
    found = searched(asked("第一部分讲了什么？", places={"灯塔": frozenset({first.index})}), LIGHTHOUSE)
    inside = [c.text for c in found if c.feature("address") == 1.0]
    assert "灯塔经费由海事局出资。" in inside  # in a section below it
    assert "码头夜间开放。" not in inside


def test_an_abstract_in_english_is_passed_over() -> None:
    document = outlined("The lighthouse is kept by fishermen.\n灯塔由渔民看守。\n", "论文")
    assert [c.text for c in searched(asked("who keeps the lighthouse"), document)] == ["灯塔由渔民看守。"]


def test_latin_names_must_be_found_in_what_answers() -> None:
    assert foreign_terms(understand("AIS设备由谁安装？")) == ["ais"]
    assert foreign_terms(understand("设备由谁安装？")) == []
    assert foreign_terms(understand("who installs AIS")) == []  # all of it is Latin


def test_features_of_the_form_of_a_sentence() -> None:
    best = sentence("看守人每日巡查灯塔几次？", "看守人每日巡查灯塔两次。")
    assert best.feature("kind") > 0  # it has a figure
    assert best.feature("short") == 0.0
    assert best.feature("formula") == 0.0
    assert sentence("码头什么时候开放？", "码头夜间开放。").feature("short") == 1.0


def test_the_names_of_attachments_answer_nothing_and_their_provisions_do() -> None:
    listed = outlined("一、灯塔\n看守灯塔。\n附件：1.灯塔看守申请表\n2.灯塔看守承诺书\n", "通知")
    assert [c.text for c in searched(asked("灯塔看守"), listed) if c.tells] == ["看守灯塔。"]
    rules = outlined("一、灯塔\n看守灯塔。\n附件：灯塔看守要点\n1.每座灯塔两人看守。\n", "通知")
    assert "1.每座灯塔两人看守。" in [c.text for c in searched(asked("灯塔看守"), rules) if c.tells]


def test_what_a_follow_up_carries_over_counts_less_than_what_it_brings() -> None:
    ready = asked("灯塔补助什么时候停发？", answers=["每月五日发放。"], own="什么时候停发？")
    assert ready.words["停发"] > ready.words["补助"] > 0
    assert set(brought(ready)) == {"停发"}
    assert not brought(asked("灯塔补助什么时候停发？"))


def test_the_figures_of_an_answer_are_half_of_it() -> None:
    document = outlined("一、补助\n2030年每座灯塔补助30元。\n2031年每座灯塔补助45元。\n", "通知")
    found = searched(asked("2030年每座灯塔补助多少？", answers=["每座灯塔补助45元。"]), document)
    told = {c.text: c.feature("told") for c in found if c.tells}
    assert told["2031年每座灯塔补助45元。"] == 1.0
    assert told["2030年每座灯塔补助30元。"] == 0.5


def test_the_first_sentence_of_an_item_is_no_name_where_most_items_have_none(tmp_path: Path) -> None:
    long = "逐项论证渔民参与灯塔、码头、航道项目的可行性，" * 5
    (tmp_path / "plan.txt").write_text(
        f"灯塔若干措施\n一、{long}写明结论。鼓励参与。\n二、引导渔民参与雾笛建设。办理雾笛许可时一视同仁。\n"
        f"三、{long}确定比例。各港鼓励参与。\n四、{long}公开结果。加强管理。\n",
        encoding="utf-8",
    )
    (tmp_path / "names.txt").write_text(
        "灯塔规划\n一、修复灯塔。修复旧塔。\n二、建设雾笛。新建雾笛。\n三、清理航道。每年清理。\n", encoding="utf-8"
    )
    plan, names = (load_document(tmp_path / f"{name}.txt") for name in ("plan", "names"))
    question = asked("雾笛怎么建设？")
    assert [c.tells for c in searched(question, plan) if "渔民参与雾笛建设" in c.text] == [True]
    assert [c.tells for c in searched(question, names) if "建设雾笛" in c.text] == [False]
