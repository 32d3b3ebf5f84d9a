"""The nouns of the corpus: a document as read, its outline, its header data."""

from __future__ import annotations

import bisect
import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from corpus.glyphs import plain
from corpus.traditional import in_simplified, is_traditional, simplified

SectionKind = Literal["body", "toc", "front", "figure"]

SIGNATURE = "落款"  #: title of the section that holds who signed a document and when

#: Authority of a source, 1 = highest (design: official text first).
AUTHORITY = {
    "state_council": 1,
    "ministry": 2,
    "local": 3,
    "interpretation": 4,
    "report": 5,
    "paper": 6,
    "encyclopedia": 7,
    "unknown": 8,
}


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline. Offsets are 0-based, end exclusive, into ``SourceDocument.text``."""

    index: int  #: position in ``SourceDocument.sections`` (document order, parents before children)
    parent: int | None  #: index of the parent section, None for a top-level section
    level: int  #: depth, 0 for a top-level section
    kind: SectionKind
    label: str  #: the number as written, e.g. "（二）", "1.", "第三条", "一是"; "" when unnumbered
    number: int | None  #: value of the label, e.g. 2
    title: str  #: heading words without label and closing 。; "" when the section has no heading
    heading: tuple[int, int]  #: span of the heading (label and title, 。 included) in the text; empty span if none
    start: int  #: start of the section, its heading included
    end: int  #: end of the section, its descendants included
    is_part: bool = False  #: a document of its own: an attachment with its text, a regulation of a collection


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of the raw file that was left out of the text, and why."""

    line: int  #: 1-based line of the raw file
    text: str
    reason: str  #: Chinese, for the reader: "页码", "页眉", "网站按钮", "重复图注" ...


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says about itself. Unknown fields are None. Dates are ISO (YYYY-MM-DD or YYYY-MM or YYYY)."""

    title: str
    number: str | None = None  #: 发文字号, normal form 国发〔2015〕40号
    issuer: str | None = None  #: 发文机关 or author/publisher
    written: str | None = None  #: 成文日期
    published: str | None = None  #: 发布/印发/出版日期
    effective: str | None = None  #: 施行日期
    kind: str | None = None  #: 通知, 意见, 办法, 决定, 复函, 报告, 论文, 百科 ...
    authority: int = AUTHORITY["unknown"]  #: 1 = highest, see AUTHORITY
    subject: str | None = None  #: 主题分类
    index_number: str | None = None  #: 索引号
    recipients: str | None = None  #: 主送机关


@dataclass(frozen=True, eq=False)
class SourceDocument:
    """A file as read: cleaned text, header data, outline, and the way back to the raw file.

    ``text`` is paragraphs separated by one newline; no newline stands inside a sentence. Each is equal to itself alone:
    what is remembered of it holds its very sections.
    """

    doc_id: str
    file_name: str
    fingerprint: str  #: SHA-256 (hex) of the raw bytes
    header: Header
    text: str
    sections: tuple[Section, ...]
    line_starts: tuple[tuple[int, int, int | None], ...]
    """(offset in text, 1-based line of the raw file, page or None), sorted by offset: where each run of text came from."""
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = field(default=())  #: e.g. gaps in the numbering; Chinese
    doubts: tuple[tuple[int, int, float], ...] = ()
    """(start, end, confidence 0-1), sorted: what recognition of a picture read and is not sure of."""
    source: str = ""  #: path of the file that it came from, or of the archive that holds it; "" when made in memory
    key: str = ""  #: of that file: its content, what is known of it, and the code that read it

    @cached_property
    def simplified(self) -> SourceDocument:
        """The same document in Simplified characters, as questions are answered from it; all offsets hold in both."""
        if not is_traditional(self.text):
            return self
        sections = tuple(map(in_simplified, self.sections))
        other = replace(self, text=simplified(self.text), header=in_simplified(self.header), sections=sections)
        other.__dict__["simplified"] = other  # what looks Traditional in it now is so in Simplified text, too
        return other

    @cached_property
    def plain(self) -> SourceDocument:
        """``simplified`` with the usual codes of characters, as facts are read from it; all offsets hold in both."""
        read = self.simplified
        text = plain(read.text)
        return read if text == read.text else replace(read, text=text)

    @cached_property
    def parts(self) -> tuple[Section, ...]:
        """The documents inside this one: attachments with their titles, and the regulations of a collection."""
        return tuple(s for s in self.sections if s.is_part)

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that holds ``offset``."""
        starts, innermost = self._stretches
        at = bisect.bisect_right(starts, offset) - 1
        return innermost[at] if at >= 0 else None

    @cached_property
    def _stretches(self) -> tuple[tuple[int, ...], tuple[Section | None, ...]]:
        """Where another section becomes the innermost one, ascending, and which: asked for every sentence found."""
        edges: dict[int, tuple[list[int], list[int]]] = {}
        for number, section in enumerate(self.sections):
            if section.start < section.end:
                edges.setdefault(section.start, ([], []))[0].append(number)
                edges.setdefault(section.end, ([], []))[1].append(number)
        starts, innermost, open_ones = sorted(edges), list[Section | None](), set[int]()
        for edge in starts:
            opening, closing = edges[edge]
            open_ones.difference_update(closing)
            open_ones.update(opening)
            best = max(open_ones, key=lambda n: (self.sections[n].level, n), default=None)
            innermost.append(None if best is None else self.sections[best])
        return tuple(starts), tuple(innermost)

    def path(self, section: Section | None) -> tuple[str, ...]:
        """Headings from the top down to and including ``section``, as label + title, without closing 。."""
        headings = [s.label + s.title for s in self.upwards(section) if s.title or s.label]
        return tuple(reversed(headings))

    def upwards(self, section: Section | None) -> Iterator[Section]:
        """``section``, then those that hold it, the innermost first; nothing for None."""
        while section is not None:
            yield section
            section = None if section.parent is None else self.sections[section.parent]

    def children(self, section: Section | None) -> tuple[Section, ...]:
        """Direct children in order; of None: the top-level sections."""
        parent = None if section is None else section.index
        return tuple(s for s in self.sections if s.parent == parent)

    def line_at(self, offset: int) -> int:
        """1-based line of the raw file that the character at ``offset`` came from."""
        return self.line_starts[self._origin(offset)][1]

    def page_at(self, offset: int) -> int | None:
        """Page that the character at ``offset`` came from, where the source has pages."""
        return self.line_starts[self._origin(offset)][2]

    def confidence(self, start: int, end: int) -> float | None:
        """How sure the recognition is of the least sure part of a span; None where it is sure, or read text."""
        return min((sure for low, high, sure in self.doubts if low < end and high > start), default=None)

    def _origin(self, offset: int) -> int:
        return max(0, bisect.bisect_right(self.line_starts, offset, key=lambda origin: origin[0]) - 1)


def doc_id_of(file_name: str, taken: Collection[str], salt: str = "") -> str:
    """A short name for a file: its stem with Han characters, letters, digits, _ and -; a hash suffix only if taken."""
    stem = re.sub(r"\.[A-Za-z]\w{0,8}$", "", file_name)
    slug = re.sub(r"[^\w-]+", "-", stem).strip("-")[:80] or "document"
    if slug not in taken:
        return slug
    digest = hashlib.sha256((file_name + salt).encode()).hexdigest()
    return next(f"{slug}-{digest[:n]}" for n in range(6, 65) if f"{slug}-{digest[:n]}" not in taken)
