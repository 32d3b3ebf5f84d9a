"""PDF to raw lines: the text of each page in reading order, pages without usable text recognised as pictures."""

from __future__ import annotations

import bisect
import ctypes
import io
import logging
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Any

from corpus.layout import Box, Line, Piece, document_lines, is_table, is_torn, page_lines, with_tables
from corpus.raw import RawDocument, ReadError, Tell, silent

MOST_PAGES = 3000
RENDER_DPI = 200  #: for recognition; below, small type of footnotes and tables suffers
_LARGEST_SIDE = 4000  # pixels of a rendered page: posters and drawings


def read_pdf(data: bytes, file_name: str, tell: Tell = silent) -> RawDocument:
    """The text of a PDF by lines, with page numbers; pages without usable text are recognised as pictures.

    ``tell`` hears of every fifty pages, and of each recognised one. Raises ReadError when the file is damaged, needs a password, is too long
    or holds no text.
    """
    pdf = _opened(data, file_name)
    try:
        return _document(pdf, data, file_name, tell)
    finally:
        pdf.close()


_NO_PAGE, _ANY_PAGE = re.compile(rb"/Count\s+0\b"), re.compile(rb"/Type\s*/Page\b|/ObjStm\b")


def _opened(data: bytes, file_name: str) -> Any:
    import pypdfium2

    no_pages = f"“{file_name}”一页也没有；请重新取得文件，确认能打开后再试。"
    try:
        pdf = pypdfium2.PdfDocument(data)
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        if _NO_PAGE.search(data) and not _ANY_PAGE.search(data):  # the error is then that of an earlier file
            raise ReadError(no_pages) from error
        if "assword" in str(error):
            raise ReadError(f"“{file_name}”有打开密码；请用能打开它的程序去掉密码，另存后再试。") from error
        if "ecurity" in str(error):
            raise ReadError(f"“{file_name}”用了不支持的加密方式；请打开后打印成新的 PDF 再试。") from error
        raise ReadError(
            f"“{file_name}”不是完好的 PDF（可能没有下载完，或后缀不对）；请重新取得文件，确认能打开后再试。"
        ) from error
    if count == 0:
        raise ReadError(no_pages)
    if count > MOST_PAGES:
        raise ReadError(f"“{file_name}”有 {count} 页，超过 {MOST_PAGES} 页；请按篇或按章拆成几个文件再试。")
    return pdf


def _document(pdf: Any, data: bytes, file_name: str, tell: Tell) -> RawDocument:
    pages: list[list[Line]] = []
    scanned: list[int] = []
    damaged: list[int] = []
    with _Tables(data) as tables:
        for index in range(len(pdf)):
            if index and index % 50 == 0:
                tell("读取各页", index, len(pdf))
            try:
                page = pdf[index]
                lines, scan = _page(page, index, tables)
                page.close()
            except Exception:  # one damaged page must not hide the others
                lines, scan = [], False
                damaged.append(index + 1)
            pages.append(lines)
            if scan:
                scanned.append(index)
    unread: list[int] = []
    for done, index in enumerate(scanned):
        tell("识别文字", done, len(scanned))
        page = pdf[index]
        lines = _recognised(page)
        page.close()
        if lines:
            pages[index] = lines
        else:
            unread.append(index + 1)
    if scanned:
        tell("识别文字", len(scanned), len(scanned))
    if not any(pages):
        if damaged:
            raise ReadError(f"“{file_name}”的各页都已损坏；请重新取得文件，确认能打开后再试。")
        raise ReadError(
            f"“{file_name}”里没有文字，按图片也没有识别出文字；请打开文件确认它有内容，或换一份更清楚的扫描件。"
        )
    # Type recognised in a picture is measured too roughly to tell headings by it.
    numbered = [(number, lines) for number, lines in enumerate(pages, 1)]
    raw_lines, left_out = document_lines(numbered, headings=len(scanned) * 2 < len(pdf))
    warnings = []
    if damaged:
        warnings.append(f"{_listed(damaged)}已损坏，没有读出；请对照原件。")
    if unread:
        warnings.append(f"{_listed(unread)}是图片，没有识别出文字。")
    if scanned and len(unread) < len(scanned):
        read = [index + 1 for index in scanned if index + 1 not in unread]
        warnings.append(f"{_listed(read)}是图片，文字由识别得来，可能有错字；引用前请对照原件。")
    return RawDocument(file_name, tuple(raw_lines), _meta(pdf), True, tuple(left_out), tuple(warnings))


def _listed(numbers: Sequence[int]) -> str:
    """第 1-3、7 页"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return f"第 {'、'.join('-'.join(map(str, run)) for run in runs)} 页"


def _meta(pdf: Any) -> dict[str, str]:
    """The title that the file gives itself, unless it is the name of a file or of a program's template."""
    title = " ".join(pdf.get_metadata_dict().get("Title", "").split())
    named = re.search(
        r"\.\w{2,5}$|^(?:Microsoft|untitled|无标题|未命名|文档\d*$|幻灯片|PowerPoint)", title, re.IGNORECASE
    )
    return (
        {"网页标题": title} if 4 <= len(title) <= 100 and re.search("[\u4e00-\u9fff]{2}", title) and not named else {}
    )


# --- one page -------------------------------------------------------------------------------------------------------


def _page(page: Any, index: int, tables: _Tables) -> tuple[list[Line], bool]:
    """The lines of a page, and whether it is to be read as a picture instead."""
    frame = _Frame.of(page)
    chars = list(_chars(page, frame))
    drawn = _Drawn.of(page)
    usable = is_sane("".join(char.text for char in chars)) and not _unmapped(chars)
    if not usable:
        return [], bool(chars) or drawn.pictures > 0.02 or drawn.paths > 20
    if drawn.pictures > 0.5 and len(chars) < 50:  # the mark of a scanner's program on its picture
        return [], True
    chars, frame = _upright(chars, frame)
    cells: list[list[Box]] = []
    if drawn.rules >= 4 and chars:
        cells = [[frame.turned(cell) for cell in table] for table in tables.of(index)]
        cells = [table for table in cells if is_table(table)]
    lines = _lines(chars, cells)
    whole = [table for table in cells if not is_torn(table, _pieces(chars, table))]
    if len(whole) < len(cells):
        without = _lines(chars, whole)
        lines = max(lines, without, key=lambda found: sum(row.text.count(" | ") for row in found if row.kind == "row"))
    return lines, False


def _lines(chars: Sequence[_Char], tables: Sequence[Sequence[Box]]) -> list[Line]:
    return page_lines(with_tables(_pieces(chars, [cell for table in tables for cell in table]), tables))


def _recognised(page: Any) -> list[Line]:
    from corpus.ocr import recognise

    width, height = page.get_size()
    scale = min(RENDER_DPI / 72, _LARGEST_SIDE / max(width, height, 1))
    picture = page.render(scale=scale, rev_byteorder=False, fill_color=(255, 255, 255, 255)).to_numpy()
    return page_lines(recognise(picture))


@dataclass(frozen=True, slots=True)
class _Char:
    """A character as printed. Its box is that of the type, not of the ink; y grows downward."""

    text: str
    box: Box
    base: float
    size: float
    bold: bool
    turn: int  #: direction of the line in quarter turns clockwise: 0 to the right, 1 down
    unmapped: bool
    spaced: bool  #: a space that somebody typed stands before it


@dataclass(frozen=True, slots=True)
class _Frame:
    """From the coordinates of a page to those of its readers: y downward, turned so that lines run to the right."""

    box: Box  #: left, bottom, right, top of the page as the file counts
    rotation: int  #: quarter turns clockwise that a viewer makes
    turn: int = 0  #: quarter turns counterclockwise that make the lines run to the right

    @classmethod
    def of(cls, page: Any) -> _Frame:
        return cls(tuple(page.get_mediabox()), page.get_rotation() // 90 % 4)

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (height, width) if self.rotation % 2 else (width, height)

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """A point as a viewer shows it, from the top left corner."""
        left, bottom, right, top = self.box
        return [(x - left, top - y), (y - bottom, x - left), (right - x, y - bottom), (top - y, right - x)][
            self.rotation
        ]

    def turned(self, box: Box) -> Box:
        """A box of the page as shown, on the page turned so that lines run to the right."""
        width, height = self.size
        left, top, right, bottom = box
        if self.turn == 1:
            return top, width - right, bottom, width - left
        if self.turn == 2:
            return width - right, height - bottom, width - left, height - top
        if self.turn == 3:
            return height - bottom, left, height - top, right
        return box


def _chars(page: Any, frame: _Frame) -> Iterator[_Char]:
    """The printed characters of a page in the order of the file, white space left out."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    loose = pdfium.FS_RECTF()
    styles: dict[int, tuple[float, int, bool] | None] = {}
    limits = (-1.0, -1.0, frame.size[0] + 1, frame.size[1] + 1)
    spaced = False
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, at)
        char = "-" if code in (0x2, 0xAD) else chr(code) if code else "\ufffd"
        if pdfium.FPDFText_IsGenerated(text, at) == 1 or char in "\u200b\u200c\u200d\ufeff":
            continue
        if char.isspace():
            spaced = True
            continue
        owner = pdfium.FPDFText_GetTextObject(text, at)
        key = ctypes.addressof(owner.contents) if owner else 0
        if key not in styles:
            styles[key] = _style(pdfium, text, at, owner, frame)
        style = styles[key]
        if style is None:
            continue
        size, turn, bold = style
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, at, loose)
        base = frame.shown(x.value, y.value)
        corners = [frame.shown(loose.left, loose.bottom), frame.shown(loose.right, loose.top)]
        left, right = sorted(corner[0] for corner in corners)
        top, bottom = sorted(corner[1] for corner in corners)
        if right < limits[0] or left > limits[2] or bottom < limits[1] or top > limits[3]:
            continue
        # Across the line, the box of the type: that of the glyph differs from character to character.
        if turn == 0:
            box = (left, base[1] - 0.86 * size, right, base[1] + 0.14 * size)
        elif turn == 2:
            box = (left, base[1] - 0.14 * size, right, base[1] + 0.86 * size)
        elif turn == 1:
            box = (base[0] - 0.14 * size, top, base[0] + 0.86 * size, bottom)
        else:
            box = (base[0] - 0.86 * size, top, base[0] + 0.14 * size, bottom)
        unmapped = pdfium.FPDFText_HasUnicodeMapError(text, at) == 1
        yield _Char(char, box, base[1], size, bold, turn, unmapped, spaced)
        spaced = False
    text.close()


def _style(pdfium: Any, text: Any, at: int, owner: Any, frame: _Frame) -> tuple[float, int, bool] | None:
    """Size in points, direction and boldness of a text object; None for slanting text: a watermark."""
    matrix = pdfium.FS_MATRIX()
    size = pdfium.FPDFText_GetFontSize(text, at)
    if not pdfium.FPDFText_GetMatrix(text, at, matrix):
        return max(size, 1.0), frame.rotation, False
    size *= math.hypot(matrix.c, matrix.d) or 1.0
    # Counterclockwise on the page as the file counts; the viewer turns clockwise.
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    quarters = round(angle / 90)
    if abs(angle - 90 * quarters) > 10:
        return None
    bold = False
    if owner:
        font = pdfium.FPDFTextObj_GetFont(owner)
        name = ctypes.create_string_buffer(200)
        if font:
            pdfium.FPDFFont_GetBaseFontName(font, name, 200)
        weight = pdfium.FPDFFont_GetWeight(font) if font else 0
        stroked = pdfium.FPDFTextObj_GetTextRenderMode(owner) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
        bold = stroked or weight >= 600 or bool(_BOLD_NAME.search(name.value.decode("utf-8", "replace")))
    return max(size, 1.0), (frame.rotation - quarters) % 4, bold


_BOLD_NAME = re.compile(r"bold|heavy|black|simhei|heiti|(?:^|[+-])hei|黑体|小标宋|xbs", re.IGNORECASE)


def _upright(chars: list[_Char], frame: _Frame) -> tuple[list[_Char], _Frame]:
    """The characters of the prevailing direction, turned so that their lines run to the right."""
    if not chars:
        return chars, frame
    turn = Counter(char.turn for char in chars).most_common(1)[0][0]
    chars = [char for char in chars if char.turn == turn]
    if turn:
        frame = replace(frame, turn=turn)
        chars = [replace(char, box=frame.turned(char.box), turn=0) for char in chars]
        chars = [replace(char, base=char.box[3] - 0.14 * char.size) for char in chars]
    if _is_vertical(chars):
        # Columns from right to left become lines from top to bottom.
        right = max(char.box[2] for char in chars)
        chars = [
            replace(char, box=(char.box[1], right - char.box[2], char.box[3], right - char.box[0])) for char in chars
        ]
        chars = [replace(char, base=char.box[3]) for char in chars]
    return chars, frame


def _is_vertical(chars: Sequence[_Char]) -> bool:
    """Whether the characters stand below one another rather than side by side."""
    down = across = 0
    for before, char in zip(chars, chars[1:], strict=False):
        dx, dy = char.box[0] - before.box[0], char.base - before.base
        down += abs(dx) < 0.3 * char.size and 0.7 * char.size < dy < 1.6 * char.size
        across += abs(dy) < 0.3 * char.size
    return down > 10 and down > 3 * across


def _pieces(chars: Sequence[_Char], cells: Sequence[Box]) -> list[Piece]:
    """Characters that follow one another on one line, and in one of the ``cells``, joined."""
    places: dict[int, list[float]] = {}
    for char in chars:
        places.setdefault(round(char.base), []).append((char.box[0] + char.box[2]) / 2)
    for row in places.values():
        row.sort()

    def apart(before: _Char, char: _Char) -> bool:
        """Whether another character stands in the gap: marks are often set in another font, later in the file."""
        edge = 0.1 * char.size
        if char.box[0] - before.box[2] < 2 * edge:
            return False
        row = places[round(char.base)]
        at = bisect.bisect_right(row, before.box[2] - edge)
        return at < len(row) and row[at] < char.box[0] + edge

    runs: list[list[_Char]] = []
    seen: set[tuple[str, int, int]] = set()
    cell: Box | None = None
    for char in chars:
        x, y = (char.box[0] + char.box[2]) / 2, (char.box[1] + char.box[3]) / 2
        if cell is None or not (cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]):
            home = next((c for c in cells if c[0] <= x <= c[2] and c[1] <= y <= c[3]), None)
        else:
            home = cell
        run = runs[-1] if runs else []
        place = (char.text, round(char.box[0]), round(char.base))
        if place in seen and not (run and run[-1].box == char.box):  # printed twice to look bold; ligatures share a box
            continue
        seen.add(place)
        # Words may run over the rule of their cell; those of the next one begin after a gap.
        crossed = run and home != cell and char.box[0] - run[-1].box[2] > 0.15 * char.size
        cell = home
        if run and not crossed and _follows(run[-1], char) and not apart(run[-1], char):
            run.append(char)
            continue
        # Words printed over one another come mixed.
        under = next((r for r in runs[-4:-1] if _follows(r[-1], char) and abs(char.box[0] - r[-1].box[2]) < 1.0), None)
        if under is not None and not crossed:
            under.append(char)
        else:
            runs.append([char])
    typed = any(char.spaced for char in chars)
    pieces = [_piece(run, typed) for run in runs]
    return [piece for piece in pieces if piece.text.strip()]


def _follows(before: _Char, char: _Char) -> bool:
    gap = char.box[0] - before.box[2]
    same_line = abs(char.base - before.base) < 0.12 * char.size and abs(char.size - before.size) < 0.1 * char.size
    return same_line and char.bold == before.bold and -0.6 * char.size < gap < 0.8 * char.size


def _piece(run: Sequence[_Char], typed: bool) -> Piece:
    """The characters of a run; ``typed``: the file has characters for spaces, so that gaps alone say little."""
    text = run[0].text
    gaps = [(char.box[0] - before.box[2]) / char.size for before, char in pairwise(run)]
    tracking = max(0.0, median(gaps)) if gaps else 0.0  # of a line that is spaced out
    for before, char, gap in zip(run, run[1:], gaps, strict=False):
        if before.text < "\u2000" and char.text < "\u2000":
            # Widths of a font that is not in the file are guesses.
            least = -0.1 if char.spaced else tracking + (0.35 if typed else 0.14)
        else:
            least = 0.08 if char.spaced else 1.0
        text += " " if gap > least else ""
        text += char.text
    box = (run[0].box[0], min(c.box[1] for c in run), run[-1].box[2], max(c.box[3] for c in run))
    return Piece(text, *box, size=run[0].size, bold=run[0].bold, spaced=run[0].spaced)


# --- whether the text of a page can be used -------------------------------------------------------------------------


def is_sane(text: str) -> bool:
    """Whether extracted text is language, not the codes of a font without a table of characters."""
    text = re.sub(r"\s", "", text)
    if not text or "(cid:" in text:
        return False
    kinds = Counter(unicodedata.category(char) for char in text)
    lost = kinds["Co"] + kinds["Cc"] + kinds["Cn"] + text.count("\ufffd")
    if lost > 0.1 * len(text):
        return False
    odd = sum(0xA1 <= ord(char) <= 0x24F and char not in "·×÷°±§" for char in text)
    if odd > 0.2 * len(text):  # GBK read as Latin-1: ¹úÎñÔº
        return False
    han = [char for char in text if "\u3400" <= char <= "\u9fff"]
    return len(han) < 20 or sum(_is_common(char) for char in han) >= 0.6 * len(han)


@lru_cache(maxsize=4096)
def _is_common(char: str) -> bool:
    """Whether a character is one of the frequent ones: level 1 of GB 2312 or of Big5."""
    gb = char.encode("gb2312", errors="ignore")
    big5 = char.encode("big5", errors="ignore")
    return (len(gb) == 2 and gb[0] < 0xD8) or (len(big5) == 2 and big5[0] < 0xC7)


def _unmapped(chars: Sequence[_Char]) -> bool:
    return sum(char.unmapped for char in chars) > 0.3 * len(chars)


# --- what else is drawn on a page -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Drawn:
    pictures: float  #: share of the page that pictures cover
    paths: int
    rules: int  #: paths that could be ruling lines

    @classmethod
    def of(cls, page: Any) -> _Drawn:
        import pypdfium2.raw as pdfium

        width, height = page.get_size()
        area, paths, rules = 0.0, 0, 0
        wanted = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH)
        for count, thing in enumerate(page.get_objects(filter=wanted, max_depth=4)):
            if count >= 5000:
                break
            left, bottom, right, top = thing.get_bounds()
            if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                area += max(0.0, right - left) * max(0.0, top - bottom)
                continue
            paths += 1
            long, thin = max(right - left, top - bottom), min(right - left, top - bottom)
            rules += (long > 15) + (long > 30 and thin > 10) * 3
        return cls(area / max(1.0, width * height), paths, rules)


class _Tables:
    """The cells of the ruled tables of each page, read by pdfplumber only for pages that have ruling lines."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: Any = None

    def __enter__(self) -> _Tables:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pdf is not None:
            self._pdf.close()

    def of(self, index: int) -> list[list[Box]]:
        """The cells of each table of the page, as a viewer shows it; none when pdfplumber cannot read the page."""
        import pdfplumber

        logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each odd font
        try:
            if self._pdf is None:
                self._pdf = pdfplumber.open(io.BytesIO(self._data))
            page = self._pdf.pages[index]
            settings = {"explicit_horizontal_lines": _ends_of_rules(page.edges)}
            found = [[tuple(cell) for cell in table.cells] for table in page.find_tables(settings)]
            page.close()
        except Exception:  # the text is there without its tables
            return []
        return found


def _ends_of_rules(edges: Sequence[dict[str, Any]], tolerance: float = 3.0) -> list[dict[str, Any]]:
    """A line below upright rules that end together: of a cell that goes on over the page the lower edge is not drawn."""
    upright = sorted((edge for edge in edges if edge["orientation"] == "v"), key=lambda edge: edge["bottom"])
    lines = []
    for at, edge in enumerate(upright):
        if at and edge["bottom"] - upright[at - 1]["bottom"] < tolerance:
            continue
        level = [other for other in upright[at:] if other["bottom"] - edge["bottom"] < tolerance]
        left, right = min(other["x0"] for other in level), max(other["x0"] for other in level)
        if right - left > tolerance:
            y = edge["bottom"]
            lines.append(
                {
                    "object_type": "line",
                    "x0": left,
                    "x1": right,
                    "top": y,
                    "bottom": y,
                    "width": right - left,
                    "height": 0,
                }
            )
    return lines
