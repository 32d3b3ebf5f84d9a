"""A saved page to raw lines: its metadata table, then the paragraphs of its main text; site chrome is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

from corpus.decode import decode
from corpus.document import LeftOut
from corpus.fields import HEADER_FIELDS
from corpus.glyphs import raised
from corpus.labels import BULLET, label_of
from corpus.numbering import counted
from corpus.raw import RawDocument, RawLine, ReadError, Role
from corpus.table_rows import Cell, cell_text, row_lines

# --- HTML: lines ---------------------------------------------------------------------------------------------------


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_BLOCKS = frozenset(
    _words(
        "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure"
        " footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table"
        " tbody td tfoot th thead title tr ul"
    )
)
_DROPPED = _words(
    "script style noscript template iframe object embed applet svg canvas map audio video button input select"
    " textarea head"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = " \t\n\r\f\x0b\xa0\u3000\u2002\u2003\u2009\u200b\u200c\u200d\ufeff"
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)", re.IGNORECASE)
# Old pages write all paragraphs into one element, each begun by two full-width spaces.
_INDENTED = re.compile(r"(?<=[。！？；：”）】])[ \t\r\n]*(?:\u3000{2,}|\xa0{4,})[\u3000\xa0 ]*(?=\S)")


@dataclass(slots=True)
class _Block:
    """A line on its way out of a page."""

    text: str
    line: int
    level: int
    bold: int
    link: float  #: share of the characters that are links
    owner: Any  #: the block element that holds it


class _Collector:
    """Gathers inline text until a block ends."""

    def __init__(self, keep_space: bool) -> None:
        self.blocks: list[_Block] = []
        self.label = ""  #: number of a list, for the next line
        self._keep_space = keep_space
        self._parts: list[tuple[str, int, bool, bool]] = []

    def add(self, text: str | None, line: int, bold: bool, link: bool) -> None:
        if text:
            self._parts.append((text, line, bold, link))

    def flush(self, owner: Any, level: int) -> None:
        parts, self._parts = self._parts, []
        chars: list[tuple[str, bool, bool, int]] = []
        for text, line, bold, link in parts:
            for c in text:
                if c in " \t\n\r\f" and not self._keep_space:
                    if chars and chars[-1][0] != " ":
                        chars.append((" ", bold, link, line))
                elif c not in "\u200b\u200c\u200d\ufeff":
                    chars.append((c, bold, link, line))
                line += c == "\n"
        joined = "".join(c[0] for c in chars)
        begin = 0
        for cut in [*_INDENTED.finditer(joined), None]:
            end = len(joined) if cut is None else cut.start()
            self._emit(chars[begin:end], owner, level)
            begin = end if cut is None else cut.end()

    def _emit(self, chars: list[tuple[str, bool, bool, int]], owner: Any, level: int) -> None:
        filled = [i for i, c in enumerate(chars) if c[0] not in _SPACE]
        if not filled:
            return
        chars = chars[filled[0] : filled[-1] + 1]
        text = "".join(c[0] for c in chars)
        if self.label and label_of(text) is None and not BULLET.match(text) and not _BAR.match(text):
            chars = [(c, *chars[0][1:]) for c in self.label] + chars
            text = self.label + text
        self.label = ""
        bold = next((i for i, c in enumerate(chars) if not c[1] and c[0] not in _SPACE), len(chars))
        bold = len(text[:bold].rstrip(_SPACE))
        link = sum(c[2] for c in chars) / len(chars)
        # A heading element around a whole paragraph is layout, no heading.
        is_heading = level and not (len(text) > 60 and text.endswith(("。", "；")))
        self.blocks.append(_Block(text, chars[0][3], level if is_heading else 0, bold, link, owner))


def _blocks(root: Any, first_line: int = 1, keep_space: bool = False) -> list[_Block]:
    """The lines below ``root``, in order: one per block element or <br>, one per row of a data table."""
    from lxml import etree

    out = _Collector(keep_space)
    bold_above, link_above, level = [False], 0, 0
    owners = [root]
    pre, line = 0, root.sourceline or 1
    above: Any = None  # the element with nothing but raised figures that the walk is in
    counts: dict[Any, tuple[int, bool]] = {}
    offset = first_line - 1

    def add(text: str | None) -> None:
        nonlocal line
        if not text:
            return
        text = raised(text) if above is not None else text
        if pre:
            for i, piece in enumerate(text.split("\n")):
                if i:
                    out.flush(owners[-1], level)
                out.add(piece, line + i + offset, bold_above[-1], link_above > 0)
        else:
            out.add(text, line + offset, bold_above[-1], link_above > 0)
        line += text.count("\n")

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        block = tag in _BLOCKS
        if event == "start":
            line = max(line, node.sourceline or 1)
            if block or tag == "br":
                out.flush(owners[-1], level)
            if block:
                owners.append(node)
            if tag == "li":
                out.label = _number_in_list(node, counts)
            data_table = tag == "table" and _is_data_table(node)
            if data_table:
                _rows(node, out, offset)
                walk.skip_subtree()
            bold_above.append(_bold(node, bold_above[-1]))
            link_above += tag == "a"
            pre += tag == "pre"
            level = _HEADINGS.get(tag, level)
            whole = "".join(node.itertext()) if tag == "sup" and above is None else ""
            above = node if raised(whole) != whole else above
            if not data_table:
                add(node.text)
        else:
            if block:
                out.flush(owners.pop(), level)
            if tag == "li":
                out.label = ""
            bold_above.pop()
            link_above -= tag == "a"
            pre -= tag == "pre"
            above = None if node is above else above
            if tag in _HEADINGS:
                level = 0
            if node is not root:
                add(node.tail)
    out.flush(root, level)
    return out.blocks


_LIST_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def _number_in_list(item: Any, counts: dict[Any, tuple[int, bool]]) -> str:
    """What a browser prints before an item of a numbered list; "" for other items, and for those of a menu.

    ``counts``: how far each list has counted, and whether it is a menu.
    """
    numbered = item.getparent()
    if numbered is None or numbered.tag != "ol":
        return ""
    step = -1 if numbered.get("reversed") is not None else 1
    if numbered not in counts:
        first = len(numbered.findall("li")) if step < 0 else 1
        counts[numbered] = _integer(numbered.get("start"), first) - step, _is_menu(numbered)
    before, menu = counts[numbered]
    number = _integer(item.get("value"), before + step)
    counts[numbered] = number, menu
    style = ((item.get("style") or "") + (numbered.get("style") or "")).replace(" ", "").lower()
    if re.search(r"list-style(?:-type)?:[^;]*none", style) or menu:
        return ""
    if re.search("list-style(?:-type)?:[^;]*(?:cjk|chinese|han)", style):
        return f"{counted(number, 'chineseCounting')}、"
    return f"{counted(number, _LIST_FORMATS.get(item.get('type') or numbered.get('type') or '', 'decimal'))}."


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"\s*-?[0-9]{1,6}\s*", value) else otherwise


def _is_menu(items: Any) -> bool:
    """Whether a list holds nothing but links, or stands in an element for them."""
    links = sum(len(_squeezed(link)) for link in items.iter("a") if link.get("href"))
    return links > 0.9 * len(_squeezed(items)) or next(items.iterancestors("nav", "footer"), None) is not None


def _bold(node: Any, above: bool) -> bool:
    if node.tag in ("b", "strong"):
        return True
    style = _BOLD_STYLE.search(node.get("style") or "")
    if style is None:
        return above
    return style[1].lower() in ("bold", "bolder") or style[1][0] in "6789"


def _is_data_table(table: Any) -> bool:
    """Whether the rows of a table say something together; a table that only places a long text on the page does not."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [row for row in ([*row.iterchildren("td", "th")] for row in table.iter("tr")) if row]
    if not rows or max(len(row) for row in rows) < 2:
        return False
    sizes = {cell: len(_squeezed(cell)) for row in rows for cell in row}
    total, largest = sum(sizes.values()), max(sizes, key=lambda cell: sizes[cell])
    parts = sum(1 for _ in largest.iter("p", "div", "li", "h1", "h2", "h3", "h4"))
    if len(rows) == 1 and total > 200:
        return False
    return sizes[largest] <= 0.4 * total or (parts < 4 and (sizes[largest] <= 200 or sizes[largest] <= 0.6 * total))


def _squeezed(node: Any) -> str:
    return "".join("".join(node.itertext()).split())


def _rows(table: Any, out: _Collector, offset: int) -> None:
    """One line per row, as tables of Office documents have them."""
    for caption in table.iterchildren("caption"):
        out.blocks += _blocks(caption, offset + 1)
    rows = list(table.iter("tr"))
    cells: list[list[Cell]] = []
    links: list[float] = []
    for row in rows:
        inner = [(cell, _blocks(cell, offset + 1)) for cell in row.iterchildren("td", "th")]
        links.append(sum(block.link * len(block.text) for _, blocks in inner for block in blocks))
        cells.append(
            [
                Cell(cell_text(b.text for b in blocks), _number(cell.get("colspan")), _number(cell.get("rowspan")))
                for cell, blocks in inner
            ]
        )
    for row, text, link in zip(rows, row_lines(cells), links, strict=True):
        if text:
            out.blocks.append(_Block(text, row.sourceline + offset, 0, 0, min(1.0, link / len(text)), row))


def _number(value: str | None) -> int:
    return int(value) if value and value.strip().isdecimal() else 1


_DECLARED = re.compile(r"<!DOCTYPE\s[^>\[]{0,500}\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]\s*>", re.IGNORECASE)


def _tree(text: str) -> Any:
    from lxml import etree, html

    # A parser of HTML knows no entities of a page's own, which XHTML may declare, and would take them for text.
    text = _DECLARED.sub(lambda match: "\n" * match[0].count("\n"), text)
    # Bytes, since lxml refuses str with an XML declaration in it.
    source = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", errors="replace")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        root = html.document_fromstring(source, parser=parser)
    except etree.ParserError:  # nothing but comments
        return None
    etree.strip_elements(root, etree.Comment, with_tail=False)
    return root


def html_fragment(text: str, first_line: int, keep_space: bool = False) -> list[RawLine]:
    """Lines of a piece of HTML inside another format."""
    root = _tree(f"<div>{text}</div>")
    if root is None:
        return []
    return [
        RawLine(block.text, block.line, role="heading" if block.level else "text", level=block.level, bold=block.bold)
        for block in _blocks(root, first_line, keep_space)
    ]


def page_lines(text: str) -> list[RawLine]:
    """The lines of a page that is all text, with nothing of a site around it: a chapter of a book, a mail."""
    from lxml import etree

    root = _tree(text)
    body = None if root is None else root.find("body")
    body = root if body is None else body
    if body is None:
        return []
    etree.strip_elements(body, *_DROPPED, with_tail=False)
    _drop_hidden(body)
    return [_raw_line(block) for block in _blocks(body)]


# --- HTML: header fields -------------------------------------------------------------------------------------------

# Stand beside the fields in the line below a page's title; they only end the value before them.
_BAR_LABELS = _words(
    "作者 时间 日期 浏览次数 浏览量 阅读次数 阅读量 阅读 点击数 点击量 点击次数 访问量 浏览 点击 字号 字体 字体大小"
    " 打印 分享 分享到 语音播报 保护视力色 背景色 视力保护色"
)
# <meta name="..."> that government sites share.
_META_TAGS = {
    "articletitle": "标题",
    "pubdate": "发布日期",
    "contentsource": "来源",
    "publishdate": "发布日期",
    "og:title": "标题",
    "og:article:author": "来源",
    "article:published_time": "发布日期",
}
#: ids (letters and digits only) of the element that shows when a page was published.
_DATE_IDS = frozenset(_words("publishtime publishdate pubtime pubdate"))


def _label_pattern(label: str) -> str:
    return r"[ \xa0\u3000]*".join(map(re.escape, label))


_ANY_LABEL = "|".join(_label_pattern(label) for label in sorted([*HEADER_FIELDS, *_BAR_LABELS], key=len, reverse=True))
# “label：” or “[label]”
_BAR = re.compile(
    rf"(?:^|(?<=[\s|【\[（(：:】\]]))(?P<label>{_ANY_LABEL})\s*[:：]"
    rf"|[\[【]\s*(?P<boxed>{_ANY_LABEL})\s*[】\]][ \xa0]*[:：]?"
)
_BARE_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?=$|\s)"
)


def field_label(text: str) -> str:
    """“索 引 号：” -> “索引号”."""
    return re.sub(r"\s", "", text).rstrip("：:").strip("【】[]")


def _pairs(block: _Block, following: _Block | None, in_table: bool) -> tuple[list[tuple[str, str]], bool]:
    """(label, value) pairs that a line consists of, and whether the value stands in the following line."""
    cells = [cell.strip(_SPACE) for cell in re.split(r" \|(?= |$)", block.text)]
    if len(cells) > 1:
        return _row_pairs(cells, in_table), False
    alone = field_label(block.text)
    if alone in HEADER_FIELDS:
        # <dt>label</dt><dd>value</dd>, or two neighbouring elements of one parent.
        beside = following is not None and _neighbours(block.owner, following.owner)
        if following is not None and beside and field_label(following.text) not in HEADER_FIELDS:
            return [(alone, following.text)], True
        return [(alone, "")], False
    # Between fields of a list a short line with any label is one too: <li>文号：…</li><li>所属机构：…</li>.
    unknown = _OTHER_FIELD.fullmatch(block.text) if in_table else None
    return _bar_pairs(block.text) or ([(unknown[1], unknown[2])] if unknown else []), False


_OTHER_FIELD = re.compile(r"([\u4e00-\u9fff]{2,8})[：:]\s*(\S.{0,40})")


def _row_pairs(cells: list[str], in_table: bool) -> list[tuple[str, str]]:
    """Pairs of a table row: label and value side by side, or together in a cell; [] when a cell is neither.

    ``in_table``: the row above is one of header fields.
    """
    pairs: list[tuple[str, str]] = []
    known = in_table or any(field_label(cell) in HEADER_FIELDS for cell in cells[::2])
    at = 0
    while at < len(cells):
        cell, label = cells[at], field_label(cells[at])
        # Beside a known label, a short cell in the place of a label is one too (信息类别, 内容概述).
        if label in HEADER_FIELDS or (
            len(label) <= 8 and (cell.endswith(("：", ":")) or (known and at % 2 == 0 and label))
        ):
            value = cells[at + 1] if at + 1 < len(cells) else ""
            if field_label(value) in HEADER_FIELDS:  # no value given
                pairs.append((label, ""))
                at += 1
            else:
                pairs.append((label, value))
                at += 2
            continue
        inner = _bar_pairs(cell)
        if not inner and cell:
            return []
        pairs += inner
        at += 1
    # Labels side by side without a value are the head of a list of documents.
    heads = len(pairs) > 1 and not any(value for _, value in pairs) and not any("：" in c or ":" in c for c in cells)
    return [] if heads else pairs


#: 05. [成文日期] 2020-02-26, as a site lists the fields; an empty one holds dashes.
_LISTED_FIELD = re.compile(
    r"^(?:\d{1,2}[.．、]\s*)?[\[【](?P<label>[\u4e00-\u9fff]{2,8})[\]】]\s*[:：]?[\s—-]*(?P<value>.*?)\s*$"
)


def labelled_fields(line: str) -> dict[str, str]:
    """Header fields of a line that consists of them, by their usual name: “文号：某发〔2020〕1号  发布日期：…”, or
    “[发布日期] 2020-03-01” in a list of them."""
    listed = _LISTED_FIELD.match(line)
    if listed and listed["label"] in HEADER_FIELDS:
        return {HEADER_FIELDS[listed["label"]]: listed["value"]} if listed["value"] else {}
    return {
        HEADER_FIELDS[label]: value for label, value in reversed(_bar_pairs(line)) if value and label in HEADER_FIELDS
    }


#: Pieces of an information bar that the page sets apart by style alone: “16:32来源：公共服务司编辑：…”.
_GLUED_LABEL = re.compile(
    r"(?<=[\d\u4e00-\u9fff])(?=(?:(?<!信息)(?<!稿件)(?<!文章)来源|(?<!责任)编辑|责任编辑|信息来源|发布时间|发布日期|浏览次数|字号)\s*[:：])"
)


def _bar_pairs(text: str) -> list[tuple[str, str]]:
    """Pairs of a line like “来源：某部　发布时间：2018-12-29　字号：大 中 小”; [] when it says anything else."""
    text = _GLUED_LABEL.sub(" ", text)
    text = text.lstrip("【[") if not _BAR.match(text) else text
    date = _BARE_DATE.match(text)
    pairs = [("发布日期", date[0])] if date else []
    rest = text[date.end() :].strip(_SPACE) if date else text
    marks = list(_BAR.finditer(rest))
    if not marks:
        # A date alone may be the one of the signature, a time of day is not.
        return pairs if date and ":" in date[0] and not rest else []
    if marks[0].start() > 0 and not is_site_line(rest[: marks[0].start()]):
        return []
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        value = rest[mark.end() : after.start() if after else len(rest)].strip(_SPACE + "|【[】]")
        label = re.sub(r"\s", "", mark["label"] or mark["boxed"])
        if len(marks) > 1 and label in ("时间", "日期"):
            label = "发布日期"
        trailing = re.search(rf"\s({_BARE_DATE.pattern})$", value)
        if trailing and label in ("来源", "作者"):
            pairs.append(("发布日期", trailing[1]))
            value = value[: trailing.start()].strip(_SPACE)
        pairs.append((label, value))
    return pairs


def _neighbours(one: Any, other: Any) -> bool:
    return one is not other and one.getparent() is not None and one.getparent() is other.getparent()


#: An author that is a body and no person: all that some pages say of who issued them.
_ORGAN_NAME = re.compile(
    r"[\u4e00-\u9fff](?:[局厅部委署院办处]|委员会|办公[厅室]|政府|中心|协会|法院|检察院|公司|小组)$"
)


def _header_fields(blocks: list[_Block]) -> tuple[dict[str, str], list[RawLine], set[int]]:
    """Header fields of a page, their lines, and the positions in ``blocks`` that they took."""
    meta: dict[str, str] = {}
    lines: list[RawLine] = []
    used: set[int] = set()
    run: list[tuple[list[int], list[tuple[str, str]], int]] = []

    def close() -> None:
        known = {label for _, pairs, _ in run for label, value in pairs if label in HEADER_FIELDS and value}
        # “名称：…” and “来源：…” may be text; one label alone is a header field only if it can be nothing else.
        certain = {"索引号", "发文字号", "成文日期", "发布日期", *({"发文机关"} if len(known) > 1 else ())}
        if any(HEADER_FIELDS[label] in certain for label in known):
            for places, pairs, line in run:
                used.update(places)
                for label, value in pairs:
                    if not value or (label in _BAR_LABELS and not (label == "作者" and _ORGAN_NAME.search(value))):
                        continue
                    said = f"{label}：{value}"
                    if all(said != other.text for other in lines):  # pages repeat the table for telephones
                        lines.append(RawLine(said, line, role="meta"))
                    if label in HEADER_FIELDS:
                        meta.setdefault(HEADER_FIELDS[label], value)
        run.clear()

    at = 0
    in_body = False
    while at < len(blocks):
        block = blocks[at]
        # After the first real paragraph, “名称：…” belongs to the text.
        in_body = in_body or (len(block.text) > 60 and block.text.endswith("。") and block.link < 0.5)
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        same_table = bool(run) and _neighbours(block.owner, blocks[at - 1].owner)
        pairs, takes_next = ([], False) if in_body else _pairs(block, following, same_table)
        if pairs:
            run.append(([at, at + 1] if takes_next else [at], pairs, block.line))
        elif run:
            close()
        at += 2 if takes_next else 1
    close()
    return meta, lines, used


# --- HTML: main text -----------------------------------------------------------------------------------------------

# Names (id or class, letters and digits only) under which sites keep the text of an article.
_TEXT_NAMES = frozenset(
    _words(
        "ucapcontent trseditor trsueditor trseditorview zoom pagescontent articlecontent articlebody articletext"
        " contentbody newscontent newstext artcontent artcon maintext contenttext textcontent xxgkcontent zwgkcontent"
        " viewtrseditor govcontent conttext contxt bodytext b12c zwcontent infocontent detailcontent fontzoom zoomcon"
    )
)
_WIDE_NAMES = frozenset(
    _words("content article view detail con main text news zhengwen cont details articlecon contentmain")
)
# Names of what stands around it.
_CHROME_NAMES = frozenset(
    _words(
        "nav navbar navigation topnav crumb crumbs breadcrumb breadcrumbs bread footer foot share bdsharebuttonbox"
        " print printbox toolbar tools qrcode qr qrcontainer ewm erweima sidebar related relate relatednews"
        " relatedlinks pager pagination copyright menu search searchbox login banner recommend prevnext fontsize"
        " bshare jiathis position location header top bottom xglj xgyd weizhi dqwz pagebreak"
    )
)


def decoded_page(data: bytes, file_name: str) -> tuple[str, tuple[str, ...]]:
    """The source of a page as text, and warnings; an encoding that the page names itself is a hint."""
    from bs4.dammit import EncodingDetector

    return decode(data, file_name, EncodingDetector.find_declared_encoding(data[:4096], is_html=True))


def read_html(data: bytes, file_name: str) -> RawDocument:
    """A saved page: header fields of its metadata table, then the paragraphs of its main text."""
    text, warnings = decoded_page(data, file_name)
    root = _tree(text)
    if root is None:
        return RawDocument(file_name, (), {}, wrapped=False, warnings=warnings)
    kind, elsewhere = _elsewhere(root)
    tags = _meta_tags(root)
    page_title = _page_title(root)
    body = root.find("body")
    body = root if body is None else body
    from lxml import etree

    etree.strip_elements(body, *_DROPPED, with_tail=False)
    _drop_hidden(body)
    tree_positions = {node: position for position, node in enumerate(body.iter())}
    ancestry = {node: node.getparent() for node in tree_positions}
    blocks = _blocks(body)
    meta, meta_lines, used = _header_fields(blocks)
    rest = [i for i in range(len(blocks)) if i not in used]
    weights = _weights([blocks[i] for i in rest], ancestry)
    containers = _containers(body, weights)
    chrome = {
        node
        for node in tree_positions
        if _names(node) & _CHROME_NAMES or node.tag in ("nav", "footer")
        if weights[node] <= 0.3 * sum(weights[c] for c in containers)
    }
    kept: list[int] = []
    left_out: dict[int, str] = {}
    after_links = False
    for i in rest:
        block = blocks[i]
        above = set(_ancestors(block.owner, ancestry))
        if not above & containers:
            left_out[i] = "正文之外的网页内容"
        elif above & chrome or is_site_line(block.text) or (after_links and block.link > 0.9):
            left_out[i] = "网站按钮或链接"
            after_links = after_links or block.text.startswith(("相关", "延伸", "推荐"))
        else:
            after_links = False
            kept.append(i)
    title = _outer_title(blocks, [i for i in rest if not kept or i < kept[0]], kept, page_title)
    if title:
        # What a template prints between its title and the text: the number, a note in brackets.
        between = [i for i in left_out if title[-1] < i < kept[0] and _BELOW_TITLE.search(blocks[i].text)]
        kept = [*title, *between, *kept]
    lines = [_raw_line(blocks[i]) for i in kept]
    prose = sum(len(line.text) for line in lines if re.search("[，。；]", line.text))
    if kind and prose < _NEXT_TO_NOTHING and (kind != "script" or not any(c.isalnum() for b in blocks for c in b.text)):
        raise ReadError(f"“{file_name}”{elsewhere}")
    if kind in ("pdf", "frames"):
        warnings = (*warnings, elsewhere)
    if len(title) == 1:
        lines[0] = replace(lines[0], role="heading", level=lines[0].level or 1)
    for name, (value, line) in tags.items():
        if name not in meta:
            meta[name] = value
            meta_lines.append(RawLine(f"{name}：{value}", line, role="meta"))
    if page_title:
        meta.setdefault("网页标题", page_title)
    out = tuple(LeftOut(blocks[i].line, blocks[i].text, why) for i, why in left_out.items() if i not in kept)
    return RawDocument(file_name, (*meta_lines, *lines), meta, False, out, warnings)


_PDF = re.compile(r"[^\"'=&?()\s]+\.pdf\b", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:x?html?|shtml|jsp|aspx?|php|do)\b", re.IGNORECASE)
_NEXT_TO_NOTHING = 20  #: characters in sentences


def _elsewhere(root: Any) -> tuple[str, str]:
    """Where the text of a page may stand that has next to none itself: (kind, what to say of it in Chinese).

    Kinds: "pdf" that the page shows, "frames" of a frameset, "inner" frame, "script" that would fetch it, "".
    """
    shown = [str(node.get("src") or node.get("data") or "") for node in root.iter("iframe", "embed", "object", "frame")]
    scripts = "\n".join(node.text or "" for node in root.iter("script"))
    for place in [*shown, *re.findall(r"[\"']([^\"'\n]+\.pdf[^\"'\n]*)[\"']", scripts, re.IGNORECASE)]:
        if pdf := _PDF.search(unquote(place)):
            return "pdf", f"这一页的正文是嵌入的 PDF（{pdf[0]}）；请另存该 PDF，再添加它。"
    for kind, tag in (("frames", "frame"), ("inner", "iframe")):
        places = [unquote(node.get("src") or "") for node in root.iter(tag)]
        if named := [f"“{place}”" for place in places if _PAGE.search(place)]:
            return kind, f"这一页只是框架，正文在{'、'.join(named[:5])}里；请添加那个文件，或打开那一页另存。"
    if next(root.iter("script"), None) is not None:
        return "script", "没有找到正文，可能要靠脚本才显示；请在浏览器中打开，等文字显示后另存为网页或 PDF 再试。"
    return "", ""


def _raw_line(block: _Block) -> RawLine:
    role: Role = "heading" if block.level else "text"
    return RawLine(block.text, block.line, role=role, level=block.level, bold=block.bold)


def _meta_tags(root: Any) -> dict[str, tuple[str, int]]:
    tags: dict[str, tuple[str, int]] = {}
    for node in root.iter("meta"):
        name = _META_TAGS.get((node.get("name") or node.get("property") or "").lower())
        value = (node.get("content") or "").strip(_SPACE)
        if name and value:
            tags.setdefault(name, (value, node.sourceline or 1))
    for node in root.iter():
        if re.sub(r"[^a-z]", "", (node.get("id") or "").lower()) in _DATE_IDS:
            date = _BARE_DATE.match(" ".join("".join(node.itertext()).split()))
            if date:
                tags.setdefault("发布日期", (date[0], node.sourceline or 1))
    return tags


def _page_title(root: Any) -> str:
    """What <title> says, without the site's name behind it."""
    node = root.find(".//title")
    if node is None:
        return ""
    text = " ".join("".join(node.itertext()).split())
    parts = [
        part for part in re.split(r"\s*(?:(?<![a-z0-9])_|_(?![a-z0-9])|\||—+|－|(?<!\d)-+(?!\d))\s*", text) if part
    ]
    own = [part for part in parts if not re.search(r"网站|政府网|门户|人民政府$|首页|\.gov", part)]
    return own[0] if own else ""


def _names(node: Any) -> set[str]:
    names = f"{node.get('id') or ''} {node.get('class') or ''}".lower().split()
    return {re.sub(r"[^a-z0-9]", "", name) for name in names} - {""}


def _drop_hidden(body: Any) -> None:
    total = len(_squeezed(body))
    for node in list(body.iter()):
        style = (node.get("style") or "").replace(" ", "").lower()
        # Some sites hide the text itself until a script shows it.
        hidden = "display:none" in style or node.get("hidden") is not None
        if hidden and node is not body and node.getparent() is not None and len(_squeezed(node)) < 0.3 * total:
            node.drop_tree()


def _ancestors(node: Any, ancestry: Mapping[Any, Any]) -> Iterator[Any]:
    while node is not None:
        yield node
        node = ancestry.get(node)


def _weights(blocks: Iterable[_Block], ancestry: Mapping[Any, Any]) -> Counter[Any]:
    """How much running text stands below each element: full sentences count, links do not."""
    weights: Counter[Any] = Counter()
    for block in blocks:
        if is_site_line(block.text):
            continue
        size = len(block.text) * (1 - block.link)
        weight = size if re.search("[，。；]", block.text) else 0.1 * size
        for node in _ancestors(block.owner, ancestry):
            weights[node] += weight  # type: ignore[assignment]  # Counter of floats
    return weights


def _containers(body: Any, weights: Counter[Any]) -> set[Any]:
    """The elements that hold the main text."""
    total = weights[body]
    named = [node for node in weights if _names(node) & _TEXT_NAMES or node.get("itemprop") == "articleBody"]
    named = [node for node in named if weights[node] >= 0.05 * total]
    if named and sum(weights[node] for node in _outermost(named)) >= 0.3 * total:
        return _outermost(named)
    dense = body
    while True:
        child = max(dense, key=lambda node: weights[node], default=None)
        inline = child is None or child.tag not in _BLOCKS or child.tag in (*_HEADINGS, "p", "li", "tr", "dd", "dt")
        if inline or weights[child] < 0.75 * weights[dense] or not weights[child]:
            break
        dense = child
    wide = [
        node
        for node in weights
        if (_names(node) & _WIDE_NAMES or node.tag in ("article", "main")) and weights[node] >= 0.8 * weights[dense]
    ]
    # The smallest of them; it may be larger than the dense block and then holds title and signature too.
    return {min(wide, key=lambda node: sum(1 for _ in node.iter()))} if wide else {dense}


def _outermost(nodes: list[Any]) -> set[Any]:
    chosen = set(nodes)
    return {node for node in nodes if not any(above in chosen for above in node.iterancestors())}


_BELOW_TITLE = re.compile(r"^.{1,30}[〔\[［（(]\d{4}[〕\]］）)]第?\d+号$|第\s*\d+\s*号$|^[（(].{4,400}[）)]$|^——")


_TITLE = re.compile(
    r"^(?:[^，。；：！？|]{0,40}关于[^。；：！？|]{2,100}"
    r"(?:通知|意见|决定|办法|规定|方案|规划|批复|复函|通报|公告|通告|决议|报告|细则|函)|[^，。；：！？|]{6,60}(?:办法|条例|规定|细则|规划|纲要))$"
)


def _outer_title(blocks: list[_Block], before: list[int], kept: list[int], page_title: str) -> list[int]:
    """Where the title stands that a template prints before the main text, unless the text repeats it."""
    if not kept:
        return []
    beginning = "".join("".join(blocks[i].text.split()) for i in kept[:8])
    named: list[int] = []
    agreeing: list[int] = []
    worded: list[int] = []
    for at, i in enumerate(before):
        text = blocks[i].text
        if blocks[i].link >= 0.5 or _BELOW_TITLE.search(text) or re.search("门户网站|人民政府网|官方网站", text):
            continue
        if 5 <= len(text) <= 150 and (blocks[i].level in (1, 2, 3) or _is_named_title(blocks[i].owner)):
            named = [i]
        if _TITLE.search("".join(text.split())) and not _TITLE.search(blocks[kept[0]].text):
            worded = [i]
        for length in range(1, 5):  # a title may stand on several lines
            run = before[at : at + length]
            said = "".join("".join(blocks[k].text.split()) for k in run)
            if page_title and _agrees(said, "".join(page_title.split())):
                agreeing = run
    found = agreeing or named or worded
    said = "".join("".join(blocks[i].text.split()) for i in found)
    return [] if said in beginning else found


def _is_named_title(node: Any) -> bool:
    return any("title" in name or name == "bt" for name in _names(node))


def _agrees(said: str, page_title: str) -> bool:
    """Whether a line is the title that <title> gives, perhaps cut short there or with more behind it."""
    cut = page_title.rstrip(".…")
    return (
        said == page_title or (len(said) >= 8 and cut.startswith(said)) or (cut != page_title and said.startswith(cut))
    )


# --- site words ----------------------------------------------------------------------------------------------------

_SEPARATORS = re.compile(r"[\s|｜/>·•、：:【】\[\]()（）《》<>«»]+")


@cache
def _site_words() -> tuple[frozenset[str], tuple[str, ...]]:
    entries = files("corpus").joinpath("data/site_words.txt").read_text("utf-8").splitlines()
    words = [entry.strip() for entry in entries if entry.strip() and not entry.startswith("#")]
    return (
        frozenset(_folded(word) for word in words if not word.endswith("*")),
        tuple(_folded(word[:-1]) for word in words if word.endswith("*")),
    )


def _folded(text: str) -> str:
    return re.sub(r"\s", "", text).replace(":", "：").lower()


def is_site_line(text: str) -> bool:
    """Whether a whole line is nothing but the words of a web site around a text (“打印 关闭”, “责任编辑：…”)."""
    exact, beginnings = _site_words()
    folded = _folded(text)
    if not folded or len(folded) > 60:
        return False
    if folded in exact or (folded.startswith(beginnings) and "。" not in folded):
        return True
    words = [_folded(word) for word in _SEPARATORS.split(text) if word]
    return bool(words) and all(word in exact for word in words)
