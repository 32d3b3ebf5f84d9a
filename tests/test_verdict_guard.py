"""The last guard over yes and no: no word where what a question turns on is told nowhere, or something else is."""

from __future__ import annotations

import pytest

from qa.claim import read_claim
from qa.extractive import _joined
from qa.question import kinds_of
from qa.verdict import verdict
from qa.verdict_guard import named, own_part, unborne

READ = 3.0  #: log odds at which a sentence is rather read to answer


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("修船能提取基金吗？", "支持提取基金支付新建灯塔首付款。"),
        ("二手灯塔能提取基金吗？", "购买新建灯塔的，可以提取基金。"),
        ("单位可以领举报奖励吗？", "各镇渔业部门负责渔业违法行为举报奖励工作。"),
        ("灯塔可以接收外省学徒吗？", "灯塔优先接收特困人员和高龄学徒。"),
    ],
    ids=["other use", "other kind", "who does it", "others first"],
)
def test_a_case_that_is_named_nowhere_gets_no_yes(question: str, sentence: str) -> None:
    assert verdict(question, sentence, around="渔港基金管理办法", odds=READ) is None


def test_what_the_title_names_is_named_and_what_is_surely_read_may_be_in_other_words() -> None:
    question, sentence = "渔港基金能提取吗？", "基金可以提取。"
    assert verdict(question, sentence, around="渔港基金管理办法", odds=READ) == ("能", False)
    assert verdict("修船能提取基金吗？", "可以提取基金。", odds=READ) is None
    assert verdict("修船能提取基金吗？", "可以提取基金。", odds=9.0) == ("能", False)


def test_a_sentence_that_is_read_not_to_answer_has_to_name_all() -> None:
    sentence = "建成渔船停泊点6个。"
    assert verdict("有没有建成渔船停泊点？", sentence, odds=-3.0) == ("有", False)
    assert verdict("木筏的停泊点，有没有建成？", sentence, odds=-3.0) is None


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("差几天满6周岁能上小学吗？", "不满6周岁的儿童，一律不得招收入学。", None),
        ("各镇都要给守塔人发津贴吗？", "鼓励有条件的镇对守塔人发放津贴。", ("不需要", True)),
        ("骗补是限制3年吗？", "骗取补贴的，责令退回，并在5年内限制其申请资格。", ("不是", True)),
        ("镇上2024年有没有查处违规捕鱼？", "查处违规捕鱼行为2起，对1所渔校核减了2025年计划20%。", None),
        ("小店能办在居民楼里吗？", "小店取得的收入免征增值税，不得转让。", None),
        ("全年有没有重度污染天气？", "全年未出现严重污染天气，重度污染2天。", None),
        ("2021年有吗？", "原办法有效期于2024年5月届满，不再执行。", None),
        ("低收入家庭受不受卖船的限制？", "低保家庭不受本条第3项限制。", None),
        ("有没有应聘的人被取消资格？", "1名应聘人员被取消资格。", ("有", False)),
        ("停领津贴以后可以申请补助吗？", "领取津贴期间不同时享受补助，停领津贴后可以申请补助。", ("可以", False)),
        ("领津贴的可以申请补助吗？停了以后呢？", "领取津贴期间不得申请补助。", None),
    ],
    ids=[
        "only forbidden",
        "only encouraged",
        "another figure",
        "it is there",
        "a tax is waived",
        "the other clause",
        "of what",
        "others are spared",
        "no duty in 应聘",
        "it is over",
        "two cases",
    ],
)
def test_a_word_does_not_contradict_its_sentence(
    question: str, sentence: str, expected: tuple[str, bool] | None
) -> None:
    assert verdict(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("只要连续缴存满12个月就能申请贷款吗？", "渔民连续缴存满12个月的，可以申请贷款。", ("是的", False)),
        ("码头必须公开账目吗？", "码头应当公开账目。", ("必须", False)),
    ],
    ids=["the only condition", "in every case"],
)
def test_enough_and_in_every_case(question: str, sentence: str, expected: tuple[str, bool]) -> None:
    assert verdict(question, sentence) == expected


def test_the_part_behind_but_is_of_other_things() -> None:
    sentence = "获得渔业奖学金的学生可以同时申请并获得渔业助学金，但不得同时获得航海奖学金。"
    assert verdict("渔业奖学金和渔业助学金可以同时拿吗？", sentence) == ("可以", False)
    assert own_part(read_claim("航海奖学金可以同时拿吗？"), sentence) == "不得同时获得航海奖学金。"
    assert own_part(read_claim("渔业奖学金和航海奖学金可以同时拿吗？"), sentence) == sentence


def test_what_an_item_excepts_stands_behind_what_is_said_of_it() -> None:
    said = _joined("有下列情形之一的，不享受免费政策：", "（二）在岛外火化的，但因公外派死亡的除外；")
    assert said == "在岛外火化的，不享受免费政策，但因公外派死亡的除外"
    assert verdict("自然损耗的缆绳要赔吗？", "人为损坏的缆绳照价赔偿，自然损耗的除外。") in (("不需要", True), None)


def test_another_figure_denies_in_whatever_words() -> None:
    claim, told = read_claim("木筏的会费涨到了450元吗？"), "会费为每人420元,不再上调"
    assert not unborne(claim, told, "", "", -3.0, denies=True)
    assert unborne(read_claim("会费能用木筏抵吗？"), "会费不得拖欠", "", "", -3.0, denies=True)


def test_what_a_sentence_tells_of_is_not_denied_by_it() -> None:
    assert unborne(read_claim("意见有没有单独设目标？"), "意见提出目标,到2018年渔船翻番", "", "", 1.0, denies=True)


def test_what_has_to_come_first_is_needed() -> None:
    rule = "未经登记，不得饲养犬只。"
    assert verdict("养犬要登记吗？", rule) == ("需要", False)
    assert verdict("养猫要登记吗？", rule, odds=READ) is None
    assert unborne(read_claim("养猫要登记吗？"), rule, "", "", READ, denies=True)


def test_society_is_no_question_for_what_will_be() -> None:
    assert kinds_of("渔民社会保险补贴标准？") == frozenset()


def test_a_word_is_named_by_a_class_that_ends_as_it_does() -> None:
    assert named("看病", "患重大疾病的")
    assert not named("商铺", "购买商品住房的")
    assert not named("高速", "最高时速不得超过二十五公里")


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("残疾学徒渔校可以不收吗？", "渔校不得拒收残疾学徒。", ("不可以", True)),
        ("渔船可以不装信号灯吗？", "渔船应当安装信号灯。", ("不可以", True)),
        ("船主可以不签名吗？", "船主可以签名，也可以不签名。", ("可以", False)),
        ("船主必须签名吗？", "船主可以签名，也可以不签名。", ("不是", True)),
        ("摊主一定要提供发票吗？", "摊主根据顾客需要提供发票。", None),
    ],
    ids=["refusing denies", "a duty", "either way", "no duty", "a need is no duty"],
)
def test_what_may_be_left_undone(question: str, sentence: str, said: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence, odds=READ) == said


def test_of_two_parts_the_one_that_names_who_is_asked_about_decides() -> None:
    sentence = "不得自行带入船工，但长期随船的厨师可以登记上船。"
    assert own_part(read_claim("跟了我十年的厨师能上船吗？"), sentence) == "长期随船的厨师可以登记上船。"
    assert own_part(read_claim("自己找的船工能带吗？"), sentence) == "不得自行带入船工"


def test_a_modal_with_its_verb_names_nothing() -> None:
    claim, said = read_claim("补缴的渔捞日志能算积分吗？"), "渔捞日志|每满一月1分|最高60分,补交不计分"
    assert not unborne(claim, said, "补交不计分", "积分标准", 1.9, denies=True)


def test_what_is_forbidden_has_to_be_of_something_that_the_claim_names() -> None:
    sentence = "有发热、咳嗽等症状者不得登船。"
    assert verdict("门票丢了能补吗？", sentence, clause=sentence, odds=5.0) is None
    day = "周六、周日不得进行产生噪声的施工。"
    assert verdict("周六上午能敲船板吗？", day, clause=day, odds=1.5) == ("不能", True)
    assert verdict("周五上午能敲船板吗？", day, clause=day, odds=1.5) is None


def test_the_days_of_one_place_are_not_those_of_another() -> None:
    sentence = "孵化室家属可于每周二、周五16:00-17:00询问。"
    assert verdict("渔具库星期天开门吗？", sentence, clause=sentence, odds=9.0, around="渔港管理规定") is None
    assert verdict("孵化室星期天能询问吗？", sentence, clause=sentence, odds=9.0) == ("不能", True)


def test_of_two_clauses_the_one_that_names_the_case_decides() -> None:
    sentence = "礼堂禁止饮食，瓶装凉茶可以带入。"
    assert verdict("瓶装凉茶能带进礼堂吗？", sentence, "瓶装凉茶可以带入。", odds=9.0) == ("能", False)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("船工自愿去的海钓，摔了算工伤吗？", "自愿参加的海钓和赶海不算。"),
        ("按安排参加的集体训练里摔了，算工伤吗？", "船队组织的集体训练，按安排参加的算"),
        ("摔了算工伤吗？", "船队组织的集体训练，按安排参加的算，自愿参加的海钓和赶海不算。"),
    ],
)
def test_of_parts_that_judge_the_one_of_the_case_decides(question: str, part: str) -> None:
    sentence = "船队组织的集体训练，按安排参加的算，自愿参加的海钓和赶海不算。"
    assert own_part(read_claim(question), sentence) == part
