"""Files in, raw lines out: one reader per suffix, in one table.

A reader decodes and takes the format apart (Markdown marks, HTML tags, site chrome around the text); it changes
no word. Joining broken lines, page headers and the outline come later and work on what is returned here.
"""

from __future__ import annotations

import codecs
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from corpus.document import LeftOut

Role = Literal["text", "heading", "meta", "blank"]


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line of a text file, or one block element of a page."""

    text: str  #: without line end; inner spaces, tabs and nbsp as they are
    line: int  #: 1-based line in the raw file
    page: int | None = None
    role: Role = "text"  #: heading: the format itself says so; meta: "发文字号：国发〔2018〕43号" of a metadata table
    level: int = 0  #: Markdown or HTML heading level when role is "heading"
    bold: int = 0  #: number of leading characters (surrounding space cut off) that the format marks as bold


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file taken apart by its reader, nothing cleaned yet."""

    file_name: str
    lines: tuple[RawLine, ...]
    meta: Mapping[str, str]  #: header fields that the format itself gives, by their usual name: 索引号, 发文机关, ...
    wrapped: bool  #: False: each line is a whole paragraph (HTML)
    left_out: tuple[LeftOut, ...] = ()  #: what the reader took for site chrome
    warnings: tuple[str, ...] = field(default=())  #: Chinese, e.g. bytes that could not be decoded


class ReadError(Exception):
    """A file that cannot be read; the message (Chinese) tells the next step."""


# --- from a path ---------------------------------------------------------------------------------------------------


def read_file(path: Path) -> RawDocument:
    """The raw lines and header fields of a file. Raises ReadError with the next step when there is no text to have."""
    reader = READERS.get(path.suffix.lower())
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            kind = "文件夹" if stat.S_ISDIR(mode) else "设备或管道"
            raise ReadError(f"“{path.name}”是{kind}，不是普通文件；请给出文件的路径。")
        if reader is None:
            suffix = f"后缀 {path.suffix}" if path.suffix else "没有后缀的文件"
            raise ReadError(
                f"“{path.name}”：不认识{suffix}；能读的格式是 {'、'.join(READERS)}，请转换格式或改后缀后再试。"
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"找不到文件“{path.name}”；请检查路径。") from error
    except PermissionError as error:
        raise ReadError(f"没有权限读取“{path.name}”；请修改文件权限，或换一个有权限的用户运行。") from error
    except OSError as error:
        raise ReadError(f"读取“{path.name}”失败（{error.strerror}）；请检查磁盘或路径后再试。") from error
    document = reader(data, path.name)
    if not any(c.isalnum() for line in document.lines if line.role != "meta" for c in line.text):
        raise ReadError(f"“{path.name}”里没有找到正文；请打开文件确认它有文字内容。")
    return document


# --- from bytes ----------------------------------------------------------------------------------------------------

# What a file holds if it begins like this, whatever its suffix says.
_MAGIC = {
    b"%PDF": "PDF 文档",
    b"PK\x03\x04": "Word（docx）或压缩文件",
    b"\xd0\xcf\x11\xe0": "旧版 Office（doc、xls）文件",
    b"{\\rtf": "RTF 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"\x1f\x8b": "压缩文件",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = ["gb18030", "big5", "utf_16_le", "utf_16_be"]
# A damaged file is still read when no more than this share of its non-ASCII characters is lost.
_LOST = 0.01


def decode(data: bytes, file_name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of ``data`` and warnings (Chinese). ``declared``: the encoding that the file claims, if it does."""
    if not data.strip(b"\x00\t\n\r\x0c\x1a "):
        raise ReadError(f"“{file_name}”是空的；请检查文件是否保存完整。")
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise ReadError(f"“{file_name}”的内容其实是{kind}，不是文本；请另存为 .txt 或 .html（UTF-8）后再试。")
    text, warnings = _decoded(data, declared)
    if text is None or _is_binary(text):
        raise ReadError(f"“{file_name}”不是能识别的文本（可能是二进制文件或编码损坏）；请用 UTF-8 编码另存后再试。")
    return text.removeprefix("\ufeff").rstrip("\x1a"), warnings


def _decoded(data: bytes, declared: str | None) -> tuple[str | None, tuple[str, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _tolerant(data[len(bom) :], encoding)
    # Chinese text of another encoding is next to never valid UTF-8, so this comes before what the file claims.
    for encoding in ("utf-8", _widest(declared or "utf-8")):
        try:
            if b"\x00" not in data:
                return data.decode(encoding), ()
        except (UnicodeDecodeError, LookupError):
            continue
    text, warnings = _tolerant(data, "utf-8")
    if text is not None and b"\x00" not in data:
        return text, warnings
    from charset_normalizer import from_bytes  # only here: most files are UTF-8

    best = from_bytes(data, cp_isolation=_GUESSES).best()
    if best is not None:
        return str(best), ()
    return _tolerant(data, "gb18030")


def _tolerant(data: bytes, encoding: str) -> tuple[str | None, tuple[str, ...]]:
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd") - data.count("\ufffd".encode(encoding))
    if lost <= 0:
        return text, ()
    foreign = sum(c > "\x7f" for c in text)
    if lost > max(1, _LOST * foreign) or foreign < 50 * lost:
        return None, ()
    return text, (f"有 {lost} 处字节无法解码，显示为 \ufffd；请核对原文件。",)


def _widest(encoding: str) -> str:
    """Pages claim gb2312 and use characters of GBK and GB18030."""
    return "gb18030" if encoding.lower() in {"gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936"} else encoding


def _is_binary(text: str) -> bool:
    if "\x00" in text:
        return True
    control = sum(c < " " and c not in "\t\n\r\x0b\x0c\x1a\x1b" for c in text)
    return control > 0.005 * len(text)


def _split_lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


# --- plain text ----------------------------------------------------------------------------------------------------


# Two headings of this form make a text file a Markdown file.
_MARKDOWN = re.compile(r"^#{1,6}[ \t]+(?=\S)(?!.*#\s*$)", re.MULTILINE)


def read_text(data: bytes, file_name: str) -> RawDocument:
    """Plain text; a form feed begins a new page. A text file that is written in Markdown is read as such."""
    text, warnings = decode(data, file_name)
    if len(_MARKDOWN.findall(text)) >= 2:
        return _read_markdown(text, file_name, warnings)
    lines: list[RawLine] = []
    page = 1 if "\f" in text.rstrip("\f\n\r ") else None
    for number, whole in enumerate(_split_lines(text), 1):
        for i, part in enumerate(whole.split("\f")):
            if i and page is not None:
                page += 1
            # Line ends of word processors inside a line of the file; the line number stays.
            pieces = re.split("[\x0b\x85\u2028\u2029]", part)
            lines += [RawLine(piece, number, page, "text" if piece.strip() else "blank") for piece in pieces]
    return RawDocument(file_name, tuple(lines), {}, wrapped=True, warnings=warnings)


# --- Markdown ------------------------------------------------------------------------------------------------------

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+(.*?)|([^#\s].*?)|)(?:[ \t]+#+)?[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_BULLET = re.compile(r"^([ \t]*)(?:[-*+•][ \t]+)(?=\S)")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_TAG = re.compile(
    r"<(?:/?(?:b|strong|i|em|u|s|del|ins|mark|small|big|sup|sub|font|span|a|br|p|div|center|h[1-6]|ul|ol|li|hr|img"
    r"|table|thead|tbody|tr|td|th|code|pre|blockquote)"
    r"(?:\s+[a-z:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*\s*/?|!--.*?--)>",
    re.IGNORECASE,
)
_TABLE_OPEN, _TABLE_CLOSE = re.compile(r"<table\b", re.IGNORECASE), re.compile(r"</table\s*>", re.IGNORECASE)
_TARGET = r"\((?:[a-z]+:|#|/|\.{0,2}/|[\w.%-]+\.\w{2,5}\b)[^()\s]*(?:\s+\"[^\"]*\")?\)"
_IMAGE = re.compile(r"!\[([^\[\]]*)\]" + _TARGET, re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]+)\]" + _TARGET, re.IGNORECASE)
_BOLD_START = re.compile(r"\s*(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_STRONG = re.compile(r"(\*\*|(?<!_)__(?!_))(?=[^\s_])(.+?)(?<=[^\s_])\1(?!_)")
_EMPHASIS = re.compile(r"(?<![\d*\\])\*(?=[^\s*\d])([^*]+?)(?<=[^\s*\\])\*(?![\d*])")
_CODE = re.compile(r"(`+)(.+?)\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_markdown(data: bytes, file_name: str) -> RawDocument:
    """Markdown: headings with their level, everything else as text without its marks; tables as ``a | b`` rows."""
    text, warnings = decode(data, file_name)
    return _read_markdown(text, file_name, warnings)


def _read_markdown(text: str, file_name: str, warnings: tuple[str, ...]) -> RawDocument:
    raw = _split_lines(text)
    fields, lines = _front_matter(raw)
    body = [line for line in _markdown_lines([""] * len(lines) + raw[len(lines) :]) if line.line > len(lines)]
    return RawDocument(file_name, (*lines, *body), fields, wrapped=True, warnings=warnings)


_FRONT_FIELD = re.compile(r"([\w\u4e00-\u9fff -]{2,20}?)\s*[:：]\s*(.+)")
#: English names that front matter uses, and the usual names of the fields.
_FRONT_NAMES = {"title": "标题", "date": "发布日期", "number": "发文字号", "issuer": "发文机关", "source": "来源"}


def _front_matter(raw: list[str]) -> tuple[dict[str, str], list[RawLine]]:
    """Header fields between the lines --- that a Markdown file may begin with, and what stands of them in the text."""
    if not raw or raw[0].strip() != "---":
        return {}, []
    end = next((i for i, line in enumerate(raw[1:41], start=1) if line.strip() in ("---", "...")), None)
    if end is None:
        return {}, []
    fields: dict[str, str] = {}
    lines = [RawLine("", 1, role="blank")]
    for number, line in enumerate(raw[1:end], start=2):
        match = _FRONT_FIELD.fullmatch(line.strip())
        label = match.group(1).strip() if match else ""
        name = _FRONT_NAMES.get(label.lower()) or _FIELDS.get(_label(label))
        value = match.group(2).strip().strip("\"'") if match else ""
        if name and value:
            fields[name] = value
            shown = label if label in _FIELDS else name
            lines.append(RawLine(f"{shown}：{value}", number, role="meta"))
        else:
            lines.append(RawLine("", number, role="blank"))
    return fields, [*lines, RawLine("", end + 1, role="blank")]


def _markdown_lines(raw: Sequence[str]) -> list[RawLine]:
    lines: list[RawLine] = []
    fenced = False
    at = 0
    while at < len(raw):
        source, number = raw[at], at + 1
        at += 1
        if _FENCE.match(source):
            fenced = not fenced
            lines.append(RawLine("", number, role="blank"))
        elif fenced:
            lines.append(RawLine(source, number, role="text" if source.strip() else "blank"))
        elif _TABLE_OPEN.search(source):
            block = [source]
            while not _TABLE_CLOSE.search(block[-1]) and at < len(raw):
                block.append(raw[at])
                at += 1
            lines += _html_fragment("\n".join(block), number)
        elif _is_underline(source, lines):
            level = 1 if "=" in source else 2
            lines[-1] = replace(lines[-1], role="heading", level=level)
            lines.append(RawLine("", number, role="blank"))
        else:
            lines += _markdown_line(source, number)
    return lines


def _is_underline(source: str, before: Sequence[RawLine]) -> bool:
    """Whether a line of = or - makes a heading of the short paragraph of one line above it."""
    if not re.fullmatch(r" {0,3}(?:={2,}|-{2,})[ \t]*", source) or not before or before[-1].role != "text":
        return False
    alone = len(before) == 1 or before[-2].role == "blank"
    return alone and len(before[-1].text) <= 60 and not before[-1].text.rstrip().endswith(tuple("。；：！？"))


def _markdown_line(source: str, number: int) -> list[RawLine]:
    if not source.strip() or ("|" in source and _TABLE_RULE.fullmatch(source)):
        return [RawLine("", number, role="blank")]
    if _RULE.fullmatch(source):
        return [RawLine(source, number)]
    heading = _ATX.fullmatch(source)
    # “##标题” without a space is no Markdown but common; “#话题#” is no heading.
    if heading and not (heading[3] and ("#" in heading[3] or len(heading[3]) > 60)):
        title = (heading[2] or heading[3] or "").strip()
        parts = [RawLine(t, number, role="heading", level=len(heading[1])) for t, _ in _inline(title) if t.strip()]
        return parts or [RawLine("", number, role="blank")]
    source = _QUOTE.sub("", source, count=1) if _QUOTE.match(source) else source
    source = _BULLET.sub(r"\1", source, count=1)
    stripped = source.strip()
    if stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2:
        source = " | ".join(cell.strip() for cell in re.split(r"(?<!\\)\|", stripped[1:-1]))
    return [RawLine(t, number, role="text" if t.strip() else "blank", bold=bold) for t, bold in _inline(source)] or [
        RawLine("", number, role="blank")
    ]


def _inline(source: str) -> list[tuple[str, int]]:
    """Text of one line without inline marks, and how many of its first characters were bold; <br> makes two lines."""
    if _TAG.search(source):
        # Parsed by lxml below: a ** at the beginning is carried over as a tag of its own.
        marked = _STRONG.sub(r"<b>\2</b>", source)
        return [(_unmarked(line.text), line.bold) for line in _html_fragment(marked, 1, keep_space=True)]
    start = _BOLD_START.match(source)
    return [(_unmarked(source), len(_unmarked(start[2]).strip()) if start else 0)]


def _unmarked(text: str) -> str:
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _CODE.sub(r"\2", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text).replace("**", "")


# --- HTML: lines ---------------------------------------------------------------------------------------------------


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_BLOCKS = frozenset(
    _words(
        "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure"
        " footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table"
        " tbody td tfoot th thead title tr ul"
    )
)
_DROPPED = _words(
    "script style noscript template iframe object embed applet svg canvas map audio video button input select"
    " textarea head"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = " \t\n\r\f\x0b\xa0\u3000\u2002\u2003\u2009\u200b\u200c\u200d\ufeff"
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)", re.IGNORECASE)
# Old pages write all paragraphs into one element, each begun by two full-width spaces.
_INDENTED = re.compile(r"(?<=[。！？；：”）】])[ \t\r\n]*(?:\u3000{2,}|\xa0{4,})[\u3000\xa0 ]*(?=\S)")


@dataclass(slots=True)
class _Block:
    """A line on its way out of a page."""

    text: str
    line: int
    level: int
    bold: int
    link: float  #: share of the characters that are links
    owner: Any  #: the block element that holds it


class _Collector:
    """Gathers inline text until a block ends."""

    def __init__(self, keep_space: bool) -> None:
        self.blocks: list[_Block] = []
        self._keep_space = keep_space
        self._parts: list[tuple[str, int, bool, bool]] = []

    def add(self, text: str | None, line: int, bold: bool, link: bool) -> None:
        if text:
            self._parts.append((text, line, bold, link))

    def flush(self, owner: Any, level: int) -> None:
        parts, self._parts = self._parts, []
        chars: list[tuple[str, bool, bool, int]] = []
        for text, line, bold, link in parts:
            for c in text:
                if c in " \t\n\r\f" and not self._keep_space:
                    if chars and chars[-1][0] != " ":
                        chars.append((" ", bold, link, line))
                elif c not in "\u200b\u200c\u200d\ufeff":
                    chars.append((c, bold, link, line))
                line += c == "\n"
        joined = "".join(c[0] for c in chars)
        begin = 0
        for cut in [*_INDENTED.finditer(joined), None]:
            end = len(joined) if cut is None else cut.start()
            self._emit(chars[begin:end], owner, level)
            begin = end if cut is None else cut.end()

    def _emit(self, chars: list[tuple[str, bool, bool, int]], owner: Any, level: int) -> None:
        filled = [i for i, c in enumerate(chars) if c[0] not in _SPACE]
        if not filled:
            return
        chars = chars[filled[0] : filled[-1] + 1]
        text = "".join(c[0] for c in chars)
        bold = next((i for i, c in enumerate(chars) if not c[1] and c[0] not in _SPACE), len(chars))
        bold = len(text[:bold].rstrip(_SPACE))
        link = sum(c[2] for c in chars) / len(chars)
        # A heading element around a whole paragraph is layout, no heading.
        is_heading = level and not (len(text) > 60 and text.endswith(("。", "；")))
        self.blocks.append(_Block(text, chars[0][3], level if is_heading else 0, bold, link, owner))


def _blocks(root: Any, first_line: int = 1, keep_space: bool = False) -> list[_Block]:
    """The lines below ``root``, in order: one per block element or <br>, one per row of a data table."""
    from lxml import etree

    out = _Collector(keep_space)
    bold_above, link_above, level = [False], 0, 0
    owners = [root]
    pre, line = 0, root.sourceline or 1
    offset = first_line - 1

    def add(text: str | None) -> None:
        nonlocal line
        if not text:
            return
        if pre:
            for i, piece in enumerate(text.split("\n")):
                if i:
                    out.flush(owners[-1], level)
                out.add(piece, line + i + offset, bold_above[-1], link_above > 0)
        else:
            out.add(text, line + offset, bold_above[-1], link_above > 0)
        line += text.count("\n")

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        block = tag in _BLOCKS
        if event == "start":
            line = max(line, node.sourceline or 1)
            if block or tag == "br":
                out.flush(owners[-1], level)
            if block:
                owners.append(node)
            data_table = tag == "table" and _is_data_table(node)
            if data_table:
                _rows(node, out, offset)
                walk.skip_subtree()
            bold_above.append(_bold(node, bold_above[-1]))
            link_above += tag == "a"
            pre += tag == "pre"
            level = _HEADINGS.get(tag, level)
            if not data_table:
                add(node.text)
        else:
            if block:
                out.flush(owners.pop(), level)
            bold_above.pop()
            link_above -= tag == "a"
            pre -= tag == "pre"
            if tag in _HEADINGS:
                level = 0
            if node is not root:
                add(node.tail)
    out.flush(root, level)
    return out.blocks


def _bold(node: Any, above: bool) -> bool:
    if node.tag in ("b", "strong"):
        return True
    style = _BOLD_STYLE.search(node.get("style") or "")
    if style is None:
        return above
    return style[1].lower() in ("bold", "bolder") or style[1][0] in "6789"


def _is_data_table(table: Any) -> bool:
    """Whether the rows of a table say something together; a table that only places a long text on the page does not."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [row for row in ([*row.iterchildren("td", "th")] for row in table.iter("tr")) if row]
    if not rows or max(len(row) for row in rows) < 2:
        return False
    sizes = {cell: len(_squeezed(cell)) for row in rows for cell in row}
    total, largest = sum(sizes.values()), max(sizes, key=lambda cell: sizes[cell])
    parts = sum(1 for _ in largest.iter("p", "div", "li", "h1", "h2", "h3", "h4"))
    if len(rows) == 1 and total > 200:
        return False
    return sizes[largest] <= 0.4 * total or (parts < 4 and (sizes[largest] <= 200 or sizes[largest] <= 0.6 * total))


def _squeezed(node: Any) -> str:
    return "".join("".join(node.itertext()).split())


def _rows(table: Any, out: _Collector, offset: int) -> None:
    """One line per row, cells joined by “ | ”; a cell over several rows is said in each of them."""
    spanning: dict[int, tuple[str, int]] = {}
    for caption in table.iterchildren("caption"):
        out.blocks += _blocks(caption, offset + 1)
    for row in table.iter("tr"):
        cells: list[str] = []
        links: list[float] = []
        column = 0
        for cell in row.iterchildren("td", "th"):
            while column in spanning:
                cells.append(_carry(spanning, column))
                column += 1
            inner = _blocks(cell, offset + 1)
            text = " ".join(block.text for block in inner)
            links.append(sum(block.link * len(block.text) for block in inner))
            span = _number(cell.get("rowspan"))
            if span > 1 and text:
                spanning[column] = (text, span - 1)
            cells.append(text)
            column += max(1, _number(cell.get("colspan")))
        while column in spanning:
            cells.append(_carry(spanning, column))
            column += 1
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            text = " | ".join(cells).strip()
            out.blocks.append(_Block(text, row.sourceline + offset, 0, 0, sum(links) / len(text), row))


def _carry(spanning: dict[int, tuple[str, int]], column: int) -> str:
    text, left = spanning.pop(column)
    if left > 1:
        spanning[column] = (text, left - 1)
    return text


def _number(value: str | None) -> int:
    return int(value) if value and value.strip().isdecimal() else 1


def _tree(text: str) -> Any:
    from lxml import etree, html

    # Bytes, since lxml refuses str with an XML declaration in it.
    source = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", errors="replace")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        root = html.document_fromstring(source, parser=parser)
    except etree.ParserError:  # nothing but comments
        return None
    etree.strip_elements(root, etree.Comment, with_tail=False)
    return root


def _html_fragment(text: str, first_line: int, keep_space: bool = False) -> list[RawLine]:
    """Lines of a piece of HTML inside another format."""
    root = _tree(f"<div>{text}</div>")
    if root is None:
        return []
    return [
        RawLine(block.text, block.line, role="heading" if block.level else "text", level=block.level, bold=block.bold)
        for block in _blocks(root, first_line, keep_space)
    ]


# --- HTML: header fields -------------------------------------------------------------------------------------------

# Usual name of a header field -> how pages label it (spaces inside a label are ignored).
_LABELS = {
    "索引号": "索引号 索引编号 信息索引号 信息索引",
    "主题分类": "主题分类 分类 信息分类 主题类别 所属主题 组配分类 公文种类 体裁分类",
    "发文机关": "发文机关 发文机构 发文单位 发布机构 发布机关 发布单位 发布部门 制发机关 制发单位 印发机关 制定机关"
    " 制定单位 公布机关 颁布机关 颁布单位 颁发部门 发文部门 公开机构 公开单位",
    "成文日期": "成文日期 成文时间 生成日期 生成时间 制发日期 发文日期 发文时间 签发日期 签署日期",
    "标题": "标题 名称 信息名称 文件名称 公文名称 文件标题 信息标题",
    "发文字号": "发文字号 文号 发布文号 公文文号 文件编号 文件号 文件文号 发文号 发文文号",
    "发布日期": "发布日期 发布时间 公布日期 公布时间 公开日期 公开时间 颁布日期 发表时间 印发日期",
    "主题词": "主题词 关键词 关键字",
    "施行日期": "施行日期 实施日期 生效日期 执行日期 实施时间 施行时间 生效时间",
    "有效性": "有效性 时效性 时效 效力状态 文件状态 是否有效 有效期 有效状态 效力级别",
    "公开方式": "公开方式 公开形式 公开类别 公开属性 公开范围 公开程序 公开责任部门",
    "来源": "来源 信息来源 文章来源 稿件来源 新闻来源",
}
_FIELDS = {label: name for name, labels in _LABELS.items() for label in labels.split()}
# Stand beside the fields in the line below a page's title; they only end the value before them.
_BAR_LABELS = _words(
    "作者 时间 日期 浏览次数 浏览量 阅读次数 阅读量 阅读 点击数 点击量 点击次数 访问量 浏览 点击 字号 字体 字体大小"
    " 打印 分享 分享到 编辑 责任编辑 审核 语音播报 保护视力色 背景色 视力保护色"
)
# <meta name="..."> that government sites share.
_META_TAGS = {
    "articletitle": "标题",
    "pubdate": "发布日期",
    "contentsource": "来源",
    "publishdate": "发布日期",
    "og:title": "标题",
}


def _label_pattern(label: str) -> str:
    return r"[ \xa0\u3000]*".join(map(re.escape, label))


_ANY_LABEL = "|".join(_label_pattern(label) for label in sorted([*_FIELDS, *_BAR_LABELS], key=len, reverse=True))
# “label：” or “[label]”
_BAR = re.compile(
    rf"(?:^|(?<=[\s|【\[（(：:】\]]))(?P<label>{_ANY_LABEL})\s*[:：]"
    rf"|[\[【]\s*(?P<boxed>{_ANY_LABEL})\s*[】\]][ \xa0]*[:：]?"
)
_BARE_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?=$|\s)"
)


def _label(text: str) -> str:
    """“索 引 号：” -> “索引号”."""
    return re.sub(r"\s", "", text).rstrip("：:").strip("【】[]")


def _pairs(block: _Block, following: _Block | None, in_table: bool) -> tuple[list[tuple[str, str]], bool]:
    """(label, value) pairs that a line consists of, and whether the value stands in the following line."""
    cells = [cell.strip(_SPACE) for cell in block.text.split(" | ")]
    if len(cells) > 1:
        return _row_pairs(cells, in_table), False
    alone = _label(block.text)
    if alone in _FIELDS:
        # <dt>label</dt><dd>value</dd>, or two neighbouring elements of one parent.
        beside = following is not None and _neighbours(block.owner, following.owner)
        if following is not None and beside and _label(following.text) not in _FIELDS:
            return [(alone, following.text)], True
        return [(alone, "")], False
    return _bar_pairs(block.text), False


def _row_pairs(cells: list[str], in_table: bool) -> list[tuple[str, str]]:
    """Pairs of a table row: label and value side by side, or together in a cell; [] when a cell is neither.

    ``in_table``: the row above is one of header fields.
    """
    pairs: list[tuple[str, str]] = []
    known = in_table or any(_label(cell) in _FIELDS for cell in cells[::2])
    at = 0
    while at < len(cells):
        cell, label = cells[at], _label(cells[at])
        # Beside a known label, a short cell in the place of a label is one too (信息类别, 内容概述).
        if label in _FIELDS or (len(label) <= 8 and (cell.endswith(("：", ":")) or (known and at % 2 == 0 and label))):
            value = cells[at + 1] if at + 1 < len(cells) else ""
            if _label(value) in _FIELDS:  # no value given
                pairs.append((label, ""))
                at += 1
            else:
                pairs.append((label, value))
                at += 2
            continue
        inner = _bar_pairs(cell)
        if not inner and cell:
            return []
        pairs += inner
        at += 1
    # Labels side by side without a value are the head of a list of documents.
    heads = len(pairs) > 1 and not any(value for _, value in pairs) and not any("：" in c or ":" in c for c in cells)
    return [] if heads else pairs


def labelled_fields(line: str) -> dict[str, str]:
    """Header fields of a line that consists of them, by their usual name: “文号：某发〔2020〕1号  发布日期：…”."""
    return {_FIELDS[label]: value for label, value in reversed(_bar_pairs(line)) if value and label in _FIELDS}


#: Pieces of an information bar that the page sets apart by style alone: “16:32来源：公共服务司编辑：…”.
_GLUED_LABEL = re.compile(
    r"(?<=[\d\u4e00-\u9fff])(?=(?:(?<!信息)(?<!稿件)(?<!文章)来源|(?<!责任)编辑|责任编辑|信息来源|发布时间|发布日期|浏览次数|字号)\s*[:：])"
)


def _bar_pairs(text: str) -> list[tuple[str, str]]:
    """Pairs of a line like “来源：某部　发布时间：2018-12-29　字号：大 中 小”; [] when it says anything else."""
    text = _GLUED_LABEL.sub(" ", text)
    text = text.lstrip("【[") if not _BAR.match(text) else text
    date = _BARE_DATE.match(text)
    pairs = [("发布日期", date[0])] if date else []
    rest = text[date.end() :].strip(_SPACE) if date else text
    marks = list(_BAR.finditer(rest))
    if not marks:
        # A date alone may be the one of the signature, a time of day is not.
        return pairs if date and ":" in date[0] and not rest else []
    if marks[0].start() > 0 and not is_site_line(rest[: marks[0].start()]):
        return []
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        value = rest[mark.end() : after.start() if after else len(rest)].strip(_SPACE + "|【[】]")
        label = re.sub(r"\s", "", mark["label"] or mark["boxed"])
        if len(marks) > 1 and label in ("时间", "日期"):
            label = "发布日期"
        trailing = re.search(rf"\s({_BARE_DATE.pattern})$", value)
        if trailing and label in ("来源", "作者"):
            pairs.append(("发布日期", trailing[1]))
            value = value[: trailing.start()].strip(_SPACE)
        pairs.append((label, value))
    return pairs


def _neighbours(one: Any, other: Any) -> bool:
    return one is not other and one.getparent() is not None and one.getparent() is other.getparent()


def _header_fields(blocks: list[_Block]) -> tuple[dict[str, str], list[RawLine], set[int]]:
    """Header fields of a page, their lines, and the positions in ``blocks`` that they took."""
    meta: dict[str, str] = {}
    lines: list[RawLine] = []
    used: set[int] = set()
    run: list[tuple[list[int], list[tuple[str, str]], int]] = []

    def close() -> None:
        known = {label for _, pairs, _ in run for label, value in pairs if label in _FIELDS and value}
        # “名称：…” and “来源：…” may be text; one label alone is a header field only if it can be nothing else.
        certain = {"索引号", "发文字号", "成文日期", "发布日期", *({"发文机关"} if len(known) > 1 else ())}
        if any(_FIELDS[label] in certain for label in known):
            for places, pairs, line in run:
                used.update(places)
                for label, value in pairs:
                    if not value or label in _BAR_LABELS:
                        continue
                    said = f"{label}：{value}"
                    if all(said != other.text for other in lines):  # pages repeat the table for telephones
                        lines.append(RawLine(said, line, role="meta"))
                    if label in _FIELDS:
                        meta.setdefault(_FIELDS[label], value)
        run.clear()

    at = 0
    in_body = False
    while at < len(blocks):
        block = blocks[at]
        # After the first real paragraph, “名称：…” belongs to the text.
        in_body = in_body or (len(block.text) > 60 and block.text.endswith("。") and block.link < 0.5)
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        same_table = bool(run) and _neighbours(block.owner, blocks[at - 1].owner)
        pairs, takes_next = ([], False) if in_body else _pairs(block, following, same_table)
        if pairs:
            run.append(([at, at + 1] if takes_next else [at], pairs, block.line))
        elif run:
            close()
        at += 2 if takes_next else 1
    close()
    return meta, lines, used


# --- HTML: main text -----------------------------------------------------------------------------------------------

# Names (id or class, letters and digits only) under which sites keep the text of an article.
_TEXT_NAMES = frozenset(
    _words(
        "ucapcontent trseditor trsueditor trseditorview zoom pagescontent articlecontent articlebody articletext"
        " contentbody newscontent newstext artcontent artcon maintext contenttext textcontent xxgkcontent zwgkcontent"
        " viewtrseditor govcontent conttext contxt bodytext b12c zwcontent infocontent detailcontent fontzoom zoomcon"
    )
)
_WIDE_NAMES = frozenset(
    _words("content article view detail con main text news zhengwen cont details articlecon contentmain")
)
# Names of what stands around it.
_CHROME_NAMES = frozenset(
    _words(
        "nav navbar navigation topnav crumb crumbs breadcrumb breadcrumbs bread footer foot share bdsharebuttonbox"
        " print printbox toolbar tools qrcode qr qrcontainer ewm erweima sidebar related relate relatednews"
        " relatedlinks pager pagination copyright menu search searchbox login banner recommend prevnext fontsize"
        " bshare jiathis position location header top bottom xglj xgyd weizhi dqwz pagebreak"
    )
)


def read_html(data: bytes, file_name: str) -> RawDocument:
    """A saved page: header fields of its metadata table, then the paragraphs of its main text."""
    from bs4.dammit import EncodingDetector

    declared = EncodingDetector.find_declared_encoding(data[:4096], is_html=True)
    text, warnings = decode(data, file_name, declared)
    root = _tree(text)
    if root is None:
        return RawDocument(file_name, (), {}, wrapped=False, warnings=warnings)
    tags = _meta_tags(root)
    page_title = _page_title(root)
    body = root.find("body")
    body = root if body is None else body
    from lxml import etree

    etree.strip_elements(body, *_DROPPED, with_tail=False)
    _drop_hidden(body)
    tree_positions = {node: position for position, node in enumerate(body.iter())}
    ancestry = {node: node.getparent() for node in tree_positions}
    blocks = _blocks(body)
    meta, meta_lines, used = _header_fields(blocks)
    rest = [i for i in range(len(blocks)) if i not in used]
    weights = _weights([blocks[i] for i in rest], ancestry)
    containers = _containers(body, weights)
    chrome = {
        node
        for node in tree_positions
        if _names(node) & _CHROME_NAMES or node.tag in ("nav", "footer")
        if weights[node] <= 0.3 * sum(weights[c] for c in containers)
    }
    kept: list[int] = []
    left_out: dict[int, str] = {}
    after_links = False
    for i in rest:
        block = blocks[i]
        above = set(_ancestors(block.owner, ancestry))
        if not above & containers:
            left_out[i] = "正文之外的网页内容"
        elif above & chrome or is_site_line(block.text) or (after_links and block.link > 0.9):
            left_out[i] = "网站按钮或链接"
            after_links = after_links or block.text.startswith(("相关", "延伸", "推荐"))
        else:
            after_links = False
            kept.append(i)
    title = _outer_title(blocks, [i for i in rest if not kept or i < kept[0]], kept, page_title)
    if title:
        # What a template prints between its title and the text: the number, a note in brackets.
        between = [i for i in left_out if title[-1] < i < kept[0] and _BELOW_TITLE.search(blocks[i].text)]
        kept = [*title, *between, *kept]
    lines = [_raw_line(blocks[i]) for i in kept]
    if len(title) == 1:
        lines[0] = replace(lines[0], role="heading", level=lines[0].level or 1)
    for name, (value, line) in tags.items():
        if name not in meta:
            meta[name] = value
            meta_lines.append(RawLine(f"{name}：{value}", line, role="meta"))
    if page_title:
        meta.setdefault("网页标题", page_title)
    out = tuple(LeftOut(blocks[i].line, blocks[i].text, why) for i, why in left_out.items() if i not in kept)
    return RawDocument(file_name, (*meta_lines, *lines), meta, False, out, warnings)


def _raw_line(block: _Block) -> RawLine:
    role: Role = "heading" if block.level else "text"
    return RawLine(block.text, block.line, role=role, level=block.level, bold=block.bold)


def _meta_tags(root: Any) -> dict[str, tuple[str, int]]:
    tags: dict[str, tuple[str, int]] = {}
    for node in root.iter("meta"):
        name = _META_TAGS.get((node.get("name") or node.get("property") or "").lower())
        value = (node.get("content") or "").strip(_SPACE)
        if name and value:
            tags.setdefault(name, (value, node.sourceline or 1))
    return tags


def _page_title(root: Any) -> str:
    """What <title> says, without the site's name behind it."""
    node = root.find(".//title")
    if node is None:
        return ""
    text = " ".join("".join(node.itertext()).split())
    parts = [part for part in re.split(r"\s*(?:_|\||—+|－|(?<!\d)-+(?!\d))\s*", text) if part]
    own = [part for part in parts if not re.search(r"网站|政府网|门户|人民政府$|首页|\.gov", part)]
    return own[0] if own else ""


def _names(node: Any) -> set[str]:
    names = f"{node.get('id') or ''} {node.get('class') or ''}".lower().split()
    return {re.sub(r"[^a-z0-9]", "", name) for name in names} - {""}


def _drop_hidden(body: Any) -> None:
    total = len(_squeezed(body))
    for node in list(body.iter()):
        style = (node.get("style") or "").replace(" ", "").lower()
        # Some sites hide the text itself until a script shows it.
        hidden = "display:none" in style or node.get("hidden") is not None
        if hidden and node is not body and node.getparent() is not None and len(_squeezed(node)) < 0.3 * total:
            node.drop_tree()


def _ancestors(node: Any, ancestry: Mapping[Any, Any]) -> Iterator[Any]:
    while node is not None:
        yield node
        node = ancestry.get(node)


def _weights(blocks: Iterable[_Block], ancestry: Mapping[Any, Any]) -> Counter[Any]:
    """How much running text stands below each element: full sentences count, links do not."""
    weights: Counter[Any] = Counter()
    for block in blocks:
        if is_site_line(block.text):
            continue
        size = len(block.text) * (1 - block.link)
        weight = size if re.search("[，。；]", block.text) else 0.1 * size
        for node in _ancestors(block.owner, ancestry):
            weights[node] += weight  # type: ignore[assignment]  # Counter of floats
    return weights


def _containers(body: Any, weights: Counter[Any]) -> set[Any]:
    """The elements that hold the main text."""
    total = weights[body]
    named = [node for node in weights if _names(node) & _TEXT_NAMES or node.get("itemprop") == "articleBody"]
    named = [node for node in named if weights[node] >= 0.05 * total]
    if named and sum(weights[node] for node in _outermost(named)) >= 0.3 * total:
        return _outermost(named)
    dense = body
    while True:
        child = max(dense, key=lambda node: weights[node], default=None)
        inline = child is None or child.tag not in _BLOCKS or child.tag in (*_HEADINGS, "p", "li", "tr", "dd", "dt")
        if inline or weights[child] < 0.75 * weights[dense] or not weights[child]:
            break
        dense = child
    wide = [
        node
        for node in weights
        if (_names(node) & _WIDE_NAMES or node.tag in ("article", "main")) and weights[node] >= 0.8 * weights[dense]
    ]
    # The smallest of them; it may be larger than the dense block and then holds title and signature too.
    return {min(wide, key=lambda node: sum(1 for _ in node.iter()))} if wide else {dense}


def _outermost(nodes: list[Any]) -> set[Any]:
    chosen = set(nodes)
    return {node for node in nodes if not any(above in chosen for above in node.iterancestors())}


_BELOW_TITLE = re.compile(r"^.{1,30}[〔\[［（(]\d{4}[〕\]］）)]第?\d+号$|第\s*\d+\s*号$|^[（(].{4,400}[）)]$|^——")


def _outer_title(blocks: list[_Block], before: list[int], kept: list[int], page_title: str) -> list[int]:
    """Where the title stands that a template prints before the main text, unless the text repeats it."""
    if not kept:
        return []
    beginning = "".join("".join(blocks[i].text.split()) for i in kept[:8])
    named: list[int] = []
    agreeing: list[int] = []
    for at, i in enumerate(before):
        text = blocks[i].text
        if blocks[i].link >= 0.5 or _BELOW_TITLE.search(text) or re.search("门户网站|人民政府网|官方网站", text):
            continue
        if 5 <= len(text) <= 150 and (blocks[i].level in (1, 2, 3) or _is_named_title(blocks[i].owner)):
            named = [i]
        for length in range(1, 5):  # a title may stand on several lines
            run = before[at : at + length]
            said = "".join("".join(blocks[k].text.split()) for k in run)
            if page_title and _agrees(said, "".join(page_title.split())):
                agreeing = run
    found = agreeing or named
    said = "".join("".join(blocks[i].text.split()) for i in found)
    return [] if said in beginning else found


def _is_named_title(node: Any) -> bool:
    return any("title" in name or name == "bt" for name in _names(node))


def _agrees(said: str, page_title: str) -> bool:
    """Whether a line is the title that <title> gives, perhaps cut short there or with more behind it."""
    cut = page_title.rstrip(".…")
    return (
        said == page_title or (len(said) >= 8 and cut.startswith(said)) or (cut != page_title and said.startswith(cut))
    )


# --- site words ----------------------------------------------------------------------------------------------------

_SEPARATORS = re.compile(r"[\s|｜/>·•、：:【】\[\]()（）《》<>«»]+")


@cache
def _site_words() -> tuple[frozenset[str], tuple[str, ...]]:
    entries = files("corpus").joinpath("data/site_words.txt").read_text("utf-8").splitlines()
    words = [entry.strip() for entry in entries if entry.strip() and not entry.startswith("#")]
    return (
        frozenset(_folded(word) for word in words if not word.endswith("*")),
        tuple(_folded(word[:-1]) for word in words if word.endswith("*")),
    )


def _folded(text: str) -> str:
    return re.sub(r"\s", "", text).replace(":", "：").lower()


def is_site_line(text: str) -> bool:
    """Whether a whole line is nothing but the words of a web site around a text (“打印 关闭”, “责任编辑：…”)."""
    exact, beginnings = _site_words()
    folded = _folded(text)
    if not folded or len(folded) > 60:
        return False
    if folded in exact or (folded.startswith(beginnings) and "。" not in folded):
        return True
    words = [_folded(word) for word in _SEPARATORS.split(text) if word]
    return bool(words) and all(word in exact for word in words)


#: Suffix -> reader.
READERS: dict[str, Callable[[bytes, str], RawDocument]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}
