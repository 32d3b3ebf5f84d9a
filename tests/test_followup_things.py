"""What is exchanged in a follow-up leaves the thing that is asked about."""

from __future__ import annotations

import pytest

from qa.followup import rewrite
from qa.topics import topic_of
from talks import asked


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        # Houses in which something is run are of one sort,
        (["河朔市学校食堂油烟检测费怎么收？"], "普通酒店呢？", "河朔市普通酒店油烟检测费怎么收？"),
        # and a fee is asked of another payer.
        (["河朔市学校食堂油烟检测费怎么收？"], "小区居民呢？", "河朔市小区居民检测费怎么收？"),
        (["河朔市停车费怎么收？"], "物业费呢？", "河朔市物业费怎么收？"),
        # How bad it is makes a case of it.
        (
            ["河朔市渔船没按时检修罚多少？"],
            "情节严重呢？",
            "河朔市渔船没按时检修，情节严重的，怎么办？",
        ),
        (
            ["河朔市渔船没按时检修罚多少？"],
            "那后果特别严重的呢？",
            "河朔市渔船没按时检修，后果特别严重的，怎么办？",
        ),
    ],
)
def test_the_thing_asked_about_stays(before: list[str], question: str, standalone: str) -> None:
    assert asked(question, *before) == standalone


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        # A place alone is no topic: what is asked of it belongs to it,
        (["河朔市哪些地方不能摆摊卖货？"], "为什么？", "河朔市不能摆摊卖货，为什么？"),
        (["海州市哪些地方不能摆摊卖货？"], "白沙市呢？", "白沙市哪些地方不能摆摊卖货？"),
        (["河朔市有哪些景区？"], "免费的有哪些？", "河朔市景区，免费的有哪些？"),
        # but not to another thing there.
        (["河朔市哪些地方不能摆摊卖货？", "有没有例外？"], "那烈性犬能养吗？", "河朔市烈性犬能养吗？"),
        # The unit goes with 多少.
        (["河朔省海堤改造多少公里？"], "什么时候完成？", "河朔省海堤改造，什么时候完成？"),
        (["河朔省海堤改造多少公里？", "谁牵头？"], "为什么要改造？", "河朔省海堤改造，为什么要改造？"),
        # 管 stands once.
        (["河朔市渔船登记由谁负责？", "城管管什么？"], "渔政部门呢？", "河朔市渔船登记，渔政部门管什么？"),
        (["河朔市锅炉补贴给谁？"], "主要任务是什么？", "河朔市锅炉补贴，主要任务是什么？"),
        (["河朔市锅炉补贴给谁？"], "申报条件有哪些？", "河朔市锅炉补贴，申报条件有哪些？"),
    ],
)
def test_what_carries_the_talk_is_whole(before: list[str], question: str, standalone: str) -> None:
    assert asked(question, *before) == standalone


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        # What only says that the talk turns goes.
        (["河朔市锅炉补贴多少？"], "换个问题，东麓省渔船改造由谁牵头？", "东麓省渔船改造由谁牵头？"),
        # The version that was spoken of is the one of that time; the same of another version.
        (
            ["河朔市游船收多少停泊费？", "2016年的办法呢？"],
            "那时候渔船有优惠吗？",
            "2016年的办法里，河朔市渔船有优惠吗？",
        ),
        (["2016年河朔市游船收多少停泊费？"], "当时渔船有优惠吗？", "2016年河朔市渔船有优惠吗？"),
        (["河朔市游船收多少停泊费？"], "旧办法也是这样吗？", "旧办法里，河朔市游船收多少停泊费？"),
        (["河朔市什么时候停暖气？"], "白沙市也是吗？", "白沙市什么时候停暖气？"),
        (["河朔市锅炉补贴给谁？"], "回到刚才的问题，多久办好？", "河朔市锅炉补贴，多久办好？"),
        (["河朔市游船收多少停泊费？"], "白沙市也是这么多吗？", "白沙市游船收多少停泊费？"),
    ],
)
def test_the_talk_turns(before: list[str], question: str, standalone: str) -> None:
    assert asked(question, *before) == standalone


def test_an_item_told_in_full_is_no_question_for_another_place() -> None:
    terms = ("河朔市申报锅炉补贴要符合什么条件？", "（一）在本市注册；（二）锅炉不少于十台。")
    item = ("第二条详细说说", "锅炉不少于十台。")
    assert rewrite("白沙市呢？", [terms, item]).standalone == "白沙市申报锅炉补贴要符合什么条件？"


@pytest.mark.parametrize("asks", ["参与的有哪些？", "参与的有哪些部门？", "参与部门有哪些？", "哪些部门参与？"])
def test_who_takes_part_is_asked_of_another_task(asks: str) -> None:
    first = ("河朔市锅炉改造由谁牵头？", "由住建局牵头。")
    assert asked("那管网更新呢？", first, asks).startswith("河朔市管网更新")
    assert "锅炉" not in asked("那管网更新呢？", first, asks)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("我还在读大三，开了家小店，能领一次性创业补贴吗？", "一次性创业补贴"),
        ("我养了十几年鱼，今年想换网箱，网箱改造补助给多少？", "网箱改造补助"),
        ("我们想建智能工厂，怎么支持？", "我们想建智能工厂"),
        ("什么叫单用途卡？", "单用途卡"),
        ("渔网补助一次给多少？", "渔网补助"),
        ("带动就业补贴每招一个人给多少？", "带动就业补贴"),
        ("发购物卡的店每季度要报什么？", "发购物卡的店"),
        ("老人每月高龄津贴多少？", "老人每月高龄津贴"),
        ("真的吗？网店只给一半？", "网店"),
        ("店主跑路会怎样？", "店主跑路"),
        ("业主委员会怎么选？", "业主委员会"),
    ],
)
def test_a_topic_is_the_thing_that_is_asked_of(question: str, topic: str) -> None:
    assert topic_of(question) == topic
