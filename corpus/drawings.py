"""What drawings in Office documents say: charts as the table of their values, diagrams line by line."""

from __future__ import annotations

from typing import Any

from corpus.read_sheet import shown
from corpus.table_rows import row_line

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_POINTS = 500  #: of a chart; more is a curve, not something that is looked up


def chart_id(drawing: Any) -> str:
    """The relationship id of the chart in a drawing, "" for none."""
    node = next(drawing.iter(_CHART + "chart"), None)
    return "" if node is None else node.get(_RELATIONSHIP + "id", "")


def diagram_id(drawing: Any) -> str:
    """The relationship id of the data of the diagram (SmartArt) in a drawing, "" for none."""
    node = next(drawing.iter(_DIAGRAM + "relIds"), None)
    return "" if node is None else node.get(_RELATIONSHIP + "dm", "")


def chart_lines(root: Any) -> list[str]:
    """A chart (the root of its part): its title, then a row per category with the value of each series, as shown."""
    title = "".join(_text(node) for node in root.iterfind(f"{_CHART}chart/{_CHART}title"))
    series = [
        (_name(node), _points(node, "cat", "xVal"), _points(node, "val", "yVal")) for node in root.iter(_CHART + "ser")
    ]
    series = [one for one in series if one[2]]
    lines = [title] if title else []
    if not series:
        return lines
    categories = {at: name for _, names, _ in series for at, name in names.items()}
    places = sorted({at for _, _, values in series for at in values})[:MOST_POINTS]
    axis = next((_text(node) for node in root.iterfind(f".//{_CHART}catAx/{_CHART}title")), "")
    lines.append(row_line([axis or "类别", *(name or title or "数值" for name, _, _ in series)]))
    for at in places:
        lines.append(row_line([categories.get(at, str(at + 1)), *(values.get(at, "") for _, _, values in series)]))
    return lines


def diagram_lines(root: Any) -> list[str]:
    """The texts of a diagram (the root of its data), in the order in which they are stored."""
    return [text for point in root.iter(_DIAGRAM + "pt") if (text := _text(point))]


def _text(node: Any) -> str:
    return " ".join("".join(t.text or "" for t in node.iter(_DRAWING + "t")).split())


def _name(series: Any) -> str:
    node = series.find(_CHART + "tx")
    return " ".join(v.text or "" for v in node.iter(_CHART + "v")).strip() if node is not None else ""


def _points(series: Any, *names: str) -> dict[int, str]:
    """The categories or values that are stored with a series, by their place."""
    node = next((found for name in names if (found := series.find(_CHART + name)) is not None), None)
    if node is None:
        return {}
    level = next(node.iter(_CHART + "lvl"), node)  # of categories in several levels the innermost
    form = next((f.text or "" for f in node.iter(_CHART + "formatCode")), "General")
    numbers = next(node.iter(_CHART + "numCache", _CHART + "numLit"), None) is not None
    told: dict[int, str] = {}
    for point in level.iter(_CHART + "pt"):
        said, at = point.findtext(_CHART + "v") or "", point.get("idx", "")
        if at.isdigit():
            told[int(at)] = _number(said, point.get("formatCode") or form) if numbers else " ".join(said.split())
    return told


def _number(said: str, form: str) -> str:
    from openpyxl.styles.numbers import is_date_format
    from openpyxl.utils.datetime import from_excel

    try:
        value = float(said)
        return shown(from_excel(value) if is_date_format(form) else value, form)
    except (ValueError, OverflowError):
        return said
