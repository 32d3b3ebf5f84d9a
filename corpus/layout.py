"""Pieces of text on a page to lines in reading order: columns, rows, indentation, tables, notes. Boxes in, lines out.

Shared by everything that knows where a text stands on the page (PDF, recognised pictures). Lengths are in any unit,
the same for one page; y grows downward.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from statistics import median
from typing import Literal

from corpus.aligned_tables import aligned_tables
from corpus.clean import is_page_number, width_of
from corpus.document import LeftOut
from corpus.glyphs import raised
from corpus.labels import BULLET, label_of
from corpus.raw import RawLine
from corpus.table_rows import Area, told_rows

Box = tuple[float, float, float, float]  #: left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands together on one line of a page, or a table."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float  #: of the type: the height of a Han character
    bold: bool = False
    spaced: bool = False  #: a typed space stands before it
    confidence: float | None = None  #: 0-1 where the text was recognised in a picture
    rows: tuple[str, ...] = ()  #: of a table: "a | b"
    sure: tuple[float | None, ...] = ()  #: of each row its own confidence

    @property
    def middle(self) -> float:
        """Height of its middle on the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page in its place in the reading order."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    kind: Literal["text", "row", "note"] = "text"  #: row: of a table; note: at the foot of the page
    bold: int = 0  #: leading bold characters
    confidence: float | None = None
    begins: bool | None = False  #: set as the first line of a paragraph: indented, or after a gap; None: unknown
    ends: bool = False  #: set as the last line of a paragraph: stops before the right edge


# --- reading order --------------------------------------------------------------------------------------------------


def page_lines(pieces: Sequence[Piece]) -> list[Line]:
    """The lines of a page in reading order."""
    lines: list[Line] = []
    for block in blocks(pieces):
        lines += _notes_marked(_block_lines(block))
    return lines


def body_size(items: Iterable[Piece | Line]) -> float:
    """The size in which most characters are set, 0.0 where there are none."""
    weights: Counter[float] = Counter()
    for item in items:
        weights[round(item.size * 2) / 2] += len(item.text)
    return max(weights, key=lambda size: weights[size], default=0.0)


def blocks(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of each column or full-width part of a page, the parts in reading order."""
    em = body_size(pieces)
    gutter = gutter_of(pieces, em)
    if gutter is None:
        return [list(pieces)] if pieces else []
    running = _running(pieces, em)
    wide = [p for p in pieces if p in running or (p.left < gutter - 0.4 * em and p.right > gutter + 0.4 * em)]
    across = sorted(wide, key=lambda p: p.middle)
    bands: list[list[Piece]] = [[] for _ in range(len(across) + 1)]
    beside: list[list[Piece]] = [[piece] for piece in across]
    for piece in pieces:
        if piece in across:
            continue
        row = next((i for i, wide in enumerate(across) if _same_row(wide, piece)), None)
        if row is None:
            bands[sum(wide.middle < piece.middle for wide in across)].append(piece)
        else:
            beside[row].append(piece)
    found: list[list[Piece]] = []
    pending: list[Piece] = []
    for band, wide in zip(bands, [*beside, []], strict=True):
        left, right = _sides(band, gutter, em)
        if _beside(left, right, em):
            found += [pending] if pending else []
            pending = []
            found += [*blocks(left), *blocks(right)]
        else:
            pending += band
        pending += wide
    return [*found, pending] if pending else found


def _running(pieces: Sequence[Piece], em: float) -> list[Piece]:
    """The pieces of the first and of the last row of a page that stand apart from all others: its running head and foot."""
    rows = _rows(pieces)
    if len(rows) < 6:
        return []
    tops, bottoms = [min(p.top for p in row) for row in rows], [max(p.bottom for p in row) for row in rows]
    gaps = [top - bottom for top, bottom in zip(tops[1:], bottoms, strict=False)]
    apart = max(em, median(gaps) + 0.8 * em)  # rows of columns that are not set level overlap
    return [*(rows[0] if gaps[0] > apart else ()), *(rows[-1] if gaps[-1] > apart else ())]


def _same_row(first: Piece, second: Piece) -> bool:
    """Whether two pieces overlap in height by half of the smaller one."""
    overlap = min(first.bottom, second.bottom) - max(first.top, second.top)
    return not first.rows and not second.rows and overlap > 0.5 * min(_height(first), _height(second))


def _printed_over(first: Piece, second: Piece) -> bool:
    """Whether two pieces stand in the same place, as a stamp and a signature do."""
    return min(first.right, second.right) - max(first.left, second.left) > max(first.size, second.size)


def _height(piece: Piece) -> float:
    return piece.bottom - piece.top


def gutter_of(pieces: Sequence[Piece], em: float) -> float | None:
    """Where a column may end: the x with most text on either side and least across it."""
    if len(pieces) < 6 or em <= 0:
        return None
    begin, end = min(p.left for p in pieces), max(p.right for p in pieces)
    best = -math.inf
    at: list[float] = []
    x = begin + 0.15 * (end - begin)
    while x < end - 0.15 * (end - begin):
        before = [p.right - p.left for p in pieces if p.right <= x + 0.4 * em]
        after = [p.right - p.left for p in pieces if p.left >= x - 0.4 * em]
        across = sum(p.right - p.left for p in pieces if p.left < x - 0.4 * em and p.right > x + 0.4 * em)
        if len(before) > 2 and after:
            score = round(min(sum(before), sum(after)) - across)
            if score > best:
                best, at = score, [x]
            elif score == best:
                at.append(x)
        x += 0.25 * em
    return at[len(at) // 2] if at else None


def _sides(pieces: Sequence[Piece], gutter: float, em: float) -> tuple[list[Piece], list[Piece]]:
    """The pieces on the left of ``gutter`` and those that are not."""
    left = [p for p in pieces if p.right <= gutter + 0.4 * em]
    return left, [p for p in pieces if p.right > gutter + 0.4 * em]


def _are_columns(pieces: Sequence[Piece], em: float) -> bool:
    """Whether pieces are prose set in a column, or in columns beside one another."""
    if _is_column(pieces, em):
        return True
    gutter = gutter_of(pieces, em)
    if gutter is None or any(p.left < gutter - 0.4 * em and p.right > gutter + 0.4 * em for p in pieces):
        return False
    return _beside(*_sides(pieces, gutter, em), em)


def _beside(left: Sequence[Piece], right: Sequence[Piece], em: float) -> bool:
    """Whether pieces are columns beside one another; of the last one there may be no more than two lines, at its head."""
    if not left or not right or not _are_columns(left, em):
        return False
    rest = len(_rows(right)) < 3 and min(p.top for p in right) < min(p.top for p in left) + 1.5 * em
    return rest or _are_columns(right, em)


def _is_column(pieces: Sequence[Piece], em: float) -> bool:
    """Whether pieces are prose set in a column rather than cells: most of at least three rows are of full width."""
    rows = _rows(pieces)
    if len(rows) < 3:
        return False
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    prose = sum(width_of(p.text) for p in pieces if not p.rows) / len(rows) >= 6 or any(p.rows for p in pieces)
    full = sum(max(p.right for p in row) > right - 1.6 * em for row in rows)
    inner = sum(sum(p.right - p.left for p in row) for row in rows)
    return prose and full >= 0.4 * len(rows) and inner >= 0.55 * (right - left) * len(rows)


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand beside one another, from top to bottom, each row from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        beside = [
            row
            for row in rows[-3:]
            if _same_row(max(row, key=lambda p: p.size), piece) and not any(_printed_over(p, piece) for p in row)
        ]
        if beside:
            beside[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


# --- lines of one column --------------------------------------------------------------------------------------------


def _block_lines(pieces: Sequence[Piece]) -> list[Line]:
    lines: list[Line] = []
    rows = _with_aligned(_rows(pieces), body_size(pieces))
    gaps = [any(b.left - a.right >= 1.8 * a.size for a, b in pairwise(row)) for row in rows]
    # Rows of a table follow one another.
    tabular = {at for at, gap in enumerate(gaps) if gap and any(gaps[max(0, at - 1) : at] + gaps[at + 1 : at + 2])}
    for number, row in enumerate(rows):
        if row[0].rows:
            table = row[0]
            at = (table.left, table.top, table.right, table.bottom, table.size)
            sure = table.sure or (table.confidence,) * len(table.rows)
            lines += [Line(text, *at, kind="row", confidence=one) for text, one in zip(table.rows, sure, strict=True)]
        else:
            lines += [_joined(part) for part in ([row] if number in tabular else _apart_on_a_row(row))]
    return _with_edges(lines)


def _with_aligned(rows: list[list[Piece]], em: float) -> list[list[Piece]]:
    """The lines of a column with those of each table without rules gathered to one piece."""
    out: list[list[Piece]] = []
    done = 0
    for begin, end, said in aligned_tables(rows, em, cell_text):
        out += rows[done:begin]
        out.append([_table_piece(said, [piece for row in rows[begin:end] for piece in row])])
        done = end
    return [*out, *rows[done:]]


def _apart_on_a_row(row: Sequence[Piece]) -> list[Sequence[Piece]]:
    """The two things that stand at either edge of one line: 〔2024〕8号 and 签发人：…; else the row as it is."""
    size = max(p.size for p in row)
    gaps = [at for at, (a, b) in enumerate(pairwise(row), 1) if b.left - a.right >= 4 * size]
    if len(gaps) != 1:
        return [row]
    first, second = row[: gaps[0]], row[gaps[0] :]
    said = [sum(width_of(p.text) for p in part) for part in (first, second)]
    return [first, second] if min(said) >= 3 and not is_page_number(second[-1].text) else [row]


def _joined(row: Sequence[Piece]) -> Line:
    """One line of the pieces of a row. Small raised figures become superscripts, so that they add to no number."""
    main = max(row, key=lambda p: (len(p.text), p.size))
    size = max((p.size for p in row if len(p.text) * 3 >= len(main.text)), default=main.size)
    text, bold, all_bold = "", 0, True
    for before, piece in zip([None, *row], row, strict=False):
        said = piece.text
        if piece.size < 0.88 * size and piece.bottom < main.bottom - 0.15 * size:
            said = raised(said)
        if before is not None:
            text += _between(before.text, piece.text, (piece.left - before.right) / max(1e-6, size), piece.spaced)
        text += said
        all_bold = all_bold and piece.bold
        if all_bold:
            bold = len(text)
    sure = [p.confidence for p in row if p.confidence is not None]
    return Line(
        text,
        row[0].left,
        min(p.top for p in row),
        row[-1].right,
        max(p.bottom for p in row),
        size,
        bold=bold,
        confidence=min(sure) if sure else None,
    )


def _between(before: str, after: str, gap: float, spaced: bool) -> str:
    """The space that stands for a gap of so many characters' width between two pieces."""
    if gap >= 1.8:
        return "  "
    if gap >= 0.8:
        return "\u3000"
    latin = before[-1:] < "\u2000" and after[:1] < "\u2000"
    return " " if (latin and gap >= 0.15) or (spaced and gap > 0.08) else ""


def _with_edges(lines: list[Line]) -> list[Line]:
    """The lines of one column, told which of them begin and end paragraphs."""
    texts = [line for line in lines if line.kind == "text"]
    if not texts:
        return lines
    em = body_size(texts)
    body = [line for line in texts if 0.85 * em <= line.size <= 1.15 * em] or texts
    widest = max(line.right - line.left for line in body)
    long = [line for line in body if line.right - line.left >= 0.8 * widest]
    left = sorted(line.left for line in long)[len(long) // 10]
    right = sorted(line.right for line in long)[-1 - len(long) // 10]
    # Where every long line is the first of a paragraph, the others show where lines begin that go on.
    goes_on = [
        b.left
        for a, b in pairwise(lines)
        if a.kind == b.kind == "text" and a.right > right - 2.2 * em and not re.search("[。；：！？]$", a.text)
    ]
    left = min([left, *(other for other in goes_on if 1.4 * em < left - other < 2.6 * em)])
    steps = [b.top - a.top for a, b in pairwise(lines) if b.kind == a.kind == "text"]
    pitch = median(steps) if steps else 0.0
    gaps = [a.kind != "text" or b.top - a.top > pitch + 0.6 * em for a, b in pairwise(lines)]
    centred = [abs(x.left - left - right + x.right) < 1.5 * em and x.left > left + 3 * em for x in lines]
    inset = [1.2 * em < line.left - left for line in lines]
    # Where all lines begin at one edge, the edge tells nothing; nor does the gap before the number of the page.
    told = sum(gaps[:-1]) > max(1, 0.2 * len(lines)) or any(
        i and not c and line.left - left < 6 * em for line, i, c in zip(lines, inset, centred, strict=True)
    )
    edges = {at for pair in pairwise(range(len(lines))) if _on_one_row(*(lines[at] for at in pair)) for at in pair}
    done: list[Line] = []
    for at, line in enumerate(lines):
        if line.kind == "text":
            gap = (at > 0 and gaps[at - 1]) or at in edges
            first = gap or inset[at] or centred[at] or BULLET.match(line.text) is not None
            begins: bool | None = first or (False if told else None)
            if at and at not in edges and _in_brackets(lines[at - 1].text, line.text):
                begins, done[-1] = False, replace(done[-1], ends=False)
            elif at and begins is not False:
                if _heading_goes_on(lines[at - 1], line, em) or (
                    not gap and _inset_goes_on(lines[at - 1], line, left, right, em)
                ):
                    begins, done[-1] = False, replace(done[-1], ends=False)
                elif not gap and _hangs(done, line, em):
                    begins = False
            ends = at in edges or _stops(lines, at, right, em) or _set_right(lines, at, left, right)
            line = replace(line, begins=begins, ends=ends)
        done.append(line)
    return done


def _on_one_row(first: Line, second: Line) -> bool:
    """Whether two lines are the things that stand at either edge of one row."""
    return first.kind == second.kind == "text" and abs(first.top - second.top) < 0.3 * min(first.size, second.size)


def _in_brackets(before: str, text: str) -> bool:
    """Whether a line closes the brackets that the one before it leaves open: a note below a title, set in the middle."""
    opened, closed = (line.count("（") - line.count("）") for line in (before, text))
    return opened > 0 > closed and label_of(text) is None


def _set_right(lines: Sequence[Line], at: int, left: float, right: float) -> bool:
    """Whether a line, set at the right as the date below a text, stands above one that is not."""
    half = (left + right) / 2
    return at + 1 < len(lines) and lines[at].left > half > lines[at + 1].left


def _heading_goes_on(before: Line, line: Line, em: float) -> bool:
    """Whether two lines are of one heading: in the same larger type, one in the middle below the other."""
    same = (
        line.size > 1.13 * em and abs(line.size - before.size) < 0.06 * em and line.top - before.top < 2.2 * line.size
    )
    return same and abs(before.left + before.right - line.left - line.right) < em


def _inset_goes_on(before: Line, line: Line, left: float, right: float, em: float) -> bool:
    """Whether a line goes on with a paragraph set smaller than the others and narrower on both sides: an abstract."""
    size = line.size
    long = before.right - before.left > 0.5 * (right - left)
    narrow = abs(before.left - left - right + before.right) < 1.5 * size < right - before.right + 0.5 * size
    same = abs(before.left - line.left) < 0.3 * size and abs(before.size - size) < 0.06 * size
    open_ = not re.search("[。；：]$", before.text) and label_of(line.text) is None
    return size < 0.95 * em and long and narrow and same and open_ and line.right < before.right + size


def _hangs(above: Sequence[Line], line: Line, em: float) -> bool:
    """Whether a line stands below the words of an item whose number stands out to the left."""
    for first in reversed(above):
        if first.kind != "text" or first.left > line.left + 0.5 * em:
            return False
        if first.left < line.left - 0.5 * em:
            bullet, label = BULLET.match(first.text), label_of(first.text)
            number = bullet.group() if bullet else label.text if label else ""
            words = first.left + width_of(number) * em
            return bool(number) and -0.7 * em < line.left - words < 1.2 * em
        if label_of(first.text) is not None or BULLET.match(first.text):
            return False
    return False


_WORD = re.compile(r"[A-Za-z0-9.%+/:_-]+[，。；：、！？”）》】]?|.[，。；：、！？”）》】]?")


def _stops(lines: Sequence[Line], at: int, right: float, em: float) -> bool:
    """Whether a line stops before the right edge though the first word of the next one would have stood there.

    Lines beside a picture stop before it too: three of the same length have an edge of their own.
    """
    line, end = lines[at], lines[at].right
    following = lines[at + 1] if at + 1 < len(lines) and lines[at + 1].kind == "text" else None
    word = _WORD.match(following.text.strip()) if following is not None else None
    if end >= right - max(2.2, (width_of(word.group()) if word else 0) + 1.2) * em:
        return False
    for first in (at - 2, at - 1, at):
        near = lines[max(0, first) : first + 3]
        if len(near) == 3 and all(other.kind == "text" and abs(other.right - end) < 0.5 * em for other in near):
            wide = min(other.right - other.left for other in near)
            if wide > 12 * em and all(other.left <= line.left + 3 * em for other in near):
                return False
    return True


_NOTE_MARK = re.compile(
    r"^(?:[①-⑳*＊†‡¹²³⁰-⁹]|[\[［〔(（]\d{1,3}[\]］〕)）]|\d{1,2}(?![\d.．、年月%％]))\s*\S|^注\s*\d*\s*[：:]"
)


def _notes_marked(lines: list[Line]) -> list[Line]:
    """The lines of a column, those of the notes at its foot marked: the last ones, small, the first with a mark."""
    size = body_size(line for line in lines if line.kind == "text")
    end = len(lines)
    while end and is_page_number(lines[end - 1].text):
        end -= 1
    begin = end
    while begin and lines[begin - 1].kind == "text" and lines[begin - 1].size <= 0.9 * size:
        begin -= 1
    marked = next((i for i in range(begin, end) if _NOTE_MARK.match(lines[i].text)), None)
    if marked is None or marked == 0:
        return lines
    notes = []
    for i in range(marked, end):
        first = bool(_NOTE_MARK.match(lines[i].text))
        notes.append(replace(lines[i], kind="note", begins=first, ends=i + 1 == end))
    return [*lines[:marked], *notes, *lines[end:]]


# --- pages to a document --------------------------------------------------------------------------------------------


def document_lines(
    pages: Sequence[tuple[int, Sequence[Line]]], headings: bool = True
) -> tuple[list[RawLine], list[LeftOut]]:
    """The raw lines of (page number, its lines) in order, and what was left out of them.

    Notes at the foot of a page follow the paragraph that runs over to the next page; a table that goes on there goes
    on without its repeated header. ``headings``: type larger than that of the text makes headings.
    """
    size = body_size(line for _, lines in pages for line in lines if line.kind == "text")
    pages = _measured(pages, size)
    levels = _heading_levels(pages, size) if headings else {}
    out: list[RawLine] = []
    left_out: list[LeftOut] = []
    waiting: list[tuple[int, Line]] = []
    number = last_row = 0

    def give(page: int, line: Line) -> None:
        nonlocal number, last_row
        number += 1
        last_row = len(out) if line.kind == "row" else last_row
        level = levels.get(_step(line.size), 0) if line.kind == "text" and _may_be_heading(line, size) else 0
        known = line.kind != "row"
        out.append(
            RawLine(
                line.text,
                number,
                page,
                "heading" if level else "text",
                level,
                line.bold if line.kind == "text" else 0,
                line.confidence,
                line.begins if known else None,
                line.ends if known else None,
            )
        )

    header: str | None = None
    for page, lines in pages:
        body = [line for line in lines if line.kind != "note"]
        goes_on = _table_goes_on(body) if header is not None else None
        first = None if goes_on is None else goes_on + (body[goes_on].text == header)  # row below a repeated header
        for at, line in enumerate(body):
            if at == goes_on and line.text == header:
                number += 1
                left_out.append(LeftOut(number, line.text, "续表重复的表头"))
                continue
            if at == first and line.kind == "row":
                if whole := _rest_of_row(out[last_row].text, line.text):
                    out[last_row] = replace(out[last_row], text=whole)
                    first = None
                    body[at + 1 :] = _carried(out, last_row, body[at + 1 :])
                    continue
                body[at:] = _carried(out, last_row, body[at:])
                line = body[at]
            if waiting and not _at_edge(body, at) and (line.begins or line.kind == "row"):
                for note in waiting:
                    give(*note)
                waiting.clear()
            give(page, line)
            if waiting and not _at_edge(body, at) and line.ends:
                for note in waiting:
                    give(*note)
                waiting.clear()
        waiting += [(page, line) for line in lines if line.kind == "note"]
        header = _last_header(body, header if goes_on is not None else None)
        if waiting and (not body or _ends_page(body)):
            for note in waiting:
                give(*note)
            waiting.clear()
    for note in waiting:
        give(*note)
    return out, left_out


def _measured(pages: Sequence[tuple[int, Sequence[Line]]], em: float) -> list[tuple[int, Sequence[Line]]]:
    """The pages; lines of a page that is too short to show its edges are measured by those of the other pages."""
    body = [line for _, lines in pages for line in lines if line.kind == "text" and abs(line.size - em) < 0.15 * em]
    widest = max((line.right - line.left for line in body), default=0.0)
    long = [line for line in body if line.right - line.left > 0.9 * widest and line.begins is False]
    if len(long) < 5:
        return list(pages)
    left, right = median(line.left for line in long), median(line.right for line in long)
    if sum(abs(line.left - left) < 0.6 * em for line in long) < 0.8 * len(long):  # columns, or pages set in turn
        return list(pages)
    return [
        (
            page,
            [
                replace(x, begins=x.left > left + 1.2 * em, ends=x.ends or x.right < right - 2.2 * em)
                if x.begins is None
                else x
                for x in lines
            ],
        )
        for page, lines in pages
    ]


def _at_edge(body: Sequence[Line], at: int) -> bool:
    """Whether a line is the running head or the number of its page."""
    if is_page_number(body[at].text):
        return True
    return at == 0 and len(body) > 1 and body[0].ends and _apart(body)


def _apart(body: Sequence[Line]) -> bool:
    """Whether the first line of a page stands apart from the others, as a running head does."""
    steps = [b.top - a.top for a, b in pairwise(body[1:]) if b.top > a.top]
    return bool(steps) and body[1].top - body[0].top > 1.4 * median(steps)


def _ends_page(body: Sequence[Line]) -> bool:
    """Whether the last paragraph of a page ends there."""
    last = next((line for line in reversed(body) if not is_page_number(line.text)), None)
    return last is None or last.ends or last.kind == "row"


def _table_goes_on(body: Sequence[Line]) -> int | None:
    """Where a table begins that stands first on its page, below at most a running head."""
    first = next((i for i, line in enumerate(body) if line.kind == "row"), None)
    return first if first is not None and first <= 1 else None


def _carried(out: Sequence[RawLine], last: int, lines: Sequence[Line]) -> list[Line]:
    """``lines``, the rows at the head of a page told what the cell says that runs over from the page before.

    ``last``: the last row there. Its first cells run over where those of several rows are empty, or where the cell was
    said in the row above it too; the line of a total has no number of its own either.
    """
    above = out[last].text.split(" | ")
    before = out[last - 1].text.split(" | ") if last else []
    rows = [line.text.split(" | ") for line in takewhile(lambda line: line.kind == "row", lines)]
    for column, told in enumerate(above[:-1]):
        empty = len(list(takewhile(lambda row: column + 1 < len(row) <= len(above) and not row[column], rows)))  # noqa: B023
        several = empty > 1 or before[column : column + 1] == [told]
        if not told or not empty or not several:
            break
        for row in rows[:empty]:
            row[column] = told
    told_rows = [replace(line, text=" | ".join(row)) for line, row in zip(lines, rows, strict=False)]
    return [*told_rows, *lines[len(rows) :]]


def _rest_of_row(row: str, line: str) -> str:
    """The last row of a page with what stands of it on the next one, "" where that is a row of its own.

    The rest of a row has few words: its first cell, and half of the others at least, have ended on the page before.
    """
    cells, more = row.split(" | "), line.split(" | ")
    width = max(len(cells), len(more))
    cells += [""] * (width - len(cells))
    more += [""] * (width - len(more))
    if (
        more[0]
        or width < 2
        or 2 * sum(map(bool, more)) > width
        or any(m and not c for c, m in zip(cells, more, strict=True))
    ):
        return ""
    return " | ".join(c + m for c, m in zip(cells, more, strict=True))


def _last_header(body: Sequence[Line], before: str | None) -> str | None:
    """The header of the table that stands last on a page; ``before``: that of the table which goes on there."""
    end = len(body)
    while end and body[end - 1].kind != "row" and len(body) - end < 2:
        end -= 1
    if not end or body[end - 1].kind != "row":
        return None
    begin = end - 1
    while begin and body[begin - 1].kind == "row" and body[begin - 1].top == body[begin].top:
        begin -= 1
    return before if before is not None and begin <= 1 else body[begin].text


def _step(size: float) -> float:
    return round(size * 2) / 2


def _heading_levels(pages: Sequence[tuple[int, Sequence[Line]]], size: float) -> dict[float, int]:
    """Heading level for each size of type larger than that of the text, the largest first."""
    sizes = {
        _step(line.size) for _, lines in pages for line in lines if line.kind == "text" and _may_be_heading(line, size)
    }
    return {step: min(level, 6) for level, step in enumerate(sorted(sizes, reverse=True), 1)}


def _may_be_heading(line: Line, size: float) -> bool:
    larger = line.size >= 1.13 * size and line.size >= size + 1
    # 某某省人民政府文件 in large red type heads the page, not a section.
    sentence = re.search(r"[。；]$|\S{2}文件$", line.text)
    return larger and len(line.text) <= 60 and not sentence and not is_page_number(line.text)


# --- tables ---------------------------------------------------------------------------------------------------------


def table_rows(cells: Sequence[Box], text_in: Callable[[Box], str], tolerance: float = 3.0) -> tuple[str, ...]:
    """The rows of a table: its cells, filled as those of Office documents are, joined by “ | ”."""
    tops = _merged(sorted(cell[1] for cell in cells), tolerance)
    lefts = _merged(sorted(cell[0] for cell in cells), tolerance)

    def first(edges: Sequence[float], value: float) -> int:
        return sum(edge <= value + tolerance for edge in edges) - 1

    def last(edges: Sequence[float], value: float) -> int:
        return sum(edge < value - tolerance for edge in edges) - 1

    grid: dict[tuple[int, int], Area] = {}
    for cell in sorted(cells, key=lambda c: (c[0], c[1])):
        left, top, right, bottom = cell
        area = Area(text_in(cell), first(tops, top), first(lefts, left), last(tops, bottom), last(lefts, right))
        for i in range(area.top, area.bottom + 1):
            for j in range(area.left, area.right + 1):
                grid.setdefault((i, j), area)
    return tuple(" | ".join(row) for row in told_rows(grid, len(tops)) if row)


def _merged(values: Sequence[float], tolerance: float) -> list[float]:
    kept: list[float] = []
    for value in values:
        if not kept or value - kept[-1] > tolerance:
            kept.append(value)
    return kept


def is_table(cells: Sequence[Box]) -> bool:
    """Whether cells are a table: two of them stand side by side, and there is more than a frame."""
    return len(cells) >= 2 and any(
        a[2] <= b[0] + 3 and min(a[3], b[3]) - max(a[1], b[1]) > 3 for a in cells for b in cells if a is not b
    )


def is_torn(cells: Sequence[Box], pieces: Sequence[Piece], tolerance: float = 3.0) -> bool:
    """Whether cells are only the shaded or framed rows of a table: one row, or one with words of several columns in a cell."""
    edges = _merged(sorted(cell[1] for cell in cells), tolerance)
    if len(edges) == 1:
        return True
    starts = _merged(sorted(cell[0] for cell in cells), tolerance)
    for left, top, right, bottom in cells:
        inner = [x for x in starts if left + tolerance < x < right - tolerance]
        inside = [p for p in pieces if left <= p.left and p.right <= right and top <= p.middle <= bottom]
        crossed = any(p.left < x - tolerance and x + tolerance < p.right for p in inside for x in inner)
        if inner and not crossed and len({sum(x <= p.left + tolerance for x in inner) for p in inside}) > 1:
            return True
    return False


def cell_text(pieces: Sequence[Piece]) -> str:
    """The text in a cell, its lines joined."""
    text = ""
    for row in _rows(pieces):
        line = _joined(row).text
        latin = text[-1:] < "\u2000" and line[:1] < "\u2000"
        text += (" " if text and latin else "") + re.sub(r"\s{2,}|\u3000", " ", line)
    return text.strip()


def with_tables(pieces: Sequence[Piece], tables: Sequence[Sequence[Box]], tolerance: float = 3.0) -> list[Piece]:
    """The pieces with those inside the cells of ``tables`` (the cells of each) gathered to rows."""
    rest = list(pieces)
    found: list[Piece] = []
    for cells in tables:
        if not is_table(cells):
            continue
        inside: dict[Box, list[Piece]] = {cell: [] for cell in cells}
        outside: list[Piece] = []
        for piece in rest:
            x, y = (piece.left + piece.right) / 2, piece.middle
            home = next((c for c in cells if c[0] <= x <= c[2] and c[1] <= y <= c[3]), None)
            (outside if home is None else inside[home]).append(piece)
        held = [piece for group in inside.values() for piece in group]
        rows = table_rows(cells, lambda cell: cell_text(inside[cell]), tolerance)  # noqa: B023  # called at once
        if not rows:
            continue
        rest = outside
        sure = [(cell_text(group), piece.confidence) for group in inside.values() for piece in group]
        table = _table_piece(rows, held, _around(cells))
        found.append(replace(table, sure=tuple(_least_sure(row, sure) for row in rows)))
    return [*rest, *found]


def _least_sure(row: str, cells: Sequence[tuple[str, float | None]]) -> float | None:
    """How sure the least sure word of a row is, by the texts of the cells of its table."""
    own = row.split(" | ")
    told = {text for text, _ in cells}
    # A name of a head of several rows is made of several cells.
    return min(
        (
            sure
            for text, sure in cells
            if sure is not None and (text in own or any(text in name for name in own if name not in told))
        ),
        default=None,
    )


def _around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _table_piece(rows: tuple[str, ...], held: Sequence[Piece], box: Box | None = None) -> Piece:
    box = box or _around([(p.left, p.top, p.right, p.bottom) for p in held])
    sure = [p.confidence for p in held if p.confidence is not None]
    return Piece("\n".join(rows), *box, size=body_size(held), confidence=min(sure) if sure else None, rows=rows)
