"""A chat model put to work: one prompt in, its text out piece by piece, within bounds of time and of tokens."""

from __future__ import annotations

import asyncio
import math
import random
import re
import threading
import time
from bisect import bisect
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from qa.escape import visible
from qa.marks import is_finished
from qa.models import ModelSilent, ModelUnavailable, name_of

if TYPE_CHECKING:
    from pathlib import Path

    from langchain_core.language_models import BaseChatModel

Messages = Sequence[tuple[str, str]]
_TICK = 0.05  #: seconds between two looks at clock and cancellation
_MINUTE = 60.0
_TOKENS_AROUND = 8  #: tokens that a template puts around a message
#: What services call the ends of a text.
_ENDED = frozenset("stop end_turn stop_sequence eos complete".split())
_CUT = frozenset("length max_tokens content_filter sensitive safety cancelled insufficient_system_resource".split())


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
    ended: float | None = None  #: when the model was done (of ``time.monotonic``), be its reader still at it
    seconds: float = 0.0  #: that the call took, however it ended
    heard: bool = False  #: the service has begun to answer, be it with a thought
    reason: str = ""  #: why it ended, as the service says; empty where it does not say

    @property
    def cut(self) -> bool:
        """Whether it was ended before its end, by its bound of tokens or by the service."""
        return self.reason in _CUT

    @property
    def broken(self) -> bool:
        """Whether it was cut, or ends within a sentence and nobody says that it is at its end: a lost connection."""
        return self.cut or (self.reason not in _ENDED and not is_finished(self.text))


@dataclass(frozen=True)
class _Call:
    """A prompt put to a model, and its bounds."""

    messages: Messages
    deadline: float  #: of ``time.monotonic``
    timeout: float  #: seconds that it had until then, as the reader is told
    cancel: threading.Event | None
    tokens: int | None  #: of the text at most; None: as the model was opened


class Writer:
    """Calls a chat model with a deadline, with retries, and so that it can be stopped."""

    def __init__(
        self,
        model: BaseChatModel,
        window: int,
        timeout: float,
        retries: int,
        wait: float = 0.5,
        pace: Pace | None = None,
    ) -> None:
        """``window``: tokens, prompt and answer together; ``timeout``: seconds for one call, retries included;
        ``wait``: seconds before the first retry, twice as many before each further one; ``pace``: of the requests."""
        self.model = model
        self.window = window
        self.timeout = timeout
        self.retries = retries
        self._wait = wait
        self._pace = pace
        self._counted = bool(getattr(model, "stream_usage", False))  #: it asks its service for the tokens used

    @property
    def fingerprint(self) -> str:
        """The model, where it runs and how it samples: an answer that another one wrote is another answer.

        As ``size`` and ``count`` it raises ModelUnavailable, whatever the model's own code raises."""
        model = self.model
        kind = f"{type(model).__module__}.{type(model).__qualname__}"
        with _told_in_chinese():
            place = [str(getattr(model, name, None) or "") for name in ("openai_api_base", "base_url", "endpoint")]
            samples = sorted((key, str(value)) for key, value in model._identifying_params.items())
            return repr((kind, name_of(model), place, _file_of(getattr(model, "model_path", None)), samples))

    @property
    def local(self) -> bool:
        """Whether the model runs in this process: it can tell its tokens, and be stopped before its first word."""
        return hasattr(self.model, "engine")

    def size(self, text: str) -> int:
        """Tokens of a text: by the model's own tokenizer where it runs here, else at most so many."""
        if not self.local:
            return tokens_at_most(text)
        with _told_in_chinese():
            return len(self.model.get_token_ids(text))

    def count(self, messages: Messages) -> int:
        """Tokens of a prompt, in the same way."""
        if not self.local:
            return sum(tokens_at_most(text) + _TOKENS_AROUND for _, text in messages)
        with _told_in_chinese():
            return int(self.model.get_num_tokens_from_messages(list(messages)))  # type: ignore[arg-type]

    def stream(
        self,
        messages: Messages,
        written: Written,
        cancel: threading.Event | None = None,
        tokens: int | None = None,
        within: float | None = None,
    ) -> Generator[str, None, None]:
        """The text piece by piece, without what the model thinks; ``written`` holds it all and the tokens used. Closing
        the iterator stops the model. ``tokens`` and ``within`` (seconds) bound this one call.

        Raises ModelUnavailable (Chinese) when it does not answer in time or at all, Cancelled when ``cancel`` is set.
        """
        started = time.monotonic()
        timeout = self.timeout if within is None else min(within, self.timeout)
        call = _Call(messages, started + timeout, timeout, cancel, tokens)
        try:
            for piece in self._tried(call, written):
                written.first = time.monotonic() - started if written.first is None else written.first
                yield piece
        finally:
            written.seconds = max((written.ended or time.monotonic()) - started, written.first or 0.0)

    def _tried(self, call: _Call, written: Written) -> Iterator[str]:
        attempt = 0
        counted = self._counted
        while True:
            spoken = _Spoken()
            try:
                heed(call.cancel)
                if self._pace is not None:
                    self._pace.wait(call.deadline, call.cancel)
                for piece in self._pieces(call, written, counted):
                    said = spoken.heard(visible(piece))
                    if spoken.thought_aloud:  # what came before was no answer
                        written.text, spoken.thought_aloud = "", False
                    said = said if written.text else said.lstrip()
                    if said:
                        written.text += said
                        yield said
                if rest := spoken.rest():
                    written.text += rest
                    yield rest
                self._counted = counted
                return
            except (Cancelled, ModelUnavailable, GeneratorExit):
                raise
            except Exception as error:
                if counted and not written.text and _refused(error):
                    counted = False  # some services do not know the wish to be told the tokens
                    continue
                attempt += 1
                if written.text or attempt > self.retries or not _passing(error):
                    raise _unavailable(error) from None  # the service's own words may hold the key
                asked = _asked_to_wait(error)
                pause = max(asked, self._wait * 2 ** (attempt - 1) * random.uniform(0.8, 1.2))
                if time.monotonic() + pause > call.deadline:
                    raise (_told_to_wait(asked) if asked == pause else _late(call.timeout)) from None
                _sleep(pause, call.cancel)

    def _pieces(self, call: _Call, written: Written, counted: bool) -> Iterator[str]:
        """One try. The model runs elsewhere, so that the clock is looked at while it is silent."""
        came: SimpleQueue[Any] = SimpleQueue()
        model, options = _bounded(self.model, call.tokens)
        if not counted and getattr(model, "stream_usage", False):
            options["stream_usage"] = False
        stop = self._started(model, list(call.messages), came, options)
        try:
            while True:
                heed(call.cancel)
                left = call.deadline - time.monotonic()
                if left <= 0:
                    stop()  # what has come while the reader paused still counts
                try:
                    chunk = came.get(timeout=min(_TICK, left)) if left > 0 else came.get_nowait()
                except Empty:
                    if left > 0:
                        continue
                    raise _late(call.timeout) from None
                if isinstance(chunk, float):
                    written.ended = chunk
                    return
                if isinstance(chunk, BaseException):
                    raise chunk
                written.heard = True
                _note(written, chunk)
                text = chunk.text if isinstance(chunk.text, str) else chunk.text()
                if text:
                    yield text
        finally:
            stop()

    def _started(
        self, model: BaseChatModel, messages: list[Any], came: SimpleQueue[Any], options: dict[str, Any]
    ) -> Callable[[], object]:
        """Sets the model to work, its chunks and then the time when it was done, or an error, coming in the queue; what
        stops it."""

        async def awaited() -> None:
            try:
                async for chunk in model.astream(messages, **options):
                    came.put(chunk)
                came.put(time.monotonic())
            except Exception as error:
                came.put(error)

        if _can_be_dropped(model):
            # A task that is cancelled closes its connection at once, also while the service is silent.
            return asyncio.run_coroutine_threadsafe(awaited(), _loop()).cancel
        stop = threading.Event()
        own: dict[str, Any] = {"cancel": stop} if self.local else {}

        def run() -> None:
            try:
                chunks = model.stream(messages, **own, **options)
                for chunk in chunks:
                    if stop.is_set():
                        chunks.close()  # type: ignore[attr-defined]
                        return
                    came.put(chunk)
                came.put(time.monotonic())
            except BaseException as error:
                came.put(error)

        threading.Thread(target=run, name="policyqa-writer", daemon=True).start()
        return stop.set


def _bounded(model: BaseChatModel, tokens: int | None) -> tuple[BaseChatModel, dict[str, Any]]:
    """A model whose answer takes no more than so many tokens, and the options of the call that see to it: Ollama knows
    the bound by another name, and as one of the model alone."""
    if tokens is None:
        return model, {}
    if "num_predict" in type(model).model_fields:
        return model.model_copy(update={"num_predict": tokens}), {}
    return model, {"max_tokens": tokens}


def _can_be_dropped(model: BaseChatModel) -> bool:
    """Whether a model speaks to its service without a thread that would wait for it. Not by a client of the user's own
    that only waits."""
    from langchain_core.language_models import BaseChatModel

    own = getattr(model, "http_client", None) is not None and getattr(model, "http_async_client", None) is None
    return type(model)._astream is not BaseChatModel._astream and not own


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """The one loop of this process that services are spoken to in: connections that are kept belong to their loop."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="policyqa-services", daemon=True).start()
    return loop


def _file_of(path: Path | None) -> tuple[str, int, int] | None:
    """A file by where it lies, its size and when it was written."""
    if path is None or not path.is_file():
        return None
    known = path.stat()
    return str(path.resolve()), known.st_size, known.st_mtime_ns


class Pace:
    """No more than so many requests in any minute, whoever makes them. May be shared between threads."""

    def __init__(self, per_minute: float) -> None:
        self._per_minute = per_minute
        most = max(1, int(per_minute))
        self._span = _MINUTE * most / per_minute
        self._made: deque[float] = deque(maxlen=most)
        self._lock = threading.Lock()

    def wait(self, deadline: float, cancel: threading.Event | None) -> None:
        """Returns when a request may be made. Raises ModelUnavailable where that is after ``deadline`` (of
        ``time.monotonic``), Cancelled."""
        while True:
            with self._lock:
                now = time.monotonic()
                free = self._made[0] + self._span if len(self._made) == self._made.maxlen else now
                if free <= now:
                    self._made.append(now)
                    return
            if free > deadline:
                raise ModelUnavailable(
                    f"已到每分钟 {self._per_minute:g} 次请求的上限；请 {free - now:.0f} 秒后再问，"
                    "或把设置 llm_requests_per_minute 调大。"
                )
            _sleep(free - now, cancel)


_TAG = re.compile(r"<(/?)think(?:ing)?>", re.IGNORECASE)
_TAGS = ("<think>", "</think>", "<thinking>", "</thinking>")


class _Spoken:
    """What a model that thinks before it speaks says, of a text that comes in pieces."""

    def __init__(self) -> None:
        self.thought_aloud = False  #: a thought has ended that was not begun: all before it belongs to it
        self._thinking = False
        self._held = ""  #: may be the beginning of a tag

    def heard(self, piece: str) -> str:
        """What can be said after a further piece."""
        text, said = self._held + piece, ""
        while (tag := _TAG.search(text)) is not None:
            if tag.group(1) and not self._thinking:
                said, self.thought_aloud = "", True
            elif not self._thinking:
                said += text[: tag.start()]
            self._thinking = not tag.group(1)
            text = text[tag.end() :]
        at = text.rfind("<")
        self._held = text[at:] if at >= 0 and any(tag.startswith(text[at:].lower()) for tag in _TAGS) else ""
        return said if self._thinking else said + text[: len(text) - len(self._held)]

    def rest(self) -> str:
        """What was held back and is no tag after all, at the end of the text."""
        return "" if self._thinking else self._held


def _note(written: Written, chunk: Any) -> None:
    usage = getattr(chunk, "usage_metadata", None)
    if usage:
        read, said = usage.get("input_tokens", 0), usage.get("output_tokens", 0)
        cached = (usage.get("input_token_details") or {}).get("cache_read", 0) or 0
        # A chunk that tells the prompt's tokens again tells what all has come to, not what it adds.
        anew = 0 < written.input_tokens <= read
        written.input_tokens = read if anew else written.input_tokens + read
        written.output_tokens = max(said, written.output_tokens) if anew else written.output_tokens + said
        written.cached_tokens = max(cached, written.cached_tokens) if anew else written.cached_tokens + cached
    told = getattr(chunk, "response_metadata", None) or {}
    reason = next((told[name] for name in ("finish_reason", "done_reason", "stop_reason") if told.get(name)), "")
    written.reason = str(reason).lower() or written.reason


#: Punctuation, full-width ASCII and the 3,755 commonest Han characters: tokenizers know each as a token. The rows of GB
#: 2312 that hold them.
_COMMON = frozenset(
    bytes((row, cell)).decode("gb2312", "ignore")
    for row in (0xA1, 0xA3, *range(0xB0, 0xD8))
    for cell in range(0xA1, 0xFF)
)


def tokens_at_most(text: str) -> int:
    """No fewer tokens than a common tokenizer makes of a text: one for a common Han character or mark and for a digit,
    one for two others of ASCII, and one for a byte of anything else, as where it falls back on bytes.

    >>> tokens_at_most("2015年，甲"), tokens_at_most("龘"), tokens_at_most("①")
    (7, 3, 3)
    """
    return (sum(map(_halves, text)) + 1) // 2


def _halves(c: str) -> int:
    """Of a token, that a character takes at most."""
    if c.isascii():
        return 2 if c.isdigit() else 1
    return 2 if c in _COMMON else 2 * len(c.encode("utf-8", "surrogatepass"))


def beginning(text: str, tokens: int, size: Callable[[str], int] = tokens_at_most) -> str:
    """As much of a text as so many tokens hold.

    >>> beginning("甲乙丙", 2), beginning("甲龘丙", 3), beginning("甲", -1)
    ('甲乙', '甲', '')
    """
    return text[: max(0, bisect(range(len(text) + 1), tokens, key=lambda end: size(text[:end])) - 1)]


def heed(cancel: threading.Event | None) -> None:
    """Raises Cancelled where the caller has said so."""
    if cancel is not None and cancel.is_set():
        raise Cancelled


def _sleep(seconds: float, cancel: threading.Event | None) -> None:
    if cancel is None:
        time.sleep(seconds)
    elif cancel.wait(seconds):
        raise Cancelled


def _status(error: Exception) -> Any:
    return getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)


def _passing(error: Exception) -> bool:
    """Whether the same call may go well a little later: the service is busy or was not reached."""
    status = _status(error)
    if isinstance(status, int):
        return status in (408, 409, 425, 429) or status >= 500
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    return isinstance(error, (ConnectionError, TimeoutError)) or any(
        word in names for word in ("Connection", "Timeout", "Connect", "RateLimit")
    )


def _refused(error: Exception) -> bool:
    """Whether a service will not take a request as it is put, for another reason than its length."""
    return _status(error) in (400, 422) and not _TOO_LONG.search(str(error))


_TOO_LONG = re.compile(r"context.{0,12}(?:length|window|size)|too many tokens|prompt is too long", re.IGNORECASE)


@contextmanager
def _told_in_chinese() -> Iterator[None]:
    try:
        yield
    except ModelUnavailable:
        raise
    except Exception as error:
        raise _unavailable(error) from None


def _late(timeout: float) -> ModelSilent:
    return ModelSilent(f"语言模型在 {timeout:g} 秒内没有答完；可以把设置 llm_timeout 调大，或换快一些的模型。")


def _unavailable(error: Exception) -> ModelUnavailable:
    lost = _status(error) is None and _passing(error)
    return (ModelSilent if lost else ModelUnavailable)(_told(error))


def _asked_to_wait(error: Exception) -> float:
    """Seconds that a busy service asks for before the next request, as a number or as the time that it ends; else 0."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    asked = str(headers.get("retry-after") or "").strip()
    if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", asked):
        return float(asked)
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (ValueError, OverflowError):
        return 0.0


def _told_to_wait(seconds: float) -> ModelUnavailable:
    return ModelUnavailable(f"语言模型的服务忙，要求 {math.ceil(seconds)} 秒后再请求；请到时再问，或换一个服务。")


def _told(error: Exception) -> str:
    """What is the matter, without what a request carried: a key may stand in the service's own message."""
    status = _status(error)
    if status in (401, 403):
        return "语言模型的服务不认密钥；请检查密钥（环境变量里的，或网页上填的）和账号的权限。"
    if status == 402:
        return "语言模型的服务说账号没有余额；请充值，或换一个服务。"
    if status == 413 or _TOO_LONG.search(str(error)):
        return "问题和原文太长，语言模型的服务不收；请把设置 llm_window 或 llm_evidence 调小，或把问题写短些。"
    if status in (400, 422):
        return f"语言模型的服务不接受这样的请求（HTTP {status}）；请检查设置 llm 里的模型名，并把 llm_tokens 调小试试。"
    if status == 404:
        return "语言模型的服务说没有这个模型或地址；请检查设置 llm 和 llm_base_url。"
    if status == 429:
        return "语言模型的服务说请求太多或额度用完；请稍后再试，或设 llm_requests_per_minute。"
    if isinstance(status, int):
        return f"语言模型的服务出错（HTTP {status}）；请稍后再试。"
    if _passing(error):
        return "连不上语言模型的服务；请检查网络、设置 llm_base_url，服务是不是开着。"
    return f"语言模型出错（{type(error).__name__}）；运行 policyqa model test 看看详情。"
