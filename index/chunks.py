"""Cutting a document into what is indexed, along its outline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import pairwise

from corpus.document import Section, SourceDocument
from corpus.sentences import piece_spans, sentence_spans
from index.passage import Chunk

#: Raised whenever the same document would be cut otherwise, here or in corpus.sentences: old indexes are then remade.
VERSION = 3
TARGET = 300  #: characters that a chunk has where the outline leaves a choice
LIMIT = 500  #: no chunk of several sentences is longer
LONGEST = 800  #: no chunk at all is longer: a longer sentence is cut at its clauses

_CLAUSE = re.compile(r"[；;，,、：:\s]")

_Run = tuple[int, int, int]  #: (section index, start, end): text that becomes one chunk
_Children = Mapping[int | None, Sequence[Section]]  #: by index of the parent, where there are any


def chunk_document(document: SourceDocument) -> list[Chunk]:
    """The chunks of ``document`` in order. Together they cover all of its text but white space.

    A chunk stays inside one section; short neighbours under one parent join, a list stays with its lead-in where
    it fits, and what is no running text (contents, front matter, figures) never joins with body text.
    """
    headings = [section.heading for section in document.sections if section.heading[1] > section.heading[0]]
    chunks: list[Chunk] = []
    seen: dict[str, int] = {}
    children: dict[int | None, list[Section]] = defaultdict(list)
    for section in document.sections:
        children[section.parent].append(section)
    for _, start, end in _runs(document, dict(children)):
        start, end = _trim(document.text, start, end)
        if start >= end:
            continue
        home = _smallest_section(document, children, start, end)
        path = document.path(home)
        text = document.text[start:end]
        key = "\n".join((document.doc_id, *path, text))
        repeat = seen.get(key, 0)
        seen[key] = repeat + 1
        chunks.append(
            Chunk(
                chunk_id=_hash(key if not repeat else f"{key}\n{repeat}"),
                doc_id=document.doc_id,
                section=-1 if home is None else home.index,
                path=path,
                kind="body" if home is None else home.kind,
                start=start,
                end=end,
                page=document.page_at(start) if document.line_starts else None,
                text=text,
                sentences=tuple(_sentences(document.text, headings, start, end)),
            )
        )
    return chunks


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=10).hexdigest()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _smallest_section(document: SourceDocument, children: _Children, start: int, end: int) -> Section | None:
    """The innermost section that holds the span, not counting headings of its ancestors at the span's beginning.

    A heading with no text of its own goes with the first text under it; the chunk then belongs to that text.
    """
    found: Section | None = None
    while True:
        below = children.get(None if found is None else found.index, ())
        if found is not None and found.heading[0] == start < found.heading[1]:
            after, _ = _trim(document.text, min(found.heading[1], end), end)
            if after < end and any(child.start <= after and end <= child.end for child in below):
                start = after
        inner = next((child for child in below if child.start <= start and end <= child.end), None)
        if inner is None:
            return found
        found = inner


def _sentences(text: str, headings: Sequence[tuple[int, int]], start: int, end: int) -> Iterable[tuple[int, int]]:
    """Sentence spans of ``text[start:end]``, every heading a sentence of its own."""
    at = start
    for first, last in headings:
        if first < at or last > end or first >= end:
            continue
        yield from piece_spans(text, at, first)
        trimmed = _trim(text, first, last)
        if trimmed[0] < trimmed[1]:
            yield trimmed
        at = last
    yield from piece_spans(text, at, end)


def _runs(document: SourceDocument, children: _Children) -> list[_Run]:
    """Spans that become chunks, in order, without a gap."""
    runs: list[_Run] = []
    at = 0
    for section in children.get(None, ()):
        if section.start > at:
            runs += _split(document.text, -1, at, section.start)
        runs += _section_runs(document.text, section, children)
        at = section.end
    if at < len(document.text):
        runs += _split(document.text, -1, at, len(document.text))
    return runs


def _section_runs(text: str, section: Section, children: _Children) -> list[_Run]:
    """The runs of one section: all of it when it is short, else its own text and its children's runs, joined."""
    if section.end - section.start <= _room(section, children) and _is_of_one_kind(section, children):
        return [(section.index, section.start, section.end)]
    pieces: list[tuple[str, list[_Run]]] = []
    at = section.start
    for child in children.get(section.index, ()):
        if child.start > at:
            pieces.append((section.kind, _split(text, section.index, at, child.start)))
        pieces.append((child.kind, _section_runs(text, child, children)))
        at = child.end
    if section.end > at:
        pieces.append((section.kind, _split(text, section.index, at, section.end)))
    return _join(section, _carry_bare_heading(text, section, pieces))


def _room(section: Section, children: _Children) -> int:
    """How long a section may be to stay whole: a list of short items may fill the limit, other text the target."""
    below = children.get(section.index, ())
    short = all(child.end - child.start <= LIMIT // 4 and child.index not in children for child in below)
    return LIMIT if short else TARGET + TARGET // 6


def _is_of_one_kind(section: Section, children: _Children) -> bool:
    return all(
        child.kind == section.kind and _is_of_one_kind(child, children) for child in children.get(section.index, ())
    )


def _carry_bare_heading(
    text: str, section: Section, pieces: list[tuple[str, list[_Run]]]
) -> list[tuple[str, list[_Run]]]:
    """A section that begins with nothing but its heading lends the heading to the first text under it, if it fits."""
    if len(pieces) < 2 or section.heading[1] <= section.heading[0] or pieces[0][0] != pieces[1][0]:
        return pieces
    (kind, lead), (_, following) = pieces[0], pieces[1]
    bare = len(lead) == 1 and not text[section.heading[1] : lead[0][2]].strip()
    if not bare or following[0][2] - lead[0][1] > LIMIT:
        return pieces
    joined = (following[0][0], lead[0][1], following[0][2])
    return [(kind, [joined, *following[1:]]), *pieces[2:]]


def _join(section: Section, pieces: list[tuple[str, list[_Run]]]) -> list[_Run]:
    """Neighbouring pieces of one kind joined while they stay short; a piece of several runs stays as it is."""
    runs: list[_Run] = []
    open_kind: str | None = None  # kind of the last run while it may still grow
    for kind, piece in pieces:
        if len(piece) == 1 and open_kind == kind and runs and piece[0][2] - runs[-1][1] <= TARGET:
            runs[-1] = (section.index, runs[-1][1], piece[0][2])
        else:
            runs += piece
        open_kind = kind if len(piece) == 1 else None
    return runs


def _split(text: str, section: int, start: int, end: int) -> list[_Run]:
    """``text[start:end]`` cut at sentence ends into runs of about equal length, at line ends where it can be."""
    if len(text[start:end].strip()) <= LIMIT:
        return [(section, start, end)]
    bounds = [start, *(stop for first, last in sentence_spans(text, start, end) for stop in _stops(text, first, last))]
    bounds[-1] = end
    cuts = _best_cuts(text, bounds)
    return [(section, first, last) for first, last in pairwise(cuts)]


def _stops(text: str, start: int, end: int) -> list[int]:
    """Where a sentence may be cut: at its end; one that is itself too long also at its clauses."""
    if end - start <= LIMIT:
        return [end]
    stops, last = [], start
    for match in _CLAUSE.finditer(text, start, end):
        if match.end() - last >= LIMIT // 4:
            while match.end() - last > LIMIT:  # no clause mark for very long: cut anyway
                last += LIMIT
                stops.append(last)
            last = match.end()
            stops.append(last)
    while end - last > LIMIT:
        last += LIMIT
        stops.append(last)
    if not stops or stops[-1] < end:
        stops.append(end)
    return stops


def _best_cuts(text: str, bounds: Sequence[int]) -> list[int]:
    """The bounds to cut at: lengths near the target, line ends preferred, no lead-in (…：) at the end of a run."""
    best: list[float] = [0.0] + [float("inf")] * (len(bounds) - 1)
    came: list[int] = [0] * len(bounds)
    for j in range(1, len(bounds)):
        at_line_end = j == len(bounds) - 1 or "\n" in text[bounds[j] : bounds[j] + 1]
        leads_in = j < len(bounds) - 1 and text[bounds[j - 1] : bounds[j]].rstrip().endswith(("：", ":"))
        penalty = (0.0 if at_line_end else 0.15) + (0.5 if leads_in else 0.0)
        for i in range(j - 1, -1, -1):
            length = bounds[j] - bounds[i]
            if length > LIMIT and i < j - 1:
                break
            cost = best[i] + ((length - TARGET) / TARGET) ** 2 + penalty
            if cost < best[j]:
                best[j], came[j] = cost, i
    cuts = [len(bounds) - 1]
    while cuts[-1]:
        cuts.append(came[cuts[-1]])
    return [bounds[i] for i in reversed(cuts)]
