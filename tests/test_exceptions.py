"""What excepts something from a rule is told behind it, also behind a list."""

from __future__ import annotations

import pytest

from index.tokens import fold
from qa.bot import PolicyQA
from qa.exceptions import excepts, takes_back, with_exceptions
from qa.extractive import Draft, Line
from small import bot_of

_TEXTS = {
    "rule": """丁省灯塔条例
第一条 航标站应当在三十分钟内到达灯塔抢修；灯塔位于外海的，应当在一小时内到达。
第二条 守塔人应当履行下列义务：
（一）擦拭透镜；
（二）记录天气；
（三）配备无线电台。
渔港自用灯塔的守塔人，不受前款第（三）项限制。
第三条 灯塔的维修费由船东承担；但是，因撞击损坏的，由肇事者承担。
第四条 私人灯塔不适用本条例。守塔人可以使用声呐。
第五条 航标办设在海事局。（注：2031年5月起，改设在港务局，见丁港〔2031〕2号）
"""
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def _told(bot: PolicyQA, words: str, method: str = "sentences") -> list[str]:
    """What a draft of the sentence that begins with some words, up to its next end mark, is told with."""
    text = bot.document("rule").text
    start = text.index(words)
    end = min(text.index(mark, start) for mark in "；。" if mark in text[start:]) + 1
    if method == "list":
        end = text.index("台。", start) + 2
    draft = Draft((Line(text[start:end].rstrip("；"), (("rule", start, end),)),), method=method)
    return [line.text for line in with_exceptions(draft, "", bot.document).lines]


def test_another_measure_for_a_case_of_its_own(bot: PolicyQA) -> None:
    assert _told(bot, "航标站应当")[1:] == ["灯塔位于外海的，应当在一小时内到达。"]


def test_what_begins_with_but(bot: PolicyQA) -> None:
    assert _told(bot, "灯塔的维修费")[1:] == ["但是，因撞击损坏的，由肇事者承担。"]


def test_the_paragraph_behind_a_list_that_points_at_its_items(bot: PolicyQA) -> None:
    assert _told(bot, "守塔人应当履行", "list")[1:] == ["渔港自用灯塔的守塔人，不受前款第（三）项限制。"]
    answer = bot.ask("守塔人应当履行哪些义务？")
    assert "配备无线电台" in answer.text and "渔港自用灯塔的守塔人，不受前款第（三）项限制" in answer.text
    assert {s.support for s in answer.statements} == {"verified"}


def test_a_note_that_overrules_it_from_a_day_on(bot: PolicyQA) -> None:
    assert "改设在港务局" in _told(bot, "航标办设在")[1]


def test_what_is_no_exception_is_left_where_it_is(bot: PolicyQA) -> None:
    assert len(_told(bot, "私人灯塔")) == 1


def test_one_too_long_is_pointed_at(bot: PolicyQA) -> None:
    text = bot.document("rule").text
    start = text.index("灯塔的维修费")
    end = text.index("；", start) + 1
    long = Line("灯" * 260 + text[start : end - 1], (("rule", start, end),))
    draft = with_exceptions(Draft((long,)), "", bot.document)
    assert (len(draft.lines), draft.notes) == (1, ("另有例外或者特别规定，见第三条。",))


@pytest.mark.parametrize(
    ("told", "clause"),
    [
        ("自用的灯塔不适用本条例。", "但是，供他人使用的除外。"),
        ("守塔人不得同时看守两座灯塔。", "退休人员返聘的，不受本条前款规定限制，但不得超过三座。"),
        ("值守记录应当保存不少于3年。", "涉及海难的，保存期限不少于10年。"),
        ("开办资金不少于30万元；", "有三座灯塔以上的，不少于50万元。"),
        ("供应餐食的，应当取得许可证。", "仅供应罐头的，备案即可。"),
        ("旧标准自印发之日起停止执行；", "印发前已受理的，仍按原标准执行。"),
        ("检修报告有效期为90日，自出具之日起计算；", "灯塔被撞的，原报告自行失效。"),
        ("渔业局建议将泊位费由1元调整为2元。", "会议认为时机尚不成熟，暂不调整。"),
        ("邻近的戊海省要求船东投保责任险。", "考虑到船东负担，本省未作强制投保的规定。"),
    ],
)
def test_it_excepts_something(told: str, clause: str) -> None:
    assert excepts(fold(clause), fold(told))


@pytest.mark.parametrize(
    ("told", "clause"),
    [
        ("位于内河的，每座补贴10万元；", "位于外海的，每座补贴20万元。"),  # cases side by side
        ("档案应当保存不少于3年。", "申请延续的，应当在30日前提出。"),  # another measure
        ("航标站应当在30分钟内报告守塔站。", "发生搁浅的，守塔站应当在1小时内报告港务局。"),  # another's duty
        ("灯塔建设取得进展。", "但仍存在一些不足，应急能力有待提高。"),  # no rule
        ("建议每年检修一次。", "检修时应当查验透镜。"),  # nothing is decided
    ],
)
def test_it_excepts_nothing(told: str, clause: str) -> None:
    assert not excepts(fold(clause), fold(told))


def test_what_takes_back_has_to_point_back() -> None:
    assert takes_back(fold("前述优惠在游船项目上不适用。"))
    assert not takes_back(fold("游船不适用优惠。"))
