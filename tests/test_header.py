"""Header data: numbers, dates and fields as documents write them. All documents here are made up."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from corpus.dates import iso_date
from corpus.document import AUTHORITY, Header
from corpus.header import find_numbers, header_of, normal_number
from corpus.load import document_of
from corpus.provenance import load_provenance
from corpus.raw import RawDocument, RawLine
from corpus.read_text import read_text


def header(text: str, file_name: str = "某文件.txt", provenance: dict[str, object] | None = None) -> Header:
    raw = read_text(text.encode(), file_name)
    return header_of(raw, "\n".join(line.text for line in raw.lines if line.role != "blank"), provenance)


# --- numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "国发〔2015〕40号",
        "国发[2015]40号",
        "国发［2015］40号",
        "国发（2015）40号",
        "国发(2015)40号",
        "国发【2015】40号",
        "国发《2015》40号",
        "国发﹝2015﹞40号",
        "国发〔2015]40号",
        "国发 〔 2015 〕 40 号",
        "国发〔２０１５〕４０号",
        "国发〔2015〕第40号",
        "国发〔2015〕040号",
        "国发〔2015年〕40号",
        "国发〔2015〕40",
        "国发2015年40号",
        "国发2015年第40号",
        "国发2015第40号",
        "国发2015-40号",
        "国发2015-40",
        "国发〔二〇一五〕四十号",
        "（国发〔2015〕40号）",
        "发文字号：国发〔2015〕40号",
        "文 号：国发〔2015〕40号",
    ],
)
def test_every_spelling_of_a_number_has_one_normal_form(written: str) -> None:
    assert normal_number(written) == "国发〔2015〕40号"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("云江办发明电〔2019〕3号", "云江办发明电〔2019〕3号"),
        ("和政发〔2019〕3号", "和政发〔2019〕3号"),
        ("中华人民共和国国务院令第799号", "国务院令第799号"),
        ("国家税务总局公告 2018 年第 60 号", "国家税务总局公告2018年第60号"),
        ("住房和城乡建设部令第四十三号", "住房和城乡建设部令第43号"),
        ("国家发展和改革委员会令2013年 第21号", "国家发展和改革委员会令2013年第21号"),
        ("教育部令第４０号", "教育部令第40号"),
    ],
)
def test_other_kinds_of_numbers(written: str, normal: str) -> None:
    assert normal_number(written) == normal


@pytest.mark.parametrize(
    "text",
    ["", "第三条", "2015年7月1日", "〔2015〕40号", "各市、县人民政府：", "电话（010）65250042", "国发", "一、总体要求"],
)
def test_what_is_no_number(text: str) -> None:
    assert normal_number(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("根据国发〔2015〕40号和云政发（2016）8号，制定本办法。", ["国发〔2015〕40号", "云政发〔2016〕8号"]),
        ("《关于某事的意见》（国办函[2004]36号）收悉。", ["国办函〔2004〕36号"]),
        ("请问国发[2015]40讲了什么？", ["国发〔2015〕40号"]),
        ("国发2015年40号文是哪天印发的", ["国发〔2015〕40号"]),
        ("国务院国发〔2015〕40号文件", ["国发〔2015〕40号"]),
        ("与国发〔2015〕40号相比", ["国发〔2015〕40号"]),
        ("和国发〔2015〕40号相比", ["国发〔2015〕40号"]),
        ("原国经贸〔2001〕12号同时废止", ["原国经贸〔2001〕12号"]),
        ("依照国务院令第705号，经住房和城乡建设部令第43号修改", ["国务院令第705号", "住房和城乡建设部令第43号"]),
        ("按照财政部公告2018年第12号执行", ["财政部公告2018年第12号"]),
        ("增长（2015）40个百分点，2015年40家，中国（2018）报告", []),
        ("于2015年7月1日印发，研发2015-2020年规划", []),
    ],
)
def test_numbers_in_running_text(text: str, numbers: list[str]) -> None:
    found = find_numbers(text)
    assert [normal for _, _, normal in found] == numbers
    for start, end, normal in found:
        assert normal_number(text[start:end]) == normal


# --- dates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2015年7月1日", "2015-07-01"),
        ("2004年04月17日", "2004-04-17"),
        ("2015 年 7 月 1 日", "2015-07-01"),
        ("２０１５年７月１日", "2015-07-01"),
        ("2015-07-01", "2015-07-01"),
        ("2015-7-1 10:30", "2015-07-01"),
        ("2015/07/01", "2015-07-01"),
        ("2015.7.1", "2015-07-01"),
        ("20150701", "2015-07-01"),
        ("二〇一五年七月一日", "2015-07-01"),
        ("二○一五年七月一日", "2015-07-01"),
        ("二Ｏ一五年七月一日", "2015-07-01"),
        ("二零一五年十二月三十一日", "2015-12-31"),
        ("二〇〇四年四月二十七日", "2004-04-27"),
        ("一九九八年十月十日", "1998-10-10"),
        ("二〇一九年二月廿八日", "2019-02-28"),
        ("2015年 7 月", "2015-07"),
        ("2015-07", "2015-07"),
        ("2015年", "2015"),
        ("（2018年12月21日第3次会议通过）", "2018-12-21"),
        ("印发于2015年13月1日", None),
        ("2015年2月30日", None),
        ("2015-2020", None),
        ("增长2015.7万元", None),
        ("第40号", None),
        ("", None),
    ],
)
def test_iso_date(text: str, date: str | None) -> None:
    assert iso_date(text) == date


# --- documents -----------------------------------------------------------------------------------------------------

NOTICE = """云江省人民政府办公厅文件

云江政办发〔2021〕12号

云江省人民政府办公厅
关于印发《云江省湿地保护管理办法》
的通知

各市、县（市、区）人民政府，省政府各部门：

《云江省湿地保护管理办法》已经省政府同意，现印发给你们，请认真贯彻执行。《旧办法》（云江政办发〔2009〕7号）同时废止。

云江省人民政府办公厅
2021年3月9日

（此件公开发布）

云江省湿地保护管理办法

第一章 总则
第一条 为了保护湿地，制定本办法。
第九条 本办法由省林业局负责解释，自2021年5月1日起施行。
"""


def test_a_notice_with_its_attachment() -> None:
    assert header(NOTICE) == Header(
        title="云江省人民政府办公厅关于印发《云江省湿地保护管理办法》的通知",
        number="云江政办发〔2021〕12号",
        issuer="云江省人民政府办公厅",
        written="2021-03-09",
        effective="2021-05-01",
        kind="通知",
        authority=AUTHORITY["local"],
        recipients="各市、县（市、区）人民政府，省政府各部门",
    )


@pytest.mark.parametrize(
    ("text", "title", "issuer", "kind", "authority"),
    [
        ("国务院关于加强山区用水的意见\n正文。", "国务院关于加强山区用水的意见", "国务院", "意见", "state_council"),
        (
            "国务院办公厅转发水利部等部门\n关于节水工作意见的通知\n国办发〔2020〕9号\n正文。",
            "国务院办公厅转发水利部等部门关于节水工作意见的通知",
            "国务院办公厅",
            "通知",
            "state_council",
        ),
        (
            "中共中央 国务院\n关于推进渔业发展的意见\n正文。",
            "中共中央 国务院关于推进渔业发展的意见",
            "中共中央 国务院",
            "意见",
            "state_council",
        ),
        (
            "教育部等五部门关于校园夜跑的实施意见（试行）\n正文。",
            "教育部等五部门关于校园夜跑的实施意见（试行）",
            "教育部等五部门",
            "意见",
            "ministry",
        ),
        (
            "财政部 税务总局关于竹制品税收政策的公告\n财政部 税务总局公告2020年第3号\n正文。",
            "财政部 税务总局关于竹制品税收政策的公告",
            "财政部 税务总局",
            "公告",
            "ministry",
        ),
        (
            "国家市场监督管理总局关于竹筷标准的批复\n正文。",
            "国家市场监督管理总局关于竹筷标准的批复",
            "国家市场监督管理总局",
            "批复",
            "ministry",
        ),
        (
            "住房和城乡建设部办公厅关于开展屋顶检查工作安排\n有关事项的函\n正文。",
            "住房和城乡建设部办公厅关于开展屋顶检查工作安排有关事项的函",
            "住房和城乡建设部办公厅",
            "函",
            "ministry",
        ),
        (
            "青山市发展和改革委员会关于2022年公交票价的通告\n正文。",
            "青山市发展和改革委员会关于2022年公交票价的通告",
            "青山市发展和改革委员会",
            "通告",
            "local",
        ),
        (
            "关于开展河道清淤的紧急通知\n各乡镇：\n请按时完成。\n\n白水县水利局\n白水县财政局\n二〇一九年六月三日\n",
            "关于开展河道清淤的紧急通知",
            "白水县水利局、白水县财政局",
            "通知",
            "local",
        ),
        ("《云江省湿地保护条例》解读\n正文。", "《云江省湿地保护条例》解读", None, "解读", "interpretation"),
        (
            "水利部负责人就《河道采砂规定》答记者问\n正文。",
            "水利部负责人就《河道采砂规定》答记者问",
            None,
            "答记者问",
            "interpretation",
        ),
        (
            "中国竹产业发展报告\n某某出版社\nISBN 978-7-00-000000-0\n正文。",
            "中国竹产业发展报告",
            None,
            "报告",
            "report",
        ),
        (
            "山区供水网络研究\n张三\n摘要：本文研究供水。\n关键词：供水；山区\n一、引言\n正文。",
            "山区供水网络研究",
            None,
            "论文",
            "paper",
        ),
        ("竹编（百科词条）\n竹编是一种工艺。", "竹编（百科词条）", None, "百科", "encyclopedia"),
    ],
)
def test_titles_issuers_kinds_and_ranks(
    text: str, title: str, issuer: str | None, kind: str | None, authority: str
) -> None:
    found = header(text)
    assert (found.title, found.issuer, found.kind) == (title, issuer, kind)
    assert found.authority == AUTHORITY[authority]


@pytest.mark.parametrize(
    ("issuer", "authority"),
    [
        ("国务院", "state_council"),
        ("中共中央办公厅 国务院办公厅", "state_council"),
        ("全国人民代表大会常务委员会", "state_council"),
        ("中华人民共和国教育部", "ministry"),
        ("工业和信息化部、青山市人民政府", "ministry"),
        ("国务院国有资产监督管理委员会", "ministry"),
        ("中国人民银行", "ministry"),
        ("国家能源局", "ministry"),
        ("国家发展改革委", "ministry"),
        ("上海市人民政府", "local"),
        ("云江省教育厅", "local"),
        ("某某自治区人民政府办公厅", "local"),
        ("国家税务总局青山市税务局", "local"),
        ("青山县发改委", "local"),
        ("青山市供水有限公司", "unknown"),
        ("某某大学", "unknown"),
    ],
)
def test_rank_of_an_issuer(issuer: str, authority: str) -> None:
    assert header("随笔\n正文。", provenance={"issuer": issuer}).authority == AUTHORITY[authority]


def test_a_decree_is_titled_by_its_regulation() -> None:
    found = header(
        "中华人民共和国国务院令\n第899号\n《竹林管理条例》已经2019年3月2日国务院第40次常务会议通过，现予公布，自2019年6月1日起施行。\n"
        "总理　某某某\n2019年3月20日\n竹林管理条例\n第一章　总则\n第一条　为了管理竹林，制定本条例。"
    )
    assert found.title == "竹林管理条例"
    assert found.number == "国务院令第899号"
    assert (found.issuer, found.kind, found.authority) == ("国务院", "条例", 1)
    assert (found.written, found.effective) == ("2019-03-20", "2019-06-01")


def test_the_note_below_a_title_dates_a_regulation() -> None:
    found = header(
        "云江省竹林条例\n（2018年12月21日云江省第十三届人民代表大会常务委员会第八次会议通过　2018年12月29日公布\n"
        "自2019年3月1日起施行）\n第一章　总则\n第一条　为了保护竹林，制定本条例。"
    )
    assert found.title == "云江省竹林条例"
    assert (found.written, found.published, found.effective) == ("2018-12-21", "2018-12-29", "2019-03-01")


def test_a_revised_text_is_dated_by_its_last_revision() -> None:
    found = header(
        "竹林管理办法\n（2001年5月1日通过　根据2010年6月2日《某决定》第一次修订　2019年7月3日第二次修订）\n"
        "第一条　正文。"
    )
    assert found.written == "2019-07-03"


def test_from_the_day_of_issue_needs_a_day_of_issue() -> None:
    text = "关于节水的通知\n本通知自发布之日起施行。"
    assert header(text).effective is None
    assert header(text + "\n水利部\n2020年5月6日").effective == "2020-05-06"


def test_a_cited_document_gives_neither_number_nor_day() -> None:
    found = header(
        "关于节水的通知\n各单位：\n《用水办法》（水发〔2011〕5号）自2011年6月1日起施行。请依照水发〔2012〕6号执行。\n水利部\n2020年5月6日"
    )
    assert (found.number, found.effective) == (None, None)


def test_organs_stay_apart_where_the_cleaned_text_has_no_space() -> None:
    source = "水利部 林业总局关于节水的公告\n水利部 林业总局公告2020年第3号\n请节水。\n水利部　林业总局\n2020年5月6日"
    raw = read_text(source.encode(), "a.txt")
    found = header_of(raw, source.replace(" ", "").replace("　", ""), None)
    assert (found.title, found.issuer) == ("水利部 林业总局关于节水的公告", "水利部 林业总局")
    assert (found.number, found.authority) == ("水利部林业总局公告2020年第3号", AUTHORITY["ministry"])


def test_a_number_behind_the_title_in_brackets() -> None:
    found = header("水利部关于节水的通知（水发〔2020〕5号）\n正文。")
    assert (found.title, found.number) == ("水利部关于节水的通知", "水发〔2020〕5号")


def test_the_opening_sentence_is_no_recipient() -> None:
    assert header("关于节水的通知\n现就有关事项通知如下：\n一、节水。").recipients is None
    assert header("关于节水的复函\n水发〔2020〕5号\n李四委员：\n来函收悉。").recipients == "李四委员"


def test_a_metadata_table_copied_into_a_text_file() -> None:
    found = header(
        "索 引 号：X001/2020-1　　发文机关：水利部\n发文字号：水发〔2020〕5号　发布日期：2020-05-08\n"
        "水利部关于节水的通知\n各司局：\n请节水。"
    )
    assert (found.index_number, found.issuer, found.number) == ("X001/2020-1", "水利部", "水发〔2020〕5号")
    assert (found.title, found.published, found.recipients) == ("水利部关于节水的通知", "2020-05-08", "各司局")


def test_the_format_wins_over_provenance_and_provenance_over_the_text() -> None:
    raw = RawDocument(
        "a.html", (RawLine("水利部关于节水的通知", 1),), {"标题": "甲", "成文日期": "2020年5月6日"}, False
    )
    found = header_of(raw, "水利部关于节水的通知", {"title": "乙", "written": "2019-01-01", "number": "水发[2020]5号"})
    assert (found.title, found.written, found.number) == ("甲", "2020-05-06", "水发〔2020〕5号")
    found = header_of(
        RawDocument("a.txt", (), {}, True), "水利部关于节水的通知", {"title": "乙", "authority": "report"}
    )
    assert (found.title, found.authority, found.issuer) == ("乙", AUTHORITY["report"], "水利部")


def test_a_report_of_an_issue_names_document_and_issuer() -> None:
    found = header("据本市电台报道 近日，港务局、渔业局印发了《关于灯塔看守的意见》，全文如下。\n\n灯塔由专人看守。\n")
    assert (found.title, found.issuer, found.kind) == ("关于灯塔看守的意见", "港务局、渔业局", "意见")


def test_the_name_of_the_file_in_the_first_line_loses_its_ending() -> None:
    assert header("港务局关于灯塔看守的意见.docx\n一、要求\n灯塔由专人看守。\n").title == "港务局关于灯塔看守的意见"


def test_the_file_name_is_the_last_resort() -> None:
    assert header("第一段话，讲的是一件事。\n第二段话。", "用水情况.txt") == Header(title="用水情况")
    assert header("# 用水札记\n\n第一段话。\n\n## 其他\n\n第二段话。", "a.md").title == "用水札记"
    assert header("港口 | 座数\n东港 | 3", "灯塔.txt").title == "灯塔"
    assert header("# 一、缘起\n\n第一段话。\n\n# 二、其他\n\n第二段话。", "灯塔.md").title == "灯塔"
    assert header("开头是一段话，没有标题。\n\n### 小标题\n\n话。\n\n### 又一个\n\n话。", "用水.md").title == "用水"


# --- sources.toml --------------------------------------------------------------------------------------------------


def test_an_entry_for_a_file_that_is_not_there_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("通知.txt", "批次.zip"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "sources.toml").write_text(
        '["通知.tx"]\ntitle = "甲"\n["通知.txt"]\ntitle = "乙"\n["批次.zip/内.txt"]\ntitle = "丙"\n', "utf-8"
    )
    load_provenance(tmp_path)
    assert [record.getMessage().partition(" 里的")[2] for record in caplog.records] == [
        "“通知.tx”在这个文件夹里没有，那一节没有用上。是不是想写 通知.txt？"
    ]


def test_provenance_by_file_name(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert load_provenance(tmp_path) == {}
    (tmp_path / "sources.toml").write_text(
        '["a.txt"]\ntitle = "甲"\nwritten = 2020-05-06\ncolour = "red"\n["b.txt"]\ntitle = "乙"\n', "utf-8"
    )
    with caplog.at_level(logging.WARNING):
        found = load_provenance(tmp_path)
    assert found["b.txt"] == {"title": "乙"}
    assert header("话。", provenance=found["a.txt"]).written == "2020-05-06"
    assert "colour" in caplog.text


def test_a_broken_sources_file_is_an_error_to_report(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text('["a.txt"\n', "utf-8")
    with pytest.raises(ValueError, match="line 1"):
        load_provenance(tmp_path)


def test_every_bundled_document_has_its_provenance() -> None:
    folder = Path(__file__).parent.parent / "corpus" / "documents"
    provenance = load_provenance(folder)
    assert sorted(provenance) == sorted(path.name for path in folder.glob("*.txt"))
    assert all(entry["title"] and entry["authority"] in AUTHORITY for entry in provenance.values())


REGULATION = """\
湖港市灯塔条例
{note}
第一条 为了看护灯塔，根据2020年3月1日国务院令第700号公布的《航标条例》，制定本条例。
第二条 本条例经2019年3月5日云岭市第十届人民代表大会第一次会议通过的决定修改。
"""


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (
            "（2023年8月5日湖港市人民政府令第86号公布 自2023年10月1日起施行）",
            {
                "number": "湖港市人民政府令第86号",
                "issuer": "湖港市人民政府",
                "published": "2023-08-05",
                "effective": "2023-10-01",
            },
        ),
        (  # without brackets, each on a line of its own
            "2018年12月21日 湖港市第十五届人民代表大会常务委员会第三次会议通过\n2019年3月1日 施行",
            {
                "number": None,
                "issuer": "湖港市人民代表大会常务委员会",
                "written": "2018-12-21",
                "effective": "2019-03-01",
            },
        ),
        ("2019年3月1日施行", {"issuer": None, "effective": "2019-03-01"}),
        ("目录", {"number": None, "issuer": None, "published": None}),  # what the articles cite is of others
    ],
)
def test_the_lines_below_a_title_tell_who_made_a_law(note: str, expected: dict[str, str | None]) -> None:
    found = header(REGULATION.format(note=note))
    assert {name: getattr(found, name) for name in expected} == expected


def test_number_issuer_and_title_in_one_line() -> None:
    found = header(
        "湖人发〔2023〕4号湖港市人力资源局关于印发守塔人培训办法的通知\n各区：\n现印发给你们。\n2023年8月9日\n"
    )
    assert found.number == "湖人发〔2023〕4号"


def test_fields_that_a_site_lists_one_by_one() -> None:
    found = header(
        "灯塔维护任务清单\n01. [主题分类] ----交通\n02. [发文机构] ----岚江市人民政府\n03. [实施日期] ----\n"
        "05. [成文日期] 2024-01-26\n06. [发文字号] 岚政发〔2024〕1号\n08. [发布日期] 2024-02-01\n各区人民政府：\n现将清单印发给你们。\n"
    )
    assert (found.number, found.written, found.published) == ("岚政发〔2024〕1号", "2024-01-26", "2024-02-01")
    assert (found.issuer, found.effective) == ("岚江市人民政府", None)


def test_a_field_that_says_that_nothing_is_known_holds_nothing() -> None:
    assert header("标题：灯塔维护方案\n文号：（无）\n发布日期：2024年2月1日\n为维护灯塔，制定本方案。\n").number is None


def test_a_day_alone_below_the_title_is_the_day_of_the_text() -> None:
    assert header("岚江市1992年灯塔统计公报\n1993年2月18日\n1992年，灯塔继续增加。\n").written == "1993-02-18"
    assert header("岚江市委关于灯塔的意见\n（1993年2月18日）\n为维护灯塔，提出如下意见。\n").written == "1993-02-18"


def test_a_title_in_the_front_matter_that_is_a_word_of_the_title_gives_way() -> None:
    raw = read_text(
        "---\ntitle: 1992年\n---\n\n# 岚江市1992年灯塔统计公报\n\n1992年，灯塔继续增加。\n".encode(), "某.md"
    )
    text = "\n".join(line.text.lstrip("# ") for line in raw.lines if line.role not in ("blank", "meta"))
    assert header_of(raw, text, None).title == "岚江市1992年灯塔统计公报"


def test_the_title_of_the_document_below_the_name_of_the_page() -> None:
    found = header(
        "江原节水方案\n政策原文\n江原省人民政府关于印发《江原节水方案》的通知\n江政发〔2022〕3号\n各市人民政府：\n现印发给你们。"
    )
    assert found.title == "江原省人民政府关于印发《江原节水方案》的通知"


def test_organs_without_space_in_the_title_are_those_below_the_text() -> None:
    found = header("江原省水利厅财政厅关于做好节水工作的通知\n各市：\n现通知如下。\n请认真落实。\n江原省水利厅\n财政厅")
    assert found.issuer == "江原省水利厅、财政厅"


def test_organs_with_a_space_in_a_title_of_two_lines() -> None:
    raw = read_text("水利部 财政部关于做好节水\n工作的通知\n各省：\n现通知如下。".encode(), "某文件.txt")
    found = header_of(raw, "水利部财政部关于做好节水工作的通知\n各省：\n现通知如下。", None)
    assert (found.title, found.issuer) == ("水利部 财政部关于做好节水工作的通知", "水利部 财政部")


def test_items_of_a_list_are_neither_notes_nor_recipients() -> None:
    found = header("申请节水补贴办事指南\n（一）办理条件：\n（二）补贴从2021年3月1日起发放，批准后公布。")
    assert (found.recipients, found.written, found.published) == (None, None, None)


def test_an_issuer_without_the_name_of_its_place_gives_way_to_the_title() -> None:
    rows = "标题：江原县人民政府办公室关于做好节水工作的通知\n发布机构：县政府\n成文日期：2020年10月12日"
    assert header(f"{rows}\n\n各乡镇：\n现通知如下。").issuer == "江原县人民政府办公室"


def test_organs_that_a_text_without_a_date_ends_in() -> None:
    text = "关于开展灯塔示范的通知\n各市海事局：\n现将有关事项通知如下。\n一、目标。点亮灯塔。\n省海事局 省渔业局"
    assert header(text).issuer == "省海事局、省渔业局"


# --- what a site puts around a document ----------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["政策原文", "正文", "文件全文", "原文内容"])
def test_a_heading_that_says_only_that_the_text_follows_is_no_title(heading: str) -> None:
    found = header(f"{heading}\n某市灯塔修缮实施方案\n为修好灯塔，制定本方案。")
    assert found.title == "某市灯塔修缮实施方案"


def test_a_title_in_book_marks_on_a_line_of_its_own_is_a_title_without_them() -> None:
    found = header("《灯塔修缮行动方案（2026—2028年）》\n发布时间：2026-06-30\n现将方案印发给你们，请抓好落实。")
    assert (found.title, found.kind) == ("灯塔修缮行动方案（2026—2028年）", "方案")


@pytest.mark.parametrize(
    "greeting", ["您好，欢迎访问某市灯塔局网站！今天是：", "当前位置：", "欢迎光临：", "您所在位置："]
)
def test_the_greeting_of_a_site_is_no_recipient(greeting: str) -> None:
    found = header(f"某市灯塔局关于修缮灯塔的通知\n{greeting}\n各区灯塔站：\n请按期修缮。")
    assert found.recipients == "各区灯塔站"


def test_a_heading_that_is_one_of_several_of_its_level_is_no_title() -> None:
    parts = "".join(f"<h1>{name}</h1><p>灯塔由市航标处管理，每季度检查一次。</p>" for name in ("起草背景", "主要内容"))
    page = f"<html><head><title>甲市灯塔管理办法解读_甲市人民政府网</title></head><body>{parts}</body></html>"
    assert document_of(page.encode(), "1.html").header.title == "甲市灯塔管理办法解读"
    several = "# 起草背景\n\n灯塔由市航标处管理。\n\n# 主要内容\n\n每季度检查。\n"
    assert document_of(several.encode(), "灯塔.md").header.title == "灯塔"
    one = "# 灯塔管理问答\n\n灯塔由市航标处管理。\n\n# 附件\n\n每季度检查。\n"
    assert document_of(one.encode(), "灯塔.md").header.title == "灯塔管理问答"


def test_a_number_in_traditional_characters() -> None:
    assert normal_number("丁政發〔2021〕5號") == "丁政發〔2021〕5号"
    text = "丁市人民政府關於燈塔養護的通知\n丁政發〔2021〕5號\n各單位：\n請按時養護燈塔。\n"
    assert document_of(text.encode(), "通知.txt").header.number == "丁政發〔2021〕5号"


def test_the_note_in_brackets_below_the_title_tells_who_issued_it() -> None:
    two = header("灯塔看守规划\n\n（湖港市港务局　湖港市渔业局　2021年12月印发）\n\n为看好灯塔，制定本规划。\n")
    assert (two.issuer, two.published) == ("湖港市港务局、湖港市渔业局", "2021-12")
    one = header(
        "灯塔看守办法\n\n（湖港规〔2023〕8号　2023年9月14日湖港市人民政府印发）\n\n第一条　为看好灯塔，制定本办法。\n"
    )
    assert (one.issuer, one.published) == ("湖港市人民政府", "2023-09-14")
    assert header("灯塔看守规划\n\n（2021年修订后重新公布）\n\n为看好灯塔，制定本规划。\n").issuer is None
