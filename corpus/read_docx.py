"""A Word document to raw lines, as it prints: automatic numbers written out, tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from corpus.clean import line_width
from corpus.document import LeftOut
from corpus.drawings import chart_id, chart_lines, diagram_id, diagram_lines
from corpus.glyphs import raised
from corpus.header import normal_number
from corpus.numbering import Numbering, counted
from corpus.ooxml import Package, W, number_in, related, switch, value
from corpus.raw import RawDocument, RawLine, ReadError
from corpus.sniff import open_package, part, sniffed_suffix
from corpus.table_rows import Cell, cell_text, row_lines, says_together

_SPACE = " \t\r\n\xa0\u3000\u2002\u2003\u2009"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad\u2060"))
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Elements around runs that change nothing about them.
_AROUND = frozenset(
    W + name for name in "hyperlink ins moveTo smartTag sdt sdtContent fldSimple customXml dir bdo rubyBase".split()
)
_DELETED = frozenset(W + name for name in ("del", "moveFrom"))
_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"))
# Boxes and marks that forms and lists set in a symbol font.
_SYMBOLS = {
    "wingdings": {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0xA8: "□", 0xD8: "➢", 0xE0: "→"}
    | {0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
    | {0x80 + n: c for n, c in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
    "wingdings 2": {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0xA3: "□", 0x30: "☐", 0x4F: "✗"},
    "symbol": {0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB7: "·", 0xB8: "÷", 0xB9: "≠", 0x61: "α", 0x62: "β"},
}


def read_docx(data: bytes, file_name: str) -> RawDocument:
    """A Word document: paragraphs, headings, rows of tables, notes and text boxes in the order in which they print.

    Page headers and footers, comments, deleted and hidden text are left out and listed. Raises ReadError when the
    file is damaged, has a password or is too large to unpack.
    """
    with open_package(data, file_name) as archive:
        return _Reader(Package.of(archive, file_name)).document()


# --- styles ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says, that of the styles below it included."""

    heading: int | None = None  #: 0: title of the document; 1-9; None: running text
    contents: bool = False  #: an entry of the contents table
    bold: bool | None = None
    hidden: bool | None = None
    list: tuple[str, int | None] | None = None  #: numId and level


def _styles(root: Any) -> tuple[dict[str, _Style], str | None]:
    """All styles by their id, and the id of that of paragraphs which name none."""
    nodes = {node.get(W + "styleId", ""): node for node in root.iterchildren(W + "style")} if root is not None else {}

    @cache
    def style(name: str, depth: int = 0) -> _Style:
        node = nodes.get(name)
        if node is None or depth > 20:
            return _Style()
        based = value(node, "basedOn")
        below = style(based, depth + 1) if based else _Style()
        marks, paragraph = node.find(W + "rPr"), node.find(W + "pPr")
        title = re.sub(r"\s+", " ", (value(node, "name") or "").lower())
        heading, contents = below.heading, below.contents
        if match := re.fullmatch(r"(?:heading|标题) ?([1-9])", title):
            heading = int(match[1])
        elif title in ("title", "标题"):
            heading = 0
        elif re.match(r"(?:toc|目录) ?[1-9]|table of figures", title):
            heading, contents = None, True
        if (level := value(paragraph, "outlineLvl")) is not None and heading != 0:
            heading = _outline_level(level)
        bold, hidden = switch(marks, "b"), switch(marks, "vanish")
        return _Style(
            heading,
            contents,
            below.bold if bold is None else bold,
            below.hidden if hidden is None else hidden,
            _list_of(paragraph) or below.list,
        )

    usual = next((name for name, node in nodes.items() if _is_usual(node)), None)
    return {name: style(name) for name in nodes}, usual


def _is_usual(node: Any) -> bool:
    return node.get(W + "type") == "paragraph" and node.get(W + "default") in ("1", "true", "on")


def _outline_level(text: str) -> int | None:
    level = number_in(text, 9)
    return level + 1 if 0 <= level < 9 else None


def _list_of(properties: Any) -> tuple[str, int | None] | None:
    """The list that paragraph properties name: numId and level (None: the style's)."""
    node = properties.find(W + "numPr") if properties is not None else None
    num = value(node, "numId")
    if num is None:
        return None
    level = value(node, "ilvl")
    return num, None if level is None else number_in(level, 0)


# --- paragraphs ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Inline:
    """What the runs of a paragraph give."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)  #: text, whether bold
    before: list[RawLine] = field(default_factory=list)  #: lines of text boxes that hang at its beginning
    after: list[RawLine] = field(default_factory=list)  #: those of other boxes
    notes: list[RawLine] = field(default_factory=list)
    contents: bool = False  #: part of a contents table

    def add(self, text: str, bold: bool = False) -> None:
        text = text.translate(_INVISIBLE)
        if text:
            self.pieces.append((text, bold))


@dataclass(slots=True)
class _Field:
    """A field that is open: its code, then its result."""

    code: str = ""
    result: bool = False
    shows: str = ""  #: what a form field shows without a result: its box, the chosen entry

    @property
    def name(self) -> str:
        return (self.code.split() or [""])[0].upper()


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = self._main_part()
        self.parts = package.targets(self.main)
        self.styles, self.usual = _styles(self._part("styles"))
        lists = {name: style.list[0] for name, style in self.styles.items() if style.list}
        self.numbering = Numbering(self._part("numbering"), lists)
        self.fields: list[_Field] = []
        self.left_out: list[LeftOut] = []
        self.warnings: list[str] = []
        self.endnotes: list[RawLine] = []
        self.noted = 0
        self.commented: dict[str, int] = {}  #: id of a comment -> line that it stands at
        self.pending: list[tuple[str, bool]] = []  #: of a paragraph whose end was deleted
        self.at = 1  #: number of the line that comes next

    def _main_part(self) -> str:
        for kind, name in self.package.targets("").values():
            if kind == "officeDocument":
                return name
        return "word/document.xml"

    def _part(self, kind: str) -> Any:
        name = next((name for other, name in self.parts.values() if other == kind), None)
        return self.package.root(name) if name else None

    def document(self) -> RawDocument:
        root = self.package.root(self.main)
        body = root.find(W + "body") if root is not None else None
        if body is None:
            raise ReadError(
                f"“{self.package.file_name}”里没有 Word 正文；请确认是 Word 文档，用 Word 或 WPS 另存为 .docx 后再试。"
            )
        lines = [*self._blocks(body), *self.endnotes]
        lines = _levelled(_without_loose_contents(lines, self.left_out))
        self._comments()
        edges = self._edges(body, len(lines))
        meta = {} if (title := self._title(lines)) is None else {"网页标题": title}
        fields = _header_fields(edges, lines)
        meta |= fields
        top = [RawLine(f"{name}：{said}", 1, role="meta") for name, said in fields.items()]
        done = tuple(replace(line, line=at) for at, line in enumerate((*top, *lines), 1))
        left_out = tuple(
            sorted(
                (replace(piece, line=piece.line + len(top)) for piece in self.left_out), key=lambda piece: piece.line
            )
        )
        wrapped = _is_wrapped(done)
        if not wrapped:
            done = tuple(replace(line, text=line.text.strip(_SPACE)) for line in done)
        return RawDocument(self.package.file_name, done, meta, wrapped, left_out, tuple(self.warnings))

    # blocks

    def _blocks(self, parent: Any) -> list[RawLine]:
        """The lines of the block elements below ``parent``, in order."""
        lines: list[RawLine] = []
        for node in parent.iterchildren():
            tag = node.tag
            if tag == W + "p":
                made = self._paragraph(node)
            elif tag == W + "tbl":
                made = self._table(node)
            elif tag == W + "sdt" and _is_prompt(node):
                self._leave_out(node, "表单中没有填的提示")
                continue
            elif tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo"):
                made = self._blocks(node)
            elif tag == _ALTERNATIVES + "AlternateContent":
                made = self._blocks(_chosen(node))
            elif tag == W + "altChunk":
                made = self._chunk(node)
            else:
                continue
            lines += made
            self.at += len(made) if tag in (W + "p", W + "altChunk") else 0
        return lines

    def _paragraph(self, node: Any) -> list[RawLine]:
        properties = node.find(W + "pPr")
        style = self.styles.get(value(properties, "pStyle") or self.usual or "", _Style())
        inline = _Inline(contents=style.contents or any(f.name == "TOC" for f in self.fields))
        inline.pieces, self.pending = self.pending, []
        self._runs(node, inline, style)
        # A field whose code has no end, or a page number: never over the end of its paragraph.
        self.fields = [f for f in self.fields if f.result and f.name not in _PAGE_FIELDS]
        mark = properties.find(W + "rPr") if properties is not None else None
        if mark is not None and any(mark.find(name) is not None for name in _DELETED):
            self.pending = inline.pieces
            return [*inline.before, *inline.after, *inline.notes]
        label = self._label(properties, style)
        heading = style.heading
        if (level := value(properties, "outlineLvl")) is not None and heading != 0:
            heading = _outline_level(level)
        lines = _lines_of(inline.pieces, label)
        if heading is not None and len(lines) <= 3:
            lines = [_as_heading(line, heading) for line in lines]
        if inline.contents:
            lines = [replace(line, text=_entry(line.text), role="text", level=_CONTENTS) for line in lines]
        return [*inline.before, *lines, *inline.after, *inline.notes]

    def _label(self, properties: Any, style: _Style) -> str:
        found = _list_of(properties) or style.list
        if found is None or found[0] == "0":
            return ""
        num, level = found
        if level is None and style.list is not None and style.list[0] == num:
            level = style.list[1]
        if level is None:
            level = self.numbering.level_of_style(num, value(properties, "pStyle") or "")
        return self.numbering.label(num, level)

    # inside a paragraph

    def _runs(self, parent: Any, inline: _Inline, style: _Style) -> None:
        for node in parent.iterchildren():
            tag = node.tag
            if tag == W + "r":
                self._run(node, inline, style)
            elif tag == W + "fldSimple":
                name = (node.get(W + "instr", "").split() or [""])[0].upper()
                inline.contents |= name == "TOC"
                if name not in _PAGE_FIELDS:
                    self._runs(node, inline, style)
            elif tag == W + "sdt" and _is_prompt(node):
                self._leave_out(node, "表单中没有填的提示")
            elif tag in _AROUND:
                self._runs(node, inline, style)
            elif tag in _DELETED:
                self._leave_out(node, "修订中删去的文字")
            elif tag == _ALTERNATIVES + "AlternateContent":
                self._runs(_chosen(node), inline, style)
            elif isinstance(tag, str) and tag.startswith(_MATH):
                inline.add(_formula(node))

    def _run(self, run: Any, inline: _Inline, style: _Style) -> None:
        marks = run.find(W + "rPr")
        own = self.styles.get(value(marks, "rStyle") or "", _Style())
        bold = bool(_first_said(switch(marks, "b"), own.bold, style.bold))
        if _first_said(switch(marks, "vanish"), own.hidden, style.hidden):
            self._leave_out(run, "隐藏文字")
            for node in run.iterchildren(W + "fldChar"):
                self._field(node, inline, bold)
            return
        custom_mark = False
        for node in run.iterchildren():
            tag = node.tag
            if tag == W + "fldChar":
                self._field(node, inline, bold)
            elif tag == W + "instrText":
                if self.fields and not self.fields[-1].result:
                    self.fields[-1].code += node.text or ""
            elif any(not f.result or f.name in _PAGE_FIELDS for f in self.fields):
                continue
            elif tag == W + "t":
                if not custom_mark:
                    text = _in_symbols(node.text or "", marks)
                    inline.add(raised(text) if value(marks, "vertAlign") == "superscript" else text, bold)
            elif tag in (W + "tab", W + "ptab"):
                inline.add("\t", bold)
            elif tag in (W + "br", W + "cr"):
                inline.add("\n", bold)
            elif tag == W + "noBreakHyphen":
                inline.add("-", bold)
            elif tag == W + "sym":
                inline.add(_symbol(node), bold)
            elif tag == W + "ruby":
                for base in node.iterchildren(W + "rubyBase"):
                    self._runs(base, inline, style)
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                custom_mark = node.get(W + "customMarkFollows") in ("1", "true", "on")
                self._note(node, inline)
            elif tag == W + "commentReference":
                self.commented[node.get(W + "id", "")] = self.at
            elif tag in (W + "drawing", W + "pict", W + "object", _ALTERNATIVES + "AlternateContent"):
                self._boxes(node, inline)

    def _field(self, node: Any, inline: _Inline, bold: bool) -> None:
        kind = node.get(W + "fldCharType")
        if kind == "begin":
            self.fields.append(_Field(shows=_form_shows(node)))
        elif kind == "separate" and self.fields:
            self.fields[-1].result = True
            inline.contents |= self.fields[-1].name == "TOC"
        elif kind == "end" and self.fields:
            done = self.fields.pop()
            # A number in a circle, made by laying two signs over each other.
            circled = re.search(r"\\o\s*(?:\\a[clr])?\s*\(\s*[○〇◯]\s*[,;，]\s*(\d{1,2})\s*\)", done.code)
            if circled and not done.result:
                inline.add(counted(int(circled[1]), "decimalEnclosedCircle"), bold)
            elif done.shows:
                inline.add(done.shows, bold)

    def _boxes(self, node: Any, inline: _Inline) -> None:
        """The text of the boxes in a drawing: once, though it is stored for new and for old programs."""
        begun = any(text.strip() for text, _ in inline.pieces)
        fields, self.fields, pending, self.pending = self.fields, [], self.pending, []
        for box in _text_boxes(node):
            (inline.after if begun else inline.before).extend(self._blocks(box))
        self.fields, self.pending = fields, pending
        for name, tell in ((chart_id(node), chart_lines), (diagram_id(node), diagram_lines)):
            root = self.package.root(self.parts[name][1]) if name in self.parts else None
            if root is not None:
                inline.after.extend(RawLine(text, 1) for text in tell(root))

    def _note(self, reference: Any, inline: _Inline) -> None:
        kind = "footnotes" if reference.tag == W + "footnoteReference" else "endnotes"
        root = self._part(kind)
        wanted = reference.get(W + "id")
        note = next((n for n in root.iterchildren() if n.get(W + "id") == wanted), None) if root is not None else None
        if note is None:
            return
        self.noted += 1
        at = self.at
        fields, self.fields = self.fields, []
        lines = [replace(line, role="text", level=0) for line in self._blocks(note)]
        self.fields, self.at = fields, at
        if lines:
            lines[0] = replace(lines[0], text=f"[{self.noted}] {lines[0].text.strip(_SPACE)}", bold=0)
        (inline.notes if kind == "footnotes" else self.endnotes).extend(lines)

    def _leave_out(self, node: Any, reason: str) -> None:
        text = "".join(t.text or "" for t in node.iter(W + "t", W + "delText")).strip()
        if text:
            self.left_out.append(LeftOut(self.at, text, reason))

    # tables

    def _table(self, table: Any) -> list[RawLine]:
        """One line per row of a table; the paragraphs of its cells where it only places them on the page."""
        begin = self.at
        rows: list[list[_TableCell]] = []
        for row in _inside(table, "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and any(properties.find(name) is not None for name in _DELETED):
                self._leave_out(row, "修订中删去的文字")
                continue
            column = number_in(value(properties, "gridBefore"), 0)
            cells = [_TableCell(0, column, "", [])] if column else []
            for cell in _inside(row, "tc"):
                marks = cell.find(W + "tcPr")
                if value(marks, "hMerge") == "continue":
                    continue
                width = max(1, number_in(value(marks, "gridSpan"), 1))
                merge = marks.find(W + "vMerge") if marks is not None else None
                merged = "" if merge is None else merge.get(W + "val", "continue")
                cells.append(_TableCell(column, width, merged, self._blocks(cell)))
                column += width
            rows.append(cells)
        self.at = begin
        lines = self._rows(table, rows)
        self.at = begin + len(lines)
        return lines

    def _rows(self, table: Any, rows: Sequence[Sequence[_TableCell]]) -> list[RawLine]:
        nested = next(table.iterdescendants(W + "tbl"), None) is not None
        told = [
            [
                Cell(_joined(cell.lines), cell.width, _height(rows, at, cell), len(cell.lines))
                for cell in row
                if cell.merge != "continue" or _orphan(rows, at, cell)
            ]
            for at, row in enumerate(rows)
        ]
        alone = len(told) == 1 and self.at <= 12  # number and signatory of a red head, side by side
        if nested or alone or not says_together(told):
            return [line for row in rows for cell in row for line in cell.lines]
        lines = [RawLine(text, 1) for text in row_lines(told) if text]
        # Notes of the cells come after the table, not inside a row.
        return [*lines, *(line for row in rows for cell in row for line in cell.lines if _NOTE_MARK.match(line.text))]

    # what is left out

    def _comments(self) -> None:
        root = self._part("comments")
        for node in root.iterchildren(W + "comment") if root is not None else ():
            text = "".join(t.text or "" for t in node.iter(W + "t")).strip()
            if text:
                self.left_out.append(LeftOut(self.commented.get(node.get(W + "id", ""), 1), text, "批注"))

    def _edges(self, body: Any, last: int) -> list[str]:
        """The lines of page headers, each once; those and the footers' are listed as left out."""
        said: dict[tuple[str, str], None] = {}
        for section in body.iter(W + "sectPr"):
            for kind, reason in (("headerReference", "页眉"), ("footerReference", "页脚")):
                for node in section.iterchildren(W + kind):
                    name = self.parts.get(related(node), ("", ""))[1]
                    root = self.package.root(name) if name else None
                    for line in self._blocks(root) if root is not None else ():
                        text = line.text.strip(_SPACE)
                        if re.search(r"\w", text) and not re.fullmatch(r"[-—–第页共/\s\d]+", text):
                            said[text, reason] = None
        self.left_out += [LeftOut(1 if reason == "页眉" else max(1, last), text, reason) for text, reason in said]
        return [text for text, reason in said if reason == "页眉"]

    def _title(self, lines: Sequence[RawLine]) -> str | None:
        """The title among the document's properties, where the text begins with it: else it is often a leftover."""
        root = self.package.root("docProps/core.xml")
        node = root.find("{http://purl.org/dc/elements/1.1/}title") if root is not None else None
        title = (node.text or "").strip() if node is not None else ""
        beginning = "".join("".join(line.text.split()) for line in lines[:12])
        return title if len(title) >= 4 and "".join(title.split()) in beginning else None

    def _chunk(self, node: Any) -> list[RawLine]:
        """A page or text that was put into the document whole."""
        name = self.parts.get(related(node), ("", ""))[1]
        if name not in self.package.archive.namelist():
            return []
        data = part(self.package.archive, name, self.package.file_name)
        kind = sniffed_suffix(data, ".rtf")
        if kind == ".html" or name.endswith((".html", ".htm", ".xhtml")):
            from corpus.read_html import read_html

            return [line for line in read_html(data, self.package.file_name).lines if line.role != "meta"]
        if kind == ".docx":
            return list(read_docx(data, self.package.file_name).lines)
        self.warnings.append("文档里嵌入的一段没有读出来；请用 Word 或 WPS 打开后另存为 .docx 再试。")
        return []


@dataclass(frozen=True, slots=True)
class _TableCell:
    column: int
    width: int
    merge: str  #: "restart", "continue" or ""
    lines: list[RawLine]


def _below(rows: Sequence[Sequence[_TableCell]], at: int, cell: _TableCell) -> bool:
    """Whether the row ``at`` goes on with a cell that began above."""
    return at < len(rows) and any(c.column == cell.column and c.merge == "continue" for c in rows[at])


def _height(rows: Sequence[Sequence[_TableCell]], at: int, cell: _TableCell) -> int:
    height = 1
    while cell.merge and _below(rows, at + height, cell):
        height += 1
    return height


def _orphan(rows: Sequence[Sequence[_TableCell]], at: int, cell: _TableCell) -> bool:
    """Whether a cell goes on with one that never began."""
    while at > 0:
        at -= 1
        above = next((c for c in rows[at] if c.column == cell.column), None)
        if above is None or not above.merge:
            return True
        if above.merge == "restart":
            return False
    return True


_NOTE_MARK = re.compile(r"\[\d+\] ")
_CONTENTS = -1  #: level of an entry of a contents table, until it is known whether the table has a heading


def _joined(lines: Sequence[RawLine]) -> str:
    return cell_text(line.text.strip(_SPACE) for line in lines if not _NOTE_MARK.match(line.text))


def _inside(parent: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those inside content controls and tracked changes."""
    for node in parent.iterchildren():
        if node.tag == W + name:
            yield node
        elif node.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo"):
            yield from _inside(node, name)


def _chosen(node: Any) -> Any:
    """Of content stored twice the one for new programs."""
    choice = node.find(_ALTERNATIVES + "Choice")
    return choice if choice is not None else node.find(_ALTERNATIVES + "Fallback") if len(node) else node


def _text_boxes(node: Any) -> Iterator[Any]:
    for child in [_chosen(node)] if node.tag == _ALTERNATIVES + "AlternateContent" else node.iterchildren():
        if child is None:
            continue
        if child.tag == W + "txbxContent":
            yield child
        elif isinstance(child.tag, str):
            yield from _text_boxes(child)


def _first_said(*said: bool | None) -> bool | None:
    return next((one for one in said if one is not None), None)


def _symbol(node: Any) -> str:
    code = number_in(node.get(W + "char", ""), 0, 16)
    return _in_font(code, node.get(W + "font", "")) if 32 <= code < 0x110000 else ""


def _in_symbols(text: str, marks: Any) -> str:
    """Text with the signs that its font shows in place of the private codes of that font."""
    if not re.search("[\uf000-\uf0ff]", text):
        return text
    fonts = marks.find(W + "rFonts") if marks is not None else None
    font = fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "" if fonts is not None else ""
    return re.sub("[\uf000-\uf0ff]", lambda match: _in_font(ord(match.group()), font), text)


def _in_font(code: int, font: str) -> str:
    """The sign that a code means in a symbol font; "" where it is not known."""
    known = _SYMBOLS.get(font.lower(), {})
    if code in known or code - 0xF000 in known:
        return known.get(code) or known[code - 0xF000]
    return "" if 0xE000 <= code <= 0xF8FF else chr(code)


def _is_prompt(control: Any) -> bool:
    """Whether a content control shows what to write there (单击此处输入文字) and nothing is written yet."""
    return switch(control.find(W + "sdtPr"), "showingPlcHdr") is True


def _form_shows(mark: Any) -> str:
    """What the beginning of a form field says that it shows: a box, ticked or not, or the entry that is chosen."""
    form = mark.find(W + "ffData")
    box = form.find(W + "checkBox") if form is not None else None
    if box is not None:
        return "☑" if _first_said(switch(box, "checked"), switch(box, "default")) else "□"
    entries = form.find(W + "ddList") if form is not None else None
    said = [entry.get(W + "val", "") for entry in entries.iterchildren(W + "listEntry")] if entries is not None else []
    chosen = number_in(value(entries, "result") or value(entries, "default"), 0)
    return said[chosen] if 0 <= chosen < len(said) else ""


def _formula(node: Any) -> str:
    """A formula as one line: fractions with /, exponents with ^."""
    tag = node.tag if isinstance(node.tag, str) else ""
    if tag == _MATH + "t":
        return str(node.text or "")
    inner = [(child.tag, _formula(child)) for child in node.iterchildren()]
    if tag == _MATH + "f":
        return "/".join(f"({text})" if len(text) > 1 and not text.isalnum() else text for _, text in inner if text)
    if tag == _MATH + "sSup":
        return "^".join(text for _, text in inner if text)
    return "".join(text for _, text in inner)


def _lines_of(pieces: Sequence[tuple[str, bool]], label: str) -> list[RawLine]:
    """A paragraph's text, parted where lines are broken, behind its label; [] when it says nothing."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for text, bold in pieces:
        first, *rest = text.split("\n")
        lines[-1].append((first, bold))
        lines.extend([(more, bold)] for more in rest)
    told: list[RawLine] = []
    for line in lines:
        chars = [(c, bold) for text, bold in line for c in text]
        whole = "".join(c for c, _ in chars)
        text = whole.strip(_SPACE)
        if not text:
            continue
        lead = len(whole) - len(whole.lstrip(_SPACE))
        strong = next((i for i, (c, b) in enumerate(chars[lead:]) if not b and c not in _SPACE), len(text))
        strong = len(text[:strong].rstrip(_SPACE))
        if label and not told:
            told.append(RawLine(label + text, 1, bold=len(label) + strong if strong else 0))
        else:
            told.append(RawLine(whole.rstrip(_SPACE), 1, bold=strong))
    return told


def _as_heading(line: RawLine, level: int) -> RawLine:
    # A heading style on a whole paragraph is layout, no heading.
    text = line.text.strip(_SPACE)
    if len(text) > 120 or (len(text) > 60 and text.endswith(("。", "；"))):
        return line
    return replace(line, role="heading", level=level)


def _levelled(lines: Sequence[RawLine]) -> list[RawLine]:
    """Headings with the levels of a page, where 1 is the title of the document and its parts begin at 2."""
    first = next((line for line in lines if line.role != "blank"), None)
    tops = [line for line in lines if line.role == "heading" and line.level == 1]
    titled = first is not None and first.role == "heading" and first.level == 1 and len(tops) == 1
    shift = 0 if titled else 1
    return [replace(line, level=min(6, line.level + shift) or 1) if line.role == "heading" else line for line in lines]


def _entry(text: str) -> str:
    """An entry of a contents table with one tab, before its page number."""
    *words, page = text.strip(_SPACE).split("\t")
    return " ".join(words) + "\t" + page if words and page.strip().isalnum() else " ".join([*words, page])


def _without_loose_contents(lines: Sequence[RawLine], left_out: list[LeftOut]) -> list[RawLine]:
    """Entries of a contents table that has no heading 目录 would read as the headings themselves: they are left out."""
    kept: list[RawLine] = []
    headed = False
    for at, line in enumerate(lines, 1):
        entry = line.level == _CONTENTS
        heading = re.fullmatch(r"目\s*[录次]", line.text.strip(_SPACE)) is not None
        headed = headed if entry and not heading else heading
        if not entry or headed:
            kept.append(replace(line, level=0) if entry else line)
        else:
            left_out.append(LeftOut(at, line.text.replace("\t", " ").strip(), "目录"))
    return kept


def _header_fields(edges: Sequence[str], lines: Sequence[RawLine]) -> dict[str, str]:
    """Number and issuer that stand in the page header only, as in a red head set there."""
    text = "".join("".join(line.text.split()) for line in lines)
    found: dict[str, str] = {}
    for edge in edges:
        bare = "".join(edge.split())
        masthead = re.fullmatch(r"(\S{2,40}?)文件", bare)
        if bare in text:
            continue
        if normal_number(edge):
            found.setdefault("发文字号", edge)
        elif masthead and re.search("[部委局署厅办院府省市县区会]$", masthead[1]):
            found.setdefault("发文机关", masthead[1])
    return found


def _is_wrapped(lines: Sequence[RawLine]) -> bool:
    """Whether paragraphs are printed lines, as in a document made from a PDF: of one width, most end in a sentence."""
    text = [line for line in lines if line.role == "text" and not re.search(r"[|\t]", line.text.strip(_SPACE))]
    long = [line.text.strip(_SPACE) for line in text if len(line.text.strip(_SPACE)) >= 20]
    open_ones = sum(not re.search(r"[。！？；：!?;:.”’）)】》]$", said) for said in long)
    return len(long) >= 10 and open_ones > 0.6 * len(long) and line_width(text) is not None
