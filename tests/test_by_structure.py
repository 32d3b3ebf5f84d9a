"""What the structure of documents answers, and where a sentence plainly says more."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from outlined import outlined
from qa.by_structure import if_read, read_as_less, told_by_sentence
from qa.evidence import Candidate
from qa.extractive import Draft, Line
from searched import asked, searched

PLAN = outlined(
    "一、盘活塔房\n修缮旧塔房。（市港务局、市财政局负责）\n"
    "二、职责\n市规划局牵头推进岸线出让和供应。岸线出让应当在30日内公告。\n",
    "plan",
)


def read(question: str, odds: float) -> Sequence[Candidate]:
    """The sentences for a question, the best of them read to answer with these log odds."""
    best, *others = [c for c in searched(asked(question), PLAN) if c.tells]
    return [best.changed(odds=odds), *others]


@pytest.mark.parametrize(
    ("question", "odds", "told"),
    [
        ("岸线出让和供应由哪个部门牵头推进？", 2.0, True),
        ("岸线出让和供应由哪个部门牵头推进？", -2.0, False),  # not read to answer
        ("岸线出让公告由谁负责？", 11.0, False),  # the sentence does not say by whom
    ],
)
def test_where_the_structure_gave_nothing_a_sentence_that_is_read_to_answer_is_enough(
    question: str, odds: float, told: bool
) -> None:
    assert told_by_sentence(asked(question), read(question, odds)) is told


PAPERS = Draft((Line("塔房登记应当提交下列材料，共2项：（一）图纸；（二）证照。", (("plan", 0, 6),)),), method="list")


def kept(question: str, odds: float, sentence: float = -9.0) -> bool:
    """Whether a list that the reader gives these odds of answering is given, beside a sentence with its own."""
    bot: Any = SimpleNamespace(simplified=lambda _: PLAN, odds_of=lambda *_: odds)
    probe, candidates = asked(question), read(question, sentence)[:1]
    found: Any = SimpleNamespace(probe=probe, question=probe.question, candidates=candidates)
    return if_read(PAPERS, found, bot) is PAPERS


def test_a_list_that_is_read_to_be_of_another_thing_is_no_answer() -> None:
    assert kept("船员证要交哪些材料？", -1.0)
    assert not kept("船员证要交哪些材料？", -8.0)


def test_a_list_gives_way_to_a_sentence_that_is_read_to_answer_much_rather() -> None:
    assert kept("船员证要交哪些材料？", -1.0, sentence=3.0)
    assert not kept("船员证要交哪些材料？", -1.0, sentence=7.0)
    assert kept("“盘活塔房”这一部分分几块？", -1.0, sentence=7.0)


def test_what_a_question_names_by_its_heading_or_says_in_full_needs_no_reading() -> None:
    assert kept("“盘活塔房”这一部分分几块？", -8.0)
    assert kept("塔房登记材料有哪些？", -8.0)


def test_a_list_that_announces_another_thing_is_no_answer() -> None:
    assert kept("船员证要交哪些材料？", -1.0)
    assert not kept("船员证要看哪些技能？", -1.0)


def test_a_list_that_the_first_sentence_announces_goes_before_a_sentence_read_to_answer() -> None:
    rules = outlined(
        "一、规划\n1.各市应当编制渔港专项规划，报本级政府批准。\n2.渔港专项规划应当包含下列内容：\n（1）布局；\n（2）泊位。\n",
        "rules",
    )
    ready = asked("渔港专项规划要写哪些内容？")
    found = sorted(searched(ready, rules), key=lambda c: "下列" not in c.text)
    announced = next(c for c in found if "下列" in c.text)
    items = rules.text.index("（1）布局")
    listed = Draft((Line("共2项：布局；泊位。", (("rules", items, items + 5),)),), method="list")
    bot = SimpleNamespace(simplified=lambda _: rules, odds_of=lambda *_: -2.0)
    state: Any = SimpleNamespace(
        probe=ready,
        candidates=[announced, *(c.changed(odds=9.0) for c in found if c is not announced)],
        question=ready.question,
    )
    reader: Any = bot
    assert if_read(listed, state, reader) is listed
    state.candidates = sorted(state.candidates, key=lambda c: "编制" not in c.text)
    assert if_read(listed, state, reader) is None


def test_a_part_of_the_structure_yields_to_a_sentence_read_far_better() -> None:
    rules = outlined("一、划分\n鱼市、网厂等铺面属于港区商户。港区商户集中的街巷由港务局划定。\n", "rules")
    ready = asked("哪些铺面算作港区商户？")
    told = next(c for c in searched(ready, rules) if c.text.startswith("鱼市"))
    member = next(c for c in searched(ready, rules) if c.text.startswith("港区"))

    def yields(draft: Draft, read: float, sentence: float) -> bool:
        state: Any = SimpleNamespace(
            probe=ready, candidates=[told.changed(odds=sentence), member], question=ready.question
        )
        reader: Any = SimpleNamespace(odds_of=lambda *_: read)
        return read_as_less(draft, state, reader)

    by_words = Draft((Line(member.text, (member.span,)),), method="members")
    assert yields(by_words, 0.5, sentence=8.0)
    assert not yields(by_words, 2.0, sentence=8.0)
    assert yields(by_words, -2.0, sentence=4.0)  # read as no answer
    assert not yields(by_words, -2.0, sentence=2.0)
    assert not yields(by_words, -5.0, sentence=0.5)
    less = Draft((Line("鱼市。", (member.span,)),), method="members")
    assert yields(less, 8.0, sentence=9.0)  # plainly an answer, and it says more of what is asked
    own = Draft((Line(told.text, (told.span,)),), method="members")
    assert not yields(own, -5.0, sentence=8.0)  # the very sentence
    whole = Draft((Line("《港区商户划分办法》", (member.span,)),), method="document")
    assert not yields(whole, -5.0, sentence=8.0)  # what a document is no sentence tells
    number = Draft((Line("文号：港发〔2024〕6号。", (member.span,)),), method="metadata")
    assert not yields(number, -5.0, sentence=9.0)  # nor its number, where it has none itself
    third = Draft((Line("（三）修船。", (member.span,)),), method="nth")
    assert not yields(third, -5.0, sentence=9.0)  # what is asked for by its place


def test_a_note_that_says_by_whom_yields_to_no_sentence_that_does_not() -> None:
    rules = outlined(
        "一、灯塔\n灯塔由港务局油漆。灯塔守望和灯塔补给归灯塔公司。灯塔守望和灯塔补给每季一次。\n", "rules"
    )
    ready = asked("灯塔补给由哪个部门负责？")
    named, without = (next(c for c in searched(ready, rules) if words in c.text) for words in ("公司", "每季"))
    note = Draft((Line("灯塔由港务局油漆。", (("rules", 5, 14),)),), method="duty")
    reader: Any = SimpleNamespace(odds_of=lambda *_: -4.0)

    def yields(sentence: Candidate, draft: Draft) -> bool:
        found: Any = SimpleNamespace(probe=ready, candidates=[sentence.changed(odds=8.0)], question=ready.question)
        return read_as_less(draft, found, reader)

    assert not yields(without, note)
    silent = Draft((Line("灯塔刷白漆。", (("rules", 5, 14),)),), method="duty")
    assert yields(named, silent)
