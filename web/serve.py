"""The page as a server: one FastAPI application with login, limits, files of tables, /healthz and Gradio mounted.

``ui.launch`` starts it; ``benchmarks/users.py`` measures it.
"""

from __future__ import annotations

import atexit
import ipaddress
import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from qa.accounts import Account, Accounts, Role
from web.ending import Ending
from web.endpoints import add_endpoints, mcp_speaks_json
from web.gate import (
    COOKIE,
    SESSION_HOURS,
    USER,
    Gate,
    Limits,
    Sessions,
    TooManyLogins,
    address_of,
    key_of,
    of_talk,
    refusal,
)
from web.quiet_gradio import gr
from web.streams import Streams
from web.tables_tab import exported

if TYPE_CHECKING:
    from qa.bot import PolicyQA
    from web.desk import RoleOf

log = logging.getLogger(__name__)

_START_SECONDS = 60.0
_STOP_SECONDS = 3  #: given to requests that run when the server ends
_SWITCH = 0.001  #: seconds that an answer may keep Python from the loop that serves all others; 0.005 by default
_KEPT = 24 * 3600  #: seconds that an upload lies in Gradio's folder; the index has read it long before
_POLL = 0.01  #: seconds between two looks at the queue; Gradio's 0.001 keeps an idle server busy
_QUEUE = 200  #: actions of all users that may wait
_FILE_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class PageError(RuntimeError):
    """The page cannot be served. The message is Chinese and names the next step."""


def roles_of(accounts: Accounts | None) -> RoleOf:
    """The role of who sends a request: without accounts everybody is an admin, with them a stranger is a reader."""

    def role(request: gr.Request | None) -> Role:
        if accounts is None:
            return "admin"
        return accounts.role(str(getattr(request, "username", None) or "")) or "reader"

    return role


def private_upload_folder() -> Path:
    """The folder that Gradio keeps uploads in: one of this process that nobody else can read, gone at its end. To be
    called before the page is made."""
    given = os.environ.get("GRADIO_TEMP_DIR")
    if given:
        return Path(given)
    made = tempfile.mkdtemp(prefix="policyqa-")
    os.environ["GRADIO_TEMP_DIR"] = made
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def check(host: str, port: int, root_path: str, mcp: bool) -> None:
    """Raises PageError for what cannot be served, before anything is made that would have to be ended again."""
    _root_of(root_path)
    if mcp:
        _must_have_mcp()
    _listening(host, port).close()


def application(
    bot: PolicyQA,
    page: gr.Blocks,
    look: dict[str, Any],
    *,
    accounts: Accounts | None = None,
    root_path: str = "",
    mcp: bool = False,
    limits: Limits = Limits(),  # noqa: B008  frozen
) -> FastAPI:
    """The application. ``page``: made with the roles of :func:`roles_of`. ``look``: what ``mount_gradio_app`` takes of
    its looks. ``accounts``: who may log in; without them there is no login. ``root_path``: where a proxy shows it, such
    as ``/policy``; whether the proxy takes that away from the paths does not matter. ``mcp``: the endpoints as MCP
    tools at ``/gradio_api/mcp/``. Raises PageError."""
    root = _root_of(root_path)
    sessions = Sessions(accounts, limits) if accounts is not None else None
    app = FastAPI(title="policyqa", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Streams)
    app.add_middleware(  # added last, so it comes first
        Gate,
        root_path=root,
        sessions=sessions,
        limits=limits,
        waiting=lambda key: _waiting(page, key),
        upload_folder=private_upload_folder(),
    )

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/tables/{name}.{suffix}")
    def table(name: str, suffix: str, request: Request) -> Response:
        try:
            file_name, content = exported(bot, name, suffix, request.query_params.multi_items())
        except (LookupError, ValueError) as error:
            message = str(error.args[0]) if error.args else "没有这个表。"
            return JSONResponse({"error": message}, 404 if isinstance(error, LookupError) else 400)
        attached = f"attachment; filename*=UTF-8''{quote(file_name)}"
        return Response(content, media_type=_FILE_TYPES[suffix], headers={"Content-Disposition": attached})

    if sessions is not None:
        _add_login(app, sessions, root)
    add_endpoints(page, bot)
    page.delete_cache = (3600, _KEPT)
    page.queue(max_size=_QUEUE, default_concurrency_limit=page._queue.default_concurrency_limit)
    page._queue.sleep_when_free = _POLL
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        auth_dependency=(lambda request: request.scope.get(USER)) if sessions is not None else None,
        root_path=root or None,
        max_file_size=limits.file_bytes,
        ssr_mode=False,
        mcp_server=mcp,
        run_history=False,
        show_error=True,
        enable_monitoring=False,
        pwa=False,
        **look,
    )
    if mcp:
        mcp_speaks_json(page)
    return app


def _waiting(page: gr.Blocks, key: str) -> int:
    """How many of a user's actions are in Gradio's queue, the running ones included."""
    return sum(key_of(event.request.scope) == key for event in list(page._queue.event_ids_to_events.values()))


def _root_of(path: str) -> str:
    path = path.strip().rstrip("/")
    if path and (not path.startswith("/") or any(c in path for c in "?#\\ ") or "//" in path):
        raise PageError(f"--root-path {path} 不能用。请写成 / 开头的路径，例如 /policy。")
    return path


def _must_have_mcp() -> None:
    try:
        import mcp  # noqa: F401
    except ImportError as error:
        raise PageError("--mcp 还缺 mcp 包。请运行 pip install 'policyqa[mcp]'。") from error


# --- login -----------------------------------------------------------------------------------------------------------

_LOGIN = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>登录 · 政策问答</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
:root {{ color-scheme: light dark; --ink: #1f2937; --paper: #fff; --back: #f3f4f6; --line: #9ca3af; --main: #1d4ed8; --on: #fff;
--bad: #b91c1c }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #e5e7eb; --paper: #1f2937; --back: #111827; --line: #6b7280;
--main: #93c5fd; --on: #111827; --bad: #fca5a5 }} }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--ink);
font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }}
form {{ box-sizing: border-box; width: min(22rem, 92vw); padding: 1.75rem; background: var(--paper); border-radius: 12px }}
h1 {{ margin: 0 0 1rem; font-size: 1.25rem }} label {{ display: block; margin: .75rem 0 .25rem }}
input {{ box-sizing: border-box; width: 100%; padding: .5rem .625rem; font: inherit; color: inherit; background: transparent;
border: 1px solid var(--line); border-radius: 8px }}
button {{ width: 100%; margin-top: 1.25rem; padding: .625rem; font: inherit; color: var(--on); background: var(--main);
border: 0; border-radius: 8px; cursor: pointer }} :focus-visible {{ outline: 2px solid var(--main); outline-offset: 2px }}
p {{ margin: .75rem 0 0; color: var(--bad) }}</style></head><body><form method="post" action="{action}">
<h1>政策问答</h1><label for="username">名字</label><input id="username" name="username" autocomplete="username" required autofocus>
<label for="password">密码</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button>登录</button>{message}</form></body></html>"""


def _login_page(root: str, talk: str, message: str = "", status: int = 200) -> HTMLResponse:
    """``talk``: the conversation that is gone on with after the login, as a query."""
    told = f'<p role="alert">{escape(message)}</p>' if message else ""
    return HTMLResponse(_LOGIN.format(action=escape(f"{root}/login{talk}"), message=told), status)


def _add_login(app: FastAPI, sessions: Sessions, root: str) -> None:
    """GET and POST /login, POST /logout. A browser gets pages; gradio_client and other programs get JSON."""

    @app.get("/login")
    def ask(request: Request) -> HTMLResponse:
        return _login_page(root, of_talk(request.query_params))

    @app.post("/login")
    async def login(request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=10)
        name, password = (str(form.get(field) or "") for field in ("username", "password"))
        is_page, talk = "text/html" in request.headers.get("accept", ""), of_talk(request.query_params)
        try:
            account = await run_in_threadpool(sessions.login, name, password, address_of(request.scope))
        except TooManyLogins as error:
            response = refusal(error)
            if is_page:
                shown = _login_page(root, talk, str(error), 429)
                shown.headers["Retry-After"] = response.headers["Retry-After"]
                return shown
            return response
        if account is None:
            message = "名字或密码不对。请再输入一次，或请管理员重设密码。"
            return _login_page(root, talk, message, 401) if is_page else JSONResponse({"error": message}, 401)
        response = RedirectResponse(f"{root}/{talk}", 303) if is_page else JSONResponse({"success": True})
        _remember(response, request, sessions, account, root)
        return response

    @app.post("/logout")
    def logout(request: Request) -> Response:
        sessions.end(request.cookies.get(COOKIE) or "")
        response = RedirectResponse(f"{root}/login", 303)
        response.delete_cookie(COOKIE, path=root or "/")
        return response


def _remember(response: Response, request: Request, sessions: Sessions, account: Account, root: str) -> None:
    response.set_cookie(
        COOKIE,
        sessions.begin(account),
        max_age=SESSION_HOURS * 3600,
        path=root or "/",
        httponly=True,
        samesite="lax",
        secure=request.headers.get("x-forwarded-proto", request.url.scheme).startswith("https"),
    )


# --- the server ------------------------------------------------------------------------------------------------------


class Server:
    """An application that is being served; :attr:`address` is where. :meth:`close` ends it."""

    def __init__(self, app: FastAPI, host: str, port: int, ended: Callable[[], None] = lambda: None) -> None:
        """Starts serving in a thread and returns once it answers; port 0 takes a free one. ``ended`` is called once
        nothing is answered any more. Raises PageError."""
        sys.setswitchinterval(_SWITCH)
        self._ended = ended
        self._socket = _listening(host, port)
        port = self._socket.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        self.address = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else shown}:{port}/"
        self._app = Ending(app)
        config = uvicorn.Config(
            self._app,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=_STOP_SECONDS + 2,
            server_header=False,
        )
        self._server = uvicorn.Server(config)
        self._stopped = threading.Event()  # a join that Ctrl-C interrupts takes the thread for ended
        threading.Thread(target=self._serve, name="policyqa-server", daemon=True).start()
        until = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if self._stopped.is_set() or time.monotonic() > until:
                self.close()
                raise PageError("网页服务没有启动起来。请设 POLICYQA_DEBUG=1 再运行，看出错的位置。")
            time.sleep(0.01)

    def wait(self) -> None:
        """Waits until the server is closed, from another thread, by Ctrl-C or by SIGTERM. For the main thread."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            while not self._stopped.wait(0.5):
                pass
        except KeyboardInterrupt:
            pass
        finally:
            self.close()

    def close(self) -> None:
        """Ends the server; requests that run get a few seconds."""
        self._app.end(_STOP_SECONDS)
        self._server.should_exit = True
        try:
            self._stopped.wait(_STOP_SECONDS + 5)
        finally:
            self._socket.close()
            self._ended()

    def _serve(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._stopped.set()


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    except OSError as error:
        raise PageError(f"地址 {host} 认不出来。请用 --host 127.0.0.1，或这台机器的一个地址。") from error
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise PageError(f"{host} 的端口 {port} 用不了（可能已被占用）。请换一个，例如 --port {port + 1}。") from error
    return listening


def is_open_to_others(host: str) -> bool:
    """Whether a page at this address can be reached from other machines."""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"
