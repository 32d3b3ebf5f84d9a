"""The outline of a document: which paragraphs are headings, and what stands under which.

Numbers decide. A label opens a section when it continues a list that is open (or begins one); Markdown levels and
the look of a line only help where there is no number.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.clean import CleanText, Paragraph, Span
from corpus.dates import EVENT, is_date
from corpus.document import SIGNATURE, Section, SectionKind
from corpus.front_matter import FAREWELL, front_matter, parts, signatures
from corpus.glyphs import plain
from corpus.headings import (
    DOCUMENT_NUMBER,
    HAN,
    LONGEST_QUESTION,
    QUESTIONS,
    SENTENCE_END,
    ends_title,
    enumerations,
    heading_length,
    is_prose,
)
from corpus.labels import DEPTH, REPLY, Label, label_of, number_of
from corpus.organs import is_organ
from corpus.outline_tree import Node, Tree, end_lists, is_list, items, preambles, run_ins, sections

_ATTACHMENT = re.compile(r"^附[件表]")


def outline(text: CleanText) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """The sections of ``text`` in document order, parents before children, and warnings about its numbering.

    Labels and titles are given with the usual codes of their characters, whatever the text has.
    """
    text = replace(text, paragraphs=tuple(map(_readable, text.paragraphs)))
    builder = _Builder(text)
    builder.run()
    return sections(builder.tree), tuple(builder.warnings)


def _readable(paragraph: Paragraph) -> Paragraph:
    text = plain(paragraph.text)
    return paragraph if text == paragraph.text else replace(paragraph, text=text)


def _is_row(text: str) -> bool:
    """Whether a paragraph is a row of a table. What stands alone in its row (一、经济发展 |) is the heading of a group."""
    return "|" in text.rstrip("| ")


#: How a paragraph that asks begins where it has no number of the outline (问：, Q3：, 问题2、).
_ASKS = re.compile(
    r"(?:问题?\s*\d{0,3}|记者|[QＱ]\s*\d{0,3})\s*[：:]\s*(?=\S)|(?:问题?|[QＱ])\s*\d{1,3}\s*[.．、]\s*(?=\S)"
)


_INLINE = ("一是", "①", "首先")


#: A post and who holds it, and what a line of a list of such begins or ends with: 副组长：…, 副区长祁春燕.
_HOLDER = re.compile(
    r"(?:[长记任员]|负责人)[ \u3000]*[\u4e00-\u9fff][ \u3000]*[\u4e00-\u9fff]{1,3}$|^[\u4e00-\u9fff][\u4e00-\u9fff \u3000]{4,}(?:[长记任]|负责人|委员)$"
)
_ROSTER = re.compile(
    r"^[^：:。]{0,6}(?:[组指挥部]\s*长|指\s*挥|主\s*任|成\s*员|召集人)\s*[：:]"
    rf"|^(?=[^。：:]{{2,40}}$).*(?:{_HOLDER.pattern})"
)


class _Builder:
    def __init__(self, text: CleanText) -> None:
        self.paragraphs = text.paragraphs
        self.spans = text.spans
        self.tree = Tree(text.paragraphs, text.spans)
        self.nodes, self.owner = self.tree.nodes, self.tree.owner
        self.stack: list[Node] = []
        self.warnings: list[str] = []
        self.labels: list[Label | None] = []
        self.by_style: dict[str, list[tuple[int, int]]] = defaultdict(list)  # style -> [(paragraph, number)]
        self.last_number: dict[str, int] = {}
        self.plain_parent: str | None = None
        self.figure: Node | None = None
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
        plain = self._plain_headings(following)
        block: Node | None = None  # the front, toc or closing section that is being filled
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
                    block = self._add(i, "special", "", None, title, self.tree.heading_span(i, 0, 0), kind)
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
        for finish in (end_lists, preambles, run_ins, items):
            finish(self.tree)

    def _farewells(self, signed: Sequence[range]) -> set[int]:
        """特此通知。 and the like before a signature: they belong to no numbered section."""
        found: set[int] = set()
        for block in signed:
            i = block.start - 1
            while i > 0 and FAREWELL.match(self.paragraphs[i].text) and self.paragraphs[i].kind == "body":
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
            parent = next((node for node in reversed(self.stack) if not is_list(node)), None)
            self.figure = Node(parent, "special", "", None, "", (start, start), start, end, "figure", first=i)
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
        self._push(i, label.style, label.text, number, text[label.end : length], self.tree.heading_span(i, 0, length))
        self.last_number[label.style] = number
        return True

    def _of_section(self, label: Label) -> bool:
        """Whether 3.2 stands in a section 3, where only its number tells it from a decimal (no space follows)."""
        if label.style != "1.1" or label.spaced:
            return True
        above = number_of(re.split("[.．]", label.text)[0])
        return any(n.number == above for n in self.stack if DEPTH.get(n.style, 99) < DEPTH["1.1"])

    def _before(self, depth: int, style: str) -> Node | None:
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
            len(rest) <= 40 and not SENTENCE_END.search(rest) and text[label.end : label.end + 1] == " "
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
        self._push(i, "word", label.text, label.number, title, self.tree.heading_span(i, 0, length))
        if begins_list is not None and begins_list.number == 1:  # 附件：1.甲方案, then 2.乙方案 in a line of its own
            begin = text.index(rest, label.end)
            words = rest[begins_list.end :]
            self._push(i, begins_list.style, begins_list.text, 1, words, self.tree.heading_span(i, begin, len(text)))
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
        if not fits or re.search(r"[。！？；：:;!?…|\t]", text) or not HAN.search(text):
            return False
        return not title or (ends_title(text) and not ends_title(title))

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

    def _plain_headings(self, following: dict[int, int]) -> set[int]:
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
                or not HAN.search(text)
            ):
                continue
            dated = is_date(text) or EVENT.match(text) is not None
            in_roster = _HOLDER.search(text) and i and _ROSTER.search(self.paragraphs[i - 1].text)
            if dated or in_roster or DOCUMENT_NUMBER.search(text) or re.fullmatch(r"[\d\s.%％年月日至—-]+", text):
                continue
            after = following[i]
            label = self.labels[after]
            begins = label is not None and label.number == 1 and label.style in ("章", "条", "一、", "（一）", "1.")
            leads_in = self.paragraphs[after].text.endswith("：") and after in following
            if is_prose(self.paragraphs[after].text, 26) or after in found or begins or leads_in:
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
            self._push(i, "plain", label, None, text[begin:end], self.tree.heading_span(i, 0, end), level=7)
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
        marked = paragraph.role == "heading" and not is_prose(text, 60)
        bold = paragraph.bold >= len(text) >= 2 and len(text) <= 30 and not SENTENCE_END.search(text)
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
        if len(text) <= 40 and ends_title(text):
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
        if paragraph.role == "heading" or len(text) > LONGEST_QUESTION or not QUESTIONS.fullmatch(text):
            return False
        answered = i in following and REPLY.match(self.paragraphs[following[i]].text)
        return bool(answered) or (i in following and paragraph.bold >= len(text))

    def _plain_depth(self, i: int, level: int) -> int:
        """Under how many open sections a heading without a number stands; level 7: known by its look only."""
        depth = len(self.stack)
        while depth and not self._holds_plain(self.stack[depth - 1], i, level):
            depth -= 1
        return depth

    def _holds_plain(self, node: Node, i: int, level: int) -> bool:
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

    def _push(
        self, i: int, style: str, label: str, number: int | None, title: str, heading: Span, level: int | None = None
    ) -> None:
        node = self._add(i, style, label, number, title.strip().rstrip("。：:；;| "), heading)
        node.level = self.paragraphs[i].level if level is None else level
        self.stack.append(node)

    def _add(
        self, i: int, style: str, label: str, number: int | None, title: str, heading: Span, kind: SectionKind = "body"
    ) -> Node:
        start, end = self.spans[i]
        parent = self.stack[-1] if self.stack else None
        node = Node(parent, style, label, number, title, heading, start, end, kind, first=i, last=i)
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
