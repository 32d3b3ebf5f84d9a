"""Tables of plain text: those that a copy out of a web page has left with one cell a line (指标 / 年末数(万人) / 常住人口 /
144.3; 序号 / 任务 / 责任单位 / 1 / …), and those that were set with spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.labels import label_of
from corpus.raw import RawLine
from corpus.table_rows import is_head

_LONGEST = 24  #: characters of a cell
_FIGURE = re.compile(r"[-−+]?[\d,，]+(?:\.\d+)?\s?[%‰％]?|[-—–－/／]+|…+|\.{3,}")
_NO_CELL = re.compile(r"[。；;！!？?|]|^[#*>]|[：:]$")
_FEWEST = 3  #: rows with as many figures each
_MOST_COLUMNS = 10
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
        if line is not None and _is_cell(line):
            continue
        if i - begin > 2 * _FEWEST:
            yield begin, i
        begin = i + 1


def _is_cell(line: RawLine) -> bool:
    text = line.text.strip()
    short = line.role == "text" and line.row is None and 0 < len(text) <= _LONGEST and not _NO_CELL.search(text)
    return short and (label_of(text) is None or _FIGURE.fullmatch(text) is not None)


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


# --- rows below the name of a table, with one cell a line -----------------------------------------------------------

_CAPTION = re.compile(r"表\s*\d+(?:[-－.]\d+)?(?:[\s:：]|[\u4e00-\u9fff])")
_VALUE = re.compile(rf"(?:{_FIGURE.pattern})|\d{{4}}年?(?:\d{{1,2}}月)?(?:底|末)?|[-—–－/／]")


def captioned_rows(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, those of a table below its name (表2 灯塔计划表) with the first line of their row: as many cells without
    figures as a row has, the head, then two rows at least that have figures or years in the same columns."""
    done = list(lines)
    for at in [i for i, line in enumerate(lines) if _CAPTION.match(line.text.strip()) and line.role == "text"]:
        end = at + 1
        while end < len(lines) and _is_cell(lines[end]):
            end += 1
        values = [_VALUE.fullmatch(line.text.strip()) is not None for line in lines[at + 1 : end]]
        width = _columns(values)
        for first in range(at + 1, end - width + 1, width) if width else ():
            for i in range(first, first + width):
                done[i] = replace(lines[i], row=lines[first].line)
    return done


def _columns(values: Sequence[bool]) -> int:
    """How many cells a row has, where ``values`` tells which cells are figures; 0 where no number of them fits."""
    for width in range(2, min(_MOST_COLUMNS, len(values) // 3) + 1):
        rows = [tuple(values[i : i + width]) for i in range(width, len(values) - width + 1, width)]
        whole = len(values) % width == 0 and not any(values[:width])
        if whole and any(rows[0]) and len(set(rows)) == 1:
            return width
    return 0


# --- counted rows with one cell a line --------------------------------------------------------------------------------

_COUNTS = re.compile(r"序\s*号|编\s*号|项\s*次")
_FEWEST_COUNTED = 3


def counted_rows(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines, those of a table whose rows are counted with the first line of their row: 序号 / 任务 / 责任单位 / 1 / 灯塔
    点亮 / 渔业局 / 2 / … Three rows at least, each with as many lines as the head."""
    done = list(lines)
    for at in [i for i, line in enumerate(lines) if _COUNTS.fullmatch(line.text.strip())]:
        width = next((w for w in range(2, _MOST_COLUMNS + 1) if _is(lines, at + w, "1")), 0)
        head = [line.text.strip() for line in lines[at : at + width]]
        if not width or any(len(cell) > _LONGEST or _NO_CELL.search(cell) for cell in head):
            continue
        count = 0
        while _is(lines, at + width * (count + 1), str(count + 1)):
            count += 1
        # The last of them may have fewer cells, or be followed by text: it needs as many lines as the one before.
        whole = count if at + width * (count + 1) <= len(lines) else count - 1
        if whole < _FEWEST_COUNTED:
            continue
        for first in range(at, at + width * (whole + 1), width):
            for i in range(first, first + width):
                done[i] = replace(lines[i], row=lines[first].line)
    return done


def _is(lines: Sequence[RawLine], index: int, text: str) -> bool:
    """Whether there is a line of plain text that says just this."""
    return index < len(lines) and lines[index].role == "text" and lines[index].text.strip().rstrip(".．、") == text


# --- tables set with spaces -----------------------------------------------------------------------------------------

_GAP = re.compile(r"[ \t\xa0\u3000]{2,}|\t|\u3000")
_COUNTER = re.compile(r"\s*(?:序\s?号|编号)\s+\S+\s+\S")
_FIGURE_CELL = re.compile(r"[-−+]?\d|[-—–]+$")
_CONTENTS = re.compile(r"^[#*\s]*目\s*[录次]")
_ENDS = re.compile("[。！？]")


def aligned_rows(lines: Sequence[RawLine]) -> list[RawLine]:
    """The lines with the cells of tables that were set with spaces parted by |, like those of every other table.

    Such a table is three lines or more that follow one another and have as many cells, the first of them a head
    (no figures but those of names: 2024年（亿元）), at least half of the other cells with one. Where the first cells are 序号 and 1, 2, 3 … one space parts
    cells, and two rows with any words are enough.
    """
    cells = [[cell.strip() for cell in _GAP.split(line.text.strip())] for line in lines]
    for at in [i for i, line in enumerate(lines) if _COUNTER.match(line.text) and "|" not in line.text]:
        words = [line.text.split() for line in lines[at : at + 1000]]
        last = 0
        while last + 1 < len(words) and words[last + 1][0] == str(last + 1) and len(words[last + 1]) == len(words[0]):
            last += 1
        if last >= 2:
            cells[at : at + last + 1] = words[: last + 1]
    done = list(lines)
    for first, last in _pairs_apart(lines):
        done[first:last] = [
            replace(line, text="|".join(line.text.split()), row=line.line) for line in lines[first:last]
        ]
    begin = 0
    while begin < len(lines):
        end = begin + 1
        while end < len(lines) and len(cells[end]) == len(cells[begin]) and lines[end].line - lines[end - 1].line == 1:
            end += 1
        rows = cells[begin + 1 : end]
        told = [bool(_FIGURE_CELL.match(cell)) for row in rows for cell in row[1:]]
        head = cells[begin]
        counted = len(rows) > 1 and bool(_COUNTER.match(lines[begin].text)) and rows[0][0] == "1"
        table = len(head) > 1 and len(rows) > 1 and (counted or sum(told) >= 0.5 * len(told))
        table = table and not _CONTENTS.match(lines[begin].text)  # 目  录, then titles with their pages
        if table and is_head(head, rows) and all(len(c) <= 40 for row in rows for c in row):
            for i in range(begin, end):
                done[i] = replace(lines[i], text="|".join(cells[i]), row=lines[i].line)
        begin = end
    return done


_FEWEST_PAIRS = 4  #: rows of two cells that one space parts
_LONGEST_PAIR = 24  #: characters of a cell


def _pairs_apart(lines: Sequence[RawLine]) -> Iterator[tuple[int, int]]:
    """Runs of lines of two short cells with one space between, a head without figures and an amount in every other row:
    争议金额 受理费 / 1000元以下的部分 40－100元."""
    begin = 0
    for end in range(len(lines) + 1):
        words = lines[end].text.split() if end < len(lines) and "|" not in lines[end].text else []
        short = len(words) == 2 and all(len(w) <= _LONGEST_PAIR and not _ENDS.search(w) for w in words)
        if short and label_of(lines[end].text.strip()) is None and lines[end].role == "text":
            continue
        rows = [line.text.split() for line in lines[begin:end]]
        told = [any(char.isdigit() for char in cell) for _, cell in rows]
        if len(rows) >= _FEWEST_PAIRS and not any(map(str.isdigit, "".join(rows[0]))) and all(told[1:]):
            yield begin, end
        begin = end + 1
