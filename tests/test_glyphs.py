"""Odd codes of characters: read as the usual ones, kept as they are in what is quoted."""

from __future__ import annotations

import unicodedata

import pytest

from corpus.document import SourceDocument
from corpus.duties import find_duties
from corpus.glyphs import common, plain, visible
from corpus.load import document_of
from index.tokens import terms
from packed import NOTICE

# --- single characters ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("odd", "usual"),
    [
        ("⼀⼆⼈⼯⽤⽔⾏⾦⿓", "一二人工用水行金龍"),  # Kangxi radicals, as PDF programs give them
        ("⺠⻓⻋⻔⻢⻅", "民长车门马见"),  # CJK radicals supplement, most of which NFKC leaves
        ("\uf9b4\uf967\ufa1b\U0002f804", "領不福" + unicodedata.normalize("NFKC", "\U0002f804")),  # compatibility
        ("︵一︶︻二︼﹁三﹂︽四︾", "（一）【二】「三」《四》"),  # vertical forms
        ("﹐﹔﹖｡､", "，；？。、"),  # small and half-width marks
        ("\uf0b7\uf06c\uf0a7", "•●▪"),  # what Word writes in its fonts of signs
        ("\ue78d\ue78e", "，。"),  # private characters of GBK that later standards have placed
        ("❶➁⓷", "①②③"),
        ("\x93开放\x94", "“开放”"),
    ],
)
def test_odd_codes_are_read_as_usual_ones(odd: str, usual: str) -> None:
    assert common(odd) == plain(odd) == usual


def test_widths_of_letters_and_digits_are_folded_for_reading_only() -> None:
    assert plain("２０２１年ＧＤＰ") == "2021年GDP"
    assert common("２０２１年ＧＤＰ") == "２０２１年ＧＤＰ"


def test_marks_of_chinese_stay_as_they_are() -> None:
    marks = "，。；：！？（）《》“”‘’、—…％〔〕【】　"
    assert plain(marks) == marks


def test_every_character_keeps_its_place() -> None:
    everything = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x30000)]))
    assert len(plain(everything)) == len(common(everything)) == len(everything)
    assert plain(plain(everything)) == plain(everything)


@pytest.mark.parametrize(
    "hidden",
    ["\u00ad", "\u200b", "\u200c", "\u200d", "\ufeff", "\u2060", "\u202a", "\u200e", "\ufe0f", "\U000e0101", "\x02"],
)
def test_what_nobody_can_see_is_left_out(hidden: str) -> None:
    assert visible(f"数据{hidden}开放{hidden}") == "数据开放"


def test_marks_of_emphasis_over_han_characters_go_and_accents_of_letters_stay() -> None:
    assert visible("重\u0307点\u0323任务") == "重点任务"
    assert visible("cafe\u0301 一") == "cafe\u0301 一"


# --- a whole document ----------------------------------------------------------------------------------------------

RADICALS = str.maketrans("一二人工用行长门大金", "⼀⼆⼈⼯⽤⾏⻓⻔⼤⾦")
WAYS = {
    "radicals": NOTICE.translate(RADICALS),
    "wide digits": NOTICE.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "vertical": NOTICE.translate(str.maketrans("（）《》、。", "︵︶︽︾︑︒")),
    "compatibility": NOTICE.replace("不", "\uf967"),
}


@pytest.fixture(scope="module")
def usual() -> SourceDocument:
    return document_of(NOTICE.encode(), "通知.txt")


@pytest.mark.parametrize("way", WAYS)
def test_a_document_in_odd_codes_is_understood_and_its_text_stays(usual: SourceDocument, way: str) -> None:
    odd = WAYS[way]
    assert odd != NOTICE
    document = document_of(odd.encode(), "通知.txt")
    assert document.text == odd, "what is quoted can be found in the file again"
    assert document.header == usual.header
    assert [(s.level, s.number, s.start, s.end, s.heading) for s in document.sections] == [
        (s.level, s.number, s.start, s.end, s.heading) for s in usual.sections
    ]
    assert find_duties(document.plain) == find_duties(usual.plain)
    assert terms(document.text) == terms(usual.text)


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200b", "\ufeff"])
def test_a_document_full_of_invisible_characters_is_the_document_without_them(
    usual: SourceDocument, hidden: str
) -> None:
    text = NOTICE.replace("数据", f"数{hidden}据{hidden}").replace("一、", f"{hidden}一{hidden}、")
    document = document_of(text.encode(), "通知.txt")
    assert (document.text, document.sections, document.header) == (usual.text, usual.sections, usual.header)


def test_a_document_in_private_characters_of_gbk() -> None:
    """The bytes of a vertical comma, to which Python gives a private code."""
    data = NOTICE.encode("gb18030").replace("，".encode("gb18030"), b"\xa6\xd9")
    document = document_of(data, "通知.txt")
    assert "\ue78d" in document.text
    assert document.plain.text == NOTICE
    assert find_duties(document.plain)
