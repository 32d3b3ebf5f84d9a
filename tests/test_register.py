"""Everyday and English words, and what official documents say instead."""

from __future__ import annotations

import pytest

from index.tokens import fold
from qa.register import open_register, parse_register, written_out

REGISTER = parse_register("小孩\t儿童\noil\t石油\ncrude oil\t原油\nbus\t公交\nAPP\t应用程序\n")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("小孩上学", {"小孩"}),
        ("the oil price", {"oil"}),
        ("crude oil and oils", {"crude oil", "oil"}),
        ("buses in the soil", {"bus"}),  # the plural, and not the oil of soil
        ("business", set()),
        ("这个app能用吗", {"app"}),
        ("apply", set()),
    ],
)
def test_english_words_stand_whole(text: str, found: set[str]) -> None:
    assert set(REGISTER.expand(text)) == found


def test_the_table_that_the_package_brings() -> None:
    expanded = open_register().expand("how many charging piles will be built by the end of the year")
    assert expanded["charging"] == ("充电",) and expanded["by the end of"] == ("年底",)


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("渔港GDP多少", "全港地区生产总值12亿元", "渔港地区生产总值多少"),
        ("渔港GDP多少", "全港地区生产总值（GDP）12亿元", "渔港GDP多少"),  # they write it, too
        ("渔港GDP多少", "渔获12吨", "渔港GDP多少"),
        ("what is the GDP", "全港地区生产总值12亿元", "what is the GDP"),
    ],
)
def test_latin_names_that_the_documents_do_not_write(text: str, written: str, meant: str) -> None:
    assert written_out(text, lambda name: fold(name) in fold(written)) == meant
