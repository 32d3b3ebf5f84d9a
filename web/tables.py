"""Duties, figures and what differs between two documents as tables: HTML for the page, CSV and XLSX for a download.

Everything here is pure. What opens a document carries ``data-do="open"`` with ``data-doc``, ``data-start`` and
``data-end``; what sorts or turns the page carries ``data-sort`` or ``data-page``.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from qa.answer import Citation
from qa.csv_output import BOM, NUMBER, csv_text, table_of
from qa.departments import same_department
from qa.facts import BASIS_WORDS, DUTY_COLUMNS, FIGURE_COLUMNS, KIND_WORDS, Difference, DutyRow, FigureRow
from qa.printing import titled
from web.escape import attribute, shown

PAGE = 50  #: rows of a table shown at once
MATRIX_PAGE = 40  #: tasks of a matrix shown at once
COMPARE_PAGE = 100  #: pairs of sentences shown at once
GOALS_SHOWN = 60  #: goals of one year listed
_FOLDED = 8  #: goals of one year listed before the rest is folded
_QUOTE = 110  #: characters of a quote shown before it is folded
Cells = Sequence[Sequence[str]]
Row = TypeVar("Row")
Fact = TypeVar("Fact", DutyRow, FigureRow)


# --- order and pages -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class View:
    """Which page of a table is shown and by which column it is sorted; ``column`` "" keeps the order of the text."""

    page: int = 1
    column: str = ""
    descending: bool = False

    def turned(self, event: Mapping[str, Any]) -> View:
        """The view after a click on a head (``sort``: upwards, downwards, as in the text) or a page (``page``)."""
        column = str(event.get("sort") or "")
        if column and column != self.column:
            return View(1, column)
        if column:
            return View() if self.descending else View(1, column, True)
        try:
            return replace(self, page=max(1, int(event["page"])))
        except (KeyError, TypeError, ValueError):
            return self


def pages_of(count: int, size: int) -> int:
    """How many pages ``count`` rows fill; at least 1."""
    return max(1, -(-count // size))


def sort_key(text: str) -> tuple[int, float, str]:
    """Numbers by their value before all else, then words, then what is empty."""
    found = re.match(r"-?\d[\d,]*(?:\.\d+)?", text.strip())
    if found:
        return (0, float(found.group().replace(",", "")), text)
    return (1, 0.0, text) if text.strip() else (2, 0.0, "")


def sorted_rows(rows: Sequence[Fact], columns: Sequence[tuple[str, str]], view: View) -> list[Fact]:
    """The rows by a column of DUTY_COLUMNS or FIGURE_COLUMNS; an unknown column keeps their order."""
    keys = [key for key, _ in columns]
    if view.column not in keys:
        return list(rows)
    at = keys.index(view.column)
    empty = [row for row in rows if not row.cells()[at].strip()]
    told = [row for row in rows if row.cells()[at].strip()]
    return sorted(told, key=lambda row: sort_key(row.cells()[at]), reverse=view.descending) + empty


def _pager(count: int, size: int, page: int, unit: str) -> str:
    """What is shown of how many, and the way to the other pages."""
    last = pages_of(count, size)
    page = min(page, last)
    first = (page - 1) * size
    if last == 1:
        return f'<p class="pager"><span>共 {count:,} {unit}</span></p>'

    def step(to: int, label: str) -> str:
        dead = " disabled" if not 1 <= to <= last else ""
        return f'<button type="button" data-page="{to}"{dead}>{label}</button>'

    return (
        f'<p class="pager"><span>第 {first + 1:,} – {min(count, first + size):,} {unit}，共 {count:,} {unit}</span>'
        f"{step(page - 1, '上一页')}<span>{page} / {last}</span>{step(page + 1, '下一页')}</p>"
    )


def _head(columns: Sequence[tuple[str, str]], view: View) -> str:
    cells = []
    for key, name in columns:
        on = key == view.column
        order = ("descending" if view.descending else "ascending") if on else "none"
        mark = ("▼" if view.descending else "▲") if on else "↕"
        cells.append(
            f'<th scope="col" class="{key}" aria-sort="{order}"><button type="button" data-sort="{key}">{name}'
            f'<span class="order" aria-hidden="true">{mark}</span></button></th>'
        )
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _open(citation: Citation, label: str, *, css: str = "open", span: tuple[int, int] | None = None) -> str:
    """A button that opens the document there. ``label`` is HTML."""
    start, end = span or (citation.start, citation.end)
    return (
        f'<button type="button" class="{css}" data-do="open" data-doc="{attribute(citation.doc_id)}" '
        f'data-start="{start}" data-end="{end}" title="打开原文">{label}</button>'
    )


def _folded(html_of: Callable[[int, int], str], length: int, around: int = 0) -> str:
    """A long quote with its rest folded; ``html_of(start, end)`` is a part of it as HTML, ``around`` is kept in view."""
    if length <= _QUOTE + 20:
        return html_of(0, length)
    cut = max(_QUOTE, around)
    if length <= cut + 20:
        return html_of(0, length)
    return f"{html_of(0, cut)}<details><summary>……全文</summary>{html_of(cut, length)}</details>"


def _source(title: str, number: str | None) -> str:
    told = f'<span class="number">{shown(number)}</span>' if number else ""
    return f"{shown(titled(title))}{told}"


# --- duties ----------------------------------------------------------------------------------------------------------

_SHOWN_DUTIES = (
    ("task", "事项"),
    ("leads", "牵头"),
    ("departments", "名单"),
    ("basis", "牵头依据"),
    ("quote", "原文"),
    ("title", "文件"),
)


def duties_html(rows: Sequence[DutyRow], view: View) -> str:
    """One page of duties, already sorted."""
    if not rows:
        return _none("没有符合条件的职责分工。去掉一个条件再试。")
    shown_rows = _page(rows, PAGE, view)
    body = "".join(_duty(row) for row in shown_rows)
    pager = _pager(len(rows), PAGE, view.page, "项")
    return f'{pager}<div class="scroll"><table class="facts duties">{_head(_SHOWN_DUTIES, view)}<tbody>{body}</tbody></table></div>'


def _page(rows: Sequence[Row], size: int, view: View) -> Sequence[Row]:
    first = (min(view.page, pages_of(len(rows), size)) - 1) * size
    return rows[first : first + size]


def _duty(row: DutyRow) -> str:
    note = _note_of(row)
    path = " › ".join(row.section[:-1] if row.section and row.task in row.section[-1] else row.section)
    under = f'<span class="path">{shown(path)}</span>' if path else ""
    leads = (
        "".join(f'<span class="who lead">{shown(name)}</span>' for name in row.leads)
        or '<span class="quiet">未写明</span>'
    )
    others = "".join(
        f'<span class="who{" lead" if name in row.leads else ""}">{shown(name)}</span>' for name in row.departments
    ) + ('<span class="quiet">等</span>' if row.open_ended else "")
    quote = row.citations and " … ".join(c.quote for c in row.citations)
    return (
        f'<tr><td class="task" data-label="事项">{_open(note, shown(row.task)) if note else shown(row.task)}{under}</td>'
        f'<td class="leads" data-label="牵头">{leads}</td><td class="departments" data-label="名单">{others}</td>'
        f'<td class="basis" data-label="牵头依据">{BASIS_WORDS[row.basis]}</td>'
        f'<td class="quote" data-label="原文">{_folded(lambda a, b: shown(quote[a:b]), len(quote)) if quote else ""}</td>'
        f'<td class="title" data-label="文件">{_source(row.title, row.number)}</td></tr>'
    )


def _note_of(row: DutyRow, names: Sequence[str] = ()) -> Citation | None:
    """The citation that names one of ``names`` (or of the departments at all): the note itself."""
    wanted = names or row.departments
    return next((c for c in row.citations if any(name in c.quote for name in wanted)), next(iter(row.citations), None))


# --- the matrix ------------------------------------------------------------------------------------------------------

_SIGNS: Mapping[str, tuple[str, str]] = {"lead": ("●", "牵头"), "participant": ("○", "参与"), "listed": ("◇", "列入")}
Part = Literal["lead", "participant", "listed"]
MATRIX_LEGEND = "● 牵头　○ 参与　◇ 列入（原文没有写明谁牵头）"


@dataclass(frozen=True)
class Matrix:
    """Tasks by departments. ``parts[row]`` tells by column what its departments do, and by which names."""

    rows: tuple[DutyRow, ...]
    columns: tuple[str, ...]  #: different names of one department share a column, the one named most often first
    parts: tuple[Mapping[int, tuple[Part, tuple[str, ...]]], ...]


def matrix_of(rows: Sequence[DutyRow]) -> Matrix:
    """The matrix of some duties."""
    column_of: dict[str, int] = {}
    columns: list[str] = []
    counts: Counter[int] = Counter()
    for name in (name for row in rows for name in row.departments):
        if name not in column_of:
            same = next((i for i, column in enumerate(columns) if same_department(name, column)), None)
            if same is None:
                same = len(columns)
                columns.append(name)
            column_of[name] = same
        counts[column_of[name]] += 1
    order = sorted(range(len(columns)), key=lambda i: -counts[i])
    place = {column: at for at, column in enumerate(order)}
    parts = []
    for row in rows:
        named: dict[int, tuple[str, ...]] = {}
        for name in row.departments:
            at = place[column_of[name]]
            named[at] = (*named.get(at, ()), name)
        parts.append({at: (_part(row, names), names) for at, names in named.items()})
    return Matrix(tuple(rows), tuple(columns[i] for i in order), tuple(parts))


def _part(row: DutyRow, names: Sequence[str]) -> Part:
    return "lead" if set(names) & set(row.leads) else "participant" if row.leads else "listed"


def matrix_html(rows: Sequence[DutyRow], view: View) -> str:
    """One page of the matrix: only the departments that its tasks name are columns."""
    if not rows:
        return _none("没有符合条件的职责分工。换一份文件，或去掉一个条件。")
    matrix = matrix_of(_page(rows, MATRIX_PAGE, view))
    heads = "".join(f'<th scope="col"><span>{shown(name)}</span></th>' for name in matrix.columns)
    many = len({row.doc_id for row in matrix.rows}) > 1
    lines, last = [], None
    for row, parts in zip(matrix.rows, matrix.parts, strict=True):
        if many and row.doc_id != last:
            lines.append(
                f'<tr class="document"><th scope="rowgroup" colspan="{len(matrix.columns) + 1}">'
                f"<span>{_source(row.title, row.number)}</span></th></tr>"
            )
            last = row.doc_id
        note = _note_of(row)
        path = attribute(" › ".join(row.section))
        task = _open(note, shown(row.task)) if note else shown(row.task)
        cells = "".join(_cell(row, name, parts.get(at)) for at, name in enumerate(matrix.columns))
        lines.append(f'<tr><th scope="row" title="{path}">{task}</th>{cells}</tr>')
    pager = _pager(len(rows), MATRIX_PAGE, view.page, "项")
    told = f"{len(matrix.columns)} 个部门"
    return (
        f'<p class="legend">{MATRIX_LEGEND}</p>{pager}<div class="scroll matrix-box" tabindex="0" role="region" '
        f'aria-label="事项与部门对照表，可以滚动"><table class="matrix"><thead><tr>'
        f'<th scope="col" class="corner">事项 <span class="quiet">{told}</span></th>'
        f"{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def _cell(row: DutyRow, column: str, part: tuple[Part, tuple[str, ...]] | None) -> str:
    if part is None:
        return "<td></td>"
    kind, names = part
    sign, word = _SIGNS[kind]
    note = _note_of(row, names)
    if note is None:
        return f'<td class="{kind}">{sign}</td>'
    said = attribute(f"{'、'.join(names)}：{word}\n{note.quote}")
    return (
        f'<td class="{kind}"><button type="button" data-do="open" data-doc="{attribute(note.doc_id)}" '
        f'data-start="{note.start}" data-end="{note.end}" title="{said}" '
        f'aria-label="{attribute(column)}：{word}">{sign}</button></td>'
    )


def matrix_cells(rows: Sequence[DutyRow]) -> tuple[list[str], list[list[str]]]:
    """Head and lines of the whole matrix for a file: 牵头, 参与, 列入 as words."""
    matrix = matrix_of(rows)
    lines = []
    for row, parts in zip(matrix.rows, matrix.parts, strict=True):
        words = [_SIGNS[parts[at][0]][1] if at in parts else "" for at in range(len(matrix.columns))]
        lines.append([row.title, row.task, *words])
    return ["文件", "事项", *matrix.columns], lines


# --- figures ---------------------------------------------------------------------------------------------------------

_SHOWN_FIGURES = (
    ("indicator", "指标"),
    ("value", "数值"),
    ("time", "时间"),
    ("kind", "类别"),
    ("quote", "原文"),
    ("title", "文件"),
)


def figures_html(rows: Sequence[FigureRow], view: View) -> str:
    """One page of figures, already sorted."""
    if not rows:
        return _none("没有符合条件的数字。去掉一个条件再试。")
    body = "".join(_figure(row) for row in _page(rows, PAGE, view))
    pager = _pager(len(rows), PAGE, view.page, "个")
    return f'{pager}<div class="scroll"><table class="facts figures">{_head(_SHOWN_FIGURES, view)}<tbody>{body}</tbody></table></div>'


def _figure(row: FigureRow) -> str:
    subject = f'<span class="path">{shown(row.subject)}</span>' if row.subject else ""
    name = shown(row.indicator) or "（未写明）"
    low, high = row.start - row.citation.start, row.end - row.citation.start
    quote = row.citation.quote

    def part(a: int, b: int) -> str:
        start, end = min(max(low, a), b), min(max(high, a), b)
        marked = f"<mark>{shown(quote[start:end])}</mark>" if start < end else ""
        return f"{shown(quote[a:start])}{marked}{shown(quote[end:b])}"

    return (
        f'<tr><td class="indicator" data-label="指标">{_open(row.citation, name, span=(row.start, row.end))}{subject}</td>'
        f'<td class="value" data-label="数值"><strong>{shown(row.value)}</strong> {shown(row.unit)}</td>'
        f'<td class="time" data-label="时间">{shown(row.time) or "—"}</td>'
        f'<td class="kind" data-label="类别">{KIND_WORDS[row.kind]}</td>'
        f'<td class="quote" data-label="原文">{_folded(part, len(quote), max(0, high))}</td>'
        f'<td class="title" data-label="文件">{_source(row.title, row.number)}</td></tr>'
    )


# --- goals by their year ---------------------------------------------------------------------------------------------

_DOTS_ACROSS, _DOTS_UP, _PITCH = 4, 15, 12  #: dots of one year side by side and one over another, and px between them
_LANE, _FOOT, _TOP = 62, 26, 26  #: px for a year, below the axis, above the dots
_COLOURS = 8  #: documents that are told apart by colour


def goals_html(rows: Sequence[FigureRow]) -> str:
    """Goals by the year that they are set for: a plot of dots, and below it what they say, year by year."""
    years: dict[str, list[FigureRow]] = {}
    for row in rows:
        if re.match(r"\d{4}", row.time):
            years.setdefault(row.time[:4], []).append(row)
    without = len(rows) - sum(map(len, years.values()))
    if not years:
        told = (
            f"有 {without} 项目标没有写明年份，见“数字”表。"
            if without
            else "所选文件里没有写明年份的目标。换一份文件，或去掉一个条件。"
        )
        return _none(told)
    documents = list(dict.fromkeys(row.doc_id for year in sorted(years) for row in years[year]))
    colour = {doc_id: n for n, doc_id in enumerate(documents)} if len(documents) <= _COLOURS else {}
    listed = "".join(_goals_of(year, years[year], colour) for year in sorted(years))
    note = f"共 {sum(map(len, years.values()))} 项目标，{len(documents)} 份文件。"
    note += f"另有 {without} 项没有写明年份，见“数字”表。" if without else ""
    return (
        f'<p class="legend">{note}每个点是一项目标，点开看原文。</p>{_legend(rows, colour)}'
        f'<div class="scroll timeline-box" tabindex="0" role="region" aria-label="目标时间线，可以左右滚动">'
        f'{_timeline(years, colour)}</div><div class="goals">{listed}</div>'
    )


def _legend(rows: Sequence[FigureRow], colour: Mapping[str, int]) -> str:
    titles = {row.doc_id: row.title for row in rows}
    items = "".join(f'<li><i class="hue-{n}"></i>{shown(titled(titles[doc_id]))}</li>' for doc_id, n in colour.items())
    return f'<ul class="hues">{items}</ul>' if len(colour) > 1 else ""


def _said(row: FigureRow) -> str:
    """A goal in words: 对象 指标 数值 单位."""
    name = "".join(dict.fromkeys(filter(None, (row.subject, row.indicator))))
    return f"{name} {row.value}{row.unit}".strip()


def _timeline(years: Mapping[str, Sequence[FigureRow]], colour: Mapping[str, int]) -> str:
    """An SVG with the years along the axis, as far apart as they are (up to a limit), and their goals as dots above."""
    ordered = sorted(years)
    at: dict[str, float] = {}
    x = _LANE / 2 + 6
    for before, year in zip([ordered[0], *ordered], ordered, strict=False):
        gap = int(year) - int(before)
        x += 0 if not gap else _LANE + min(80, 10 * (gap - 1))
        at[year] = x
    height = max(min(_DOTS_UP, -(-len(goals) // _DOTS_ACROSS)) for goals in years.values()) * _PITCH
    axis = _TOP + height + 8
    width = x + _LANE / 2 + 6
    parts = [f'<line class="axis" x1="4" y1="{axis}" x2="{width - 4:g}" y2="{axis}"/>']
    for year in ordered:
        goals, x = years[year], at[year]
        fitting = goals[: _DOTS_ACROSS * _DOTS_UP]
        across = min(_DOTS_ACROSS, len(fitting))
        for n, row in enumerate(fitting):
            cx = x + (n % _DOTS_ACROSS - (across - 1) / 2) * _PITCH
            cy = axis - 10 - n // _DOTS_ACROSS * _PITCH
            parts.append(
                f'<circle class="hue-{colour.get(row.doc_id, 0)}" cx="{cx:g}" cy="{cy:g}" r="4.5" data-do="open" '
                f'data-doc="{attribute(row.doc_id)}" data-start="{row.start}" data-end="{row.end}">'
                f"<title>{attribute(f'{year} 年：{_said(row)}（{titled(row.title)}）')}</title></circle>"
            )
        rows_up = -(-len(fitting) // _DOTS_ACROSS)
        more = "+" if len(goals) > len(fitting) else ""
        parts.append(
            f'<text class="count" x="{x:g}" y="{axis - 10 - rows_up * _PITCH:g}">{len(goals)}{" 项" if not more else " 项*"}</text>'
            f'<line class="axis" x1="{x:g}" y1="{axis}" x2="{x:g}" y2="{axis + 5}"/>'
            f'<text class="year" x="{x:g}" y="{axis + 20}">{year}</text>'
        )
    full = axis + _FOOT + (14 if any(len(g) > _DOTS_ACROSS * _DOTS_UP for g in years.values()) else 0)
    if full > axis + _FOOT:
        parts.append(f'<text class="foot" x="6" y="{full - 2}">* 只画出前 {_DOTS_ACROSS * _DOTS_UP} 项</text>')
    return (
        f'<svg class="timeline" role="img" aria-label="各年的目标数" width="{width:g}" height="{full:g}" '
        f'viewBox="0 0 {width:g} {full:g}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _goals_of(year: str, goals: Sequence[FigureRow], colour: Mapping[str, int]) -> str:
    items = [
        f"<li>{f'<i class=hue-{colour[row.doc_id]}></i>' if len(colour) > 1 else ''}"
        f"{_open(row.citation, shown(_said(row)), span=(row.start, row.end))}"
        f'<span class="path">{shown(titled(row.title))}</span></li>'
        for row in goals[:GOALS_SHOWN]
    ]
    html = f"<ul>{''.join(items[:_FOLDED])}</ul>"
    if len(items) > _FOLDED:
        cut = (
            f"<p>只列出前 {GOALS_SHOWN} 项；用上面的条件缩小范围，或下载全部。</p>" if len(goals) > GOALS_SHOWN else ""
        )
        rest = f"<ul>{''.join(items[_FOLDED:])}</ul>{cut}"
        html += f"<details><summary>再看 {len(goals) - _FOLDED} 项</summary>{rest}</details>"
    return f'<section><h4>{year} 年<span class="count">{len(goals)} 项</span></h4>{html}</section>'


# --- two documents side by side --------------------------------------------------------------------------------------

_CHANGES = {"changed": "改动", "only_a": "只在甲", "only_b": "只在乙", "same": "相同"}


def comparison_html(found: Sequence[Difference], title_a: str, title_b: str, everything: bool, view: View) -> str:
    """Sentences side by side, what differs marked; ``everything``: also those that are the same."""
    counts = Counter(difference.change for difference in found)
    told = "　".join(f"{word} {counts[change]}" for change, word in _CHANGES.items())  # type: ignore[index]
    rows = [d for d in found if everything or d.change != "same"]
    if not rows:
        return _none("没有不同之处。" if found else "两份文件都没有与这个主题有关的句子。换个说法，或不写主题。")
    body, last = [], None
    for difference in _page(rows, COMPARE_PAGE, view):
        place = difference.a or difference.b
        path = " › ".join(place.section) if place is not None else ""
        if path != last and path:
            body.append(f'<tr class="place"><th colspan="3" scope="rowgroup">{shown(path)}</th></tr>')
        last = path
        body.append(
            f'<tr class="{difference.change}"><td class="change" data-label="">{_CHANGES[difference.change]}</td>'
            f'<td data-label="甲">{_side(difference, 0)}</td><td data-label="乙">{_side(difference, 1)}</td></tr>'
        )
    pager = _pager(len(rows), COMPARE_PAGE, view.page, "处")
    return (
        f'<p class="legend">{told}　<del>删去的字</del> <ins>新增的字</ins></p>{pager}'
        f'<div class="scroll"><table class="compare"><thead><tr><th scope="col"></th>'
        f'<th scope="col">甲：{shown(titled(title_a))}</th>'
        f'<th scope="col">乙：{shown(titled(title_b))}</th></tr></thead><tbody>{"".join(body)}</tbody></table></div>'
    )


def _side(difference: Difference, side: int) -> str:
    citation = (difference.a, difference.b)[side]
    if citation is None:
        return '<span class="quiet">（没有）</span>'
    tag = ("del", "ins")[side]
    if not difference.pieces:
        whole = shown(citation.quote)
        html = whole if difference.change == "same" else f"<{tag}>{whole}</{tag}>"
    else:
        html = "".join(
            shown(piece[side]) if piece[0] == piece[1] else f"<{tag}>{shown(piece[side])}</{tag}>"
            for piece in difference.pieces
            if piece[side]
        )
    return f"{html} {_open(citation, '原文', css='open small')}"


def comparison_cells(found: Sequence[Difference]) -> tuple[list[str], list[list[str]]]:
    """Head and lines of a comparison for a file."""
    lines = []
    for difference in found:
        place = difference.a or difference.b
        texts = [c.quote if c is not None else "" for c in (difference.a, difference.b)]
        lines.append([_CHANGES[difference.change], " › ".join(place.section) if place else "", *texts])
    return ["类别", "位置", "甲", "乙"], lines


# --- files -----------------------------------------------------------------------------------------------------------


def duty_cells(rows: Sequence[DutyRow]) -> tuple[list[str], list[list[str]]]:
    """Head and lines of duties for a file."""
    return table_of(DUTY_COLUMNS, rows)


def figure_cells(rows: Sequence[FigureRow]) -> tuple[list[str], list[list[str]]]:
    """Head and lines of figures for a file."""
    return table_of(FIGURE_COLUMNS, rows)


def to_csv(head: Sequence[str], cells: Cells) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads it. A cell that Excel would run as a formula gets a leading '."""
    return (BOM + csv_text(head, cells, "\r\n")).encode("utf-8", "replace")


def to_xlsx(name: str, head: Sequence[str], cells: Cells) -> bytes:
    """A workbook of one sheet with a fixed head and filters; numbers are numbers, all else is text, never a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
    sheet.freeze_panes = "A2"
    for at, title in enumerate(head):
        longest = max([_wide(title), *(_wide(row[at]) for row in cells[:200])])
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(60, max(6, longest + 2))
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(head)))}{len(cells) + 1}"

    def cell(value: str, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet)
        if NUMBER.match(value) and not bold:
            made.value = float(value) if "." in value else int(value)
        else:
            made.value = _printable(value)[:32_767]  # the most that a cell holds
            made.data_type = "s"
        made.alignment = Alignment(vertical="top", wrap_text=True)
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(title, bold=True) for title in head])
    for row in cells:
        sheet.append([cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


def _wide(text: str) -> int:
    """Width in characters of a typewriter: Chinese ones count double."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _none(text: str) -> str:
    return f'<p class="none">{text}</p>'
