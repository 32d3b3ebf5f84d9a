"""OFD (GB/T 33190, the layout format of Chinese official documents) to raw lines with their pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.packed_xml import Package, open_package, parse
from corpus.raw import RawDocument, RawLine, ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_PAGES = 5000


@dataclass(frozen=True, slots=True)
class _Char:
    """A character on a page, in millimetres from its upper left corner."""

    text: str
    x: float
    y: float  #: of the line it stands on
    size: float
    bold: bool


def read_ofd(data: bytes, file_name: str) -> RawDocument:
    """The lines of an OFD, page by page, in the order of their places; lines of page templates included.

    Header fields: author and title as the file's properties tell them; the title only where the text has it too, since
    programs put names of files there. Lines are numbered through the document. Raises ReadError for pages of pictures.
    """
    package = open_package(data, file_name, "OFD 文件")
    root = parse(package.read("OFD.xml"), file_name)
    lines: list[RawLine] = []
    pages = pictures = 0
    warnings: list[str] = []
    for path in [_said(node) for node in root.iter("{*}DocRoot")] or ["Doc_0/Document.xml"]:
        path = _resolved("", path)
        document = parse(package.read(path), file_name)
        templates = {node.get("ID"): _resolved(path, node.get("BaseLoc")) for node in document.iter("{*}TemplatePage")}
        for node in document.iter("{*}Page"):
            place = node.get("BaseLoc")
            if place is None or pages >= _MAX_PAGES:
                continue
            pages += 1
            content = package.find(_resolved(path, place))
            if content is None:
                warnings.append(f"缺少第 {pages} 页；请核对原文件是否完整。")
                continue
            page = parse(content, file_name)
            pictures += next(page.iter("{*}ImageObject"), None) is not None
            chars = [*_template_chars(page, templates, package), *_chars(page)]
            lines += _lines(chars, pages, len(lines))
    if not any(line.text.strip() for line in lines):
        if pictures:
            raise ReadError(f"“{file_name}”的页面是图片（扫描件），没有文字；请另存为 PDF 或图片后再试。")
        raise ReadError(f"“{file_name}”里没有找到文字；请用 OFD 阅读器打开确认它有正文。")
    if pages >= _MAX_PAGES:
        warnings.append(f"超过 {_MAX_PAGES} 页，后面的页没有读；请拆分后再试。")
    return RawDocument(file_name, tuple(lines), _meta(root, lines), wrapped=True, warnings=tuple(warnings))


def _meta(root: _Element, lines: list[RawLine]) -> dict[str, str]:
    info = next(root.iter("{*}DocInfo"), None)
    if info is None:
        return {}
    told = {str(node.tag).rpartition("}")[2]: _said(node) for node in info if isinstance(node.tag, str)}
    title = told.get("Title", "")
    beginning = "".join("".join(line.text.split()) for line in lines[:60])
    in_text = len(title) > 4 and "".join(title.split()) in beginning
    named = {"标题" if in_text else "网页标题": title, "作者": told.get("Author", "")}
    named["文件生成日期"] = told.get("CreationDate", "")[:10]
    return {name: value for name, value in named.items() if value}


def _said(node: _Element) -> str:
    return "".join(node.itertext()).strip()


def _resolved(path: str, place: str | None) -> str:
    """The path of a file that the one at ``path`` names: beside it, or from the root when it begins with "/"."""
    return posixpath.normpath(posixpath.join("/" + posixpath.dirname(path), place or "")).lstrip("/")


def _template_chars(page: _Element, templates: dict[str | None, str], package: Package) -> Iterator[_Char]:
    for node in page.iter("{*}Template"):
        content = package.find(templates.get(node.get("TemplateID"), ""))
        if content is not None:
            yield from _chars(parse(content, package.file_name))


def _chars(page: _Element) -> Iterator[_Char]:
    for block in page.iter("{*}TextObject"):
        if (block.get("Visible") or "").lower() == "false":
            continue
        left, top = (*_numbers(block.get("Boundary")), 0.0, 0.0)[:2]
        a, b, c, d, e, f = matrix if len(matrix := _numbers(block.get("CTM"))) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        size = (*_numbers(block.get("Size")), 4.0)[0] * (abs(d) or abs(b) or 1.0)
        bold = (*_numbers(block.get("Weight")), 400.0)[0] >= 600
        x = y = 0.0
        for code in block.iter("{*}TextCode"):
            text = "".join(code.itertext())
            x = (*_numbers(code.get("X")), x)[0]  # where none is told, that of the code before
            y = (*_numbers(code.get("Y")), y)[0]
            steps = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
            at_x, at_y = x, y
            for i, char in enumerate(text):
                place = left + a * at_x + c * at_y + e, top + b * at_x + d * at_y + f
                yield _Char(char, *place, size, bold)
                if steps[0] or steps[1]:
                    at_x += steps[0][i] if i < len(steps[0]) else 0.0
                    at_y += steps[1][i] if i < len(steps[1]) else 0.0
                else:
                    at_x += _advance(char) * size / (abs(a) or 1.0)


def _numbers(value: str | None) -> list[float]:
    found = []
    for word in (value or "").split():
        try:
            number = float(word)
        except ValueError:
            continue
        if abs(number) < 1e6:  # not nan either
            found.append(number)
    return found


def _deltas(value: str | None, most: int) -> list[float]:
    """“2.5 g 3 4.2” -> [2.5, 4.2, 4.2, 4.2], ``most`` of them at most."""
    words, steps = (value or "").split(), list[float]()
    at = 0
    while at < len(words) and len(steps) < most:
        if words[at].lower() == "g" and at + 2 < len(words):
            count, step = _numbers(words[at + 1]), _numbers(words[at + 2])
            if count and step:
                steps += step * max(0, min(int(count[0]), most - len(steps)))
            at += 3
        else:
            steps += _numbers(words[at])
            at += 1
    return steps


def _advance(char: str) -> float:
    """Width of a character, in its size."""
    return 0.5 if char < "\u2000" else 1.0


# --- lines ---------------------------------------------------------------------------------------------------------


def _lines(chars: Iterable[_Char], page: int, before: int) -> list[RawLine]:
    """The lines of a page from its characters, a blank line where the page leaves more room than between lines."""
    rows: list[list[_Char]] = []
    for char in sorted(chars, key=lambda c: c.y):
        # A row is as high as the size of its characters lets it be: numbers and raised signs stand a little off.
        if rows and char.y - rows[-1][0].y <= 0.4 * min(char.size, rows[-1][0].size):
            rows[-1].append(char)
        else:
            rows.append([char])
    rows = [sorted(row, key=lambda c: c.x) for row in rows]
    rows = [row for row in rows if any(c.text.strip() for c in row)]
    if not rows:
        return []
    margin = min(_first(row).x for row in rows)
    pitches = sorted(b[0].y - a[0].y for a, b in zip(rows, rows[1:], strict=False))
    pitch = pitches[len(pitches) // 2] if pitches else 0.0
    lines: list[RawLine] = []
    for i, row in enumerate(rows):
        if i and row[0].y - rows[i - 1][0].y > 1.6 * pitch:
            lines.append(RawLine("", before + len(lines) + 1, page, "blank"))
        text = _joined(row)
        begin = _first(row)
        # The indentation of a paragraph tells where it begins; what is set in the middle has more.
        if 1.5 * begin.size <= begin.x - margin <= 2.5 * begin.size:
            text = "\u3000\u3000" + text
        bold = len(text.strip()) if all(c.bold for c in row if c.text.strip()) else 0
        lines.append(RawLine(text, before + len(lines) + 1, page, bold=bold))
    return lines


def _first(row: list[_Char]) -> _Char:
    return next((c for c in row if c.text.strip()), row[0])


def _joined(row: list[_Char]) -> str:
    """The text of a row: one space where Latin words part, several where a table or form leaves room."""
    text = ""
    end = row[0].x
    last, spaced = None, False
    for char in row:
        if not char.text.strip():
            spaced = True
            continue
        if last is not None and char.text == last.text and abs(char.x - last.x) < 0.15 * char.size:
            continue  # bold letters are drawn twice by some programs
        gap = (char.x - end) / char.size if last is not None and char.size else 0.0
        if gap > 1.5:
            text += "  "
        elif (spaced or gap > 0.6) and re.match(r"[!-~]", text[-1:]) and re.match(r"[!-~]", char.text):
            text += " "
        text += char.text
        spaced = False
        end, last = char.x + _advance(char.text) * char.size, char
    return text.strip()
