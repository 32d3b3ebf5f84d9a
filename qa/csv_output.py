"""Tables as CSV, for the command and for the page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from qa.facts import DutyRow, FigureRow

NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?\Z")  #: a cell that a program for tables may take as a number
BOM = "\ufeff"
#: What a file says of a row beside the columns that are shown: where it comes from.
_SOURCE = ("编号", "文号", "页")


def table_of(
    columns: Sequence[tuple[str, str]], rows: Sequence[DutyRow | FigureRow]
) -> tuple[list[str], list[list[str]]]:
    """Head and lines of duties or figures for a file, each line with its document's id and number, and its page."""
    return [*(name for _, name in columns), *_SOURCE], [[*row.cells(), *_source(row)] for row in rows]


def _source(row: DutyRow | FigureRow) -> tuple[str, str, str]:
    cited = row.citations if isinstance(row, DutyRow) else (row.citation,)
    pages = dict.fromkeys(str(c.page) for c in cited if c.page is not None)
    return row.doc_id, row.number or "", "、".join(pages)


def csv_text(head: Sequence[str], cells: Sequence[Sequence[str]], end: str = "\n") -> str:
    """The lines of a table. A cell that Excel would run as a formula gets a leading '."""
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows([[harmless(cell) for cell in row] for row in [head, *cells]])
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell as no program for tables runs it.

    >>> harmless("=1+1"), harmless("-5"), harmless("-甲")
    ("'=1+1", '-5', "'-甲")
    """
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not NUMBER.match(cell) else cell
