"""Texts whose paragraphs were run together into long lines."""

from __future__ import annotations

import time

import pytest

from corpus.breaks import with_breaks
from corpus.document import SourceDocument
from corpus.load import bundled_documents, document_of
from corpus.raw import RawDocument, RawLine
from corpus.readers import read_file

RULES = """江原市人民政府关于印发江原市城市照明管理办法的通知
江政发〔2021〕8号
各县（区）人民政府，市政府各部门、各直属机构：
现将《江原市城市照明管理办法》印发给你们，请认真贯彻执行。
江原市人民政府
2021年4月2日
（此件公开发布）
江原市城市照明管理办法
第一章 总则
第一条 为了加强城市照明管理，根据有关法律法规，结合本市实际，制定本办法。
第二条 本办法所称城市照明，是指道路照明和景观照明。依照本办法第十条规定取得许可的，适用本办法第三条、第四条的规定。
第三条 市城市管理局负责城市照明的监督管理。
第二章 规划和建设
第四条 城市照明专项规划应当包括下列内容：
（一）分区和亮度；
（二）节能目标；
（三）其他内容。
第五条 有下列情形之一的，责令改正：
（一）擅自拆除的；
（二）违反本办法第四条第（一）项要求建设的。
第三章 附则
第六条 本办法自2021年5月1日起施行。"""
PLAN = """江原市托育服务提升行动方案
为提升托育服务水平，结合我市实际，制定本方案。
一、总体要求
（一）指导思想。坚持政府引导、多方参与，发展普惠托育服务，减轻家庭负担，让群众就近得到方便可及、安全放心的服务。
（二）工作目标。到2026年，每千人口托位达到5个，普惠托位占比不低于65%，机构备案率达到90%以上。
二、主要任务
（三）扩大供给。
1.建设公办机构。每个区至少建成1所。（市卫生健康委牵头，各区政府配合）
2.支持单位办托。鼓励用人单位为职工提供服务。
（四）提高质量。加强人员培训，健全一、二级评价制度。
三、保障措施
（五）加强领导。各区要压实责任，按月调度进展，及时解决问题。
（六）强化投入。各级财政按规定安排经费。"""


def _outline(document: SourceDocument) -> list[tuple[int, str, str]]:
    return [(s.level, s.label, s.title) for s in document.sections if s.kind == "body" and s.label]


def _read(text: str) -> SourceDocument:
    return document_of(text.encode(), "正文.txt")


@pytest.mark.parametrize("text", [RULES, PLAN])
@pytest.mark.parametrize("between", ["", "　　"])
@pytest.mark.parametrize("title_alone", [True, False])
def test_the_outline_is_found_without_line_ends(text: str, between: str, title_alone: bool) -> None:
    title, rest = text.split("\n", 1)
    joined = title + ("\n" if title_alone else between) + rest.replace("\n", between)
    assert _outline(_read(joined)) == _outline(_read(text))
    assert "".join(_read(joined).text.split()) == "".join(text.split())


def test_without_spaces_behind_the_numbers() -> None:
    joined = RULES.replace("\n", "").replace(" ", "")
    assert [label for _, label, _ in _outline(_read(joined))] == [label for _, label, _ in _outline(_read(RULES))]


def test_each_chapter_in_one_line() -> None:
    chapters = RULES.replace("\n", "").replace("第二章", "\n第二章").replace("第三章", "\n第三章")
    longer = chapters.replace("节能目标；", "节能目标；" + "含灯具选型和运行时间" * 20 + "；")
    assert [label for _, label, _ in _outline(_read(longer))] == [label for _, label, _ in _outline(_read(RULES))]


def test_the_header_of_a_run_together_notice() -> None:
    header = _read(RULES.replace("\n", "")).header
    assert header == _read(RULES).header
    assert (header.number, header.issuer, header.written) == ("江政发〔2021〕8号", "江原市人民政府", "2021-04-02")
    assert header.recipients == "各县（区）人民政府，市政府各部门、各直属机构"


@pytest.mark.parametrize("gap", ["", "　", "                "])
def test_number_and_signatory_on_one_line_of_a_red_head(gap: str) -> None:
    title, number, rest = RULES.split("\n", 2)
    document = _read(f"江原市人民政府文件\n{number}{gap}签发人：周海明\n{title}\n{rest}")
    assert document.header == _read(RULES).header
    assert document.text.split("\n")[1:3] == [number, "签发人：周海明"]


def test_several_signatories_stay_apart_and_the_long_title_below_them_is_no_part() -> None:
    title, number, rest = RULES.split("\n", 2)
    longer = title.replace("江原市人民政府关于", "江原市人民政府办公室关于进一步规范城市照明设施运行维护管理工作和")
    document = _read(f"江原市人民政府办公室文件\n{number}　　签发人：李  敏　王建华\n{longer}\n{rest}")
    assert document.text.split("\n")[2] == "签发人：李 敏 王建华"
    assert document.header.title == longer
    assert document.sections[0].kind == "front" and longer in document.text[: document.sections[0].end]


def test_notes_below_the_title_are_no_articles() -> None:
    note = "江原市养犬管理条例2019年3月2日江原市第五届人民代表大会常务委员会第九次会议通过"
    document = _read(note + RULES[RULES.index("第一章") :].replace("\n", ""))
    assert document.header.title == "江原市养犬管理条例"
    assert document.header.written == "2019-03-02"
    assert [label for _, label, _ in _outline(document)][:3] == ["第一章", "第一条", "第二条"]


@pytest.mark.parametrize(
    "paragraph",
    [
        "申请人应当提交下列材料：（一）申请表；（二）身份证明；（三）房屋权属证明；（四）其他材料。" * 6,
        "依照第一条规定办理。" + "违反本办法第二条、第三条规定的，由市城市管理局按照第四条和第五条处罚。" * 8,
        "建设内容包括：1.道路；2.桥梁；3.管网。" + "资金由市级统筹，一、二、三产业融合发展。" * 12,
    ],
)
def test_a_paragraph_that_only_enumerates_stays_whole(paragraph: str) -> None:
    text = f"江原市管理办法\n第一条 为了加强管理，制定本办法。\n第二条 {paragraph}\n第三条 本办法自公布之日起施行。"
    assert [label for _, label, _ in _outline(_read(text))] == ["第一条", "第二条", "第三条"]
    assert len(_read(text).text.split("\n")) == 4


def test_two_headings_inside_the_line_of_a_page() -> None:
    page = "为加强节水工作，制定本方案。 一、总体要求 （一）指导思想。 坚持节水优先，统筹推进。" + "推广节水器具。" * 20
    document = _read(f"江原市节水方案\n{page}\n（二）工作目标。到2026年用水下降5%。\n二、主要任务")
    assert [label for _, label, _ in _outline(document)] == ["一、", "（一）", "（二）", "二、"]


def test_texts_with_lines_are_left_as_they_are() -> None:
    for path in bundled_documents().glob("*.txt"):
        raw = read_file(path)
        assert with_breaks(raw) is raw


@pytest.mark.parametrize("tail", [" " * 20_000 + "完", "附件" + " " * 20_000 + "完", "灯" * 20_000])
def test_long_runs_of_one_character_take_no_time(tail: str) -> None:
    articles = "".join(f"第{n}条 灯塔应当常亮，看守人每日巡查灯塔。" for n in "一二三四")
    raw = RawDocument("正文.txt", (RawLine(articles + tail, 1),), {}, wrapped=False)
    begin = time.perf_counter()
    assert len(with_breaks(raw).lines) >= 4
    assert time.perf_counter() - begin < 1


def test_who_signed_is_found_behind_white_space() -> None:
    text = RULES.replace("\n", "").replace("认真贯彻执行。江原市人民政府", "认真贯彻执行。   江原市人民政府   ")
    assert (_read(text).header.issuer, _read(text).header.written) == ("江原市人民政府", "2021-04-02")


@pytest.mark.parametrize("mark", ["；", "。", "，"])
def test_a_sentence_that_goes_through_chapters_has_no_headings(mark: str) -> None:
    chapters = mark.join(("第一章讨论背景", "第二章讨论方法", "第三章讨论结果", "第四章为结论"))
    raw = RawDocument("正文.txt", (RawLine("本文研究灯塔的历史与现状。" * 12 + chapters + "。", 1),), {}, wrapped=False)
    assert with_breaks(raw) is raw
