"""Announced lists, found by what follows for those of whom they speak."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.cases import answer_cases
from qa.register import parse_register
from searched import asked, searched

REGISTER = parse_register("拒掉\t不予\n黑名单\t失信名单\n驾照\t驾驶证书\n")
RULES = outlined(
    "一、驾驶证书\n渔船的驾驶证书由海事部门发放。\n有下列情形之一的，不予发放驾驶证书：\n"
    "（一）未满十八周岁的；\n（二）色盲的；\n（三）一年内被吊销过的。\n申请人可以申诉。\n"
    "二、申请\n符合下列条件之一的，可以申请驾驶证书：\n（一）出海满一年的；\n（二）经过培训的。\n"
    "三、处罚\n船主应当年检。有下列行为之一的，责令改正；拒不改正的，处一千元罚款：\n（一）夜间不点灯的；\n（二）超载出海的。\n"
    "四、信用\n船主有下列行为之一的，应当列入失信名单：\n（一）伪造日志的；\n（二）逃避检查的。\n",
    "办法",
    title="渔船管理办法",
)


def told(question: str) -> str | None:
    ready = asked(question, register=REGISTER)
    draft = answer_cases(ready, searched(ready, RULES))
    return None if draft is None else "".join(line.text for line in draft.lines)


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        (
            "什么样的人申请渔船驾照会被拒掉？",
            "有下列情形之一的，不予发放驾驶证书，共3项：（一）未满十八周岁的；（二）色盲的；（三）一年内被吊销过的。",
        ),
        (
            "渔船驾驶证书啥人能申请？",
            "符合下列条件之一的，可以申请驾驶证书，共2项：（一）出海满一年的；（二）经过培训的。",
        ),
        (
            "渔船船主干了啥会被罚款？",
            "有下列行为之一的，责令改正；拒不改正的，处一千元罚款，共2项：（一）夜间不点灯的；（二）超载出海的。",
        ),
        (
            "渔船船主哪些情况会进黑名单？",
            "船主有下列行为之一的，应当列入失信名单，共2项：（一）伪造日志的；（二）逃避检查的。",
        ),
    ],
)
def test_the_list_of_that_consequence_is_given_whole(question: str, listed: str) -> None:
    assert told(question) == listed


@pytest.mark.parametrize(
    "question",
    ["渔船的驾驶证书由谁发放？", "色盲能不能申请驾驶证书？", "超载出海罚多少钱？", "什么情况下渔民可以领养老金？"],
)
def test_other_questions_are_left_to_others(question: str) -> None:
    assert told(question) is None


def test_a_list_within_an_item_belongs_to_it() -> None:
    rules = outlined(
        "一、领取\n渔民同时符合下列条件的，可以领取休渔补贴：\n（一）出海满一年；\n（二）船只停港，包括以下情形：\n"
        "1.自愿停港；\n2.被责令停港。\n（三）已经登记。\n补贴按月发放。\n",
        "办法",
        title="休渔补贴办法",
    )
    ready = asked("休渔补贴要符合什么条件才能领？")
    draft = answer_cases(ready, searched(ready, rules))
    assert draft is not None
    assert draft.lines[0].text == (
        "渔民同时符合下列条件的，可以领取休渔补贴，共3项：（一）出海满一年；（二）船只停港，包括以下情形：1.自愿停港；2.被责令停港；（三）已经登记。"
    )
    ready = asked("满足什么条件可以申请灯塔修缮？")  # of which no list speaks
    assert answer_cases(ready, searched(ready, rules)) is None


HARBOUR = outlined(
    "一、接收\n船主应当符合下列条件：\n（一）有船；\n（二）有证。\n有下列情形之一的不予接收：（1）船底漏水；（2）证件过期。\n"
    "二、收费\n下列船只免收泊位费：渔船、救生艇。\n夜间停泊不满一小时的，免收泊位费。\n货船按天收泊位费。\n",
    "港规",
    title="小港管理规则",
)


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        ("小港哪些情况不给接收？", ["有下列情形之一的不予接收：（1）船底漏水；（2）证件过期。"]),
        (
            "小港哪些船不用交泊位费？",
            ["下列船只免收泊位费：渔船、救生艇。", "夜间停泊不满一小时的，免收泊位费。"],
        ),
    ],
)
def test_what_is_left_out_or_free_is_found_in_the_line_that_says_so(question: str, listed: list[str]) -> None:
    ready = asked(question)
    draft = answer_cases(ready, searched(ready, HARBOUR))
    assert draft is not None and [line.text for line in draft.lines] == listed
