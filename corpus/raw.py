"""What a reader gives: raw lines and header fields of a file, nothing cleaned yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

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
    confidence: float | None = None  #: how sure the recognition of a picture is of this line, 0-1; None: it was text
    begins: bool | None = None  #: set as the first line of a paragraph (indented, after a gap); None: not known
    ends: bool | None = None  #: set as the last line of a paragraph (stops before the right edge); None: not known
    row: int | None = None  #: the first line of the row of a table that the line is, or is a cell of; None: it is none


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


#: Told by readers that take long: what is done (Chinese, "识别文字"), how many steps are done, of how many.
Tell = Callable[[str, int, int], None]


def silent(_what: str, _done: int, _total: int) -> None:
    """A :data:`Tell` that tells nobody."""
