"""The report of a run as people open it: from disk, in a real Chromium, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import browser
from qa.run import open_run
from qa.run_report import summary, write_reports
from runs import CASES, made

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="no Chromium; make test-all installs it where it may"),
]

_FOLLOW_UP = replace(CASES[1], id="6", type="followup", history=(("示范区有什么要求？", "不得重复建设。"),))


@pytest.fixture(scope="module")
def opened_report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Page]:
    folder = tmp_path_factory.mktemp("report")
    made(folder / "run", (*CASES, _FOLLOW_UP))
    write_reports(summary(open_run(folder / "run")))
    with browser.open_browser(folder / "profile") as page:
        page.look(1280, 900)
        page.open((folder / "run" / "report.html").as_uri())
        page.wait_for("document.querySelectorAll('.row').length === 6")
        yield page
        assert page.errors == []
        assert {address.partition(":")[0] for address in page.requested} <= {"file", "about"}


@pytest.fixture
def page(opened_report: browser.Page) -> browser.Page:
    """The report with nothing chosen."""
    for field in ("result", "type", "why"):
        choose(opened_report, field, "*")
    choose(opened_report, "text", "")
    return opened_report


def shown(page: browser.Page) -> list[str]:
    """The ids of the rows that are shown."""
    script = "[...document.querySelectorAll('.row')].filter(row => row.offsetParent).map(row => row.querySelector('.id').textContent)"
    return list(page.run(script))


def choose(page: browser.Page, field: str, value: str) -> None:
    page.run(
        f"(() => {{ const field = document.querySelector('[data-filter={field}]'); field.value = '{value}';"
        "field.dispatchEvent(new Event('input', { bubbles: true })); })()"
    )
    page.run("new Promise((done) => setTimeout(done, 300))")


@pytest.mark.parametrize(
    ("field", "value", "ids"),
    [
        ("result", "good", ["1", "3"]),
        ("result", "bad", ["2", "4", "5", "6"]),
        ("type", "numeric", ["1", "5"]),
        ("why", "used_wrong", ["2"]),
        ("text", "红烧肉 糖", ["3"]),
        ("text", "没有这些字", []),
    ],
)
def test_rows_are_filtered_by_result_type_and_reason_and_found_by_their_words(
    page: browser.Page, field: str, value: str, ids: list[str]
) -> None:
    choose(page, field, value)
    assert shown(page) == ids
    assert page.text("h2 .count") == f"{len(ids)} / 6 题"
    choose(page, field, "" if field == "text" else "*")
    assert len(shown(page)) == 6 and page.text("h2 .count") == "共 6 题"


def test_filters_hold_together(page: browser.Page) -> None:
    choose(page, "result", "bad")
    choose(page, "type", "numeric")
    assert shown(page) == ["5"]


def test_a_row_opens_with_the_cited_text_marked_in_what_stands_around_it(page: browser.Page) -> None:
    page.click(".row:nth-of-type(1) > summary")
    assert page.text(".row:nth-of-type(1) blockquote mark") == "到2025年，建成七个示范区。"
    assert "一、总体要求" in page.text(".row:nth-of-type(1) blockquote p")
    page.click(".row:nth-of-type(6) > summary")
    assert "追问理解为：示范区有什么要求？谁牵头？" in page.text(".row:nth-of-type(6) .history")
