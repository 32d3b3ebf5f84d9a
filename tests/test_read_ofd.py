"""OFD: lines by the places of their characters, page by page."""

from __future__ import annotations

import pytest

from corpus.load import document_of
from corpus.raw import RawDocument, ReadError
from corpus.read_ofd import read_ofd
from packed import NOTICE, ofd, ofd_of, text_object, zipped


def texts(document: RawDocument) -> list[str]:
    return [line.text for line in document.lines if line.role == "text"]


def page(objects: str, **more: str) -> list[str]:
    return texts(read_ofd(ofd([objects], **more), "文.ofd"))


def test_a_document_set_in_pages_is_the_document() -> None:
    text = "\n".join(
        [
            *NOTICE.split("\n")[:-2],
            *(f"（{n}）第{n}项任务按年度计划推进，按季度报告进展情况。" for n in "三四五六七八九"),
        ]
    )
    long = f"{text}\n三、附则\n{'本办法由市大数据局负责解释，自印发之日起施行，有效期五年。' * 20}"
    raw = read_ofd(ofd_of(long), "文.ofd")
    assert {line.page for line in raw.lines} == {1, 2}
    document = document_of(ofd_of(long), "文.ofd")
    assert document.text == long
    assert document.header.number == "甲政发〔2021〕7号"


def test_lines_stand_in_the_order_of_their_places_and_not_of_the_file() -> None:
    assert page(text_object("第二行", 30, 60) + text_object("第一", 30, 50) + text_object("行", 38.4, 50)) == [
        "第一行",
        "第二行",
    ]


def test_steps_between_characters_repeat_and_end_early() -> None:
    # Two steps of 4.2 are told, the third is missing: the rest stands where the second led.
    assert page(text_object("甲乙丙丁", 30, 50, deltas="g 3 4.2")) == ["甲乙丙丁"]
    assert page(text_object("甲乙丙丁", 30, 50, deltas="4.2 g 2 4.2")) == ["甲乙丙丁"]
    assert page(text_object("甲乙", 30, 50, deltas="无 g 99999999999 nan")) == ["甲乙"]


def test_room_inside_a_line_is_told_by_spaces() -> None:
    assert page(text_object("项目", 30, 50) + text_object("期限", 80, 50)) == ["项目  期限"]
    assert page(text_object("by 2025", 30, 50, deltas="2.1 2.1 2.1 2.1 2.1 2.1")) == ["by 2025"]


def test_letters_drawn_twice_for_bold_are_read_once() -> None:
    assert page(text_object("加粗", 30, 50) + text_object("加粗", 30.2, 50)) == ["加粗"]


def test_indented_lines_begin_a_paragraph_and_gaps_part_them() -> None:
    rows = [("标题", 90.0, 30.0), ("　　第一段第一行", 30.0, 60.0), ("第二行", 30.0, 69.0), ("第三行", 30.0, 78.0)]
    objects = "".join(
        text_object(text.strip("　"), x + (8.4 if text.startswith("　") else 0), y) for text, x, y in rows
    )
    lines = read_ofd(ofd([objects]), "文.ofd").lines
    assert [(line.text, line.role) for line in lines] == [
        ("标题", "text"),
        ("", "blank"),
        ("　　第一段第一行", "text"),
        ("第二行", "text"),
        ("第三行", "text"),
    ]


def test_what_a_template_prints_is_part_of_each_page_and_hidden_text_of_none() -> None:
    seal = text_object("内部资料", 30, 280)
    hidden = text_object("藏", 30, 100).replace("<ofd:TextObject", '<ofd:TextObject Visible="false"')
    document = read_ofd(
        ofd([text_object("第一页", 30, 50) + hidden, text_object("第二页", 30, 50)], template=seal), "文.ofd"
    )
    assert [(line.text, line.page) for line in document.lines if line.role == "text"] == [
        ("第一页", 1),
        ("内部资料", 1),
        ("第二页", 2),
        ("内部资料", 2),
    ]


def test_the_title_in_its_properties_counts_where_the_text_has_it_too() -> None:
    def meta(title: str) -> dict[str, str]:
        info = f"<ofd:Title>{title}</ofd:Title><ofd:Author>王五</ofd:Author><ofd:CreationDate>2021-03-05T08:00:00</ofd:CreationDate>"
        return dict(read_ofd(ofd([text_object("甲市数据开放办法", 30, 50)], info), "文.ofd").meta)

    assert meta("甲市数据 开放办法") == {"标题": "甲市数据 开放办法", "作者": "王五", "文件生成日期": "2021-03-05"}
    assert meta("新建文档1")["网页标题"] == "新建文档1"


def test_a_missing_page_is_told_and_the_rest_is_read() -> None:
    with pytest.raises(ReadError, match="没有找到文字"):
        read_ofd(zipped({"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<D><Page BaseLoc='a.xml'/></D>"}), "文.ofd")
    whole = {"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<D><Page BaseLoc='/b.xml'/><Page BaseLoc='a.xml'/></D>"}
    whole["Doc_0/a.xml"] = f'<P xmlns:ofd="http://www.ofdspec.org/2016">{text_object("第二页", 30, 50)}</P>'
    document = read_ofd(zipped(whole), "文.ofd")
    assert [(line.text, line.page) for line in document.lines] == [("第二页", 2)]
    assert "缺少第 1 页" in document.warnings[0]


def test_pages_of_pictures_say_what_to_do() -> None:
    with pytest.raises(ReadError, match="“文.ofd”的页面是图片.*请另存为 PDF"):
        read_ofd(ofd(['<ofd:ImageObject ID="1" ResourceID="2"/>']), "文.ofd")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "是空的"),
        (b"PK\x03\x04", "不完整"),
        (zipped({"a": "b"}), "缺少“OFD.xml”"),
        (zipped({"OFD.xml": "<"}), "损坏|空的|缺少"),
    ],
)
def test_what_is_no_ofd(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=f"“文.ofd”.*(?:{said}).*请"):
        read_ofd(data, "文.ofd")
