"""Who does what, in the forms of laws, plans and tables: 负责 beside 配合, sentences that charge, cells of a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.duties import find_duties
from corpus.load import load_document
from corpus.table_rows import cell_text
from outlined import outlined
from qa.duty_wording import asks_for_tasks
from small import bot_of


def _told(text: str) -> list[tuple[str, str, str]]:
    """(departments, leads, basis) of each note."""
    duties = find_duties(outlined(text))
    return [("、".join(duty.departments), "、".join(duty.leads), duty.basis) for duty in duties]


@pytest.mark.parametrize(
    ("note", "departments", "leads", "basis"),
    [
        ("（市港航局主办，市灯塔局、市财政局协办）", "市港航局、市灯塔局、市财政局", "市港航局", "stated"),
        ("（市港航局负责，市财政局参与）", "市港航局、市财政局", "市港航局", "charged"),
        ("（责任单位：市港航局；配合单位：市财政局）", "市港航局、市财政局", "市港航局", "charged"),
        (
            "（市港航局、市灯塔局分工负责，市财政局指导）",
            "市港航局、市灯塔局、市财政局",
            "市港航局、市灯塔局",
            "charged",
        ),
        ("（市港航局负责，市财政局督促）", "市港航局、市财政局", "市港航局", "charged"),
        ("（市港航局牵头，市灯塔局负责，市财政局配合）", "市港航局、市灯塔局、市财政局", "市港航局", "stated"),
        ("（市港航局、市灯塔局负责）", "市港航局、市灯塔局", "", "none"),
        ("（市财政局指导）", "市财政局", "", "none"),
        ("（责任单位：市港航局、各乡镇（街道））", "市港航局、各乡镇（街道）", "", "none"),
        ("（市港航局 (Port Authority) 牵头，市海关（Customs）配合）", "市港航局、市海关", "市港航局", "stated"),
        (
            "（责任单位：市港航局、市灯塔局（分别负责港口、航道部分））",
            "市港航局、市灯塔局（分别负责港口、航道部分）",
            "",
            "none",
        ),
        (
            "（市港航局牵头，市灯塔局、市财政局分别负责本领域的清查）",
            "市港航局、市灯塔局、市财政局",
            "市港航局",
            "stated",
        ),
        ("（财政、教育等部门负责）", "财政部门、教育部门", "", "none"),
        (
            "（市、县（区）渔业部门负责，市财政局配合）",
            "市、县（区）渔业部门、市财政局",
            "市、县（区）渔业部门",
            "charged",
        ),
    ],
)
def test_who_is_responsible_and_who_only_joins(note: str, departments: str, leads: str, basis: str) -> None:
    assert _told(f"一、任务\n（一）修塔。分批修缮灯塔。{note}") == [(departments, leads, basis)]


def test_a_foreign_name_leaves_the_offsets_as_they_are() -> None:
    document = outlined("一、任务\n（一）修塔。市港航局 (Port Authority) 牵头，市财政局配合。\n二、其他\n另行规定。")
    (duty,) = find_duties(document)
    assert document.text[duty.start : duty.end].startswith("市港航局")
    assert document.text[duty.start : duty.end].rstrip("。").endswith("市财政局配合")


@pytest.mark.parametrize(
    ("article", "names"),
    [
        ("第二条 市渔业局是渔港的主管部门，负责登记。市财政局负责拨付资金。", ["市渔业局", "市财政局"]),
        ("第二条 市渔业局负责登记和巡查，市财政局负责拨付资金。", ["市渔业局", "市财政局"]),
        ("第二条 县级以上渔业主管机构负责本行政区域内的渔港登记。", ["县级以上渔业主管机构"]),
        ("第二条 省渔业行政部门主管全省的渔港登记。", ["省渔业行政部门"]),
        ("第二条 市、县渔业部门负责渔港登记。", ["市、县渔业部门"]),
        ("第二条 其中，市渔业局负责登记，市财政局负责拨付资金。", ["市渔业局", "市财政局"]),
        ("第二条 市渔业主管机构在市人民政府领导下，按规定的职责，负责渔港登记。", ["市渔业主管机构"]),
        ("2.1 市渔业局负责人员救治；市财政局负责经费保障。", ["市渔业局", "市财政局"]),
        (
            "第二条 有关事项如下。\n市渔业局负责登记，会同市财政局拨付资金。\n市财政局负责审核。",
            ["市渔业局", "市财政局"],
        ),
    ],
)
def test_what_bodies_are_charged_with(article: str, names: list[str]) -> None:
    duties = find_duties(outlined(f"一、总则\n第一条 为了管理渔港，制定本办法。\n{article}"))
    assert [duty.departments for duty in duties] == [(name,) for name in names]
    assert all(duty.form == "member" and duty.leads == duty.departments for duty in duties)


@pytest.mark.parametrize(
    "text",
    [
        "第二条 渔港的登记从简，市渔业局负责登记。",  # one alone in running text
        "第二条 市渔业局负责人主持会议。市财政局负责同志参加会议。",
        "第二条 市政府负责渔港登记的机构每年公布名录。",
        "第二条 本办法由市渔业局负责解释。",
        "第二条 渔港经营者负责日常保管。",
        "第二条 各有关部门按照各自职责做好相关工作。",
        "第二条 沿岸住宅小区，由物业服务企业负责；其他的，由业主负责。",
    ],
)
def test_what_charges_no_body(text: str) -> None:
    assert find_duties(outlined(f"一、总则\n第一条 为了管理渔港，制定本办法。\n{text}")) == ()


def test_several_that_each_do_their_part_and_who_acts_by_a_principle() -> None:
    text = "一、总则\n第一条 为了管理渔港，制定本办法。\n第二条 教育、财政等部门在各自职责范围内，做好渔港相关工作。"
    assert _told(text) == [("教育部门、财政部门", "", "none")]
    text = "一、总则\n第一条 为了管理渔港，制定本办法。\n第二条 补助由市财政局会同市渔业局按照先收后补的原则分配。"
    assert _told(text) == [("市财政局、市渔业局", "市财政局", "stated")]


def test_names_on_lines_of_their_own_above_what_they_do() -> None:
    text = "一、职责\n县渔业局\n1.负责巡查；\n2.组织培训。\n县财政局\n负责经费。\n县融媒体中心和县气象局\n宣传到位。\n二、附则\n另定。"
    assert _told(text) == [("县渔业局", "县渔业局", "sole"), ("县财政局", "县财政局", "sole")]


def test_a_department_in_charge_alone_in_its_paragraph() -> None:
    text = "一、总则\n第一条 县人民政府渔业主管部门履行下列职责：\n（一）编规划。\n县人民政府水利主管部门负责航道。\n另定。"
    assert _told(text) == [("县人民政府水利主管部门", "县人民政府水利主管部门", "sole")]


def test_two_bodies_the_first_of_which_is_a_centre() -> None:
    (duty,) = find_duties(outlined("一、宣传\n由县融媒体中心和县督查室共同牵头，负责宣传。"))
    assert duty.leads == ("县融媒体中心", "县督查室")


def test_who_carries_something_out() -> None:
    assert _told("一、活动\n（一）“银龄书会”。由区民政局、区老龄办组织实施。\n（二）其他。另定。") == [
        ("区民政局、区老龄办", "", "none")
    ]


def test_short_and_joint_members_of_a_list() -> None:
    text = "一、职责\n（1）市渔业局：负责巡查。\n（2）市住建局、市城管局：负责岸线清理。\n（3）市财政局：负责经费。\n二、附则\n另定。"
    assert _told(text) == [
        ("市渔业局", "市渔业局", "sole"),
        ("市住建局、市城管局", "", "none"),
        ("市财政局", "市财政局", "sole"),
    ]


TABLE = """# 任务表

| 类别 | 任务 | 主要责任单位 | 协同配合单位 | 时限 |
| --- | --- | --- | --- | --- |
| 一、灯塔 | 修塔 | 市港航局<br>市灯塔局 | 各乡镇（街道） | 12月底 |
| 一、灯塔 | 巡塔 | 市自然资源和<br>规划局 | 市财政局 | 全年 |
| 二、渔港 | 清淤 | 市渔业局 | — | 全年 |
"""


def test_rows_of_a_table_with_breaks_in_cells(tmp_path: Path) -> None:
    path = tmp_path / "表.md"
    path.write_text(TABLE, encoding="utf-8")
    document = load_document(path)
    assert [(duty.departments, duty.leads) for duty in find_duties(document)] == [
        (("市港航局", "市灯塔局", "各乡镇（街道）"), ("市港航局", "市灯塔局")),
        (("市自然资源和规划局", "市财政局"), ("市自然资源和规划局",)),
        (("市渔业局",), ("市渔业局",)),
    ]
    assert not document.warnings and not [s for s in document.sections if s.label], "a row is no heading"


def test_a_group_alone_in_its_row_is_a_heading() -> None:
    document = outlined("任务|部门|时限\n一、灯塔|\n修塔|市港航局|全年\n二、渔港|\n清淤|市渔业局|全年")
    assert [s.label for s in document.sections if s.label] == ["一、", "二、"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["市港航局", "市灯塔局"], "市港航局、市灯塔局"),
        (["市港航局、市财政局", "各乡镇（街道）政府"], "市港航局、市财政局、各乡镇（街道）政府"),
        (["市自然资源和", "规划局"], "市自然资源和 规划局"),
        (["市人民政府", "办公室"], "市人民政府 办公室"),
        (["国家税务总局", "甲市税务局"], "国家税务总局 甲市税务局"),
        (["分批修缮灯塔", "清理航道"], "分批修缮灯塔 清理航道"),
        (["", "市港航局"], "市港航局"),
    ],
)
def test_the_lines_of_a_cell(lines: list[str], text: str) -> None:
    assert cell_text(lines) == text


PLAN = """雾港市人民政府关于印发渔港整治方案的通知
雾政发〔2024〕3号
一、加强巡查。每日检查船只。（市渔业局挂帅，市海事局出力）
二、加强宣传。开展宣传周活动。
三、加强修缮。整修码头。（市港务局、市财政局分工负责，市审计局指导）
"""
OTHER = """雾港市人民政府关于耕地的通知
雾政发〔2024〕4号
一、严守红线。守住耕地，由市自然资源局负责。
二、严格审批。从严审批用地，由市司法局负责。
"""


def test_an_item_without_a_note_has_none_from_another(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"港": PLAN, "田": OTHER})
    answer = bot.ask("雾港市加强宣传由哪些部门负责？")
    assert answer.refused, answer.text
    assert bot.ask("加强修缮由谁负责？").text.startswith("“加强修缮”由市港务局、市财政局负责，市审计局参与。")
    assert "市审计局" in bot.ask("加强修缮有哪些单位参与？").text


def test_a_phrase_that_names_the_tasks_asks_for_them() -> None:
    assert asks_for_tasks("市港航局跟市灯塔局共同牵头的任务")
    assert asks_for_tasks("市港航局管灯塔的哪些事")
    assert not asks_for_tasks("市港航局牵头的任务完成了吗")
