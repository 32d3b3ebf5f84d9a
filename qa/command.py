"""The frame of every command: help in Chinese, exit codes, what is said of an error, the options that several have."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

import click

from qa import os_errors

#: Exit codes.
ANSWERED, FAILED, BAD_INPUT, REFUSED, PARTLY, INTERRUPTED = 0, 1, 2, 3, 4, 130
_HAN = re.compile("[\u4e00-\u9fff]")


class InputError(click.ClickException):
    """What the user gave cannot be used. The message is Chinese and names the next step."""

    exit_code = BAD_INPUT


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


class Command(click.Command):
    """A command whose help is Chinese."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这段帮助。"
        return option


class Group(Command, click.Group):
    """A group of such commands, which says what is near to one that it has not."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            names = self.list_commands(ctx)
            nearest = get_close_matches(args[0], names, n=1)
            hint = f"是不是想写 {nearest[0]}？" if nearest else ""
            raise InputError(f"没有命令 {args[0]}。{hint}可用的命令：{'、'.join(names)}。")
        return super().resolve_command(ctx, args)


Group.group_class = Group


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


documents_option = click.option(
    "--documents",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="路径",
    help="只用这些文件或文件夹（可写多次）；不写则用索引里已有的。",
)
data_dir_option = click.option(
    "--data-dir", type=click.Path(path_type=Path, file_okay=False), metavar="文件夹", help="索引所在的文件夹。"
)


json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")


questions_argument = click.argument(
    "questions", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="问题集.jsonl..."
)
