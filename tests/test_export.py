"""Answers taken along: every format opened again, references as the standard writes them."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest

from answers import ANSWER, CITED, HEADER, HEADERS, LED, REFUSED
from corpus.document import Header
from qa.answer import Answer, Statement
from qa.export import gb7714, plain_copy, reference, to_docx, to_json, to_markdown


def test_a_reference_names_title_number_place_and_page() -> None:
    assert reference(CITED, HEADER) == (
        "《甲省人民政府关于示范区建设的意见》（甲政发〔2024〕7号）一、（二）主要目标，第 3 页"
    )


def test_a_reference_to_a_document_that_is_gone_holds_what_the_citation_says() -> None:
    assert reference(replace(LED, number=None)) == "《甲省人民政府关于示范区建设的意见》二、保障措施"


def test_title_marks_inside_a_title_are_turned() -> None:
    assert reference(replace(CITED, title="关于印发《规划》的通知", section=(), page=None, number=None)) == (
        "《关于印发〈规划〉的通知》"
    )


# --- GB/T 7714-2015

#: 主要责任者. 题名: 其他题名信息[文献类型标识]. 日期: 页码.
SHAPE = re.compile(
    r"^(?:(?P<author>[^.]+)\. )?(?P<title>[^.\[\]]+?)(?:: (?P<number>[^.\[\]]+))?\[(?P<type>[A-Z]{1,2}(?:/OL)?)\]"
    r"(?:\. (?P<journal>[^.,\d]+), )?(?:\. )?(?P<date>\d{4}(?:-\d\d-\d\d)?)?(?:: (?P<page>\d+))?\.$"
)


def test_an_official_document_has_author_title_number_type_date_and_page() -> None:
    told = gb7714(CITED, HEADER)
    assert told == "甲省人民政府. 甲省人民政府关于示范区建设的意见: 甲政发〔2024〕7号[Z]. 2024-03-05: 3."
    parts = SHAPE.match(told)
    assert parts is not None
    assert parts["author"] == "甲省人民政府"
    assert (parts["number"], parts["type"], parts["date"], parts["page"]) == (
        "甲政发〔2024〕7号",
        "Z",
        "2024-03-05",
        "3",
    )


def test_what_is_not_known_is_left_out() -> None:
    assert gb7714(replace(LED, number=None)) == "甲省人民政府关于示范区建设的意见[Z]."
    assert SHAPE.match(gb7714(replace(LED, number=None)))


def test_more_than_three_issuers_are_cut() -> None:
    assert gb7714(LED, replace(HEADER, issuer="财政部、科技部、教育部")).startswith("财政部, 科技部, 教育部. ")
    assert gb7714(LED, replace(HEADER, issuer="财政部 科技部 教育部 商务部")).startswith("财政部, 科技部, 教育部, 等. ")


@pytest.mark.parametrize(("kind", "code"), [("研究报告", "R"), ("国家标准", "S"), ("通知", "Z"), (None, "Z")])
def test_the_type_is_that_of_the_kind_of_document(kind: str | None, code: str) -> None:
    assert f"[{code}]" in gb7714(CITED, replace(HEADER, kind=kind))


def test_a_paper_names_its_journal_where_others_name_their_author() -> None:
    paper = Header(title="示范区研究", issuer="甲省社会科学", written="2024", kind="论文")
    assert gb7714(replace(CITED, number=None), paper) == "示范区研究[J]. 甲省社会科学, 2024: 3."


def test_a_page_of_the_web_has_date_day_of_reading_and_address() -> None:
    assert gb7714(replace(CITED, page=None), HEADER, date(2025, 1, 2), "https://example.gov.cn/a.html") == (
        "甲省人民政府. 甲省人民政府关于示范区建设的意见: 甲政发〔2024〕7号[EB/OL]. "
        "(2024-03-05)[2025-01-02]. https://example.gov.cn/a.html."
    )


# --- files


def test_a_copy_holds_the_text_its_references_and_quotes() -> None:
    assert plain_copy(ANSWER, HEADERS) == (
        "到2025年，建成七个示范区。[1]由省财政厅牵头。[2]\n"
        "出处都不是正式文件，请以正式文件为准。\n"
        "部分支持：“由省财政厅牵头。”\n"
        "\n出处\n"
        "[1] 《甲省人民政府关于示范区建设的意见》（甲政发〔2024〕7号）一、（二）主要目标，第 3 页\n"
        "    到2025年，建成七个示范区。\n"
        "[2] 《甲省人民政府关于示范区建设的意见》（甲政发〔2024〕7号）二、保障措施\n"
        "    由省财政厅牵头。\n"
    )


def test_a_refusal_is_marked_as_one_and_shows_the_nearest_clauses() -> None:
    assert "最接近的条款\n[1] 《甲省" in plain_copy(REFUSED, HEADERS)
    assert "**未作回答**" in to_markdown([REFUSED], HEADERS)


def test_markdown_shows_marks_as_superscript_and_everything_else_as_text() -> None:
    evil = "# 标题 *重* [链](javascript:alert(1)) <img src=x onerror=alert(1)> `码`"
    text = to_markdown([replace(ANSWER, question=evil, text=f"{evil}[1]")], HEADERS)
    assert "<sup>\\[1\\]</sup>" in text
    assert "<img" not in text.replace("\\<", "")
    assert "](" not in text.replace("\\]", "")
    assert "## \\# 标题 \\*重\\*" in text


def test_what_a_document_writes_like_a_mark_is_no_mark() -> None:
    said = "按[1]号渡口办理，见附件[2]。"
    answer = replace(ANSWER, text=f"{said}[1]", statements=(Statement(said, (1,), "verified"),))
    assert to_markdown([answer], HEADERS).count("<sup>") == 1
    assert answer.to_markdown().startswith("按\\[1\\]号渡口办理，见附件\\[2\\]。[1]\n")


def test_json_is_the_answers_with_their_references() -> None:
    told = json.loads(to_json([ANSWER, REFUSED], HEADERS, "调研"))
    assert told["title"] == "调研"
    assert Answer.from_dict(told["answers"][0]) == ANSWER
    assert told["answers"][0]["references"][1] == {
        "marker": 2, "reference": reference(LED, HEADER), "gb7714": gb7714(LED, HEADER),
    }  # fmt: skip
    assert [r["marker"] for r in told["answers"][1]["references"]] == [1]


def test_a_word_file_opens_again_with_headings_superscript_marks_and_numbered_references() -> None:
    from docx import Document

    document = Document(io.BytesIO(to_docx([ANSWER, REFUSED], HEADERS, "调研")))
    lines = [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]
    assert ("Title", "调研") in lines
    assert ("Heading 1", ANSWER.question) in lines and ("Heading 1", REFUSED.question) in lines
    body = next(p for p in document.paragraphs if p.text == ANSWER.text)
    assert [run.text for run in body.runs if run.font.superscript] == ["[1]", "[2]"]
    source = "《甲省人民政府关于示范区建设的意见》（甲政发〔2024〕7号），一、总体要求 › （二）主要目标，第 3 页"
    assert ("Normal", f"[1] {source}") in lines
    assert ("Normal", "到2025年，建成七个示范区。") in lines
    assert "未作回答" in [text for _, text in lines]


def test_characters_that_no_word_file_may_hold_are_left_out() -> None:
    from docx import Document

    odd = replace(ANSWER, question="问\x00题\ud800\u202e？", text="答\x0b。[1]")
    document = Document(io.BytesIO(to_docx([odd], HEADERS)))
    assert "问题？" in [p.text for p in document.paragraphs]
