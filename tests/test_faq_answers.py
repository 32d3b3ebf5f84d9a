"""Pages of questions and answers: how they are cut, and what is answered from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import SourceDocument
from corpus.load import load_documents
from qa.faq_answers import answer_faq
from searched import asked, searched

PAGE = """游泳馆开放服务问答

1.游泳馆哪些时候开放？
答：周二至周日9时至21时开放，周一闭馆。
2.未成年人可以单独入馆吗？几岁可以自己来？
答：不可以。未满14周岁的，由一名成年人陪同入馆。
3.入馆要不要交押金？
答：不需要。凭实名账户入馆。
4.泳道是否只对团队出租？
答：不一定。周末的泳道由个人预订。
"""
MARKED = """食堂常见问题解答

Q1：就餐卡能转借吗？
A1：不得转借。转借的，停用三个月。
Q2：节假日开门吗？
A2：春节停业七天，其余节假日照常开放。
问：饭菜能带走吗？答：可以，请自备饭盒。
"""
BOLD = """# 加装电梯答疑

**加装电梯要全体业主同意吗？**

答：不用。三分之二以上业主同意即可。

**费用由谁出？**

由受益业主按楼层分摊。
"""
HTML = """<html><head><meta charset="utf-8"><title>借阅问答</title></head><body><h1>借阅问答</h1>
<p><b>37.借书期限有多长？</b></p><p>答：三十日。</p>
<p><b>38.逾期要不要交滞纳金？</b></p><p>答：要。每日一角。</p></body></html>
"""


def read(folder: Path, name: str, text: str) -> SourceDocument:
    (folder / name).write_text(text, encoding="utf-8")
    return load_documents([folder])[0][0]


def headings(document: SourceDocument) -> list[str]:
    return [s.title for s in document.sections if s.title]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("页.txt", PAGE, ["游泳馆哪些时候开放？", "未成年人可以单独入馆吗？几岁可以自己来？", "入馆要不要交押金？", "泳道是否只对团队出租？"]),
        ("页.txt", MARKED, ["就餐卡能转借吗？", "节假日开门吗？", "饭菜能带走吗？"]),
        ("页.md", BOLD, ["加装电梯要全体业主同意吗？", "费用由谁出？"]),
        ("页.html", HTML, ["借书期限有多长？", "逾期要不要交滞纳金？"]),
    ],
)  # fmt: skip
def test_each_question_heads_its_answer(tmp_path: Path, name: str, text: str, expected: list[str]) -> None:
    assert headings(read(tmp_path, name, text)) == expected


def told(question: str, document: SourceDocument) -> str | None:
    ready = asked(question)
    draft = answer_faq(ready, searched(ready, document))
    return None if draft is None else "".join(line.text for line in draft.lines)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("游泳馆什么时候开放？", "周二至周日9时至21时开放，周一闭馆。"),
        ("未成年人能不能单独入馆？", "不能，未满14周岁的，由一名成年人陪同入馆。"),
        ("未成年人几岁可以自己来？", "未满14周岁的，由一名成年人陪同入馆。"),
        ("入馆要交押金吗？", "不需要，凭实名账户入馆。"),
        ("入馆不用交押金吧？", "是的，凭实名账户入馆。"),  # the denial is asked for
        ("泳道只对团队出租吗？", "不一定。周末的泳道由个人预订。"),
        ("食堂几点开门？", None),
    ],
)
def test_what_stands_below_the_question_answers(tmp_path: Path, question: str, expected: str | None) -> None:
    assert told(question, read(tmp_path, "页.txt", PAGE)) == expected


def test_no_question_and_no_bare_reply_is_an_answer(tmp_path: Path) -> None:
    document = read(tmp_path, "页.txt", PAGE)
    ready = asked("未成年人可以单独入馆吗？")
    assert not [c.text for c in searched(ready, document) if c.tells and ("？" in c.text or c.text == "答：不需要。")]


_COURT = """球场问答

问：散客可以办年卡吗？
答：可以。散客可以自愿办年卡，费用自理。
问：年卡可以不带照片吗？
答：不可以。年卡应当贴照片。
"""


def test_that_something_may_be_done_does_not_say_that_it_has_to_be(tmp_path: Path) -> None:
    document = read(tmp_path, "页.txt", _COURT)
    assert told("散客可以办年卡吗？", document) == "可以，散客可以自愿办年卡，费用自理。"
    assert told("散客必须办年卡吗？", document) == "不是，散客可以自愿办年卡，费用自理。"


def test_a_denial_is_answered_in_the_words_of_the_document(tmp_path: Path) -> None:
    assert told("年卡可以不带照片吗？", read(tmp_path, "页.txt", _COURT)) == "不可以，年卡应当贴照片。"


def test_whom_to_ask_is_no_part_of_the_last_answer(tmp_path: Path) -> None:
    page = read(tmp_path, "页.txt", f"{_COURT}咨询电话：0538-7745206。\n")
    assert told("年卡可以不带照片吗？", page) == "不可以，年卡应当贴照片。"


BADGE = """船员证问答

1.办船员证要本人到场吗？
答：首次申领应当由本人到场。签注可以网上办理，不需要本人到场。
"""


def test_the_sentence_of_what_the_question_of_the_page_does_not_name(tmp_path: Path) -> None:
    page = read(tmp_path, "页.txt", BADGE)
    assert told("船员证签注要本人到场吗？", page) == "不需要，签注可以网上办理，不需要本人到场。"
    assert str(told("办船员证要本人到场吗？", page)).startswith("需要，首次申领应当由本人到场。")


_CLAIMS = """医保报销问答

问：手工报销要交什么材料？
答：发票原件和费用清单。
问：手工报销在哪里办？
答：到经办窗口办理。
问：需要多长时间？
答：自受理之日起30日内拨付。
问：出院时没有备案，还能补办吗？
答：可以。出院之日起90日内可以补办备案。
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # Where it is done is not how long it takes; the question that asks for that says of what only before it.
        ("手工报销要多久？", "自受理之日起30日内拨付。"),
        ("手工报销到哪里办？", "到经办窗口办理。"),
        # What is not done in the case asked about denies nothing of what may be done.
        ("出院了还能补办备案吗？", "能，出院之日起90日内可以补办备案。"),
    ],
)
def test_a_question_is_the_one_asked_by_its_kind_and_by_what_stands_before_it(
    tmp_path: Path, question: str, expected: str
) -> None:
    assert told(question, read(tmp_path, "页.txt", _CLAIMS)) == expected
