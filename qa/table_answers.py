"""Answers from tables: the cell of a row and a column, the rows that a condition picks out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.tokens import fold
from qa.evidence import Candidate, Probe, match, weight_held
from qa.extractive import Draft, Line
from qa.question import ASKING_WORDS
from qa.table_names import (
    BARE,
    columns_named,
    named_best,
    of_other_year,
    share_said,
    tables_near,
)
from qa.tables import (
    NUMBERING,
    YEAR,
    Table,
    caption_of,
    cell_spans,
    names_column,
    row_spans,
    tables_of,
    told_cells,
)

_MOST_ROWS = 30
_DATE = re.compile(
    r"(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}[日号]|底|末|上旬|中旬|下旬)?|(?:19|20)\d\d年(?:底|末|上半年|下半年)?"
)
ASKS_ROWS = re.compile(
    r"哪些|哪几|有哪|几(?:个|家|项|条|种|类)|多少(?:个|家|项|条|种|类)|列出|列一下|名单|都有(?:谁|什么)"
)
#: 哪个户型: one entry, by what the column of their names is called.
_WHICH_ROW = re.compile(r"哪(?:一?[个种家类所座]|一)(?P<noun>[\u4e00-\u9fff]{2})")


_MOST_COLUMNS = 3  #: of figures, with which a row is told whole


def row_cells(probe: Probe, candidate: Candidate) -> Draft | None:
    """Of a sentence that is a row of a table the cells of the years or columns that a question names; None where it
    names none, or is no question for figures."""
    if "|" not in candidate.text or "count" not in probe.question.kinds:
        return None
    core = re.sub(r"\s", "", fold(probe.question.core))
    for table in tables_of(candidate.document):
        for i, span in enumerate(table.spans):
            if span[0] <= candidate.start < span[1] and (columns := columns_named(core, probe.question.years, table)):
                return Draft((Line(told_cells(table, i, named_best(columns)), cell_spans(table, i)),), method="cell")
    return None


def answer_rows(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The entries of a table that a question picks out by what stands beside them; None where it picks none. Looked for in
    the documents pointed at, else in that of the best sentence."""
    question = probe.question
    core = re.sub(r"\s", "", fold(question.core))
    if not found or question.kinds & {"whether", "compare", "when"}:
        return None
    which = _WHICH_ROW.search(core)
    if not ASKS_ROWS.search(core) and which is None:
        return None
    documents = dict.fromkeys(c.document for c in found if not probe.hinted or c.document.doc_id in probe.hinted)
    for document in list(documents)[:2]:
        for table in tables_of(document):
            names = names_column(table)
            if which is not None and (names is None or which["noun"] not in fold(table.head[names])):
                continue
            draft = _picked(core, probe, table)
            if draft is not None:
                return draft
    return None


def _picked(core: str, probe: Probe, table: Table) -> Draft | None:
    """The entries whose cells in other columns hold what the question says: 要在9月底前完成的; of several conditions (8月的,
    免费的) those that meet all."""
    names = names_column(table)
    said: list[tuple[int, list[int], str]] = []
    for k, name in enumerate(table.head):
        if NUMBERING.fullmatch(name.strip()):
            continue
        if k == names:
            # The entry itself is named: what is asked for stands in another column of its row.
            held = [i for i, row in enumerate(table.rows) if _says(core, row[k])]
            columns = columns_named(core, (), table) if len(held) == 1 else {}
            if columns and _names_more_than_year(core, table, [table.rows[held[0]][k]]):
                told = told_cells(table, held[0], named_best(columns))
                return Draft((Line(told, row_spans(table, held)),), method="cell")
            continue
        held, told = _rows_said(core, probe, table, k)
        if 0 < len(held) < len(table.rows):
            said.append((k, held, told))
    if not said:
        return None
    met = [i for i in said[0][1] if all(i in held for _, held, _ in said)]
    if not met:
        said, met = said[:1], said[0][1]
    columns_said = {k for k, _, _ in said}
    answer = _asked_column(core, table, but=said[0][0])
    answer = answer if answer is not None and answer not in columns_said else names_column(table, but=said[0][0])
    if answer is None or answer in columns_said:
        return None
    both = names is not None and names not in columns_said and fold(table.head[names]) in core
    other = answer if answer != names else _asked_column(core, table, but=answer)
    if names is not None and both and other is not None and other not in columns_said:
        shown = "；".join(_with_beside(table, i, names, other) for i in met)  # 任务及牵头单位
    else:
        shown = "、".join(dict.fromkeys(table.rows[i][answer] for i in met))
    text = f"{'、'.join(told for _, _, told in said)}的共{len(met)}项：{shown}。"
    return Draft((Line(text, row_spans(table, met)),), method="rows")


def _with_beside(table: Table, i: int, names: int, other: int) -> str:
    """The name of a row with what another column tells of it."""
    return f"{table.rows[i][names]}（{BARE.sub('', table.head[other])}：{table.rows[i][other]}）"


#: All entries asked for: 哪些, 哪8家, 有几种, before or behind what they are called.
_ALL_ENTRIES = re.compile(
    r"(?:哪(?:些|(?:几|\d{1,2}|[二三四五六七八九十]{1,2})[大]?[个项条种类家名位所座处])|(?:有|分)(?:为|成)?几(?:大)?[个种类家项])(?:的)?(?P<behind>[\u4e00-\u9fff]*)"
)
_IS_OF = re.compile(r"(?:的)?(?:名单)?(?:都|分别|一共|总共|共)?(?:有|是|为|包括|包含|叫)?$")
_NAME_OF = re.compile(r"(?<=..)(?:名称|姓名|名)$")


def answer_entries(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """All entries of a table, or all that stands in one of its columns, where a question asks for them by what the head of the
    column calls them and for nothing that the table and what stands above it does not say; None for other questions."""
    question = probe.question
    core = re.sub(r"\s", "", fold(question.core))
    asked = _ALL_ENTRIES.search(core)
    if not found or asked is None or question.kinds & {"whether", "compare", "when"}:
        return None
    clause = re.split("[,，。;；?？]", core[: asked.start()])[-1]
    noun = asked["behind"] or _IS_OF.sub("", clause)
    for table in tables_near(found, probe.hinted):
        column = next((j for j in range(len(table.head)) if _calls(noun, table.head[j])), None)
        if column is None or of_other_year(table, question.years) or not _says_all(core, probe, table):
            continue
        cells = list(dict.fromkeys(c for row in table.rows if (c := row[column].strip())))
        if not 2 <= len(cells) <= _MOST_ROWS or question.count not in (None, len(cells)):
            continue
        if any(_says(core, row[j]) for row in table.rows for j in range(len(row))):
            continue  # some of the entries
        text = f"{BARE.sub('', table.head[column])}共{len(cells)}项：{'、'.join(cells)}。"
        return Draft((Line(text, row_spans(table, range(len(table.rows)))),), method="rows")
    return None


_IN_TABLE = re.compile("[表单册]?(?:里面?|中|上)|名单|清单|目录|一览表")  #: words for the table itself


def _calls(noun: str, head: str) -> bool:
    """Whether the head of a column calls its entries what a question does: 工坊名称, of 非遗工坊."""
    bare = _NAME_OF.sub("", BARE.sub("", fold(head)))
    return (
        len(bare) >= 2 and not NUMBERING.fullmatch(bare) and (noun.endswith(bare) or noun == bare[-len(noun) :] != "")
    )


def _above(table: Table) -> str:
    """What stands above a table: the title of its document, the headings, its caption."""
    document = table.document
    return document.header.title + "".join(document.path(document.section_at(table.head_span[0]))) + caption_of(table)


def _says_all(core: str, probe: Probe, table: Table) -> bool:
    """Whether a table, its head and what stands above it say what a question says of its entries."""
    told = fold(_above(table) + "".join(table.head) + table.document.doc_id)
    years = set(YEAR.findall(told + "".join(map("".join, table.rows))))
    if years and not years.issuperset(probe.question.years):
        return False
    own = {w: v for w, v in probe.words.items() if w in core and len(w) > 1 and w not in ASKING_WORDS}
    own = {w: v for w, v in own.items() if not _IN_TABLE.fullmatch(w)}
    return bool(own) and sum(own.values()) - weight_held(own, probe, told) <= _LEFT_OPEN * sum(own.values())


#: A column that says of each entry whether something is so: 是否需要预约, with 需要 and 不需要 in its cells.
_WHETHER = re.compile(
    "[\u4e00-\u9fff]{0,6}?是否(?:需要?|可以?|能|要|为|有|已)?(?P<what>[\u4e00-\u9fff]{2,})|(?P<so>[\u4e00-\u9fff]{2,})(?:与否|情况)"
)
_YES, _NO = (
    re.compile("(?:是|需要?|要|可以?|能|有|√|✓|✔)"),
    re.compile("(?:否|不需要?|不要|无需|不可以?|不能|没有|无|×|✗|—|-)?"),
)
_NOT_SO = r"(?:不(?:需要?|用|必|要|能|可以?|得|是)?|无需|无须|免|没有?|未)[\u4e00-\u9fff]{0,2}"


def _rows_said(core: str, probe: Probe, table: Table, k: int) -> tuple[list[int], str]:
    """The rows of which a folded question says what stands in a column, and how that is told."""
    cells, head = [row[k] for row in table.rows], table.head[k]
    of_entries = asks_of_entries(core, probe, table)
    whether = _WHETHER.fullmatch(BARE.sub("", fold(head)))
    what = "" if whether is None else whether["what"] or whether["so"]
    if (
        what
        and of_entries
        and what in core
        and all(_YES.fullmatch(c.strip()) or _NO.fullmatch(c.strip()) for c in cells)
    ):
        wanted = _NO if re.search(f"{_NOT_SO}{re.escape(what)}", core) else _YES
        held = [i for i, cell in enumerate(cells) if wanted.fullmatch(cell.strip())]
        return held, f"{head}为{cells[held[0]]}" if held else ""
    held = [i for i, cell in enumerate(cells) if _says(core, cell)]
    if len(held) > 1 and GROUPING.search(head) and not of_entries:
        return [], ""  # of 优势项目 a table of other things tells none
    if held and _names_more_than_year(core, table, [cells[i] for i in held]):
        same = len({cells[i] for i in held}) == 1
        if same and _values(cells[held[0]]) == [fold(cells[held[0]])]:  # one of several that other cells name
            held = [i for i, cell in enumerate(cells) if fold(cells[held[0]]) in _values(cell)]
        value, date = min((cells[i] for i in held), key=len), _DATE.search(core)
        if same or date is None:
            return (held, f"{head}为{value}") if same else ([], "")
        return held, f"{head}含{date.group()}"
    if not of_entries:
        return [], ""
    values = {value for cell in cells for value in _values(cell) if _is_said(value, cells, core, probe)}
    if len(values) != 1:
        return [], ""
    (value,) = values
    held = [i for i, cell in enumerate(cells) if value in _values(cell)]
    if re.search(f"{_NOT_SO}{re.escape(value)}", core):
        return [i for i in range(len(cells)) if i not in held], f"{head}不是{value}"
    return held, f"{head}为{value}"


GROUPING = re.compile("类别|分类|领域|板块|方面")
_ASKED_OF = re.compile(r"哪(?:些|几[个项条种类家名位所座]|一?[个种家类所座])(?P<behind>[^,，。?？]*)")
_LINKS = re.compile("而且|并且|同时|不[用必需要]+|无需|需要|能够|允许|参加|举[办行]|提供|属于")
_LEFT_OPEN = 0.35  #: share of what a question says behind 哪些 that a table and what stands above it may leave unsaid


def asks_of_entries(core: str, probe: Probe, table: Table) -> bool:
    """Whether what a folded question asks for, and says of it, is what the entries of a table are: 哪些场馆需要预约, and not
    哪些方式可以预约."""
    asked = _ASKED_OF.search(core)
    if asked is None:
        return False
    above = _above(table)
    told = fold(above + "".join(table.head) + "".join(map("".join, table.rows)))
    before = re.split("[,，。;；]", core[: asked.start()])[-1]
    said = asked["behind"].rstrip("呢啊呀") or before  # 不用预约的场馆有哪些
    own = {
        w: v
        for w, v in probe.words.items()
        if w in said and len(w) > 1 and w not in ASKING_WORDS and not _LINKS.fullmatch(w)
    }
    noun = next((w for w in own if asked["behind"].startswith(w)), "")
    names = names_column(table)
    called = fold(above + ("" if names is None else table.head[names]))
    if noun and not match(noun, probe, called):
        return False
    return sum(own.values()) - weight_held(own, probe, told) <= _LEFT_OPEN * sum(own.values())


def _values(cell: str) -> list[str]:
    """The values of a cell: several kinds that it names, each by itself."""
    return [value for value in re.split("[、，,；;/]", BARE.sub("", fold(cell))) if value]


def _is_said(value: str, cells: Sequence[str], core: str, probe: Probe) -> bool:
    """Whether a question says a value of a column, of words: one that more cells have, or that is a word of its own."""
    if len(value) < 2 or value not in core or not re.fullmatch("[\u4e00-\u9fff“”]+", value):
        return False
    return value in probe.words or sum(value in _values(cell) for cell in cells) > 1


def _names_more_than_year(core: str, table: Table, cells: Sequence[str]) -> bool:
    """Whether a question that names cells by a year alone, which any question may name, has something of the table's head."""
    by_year = all(YEAR.match(cell) for cell in cells) and not re.search(r"\d月", core)
    return not by_year or any(share_said(name, core) for name in table.head)


def _says(core: str, cell: str) -> bool:
    """Whether a question names the value of a cell: all of it, or its date."""
    bare = BARE.sub("", fold(cell))
    if len(bare) >= 3 and bare in core and not re.fullmatch(r"[\d.,%]+", bare):
        return True
    dates = [m.group().replace("号", "日") for m in _DATE.finditer(core)]
    dates = [date for date in dates if "月" in date] or dates
    return bool(_DATE.search(bare)) and any(date in bare for date in dates) and len(bare) <= 16


def _asked_column(core: str, table: Table, but: int = -1) -> int | None:
    """The column whose head the question says; the longest of several."""
    named = [
        (len(bare), -j)
        for j, name in enumerate(table.head)
        if j != but and len(bare := BARE.sub("", fold(name))) >= 2 and bare in core and not NUMBERING.fullmatch(bare)
    ]
    return -max(named)[1] if named else None
