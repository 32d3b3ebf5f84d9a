"""The command ``policyqa``: parses first, and imports what a command needs inside that command."""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import click

from qa import opening, os_errors, process
from qa.command import (
    ANSWERED,
    INTERRUPTED,
    REFUSED,
    Group,
    InputError,
    data_dir_option,
    documents_option,
    explain,
    json_option,
    questions_argument,
)
from qa.opening import full_id, load_ahead, must_hold_documents
from qa.printing import difference_lines, outline_lines, print_answer, print_rows, print_table, stdout_console, watched

if TYPE_CHECKING:
    from corpus.figures import FigureKind


#: Commands that live in files of their own.
_ELSEWHERE = {
    "documents": "qa.index_cli",
    "eval": "qa.eval_cli",
    "feedback": "qa.users_cli",
    "index": "qa.index_cli",
    "model": "qa.model_cli",
    "users": "qa.users_cli",
}


class _TopGroup(Group):
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
@documents_option
@data_dir_option
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
    bot = opening.open_bot(documents, data_dir, engine=engine, llm=llm)
    must_hold_documents(bot)
    load_ahead(bot, question)
    if as_json:
        answer = bot.ask(question, history=turns)
        click.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        answer = watched(bot.stream(question, history=turns))
        print_answer(answer, stdout_console())
    return REFUSED if answer.refused else ANSWERED


def _read_history(path: Path) -> list[tuple[str, str]]:
    from qa.history import turns

    try:
        return turns(json.loads(path.read_text(encoding="utf-8-sig")) or [])
    except OSError as error:
        raise InputError(f"读不了对话记录 {path}：{os_errors.told(error)}。请检查路径。") from error
    except ValueError as error:
        raise InputError(f'对话记录 {path} 要写成 [{{"q": "问题", "a": "回答"}}, …]，UTF-8 编码的 JSON。') from error


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
@documents_option
@data_dir_option
def chat(
    path: Path | None, engine: str | None, llm: str | None, documents: tuple[Path, ...], data_dir: Path | None
) -> int:
    """连续提问，可以追问。输入 /new 开始新对话，/exit 或 Ctrl-D 结束。"""
    from qa.session import Session

    bot = opening.open_bot(documents, data_dir, engine=engine, llm=llm)
    must_hold_documents(bot)
    session = Session.load(path, bot) if path is not None and path.exists() else Session(bot)
    console, prompt = stdout_console(), sys.stdin.isatty()
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
                print_answer(watched(session.stream(line)), console)
            except KeyboardInterrupt:  # ends this answer, not the talk
                click.echo("\n已停下。", err=True)
            click.echo()
        if path is not None:
            session.save(path)


# --- facts -----------------------------------------------------------------------------------------------------------

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
@json_option
@_csv_option
@documents_option
@data_dir_option
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

    bot = opening.open_to_look(documents, data_dir)
    rows = bot.duties(department, section, role, [full_id(bot, d) for d in only] or None)
    if matrix and rows:
        head, *cells = duty_matrix(rows)
        if as_json:
            click.echo(json.dumps([dict(zip(head, row, strict=True)) for row in cells], ensure_ascii=False, indent=2))
        else:
            print_table(head, cells, as_csv)
        return ANSWERED
    return print_rows(DUTY_COLUMNS, rows, as_json, as_csv, "没有符合条件的职责分工；去掉一个条件再试。")


@policyqa.command()
@click.argument("indicator", default="", metavar="[指标]")
@click.option("--year", metavar="年份", help="只看这一年的。")
@click.option(
    "--kind",
    type=click.Choice(["level", "change", "share", "goal", "limit"]),
    help="level 水平，change 变化，share 占比，goal 目标，limit 限额。",
)
@_kept_option
@json_option
@_csv_option
@documents_option
@data_dir_option
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

    bot = opening.open_to_look(documents, data_dir)
    rows = bot.figures(indicator, year, kind, [full_id(bot, d) for d in only] or None)
    return print_rows(FIGURE_COLUMNS, rows, as_json, as_csv, "没有符合条件的数字；去掉一个条件再试。")


@policyqa.command()
@click.argument("doc_id", metavar="编号")
@json_option
@_csv_option
@documents_option
@data_dir_option
def outline(doc_id: str, as_json: bool, as_csv: bool, documents: tuple[Path, ...], data_dir: Path | None) -> int:
    """显示一份文件的提纲。编号写开头几位即可。"""
    bot = opening.open_to_look(documents, data_dir)
    document = bot.document(full_id(bot, doc_id))
    if as_json:
        click.echo(json.dumps([asdict(s) for s in document.sections], ensure_ascii=False, indent=2))
    elif as_csv:
        cells = [(str(s.level), s.label, s.title, s.kind, str(s.start), str(s.end)) for s in document.sections]
        print_table(("层级", "编号", "标题", "类别", "起", "止"), cells, as_csv)
    else:
        click.echo("\n".join(outline_lines(document)))
    return ANSWERED


@policyqa.command()
@click.argument("doc_a", metavar="编号甲")
@click.argument("doc_b", metavar="编号乙")
@click.argument("topic", default="", metavar="[主题]")
@click.option("--all", "everything", is_flag=True, help="两边相同的句子也列出。")
@json_option
@documents_option
@data_dir_option
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
    bot = opening.open_to_look(documents, data_dir)
    found = bot.compare(full_id(bot, doc_a), full_id(bot, doc_b), topic)
    shown = [d for d in found if everything or d.change != "same"]
    if as_json:
        click.echo(json.dumps([d.to_dict() for d in shown], ensure_ascii=False, indent=2))
        return ANSWERED if shown else REFUSED
    console = stdout_console()
    for difference in shown:
        for line in difference_lines(difference):
            console.print(line)
    if not shown:
        click.echo("没有不同之处。" if found else "两份文件都没有与这个主题有关的句子；换个说法，或不写主题。")
    return ANSWERED if shown else REFUSED


# --- calibration -----------------------------------------------------------------------------------------------------


@policyqa.command()
@questions_argument
@documents_option
@data_dir_option
def calibrate(questions: tuple[Path, ...], documents: tuple[Path, ...], data_dir: Path | None) -> int:
    """用带答案的问题集重新确定句子的权重和拒答的界线。"""
    from qa.calibrate import main as run
    from qa.evaluation import load_cases

    cases = [case for path in questions for case in load_cases(path)]
    run(opening.open_bot(documents, data_dir), cases)
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
@documents_option
@data_dir_option
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
    bot = opening.open_bot(documents, data_dir)
    serve(bot, host=settings.host, port=settings.port, auth=auth, root_path=root_path, mcp=mcp)
    return ANSWERED
