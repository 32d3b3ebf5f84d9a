"""Tables of Office documents to lines: one per row, as the reader of web pages gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table as the format stores it."""

    text: str
    columns: int = 1  #: how many columns it covers
    rows: int = 1  #: how many rows it covers; the rows below do not have it then
    paragraphs: int = 1


def row_line(cells: Iterable[str]) -> str:
    """Cells joined by “ | ”; nothing stands between two bars where a cell is empty."""
    return re.sub(r"\|  (?=\|)", "| ", " | ".join(cells)).strip()


def row_lines(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """One line per row; a cell over several rows is said in each of them, one over several columns once.

    Empty cells at the end of a row are cut. A row without text is an empty line.
    """
    lines: list[str] = []
    spanning: dict[int, tuple[str, int]] = {}
    for row in rows:
        said: list[str] = []
        column = 0
        begun: dict[int, tuple[str, int]] = {}
        for cell in [*row, None]:
            while column in spanning:
                text, left = spanning.pop(column)
                if left > 1:
                    begun[column] = (text, left - 1)
                said.append(text)
                column += 1
            if cell is None:
                break
            if cell.rows > 1 and cell.text:
                begun[column] = (cell.text, cell.rows - 1)
            said.append(cell.text)
            column += max(1, cell.columns)
        spanning.update(begun)
        while said and not said[-1]:
            said.pop()
        lines.append(row_line(said))
    return lines


def says_together(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the rows of a table say something together; one that only places a long text on the page does not."""
    rows = [row for row in rows if row]
    if not rows or max(len(row) for row in rows) < 2:
        return False
    cells = [(len("".join(cell.text.split())), cell) for row in rows for cell in row]
    total = sum(size for size, _ in cells)
    largest, cell = max(cells, key=lambda sized: sized[0])
    if len(rows) == 1 and total > 200:
        return False
    return largest <= 0.4 * total or (cell.paragraphs < 4 and (largest <= 200 or largest <= 0.6 * total))
