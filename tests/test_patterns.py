"""What figures, dates, names and places look like, and whether a sentence carries the one asked for."""

from __future__ import annotations

import pytest

from qa.patterns import (
    ASKS_NAME,
    NAMED_PERSON,
    TIME,
    YEAR,
    asked_one,
    fits_kind,
    fits_years,
    lacks_figure,
    names_class,
    opposite_case,
    other_class,
    person_missing,
    same_case,
)
from qa.question import kinds_of


def fits(question: str, sentence: str) -> float:
    return fits_kind(kinds_of(question), question, sentence)


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("补助多少钱?", "每户补助3000元。", "补助发给12户渔民。"),
        ("投入了多少资金?", "投入资金2.5亿元。", "共有2.5亿人受益。"),
        ("入住率是百分之几?", "入住率达到85%。", "入住了85家。"),
        ("游客增长多少?", "游客增长两成。", "游客有所增长。"),
        ("培训了多少人?", "培训渔民1200人。", "培训1200天。"),
        ("要等多久?", "自受理之日起15个工作日内办结。", "受理15件。"),
        ("锚地面积是多少?", "锚地占地300亩。", "锚地停船300艘。"),
        ("海堤多长?", "海堤全长12公里。", "海堤造价12万元。"),
        ("捕捞了多少吨?", "捕捞500吨。", "捕捞500次。"),
        ("船员代表所占比例为多少?", "船员代表占1/3。", "船员代表由选举产生。"),
        ("上岸拿工资的,税率最低最高各是多少?", "适用百分之三至百分之四十五的税率。", "适用累进税率。"),
        ("联系电话是多少?", "联系电话：0571-12345678。", "请与办公室联系。"),
        ("几点开门?", "每天9:00开门。", "每年开放120天。"),
        ("几点到几点关闸?", "每日十二时三十分至十四时关闸。", "关闸有三点要求。"),
        ("算工资时一个月按多少天?", "每月按22天计。", "月底发放工资。"),
        ("有几艘渔船?", "登记渔船48艘。", "登记渔民48户。"),
    ],
)
def test_a_figure_is_of_the_measure_asked_for(question: str, holds: str, lacks: str) -> None:
    assert fits(question, holds) > 0
    assert fits(question, lacks) < 0
    assert not lacks_figure(question, [lacks, holds])
    assert lacks_figure(question, [lacks])


def test_common_counters_stand_for_one_another() -> None:
    assert 0 < fits("有几项任务?", "主要任务包括三个方面。") < fits("有几项任务?", "主要任务共三项。")


@pytest.mark.parametrize(
    "sentence",
    ["2021年3月5日起施行。", "自发布之日起施行。", "6月30日前完成。", "三十日内答复。", "二〇二一年完成。"],
)
def test_a_question_for_a_time_is_met_by_a_date(sentence: str) -> None:
    assert fits("什么时候办?", sentence) == 1.0


def test_a_sentence_without_a_date_does_not_meet_a_question_for_a_time() -> None:
    assert fits("什么时候办?", "渔船应当登记。") == -1.0


@pytest.mark.parametrize(
    "sentence",
    ["召集人：李海生", "看守人李海生同志", "李海生主任出席会议。", "李海生首次提出了这一设想。"],
)
def test_a_name_beside_a_title_or_a_deed_is_a_persons(sentence: str) -> None:
    assert NAMED_PERSON.search(sentence)


@pytest.mark.parametrize("sentence", ["组长由办公室主要负责同志担任。", "渔民代表大会审议了报告。", "灯塔应当常亮。"])
def test_a_title_alone_names_nobody(sentence: str) -> None:
    assert not NAMED_PERSON.search(sentence)


@pytest.mark.parametrize("question", ["看守人叫什么名字?", "召集人姓名?", "联系人是哪位?"])
def test_questions_for_a_persons_name(question: str) -> None:
    assert ASKS_NAME.search(question)
    assert person_missing(question, ["组长由办公室负责同志担任。"])
    assert not person_missing(question, ["联系人:李海生"])


@pytest.mark.parametrize("question", ["组长是谁?", "谁担任召集人?"])
def test_questions_for_a_person_are_met_by_a_post_and_better_by_a_name(question: str) -> None:
    assert not person_missing(question, ["组长由办公室负责同志担任。"])
    assert person_missing(question, ["每月巡查两次。"])
    assert fits(question, "组长：李海生") > fits(question, "组长由办公室负责同志担任。")


def test_a_question_for_a_task_is_no_question_for_a_name() -> None:
    assert not ASKS_NAME.search("是谁负责看守?")


def test_who_is_met_by_an_organ() -> None:
    assert fits("谁看守?", "由海事局看守。") > fits("谁看守?", "夜间看守。")


def test_an_ordinal_is_met_by_an_ordinal_of_the_same_unit() -> None:
    assert fits("这是第几届渔火节?", "第十二届渔火节开幕。") == 1.0
    assert fits("这是第几届渔火节?", "渔火节有12个展区。") < 0


def test_a_place_is_met_by_a_place_of_the_same_kind() -> None:
    assert fits("在哪个城市举办?", "在湖港市举办。") == 1.0
    assert fits("在哪个城市举办?", "在码头举办。") < 0


def test_nothing_tells_where_no_visible_thing_is_asked_for() -> None:
    assert fits("怎样申请?", "向办公室申请。") == 0.0


@pytest.mark.parametrize(
    ("sentence", "passage", "header", "value"),
    [
        ("2021年建成。", "", "", 1.0),
        ("当年建成。", "2021年以来", "", 0.3),
        ("2019年建成。", "2021年以来", "", -0.3),
        ("当年建成。", "", "2021年工作报告", 0.3),
        ("2019年建成。", "", "2021年工作报告", -1.0),
        ("2019年建成。", "", "", -1.0),
    ],
)
def test_years_in_the_sentence_or_around_it(sentence: str, passage: str, header: str, value: float) -> None:
    assert fits_years(("2021",), sentence, passage, header) == value


def test_no_year_asked_for_tells_nothing() -> None:
    assert fits_years((), "2019年建成。", "", "") == 0.0


def test_the_noun_of_which_one() -> None:
    assert asked_one("办公室设在哪个司?") == "司"
    assert asked_one("由哪个部门负责?") is None


def test_the_asked_counter_decides_where_counters_are_not_alike() -> None:
    assert lacks_figure("一共投放了多少辆单车?", ["已有20家企业。"])
    assert not lacks_figure("一共有多少家企业?", ["已有20余个企业。"])
    assert lacks_figure("产业规模有多大?", ["构建三大体系。"])
    assert not lacks_figure("每户能养几只羊?", ["每户养羊不得超过三只。"])
    assert lacks_figure("每户能养几只羊?", ["每户养羊要登记。"])


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("一级响应由谁启动?", "iii级响应由主任启动", True),
        ("三级响应由谁启动?", "iii级响应由主任启动", False),
        ("二级的呢?", "二、三级灯塔保护五米", False),  # both are of that noun
        ("e类补贴多少?", "c类补贴80万元", True),
        ("一级响应由谁启动?", "响应由主任启动", False),  # names no class: it may be of any
        ("由哪一级政府认定?", "三级灯塔由县政府认定", False),  # asks which
        ("一级响应由谁启动?", "b类灯塔由县政府认定", False),  # classes of something else
        ("中度失能的渔民补多少?", "重度失能渔民每月1200元", True),
        ("小型企业贷款贴息多少?", "大型企业不予贴息", True),
        ("重度失能的渔民补多少?", "重度、中度失能渔民每月150元", False),  # both
        ("大型企业奖多少?", "大中型企业奖励6000元", False),
        ("特大事故谁来查?", "特别重大事故由国务院查处", False),  # the same by another name
        ("未成年渔民补多少?", "成年渔民每人90元", True),
        ("成年渔民补多少?", "未成年渔民每人90元", True),
        ("成年渔民补多少?", "未成年、成年渔民每人90元", False),
        ("国有渔船有几艘?", "非国有渔船有9艘", True),
        ("物质遗产有几项?", "非物质遗产有9项", False),
        ("过年放几天", "元旦放假1天", True),
        ("过年放几天", "春节放假7天", False),
        ("五一补哪天的班", "劳动节、国庆节放假调休", False),
    ],
)
def test_a_sentence_of_another_class_than_the_one_asked_about(question: str, text: str, other: bool) -> None:
    assert other_class(question, text) is other


def test_a_class_asked_about_is_named() -> None:
    assert names_class("一级响应由谁启动?", "i级响应由总指挥启动")
    assert not names_class("一级响应由谁启动?", "响应由总指挥启动")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("治理违建2000万平方米", []),
        ("发放2015元", []),
        ("2025元旦放假几天", ["2025"]),
        ("2024家电补贴", ["2024"]),
        ("2031年", ["2031"]),
    ],
)
def test_a_number_of_something_is_no_year(text: str, years: list[str]) -> None:
    assert YEAR.findall(text) == years


def test_a_name_that_ends_in_a_year_does_not_speak_of_it() -> None:
    assert fits_years(("2025",), "《海岸规划2025》提出修塔", "", "") == -1.0
    assert fits_years(("2025",), "2025年修塔", "", "") == 1.0


def test_the_years_between_two_are_told_where_each_has_its_value() -> None:
    assert fits_years(("2029",), "2028—2030年灯塔数分别为3座、5座、6座", "", "") == 1.0
    assert fits_years(("2029",), "2028—2030年修建灯塔6座", "", "") == -1.0


def test_how_grave_something_is_makes_a_class_of_it() -> None:
    assert other_class("作出重大贡献奖多少", "作出特别重大贡献的,奖励10万元")
    assert not other_class("作出重大贡献奖多少", "作出重大贡献的,奖励3万元")


@pytest.mark.parametrize(
    ("question", "text", "opposite", "same"),
    [
        ("合同没约定运费的按什么算", "对运费有约定的,按约定支付;", True, False),
        ("合同没约定运费的按什么算", "未作约定的,按里程支付;", False, True),
        ("合同约定了运费的按什么算", "未作约定的,按里程支付;", True, False),
        ("合同约定了运费的按什么算", "对运费有约定的,按约定支付;", False, True),
        ("有没有约定运费", "对运费有约定的,按约定支付;", False, True),
        # A word that begins with 不 denies nothing.
        ("不动产怎么过户", "以动产出质的,交付时生效;", False, True),
        ("动产怎么出质", "以不动产抵押的,应当登记;", False, True),
        ("不锈钢浮标怎么报废", "以锈钢制成的,由港务局回收;", False, True),
    ],
)
def test_a_case_and_its_opposite(question: str, text: str, opposite: bool, same: bool) -> None:
    assert (opposite_case(question, text), same_case(question, text)) == (opposite, same)


def test_classes_by_learning_skill_work_and_insurance() -> None:
    assert other_class("大专生补多少", "本科毕业生补4万元") and not other_class("大专生补多少", "专科毕业生补3万元")
    assert other_class("博士后补多少", "博士补4万元") and not other_class("博士补多少", "本科及以上学历补1万元")
    assert not other_class("研究生补多少", "硕士研究生补2万元") and other_class("硕士补多少", "博士研究生补4万元")
    assert other_class("高级工奖多少", "技师3000元") and other_class("技师奖多少", "高级技师5000元")
    assert other_class("改建补多少", "新建补1万元") and not other_class("改建补多少", "改(扩)建补6000元")
    assert other_class("职工医保报多少", "参保居民住院报80%") and not other_class(
        "职工医保报多少", "职工在企业参加培训"
    )
    assert other_class("一级能效补多少", "2级能效补15%") and not other_class("一级能效补多少", "1级能效补20%")
    assert other_class("农村低保多少人", "城市低保1万人") and not other_class("城镇低保多少人", "城市低保1万人")


def test_the_class_that_something_is_put_in_is_told() -> None:
    assert names_class("首次评上五级奖励多少", "评为五级的,奖励30万元")
    assert not names_class("由上一级机关审批吗", "报一级站备案")
    assert not names_class("灯塔分为三级吗", "评为三级的,奖励8万元")


def test_a_label_tells_a_case_too() -> None:
    assert opposite_case("有旧伤的渔民赔多少", "无旧伤:赔付80%;")
    assert same_case("有旧伤的渔民赔多少", "有旧伤:赔付40%;")


def test_what_is_told_by_name_can_be_counted() -> None:
    assert not lacks_figure("处分分几种?", ["处分分为警告、记过、除名。"])
    assert lacks_figure("处分分几种?", ["按第十四条给予处分。"]), "the number of an article counts nothing"


def test_which_official_may_be_told_by_the_office() -> None:
    assert not person_missing("最后由哪位领导审批?", ["由副校长审批。"])
    assert person_missing("联系老师是哪位?", ["由副校长审批。"])
    assert person_missing("副镇长是谁?", ["镇长田野。"]), "another office"


def test_numbers_in_chinese_characters_are_figures_of_any_unit() -> None:
    assert not lacks_figure("灯室夜里最少要多亮?", ["灯室照度不低于八坎德拉。"])
    assert not lacks_figure("雾号最高不能超过多少分贝?", ["雾号声级不超过一百二十分贝。"])
    assert lacks_figure("灯室夜里最少要多亮?", ["百姓应当十分爱护灯室,见第二十章。"])
    assert not lacks_figure("复印灯塔图一张多少钱?", ["每张收取两角;"])


def test_the_years_between_two_days_of_a_case_are_told() -> None:
    sentence = "2018年9月至2021年8月入职的守塔人,每月90元。"
    assert fits_years(("2019",), sentence, sentence, "") == 1.0
    assert fits_years(("2022",), sentence, sentence, "") == -1.0


def test_the_level_of_government_is_a_class() -> None:
    assert other_class("乡政府食堂从哪天起", "市直机关自五月起不再使用")
    assert not other_class("乡政府食堂从哪天起", "县和乡镇机关自六月起执行")


def test_a_time_is_told_by_what_happens_then_as_well_as_by_a_date() -> None:
    told = [
        "自登记之日起计算",
        "从次月起发放",
        "应当与码头的建设同步进行",
        "在修复完成前不得出海",
        "以网上备案的日期为准",
        "9月30日前",
    ]
    assert all(map(TIME.search, told))
    assert not any(map(TIME.search, ["看守人每人每月津贴80元", "由港务局负责", "灯塔高三十丈"]))


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("工资最低给几成?", "不得低于约定工资的百分之八十。", "工资按约定发给。"),
        ("在岸上交过的税,最多抵多少?", "抵免额不得超过依照本法计算的应纳税额。", "可以抵免。"),
        ("船证要等几天拿?", "应当当场发证。", "发给船证。"),
        ("赤字占gdp的比例大概是多少?", "赤字占比降到1.5%左右。", "赤字有所下降。"),
    ],
)
def test_an_amount_may_be_told_in_words_or_by_another_measure(question: str, holds: str, lacks: str) -> None:
    assert not lacks_figure(question, [holds])
    assert lacks_figure(question, [lacks])
