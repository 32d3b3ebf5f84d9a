"""Tasks and departments set beside each other, what is excepted, what is taken for granted: over a small document."""

from __future__ import annotations

import pytest

from fakes import HashEmbedder
from qa.bot import PolicyQA
from qa.duty_comparisons import asks_comparison, asks_whether
from qa.duty_followup import of_bodies
from qa.patterns import person_missing
from qa.question import understand

ORCHARDS = """\
省人民政府关于果园更新的意见
青政发〔2020〕4号
各市人民政府：
现就果园更新提出以下意见。
一、重点工程
（一）老树改造工程。淘汰老化品种，换接新枝。（省农业农村厅、省林业局、省财政厅等负责，列第一位者为牵头部门，下同）
（二）果品冷藏工程。建设产地冷库。（省商务厅、省农业农村厅负责）
（三）果农培训工程。开办果农夜校。（省人力资源社会保障厅、省财政厅共同牵头）
（四）节水灌溉工程。铺设滴灌管网。（省水利厅、省农业农村厅、省财政厅、省林业局、省气象局负责）
二、保障措施
（一）强化资金保障。统筹财政资金。（省财政厅、省税务局等负责）
（二）严格苗木检疫。查处带病苗木。（省林业局牵头）
（三）办好采摘节庆。每年秋天举办。（省商务厅、省财政厅、省税务局负责）
省人民政府
2020年5月6日
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "果园.txt").write_text(ORCHARDS, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("data"), embedder=HashEmbedder())


@pytest.mark.parametrize(
    ("question", "begins", "said", "unsaid"),
    [
        # Two tasks: the same lead or not.
        ("果品冷藏工程和办好采摘节庆是不是同一个部门牵头？", "是，", ["“果品冷藏工程”", "“办好采摘节庆”"], []),
        ("果品冷藏工程和节水灌溉工程是不是同一个部门牵头？", "不是，", ["省商务厅牵头", "省水利厅牵头"], []),
        ("果品冷藏工程和节水灌溉工程是不是由不同的部门打头？", "是，", ["省商务厅牵头"], []),
        ("果品冷藏工程和节水灌溉工程，牵头部门一样吗？", "不一样，", ["省水利厅牵头"], []),
        ("果品冷藏工程和节水灌溉工程的牵头部门有什么不同？", "“", ["省商务厅牵头", "省水利厅牵头"], ["不一样，"]),
        # One department alone, or among others.
        ("果农培训工程是不是就省财政厅一家牵头？", "不是，", ["共同牵头"], []),
        ("严格苗木检疫是省林业局一家说了算？", "是，", [], []),
        ("强化资金保障只找省财政厅负责就行，对不？", "不是，", ["省税务局等参与"], []),
        ("强化资金保障是省财政厅一家负责吗？", "不是，", ["省税务局等参与"], []),
        ("老树改造工程由省林业局牵头？", "不是，", ["省农业农村厅牵头"], []),
        ("省税务局要不要管强化资金保障？", "要，", ["省税务局在名单之内"], []),
        ("省气象局列进果品冷藏工程的名单了吗？", "没有，", ["由省商务厅、省农业农村厅负责，其中省商务厅牵头"], []),
        ("哪几项工程不归省水利厅牵头？", "不由省水利厅牵头的共3项", ["冷藏", "老树", "培训"], ["灌溉"]),
        ("大多一家牵头，哪几项是共同牵头？", "共同牵头的共1项", ["果农培训工程"], ["冷藏"]),
        ("严格苗木检疫这条谁说了算？", "“严格苗木检疫”", ["省林业局"], []),
        ("省财政厅作为牵头单位出现在哪几项？", "省财政厅牵头2项", [], ["参与"]),
    ],
)
def test_answer(bot: PolicyQA, question: str, begins: str, said: list[str], unsaid: list[str]) -> None:
    answer = bot.ask(question)
    assert not answer.refused
    assert answer.text.startswith(begins), answer.text
    for words in said:
        assert words in answer.text, answer.text
    for words in unsaid:
        assert words not in answer.text, answer.text
    assert {s.support for s in answer.statements} == {"verified"}


@pytest.mark.parametrize(
    "question",
    [
        "既然老树改造工程改由省林业局牵头了，省农业农村厅还管什么？",
        "省税务局牵头的强化资金保障分几步走？",
        "果品冷藏工程由省农业农村厅牵头，要建哪些冷库？",
    ],
)
def test_a_lead_that_is_wrongly_supposed_is_corrected(bot: PolicyQA, question: str) -> None:
    assert bot.ask(question).premise == "contradicted"


def test_a_lead_that_is_rightly_supposed_is_not(bot: PolicyQA) -> None:
    assert bot.ask("省商务厅牵头的果品冷藏工程还有谁参与？").premise is None


@pytest.mark.parametrize("question", ["为什么由省水利厅牵头节水灌溉工程？", "凭什么果农培训工程由两家共同牵头？"])
def test_why_a_department_leads_is_not_told(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert answer.refused and "理由" in answer.text


@pytest.mark.parametrize(
    ("question", "compares"),
    [
        ("两项工程的部门一样吗", True),
        ("哪种果树结的果多", False),
        ("部门预算有多少", False),
        ("各部门和各省出的文件哪边多", False),
    ],
)
def test_comparisons_without_a_word_for_a_role(question: str, compares: bool) -> None:
    assert asks_comparison(question) is compares


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("老树改造工程由省林业局牵头？", True),
        ("老树改造工程由谁牵头？", False),
        ("省林业局是牵头还是参与？", False),
        ("省林业局牵头老树改造工程", False),
    ],
)
def test_a_question_mark_alone_asks_for_yes_or_no(question: str, asked: bool) -> None:
    assert asks_whether(understand(question)) is asked


@pytest.mark.parametrize(
    ("question", "standalone"),
    [
        ("还有别的部门吗？", "建冷库由谁牵头，还有哪些部门参与？"),
        ("除了它还有谁参与？", "建冷库由谁牵头，还有哪些部门参与？"),
        ("其他部门呢？", "建冷库由谁牵头，还有哪些部门参与？"),
        ("他们里头谁排第一？", "建冷库由谁牵头？"),
        ("其中哪家牵头？", "建冷库由谁牵头？"),
        ("还有别的补贴吗？", ""),
        ("其中谁能申请？", ""),
    ],
)
def test_follow_ups_about_the_departments_of_a_task(question: str, standalone: str) -> None:
    assert of_bodies(question, "建冷库有几个部门负责？", "建冷库") == standalone


def test_follow_ups_about_departments_need_talk_of_departments() -> None:
    assert of_bodies("还有谁？", "冷库建在哪里？", "冷库") == ""


def test_who_holds_an_office_is_told_by_its_name_only() -> None:
    assert person_missing("联席会议办公室主任由谁担任", ["联席会议设办公室,负责日常工作。"])
    assert not person_missing("联席会议办公室主任由谁担任", ["办公室主任由秘书长兼任。"])
    assert not person_missing("发展到什么程度由谁评估", ["由省财政厅评估。"])
