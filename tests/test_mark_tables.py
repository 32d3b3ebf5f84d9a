"""Tables of marks: the rows of the case that is asked for, and no others."""

from __future__ import annotations

from outlined import outlined
from qa.mark_tables import answer_marks
from searched import asked, searched

TABLE = outlined(
    "一、渡船换证材料\n"
    "序号|材料名称|新领|重大事故补领|过户|要求\n"
    "1|申请表|√|√|√|现场填写\n2|船检证书|√|—|√|原件\n3|遗失声明|—|√|—|—\n4|买卖合同|—|—|√|复印件\n",
    "指南",
    title="渡船证书指南",
)


def told(question: str) -> list[str]:
    ready = asked(question)
    draft = answer_marks(ready, searched(ready, TABLE))
    return [] if draft is None else [line.text for line in draft.lines]


def test_the_rows_marked_for_the_case_are_told_with_their_notes() -> None:
    assert told("渡船过户要带哪些材料？") == ["“过户”共3项：申请表（现场填写）；船检证书（原件）；买卖合同（复印件）。"]


def test_a_case_may_be_named_in_short() -> None:
    assert told("出了事故补领要什么材料？") == ["“重大事故补领”共2项：申请表（现场填写）；遗失声明。"]


def test_papers_of_no_named_case_are_told_for_each() -> None:
    assert [line[:4] for line in told("渡船证书要哪些材料？")] == ["“新领”", "“重大事", "“过户”"]


def test_papers_for_a_thing_that_the_document_never_names_are_not_told() -> None:
    assert told("渡船打捞要哪些材料？") == []


def test_a_row_that_is_named_is_told_by_its_cases() -> None:
    assert told("遗失声明在哪些情况下要交？") == ["遗失声明：重大事故补领。"]


def test_yes_or_no_is_left_to_others() -> None:
    assert told("过户要交船检证书吗？") == []
