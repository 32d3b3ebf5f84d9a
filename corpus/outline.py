"""The outline of a document: which paragraphs are headings, and what stands under which.

Numbers decide. A label opens a section when it continues a list that is open (or begins one); Markdown levels and
the look of a line only help where there is no number.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.clean import CleanText, Paragraph, Span
from corpus.dates import EVENT, is_date
from corpus.document import SIGNATURE, Section, SectionKind
from corpus.glyphs import plain
from corpus.header import normal_number
from corpus.labels import DEPTH, REPLY, Label, label_of, number_of
from corpus.organs import is_organ
from corpus.signature import dates_unsigned, signed

_END = re.compile(r"[。！？!?]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_GENRE = re.compile(
    r"(?:通知|意见|决定|办法|规定|条例|方案|规划|纲要|批复|复函|通报|公报|公告|通告|决议|命令|令|请示|报告|细则|函|法|章程|守则|规则|要点|解读|讲话)$"
)
_ORGAN = re.compile(
    r"(?:国务院|政府|部|委|委员会|局|厅|院|办公厅|办公室|署|总局|人大|常委会|法院|检察院|银行|党委|中央|会|所|中心|公司)$"
)
#: What a title of a regulation or plan ends in; notes in brackets may follow.
_REGULATION = re.compile(
    r"(?:办法|规定|条例|细则|制度|规则|章程|方案|意见|规划|预案|标准|指南|准则|守则|规程|通知|决定|公约|要求)(?:[（(][^（()）]{1,12}[）)])?$"
)
_LISTED = re.compile(r"(?:[图表书册单]|目录|样式|模板|说明|须知|一览|要点|报告|总结)$")
_ATTACHMENT = re.compile(r"^附[件表]")
_NUMBER = re.compile(r"[〔\[【(（]\s*\d{4}\s*[〕\]】)）]\s*第?\s*\d{1,5}\s*号$|^(?:第\s*)?\d{1,5}\s*号$")


def outline(text: CleanText) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """The sections of ``text`` in document order, parents before children, and warnings about its numbering.

    Labels and titles are given with the usual codes of their characters, whatever the text has.
    """
    text = replace(text, paragraphs=tuple(map(_readable, text.paragraphs)))
    builder = _Builder(text)
    builder.run()
    return builder.sections(), tuple(builder.warnings)


def _readable(paragraph: Paragraph) -> Paragraph:
    text = plain(paragraph.text)
    return paragraph if text == paragraph.text else replace(paragraph, text=text)


@dataclass(slots=True, eq=False)
class _Node:
    parent: _Node | None
    style: str
    label: str
    number: int | None
    title: str
    heading: Span
    start: int
    end: int
    kind: SectionKind = "body"
    level: int = 0  #: of a Markdown heading; 7 for a heading known by its look only
    first: int = -1  #: index of its first paragraph
    last: int = -1
    paragraphs: list[int] = field(default_factory=list)  #: its own, not those of its children


# --- what is no running text ----------------------------------------------------------------------------------------

_OPENS_BODY = re.compile(r"^(?:目录|序|序言|前言|引言|导言|总论|绪论|摘要|总则|内容提要)$")
_PUBLISHED = re.compile(
    r"ISBN|ISSN|CIP|印张|字数[:：]|责任编辑|装帧|定价[:：]|版权所有|出版发行|第\d+版|印刷|经销|邮购|服务电话|图书在版编目"
)
_PAPER = re.compile(
    r"^(?:关键词|中图分类号|文献标[识志]码|文章编号|收稿日期|基金项目|作者简介|通[信讯]作者|DOI|Abstract|Key\s?words)\s*[：:]",
    re.IGNORECASE,
)
_CATALOGUE = re.compile(
    r"^(?:关键词|中图分类号|文献标[识志]码|文章编号|收稿日期|基金项目|作者简介|通[信讯]作者|DOI|主题词|来源|发布时间|发布日期|时间|日期|作者|文号"
    r"|发文字号|索引号|发文机关|成文日期|Abstract|Key\s?words)\s*[：:]",
    re.IGNORECASE,
)


def front_matter(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Paragraphs before the text proper: title, number, date, metadata rows, imprint, key words, foreign abstract."""
    front = {i for i, p in enumerate(paragraphs) if p.role == "meta" or p.kind == "front"}
    body = [i for i, p in enumerate(paragraphs) if p.kind == "body"]
    imprint = [i for i in body[:120] if _PUBLISHED.search(paragraphs[i].text) and len(paragraphs[i].text) <= 120]
    last_imprint = imprint[-1] if len(imprint) >= 3 else -1
    titled = False
    for place, i in enumerate(body):
        paragraph, text = paragraphs[i], paragraphs[i].text
        if i in front:
            continue
        row = "|" in text
        if _CATALOGUE.match(text) or not (row or _HAN.search(text)):
            front.add(i)
            continue
        if row:
            break
        if i <= last_imprint and not _is_prose(text, 60):
            front.add(i)
            continue
        if not _may_be_front(text, paragraph, titled, after_imprint=0 <= last_imprint < i):
            break
        following = paragraphs[body[place + 1]].text if place + 1 < len(body) else ""
        fits = _is_front_line(text) or _continues_title(front, paragraphs, text)
        if titled and not fits and (following == "" or _is_prose(following, 25) or label_of(following)):
            break
        front.add(i)
        titled = True
    for i in body[:40]:
        # Behind a Chinese abstract: key words, class numbers, an abstract in a foreign language.
        text = paragraphs[i].text
        label = label_of(text)
        if label is not None and label.style != "word" and i not in front:
            break
        if _PAPER.match(text) or (len(text) >= 40 and len(_HAN.findall(text)) < 0.05 * len(text) and "|" not in text):
            front.add(i)
    return front


def _may_be_front(text: str, paragraph: Paragraph, titled: bool, *, after_imprint: bool) -> bool:
    if _OPENS_BODY.match(text) or text.endswith(("：", ":")) or text.startswith("摘要"):
        return False
    if after_imprint and paragraph.role == "heading":
        return False
    if REPLY.match(text) or (titled and _QUESTIONS.fullmatch(text)):
        return False
    label = label_of(text)
    if label is not None and (paragraph.role == "heading" or label.number == 1 or label.style == "word"):
        return False
    sentence = _is_prose(text, 30) or (text[-1] in "。！？" and "，" in text)
    return not sentence and (not titled or paragraph.role != "heading" or bool(_GENRE.search(text)))


def _is_row(text: str) -> bool:
    """Whether a paragraph is a row of a table. What stands alone in its row (一、经济发展 |) is the heading of a group."""
    return "|" in text.rstrip("| ")


def _is_prose(text: str, length: int) -> bool:
    return len(text) >= length and (bool(_END.search(text)) or text.count("，") + text.count("；") >= 2)


def _is_front_line(text: str) -> bool:
    """Whether a line looks like a number, a date, an issuer, a title or a note under the title."""
    patterns = (_NUMBER, _GENRE, _ORGAN, _CATALOGUE, _PUBLISHED)
    dated = is_date(text) or EVENT.match(text) is not None or signed(text) is not None
    return (
        dated
        or any(p.search(text) for p in patterns)
        or text[:1] in "（("
        or text.endswith(("出版社", "日报", "网", "版"))
    )


def _continues_title(front: set[int], paragraphs: Sequence[Paragraph], text: str) -> bool:
    if len(front) > 100:  # far below any title
        return False
    before = [paragraphs[i].text for i in sorted(front) if paragraphs[i].role != "meta"]
    return bool(before) and len(before) <= 3 and "关于" in "".join(before) and not _GENRE.search(before[-1])


def parts(paragraphs: Sequence[Paragraph], labels: Sequence[Label | None]) -> list[int]:
    """The titles of regulations that one file holds one after the other, each numbered from one, or of the letters of a
    gazette, each with its number and whom it is sent to; none for a single."""
    body = [i for i, p in enumerate(paragraphs) if p.kind == "body"]
    letters = [
        i for place, i in enumerate(body) if _heads_letter([paragraphs[k].text for k in body[place : place + 4]])
    ]
    if len(letters) >= 2:
        return letters
    found: list[int] = []
    for place, i in enumerate(body):
        paragraph, text = paragraphs[i], paragraphs[i].text
        if labels[i] is not None or paragraph.role not in ("text", "heading") or not 5 <= len(text) <= 50:
            continue
        if not _REGULATION.search(text) or re.search(r"[，。！？；：,:;!?…|\t]", text):
            continue
        for j in body[place + 1 : place + 5]:
            label = labels[j]
            if label is not None:
                if label.number == 1 and label.style in ("编", "章", "条", "一、"):
                    found.append(i)
                break
            if j != body[place + 1] and _REGULATION.search(paragraphs[j].text) and len(paragraphs[j].text) <= 50:
                break  # the title is the nearer one
    return found if len(found) >= 2 else []


def _heads_letter(lines: Sequence[str]) -> bool:
    """Whether lines begin with a title, a document number and those whom the document is sent to."""
    title, number, *below = [*lines, "", ""]
    titled = 5 <= len(title) <= 60 and "关于" in title and bool(_GENRE.search(title))
    return titled and normal_number(number) is not None and any(line.endswith(("：", ":")) for line in below[:1])


def signatures(paragraphs: Sequence[Paragraph], front: set[int]) -> list[range]:
    """Issuer and date at the end of a document or of one of its parts, with the notes after them."""
    found: list[range] = []
    for i, paragraph in enumerate(paragraphs):
        alone = is_date(paragraph.text)
        if (
            not (alone or signed(paragraph.text))
            or i in front
            or paragraph.kind != "body"
            or paragraph.role == "heading"
        ):
            continue
        if found and i in found[-1]:
            continue
        begin = i
        while begin > 0 and begin > i - 8 and _is_signer(paragraphs[begin - 1]) and begin - 1 not in front:
            begin -= 1
        end = i + 1
        while end < len(paragraphs) and _is_tail(paragraphs[end]):
            end += 1
        at_end = all(_is_tail(p) for p in paragraphs[end:])
        above, below = (paragraphs[k].text if 0 <= k < len(paragraphs) else "" for k in (i - 1, i + 1))
        if begin < i or at_end or not alone or dates_unsigned(above, paragraph.text, below):
            found.append(range(begin, end))
    imprint = len(paragraphs)  # 抄送 and 印发 at the very end
    while imprint > 0 and _IMPRINT.match(paragraphs[imprint - 1].text) and imprint - 1 not in front:
        imprint -= 1
    if imprint < len(paragraphs) and not (found and imprint in found[-1]):
        found.append(range(imprint, len(paragraphs)))
    return found


def _is_signer(paragraph: Paragraph) -> bool:
    text = paragraph.text
    plain = paragraph.role == "text" and paragraph.kind == "body" and 2 <= len(text) <= 30
    plain = plain and (bool(_ORGAN.search(text)) or len(text) <= 10)
    return plain and not re.search(r"[。，；：！？]", text) and label_of(text) is None


def _is_tail(paragraph: Paragraph) -> bool:
    text = paragraph.text
    note = text[:1] in "（(" and text[-1:] in "）)" and len(text) <= 40
    return note or bool(_IMPRINT.match(text)) or bool(re.match(r"^[（(]?联系人", text))


_IMPRINT = re.compile(r"^(?:抄送|主题词|分送|印发|共印)|^.{0,40}\d日\s*印发$|^.{0,20}印发$")


_FAREWELL = re.compile(r"^(?:特此|专此|此复|此致|现将|以上|妥否|当否|请予|请审|附件[：:]|附[：:])")


# --- headings -------------------------------------------------------------------------------------------------------


#: A paragraph that asks and says nothing; of a page of questions and answers it heads the answer below it.
_QUESTIONS = re.compile(r"(?:[^。！？；?;|]{2,}[？?]\s*)+")
_LONGEST_QUESTION = 120
#: How such a paragraph begins where it has no number of the outline (问：, Q3：, 问题2、).
_ASKS = re.compile(
    r"(?:问题?\s*\d{0,3}|记者|[QＱ]\s*\d{0,3})\s*[：:]\s*(?=\S)|(?:问题?|[QＱ])\s*\d{1,3}\s*[.．、]\s*(?=\S)"
)


def heading_length(text: str, begin: int, style: str) -> int:
    """Where the heading of a labelled paragraph ends; ``begin`` when the label stands before running text."""
    rest = text[begin:]
    if not rest:
        return begin
    if style == "条":
        named = re.match(r"[（(【][^（()）】]{1,20}[）)】]", rest)
        return begin + named.end() if named else begin
    if len(rest) <= _LONGEST_QUESTION and _QUESTIONS.fullmatch(rest):
        return len(text)
    match = re.search(r"[。！？；;]|[：:](?=.)", rest)
    if match is None:
        ends_colon = rest.endswith(("：", ":"))
        limit = 60 if style in ("编", "分编", "部分", "章", "节", "word", "一、", "（一）") else 40
        return len(text) if len(rest) <= limit and not (ends_colon and len(rest) > 20) else begin
    first = rest[: match.start()]
    whole = match.end() == len(rest)
    if match.group() in "；;" or (whole and match.group() in "。" and (len(first) > 25 or "，" in first)):
        return begin
    if match.group() in "：:":
        return begin + match.end() if len(first) <= 15 and "，" not in first and first else begin
    if match.group() in "？！" and whole:
        return begin + match.end()
    clauses = first.count("，") + first.count(",")
    short = len(first) <= 25 or (len(first) <= 40 and clauses == 0)
    return begin + match.end() if short and clauses <= 2 else begin


def opening(text: str) -> int:
    """Where the short sentence ends that heads a paragraph as a heading would (坚持开放共享。…); 0 if none does."""
    match = re.match(r"^(?:[—―–-]{2}\s*)?([^。，；：！？,;]{2,25})([。：])(?=.)", text)
    if match is None or (match.group(2) == "：" and not text.startswith(("—", "―", "–", "-"))):
        return 0
    return match.end() if len(match.group(1)) <= 20 else 0


_DASH = re.compile(r"^[—―–-]{2}\s*")


def parallel_openings(texts: Sequence[str], bold: Sequence[int]) -> list[int]:
    """Which of the neighbouring paragraphs ``texts`` are small sections with a run-in heading.

    They are when such openings stand side by side and are dashed, in bold, or alike in their first or last words.
    """
    ends = [opening(text) for text in texts]
    marked: set[int] = set()
    by_bold = [i for i, end in enumerate(ends) if end and bold[i] >= end - 1]
    if by_bold and sum(map(bool, ends)) >= 2:
        marked.update(i for i, end in enumerate(ends) if end and not _DASH.match(texts[i]))
    dashed = [i for i, end in enumerate(ends) if end and _DASH.match(texts[i])]
    if len(dashed) >= 2:
        marked.update(dashed)
    for i in range(len(texts) - 1):
        a, b = texts[i][: max(0, ends[i] - 1)], texts[i + 1][: max(0, ends[i + 1] - 1)]
        if ends[i] and ends[i + 1] and (_alike(a, b) or _alike(a[::-1], b[::-1])):
            marked.update((i, i + 1))
    return sorted(marked)


def _alike(a: str, b: str) -> bool:
    return len(a) > 2 and len(b) > 2 and a[:2] == b[:2] and bool(_HAN.search(a[:2]))


_INLINE = ("一是", "①", "首先")
_MARKER = {
    "一是": re.compile(r"(?:^|(?<=[。；：，、！？;:,]))([一二三四五六七八九十]{1,2})是(?![否非])"),
    "一要": re.compile(r"(?:^|(?<=[。；：，！？;:,]))([一二三四五六七八九十]{1,2})要(?![素求点])"),
    "①": re.compile(r"([①-⑳])"),
    "首先": re.compile(r"(?:^|(?<=[。；：！？;:]))(首先|其次|再次|最后)(?=[，,])"),
    "第一": re.compile(r"(?:^|(?<=[。；：！？;:]))第([一二三四五六七八九十]{1,2})(?=[，,])"),
}


_ANY_MARKER = re.compile("二[是要]|②|其次|第二[，,]|最后[，,]")  #: one item alone is no list


def enumerations(text: str) -> list[list[tuple[int, int, str, int]]]:
    """Lists inside a paragraph (一是…；二是…  ①…②…): for each its items as (start, end, label, number)."""
    if not _ANY_MARKER.search(text):
        return []
    lists: list[list[tuple[int, int, str, int]]] = []
    for pattern in _MARKER.values():
        current: list[tuple[int, int, str, int]] = []
        groups = [current]
        for match in pattern.finditer(text):
            number = number_of(match.group(1))
            if number == 0 and current:
                number = current[-1][3] + 1
            if number == 1:
                current = [(match.start(), len(text), match.group(), 1)]
                groups.append(current)
            elif current and number == current[-1][3] + 1:
                before = current[-1]
                current[-1] = (before[0], match.start(), before[2], before[3])
                current.append((match.start(), len(text), match.group(), number))
        lists.extend(_last_item_cut(text, group) for group in groups if len(group) >= 2)
    return sorted(lists)


def _last_item_cut(text: str, items: list[tuple[int, int, str, int]]) -> list[tuple[int, int, str, int]]:
    """The last item ends with its sentence when each of the others is (a part of) one sentence."""
    single = all(not _END.search(text[start : end - 1]) for start, end, _, _ in items[:-1])
    start, end, label, number = items[-1]
    stop = _END.search(text, start)
    if single and stop:
        end = min(end, stop.end())
    return [*items[:-1], (start, end, label, number)]


# --- the tree -------------------------------------------------------------------------------------------------------


class _Builder:
    def __init__(self, text: CleanText) -> None:
        self.paragraphs = text.paragraphs
        self.spans = text.spans
        self.text = text.text
        self.nodes: list[_Node] = []
        self.stack: list[_Node] = []
        self.warnings: list[str] = []
        self.labels: list[Label | None] = []
        self.by_style: dict[str, list[tuple[int, int]]] = defaultdict(list)  # style -> [(paragraph, number)]
        self.last_number: dict[str, int] = {}
        self.owner: dict[int, _Node | None] = {}
        self.plain_parent: str | None = None
        self.figure: _Node | None = None
        self.body: list[int] = []
        self.closing: set[int] = set()  # paragraphs of signatures
        self.parts: list[int] = []  # titles of regulations in a collection
        self.titles: set[int] = set()  # lines of titles that stand below 附件1

    def run(self) -> None:
        self.labels = [label_of(p.text) if p.kind == "body" and not _is_row(p.text) else None for p in self.paragraphs]
        self.parts = parts(self.paragraphs, self.labels)
        front = front_matter(self.paragraphs)
        if self.parts:
            front = {i for i in front if i < self.parts[0] or self.paragraphs[i].kind == "front"}
        signed = signatures(self.paragraphs, front)
        closing = self.closing = {i for block in signed for i in block}
        farewell = self._farewells(signed)
        self.body = [
            i for i, p in enumerate(self.paragraphs) if p.kind == "body" and i not in front and i not in closing
        ]
        following = dict(zip(self.body, self.body[1:], strict=False))
        for i in self.body:
            label = self.labels[i]
            if label is not None and label.number is not None and label.style != "word":
                self.by_style[label.style].append((i, label.number))
        plain = self._plain_headings(following, closing)
        block: _Node | None = None  # the front, toc or closing section that is being filled
        for i, paragraph in enumerate(self.paragraphs):
            if paragraph.kind == "figure":
                self._figure(i)
                continue
            self.figure = None
            kind, title = self._special(i, front, closing)
            if kind is not None:
                fresh = block is None or block.kind != kind or block.title != title or block.last != i - 1
                interrupts = kind == "front" and paragraph.kind == "front" and bool(self.stack)
                if fresh:
                    if not interrupts:
                        self._close(0, i)
                    block = self._add(i, "special", "", None, title, self._heading_span(i, 0, 0), kind)
                    if title == "目录":
                        block.heading = self.spans[i]
                assert block is not None
                block.last, block.end = i, self.spans[i][1]
                self.owner[i] = block
                continue
            block = None
            if i in self.titles:
                self.owner[i] = self.stack[-1]
                continue
            if i in farewell:
                self._close(0, i)
                self.owner[i] = None
                continue
            row = _is_row(paragraph.text)
            if row or not (self._open_labelled(i) or self._open_plain(i, plain, following)):
                self.owner[i] = self.stack[-1] if self.stack else None
            if self.owner.get(i) is not None:
                self.owner[i].paragraphs.append(i)  # type: ignore[union-attr]
        self._close(0, len(self.paragraphs))
        self._end_lists()
        self._preambles()
        self._run_ins()
        self._items()

    def _farewells(self, signed: Sequence[range]) -> set[int]:
        """特此通知。 and the like before a signature: they belong to no numbered section."""
        found: set[int] = set()
        for block in signed:
            i = block.start - 1
            while i > 0 and _FAREWELL.match(self.paragraphs[i].text) and self.paragraphs[i].kind == "body":
                found.add(i)
                i -= 1
        return found

    # what is not body

    def _special(self, i: int, front: set[int], closing: set[int]) -> tuple[SectionKind | None, str]:
        if self.paragraphs[i].kind == "toc":
            return "toc", "目录"
        if i in closing:
            return "front", SIGNATURE
        if i in front:
            return "front", ""
        return None, ""

    def _figure(self, i: int) -> None:
        text, (start, end) = self.paragraphs[i].text, self.spans[i]
        caption = re.match(r"^(图\s*\d{1,3}(?:[-－.]\d{1,3})?)\s*[：:]?\s*(\S.*)$", text)
        if self.figure is None or (caption and self.figure.label):
            parent = next((node for node in reversed(self.stack) if not _is_list(node)), None)
            self.figure = _Node(parent, "special", "", None, "", (start, start), start, end, "figure", first=i)
            self.nodes.append(self.figure)
        node = self.figure
        if caption:
            node.label, node.title, node.heading = caption.group(1), caption.group(2), (start, end)
            node.number = number_of(re.sub(r"\D.*$", "", caption.group(1).lstrip("图 ")))
        node.end, node.last = end, i
        self.owner[i] = node

    # headings with a number

    def _open_labelled(self, i: int) -> bool:
        label, paragraph = self.labels[i], self.paragraphs[i]
        if label is None:
            return False
        text = paragraph.text
        if label.style == "word":
            return self._open_word(i, label)
        number = label.number
        if number is None and label.style == "首先":  # 最后
            number = next((n.number + 1 for n in self.stack if n.style == "首先" and n.number is not None), None)
        if number is None or (label.style in _INLINE and not self._begins_item(i, label.style, number)):
            return False
        depth = self._place(i, label.style, number) if self._of_section(label) else None
        if depth is None:
            if paragraph.role != "heading" or label.listing:
                return False
            depth = self._depth_for(label.style)
            self._warn(i, label, "编号不连续")
        length = heading_length(text, label.end, label.style)
        before = self._before(depth, label.style)
        if length == len(text) and text[-1] in "。；" and before is not None and not before.title:
            length = label.end  # the last item of a list whose other items are sentences too
        self._close(depth, i)
        self._push(i, label.style, label.text, number, text[label.end : length], self._heading_span(i, 0, length))
        self.last_number[label.style] = number
        return True

    def _of_section(self, label: Label) -> bool:
        """Whether 3.2 stands in a section 3, where only its number tells it from a decimal (no space follows)."""
        if label.style != "1.1" or label.spaced:
            return True
        above = number_of(re.split("[.．]", label.text)[0])
        return any(n.number == above for n in self.stack if DEPTH.get(n.style, 99) < DEPTH["1.1"])

    def _before(self, depth: int, style: str) -> _Node | None:
        """The item before a label of ``style`` that leaves ``depth`` sections open."""
        node = self.stack[depth] if depth < len(self.stack) else None
        if node is None:  # closed already: the last of its parent
            parent = self.stack[depth - 1] if depth else None
            node = next((n for n in reversed(self.nodes) if n.parent is parent), None)
        return node if node is not None and node.style == style else None

    def _begins_item(self, i: int, style: str, number: int) -> bool:
        """Whether 一是 or ① at the head of a paragraph numbers paragraphs, not the clauses of this one."""
        inside = any(items[0][0] == 0 for items in enumerations(self.paragraphs[i].text))
        return not inside and (number > 1 or self._goes_on(style, number, i))

    def _open_word(self, i: int, label: Label) -> bool:
        """总论, 后记, 附件1: of the rank of a chapter, where they stand as a line of their own or before a title."""
        paragraph, text = self.paragraphs[i], self.paragraphs[i].text
        rest = text[label.end :].strip("：: 　")
        alone = not rest
        titled = paragraph.role == "heading" or (
            len(rest) <= 40 and not _END.search(rest) and text[label.end : label.end + 1] == " "
        )
        run_in = label.text in ("摘要", "内容摘要") and text[label.end :][:1] in "：:"
        attached = bool(_ATTACHMENT.match(label.text))
        named = label.text.startswith("附件") and text[label.end :][:1] in "：:" and not alone
        if not (alone or titled or run_in or named):
            return False
        if attached and not (named and self._only_listed(i, rest)):
            return self._open_attachment(i, label, rest)
        self._close(1 if self.stack and self.stack[0].style == "title" and not attached else 0, i)
        begins_list = label_of(rest) if named else None
        length = label.end + 1 if run_in or begins_list else len(text)
        title = "" if run_in or begins_list else rest
        self._push(i, "word", label.text, label.number, title, self._heading_span(i, 0, length))
        if begins_list is not None and begins_list.number == 1:  # 附件：1.甲方案, then 2.乙方案 in a line of its own
            begin = text.index(rest, label.end)
            words = rest[begins_list.end :]
            self._push(i, begins_list.style, begins_list.text, 1, words, self._heading_span(i, begin, len(text)))
            self.stack[-1].start = self.spans[i][0] + begin
            self.last_number[begins_list.style] = 1
        return True

    def _only_listed(self, i: int, rest: str) -> bool:
        """Whether 附件1：… names an attachment before the signature, and is not its heading."""
        after = next((j for j in range(i + 1, len(self.paragraphs)) if self.paragraphs[j].kind == "body"), None)
        if label_of(rest) is not None or after is None or after in self.closing:
            return True
        label = self.labels[after]
        return label is not None and (bool(_ATTACHMENT.match(label.text)) or label.number == 2)

    def _open_attachment(self, i: int, label: Label, rest: str) -> bool:
        """附件1 with its title, in the same line or below it: a document of its own, numbered anew."""
        self._close(0, i)
        end, title = i, rest
        for j in range(i + 1, min(i + 5, len(self.paragraphs))):
            text = self.paragraphs[j].text
            note = text[:1] in "（(" and text[-1:] in "）)" and len(text) <= 30 and bool(title)
            if not note and not self._goes_into_title(j, title):
                break
            title += text
            end = j
            self.titles.add(j)
        self._push(i, "title", label.text, label.number, title, (self.spans[i][0], self.spans[end][1]))
        self.last_number = {}
        return True

    def _goes_into_title(self, j: int, title: str) -> bool:
        """Whether the line below 附件1, or below the beginning of its title, belongs to the title."""
        paragraph, text = self.paragraphs[j], self.paragraphs[j].text
        fits = paragraph.kind == "body" and paragraph.role in ("text", "heading") and j not in self.closing
        fits = fits and self.labels[j] is None and 2 <= len(text) <= 60 and not is_date(text)
        if not fits or re.search(r"[。！？；：:;!?…|\t]", text) or not _HAN.search(text):
            return False
        return not title or (_ends_title(text) and not _ends_title(title))

    def _place(self, i: int, style: str, number: int) -> int | None:
        """How many of the open sections stay open above a label, or None if it continues nothing."""
        for depth in range(len(self.stack) - 1, -1, -1):
            node = self.stack[depth]
            if node.style == style and node.number is not None and node.number + 1 == number:
                return depth
        if number == 1:
            return self._depth_for(style, i)
        same = [depth for depth, node in enumerate(self.stack) if node.style == style and node.number is not None]
        if same:
            open_number = self.stack[same[-1]].number or 0
            label = self.labels[i]
            if label is not None and number == open_number and self._looks_like_heading(i):
                if not label.inserted:
                    self._warn(i, label, "编号重复")
                return same[-1]
            near = number <= open_number + 3 or self._is_excerpted(style, number, i)
            if open_number < number and near and (self._looks_like_heading(i) or self._goes_on(style, number, i)):
                self._warn(i, self.labels[i], "编号不连续", open_number)
                return same[-1]
            return None
        if self.last_number.get(style) == number - 1:  # 第六条 in a new chapter: the count goes on
            return self._depth_for(style)
        if style not in self.last_number and self._looks_like_heading(i) and self._goes_on(style, number, i):
            self._warn(i, self.labels[i], "编号不是从一开始")
            return self._depth_for(style)
        skipped = number - self.last_number.get(style, number)
        near = style == "条" and (skipped <= 3 or self._is_excerpted(style, number, i))
        counts_on = near or (self._looks_like_heading(i) and self._goes_on(style, number, i))
        if skipped > 0 and counts_on:
            self._warn(i, self.labels[i], "编号不连续", self.last_number[style])
            return self._depth_for(style)
        if style not in self.last_number and style in ("章", "节", "条", "一、") and self._looks_like_heading(i):
            self._warn(i, self.labels[i], "编号不是从一开始")
            return self._depth_for(style)
        return None

    def _depth_for(self, style: str, i: int | None = None) -> int:
        """Under how many open sections a list of ``style`` begins (``i``: at this paragraph, with its number 1)."""
        depth = len(self.stack)
        while depth and not self._stays_above(depth, style, i):
            depth -= 1
        return depth

    def _stays_above(self, depth: int, style: str, i: int | None) -> bool:
        """Whether the innermost of ``depth`` open sections stays open above a list of ``style``."""
        node = self.stack[depth - 1]
        if node.style == "title":
            return True
        if node.style == "plain":
            # What is numbered stands under a heading known by its look or Markdown level, unless the heading itself
            # stands inside a list of the same or a lower rank that ends here.
            around = (n for n in self.stack[: depth - 1] if DEPTH.get(n.style, -1) >= DEPTH[style])
            return all(i is not None and self._goes_on(n.style, n.number, i) for n in around)
        if DEPTH.get(node.style, 99) < DEPTH[style]:
            return True
        return i is not None and node.style != style and self._goes_on(node.style, node.number, i)

    def _goes_on(self, style: str, number: int | None, i: int) -> bool:
        """Whether the list that stands at ``number`` is continued after paragraph ``i`` before it begins anew."""
        if number is None:
            return False
        entries = self.by_style.get(style, [])
        for place in range(bisect.bisect_right(entries, i, key=lambda entry: entry[0]), len(entries)):
            other = entries[place][1]
            if other == number + 1:
                return True
            if other == 1:
                return False
        return False

    def _is_excerpted(self, style: str, number: int, i: int) -> bool:
        """Whether an article after many that are left out is one, and no reference that a line happens to begin with:
        a space parts its number from its words, and the articles count on from it, begin anew or end there."""
        label = self.labels[i]
        if style != "条" or label is None or not label.spaced:
            return False
        entries = self.by_style.get(style, [])
        after = bisect.bisect_right(entries, i, key=lambda entry: entry[0])
        return after == len(entries) or entries[after][1] == 1 or entries[after][1] > number

    def _looks_like_heading(self, i: int) -> bool:
        label, text = self.labels[i], self.paragraphs[i].text
        if label is None:
            return False
        return label.style in ("章", "节", "条") or heading_length(text, label.end, label.style) > label.end

    # headings without a number

    def _plain_headings(self, following: dict[int, int], closing: set[int]) -> set[int]:
        """Short lines without end mark before longer text: headings known by their look."""
        found: set[int] = set()
        for i in reversed(self.body):
            paragraph, text = self.paragraphs[i], self.paragraphs[i].text
            if self.labels[i] is not None or paragraph.role != "text" or i not in following:
                continue
            if (
                not 2 <= len(text) <= 25
                or text[0] in "（([【《"
                or re.search(r"[，。！？；：,:;!?…|\t□☐☑☒]", text)
                or not _HAN.search(text)
            ):
                continue
            if (
                is_date(text)
                or EVENT.match(text)
                or _NUMBER.search(text)
                or re.fullmatch(r"[\d\s.%％年月日至—-]+", text)
            ):
                continue
            after = following[i]
            label = self.labels[after]
            begins = label is not None and label.number == 1 and label.style in ("章", "条", "一、", "（一）", "1.")
            leads_in = self.paragraphs[after].text.endswith("：") and after in following
            if _is_prose(self.paragraphs[after].text, 26) or after in found or begins or leads_in:
                found.add(i)
        # Three short lines in a row are a list of names, not headings over headings.
        for i in sorted(found):
            second = following.get(i)
            third = following.get(second) if second is not None else None
            if second in found and third in found:
                found.discard(i)
        return found

    def _open_plain(self, i: int, plain: set[int], following: Mapping[int, int]) -> bool:
        paragraph, text = self.paragraphs[i], self.paragraphs[i].text
        asked = _ASKS.match(text)
        if asked and re.search(r"\d", asked.group()) and not re.search("[？?]", text):
            asked = None  # Q3：… of a quarter
        begin = asked.end() if asked else 0
        answer = next((m for m in re.finditer(r"[？?]\s*", text) if REPLY.match(text, m.end())), None)
        end = answer.end() if asked and answer else len(text)  # 问：…？答：…。 in one paragraph
        if (asked and end <= 200) or self._asks_plainly(i, following):
            self._close(self._plain_depth(i, 7), i)
            label = asked.group().strip() if asked else ""
            self._push(i, "plain", label, None, text[begin:end], self._heading_span(i, 0, end), level=7)
            return True
        lines = self._attached_title(i, following)
        if lines or i in self.parts:  # the text that a covering letter sends out, the next regulation of a file
            last = lines[-1] if lines else i
            self._close(0, i)
            self.last_number = {}
            self.titles.update(lines[1:])
            title = "".join(self.paragraphs[k].text for k in range(i, last + 1))
            self._push(i, "title", "", None, title, (self.spans[i][0], self.spans[last][1]))
            return True
        if self._issues_part(i):
            return False
        marked = paragraph.role == "heading" and not _is_prose(text, 60)
        bold = paragraph.bold >= len(text) >= 2 and len(text) <= 30 and not _END.search(text)
        if not (marked or bold or i in plain):
            return False
        level = paragraph.level if marked else 7
        self._close(self._plain_depth(i, level), i)
        if self.plain_parent is None and level == 7:
            self.plain_parent = self.stack[-1].style if self.stack else ""
        title = text.rstrip("。：: ")
        self._push(i, "plain", "", None, title, self.spans[i], level=level)
        return True

    def _attached_title(self, i: int, following: Mapping[int, int]) -> list[int]:
        """The one or two lines of the title with which a text begins behind the letter that sends it out."""
        if i - 1 not in self.closing or i not in following:
            return []
        text = self.paragraphs[i].text
        if len(text) <= 40 and _ends_title(text):
            return [i]
        below = following[i]
        begins = 4 <= len(text) <= 40 and self._goes_into_title(i, "") and not is_organ(text)
        goes_on = below == i + 1 and below in following and self._goes_into_title(below, text)
        return [i, below] if begins and goes_on else []

    def _issues_part(self, i: int) -> bool:
        """Whether a line names who issued the text whose title stands above it."""
        node = self.stack[-1] if self.stack else None
        titled = node is not None and node.style == "title" and node.heading[1] == self.spans[i - 1][1]
        return titled and is_organ(self.paragraphs[i].text)

    def _asks_plainly(self, i: int, following: Mapping[int, int]) -> bool:
        """Whether a paragraph without a mark of its own is a question, by its look or by the answer below it."""
        paragraph, text = self.paragraphs[i], self.paragraphs[i].text
        if paragraph.role == "heading" or len(text) > _LONGEST_QUESTION or not _QUESTIONS.fullmatch(text):
            return False
        answered = i in following and REPLY.match(self.paragraphs[following[i]].text)
        return bool(answered) or (i in following and paragraph.bold >= len(text))

    def _plain_depth(self, i: int, level: int) -> int:
        """Under how many open sections a heading without a number stands; level 7: known by its look only."""
        depth = len(self.stack)
        while depth and not self._holds_plain(self.stack[depth - 1], i, level):
            depth -= 1
        return depth

    def _holds_plain(self, node: _Node, i: int, level: int) -> bool:
        if node.style == "title":
            return True
        if node.style == "plain":
            return node.level < level
        if node.style == "条" and not node.level and level < 7:
            return False  # an article holds no heading of the format that it is none of
        if self._goes_on(node.style, node.number, i):
            return True  # what stands between items n and n + 1 of a list belongs to item n
        if level < 7:
            return 0 < node.level < level
        learned = self.plain_parent is not None and node.style == self.plain_parent
        return learned or node.style in ("word", "章", "分编", "编", "部分")

    # the stack

    def _heading_span(self, i: int, begin: int, end: int) -> Span:
        start = self.spans[i][0]
        while end > begin and self.paragraphs[i].text[end - 1 : end].isspace():
            end -= 1
        return start + begin, start + end

    def _push(
        self, i: int, style: str, label: str, number: int | None, title: str, heading: Span, level: int | None = None
    ) -> None:
        node = self._add(i, style, label, number, title.strip().rstrip("。：:；;| "), heading)
        node.level = self.paragraphs[i].level if level is None else level
        self.stack.append(node)

    def _add(
        self, i: int, style: str, label: str, number: int | None, title: str, heading: Span, kind: SectionKind = "body"
    ) -> _Node:
        start, end = self.spans[i]
        parent = self.stack[-1] if self.stack else None
        node = _Node(parent, style, label, number, title, heading, start, end, kind, first=i, last=i)
        self.nodes.append(node)
        self.owner[i] = node
        return node

    def _close(self, depth: int, i: int) -> None:
        """Close open sections until ``depth`` are left; they end before paragraph ``i``."""
        while len(self.stack) > depth:
            node = self.stack.pop()
            node.last = i - 1
            node.end = self.spans[i - 1][1]

    def _warn(self, i: int, label: Label | None, what: str, before: int | None = None) -> None:
        if label is None:
            return
        line = self.paragraphs[i].lines[0]
        after = f"（前一个编号是 {before}）" if before is not None else ""
        self.warnings.append(f"{what}：第 {line} 行“{self.paragraphs[i].text[:16]}”{after}")

    # after the headings are known

    def _children(self) -> dict[int, list[_Node]]:
        children: dict[int, list[_Node]] = defaultdict(list)
        for node in self.nodes:
            children[id(node.parent) if node.parent else 0].append(node)
        return children

    def _end_lists(self) -> None:
        """A list of one-paragraph items ends with its last item's paragraph; what follows belongs to the parent."""
        children = self._children()
        for siblings in list(children.values()):
            run: list[_Node] = []
            for node in [*siblings, None]:
                if node is not None and run and node.style == run[-1].style and node.style != "special":
                    run.append(node)
                    continue
                if len(run) >= 2:
                    self._end_list(run, children)
                run = [] if node is None or node.style in ("special", "plain") else [node]

    def _end_list(self, run: list[_Node], children: dict[int, list[_Node]]) -> None:
        semicolons = all(self.paragraphs[node.first].text.endswith(("；", ";")) for node in run[:-1])
        if not (_is_list(run[0]) or semicolons):
            return
        last = run[-1]
        single = all(node.paragraphs == [node.first] and not children[id(node)] for node in run[:-1])
        if not single or last.last == last.first:
            return
        keep = last.first
        if keep + 1 <= last.last and re.match(
            r"^[（(][^（()）]*(?:负责|牵头)[^（()）]*[）)]$", self.paragraphs[keep + 1].text
        ):
            keep += 1
        moved = [i for i in last.paragraphs if i > keep]
        last.paragraphs = [i for i in last.paragraphs if i <= keep]
        last.last, last.end = keep, self.spans[keep][1]
        for i in moved:
            self.owner[i] = last.parent
            if last.parent is not None:
                last.parent.paragraphs.append(i)
        for child in children[id(last)]:
            if child.start >= last.end:
                child.parent = last.parent

    def _preambles(self) -> None:
        """Body paragraphs outside any section make sections without a title: text before the first heading."""
        current: _Node | None = None
        for i in range(len(self.paragraphs)):
            if self.owner.get(i) is not None or self.paragraphs[i].kind != "body":
                if self.paragraphs[i].kind != "figure":
                    current = None
                continue
            if current is None:
                start = self.spans[i][0]
                current = _Node(None, "special", "", None, "", (start, start), start, start, first=i)
                self.nodes.append(current)
            current.end, current.last = self.spans[i][1], i
            current.paragraphs.append(i)
            self.owner[i] = current
        for node in self.nodes:
            if node.kind == "figure" and node.parent is None:
                node.parent = next(
                    (n for n in self.nodes if n.kind == "body" and n.start <= node.start and node.end <= n.end), None
                )

    def _groups(self) -> Iterable[tuple[_Node, list[int]]]:
        """Runs of neighbouring paragraphs of one section that are not its heading."""
        for node in list(self.nodes):
            if node.kind != "body":
                continue
            run: list[int] = []
            for i in [*sorted(set(node.paragraphs)), -1]:
                own_heading = i >= 0 and node.heading[0] <= self.spans[i][0] < node.heading[1]
                if run and (i != run[-1] + 1 or own_heading):
                    yield node, run
                    run = []
                if i >= 0 and not own_heading:
                    run.append(i)

    def _run_ins(self) -> None:
        """Paragraphs with a short first sentence beside others of the kind: small sections."""
        for node, run in list(self._groups()):
            texts = [self.paragraphs[i].text for i in run]
            found = parallel_openings(texts, [self.paragraphs[i].bold for i in run])
            gaps = {b - a for a, b in zip(found, found[1:], strict=False)}
            for place, index in enumerate(found):
                i, text = run[index], texts[index]
                dash = _DASH.match(text)
                begin = dash.end() if dash else 0
                length = opening(text)
                last = index
                if gaps - {1}:  # some of the small sections have several paragraphs
                    last = found[place + 1] - 1 if place + 1 < len(found) else len(run) - 1
                child = _Node(
                    node,
                    "run-in",
                    text[:begin].strip(),
                    None,
                    text[begin : length - 1],
                    self._heading_span(i, 0, length),
                    self.spans[i][0],
                    self.spans[run[last]][1],
                    first=i,
                    last=run[last],
                )
                self.nodes.append(child)
                for other in run[index : last + 1]:
                    node.paragraphs.remove(other)
                    child.paragraphs.append(other)
                    self.owner[other] = child

    def _items(self) -> None:
        """一是…；二是… and ①…②… inside paragraphs."""
        for i in sorted(self.owner):
            owner = self.owner[i]
            if owner is None or owner.kind != "body":
                continue
            base = self.spans[i][0]
            taken: list[tuple[_Node, int, int]] = []
            for items in enumerations(self.paragraphs[i].text):
                start, stop = base + items[0][0], base + items[-1][1]
                if start < owner.heading[1]:
                    continue
                parent = owner
                for node, begin, end in taken:
                    if begin <= start and stop <= end:
                        parent = node
                    elif begin < stop and start < end:
                        break
                else:
                    for begin, end, label, number in items:
                        span = (base + begin, base + begin)
                        node = _Node(parent, "item", label, number, "", span, base + begin, base + end, first=i, last=i)
                        self.nodes.append(node)
                        taken.append((node, base + begin, base + end))

    def sections(self) -> tuple[Section, ...]:
        rank: dict[int, int] = {}
        for node in self.nodes:
            up, depth = node.parent, 0
            while up is not None:
                up, depth = up.parent, depth + 1
            rank[id(node)] = depth
        ordered = sorted(self.nodes, key=lambda node: (node.start, rank[id(node)], node.heading[0]))
        index = {id(node): place for place, node in enumerate(ordered)}
        return tuple(
            Section(
                index=place,
                parent=None if node.parent is None else index[id(node.parent)],
                level=rank[id(node)],
                kind=node.kind,
                label=node.label,
                number=node.number,
                title=node.title,
                heading=node.heading,
                start=node.start,
                end=node.end,
                is_part=node.style == "title",
            )
            for place, node in enumerate(ordered)
        )


def _ends_title(text: str) -> bool:
    """Whether a title can end as ``text`` does."""
    return any(pattern.search(text) for pattern in (_REGULATION, _GENRE, _LISTED))


def _is_list(node: _Node) -> bool:
    return node.style in ("（1）", "1)", "①", "一是", "首先")
