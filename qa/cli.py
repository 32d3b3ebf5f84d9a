"""The command ``policyqa``: parses first, and imports what a command needs inside that command."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from shutil import get_terminal_size
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal, cast
from unicodedata import normalize

import click

from qa import os_errors, process

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.text import Text

    from corpus.document import SourceDocument
    from corpus.figures import FigureKind
    from corpus.load import Failure
    from qa.answer import Answer, Citation, Event
    from qa.bot import PolicyQA
    from qa.facts import Difference, DutyRow, FigureRow
    from qa.feedback import FeedbackStore

#: Exit codes.
ANSWERED, FAILED, BAD_INPUT, REFUSED, PARTLY, INTERRUPTED = 0, 1, 2, 3, 4, 130
_HAN = re.compile("[\u4e00-\u9fff]")


class InputError(click.ClickException):
    """What the user gave cannot be used. The message is Chinese and names the next step."""

    exit_code = BAD_INPUT


# --- the frame of every command --------------------------------------------------------------------------------------


class _HelpFormatter(click.HelpFormatter):
    """Help with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for english, chinese in (("OPTIONS", "选项"), ("COMMAND", "命令"), ("ARGS", "参数")):
            args = args.replace(english, chinese)
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading({"Options": "选项", "Commands": "命令"}.get(heading, heading))


class _Context(click.Context):
    formatter_class = _HelpFormatter


class _Command(click.Command):
    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这段帮助。"
        return option


class _Group(_Command, click.Group):
    command_class = _Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            names = self.list_commands(ctx)
            nearest = get_close_matches(args[0], names, n=1)
            hint = f"是不是想写 {nearest[0]}？" if nearest else ""
            raise InputError(f"没有命令 {args[0]}。{hint}可用的命令：{'、'.join(names)}。")
        return super().resolve_command(ctx, args)


_Group.group_class = _Group

#: Commands that live in files of their own.
_ELSEWHERE = {
    "documents": "qa.index_cli",
    "eval": "qa.eval_cli",
    "index": "qa.index_cli",
    "model": "qa.model_cli",
}


class _TopGroup(_Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE:
            return cast("click.Command", getattr(import_module(_ELSEWHERE[cmd_name]), cmd_name))
        return super().get_command(ctx, cmd_name)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code: 0 answer, 3 refusal, 2 bad input, 4 read in part, 1 a fault of the
    program. Without ``argv`` this process is the command's own: it may be ended here."""
    if argv is None:
        process.outlive_readers()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the locale says, Chinese goes in and out
            stream.reconfigure(encoding="utf-8", errors="replace")
    # Without a command: the help, not a complaint.
    code = _run((sys.argv[1:] if argv is None else list(argv)) or ["--help"])
    if argv is None and process.model_at_work():
        process.end(code)
    return code


def _run(arguments: list[str]) -> int:
    try:
        return int(policyqa.main(args=arguments, prog_name="policyqa", standalone_mode=False) or 0)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except Exception as error:
        if _debugging():
            traceback.print_exc()
        message, code = explain(error)
        click.echo(message, err=True)
        return code


def _debugging() -> bool:
    return os.environ.get("POLICYQA_DEBUG", "") not in ("", "0")


def explain(error: Exception) -> tuple[str, int]:
    """What to tell the user of an error, and the exit code."""
    if isinstance(error, click.NoSuchOption):
        hint = f"是不是想写 {error.possibilities[0]}？" if error.possibilities else ""
        return f"没有选项 {error.option_name}。{hint}{_see_help(error)}", BAD_INPUT
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        return f"还缺少 {name}。{_see_help(error)}", BAD_INPUT
    if isinstance(error, click.BadParameter) and error.param is not None and error.ctx is not None:
        name = error.param.opts[0] if isinstance(error.param, click.Option) else error.param.make_metavar(error.ctx)
        return f"{name} 写得不对：{_bad_value(error)}。{_see_help(error)}", BAD_INPUT
    if isinstance(error, click.UsageError):
        return f"命令写得不对：{_in_chinese(error)} {_see_help(error)}", BAD_INPUT
    if isinstance(error, click.ClickException):
        return error.format_message(), error.exit_code
    message = error.args[0] if error.args else ""
    if isinstance(message, str) and _HAN.search(message):  # our own errors are Chinese and say the next step
        return message, BAD_INPUT
    if isinstance(error, OSError):
        where = f" {error.filename}" if error.filename else ""
        return f"读写出错{where}：{os_errors.told(error)}。请检查路径、权限和磁盘空间。", BAD_INPUT
    return (
        f"程序出错：{type(error).__name__}: {error}\n这是程序的问题。设 POLICYQA_DEBUG=1 再运行可以看到出错的位置。",
        FAILED,
    )


def _in_chinese(error: click.UsageError) -> str:
    """What is wrong with the use of a command; click says it in English."""
    if isinstance(error, click.BadOptionUsage):
        return (
            f"{error.option_name} 后面要写一个值。" if "requires" in error.message else f"{error.option_name} 用错了。"
        )
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", error.format_message())
    return f"多写了 {extra[1]}；含空格的话请用引号括起来。" if extra else error.format_message()


def _bad_value(error: click.BadParameter) -> str:
    """What an option or argument has to be, where click says what it is not."""
    kind = error.param.type if error.param is not None else None
    given = re.search(r"'(.+)'", error.message)
    if isinstance(kind, click.Path) and given and not kind.dir_okay:
        return f"{given[1]} 是文件夹，这里要写一个文件"
    if isinstance(kind, click.Path) and given and not kind.file_okay:
        return f"{given[1]} 是文件，这里要写一个文件夹"
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange):
        most = "" if kind.max is None else f"，最多 {kind.max}"
        return f"要写一个整数，最少 {kind.min}{most}"
    return error.message.rstrip(".")


def _see_help(error: click.UsageError) -> str:
    command = error.ctx.command_path if error.ctx else "policyqa"
    return f"运行 {command} --help 看用法。"


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Gives ``report(stage, done, total)``: bars on a terminal's stderr, else a line per stage there and, of long ones,
    now and then how far they are."""
    tasks: dict[str, Any] = {}
    began: dict[str, float] = {}
    told: dict[str, float] = {}
    bars: Progress | None = None  # made when there is something to report: mostly there is not

    def report(stage: str, done: int, total: int) -> None:
        nonlocal bars
        if bars is None:
            bars = _bars()
            bars.start()
        now = time.monotonic()
        if stage not in tasks:
            tasks[stage] = bars.add_task(stage, total=total or None)
            began[stage] = told[stage] = now
            if bars.disable:
                click.echo(f"{stage}……", err=True)
        bars.update(tasks[stage], completed=done, total=total or None)
        if bars.disable and 0 < done < total and now - told[stage] >= _TELL_EVERY:
            told[stage] = now
            click.echo(f"{stage} {done}/{total}，{pace(done, total, now - began[stage])}", err=True)

    try:
        yield report
    finally:
        if bars is not None:
            bars.stop()


_TELL_EVERY = 30  #: seconds


def pace(done: int, total: int, seconds: float) -> str:
    """How fast a long piece of work goes, and how long it will still take: 每分钟 24，约剩 3 分钟."""
    left = seconds / done * (total - done)
    remaining = f"{left / 60:.0f} 分钟" if left >= 90 else f"{left:.0f} 秒"
    speed = 60 * done / max(seconds, 1e-9)
    return f"每分钟 {speed:.0f}，约剩 {remaining}" if speed >= 10 else f"每分钟 {speed:.1f}，约剩 {remaining}"


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.text import Text

    class Pace(ProgressColumn):
        def render(self, task: Task) -> Text:
            going = task.total and 0 < task.completed < task.total and task.elapsed
            return Text(pace(int(task.completed), int(task.total or 0), task.elapsed or 0.0) if going else "")

    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Pace())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _load_ahead(bot: PolicyQA, question: str) -> None:
    """Load the embedding model in the background while the question is read: half a second that needs no Python."""

    def load() -> None:
        with suppress(Exception):  # asking meets the same trouble and tells it
            bot.embed_query(question)

    Thread(target=load).start()


def _open_bot(documents: Sequence[Path] = (), data_dir: Path | None = None, **settings: Any) -> PolicyQA:
    """The bot over these documents, or over what ``data_dir`` holds; files that cannot be read go to stderr. A setting
    of None is one that was not given."""
    _must_exist(documents)

    from index.store import is_index, refuse_foreign
    from qa.bot import PolicyQA
    from qa.settings import Settings

    # As a setting, data_dir leaves documents a place of their own below it: the index that it holds stays.
    chosen = Settings.load(data_dir=data_dir, **settings)
    if not documents and not is_index(chosen.data_dir):
        refuse_foreign(chosen.data_dir)
        click.echo(
            f"{chosen.data_dir} 里还没有索引；正在那里为自带的文件新建一个。"
            "要问自己的文件，请写 --documents 我的文件夹，或先运行 policyqa index 我的文件夹。",
            err=True,
        )
    with _progress() as report:
        bot = PolicyQA.open(documents=list(documents) or None, settings=chosen, progress=report)
    _tell_failures(bot.failures)
    for warning in bot.warnings:
        click.echo(warning, err=True)
    return bot


def _open_to_look(documents: Sequence[Path] = (), data_dir: Path | None = None) -> PolicyQA:
    """The bot for a command that only shows what is there: it makes no index where there is none."""
    from index.store import is_index, refuse_foreign
    from qa.settings import Settings

    folder = Settings.load(data_dir=data_dir).data_dir
    if not documents and not is_index(folder):
        refuse_foreign(folder)
        place = f" --data-dir {shlex.quote(str(folder))}" if data_dir is not None else ""
        raise InputError(
            f"{folder} 里没有索引。请检查 --data-dir 或设置 data_dir 的路径；"
            f"要在那里建一个，运行 policyqa index 我的文件夹{place}（policyqa ask 会为自带的文件建一个）。"
        )
    return _open_bot(documents, data_dir)


def _must_hold_documents(bot: PolicyQA) -> None:
    from qa.bot import EMPTY

    if not bot.documents():
        raise InputError(EMPTY)


def _must_exist(paths: Sequence[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise InputError(f"找不到 {path}。请检查路径；文件夹和文件都可以。")


def _tell_failures(failures: Sequence[Failure]) -> None:
    for failure in failures:
        click.echo(f"没有读进来：{failure.path}：{failure.message}", err=True)


def _console() -> Console:
    """stdout: colours only on a terminal, and no line broken where no terminal sets the width."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 10_000)


_documents_option = click.option(
    "--documents",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="路径",
    help="只用这些文件或文件夹（可写多次）；不写则用索引里已有的。",
)
_data_dir_option = click.option(
    "--data-dir", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹", help="索引所在的文件夹。"
)


_engine_option = click.option(
    "--engine",
    type=click.Choice(["extractive", "llm"]),
    help="extractive 摘录原文，llm 由语言模型写、逐句核对；不写则照设置。",
)
_llm_option = click.option(
    "--llm", metavar="模型", help="语言模型：local、dashscope:qwen-plus、ollama:…；不写则照设置。"
)


def _print_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"policyqa {version('policyqa')}")
        except PackageNotFoundError:
            click.echo("policyqa（未安装，直接从源码运行）")
        ctx.exit()


@click.group(cls=_TopGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="显示版本号。"
)
def policyqa() -> None:
    """就中文政策文件提问，得到简短、句句注明原文出处的回答。"""


# --- ask and chat ----------------------------------------------------------------------------------------------------


@policyqa.command()
@click.argument("question", metavar="问题")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，内容与 Answer.to_dict() 相同。")
@click.option(
    "--history",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件.json",
    help='前面的对话，写成 [{"q": "问题", "a": "回答"}, …]，用于追问。',
)
@_engine_option
@_llm_option
@_documents_option
@_data_dir_option
def ask(
    question: str,
    as_json: bool,
    history: Path | None,
    engine: str | None,
    llm: str | None,
    documents: tuple[Path, ...],
    data_dir: Path | None,
) -> int:
    """回答一个问题。退出码：0 已回答，3 文件里没有答案，2 输入有误。"""
    if not question.strip():
        raise InputError('问题是空的。请写上问题，例如：policyqa ask "文件由哪个部门负责解释？"')
    turns = _read_history(history) if history else []
    bot = _open_bot(documents, data_dir, engine=engine, llm=llm)
    _must_hold_documents(bot)
    _load_ahead(bot, question)
    if as_json:
        answer = bot.ask(question, history=turns)
        click.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        answer = _watched(bot.stream(question, history=turns))
        _print_answer(answer, _console())
    return REFUSED if answer.refused else ANSWERED


def _read_history(path: Path) -> list[tuple[str, str]]:
    from qa.history import turns

    try:
        return turns(json.loads(path.read_text(encoding="utf-8-sig")) or [])
    except OSError as error:
        raise InputError(f"读不了对话记录 {path}：{os_errors.told(error)}。请检查路径。") from error
    except ValueError as error:
        raise InputError(f'对话记录 {path} 要写成 [{{"q": "问题", "a": "回答"}}, …]，UTF-8 编码的 JSON。') from error


def _watched(events: Iterator[Event]) -> Answer:
    """The answer, after what a language model writes has been shown as it comes, on a terminal, on stderr."""
    from qa.escape import visible

    shown, written = sys.stderr.isatty(), ""
    for event in events:
        if event.kind == "answer":
            if shown:
                click.echo(_back_to_the_start(written), nl=False, err=True)
            return cast("Answer", event.data)
        if shown and event.kind == "draft" and not event.data.refused:
            click.secho(f"摘录的回答：{visible(event.data.text)}\n", dim=True, err=True)
        elif shown and event.kind == "token":
            piece = visible(event.data).replace("\t", " ")
            written += piece
            click.secho(piece, dim=True, nl=False, err=True)
    raise AssertionError("a stream ends with an answer")


def _back_to_the_start(text: str) -> str:
    """What takes a terminal back to where a text began, and clears all behind: as many rows up as the text takes, but
    none that has left the screen."""
    from rich.cells import cell_len

    columns, lines = get_terminal_size()
    rows = column = 0
    for character in text:
        width = cell_len(character)
        if character == "\n" or column + width > columns:
            rows, column = rows + 1, 0
        column += width if character != "\n" else 0
    rows = min(rows, lines - 1)
    return f"\r\033[{rows}A\033[J" if rows else "\r\033[J"


@policyqa.command()
@click.option(
    "--session",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件.json",
    help="把对话存在这个文件里；已有的接着谈。",
)
@_engine_option
@_llm_option
@_documents_option
@_data_dir_option
def chat(
    path: Path | None, engine: str | None, llm: str | None, documents: tuple[Path, ...], data_dir: Path | None
) -> int:
    """连续提问，可以追问。输入 /new 开始新对话，/exit 或 Ctrl-D 结束。"""
    from qa.session import Session

    bot = _open_bot(documents, data_dir, engine=engine, llm=llm)
    _must_hold_documents(bot)
    session = Session.load(path, bot) if path is not None and path.exists() else Session(bot)
    console, prompt = _console(), sys.stdin.isatty()
    if prompt:
        click.echo("请提问（/new 新对话，/exit 结束）。")
    while True:
        try:
            line = input("问：" if prompt else "").strip()
        except EOFError:
            return ANSWERED
        if line in ("/exit", "/quit", "exit", "quit", "退出", "结束"):
            return ANSWERED
        if line == "/new":
            session.clear()
            click.echo("已开始新对话。")
        elif line:
            try:
                _print_answer(_watched(session.stream(line)), console)
            except KeyboardInterrupt:  # ends this answer, not the talk
                click.echo("\n已停下。", err=True)
            click.echo()
        if path is not None:
            session.save(path)


def _print_answer(answer: Answer, console: Console) -> None:
    """Answer, then numbered sources with title, number, section path and quote."""
    from rich.text import Text

    if understood := understood_as(answer):
        console.print(Text(f"（理解为：{understood}）", style="dim"))
    console.print(Text(answer.text, style="yellow" if answer.refused else ""))
    if answer.engine == "llm":
        console.print(Text("（语言模型写，逐句核对）", style="dim"))
    if answer.dropped:
        console.print(
            Text(f"（语言模型写的，没有采用：{''.join(f'“{said}”' for said in answer.dropped)}）", style="dim")
        )
    for note in answer.notes:
        console.print(Text(f"（{note}）", style="dim"))
    shown = answer.citations or answer.nearest
    if shown:
        console.print(Text("\n出处" if answer.citations else "\n最接近的条款", style="bold"))
    for citation in shown:
        console.print(_source_line(citation))
        console.print(_emphasised(citation.quote, answer.standalone_question or answer.question))
        for copy in citation.also_in:
            console.print(Text(f"    又见{titled(copy.title)}{_path(copy.section)}", style="dim"))


def understood_as(answer: Answer) -> str | None:
    """The question as it was searched where that says more than the question itself, e.g. a follow-up resolved."""
    asked, searched = (
        normalize("NFKC", text).strip() for text in (answer.question, answer.standalone_question or answer.question)
    )
    return answer.standalone_question if searched != asked else None


def _source_line(citation: Citation) -> Text:
    from rich.text import Text

    number = f"（{citation.number}）" if citation.number else ""
    return Text.assemble((f"[{citation.marker}] ", "cyan"), f"{titled(citation.title)}{number} {citation.place}")


def titled(title: str) -> str:
    """A title in its brackets; one that holds brackets itself stays as it is."""
    return title if "《" in title else f"《{title}》"


def _path(section: Sequence[str]) -> str:
    return " › ".join(section)


def _emphasised(quote: str, question: str) -> Text:
    """The quote with the words that it shares with the question in bold."""
    from rich.text import Text

    text = Text("    " + " ".join(quote.split("\n")))
    for start, end in shared_runs(quote, question):
        text.stylize("bold green", 4 + start, 4 + end)
    return text


# Runs of nothing but these say nothing about a match.
_EMPTY_CHARS = frozenset("的了是和与及在有对等为以由于其这那个哪些什么如何怎么样吗呢文件，。、；：？！“”（）《》 ")


def shared_runs(quote: str, question: str) -> list[tuple[int, int]]:
    """Spans of ``quote`` of two characters or more that stand in ``question`` too, longest first, none overlapping."""
    quote, question, spans, at = quote.casefold(), question.casefold(), [], 0
    while at < len(quote):
        end = at
        while end < len(quote) and quote[at : end + 1] in question:
            end += 1
        if end - at >= 2 and not _EMPTY_CHARS.issuperset(quote[at:end]):
            spans.append((at, end))
        at = max(end, at + 1)
    return spans


# --- documents named by their numbers -----------------------------------------------------------------------------------


def _ids(bot: PolicyQA) -> tuple[str, ...]:
    return tuple(entry.doc_id for entry in bot.documents())


def _full_id(bot: PolicyQA, given: str) -> str:
    """The doc_id that is ``given`` or alone begins so."""
    known = _ids(bot)
    if given in known:
        return given
    beginning = [doc_id for doc_id in known if doc_id.startswith(given)]
    if len(beginning) == 1:
        return beginning[0]
    if beginning:
        raise InputError(f"编号以 {given} 开头的文件不止一份：{'、'.join(beginning)}。请写完整。")
    nearest = get_close_matches(given, known, n=1)
    hint = f"是不是想写 {nearest[0]}？" if nearest else ""
    raise InputError(f"索引里没有编号为 {given} 的文件。{hint}运行 policyqa documents list 看全部编号。")


def _outline_lines(document: SourceDocument) -> list[str]:
    kinds = {"toc": "（目录）", "front": "（前置页）", "figure": "（图中文字）"}
    headed = [section for section in document.sections if section.label or section.title]
    return [f"{'  ' * s.level}{s.label}{s.title}{kinds.get(s.kind, '')}" for s in headed] or ["这份文件没有提纲。"]


# --- facts -----------------------------------------------------------------------------------------------------------

_json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
_csv_option = click.option(
    "--csv", "as_csv", is_flag=True, help="输出 CSV，第一行是列名；写进文件时带 BOM，Excel 认得。"
)
_kept_option = click.option("--document", "only", multiple=True, metavar="编号", help="只看这份文件（可写多次）。")


@policyqa.command()
@click.option("--department", metavar="部门", help="只看写到这个部门的；全称、简称都可以。")
@click.option("--section", metavar="文字", help="只看标题含有这些字的一节（连同其下各项）。")
@click.option("--role", type=click.Choice(["lead", "participant"]), help="lead 牵头，participant 参与。")
@click.option("--matrix", is_flag=True, help="排成事项 × 部门的表。")
@_kept_option
@_json_option
@_csv_option
@_documents_option
@_data_dir_option
def duties(
    department: str | None,
    section: str | None,
    role: Literal["lead", "participant"] | None,
    matrix: bool,
    only: tuple[str, ...],
    as_json: bool,
    as_csv: bool,
    documents: tuple[Path, ...],
    data_dir: Path | None,
) -> int:
    """列出职责分工：哪项任务由谁牵头、谁参与，每行带原文。没有符合的，退出码 3。"""
    from qa.facts import DUTY_COLUMNS, duty_matrix

    bot = _open_to_look(documents, data_dir)
    rows = bot.duties(department, section, role, [_full_id(bot, d) for d in only] or None)
    if matrix and rows:
        head, *cells = duty_matrix(rows)
        if as_json:
            click.echo(json.dumps([dict(zip(head, row, strict=True)) for row in cells], ensure_ascii=False, indent=2))
        else:
            _print_table(head, cells, as_csv)
        return ANSWERED
    return _print_rows(DUTY_COLUMNS, rows, as_json, as_csv, "没有符合条件的职责分工；去掉一个条件再试。")


@policyqa.command()
@click.argument("indicator", default="", metavar="[指标]")
@click.option("--year", metavar="年份", help="只看这一年的。")
@click.option(
    "--kind",
    type=click.Choice(["level", "change", "share", "goal", "limit"]),
    help="level 水平，change 变化，share 占比，goal 目标，limit 限额。",
)
@_kept_option
@_json_option
@_csv_option
@_documents_option
@_data_dir_option
def figures(
    indicator: str,
    year: str | None,
    kind: FigureKind | None,
    only: tuple[str, ...],
    as_json: bool,
    as_csv: bool,
    documents: tuple[Path, ...],
    data_dir: Path | None,
) -> int:
    """列出文件里的数字：对象、指标、数值、单位、时间、类别，每行带原文。没有符合的，退出码 3。"""
    from qa.facts import FIGURE_COLUMNS

    bot = _open_to_look(documents, data_dir)
    rows = bot.figures(indicator, year, kind, [_full_id(bot, d) for d in only] or None)
    return _print_rows(FIGURE_COLUMNS, rows, as_json, as_csv, "没有符合条件的数字；去掉一个条件再试。")


@policyqa.command()
@click.argument("doc_id", metavar="编号")
@_json_option
@_csv_option
@_documents_option
@_data_dir_option
def outline(doc_id: str, as_json: bool, as_csv: bool, documents: tuple[Path, ...], data_dir: Path | None) -> int:
    """显示一份文件的提纲。编号写开头几位即可。"""
    bot = _open_to_look(documents, data_dir)
    document = bot.document(_full_id(bot, doc_id))
    if as_json:
        click.echo(json.dumps([asdict(s) for s in document.sections], ensure_ascii=False, indent=2))
    elif as_csv:
        cells = [(str(s.level), s.label, s.title, s.kind, str(s.start), str(s.end)) for s in document.sections]
        _print_table(("层级", "编号", "标题", "类别", "起", "止"), cells, as_csv)
    else:
        click.echo("\n".join(_outline_lines(document)))
    return ANSWERED


@policyqa.command()
@click.argument("doc_a", metavar="编号甲")
@click.argument("doc_b", metavar="编号乙")
@click.argument("topic", default="", metavar="[主题]")
@click.option("--all", "everything", is_flag=True, help="两边相同的句子也列出。")
@_json_option
@_documents_option
@_data_dir_option
def compare(
    doc_a: str,
    doc_b: str,
    topic: str,
    everything: bool,
    as_json: bool,
    documents: tuple[Path, ...],
    data_dir: Path | None,
) -> int:
    """逐句对照两份文件，标出改动的字；写了主题就只看有关的句子。"""
    bot = _open_to_look(documents, data_dir)
    found = bot.compare(_full_id(bot, doc_a), _full_id(bot, doc_b), topic)
    shown = [d for d in found if everything or d.change != "same"]
    if as_json:
        click.echo(json.dumps([d.to_dict() for d in shown], ensure_ascii=False, indent=2))
        return ANSWERED if shown else REFUSED
    console = _console()
    for difference in shown:
        for line in _difference_lines(difference):
            console.print(line)
    if not shown:
        click.echo("没有不同之处。" if found else "两份文件都没有与这个主题有关的句子；换个说法，或不写主题。")
    return ANSWERED if shown else REFUSED


def _difference_lines(difference: Difference) -> Iterator[Text]:
    from rich.text import Text

    names = {"same": "相同", "changed": "改动", "only_a": "只在甲", "only_b": "只在乙"}
    place = difference.a or difference.b
    yield Text(f"【{names[difference.change]}】{_path(place.section) if place else ''}", style="bold")
    if difference.change != "changed":
        yield Text("  " + place.quote if place else "")
        return
    for side, name, style in ((0, "甲", "red"), (1, "乙", "green")):
        parts = [("  " + name + "：", "dim")]
        parts += [
            (p[side] if p[0] == p[1] else f"⟦{p[side]}⟧", "" if p[0] == p[1] else style)
            for p in difference.pieces
            if p[side]
        ]
        yield Text.assemble(*parts)


def _print_table(head: Sequence[str], cells: Sequence[Sequence[str]], as_csv: bool) -> None:
    """A table for people, or CSV with the head in the first line."""
    if as_csv:
        from qa.csv_output import BOM, csv_text

        # On a terminal nobody sees a byte order mark; in a file programs for tables need it to see UTF-8.
        click.echo(("" if sys.stdout.isatty() else BOM) + csv_text(head, cells), nl=False)
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in head:
        table.add_column(name, overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell.replace("\n", " ")) for cell in row))
    _console().print(table)
    click.echo(f"共 {len(cells)} 行。", err=True)


def _print_rows(
    columns: Sequence[tuple[str, str]], rows: Sequence[DutyRow | FigureRow], as_json: bool, as_csv: bool, none: str
) -> int:
    """Rows as a table, JSON or CSV; without rows the message ``none`` on stderr."""
    if as_json:
        click.echo(json.dumps([row.to_dict() for row in rows], ensure_ascii=False, indent=2))
    elif as_csv:
        from qa.csv_output import table_of

        _print_table(*table_of(columns, rows), as_csv)
    elif rows:
        _print_table([name for _, name in columns], [row.cells() for row in rows], as_csv)
    if not rows:
        click.echo(none, err=True)
    return ANSWERED if rows else REFUSED


# --- calibration -----------------------------------------------------------------------------------------------------

_questions_argument = click.argument(
    "questions", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="问题集.jsonl..."
)


@policyqa.command()
@_questions_argument
@_documents_option
@_data_dir_option
def calibrate(questions: tuple[Path, ...], documents: tuple[Path, ...], data_dir: Path | None) -> int:
    """用带答案的问题集重新确定句子的权重和拒答的界线。"""
    from qa.calibrate import main as run
    from qa.evaluation import load_cases

    cases = [case for path in questions for case in load_cases(path)]
    run(_open_bot(documents, data_dir), cases)
    return ANSWERED


# --- what users say, and who they are ---------------------------------------------------------------------------------


@policyqa.group("feedback")
def feedback_group() -> None:
    """查看网页上的 👍👎，或导出成问题集。"""


@feedback_group.command("list")
@_json_option
@_data_dir_option
def feedback_list(as_json: bool, data_dir: Path | None) -> int:
    """列出收到的评价。没有评价的，退出码 3。"""
    from rich.table import Table
    from rich.text import Text

    from qa.feedback import VERDICT_SIGNS, as_case

    given = _feedback_store(data_dir).list()
    if as_json:
        click.echo(json.dumps([as_case(one) for one in given], ensure_ascii=False, indent=2))
    elif given:
        table = Table(box=None, pad_edge=False)
        for heading in ("编号", "时间", "用户", "评价", "原因", "问题", "说明"):
            table.add_column(heading, overflow="fold")
        for one in given:
            when = one.when.astimezone().strftime("%Y-%m-%d %H:%M")
            cells = (
                str(one.id), when, one.user, VERDICT_SIGNS[one.verdict], one.reason, one.question, one.note,
            )  # fmt: skip
            table.add_row(*(Text(" ".join(cell.split()) or "–") for cell in cells))
        _console().print(table)
    else:
        click.echo("还没有评价。", err=True)
    return ANSWERED if given else REFUSED


@feedback_group.command("export")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="问题集.jsonl")
@_data_dir_option
def feedback_export(path: Path, data_dir: Path | None) -> int:
    """把评价写成问题集，每条一行；要人补的地方写在 todo 里。没有评价的，退出码 3。"""
    store = _feedback_store(data_dir)
    if not store.list():
        click.echo("还没有评价。", err=True)
        return REFUSED
    try:
        count = store.export(path)
    except OSError as error:
        raise InputError(f"写不了 {path}：{os_errors.told(error)}。请检查路径和权限。") from error
    click.echo(f"已写入 {path}：{count} 条")
    return ANSWERED


def _feedback_store(data_dir: Path | None) -> FeedbackStore:
    from qa.feedback import FILE_NAME, FeedbackStore
    from qa.settings import Settings

    folder = Settings.load(data_dir=data_dir).data_dir
    if not folder.is_dir():
        raise InputError(f"没有文件夹 {folder}。请检查 --data-dir 或设置 data_dir 的路径。")
    return FeedbackStore(folder / FILE_NAME)


@policyqa.group()
def users() -> None:
    """管理网页的账号文件（policyqa ui --auth 用的）。"""


_accounts_argument = click.argument("accounts", type=click.Path(path_type=Path, dir_okay=False), metavar="账号文件")


@users.command("add")
@_accounts_argument
@click.argument("name", metavar="名字")
@click.option(
    "--role",
    type=click.Choice(["reader", "editor", "admin"]),
    default="reader",
    show_default=True,
    help="reader 只能提问，editor 还能加减文件，admin 还能改设置。",
)
def users_add(accounts: Path, name: str, role: Literal["reader", "editor", "admin"]) -> int:
    """添加一个账号，或换掉同名账号的密码和角色。密码另外输入，不显示；也可以从标准输入给一行。"""
    from qa.accounts import ROLE_NAMES, add_account

    replaced = add_account(accounts, name, _new_password(), role)
    click.echo(f"已{'更换' if replaced else '添加'} {name}（{ROLE_NAMES[role]}）。网页重新启动后生效。")
    return ANSWERED


def _new_password() -> str:
    """Typed twice without echo, or the first line of stdin where that is no terminal."""
    if sys.stdin.isatty():
        return str(click.prompt("密码", hide_input=True, confirmation_prompt="再输入一次"))
    return sys.stdin.readline().rstrip("\r\n")


@users.command("remove")
@_accounts_argument
@click.argument("name", metavar="名字")
def users_remove(accounts: Path, name: str) -> int:
    """删去一个账号。"""
    from qa.accounts import remove_account

    remove_account(accounts, name)
    click.echo(f"已删去 {name}。网页重新启动后生效。")
    return ANSWERED


@users.command("list")
@_accounts_argument
def users_list(accounts: Path) -> int:
    """列出账号和角色。"""
    from qa.accounts import ROLE_NAMES, list_accounts

    for account in list_accounts(accounts):
        click.echo(f"{account.name}\t{account.role}\t{ROLE_NAMES[account.role]}")
    return ANSWERED


# --- the page --------------------------------------------------------------------------------------------------------


@policyqa.command()
@click.option("--host", metavar="地址", help="监听的地址，默认 127.0.0.1（只有本机能打开）。")
@click.option("--port", metavar="端口", help="监听的端口，默认 7860。")
@click.option(
    "--auth",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="账号文件",
    help="要登录才能用；账号文件用 policyqa users add 建。",
)
@click.option("--root-path", default="", metavar="路径", help="经代理放在别的路径下时写，如 /policy。")
@click.option("--mcp", is_flag=True, help="同时作为 MCP 服务，给智能体用（ask、search、duties、document）。")
@_documents_option
@_data_dir_option
def ui(
    host: str | None,
    port: str | None,
    auth: Path | None,
    root_path: str,
    mcp: bool,
    documents: tuple[Path, ...],
    data_dir: Path | None,
) -> int:
    """打开问答网页。"""
    from qa.accounts import Accounts
    from qa.settings import Settings
    from ui import serve

    settings = Settings.load(host=host, port=port)
    if auth is not None:
        Accounts.load(auth)  # a mistake in the file is told before the documents are read
    bot = _open_bot(documents, data_dir)
    serve(bot, host=settings.host, port=settings.port, auth=auth, root_path=root_path, mcp=mcp)
    return ANSWERED
