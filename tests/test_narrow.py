"""The clause or case that a question means, of sentences that tell of several."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.amounts import amounts, fits
from qa.narrow import case_meant, narrowed, range_verdict
from qa.support import support
from searched import asked, searched


def _narrowed(question: str, sentence: str) -> str | None:
    document = outlined(f"一、甲\n{sentence}")
    ready = asked(question)
    best = next(c for c in searched(ready, document) if c.tells)
    line = narrowed(ready, best)
    if line is not None:
        (span,) = line.spans
        assert document.text[slice(*span[1:])] == sentence, "the whole sentence is quoted"
    return None if line is None else line.text


def test_the_clause_that_the_question_asks_for() -> None:
    sentence = "其中粮食产量90万吨，增长2%，水果产量30万吨，下降1%。"
    assert _narrowed("水果产量是多少？", sentence) == "水果产量30万吨，下降1%。"


def test_how_much_it_has_changed_may_be_asked_for_behind_a_comma() -> None:
    sentence = "其中粮食产量90万吨，增长2%，水果产量30万吨，下降1%。"
    assert _narrowed("水果产量是多少，同比降了百分之几？", sentence) == "水果产量30万吨，下降1%。"
    assert _narrowed("水果产量是多少，粮食产量是多少？", sentence) is None
    assert _narrowed("水果产量是多少，由谁统计？", sentence) is None  # who may stand in another clause


def test_a_figure_and_how_much_it_has_changed_are_one_thing() -> None:
    sentence = "粮食产量90万吨，增长2%，水果产量30万吨，下降1%。"
    assert _narrowed("水果产量及其增速分别是多少？", sentence) == "水果产量30万吨，下降1%。"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("丢失渔船的，船主应当在24小时内报告，并按渔船原值的80%赔偿。", "按渔船原值的80%赔偿。"),
        ("丢失渔船的，船主应当在24小时内报告，并处渔船原值80%的罚款。", "并处渔船原值80%的罚款。"),
    ],
)
def test_what_joins_a_clause_to_the_one_before_is_left_out_where_it_says_nothing(sentence: str, told: str) -> None:
    assert _narrowed("渔船丢了，要赔、要罚渔船原值的多少？", sentence) == told


def test_a_case_is_told_with_what_holds_in_it() -> None:
    assert _narrowed("三条船的渔户补贴上浮多少？", "有三条船的渔户，补贴额上浮10%。") is None


def test_the_year_that_a_sentence_begins_with_stays() -> None:
    sentence = "到2025年，渔港达到12座，灯塔达到90座。"
    assert _narrowed("灯塔要达到多少座？", sentence) == "到2025年，灯塔达到90座。"


def test_the_date_of_one_of_several_things() -> None:
    sentence = "渔港8月底前完工，灯塔11月底前完工。"
    assert _narrowed("灯塔什么时候完工？", sentence) == "灯塔11月底前完工。"
    assert _narrowed("灯塔最晚什么时间完工？", sentence) == "灯塔11月底前完工。"
    assert _narrowed("灯塔要在哪年哪月完工？", sentence) == "灯塔11月底前完工。"


def test_one_value_told_to_another_or_in_other_words_is_one() -> None:
    sentence = "上网的渔民则从2000年的7千人，迅猛增长至2017年的4万人。"
    assert _narrowed("2017年上网的渔民有多少？", sentence) is None
    sentence = "困难渔户补助按低保标准的1.5倍确定，为每月1963元。"
    assert _narrowed("困难渔户补助标准是多少？", sentence) is None


@pytest.mark.parametrize(
    "question",
    [
        "渔港和灯塔分别是多少座？",  # asks for several
        "渔港多少座？灯塔呢？",
        "渔港有12座吗？",  # yes or no
        "海岸怎么保护？",  # no figure
    ],
)
def test_a_sentence_that_has_to_be_told_whole(question: str) -> None:
    assert _narrowed(question, "渔港达到12座，灯塔达到90座。") is None


def _case(question: str, text: str) -> str | None:
    document = outlined(f"一、甲\n{text}")
    ready = asked(question)
    first = next(c for c in searched(ready, document) if c.start == document.text.index(text))
    line = case_meant(ready, first)
    return None if line is None else line.text


def test_the_case_with_what_leads_in_to_it() -> None:
    text = "补助按等级给予：轻度失能的，每月120元；中度失能的，每月240元；重度失能的，每月360元。"
    assert _case("重度失能的补助每月多少？", text) == "补助按等级给予：重度失能的，每月360元。"


def test_the_case_of_the_class_asked_for_however_little_it_says() -> None:
    text = "奖励标准为：本科毕业生到灯塔守护满3年的，奖励4万元；大专毕业生3万元；中专毕业生2万元。"
    assert _case("大专毕业生守护灯塔奖励多少？", text) == "奖励标准为：大专毕业生3万元。"


def test_no_case_of_another_year_than_the_sentence_that_has_the_one_asked_for() -> None:
    document = outlined(
        "一、目标\n到2031年底，新港区渔船集中充电设施配建率达到100%，老港区覆盖率达到75%以上；"
        "到2032年底，老港区覆盖率达到90%以上，渔船失火较2030年下降50%以上。\n"
    )
    ready = asked("到2032年底充电设施覆盖率目标是多少？")
    last = next(c for c in searched(ready, document) if "90%" in c.text)
    assert case_meant(ready, last) is None


def test_the_case_that_begins_with_what_is_asked_for() -> None:
    text = "补贴标准为：船长出海满100天的，每天补贴30元；水手20元；学徒10元。"
    assert _case("水手出海每天补贴多少？", text) == "补贴标准为：水手20元。"


def test_of_open_ranges_that_all_hold_the_nearest() -> None:
    text = "60岁以上的，每餐补2元；80岁以上的，每餐补4元；90岁以上的，每餐补8元。"
    assert _case("85岁的每餐补多少？", text) == "80岁以上的，每餐补4元。"


def test_the_colon_of_a_ratio_leads_in_to_nothing() -> None:
    text = "各区所需资金由市、区按6:4分担；各县所需资金，市里补助30%。"
    assert _case("各县的资金市里补助多少？", text) in (None, "各县所需资金，市里补助30%。")


def test_a_part_told_with_what_it_does() -> None:
    sentence = "每座灯塔补助5000元，其中省级资金承担2000元，市级承担1800元，县级承担1200元。"
    assert _narrowed("每座灯塔县级出多少？", sentence) == "每座灯塔补助5000元，其中县级承担1200元。"


def test_the_whole_of_a_part_is_the_last_before_it() -> None:
    sentence = "建成灯塔14座，新增泊位1600个，其中渔船泊位900个、客船泊位500个、货船泊位200个。"
    assert _narrowed("客船泊位新增多少个？", sentence) == "新增泊位1600个，其中客船泊位500个。"


def test_how_much_more_one_is_than_another_needs_both() -> None:
    sentence = "全市渔民人均支出2万元，其中城镇渔民3万元，农村渔民1万元。"
    assert _narrowed("城镇渔民人均支出比农村高多少？", sentence) is None


def test_one_year_of_a_whole_for_several() -> None:
    sentence = "2023年至2025年，财政共安排灯塔资金135万元，其中2023年40万元，2024年45万元，2025年50万元。"
    told = _narrowed("2024年财政安排灯塔资金多少？", sentence)
    assert told is None or ("45万元" in told and "40万元" not in told)


def test_the_case_whose_range_holds_the_amount() -> None:
    text = "日产1000公斤以上的，补400万元；日产500公斤至1000公斤的，补220万元。"
    assert _case("日产800公斤的补多少钱？", text) == "日产500公斤至1000公斤的，补220万元。"


@pytest.mark.parametrize(
    ("asked_for", "text", "expected"),
    [
        ("800公斤", "500公斤(含)至1000公斤的", 1.0),
        ("800公斤", "1000公斤以上的", -1.0),
        ("30人", "不足50人的", 1.0),
        ("30人", "超过20人的", 1.0),
        ("30人", "面积50平方米以上的", 0.0),
        ("几个人", "50人以上的", 0.0),
    ],
)
def test_ranges(asked_for: str, text: str, expected: float) -> None:
    assert fits(amounts(asked_for), text) == expected


def _by_range(question: str, text: str) -> tuple[str, bool] | None:
    document = outlined(f"一、甲\n{text}")
    ready = asked(question)
    return range_verdict(ready, next(c for c in searched(ready, document) if c.text == text))


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("45岁的男船员能领津贴吗？", "女年满40周岁、男年满50周岁的船员，可以领取津贴。", ("不能", True)),
        ("45岁的女船员能领津贴吗？", "女年满40周岁、男年满50周岁的船员，可以领取津贴。", ("能", False)),
        ("58岁的老人可以申请补贴吗？", "年满60周岁的老人可以申请补贴。", ("不可以", True)),
        ("缴费满3年可以申请补贴吗？", "缴费满5年的，可以申请补贴。", ("不可以", True)),
        ("缴费满6年可以申请补贴吗？", "缴费满5年的，可以申请补贴。", ("可以", False)),
        ("是不是缴费满5年才可以申请补贴？", "缴费满5年的，可以申请补贴。", None),  # asks for the bound
        ("60人的单位要设安全员吗？", "50人以上的单位，应当设安全员。", ("需要", False)),
        ("60岁的职工必须参加体检吗？", "年满50周岁的职工可以参加体检。", None),  # granted, no duty
        ("20岁可以驾船吗？", "18周岁以下的不得驾船。", None),  # forbidden to others
        ("我的船停一个半小时，也得接岸电吗？", "停泊超过2小时的船舶，应当使用岸电。", ("不需要", True)),
        ("年捕40吨的小厂要装水表吗？", "2026年底前，年捕50吨以上的厂全部安装水表。", ("不需要", True)),
        ("我离码头40公里，补助给不给？", "住处离码头60公里以内的，不发放补助。", ("不给", True)),
        ("我的猫才4公斤，上船也要戴嘴套吗？", "体重5公斤以下的猫上船可以抱着，其他的应当戴嘴套。", ("不需要", True)),
        ("种了四个月，管护费还退吗？", "已种满3个月的管护费不退。", ("不退", True)),
        ("62岁的老人乘船免费吗？", "年满60周岁的老人乘船享受半价优惠。", None),  # granted is not free
        ("60岁可以申请渔船证吗？", "申请渔船证，年龄不得超过65周岁。", None),  # a bound neither forbids nor grants
        ("70岁可以申请渔船证吗？", "申请渔船证，年龄不得超过65周岁。", ("不可以", True)),
        ("17岁可以申请渔船证吗？", "未满18周岁的，不得申请渔船证。", ("不可以", True)),
        ("65岁不能自理的老人可以申请补贴吗？", "年满60周岁不能自理的老人可以申请补贴。", ("是的", False)),
        ("16岁可以驾小艇吗？", "驾驶小艇应当年满十六周岁，不得逆流行驶。", ("可以", False)),  # another clause forbids
        ("15岁可以驾小艇吗？", "驾驶小艇应当年满十六周岁，不得逆流行驶。", ("不可以", True)),
        ("14个月了还能申请补贴吗？", "应当在一年内申请补贴，超过一年的不予受理。", ("不能", True)),
        # Whom a rule excepts is not bound by its age; what is one figure is no amount of a case.
        ("25岁的孤儿能申请泊位吗？", "申请泊位应当年满28周岁，但孤儿不受年龄限制。", None),
        ("25岁的船员能申请泊位吗？", "申请泊位应当年满28周岁，但孤儿不受年龄限制。", ("不能", True)),
        ("花3000元买一台灯能申请补贴吗？", "单价不超过2000元的，方可申请补贴。", ("不能", True)),
        ("灯的补贴是800元吗？", "单价不超过2000元的，方可申请补贴。", None),
    ],
)
def test_an_amount_within_what_a_rule_says(question: str, text: str, expected: tuple[str, bool] | None) -> None:
    assert _by_range(question, text) == expected


def test_the_value_whose_own_words_the_question_says_after_what_leads_in_to_all() -> None:
    sentence = "继续给予灯塔看守员工资补助，标准为西岸年人均4.2万元，东岸年人均3.9万元。"
    assert _narrowed("灯塔看守员补助东岸是多少？", sentence) == "继续给予灯塔看守员工资补助，东岸年人均3.9万元。"
    assert _narrowed("灯塔看守员补助是多少？", sentence) is None


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        (
            "B类公寓多大？",
            "公寓面积：A类不超过180平方米，B类不超过150平方米，租金减半。",
            "公寓面积，B类不超过150平方米。",
        ),
        (
            "2030年各大机构预测灯塔有多少座？",
            "根据各大机构预测，到2020年灯塔将达到200座，远超浮标，到2030年时灯塔将达到900座。",
            "到2030年时灯塔将达到900座。",
        ),
        ("2010年灯塔有多少座？", "2000年，灯塔数量仅25座，2010年已经增长到42座。", "灯塔数量，2010年已经增长到42座。"),
    ],
)
def test_the_value_of_the_class_or_year_asked_for(question: str, sentence: str, told: str) -> None:
    assert _narrowed(question, sentence) == told


def test_the_one_that_is_named_of_values_beside_each_other() -> None:
    sentence = "到2030年，渔港增加到3个，港内灯塔达到12座、外海灯塔达到18座。"
    assert _narrowed("外海灯塔要达到多少座？", sentence) == "到2030年，外海灯塔达到18座。"
    assert _narrowed("灯塔要达到多少座？", sentence) is None  # either may be meant: the sentence is told whole


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("争取来的资金用在水上的有多少？", "争取资金3.72亿元，其中水1.36亿元。"),
        ("争取的资金里土壤有多少亿元？", "争取资金3.72亿元，其中土壤0.47亿元。"),
        ("争取到多少资金？", "争取资金3.72亿元，增长12%。"),  # the whole
        ("大气和土壤争取到多少资金？", None),  # two of them
    ],
)
def test_the_part_that_is_named_of_a_whole(question: str, told: str | None) -> None:
    sentence = "争取资金3.72亿元，增长12%，其中大气1.58亿元、水1.36亿元、土壤0.47亿元、其他0.31亿元。"
    assert _narrowed(question, sentence) == told


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        # 、 parts values that have a name each; the year before them is told with one of them.
        ("高级船员要多少人？", "到2030年，初级船员达到500人、高级船员达到60人。", "到2030年，高级船员达到60人。"),
        # After a colon the values are named; what leads in is told with one of them.
        ("浮标一年多少维护费？", "维护费定额：灯塔每年900元，浮标每年200元。", "维护费定额：浮标每年200元。"),
        # What limits a value stays with it.
        (
            "灯塔检修要几天？",
            "浮标检修为3天，灯塔检修为9天，情况复杂的可延长至15天。",
            "灯塔检修为9天，情况复杂的可延长至15天。",
        ),
        # Both values are asked for where a question names both, or how much they differ.
        ("灯塔和浮标的维护费差多少？", "灯塔维护费900元，浮标维护费200元。", None),
        ("不在灯塔上班的补多少？", "灯塔人员补900元，其他人员补200元。", None),
    ],
)
def test_one_value_with_what_belongs_to_it(question: str, sentence: str, told: str | None) -> None:
    assert _narrowed(question, sentence) == told


def test_the_cases_of_the_thing_asked_about() -> None:
    text = (
        "损耗定额为：缆绳：使用1年以内的，不超过2%；使用1年以上的，不超过5%；"
        "浮标：使用1年以内的，不超过3%；使用1年以上的，不超过8%。"
    )
    document = outlined(f"一、甲\n{text}")
    ready = asked("浮标用了一年半，损耗不超过多少？")
    first = next(c for c in searched(ready, document) if c.start == document.text.index(text))
    line = case_meant(ready, first)
    assert line is not None
    assert line.text == "浮标：使用1年以上的，不超过8%。"


SUBSIDIES = "2026年1月起，困难渔民生活补贴和重病渔民护理补贴标准分别提高至每人每月217元、290元。"


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("重病渔民护理补贴是多少？", SUBSIDIES, "2026年1月起，重病渔民护理补贴标准提高至每人每月290元。"),
        ("困难渔民生活补贴是多少？", SUBSIDIES, "2026年1月起，困难渔民生活补贴标准提高至每人每月217元。"),
        ("渔民补贴标准是多少？", SUBSIDIES, None),  # names neither
        ("困难渔民生活补贴和重病渔民护理补贴是多少？", SUBSIDIES, None),
        (
            "农村居民收入增长多少？",
            "2025年，城镇、农村居民收入分别增长5%和6%。",
            "2025年，农村居民收入增长6%。",
        ),
        # Whether 居民收入 is meant of 城镇, too, the sentence has to tell.
        ("城镇居民收入增长多少？", "2025年，城镇、农村居民收入分别增长5%和6%。", None),
        # Another clause of the sentence tells what is asked for.
        (
            "鲜鱼损耗率到2030年是多少？",
            "到2030年，鲜鱼、冻鱼流通率分别达到45%和65%，鲜鱼损耗率降到12%以内。",
            "到2030年，鲜鱼损耗率降到12%以内。",
        ),
        ("验收时间是哪天？", "报名时间、验收时间依次为3月1日、4月5日。", "验收时间为4月5日。"),
        # What stands behind the last name alone is said of all of them.
        ("干鱼的流通率是多少？", "冻鱼、干贝、水产品冷链流通率分别达到30%、40%、50%。", None),
        (
            "造价3亿元能奖多少？",
            "对造价突破1亿元、3亿元、5亿元的灯塔，分别给予20万元、50万元、100万元奖励。",
            "对造价突破3亿元的灯塔给予50万元奖励。",
        ),
        (
            "地下泊位最高多少钱？",
            "渔港地上泊位停泊费每月60元，地下泊位停泊费每月80元，机械泊位停泊费每月50元。",
            "地下泊位停泊费每月80元。",
        ),
    ],
)
def test_the_value_of_the_name_asked_for_of_values_told_in_order(
    question: str, sentence: str, said: str | None
) -> None:
    assert _narrowed(question, sentence) == said
    assert said is None or support(said, [sentence]) == "verified"


def test_a_clause_that_has_less_of_the_question_is_not_told_alone_for_its_counter() -> None:
    sentence = "力争灯塔拥有量达到48座，渔船融资额突破13亿元，每万人口高价值灯塔拥有量达到6.5座。"
    assert _narrowed("每万人口高价值灯塔目标多少？", sentence) != "渔船融资额突破13亿元。"


def test_a_sentence_is_told_whole_where_a_second_figure_is_asked_for_briefly() -> None:
    sentence = "对偏远岛屿新建灯塔按不超过总投资的40%给予补助，其他岛屿按不超过30%给予补助，单个主体最高100万元。"
    assert _narrowed("偏远岛屿新建灯塔补多少，上限呢？", sentence) is None


def test_one_band_of_several_says_nothing_of_who_is_in_none() -> None:
    line = "十六周岁以上的，发给五年的船员证；四十六周岁以上的，发给长期的船员证。"
    ready = asked("14岁可以办船员证吗？")
    bands = {c.text: c for c in searched(ready, outlined(f"一、船员证\n{line}"))}
    assert range_verdict(ready, bands["四十六周岁以上的，发给长期的船员证。"]) is None


def test_an_item_is_granted_or_refused_by_what_announces_it() -> None:
    text = "一、办法\n个人养船犬应当具备下列条件：\n（一）年满十八周岁；\n（二）有固定泊位。\n"
    ready = asked("十六岁可以养船犬吗？")
    item = next(c for c in searched(ready, outlined(text)) if "十八" in c.text)
    assert range_verdict(ready, item.changed(odds=3.0)) == ("不可以", True)


def test_the_case_whose_days_or_measure_of_any_sort_hold() -> None:
    text = "拖链按长度审批：不足8链的，由塔长批准；8链至20链的，由站长批准；超过20链的，报灯塔局批准。"
    assert _case("要拖12链，由谁批准？", text) == "拖链按长度审批：8链至20链的，由站长批准。"
    text = "装灯补助：2024年6月30日前安装的，每盏90元；2024年7月1日至12月31日安装的，每盏60元。"
    assert _case("2024年9月安装的灯每盏补多少？", text) == "装灯补助：2024年7月1日至12月31日安装的，每盏60元。"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("灯塔办法从哪天起算数？", "《灯塔办法》自2031年9月1日起施行。"),
        ("灯塔办法是哪天批准的？", "《灯塔办法》经省政府2031年6月2日批准。"),
    ],
)
def test_of_the_days_of_a_rule_that_of_the_event_asked_for(question: str, told: str) -> None:
    sentence = "《灯塔办法》已于2031年5月3日由市政府通过，经省政府2031年6月2日批准，现予公布，自2031年9月1日起施行。"
    assert _narrowed(question, sentence) == told


def test_a_band_that_is_told_alone_is_told_without_its_number() -> None:
    text = "一、奖励\n（一）捞获3吨以上的，8吨以下的，奖励浮标；\n（二）捞获8吨以上的，20吨以下的，奖励船灯；\n"
    assert _case("捞了12吨奖励什么？", text) == "捞获8吨以上的，20吨以下的，奖励船灯。"


def test_a_case_is_told_with_what_goes_on_with_it() -> None:
    bands = "捞获3吨以上、8吨以下的，奖励浮标；捞获8吨以上、20吨以下的，奖励船灯。"
    assert _case("捞了5吨奖励什么？", bands) == "捞获3吨以上、8吨以下的，奖励浮标。"
    assert _case("捞了5吨奖励什么？", "捞获3吨以上、8吨以下的，不发浮标；奖金一次发给船主。") is None
