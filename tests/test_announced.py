"""What a sentence or heading announces is told with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import SourceDocument
from outlined import outlined
from qa.announced import answer_announced, answer_nth_announced, with_items, with_list_below
from qa.extractive import Draft, Line
from qa.told_lists import items_behind
from searched import asked, searched
from small import bot_of

RULES = outlined(
    "一、停航\n有下列情形之一的，船闸可以停航：\n（一）检修闸门的。\n（二）水位超过警戒线的。\n（三）大雾的。\n"
    "二、仪器\n以下仪器不对外开放：\n声呐\n水下相机\n潮位仪\n"
    "三、名单\n东港站\n西港站\n"
    "五、考核\n每年考核一次。考核分两项：①查台账；②查现场。结果公开。\n"
    "四、检查\n检查分三步进行：一是看证书；二是看船体；三是看灯号。检查不收费。\n",
    "办法",
    title="船闸管理办法",
)


def draft_of(text: str) -> Draft:
    start = RULES.text.index(text)
    return Draft((Line(text, (("办法", start, start + len(text)),)),))


def document_of(doc_id: str) -> SourceDocument:
    return RULES


@pytest.mark.parametrize(
    ("question", "line", "told"),
    [
        (
            "哪些情形可以停航？",
            "有下列情形之一的，船闸可以停航：",
            "有下列情形之一的，船闸可以停航，共3项：（一）检修闸门的；（二）水位超过警戒线的；（三）大雾的。",
        ),
        (
            "什么仪器不开放？",
            "以下仪器不对外开放：",
            "以下仪器不对外开放，共3项：声呐；水下相机；潮位仪。",
        ),
        ("有哪些站？", "三、名单", "“名单”共2项：东港站；西港站。"),
        ("第三部分叫什么？", "三、名单", "三、名单"),  # the heading itself is asked for
        ("检查收费吗？", "检查不收费。", "检查不收费。"),
        ("考核哪些方面？", "每年考核一次。", "每年考核一次。考核分两项：①查台账；②查现场。"),
        ("多久考核一次？", "每年考核一次。", "每年考核一次。"),
    ],
)
def test_items_follow_what_announces_them(question: str, line: str, told: str) -> None:
    draft = with_items(draft_of(line), asked(question), document_of)
    assert "".join(part.text for part in draft.lines) == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("船闸可以停航的第二种情形是什么？", "有下列情形之一的，船闸可以停航。（二）水位超过警戒线的。"),
        ("船闸可以停航的最后一种情形是什么？", "有下列情形之一的，船闸可以停航。（三）大雾的。"),
        ("船闸检查的第二步是什么？", "检查分三步进行。二是看船体。"),
        ("船闸可以停航的第五种情形是什么？", None),
        ("船闸可以停航的第二种情形由谁认定？", None),  # one thing of the item
        ("船闸可以停航的情形有哪些？", None),
    ],
)
def test_the_nth_of_announced_items(question: str, told: str | None) -> None:
    ready = asked(question)
    draft = answer_nth_announced(ready, searched(ready, RULES))
    assert told == (None if draft is None else "".join(line.text for line in draft.lines))


def test_long_lines_are_no_items() -> None:
    text = "一、收费\n收费办法如下：\n" + "船舶过闸按吨位收费，" * 10 + "。\n" + "夜间过闸加收。" * 3 + "\n"
    document = outlined(text)
    assert items_behind(document, document.text.index("如下：") + 3) == []


def test_cases_are_told_where_the_nearest_sentence_only_announces_them() -> None:
    def told(question: str) -> str | None:
        ready = asked(question)
        found = [c.changed(tells=False) if c.text.endswith("：") else c for c in searched(ready, RULES)]
        draft = answer_announced(ready, found)
        return None if draft is None else "".join(line.text for line in draft.lines)

    cases = "有下列情形之一的，船闸可以停航，共3项：（一）检修闸门的；（二）水位超过警戒线的；（三）大雾的。"
    assert told("船闸在什么情况下可以停航？") == cases
    assert told("船闸可以停航的有哪些情形？") == cases
    assert told("船闸停航由谁决定，有哪些情形？") is None
    assert told("船闸可以停航吗？") is None


REPEALS = outlined(
    "一、决定\n对3件文件予以废止，对2件文件予以修改。\n二、予以废止的文件\n（一）《甲办法》。\n（二）《乙办法》。\n（三）《丙办法》。\n"
    "三、予以修改的文件\n（一）《丁办法》。\n（二）《戊办法》。\n",
    "决定",
    title="清理决定",
)


@pytest.mark.parametrize(
    ("question", "line", "told"),
    [
        ("废掉了哪几个文件？", "对3件文件予以废止，对2件文件予以修改。", "“予以废止的文件”共3项：（一）《甲办法》；（二）《乙办法》；（三）《丙办法》。"),
        ("清理了多少件文件？", "对3件文件予以废止，对2件文件予以修改。", "对3件文件予以废止，对2件文件予以修改。"),
    ],
)  # fmt: skip
def test_a_list_that_a_sentence_only_counts(question: str, line: str, told: str) -> None:
    start = REPEALS.text.index(line)
    draft = Draft((Line(line, (("决定", start, start + len(line)),)),))
    draft = with_items(draft, asked(question), lambda _: REPEALS)
    assert "".join(part.text for part in draft.lines) == told


def test_a_heading_alone_becomes_the_list_below_it() -> None:
    start = REPEALS.text.index("三、")
    draft = Draft(
        (Line("三、予以修改的文件。", (("决定", start, start + len("三、予以修改的文件")),)),), method="metadata"
    )
    told = with_list_below(draft, asked("修改了哪几件文件？"), lambda _: REPEALS)
    assert told.lines[0].text == "“予以修改的文件”共2项：（一）《丁办法》；（二）《戊办法》。"


def test_what_is_told_of_another_year_does_not_lead_in_to_a_list() -> None:
    report = outlined(
        "一、回顾\n2022年承诺的三件实事全部完成。\n二、安排\n今年办好以下三件实事：\n1.修灯塔。\n2.疏航道。\n3.建冻库。\n",
        title="渔港工作报告",
    )
    texts = ("2022年承诺的三件实事全部完成。", "今年办好以下三件实事：")
    starts = [report.text.index(text) for text in texts]
    lines = tuple(Line(t, ((report.doc_id, a, a + len(t)),)) for t, a in zip(texts, starts, strict=True))
    draft = with_items(Draft(lines), asked("2023年有哪些实事？"), lambda _: report)
    assert draft.method == "list" and "2022" not in "".join(line.text for line in draft.lines)
    both = with_items(Draft(lines), asked("有哪些实事？"), lambda _: report)
    assert "2022" in both.lines[0].text


def test_all_papers_with_what_the_article_goes_on_with_behind_them(tmp_path: Path) -> None:
    text = """木船登记办法
第一条 木船应当登记。
第二条 登记木船，应当提交下列材料：
（一）船证；
（二）船主身份证。
转手的木船，另交全部转让合同。
第三条 材料应当齐全。
第四条 登记不收费。
"""
    rule = bot_of(tmp_path, {"rule": text}).document("rule").simplified
    texts = ("（二）船主身份证。", "转手的木船，另交全部转让合同。")
    starts = [rule.text.index(text) for text in texts]
    lines = tuple(Line(t, ((rule.doc_id, a, a + len(t)),)) for t, a in zip(texts, starts, strict=True))
    told = with_items(Draft(lines), asked("转手的木船登记要交什么材料？"), lambda _: rule)
    assert "船证" in told.lines[0].text and told.lines[-1].text == texts[1]


def test_the_first_item_of_a_line_is_told_with_those_behind_it() -> None:
    papers = outlined("一、申领\n1.材料：（1）申请书；（2）船证；（3）船主身份证。三日内办结。\n2.窗口领取。\n", "指南")
    start = papers.text.index("材料：")
    first = papers.text[start : papers.text.index("（2）")]
    draft = Draft((Line(first, (("指南", start, start + len(first)),)),))
    told = with_items(draft, asked("申领船证要什么材料？"), lambda _: papers)
    assert "".join(line.text for line in told.lines) == "材料：（1）申请书；（2）船证；（3）船主身份证。"
    assert with_items(draft, asked("申领船证要多久？"), lambda _: papers) is draft


def test_the_first_of_several_points_of_a_line_is_told_with_the_others() -> None:
    rule = outlined(
        "一、巡查\n1.每月巡查一次。巡查要点：一是灯塔照明；二是缆绳磨损；三是值守记录。结果月底报送。\n", "办法"
    )
    start = rule.text.index("巡查要点")
    first = rule.text[start : rule.text.index("二是")]
    draft = Draft((Line(first, (("办法", start, start + len(first)),)),))
    told = with_items(draft, asked("每月巡查重点看哪些？"), lambda _: rule)
    assert "".join(line.text for line in told.lines) == "巡查要点：一是灯塔照明；二是缆绳磨损；三是值守记录。"
