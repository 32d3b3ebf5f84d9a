"""How many items a list has and which is the n-th, asked in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes import HashEmbedder
from outlined import outlined
from qa.bot import PolicyQA
from qa.counted_members import answer_counted_member
from qa.extractive import Draft
from qa.running_lists import parts_of, runs_within
from qa.support import support
from searched import asked, searched

#: Its measures are numbered through its parts.
PLAN = outlined(
    "一、整修灯塔\n1.修复旧塔。每年修复两座。\n2.新建浮标。每年新建五个。\n"
    "二、疏浚航道\n3.清理淤泥。用挖泥船清理。\n4.巡查夜航。每晚巡查。\n5.联通潮位数据。潮位数据向渔民开放。\n"
    "三、服务渔民\n6.发放救生衣。每船两件。\n7.培训船员。每年一次。\n",
    "方案",
    title="海岸行动方案",
)
#: Its items begin anew in each part.
NOTICE = outlined(
    "一、总体要求\n渔港整修要先急后缓。\n"
    "二、重点任务\n（一）整修码头。更换护栏。\n（二）清理航道。清除沉船。\n（三）改造冷库。扩大容量。\n"
    "三、保障措施\n（一）加强领导。成立专班。\n（二）安排资金。设立基金。\n",
    "通知",
    title="渔港整修工作通知",
)


def told(question: str, *documents: object, hinted: tuple[str, ...] = ()) -> str | None:
    ready = asked(question, hinted=hinted)
    draft: Draft | None = answer_counted_member(ready, searched(ready, *documents))  # type: ignore[arg-type]
    return None if draft is None else "".join(line.text for line in draft.lines)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("海岸行动方案一共多少条措施？第5条是什么？", "“海岸行动方案”共7条，第5条是“5.联通潮位数据”。"),
        ("海岸行动方案一共有几项任务，最后一项叫什么？", "“海岸行动方案”共7项，最后一项是“7.培训船员”。"),
        ("海岸行动方案一共列了多少条措施？", "“海岸行动方案”共7条，最后一条是“7.培训船员”。"),
        ("海岸行动方案的第6项任务是什么？", "“海岸行动方案”共7项，第6项是“6.发放救生衣”。"),
        ("海岸行动方案分几个部分？第二部分是什么？", "“海岸行动方案”共3部分，第二部分是“二、疏浚航道”。"),
        ("海岸行动方案里疏浚航道有几项，倒数第二项是什么？", "“疏浚航道”共3项，倒数第二项是“4.巡查夜航”。"),
        (
            "海岸行动方案一共多少条措施？第4条讲什么？",
            "“海岸行动方案”共7条，第4条是“4.巡查夜航”。每晚巡查。",
        ),
        ("海岸行动方案一共多少条措施？第9条是什么？", None),  # an excerpt may end before it
        ("海岸行动方案要新建几个浮标？", None),  # things, no items
        ("海岸行动方案一共多少条措施？第5条由谁负责？", None),  # more than its name
        ("海岸行动方案的补贴一共几项？第二项是什么？", None),  # another list
    ],
)
def test_items_numbered_through_a_document_are_counted(question: str, answer: str | None) -> None:
    assert told(question, PLAN) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("渔港整修通知的保障措施有几条？第二条叫什么？", "“保障措施”共2条，第二条是“（二）安排资金”。"),
        ("渔港整修通知的保障措施有几条？第五条叫什么？", "“保障措施”共2条，没有第五条。"),
        ("渔港整修通知一共几条？第二条是什么？", "“渔港整修工作通知”共3条，第二条是“二、重点任务”。"),
    ],
)
def test_a_list_is_known_by_its_name(question: str, answer: str | None) -> None:
    assert told(question, NOTICE) == answer


def test_lists_run_on_only_where_they_are_numbered_through() -> None:
    assert [s.label for s in parts_of(PLAN)] == ["一、", "二、", "三、"]
    assert [[s.number for s in row] for row in runs_within(PLAN, parts_of(PLAN))] == [[1, 2, 3, 4, 5, 6, 7]]
    assert runs_within(NOTICE, parts_of(NOTICE)) == []


@pytest.mark.parametrize(
    ("quotes", "borne"),
    [
        (["5.联通潮位数据", "7.培训船员"], "verified"),
        (["4.巡查夜航", "7.培训船员"], "unverified"),  # another item
        (["5.联通潮位数据", "6.发放救生衣"], "unverified"),  # nothing shows that there are seven
    ],
)
def test_the_quotes_bear_number_and_place(quotes: list[str], borne: str) -> None:
    assert support("“海岸行动方案”共7条，第5条是“5.联通潮位数据”。", quotes) == borne


_TABLE = """\
# 甲市港航局关于下达2031年度灯塔看守任务分解表的通知

甲港〔2031〕7号

各区人民政府：

现将任务分解表下达给你们。

## 2031年度灯塔看守任务分解表

| 类别 | 序号 | 任务内容 | 牵头单位 | 完成时限 |
| --- | --- | --- | --- | --- |
| 修缮 | 1 | 修缮东港灯塔 | 市港航局 | 2031年9月底 |
| 修缮 | 2 | 更换浮标80座 | 市航标处 | 2031年6月底 |
| 看守 | 3 | 培训看守员 | 市渔业局 | 2031年9月底 |
| 看守 | 4 | 巡查航道 | 市渔业局 | 长期坚持 |
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("灯塔看守任务最后一项是什么？", "任务内容：巡查航道"),
        ("灯塔看守任务一共有多少项？", "共4项"),
        ("2031年9月底前要完成的灯塔看守任务有哪些？", "共2项：修缮东港灯塔、培训看守员。"),
        ("灯塔看守任务里看守类有几项任务？", "培训看守员"),
    ],
)
def test_rows_of_a_table_in_groups(tmp_path: Path, question: str, told: str) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "table.md").write_text(_TABLE, encoding="utf-8")
    (folder / "other.md").write_text("# 乙市渔港办法\n\n## 主要任务\n\n1. 建渔港。\n2. 修渔港。\n", encoding="utf-8")
    bot = PolicyQA.open([folder], tmp_path / "data", embedder=HashEmbedder())
    assert told in bot.ask(question).text
    assert "共4项" not in bot.ask("2030年灯塔看守任务一共有多少项？").text
