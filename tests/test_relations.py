"""What documents say of other documents, and which version of one is in force."""

from __future__ import annotations

import pytest

from corpus.document import Header
from corpus.relations import find_relations
from outlined import outlined
from qa.editions import bare_title, disputes, left_aside, superseded

#: sentence | kind | title | number
ROWS = """
根据《渔业法》，制定本办法。|basis|渔业法|None
为贯彻落实《省政府关于渔港建设的意见》（岚政发〔2021〕9号），制定本方案。|carries_out|省政府关于渔港建设的意见|岚政发〔2021〕9号
本办法自2020年1月1日起施行，《渔港管理办法》（岚政办发〔2015〕3号）同时废止。|replaces|渔港管理办法|岚政办发〔2015〕3号
现将《渔港名录》印发给你们。|forwards|渔港名录|None
有关要求见《渔港手册》。|cites|渔港手册|None
按照岚政发〔2019〕2号文件执行。|basis||岚政发〔2019〕2号
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_a_mention(row: str) -> None:
    sentence, kind, title, number = row.split("|")
    document = outlined(f"一、甲\n{sentence}", title="海港意见")
    (relation,) = find_relations(document)
    assert (relation.kind, relation.title, str(relation.number)) == (kind, title, number)
    assert (title or number) in document.text[relation.start : relation.end]


def test_a_document_does_not_name_itself_or_its_short_names() -> None:
    text = "一、甲\n现将《海港意见》印发给你们。根据《渔业法》（以下简称《渔法》）制定。违反《渔法》的，依法处理。"
    assert [r.title for r in find_relations(outlined(text, title="海港意见"))] == ["渔业法"]


def test_an_earlier_document_of_the_same_name_that_is_repealed() -> None:
    text = "一、甲\n本办法自2023年7月1日起施行，《海港意见》（甲政发〔2018〕4号）同时废止。"
    (relation,) = find_relations(outlined(text, title="关于印发《海港意见》的通知"))
    assert (relation.kind, relation.title, relation.number) == ("replaces", "海港意见", "甲政发〔2018〕4号")


def _headers() -> dict[str, Header]:
    title = "甲市民政局关于印发《甲市养老补贴办法》的通知"
    return {
        "old": Header(title=title, number="甲民发〔2018〕4号", written="2018-05-21"),
        "new": Header(title=title, number="甲民规〔2023〕6号", written="2023-06-12"),
        "other": Header(title="甲市渔港办法", number="甲政发〔2020〕1号", written="2020-01-01"),
    }


def test_the_later_document_of_one_name_is_in_force() -> None:
    assert superseded(_headers(), ()) == {"old": "new"}


def test_a_document_that_another_repeals_by_number() -> None:
    headers = _headers() | {"law": Header(title="甲市渔业条例", written="2024-01-01")}
    (relation,) = find_relations(
        outlined("一、甲\n《甲市渔港办法》（甲政发〔2020〕1号）同时废止。", "law", title="甲市渔业条例")
    )
    assert superseded(headers, [relation]) == {"old": "new", "other": "law"}


def test_reports_of_different_years_are_no_versions() -> None:
    headers = {
        str(year): Header(title=f"甲市{year}年统计公报", number=f"甲统〔{year}〕1号", written=f"{year}-03-01")
        for year in (2021, 2022)
    }
    assert superseded(headers, ()) == {}


@pytest.mark.parametrize(
    ("title", "anew"),
    [
        ("甲市民政局关于修订《甲市养老补贴办法》的通知", True),
        ("甲市民政局关于重新印发《甲市养老补贴办法（试行）》的通知", True),
        ("甲市民政局关于修改《甲市养老补贴办法》的通知", False),
        ("甲市民政局关于贯彻实施《甲市养老补贴办法》的通知", False),
        ("甲市民政局关于《甲市养老补贴办法》的补充通知", False),
        ("《甲市养老补贴办法》政策解读", False),
    ],
)
def test_what_only_deals_with_a_rule_does_not_take_its_place(title: str, anew: bool) -> None:
    headers = _headers() | {"new": Header(title=title, number="甲民规〔2023〕6号", written="2023-06-12")}
    assert superseded(headers, ()) == ({"old": "new"} if anew else {})


@pytest.mark.parametrize(
    ("question", "aside"),
    [
        ("养老补贴一张床多少钱？", {"old"}),
        ("现行办法一张床补多少？", {"old"}),
        ("旧办法一张床补多少？", {"new"}),
        ("2018年的办法里一张床补多少？", {"new"}),
        ("新旧两版办法有什么变化？", set()),
        ("一张床补贴5000元还是8000元，说法不一致", set()),
    ],
)
def test_the_version_that_a_question_means(question: str, aside: set[str]) -> None:
    headers = _headers()
    assert left_aside(question, set(headers), {"old": "new"}, headers) == aside


def test_titles_without_the_notice_around_them() -> None:
    assert bare_title("甲市民政局关于印发《甲市补贴办法（试行）》的通知") == "甲市补贴办法"
    assert bare_title("关于修订甲市补贴办法的通知") == "甲市补贴办法"
    assert bare_title("关于印发《甲市补贴办法（2020版）》的通知") == "甲市补贴办法"
    assert bare_title("关于《甲市灯塔规划》实施情况中期评估的报告") != "甲市灯塔规划"  # it is about the plan


def test_questions_that_speak_of_different_statements() -> None:
    assert disputes("有人说5年有人说8年,哪个对")
    assert disputes("到底是15亿还是20亿?")
    assert disputes("2025年灯塔建几座,各个规划写的一致吗?")
    assert not disputes("补贴多少钱?")
