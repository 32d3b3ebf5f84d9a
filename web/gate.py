"""What stands before the whole application: who is asking, what he may reach, how much, and headers on every reply.

Gradio checks a login on most of its routes and roles on none. Here everything passes one place: what is not opened to
a role stays shut, whatever route leads to it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import logging
import re
import secrets
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.archive import ARCHIVES
from corpus.readers import FORMAT_NAMES, READERS
from corpus.sniff import sniffed_suffix
from qa.accounts import Account, Accounts

log = logging.getLogger(__name__)

COOKIE = "policyqa"
SESSION_HOURS = 12
USER = "policyqa.user"  #: in the scope of a request: the name of who sent it, None without login

#: Gradio compiles its components' scripts in the page and puts its settings there inline: unsafe-inline, unsafe-eval.
#: What counts: nothing is loaded from, sent to or framed by another host.
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

#: What is reached without login: browsers ask for icon and manifest without their cookies, and a page that has lost the
#: server asks for the app_id (a number, another one at each start) until it is there, then loads anew: to the login.
_OPEN = ("/healthz", "/login", "/favicon.ico", "/manifest.json", "/robots.txt", "/gradio_api/app_id")
#: Parts of Gradio that this page does not use: they edit code, proxy other hosts, record, or tell of other users.
_SHUT = (
    "dev/", "vibe-", "undo-vibe-edit", "proxy=", "process_recording", "deep_link", "runs", "stream/", "component_server",
    "custom_component/", "profiling",
)  # fmt: skip
_API = "/gradio_api/"
_UPLOAD = _API + "upload"
#: Kinds of files that an upload may hold beside documents: archives of them and question sets.
_ALSO = (*ARCHIVES, ".jsonl", ".json", ".toml")


@dataclass(frozen=True)
class Limits:
    """How much one user, or without login one address, may ask of the server."""

    file_bytes: int = 200 << 20
    upload_bytes: int = 500 << 20  #: of one request
    files_per_hour: int = 5_000
    other_bytes: int = 2 << 20  #: of a request that is no upload
    at_once: int = 8  #: questions and actions waiting or worked on
    at_once_without_login: int = 64  #: a whole office may stand behind one address
    logins: int = 5  #: wrong passwords for one name from one address, within login_seconds
    logins_of_address: int = 20  #: the same for any names
    login_seconds: float = 900.0


class Allowance:
    """A bucket for each key: it holds ``most`` and fills up again within ``seconds``. May be shared by threads."""

    def __init__(self, most: float, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._rate, self._clock = most, most / seconds, clock
        self._spent: dict[str, tuple[float, float]] = {}  #: spent, at
        self._lock = threading.Lock()

    def _now(self, key: str) -> float:
        spent, at = self._spent.get(key, (0.0, 0.0))
        return max(0.0, spent - (self._clock() - at) * self._rate)

    def spend(self, key: str, amount: float = 1.0) -> float:
        """0.0 when ``amount`` was there and is taken; else the seconds to wait, and nothing is taken."""
        with self._lock:
            spent = self._now(key) + amount
            if spent > self._most:
                return (spent - self._most) / self._rate
            self._spent[key] = (spent, self._clock())
            if len(self._spent) > 10_000:
                self._spent = {k: v for k, v in self._spent.items() if self._now(k) > 0}
            return 0.0

    def give_back(self, key: str, amount: float = 1.0) -> None:
        """Undoes :meth:`spend`."""
        with self._lock:
            self._spent[key] = (max(0.0, self._now(key) - amount), self._clock())


class TooManyLogins(Exception):
    """Too many wrong passwords; ``seconds`` to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"登录失败的次数太多。请 {max(1, round(seconds / 60))} 分钟后再试。")
        self.seconds = seconds


class Sessions:
    """Who is logged in, by the token in his cookie. In memory: a restart asks everybody to log in again."""

    def __init__(self, accounts: Accounts, limits: Limits) -> None:
        self.accounts = accounts
        self._by_token: dict[str, tuple[str, float]] = {}  #: hash of the token -> name, end
        self._lock = threading.Lock()
        self._of_name = Allowance(limits.logins, limits.login_seconds)
        self._of_address = Allowance(limits.logins_of_address, limits.login_seconds)
        self._checking = threading.Semaphore(2)  # each check takes 16 MB and a fifth of a second of a core

    def login(self, name: str, password: str, address: str) -> Account | None:
        """The account, if the password is its own. Raises TooManyLogins."""
        key = f"{address} {name[:64]}"
        wait = self._of_address.spend(address)
        if not wait and (wait := self._of_name.spend(key)):
            self._of_address.give_back(address)
        if wait:
            raise TooManyLogins(wait)
        with self._checking:
            account = self.accounts.check(name, password) if len(password) <= 1024 else None
        if account is None:
            log.warning("登录失败，来自 %s", address)  # not the name: people type passwords there by mistake
            return None
        self._of_address.give_back(address)
        self._of_name.give_back(key)
        return account

    def begin(self, account: Account, token: str | None = None) -> str:
        """The token of a new session."""
        token, now = token or secrets.token_urlsafe(32), time.monotonic()
        with self._lock:
            self._by_token = {key: value for key, value in self._by_token.items() if value[1] > now}
            self._by_token[_hash(token)] = (account.name, now + SESSION_HOURS * 3600)
        return token

    def end(self, token: str) -> None:
        """Ends a session, if there is one."""
        with self._lock:
            self._by_token.pop(_hash(token), None)

    def name(self, token: str | None) -> str | None:
        """Whose session it is."""
        with self._lock:
            name, end = self._by_token.get(_hash(token or ""), ("", 0.0))
        return name if end > time.monotonic() and self.accounts.role(name) is not None else None

    def name_by_header(self, header: str, address: str) -> str | None:
        """Whose name and password an Authorization header (Basic) holds: for programs that keep no cookie. Checked
        once a session. Raises TooManyLogins."""
        scheme, _, value = header.partition(" ")
        if scheme.lower() != "basic":
            return None
        known = self.name(header)
        if known is not None:
            return known
        try:
            name, _, password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        account = self.login(name, password, address)
        if account is not None:
            self.begin(account, header)
        return account.name if account else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class _Refused(Exception):
    """A request that is answered here."""

    def __init__(self, status: int, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.response = JSONResponse({"error": message, "detail": message}, status)
        if wait:
            self.response.headers["Retry-After"] = str(max(1, round(wait)))


class Gate:
    """ASGI middleware around the application. ``waiting(key)``: how many of a user's actions are in the queue."""

    def __init__(
        self,
        app: ASGIApp,
        root_path: str,
        sessions: Sessions | None,
        limits: Limits,
        waiting: Callable[[str], int],
        upload_folder: Path,
    ) -> None:
        self.app, self.root_path, self.sessions, self.limits = app, root_path, sessions, limits
        self.waiting, self.upload_folder = waiting, upload_folder.resolve()
        self._files = Allowance(limits.files_per_hour, 3600.0)
        self._running: dict[str, int] = {}  # only touched by the event loop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] == "websocket":  # nothing here speaks it
            await send({"type": "websocket.close", "code": 1008})
            return
        send = _with_headers(send)
        scope["root_path"] = self.root_path
        try:
            await self._pass(scope, receive, send)
        except _Refused as refused:
            await refused.response(scope, receive, send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        request, path = HTTPConnection(scope), _path(scope)
        _same_origin(scope["method"], request.headers)
        if self.sessions is None and not self.root_path:
            _own_name(scope, request.headers)
        if path in _OPEN:
            await self.app(scope, _again(await _read(receive, 64 << 10), receive), send)
            return
        user = await self._user(request)
        scope[USER] = user
        if self.sessions is not None and user is None:
            if scope["method"] in ("GET", "HEAD") and "text/html" in request.headers.get("accept", ""):
                await RedirectResponse(f"{self.root_path}/login{of_talk(request.query_params)}", 303)(
                    scope, receive, send
                )
                return
            raise _Refused(401, "请先登录；网页已经开着的，请刷新后再登录一次。")
        if _shut(path):
            raise _Refused(404, "没有这个地址。")
        key = key_of(scope)
        if path.rstrip("/") == _UPLOAD:
            await self._upload(key, user, request.headers, (scope, receive, send))
        elif scope["method"] == "POST" and path.startswith(_API):
            await self._act(key, user, path, (scope, receive, send))
        else:
            body = b"" if scope["method"] in ("GET", "HEAD") else await _read(receive, self.limits.other_bytes)
            await self.app(scope, _again(body, receive) if body else receive, send)

    async def _user(self, request: HTTPConnection) -> str | None:
        if self.sessions is None:
            return None
        name = self.sessions.name(request.cookies.get(COOKIE))
        header = request.headers.get("authorization")
        if name is None and header:
            try:
                return await run_in_threadpool(self.sessions.name_by_header, header, address_of(request.scope))
            except TooManyLogins as error:
                raise _Refused(429, str(error), error.seconds) from error
        return name

    def _may_send_files(self, user: str | None) -> bool:
        return self.sessions is None or self.sessions.accounts.role(user or "") in ("editor", "admin")

    async def _act(self, key: str, user: str | None, path: str, asgi: tuple[Scope, Receive, Send]) -> None:
        """A question or another action: its size, the files that it names, how many at once."""
        scope, receive, send = asgi
        body = await _read(receive, self.limits.other_bytes)
        self._check_files(body, user)
        most = self.limits.at_once if self.sessions else self.limits.at_once_without_login
        running = self._running.get(key, 0)
        counts = not path.endswith(("/cancel", "/reset"))
        if counts and running + self.waiting(key) >= most:
            raise _Refused(429, f"您有 {most} 个请求还没有做完。请等它们做完再试。", 1.0)
        self._running[key] = running + 1
        try:
            await self.app(scope, _again(body, receive), send)
        finally:
            self._running[key] -= 1
            if not self._running[key]:
                del self._running[key]

    def _check_files(self, body: bytes, user: str | None) -> None:
        """Files that a request names have to be ones that were uploaded, by who may upload."""
        if b'"path"' not in body and b"\\u00" not in body:
            return
        try:
            named = list(_paths(json.loads(body)))
        except (ValueError, RecursionError) as error:
            raise _Refused(400, "请求不是有效的 JSON。") from error
        if named and not self._may_send_files(user):
            raise _Refused(403, "读者不能上传文件；请联系管理员。")
        if any(not _within(path, self.upload_folder) for path in named):
            raise _Refused(400, "请求里的文件不是上传的文件。请重新上传。")

    async def _upload(self, key: str, user: str | None, headers: Headers, asgi: tuple[Scope, Receive, Send]) -> None:
        """Lets Gradio take the files, then looks at what they are; those that nobody can read are not kept."""
        scope, receive, send = asgi
        if not self._may_send_files(user):
            raise _Refused(403, "读者不能上传文件；请联系管理员。")
        if int(headers.get("content-length") or 0) > self.limits.upload_bytes:
            raise _Refused(413, f"一次最多上传 {self.limits.upload_bytes >> 20} MB。请分几次上传。")
        if wait := self._files.spend(key):
            raise _Refused(429, f"一小时最多上传 {self.limits.files_per_hour} 个文件。请过一会儿再传。", wait)
        start: Message = {}
        answer = b""

        async def hold(message: Message) -> None:
            nonlocal start, answer
            if message["type"] == "http.response.start":
                start = message
            else:
                answer += message.get("body", b"")

        await self.app(scope, _at_most(receive, self.limits.upload_bytes), hold)
        if start.get("status") == 413:
            raise _Refused(413, f"一个文件最多 {self.limits.file_bytes >> 20} MB。请拆分后再上传。")
        if start.get("status") == 200:
            paths = [Path(path) for path in json.loads(answer)]
            more = self._files.spend(key, len(paths) - 1) if len(paths) > 1 else 0.0
            if more:
                _discard(paths)
                raise _Refused(429, f"一小时最多上传 {self.limits.files_per_hour} 个文件。请过一会儿再传。", more)
            for path in paths:
                if message := await run_in_threadpool(unreadable, path):
                    _discard(paths)
                    raise _Refused(415, message)
        await send(start)
        await send({"type": "http.response.body", "body": answer})


#: How programs begin, on Linux, Windows and macOS: never taken, whatever they are called.
_PROGRAMS = (b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
#: Formats that tell by their first bytes what they are: content without these is something else.
_TELLING = frozenset(
    ".pdf .png .jpg .jpeg .tif .tiff .docx .docm .xlsx .xlsm .pptx .epub .ofd .odt .ods .odp .zip".split()
)


def unreadable(path: Path) -> str | None:
    """Why a file is not taken, in Chinese, judged by its content; None for one that can be read."""
    data, given = path.read_bytes(), path.suffix.lower()
    if data.startswith(_PROGRAMS) and b"\0" in data[:1024]:
        return f"“{path.name}”是程序，不是文件。请上传文档。"
    found = sniffed_suffix(data, given)
    if found not in READERS and found not in _ALSO:
        told = f"内容是 {found}" if found != given else f"后缀 {given}" if given else "没有后缀"
        return f"“{path.name}”读不了（{told}）。能读的是 {FORMAT_NAMES}、压缩包；请转换后再上传。"
    tells_itself = sniffed_suffix(data, "") or b"%PDF-" in data[:1024]
    if found in _TELLING and not tells_itself:
        return f"“{path.name}”的内容不是 {found}，可能已损坏。请重新下载或导出后再上传。"
    return None


def _discard(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def key_of(scope: Scope) -> str:
    """Who counts as one user: the name at login, without login the address."""
    user = scope.get(USER)
    return f"user {user}" if user else f"address {address_of(scope)}"


def address_of(scope: Scope) -> str:
    """The address that a request comes from."""
    return str((scope.get("client") or ("unknown", 0))[0])


def _path(scope: Scope) -> str:
    """The path without the root path, whether the proxy has taken that away or not."""
    path, root = str(scope["path"]), str(scope.get("root_path") or "")
    return path[len(root) :] or "/" if root and (path == root or path.startswith(root + "/")) else path


def of_talk(query: Mapping[str, str]) -> str:
    """The part of a query that names a conversation, as a query of its own; "" where there is none."""
    talk = query.get("talk", "")
    return f"?talk={talk}" if re.fullmatch(r"[\w-]{1,64}", talk, re.ASCII) else ""


def _shut(path: str) -> bool:
    if path.startswith("/monitoring"):
        return True
    rest = path.removeprefix(_API)
    return rest != path and rest.startswith(_SHUT)


def _same_origin(method: str, headers: Headers) -> None:
    """Refuses what another site makes the browser of somebody logged in here send."""
    origin = headers.get("origin")
    if method in ("GET", "HEAD", "OPTIONS") or origin is None:
        return
    names = (headers.get("host", ""), *headers.get("x-forwarded-host", "").split(","))
    if urlsplit(origin).netloc not in {name.strip() for name in names} - {""}:
        raise _Refused(
            403,
            "请求来自别的网站，没有执行。网页放在反向代理后面的，请让代理传 Host 或 X-Forwarded-Host，见 README“给多人用”。",
        )


def _own_name(scope: Scope, headers: Headers) -> None:
    """Refuses what reaches this machine's own address under another name: a site whose name was made to mean this
    machine (DNS rebinding) would pass for the page itself, and there is no login to stop it."""
    if not _is_loopback(str((scope.get("server") or ("", 0))[0])):
        return
    name = urlsplit(f"//{headers.get('host', '')}").hostname or ""
    if name and not _is_loopback(name):
        raise _Refused(
            403,
            f"本机的网页没有设登录，只能用 localhost 或 127.0.0.1 打开，不能用 {name}。"
            "要用别的名字打开（例如经反向代理），请先设登录，见 README“给多人用”。",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _paths(value: Any) -> Iterator[str]:
    """Everything in plain data that Gradio may take for a file, as the path or address where it lies."""
    if isinstance(value, dict):
        if isinstance(value.get("path"), str):
            yield value["path"]
        for inner in value.values():
            yield from _paths(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _paths(inner)


def _within(path: str, folder: Path) -> bool:
    try:
        return Path(path).resolve().is_relative_to(folder)
    except (OSError, ValueError):
        return False


async def _read(receive: Receive, most: int) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            raise _Refused(413, f"请求太大，最多 {most >> 10:,} KB。")
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """A body that was read, for the application; afterwards what else comes."""
    given = False

    async def once() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once


def _at_most(receive: Receive, most: int) -> Receive:
    """The body of an upload, which is refused when it is longer, whatever it says of its length."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise _Refused(413, f"一次最多上传 {most >> 20} MB。请分几次上传。")
        return message

    return counted


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending


def refusal(error: TooManyLogins) -> Response:
    """The reply to too many logins."""
    return _Refused(429, str(error), error.seconds).response
