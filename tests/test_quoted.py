"""Wordings, names and figures that a question repeats, found in several documents and set side by side."""

from __future__ import annotations

import pytest

from fakes import HashEmbedder
from index.tokens import fold
from outlined import outlined
from qa.bot import PolicyQA
from qa.extractive import Draft, Line
from qa.sides import answer_sides, pair_in, with_what_differs

_OPINION = """\
国务院关于推进灯塔建设的意见
国发〔2031〕7号
各省、自治区、直辖市人民政府：
一、总体要求
灯塔网络是以航标为节点和公共要素的航海新体系。完善灯塔标准规范，增强航行意识，强化灯器管理与养护，保障航道通畅。
二、发展目标
到2032年，沿海灯塔全部通电，值守队伍基本稳定，航道照明的格局基本形成。
——灯器更新进一步加快。渔港照明更加完善，夜航事故明显减少。
到2036年，智能灯塔体系基本建成，灯塔成为航海服务的重要支撑。
三、重点任务
（一）港口照明。推广雾笛联动装置，引导夜间进港船只，缩短船只候泊时间。
（二）渔区照明。在渔区布设雾笛，及时提醒小型渔船避让，减少碰撞。
（三）旧灯器回收。利用编号标签跟踪报废灯器流向，支持企业搭建回收平台。
国务院
2031年3月1日
"""
_EXCERPT = """\
国务院关于推进灯塔建设的意见（网页节选）
国发〔2031〕7号
一、总体要求
灯塔网络是以航标为节点和公共要素的航海新体系。完善灯塔标准规范，增强航行意识，强化灯器管理和养护，保障航道通畅。
"""
_PAPER = """\
海岸照明研究
我国先后推出了《国务院关于推进灯塔建设计划的意见》《北港灯塔2040》等文件。
本文把灯塔网络看作以航标为节点和服务工具的航海新体系。
一、实现目标
到2034年，初步形成灯塔的标准体系，研发新型灯器。渔港照明更加完善，雾天巡查成为常态。
到2036年，形成完善的灯塔标准体系，突破灯器关键技术；将各地示范灯塔推广到全部海区。
到2040年，形成引领国际的灯塔体系。
二、现状
2029年，全国灯塔看守人员6.4万人。截至2030年6月，灯塔看守人员约7.1万人。全国灯塔经费近3.2亿元。灯塔经费约3.2亿元，比上年增长5%。
"""
_SOURCES = """\
["opinion.txt"]
title = "国务院关于推进灯塔建设的意见"
issuer = "国务院"
number = "国发〔2031〕7号"
written = 2031-03-01
kind = "意见"
authority = "state_council"
["excerpt.txt"]
title = "国务院关于推进灯塔建设的意见（网页节选）"
issuer = "国务院"
number = "国发〔2031〕7号"
kind = "意见"
authority = "state_council"
["paper.txt"]
title = "海岸照明研究"
kind = "论文"
authority = "paper"
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in (
        ("opinion.txt", _OPINION),
        ("excerpt.txt", _EXCERPT),
        ("paper.txt", _PAPER),
        ("sources.toml", _SOURCES),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("data"), embedder=HashEmbedder())


def quotes(bot: PolicyQA, question: str) -> list[tuple[str, str]]:
    answer = bot.ask(question)
    assert {s.support for s in answer.statements} <= {"verified"}
    return [(c.doc_id, c.quote.rstrip("。；，")) for c in answer.citations]


def test_two_wordings_stand_beside_each_other_the_official_first(bot: PolicyQA) -> None:
    told = quotes(bot, "论文写的是“节点和服务工具”，国务院文件写的是“节点和公共要素”，引用哪个？")
    assert [doc_id for doc_id, _ in told] == ["opinion", "paper"]
    assert "节点和公共要素" in told[0][1] and "节点和服务工具" in told[1][1]


def test_what_another_document_words_otherwise_is_its_nearest_clause(bot: PolicyQA) -> None:
    question = "论文写的“以航标为节点和服务工具”，国务院原文也是这么写的吗？"
    assert bot.ask(question).text.startswith("不一致，")
    assert {doc_id for doc_id, _ in quotes(bot, question)} == {"opinion", "paper"}


def test_two_copies_show_the_clauses_that_hold_the_words(bot: PolicyQA) -> None:
    told = quotes(bot, "网页节选和全文在“强化灯器管理”后面差一个字，各是哪个字？")
    assert [doc_id for doc_id, _ in told] == ["opinion", "excerpt"]
    assert "管理与养护" in told[0][1] and "管理和养护" in told[1][1]


def test_what_dots_stand_for_may_differ(bot: PolicyQA) -> None:
    assert bot.ask("网页节选和全文里“强化灯器……养护”用词一样吗？").text.startswith("不一致，")
    assert bot.ask("网页节选和全文里“灯塔网络是……新体系”用词一样吗？").text.startswith("一致，")


def test_the_years_of_one_wording_are_compared(bot: PolicyQA) -> None:
    answer = bot.ask("“渔港照明更加完善”，国务院意见和论文定的是同一年吗？")
    assert answer.text.startswith("不是，") and "到2032年" in answer.text and "到2034年" in answer.text


def test_a_name_stands_beside_the_title_of_the_document_itself(bot: PolicyQA) -> None:
    told = quotes(bot, "论文里引的国务院文件名和原文标题对得上吗？")
    assert told == [("opinion", "国务院关于推进灯塔建设的意见"), ("paper", "《国务院关于推进灯塔建设计划的意见》")]


@pytest.mark.parametrize(
    "question",
    [
        "“港口照明”和“旧灯器回收”，写法一样吗？",  # names of tasks
        "“灯塔”和“航标”是一回事吗？",  # too short to be a wording
        "“渔港照明更加完善”是什么意思？",  # nothing is compared
        "国务院意见的标题是什么？",
    ],
)
def test_what_compares_no_wordings_is_answered_otherwise(bot: PolicyQA, question: str) -> None:
    assert not bot.ask(question).text.startswith(("一致，", "不一致，"))


def test_one_figure_told_with_two_words_is_one(bot: PolicyQA) -> None:
    answer = bot.ask("灯塔经费，一处写近3.2亿，一处写约3.2亿，一致吗？")
    assert answer.text.startswith("一致，") and "近3.2亿元" in answer.text and "约3.2亿元" in answer.text


def test_two_figures_are_told_with_their_dates_and_no_verdict(bot: PolicyQA) -> None:
    answer = bot.ask("灯塔看守人员，一处写六万多，一处写7.1万，是写错了吗？")
    assert "2029年" in answer.text and "2030年6月" in answer.text and not answer.text.startswith(("不", "一致"))


def test_several_values_stand_in_order(bot: PolicyQA) -> None:
    told = quotes(bot, "灯塔看守人员到底有多少人？论文里给了两个数，各是什么时候的？")
    assert [quote[:5] for _, quote in told] == ["2029年", "截至203"]


def test_the_goals_of_two_years_are_of_one_document(bot: PolicyQA) -> None:
    told = quotes(bot, "国务院意见里2032年和2036年的目标有什么不同？")
    assert [(doc_id, quote[:6]) for doc_id, quote in told] == [("opinion", "到2032年"), ("opinion", "到2036年")]


def test_a_year_for_which_a_document_sets_nothing(bot: PolicyQA) -> None:
    answer = bot.ask("国务院意见有没有给2034年设目标？")
    assert answer.text.startswith("没有2034年的目标，写到的是2032年、2036年的。")
    assert answer.statements[0].support == "verified"
    assert not bot.ask("国务院意见有没有给2036年设目标？").text.startswith("没有")


def test_a_point_below_a_year_is_told_with_it(bot: PolicyQA) -> None:
    answer = bot.ask("同样是2036年，国务院意见和论文对示范灯塔的目标有什么不同？")
    assert "到2036年，将各地示范灯塔推广到全部海区" not in answer.text  # one of them says nothing of it
    answer = bot.ask("2036年的目标，国务院意见和论文有什么不同？")
    assert "智能灯塔体系基本建成" in answer.text and "形成完善的灯塔标准体系" in answer.text


def test_the_years_of_two_documents(bot: PolicyQA) -> None:
    text = bot.ask("国务院意见和论文的目标，时间节点各是哪几年？").text
    assert [year in text for year in ("2032", "2034", "2036", "2040")] == [True] * 4


def test_one_thing_in_two_places_is_told_from_each(bot: PolicyQA) -> None:
    draft = answer_sides(bot.find("雾笛在港口和渔区里都提到了，各自为的是什么？"), bot)
    assert draft is not None and len(draft.lines) == 2
    assert "进港船只" in draft.lines[0].text and "小型渔船" in draft.lines[1].text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("“智能灯塔”和“灯器回收”这两条，分别靠什么技术？", ("智能灯塔", "灯器回收")),
        ("港口的雾笛和渔区的雾笛，说的是一回事吗？", ("港口", "渔区")),
        ("补贴和贷款，一个动用的是什么钱，一个动用的是什么钱？", ("补贴", "贷款")),
        ("港口和渔区各有多少座灯塔？", None),  # figures are compared otherwise
        ("港口照明和渔区照明这两条，分别由谁牵头？", None),
        ("港口和渔区的照明任务有哪些？", None),
    ],
)
def test_what_a_question_sets_side_by_side(question: str, names: tuple[str, str] | None) -> None:
    pair = pair_in(fold(question))
    assert (None if pair is None else pair.names) == names


def test_whether_two_things_are_one_gets_no_verdict(bot: PolicyQA) -> None:
    assert not bot.ask("港口的雾笛和渔区的雾笛，说的是一回事吗？").text.startswith(("是", "不"))


STEPS = outlined(
    "一、灯语\n新灯语与旧灯语相比，前两步相同，从第三步起出现了变化。第三步变为长闪，第四步变为短闪，最后一步熄灭。\n"
    "二、岸灯\n东岸和西岸的灯色有所不同。灯塔应当编号。\n",
    "办法",
    title="灯语办法",
)


def drafted(text: str, method: str = "sentences") -> Draft:
    start = STEPS.text.index(text)
    return Draft((Line(text, ((STEPS.doc_id, start, start + len(text)),)),), method=method)


def test_what_only_says_that_things_differ_is_told_with_how() -> None:
    first = drafted("新灯语与旧灯语相比，前两步相同，从第三步起出现了变化。")
    lines = with_what_differs(first, "新灯语跟旧灯语有什么不同", lambda _: STEPS).lines
    assert [line.text for line in lines[1:]] == ["第三步变为长闪，第四步变为短闪，最后一步熄灭。"]
    assert with_what_differs(first, "灯语由谁定", lambda _: STEPS) == first
    alone = drafted("东岸和西岸的灯色有所不同。")
    assert with_what_differs(alone, "东岸和西岸有什么不同", lambda _: STEPS) == alone  # what follows says no how
