"""A document written as a Word file and read back is the same document: text, outline, who is responsible for what."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.clean import Paragraph, clean
from corpus.document import Section, SourceDocument
from corpus.duties import find_duties
from corpus.labels import label_of
from corpus.load import bundled_documents, load_document
from corpus.numbering import counted
from corpus.readers import read_file
from office_files import num, par, run, table, word

HERE = Path(__file__).resolve().parent.parent
GUIDING_OPINIONS = next(bundled_documents().glob("002_*"))
WITH_TABLES = [HERE / "benchmarks" / "documents" / name for name in ("1/05.html", "4/203.html")]

#: How Word prints the numbers of each style of label.
FORMATS = {
    "章": ("chineseCountingThousand", "第%1章"),
    "条": ("chineseCountingThousand", "第%1条"),
    "一、": ("chineseCountingThousand", "%1、"),
    "（一）": ("chineseCountingThousand", "（%1）"),
    "1.": ("decimal", "%1."),
    "（1）": ("decimal", "（%1）"),
}
TITLE = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'


class Writer:
    """A Word file of the paragraphs of a document, with their numbers typed in or counted by Word."""

    def __init__(self, automatic: bool) -> None:
        self.automatic = automatic
        self.lists: list[str] = []
        self.open: dict[str, tuple[int, int]] = {}  #: style of label -> list that is open, its last number

    def file(self, document: SourceDocument, paragraphs: tuple[Paragraph, ...]) -> bytes:
        sections = {s.start: s for s in document.sections if s.label}
        body, rows, at = "", list[list[str]](), 0
        for paragraph in (*paragraphs, None):
            if paragraph is not None and "|" in paragraph.text:
                rows.append([cell.strip() for cell in paragraph.text.split("|")])
            elif rows:
                width = max(map(len, rows))
                body += table(*(row + [""] * (width - len(row)) for row in rows))
                rows = []
            if paragraph is not None:
                body += "" if rows else self.paragraph(paragraph, sections.get(at))
                at += len(paragraph.text) + 1
        numbers = "".join(self.lists) + "".join(num(at + 1, at + 1) for at in range(len(self.lists)))
        return word(body, styles=TITLE, **({"numbering": numbers} if self.lists else {}))

    def paragraph(self, paragraph: Paragraph, section: Section | None) -> str:
        more, style = "", ""
        if paragraph.role == "heading":
            style = "T" if paragraph.level == 1 else ""
            more = f'<w:outlineLvl w:val="{paragraph.level - 2}"/>' if paragraph.level > 1 else ""
        cut, listed = self.counted(paragraph, section)
        text, bold = paragraph.text[cut:], max(0, paragraph.bold - cut)
        runs = [run(text[:bold], "<w:b/>"), run(text[bold:])] if bold else [run(text)]
        return par(*runs, style=style, listed=listed, more=more)

    def counted(self, paragraph: Paragraph, section: Section | None) -> tuple[int, tuple[int, int] | None]:
        """How many characters Word prints by itself, and the list that prints them."""
        label = label_of(paragraph.text)
        if not self.automatic or section is None or label is None or label.style not in FORMATS or not label.number:
            return 0, None
        form, print_as = FORMATS[label.style]
        if print_as.replace("%1", counted(label.number, form)) != label.text:
            return 0, None
        number, last = self.open.get(label.style, (0, -1))
        if label.number != last + 1:
            number = len(self.lists) + 1
            self.lists.append(
                f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="{label.number}"/>'
                f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{print_as}"/></w:lvl></w:abstractNum>'
            )
        self.open[label.style] = (number, label.number)
        return label.end, (number, 0)


@pytest.mark.parametrize("automatic", [False, True], ids=["typed", "counted"])
@pytest.mark.parametrize("path", [GUIDING_OPINIONS, *WITH_TABLES], ids=lambda path: path.stem[:3])
def test_the_same_text_outline_and_duties(path: Path, automatic: bool, tmp_path: Path) -> None:
    document = load_document(path)
    writer = Writer(automatic)
    copy = tmp_path / f"{path.stem}.docx"
    copy.write_bytes(writer.file(document, clean(read_file(path)).paragraphs))
    back = load_document(copy)
    assert back.text == document.text
    assert back.sections == document.sections
    assert find_duties(back) == find_duties(document)
    assert back.header == document.header
    assert back.warnings == document.warnings
    assert not automatic or path != GUIDING_OPINIONS or len(writer.lists) >= 5
