"""Language models by name, behind LangChain's chat interface, and what can go wrong with them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from qa.settings import is_address

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from qa.settings import Settings


class ModelUnavailable(ValueError):  # noqa: N818 - says what is the matter
    """A language model cannot be used: not there, not whole, or it did not answer.

    The message is Chinese and names the next step.
    """


class ModelSilent(ModelUnavailable):
    """Its service was not reached, or did not answer in time: another call now would wait as long for as little."""


@dataclass(frozen=True)
class Endpoint:
    """A service that speaks OpenAI's protocol."""

    base_url: str
    key: str  #: the environment variable that holds its key


#: Services whose address need not be looked up: ``dashscope:qwen-plus``.
ENDPOINTS = {
    "dashscope": Endpoint("https://dashscope.aliyuncs.com/compatible-mode/v1", "DASHSCOPE_API_KEY"),
    "deepseek": Endpoint("https://api.deepseek.com", "DEEPSEEK_API_KEY"),
    "zhipu": Endpoint("https://open.bigmodel.cn/api/paas/v4", "ZHIPU_API_KEY"),
    "moonshot": Endpoint("https://api.moonshot.cn/v1", "MOONSHOT_API_KEY"),
}
#: What the packages of LangChain for the usual kinds of service are called, and our extra that installs them.
_PACKAGES = {"openai": ("langchain_openai", "openai"), "ollama": ("langchain_ollama", "ollama")}
_LOCAL_WINDOW, _WINDOW = 4096, 8192


def open_chat_model(name: str, settings: Settings, key: str | None = None) -> BaseChatModel:
    """The chat model called ``name``: ``local`` or ``local:模型名或 .gguf 路径`` (a file on this machine), one of
    ENDPOINTS (``dashscope:qwen-plus``), or whatever LangChain's ``init_chat_model`` knows (``openai:…``,
    ``ollama:…``). With ``settings.llm_base_url`` any service that speaks OpenAI's protocol.

    Keys are read from the environment, unless one is given, and stand nowhere else. No request is made. Raises
    ModelUnavailable.
    """
    kind, _, model = name.partition(":")
    if kind == "local":
        return _local(model, settings)
    if not model:
        raise ModelUnavailable(
            f"模型“{name}”要写成“服务:模型名”，如 dashscope:qwen-plus、openai:gpt-4o-mini、ollama:qwen2.5；"
            "本机的模型写 local。"
        )
    options: dict[str, Any] = {
        "temperature": 0,
        "max_tokens": settings.llm_tokens,
        "timeout": settings.llm_timeout,
        "max_retries": 0,  # qa.writer tries again, within the time that there is
    }
    if kind in ENDPOINTS:
        options["base_url"] = ENDPOINTS[kind].base_url
        options["api_key"] = key or _key(ENDPOINTS[kind].key, name)
        kind = "openai"
    elif kind == "openai":
        # A server of one's own asks for no key, but its client does.
        own = "none" if settings.llm_base_url else ""
        options["api_key"] = key or os.environ.get("OPENAI_API_KEY") or own or _key("OPENAI_API_KEY", name)
        if address := os.environ.get("OPENAI_API_BASE") or os.environ.get("OPENAI_BASE_URL"):
            options["base_url"] = address
    elif kind == "ollama":
        options = {
            "temperature": 0,
            "num_predict": settings.llm_tokens,
            "num_ctx": settings.llm_window or _WINDOW,  # its own default is smaller, and cuts prompts without a word
            "client_kwargs": {"timeout": settings.llm_timeout},
        }
    if settings.llm_base_url:
        options["base_url"] = settings.llm_base_url
    if kind == "openai":
        options["stream_usage"] = True  # with an address given its client asks for none
    address = options.get("base_url")
    if address and not is_address(address):
        raise ModelUnavailable("语言模型的地址不能用；请改好设置 llm_base_url，如 http://127.0.0.1:8000/v1。")
    return _initialised(kind, model, options)


def _initialised(kind: str, model: str, options: dict[str, Any]) -> BaseChatModel:
    package, extra = _PACKAGES.get(kind, (None, None))
    if package and find_spec(package) is None:
        raise ModelUnavailable(f"使用 {kind} 的模型要先安装：pip install 'policyqa[{extra}]'。")
    try:
        if kind == "openai" and not _of_openai(options.get("base_url")):
            from qa.compatible_chat import CompatibleChat

            return CompatibleChat(model=model, **options)
        from langchain.chat_models import init_chat_model

        chat: BaseChatModel = init_chat_model(model, model_provider=kind, **options)
        return chat
    except ImportError as error:
        raise ModelUnavailable(f"使用 {kind} 的模型缺少安装包：{error}") from error
    except ValueError as error:  # an unknown provider; a key that its client misses
        known = "、".join(("local", *ENDPOINTS, *_PACKAGES))
        raise ModelUnavailable(f"打不开模型 {kind}:{model}：{_first_line(error)} 常用的服务：{known}。") from None
    except Exception as error:  # an address, or a proxy of the environment, that its client cannot read
        raise ModelUnavailable(
            f"打不开模型 {kind}:{model}（{type(error).__name__}）；请检查设置 llm_base_url 里的地址和环境变量里的代理。"
        ) from None


def _of_openai(address: str | None) -> bool:
    host = urlsplit(address or "https://api.openai.com").hostname or ""
    return f".{host}".endswith((".api.openai.com", ".openai.azure.com"))


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0][:200]


def _key(variable: str, name: str) -> str:
    key = os.environ.get(variable, "")
    if not key:
        raise ModelUnavailable(
            f"模型 {name} 要用密钥：请把它放进环境变量 {variable}，或填在网页的“设置”里（都不写进任何文件）。"
        )
    return key


def _local(given: str, settings: Settings) -> BaseChatModel:
    from qa.local_model import LocalChat
    from qa.model_store import known_models, path_of

    return LocalChat(
        model_path=path_of(given or known_models()[0].name, settings.cache_dir),
        context_tokens=settings.llm_window or _LOCAL_WINDOW,
        max_tokens=settings.llm_tokens,
    )


def name_of(model: BaseChatModel) -> str:
    """What a chat model is called, for people."""
    path = getattr(model, "model_path", None)
    named = getattr(model, "model_name", None) or getattr(model, "model", None)
    return path.stem if path is not None else str(named or model._llm_type)


def window_of(model: BaseChatModel, settings: Settings) -> int:
    """Tokens that the model takes, prompt and answer together."""
    return settings.llm_window or getattr(model, "context_tokens", 0) or _WINDOW
