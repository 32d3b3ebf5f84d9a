"""PDFs and scans made at test time, set as official documents are."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.clean import Paragraph, width_of

A4 = (595.3, 841.9)
FONT = "STSong-Light"  #: not embedded: viewers bring their own
#: Fonts with Han characters, without which such a page cannot be drawn as a picture.
HAN_FONTS = [
    path
    for folder in ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
    for pattern in ("**/NotoSerifCJK-Regular.ttc", "**/NotoSansCJK-Regular.ttc", "**/simsun.ttc", "**/Songti.ttc")
    for path in Path(folder).glob(pattern)
]
NO_HAN_FONT = "no Chinese font is installed (Debian: fonts-noto-cjk)"


class Printed:
    """A PDF in the making. Positions in points from the top left corner; text by lines."""

    def __init__(self, size: tuple[float, float] = A4, **options: Any) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._out = io.BytesIO()
        self.width, self.height = size
        self.canvas = Canvas(self._out, pagesize=size, **options)

    def text(
        self, left: float, base: float, text: str, size: float = 16, *, bold: int = 0, width: float | None = None
    ) -> None:
        """One line, spaced out to ``width``.

        Its first ``bold`` characters are bold as word processors make it when a font has no bold: outlines drawn too.
        """
        line = self.canvas.beginText(left, self.height - base)
        line.setFont(FONT, size)
        stretch = width is not None and len(text) > 1
        line.setCharSpace((width - self.canvas.stringWidth(text, FONT, size)) / (len(text) - 1) if stretch else 0)
        if bold:
            line.setTextRenderMode(2)
            line.textOut(text[:bold])
            line.setTextRenderMode(0)
        line.textOut(text[bold:])
        self.canvas.drawText(line)

    def centred(self, base: float, text: str, size: float = 16, **named: Any) -> None:
        """One line in the middle of the page."""
        self.text((self.width - width_of(text) * size) / 2, base, text, size, **named)

    def lines(self, left: float, base: float, lines: Sequence[str], size: float = 16, pitch: float = 1.8) -> float:
        """Lines below one another; the base line after the last."""
        for line in lines:
            self.text(left, base, line, size)
            base += pitch * size
        return base

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """The rules of a table."""
        self.canvas.grid(list(xs), [self.height - y for y in ys])

    def page(self) -> None:
        """The next page begins."""
        self.canvas.showPage()

    def done(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self._out.getvalue()


_UNIT = re.compile(r"[A-Za-z0-9.%+/-]+|.", re.DOTALL)


def wrapped(text: str, per_line: float, indent: int = 2) -> list[str]:
    """A paragraph broken into lines of so many characters: no word or number is broken, no line begins with a comma."""
    lines, line = [], "\u3000" * indent
    for unit in _UNIT.findall(text):
        full = width_of("国" + line.replace("\u3000", "国") + unit) - 1 > per_line + 0.25
        if full and line.strip() and unit not in "，。；：、！？”）》】":
            lines.append(line)
            line = ""
        line += unit
    return [*lines, line] if line.strip() else lines


def official(paragraphs: Sequence[Paragraph], per_line: int = 28, per_page: int = 22) -> bytes:
    """Paragraphs as official documents are set: 22 lines of 28 characters on a page, — 1 — at its foot.

    Headings of the first level stand in the middle in larger type, the other ones are bold, as are the words with
    which paragraphs begin; rows are in ruled tables, which go on over pages and then begin with their header again.
    """
    pdf = Printed()
    size, pitch, left, first = 16.0, 28.95, 79.0, 105.0
    page, base = 1, first
    bottom = first + (per_page - 1) * pitch

    def finish() -> None:
        nonlocal page, base
        pdf.text(270, 782, f"— {page} —", 14)
        pdf.page()
        page, base = page + 1, first

    def room(height: float = 0) -> None:
        if base + height > bottom + 1:
            finish()

    def table(rows: list[list[str]]) -> None:
        nonlocal base
        columns, small = max(map(len, rows)), 10.5
        widest = [
            max([pdf.canvas.stringWidth(row[i], FONT, 1) for row in rows if i < len(row)]) for i in range(columns)
        ]
        widest = [max(wide, 2) + 1 for wide in widest]
        shares = [min(wide, 2.5 * sum(widest) / len(widest)) ** 0.7 for wide in widest]
        xs = [left]
        for share in shares:
            xs.append(xs[-1] + share / sum(shares) * per_line * size)
        ys = [base - size]

        def put(row: list[str]) -> None:
            nonlocal base, ys
            cells = [wrapped(cell, (xs[i + 1] - xs[i] - 8) / small - 1, 0) for i, cell in enumerate(row)]
            height = max([len(cell) for cell in cells] + [1]) * small * 1.4 + 6
            if base + height > bottom + 10:
                if len(ys) > 1:
                    pdf.grid(xs, ys)
                finish()
                ys = [base - size]
                if row is not rows[0]:
                    put(rows[0])
            for x, cell in zip(xs, cells, strict=False):
                pdf.lines(x + 4, base, cell, small, 1.4)
            base += height
            ys.append(base - size)

        for row in rows:
            put(row)
        pdf.grid(xs, ys)
        base += pitch - size

    rows: list[list[str]] = []
    for paragraph in [*paragraphs, None]:
        if paragraph is not None and "|" in paragraph.text:
            rows.append([cell.strip() for cell in paragraph.text.split("|")])
            continue
        if rows:
            table(rows)
            rows = []
        if paragraph is None:
            break
        top = paragraph.role == "heading" and paragraph.level <= 1
        lines = wrapped(paragraph.text, 20 if top else per_line, 0 if top else 2)
        for number, line in enumerate(lines, 1):
            room(pitch if paragraph.role == "heading" else 0)
            if top:
                pdf.centred(base, line, 22)
            else:
                bold = len(line) if paragraph.role == "heading" else paragraph.bold and paragraph.bold + 2
                bold = bold if number == 1 or paragraph.role == "heading" else 0
                pdf.text(left, base, line, size, bold=bold, width=None if number == len(lines) else per_line * size)
            base += pitch
    finish()
    return pdf.done()


def pictures(pdf: bytes, dpi: int = 150, turn: float = 0.0) -> list[Any]:
    """The pages of a PDF as grey pictures (Pillow), each turned counterclockwise by so many degrees."""
    import pypdfium2

    found = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=dpi / 72).to_pil().convert("L")
        found.append(picture.rotate(turn, expand=True, fillcolor=255) if turn else picture)
    return found


def scan(pdf: bytes, dpi: int = 150, turn: float = 0.0) -> bytes:
    """A PDF of pictures of the pages of ``pdf``, compressed as scanners do it."""
    from PIL import Image

    pages = []
    for picture in pictures(pdf, dpi, turn):
        packed = io.BytesIO()
        picture.save(packed, "JPEG", quality=75)
        pages.append(Image.open(packed))
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    return out.getvalue()
