"""Responsibility notes: every one of a real document, and the ways in which other documents write them."""

from __future__ import annotations

import re

import pytest

from corpus.document import SourceDocument
from corpus.duties import Duty, covering, find_duties, limit_in, parse_note
from corpus.load import bundled_documents, load_documents
from outlined import outlined

#: Written down by hand from 国发〔2015〕40号: what the note covers, departments in order, how the lead is known
#: (列首: by the rule that the first listed leads; 牵头, 共同: said; 未写: the note names no single department).
BY_HAND = """
“互联网+”创业创新：发展改革委、科技部、工业和信息化部、人力资源社会保障部、商务部等｜列首
“互联网+”协同制造：工业和信息化部、发展改革委、科技部｜共同
“互联网+”现代农业：农业部、发展改革委、科技部、商务部、质检总局、食品药品监管总局、林业局等｜列首
“互联网+”智慧能源：能源局、发展改革委、工业和信息化部等｜列首
“互联网+”普惠金融：人民银行、银监会、证监会、保监会、发展改革委、工业和信息化部、网信办等｜列首
“互联网+”益民服务：发展改革委、教育部、工业和信息化部、民政部、人力资源社会保障部、商务部、卫生计生委、质检总局、食品药品监管总局、林业局、旅游局、网信办、信访局等｜列首
“互联网+”高效物流：发展改革委、商务部、交通运输部、网信办等｜列首
“互联网+”电子商务：发展改革委、商务部、工业和信息化部、交通运输部、农业部、海关总署、税务总局、质检总局、网信办等｜列首
“互联网+”便捷交通：发展改革委、交通运输部｜共同
“互联网+”绿色生态：发展改革委、环境保护部、商务部、林业局等｜列首
“互联网+”人工智能：发展改革委、科技部、工业和信息化部、网信办等｜列首
巩固网络基础：发展改革委、工业和信息化部、财政部、国资委、网信办等｜列首
强化应用基础：发展改革委、工业和信息化部等｜列首
做实产业基础：工业和信息化部、发展改革委、科技部、网信办等｜列首
保障安全基础：网信办、发展改革委、科技部、工业和信息化部、公安部、安全部、质检总局等｜列首
加强创新能力建设：发展改革委、科技部、工业和信息化部、网信办等｜列首
加快制定融合标准：质检总局、工业和信息化部、网信办、能源局等｜列首
强化知识产权战略：知识产权局｜牵头
大力发展开源社区：科技部、工业和信息化部、质检总局、知识产权局等｜列首
构建开放包容环境：发展改革委、网信办、教育部、科技部、工业和信息化部、民政部、商务部、卫生计生委、工商总局、质检总局等｜列首
完善信用支撑体系：发展改革委、人民银行、工商总局、质检总局、网信办等｜列首
推动数据资源开放：发展改革委、工业和信息化部、国务院办公厅、网信办等｜列首
加强法律法规建设：法制办、网信办、发展改革委、工业和信息化部、公安部、安全部、商务部、工商总局等｜列首
鼓励企业抱团出海：发展改革委、外交部、工业和信息化部、商务部、网信办等｜列首
发展全球市场应用：商务部、发展改革委、工业和信息化部、网信办等｜列首
增强走出去服务能力：商务部、外交部、发展改革委、工业和信息化部、税务总局、质检总局、网信办等｜列首
加强应用能力培训：科技部、工业和信息化部、人力资源社会保障部、网信办等｜列首
加快复合型人才培养：教育部、发展改革委、科技部、工业和信息化部、人力资源社会保障部、网信办等｜列首
鼓励联合培养培训：教育部、发展改革委、科技部、工业和信息化部、人力资源社会保障部、网信办等｜列首
利用全球智力资源：人力资源社会保障部、发展改革委、教育部、科技部、网信办等｜列首
实施重大工程包：发展改革委｜牵头
加大财税支持：财政部、税务总局、发展改革委、科技部、网信办等｜列首
完善融资服务：人民银行、发展改革委、银监会、证监会、保监会、网信办、开发银行等｜列首
加强组织领导：发展改革委｜牵头
开展试点示范：各有关部门、各地方政府｜未写
有序推进实施：各部门、各地方政府｜未写
"""


@pytest.fixture(scope="module")
def opinion() -> SourceDocument:
    documents, _ = load_documents([bundled_documents()])
    return next(d for d in documents if d.doc_id.startswith("002"))


def _duties(text: str) -> tuple[Duty, ...]:
    return find_duties(outlined(text))


def test_all_36_notes_of_a_real_document_and_none_more(opinion: SourceDocument) -> None:
    found = []
    for duty in find_duties(opinion):
        more = "等" if duty.open_ended else ""
        how = {"first_listed": "列首", "none": "未写", "stated": "共同" if len(duty.leads) > 1 else "牵头"}[duty.basis]
        found.append(f"{opinion.sections[duty.section].title}：{'、'.join(duty.departments)}{more}｜{how}")
    assert found == BY_HAND.strip().splitlines()
    assert len(found) == 36


def test_the_hand_made_table_is_what_the_raw_file_says() -> None:
    raw = re.sub(r"\s", "", next(bundled_documents().glob("002*")).read_text(encoding="utf-8"))
    for line in BY_HAND.strip().splitlines():
        assert line.split("：")[1].split("｜")[0] in raw


def test_a_lead_by_the_rule_carries_the_place_of_the_rule(opinion: SourceDocument) -> None:
    for duty in find_duties(opinion):
        if duty.basis == "first_listed":
            assert duty.leads == duty.departments[:1]
            assert duty.rule is not None
            assert opinion.text[slice(*duty.rule)] == "列第一位者为牵头部门，下同"
        else:
            assert duty.rule is None


def test_a_note_is_proved_by_its_offsets(opinion: SourceDocument) -> None:
    for duty in find_duties(opinion):
        note = opinion.text[duty.start : duty.end]
        assert note[0] in "（(" and note[-1] in ")）"
        assert all(department in note for department in duty.departments)


#: Notes as other documents write them: note | departments | leads | open-ended
STYLES = r"""
（发展改革委、科技部等负责）|发展改革委、科技部||等
（省农业农村厅牵头）|省农业农村厅|省农业农村厅|
（水利部、自然资源部共同牵头）|水利部、自然资源部|水利部、自然资源部|
（市场监管总局牵头，体育总局、工业和信息化部参与）|市场监管总局、体育总局、工业和信息化部|市场监管总局|
（教育部、人力资源社会保障部按职责分工负责）|教育部、人力资源社会保障部||
（教育部牵头，财政部、国家卫生健康委等按职责分工负责）|教育部、财政部、国家卫生健康委|教育部|等
(国家能源局牵头,国家发展改革委、生态环境部配合)|国家能源局、国家发展改革委、生态环境部|国家能源局|
(商务部、海关总署负责)|商务部、海关总署||
（交通运输部会同公安部负责）|交通运输部、公安部|交通运输部|
（文化和旅游部牵头，会同财政部、国家文物局落实）|文化和旅游部、财政部、国家文物局|文化和旅游部|
（责任单位：市住房城乡建设局、市城管局）|市住房城乡建设局、市城管局||
（牵头单位：省科技厅；配合单位：省财政厅、省税务局）|省科技厅、省财政厅、省税务局|省科技厅|
（牵头部门：应急管理部，责任部门：公安部、国家消防救援局）|应急管理部、公安部、国家消防救援局|应急管理部|
责任单位：县水务局，各镇人民政府|县水务局、各镇人民政府||
牵头单位：市教育局|市教育局|市教育局|
责任部门：民政部、全国妇联、中国残联|民政部、全国妇联、中国残联||
牵头单位：省林业局\n配合单位：省自然资源厅、省财政厅|省林业局、省自然资源厅、省财政厅|省林业局|
由国家邮政局牵头，交通运输部、商务部配合。|国家邮政局、交通运输部、商务部|国家邮政局|
由省卫生健康委会同省医保局负责。|省卫生健康委、省医保局|省卫生健康委|
由人民银行、金融监管总局共同牵头，证监会参与。|人民银行、金融监管总局、证监会|人民银行、金融监管总局|
由市发展改革委负责，各区人民政府配合。|市发展改革委、各区人民政府|市发展改革委|
（各有关部门按职责分工负责）|各有关部门||
（各省级人民政府负责）|各省级人民政府||
（中央网信办、中央宣传部、广电总局按职责分工负责）|中央网信办、中央宣传部、广电总局||
（国铁集团、民航局、国家邮政局分别负责）|国铁集团、民航局、国家邮政局||
（财政部和税务总局负责）|财政部、税务总局||
（工业和信息化部和国家标准委负责）|工业和信息化部、国家标准委||
（省委组织部、省人力资源社会保障厅、各高校负责）|省委组织部、省人力资源社会保障厅、各高校||
（农业农村部、\n国家乡村振兴局负责）|农业农村部、国家乡村振兴局||
（气象局负责）|气象局|气象局|
（各市、县人民政府负责落实）|各市、县人民政府||
（各地区、各有关部门负责）|各地区、各有关部门||
【市港航局、市灯塔局负责】|市港航局、市灯塔局||
【牵头单位：市港航局；参加单位：市灯塔局】|市港航局、市灯塔局|市港航局|
[市港航局牵头，市灯塔局等配合]|市港航局、市灯塔局|市港航局|等
〔市港航局、市灯塔局按职责分工负责〕|市港航局、市灯塔局||
【责任单位】市港航局、市灯塔局|市港航局、市灯塔局||
【牵头单位】市港航局\n【配合单位】市灯塔局|市港航局、市灯塔局|市港航局|
（牵头单位：市港航局，责任单位：各县〔市、区〕人民政府）|市港航局、各县〔市、区〕人民政府|市港航局|
（牵头领导：林某某，牵头单位：市港航局）|市港航局|市港航局|
（市港航局、市灯塔局负责，2025年底前完成）|市港航局、市灯塔局||
（市港航局牵头；持续推进）|市港航局|市港航局|
（牵头单位：市港航局；责任单位：市灯塔局；进度安排：6月底前完成）|市港航局、市灯塔局|市港航局|
（主要责任单位：市港航局、市灯塔局）|市港航局、市灯塔局||
（责任部门及单位：市港航局、市灯塔局）|市港航局、市灯塔局||
（市级责任单位：市港航局；县级责任单位：各县区政府）|市港航局、各县区政府||
（市港航局、市灯塔局按职能职责分工负责）|市港航局、市灯塔局||
（市港航局、市灯塔局按分工负责）|市港航局、市灯塔局||
（市港航局、市灯塔局按照各自工作职能负责）|市港航局、市灯塔局||
"""
ROWS = [line.split("|") for line in STYLES.strip().splitlines()]


@pytest.mark.parametrize(("note", "departments", "leads", "more"), ROWS, ids=[row[0] for row in ROWS])
def test_a_note_in_another_style(note: str, departments: str, leads: str, more: str) -> None:
    note = note.replace("\\n", "\n")
    between = "" if re.match(r"[（(〔]|[【\[][^】\]]*[】\]]$", note) else "\n"
    (duty,) = _duties(f"一、建设\n（一）完善设施。改造老旧管网，补齐短板。{between}{note}")
    assert "、".join(duty.departments) == departments
    assert "、".join(duty.leads) == leads
    assert duty.open_ended == (more == "等")


@pytest.mark.parametrize(
    "sentence",
    [
        "校长对学校工作全面负责，是第一责任人。",
        "各单位主要负责同志要亲自抓、负总责。",
        "支持龙头企业牵头组建创新联合体（以下简称联合体）。",
        "县级以上人民政府水行政主管部门负责本行政区域内的监督管理工作。",
        "坚持党委领导、政府负责、社会协同、公众参与。",
        "本细则由省住房城乡建设厅会同省人力资源社会保障厅负责解释。",
        "领导小组办公室设在水利部，承担日常工作，办公室主任由水利部负责同志兼任。",
        "按照谁主管谁负责的原则（含委托事项）落实责任。",
        "国务院同意建立由自然资源部牵头的联席会议制度。",
        "申请材料（由申请人负责填写）应当真实。",
        "展览由建设部负责审批。",
        "鼓励高校、科研院所（含新型研发机构）参与标准制定。",
        "联席会议设办公室，负责具体工作的组织推进。",
        "实行项目法人负责制（按合同约定）。",
        "按照穗府〔2025〕7号文件落实。",
        "【解读】灯塔由谁负责。",
        "灯塔修缮（2025年底前完成）由各地自定。",
        "填写责任人（负责人：林某某）后提交。",
        "第五条【各级人民政府负责】守塔经费列入预算。",
    ],
)
def test_ordinary_sentences_are_no_notes(sentence: str) -> None:
    assert _duties(f"一、总则\n（一）职责。{sentence}") == ()


def test_the_rule_holds_for_later_lists_only() -> None:
    text = (
        "一、任务\n（一）种粮。稳定面积。（农业农村部、财政部负责）\n"
        "（二）储粮。建设仓房。（国家粮食和储备局、财政部负责，排第一位的为牵头部门，下同）\n"
        "（三）节粮。减少损耗。（商务部、财政部负责）\n（四）督查。（各有关部门负责）"
    )
    early, stated, later, group = _duties(text)
    assert (early.leads, early.basis) == ((), "none")
    assert (stated.leads, stated.basis) == (("国家粮食和储备局",), "first_listed")
    assert (later.leads, later.basis) == (("商务部",), "first_listed")
    assert (group.leads, group.basis) == ((), "none")
    assert later.rule is not None
    assert later.rule == stated.rule
    assert text[slice(*later.rule)] == "排第一位的为牵头部门，下同"


def test_a_note_on_a_line_of_its_own_after_items_without_notes_covers_them_all() -> None:
    text = "一、任务\n（一）种粮。\n1.稳定面积。守住红线。\n2.选育良种。保护种源。\n（农业农村部负责）\n（二）储粮。"
    document = outlined(text)
    (duty,) = find_duties(document)
    assert document.sections[duty.section].title == "种粮"


def test_a_note_after_the_last_of_items_that_have_notes_covers_that_item() -> None:
    text = "一、任务\n1.稳定面积。（农业农村部负责）\n2.选育良种。\n（科技部负责）"
    document = outlined(text)
    assert [document.sections[d.section].title for d in find_duties(document)] == ["稳定面积", "选育良种"]


def test_a_place_is_covered_by_its_own_note_or_that_of_the_section_above() -> None:
    text = (
        "一、任务\n（一）种粮。总的要求。（农业农村部负责）\n"
        "1.稳定面积。守住红线。\n2.选育良种。保护种源。（科技部负责）"
    )
    document = outlined(text)
    duties = find_duties(document)

    def at(words: str) -> tuple[str, ...] | None:
        duty = covering(document, duties, text.index(words))
        return duty.departments if duty else None

    assert at("总的要求") == ("农业农村部",)
    assert at("守住红线") == ("农业农村部",)
    assert at("保护种源") == ("科技部",)
    assert at("任务") is None


def test_of_two_notes_in_a_section_each_covers_what_stands_before_it() -> None:
    text = "一、任务\n（一）粮食。稳定面积。（农业农村部负责）建设仓房。（国家发展改革委负责）"
    document = outlined(text)
    duties = find_duties(document)
    assert covering(document, duties, text.index("面积")) == duties[0]
    assert covering(document, duties, text.index("仓房")) == duties[1]


def test_rows_of_goals_have_who_is_responsible_for_them() -> None:
    found = _duties("一、分解表\n序号|年度预期目标|责任单位\n1|渔获量增长5%左右|县渔业局\n2|新建灯塔9座|县海事局\n")
    assert [duty.departments for duty in found] == [("县渔业局",), ("县海事局",)]


def test_rows_of_a_table_that_names_responsible_units_are_notes() -> None:
    text = (
        "一、分工表\n序号|重点任务|牵头单位|配合单位|时限\n"
        "1|编制规划|自然资源部|水利部、林草局|6月底\n2|开展调查|统计局||年底"
    )
    first, second = _duties(text)
    assert (first.departments, first.leads) == (("自然资源部", "水利部", "林草局"), ("自然资源部",))
    assert text[slice(*first.item)] == "编制规划"
    assert (second.departments, second.leads, text[slice(*second.item)]) == (("统计局",), ("统计局",), "开展调查")


def test_the_task_of_a_row_is_what_the_rows_beside_it_do_not_share() -> None:
    text = (
        "一、分工表\n任务类别|重点任务|具体措施|牵头单位\n灯塔|守护灯塔|编制规划|自然资源部\n灯塔|守护灯塔|开展调查|统计局\n"
        "码头|疏通航道|疏通航道|水利部"
    )
    assert [text[slice(*duty.item)] for duty in _duties(text)] == ["编制规划", "开展调查", "疏通航道"]


def test_a_list_inside_brackets_is_part_of_the_name() -> None:
    assert parse_note("财政部、各县（市、区）人民政府负责") == (("财政部", "各县（市、区）人民政府"), (), False)
    assert parse_note("财政部、各县(市、区)人民政府负责") == (("财政部", "各县(市、区)人民政府"), (), False)


def test_a_clause_in_running_text_covers_its_sentence() -> None:
    text = "一、任务\n（一）种粮。稳定面积。试点工作由农业农村部牵头，财政部配合，今年启动。做好宣传。"
    (duty,) = _duties(text)
    assert (duty.departments, duty.leads, duty.form) == (("农业农村部", "财政部"), ("农业农村部",), "sentence")
    assert text[slice(*duty.covers)] == "试点工作由农业农村部牵头，财政部配合，今年启动。"


def test_a_contents_table_holds_no_notes() -> None:
    assert find_duties(outlined("一、任务（财政部负责）\n二、保障", kind="toc")) == ()


@pytest.mark.parametrize("body", ["", "详见附件", "2015年", "下同", "财政部", "以下简称办公室"])
def test_what_tells_no_role_is_no_note(body: str) -> None:
    assert parse_note(body) is None


@pytest.mark.parametrize(
    ("sentence", "departments", "leads"),
    [
        ("市水务局牵头负责清理航道，市财政局、各区人民政府配合。", "市水务局 市财政局 各区人民政府", "市水务局"),
        ("第五条 市民政局牵头组织守塔人评估，市财政局按职责配合。", "市民政局 市财政局", "市民政局"),
        ("（一）由市港务局牵头开展巡查，各区人民政府参与。", "市港务局 各区人民政府", "市港务局"),
        ("此事由市港务局牵头，市财政局、各县（市、区）政府参与。", "市港务局 市财政局 各县（市、区）政府", "市港务局"),
        ("市港务局、市海事局共同牵头推进修塔，市财政局协同。", "市港务局 市海事局 市财政局", "市港务局 市海事局"),
        ("市港务局牵头修塔，市财政局结合实际配合。", "市港务局 市财政局", "市港务局"),
    ],
)
def test_departments_before_what_they_do(sentence: str, departments: str, leads: str) -> None:
    (duty,) = find_duties(outlined(f"一、任务\n{sentence}"))
    assert list(duty.departments) == departments.split()
    assert list(duty.leads) == leads.split()


@pytest.mark.parametrize(
    ("sentence", "departments", "leads"),
    [
        ("市港务局会同市财政局制定补助办法。", "市港务局 市财政局", "市港务局"),
        ("第三条 市港务局会同市公安局负责渡口的监督管理。", "市港务局 市公安局", "市港务局"),
        ("由市港务局会同市财政局制定补助办法。", "市港务局 市财政局", "市港务局"),
        ("由市港务局会同市财政局负责制定补助办法。", "市港务局 市财政局", "市港务局"),
        ("台风来时，市港务局应当会同市公安局、海事局等部门及时疏散渔船。", "市港务局 市公安局 海事局", "市港务局"),
        ("市港务局、市海事局要会同有关部门抓好落实。", "市港务局 市海事局 有关部门", "市港务局 市海事局"),
        ("灯塔主管部门会同气象主管机构每年组织一次检查。", "灯塔主管部门 气象主管机构", "灯塔主管部门"),
        ("省人民政府责成省海事局会同省公安厅监督检查。", "省海事局 省公安厅", "省海事局"),
        ("第九条 海事部门会同保密行政管理部门每年检查一次。", "海事部门 保密行政管理部门", "海事部门"),
        ("由市港务局牵头，会同市财政局、市海事局研究制定。", "市港务局 市财政局 市海事局", "市港务局"),
        ("细则由市港务局牵头会同市财政局等有关部门制定。", "市港务局 市财政局", "市港务局"),
        ("（市港务局牵头、市财政局和市海事局配合）", "市港务局 市财政局 市海事局", "市港务局"),
        ("由市财政局参与、市海事局配合，市港务局牵头。", "市财政局 市海事局 市港务局", "市港务局"),
        ("细则由市港务局商市财政局另行制定。", "市港务局 市财政局", "市港务局"),
        ("市港务局会商市财政局制定细则。", "市港务局 市财政局", "市港务局"),
        ("此项任务由市港务局总牵头，市财政局、市海事局协同推进。", "市港务局 市财政局 市海事局", "市港务局"),
        ("（市港务局（牵头）、市财政局、市海事局负责）", "市港务局 市财政局 市海事局", "市港务局"),
        ("\n责任单位：市港务局、市财政局（牵头单位）、市海事局", "市港务局 市财政局 市海事局", "市财政局"),
        ("责任单位为市港务局、市海事局。", "市港务局 市海事局", ""),
        ("牵头单位为市港务局，配合单位为市财政局、市海事局。", "市港务局 市财政局 市海事局", "市港务局"),
    ],
)
def test_who_acts_together_in_running_text(sentence: str, departments: str, leads: str) -> None:
    (duty,) = _duties(f"一、任务\n（一）修塔。分批修缮灯塔。{sentence}")
    assert list(duty.departments) == departments.split()
    assert list(duty.leads) == leads.split()


@pytest.mark.parametrize(
    "sentence",
    [
        "办法由市港务局会同市财政局解释。",
        "本办法由市港务局会同市财政局负责解释。",
        "市港务局会同市财政局制定了首个修缮标准。",
        "李四会同王五研究灯塔。",
        "灯塔研究会同意制定章程。",
        "牵头单位为组长，配合单位为成员。",
        "由市工商部门制定，市财政局商务处备案。",
        "由市港务局商定后制定。",
        "责任单位为第一责任人。",
        "合作各方会同意见一致时研究制定方案。",
    ],
)
def test_what_only_looks_like_acting_together_is_no_note(sentence: str) -> None:
    assert _duties(f"一、任务\n（一）修塔。分批修缮灯塔。{sentence}") == ()


def test_a_list_of_what_each_body_is_responsible_for() -> None:
    text = (
        "一、分工\n（一）海事部门是主管部门，负责灯塔登记；\n（二）县公安局负责查处盗窃；\n（三）各乡镇（街道）负责巡查。\n"
        "二、扶持\n县文旅局负责业务指导，县财政局负责资金拨付，县妇联负责组织培训。\n"
        "三、其他\n县审计局负责审计，结果公开，县司法局负责备案。\n（四）灯塔学会负责技术解释。\n"
    )
    found = _duties(text)
    assert [(duty.departments[0], duty.form) for duty in found] == [
        ("海事部门", "member"),
        ("县公安局", "member"),
        ("各乡镇（街道）", "member"),
        ("县文旅局", "member"),
        ("县财政局", "member"),
        ("县妇联", "member"),
        ("县审计局", "member"),
        ("县司法局", "member"),
    ]
    assert text[slice(*found[4].covers)] == "县财政局负责资金拨付"


def test_rows_that_name_kinds_of_cases_are_notes() -> None:
    text = "一、分类承办\n类别|承办处室|协办处室|时限\n渔船纠纷|海事处|法规处|30日\n灯塔投诉|航道处|工会|15日"
    found = _duties(text)
    assert [text[slice(*duty.item)] for duty in found] == ["渔船纠纷", "灯塔投诉"]
    assert [duty.departments for duty in found] == [("海事处", "法规处"), ("航道处", "工会")]


def test_who_leads_in_one_sentence_has_no_help_from_the_next() -> None:
    duties = find_duties(outlined("一、任务\n市港务局牵头负责修塔。市财政局配合。"))
    assert all(len(duty.departments) == 1 for duty in duties)


@pytest.mark.parametrize(
    ("note", "limit"),
    [
        ("完成时限：2025年6月30日；牵头单位：市港航局；责任单位：市财政局", "2025年6月30日"),
        ("牵头单位：市港航局；责任单位：市财政局；完成时限：持续推进", "持续推进"),
        ("牵头单位：市港航局；责任单位：市财政局", ""),
        ("市港航局牵头，市财政局配合，2025年底前完成", "2025年底前完成"),
        ("牵头单位：市港航局；责任单位：市财政局；长期坚持", "长期坚持"),
        ("牵头单位：市港航局；责任单位：市财政局；进度安排：全年", "全年"),
    ],
)
def test_the_time_limit_beside_who_does_it(note: str, limit: str) -> None:
    assert [limit_in(marks.format(note)) for marks in ("（{}）", "【{}】", "[{}]", "〔{}〕")] == [limit] * 4
    assert parse_note(note) == (("市港航局", "市财政局"), ("市港航局",), False)


_BY_MARK = """\
一、港口
1.建码头。新建码头三座。（市交通运输局、北区政府，市规划局、海事局。列逗号之前的为牵头单位，其他有关单位按职责分工配合，下同）
2.修灯塔。修缮灯塔五座。（市航道局，市交通运输局、各区政府（含新区管委会，下同））
3.清航道。清理航道两条。[市水务局，市生态环境局]
4.建仓库。新建仓库一座。（市商务局）
"""


def test_those_before_a_mark_lead_where_the_document_says_so() -> None:
    document = outlined(_BY_MARK)
    told = [(d.leads, d.departments, d.basis) for d in find_duties(document)]
    first, second, third, fourth = told
    assert first == (("市交通运输局", "北区政府"), ("市交通运输局", "北区政府", "市规划局", "海事局"), "first_listed")
    assert second == (("市航道局",), ("市航道局", "市交通运输局", "各区政府"), "first_listed")
    assert third == (("市水务局",), ("市水务局", "市生态环境局"), "first_listed")
    assert fourth[0] == ("市商务局",)
    (rule,) = {d.rule for d in find_duties(document)}
    assert rule is not None and document.text[slice(*rule)].startswith("列逗号之前的为牵头单位")


def test_brackets_with_names_alone_are_notes_where_several_are() -> None:
    text = "一、港口\n建码头三座\n（市交通运输局、市规划局）\n二、灯塔\n修灯塔五座。（市航道局、市财政局）\n三、航道\n清航道两条（市水务局、市生态环境局）\n"
    assert [d.departments[0] for d in find_duties(outlined(text))] == ["市交通运输局", "市航道局", "市水务局"]
    once = "一、港口\n建码头三座。（市交通运输局、市规划局）\n有关部门（市财政局、市审计局）应当配合。\n"
    assert find_duties(outlined(once)) == ()


@pytest.mark.parametrize("line", ["主办：某市港航局", "承办：某市灯塔局", "协办：市港航局、市灯塔局"])
def test_who_runs_a_site_is_no_note(line: str) -> None:
    assert _duties(f"一、建设\n（一）完善设施。改造灯塔。\n{line}") == ()


def test_a_main_unit_named_on_a_line_is_a_note() -> None:
    (duty,) = _duties("一、建设\n（一）完善设施。改造灯塔。\n主办单位：市港航局\n协办单位：市灯塔局")
    assert (duty.departments, duty.leads) == (("市港航局", "市灯塔局"), ("市港航局",))


def test_who_answers_for_a_thing_and_who_helps_behind_a_semicolon() -> None:
    said = "市渔业局负责灯塔的监督管理；市水务局、市公安局按照职责分工予以配合。"
    document = outlined(f"一、管理\n{said}\n二、附则\n另行规定。")
    (duty,) = find_duties(document)
    assert duty.departments == ("市渔业局", "市水务局", "市公安局")
    assert (duty.leads, duty.basis) == (("市渔业局",), "charged")
    assert document.text[slice(*duty.covers)] == said
