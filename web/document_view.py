"""A document as HTML: its outline at the side, the text with headings and tables, a span lit. A long one in windows."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from corpus.document import Section, SourceDocument
from qa.printing import titled
from web.escape import attribute, shown
from web.words import authority_word, date_of

WINDOW = 60_000  #: characters shown on each side of where a document is opened
_ROUNDED = WINDOW // 10  #: so many of them may be missing for the sake of whole lines; longer lines are cut
_HEADED_LINE = 60  #: a heading up to this length is set as one
_ITEM = re.compile(
    r"[（(]?([一二三四五六七八九十百]+|\d{1,3})[）)、.．]"
)  #: the label of an item that may have no name
Span = tuple[int, int]


def document_html(document: SourceDocument, focus: Span | None, order: Sequence[str]) -> str:
    """The document opened at ``focus`` or at its beginning. ``order``: the setting ``authority``.

    What of the focus can be seen is lit; where it begins has the id ``focus``, also when there is nothing to light.
    """
    header, text = document.header, document.text
    focus = _seen(text, focus) if focus else None
    low, high = window(text, focus[0] if focus else 0)
    facts = [header.number, header.issuer, date_of(header), authority_word(header, order), header.kind]
    facts_html = "".join(f"<span>{shown(fact)}</span>" for fact in facts if fact)
    whole = low == 0 and high == len(text)
    part = "" if whole else f"（共 {len(text):,} 字，显示第 {low + 1:,} 到 {high:,} 字）"
    return (
        f'<div class="document" role="dialog" aria-modal="true" aria-label="{attribute(header.title)}" '
        f'data-doc="{attribute(document.doc_id)}" data-title="{attribute(titled(header.title))}">'
        f'<header><h2>{shown(titled(header.title))}</h2><button type="button" class="close" data-do="close" '
        f'aria-label="关闭文件">✕ 关闭</button><p class="facts">{facts_html}'
        f'<span class="file">{shown(document.file_name)}</span></p>{_remarks(document)}</header>'
        f'<div class="pages"><nav class="outline" aria-label="提纲"><details open><summary>提纲</summary>'
        f"{_outline(document, low, high)}</details></nav>"
        f'<div class="body" tabindex="0">{f"<p class=hint>{part}</p>" if part else ""}'
        f"{_more(document, low, '前面', low)}{''.join(_blocks(document, low, high, focus))}"
        f"{_more(document, high, '后面', len(text) - high)}{_left_out(document)}</div></div></div>"
    )


def window(text: str, at: int) -> Span:
    """The part of a text that is shown around a place: all of it, or whole lines as far as they are not too long."""
    if len(text) <= 2 * WINDOW:
        return 0, len(text)
    low, high = max(0, at - WINDOW), min(len(text), at + WINDOW)
    line = text.find("\n", low, low + _ROUNDED)
    low = line + 1 if low and line >= 0 else low
    line = text.rfind("\n", high - _ROUNDED, high)
    return low, line if high < len(text) and line >= 0 else high


def _seen(text: str, focus: Span) -> Span:
    """The span without the line ends and borders of cells that it begins with: those are not shown."""
    start, end = focus
    while start < len(text) and text[start] in "\n|":
        start += 1
    return start, max(start, end)


def _remarks(document: SourceDocument) -> str:
    warnings = "".join(f"<li>{shown(warning)}</li>" for warning in document.warnings)
    return (
        f'<details class="remarks"><summary>读取时注意到 {len(document.warnings)} 处</summary><ul>{warnings}</ul></details>'
        if warnings
        else ""
    )


def _more(document: SourceDocument, border: int, where: str, left: int) -> str:
    """A button that opens the document where the window ends, so that one reads on from there."""
    if not left:
        return ""
    return (
        f'<p class="more"><button type="button" data-do="open" data-doc="{attribute(document.doc_id)}" '
        f'data-start="{border}" data-end="{border}">显示{where}的内容（还有 {left:,} 字）</button></p>'
    )


def _outline(document: SourceDocument, low: int, high: int) -> str:
    kinds = {"toc": "目录", "front": "前置页", "figure": "图中文字"}
    items = []
    for section in document.sections:
        name = section.label + section.title
        if not name:
            continue
        here = low <= section.start < high
        # Within the window the browser goes there itself; beyond it the server opens the document there.
        do = (
            f'data-do="goto" data-section="{section.index}"'
            if here
            else f'data-do="open" data-doc="{attribute(document.doc_id)}" data-start="{section.start}" data-end="{section.start}"'
        )
        kind = f'<span class="kind">{kinds[section.kind]}</span>' if section.kind in kinds else ""
        items.append(
            f'<li style="--level:{min(section.level, 5)}"><button type="button" {do}>{shown(name[:80])}</button>{kind}</li>'
        )
    return f"<ul>{''.join(items)}</ul>" if items else '<p class="hint">这份文件没有提纲。</p>'


def _blocks(document: SourceDocument, low: int, high: int, focus: Span | None) -> Iterator[str]:
    """Paragraphs, headings and tables of a window, in order."""
    starts: dict[int, list[Section]] = {}
    for section in document.sections:
        if low <= section.start < high and (section.title or section.label):
            starts.setdefault(section.start, []).append(section)
    places = sorted(starts)
    page = document.page_at(low)
    rows: list[str] = []
    for start, end in _lines(document.text, low, high):
        if (here := document.page_at(start)) != page and here is not None:
            page = here
            if not rows:
                yield f'<p class="page">第 {page} 页</p>'
        opened = [
            s
            for place in places[bisect.bisect_left(places, start) : bisect.bisect_left(places, end)]
            for s in starts[place]
        ]
        if "|" in document.text[start:end] and not opened:
            rows.append(_row(document.text, start, end, focus))
            continue
        if rows:
            yield _table(rows)
            rows = []
        yield _paragraph(document, start, end, opened, focus)
    if rows:
        yield _table(rows)


def _lines(text: str, low: int, high: int) -> Iterator[Span]:
    at = low
    while at < high:
        end = text.find("\n", at, high)
        end = high if end < 0 else end
        if end > at:
            yield at, end
        at = end + 1


def _paragraph(document: SourceDocument, start: int, end: int, opened: Sequence[Section], focus: Span | None) -> str:
    if not opened:
        return f"<p>{_marked(document.text, start, end, focus)}</p>"
    parts, at = [], start
    for section in opened:
        begin, stop = max(at, section.heading[0]), min(end, section.heading[1])
        parts.append(_marked(document.text, at, begin, focus))
        parts.append(f'<b id="section-{section.index}">{_marked(document.text, begin, max(begin, stop), focus)}</b>')
        at = max(begin, stop)
    rest = _marked(document.text, at, end, focus)
    question = next(filter(None, (clause_question(document, section) for section in opened)), "")
    ask = (
        f'<button type="button" class="ask-this" data-do="ask-clause" data-question="{attribute(question)}" '
        'title="问这一条讲了什么">就此条提问</button>'
        if question
        else ""
    )
    alone = len(opened) == 1 and not rest.strip(" 。") and end - start <= _HEADED_LINE
    level = min(opened[0].level + 3, 6)
    return f"<h{level}>{''.join(parts)}{rest}{ask}</h{level}>" if alone else f"<p>{''.join(parts)}{rest}{ask}</p>"


def clause_question(document: SourceDocument, section: Section) -> str:
    """A question about a clause, to be asked within its document: by its name, or as the third item of what holds it;
    "" for one that is called by neither (①, 二是). The title says which document's it is, whatever was asked before."""
    title = titled(document.header.title)
    if name := _name(section):
        return f"{title}“{name}”讲了什么？"
    item = _ITEM.fullmatch(section.label)
    holder = "" if section.parent is None else _name(document.sections[section.parent])
    return f"{title}“{holder}”第{item[1]}项讲了什么？" if item and holder else ""


def _name(section: Section) -> str:
    return section.title or (section.label if section.label.startswith("第") else "")


def _marked(text: str, start: int, end: int, focus: Span | None) -> str:
    """A stretch of the text with what of it lies in the lit span; of an empty span, the place."""
    if focus is None or end <= focus[0] or (focus[1] <= start and start != focus[0]):
        return shown(text[start:end])
    low, high = max(start, focus[0]), min(end, focus[1])
    first = ' id="focus"' if low == focus[0] else ""
    return f"{shown(text[start:low])}<mark{first}>{shown(text[low:high])}</mark>{shown(text[high:end])}"


def _row(text: str, start: int, end: int, focus: Span | None) -> str:
    cells, at = [], start
    for cell in text[start:end].split("|"):
        cells.append(f"<td>{_marked(text, at, at + len(cell), focus)}</td>")
        at += len(cell) + 1
    return f"<tr>{''.join(cells)}</tr>"


def _table(rows: Sequence[str]) -> str:
    return f'<div class="table"><table>{"".join(rows)}</table></div>'


def _left_out(document: SourceDocument) -> str:
    if not document.left_out:
        return ""
    rows = "".join(
        f"<tr><td>{piece.line}</td><td>{shown(piece.reason)}</td><td>{shown(piece.text[:500])}</td></tr>"
        for piece in document.left_out
    )
    return (
        f'<details class="left-out"><summary>略去的内容（{len(document.left_out)} 处）</summary>'
        "<p class='hint'>清洗时没有收进正文的：页码、页眉、网站按钮等。行号是原件里的。</p>"
        f'<table><thead><tr><th scope="col">行</th><th scope="col">原因</th><th scope="col">内容</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )
