"""Where sentences of official text end."""

from __future__ import annotations

import pytest

from corpus.sentences import sentence_spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("灯塔要亮。渔船要停！", ["灯塔要亮。", "渔船要停！"]),
        ("一是修塔；二是清港。", ["一是修塔；", "二是清港。"]),
        ("守塔人（含轮值。）应当登记。", ["守塔人（含轮值。）应当登记。"]),
        ("灯塔；北岸|12米；旧", ["灯塔；北岸|12米；旧"]),  # a row of a table
        (" 第一行 \n第二行", ["第一行", "第二行"]),
        ("灯塔要亮︒渔船﹁要停︕﹂港口关闭︒", ["灯塔要亮︒", "渔船﹁要停︕﹂港口关闭︒"]),  # set vertically
    ],
)
def test_the_end_of_a_sentence(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "擅自熄灯的，责令改正；拒不改正的，处三万元以下罚款。",
        "擅自熄灯的，给予警告;逾期不改正的,处一千元罚款。",
        "擅自熄灯的，责令改正；经责令仍不改正的，没收灯具。",
    ],
)
def test_a_fine_stays_with_the_breach(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("灯具应当登记；逾期未登记的，不予受理。", 2),  # nothing is punished
        ("办事处应当公示；逾期未领的，作废。", 2),  # the name of a body
        ("及时处理投诉；拒绝受理的，说明理由。", 2),
        ("熄灯的，给予警告；造成损失的，赔偿。", 2),  # another breach
        ("（一）熄灯的，责令改正；\n（二）拒不改正的，罚款。", 2),  # another item
        (f"熄灯的，{'甲' * 200}，责令改正；拒不改正的，罚款。", 2),  # too long to be one
    ],
)
def test_other_members_are_sentences_of_their_own(text: str, count: int) -> None:
    assert len(cut(text)) == count
