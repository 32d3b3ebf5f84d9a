"""How many items a section has, which stands beside another, whether a list has one, what a section says."""

from __future__ import annotations

import pytest

from corpus.document import SourceDocument
from corpus.load import load_document
from outlined import outlined
from qa.extractive import Draft, Line
from qa.outline_questions import (
    answer_beside,
    answer_counted,
    answer_gist,
    answer_member,
    answer_picked,
    answer_position,
    unit_above,
)
from searched import asked, searched

PLAN = outlined(
    "一、重点行动\n"
    "（一）“海岸+”智能灯塔。\n建成统一的灯塔网络，方便渔船夜航。\n1.修复旧塔。每年修复两座，优先更换太阳能灯。\n2.新建浮标。每年新建五个。\n"
    "（二）“海岸+”高效航道。\n1.清理淤泥。用挖泥船清理。\n2.联通数据。潮位数据向渔民开放。\n3.巡查夜航。每晚巡查。\n"
    "（三）“海岸+”渔民服务。\n1.发放救生衣。每船两件。\n2.培训船员。每年一次。\n"
    "二、保障措施\n（一）加强组织领导。成立专班。\n（二）完善资金支持。设立基金。\n（三）加强队伍建设。请专家。\n",
    "方案",
    title="海岸行动方案",
)


def text_of(draft: Draft | None) -> str | None:
    return None if draft is None else "".join(line.text for line in draft.lines)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("高效航道下面分了多少条具体任务？", "“海岸+”高效航道共3条：1.清理淤泥；2.联通数据；3.巡查夜航。"),
        ("保障措施有几项？", "“保障措施”共3项：（一）加强组织领导；（二）完善资金支持；（三）加强队伍建设。"),
        ("灯塔行动安排了几件事？", "“海岸+”智能灯塔共2项：1.修复旧塔；2.新建浮标。"),
        ("渔民服务有哪些任务？", "“海岸+”渔民服务共2项：1.发放救生衣；2.培训船员。"),
        (
            "保障措施一共几条，分别是什么？",
            "“保障措施”共3条：（一）加强组织领导；（二）完善资金支持；（三）加强队伍建设。",
        ),
        ("灯塔有几座？", None),  # things, no items of the plan
        ("修复旧塔有几条要求？", None),  # it has no items
        ("渔民补贴有几项？", None),
        (
            "保障措施除了资金支持，还有哪几条？",
            "“保障措施”共3条：（一）加强组织领导；（二）完善资金支持；（三）加强队伍建设。",
        ),
        ("保障措施有几条，其中由港务局牵头的占几条？", None),
        ("渔船停靠的保障措施有几条？", None),  # the measures of something else
    ],
)
def test_the_items_below_a_section_are_counted(question: str, told: str | None) -> None:
    ready = asked(question)
    assert text_of(answer_counted(ready, searched(ready, PLAN))) == told


def nothing(question: str, doc_id: str) -> Draft | None:
    return None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("智能灯塔后面是哪项行动？", "“海岸+”智能灯塔的后一项是（二）“海岸+”高效航道。"),
        ("排在渔民服务前面的是哪项行动？", "“海岸+”渔民服务的前一项是（二）“海岸+”高效航道。"),
        ("组织领导的下一条叫什么？", "“加强组织领导”的后一项是“（二）完善资金支持”。"),
        ("资金支持那条之后是什么？", "“完善资金支持”的后一项是“（三）加强队伍建设”。"),
        ("加强队伍建设的后一条是什么？", "“加强队伍建设”是“保障措施”的最后一项。"),
        ("智能灯塔前面是哪项行动？", "“海岸+”智能灯塔是“重点行动”的第一项。"),
        ("申请之后一个月内要做什么？", None),
        ("渔船检验前要交什么？", None),
        ("网箱养殖的下一条是什么？", None),
    ],
)
def test_the_item_beside_another(question: str, told: str | None) -> None:
    ready = asked(question)
    assert text_of(answer_beside(ready, searched(ready, PLAN), nothing)) == told


def test_more_may_be_asked_of_the_item_beside_another() -> None:
    ready = asked("紧跟在智能灯塔后面的那项行动讲什么？")
    assert text_of(answer_beside(ready, searched(ready, PLAN), nothing)) == (
        "“海岸+”智能灯塔的后一项是（二）“海岸+”高效航道。“海岸+”高效航道共3项：1.清理淤泥；2.联通数据；3.巡查夜航。"
    )
    asked_for: list[str] = []

    def answers(question: str, doc_id: str) -> Draft | None:
        asked_for.append(question)
        return Draft((Line("由港务局牵头。", (("方案", at, at + 4),)),))

    at = PLAN.text.index("设立基金")
    ready = asked("组织领导的下一条由谁牵头？")
    told = text_of(answer_beside(ready, searched(ready, PLAN), answers))
    assert asked_for == ["完善资金支持由谁牵头?"]
    assert told is not None and told.endswith("由港务局牵头。")
    at = 0  # what stands elsewhere does not answer for the item
    told = text_of(answer_beside(ready, searched(ready, PLAN), answers))
    assert told is not None and told.endswith("设立基金。")


def test_what_a_place_is_called_tells_which_section_around_it_is_meant() -> None:
    inner = next(s for s in PLAN.sections if s.title == "清理淤泥")
    names = [getattr(unit_above(PLAN, inner, unit), "title", None) for unit in ("条", "行动", "部分", "章")]
    assert names == ["清理淤泥", "“海岸+”高效航道", "重点行动", None]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("重点行动里有没有单独一项叫“海岸+旅游”？", "没有，“重点行动”共3项："),
        ("重点行动里有“海岸+高效航道”这一项吗？", "有，“重点行动”共3项："),
        ("保障措施里有没有队伍建设这一条？", "有，“保障措施”共3项："),
        ("保障措施包括资金支持吗？", "有，“保障措施”共3项："),
        ("渔民服务是重点行动之一吗？", "是，“重点行动”共3项："),
        ("盐田改造是不是单独的一项重点行动？", "不是，“重点行动”共3项："),
        ("保障措施里有资金方面的要求吗？", None),  # what the items say, not which there are
        ("重点行动包括养殖用海吗？", None),
        ("保障措施里有加强领导班子建设这一条吗？", None),  # near to two of them
        ("重点行动有几项？", None),
    ],
)
def test_whether_a_list_has_an_item(question: str, begins: str | None) -> None:
    ready = asked(question)
    draft = answer_member(ready, searched(ready, PLAN))
    told = text_of(draft)
    assert told is None if begins is None else told is not None and told.startswith(begins)
    assert draft is None or draft.contradicts == (begins or "").startswith(("没有", "不是"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "给领导汇报用，智能灯塔这项行动主要讲什么？",
            "建成统一的灯塔网络，方便渔船夜航。“海岸+”智能灯塔共2项：1.修复旧塔；2.新建浮标。",
        ),
        ("高效航道行动的内容概要", "“海岸+”高效航道共3项：1.清理淤泥；2.联通数据；3.巡查夜航。"),
        ("简要说说渔民服务", "“海岸+”渔民服务共2项：1.发放救生衣；2.培训船员。"),
        ("资金支持要做什么？", "（二）完善资金支持。设立基金。"),
        ("渔民出海要做什么？", None),
        ("简要说说养殖用海", None),
        ("高效航道讲了哪些收费标准？", None),
        ("智能灯塔由谁负责，主要内容是什么？", None),
    ],
)
def test_the_gist_of_a_section(question: str, told: str | None) -> None:
    ready = asked(question)
    assert text_of(answer_gist(ready, searched(ready, PLAN))) == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("重点行动的后两项分别叫什么？", "“重点行动”的最后2项：（二）“海岸+”高效航道；（三）“海岸+”渔民服务。"),
        ("保障措施前两条是什么？", "“保障措施”的前2项：（一）加强组织领导；（二）完善资金支持。"),
        ("保障措施最末一条讲什么？", "（三）加强队伍建设。请专家。"),
        ("高效航道行动的第三条任务是什么？", "3.巡查夜航。每晚巡查。"),
        ("保障措施头一条是什么？", "（一）加强组织领导。成立专班。"),
        (
            "重点行动的第二项是什么？",
            "（二）“海岸+”高效航道。“海岸+”高效航道共3项：1.清理淤泥；2.联通数据；3.巡查夜航。",
        ),
        ("高效航道行动前三个月要做什么？", None),
        ("保障措施第九条是什么？", None),
        ("渔民补贴的第二条是什么？", None),
    ],
)
def test_some_of_a_list(question: str, told: str | None) -> None:
    ready = asked(question)
    assert text_of(answer_picked(ready, searched(ready, PLAN))) == told


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("渔民服务是第几项行动？", "“海岸+”渔民服务是第三项，“重点行动”共3项："),
        ("资金支持排第几条？", "“完善资金支持”是第二项，“保障措施”共3项："),
        ("渔民服务是最后一项行动吗？", "是，“海岸+”渔民服务是第三项，"),
        ("资金支持是保障措施的第三条吗？", "不是，“完善资金支持”是第二项，"),
        ("海岸线长度排第几位？", None),
        ("渔民服务水平在全国排第几？", None),
    ],
)
def test_which_item_of_its_list_one_is(question: str, begins: str | None) -> None:
    ready = asked(question)
    told = text_of(answer_position(ready, searched(ready, PLAN)))
    assert told is None if begins is None else told is not None and told.startswith(begins)


def test_of_what_is_no_item_it_is_told_where_it_stands() -> None:
    ready = asked("保障措施里有没有单独一条叫基金？")
    assert text_of(answer_member(ready, searched(ready, PLAN))) == (
        "没有，“保障措施”共3项：（一）加强组织领导；（二）完善资金支持；（三）加强队伍建设。"
        "“（二）完善资金支持”：设立基金。"
    )


RULES = """\
湖港市灯塔条例
第一章 总则
第一条 为了修好灯塔，制定本条例。
第二条 本条例适用于全市。
第二章 修塔
第三条 港务局每年修两座。
第四条 换下的灯要回收。
第三章 偷灯的处罚
第五条 偷灯的，罚一千元。
第六条 损坏灯的，照价赔偿。
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> SourceDocument:
    path = tmp_path_factory.mktemp("documents") / "条例.txt"
    path.write_text(RULES, encoding="utf-8")
    return load_document(path)


@pytest.mark.parametrize(
    ("question", "passed_on"),
    [
        ("第三条的下一条讲什么？", "第四条讲什么?"),
        ("第五条的前一条怎么规定的", "第四条怎么规定的"),
        ("第三条的下一章讲什么？", None),  # of another sort
        ("第一条的上一条是什么？", None),
    ],
)
def test_the_article_beside_one_known_by_its_number(
    question: str, passed_on: str | None, rules: SourceDocument
) -> None:
    heard: list[str] = []

    def ask(words: str, _: str) -> Draft | None:
        heard.append(words)
        return Draft((Line("换下的灯要回收。", (("条例", 0, 1),)),))

    ready = asked(question)
    answer_beside(ready, searched(ready, rules), ask)
    assert heard[:1] == ([passed_on] if passed_on else [])


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("偷灯的处罚这一章的最后一条是什么？", "损坏灯的，照价赔偿。"),
        ("修塔那一章前一条讲什么", None),
    ],
)
def test_an_article_of_a_chapter_from_its_end(question: str, told: str | None, rules: SourceDocument) -> None:
    ready = asked(question, places={rules.doc_id: frozenset({1})})
    assert text_of(answer_picked(ready, searched(ready, rules))) == told
