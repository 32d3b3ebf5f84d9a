"""A document opened at a place: where it is scrolled to, what is lit, long documents and lines, every format."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

import fake_bot
from corpus.document import SourceDocument
from corpus.load import document_of
from office_files import book, par, table, word
from outlined import outlined
from packed import epub, paragraphs
from printed import HAN_FONTS, NO_HAN_FONT, as_paragraphs, official
from qa.settings import Settings
from web.document_view import WINDOW, document_html, window

ORDER = Settings().authority
LONG = outlined("\n".join(f"{n}. 第{n}号渡口。{'渡口每日开放到二十一时，' * 9}" for n in range(1, 2_501)))


def words(piece: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", piece))


def opened(document: SourceDocument, start: int, end: int) -> tuple[str, str]:
    """What stands in the text before the place that it is scrolled to, and from there on."""
    body = document_html(document, (start, end), ORDER).partition('<div class="body"')[2].partition(">")[2]
    assert body.count(' id="focus"') == 1
    before, _, after = body.partition('<mark id="focus">')
    return words(before), words(after)


def lit(document: SourceDocument, start: int, end: int) -> str:
    return "".join(
        map(html.unescape, re.findall(r"<mark[^>]*>(.*?)</mark>", document_html(document, (start, end), ORDER)))
    )


# --- the place


def test_an_outline_entry_beyond_the_window_opens_at_its_section() -> None:
    section = LONG.sections[2_000]
    first = document_html(LONG, None, ORDER)
    entry = f'data-do="open" data-doc="{LONG.doc_id}" data-start="{section.start}" data-end="{section.start}"'
    assert entry in first, "it lies outside what is shown at first"
    before, after = opened(LONG, section.start, section.start)
    assert after.startswith("2001. 第2001号渡口。") and "2000. " in before
    assert lit(LONG, section.start, section.start) == "", "nothing is quoted there"


def test_what_comes_before_and_behind_goes_on_where_the_window_ended() -> None:
    at = LONG.sections[1_200].start
    low, high = window(LONG.text, at)
    shown = document_html(LONG, (at, at), ORDER)
    places = [(int(a), where) for a, where in re.findall(r'data-start="(\d+)"[^>]*>显示(..)的内容', shown)]
    assert places == [(low, "前面"), (high, "后面")]
    for border in (low, high):
        before, after = opened(LONG, border, border)
        line = LONG.text[border:].lstrip("\n").partition("\n")[0]
        assert after.startswith(line)
        assert len(before) > WINDOW // 2 and len(after) > WINDOW // 2


def test_a_span_that_begins_with_what_is_not_shown_has_its_place_too() -> None:
    document = fake_bot.document(text="一、总体要求\n甲|乙丙|丁\n戊|己\n二、保障措施\n由市财政局牵头。\n\n完。")
    text = document.text
    for start in range(len(text)):
        for end in range(start, len(text) + 1):
            _, after = opened(document, start, end)
            rest = text[start:].lstrip("\n|")
            assert after.startswith(rest[0]), (start, end)


# --- long lines


@pytest.mark.parametrize("length", [500_000, 10_000_000], ids=["half a million", "ten million"])
def test_a_title_followed_by_one_long_line_opens_with_much_of_it(length: int) -> None:
    text = "长行通知\n\n" + "甲" * length
    assert window(text, 0) == (0, WINDOW)
    document = replace(fake_bot.document(), text=text, sections=())
    started = time.perf_counter()
    shown = document_html(document, None, ORDER)  # as from the list
    assert time.perf_counter() - started < 2
    assert "甲" * (WINDOW - 10) in shown and len(shown) < 3 * WINDOW
    before, after = opened(document, WINDOW, WINDOW)  # what comes behind
    assert before.endswith("甲" * 9) and after.startswith("甲" * WINDOW)


def test_the_end_of_a_long_line_is_not_left_out_before_a_short_one() -> None:
    text = "甲" * 500_000 + "\n完。"
    low, high = window(text, len(text) - 2)
    assert (low, high) == (len(text) - 2 - WINDOW, len(text))


# --- every format

TITLE = "澄江市渡口管理办法"
LINES = (TITLE, "第一条 渡口每日开放到二十一时。", "第二条 遇有大雾，应当停止渡运，并告知旅客。")
ROWS = (("渡口", "开放到", "说明"), ("东渡口", "二十一时", "大雾停渡"), ("西渡口", "二十时", "风大停渡"))
PAGE = (
    f"<html><head><title>{TITLE}</title></head><body>{paragraphs(chr(10).join(LINES))}<table>"
    + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    + "</table></body></html>"
)
FILES: dict[str, Callable[[], bytes]] = {
    "办法.txt": lambda: "\n\n".join(LINES).encode(),
    "办法.pdf": lambda: official(as_paragraphs("\n".join(LINES))),
    "办法.docx": lambda: word("".join(map(par, LINES)) + table(*ROWS)),
    "办法.xlsx": lambda: book(*map(list, ROWS)),
    "办法.html": PAGE.encode,
    "办法.epub": lambda: epub([paragraphs("\n".join(LINES))]),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_format_opens_at_the_span(name: str) -> None:
    if name.endswith(".pdf") and not HAN_FONTS:
        pytest.skip(NO_HAN_FONT)
    document = document_of(FILES[name](), name)
    quotes = ["大雾", "二十一时"] if name.endswith(".xlsx") else ["大雾，应当停止渡运", "渡口每日开放到二十一时"]
    for quote in quotes:
        start = document.text.index(quote)
        assert lit(document, start, start + len(quote)) == quote
        _, after = opened(document, start, start + len(quote))
        assert after.startswith(quote)


def test_a_clause_without_a_name_is_asked_about_as_an_item_of_what_holds_it() -> None:
    text = (
        "集市管理办法\n\n一、职责分工\n（一）由市民政局备案，每年一次，并向社会公布备案的结果。\n\n"
        "二、纪律\n第五条 摊主应当遵守下列规定：\n1.不得占道经营，也不得在通道上堆放货物；\n2.不得大声喧哗；\n①其他。\n"
    )
    asked = re.findall(r'data-question="([^"]*)"', document_html(document_of(text.encode(), "办法.txt"), None, ORDER))
    for question in ("“职责分工”讲了什么？", "“职责分工”第一项讲了什么？", "“第五条”第2项讲了什么？"):
        assert f"《集市管理办法》{question}" in asked
    assert not any("①" in question for question in asked)
