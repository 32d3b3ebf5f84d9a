"""A question about somebody is answered by the class that a document counts him in."""

from __future__ import annotations

from pathlib import Path

import pytest

from outlined import outlined
from qa.class_members import membership
from small import bot_of

TRAVEL = (
    "渔港出差办法\n一、档次\n员工分为三档：\n一档：港长、总工程师；\n二档：船长，首席技师，部门正副职，高级职称人员；\n三档：其他船员（含见习船员）。\n"
    "二、标准\n表1 乘船和住宿\n档次|舱位|住宿费（元/天）\n一档|一等舱|500\n二档|二等舱|400\n三档|三等舱|300\n"
    "三、补助\n（一）二档人员远航的，每天补助80元。\n（二）港长远航的，补助另行规定。\n"
)
AID = (
    "渔民救助办法\n第一条 特困渔民为一类对象；低保家庭、单亲家庭为二类对象。\n第二条 一类对象每月救助900元；二类对象每月救助500元。\n"
    "第三条 救助金由民政局发放。\n"
)


@pytest.mark.parametrize(
    ("question", "label", "said"),
    [
        ("首席技师住宿多少钱", "二档", "首席技师"),
        ("部门副职住宿多少钱", "二档", "部门副职"),
        ("高级职称的住宿多少钱", "二档", "高级职称"),
        ("普通船员坐几号舱", "三档", "普通船员"),
        ("见习船员住宿多少钱", "三档", "见习船员"),
        ("二档船长住宿多少钱", None, ""),  # names the class itself
        ("船长算哪一档", None, ""),  # asks for it
        ("渔民住宿多少钱", None, ""),
    ],
)
def test_the_class_of_what_a_question_names(question: str, label: str | None, said: str) -> None:
    found = membership(question, outlined(TRAVEL, "办法"))
    assert (found and (found.label, found.said)) == (label and (label, said))


def test_a_member_is_told_the_row_of_its_class_with_the_line_that_counts_it_in(tmp_path: Path) -> None:
    answer = bot_of(tmp_path, {"travel": TRAVEL}).ask("首席技师的住宿费是多少？")
    assert "400" in answer.text and "500" not in answer.text and "300" not in answer.text
    assert any("首席技师" in citation.quote for citation in answer.citations)


def test_what_is_told_of_it_by_its_own_name_goes_before(tmp_path: Path) -> None:
    answer = bot_of(tmp_path, {"travel": TRAVEL}).ask("港长远航的补助怎么规定？")
    assert "另行规定" in answer.text and "80元" not in answer.text


def test_a_class_that_a_sentence_tells_behind_its_members(tmp_path: Path) -> None:
    answer = bot_of(tmp_path, {"aid": AID}).ask("单亲家庭每月救助多少元？")
    assert "500元" in answer.text


def test_what_is_told_of_a_class_in_another_matter_is_no_answer(tmp_path: Path) -> None:
    assert bot_of(tmp_path, {"travel": TRAVEL}).ask("首席技师的奖金是多少？").refused
