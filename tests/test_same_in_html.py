"""A document written as a page, as MHTML or as a book and read back is the same document and gives the same answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from corpus.clean import Paragraph, clean
from corpus.document import SourceDocument
from corpus.duties import find_duties
from corpus.load import bundled_documents, load_document
from corpus.readers import read_file
from packed import epub, mhtml
from qa import PolicyQA
from qa.evaluation import load_cases

HERE = Path(__file__).resolve().parent.parent
BUNDLED = [next(bundled_documents().glob(f"{number}_*")) for number in ("000", "001", "002")]
CASES = load_cases(HERE / "benchmarks" / "questions" / "policy_dev.jsonl")
WITH_TABLES = [HERE / "benchmarks" / "documents" / name for name in ("1/05.html", "4/203.html")]


def body(document: SourceDocument, paragraphs: tuple[Paragraph, ...], headings: bool) -> str:
    """The paragraphs as elements of a page; ``headings``: those that are headings of their own as h1 to h4."""
    levels = {s.start: s.level for s in document.sections if s.kind == "body" and s.heading[1] > s.heading[0]}
    ends = {s.start: s.heading[1] for s in document.sections}
    out, rows, at = "", "", 0
    for paragraph in paragraphs:
        text = paragraph.text
        if "|" in text:
            rows += "<tr>" + "".join(f"<td>{escape(cell.strip())}</td>" for cell in text.split("|")) + "</tr>"
        else:
            out, rows = out + (f"<table>{rows}</table>" if rows else ""), ""
            alone = at in levels and ends[at] == at + len(text) and not text.endswith("。")
            level = 1 if paragraph.role == "heading" and paragraph.level == 1 else min(levels.get(at, 1) + 1, 4)
            tag = f"h{level}" if paragraph.role == "heading" or (headings and alone) else "p"
            bold = f"<b>{escape(text[: paragraph.bold])}</b>" if paragraph.bold else ""
            out += f"<{tag}>{bold}{escape(text[len(text[: paragraph.bold]) :])}</{tag}>"
        at += len(text) + 1
    return out + (f"<table>{rows}</table>" if rows else "")


def page(inner: str, title: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><div>{inner}</div></body></html>"


#: Suffix of the file, whether its headings are marked, and its content, made of the body of a page and a title.
FORMS: dict[str, tuple[str, bool, Callable[[str, str], bytes]]] = {
    "paragraphs": (".html", False, lambda inner, title: page(inner, title).encode("gb18030")),
    "headings": (".html", True, lambda inner, title: page(inner, title).encode()),
    "mhtml": (".mhtml", True, lambda inner, title: mhtml([("https://a.gov.cn/1.html", page(inner, title))])),
    "epub": (".epub", True, lambda inner, title: epub([inner])),
}


def written_as(path: Path, form: str, folder: Path) -> Path:
    suffix, headings, make = FORMS[form]
    document = load_document(path)
    copy = folder / f"{path.stem}{suffix}"
    copy.write_bytes(make(body(document, clean(read_file(path)).paragraphs, headings), path.stem))
    return copy


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", [*BUNDLED, *WITH_TABLES], ids=lambda path: path.stem[:3])
def test_the_same_text_outline_and_duties(path: Path, form: str, tmp_path: Path) -> None:
    document = load_document(path)
    back = load_document(written_as(path, form, tmp_path))
    assert back.text == document.text
    assert back.sections == document.sections
    assert find_duties(back) == find_duties(document)
    # Without a title in the text it is taken from the page or the name of the file.
    titled = document.header.title in document.text
    assert replace(back.header, title=document.header.title if not titled else back.header.title) == document.header
    assert back.warnings == document.warnings


@pytest.mark.slow
@pytest.mark.parametrize("form", ["headings", "epub"])
def test_the_same_answers_to_twenty_questions(form: str, tmp_path: Path, bundled: PolicyQA) -> None:
    """All five bundled documents, three of them in another form, under the header data that comes with them."""
    folder = tmp_path / "documents"
    shutil.copytree(bundled_documents(), folder)
    told = (folder / "sources.toml").read_text("utf-8")
    for path in BUNDLED:
        copy = written_as(path, form, folder)
        told = told.replace(path.name, copy.name)
        (folder / path.name).unlink()
    (folder / "sources.toml").write_text(told, "utf-8")
    bot = PolicyQA.open([folder], tmp_path / "index")
    for case in [case for case in CASES if not case.history][:20]:
        expected, got = bundled.ask(case.question), bot.ask(case.question)
        assert got.text == expected.text, case.question
        assert [(c.doc_id, c.start, c.end) for c in got.citations] == [
            (c.doc_id, c.start, c.end) for c in expected.citations
        ]


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return PolicyQA.open(data_dir=tmp_path_factory.mktemp("bundled"))
