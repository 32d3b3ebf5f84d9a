"""Pictures of the page for docs/: python benchmarks/screenshots.py [--into docs]

Serves the page over the bundled documents, indexed in a folder that is thrown away, and drives it in Chromium.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import browser  # noqa: E402
import ui  # noqa: E402
from qa import PolicyQA  # noqa: E402

_DESK, _PHONE = (1440, 900), (390, 844)
_SETTINGS = (1440, 540)  #: what can be set, without what is told of the program below
_DUTY, _NEXT = "“互联网+”协同制造由哪些部门负责？", "那现代农业呢？"
_LIST, _UNANSWERED = "互联网+的发展目标有哪些？", "到2018年要制定多少项标准？"
_SET = ROOT / "benchmarks" / "questions" / "policy_dev.jsonl"
_PART = 2  #: every second question of the set is evaluated
_READY = "document.documentElement?.lang === 'zh-CN' && document.querySelector('#welcome .suggestions')"


class Album:
    """The window and the folder that its pictures go to."""

    def __init__(self, page: browser.Page, address: str, folder: Path) -> None:
        self.page, self.address, self.folder = page, address, folder

    def open(self, size: tuple[int, int], *, dark: bool = False) -> None:
        """The page anew, an empty conversation."""
        phone = size == _PHONE
        self.page.look(*size, dark=dark, phone=phone, scale=2 if phone else 1)
        self.page.open(self.address)
        self.page.wait_for(_READY, 60)

    def ask(self, question: str) -> None:
        """Asks and waits for the answer."""
        before = self.page.run("document.querySelectorAll('#talk .turn').length")
        self.page.type_into("#question", question)
        self.page.click("#send")
        self.page.wait_for(f"document.querySelectorAll('#talk .turn').length > {before}", 60)

    def evaluate(self, cases: list[str]) -> None:
        """Runs a question set on the page and opens its report."""
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "问题集.jsonl"
            path.write_text("\n".join(cases), encoding="utf-8")
            self.page.choose_files("#pick-set", [path])
            self.page.wait_for("document.querySelector('#chosen-set').innerText.startsWith('已选')")
        self.page.click("[data-do=run-set]")
        self.page.wait_for(
            "document.querySelector('#runs [data-run]') && document.querySelector('#report .tiles')", 120
        )

    def tab(self, name: str) -> None:
        """Goes to a tab."""
        named = f"t.innerText.trim() === {json.dumps(name)}"
        self.page.run(f"[...document.querySelectorAll('[role=tab]')].find((t) => {named}).click()")

    def take(self, name: str) -> None:
        """A picture once nothing moves, with as few colours as show no difference."""
        self.page.run("document.activeElement?.blur()")
        time.sleep(1)
        path = self.folder / f"{name}.png"
        self.page.screenshot(path)
        with Image.open(path) as picture:
            picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path}  {path.stat().st_size // 1000} kB")


def take_all(album: Album) -> None:
    """Every picture that docs/ shows."""
    page = album.page
    album.open(_DESK)
    album.take("page-welcome")
    album.ask(_DUTY)
    album.ask(_NEXT)
    album.take("page-answer")
    page.click("#evidence [data-do=open]")
    page.wait_for("document.body.classList.contains('reading')")
    album.take("page-document")
    album.open(_DESK)
    album.ask(_UNANSWERED)
    album.take("page-refusal")
    album.tab("职责与数字")
    page.wait_for("document.querySelector('#duties-table table')")
    page.run("[...document.querySelectorAll('#tables label')].find((l) => l.innerText.includes('事项 ×')).click()")
    page.wait_for("document.querySelector('#duties-table .matrix')")
    album.take("page-tables")
    album.tab("目标时间线")
    page.wait_for("document.querySelector('#tables .timeline')")
    album.take("page-timeline")
    album.tab("评测")
    album.evaluate(_SET.read_text(encoding="utf-8").splitlines()[::_PART])
    album.take("page-evaluation")
    album.tab("设置")
    page.look(*_SETTINGS)
    page.run(
        "(() => { const s = document.querySelector('.settings [name=engine]'); s.value = 'llm';"
        "s.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )
    album.take("page-settings")
    album.open(_DESK, dark=True)
    album.ask(_LIST)
    album.take("page-dark")
    album.open(_PHONE)
    album.ask(_DUTY)
    time.sleep(1)  # it scrolls to the answer
    page.run("scrollTo(0, 0)")
    album.take("page-phone")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--into", type=Path, default=ROOT / "docs", metavar="FOLDER")
    folder: Path = parser.parse_args().into
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        server, address = ui.launch(PolicyQA.open(data_dir=Path(place) / "data"), "127.0.0.1", 0)
        try:
            with browser.open_browser(Path(place) / "profile") as page:
                take_all(Album(page, address, folder))
        finally:
            server.close()


if __name__ == "__main__":
    main()
