"""Yes or no by the rules of the language: single rules by example, then a bench of many topics."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.calibration import Calibration
from qa.claim import read_claim
from qa.verdict import verdict
from qa.verdict_figures import by_date, by_days

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "verdicts.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("灯塔都建成了吗？", "规划的12座灯塔，9座已建成。", ("不是", True)),
        ("八件实事全部办完了吗？", "八件实事，七件全面完成，一件结转。", ("不是", True)),
        ("隐患都整改了吗？", "查出隐患41处，已整改37处，其余正在推进。", ("不是", True)),
        ("指标都达到预期了吗？", "22项指标中，达到预期的15项。", ("不是", True)),
        ("灯塔全部建成了吗？", "12座灯塔全部建成，其中3座提前建成。", ("是的", False)),
        ("隐患都整改了吗？", "查出的41处隐患已全部整改。", ("是的", False)),
    ],
)
def test_fewer_are_done_than_there_are(question: str, sentence: str, expected: tuple[str, bool]) -> None:
    assert verdict(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        pytest.param("可以加收服务费吗？", "任何单位不得加收服务费。", ("不可以", True), id="prohibition"),
        pytest.param("摊位费降低了吗？", "摊位费标准由每月300元提高到400元。", ("不是", True), id="opposites"),
        pytest.param("试点在所有县推行吗？", "选择部分县开展试点。", ("不是", True), id="all and some"),
        pytest.param("低收入户用水有优惠吗？", "低收入户每月免收3立方米水费。", ("有", False), id="spared is favoured"),
        pytest.param("低收入户要交水费吗？", "低收入户免收水费。", ("不需要", True), id="spared is not charged"),
        pytest.param("外地人有门票优惠吗？", "外地人不享受优惠。", ("没有", True), id="no favour"),
        pytest.param("岗位只招本地人吗？", "岗位面向本地和外地人员招聘。", ("不是", True), id="only"),
        pytest.param("补助是每人500元吗？", "补助标准为每人600元。", ("不是", True), id="another figure"),
        pytest.param("期限可以有8个月吗？", "期限不得超过6个月。", ("不可以", True), id="over a bound"),
        pytest.param("期限可以有半年吗？", "期限不得超过1年。", ("可以", False), id="under a bound"),
        pytest.param("参加培训是强制的吗？", "参加培训坚持自愿原则。", ("不是", True), id="modality"),
        pytest.param("参加培训必须登记吗？", "参加培训应当登记。", ("必须", False), id="obligation"),
        pytest.param("2030年达到20%吗？", "到2025年达到20%，到2030年达到25%。", ("不是", True), id="of its year"),
        pytest.param(
            "月收入8万元用交税吗？", "对月收入10万元以下的商户，免征税款。", ("不需要", True), id="condition met"
        ),
        pytest.param(
            "月收入12万元免税吗？", "对月收入10万元以下的商户，免征税款。", ("不是", True), id="condition not met"
        ),
        pytest.param("能借五本杂志吗？", "每张证限借3本。", ("不能", True), id="more than at most"),
        pytest.param("能借两本杂志吗？", "每张证限借3本。", None, id="no more than at most"),
        pytest.param("一年能借五本吗？", "每次限借3本。", None, id="at most at a time"),
        pytest.param("两张旧票能加起来用吗？", "多张旧票只计一张。", ("不能", True), id="only one counts"),
        pytest.param("渔船补证能延期吗，我是老船工", "补证不延期（老船工除外）。", ("能", False), id="a remark frees"),
        pytest.param(
            "老船工补贴能领吗，我干了三十年", "渔民可以领取补贴（老船工除外）。", ("不能", True), id="a remark excludes"
        ),
        pytest.param(
            "去年搬了家，忘了报，跑了两趟，主动补报还罚吗？",
            "主动补报的，不予处罚。",
            ("不罚", True),
            id="end of a story",
        ),
        pytest.param(
            "2021年3月造的船能领补贴吗？",
            "2020年12月31日以前建造的渔船可以领补贴。",
            ("不能", True),
            id="after the last day",
        ),
        pytest.param(
            "不交泊位费港口能停我的灯吗？", "港口不得以停灯、停水等方式催交。", ("不能", True), id="case not done"
        ),
        pytest.param(
            "80岁的渔民可以留人陪吗？",
            "75周岁以上或者行走不能自理的可以留1人陪护。",
            ("可以", False),
            id="what the case cannot do",
        ),
        pytest.param("摊位可以转让吗？", "摊位面积为十平方米。", None, id="another predicate"),
        pytest.param("图书馆周末开放吗？", "推进农村公路建设。", None, id="nothing in common"),
    ],
)
def test_rules_by_example(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == expected


def outcome(question: str, sentence: str) -> str:
    said = verdict(question, sentence)
    return "none" if said is None else "no" if said[1] else "yes"


def shares(rows: list[list[str]]) -> tuple[float, float]:
    """Shares of the yes/no rows that come out right and wrong; what is left over has no verdict."""
    settled = [(outcome(question, sentence), expected) for question, sentence, expected in rows if expected != "none"]
    right = sum(got == expected for got, expected in settled)
    wrong = sum(got not in (expected, "none") for got, expected in settled)
    return right / len(settled), wrong / len(settled)


def test_the_bench_is_large_and_has_every_outcome() -> None:
    counts = {expected: sum(row[2] == expected for row in ROWS) for expected in ("yes", "no", "none")}
    assert counts["yes"] >= 100 and counts["no"] >= 100 and counts["none"] >= 25


def test_most_of_the_bench_comes_out_right_and_next_to_nothing_wrong() -> None:
    right, wrong = shares(ROWS)
    assert right >= 0.85
    assert wrong <= 0.05


def test_the_lead_word_agrees_with_the_verdict() -> None:
    for question, sentence, _ in ROWS:
        said = verdict(question, sentence)
        if said is not None:
            assert said[0].startswith(("不", "没")) == said[1]


def test_what_a_sentence_leaves_out_is_denied() -> None:
    assert verdict("疫苗可以按这个办法进口吗？", "医疗机构可以进口少量药品（不含疫苗）。") == ("不可以", True)
    assert verdict("药品可以进口吗？", "医疗机构可以进口少量药品（不含疫苗）。") == ("可以", False)


PRICED = "年满60周岁不满65周岁的老年人乘船享受半价优惠；年满65周岁的，免费乘船。"


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        pytest.param("62岁的老人乘船免费吗？", PRICED, ("不是", True), id="a share of the price is not free"),
        pytest.param("62岁的老人乘船是不是一分钱都不用出？", PRICED, ("不是", True), id="in the words of talk"),
        pytest.param("66岁的老人乘船不要钱吧？", PRICED, ("是的", False), id="the case that the age falls in"),
        pytest.param("66岁的老人乘船要不要买票？", PRICED, ("不需要", True), id="whether it costs"),
        pytest.param("老人乘船免费吗？", PRICED, None, id="both, and no age"),
        pytest.param("评审要收钱吗？", "评审不收取任何费用。", ("不需要", True), id="nothing is taken"),
        pytest.param(
            "停车50分钟免费吗？", "停车30分钟以内免费，超过30分钟的，每小时收取2元。", ("不是", True), id="beyond what is free"
        ),
        pytest.param("泳池全天免费吗？", "场馆全天免费，泳池除外。", ("不是", True), id="left out"),
    ],
)  # fmt: skip
def test_free_of_charge(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == expected


SCOPE = "在本省内从事渔业活动，适用本办法；军用渔船不适用本办法。"


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        pytest.param("军用渔船归这个办法管吗？", SCOPE, ("不是", True), id="not within"),
        pytest.param("军用渔船不归这个办法管，对吧？", SCOPE, ("对", False), id="asked as a denial"),
        pytest.param("省内的渔业活动适用这个办法吗？", SCOPE, ("是的", False), id="within"),
        pytest.param(
            "休闲垂钓这部规定管得着吗？", "休闲垂钓的管理，参照适用本规定。", ("是的", False), id="by analogy"
        ),
        pytest.param("铁矿归这个办法管吗？", "铀矿的开采不适用本办法。", None, id="another kind is left out"),
        pytest.param("三十间客房归这个办法管吗？", "客房不超过14间的，适用本办法。", ("不是", True), id="beyond its range"),
    ],
)  # fmt: skip
def test_what_a_rule_holds_for(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == expected


UNLESS = "不能证明财产独立的，股东应当承担连带责任。"


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        pytest.param("股东是不是铁定只赔出资，不会牵连家里？", UNLESS, None, id="the denial is in the condition"),
        pytest.param("股东要承担连带责任吗？", UNLESS, None, id="only under a condition"),
        pytest.param("没办许可证经营会被罚款吗？", "未取得许可证经营的，处罚款。", ("会", False), id="the same case"),
        pytest.param("没办证能经营吗？", "未取得许可证的，不得经营。", ("不能", True), id="forbidden in that case"),
        pytest.param("20岁可以驾船吗？", "18周岁以下的不得驾船。", None, id="forbidden to others"),
        pytest.param("16岁可以驾船吗？", "18周岁以下的不得驾船。", ("不可以", True), id="forbidden"),
        pytest.param("能否驾船？", "能，未成年人能否驾船？", None, id="a question of the document"),
    ],
)
def test_conditions_that_turn_a_rule_round(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        # A definition says what counts.
        ("在码头抽电子烟也算吸烟吗？", "本办法所称的吸烟，是指吸入烟草烟雾或者电子烟气雾的行为。", ("算", False)),
        ("嚼烟叶算吸烟吗？", "本办法所称的吸烟，是指吸入烟草烟雾或者电子烟气雾的行为。", None),
        ("橡皮艇算不算船舶？", "本办法所称船舶，是指机动船和帆船，不包括橡皮艇。", ("不算", True)),
        # What may be had once only.
        ("守塔补贴可以再次申领吗？", "守塔补贴不得重复申领。", ("不可以", True)),
        ("我能领守塔补贴吗？", "守塔人可以领守塔补贴，每人只能享受一次。", ("能", False)),
        # A reply that approves.
        ("国务院同意设立灯塔学院了吗？", "同意设立灯塔学院。", ("是的", False)),
        # What others pay costs nothing.
        ("守塔人体检免费吗？", "守塔人体检所需费用由财政支付。", ("是的", False)),
        ("守塔人体检免费吗？", "守塔人体检费用由个人承担。", ("不是", True)),
        ("守塔人体检免费吗？", "守塔人体检费用由申请人承担。", ("不是", True)),
        ("守塔人体检免费吗？", "守塔人每年体检。", None),  # nothing of a price
    ],
)
def test_what_counts_is_had_once_approved_or_paid_by_others(
    question: str, sentence: str, expected: tuple[str, bool] | None
) -> None:
    assert verdict(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        # Who does it: a department by any of its names, and nothing where a sentence tells of something else.
        ("灯塔检查由发改委牵头吗？", "灯塔检查由国家发展改革委牵头。", ("是的", False)),
        ("冬运会由财政局牵头负责吗？", "由体育局牵头，财政局配合。", ("不是", True)),
        ("培训费由企业承担吗？", "培训费由用人单位承担。", ("是的", False)),
        # What is left out, and what is added.
        ("钓具作业的船要休渔吗？", "除钓具以外的所有作业类型渔船，均应当休渔。", ("不需要", True)),
        ("要提交申请表吗？", "除提交申请表外，应当提交身份证复印件。", ("需要", False)),
        # A barrier that is taken away.
        ("外地人可以办老年卡吗？", "办理老年卡不受户籍限制。", ("可以", False)),
        ("办理老年卡有户籍限制吗？", "办理老年卡不受户籍限制。", ("没有", True)),
        ("合作社今年要分红吗？", "合作社今年不分红。", ("不需要", True)),
        # Against a rule.
        ("把补助住房租给境外人员违规吗？", "禁止将补助住房出租给境外人员。", ("是的", False)),
        ("用微信传公开通知违规吗？", "微信可以传公开通知。", ("不是", True)),
        # What a definition holds.
        ("一栋楼的小区算老旧小区吗？", "老旧小区是指失养失修的住宅小区（含一栋楼）。", ("算", False)),
        ("这笔补贴算收入吗？", "各类补贴（含交通补贴）不计入家庭收入。", ("不算", True)),
        # Of two things alike.
        ("门诊和住院两样都能报销吗？", "门诊和住院按同等比例报销。", ("能", False)),
        # Denials: of the case, of what is asked, in a description.
        ("未婚可以申请吗？", "未婚的可以申请。", ("可以", False)),
        ("国家支持这些地区发展产业吗？", "国家支持经济不发达的地区发展产业。", ("是的", False)),
        ("学校放假也适用调休规定吗？", "学校放假不适用本通知的调休规定。", ("不是", True)),
    ],
)
def test_what_a_sentence_says_of_a_claim(question: str, sentence: str, said: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == said


EXCEPTED = "守塔人不得将钥匙转借他人，但经站长书面同意或者法律另有规定的除外。"


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        # An exception holds for who says that he is in it.
        ("站长书面同意了，钥匙可以转借给同事吗？", EXCEPTED, ("可以", False)),
        ("站长没同意，守塔人可以转借钥匙吗？", EXCEPTED, ("不可以", True)),
        ("守塔人可以转借钥匙吗？", EXCEPTED, ("不可以", True)),
        ("站长书面同意了，守塔人转借钥匙违规吗？", EXCEPTED, ("不是", True)),
        # A denial of the case is none of the rule.
        ("他没有工作，能申请守塔津贴吗？", "无业人员可以申请守塔津贴。", ("能", False)),
        # What is judged stands before: not done what has to be, and done what is forbidden.
        ("灯塔公司不收银行保函，合规吗？", "灯塔公司应当接受银行保函。", ("不合规", True)),
        ("没登记就出海，行吗？", "未经登记的船只，不得出海。", ("不行", True)),
        ("没穿救生衣出海，违规吗？", "出海应当穿救生衣。", ("是的", False)),
        ("灯塔公司不给保修，合规吗？", "经营者不得限制用户选择维护，并将其作为拒绝保修的理由。", None),
        # What one of two clauses says.
        ("修灯用不用办施工许可？", "修灯不需要办理规划许可证，但应当办理施工许可。", ("需要", False)),
        # Of some cases only; late.
        ("带孩子出海的都由海事局查处吗？", "胁迫他人出海的，由海事局查处。", ("不是", True)),
        ("五天才上报，会停发津贴吗？", "应当在三日内上报，逾期未上报的，停发津贴。", ("会", False)),
        # What is given back is no price.
        ("老人参观灯塔免不免费？", "老人参观灯塔不收取押金。", None),
        ("参观灯塔要交押金吗？", "参观灯塔不收取押金。", ("不需要", True)),
        # A figure of the case is not what is asked.
        ("今年第三年了，还能用旧证吗？", "旧证可以继续使用，补办工本费5元。", ("能", False)),
    ],
)
def test_cases_exceptions_and_judgements(question: str, sentence: str, said: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == said


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("渔港数量是不是90座？", "到2030年渔港数量达到72座。"),  # another figure
        ("20个试点渔港里有没有望潮港？", "20个试点渔港先后开工。"),  # nothing is said of that one
        ("现在已经能用手机交泊位费了吗？", "港务局计划在未来允许用手机交泊位费。"),  # a plan
    ],
)
def test_what_does_not_stand_there_is_not_affirmed(question: str, sentence: str) -> None:
    assert verdict(question, sentence) is None


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        # What is done without what a rule asks for first.
        ("没有牌照就出海，违法吗？", "渔船应当登记并取得号牌后，方可出海作业。", ("是的", False)),
        ("没有牌照就出海，合法吗？", "渔船应当登记并取得号牌后，方可出海作业。", ("不合法", True)),
        ("没带救生衣就出海，违法吗？", "渔船应当登记并取得号牌后，方可出海作业。", None),  # another thing
        ("不登记就摆渡，违法吗？", "未登记摆渡的，处五百元罚款。", ("是的", False)),
        # The denial of what is judged counts.
        ("不收灯油费，违规吗？", "灯塔禁止收取灯油费。", ("不是", True)),
        ("收灯油费，违规吗？", "灯塔禁止收取灯油费。", ("是的", False)),
        ("不收灯油费，违规吗？", "灯塔可以收取灯油费。", None),  # what may be done need not be
        ("不给保修，违规吗？", "船厂不得拒绝保修。", ("是的", False)),
        # One object in common decides nothing.
        ("按时发津贴，合法吗？", "灯塔不得克扣津贴。", None),
        ("按时发津贴，违法吗？", "灯塔不得克扣津贴。", None),
        ("克扣津贴，合法吗？", "灯塔不得克扣津贴。", ("不合法", True)),
        ("随便涨价，违规吗？", "渡口不得擅自涨价。", ("是的", False)),
    ],
)
def test_what_is_judged_is_held_against_what_is_ruled(
    question: str, sentence: str, expected: tuple[str, bool] | None
) -> None:
    assert verdict(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("小艇能载大牲口吗？", "小艇可以搭载一名十二周岁以下的儿童。", None),
        ("中度失能的守塔人有护理补贴吗？", "重度失能的守塔人按月享受护理补贴。", None),
        ("重度失能的守塔人有护理补贴吗？", "重度失能的守塔人按月享受护理补贴。", ("有", False)),
        ("70岁守塔人每月补8元吗？", "60至79周岁的守塔人每月补6元，80周岁以上的守塔人每月补8元。", None),
        ("85岁守塔人每月补8元吗？", "60至79周岁的守塔人每月补6元，80周岁以上的守塔人每月补8元。", ("是的", False)),
        ("灯塔的值守期会不会延长？", "灯塔的值守期为5日。", None),
    ],
)
def test_a_yes_needs_its_condition(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("出海可以不登记吗？", "近岸出海的，可以不登记。", ("可以", False)),
        ("登记表可以不交吗？", "登记表由港务站代填，船东无需提交。", ("可以", False)),
        ("登记表不交行吗？", "登记表由港务站代填，船东无需提交。", ("行", False)),
        ("出海登记可以不办吗？", "出海登记可以口头申请。", None),  # that something else is allowed spares nothing
        ("出海可以不登记吗？", "出海应当登记。", ("不可以", True)),
        ("3吨的小艇可以不登记吧？", "小艇应当登记，不足5吨的小艇除外，登记不设期限。", ("可以", False)),
        ("8吨的小艇可以不登记吧？", "小艇应当登记，不足5吨的小艇除外，登记不设期限。", ("不可以", True)),
        ("65岁的船员，泊位费可以不交吗？", "年满七十周岁的船员，免收泊位费。", ("不可以", True)),
        ("没挂价目牌，我可以不给摆渡钱吗？", "未挂价目牌的，乘客有权拒付摆渡钱。", ("可以", False)),
    ],
)
def test_what_may_be_left_undone_is_spared(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("中午十二点能在码头卸煤吗？", "每日七时至二十时，不得在码头卸煤。", ("不能", True)),
        ("晚上九点能在码头卸煤吗？", "每日七时至二十时，不得在码头卸煤。", None),  # forbidden at other hours
        ("晚上九点能在码头卸煤吗？", "码头每日7:00—20:00可以卸煤，夜间看守不撤。", ("不能", True)),
        ("下午三点半能在码头卸煤吗？", "码头每日7:00—20:00可以卸煤，夜间看守不撤。", ("能", False)),
        ("周日上午九点能上户口吗？", "窗口周六上午8时至11时办理。", None),  # of another day
    ],
)
def test_the_hour_of_the_day_is_reckoned(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("缆绳两米长行不行？", "缆绳长度不超过一点五米。", ("不行", True)),
        ("每户能养两只船犬吗？", "每户限养一只船犬。", ("不能", True)),
        ("灯油补贴的比例是30%吗？", "灯油补贴的比例为百分之二十五。", ("不是", True)),
        ("灯油补贴的比例是不是30%？", "灯油补贴按比例发放。", None),  # no figure
        ("灯油累加补贴是不是20%？", "按灯油补贴额的50%给予累加补贴。", ("不是", True)),
        ("继续租泊位的要重新申请吗？", "泊位可以继续租，无需重新申请。", ("不需要", True)),
        ("灯船是不是只能在本港用？", "灯船可以跨港作业，不限于本港。", ("不是", True)),
        ("守塔假是15天吗？", "守塔人每年享受不超过7天的守塔假。", ("不是", True)),
        ("泊位券8天没用还有效吗？", "泊位券领取后7日内有效，逾期失效。", ("不是", True)),
        ("5吨的船可以免缴保证金吗？", "船东应当缴纳保证金，10吨以上的船可以免缴。", ("不可以", True)),
        ("旧船的泊位费是不是全免？", "旧船的泊位费减半收取。", ("不是", True)),
        ("水费要船员自己交吗？", "电费由船员自理，水费由港务局承担。", ("不需要", True)),
    ],
)  # fmt: skip
def test_a_figure_or_a_price_settles_it(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence, sentence.split("，")[0]) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("泊位补贴能和灯油补贴一起领吗？", "泊位补贴和灯油补贴可以叠加，不得与船险补贴重复享受。", ("能", False)),
        ("船险补贴能同时领吗？", "泊位补贴和灯油补贴可以叠加，不得与船险补贴重复享受。", ("不能", True)),
        ("父子的积分可以加在一起吗？", "父子只能以一方积分申请，不得合并计算。", ("不可以", True)),
        ("航次不登记会不会被罚款？", "航次未登记的，处五十元罚款。", ("会", False)),
        ("不是船员的人代办要不要公证？", "船员代办的，不需要公证。", None),  # for another kind
        ("船主不去申请也会到账吗？", "补贴由系统直接拨付，船主不用申请。", None),  # what is denied is of the case
        ("买灯塔模型有补贴吗？", "样机、二手船不在补贴范围内。", None),  # others are left out
        ("养两只船犬的盲人可以吗？", "盲人养船犬，不受数量限制。", ("可以", False)),  # 两只 is no 只
    ],
)
def test_both_of_two_and_other_cases(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == expected


def test_what_is_excepted_from_what_an_announcement_refuses() -> None:
    item = "近期转让渔船的，不予受理，因重大疾病转让渔船的除外。"
    sold = "因重大疾病转让渔船的除外。"
    assert verdict("近期因重大疾病卖了渔船，能申请泊位吗？", item, sold) == ("能", False)


@pytest.mark.parametrize(
    ("question", "sentence", "clause", "word"),
    [
        (
            "塔钥匙能让渔业站代收吗？",
            "塔钥匙由使用人直接交给看塔人，渔业站按照谁使用、谁保管的原则登记，渔业站不得代收。",
            "渔业站按照谁使用、谁保管的原则登记",
            "不能",
        ),
        (
            "学校里的灯塔也按航标来管吗？",
            "学校、公园等单位内部附设的灯塔，应当遵守有关规定，不适用本办法。",
            "应当遵守有关规定",
            "不是",
        ),
    ],
)
def test_where_a_clause_settles_nothing_a_sentence_that_is_well_read_is_weighed_whole(
    question: str, sentence: str, clause: str, word: str
) -> None:
    reading = Calibration.load().reading
    assert reading is not None
    weighing = reading.weighing
    assert verdict(question, sentence, clause, weighing, odds=5.0) == (word, True)
    assert verdict(question, sentence, clause, weighing, odds=1.0) is None, "hardly read to answer"


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        pytest.param(
            "礼拜六能去换证吗？", "办公时间：周一至周五9:00-17:00（周六上午照常换证）。", ("能", False), id="of the day"
        ),
        pytest.param(
            "周日能去换证吗？", "办公时间：周一至周五9:00-17:00（周六上午照常换证）。", ("不能", True), id="of no day"
        ),
        pytest.param(
            "周一开门吗？", "灯塔周二至周日9:00至21:00开放，周一闭馆。", ("不是", True), id="of the day it is closed"
        ),
        pytest.param(
            "周一去登塔行吗？", "灯塔周二至周日9:00至21:00开放，周一闭馆。", ("不行", True), id="judged of that day"
        ),
        pytest.param(
            "周末能去换证吗？", "办公时间：周一至周五9:00-17:00（周六上午照常换证）。", None, id="of one of two days"
        ),
        pytest.param("星期天能去换证吗？", "每天9:00-17:00换证，周日休息。", ("不能", True), id="but on that day"),
        pytest.param("星期三能登塔吗？", "仅在周六、周日每日9时至11时登塔。", ("不能", True), id="each of the days"),
        pytest.param(
            "头一回乱抛锚会罚款吗？", "首次乱抛锚的，予以警告，并处50元罚款。", ("会", False), id="a warning and a fine"
        ),
        pytest.param("提前两周贴告示行不行？", "应当提前三十日贴告示。", ("不行", True), id="less time before"),
        pytest.param(
            "夜里11点半才靠岸，车票报不报？",
            "夜航补贴包干，不再报销车票，但23:00以后靠岸的除外。",
            ("是的", False),
            id="past the hour excepted",
        ),
        pytest.param(
            "晚上8点就靠岸，车票报不报？",
            "夜航补贴包干，不再报销车票，但23:00以后靠岸的除外。",
            ("不报", True),
            id="before it",
        ),
        pytest.param(
            "因为我妈生病把船卖了，能再买吗？",
            "三年内卖过船的，不得再买，因重大事故卖船的除外。",
            None,
            id="a reason that may be excepted",
        ),
        pytest.param(
            "学徒跟着师傅，自己不登记行不行？", "上塔人员应当登记，但学徒不受此限。", ("行", False), id="duty not his"
        ),
        pytest.param(
            "我骑的是水上摩托，这个停泊办法管不管我？",
            "水上摩托不适用本办法。",
            ("不管", True),
            id="thing before the rule",
        ),
        pytest.param("放信号弹要馆长同意吗？", "经馆长同意，可以放信号弹。", ("需要", False), id="with consent"),
        pytest.param(
            "岛民可以和船员一起领补助吗？",
            "无人赡养的岛民可同时领船员补助。",
            ("可以", False),
            id="no denial in a name",
        ),
        pytest.param("灯工的工钱会比船员少吗？", "灯工享受与船员相同的工钱。", ("不会", True), id="alike"),
        pytest.param("灯油补贴能比去年还少吗？", "灯油补贴不得低于去年。", ("不能", True), id="not less"),
        pytest.param("船补比低保高吗？", "船补按照高于低保的水平确定。", ("是的", False), id="more"),
        pytest.param(
            "上岛已经是第四次了，打电话核实还让上岛吗？",
            "凭卡上岛，同一季不超过3次。",
            ("不是", True),
            id="the fourth time",
        ),
        pytest.param(
            "我是救援队的，一天要领50盏灯，给不给领？",
            "每人每天领灯不超过5盏，但救援队因抢险需要的，不受数量限制。",
            ("是的", False),
            id="no limit for them",
        ),
        pytest.param("自己拉走渔网，清运费还用交吗？", "自行清运的，不收清运费。", ("不需要", True), id="no fee taken"),
        pytest.param(
            "周六塔里爆管，当天抢修算违规吗？",
            "爆管抢修不受时间限制。",
            ("不算", True),
            id="nothing wrong without a limit",
        ),
        pytest.param("鱼漂放了4个，超了没？", "鱼漂不超过3个。", ("是的", False), id="more than may be"),
        pytest.param("风灯亮到41℃，还能上塔吗？", "船员可以上塔，灯温超过40℃的除外。", ("不能", True), id="degrees"),
        pytest.param(
            "晚上八点在塔下放灯，没事吧？",
            "每天6:00至7:30、19:00以后可以在塔下放灯。",
            ("可以", False),
            id="past an hour",
        ),
        pytest.param(
            "我67岁了，想自己开小艇，可以吗？",
            "小艇不要求驾驶证，但操作人不超过65周岁。",
            ("不可以", True),
            id="the part with the measure",
        ),
        pytest.param("离岛请假10个小时，给批吗？", "请假离岛一次不超过8小时。", ("不批", True), id="beyond a bound"),
        pytest.param(
            "灯坏了返厂，修灯的钱要我自己掏吗？",
            "制造商应当承担消除缺陷的费用。",
            ("不需要", True),
            id="a firm bears it",
        ),
        pytest.param("家里是军属，那800块押金要交吗？", "军属免押金，租金照付。", ("不需要", True), id="no deposit"),
        pytest.param("缆绳收三米五，算超标吗？", "缆绳长度不得超过三米。", ("算", False), id="too much"),
        pytest.param("缆绳放到两米，没问题吧？", "缆绳长度不得超过三米。", ("可以", False), id="within a bound"),
        pytest.param("每度电收0.4元，算超标吗？", "电价最高不得超过每千瓦时0.3元。", ("算", False), id="by each unit"),
    ],
)
def test_a_clause_that_is_read_to_answer_settles(
    question: str, sentence: str, expected: tuple[str, bool] | None
) -> None:
    assert verdict(question, sentence, clause=sentence, odds=9.0) == expected


def test_days_and_judgements_that_tell_of_something_else_settle_nothing() -> None:
    assert by_days(read_claim("周三能去换证吗？"), "换证后5个工作日内领取。", "换证后5个工作日内领取。") is None


def test_an_exception_that_is_read_to_answer_turns_a_limit_round() -> None:
    sentence = "一条船五年内只安排一户的渔民登船，同一船东的雇工除外。"
    assert verdict("我哥也在这船上干，我还能登船吗？", sentence, clause="同一船东的雇工除外。", odds=9.0) == (
        "能",
        False,
    )


def test_a_date_within_a_bound_is_left_to_the_words() -> None:
    assert by_date(read_claim("2019年5月造的船能领补贴吗？"), "2020年12月31日以前建造的渔船可以领补贴。") is None
    assert by_date(read_claim("2021年5月造的船能领补贴吗？"), "2020年12月31日以前建造的渔船不得领补贴。") is None


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("去年的渔获比前年多吗？", "渔获21万吨，比上年减少0.4万吨。", True),
        ("去年的渔获比前年少吗？", "渔获21万吨，比上年减少0.4万吨。", False),
        ("学徒的津贴跟船工一样吗？", "学徒与船工执行同样的津贴。", False),
        (
            "我出嫁了户口还在岛上，婆家那边没分股，今年分红有我的份吗？",
            "外嫁女户口没有迁出、在婆家没有分到股份的，照分。",
            False,
        ),
    ],
    ids=["less", "less is asked", "alike", "a case that is told by denials"],
)
def test_what_is_compared_and_what_holds_for_a_case(question: str, sentence: str, expected: bool) -> None:
    said = verdict(question, sentence, clause=sentence, odds=9.0)
    assert said is not None and said[1] is expected


def test_what_is_left_open_is_not_denied() -> None:
    sentence = "码头办收到申请后15日内决定受不受理。"
    assert verdict("申请了就能受理吗？", sentence, clause=sentence, odds=9.0) is None
