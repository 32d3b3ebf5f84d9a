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
