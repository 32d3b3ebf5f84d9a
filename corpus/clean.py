"""From the lines of a raw file to paragraphs of clean text, each character with its place in the file.

Every rule is a pure function over lines or over one paragraph, and every rule only leaves out: characters keep
their order and are never rewritten, so that a quote shows what the file holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import chain, pairwise
from statistics import median
from typing import Literal

from corpus.document import LeftOut, SectionKind
from corpus.glyphs import common, visible
from corpus.inline_pieces import inline_pieces
from corpus.labels import BULLET, HAN_NUMERALS, OF_TASK, label_of
from corpus.listed_tables import aligned_rows, captioned_rows, counted_rows, listed_rows
from corpus.raw import RawDocument, RawLine
from corpus.read_html import is_site_line

Span = tuple[int, int]

_END_MARKS = "。！？!?；;：:"
_CLOSERS = "”’」』）)】》〉"
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff〇○]")
_SENTENCE = re.compile(r"[。！？]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of clean text. ``lines`` and ``pages`` say for every character where it came from."""

    text: str
    lines: tuple[int, ...]  #: 1-based line of the raw file, one per character
    pages: tuple[int | None, ...]
    role: Literal["text", "heading", "meta"] = "text"
    level: int = 0  #: of a Markdown or HTML heading
    bold: int = 0  #: number of leading characters that were bold
    kind: SectionKind = "body"


@dataclass(frozen=True, slots=True)
class CleanText:
    """What is left of a raw file: its paragraphs in reading order, and what was left out."""

    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def text(self) -> str:
        """The paragraphs, separated by one newline."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where each paragraph stands in ``text``."""
        spans, start = [], 0
        for paragraph in self.paragraphs:
            spans.append((start, start + len(paragraph.text)))
            start += len(paragraph.text) + 1
        return tuple(spans)

    @property
    def line_starts(self) -> tuple[tuple[int, int, int | None], ...]:
        """(offset in text, line of the raw file, page) for each run of characters from one line."""
        starts: list[tuple[int, int, int | None]] = []
        for (start, _), paragraph in zip(self.spans, self.paragraphs, strict=True):
            lines, pages = paragraph.lines, paragraph.pages
            # As most are, and counting is much faster than looking.
            alike = lines.count(lines[0]) == pages.count(pages[0]) == len(lines)
            for index in range(1 if alike else len(lines)):
                if not starts or starts[-1][1:] != (lines[index], pages[index]):
                    starts.append((start + index, lines[index], pages[index]))
        return tuple(starts)


def clean(raw: RawDocument) -> CleanText:
    """The paragraphs of ``raw``: noise left out, broken sentences joined, stray spaces gone."""
    seen = [_seen(line) for line in raw.lines if line.role != "blank"]
    lines = counted_rows(listed_rows(captioned_rows(aligned_rows([line for line in seen if line.text.strip()]))))
    lines = [_usual(line) for line in lines]
    left_out: list[LeftOut] = list(raw.left_out)
    kinds: dict[int, SectionKind] = {}
    for rule in (separator_bars, site_lines, photo_captions):
        lines = _without(lines, rule(lines), left_out)
    inline = inline_pieces(lines) if raw.wrapped else frozenset()
    if inline:
        lines = [
            replace(line, begins=False if i in inline else line.begins, ends=False if i + 1 in inline else line.ends)
            for i, line in enumerate(lines)
        ]
    numbers = {
        i: reason for i, reason in (page_numbers(lines) if raw.wrapped else {}).items() if not {i, i + 1} & inline
    }
    width = line_width(lines) if raw.wrapped else None
    headers = running_headers(lines, numbers, width) if raw.wrapped else {}  # rows and titles may repeat
    # The first of a running header can answer a question (year, volume, issue), the others say nothing new.
    first_headers = {lines[index].line for index in _first_of_each(lines, headers)}
    repeated = {i: reason for i, reason in headers.items() if lines[i].line not in first_headers}
    lines = _without(lines, {**numbers, **repeated}, left_out)
    for index in contents_lines(lines):
        kinds[index] = "toc"
    for index in figure_lines(lines, width):
        kinds.setdefault(index, "figure")
    for index, line in enumerate(lines):
        if line.line in first_headers:
            kinds[index] = "front"
    suffixes = heading_suffixes(lines)
    title = title_lines(lines, raw.meta.get("标题"))
    absent = frozenset(piece.line for piece in left_out)
    drafts = _paragraphs(lines, kinds, suffixes, title, width, raw.wrapped, absent)
    marks = [span for draft in drafts for span in reference_marks(common(draft.text))]
    paragraphs = []
    for draft in drafts:
        read = common(draft.text)
        cuts = list(markup(read))
        if len(marks) >= 3 and draft.kind == "body":
            for start, end in reference_marks(read):
                if not draft.text[:start].strip():
                    continue  # the number of an entry in a list of references
                left_out.append(LeftOut(draft.lines[start], draft.text[start:end], "参考文献标号"))
                cuts.append((start, end))
        if draft.kind == "toc":
            cuts.extend(dot_leaders(read))
        first = _cut(draft, cuts)
        read = common(first.text)
        figure = draft.kind == "figure" and not _FIGURE.match(read.strip())
        words = draft.role == "meta" or figure or read.lstrip().startswith(_NAMES)
        done = _cut(first, stray_spaces(read, keep_words=words, entry=draft.kind == "toc"))
        done = _replace_breaks(done)
        if done.text:
            paragraphs.append(done)
    for index, (start, reason) in suffixes.items():
        left_out.append(LeftOut(lines[index].line, _shown(lines[index]).strip()[start:], reason))
    return CleanText(tuple(paragraphs), tuple(sorted(left_out, key=lambda piece: piece.line)))


@dataclass(frozen=True, slots=True)
class _UsualLine(RawLine):
    """A line with the usual codes of its characters, for the rules; ``shown``, as long, is what the text gets."""

    shown: str = ""


#: A bullet that Word wrote in a symbol font; dropped as the bullets of Markdown are.
_BULLET = re.compile(r"^[ \t\xa0\u3000]*[\uf020-\uf0ff][ \t\xa0\u3000]*")


def _seen(line: RawLine) -> RawLine:
    """``line`` without characters that cannot be seen, and without the bullet before it."""
    text = _BULLET.sub("", visible(line.text))
    if text == line.text:
        return line
    lead = len(line.text) - len(line.text.lstrip())
    kept = visible(line.text[lead : lead + line.bold])
    return replace(line, text=text, bold=len(_BULLET.sub("", kept)) if line.bold else 0)


def _usual(line: RawLine) -> RawLine:
    text = common(line.text)
    if text == line.text:
        return line
    values = {name: getattr(line, name) for name in RawLine.__slots__}
    return _UsualLine(**values | {"text": text}, shown=line.text)


def _shown(line: RawLine) -> str:
    return line.shown if isinstance(line, _UsualLine) else line.text


# --- whole lines that carry nothing ---------------------------------------------------------------------------------

_BAR = re.compile(r"^\s*(?:={3,}|-{3,}|_{3,}|\*{3,}|~{3,}|#{4,}|[＝－—─━]{5,}|(?:[*＊·•\-]\s){3,}[*＊·•\-]?)\s*$")
_BAR_SIGNS = frozenset("=-_*~#＝－—─━＊·•")
_READER_MARK = re.compile(r"[！!~～]$|看到|读到|这里|此处|待读|未完|书签|标记")


def separator_bars(lines: Sequence[RawLine]) -> dict[int, str]:
    """Lines that only separate, and a reader's mark ("看到了这里！") between two of them."""
    bars = [i for i, line in enumerate(lines) if line.text.lstrip()[:1] in _BAR_SIGNS and _BAR.match(line.text)]
    found = dict.fromkeys(bars, "分隔线")
    for first, second in zip(bars, bars[1:], strict=False):
        between = range(first + 1, second)
        short = all(len(lines[i].text.strip()) <= 20 for i in between)
        if 0 < len(between) <= 2 and short and any(_READER_MARK.search(lines[i].text.strip()) for i in between):
            found.update(dict.fromkeys(between, "读者标记"))
    return found


@lru_cache(maxsize=1)
def _suffixes() -> tuple[str, ...]:
    """Buttons glued to headings: the entries ``*…`` of corpus/data/site_words.txt."""
    entries = files("corpus").joinpath("data/site_words.txt").read_text(encoding="utf-8").split()
    return tuple(entry[1:] for entry in entries if entry.startswith("*") and len(entry) > 1)


_IMPRINT = re.compile(r"ISBN|ISSN|CIP|印张|责任校对|图书在版编目|统一书号")


def site_lines(lines: Sequence[RawLine]) -> dict[int, str]:
    """Lines of web pages around the text: buttons, “扫一扫…”, “当前位置：…”.

    A word of one or two characters may be a heading ("搜索", "解读"): it goes only beside another such line.
    """
    imprint = [index for index, line in enumerate(lines) if _IMPRINT.search(line.text)]

    def is_site(index: int) -> bool:
        # An imprint names its editor too, and there the line is part of the document.
        near_imprint = any(abs(index - other) <= 20 for other in imprint)
        return lines[index].role == "text" and not near_imprint and is_site_line(lines[index].text)

    found = {index for index in range(len(lines)) if is_site(index)}
    sure = set()
    for index in found:
        beside = index - 1 in found or index + 1 in found
        if len(lines[index].text.strip()) > 2 or beside:
            sure.add(index)
    return dict.fromkeys(sorted(sure), "网站按钮")


_COUNTED = re.compile(r"^(.{1,30}?)\s*[(（]\s*\d{1,3}\s*[张幅图]\s*[)）]$")


def photo_captions(lines: Sequence[RawLine]) -> dict[int, str]:
    """Captions of photos, said twice or with the number of pictures: 交通 / 交通(7张)."""
    found: dict[int, str] = {}
    texts = [line.text.strip() for line in lines]

    def is_prose(index: int) -> bool:
        return 0 <= index < len(texts) and len(texts[index]) >= 15 and any(mark in texts[index] for mark in "，。、；")

    for index, text in enumerate(texts):
        counted = _COUNTED.match(text)
        if counted:
            found[index] = "重复图注"
        if (
            index == 0
            or index - 1 in found
            or lines[index].row is not None
            or lines[index].role != "text"
            or lines[index - 1].role != "text"
        ):
            continue
        twice = texts[index - 1] == (counted.group(1).strip() if counted else text)
        short = len(texts[index - 1]) <= 20 and not any(mark in texts[index - 1] for mark in "，。；：、！？")
        # Beside prose only: cells of a table repeat too.
        if twice and short and _HAN.search(text) and is_prose(index + 1) and (counted or index > 1):
            found[index - 1] = found[index] = "重复图注"
    return found


_PAGE_NUMBER = re.compile(
    r"^[\s\-—–－·•\[（(]*(?:第\s*)?(\d{1,4}|[ivxlcIVXLC]{1,6})(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–－·•\]）)]*$"
)


_FEWEST_LINES = 8  #: of a page


def is_page_number(text: str) -> bool:
    """Whether a line could be the number of a page and nothing else: 3, - 3 -, 第3页 共10页."""
    return _PAGE_NUMBER.match(text) is not None


def page_numbers(lines: Sequence[RawLine]) -> dict[int, str]:
    """Lines that hold nothing but the number of a page."""
    bare: list[int] = []
    found = []
    for index, line in enumerate(lines):
        match = _PAGE_NUMBER.match(line.text)
        if match is None or line.role != "text" or line.row is not None:
            continue
        if line.text.strip() != match.group(1):
            found.append(index)
        elif match.group(1).isdigit() and not 1900 <= int(match.group(1)) <= 2100:
            bare.append(index)
    # Bare figures side by side, or a few lines apart where pages are not known, are cells of a table.
    alone = [i for i in bare if not any(lines[j].text.strip().isdigit() for j in (i - 1, i + 1) if 0 <= j < len(lines))]
    apart = [b - a if lines[a].page is None else _FEWEST_LINES for a, b in pairwise(alone)]
    steps = [int(lines[b].text) - int(lines[a].text) for a, b in pairwise(alone)]
    counts_up = all(step > 0 for step in steps) or steps.count(1) >= 0.8 * len(steps)
    if counts_up and (not apart or median(apart) >= _FEWEST_LINES):
        found.extend(alone)
    return dict.fromkeys(sorted(found), "页码")


_ISSUE = re.compile(r"^\S{2,20}\s*\d{4}\s*年\s*第?\s*\d{1,3}\s*卷.{0,12}期|^\S{2,20}\s*\d{4}\s*年\s*第\s*\d{1,3}\s*期")


_LONGEST_HEADER = 120  #: characters of a running title, typed spaces included


def running_headers(lines: Sequence[RawLine], numbers: Mapping[int, str], width: float | None = None) -> dict[int, str]:
    """Lines repeated at the edges of pages: running titles, “刊名 2018 年 第 20 卷 第 2 期”.

    A repeated subheading is none: at least half of its copies must stand beside a page number, at the first or
    last lines of a page, or (where lines are not broken at a fixed width) inside a sentence.
    """
    rows = {at for pair in pairwise(range(len(lines))) if all(" | " in lines[at].text for at in pair) for at in pair}
    heads = [at not in rows and len(line.text) <= _LONGEST_HEADER for at, line in enumerate(lines)]
    keys = [_header_key(line.text) if head else "" for head, line in zip(heads, lines, strict=True)]
    counts = Counter(key for index, key in enumerate(keys) if index not in numbers)
    found: dict[int, str] = {}
    for key, count in counts.items():
        if count < 2 or not 3 <= len(key) <= 40 or not _HAN.search(key) or _SENTENCE.search(key):
            continue
        places = [index for index, other in enumerate(keys) if other == key and index not in numbers]
        if any(lines[index].role == "meta" for index in places):
            continue
        edges = Counter(edge for index in places if (edge := _page_edge(lines, numbers, index, width)))
        most = max(edges.values(), default=0)  # a head stands at the head of each page: the foot of another is no copy
        if most and most * 2 >= len(places) and (_ISSUE.match(lines[places[0]].text.strip()) or most >= 2):
            found.update(dict.fromkeys(places, "页眉"))
    return found


def _header_key(text: str) -> str:
    key = re.sub(r"\s+", "", text)
    return re.sub(r"^\d{1,4}(?=\D)|(?<=\D)\d{1,4}$", "", key) if not _ISSUE.match(text.strip()) else key


def _page_edge(lines: Sequence[RawLine], numbers: Mapping[int, str], index: int, width: float | None) -> str:
    """At which edge of a page a line stands: "head", "foot", "edge" where pages are not known, "" for none."""
    here = lines[index].page
    if here is not None:
        for step, edge in ((-2, "head"), (2, "foot")):
            other = index + step
            beside = index + step // 2
            if other < 0 or other >= len(lines) or lines[other].page != here or beside in numbers:
                return edge
        return ""
    if index - 1 in numbers or index + 1 in numbers:
        return "edge"
    before = lines[index - 1].text.strip() if index else ""
    inside = width is None and len(before) >= 15 and not _closed(before) and label_of(before) is None
    inside = inside and not _LABELLED.match(lines[index].text)
    return "edge" if inside else ""


def _first_of_each(lines: Sequence[RawLine], headers: Mapping[int, str]) -> list[int]:
    seen: set[str] = set()
    first = []
    for index in sorted(headers):
        key = _header_key(lines[index].text)
        if key not in seen:
            seen.add(key)
            first.append(index)
    return first


def heading_suffixes(lines: Sequence[RawLine]) -> dict[int, tuple[int, str]]:
    """Buttons glued to headings (实际应用编辑), where several lines end so: index → (begin of the button, reason)."""
    found: dict[int, tuple[int, str]] = {}
    for suffix in _suffixes():
        hits = {}
        for index, line in enumerate(lines):
            text = line.text.strip()
            if (
                text.endswith(suffix)
                and 2 <= len(text) - len(suffix) <= 25
                and not re.search(r"[，。；：、！？]", text)
            ):
                hits[index] = (len(text) - len(suffix), "网站按钮")
        if len(hits) >= 2:
            found.update(hits)
    return found


# --- parts of a kind of their own -----------------------------------------------------------------------------------

_CONTENTS = re.compile(r"^[#*\s]*目\s*[录次][*\s]*$")
#: The same behind the title of the document; the entries below it have to return as headings.
_NAMED_CONTENTS = re.compile(r"^[#*\s]*[\u4e00-\u9fff“”《》（）]{4,40}目\s*[录次][*\s]*$")
_ENTRY = re.compile(r"^(.*?\S)(?:[\s.．…·•⋯]*[.．…·•⋯\s\t])\s*[(（]?(\d{1,4})[)）]?\s*(?:</?\w+>)*$")
_TAGS = re.compile(r"</?(?:b|i|u|em|strong|span|sup|sub|br|p|font|center|small|big)\b[^<>]*>", re.IGNORECASE)


def contents_lines(lines: Sequence[RawLine]) -> list[int]:
    """The lines of a contents table, its heading 目录 included."""
    found: list[int] = []
    for index, line in enumerate(lines):
        named = _NAMED_CONTENTS.match(line.text) is not None
        if not (named or _CONTENTS.match(line.text)) or index in found:
            continue
        titles: set[str] = set()
        entries = []
        numbered = 0
        for other in range(index + 1, len(lines)):
            text = _TAGS.sub("", lines[other].text).strip()
            entry = _ENTRY.match(text.replace("<b>", ""))
            title = re.sub(r"\s+", "", entry.group(1) if entry else text.lstrip("#").strip())
            title = title.rstrip(".…·")
            if title in titles or _SENTENCE.search(text) or len(text) > 80:
                break
            if entry is None and numbered and not _entry_soon(lines, other):
                break
            numbered += entry is not None
            titles.add(title)
            entries.append(other)
        listed = numbered >= 2 or sum(label_of(lines[i].text.strip()) is not None for i in entries) >= 3
        if listed and (not named or _return(lines, entries)):
            found.extend([index, *entries])
    return found


def _return(lines: Sequence[RawLine], entries: Sequence[int]) -> bool:
    """Whether all entries stand behind them once more, in their order, at the beginning of lines."""
    behind = iter(re.sub(r"\s", "", line.text).lstrip("#") for line in lines[entries[-1] + 1 :])
    wanted = (re.sub(r"\s", "", lines[i].text).lstrip("#") for i in entries)
    return all(any(text.startswith(entry) for text in behind) for entry in wanted)


def _entry_soon(lines: Sequence[RawLine], index: int) -> bool:
    return any(_ENTRY.match(_TAGS.sub("", line.text).strip()) for line in lines[index + 1 : index + 3])


_FIGURE = re.compile(r"^图\s*\d{1,3}(?:[-－.]\d{1,3})?[\s：:]*\S{2,}")


def figure_lines(lines: Sequence[RawLine], width: float | None) -> list[int]:
    """Captions of figures (图 1 …), and in text of fixed width the words of the figure that stand beside them.

    Words of a figure are a run of at least five lines beside the caption that are neither of the width of the text
    nor end a sentence; the run is taken on the longer side.
    """
    captions = [
        index
        for index, line in enumerate(lines)
        if _FIGURE.match(line.text.strip()) and len(line.text.strip()) <= 45 and not re.search(r"[，。；]", line.text)
    ]
    found: set[int] = set()
    for caption in captions:
        found.add(caption)
        if width is None:
            continue
        runs = []
        for step in (-1, 1):
            run: list[int] = []
            at = caption + step
            while 0 <= at < len(lines) and at not in captions and not _body_begins(lines, at, step, width):
                run.append(at)
                at += step
            runs.append(run)
        longer = max(runs, key=len)
        if len(longer) >= 5:
            found.update(longer)
    return sorted(found)


def _body_begins(lines: Sequence[RawLine], index: int, step: int, width: float) -> bool:
    """Whether running text begins at ``index``: a sentence ends there, or it and the next line are of full width."""
    text = lines[index].text.strip()
    if _SENTENCE.search(text) or lines[index].role != "text":
        return True
    label = label_of(text)
    if label is not None and not label.listing:
        return True

    def full(at: int) -> bool:
        return 0 <= at < len(lines) and abs(width_of(lines[at].text) - width) <= max(1.5, width * 0.08)

    other = index + step
    ends = 0 <= other < len(lines) and bool(_SENTENCE.search(lines[other].text))
    return full(index) and (full(other) or ends)


# --- joining lines --------------------------------------------------------------------------------------------------


def width_of(text: str) -> float:
    """Width in Han characters: Latin letters, digits and spaces count half."""
    text = text.strip()
    return len(text) - 0.5 * len(_NARROW.findall(text))


_NARROW = re.compile("[\0-\u1fff]")


def line_width(lines: Sequence[RawLine]) -> float | None:
    """The width at which the lines of the text were broken, or None where a line is a paragraph."""
    texts = [line.text.strip() for line in lines if line.role == "text"]
    texts = [text for text in texts if _HAN.search(text)]
    broken = sorted(width_of(text) for text in texts if width_of(text) >= 12 and not _closed(text))
    if len(broken) < 4 or len(broken) < 0.3 * len(texts):
        return None
    width = broken[int(len(broken) * 0.6)]
    near = sum(0.88 * width <= other <= 1.1 * width for other in broken)
    longer = sum(width_of(text) > 1.2 * width for text in texts)
    return width if near >= 0.55 * len(broken) and longer <= 0.2 * len(texts) else None


def first_lines_shorter(lines: Sequence[RawLine], width: float | None) -> bool:
    """Whether paragraphs begin with a line two characters short: the trace of an indentation that was lost."""
    if width is None:
        return False
    texts = [line.text for line in lines if line.role == "text"]
    begins = [
        width_of(line)
        for last, line in zip(texts, texts[1:], strict=False)
        if _closed(last) and width_of(last) < 0.85 * width and width_of(line) > 0.8 * width
    ]
    return len(begins) >= 3 and sum(abs(begin - width + 2) <= 0.75 for begin in begins) >= 0.6 * len(begins)


_REFERENCE = re.compile(r"[\[［]\s*\d{1,3}(?:\s*[-–—,，、]\s*\d{1,3})*\s*[\]］]")
_FIELD = re.compile(
    r"^(?:摘\s*要|关\s*键\s*词|中图分类号|文献标[识志]码|文章编号|收稿日期|基金项目|作者简介|通[信讯]作者|Abstract|Key\s?words|DOI|主题词|抄\s*送)"
    r"\s*[：:】]|^(?:ISBN|ISSN|[IVX]+\s*[.．]\s)",
    re.IGNORECASE,
)
#: A line that tells one thing of what stands above it, and may be the same of several: 完成时限：2027年底.
_LABELLED = re.compile(r"\s*[\u4e00-\u9fff]{2,12}\s*[：:]\s*\S")
_NOTE = re.compile(r"[（(][^（）()]{2,}(?:负责|牵头|下同|配合|参加|参与|落实|分工|公开发布)[^（）()]{0,12}[）)]$")
_GENRE = re.compile(
    r"(?:通知|意见|决定|办法|规定|条例|方案|规划|纲要|批复|复函|通报|公告|通告|决议|命令|令|请示|报告|细则|函)$"
)


def title_lines(lines: Sequence[RawLine], title: str | None = None) -> list[int]:
    """The lines among the first that make one title together: 国务院关于… / …的通知.

    ``title``: what a metadata table says the title is.
    """
    wanted = re.sub(r"\s+", "", title or "")
    for first in range(min(len(lines), 30)):
        joined = ""
        for last in range(first, min(first + 5, len(lines))):
            line, text = lines[last], re.sub(r"\s+", "", lines[last].text)
            if line.role == "meta" or re.search(r"[。；：:]", text) or label_of(text) or len(text) > 60:
                break
            if last > first and "关于" in text and joined and not wanted:
                break
            joined += text
            found = list(range(first, last + 1))
            if wanted and joined == wanted:
                return found if last > first else []
            if _GENRE.search(joined):
                # 通知 may end the first line of a title by chance: the next line then goes on with 》 or 的.
                if last > first and "关于" in joined and joined.count("《") == joined.count("》"):
                    return found
                break
    return []


def _closed(text: str) -> bool:
    """Whether ``text`` ends where a sentence, clause or note may end."""
    stripped = text.strip()
    if stripped.endswith(("）", ")")) and _NOTE.search(stripped):
        return True
    if stripped.endswith(("]", "］")):
        match = _REFERENCE.search(stripped[-10:])
        if not _REFERENCE.sub("", stripped[-12:]) or (match and stripped.endswith(match.group())):
            return True
    core = stripped.rstrip(_CLOSERS)
    if core and core[-1] in _END_MARKS:
        return True
    if stripped[-1:] in "）)":
        opened = max(stripped.rfind("（"), stripped.rfind("("))
        return opened <= 0 or stripped[opened - 1] in "。！？"
    return False


def _unclosed_bracket(text: str) -> bool:
    if not any(opening in text for opening in "（(《"):
        return False
    depth = 0
    for char in text[-300:]:
        if char in "（(《":
            depth += 1
        elif char in "）)》":
            depth = max(0, depth - 1)
    return depth > 0


def _is_heading(text: str, width: float | None) -> bool:
    """Whether a single line that ends in no mark reads as a heading rather than as a sentence broken off."""
    if _SENTENCE.search(text):
        return False
    if width is not None and width_of(text) >= 0.9 * width:
        return False
    label = label_of(text)
    if label is not None and not label.listing:
        return len(text) <= 40 and not (len(text) > 30 and "，" in text)
    return len(text) <= 28 and not re.search(r"[，,；;：:]", text) and text[-1:] not in "、（《“"


def _looks_like_heading(line: str, following: str | None) -> bool:
    """Whether a short line before longer text is a heading, not the rest of a sentence."""
    if len(line) > 25 or _closed(line) or re.search(r"[，。；：！？,;]", line):
        return False
    return following is None or len(following) > len(line)


_INDENTED = re.compile(r"\u3000{2}|\t| {4}")
_RUNNING_TEXT = 20  #: characters; a shorter line may be a heading


def _only_first_lines_indented(lines: Sequence[RawLine]) -> bool:
    """Whether lines that go on with a sentence stand at the left edge, those that begin a paragraph further in."""
    flush = inset = 0
    for before, line in pairwise(line.text for line in lines if line.role == "text" and line.text.strip()):
        if len(before.strip()) >= _RUNNING_TEXT and not _closed(before):
            further = _INDENTED.match(line) is not None
            inset += further
            flush += not further
    return flush > 1 and flush > 2 * inset


#: A line about the items above it: 以上任务由甲局负责, 上述3—5项由…. Not the rest of 三项|以上.
_OF_ALL_ABOVE = re.compile(
    r"(?:以上|上述)(?:各|第|[\d一二三四五六七八九十、—\-~至到]+)?(?:项|条|任务|工作|事项|措施)[^，。]*(?:由|[，,])"
)
#: Of a list of people: 区政府副区长    祁春燕, 唐  志    区消防大队大队长; and the line that names their post.
_NAME = r"[\u4e00-\u9fff][ \t\u3000]{0,4}[\u4e00-\u9fff]{1,3}"
_ENTRY_OF_ROSTER = re.compile(
    rf"[\u4e00-\u9fff）)][ \t\u3000]{{2,}}{_NAME}$|^(?:[^：:。]{{2,12}}[：:])?\s*{_NAME}[ \t\u3000]{{2,}}\S{{4,}}$"
)
_POST_OF_ROSTER = re.compile(
    r"(?:第一|常务|执行)?副?\s*(?:总?指\s*挥\s*长?|组\s*[长员]|主\s*任|召\s*集\s*人|成\s*员(?:单位)?)\s*[：:]"
)


def _is_entry(line: str) -> bool:
    """Whether a line names a person and what he is, as lists of people do."""
    return _ENTRY_OF_ROSTER.search(line.strip()) is not None


def continues(
    paragraph: Sequence[str],
    line: str,
    following: str | None = None,
    *,
    width: float | None = None,
    indented: bool = False,
    leads: bool = False,
    gap_ends: bool = False,
    gap: bool = False,
    interrupted: bool = False,
) -> bool:
    """Whether ``line`` goes on with the sentence or paragraph made of the lines ``paragraph``.

    ``width``: the fixed width of the text, if it has one; ``indented``: its first lines are two characters shorter,
    though the indentation itself is lost; ``leads``: they alone are indented. ``gap``: blank lines stand between; ``gap_ends``: in
    this document they stand between paragraphs only. ``following`` is the line after.
    ``interrupted``: something that was left out stood between.
    """
    # The last lines say enough, however long the paragraph has grown.
    last, text, new = paragraph[-1].strip(), "".join(piece.strip() for piece in paragraph[-12:]), line.strip()
    closed = _closed(last)
    if _FIELD.match(new) or BULLET.match(new) or " | " in last or " | " in new:  # a row of a table stands alone
        return False
    if OF_TASK.match(new) or (_LABELLED.match(new) and _LABELLED.match(paragraph[0])):
        return False
    if new[0] in "，。；：、！？”’）》】":
        return True
    if _OF_ALL_ABOVE.match(new) or _POST_OF_ROSTER.match(new) or (_is_entry(last) and _is_entry(new)):
        return False
    label = label_of(new)
    full = width is not None and width_of(last) >= 0.95 * width
    if _unclosed_bracket(text) and not (label and closed):
        return True
    if _INDENTED.match(line) and (closed or label or leads):
        return False
    if closed:
        if not full or (gap and gap_ends) or last[-1] in "：:":
            return False
        if label is None:
            return not (indented and width is not None and abs(width_of(new) - width + 2) <= 0.75)
        # ② or 二是 at the beginning of a line, in the middle of a paragraph that began with ① or 一是.
        return label.listing and label.style in ("①", "一是", "首先") and (label.number or 2) > 1
    if len(paragraph) == 2 and _heading_goes_on(paragraph[0].strip(), last, new, False, width):
        return False
    if _is_heading(text, width):
        return _heading_goes_on(text, new, following, label is not None, width)
    if label is not None and not _refers_on(last):
        return full and label.style in ("①", "一是", "首先", "1.") and (label.number or 2) > 1
    if width is not None:
        return True
    if interrupted and len(text) >= 15:
        return not _looks_like_heading(new, following)
    prose = re.search(r"[，。；,]", text) or ("、" in text and len(text) >= 20) or len(text) >= 60
    return bool(prose) and not _GENRE.search(text) and not _looks_like_heading(new, following)


def goes_on_by_layout(last: RawLine, line: RawLine) -> bool | None:
    """Whether ``line`` goes on with the paragraph of ``last``, as both are set on the page; None: the words decide."""
    before, new = last.text.strip(), line.text.strip()
    if last.ends is not None and re.search("[a-z]-$", before) and new[0].islower():  # a word that was divided
        return True
    if line.begins is None or last.ends is None:
        return None
    if " | " in before or " | " in new or _FIELD.match(new):
        return False
    closed, label = _closed(before), label_of(new)
    if line.begins or BULLET.match(new):
        return False
    if last.ends:
        doubtful = before[-1] in "，、（《“" or new[0] in "，。；：、！？”’）》】" or not _HAN.search(before)
        return None if doubtful and not closed else False
    inside = label is not None and (label.listing or (label.style == "1." and before[-1] in "；;"))
    return None if label is not None and closed and not inside else True


def _refers_on(last: str) -> bool:
    return last[-1:] in "第按照据见、和及或与至"


def _heading_goes_on(text: str, new: str, following: str | None, labelled: bool, width: float | None) -> bool:
    """A heading too long for its line: its rest is a short line that ends in no mark, before something new."""
    if width is None or labelled or label_of(text) is None:
        return False
    rest_is_short = width_of(new) <= 0.5 * width and not _closed(new) and not re.search(r"[，、；]", new)
    return width_of(text) >= 0.75 * width and rest_is_short and following is not None


@dataclass(slots=True)
class _Draft:
    text: str
    lines: list[int]
    pages: list[int | None]
    role: Literal["text", "heading", "meta"]
    level: int
    bold: int
    kind: SectionKind


def _paragraphs(
    lines: Sequence[RawLine],
    kinds: Mapping[int, SectionKind],
    suffixes: Mapping[int, tuple[int, str]],
    title: Collection[int],
    width: float | None,
    wrapped: bool,
    absent: frozenset[int],
) -> list[_Draft]:
    """Lines joined to paragraphs. What interrupts a sentence (a figure, a page header) follows its paragraph."""
    body = [index for index in range(len(lines)) if kinds.get(index, "body") == "body"]
    after = dict(zip(body, body[1:], strict=False))
    gaps = [lines[b].line - lines[a].line > 1 for a, b in zip(body, body[1:], strict=False)]
    indented = first_lines_shorter(lines, width)
    leads = _only_first_lines_indented(lines)
    gap_ends = bool(gaps) and sum(gaps) < 0.5 * len(gaps)
    drafts: list[_Draft] = []
    aside: list[_Draft] = []
    group: list[int] = []

    def close() -> None:
        if group:
            drafts.append(_draft(lines, group, "body", suffixes))
            group.clear()
        drafts.extend(aside)
        aside.clear()

    for index, line in enumerate(lines):
        kind = kinds.get(index, "body")
        if kind == "toc":
            before = lines[index - 1] if kinds.get(index - 1) == "toc" else line
            if before.ends is False and line.begins is False and not _ENTRY.match(before.text):
                _append(drafts[-1], line)  # an entry of two lines
                continue
            close()
            drafts.append(_draft(lines, [index], kind, {}))
            continue
        if kind != "body":
            same = aside and kind == "figure" == aside[-1].kind and lines[index - 1].line == line.line - 1
            if same and kinds.get(index - 1) == "figure" and not _FIGURE.match(line.text.strip()):
                _append(aside[-1], line)
            else:
                aside.append(_draft(lines, [index], kind, {}))
            continue
        above = lines[group[-1]].row if group else None
        if line.row is not None or above is not None:
            if line.row != above:
                close()
            group.append(index)
            continue
        if group:
            between = range(lines[group[-1]].line + 1, line.line)
            previous = lines[group[-1]]
            if line.role == previous.role == "heading" and line.level == previous.level and line.begins is False:
                group.append(index)  # the second line of a heading
                continue
            plain = wrapped and line.role == "text" and lines[group[-1]].role == "text"
            plain = plain and index not in suffixes and group[-1] not in suffixes
            following = after.get(index)
            if index in title and group[-1] in title:
                group.append(index)
                continue
            plain = plain and group[-1] not in title
            joined = goes_on_by_layout(lines[group[-1]], line)
            if plain and joined is not None:
                if joined:
                    group.append(index)
                    continue
            elif plain and continues(
                [lines[i].text for i in group[-12:]],
                line.text,
                lines[following].text.strip() if following is not None else None,
                width=width,
                indented=indented,
                leads=leads,
                gap=line.line - lines[group[-1]].line > 1 and not aside,
                gap_ends=gap_ends,
                interrupted=any(number in absent for number in between),
            ):
                group.append(index)
                continue
        close()
        group.append(index)
    close()
    return drafts


def _draft(
    lines: Sequence[RawLine], group: Sequence[int], kind: SectionKind, suffixes: Mapping[int, tuple[int, str]]
) -> _Draft:
    head = lines[group[0]]
    role: Literal["text", "heading", "meta"] = "text" if head.role == "blank" else head.role
    draft = _Draft("", [], [], role, head.level, head.bold, kind)
    for index in group:
        text = _shown(lines[index])
        if index in suffixes:
            text = text.strip()[: suffixes[index][0]]
            draft.role, draft.level = "heading", draft.level or 1
        _append(draft, lines[index], text)
    return draft


def _append(draft: _Draft, line: RawLine, text: str | None = None) -> None:
    piece = _shown(line) if text is None else text
    if line.row is not None:
        piece = piece.strip()
    if draft.text:
        piece = ("\n" if line.row is None else "|") + piece
    draft.text += piece
    draft.lines.extend([line.line] * len(piece))
    draft.pages.extend([line.page] * len(piece))


# --- characters -----------------------------------------------------------------------------------------------------


_ANY_MARKUP = re.compile("[<*_#]")


def markup(text: str) -> list[Span]:
    """HTML tags and Markdown marks that were left in the line."""
    if not _ANY_MARKUP.search(text):
        return []
    spans = [match.span() for match in _TAGS.finditer(text)]
    spans += [match.span() for match in re.finditer(r"\*\*|__(?=\S)|(?<=\S)__", text)]
    spans += [match.span() for match in re.finditer(r"^\s*#{1,6}\s+", text)]
    return spans


def reference_marks(text: str) -> list[Span]:
    """Numbers of references in square brackets: [7], [3-4], [3,4]."""
    return [match.span() for match in _REFERENCE.finditer(text)]


def dot_leaders(text: str) -> list[Span]:
    """The dots between a title and its page number in a contents table."""
    return [match.span(1) for match in re.finditer(r"([.．…·•⋯]{2,}|(?:\s[.．·•]){2,})(?=\s*\d{1,4}\s*$)", text)]


_KEEP_SPACE = re.compile(
    rf"^\s*(?:第\s*[{HAN_NUMERALS}\d]+\s*(?:分?编|分?篇|章|节|条(?:之[{HAN_NUMERALS}]{{1,2}})?|款|部\s*分)|总\s*论|附\s*[件表录](?:\s*\d{{1,2}})?(?!\s*\d)"
    r"|[图表]\s*\d{1,3}(?:[-－.]\d+)?|\d{1,2}(?:\.\d{1,2}){1,2}|\d{1,2}(?=\s+[\u4e00-\u9fff“][^。，；\n]{1,28}$))(?=\s+\S)"
)
# What a wide gap sets apart on a line: the name of another field (联系人：…　　电话：…), a box to tick.
_NEXT_FIELD = re.compile(r"[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,9}\s*[：:]")
_BOX = re.compile(r"[□☐☑☒]")
_NUMERIC = re.compile(r"\d[\d.%]|\.\d")  # either side of a line end inside a number


_SPACE = re.compile("[\\s\u3000\u200b\ufeff\u00a0]+")


#: Before names that only spaces part: 签发人：李 敏 王建华.
_NAMES = ("签发人：", "签发人:")
#: The beginning of an address of the web or of a mailbox that goes on over the line end.
_ADDRESS = re.compile(r"[./@][!-~]*$")
_LONGEST_ADDRESS = 100


def stray_spaces(text: str, *, keep_words: bool = False, entry: bool = False) -> list[Span]:
    """White space that Chinese text does not have: between Han characters, beside Chinese marks, digits and units.

    Kept as one space: between Latin words, after 第一章 and the like, between words of a table or metadata row
    (``keep_words``), and before the page number of a contents table's ``entry``.
    """
    if not _SPACE.search(text):
        return []
    kept = _KEEP_SPACE.match(text)
    row = _is_row(text)
    foreign = 10 * len(_HAN.findall(text)) < len(text.strip())
    person = "\n" not in text.strip() and _is_entry(text)
    spans: list[Span] = []
    for match in _SPACE.finditer(text):
        start, end = match.span()
        if start == 0 or end == len(text):
            spans.append((start, end))
            continue
        before, after = text[start - 1], text[end]
        if "\n" in match.group() and before == "-" and start > 1 and text[start - 2].isalpha() and after.islower():
            address = _ADDRESS.search(text, max(0, start - _LONGEST_ADDRESS), start)  # its hyphen is its own
            spans.append((start if address else start - 1, end))
            continue
        broken = not foreign and _NUMERIC.match(before + after) or before in "([" or after in ")],.;:!?%"
        if "\n" in match.group() and broken:
            spans.append((start, end))
            continue
        words = foreign or (_is_latin(before) and _is_latin(after))
        wide = "\n" not in match.group() and (end - start > 1 or "\t" in match.group())
        entry_follows = ("：" in text[:start] and _NEXT_FIELD.match(text, end)) or _BOX.match(text, end)
        field = (end - start > 1 and _FIELD.match(text[end:]) is not None) or (wide and entry_follows is not None)
        number = entry and text[end:].strip().isdigit()
        label = kept is not None and kept.end() == start
        word = keep_words and before not in "：:" and start > text.find("：") and "\n" not in match.group()
        apart = person and start > text.find("：") and _sets_apart(text, start, end)
        if words or label or row or word or number or field or apart:
            start += 1
        if start < end:
            spans.append((start, end))
    return spans


def _sets_apart(text: str, start: int, end: int) -> bool:
    """Whether a gap stands between a person and what he is, and not within a name: 唐  志    区消防大队大队长."""
    before, after = re.split(r"\s|：", text[:start])[-1], re.split(r"\s", text[end:])[0]
    others = (len(gap) for gap in re.findall(r"\s+", text[text.find("：") + 1 : start]))
    return max(len(before), len(after)) > 2 or end - start > max(others, default=end)


def _is_row(text: str) -> bool:
    """Whether a line is a row of words set apart by spaces, as in a table: 产品 产量 增长."""
    words = text.split()
    plain = len(text) <= 80 and not re.search(r"[，。；：、！？,;\n]", text.strip())
    return plain and len(words) >= 3 and all(len(word) >= 2 or word.isdigit() for word in words)


def _is_latin(char: str) -> bool:
    return char < "\u2000" and not char.isspace() and (char.isalnum() or char in ".,;:!?'\"()[]%&@$*-+=/<>")


def _cut(draft: _Draft | Paragraph, spans: Iterable[Span]) -> Paragraph:
    """``draft`` without ``spans``, each kept character with its place."""
    kept: list[Span] = []
    at = 0
    for start, end in sorted(spans):
        if start > at:
            kept.append((at, start))
        at = max(at, end)
    kept.append((at, len(draft.text)))
    if len(kept) == 1 and at == 0:
        if isinstance(draft, Paragraph):
            return draft
        text, lines, pages, bold = draft.text, tuple(draft.lines), tuple(draft.pages), draft.bold
    else:
        text = "".join(draft.text[start:end] for start, end in kept)
        lines = tuple(chain.from_iterable(draft.lines[start:end] for start, end in kept))
        pages = tuple(chain.from_iterable(draft.pages[start:end] for start, end in kept))
        bold = sum(min(end, draft.bold) - start for start, end in kept if start < draft.bold)
    return Paragraph(text, lines, pages, draft.role, draft.level, bold, draft.kind)


_BREAK = re.compile(r"\s")


def _replace_breaks(paragraph: Paragraph) -> Paragraph:
    text = _BREAK.sub(" ", paragraph.text)
    if text == paragraph.text:
        return paragraph
    return Paragraph(
        text, paragraph.lines, paragraph.pages, paragraph.role, paragraph.level, paragraph.bold, paragraph.kind
    )


def _without(lines: list[RawLine], found: Mapping[int, str], left_out: list[LeftOut]) -> list[RawLine]:
    left_out.extend(LeftOut(lines[index].line, _shown(lines[index]).strip(), found[index]) for index in sorted(found))
    return [line for index, line in enumerate(lines) if index not in found]
