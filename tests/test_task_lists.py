"""Lists of tasks as offices send them out: tables, numbered lists with the bodies below each item, towns and persons."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.duties import find_duties
from outlined import outlined
from qa.bot import PolicyQA
from qa.duty_tasks import Task
from small import bot_of

LIST = """\
礁石县人民政府关于印发《2024年渔港重点工作责任清单》的通知
礁政发〔2024〕6号
各乡镇人民政府：
现将清单印发给你们。
礁石县人民政府
2024年2月1日
2024年渔港重点工作责任清单
一、修缮设施
1.修缮灯塔12座。
责任领导：石坚；责任单位：县港务局；协助单位：县气象局、白浪镇政府、东岬街道
2.疏浚航道9公里。
3.更换航标40个。
以上2—3项任务由县海事局负责，县财政局配合。
二、服务渔民
4.培训船员300人。
责任领导：石坚、云帆；责任单位：县农业农村局；协助单位：白浪镇
5.清理废旧网具。（县生态环境局、东岬街道办事处（并列牵头），2024年10月底前完成）
"""
TABLE = """\
# 潮声市海洋办关于印发2025年海岸整治任务分工表的通知

潮海办〔2025〕3号

各县区政府：

现将分工表印发给你们。

潮声市海洋办

2025年1月8日

## 2025年海岸整治任务分工表

| 序号 | 重点任务 | 牵头单位 | 配合单位 | 完成时限 |
| --- | --- | --- | --- | --- |
| 一 | 沙滩修复 |  |  |  |
| 1 | 补沙6万立方米 | 市海洋局 | 市水利局、潮声港务集团 | 6月底 |
| 2 | 拆除违建虾塘30处 | 市渔业局 | 市海洋局 | 9月底 |
| 二 | 礁盘养护 |  |  |  |
| 3 | 投放人工鱼礁500个 | 市渔业局 | —— | 全年 |
| 4 | 巡查偷采珊瑚 | 市海警支队 | 市渔业局、市海洋局 | 长期 |
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), {"清单": LIST, "分工": TABLE})


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        # A note of several items above it, by their numbers.
        ("疏浚航道由谁负责？", ["县海事局负责", "县财政局参与"], []),
        ("县海事局负责哪些任务？", ["2项", "疏浚航道", "更换航标"], ["灯塔"]),
        # A town by its government, and without it.
        ("白浪镇政府协助哪些任务？", ["参与2项", "修缮灯塔", "培训船员"], []),
        ("东岬街道协助什么？", ["牵头1项", "清理废旧网具", "参与1项", "修缮灯塔"], []),
        # A person beside the bodies.
        ("云帆负责哪几项任务？", ["责任领导为云帆的共1项", "培训船员"], ["灯塔"]),
        ("修缮灯塔由哪个单位负责，责任领导是谁？", ["县港务局负责", "责任领导：石坚"], []),
        # The one role is not the other.
        ("县气象局是不是修缮灯塔的责任单位？", ["不是，", "县港务局负责"], []),
        ("县气象局是不是修缮灯塔的协助单位？", ["是，"], ["不是"]),
        # By its number in a list that runs on, and in a table.
        ("渔港重点工作责任清单第4项由谁负责？", ["培训船员", "县农业农村局负责"], []),
        ("海岸整治任务分工表第3项由谁牵头？", ["投放人工鱼礁", "市渔业局"], []),
        ("海岸整治任务分工表第2项是什么？", ["拆除违建虾塘30处"], ["补沙"]),
        ("海岸整治任务分工表一共多少项？", ["共4项", "巡查偷采珊瑚"], []),
        ("海岸整治任务分为哪几个方面？", ["共2方面：沙滩修复；礁盘养护。"], []),
        ("沙滩修复方面有哪几项任务？", ["“沙滩修复”共2项：补沙6万立方米；拆除违建虾塘30处。"], []),
        ("渔港重点工作责任清单分几个部分？", ["共2部分：一、修缮设施；二、服务渔民。"], []),
        # A level is no slip, and the body that sent a list out is asked about itself.
        ("市气象局协助什么？", [], ["县气象局"]),
        ("潮声市海洋局配合什么？", ["拆除违建虾塘", "巡查偷采珊瑚"], []),
        # What a body does not do, and what no other takes part in.
        ("市海警支队在海岸整治中参与什么？", ["没有写明市海警支队参与的", "巡查偷采珊瑚"], []),
        ("海岸整治哪些任务没有配合单位？", ["共1项", "投放人工鱼礁"], ["补沙"]),
        ("清理废旧网具什么时候完成？", ["完成时限：2024年10月底前完成"], []),
    ],
)
def test_a_list_of_tasks_tells_who_and_when(bot: PolicyQA, question: str, said: list[str], unsaid: list[str]) -> None:
    text = bot.ask(question).text
    assert [part for part in said if part not in text] == [], text
    assert [part for part in unsaid if part in text] == [], text


def test_a_role_alone_is_asked_of_the_task_told_before(bot: PolicyQA) -> None:
    answer = bot.ask("那配合单位呢？", history=[("拆除违建虾塘由谁牵头？", "由市渔业局牵头。")])
    assert "市海洋局" in answer.text


def _told(text: str) -> list[tuple[str, str]]:
    return [(" ".join(duty.departments), " ".join(duty.leads)) for duty in find_duties(outlined(text, "方案"))]


def test_what_a_member_does_in_any_words() -> None:
    text = (
        "一、职责\n（一）县水利局（县河长办）：负责巡河。\n（二）县财政局：保障巡河经费。\n（三）各村、社区：劝阻垂钓。\n"
        "（四）各镇政府、街道办事处：落实属地责任。\n"
    )
    assert [names for names, _ in _told(text)] == ["县水利局（县河长办）", "县财政局", "各镇政府 街道办事处"]


@pytest.mark.parametrize(
    ("sentence", "departments", "leads"),
    [
        ("（各街道、镇负责，县消防队指导）", "各街道、镇 县消防队", "各街道、镇"),
        ("联防由白浪镇、东岬街道具体负责。", "白浪镇 东岬街道", ""),
        ("每月由县气象局牵头，会同县港务局召开例会。", "县气象局 县港务局", "县气象局"),
        ("责任单位：县直有关部门按职责分工负责，县海事局牵头督办", "县直有关部门 县海事局", "县海事局"),
        ("县港务局牵头，县气象局、县妇联按职责组织开展宣传。", "县港务局 县气象局 县妇联", "县港务局"),
        (
            "县港务局牵头，县海事局和县税务局、县气象局按照职责对船厂开展检查。",
            "县港务局 县海事局 县税务局 县气象局",
            "县港务局",
        ),
        ("（县港务局、各市、县、自治县人民政府负责）", "县港务局 各市、县、自治县人民政府", ""),
    ],
)
def test_more_ways_to_say_who_acts(sentence: str, departments: str, leads: str) -> None:
    assert _told(f"一、任务\n（一）修塔。修缮灯塔。\n{sentence}\n") == [(departments, leads)]


def test_items_that_are_worth_points_name_who_does_them() -> None:
    text = (
        "一、考评\n（一）设施（30分）\n1.修塔；（10分，县港务局、县气象局）\n2.疏浚；（10分，县海事局、县财政局）\n3.补沙。（10分，县水利局、县渔业局）\n"
        "（二）宣传\n1.新建课堂（责任单位：县教育局、县文旅局）；\n2.编印图册（责任单位：县文旅局）。\n"
    )
    document = outlined(text, "考评办法")
    assert [" ".join(duty.departments) for duty in find_duties(document)] == [
        "县港务局 县气象局",
        "县海事局 县财政局",
        "县水利局 县渔业局",
        "县教育局 县文旅局",
        "县文旅局",
    ]
    assert not any(section.title.endswith("责任单位") for section in document.sections)
    assert [Task(document, duty).name for duty in find_duties(document)][-2:] == ["新建课堂", "编印图册"]


def test_one_paragraph_beside_those_of_several_bodies() -> None:
    text = "一、分工\n县水利局负责水位调度。\n县渔业局负责养护鱼苗，县林业局负责候鸟保护。\n街道办事处（镇人民政府）负责巡查。\n"
    assert [names for names, _ in _told(text)] == ["县水利局", "县渔业局", "县林业局", "街道办事处（镇人民政府）"]


def test_people_below_one_another_head_nothing_and_are_all_told(tmp_path: Path) -> None:
    roster = (
        "汛期值守方案\n一、指挥机构\n指挥长：副县长    石坚\n副指挥长：县政府办副主任    云帆\n          县水利局局长    江流\n"
        "          县应急管理局局长    林岸\n二、值守要求\n全天值守，遇有险情立即上报，不得迟报漏报瞒报。\n"
    )
    bot = bot_of(tmp_path, {"值守": roster})
    (document,) = (bot.document(doc_id) for doc_id in bot.doc_ids())
    assert [section.title for section in document.sections if section.title] == ["指挥机构", "值守要求"]
    text = bot.ask("副指挥长有哪些人？").text
    assert [name for name in ("云帆", "江流", "林岸") if name not in text] == [], text
