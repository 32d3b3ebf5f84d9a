"""Answers from tables: the cell of a row and a column, the rows that a condition picks out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.tokens import fold
from qa.asked_members import ABROAD, ASKS_ABROAD
from qa.evidence import Candidate, Probe, match, weight_held
from qa.extractive import Draft, Line
from qa.patterns import lacks_figure, measures_asked
from qa.question import ASKING_WORDS
from qa.table_names import (
    ASKED_UNIT,
    ASKS_FIGURE,
    BARE,
    BY_UNIT,
    CLEARLY,
    MOST_NAMED,
    ROW_NAMED,
    SORTS,
    columns_meant,
    columns_named,
    figures_meant,
    named_best,
    of_other_year,
    row_named,
    rows_named,
    share_said,
    spoken_of,
    tables_near,
    words_of,
)
from qa.tables import (
    NUMBERING,
    OF_WHICH,
    ONLY_YEAR,
    UNIT,
    YEAR,
    Table,
    caption_of,
    cell_spans,
    key_columns,
    label_of_row,
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
_CELL_TAKEN = 1.3  #: sum of how well row and column are named, each at most 1, from which a cell is the one asked for


def answer_cell(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The cell, or for several figures the row, of a table that a question names by row and column; None where it names
    none clearly. Looked for in the documents pointed at, else in that of the best sentence."""
    question = probe.question
    if not found or not question.kinds & {"count", "when"} or question.kinds & {"whether", "compare", "list"}:
        return None
    core = words_of(probe, question.core)
    part = _PART_OF_ALL.search(core)
    if part is not None:  # the two figures that the share is of
        core = f"{core[: part.start()]}多少{core[part.end() :]}"
    # A word of a title points at its document, but a row and a column named in full say more.
    pointed = dict.fromkeys(c.document for c in found if not probe.hinted or c.document.doc_id in probe.hinted)
    others = () if probe.named else dict.fromkeys(c.document for c in found if c.document not in pointed)
    nearest, documents = list(pointed)[:_NEAREST], [*list(pointed)[:_FARTHEST], *list(others)[:_FARTHEST]]
    best: tuple[float, Table, list[int], list[int]] | None = None
    for table in (t for document in documents for t in tables_of(document)):
        if of_other_year(table, question.years):
            continue
        columns = columns_named(core, question.years, table)
        far = table.document not in nearest
        by_year = any(YEAR.search(table.head[j]) for j in columns)
        value, rows = rows_named(core if question.years else _in_own_year(core, table), table, by_year)
        if not columns or not rows or (far and min(value, max(columns.values())) < _NAMED_IN_FULL):
            continue
        if len(ASKS_FIGURE.findall(core)) > 1 and list(columns.values()) == [BY_UNIT]:
            continue  # one of the figures asked for, and that without its name
        worth = value + max(columns.values())
        if worth >= _CELL_TAKEN and (best is None or worth > best[0]):
            best = (worth, table, rows, columns_meant(probe, table, columns))
    if best is None:
        return _whole_row(core, probe, found) if "count" in question.kinds else None
    _, table, rows, meant = best
    if all(YEAR.search(table.head[j]) and not _TOLD.search(table.rows[i][j]) for i in rows for j in meant):
        return None  # of no figure of that year (—)
    if not any(_fits(core, told_cells(table, rows[0], [j])) for j in meant):
        return None
    if "count" not in question.kinds:  # a day is asked for
        meant = [j for j in meant if all(_DATE.search(table.rows[i][j]) for i in rows)]
        if not meant:
            return None
    if part is not None:
        whole = [i for i in range(len(table.rows)) if part["all"] == label_of_row(table, i)]
        if len(whole) != 1 or whole == rows:
            return None
        rows, meant = [*rows, *whole], meant[:1]
    lines = (Line(told_cells(table, i, meant), cell_spans(table, i)) for i in sorted(rows))
    return Draft(tuple(lines), method="cell")


def _in_own_year(core: str, table: Table) -> str:
    """A question that names no year with the year that a table of years (a row for each) is of: that of its document's title,
    else the latest."""
    names = names_column(table)
    years = [ONLY_YEAR.fullmatch(row[names].strip()) for row in table.rows] if names is not None else [None]
    told = [m[1] for m in years if m is not None]
    if len(told) < len(years):
        return core
    return f"{core} {next((y for y in told if y in table.document.header.title), max(told))}"


#: What asks for a share of a whole: 占全市的几成.
_PART_OF_ALL = re.compile(
    r"占(?:了|到)?(?P<all>全[省市州县区国]|合计|总计)(?:的|总量|总数)*(?:比重|比例|份额)?(?:是|为|有)?(?:多少|几成|百分之几|百分之多少|多大比[例重])"
)
_TOLD = re.compile(r"[^\W_]")  #: what a cell tells, be it one word
#: Documents of the best sentences whose tables are looked at; those of which row and column have to be named in full.
_NEAREST, _FARTHEST = 2, 6
_NAMED_IN_FULL = 0.95


_MOST_COLUMNS = 3  #: of figures, with which a row is told whole


def _whole_row(core: str, probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The row of a small table that a question names in words of its own or of documents (低保户), where it names none of
    its columns and no sentence among the best speaks of the row."""
    for table in spoken_of(probe, found)[:1]:
        names = names_column(table)
        rows = sorted(((row_named(core, table, i), i) for i in range(len(table.rows))), reverse=True)
        figures = [j for j in range(len(table.head)) if j != names and not NUMBERING.fullmatch(table.head[j].strip())]
        by_year = any(YEAR.search(table.head[j]) for j in figures)
        if names is None or by_year or len(figures) > _MOST_COLUMNS:
            return None
        (best, i), (second, _) = rows[:2]
        told = told_cells(table, i, figures)
        if best < ROW_NAMED or best - second < CLEARLY or lacks_figure(core, [fold(told)]) or not _fits(core, told):
            return None
        if _tells_less(probe, table, told) or any(
            "|" not in c.text and share_said(fold(table.rows[i][names]), fold(c.text)) >= ROW_NAMED for c in found[:5]
        ):
            return None
        return Draft((Line(told, cell_spans(table, i)),), method="cell")
    return None


def _tells_less(probe: Probe, table: Table, told: str) -> bool:
    """Whether the document of a table has more of the name of a measure asked for than the table and what stands above it."""
    document = table.document
    above = "".join(document.path(document.section_at(table.head_span[0])))
    here, everywhere = fold(above + caption_of(table) + told), fold(document.text)
    for measure in measures_asked(fold(probe.question.core)):
        ends = [measure[k:] for k in range(len(measure) - 1)]  # the longest first
        most = next((end for end in ends if end in everywhere), "")
        if most not in here:
            return True
    return False


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


def row_verdict(probe: Probe, candidate: Candidate) -> tuple[str, bool] | None:
    """("是的" or "不是", whether it denies) where a yes/no question gives a row of a table a value of one of its columns:
    its own, or that of other rows."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    if "|" not in candidate.text or "whether" not in probe.question.kinds:
        return None
    for table in tables_of(candidate.document):
        for i, span in enumerate(table.spans):
            if not span[0] <= candidate.start < span[1] or row_named(core, table, i) < ROW_NAMED:
                continue
            for j in range(len(table.head)):
                values = {BARE.sub("", fold(row[j])) for row in table.rows}
                said = [v for v in values if len(v) >= 2 and v in core and not re.fullmatch(r"[\d.,%]+", v)]
                if j != names_column(table) and 1 < len(values) <= len(table.rows) // 2 + 1 and len(said) == 1:
                    same = said[0] == BARE.sub("", fold(table.rows[i][j]))
                    return ("是的", False) if same else ("不是", True)
    return None


def _fits(core: str, told: str) -> bool:
    """Whether what is told of a cell, its unit behind it, may be what a folded question asks for by a unit: 多少家 asks for
    no 11.4亿元."""
    if _ASKS_RATE.search(core) and not re.search("[%‰率比]", fold(told)):
        return False
    asked = {k for unit in ASKED_UNIT.findall(core) for k, sort in enumerate(SORTS) if sort.search(unit)}
    unit = _UNIT_TOLD.search(fold(told))
    own = {k for k, sort in enumerate(SORTS) if unit is not None and sort.fullmatch(unit[1])}
    return not (asked and own) or bool(asked & own)


#: A rate that is asked for by its name: 覆盖率是多少, of no row that counts.
_ASKS_RATE = re.compile(r"(?:(?<!效)率|占比|比重|比例)(?:[是为有]|达到?)*(?:多少|几|多[高大])?[?？]?$")
_UNIT_TOLD = re.compile(r"\d[千百十万亿]*([\u4e00-\u9fff]+)(?:/[\u4e00-\u9fff]+)?。$")


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


_OF_EACH_ROW = re.compile(
    r"各自?(?:[有是为占])?(?:多少|几)|分别|还是|相差|差(?:了|距)?(?:是)?(?:多少|多大|几)"
    r"|(?:谁|哪(?:个|家|边|一个|里)?)[^,，。?？]{0,10}[多高大少低快]|比[^,，。?？]{2,12}[多高大少低快](?:了|出)?(?:多少|几)"
)


def answer_each_row(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The rows of a table that a question asks for one by one: 男女各多少; None where one sentence tells them all."""
    question = probe.question
    core = re.sub(r"\s", "", fold(question.core))
    if not _OF_EACH_ROW.search(core) or not question.kinds & {"count", "compare"} or "whether" in question.kinds:
        return None
    for table in spoken_of(probe, found)[:1]:
        names, column = names_column(table), figures_meant(core, probe, table)
        if names is None or column is None:
            return None
        labels = [re.sub(r"\s", "", OF_WHICH.sub("", fold(UNIT.sub("", row[names])))) for row in table.rows]
        # 男性 and 女性 are named 男 and 女.
        said = [re.sub("性$", "", label) for label in labels]
        named = [i for i, name in enumerate(said) if name and name in core and said.count(name) == 1]
        named = [i for i in named if not any(said[i] in said[k] for k in named if k != i)]
        if not 1 < len(named) <= MOST_NAMED or len({len(said[i]) == 1 for i in named}) > 1:
            return None
        told = [re.compile(re.escape(labels[i]) + r"[^\d，,；;。]{0,6}\d") for i in named]
        if any("|" not in c.text and all(one.search(fold(c.text)) for one in told) for c in found[:8]):
            return None
        lines = [Line(told_cells(table, i, [column]), cell_spans(table, i)) for i in named]
        return Draft(tuple(lines), method="cell")
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


#: A column of those who attend to something. Who leads a task its note of duty tells.
_WHO_COLUMN = re.compile(r"(?:人员?|姓名|岗位|[\u4e00-\u9fff]长|专员|[老教]师|主任|书记|医[生师])$")
_ASKS_WHOM = re.compile(
    r"谁|什么人|哪一?[位名个](?:人|[老教]师|岗位|同志|领导|干部|工作人员|专员|医生)|(?:叫|姓)(?:什么|啥)|哪位"
)


def answer_who_of_row(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """Who stands in the row of a table and the column of persons that a question names (窗口, 负责人), with the figure of that
    row that it asks for beside (电话多少); None for other questions and where row or column is not named clearly."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    if not found or not _ASKS_WHOM.search(core) or "whether" in probe.question.kinds:
        return None
    clauses = [c for c in re.split("[,，;；、。?？]", core) if c]
    best: tuple[float, Table, int, list[int]] | None = None
    for table in tables_near(found, probe.hinted):
        keys = key_columns(table)
        persons = {j for j, head in enumerate(table.head) if _WHO_COLUMN.search(BARE.sub("", head))}
        columns: set[int] = set()
        for clause in clauses:
            whom = _ASKS_WHOM.search(clause)
            if whom is None and not ASKS_FIGURE.search(clause):
                continue
            named = columns_named(clause, (), table)
            if whom is not None:
                named = {j: v for j, v in named.items() if j in persons.difference(keys)}
            columns.update(named_best(named))
        value, rows = rows_named(core, table, False)
        if len(rows) == 1 and columns & persons and (best is None or value > best[0]):
            best = (value, table, rows[0], sorted(columns))
    if best is None:
        return None
    _, table, i, meant = best
    if not all(_TOLD.search(table.rows[i][j]) for j in meant):
        return None
    return Draft((Line(told_cells(table, i, meant), cell_spans(table, i)),), method="cell")


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
    if of_entries and ASKS_ABROAD.search(core) and not any(ASKS_ABROAD.search(fold(cell)) for cell in cells):
        held = [i for i, cell in enumerate(cells) if ABROAD.search(cell)]
        return held, f"{head}在境外"
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
        if w in said and len(w) > 1 and w not in ASKING_WORDS and not (ASKS_ABROAD.search(w) or _LINKS.fullmatch(w))
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
