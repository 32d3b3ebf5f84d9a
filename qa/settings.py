"""What can be set, where a value comes from, and a plain answer when it is wrong."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings.exceptions import SettingsError as SourceError

from corpus.document import AUTHORITY

Strictness = Literal["lenient", "normal", "strict"]
Unverified = Literal["drop", "mark"]

PREFIX = "POLICYQA_"
FILE_NAME = "policyqa.toml"
#: Environment variables with our prefix that are no settings: where the file is, tracebacks, threads of the model,
#: and whether the tests may fetch one.
_NOT_SETTINGS = ("CONFIG", "DEBUG", "THREADS", "FETCH_MODEL")
_PATHS = ("data_dir", "cache_dir")


class SettingsError(ValueError):
    """A setting is unknown or has a value that cannot be used. The message is Chinese and names the next step."""


class Settings(BaseSettings):
    """Every setting of policyqa. Make one with :meth:`load`, which reads all sources and explains mistakes.

    Priority: arguments, then environment variables ``POLICYQA_…``, then ``policyqa.toml`` in the working
    folder (or the file named by ``POLICYQA_CONFIG``), then the defaults here.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("policyqa", appauthor=False),
        description="存放索引的文件夹",
    )
    cache_dir: Path = Field(
        default_factory=lambda: user_cache_path("policyqa", appauthor=False),
        description="存放解包后的向量模型的文件夹，所有索引共用",
    )
    embedder: str | None = Field(
        default=None,
        description="向量模型：sentence-transformers 的模型名或本地文件夹；不设则用内置模型",
    )
    query_prompt: str | None = Field(default=None, description="向量模型加在问题前的提示；不设则用模型自带的")
    document_prompt: str | None = Field(default=None, description="向量模型加在正文前的提示；不设则用模型自带的")
    reranker: str | None = Field(
        default=None,
        description="重排模型：sentence-transformers 的 CrossEncoder 模型名或本地文件夹；不设则不重排",
    )
    reader: bool = Field(
        default=True,
        description="是否用内置的小模型读一遍最像答案的几句，判断答没答到；关掉（false）更快，准确率低一些",
    )
    engine: Literal["extractive", "llm"] = Field(
        default="extractive",
        description="回答方式：extractive 摘录原文；llm 由语言模型写、逐句核对，模型用不上时还是摘录",
    )
    llm: str = Field(
        default="local",
        min_length=1,
        description="语言模型：local（本机的，policyqa model fetch 取）、local:模型名或 .gguf 路径、dashscope:qwen-plus、"
        "deepseek:deepseek-chat、zhipu:…、moonshot:…、openai:…、ollama:…；密钥只从环境变量读",
    )
    llm_base_url: str | None = Field(
        default=None,
        description="OpenAI 兼容服务的地址（vLLM、LM Studio、llama-server 等），如 http://127.0.0.1:8000/v1，"
        "与 llm = openai:模型名 合用",
    )
    llm_timeout: float = Field(default=60, gt=0, le=3600, description="语言模型写一次最多用的秒数，含重试")
    llm_retries: int = Field(default=2, ge=0, le=10, description="服务忙或连不上时再试几次，0 到 10")
    llm_requests_per_minute: float | None = Field(default=None, gt=0, description="每分钟最多请求几次；不设则不限")
    llm_window: int | None = Field(
        default=None, ge=1024, description="语言模型的窗口（提示加回答的 token 数）；不设则本机的 4096、其余 8192"
    )
    llm_tokens: int = Field(default=400, ge=16, le=8192, description="语言模型的回答最多几个 token")
    llm_evidence: int | None = Field(
        default=None, ge=50, description="给语言模型看的原文最多几个 token；不设则本机的 280、其余 1500"
    )
    llm_expand: bool = Field(
        default=False, description="检索没把握时，是否请语言模型把问题换成公文的说法再找一遍（多花一次调用）"
    )
    llm_cache: bool = Field(default=True, description="是否记下语言模型写过的，同样的问题和原文不再请求")
    unverified: Unverified = Field(
        default="drop", description="语言模型写的话核对不上时：drop 不要，mark 留下并标“未核实”（网页默认如此）"
    )
    authority: Annotated[tuple[str, ...], NoDecode] = Field(
        default=tuple(AUTHORITY),
        description="来源的先后，前面的权威高：state_council 国务院、ministry 部门、local 地方、interpretation 解读、report 报告、"
        "paper 论文、encyclopedia 百科、unknown 未知；八个都要写，各写一次（环境变量里用逗号隔开）；前三个算正式文件",
    )
    strictness: Strictness = Field(
        default="normal",
        description="拒答的松紧：lenient 宽、normal 适中、strict 严；管两件靠把握大小决定的事：找到的答没答到、问题是不是在问这些文件",
    )
    passages: int = Field(default=10, ge=1, le=100, description="每个问题取回的段落数，1 到 100")
    host: str = Field(default="127.0.0.1", min_length=1, description="网页监听的地址；127.0.0.1 只有本机能打开")
    port: int = Field(default=7860, ge=1, le=65535, description="网页监听的端口，1 到 65535")

    @field_validator(*_PATHS, mode="after")
    @classmethod
    def _expand_home(cls, path: Path) -> Path:
        return path.expanduser()

    @field_validator("llm_base_url", mode="after")
    @classmethod
    def _can_be_reached(cls, address: str | None) -> str | None:
        if address is not None and not is_address(address):
            raise ValueError("no address of the web")
        return address

    @field_validator("authority", mode="before")
    @classmethod
    def _parted_by_commas(cls, order: Any) -> Any:
        """What an environment variable holds: names parted by commas, or a list of JSON."""
        return tuple(re.findall(r"\w+", order)) if isinstance(order, str) else order

    @field_validator("authority", mode="after")
    @classmethod
    def _every_kind_once(cls, order: tuple[str, ...]) -> tuple[str, ...]:
        if sorted(order) != sorted(AUTHORITY):
            raise ValueError("every kind of source once")
        return order

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, InitSettingsSource(settings_cls, _from_file())

    @classmethod
    def load(cls, **given: Any) -> Settings:
        """Settings from all sources. A given value of None means "not given". Raises :class:`SettingsError`."""
        _refuse_unknown(given, "参数")
        _refuse_unknown(_environment_names(), "环境变量", prefix=PREFIX)
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})
        except (ValidationError, SourceError) as error:
            raise SettingsError(_explain(error)) from error


def is_address(text: str) -> bool:
    """Whether a text can be the address of a service.

    >>> is_address("http://127.0.0.1:8000/v1"), is_address("127.0.0.1:8000"), is_address("http://[::1"), is_address("http://a:99999")
    (True, False, False, False)
    """
    try:
        parts = urlsplit(text)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port or 1) > 0
            and not re.search(r"\s", text)
        )
    except ValueError:  # half a bracket, a port that there is not
        return False


def _from_file() -> dict[str, Any]:
    """Values of the settings file; relative folders in it are meant from where the file lies."""
    named = os.environ.get(f"{PREFIX}CONFIG")
    path = Path(named).expanduser() if named else Path(FILE_NAME)
    if not path.is_file():
        if named:
            raise SettingsError(f"找不到设置文件 {named}。请检查环境变量 {PREFIX}CONFIG 里的路径。")
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"设置文件 {path} 不是有效的 TOML（UTF-8）：{error}。请改正后再运行。") from error
    _refuse_unknown(values, f"设置文件 {path}")
    for name in _PATHS:
        if isinstance(values.get(name), str):
            values[name] = path.parent / Path(values[name]).expanduser()
    return values


def _environment_names() -> list[str]:
    upper = (name.upper() for name in os.environ)
    names = (name.removeprefix(PREFIX) for name in upper if name.startswith(PREFIX))
    return [name.lower() for name in names if name not in _NOT_SETTINGS]


def _refuse_unknown(names: Iterable[str], where: str, prefix: str = "") -> None:
    known = list(Settings.model_fields)
    for name in names:
        if name in known:
            continue
        nearest = get_close_matches(name.lower(), known, n=1, cutoff=0.5)
        shown = [prefix + (option.upper() if prefix else option) for option in (name, *nearest, *known)]
        hint = f"是不是想写 {shown[1]}？" if nearest else ""
        raise SettingsError(
            f"{where}里有不认识的设置 {shown[0]}。{hint}可用的设置：{'、'.join(shown[1 + len(nearest) :])}。"
        )


def _explain(error: ValidationError | SourceError) -> str:
    """Says in Chinese which setting has a wrong value, which one, and what is allowed."""
    if not isinstance(error, ValidationError):
        return f"设置读不出来：{error}。请检查环境变量 {PREFIX}… 和 {FILE_NAME}。"
    problems = []
    for detail in error.errors():
        name = str(detail["loc"][0])
        description = Settings.model_fields[name].description
        problems.append(f"设置 {name} 的值 {detail['input']!r} 不能用。{name}：{description}。")
    return "\n".join([*problems, f"请改正参数、环境变量 {PREFIX}… 或 {FILE_NAME} 里的值。"])
