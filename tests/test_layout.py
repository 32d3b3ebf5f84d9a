"""Pieces of text with their places on the page to lines in reading order, and pages to one document."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.clean import width_of
from corpus.layout import Box, Line, Piece, body_size, document_lines, is_table, page_lines, table_rows, with_tables

FULL = "灯塔由市航标处负责管理每季度检查一次检查结果报局备案"  # 26 characters


def piece(text: str, left: float, top: float, size: float = 10, **more: object) -> Piece:
    return Piece(text, left, top, left + width_of(text) * size, top + size, size, **more)  # type: ignore[arg-type]


def page(*rows: tuple[float, str], top: float = 0) -> list[Piece]:
    """One piece below the other, 18 apart: (left, text)."""
    return [piece(text, left, top + 18 * at) for at, (left, text) in enumerate(rows)]


def texts(pieces: Sequence[Piece]) -> list[str]:
    return [line.text for line in page_lines(pieces)]


# --- order ----------------------------------------------------------------------------------------------------------


def test_pieces_of_a_row_are_joined_with_the_space_between_them() -> None:
    assert texts([piece("单位", 80, 0), piece("灯塔", 0, 0), piece("座数", 28, 1)]) == ["灯塔\u3000座数  单位"]
    assert texts([piece("Light", 0, 0), piece("house", 27, 0)]) == ["Light house"]
    assert texts([piece("灯", 0, 0), piece("塔", 10, 0)]) == ["灯塔"]


def test_two_columns_below_a_title_and_above_a_line_of_full_width() -> None:
    left = [piece(f"左{at}" + FULL[:16], 0, 40 + 15 * at) for at in range(6)]
    right = [piece(f"右{at}" + FULL[:16], 200, 40 + 15 * at) for at in range(6)]
    title, end = piece(FULL, 60, 10), piece(FULL, 60, 150)
    mixed = [one for pair in zip(right, left, strict=True) for one in pair]
    assert texts([end, *mixed, title]) == [
        FULL,
        *(f"左{at}{FULL[:16]}" for at in range(6)),
        *(f"右{at}{FULL[:16]}" for at in range(6)),
        FULL,
    ]


def test_a_right_column_of_a_few_lines_on_the_last_page() -> None:
    left = [piece("左" + FULL[: 16 if at % 4 else 17], 0, 40 + 15 * at) for at in range(20)]
    right = [piece(f"右{at}" + FULL[:16], 200, 45 + 15 * at) for at in range(4)]
    number = piece("第9页共9页", 171, 400)  # beside most lines of the left column
    found = texts([one for pair in zip(left, right, strict=False) for one in pair] + left[4:] + [number])
    assert [line[0] for line in found] == ["左"] * 20 + ["右"] * 4 + ["第"]


def test_three_columns_that_are_not_set_level_and_a_last_one_of_two_lines() -> None:
    columns = [
        [piece(f"{name}{FULL[:10]}", left, 40 + 20 * at + 7 * number) for at in range(lines)]
        for number, (name, left, lines) in enumerate([("左", 0, 12), ("中", 125, 12), ("右", 250, 2)])
    ]
    title = piece("灯塔养护指南", 120, 0, 18)
    found = texts([title, *columns[2], *(one for pair in zip(*columns[:2], strict=True) for one in pair)])
    assert [line[0] for line in found] == ["灯"] + ["左"] * 12 + ["中"] * 12 + ["右"] * 2


def test_a_running_head_and_foot_are_no_lines_of_a_column() -> None:
    left = [piece(f"左{at}" + FULL[:16], 0, 40 + 15 * at) for at in range(8)]
    right = [piece(f"右{at}" + FULL[:16], 200, 40 + 15 * at) for at in range(8)]
    head = [piece("港航年报", 0, 0), piece("灯塔养护情况", 310, 0)]
    foot = piece("市航标处编", 0, 200)
    found = texts([*head, *left, foot, *right])
    assert found[:2] == ["港航年报", "灯塔养护情况"] and found[-1] == "市航标处编"
    assert [line[0] for line in found[2:-1]] == ["左"] * 8 + ["右"] * 8


def test_cells_set_with_spaces_are_rows_and_no_columns() -> None:
    pieces = [
        piece(text, left, 15 * at) for at in range(6) for left, text in ((0, f"灯塔{at}"), (120, "座"), (200, "12"))
    ]
    assert texts(pieces)[0] == "灯塔0  座  12"
    assert len(texts(pieces)) == 6


def test_what_stands_at_either_edge_of_one_line_is_two_lines() -> None:
    pieces = [piece("航标〔2024〕8号", 0, 20), piece("签发人：周海明", 190, 20), *page((0, FULL), (0, FULL), top=60)]
    assert texts(pieces)[:2] == ["航标〔2024〕8号", "签发人：周海明"]


def test_words_printed_over_one_another_are_lines_of_their_own() -> None:
    pieces = [piece("市航标处", 150, 20, 16), piece("市航标处印章", 155, 23, 12), *page((0, FULL), top=60)]
    assert texts(pieces)[:2] == ["市航标处", "市航标处印章"]


def test_the_size_of_most_characters() -> None:
    assert body_size([piece("标题", 0, 0, 22), piece(FULL, 0, 30, 10.4), piece(FULL, 0, 50, 10.6)]) == 10.5
    assert body_size([]) == 0


# --- edges ----------------------------------------------------------------------------------------------------------


def edges(pieces: Sequence[Piece]) -> list[tuple[bool | None, bool]]:
    return [(line.begins, line.ends) for line in page_lines(pieces)]


def test_an_indented_line_begins_and_a_short_one_ends_a_paragraph() -> None:
    assert edges(page((20, FULL[:-2]), (0, FULL), (0, FULL[:8]), (20, FULL[:-2]), (0, FULL))) == [
        (True, False),
        (False, False),
        (False, True),
        (True, False),
        (False, False),
    ]


def test_the_edge_is_where_lines_go_on_though_all_long_lines_are_indented() -> None:
    rows = [(20, FULL[:24]), (0, "管理。"), (20, "夜间开放。"), (20, FULL[:24]), (0, "检修。")]
    assert [line.begins for line in page_lines(page(*rows))] == [True, False, True, True, False]


def test_a_gap_begins_a_paragraph() -> None:
    pieces = page((0, FULL), (0, FULL), (0, FULL)) + page((0, FULL), (0, FULL), top=70)
    assert [begins for begins, _ in edges(pieces)] == [None, None, None, True, None]
    pieces += page((0, FULL), top=140) + page((0, FULL), (0, FULL), top=190)
    assert [begins for begins, _ in edges(pieces)] == [False, False, False, True, False, True, True, False]


def test_lines_that_all_begin_at_one_edge_tell_nothing() -> None:
    assert {begins for begins, _ in edges(page((20, FULL), (20, FULL[:9]), (20, FULL)))} == {None}


def test_a_line_that_is_short_for_the_long_word_after_it_does_not_end() -> None:
    pieces = page((20, FULL[:-2]), (0, FULL[:-4]), (0, "Lighthouse-2030管理系统由市航标处负责运行和维护"), (0, FULL))
    assert edges(pieces)[1] == (False, False)


def test_lines_beside_a_picture_do_not_end_paragraphs() -> None:
    pieces = page((20, FULL[:-2]), (0, FULL), (0, FULL[:16]), (0, FULL[:16]), (0, FULL[:16]), (0, FULL), (0, FULL[:5]))
    assert [ends for _, ends in edges(pieces)] == [False] * 6 + [True]


def test_a_date_set_at_the_right_ends_though_it_reaches_the_edge() -> None:
    pieces = page((20, FULL[:-2]), (0, FULL), (0, FULL[:8]), (190, "2031年6月12日"), (0, "此件公开发布"))
    assert edges(pieces)[3:] == [(True, True), (False, True)]


def test_what_stands_at_either_edge_of_a_row_begins_and_ends() -> None:
    pieces = page((20, FULL[:-2]), (0, FULL), (0, FULL), (0, FULL[:-2] + "。"))
    pieces += [piece("市航标处办公室", 0, 72), piece("2031年6月12日印发", 160, 72)]
    assert edges(pieces)[3:] == [(False, False), (True, True), (True, True)]


def test_a_note_in_the_middle_that_leaves_its_brackets_open_goes_on() -> None:
    pieces = [piece(FULL[:12], 70, 0, 16), piece("（" + FULL[:22], 15, 30), piece(FULL[:14] + "）", 55, 48)]
    pieces += page((20, FULL[:-2]), (0, FULL), (0, FULL[:8]), top=80)
    assert edges(pieces)[1:3] == [(True, False), (False, True)]


def test_lines_of_an_item_with_a_hanging_number_go_on() -> None:
    pieces = page((0, FULL), (20, "1." + FULL[:-3]), (30, FULL[:-3]), (30, FULL[:4]), (20, "2." + FULL[:-3]))
    assert [begins for begins, _ in edges(pieces)] == [False, True, False, False, True]


def test_the_lines_of_an_item_with_a_bullet_go_on() -> None:
    pieces = page((0, FULL), (20, "•" + FULL[:-3]), (30, FULL[:-3]), (20, "•" + FULL[:-3]))
    assert [begins for begins, _ in edges(pieces)] == [False, True, False, True]


def test_an_abstract_set_small_and_narrow_is_one_paragraph() -> None:
    small = [piece(FULL[:20] + "中", 45, 0, 8), piece(FULL[:9] + "。", 45, 14, 8)]
    lines = page_lines([*small, *page((20, FULL[:-2]), (0, FULL), (0, FULL), top=60)])
    assert [(line.begins, line.ends) for line in lines][:2] == [(True, False), (False, True)]


def test_the_lines_of_a_heading_in_the_middle_are_one() -> None:
    heading = [piece("关于加强灯塔管理", 20, 0, 22), piece("的若干措施", 53, 30, 22)]
    assert [begins for begins, _ in edges([*heading, *page((20, FULL), (0, FULL), (0, FULL), top=70)])][1] is False


# --- notes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["①", "1 ", "[1]", "*", "注："])
def test_small_lines_with_a_mark_at_the_foot_are_notes(mark: str) -> None:
    foot = [piece(f"{mark}航标是供船舶定位的设施", 0, 200, 7), piece("见管理办法第二条", 0, 210, 7)]
    number = piece("- 3 -", 120, 240, 8)
    kinds = [line.kind for line in page_lines([*page((0, FULL), (0, FULL), (0, FULL)), *foot, number])]
    assert kinds == ["text", "text", "text", "note", "note", "text"]


def test_a_source_below_a_table_is_no_note() -> None:
    kinds = [line.kind for line in page_lines([*page((0, FULL), (0, FULL)), piece("资料来源：市航标处", 0, 60, 8)])]
    assert kinds == ["text"] * 3


def test_notes_follow_the_paragraph_that_goes_on_over_the_page() -> None:
    def line(text: str, kind: str = "text", begins: bool = False, ends: bool = False) -> Line:
        return Line(text, 0, 0, 100, 10, 10, kind, begins=begins, ends=ends)  # type: ignore[arg-type]

    pages = [
        (1, [line("灯塔由市航标处", begins=True), line("①市航标处：见第二条。", "note", True, True)]),
        (2, [line("负责管理。", ends=True), line("每季度检查一次。", begins=True, ends=True)]),
    ]
    assert [(raw.text, raw.page) for raw in document_lines(pages)[0]] == [
        ("灯塔由市航标处", 1),
        ("负责管理。", 2),
        ("①市航标处：见第二条。", 1),
        ("每季度检查一次。", 2),
    ]


# --- headings -------------------------------------------------------------------------------------------------------


def roles(pages: Sequence[tuple[int, Sequence[Line]]], **more: bool) -> list[tuple[str, int]]:
    return [(line.role, line.level) for line in document_lines(pages, **more)[0]]


def test_larger_type_makes_headings_the_largest_of_the_first_level() -> None:
    lines = page_lines(
        [piece("灯塔管理手册", 40, 0, 22), piece("职责", 0, 40, 14), *page((0, FULL), (0, FULL), top=70)]
    )
    assert roles([(1, lines)]) == [("heading", 1), ("heading", 2), ("text", 0), ("text", 0)]
    assert roles([(1, lines)], headings=False) == [("text", 0)] * 4


def test_the_red_head_of_a_page_is_no_heading() -> None:
    lines = page_lines([piece("某市交通局文件", 40, 0, 22), *page((0, FULL), (0, FULL), top=70)])
    assert roles([(1, lines)])[0] == ("text", 0)


def test_a_large_sentence_is_no_heading() -> None:
    lines = page_lines([piece("灯塔由市航标处管理。", 0, 0, 22), *page((0, FULL), (0, FULL), top=70)])
    assert roles([(1, lines)])[0] == ("text", 0)


# --- tables ---------------------------------------------------------------------------------------------------------


def cell(column: int, row: int, columns: int = 1, rows: int = 1) -> Box:
    return 100 * column, 20 * row, 100 * (column + columns), 20 * (row + rows)


def test_rows_of_cells() -> None:
    said = {cell(0, 0): "灯塔", cell(1, 0): "单位", cell(0, 1): "东港", cell(1, 1): "市航标处"}
    assert table_rows(list(said), said.__getitem__) == ("灯塔 | 单位", "东港 | 市航标处")


def test_a_cell_over_several_rows_is_said_in_each_and_one_over_columns_leaves_the_others_empty() -> None:
    said = {
        cell(0, 0, rows=2): "东港",
        cell(1, 0): "检修",
        cell(2, 0): "3",
        cell(1, 1): "巡查",
        cell(2, 1): "5",
        cell(0, 2, columns=2): "合计",
        cell(2, 2): "8",
    }
    assert table_rows(list(said), said.__getitem__) == ("东港 | 检修 | 3", "东港 | 巡查 | 5", "合计 |  | 8")


def test_the_words_of_a_table_are_gathered_where_it_stands() -> None:
    cells = [cell(c, r) for c in range(2) for r in (2, 3)]
    inside = [piece("灯塔", 5, 43), piece("单位", 105, 43), piece("东港", 5, 63), piece("市航标处", 105, 63)]
    found = page_lines(with_tables([piece(FULL, 0, 0), *inside, piece(FULL, 0, 120)], [cells]))
    assert [(line.text, line.kind) for line in found] == [
        (FULL, "text"),
        ("灯塔 | 单位", "row"),
        ("东港 | 市航标处", "row"),
        (FULL, "text"),
    ]


def test_the_confidence_of_a_row_is_that_of_its_least_sure_word() -> None:
    cells = [cell(c, r) for c in range(2) for r in range(2)]
    pieces = [piece("灯塔", 5, 3, confidence=0.9), piece("单位", 105, 3, confidence=0.8)]
    pieces += [piece("东港", 5, 23, confidence=0.9), piece("市航标处", 105, 23, confidence=0.6)]
    assert [line.confidence for line in page_lines(with_tables(pieces, [cells]))] == [0.8, 0.6]


def test_a_frame_around_text_is_no_table() -> None:
    assert not is_table([cell(0, 0)])
    assert not is_table([cell(0, 0), cell(0, 1)])
    assert is_table([cell(0, 0), cell(1, 0)])


def test_a_header_is_dropped_only_where_its_table_goes_on() -> None:
    def rows(*lines: str) -> list[Line]:
        return [Line(text, 0, 0, 100, 10, 10, "row") for text in lines]

    pages = [(1, rows("灯塔 | 单位", "东港 | 甲")), (2, rows("灯塔 | 单位", "西港 | 乙")), (3, rows("座数 | 年份"))]
    lines, left_out = document_lines(pages)
    assert [line.text for line in lines] == ["灯塔 | 单位", "东港 | 甲", "西港 | 乙", "座数 | 年份"]
    assert [(piece.text, piece.reason) for piece in left_out] == [("灯塔 | 单位", "续表重复的表头")]


def test_a_row_that_runs_over_the_page_is_one_row() -> None:
    def rows(*lines: str) -> list[Line]:
        return [Line(text, 0, 0, 100, 10, 10, "row") for text in lines]

    pages = [
        (1, rows("灯塔 | 任务 | 单位", "东港 | 更换灯器和 | 市航标处")),
        (2, rows(" | 电源", "西港 | 检修 | 西港区")),
    ]
    assert [line.text for line in document_lines(pages)[0]] == [
        "灯塔 | 任务 | 单位",
        "东港 | 更换灯器和电源 | 市航标处",
        "西港 | 检修 | 西港区",
    ]
    pages[1] = (2, rows(" | 检修 | 西港区"))  # the first cell is that of several rows
    assert document_lines(pages)[0][-1].text == " | 检修 | 西港区"
    pages[1] = (2, rows("灯塔 | 任务 | 单位", " | 电源", "西港 | 检修 | 西港区"))  # below the repeated header
    assert [line.text for line in document_lines(pages)[0]][1:] == [
        "东港 | 更换灯器和电源 | 市航标处",
        "西港 | 检修 | 西港区",
    ]


def test_a_cell_of_several_rows_that_runs_over_pages_is_said_in_each() -> None:
    def rows(*lines: str) -> list[Line]:
        return [Line(text, 0, 0, 100, 10, 10, "row") for text in lines]

    head = "类别 | 灯塔 | 座数"
    pages = [
        (1, rows(head, "一类 | 东港 | 3", "二类 | 西港 | 5")),
        (2, rows(head, " | 南港 | 6", " | 北港 | 7")),  # of two rows: the cell runs over
        (3, rows(head, " | 中港 | 8", "三类 | 上港 | 2")),  # of one, below two that said the same
        (4, rows(head, " | 合计 | 31")),  # the line of a total has no class
    ]
    assert [line.text for line in document_lines(pages)[0]][1:] == [
        "一类 | 东港 | 3",
        "二类 | 西港 | 5",
        "二类 | 南港 | 6",
        "二类 | 北港 | 7",
        "二类 | 中港 | 8",
        "三类 | 上港 | 2",
        " | 合计 | 31",
    ]
