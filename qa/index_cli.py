"""The commands ``policyqa index`` and ``policyqa documents``: what the index holds, and how it is brought up to date."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa import opening
from qa.command import ANSWERED, BAD_INPUT, PARTLY, Command, Group, InputError, data_dir_option, explain
from qa.opening import full_id, must_exist, tell_failures
from qa.printing import outline_lines, stdout_console
from qa.progress import reporting

if TYPE_CHECKING:
    from corpus.document import SourceDocument
    from corpus.load import Failure
    from index.interface import Summary
    from qa.bot import PolicyQA


@click.command("index", cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[路径]...")
@data_dir_option
@click.option("--rebuild", is_flag=True, help="从头重建：写了路径就只留这些文件，没写就重建现有的文件。")
@click.option("--dry-run", is_flag=True, help="只说会做什么，不读文件，也不改索引。")
@click.option("--watch", is_flag=True, help="做完后守着这些文件夹，有变化就更新，按 Ctrl-C 结束。")
@click.option("--allow-empty", is_flag=True, help="文件夹空了也照办：把来自它的文件都移出索引。")
def index(
    paths: tuple[Path, ...], data_dir: Path | None, rebuild: bool, dry_run: bool, watch: bool, allow_empty: bool
) -> int:
    """把文件或文件夹加进索引；内容没变的不再处理，改了名或挪了位置的保留编号，文件夹里删掉的移出索引。退出码：0 都读进来了，4 有的没有读进来，2 一份也没有。"""
    if not paths and (not rebuild or dry_run or watch):
        raise InputError("还缺少要加进索引的文件或文件夹。例如：policyqa index 我的文件夹")
    must_exist(paths)

    from index.store import holds_documents
    from qa.bot import PolicyQA
    from qa.settings import Settings
    from qa.take_over import NoDocuments

    folder = Settings.load(data_dir=data_dir).data_dir
    if dry_run:
        return _tell_plan(paths, folder, rebuild, allow_empty)
    done: Mapping[str, Sequence[str]]
    try:
        with reporting() as report:
            if rebuild:
                given = list(paths) or None
                bot = PolicyQA.open(given, folder, progress=report, rebuild=True, allow_empty=allow_empty)
                done = {"新增": bot.doc_ids()}
            elif not holds_documents(folder):  # a first index holds what was asked for, not the bundled documents too
                bot = PolicyQA.open(list(paths), folder, progress=report, allow_empty=allow_empty)
                done = {"新增": bot.doc_ids()}
            else:
                bot = PolicyQA.open(data_dir=folder, progress=report)
                done = _done(bot.add(list(paths), report, allow_empty=allow_empty))
    except KeyboardInterrupt:
        click.echo("已中断。写进索引的都留着；再运行一次，从那里接着做。", err=True)
        raise
    except NoDocuments as error:
        if not watch:
            raise
        click.echo(explain(error)[0], err=True)
        _watch(None, paths, folder, allow_empty)
        return ANSWERED
    _tell_done(done, bot.failures)
    _tell_warnings(bot, done)
    _tell_passed_over(paths)
    if not rebuild:
        _tell_bundled(bot, paths, data_dir)
    if watch:
        _watch(bot, paths, folder, allow_empty)
    if not any(done.values()):
        return BAD_INPUT
    return PARTLY if bot.failures else ANSWERED


def _tell_bundled(bot: PolicyQA, paths: Sequence[Path], data_dir: Path | None) -> None:
    """That answers come from the documents of the package too, where the index had been made of them before."""
    from corpus.load import bundled_documents

    bundled = bundled_documents()
    sources = [Path(entry.source) for entry in bot.documents() if entry.source]
    count = sum(source.is_relative_to(bundled) for source in sources)
    if count and count < len(sources) and not any(path.absolute().is_relative_to(bundled) for path in paths):
        place = "" if data_dir is None else f" --data-dir {shlex.quote(str(data_dir))}"
        told = " ".join(shlex.quote(str(path)) for path in paths)
        click.echo(
            f"注意：索引里还有自带的 {count} 份文件，回答也会引用它们。只留自己的文件，请运行 policyqa index --rebuild {told}{place}。",
            err=True,
        )


def _done(summary: Summary) -> dict[str, Sequence[str]]:
    """What a write did, as told: label -> documents."""
    done: dict[str, Sequence[str]] = {"新增": summary.added, "更新": summary.replaced, "未变": summary.unchanged}
    others = {
        "改名或移动（编号不变）": summary.moved,
        "移出": summary.removed,
        "重复（内容与已有的相同，没有再加）": summary.repeated,
    }
    return done | {label: names for label, names in others.items() if names}


def _tell_done(done: Mapping[str, Sequence[str]], failures: Sequence[Failure]) -> None:
    for label, names in done.items():
        shown = "" if label == "未变" and len(names) > _SHOWN else "、".join(names[:_SHOWN])
        more = f" 等 {len(names)} 份" if shown and len(names) > _SHOWN else ""
        click.echo(f"{label} {len(names)} 份" + (f"：{shown}{more}" if shown else ""))
    click.echo(f"失败 {len(failures)} 份")
    tell_failures(failures)


def _tell_warnings(bot: PolicyQA, done: Mapping[str, Sequence[str]]) -> None:
    """What was noticed in new documents, e.g. a gap in their numbers: a line for each, the first few."""
    doc_ids = [doc_id for label in ("新增", "更新") for doc_id in done.get(label, ())]
    told = [f"{doc_id}：{warning}" for doc_id in doc_ids for warning in bot.document(doc_id).warnings]
    for line in told[:_WARNED]:
        click.echo(f"注意：{line}", err=True)
    if len(told) > _WARNED:
        click.echo(f"注意：还有 {len(told) - _WARNED} 处；用 policyqa documents show 编号 看每份文件的。", err=True)


def _tell_passed_over(paths: Sequence[Path]) -> None:
    from corpus.load import passed_over

    if others := passed_over(paths):
        names = "、".join(path.name for path in others[:_SHOWN])
        more = " 等" if len(others) > _SHOWN else ""
        click.echo(f"没有读的 {len(others)} 份：{names}{more}（不是能读的格式；需要的请转换后再加）")


#: So many names are told one by one, and so many warnings.
_SHOWN, _WARNED = 20, 5


def _tell_plan(paths: Sequence[Path], folder: Path, rebuild: bool, allow_empty: bool) -> int:
    from corpus.load import refusal, scan
    from index.store import stored_sources
    from qa.take_over import refuse_emptied

    known = stored_sources(folder)
    if not allow_empty:
        refuse_emptied(paths, known)
    found = scan(paths, {} if rebuild else known)
    here = {str(path.absolute()) for path in found.paths}
    gone = [source for source in known if source not in here] if rebuild else found.gone
    refused = [failure for path in found.unread if (failure := refusal(path))]
    refused_paths = {failure.path for failure in refused}
    unread = [path for path in found.unread if path not in refused_paths]
    sources = {path: str(path.absolute()) for path in unread}
    changed = {path: source for path, source in sources.items() if source in known and source not in found.moved}
    plan = {
        "会新增": [path.name for path in unread if path not in changed],
        "会更新": [path.name for path in changed],
        "会改名或移动": [f"{Path(old).name} → {new.name}" for old, new in found.moved.items()],
        "会移出": [Path(source).name for source in gone],
        "未变": [Path(source).name for source in found.unchanged],
        "重复": [path.name for path in found.repeated],
    }
    _tell_done(plan, [*found.failures, *refused])
    return ANSWERED


def _watch(bot: PolicyQA | None, paths: Sequence[Path], folder: Path, allow_empty: bool = False) -> None:
    """Take changes of the folders over until Ctrl-C; without a bot, from the first document on."""
    from watchfiles import watch as changes

    from qa.bot import PolicyQA
    from qa.take_over import NoDocuments, emptied

    click.echo(f"正在守着 {'、'.join(map(str, paths))}，有变化就更新（按 Ctrl-C 结束）。", err=True)
    begun, told = False, bot.failures if bot else ()
    done: Mapping[str, Sequence[str]]
    try:
        # The first round comes without a change: it takes over what came before the watch stood.
        for round_ in changes(*paths, debounce=2_000, yield_on_timeout=True, rust_timeout=1_000):
            if begun and not round_:
                continue
            begun = True
            try:
                held = {entry.source for entry in bot.documents()} - {""} if bot is not None else set()
                empty = {} if allow_empty else emptied(paths, held)
                for message in empty.values():
                    click.echo(message, err=True)
                present = [path for path in paths if path.exists() and path not in empty]
                if bot is None:
                    bot = PolicyQA.open(present, folder)
                    done, changed = {"新增": bot.doc_ids()}, True
                else:
                    summary = bot.add(present, allow_empty=allow_empty)
                    done, changed = _done(summary), summary.changed
            except NoDocuments:
                continue
            except Exception as error:  # what is wrong now may be right after the next change
                click.echo(explain(error)[0], err=True)
                continue
            if changed or bot.failures != told:
                _tell_done(done, bot.failures)
                _tell_warnings(bot, done)
            told = bot.failures
    except KeyboardInterrupt:
        click.echo("不再守着；索引保持现在的样子。", err=True)


@click.group(cls=Group)
def documents() -> None:
    """查看或移除索引里的文件。"""


@documents.command("list")
@data_dir_option
def documents_list(data_dir: Path | None) -> int:
    """列出索引里的文件。"""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for heading in ("编号", "标题", "发文字号", "发文机关", "日期"):
        table.add_column(heading, overflow="fold")
    for document in opening.open_to_look(data_dir=data_dir).documents():
        header = document.header
        date = header.written or header.published
        cells = (document.doc_id, header.title, header.number, header.issuer, date)
        table.add_row(*(Text(cell or "–") for cell in cells))
    stdout_console().print(table)
    return ANSWERED


@documents.command("show")
@click.argument("doc_id", metavar="编号")
@click.option("--left-out", is_flag=True, help="只看没有收进正文的内容（页码、页眉、网站按钮等）和原因。")
@click.option("--outline", is_flag=True, help="只看提纲。")
@data_dir_option
def documents_show(doc_id: str, left_out: bool, outline: bool, data_dir: Path | None) -> int:
    """显示一份文件：来历和正文，或提纲，或略去的内容。编号写开头几位即可。"""
    bot = opening.open_to_look(data_dir=data_dir)
    document = bot.document(full_id(bot, doc_id))
    lines: list[str] = []
    if outline:
        lines += outline_lines(document)
    if left_out:
        lines += [f"第 {piece.line} 行\t{piece.reason}\t{piece.text}" for piece in document.left_out]
        lines += [] if document.left_out else ["没有略去的内容。"]
    if not outline and not left_out:
        lines += [*_header_lines(document), "", document.text]
    click.echo("\n".join(lines))
    return ANSWERED


def _header_lines(document: SourceDocument) -> list[str]:
    header = document.header
    fields = {
        "编号": document.doc_id,
        "文件": document.file_name,
        "标题": header.title,
        "发文字号": header.number,
        "发文机关": header.issuer,
        "成文日期": header.written,
        "发布日期": header.published,
        "施行日期": header.effective,
        "文种": header.kind,
        "主题分类": header.subject,
        "索引号": header.index_number,
        "主送机关": header.recipients,
    }
    lines = [f"{label}：{value}" for label, value in fields.items() if value]
    lines.append(
        f"略去 {len(document.left_out)} 处（加 --left-out 查看），提纲 {len(document.sections)} 节（加 --outline 查看）"
    )
    return lines + [f"注意：{warning}" for warning in document.warnings]


@documents.command("remove")
@click.argument("doc_id", metavar="编号")
@data_dir_option
def documents_remove(doc_id: str, data_dir: Path | None) -> int:
    """把一份文件从索引里移除（不动原文件）。"""
    bot = opening.open_to_look(data_dir=data_dir)
    doc_id = full_id(bot, doc_id)
    source = next((Path(entry.source) for entry in bot.documents() if entry.doc_id == doc_id and entry.source), None)
    bot.remove(doc_id)
    click.echo(f"已移除 {doc_id}。")
    if source is not None and source.exists():
        click.echo(
            f"原文件还在（{source}）：再对 {source.parent} 运行 policyqa index 时又会加进来；不想这样，请把它移出那个文件夹。",
            err=True,
        )
    return ANSWERED
