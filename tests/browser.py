"""A real Chromium for the slow tests, driven over its DevTools protocol. No driver to install."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-proxy-server",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--lang=zh-CN",
    "--remote-debugging-port=0",
)  # fmt: skip


class Page:
    """A page in the browser: opens addresses, runs scripts, and remembers what was asked of the network."""

    def __init__(self, socket: Any) -> None:
        self._socket, self._sent = socket, 0
        self.requested: list[str] = []  #: addresses of all requests
        self.errors: list[str] = []  #: uncaught exceptions of the page's scripts, and what they wrote as errors
        for domain in ("Page", "Network", "Runtime", "DOM", "Log"):
            self._call(f"{domain}.enable")

    def open(self, address: str) -> None:
        """Goes to an address; the page there may still be loading when this returns.

        What the page that is left reports while it ends, such as a stream cut off, is not among the errors.
        """
        known = len(self.errors)
        self._call("Page.navigate", url="about:blank")
        self.wait_for("location.href === 'about:blank' && document.readyState === 'complete'")
        del self.errors[known:]
        self._call("Page.navigate", url=address)

    def look(self, width: int, height: int, *, dark: bool = False, phone: bool = False, scale: float = 1) -> None:
        """The size of the window in CSS pixels, and what the system prefers."""
        self._call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=phone
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression."""
        answer = self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait_for(self, condition: str, seconds: float = 20) -> None:
        """Until a JavaScript expression is true."""
        end = time.monotonic() + seconds
        while not self.run(f"Boolean({condition})"):
            if time.monotonic() > end:
                raise AssertionError(f"never true: {condition}\n{self.run('document.body.innerText')}")
            time.sleep(0.05)

    def text(self, selector: str) -> str:
        """The visible text of the first element that fits, which has to be there."""
        self.wait_for(f"document.querySelector({json.dumps(selector)})")
        return str(self.run(f"document.querySelector({json.dumps(selector)}).innerText"))

    def type_into(self, selector: str, text: str) -> None:
        """Types at the end of a field."""
        self.wait_for(f"document.querySelector({json.dumps(selector)})")
        self.run(f"document.querySelector({json.dumps(selector)}).focus()")
        self._call("Input.insertText", text=text)

    def press(self, key: str, code: int, modifiers: int = 0) -> None:
        """A key such as ``"Enter", 13``; ``modifiers``: 8 for shift."""
        named = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        if key == "Enter":  # a button is pressed by the character that the key writes
            self._call("Input.dispatchKeyEvent", type="keyDown", text="\r", **named)
        else:
            self._call("Input.dispatchKeyEvent", type="rawKeyDown", **named)
        self._call("Input.dispatchKeyEvent", type="keyUp", **named)

    def click(self, selector: str) -> None:
        """Clicks the first element that fits, as a script does: also where something lies over it."""
        self.wait_for(f"document.querySelector({json.dumps(selector)})")
        self.run(f"document.querySelector({json.dumps(selector)}).click()")

    def hover(self, selector: str) -> None:
        """Moves the mouse to the middle of the first element that fits."""
        self.wait_for(f"document.querySelector({json.dumps(selector)})")
        box = self.run(f"(() => {{const b = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
                       "return [b.left + b.width / 2, b.top + b.height / 2]; })()")  # fmt: skip
        self._call("Input.dispatchMouseEvent", type="mouseMoved", x=box[0], y=box[1])

    def choose_files(self, selector: str, paths: Sequence[Path]) -> None:
        """Gives files to a file input."""
        root = self._call("DOM.getDocument")["root"]["nodeId"]
        node = self._call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self._call("DOM.setFileInputFiles", nodeId=node, files=[str(path) for path in paths])

    def save_downloads_to(self, folder: Path) -> None:
        """Where files go that the page offers to save."""
        self._call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(folder))

    def screenshot(self, path: Path) -> None:
        """What the window shows, as PNG."""
        path.write_bytes(base64.b64decode(self._call("Page.captureScreenshot")["data"]))

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=60))
            self._heard(message.get("method"), message.get("params", {}))
            if message.get("id") == self._sent:
                if "error" in message:
                    raise AssertionError(f"{method}: {message['error']}")
                result: dict[str, Any] = message["result"]
                return result

    def _heard(self, event: str | None, data: dict[str, Any]) -> None:
        if event == "Network.requestWillBeSent":
            self.requested.append(data["request"]["url"])
        elif event == "Runtime.exceptionThrown":
            self.errors.append(json.dumps(data["exceptionDetails"], ensure_ascii=False)[:500])
        elif event == "Runtime.consoleAPICalled" and data["type"] == "error":
            self.errors.append(json.dumps(data["args"], ensure_ascii=False)[:500])
        elif event == "Log.entryAdded" and data["entry"]["level"] == "error":
            self.errors.append(f"{data['entry']['text']} {data['entry'].get('url', '')}")


@contextmanager
def open_browser(profile: Path) -> Iterator[Page]:
    """A headless Chromium with a fresh profile, gone afterwards."""
    from urllib.request import ProxyHandler, Request, build_opener

    from websockets.sync.client import connect

    assert CHROMIUM is not None
    process = subprocess.Popen(
        [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        note, end = profile / "DevToolsActivePort", time.monotonic() + 30
        while not (note.exists() and note.read_text().strip()):
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError("Chromium did not start")
            time.sleep(0.1)
        port = note.read_text().split()[0]
        direct = build_opener(ProxyHandler({}))
        target = json.load(direct.open(Request(f"http://127.0.0.1:{port}/json/new?about:blank", method="PUT")))
        with connect(target["webSocketDebuggerUrl"], max_size=None, proxy=None) as socket:
            yield Page(socket)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
