"""A follow-up that names a thing of its own, of which nothing that was found speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outlined import outlined
from qa.extractive import Draft, Line
from qa.finding import Found
from qa.joined import silent_on_its_own
from searched import asked, searched


@pytest.mark.parametrize(
    ("alone", "odds", "silent"),
    [
        ("接驳车退吗？", -2.0, True),
        ("接驳车退吗？", 2.0, False),  # read to answer it in other words
        ("泊位费退吗？", -2.0, False),  # told of
        ("没来过退吗？", -2.0, False),  # a case, and no thing
        ("要是停运一月退吗？", -2.0, False),
        ("还能退吗？", -2.0, False),  # names nothing
    ],
)
def test_what_tells_nothing_of_it_does_not_answer_it(alone: str, odds: float, silent: bool) -> None:
    document = outlined("码头收费办法\n一、退费\n渔船停航满五日的，按照实际天数退还泊位费。\n")
    ready = asked(f"渔船停航一周，{alone}")
    best = next(c for c in searched(ready, document) if "泊位费" in c.text)
    draft = Draft((Line(best.text, ((document.doc_id, best.start, best.end),)),), method="sentences")
    found = Found(ready.question, ready, (), (best,), (), None, otherwise=alone)
    assert silent_on_its_own(found, draft, lambda _, near: [odds for _ in near]) is silent
    looked_up = replace(draft, method="duty")
    assert not silent_on_its_own(found, looked_up, lambda _, near: [odds for _ in near])
