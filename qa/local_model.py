"""A language model in this process: a GGUF file behind LangChain's chat interface."""

from __future__ import annotations

import json
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Protocol
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage, convert_to_openai_messages
from langchain_core.messages.ai import InputTokenDetails, UsageMetadata
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from qa.model_store import check_gguf
from qa.models import ModelUnavailable

# The prompt is computed so many tokens at a time; between two of these it can be cancelled.
_BATCH = 128
# Prompts that were computed before are kept so far, so that one that begins alike need not be computed again.
_KEPT_PROMPTS_MB = 256
# Answers copy much from their passages: after so many tokens that stand in the prompt too, the next ones there are
# guessed and checked all at once, which is cheaper than one by one. The text is the same without.
_GUESS_AFTER, _GUESSED = 4, 8
_LOOK_EVERY = 0.1  #: seconds, whether an answer that has not begun is still wanted


class Engine(Protocol):
    """What runs the model. One answer is computed at a time; who comes later waits."""

    def stream(self, request: dict[str, Any], on_chunk: Callable[[dict[str, Any]], bool]) -> None:
        """Answers an OpenAI chat request; ``on_chunk`` gets its chunks as they come and stops it by giving True.

        A chunk with the key ``error`` is the last.
        """
        ...

    def count(self, messages: list[dict[str, Any]]) -> int:
        """Tokens of the prompt that these OpenAI messages make."""
        ...

    def tokens(self, text: str) -> list[int]:
        """The tokens of a text."""
        ...


class LocalChat(BaseChatModel):
    """A chat model that runs in this process, on the processor (or on the GPU that xllamacpp was built for).

    The file is loaded at the first use, once for all LocalChats of the same path, context and threads. Calls of several
    threads wait for each other. What a prompt shares with the beginning of an earlier one is not computed again.

    ``stream`` and ``invoke`` take ``cancel``, a ``threading.Event``: when it is set, or when the iterator of ``stream``
    is closed, the computation ends within one token (within 128 tokens while the prompt is read). They also take
    ``max_tokens``, ``temperature`` and ``response_format`` for one call. Raise ModelUnavailable.
    """

    model_path: Path
    context_tokens: int = 4096  #: prompt and answer together
    max_tokens: int = 512  #: of an answer; one that is cut off says so: ``finish_reason`` "length"
    temperature: float = 0.0
    threads: int | None = None  #: None: as many as this process has physical cores, or POLICYQA_THREADS

    _engine: Engine | None = PrivateAttr(default=None)

    @property
    def engine(self) -> Engine:
        """The model, loaded by the first call."""
        if self._engine is None:
            self._engine = _loaded(self.model_path, self.context_tokens, self.threads or default_threads())
        return self._engine

    @property
    def _llm_type(self) -> str:
        return "policyqa-local"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model": self.model_path.stem, "temperature": self.temperature, "max_tokens": self.max_tokens}

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        *,
        cancel: threading.Event | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        request = {
            "messages": _openai(messages),
            "max_tokens": self.max_tokens,
            "temperature": self.temperature,
            "stop": stop or [],
            "stream": True,
            "stream_options": {"include_usage": True},
            "return_progress": True,  # chunks while the prompt is read too: only between chunks can it be stopped
            "chat_template_kwargs": {"enable_thinking": False},
            **kwargs,
        }
        finish = ""
        for chunk in _chunks(self.engine, request, cancel):
            choices = chunk.get("choices") or []
            if choices and (text := choices[0]["delta"].get("content")):
                generation = ChatGenerationChunk(message=AIMessageChunk(content=text))
                if run_manager:
                    run_manager.on_llm_new_token(text, chunk=generation)
                yield generation
            if choices:
                finish = choices[0].get("finish_reason") or finish
            if "usage" in chunk:
                yield self._last(finish, _usage(chunk["usage"]), chunk.get("timings", {}))
                return
        yield self._last("cancelled", None, {})

    def _last(self, finish: str, usage: UsageMetadata | None, timings: dict[str, Any]) -> ChatGenerationChunk:
        """The chunk after the text: why it ended, how many tokens it took, and how long (milliseconds)."""
        metadata = {"finish_reason": finish, "model_name": self.model_path.stem}
        metadata |= {name: timings[name] for name in ("prompt_n", "prompt_ms", "predicted_ms") if name in timings}
        message = AIMessageChunk(content="", usage_metadata=usage, response_metadata=metadata, chunk_position="last")
        return ChatGenerationChunk(message=message, generation_info={"finish_reason": finish})

    def get_token_ids(self, text: str) -> list[int]:
        """The tokens of ``text`` by the model's own tokenizer."""
        return self.engine.tokens(text)

    def get_num_tokens_from_messages(self, messages: Sequence[BaseMessage], tools: Sequence[Any] | None = None) -> int:
        """Tokens of the prompt that these messages make, with what the model's template adds."""
        return self.engine.count(_openai(messages))


def default_threads() -> int:
    """POLICYQA_THREADS, or the physical cores that this process may use. Raises ModelUnavailable."""
    if configured := os.environ.get("POLICYQA_THREADS"):
        if not configured.isdecimal() or int(configured) < 1:
            raise ModelUnavailable(f"POLICYQA_THREADS 应为正整数，现在是“{configured}”。请改正或删去这个环境变量。")
        return int(configured)
    if not hasattr(os, "sched_getaffinity"):
        return os.cpu_count() or 1
    # Two threads on one core are slower than one: they wait for the same unit.
    return len({_core(cpu) for cpu in os.sched_getaffinity(0)})


def _core(cpu: int) -> str:
    try:
        return Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list").read_text(encoding="ascii")
    except OSError:
        return str(cpu)


def _openai(messages: Sequence[BaseMessage]) -> list[dict[str, Any]]:
    converted = convert_to_openai_messages(list(messages))
    return converted if isinstance(converted, list) else [converted]


def _usage(told: dict[str, Any]) -> UsageMetadata:
    cached = (told.get("prompt_tokens_details") or {}).get("cached_tokens", 0)
    return UsageMetadata(
        input_tokens=told["prompt_tokens"],
        output_tokens=told["completion_tokens"],
        total_tokens=told["total_tokens"],
        input_token_details=InputTokenDetails(cache_read=cached),
    )


def _chunks(engine: Engine, request: dict[str, Any], cancel: threading.Event | None) -> Iterator[dict[str, Any]]:
    """The chunks of an answer as they come. Closing the iterator, or setting ``cancel``, ends the computation."""
    came: SimpleQueue[dict[str, Any] | Exception | None] = SimpleQueue()
    closed, main = threading.Event(), threading.main_thread()

    def on_chunk(chunk: dict[str, Any]) -> bool:
        came.put(chunk)
        # A program that ends does not wait for an answer that nobody will read.
        return closed.is_set() or (cancel is not None and cancel.is_set()) or not main.is_alive()

    def run() -> None:
        try:
            engine.stream(request, on_chunk)
        except Exception as error:
            came.put(error)
        finally:
            came.put(None)

    def coming() -> dict[str, Any] | Exception | None:
        while cancel is None or not cancel.is_set():
            with suppress(Empty):  # a call that waits for another one's answer can be cancelled too
                return came.get(timeout=_LOOK_EVERY)
        return None

    threading.Thread(target=run, name="policyqa-model").start()
    try:
        while (chunk := coming()) is not None:
            if isinstance(chunk, Exception):
                raise chunk
            if "error" in chunk:
                raise ModelUnavailable(_explained(chunk["error"]))
            yield chunk
    finally:
        closed.set()


def _explained(error: Any) -> str:
    details = error if isinstance(error, dict) else {"message": str(error)}
    if details.get("type") == "exceed_context_size_error":
        asked, there = details.get("n_prompt_tokens"), details.get("n_ctx")
        return f"提示有 {asked} 个词元，模型的上下文只有 {there} 个。请少给几段，或把 context_tokens 设大。"
    return f"模型没有答出来：{details.get('message', details)}。请再试一次；还是这样就换一个模型。"


# --- xllamacpp -------------------------------------------------------------------------------------------------------

_engines: dict[tuple[Path, int, int], Engine] = {}
_loading = threading.Lock()


def _loaded(path: Path, context_tokens: int, threads: int) -> Engine:
    """The engine of this process for these settings, made by the first who asks."""
    check_gguf(path)
    key = (path.resolve(), context_tokens, threads)
    with _loading:
        if key not in _engines:
            _engines[key] = _XllamaCpp(*key)
        return _engines[key]


def _import_xllamacpp() -> Any:
    """The library. Its threads are to sleep while they wait for each other, which OpenMP asks at the first import: with
    the default, spinning, one other busy process slows an answer down to a fifth and less."""
    policy = "OMP_WAIT_POLICY"
    chosen = policy in os.environ or "GOMP_SPINCOUNT" in os.environ
    if not chosen:
        os.environ[policy] = "passive"
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelUnavailable("在本机运行模型要另装一个包。请运行 pip install 'policyqa[local]'。") from error
    finally:
        if not chosen:
            del os.environ[policy]
    return xllamacpp


class _XllamaCpp:
    """llama.cpp's own server, in this process. Its door on the loopback, which it cannot do without, has a random port
    and a random key; it is used for counting tokens, all else is called directly."""

    def __init__(self, path: Path, context_tokens: int, threads: int) -> None:
        xllamacpp = _import_xllamacpp()
        self._key = secrets.token_urlsafe(24)
        params = xllamacpp.CommonParams()
        params.model.path = str(path)
        params.model_alias = {path.stem}
        params.n_ctx, params.n_parallel = context_tokens, 1
        params.n_batch = params.n_ubatch = min(_BATCH, context_tokens)
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
        params.cache_ram_mib = _KEPT_PROMPTS_MB
        params.speculative.types = [xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE]
        params.speculative.ngram_simple.size_n, params.speculative.ngram_simple.size_m = _GUESS_AFTER, _GUESSED
        params.verbosity = -1  # no log lines on the terminal
        params.offline = True
        params.api_keys, params.ui, params.endpoint_slots = [self._key], False, False
        params.hostnames, params.port = ["127.0.0.1"], 0
        try:
            self._server = xllamacpp.Server(params)
        except RuntimeError as error:
            raise ModelUnavailable(
                f"模型 {path} 装不起来：文件损坏，或这个版本的 xllamacpp 不认识它，或内存不够。"
                "请换一个模型（policyqa model list），或运行 pip install -U 'policyqa[local]'。"
            ) from error

    def stream(self, request: dict[str, Any], on_chunk: Callable[[dict[str, Any]], bool]) -> None:
        self._server.handle_chat_completions(request, on_chunk)

    def count(self, messages: list[dict[str, Any]]) -> int:
        return int(self._ask("v1/chat/completions/input_tokens", {"messages": messages})["input_tokens"])

    def tokens(self, text: str) -> list[int]:
        return list(self._ask("tokenize", {"content": text})["tokens"])

    def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        url = f"{self._server.listening_address}/{path}"
        request = Request(url, json.dumps(body).encode(), headers)
        try:
            with build_opener(ProxyHandler({})).open(request) as response:  # the loopback is behind no proxy
                told: dict[str, Any] = json.load(response)
                return told
        except HTTPError as error:
            raise ModelUnavailable(_explained(json.load(error).get("error", {}))) from error
