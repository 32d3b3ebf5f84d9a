"""Whether quotes bear a sentence: true ones verified, each kind of mutation caught."""

from __future__ import annotations

import pytest

from qa.citations import set_marks, support
from qa.extractive import Line

FUND = "设立中小企业发展基金，首期规模为150亿元，由财政部会同工业和信息化部管理。"
TARGET = "到2025年，非化石能源消费比重达到20%左右；到2030年，非化石能源消费比重达到25%左右。"
SCHOOL = "义务教育学校不得分设重点班和非重点班，应当均衡配置师资。"
HELP = "鼓励社会资本参与充电设施建设，可以给予容积率奖励。"
HEADING = "“智慧养老”服务提升行动"
NOTE = "（民政部、国家卫生健康委、财政部、人力资源社会保障部等负责）"
RULE = "列第一位者为牵头部门，下同。"
EXPLICIT = "由民政部牵头，财政部、税务总局配合。"


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        (FUND, [FUND]),
        ("首期规模为150亿元。", [FUND]),
        ("基金首期规模150亿元。", [FUND]),
        ("是的，到2030年，非化石能源消费比重达到25%左右。", [TARGET]),
        ("2030年非化石能源消费比重达到25%。", [TARGET]),
        ("不可以，义务教育学校不得分设重点班和非重点班。", [SCHOOL]),
        ("《充电设施意见》：鼓励社会资本参与充电设施建设。", [HELP]),
        ("《充电研究》2018年第2期论文：鼓励社会资本参与充电设施建设。", [HELP]),
        ("发布日期：2024年7月4日。", ["发布日期：2024年07月04日"]),
        ("成文日期：2024年7月4日。", ["2024-07-04"]),
        (
            "“智慧养老”服务提升行动由民政部牵头，国家卫生健康委、财政部、人力资源社会保障部等参与负责。",
            [HEADING, NOTE, RULE],
        ),
        ("“智慧养老”服务提升行动由民政部、国家卫生健康委、财政部、人力资源社会保障部等负责。", [HEADING, NOTE]),
        ("“智慧养老”服务提升行动由民政部牵头，财政部、税务总局参与负责。", [HEADING, EXPLICIT]),
        (
            "“重点任务”共3项：（一）强化供给；（二）优化服务；（三）加强监管。",
            ["（一）强化供给。", "（二）优化服务。", "（三）加强监管。"],
        ),
        (
            "民政部牵头2项：智慧养老；社区食堂。",
            ["1.智慧养老。", "（民政部、财政部负责）", "2.社区食堂。", "（民政部、商务部负责）", RULE],
        ),
        ("国家卫生健康委参与1项：智慧养老。", ["1.智慧养老。", NOTE, RULE]),
        ("推广使用CNG和LNG车辆。", ["推广使用CNG和LNG车辆，减少排放。"]),
        ("依据国办发〔2021〕40号文件执行。", ["各地依据国办发〔2021〕40号文件执行。"]),
    ],
)
def test_a_true_sentence_is_verified(sentence: str, quotes: list[str]) -> None:
    assert support(sentence, quotes) == "verified"


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        pytest.param("首期规模为160亿元。", [FUND], id="figure"),
        pytest.param("首期规模为150万元。", [FUND], id="unit"),
        pytest.param("首期规模为50亿元。", [FUND], id="part of a figure"),
        pytest.param("到2035年，非化石能源消费比重达到25%左右。", [TARGET], id="year"),
        pytest.param("2025年非化石能源消费比重达到25%左右。", [TARGET], id="figure of another year"),
        pytest.param("到2030年，非化石能源消费比重达到20%左右。", [TARGET], id="figures exchanged"),
        pytest.param(
            "城镇新增就业300万人，培训1200万人。", ["城镇新增就业1200万人，培训300万人。"], id="figures of two subjects"
        ),
        pytest.param("义务教育学校分设重点班和非重点班。", [SCHOOL], id="denial dropped"),
        pytest.param("分设重点班和非重点班。", [SCHOOL], id="cut behind the denial"),
        pytest.param("义务教育学校可以分设重点班和非重点班。", [SCHOOL], id="denial to permission"),
        pytest.param("义务教育学校不应当均衡配置师资。", [SCHOOL], id="denial added"),
        pytest.param("应当给予容积率奖励。", [HELP], id="may to must"),
        pytest.param("必须由社会资本参与充电设施建设。", [HELP], id="encouraged to must"),
        pytest.param("支持社会资本参与充电设施建设。", [HELP], id="encouraged to supported"),
        pytest.param("由商务部会同工业和信息化部管理。", [FUND], id="department"),
        pytest.param(
            "教育部负责助学，民政部负责招生。", ["教育部负责招生，民政部负责助学。"], id="departments exchanged"
        ),
        pytest.param(
            "“智慧养老”服务提升行动由财政部牵头，民政部、国家卫生健康委参与负责。",
            [HEADING, NOTE, RULE],
            id="lead and participant",
        ),
        pytest.param(
            "“智慧养老”服务提升行动由民政部牵头，国家卫生健康委参与负责。", [HEADING, NOTE], id="lead without the rule"
        ),
        pytest.param(
            "“智慧养老”服务提升行动由民政部牵头，教育部参与负责。", [HEADING, NOTE, RULE], id="department not listed"
        ),
        pytest.param(
            "“智慧养老”服务提升行动由财政部牵头，民政部参与负责。", [HEADING, EXPLICIT], id="roles of an explicit note"
        ),
        pytest.param(
            "“重点任务”共4项：（一）强化供给；（二）优化服务；（三）加强监管。",
            ["（一）强化供给。", "（二）优化服务。", "（三）加强监管。"],
            id="count",
        ),
        pytest.param(
            "“重点任务”共3项：（一）强化供给；（二）优化服务；（三）停发补贴。",
            ["（一）强化供给。", "（二）优化服务。", "（三）加强监管。"],
            id="item",
        ),
        pytest.param("财政部牵头1项：智慧养老。", ["1.智慧养老。", NOTE, RULE], id="participant as lead in a list"),
        pytest.param(
            "民政部牵头3项：智慧养老；社区食堂。",
            ["1.智慧养老。", "（民政部、财政部负责）", "2.社区食堂。", "（民政部、商务部负责）", RULE],
            id="count of duties",
        ),
        pytest.param("推广使用LPG车辆。", ["推广使用CNG和LNG车辆，减少排放。"], id="Latin name"),
        pytest.param(
            "依据国办发〔2021〕41号文件执行。", ["各地依据国办发〔2021〕40号文件执行。"], id="document number"
        ),
        pytest.param("补贴标准降低到每人每月200元。", ["补贴标准提高到每人每月200元。"], id="opposite"),
        pytest.param("成文日期：2024年7月5日。", ["2024-07-04"], id="day"),
        pytest.param("每年开展两次检查。", ["加强队伍建设，落实经费保障。"], id="nothing in common"),
        pytest.param("首期规模为150亿元。", [], id="no quotes"),
    ],
)
def test_a_mutated_sentence_is_unverified(sentence: str, quotes: list[str]) -> None:
    assert support(sentence, quotes) == "unverified"


def test_a_dropped_word_of_encouragement_leaves_a_sentence_partly_supported() -> None:
    assert support("社会资本参与充电设施建设。", [HELP]) == "partial"


def test_words_that_the_quotes_lack_leave_a_sentence_partly_supported() -> None:
    assert support("首期规模为150亿元，带动更多长期耐心资本投向初创企业。", [FUND]) != "verified"


def test_a_heading_of_two_lines_keeps_its_mark() -> None:
    text, _, sentences = set_marks([Line("附件1\n灯塔名单。", (("文件", 0, 9),))])
    assert text == "附件1 灯塔名单。[1]"
    assert sentences == [("附件1 灯塔名单。", (1,))]
