"""Places in a document that a question names."""

from __future__ import annotations

import pytest

from corpus.document import SourceDocument
from corpus.load import load_document
from outlined import outlined
from qa.address import called, divided_so, resolve, share_of_title

RULES = """\
湖港市渔火码头管理办法
第一章 总则
第一条 为了管理码头，制定本办法。
第二条 本办法所称码头，是指夜间开放的码头。
第二章 停泊
第一节 申请
第三条 停泊应当申请。
第二节 收费
第四条 停泊按日收费。
第三章 附则
第五条 本办法自2031年5月1日起施行。
"""
PLAN = outlined(
    "一、总体要求\n保护海岸。\n二、重点任务\n（一）修灯塔。每年修两座。\n（二）清航道。每年清一次。\n三、保障措施\n落实经费。\n",
    "规划",
    title="海岸规划",
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> SourceDocument:
    path = tmp_path_factory.mktemp("documents") / "办法.txt"
    path.write_text(RULES, encoding="utf-8")
    return load_document(path)


def named(question: str, document: SourceDocument) -> list[str]:
    """Headings of the sections that a question names in a document."""
    address = resolve(question, [document])
    assert address is not None
    found = sorted(address.sections.get(document.doc_id, ()))
    return [document.text[slice(*document.sections[i].heading)] or document.sections[i].label for i in found]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("第二章讲什么？", "第二章"),
        ("第二章第一节讲什么？", "第一节"),
        ("第四条怎么规定？", "第四条"),
        ("第4条怎么规定？", "第四条"),
        ("附则讲什么？", "第三章"),
        ("最后一章讲什么？", "第三章"),
        ("最后一条说什么？", "第五条"),
    ],
)
def test_a_place_of_a_regulation(rules: SourceDocument, question: str, label: str) -> None:
    address = resolve(question, [rules])
    assert address is not None
    assert {rules.sections[i].label for i in address.sections[rules.doc_id]} == {label}


def test_a_place_that_the_document_does_not_have(rules: SourceDocument) -> None:
    address = resolve("第九条怎么规定？", [rules])
    assert address is not None
    assert address.words == "第九条"
    assert not address.sections
    assert not address.mentioned


def test_a_section_of_another_chapter_is_not_meant(rules: SourceDocument) -> None:
    address = resolve("第一章第二节讲什么？", [rules])
    assert address is not None
    assert not address.sections


@pytest.mark.parametrize(
    ("question", "headings"),
    [
        ("第二部分讲什么？", ["二、重点任务"]),
        ("最后一部分讲什么？", ["三、保障措施"]),
        ("第二部分第一项是什么？", ["（一）修灯塔。"]),
    ],
)
def test_parts_of_an_opinion(question: str, headings: list[str]) -> None:
    assert named(question, PLAN) == headings


@pytest.mark.parametrize("question", ["灯塔由谁看守？", "第三条措施是什么？", "图书馆几点开门？", "表2021年的情况"])
def test_a_question_that_names_no_place(question: str) -> None:
    assert resolve(question, [PLAN]) is None


def test_a_place_that_stands_in_the_contents_only() -> None:
    contents = outlined("一、目录\n第一章 海岸\n第二章 航标\n", "书", kind="toc")
    address = resolve("第二章讲什么？", [contents])
    assert address is not None
    assert address.listed == {"书"}
    assert not address.sections


def test_a_place_that_the_running_text_names() -> None:
    notice = outlined("一、缴费\n按附表1缴费，见图2。\n", "通知")
    for question in ("附表1里写了什么？", "按附表1怎么缴费？", "图2画了什么？"):
        address = resolve(question, [notice])
        assert address is not None
        assert address.mentioned == {"通知"}


def test_a_document_without_articles_has_no_missing_article(rules: SourceDocument) -> None:
    assert divided_so("第九条", rules)
    assert not divided_so("第九条", PLAN)
    assert divided_so("附表1", PLAN)


@pytest.mark.parametrize(
    ("question", "headings"),
    [
        ("第二部分第（二）条说什么？", ["（二）清航道。"]),
        ("第二部分第二条说什么？", ["（二）清航道。"]),  # items that bear no such word
        ("第二部分第（三）条说什么？", []),
    ],
)
def test_an_item_by_the_number_of_its_part_and_its_own(question: str, headings: list[str]) -> None:
    assert named(question, PLAN) == headings


def test_a_document_with_items_in_brackets_can_lack_one() -> None:
    assert divided_so("第二部分第(三)条", PLAN)


WORKS = outlined(
    "一、重点行动\n（一）“海岸+”智能灯塔。一座不落。\n（二）“海岸+”高效航道。全线畅通。\n1.构建航道信息体系。联网。\n2.清淤。每年一次。\n"
    "二、保障措施\n（一）完善信用支撑体系。守信者优先。\n（二）加强智力建设。请专家。\n",
    "方案",
    title="海岸行动方案",
)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("灯塔行动要做什么？", "“海岸+”智能灯塔"),
        ("航道那项行动分几块？", "“海岸+”高效航道"),  # below 重点行动; 构建航道信息体系 is not
        ("信用体系那一条说了些啥？", "完善信用支撑体系"),
        ("智力建设里面有哪些措施？", "加强智力建设"),
        ("灯塔修在哪里？", None),  # no section is called
        ("渔民那一条说了什么？", None),
    ],
)
def test_a_section_is_called_by_its_words_and_what_it_is(question: str, title: str | None) -> None:
    found = called(question, [PLAN, WORKS])
    assert (found.section.title if found else None) == title


def test_the_share_of_a_title_that_a_name_makes() -> None:
    assert share_of_title("拓展安置渠道,妥善安置孤儿", "安置渠道") == 4 / 6  # of the clause that has it
    assert share_of_title('"海岸+"高效航道', "高效航道") == 1
    assert share_of_title('"海岸+"高效航道', "海岸航道") == 0  # characters of what is quoted, and no name of it


def test_of_places_with_one_number_the_one_below_the_heading_named_is_meant() -> None:
    text = "一、重点航线\n（一）东线。\n1.设灯塔。\n2.设浮标。\n二、保障航线\n（一）经费。\n1.列预算。\n2.设基金。\n"
    document = outlined(text, "方案")
    found = resolve("保障航线第一项第二条是什么", [document])
    assert found is not None
    assert [document.sections[i].title for i in found.sections[document.doc_id]] == ["设基金"]
