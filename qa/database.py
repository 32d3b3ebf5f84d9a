"""A small SQLite file that several threads and processes may use at once."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_WAIT = 30.0  #: seconds to wait for another process that is writing


class DatabaseUnusable(RuntimeError):
    """The file is no database of ours, or one of a later version. The message is Chinese and names the next step."""


class Database:
    """One file, made with its folder when it is not there. ``migrations[n]`` takes the schema from version n to n + 1.

    All threads share one connection, one after the other: what is kept here is small and written seldom. Other
    processes wait for each other. Raises :class:`DatabaseUnusable`.
    """

    def __init__(self, path: str | Path, migrations: Sequence[str]) -> None:
        self.path = Path(path)
        self._lock = threading.RLock()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise DatabaseUnusable(f"打不开 {self.path}：{error}。请检查文件夹的权限和磁盘空间。") from error
        self._connection.row_factory = sqlite3.Row
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._migrate(migrations)
        except sqlite3.Error as error:
            self._connection.close()
            raise DatabaseUnusable(f"{self.path} 不能用：{error}。请把它移到别处，程序会新建一个。") from error
        except DatabaseUnusable:
            self._connection.close()
            raise

    def _migrate(self, migrations: Sequence[str]) -> None:
        with self.writing() as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > len(migrations):
                raise DatabaseUnusable(
                    f"{self.path} 是更新的版本写的（第 {version} 版，这里认识到第 {len(migrations)} 版）。请升级 policyqa。"
                )
            for step in migrations[version:]:
                for statement in filter(str.strip, step.split(";")):  # executescript would end the transaction
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(migrations)}")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for reading: everything read inside is of one moment."""
        with self._lock:
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                self._connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection, for writing: all of it is done, or after an exception nothing of it."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Ends the use of the file."""
        with self._lock:
            self._connection.close()
