"""The tab of duties and figures: filters over the tables of ``web/tables.py``, and the files that they are saved as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import urlencode

from qa.facts import DUTY_COLUMNS, FIGURE_COLUMNS, KIND_WORDS, DutyRow, FigureRow, Role
from qa.printing import titled
from web.escape import attribute
from web.quiet_gradio import gr
from web.tables import (
    View,
    comparison_cells,
    comparison_html,
    duties_html,
    duty_cells,
    figure_cells,
    figures_html,
    goals_html,
    matrix_cells,
    matrix_html,
    sorted_rows,
    to_csv,
    to_xlsx,
)

if TYPE_CHECKING:
    from corpus.figures import FigureKind
    from qa.bot import PolicyQA

Table = Literal["duties", "matrix", "figures", "goals", "compare"]
_TITLES: Mapping[Table, str] = {
    "duties": "职责分工", "matrix": "事项与部门", "figures": "数字", "goals": "目标", "compare": "两份文件对照",
}  # fmt: skip
_KINDS = [("全部", ""), *((word, kind) for kind, word in KIND_WORDS.items())]
_ROLES = [("全部", ""), ("牵头", "lead"), ("参与", "participant")]
_DEPARTMENTS_OFFERED = 500

#: A click on a head or a page goes to the server; what comes back is shown from its top.
_CLICKS = """
let turned = false;
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-sort],[data-page]');
  if (!button || button.disabled) return;
  turned = Boolean(button.dataset.page);
  trigger('click', { sort: button.dataset.sort || '', page: button.dataset.page || '' });
});
watch('value', () => {
  if (turned) element.scrollIntoView({ block: 'start', behavior: 'smooth' });
  turned = false;
});
"""


@dataclass(frozen=True)
class Wanted:
    """What a table is kept to; empty values keep to nothing."""

    documents: tuple[str, ...] = ()
    department: str = ""
    section: str = ""
    role: str = ""
    indicator: str = ""
    year: str = ""
    kind: str = ""
    pair: tuple[str, str] = ("", "")  #: the documents of a comparison
    topic: str = ""
    view: View = field(default_factory=View)

    def query(self) -> str:
        """As the query of an address: what :func:`wanted_of` reads."""
        one = {
            "department": self.department, "section": self.section, "role": self.role, "indicator": self.indicator,
            "year": self.year, "kind": self.kind, "a": self.pair[0], "b": self.pair[1], "topic": self.topic,
            "sort": self.view.column, "down": "1" if self.view.descending else "",
        }  # fmt: skip
        pairs = [("document", doc_id) for doc_id in self.documents] + [(k, v) for k, v in one.items() if v]
        return urlencode(pairs)


def wanted_of(query: Sequence[tuple[str, str]]) -> Wanted:
    """What the query of an address asks for; unknown names are passed over."""
    one = dict(query)
    return Wanted(
        documents=tuple(value for name, value in query if name == "document"),
        department=one.get("department", ""),
        section=one.get("section", ""),
        role=one.get("role", ""),
        indicator=one.get("indicator", ""),
        year=one.get("year", ""),
        kind=one.get("kind", ""),
        pair=(one.get("a", ""), one.get("b", "")),
        topic=one.get("topic", ""),
        view=View(1, one.get("sort", ""), bool(one.get("down"))),
    )


def duty_rows_of(bot: PolicyQA, wanted: Wanted) -> list[DutyRow]:
    """The duties that are wanted, sorted. Raises KeyError for an unknown document, ValueError for an unknown role."""
    rows = bot.duties(
        wanted.department.strip() or None,
        wanted.section.strip() or None,
        cast("Role | None", wanted.role or None),
        wanted.documents or None,
    )
    return sorted_rows(rows, DUTY_COLUMNS, wanted.view)


def figure_rows_of(bot: PolicyQA, wanted: Wanted) -> list[FigureRow]:
    """The figures that are wanted, sorted. Raises KeyError for an unknown document, ValueError for an unknown kind."""
    rows = bot.figures(
        wanted.indicator,
        wanted.year.strip() or None,
        cast("FigureKind | None", wanted.kind or None),
        wanted.documents or None,
    )
    return sorted_rows(rows, FIGURE_COLUMNS, wanted.view)


def exported(bot: PolicyQA, table: str, suffix: str, query: Sequence[tuple[str, str]]) -> tuple[str, bytes]:
    """A table as a file: its name and bytes. Raises LookupError for a table, format or document that is not there and
    ValueError for a filter that cannot be."""
    if table not in _TITLES or suffix not in ("csv", "xlsx"):
        raise LookupError(f"没有 {table}.{suffix} 这个表。")
    wanted = wanted_of(query)
    if table == "duties":
        head, cells = duty_cells(duty_rows_of(bot, wanted))
    elif table == "matrix":
        head, cells = matrix_cells(duty_rows_of(bot, wanted))
    elif table == "compare":
        head, cells = comparison_cells(bot.compare(*wanted.pair, wanted.topic))
    else:
        head, cells = figure_cells(figure_rows_of(bot, wanted))
    title = _TITLES[cast("Table", table)]
    return f"{title}.{suffix}", to_csv(head, cells) if suffix == "csv" else to_xlsx(title, head, cells)


def downloads_html(table: Table, wanted: Wanted) -> str:
    """Links that save what the filters show: CSV and XLSX."""
    query = attribute(wanted.query())
    links = "".join(
        f'<a class="save" href="tables/{table}.{suffix}?{query}" download="{_TITLES[table]}.{suffix}">下载 {label}</a>'
        for suffix, label in (("xlsx", "Excel"), ("csv", "CSV"))
    )
    return f'<p class="saves">{links}</p>'


# --- what the parts of the tab show ----------------------------------------------------------------------------------


def shown_duties(bot: PolicyQA, wanted: Wanted, *, as_matrix: bool) -> str:
    """The table or matrix of duties with the links that save it."""
    rows = duty_rows_of(bot, wanted)
    html = matrix_html(rows, wanted.view) if as_matrix else duties_html(rows, wanted.view)
    return _box(html, downloads_html("matrix" if as_matrix else "duties", wanted) if rows else "")


def shown_figures(bot: PolicyQA, wanted: Wanted) -> str:
    """The table of figures with the links that save it."""
    rows = figure_rows_of(bot, wanted)
    return _box(figures_html(rows, wanted.view), downloads_html("figures", wanted) if rows else "")


def shown_goals(bot: PolicyQA, wanted: Wanted) -> str:
    """The timeline of goals with the links that save it."""
    rows = figure_rows_of(bot, wanted)
    return _box(goals_html(rows), downloads_html("goals", wanted) if rows else "")


def shown_comparison(bot: PolicyQA, wanted: Wanted, *, everything: bool) -> str:
    """Two documents side by side with the links that save the comparison."""
    a, b = wanted.pair
    if not a or not b:
        return _box('<p class="none">选两份文件，逐句对照：改了哪些字，各自多出哪几句。</p>', "")
    if a == b:
        return _box('<p class="none">两边是同一份文件；请换一份。</p>', "")
    headers = bot.headers()
    found = bot.compare(a, b, wanted.topic)
    html = comparison_html(found, headers[a].title, headers[b].title, everything, wanted.view)
    return _box(html, downloads_html("compare", wanted) if found else "")


def _box(html: str, below: str) -> str:
    return f'<div class="tables">{html}{below}</div>'


def _safely(show: Callable[[], str]) -> str:
    """What ``show`` gives, or in words that a document which was chosen is gone."""
    try:
        return show()
    except KeyError:
        return _box('<p class="none">选中的文件已经被移除。请重新选文件。</p>', "")


def document_choices(bot: PolicyQA) -> list[tuple[str, str]]:
    """(title with number, doc_id) of every document, in order."""
    return [
        (f"{titled(e.header.title)}{f'（{e.header.number}）' if e.header.number else ''}", e.doc_id)
        for e in bot.documents()
    ]


def department_choices(bot: PolicyQA) -> list[str]:
    """The departments that duties name, the one named most often first."""
    counts = Counter(name for row in bot.duties() for name in row.departments)
    return [name for name, _ in counts.most_common(_DEPARTMENTS_OFFERED)]


# --- the tab ---------------------------------------------------------------------------------------------------------


def tables_tab(bot: PolicyQA, tab: gr.Tab) -> None:
    """Puts the tables into ``tab``, which is open as a context; they are filled when it is selected, and again after
    documents have come or gone. Clicks on ``data-do="open"`` are the page's to handle."""
    gr.HTML(f"<style>{(files('web') / 'tables.css').read_text(encoding='utf-8')}</style>", elem_id="tables-css")
    with gr.Tabs(elem_id="tables"):
        with gr.Tab("职责分工") as duty_tab:
            with gr.Row(elem_classes="filters-row"):
                duty_documents = _documents_box()
                department = gr.Dropdown(
                    label="部门", choices=[("全部部门", "")], value="", allow_custom_value=True, min_width=180
                )
                section = _text("标题或事项含有", "如：保障措施")
                role = gr.Radio(_ROLES, value="", label="角色", min_width=260)
                layout = gr.Radio(
                    [("列表", "list"), ("事项 × 部门", "matrix")], value="list", label="排成", min_width=180
                )
            duties = _table("duties-table")
        with gr.Tab("数字") as figure_tab:
            with gr.Row(elem_classes="filters-row"):
                figure_documents = _documents_box()
                indicator = _text("指标含有", "如：覆盖率")
                year = _text("年份", "如：2025")
                kind = gr.Radio(_KINDS, value="", label="类别", min_width=280)
            figures = _table("figures-table")
        with gr.Tab("目标时间线") as goal_tab:
            with gr.Row(elem_classes="filters-row"):
                goal_documents = _documents_box()
                goal = _text("指标含有", "如：覆盖率")
            goals = _table("goals-table")
        with gr.Tab("两份文件对照") as compare_tab:
            with gr.Row(elem_classes="filters-row"):
                doc_a = gr.Dropdown(label="甲", choices=[("请选择", "")], value="", min_width=240)
                doc_b = gr.Dropdown(label="乙", choices=[("请选择", "")], value="", min_width=240)
                topic = _text("只看有关的句子", "如：金融")
                everything = gr.Checkbox(label="相同的也列出", value=False, min_width=140)
            comparison = _table("compare-table")

    def show_duties(
        view: View, documents: list[str], department: str, section: str, role: str, layout: str
    ) -> tuple[View, str]:
        wanted = Wanted(tuple(documents or ()), department or "", section, role or "", view=view)
        return view, _safely(lambda: shown_duties(bot, wanted, as_matrix=layout == "matrix"))

    def show_figures(view: View, documents: list[str], indicator: str, year: str, kind: str) -> tuple[View, str]:
        wanted = Wanted(tuple(documents or ()), indicator=indicator, year=year, kind=kind or "", view=view)
        return view, _safely(lambda: shown_figures(bot, wanted))

    def show_goals(view: View, documents: list[str], indicator: str) -> tuple[View, str]:
        wanted = Wanted(tuple(documents or ()), indicator=indicator, kind="goal", view=view)
        return view, _safely(lambda: shown_goals(bot, wanted))

    def show_comparison(view: View, a: str, b: str, topic: str, everything: bool) -> tuple[View, str]:
        wanted = Wanted(pair=(a or "", b or ""), topic=topic, view=view)
        return view, _safely(lambda: shown_comparison(bot, wanted, everything=everything))

    parts: tuple[tuple[Callable[..., tuple[View, str]], gr.Tab, gr.HTML, list[Any]], ...] = (
        (show_duties, duty_tab, duties, [duty_documents, department, section, role, layout]),
        (show_figures, figure_tab, figures, [figure_documents, indicator, year, kind]),
        (show_goals, goal_tab, goals, [goal_documents, goal]),
        (show_comparison, compare_tab, comparison, [doc_a, doc_b, topic, everything]),
    )
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal", "concurrency_limit": 4}
    for show, own_tab, table, filters in parts:
        view = gr.State(View())
        afresh, turn = _handlers(show)
        gr.on([box.change for box in filters], afresh, filters, [view, table], trigger_mode="always_last", **quiet)
        table.click(turn, [view, *filters], [view, table], **quiet)
        own_tab.select(show, [view, *filters], [view, table], **quiet)
        if show is show_duties:
            tab.select(show, [view, *filters], [view, table], **quiet)

    def choices() -> list[Any]:
        documents = document_choices(bot)
        pick = [("请选择", ""), *documents]
        many = [gr.update(choices=documents)] * 3
        names = [("全部部门", ""), *((name, name) for name in department_choices(bot))]
        return [*many, gr.update(choices=names), gr.update(choices=pick), gr.update(choices=pick)]

    tab.select(choices, None, [duty_documents, figure_documents, goal_documents, department, doc_a, doc_b], **quiet)


def _documents_box() -> gr.Dropdown:
    return gr.Dropdown(label="文件（不选就是全部）", choices=[], value=[], multiselect=True, min_width=260, scale=2)


def _text(label: str, placeholder: str) -> gr.Textbox:
    return gr.Textbox(label=label, placeholder=placeholder, max_lines=1, max_length=100, min_width=140)


def _table(elem_id: str) -> gr.HTML:
    return gr.HTML(elem_id=elem_id, js_on_load=_CLICKS, apply_default_css=False)


def _handlers(show: Callable[..., tuple[View, str]]) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """From the first page after a filter has changed; and after a click on a head or a page."""

    def afresh(*filters: Any) -> tuple[View, str]:
        return show(View(), *filters)

    def turn(event: gr.EventData, view: View, *filters: Any) -> tuple[View, str]:
        return show(view.turned(event._data or {}), *filters)

    return afresh, turn
