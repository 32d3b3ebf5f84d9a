"""A document in Traditional characters is read, searched and answered from as one in Simplified ones, and quoted as it is."""

from __future__ import annotations

import json
from pathlib import Path

import opencc
import pytest

from corpus.document import Header, SourceDocument
from corpus.duties import find_duties
from corpus.load import bundled_documents, load_document
from corpus.traditional import is_traditional, simplified
from qa import PolicyQA
from qa.citations import as_written
from qa.extractive import Line
from small import bot_of

HERE = Path(__file__).resolve().parent.parent
GUIDING_OPINIONS = next(bundled_documents().glob("002_*"))
PAGES = [
    HERE / "benchmarks" / "documents" / name for name in ("1/03.html", "2/208.html", "19/815_yunfu_tiyu_guihua.md")
]
MEASURE = """漁港管理辦法

第一章 總則
第一條 為了規範漁港管理，制定本辦法。
第二條 漁港的維護由漁業局負責，海事處配合。
第二章 收費
第三條 漁船靠泊的，每日收費300元；遇颱風進港避風的，不得收費。
第四條 本辦法自2024年3月1日起施行。
"""


def test_a_name_among_simplified_characters_makes_no_traditional_text() -> None:
    assert is_traditional("本條例由省政府發布，各縣遵照執行。")
    assert not is_traditional("本条例由陳市长签发，各县遵照执行。自发布之日起三十日后施行。")
    assert not is_traditional("") and not is_traditional("Annex 1, 2024")


def test_in_simplified_characters_a_text_is_as_long() -> None:
    text = "後臺著作，乾隆年間的皇后\n裡應外合"
    assert len(simplified(text)) == len(text) and "皇后" in simplified(text) and "里应外合" in simplified(text)


def test_rules_read_simplified_characters_and_quotes_are_as_written(tmp_path: Path) -> None:
    path = tmp_path / "port.txt"
    path.write_text(MEASURE, encoding="big5")
    document = load_document(path)
    assert document.header.title == "漁港管理辦法" and document.header.kind == "办法"
    assert document.header.effective == "2024-03-01"
    assert [s.label + s.title for s in document.sections if s.level == 0][-2:] == ["第一章總則", "第二章收費"]
    assert "遇颱風進港避風的" in document.text and "遇台风进港避风的" in document.simplified.text
    (duty,) = find_duties(document)
    assert duty.departments == ("渔业局", "海事处") and document.text[duty.start : duty.end] in MEASURE


def test_an_answer_shows_what_is_written(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"port": MEASURE})
    answer = bot.ask("渔船靠泊的，每日收费多少元？")
    assert "每日收費300元" in answer.text
    for citation in answer.citations:
        assert bot.document("port").text[citation.start : citation.end] == citation.quote
        assert citation.quote in MEASURE
    assert all(statement.support == "verified" for statement in answer.statements)


def test_what_a_line_repeats_is_as_written_and_the_rest_as_it_was() -> None:
    document = SourceDocument("port", "port.txt", "", Header("港口"), "漁港的維護由漁業局負責。" * 3, (), ())

    class Sources:
        def document(self, doc_id: str) -> SourceDocument:
            return document

        def copies_of(self, doc_id: str, start: int, end: int) -> list[object]:
            return []

    line = Line("对此，渔业局负责渔港的维护", (("port", 0, 12),))
    assert as_written(line, Sources()).text == "对此，漁業局負責渔港的维护"  # type: ignore[arg-type]


@pytest.mark.parametrize("path", [GUIDING_OPINIONS, *PAGES], ids=lambda path: path.stem[:3])
def test_of_traditional_characters_a_document_is_the_same(path: Path, tmp_path: Path) -> None:
    document = load_document(path)
    copy = tmp_path / path.name
    copy.write_text(opencc.OpenCC("s2t").convert(path.read_text(encoding="utf-8")), encoding="utf-8")
    back = load_document(copy)
    assert is_traditional(back.text) and back.simplified.text == document.text
    assert back.simplified.header == document.header
    assert [(s.label, s.title, s.level) for s in back.simplified.sections] == [
        (s.label, s.title, s.level) for s in document.sections
    ]
    assert find_duties(back) == find_duties(document)


@pytest.mark.slow
def test_of_traditional_characters_a_document_gives_the_same_answers(tmp_path: Path) -> None:
    rows = (HERE / "benchmarks" / "questions" / "policy_dev.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, rows) if not case["history"]]
    asked = [case["question"] for case in cases if {place["doc"] for place in case["evidence"]} == {"002"}][:20]
    copy = tmp_path / GUIDING_OPINIONS.name
    copy.write_text(opencc.OpenCC("s2t").convert(GUIDING_OPINIONS.read_text(encoding="utf-8")), encoding="utf-8")
    first, second = (PolicyQA.open([p], tmp_path / p.parent.name) for p in (GUIDING_OPINIONS, copy))
    for question in asked:
        assert simplified(second.ask(question).text) == simplified(first.ask(question).text), question
