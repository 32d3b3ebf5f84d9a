"""The page with a language model as people use it: in a real Chromium, over real documents, the model scripted."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

import browser
import ui
from fake_model import ScriptedChat
from qa import PolicyQA
from qa.settings import Settings
from test_page_browser import (
    DESK,
    PHONE,
    PLAN,
    assert_alone,
    assert_evidence_in_its_place,
    count,
    go,
    last,
    on_both,
    tab,
    window,
)  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="no Chromium; make test-all installs it where it may"),
]

__all__ = ["window"]  # a fixture
WRITES = 3.0  #: seconds that the model needs for a text, and more
KEY = "sk-0123456789abcdef"


def said(asked: str) -> str:
    if "渡运" in asked:
        return "遇有大雾或者六级以上大风，应当停止渡运[2]。"
    lead = "数据共享由市大数据中心牵头" if "数据共享" in asked.rpartition("问题：")[2] else "目录编制由市数据局牵头"
    return f"{lead}[1]。全部工作投入资金3.6亿元，由<b>省里</b>拨付[1]。"


@pytest.fixture(scope="module")
def chat() -> ScriptedChat:
    return ScriptedChat(script=said, asked=[], pause=0.1)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, chat: ScriptedChat) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    (home / "documents").mkdir()
    (home / "documents" / "010_shuju.txt").write_text(PLAN, encoding="utf-8")
    settings = Settings.load(data_dir=home / "data", engine="llm", llm_cache=False, unverified="drop")
    bot = PolicyQA.open([home / "documents"], home / "data", settings=settings, model=chat)
    bot.ask("目录编制由谁牵头？")  # loads what the first question would wait for
    server, address = ui.launch(bot, "127.0.0.1", 0)
    yield address
    server.close()


@pytest.fixture
def page(request: pytest.FixtureRequest, address: str, window: browser.Page) -> Iterator[browser.Page]:
    size = getattr(request, "param", DESK)
    window.look(*size, phone=size == PHONE)
    window.errors.clear()
    window.requested.clear()
    go(window, address)
    yield window
    assert window.errors == []
    assert_alone(window, address)
    assert window.run("document.documentElement.scrollWidth") <= size[0], "nothing sticks out at the side"


def send(page: browser.Page, question: str) -> None:
    page.type_into("#question", question)
    page.press("Enter", 13)


@on_both
def test_the_draft_then_the_models_words_then_the_checked_answer(page: browser.Page) -> None:
    started = time.monotonic()
    send(page, "目录编制由谁牵头？")
    page.wait_for("document.querySelector('#live .draft')")
    # The draft is there within a second; a machine that is busy with other things gets more.
    assert time.monotonic() - started < 3
    assert "市数据局" in page.text("#live .draft") and "语言模型正在写" in page.text("#live .draft h4")
    page.click("#live .draft .chip")
    page.wait_for("document.querySelector('#evidence .card.lit')")
    page.wait_for("document.querySelector('#live .writing')")
    page.wait_for("document.querySelector('#talk .turn') && !document.querySelector('#live .turn')")
    assert "语言模型（scripted）写，逐句核对" in last(page) and "已核对" in last(page)
    assert count(page, "#talk .turn .chip") >= 1
    assert "3.6亿元" not in page.text("#talk .turn .text")
    page.click("#talk .turn .dropped summary")
    assert "由<b>省里</b>拨付" in page.text("#talk .turn .dropped ul")
    assert count(page, "#talk b") == 0
    assert "语言模型的用量" in page.run("document.querySelector('#evidence').textContent")
    assert_evidence_in_its_place(page)


def test_a_model_is_stopped_and_its_draft_stays(page: browser.Page, chat: ScriptedChat) -> None:
    send(page, "目录编制由谁牵头？")
    page.click("#live .draft ~ [data-do=stop]")
    page.wait_for("document.querySelector('#talk .turn') && !document.querySelector('#live .turn')", 5)
    assert "语言模型被停下了" in last(page) and "市数据局" in last(page)
    time.sleep(WRITES)
    assert chat.stopped, "it has not written to its end"


def test_a_question_asked_meanwhile_comes_next(page: browser.Page) -> None:
    send(page, "目录编制由谁牵头？")
    page.wait_for("document.querySelector('#live .draft')")
    send(page, "数据共享由谁牵头？")
    page.wait_for("document.querySelectorAll('#talk .turn').length === 2 && !document.querySelector('#live .turn')")
    assert "语言模型被停下了" in page.text("#talk .turn:nth-of-type(1)")
    assert "市大数据中心" in last(page) and "语言模型（scripted）写" in last(page)


def test_a_page_that_is_closed_stops_the_model(page: browser.Page, chat: ScriptedChat) -> None:
    send(page, "目录编制由谁牵头？")
    page.wait_for("document.querySelector('#live .writing')")
    page.open("about:blank")
    time.sleep(WRITES)
    assert chat.stopped, "it has not written to its end"


def test_a_model_is_chosen_and_tried_and_its_key_does_not_come_back(page: browser.Page) -> None:
    tab(page, "设置")
    page.click("[data-do=try-model]")
    page.wait_for("document.querySelector('#tried .good')")
    assert "能用：答对了" in page.text("#tried")
    assert not page.run("document.querySelector('.settings [name=key]').offsetParent")
    page.run(
        "(() => { const s = document.querySelector('.settings [name=service]'); s.value = 'compatible';"
        "s.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )
    page.type_into(".settings [name=model]", "qwen")
    page.type_into(".settings [name=address]", "http://127.0.0.1:9/v1")  # where nothing listens
    page.type_into(".settings [name=key]", KEY)
    page.run("document.querySelector('.settings').requestSubmit()")
    page.wait_for("document.body.innerText.includes('从下一问起用新的设置')")
    page.wait_for("document.querySelector('.settings [name=key]').placeholder.startsWith('已填')")
    assert page.run("document.querySelector('.settings [name=address]').value") == "http://127.0.0.1:9/v1"
    assert KEY not in page.run("document.documentElement.outerHTML")
    assert page.run("document.querySelector('.settings [name=key]').value") == ""
    tab(page, "问答")
    send(page, "目录编制由谁牵头？")
    page.wait_for("document.querySelector('#talk .turn') && !document.querySelector('#live .turn')", 40)
    assert "连不上语言模型的服务" in last(page) and "市数据局" in last(page)
