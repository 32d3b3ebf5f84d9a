"""Tables of duties and figures: order, pages, matrix, timeline, comparison, and the files that they are saved as."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

import pytest

from qa.answer import Citation
from qa.facts import DUTY_COLUMNS, FIGURE_COLUMNS, Difference, DutyRow, FigureRow
from web.tables import (
    MATRIX_PAGE,
    PAGE,
    View,
    comparison_cells,
    comparison_html,
    duties_html,
    duty_cells,
    figure_cells,
    figures_html,
    goals_html,
    matrix_cells,
    matrix_html,
    matrix_of,
    sorted_rows,
    to_csv,
    to_xlsx,
)
from web.tables_tab import Wanted, downloads_html, exported, wanted_of

EVIL = '<img src=x onerror="alert(1)">'


def cited(quote: str, start: int = 0, doc_id: str = "010") -> Citation:
    return Citation(1, doc_id, "示范区意见", "甲政发〔2024〕7号", ("一、总则",), quote, start, start + len(quote))


def duty(task: str, leads: tuple[str, ...], *others: str, **more: Any) -> DutyRow:
    names = (*leads, *others)
    quote = f"（{'、'.join(names)}负责）"
    return DutyRow(
        "010", "示范区意见", "甲政发〔2024〕7号", ("一、总则", task), task, names, leads, "stated" if leads else "none",
        False, None, (cited(quote, 40),), **more,
    )  # fmt: skip


def figure(indicator: str, value: str, unit: str, year: str, kind: str = "goal", subject: str = "") -> FigureRow:
    quote = f"到{year}年，{subject}{indicator}达到{value}{unit}。"
    start = 100 + quote.index(value)
    return FigureRow(
        "010", "示范区意见", None, subject, indicator, value, unit, year, kind, cited(quote, 100), start, start + len(value)
    )  # type: ignore[arg-type]  # fmt: skip


class Cells(HTMLParser):
    """All tags of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


# --- order and pages


def test_numbers_are_sorted_by_value_then_words_and_what_is_empty_stays_last() -> None:
    rows = [figure("甲率", v, "%", "2025") for v in ("100", "9.5", "", "约20", "1,000")]
    order = [row.value for row in sorted_rows(rows, FIGURE_COLUMNS, View(1, "value"))]
    assert order == ["9.5", "100", "1,000", "约20", ""]
    backwards = [row.value for row in sorted_rows(rows, FIGURE_COLUMNS, View(1, "value", True))]
    assert backwards == ["约20", "1,000", "100", "9.5", ""]
    assert sorted_rows(rows, FIGURE_COLUMNS, View(1, "nothing")) == rows


def test_a_click_on_a_head_sorts_up_then_down_then_as_the_text_has_it() -> None:
    first = View(page=3).turned({"sort": "task"})
    second = first.turned({"sort": "task"})
    assert (first, second, second.turned({"sort": "task"})) == (View(1, "task"), View(1, "task", True), View())
    assert first.turned({"page": "2"}) == View(2, "task")


@pytest.mark.parametrize("event", [{}, {"page": "x"}, {"page": None}, {"page": "-5", "sort": None}])
def test_an_event_that_makes_no_sense_changes_nothing(event: dict[str, Any]) -> None:
    assert View(1, "task").turned(event) == View(1, "task")


def test_a_page_shows_its_rows_and_one_beyond_the_last_shows_the_last() -> None:
    rows = [duty(f"任务{n}号", ("财政部",)) for n in range(PAGE + 1)]
    first, last = duties_html(rows, View()), duties_html(rows, View(99))
    assert "任务0号" in first and f"任务{PAGE}号" not in first
    assert f"第 1 – {PAGE} 项，共 {PAGE + 1} 项" in first
    assert f"任务{PAGE}号" in last and "任务0号" not in last


# --- what is shown


def test_a_duty_opens_the_document_at_its_note() -> None:
    html = duties_html([duty("建设示范区", ("财政部",), "科技部")], View())
    assert 'data-do="open" data-doc="010" data-start="40"' in html
    assert '<span class="who lead">财政部</span>' in html and '<span class="who">科技部</span>' in html


def test_a_figure_is_marked_in_its_sentence_and_opened_at_its_place() -> None:
    row = figure("覆盖率", "95", "%", "2025")
    html = figures_html([row], View())
    assert "达到<mark>95</mark>%。" in html
    assert f'data-start="{row.start}" data-end="{row.end}"' in html


def test_nothing_from_a_document_becomes_markup() -> None:
    row = replace(
        duty(EVIL, (EVIL,), EVIL), title=EVIL, number=EVIL, section=(EVIL,), citations=(cited(EVIL * 9, doc_id='"' + EVIL),)
    )  # fmt: skip
    goal = replace(figure(EVIL, EVIL, EVIL, "2025", subject=EVIL), title=EVIL, citation=cited(EVIL), start=0, end=4)
    changed = Difference("changed", cited(EVIL), cited(EVIL), ((EVIL, ""), ("", EVIL)))
    for html in (
        duties_html([row], View()), matrix_html([row], View()), figures_html([goal], View()), goals_html([goal]),
        comparison_html([changed], EVIL, EVIL, True, View()), downloads_html("duties", Wanted(section=EVIL)),
    ):  # fmt: skip
        assert "img" not in Cells(html).tags
        assert 'onerror="' not in html


@pytest.mark.parametrize("show", [duties_html, matrix_html, figures_html])
def test_an_empty_table_says_what_to_do(show: Any) -> None:
    assert "条件" in show([], View())
    assert "<table" not in show([], View())


# --- the matrix


def test_the_matrix_tells_who_leads_takes_part_or_is_only_listed() -> None:
    matrix = matrix_of([duty("甲", ("财政部",), "科技部"), duty("乙", (), "科技部", "商务部")])
    parts = [{matrix.columns[at]: part[0] for at, part in row.items()} for row in matrix.parts]
    assert matrix.columns[0] == "科技部", "the one named most often"
    assert parts == [
        {"财政部": "lead", "科技部": "participant"},
        {"科技部": "listed", "商务部": "listed"},
    ]


def test_different_names_of_a_department_share_a_column() -> None:
    assert matrix_of([duty("甲", ("国家发展改革委",)), duty("乙", ("发展改革委",))]).columns == ("国家发展改革委",)


def test_the_file_of_the_matrix_holds_all_tasks_whatever_page_is_shown() -> None:
    rows = [duty(f"任务{n}号", ("财政部",), "科技部") for n in range(MATRIX_PAGE + 1)]
    head, lines = matrix_cells(rows)
    assert head == ["文件", "事项", "财政部", "科技部"]
    assert len(lines) == MATRIX_PAGE + 1
    assert lines[-1] == ["示范区意见", f"任务{MATRIX_PAGE}号", "牵头", "参与"]


# --- goals


def test_the_timeline_has_a_dot_for_each_goal_above_its_year() -> None:
    html = goals_html(
        [figure("甲率", "5", "%", "2025"), figure("乙率", "6", "%", "2025"), figure("丙率", "7", "%", "2035")]
    )
    dots = [
        (float(x), title) for x, title in re.findall(r'<circle[^>]* cx="([\d.]+)"[^>]*>\s*<title>(.*?)</title>', html)
    ]
    years = {year: float(x) for x, year in re.findall(r'<text class="year" x="([\d.]+)"[^>]*>(\d{4})</text>', html)}
    assert years["2025"] < years["2035"]
    near = {title[:4]: min(years, key=lambda y: abs(years[y] - x)) for x, title in dots}
    assert len(dots) == 3 and near == {"2025": "2025", "2035": "2035"}
    assert "<h4>2025 年" in html and "2 项" in html


def test_goals_without_a_year_are_counted_not_drawn() -> None:
    html = goals_html([figure("甲率", "5", "%", "2025"), figure("乙率", "6", "%", "")])
    assert html.count("<circle") == 1
    assert "另有 1 项没有写明年份" in html
    assert "有 1 项目标没有写明年份" in goals_html([figure("乙率", "6", "%", "")])


# --- two documents


def test_a_comparison_marks_the_letters_that_differ_and_hides_what_is_the_same() -> None:
    same = Difference("same", cited("不变。"), cited("不变。"), ())
    changed = Difference(
        "changed", cited("建成七个。"), cited("建成九个。"), (("建成", "建成"), ("七", "九"), ("个。", "个。"))
    )
    html = comparison_html([same, changed], "甲", "乙", False, View())
    assert "建成<del>七</del>个。" in html and "建成<ins>九</ins>个。" in html
    assert "不变。" not in html
    assert "不变。" in comparison_html([same, changed], "甲", "乙", True, View())
    assert "没有不同之处" in comparison_html([same], "甲", "乙", False, View())
    assert comparison_cells([changed])[1] == [["改动", "一、总则", "建成七个。", "建成九个。"]]


# --- files


def test_a_csv_file_is_read_by_excel_and_runs_nothing() -> None:
    raw = to_csv(["项", "值"], [["=1+1", "-5"], ['含"引号"，逗号', "-甲"], ["@sum", "两\n行"]])
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert rows == [["项", "值"], ["'=1+1", "-5"], ['含"引号"，逗号', "'-甲"], ["'@sum", "两\n行"]]


def test_an_excel_file_opens_again_with_numbers_text_filters_and_a_fixed_head() -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(to_xlsx("数字/表", ["项", "值"], [["=1+1", "12.5"], ["\x00甲", "7"]]))).active
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [["项", "值"], ["=1+1", 12.5], ["甲", 7]]
    assert sheet["A2"].data_type == "s", "no formula"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")


def test_duties_and_figures_have_the_columns_of_the_command_line() -> None:
    assert duty_cells([])[0] == [*(name for _, name in DUTY_COLUMNS), "编号", "文号", "页"]
    head, lines = figure_cells([figure("覆盖率", "95", "%", "2025")])
    assert dict(zip(head, lines[0], strict=True))["数值"] == "95" and len(head) == len(FIGURE_COLUMNS) + 3


def test_what_is_wanted_comes_back_from_its_address() -> None:
    wanted = Wanted(("010", "011"), "财政 部&", "保障", "lead", view=View(1, "task", True))
    assert wanted_of(parse_qsl(wanted.query())) == wanted


class FewFacts:
    """A bot that gives what it was asked for along."""

    def duties(self, *given: Any) -> list[DutyRow]:
        self.given = given
        return [duty("乙任务", ("财政部",)), duty("甲任务", ("科技部",))]


def test_a_file_holds_what_the_filters_show() -> None:
    bot = FewFacts()
    query = [("department", "财政部"), ("role", "lead"), ("document", "010"), ("sort", "leads"), ("down", "1")]
    name, content = exported(bot, "duties", "csv", query)  # type: ignore[arg-type]
    assert bot.given == ("财政部", None, "lead", ("010",))
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert name == "职责分工.csv" and [row["牵头"] for row in rows] == ["财政部", "科技部"]


@pytest.mark.parametrize(("table", "suffix"), [("passwords", "csv"), ("duties", "exe")])
def test_a_table_or_format_that_is_not_there_is_refused(table: str, suffix: str) -> None:
    with pytest.raises(LookupError):
        exported(FewFacts(), table, suffix, [])  # type: ignore[arg-type]
