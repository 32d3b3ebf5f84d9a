"""The language tables: well-formed, simplified, unambiguous, and right on examples anyone can judge."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent / "qa" / "data"
REGISTER = DATA / "register.tsv"
DEPARTMENTS = DATA / "departments.tsv"

#: dialect characters that GB 2312 (a set of simplified characters) lacks
DIALECT = set("佢冇冚咗哋唥啲喺嘅嘢揾攞𠮶")
YEARS = re.compile(r"-|(?:\d{4})?-(?:\d{4})?(?:;\d{4}-(?:\d{4})?)*")


def rows(path: Path) -> list[list[str]]:
    lines = path.read_bytes().decode("utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


REGISTER_ROWS = rows(REGISTER)
DEPARTMENT_ROWS = rows(DEPARTMENTS)
OFFICIAL = {row[0]: row[1].split(" ") for row in REGISTER_ROWS}
BODIES = {row[0]: row for row in DEPARTMENT_ROWS}


def names(row: list[str]) -> set[str]:
    return {row[0], row[1], *(row[2].split(" ") if row[2] != "-" else [])}


SHORT = {name: row[0] for row in DEPARTMENT_ROWS for name in names(row)}


@pytest.mark.parametrize("path", [REGISTER, DEPARTMENTS])
def test_files_are_clean_text_that_says_what_it_is(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("# ")
    assert text.endswith("\n")
    assert "no data copied" in text.split("\n# ----")[0]
    assert "\r" not in text
    assert "\ufeff" not in text
    assert "\u3000" not in text


@pytest.mark.parametrize(("table", "columns"), [(REGISTER_ROWS, 2), (DEPARTMENT_ROWS, 6)])
def test_every_row_has_its_columns_and_none_is_blank(table: list[list[str]], columns: int) -> None:
    for row in table:
        assert len(row) == columns, row
        for cell in row:
            assert cell, row
            assert cell == cell.strip(), row
            assert "  " not in cell, row


@pytest.mark.parametrize("table", [REGISTER_ROWS, DEPARTMENT_ROWS])
def test_no_key_twice(table: list[list[str]]) -> None:
    keys = [row[0] for row in table]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


@pytest.mark.parametrize("path", [REGISTER, DEPARTMENTS])
def test_characters_are_simplified(path: Path) -> None:
    odd = set()
    for row in rows(path):
        for character in "".join(row):
            try:
                character.encode("gb2312")
            except UnicodeEncodeError:
                odd.add(character)
    assert odd - DIALECT - {"‰"} == set()


@pytest.mark.parametrize("path", [REGISTER, DEPARTMENTS])
def test_folding_to_simplified_changes_nothing(path: Path) -> None:
    fold = pytest.importorskip("opencc").OpenCC("t2s").convert
    changed = [row for row in rows(path) if fold("\t".join(row)) != "\t".join(row)]
    assert changed == []


def test_register_is_large_and_maps_to_other_words() -> None:
    assert len(REGISTER_ROWS) >= 900
    for word, official in OFFICIAL.items():
        assert word.isascii() or " " not in word
        assert 1 <= len(official) <= 4, word
        assert len(set(official)) == len(official), word
        assert word not in official, word


@pytest.mark.parametrize(
    ("word", "official"),
    [
        ("挣钱", "盈利"),
        ("罚钱", "罚款"),
        ("借钱", "贷款"),
        ("给钱", "补助"),
        ("涨价", "价格上涨"),
        ("管事的", "主管部门"),
        ("带头", "牵头"),
        ("当官的", "领导干部"),
        ("打工的", "劳动者"),
        ("看病", "诊疗"),
        ("种地", "农业生产"),
        ("脏水", "污水"),
        ("偷排", "违法排污"),
        ("火车", "铁路"),
        ("车", "机动车"),
        ("网购", "网络零售"),
        ("网速", "网络速率"),
        ("打官司", "诉讼"),
        ("管不管", "监管"),
        ("差不多", "约"),
        ("占多少", "占比"),
        ("砍掉", "取消"),
        ("盯着", "监测"),
        ("文号", "发文字号"),
        ("落款", "成文日期"),
        ("谁发的", "发文机关"),
        ("啥时候生效", "施行"),
        ("边个", "哪个"),
        ("边只", "哪个"),
        ("点解", "为什么"),
        ("几多", "多少"),
        ("系咪", "是否"),
        ("𠮶个", "该"),
    ],
)
def test_register_examples(word: str, official: str) -> None:
    assert official in OFFICIAL[word]


@pytest.mark.parametrize(
    ("word", "share"),
    [
        *zip("一二三四五六七八九", range(10, 100, 10), strict=True),
    ],
)
def test_tenths_are_percentages(word: str, share: int) -> None:
    key = {"二": "两"}.get(word, word) + "成"
    assert OFFICIAL[key] == [f"{share}%"]


def test_fractions() -> None:
    assert OFFICIAL["一半"][0] == "50%"
    assert OFFICIAL["四分之一"] == ["25%"]
    assert OFFICIAL["四分之三"] == ["75%"]
    assert OFFICIAL["五分之一"] == ["20%"]


def test_a_name_belongs_to_one_body() -> None:
    assert len(DEPARTMENT_ROWS) >= 110
    every = [name for row in DEPARTMENT_ROWS for name in names(row)]
    assert sorted(name for name in set(every) if every.count(name) > 1) == []
    for row in DEPARTMENT_ROWS:
        others = row[2].split(" ")
        assert row[0] not in others, row
        assert row[1] not in others, row
        assert len(set(others)) == len(others), row


def ended(row: list[str]) -> bool:
    return row[3] != "-" and not row[3].endswith("-")


def test_years_are_well_formed_and_in_order() -> None:
    for row in DEPARTMENT_ROWS:
        assert YEARS.fullmatch(row[3]), row
        years = [int(year) for year in re.findall(r"\d{4}", row[3])]
        assert years == sorted(years), row
        assert all(1949 < year < 2027 for year in years), row


def test_what_ended_has_a_successor_that_still_exists() -> None:
    for row in DEPARTMENT_ROWS:
        if ended(row):
            assert row[4] != "-", row
        for successor in row[4].split(" ") if row[4] != "-" else []:
            assert successor in BODIES, row
            assert successor != row[0], row
            assert not ended(BODIES[successor]), row


@pytest.mark.parametrize(
    ("said", "short"),
    [
        ("发改委", "发展改革委"),
        ("国家发展和改革委员会", "发展改革委"),
        ("工信部", "工业和信息化部"),
        ("人社部", "人力资源社会保障部"),
        ("住建部", "住房城乡建设部"),
        ("卫健委", "国家卫生健康委"),
        ("环保部", "环境保护部"),
        ("食药监", "食品药品监管总局"),
        ("药监局", "国家药监局"),
        ("央行", "人民银行"),
        ("海关", "海关总署"),
        ("税务", "税务总局"),
        ("工商", "工商总局"),
        ("质检", "质检总局"),
        ("网信办", "中央网信办"),
        ("国开行", "开发银行"),
        ("供销总社", "供销合作总社"),
        ("残联", "中国残联"),
        ("最高法", "最高人民法院"),
    ],
)
def test_colloquial_names(said: str, short: str) -> None:
    assert SHORT[said] == short


@pytest.mark.parametrize(
    ("short", "years", "successors"),
    [
        ("质检总局", "2001-2018", "市场监管总局 海关总署"),
        ("铁道部", "-2013", "交通运输部 国家铁路局 国铁集团"),
        ("环保总局", "1998-2008", "生态环境部"),
        ("农业部", "-2018", "农业农村部"),
        ("国家卫生计生委", "2013-2018", "国家卫生健康委"),
        ("中国银监会", "2003-2018", "金融监管总局"),
        ("铁路总公司", "2013-2019", "国铁集团"),
        ("电监会", "2003-2013", "国家能源局"),
        ("发展改革委", "2003-", "-"),
        ("国家药监局", "1998-2003;2018-", "-"),
    ],
)
def test_succession_examples(short: str, years: str, successors: str) -> None:
    assert BODIES[short][3:5] == [years, successors]
