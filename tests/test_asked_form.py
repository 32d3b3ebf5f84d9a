"""Sentences of the form that a question asks for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.tokens import fold
from outlined import outlined
from qa.asked_form import enumeration, lacks_actor, of_asked_form
from qa.evidence import Candidate
from searched import asked, searched


@pytest.mark.parametrize(
    ("question", "text", "lists"),
    [
        ("要保障渔民的哪几项权利?", "保障渔民的休息权、获酬权和安全权。", True),
        ("要保障渔民的哪几项权利?", "维护渔民权利,改善港口、码头和航道。", False),
        ("要比对哪些部门信息?", "推动船籍登记、出海记录、保险等信息比对。", True),
        ("可以通过哪些渠道报名?", "通过窗口、电话、网站等多种渠道报名。", True),
        ("哪些借口不能用来拖欠工钱?", "不得以换船长,结算未完等为由拖欠工钱。", True),
        ("哪些借口不能用来拖欠工钱?", "拖欠工钱的,责令改正、警告、罚款。", False),
        ("检查内容包括哪些?", "检查内容包括船体、网具和灯具。", True),
    ],
)
def test_a_clause_that_enumerates_what_is_asked_for(question: str, text: str, lists: bool) -> None:
    form = enumeration(question)
    assert form is None or bool(form.search(text)) == lists


RULES = outlined(
    "一、渔船\n渔船检查由船主申请。渔船检查合格的，发放合格标志，渔船凭标志出海。"
    "属于公务渔船的，由港务局负责检查。检查船体、网具、灯具等项目，登记在册。\n",
    "办法",
    title="渔船办法",
)


def chosen(question: str, answers: str) -> str | None:
    def read(_: str, sentences: Sequence[Candidate]) -> list[float]:
        return [5.0 if answers in c.text else 0.0 for c in sentences]

    ready = asked(question)
    found = sorted(searched(ready, RULES), key=lambda c: "合格标志" not in c.text)
    best = of_asked_form(ready, found, read)
    return None if best is None else best.text


def test_the_sentence_of_the_form_goes_first_where_it_is_read_to_answer() -> None:
    assert chosen("公务渔船的检查归谁管？", "港务局") == "属于公务渔船的，由港务局负责检查。"
    assert chosen("渔船检查哪些项目？", "网具") == "检查船体、网具、灯具等项目，登记在册。"


def test_no_other_sentence_goes_first() -> None:
    assert chosen("公务渔船的检查归谁管？", "没有这句") is None
    assert chosen("渔船多久检查一次？", "港务局") is None


def test_a_body_whose_other_name_stands_in_brackets_acts() -> None:
    assert not lacks_actor("渔具归谁管?", fold("渔政部门（海洋执法部门）负责渔具检查。"))
