"""What a question asks for and an answer that is near it does not tell."""

from __future__ import annotations

import pytest

from corpus.document import SourceDocument
from index.tokens import fold
from outlined import outlined
from qa.extractive import Draft, Line
from qa.question import understand
from qa.untold import left_untold, names_person, untold


def missing(question: str, *lines: str, around: str = "") -> str | None:
    return untold(fold(question), [fold(line) for line in lines], fold(around))


# --- another thing


def test_a_thing_of_the_same_sort_is_another_one() -> None:
    other = "与所问对象有关的数字"
    assert missing("航道通航里程多少公里？", "年末渠道通航里程120公里。") == other
    assert missing("渔船维修补贴多少？", "每条木船维修补贴3000元。") == other
    assert missing("渔船维修补贴多少？", "每条渔船、木船维修补贴3000元。") is None
    assert missing("本港货物吞吐量多少？", "全港货物吞吐量9万吨。") is None, "本港 and 全港 are no two sorts"
    assert missing("渔民人均纯收入多少？", "居民人均纯收入3万元。") is None, "居民 are all of them"
    assert missing("一共新增了多少城镇就业？", "新增城镇就业90人。") is None, "少城 is no word of the question"
    assert missing("换成双层玻璃补多少？", "完成双层玻璃安装的补900元。") is None, "what is done is no sort of thing"
    assert missing("渔船和木船维修补贴哪个多？", "每条木船维修补贴3000元。") is None, "no figure alone is asked for"


def test_a_report_of_a_city_tells_nothing_of_its_counties() -> None:
    report = outlined("一、收支\n全市渔业收入9亿元。\n", title="东港市渔业决算报告")
    rule = outlined("一、补贴\n渔民每人补贴900元。\n", title="东港市渔民补贴办法")

    def told(question: str, document: SourceDocument) -> str | None:
        start = document.text.index("\n") + 1
        line = Line(document.text[start:-1], ((document.doc_id, start, len(document.text) - 1),))
        return left_untold(understand(question), Draft((line,)), lambda doc_id: document)

    assert told("西岬县渔业收入多少？", report) == "所问的那一处的数字"
    assert told("西岬区渔业收入多少？", report) == "所问的那一处的数字"
    assert told("今年区里渔业收入多少？", report) is None, "今年区 is no place"
    assert told("东港市渔业收入多少？", report) is None
    assert told("西岬县渔民补贴多少？", rule) is None, "a rule holds in its counties, too"


def quoted_of(text: str, question: str, *lines: str) -> str | None:
    """What a draft of lines of a report lacks."""
    report = outlined(text, title="东港年报")
    spans = [((report.doc_id, at := report.text.index(line), at + len(line)),) for line in lines]
    draft = Draft(tuple(Line(line, span) for line, span in zip(lines, spans, strict=True)))
    return left_untold(understand(question), draft, lambda doc_id: report)


def test_a_figure_of_the_whole_is_not_that_of_a_class() -> None:
    text = "一、渔船\n全港登记木质渔船90艘。\n渔船平均造价30万元。\n二、渔民\n渔民人均收入3万元。\n"
    other = "所问的这一类"
    assert quoted_of(text, "东港木质渔船的平均造价是多少？", "渔船平均造价30万元。") == other
    assert quoted_of(text, "东港玻璃钢渔船的平均造价是多少？", "渔船平均造价30万元。") is None, "no word of the report"
    assert quoted_of(text, "东港渔船的平均造价是多少？", "渔船平均造价30万元。") is None
    for some in ("农村", "城镇"):
        eaten = quoted_of(
            "一、鱼\n居民人均鱼类消费9公斤。\n", f"{some}居民人均鱼类消费多少？", "居民人均鱼类消费9公斤。"
        )
        assert eaten == other
    before = "一、渔船\n木质渔船应当登记造价。渔船平均造价30万元。\n"
    assert quoted_of(before, "木质渔船的平均造价是多少？", "渔船平均造价30万元。") is None, "its paragraph says which"
    below = "一、木质渔船\n渔船平均造价30万元。\n二、铁质渔船\n渔船平均造价60万元。\n"
    assert quoted_of(below, "木质渔船的平均造价是多少？", "渔船平均造价30万元。") is None, "its heading says which"


def test_who_does_it_is_not_told_by_what_is_done() -> None:
    text = "一、灯塔\n2027年建成南岬灯塔，开展试航。\n灯塔由港务局看守。\n"
    assert quoted_of(text, "南岬灯塔归谁牵头？", "2027年建成南岬灯塔，开展试航。") == "这项工作由谁负责"
    assert quoted_of(text, "灯塔由谁看守？", "灯塔由港务局看守。") is None


def test_how_long_it_is_in_force_is_not_told_by_a_date() -> None:
    assert missing("渔港办法有效期到哪年？", "渔港办法自2022年7月1日起施行。") == "有效期"
    assert missing("渔港办法有效期到哪年？", "渔港办法施行至2027年6月30日止。") is None
    assert missing("渔船证书有效期几年？", "渔船证书5年内有效。") is None
    assert missing("船员证的有效期几年？", "本办法自2022年7月1日起施行，有效期5年。") == "有效期"
    assert missing("船员证的有效期几年？", "有效期5年。", around="船员凭证件上船，") is None


def test_whom_to_reach_at_one_body_is_not_told_by_those_of_others() -> None:
    others = ("市港务局航道科0731-8450211（联系人：彭岚）；市渔业局0731-8450366（联系人：常舟）",)
    assert missing("市海洋局的联系人是谁？", *others) == "所问单位的联系方式"
    assert missing("市渔业局的联系电话是多少？", *others) is None
    assert missing("市港务局航道科的联系电话是多少？", *others) is None
    assert missing("市海洋局的联系电话是多少？", "联系电话：0731-8450211") is None, "the one number of the notice"


def test_what_is_told_of_all_is_nothing_of_those_of_private_owners() -> None:
    assert missing("民营船厂有几座船坞？", "船坞9座。") == "所问的这一类"
    assert missing("民营船厂有几座船坞？", "船坞9座。", around="民营船厂") is None
    assert missing("船厂有几座船坞？", "船坞9座。") is None


def test_an_age_and_a_rate_are_figures_of_their_own() -> None:
    assert missing("船长最大不能超过多少岁？", "船长每月补贴3000元。") == "所问的年龄"
    assert missing("船长最大不能超过多少岁？", "船长不超过60周岁。") is None
    assert missing("渔港避风率要达到多少？", "渔港可停泊渔船900艘。") == "所问的这项比率"
    assert missing("渔港避风率要达到多少？", "避风渔船占九成。") is None
    assert missing("装卸效率是多少？", "每小时装卸90吨。") is None
    assert missing("港务局牵头的航线投多少钱？", "港务局牵头1项：海岛航线。") == "所问的金额"
    assert missing("一张船票多少钱？", "老人免费乘船。") is None


def test_a_list_that_is_only_spoken_of_is_not_told() -> None:
    assert missing("禁渔名录里都有哪些鱼？", "（五）未列入禁渔名录的鱼。") == "具体的名单"
    assert missing("禁渔名录里都有哪些鱼？", "禁渔名录：鲟鱼、鲥鱼。") is None
    assert missing("禁渔名录里写了什么？", "禁渔名录由渔业局制定。") is None


def test_what_it_mainly_was_is_a_reason() -> None:
    assert missing("渔获为什么减少了？", "渔获减少，主要是渔船停航。") is None
    assert missing("渔获为什么减少了？", "渔获主要是带鱼。") == "所问的原因"


# --- names


@pytest.mark.parametrize(
    "text",
    [
        "联系人：梁书宁",
        "副部长魏长河兼任",
        "组长由副市长郑启川担任。",
        "任命顾远洲为灯塔管理局局长。",
        "中国工程院院士李京文表示",
    ],
)
def test_a_person_is_named(text: str) -> None:
    assert names_person(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "由分管副市长任召集人",
        "其他成员单位有关负责同志为成员",
        "由市长任指挥长，分管应急工作的副市长任副指挥长",
        "副组长由省政府副秘书长和省科协主席担任",
        "组长安全能力考核",
    ],
)
def test_an_office_is_no_name(text: str) -> None:
    assert not names_person(fold(text))


def test_a_name_is_not_told_by_an_office() -> None:
    assert missing("灯塔联席会议的召集人叫什么名字？", "由分管副市长任召集人。") == "所问的姓名"
    assert missing("防汛指挥长姓什么？", "由市长任指挥长。") == "所问的姓名"
    assert missing("灯塔联席会议的召集人叫什么名字？", "召集人由副市长郑启川担任。") is None
    assert missing("灯塔联席会议的召集人由谁担任？", "由分管副市长任召集人。") is None, "an office is asked for, too"
    assert missing("那份办法叫什么名字？", "《灯塔管护办法》。") is None, "what has a title is no person"
    assert missing("总指挥是哪位领导当？", "总指挥由市长担任。") is None
    assert missing("缴费的手机应用叫什么名字？", "可以通过“灯塔通”缴费。") is None, "no person is asked for"
    assert missing("给老百姓什么样的袋子？", "免费为群众提供布袋子。") is None


def test_what_came_of_a_goal_is_told_by_the_share_that_was_reached() -> None:
    assert missing("灯塔建设超额完成目标了吗？", "全年建成灯塔36座，完成年度目标35座的103%。") is None
    assert missing("灯塔建设完成目标了吗？", "确保完成年度目标35座。") == "后来的情况"


# --- times, years, numbers


def test_a_time_is_told_by_a_date_or_an_event() -> None:
    assert missing("灯塔战略什么时候出台？", "研究出台灯塔战略，提升看守能力。") == "所问的时间"
    assert missing("灯塔战略什么时候出台？", "2031年出台灯塔战略。") is None
    assert missing("补助什么时候发？", "验收合格后拨付。") is None
    assert missing("什么时候可以登塔？", "灯塔全年开放，随时可以登塔。") is None
    assert missing("灯塔战略是不是什么时候都能改？", "研究出台灯塔战略。") is None


def test_a_year_is_not_told_by_a_day() -> None:
    assert missing("灯塔论坛是哪一年办的？", "灯塔论坛11月30日在岛上举行。") == "所问的年份"
    assert missing("灯塔论坛是哪一年办的？", "灯塔论坛2031年11月30日举行。") is None
    assert missing("灯塔论坛是哪年哪天办的？", "1月29日举行。", around="2031年1月，灯塔点亮。") is None
    assert missing("灯塔论坛是哪天办的？", "灯塔论坛11月30日在岛上举行。") is None
    assert missing("补助发到哪年级？", "发到毕业。") is None


def test_a_number_to_call_or_pay_to_is_told_in_figures() -> None:
    assert missing("值班电话是多少？", "值班电话由应急局向社会公布。") == "所问的这项内容"
    assert missing("值班电话是多少？", "值班电话：0734-5521199。") is None
    assert missing("材料发到哪个邮箱？", "材料于10月30日前发送至邮箱。") == "所问的这项内容"
    assert missing("材料发到哪个邮箱？", "发送至dengta@example.cn。") is None
    assert missing("收款的账号到底是哪个？", "处理费缴入同级国库。") == "所问的这项内容"
    assert missing("电话费谁出？", "由单位报销。") is None
    assert missing("火警电话是多少？", "发现火情应当拨打119。") is None


def test_a_kind_of_account_is_told_without_its_number() -> None:
    assert missing("养护补助发到哪个账户？", "次月发放至本人社会保障卡账户。") is None
    assert missing("检修费交到哪个账户？", "检修费由使用单位按时交清。") is not None


def test_a_part_of_a_year_may_be_the_day_by_which_something_of_the_year_is_done() -> None:
    assert missing("全年的检修费最晚什么时候结清？", "当年的检修费应于次年第一季度结清，最晚不超过三月底。") is None
    assert missing("全年检修了多少座？", "一季度检修12座。") == "所问的这一类"


# --- outcomes


def test_what_came_of_a_plan_is_not_told_by_the_plan() -> None:
    plan = "到2031年，修复灯塔20座。"
    assert missing("修复灯塔20座后来到底完成了没有？", plan) == "后来的情况"
    assert missing("2031年实际修了多少座灯塔，实际完成多少？", plan) == "后来的情况"
    assert missing("灯塔修复凑够20座了吗？", "计划修复20座灯塔。") == "后来的情况"
    assert missing("2031年要修多少座灯塔？", plan) is None
    assert missing("修复灯塔20座后来到底完成了没有？", "截至2031年底，修复灯塔20座，完成了目标。") is None
    assert missing("去年实际修了多少座？", "全年修复灯塔18座，比上年增加3座。") is None
    assert missing("修灯塔的任务完成了没有？", "全港圆满完成了年初定下的目标。") is None
    assert missing("修灯塔的任务完成了没有？", "全港顺利完成修灯塔的目标任务。") is None
    assert missing("修灯塔的任务完成了没有？", "确保顺利完成修灯塔的目标任务。") == "后来的情况"


def test_what_is_after_a_term_is_not_told_by_the_term() -> None:
    assert missing("试点到期以后还接着办吗？", "试点期限3年，自2031年1月1日起。") == "后来的情况"
    assert missing("兼职期满以后还能接着兼吗？", "兼职期限一般不超过3年，期满可以续签。") is None


# --- reasons


def test_a_reason_is_not_told_by_what_is_so() -> None:
    assert missing("灯塔看守员为什么少了？", "灯塔看守员331人，减少4.2%。") == "所问的原因"
    assert missing("灯塔看守员为什么少了？", "由于灯塔改为自动值守，看守员减少4.2%。") is None
    assert missing("第三批灯塔为啥不用复核？", "第三批灯塔命名时间未满两年。") is None
    assert missing("凭什么领取补助？", "凭身份证领取补助。") is None, "no reason is asked for"
    assert missing("为什么要共建？", "共建共享，避免重复建设。") is None


# --- names of several things


def test_names_are_not_told_by_their_number() -> None:
    assert missing("对哪9个市进行了通报？", "对未完成培训的9个市进行通报。") == "具体的名单"
    assert missing("有四座灯塔是省里的，点一下名？", "有4座灯塔由省里管护。") == "具体的名单"
    assert missing("评审专家名单上都有谁？", "灯塔局组织专家评审，评审结果公示7天。") == "具体的名单"
    assert missing("另外九个是哪些？", "灯塔入选十大新词。") == "具体的名单"
    assert missing("由哪两家单位出资？", "由港务局和海事局出资。") is None
    assert missing("有哪三种方式？", "有三种方式。", "第一种是看守。", "第二种是巡护。") is None
    assert missing("通报了哪三个市？", "通报了汐州、岚江、云浦三市。") is None
    assert missing("灯塔修复包括哪些？", "修复塔身。") is None


# --- classes


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("东部地区每座灯塔补助多少钱？", "西部地区每座灯塔补助3万元。"),
        ("一季度修了多少座灯塔？", "四季度修复灯塔9座。"),
        ("农村居民每人补助多少元？", "城镇居民每人补助90元。"),
        ("翻译成法文每千字收多少钱？", "公证书翻译（英文）每千字60元。"),
        ("老旧小区每千人要建多少平方米菜场？", "新建居住区每千人不少于80平方米。"),
        ("新建一张床位补多少？", "改建床位每张补贴6000元。"),
        ("全球灯塔有多少座？", "我国灯塔达到900座。"),
    ],
)
def test_a_figure_of_another_class_is_none_of_that_asked_for(question: str, told: str) -> None:
    assert missing(question, told) == "所问的这一类"


@pytest.mark.parametrize(
    ("question", "told", "around"),
    [
        ("东部地区每座灯塔补助多少钱？", "每座灯塔补助3万元。", ""),
        ("东部地区每座灯塔补助多少钱？", "每座补助3万元，比西部低。", "（一）东部地区"),
        ("东部学校对口支援哪里？", "对口支援西部学校。", ""),
        ("高中毕业能报名吗？", "应当具有大学本科以上学历。", ""),
        ("城镇和农村居民各补助多少？", "城镇居民每人补助90元。", ""),
        ("农民工落户要干几年？", "在城市稳定就业满5年。", ""),
        ("我国灯塔数量在全球排第几，有多少座？", "我国灯塔900座，居世界第一。", ""),
        ("子女补助多少？", "男满60周岁的每人补助90元。", ""),
    ],
)
def test_a_class_that_is_not_set_against_another(question: str, told: str, around: str) -> None:
    assert missing(question, told, around=around) is None


# --- the figure of a part

YEARBOOK = outlined(
    "一、灯塔\n全市有灯塔90座，罚款12万元。各县灯塔由多到少为：东湾县24座、西湾县20座。\n地区|渔获\n东湾县|30\n西湾县|20\n"
    "二、补助\n一类地区：南湾县、北湾县。一类地区每座灯塔补助3万元。",
    title="海州市年报",
)


@pytest.mark.parametrize(
    ("question", "told", "refused"),
    [
        ("海州市东湾县罚款多少万元？", "全市有灯塔90座，罚款12万元。", True),
        ("西湾县2024年罚了多少钱？", "全市有灯塔90座，罚款12万元。", True),
        ("东湾县有灯塔多少座？", "各县灯塔由多到少为：东湾县24座、西湾县20座。", False),
        ("海州市罚款多少万元？", "全市有灯塔90座，罚款12万元。", False),
        ("全市东湾县等各县一共有灯塔多少座？", "全市有灯塔90座，罚款12万元。", False),
        # Of its class, and no part of a whole that is told part by part.
        ("南湾县每座灯塔补助多少钱？", "一类地区每座灯塔补助3万元。", False),
        ("县区罚款多少钱？", "全市有灯塔90座，罚款12万元。", False),
    ],
)
def test_the_figure_of_a_whole_is_none_of_a_part(question: str, told: str, refused: bool) -> None:
    start = YEARBOOK.text.index(told)
    draft = Draft((Line(told, (("文件", start, start + len(told)),)),))
    missing = left_untold(understand(question), draft, lambda _: YEARBOOK)
    assert (missing is not None) == refused


def test_works_of_one_sort_may_be_told_together() -> None:
    assert missing("改建的灯塔补多少？", "改（扩）建的，每座补6000元。") is None
    assert missing("改建的灯塔补多少？", "新建的，每座补12000元。") == "所问的这一类"


def test_what_a_document_says_is_not_told_by_another() -> None:
    other = "灯塔公共数据管理办法"
    assert missing("《灯塔数据条例》从哪天开始施行？", "本办法自2031年7月1日起施行。", around=other)
    assert missing("《灯塔公共数据管理办法》从哪天开始施行？", "本办法自2031年7月1日起施行。", around=other) is None
    assert missing("《灯塔旧办法（试行）》哪天废止的？", "《灯塔旧办法（试行）》2031年废止。", around=other) is None


@pytest.mark.parametrize(
    ("question", "told", "what"),
    [
        ("东湾县PM10年均浓度是多少？", "PM2.5年均浓度为24微克/立方米。", "所问的这一项"),
        ("PM10年均浓度是多少？", "年均浓度为46微克/立方米。", None),
        ("PM10年均浓度是多少？", "PM2.5为24微克，PM10为46微克/立方米。", None),
        ("5G基站建了多少个？", "新建基站30个。", None),
    ],
)
def test_a_figure_of_another_thing_of_the_sort(question: str, told: str, what: str | None) -> None:
    assert missing(question, told) == what


def test_another_phase_of_a_work_is_not_the_one_asked_for() -> None:
    told = ["总投资2亿元,建设年限2031年。"]
    assert untold("灯塔看守楼一期投资多少", told, "灯塔看守楼二期") == "所问的这一期"
    assert untold("灯塔看守楼二期投资多少", told, "灯塔看守楼二期") is None
    assert untold("办事处第一期限几天", ["期限3天。"], "二期") is None


def test_how_another_person_is_reached_is_not_told_for_the_one_asked_for() -> None:
    told = ["联系人:谢舟,电话:5521806。"]
    assert untold("副主任侯青的电话", told) == "所问的人的联系方式"
    assert untold("联系人谢舟的电话", told) is None


def test_a_number_of_other_things_is_none_of_those_that_the_document_names_elsewhere() -> None:
    port = outlined("一、设施\n港内有泊位86个。\n二、安全\n吊车应当每年检验。\n", "港规")
    start = port.text.index("港内")
    draft = Draft((Line("港内有泊位86个。", (("港规", start, start + 9),)),))
    assert left_untold(understand("港里有多少台吊车？"), draft, lambda _: port) == "所问的这一项"
    assert left_untold(understand("港里有多少个泊位？"), draft, lambda _: port) is None
    assert left_untold(understand("港里有多少台天车？"), draft, lambda _: port) is None  # maybe the same in other words


def test_a_word_of_yes_or_no_answers_the_part_that_asks_for_it() -> None:
    rule = outlined("一、捐赠\n没有凭证的，不得登记捐赠的木船。\n", "船规")
    start = rule.text.index("没有凭证")
    line = Line("不能，没有凭证的，不得登记捐赠的木船。", (("船规", start, len(rule.text) - 1),))
    asked = understand("捐了一条木船，说不出值多少钱，能登记吗？")
    assert left_untold(asked, Draft((line,)), lambda _: rule) == "所问的金额"
    assert left_untold(asked, Draft((line,), method="whether"), lambda _: rule) is None


# --- a number of any kind


def test_a_question_for_a_number_is_not_answered_without_any() -> None:
    assert missing("灯塔的地基要挖多深？", "灯塔的地基应当牢固。") == "所问的数字"
    assert missing("船票能打几折？", "对渔民给予优惠。") == "所问的数字"
    assert missing("灯塔要配几个看守？", "灯塔应当配备看守。") == "所问的数量"
    assert missing("灯塔要配几个看守？", "灯塔应当配备两名看守。") is None
    assert missing("灯塔要配几个看守？", "看守轮流值班六个月。") == "所问的数量", "of months no things are counted"
    assert missing("看守能延几次？", "看守六个月一任，可以撤换、顺延。", around="第二十条") == "所问的数量"
    assert missing("船票能打几折？", "对渔民减半收取。") is None
    assert missing("灯塔图纸要留多久？", "灯塔图纸应当长期保存。") is None
    assert missing("灯塔分成几类？", "灯塔分为海岸灯塔、港口灯塔和岛屿灯塔。") is None
    assert missing("跑了好几趟都没办成，找谁？", "由海事所办理。") is None, "something else is asked for"
