"""Plain text and Markdown to raw lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from corpus.decode import decode, split_lines
from corpus.fields import HEADER_FIELDS
from corpus.raw import RawDocument, RawLine
from corpus.read_html import field_label, html_fragment
from corpus.table_rows import cell_text, row_line

# --- plain text ----------------------------------------------------------------------------------------------------


# Two headings of this form make a text file a Markdown file, and so does a title of this form.
_MARKDOWN = re.compile(r"^#{1,6}[ \t]+(?=\S)(?!.*#\s*$)", re.MULTILINE)

_TITLED = re.compile(r"\s*#[ \t]+(?!.*#\s*$)[^\n]{4,80}\n\s*\n")


def read_text(data: bytes, file_name: str) -> RawDocument:
    """Plain text, its tables as ``a | b`` rows; a form feed begins a new page. A text file that is written in Markdown is
    read as such."""
    text, warnings = decode(data, file_name)
    if len(_MARKDOWN.findall(text)) >= 2 or _TITLED.match(text):
        return _read_markdown(text, file_name, warnings)
    raw = _with_rows(split_lines(text))
    fields, lines = _front_matter(raw)
    page = 1 if "\f" in text.rstrip("\f\n\r ") else None
    for number, whole in enumerate(raw[len(lines) :], len(lines) + 1):
        for i, part in enumerate(whole.split("\f")):
            if i and page is not None:
                page += 1
            # Line ends of word processors inside a line of the file; the line number stays.
            pieces = map(_row_of_table, re.split("[\x0b\x85\u2028\u2029]", part))
            lines += [RawLine(piece, number, page, "text" if piece.strip() else "blank") for piece in pieces]
    return RawDocument(file_name, tuple(lines), fields, wrapped=True, warnings=warnings)


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
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
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
    raw = _with_rows(split_lines(text))
    fields, lines = _front_matter(raw)
    body = [line for line in _markdown_lines([""] * len(lines) + raw[len(lines) :]) if line.line > len(lines)]
    return RawDocument(file_name, (*lines, *body), fields, wrapped=True, warnings=warnings)


_FRONT_FIELD = re.compile(r"([\w\u4e00-\u9fff -]{2,20}?)\s*[:：]\s*(.+)")
_FIELDS_END = re.compile(r"([=\-*_—])\1{3,}")
#: English names that front matter uses, and the usual names of the fields.
_FRONT_NAMES = {"title": "标题", "date": "发布日期", "number": "发文字号", "issuer": "发文机关", "source": "来源"}


def _front_matter(raw: Sequence[str]) -> tuple[dict[str, str], list[RawLine]]:
    """Header fields that a file begins with, and what stands of them in the text: between lines --- as Markdown has
    them, or row by row (“发布机构：某厅”) up to a blank line or a rule, as programs that fetch pages write them."""
    if raw and raw[0].strip() == "---":
        end = next((i for i, line in enumerate(raw[1:41], start=1) if line.strip() in ("---", "...")), None)
        return _fields_of(raw[: end + 1], strict=False) if end is not None else ({}, [])
    rows = list(takewhile(lambda line: line.strip() and not _FIELDS_END.fullmatch(line.strip()), raw[:41]))
    after = raw[len(rows)].strip() if len(rows) < len(raw) else ""
    if len(rows) > 40 or not all(_FRONT_FIELD.fullmatch(row.strip()) for row in rows):
        return {}, []
    fields, lines = _fields_of([*rows, *([after] if after else [])], strict=True)
    return (fields, lines) if len(fields) >= 2 else ({}, [])


def _fields_of(raw: Sequence[str], *, strict: bool) -> tuple[dict[str, str], list[RawLine]]:
    """The fields in lines, and the lines without marks; a field of another name is kept as it is where ``strict``."""
    fields: dict[str, str] = {}
    lines: list[RawLine] = []
    for number, line in enumerate(raw, start=1):
        match = _FRONT_FIELD.fullmatch(line.strip())
        label = match.group(1).strip() if match else ""
        name = _FRONT_NAMES.get(label.lower()) or HEADER_FIELDS.get(field_label(label))
        value = match.group(2).strip().strip("\"'") if match else ""
        if name and value:
            fields[name] = value
            shown = label if label in HEADER_FIELDS else name
            lines.append(RawLine(f"{shown}：{value}", number, role="meta"))
        elif match and strict:
            lines.append(RawLine(line.strip(), number, role="meta"))
        else:
            lines.append(RawLine("", number, role="blank"))
    return fields, lines


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
            lines += html_fragment("\n".join(block), number)
        elif _is_underline(source, lines):
            level = 1 if "=" in source else 2
            lines[-1] = replace(lines[-1], role="heading", level=level)
            lines.append(RawLine("", number, role="blank"))
        else:
            new = _markdown_line(source, number)
            behind_list = len(lines) > 1 and lines[-1].role == "blank" and lines[-2].ends
            lines += [replace(line, begins=True) for line in new] if behind_list else new
    return lines


def _is_underline(source: str, before: Sequence[RawLine]) -> bool:
    """Whether a line of = or - makes a heading of the short paragraph of one line above it."""
    if not re.fullmatch(r" {0,3}(?:={2,}|-{2,})[ \t]*", source) or not before or before[-1].role != "text":
        return False
    alone = len(before) == 1 or before[-2].role == "blank"
    return alone and len(before[-1].text) <= 60 and not before[-1].text.rstrip().endswith(tuple("。；：！？"))


def _markdown_line(source: str, number: int) -> list[RawLine]:
    if source[:1] >= "\u2e80" and not _ANY_MARK.search(source) and "<" not in source and "|" not in source:
        return [RawLine(source, number)]  # as most lines are
    if not source.strip() or _is_table_rule(source):
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
    # Items of a list stand in lines of their own, whatever their words.
    item = True if _BULLET.match(source) else None
    source = _BULLET.sub(r"\1", source, count=1)
    source = _row_of_table(source)
    return [
        RawLine(t, number, role="text" if t.strip() else "blank", bold=bold, begins=item, ends=item)
        for t, bold in _inline(source)
    ] or [RawLine("", number, role="blank")]


def _is_table_rule(source: str) -> bool:
    return "|" in source and _TABLE_RULE.fullmatch(source) is not None


def _row_of_table(source: str) -> str:
    """A line ``| a | b |`` as ``a | b``, the rule below the head of a table as nothing; any other line as it is."""
    stripped = source.strip()
    if not (stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2):
        return source
    if _is_table_rule(source):
        return ""
    return " | ".join(cell_text(_BREAK.split(cell)) for cell in re.split(r"(?<!\\)\|", stripped[1:-1]))


_FEWEST_ROWS = 3  #: lines with as many bars as one another that are rows of a table


def _with_rows(lines: Sequence[str]) -> list[str]:
    """Lines with the rows of tables among them set as ``a | b``: those that stand together and have as many bars, written
    without the spaces (甲|乙|丙) that tell a row from a line of a paragraph."""
    out: list[str] = []
    for bars, same in groupby(lines, lambda line: _narrow(line).strip().strip("|").count("|")):
        run = list(same)
        plain = bars and len(run) >= _FEWEST_ROWS and not any("`" in line or "\\|" in line for line in run)
        out += [
            row_line(cell.strip() for cell in _narrow(line).split("|")) if plain and not _is_table_rule(line) else line
            for line in run
        ]
    return out


def _narrow(line: str) -> str:
    """A line with bars of full width as bars."""
    return line.replace("｜", "|") if "｜" in line else line


def _inline(source: str) -> list[tuple[str, int]]:
    """Text of one line without inline marks, and how many of its first characters were bold; <br> makes two lines."""
    if _TAG.search(source):
        # Parsed by lxml below: a ** at the beginning is carried over as a tag of its own.
        marked = _STRONG.sub(r"<b>\2</b>", source)
        return [(_unmarked(line.text), line.bold) for line in html_fragment(marked, 1, keep_space=True)]
    start = _BOLD_START.match(source)
    return [(_unmarked(source), len(_unmarked(start[2]).strip()) if start else 0)]


_ANY_MARK = re.compile(r"[*_`\[\\!]")  # looked for first: most lines hold none


def _unmarked(text: str) -> str:
    if not _ANY_MARK.search(text):
        return text
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _CODE.sub(r"\2", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text).replace("**", "")
