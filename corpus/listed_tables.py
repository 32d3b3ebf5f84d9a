"""Tables that a copy out of a web page has left with one cell a line: 指标 / 年末数(万人) / 比重(%) / 常住人口 / 144.3 / 100.0."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.labels import label_of
from corpus.raw import RawLine

_LONGEST = 24  #: characters of a cell
_FIGURE = re.compile(r"[-−+]?[\d,，]+(?:\.\d+)?\s?[%‰％]?|[-—–－/／]+|…+|\.{3,}")
_NO_CELL = re.compile(r"[。；;！!？?|]|^[#*>]|[：:]$")
_FEWEST = 3  #: rows with as many figures each
#: A piece of a sentence whose figures were set on lines of their own: 年, 月, 本次实施时间为, 的通知》（津工信〔.
_PIECE = re.compile(
    r"^.$|[，,]|^(?:年(?![末初均度内产])|月(?![末初均])|日(?!均)|号|[〕）)\]】》”])|[为至于过到约达即第的〔（(\[《“]$"
)


def listed_rows(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, those of such a table with the first line of their row.

    Its rows are a name and as many figures each, three rows at least; before them stand as many cells without figures,
    the head, where the lines above are short enough to be one.
    """
    done = list(lines)
    for begin, end in _short_runs(lines):
        texts = [lines[i].text.strip() for i in range(begin, end)]
        for row in _rows(texts):
            first = lines[begin + row[0]].line
            for i in row:
                done[begin + i] = replace(lines[begin + i], row=first)
    return done


def _short_runs(lines: Sequence[RawLine]) -> Iterator[tuple[int, int]]:
    """Ranges of lines that could each be a cell."""
    begin = 0
    for i, line in enumerate([*lines, None]):
        text = line.text.strip() if line is not None else ""
        cell = (
            line is not None
            and line.role == "text"
            and 0 < len(text) <= _LONGEST
            and not _NO_CELL.search(text)
            and (label_of(text) is None or _FIGURE.fullmatch(text) is not None)
        )
        if cell:
            continue
        if i - begin > 2 * _FEWEST:
            yield begin, i
        begin = i + 1


def _rows(texts: Sequence[str]) -> Iterator[range]:
    """The rows of the tables in a run of cells, each a range of places, their heads included."""
    figure = [_FIGURE.fullmatch(text) is not None for text in texts]
    at, free = 0, 0  # where to look on; the first line that no table has taken
    while at < len(texts):
        width = _width(figure, at)
        if not width:
            at += 1
            continue
        end = at
        while end < len(texts) and _width(figure, end) == width:
            end += width
        names = texts[at:end:width]
        if len(names) >= _FEWEST and not any(map(_PIECE.search, names)):
            if at - width >= free and not any(figure[at - width : at]):
                yield range(at - width, at)
            for first in range(at, end, width):
                yield range(first, first + width)
            free = end
        at = end


def _width(figure: Sequence[bool], at: int) -> int:
    """Cells of the row that begins at a place: a name and the figures behind it; 0 where none does."""
    end = at + 1
    while end < len(figure) and figure[end]:
        end += 1
    return end - at if at < len(figure) and not figure[at] and end > at + 1 else 0
