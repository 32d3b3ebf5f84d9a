"""What a language model has written, kept so that the same call need not be made twice."""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from qa.database import Database

FILE_NAME = "completions.sqlite"  #: under ``Settings.data_dir``
_log = logging.getLogger(__name__)
_MOST = 10_000  #: texts kept; the oldest go first

_SCHEMA = (
    """
    CREATE TABLE completions (key TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL);
    CREATE INDEX by_age ON completions (at)
    """,
    "ALTER TABLE completions ADD COLUMN seconds REAL NOT NULL DEFAULT 0",
)


class Completions:
    """Texts by the fingerprint of model and prompt; the prompt holds question and evidence, so that a changed document,
    wording or model is another call."""

    def __init__(self, folder: Path) -> None:
        """In ``folder``, made when it is not there. Raises DatabaseUnusable."""
        self._database = Database(folder / FILE_NAME, _SCHEMA)

    @staticmethod
    def key(*parts: object) -> str:
        """The fingerprint of a call."""
        return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str) -> tuple[str, float] | None:
        """The text of an earlier call and the seconds that it took (0 where it was not noted); None where there was none,
        or where it cannot be read."""
        try:
            with self._database.reading() as connection:
                row = connection.execute("SELECT text, seconds FROM completions WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            _log.warning("读不了语言模型写过的（%s）：%s", self._database.path, error)
            return None
        return None if row is None else (str(row["text"]), float(row["seconds"]))

    def put(self, key: str, text: str, seconds: float) -> None:
        """Keep a text and what it took; where that fails, with a line in the log, it is only written anew the next time."""
        try:
            with self._database.writing() as connection:
                now = datetime.now(UTC).isoformat()
                connection.execute(
                    "INSERT OR REPLACE INTO completions (key, text, at, seconds) VALUES (?, ?, ?, ?)",
                    (key, text, now, seconds),
                )
                connection.execute(
                    "DELETE FROM completions WHERE key IN"
                    " (SELECT key FROM completions ORDER BY at DESC LIMIT -1 OFFSET ?)",
                    (_MOST,),
                )
        except sqlite3.Error as error:
            _log.warning("记不下语言模型写的（%s）：%s", self._database.path, error)

    def clear(self) -> None:
        """Forget every text."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM completions")

    def close(self) -> None:
        """Ends the use of the file."""
        self._database.close()
