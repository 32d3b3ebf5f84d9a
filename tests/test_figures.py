"""Figures in sentences and tables: what is measured, how much, of when, level or change."""

from __future__ import annotations

import pytest

from corpus.figures import find_figures, names_something
from outlined import outlined

#: sentence | rows: subject/indicator/value/unit/time/kind
ROWS = """
2023年全市地区生产总值2186.4亿元，比上年增长6.1%。|全市/地区生产总值/2186.4/亿元/2023/level；全市/地区生产总值/6.1/%/2023/change
全年税收收入97.2亿元，占一般公共预算收入的65.4%。|/税收收入/97.2/亿元//level；/税收收入占一般公共预算收入/65.4/%//share
2022年参保人数为71.8万人，上年为69.2万人。|/参保人数/71.8/万人/2022/level；/参保人数/69.2/万人/2021/level
到2025年，建成加氢站90座，产值达到600亿元。|/建成加氢站/90/座/2025/goal；/产值/600/亿元/2025/goal
床位数在20张以上的机构可以申请。|/床位数/20/张//limit
补贴总额不超过300万元。|/补贴总额/300/万元//limit
培育200个示范项目。|/培育示范项目/200/个//level
自然增长率为-1.57‰。|/自然增长率/-1.57/‰//level
停业15日至30日。|/停业/15/日//level；/停业/30/日//level
产值突破百亿元。|/产值/百/亿元//level
罚金额在一万元以上不满五万元的。|/罚金额/一万元以上不满五万元///limit
单产6073公斤/公顷，浓度降至29微克/立方米。|/单产/6073/公斤/公顷//level；/浓度/29/微克/立方米//level
拒不改正的，责令停业，并处5000元以上3万元以下的罚款；对个人处200元罚款。|拒不改正/罚款/5000元以上3万元以下///limit；/对个人罚款/200/元//level
5岁以下儿童死亡率为5.1‰。|/甲/5/岁//limit；/5岁以下儿童死亡率/5.1/‰//level
船长12米以上24米以下每艘1.8万元。|/船长/12米以上24米以下///limit；/12米以上24米以下每艘/1.8/万元//level
工业增加值、固定资产投资分别增长8.1%、5.4%。|/工业增加值/8.1/%//change；/固定资产投资/5.4/%//change
第一、二产业增加值分别为12亿元和15亿元，分别增长3%和4%。|/第一产业增加值/12/亿元//level；/第二产业增加值/15/亿元//level；/第一产业增加值/3/%//change；/第二产业增加值/4/%//change
城镇和农村居民收入分别为4万元、2万元。|城镇/城镇和农村居民收入/4/万元//level；/农村居民收入/2/万元//level
甲银行和乙公司分别出资4000万元、2000万元。|/甲银行出资/4000/万元//level；/乙公司出资/2000/万元//level
存款余额46亿元，贷款余额43亿元，分别增长8%和9%。|/存款余额/46/亿元//level；/贷款余额/43/亿元//level；/存款余额/8/%//change；/贷款余额/9/%//change
食品、居住的价格分别上涨1%和2%。|/食品的价格/1/%//change；/居住的价格/2/%//change
证书有效期5年，有效期届满前60个工作日内申请。|/证书有效期/5/年//level；/有效期届满前/60/个工作日//limit
市场租金达到50元，建成省级平台20个。|/市场租金/50/元//level；/建成省级平台/20/个//level
第四条 补贴标准为每人300元，最高不超过同地段市场租金的30%。|/补贴标准为每人/300/元//level；/同地段市场租金/30/%//limit
三次产业结构由上年的8.6:53.1:38.3调整为7.9:54.8:37.3。|/三次产业结构/8.6:53.1:38.3///level；/三次产业结构/7.9:54.8:37.3///level
师生比为1:16。|/师生比/1:16///level
在15个工作日内答复。|/甲/15/个工作日//limit
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines(), ids=lambda row: row.split("|")[0])
def test_a_sentence(row: str) -> None:
    sentence, wanted = row.split("|")
    found = find_figures(outlined(f"一、甲\n{sentence}", title="文件"))
    assert "；".join(f"{f.subject}/{f.indicator}/{f.value}/{f.unit}/{f.time}/{f.kind}" for f in found) == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "工业4.0和创新2.0。",
        "第三条第2款。",
        "国发〔2015〕40号。",
        "2023年5月6日印发。",
        "如图1所示。",
        "第3届大会。",
        "100706北京。",
        "5月1日（周四）至5日放假。",
        "2024年1月17日至19日召开会议。",
        "12月5日至11日、24日至31日受天气影响。",
        "请于每季度末25日前报送。",
        "28日凌晨3时启动响应。",
        "3.1日常监测",
        "实施百万见习岗位计划。",
        "推进“百千万工程”。",
        "培育千亿级集群。",
        "事关千家万户。",
        "每千名老人。",
        "1EB=10亿GB。",
        "时间为8:30至12:00。",
    ],
)
def test_no_figures(sentence: str) -> None:
    assert find_figures(outlined(f"一、甲\n{sentence}", title="文件")) == ()


def test_the_year_of_a_heading_and_of_the_title_goes_on() -> None:
    text = "一、2023年工作回顾\n建成道路12公里。\n二、2024年工作安排\n建成道路15公里。"
    assert [(f.value, f.time) for f in find_figures(outlined(text))] == [("12", "2023"), ("15", "2024")]
    (figure,) = find_figures(outlined("一、综合\n常住人口62万人。", title="某市2022年统计公报"))
    assert figure.time == "2022"


def test_rows_of_a_table() -> None:
    text = "一、指标\n类别|指标|2020年|2025年目标\n设施|加氢站（座）|11|90\n设施|其中：重型货车（辆）|85|4200"
    told = [(f.indicator, f.value, f.unit, f.time, f.kind) for f in find_figures(outlined(text))]
    assert told == [
        ("加氢站", "11", "座", "2020", "level"),
        ("加氢站", "90", "座", "2025", "goal"),
        ("重型货车", "85", "辆", "2020", "level"),
        ("重型货车", "4200", "辆", "2025", "goal"),
    ]


def test_a_clause_that_names_nothing_of_its_own() -> None:
    assert not names_something("比上年增长")
    assert not names_something("每人每月")
    assert not names_something("占出口总额的")
    assert names_something("税收收入")


def test_a_comparison_with_a_year_is_a_figure_of_the_year_of_its_own_clause() -> None:
    text = "一、目标\n到2025年，再生水利用率达到35%，用水量较2020年下降18%，普及率达到94%。\n2026年度缴费标准为420元，比2025年度提高20元。\n"
    rows = [(f.indicator, f.value, f.time, f.kind) for f in find_figures(outlined(text))]
    assert rows == [
        ("再生水利用率", "35", "2025", "goal"),
        ("用水量", "18", "2025", "goal"),
        ("普及率", "94", "2025", "goal"),
        ("缴费标准", "420", "2026", "level"),
        ("缴费标准", "20", "2026", "change"),
    ]


def test_what_is_told_behind_a_goal_is_no_goal_itself() -> None:
    text = "一、目标\n到2025年，建成灯塔90座。灯塔每座造价300万元。覆盖率达到50%。\n比重提高到2017年的59%，网上零售额71751亿元。\n"
    kinds = [(f.value, f.kind) for f in find_figures(outlined(text))]
    assert kinds == [("90", "goal"), ("300", "level"), ("50", "goal"), ("59", "share"), ("71751", "level")]


#: paragraph | rows: indicator/value/time/kind
OF_WHICH_TIME = """
2023年，税收收入由2022年的186亿元增加到201亿元，增长8%；产值增长9%。|税收收入/186/2022/level；税收收入/201/2023/level；税收收入/8/2023/change；产值/9/2023/change
到2025年，床位达到5万张，比2020年的3万张增加2万张，覆盖率达到55%。|床位/5/2025/goal；床位/3/2020/level；床位/2/2025/change；覆盖率/55/2025/goal
2023年，利用率从2016年44%提高到52%。|利用率/44/2016/level；利用率/52/2023/level
2023年床位5万张，与2020年相比，护理员增加300名。|床位/5/2023/level；护理员/300/2023/change
到2025年公园达到90个。截至2024年9月底，已建成公园60个。绿地率达到43%。|公园/90/2025/goal；建成公园/60/2024-09/level；绿地率/43/2024-09/level
2024年，按照《排水规划（2006—2010年）》，铺设管道385公里。|铺设管道/385/2024/level
到2025年，床位达到5万张，比上年的3万张增加。|床位/5/2025/goal；床位/3/2024/level
"""


@pytest.mark.parametrize("row", OF_WHICH_TIME.strip().splitlines(), ids=lambda row: row.split("|")[0])
def test_of_which_time_a_figure_is(row: str) -> None:
    paragraph, wanted = row.split("|")
    found = find_figures(outlined(f"一、甲\n{paragraph}", title="文件"))
    assert "；".join(f"{f.indicator}/{f.value}/{f.time}/{f.kind}" for f in found) == wanted


def test_a_mean_is_of_what_is_measured() -> None:
    text = "一、甲\n销售收入达到20亿元，年均增长12%。\n住院日平均为9天。\n从业者预计超过7万人，较上年新增1万人。"
    rows = [(f.indicator, f.value, f.kind) for f in find_figures(outlined(text, title="文件"))]
    assert rows == [
        ("销售收入", "20", "level"),
        ("销售收入", "12", "change"),
        ("住院日", "9", "level"),
        ("从业者", "7", "level"),
        ("从业者", "1", "change"),
    ]


def test_a_date_in_a_cell_is_no_figure() -> None:
    text = "一、任务\n任务|完成时限|数量（个）\n改造泵站|12月底|20\n新建水库|2025年6月|3"
    assert [(f.indicator, f.value) for f in find_figures(outlined(text))] == [("数量", "20"), ("数量", "3")]
