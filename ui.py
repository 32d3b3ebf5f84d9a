"""The page: ask, read the answer, see each source in its place. It shows what the API gives and decides nothing.

``python ui.py`` or ``policyqa ui``.
"""

from __future__ import annotations

import os
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.cli import main as policyqa

if TYPE_CHECKING:
    import gradio

    from qa.bot import PolicyQA
    from web.desk import RoleOf

#: System fonts only: the page asks no other host for anything.
_FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")


def build(bot: PolicyQA, role_of: RoleOf | None = None, data_dir: Path | None = None) -> gradio.Blocks:
    """The page over this bot, not yet served; it needs :func:`look` where it is launched or mounted.

    ``role_of``: the role of who sends a request, everybody an admin without it; his name is the request's
    ``username``. ``data_dir``: where conversations and feedback are kept, the setting's unless given.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported: nothing calls home
    from web.page import Page

    return Page(bot, role_of, data_dir).blocks


def look() -> dict[str, Any]:
    """Theme, style and script of the page, as ``Blocks.launch`` and ``gradio.mount_gradio_app`` take them."""
    import gradio as gr

    web = files("web")
    # Gradio speaks the language of the browser; the page is Chinese throughout.
    language = "Object.defineProperty(navigator,'language',{get:()=>'zh-CN'});"
    style = (web / "page.css").read_text(encoding="utf-8")
    script = (web / "page.js").read_text(encoding="utf-8").replace("</", "<\\/")
    return {
        "theme": gr.themes.Default(
            primary_hue="blue", neutral_hue="slate", font=_FONTS, font_mono=("ui-monospace", "monospace")
        ),
        # As ``css`` Gradio would put its own container before every selector, and the body's classes would not count.
        "head": f"<style>{style}</style><script>{language}{script}</script>",
        "footer_links": [],
    }


class PageError(RuntimeError):
    """The page cannot be served. The message is Chinese and names the next step."""


def launch(bot: PolicyQA, host: str, port: int) -> tuple[gradio.Blocks, str]:
    """Serves the page and gives it with its address; returns at once. Raises :class:`PageError`."""
    page = build(bot)

    # gradio asks its own server whether it is up: that must not go through a proxy.
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), "127.0.0.1", "localhost", host]))
    try:
        _app, address, _share = page.launch(
            server_name=host,
            server_port=port,
            share=False,
            ssr_mode=False,
            quiet=True,
            prevent_thread_lock=True,
            show_error=True,
            **look(),
        )
    except OSError as error:
        raise PageError(f"{host} 的端口 {port} 用不了（可能已被占用）。请换一个，例如 --port {port + 1}。") from error
    return page, address


def serve(bot: PolicyQA, host: str, port: int) -> None:
    """Serves the page until Ctrl-C."""
    page, address = launch(bot, host, port)
    print(f"网页已打开：{address}（按 Ctrl-C 结束）", flush=True)
    page.block_thread()


def main() -> None:
    """Serves the page over the index that is there, with host and port from the settings."""
    sys.exit(policyqa(["ui", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
