"""The page: ask, read the answer, see each source in its place. It shows what the API gives and decides nothing.

``python ui.py`` or ``policyqa ui``.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from qa import process
from qa.cli import main as policyqa

if TYPE_CHECKING:
    import gradio

    from qa.bot import PolicyQA
    from web.desk import RoleOf
    from web.serve import Server

#: System fonts only: the page asks no other host for anything.
_FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")


def build(bot: PolicyQA, role_of: RoleOf | None = None, data_dir: Path | None = None) -> gradio.Blocks:
    """The page over this bot, not yet served; it needs :func:`look` where it is launched or mounted.

    ``role_of``: the role of who sends a request, everybody an admin without it; his name is the request's
    ``username``. ``data_dir``: where conversations and feedback are kept, the setting's unless given.
    """
    from web.page import Page

    return Page(bot, role_of, data_dir).blocks


def look() -> dict[str, Any]:
    """Theme, style and script of the page, as ``Blocks.launch`` and ``gradio.mount_gradio_app`` take them."""
    from web.quiet_gradio import gr

    web = files("web")
    # Gradio speaks the language of the browser; the page is Chinese throughout.
    language = "Object.defineProperty(navigator,'language',{get:()=>'zh-CN'});"
    style = (web / "page.css").read_text(encoding="utf-8") + (files("qa") / "data" / "report.css").read_text(
        encoding="utf-8"
    )
    script = (web / "page.js").read_text(encoding="utf-8").replace("</", "<\\/")
    return {
        "theme": gr.themes.Default(
            primary_hue="blue", neutral_hue="slate", font=_FONTS, font_mono=("ui-monospace", "monospace")
        ),
        # As ``css`` Gradio would put its own container before every selector, and the body's classes would not count.
        "head": f"<style>{style}</style><script>{language}{script}</script>",
        "footer_links": [],
    }


def launch(
    bot: PolicyQA, host: str, port: int, *, auth: Path | None = None, root_path: str = "", mcp: bool = False
) -> tuple[Server, str]:
    """Serves the page and gives the server with its address; returns at once. ``auth``: the file of accounts that may
    log in; without it there is no login. Raises web.serve.PageError, qa.accounts.AccountsError."""
    from qa.accounts import Accounts
    from web.page import Page
    from web.serve import Server, application, check, private_upload_folder, roles_of

    accounts = Accounts.load(auth) if auth is not None else None
    check(host, port, root_path, mcp)
    private_upload_folder()
    page = Page(bot, roles_of(accounts))
    app = application(bot, page.blocks, look(), accounts=accounts, root_path=root_path, mcp=mcp)
    server = Server(app, host, port, page.close)
    return server, server.address


def serve(
    bot: PolicyQA, host: str, port: int, *, auth: Path | None = None, root_path: str = "", mcp: bool = False
) -> NoReturn:
    """Serves the page until Ctrl-C or SIGTERM, and ends the process."""
    from web.serve import is_open_to_others

    server, address = launch(bot, host, port, auth=auth, root_path=root_path, mcp=mcp)
    if auth is None and is_open_to_others(host):
        print(
            "注意：别的机器也能打开这个网页，而且不用登录就能增删文件。请用 --auth 账号文件 加上登录。", file=sys.stderr
        )
    print(f"网页已打开：{address}（按 Ctrl-C 结束）", flush=True)
    if mcp:
        print(f"MCP 地址：{address}gradio_api/mcp/", flush=True)
    with suppress(KeyboardInterrupt):  # a second one: not even the last seconds are given
        server.wait()
    process.end()


def main() -> None:
    """Serves the page over the index that is there, with host and port from the settings."""
    sys.exit(policyqa(["ui", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
