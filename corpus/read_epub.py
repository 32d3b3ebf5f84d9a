"""EPUB to raw lines: the chapters in the order of reading, what the package says of the book as header fields."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from corpus.decode import decode
from corpus.frames import numbered
from corpus.header import plain_title
from corpus.packed_xml import Package, open_package, parse
from corpus.raw import RawDocument, RawLine, ReadError
from corpus.read_html import page_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

# Dublin Core element -> usual name of the header field.
_FIELDS = {"title": "标题", "creator": "作者", "publisher": "出版社", "date": "发布日期", "identifier": ""}
#: Names of the fields that are asked only where the text says nothing.
_LESSER = {"标题": "网页标题", "发布日期": "文件日期"}
#: What programs write where they know nothing.
_PLACEHOLDER = re.compile(
    r"unknown(?: (?:title|author|publisher))?|untitled(?: document)?|未知(?:作者|标题)?|[无未](?:标题|命名)(?:文档)?",
    re.I,
)
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_HREF = re.compile(r"\bhref\s*=\s*[\"']([^\"']+)")


def read_epub(data: bytes, file_name: str) -> RawDocument:
    """The text of an EPUB, chapter after chapter; its own contents page and cover are left out.

    Lines are numbered through the book. Raises ReadError for what is damaged or under copy protection.
    """
    package = open_package(data, file_name, "EPUB 电子书")
    opf_path = _package_path(package, file_name)
    opf = parse(package.read(opf_path), file_name)
    meta = _meta(opf)
    locked = _encrypted(package)
    folder = posixpath.dirname(opf_path)
    lines: list[RawLine] = []
    warnings: list[str] = []
    for path, is_contents in _spine(opf, folder):
        if path in locked:
            raise ReadError(f"“{file_name}”有版权保护（DRM），读不了；请换成没有加密的版本。")
        page = package.find(path)
        if page is None:
            warnings.append(f"缺少其中的“{path}”；请核对原文件是否完整。")
            continue
        text, told = decode(page, file_name, "utf-8") if page.strip() else ("", ())
        warnings += told
        chapter = page_lines(text)
        if not is_contents and not _is_contents(text, chapter):
            lines += chapter
    if not lines:
        raise ReadError(f"“{file_name}”里没有找到正文；请打开电子书确认它有文字内容。")
    own = plain_title([line.text for line in lines[:20]])
    if own is None and meta.get("标题") and not any(_same(meta["标题"], line.text) for line in lines[:20]):
        lines.insert(0, RawLine(meta["标题"], 1, role="heading", level=1))
    rows = [
        RawLine(f"{name}：{meta[name]}", 1, role="meta") for name in ("作者", "出版社", "发布日期") if meta.get(name)
    ]
    if own is not None:  # the text says better what it is than whoever packed it
        meta = {_LESSER.get(name, name): value for name, value in meta.items()}
    elif issuer := meta.get("出版社") or meta.get("作者"):
        meta["发文机关"] = issuer
    return RawDocument(file_name, numbered([*rows, *lines]), meta, wrapped=False, warnings=tuple(warnings))


def _package_path(package: Package, file_name: str) -> str:
    container = package.find("META-INF/container.xml")
    if container is not None:
        for node in parse(container, file_name).iter("{*}rootfile"):
            if path := unquote(node.get("full-path") or ""):
                return path
    found = next((name for name in package.names if name.lower().endswith(".opf")), None)
    if found is None:
        raise ReadError(f"“{file_name}”不是完整的 EPUB（缺少目录文件）；请重新下载后再试。")
    return found


def _meta(opf: _Element) -> dict[str, str]:
    meta: dict[str, str] = {}
    for node in opf.iter("{http://purl.org/dc/elements/1.1/}*"):
        name = _FIELDS.get(str(node.tag).rpartition("}")[2])
        value = " ".join("".join(node.itertext()).split())
        if not name or not value or _PLACEHOLDER.fullmatch(value):
            continue
        if name == "发布日期":
            value = value[:10]  # with a time of day behind it
        if name == "作者" and name in meta:
            meta[name] += f"、{value}"
        else:
            meta.setdefault(name, value)
    return meta


def _spine(opf: _Element, folder: str) -> Iterator[tuple[str, bool]]:
    """(path, whether it is the book's contents page) of each page in the order of reading."""
    items: dict[str, Any] = {node.get("id") or "": node for node in opf.iter("{*}item")}
    contents = {
        unquote((node.get("href") or "").partition("#")[0])
        for node in opf.iter("{*}reference")
        if (node.get("type") or "").lower() in ("toc", "cover")
    }
    spine = [items.get(node.get("idref") or "") for node in opf.iter("{*}itemref")]
    for node in [node for node in spine if node is not None] or list(items.values()):
        href = unquote((node.get("href") or "").partition("#")[0])
        if (node.get("media-type") or "") in _PAGES and href:
            told = "nav" in (node.get("properties") or "").split() or href in contents
            yield posixpath.normpath(posixpath.join(folder, href)), told


def _is_contents(text: str, chapter: list[RawLine]) -> bool:
    """Whether a page is a contents page though the package does not say so: 目录 above nothing but links."""
    if not chapter or not re.fullmatch(r"目\s*[录次]|contents", chapter[0].text.strip(), re.IGNORECASE):
        return False
    return len(_HREF.findall(text)) >= max(2, 0.8 * (len(chapter) - 1))


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _encrypted(package: Package) -> set[str]:
    """Paths of encrypted files; fonts are often scrambled in books that can be read all the same."""
    told = package.find("META-INF/encryption.xml")
    if told is None:
        return set()
    root = parse(told, package.file_name)
    return {unquote(node.get("URI") or "") for node in root.iter("{*}CipherReference")}
