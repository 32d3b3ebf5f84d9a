"""The server: who may reach what, how much of it, and what stands on every reply."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fake_bot import TEXT, TITLE, FakeBot
from qa.accounts import Accounts
from qa.facts import DutyRow
from web.gate import COOKIE, HEADERS, Allowance, Limits, unreadable
from web.quiet_gradio import gr
from web.serve import PageError, Server, application, check, is_open_to_others, roles_of

PASSWORD = "钥匙在左边的抽屉里"
ROLES = ("reader", "editor", "admin")


class Bot(FakeBot):
    """The small bot with what the endpoints ask beside answers."""

    def retrieve(self, question: str, k: int = 10, documents: Any = None, filters: Any = None) -> list[Any]:
        return list(self.ask(question).passages[:k])

    def duties(self, *_filters: Any) -> list[DutyRow]:
        (citation,) = self.ask("谁牵头？").citations
        names = ("市财政局", "市科技局")
        return [DutyRow("010", TITLE, None, ("保障",), "保障", names, names[:1], "stated", False, None, (citation,))]


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Accounts:
    """One account for each role, named like it; the hash is a cheap one."""
    salt, key = b"12345678", hashlib.scrypt(PASSWORD.encode(), salt=b"12345678", n=1024, r=8, p=1, dklen=32)
    kept = f"scrypt$1024$8$1${base64.b64encode(salt).decode()}${base64.b64encode(key).decode()}"
    path = tmp_path_factory.mktemp("accounts") / "accounts.jsonl"
    lines = (json.dumps({"name": role, "role": role, "password": kept}) for role in ROLES)
    path.write_text("\n".join(lines), encoding="utf-8")
    return Accounts.load(path)


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where uploads lie."""
    with pytest.MonkeyPatch.context() as patch:
        path = tmp_path_factory.mktemp("uploads")
        patch.setenv("GRADIO_TEMP_DIR", str(path))
        patch.setenv("NO_PROXY", "127.0.0.1")  # gradio_client has no switch to leave a proxy alone
        yield path


def small_page() -> gr.Blocks:
    """A page with a file that is looked at and a text that is repeated."""
    with gr.Blocks() as page:
        chosen, words, out = gr.File(), gr.Textbox(), gr.Textbox()
        gr.Button().click(lambda path: Path(path).read_text("utf-8") if path else "", chosen, out, api_name="look")
        gr.Button().click(lambda text: text, words, out, api_name="repeat")
    return page


def app_of(bot: Any = None, **more: Any) -> Any:
    return application(bot or Bot(), small_page(), {}, **more)


def client_of(app: Any, user: str = "", **more: Any) -> Any:
    from starlette.testclient import TestClient

    client = TestClient(app, follow_redirects=False, **more)
    if user:
        assert client.post("/login", data={"username": user, "password": PASSWORD}).json() == {"success": True}
    return client


@pytest.fixture(scope="module")
def shut(accounts: Accounts, folder: Path) -> Any:
    """An application with login."""
    return app_of(accounts=accounts, limits=Limits(logins=100, logins_of_address=100))


def act(client: Any, name: str, *data: Any) -> Any:
    return client.post(f"/gradio_api/run/{name}", json={"data": list(data), "session_hash": "s"})


def sent(client: Any, name: str, content: bytes) -> Any:
    return client.post("/gradio_api/upload", files={"files": (name, content)})


# --- login


def test_without_login_a_browser_is_led_to_it_and_a_program_is_told(shut: Any) -> None:
    client = client_of(shut)
    page = client.get("/", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/login")
    assert client.get("/config").json()["error"] == "请先登录；网页已经开着的，请刷新后再登录一次。"
    assert 'name="password"' in client.get("/login").text
    assert client.get("/healthz").json() == {"status": "ok"}


def test_no_route_of_gradio_is_reached_without_login(shut: Any) -> None:
    client = client_of(shut)
    inner = next(route.app for route in shut.routes if getattr(route, "path", None) == "")
    paths = {re.sub(r"\{[^}]*\}", "x", path) for path in inner.openapi()["paths"]}
    open_ones = {"/login", "/login/", "/favicon.ico", "/manifest.json", "/robots.txt", "/gradio_api/app_id"}
    assert len(paths) > 40
    for path in sorted(paths - open_ones):
        for method in ("get", "post"):
            assert getattr(client, method)(path).status_code == 401, f"{method} {path}"


def test_logging_in_and_out(shut: Any) -> None:
    client = client_of(shut)
    browser = {"Accept": "text/html"}
    wrong = client.post("/login", data={"username": "reader", "password": "falsch"}, headers=browser)
    assert wrong.status_code == 401 and "名字或密码不对" in wrong.text and COOKIE not in client.cookies
    right = client.post("/login", data={"username": "reader", "password": PASSWORD}, headers=browser)
    assert (right.status_code, right.headers["location"]) == (303, "/")
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=lax" in cookie.lower() and "Path=/" in cookie
    assert client.get("/config").status_code == 200
    kept = client.cookies[COOKIE]
    assert client.post("/logout").headers["location"] == "/login"
    assert client.get("/config", headers={"Cookie": f"{COOKIE}={kept}"}).status_code == 401, "the session has ended"


def test_a_link_to_a_conversation_is_kept_over_the_login(shut: Any) -> None:
    client, browser = client_of(shut), {"Accept": "text/html"}
    led = client.get("/?talk=a-B_9&x=1", headers=browser)
    assert led.headers["location"] == "/login?talk=a-B_9"
    assert 'action="/login?talk=a-B_9"' in client.get(led.headers["location"]).text
    wrong = client.post(led.headers["location"], data={"username": "reader", "password": "falsch"}, headers=browser)
    assert 'action="/login?talk=a-B_9"' in wrong.text
    data = {"username": "reader", "password": PASSWORD}
    assert client.post(led.headers["location"], data=data, headers=browser).headers["location"] == "/?talk=a-B_9"
    assert (
        client.get("/?talk=//evil.example", headers=browser | {"Cookie": ""}).headers.get("location")
        != "//evil.example"
    )


def test_the_cookie_of_a_page_behind_https_is_never_sent_without(shut: Any) -> None:
    data = {"username": "reader", "password": PASSWORD}
    answer = client_of(shut).post("/login", data=data, headers={"X-Forwarded-Proto": "https"})
    assert "Secure" in answer.headers["set-cookie"]


def test_a_program_may_send_name_and_password_with_each_request(shut: Any) -> None:
    def header(password: str) -> dict[str, str]:
        return {"Authorization": "Basic " + base64.b64encode(f"reader:{password}".encode()).decode()}

    client = client_of(shut)
    assert client.get("/config", headers=header(PASSWORD)).status_code == 200
    assert client.get("/config", headers=header("falsch")).status_code == 401
    assert client.get("/config", headers={"Authorization": "Basic ???"}).status_code == 401


def test_after_some_wrong_passwords_even_the_right_one_waits(accounts: Accounts) -> None:
    client = client_of(app_of(accounts=accounts, limits=Limits(logins=2)))
    attempts = [
        client.post("/login", data={"username": name, "password": password})
        for name, password in [("reader", "1"), ("reader", "2"), ("reader", PASSWORD), ("editor", PASSWORD)]
    ]
    assert [answer.status_code for answer in attempts] == [401, 401, 429, 200]
    assert int(attempts[2].headers["Retry-After"]) > 0
    assert "分钟后再试" in attempts[2].json()["error"]


def test_guessing_many_names_from_one_address_ends_too(accounts: Accounts) -> None:
    client = client_of(app_of(accounts=accounts, limits=Limits(logins_of_address=3)))
    codes = [client.post("/login", data={"username": f"n{n}", "password": "x"}).status_code for n in range(4)]
    assert codes == [401, 401, 401, 429]


def test_right_passwords_are_not_counted(accounts: Accounts) -> None:
    client = client_of(app_of(accounts=accounts, limits=Limits(logins=1)))
    data = {"username": "reader", "password": PASSWORD}
    assert [client.post("/login", data=data).status_code for _ in range(3)] == [200, 200, 200]


def test_neither_names_nor_passwords_are_logged(shut: Any, caplog: pytest.LogCaptureFixture) -> None:
    client_of(shut).post("/login", data={"username": "geheim-1", "password": "geheim-2"})
    assert "登录失败，来自 testclient" in caplog.text
    assert "geheim" not in caplog.text


def test_an_allowance_fills_up_again() -> None:
    now = 0.0
    allowance = Allowance(2, 10, lambda: now)
    assert [allowance.spend("甲"), allowance.spend("甲"), allowance.spend("乙")] == [0.0, 0.0, 0.0]
    assert allowance.spend("甲") == 5.0, "seconds until one is there"
    now = 5.0
    assert allowance.spend("甲") == 0.0
    assert allowance.spend("甲") > 0
    allowance.give_back("甲")
    assert allowance.spend("甲") == 0.0


# --- roles


def test_only_editors_may_send_files(shut: Any, folder: Path) -> None:
    refused = sent(client_of(shut, "reader"), "a.txt", "正文".encode())
    assert (refused.status_code, refused.json()["error"]) == (403, "读者不能上传文件；请联系管理员。")
    for role in ("editor", "admin"):
        (path,) = sent(client_of(shut, role), "a.txt", "正文".encode()).json()
        assert Path(path).is_relative_to(folder)


@pytest.mark.parametrize("key", ['"path"', '"p\\u0061th"'])
def test_files_that_were_not_uploaded_are_nobodys(shut: Any, folder: Path, tmp_path: Path, key: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    meta = '"meta": {"_type": "gradio.FileData"}'
    codes = {}
    for role in ("reader", "editor"):
        client = client_of(shut, role)
        for named in (str(secret), f"{folder}/../secret.txt", "http://127.0.0.1:1/x"):
            body = f'{{"data": [{{{key}: {json.dumps(named)}, {meta}}}], "session_hash": "s"}}'
            answer = client.post("/gradio_api/run/look", content=body, headers={"Content-Type": "application/json"})
            assert "geheim" not in answer.text
            codes[role, named] = answer.status_code
    assert {code for (role, _), code in codes.items() if role == "reader"} == {403}
    assert {code for (role, _), code in codes.items() if role == "editor"} == {400}


def test_an_uploaded_file_can_be_used(shut: Any) -> None:
    client = client_of(shut, "editor")
    (path,) = sent(client, "a.txt", "正文".encode()).json()
    answer = act(client, "look", {"path": path, "meta": {"_type": "gradio.FileData"}})
    assert answer.json()["data"] == ["正文"]


def test_the_role_is_that_of_the_name_and_a_stranger_is_a_reader(accounts: Accounts) -> None:
    class Request:
        username = "editor"

    role = roles_of(accounts)
    assert role(Request()) == "editor"  # type: ignore[arg-type]
    Request.username = "niemand"
    assert role(Request()) == role(None) == "reader"  # type: ignore[arg-type]
    assert roles_of(None)(None) == "admin"


#: Actions of the page that need no more than to be logged in.
READING = {
    "ask", "stop", "evidence", "download", "judge", "talk", "rename", "delete", "find", "open", "stop-run",
}  # fmt: skip


def test_the_page_refuses_a_reader_every_other_action_whatever_way_it_is_asked(
    accounts: Accounts, tmp_path: Path
) -> None:
    import httpx

    import ui
    from qa import PolicyQA

    (tmp_path / "010_shifanqu.txt").write_text(f"{TITLE}\n\n{TEXT}\n", encoding="utf-8")
    bot = PolicyQA.open([tmp_path / "010_shifanqu.txt"], tmp_path / "data")
    page = ui.build(bot, roles_of(accounts), tmp_path / "data")
    server = Server(application(bot, page, ui.look(), accounts=accounts), "127.0.0.1", 0)
    try:
        with httpx.Client(base_url=server.address, trust_env=False, timeout=60, auth=("reader", PASSWORD)) as client:
            config = client.get("config").json()
            named = {c["id"]: c["props"].get("elem_id") or "" for c in config["components"]}
            actions = {
                named[target].removeprefix("do-"): listener
                for listener in config["dependencies"]
                for target, _event in listener["targets"]
                if named.get(target, "").startswith("do-")
            }
            assert actions.keys() > READING
            for name in sorted(actions.keys() - READING):
                assert clicked(client, actions[name], doc=bot.doc_ids()[0], passages=5, strictness="strict") == (
                    False, f"您是读者，不能这样做；需要{'管理员' if name in ('settings', 'try-model') else '编辑'}的权限，请联系管理员。"
                ), name  # fmt: skip
            assert clicked(client, actions["ask"], question="示范区几个？")[0] is True
        assert len(bot.doc_ids()) == 1
    finally:
        server.close()


def clicked(client: Any, listener: Any, **data: Any) -> tuple[bool, str]:
    """What becomes of an action that is sent as the page sends it: whether it was done, and the error."""
    body = {
        "fn_index": listener["id"],
        "trigger_id": listener["targets"][0][0],
        "session_hash": "session",
        "data": [None] * len(listener["inputs"]),
        "event_data": data,
    }
    client.post("gradio_api/queue/join", json=body).raise_for_status()
    with client.stream("GET", "gradio_api/queue/data", params={"session_hash": "session"}) as messages:
        for line in messages.iter_lines():
            message = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
            if message.get("msg") == "process_completed":
                return message["success"], message["output"].get("error") or ""
    raise AssertionError("the stream ended too early")


# --- limits


def test_a_file_is_judged_by_its_content(shut: Any, folder: Path) -> None:
    client = client_of(shut, "editor")
    program = sent(client, "a.pdf", b"\x7fELF\x02\x01\x01\0" + bytes(64))
    assert (program.status_code, program.json()["error"]) == (415, "“a.pdf”是程序，不是文件。请上传文档。")
    assert list(folder.rglob("a.pdf")) == [], "it is not kept"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", "正文".encode(), None),
        ("a.doc", b"<html><body>x</body></html>", None),
        ("a.pdf", b"%PDF-1.7\n", None),
        ("a.jsonl", b'{"question": "?"}', None),
        ("a.pdf", bytes(range(256)), "内容不是 .pdf"),
        ("a.exe", b"x", "后缀 .exe"),
        ("name", b"x", "没有后缀"),
        ("a.txt", b"Rar!\x1a\x07\x01\0", "内容是 .rar"),
    ],
)
def test_what_can_be_read_is_taken(tmp_path: Path, name: str, content: bytes, says: str | None) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    told = unreadable(path)
    assert told is None if says is None else says in (told or "")


def test_files_that_are_too_large_or_too_many_are_refused() -> None:
    client = client_of(app_of(limits=Limits(file_bytes=10, upload_bytes=2000, files_per_hour=2)))
    assert sent(client, "a.txt", b"x" * 20).status_code == 413
    assert sent(client, "a.txt", b"x" * 3000).status_code == 413
    assert sent(client, "a.txt", b"x").status_code == 200
    last = sent(client, "a.txt", b"x")
    assert last.status_code == 429 and "一小时最多上传 2 个文件" in last.json()["error"]


def test_a_request_that_is_no_upload_is_small() -> None:
    client = client_of(app_of(limits=Limits(other_bytes=1000)))
    assert act(client, "repeat", "x" * 100).status_code == 200
    assert act(client, "repeat", "x" * 2000).status_code == 413


def test_one_user_has_a_few_requests_at_once_and_others_go_on(accounts: Accounts) -> None:
    go_on, asked = threading.Event(), threading.Event()

    class Slow(Bot):
        def ask(self, question: str, *args: Any, **more: Any) -> Any:
            asked.set()
            assert go_on.wait(20)
            return super().ask(question, *args, **more)

    app = app_of(Slow(), accounts=accounts, limits=Limits(at_once=1))
    server = Server(app, "127.0.0.1", 0)
    try:
        import httpx

        def ask(user: str) -> httpx.Response:
            body = {"data": ["谁牵头？", [], [], "", "", ""], "session_hash": "s"}
            url = f"{server.address}gradio_api/run/ask"
            return httpx.post(url, json=body, auth=(user, PASSWORD), timeout=30, trust_env=False)

        answers: list[httpx.Response] = []
        first = threading.Thread(target=lambda: answers.append(ask("reader")))
        first.start()
        assert asked.wait(20)
        second = ask("reader")
        assert second.status_code == 429 and "还没有做完" in second.json()["error"]
        other = threading.Thread(target=lambda: answers.append(ask("editor")))
        other.start()
        go_on.set()
        first.join()
        other.join()
        assert [answer.status_code for answer in answers] == [200, 200]
        assert ask("reader").status_code == 200, "it may ask again"
    finally:
        go_on.set()
        server.close()


def test_what_waits_in_the_queue_counts_too(accounts: Accounts) -> None:
    import httpx

    go_on = threading.Event()
    with gr.Blocks() as page:
        button = gr.Button()
        button.click(lambda: go_on.wait(20) and None, None, None, api_name="wait")
    server = Server(application(Bot(), page, {}, accounts=accounts, limits=Limits(at_once=2)), "127.0.0.1", 0)
    try:

        def join(user: str) -> int:
            body = {"fn_index": 0, "session_hash": "s", "data": []}
            url = f"{server.address}gradio_api/queue/join"
            return httpx.post(url, json=body, auth=(user, PASSWORD), trust_env=False).status_code

        assert [join("reader") for _ in range(3)] == [200, 200, 429]
        assert join("editor") == 200
        go_on.set()
        until = time.monotonic() + 20
        while join("reader") != 200:
            assert time.monotonic() < until, "its place in the queue is never free again"
            time.sleep(0.1)
    finally:
        go_on.set()
        server.close()


# --- what stands on every reply, and what is never replied to


@pytest.mark.parametrize("path", ["/", "/healthz", "/login", "/config", "/nowhere", "/gradio_api/info"])
def test_every_reply_says_that_nothing_comes_from_elsewhere(shut: Any, path: str) -> None:
    headers = client_of(shut, "reader").get(path).headers
    assert {name: headers[name] for name in HEADERS} == dict(HEADERS)
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"], "no other host is allowed"
    assert client_of(shut).get(path).headers["X-Content-Type-Options"] == "nosniff"


def test_another_site_cannot_act_in_the_name_of_who_is_logged_in(shut: Any) -> None:
    client = client_of(shut, "editor")
    body = {"data": ["甲"], "session_hash": "s"}
    codes = [
        client.post("/gradio_api/run/repeat", json=body, headers={"Origin": origin}).status_code
        for origin in ("https://elsewhere.example", "null", "http://testserver")
    ]
    assert codes == [403, 403, 200]


@pytest.mark.parametrize(
    ("host", "opens"),
    [("127.0.0.1:7860", True), ("localhost:7860", True), ("[::1]:7860", True), ("rebound.example:7860", False)],
)
def test_a_page_without_login_on_this_machine_answers_to_no_other_name(host: str, opens: bool, shut: Any) -> None:
    own, locked = (client_of(app, base_url="http://127.0.0.1:7860") for app in (app_of(), shut))
    reply = own.get("/healthz", headers={"Host": host})
    assert reply.status_code == (200 if opens else 403)
    assert opens or "请先设登录" in reply.json()["error"]
    assert locked.get("/healthz", headers={"Host": host}).status_code == 200, "with a login a proxy may name it"


@pytest.mark.parametrize(
    "path",
    ["gradio_api/proxy=http://127.0.0.1/", "gradio_api/vibe-code", "gradio_api/dev/reload", "monitoring/summary",
     "gradio_api/component_server", "gradio_api/runs"],
)  # fmt: skip
def test_parts_of_gradio_that_the_page_does_not_use_are_shut_for_everybody(shut: Any, path: str) -> None:
    client = client_of(shut, "admin")
    assert client.get(f"/{path}").status_code == client.post(f"/{path}").status_code == 404


def test_nothing_speaks_over_websockets() -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), client_of(app_of()).websocket_connect("/gradio_api/queue/data"):
        pass


# --- behind a proxy


@pytest.mark.parametrize("seen", ["", "/policy"], ids=["the proxy strips the path", "it does not"])
def test_the_page_can_live_below_a_path(accounts: Accounts, seen: str) -> None:
    app = app_of(accounts=accounts, root_path="/policy/")
    client = client_of(app)
    assert client.get(f"{seen}/", headers={"Accept": "text/html"}).headers["location"] == "/policy/login"
    assert 'action="/policy/login"' in client.get(f"{seen}/login").text
    answer = client.post(f"{seen}/login", data={"username": "reader", "password": PASSWORD})
    assert "Path=/policy" in answer.headers["set-cookie"]
    headers = {"Cookie": f"{COOKIE}={answer.headers['set-cookie'].split('=')[1].split(';')[0]}"}
    assert client.get(f"{seen}/config", headers=headers).json()["root"] == "http://testserver/policy"
    assert client.get(f"{seen}/healthz").status_code == 200
    assert client.post(f"{seen}/gradio_api/upload", headers=headers).status_code == 403


@pytest.mark.parametrize("path", ["policy", "/a?b", "//elsewhere.example", "/a b"])
def test_a_root_path_that_is_none_is_named(path: str) -> None:
    with pytest.raises(PageError, match="--root-path .* 不能用"):
        app_of(root_path=path)


# --- for programs


def test_the_endpoints_answer_a_gradio_client_that_logs_in(accounts: Accounts) -> None:
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    bot = Bot()
    server = Server(app_of(bot, accounts=accounts), "127.0.0.1", 0)
    try:
        client = Client(server.address, auth=("reader", PASSWORD), verbose=False, analytics_enabled=False)
        answer = client.predict("示范区几个？", [["前一问", "前一答"]], api_name="/ask")
        assert answer == bot.ask("示范区几个？").to_dict() | {"standalone_question": "前一问示范区几个？"}
        assert bot.asked[0] == ("示范区几个？", (("前一问", "前一答"),))
        (passage,) = client.predict("示范区", 1, api_name="/search")
        assert passage["text"].startswith("一、总体要求") and passage["score"] == 0.5
        (duty,) = client.predict(department="财政局", api_name="/duties")
        assert duty["leads"] == ["市财政局"]
        (entry,) = client.predict(api_name="/document")["documents"]
        document = client.predict(entry["doc_id"], 2, 6, api_name="/document")
        assert (document["title"], document["text"], document["start"]) == (TITLE, "总体要求", 2)
        assert [section["title"] for section in document["outline"]] == ["总体要求", "保障措施"]
        with pytest.raises(AppError, match="history 要写成"):
            client.predict("问？", [["只有问"]], api_name="/ask")
        with pytest.raises(AppError, match="问题有 3,000 个字，最多 2,000 个"):
            client.predict("问" * 3000, api_name="/search")
    finally:
        server.close()


def test_the_endpoints_and_nothing_else_of_the_page_are_mcp_tools_for_who_is_logged_in(
    accounts: Accounts, tmp_path: Path
) -> None:
    pytest.importorskip("mcp")
    import ui

    bot: Any = Bot()
    page = ui.build(bot, roles_of(accounts), tmp_path)
    app = application(bot, page, ui.look(), accounts=accounts, mcp=True)
    speak = {"Accept": "application/json, text/event-stream"}

    def call(client: Any, method: str, **parameters: Any) -> Any:
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
        answer = client.post("/gradio_api/mcp/", json=body, headers=speak)
        return json.loads(answer.text.partition("data: ")[2]) if answer.status_code == 200 else answer.status_code

    with client_of(app) as client:
        assert call(client, "tools/list") == 401
        client.post("/login", data={"username": "reader", "password": PASSWORD})
        tools = {tool["name"]: tool for tool in call(client, "tools/list")["result"]["tools"]}
        assert set(tools) == {"ask", "search", "duties", "document"}
        assert "用中文写的问题" in tools["ask"]["inputSchema"]["properties"]["question"]["description"]
        given = call(client, "tools/call", name="ask", arguments={"question": "谁牵头？"})["result"]
        assert json.loads(given["content"][0]["text"])["text"] == "由市财政局牵头，市科技局参与。[1]"


def test_tables_are_saved_by_who_is_logged_in(shut: Any) -> None:
    assert client_of(shut).get("/tables/duties.csv").status_code == 401
    client = client_of(shut, "reader")
    answer = client.get("/tables/duties.csv")
    assert "市财政局" in answer.content.decode("utf-8-sig")
    assert answer.headers["content-disposition"].endswith("%E8%81%8C%E8%B4%A3%E5%88%86%E5%B7%A5.csv")
    assert client.get("/tables/nothing.csv").status_code == 404


# --- the process


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PageError, match=f"端口 {port} 用不了"):
            Server(app_of(), "127.0.0.1", port)
        with pytest.raises(PageError, match=f"端口 {port} 用不了"):
            check("127.0.0.1", port, "", False)


def test_a_closed_server_answers_no_more_and_its_port_is_free() -> None:
    import httpx

    server = Server(app_of(), "127.0.0.1", 0)
    assert httpx.get(f"{server.address}healthz", trust_env=False).json() == {"status": "ok"}
    server.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.address}healthz", trust_env=False)


@pytest.mark.parametrize(
    ("host", "is_open"),
    [("127.0.0.1", False), ("localhost", False), ("::1", False), ("0.0.0.0", True), ("10.0.0.2", True), ("pc7", True)],
)
def test_who_can_reach_an_address(host: str, is_open: bool) -> None:
    assert is_open_to_others(host) is is_open
