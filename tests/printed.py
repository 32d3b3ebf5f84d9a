"""PDFs and scans made at test time, set as official documents are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.clean import width_of

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

    def text(self, left: float, base: float, text: str, size: float = 16, *, bold: bool = False) -> None:
        """One line; bold as word processors make it when a font has no bold: outlines drawn too."""
        line = self.canvas.beginText(left, self.height - base)
        line.setFont(FONT, size)
        line.setTextRenderMode(2 if bold else 0)
        line.textOut(text)
        line.setTextRenderMode(0)
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


def wrapped(text: str, per_line: int, indent: int = 2) -> list[str]:
    """A paragraph broken into lines of so many characters, no line beginning with a comma or a closing mark."""
    lines, line = [], "\u3000" * indent
    for i, char in enumerate(text):
        line += char
        follows = text[i + 1 : i + 2]
        if (
            width_of("国" + line.replace("\u3000", "国")) - 1 > per_line - 0.75
            and follows not in "，。；：、！？”）》】"
        ):
            lines.append(line)
            line = ""
    return [*lines, line] if line.strip("\u3000") else lines


def official(text: str, per_line: int = 28, per_page: int = 22) -> bytes:
    """The paragraphs of ``text`` as official documents are set: 22 lines of 28 characters, — 1 — at the foot."""
    pdf = Printed()
    lines = [line for paragraph in text.split("\n") for line in wrapped(paragraph, per_line)]
    for page, begin in enumerate(range(0, len(lines), per_page), 1):
        pdf.lines(79, 105, lines[begin : begin + per_page], 16, 28.95 / 16)
        pdf.text(270, 782, f"— {page} —", 14)
        pdf.page()
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
