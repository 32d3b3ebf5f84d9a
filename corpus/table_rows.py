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
    return with_groups(lines)


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
        if not re.search(r"\d", _YEAR.sub("", name)):
            continue
        below = [row[column] for row in rows if column < len(row) and row[column]]
        if is_figure(name) or 2 * sum(map(is_figure, below)) < max(1, len(below)):
            return False
    return True


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
