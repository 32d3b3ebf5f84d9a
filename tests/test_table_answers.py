"""Entries of tables: those that a condition picks out, and whole columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.table_rows import is_head
from outlined import outlined
from qa.bot import PolicyQA
from qa.extractive import lines_of
from qa.register import parse_register
from qa.support import support
from qa.table_answers import answer_entries, answer_rows, row_cells
from qa.table_told import answer_table
from qa.tables import tables_of
from searched import asked, searched
from small import bot_of

PLAN = outlined(
    "一、分工\n序号|工作任务|试点港口|完成时限|属性\n1|修灯塔|东港|2025年5月底|约束性\n2|疏航道|西港|2025年9月底|预期性\n"
    "3|建冻库|南港|2025年9月底|约束性\n二、保障\n统筹资金。",
    title="渔港要点",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪些工作要在9月底前完成？", "完成时限为2025年9月底的共2项：疏航道、建冻库。"),
        ("约束性的有哪些？", "属性为约束性的共2项：修灯塔、建冻库。"),
        ("约束性的试点港口有哪些？", "属性为约束性的共2项：东港、南港。"),
    ],
)
def test_entries(question: str, said: str) -> None:
    ready = asked(question)
    draft = answer_rows(ready, searched(ready, PLAN))
    assert draft is not None
    (line,) = draft.lines
    assert line.text == said
    head, *rows = [PLAN.text[start:end] for _, start, end in line.spans]
    assert head.startswith("序号|")
    assert all(row[0].isdigit() for row in rows)


HALLS = outlined(
    "一、场馆\n场馆名称|门票|是否需要预约|面向|合办方\n船模馆|免费|需要|小学生、初中生|新加坡海事馆\n灯塔馆|40元|不需要|初中生|无\n"
    "渔具馆|免费|不需要|高中生|无\n二、预约\n可以在网上和窗口预约。",
    title="渔港场馆开放公告",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪些场馆免费？", "门票为免费的共2项：船模馆、渔具馆。"),
        ("哪些场馆需要预约？", "是否需要预约为需要的共1项：船模馆。"),
        ("不用预约的场馆有哪些？", "是否需要预约为不需要的共2项：灯塔馆、渔具馆。"),
        ("哪些场馆不需要预约？", "是否需要预约为不需要的共2项：灯塔馆、渔具馆。"),
        ("哪些场馆免费而且不用预约？", "门票为免费、是否需要预约为不需要的共1项：渔具馆。"),
        ("初中生可以去哪些场馆？", "面向为初中生的共2项：船模馆、灯塔馆。"),
        ("哪些方式可以预约？", None),
        ("哪些场馆有免费停车场？", None),
        ("有免费停车场的场馆有哪些？", None),
    ],
)
def test_entries_by_what_is_so_of_them(question: str, said: str | None) -> None:
    ready = asked(question)
    draft = answer_rows(ready, searched(ready, HALLS))
    assert (None if draft is None else draft.lines[0].text) == said


@pytest.mark.parametrize("question", ["灯塔在哪里？", "资金怎么统筹？", "哪些工作要在12月底前完成？"])
def test_other_questions_are_left_to_others(question: str) -> None:
    ready = asked(question)
    assert answer_rows(ready, searched(ready, PLAN)) is None


def test_a_table_needs_a_head_of_names() -> None:
    assert [table.head[1] for table in tables_of(PLAN)] == ["工作任务"]
    assert list(tables_of(outlined("一、甲\n1|2\n3|4\n5|6"))) == []


FIGURES = outlined(
    "一、指标\n指标|2020年|2025年目标\n航标灯塔（座）|11|90\n渔港（座）|5|8\n二、收入\n地区|业务量（万件）|业务收入（亿元）\n"
    "河东区|21654|14.03\n河西区|9846|6.32",
    title="年报",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("航标灯塔2025年目标是多少座？", "航标灯塔2025年目标：90座。"),
        ("河东区收入多少？", "河东区业务收入：14.03亿元。"),
        ("河西区的业务量有多少万件？", "河西区业务量：9846万件。"),
    ],
)
def test_a_cell(question: str, said: str) -> None:
    ready = asked(question)
    draft = answer_table(ready, searched(ready, FIGURES))
    assert draft is not None
    (line,) = draft.lines
    assert line.text == said
    row, head = [FIGURES.text[start:end] for _, start, end in line.spans]
    assert row.startswith(said[:2]) and "|" in head
    assert support(said, [row, head]) == "verified"


@pytest.mark.parametrize("question", ["河南区收入多少？", "河东区有多少人？"])
def test_a_cell_that_is_not_there(question: str) -> None:
    ready = asked(question)
    assert answer_table(ready, searched(ready, FIGURES)) is None


def test_the_value_itself_is_meant_where_its_growth_stands_beside_it() -> None:
    sheet = outlined(
        "一、指标\n地区|渔业产值绝对值|渔业产值增速\n河东区|1680.5|7.1%\n河西区|980.2|5.5%\n河南区|505.1|1.2%",
        title="年报",
    )
    for question, said in (
        ("河东区渔业产值是多少？", "河东区渔业产值绝对值：1680.5。"),
        ("河东区渔业产值增速是多少？", "河东区渔业产值增速：7.1%。"),
    ):
        ready = asked(question)
        draft = answer_table(ready, searched(ready, sheet))
        assert draft is not None and [line.text for line in draft.lines] == [said]


def test_groups_of_rows_and_missing_last_cells_do_not_part_a_table() -> None:
    plan = outlined(
        "序号|工作任务|试点港口|备注\n一、修缮|\n1|修灯塔|东港|约束性\n2|疏航道|西港\n二、新建|\n3|建冻库|南港",
        title="要点",
    )
    (table,) = tables_of(plan)
    assert table.rows == (
        ("1", "修灯塔", "东港", "约束性"),
        ("2", "疏航道", "西港", ""),
        ("3", "建冻库", "南港", ""),
    )


def test_a_column_of_another_class_is_not_the_one_asked_for() -> None:
    table = outlined("一、标准\n岗位|一类海区|二类、三类海区\n看守员|1500元|1200元\n船员|900元|700元", title="补贴")
    ready = asked("看守员在二类海区每月补多少？")
    row = next(c for c in searched(ready, table) if c.text.startswith("看守员"))
    draft = row_cells(ready, row)
    assert draft is not None and draft.lines[0].text == "看守员二类、三类海区：1200元。"


PEOPLE = outlined(
    "一、人口\n年末渔港常住人口70.14万人,其中船上人口35.16万人,常住人口上岸率为50.13%。表1 户籍人口数\n"
    "指标|年末数(人)|比重(%)\n户籍总人口|832955|100\n其中:上岸|217319|26.09\n船上|615636|73.91\n"
    "其中:男性|441724|53.03\n女性|391231|46.97\n表2 渔具价格指数\n指标|比上年涨跌(%)\n价格总指数|99.0\n其中:渔网|98.4\n"
    "渔线|101.4\n鱼钩|97.3",
    title="公报",
)


def test_a_sentence_that_says_the_measure_goes_before_a_cell_that_only_comes_near() -> None:
    ready = asked("年末常住人口上岸率是多少？")
    assert answer_table(ready, searched(ready, PEOPLE)) is None
    ready = asked("户籍人口上岸的年末数是多少？")
    draft = answer_table(ready, searched(ready, PEOPLE))
    assert draft is not None and draft.lines[0].text == "上岸年末数：217319人。"


def test_the_rows_of_each_that_a_question_names() -> None:
    ready = asked("户籍人口男的多还是女的多，各多少人？")
    draft = answer_table(ready, searched(ready, PEOPLE))
    assert draft is not None
    assert [line.text for line in draft.lines] == ["男性年末数：441724人。", "女性年末数：391231人。"]
    ready = asked("户籍人口里女的有多少人？")
    draft = answer_table(ready, searched(ready, PEOPLE))
    assert draft is not None and draft.lines[0].text == "女性年末数：391231人。"


INSURED = outlined(
    "一、标准\n表1 参保缴费标准（元/人）\n人员类别|资助金额|个人实缴\n普通居民|0|420\n最低生活保障对象|320|100\n"
    "重度残疾人（一、二级）|370|50\n二、住院\n表2 住院待遇\n医疗机构|起付标准（元/次）|支付比例\n二级医院|500|80%\n"
    "三级医院|900|66%\n市外（已备案）|1300|58%\n市外（未备案）|1800|45%\n三、经费\n渔港人均公用经费为30元。",
    title="渔民医保",
)
SPOKEN = parse_register(
    "多少钱\t金额 标准\n低保户\t最低生活保障对象\n三甲\t三级医院\n门槛费\t起付标准\n报几成\t支付比例\n外地\t市外\n"
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # A row alone is named, and in other words: it is told whole, with the unit above the table.
        ("普通居民参保交多少钱？", "普通居民资助金额：0元/人，个人实缴：420元/人。"),
        ("三甲住院门槛费多少、报几成？", "三级医院起付标准：900元/次，支付比例：66%。"),
        # What stands in brackets tells rows apart; a share is that of the one column of shares.
        ("没办备案去外地住院能报百分之多少？", "市外（未备案）支付比例：45%。"),
    ],
)
def test_a_row_in_everyday_words(question: str, said: str) -> None:
    ready = asked(question, register=SPOKEN)
    draft = answer_table(ready, searched(ready, INSURED))
    assert draft is not None and [line.text for line in draft.lines] == [said]
    assert support(said, [INSURED.text[start:end] for _, start, end in draft.lines[0].spans]) != "unverified"


def test_a_row_does_not_tell_a_measure_that_stands_elsewhere() -> None:
    ready = asked("最低生活保障对象参保的公用经费是多少？", register=SPOKEN)
    assert answer_table(ready, searched(ready, INSURED)) is None


def test_the_amounts_of_a_table_are_of_what_its_name_says() -> None:
    spent = outlined(
        "一、经费\n表1 各州灯塔建设经费\n地区|金额（亿元）|占预算支出比例（%）\n东港州|84|20\n西港州|91|19",
        title="公告",
    )
    for question, said in (
        ("东港州的灯塔建设经费是多少？", "东港州金额：84亿元。"),
        ("东港州建设经费是多少？", "东港州金额：84亿元。"),
        ("东港州灯塔建设经费有多少？占预算支出的几成？", "东港州金额：84亿元，占预算支出比例：20%。"),
    ):
        ready = asked(question)
        draft = answer_table(ready, searched(ready, spent))
        assert draft is not None and [line.text for line in draft.lines] == [said]


@pytest.mark.parametrize("question", ["河东区和河西区谁的业务量多？多出多少万件？", "河东区的业务量比河西区多多少？"])
def test_the_rows_that_a_comparison_names(question: str) -> None:
    ready = asked(question)
    draft = answer_table(ready, searched(ready, FIGURES))
    assert draft is not None
    assert [line.text for line in draft.lines] == ["河东区业务量：21654万件。", "河西区业务量：9846万件。"]


PLEDGES = outlined(
    "一、指标\n指标|2023年|2024年\n灯塔质押融资额（亿元）|7.6|11.4\n渔船登记量（件）|705|812\n"
    "二、融资\n全年办理灯塔质押融资登记97笔，融资金额11.4亿元，惠及企业83家。",
    title="渔港年报",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2024年灯塔质押融资惠及多少家企业？", None),
        ("2024年办理了多少笔灯塔质押融资？", None),
        ("2024年灯塔质押融资额是多少亿元？", "灯塔质押融资额2024年：11.4亿元。"),
        ("2024年灯塔质押融资额是多少？", "灯塔质押融资额2024年：11.4亿元。"),
        ("2024年渔船登记量是多少艘？", "渔船登记量2024年：812件。"),
        ("2024年渔船登记量多少元？", None),
    ],
)
def test_a_cell_is_of_the_sort_of_measure_asked_for(question: str, said: str | None) -> None:
    ready = asked(question)
    draft = answer_table(ready, searched(ready, PLEDGES))
    assert (draft.lines[0].text if draft is not None else None) == said


def test_a_year_alone_picks_no_rows_of_a_table_of_something_else() -> None:
    plan = outlined("一、分工\n工作任务|完成时限\n修灯塔|2024年12月\n疏航道|2025年9月\n建冻库|2025年6月", title="要点")
    for question, said in [("2024年有多少家渔民互助社办了保险？", False), ("2024年要完成哪些？", True)]:
        ready = asked(question)
        assert (answer_rows(ready, searched(ready, plan)) is not None) == said


#: Two columns name a row together; the figures of the last stand below a name that holds one, too.
MOORING = outlined(
    "一、收费\n海区|船型|每次|夜间(21:00—次日8:00)|24小时最高\n内海|小船(不满20吨)|40元|免费|90元\n内海|大船(20吨以上)|80元|20元|180元\n"
    "非内海|小船(不满20吨)|20元|免费|50元\n非内海|大船(20吨以上)|60元|10元|120元",
    title="泊位收费标准",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("非内海大船24小时最高多少钱？", ["非内海大船(20吨以上)24小时最高：120元。"]),
        ("内海大船24小时最高多少钱？", ["内海大船(20吨以上)24小时最高：180元。"]),
        ("内海小船夜间收多少？", ["内海小船(不满20吨)夜间(21:00—次日8:00)：免费。"]),
        ("内海30吨的船每次收多少钱？", ["内海大船(20吨以上)每次：80元。"]),  # by the range of a key
        ("非内海每次收多少钱？", ["非内海小船(不满20吨)每次：20元。", "非内海大船(20吨以上)每次：60元。"]),
    ],
)
def test_a_row_is_named_by_all_columns_that_tell_it_from_the_others(question: str, said: list[str]) -> None:
    ready = asked(question)
    draft = answer_table(ready, searched(ready, MOORING))
    assert draft is not None and [line.text for line in draft.lines] == said


def test_a_row_told_whole_is_told_by_the_names_of_its_columns() -> None:
    row = next(c for c in searched(asked("内海大船怎么收费？"), MOORING) if c.text.startswith("内海|大船"))
    (line,) = lines_of([[row]])
    assert line.text == "海区：内海；船型：大船(20吨以上)；每次：80元；夜间(21:00—次日8:00)：20元；24小时最高：180元。"


@pytest.mark.parametrize(
    ("rows", "is_one"),
    [
        (["区域|24小时最高", "甲|40元", "乙|30元"], True),
        (["甲|40元", "乙|30元", "丙|20元"], False),
        (["甲|10月底前完成", "乙|12月20日前建成", "丙|全年"], False),
        (["指标|2020年|2025年目标", "甲|1|2", "乙|3|4"], True),
    ],
)
def test_a_head_may_hold_a_figure_but_is_none(rows: list[str], is_one: bool) -> None:
    head, *others = [row.split("|") for row in rows]
    assert is_head(head, others) is is_one


def test_the_unit_stands_in_a_column_of_its_own_and_a_group_before_the_name() -> None:
    goals = outlined(
        "一、指标\n类别|指标|单位|2020年|2025年目标\n规模|航标灯塔|座|11|90\n规模|渔港|个|5|8\n安全|返港率|%|80|95",
        title="规划",
    )
    ready = asked("返港率2025年目标是多少？")
    draft = answer_table(ready, searched(ready, goals))
    assert draft is not None and draft.lines[0].text == "返港率2025年目标：95%。"


CHARGES = """港机检验收费通知

一、收费标准

表一 浮吊检验收费标准（单位：元/台·次）
额定起重量              内部检验    外部检验    负荷试验
1吨/小时以下              600         300         400
1至10吨/小时（含1吨）     1400        700         900
10吨/小时以上（含10吨）   2600        1300        1700

表二 缆车检验收费标准（单位：元/台·次）
缆车类别          监督检验      定期检验
短程客运缆车      900          420
长程客运缆车      2200         800
货运缆车          500          420

表三 2024—2026年航标投资计划
项目类别            2024年（亿元）   2025年（亿元）   2026年（亿元）   合计（亿元）
灯塔                 9.5              11.2             13.3             34.0
灯船                 22.0             26.5             18.5             67.0
大灯塔               1.5              2.0              2.2              5.7
浮标                 0.8              1.1              0.6              2.5
合计                 32.3             38.8             32.4             103.5

二、其他
此前《旧收费规定》中浮吊年度检验每台1200元等规定同时废止。
"""


@pytest.fixture(scope="module")
def charges(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("charges"), {"收费": CHARGES})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # A band by a unit; the bound that two bands share is of the one that says so; no unit out of （含1吨）.
        ("15吨的浮吊外部检验费是多少？", "10吨/小时以上（含10吨）外部检验：1300元/台·次。"),
        ("5吨的浮吊做负荷试验收多少钱？", "1至10吨/小时（含1吨）负荷试验：900元/台·次。"),
        ("1吨/小时的浮吊外部检验多少钱？", "1至10吨/小时（含1吨）外部检验：700元/台·次。"),
        ("10吨/小时的浮吊内部检验多少钱？", "10吨/小时以上（含10吨）内部检验：2600元/台·次。"),
        # Years in the head of a table set with spaces.
        ("灯塔2025年投资多少？", "灯塔2025年：11.2亿元。"),
        ("2026年航标投资合计多少亿元？", "合计2026年：32.4亿元。"),
        ("灯船三年总投资多少？", "灯船合计：67.0亿元。"),
        # The highest and the lowest, those that are equal.
        ("缆车监督检验收费最高的是哪类？", "监督检验最高的是长程客运缆车，为2200元/台·次。"),
        ("哪类缆车定期检验最便宜？", "定期检验最便宜的有2项：短程客运缆车、货运缆车，均为420元/台·次。"),
        ("客运缆车里监督检验费最低的是哪类？", "监督检验最低的是短程客运缆车，为900元/台·次。"),
        ("航标投资计划里2025年哪类项目投资最少？", "2025年最少的是浮标，为1.1亿元。"),
        ("大灯塔2025年投资多少？", "大灯塔2025年：2.0亿元。"),  # and not of 灯塔
        # A column for each clause that asks.
        ("长程客运缆车监督检验收多少，定期检验呢？", "长程客运缆车监督检验：2200元/台·次，定期检验：800元/台·次。"),
    ],
)
def test_cells_of_tables_set_with_spaces(charges: PolicyQA, question: str, said: str) -> None:
    assert re.sub(r"\[\d+\]", "", charges.ask(question).text) == said


@pytest.mark.parametrize(
    "question",
    [
        "缆车监督检验收费第二高的是哪类？",  # another rank
        "哪个城市缆车监督检验费最高？",  # entries of another sort
        "20吨以上的浮吊哪类检验最贵？",  # an amount of its own
        "浮吊年度检验每台收多少钱？",  # repealed, and nothing else
    ],
)
def test_what_a_table_does_not_tell(charges: PolicyQA, question: str) -> None:
    said = charges.ask(question)
    assert said.refused or ("最" not in said.text and "1200" not in said.text), said.text


def test_a_figure_of_a_repealed_rule_is_told_where_that_is_asked(charges: PolicyQA) -> None:
    assert "1200元" in charges.ask("以前浮吊年度检验每台收多少钱？").text


def test_a_table_of_a_text_file_with_bars_around_it_is_told_with_name_and_unit(tmp_path: Path) -> None:
    plan = (
        "渔港规划\n到2025年，渔港体系基本建成。\n\n专栏1　主要指标\n\n| 序号 | 指标 | 2020年 | 2025年 | 属性 |\n| --- | --- | --- | --- | --- |\n"
        "| 1 | 泊位总量（万个） | 1.86 | 2.5 | 约束性 |\n| 2 | 深水泊位占比（%） | 38 | 58 | 约束性 |\n| 3 | 返港率（%） | 80 | 90 | 预期性 |\n"
    )
    bot = bot_of(tmp_path, {"plan": plan})
    assert bot.ask("2025年泊位总量要达到多少个？").text == "泊位总量2025年：2.5万个。[1][2]"
    both = bot.ask("返港率2025年要达到多少，是约束性的还是预期性的？").text
    assert both == "返港率2025年：90%，属性：预期性。[1][2]"


FARES = outlined(
    "一、票价\n年度|12周岁以下|13至59周岁|60周岁以上\n2024|每人6元|每人9元|每人8元\n2025|每人7元|每人10元|每人9元\n二、购票\n现场购买。",
    title="2025年渡船票价",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("我爸70岁坐渡船多少钱？", "2025年60周岁以上：每人9元。"),
        ("25岁坐渡船要多少钱？", "2025年13至59周岁：每人10元。"),
        ("2024年70岁的人坐渡船多少钱？", "2024年60周岁以上：每人8元。"),
    ],
)
def test_the_column_whose_range_holds_an_age_and_the_row_of_the_year(question: str, said: str) -> None:
    ready = asked(question)
    draft = answer_table(ready, searched(ready, FARES))
    assert draft is not None
    assert [line.text for line in draft.lines] == [said]


DAYS = outlined(
    "一、时间\n环节|渔户|养殖户\n网上登记|5月1日至5月9日|6月1日至6月9日\n领证|7月2日|8月3日\n二、费用\n免费。",
    title="发证公告",
)
RATES = outlined(
    "一、标准\n人员|补贴比例|期限\n困难渔民|三分之二|三年\n离港未就业海校毕业生|二分之一|二年\n二、附则\n试行。",
    title="补贴办法",
)


def test_the_day_of_a_row_and_a_column() -> None:
    ready = asked("养殖户几号领证？")
    draft = answer_table(ready, searched(ready, DAYS))
    assert draft is not None and draft.lines[0].text == "领证养殖户：8月3日。"


def test_a_row_is_named_by_a_part_of_its_name_that_no_other_has() -> None:
    ready = asked("海校毕业生补贴比例是多少？")
    draft = answer_table(ready, searched(ready, RATES))
    assert draft is not None and draft.lines[0].text == "离港未就业海校毕业生补贴比例：二分之一。"


WORKSHOPS = outlined(
    "一、名单\n序号|作坊名称|所在乡镇|传承人\n1|海盐坊|西礁乡|林阿水\n2|船模坊|东礁镇|郑木生\n3|渔网坊|西礁乡|黄细妹\n"
    "二、接待\n窗口|值班岗位|电话\n登记窗口|档案员|5501\n咨询窗口|调解员|550217",
    title="2023年度渔港老作坊名单",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("渔港老作坊名单有哪些作坊？", "作坊名称共3项：海盐坊、船模坊、渔网坊。"),
        ("2023年的渔港老作坊是哪3家？", "作坊名称共3项：海盐坊、船模坊、渔网坊。"),
        ("渔港老作坊的传承人有哪些？", "传承人共3项：林阿水、郑木生、黄细妹。"),
        ("2021年的渔港老作坊有哪些？", None),
        ("渔港老作坊是哪5家？", None),
        ("哪些作坊产值超过三百万元？", None),
    ],
)
def test_all_entries_of_a_table(question: str, said: str | None) -> None:
    ready = asked(question)
    draft = answer_entries(ready, searched(ready, WORKSHOPS))
    assert (None if draft is None else draft.lines[0].text) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("船模坊的传承人是谁？", "船模坊传承人：郑木生。"),
        ("咨询窗口是哪个岗位值班，电话多少？", "咨询窗口值班岗位：调解员，电话：550217。"),
        ("木雕坊的传承人是谁？", None),
        ("船模坊的会计是谁？", None),
    ],
)
def test_who_stands_in_a_row(question: str, said: str | None) -> None:
    ready = asked(question)
    draft = answer_table(ready, searched(ready, WORKSHOPS))
    assert (None if draft is None else draft.lines[0].text) == said


def test_entries_with_what_another_column_tells_where_both_are_asked() -> None:
    ready = asked("约束性的工作任务和试点港口有哪些？")
    draft = answer_rows(ready, searched(ready, PLAN))
    assert draft is not None
    assert draft.lines[0].text == "属性为约束性的共2项：修灯塔（试点港口：东港）；建冻库（试点港口：南港）。"
