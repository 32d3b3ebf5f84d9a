"""The bench of the checker: mutations do what they say, and a small sample holds the floors."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import checker  # noqa: E402
import mutations  # noqa: E402
from index.entailment import open_entailment  # noqa: E402
from outlined import outlined  # noqa: E402
from qa.answer import Support  # noqa: E402

TEXT = (
    "到2026年，建成码头12座。到2030年，建成码头20座。\n"
    "渡口检修由市港航局牵头，市财政局配合。市气象局应当每日发布预报。渡工不得酒后驾船。\n"
    "依据港政发〔2021〕7号文件，载客量不超过60人，所有渡船配备救生衣，力争客运量增长5%。\n"
)


@pytest.mark.parametrize(
    ("kind", "sentence", "wrong"),
    [
        ("年份", "到2026年，建成码头12座。", "到2030年，建成码头12座。"),
        ("数字", "到2026年，建成码头12座。", "到2026年，建成码头20座。"),
        ("数字互换", "大船载客60人，小船每次载客12人。", "大船载客12人，小船每次载客60人。"),
        ("单位", "投资3亿元。", "投资3万元。"),
        ("部门", "（市港航局负责）", "（市财政局负责）"),
        ("牵头与参与", "由市港航局牵头，市财政局配合。", "由市财政局牵头，市港航局配合。"),
        ("否定", "渡工不得酒后驾船。", "渡工酒后驾船。"),
        ("义务词", "鼓励夜航。", "应当夜航。"),
        ("方向", "载客量不超过60人。", "载客量不少于60人。"),
        ("范围", "所有渡船配备救生衣。", "部分渡船配备救生衣。"),
        ("状态", "力争客运量增长5%。", "确保客运量增长5%。"),
        ("文号", "依据港政发〔2021〕7号文件。", "依据港政发〔2021〕8号文件。"),
        ("名词", "到2026年，建成码头12座。", "到2026年，建成渡口12座。"),
    ],
)
def test_a_mutation_changes_one_thing(kind: str, sentence: str, wrong: str) -> None:
    assert wrong in set(mutations.MUTATIONS[kind](sentence, TEXT))


def test_short_words_within_longer_ones_are_left_alone() -> None:
    assert not list(mutations.scope("参加城乡居民基本医疗保险。", TEXT))
    assert not list(mutations.status("发展虚拟现实。", TEXT))


def test_goals_and_subjects_are_exchanged_between_sentences() -> None:
    assert "到2030年，建成码头大约12座。" in set(
        mutations.goals_exchanged("到2026年，建成码头大约12座。", "到2030年，建成码头大约20座。")
    )
    assert "船主单位应当每年检修一次渡船。" in set(
        mutations.subjects_exchanged("渡口管理机构应当每年检修一次渡船。", "船主单位应当为乘客购买保险。")
    )


def test_what_the_document_says_all_the_same_is_not_counted() -> None:
    document = outlined("码头建成12座，投资3万元。码头建成12座，投资5万元。\n", "码头")
    wrong = {m.sentence for m in mutations.mutated(document)}
    assert "码头建成12座，投资5万元。" not in wrong
    assert "码头建成12座，投资3亿元。" in wrong


def test_what_is_written_by_hand_quotes_its_documents_and_covers_both_groups() -> None:
    for group in checker.GROUPS:
        written = list(checker.written(group))
        assert sum(c.true for c in written) >= 75
        assert sum(not c.true for c in written) >= 50
    assert len({(c.sentence, c.quotes) for g in checker.GROUPS for c in checker.written(g)}) == sum(
        len(list(checker.written(g))) for g in checker.GROUPS
    )


@pytest.mark.parametrize(
    ("group", "style", "least_true", "most_false"),
    [
        ("development", "near", 0.93, 0.04),
        ("held out", "near", 0.84, 0.08),
        ("development", "free", 0.53, 0.11),
        ("held out", "free", 0.55, 0.12),
        ("development", "echo", 0.57, 0.14),
        ("held out", "echo", 0.65, 0.13),
    ],
)
def test_what_is_written_by_hand_holds_the_floors(group: str, style: str, least_true: float, most_false: float) -> None:
    written = [case for case in checker.written(group) if case.kind in checker.STYLES[style]]
    said = checker.checked(written, open_entailment())
    assert _share(written, said, true=True) >= least_true
    assert _share(written, said, true=False) <= most_false


@pytest.mark.slow
@pytest.mark.parametrize(("group", "least"), [("development", 0.97), ("held out", 0.96)])
def test_mutated_sentences_hold_the_floor(group: str, least: float) -> None:
    drawn = [c for c in checker.cases(group, 60) if c.kind not in (*checker.TRUE_KINDS, *checker.FALSE_KINDS)]
    said = checker.checked(drawn)
    assert sum(s == "unverified" for s in said) / len(said) >= least


def _share(cases: list[checker.Case], said: list[Support], *, true: bool) -> float:
    """The share of the true, or of the false, that is verified."""
    own = [s for c, s in zip(cases, said, strict=True) if c.true == true]
    return sum(s == "verified" for s in own) / len(own)
