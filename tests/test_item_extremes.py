"""The item of a row with the highest or lowest figure."""

from __future__ import annotations

import pytest

from corpus.figures import find_figures
from outlined import outlined
from qa.item_extremes import answer_item_extreme
from searched import asked, searched

_PROJECTS = outlined(
    "一、建设渔港\n（一）东湾渔港\n占地42亩，总投资1.2亿元。\n（二）西湾渔港\n占地65亩，总投资8000万元。\n（三）北湾渔港\n占地18亩，总投资3000万元。\n",
    title="渔港建设方案",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("哪个渔港总投资最大？", "东湾渔港：占地42亩，总投资1.2亿元。"),
        ("哪个渔港总投资最少？", "北湾渔港：占地18亩，总投资3000万元。"),
        ("哪个渔港泊位最多？", None),  # none of them tells that
        ("渔港总投资第二大的是哪个？", None),
        ("东湾渔港总投资多少？", None),
    ],
)
def test_the_item_with_the_highest_figure(question: str, told: str | None) -> None:
    ready = asked(question)
    draft = answer_item_extreme(ready, searched(ready, _PROJECTS), lambda doc_id: find_figures(_PROJECTS))
    assert (draft.lines[0].text if draft is not None else None) == told
