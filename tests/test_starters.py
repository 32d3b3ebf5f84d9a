"""Questions to click on: made from the documents, each of them answered from the place it was made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.tokens import fold
from qa import PolicyQA
from qa.answer import Answer
from qa.starters import follow_ups, starters

PLAN = """甲市人民政府关于印发甲市数字乡村建设行动方案的通知
甲政发〔2024〕7号

各区县人民政府，市有关部门：

现将《甲市数字乡村建设行动方案》印发给你们，请认真贯彻执行。

甲市数字乡村建设行动方案

一、总体要求
数字乡村是指以信息化带动农业农村现代化的发展过程。到2027年，行政村5G网络覆盖率达到95%。

二、重点任务
（一）建设乡村网络
加快光纤和基站向自然村延伸。（市通信管理局牵头，市财政局配合）
（二）发展智慧农业
推广大田物联网和智能农机。（市农业农村局牵头，市科技局配合）
（三）培育农村电商
支持县级物流中心建设。（市商务局牵头，市农业农村局配合）
（四）办好线上学堂
开设农民数字技能课程。（市农业农村局牵头，市教育局配合）

三、保障措施
（一）加强资金支持
市级财政每年安排专项资金。
（二）加强人才培训
每年培训新型职业农民。
（三）加强督促检查
定期通报工作进展。

甲市人民政府
2024年3月5日
"""
RULES = """乙县养老服务管理办法

第一章 总则
第一条 为了规范养老服务，制定本办法。
第二条 本办法所称养老服务，是指为老年人提供的生活照料、康复护理和精神慰藉等服务。

第二章 服务机构
第三条 设立养老机构应当具备下列条件：
（一）有固定的场所；
（二）有十张以上床位；
（三）有合格的护理人员。

第三章 附则
第四条 本办法自2023年5月1日起施行。
"""


REPLY = """丁省人民政府关于同意举办丙湖观鸟节的复函
丁政函〔2022〕31号

丙湖市人民政府：

同意举办丙湖观鸟节，所需经费自行解决。

丁省人民政府
2022年9月6日
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "010_xiangcun.txt").write_text(PLAN, encoding="utf-8")
    (folder / "011_yanglao.txt").write_text(RULES, encoding="utf-8")
    (folder / "012_guanniao.txt").write_text(REPLY, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def found(bot: PolicyQA) -> dict[str, str]:
    """The questions to begin with, by kind."""
    return {starter.kind: starter.question for starter in starters(bot)}


def test_there_is_one_question_of_each_kind(found: dict[str, str]) -> None:
    assert list(found) == ["duty", "reverse_duty", "list", "figure", "definition"]


def test_every_question_is_answered_from_a_document_and_not_refused(bot: PolicyQA, found: dict[str, str]) -> None:
    told = {kind: bot.ask(question) for kind, question in found.items()}
    assert [kind for kind, answer in told.items() if answer.refused or not answer.citations] == []
    assert "牵头" in found["duty"] and any(d in told["duty"].text for d in ("通信管理局", "商务局", "农业农村局"))
    assert found["reverse_duty"].endswith("市农业农村局牵头哪些工作？"), "the only one that leads more than one task"
    assert "智慧农业" in told["reverse_duty"].text and "线上学堂" in told["reverse_duty"].text
    assert "2027年" in found["figure"] and "95" in told["figure"].text


def test_questions_name_the_document_that_they_are_about(found: dict[str, str]) -> None:
    assert all("《" in question for kind, question in found.items() if kind in ("reverse_duty", "list", "figure"))


def test_the_same_documents_give_the_same_questions_and_fewer_when_fewer_are_wanted(
    bot: PolicyQA, found: dict[str, str]
) -> None:
    assert [starter.question for starter in starters(bot, 2)] == list(found.values())[:2]
    assert starters(bot, 0) == []


def test_documents_without_any_of_it_give_no_questions(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("今天天气不错。\n我们去了公园。\n", encoding="utf-8")
    assert starters(PolicyQA.open([tmp_path / "note.txt"], tmp_path / "data")) == []


# --- after an answer


def test_what_follows_is_about_the_same_document_new_and_answered(bot: PolicyQA) -> None:
    answer = bot.ask("发展智慧农业由谁牵头？")
    assert not answer.refused
    next_ones = follow_ups(bot, answer)
    assert 1 <= len(next_ones) <= 3
    assert fold(answer.question) not in map(fold, next_ones)
    for question in next_ones:
        told = bot.ask(question)
        assert not told.refused, question
        assert {citation.doc_id for citation in told.citations} == {"010_xiangcun"}, question


@pytest.mark.parametrize(
    ("question", "doc_id"),
    [
        ("数字乡村是指什么？", "010_xiangcun"),
        ("办好线上学堂由谁牵头？", "010_xiangcun"),
        ("养老机构要有几张床位？", "011_yanglao"),
        ("发展智慧农业要花多少亿元？", "010_xiangcun"),
        ("同意丙湖观鸟节的复函是哪天写的？", "012_guanniao"),
    ],
)
def test_three_questions_follow_also_of_a_short_document_and_each_is_answered(
    bot: PolicyQA, question: str, doc_id: str
) -> None:
    answer = bot.ask(question)
    assert {citation.doc_id for citation in (*answer.citations, *answer.nearest)} == {doc_id}
    next_ones = follow_ups(bot, answer)
    assert len(set(next_ones)) == 3
    assert [q for q in next_ones if bot.ask(q).refused] == []


def test_what_was_asked_is_not_offered_again(bot: PolicyQA) -> None:
    answer = bot.ask("发展智慧农业由谁牵头？")
    first = follow_ups(bot, answer)
    again = follow_ups(bot, answer, [(question, "") for question in first])
    assert not set(first) & set(again)


def test_after_a_refusal_the_nearest_clauses_lead_on(bot: PolicyQA) -> None:
    answer = bot.ask("发展智慧农业要花多少亿元？")
    assert answer.refused and answer.nearest
    assert follow_ups(bot, answer)


def test_an_answer_without_sources_or_of_a_document_that_is_gone_leads_nowhere(bot: PolicyQA) -> None:
    assert follow_ups(bot, Answer("问？", "答。")) == []

    class Empty:
        def document(self, doc_id: str) -> None:
            raise KeyError(doc_id)

    assert follow_ups(Empty(), bot.ask("发展智慧农业由谁牵头？")) == []  # type: ignore[arg-type]
