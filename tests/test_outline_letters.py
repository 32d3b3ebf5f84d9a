"""Where letters, plans and gazettes begin and end: signatures, titles of what is sent out, contents, decimals as labels."""

from __future__ import annotations

import pytest

from test_outline import Outlined

LETTER = "云州市人民政府关于印发停车办法的通知\n云政发〔2008〕4号\n各区人民政府：\n现将《停车办法》印发给你们，请遵照执行。\n"


@pytest.mark.parametrize("date", ["二○○八年九月二十二日", "二OO八年九月二十二日"])
@pytest.mark.parametrize("title", ["云州市停车办法（试行）", "云州市机动车停放服务\n收费管理办法（试行）"])
def test_a_date_that_nobody_signed_ends_the_letter_and_the_title_below_begins_a_part(date: str, title: str) -> None:
    told = Outlined(f"{LETTER}{date}\n{title}\n第一条 停车应当缴费。\n第二条 本办法由市公安局解释。\n")
    told.check()
    assert told.tree() == [title.replace("\n", ""), "  第一条", "  第二条"]
    assert [told.text[s.start : s.end] for s in told.sections if s.title == "落款"] == [date]


@pytest.mark.parametrize("line", ["云州市统计局 2023年11月2日", "云州市统计局\n国家统计局云州调查队\n2023年11月2日"])
def test_who_issued_a_text_and_when_heads_nothing_below_its_title(line: str) -> None:
    told = Outlined(
        f"2023年前三季度经济运行情况\n{line}\n前三季度，全市经济平稳运行，稳中有进。\n一、农业\n蔬菜增产。\n二、工业\n生产增长。\n"
    )
    assert told.tree() == ["一、农业", "二、工业"]


def test_who_issued_what_a_letter_sends_out_heads_nothing_below_its_title() -> None:
    sent = "关于停车的指导意见\n财政局 公安局\n为加强管理，提出以下意见，请结合实际执行。\n一、总体要求\n有序停车。\n二、保障\n做好保障。\n"
    text = f"{LETTER}云州市人民政府\n2008年9月22日\n{sent}"
    assert Outlined(text).tree() == ["关于停车的指导意见", "  一、总体要求", "  二、保障"]


def test_decimals_directly_before_words_count_sections_where_their_section_is_open() -> None:
    told = Outlined(
        "防汛预案\n1.总则\n1.1编制目的\n为规范工作。\n1.2工作原则\n统一领导。\n2.职责\n2.1指挥部\n统一指挥。\n2.2成员单位\n各司其职。\n"
    )
    assert told.tree() == ["1.总则", "  1.1编制目的", "  1.2工作原则", "2.职责", "  2.1指挥部", "  2.2成员单位"]


@pytest.mark.parametrize("line", ["1.1亿元的专项资金", "1.5倍补偿标准", "2.1指挥部"])
def test_other_decimals_count_nothing(line: str) -> None:
    assert Outlined(
        f"防汛预案\n1.总则\n为规范工作，制定本预案。\n{line}\n统一领导，分级负责。\n2.职责\n各司其职。\n"
    ).tree()[:2] != [
        "1.总则",
        "  " + line,
    ]


CONTENTS = "1.总则\n1.1编制目的\n2.职责\n2.1指挥部\n3.附则\n"


def test_a_contents_list_behind_the_title_is_one_where_its_lines_return() -> None:
    body = "1.总则\n1.1编制目的\n为规范工作。\n2.职责\n2.1指挥部\n统一指挥。\n3.附则\n本预案自印发之日起施行。\n"
    told = Outlined(f"防汛应急预案目录\n{CONTENTS}{body}")
    assert told.tree() == ["1.总则", "  1.1编制目的", "2.职责", "  2.1指挥部", "3.附则"]
    assert [s.kind for s in told.sections if s.title == "目录"] == ["toc"]
    assert not [s for s in Outlined(f"许可事项目录\n{CONTENTS}").sections if s.kind == "toc"], "a list itself"


def test_each_letter_of_a_gazette_is_a_part() -> None:
    one = "云州市人民政府关于聘任咨询委员的决定\n云政发〔2022〕3号\n各区人民政府：\n一、外聘委员\n甲。\n二、本地委员\n乙。\n云州市政府\n2022年4月21日\n"
    other = "云州市人民政府办公室关于养老服务任务分工的通知\n云政办发〔2022〕9号\n各区人民政府：\n一、完善设施\n建成。\n云州市政府\n2022年5月12日\n"
    told = Outlined("云州市人民政府公报（2022年第2号）\n" + one + other)
    told.check()
    assert told.tree() == [
        "云州市人民政府关于聘任咨询委员的决定",
        "  一、外聘委员",
        "  二、本地委员",
        "云州市人民政府办公室关于养老服务任务分工的通知",
        "  一、完善设施",
    ]


def test_a_count_goes_on_in_the_next_section_of_an_excerpt() -> None:
    text = "工作要点\n一、服务\n26.便民。做好。\n27.利民。做好。\n30.惠民。做好。\n二、监管\n36.检查。做好。\n37.抽查。做好。\n"
    assert Outlined(text).tree() == [
        "一、服务",
        "  26.便民",
        "  27.利民",
        "  30.惠民",
        "二、监管",
        "  36.检查",
        "  37.抽查",
    ]
