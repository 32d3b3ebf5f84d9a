"""The sentences of an answer: which stand together, and how they are quoted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.document import SourceDocument
from outlined import outlined
from qa.extractive import (
    Draft,
    Similar,
    Span,
    _joined,
    answer_compare,
    answer_sentences,
    answer_whether,
    closed,
    in_full,
    lines_of,
    past_preamble,
    sides_of,
)
from qa.scope import Mention
from searched import asked, passages_of, searched
from small import bot_of


def similar_in(*documents: SourceDocument) -> Similar:
    """Cosine of a text with each sentence of the documents."""

    def cosines(text: str) -> Mapping[Span, float]:
        return {
            (p.doc_id, start, end): cosine
            for p in passages_of(text, *documents)
            for (start, end), cosine in zip(p.chunk.sentences, p.sentence_scores, strict=True)
        }

    return cosines


def answered(question: str, *documents: SourceDocument) -> Draft:
    ready = asked(question)
    draft = answer_sentences(ready, searched(ready, *documents), similar_in(*documents))
    assert draft is not None
    return draft


def texts(draft: Draft) -> list[str]:
    return [line.text for line in draft.lines]


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("修复灯塔。", "修复灯塔。"),
        ("修复灯塔", "修复灯塔。"),
        ("修复灯塔；", "修复灯塔。"),
        ("包括：", "包括。"),
        (" 修复灯塔，", "修复灯塔。"),
        ("何时修复？", "何时修复？"),
        ("他说：“修复灯塔。”", "他说：“修复灯塔。”"),
        ("（修复灯塔。）", "（修复灯塔。）"),
    ],
)
def test_every_sentence_has_an_end_mark(text: str, ended: str) -> None:
    assert closed(text) == ended


def test_one_fact_is_one_sentence() -> None:
    document = outlined("灯塔由海事局看守。码头夜间关闭。渔船应当登记。\n", "办法")
    assert texts(answered("灯塔由谁看守？", document)) == ["灯塔由海事局看守。"]


def test_a_series_is_given_whole_though_only_one_member_matches() -> None:
    document = outlined(
        "登塔须知如下：一是实名预约登记；二是听从看守人指挥；三是不得携带火种。塔内禁烟。\n一般事项另行通知。\n", "须知"
    )
    said = "".join(texts(answered("登塔须知有哪些？", document)))
    for member in ("一是实名预约登记", "二是听从看守人指挥", "三是不得携带火种"):
        assert member in said
    assert "禁烟" not in said


def test_a_list_that_a_colon_announces_is_given_whole() -> None:
    document = outlined("登塔应当携带下列物品：身份证；预约码；雨衣。海上风大。\n", "须知")
    said = "".join(texts(answered("登塔要携带哪些物品？", document)))
    assert "身份证" in said and "预约码" in said and "雨衣" in said


def test_kinds_told_one_by_one_are_found_between_other_sentences() -> None:
    document = outlined(
        "航标分为三种。第一种是灯塔。它建在岬角。第二种是浮标。它漂在航道两侧。第三种是雾号。它在雾天发声。\n", "手册"
    )
    said = texts(answered("航标分为哪三种？", document))
    assert said == ["航标分为三种。", "第一种是灯塔。", "第二种是浮标。", "第三种是雾号。"]


def test_a_question_for_one_thing_gets_no_series() -> None:
    document = outlined("登塔须知如下：一是实名预约登记；二是听从看守人指挥；三是不得携带火种。\n", "须知")
    assert len(texts(answered("听从谁指挥？", document))) == 1


def test_every_part_of_a_question_gets_its_sentence() -> None:
    document = outlined("灯塔由海事局看守。\n塔身刷成白色，十分醒目，远处可见。\n门票每张20元。\n", "办法")
    said = texts(answered("灯塔由谁看守？门票多少钱？", document))
    assert said == ["灯塔由海事局看守。", "门票每张20元。"]


def test_adjoining_sentences_share_one_quote_up_to_a_length() -> None:
    short = outlined("灯塔由海事局看守。看守人每日巡查。\n", "短")
    found = sorted(searched(asked("灯塔"), short), key=lambda c: c.start)
    lines = lines_of([found])
    assert [line.spans for line in lines] == [(("短", 0, found[-1].end),)] * 2

    long = outlined(f"灯塔由海事局看守{'，风雨无阻' * 20}。看守人每日巡查{'，风雨无阻' * 20}。\n", "长")
    sentences = sorted(searched(asked("灯塔"), long), key=lambda c: c.start)
    ends = [sentences[0], sentences[-1]]
    assert [line.spans[0][1:] for line in lines_of([ends])] == [(c.start, c.end) for c in ends]


def test_sentences_with_others_between_them_are_quoted_apart() -> None:
    document = outlined("灯塔由海事局看守。塔身白色。看守人每日巡查。\n", "办法")
    first, _, last = sorted(searched(asked("灯塔"), document), key=lambda c: c.start)
    assert len({line.spans for line in lines_of([[first, last]])}) == 2


def test_nothing_but_headings_and_notes_gives_no_answer() -> None:
    document = outlined("一、灯塔管护\n（市海事局负责）\n", "办法")
    ready = asked("灯塔怎样管护？")
    assert answer_sentences(ready, searched(ready, document), similar_in(document)) is None


# --- yes or no


def test_a_yes_no_question_is_settled_by_the_text() -> None:
    document = outlined("灯塔由海事局看守。\n登塔不得携带火种。\n", "办法")
    ready = asked("登塔可以携带火种吗？")
    draft = answer_whether(ready, searched(ready, document))
    assert draft is not None and draft.contradicts
    assert "登塔不得携带火种。" in draft.lines[0].text


def test_a_question_that_is_no_yes_no_question_is_not_settled() -> None:
    ready = asked("登塔不得携带什么？")
    assert answer_whether(ready, searched(ready, outlined("登塔不得携带火种。\n", "办法"))) is None


# --- comparisons


def compared(question: str, *documents: SourceDocument, mentions: tuple[Mention, ...] = ()) -> Draft | None:
    ready = asked(question)
    return answer_compare(ready, searched(ready, *documents), mentions, similar_in(*documents))


def test_each_thing_compared_gets_its_sentence() -> None:
    document = outlined("灯塔每年检修两次。\n浮标每年检修四次。\n渔船应当登记。\n", "办法")
    draft = compared("灯塔和浮标的检修次数有什么不同？", document)
    assert draft is not None
    assert texts(draft) == ["灯塔每年检修两次。", "浮标每年检修四次。"]


def test_documents_that_the_question_points_at_are_heard_one_by_one_by_name() -> None:
    one = outlined("灯塔由海事局看守。\n", "甲", title="甲市办法")
    two = outlined("灯塔由渔政站看守。\n", "乙", title="乙市办法")
    pointed = (Mention("乙市", frozenset({"乙"})), Mention("甲市", frozenset({"甲"})))
    draft = compared("乙市和甲市的灯塔看守有什么不同？", one, two, mentions=pointed)
    assert draft is not None
    assert texts(draft) == ["《乙市办法》：灯塔由渔政站看守。", "《甲市办法》：灯塔由海事局看守。"]


def test_where_sources_differ_each_is_heard() -> None:
    one = outlined("灯塔高30米。\n", "甲", title="甲市志")
    two = outlined("灯塔高35米。\n", "乙", title="乙市志")
    draft = compared("灯塔高多少米，几份资料说的不一样，各怎么说？", one, two)
    assert draft is not None
    assert {line.text for line in draft.lines} == {"《甲市志》：灯塔高30米。", "《乙市志》：灯塔高35米。"}


def test_every_department_is_no_mark_of_a_comparison() -> None:
    core = "省政府、中心各部门、各乡三级各自办了多少份"
    assert [side[:3] for side in sides_of(core)] == ["省政府", "中心各", "各乡三"]


def test_the_page_of_a_table_of_contents_is_no_figure(tmp_path: Path) -> None:
    parts = ("第一章 灯塔", "第一节 头批灯塔", "第二节 第二批灯塔", "第二章 浮标")
    contents = "\n".join(f"{part} {page}" for part, page in zip(parts, (6, 8, 16, 20), strict=True))
    body = "\n".join((*parts[:2], "灯塔有两批，共9座。", parts[2], "第二批灯塔不收费。", parts[3], "浮标每年检修。"))
    bot = bot_of(tmp_path, {"book": f"灯塔志\n目录\n{contents}\n{body}\n"})
    assert "16" not in bot.ask("头批灯塔和第二批灯塔各是多少座？").text
    found = bot.find("第二批灯塔那一节在第几页？").candidates
    assert any(c.tells and "16" in c.text for c in found)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("东岛先后办了哪几个灯塔展？", ["东岛办了《夜灯》《海灯》等灯塔展。"]),
        (
            "这些岛办了哪几个灯塔展？",
            ["东岛办了《夜灯》《海灯》等灯塔展。", "南岛办了《风》展。", "北岛办了《雪》展。"],
        ),
    ],
)
def test_of_places_told_in_a_row_the_one_that_is_named(question: str, told: list[str]) -> None:
    document = outlined("东岛办了《夜灯》《海灯》等灯塔展；南岛办了《风》展；北岛办了《雪》展。\n", "志")
    ready = asked(question)
    found = searched(ready, document)
    best = next(c for c in found if "东岛" in c.text).changed(odds=6.0, score=9.0)
    draft = answer_sentences(
        ready,
        [best, *(c for c in found if c.start != best.start)],
        similar_in(document),
        lambda _, read: [-5.0] * len(read),
    )
    assert draft is not None and [line.text for line in draft.lines] == told


def test_a_comparison_needs_two_sides() -> None:
    document = outlined("灯塔每年检修两次。\n", "办法")
    assert compared("灯塔和浮标有什么不同？", document) is None
    assert compared("灯塔几年检修一次？", document) is None


def test_sides_that_are_classes_are_told_apart() -> None:
    document = outlined("一级灯塔检修费为9万元。\n三级灯塔检修费为4万元。\n二级灯塔检修费为6万元。\n", "办法")
    draft = compared("一级灯塔和三级灯塔比，检修费有什么不同？", document)
    assert draft is not None
    assert {line.text for line in draft.lines} == {"一级灯塔检修费为9万元。", "三级灯塔检修费为4万元。"}


def test_one_side_is_completed_by_what_only_the_other_is_said_with() -> None:
    core = "北岸和南岸灯塔收费哪个多"
    assert sides_of(core, ["北岸灯塔收费900元"])[0] == "北岸灯塔收费哪个多"
    assert sides_of(core)[0] == "北岸哪个多"


@pytest.mark.parametrize(
    ("core", "sides"),
    [
        ("大船比小船每月多多少?", ["大船每月多少?", "小船每月多少?"]),
        ("新造的比翻修的每艘多补多少钱?", ["新造的每艘补多少钱?", "翻修的每艘补多少钱?"]),
        ("2031年比2030年多多少?", []),
        ("灯塔比上年多多少?", []),
        ("客运比货运增长快多少?", []),
    ],
)
def test_the_sides_of_a_question_for_how_much_more_one_is(core: str, sides: list[str]) -> None:
    assert sides_of(core) == sides


# --- items and what announces them


@pytest.mark.parametrize(
    ("opening", "item", "said"),
    [
        ("禁止下列行为：", "（一）使用过期缆绳；", "禁止使用过期缆绳"),
        ("有下列情形之一的，不予补贴：", "（二）购买旧船的；", "购买旧船的，不予补贴"),
        ("主要任务：", "（一）修复灯塔。", "主要任务：修复灯塔"),
        ("以下船只不合资格：", "（一）海关船；", "海关船不合资格"),
        ("下列航线除外：", "（三）夜航航线。", "夜航航线不在其内"),
        ("不予补贴的情形包括：", "（二）购买旧船的；", "购买旧船的不予补贴"),
    ],
)
def test_an_item_is_read_with_what_announces_it(opening: str, item: str, said: str) -> None:
    assert _joined(opening, item) == said


BANS = outlined("一、港口管理\n港口内禁止下列行为：\n（一）使用过期缆绳；\n（二）占用航道。\n", "规定")


def test_a_ban_of_a_list_denies_each_of_its_items() -> None:
    ready = asked("可以使用过期缆绳吗？")
    draft = answer_whether(ready, searched(ready, BANS))
    assert draft is not None
    assert draft.lines[0].text.startswith("不可以，")
    assert "".join(line.text for line in draft.lines).endswith("使用过期缆绳。")
    assert draft.contradicts


def test_a_heading_rules_each_of_the_items_below_it() -> None:
    document = outlined(
        "一、不赔的情形\n（一）船体自然锈蚀的；\n（二）夜间无灯航行造成的。\n二、赔付\n按九成赔付。\n", "规定"
    )
    ready = asked("船体锈蚀赔不赔？")
    draft = answer_whether(ready, searched(ready, document))
    assert draft is not None and draft.contradicts
    assert [line.text for line in draft.lines] == ["不赔，不赔的情形。", "（一）船体自然锈蚀的。"]


def test_what_no_item_speaks_of_is_not_settled_by_the_announcement() -> None:
    ready = asked("可以在港口放烟花吗？")
    assert answer_whether(ready, searched(ready, BANS)) is None


@pytest.mark.parametrize("opening", ["下列泊位不在补助范围内", "以下泊位除外", "不能申请的泊位包括"])
def test_of_excluded_items_the_one_with_the_amount_of_the_case_is_denied(opening: str) -> None:
    text = f"一、补助\n每个泊位补助300元。\n{opening}：\n（一）海关泊位；\n（二）缆桩少于5个的泊位。\n"
    ready = asked("4个缆桩的泊位能申请补助吗？")
    draft = answer_whether(ready, searched(ready, outlined(text, "办法")))
    assert draft is not None and draft.lines[0].text.startswith("不能，")
    assert "少于5个" in draft.lines[-1].text


def test_what_is_denied_to_another_amount_is_not_denied() -> None:
    text = "一、补助\n有下列情形之一的泊位，不得申请：\n（一）缆桩少于5个的泊位；\n（二）海关泊位。\n"
    ready = asked("20个缆桩的泊位可以申请吗？")
    assert answer_whether(ready, searched(ready, outlined(text, "办法"))) is None


# --- tables

TABLE = outlined(
    "一、收费标准\n船型|停泊费|期限\n渔船|每日20元；淡季10元|3天\n货船|每日90元|5天\n自2031年起执行。\n",
    "标准",
    title="停泊收费标准",
)


def test_a_row_is_told_with_the_names_of_its_columns_and_both_are_cited() -> None:
    draft = answered("渔船停泊费每日多少元？", TABLE)
    assert texts(draft)[0] == "船型：渔船；停泊费：每日20元；淡季10元；期限：3天。"
    row, head = draft.lines[0].spans
    assert TABLE.text[slice(*row[1:])] == "渔船|每日20元；淡季10元|3天"
    assert TABLE.text[slice(*head[1:])] == "船型|停泊费|期限"


def test_a_sentence_below_a_table_is_no_row() -> None:
    assert texts(answered("停泊收费标准自哪年起执行？", TABLE))[0] == "自2031年起执行。"


def test_an_item_in_full_is_said_with_what_announces_it() -> None:
    document = outlined("一、规定\n以下设备不纳入共享：\n（一）诊疗设备；\n（二）计量设备。\n", "办法")
    start = document.text.index("（一）")
    assert in_full(document, start, start + len("（一）诊疗设备；")) == "诊疗设备不纳入共享"


def test_a_body_that_may_not_do_what_follows_is_no_address() -> None:
    document = outlined("第十五条 仓储企业不得有下列行为：\n（一）虚报数量；\n（二）以储备粮抵押；\n", "办法")
    start = document.text.index("（二）")
    assert in_full(document, start, start + len("（二）以储备粮抵押；")).endswith("仓储企业不得以储备粮抵押")


def test_a_list_announced_before_its_first_item_is_not_cut_there() -> None:
    document = outlined(
        "一、出海\n有下列情形之一的，港务局可以禁止渔船出海：（一）风力八级以上的；（二）灯具损坏的；（三）船员不足的。渔船应当年检。\n",
        "办法",
        title="渔船办法",
    )
    assert texts(answered("什么情况下港务局可以禁止渔船出海？", document)) == [
        "有下列情形之一的，港务局可以禁止渔船出海：（一）风力八级以上的。",
        "（二）灯具损坏的。",
        "（三）船员不足的。",
    ]


def test_a_case_however_long_is_told_with_what_follows_from_it() -> None:
    case = "运煤驳船装载超过核定吨位百分之三十以上未达到百分之五十，或者在封港期间擅自解缆离开指定锚地的；"
    document = outlined(f"一、记分\n驳船有下列行为之一的，记三分：\n（一）{case}\n（二）夜间熄灯的。\n", "办法")
    ready = asked("驳船超载记几分？")
    found = sorted(searched(ready, document), key=lambda c: "吨位" not in c.text)
    draft = answer_sentences(ready, found, similar_in(document))
    assert draft is not None and [line.text[:6] for line in draft.lines] == ["驳船有下列行", "（一）运煤驳"]


def test_clauses_that_say_the_same_of_different_things_are_told_together() -> None:
    document = outlined("一、问题\n在渔业方面，缺乏修船的船坞；缺乏会修船的技师；冬季封港两个月。\n", "报告")
    ready = asked("渔业方面缺乏什么样的东西？")
    draft = answer_sentences(ready, searched(ready, document), lambda text: {})
    assert draft is not None
    text = "".join(line.text for line in draft.lines)
    assert "船坞" in text and "技师" in text and "封港" not in text


def test_what_a_piece_of_a_long_sentence_announces_is_the_rest_of_it() -> None:
    items = "，".join(
        f"{n}是修好{name}港的灯塔和码头旁的航标" for n, name in zip("一二三四五", "东南西北中", strict=True)
    )
    document = outlined(f"一、措施\n意见提出了修缮海岸的五方面措施：{items}。\n", "意见")
    ready = asked("修缮海岸的五方面措施是什么，请一一列明？")
    draft = answer_sentences(ready, searched(ready, document), lambda text: {})
    assert draft is not None
    assert "五是修好中港" in "".join(line.text for line in draft.lines)


@pytest.mark.parametrize(
    ("question", "begins"), [("自然磨损要赔偿吗？", "不需要，"), ("渔民损坏航标要赔偿吗？", "需要，")]
)
def test_what_the_next_sentence_excepts_is_told_with_the_rule(question: str, begins: str) -> None:
    document = outlined("一、赔偿\n渔民损坏航标的，应当赔偿；自然磨损的除外。\n", "办法")
    ready = asked(question)
    draft = answer_whether(ready, searched(ready, document))
    assert draft is not None
    text = "".join(line.text for line in draft.lines)
    assert text.startswith(begins) and "应当赔偿" in text and "自然磨损的除外" in text


def test_of_a_long_series_asked_for_as_a_list_every_item_is_named() -> None:
    told = "，".join(["逐座检修塔身、灯具和线路", "更换老化部件", "建立检修台账", "不合格的通报批评"] * 3)
    series = outlined(
        f"一、海岸工作\n海岸工作有以下三方面。一是加强灯塔检修，{told}。二是加强航道清理，{told}。三是加强渔民培训，{told}。\n",
        "方案",
    )
    assert texts(answered("海岸工作有哪几方面？", series))[-3:] == [
        "一是加强灯塔检修。",
        "二是加强航道清理。",
        "三是加强渔民培训。",
    ]
    whole = texts(answered("航道清理怎么验收？", series))
    assert any("通报批评" in text for text in whole)


def test_what_stands_under_another_heading_announces_nothing() -> None:
    notice = outlined(
        "一、申报材料\n渔户应当提交以下材料：\n1.申请表；\n2.船证。\n请人代办的，还要交委托书。\n二、拨付\n修好灯塔后拨付四成，验收后拨付六成。\n",
        "通知",
    )
    paid = notice.text.index("修好灯塔")
    assert in_full(notice, paid, len(notice.text) - 1) == "修好灯塔后拨付四成，验收后拨付六成。"
    form = notice.text.index("1.申请表")
    assert in_full(notice, form, form + len("1.申请表；")) != "1.申请表；"


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("灯塔和渔港的等级有什么差别？", ["灯塔为一级。"]),
        ("两份办法的依据有什么不同？", ["为加强灯塔管理，根据《条例》，制定本办法。", "灯塔为一级。"]),
    ],
)
def test_what_a_document_is_made_for_is_no_side_of_a_comparison(question: str, kept: list[str]) -> None:
    document = outlined("为加强灯塔管理，根据《条例》，制定本办法。\n灯塔为一级。", title="办法")
    found = searched(asked(question), document)
    assert sorted(c.text for c in past_preamble(question, found) if c.tells) == kept


def test_now_we_reply_as_follows_is_no_part_of_an_answer(tmp_path: Path) -> None:
    text = "丁市教育局关于第7号提案的答复\n王委员：\n您提出的提案收悉。现答复如下：\n全市已有六座灯塔通电。\n"
    assert "如下" not in bot_of(tmp_path, {"reply": text}).ask("全市有多少座灯塔通电？").text


def test_no_yes_of_another_band_than_that_of_the_case() -> None:
    text = "拖链不足8链的，由塔长批准。拖链超过20链的，由灯塔局批准。"
    ready = asked("拖链30链，由塔长批准可以吗？")
    found = sorted(searched(ready, outlined(text, "办法")), key=lambda c: "灯塔局" not in c.text)
    draft = answer_whether(ready, found)
    assert draft is None or "塔长批准" not in draft.lines[0].text
