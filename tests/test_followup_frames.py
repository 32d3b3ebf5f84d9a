"""What gives way to something new in a follow-up is told by where both stand in the documents."""

from __future__ import annotations

import pytest

from qa.followup import rewrite
from qa.slots_beside import in_its_frame

GARAGE = "每层配备保安2名、清洁工1名。未配备保安的，罚款五百元；未配备清洁工的，罚款二百元。地下一层高三米。"
AWARDS = "(一)少年围棋组:名额40人,每人交30元。\n(二)成人围棋组:名额60人,每人交50元。\n(三)双人组:名额20对,每对交80元。"
CASES = "租船合同9件;保险11件;"
SHELVES = "货架|每平米补助|上限\n普通金属货架|15|6\n金属网架|26|8\n木箱|32|9"


@pytest.mark.parametrize(
    ("last", "new", "filled"),
    [
        ("车库两层要几个保安？", "清洁工", "车库两层要几个清洁工？"),
        ("江县围棋节少年组交多少钱？", "成人", "江县围棋节成人交多少钱？"),
        # Of a thing that is called by a part of the same name all that the documents call it gives way,
        ("江县仓库装普通金属货架补多少？", "金属网架", "江县仓库装金属网架补多少？"),
        # 租船 stands in 租船合同 alone, and 保险 in no such name: the longer one gives way.
        ("江县租船合同办了几件？", "保险", "江县保险办了几件？"),
        # nothing does where several things stand as it does, or none, or what is asked of them is named,
        ("保安和清洁工一共几个？", "地下", None),
        ("车库两层要几个保安？", "停车费", None),
        ("仓库装木箱补多少？", "货架上限", None),
    ],
)
def test_what_stands_in_the_same_frame_gives_way(last: str, new: str, filled: str | None) -> None:
    assert in_its_frame(last, new, [GARAGE, AWARDS, SHELVES, CASES]) == filled


@pytest.mark.parametrize(
    ("last", "question", "standalone"),
    [
        ("车库两层要几个保安？", "那清洁工呢？", "车库两层要几个清洁工？"),
        # What is asked newly is asked of all that was spoken of but what gave way.
        (
            "江县仓库装普通金属货架，每平米补多少？",
            "换成金属网架的话，一个仓库最多拿多少？",
            "江县仓库装金属网架，一个仓库最多拿多少？",
        ),
        ("江县围棋节少年组交多少钱？", "换成双人的话交多少？", "江县围棋节双人交多少钱？"),
    ],
)
def test_the_rest_of_the_question_is_kept(last: str, question: str, standalone: str) -> None:
    texts = [GARAGE, AWARDS, SHELVES]
    stands = lambda text: any(text in one for one in texts)  # noqa: E731
    assert rewrite(question, [(last, "")], stands=stands, told_from=lambda: texts).standalone == standalone


@pytest.mark.parametrize(
    ("last", "question", "standalone"),
    [
        ("江县游泳馆深水证2030年发多少张？", "这事归哪个部门管？", "江县游泳馆深水证归哪个部门管？"),
        ("仓库没装喷淋怎么罚？", "这种情况多久复查？", "仓库没装喷淋多久复查？"),
        # The same case of others; what was asked whether one may do goes with it.
        ("少年棋手复试没过，还能再考一次吗？", "成人的这种情况给多久？", "成人棋手复试没过，再考一次，给多久？"),
        ("硕士生开题没过，还能补交吗？", "读博的这种情况给几天？", "博士生开题没过，补交，给几天？"),
    ],
)
def test_a_pronoun_for_a_case_or_a_matter(last: str, question: str, standalone: str) -> None:
    texts = [AWARDS]
    stands = lambda text: any(text in one for one in texts)  # noqa: E731
    assert rewrite(question, [(last, "")], stands=stands, told_from=lambda: texts).standalone == standalone
