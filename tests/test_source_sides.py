"""Questions that set documents side by side without naming them: by level, place, kind or version."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import AUTHORITY, Header
from index.tokens import fold
from qa.bot import PolicyQA
from qa.editions import asks_beside, of_one_version
from qa.source_sides import sides_in, source_asked
from qa.towns import owners
from small import bot_of

_HEADERS = {
    "nation": Header("关于灯塔值守的通知", issuer="交通运输部", authority=AUTHORITY["ministry"]),
    "province": Header("河朔省灯塔管理办法", issuer="河朔省人民政府", authority=AUTHORITY["local"]),
    "city": Header("东港市灯塔值守实施细则", authority=AUTHORITY["local"]),
    "plan": Header("东港市“十四五”灯塔建设规划", authority=AUTHORITY["local"]),
    "year": Header("东港市航道局关于印发《东港市2025年灯塔工作计划》的通知", authority=AUTHORITY["local"]),
}


def test_a_document_is_of_a_level_by_its_issuer_or_title() -> None:
    assert [owners(header) for header in _HEADERS.values()] == [
        {"国家": ""},
        {"省": "河朔省"},
        {"市": "东港市"},
        {"市": "东港市"},
        {"市": "东港市"},
    ]
    assert owners(Header("东港市西岸区灯塔补助办法")) == {"县": "西岸区"}
    assert owners(Header("上海市灯塔条例")) == {"省": "上海市", "市": "上海市"}
    assert owners(Header("灯塔手册")) == {}


@pytest.mark.parametrize(
    ("question", "sides", "asked"),
    [
        ("值守时间国家和省里分别怎么规定？", ["nation", "province"], "值守时间"),
        ("备用灯塔，河朔省和东港市的规定有什么不同？", ["province", "city plan year"], "备用灯塔"),
        ("省办法和市细则对备用灯塔的规定有什么不同？", ["province", "city"], "备用灯塔"),
        ("灯塔检修，省里规定几天，市里规定几天？", ["province", "city plan year"], "灯塔检修规定几天"),
        ("灯塔座数的目标，规划和年度计划一样吗？", ["plan", "year"], "灯塔座数的目标是多少"),
        ("灯塔座数，“十四五”规划和2025年工作计划分别是多少？", ["plan", "year"], "灯塔座数是多少"),
    ],
)
def test_what_is_set_side_by_side_is_asked_without_its_names(question: str, sides: list[str], asked: str) -> None:
    ids, core = sides_in(fold(question), _HEADERS)
    assert [" ".join(sorted(side)) for side in ids] == sides
    assert core == asked


def test_reports_and_plans_are_sources_by_their_form() -> None:
    headers = {
        "report": Header("政府工作报告", issuer="东港市人民政府", authority=AUTHORITY["local"]),
        "figures": Header("东港市2024年国民经济和社会发展统计公报", authority=AUTHORITY["local"]),
        "outline": Header("东港市第十四个五年规划纲要", authority=AUTHORITY["local"]),
        "middle": Header("关于《东港市第十四个五年规划纲要》实施情况中期评估的报告", authority=AUTHORITY["local"]),
    }

    def sides(question: str) -> tuple[list[list[str]], str]:
        ids, asked = sides_in(fold(question), headers)
        return [sorted(side) for side in ids], asked

    assert sides("渔获增速，政府报告和统计公报说的一样吗？") == ([["report"], ["figures"]], "渔获增速是多少")
    assert sides("规划纲要和中期评估里灯塔总数分别是多少？") == ([["outline"], ["middle"]], "灯塔总数是多少")


@pytest.mark.parametrize(
    "question",
    [
        "省级和市级示范灯塔的奖励有什么不同？",  # two sorts of lighthouses
        "超市里和夜市里的灯有什么不同？",
        "省里规定几天？",
        "灯塔几座？",
    ],
)
def test_other_questions_set_no_documents_side_by_side(question: str) -> None:
    assert sides_in(fold(question), _HEADERS) == ([], "")


def test_the_one_source_that_is_asked() -> None:
    def asked(question: str) -> list[str]:
        source = source_asked(fold(question), _HEADERS)
        return sorted(source.doc_ids) if source is not None else []

    assert asked("检修省里规定几天？") == ["province"]
    assert asked("2025年工作计划里灯塔要建几座？") == ["year"]
    assert asked("计划建几座灯塔？") == []
    assert asked("省里和市里规定几天？") == []


_TEXTS = {
    "province": """河朔省人民政府办公厅关于印发河朔省灯塔管理办法的通知
河政办规〔2022〕11号
各市人民政府：
现将《河朔省灯塔管理办法》印发给你们。
第一条 灯塔备用金由县级人民政府设立，每座灯塔不少于5万元。
第二条 看守人应当自发现故障之日起10日内完成检修，提出报告。
河朔省人民政府办公厅
2022年8月30日
""",
    "city": """东港市灯塔管理实施细则
东府办规〔2023〕5号
第一条 根据《河朔省灯塔管理办法》，制定本细则。
第二条 灯塔备用金每座灯塔不少于8万元，由区财政拨付。
第三条 看守人应当自发现故障之日起7日内完成检修，提出报告。
第四条 新建灯塔的补助资金，省级承担六成，市级承担四成。
第五条 本细则自2023年6月1日起施行。
东港市人民政府办公室
2023年4月25日
""",
    "budget": """东港市2024年预算报告
东港市财政局
2024年1月10日
市里安排预备费0.8亿元，主要用于防汛。
""",
    "old": """东港市航道局关于印发《东港市浮标补助办法（试行）》的通知
东航发〔2019〕4号
现将《东港市浮标补助办法（试行）》印发给你们。
第一条 补助分为购置补助和维护补助。
第二条 购置补助分3年拨付，每年比例为40%、30%、30%。
第三条 维护补助按浮标座数确定：铁浮标每座每年50元；木浮标每座每年100元。
第四条 资金由市、区按5∶5比例分担。
东港市航道局
2019年5月21日
""",
    "new": """东港市航道局关于印发《东港市浮标补助办法》的通知
东航规〔2025〕6号
现将《东港市浮标补助办法》印发给你们。
第一条 补助分为购置补助、维护补助和奖励。
第二条 购置补助分2年拨付，每年50%。
第三条 维护补助按浮标吨位确定：大浮标每座每年200元；小浮标每座每年300元。
第四条 资金由市级财政和区财政分担，西岸区按6∶4分担，其他区按7∶3分担。
第五条 本办法自2025年3月1日起施行，《东港市浮标补助办法（试行）》（东航发〔2019〕4号）同时废止。
东港市航道局
2025年1月12日
""",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def _cited(bot: PolicyQA, question: str) -> list[str]:
    return [citation.doc_id for citation in bot.ask(question).citations]


@pytest.mark.parametrize(
    "question",
    ["灯塔备用金省里和东港市分别要求多少？", "灯塔备用金省里和市里有什么不同？", "灯塔备用金省和市的规定一样吗？"],
)
def test_each_level_is_asked_for_its_own_rule(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert [c.doc_id for c in answer.citations] == ["province", "city"]
    assert answer.text.startswith("《河朔省人民政府办公厅关于印发河朔省灯塔管理办法的通知》（河政办规〔2022〕11号）：")
    assert "5万元" in answer.text and "8万元" in answer.text


@pytest.mark.parametrize("place", ["河朔省", "河朔"])
def test_a_city_that_cites_its_province_is_not_asked_for_the_provinces_rule(bot: PolicyQA, place: str) -> None:
    assert _cited(bot, f"{place}的看守人几日内完成检修？") == ["province"]
    assert _cited(bot, f"{place}的灯塔备用金每座不少于多少？") == ["province"]
    assert _cited(bot, "东港市的灯塔备用金每座不少于多少？") == ["city"]


@pytest.mark.parametrize(
    "question", ["新旧办法资金分担比例有什么不同？", "浮标补助的资金分担比例，2019年和2025年两个办法有什么变化？"]
)
def test_two_versions_are_each_asked_what_is_asked_of_both(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert "原来：资金由市、区按5∶5比例分担" in answer.text and "现在：资金由市级财政和区财政分担" in answer.text
    assert [c.doc_id for c in answer.citations] == ["old", "new"]


def test_of_a_thing_alone_the_paragraph_is_told_that_begins_with_it(bot: PolicyQA) -> None:
    text = bot.ask("新旧办法维护补助有什么变化？").text
    assert "原来：维护补助按浮标座数确定：铁浮标每座每年50元；" in text
    assert "现在：维护补助按浮标吨位确定：大浮标每座每年200元；" in text


def test_what_one_sentence_tells_of_both_levels_is_no_word_of_two_sources(bot: PolicyQA) -> None:
    assert _cited(bot, "新建灯塔的补助资金省里和市里分别承担几成？") == ["city"]


_OLD_AND_NEW = {
    "old": """己市灯塔补贴通知
己民发〔2018〕4号
一、补贴标准
甲类灯塔每座每月补贴50元。
乙类灯塔每座每月补贴90元。
二、发放方式
灯塔补贴按季度发放，季度末月25日前打入银行账户。
三、验收
灯塔竣工后30日内组织验收。
""",
    "new": """己市灯塔补贴办法
己民规〔2023〕6号
第一条 甲类灯塔每座每月补贴60元。乙类灯塔每座每月补贴120元。
第二条 灯塔补贴每月15日前通过银行账户发放。
第三条 灯塔竣工后15日内组织验收。
第四条 本办法自2023年7月1日起施行。《己市灯塔补贴通知》（己民发〔2018〕4号）同时废止。
""",
}


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("versions"), _OLD_AND_NEW)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("甲类灯塔每月补贴以前是多少，现在呢？", ["50元", "60元"]),
        ("甲类灯塔每月补贴原来是多少？", ["50元", "60元"]),  # the earlier rule is never told alone
        ("乙类灯塔每月补贴比原来提高了多少？", ["90元", "120元", "两者相差30元"]),
        ("灯塔补贴以前是按季度发放，现在呢？", ["25日前", "15日前"]),
        ("灯塔竣工验收的时间比以前缩短了多少天？", ["30日", "15日", "两者相差15日"]),
    ],
)
def test_what_was_so_before_is_told_with_what_is_so_now(versions: PolicyQA, question: str, said: list[str]) -> None:
    text = versions.ask(question).text
    assert text.startswith("原来：") and "现在：" in text
    assert [text.find(word) >= 0 for word in said] == [True] * len(said), text


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("补贴以前是多少，现在呢？", "补贴是多少"),
        ("补贴比原来多了多少？", "补贴是多少"),
        ("以前要不要交照片，现在还要吗？", "要不要交照片"),
        ("新办法和2018年的通知比，补贴提高了多少？", "补贴是多少"),
        ("老人的补贴现在是多少，以前呢？", "老人的补贴是多少"),
    ],
)
def test_what_is_asked_of_one_version(question: str, asked: str) -> None:
    assert of_one_version(fold(question)) == asked


def test_a_time_before_something_speaks_of_no_earlier_version() -> None:
    assert asks_beside(fold("补贴以前是多少？"))
    assert not asks_beside(fold("2019年8月31日以前建成的灯塔有补贴吗？"))
    assert not asks_beside(fold("原来已经在领补贴的人，哪天开始按新标准拿钱？"))
    assert not asks_beside(fold("旧办法里补贴是多少？"))  # who names the earlier document asks for its word alone
    assert asks_beside(fold("旧办法里补贴是多少，新办法呢？"))


def test_the_level_that_a_question_asks_for_is_the_one_that_answers(tmp_path: Path) -> None:
    city = "东港市航道局关于灯塔补助的通知\n建灯塔的，市里再补助10%，单座最高30万元。\n此前补助标准为单座最高12万元。\n"
    province = "河朔省人民政府关于灯塔补助的意见\n建灯塔的，补助30%，单座最高100万元。\n"
    bot = bot_of(tmp_path, {"city": city, "province": province})
    assert "100万元" in bot.ask("建一座灯塔，省里最高补助多少？").text
    told = bot.ask("东港市建灯塔的补助，单座最高以前多少、现在多少？").text
    assert "原来：" in told and "12万元" in told and "现在：" in told and "30万元" in told
    assert "12万元" not in bot.ask("东港市灯塔补助单座最高多少？").text
