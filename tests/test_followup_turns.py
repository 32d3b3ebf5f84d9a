"""Turns that thank, correct themselves or go back in the talk."""

from __future__ import annotations

import pytest

from qa.answer import REFUSAL
from qa.courtesy import is_courtesy, reply_to, without_courtesy
from qa.followup import depends, rewrite
from qa.followup_turns import corrected
from qa.topics import topic_of
from talks import asked

FERRY = ("渡船超载怎么罚？", "处三百元罚款。")
BERTH = ("甲类泊位补多少钱？", "每个补三万元。")
SIGNAL = ("灯塔由谁修？", "由航标处修。")


@pytest.mark.parametrize(
    "text",
    [
        "谢谢",
        "好的，谢谢你！",
        "明白了",
        "嗯嗯，知道了",
        "没有别的了，多谢",
        "谢谢，那就这样",
        "那先到这儿吧",
        "行，没别的问题了",
        "暂时没什么要问的了",
    ],
)
def test_thanks_ask_for_nothing(text: str) -> None:
    assert is_courtesy(text) and not depends(text)
    assert asked(text, FERRY) == text


@pytest.mark.parametrize("text", ["你好", "谢谢，再见", "你是谁？", "你能做什么？", "收到", "谢谢你的回答"])
def test_a_talk_is_never_about_a_courtesy(text: str) -> None:
    turns = [SIGNAL, (text, "您好！")]
    assert asked("配合单位有哪些？", *turns) == "灯塔，配合单位有哪些？"
    assert asked("甲类的呢？", BERTH, (text, "您好！"), ("乙类的呢？", "两万元。")) == asked(
        "甲类的呢？", BERTH, ("乙类的呢？", "两万元。")
    )


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("你好，请问渡船多久检一次？", "渡船多久检一次？"),
        ("好的，知道了。渡船多久检一次？谢谢！", "渡船多久检一次？"),
        ("我想了解一下渡船的年检", "渡船的年检"),
        ("好的行为有哪些？", "好的行为有哪些？"),
        ("我想问的是渡船", "我想问的是渡船"),
        ("谢谢", "谢谢"),
    ],
)
def test_courtesies_around_a_question_are_no_part_of_it(text: str, bare: str) -> None:
    assert without_courtesy(text) == bare


def test_a_question_may_follow_thanks() -> None:
    assert asked("嗯嗯，谢谢，那乙类呢？", BERTH) == "乙类泊位补多少钱？"
    assert asked("由谁修？", ("您好，请问灯塔多久检一次？", "每年一次。")) == "灯塔，由谁修？"


@pytest.mark.parametrize("text", ["没有问题怎么办？", "那就这样办吗？", "没有别的要求吗？", "没有"])
def test_a_question_that_begins_like_a_farewell_is_one(text: str) -> None:
    assert not is_courtesy(text)


def test_a_long_run_of_courtesies_is_read_at_once() -> None:
    assert is_courtesy("哦" * 3000) and not is_courtesy("哦嗯" * 3000 + "灯")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("不对，我问的是乙类", "乙类呢？"),
        ("我是说夜航", "夜航呢？"),
        ("不是甲类，是乙类", "乙类呢？"),
        ("错了，应该是2023年的", "2023年的呢？"),
        ("我说的不是标准，是期限", "期限呢？"),
        ("不对，我说的是航道那条，谁牵头？", "航道那条，谁牵头？"),
        ("不是吗？", ""),
        ("不对吗", ""),
        ("我想问渡船多久检一次", ""),
        ("不是说要公示吗？", ""),
        ("是不是要公示", ""),
        ("说的是什么", ""),
    ],
)
def test_what_a_correction_means(text: str, meant: str) -> None:
    assert corrected(text) == meant


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        ([BERTH], "不对，我问的是乙类", "乙类泊位补多少钱？"),
        ([FERRY], "我是说无证驾驶", "无证驾驶怎么罚？"),
        ([BERTH], "我问的是期限", "甲类泊位的期限是什么？"),
        ([SIGNAL], "不对，我说的是航道那条，谁牵头？", "航道那条，谁牵头？"),
        ([BERTH, SIGNAL], "回到刚才，泊位怎么申请？", "甲类泊位，泊位怎么申请？"),
        ([BERTH, SIGNAL], "你前面说的泊位要交什么材料？", "甲类泊位，泊位要交什么材料？"),
        ([SIGNAL], "刚才说的乙类呢", "乙类由谁修？"),
    ],
)
def test_the_talk_is_corrected_or_taken_up(history: list[tuple[str, str]], question: str, standalone: str) -> None:
    assert asked(question, *history) == standalone


NOTHING = "所给文件中没有能够回答这个问题的内容。文件里没有提到所问的数字。"


def test_a_refused_turn_does_not_bind_those_behind_it() -> None:
    sold, later = ("2017年渔获量是多少？", "三万吨。"), ("那2018年呢？", NOTHING)
    assert asked("同比增长多少？", sold, later) == "2017年渔获量，同比增长多少？"
    assert asked("2019年呢？", sold, later) == "2019年渔获量是多少？"
    assert asked("那养殖呢？", ("捕捞方面有哪些措施？", "建渔港。"), ("具体给多少钱？", NOTHING)) == "养殖有哪些措施？"


def test_a_refused_turn_about_another_thing_or_said_in_full_stays() -> None:
    assert asked("什么时候修？", SIGNAL, ("航标站呢？", NOTHING)) == "航标站，什么时候修？"
    assert asked("那2025年呢？", ("2024年渔获量是多少？", NOTHING)) == "2025年渔获量是多少？"
    assert (
        asked("乙市的呢？", ("甲市渔船怎么补？", "补一半。"), ("甲市渔船的电话是多少？", NOTHING))
        == "乙市渔船的电话是多少？"
    )


def test_a_follow_up_with_a_thing_of_its_own_may_be_asked_without_the_topic() -> None:
    assert rewrite("浮标有几个？", [FERRY]).otherwise == "浮标有几个？"
    assert rewrite("期限是多久？", [FERRY]).otherwise == ""


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("航标站办公室设在哪里？", "航标站办公室"),
        ("禁渔期从什么时候开始？", "禁渔期"),
        ("渔船补贴最长发多久？", "渔船补贴"),
        ("数据截至什么时候？", "数据"),
        ("公示期有什么不同？", "公示期"),
        ("多子女家庭有哪些优惠？", "多子女家庭"),
    ],
)
def test_a_topic_ends_before_the_verb_that_asks(question: str, topic: str) -> None:
    assert topic_of(question) == topic


@pytest.mark.parametrize(
    ("last", "answer", "question", "standalone"),
    [
        # 沙市 and 和信 are words of their own, and here parts of a name.
        ("白沙市渔民每月补多少？", "两千元。", "那青临市的呢？", "青临市渔民每月补多少？"),
        ("在白沙市怎么登记？", "网上登记。", "青临市呢？", "在青临市怎么登记？"),
        ("谁修灯塔？", "工业和信息化部牵头。", "它还修什么？", "工业和信息化部还修什么？"),
        ("于大海是谁？", "船长于大海首次环球航行。", "他什么时候出发的？", "于大海什么时候出发的？"),
        ("哪些情况停发？", "有下列情形之一的，停止发放。", "它由谁定？", "停发由谁定？"),
        # An item is a thing or a whole clause.
        (
            "补助对象有哪些？",
            "对象为住在甲港、乙港的渔民、船员和灯塔员。",
            "第一个呢？",
            "补助对象中的渔民具体是怎么说的？",
        ),
        (
            "船长有哪些义务？",
            "（一）超载时，立即靠岸；（二）按期检修。",
            "第一项呢？",
            "船长中的超载时，立即靠岸具体是怎么说的？",
        ),
        ("2025年渔船改造多少艘？", "十艘。", "三年一共呢？", "三年一共渔船改造多少艘？"),
        ("甲县2023年幼儿园经费是多少？", "三亿。", "小学呢？", "甲县2023年小学经费是多少？"),
    ],
)
def test_names_stay_whole(last: str, answer: str, question: str, standalone: str) -> None:
    assert asked(question, (last, answer)) == standalone


@pytest.mark.parametrize(
    ("last", "question", "standalone"),
    [
        # Corrections: what was not meant goes.
        ("未按期检修罚多少？", "我不是问检修，我问的是浮标失效", "浮标失效罚多少？"),
        ("渡船多久检修？", "不是问渡船，问的是灯塔", "灯塔多久检修？"),
        ("渡船的部门", "不对，是灯塔", "灯塔的部门"),
        # Another aspect of the whole.
        ("渔船补贴的申报材料有哪些？", "谁审核？", "渔船补贴，谁审核？"),
        ("渔船补贴的申报材料有哪些？", "要几天？", "渔船补贴，要几天？"),
        ("渔船补贴的申报材料有哪些？", "交到哪里？", "渔船补贴的申报材料，交到哪里？"),
        ("渔船补贴的申报条件有哪些？", "材料呢？", "渔船补贴的材料是什么？"),
    ],
)
def test_what_a_turn_replaces(last: str, question: str, standalone: str) -> None:
    assert asked(question, (last, "是。")) == standalone


def test_a_talk_is_about_the_thing_and_not_its_year_sort_or_place_in_a_list() -> None:
    assert (
        asked("渡船有多少？", ("渔获量2017年有多少？", "三万吨。"), ("2016年呢？", NOTHING)) == "渔获量，渡船有多少？"
    )
    assert (
        asked("超时怎么罚？", ("渡船困人多长时间到现场？", "一小时。"), ("农村呢？", "一天。"))
        == "渡船困人，超时怎么罚？"
    )
    tenth = ("第十个呢？", "“灯塔行动”只有7项，没有第十个。")
    assert asked("它的目标是什么？", ("灯塔行动有哪些任务？", "共7项。"), tenth) == "灯塔行动的目标是什么？"


def test_a_document_that_was_told_as_the_source_may_be_pointed_at() -> None:
    talk = [
        ("渡船怎么检修？", "每年一次。"),
        ("这是哪份文件规定的？", "《丁市渡船管理办法》（丁政发〔2021〕1号）：每年一次。"),
    ]
    assert asked("那份文件是什么时候发的？", *talk) == "《丁市渡船管理办法》是什么时候发的？"
    assert asked("文号呢？", *talk, ("那份文件是什么时候发的？", "三月。")) == "《丁市渡船管理办法》的文号是什么？"


def test_an_item_does_not_follow_to_another_list() -> None:
    talk = [("捕捞行动有哪些任务？", "（一）修渔港；（二）造渔船。"), ("第二项由谁牵头？", "由渔港局牵头。")]
    assert asked("不对，我问的是养殖行动", *talk) == "养殖行动由谁牵头？"
    assert asked("第一项呢？", *talk) == "捕捞行动中的修渔港由谁牵头？"


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("谢谢您的解答", "不客气。"),
        ("好的，再见", "再见。"),
        ("明白了", "好的。"),
        ("你好", "您好！"),
        ("你能做什么？", REFUSAL),
    ],
)
def test_a_courtesy_is_answered_in_kind(text: str, reply: str) -> None:
    assert reply_to(text).startswith(reply)


VERSIONS = ("渡船每艘补多少？", "旧办法怎么规定的？")


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        (VERSIONS, "新办法什么时候开始执行？", "新办法什么时候开始执行？"),
        (VERSIONS, "新的呢？", "新办法里，渡船每艘补多少？"),
        (("渡船每艘补多少？",), "2019年的那个办法里呢？", "2019年的那个办法里，渡船每艘补多少？"),
        (("甲市渔业局负责什么？",), "市财政局呢？", "甲市财政局负责什么？"),
        (("快递公司用无证船罚多少？",), "个人呢？", "个人用无证船罚多少？"),
        (("渡船改造补多少？", "谁负责？"), "灯塔呢？", "灯塔谁负责？"),
        (("渡船每月补多少？", "一年下来多少？"), "怎么申请？", "渡船，怎么申请？"),
        (("甲市不开灯罚多少？",), "不停航罚多少？", "甲市不停航罚多少？"),
        # A question that names nothing leaves the talk where it was.
        (("甲市渡船证要什么材料？", "几天能办下来？"), "多少钱？", "甲市渡船证，多少钱？"),
    ],
)
def test_what_a_turn_goes_on_about(before: tuple[str, ...], question: str, standalone: str) -> None:
    assert asked(question, *before) == standalone


def test_the_body_where_an_office_is_set_up_is_spoken_of_next() -> None:
    talk = ("领导小组办公室设在哪？", "成立领导小组，由副县长任组长，办公室设在县水务局。")
    assert asked("它牵头哪些任务？", talk) == "县水务局牵头哪些任务？"
