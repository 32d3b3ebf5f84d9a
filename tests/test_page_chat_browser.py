"""The conversation in a real Chromium: stages, the rewritten question, verdicts after a reload, a window that closes."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import browser
import ui
from fake_model import ScriptedChat
from qa import PolicyQA
from qa.accounts import add_account
from qa.settings import Settings
from test_page_browser import DESK, NOTICE, PHONE, PLAN, ask, count, go, last, window

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="no Chromium; make test-all installs it where it may"),
]

__all__ = ["window"]  # a fixture


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    home = tmp_path_factory.mktemp("home")
    (home / "documents").mkdir()
    (home / "documents" / "010_shuju.txt").write_text(PLAN, encoding="utf-8")
    (home / "documents" / "011_lvhua.txt").write_text(NOTICE, encoding="utf-8")
    chat = ScriptedChat(script=lambda _asked: "由市大数据中心牵头[1]。" * 3, asked=[], pause=0.2)
    settings = Settings.load(data_dir=home / "data", llm_cache=False, unverified="drop")
    bot = PolicyQA.open([home / "documents"], home / "data", settings=settings, model=chat)
    bot.ask("目录编制由谁牵头？")  # loads what the first question would wait for
    return bot


@pytest.fixture(scope="module")
def address(bot: PolicyQA) -> Iterator[str]:
    server, address = ui.launch(bot, "127.0.0.1", 0)
    yield address
    server.close()


@pytest.fixture(scope="module")
def written(bot: PolicyQA) -> Iterator[str]:
    """The same with a language model that takes its time."""
    server, address = ui.launch(bot.with_settings(bot.settings.model_copy(update={"engine": "llm"})), "127.0.0.1", 0)
    yield address
    server.close()


@pytest.fixture
def page(address: str, window: browser.Page) -> Iterator[browser.Page]:
    window.look(*DESK)
    window.errors.clear()
    go(window, address)
    yield window
    assert window.errors == []


def answered(page: browser.Page, turns: int) -> None:
    page.wait_for(
        f"document.querySelectorAll('#talk .turn').length === {turns} && !document.querySelector('#live .turn')"
    )


def untick(page: browser.Page, title: str) -> None:
    row = f"[...document.querySelectorAll('#documents .files li')].find((li) => li.innerText.includes('{title}'))"
    page.run(f"{row}.querySelector('input').click()")


def test_understanding_and_searching_are_stages_of_their_own(page: browser.Page) -> None:
    ask(page, "数据共享由谁牵头？")
    timed = r"理解 \d\.\d\d → 检索 \d\.\d\d → 组织 \d\.\d\d → 核对 \d\.\d\d"
    assert re.search(timed, page.text("#talk .turn .scope"))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_rewritten_question_is_seen_and_changed_while_a_model_writes(
    page: browser.Page, written: str, size: tuple[int, int]
) -> None:
    page.look(*size, phone=size == PHONE)
    go(page, written)
    untick(page, "南岭县")
    ask(page, "目录编制由谁牵头？")
    untick(page, "南岭县")  # ticked again: another scope from now on
    untick(page, "河清市")
    page.type_into("#question", "那数据共享呢？")
    page.press("Enter", 13)
    page.wait_for("document.querySelector('#live .rewritten')")
    assert page.run("document.documentElement.scrollWidth") <= size[0]
    understood = page.run("document.querySelector('#live [data-do=reword]').dataset.question")
    assert "数据共享" in understood and understood != "那数据共享呢？"
    page.click("#live [data-do=reword]")
    assert page.run("document.querySelector('#question').value") == understood
    assert "范围与这一问相同" in page.text("#ask-scope")
    untick(page, "河清市")
    untick(page, "南岭县")
    page.press("Enter", 13)
    answered(page, 3)
    scopes = page.run("[...document.querySelectorAll('#talk .turn .scope')].map((line) => line.innerText)")
    assert "《南岭县绿化工作通知》" in scopes[1] and "《南岭县绿化工作通知》" in scopes[2], "not what is ticked by now"


def test_a_changed_question_keeps_the_scope_of_its_turn(page: browser.Page) -> None:
    untick(page, "南岭县")
    ask(page, "目录编制由谁牵头？")
    ask(page, "那数据共享呢？")
    untick(page, "南岭县")
    box = "#talk .turn:last-of-type .rewritten"
    page.run(f"document.querySelector('{box} input').value = '公共数据目录覆盖率到2025年达到多少？'")
    page.run(f"document.querySelector('{box}').requestSubmit()")
    answered(page, 3)
    assert "95%" in last(page) and "1 份文件（《河清市公共数据管理实施方案》）" in last(page)


def test_a_window_that_closes_before_the_answer_leaves_the_question(
    page: browser.Page, bot: PolicyQA, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    find = PolicyQA.find

    def slow(self: PolicyQA, *asked: object, **more: object) -> object:
        gate.wait(20)
        return find(self, *asked, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(PolicyQA, "find", slow)
    page.type_into("#question", "关窗之前问的：数据共享由谁牵头？")
    page.press("Enter", 13)
    page.wait_for("document.querySelector('#live .waiting .stages')")
    page.open("about:blank")
    go(page, address)
    gate.set()
    page.wait_for("document.querySelector('#talks .name')?.innerText.startsWith('关窗之前问的')")
    page.click("#talks .name")
    page.wait_for("document.querySelector('#talk .turn.failed')")
    assert "还没有回答" in last(page)
    page.click("#talk [data-do=again]")
    page.wait_for("!document.querySelector('#talk .turn.failed') && document.querySelector('#talk .turn.answered')")
    assert "市大数据中心" in last(page) and count(page, "#talk .turn") == 1


def test_a_verdict_is_seen_after_a_reload(page: browser.Page) -> None:
    ask(page, "数据共享由谁牵头？")
    page.click("#talk .turn [data-do=good]")
    page.wait_for("document.querySelector('#talk [data-do=good][aria-pressed=true]')")
    go(page, page.run("location.href"))
    page.wait_for("document.querySelector('#talk [data-do=good][aria-pressed=true]')")
    page.click("#talk .turn [data-do=bad][data-reason=答案错]")
    page.wait_for("document.querySelector('#talk summary.pressed')")
    assert count(page, "#talk [data-do=good][aria-pressed=true]") == 0


def test_a_list_that_is_searched_stays_so_when_a_conversation_is_renamed(page: browser.Page) -> None:
    ask(page, "数据共享由谁牵头？")
    page.click("[data-do=new-talk]")
    page.wait_for("!document.querySelector('#talk .turn')")
    ask(page, "种苗供应由谁负责？")
    page.type_into("#find-talks", "种苗")
    page.wait_for("document.querySelectorAll('#talks li').length === 1")
    page.run("document.querySelector('#talks form input').value = '绿化'")
    page.run("document.querySelector('#talks form').requestSubmit()")
    page.wait_for("document.querySelector('#talks .name').innerText === '绿化'")
    assert count(page, "#talks li") == 1


def test_a_question_that_is_too_long_stays_in_its_box(page: browser.Page) -> None:
    page.run("document.querySelector('#question').value = '问'.repeat(2001)")
    page.press("Enter", 13)
    page.run("document.querySelector('#send').click()")
    assert "问题有 2001 个字，最多 2000 个" in page.text("#told")
    assert page.run("document.querySelector('#question').value.length") == 2001
    assert count(page, "#live .turn, #talk .turn") == 0


def log_in(page: browser.Page) -> None:
    page.type_into("#username", "张三")
    page.type_into("#password", "a good password")
    page.click("form button")
    page.wait_for("document.documentElement?.lang === 'zh-CN' && document.querySelector('#documents .files')", 40)


def with_login(bot: PolicyQA, page: browser.Page, folder: Path) -> tuple[ui.Server, str]:
    """A server that 张三 may log in to as a reader, and its address, for a window on a desk."""
    add_account(folder / "accounts.jsonl", "张三", "a good password", "reader")
    page.look(*DESK)
    return ui.launch(bot, "127.0.0.1", 0, auth=folder / "accounts.jsonl")


def said(page: browser.Page, words: str) -> None:
    page.wait_for(f"[...document.querySelectorAll('.toast-body')].some((e) => e.innerText.includes('{words}'))")


def test_a_question_that_finds_no_server_waits_in_its_box_until_after_the_new_login(
    bot: PolicyQA, window: browser.Page, tmp_path: Path
) -> None:
    server, address = with_login(bot, window, tmp_path)
    try:
        window.open(address)
        log_in(window)
        ask(window, "目录编制由谁牵头？")
        server.close()
        window.type_into("#question", "数据共享由谁牵头？")
        window.press("Enter", 13)
        said(window, "与服务器的连接断了")
        assert window.run("document.querySelector('#question').value") == "数据共享由谁牵头？"
        server, _ = ui.launch(bot, "127.0.0.1", urlsplit(address).port or 0, auth=tmp_path / "accounts.jsonl")
        window.wait_for("document.querySelector('#username')")  # the sessions of the server before are gone
        log_in(window)
        window.wait_for("document.querySelectorAll('#talk .turn').length === 1")
        assert window.run("document.querySelector('#question').value") == "数据共享由谁牵头？"
        window.click("#send")
        answered(window, 2)
        assert window.run("document.querySelector('#question').value") == ""
    finally:
        server.close()


def test_a_question_asked_after_the_login_has_ended_is_given_back(
    bot: PolicyQA, window: browser.Page, tmp_path: Path
) -> None:
    server, address = with_login(bot, window, tmp_path)
    try:
        window.open(address)
        log_in(window)
        window.run("fetch('logout', { method: 'POST', redirect: 'manual' })")  # as another tab does
        window.type_into("#question", "数据共享由谁牵头？")
        window.press("Enter", 13)
        said(window, "请刷新后再登录一次")
        window.wait_for("document.querySelector('#question').value === '数据共享由谁牵头？'")
    finally:
        server.close()
