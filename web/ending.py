"""The end of the server for requests that run then: each is answered, and nothing is logged as if it were a fault."""

from __future__ import annotations

import asyncio

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LISTENING = "/heartbeat/"  #: a page is open, nothing is on its way to it


class Ending:
    """An ASGI application around another one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running: dict[asyncio.Task[object], str] = {}  #: the paths of requests; only touched by the event loop
        self._ended = False

    def end(self, seconds: float) -> None:
        """Gives the requests that run so many seconds; may be called from any thread."""
        loop, self._ended = self._loop, True
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._stop, _LISTENING)
            loop.call_soon_threadsafe(loop.call_later, seconds, self._stop, "")

    def _stop(self, part: str) -> None:
        for task, path in self._running.items():
            if part in path:
                task.cancel()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._loop = asyncio.get_running_loop()
        task = asyncio.current_task()
        if scope["type"] != "http" or task is None:
            await self.app(scope, receive, send)
            return
        begun = whole = False

        async def noted(message: Message) -> None:
            nonlocal begun, whole
            begun = True
            whole = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        self._running[task] = scope["path"]
        try:
            await self.app(scope, receive, noted)
        except asyncio.CancelledError:
            if not self._ended:
                raise
            task.uncancel()
        finally:
            del self._running[task]
        if self._ended and not begun:
            await JSONResponse({"error": "服务正在关闭。请等它重新启动后再试。"}, 503)(scope, receive, send)
        elif self._ended and not whole:
            await send({"type": "http.response.body", "body": b""})
