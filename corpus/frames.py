"""Pages made of frames, as browsers save them: the pages that the frames show, read as one document."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Hashable
from dataclasses import replace
from html import unescape
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from corpus.document import LeftOut
from corpus.raw import RawDocument, RawLine, ReadError
from corpus.read_html import decoded_page, read_html
from corpus.sniff import PAGES

#: Gives the bytes of the file at a path relative to that of a page; None when there is none.
Beside = Callable[[str], bytes | None]

_Place = TypeVar("_Place", bound=Hashable)

_FRAME = re.compile(r"<i?frame\b[^>]*?\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
#: How browsers name the folder beside a page: that of the page with one of these behind it.
PARTS = ("_files", ".files", "_文件")
_FOLDERS = re.compile(rf"(.+)(?:{'|'.join(map(re.escape, PARTS))})", re.IGNORECASE)
_MOST = 100  #: frames of one page
_LITTLE = 20  #: characters in sentences: a page of a frameset that has fewer is a banner or a menu


def folders_of_pages(names: list[str]) -> set[str]:
    """Which of the names in a folder are those of folders in which a browser saved the parts of a page beside them."""
    stems = {name.rpartition(".")[0].lower() for name in names if is_page(name)}
    return {name for name in names if (match := _FOLDERS.fullmatch(name)) and match[1].lower() in stems}


def is_page(name: str) -> bool:
    """Whether a file of this name is a page that may have a folder of its parts beside it."""
    return PurePosixPath(name).suffix.lower() in PAGES


def has_frames(data: bytes) -> bool:
    """Whether a page shows others."""
    return re.search(rb"<i?frame\b", data, re.IGNORECASE) is not None


def read_saved_page(data: bytes, file_name: str, beside: Beside) -> RawDocument:
    """A page and those of its frames that were saved with it; ``beside``: what stands at paths relative to it."""

    def shown_by(place: str, source: str) -> str | None:
        try:
            parts = urlsplit(source)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(parts.path)))
        return None if path.startswith("../") or "\\" in path else path

    own = PurePosixPath(file_name).name

    def html_of(place: str) -> bytes | None:
        return data if place == own else beside(place)

    return read_framed(own, html_of, shown_by, file_name)


def read_framed(
    first: _Place,
    html_of: Callable[[_Place], bytes | None],
    shown_by: Callable[[_Place, str], _Place | None],
    file_name: str,
) -> RawDocument:
    """The page at ``first`` and all that its frames show, in their order, as one document.

    ``shown_by``: the place of the page that a frame of the page at a place shows, by its address. Pages of a few words
    (banners, menus) are left out unless there are no others. Raises ReadError when no page can be read.
    """
    read: list[RawDocument] = []
    refused: ReadError | None = None
    waiting, seen = [first], {first}
    while waiting:
        place = waiting.pop(0)
        html = html_of(place)
        if html is None:
            continue
        try:
            text, _ = decoded_page(html, file_name)
        except ReadError as error:
            refused = refused or error
            continue
        sources = [unescape(next(filter(None, match.groups()), "")) for match in _FRAME.finditer(text)]
        shown = [other for source in sources if (other := shown_by(place, source.strip())) is not None]
        shown = [other for other in dict.fromkeys(shown) if other not in seen][: _MOST - len(seen)]
        seen.update(shown)
        waiting = [*shown, *waiting]
        try:
            read.append(read_html(html, file_name))
        except ReadError as error:  # a page of frames only, which follow
            refused = refused or error
    if not read and refused:
        raise refused
    return _together(read)


def _together(read: list[RawDocument]) -> RawDocument:
    """Header fields are those of the first page that has them."""
    kept = [page for page in read if _sentences(page) >= _LITTLE] or [page for page in read if page.lines] or read[:1]
    if len(read) == 1:
        return read[0]
    meta: dict[str, str] = {}
    for page in kept:
        meta = dict(page.meta) | meta
    out = [piece for page in read for piece in page.left_out]
    out += [
        LeftOut(line.line, line.text, "框架中没有正文的页") for page in read if page not in kept for line in page.lines
    ]
    return RawDocument(
        kept[0].file_name,
        kept[0].lines if len(kept) == 1 else numbered([line for page in kept for line in page.lines]),
        meta,
        wrapped=False,
        left_out=tuple(out),
        warnings=tuple(told for page in kept for told in page.warnings),
    )


def _sentences(page: RawDocument) -> int:
    return sum(len(line.text) for line in page.lines if re.search("[，。；]", line.text))


def numbered(lines: list[RawLine]) -> tuple[RawLine, ...]:
    """The lines of several files one after the other, numbered anew."""
    return tuple(replace(line, line=number) for number, line in enumerate(lines, 1))
