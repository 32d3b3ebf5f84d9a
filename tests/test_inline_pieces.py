"""Sentences of a copied page whose figures and brackets stand on lines of their own."""

from __future__ import annotations

from corpus.clean import clean
from corpus.inline_pieces import inline_pieces
from corpus.raw import RawLine
from corpus.read_text import read_text


def paragraphs(text: str) -> list[str]:
    return [p.text for p in clean(read_text(text.encode(), "例.txt")).paragraphs]


COPIED = """灯塔用电补贴细则
为做好
2021
年灯塔用电工作，根据《灯塔管理办法》（渔发〔
2019
〕
12
号）等文件要求，制定本细则。
一、补贴对象
（
1
）对于连续参与过两年的灯塔，日用电量不低于
3000
千瓦时（平均功率不低于
500
千瓦）。
（
2
）对于此前未参与的灯塔，日用电量不低于
7200
千瓦时（平均功率不低于
1200
千瓦）。
二、补贴标准
2021
年补贴标准为每千瓦时
1.2
元，高出部分按照补贴标准的
10%
进行补贴。
本细则自
2021
年
2
月
2
日起施行。
"""


def test_each_sentence_is_whole_again() -> None:
    assert paragraphs(COPIED) == [
        "灯塔用电补贴细则",
        "为做好2021年灯塔用电工作，根据《灯塔管理办法》（渔发〔2019〕12号）等文件要求，制定本细则。",
        "一、补贴对象",
        "（1）对于连续参与过两年的灯塔，日用电量不低于3000千瓦时（平均功率不低于500千瓦）。",
        "（2）对于此前未参与的灯塔，日用电量不低于7200千瓦时（平均功率不低于1200千瓦）。",
        "二、补贴标准",
        "2021年补贴标准为每千瓦时1.2元，高出部分按照补贴标准的10%进行补贴。",
        "本细则自2021年2月2日起施行。",
    ]


def test_every_character_still_knows_its_line() -> None:
    text = clean(read_text(COPIED.encode(), "例.txt"))
    raw = COPIED.splitlines()
    for paragraph in text.paragraphs:
        assert all(char in raw[line - 1] for char, line in zip(paragraph.text, paragraph.lines, strict=True))


def test_page_numbers_and_cells_of_a_table_are_no_pieces() -> None:
    pages = [text for number in range(1, 12) for text in ("灯塔由渔港管理机构负责看守，看守人员应当", str(number))]
    cells = [text for figure in range(20, 200, 9) for text in ("东港灯塔", str(figure))]
    for texts in (pages, cells):
        assert not inline_pieces([RawLine(text, number) for number, text in enumerate(texts, 1)])
