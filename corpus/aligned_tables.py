"""Tables without rules: words that stand below one another over consecutive lines. Rows of pieces in, tables out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.clean import is_page_number, width_of
from corpus.dates import iso_date
from corpus.labels import BULLET, label_of
from corpus.organs import is_organ

if TYPE_CHECKING:
    from corpus.layout import Piece

_CELL_GAP = 0.75  #: least gap between two cells of a line, in characters
_FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words that stand together on one line."""

    pieces: tuple[Piece, ...]

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Row:
    """A row of a table on its way: for each column the lines of its cell."""

    cells: list[list[_Cell]] = field(default_factory=list)


def aligned_tables(
    rows: Sequence[Sequence[Piece]], em: float, text_of: Callable[[Sequence[Piece]], str]
) -> list[tuple[int, int, tuple[str, ...]]]:
    """The tables among the lines of a column: (first line, line behind the last, rows “a | b”), from top to bottom.

    ``text_of`` joins the pieces of a cell. Gaps must stand at the same place in each line; prose in columns, lists,
    contents and signatures are no tables.
    """
    lines = [[] if row[0].rows else _cells(row) for row in rows]
    found: list[tuple[int, int, tuple[str, ...]]] = []
    at = 0
    while at < len(lines):
        if len(lines[at]) < 2:
            at += 1
            continue
        end = _end(rows, lines, at, em)
        table = _table(lines[at:end], em)
        if table is not None:
            said = tuple(_said(row, text_of) for row in table)
            found.append((at, end, said))
            at = end
        else:
            at += 1
    return found


def _cells(row: Sequence[Piece]) -> list[_Cell]:
    cells: list[list[Piece]] = []
    for piece in row:
        if cells and piece.left - cells[-1][-1].right < _CELL_GAP * piece.size:
            cells[-1].append(piece)
        else:
            cells.append([piece])
    return [_Cell(tuple(pieces)) for pieces in cells]


def _columns(
    lines: Sequence[Sequence[_Cell]], em: float, above: Sequence[tuple[float, float]] = ()
) -> list[tuple[float, float]]:
    """Left and right of each column: what stands between the gaps that go through all lines, and those ``above``."""
    spans: list[tuple[float, float]] = []
    for left, right in sorted([*above, *((cell.left, cell.right) for line in lines for cell in line)]):
        if spans and left - spans[-1][1] < 0.6 * em:
            spans[-1] = (spans[-1][0], max(spans[-1][1], right))
        else:
            spans.append((left, right))
    return spans


def _end(rows: Sequence[Sequence[Piece]], lines: Sequence[Sequence[_Cell]], begin: int, em: float) -> int:
    """Behind the last line that can be of the table which begins at ``begin``."""
    columns = _columns(lines[begin : begin + 1], em)
    end, last_full = begin + 1, begin + 1
    while end < len(lines) and lines[end]:
        top, below = max(p.middle for p in rows[end - 1]), min(p.middle for p in rows[end])
        if below - top > 4 * em:
            break
        wider = _columns(lines[end : end + 1], em, columns)
        # A line of one piece that closes a gap is prose; one of several may be of a table with other columns.
        if len(wider) < max(2, len(columns)):
            break
        if len(lines[end]) == 1 and not _wraps(lines[begin:end], lines[end][0], wider, em, below - top):
            break
        columns = wider
        end += 1
        if len(lines[end - 1]) >= 2:
            last_full = end
        elif end - last_full > 4:
            return last_full
    return end


def _home(cell: _Cell, columns: Sequence[tuple[float, float]]) -> int:
    return next(at for at, (left, right) in enumerate(columns) if left <= cell.left and cell.right <= right)


def _wraps(
    above: Sequence[Sequence[_Cell]], cell: _Cell, columns: Sequence[tuple[float, float]], em: float, step: float
) -> bool:
    """Whether the only words of a line go on with a cell above, and are no paragraph below the table."""
    at = _home(cell, columns)
    before = next((c for line in reversed(above) for c in line if _home(c, columns) == at), None)
    return before is not None and step < 2.2 * em and _goes_on(before, cell, _width(above, columns, at), em)


def _width(lines: Sequence[Sequence[_Cell]], columns: Sequence[tuple[float, float]], at: int) -> float:
    return max((cell.right - cell.left for line in lines for cell in line if _home(cell, columns) == at), default=0.0)


_WORD = re.compile(r"[A-Za-z0-9.%+/:_-]+|.")
_OPENING = re.compile(r"[（(，。、；：）)]")


def _goes_on(before: _Cell, cell: _Cell, width: float, em: float) -> bool:
    """Whether words go on with those above: they stand below them, and did not fit on that line."""
    same_edge = abs(before.left - cell.left) < 0.6 * em
    same_middle = abs(before.left + before.right - cell.left - cell.right) < 1.2 * em
    if not (same_edge or same_middle):
        return False
    if _OPENING.match(cell.text) or before.text.endswith(("、", "，", "（", "(")):
        return True
    word = _WORD.match(cell.text)
    needed = (width_of(word.group()) if word else 0) + 1.2
    return before.right - before.left >= max(4 * em, width - needed * em)


def _table(lines: Sequence[Sequence[_Cell]], em: float) -> list[_Row] | None:
    """The rows of a table, wrapped cells joined; None when the lines are none."""
    if len(lines) < _FEWEST_ROWS:
        return None
    columns = _columns(lines, em)
    if len(columns) < 2:
        return None
    widths = [_width(lines, columns, at) for at in range(len(columns))]
    table: list[_Row] = []
    for line in lines:
        homes: dict[int, list[_Cell]] = {}
        for cell in line:
            homes.setdefault(_home(cell, columns), []).append(cell)
        row = table[-1] if table else None
        wrapped = (
            row is not None
            and len(homes) < len(columns)
            and all(
                row.cells[at] and _goes_on(row.cells[at][-1], cells[0], widths[at], em) for at, cells in homes.items()
            )
        )
        if not wrapped:
            row = _Row([[] for _ in columns])
            table.append(row)
        assert row is not None
        for at, cells in homes.items():
            row.cells[at].append(_Cell(tuple(piece for cell in cells for piece in cell.pieces)))
    return None if _is_something_else(table, lines, columns, em) else table


_LEADERS = re.compile(r"[.．·…]{4,}|…")
_OPTION = re.compile(r"[A-HＡ-Ｈ][.．、]|[□☐☑○●]")


def _is_something_else(
    table: Sequence[_Row], lines: Sequence[Sequence[_Cell]], columns: Sequence[tuple[float, float]], em: float
) -> bool:
    """Whether rows are prose in columns, a list, a contents table, signatures or the options of a question."""
    texts = [["".join(cell.text for cell in cells) for cells in row.cells] for row in table]
    said = [text for row in texts for text in row if text]
    first, last = [row[0] for row in texts if row[0]], [row[-1] for row in texts if row[-1]]
    filled = sum(sum(map(bool, row)) >= 2 for row in texts)
    if len(table) < _FEWEST_ROWS or filled < max(_FEWEST_ROWS, 0.7 * len(table)):
        return True
    if len(said) < 0.6 * len(table) * len(columns):
        return True
    if any(_LEADERS.search(text) for text in said) or all(map(is_page_number, last)):
        return True
    if sum(text.endswith(("：", ":")) for text in first) > 0.5 * len(first):
        return True
    if sum(bool(_OPTION.match(text)) for text in said) > 0.5 * len(said):
        return True
    labels = sum(label_of(text) is not None or bool(BULLET.match(text)) or width_of(text) <= 1.5 for text in first)
    if len(columns) == 2 and labels >= 0.5 * len(first):
        return not re.fullmatch("序号|编号|项目|类别", first[0])
    if all(is_organ(text) or iso_date(text) for text in said):
        return True
    return _is_prose(table, lines, columns, em)


def _is_prose(
    table: Sequence[_Row], lines: Sequence[Sequence[_Cell]], columns: Sequence[tuple[float, float]], em: float
) -> bool:
    """Whether the lines of each wide column reach its edge: text set in columns."""
    wide = [at for at, (left, right) in enumerate(columns) if right - left >= 10 * em]
    if len(wide) < 2:
        return False
    held = [cell for line in lines for cell in line]
    full = [cell for cell in held if cell.right > columns[_home(cell, columns)][1] - 1.6 * em]
    return len(wide) == len(columns) and len(full) >= 0.6 * len(held) and len(lines) > 1.5 * len(table)


def _said(row: _Row, text_of: Callable[[Sequence[Piece]], str]) -> str:
    cells = [text_of([piece for cell in cells for piece in cell.pieces]) for cells in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return " | ".join(cells)
