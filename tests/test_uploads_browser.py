"""Sending files as people do it, in a real Chromium: many at once, some that nobody can read, the page closed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import browser
import ui
from fakes import HashEmbedder
from qa import PolicyQA
from qa.settings import Settings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="no Chromium; make test-all installs it where it may"),
]


class Held(PolicyQA):
    """Adds nothing before it is let go on."""

    go_on = threading.Event()

    def add(self, paths: Any, progress: Any = None, **more: Any) -> Any:
        assert self.go_on.wait(120)
        return super().add(paths, progress, **more)


@pytest.fixture
def bot(tmp_path: Path) -> Held:
    (tmp_path / "码头.txt").write_text("码头管理办法\n\n第一条 码头由港务局负责管理。\n", "utf-8")
    Held.go_on.clear()
    data = tmp_path / "data"
    return Held.open([tmp_path / "码头.txt"], data, settings=Settings(data_dir=data), embedder=HashEmbedder())  # type: ignore[return-value]


@pytest.fixture
def address(bot: Held) -> Iterator[str]:
    server, address = ui.launch(bot, "127.0.0.1", 0)
    yield address
    bot.go_on.set()
    server.close()


@pytest.fixture
def page(address: str, tmp_path: Path) -> Iterator[browser.Page]:
    with browser.open_browser(tmp_path / "profile") as page:
        go(page, address)
        yield page


def go(page: browser.Page, address: str) -> None:
    page.open(address)
    page.wait_for("document.documentElement?.lang === 'zh-CN'", 60)
    page.wait_for("document.querySelector('#documents .files')", 60)


def test_a_folder_is_sent_and_the_page_closed_and_all_its_files_are_in(
    page: browser.Page, address: str, bot: Held, tmp_path: Path
) -> None:
    folder = tmp_path / "各县"
    for county in range(40):
        for year in (2022, 2023, 2024):
            path = folder / str(year) / f"{county}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{county}县集市办法\n\n第一条 {county}县集市自{year}年开市。\n", "utf-8")
    page.choose_files("#pick-folder", [folder])
    page.wait_for("document.querySelector('#uploads').innerText.includes('0/120 个文件已处理')", 120)
    page.wait_for("document.querySelector('#sending').innerText === ''")
    page.open("about:blank")
    assert len(bot.documents()) == 1
    bot.go_on.set()
    go(page, address)
    page.wait_for("document.querySelector('#uploads').innerText.includes('120/120 个文件已处理')", 120)
    assert "没有加入" not in page.text("#uploads")
    names = {entry.file_name for entry in bot.documents()}
    assert names >= {f"各县/{year}/{county}.txt" for year in (2022, 2023, 2024) for county in range(40)}
    page.wait_for("document.querySelectorAll('#documents .files > li').length === 121")


def test_each_file_that_is_not_taken_has_its_own_reason(page: browser.Page, bot: Held, tmp_path: Path) -> None:
    bot.go_on.set()
    sent = tmp_path / "sent"
    sent.mkdir()
    (sent / "办法.txt").write_text("集市办法\n\n第一条 集市逢五开市。\n", "utf-8")
    (sent / "程序.pdf").write_bytes(b"\x7fELF\x02\x01\x01\0" + bytes(64))
    (sent / "包.rar").write_bytes(b"Rar!\x1a\x07\x01\0" + bytes(64))
    page.choose_files("#pick-files", sorted(sent.iterdir()))
    page.wait_for("document.querySelector('#sending').innerText.startsWith('没有传上来')", 60)
    first, *told = page.text("#sending").splitlines()
    assert first == "没有传上来："
    assert len(told) == 2
    assert any(line.startswith("程序.pdf：") and "是程序，不是文件" in line for line in told)
    assert any(line.startswith("包.rar：") and "后缀 .rar" in line for line in told)
    page.wait_for("document.querySelector('.toast-body')?.innerText.includes('是程序，不是文件')")
    assert "HTTP" not in page.text(".toast-body") and "{" not in page.text(".toast-body")
    page.wait_for("document.querySelector('#uploads').innerText.includes('1/1 个文件已处理')", 60)
