"""A sentence that is read to answer better than the one that ranks first is told beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from outlined import outlined
from qa.better_read import far_less, with_better_read
from qa.evidence import Candidate
from qa.extractive import Draft, lines_of
from searched import asked, searched

RULES = outlined(
    "一、渔船\n渔船检查由船主申请。渔船凭标志出海。渔船检查每年进行一次，费用为200元。休渔期内检查免收费用。\n",
    "办法",
    title="渔船办法",
)


def told(question: str, answers: str, odds: float, behind: float = 0.5) -> list[str]:
    """What is told where the first sentence is drafted, read at 0.5, and the one that holds ``answers`` at ``odds``."""

    def read(_: str, sentences: Sequence[Candidate]) -> list[float]:
        return [odds if answers in c.text else -3.0 for c in sentences]

    ready = asked(question)
    first, *others = sorted((c for c in searched(ready, RULES) if c.tells), key=lambda c: c.start)
    ranked = [replace(first, score=2.0, odds=0.5), *(replace(c, score=2.0 - behind) for c in others)]
    draft = Draft(tuple(lines_of([[ranked[0]]])))
    return [line.text for line in with_better_read(draft, ready, ranked, read).lines]


def test_the_one_that_is_read_clearly_better_is_added() -> None:
    assert told("渔船怎么出海？", "标志", 3.0) == ["渔船检查由船主申请。", "渔船凭标志出海。"]


def test_one_that_is_hardly_better_read_is_not() -> None:
    assert told("渔船怎么出海？", "标志", 1.0) == ["渔船检查由船主申请。"]


def test_nor_one_that_is_ranked_far_below() -> None:
    assert told("渔船怎么出海？", "标志", 3.0, behind=4.0) == ["渔船检查由船主申请。"]


def test_what_is_told_of_another_year_goes_for_what_is_told_of_the_year_asked_for() -> None:
    plan = outlined("一、渔船\n到2028年，渔船检查更加便利。到2030年，渔船检查网络建成。\n", "规划", title="渔船规划")
    ready = asked("2030年渔船检查要达到什么目标？")
    ranked = [replace(c, score=2.0, odds=0.5 if "2028" in c.text else 0.0) for c in searched(ready, plan) if c.tells]
    ranked.sort(key=lambda c: c.start)
    draft = Draft(tuple(lines_of([[ranked[0]]])))
    told_now = with_better_read(draft, ready, ranked, lambda _, sentences: [5.0] * len(sentences))
    assert [line.text for line in told_now.lines] == ["到2030年，渔船检查网络建成。"]


def test_a_figure_that_is_told_stays_alone() -> None:
    ready = asked("渔船检查收多少钱？")
    fee, free = (c for c in searched(ready, RULES) if "费用" in c.text)
    ranked = [replace(fee, score=2.0, odds=0.5), replace(free, score=1.5)]
    draft = Draft(tuple(lines_of([[ranked[0]]])))
    assert with_better_read(draft, ready, ranked, lambda _, sentences: [5.0] * len(sentences)) == draft


def test_a_note_to_another_item_is_no_answer() -> None:
    plan = outlined(
        "一、守望灯塔\n由三级领导担任塔长。\n二、修缮码头\n（责任单位：港务局、渔业局）\n", "方案", title="渔港方案"
    )
    ready = asked("灯塔由谁负责？")
    ranked = [replace(c, score=2.0, odds=-2.0) for c in searched(ready, plan)]
    first = next(c for c in ranked if "塔长" in c.text)
    draft = Draft(tuple(lines_of([[first]])))
    assert any("港务局" in c.text and c.tells for c in ranked)
    assert with_better_read(draft, ready, ranked, lambda _, sentences: [5.0] * len(sentences)) == draft


def test_what_is_read_as_no_answer_is_far_less_than_a_sentence_that_is_read_as_one() -> None:
    assert far_less(-5.0, 0.5)
    assert not far_less(-5.0, -0.5)
    assert far_less(0.5, 8.0)
    assert not far_less(2.0, 8.0)
    assert far_less(-2.0, 6.0)
    assert not far_less(-2.0, 2.0)
