"""What a question takes for granted that the documents do not hold, and what it asks for that the best sentences lack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.document import SourceDocument
from index.tokens import fold
from outlined import outlined
from qa.address import resolve
from qa.answer import REFUSAL
from qa.evidence import probability
from qa.finding import Found, may_be_strange
from qa.question import understand
from qa.refusal import (
    SIGNS,
    _own_word,
    asked_nouns,
    bar,
    explain,
    names_missing,
    out_of_scope,
    plain_absence,
    plain_lack,
    signs,
    thing_missing,
)
from qa.towns import towns_named
from searched import asked, known_in, searched

PLAN = outlined(
    "一、灯塔管护\n灯塔由海事局看守，2031年修复两座。\n二、码头开放\n码头夜间开放，门票每张20元，AIS设备由港务局安装。\n",
    "规划",
    title="海岸保护规划",
)


def absent(question: str, *documents: SourceDocument) -> str | None:
    documents = documents or (PLAN,)
    address = resolve(question, documents)
    ready = asked(question, places=address.sections if address else None)
    return plain_absence(ready, searched(ready, *documents), address, known_in(*documents))


def lacking(question: str, text: str) -> str | None:
    ready = asked(question)
    return plain_lack(ready, searched(ready, outlined(text, "办法")))


# --- what is absent


def test_a_year_that_is_nowhere_near_is_named_with_the_years_there_are() -> None:
    assert absent("2029年修复了几座灯塔？") == "2029年的情况（有关的内容只说到2031年）"
    born = outlined("一、守塔人\n2019年8月31日以前出生的报名守塔，7月1日截止。\n", "通知", title="2031年守塔人招收通知")
    assert absent("2032年守塔人报名是几号？", born) == "2032年的情况（有关的内容只说到2031年）"
    assert absent("2031年修复了几座灯塔？") is None


def test_a_sentence_goes_on_with_the_year_that_the_text_has_set() -> None:
    report = outlined(
        "守塔人工作报告\n2032年1月15日\n2031年，全市修复灯塔两座。\n签发守塔证90份。\n", "报告", title="守塔人工作报告"
    )
    assert absent("2031年签发了多少份守塔证？", report) is None
    assert absent("2029年签发了多少份守塔证？", report) == "2029年的情况"


def test_a_year_that_a_rule_covers_need_not_be_told() -> None:
    rules = outlined("一、旧塔\n2031年7月1日以前已经建成的灯塔，2036年底前拆除。\n", "通知", title="关于清理灯塔的通知")
    assert absent("2029年建成的灯塔何时拆除？", rules) is None
    assert absent("2033年建成的灯塔何时拆除？", rules) == "2033年的情况（有关的内容只说到2036年）"


def test_rules_without_a_year_hold_for_a_case_of_a_later_month() -> None:
    rules = outlined("一、处罚\n擅自登塔的，处以罚款90元。\n2031年1月1日起施行。\n", "规定", title="灯塔管理规定")
    assert absent("2032年3月擅自登塔被抓到，罚款多少？", rules) is None
    assert absent("2032年擅自登塔罚款多少？", rules) is None
    assert absent("2030年3月擅自登塔被抓到，罚款多少？", rules) is not None, "before there were any"
    assert absent("2032年3月起擅自登塔的罚款多少？", rules) is not None, "of new rules"


def test_a_year_in_a_yes_no_question_is_for_the_verdict() -> None:
    assert absent("灯塔是不是2029年修复的？") is None


def test_a_latin_name_that_stands_nowhere() -> None:
    assert absent("GPS设备由谁安装？") == "“GPS”"
    assert absent("GPS设备和LED灯由谁安装？") == "“GPS”“LED”"
    assert absent("AIS设备由谁安装？") is None


ARTICLES = outlined("一、总则\n第一条 灯塔由海事局看守。\n第二条 码头夜间开放。\n", "办法", title="灯塔管理办法")


def test_a_document_called_by_a_number_that_stands_nowhere() -> None:
    numbered = replace(PLAN, header=replace(PLAN.header, number="海政发〔2031〕7号"))
    assert absent("12号文里灯塔由谁看守？", numbered) == "“12号文”"
    assert absent("7号文里灯塔由谁看守？", numbered) is None
    assert absent("12号文里灯塔由谁看守？", PLAN) is None, "its number is not known: it may be the one"


def test_a_town_that_stands_nowhere() -> None:
    here = replace(PLAN, header=replace(PLAN.header, title="渔港市海岸保护规划"))
    assert absent("栖沙县的灯塔由谁看守？", here) == "“栖沙县”"
    assert absent("渔港市的灯塔由谁看守？", here) is None
    assert absent("鱼港市的灯塔由谁看守？", here) is None, "misspelt"
    assert absent("我在栖沙县上班，灯塔由谁看守？", here) is None, "where the person is who asks"


@pytest.mark.parametrize(
    ("question", "towns"),
    [
        ("栖沙县和浪岛省的灯塔", ["栖沙县", "浪岛省"]),
        ("栖沙县县城的灯塔，浪岛省政府负责吗", ["栖沙县", "浪岛省"]),
        ("全市、各县、外省、试点市、地级市、人口大省的灯塔", []),
        ("灯塔上市了吗，农贸市场呢，省级呢", []),
    ],
)
def test_what_names_a_town(question: str, towns: list[str]) -> None:
    assert towns_named(question) == towns


def test_a_document_called_by_a_title_that_stands_nowhere() -> None:
    assert absent("《潮汐发电规划》说灯塔由谁看守？") == "《潮汐发电规划》"
    assert absent("《海岸保护规划》说灯塔由谁看守？") is None


def test_a_part_that_the_document_does_not_have() -> None:
    chapters = outlined("一、第一章\n灯塔由海事局看守。\n二、第二章\n码头夜间开放。\n", "书", kind="body")
    assert absent("附件3里写了什么灯塔？", chapters) == "“附件3”的正文"


def test_a_document_that_has_no_articles_lacks_none() -> None:
    assert absent("第九条怎么规定灯塔看守？") is None


def test_an_article_of_a_law_that_is_not_among_the_documents() -> None:
    assert absent("《潮汐发电法》第九条怎么规定灯塔看守？") == "《潮汐发电法》的条文"


def test_a_chapter_of_which_only_the_title_is_there() -> None:
    contents = outlined("一、目录\n第一章 海岸\n第二章 灯塔看守\n", "书", kind="toc")
    assert absent("第二章灯塔看守讲了什么？", contents) == "“第二章”的正文（只在目录里列出了标题）"


# --- what is lacking


@pytest.mark.parametrize(
    ("question", "text", "lack"),
    [
        ("灯塔修复花了多少钱？", "灯塔修复由海事局负责。\n", "所问的数字"),
        ("灯塔修复花了多少钱？", "灯塔修复由3家单位负责。\n", "所问的数字"),
        ("灯塔修复花了多少钱？", "灯塔修复投入300万元。\n", None),
        ("灯塔什么时候开放？", "灯塔向游客开放。\n", "所问的时间"),
        ("灯塔什么时候开放？", "灯塔自5月1日起向游客开放。\n", None),
        ("灯塔看守人叫什么名字？", "灯塔看守人由海事局聘任。\n", "所问的人"),
        ("灯塔看守人叫什么名字？", "灯塔看守人李海生同志负责巡查。\n", None),
        ("巡查组的组长是谁？", "巡查组组长由海事局局长担任。\n", None),
        ("巡查组的组长是谁？", "巡查组每月巡查两次。\n", "所问的人"),
        ("哪座灯塔最高？", "灯塔有东塔和西塔。\n", "所问的排名"),
        ("哪座灯塔最高？", "东塔是最高的灯塔。\n", None),
        ("哪类游客最多？", "游客中渔民占60%，学生占40%。\n", None),
        ("灯塔由谁看守？", "灯塔由海事局看守。\n", None),
        ("灯塔开放有哪些规定？", "灯塔开放应当公告。\n", None),
        ("灯塔五月开放吗？", "灯塔向游客开放。\n", None),
    ],
)
def test_the_thing_asked_for_must_be_there(question: str, text: str, lack: str | None) -> None:
    assert lacking(question, text) == lack


@pytest.mark.parametrize(
    ("question", "text", "lack"),
    [
        ("为什么灯塔夜里关门？", "灯塔夜里关门，凭票入内。\n", "所问的原因"),
        ("为什么灯塔夜里关门？", "为了保护候鸟，灯塔夜里关门。\n", None),
        ("日本的灯塔有多高？", "我国的灯塔高60米。\n", "日本的情况"),
        ("日本的灯塔有多高？", "日本的灯塔高60米。\n", None),
        ("第二批灯塔修了几座？", "灯塔分两批修缮，共修5座。\n", "“第二批”的情况"),
        ("还没修好的是哪座灯塔？", "东塔和西塔由海事局修缮。\n", "所问的其余部分"),
        ("灯塔后来修好了没有？", "灯塔由海事局修缮。\n", "后来的情况"),
        ("灯塔后来修好了没有？", "灯塔已由海事局修缮完成。\n", None),
        ("灯塔门票涨了8%，从哪年涨的？", "2031年起灯塔门票上涨5%。\n", "8%这个数字"),
        ("灯塔看守人的电话是多少？", "灯塔看守人由海事局聘任。\n", "所问的数字"),
        ("报名看守灯塔要交哪些材料？", "海事局公开招募灯塔看守人。\n", "所问的这项内容"),
        ("报名看守灯塔要交哪些材料？", "报名看守灯塔应当提交体检证明。\n", None),
        ("灯塔博览会在哪座城市办的？", "灯塔博览会由海事局举办。\n", "是哪个地方"),
        ("灯塔博览会在哪座城市办的？", "灯塔博览会在湖港市举办。\n", None),
        ("灯塔着火打电话多久有人来？", "灯塔着火的，消防队10分钟内到场。\n", None),
        ("第一批灯塔修了几座？", "首批修缮灯塔5座。\n", None),
        ("修灯塔能补多少钱？", "灯塔按修缮费的30%给予补助。\n", None),
        ("灯塔多久检查一次？", "灯塔每季度检查。\n", None),
        ("灯塔还开放吗？", "灯塔向游客开放。\n", None),
        ("灯塔培训考几分才能过？", "灯塔培训为期3天，由海事局组织考试。\n", "所问的数字"),
    ],
)
def test_what_nothing_around_the_answer_says(question: str, text: str, lack: str | None) -> None:
    assert lacking(question, text) == lack


def test_figures_of_something_else_are_no_answer() -> None:
    text = "一、成效\n2022年甲厂投资4800万元建成设施。此外，乙厂也取得了节水经验。\n"
    assert lacking("乙厂投资了多少万元？", text) == "与所问对象有关的数字"
    assert lacking("甲厂投资了多少万元？", text) is None


def test_a_document_named_beyond_doubt_must_hold_the_answer_itself() -> None:
    report = outlined("一、灯塔\n灯塔耗资900万元。\n", "报告", title="灯塔报告")
    ready = asked("这份规划里灯塔耗资多少万元？", hinted=["规划"])
    named = replace(ready, named=frozenset({"规划"}))
    assert plain_lack(named, searched(named, report)) == "所指文件中的这项内容"
    assert plain_lack(ready, searched(ready, report)) is None


# --- signs and reasons


def test_signs_of_a_question_that_is_answered_and_of_one_that_is_not() -> None:
    def read(question: str) -> dict[str, float]:
        ready = asked(question)
        return dict(zip(SIGNS, signs(ready, searched(ready, PLAN), known_in(PLAN)), strict=True))

    answered, strange = read("灯塔由谁看守？"), read("幼儿园食堂由谁监督？")
    assert answered["unknown"] == 0.0
    assert strange["unknown"] > 0.5
    assert answered["cover"] > strange["cover"]
    assert answered["cosine"] > strange["cosine"]


def test_a_question_that_leans_on_the_conversation_is_in_scope() -> None:
    ready = asked("红烧肉怎么做才好吃？", answers=["灯塔由渔民看守。"])
    assert not out_of_scope(ready, signs(ready, searched(ready, PLAN), known_in(PLAN)))


def test_a_question_about_something_else_is_out_of_scope() -> None:
    for question, outside in (("红烧肉怎么做才好吃？", True), ("灯塔由谁看守？", False), ("who won the match", True)):
        ready = asked(question)
        assert out_of_scope(ready, signs(ready, searched(ready, PLAN), known_in(PLAN))) is outside


@pytest.mark.parametrize(
    ("question", "nouns"),
    [("组长是谁？", "组长"), ("码头有多少渔船？", "渔船"), ("召集人由谁担任？", "召集人")],
)
def test_the_nouns_that_a_question_asks_about(question: str, nouns: str) -> None:
    assert nouns in asked_nouns(asked(question))


def test_the_probability_grows_with_the_signs() -> None:
    weights = [1.0, -2.0, 0.5]  # the last is the constant
    assert probability([0.0, 0.0], [0.0, 0.0, 0.0]) == 0.5
    assert probability([2.0, 0.0], weights) > probability([1.0, 0.0], weights) > probability([1.0, 1.0], weights)
    assert 0.0 < probability([-9e9, 0.0], weights) < probability([9e9, 0.0], weights) <= 1.0


def test_every_refusal_begins_alike_and_says_why() -> None:
    assert explain("not_in_corpus", "“雾笛”") == f"{REFUSAL}文件里没有提到“雾笛”。"
    assert explain("out_of_scope").startswith(REFUSAL)


def test_only_of_a_name_is_it_said_that_the_documents_do_not_speak_of_it() -> None:
    for what in ("所问的数字", "2029年的情况", "《守塔办法》的发文机关", "“第二批”的情况"):
        assert explain("not_in_corpus", what) == f"{REFUSAL}没有找到{what}。"
    assert explain("not_in_corpus", "“第九条”的正文") == f"{REFUSAL}文件里没有提到“第九条”的正文。"


def test_strictness_moves_the_bar_and_normal_leaves_it() -> None:
    assert bar(0.6, "normal") == pytest.approx(0.6)
    assert 0 < bar(0.6, "lenient") < 0.6 < bar(0.6, "strict") < 1
    assert bar(0.0, "strict") == 0.0


def test_pinyin_names_nothing_and_a_name_does() -> None:
    assert absent("yixia的灯塔由谁看守？") is None
    assert absent("海事局用的GPS由谁安装？") == "“GPS”"


def test_a_table_has_the_years_of_its_columns() -> None:
    table = outlined(
        "一、目标\n灯塔2025年修复两座。\n指标|2025年|2030年\n灯塔数量（座）|20|30\n", "规划", title="灯塔规划"
    )
    assert absent("2030年灯塔数量是多少？", table) is None
    assert absent("2040年灯塔数量是多少？", table) is not None


@pytest.mark.parametrize(
    ("question", "told", "missing"),
    [
        ("选上的15个城市是哪些？", "示范城市共15个，由财政、水利部门评出。", True),
        ("那7家银行的名单是什么？", "甲银行、乙银行等7家银行可以代收。", True),
        ("获奖的4312人是哪些人？", "共表彰4312人，其中渔民、水手、灯塔看守人3000人。", True),
        ("入选的15个城市有哪些？", "甲城、乙城、丙城等15个城市入选。", True),
        ("入选的8个城市有哪些？", "北片有甲城、乙城，南片有丙城、丁城和戊城。", False),
        ("三个部门有哪些职责？", "港务部门负责登记。", False),  # asks for no names
        ("三个试点村分别是哪几个？", "望潮村、灯塔村和礁石村列为试点。", False),
        ("两个试点村是哪些？", "试点村共两个。", False),  # too few to tell a list by
        ("三个条件是哪些？", "年满18周岁，身体健康，会游泳。", False),  # no names of bodies or places
    ],
)
def test_so_many_names_are_asked_for_and_only_counted(question: str, told: str, missing: bool) -> None:
    assert names_missing(understand(question), told) == missing


@pytest.mark.parametrize(
    ("core", "place", "own"), [("选上海绵城市补多少", "上海", False), ("在上海市补多少", "上海", True)]
)
def test_a_place_is_a_word_of_its_own(core: str, place: str, own: bool) -> None:
    at = core.index(place)
    assert _own_word(core, at, at + len(place)) == own


def test_another_five_year_plan_than_the_documents_speak_of() -> None:
    plan = outlined("一、灯塔\n“十四五”期间修复灯塔两座，到2025年门票每张20元。\n", "规划", title="海岸保护规划")
    assert absent("“十五五”修复几座灯塔？", plan) == "“十五五”"
    assert absent("十四五修复几座灯塔？", plan) is None
    assert (
        absent("十五五修复几座灯塔？", outlined("一、灯塔\n到2030年修复灯塔两座。\n", "规划", title="海岸规划")) is None
    )


@pytest.mark.parametrize(
    ("question", "told", "missing"),
    [
        ("以后个人掏的占比也会往上走吗？", "在提高灯塔补助的同时，适当提高个人缴费比重。", None),
        ("修塔的融资规模要跟什么相匹配？", "融资规模要保持与灯塔收益相平衡。", None),
        ("修塔的个人缴费占比是多少？", "适当提高个人缴费比重。", "所问的数字"),
    ],
)
def test_a_measure_is_asked_for_in_figures_only_where_it_is_asked_how_much(
    question: str, told: str, missing: str | None
) -> None:
    assert thing_missing(understand(question), [fold(told)]) == missing


@pytest.mark.parametrize(
    ("question", "told", "missing"),
    [
        ("守塔人能向游客要几张船票吗？", "守塔人不得索要船票。", None),
        ("船长问游客交了多少钱，守塔人可以不说吗？", "守塔人应当保密。", None),
        ("守塔人能要船票吗，能要几张？", "守塔人不得索要船票。", "所问的数字"),
        ("丢了的浮标值多少钱怎么定？", "浮标的价格由海事所认定。", None),
    ],
)
def test_a_figure_is_asked_for_behind_a_yes_or_no_and_not_where_the_way_is(
    question: str, told: str, missing: str | None
) -> None:
    assert thing_missing(understand(question), [fold(told)]) == missing


@pytest.mark.parametrize(
    ("question", "text", "lack"),
    [
        ("谁来看守灯塔？", "一、灯塔\n灯塔高三十丈，昼夜亮着。\n", "这项工作由谁负责"),
        ("看守灯塔归哪个部门负责？", "一、灯塔\n灯塔高三十丈，昼夜亮着。\n", "这项工作由谁负责"),
        ("谁来看守灯塔？", "一、灯塔\n灯塔由渔工看守。\n", None),
        ("看守灯塔归哪个部门负责？", "一、灯塔\n港务局看守灯塔。\n", None),
        ("灯塔昼夜亮着吗？", "一、灯塔\n灯塔高三十丈，昼夜亮着。\n", None),
    ],
)
def test_who_does_something_is_not_told_where_nobody_is(question: str, text: str, lack: str | None) -> None:
    assert lacking(question, text) == lack


@pytest.mark.parametrize(
    ("question", "strange"),
    [
        ("一份写6.49亿，一份写7.72亿，信哪个？", False),
        ("一份写6.49亿，一份写8.01亿，信哪个？", True),
        ("有一份写6.49亿，该信吗？", True),
    ],
)
def test_two_figures_of_the_documents_point_at_them(question: str, strange: bool) -> None:
    ready = asked(question)
    found = Found(ready.question, ready, (), (), (), None)
    assert may_be_strange(found, {"6.49亿", "7.72亿"}.__contains__) == strange


def test_where_somebody_goes_to_is_not_whose_rules_are_asked_about() -> None:
    text = "一、看病\n渔民到外地看病的，报销往返船费。\n"
    assert lacking("渔民在上海看病报销什么？", text) == "上海的情况"
    assert lacking("渔民去上海看病报销什么？", text) is None


def test_what_a_case_has_behind_it_is_no_year_asked_about() -> None:
    rule = outlined("一、养老\n本规定施行前上岸的渔民，按原来的规定领养老金。\n", "决定", title="渔民养老决定")
    assert absent("2003年上岸的渔民有多少？", rule) == "2003年的情况"
    assert absent("我爸2003年就上岸了，养老金按哪个规定领？", rule) is None


def test_a_share_of_the_askers_own_lies_in_a_range_and_who_is_asked_no_time() -> None:
    told = "第三条 渔获超标率超过30%的，暂停捕捞三个月。\n"
    assert lacking("船上查出超标率34%，怎么处理？", told) is None
    assert lacking("超标率34%是怎么来的，怎么处理？", "第三条 渔获超标的，暂停捕捞三个月。\n") == "34%这个数字"
    assert lacking("船证到期了向谁申请换发？", "第四条 船证由持有人向港务局申请换发。\n") is None
    assert lacking("船证什么时候换发？", "第四条 船证由持有人向港务局申请换发。\n") == "所问的时间"
