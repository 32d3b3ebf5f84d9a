"""Answers taken along: Markdown, Word and JSON files, references, what a copy button copies.

Every function takes the headers of the documents (``bot.headers()``); of a document that is no longer there the
reference holds what the citation itself says. Nothing from a document or a question is interpreted as markup.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from corpus.document import Header
from corpus.labels import label_of
from qa.answer import Answer, Citation, Support, pieces
from qa.escape import markdown, visible

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

#: Of ``to_markdown``, ``to_docx`` and ``to_json``: file suffix and media type.
FORMATS: Mapping[str, str] = {
    "md": "text/markdown",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
#: How a page names the support of a sentence.
SUPPORT_NAMES: Mapping[Support, str] = {"verified": "已核对", "partial": "部分支持", "unverified": "未核实"}

_TITLE = "政策问答"
_REFUSED = "未作回答"
_CONTRADICTED = "问题的前提与原文不符。"
_LONG = 30  #: characters of a heading beyond which a reference names it by its number alone

# --- references ------------------------------------------------------------------------------------------------------


def reference(citation: Citation, header: Header | None = None) -> str:
    """Title, number and place as one official text refers to another: 《题名》（国发〔2015〕40号）二、（三）题名，第 3 页.

    Headings above the last are given by their numbers alone.
    """
    page = "" if citation.page is None else f"，第 {citation.page} 页"
    place = _place(citation.section)
    title, number = _title_of(citation, header), _number_of(citation, header)
    return f"{_in_marks(title)}{f'（{number}）' if number else ''}{place}{page}"


def _doubted(citation: Citation, header: Header | None) -> str:
    """The reference, and how sure the words are where they were recognised in a picture."""
    return "，".join(filter(None, (reference(citation, header), citation.doubt)))


def _title_of(citation: Citation, header: Header | None) -> str:
    return _one_line(header.title if header is not None and header.title else citation.title)


def _number_of(citation: Citation, header: Header | None) -> str | None:
    return (header.number if header is not None else None) or citation.number


def _in_marks(title: str) -> str:
    """A title in 《》, the title marks inside it turned 〈〉 (GB/T 15834-2011, 4.15.3.5)."""
    inner = title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》"


def _place(section: Sequence[str]) -> str:
    told = ""
    for depth, heading in enumerate(map(_one_line, section)):
        label = label_of(heading)
        last = depth == len(section) - 1
        if label is None:
            told += f"“{heading}”" if len(heading) <= _LONG or last else ""
        elif last and len(heading) <= _LONG:
            told += heading
        else:
            told += label.text
    return told.rstrip("、.．")


def gb7714(citation: Citation, header: Header | None = None, accessed: date | None = None, url: str = "") -> str:
    """The reference by GB/T 7714-2015 (numeric system): 发文机关. 题名: 文号[Z]. 成文日期: 页码.

    The number of an official document stands where the standard puts those of reports and standards, as other title
    information after the title and a colon (8.2.3). The type is [Z], 其他, for an official document (annex B has no
    code for one; [A] is for what an archive holds), [R] for a report, [S] for a standard, [J] for a paper, whose
    publisher is then its journal. With ``url`` the form for electronic resources (4.6): the carrier /OL, [EB/OL] for an
    official document, its date in round brackets, ``accessed`` in square ones, then the address. More than three
    issuers are cut to three and 等 (8.1.2). What is not known is left out, the issuer as 8.1.4 allows in the numeric
    system; place and publisher too, which official documents do not have.
    """
    kind = (header.kind if header is not None else None) or ""
    code = next((code for word, code in _CODES if word in kind), "Z")
    issuer = _issuers(header.issuer if header is not None else None)
    dates = (header.written, header.published) if header is not None else (None, None)
    number = _number_of(citation, header)
    name = _title_of(citation, header) + (f": {number}" if number else "")
    page = "" if citation.page is None else f": {citation.page}"
    author, journal = ("", issuer) if code == "J" else (issuer, "")
    if not url:
        told = ", ".join(filter(None, (journal, dates[0] or dates[1])))
        source = f"{told}{page}" if told else page.removeprefix(": ")
        return ". ".join(filter(None, (author, f"{name}[{code}]", source))) + "."
    code = "EB" if code == "Z" else code
    published = dates[1] or dates[0]
    when = (f"({published})" if published else "") + (f"[{accessed.isoformat()}]" if accessed else "")
    source = f"{journal}{page}{when}" if journal else f"{page.removeprefix(': ')}{when}"
    return ". ".join(filter(None, (author, f"{name}[{code}/OL]", source, _one_line(url)))) + "."


#: Kinds of documents, as headers name them, that the standard has a code of its own for.
_CODES = (("论文", "J"), ("标准", "S"), ("报告", "R"))


def _issuers(issuer: str | None) -> str:
    names = [name for name in re.split(r"[\s、，,;；]+", issuer or "") if name]
    return ", ".join(names) if len(names) <= 3 else ", ".join([*names[:3], "等"])


# --- text ------------------------------------------------------------------------------------------------------------


def plain_copy(answer: Answer, headers: Mapping[str, Header]) -> str:
    """The text with its marks, and below it the references with their quotes; of a refusal the nearest clauses."""
    by_model = [f"（{written_by(answer)}）"] if answer.engine == "llm" else []
    lines = [visible(line) for line in (answer.text, *_remarks(answer), *by_model)]
    shown = answer.citations or answer.nearest
    if shown:
        lines += ["", _heading_of_sources(answer)]
    for citation in shown:
        lines.append(f"[{citation.marker}] {visible(_doubted(citation, headers.get(citation.doc_id)))}")
        lines.append(f"    {visible(_one_line(citation.quote))}")
    return "\n".join(lines) + "\n"


def to_markdown(answers: Sequence[Answer], headers: Mapping[str, Header], title: str = "") -> str:
    """One or several answers (``[turn.answer for turn in turns]``) with numbered references each."""
    lines = [f"# {markdown(title or _TITLE)}", ""]
    for answer in answers:
        lines += [f"## {markdown(answer.question)}", ""]
        if answer.refused:
            lines += [f"**{_REFUSED}**", ""]
        lines += [_marked(answer), ""]
        for remark in (*_remarks(answer), written_by(answer)):
            lines += [f"（{markdown(remark)}）", ""]
        shown = answer.citations or answer.nearest
        if shown:
            lines += [f"### {_heading_of_sources(answer)}", ""]
        for citation in shown:
            header = headers.get(citation.doc_id)
            lines += [f"\\[{citation.marker}\\] {markdown(_doubted(citation, header))}", ""]
            lines += [f"> {markdown(citation.quote)}", ""]
    return "\n".join(lines).rstrip() + "\n"


def _marked(answer: Answer) -> str:
    """The text escaped, its marks superscript."""
    return "".join(f"<sup>\\[{piece}\\]</sup>" if is_mark else markdown(piece) for piece, is_mark in pieces(answer))


def _remarks(answer: Answer) -> list[str]:
    """What stands between the text and its sources: that the premise is wrong, notes, sentences not fully proved."""
    remarks = [_CONTRADICTED] if answer.premise == "contradicted" else []
    remarks += answer.notes
    for support in ("partial", "unverified"):
        said = [f"“{s.sentence}”" for s in answer.statements if s.support == support]
        if said:
            remarks.append(f"{SUPPORT_NAMES[support]}：{'、'.join(said)}")
    return remarks


def written_by(answer: Answer) -> str:
    """Who wrote the text: the documents, or a language model by its name."""
    named = f"（{answer.model}）" if answer.model else ""
    if answer.engine == "llm":
        return f"语言模型{named}写，逐句核对"
    return f"摘录原文；也问过语言模型{named}" if named else "摘录原文"


def _heading_of_sources(answer: Answer) -> str:
    return "出处" if answer.citations else "最接近的条款"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def to_json(answers: Sequence[Answer], headers: Mapping[str, Header], title: str = "") -> str:
    """JSON: ``{"title": …, "answers": […]}``, each answer as :meth:`Answer.to_dict` gives it, with ``references``:
    ``[{"marker", "reference", "gb7714"}]`` of its citations, or of its nearest clauses."""
    told: list[dict[str, Any]] = []
    for answer in answers:
        references = [
            {
                "marker": citation.marker,
                "reference": reference(citation, headers.get(citation.doc_id)),
                "gb7714": gb7714(citation, headers.get(citation.doc_id)),
            }
            for citation in answer.citations or answer.nearest
        ]
        told.append({**answer.to_dict(), "references": references})
    return json.dumps({"title": title or _TITLE, "answers": told}, ensure_ascii=False, indent=2) + "\n"


# --- Word ------------------------------------------------------------------------------------------------------------

_BODY, _HEAD = "宋体", "黑体"


def to_docx(answers: Sequence[Answer], headers: Mapping[str, Header], title: str = "") -> bytes:
    """The same as a Word file: questions as headings, marks superscript, numbered references with title, number,
    section path, page and quote."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    for style, font in (("Normal", _BODY), ("Title", _HEAD), ("Heading 1", _HEAD), ("Heading 2", _HEAD)):
        _set_font(document.styles[style], font)
    document.styles["Normal"].font.size = Pt(11)
    document.core_properties.title = visible(_one_line(title or _TITLE))[:255]
    document.core_properties.author = "policyqa"
    document.core_properties.language = "zh-CN"
    document.add_heading(visible(_one_line(title or _TITLE)), level=0)
    for answer in answers:
        document.add_heading(visible(_one_line(answer.question)), level=1)
        if answer.refused:
            document.add_paragraph().add_run(_REFUSED).bold = True
        _add_text(document.add_paragraph(), answer)
        for remark in (*_remarks(answer), written_by(answer)):
            document.add_paragraph().add_run(f"（{visible(remark)}）").italic = True
        shown = answer.citations or answer.nearest
        if shown:
            document.add_heading(_heading_of_sources(answer), level=2)
        for citation in shown:
            paragraph = document.add_paragraph(f"[{citation.marker}] {visible(_source(citation, headers))}")
            paragraph.paragraph_format.left_indent = Cm(0.8)
            paragraph.paragraph_format.first_line_indent = Cm(-0.8)
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.keep_with_next = True
            quote = document.add_paragraph(visible(_one_line(citation.quote)))
            quote.paragraph_format.left_indent = Cm(1.2)
            quote.runs[0].font.size = Pt(10)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_text(paragraph: Paragraph, answer: Answer) -> None:
    for piece, is_mark in pieces(answer):
        if is_mark:
            mark: Run = paragraph.add_run(f"[{piece}]")
            mark.font.superscript = True
        elif piece:
            paragraph.add_run(visible(piece))


def _source(citation: Citation, headers: Mapping[str, Header]) -> str:
    """Title, number, whole section path and page."""
    header = headers.get(citation.doc_id)
    number = _number_of(citation, header)
    parts = (
        f"{_in_marks(_title_of(citation, header))}{f'（{number}）' if number else ''}",
        " › ".join(map(_one_line, citation.section)),
        "" if citation.page is None else f"第 {citation.page} 页",
        citation.doubt,
    )
    return "，".join(filter(None, parts))


def _set_font(style: Any, name: str) -> None:
    """Word takes the font of Chinese characters from an attribute of its own, and a theme's font before both."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    for attribute in ("w:ascii", "w:hAnsi"):
        fonts.set(qn(attribute), "Times New Roman")
    fonts.set(qn("w:eastAsia"), name)
