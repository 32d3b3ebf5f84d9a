"""What the structure of documents answers, and where a sentence plainly says more."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from outlined import outlined
from qa.by_structure import if_read, read_as_less, told_by_sentence
from qa.evidence import Candidate
from qa.extractive import Decline, Draft, Line
from searched import asked, searched

PLAN = outlined(
    "一、盘活塔房\n修缮旧塔房。（市港务局、市财政局负责）\n"
    "二、职责\n市规划局牵头推进岸线出让和供应。岸线出让应当在30日内公告。\n",
    "plan",
)
OF_ANOTHER_TASK = Draft((Line("“盘活塔房”由市港务局、市财政局负责。", (("plan", 0, 6),)),), method="duty")


def read(question: str, odds: float) -> Sequence[Candidate]:
    """The sentences for a question, the best of them read to answer with these log odds."""
    best, *others = [c for c in searched(asked(question), PLAN) if c.tells]
    return [best.changed(odds=odds), *others]


def test_a_sentence_that_plainly_answers_goes_before_the_note_of_another_task() -> None:
    question = "岸线出让和供应由哪个部门牵头推进？"
    assert told_by_sentence(asked(question), read(question, 11.0), OF_ANOTHER_TASK)
    assert told_by_sentence(asked(question), read(question, 11.0), Decline("not_in_corpus", "没有找到。"))


@pytest.mark.parametrize(
    ("question", "odds"),
    [
        ("岸线出让和供应由哪个部门牵头推进？", 5.0),  # read to answer, but not plainly
        ("岸线出让公告由谁负责？", 11.0),  # the sentence does not say by whom
        ("塔房由谁负责盘活？", 11.0),  # the note holds more of what is asked
    ],
)
def test_the_structure_answers_elsewhere(question: str, odds: float) -> None:
    assert not told_by_sentence(asked(question), read(question, odds), OF_ANOTHER_TASK)


def test_what_tells_the_sentence_itself_stays() -> None:
    question = "岸线出让和供应由哪个部门牵头推进？"
    told = Draft((Line("市规划局牵头推进岸线出让和供应。", (("plan", 0, 6),)),), method="acts")
    assert not told_by_sentence(asked(question), read(question, 11.0), told)


def test_where_the_structure_gave_nothing_a_sentence_that_is_read_to_answer_is_enough() -> None:
    question = "岸线出让和供应由哪个部门牵头推进？"
    nothing = Decline("not_in_corpus", "没有找到。")
    assert told_by_sentence(asked(question), read(question, 2.0), nothing)
    assert not told_by_sentence(asked(question), read(question, -2.0), nothing)


PAPERS = Draft((Line("塔房登记应当提交下列材料，共2项：（一）图纸；（二）证照。", (("plan", 0, 6),)),), method="list")


def kept(question: str, odds: float, sentence: float = -9.0) -> bool:
    """Whether a list that the reader gives these odds of answering is given, beside a sentence with its own."""
    bot: Any = SimpleNamespace(document=lambda _: PLAN, odds_of=lambda *_: odds)
    probe, candidates = asked(question), read(question, sentence)[:1]
    found: Any = SimpleNamespace(probe=probe, question=probe.question, candidates=candidates)
    return if_read(PAPERS, found, bot) is PAPERS


def test_a_list_that_is_read_to_be_of_another_thing_is_no_answer() -> None:
    assert kept("船员证要交哪些材料？", -1.0)
    assert not kept("船员证要交哪些材料？", -8.0)


def test_a_list_gives_way_to_a_sentence_that_is_read_to_answer_much_rather() -> None:
    assert kept("船员证要交哪些材料？", -1.0, sentence=4.0)
    assert not kept("船员证要交哪些材料？", -1.0, sentence=7.0)
    assert kept("“盘活塔房”这一部分分几块？", -1.0, sentence=7.0)


def test_what_a_question_names_by_its_heading_or_says_in_full_needs_no_reading() -> None:
    assert kept("“盘活塔房”这一部分分几块？", -8.0)
    assert kept("塔房登记材料有哪些？", -8.0)


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
    bot = SimpleNamespace(document=lambda _: rules, odds_of=lambda *_: -2.0)
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
    assert not yields(by_words, -2.0, sentence=6.0)  # neither plainly
    assert yields(by_words, -5.0, sentence=1.5)  # read as no answer at all
    assert not yields(by_words, -5.0, sentence=0.5)
    own = Draft((Line(told.text, (told.span,)),), method="members")
    assert not yields(own, -5.0, sentence=8.0)  # the very sentence
    more = Draft((Line("算作港区商户的铺面：鱼市、网厂。", (member.span,)),), method="members")
    assert not yields(more, -5.0, sentence=8.0)  # it says more of what is asked
