"""Each measure by example."""

from __future__ import annotations

import pytest

from qa import measures

LONG = "加快完善汽车健康档案、维修诊断和服务质量信息服务平台建设"  # 27 characters


# --- strings


@pytest.mark.parametrize(
    ("raw", "compared"),
    [
        ("１０ ％", "10%"),
        ("國務院關於", "国务院关于"),
        ("“互联网 +”\n行动", "“互联网+”行动"),
        ("国发（2015）40号", "国发(2015)40号"),
    ],
)
def test_strings_are_compared_after_folding(raw: str, compared: str) -> None:
    assert measures.normalise(raw) == compared


def test_marks_are_cut_but_years_in_brackets_stay() -> None:
    assert measures.comparable("依据国发[2015]40号。[1] [12]［3］") == "依据国发[2015]40号。"


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("92%", "占92%。", True),
        ("92%", "占192%。", False),
        ("2.4元", "成本为2.4元左右", True),
        ("2.4元", "成本为12.4元左右", False),
        ("4元", "成本为2.4元左右", False),
        ("2018", "到2018年", True),
        ("2018", "编号20180", False),
        ("120", "共120,000家", False),
        ("000家", "共120,000家", False),
        ("12月", "增长5，12月起", True),
        ("40", "40.5", False),
        ("40", "为40。", True),
        ("七项", "共十七项", False),
        ("七项", "共七项", True),
        ("30Mbps", "达到130Mbps，其中30Mbps", True),
        ("", "任何", False),
    ],
)
def test_a_number_matches_only_whole(form: str, text: str, found: bool) -> None:
    assert measures.holds(text, form) is found


def test_the_longest_run_in_common() -> None:
    assert measures.common_run("甲乙丙丁戊", "丑乙丙丁子") == 3
    assert measures.common_run("乙丙", "甲乙丙丁") == 2
    assert measures.common_run("甲", "乙") == 0


# --- the answer


def test_a_point_is_found_in_any_of_its_forms() -> None:
    points = [["工信部", "工业和信息化部"], ["发展改革委"], ["财政部"]]
    answer = "由工業和信息化部、发展改革委负责。[1]"
    assert measures.points_found(answer, points) == (True, True, False)
    assert measures.point_recall(answer, points) == pytest.approx(2 / 3)


def test_a_mark_inside_a_point_does_not_hide_it() -> None:
    assert measures.points_found("到2018年[1]底", [["2018年底"]]) == (True,)


def test_no_points_are_all_found() -> None:
    assert measures.point_recall("好。", []) == 1.0


@pytest.mark.parametrize(
    ("answer", "asserted"),
    [
        ("由科技部牵头。", True),
        ("不是科技部牵头，而是发展改革委牵头。", False),
        ("并非由科技部牵头。", False),
        ("“科技部牵头”的说法有误。", False),
        ("文件没有写由科技部牵头。", False),
        ("不仅由科技部牵头，还有财政部。", True),
        ("不是发展改革委，由科技部牵头。", True),
        ("不是科技部牵头。后来改由科技部牵头。", True),
        ("由商务部牵头。", False),
    ],
)
def test_forbidden_counts_unless_denied(answer: str, asserted: bool) -> None:
    assert measures.forbidden_found(answer, ["科技部牵头"]) == (("科技部牵头",) if asserted else ())


def test_a_forbidden_number_counts_only_whole() -> None:
    assert measures.forbidden_found("增长192.9%。", ["92.9%"]) == ()
    assert measures.forbidden_found("增长92.9%。", ["92.9%"]) == ("92.9%",)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("是。文件有规定。[1]", "yes"),
        ("是的，没有例外。[1]", "yes"),
        ("对，可以申请。", "yes"),
        ("可以。", "yes"),
        ("有。第三部分作了规定。", "yes"),
        ("能，由省级政府批准。", "yes"),
        ("还牵头另一项任务。", "yes"),
        ("牵头部门是商务部。", "yes"),
        ("交过。去年三月提交。", "yes"),
        ("目前，各地正在制定方案。", None),
        ("不是，31个省份均已公布。[1]", "no"),
        ("不对。文件没有给出数字。", "no"),
        ("没有。", "no"),
        ("否，另有规定。", "no"),
        ("并非如此。", "no"),
        ("不可以。", "no"),
        ("不得重复建设。", "no"),
        ("文件未对此作出规定。", "no"),
        ("说法有误，应为七项。", "no"),
        ("对符合条件的企业给予补贴。", None),
        ("智能制造的功能与会议安排。", None),
        ("所有社会机构。", None),
        ("未来十年的战略方向。", None),
        ("是指一种新业态。", None),
        ("", None),
    ],
)
def test_what_the_first_clause_says(answer: str, said: str | None) -> None:
    assert measures.polarity(answer) == said


def test_only_the_first_clause_counts() -> None:
    assert measures.polarity("全国各省，不是都这样。") is None


@pytest.mark.parametrize(
    ("reference", "kind", "bound"),
    [("字" * 10, "factoid", 300), ("字" * 100, "factoid", 400), ("字" * 10, "list", 240), ("字" * 100, "list", 300)],
)
def test_length_bound(reference: str, kind: str, bound: int) -> None:
    assert measures.length_bound(reference, kind) == bound


def test_responsibility_has_the_bound_of_lists() -> None:
    assert measures.length_bound("字", "responsibility") == measures.length_bound("字", "reverse_responsibility") == 240


def strict(answer: str, *, refused: bool = False, expected: measures.Polarity | None = None) -> bool:
    return measures.strictly_right(
        answer,
        refused=refused,
        key_points=[["七个"]],
        forbidden=["九个"],
        expected=expected,
        reference="七个方面。",
        kind="factoid",
    )


def test_strict_asks_for_everything_at_once() -> None:
    assert strict("一共七个方面。[1]")
    assert not strict("有几个方面。[1]")
    assert not strict("七个方面，也有说九个。[1]")
    assert strict("七个方面，不是九个。[1]")
    assert not strict("七个方面。[1]", refused=True)
    assert not strict("七个方面。" + "字" * 300)
    assert strict("不是，是七个。[1]", expected="no")
    assert not strict("是，七个。[1]", expected="no")


def test_a_right_refusal_asserts_nothing_forbidden() -> None:
    def right(text: str, *, refused: bool, contradicted: bool) -> bool:
        return measures.rightly_refused(text, refused=refused, contradicted=contradicted, forbidden=["400亿元"])

    assert right("没有答案。", refused=True, contradicted=False)
    assert right("不是十二条，是十一条。[1]", refused=False, contradicted=True)
    assert not right("一共400亿元。[1]", refused=False, contradicted=False)
    assert not right("大概400亿元。", refused=True, contradicted=False)


# --- citations


@pytest.mark.parametrize(
    ("quote", "covered"),
    [
        (LONG, True),
        (LONG[:14], True),
        ("鼓励企业" + LONG[5:19] + "等", True),  # 14 of 27 in one run
        ("鼓励企业" + LONG[5:18] + "等", False),  # 13 of 27
        (LONG[:10], True),  # a piece of ten characters
        (LONG[:9], False),
        ("字" * 180 + LONG[:20], True),
        ("字" * 181 + LONG[:20], False),  # longer than 200
        ("毫不相干的一句话，说的是别的事情。", False),
    ],
)
def test_when_a_quote_covers_a_gold_quote(quote: str, covered: bool) -> None:
    assert measures.covers(quote, LONG) is covered


def test_a_short_gold_quote_asks_for_four_fifths() -> None:
    assert measures.covers("见国发〔2015〕40号文", "国发〔2015〕40号")
    assert measures.covers("发〔2015〕40", "国发〔2015〕40号")  # 9 of 11
    assert not measures.covers("〔2015〕40", "国发〔2015〕40号")  # 8 of 11


def test_a_short_quote_that_holds_a_key_point_is_good() -> None:
    assert measures.good_citation("由发展改革委牵头。", ["另一段原文，与此无关，也不相同。"], [["发展改革委"]])
    assert not measures.good_citation(
        "由财政部牵头。", ["另一段原文，与此无关，也不相同。"], [["财政部"]]
    )  # 3 characters
    assert not measures.good_citation("字" * 200 + "发展改革委", [], [["发展改革委"]])


def test_precision_and_recall_of_citations() -> None:
    golds = [LONG, "国发〔2015〕40号"]
    assert measures.citation_precision([LONG, "毫不相干的一句话。"], golds, []) == 0.5
    assert measures.citation_precision([], golds, []) == 0.0
    assert measures.citation_recall([LONG, LONG], golds) == 0.5
    assert measures.citation_recall([], golds) == 0.0


def test_a_found_point_is_supported_when_a_quote_holds_it() -> None:
    points = [["七个"], ["商务部"], ["财政部"]]
    assert measures.points_supported("七个方面，商务部负责。", points, ["共七个方面"]) == (True, False)


@pytest.mark.parametrize(
    ("answer", "sentences"),
    [
        ("甲。[1]乙！[2]", ["甲。[1]", "乙！[2]"]),
        ("甲[1]。乙[1][2]。", ["甲[1]。", "乙[1][2]。"]),
        ("包括三项：\n1. 甲；[1]\n2. 乙。[2]", ["包括三项：1. 甲；[1]", "2. 乙。[2]"]),
        ("文件说“好。”[1]不是吗？[2]", ["文件说“好。”[1]", "不是吗？[2]"]),
        ("增长2.4%。[1]", ["增长2.4%。[1]"]),
    ],
)
def test_the_sentences_of_an_answer(answer: str, sentences: list[str]) -> None:
    assert measures.sentences_of(answer) == sentences


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("甲。[1]乙。[1][2]", True),
        ("甲[1]。\n乙[2]。", True),
        ("包括：\n甲；[1]\n乙。[2]", True),
        ("甲。乙。[1]", False),
        ("甲。[1]乙", False),
        ("甲。[3]", False),
        ("", False),
    ],
)
def test_every_sentence_ends_in_marks_that_have_a_citation(answer: str, right: bool) -> None:
    assert measures.marked(answer, [1, 2]) is right


# --- retrieval


def test_a_passage_holds_a_quote_by_its_beginning() -> None:
    assert measures.holds_quote("前文" + LONG + "后文", LONG)
    assert measures.holds_quote(LONG[:17], LONG)  # 17 of 27 = 63 %
    assert not measures.holds_quote(LONG[:16], LONG)  # 59 %


def test_a_passage_of_more_than_800_characters_counts_for_nothing() -> None:
    assert measures.holds_quote(LONG + "字" * (800 - len(LONG)), LONG)
    assert not measures.holds_quote(LONG + "字" * (801 - len(LONG)), LONG)


def test_only_the_first_200_characters_of_a_quote_are_asked_for() -> None:
    beginning = "".join(chr(0x4E00 + i) for i in range(120))
    assert measures.holds_quote(beginning, beginning + "末" * 500)


def test_ranks_of_the_gold_quotes() -> None:
    other = "构建包括语音、图像、视频、地图等数据的海量训练资源库"
    ranks = measures.gold_ranks(["无关", other, LONG, LONG], [LONG, other, "哪里都没有的一句原文"])
    assert ranks == (3, 2, None)
    assert [measures.any_at(ranks, k) for k in (1, 3)] == [False, True]
    assert measures.share_at(ranks, 3) == pytest.approx(2 / 3)
    assert measures.reciprocal_rank(ranks) == 0.5
    assert measures.reciprocal_rank((11, None)) == 0.0


# --- numbers


def test_percentiles() -> None:
    assert measures.percentile([5.0], 95) == 5.0
    assert measures.percentile([1.0, 2.0, 3.0], 50) == 2.0
    assert measures.percentile([float(i) for i in range(101)], 95) == 95.0


# --- likeness, lists, numbers, spans, ranks, tokens


def test_character_f1_counts_shared_characters_and_no_punctuation() -> None:
    assert measures.char_f1("七个示范区。[1]", "七个示范区") == 1.0
    assert measures.char_f1("七个", "七个示范区") == pytest.approx(2 * 2 / (2 + 5))
    assert measures.char_f1("七七", "七个") == pytest.approx(2 * 1 / 4), "a character counts as often as it stands"
    assert measures.char_f1("", "七个") == 0.0 and measures.char_f1("甲", "乙") == 0.0


def test_rouge_l_goes_by_the_order_of_words() -> None:
    assert measures.rouge_l("由财政局牵头。[1]", "由财政局牵头") == 1.0
    turned = measures.rouge_l("牵头由财政局", "由财政局牵头")
    assert 0 < turned < 1 and measures.char_f1("牵头由财政局", "由财政局牵头") == 1.0


def test_a_list_is_complete_with_its_last_item() -> None:
    assert measures.complete((True, True, True), "list") is True
    assert measures.complete((True, False, True), "responsibility") is False
    assert measures.complete((True,), "list") is None and measures.complete((True, True), "date") is None


def test_numbers_are_the_points_with_digits() -> None:
    points = [["七个", "7个"], ["市财政局"], ["２０２５年"]]
    assert measures.numbers_right((True, True, False), points) == (True, False)


def test_spans_are_measured_by_character() -> None:
    gold = "由市财政局牵头，市科技局参与。"
    assert measures.span_precision([gold], [gold]) == 1.0 and measures.span_recall([gold], [gold]) == 1.0
    half = gold[:8]
    assert measures.span_precision([half], [gold]) == 1.0
    assert measures.span_recall([half], [gold]) == pytest.approx(8 / 15)
    assert measures.span_recall([gold[:8], gold[8:]], [gold]) == 1.0, "two citations may share a gold quote"
    assert measures.span_precision([gold, "无关的十五个字无关的十五个字无"], [gold]) == 0.5
    assert measures.span_precision([], [gold]) == 0.0 and measures.span_recall([], [gold]) == 0.0
    assert measures.span_recall(["别处也有牵头二字"], [gold]) == 0.0, "two characters in common are an accident"


def test_ndcg_rewards_gold_quotes_high_up() -> None:
    assert measures.ndcg((1,)) == 1.0 and measures.ndcg((1, 2)) == 1.0
    assert measures.ndcg((3,)) == pytest.approx(0.5)
    assert measures.ndcg((1, None)) == pytest.approx(1 / (1 + 1 / 1.584962500721156))
    assert measures.ndcg((1, 1)) == 1.0, "two in one passage are no better than the best order"
    assert measures.ndcg((11,)) == 0.0 and measures.ndcg(()) == 0.0


def test_tokens_of_an_answer() -> None:
    assert measures.tokens({"input_tokens": 100, "output_tokens": 20}) == 120
    assert measures.tokens({"input_tokens": 100, "output_tokens": 20, "total_tokens": 130}) == 130
    assert measures.tokens({}) is None
