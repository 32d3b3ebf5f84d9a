"""Sentences in other words than their quotes: truthful ones pass, and each way of saying something else is caught."""

from __future__ import annotations

import pytest

from fakes import SureJudge
from index.tokens import fold
from qa.alignment import figures_stand
from qa.support import support
from qa.wording import tokens

FERRY = "渡口应当每半年至少检修一次，检修结果应当在检修完成后5日内公示；渡船载客不得超过60人。"
FARE = "票价由物价部门会同交通部门制定；学生票价为成人票价的百分之五十。"
GOALS = "到2026年，渡口改造基本完成，客运量达到120万人次。到2030年，客运量达到200万人次。"
TOLL = "六十周岁以上的本地居民可以免费乘船；对有条件的渡口，鼓励配备电动渡船。"
NOTE = "（牵头单位：市港航局；配合单位：市财政局、市气象局）"
RULES = "港航局负责渡口巡查，应急局负责水上搜救。"
FINES = "未按期检修的，责令改正；逾期不改正的，处1万元以上3万元以下罚款。发生事故的，处10万元罚款。"
LIGHT = "未经批准的渡口不得夜航。雾天能见度低于200米的，停止开航。"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        pytest.param("是的，渡口至少每半年要检修一次。", FERRY, id="words in another order"),
        pytest.param("渡船最多载客六十人。", FERRY, id="a bound in other words"),
        pytest.param("根据规定，检修结果应当在检修完成后五日内公示。", FERRY, id="figure in characters"),
        pytest.param("学生票价是成人票价的50%。", FARE, id="per cent"),
        pytest.param("2030年的目标是客运量达到2000000人次。", GOALS, id="scale of a figure"),
        pytest.param("到2026年，渡口改造要基本完成。", GOALS, id="a goal"),
        pytest.param("60周岁以上的本地居民可以免费乘船。", TOLL, id="age"),
        pytest.param("由市港航局牵头，配合单位是市财政局和市气象局。", NOTE, id="roles of a note"),
        pytest.param("水上搜救由应急局负责。", RULES, id="passive"),
        pytest.param("不可以，未经批准的渡口不得夜航。", LIGHT, id="denials kept"),
        pytest.param("逾期不改正的，罚款1万元以上3万元以下。", FINES, id="case with its fine"),
    ],
)
def test_a_truthful_paraphrase_is_verified(sentence: str, quote: str) -> None:
    assert support(sentence, [quote]) == "verified"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        pytest.param("渡口应当每季度至少检修一次。", FERRY, id="period"),
        pytest.param("渡船载客不得少于60人。", FERRY, id="bound turned"),
        pytest.param("检修结果应当在检修完成后5个月内公示。", FERRY, id="unit"),
        pytest.param("票价由交通部门会同物价部门制定。", FARE, id="sides of a relation"),
        pytest.param("到2026年，客运量达到200万人次。", GOALS, id="goal of another year"),
        pytest.param("到2026年，渡口改造全面完成。", GOALS, id="degree"),
        pytest.param("渡口改造已经基本完成。", GOALS, id="plan as done"),
        pytest.param("鼓励所有渡口配备电动渡船。", TOLL, id="scope"),
        pytest.param("渡口必须配备电动渡船。", TOLL, id="encouraged to must"),
        pytest.param("六十周岁以下的本地居民可以免费乘船。", TOLL, id="age turned"),
        pytest.param("市财政局牵头，市港航局、市气象局配合。", NOTE, id="roles exchanged"),
        pytest.param("港航局负责水上搜救。", RULES, id="charge of another"),
        pytest.param("港航局负责功能巡查，应急局负责水上搜救。", RULES, id="a noun in the place of another"),
        pytest.param("发生事故的，处1万元以上3万元以下罚款。", FINES, id="cases mixed up"),
        pytest.param("港航局负责渡口巡视，应急局负责水上搜集。", RULES, id="words that share a character"),
        pytest.param("票价由物价部门会同交通标准制定。", FARE, id="a word of our frames in the place of a noun"),
        pytest.param("已经批准的渡口不得夜航。", LIGHT, id="done for not done"),
        pytest.param(
            "（市港航局、市规划局、市气象局负责）", "（市港航局、市财政局、市气象局负责）", id="department of a note"
        ),
        pytest.param("经批准的渡口不得夜航。", LIGHT, id="one of two denials dropped"),
        pytest.param("雪天能见度低于200米的，开航。", LIGHT, id="denial dropped"),
        pytest.param("渡口夜间关闭，船员住在岸上。", FERRY, id="nothing in common"),
    ],
)
def test_a_sentence_that_says_something_else_is_unverified(sentence: str, quote: str) -> None:
    assert support(sentence, [quote]) == "unverified"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        pytest.param("渡口应当每半年至少免费检修一次。", FERRY, id="a word added"),
        pytest.param("到2026年，渡口改造完成。", GOALS, id="a limiting word left out"),
    ],
)
def test_a_sentence_that_says_more_than_its_quote_is_not_verified(sentence: str, quote: str) -> None:
    assert support(sentence, [quote]) == "partial"


def test_headings_lend_words_and_years_but_bear_no_claim() -> None:
    quote, title = "全年客运量120万人次。", "青湾市2023年渡口客运统计公报"
    assert support("2023年客运量为120万人次。", [quote]) == "unverified"
    assert support("2023年客运量为120万人次。", [quote], [title]) == "verified"
    assert support("2022年客运量为120万人次。", [quote], [title]) == "unverified"
    assert support("《青湾市渡船统计公报》显示，客运量为120万人次。", [quote], [title]) == "unverified"


def test_a_figure_is_one_token_however_it_is_written() -> None:
    def figures(text: str) -> list[tuple[str, str]]:
        return [(t.value, t.sort) for t in tokens(fold(text)) if t.kind == "figure"]

    assert figures("1亿元") == figures("10000万元") == [("100000000", "元")]
    assert figures("百分之六十") == figures("60%") == figures("６０％")
    assert figures("二十四小时") == figures("24个小时")
    assert figures("5月6日") != figures("5个月6日")
    assert figures("一批项目，各级政府") == []


def test_a_bound_is_one_sign_however_it_is_said() -> None:
    def signs(text: str) -> list[tuple[str, str]]:
        return [(t.sort, t.value) for t in tokens(fold(text)) if t.kind == "sign"]

    assert signs("不低于5天") == signs("至少5天") == signs("5天以上") == [("bound", "least")]
    assert signs("不得超过5天") == signs("5天内") == [("bound", "most")]
    assert signs("主要负责、工业增加值、无障碍设施") == []


def test_each_of_several_subjects_has_its_own_figure() -> None:
    quotes = ["生产设备数字化率和关键工序数控化率分别达到44.8%和46.4%。"]
    assert support("关键工序数控化率达到46.4%。", quotes) == "verified"
    assert support("关键工序数控化率达到44.8%。", quotes) == "unverified"
    assert support("生产设备数字化率达到44.8%。", quotes) == "verified"


def test_a_figure_keeps_its_bound() -> None:
    quotes = ["当年孵化团队和企业超过50万，科技企业孵化器4000家以上，众创空间5500家。"]
    assert support("当年孵化团队和企业超过50万。", quotes) == "verified"
    assert support("当年孵化团队和企业50万。", quotes) == "partial"
    assert support("科技企业孵化器4000家。", quotes) == "partial"
    assert support("众创空间5500家。", quotes) == "verified"


def test_a_word_of_obligation_before_a_clause_is_not_left_out() -> None:
    quotes = ["鼓励学校利用数字教育资源，逐步探索网络化教育新模式。"]
    assert support("学校利用数字教育资源，逐步探索网络化教育新模式。", quotes) == "partial"


def test_of_values_told_in_order_each_belongs_to_its_own_name() -> None:
    quote = "2026年1月起，困难渔民生活补贴和重病渔民护理补贴标准分别提高至每人每月217元、290元。"
    assert support("2026年1月起，重病渔民护理补贴标准提高至每人每月290元。", [quote]) == "verified"
    assert support("2026年1月起，困难渔民生活补贴标准提高至每人每月217元。", [quote]) == "verified"
    assert support("2026年1月起，重病渔民护理补贴标准提高至每人每月217元。", [quote]) == "unverified"
    assert support("2026年1月起，困难渔民生活补贴标准提高至每人每月290元。", [quote]) == "unverified"


def test_items_beside_each_other_are_known_by_their_numbers() -> None:
    quotes = ["2.清理航道。", "3.巡查夜航。"]
    assert support("“清理航道”的后一项是“3.巡查夜航”。", quotes) == "verified"
    assert support("“清理航道”的前一项是“3.巡查夜航”。", quotes) != "verified"
    assert support("“清理航道”的后一项是“5.巡查夜航”。", [quotes[0], "5.巡查夜航。"]) != "verified"


def test_items_told_with_their_text_are_counted_by_their_numbers() -> None:
    quotes = ["第一条 偷灯的，责令退还；拒不退还的，罚一千元；", "第二条 损坏灯的，照价赔偿"]
    told = "“灯塔罚则”共2条：第一条 偷灯的，责令退还；拒不退还的，罚一千元；第二条 损坏灯的，照价赔偿。"
    assert support(told, quotes) == "verified"
    assert support(told.replace("共2条", "共3条"), quotes) != "verified"


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("渡船未经检验，或者检验不合格的，不得载客。", "渡船未经检验或者检验不合格的，不得载客。"),
        ("未经批准，不得改变用途。", "未经批准不得改变用途。"),
        ("由财政承担三成。", "由财政承担30%。"),
        ("财政补助一半。", "财政补助50%。"),
        ("贷款期限最长三年。", "贷款期限不超过3年。"),
        ("每半年检修一次。", "每6个月检修一次。"),
        ("年满60周岁的老年人免费乘船。", "60周岁以上老年人免费乘船。"),
        ("办法从2024年1月1日开始施行。", "本办法自2024年1月1日起施行。"),
        ("每人每月补贴500元，最长补6个月。", "每人每月补贴500元，期限不超过6个月。"),
    ],
)
def test_the_same_in_other_words_is_borne(said: str, quote: str) -> None:
    assert support(said, [quote]) == "verified"


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("由财政承担四成。", "由财政承担30%。"),
        ("财政补助三分之一。", "财政补助50%。"),
        ("贷款期限最长五年。", "贷款期限不超过3年。"),
        ("每年检修一次。", "每6个月检修一次。"),
    ],
)
def test_something_else_in_such_words_is_not(said: str, quote: str) -> None:
    assert support(said, [quote]) == "unverified"


def test_what_a_document_tells_is_of_the_area_that_it_is_made_for() -> None:
    said, quote, of_a_city = "全市有渡口96处。", "年末共有渡口96处。", ["甲市渡口年报"]
    assert support(said, [quote], of_a_city) == "verified"
    assert support("全省有渡口96处。", [quote], of_a_city) != "verified"
    assert support(said, ["重点区共有渡口96处。"], of_a_city) != "verified"


def test_a_figure_keeps_the_word_that_tells_it_from_the_next() -> None:
    quote = "泳池深水区应当配备救生员2名，浅水区应当配备救生员1名。"
    assert support("深水区应当配备救生员2名。", [quote]) == "verified"
    assert support("泳池应当配备救生员2名。", [quote]) == "partial"


def test_a_lead_that_nothing_bears_is_borne_in_part_only() -> None:
    assert support("不需要，情节严重的，吊销许可证。", ["情节严重的，吊销许可证。"]) == "partial"
    assert support("能，不得设在四层及以上楼层。", ["不得设在四层及以上楼层。"]) == "partial"
    assert support("不需要，登记自愿。", ["登记自愿。"]) == "verified"
    assert support("不可以，不得设在四层及以上楼层。", ["不得设在四层及以上楼层。"]) == "verified"


# --- far from the words of the quotes


FREELY = "渡口检修完了，结果五天以内就得公示出来。"


def test_what_is_far_from_its_quote_is_read() -> None:
    assert support(FREELY, [FERRY]) != "verified"
    assert support(FREELY, [FERRY], entailment=SureJudge(9)) == "verified"
    assert support(FREELY, [FERRY], entailment=SureJudge(-9)) != "verified"


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("渡船一趟最多坐八十个人，再多就不能开。", id="figure"),
        pytest.param("按照港政发〔2020〕7号，渡船一趟最多坐六十个人。", id="document"),
        pytest.param("财政部说了，渡船一趟最多坐六十个人。", id="department"),
        pytest.param("渡船载客不得多于60个月。", id="unit"),
    ],
)
def test_no_reading_verifies_what_its_quote_does_not_have(sentence: str) -> None:
    assert support(sentence, [FERRY], entailment=SureJudge(9)) != "verified"


@pytest.mark.parametrize("sentence", ["这是一个好主意。", "如有疑问，请咨询当地部门。", "渡口冬天不检修。"])
def test_what_says_nothing_of_its_quote_or_denies_what_it_does_not_is_not_read(sentence: str) -> None:
    quote = "渡口应当每半年至少检修一次，检修结果应当在检修完成后5日内公示。"
    assert support(sentence, [quote], ["疑问咨询办法"], SureJudge(9)) != "verified"


def test_of_what_is_nearly_its_quote_the_rules_decide_alone() -> None:
    judge = SureJudge(9)
    wrong = FERRY.replace("应当", "可以").split("，")[0] + "。"
    assert support(wrong, [FERRY], entailment=judge) == "unverified" and not judge.asked
    assert support(FERRY, [FERRY], entailment=judge) == "verified" and not judge.asked


def test_what_the_rules_verify_may_be_doubted_by_reading() -> None:
    said = "渡船载客要不超过60人，检修结果5日内公示。"
    assert support(said, [FERRY]) == "verified" == support(said, [FERRY], entailment=SureJudge(0))
    assert support(said, [FERRY], entailment=SureJudge(-9)) == "partial"


@pytest.mark.parametrize(
    ("said", "quote", "stand"),
    [
        ("补助三成", "按30%给予补助", True),
        ("补助四成", "按30%给予补助", False),
        ("为期半年", "期限为6个月", True),
        ("半年检修一次", "每半年进行一次检修", True),
        ("新建55处", "2025年 | 24 | 55 | 1680", True),
        ("一座渡口补助20万元", "每座渡口补助20万元", True),
        ("只许换一次", "最多可以换两次", False),
        ("客运量比上一年少3800人", "客运量比上年减少0.38万人", True),
    ],
)
def test_figures_stand_by_value(said: str, quote: str, stand: bool) -> None:
    assert figures_stand(fold(said), fold(quote)) is stand
