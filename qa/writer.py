"""A chat model put to work: one prompt in, its text out piece by piece, within bounds of time and of tokens."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from qa.models import ModelUnavailable

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Messages = Sequence[tuple[str, str]]
_TICK = 0.05  #: seconds between two looks at clock and cancellation
_TOKENS_AROUND = 8  #: tokens that a template puts around a message


class Cancelled(Exception):
    """The caller wants the answer no more."""


@dataclass
class Written:
    """What a call has come to; filled while it goes on."""

    text: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0  #: of the input: those that the server had computed before
    first: float | None = None  #: seconds until the first text
    seconds: float = 0.0
    cut: bool = False  #: ended by its bound of tokens


class Writer:
    """Calls a chat model with a deadline, with retries, and so that it can be stopped."""

    def __init__(self, model: BaseChatModel, window: int, timeout: float, retries: int, wait: float = 0.5) -> None:
        """``window``: tokens, prompt and answer together; ``timeout``: seconds for one call, retries included;
        ``wait``: seconds before the first retry, twice as many before each further one."""
        self.model = model
        self.window = window
        self.timeout = timeout
        self.retries = retries
        self._wait = wait

    @property
    def fingerprint(self) -> str:
        """The model and how it samples: an answer that another one wrote is another answer."""
        return repr(sorted((key, str(value)) for key, value in self.model._identifying_params.items()))

    @property
    def local(self) -> bool:
        """Whether the model runs in this process: it can tell its tokens, and be stopped before its first word."""
        return hasattr(self.model, "engine")

    def size(self, text: str) -> int:
        """Tokens of a text: by the model's own tokenizer where it runs here, else at most so many."""
        return len(self.model.get_token_ids(text)) if self.local else tokens_at_most(text)

    def count(self, messages: Messages) -> int:
        """Tokens of a prompt, in the same way."""
        if self.local:
            return int(self.model.get_num_tokens_from_messages(list(messages)))  # type: ignore[arg-type]
        return sum(tokens_at_most(text) + _TOKENS_AROUND for _, text in messages)

    def stream(
        self, messages: Messages, written: Written, cancel: threading.Event | None = None, **options: Any
    ) -> Iterator[str]:
        """The text piece by piece; ``written`` holds it all and the tokens used. Closing the iterator stops the model.

        Raises ModelUnavailable (Chinese) when it does not answer in time or at all, Cancelled when ``cancel`` is set.
        """
        started = time.monotonic()
        deadline = started + self.timeout
        attempt = 0
        while True:
            try:
                for piece in self._pieces(messages, written, deadline, cancel, options):
                    written.first = time.monotonic() - started if written.first is None else written.first
                    written.text += piece
                    yield piece
                written.seconds = time.monotonic() - started
                return
            except (Cancelled, ModelUnavailable, GeneratorExit):
                raise
            except Exception as error:
                attempt += 1
                pause = self._wait * 2 ** (attempt - 1) * random.uniform(0.8, 1.2)
                if written.text or attempt > self.retries or not _passing(error):
                    raise ModelUnavailable(_told(error)) from error
                if time.monotonic() + pause > deadline:
                    raise ModelUnavailable(_late(self.timeout)) from error
                _sleep(pause, cancel)

    def _pieces(
        self,
        messages: Messages,
        written: Written,
        deadline: float,
        cancel: threading.Event | None,
        options: dict[str, Any],
    ) -> Iterator[str]:
        """One try. The model runs in a thread of its own, so that the clock is looked at while it is silent."""
        came: SimpleQueue[Any] = SimpleQueue()
        stop = threading.Event()
        end = object()
        own: dict[str, Any] = {"cancel": stop} if self.local else {}

        def run() -> None:
            try:
                chunks = self.model.stream(list(messages), **own, **options)
                for chunk in chunks:
                    if stop.is_set():
                        chunks.close()  # type: ignore[attr-defined]
                        return
                    came.put(chunk)
                came.put(end)
            except BaseException as error:
                came.put(error)

        threading.Thread(target=run, name="policyqa-writer", daemon=True).start()
        try:
            while True:
                if cancel is not None and cancel.is_set():
                    raise Cancelled
                left = deadline - time.monotonic()
                if left <= 0:
                    raise ModelUnavailable(_late(self.timeout))
                try:
                    chunk = came.get(timeout=min(_TICK, left))
                except Empty:
                    continue
                if chunk is end:
                    return
                if isinstance(chunk, BaseException):
                    raise chunk
                _note(written, chunk)
                text = chunk.text if isinstance(chunk.text, str) else chunk.text()
                if text:
                    yield text
        finally:
            stop.set()


def _note(written: Written, chunk: Any) -> None:
    usage = getattr(chunk, "usage_metadata", None)
    if usage:
        written.input_tokens += usage.get("input_tokens", 0)
        written.output_tokens += usage.get("output_tokens", 0)
        written.cached_tokens += (usage.get("input_token_details") or {}).get("cache_read", 0) or 0
    if (getattr(chunk, "response_metadata", None) or {}).get("finish_reason") == "length":
        written.cut = True


def tokens_at_most(text: str) -> int:
    """No fewer tokens than a common tokenizer makes of a text: one for a letter beyond ASCII, one for two of ASCII."""
    beyond = sum(not c.isascii() for c in text)
    return beyond + (len(text) - beyond + 1) // 2


def _sleep(seconds: float, cancel: threading.Event | None) -> None:
    if cancel is None:
        time.sleep(seconds)
    elif cancel.wait(seconds):
        raise Cancelled


def _passing(error: Exception) -> bool:
    """Whether the same call may go well a little later: the service is busy or was not reached."""
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    if isinstance(status, int):
        return status in (408, 409, 425, 429) or status >= 500
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    return isinstance(error, (ConnectionError, TimeoutError)) or any(
        word in names for word in ("Connection", "Timeout", "Connect", "RateLimit")
    )


def _late(timeout: float) -> str:
    return f"语言模型在 {timeout:g} 秒内没有答完；可以把设置 llm_timeout 调大，或换快一些的模型。"


def _told(error: Exception) -> str:
    """What is the matter, without what a request carried: a key may stand in the service's own message."""
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    if status in (401, 403):
        return "语言模型的服务不认密钥；请检查密钥（环境变量里的，或网页上填的）和账号的权限。"
    if status == 404:
        return "语言模型的服务说没有这个模型或地址；请检查设置 llm 和 llm_base_url。"
    if status == 429:
        return "语言模型的服务说请求太多或额度用完；请稍后再试，或设 llm_requests_per_minute。"
    if isinstance(status, int):
        return f"语言模型的服务出错（HTTP {status}）；请稍后再试。"
    if _passing(error):
        return "连不上语言模型的服务；请检查网络、设置 llm_base_url，服务是不是开着。"
    return f"语言模型出错（{type(error).__name__}）；运行 policyqa model test 看看详情。"
