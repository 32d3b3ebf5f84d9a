"""Which documents the words of a question point at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.document import AUTHORITY, Header
from qa.scope import mentions
from qa.towns import towns_named
from small import bot_of


@dataclass(frozen=True)
class Entry:
    doc_id: str
    header: Header


ENTRIES = [
    Entry(
        "决定",
        Header("国务院关于保护灯塔的决定", "国发〔2031〕12号", kind="决定", authority=AUTHORITY["state_council"]),
    ),
    Entry("办法", Header("湖港市渔火码头管理办法", "湖政发〔2032〕5号", kind="办法", authority=AUTHORITY["local"])),
    Entry("论文", Header("海岸照明的经济分析", kind="论文", authority=AUTHORITY["paper"])),
    Entry("百科", Header("航标", kind="百科", authority=AUTHORITY["encyclopedia"])),
]


@pytest.mark.parametrize(
    ("question", "doc_ids"),
    [
        ("国发〔2031〕12号怎么说？", {"决定"}),
        ("国发[2031]12号怎么说？", {"决定"}),
        ("5号文怎么说？", {"办法"}),
        ("《渔火码头管理办法》怎么说？", {"办法"}),
        ("《湖港市渔火码头管理办法》怎么说？", {"办法"}),
        ("论文里怎么说？", {"论文"}),
        ("按百科的说法，什么是航标？", {"百科"}),
        ("国务院文件怎么说？", {"决定"}),
        ("红头文件里怎么说？", {"决定"}),
        ("这份决定对灯塔怎么说？", {"决定"}),  # the only one of its kind
        ("这个办法有没有说码头几点关门？", {"办法"}),
        ("办法里码头几点关门？", {"办法"}),
        ("渔火码头归谁管？", {"办法"}),  # a piece of one title that no other title has
    ],
)
def test_a_question_points_at_a_document(question: str, doc_ids: set[str]) -> None:
    assert [set(m.doc_ids) for m in mentions(question, ENTRIES)] == [doc_ids]


@pytest.mark.parametrize(
    "question",
    [
        "灯塔几点亮灯？",
        "论文要写灯塔，文件里怎么说？",  # the asker's own
        "国发〔2030〕99号怎么说？",
        "99号文怎么说？",
        "《潮汐发电条例》怎么说？",
        "这份通知怎么说？",  # none is of that kind
        "灯塔保险的这个办法怎么说？",  # told by what it is about
        "请介绍管理办法。",  # words that titles share by their form
        "体检报告单在哪里领？",
    ],
)
def test_a_question_that_points_at_nothing(question: str) -> None:
    assert mentions(question, ENTRIES) == ()


def test_documents_come_in_the_order_of_the_words() -> None:
    found = mentions("百科和论文的说法有什么不同？", ENTRIES)
    assert [m.doc_ids for m in found] == [{"百科"}, {"论文"}]
    assert [m.words for m in found] == ["百科", "论文"]


def test_an_official_document_is_set_beside_another_by_its_kind() -> None:
    found = mentions("论文和决定对灯塔的说法一样吗？", ENTRIES)
    assert [(m.words, m.doc_ids, m.sure) for m in found] == [("论文", {"论文"}, True), ("决定", {"决定"}, True)]


def test_official_sources_and_others_are_told_apart() -> None:
    found = mentions("国务院文件和论文各怎么说？", ENTRIES)
    assert [m.doc_ids for m in found] == [{"决定"}, {"论文"}]


def test_words_that_point_at_every_document_point_at_none() -> None:
    assert mentions("论文里怎么说？", [ENTRIES[2]]) == ()


TEXTS = {
    "决定": "灯塔应当修缮。集聚区另行规定。",
    "办法": "湖港市的渔火码头向游客开放。",
    "论文": "海岸照明的成本逐年下降。",
    "百科": "航标是助航设施。码头的收费。",
}


def holders(piece: str) -> list[str]:
    return [doc_id for doc_id, text in TEXTS.items() if piece in text]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("湖港收停泊费吗？", [({"办法"}, True)]),  # a place that stands before 市 in the title
        ("海岸照明要多少钱？", [({"论文"}, False)]),  # words of one title alone, but words that anybody may use
        ("码头几点关门？", []),  # another document speaks of it too
        ("灯塔谁来修？", [({"决定"}, False)]),
    ],
)
def test_a_name_that_stands_in_one_document_alone_points_at_it(
    question: str, found: list[tuple[set[str], bool]]
) -> None:
    assert [(set(m.doc_ids), m.sure) for m in mentions(question, ENTRIES, holders)] == found


def test_a_source_that_the_question_turns_down_is_not_pointed_at() -> None:
    assert mentions("别拿百科糊弄我，灯塔几点亮灯？", ENTRIES) == ()


def test_a_document_that_others_carry_out_is_pointed_at_but_not_alone_meant() -> None:
    assert [m.sure for m in mentions("为落实12号文出了哪些措施？", ENTRIES)] == [False]
    assert [m.sure for m in mentions("12号文提了哪些措施？", ENTRIES)] == [True]


def test_a_day_of_a_month_is_no_number_of_a_document() -> None:
    assert mentions("8月12号开放吗？", ENTRIES) == ()


@pytest.mark.parametrize(
    ("question", "sure"),
    [
        ("国务院文件有没有提到灯塔？", True),
        ("官方对灯塔的经费怎么规定的？", True),
        ("国务院文件印发以后灯塔修了几座？", False),  # what came of it stands elsewhere
    ],
)
def test_a_source_that_is_to_say_something_is_meant_beyond_doubt(question: str, sure: bool) -> None:
    assert [m.sure for m in mentions(question, ENTRIES)] == [sure]


_TOWNS = {
    "潮安": "潮安市人力资源局关于开展渔工住房补贴申报工作的公告\n\n一、标准\n\n渔工每月补贴2000元，最长36个月。\n",
    "沙河": "沙河市渔工住房补贴实施办法\n\n第一条 渔工每月补贴2500元。补贴期限为24个月。\n\n第二条 年龄不超过40周岁。\n",
}


@pytest.mark.parametrize(
    ("question", "doc_ids"),
    [
        ("沙河市渔工住房补贴多少钱？", [{"沙河"}]),  # their titles share 渔工住房补贴
        ("潮安市渔工住房补贴多少钱？", [{"潮安"}]),
        ("沙河市渔工住房补贴什么时候申报？", [{"沙河"}]),  # 申报 is an everyday word
        ("沙河市和潮安市的渔工住房补贴各多少？", [{"沙河"}, {"潮安"}]),
    ],
)
def test_words_that_titles_share_add_nothing_to_a_name(tmp_path: Path, question: str, doc_ids: list[set[str]]) -> None:
    bot = bot_of(tmp_path, {**_TOWNS, "灯塔": "灯塔管理规定\n\n第一条 灯塔由航标站管理。\n"})
    found = mentions(question, bot.documents(), bot.index.holders)
    assert [set(m.doc_ids) for m in found] == doc_ids


def test_the_figure_of_another_town_is_no_answer(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {**_TOWNS, "灯塔": "灯塔管理规定\n\n第一条 灯塔由航标站管理。\n"})
    for question in ("潮安市渔工住房补贴年龄不超过多少岁？", "潮安市渔工住房补贴最长多少个月？"):
        assert {c.doc_id for c in bot.ask(question).citations} <= {"潮安"}


def test_a_town_that_others_mention_still_points_at_its_documents(tmp_path: Path) -> None:
    other = "渔工住房工作简报\n\n一、情况\n\n沙河市、潮安市先行先试。\n"
    bot = bot_of(tmp_path, {**_TOWNS, "简报": other, "灯塔": "灯塔管理规定\n\n第一条 灯塔由航标站管理。\n"})
    (found,) = mentions("沙河市补贴期限多久？", bot.documents(), bot.index.holders)
    assert found.sure and found.doc_ids == {"沙河", "简报"}


def test_a_piece_that_begins_inside_another_word_names_no_document() -> None:
    entries = [Entry("a", Header("甲市居住证办理服务指南")), Entry("b", Header("甲市灯塔规定"))]
    assert not mentions("暂住证办理时限多久？", entries, lambda _: ())
    assert mentions("居住证办理时限多久？", entries, lambda _: ())


_OF_ONE_TOWN = [
    Entry("水价", Header("沙河市发展和改革局关于调整水价的通知", issuer="沙河市发展和改革局")),
    Entry("住房", Header("沙河市住房补贴办法", issuer="沙河市住房局")),
    Entry("防汛", Header("沙河市防汛预案", issuer="沙河市人民政府")),
]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("沙河市发生洪水时由谁组织停课？", []),  # of 发展 no more than 发
        ("沙河市住户要几成同意？", []),
        ("沙河市发展渔业由谁牵头？", []),  # how the name of a body begins
        ("沙河市住房怎么补贴？", ["沙河市住房"]),
        ("沙河市防汛由谁指挥？", ["沙河市防汛"]),
        ("沙河市发展和改革局说了什么？", ["沙河市发展和改革局"]),
    ],
)
def test_a_name_is_repeated_in_whole_words_and_not_as_the_mere_beginning_of_a_body(
    question: str, words: list[str]
) -> None:
    everywhere = {entry.doc_id for entry in _OF_ONE_TOWN}
    found = mentions(question, _OF_ONE_TOWN, lambda piece: everywhere if len(piece) == 2 else ())
    assert [m.words for m in found] == words


def test_in_some_work_is_no_place() -> None:
    assert towns_named("养塔育灯中省港航厅负责什么？") == []  # 中|省港航厅
    assert towns_named("汉中市有几座灯塔？") == ["汉中市"]


def test_a_mark_of_a_title_is_no_letter_of_a_name(tmp_path: Path) -> None:
    texts = {
        "plan": "丁市“十四五”灯塔规划\n灯塔每年检修。\n",
        "notice": "丁市港航局关于印发《丁市渔船管理办法》的通知\n渔船每年检验。\n",
        "faq": "《丁市浮标管理规定》政策问答\n浮标每年查验。\n",
        "other": "戊县灯塔办法\n灯塔由专人看守。\n",
    }
    bot = bot_of(tmp_path, texts)
    assert bot.find("《丁市“十四五”灯塔规划》的索引号是什么？").probe.hinted == {"plan"}


def test_a_piece_of_a_longer_word_is_no_name(tmp_path: Path) -> None:
    bot = bot_of(
        tmp_path,
        {
            "care": "丁市养老服务条例\n养老院每年检查一次。养老金由区里发放。\n",
            "light": "丁市灯塔检修通知\n灯塔每年检修一次，费用由区里承担。\n",
        },
    )
    assert "养老金" in bot.find("发放养老金由谁负责？").probe.words
    assert "养老" not in bot.find("养老由谁负责检查？").probe.words  # what every sentence of it is about


def test_a_year_before_everyday_words_makes_no_name_of_them(tmp_path: Path) -> None:
    bot = bot_of(
        tmp_path,
        {
            "accounts": "关于丁市2023年财政决算的报告\n渔港维护支出9万元。\n",
            "figures": "丁市统计公报\n2023年渔港产值9万元。\n",
        },
    )
    found = mentions("2023年财政收入多少？", bot.documents(), bot.index.holders)
    assert [m.sure for m in found] == [False]
    assert "财政收入" in bot.find("2023年财政收入多少？").probe.topic  # the name ends within that word


def test_a_body_that_acts_points_at_no_document_that_its_name_is_in() -> None:
    titles = ("甲市灯塔看守方案", "甲省海洋渔业厅关于印发渔港办法的通知", "甲市航道办法")
    entries = [Entry(title, Header(title)) for title in titles]
    assert mentions("修塔是市海洋渔业局牵头的吗？", entries) == ()
    assert {d for m in mentions("海洋渔业厅的那份通知怎么说？", entries) for d in m.doc_ids} == {titles[1]}
