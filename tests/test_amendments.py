"""Rules that a later document words anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes import HashEmbedder
from qa.amendments import as_amended
from qa.bot import PolicyQA
from qa.support import support
from qa.verdict import verdict

_RULE = """\
甲市灯塔看守补贴办法
甲民发〔2021〕4号
第一条 为做好看守工作，制定本办法。
第二条 看守员每人每月补贴800元。
第三条 申请人应当在本市居住满12个月。
甲市民政局
2021年3月1日
"""
_CHANGE = """\
甲市民政局关于修改《甲市灯塔看守补贴办法》部分条款的通知
甲民发〔2024〕9号
各区民政局：
对《甲市灯塔看守补贴办法》（甲民发〔2021〕4号）作如下修改：
一、将第二条“看守员每人每月补贴800元”修改为“看守员每人每月补贴1000元”。
二、将第三条“居住满12个月”改为“居住满6个月”。
甲市民政局
2024年6月1日
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder: Path = tmp_path_factory.mktemp("documents")
    (folder / "rule.txt").write_text(_RULE, encoding="utf-8")
    (folder / "change.txt").write_text(_CHANGE, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("data"), embedder=HashEmbedder())


def test_the_changes_of_a_document(bot: PolicyQA) -> None:
    assert [bot.document("change").text[c.start : c.start + 5] for c in bot.changes()] == ["将第二条“", "将第三条“"]
    assert bot.superseded() == {}, "parts worded anew are no new version"


def test_a_question_is_answered_in_the_new_wording(bot: PolicyQA) -> None:
    answer = bot.ask("看守员每人每月补贴是800元吗？")
    assert "1000元" in answer.text and not answer.text.startswith("是的")
    assert {c.doc_id for c in answer.citations} == {"rule", "change"}
    assert {s.support for s in answer.statements} == {"verified"}


def test_yes_and_no_go_by_the_new_wording() -> None:
    sentence = "将第三条“居住应当满12个月”修改为“居住应当满6个月”。"
    assert as_amended('将第三条"甲乙丙丁"修改为"戊己庚辛"') == "戊己庚辛"
    assert verdict("居住要满12个月才能申请吗？", sentence) in (None, ("不需要", True))


_PLAN = """\
甲市人民政府办公室关于印发甲市灯塔看守工作方案的通知
甲政办发〔2021〕4号
各区人民政府：
现将《甲市灯塔看守工作方案》印发给你们，请贯彻执行。
甲市人民政府办公室
2021年3月1日
甲市灯塔看守工作方案
一、主要任务
1.修缮灯塔。完成修缮12座，2022年6月底前验收。（市港航局牵头，市财政局配合）
2.培训看守员。每年培训2次，每次不超过30人，培训费由市级承担。（市渔业局、市人社局牵头）
3.更换浮标。2022年6月底前更换浮标80座。（市港航局、市渔业局牵头，市财政局配合）
二、其他
本方案由市港航局解释。
"""
_ANEW = """\
甲市人民政府办公室关于修改《甲市灯塔看守工作方案》的通知
甲政办发〔2024〕9号
各区人民政府：
决定对《甲市灯塔看守工作方案》（甲政办发〔2021〕4号）作如下修改：
一、将第1项中的“2022年6月底前”修改为“2022年9月底前”。
二、删去第2项中的“每次不超过30人，”。
三、将第3项修改为：“3.更换浮标。更换浮标95座。（市港航局牵头，市渔业局、市财政局配合）”
四、增加一项，作为第4项：“4.巡查航道。每月巡查2次。（市渔业局牵头）”
甲市人民政府办公室
2024年6月1日
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder: Path = tmp_path_factory.mktemp("plan")
    (folder / "plan.txt").write_text(_PLAN, encoding="utf-8")
    (folder / "anew.txt").write_text(_ANEW, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("data"), embedder=HashEmbedder())


def test_what_is_taken_out_and_whole_items_are_changes(plan: PolicyQA) -> None:
    changes = plan.changes()
    assert plan.superseded() == {}
    assert [(c.place, c.taken_out, c.heading) for c in changes] == [
        ((("1", "项"),), False, ""),
        ((("2", "项"),), True, ""),
        ((("3", "项"),), False, "更换浮标"),
        ((), False, "巡查航道"),
    ]


def test_a_change_is_one_of_the_item_that_it_names_alone(plan: PolicyQA) -> None:
    whole = plan.document("plan")
    changes = plan.changes()

    def changed(words: str) -> list[int]:
        at = whole.text.index(words)
        spans = [plan.changed_by(c, whole) for c in changes]
        return [i for i, own in enumerate(spans) if any(a < at + len(words) and at < b for a, b in own)]

    assert changed("完成修缮12座，2022年6月底前验收。") == [0]
    assert changed("每年培训2次，每次不超过30人，培训费由市级承担。") == [1]
    assert changed("2022年6月底前更换浮标80座。") == [2], "the same words in another item"


def test_what_a_body_was_given_is_told_with_what_was_changed(plan: PolicyQA) -> None:
    text = plan.ask("市渔业局在灯塔看守方案里有哪些任务？").text
    assert "牵头2项" in text and "培训看守员、更换浮标" in text
    behind = text.partition("甲政办发〔2024〕9号")[2] or text.partition("关于修改")[2]
    assert "牵头1项：巡查航道" in behind and "参与1项：更换浮标" in behind


def test_what_is_taken_out_is_no_rule_any_more(plan: PolicyQA) -> None:
    answer = plan.ask("培训看守员每次不超过30人吗？")
    assert "删去第2项中的" in answer.text and not answer.text.startswith("是的")


def test_the_number_of_a_plan_is_not_that_of_what_changes_it(plan: PolicyQA) -> None:
    assert "甲政办发〔2021〕4号" in plan.ask("甲市灯塔看守工作方案的文号是多少？").text
    assert "甲政办发〔2024〕9号" in plan.ask("修改甲市灯塔看守工作方案的通知的文号是多少？").text


def test_a_sentence_is_told_with_the_value_that_a_piece_of_it_has_now(plan: PolicyQA) -> None:
    answer = plan.ask("修缮灯塔12座什么时候前验收？")
    assert answer.text == "完成修缮12座，2022年9月底前验收。[1][2]"
    assert [c.doc_id for c in answer.citations] == ["plan", "anew"]
    assert {s.support for s in answer.statements} == {"verified"}


_CODE = """\
甲市灯塔参观管理办法
甲市人民政府令第4号
第一章 总则
第一条 为做好灯塔参观工作，制定本办法。
第二条 市港航局主管灯塔参观工作。
市文旅局负责宣传。
第二章 参观
第三条 团体参观应当符合下列条件：
（一）人数不少于10人；
（二）有领队2名。
第四条 每批参观人数不超过40人。讲解时间不少于30分钟。
第五条 参观票价为每人25元，未满14周岁的免票。
第六条 寄存行李每件收取3元。
"""
_DECISION = """\
甲市人民政府关于修改《甲市灯塔参观管理办法》的决定
甲市人民政府令第9号
甲市人民政府决定对《甲市灯塔参观管理办法》作如下修改：
一、第二条第二款修改为：“市文旅局负责宣传和讲解员培训。”
二、第三条第二项修改为：“（二）有领队3名；”
三、将第四条修改为：“每批参观人数不超过60人，雨天不超过20人。
“讲解时间不少于45分钟，其中‘灯塔史’不少于10分钟。”
四、第五条改为第六条，将其中的“每人25元”修改为“每人30元”。
五、增加一条，作为第五条：“夜间参观应当提前2日预约。”
六、删去第六条。
本决定自2024年9月1日起施行。
"""


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder: Path = tmp_path_factory.mktemp("code")
    (folder / "code.txt").write_text(_CODE, encoding="utf-8")
    (folder / "decision.txt").write_text(_DECISION, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("data"), embedder=HashEmbedder())


def test_each_change_is_one_of_the_paragraph_or_item_that_it_names(code: PolicyQA) -> None:
    whole = code.document("code")
    told = [[whole.text[a:b] for a, b in code.changed_by(change, whole)] for change in code.changes()]
    assert told == [
        ["市文旅局负责宣传。"],
        ["（二）有领队2名。"],
        ["第四条 每批参观人数不超过40人。讲解时间不少于30分钟。"],
        ["第五条 参观票价为每人25元，未满14周岁的免票。"],
        [],
        ["第六条 寄存行李每件收取3元。"],
    ]


def test_what_is_worded_anew_is_told_without_what_introduces_it(code: PolicyQA) -> None:
    answer = code.ask("灯塔讲解时间不少于多少分钟？")
    assert answer.text == "讲解时间不少于45分钟，其中‘灯塔史’不少于10分钟。[1]"
    assert "夜间参观应当提前2日预约。" in code.ask("夜间参观灯塔要提前几日预约？").text


def test_what_was_taken_out_is_told_to_be_taken_out(code: PolicyQA) -> None:
    answer = code.ask("寄存行李每件收取多少元？")
    assert answer.text == "删去第六条。[1]原来：寄存行李每件收取3元。[2]"


def test_a_value_without_quotation_marks_is_changed_where_its_name_says(tmp_path: Path) -> None:
    rule = (
        "甲市灯塔知识竞赛通知\n甲港发〔2025〕3号\n一、报名时间截至2025年5月10日。\n"
        "二、竞赛于2025年6月8日9:00在市图书馆举行。\n三、作品于2025年5月10日前寄出。\n"
    )
    change = (
        "关于调整甲市灯塔知识竞赛安排的公告\n甲市灯塔知识竞赛通知（甲港发〔2025〕3号）有关安排调整如下：\n"
        "报名时间由2025年5月10日调整为2025年5月20日。\n"
    )
    (tmp_path / "a.txt").write_text(rule, encoding="utf-8")
    (tmp_path / "b.txt").write_text(change, encoding="utf-8")
    bot = PolicyQA.open([tmp_path], tmp_path / "data", embedder=HashEmbedder())
    (only,) = bot.changes()
    whole = bot.document("a")
    assert [whole.text[a:b] for a, b in bot.changed_by(only, whole)] == ["一、报名时间截至2025年5月10日。"]


def test_both_wordings_are_told_where_both_are_asked_for(code: PolicyQA) -> None:
    assert code.ask("灯塔参观每批人数修改前后有什么变化？").text.startswith("原来：每批参观人数不超过40人。")
    text = code.ask("灯塔参观票价有人说25元，有人说30元，到底按哪个？").text
    assert (
        text
        == "按修改后的规定：参观票价为每人30元，未满14周岁的免票。[1][2]原来：参观票价为每人25元，未满14周岁的免票。[1]"
    )


def test_a_sentence_is_borne_by_its_quote_as_another_words_it_anew() -> None:
    quotes = ["团体参观应当有领队2名。", "将“领队2名”修改为“领队3名”。"]
    assert support("团体参观应当有领队3名。", quotes) == "verified"
    assert support("团体参观应当有领队2名。", quotes) == "unverified", "it was so before"
    assert support("原来：团体参观应当有领队2名。", quotes[:1]) == "verified"
