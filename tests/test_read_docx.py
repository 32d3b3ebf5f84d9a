"""Word documents: what prints is read, once, in order. The files are put together from XML here."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from corpus.load import load_document
from corpus.numbering import counted
from corpus.raw import RawDocument, ReadError
from corpus.read_docx import read_docx
from office_files import levels, num, package, par, run, table, tc, word

BOX = "<w:txbxContent>{}</w:txbxContent>"
LONG = "各地区、各部门要高度重视灯塔管理工作，加强组织领导，健全工作机制，抓好任务落实，重大事项及时报告。"


def read(body: str, **parts: str) -> RawDocument:
    return read_docx(word(body, **parts), "a.docx")


def texts(document: RawDocument, role: str = "text") -> list[str]:
    return [line.text for line in document.lines if line.role == role]


def field(code: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    middle = mark("separate") + result if result else ""
    return f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{middle}{mark('end')}"


# --- numbering -------------------------------------------------------------------------------------------------------

OFFICIAL = levels(
    ("chineseCountingThousand", "第%1章"),
    ("chineseCountingThousand", "%2、"),
    ("chineseCountingThousand", "（%3）"),
    ("decimal", "%4."),
    ("decimal", "（%5）"),
    ("decimalEnclosedCircleChinese", "%6"),
)


def test_numbers_that_word_counts_are_written_out() -> None:
    depths = [0, 1, 2, 2, 3, 3, 4, 5, 5, 2, 1, 2, 0, 1]
    lines = texts(read("".join(par("文", listed=(1, at)) for at in depths), numbering=OFFICIAL + num(1)))
    assert [line.removesuffix("文").strip() for line in lines] == [
        *(
            "第一章",
            "一、",
            "（一）",
            "（二）",
            "1.",
            "2.",
            "（1）",
            "①",
            "②",
            "（三）",
            "二、",
            "（一）",
            "第二章",
            "一、",
        ),
    ]


def test_articles_count_through_the_chapters_and_start_anew_where_word_says_so() -> None:
    through = levels(
        ("chineseCounting", "第%1章"), ("chineseCountingThousand", "第%2条"), more='<w:lvlRestart w:val="0"/>'
    )
    body = "".join(
        par("文", listed=(n, at)) for n, at in [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (2, 1), (2, 1), (1, 1)]
    )
    lines = texts(read(body, numbering=through + num(1) + num(2, 1, {1: 11})))
    assert [line[:-2] for line in lines] == [
        *("第一章", "第一条", "第二条", "第二章", "第三条", "第十一条", "第十二条", "第十三条"),
    ]


def test_several_numbers_in_one_label() -> None:
    numbering = levels(("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")) + num(1)
    lines = texts(read("".join(par("范围", listed=(1, at)) for at in (0, 1, 1, 2, 0, 2)), numbering=numbering))
    assert lines == ["1 范围", "1.1 范围", "1.2 范围", "1.2.1 范围", "2 范围", "2.1.1 范围"]


def test_numbers_that_come_from_the_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="my"><w:name w:val="我的"/>'
        '<w:basedOn w:val="1"/></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="1"/>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="chineseCounting"/>'
        '<w:pStyle w:val="2"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
    )
    body = par("灯塔") + par("总则", style="1") + par("目的", style="2") + par("细则", style="my")
    body += par("不编号", style="1", listed=(0, 0))
    document = read(body, styles=styles, numbering=numbering + num(1))
    assert [(line.text, line.role, line.level) for line in document.lines] == [
        ("灯塔", "text", 0),
        ("一、总则", "heading", 2),
        ("（一）目的", "heading", 3),
        ("二、细则", "heading", 2),
        ("不编号", "heading", 2),
    ]


def test_bullets_are_no_words_and_empty_items_count() -> None:
    numbering = levels(("bullet", "\uf0b7")) + levels(("decimal", "%1."), number=2) + num(1) + num(2, 2)
    body = par("点", listed=(1, 0)) + par("甲", listed=(2, 0)) + par("", listed=(2, 0)) + par("丙", listed=(2, 0))
    assert texts(read(body, numbering=numbering)) == ["点", "1. 甲", "3. 丙"]


@pytest.mark.parametrize(
    ("form", "number", "said"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1005, "一千零五"),
        ("ideographDigital", 20, "二〇"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("chineseLegalSimplified", 15, "壹拾伍"),
        ("ideographTraditional", 3, "丙"),
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 1994, "mcmxciv"),
        ("decimalZero", 7, "07"),
        ("somethingNew", 7, "7"),
    ],
)
def test_ways_of_counting(form: str, number: int, said: str) -> None:
    assert counted(number, form) == said


# --- runs ------------------------------------------------------------------------------------------------------------


def test_tracked_changes_are_accepted() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>旧的</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("新的")}</w:ins>'
    moved = f"<w:moveFrom>{run('走了')}</w:moveFrom><w:moveTo>{run('来了')}</w:moveTo>"
    body = par(run("执行"), deleted, inserted, run("办法。"), moved)
    body += par(run("被连上的"), more="<w:rPr><w:del w:id='3'/></w:rPr>") + par("一段。")
    body += table(["甲", "乙"], ["丙", "丁"]).replace("<w:tr>", "<w:tr><w:trPr><w:del w:id='4'/></w:trPr>", 1)
    document = read(body)
    assert texts(document) == ["执行新的办法。来了", "被连上的一段。", "丙", "丁"]
    assert [(out.text, out.reason) for out in document.left_out] == [
        ("旧的", "修订中删去的文字"),
        ("走了", "修订中删去的文字"),
        ("甲乙", "修订中删去的文字"),
    ]


def test_hidden_text_is_left_out_and_listed() -> None:
    styles = '<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = par(
        run("看得见", '<w:vanish w:val="0"/>'), run("看不见", "<w:vanish/>"), run("也看不见", '<w:rStyle w:val="h"/>')
    )
    document = read(body, styles=styles)
    assert texts(document) == ["看得见"]
    assert [out.text for out in document.left_out] == ["看不见", "也看不见"]


def test_bold_beginnings() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="b"/><w:rPr><w:b/></w:rPr></w:style>'
    body = par(run("　　一、要重视。", "<w:b/>"), run("各地要重视。")) + par(
        run("全粗"), run("不粗", '<w:b w:val="0"/>'), style="b"
    )
    body += par(run("加强领导。", "<w:b/>"), run("略。"), listed=(1, 0))
    document = read(body, styles=styles, numbering=OFFICIAL.replace("第%1章", "%1、") + num(1))
    assert [(line.text, line.bold) for line in document.lines] == [
        ("一、要重视。各地要重视。", 6),
        ("全粗不粗", 2),
        ("一、 加强领导。略。", 8),
    ]


def test_breaks_tabs_hyphens_and_symbols() -> None:
    body = par(
        "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:softHyphen/><w:noBreakHyphen/><w:t>丁\u00ad\u200b</w:t></w:r>"
    )
    body += par(
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>同意</w:t><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
    )
    body += par(
        "<w:r><w:ruby><w:rt><w:r><w:t>yù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>毓</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    body += par(
        "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b+1</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert texts(read(body)) == ["甲", "乙\t丙-丁", "☑同意□", "毓", "a/(b+1)"]


def test_raised_figures_add_to_no_number() -> None:
    above = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    assert texts(read(par(run("补贴500"), above, run("元")))) == ["补贴500¹元"]


def test_fields_give_their_result_and_page_numbers_none() -> None:
    body = par(
        run("第"), field(" PAGE ", run("3")), run("页，见"), field(' HYPERLINK "http://a" ', run("某办法")), run("。")
    )
    body += par(
        f'<w:hyperlink r:id="x">{run("链接")}</w:hyperlink>',
        f'<w:fldSimple w:instr=" SEQ 表 ">{run("2")}</w:fldSimple>',
    )
    body += par(field(r" eq \o\ac(○,3) ", ""), run("落实责任。"))
    body += par('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("没有结束")) + par("后面还在。")
    assert texts(read(body)) == ["第页，见某办法。", "链接2", "③落实责任。", "后面还在。"]


# --- forms -----------------------------------------------------------------------------------------------------------


def control(inner: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def form_field(code: str, inner: str) -> str:
    whole = field(f" {code} ", "<w:r/>")
    return whole.replace('w:fldCharType="begin"/>', f'w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar>')


def test_boxes_to_tick_and_chosen_entries() -> None:
    ticked = "<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"
    empty = "<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>"
    entries = "<w:listEntry w:val='城镇'/><w:listEntry w:val='农村'/>"
    body = par(form_field("FORMCHECKBOX", ticked), "港口　　", form_field("FORMCHECKBOX", empty), "码头")
    body += par("所在地：", form_field("FORMDROPDOWN", f"<w:ddList><w:result w:val='1'/>{entries}</w:ddList>"))
    body += par("类型：", form_field("FORMDROPDOWN", f"<w:ddList>{entries}</w:ddList>"))
    body += par("说明：", field(" FORMTEXT ", run("无")), control(run("☒"), "<w:alias w:val='框'/>"), "同意")
    assert texts(read(body)) == ["☑港口　　□码头", "所在地：农村", "类型：城镇", "说明：无☒同意"]


def test_what_a_control_asks_for_is_no_text() -> None:
    prompt = "<w:showingPlcHdr/>"
    body = par("单位名称：", control(run("单击此处输入文字。"), prompt)) + control(par("请填写意见。"), prompt)
    body += par("联系人：", control(run("张三"), '<w:showingPlcHdr w:val="0"/>'))
    document = read(body)
    assert texts(document) == ["单位名称：", "联系人：张三"]
    assert [(out.text, out.reason) for out in document.left_out] == [
        ("单击此处输入文字。", "表单中没有填的提示"),
        ("请填写意见。", "表单中没有填的提示"),
    ]


def test_signs_of_symbol_fonts_that_are_typed_as_text() -> None:
    ticked = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>\uf0fe</w:t></w:r>'
    assert texts(read(par(ticked, "同意", ticked.replace("\uf0fe", "\uf0a8"), "不同意\uf020"))) == ["☑同意□不同意"]


CHART = """<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart>
<c:title><c:tx><c:rich><a:p><a:r><a:t>灯塔座数</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart>
<c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>东港</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:cat><c:numRef><c:numCache><c:formatCode>yyyy"年"</c:formatCode><c:pt idx="0"><c:v>47484</c:v></c:pt>
<c:pt idx="1"><c:v>47849</c:v></c:pt></c:numCache></c:numRef></c:cat>
<c:val><c:numRef><c:numCache><c:formatCode>General</c:formatCode><c:pt idx="0"><c:v>1200.0</c:v></c:pt>
<c:pt idx="1"><c:v>#N/A</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>
</c:barChart></c:plotArea></c:chart></c:chartSpace>"""


def test_charts_are_tables_of_their_values_after_their_paragraph() -> None:
    drawing = (
        '<w:r><w:drawing><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="c1"/>'
        "</w:drawing></w:r>"
    )
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c1"'
        ' Type="http://x/chart" Target="charts/chart1.xml"/></Relationships>'
    )
    with zipfile.ZipFile(io.BytesIO(word(par("见", drawing, "图。") + par("完。")))) as archive:
        files = {"word/document.xml": archive.read("word/document.xml"), "word/charts/chart1.xml": CHART}
    document = read_docx(package(files | {"word/_rels/document.xml.rels": relation}), "a.docx")
    assert texts(document) == ["见图。", "灯塔座数", "类别 | 东港", "2030年 | 1200", "2031年 | #N/A", "完。"]
    assert texts(read_docx(package(files), "a.docx")) == ["见图。", "完。"]


# --- beside the text -------------------------------------------------------------------------------------------------


def reference(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def test_notes_follow_their_paragraph_and_their_marks_are_gone() -> None:
    notes = f'<w:footnote w:id="2">{par("<w:r><w:footnoteRef/></w:r>", run(" 见某公报。"))}</w:footnote>'
    ends = f'<w:endnote w:id="1">{par("全文完。")}</w:endnote>'
    body = par(run("灯塔"), reference("footnote", 2), run("应当亮着"), reference("endnote", 1), run("。")) + par(
        "第二段。"
    )
    body += table(["甲", tc(par(run("乙"), reference("footnote", 2)))], ["丙", "丁"])
    assert texts(read(body, footnotes=notes, endnotes=ends)) == [
        "灯塔应当亮着。",
        "[1] 见某公报。",
        "第二段。",
        "甲 | 乙",
        "丙 | 丁",
        "[3] 见某公报。",
        "[2] 全文完。",
    ]


def test_text_boxes_are_read_once_and_break_no_sentence() -> None:
    box = BOX.format(par("框里的字。"))
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox>{BOX.format(par('某省人民政府文件'))}</v:textbox></w:pict></w:r>"
    assert texts(read(par(old, run("关于灯塔的通知")) + par(run("前半句"), drawing, run("后半句。")))) == [
        "某省人民政府文件",
        "关于灯塔的通知",
        "前半句后半句。",
        "框里的字。",
    ]


def test_page_headers_footers_and_comments_are_left_out_and_listed() -> None:
    document = read(
        par(run("关于灯塔的通知"), '<w:r><w:commentReference w:id="0"/></w:r>') + par(LONG),
        header1=par("内部资料") + par("港政发〔2031〕5号"),
        footer1=par(run("第 "), field("PAGE", run("1")), run(" 页")) + par("港务局印制"),
        comments=f'<w:comment w:id="0">{par("再改改")}</w:comment>',
    )
    assert texts(document) == ["关于灯塔的通知", LONG]
    assert {(out.text, out.reason) for out in document.left_out} == {
        ("内部资料", "页眉"),
        ("港政发〔2031〕5号", "页眉"),
        ("港务局印制", "页脚"),
        ("再改改", "批注"),
    }
    assert document.meta == {"发文字号": "港政发〔2031〕5号"}
    assert texts(document, "meta") == ["发文字号：港政发〔2031〕5号"]


TOC = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'


@pytest.mark.parametrize("heading", ["目录", "目  录", ""])
def test_a_contents_table(heading: str, tmp_path: Path) -> None:
    entries = [
        f"<w:r><w:t>{name}</w:t><w:tab/><w:t>{page}</w:t></w:r>"
        for name, page in (("第一章 总则", 1), ("第二章 职责", 3))
    ]
    body = (par(heading) if heading else "") + "".join(par(entry, style="T1") for entry in entries)
    body += par("第一章 总则") + par(LONG) + par("第二章 职责") + par(LONG)
    (tmp_path / "a.docx").write_bytes(word(par("灯塔管理办法") + body, styles=TOC))
    document = load_document(tmp_path / "a.docx")
    contents = [s for s in document.sections if s.kind == "toc"]
    assert [s.label for s in document.sections if s.label] == ["第一章", "第二章"]
    if heading:
        assert document.text[contents[0].start : contents[0].end].split("\n")[1:] == ["第一章 总则 1", "第二章 职责 3"]
    else:
        assert not contents and [out.reason for out in document.left_out] == ["目录", "目录"]


# --- tables ----------------------------------------------------------------------------------------------------------


def test_rows_and_merged_cells() -> None:
    rows = table(
        ["序号", "任务", "牵头部门"],
        ["1", "节水", tc("水利部", merge="restart")],
        ["2", tc("清淤", "护岸"), tc("", merge="continue")],
        [tc("合计", span=2), ""],
        ["3", "", "农业部"],
    )
    assert texts(read(par(LONG) + rows + par("完。")))[1:] == [
        "序号 | 任务 | 牵头部门",
        "1 | 节水 | 水利部",
        "2 | 清淤 护岸 | 水利部",
        "合计 |",
        "3 | | 农业部",
        "完。",
    ]


def test_tables_that_only_place_text_on_the_page() -> None:
    head = table(["港政发〔2031〕5号", "签发人：张三"])
    frame = table([tc(par("专栏1 灯塔"), par(LONG), table(["年份", "座数"], ["2030", "12"], ["2031", "15"]))])
    assert texts(read(head + par("关于灯塔的通知") + frame)) == [
        "港政发〔2031〕5号",
        "签发人：张三",
        "关于灯塔的通知",
        "专栏1 灯塔",
        LONG,
        "年份 | 座数",
        "2030 | 12",
        "2031 | 15",
    ]


def test_content_controls_around_rows_and_paragraphs() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = control.format(par(control.format(run("控件里")), run("的话。")))
    assert texts(read(body + table(["甲", "乙"], ["1", "2"], ["3", "4"]))) == [
        "控件里的话。",
        "甲 | 乙",
        "1 | 2",
        "3 | 4",
    ]


# --- the document ----------------------------------------------------------------------------------------------------


def test_the_title_style_is_the_title_and_the_headings_are_its_parts(tmp_path: Path) -> None:
    styles = '<w:style w:styleId="T"><w:name w:val="Title"/></w:style><w:style w:styleId="1"><w:name w:val="标题 1"/></w:style>'
    body = par("灯塔守护", style="T") + par("缘起", style="1") + par(LONG) + par("人物", style="1") + par(LONG)
    (tmp_path / "a.docx").write_bytes(word(body, styles=styles))
    document = load_document(tmp_path / "a.docx")
    assert document.header.title == "灯塔守护"
    assert [s.title for s in document.sections if s.title] == ["缘起", "人物"]


def test_a_heading_style_on_a_whole_paragraph_is_no_heading() -> None:
    document = read(par(LONG * 2, more='<w:outlineLvl w:val="0"/>') + par("短", more='<w:outlineLvl w:val="9"/>'))
    assert [line.role for line in document.lines] == ["text", "text"]


def test_printed_lines_as_paragraphs_are_joined(tmp_path: Path) -> None:
    text = "".join(
        f"要加强第{n}处灯塔的巡查维护，明确专人负责，及时排除故障，确保航行安全和灯光正常，并按月报告"
        for n in range(12)
    )
    lines = [text[at : at + 28] for at in range(0, len(text), 28)]
    (tmp_path / "a.docx").write_bytes(word("".join(map(par, lines))))
    assert load_document(tmp_path / "a.docx").text == text


def test_documents_of_other_makes() -> None:
    with zipfile.ZipFile(io.BytesIO(word(par("严格的。")))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    files["word/document.xml"] = files["word/document.xml"].replace(
        old + b"wordprocessingml/2006/main", new + b"wordprocessingml/main"
    )
    assert texts(read_docx(package(files), "a.docx")) == ["严格的。"]
    page = "<html><body><p>嵌入的网页。</p></body></html>"
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c"'
        ' Type="http://x/aFChunk" Target="chunk.html"/></Relationships>'
    )
    files = {"word/document.xml": files["word/document.xml"].replace(b"<w:p>", b'<w:altChunk r:id="c"/><w:p>')}
    files |= {"word/_rels/document.xml.rels": relation.encode(), "word/chunk.html": page.encode()}
    assert texts(read_docx(package(files), "a.docx")) == ["嵌入的网页。", "严格的。"]


# --- files that cannot be read ---------------------------------------------------------------------------------------


def test_damaged_files_say_what_to_do() -> None:
    whole = word(par(LONG) * 50)
    for cut in (30, len(whole) // 2, len(whole) - 5):
        with pytest.raises(ReadError, match="损坏"):
            read_docx(whole[:cut], "a.docx")
    with pytest.raises(ReadError, match="没有 Word 正文"):
        read_docx(package({"word/other.xml": "<a/>"}), "a.docx")
    broken = bytearray(whole)
    at = whole.index(b"word/document.xml") + 40
    broken[at : at + 20] = bytes(20)
    with pytest.raises(ReadError, match="损坏"):
        read_docx(bytes(broken), "a.docx")


def test_entities_that_grow_are_not_opened() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    document = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "哈">{entities}]><w:document>&a11;</w:document>'
    begin = time.monotonic()
    with pytest.raises(ReadError, match="实体"):
        read_docx(package({"word/document.xml": document}), "a.docx")
    assert time.monotonic() - begin < 2


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(ReadError, match="大得不正常"):
        read_docx(package({"word/document.xml": bytes(80_000_000)}), "a.docx")


def test_a_part_that_is_named_and_missing_does_no_harm() -> None:
    whole = word(par("灯塔", style="1", listed=(1, 0)), styles="", numbering="", footnotes="", header1=par("页眉"))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for missing in ("styles", "numbering", "footnotes", "header1"):
        kept = {name: data for name, data in files.items() if name != f"word/{missing}.xml"}
        assert texts(read_docx(package(kept), "a.docx")) == ["灯塔"]
    with pytest.raises(ReadError, match="没有 Word 正文"):
        read_docx(package({name: data for name, data in files.items() if "document" not in name}), "a.docx")
