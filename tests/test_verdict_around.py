"""Yes or no by the place where a sentence stands, and by rules of the sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.load import load_documents
from qa.extractive import Draft, Line
from qa.verdict import verdict
from qa.verdict_around import _excepted_in, unless_excepted, unless_of_another_year
from small import bot_of

REPORT = "关于2024年灯塔支出的报告\n海事局 2025年6月\n\n其中修缮支出98万元。\n"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2025年修缮支出是98万元吗？", "其中修缮支出98万元。"),
        ("2024年修缮支出是98万元吗？", "是的，其中修缮支出98万元。"),
    ],
)
def test_what_is_of_another_year_bears_no_yes(tmp_path: Path, question: str, told: str) -> None:
    (tmp_path / "doc.txt").write_text(REPORT, encoding="utf-8")
    (document,) = load_documents([tmp_path])[0]
    start = document.text.index("其中修缮")
    line = Line("是的，其中修缮支出98万元。", ((document.doc_id, start, start + 12),))
    draft = unless_of_another_year(Draft((line,), method="whether"), question, document)
    assert [line.text for line in draft.lines] == [told]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("外商可以办灯塔商店吗？", "外商开办灯塔商店的，适用本办法，法律另有规定的除外。", ("可以", False)),
        ("首次违法能免罚吗？", "首次违法且及时改正的，可以不予处罚。", ("能", False)),
        ("10公顷的小湿地适用条例吗？", "小湿地不适用本条例，但面积超过八公顷的除外。", ("是的", False)),
        ("技改项目要交认定文件吗？", "应当提交认定文件（技术改造项目除外）。", ("不需要", True)),
    ],
)
def test_rules_of_the_sentence(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == expected


def test_a_no_behind_a_contrast_needs_its_own_case(tmp_path: Path) -> None:
    text = "灯塔证办法\n\n第一条 灯塔证可以由家人代办。但补办灯塔证的，应当由本人办理，不接受代办。\n"
    bot = bot_of(tmp_path, {"doc": text})
    assert not bot.ask("灯塔证可以代办吗？").text.startswith("不")


RULE = "随船劳务人员连续登船满36个月的，可以申请船补。"


@pytest.mark.parametrize(
    ("question", "word", "rule", "behind", "told"),
    [
        (
            "我是司炉，登船14个月，可以申请船补吗？",
            "不可以",
            RULE,
            "司炉、轮机等一线船工，前述年限放宽至12个月。",
            "可以",
        ),
        (
            "我是司炉，登船6个月，可以申请船补吗？",
            "不可以",
            RULE,
            "司炉、轮机等一线船工，前述年限放宽至12个月。",
            "不可以",
        ),
        (
            "我是厨师，登船14个月，可以申请船补吗？",
            "不可以",
            RULE,
            "司炉、轮机等一线船工，前述年限放宽至12个月。",
            "不可以",
        ),
        ("我在培训班，能上塔吗？", "不能", "游客不得上塔。", "培训班学员不受此限。", "能"),
        ("我家渔船100吨，吨位够吗？", "不够", "船舶不低于600吨。", "渔船不低于60吨。", "够"),
        ("我家渔排100吨，吨位够吗？", "不够", "船舶不低于600吨。", "渔船不低于60吨。", ""),
        ("我家驳子100吨，吨位够吗？", "不够", "船舶不低于600吨。", "渔汛不低于60吨。", "不够"),
        ("我家的锚是2020年登记过的，能用吗？", "不能", "旧锚不得使用。", "2021年以前登记的锚，可以用到报废。", ""),
        ("我因为晕船误了船，能退票吗？", "不能", "误船的，不退票。", "因急病误船的除外。", ""),
    ],
)
def test_what_is_excepted_behind_rules_the_case(
    tmp_path: Path, question: str, word: str, rule: str, behind: str, told: str
) -> None:
    (tmp_path / "doc.txt").write_text(f"船务办法\n\n{rule}{behind}\n", encoding="utf-8")
    (document,) = load_documents([tmp_path])[0]
    at = document.text.index(rule)
    spans = ((at, at + len(rule)), (at + len(rule), at + len(rule + behind)))
    first, second = (
        Line(text, ((document.doc_id, *span),)) for text, span in zip((f"{word}，{rule}", behind), spans, strict=True)
    )
    draft = unless_excepted(Draft((first, second), contradicts=True, method="whether"), question, lambda _: document)
    assert draft.lines[0].text == (f"{told}，{rule}" if told else rule)


@pytest.mark.parametrize(
    ("question", "text", "begins"),
    [
        ("带着盲杖能上灯塔吗？", "第一条 游客不得携带长杆上灯塔。盲杖不受此限。", "能，"),
        ("消防艇可以进内港吗？", "第一条 内港限行机动艇。巡逻艇、消防艇除外。", "可以，"),
        (
            "列入名册的老帆船验过合格，必须拆解吗？",
            "第一条 帆船下水满20年的，必须拆解。\n第二条 锚链每年上油。\n第三条 列入名册的帆船，经查验合格的，不适用第一条的规定。",
            "不是，列入名册",
        ),
        (
            "没列入名册的老帆船，必须拆解吗？",
            "第一条 帆船下水满20年的，必须拆解。\n第二条 锚链每年上油。\n第三条 运送灯油的驳船，不适用第一条的规定。",
            "必须，帆船",
        ),
    ],
)
def test_a_sentence_that_only_excepts_has_the_word_of_its_rule(
    tmp_path: Path, question: str, text: str, begins: str
) -> None:
    bot = bot_of(tmp_path, {"doc": f"灯塔游览规定\n\n{text}\n第二条 灯塔每日六时开放。\n"})
    told = bot.ask(question).text
    assert told.startswith(begins)
    assert "限" in told or "拆解" in told or "第一条" in told


def test_what_stands_before_an_exception_in_its_sentence_is_no_case_of_it() -> None:
    assert _excepted_in("塔顶二百米内禁止明火,焊补灯架的") == "焊补灯架的"
    assert _excepted_in("焊补灯架的") == "焊补灯架的"
