"""Rows of tables as lines; forms told from tables with a head."""

from __future__ import annotations

import pytest

from corpus.table_rows import Cell, form_pairs, is_form, row_line, row_lines, with_groups


def test_empty_cells_leave_nothing_between_their_bars() -> None:
    assert row_line(["甲", "", "", "乙"]) == "甲 | | | 乙"
    assert row_line(["甲", "乙", ""]) == "甲 | 乙 |"


def test_cells_over_rows_and_columns() -> None:
    rows = [
        [Cell("类别", rows=2), Cell("任务", columns=2)],
        [Cell("甲"), Cell("乙", rows=3)],
        [Cell("灯塔", columns=2)],
        [Cell("码头"), Cell("")],
    ]
    assert row_lines(rows) == ["类别 | 任务", "类别 | 甲 | 乙", "灯塔 | 乙", "码头 | | 乙"]


def test_a_figure_stays_below_the_name_of_its_column() -> None:
    rows = [
        [Cell("序号"), Cell("灯塔"), Cell("座数")],
        [Cell("1"), Cell("东港"), Cell("3")],
        [Cell("合计", columns=2), Cell("3")],
    ]
    assert row_lines(rows)[2] == "合计 | | 3"
    rows[0] = [Cell("灯塔", columns=2), Cell("座数")]  # a head that names no column of its own tells nothing
    assert row_lines(rows)[2] == "合计 | 3"


def test_a_head_of_two_rows_is_one() -> None:
    head = [[Cell("灯塔", rows=2), Cell("座数", columns=2)], [Cell("2022年"), Cell("2023年")]]
    rows = [[Cell("东港"), Cell("3"), Cell("4")], [Cell("西港"), Cell("5"), Cell("6")]]
    assert row_lines([*head, *rows]) == ["灯塔 | 座数2022年 | 座数2023年", "", "东港 | 3 | 4", "西港 | 5 | 6"]
    titled = row_lines([[Cell("灯塔座数表", columns=3)], *head, *rows])
    assert titled[:3] == ["灯塔座数表", "灯塔 | 座数2022年 | 座数2023年", ""]
    form = [[Cell("项目名称"), Cell("东港灯塔"), Cell("照片", rows=3)], [Cell("负责人"), Cell("张三")]]
    assert (
        row_lines([*form, [Cell("联系电话"), Cell("1")], [Cell("备注"), Cell("无")]])[0] == "项目名称 | 东港灯塔 | 照片"
    )


def test_cells_that_claim_the_whole_world_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = [[Cell("灯塔", 10**9, 10**9), Cell("座数")], [Cell("东港")]]
    assert row_lines(wide)[0] == "灯塔 | 座数"
    monkeypatch.setattr("corpus.table_rows._LARGEST_GRID", 1000)
    growing = [[Cell(str(at), rows=10**6)] for at in range(60)]  # each row is longer than the one above
    assert row_lines(growing) == [str(at) for at in range(60)]


def test_the_name_of_a_group_stays_in_the_table_and_titles_and_notes_do_not() -> None:
    rows = ["任务表", "任务 | 部门", "一、灯塔", "修缮 | 港务局", "", "长" * 41, "巡查 | 港务局", "注：略。"]
    assert with_groups(rows) == [*rows[:2], "一、灯塔 |", *rows[3:]]
    assert with_groups(["甲", "乙"]) == ["甲", "乙"]


FORM = [
    ["姓名", "张三", "性别", "男"],
    ["工作单位", "港务局", "联系电话", "1234"],
    ["主要业绩说明", "守护灯塔三十年。"],
]


def test_a_form_has_fields_and_no_head() -> None:
    assert is_form(FORM)
    assert [pair for row in FORM for pair in form_pairs(row)][:2] == [("姓名", "张三"), ("性别", "男")]


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "性别", "工作单位", "联系电话"], ["张三", "男", "港务局", "1234"], ["李四", "女", "航道局", "5678"]],
        [["序号", "项目名称", "牵头单位", "完成时间"], ["1", "灯塔", "港务局", "6月"], ["2", "码头", "航道局", "9月"]],
        [["地区", "产值", "地区", "产值"], ["东港", "3", "西港", "4"], ["南港", "5", "北港", "6"]],
        [["单位名称", "灯塔座数"], ["东港局", "3"], ["西港局", "4"], ["南港局", "5"]],
        [["姓名", "张三", "性别", "男"]],
    ],
)
def test_a_table_with_a_head_is_no_form(rows: list[list[str]]) -> None:
    assert not is_form(rows)
