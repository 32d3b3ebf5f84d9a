"""Tables of Office documents to lines: one per row, as the reader of web pages gives them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table as the format stores it."""

    text: str
    columns: int = 1  #: how many columns it covers
    rows: int = 1  #: how many rows it covers; the rows below do not have it then
    paragraphs: int = 1


#: One body or several, as the line of a cell names them; not the end of a name that was begun in the line above.
_BODIES = re.compile(
    r"(?!(?:办公[厅室]|委员会|管委会|管理[局处]|政府)$)[\u4e00-\u9fff](?:[\u4e00-\u9fff、]|[（(][\u4e00-\u9fff、]{1,12}[）)]){1,60}"
    r"(?:[部委局署办院行会厅社联协司处科室队站所]|中心|政府|公司|集团|街道|单位|部门)"
)


def cell_text(lines: Iterable[str]) -> str:
    """The lines of a cell as one. Bodies that a cell names in a line each are a list; other lines are broken to fit."""
    said = [line for line in map(str.strip, lines) if line]
    # 国家税务总局 goes on in the line below with the place of which it is the bureau.
    listed = all(map(_BODIES.fullmatch, said)) and not any(line.endswith("总局") for line in said[:-1])
    return ("、" if listed else " ").join(said)


def row_line(cells: Iterable[str]) -> str:
    """Cells joined by “ | ”; nothing stands between two bars where a cell is empty."""
    return re.sub(r"\|  (?=\|)", "| ", " | ".join(cells)).strip()


def row_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """One line per row, as :func:`told_rows` fills it; that of a row without text is empty."""
    return with_groups([row_line(row) for row in told_rows(placed(rows), len(rows))])


@dataclass(frozen=True, slots=True)
class Area:
    """A cell in the grid of its table: what it says, and the first and last row and column that it covers."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


_MOST_COLUMNS = 256  #: up to which a cell may cover several
_LARGEST_GRID = 2_000_000  #: places of a table; in a larger one every cell stands alone


def placed(rows: Sequence[Sequence[Cell]]) -> dict[tuple[int, int], Area]:
    """The cell at each (row, column) of a table."""
    grid = _placed(rows, _LARGEST_GRID)
    return grid if len(grid) <= _LARGEST_GRID else _placed([[Cell(cell.text) for cell in row] for row in rows])


def _placed(rows: Sequence[Sequence[Cell]], most: float = math.inf) -> dict[tuple[int, int], Area]:
    """:func:`placed`, up to ``most`` places and a row more."""
    grid: dict[tuple[int, int], Area] = {}
    for top, row in enumerate(rows):
        column = 0
        for cell in row:
            while (top, column) in grid:
                column += 1
            right = max(column, min(column + cell.columns, _MOST_COLUMNS) - 1)
            area = Area(cell.text, top, column, max(top, min(top + cell.rows, len(rows)) - 1), right)
            for i in range(top, area.bottom + 1):
                grid |= {(i, j): area for j in range(column, right + 1)}
            if len(grid) > most:
                return grid
            column = right + 1
    return grid


def told_rows(grid: Mapping[tuple[int, int], Area], count: int) -> list[list[str]]:
    """What each of ``count`` rows of a table says, cell by cell; empty cells at the end are cut.

    A cell over several rows is said in each. A head of several rows is one: 产值 over 2022年 is 产值2022年; the others
    are empty then. Where a head names every column, the cells below stand under their names: one over several columns
    is followed by empty ones. Else it is said once.
    """
    width = max((j for _, j in grid), default=-1) + 1
    rows = [[grid.get((i, j)) for j in range(width)] for i in range(count)]
    head = next((i for i, row in enumerate(rows) if len({id(area) for area in row if area}) > 1), count)
    depth = _head_depth(rows, head)
    above = rows[head + depth - 1] if head < count else []
    named = all(area is not None and area.left == area.right for area in above)
    told: list[list[str]] = []
    for i, row in enumerate(rows):
        if head <= i < head + depth and depth > 1:
            names = [head_name(rows[at][j].text for at in range(head, head + depth)) for j in range(width)]  # type: ignore[union-attr]
            said = names if i == head else []
        else:
            said = [
                "" if area is None or j > area.left else area.text
                for j, area in enumerate(row)
                if named or area is None or j == area.left
            ]
        while said and not said[-1]:
            said.pop()
        told.append(said)
    return told


_LONGEST_NAME = 40  #: characters of a cell of a head


def _head_depth(rows: Sequence[Sequence[Area | None]], head: int) -> int:
    """How many rows the head has that begins at ``head``: those below a cell that reaches over several columns, beside
    one over several rows."""
    begun = [area for area in rows[head] if area is not None] if head < len(rows) else []
    depth = max((area.bottom - head + 1 for area in begun), default=1)
    block = rows[head : head + depth]
    if not any(area.left < area.right and area.top == area.bottom for area in begun) or depth > 4:
        return 1
    cells = [area for row in block for area in row]
    whole = all(area is not None and len(area.text) <= _LONGEST_NAME and "。" not in area.text for area in cells)
    single = all(area is not None and area.left == area.right and area.bottom < head + depth for area in block[-1])
    form = is_form([[area.text for area in row if area] for row in block])
    return depth if whole and single and not form and head + depth < len(rows) else 1


def head_name(said: Iterable[str]) -> str:
    """The name of a column by the cells above it, from the top down, each said once."""
    names = list(dict.fromkeys(filter(None, said)))
    latin = any(re.search(r"\w$", name) and name.isascii() for name in names)
    return (" " if latin else "").join(names)


_LONGEST_GROUP = 40  #: characters of the name of a group; more is a text that stands in the table


def with_groups(rows: Sequence[str]) -> list[str]:
    """Rows of a table where the name of a group of rows, alone in its row, is a row too and does not part the table."""
    full = [at for at, row in enumerate(rows) if "|" in row]
    inside = range(full[0], full[-1]) if full else range(0)
    return [
        f"{row} |" if at in inside and row and "|" not in row and len(row) <= _LONGEST_GROUP else row
        for at, row in enumerate(rows)
    ]


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


# --- heads ---

_YEAR = re.compile(r"(?:19|20)\d\d年?")
#: 40元, 5元/次, 1.5
_FIGURE = re.compile(r"[-−]?\d[\d,.]*\s*[十百千万亿]*[%‰\u4e00-\u9fff]{0,2}(?:/[\u4e00-\u9fff]{1,3})?")


def is_head(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table names the columns of the others. A name that holds a figure (24小时最高) stands
    above figures and is none itself; the years of columns are names, too."""
    for column, name in enumerate(head):
        if not re.search(r"\d", _YEAR.sub("", name)) or _BAND.search(name):
            continue
        below = [row[column] for row in rows if column < len(row) and row[column]]
        figures = [cell for cell in below if is_figure(_BEFORE_FIGURE.sub("", cell)) or _CALL.fullmatch(cell)]
        if is_figure(name) or 2 * len(figures) < max(1, len(below)):
            return False
    return True


_BAND = re.compile("[以之](?:上|下|内)|不[足满]|未满|超过")  #: a band of cases: 3个月以上不足6个月
_CALL = re.compile(r"[\d（()）、\s—–-]{5,}")  #: a telephone number: 0453-7718000, below 24小时电话
#: Before the figure of a cell: 每人300元, 不超过5000元.
_BEFORE_FIGURE = re.compile(r"^(?:每[\u4e00-\u9fff]{1,3}(?=\d)|最[高低多少]|不(?:超过|低于)|约)")


def is_figure(cell: str) -> bool:
    """Whether a cell is a figure with its unit and nothing else."""
    return _FIGURE.fullmatch(cell) is not None


# --- forms -----------------------------------------------------------------------------------------------------------

#: What the names of fields end in.
_FIELD = re.compile(
    r"(?:名称|姓名|性别|年龄|民族|籍贯|学历|学位|专业|职务|职称|单位|部门|机构|电话|手机|传真|邮箱|邮编|邮政编码|地址|住址|地点|日期|时间"
    r"|期限|年限|周期|金额|资金|资本|预算|投资|经费|费用|负责人|联系人|经办人|代表人|法人|人数|对象|范围|内容|业务|概况|简介|说明|意见|情况"
    r"|依据|目标|方式|类型|类别|性质|规模|来源|代码|账号|编号|证号|号码|备注)(?:[（(][^（）()]{1,12}[）)])?$"
)


def is_form(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table is a form: no row of it is a head, each holds names of fields, every one before its value."""
    pairs = [pair for row in rows for pair in form_pairs(row)]
    names = [name for name, _ in pairs]
    if len(names) < 4 or len(set(names)) < len(names):
        return False
    fields = sum(map(is_field, names))
    values = sum(is_field(value) for _, value in pairs)
    return is_field(names[0]) and fields >= 0.8 * len(names) and values <= 0.2 * len(names)


def form_pairs(row: Sequence[str]) -> list[tuple[str, str]]:
    """The fields of a row of a form, each with its value."""
    return [(name, value) for name, value in zip(row[::2], row[1::2], strict=False) if name]


def is_field(name: str) -> bool:
    """Whether a cell is the name of a field of a form: 联系电话, 预算金额（万元）."""
    return len(name) <= 20 and _FIELD.search(name) is not None and not re.search(r"[\d，。；]", name)
