"""Small documents with an outline, written as one reads them."""

from __future__ import annotations

import hashlib
import re

from corpus.document import AUTHORITY, Header, Section, SectionKind, SourceDocument
from corpus.labels import number_of

_LEVELS = [re.compile(r"[一二三四五六七八九十]+、"), re.compile(r"（[一二三四五六七八九十]+）"), re.compile(r"\d+\.")]


def outlined(
    text: str, doc_id: str = "文件", *, title: str = "试行办法", authority: str = "ministry", kind: SectionKind = "body"
) -> SourceDocument:
    """A document of ``text``, whose lines beginning 一、（一）1. are sections of the given kind.

    A heading ends at the first 。 of its line, or with it.
    """
    starts = []
    for match in re.finditer(r"[^\n]+", text):
        for level, pattern in enumerate(_LEVELS):
            if found := pattern.match(match.group()):
                stop = match.group().find("。")
                length = len(match.group()) if stop < 0 else stop + 1
                starts.append((match.start(), level, found.group(), match.start() + length))
    sections: list[Section] = []
    for number, (start, level, label, heading_end) in enumerate(starts):
        end = next((s for s, other, _, _ in starts[number + 1 :] if other <= level), len(text))
        parent = next((s.index for s in reversed(sections) if s.level < level and s.end >= end), None)
        heading = text[start + len(label) : heading_end].rstrip("。")
        value = number_of(label.strip("、（）."))
        sections.append(Section(number, parent, level, kind, label, value, heading, (start, heading_end), start, end))
    return SourceDocument(
        doc_id=doc_id,
        file_name=f"{doc_id}.txt",
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
        header=Header(title=title, authority=AUTHORITY[authority]),
        text=text,
        sections=tuple(sections),
        line_starts=((0, 1, None),),
    )
