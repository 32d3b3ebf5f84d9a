"""Tables of a document: their rows and columns, the names and units of these, a cell told in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import SourceDocument
from corpus.labels import HAN_NUMERALS, number_of, without_label
from corpus.table_rows import is_figure, is_form, is_head
from index.tokens import fold
from qa.extractive import Span, cells_of

NUMBERING = re.compile(r"序号|编号|No\.?|#|排名|[\u4e00-\u9fff]{0,4}代码")
UNIT = re.compile(r"[（(]([^（()）]{1,10})[)）]")
#: What may stand in brackets as the unit of what they follow: 元, 亿美元, 元/台·次; （一、二级）, （含1吨） and （单身人员） are none.
_MEASURE = re.compile(
    r"[十百千万亿]*(?:[美欧日港]?元(?:人民币)?|[%‰]|人[次天]?|[名位所艘株棵起例笔宗]|[件户项亩辆台次]次?|个(?:百分点)?|吨(?:标准煤)?|[座张套家处秒分米年月]|小时"
    r"|[平立]方(?:米|公里)|公[里顷斤]|[微毫千]?克|[微毫厘千]?米|[毫]?升|千瓦时?|工作日)(?:[/／·・每][^\d、，,；;]{1,8})?"
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True)
class Table:
    """A table of a document: cells parted by |, the first row its head. Spans are of whole rows; ``groups``: what stands alone
    in a row above those that it heads (一、居民用户), for each row, "" where nothing does."""

    document: SourceDocument
    head: tuple[str, ...]
    head_span: tuple[int, int]
    rows: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[int, int], ...]
    groups: tuple[str, ...] = ()
    wholes: tuple[int | None, ...] = ()  #: for each column the one that it tells a part of (其中：中央, behind 总投资)


@lru_cache(maxsize=64)  # the same few documents are looked through by several ways of answering
def tables_of(document: SourceDocument) -> tuple[Table, ...]:
    """The tables of a document that have a head without figures and two rows or more."""
    found: list[Table] = []
    run: list[tuple[int, int]] = []
    for line in [*re.finditer(r"[^\n]*", document.text), None]:
        if line is not None and "|" in line.group():
            run.append(line.span())
            continue
        if line is not None and not line.group().strip():
            continue
        told = [tuple(cells_of(document.text[a:b])) for a, b in run]
        if len(run) > 2 and not is_form(told):
            head, *rows = told
            if is_head(head, rows):
                # Empty cells at the end of a row may be missing; one cell alone names a group of rows.
                group = ""
                whole: list[tuple[tuple[str, ...], tuple[int, int], str]] = []
                for cells, span in zip(rows, run[1:], strict=True):
                    if sum(map(bool, cells)) == 1 and cells[0]:
                        group = without_label(cells[0])
                    elif (
                        NUMBERING.fullmatch(head[0].strip()) and len(cells) == len(head) and _HEADS_ROWS.match(cells[0])
                    ):
                        # （一）医师岗位 | | 10: a group with what all its rows come to
                        group = without_label(cells[0])
                        at = next((j for j, name in enumerate(head) if not NUMBERING.fullmatch(name.strip())), 0)
                        cells = (*cells[:at], cells[at] or group, *cells[at + 1 :])
                    if len(cells) <= len(head) and sum(map(bool, cells)) > 1:
                        whole.append((cells + ("",) * (len(head) - len(cells)), span, group))
                if len(whole) > 1:
                    groups = tuple(g for *_, g in whole) if group else ()
                    cells_told, spans = tuple(c for c, *_ in whole), tuple(span for _, span, _ in whole)
                    found.append(Table(document, head, run[0], cells_told, spans, groups, _wholes(head, cells_told)))
        run = []
    return tuple(found)


def _wholes(head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int | None, ...]:
    """For each column the one that it tells a part of: 其中：中央 stands behind the whole, and the columns behind it go on as
    long as they add up to that, however they are called."""
    found: list[int | None] = [None] * len(head)
    for first in (k for k, name in enumerate(head) if k and OF_WHICH.match(name)):
        last = next((end for end in range(first + 1, len(head)) if _add_up(rows, first, end)), first)
        found[first : last + 1] = [first - 1] * (last + 1 - first)
    return tuple(found)


def _add_up(rows: Sequence[Sequence[str]], first: int, last: int) -> bool:
    """Whether some columns add up to the one before them in most rows that have a figure in each; figures are rounded."""
    held = [[float(c.replace(",", "")) for c in row[first - 1 : last + 1] if _NUMBER.fullmatch(c)] for row in rows]
    whole = [own for own in held if len(own) == last - first + 2]
    return len(whole) > 1 and sum(abs(own[0] - sum(own[1:])) <= _ROUNDED * own[0] for own in whole) > 0.7 * len(whole)


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ROUNDED = 0.01
OF_WHICH = re.compile(r"^其中[：:]?\s*")

_HEADS_ROWS = re.compile(r"[\W_]*(?:[一二三四五六七八九十]+[、）)])?[\u4e00-\u9fff]{2,}")
_NUMBERED = re.compile(r"\s*(\d{1,3})[.．、](?!\d).*", re.DOTALL)


def numbered_row(document: SourceDocument, number: int) -> tuple[Table, int] | None:
    """The row that bears a number in the one table of a document whose rows are numbered; 0 means the last. None where the
    document has no such table, or several."""
    numbered = [(table, rows) for table in tables_of(document) if len(rows := numbers_of(table)) > 1]
    if len(numbered) != 1:
        return None
    table, rows = numbered[0]
    wanted = max(rows) if number == 0 else number
    return (table, rows[wanted]) if wanted in rows else None


def numbers_of(table: Table) -> dict[int, int]:
    """The numbers that the rows of a table bear, in a column of their own or before what the row is called (5.修塔), and
    their rows; none where they bear none."""
    column = next((j for j, name in enumerate(table.head) if NUMBERING.fullmatch(name.strip())), None)
    if column is None:
        column = next((j for j in range(len(table.head)) if all(_NUMBERED.match(r[j]) for r in table.rows)), None)
    if column is None:
        return {}
    cells = [_NUMBERED.sub(r"\1", row[column].strip()) for row in table.rows]
    # A heading of several rows is numbered 一 in between.
    own = [i for i, cell in enumerate(cells) if cell.isdigit()] or range(len(cells))
    return {n: i for i in own if (n := number_of(cells[i])) is not None}


_GROUP_NAME = re.compile(r"领域|类[别型]|分类|板块|方面|环节|大类")


def groups_of(table: Table) -> list[tuple[str, int]]:
    """The groups in which a table has its rows, each with its first row: by rows that bear 一, 二 and a name alone, or by a
    column that is called so (领域); none where it has none."""
    headings = [
        (row[1], i)
        for i, row in enumerate(table.rows)
        if len(row) > 2 and re.fullmatch(f"[{HAN_NUMERALS}]{{1,3}}、?", row[0].strip()) and row[1] and not any(row[2:])
    ]
    if len(headings) > 1:
        return headings
    column = next((j for j, name in enumerate(table.head) if _GROUP_NAME.search(name)), None)
    if column is None:
        return []
    first: dict[str, int] = {}
    for i, row in enumerate(table.rows):
        first.setdefault(row[column].strip(), i)
    return list(first.items()) if 1 < len(first) < len(table.rows) and all(first) else []


def rows_of_group(table: Table, name: str, groups: Sequence[tuple[str, int]]) -> list[int]:
    """The rows of one of the groups of a table, as ``groups_of`` gives them."""
    heads = [i for _, i in groups]
    first = next(i for own, i in groups if own == name)
    if table.rows[first][1:2] == (name,) and not any(table.rows[first][2:]):  # a row that heads those below it
        return list(range(first + 1, next((i for i in heads if i > first), len(table.rows))))
    return [i for i, row in enumerate(table.rows) if name in (cell.strip() for cell in row)]


def task_column(table: Table) -> int | None:
    """The column that says what is to be done; None where none is called so."""
    return next((j for j, name in enumerate(table.head) if _TASK_NAME.search(name)), None)


_TASK_NAME = re.compile(r"任务|事项|内容|措施|工作|项目|举措")
_ENTRY_NAME = re.compile(rf"(?:{_TASK_NAME.pattern})|^(?:.{{0,2}}指标|.{{0,4}}名称)$")


def names_column(table: Table, but: int = -1) -> int | None:
    """The column that names the entries: the first that is neither a numbering nor figures, nor only puts what is to be done
    into groups (类别, before 任务内容)."""
    for j, name in enumerate(table.head):
        if j != but and not NUMBERING.fullmatch(name.strip()) and _is_of_words(table, j) and not _groups(table, j):
            return j
    return None


def _groups(table: Table, column: int) -> bool:
    """Whether a column puts the rows into groups, beside one that says what each is or what is to be done."""
    entries = next((j for j, name in enumerate(table.head) if _ENTRY_NAME.search(name)), None)
    if entries is None or entries <= column or not _GROUP_NAME.search(table.head[column]):
        return False
    return len({row[column] for row in table.rows}) < len({row[entries] for row in table.rows})


def _is_of_words(table: Table, column: int) -> bool:
    """Whether less than half of a column's cells are figures, or all are years."""
    if column == 0 and _is_of_years(table, column):
        return True
    return sum(bool(re.match(r"[\d.,%\s]+$", row[column])) for row in table.rows) < 0.5 * len(table.rows)


def _is_of_years(table: Table, column: int) -> bool:
    return all(ONLY_YEAR.fullmatch(row[column].strip()) for row in table.rows)


def rows_are_years(table: Table) -> bool:
    """Whether the entries of a table are years."""
    names = names_column(table)
    return names is not None and _is_of_years(table, names)


#: The name of a row that is that of a year.
ONLY_YEAR = re.compile(r"((?:19|20)\d\d)年?度?")
_MOST_KEYS = 3  #: columns that together tell the rows of a table apart


def key_columns(table: Table) -> tuple[int, ...]:
    """The columns of words that together name the entries: the one of their names and, where that has a name for several
    (一类区域, in rows for 小型车 and for 大型车), those behind it until no two rows are named alike."""
    first = names_column(table)
    if first is None:
        return ()
    keys = [first]
    for column in range(first + 1, len(table.head)):
        if len({tuple(row[j] for j in keys) for row in table.rows}) == len(table.rows):
            return tuple(keys)
        if UNITS.fullmatch(table.head[column]) or NUMBERING.fullmatch(table.head[column].strip()):
            continue
        if len(keys) == _MOST_KEYS or 2 * sum(is_figure(row[column]) for row in table.rows) >= len(table.rows):
            break
        keys.append(column)
    apart = len({tuple(row[j] for j in keys) for row in table.rows}) == len(table.rows)
    return tuple(keys) if apart else (first,)


def told_cells(table: Table, i: int, columns: Sequence[int]) -> str:
    """A row's name with the cells of some columns, units written out: 河东区业务收入：14.03亿元。"""
    columns = [
        j for j in columns if not UNITS.fullmatch(table.head[j])
    ] or columns  # which the figures have behind them
    return f"{label_of_row(table, i)}{'，'.join(f'{column_name(table, j)}：{value(table, i, j)}' for j in columns)}。"


def label_of_row(table: Table, i: int) -> str:
    """The name of a row without what tells its unit."""
    name = "".join(OF_WHICH.sub("", without_unit(table.rows[i][j])) for j in _keys_told(table))
    return f"{name}年" if re.fullmatch(r"(?:19|20)\d\d", name) else name


def _keys_told(table: Table) -> tuple[int, ...]:
    """The columns that name a row: a group of rows (创新能力) need not be told before a name that no other row has."""
    keys = key_columns(table) or (0,)
    alone = [j for j in keys if len({row[j] for row in table.rows}) == len(table.rows)]
    return tuple(alone[:1]) or keys


def column_name(table: Table, j: int) -> str:
    """The name of a column without its unit, that of a part behind its whole; that of a change (增长（%）) behind what changes, where it may be one of
    several."""
    name, measure = _SHARE_SIGN.sub("", without_unit(table.head[j])), changes_of(table, j)
    whole = table.wholes[j]
    if whole is not None:
        return f"{without_unit(table.head[whole])}其中{OF_WHICH.sub('', name)}"
    return name if measure is None else f"{without_unit(table.head[measure])}{name}"


def in_other_years(table: Table, j: int) -> list[int]:
    """The columns that tell of other years what a column tells of its own: 2024年标准（元）大船, beside 2021年定额（元）大船; and the
    old one beside the new one."""
    kind = _kind(table.head[j])
    return [k for k, head in enumerate(table.head) if k != j and kind and _kind(head) == kind]


def _kind(head: str) -> str:
    """What the head of a column of a year tells beside the year, or beside 原 and 新: what stands below its unit, else all; ""
    of another."""
    version, unit = _VERSION.match(head), UNIT.search(head)
    if version is not None:
        return "新旧" + re.sub(r"[（(].*", "", head[version.end() :])
    if not YEAR.search(head):
        return ""
    return head[unit.start() :] if unit is not None and head[unit.end() :] else _OF_YEAR.sub("", head)


_VERSION = re.compile("原(?![因则料告])来?|旧|现行?|新(?=[标办规制价方])|本(?=[标办规])|(?:调整|修改|修订|改革)[前后]")
_OF_YEAR = re.compile(rf"{YEAR.pattern}(?:年度?)?(?:[春夏秋冬]季?|[上下]半年)?")
_SHARE_SIGN = re.compile(r"(?<!的)[±%％]+$")
#: The head of a column that tells how much changes what the column before it tells: 增长（%）, 比上年增减%.
_CHANGE = re.compile(
    r"(?:预计|计划|实际|累计)?(?:同比|环比|[比较](?:上|去)年(?:同期|同月|末)?)?(?:增长|增[速幅减]|涨[幅跌]|升降|变化|下降|降幅)(?:率|幅度?|额)?"
)


def is_change(table: Table, j: int) -> bool:
    """Whether a column tells how much something changes, and does not say what."""
    return _CHANGE.fullmatch(_SHARE_SIGN.sub("", re.sub(r"[（(][^（()）]*[)）]|\s", "", table.head[j]))) is not None


def changes_of(table: Table, j: int) -> int | None:
    """The column that another tells the change of: the nearest before it, where more columns of figures may be meant."""
    if not is_change(table, j):
        return None
    keys = key_columns(table)
    measures = [
        k
        for k, name in enumerate(table.head)
        if k not in keys
        and not NUMBERING.fullmatch(name.strip())
        and not UNITS.fullmatch(name)
        and not is_change(table, k)
        and unit_of(name) != "%"
    ]
    return max((k for k in measures if k < j), default=None) if len(measures) > 1 else None


def value(table: Table, i: int, j: int) -> str:
    """A cell with its unit; a rank as such: 第4位."""
    cell = table.rows[i][j]
    rank = _RANKS.search(without_unit(table.head[j]))
    if rank is not None and cell.isdigit():
        return f"第{cell}{'名' if '名' in rank.group() else '位'}"
    units, figures = _SEVERAL_UNITS.search(table.head[j]), cell.split("/")
    if units is not None and len(figures) == 2 and all(map(str.isdecimal, figures)):
        return f"{figures[0]}{units[1]}/{figures[1]}{units[2]}"
    return f"{cell}{unit_of_cell(table, i, j) if re.fullmatch(r'[-−]?[0-9.,]+', cell) else ''}"


#: Two figures in one cell, by the units that its head has: 10/450, of 计划（班/人）.
_SEVERAL_UNITS = re.compile("[（(]([^元（()）/]{1,3})/([^（()）/]{1,3})[)）]")


_RANKS = re.compile("位次|名次|排名$")
_COUNTED = re.compile("([人户家件场台辆])数$")
_SCORES = re.compile("得分|分值|总分|评分|分数$")


def unit_of_cell(table: Table, i: int, j: int) -> str:
    """The unit of a figure: that of its column, of its row, of the column of units, of all; "" where none is told."""
    row, head, whole = table.rows[i], table.head[j], table.wholes[j]
    units = next((k for k, name in enumerate(table.head) if UNITS.fullmatch(name)), None)
    return (
        unit_of(head)
        or unit_of(row[_keys_told(table)[-1]])
        or _unit_said_above(table, head)
        or ("分" if _SCORES.search(head) else "")
        or (counted[1] if (counted := _COUNTED.search(without_unit(head))) else "")
        or (unit_of_cell(table, i, whole) if whole is not None else "")
        or (row[units] if units is not None and len(row[units]) <= _LONGEST_UNIT else "")
        or _unit_above(table, head)
    )


def _unit_said_above(table: Table, head: str) -> str:
    """The unit that the line above a table gives one column: （单位：元/平方米，计量热价单位为元/千瓦时）."""
    told = re.search(rf"{re.escape(without_unit(head))}单位\s*[为:：]\s*([^（()）|。，,；;]{{1,8}})", caption_of(table))
    return told[1] if told is not None and _MEASURE.fullmatch(told[1]) else ""


UNITS = re.compile("(?:计[量价]|收费)?单位")  #: the head of a column of units
_LONGEST_UNIT = 8


def without_unit(name: str) -> str:
    """A name without the unit in brackets behind it; what else stands in brackets (不满20吨) stays."""
    return UNIT.sub(lambda aside: "" if _MEASURE.fullmatch(aside[1]) else aside[0], name)


def unit_of(name: str) -> str:
    """The unit that a name has in brackets; "" where it has none."""
    own = next((aside for aside in UNIT.findall(name) if _MEASURE.fullmatch(aside)), "")
    return own or ("%" if name.strip().endswith(("%", "％")) else "")


_CAPTION_UNIT = re.compile(
    r"(?:单位[:：]\s*([^\s（()）；;。|，,]{1,8})(?:[，,][^（()）|。]{1,30})?|[（(]\s*(?:单位[:：]\s*)?([^（()）|]{1,8})[)）])\W*$"
)


def caption_of(table: Table) -> str:
    """The line above a table; where that tells a unit alone (单位：万元), with the one before it."""
    text = table.document.text
    begin, end = _line_before(text, table.head_span[0])
    caption = text[begin:end]
    if _UNIT_ALONE.fullmatch(caption.strip()):
        named = text[slice(*_line_before(text, begin))]
        return named + caption if len(named) <= LONGEST_CAPTION else caption
    return caption


def _line_before(text: str, at: int) -> tuple[int, int]:
    """The last line with words before a place. Looked for from there: the text before it may be long."""
    end = at
    while end and text[end - 1].isspace():
        end -= 1
    return text.rfind("\n", 0, end) + 1, end


_UNIT_ALONE = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：][^，。]{1,16}")
_NOTE = re.compile(r"\s*(?:[（(]?(?:注|备注|附注|说明)\d*\s*[:：]|[*＊※]|带[*＊])")
_NEXT_NOTE = re.compile(r"\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳]|[*＊※])")


def note_spans(table: Table) -> tuple[tuple[int, int], ...]:
    """The lines below a table that say what its cells do not: 注：……, with those numbered on."""
    return _notes_below(table.document, table.spans[-1][1])[0]


def notes_of(table: Table) -> str:
    """The notes below a table, folded; empty where it has none."""
    return _notes_below(table.document, table.spans[-1][1])[1]


@lru_cache(maxsize=256)  # asked for every column of a table
def _notes_below(document: SourceDocument, end: int) -> tuple[tuple[tuple[int, int], ...], str]:
    text = document.text
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text[end : end + _FAR_BELOW]):
        said = line.group()
        if not said.strip() or "|" in said and not found:
            continue
        if not (_NOTE.match(said) or (found and _NEXT_NOTE.match(said))):
            break
        found.append((end + line.start(), end + line.end()))
    return tuple(found), fold("\n".join(text[a:b] for a, b in found))


_FAR_BELOW = 1500  #: characters below a table in which its notes stand


def _unit_above(table: Table, head: str) -> str:
    """The unit that the line above a table tells for a column; of several (单位：人、万元) that of money for what is money."""
    units = _units_of_all(table)
    if len(units) > 1:
        units = [unit for unit in units if "元" in unit] if _OF_MONEY.search(head) else []
    return units[0] if len(units) == 1 else ""


_OF_MONEY = re.compile("[资奖]金|金额|投资|经费|预算|补[助贴]|收入|支出|产值|[费额]$")


def _units_of_all(table: Table) -> list[str]:
    """The units of the figures of a table, where the line above it tells some (标准（元/人）, 单位：万元) and no column has its
    own."""
    above = table.document.text[slice(*_line_before(table.document.text, table.head_span[0]))]
    told = _CAPTION_UNIT.search(above)
    units = [] if told is None else re.split("、(?=.)", told[1] or told[2])
    # What is said to be the unit is that of all columns that have none of their own; what only stands in brackets may be.
    alone = len(above) <= LONGEST_CAPTION and (_SAYS_UNIT.search(above) or not any(map(unit_of, table.head)))
    measures = _ANY_UNIT if _SAYS_UNIT.search(above) else _MEASURE
    return units if alone and all(map(measures.fullmatch, units)) else []


_SAYS_UNIT = re.compile("单位[:：]")
_ANY_UNIT = re.compile(r"[\u4e00-\u9fff%‰]{1,5}(?:[/／·][^\d、，,；;]{1,8})?")


LONGEST_CAPTION = 60  #: characters of a line above a table that names it


def cell_spans(table: Table, i: int) -> tuple[Span, ...]:
    """What a cell of a row rests on: the row, the head, and the line above where that tells the unit."""
    caption = [_line_before(table.document.text, table.head_span[0])] if _units_of_all(table) else []
    return tuple((table.document.doc_id, *span) for span in (table.spans[i], table.head_span, *caption))


def row_spans(table: Table, held: Sequence[int]) -> tuple[Span, ...]:
    doc_id = table.document.doc_id
    return ((doc_id, *table.head_span), *((doc_id, *table.spans[i]) for i in held))
