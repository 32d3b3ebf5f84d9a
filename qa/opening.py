"""The bot of a command, over documents or an index; and its documents, named by the beginnings of their ids."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from qa.command import InputError
from qa.progress import reporting

if TYPE_CHECKING:
    from corpus.load import Failure
    from qa.bot import PolicyQA


def load_ahead(bot: PolicyQA, question: str) -> None:
    """Load the embedding model in the background while the question is read: half a second that needs no Python."""

    def load() -> None:
        with suppress(Exception):  # asking meets the same trouble and tells it
            bot.embed_query(question)

    Thread(target=load).start()


def open_bot(documents: Sequence[Path] = (), data_dir: Path | None = None, **settings: Any) -> PolicyQA:
    """The bot over these documents, or over what ``data_dir`` holds; files that cannot be read go to stderr. A setting
    of None is one that was not given."""
    must_exist(documents)

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
    with reporting() as report:
        bot = PolicyQA.open(documents=list(documents) or None, settings=chosen, progress=report)
    tell_failures(bot.failures)
    for warning in bot.warnings:
        click.echo(warning, err=True)
    return bot


def open_to_look(documents: Sequence[Path] = (), data_dir: Path | None = None) -> PolicyQA:
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
    return open_bot(documents, data_dir)


def must_hold_documents(bot: PolicyQA) -> None:
    from qa.bot import EMPTY

    if not bot.documents():
        raise InputError(EMPTY)


def must_exist(paths: Sequence[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise InputError(f"找不到 {path}。请检查路径；文件夹和文件都可以。")


def tell_failures(failures: Sequence[Failure]) -> None:
    for failure in failures:
        click.echo(f"没有读进来：{failure.path}：{failure.message}", err=True)


def full_id(bot: PolicyQA, given: str) -> str:
    """The doc_id that is ``given`` or alone begins so."""
    known = bot.doc_ids()
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
