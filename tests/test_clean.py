"""The cleaning rules by example: what goes, what is joined, what stays as it is."""

from __future__ import annotations

import pytest

from corpus.clean import (
    CleanText,
    clean,
    contents_lines,
    continues,
    dot_leaders,
    figure_lines,
    first_lines_shorter,
    heading_suffixes,
    line_width,
    markup,
    page_numbers,
    photo_captions,
    reference_marks,
    running_headers,
    separator_bars,
    site_lines,
    stray_spaces,
    title_lines,
)
from corpus.raw import RawLine
from corpus.read_text import read_markdown, read_text


def lines(*texts: str) -> list[RawLine]:
    return [RawLine(text, number) for number, text in enumerate(texts, 1)]


def cleaned(text: str) -> CleanText:
    return clean(read_text(text.encode(), "例.txt"))


def paragraphs(text: str) -> list[str]:
    return [paragraph.text for paragraph in cleaned(text).paragraphs]


def without(text: str, spans: list[tuple[int, int]]) -> str:
    return "".join(char for i, char in enumerate(text) if not any(start <= i < end for start, end in spans))


# --- spaces ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("消费内容、 消费水平、 消费结构", "消费内容、消费水平、消费结构"),
        ("积极推进“互联网 +”行动", "积极推进“互联网+”行动"),
        ("2018 年 12 月 21 日", "2018年12月21日"),
        ("不少于 20 家，增长 4.5 %", "不少于20家，增长4.5 %"),
        ("序　　言", "序言"),
        ("(一) “双创”平台", "(一)“双创”平台"),
        ("采用 Fab Lab 和 Living Lab 等方法", "采用Fab Lab和Living Lab等方法"),
        ("资源 / 能力 / 产品层", "资源/能力/产品层"),
        ("国家\u00a0\u200b标准", "国家标准"),
        ("  两端的空白 ", "两端的空白"),
        ("联 系 人：张三　　电　　话：12345", "联系人：张三　电话：12345"),
        ("姓    名：张三\t性    别：女", "姓名：张三\t性别：女"),
        ("□同意　　□不同意", "□同意　□不同意"),
    ],
)
def test_spaces_that_chinese_text_does_not_have_go(raw: str, expected: str) -> None:
    assert without(raw, stray_spaces(raw)) == expected


@pytest.mark.parametrize(
    "kept",
    [
        "第三条 本办法所称停车场",
        "第一章 总则",
        "附件1 任务分工表",
        "1.2 适用范围",
        "产品 产量 增长",
        "open data policy",
    ],
)
def test_spaces_that_mean_something_stay(kept: str) -> None:
    assert without(kept, stray_spaces(kept)) == kept


def test_latin_text_keeps_its_spaces_beside_chinese_quotes() -> None:
    abstract = "This study of “Internet Plus” development shows a broad prospect."
    assert without(abstract, stray_spaces(abstract)) == abstract


def test_words_of_a_metadata_row_stay_apart() -> None:
    row = "主 题 词：体育　运动会　函"
    assert without(row, stray_spaces(row, keep_words=True)) == "主题词：体育　运动会　函".replace("\u3000", "　")


def test_a_word_and_a_number_broken_at_the_line_end_are_whole_again() -> None:
    assert without("the In-\nternet", stray_spaces("the In-\nternet")) == "the Internet"
    address = "见www.gang-\nwu-ju.gov.cn网站"
    assert without(address, stray_spaces(address)) == "见www.gang-wu-ju.gov.cn网站"
    assert without("高标准农田42\n00万亩", stray_spaces("高标准农田42\n00万亩")) == "高标准农田4200万亩"


def test_rows_of_a_table_are_not_joined() -> None:
    assert not continues(["港务局 | 负责渔火码头的日常管理、收费，协调停泊"], "海事局 | 负责灯塔", "环保局 | 负责岸线")
    assert not continues(["港务局 | 负责渔火码头的日常管理、收费，协调停泊"], "上表所列单位应当每年报告")


# --- characters that carry nothing ----------------------------------------------------------------------------------


def test_reference_marks_are_numbers_in_square_brackets_only() -> None:
    text = "发言[3-4]。国发[2015]40号，见[7]和[1,2]，数组[a]"
    assert [text[start:end] for start, end in reference_marks(text)] == ["[3-4]", "[7]", "[1,2]"]


def test_reference_marks_go_from_the_text_and_are_listed_when_a_document_has_several() -> None:
    text = cleaned("经济总量稳步增长[1]，结构优化[2-3]。\n就业形势总体稳定[4]，物价平稳。")
    assert text.text == "经济总量稳步增长，结构优化。\n就业形势总体稳定，物价平稳。"
    assert [(piece.line, piece.text, piece.reason) for piece in text.left_out] == [
        (1, "[1]", "参考文献标号"),
        (1, "[2-3]", "参考文献标号"),
        (2, "[4]", "参考文献标号"),
    ]


def test_the_numbers_of_a_list_of_references_stay() -> None:
    raw = "增长较快[1]，结构优化[2]。\n就业稳定[3]，物价平稳。\n"
    raw += "参考文献\n[1] 张某. 增长研究. 2018.\n[2] 李某. 结构研究. 2017."
    assert paragraphs(raw)[-2:] == ["[1] 张某. 增长研究. 2018.", "[2] 李某. 结构研究. 2017."]


def test_one_bracketed_number_alone_is_no_reference_mark() -> None:
    assert paragraphs("数组的第[1]个元素存放年份，其余元素存放月份。") == [
        "数组的第[1]个元素存放年份，其余元素存放月份。"
    ]


def test_tags_and_marks_of_other_formats_go_but_a_title_in_angle_brackets_stays() -> None:
    raw = "<b>贯彻<关于发展的意见>的**计划**</b>"
    assert without(raw, markup(raw)) == "贯彻<关于发展的意见>的计划"


def test_recognition_errors_are_not_rewritten() -> None:
    assert paragraphs("完善制度，加强医疗服务资\n\n资源整合。") == ["完善制度，加强医疗服务资资源整合。"]


# --- whole lines ----------------------------------------------------------------------------------------------------


def test_bars_and_a_readers_mark_between_them_go() -> None:
    found = separator_bars(lines("正文。", "=========", "看到了这里！", "=========", "（一）下文"))
    assert found == {1: "分隔线", 2: "读者标记", 3: "分隔线"}


def test_a_title_between_two_bars_stays() -> None:
    assert 1 not in separator_bars(lines("=====", "关于加强管理的通知", "====="))
    assert separator_bars(lines("2024年9月20日", "---", "甲市灯塔管理办法")) == {1: "分隔线"}


def test_site_words_go_as_whole_lines_only() -> None:
    found = site_lines(lines("在本页阅读全文", "本页阅读全文后请点击打印。", "打印 关闭", "扫一扫在手机打开当前页"))
    assert found == {0: "网站按钮", 2: "网站按钮", 3: "网站按钮"}


def test_the_editor_named_in_an_imprint_is_no_site_line() -> None:
    assert site_lines(lines("责任编辑：王 某", "ISBN 978-7-0000-0000-0", "定价：35.00元")) == {}


def test_a_button_glued_to_several_headings_is_cut_from_them() -> None:
    text = cleaned("实际应用编辑\n各地开展了试点，取得成效。\n发展趋势编辑\n今后将继续推进，扩大范围。")
    assert [p.text for p in text.paragraphs if p.role == "heading"] == ["实际应用", "发展趋势"]
    assert [(piece.text, piece.reason) for piece in text.left_out] == [("编辑", "网站按钮")] * 2


def test_one_heading_that_ends_so_is_a_heading() -> None:
    assert heading_suffixes(lines("视频编辑", "视频编辑是一门技术，需要练习。")) == {}


def test_captions_said_twice_go_and_the_sentence_around_them_is_whole() -> None:
    raw = "交通\n交通运输领域出现了新变化，比方说，大家\n交通\n交通(7张)\n经常使用的打车软件、网上购票等等。"
    text = cleaned(raw)
    assert [p.text for p in text.paragraphs] == [
        "交通",
        "交通运输领域出现了新变化，比方说，大家经常使用的打车软件、网上购票等等。",
    ]
    assert [piece.text for piece in text.left_out] == ["交通", "交通(7张)"]


def test_equal_cells_of_a_table_are_no_captions() -> None:
    assert photo_captions(lines("部门", "财政部", "财政部", "科技部", "科技部")) == {}


def test_page_numbers_go_but_years_and_columns_of_figures_stay() -> None:
    found = page_numbers(lines("正文", "— 12 —", "005", "第 3 页", "2018", *["正文"] * 9, "15", "27", "39"))
    assert sorted(found) == [1, 2, 3]


def test_bare_figures_a_few_lines_apart_are_cells() -> None:
    cells = [cell for number in "12345" for cell in (number, "东港灯塔", "看守人员", "渔港局")]
    assert page_numbers(lines(*cells)) == {}
    orders = [text for number in "15123" for text in (*["灯塔由渔港局看守，"] * 20, number)]
    assert page_numbers(lines(*orders)) == {}
    pages = [text for number in "12345" for text in (*["灯塔由渔港局看守，"] * 20, number)]
    assert len(page_numbers(lines(*pages))) == 5


def test_a_running_header_stays_once_and_goes_from_inside_a_sentence() -> None:
    raw = (
        "某某工程学报 2018 年 第 20 卷 第 2 期\n\n一、前言\n\n第一段说明了背景、目的和主要方法，并给出人员、时间和\n\n"
        "005\n\n某某工程学报 2018 年 第 20 卷 第 2 期\n\n经费的安排。\n"
    )
    text = cleaned(raw)
    assert [p.text for p in text.paragraphs] == [
        "某某工程学报2018年第20卷第2期",
        "一、前言",
        "第一段说明了背景、目的和主要方法，并给出人员、时间和经费的安排。",
    ]
    assert text.paragraphs[0].kind == "front"
    assert [piece.reason for piece in text.left_out] == ["页码", "页眉"]


def test_rows_of_a_table_that_are_equal_at_the_edges_of_pages_are_no_running_header() -> None:
    told = [(1, "灯塔养护清单"), *((page, row) for page in (1, 2, 3) for row in ("东港 | 三座", "小计 | 三座"))]
    some = [RawLine(text, at, page) for at, (page, text) in enumerate(told, 1)]
    assert running_headers(some, {}) == {}


def test_a_subheading_used_again_is_no_running_header() -> None:
    some = lines("甲市", "主要做法", "加强了领导，完善了机制。", "乙市", "主要做法", "落实了资金，强化了监督。")
    assert running_headers(some, {}) == {}


def test_who_does_a_task_and_until_when_are_lines_of_their_own() -> None:
    text = cleaned("修缮东港灯塔及航道浮标共十二座\n责任单位：市渔港局、市航标处、各区人民政府\n\n完成时限：长期推进\n")
    assert [p.text for p in text.paragraphs] == [
        "修缮东港灯塔及航道浮标共十二座",
        "责任单位：市渔港局、市航标处、各区人民政府",
        "完成时限：长期推进",
    ]


def test_a_field_that_several_tasks_have_alike_is_no_running_header() -> None:
    task = ("责任单位：市渔港局、市航标处、各区人民政府", "完成时限：2031年底")
    some = lines("行动1　修缮灯塔", *task, "行动2　培训看守", *task, "行动3　更换浮标", *task)
    assert running_headers(some, {}) == {}


# --- joining lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("新业态发展面临", "体制机制障碍、跨界人才匮乏等问题，亟待加以解决。"),  # page end in a sentence
        ("以改革促发展，增强主要再生资源品种的定价", "权。"),
        ("提出建议。（科技部、工业", "和信息化部等负责）"),  # in a list of departments
        ("分步骤组织实施“互", "联网+”重大工程，形成合力。"),  # in a quoted term
        ("传统产业树立新思维，积极与", "“互联网+”相结合。"),
        ("全年完成投资，增长", "12%，居全国前列。"),
        ("有关部门要加强规划", "，提高服务能力。"),
    ],
)
def test_a_broken_sentence_goes_on(before: str, after: str) -> None:
    first = "在推进过程中，" + before
    assert continues([first], after)


@pytest.mark.parametrize(
    ("before", "after", "following"),
    [
        ("有序推进实施。", "（农业部、商务部等负责）", None),  # a note of its own
        ("国务院关于积极推进某行动的指导意见", "各省、自治区、直辖市人民政府：", None),
        ("一、行动要求", "（一）总体思路。", None),
        ("第一章 总则", "第一条 为了规范管理，制定本办法。", None),
        ("强化自由选择、自主消费的系列权益[7]", "实际应用", "现在是互联网时代，各行各业都在转型。"),
        ("网络借贷", "近年来，市场出现了爆炸式增长。", None),
        ("（各部门、各地方政府负责）", "国务院", "2015年7月1日"),
        ("主要包括以下三类：", "公共停车场；", None),
    ],
)
def test_a_new_paragraph_begins(before: str, after: str, following: str | None) -> None:
    assert not continues([before], after, following)


def test_lines_of_fixed_width_are_joined_and_headings_stay_apart() -> None:
    raw = """一、网络基础设施建设

迅速发展的互联网技术与经济社会各领域的

转型升级需求深度融合，已成为不可阻挡的

时代潮流，正产生着战略性和全局性的影响

和带动作用。

二、融合发展的内涵与系统体系架构及

技术体系

（一）内涵

它是发展的新业态，推动经济形态不断发生

演变，提高社会实体经济的生命力和创造力

以及竞争力。
"""
    assert paragraphs(raw) == [
        "一、网络基础设施建设",
        "迅速发展的互联网技术与经济社会各领域的转型升级需求深度融合，已成为不可阻挡的时代潮流，正产生着战略性和全局性的影响和带动作用。",
        "二、融合发展的内涵与系统体系架构及技术体系",
        "（一）内涵",
        "它是发展的新业态，推动经济形态不断发生演变，提高社会实体经济的生命力和创造力以及竞争力。",
    ]


def test_a_circled_number_at_the_beginning_of_a_line_inside_a_paragraph_begins_none() -> None:
    paragraph = ["融合过程中取得了一定的进展。①在制造领域掌握", "了智能技术、状态辨识等一系列关键核心技术。"]
    assert continues(paragraph, "②在环保领域，正在推动数字环保向智慧环保", width=21.0)


def test_an_indented_line_begins_a_paragraph_where_only_first_lines_are_indented() -> None:
    raw = (
        "    灯塔由市航标处负责管理，每季度检查一次，检查\n结果报局备案。\n    发现损坏的，应当在三日内修复，并告知附近\n船舶。\n"
        "    联系人名单\n    市航标处：张丽，电话二七八六\n    市财政局：欧阳文，电话二七八一\n"
    )
    assert [p.text for p in cleaned(raw).paragraphs][-2:] == [
        "市航标处：张丽，电话二七八六",
        "市财政局：欧阳文，电话二七八一",
    ]


def test_a_lost_indentation_still_shows_where_a_paragraph_begins() -> None:
    full, first = "一二三四五六七八九十一二三四五六七八九十甲乙", "一二三四五六七八九十一二三四五六七八九十"
    some = lines(*[line for _ in range(4) for line in (first, full, full, "短句结束。")])
    assert line_width(some) == 22.0
    assert first_lines_shorter(some, 22.0)
    ended = full[:-1] + "。"
    assert not continues([full, ended], first, width=22.0, indented=True)
    assert continues([full, ended], full, width=22.0, indented=True)


def test_text_with_a_line_for_each_paragraph_has_no_width() -> None:
    some = lines("短段落。", "这是一个很长的段落，" * 9 + "完。", "另一段落，也不短，" * 5 + "完。", "标题", "又一段。")
    assert line_width(some) is None


def test_a_title_over_several_lines_is_one_paragraph() -> None:
    some = lines("某省人民政府关于在先行区", "暂时调整实施《管理法", "实施条例》有关规定的决定", "某政发〔2018〕3号")
    assert title_lines(some) == [0, 1, 2]
    assert title_lines(lines("关于加强管理的通知", "各市人民政府：")) == []


# --- parts of a kind of their own -----------------------------------------------------------------------------------

CONTENTS = """# 目 录

序 言 .....	1
第一章 总体情况 ..... 8
第一节 现状 ..... 8
<b>第二章 发展展望</b>	20

# 第一章 总体情况

本章介绍总体情况，包括规模、结构和特点。
"""


def test_a_contents_table_is_told_from_the_chapters_it_lists() -> None:
    text = clean(read_markdown(CONTENTS.encode(), "报告.md"))
    table = [p.text for p in text.paragraphs if p.kind == "toc"]
    assert table == ["目录", "序言 1", "第一章 总体情况 8", "第一节 现状 8", "第二章 发展展望 20"]
    assert [p.text for p in text.paragraphs if p.kind == "body"][0] == "第一章 总体情况"


def test_a_contents_table_without_page_numbers() -> None:
    some = lines("目录", "第一章 总则", "第二章 管理", "第三章 附则", "第一章 总则", "第一条 为了规范管理，制定本法。")
    assert contents_lines(some) == [0, 1, 2, 3]


def test_dot_leaders_go() -> None:
    raw = "第一章 步入新时代 ........ 8"
    assert without(raw, dot_leaders(raw)).split() == ["第一章", "步入新时代", "8"]


BODY = "迅速发展的互联网技术与经济社会各领域的"
FIGURE = ["应用服务", "基础中间件", "智能服务门户", "人机交互设备", "传输网络", "图 1 系统的体系架构"]


def test_the_words_of_a_figure_stand_after_the_paragraph_that_they_interrupted() -> None:
    page = [
        BODY,
        BODY,
        BODY + "。",
        BODY,
        BODY,
        "主要是指新型人工智能系统和各类参与人员及",
        *FIGURE,
        "12",
        "全生命周期中的组织。",
        BODY,
        BODY,
        "完。",
    ]
    text = cleaned("\n\n".join(page))
    whole = next(p for p in text.paragraphs if "新型人工智能" in p.text)
    assert whole.text.endswith("主要是指新型人工智能系统和各类参与人员及全生命周期中的组织。")
    after = text.paragraphs.index(whole) + 1
    assert [p.kind for p in text.paragraphs[after : after + 6]] == ["figure"] * 6
    assert text.paragraphs[after + 5].text == "图1 系统的体系架构"


def test_a_caption_alone_is_a_figure_and_a_sentence_about_a_figure_is_none() -> None:
    some = lines("图 1 国内生产总值及其增长速度", "图 2 所示的体系包括三层，各层相互支撑。")
    assert figure_lines(some, None) == [0]


# --- the way back ---------------------------------------------------------------------------------------------------


def test_every_character_knows_its_line() -> None:
    text = cleaned("第一段在这里被，\n\n— 3 —\n\n页码打断。\n\n第二段。")
    places = {text.text[start : start + 3]: line for start, line, _ in text.line_starts}
    assert places == {"第一段": 1, "页码打": 5, "第二段": 7}


def test_pages_are_kept() -> None:
    text = cleaned("第一页的句子在这里，\f在第二页结束。")
    assert text.text == "第一页的句子在这里，在第二页结束。"
    assert {page for _, _, page in text.line_starts} == {1, 2}
