"""The page as people use it: in a real Chromium, on a desk and on a phone, over real documents with the real models."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import browser
import ui
from qa import PolicyQA
from qa.accounts import add_account
from qa.feedback import FeedbackStore
from test_document_view import LONG

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="no Chromium; make test-all installs it where it may"),
]

DESK, PHONE = (1440, 900), (390, 844)
NAME = "欧阳静远（河清市公共数据管理服务中心）"
PLAN = """河清市公共数据管理实施方案
河政发〔2024〕12号

各区人民政府：

一、总体要求
到2025年，全市公共数据目录覆盖率达到95%。

二、重点任务
（一）目录编制。各部门应当在2024年12月31日前完成目录编制。（市数据局牵头，市财政局、市公安局参与）
（二）数据共享。建设全市统一的共享平台。（市大数据中心牵头，市数据局参与）

河清市人民政府
2024年3月5日
"""
HOSTILE = """关于<img src=x onerror="document.title='hacked'">试验的通知

一、总体要求
<script>document.title='hacked'</script>试验由<b>测试部</b>负责，${alert(1)}{{constructor}}试验部参与。
<style>* { display: none !important }</style>试验<a href="javascript:document.title='hacked'">点这里</a>报名。
<svg onload="document.title='hacked'">试验经费由财政\u200b部\u202e承担\u2066。
"""
NOTICE = """南岭县绿化工作通知
南政办发〔2023〕8号

一、主要目标
到2026年，全县森林覆盖率达到45%。

二、职责分工
县林业局负责种苗供应，县财政局保障经费。
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def bot(home: Path) -> PolicyQA:
    documents = home / "documents"
    documents.mkdir()
    (documents / "010_shuju.txt").write_text(PLAN, encoding="utf-8")
    (documents / "011_shiyan.txt").write_text(HOSTILE, encoding="utf-8")
    return PolicyQA.open(documents=[documents], data_dir=home / "data")


@pytest.fixture(scope="module")
def address(bot: PolicyQA) -> Iterator[str]:
    server, address = ui.launch(bot, "127.0.0.1", 0)
    yield address
    server.close()


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Page]:
    with browser.open_browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def page(request: pytest.FixtureRequest, address: str, window: browser.Page) -> Iterator[browser.Page]:
    """The page newly opened, at desk size unless the test asks otherwise. What it did is checked at the test's end."""
    size = getattr(request, "param", DESK)
    window.look(*size, phone=size == PHONE)
    window.errors.clear()
    window.requested.clear()
    go(window, address)
    yield window
    window.run("localStorage.clear(); sessionStorage.clear()")
    assert window.errors == []
    assert_alone(window, address)
    assert window.run("document.title") == "政策问答"
    assert window.run("document.documentElement.scrollWidth") <= size[0], "nothing sticks out at the side"


#: At the size of a desk and of a phone.
on_both = pytest.mark.parametrize("page", [DESK, PHONE], ids=["desk", "phone"], indirect=True)


def assert_alone(page: browser.Page, address: str) -> None:
    """The page has asked no other host for anything."""
    assert [url for url in page.requested if not url.startswith((address, "data:", "blob:", "about:"))] == []


def is_phone(page: browser.Page) -> bool:
    return bool(page.run("innerWidth") == PHONE[0])


def unfold(page: browser.Page, side: str) -> None:
    """Opens a column where it is folded, as on a phone it is at first."""
    if page.run(f"document.body.classList.contains('no-{side}')"):
        page.click(f"[data-do=fold][data-side={side}]")
    assert page.run(f"document.querySelector('#{side}').offsetHeight") > 0


def assert_evidence_in_its_place(page: browser.Page) -> None:
    """Beside the conversation, on a phone below its last turn."""
    right, turn = (
        page.run(
            f"(() => {{ const b = {found}.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; }})()"
        )
        for found in ("document.querySelector('#evidence')", "[...document.querySelectorAll('#talk .turn')].at(-1)")
    )
    assert right[1] >= turn[3] and right[0] < 20 if is_phone(page) else right[0] >= turn[2]


def go(page: browser.Page, address: str) -> None:
    page.open(address)
    page.wait_for("document.documentElement?.lang === 'zh-CN'", 40)
    page.wait_for("document.querySelector('#documents .files')")


def ask(page: browser.Page, question: str) -> None:
    before = count(page, "#talk .turn")
    page.type_into("#question", question)
    page.press("Enter", 13)
    page.wait_for(
        f"document.querySelectorAll('#talk .turn').length > {before} && !document.querySelector('#live .turn')"
    )


def open_document(page: browser.Page, title: str) -> None:
    """Opens a document from the list."""
    named = f"b.innerText.includes({json.dumps(title)})"
    page.run(f"[...document.querySelectorAll('#documents .name')].find((b) => {named}).click()")
    page.wait_for("document.body.classList.contains('reading')")


def count(page: browser.Page, selector: str) -> int:
    return int(page.run(f"document.querySelectorAll({json.dumps(selector)}).length"))


def last(page: browser.Page) -> str:
    return page.text("#talk .turn:nth-last-of-type(1)")


def in_sight(page: browser.Page, selector: str) -> bool:
    """Whether the element lies within the window and nothing lies over its middle."""
    return bool(
        page.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); const b = e.getBoundingClientRect();"
            "const x = (b.left + b.right) / 2, y = (b.top + b.bottom) / 2;"
            "const top = document.elementFromPoint(x, y); return Boolean(top) && (e.contains(top) || top.contains(e)); })()"
        )
    )


def wait_until_seen(page: browser.Page, selector: str) -> None:
    """What scrolls takes a moment to get there."""
    end = time.monotonic() + 5
    while not in_sight(page, selector):
        assert time.monotonic() < end, f"{selector} is not in sight"
        time.sleep(0.05)


def tab_to(page: browser.Page, selector: str, *, back: bool = False) -> None:
    """Presses Tab until the element has the focus."""
    for _ in range(80):
        page.press("Tab", 9, 8 if back else 0)
        if page.run(f"document.activeElement.matches({json.dumps(selector)})"):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


@on_both
def test_from_the_question_to_the_span_in_its_document(page: browser.Page) -> None:
    ask(page, "目录编制由谁牵头？")
    assert "市数据局" in last(page)
    assert "已核对" in last(page)
    assert "全部文件" in page.text("#talk .turn .scope")
    assert_evidence_in_its_place(page)

    page.click("#talk .turn:last-of-type .chip")
    page.wait_for("document.querySelector('#evidence .card.lit')")
    time.sleep(0.6)  # it scrolls there
    assert in_sight(page, "#evidence .card.lit .title")
    card = page.text("#evidence .card.lit")
    assert "河政发〔2024〕12号" in card and "2024-03-05" in card
    quoted = page.text("#evidence .card.lit mark")

    page.click("#evidence .card.lit [data-do=open]")
    page.wait_for("document.body.classList.contains('reading')")
    time.sleep(0.3)
    assert page.text("#focus") == quoted
    assert in_sight(page, "#focus")
    assert "目录编制" in page.run("document.querySelector('#sheet .outline').textContent")
    page.press("Escape", 27)
    assert not page.run("document.body.classList.contains('reading')")


def assert_tells_its_source(page: browser.Page) -> None:
    """The card of the chip is there, and the chip names it."""
    page.wait_for("document.querySelector('#hover-card.on')")
    told = page.text("#hover-card")
    quote = page.run("document.querySelector('#hover-card q').innerText")
    assert len(quote) > 5 and quote in PLAN
    for known in ("《河清市公共数据管理实施方案》", "河政发〔2024〕12号", "二、重点任务 › （一）目录编制"):
        assert known in told
    assert in_sight(page, "#talk .chip"), "the card lies beside the chip"
    assert count(page, "#talk .chip[aria-describedby=hover-card]") == 1


def test_a_chip_tells_its_source_under_the_mouse(page: browser.Page) -> None:
    ask(page, "目录编制由谁牵头？")
    time.sleep(0.6)  # it scrolls to the answer
    page.hover("#talk .chip")
    assert_tells_its_source(page)
    page.hover("#question")
    page.wait_for("!document.querySelector('#hover-card.on')")
    assert count(page, "#talk .chip[aria-describedby]") == 0


def test_everything_is_reached_by_the_keyboard(page: browser.Page) -> None:
    page.press("Tab", 9)  # the first stop leads past all documents
    assert page.run("document.activeElement.innerText") == "跳到提问"
    assert in_sight(page, ".skip")
    page.press("Enter", 13)
    page.wait_for("document.activeElement.matches('#question')")
    page.run("document.activeElement.blur()")
    tab_to(page, "#question")
    page.type_into("#question", "目录编制由谁牵头？")
    page.press("Enter", 13)
    page.wait_for("document.querySelector('#talk .turn') && !document.querySelector('#live .turn')")
    time.sleep(0.6)  # it scrolls to the answer
    tab_to(page, "#talk .text .chip", back=True)
    assert_tells_its_source(page)
    page.press("Enter", 13)
    page.wait_for("document.activeElement.matches('#evidence .card.lit summary')")
    for key in (("Escape", 27), ("Enter", 13)):  # two ways to close the document
        tab_to(page, "#evidence .card.lit [data-do=open]", back=key[0] == "Enter")
        page.press("Enter", 13)
        page.wait_for("document.activeElement.matches('#sheet .close')")
        for _ in range(3):
            tab_to(page, "#sheet .outline button")
        tab_to(page, "#sheet .close", back=True)
        page.press(*key)
        page.wait_for("!document.body.classList.contains('reading')")
        assert page.run("document.activeElement.matches('#evidence .card.lit [data-do=open]')")
        page.press("Tab", 9)


@on_both
def test_a_question_that_the_documents_do_not_answer_is_refused(page: browser.Page) -> None:
    ask(page, "红烧肉放几勺糖？")
    told = page.text("#talk .turn.refused .refusal")
    assert "所给文件中没有能够回答这个问题的内容" in told
    assert "共 2 份" in told
    assert "可以这样做" in told
    assert count(page, "#talk .turn .badge") == 0


def test_the_stages_are_seen_while_an_answer_is_made(page: browser.Page) -> None:
    page.run(
        "window.seen = new Set(); new MutationObserver(() => document.querySelectorAll('#live .stages li')"
        ".forEach((li) => window.seen.add(li.firstChild.textContent))).observe(document.body, {childList: true, subtree: true})"
    )
    ask(page, "数据共享由谁牵头？")
    assert "理解" in page.run("[...window.seen]")
    assert re.search(r"理解 \d\.\d\d → 检索 \d\.\d\d → 组织 \d\.\d\d → 核对 \d\.\d\d", page.text("#talk .turn .scope"))


@on_both
def test_a_follow_up_is_rewritten_and_the_rewriting_can_be_changed(page: browser.Page) -> None:
    ask(page, "目录编制由谁牵头？")
    ask(page, "那数据共享呢？")
    assert "市大数据中心" in last(page)
    box = "#talk .turn:last-of-type .rewritten input"
    assert "数据共享" in page.run(f"document.querySelector('{box}').value")
    page.run(f"document.querySelector('{box}').value = '公共数据目录覆盖率到2025年达到多少？'")
    page.run("document.querySelector('#talk .turn:last-of-type .rewritten').requestSubmit()")
    page.wait_for("document.querySelectorAll('#talk .turn').length === 3")
    assert "95%" in last(page)
    page.click("#talk .suggestions button")
    page.wait_for("document.querySelectorAll('#talk .turn').length === 4")
    assert_evidence_in_its_place(page)


def test_a_clause_can_be_asked_about_from_its_document(page: browser.Page) -> None:
    ask(page, "目录编制由谁牵头？")  # the clause is not taken for what that was about
    open_document(page, "河清市")
    page.run(
        "[...document.querySelectorAll('#sheet .ask-this')].find((b) => b.dataset.question.includes('数据共享')).click()"
    )
    assert page.run("document.querySelector('#question').value") == "《河清市公共数据管理实施方案》“数据共享”讲了什么？"
    assert "只问《河清市公共数据管理实施方案》" in page.text("#ask-scope")
    page.press("Enter", 13)
    page.wait_for("document.querySelectorAll('#talk .turn').length === 2")
    assert "1 份文件（《河清市公共数据管理实施方案》）" in page.text("#talk .turn:last-of-type .scope")
    assert "共享平台" in last(page) and "理解为" not in last(page)


def test_questions_are_kept_to_the_documents_that_are_ticked(page: browser.Page) -> None:
    page.run(
        "[...document.querySelectorAll('#documents .files li')].find((li) => li.innerText.includes('河清市'))"
        ".querySelector('input').click()"
    )
    assert "就 1 份文件提问" in page.text("#documents .chosen")
    ask(page, "目录编制由谁牵头？")
    assert "市数据局" not in last(page)
    assert "1 份文件" in page.text("#talk .turn .scope")


def test_all_documents_are_those_that_the_search_shows(page: browser.Page) -> None:
    page.click("#documents .all")
    assert "就 0 份文件提问" in page.text("#documents .chosen")
    page.type_into("#documents .find", "河清")
    page.click("#documents .all")
    assert "就 1 份文件提问" in page.text("#documents .chosen")
    assert page.run("document.querySelector('#documents .all').checked")
    page.run("document.querySelector('#documents .find').value = ''")
    page.type_into("#documents .find", " ")
    assert page.run("document.querySelector('#documents .all').indeterminate")
    ask(page, "目录编制由谁牵头？")
    assert "1 份文件（《河清市公共数据管理实施方案》）" in page.text("#talk .turn .scope")


def test_only_searching_lists_passages(page: browser.Page) -> None:
    page.click("#only-search")
    ask(page, "目录编制")
    assert "没有组织答案" in last(page)
    assert count(page, "#evidence .card") >= 1


@on_both
def test_a_long_document_opens_at_the_place_that_is_asked_for(
    page: browser.Page, bot: PolicyQA, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot, "document", lambda _doc: LONG)
    open_document(page, "河清市")
    assert page.run("document.querySelector('#sheet .body').scrollTop") == 0
    page.run(
        "[...document.querySelectorAll('#sheet .outline button')].find((b) => b.textContent.startsWith('2000.')).click()"
    )
    page.wait_for("document.querySelector('#sheet #focus')")
    page.wait_for("document.querySelector('#sheet #focus').parentElement.innerText.startsWith('2000. ')")
    wait_until_seen(page, "#focus")
    page.click("#sheet .more button")  # what comes before
    page.wait_for("!document.querySelector('#focus').parentElement.innerText.startsWith('2000. ')")
    wait_until_seen(page, "#focus")
    assert 1000 < int(page.run("parseInt(document.querySelector('#focus').closest('p').innerText)")) < 2000
    page.press("Escape", 27)


def test_a_line_of_ten_megabytes_opens_from_the_list(
    page: browser.Page, bot: PolicyQA, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = replace(LONG, text="长行通知\n\n" + "渡口每日开放。" * 500_000, sections=())
    monkeypatch.setattr(bot, "document", lambda _doc: long)
    open_document(page, "河清市")
    assert len(page.text("#sheet .body")) > 50_000
    page.click("#sheet .more button")  # what comes behind
    page.wait_for("document.querySelector('#sheet #focus')")
    wait_until_seen(page, "#focus")
    page.press("Escape", 27)


@on_both
def test_hostile_documents_are_shown_as_text(page: browser.Page) -> None:
    ask(page, "试验由谁\u202e负责\u200b？<script>document.title='hacked'</script>")
    assert "试验由谁U+202E负责U+200B？<script>" in page.text("#talk .turn .question")
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", page.run("document.body.textContent"))
    open_document(page, "试验")
    shown = page.text("#sheet .body")
    for told in (
        "<script>document.title='hacked'</script>",
        "${alert(1)}{{constructor}}",
        "<style>* { display: none !important }</style>",
        "<a href=\"javascript:document.title='hacked'\">点这里</a>",
        "<svg onload=\"document.title='hacked'\">试验经费由财政部承担。",  # what nobody sees is not read from a file
    ):
        assert told in shown
    ours = ":is(#talk, #sheet, #documents, #evidence)"
    assert count(page, f"{ours} :is(img, script, style, a, [onload], [onerror])") == 0
    assert in_sight(page, "#sheet .close"), "nothing of the document lies over the page"
    page.click("#sheet .close")


@on_both
def test_a_file_is_uploaded_asked_about_and_removed(page: browser.Page, home: Path) -> None:
    folder = home / "upload"
    folder.mkdir(exist_ok=True)
    unfold(page, "left")
    (folder / "绿化<b>.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "空.txt").write_text("")
    page.choose_files("#pick-files", sorted(folder.iterdir()))
    page.wait_for("document.querySelector('#uploads [data-do=clear-uploads]')", 60)
    told = page.text("#uploads")
    assert "绿化<b>.txt" in told and "已加入" in told
    assert "空.txt" in told and "1 个没有加入" in told
    page.wait_for("document.querySelector('#documents').innerText.includes('南岭县')")

    ask(page, "县林业局负责什么？")
    assert "种苗供应" in last(page)

    row = "[...document.querySelectorAll('#documents .files li')].find((li) => li.innerText.includes('南岭县'))"
    page.run(f"{row}.querySelector('[data-do=ask-remove]').click()")
    assert "不能再问它" in page.run(f"{row}.innerText"), "it asks first"
    page.run(f"{row}.querySelector('[data-do=remove]').click()")
    page.wait_for("!document.querySelector('#documents').innerText.includes('南岭县')")
    page.click("[data-do=new-talk]")
    page.wait_for("document.querySelector('#welcome').offsetHeight && !document.querySelector('#talk .turn')")
    ask(page, "县林业局负责什么？")
    assert "种苗供应" not in last(page)
    page.click("[data-do=clear-uploads]")
    page.wait_for("!document.querySelector('#uploads .uploads')")


@on_both
def test_what_is_said_of_an_answer_is_kept_and_becomes_a_case(page: browser.Page, home: Path) -> None:
    ask(page, "数据共享由谁牵头？")
    page.run("document.querySelector('#talk .turn .remark').value = '漏了一个部门'")
    page.click("#talk .turn [data-do=bad][data-reason=缺内容]")
    page.wait_for("document.querySelector('#talk summary.pressed')")
    said = FeedbackStore(home / "data" / "feedback.sqlite").list("")[0]
    assert (said.verdict, said.reason, said.note, said.question) == (
        "bad",
        "缺内容",
        "漏了一个部门",
        "数据共享由谁牵头？",
    )
    assert said.answer.passages and said.settings["engine"] == "extractive"
    page.click("#talk .turn [data-do=keep]")
    page.wait_for("document.body.innerText.includes('已加入问题集')")
    case = json.loads((home / "data" / "question_set.jsonl").read_text("utf-8").splitlines()[-1])
    assert case["question"] == "数据共享由谁牵头？"


@pytest.mark.parametrize("page", [DESK, (1000, 700), PHONE], ids=["desk", "narrow", "phone"], indirect=True)
def test_the_menus_of_an_answer_are_wholly_in_sight(page: browser.Page) -> None:
    ask(page, "目录编制由谁牵头？")
    for menu in range(count(page, "#talk details.menu")):
        page.run(f"document.querySelectorAll('#talk details.menu > summary')[{menu}].click()")
        assert count(page, "#talk details.menu[open]") == 1
        left, right = page.run(
            "(() => { const b = document.querySelector('#talk details.menu[open] > div').getBoundingClientRect();"
            "return [b.left, b.right]; })()"
        )
        middle = page.run("document.querySelector('#middle').getBoundingClientRect().right")
        assert left >= 0 and right <= middle


@on_both
def test_an_answer_is_taken_along(page: browser.Page, tmp_path: Path) -> None:
    from docx import Document

    ask(page, "目录编制由谁牵头？")
    page.save_downloads_to(tmp_path)
    for suffix in ("docx", "md", "json"):
        page.click(f"#talk .turn [data-do=download][data-format={suffix}]")
        end = time.monotonic() + 20
        while not list(tmp_path.glob(f"*.{suffix}")) and time.monotonic() < end:
            time.sleep(0.05)
            page.run("0")
    words = "\n".join(p.text for p in Document(str(next(tmp_path.glob("*.docx")))).paragraphs)
    assert "市数据局" in words and "河政发〔2024〕12号" in words
    assert "市数据局" in next(tmp_path.glob("*.md")).read_text("utf-8")
    assert (
        json.loads(next(tmp_path.glob("*.json")).read_text("utf-8"))["answers"][0]["question"] == "目录编制由谁牵头？"
    )
    copied = page.run("document.querySelector('#talk .turn [data-do=copy]').dataset.text")
    assert "市数据局" in copied and "河政发〔2024〕12号" in copied
    reference = page.run("document.querySelector('#evidence .card .tools button:last-child').dataset.text")
    assert "河清市人民政府" in reference and "[Z" in reference


@on_both
def test_a_conversation_that_is_loaded_anew_keeps_its_numbers(page: browser.Page) -> None:
    ask(page, "目录编制由谁牵头？")
    ask(page, "数据共享由谁牵头？")
    shown, marks = page.text("#talk .turn:nth-of-type(2) .text"), page.text("#evidence")
    here = page.run("location.href")
    assert "talk=" in here
    go(page, here)
    page.wait_for("document.querySelectorAll('#talk .turn').length === 2")
    assert page.text("#talk .turn:nth-of-type(2) .text") == shown
    assert page.text("#evidence") == marks
    assert_evidence_in_its_place(page)


def test_a_conversation_is_renamed_found_and_deleted(page: browser.Page) -> None:
    ask(page, "目录编制由谁牵头？")
    ask(page, "数据共享由谁牵头？")
    here = page.run("location.href")
    row = "#talks li.current"
    page.click(f"{row} [data-do=edit-title]")
    page.run(f"document.querySelector('{row} form input').value = '<i>牵头</i>的问题'")
    page.run(f"document.querySelector('{row} form').requestSubmit()")
    page.wait_for(f"document.querySelector('{row} .name').innerText === '<i>牵头</i>的问题'")
    page.click("[data-do=new-talk]")
    page.wait_for("document.querySelector('#welcome').offsetHeight && !document.querySelector('#talk .turn')")
    page.type_into("#find-talks", "的问题 共享")
    page.wait_for("document.querySelectorAll('#talks li').length === 1")
    page.click("#talks li .name")
    page.wait_for("document.querySelectorAll('#talk .turn').length === 2")
    page.click(f"{row} [data-do=ask-remove]")
    page.click(f"{row} [data-do=delete-talk]")
    page.wait_for("document.querySelector('#welcome').offsetHeight && !document.querySelector('#talk .turn')")
    assert "talk=" not in page.run("location.href")
    go(page, here)
    assert count(page, "#talk .turn") == 0, "what was deleted is gone"


def tab(page: browser.Page, name: str) -> None:
    page.run(f"[...document.querySelectorAll('[role=tab]')].find((t) => t.innerText.trim() === '{name}').click()")


def test_a_question_set_is_run_kept_compared_and_a_row_opened(page: browser.Page, tmp_path: Path) -> None:
    cases: list[dict[str, Any]] = [
        {"question": "目录编制由谁牵头？", "type": "职责", "answer": "市数据局", "key_points": [["市数据局"]]},
        {
            "question": "那数据共享呢？",
            "type": "追问",
            "history": [{"q": "目录编制由谁牵头？", "a": "市数据局牵头。"}],
            "answer": "市大数据中心",
            "key_points": [["市大数据中心"]],
        },
        {"question": "红烧肉放几勺糖？", "type": "拒答", "answerable": False},
    ]
    path = tmp_path / "小题.jsonl"
    path.write_text("\n".join(json.dumps(case, ensure_ascii=False) for case in cases), encoding="utf-8")
    tab(page, "评测")
    for runs in (1, 2):
        page.choose_files("#pick-set", [path])
        page.wait_for("document.querySelector('#chosen-set').innerText === '已选：小题.jsonl'")
        page.click("[data-do=run-set]")
        page.wait_for(f"document.querySelectorAll('#runs [data-run]').length === {runs}", 60)
    assert count(page, "#report tr.good") == 3
    page.run("document.querySelectorAll('#runs [data-run]').forEach((box) => box.click())")
    page.click("[data-do=run-compare]")
    page.wait_for("document.querySelector('#report').innerText.includes('3 题两次都有；结果变了的 0 题')")
    page.click("#runs [data-do=run-open]")
    page.wait_for("document.querySelector('#report .tiles')")
    page.click("#report .rows tbody tr:nth-child(3) [data-mark=wrong]")
    page.wait_for("document.querySelector('#report .agreement').innerText.includes('人工标注与规则')")
    assert count(page, "#report .marks [aria-pressed=true]") == 1, "marked wrong, and seen to be"
    page.click("#report .rows tbody tr:nth-child(2) [data-do=ask-new]")
    page.wait_for("document.querySelectorAll('#talk .turn').length === 2")
    assert "市大数据中心" in last(page), "asked in a new conversation, after what stood before it"
    tab(page, "评测")
    page.click("#runs [data-do=ask-remove]")
    assert "不能恢复" in page.text("#runs .confirm:not([hidden])"), "it asks first"
    assert count(page, "#runs [data-run]") == 2
    page.click("#runs .confirm:not([hidden]) [data-do=run-remove]")
    page.wait_for("document.querySelectorAll('#runs [data-run]').length === 1")


def test_settings_hold_for_the_session(page: browser.Page) -> None:
    tab(page, "设置")
    page.run("document.querySelector('#settings [name=passages]').value = '1'")
    page.run("document.querySelector('#settings form').requestSubmit()")
    page.wait_for("document.body.innerText.includes('从下一问起用新的设置')")
    tab(page, "问答")
    page.click("#only-search")
    ask(page, "目录编制")
    assert "找到 1 段" in last(page)


def test_columns_fold_and_the_page_is_dark_or_light_and_stays_so(page: browser.Page, address: str) -> None:
    ask(page, "目录编制由谁牵头？")
    paper = "getComputedStyle(document.querySelector('#middle')).backgroundColor"
    for side in ("left", "right"):
        page.click(f"[data-do=fold][data-side={side}]")
    page.click("[data-do=theme]")
    for loaded_anew in (False, True):
        if loaded_anew:
            go(page, address)
        for side in ("left", "right"):
            assert page.run(f"getComputedStyle(document.querySelector('#{side}')).display") == "none"
            assert page.run(f"document.querySelector('[data-side={side}]').getAttribute('aria-expanded')") == "false"
        assert page.run("document.querySelector('#middle').offsetWidth") == DESK[0]
        assert page.run("document.body.classList.contains('dark')")
        assert page.run(paper) == "rgb(25, 30, 37)"
    ask(page, "目录编制由谁牵头？")
    page.click("#talk .chip")
    page.wait_for("document.querySelector('#right').offsetWidth && document.querySelector('#evidence .card.lit')")
    page.click("[data-do=fold][data-side=left]")
    assert page.run("document.querySelector('#left').offsetWidth") > 200
    page.click("[data-do=theme]")
    assert page.run(paper) == "rgb(255, 255, 255)"
    assert page.run("[...document.querySelectorAll('button, input, textarea, select')].filter((e) => e.offsetParent && "
                    "!(e.textContent || e.getAttribute('aria-label') || e.title || e.closest('label'))).length") == 0  # fmt: skip


@on_both
def test_the_page_speaks_chinese_where_gradio_speaks_too(page: browser.Page) -> None:
    page.run("policyqa.send('open', { doc: 'nothing', start: 0, end: 0 })")
    page.wait_for("document.querySelector('.toast-body')")
    foreign = set()
    for name in ("问答", "职责与数字", "评测", "设置"):
        tab(page, name)
        time.sleep(0.5)
        foreign |= set(page.run(FOREIGN))
    assert foreign - {"DeepSeek", "Moonshot", "OpenAI", "Ollama", "multilingual-e5-small"} == set()


#: Texts and labels with a word of Latin letters and nothing Chinese, paths and addresses apart.
FOREIGN = """[...document.body.querySelectorAll('*')].filter((e) => !e.closest('script, style, #talks, #talk')).flatMap((e) => [
  ...['aria-label', 'title', 'placeholder', 'alt'].map((name) => e.getAttribute(name) || ''),
  ...(e.offsetParent ? [...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data.trim()) : []),
]).filter((text) => /[A-Za-z]{3}/.test(text) && !/[\\u4e00-\\u9fff]|^[/]/.test(text))"""


def test_duties_are_a_table_whose_rows_open_their_document(page: browser.Page) -> None:
    tab(page, "职责与数字")
    page.wait_for("document.querySelector('#duties-table tbody tr')")
    assert "市大数据中心" in page.text("#duties-table")
    # Not by its place on the screen: the table may be drawn once more while the mouse is on its way.
    page.run("document.querySelector('#duties-table [data-do=open]').click()")
    page.wait_for("document.body.classList.contains('reading')")
    page.click("#sheet .close")


def test_a_long_title_does_not_run_under_the_arrow_of_its_box(page: browser.Page) -> None:
    tab(page, "职责与数字")
    tab(page, "两份文件对照")
    page.wait_for("[...document.querySelectorAll('#tables input[role=combobox]')].some((e) => e.offsetParent)")
    free = page.run(
        "[...document.querySelectorAll('#tables input[role=combobox]')].filter((e) => e.offsetParent).map((e) =>"
        "e.parentElement.querySelector('.icon-wrap').getBoundingClientRect().left - e.getBoundingClientRect().right"
        " + parseFloat(getComputedStyle(e).paddingRight))"
    )
    assert len(free) == 2 and min(free) >= 0


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_reader_logs_in_and_may_only_read(
    bot: PolicyQA, window: browser.Page, tmp_path: Path, size: tuple[int, int]
) -> None:
    window.look(*size, phone=size == PHONE)
    add_account(tmp_path / "accounts.jsonl", NAME, "a good password", "reader")
    server, address = ui.launch(bot, "127.0.0.1", 0, auth=tmp_path / "accounts.jsonl")
    try:
        window.open(address)
        window.type_into("#username", NAME)
        window.type_into("#password", "a good password")
        window.click("form button")
        window.wait_for("document.documentElement?.lang === 'zh-CN' && document.querySelector('#documents .files')", 40)
        seen = (
            "[...document.querySelectorAll('[role=tab]')].filter((t) => t.offsetParent).map((t) => t.innerText.trim())"
        )
        assert window.run(seen) == ["问答", "职责与数字"]
        assert in_sight(window, "#top form button"), "whatever the length of the name"
        assert window.run("document.querySelector('#top form button').offsetHeight") < 40
        assert count(window, "#drop, [data-do=remove], [data-do=keep]") == 0
        ask(window, "数据共享由谁牵头？")
        assert "市大数据中心" in last(window)
        assert_evidence_in_its_place(window)
        window.run("policyqa.send('remove', { doc: '010_shuju' })")
        window.wait_for("document.body.innerText.includes('您是读者，不能这样做')")
        assert "010_shuju" in bot.doc_ids()
        window.click("#top form button")
        window.wait_for("document.querySelector('#username')")
    finally:
        server.close()
