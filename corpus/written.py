"""A document of Traditional characters: read in Simplified ones, in which all rules are written, and shown as written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.clean import CleanText
from corpus.document import Header, LeftOut, Section
from corpus.header import normal_number
from corpus.raw import RawDocument
from corpus.traditional import in_simplified, simplified


def raw_simplified(raw: RawDocument) -> RawDocument:
    """A file in Simplified characters, each line as long as before."""
    lines = tuple(replace(line, text=simplified(line.text)) for line in raw.lines)
    left_out = tuple(map(in_simplified, raw.left_out))
    return replace(raw, lines=lines, left_out=left_out, meta={n: simplified(v) for n, v in raw.meta.items()})


class Written:
    """The characters of a file as they are written, found again by the line that they came from."""

    def __init__(self, raw: RawDocument) -> None:
        texts: dict[int, str] = {}
        pieces = [*((line.line, line.text) for line in raw.lines), *((left.line, left.text) for left in raw.left_out)]
        for number, text in pieces:
            texts[number] = texts.get(number, "") + text
        self._lines = {number: (text, simplified(text)) for number, text in texts.items()}

    def of(self, text: str, lines: Sequence[int]) -> str:
        """What stands in the file for a text of Simplified characters, of which each came from one of ``lines``.

        Cleaning leaves characters out and keeps the order of the others: each is the next one like it in its line.
        """
        at: dict[int, int] = {}
        found: list[str] = []
        for char, number in zip(text, lines, strict=True):
            written, read = self._lines.get(number, ("", ""))
            place = read.find(char, at.get(number, 0))
            place = read.find(char) if place < 0 else place
            at[number] = at.get(number, 0) if place < 0 else place + 1
            found.append(char if place < 0 else written[place])
        return "".join(found)

    def text(self, read: CleanText) -> str:
        """The clean text as it is written."""
        return "\n".join(self.of(paragraph.text, paragraph.lines) for paragraph in read.paragraphs)

    def left_out(self, pieces: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
        """What was left out as it is written."""
        return tuple(replace(p, text=self.of(p.text, [p.line] * len(p.text))) for p in pieces)


def header_as_written(header: Header, read: str, written: str) -> Header:
    """A header with what stands in a text of Simplified characters as it is written; kind and dates as they were."""

    def found(value: str | None) -> str | None:
        pieces = [(piece, read.find(piece)) for piece in (value or "").split(" ")]  # a title may be of several lines
        return value and " ".join(piece if at < 0 else written[at : at + len(piece)] for piece, at in pieces)

    return replace(
        header,
        title=found(header.title) or header.title,
        number=normal_number(found(header.number) or "") or header.number,
        issuer=found(header.issuer),
        recipients=found(header.recipients),
    )


def sections_as_written(sections: Iterable[Section], read: str, written: str) -> tuple[Section, ...]:
    """Sections with numbers and titles as they are written."""

    def found(section: Section, name: str) -> str:
        begin, end = section.heading
        at = read.find(name, begin, end) if name else -1
        return name if at < 0 else written[at : at + len(name)]

    return tuple(replace(s, label=found(s, s.label), title=found(s, s.title)) for s in sections)
