"""What one body does, gathered from sentences."""

from __future__ import annotations

import time

import pytest

from corpus.document import SourceDocument
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


def told(question: str, rules: SourceDocument = RULES) -> str | None:
    ready = asked(question)
    draft = answer_acts(ready, searched(ready, rules))
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


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        # What it consents to or is asked for is done by others.
        ("经海事局同意的除外。渔船应当经海事局登记，方可出海。请海事局协助。", None),
        ("报海事局批准。经渔业局、海事局同意的，可以拆除灯塔。", None),
        ("会同海事局检查灯塔时，渔村应当派人。渔业局会同海事局清点灯塔。", "渔业局会同海事局清点灯塔"),
        (
            "会同渔业局、海事局检查灯塔时，渔村应当派人。港务局、渔业局会同财政局和海事局清点灯塔。",
            "港务局、渔业局会同财政局和海事局清点灯塔",
        ),
        ("一是渔村点灯；二是海事局巡查灯塔；三是船队送油。", "二是海事局巡查灯塔"),
        # Others begin their clauses, whatever they are called.
        ("渔村负责点灯，船队负责送油，海事局负责巡查；渔村承担油费。", "海事局负责巡查"),
        ("海事局建立灯册，渔村负责更新，海事局每季度抽查。", "海事局建立灯册；海事局每季度抽查"),
        # No end at a clause that another has to follow.
        ("海事局清点浮标，撤除浮标后，渔村负责看管。", "海事局清点浮标"),
        ("海事局检查浮标时，渔民应当让行。", "海事局检查浮标时，渔民应当让行"),
        # What goes on behind a semicolon, up to where others act.
        (
            "擅自移动灯塔的，由海事局责令复原，处一千元罚款；情节严重的，吊销航行许可；渔民可以申请复议。",
            "擅自移动灯塔的，由海事局责令复原，处一千元罚款；情节严重的，吊销航行许可",
        ),
        ("毁坏灯塔的，由海事局给予警告；构成犯罪的，依法追究刑事责任。", "毁坏灯塔的，由海事局给予警告"),
    ],
)
def test_what_belongs_to_the_body(text: str, answer: str | None) -> None:
    rules = outlined(f"一、灯塔\n{text}海事局公布灯塔名册。海事局保管灯塔图纸。\n", "办法")
    acts = [*([answer] if answer else []), "海事局公布灯塔名册", "海事局保管灯塔图纸"]
    count = len(acts) + (answer or "").count("；海事局")
    assert told("海事局有哪些职责？", rules) == f"海事局共{count}项：{'；'.join(acts)}。"


def test_no_count_where_pieces_are_left_out() -> None:
    pieces = "；".join(
        f"逐座核对第{n}组灯塔的灯质和射程并且逐项记录在案，形成完整的灯塔档案资料" for n in "一二三四五六七八九十"
    )
    rules = outlined(f"一、灯塔\n海事局编制灯塔名册；{pieces}。海事局公布灯塔名册。\n", "办法")
    answer = told("海事局有哪些职责？", rules)
    assert answer is not None
    assert answer.startswith("海事局：海事局编制灯塔名册；逐座核对第一组灯塔")


def test_a_row_of_many_bodies_takes_no_time() -> None:
    rules = outlined(
        f"一、灯塔\n对由{'港务局和渔业局及' * 14}在海事局登记的灯塔编号。海事局公布名册。海事局保管图纸。\n", "办法"
    )
    begin = time.perf_counter()
    assert told("海事局有哪些职责？", rules) == "海事局共2项：海事局公布名册；海事局保管图纸。"
    assert time.perf_counter() - begin < 1


def test_what_the_office_of_a_board_does_is_not_what_the_board_does() -> None:
    board = outlined(
        "一、组织\n评审委员会负责确定等级。评审委员会下设办公室，办公室设在港务中心，负责初审和考察。\n",
        title="评审通知",
    )
    assert told("评审委员会办公室负责什么？", board) == "办公室设在港务中心，负责初审和考察。"
