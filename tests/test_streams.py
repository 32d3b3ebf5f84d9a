"""No action of the page waits on a stream that has ended."""

from __future__ import annotations

import asyncio
import json
import time

from starlette.types import Message, Receive, Scope, Send

from web.streams import AHEAD, Streams

CLOSING = b'data: {"msg":"close_stream"}\n\n'


async def gradio(scope: Scope, receive: Receive, send: Send) -> None:
    """Closes every stream, takes every action."""
    joined = scope["path"].endswith("/queue/join")
    if joined:
        await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b'{"event_id":"1"}' if joined else CLOSING})


async def call(app: Streams, path: str, *, session: str) -> float:
    """When the application answered, on the clock of ``time.monotonic``."""
    at = 0.0

    async def receive() -> Message:
        return {"type": "http.request", "body": json.dumps({"session_hash": session}).encode(), "more_body": False}

    async def send(message: Message) -> None:
        nonlocal at
        at = at or time.monotonic()

    scope = {"type": "http", "path": path, "query_string": f"session_hash={session}".encode()}
    await app(scope, receive, send)
    return at


def test_an_action_is_taken_only_after_the_page_has_heard_that_its_stream_is_closed() -> None:
    app = Streams(gradio)

    async def both() -> float:
        closed = await call(app, "/gradio_api/queue/data", session="a")
        return await call(app, "/gradio_api/queue/join", session="a") - closed

    assert AHEAD * 0.9 < asyncio.run(both()) < AHEAD * 5


def test_an_action_of_another_page_or_at_another_time_is_not_held() -> None:
    app = Streams(gradio)

    async def taken(session: str, wait: float) -> float:
        await call(app, "/gradio_api/queue/data", session="a")
        await asyncio.sleep(wait)
        before = time.monotonic()
        return await call(app, "/gradio_api/queue/join", session=session) - before

    assert asyncio.run(taken("b", 0.0)) < AHEAD / 2
    assert asyncio.run(taken("a", AHEAD)) < AHEAD / 2


def test_a_body_that_is_no_json_is_left_to_the_application() -> None:
    app = Streams(gradio)

    async def nonsense() -> list[Message]:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"[1", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await app({"type": "http", "path": "/gradio_api/queue/join", "query_string": b""}, receive, send)
        return sent

    assert [message["type"] for message in asyncio.run(nonsense())] == ["http.response.start", "http.response.body"]
