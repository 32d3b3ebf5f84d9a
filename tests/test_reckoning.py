"""What follows from the figures of an answer, and that it is reckoned anew where it is checked."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.extractive import Draft, Line
from qa.reckoning import told_beside, with_reckoned
from qa.support import support
from searched import asked, searched


def reckoned(question: str, *lines: str, method: str = "sentences") -> str:
    """What is added to an answer of some lines; it has to stand when it is checked."""
    draft = Draft(tuple(Line(text, (("甲", 0, len(text)),)) for text in lines), method=method)
    said = [line.text for line in with_reckoned(asked(question), draft).lines[len(lines) :]]
    assert all(support(one, lines) == "verified" for one in said)
    return "".join(said)


@pytest.mark.parametrize(
    ("question", "lines", "said"),
    [
        ("甲比乙多多少？", ["甲有1240件。", "乙有2000件。"], "两者相差760件。"),
        ("报销比例差几个点？", ["甲支付80%。", "乙支付66%。"], "两者相差14个百分点。"),
        ("贵了多少？", ["2023年单价7.14元，2024年单价6.71元。"], "两者相差0.43元。"),
    ],
)
def test_a_difference_is_computed_and_checked(question: str, lines: list[str], said: str) -> None:
    draft = with_reckoned(asked(question), Draft(tuple(Line(text, (("甲", 0, len(text)),)) for text in lines)))
    assert draft.lines[-1].text == said
    assert support(said, lines) == "verified"
    assert support("两者相差5件。", lines) == "unverified"


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("甲有多少件？", ["甲有1240件。", "乙有2000件。"]),  # not asked for
        ("甲比乙多多少？", ["甲有1240件。", "乙有20吨。"]),  # other units
        ("甲比乙多多少？", ["甲有1240件，丙有5件，丁有6件。"]),
    ],
)
def test_no_difference_where_none_is_meant(question: str, lines: list[str]) -> None:
    draft = Draft(tuple(Line(text, (("甲", 0, len(text)),)) for text in lines))
    assert with_reckoned(asked(question), draft) is draft


def test_a_whole_and_one_of_its_parts_are_not_added_up() -> None:
    text = "修港资金8.96亿元，其中中央3.74亿元、省级3.12亿元。"
    assert reckoned("修港资金一共多少，中央给了多少？", text) == ""
    assert reckoned("中央和省级一共给了多少？", text) == "3.74亿元加3.12亿元，合计6.86亿元。"


def test_the_difference_of_the_figures_that_are_named() -> None:
    lines = (
        "2022年水果损失率为21%。",
        "到2030年，冷库达到105座，水果、水产流通率分别达到45%、75%，水果损失率降到12%以内。",
    )
    assert reckoned("水果损失率要降多少个百分点？", *lines) == "两者相差9个百分点。"
    lines = ("大灯塔：东部9万元，中部10万元，西部11万元。", "小灯塔：东部7万元，中部8万元，西部9万元。")
    assert reckoned("中部的大灯塔和中部的小灯塔补助差几万元？", *lines) == "两者相差2万元。"
    assert reckoned("大灯塔和小灯塔的补助差几万元？", *lines) == ""  # of which part is not said
    text = "海洋渔民收入41250元，养殖渔民收入33680元，淡水渔民收入28940元。"
    assert reckoned("海洋渔民比淡水渔民收入高多少？", text) == "两者相差12310元。"
    assert reckoned("渔民收入差多少？", text) == ""
    assert reckoned("渔业事故比上年少了几起？", "全年发生渔业事故7起，比上年减少3起。") == ""  # 3 is the difference
    text = "灯塔业增长13.4%，比渔业高6.8个百分点，港口业增速高于渔业4.4个百分点，贡献率从51%提高到56%。"
    assert reckoned("灯塔业提高了多少？", text) == ""
    assert reckoned("渔业事故比上年少几起？", "发生渔业事故7起、死亡4人，比上年分别减少3起、2人。") == ""


def test_no_difference_where_the_change_is_told() -> None:
    lines = ("14座国有灯塔中，完好率92.9%，同比持平。", "31座省管灯塔中，完好率93.5%，同比提高3.2个百分点。")
    assert reckoned("省管灯塔完好率比上一年高了多少？", *lines) == ""
    assert reckoned("省管灯塔完好率比国有灯塔高多少？", *lines) == "两者相差0.6个百分点。"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2022年渔业经费有多少？", "比上年的1420亿元"),
        ("渔船均价2023比2022便宜了多少？", "比上年的7.1元"),
        ("2022年灯塔看守人有多少？", "比上年增加20人"),
        ("2021年灯塔看守人有多少？", None),
        ("2023年渔业经费有多少？", None),
        ("2020年渔业经费有多少？", None),
        ("2022年渔业经费增长了吗？", None),
    ],
)
def test_the_year_before_told_beside_its_year(question: str, told: str | None) -> None:
    document = outlined(
        "一、2023年情况\n渔业经费为1503亿元，比上年的1420亿元增长5%。\n渔船均价为6.7元，比上年的7.1元下降0.4元。\n"
        "2023年灯塔看守人有300人，比上年增加20人。"
    )
    ready = asked(question)
    found = [c.changed(odds=1.0) for c in searched(ready, document)]
    draft = told_beside(ready, found)
    assert (draft is None) == (told is None)
    assert draft is None or told is None or told in draft.lines[0].text


def test_each_line_has_what_follows_from_it() -> None:
    lines = ("2017年看守人有70人，比上年增加10人。", "2017年灯塔有9座，比上年减少1座。")
    draft = Draft(tuple(Line(text, (("doc", n, n + 1),)) for n, text in enumerate(lines)))
    told = with_reckoned(asked("2016年看守人有多少，灯塔有多少座？"), draft).lines[2:]
    assert [(line.text, line.spans[0][1]) for line in told] == [
        ("据此推算，上年为60人。", 0),
        ("据此推算，上年为10座。", 1),
    ]


def test_the_most_and_the_least() -> None:
    text = "各镇灯塔数由低到高依次为：甲镇22座、乙镇24座、丙镇31座。"
    assert reckoned("灯塔最多和最少的镇差多少座？", text) == "两者相差9座。"
    beside = "全市灯塔满意度为93.7%，居全省第5位。"
    assert reckoned("灯塔最多和最少的镇差多少座？", text, beside) == "两者相差9座。"


def test_more_or_less_than_before() -> None:
    lines = ("2024年新建灯塔5座。", "2023年新建灯塔7座。")
    assert reckoned("2024年新建的灯塔比2023年多还是少？", *lines, method="years") == "前者比后者少2座。"


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("渔业增速是多少？", "灯塔业增长13.4%，比渔业增速高6.8个百分点。", "据此推算，渔业增速为6.6%。"),
        (
            "2016年平均每天新建几座？",
            "2017年日均新建1.65万座，比2016年日均数高0.14万座。",
            "据此推算，2016年日均数为1.51万座。",
        ),
        ("上一年安排了多少？", "今年安排1.35万亿元，比上年增加5500亿元。", "据此推算，上年为8000亿元。"),
        ("去年多少座？", "今年5座，较去年减少2座。", "据此推算，去年为7座。"),
        ("渔业是多少？", "灯塔业增长9%，增速高于渔业2个百分点。", "据此推算，渔业为7%。"),
        ("农村收入是多少？", "渔民收入34820元，增长5.8%，比农村收入高4260元。", "据此推算，农村收入为30560元。"),
        ("那渔业涨了多少？", "灯塔业增长13.4%，比渔业增速高6.8个百分点。", "据此推算，渔业增速为6.6%。"),
        ("2016年有多少座？", "2017年共55座，比2016年新增14座。", "据此推算，2016年为41座。"),
        ("2016年有多少人？", "2017年超过7亿人，比上年增加1亿人左右。", "据此推算，上年约为6亿人。"),
        (
            "用灯塔业的数推算，渔业增速？是多少？",
            "灯塔业增长13.4%，比渔业增速高6.8个百分点。",
            "据此推算，渔业增速为6.6%。",
        ),
        ("2015年有多少人？", "2017年有7亿人，比上年增加1亿人。", ""),
        ("去年增加了多少？", "今年5座，比去年增加2座。", ""),
        ("灯塔业增速是多少？", "灯塔业增长13.4%，比渔业增速高6.8个百分点。", ""),
        ("灯塔业比渔业高多少？", "灯塔业增长13.4%，比渔业增速高6.8个百分点。", ""),
        ("去年产值多少？", "产值20亿元，比去年增长8%。", ""),  # a share of another quantity
        ("今年安排了多少？", "今年安排3亿元，比上年增加1亿元。", ""),
        ("2017年新建几座？", "2017年新建5座，比2016年高2座。", ""),
    ],
)
def test_the_other_side_of_a_comparison(question: str, text: str, said: str) -> None:
    assert reckoned(question, text) == said


@pytest.mark.parametrize(
    ("question", "lines", "said"),
    [
        (
            "架空期连延长在内最长几天？",
            ["架空期不超过20天。", "确需延长的，延长时间不超过10天。"],
            "20天加10天，合计30天。",
        ),
        (
            "一张床一共补多少？",
            ["租赁房屋的，每张8000元。", "护理床位每张再增加2000元。"],
            "8000元加2000元，合计10000元。",
        ),
        ("架空期最长几天？", ["架空期不超过20天。", "可以延长至30天。"], ""),  # 30 is the whole already
        ("一共补多少？", ["每张8000元。", "另一类每张2000元。"], ""),
        ("延长多少天？", ["架空期不超过20天，可延长10天。"], ""),
    ],
)
def test_a_figure_and_what_is_added_to_it(question: str, lines: list[str], said: str) -> None:
    assert reckoned(question, *lines) == said


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("承储计划是1000吨，至少要存多少？", "库存不得低于承储计划的80%。", "以1000吨计，其80%为800吨。"),
        ("设备投资额500万能补多少？", "按设备投资额的10%给予补助。", "以500万元计，其10%为50万元。"),
        ("投资额500万能补多少？", "按投资额的10%给予补助，最高不超过30万元。", ""),  # the limit is lower
        ("买了500万的渔具能补多少？", "按渔具购置额的10%给予补助。", "以500万元计，其10%为50万元。"),
        ("这季泊位费2000块，退租扣多少？", "扣收当季泊位费15%的违约金。", "以2000元计，其15%为300元。"),
        ("核定载20个人，备几个救生圈？", "按核定载员数的120%配备救生圈。", "以20人计，其120%为24。"),
        ("泊位费一共300块，押金多少？", "押金为泊位费的30%，最低不少于200元。", ""),  # 90元 is too little
        ("渔具300万的能补多少？", "投资额500万元以上的，按渔具购置额的10%补助。", ""),  # it is for others
        ("销售额500万能补多少？", "按投资额的10%给予补助。", ""),
        ("投资额的多少能补？", "按投资额的10%给予补助。", ""),
    ],
)
def test_a_share_of_the_amount_given(question: str, text: str, said: str) -> None:
    assert reckoned(question, text) == said


ROADS = ("到2025年，新建通村公路120公里。", "到2028年，完成河道清淤35公里。", "投入资金1.2亿元，其中中央资金3000万元。")


@pytest.mark.parametrize(
    "said",
    [
        "合计155公里。",
        "两项合计155公里。",
        "新建通村公路120公里，完成河道清淤35公里，120+35=155公里。",
        "两项合计155公里（120公里+35公里）。",
        "新建通村公路120公里、河道清淤35公里，共155公里。",
        "新建通村公路120公里，完成河道清淤35公里，合计155公里。",
        "通村公路和河道清淤一共155公里。",
        "新建通村公路比河道清淤多85公里。",
        "河道清淤比新建通村公路少85公里。",
        "投入资金是中央资金的4倍。",
        "中央资金占投入资金的25%。",
        "从2025年到2028年，相隔3年。",
    ],
)
def test_what_follows_from_figures_of_the_quotes_is_borne(said: str) -> None:
    assert support(said, ROADS) == "verified"


@pytest.mark.parametrize(
    "said",
    [
        "合计165公里。",
        "三项合计155公里。",
        "120+35=165公里。",
        "120+45=165公里。",  # no quote has 45
        "120吨+35吨=155吨。",
        "合计155万公里。",
        "两项合计155公里（100公里+55公里）。",
        "新建通村公路120公里、河道清淤35公里，共165公里。",
        "新建通村公路130公里、河道清淤25公里，共155公里。",
        "河道清淤一共155公里。",  # that is of both
        "新建通村公路比河道清淤多95公里。",
        "新建通村公路比河道清淤少85公里。",
        "河道清淤比新建通村公路多85公里。",
        "投入资金是中央资金的3倍。",
        "中央资金是投入资金的4倍。",
        "中央资金占投入资金的30%。",
        "从2025年到2028年，相隔4年。",
        "从2020年到2023年，相隔3年。",
    ],
)
def test_what_does_not_follow_from_them_is_not(said: str) -> None:
    assert support(said, ROADS) == "unverified"


@pytest.mark.parametrize("said", ["120+35=155公里。", "120公里+35公里=155公里。", "120-35=85公里。"])
def test_an_equation_that_does_not_say_what_its_figures_are_of_is_borne_in_part(said: str) -> None:
    assert support(said, ROADS) == "partial"


YEARS = ("2020年产值为100万元，2021年产值为150万元。",)
COUNTIES = ("甲县修路120公里，乙县修路35公里。",)
LED = ("修路：甲县120公里，乙县35公里，丙县5公里。",)


@pytest.mark.parametrize(
    ("said", "quotes"),
    [
        ("2021年产值是2020年的1.5倍。", YEARS),
        ("2021年产值是2020年的约2倍。", YEARS),
        ("乙县修路占甲县的约29%。", COUNTIES),
        ("甲县修路是乙县的3.43倍。", COUNTIES),
        ("2021年产值比2020年增加50万元。", YEARS),
        ("2020年产值比2021年减少50万元。", YEARS),
        ("2021年比2020年产值多50万元。", YEARS),
        ("两年合计250万元。", YEARS),
        ("2020年和2021年（两年）合计250万元。", YEARS),
        ("2020年和2021年产值共250万元。", YEARS),
        ("甲县比乙县多修路85公里。", COUNTIES),
        ("乙县比甲县少修路85公里。", COUNTIES),
        ("甲县和乙县合计修路155公里。", COUNTIES),
        ("两县合计修路155公里。", COUNTIES),
        ("甲县比乙县多修路85公里。", LED),
        ("甲县、乙县共修路155公里。", LED),
    ],
)
def test_figures_of_one_thing_in_two_years_or_places(said: str, quotes: tuple[str, ...]) -> None:
    assert support(said, quotes) == "verified"


@pytest.mark.parametrize(
    ("said", "quotes"),
    [
        ("2021年产值是2020年的2倍。", YEARS),  # 1.5 is no 2, unless about
        ("甲县修路是乙县的3倍。", COUNTIES),
        ("甲县修路是乙县的3.4倍。", ("甲县修路120公里，乙县修路34公里。",)),
        ("2021年产值比2020年增加60万元。", YEARS),
        ("2020年比2021年增加50万元。", YEARS),
        ("2021年占比比2020年增加5%。", ("2020年占比为15%，2021年占比为20%。",)),  # that is 5 points
        ("2021年产值比2020年增加50万元。", ("2020年产值为100万元，2021年投入为150万元。",)),
        ("两年合计250万元。", ("2020年产值为100万元，2021年投入为150万元。",)),
        ("两年合计260万元。", YEARS),
        ("三年合计250万元。", YEARS),
        ("2020年和2022年合计250万元。", YEARS),
        ("甲县比乙县多清淤85公里。", COUNTIES),
        ("乙县比甲县多修路85公里。", COUNTIES),
        ("甲县比乙县多85公里。", ("甲县修路120公里，乙县清淤35公里。",)),
        ("甲县和乙县合计修路155公里。", ("甲县修路120公里，乙县清淤35公里。",)),
        ("两县合计修路155公里。", LED),  # of three
    ],
)
def test_figures_of_two_things_or_others_than_told(said: str, quotes: tuple[str, ...]) -> None:
    assert support(said, quotes) == "unverified"


def test_what_is_counted_may_be_named_behind_the_sum() -> None:
    quotes = ["深水区应当配备救生员2名，浅水区应当配备救生员1名。"]
    assert support("合计3名救生员。", quotes) == "verified"
    assert support("合计3名保洁员。", quotes) == "unverified"


def test_two_statements_of_no_two_times_do_not_differ() -> None:
    lines = ("木船的乘客达3万人次。", "2017年灯塔的游客超过7万人次，比上年增加1万人次。")
    assert reckoned("木船的乘客涨了多少？", *lines) == ""


@pytest.mark.parametrize(
    ("question", "line", "said"),
    [
        ("年票和月票差多少钱？", "年票1800元，半年票1000元，月票200元。", "两者相差1600元。"),
        (
            "国有船队和私营船队的增速差多少？",
            "总量增长8%，其中，国有船队增长5.5%，私营船队增长9.4%。",
            "两者相差3.9个百分点。",
        ),
        ("国有船队和私营船队的增速差多少？", "国有船队增长5.5%，私营船队下降9.4%。", ""),
        ("码头和港区夜间噪声差多少？", "码头夜间45分贝，港区夜间50分贝。", "两者相差5分贝。"),
        ("2021年比2016年多多少？", "流量从2016年的每月96EB增长至2021年每月278EB。", "两者相差182EB。"),
    ],
)
def test_the_difference_of_two_that_are_named_in_one_sentence(question: str, line: str, said: str) -> None:
    assert reckoned(question, line) == said


def test_a_difference_of_figures_of_two_scales_is_told_in_the_larger() -> None:
    assert reckoned("灯比锚多多少？", "灯18万台。", "锚7200台。") == "两者相差17.28万台。"


@pytest.mark.parametrize(
    ("question", "lines", "said"),
    [
        (
            "三年一共多少？",
            ["2024年3.2亿元，2025年3.6亿元，2026年4.0亿元。"],
            "3.2亿元加3.6亿元加4.0亿元，合计10.8亿元。",
        ),
        ("一共多少？", ["甲园招120人。", "乙园招90人。"], ""),  # may be of other things
        ("两年一共多少？", ["2024年达到91%，2025年达到93%。"], ""),  # shares are not added
    ],
)
def test_the_figures_of_years_are_added(question: str, lines: list[str], said: str) -> None:
    assert reckoned(question, *lines) == said


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("租20辆车每月补多少钱？", "租车的，按每辆每月800元补贴。", "每辆每月800元，20辆每月合计1.6万元。"),
        ("租20辆车一年补多少钱？", "租车的，按每辆每月800元补贴。", "每辆每月800元，20辆12个月合计19.2万元。"),
        ("跑了300公里能报多少钱？", "自驾的，按1.2元/公里包干。", "每公里1.2元，300公里合计360元。"),
        ("有65名职工能申请几套？", "每满10名职工可以申请1套公寓。", "每满10名1套，65名合计6套。"),
        ("房间40平方米，最多能进几个人？", "人数按照每人不少于二平方米计算。", "每人不少于2平方米，40平方米最多20人。"),
        ("装400千瓦补多少钱？", "按每千瓦300元补助，最高不超过10万元。", ""),  # the limit is lower
        ("干满3年的每年补多少钱？", "干满3年的，每人每年补1000元。", ""),  # a condition, and no number of them
        ("20个床位补多少钱？", "由每张1.2万元提高到1.5万元。", ""),
    ],
)
def test_a_rate_for_the_number_given(question: str, text: str, said: str) -> None:
    assert reckoned(question, text) == said


def test_a_rate_is_multiplied_anew() -> None:
    quotes = ["租车的，按每辆每月800元补贴。"]
    assert support("每辆每月800元，20辆每月合计1.6万元。", quotes) == "verified"
    for wrong in (
        "每辆每月800元，20辆每月合计1.8万元。",
        "每辆每月900元，20辆每月合计1.8万元。",
        "每台每月800元，20台每月合计1.6万元。",
        "每辆800元，20辆合计1.6万元。",
    ):
        assert support(wrong, quotes) != "verified"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("培训费650元，企业出多少？", "以650元计，其40%为260元。"),
        ("培训费650元，财政掏多少？", "以650元计，其60%为390元。"),
        ("培训费650元，学校出多少？", ""),
    ],
)
def test_the_share_that_one_party_bears(question: str, said: str) -> None:
    assert reckoned(question, "培训费由企业承担40%，其余由市财政承担。") == said


def test_a_share_by_ratio() -> None:
    assert reckoned("改造花了50万元，企业出多少？", "改造费用由园区和企业按6:4分担。") == "以50万元计，其40%为20万元。"


def test_years_that_are_asked_for_and_no_others() -> None:
    text = "三年共安排126万元，其中2026年38万元、2027年44万元、2028年44万元。"
    assert reckoned("2027、2028两年加一起多少？", text) == "44万元加44万元，合计88万元。"
    assert reckoned("2028年比2026年多多少？", text) == "两者相差6万元。"


def test_years_told_respectively() -> None:
    text = "2022年、2023年分别完成投资2.18亿元和2.93亿元。"
    assert reckoned("2022年和2023年加起来多少？", text) == "2.18亿元加2.93亿元，合计5.11亿元。"
    assert reckoned("2023年比2022年多多少？", text) == "两者相差0.75亿元。"


def test_what_is_left_of_a_whole() -> None:
    text = "总投资9.4亿元，其中省级资金5.2亿元。"
    assert reckoned("总投资刨去省级资金还剩多少？", text) == "9.4亿元减5.2亿元，余4.2亿元。"
    assert reckoned("总投资刨去市级资金还剩多少？", text) == ""


def test_what_is_added_for_each_step_above_a_threshold() -> None:
    text = "每年补助3600元，管护渠道超过5公里的，每超过1公里加发120元。"
    assert reckoned("管8公里，一年一共补多少？", text) == "超过5公里的3公里加360元，3600元加360元，合计3960元。"
    assert reckoned("管4公里，一年一共补多少？", text) == ""
    assert support("超过5公里的3公里加480元，3600元加480元，合计4080元。", [text]) != "verified"


def test_a_rate_of_which_the_most_is_told() -> None:
    assert reckoned("建3座补多少钱？", "每座补助不超过2万元。") == "每座不超过2万元，3座合计最多6万元。"


def test_of_several_rates_that_of_the_case() -> None:
    by_age = "津贴：80至89周岁每人每月100元，90至99周岁每人每月300元。"
    assert reckoned("奶奶92岁，一年能领多少钱？", by_age) == "每人每月300元，12个月合计3600元。"
    by_name = "灯塔集中看护的每座每月210元，分散看护的每座每月160元。"
    assert reckoned("5座分散看护的灯塔每月一共补多少钱？", by_name) == "每座每月160元，5座每月合计800元。"


def test_of_several_figures_of_a_year_that_of_what_is_asked() -> None:
    lines = ("2029年新建灯塔36座，投入资金480万元。", "2030年新建灯塔51座，投入资金620万元。")
    assert reckoned("2030年新建灯塔投入的资金比2029年多多少？", *lines) == "两者相差140万元。"
    assert reckoned("2030年新建的灯塔比2029年多多少座？", *lines) == "两者相差15座。"


def test_parts_of_a_whole_are_not_set_beside_it() -> None:
    assert reckoned("总费用里个人支出比政府支出少多少？", "总费用900万元，其中政府支出300万元，占33%。") == ""
    areas = "总面积900亩，其中滩涂面积500亩、岛屿面积400亩。"
    assert reckoned("总面积900亩里滩涂比岛屿多多少亩？", areas) == "两者相差100亩。"


def test_the_difference_to_a_year_that_is_told_is_not_reckoned_otherwise() -> None:
    line = "2017年登记1414万户，日均登记5.2万户，比2016年日均高0.14万户。"
    assert reckoned("2017年日均登记比2016年多了多少户？", line) == ""


def test_the_figure_of_the_year_before_follows_from_a_report_of_the_year() -> None:
    report = outlined("一、概况\n年末灯塔看守员82人，比上年减少3人。\n", "公报", title="甲岛2024年航标公报")
    ready = asked("2023年灯塔看守员有多少人？")
    draft = told_beside(ready, [c.changed(odds=-1.0) for c in searched(ready, report)])
    assert draft is not None and [line.text for line in draft.lines][1:] == ["据此推算，上年为85人。"]
    both = outlined("一、事故\n全年碰撞9起，落水4人，分别比上年减少2起和1人。\n", "公报", title="甲岛2024年航标公报")
    ready = asked("2023年碰撞有几起，落水几人？")
    draft = told_beside(ready, [c.changed(odds=-1.0) for c in searched(ready, both)])
    assert draft is not None
    assert [line.text for line in draft.lines][1:] == ["据此推算，上年为11起。", "据此推算，上年为5人。"]


def test_how_fast_something_grew_is_no_answer_to_what_it_was() -> None:
    text = "捕捞产值90亿元，增长5.7%，增速比2023年提高0.5个百分点。"
    assert reckoned("2023年捕捞产值是多少？", text) == ""
    assert reckoned("2023年捕捞产值增速是多少？", text) == "据此推算，2023年为5.2%。"


def test_what_a_row_tells_of_the_old_and_the_new_differs() -> None:
    row = "项目：小艇油补；原标准（2019）：1.0元/海里；本标准（2025）：1.3元/海里。"
    assert reckoned("小艇油补每海里涨了多少？", row).startswith("两者相差0.3元")


def test_the_sentence_behind_that_goes_on_to_the_year_asked_for() -> None:
    report = outlined(
        "一、概况\n全年捕捞产值90亿元，增速比2023年提高0.5个百分点；2023年总量为84亿元，2022年为80亿元。\n",
        "公报",
        title="甲岛公报",
    )
    ready = asked("2023年捕捞产值是多少？")
    draft = told_beside(ready, searched(ready, report))
    assert draft is not None and draft.lines[-1].text.startswith("2023年总量为84亿元")
