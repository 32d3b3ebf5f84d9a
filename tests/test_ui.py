"""The page: what it shows, that nothing in it is markup from outside, and that it can be asked over HTTP."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import browser
import ui
from fake_bot import TEXT, TITLE, FakeBot
from index.passage import Copy


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


def text_of(bot: FakeBot) -> Any:
    return lambda doc_id: bot.document(doc_id).text


def shown(bot: FakeBot, question: str) -> str:
    return ui.answer_html(bot.ask(question), text_of(bot), 1)


def test_marks_lead_to_their_sources(bot: FakeBot) -> None:
    html = shown(bot, "示范区几个？")
    assert 'href="#turn-1-source-1">[1]</a>' in html
    assert '<li id="turn-1-source-1">' in html


def test_a_source_shows_title_number_path_page_and_the_exact_span_in_its_passage(bot: FakeBot) -> None:
    html = shown(bot, "示范区几个？")
    assert f"《{TITLE}》（甲政发〔2024〕7号） 一、总体要求，第 3 页" in html
    marked = re.search(r"<blockquote>(.*?)<mark>(.*?)</mark>(.*?)</blockquote>", html, re.DOTALL)
    assert marked is not None
    assert marked.groups() == (
        "一、总体要求\n",
        "到2025年，建成七个示范区。",
        "&lt;b&gt;地方&lt;/b&gt;不得重复建设。\n",
    )
    assert "又见《转载页》正文" in html


def test_a_span_outside_every_passage_is_shown_with_its_surroundings(bot: FakeBot) -> None:
    answer = replace(bot.ask("谁牵头？"), passages=())
    assert "二、保障措施\n<mark>由市财政局牵头，市科技局参与。</mark></blockquote>" in ui.answer_html(
        answer, text_of(bot), 1
    )


def test_long_surroundings_are_cut(bot: FakeBot) -> None:
    answer = replace(bot.ask("谁牵头？"), passages=())
    start = answer.citations[0].start
    text = "〇" * 500 + TEXT + "尾" * 500
    moved = replace(answer.citations[0], start=start + 500, end=answer.citations[0].end + 500)
    html = ui.answer_html(replace(answer, citations=(moved,)), lambda _doc: text, 1)
    assert "<blockquote>…" in html
    assert html.count("〇") == ui._AROUND - start
    assert html.count("尾") == ui._AROUND


def test_a_document_that_is_gone_still_shows_its_quote(bot: FakeBot) -> None:
    def gone(doc_id: str) -> str:
        raise KeyError(doc_id)

    assert "<blockquote><mark>由市财政局牵头" in ui.answer_html(bot.ask("谁牵头？"), gone, 1)


def test_a_refusal_looks_different_and_shows_the_nearest_clause(bot: FakeBot) -> None:
    html = shown(bot, "红烧肉放几勺糖？")
    assert html.startswith('<div class="refused">')
    assert "最接近的条款" in html
    assert "出处" not in html


def test_a_mark_without_a_source_is_no_link(bot: FakeBot) -> None:
    html = ui.answer_html(replace(bot.ask("谁牵头？"), text="见[9]。[1]"), text_of(bot), 1)
    assert "见[9]。<a" in html


@pytest.mark.parametrize("place", ["question", "text", "standalone", "title", "section", "copy", "document"])
def test_nothing_from_outside_becomes_markup(bot: FakeBot, place: str) -> None:
    evil = '<img src=x onerror="alert(1)">'
    answer = bot.ask("谁牵头？")
    citation = answer.citations[0]
    text = bot.document(citation.doc_id).text
    if place == "question":
        answer = replace(answer, question=evil)
    elif place == "text":
        answer = replace(answer, text=evil)
    elif place == "standalone":
        answer = replace(answer, standalone_question=evil)
    elif place == "document":
        text = text[: citation.start] + evil + text[citation.start + len(evil) :] + evil
    else:
        copy = Copy("x", evil, (evil,), 0, 1)
        changes: dict[str, dict[str, Any]] = {
            "title": {"title": evil},
            "section": {"section": (evil,)},
            "copy": {"also_in": (copy,)},
        }
        answer = replace(answer, citations=(replace(citation, **changes[place]),))
    html = ui.answer_html(answer, lambda _doc: text, 1)
    html += ui.conversation_html([ui.Turn(answer.question, answer.text, html)] * 2)
    assert "<img" not in html
    assert "&lt;img" in html


def test_earlier_turns_are_folded_below_the_newest() -> None:
    html = ui.conversation_html([ui.Turn("甲？", "a", "<p>1</p>"), ui.Turn("乙？", "b", "<p>2</p>")])
    assert html.index("<p>2</p>") < html.index("<details") < html.index("<p>1</p>")
    assert ui.conversation_html([]) == ""


def test_examples_are_made_from_the_documents(bot: FakeBot) -> None:
    examples = ui.example_questions(bot)  # type: ignore[arg-type]
    assert examples == [f"《{TITLE}》是什么时候由哪个机关发布的？", f"《{TITLE}》分为哪几个部分？"]
    bot.remove("010_shifanqu")
    assert ui.example_questions(bot) == []  # type: ignore[arg-type]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def page(bot: FakeBot) -> Iterator[str]:
    demo, address = ui.launch(bot, "127.0.0.1", free_port())  # type: ignore[arg-type]
    yield address
    demo.close()


def test_the_page_answers_over_http_and_remembers_the_conversation(bot: FakeBot, page: str) -> None:
    from gradio_client import Client

    assert page.startswith("http://127.0.0.1:")
    client = Client(page, verbose=False, analytics_enabled=False)
    box, html = client.predict("示范区几个？", api_name="/ask")
    assert box == ""
    assert "<mark>到2025年，建成七个示范区。</mark>" in html
    box, html = client.predict("谁牵头？", api_name="/ask")
    assert html.count('class="turn"') == 2
    assert bot.asked[-1] == ("谁牵头？", (("示范区几个？", "到2025年，建成七个示范区。[1]"),))
    Client(page, verbose=False, analytics_enabled=False).predict("另一个人？", api_name="/ask")
    assert bot.asked[-1] == ("另一个人？", ()), "a session sees another's history"


def test_an_error_is_shown_in_chinese(bot: FakeBot, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    def busy(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("索引正在写入<b>。请等它结束后再试。")

    monkeypatch.setattr(bot, "ask", busy)
    with pytest.raises(AppError, match="索引正在写入&lt;b&gt;。请等它结束后再试。"):
        Client(page, verbose=False, analytics_enabled=False).predict("谁牵头？", api_name="/ask")


def test_a_port_that_is_taken_is_named(bot: FakeBot) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ui.PageError, match=f"端口 {port} 用不了"):
            ui.launch(bot, "127.0.0.1", port)  # type: ignore[arg-type]


# --- in a browser


@pytest.mark.slow
@pytest.mark.skipif(browser.CHROMIUM is None, reason="no Chromium; make test-all installs it where it may")
def test_a_conversation_in_the_browser(bot: FakeBot, page: str, tmp_path: Path) -> None:
    newest = "document.querySelector('#talk .turn')"
    with browser.open_browser(tmp_path / "profile") as chromium:
        chromium.open(page)
        chromium.wait_for("document.querySelector('#question textarea')")

        chromium.type_into("#question textarea", "示范区几个？<img src=x onerror=\"document.title='hacked'\">")
        chromium.click("#send")
        chromium.wait_for(newest)
        assert chromium.run("document.querySelector('#talk mark').innerText") == "到2025年，建成七个示范区。"
        assert "<b>地方</b>不得重复建设" in chromium.run("document.querySelector('#talk blockquote').innerText")
        assert chromium.run("document.querySelectorAll('#talk img, #talk b').length") == 0
        assert chromium.run("document.querySelector('#question textarea').value") == ""

        chromium.click("#talk a.to-source")
        assert chromium.run("document.querySelector('#talk li:target').innerText").startswith("[1] 《" + TITLE)

        chromium.type_into("#question textarea", "谁牵头？")
        chromium.click("#send")
        chromium.wait_for("document.querySelectorAll('#talk .turn').length == 2")
        assert len(bot.asked[-1][1]) == 1, "the first turn went along as history"

        chromium.type_into("#question textarea", "红烧肉？")
        chromium.click("#new")
        chromium.wait_for(f"!{newest} && document.querySelector('#question textarea').value === ''")
        chromium.type_into("#question textarea", "红烧肉？")
        chromium.click("#send")
        chromium.wait_for("document.querySelector('#talk .refused')")
        assert "最接近的条款" in chromium.run(f"{newest}.innerText")
        assert bot.asked[-1][1] == ()

        assert chromium.run("document.title") == "政策问答"
        assert chromium.errors == []
        outside = [url for url in chromium.requested if not url.startswith((page, "data:", "blob:", "about:"))]
        assert outside == [], "the page asks for nothing outside"
