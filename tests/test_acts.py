"""What one body does, gathered from sentences."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.acts import answer_acts
from searched import asked, searched

RULES = outlined(
    "一、灯塔\n灯塔由海事局负责修缮，渔业局予以配合。海事局要每年检查灯塔。渔民可以向海事局反映灯塔损坏情况。\n"
    "二、航道\n财政局会同海事局安排航道疏浚经费。港务、海事等部门应当公布航道水深。海事局的船艇停在内港。潮位由港务部门测量。\n"
    "三、处罚\n有下列行为之一的，由海事局给予警告：\n（一）夜间不点灯的；\n（二）占用航道的。\n",
    "办法",
    title="内港管理办法",
)


def told(question: str) -> str | None:
    ready = asked(question)
    draft = answer_acts(ready, searched(ready, RULES))
    return None if draft is None else "".join(line.text for line in draft.lines)


def test_every_sentence_in_which_a_body_acts_is_told_and_counted() -> None:
    assert told("海事局在内港管理中要做哪些事？") == (
        "海事局共4项：灯塔由海事局负责修缮；海事局要每年检查灯塔；财政局会同海事局安排航道疏浚经费；"
        "有下列行为之一的，由海事局给予警告。"
    )


def test_those_that_speak_of_the_topic_asked_about() -> None:
    assert told("海事局对灯塔要做什么？") == "海事局共2项：灯塔由海事局负责修缮；海事局要每年检查灯塔。"


def test_one_of_several_bodies_before_the_word_that_they_share() -> None:
    assert told("港务部门要做什么？") == "港务部门共2项：港务、海事等部门应当公布航道水深；潮位由港务部门测量。"


@pytest.mark.parametrize("question", ["灯塔由谁修缮？", "海事局每年检查几次灯塔？", "邮政局要做什么？"])
def test_other_questions_are_left_to_others(question: str) -> None:
    assert told(question) is None


def test_a_list_of_duties_is_left_to_the_list() -> None:
    rules = outlined(
        "一、职责\n海事局应当履行下列职责：\n（一）点灯。\n（二）巡航。\n二、处罚\n海事局可以给予警告。\n", "办法"
    )
    ready = asked("海事局有哪些职责？")
    assert answer_acts(ready, searched(ready, rules)) is None
