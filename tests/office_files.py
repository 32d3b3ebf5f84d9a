"""Word files for tests, put together from the XML of their parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_PARTS = {  # name of a part -> its root element, its type
    "numbering": ("w:numbering", "numbering"),
    "styles": ("w:styles", "styles"),
    "footnotes": ("w:footnotes", "footnotes"),
    "endnotes": ("w:endnotes", "endnotes"),
    "comments": ("w:comments", "comments"),
    "header1": ("w:hdr", "header"),
    "footer1": ("w:ftr", "footer"),
}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def word(body: str, **parts: str) -> bytes:
    """A .docx with ``body`` inside <w:body>, and parts (numbering, styles, footnotes …) by the XML inside their root."""
    relations = "".join(
        f'<Relationship Id="r_{name}" Type="{_OFFICE}{_PARTS[name][1]}" Target="{name}.xml"/>' for name in parts
    )
    section = "".join(
        f'<w:{kind}Reference w:type="default" r:id="r_{kind}1"/>'
        for kind in ("header", "footer")
        if f"{kind}1" in parts
    )
    files = {
        "word/document.xml": _xml(
            f"<w:document {_NAMESPACES}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": _relations(relations),
    }
    for name, inner in parts.items():
        root = _PARTS[name][0]
        files[f"word/{name}.xml"] = _xml(f"<{root} {_NAMESPACES}>{inner}</{root}>")
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_CONTENT}{_PARTS[name][1]}+xml"/>' for name in parts
    )
    return package(files, types)


def package(files: Mapping[str, str | bytes], types: str = "") -> bytes:
    """A package of Word with these files, and the two that each of them has."""
    kinds = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}document.main+xml"/>{types}</Types>'
    )
    top = _relations(f'<Relationship Id="r1" Type="{_OFFICE}officeDocument" Target="word/document.xml"/>')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"[Content_Types].xml": _xml(kinds), "_rels/.rels": top, **files}.items():
            archive.writestr(name, text)
    return out.getvalue()


def _xml(inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{inner}'


def _relations(inner: str) -> str:
    return _xml(
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def run(text: str, marks: str = "") -> str:
    """A run; ``marks``: what stands in its w:rPr."""
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def par(*runs: str, style: str = "", listed: tuple[int, int] | None = None, more: str = "") -> str:
    """A paragraph of runs, or of one text; ``listed``: numId and level; ``more``: further properties."""
    inner = "".join(one if one.startswith("<") else run(one) for one in runs)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if listed is not None:
        properties += f'<w:numPr><w:ilvl w:val="{listed[1]}"/><w:numId w:val="{listed[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}{more}</w:pPr>{inner}</w:p>"


def levels(*formats: tuple[str, str], number: int = 1, more: str = "") -> str:
    """A w:abstractNum whose levels count and print like this: ("chineseCounting", "%1、"), …"""
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(formats)
    )
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'


def num(number: int, abstract: int = 1, starts: Mapping[int, int] | None = None) -> str:
    """A w:num of a list; ``starts``: levels at which it starts anew, and with which number."""
    anew = "".join(
        f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for at, start in (starts or {}).items()
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{anew}</w:num>'


def table(*rows: Sequence[str]) -> str:
    """A table of cells: each a text, or the XML of a whole w:tc."""
    told = ""
    for row in rows:
        cells = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in row)
        told += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{told}</w:tbl>"


def tc(*paragraphs: str, span: int = 1, merge: str = "") -> str:
    """A cell; ``merge``: restart or continue."""
    marks = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    marks += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inner = "".join(one if one.startswith("<w:p>") or one.startswith("<w:tbl>") else par(one) for one in paragraphs)
    return f"<w:tc><w:tcPr>{marks}</w:tcPr>{inner}</w:tc>"
