"""Keeps an action from waiting on a stream that has ended.

Gradio's page hears of all its actions over one stream, which the server closes when none is left, and opens the next
one when an action is taken while none is open. An action sent just before the page hears of the closing would be
taken while the page believes its stream open: nothing would come of it until the next action. So the server says
"taken" only once the closing is surely ahead of it on its way.
"""

from __future__ import annotations

import asyncio
import json
import time
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

AHEAD = 0.1  #: seconds between a closing and the next "taken" of the same page, which go over two connections
_KEPT = 1_000


class Streams:
    """ASGI middleware around Gradio's application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._closed: dict[str, float] = {}  #: session of a page -> when its stream was last closed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", "")).rstrip("/")
        if path.endswith("/queue/data"):
            await self._stream(scope, receive, send)
        elif path.endswith("/queue/join"):
            await self._join(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [""])[0]

        async def watched(message: Message) -> None:
            if b'"close_stream"' in message.get("body", b""):
                self._closed.pop(session, None)
                self._closed[session] = time.monotonic()
                if len(self._closed) > _KEPT:
                    del self._closed[next(iter(self._closed))]
            await send(message)

        await self.app(scope, receive, watched)

    async def _join(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""

        async def heard() -> Message:
            nonlocal body
            message = await receive()
            body += message.get("body", b"")
            return message

        async def held(message: Message) -> None:
            if message["type"] == "http.response.start":
                closed = self._closed.get(_session(body))
                if closed is not None:
                    await asyncio.sleep(max(0.0, closed + AHEAD - time.monotonic()))
            await send(message)

        await self.app(scope, heard, held)


def _session(body: bytes) -> str:
    try:
        return str(json.loads(body)["session_hash"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
