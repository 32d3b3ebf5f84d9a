"""Which reading of a follow-up is meant, by what each finds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from qa.followup import FollowUp, rewrite
from qa.readings import chosen

_TOLD = frozenset({"fees"})
_JOINED = FollowUp("检修，钱什么时候到账？", "检修", "钱什么时候到账？", readings=("钱什么时候到账？",), joined=True)
_PLAIN = FollowUp("鉴定收费吗？", "假币", "鉴定收费吗？", readings=("鉴定收费吗？", "假币，鉴定收费吗？"))


def _finds(**best: tuple[float, str]) -> Any:
    """What each reading finds: its odds and document, by the wording's first two characters and whether it is kept."""

    def find(reading: FollowUp) -> Any:
        odds, doc_id = best.get(f"{reading.standalone[:2]}{'_kept' if reading.kept else ''}", (-9.0, "fees"))
        sentence = SimpleNamespace(odds=odds, tells=True, document=SimpleNamespace(doc_id=doc_id))
        return SimpleNamespace(candidates=(sentence,))

    return find


@pytest.mark.parametrize(
    ("first", "best", "meant"),
    [
        (_JOINED, {"检修": (3.0, "fees"), "钱什_kept": (9.0, "fees")}, "检修，钱什么时候到账？"),  # read to answer
        (_JOINED, {"检修": (-4.0, "fees"), "钱什_kept": (5.0, "fees")}, "钱什么时候到账？"),
        (_JOINED, {"检修": (-4.0, "fees"), "钱什_kept": (-1.0, "fees")}, "检修，钱什么时候到账？"),  # no better
        (_PLAIN, {"鉴定": (4.0, "other"), "假币_kept": (2.0, "fees")}, "假币，鉴定收费吗？"),  # it would lead away
        (
            _PLAIN,
            {"鉴定": (9.0, "other"), "假币_kept": (2.0, "fees")},
            "鉴定收费吗？",
        ),  # ... to what is read clearly better
    ],
)
def test_the_documents_decide(first: FollowUp, best: dict[str, tuple[float, str]], meant: str) -> None:
    reading = chosen(first, _TOLD, _finds(**best))
    assert reading.standalone == meant and (reading is first or reading.kept == _TOLD)


def test_nothing_is_chosen_where_nothing_was_told() -> None:
    assert chosen(_JOINED, frozenset(), _finds()) is _JOINED


def test_a_question_that_is_joined_to_the_topic_may_be_meant_alone() -> None:
    talk = [("渡船超载怎么罚？", "处三百元罚款。")]
    followup = rewrite("由谁修？", talk)
    assert followup.joined and followup.readings == ("由谁修？",) != (followup.standalone,)


def test_a_question_may_lean_on_an_earlier_turn() -> None:
    talk = [("甲市超载罚多少？", "处三百元罚款。"), ("船会被扣吗？", "逾期不缴的，扣船。")]
    followup = rewrite("不开灯呢？", talk)
    assert followup.standalone != "甲市不开灯罚多少？"
    assert "甲市不开灯罚多少？" in followup.readings


def test_a_talk_goes_on_from_the_reading_that_was_chosen() -> None:
    talk = [
        ("渡船改造补多少？", "每艘三万元。"),
        ("能领几次？", "一次。"),
        ("不对，我问的是趸船的", "每艘二万元。"),
    ]
    followup = rewrite("什么时候截止？", talk, meant=("", "", "趸船改造补多少？"))
    assert followup.standalone == "趸船改造，什么时候截止？"


def test_another_reading_keeps_to_the_version_that_the_talk_is_about() -> None:
    talk = [("渡船改造补多少？", "三万元。"), ("趸船的呢？", "一万元。"), ("旧办法里呢？", "二万元。")]
    readings = rewrite("由谁审核？", talk).readings
    assert "旧办法里，趸船改造，由谁审核？" in readings


def test_a_year_that_is_named_is_asked_of_nothing_else() -> None:
    talk = [("甲市2024年低保多少？", "七百元。"), ("谁来出钱？", "由市、县负担。")]
    assert not any("低保" in text for text in rewrite("那2022年的标准是多少？", talk).readings)


def test_a_turn_that_was_asked_alone_leaves_the_talk_where_it_was() -> None:
    talk = [("渡船证怎么办？", "向渔政站申请。"), ("收费吗？", "不收费。")]
    assert rewrite("多久办好？", talk, meant=("", "收费吗？")).standalone == "渡船证，多久办好？"
