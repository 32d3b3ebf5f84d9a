"""The report of a run: one file, nothing fetched, everything escaped, every row there."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from qa.evaluation import MEASURES, Case, Tally
from qa.labels import Label, add_label, labels_of
from qa.plots import Bar, bars, histogram, square
from qa.report_html import row_html
from qa.run import open_run
from qa.run_report import summary, write_reports
from runs import CASES, made, opened_failing

NASTY = '<script>alert(1)</script>" onload="x'


class Page(HTMLParser):
    """What a browser would see of a page: its elements and its text; fails on elements that are not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br"):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def rows(self) -> list[dict[str, str | None]]:
        return [
            found for tag, found in self.elements if tag == "details" and "row" in (found.get("class") or "").split()
        ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    nasty = Case("6", NASTY, f"示范区？{NASTY}", NASTY, ((NASTY, NASTY),), ((NASTY,),), (), None)
    made(tmp_path / "run", (*CASES, nasty))
    return tmp_path / "run"


def page_of(folder: Path) -> Page:
    write_reports(summary(open_run(folder)))
    return Page((folder / "report.html").read_text(encoding="utf-8"))


def test_the_report_is_one_file_that_asks_for_nothing(folder: Path) -> None:
    page = page_of(folder)
    names = {name for _, found in page.elements for name in found}
    assert not names & {"src", "href", "action", "srcset", "data"}
    assert {tag for tag, _ in page.elements} & {"link", "iframe", "img", "object", "base"} == set()
    assert any("default-src 'none'" in (found.get("content") or "") for _, found in page.elements)
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert "url(" not in html and "@import" not in html and "fetch(" not in html


def test_nothing_from_outside_is_markup(folder: Path) -> None:
    page = page_of(folder)
    assert [found for tag, found in page.elements if tag == "script"] == [{}], "the report's own, no other"
    assert not any(name.startswith("on") for _, found in page.elements for name in found)
    assert NASTY in page.text and page.rows()[5]["data-type"] == NASTY


def test_every_row_opens_with_what_was_asked_said_cited_and_wanted(folder: Path) -> None:
    page = page_of(folder)
    assert [row["data-why"] for row in page.rows()][:5] == ["", "used_wrong", "", "should_refuse", "refused"]
    assert [row["data-result"] for row in page.rows()][:5] == ["good", "bad", "good", "bad", "bad"]
    for words in (
        "谁牵头？",
        "市财政局牵头，市教育局参与。",
        "缺的要点：市教育局",
        "引到了，检索排第 2",
        "该拒没拒",
        "没检索到",
    ):
        assert words in page.text
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert "一、总体要求\n<mark>到2025年，建成七个示范区。</mark>" in html


def test_the_numbers_stand_beside_it_as_json_and_csv(folder: Path) -> None:
    write_reports(summary(open_run(folder)))
    data = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert list(data["overall"]) == list(MEASURES)
    assert data["refusals"] == {
        "answerable": {"answered": 3, "refused": 1},
        "unanswerable": {"answered": 1, "refused": 1},
    }
    assert data["intervals_by_type"]["numeric"]["point_recall"]["low"] < 0.5 and data["intervals"]["p50"] is not None
    assert data["lost"]["should_refuse"] == 1 and data["intervals"]["strict"]["low"] <= data["overall"]["strict"]
    with (folder / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["结果"] for row in rows] == ["对", "错", "对", "错", "错", "错"]
    assert rows[1]["缺的要点"] == "市教育局" and rows[1]["丢在哪里"] == "用上了，答得不对或不全"


def test_a_cell_that_a_spreadsheet_would_run_is_text(tmp_path: Path) -> None:
    made(tmp_path / "run", (replace(CASES[0], question="=1+1 示范区"),))
    write_reports(summary(open_run(tmp_path / "run")))
    assert "'=1+1 示范区" in (tmp_path / "run" / "rows.csv").read_text(encoding="utf-8-sig")


def test_a_run_that_is_not_whole_and_one_with_errors_have_a_report(tmp_path: Path) -> None:
    run = made(tmp_path / "run", opener=opened_failing)
    assert "ConnectionError: 没有网络" in page_of(tmp_path / "run").text
    lines = (run.folder / "rows.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (run.folder / "rows.jsonl").write_text(lines[0] + lines[1][:50], encoding="utf-8")
    page = page_of(tmp_path / "run")
    assert len(page.rows()) == 1 and "1/5 题（没有做完）" in page.text


def test_what_people_say_stands_in_the_report_with_how_far_it_agrees(folder: Path) -> None:
    run = open_run(folder)
    for number, mark in ((1, "right"), (2, "right"), (3, "wrong"), (3, "right"), (4, "wrong")):
        add_label(run, ("小集", number), Label(mark, "说明" if number == 2 else ""))  # type: ignore[arg-type]
    assert labels_of(run)["小集", 3] == Label("right"), "the last word"
    agrees = summary(run).label_agrees
    assert agrees is not None
    assert (agrees.both_right, agrees.first_only, agrees.second_only, agrees.both_wrong) == (2, 1, 0, 1)
    page = page_of(folder)
    assert "人工标注与规则" in page.text and [row["data-label"] for row in page.rows()][:2] == ["right", "right"]
    with pytest.raises(ValueError, match="标注只能是"):
        add_label(run, ("小集", 1), Label("maybe"))  # type: ignore[arg-type]


def test_an_unseen_character_is_shown_by_its_number(folder: Path) -> None:
    row = replace(next(open_run(folder).rows()), text="七\u202e个")
    assert "U+202E" in row_html(row)


def test_a_large_run_needs_little_memory_for_its_numbers(folder: Path) -> None:
    import tracemalloc

    row = next(open_run(folder).rows())
    tracemalloc.start()
    tally = Tally(row for _ in range(5000))
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(tally) == 5000 and used < 5000 * 600


# --- plots


def test_bars_are_as_long_as_their_values() -> None:
    drawn = bars("图", [Bar("甲", 0.5, "0.50", 0.4, 0.7), Bar(NASTY, 1.0, "1.00")])
    page = Page(drawn)
    widths = [float(found["width"] or 0) for _, found in page.elements if found.get("class") == "bar"]
    assert widths[1] == pytest.approx(2 * widths[0], abs=0.2)
    assert len([1 for _, found in page.elements if found.get("class") == "interval"]) == 1
    assert "<script>" not in drawn


def test_a_histogram_counts_every_value_once() -> None:
    drawn = histogram("图", [1, 2, 3, 100, 100000], "毫秒")
    assert sum(map(int, re.findall(r"毫秒：(\d+)</title>", drawn))) == 5
    assert histogram("图", [], "毫秒") == "" and "<svg" in histogram("图", [0.0], "毫秒")


def test_a_square_tells_counts_and_shares() -> None:
    drawn = square("图", [("有", (3, 1)), ("没有", (0, 0))], ("答", "拒"), (0, 1))
    assert "3（75%）" in drawn and drawn.count('class="field right"') == 2
