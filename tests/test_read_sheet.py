"""Spreadsheets: values as people see them, one head for the table, what is hidden left out. Written by openpyxl here."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from corpus.load import document_of, load_document
from corpus.raw import RawDocument, ReadError
from corpus.read_sheet import MOST_ROWS, delimiter_of, read_csv, read_sheet, shown
from office_files import book, changed, saved

HEAD = ["港口", "灯塔（座）", "巡查部门"]


def rows(data: bytes) -> list[str]:
    return [line.text for line in read_sheet(data, "a.xlsx").lines]


def told(document: RawDocument) -> list[tuple[str, str, int]]:
    return [(line.text, line.role, line.level) for line in document.lines]


# --- cells -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (4521.36, "#,##0.00", "4,521.36"),
        (0.0625, "0.0%", "6.3%"),
        (-0.034, "0.0%", "-3.4%"),
        (0.285, "0.00", "0.29"),
        (12, "0", "12"),
        (7, "000", "007"),
        (1234.5, "General", "1234.5"),
        (0.1 + 0.2, "General", "0.3"),
        (3.0, "General", "3"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (-5, '#,##0;[Red]"-"#,##0', "-5"),
        (0, '0.0;-0.0;"—"', "—"),
        (1500, '"￥"#,##0.00', "￥1,500.00"),
        (1500, "[$￥-804]#,##0", "￥1,500"),
        (38, '0"个"', "38个"),
        (2.5, "0.##", "2.5"),
        (12_345_678, '#,##0.0,,"百万"', "12.3百万"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        (datetime.datetime(2031, 1, 5), "yyyy-mm-dd", "2031-01-05"),
        (datetime.datetime(2031, 1, 5), 'yyyy"年"m"月"d"日"', "2031年1月5日"),
        (datetime.datetime(2031, 1, 5), "yyyy\\年m\\月;@", "2031年1月"),
        (datetime.datetime(2031, 1, 5, 9, 30), "yyyy-mm-dd hh:mm", "2031-01-05 09:30"),
        (datetime.datetime(2031, 1, 5), "yyyy", "2031"),
        (datetime.time(9, 5), "hh:mm", "09:05"),
        (datetime.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        ("两\n行 | 和竖线", "@", "两 行 ｜ 和竖线"),
    ],
)
def test_values_are_shown_as_their_format_shows_them(value: object, form: str, seen: str) -> None:
    assert shown(value, form) == seen


def test_formats_of_the_cells_are_used() -> None:
    def format_it(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "0.0%"
        sheet["C2"].number_format = 'yyyy"年"m"月"'

    data = book(
        ["港口", "完好率", "时间"], ["东港", 0.953, datetime.date(2031, 6, 1)], ["西港", 1, "待定"], more=format_it
    )
    assert rows(data) == ["港口 | 完好率 | 时间", "东港 | 95.3% | 2031年6月", "西港 | 1 | 待定"]


def test_formulas_give_their_value_and_those_without_one_are_told() -> None:
    data = book(["港口", "去年", "今年", "增减"], ["东港", 5, 8, "=C2-B2"], ["西港", 4, 6, "=C3-B3"])
    valued = changed(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<f>C2-B2</f><v />", b"<f>C2-B2</f><v>3</v>").replace(
            b"<f>C2-B2</f><v></v>", b"<f>C2-B2</f><v>3</v>"
        ),
    )
    document = read_sheet(valued, "a.xlsx")
    assert [line.text for line in document.lines] == ["港口 | 去年 | 今年 | 增减", "东港 | 5 | 8 | 3", "西港 | 4 | 6 |"]
    (warning,) = document.warnings
    assert "有 1 个公式没有存下结果" in warning and "打开、保存后再试" in warning


# --- the table -------------------------------------------------------------------------------------------------------


def test_titles_above_and_notes_below_the_table() -> None:
    data = book(
        ["附件2"],
        ["各港灯塔情况表"],
        [None, None, "单位：座"],
        HEAD,
        ["东港", 3, "东港局"],
        [],
        ["西港", 4, "西港局"],
        ["注：不含灯船。"],
        ["填表人：张三", None, "联系电话：12345"],
        merged=("A2:C2",),
    )
    assert told(read_sheet(data, "a.xlsx")) == [
        ("附件2", "text", 0),
        ("各港灯塔情况表", "heading", 1),
        ("单位：座", "text", 0),
        ("港口 | 灯塔（座） | 巡查部门", "text", 0),
        ("东港 | 3 | 东港局", "text", 0),
        ("西港 | 4 | 西港局", "text", 0),
        ("注：不含灯船。", "text", 0),
        ("填表人：张三", "text", 0),
        ("联系电话：12345", "text", 0),
    ]


def test_a_head_of_two_rows_is_one() -> None:
    data = book(
        ["港口", "灯塔", None, "投资", None],
        [None, "座数", "增速", "座数", "完成率"],
        ["东港", 3, 0.5, 2, 1],
        ["西港", 4, 0.1, 1, 0],
        merged=("A1:A2", "B1:C1", "D1:E1"),
    )
    assert rows(data)[0] == "港口 | 灯塔座数 | 灯塔增速 | 投资座数 | 投资完成率"
    assert rows(data)[1] == "东港 | 3 | 0.5 | 2 | 1"


def test_a_head_of_three_rows_is_one() -> None:
    data = book(
        ["港口", "合计", "其中", None, None, None],
        [None, None, "新建", None, "修缮", None],
        [None, None, "上半年", "下半年", "上半年", "下半年"],
        ["东港", 10, 1, 2, 3, 4],
        ["西港", 20, 2, 4, 6, 8],
        merged=("A1:A3", "B1:B3", "C1:F1", "C2:D2", "E2:F2"),
    )
    assert rows(data) == [
        "港口 | 合计 | 其中新建上半年 | 其中新建下半年 | 其中修缮上半年 | 其中修缮下半年",
        "东港 | 10 | 1 | 2 | 3 | 4",
        "西港 | 20 | 2 | 4 | 6 | 8",
    ]


def test_a_merged_cell_is_said_in_each_of_its_rows() -> None:
    data = book(HEAD, ["东港", 3, "东港局"], [None, 5, "海事局"], ["合计", None, 8], merged=("A2:A3", "A4:B4"))
    assert rows(data)[1:] == ["东港 | 3 | 东港局", "东港 | 5 | 海事局", "合计 | | 8"]


def test_tables_below_one_another_have_their_own_heads() -> None:
    data = book(
        ["一、灯塔", None, None, None],
        HEAD,
        ["东港", 3, "东港局"],
        ["西港", 4, "西港局"],
        [],
        ["二、码头"],
        ["码头", "泊位", "启用", "业主"],
        ["一号", 6, "2031年", "港务公司"],
        ["二号", 2, "2032年", "渔业公司"],
    )
    assert rows(data) == [
        "一、灯塔",
        "港口 | 灯塔（座） | 巡查部门",
        "东港 | 3 | 东港局",
        "西港 | 4 | 西港局",
        "二、码头",
        "码头 | 泊位 | 启用 | 业主",
        "一号 | 6 | 2031年 | 港务公司",
        "二号 | 2 | 2032年 | 渔业公司",
    ]


def test_a_group_inside_a_table_does_not_part_it() -> None:
    data = book(HEAD, ["东港", 3, "东港局"], [], ["外海"], ["西港", 4, "西港局"])
    assert rows(data) == ["港口 | 灯塔（座） | 巡查部门", "东港 | 3 | 东港局", "外海 | |", "西港 | 4 | 西港局"]


def test_a_list_in_one_column_has_a_title_and_no_rows() -> None:
    data = book(["第三批灯塔守护人名单"], ["张三"], ["李四"])
    assert told(read_sheet(data, "a.xlsx")) == [
        ("第三批灯塔守护人名单", "heading", 1),
        ("张三", "text", 0),
        ("李四", "text", 0),
    ]


def test_sheets_stand_under_their_names_and_the_first_title_is_that_of_the_document(tmp_path: Path) -> None:
    made = Workbook()
    first, second, hidden = made.active, made.create_sheet("码头"), made.create_sheet("底稿")
    assert isinstance(first, Worksheet)
    first.title = "灯塔"
    for row in (["2031年港口统计表"], HEAD, ["东港", 3, "东港局"], ["西港", 4, "西港局"]):
        first.append(row)
    for row in (["码头", "泊位"], ["一号", 6], ["二号", 2]):
        second.append(row)
    hidden.append(["不公开"])
    hidden.sheet_state = "hidden"
    (tmp_path / "a.xlsx").write_bytes(saved(made))
    document = load_document(tmp_path / "a.xlsx")
    assert document.header.title == "2031年港口统计表"
    assert [section.title for section in document.sections if section.title] == ["灯塔", "码头"]
    assert [(out.text, out.reason) for out in document.left_out] == [("底稿", "隐藏的工作表")]
    assert "不公开" not in document.text


def test_the_name_of_a_sheet_is_no_end_of_the_title(tmp_path: Path) -> None:
    made = Workbook()
    assert isinstance(made.active, Worksheet)
    made.active.title = "养护标准"
    for row in (["2031年灯塔养护补助表"], HEAD, ["东港", 3, "东港局"], ["西港", 4, "西港局"]):
        made.active.append(row)
    made.create_sheet("名单").append(["东港局"])
    (tmp_path / "a.xlsx").write_bytes(saved(made))
    assert load_document(tmp_path / "a.xlsx").header.title == "2031年灯塔养护补助表"


def test_names_that_the_program_gave_are_no_headings(tmp_path: Path) -> None:
    (tmp_path / "港口.xlsx").write_bytes(book(HEAD, ["东港", 3, "东港局"]))
    document = load_document(tmp_path / "港口.xlsx")
    assert document.header.title == "港口"
    assert document.text.split("\n") == ["港口|灯塔（座）|巡查部门", "东港|3|东港局"]
    assert rows(book(HEAD, ["东港", 3, "东港局"], name="2031年"))[0] == "2031年"


def test_hidden_rows_and_columns_are_left_out_and_listed() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    document = read_sheet(book(HEAD, ["东港", 3, "东港局"], ["西港", 4, "西港局"], name="灯塔", more=hide), "a.xlsx")
    assert [line.text for line in document.lines] == ["灯塔", "港口 | 巡查部门", "东港 | 东港局"]
    assert [(out.text, out.reason) for out in document.left_out] == [
        ("西港 | 4 | 西港局", "隐藏的行"),
        ("灯塔（座） | 3", "隐藏的列"),
    ]
    assert "“灯塔”有隐藏或筛掉的行、列共 2 处" in document.warnings[0]


# --- delimited text --------------------------------------------------------------------------------------------------

CSV = "港口,灯塔（座）,备注\n东港,003,“老灯塔,一百年”\n西港,4,\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_delimited_text_in_any_encoding(encoding: str) -> None:
    text = CSV.replace("“老灯塔,一百年”", '"老灯塔,一百年"')
    lines = read_csv(text.encode(encoding), "a.csv").lines
    assert [line.text for line in lines] == ["港口 | 灯塔（座） | 备注", "东港 | 003 | 老灯塔,一百年", "西港 | 4 |"]
    assert [line.line for line in lines] == [1, 2, 3]


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_delimiters(sign: str) -> None:
    text = "\n".join(sign.join(row) for row in (["港口", "说明"], ["东港", "大、小灯塔"], ["西港", "无"]))
    assert delimiter_of(text) == sign


def test_a_row_that_is_too_long_for_a_cell_is_a_message() -> None:
    with pytest.raises(ReadError, match=r"读不出来.*另存为 \.xlsx"):
        read_csv(('港口,说明\n东港,"' + "长" * 10_000_001).encode(), "a.csv")


# --- limits ----------------------------------------------------------------------------------------------------------


def test_of_very_long_sheets_the_beginning_is_read_and_the_rest_told() -> None:
    made = Workbook(write_only=True)
    sheet = made.create_sheet("名单")
    sheet.append(["序号", "名称"])
    for number in range(MOST_ROWS + 5):
        sheet.append([number, "灯塔"])
    document = read_sheet(saved(made), "a.xlsx")
    assert len([line for line in document.lines if "|" in line.text]) == MOST_ROWS
    assert document.warnings == (
        f"“名单”太大，只读了前 {MOST_ROWS} 行，其余没有读；请拆成几个文件，或删去用不着的行列后再试。",
    )
    text = "序号,名称\n" + "".join(f"{number},灯塔\n" for number in range(MOST_ROWS + 5))
    listed = read_csv(text.encode(), "名单.csv")
    assert len(listed.lines) == MOST_ROWS and f"只读了前 {MOST_ROWS} 行" in listed.warnings[0]


def test_far_cells_and_wide_rows_do_not_fill_the_memory() -> None:
    def far(sheet: Worksheet) -> None:
        sheet["XFD1"] = "远"
        sheet["A1048576"] = "深"

    document = read_sheet(book(HEAD, ["东港", 3, "东港局"], name="灯塔", more=far), "a.xlsx")
    assert [line.text for line in document.lines][:3] == ["灯塔", "港口 | 灯塔（座） | 巡查部门", "东港 | 3 | 东港局"]
    assert "只读了前 256 列" in document.warnings[0]


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]
)
def test_a_part_that_is_missing_or_broken_is_a_message(part: str) -> None:
    whole = book(HEAD, ["东港", 3, "东港局"])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    for data in (out.getvalue(), changed(whole, part, lambda xml: xml[: len(xml) // 2])):
        try:
            document = read_sheet(data, "a.xlsx")
        except ReadError as error:
            assert re.search("“a.xlsx”.*另存", str(error))
        else:
            assert document.warnings and "另存再试" in document.warnings[0]


def test_entities_and_bombs_are_not_opened() -> None:
    whole = book(HEAD)
    entities = b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 1000 + b'">]>'
    for padding in (b"", b"<!--" + b" " * 5_000 + b"-->", b"<!--" + b" " * 70_000 + b"-->"):
        harmful = changed(whole, "xl/workbook.xml", lambda xml, p=padding: p + entities + xml)  # type: ignore[misc]
        with pytest.raises(ReadError, match="实体"):
            read_sheet(harmful, "a.xlsx")
    with pytest.raises(ReadError, match="大得不正常"):
        read_sheet(changed(whole, "xl/workbook.xml", lambda xml: xml + b" " * 80_000_000), "a.xlsx")


def test_number_and_day_stand_above_the_table_and_those_in_its_cells_are_of_others() -> None:
    title, head = ["灯塔养护任务分工表"], ["序号", "文件", "文号"]
    row = [1, "灯塔条例", "云岭政发〔2020〕3号"]
    told = book(title, ["云岭政办发〔2031〕18号", None, "2031年6月12日"], head, row)
    header = document_of(told, "分工.xlsx").header
    assert (header.number, header.written) == ("云岭政办发〔2031〕18号", "2031-06-12")
    header = document_of(book(title, head, row), "分工.xlsx").header
    assert (header.number, header.written) == (None, None)
