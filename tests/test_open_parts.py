"""Several things asked at once: each is told, and what nothing tells is said to be untold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import cast

import pytest

from outlined import outlined
from qa.bot import PolicyQA
from qa.evidence import Candidate
from qa.extractive import Decline, Draft, lines_of
from qa.finding import Finder, Found
from qa.open_parts import of_told_parts, with_named_row, with_open_parts
from searched import asked, searched

RULES = outlined(
    "一、复核\n考生可以自公布之日起3日内申请复核。复核由考试中心办理，不重新评卷。\n二、收费\n每人收费90元。\n",
    "公告",
    title="灯塔看守招考公告",
)
#: What a reader finds to answer: words of a question, and of the sentence.
ANSWERS = (("多久", "3日"), ("由谁办", "考试中心"), ("收多少", "90元"), ("哪天交", "3月5日"))


def found(question: str) -> Found:
    ready = asked(question)
    return Found(ready.question, ready, (), tuple(searched(ready, RULES)), (), None)


def reads(question: str, sentences: Sequence[Candidate]) -> list[float]:
    last = question.split("，")[-1]
    return [5.0 if any(q in last and a in c.text for q, a in ANSWERS) else -6.0 for c in sentences]


def bot() -> PolicyQA:
    return cast(
        PolicyQA,
        SimpleNamespace(
            reading=True,
            odds=reads,
            about=lambda _: True,
            document=lambda _: RULES,
            find=lambda part, documents=None: found(part),
        ),
    )


def answering(*words: str) -> Callable[[Found, Finder], Draft | Decline]:
    """Whatever is asked is answered by the sentence that holds one of the words and is read to answer; else refused."""

    def answer(apart: Found, _: Finder) -> Draft | Decline:
        said = reads(apart.question.core, apart.candidates)
        told = [c for c, own in zip(apart.candidates, said, strict=True) if own > 0 and any(w in c.text for w in words)]
        return Draft(tuple(lines_of([told[:1]]))) if told else Decline("weak_evidence", "")

    return answer


def draft_of(words: str) -> Draft:
    return Draft(tuple(lines_of([[next(c for c in found("复核").candidates if words in c.text)]])))


def test_each_part_is_told_by_what_answers_it_alone() -> None:
    draft = with_open_parts(draft_of("3日"), found("多久内申请复核，收多少钱？"), bot(), answering("90元"))
    assert [line.text for line in draft.lines] == ["考生可以自公布之日起3日内申请复核。", "每人收费90元。"]
    assert not draft.notes


def test_who_does_it_is_told_beside_what_is_done() -> None:
    duty = Draft(draft_of("考试中心").lines, method="duty")
    items = Draft(draft_of("90元").lines, method="list")
    for question in ("复核由谁办，有几条任务？", "复核由谁办，复核有哪些措施？"):
        draft = with_open_parts(
            duty,
            found(question),
            bot(),
            lambda apart, _: items if "条" in apart.question.core or "措施" in apart.question.core else duty,
        )
        assert [line.text for line in draft.lines] == ["复核由考试中心办理，不重新评卷。", "每人收费90元。"]


def test_the_sentence_beside_what_is_told_answers_what_alone_would_be_refused() -> None:
    draft = with_open_parts(draft_of("3日"), found("多久内申请复核，由谁办？"), bot(), answering())
    assert [line.text for line in draft.lines][1:] == ["复核由考试中心办理，不重新评卷。"]


def test_what_names_nothing_is_told_only_of_what_stands_near() -> None:
    near = "每人收费90元。\n" + "灯塔高而远。" * 60
    far = outlined(f"一、收费\n{near}\n二、码头\n泊位最晚3月5日前交费。\n", "公告", title="灯塔收费公告")

    def found_in(question: str) -> Found:
        ready = asked(question)
        return Found(ready.question, ready, (), tuple(searched(ready, far)), (), None)

    def lines_with(words: str) -> Draft:
        return Draft(tuple(lines_of([[next(c for c in found_in(words).candidates if words in c.text)]])))

    small = bot()
    small.document, small.find = lambda _: far, lambda part, documents=None: found_in(part)  # type: ignore[method-assign,assignment]
    for question, lines in (("每人收多少钱，哪天交？", 1), ("每人收多少钱，泊位在哪天交？", 2)):
        draft = with_open_parts(lines_with("90元"), found_in(question), small, lambda *_: lines_with("3月5日"))
        assert len(draft.lines) == lines, question


def test_three_things_of_one_short_paragraph_are_told_with_the_whole_of_it() -> None:
    draft = with_open_parts(draft_of("3日"), found("多久内申请复核、找谁办、重评吗？"), bot(), answering())
    assert [line.text for line in draft.lines] == [
        "考生可以自公布之日起3日内申请复核。",
        "复核由考试中心办理，不重新评卷。",
    ]


def test_the_row_that_three_things_are_asked_of_is_told() -> None:
    text = "一、办理\n事项|窗口|材料|时间\n灯塔登记|东厅|塔图|3日\n渔船登记|西厅|船照|5日\n"
    desk = outlined(text, "指南", title="渔港指南")

    def row(question: str) -> Draft | Decline:
        ready = asked(question)
        ranked = sorted(searched(ready, desk), key=lambda c: "渔船" not in c.text)
        return with_named_row(Decline("weak_evidence", ""), Found(ready.question, ready, (), tuple(ranked), (), None))

    told = row("渔船登记在哪里办、带什么、几天办好？")
    assert isinstance(told, Draft) and "西厅" in told.lines[0].text and "船照" in told.lines[0].text
    assert isinstance(row("渔船登记在哪里办？"), Decline)
    assert isinstance(row("码头在哪里办、带什么、几天办好？"), Decline)


def test_what_nothing_tells_is_named_in_a_note() -> None:
    draft = with_open_parts(draft_of("3日"), found("多久内申请复核，复核结果寄到哪里？"), bot(), answering())
    assert len(draft.lines) == 1
    assert draft.notes == ("没有找到回答“复核结果寄到哪里”的内容。",)


def test_sentences_that_answer_no_part_give_way_to_those_that_do() -> None:
    draft = with_open_parts(draft_of("3日"), found("复核由谁办，每人收多少钱？"), bot(), answering("考试中心", "90元"))
    assert [line.text for line in draft.lines] == ["复核由考试中心办理，不重新评卷。", "每人收费90元。"]


def test_what_holds_most_of_the_question_stays_however_it_was_read() -> None:
    draft = with_open_parts(draft_of("3日"), found("考生公布后几天申请复核，收多少？"), bot(), answering("90元"))
    assert [line.text for line in draft.lines] == ["考生可以自公布之日起3日内申请复核。", "每人收费90元。"]


def test_the_part_that_is_told_is_told_though_the_whole_was_refused() -> None:
    draft = of_told_parts(found("每人收多少钱，退费打到哪个账户？"), bot(), answering("90元"))
    assert draft is not None
    assert [line.text for line in draft.lines] == ["每人收费90元。"]
    assert draft.notes == ("没有找到回答“退费打到哪个账户”的内容。",)


@pytest.mark.parametrize(
    "question",
    [
        "每人收多少钱？",
        "退费打到哪个账户，多久能到？",
        "2029年有多少人报名，每人收多少钱？",  # of that year nothing is told
    ],
)
def test_one_question_and_one_of_which_nothing_is_told_stay_refused(question: str) -> None:
    assert of_told_parts(found(question), bot(), answering("90元")) is None


def test_who_does_another_task_is_no_answer_however_it_is_read() -> None:
    tasks = outlined("一、分工\n灯塔维修由航标处负责。灯塔巡查由海事处负责。\n", "分工", title="灯塔分工")

    def found_in(question: str) -> Found:
        ready = asked(question)
        return Found(ready.question, ready, (), tuple(searched(ready, tasks)), (), None)

    def answer(apart: Found, _: Finder) -> Draft | Decline:
        word = "维修" if "维修" in apart.question.core else "巡查"
        return Draft(tuple(lines_of([[c for c in apart.candidates if word in c.text][:1]])))

    blind = SimpleNamespace(
        reading=True,
        odds=lambda question, sentences: [7.0] * len(sentences),
        about=lambda _: True,
        document=lambda _: tasks,
        find=lambda part, documents=None: found_in(part),
    )
    whole = found_in("灯塔维修由谁负责，巡查又由谁负责？")
    first = answer(found_in("巡查由谁负责？"), cast(PolicyQA, blind))
    assert isinstance(first, Draft)
    told = with_open_parts(first, whole, cast(PolicyQA, blind), answer)
    assert {line.text for line in told.lines} == {"灯塔维修由航标处负责。", "灯塔巡查由海事处负责。"}
