"""Spreadsheets and delimited text to raw lines: the rows of each sheet below its name, the head of the table first."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from corpus.dates import iso_date
from corpus.decode import decode
from corpus.document import LeftOut
from corpus.header import normal_number
from corpus.ooxml import Package
from corpus.raw import RawDocument, RawLine, ReadError
from corpus.sniff import open_package, part
from corpus.table_rows import cell_text, head_name, row_line

MOST_ROWS, MOST_COLUMNS = 20_000, 256  #: of a file; of a row. What is beyond is told in a warning.

Grid = list[list[str]]
#: A merged area: first row, first column, last row, last column, from 0.
Area = tuple[int, int, int, int]


def read_sheet(data: bytes, file_name: str) -> RawDocument:
    """The sheets of a workbook with their values as shown; hidden sheets, rows and columns are left out and listed.

    Raises ReadError when the file is damaged, has a password or is too large to unpack.
    """
    from openpyxl import load_workbook

    with open_package(data, file_name) as archive:
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except Exception as error:  # whatever the library stumbles over, the file is not what it should be
            raise ReadError(f"“{file_name}”读不出来（{error}）；请用 Excel 或 WPS 打开后另存为 .xlsx 再试。") from error
        lines: list[RawLine] = []
        left_out: list[LeftOut] = []
        warnings: list[str] = []
        parts = Package.of(archive, file_name).targets("xl/workbook.xml").values()
        if lost := sum(kind == "worksheet" and name not in archive.namelist() for kind, name in parts):
            warnings.append(f"有 {lost} 张工作表的内容缺失，没有读；请重新下载，或用 Excel 或 WPS 打开后另存再试。")
        rows_left = MOST_ROWS
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                left_out.append(LeftOut(len(lines) + 1, sheet.title, "隐藏的工作表"))
                continue
            source = part(archive, sheet._worksheet_path, file_name)
            try:
                grid, cut = _grid(sheet, rows_left)
            except Exception as error:
                warnings.append(f"工作表“{sheet.title}”读不出来（{error}）；请用 Excel 或 WPS 打开后另存再试。")
                continue
            rows_left -= len(grid)
            if cut:
                warnings.append(_too_long(sheet.title, cut))
            if missing := _uncounted(source):
                warnings.append(
                    f"工作表“{sheet.title}”有 {missing} 个公式没有存下结果，读作空白；请用 Excel 或 WPS 打开、保存后再试。"
                )
            rows, columns = _hidden_rows(source), _hidden_columns(source)
            if put_away := _put_away(grid, rows, columns):
                left_out += [LeftOut(len(lines) + 1, text, reason) for text, reason in put_away]
                warnings.append(
                    f"工作表“{sheet.title}”有隐藏或筛掉的行、列共 {len(put_away)} 处，没有读；需要的话取消隐藏和筛选，保存后再试。"
                )
            made = table_lines(grid, _areas(source), rows, columns)
            named = not _is_usual_name(sheet.title)
            if not lines:  # the title of the first sheet is that of the document
                titled = next((at for at, line in enumerate(made) if line.role == "heading"), -1) + 1
                lines, made = made[:titled], made[titled:]
                named = named and (len(visible) > 1 or not lines)
            else:
                named = named or all(line.role != "heading" for line in made)
            if made and named:
                lines.append(RawLine(sheet.title, 1, role="heading", level=2))
            lines += [replace(line, level=3) if line.role == "heading" else line for line in made]
    return _document(file_name, lines, left_out, warnings)


def read_csv(data: bytes, file_name: str) -> RawDocument:
    """Rows of delimited text, whatever its encoding and delimiter (comma, tab, semicolon, bar)."""
    text, warnings = decode(data, file_name)
    csv.field_size_limit(10_000_000)
    grid: Grid = []
    cut = ""
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)):
            if len(grid) >= MOST_ROWS:
                cut = f"只读了前 {MOST_ROWS} 行"
                break
            grid.append([_cell_text(cell) for cell in row[:MOST_COLUMNS]])
    except csv.Error as error:
        raise ReadError(
            f"“{file_name}”第 {len(grid) + 1} 行读不出来（{error}）；请用 Excel 或 WPS 打开后另存为 .xlsx 再试。"
        ) from error
    told = [*warnings, *([_too_long(file_name, cut)] if cut else [])]
    return _document(file_name, table_lines(grid, ()), [], told)


def _document(
    file_name: str, lines: Sequence[RawLine], left_out: Sequence[LeftOut], warnings: Sequence[str]
) -> RawDocument:
    done = tuple(RawLine(line.text, at, role=line.role, level=line.level) for at, line in enumerate(lines, 1))
    return RawDocument(file_name, done, _told_above(lines), False, tuple(left_out), tuple(warnings))


def _told_above(lines: Sequence[RawLine]) -> dict[str, str]:
    """The number and the day that stand between the title and the head of the first table, none of its cells; the title
    itself where the name of the sheet follows, which is no part of it."""
    levels = [line.level for line in lines[:2] if line.role == "heading"]
    found: dict[str, str] = {"标题": lines[0].text} if levels == [1, 2] else {}
    for line in lines[:6]:
        cells = [cell.strip(" （()）") for cell in line.text.split("|") if cell.strip()]
        dates = [iso_date(cell) for cell in cells if _DAY.fullmatch(cell)]
        numbers = [cell for cell in cells if normal_number(cell)]
        if line.role == "heading" or len(cells) <= len(dates) + len(numbers) + sum("：" in cell for cell in cells):
            found |= {"发文字号": numbers[0]} if numbers else {}
            found |= {"成文日期": dates[0]} if dates and dates[0] else {}
        elif len(cells) > 1:
            break
    return found


_DAY = re.compile(r"(?:[^：:]{2,6}[：:]\s*)?(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*[-年./].{2,8}")


def _too_long(name: str, cut: str) -> str:
    return f"“{name}”太大，{cut}，其余没有读；请拆成几个文件，或删去用不着的行列后再试。"


def delimiter_of(text: str) -> str:
    """The sign that parts the cells of delimited text: the one that parts the first rows into as many, most of all."""
    head = text[:20_000].split("\n")[:30]
    best, most = ",", 0.0
    for sign in ",\t;|":
        counts = [len(row) for row in csv.reader(head, delimiter=sign) if row]
        widest = max(counts, default=1)
        usual = max(set(counts), key=counts.count) if counts else 1
        worth = counts.count(usual) / len(counts) * min(usual, 50) if usual > 1 else widest / 1000
        if worth > most:
            best, most = sign, worth
    return best


# --- cells -----------------------------------------------------------------------------------------------------------


def _grid(sheet: Any, most: int) -> tuple[Grid, str]:
    """The cells of a sheet as shown, and what was cut off (Chinese), "" for nothing."""
    sheet.reset_dimensions()  # what the file says about its size is often wrong
    grid: Grid = []
    cut, filled, wide = "", 0, False
    for row in sheet.iter_rows():
        cells = [shown(cell.value, getattr(cell, "number_format", "General")) for cell in row[:MOST_COLUMNS]]
        wide = wide or any(cell.value is not None for cell in row[MOST_COLUMNS:])
        filled = len(grid) + 1 if any(cells) else filled
        if len(grid) - filled > 100_000:  # formatted far below the last value
            break
        if filled > most:
            cut = f"只读了前 {most} 行"
            break
        grid.append(cells)
    if wide and not cut:
        cut = f"只读了前 {MOST_COLUMNS} 列"
    return grid[: min(filled, most)], cut


def shown(value: object, form: str = "General") -> str:
    """A value as its number format shows it: percentages, thousands, decimals; dates as 2024年1月5日 or 2024-01-05."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (datetime.datetime, datetime.date)):
        return _date(value, form)
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    if isinstance(value, (int, float)):
        return _number(value, form or "General")
    return _cell_text(str(value))


def _cell_text(text: str) -> str:
    """The text of a cell on one line; a bar inside it would begin another cell."""
    lines = re.sub(r"_x000[Dd]_", "\n", text).splitlines()
    return cell_text(" ".join(line.split()) for line in lines).replace("|", "｜")


def _date(value: datetime.datetime | datetime.date, form: str) -> str:
    bare = re.sub(r'\[[^\]]*\]|[\\"]', "", form.lower())
    has_day, has_month, has_year = "d" in bare or "日" in bare, "m" in bare, "y" in bare or "e" in bare
    day = value.date() if isinstance(value, datetime.datetime) else value
    time = value.time() if isinstance(value, datetime.datetime) else datetime.time()
    if "年" in bare or "月" in bare:
        told = f"{day.year}年" if has_year else ""
        told += f"{day.month}月" if has_month else ""
        told += f"{day.day}日" if has_day else ""
    elif has_year and has_month and not has_day:
        told = f"{day.year}-{day.month:02d}"
    elif has_year and not has_month:
        told = str(day.year)
    else:
        told = day.isoformat()
    if "h" in bare and (time.hour or time.minute):
        told += " " + time.strftime("%H:%M:%S" if time.second else "%H:%M")
    return told


_PATTERN = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?,*(?:[eE][+-]?[0#]+)?|\.[#0?]+")


def _number(value: int | float, form: str) -> str:
    """A number by the part of its format that is for its sign; as Excel's General where that says nothing simple."""
    sections = form.split(";")
    if value < 0 and len(sections) > 1 and sections[1].strip():
        section, amount = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section, amount = sections[2], value
    else:
        section, amount = sections[0], abs(value)
    sign = "-" if value < 0 and section is sections[0] else ""
    section = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r'"\1"', section)  # [$￥-804]
    section = re.sub(r"\[[^\]]*\]|_.|\*.", "", section)  # colours, conditions, widths
    literal = re.compile(r'"([^"]*)"|\\(.)')
    kept = [a or b for a, b in literal.findall(section)]
    bare = literal.sub("\x00", section)
    patterns = [found for found in _PATTERN.finditer(bare) if re.search("[0#?]", found.group())]
    if "general" in bare.lower() or "@" in bare or "/" in bare or len(patterns) > 1:
        return _general(value)
    if not any(re.search("[0#]", found.group()) for found in patterns):  # words alone, as for a zero
        literals = iter(kept)
        told = "".join(next(literals) if c == "\x00" else c for c in bare if c not in "?# ")
        return told if told or value == 0 else _general(value)
    match = patterns[0]
    pattern = match.group()
    if re.search("[eE]", pattern):
        return _general(value)
    thousands = len(pattern) - len(pattern.rstrip(","))
    pattern = pattern.rstrip(",")
    percent = bare.count("%")
    whole, _, decimals = pattern.partition(".")
    scaled = amount * 100**percent / 1000**thousands
    least, most = decimals.count("0"), len(decimals)
    # Through the shortest decimal form, so that 0.285 is not shown as 0.28.
    told = _rounded(scaled, most)
    if most > least and "." in told:
        integer, _, rest = told.partition(".")
        rest = rest[:least] + rest[least:].rstrip("0")
        told = f"{integer}.{rest}" if rest else integer
    integer, dot, rest = told.partition(".")
    if "," in whole:
        integer = f"{int(integer):,}"
    integer = integer.zfill(whole.count("0")) if "," not in integer else integer
    literals, around = iter(kept), (bare[: match.start()], bare[match.end() :])
    before, after = ("".join(next(literals) if c == "\x00" else c for c in piece) for piece in around)
    sign = "" if re.fullmatch(r"[0.,]*", told) else sign
    return f"{sign}{before}{integer}{dot}{rest}{after}".strip()


def _rounded(value: float, places: int) -> str:
    from decimal import ROUND_HALF_UP, Decimal

    return f"{Decimal(f'{value:.15g}').quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"


def _general(value: int | float) -> str:
    """A number without a format of its own: no 1.0, no 0.30000000000000004."""
    if isinstance(value, int):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.12g}"


# --- what openpyxl does not give when it reads row by row --------------------------------------------------------------

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_COLUMNS = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
# A formula without a value behind it.
_FORMULA = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def _areas(source: bytes) -> list[Area]:
    def column(letters: bytes) -> int:
        number = 0
        for letter in letters:
            number = number * 26 + letter - 64
        return number - 1

    return [(int(b) - 1, column(a), int(d) - 1, column(c)) for a, b, c, d in _MERGED.findall(source)]


def _hidden_rows(source: bytes) -> frozenset[int]:
    numbers = (re.search(rb'\sr="(\d{1,7})"', tag) for tag in _ROW.findall(source) if _HIDDEN.search(tag))
    return frozenset(int(number[1]) - 1 for number in numbers if number)


def _hidden_columns(source: bytes) -> frozenset[int]:
    hidden: set[int] = set()
    for tag in _COLUMNS.findall(source):
        ends = [re.search(rb"\s" + name + rb'="(\d{1,5})"', tag) for name in (b"min", b"max")]
        if _HIDDEN.search(tag) and ends[0] and ends[1]:
            hidden.update(range(int(ends[0][1]) - 1, min(int(ends[1][1]), MOST_COLUMNS)))
    return frozenset(hidden)


def _put_away(grid: Grid, rows: frozenset[int], columns: frozenset[int]) -> list[tuple[str, str]]:
    """The text of each hidden row and column that has some, and why it is left out."""
    told = [(row_line(cell for cell in row if cell), "隐藏的行") for i, row in enumerate(grid) if i in rows]
    for j in sorted(columns):
        said = (row[j] for i, row in enumerate(grid) if i not in rows and j < len(row) and row[j])
        told.append((row_line(said), "隐藏的列"))
    return [(text, reason) for text, reason in told if text]


def _uncounted(source: bytes) -> int:
    return sum(1 for _ in _FORMULA.finditer(source))


def _is_usual_name(title: str) -> bool:
    """Whether a sheet has the name that the program gave it."""
    return re.fullmatch(r"(?:sheet|工作表|表)\s*\d*", title.strip(), re.I) is not None


# --- rows ------------------------------------------------------------------------------------------------------------


def table_lines(
    grid: Grid,
    areas: Iterable[Area],
    hidden_rows: frozenset[int] = frozenset(),
    hidden_columns: frozenset[int] = frozenset(),
) -> list[RawLine]:
    """The lines of a sheet: titles above the head one by one, then a line per row with as many cells as the head.

    Merged cells are said in each of their rows and in the first of their columns; a head of several rows becomes one;
    empty rows and columns are cut. Notes that stand alone below the table are lines of their own.
    """
    areas = [(a, b, min(c, len(grid) - 1), d) for a, b, c, d in areas if a < len(grid)]
    width = max((len(row) for row in grid), default=0)
    grid = [row + [""] * (width - len(row)) for row in grid]
    for top, left, bottom, _ in areas:
        for row in range(top + 1, bottom + 1):
            if left < width:
                grid[row][left] = grid[top][left]
    used = [j for j in range(width) if j not in hidden_columns and any(row[j] for row in grid)]
    kept = [i for i, row in enumerate(grid) if i not in hidden_rows and any(row[j] for j in used)]
    return [line for block in _blocks(grid, kept, used) for line in _block_lines(grid, areas, block, used)]


def _blocks(grid: Grid, kept: Sequence[int], used: Sequence[int]) -> list[list[int]]:
    """The rows of each of the tables that stand below one another: apart by an empty row, with a title and a head."""
    blocks: list[list[int]] = [[]]
    counts = [len(_said(grid, i, used)) for i in kept]
    for at, i in enumerate(kept):
        parted = at > 0 and not any(grid[i - 1][j] for j in used) and max(counts[:at]) > 1
        below = _said(grid, kept[at + 1], used) if at + 1 < len(kept) else []
        titled = counts[at] == 1 and len(below) > 1 and not any(re.fullmatch(r"[-\d.,%]+", cell) for cell in below)
        if parted and titled:
            blocks.append([])
        blocks[-1].append(i)
    return blocks


_ATTACHMENT = re.compile(r"附\s*[件表录]\s*\d*[：:]?")
_ENTRY = re.compile(r"[^：:]{1,12}[：:].*")


def _block_lines(grid: Grid, areas: Sequence[Area], kept: Sequence[int], used: Sequence[int]) -> list[RawLine]:
    """The lines of one table with what stands above and below it."""
    lines: list[RawLine] = []
    head = _head(grid, kept, used)
    if head is None:
        lines = [_line(cell) for i in kept for cell in _said(grid, i, used)]
        if len(lines) > 1 and len(lines[0].text) > 6 and _is_title(lines[0].text):
            lines[0] = replace(lines[0], role="heading", level=1)
        return lines
    for i in kept:
        if i >= head:
            break
        said = _said(grid, i, used)
        titled = len(said) == 1 and _is_title(said[0]) and all(line.role != "heading" for line in lines)
        lines += [replace(_line(cell), role="heading", level=1) if titled else _line(cell) for cell in said]
    # Titles may reach over columns that the table does not have.
    columns = [j for j in used if any(grid[i][j] for i in kept if i >= head and len(_said(grid, i, used)) > 1)]
    depth = _head_depth(grid, areas, head)
    names = _head_names(grid, [area for area in areas if area[1] < area[3]], head, depth, columns)
    rows = [i for i in kept if i >= head + depth]
    last = max((i for i in rows if not _is_below(_said(grid, i, used))), default=head)
    lines.append(_line(row_line(names)))
    for i in rows:
        if i > last:
            lines += [_line(cell) for cell in _said(grid, i, used)]
        else:
            lines.append(_line(row_line(_cells(grid, i, columns))))
    return lines


def _is_title(text: str) -> bool:
    return len(text) <= 60 and not re.search("[。；：:]", text) and not _ATTACHMENT.fullmatch(text)


def _is_below(said: Sequence[str]) -> bool:
    """Whether a row stands below its table, no part of it: a note, 填表人：…  联系电话：…"""
    return len(said) == 1 or all(_ENTRY.fullmatch(cell) for cell in said)


def _line(text: str) -> RawLine:
    return RawLine(text, 1)


def _said(grid: Grid, i: int, columns: Sequence[int]) -> list[str]:
    return [grid[i][j] for j in columns if grid[i][j]]


def _cells(grid: Grid, i: int, columns: Sequence[int]) -> Iterator[str]:
    return (grid[i][j] for j in columns)


def _head(grid: Grid, kept: Sequence[int], used: Sequence[int]) -> int | None:
    """The row that heads the table: the first that fills at least half of the columns, two or more."""
    if len(used) < 2:
        return None
    filled = {i: len(_said(grid, i, used)) for i in kept}
    common = sorted(count for count in filled.values() if count > 1)
    if not common:
        return None
    least = max(2, 0.5 * common[len(common) // 2])
    return next((i for i in kept if filled[i] >= least), None)


def _head_depth(grid: Grid, areas: Sequence[Area], head: int) -> int:
    """How many rows the head has: those below a cell that reaches over several columns, beside one over several rows."""
    begun = [area for area in areas if area[0] == head]
    over_rows = max((bottom - top + 1 for top, _, bottom, _ in begun), default=1)
    over_columns = any(left < right and top == bottom for top, left, bottom, right in begun)
    depth = over_rows if over_columns else 1
    return depth if depth <= 4 and head + depth < len(grid) else 1


def _head_names(grid: Grid, wide: Sequence[Area], head: int, depth: int, columns: Sequence[int]) -> list[str]:
    """The name of each column: what stands over it in the rows of the head."""

    def over(i: int, j: int) -> str:
        left = next((area[1] for area in wide if area[0] <= i <= area[2] and area[1] <= j <= area[3]), j)
        return grid[i][left] if depth > 1 else grid[i][j]

    return [head_name(over(i, j) for i in range(head, head + depth)) for j in columns]
