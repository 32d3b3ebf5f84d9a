"""Slides to raw lines: a page per slide, its title as a heading, text from top to bottom, tables as rows, the notes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from corpus.document import LeftOut
from corpus.drawings import chart_id, chart_lines, diagram_id, diagram_lines
from corpus.glyphs import raised
from corpus.ooxml import number_in
from corpus.raw import RawDocument, RawLine, ReadError
from corpus.sniff import open_package
from corpus.table_rows import Cell, cell_text, row_lines

_SPACE = " \t\r\n\x0b\xa0\u3000"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ROW = 0.04  #: shapes whose tops differ by less than this share of the slide's height stand side by side


def read_slides(data: bytes, file_name: str) -> RawDocument:
    """The text of a presentation; ``page`` is the number of the slide. Speaker notes follow their slide as 备注：….

    Hidden slides, slide numbers, dates and footers are left out and listed. Raises ReadError when the file is damaged,
    has a password or is too large to unpack.
    """
    open_package(data, file_name).close()
    from pptx import Presentation

    try:
        deck = Presentation(io.BytesIO(data))
        slides = list(deck.slides)
    except Exception as error:  # whatever the library stumbles over, the file is not what it should be
        raise ReadError(
            f"“{file_name}”读不出来（{error}）；请用 PowerPoint 或 WPS 打开后另存为 .pptx 再试。"
        ) from error
    lines: list[RawLine] = []
    left_out: list[LeftOut] = []
    broken = 0
    for number, slide in enumerate(slides, 1):
        if slide._element.get("show") in ("0", "false"):
            left_out.append(LeftOut(len(lines) + 1, f"第 {number} 张：{_title_of(slide) or '无标题'}", "隐藏的幻灯片"))
            continue
        try:
            made, aside = _slide_lines(slide, deck.slide_height or 1)
        except (KeyError, ValueError, AttributeError):  # a part that is missing or not as it should be
            broken += 1
            continue
        left_out += [LeftOut(len(lines) + 1, text, "页脚") for text in dict.fromkeys(aside)]
        lines += [replace(line, page=number) for line in made]
    warnings = (f"有 {broken} 张幻灯片读不出来；请用 PowerPoint 打开后另存再试。",) if broken else ()
    lines = _levelled(lines)
    done = tuple(replace(line, line=at) for at, line in enumerate(lines, 1))
    return RawDocument(file_name, done, {}, False, _once(left_out), warnings)


def _levelled(lines: list[RawLine]) -> list[RawLine]:
    """The first slide's title is that of the document; those of the others head its parts."""
    first = next((line.page for line in lines), None)
    return [replace(line, level=1 if line.page == first else 2) if line.role == "heading" else line for line in lines]


def _once(pieces: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """The same footer stands on every slide: it is listed once."""
    return tuple({(piece.text, piece.reason): piece for piece in reversed(list(pieces))}.values())[::-1]


def _title_of(slide: Any) -> str:
    title = slide.shapes.title
    return " ".join(title.text_frame.text.split()) if title is not None and title.has_text_frame else ""


def _slide_lines(slide: Any, height: int) -> tuple[list[RawLine], list[str]]:
    """The lines of a slide, and the text of its footers."""
    title = slide.shapes.title
    lines: list[RawLine] = []
    if text := _title_of(slide):
        lines.append(RawLine(text, 1, role="heading", level=1))
    aside: list[str] = []
    for shape in _in_order(slide.shapes, height):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if _is_edge(shape):
            if (
                shape.has_text_frame
                and (said := shape.text_frame.text.strip())
                and not re.fullmatch(r"[\d‹#›/\s]+", said)
            ):
                aside.append(said)
            continue
        lines += _shape_lines(slide, shape)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = [text for text, _ in _paragraphs(slide.notes_slide.notes_text_frame)]
        lines += [RawLine(("备注：" if at == 0 else "") + text, 1) for at, text in enumerate(notes)]
    return lines, aside


def _in_order(shapes: Any, height: int) -> list[Any]:
    """Shapes from top to bottom, those of one row from left to right; those of a group stay together."""
    placed = sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0))
    rows: list[list[Any]] = []
    for shape in placed:
        if rows and (shape.top or 0) - (rows[-1][0].top or 0) < _ROW * height:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    ordered: list[Any] = []
    for row in rows:
        for shape in sorted(row, key=lambda shape: shape.left or 0):
            ordered += _in_order(shape.shapes, height) if hasattr(shape, "shapes") else [shape]
    return ordered


def _is_edge(shape: Any) -> bool:
    if not shape.is_placeholder:
        return False
    return shape.placeholder_format.type is not None and shape.placeholder_format.type.name in (
        "DATE",
        "FOOTER",
        "SLIDE_NUMBER",
        "HEADER",
    )


def _shape_lines(slide: Any, shape: Any) -> list[RawLine]:
    if getattr(shape, "has_table", False) and shape.has_table:
        return [RawLine(text, 1) for text in _table_rows(shape.table) if text]
    if shape.has_text_frame:
        return [RawLine(text, 1, bold=bold) for text, bold in _paragraphs(shape.text_frame)]
    return [RawLine(text, 1) for text in _drawn(slide, shape)]


def _paragraphs(frame: Any) -> Iterator[tuple[str, int]]:
    """The lines of a text frame, each with the number of its leading bold characters."""
    for paragraph in frame.paragraphs:
        for line in _broken(paragraph):
            whole = "".join(text for text, _ in line)
            text = whole.strip(_SPACE)
            if not text:
                continue
            marked = [bold for said, bold in line for _ in said][len(whole) - len(whole.lstrip(_SPACE)) :]
            bold = next((at for at, one in enumerate(marked) if not one), len(text))
            yield text, len(text[:bold].rstrip(_SPACE))


def _broken(paragraph: Any) -> list[list[tuple[str, bool]]]:
    """The runs of a paragraph, parted at its line breaks."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for node in paragraph._p.iterchildren():
        if node.tag == _DRAWING + "br":
            lines.append([])
        elif node.tag in (_DRAWING + "r", _DRAWING + "fld") and node.get("type") != "slidenum":
            marks = node.find(_DRAWING + "rPr")
            bold = marks is not None and marks.get("b") in ("1", "true")
            text = "".join(t.text or "" for t in node.iterchildren(_DRAWING + "t"))
            if marks is not None and number_in(marks.get("baseline"), 0) > 0:
                text = raised(text)
            first, *more = text.split("\x0b")
            lines[-1].append((first, bold))
            lines.extend([(text, bold)] for text in more)
    return lines


def _table_rows(table: Any) -> list[str]:
    rows = [
        [
            Cell(text, cell.span_width, cell.span_height) if cell.is_merge_origin else Cell(text)
            for cell in row.cells
            if not cell.is_spanned
            for text in [cell_text(" ".join(line.split()) for line in cell.text.splitlines())]
        ]
        for row in table.rows
    ]
    return row_lines(rows)


def _drawn(slide: Any, shape: Any) -> list[str]:
    """What a chart or diagram says."""
    chart, diagram = chart_id(shape._element), diagram_id(shape._element)
    if not chart and not diagram:
        return []
    from lxml import etree

    source = slide.part.related_part(chart or diagram).blob
    root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    if root is None:
        return []
    return chart_lines(root) if chart else diagram_lines(root)
