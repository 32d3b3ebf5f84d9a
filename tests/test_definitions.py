"""What a term means: the sentence that defines the very term asked for, and no other."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.definitions import answer_definition
from searched import asked, searched

RULES = outlined(
    "一、总则\n本办法适用于渔港污水的收集、处理（以下简称污水治理）。\n本办法所称渔港，是指供渔船停靠的港口。"
    "其中，小型渔港是指泊位不足十个的渔港。\n"
    "二、责任\n渔港的经营单位应当设置收集池。刑事责任中的“倾倒”包括直接排入和借管道排入；“转运”包括用车运和用船运。\n"
    "三、附则\n本办法中下列用语的含义：\n（一）污水，是指渔船和码头排出的废水。\n（二）污水池，是指用来贮存污水的场所。\n"
    "（三）停用，是指不再使用并封住污水池的措施，也称封池。\n（四）经营、管理单位，包括渔港的所有人和受托人。\n",
    "办法",
    title="渔港污水管理办法",
)


def told(question: str) -> list[str] | None:
    ready = asked(question)
    draft = answer_definition(ready, searched(ready, RULES))
    return None if draft is None else [line.text for line in draft.lines]


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        ("污水到底指的是啥东西？", "污水，是指渔船和码头排出的废水。"),
        ("啥叫污水池", "污水池，是指用来贮存污水的场所。"),
        ("渔港是什么意思？", "本办法所称渔港，是指供渔船停靠的港口。"),
        ("什么是小型渔港？", "其中，小型渔港是指泊位不足十个的渔港。"),
        ("老说“封池”，规定里是什么意思？", "停用，是指不再使用并封住污水池的措施，也称封池。"),
        ("经营管理单位是指谁？", "经营、管理单位，包括渔港的所有人和受托人。"),
        ("办法里简称的《污水治理》全名是什么？", "本办法适用于渔港污水的收集、处理（以下简称污水治理）。"),
        ("污水治理指的是什么？", "本办法适用于渔港污水的收集、处理（以下简称污水治理）。"),
    ],
)
def test_the_term_that_is_asked_is_explained_alone(question: str, meaning: str) -> None:
    assert told(question) == [meaning]


def test_each_of_several_terms_is_explained() -> None:
    assert told("污水和污水池分别是什么意思？") == [
        "污水，是指渔船和码头排出的废水。",
        "污水池，是指用来贮存污水的场所。",
    ]
    assert told("“转运”和“倾倒”分别包括哪些行为？") == [
        "“转运”包括用车运和用船运。",
        "刑事责任中的“倾倒”包括直接排入和借管道排入。",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "污水池由谁负责？",
        "污水处理厂是什么？",  # a longer term that nobody defines
        "渔港的经营单位是什么时候成立的？",
        "“倾倒”和“焚烧”分别包括什么？",  # one of them is not explained
        "污水是指废水吗？",
    ],
)
def test_other_questions_are_left_to_others(question: str) -> None:
    assert told(question) is None


GOES_ON = outlined(
    "一、船务\n港口发展衍生出在船东与码头之间的第三方企业，即船务商。他们本身不装卸货物，而是替双方对接。其他企业另行管理。\n"
    "二、分工\n修缮灯塔。（海事局、水利局等负责，列首位者为主办单位，下同）\n三、拖轮\n拖轮，是指拖带他船的船。码头应当配备拖轮。\n",
    "办法",
    title="船务办法",
)


def test_a_rule_in_brackets_defines() -> None:
    ready = asked("名单里“主办单位”指哪个？")
    draft = answer_definition(ready, searched(ready, GOES_ON))
    assert draft is not None and [line.text for line in draft.lines] == ["列首位者为主办单位。"]


def test_a_definition_ends_where_another_thing_begins() -> None:
    ready = asked("拖轮是什么意思？")
    draft = answer_definition(ready, searched(ready, GOES_ON))
    assert draft is not None and [line.text for line in draft.lines] == ["拖轮，是指拖带他船的船。"]


def test_a_name_for_short_in_latin_letters() -> None:
    rules = outlined(
        "一、系统\n各港接入渔船管理系统（Fishing Vessel System，FVS），由海事局维护。\nTLS（塔灯服务）每日上报。\n",
        "办法",
    )
    for question, told_in in (("FVS是什么的缩写？", "渔船管理系统"), ("TLS是什么意思？", "塔灯服务")):
        ready = asked(question)
        draft = answer_definition(ready, searched(ready, rules))
        assert draft is not None and told_in in draft.lines[0].text


def test_two_terms_differ_as_they_are_defined() -> None:
    assert told("污水和污水池有什么区别？") == [
        "污水，是指渔船和码头排出的废水。",
        "污水池，是指用来贮存污水的场所。",
    ]
    assert told("污水和雨水有什么区别？") is None  # one of them is not defined
    assert told("污水和污水池的收费有什么区别？") is None
