"""The choice of a language model in the tab of settings: what may be chosen, what is chosen, and opening it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import urlsplit

from qa.model_store import installed
from qa.models import ENDPOINTS, open_chat_model
from qa.settings import is_address

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from qa.settings import Settings

Service = Literal["own", "local", "dashscope", "deepseek", "zhipu", "moonshot", "openai", "compatible", "ollama"]
#: Services by the name that the form sends; "own" is what the program's settings name.
SERVICE_NAMES: Mapping[Service, str] = {
    "own": "程序设置的",
    "local": "本机的模型",
    "dashscope": "阿里云百炼（dashscope）",
    "deepseek": "DeepSeek",
    "zhipu": "智谱（zhipu）",
    "moonshot": "Moonshot",
    "openai": "OpenAI",
    "compatible": "OpenAI 兼容的服务",
    "ollama": "Ollama",
}
#: A model that a service has, as an example of what to type.
EXAMPLES: Mapping[Service, str] = {
    "dashscope": "qwen-plus", "deepseek": "deepseek-chat", "zhipu": "glm-4-flash", "moonshot": "moonshot-v1-8k",
    "openai": "gpt-4o-mini", "compatible": "qwen2.5-7b-instruct", "ollama": "qwen2.5",
}  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@+\-]{0,119}")
_KEY = re.compile(r"[\x21-\x7e]{1,400}")
_NO_KEY = "none"  #: for a server of one's own; its client wants one


def chosen_model(data: Mapping[str, str], settings: Settings) -> dict[str, Any]:
    """The settings ``llm`` and ``llm_base_url`` of a form; nothing for what the program has. ``settings``: the
    program's. Raises ValueError (Chinese, with the next step)."""
    service = data.get("service", "own")
    if service not in get_args(Service):
        raise ValueError("没有这种语言模型。请刷新页面再选。")
    if service == "own":
        return {}
    if service == "local":
        name = data.get("local", "")
        if name not in [one.name for one in installed(settings.cache_dir)]:
            raise ValueError("本机没有这个模型。请运行 policyqa model fetch 下载一个，再刷新页面。")
        return {"llm": f"local:{name}", "llm_base_url": None}
    name, address = data.get("model", "").strip(), data.get("address", "").strip()
    if not _NAME.fullmatch(name):
        raise ValueError(f"请填模型名，例如 {EXAMPLES[service]}；只能有字母、数字和 . _ : / @ + -。")  # type: ignore[index]
    if service == "compatible" or (service == "ollama" and address):
        return {"llm": f"{_kind(service)}:{name}", "llm_base_url": _address(address)}
    return {"llm": f"{_kind(service)}:{name}", "llm_base_url": None}


def chosen_key(data: Mapping[str, str]) -> str:
    """The key of a form; "" where none is typed. Raises ValueError, which does not tell it."""
    key = data.get("key", "").strip()
    if key and not _KEY.fullmatch(key):
        raise ValueError("密钥里有空格、中文或看不见的字。请从服务的网页上重新复制，只要密钥那一段。")
    return key


def _kind(service: str) -> str:
    return "openai" if service == "compatible" else service


def _address(address: str) -> str:
    if not is_address(address) or len(address) > 300 or re.search(r"[^\x21-\x7e]", address):
        raise ValueError("请填服务的地址，例如 http://127.0.0.1:8000/v1。")
    parts = urlsplit(address)
    if "@" in parts.netloc or parts.query:
        raise ValueError("地址里不要写名字、密码或密钥；密钥请填在“密钥”里。")
    return address


def service_of(choices: Mapping[str, Any]) -> Service:
    """The service that the settings of a session name."""
    if "llm" not in choices:
        return "own"
    kind = str(choices["llm"]).partition(":")[0]
    if kind == "openai" and choices.get("llm_base_url"):
        return "compatible"
    return kind  # type: ignore[return-value]  # chosen_model has made it of a service


def target(settings: Settings) -> tuple[str, str]:
    """The service and address that a key is sent to."""
    return settings.llm.partition(":")[0], settings.llm_base_url or ""


def open_chosen(settings: Settings, key: str) -> BaseChatModel:
    """The model that was chosen on the page. The environment's key goes to the service that it is for and to no address
    that was typed. Raises ModelUnavailable."""
    kind = settings.llm.partition(":")[0]
    typed = bool(settings.llm_base_url) and kind not in ENDPOINTS
    return open_chat_model(settings.llm, settings, key or (_NO_KEY if typed else None))
