"""Folding, words and search terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import tokens
from index.tokens import fold, query_terms, terms, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("國務院關於「互聯網＋」的意見", '国务院关于"互联网+"的意见'),
        ("国发〔2015〕40号", "国发(2015)40号"),
        ("国发［2015］４０ 号", "国发(2015)40号"),
        ("国发【2015】40号", "国发(2015)40号"),
        ("乾坤", "乾坤"),  # a simplified text is not converted at all
        ("A I", "ai"),
        ("第一\u3000条\n内容", "第一条内容"),
        ("“甲”‘乙’『丙』", '"甲""乙""丙"'),
    ],
)
def test_fold_brings_one_text_to_one_form(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(fold(written)) == fold(written)


def test_the_number_of_an_item_is_no_part_of_the_figure_behind_it() -> None:
    assert fold("②75周岁以上的；⒊5万元以下的；④渔民") == "(2)75周岁以上的;(3)5万元以下的;4渔民"


def test_words_hold_no_punctuation_and_long_words_in_their_parts() -> None:
    assert {"推动", "农业", "现代", "现代化", "2.4"} <= set(words("推动农业现代化，2.4万亿元！"))
    assert words("——“”《》，。！") == []


def test_terms_find_a_character_that_words_alone_miss() -> None:
    assert {"少吃", "吃盐"} <= set(terms("少吃盐"))


def test_a_pair_that_is_a_word_counts_once() -> None:
    assert terms("盐业").count("盐业") == 1


def test_a_question_is_searched_without_its_asking_words() -> None:
    found = query_terms("请问电子商务由哪些部门负责呢？")
    assert "电子商务" in found
    assert not {"请问", "哪些", "呢"} & set(found)
    assert not [term for term in found if "哪" in term]


def test_a_question_of_nothing_but_asking_words_keeps_them() -> None:
    assert query_terms("是什么？") == terms("是什么？") != []


def test_the_dictionary_loads_silently_and_its_cache_is_made_anew_when_broken(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def forget() -> None:
        for kept in (tokens._load_segmenter, tokens._weights, tokens._cut_block):
            kept.cache_clear()

    monkeypatch.setenv("POLICYQA_CACHE_DIR", str(tmp_path))
    forget()
    first = words("切实加强食品安全监管")
    (cache,) = tmp_path.glob("jieba-*.txt")
    forget()
    assert words("切实加强食品安全监管") == first  # read from the cache this time
    cache.write_text("3\n坏 1\n", encoding="utf-8")
    forget()
    assert words("切实加强食品安全监管") == first  # a broken cache is made anew
    assert cache.stat().st_size > 1_000_000
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "国务院关于积极推进“互联网+”行动的指导意见",
        "二〇〇五年六月九日，凌晓峰、欧阳询两位同志到乾坤湾调研。",  # names and 〇, which the dictionary has none of
        "GDP增长6.9%。）》,(a.b-c) 第 1 条\r\n\t完",
        "龘靐齉",
        "",
    ],
)
def test_words_are_those_of_jieba(text: str) -> None:
    assert tokens._cut(text) == tokens._segmenter().lcut(text)
    cut = tokens._segmenter().lcut_for_search(fold(text))
    assert words(text) == [word for word in cut if any(c.isalnum() or c == "_" for c in word)]
