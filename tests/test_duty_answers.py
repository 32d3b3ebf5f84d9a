"""Who leads what, and what a department was given: whole answers over small documents."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from fakes import HashEmbedder
from qa.bot import PolicyQA
from qa.duty_answers import answer_duty
from qa.duty_meant import brought, is_only_nearest, own_part, tasks_meant, topic_of_duty
from qa.duty_names import points_at, unnamed_department
from qa.duty_wording import ALONE, ASKS_TASKS, JOINT, ROLES
from qa.question import understand
from small import bot_of

HARBOUR = """\
省人民政府关于渔港建设的意见
岚政发〔2021〕9号
各市人民政府：
现就渔港建设提出以下意见。
一、重点工程
（一）避风锚地工程。疏浚航道，加固防波堤，台风来时渔船能够就近避风。（省农业农村厅、省水利厅、省财政厅等负责，列第一位者为牵头部门，下同）
1.加固防波堤。按五十年一遇标准加固。
（二）冷链加工工程。建设冻库和加工车间，水产品上岸即可冷藏。（省商务厅、省农业农村厅负责）
（三）渔民转产工程。对上岸渔民开展技能培训，发放转产补助。（省人力资源社会保障厅、省财政厅共同牵头）
二、保障措施
（一）强化资金保障。统筹财政资金，引导银行贷款。（省财政厅、省税务局等负责）
（二）严格执法监管。打击非法捕捞。（省公安厅牵头）
（三）抓好组织实施。各地制定方案。（各市人民政府负责）
省人民政府
2021年5月6日
"""
REGATTA = """\
省人民政府办公厅关于同意举办帆船赛的复函
岚政办函〔2022〕3号
省体育局：
你局请示收悉。经省政府同意，现函复如下：
同意于2022年9月举办全省帆船赛。参赛资格由省体育局审核。赛事经费由承办单位自筹。
省人民政府办公厅
2022年6月1日
"""


def test_sentences_of_one_department_under_one_heading_are_told_themselves(tmp_path: Path) -> None:
    text = (
        "湖港市政府工作报告\n一、去年回顾\n渔获增长两成。\n二、今年打算\n"
        "第一件是加固防波堤3公里，由市水利局负责；第二件是清淤航道5条，由市水利局负责；第三件是修灯塔2座，由市海事局负责。\n"
    )
    told = bot_of(tmp_path, {"报告": text}).ask("市水利局今年负责哪些任务？").text
    assert "加固防波堤3公里" in told and "清淤航道5条" in told and "灯塔" not in told


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), {"渔港": HARBOUR, "帆船": REGATTA})


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        # Who leads, in many words; a child inherits from the section above it.
        ("避风锚地工程谁牵头？", ["省农业农村厅牵头", "省水利厅、省财政厅等参与"], []),
        ("修冻库、水产品冷藏这摊事，哪家打头？", ["冷链加工工程", "省商务厅牵头"], []),
        ("加固防波堤归哪个部门管？", ["避风锚地工程", "省农业农村厅牵头"], []),
        ("渔民转产工程由谁挑头？", ["省人力资源社会保障厅、省财政厅共同牵头"], []),
        ("打击非法捕捞的事谁主抓？", ["严格执法监管", "省公安厅牵头"], ["参与"]),
        ("抓好组织实施由谁负责？", ["各市人民政府负责"], ["牵头"]),
        ("冷链加工工程和强化资金保障分别由谁领头？", ["省商务厅牵头", "省财政厅牵头"], []),
        # Is it that department?
        ("冷链加工工程是省农业农村厅牵头吗？", ["不是，", "省商务厅牵头"], []),
        ("严格执法监管是不是省公安厅牵头？", ["是，", "省公安厅牵头"], ["不是"]),
        ("避风锚地工程的牵头单位是省税务局吗？", ["不是，", "名单中没有省税务局"], []),
        ("冷链加工工程由谁打头阵？省农业农村厅在不在里面？", ["省商务厅牵头", "省农业农村厅在名单之内"], []),
        ("严格执法监管的配合单位有哪些？", ["省公安厅牵头", "没有写明配合单位"], []),
        ("抓好组织实施由谁牵头？", ["各市人民政府负责", "没有写明由谁牵头"], []),
        # What a department was given.
        ("省财政厅被分到了哪几条？哪条是它打头？", ["牵头2项", "参与1项", "避风锚地工程"], []),
        ("真正由省财政厅排头的是哪几条？", ["牵头2项", "渔民转产工程", "强化资金保障"], ["避风锚地"]),
        ("省水利厅管着哪几样？", ["参与1项", "避风锚地工程"], []),
        ("省税务局被拉进来干什么了？", ["强化资金保障"], ["冷链"]),
        ("省水利厅牵头哪些任务？", ["没有写明由省水利厅牵头", "避风锚地工程"], []),
        ("省财政厅在保障措施里有哪些任务？", ["强化资金保障"], ["避风锚地", "渔民转产"]),
        ("哪几项重点工程的名单里没写省财政厅？", ["共1项", "冷链加工工程"], ["渔民转产", "执法"]),
        ("省农业农村厅和省财政厅都参与了哪些任务？", ["同列1项", "避风锚地工程"], ["冷链"]),
        ("省税务局和省水利厅各有什么任务？", ["省税务局参与1项", "省水利厅参与1项"], ["同列"]),
        ("省公安厅牵头什么？省税务局呢？", ["省公安厅牵头1项", "省税务局"], []),
        # Lists by the way in which tasks are led.
        ("哪些工程是几个部门共同牵头的？", ["共1项", "渔民转产工程"], ["冷链"]),
        ("哪几条只写了一个部门牵头？", ["共1项", "严格执法监管"], ["组织实施"]),
        ("哪几条没有写明牵头部门？", ["共1项", "抓好组织实施"], ["冷链"]),
        ("哪几项重点工程没有写明牵头部门？", ["这3项中没有"], []),
        ("牵头部门是怎么确定的？", ["列第一位者为牵头部门"], []),
        ("重点工程各由谁牵头？", ["共3项", "冷链加工工程（省商务厅）"], ["执法"]),
        ("哪个部门牵头的任务最多？", ["省财政厅", "共2项"], []),
        # Counts, what is led alone, and what a question keeps to.
        ("避风锚地工程的责任单位有几家？", ["省农业农村厅牵头", "写明的共3家"], []),
        ("省财政厅单独牵头的（不算共同牵头）有几项？是哪些？", ["牵头1项", "强化资金保障"], ["渔民转产", "参与"]),
        ("三项重点工程里省财政厅牵头的有哪些？", ["牵头1项", "渔民转产工程"], ["强化资金"]),
        ("有哪几项的责任单位里写了省水利厅？", ["省水利厅参与1项", "避风锚地工程"], ["冷链"]),
        ("省财政厅的名字露过几次面？", ["牵头2项", "参与1项"], []),
        ("加固防波堤这活儿压在哪个部门头上？", ["省农业农村厅牵头"], []),
        ("冷链加工工程和渔民转产工程，牵头的写法有什么不同？", ["省商务厅牵头", "共同牵头"], []),
        # Tasks of two departments: none in common, and those of one without the other.
        (
            "省公安厅和省水利厅共同承担哪些任务？",
            ["没有一项的名单同时有省公安厅和省水利厅", "有省公安厅的共1项", "有省水利厅的共1项", "严格执法监管"],
            ["冷链"],
        ),
        ("哪些任务有省财政厅但没有省水利厅？", ["共2项", "渔民转产工程", "强化资金保障"], ["避风锚地", "冷链"]),
        ("哪几项是省财政厅和省水利厅都参与的？", ["同列1项", "避风锚地"], ["冷链"]),
        ("省农业农村厅参加而省财政厅没参加的任务有哪些？", ["共1项", "冷链加工工程"], ["避风锚地"]),
        ("哪几项有省公安厅但不含省税务局？", ["共1项", "严格执法监管"], ["强化资金"]),
        # The task of most bodies, or fewest.
        ("哪项重点工程涉及的部门最多？", ["避风锚地工程", "省农业农村厅牵头"], ["冷链", "渔民转产"]),
        ("哪项任务参与的部门最少？", ["省公安厅牵头", "各市人民政府负责"], ["避风锚地", "冷链"]),
        # An item by its number in a list.
        ("保障措施第二项由谁牵头？", ["严格执法监管", "省公安厅牵头"], ["冷链", "冻库"]),
        ("保障措施倒数第二项由谁牵头？", ["严格执法监管", "省公安厅牵头"], ["银行"]),
        ("保障措施的最后一项归谁管？", ["抓好组织实施", "各市人民政府负责"], ["制定方案"]),
        ("工程的倒数第一项由谁牵头？", ["渔民转产工程", "省财政厅共同牵头"], ["锚地"]),
        ("重点工程里倒数第一项是谁负责？", ["渔民转产工程", "省财政厅共同牵头"], ["锚地"]),
        ("第二项重点工程由谁牵头？", ["冷链加工工程", "省商务厅牵头"], ["锚地"]),
        ("最后一项工程的牵头部门是哪几个？", ["渔民转产工程", "省财政厅共同牵头"], ["锚地"]),
        # The department that is named for most.
        ("哪个部门参加的工程最多？", ["参与最多的", "共1项"], []),
        ("牵头任务最多的部门是哪个？", ["牵头最多的是省财政厅，共2项"], []),
        ("保障措施第三条由省公安厅牵头吗？", ["不是，", "抓好组织实施", "没有省公安厅"], ["资金"]),
        # Two questions for yes or no about one task.
        (
            "冷链加工工程由省商务厅牵头吗？有没有省财政厅？",
            ["是，“冷链加工工程”由省商务厅牵头", "没有，", "名单中没有省财政厅"],
            ["不是，"],
        ),
        ("保障措施部分管非法捕捞的是哪条，谁牵头？", ["严格执法监管", "省公安厅牵头"], ["锚地"]),
    ],
)
def test_answer(bot: PolicyQA, question: str, said: list[str], unsaid: list[str]) -> None:
    answer = bot.ask(question)
    assert not answer.refused
    for words in said:
        assert words in answer.text
    for words in unsaid:
        assert words not in answer.text


@pytest.mark.parametrize(
    "question",
    ["省公安厅和省水利厅共同承担哪些任务？", "哪些任务有省财政厅但没有省水利厅？", "保障措施第二项由谁牵头？"],
)
def test_what_is_said_of_several_departments_is_borne_out_by_the_notes(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert {s.support for s in answer.statements} == {"verified"}
    for citation in answer.citations:
        assert citation.quote in bot.document(citation.doc_id).text


@pytest.mark.parametrize("question", ["国防部牵头哪些工作？", "外交部负责什么？", "外交部和国防部共同承担什么任务？"])
def test_a_department_that_the_documents_do_not_name_is_said_to_be_none_of_theirs(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert answer.refused
    assert f"没有提到“{question[:3]}”" in answer.text


def test_a_sentence_that_names_no_partner_is_told_and_is_no_task(tmp_path: Path) -> None:
    text = (
        "省人民政府关于修缮灯塔的意见\n一、任务\n（一）修塔。分批修缮。（省海事局、省财政厅负责，列第一位者为牵头部门）\n"
        "二、实施\n（一）抓好组织领导。各市要制定方案。省海事局要会同有关部门加强跟踪评估。\n"
    )
    bot = bot_of(tmp_path, {"意见": text})
    told = bot.ask("省海事局牵头哪些任务？").text
    assert "省海事局牵头1项：“任务”下的修塔" in told
    assert "省海事局要会同有关部门加强跟踪评估。" in told


def test_a_body_that_goes_by_the_name_of_a_national_one_is_named(tmp_path: Path) -> None:
    text = "县人民政府关于修缮灯塔的意见\n一、任务\n（一）修塔。分批修缮。（县市场监管局、县财政局负责）\n"
    bot = bot_of(tmp_path, {"意见": text})
    assert unnamed_department("市监局牵头哪些工作？", bot) == ""
    assert unnamed_department("金管总局牵头哪些工作？", bot) == "金管总局"
    assert unnamed_department("财政部牵头哪些工作？", bot) == "财政部"
    assert unnamed_department("金管总局的电话是多少？", bot) == ""


LIGHTHOUSES = """\
国务院关于修缮灯塔的意见
国发〔2016〕90号
一、主要工作
（一）修缮塔身。对灯塔逐座检查，分批修缮。（农业部、工商总局、质检总局等负责，列第一位者为牵头部门，下同）
（二）培训守塔人。开办守塔人学校。（质检总局、财政部负责）
（三）核发证书。守塔人经考核合格的发给证书。（人力资源社会保障部、财政部负责）
国务院
2016年3月2日
"""


@pytest.fixture(scope="module")
def lighthouses(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("lighthouses"), {"灯塔": LIGHTHOUSES})


def test_a_department_of_today_is_answered_for_by_the_names_that_it_had(lighthouses: PolicyQA) -> None:
    answer = lighthouses.ask("市场监管总局参与哪些任务？")
    assert "工商总局参与1项" in answer.text and "质检总局牵头1项" in answer.text and "质检总局参与1项" in answer.text
    (note,) = answer.notes
    assert "没有写“市场监管总局”，写的是“工商总局”“质检总局”" in note
    assert "质检总局的主要职责后来由市场监管总局、海关总署承接" in note
    assert "2018年《深化党和国家机构改革方案》" in note
    assert {s.support for s in answer.statements} == {"verified"}
    counted = lighthouses.duties("市场监管总局")
    assert [row.role for row in counted] == ["participant", "lead"]


def test_tasks_that_a_department_of_today_shares_with_another(lighthouses: PolicyQA) -> None:
    told = lighthouses.ask("市场监管总局和财政部共同参与哪些任务？").text
    assert "质检总局、财政部同列1项" in told and "培训守塔人" in told
    told = lighthouses.ask("市场监管总局和人社部共同参与哪些任务？").text
    assert "没有一项的名单同时有工商总局或质检总局和人力资源社会保障部" in told


def test_what_is_asked_by_the_name_that_the_notes_have_needs_no_remark(lighthouses: PolicyQA) -> None:
    assert lighthouses.ask("质检总局牵头哪些任务？").notes == ()
    (note,) = lighthouses.ask("修缮塔身由农业农村部牵头吗？").notes
    assert "“农业部”" in note


PARKS = """\
海东市人民政府办公厅关于推进灯塔修缮的实施意见
海政办发〔2022〕18号
一、总体要求
到2025年修缮灯塔二十座。
二、主要任务
（一）科学选点。优先修缮航道边的灯塔。（市规划局、市港务局等负责，列第一位者为牵头部门，下同）
（二）精心设计。修旧如旧。（市港务局、市住房城乡建设局负责）
（三）加强看护。不得擅自攀爬塔身。（市城管局、市港务局、市公安局负责）
三、保障措施
1.资金保障。市财政局会同市港务局制定补助办法。
2.考核评估。由市政府督查室牵头，市港务局配合。
海东市人民政府办公厅
2022年9月3日
"""
OLDER = """\
海东市人民政府办公厅关于推进灯塔修缮的实施意见（试行）
海政办发〔2019〕7号
一、总体要求
到2025年修缮灯塔十座。
二、主要任务
（一）科学选点。可以优先修缮航道边的灯塔。（市规划局、市港务局负责）
海东市人民政府办公厅
2019年3月1日
"""


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("versions"), {"新": PARKS, "旧": OLDER})


@pytest.mark.parametrize("question", ["市港务局有几项任务？", "市港务局参与哪些工作？", "市港务局承担几项工作？"])
def test_tasks_are_whatever_is_given_and_no_heading(versions: PolicyQA, question: str) -> None:
    told = versions.ask(question, documents=["新"]).text
    assert "牵头1项" in told and "参与4项" in told
    assert len(versions.duties("市港务局", documents=["新"])) == 5


def test_the_heading_that_a_question_says_is_kept_to(versions: PolicyQA) -> None:
    told = versions.ask("市港务局在主要任务里参与几项？", documents=["新"]).text
    assert "参与2项" in told and "考核" not in told


def test_what_one_body_of_a_list_does_and_who_does_it(tmp_path: Path) -> None:
    rules = "县灯塔管理办法\n第一条 县文旅局负责业务指导，县财政局负责资金拨付，各乡镇负责日常看护。\n第二条 灯塔对公众开放。\n"
    bot = bot_of(tmp_path, {"办法": rules})
    assert "县财政局负责资金拨付" in bot.ask("县财政局负责什么？").text
    assert "县文旅局" in bot.ask("业务指导由谁负责？").text
    assert [row.task for row in bot.duties("县财政局")] == ["资金拨付"]


def test_an_earlier_version_adds_nothing_on_another_task(versions: PolicyQA) -> None:
    told = versions.ask("看护塔身由谁牵头？").text
    assert "市城管局牵头" in told and "科学选点" not in told
    told = versions.ask("科学选点由谁牵头？").text
    assert told.count("科学选点") == 2, "what it says of the same task stands beside"


def test_a_body_that_no_note_names_shares_nothing(versions: PolicyQA) -> None:
    answer = versions.ask("市港务局和市水利局共同参与哪些任务？", documents=["新"])
    assert answer.refused and "市水利局" in answer.text


def test_a_heading_that_is_a_question_is_told_as_what_it_asks_about(tmp_path: Path) -> None:
    faq = "《海东市渡口管理办法》政策解读\n来源：海东市港务局\n问：谁负责监督管理？\n答：由市港务局负责。\n问：为什么要出台？\n答：需要修订。\n"
    bot = bot_of(tmp_path, {"解读": faq})
    assert [row.task for row in bot.duties("市港务局")] == ["监督管理"]


def test_the_document_goes_before_its_interpretation(tmp_path: Path) -> None:
    rules = "海东市渡口管理办法\n海政规〔2023〕4号\n第一条 为规范渡口管理，制定本办法。\n第二条 市港务局会同市公安局负责渡口的监督管理。\n海东市人民政府\n"
    faq = "《海东市渡口管理办法》政策解读\n来源：海东市港务局\n问：谁负责监督管理？\n答：由市港务局负责。\n问：为什么要出台？\n答：需要修订。\n"
    bot = bot_of(tmp_path, {"办法": rules, "解读": faq})
    assert {c.doc_id for c in bot.ask("市港务局负责哪些工作？").citations} == {"办法"}


def test_heading_note_and_rule_are_cited(bot: PolicyQA) -> None:
    quotes = [c.quote for c in bot.ask("冷链加工工程谁牵头？").citations]
    assert quotes == ["（二）冷链加工工程。", "（省商务厅、省农业农村厅负责）", "列第一位者为牵头部门，下同"]


def test_a_note_that_says_who_leads_needs_no_rule(bot: PolicyQA) -> None:
    quotes = [c.quote for c in bot.ask("严格执法监管谁牵头？").citations]
    assert quotes == ["（二）严格执法监管。", "（省公安厅牵头）"]


def test_what_no_note_tells_is_not_taken_from_the_one_beside(bot: PolicyQA) -> None:
    answer = bot.ask("各市人民政府和省税务局谁牵头避风锚地工程？")
    assert "省农业农村厅牵头" in answer.text


def test_a_lead_that_is_not_told_is_a_contradicted_premise(bot: PolicyQA) -> None:
    answer = bot.ask("抓好组织实施由谁牵头？")
    assert answer.premise == "contradicted"
    assert {s.support for s in answer.statements} == {"verified"}


def test_a_wrong_lead_is_a_contradicted_premise(bot: PolicyQA) -> None:
    assert bot.ask("冷链加工工程是省农业农村厅牵头吗？").premise == "contradicted"
    assert bot.ask("严格执法监管是不是省公安厅牵头？").premise is None


@pytest.mark.parametrize(
    "question",
    [
        "帆船赛的参赛资格由谁审核？",
        "帆船赛的赛事经费谁来出？",
        "渔港意见的文号是多少？",
        "转产补助发给谁？",
        "论文第一作者是哪个单位的？",
        "哪家公司第一个建冻库？",
        "省水利厅厅长叫什么名字？",
        "哪些工程能抗台风？",
    ],
)
def test_other_questions_are_left_to_other_ways_of_answering(bot: PolicyQA, question: str) -> None:
    found = bot.find(question)
    draft = answer_duty(found.probe, found.candidates, bot, bot.doc_ids(), lambda topic: bot.find(topic).candidates)
    assert draft is None


def test_the_documents_asked_for_are_kept_to(bot: PolicyQA) -> None:
    regatta = [entry.doc_id for entry in bot.documents() if "帆船" in entry.doc_id]
    answer = bot.ask("省财政厅牵头哪些任务？", documents=regatta)
    assert "资金保障" not in answer.text


@pytest.mark.parametrize(
    ("asked", "standalone", "own"),
    [
        ("第二项由谁牵头？", "保障措施中的严格执法监管由谁牵头？", "保障措施中的严格执法监管由谁牵头"),
        ("那第二项呢，谁负责？", "保障措施中的严格执法监管呢，谁负责？", "保障措施中的严格执法监管呢,谁负责"),
        ("防波堤加固由谁牵头？", "避风锚地工程，防波堤加固由谁牵头？", "防波堤加固由谁牵头"),
    ],
)
def test_what_an_item_was_found_to_stand_for_is_the_topic_and_not_its_number(
    asked: str, standalone: str, own: str
) -> None:
    assert own_part(understand(asked, standalone)).rstrip("?？") == own
    assert topic_of_duty(own, ()).strip()


def test_who_leads_the_second_of_what_was_listed(bot: PolicyQA) -> None:
    listed = "保障措施有哪些？"
    answer = bot.ask("第二项由谁牵头？", [(listed, bot.ask(listed).text)])
    assert "严格执法监管" in answer.text and "省公安厅" in answer.text


@pytest.mark.parametrize(
    ("question", "points"),
    [
        ("国办牵头哪些事", False),
        ("国务院办公厅一共出现在哪些任务的责任分工里", False),
        ("国办和水利部同时被点名的任务是哪些", False),
        ("国办的任务有哪些", False),
        ("国办的分工表里,水利部排第一的是哪件事", True),
        ("国办渔港建设任务的要求是什么", True),
        ("按国办分工哪个部负责修灯塔", True),
    ],
)
def test_a_department_that_sent_a_document_out_may_only_point_at_it(question: str, points: bool) -> None:
    assert points_at("国务院办公厅", question) is points


def test_the_row_of_a_table_says_who_and_by_when(tmp_path: Path) -> None:
    table = "序号 任务 牵头单位 完成时限\n1 更新灯器 省海事局 2032年12月\n2 加固塔身 省住房城乡建设厅 2033年6月\n"
    (tmp_path / "分工.txt").write_text("灯塔养护重点任务分工表\n\n" + table, "utf-8")
    bot = PolicyQA.open([tmp_path / "分工.txt"], tmp_path / "index", embedder=HashEmbedder())
    answer = bot.ask("加固塔身由谁牵头，什么时候完成？")
    assert "省住房城乡建设厅" in answer.text and "2033年6月" in answer.text
    assert "2033" not in bot.ask("加固塔身由谁牵头？").text


def test_to_whom_money_goes_is_no_question_of_who_does_something() -> None:
    assert ROLES.search("灯塔的修复归谁?") and ROLES.search("罚款归谁收?")
    assert not ROLES.search("灯塔收的门票钱归谁?")


FEW = """\
市人民政府关于灯塔工作的通知
岚政发〔2023〕3号
一、重点任务
1.坚持“一年一检，五年一修”，统筹检查全市灯塔，完成第二批灯塔的修复。
主责单位：市港口局，市统计局
2.加强培训，办好看守员学校。
主责单位：市教育局
"""


def test_few_tasks_without_headings_are_told_whole(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"灯塔": FEW})
    told = bot.ask("市统计局负责哪一项任务？").text
    assert "坚持“一年一检，五年一修”，统筹检查全市灯塔，完成第二批灯塔的修复" in told
    assert "市港口局" in bot.ask("第二批灯塔的修复归谁？").text


@pytest.mark.parametrize("question", ["省教育厅负责什么？", "市水利局要做哪些事？"])
def test_what_others_do_is_no_answer_for_a_department_that_no_note_names(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert answer.refused
    assert "承担的任务" in answer.text


LIMITS = """\
市人民政府办公室关于印发渡口改造方案的通知
二、主要任务
（一）更新趸船。淘汰老旧趸船，统一配备护栏。（完成时限：2025年6月30日；牵头单位：市港航局；责任单位：市财政局）
（二）安装照明。渡口夜间照明全部改用太阳能。（完成时限：持续推进；责任单位：市住建局）
（三）公示票价。票价表挂在候船处显眼位置。（完成时限：持续推进；牵头单位：市发展改革委；责任单位：市港航局）
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("更新趸船由谁牵头，完成时限是什么时候？", ["市港航局牵头", "“更新趸船”完成时限：2025年6月30日。"]),
        ("更新趸船由谁牵头？", ["“更新趸船”由市港航局牵头，市财政局参与负责。"]),
    ],
)
def test_the_time_limits_of_notes(question: str, said: list[str], tmp_path: Path) -> None:
    limits = bot_of(tmp_path, {"渡口": LIMITS})
    answer = limits.ask(question)
    assert all(part in answer.text for part in said)
    assert all(s.support == "verified" for s in answer.statements)


@pytest.mark.parametrize(
    ("question", "of_tasks", "joint"),
    [
        ("修冻库归哪两个单位牵头？", False, False),
        ("修冻库由哪三家牵头？", False, False),
        ("哪几项任务是两个部门牵头的？", True, True),
        ("共同牵头的有哪些任务？", True, True),
    ],
)
def test_two_bodies_are_asked_for_and_not_all_tasks_of_two(question: str, of_tasks: bool, joint: bool) -> None:
    assert bool(ASKS_TASKS.search(question)) == of_tasks
    assert bool(JOINT.search(question)) == joint


def test_who_takes_part_is_asked_in_a_word_or_two(bot: PolicyQA) -> None:
    for question in ("避风锚地工程谁配合？", "避风锚地工程，谁参与？"):
        assert "省农业农村厅牵头，省水利厅、省财政厅等参与" in bot.ask(question).text


def test_what_a_body_leads_alone_or_with_others_is_all_that_it_leads() -> None:
    assert ALONE.search("市港航局单独牵头的有哪些任务？")
    assert not ALONE.search("市港航局单独或共同牵头的有哪些任务？")


def test_a_topic_that_no_note_is_about_is_refused(bot: PolicyQA) -> None:
    """The nearest task is no answer to what shares no word with it, nor with what stands above it."""
    answer = bot.ask("路灯维修归谁管？")
    assert answer.refused
    assert "没有找到这项工作由谁负责" in answer.text


def test_a_task_is_only_the_nearest_to_a_topic_that_has_nothing_of_it(bot: PolicyQA) -> None:
    found = bot.find("冷链加工工程由谁负责？")
    unread = [candidate.changed(odds=-3.0) for candidate in found.candidates]
    cold = next(t for t in tasks_meant(found.probe, unread, bot, bot.doc_ids()) if t.name == "冷链加工工程")
    assert is_only_nearest(cold, "城市路灯维修", unread)
    assert not is_only_nearest(cold, "水产品冷藏", unread)
    assert not is_only_nearest(cold, "省政府的意见", unread)  # by the title above it
    assert not is_only_nearest(cold, "第二项", unread)  # a place
    read = [candidate.changed(odds=3.0) for candidate in found.candidates]
    assert not is_only_nearest(cold, "城市路灯维修", read)


@pytest.mark.parametrize(
    ("follow_up", "words"),
    [
        ("谁来修路灯？", "修 路灯"),
        ("牵头的是谁？", ""),
        ("这件事由谁负责？", ""),
        ("参加单位还有哪几家？", ""),
        ("资金有多少？", ""),  # does not ask who
    ],
)
def test_what_a_follow_up_brings_itself(follow_up: str, words: str) -> None:
    joined = replace(understand(f"冷链加工工程，{follow_up}"), asked=follow_up)
    assert brought(joined) == words
    assert brought(understand(follow_up)) == ""


def test_what_a_follow_up_brings_has_to_be_of_the_task(bot: PolicyQA) -> None:
    told = bot.ask("冷链加工工程由谁负责？")
    assert bot.ask("路灯由谁管理？", history=[(told.question, told.text)]).refused
    assert "省农业农村厅" in bot.ask("避风锚地呢？", history=[(told.question, told.text)]).text


@pytest.mark.parametrize("question", ["教育厅负责什么？", "那教育厅都要做哪些工作？", "教育厅的职责是什么？"])
def test_a_body_that_no_document_names_is_refused_by_its_bare_name(bot: PolicyQA, question: str) -> None:
    assert "文件里没有提到“教育厅”" in bot.ask(question).text


@pytest.mark.parametrize(
    ("body", "meant"), [("农业厅", "省农业农村厅"), ("人社厅", "省人力资源社会保障厅"), ("商务厅", "省商务厅")]
)
def test_a_body_is_known_by_a_shorter_name(bot: PolicyQA, body: str, meant: str) -> None:
    assert meant in bot.ask(f"{body}负责什么？").text


_TWO_PLANS = {
    "1_plan.txt": "甲市灯塔修缮方案\n甲政发〔2031〕1号\n一、任务\n1.修缮旧塔。（市港航局牵头，市财政局配合）\n2.更换浮标。（市航标处牵头，市财政局配合）\n"
    "3.培训看守。（市渔业局牵头，市港航局配合）\n",
    "2_table.md": "# 甲市渔港建设任务表\n\n甲政发〔2031〕2号\n\n### 行动1　疏浚航道\n\n完成疏浚12公里\n\n责任单位：市财政局（牵头）、市航标处\n\n"
    "完成时限：2032年底\n\n### 行动2　建设码头\n\n新建码头3座\n\n责任单位：市渔业局（牵头）、市财政局\n\n完成时限：长期推进\n\n"
    "### 行动3　发放补贴\n\n发放补贴\n\n责任单位：市渔业局\n\n完成时限：2032年底\n",
}


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("市财政局牵头哪些任务？", "市财政局牵头1项：", "没有写明"),
        (
            "市财政局在灯塔修缮方案和渔港建设任务表里分别要做什么？",
            "市财政局参与2项：“任务”下的修缮旧塔、更换浮标。",
            "没有写明",
        ),
        ("市财政局在灯塔修缮方案和渔港建设任务表里分别要做什么？", "行动1疏浚航道", "没有写明"),
        ("疏浚航道什么时候完成？", "“行动1疏浚航道”完成时限：2032年底。", "长期"),
        ("渔港建设哪些行动是长期推进的？", "行动2建设码头", "行动1"),
    ],
)
def test_over_several_plans(tmp_path: Path, question: str, told: str, untold: str) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in _TWO_PLANS.items():
        (folder / name).write_text(text, encoding="utf-8")
    answer = PolicyQA.open([folder], tmp_path / "data", embedder=HashEmbedder()).ask(question)
    assert told in re.sub(r"\[\d+\]", "", answer.text) and untold not in answer.text
    assert {s.support for s in answer.statements} == {"verified"}


def test_what_another_item_tells_is_no_word_on_the_one_that_is_named(tmp_path: Path) -> None:
    plan = (
        "海东市灯塔行动方案\n一、重点任务\n1.规范灯器市场。抽查灯器质量。\n（市质监局、市工商局负责）\n"
        "2.修缮灯塔。灯器市场的修缮由市港务局会同市财政局负责。\n"
    )
    answer = bot_of(tmp_path, {"方案": plan}).ask("规范灯器市场，质监局和工商局谁牵头？")
    assert "市质监局、市工商局负责，没有写明由谁牵头" in answer.text
    assert answer.premise == "contradicted"
