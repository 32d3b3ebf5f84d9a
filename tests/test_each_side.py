"""What a question asks of two sides, and papers that it asks for in everyday words."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.announced import with_items
from qa.each_side import bare_side, is_about, of_own
from qa.extractive import Draft, line_at
from searched import asked, searched

RULE = outlined(
    "第一条 船员对裁决不服的，可以自收到裁决书之日起十五日内向人民法院起诉。\n"
    "第二条 当事人对其他裁决不服的，可以自收到裁决书之日起二十日内起诉。\n"
    "第三条 用船单位有证据证明裁决有误的，可以自收到裁决书之日起三十日内申请撤销裁决。\n",
    "办法",
    title="灯塔用工争议裁决办法",
)
NOTICE = outlined(
    "一、招生对象\n随船子女可以申请入营，报名由港务局受理。\n"
    "二、随船子女报名需要上传的材料\n（一）孩子和父母的户口簿；\n（二）父母一方的船员证；\n（三）孩子的接种证明。\n",
    "通知",
    title="灯塔夏令营通知",
)


def test_what_binds_the_side_itself_comes_first_where_a_rule_is_told_side_by_side() -> None:
    found = searched(asked("对裁决不服，单位多少天内、找谁？"), RULE)
    first, *rest = of_own(found, {"裁决", "不服", "单位"}, {"裁决", "不服", "船员"})
    assert first.text.startswith("第三条 用船单位")
    assert not any("船员" in c.text for c in rest)


def test_sentences_stay_as_they_are_where_none_is_of_another_side() -> None:
    found = searched(asked("对裁决不服，港口多少天内、找谁？"), RULE)
    assert of_own(found, {"裁决", "港口"}, {"裁决", "码头"}) == found


def test_a_noun_that_ends_in_a_name_is_that_one() -> None:
    assert is_about("第二条 用船单位申请的", {"单位"})
    assert not is_about("船员的单位申请的", {"单位"})


@pytest.mark.parametrize(
    ("question", "of_all"),
    [
        ("登塔报名要上传什么材料？", True),
        ("登塔报名需要啥证件？", True),
        ("登塔要带什么？", True),
        ("登塔要交些什么东西？", True),
        ("灯塔要起什么作用？", False),
        ("港务局要提供什么服务？", False),
    ],
)
def test_one_of_the_papers_asked_for_stands_for_all(question: str, of_all: bool) -> None:
    start = NOTICE.text.index("（二）父母")
    line = line_at(NOTICE, (start, NOTICE.text.index("\n", start)))
    draft = with_items(Draft((line,)), asked(question), lambda _: NOTICE)
    assert ("接种" in "".join(one.text for one in draft.lines)) is of_all


def test_what_is_asked_of_one_side_of_a_comparison() -> None:
    assert bare_side("投入使用备案的时限一样吗?") == "投入使用备案的时限"
    assert bare_side("灯塔的限额各是多少") == "灯塔的限额是多少"


def test_a_side_whose_name_another_ends_alike_is_not_left_out() -> None:
    found = searched(
        asked("外来渔工的收入线是多少"),
        outlined("一、收入线\n新渔工，月收入不高于5200元。\n稳定外来渔工，月收入不高于4800元。\n"),
    )
    assert of_own(found, {"外来", "渔工"}, {"渔工", "稳定"})[0].text.startswith("稳定外来渔工")
