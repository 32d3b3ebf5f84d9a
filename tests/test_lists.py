"""Lists, single members of them, sections and contents tables, as the outline has them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.document import SourceDocument
from corpus.load import load_document
from outlined import outlined
from qa.contents_answers import answer_contents
from qa.extractive import Draft
from qa.listing import list_asked, list_of_children, list_of_lines
from qa.lists import answer_list
from qa.nth_answers import answer_nth
from qa.overview import answer_document
from qa.section_answers import answer_section, answer_summary
from searched import asked, rarity, searched

PLAN = outlined(
    "一、基本原则\n（一）安全第一。出海前检查渔船。\n（二）因地制宜。各港自定办法。\n（三）公开透明。账目上墙。\n"
    "二、重点工程\n（一）修复灯塔。修复旧塔，每年修复两座。\n（二）清理航道。每年清理一次。\n"
    "三、保障措施\n落实经费。\n",
    "规划",
    title="海岸保护规划",
)
CONTENTS = outlined(
    "一、目录\n第一章 海岸 1\n第一节 潮汐 2\n第二节 沙滩 9\n第二章 航标 15\n第一节 灯塔 16\n第二节 浮标 20\n第三节 雾号 25\n",
    "书",
    kind="toc",
)


def text_of(draft: Draft | None) -> str:
    assert draft is not None
    return "".join(line.text for line in draft.lines)


def proves(draft: Draft | None, document: SourceDocument, quotes: list[str]) -> bool:
    """Whether a draft cites exactly these pieces of a document."""
    assert draft is not None
    return [document.text[a:b].strip() for line in draft.lines for _, a, b in line.spans] == quotes


@pytest.mark.parametrize(
    "question",
    [
        "基本原则有哪些？",
        "三条基本原则分别是什么？",
        "请列出基本原则。",
        "基本原则有几条？",
        "规划提了哪几条基本原则？",
    ],
)
def test_a_list_is_given_whole_with_its_count(question: str) -> None:
    ready = asked(question)
    draft = answer_list(ready, searched(ready, PLAN), rarity)
    assert text_of(draft) == "“基本原则”共3项：（一）安全第一；（二）因地制宜；（三）公开透明。"
    assert proves(draft, PLAN, ["（一）安全第一。", "（二）因地制宜。", "（三）公开透明。"])


@pytest.mark.parametrize(
    "question", ["工程部分的两个抓手是什么？", "重点工程这块要干哪些事？", "概述重点工程部分的安排"]
)
def test_a_list_is_called_by_what_it_is(question: str) -> None:
    ready = asked(question)
    draft = answer_list(ready, searched(ready, PLAN), rarity)
    assert text_of(draft) == "“重点工程”共2项：（一）修复灯塔；（二）清理航道。"


@pytest.mark.parametrize(
    "question",
    [
        "修复灯塔有哪些要求？",
        "渔民补贴有哪些种类？",
        "出海前检查什么？",
        "保障措施由谁落实？",
        "规划的两项重点工程里，灯塔怎么说？",
    ],
)
def test_a_question_about_a_member_or_something_else_gets_no_list(question: str) -> None:
    ready = asked(question)
    assert answer_list(ready, searched(ready, PLAN), rarity) is None


def test_the_supposed_count_decides_between_lists_of_like_names() -> None:
    two = outlined("一、工作要求\n（一）早。\n（二）快。\n二、工作要求\n（一）稳。\n（二）准。\n（三）实。\n", "通知")
    for question, size in (("两项工作要求是什么，列出来", 2), ("三项工作要求是什么，列出来", 3)):
        ready = asked(question)
        assert f"共{size}项" in text_of(answer_list(ready, searched(ready, two), rarity))


def test_a_name_in_quotation_marks_is_not_quoted_again() -> None:
    quoted = outlined("一、“灯塔+”行动\n（一）点灯。\n（二）护塔。\n", "规划")
    assert text_of(list_of_children(quoted, quoted.sections[0])) == "“灯塔+”行动共2项：（一）点灯；（二）护塔。"


def test_a_list_of_short_lines_without_numbers_is_given_as_it_stands() -> None:
    ports = outlined("一、开放码头名单\n东港\n西港\n南港\n", "通知")
    ready = asked("开放码头名单包括哪些？")
    text = text_of(answer_list(ready, searched(ready, ports), rarity))
    assert "东港" in text and "南港" in text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("第二条基本原则是什么？", "（二）因地制宜。"),
        ("第三个基本原则是什么？", "（三）公开透明。"),
        ("基本原则的最后一条是什么？", "（三）公开透明。"),
        ("基本原则的倒数第二条是什么？", "（二）因地制宜。"),
        ("第二项重点工程是什么？", "（二）清理航道。"),
    ],
)
def test_one_member_with_its_text(question: str, begins: str) -> None:
    ready = asked(question)
    draft = answer_nth(ready, searched(ready, PLAN), rarity)
    assert text_of(draft).startswith(begins)
    assert draft is not None and not draft.contradicts


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("第五条基本原则是什么？", "“基本原则”只有3项，没有第五条。"),
        ("第十二项重点工程是什么？", "“重点工程”只有2项，没有第十二项。"),
        ("重点工程的倒数第三项是什么？", "“重点工程”只有2项，没有倒数第三项。"),
    ],
)
def test_a_member_beyond_the_end_is_denied(question: str, says: str) -> None:
    ready = asked(question)
    draft = answer_nth(ready, searched(ready, PLAN), rarity)
    assert text_of(draft) == says
    assert draft is not None and draft.contradicts and draft.lines[0].spans


def test_a_question_without_an_ordinal_asks_for_no_member() -> None:
    ready = asked("基本原则是什么？")
    assert answer_nth(ready, searched(ready, PLAN), rarity) is None


def test_a_section_named_by_its_place_is_told() -> None:
    third = next(s for s in PLAN.sections if s.title == "保障措施")
    ready = asked("第三部分讲了什么？", places={"规划": frozenset({third.index})})
    assert text_of(answer_section(ready, searched(ready, PLAN), rarity)) == "三、保障措施。落实经费。"


def test_a_summary_of_a_section_with_parts_names_them() -> None:
    ready = asked("概括一下重点工程。")
    assert text_of(answer_section(ready, searched(ready, PLAN), rarity)) == (
        "“重点工程”共2项：（一）修复灯塔；（二）清理航道。"
    )


def test_a_summary_of_what_no_section_is_called_is_not_taken_from_the_outline() -> None:
    ready = asked("概括一下渔民补贴。")
    assert answer_section(ready, searched(ready, PLAN), rarity) is None


def test_a_summary_without_a_heading_of_its_own_is_the_section_of_the_best_sentence() -> None:
    measures = outlined("一、奖补办法\n牧户每户奖励两千元。逾期不申报的不予奖励。\n", "办法")
    ready = asked("用几句话说说牧户奖励。")
    assert text_of(answer_summary(ready, searched(ready, measures))) == (
        "一、奖补办法。牧户每户奖励两千元。逾期不申报的不予奖励。"
    )
    assert answer_summary(asked("牧户奖励多少？"), searched(asked("牧户奖励多少？"), measures)) is None


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("这本书有几章？", "共2章：第一章 海岸；第二章 航标。"),
        ("列出各章章名。", "共2章：第一章 海岸；第二章 航标。"),
        ("第一章有哪些节？", "共2节：第一节 潮汐；第二节 沙滩。"),
        ("第二章有几节？", "共3节：第一节 灯塔；第二节 浮标；第三节 雾号。"),
    ],
)
def test_chapters_and_their_sections_come_from_the_contents_table(question: str, says: str) -> None:
    assert text_of(answer_contents(asked(question), [PLAN, CONTENTS])) == says


@pytest.mark.parametrize(
    "question", ["灯塔在哪里？", "第七章有几节？", "第二章讲了什么？", "第十二节讲了什么？", "灯塔在第几章？"]
)
def test_what_the_contents_table_does_not_tell(question: str) -> None:
    assert answer_contents(asked(question), [CONTENTS]) is None


def test_what_stands_below_a_part_named_by_its_number() -> None:
    ready = asked("规划第二部分下面有几项？", hinted=["规划"])
    found = searched(ready, PLAN)
    assert text_of(answer_nth(ready, found, rarity)).startswith("“重点工程”共2项")
    itself = asked("第二部分“重点工程”下面有哪几项？", hinted=["规划"])
    assert text_of(answer_list(itself, searched(itself, PLAN), rarity)).startswith("“重点工程”共2项")


def test_each_of_several_lists() -> None:
    ready = asked("基本原则和重点工程各有哪几项？")
    told = text_of(answer_list(ready, searched(ready, PLAN), rarity))
    assert "“基本原则”共3项" in told and "“重点工程”共2项" in told


NAMES = outlined("一、先进集体（3个）\n海港局\n灯塔站\n渔政队\n二、其他\n落实经费。\n", "名单", title="表扬名单")


def test_a_list_of_lines_in_one_sentence() -> None:
    ready = asked("先进集体有哪些？", hinted=["名单"])
    draft = answer_list(ready, searched(ready, NAMES), rarity)
    assert text_of(draft) == "“先进集体”共3项：海港局；灯塔站；渔政队。"


def test_the_n_th_line_and_one_beyond_the_last() -> None:
    ready = asked("先进集体第二个是谁？", hinted=["名单"])
    assert text_of(answer_nth(ready, searched(ready, NAMES), rarity)) == "灯塔站。"
    beyond = asked("先进集体第五个是谁？", hinted=["名单"])
    draft = answer_nth(beyond, searched(beyond, NAMES), rarity)
    assert draft is not None and draft.contradicts and "只有3项" in text_of(draft)


def test_what_a_named_document_is_about() -> None:
    ready = replace(asked("海岸保护规划讲了什么？", hinted=["规划"]), named=frozenset({"规划"}))
    draft = answer_document(ready, [PLAN])
    assert text_of(draft) == "分为3部分：一、基本原则；二、重点工程；三、保障措施。"
    other = replace(asked("海岸保护规划的灯塔讲了什么浮标？", hinted=["规划"]), named=frozenset({"规划"}))
    assert answer_document(other, [PLAN]) is None


RULE = outlined(
    "一、总则\n（一）有下列情形之一的，可以停航：\n1.大雾。\n2.台风。\n其他情形另行规定。\n", "规则", title="停航规则"
)


def test_the_items_of_an_article_are_counted() -> None:
    draft = list_of_children(RULE, replace(RULE.sections[1], title=""))
    assert text_of(draft) == "（一）有下列情形之一的，可以停航，共2项：1.大雾；2.台风。"


def test_a_heading_that_announces_items_is_the_list_asked_for() -> None:
    document = outlined(
        "一、招标\n守塔单位通过招标确定，合同期两年。\n"
        "二、守塔单位应当具备下列条件：\n（一）配有救生艇。\n（二）近三年没有事故。\n",
        "办法",
        title="灯塔办法",
    )
    ready = asked("想当守塔单位，要过哪几道门槛？")
    text = text_of(answer_list(ready, searched(ready, document), rarity))
    assert text.endswith("共2项：（一）配有救生艇；（二）近三年没有事故。")


def test_an_item_that_is_nearest_stands_for_the_list_that_it_is_of() -> None:
    document = outlined(
        "一、守塔人员\n守塔人员应当满足下列条件：\n（一）能够驻塔，每条规定都懂。\n（二）近三年没有事故。\n",
        "办法",
        title="灯塔办法",
    )
    ready = asked("当守塔人员要够哪几条？")
    by_items = sorted(searched(ready, document), key=lambda c: "驻塔" not in c.text)
    assert "共2项：（一）能够驻塔" in text_of(answer_list(ready, by_items, rarity))
    # What the item itself says is asked about: it alone answers.
    ready = asked("哪些人每条规定都懂，能够驻塔？")
    by_items = sorted(searched(ready, document), key=lambda c: "驻塔" not in c.text)
    assert answer_list(ready, by_items, rarity) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "一、总体要求\n（一）工作原则\n科学修复，分类施策。依据监测修复海岸。\n公众参与，共建共享。账目向渔民公开。\n",
            "科学修复，分类施策；公众参与，共建共享",
        ),
        (
            "一、总体要求\n（一）工作原则\n坚持科学修复、分类施策，依据监测修复海岸。坚持公众参与、共建共享，账目公开。\n",
            "坚持科学修复、分类施策；坚持公众参与、共建共享",
        ),
        (
            "一、总体要求\n修复海岸是大事。\n——坚持科学修复。依据监测修复海岸。\n——坚持公众参与。账目向渔民公开。\n到2030年建成。\n",
            "坚持科学修复；坚持公众参与",
        ),
    ],
)
def test_principles_are_listed_by_the_words_that_they_begin_with(text: str, told: str) -> None:
    document = outlined(text + "二、保障\n落实经费。\n", "方案", title="海岸修复方案")
    ready = asked("海岸修复要坚持哪些原则？")
    assert told in text_of(answer_list(ready, searched(ready, document), rarity))


def test_a_sentence_that_counts_off_as_many_things_tells_them_itself() -> None:
    document = outlined(
        "一、总体要求\n实施修塔、清航、护岸三大行动。\n二、实施修塔行动\n（一）旧塔。修。\n（二）新塔。建。\n（三）浮标。换。\n",
        "方案",
    )
    ready = asked("分哪三大行动？")
    found = [replace(c, odds=3.0) if "三大行动" in c.text else c for c in searched(ready, document)]
    assert answer_list(ready, sorted(found, key=lambda c: -c.odds), rarity) is None


def test_a_chapter_may_be_called_by_its_title() -> None:
    draft = answer_contents(asked("讲海岸照明的那一章分哪几节？"), [LIGHTS])
    assert text_of(draft) == "共2节：第一节 选址；第二节 灯具。"


LIGHTS = outlined(
    "一、目录\n第一章 海岸保护 1\n第一节 植树 2\n第二章 海岸照明新法 15\n第一节 选址 16\n第二节 灯具 20\n",
    "书",
    kind="toc",
)


RULES = (
    "湖港市灯塔办法\n第一章 总则\n"
    + "".join(f"第{n}条 灯塔按规定修好。\n" for n in "一二三四五六七八九十")
    + "第二章 罚则\n第十一条 偷灯的罚一千元。\n第十二条 损坏的赔偿。\n"
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> SourceDocument:
    path = tmp_path_factory.mktemp("documents") / "办法.txt"
    path.write_text(RULES, encoding="utf-8")
    return load_document(path)


@pytest.mark.parametrize("question", ["第十二条讲什么？", "第十二条怎么规定的"])
def test_a_number_of_several_words_names_a_place_and_says_nothing_else(question: str, rules: SourceDocument) -> None:
    twelfth = next(s for s in rules.sections if s.label == "第十二条")
    ready = asked(question, places={rules.doc_id: frozenset({twelfth.index})})
    assert text_of(answer_section(ready, searched(ready, rules), rarity)) == "损坏的赔偿。"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("灯塔办法一共有几章？", "共2章：第一章 总则；第二章 罚则。"),
        ("办法分哪几章？", "共2章：第一章 总则；第二章 罚则。"),
        ("渔民补贴的办法有几章？", None),
        ("条例有几章？", None),
    ],
)
def test_chapters_without_a_contents_table(question: str, told: str | None, rules: SourceDocument) -> None:
    draft = answer_contents(asked(question), [PLAN, rules])
    assert (None if draft is None else text_of(draft)) == told


def test_an_item_that_has_items_itself() -> None:
    plan = outlined(
        "一、重点任务\n（一）修塔。\n1.买灯。每年买。\n2.换灯。每年换。\n（二）疏航。\n1.挖泥。用船挖。\n2.测深。每月测。\n3.设标。设五个。\n",
        "方案",
    )
    ready = asked("重点任务第二项下面有几条任务？")
    assert "共3项：1.挖泥" in text_of(answer_list(ready, searched(ready, plan), rarity))


def test_of_the_rows_of_a_table_the_column_is_told_that_the_question_names() -> None:
    rows = "序号|区|名称|年份\n1|东区|北港灯塔|1901\n2|西区|南港灯塔|1903\n3|东区|中港灯塔|1907\n"
    table = outlined(f"一、注销灯塔目录\n{rows}二、其他\n另行通知。\n", "目录", title="灯塔目录")
    question = asked("注销的三座灯塔分别叫什么名称？")
    draft = answer_list(question, searched(question, table), rarity)
    assert draft is not None and draft.lines[0].text == "“注销灯塔目录”共3项：北港灯塔；南港灯塔；中港灯塔。"


SCHEDULE = outlined(
    "一、重点工作\n（一）修塔。\n（二）清港。\n（三）培训。\n"
    "二、进度安排\n（一）启动阶段（3月至4月）。成立专班。\n（二）实施阶段（5月）。每月调度。\n（三）总结阶段（10月）。考核。\n",
    "方案",
    title="渔港工作方案",
)


def test_items_that_are_called_as_the_question_calls_them() -> None:
    ready = asked("渔港工作方案分几个阶段推进？")
    draft = answer_list(ready, searched(ready, SCHEDULE), rarity)
    assert text_of(draft).startswith("“进度安排”共3项：（一）启动阶段（3月至4月）")


def test_of_two_lists_below_a_heading_the_one_that_is_asked_for() -> None:
    rules = outlined(
        "一、评估对象\n符合下列条件之一的，可以申请：\n（一）未评过的。\n（二）满五年的。\n有下列情形之一的，不予评估：\n（一）未年检的。\n（二）被处罚的。\n"
    )
    heading = rules.sections[0]
    assert text_of(list_asked(rules, heading, "哪些可以申请?")) == "“评估对象”共2项：（一）未评过的；（二）满五年的。"


def test_notes_beside_the_rows_of_a_table() -> None:
    table = outlined("一、仪器\n序号|仪器|地点\n1|声呐|东港\n2|雷达|西港\n校内用户另计。\n")
    assert text_of(list_of_lines(table, table.sections[0], "有哪些仪器?")) == "“仪器”共2项：声呐；雷达。"


def test_of_lines_with_their_years_or_in_groups_those_that_are_named() -> None:
    sheds = outlined("一、往年认定的鱼坊\n东港坊（2020年）\n西港坊（2020年）\n北港坊（2021年）\n", title="鱼坊名单")
    told = text_of(list_of_lines(sheds, sheds.sections[0], "2021年认定了哪些鱼坊?"))
    assert told == "“往年认定的鱼坊”共1项：北港坊（2021年）。"
    shops = outlined("一、渔具店名单\n东关街道\n大船渔具店\n柳湾镇\n小船渔具店\n平价超市\n", title="渔具店名单")
    told = text_of(list_of_lines(shops, shops.sections[0], "柳湾镇有哪些渔具店?"))
    assert told == "“渔具店名单”柳湾镇共2项：小船渔具店；平价超市。"
