"""The commands ``policyqa feedback`` and ``policyqa users``: what users of the page say, and who they are."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from qa import os_errors
from qa.command import ANSWERED, REFUSED, Group, InputError, data_dir_option, json_option
from qa.printing import stdout_console

if TYPE_CHECKING:
    from qa.feedback import FeedbackStore


@click.group(cls=Group)
def feedback() -> None:
    """查看网页上的 👍👎，或导出成问题集。"""


@feedback.command("list")
@json_option
@data_dir_option
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
        stdout_console().print(table)
    else:
        click.echo("还没有评价。", err=True)
    return ANSWERED if given else REFUSED


@feedback.command("export")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="问题集.jsonl")
@data_dir_option
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


@click.group(cls=Group)
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
