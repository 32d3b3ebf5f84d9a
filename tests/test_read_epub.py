"""EPUB: the order of reading, what is left out, what the package says of the book."""

from __future__ import annotations

import pytest

from corpus.load import document_of
from corpus.raw import RawDocument, ReadError
from corpus.read_epub import read_epub
from packed import NOTICE, epub, paragraphs, zipped


def texts(document: RawDocument) -> list[str]:
    return [line.text for line in document.lines if line.role != "meta"]


def test_chapters_stand_in_the_order_of_reading_with_their_headings() -> None:
    document = read_epub(
        epub(["<h1>甲市数据开放指南</h1><p>前言一句。</p>", "<h2>第一章 总则</h2><p>一、依法开放。</p>"]), "书.epub"
    )
    assert [(line.role, line.level, line.text) for line in document.lines] == [
        ("heading", 1, "甲市数据开放指南"),
        ("text", 0, "前言一句。"),
        ("heading", 2, "第一章 总则"),
        ("text", 0, "一、依法开放。"),
    ]
    assert [line.line for line in document.lines] == [1, 2, 3, 4]


def test_what_the_package_says_of_the_book() -> None:
    told = "<dc:title>数据开放指南</dc:title><dc:creator>王五</dc:creator><dc:creator>赵六</dc:creator>"
    told += "<dc:publisher>甲市大数据局</dc:publisher><dc:date>2021-03-05T00:00:00Z</dc:date><dc:identifier>x</dc:identifier>"
    document = read_epub(epub([paragraphs("一、依法开放。")], told), "书.epub")
    assert document.meta == {
        "标题": "数据开放指南",
        "作者": "王五、赵六",
        "出版社": "甲市大数据局",
        "发布日期": "2021-03-05",
        "发文机关": "甲市大数据局",
    }
    assert [line.text for line in document.lines] == [
        "作者：王五、赵六",
        "出版社：甲市大数据局",
        "发布日期：2021-03-05",
        "数据开放指南",  # the text does not say it itself
        "一、依法开放。",
    ]
    assert texts(read_epub(epub([paragraphs("数据 开放指南\n一、开放。")], told), "书.epub")) == [
        "数据 开放指南",
        "一、开放。",
    ]


def test_contents_pages_are_left_out_and_a_chapter_about_contents_is_not() -> None:
    links = "".join(f"<p><a href='{n}.xhtml'>第{n}章</a></p>" for n in range(5))
    told = "<p>目录</p><p>各部门应当编制数据目录。</p><p>目录每年更新一次。</p>"
    assert texts(read_epub(epub([f"<p>目　录</p>{links}", told]), "书.epub")) == [
        "目录",
        "各部门应当编制数据目录。",
        "目录每年更新一次。",
    ]


def test_scripts_and_hidden_text_are_no_text() -> None:
    chapter = (
        "<script>x</script><style>p{}</style><p>开放。</p><svg><text>图</text></svg><p style='display:none'>藏</p>"
    )
    assert texts(read_epub(epub([chapter + paragraphs(NOTICE)]), "书.epub")) == ["开放。", *NOTICE.split("\n")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_chapters_in_any_encoding(encoding: str) -> None:
    page = f"<html><body>{paragraphs(NOTICE)}</body></html>".encode(encoding)
    assert texts(read_epub(epub([""], extra={"OEBPS/text/0.xhtml": page}), "书.epub")) == NOTICE.split("\n")


def test_paths_with_another_case_and_percent_signs() -> None:
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="%E7%AB%A0%20One.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    data = zipped({"META-INF/x": "", "OEBPS/content.opf": opf, "OEBPS/章 one.XHTML": paragraphs("一、依法开放。")})
    assert texts(read_epub(data, "书.epub")) == ["一、依法开放。"], "there is no container.xml either"


def test_a_chapter_that_is_missing_is_told_and_the_rest_is_read() -> None:
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    document = read_epub(zipped({"content.opf": opf, "b.xhtml": paragraphs("一、依法开放。")}), "书.epub")
    assert texts(document) == ["一、依法开放。"] and "缺少其中的“a.xhtml”" in document.warnings[0]


def test_copy_protection_is_told_apart_from_scrambled_fonts() -> None:
    def locked(path: str) -> bytes:
        xml = f'<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:CipherReference URI="{path}"/></encryption>'
        return epub([paragraphs("一、依法开放。")], extra={"META-INF/encryption.xml": xml})

    assert texts(read_epub(locked("OEBPS/fonts/song.ttf"), "书.epub")) == ["一、依法开放。"]
    with pytest.raises(ReadError, match="“书.epub”有版权保护.*请换成"):
        read_epub(locked("OEBPS/text/0.xhtml"), "书.epub")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04", "不完整或已损坏"),
        (b"<html>", "不是 EPUB"),
        (zipped({"a.txt": "x"}), "缺少目录文件"),
        (epub(["<p> </p>"]), "没有找到正文"),
    ],
)
def test_what_is_no_book(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=f"“书.epub”.*{said}.*请"):
        read_epub(data, "书.epub")


@pytest.mark.parametrize(
    "told",
    [
        "<dc:title>Unknown Title</dc:title><dc:creator>Unknown Author</dc:creator>",
        "<dc:title>通知</dc:title><dc:creator>张三</dc:creator><dc:date>2032-01-01</dc:date>",
    ],
)
def test_what_a_document_says_of_itself_goes_before_what_its_package_says(told: str) -> None:
    text = "云岭省海事局关于灯塔养护的通知\n云岭海发〔2031〕8号\n各市海事局：\n请按时养护灯塔。\n云岭省海事局\n2031年6月1日"
    header = document_of(epub([paragraphs(text)], told), "书.epub").header
    assert header.title == "云岭省海事局关于灯塔养护的通知"
    assert (header.number, header.issuer, header.written) == ("云岭海发〔2031〕8号", "云岭省海事局", "2031-06-01")
