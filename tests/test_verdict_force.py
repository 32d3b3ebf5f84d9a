"""Yes or no by what a clause does, though in other words than the question."""

from __future__ import annotations

import pytest

from qa.verdict import verdict


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        pytest.param("灯塔补助能拿来发奖金吗？", "灯塔补助不得用于人员经费。", ("不能", True), id="forbidden"),
        pytest.param("一条船能挂两面船旗吗？", "每条船只能有一面船旗。", ("不能", True), id="one alone"),
        pytest.param("换灯牌以后旧灯牌能自己处理吗？", "换领灯牌的，应当交回旧牌。", ("不能", True), id="bound otherwise"),
        pytest.param("租客能用码头吗？", "租客用码头应当登记。", ("能", False), id="told how"),
        pytest.param("停航要不要先问港务局？", "任何船只不得自行停航。", ("需要", False), id="not on one's own"),
        pytest.param("租船要交押金吗？", "租船不收押金。", ("不需要", True), id="not taken"),
        pytest.param("租船要交押金吗？", "租船免收泊位费。", None, id="another fee"),
        pytest.param("新船能停六天吗？", "船只停泊不得超过九天。", None, id="an amount within"),
    ],
)  # fmt: skip
def test_what_a_clause_does_says_yes_or_no(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence, sentence) == expected


def test_a_sentence_that_is_not_the_best_speaks_by_its_words_alone() -> None:
    question, sentence = "灯塔补助能拿来发奖金吗？", "灯塔补助不得用于人员经费。"
    assert verdict(question, sentence, best=False) is None


def test_what_is_kept_to_others_is_denied() -> None:
    sentence = "灯塔开放日每年两次，秋季只面向二年级学生。"
    assert verdict("灯塔开放日秋季面向大一学生吗？", sentence) == ("不是", True)
    assert verdict("灯塔开放日秋季面向二年级学生吗？", sentence) != ("不是", True)


@pytest.mark.parametrize(
    ("question", "denies"),
    [("建塔费由船东出吗？", True), ("建塔费由港航局出吗？", False), ("建塔费要船东自己掏钱吗？", True)],
)
def test_who_pays(question: str, denies: bool) -> None:
    said = verdict(question, "新塔的建塔费由港航局列支，不得向船东收取。")
    assert said is not None and said[1] == denies
