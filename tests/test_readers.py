"""Readers: bytes of each format to lines and header fields. All pages here are made up."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from corpus.archive import ARCHIVES
from corpus.clean import clean
from corpus.raw import RawDocument, ReadError
from corpus.read_html import is_site_line, read_html
from corpus.read_text import read_markdown, read_text
from corpus.readers import FORMATS, READERS, Format, read_file

SENTENCE = "各区人民政府，市政府各部门：现将有关事项通知如下。"
TRADITIONAL = "各縣市政府，各部會：為推動產業升級，特訂定本計畫，請各機關配合辦理。"


def texts(document: RawDocument, role: str = "text") -> list[str]:
    return [line.text for line in document.lines if line.role == role]


def html(source: str) -> RawDocument:
    return read_html(source.encode(), "a.html")


# --- decoding ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SENTENCE, "utf-8"),
        (SENTENCE, "utf-8-sig"),
        (SENTENCE, "gb18030"),
        (SENTENCE, "gbk"),
        (SENTENCE, "gb2312"),
        (SENTENCE, "utf-16"),
        (SENTENCE, "utf-16-le"),
        (SENTENCE, "utf-16-be"),
        (SENTENCE, "utf-32"),
        ("关于节水的通知", "gb18030"),
        ("关于节水的通知", "utf-16-le"),
        ("一、总体要求（2018—2020年）：GDP 增长 6.5%，see www.example.org\n" * 20, "gb18030"),
        ("㐂䶮𠮷丂", "gb18030"),
        (TRADITIONAL, "big5"),
        ("plain ASCII, no Han", "ascii"),
    ],
)
def test_text_is_decoded_whatever_its_encoding(text: str, encoding: str) -> None:
    assert "\n".join(texts(read_text(text.encode(encoding), "a.txt"))) == text.rstrip("\n")


def test_a_few_broken_bytes_are_read_with_a_warning() -> None:
    data = (SENTENCE * 20).encode()
    document = read_text(data[:-1], "a.txt")
    assert document.lines[0].text.startswith(SENTENCE)
    assert "无法解码" in document.warnings[0]


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x7fELF\x02\x01\x01" + bytes(300),
        b"%PDF-1.7\n...",
        b"PK\x03\x04" + "文档".encode(),
        b"\xd0\xcf\x11\xe0" + bytes(500),
        random.Random(1).randbytes(4000),
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="另存"):
        read_text(data, "a.txt")


# --- files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "是空的"),
        ("blank.txt", b" \n\t\n", "是空的"),
        ("bars.txt", b"----\n====\n", "没有找到正文"),
        ("a.pages", b"text", "纯文本、.*网页"),
        ("noname", b"text", "没有后缀"),
        ("only_script.html", b"<html><script>var a = 1</script></html>", "没有找到正文"),
    ],
)
def test_a_file_without_text_says_what_to_do(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=message) as error:
        read_file(tmp_path / name)
    assert name in str(error.value)


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="找不到"):
        read_file(tmp_path / "a.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(ReadError, match="文件夹"):
        read_file(tmp_path / "folder.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="不是普通文件"):
        read_file(tmp_path / "pipe.txt")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadError, match="没有权限"):
        read_file(tmp_path / "a.txt")


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
def test_every_format_has_its_reader(format_: Format) -> None:
    module, _, function = format_.reader.partition(":")
    assert callable(getattr(import_module(module), function))
    assert all(READERS[suffix] is format_ for suffix in format_.suffixes)


def test_the_readme_names_every_format_with_its_suffixes() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("| 格式 | 后缀 |") :].split("\n\n", 1)[0].splitlines()[2:]
    told = {}
    for row in table:
        name, suffixes = row.strip("| ").split("|")[:2]
        told[name.strip()] = set(re.findall(r"`([^`]+)`", suffixes))
    assert told == {format_.name: set(format_.suffixes) for format_ in FORMATS} | {"压缩包": set(ARCHIVES)}


@pytest.mark.parametrize("suffix", [".txt", ".text", ".md", ".markdown", ".html", ".htm", ".TXT", ".Html"])
def test_text_is_read_by_its_suffix(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(SENTENCE, "utf-8")
    document = read_file(path)
    assert texts(document) == [SENTENCE]
    assert document.file_name == path.name
    assert document.wrapped == (suffix.lower() not in (".html", ".htm"))


# --- plain text ----------------------------------------------------------------------------------------------------


def test_lines_keep_their_text_and_number() -> None:
    document = read_text("　　甲\t乙 \r\n\r\n丙\xa0丁\r戊".encode(), "a.txt")
    assert [(line.text, line.line, line.role) for line in document.lines] == [
        ("　　甲\t乙 ", 1, "text"),
        ("", 2, "blank"),
        ("丙\xa0丁", 3, "text"),
        ("戊", 4, "text"),
    ]


def test_a_form_feed_begins_a_page() -> None:
    document = read_text("甲\n\f乙\n丙\f丁".encode(), "a.txt")
    assert [(line.text, line.line, line.page) for line in document.lines if line.text] == [
        ("甲", 1, 1),
        ("乙", 2, 2),
        ("丙", 3, 2),
        ("丁", 3, 3),
    ]
    assert read_text("甲\n乙".encode(), "a.txt").lines[0].page is None


def test_rows_of_a_table_written_without_spaces() -> None:
    told = read_text("船只|母港|吨位\n甲号|东港|10\n乙号|西港|20\n用|分开的两句|不是表".encode(), "表.txt")
    assert [line.text for line in told.lines][:3] == ["船只 | 母港 | 吨位", "甲号 | 东港 | 10", "乙号 | 西港 | 20"]


def test_rows_with_bars_of_full_width_are_rows_and_one_line_with_them_is_none() -> None:
    told = read_text("船只｜母港\n甲号｜东港\n乙号｜西港\n\n渡口｜码头".encode(), "表.txt")
    assert [line.text for line in told.lines] == ["船只 | 母港", "甲号 | 东港", "乙号 | 西港", "", "渡口｜码头"]


def test_items_of_markdown_stay_lines_of_their_own() -> None:
    told = clean(
        read_markdown(
            "# 联系\n\n- 技术：袁可，电话2030\n- 收费：温静，电话2017\n\n工作日受理，节假日不受理。\n".encode(), "表.md"
        )
    )
    assert told.text.split("\n")[1:] == ["技术：袁可，电话2030", "收费：温静，电话2017", "工作日受理，节假日不受理。"]


def test_a_text_file_written_in_markdown_is_read_as_such() -> None:
    source = "# 总论\n\n**政策渐全。**各地出台办法。\n\n## 一、环境\n\n正文。\n"
    assert read_text(source.encode(), "a.txt").lines == read_markdown(source.encode(), "a.md").lines
    assert texts(read_text("#话题# 第一\n#话题# 第二\n".encode(), "a.txt")) == ["#话题# 第一", "#话题# 第二"]


# --- Markdown ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "heading"),
    [
        ("# 总论", ("总论", 1)),
        ("### 一、环境 ###", ("一、环境", 3)),
        ("##标题", ("标题", 2)),
        ("#  **序　　言**", ("序　　言", 1)),
        ("# 某报告 <br>", ("某报告", 1)),
        ("某报告\n======", ("某报告", 1)),
        ("某一节\n---", ("某一节", 2)),
    ],
)
def test_markdown_headings(source: str, heading: tuple[str, int]) -> None:
    found = [(line.text, line.level) for line in read_markdown(source.encode(), "a.md").lines if line.role == "heading"]
    assert found == [heading]


@pytest.mark.parametrize(
    ("source", "text", "bold"),
    [
        ("**政策渐全。**各地出台办法。", "政策渐全。各地出台办法。", 5),
        ("　　__政策渐全。__各地", "　　政策渐全。各地", 5),
        ("各地**出台**办法", "各地出台办法", 0),
        ("<b>第四章 务实举措</b>\t86", "第四章 务实举措\t86", 8),
        ("<b>**政策**</b>正文", "政策正文", 2),
        ("按 `代码` 执行", "按 代码 执行", 0),
        ("- 列表项", "列表项", 0),
        ("> 引文", "引文", 0),
        ("1\\. 编号", "1. 编号", 0),
        ("1. 编号", "1. 编号", 0),
        ("见[某办法](https://example.org/a.html)第三条[3-4]", "见某办法第三条[3-4]", 0),
        ("| 任务 | 部门 |", "任务 | 部门", 0),
        ("开本710*1000毫米*16", "开本710*1000毫米*16", 0),
        ("填写____后交回", "填写____后交回", 0),
        ("若 a<b 则 c>d", "若 a<b 则 c>d", 0),
    ],
)
def test_markdown_marks_go_and_words_stay(source: str, text: str, bold: int) -> None:
    (line,) = read_markdown(source.encode(), "a.md").lines
    assert (line.text, line.bold, line.role) == (text, bold, "text")


def test_front_matter_gives_header_fields_and_lines_that_say_so() -> None:
    source = "---\ntitle: 灯塔办法\n文号: 港政发〔2031〕5号\ntags: [海岸]\n---\n\n# 灯塔办法\n看守灯塔。\n"
    document = read_markdown(source.encode(), "a.md")
    assert document.meta == {"标题": "灯塔办法", "发文字号": "港政发〔2031〕5号"}
    assert texts(document, "meta") == ["标题：灯塔办法", "文号：港政发〔2031〕5号"]
    assert [(line.text, line.line) for line in document.lines if line.role == "heading"] == [("灯塔办法", 7)]


def test_rows_of_fields_that_a_text_file_begins_with_are_its_header() -> None:
    source = "标题: 灯塔办法\n文号: 港政发〔2031〕5号\n抓取日期: 2031-05-06\n======\n\n各区：\n看守灯塔。\n"
    document = read_text(source.encode(), "a.txt")
    assert document.meta == {"标题": "灯塔办法", "发文字号": "港政发〔2031〕5号"}
    assert [(line.text, line.role) for line in document.lines[:4]] == [
        ("标题：灯塔办法", "meta"),
        ("文号：港政发〔2031〕5号", "meta"),
        ("抓取日期: 2031-05-06", "meta"),
        ("", "blank"),
    ]
    assert [line.line for line in document.lines if line.text == "看守灯塔。"] == [7]


@pytest.mark.parametrize("source", ["责任单位：港务局\n\n看守灯塔。\n", "标题：灯塔\n各区看守灯塔。\n\n完。\n"])
def test_one_row_or_running_text_is_no_header(source: str) -> None:
    assert read_text(source.encode(), "a.txt").meta == {}


def test_a_text_file_that_begins_with_a_heading_is_markdown() -> None:
    document = read_text("# 灯塔开放，快来看！\n\n**开放时间**\n每天。\n".encode(), "a.txt")
    assert (document.lines[0].text, document.lines[0].role) == ("灯塔开放，快来看！", "heading")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    document = read_markdown("---\n看守灯塔。\n".encode(), "a.md")
    assert document.meta == {} and "看守灯塔。" in texts(document)


def test_markdown_line_numbers_survive_tables_and_breaks() -> None:
    source = (
        "甲<br>乙\n\n| 任务 | 部门 |\n|---|:--:|\n| 节水 | 水利部 |\n"
        "<table><tr><td>丙</td>\n<td>丁</td></tr>\n</table>\n戊"
    )
    lines = [(line.text, line.line) for line in read_markdown(source.encode(), "a.md").lines if line.text]
    assert lines == [
        ("甲", 1),
        ("乙", 1),
        ("任务 | 部门", 3),
        ("节水 | 水利部", 5),
        ("丙 | 丁", 6),
        ("戊", 9),
    ]


# --- HTML ----------------------------------------------------------------------------------------------------------

PARAGRAPH = (
    "为加强湿地保护，根据有关法律法规，结合本省实际，现就有关事项通知如下，"
    "请各地各部门结合实际认真贯彻执行，并及时报告落实情况。"
)
NAVIGATION = "<ul class=menu>" + "".join(f"<li><a href=/{i}>政务公开栏目{i}</a></li>" for i in range(30)) + "</ul>"
FOOTER = "<div class='footer'>主办单位：某某政府办公厅，承办单位：某某信息中心，未经许可不得转载。版权所有</div>"

STATE_COUNCIL_PAGE = f"""<html><head><title>某省办公厅关于湿地的通知_某省政府网</title></head><body>
{NAVIGATION}
<table><tbody><tr><td><table class="bd1"><tbody>
 <tr><td><b>索 引 号：</b></td><td>000/2018-00222</td><td><b>主题分类：</b></td><td>卫生、体育\\医药管理</td></tr>
 <tr><td><b>发文机关：</b></td><td>某省办公厅</td><td><b>成文日期：</b></td><td>2018年12月21日</td></tr>
 <tr><td><b>标　　题：</b></td><td colspan="3">某省办公厅关于湿地的通知</td></tr>
 <tr><td><b>发文字号：</b></td><td>某办发〔2018〕43号</td><td><b>发布日期：</b></td><td>&nbsp;2018年12月29日&nbsp;</td></tr>
</tbody></table>
<table><tbody><tr><td><b>主 题 词：</b></td><td></td></tr></tbody></table></td></tr></tbody></table>
<table><tbody><tr><td class="b12c" id="UCAP-CONTENT">
<p><span style="font-weight: bold">某省办公厅</span><br><span style="font-weight:700">关于湿地的通知</span></p>
<p>某办发〔2018〕43号</p><p><br></p><p>各市人民政府：</p>
<p>{PARAGRAPH}</p><p><strong>一、提高认识。</strong>各地要重视。</p>
<p align=right>某省办公厅 &nbsp; &nbsp; </p><p>2018年12月21日 &nbsp;</p>
</td></tr></tbody></table>
<!-- <p>注释里的<b>文字</b></p> --><div id="qr_container">扫一扫在手机打开当前页</div>
<script>document.write("脚本")</script>{FOOTER}</body></html>"""


def test_a_page_with_a_metadata_table() -> None:
    document = html(STATE_COUNCIL_PAGE)
    assert texts(document, "meta") == [
        "索引号：000/2018-00222",
        "主题分类：卫生、体育\\医药管理",
        "发文机关：某省办公厅",
        "成文日期：2018年12月21日",
        "标题：某省办公厅关于湿地的通知",
        "发文字号：某办发〔2018〕43号",
        "发布日期：2018年12月29日",
    ]
    assert document.meta["发文字号"] == "某办发〔2018〕43号"
    assert document.meta["索引号"] == "000/2018-00222"
    assert texts(document) == [
        "某省办公厅",
        "关于湿地的通知",
        "某办发〔2018〕43号",
        "各市人民政府：",
        PARAGRAPH,
        "一、提高认识。各地要重视。",
        "某省办公厅",
        "2018年12月21日",
    ]
    assert not document.wrapped
    assert "扫一扫在手机打开当前页" in [out.text for out in document.left_out]


def test_bold_beginnings_and_line_numbers() -> None:
    lines = {line.text: line for line in html(STATE_COUNCIL_PAGE).lines}
    assert [lines[t].bold for t in ("关于湿地的通知", "各市人民政府：", "一、提高认识。各地要重视。")] == [7, 0, 7]
    source = STATE_COUNCIL_PAGE.split("\n")
    assert all(text[:6] in source[line.line - 1] for text, line in lines.items() if line.role == "text")


@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_case_of_tags_does_not_matter(change: Callable[[str], str]) -> None:
    changed = re.sub(r"</?[a-z]+", lambda tag: change(tag.group()), STATE_COUNCIL_PAGE, flags=re.IGNORECASE)
    assert texts(html(changed)) == texts(html(STATE_COUNCIL_PAGE))


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "gbk"),
        ("utf-8", "utf-8-sig"),
        ("gb2312", "utf-8"),
        ("utf-16", "utf-16"),
        ("", "gbk"),
    ],
)
def test_the_charset_of_a_page(charset: str, encoding: str) -> None:
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    source = STATE_COUNCIL_PAGE.replace("<head>", "<head>" + declared)
    assert texts(read_html(source.encode(encoding), "a.html")) == texts(html(STATE_COUNCIL_PAGE))


@pytest.mark.parametrize(
    "fields",
    [
        "<ul><li><b>文号：</b>某发〔2020〕1号</li><li><b>发布机构：</b>某某局</li><li><b>生成日期:</b>2020-01-02</li></ul>",
        "<dl><dt>文 号：</dt><dd>某发〔2020〕1号</dd><dt>发布机构：</dt><dd>某某局</dd>"
        "<dt>生成日期：</dt><dd>2020-01-02</dd></dl>",
        "<p>文号：某发〔2020〕1号</p><p>发布机构：某某局</p><p>生成日期：2020-01-02</p>",
        "<div><span>文&nbsp;&nbsp;号：</span><span>某发〔2020〕1号</span> "
        "<span>发布机构：</span>某某局 生成日期：2020-01-02</div>",
        "<div><div>文号</div><div>某发〔2020〕1号</div><div>发布机构</div><div>某某局</div><div>生成日期</div><div>2020-01-02</div></div>",
        "<table><tr><th>文号</th><td>某发〔2020〕1号</td></tr><tr><th>发布机构</th><td>某某局</td></tr>"
        "<tr><th>生成日期</th><td>2020-01-02</td></tr><tr><th>有效性</th><td></td></tr></table>",
        "<table><tr><th>文号</th><td>某发〔2020〕1号</td><th>发布机构</th><td>某某局</td></tr>"
        "<tr><th>主题词</th><td></td><th>生成日期</th><td>2020-01-02</td></tr></table>",
        "<ol><li>[文号] <span>某发〔2020〕1号</span></li><li>【发布机构】某某局</li>"
        "<li>[生成日期] 2020-01-02</li></ol>",
        "<table><tr><td>文号：某发〔2020〕1号</td><td>发布机构：某某局</td></tr>"
        "<tr><td colspan=2>生成日期：2020-01-02</td></tr></table>",
    ],
)
def test_layouts_of_header_fields(fields: str) -> None:
    document = html(
        f"<body>{NAVIGATION}{fields}<div id=zoom><p>某某局关于湿地的通知</p><p>{PARAGRAPH}</p></div></body>"
    )
    assert dict(document.meta) == {"发文字号": "某发〔2020〕1号", "发文机关": "某某局", "成文日期": "2020-01-02"}
    assert texts(document) == ["某某局关于湿地的通知", PARAGRAPH]


def test_a_provincial_page_with_heading_and_info_bar() -> None:
    document = html(f"""<html><head><title>关于湿地的通知-某省人民政府</title>
<meta name="ArticleTitle" content="关于湿地的通知"><meta name="PubDate" content="2020-01-02 10:20"></head><body>
<div class="header"><h1><a href=/>某省人民政府门户网站</a></h1></div>{NAVIGATION}
<div class="crumbs">当前位置：<a href=/>首页</a> &gt; <a href=/zc>政策</a></div>
<div class="main-left"><h1>关于湿地的通知</h1>
<div class="info"><span>来源：某省林业局</span> <span>发布时间：2020-01-02 10:20</span> <span>浏览次数：<i>12</i></span>
 字号：[ <a>大</a> <a>中</a> <a>小</a> ]</div>
<div id="zoom"><p>各市林业局：</p><p>{PARAGRAPH}</p><p>某省林业局<br>2020年1月2日</p></div>
<div class="share">分享到：<a>微信</a> <a>微博</a></div>
<p>上一篇：<a href=/1>关于森林的通知</a></p></div>{FOOTER}</body></html>""")
    assert [(line.role, line.text) for line in document.lines] == [
        ("meta", "来源：某省林业局"),
        ("meta", "发布时间：2020-01-02 10:20"),
        ("meta", "标题：关于湿地的通知"),
        ("heading", "关于湿地的通知"),
        ("text", "各市林业局："),
        ("text", PARAGRAPH),
        ("text", "某省林业局"),
        ("text", "2020年1月2日"),
    ]
    assert document.meta["发布日期"] == "2020-01-02 10:20"
    assert document.meta["网页标题"] == "关于湿地的通知"


def test_a_ministry_page_without_metadata_table() -> None:
    document = html(f"""<body><div id=wrap>{NAVIGATION}<div class="detail"><div class="title">某部关于湿地的公告</div>
<div class="TRS_Editor"><style>.TRS_Editor P{{margin:0}}</style><div class="Custom_UnionStyle">
<p>{PARAGRAPH}</p><p>特此公告。</p><p>　　附件：<a href="a.doc">湿地名录.doc</a></p></div></div>
<div>【打印】【关闭】</div></div>{FOOTER}</div></body>""")
    assert [line.text for line in document.lines] == [
        "某部关于湿地的公告",
        PARAGRAPH,
        "特此公告。",
        "附件：湿地名录.doc",
    ]
    assert document.meta == {}


def test_the_number_between_title_and_text_belongs_to_the_document() -> None:
    document = html(f"""<head><title>关于湿地的通知-某某委员会</title></head><body>{NAVIGATION}<div class="article">
<div class="article_title">关于湿地的通知</div><div class="article_title_num">某改环〔2020〕11号</div>
<div class="time">来源：环资司 2020-01-02</div>
<div class="article_con TRS_Editor"><p>{PARAGRAPH}</p></div></div></body>""")
    assert [(line.role, line.text) for line in document.lines] == [
        ("meta", "发布日期：2020-01-02"),
        ("meta", "来源：环资司"),
        ("heading", "关于湿地的通知"),
        ("text", "某改环〔2020〕11号"),
        ("text", PARAGRAPH),
    ]


def test_a_page_laid_out_by_a_table() -> None:
    document = html(f"""<body><table><tr><td width=180>{NAVIGATION}</td><td>
<p align=center>某某局关于湿地的通知</p><p>某发〔2020〕1号</p><p>各单位：</p>
<p>请保护湿地，及时报告。</p><p>某某局</p></td></tr></table></body>""")
    assert texts(document) == [
        "某某局关于湿地的通知",
        "某发〔2020〕1号",
        "各单位：",
        "请保护湿地，及时报告。",
        "某某局",
    ]


def test_a_title_on_several_lines_before_the_text() -> None:
    document = html("""<html><title>甲部 乙局关于竹制品税收的公告</title><body><table>
<tr><td class=biao>甲部 乙局<br>关于竹制品税收的公告</td></tr><tr><td>甲部 乙局公告2020年第3号</td></tr>
<tr><td><div id=Zoom>&nbsp;&nbsp;&nbsp;&nbsp;现公告如下：
<br>&nbsp;&nbsp;&nbsp;&nbsp;竹制品免税。<br>甲部<br>2020年3月1日</div>
</td></tr></table><table><tr><td>【<a>大</a> <a>中</a>】【<a>关闭窗口</a>】</td></tr></table></body></html>""")
    assert texts(document) == [
        "甲部 乙局",
        "关于竹制品税收的公告",
        "甲部 乙局公告2020年第3号",
        "现公告如下：",
        "竹制品免税。",
        "甲部",
        "2020年3月1日",
    ]
    assert texts(document, "meta") == []


def test_a_page_on_one_line_reads_the_same() -> None:
    one_line = STATE_COUNCIL_PAGE.replace("\n", "")
    assert [line.text for line in html(one_line).lines] == [line.text for line in html(STATE_COUNCIL_PAGE).lines]


def test_unknown_labels_in_a_metadata_table() -> None:
    document = html(
        "<body><table><tr><td>信息名称</td><td>关于湿地的通知</td><td>信息类别</td><td>环境保护</td></tr>"
        "<tr><td>文号</td><td>某发〔2020〕1号</td><td>有效性</td><td></td></tr>"
        f"<tr><td>内容概述</td><td colspan=3>湿地保护</td></tr></table><p>{PARAGRAPH}</p></body>"
    )
    assert texts(document, "meta") == [
        "信息名称：关于湿地的通知",
        "信息类别：环境保护",
        "文号：某发〔2020〕1号",
        "内容概述：湿地保护",
    ]
    assert texts(document) == [PARAGRAPH]


def test_a_page_of_unknown_make_by_density_of_text() -> None:
    document = html(f"""<body><div><div class=x1>{NAVIGATION}</div><div class=x2><div class=x3>
<h2>关于湿地的通知</h2><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p><p>（此件公开发布）</p><p>打印 关闭</p></div>
<div class=x4><a href=1>其他通知一，很长的标题</a><br>
<a href=2>其他通知二，很长的标题</a></div></div></div>{FOOTER}</body>""")
    assert [line.text for line in document.lines] == ["关于湿地的通知", PARAGRAPH, PARAGRAPH, "（此件公开发布）"]


def test_links_after_the_text_are_left_out_and_links_in_it_stay() -> None:
    document = html(
        f"<body><div class=content><p>{PARAGRAPH}依照<a href=1>《湿地保护法》</a>执行。</p><p>相关链接：</p>"
        "<p><a href=2>解读：湿地是什么</a></p><p><a href=3>图解</a></p><p>责任编辑：张三</p></div></body>"
    )
    assert texts(document) == [PARAGRAPH + "依照《湿地保护法》执行。", "责任编辑：张三"]
    assert [out.text for out in document.left_out] == ["相关链接：", "解读：湿地是什么", "图解"]


def test_rows_of_a_data_table_and_cells_over_several_rows() -> None:
    document = html(
        f"<body><div id=zoom><p>{PARAGRAPH}</p><table><tr><th>序号</th><th>任务</th><th>牵头部门</th></tr>"
        "<tr><td>1</td><td>节水</td><td rowspan=2>水利部</td></tr><tr><td>2</td><td><p>清淤</p><p>护岸</p></td></tr>"
        "<tr><td colspan=2>合计</td><td></td></tr></table><p>完。</p></div></body>"
    )
    assert texts(document)[1:] == [
        "序号 | 任务 | 牵头部门",
        "1 | 节水 | 水利部",
        "2 | 清淤 护岸 | 水利部",
        "合计",
        "完。",
    ]


def test_the_name_of_a_group_of_rows_is_a_row_too() -> None:
    document = html(
        f"<body><div id=zoom><p>{PARAGRAPH}</p><table><tr><td colspan=2>任务表</td></tr><tr><th>任务</th><th>部门</th></tr>"
        "<tr><td colspan=2>一、节水</td></tr><tr><td>清淤</td><td>水利部</td></tr><tr><td colspan=2>注：略。</td></tr></table>"
        "</div></body>"
    )
    assert texts(document)[1:] == ["任务表", "任务 | 部门", "一、节水 |", "清淤 | 水利部", "注：略。"]


@pytest.mark.parametrize("opening", [PARAGRAPH, "现公布目录。"])
def test_a_list_of_documents_is_no_metadata(opening: str) -> None:
    document = html(
        f"<body><div id=zoom><p>{opening}</p><table><tr><td>名称</td><td>文号</td><td>发布日期</td></tr>"
        "<tr><td>某办法</td><td>某发〔2009〕1号</td><td>2009年1月2日</td></tr></table>"
        "<p>名称：湿地公园</p><p>来源：天然湖泊</p></div></body>"
    )
    assert document.meta == {}
    assert texts(document)[1:] == [
        "名称 | 文号 | 发布日期",
        "某办法 | 某发〔2009〕1号 | 2009年1月2日",
        "名称：湿地公园",
        "来源：天然湖泊",
    ]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
        ("<p>一<p>二<div>三</div>四", ["一", "二", "三", "四"]),
        (
            "<div>第一段。　　第二段，<b>重点</b>。&nbsp;&nbsp;&nbsp;&nbsp;第三段。</div>",
            ["第一段。", "第二段，重点。", "第三段。"],
        ),
        ("<pre>第一行\n第二行</pre>", ["第一行", "第二行"]),
        ("<p>国务院 &nbsp; &nbsp;</p>", ["国务院"]),
        ("<p>甲\n  乙</p>", ["甲 乙"]),
        ("<p>每立方米2.4元&lt;含税&gt;&amp;运费</p>", ["每立方米2.4元<含税>&运费"]),
        ("<p>补贴500<sup>1</sup>元，面积80m<sup><b>2</b></sup></p>", ["补贴500¹元，面积80m²"]),
        ("<p>见表<sup>[<a>1</a>]</sup>，CO<sub>2</sub></p>", ["见表[1]，CO2"]),
        ("<ul><li>甲</li><li>乙</li></ul>", ["甲", "乙"]),
        ("<ol><li>甲</li><li><p>乙</p><p>丙</p></li></ol>", ["1.甲", "2.乙", "丙"]),
        ("<ol start=4 type=a><li>甲<ol type=I><li>乙</ol><li value=9>丙</ol>", ["d.甲", "I.乙", "i.丙"]),
        ("<ol reversed><li>甲</li><li>乙</li></ol>", ["2.甲", "1.乙"]),
        ("<ol><li>（一）甲</li><li>一、乙</li></ol>", ["（一）甲", "一、乙"]),  # numbers that are typed
        ("<ol style='list-style: none'><li>甲</li></ol>", ["甲"]),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲</li></ol>", ["一、甲"]),
        ("<ol><li><a href='1.htm'>要闻</a></li><li><a href='2.htm'>公告</a></li></ol>", ["要闻", "公告"]),
        ("<p>可见</p><p style='display: none'>不可见</p>", ["可见"]),
        ("<p>甲</p><!-- 注释 <p>乙</p> --><p>丙</p>", ["甲", "丙"]),
        ("<?xml version='1.0' encoding='gb2312'?><p>甲</p>", ["甲"]),
    ],
)
def test_elements_become_lines(body: str, lines: list[str]) -> None:
    document = html(f"<body><div id=zoom><p>{PARAGRAPH * 3}</p>{body}</div></body>")
    assert texts(document)[1:] == lines


def test_html_headings_have_their_level() -> None:
    document = html(f"<body><div id=zoom><h2>一、总则</h2><p>{PARAGRAPH}</p><h3>{PARAGRAPH}</h3></div></body>")
    assert [(line.role, line.level) for line in document.lines] == [("heading", 2), ("text", 0), ("text", 0)]


def test_deep_nesting_is_no_problem() -> None:
    assert texts(html("<div>" * 1500 + f"<p>{PARAGRAPH}</p>")) == [PARAGRAPH]


# --- site words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "打印",
        "【打印】【关闭】",
        "字号：大 中 小",
        "[ 大 中 小 ]",
        "扫一扫在手机打开当前页",
        "首页 > 解读",
    ],
)
def test_site_lines(line: str) -> None:
    assert is_site_line(line)


@pytest.mark.parametrize(
    "line", ["", "打印机的采购", "大中小企业融通发展", "关闭煤矿", "分享经济", "政策解读工作要点", "国务院"]
)
def test_lines_that_only_hold_a_site_word(line: str) -> None:
    assert not is_site_line(line)


def test_an_information_bar_whose_pieces_stand_close_together() -> None:
    page = "<h1>关于渡口检查的通知</h1><div><span>发布时间：2021-05-14 16:32</span><span>来源：港航司</span></div><p>各渡口：</p>"
    raw = READERS[".html"].read(page.encode(), "通知.html")
    assert raw.meta["来源"] == "港航司"
    assert "来源：港航司" in [line.text for line in raw.lines]


def test_what_a_page_tells_by_open_graph_and_by_the_name_of_an_element() -> None:
    document = html(
        '<head><meta property="og:article:author" content="庚省住建厅"></head><body><div>'
        f'<em id="publish_time">2021-11-02 18:00</em></div><div id="js_content"><p>{PARAGRAPH}</p></div></body>'
    )
    assert document.meta["发布日期"] == "2021-11-02 18:00" and document.meta["来源"] == "庚省住建厅"
    assert texts(document) == [PARAGRAPH]


def test_a_title_above_the_text_that_nothing_marks() -> None:
    rows = "".join(
        f"<tr><td>{cell}</td></tr>"
        for cell in [
            "栏目导航",
            "乙市人民政府办公室关于做好防汛工作的通知",
            "乙政办发〔2005〕23号",
            f"<div class=content><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></div>",
        ]
    )
    document = html(f"<html><head><title>乙市人民政府</title></head><body><table>{rows}</table></body></html>")
    assert texts(document) == ["乙政办发〔2005〕23号", PARAGRAPH, PARAGRAPH]
    assert texts(document, "heading") == ["乙市人民政府办公室关于做好防汛工作的通知"]


def test_entities_that_a_page_declares_are_no_text() -> None:
    document = html(
        f"<!DOCTYPE html [<!ENTITY a 'x'>\n<!ENTITY b '>]>'>]>\n<html><body><p>{PARAGRAPH}</p></body></html>"
    )
    assert [(line.text, line.line) for line in document.lines] == [(PARAGRAPH, 3)]
