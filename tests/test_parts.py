"""Documents inside a document: attachments, and the regulations of a collection. Each is numbered from one."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.clean import clean
from corpus.document import SourceDocument
from corpus.load import bundled_documents, document_of, load_document
from corpus.readers import read_bytes, read_file
from fakes import HashEmbedder
from packed import epub, mail, mhtml, ofd_of
from printed import official
from qa.address import part_named
from qa.bot import PolicyQA
from test_same_in_html import body, page
from test_same_in_word import Writer

NOTICE = """\
云岭省人民政府办公厅文件

云岭政办发〔2031〕18号

                                签发人：周立群

云岭省人民政府办公厅关于印发灯塔养护
三年行动方案等两个文件的通知

各市、县人民政府，省政府各部门：

《灯塔养护三年行动方案（2031—2033年）》和《灯塔养护资金管理办法》已经省政府同意，现印发给你们。

附件：1. 灯塔养护三年行动方案（2031—2033年）
      2. 灯塔养护资金管理办法
      3. 重点任务分工表

                                云岭省人民政府办公厅
                                2031年6月12日

（此件公开发布）

附件1

灯塔养护三年行动方案
（2031—2033年）

为加快灯塔养护，制定本方案。

一、总体要求
到2033年，全省灯塔完好率达到98%。

二、重点任务
（一）更新灯器。更换老旧灯器。（省海事局牵头，省财政厅参与）
（二）加固塔身。加固20座塔身。（省住房城乡建设厅负责）

附件2

灯塔养护资金管理办法

第一章 总则
第一条 为规范灯塔养护资金管理，制定本办法。

第二章 支持范围
第二条 单个项目补助不超过总投资的40%。

第三章 附则
第三条 本办法自2031年8月1日起施行。

附件3

重点任务分工表

序号 任务 牵头单位 完成时限
1 更新灯器 省海事局 2032年12月
2 加固塔身 省住房城乡建设厅 2033年6月

抄送：省委各部门，省军区，省政协办公厅。
云岭省人民政府办公厅                2031年6月13日印发
"""
COLLECTION = """\
湖港市行政管理制度汇编

湖港市会议管理办法

一、总则
（一）为加强会议管理，制定本办法。
（二）本办法适用于市级各部门。

二、附则
本办法自2022年3月1日起施行。

湖港市公务接待管理办法（试行）

一、总则
为规范公务接待，制定本办法。

二、接待标准
（一）工作餐每人每餐不超过50元。
（二）陪餐人数不得超过接待对象的三分之一。

三、附则
本办法由市机关事务管理局负责解释，自2022年5月1日起施行。

湖港市公务用车管理办法

第一条 公务用车实行统一编号。
第二条 本办法自2022年6月1日起施行。
"""


def read(text: str, file_name: str) -> SourceDocument:
    return document_of(text.encode(), file_name)


def tree(document: SourceDocument, kind: str = "body") -> list[str]:
    shown = [s for s in document.sections if s.kind == kind and (s.label or s.title)]
    return ["  " * s.level + s.label + s.title for s in shown]


def test_each_attachment_is_a_document_of_its_own_under_its_title() -> None:
    document = read(NOTICE, "通知.txt")
    assert tree(document) == [
        "附件",
        "  1.灯塔养护三年行动方案（2031—2033年）",
        "  2.灯塔养护资金管理办法",
        "  3.重点任务分工表",
        "附件1灯塔养护三年行动方案（2031—2033年）",
        "  一、总体要求",
        "  二、重点任务",
        "    （一）更新灯器",
        "    （二）加固塔身",
        "附件2灯塔养护资金管理办法",
        "  第一章总则",
        "    第一条",
        "  第二章支持范围",
        "    第二条",
        "  第三章附则",
        "    第三条",
        "附件3重点任务分工表",
    ]
    assert [part.label for part in document.parts] == ["附件1", "附件2", "附件3"]
    assert not document.warnings


def test_what_a_red_head_document_says_of_itself() -> None:
    header = read(NOTICE, "通知.txt").header
    assert header.title == "云岭省人民政府办公厅关于印发灯塔养护三年行动方案等两个文件的通知"
    assert (header.number, header.issuer) == ("云岭政办发〔2031〕18号", "云岭省人民政府办公厅")
    assert (header.written, header.published) == ("2031-06-12", "2031-06-13")
    assert header.recipients == "各市、县人民政府，省政府各部门"


def in_form(text: str, form: str) -> SourceDocument:
    """The same document made in another format, and read from it."""
    original = read(text, "通知.txt")
    set_out = clean(read_bytes(text.encode(), "通知.txt")).paragraphs
    made = {
        "docx": lambda: Writer(True).file(original, set_out),
        "pdf": lambda: official(set_out),
        "html": lambda: page(body(original, set_out, False), "网页").encode(),
        "epub": lambda: epub([body(original, set_out, True)], "<dc:title>Unknown Title</dc:title>"),
        "md": lambda: text.encode(),
        "ofd": lambda: ofd_of(text),
        "mht": lambda: mhtml([("https://a/1.html", page(body(original, set_out, True), "网页"))]),
        "eml": lambda: mail(text).as_bytes(),
    }
    return document_of(made[form](), f"通知.{form}")


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "epub", "md", "ofd", "mht", "eml"])
def test_header_data_and_attachments_are_the_same_in_each_format(form: str) -> None:
    document, original = in_form(NOTICE, form), read(NOTICE, "通知.txt")
    assert document.header == original.header
    assert [s.label for s in document.sections if s.is_part] == ["附件1", "附件2", "附件3"]


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "epub", "md", "mht"])
def test_regulations_of_a_collection_are_kept_apart_in_each_format(form: str) -> None:
    document, original = in_form(COLLECTION, form), read(COLLECTION, "通知.txt")
    assert document.header == original.header
    assert tree(document) == tree(original)


def test_the_imprint_at_the_end_belongs_to_no_attachment() -> None:
    document = read(NOTICE, "通知.txt")
    last = document.sections[-1]
    assert document.text[last.start : last.end].startswith("抄送：")
    assert (last.kind, last.parent) == ("front", None)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("附件：灯塔名单", "灯塔名单"),
        ("附件 2：灯塔名单", "灯塔名单"),
        ("附件一\n灯塔名单", "灯塔名单"),
        ("附表1 灯塔名单", "灯塔名单"),
        ("附件\n灯塔养护和管理\n实施细则\n（试行）", "灯塔养护和管理实施细则（试行）"),
    ],
)
def test_the_title_of_an_attachment_stands_beside_or_below_its_number(heading: str, title: str) -> None:
    text = f"一、总则\n制定本规定。\n\n湖港市人民政府\n2031年6月12日\n\n{heading}\n一、渔港灯塔\n渔港灯塔每年修缮两次，由海事局负责。\n"
    (part,) = read(text, "规定.txt").parts
    assert part.title == title


def test_an_attachment_that_is_only_named_holds_nothing_else() -> None:
    text = "一、总则\n制定本规定。\n附件：灯塔名单\n\n湖港市人民政府\n2031年6月12日\n"
    assert read(text, "规定.txt").parts == ()


def test_regulations_of_a_collection_are_kept_apart() -> None:
    document = read(COLLECTION, "汇编.txt")
    assert tree(document) == [
        "湖港市会议管理办法",
        "  一、总则",
        "    （一）",
        "    （二）",
        "  二、附则",
        "湖港市公务接待管理办法（试行）",
        "  一、总则",
        "  二、接待标准",
        "    （一）工作餐每人每餐不超过50元",
        "    （二）陪餐人数不得超过接待对象的三分之一",
        "  三、附则",
        "湖港市公务用车管理办法",
        "  第一条",
        "  第二条",
    ]
    assert document.header.title == "湖港市行政管理制度汇编"
    assert document.header.effective is None, "each has a day of its own"


def test_a_notice_with_sections_of_its_own_and_a_regulation_attached_are_no_collection() -> None:
    text = (
        "湖港市财政局关于做好灯塔补助工作的通知\n各区财政局：\n一、补助对象\n各灯塔管理单位。\n二、工作要求\n按期上报。\n"
        "湖港市财政局\n2031年6月12日\n附件1\n灯塔补助资金管理办法\n第一条 制定本办法。\n第二条 每座补助两万元。\n"
    )
    document = read(text, "通知.txt")
    assert [part.label for part in document.parts] == ["附件1"]
    assert document.sections[0].kind == "front"


def test_the_contents_table_of_a_collection_is_no_title() -> None:
    title, rest = COLLECTION.split("\n", 1)
    titles = [section.title for section in read(COLLECTION, "汇编.txt").parts]
    contents = "\n".join(f"{name}………{page}" for page, name in enumerate(titles, 1))
    document = read(f"{title}\n\n目　录\n{contents}\n\n{rest}", "汇编.txt")
    assert document.header == read(COLLECTION, "汇编.txt").header
    assert [section.title for section in document.parts] == titles


def test_a_collection_without_a_title_is_named_after_its_first() -> None:
    document = read(COLLECTION.split("\n", 2)[2], "汇编.txt")
    assert document.header.title == "湖港市会议管理办法等3个文件"


def test_a_regulation_alone_is_no_collection() -> None:
    text = "湖港市会议管理办法\n\n第一章 总则\n第一条 制定本办法。\n\n第二章 附则\n第二条 自印发之日起施行。\n"
    assert read(text, "办法.txt").parts == ()


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("公务接待管理办法什么时候施行", "湖港市公务接待管理办法（试行）"),
        ("湖港市公务用车管理办法第二条", "湖港市公务用车管理办法"),
        ("管理办法第二条", None),
        ("陪餐人数", None),
    ],
)
def test_a_part_is_named_by_the_end_of_its_title(question: str, title: str | None) -> None:
    part = part_named(question, read(COLLECTION, "汇编.txt"))
    assert (part.title if part else None) == title


# --- asked


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder: Path = tmp_path_factory.mktemp("parts")
    (folder / "通知.txt").write_text(NOTICE, "utf-8")
    (folder / "汇编.txt").write_text(COLLECTION, "utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("index"), embedder=HashEmbedder())


@pytest.mark.parametrize(
    ("question", "said", "path"),
    [
        ("公务接待管理办法什么时候施行？", "2022年5月1日", ("湖港市公务接待管理办法（试行）", "三、附则")),
        ("公务用车管理办法自什么时候起施行？", "2022年6月1日", ("湖港市公务用车管理办法", "第二条")),
        ("灯塔养护资金管理办法什么时候施行？", "2031年8月1日", ("附件2灯塔养护资金管理办法", "第三章附则", "第三条")),
        ("附件有哪些？", "共3个", ("附件",)),
        ("这个汇编里有哪些办法？", "共3个文件", ("湖港市会议管理办法",)),
        ("抄送哪些单位？", "省军区", ("落款",)),
        (
            "谁牵头更新灯器？",
            "省海事局",
            ("附件1灯塔养护三年行动方案（2031—2033年）", "二、重点任务", "（一）更新灯器"),
        ),
    ],
)
def test_an_answer_names_the_part_that_it_is_from(
    bot: PolicyQA, question: str, said: str, path: tuple[str, ...]
) -> None:
    answer = bot.ask(question)
    assert said in answer.text
    assert path in [citation.section for citation in answer.citations]


@pytest.mark.parametrize("form", ["docx", "html"])
@pytest.mark.parametrize("start", ["000", "001", "002"])
def test_the_documents_of_the_project_are_the_same_in_word_and_html(start: str, form: str) -> None:
    path = next(bundled_documents().glob(f"{start}*.txt"))
    original, set_out = load_document(path), clean(read_file(path)).paragraphs
    made = (
        Writer(True).file(original, set_out)
        if form == "docx"
        else page(body(original, set_out, True), path.stem).encode()
    )
    document = document_of(made, f"{path.stem}.{form}")
    assert document.header == original.header
    assert document.text == original.text
    assert [(s.level, s.label, s.title) for s in document.sections] == [
        (s.level, s.label, s.title) for s in original.sections
    ]
