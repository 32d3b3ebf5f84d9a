"""Which way of answering each question takes, from the question to the answer, over a small index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from fakes import HashEmbedder
from outlined import outlined
from qa.answer import REFUSAL
from qa.bot import PolicyQA
from qa.compared import tells_each
from qa.compose import compose, of_asked_year
from qa.evidence import Candidate, Probe
from qa.extractive import Decline, Draft, Line
from qa.finding import Found
from qa.first_sentence import (
    beyond_definition,
    in_asked_range,
    in_total,
    of_asked_case,
    of_asked_class,
    of_asked_label,
    of_what_is_new,
)
from qa.told_around import in_own_range, with_antecedent
from searched import asked, searched
from small import bot_of

RULES = """\
湖港市人民政府关于印发灯塔管护办法的通知
湖政发〔2031〕5号
各区人民政府，市政府各部门：
现将《灯塔管护办法》印发给你们，请认真贯彻执行。
湖港市人民政府
2031年4月2日
灯塔管护办法
一、基本原则
（一）安全第一。出海前应当检查渔船。
（二）因地制宜。各港自定巡查办法。
（三）公开透明。灯塔账目上墙公布。
二、重点任务
（一）修复灯塔。修复旧塔，每座补助30万元。（市财政局、市海事局负责）
（二）清理航道。航道每年清理一次，登塔不得携带火种。（市港务局牵头）
（三）登记渔船。渔船应当自造成之日起30日内登记；遇大风等特殊情况的，可以延长，但最长不得超过60日。（市渔政局负责）
三、附则
办法自2031年5月1日起施行。
"""
PAPER = """\
海岸照明的经济分析
摘要：本文讨论灯塔的收益。
关键词：灯塔；收益
一、引言
灯塔是公共品，难以向过往渔船收费。
二、结论
灯塔的收益高于修复的成本。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "办法.txt").write_text(RULES, encoding="utf-8")
    (folder / "论文.txt").write_text(PAPER, encoding="utf-8")
    bot = PolicyQA.open([folder], tmp_path_factory.mktemp("data"), embedder=HashEmbedder())
    # The package's threshold is drawn for its own model; here the plain rules alone refuse.
    bot.calibration = replace(bot.calibration, threshold=0.0)
    return bot


def composed(bot: PolicyQA, question: str) -> Draft | Decline:
    return compose(bot.find(question), bot)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("基本原则有哪些？", "“基本原则”共3项：（一）安全第一；（二）因地制宜；（三）公开透明。"),  # a list
        ("第二条基本原则是什么？", "（二）因地制宜。"),  # one member
        ("第五条基本原则是什么？", "“基本原则”只有3项，没有第五条。"),  # none such
        ("清理航道由谁牵头？", "市港务局牵头"),  # who is responsible
        ("灯塔管护办法的发文字号是什么？", "湖政发〔2031〕5号"),  # data of the document
        ("修复旧塔每座补助多少钱？", "每座补助30万元。"),  # a figure
        ("登塔可以携带火种吗？", "登塔不得携带火种。"),  # yes or no
    ],
)
def test_each_kind_of_question_is_answered_in_its_way(bot: PolicyQA, question: str, said: str) -> None:
    draft = composed(bot, question)
    assert isinstance(draft, Draft)
    assert said in "".join(line.text for line in draft.lines)
    assert all(line.spans for line in draft.lines)


def test_what_is_denied_is_marked_so(bot: PolicyQA) -> None:
    for question, contradicts in (("第五条基本原则是什么？", True), ("第二条基本原则是什么？", False)):
        draft = composed(bot, question)
        assert isinstance(draft, Draft)
        assert draft.contradicts is contradicts


@pytest.mark.parametrize(
    ("question", "reason", "why"),
    [
        ("2019年修复灯塔补助多少钱？", "not_in_corpus", "2019年"),
        ("灯塔的GPS设备由哪家安装？", "not_in_corpus", "GPS"),
        ("《潮汐发电法》第九条怎么规定？", "not_in_corpus", "《潮汐发电法》"),
    ],
)
def test_a_refusal_says_what_is_absent(bot: PolicyQA, question: str, reason: str, why: str) -> None:
    declined = composed(bot, question)
    assert isinstance(declined, Decline)
    assert declined.reason == reason
    assert declined.text.startswith(REFUSAL)
    assert why in declined.text
    assert declined.nearest


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("旧塔后来到底修复了没有？", "后来的情况"),
        ("修复旧塔为什么每座补助30万元？", "原因"),
        ("灯塔管护办法的咨询电话是多少？", "所问的"),
    ],
)
def test_what_is_near_and_does_not_tell_what_is_asked_for_is_no_answer(bot: PolicyQA, question: str, why: str) -> None:
    declined = composed(bot, question)
    assert isinstance(declined, Decline)
    assert why in declined.text


def test_no_sentence_at_all_is_out_of_scope(bot: PolicyQA) -> None:
    declined = compose(bot.find("灯塔由谁看守？", documents=[]), bot)
    assert isinstance(declined, Decline)
    assert declined.reason == "out_of_scope"


def test_the_threshold_decides_what_no_rule_does(bot: PolicyQA, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "灯塔账目怎样公布？"
    assert isinstance(composed(bot, question), Draft)
    monkeypatch.setattr(bot, "calibration", replace(bot.calibration, threshold=1.1))
    declined = composed(bot, question)
    assert isinstance(declined, Decline)
    assert declined.reason == "weak_evidence"


def test_a_sentence_of_the_class_asked_about_goes_before_one_of_another() -> None:
    document = outlined("Ⅲ级响应由办公室主任签发启动。\nⅠ级响应由总指挥签发启动。\n", "预案")
    ready = asked("一级响应得谁签发启动？")
    ranked = sorted(searched(ready, document), key=lambda c: "Ⅲ" not in c.text)
    first = of_asked_class(ready, ranked)
    assert first is not None
    assert first.text == "Ⅰ级响应由总指挥签发启动。"
    assert of_asked_class(asked("三级响应得谁签发启动？"), ranked) is None  # it comes first already


def test_the_label_that_is_named_of_those_beside_each_other() -> None:
    document = outlined(
        "通知\n一、时间\n（一）补缴期。\n1月1日至3月31日。\n（二）集中缴费期。\n9月15日至12月31日。按时缴费的，1月1日起享受。\n"
    )
    for question, meant in (("集中缴费从几号到几号？", "9月15日"), ("补缴从几号到几号？", "1月1日至")):
        ready = asked(question)
        found = [c for c in searched(ready, document) if c.tells]
        ranked = sorted(
            found, key=lambda c: (c.text.startswith(meant), "按时" in c.text)
        )  # the one meant behind another
        first = of_asked_label(ready, [c.changed(score=-1.0 * i) for i, c in enumerate(ranked)])
        assert first is not None and first.text.startswith(meant)
        assert of_asked_label(ready, [first, *ranked]) is None  # it comes first already
    ready = asked("缴费从几号到几号？")
    ranked = sorted(searched(ready, document), key=lambda c: "9月15日" not in c.text)
    assert of_asked_label(ready, ranked) is None


def ranked_with(text: str, question: str, first: str) -> tuple[Probe, list[Candidate]]:
    """The sentences of a document for a question, one of them in front."""
    ready = asked(question)
    return ready, sorted(searched(ready, outlined(f"一、办法\n{text}")), key=lambda c: first not in c.text)


FINES = "盗灯油1万元以上的，拘留十五日。盗灯油不满1万元的，拘留五日。"


def test_what_is_asked_of_all_stays_first_though_another_rule_holds_for_the_age() -> None:
    rules = "申请泊位应当年满28周岁。申请人应当年满18周岁。"
    assert in_asked_range(*ranked_with(rules, "26岁可以申请泊位吗？", "28周岁")) is None


def test_the_rule_for_the_amount_asked_about_goes_first() -> None:
    ready, ranked = ranked_with(FINES, "盗灯油8000元拘留几日？", "1万元以上")
    meant = in_asked_range(ready, ranked)
    assert meant is not None
    assert meant.text == "盗灯油不满1万元的，拘留五日。"
    assert in_asked_range(*ranked_with(FINES, "盗灯油3万元拘留几日？", "1万元以上")) is None  # it comes first already
    assert in_asked_range(*ranked_with(FINES, "盗灯油拘留几日？", "1万元以上")) is None  # no amount
    assert (
        in_asked_range(ready, [ranked[0], replace(meant, score=ranked[0].score - 100)]) is None
    )  # far below the first
    # One that holds stays in front of another that does.
    assert in_asked_range(*ranked_with(f"{FINES}盗灯油满3000元的，追缴灯油。", "盗灯油3万元怎么办？", "3000元")) is None


def test_of_bands_that_hold_the_one_worded_as_the_first_goes_before() -> None:
    rules = (
        "驳船载重超过核定吨位百分之五十以上的，停航。"
        "快艇在港池和锚地等处超速百分之二十以上未达到百分之五十的，警告。"
        "驳船载重超过核定吨位百分之三十以上未达到百分之五十的，记分。"
    )
    meant = in_asked_range(*ranked_with(rules, "驳船超过核定吨位百分之四十怎么办？", "百分之五十以上的"))
    assert meant is not None and "记分" in meant.text


def test_what_is_said_of_a_thing_goes_before_what_its_name_stands_for() -> None:
    rules = "误航费，指船员因照看受伤旅客不能出海而少得的收入。误航费按照船员上年平均收入计算。误航费由船东支付。"
    meant = beyond_definition(*ranked_with(rules, "照看受伤旅客，误航费怎么算？", "误航费，指"))
    assert meant is not None and "计算" in meant.text
    assert beyond_definition(*ranked_with(rules, "误航费是什么？", "误航费，指")) is None
    assert beyond_definition(*ranked_with(rules, "少拿的奖金算误航费吗？", "误航费，指")) is None
    assert beyond_definition(*ranked_with(rules, "误航费怎么算？", "由船东")) is None


def test_lines_for_other_amounts_are_left_out() -> None:
    lines = tuple(
        Line(text, ()) for text in ("满1万元的，拘留十五日。", "不满1万元的，拘留五日。", "拘留由公安机关执行。")
    )
    draft = Draft(lines, method="sentences")
    told = in_own_range(draft, asked("盗灯油8000元拘留几日？"))
    assert [line.text for line in told.lines] == ["不满1万元的，拘留五日。", "拘留由公安机关执行。"]
    assert in_own_range(draft, asked("盗灯油拘留几日？")) is draft
    assert in_own_range(Draft(lines, method="list"), asked("盗灯油8000元拘留几日？")).lines == lines
    chains = tuple(Line(text, ()) for text in ("不足8链的，由塔长批准。", "8链以上的，由站长批准。"))
    assert in_own_range(Draft(chains, method="clause"), asked("拖9链由谁批准？")).lines == chains[1:]


TOTAL = "北岸灯塔修复3座。全市灯塔共修复12座。公共码头修复5座。"


def test_a_total_goes_before_its_parts() -> None:
    ready, ranked = ranked_with(TOTAL, "灯塔一共修复多少座？", "北岸")
    ranked = [replace(c, odds=-2.0) for c in ranked]
    meant = in_total(ready, ranked)
    assert meant is not None
    assert meant.text == "全市灯塔共修复12座。"
    assert in_total(ready, [replace(c, odds=1.0) for c in ranked]) is None  # the reader finds the part to answer
    assert in_total(*ranked_with(TOTAL, "北岸灯塔修复多少座？", "北岸")) is None  # no total is asked for
    assert in_total(*ranked_with("北岸灯塔修复3座。公共码头修复5座。", "灯塔一共修复多少座？", "北岸")) is None


def test_who_is_meant_by_a_sentence_that_points_back_is_told() -> None:
    document = outlined(
        "一、重新组建海事局\n海岸要有人守。其主要职责是看守灯塔。\n二、其他\n组建港口集团。其职责是修码头。\n", "方案"
    )
    ready = asked("灯塔由谁看守？")
    found = searched(ready, document)

    def told(words: str) -> list[str]:
        best = next(c for c in found if words in c.text)
        draft = Draft((Line(best.text, ((document.doc_id, best.start, best.end),)),))
        return [line.text for line in with_antecedent(draft, ready, found).lines]

    assert told("看守灯塔") == ["重新组建海事局：其主要职责是看守灯塔。"]
    assert told("修码头") == ["组建港口集团。", "其职责是修码头。"]
    assert told("海岸") == ["海岸要有人守。"]


def test_who_acts_is_told_by_the_line_above_or_the_piece_before() -> None:
    document = outlined(
        "一、职责\n县渔业局\n1.编制规划；\n2.负责农资监管，查处假货。\n二、其他\n安全总监协助站长抓安全；组织调查，对违章行使停工权。\n",
        "方案",
    )
    ready = asked("由谁查处假货？")
    found = searched(ready, document)

    def told(words: str) -> list[str]:
        best = next(c for c in found if words in c.text)
        draft = Draft((Line(best.text, ((document.doc_id, best.start, best.end),)),))
        return [line.text for line in with_antecedent(draft, ready, found).lines]

    assert told("查处假货") == ["县渔业局：2.负责农资监管，查处假货。"]
    assert told("停工权") == ["安全总监协助站长抓安全；组织调查，对违章行使停工权。"]


@pytest.mark.parametrize("question", ["旧塔补助写在哪一项任务里？", "每座补助30万元是哪条规定的？"])
def test_the_place_that_says_something_is_told(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert "“二、重点任务”下的“（一）修复灯塔”：" in answer.text
    assert all(s.support == "verified" for s in answer.statements)


def test_what_a_document_says_of_itself_answers_no_other_question(tmp_path: Path) -> None:
    text = "丁市灯塔办法\n《丁市灯塔办法》已经讨论通过，现予公布，自2025年1月1日起施行。\n第一条 灯塔每年3月检修。\n"
    bot = bot_of(tmp_path, {"rule": text})
    assert "2025年" not in bot.ask("丁市灯塔的检修从几月几号开始？").text
    assert "2025年1月1日" in bot.ask("丁市灯塔办法从几月几号开始施行？").text


def test_the_chapter_alone_is_told_where_a_chapter_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "办法.txt").write_text(
        "灯塔管理办法\n第一章 总则\n第一条 为了管理灯塔，制定本办法。\n第二章 看守\n第二条 灯塔由看守人日夜看守。\n",
        encoding="utf-8",
    )
    bot = PolicyQA.open([tmp_path / "办法.txt"], tmp_path / "data", embedder=HashEmbedder())
    bot.calibration = replace(bot.calibration, threshold=0.0)
    assert bot.ask("看守人日夜看守是哪一章规定的？").text.startswith("“第二章 看守”：灯塔由看守人日夜看守")


def _follow_up_first(question: str, own: str, told: str, odds: tuple[float, ...]) -> str:
    """The sentence that comes first for a follow-up: of the rule below, read as ``odds`` say of those untold."""
    rule = outlined(
        "灯塔办法\n第一条 私拆灯塔围栏的，由海事局责令改正。构成犯罪的，依法追究刑事责任。灯塔围栏刷红漆。\n"
    )
    ready = asked(question, answers=[told], own=own)
    by_text = dict(zip(("构成犯罪的，依法追究刑事责任。", "灯塔围栏刷红漆。"), odds, strict=True))
    first = "由海事局责令改正"
    found = sorted(searched(ready, rule), key=lambda c: first not in c.text)
    ranked = [c.changed(score=-float(i), odds=2.0) for i, c in enumerate(found)]
    return of_what_is_new(ready, ranked, lambda _, near: [by_text.get(c.text, -5.0) for c in near])[0].text


def test_a_sentence_that_says_nothing_of_what_a_follow_up_brings_gives_way() -> None:
    told = "由海事局责令改正。"
    question, own = "私拆灯塔围栏的，构成犯罪的，怎么办？", "要是构成犯罪呢？"
    assert _follow_up_first(question, own, told, (1.0, -5.0)) == "构成犯罪的，依法追究刑事责任。"
    # What it brings stands nowhere: what has been told gives way to what is read to answer, and to nothing else.
    question, own = "灯塔围栏，什么颜色？", "什么颜色？"
    assert _follow_up_first(question, own, told, (-5.0, 4.0)) == "灯塔围栏刷红漆。"
    assert "责令改正" in _follow_up_first(question, own, told, (-5.0, -5.0))


def test_what_limits_a_measure_is_told_with_it(bot: PolicyQA) -> None:
    draft = composed(bot, "渔船造成以后几天内登记？")
    assert isinstance(draft, Draft)
    said = [line.text for line in draft.lines]
    assert said[-2].endswith("30日内登记。")
    assert said[-1].startswith("遇大风等特殊情况的，可以延长，但最长不得超过60日。")


def test_the_case_asked_about_goes_before_its_opposite() -> None:
    text = "对运费有约定的，运费按约定支付；未作约定的，按里程支付。"
    ready, ranked = ranked_with(text, "没约定运费的按什么支付？", "有约定")
    meant = of_asked_case(ready, ranked)
    assert meant is not None
    assert meant.text.startswith("未作约定的")


def test_a_sentence_that_tells_each_side_of_a_comparison() -> None:
    sides = ["灯塔补多少", "浮标补多少"]
    assert tells_each(sides, "灯塔每座补900元，浮标每座补200元。", asked("灯塔和浮标各补多少？"))
    assert tells_each(sides, "灯塔和浮标分别补900元、200元。", asked("灯塔和浮标各补多少？"))
    assert tells_each(sides, "全市补灯塔30座、浮标12座。", asked("灯塔和浮标各补多少？"))
    assert not tells_each(sides, "灯塔和浮标每座补900元。", asked("灯塔和浮标各补多少？"))


def test_what_was_told_gives_way_to_what_answers_a_follow_up_alone() -> None:
    rule = outlined("渔港办法\n第一条 大船停靠东港，每天收三十元。小船停靠西港，每天收十二元。\n")
    told, own = "大船停靠东港，每天收三十元。", "那摇橹的呢？"
    ready = asked("摇橹的大船停靠怎么收？", answers=[told], own=own)
    ready = replace(ready, question=replace(ready.question, asked=own))
    found = sorted(searched(ready, rule), key=lambda c: "大船" not in c.text)
    ranked = [c.changed(score=-float(i), odds=2.0) for i, c in enumerate(found)]

    def first(alone: float) -> str:
        def read(question: str, near: Sequence[Candidate]) -> list[float]:
            return [alone if "小船" in c.text and "大船" not in question else -4.0 for c in near]

        return of_what_is_new(ready, ranked, read)[0].text

    assert first(alone=3.0) == "小船停靠西港，每天收十二元。"
    assert told in first(alone=-3.5)  # hardly better


def test_a_sentence_of_the_year_asked_for_goes_first_where_it_is_read_to_answer() -> None:
    document = outlined("灯塔规划\n一、目标\n到2018年，灯塔达到十二座。\n二、远景\n到2025年，灯塔达到三十座。\n")
    ready = asked("2025年灯塔要达到多少座？")
    found = sorted(searched(ready, document), key=lambda c: "2018年" not in c.text)
    ranked = tuple(c.changed(score=-1.0 * i) for i, c in enumerate(c for c in found if c.tells))

    def first(odds: float) -> str:
        bot = cast(PolicyQA, SimpleNamespace(reading=True, odds=lambda _, near: [odds for _ in near]))
        return of_asked_year(Found(ready.question, ready, (), ranked, (), None), bot).candidates[0].text

    assert "三十座" in first(2.0)
    assert "十二座" in first(-2.0)


def test_a_sentence_below_a_heading_of_the_year_asked_for_goes_before_one_below_another() -> None:
    document = outlined(
        "灯塔工作报告\n一、2031年工作回顾\n灯塔亮灯率为九成。\n二、2032年工作目标\n灯塔亮灯率达到十成。\n"
    )
    ready = asked("2031年灯塔亮灯率是多少？")
    found = sorted(searched(ready, document), key=lambda c: "达到十成" not in c.text)
    ranked = tuple(c.changed(score=-0.1 * i, odds=1.0) for i, c in enumerate(c for c in found if c.tells))
    bot = cast(PolicyQA, SimpleNamespace(reading=True, odds=lambda _, near: [-5.0 for _ in near]))
    first = of_asked_year(Found(ready.question, ready, (), ranked, (), None), bot).candidates[0]
    assert first.text == "灯塔亮灯率为九成。"


@pytest.mark.parametrize(("read", "meant"), [(3.0, "2025年底"), (-1.0, "2026年底")])
def test_of_goals_in_a_row_that_of_the_year_asked_for_is_meant(read: float, meant: str) -> None:
    """The plan spans all of the years, so that the wrong sentence does not speak of another year only."""
    document = outlined(
        "一、目标\n到2025年底，修好灯塔；到2026年底，疏通航道；到2027年底，建成渔港。\n",
        title="三年计划（2025—2027年）",
    )
    ready = asked("到2025年底目标是什么？")
    found = sorted((c for c in searched(ready, document) if c.tells), key=lambda c: "2026" not in c.text)
    ranked = tuple(c.changed(score=-1.0 * i, odds=read) for i, c in enumerate(found))
    bot = cast(PolicyQA, SimpleNamespace(reading=True, odds=lambda _, near: [-5.0 for _ in near]))
    first = of_asked_year(Found(ready.question, ready, (), ranked, (), None), bot).candidates[0]
    assert meant in first.text
