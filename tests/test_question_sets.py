"""Question sets: every format is read into the same cases, every wrong row is named, none hides another."""

from __future__ import annotations

import csv
import json
import tracemalloc
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qa.question_sets import (
    Case,
    CaseError,
    Evidence,
    Problem,
    check,
    count_cases,
    load_cases,
    read_cases,
    write_cases,
    write_template,
)

FULL = Case(
    "甲1", "yesno", "补助可以发现金吗？", "不可以，应当转账。", (("怎么补助？", "按面积。"),), (("转账", "汇款"), ("对公账户",)), ("可以发现金",), "no",
    (Evidence("010", "补助应当转账，|不得发放现金。"), Evidence("010", "转入对公账户。")),
)  # fmt: skip
REFUSE = Case("甲2", "unanswerable", "村支书叫什么？", "没有写。", answerable=False)


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".xlsx"])
def test_what_is_written_is_read_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"set{suffix}"
    assert write_cases(path, [(FULL, "说明"), (REFUSE, "")]) == 2
    assert load_cases(path) == [FULL, REFUSE]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".xlsx"])
def test_the_template_explains_itself_and_can_be_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"set{suffix}"
    count = write_template(path)
    cases = load_cases(path)
    assert len(cases) == count and {case.answerable for case in cases} == {True, False}
    assert check(path).problems == [] and check(path).doubts == []
    with pytest.raises(CaseError, match="已经有了"):
        write_template(path)


def test_an_unknown_suffix_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"请用 \.jsonl、\.csv 或 \.xlsx"):
        write_cases(tmp_path / "set.docx", [])


# --- tables


def table(path: Path, *rows: list[str], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize(
    "head",
    [
        ["问题", "答案", "要点", "出处", "题型", "应拒"],
        ["Question", "Answer", "Key Points", "Quote", "Type", "unanswerable"],
        ["题目", "参考答案", "得分点", "原文", "分类", "无答案"],
    ],
)
def test_columns_are_found_by_name_in_any_order(tmp_path: Path, head: list[str]) -> None:
    rows = [
        ["几个？", "七个。", "七个=7个｜2025年", "建成七个。\n到2025年。", "数字", ""],
        ["谁？", "", "", "", "", "是"],
    ]
    path = table(tmp_path / "set.csv", [""], head[::-1], *(row[::-1] for row in rows))
    first, second = load_cases(path)
    assert first.key_points == (("七个", "7个"), ("2025年",))
    assert [item.quote for item in first.evidence] == ["建成七个。", "到2025年。"]
    assert (first.type, first.answerable, second.answerable) == ("数字", True, False)


def test_a_table_saved_by_a_chinese_spreadsheet_program_is_read(tmp_path: Path) -> None:
    path = table(tmp_path / "set.csv", ["问题"], ["谁牵头？"], encoding="gb18030")
    assert load_cases(path)[0].question == "谁牵头？"


@pytest.mark.parametrize(("separator", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (";", "utf-16-be")])
def test_a_table_may_have_semicolons_and_be_unicode_text(tmp_path: Path, separator: str, encoding: str) -> None:
    lines = ["", "问题;答案;要点", '"几个；还是几家?";"七个, 都建成";七个|建成']
    text = "\ufeff" * (encoding == "utf-16-be") + "\r\n".join(lines).replace(";", separator)
    (tmp_path / "set.csv").write_bytes(text.encode(encoding))
    case = load_cases(tmp_path / "set.csv")[0]
    assert (case.question, case.answer, case.key_points) == (
        "几个；还是几家?",
        "七个, 都建成",
        (("七个",), ("建成",)),
    )


def test_the_questions_of_a_workbook_may_stand_on_any_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["填写说明"])
    for title, rows in (("一科", [["谁管？"]]), ("二科", [["几个？"], [None, "漏写了问题"]])):
        sheet = book.create_sheet(title)
        sheet.append(["问题", "答案"])
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "set.xlsx")
    rows = list(read_cases(tmp_path / "set.xlsx"))
    assert [row.question for row in rows if isinstance(row, Case)] == ["谁管？", "几个？"]
    assert [row.place for row in rows if isinstance(row, Problem)] == ["工作表“二科”第 3 行"]


def test_of_a_row_with_a_question_alone_nothing_is_known(tmp_path: Path) -> None:
    rows = [["谁？", "", ""], ["几个？", "七个。", ""], ["多少？", "", "否"], ["村长？", "", "是"]]
    cases = load_cases(table(tmp_path / "set.csv", ["问题", "答案", "应拒"], *rows))
    assert [case.answerable for case in cases] == [None, True, True, False]
    write_cases(tmp_path / "again.csv", [(case, "") for case in cases])
    assert load_cases(tmp_path / "again.csv") == cases
    found = check(tmp_path / "set.csv")
    assert (found.count, found.answerable, found.unanswerable) == (4, 2, 1)
    assert "第 2 行：没有答案、要点、出处，也没有写应不应拒" in str(found.doubts[0])


def test_a_workbook_may_hold_numbers_and_dates(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["序号", "问题", "答案", "可答"])
    book.active.append([3, "哪一年？", 2025.0, False])
    book.save(tmp_path / "set.xlsx")
    case = load_cases(tmp_path / "set.xlsx")[0]
    assert (case.id, case.answer, case.answerable) == ("3", "2025", False)


def test_a_table_without_questions_names_the_columns_that_it_has(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="第 1 行没有“问题”一列（question），只有：标题、内容"):
        load_cases(table(tmp_path / "set.csv", ["标题", "内容"], ["甲", "乙"]))
    with pytest.raises(CaseError, match="两列都是“问题”"):
        load_cases(table(tmp_path / "two.csv", ["问题", "题目"], ["甲", "乙"]))


def test_a_file_that_is_no_workbook_says_so(tmp_path: Path) -> None:
    (tmp_path / "set.xlsx").write_text("不是表格", encoding="utf-8")
    with pytest.raises(CaseError, match="不是完好的 .xlsx"):
        load_cases(tmp_path / "set.xlsx")


# --- SQuAD and CMRC


def squad(context: str, *asked: dict[str, Any]) -> dict[str, Any]:
    return {"data": [{"title": "渔港", "paragraphs": [{"context": context, "qas": list(asked)}]}]}


CONTEXT = "渔港由市渔业局管理。到2025年，建成七个渔港。其他从略。"


def test_squad_answers_are_forms_of_one_point_and_their_sentence_is_the_quote(tmp_path: Path) -> None:
    asked = {"id": "q1", "question": "几个？", "answers": [{"text": "七个", "answer_start": 18}, {"text": "七个渔港"}]}
    path = tmp_path / "set.json"
    path.write_text(
        json.dumps(squad(CONTEXT, asked, {"question": "谁捐的？", "is_impossible": True})), encoding="utf-8"
    )
    first, second = load_cases(path)
    assert first.key_points == (("七个", "七个渔港"),)
    assert first.evidence == (Evidence("", "到2025年，建成七个渔港。"),), "a title is no name of a file"
    assert not second.answerable


def test_of_several_answers_of_squad_the_first_that_stands_in_the_text_is_quoted(tmp_path: Path) -> None:
    (tmp_path / "set.json").write_text(
        json.dumps(squad(CONTEXT, {"question": "几个？", "answers": [{"text": "7个"}, {"text": "七个"}]})),
        encoding="utf-8",
    )
    case = load_cases(tmp_path / "set.json")[0]
    assert (case.answer, case.key_points) == ("七个", (("7个", "七个"),))
    assert case.evidence == (Evidence("", "到2025年，建成七个渔港。"),)


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_squad_with_a_context_in_every_line_is_read_too(tmp_path: Path, suffix: str) -> None:
    lines = [
        {"id": "1", "context": CONTEXT, "question": "几个？", "answers": {"text": ["七个"], "answer_start": [18]}},
        {"id": "2", "context": CONTEXT, "question": "谁捐的？", "answers": {"text": [], "answer_start": []}},
        {"id": "3", "context": CONTEXT, "question": "几年？", "answers": {"text": ["三年"], "answer_start": [0]}},
    ]
    path = tmp_path / f"set{suffix}"
    written = [json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text(f"[{','.join(written)}]" if suffix == ".json" else "\n".join(written), encoding="utf-8")
    first, second, third = read_cases(path)
    assert isinstance(first, Case) and first.key_points == (("七个",),)
    assert first.evidence == (Evidence("", "到2025年，建成七个渔港。"),)
    assert isinstance(second, Case) and not second.answerable
    assert isinstance(third, Problem) and "不在正文里" in third.message


def test_the_older_form_of_cmrc_is_read_too(tmp_path: Path) -> None:
    asked = {"query_id": "q1", "query_text": "谁管？", "answers": ["市渔业局"]}
    path = tmp_path / "cmrc.json"
    path.write_text(json.dumps([{"context_id": "c1", "context_text": CONTEXT, "qas": [asked]}]), encoding="utf-8")
    case = load_cases(path)[0]
    assert (case.id, case.answer, case.evidence[0].quote) == ("q1", "市渔业局", "渔港由市渔业局管理。")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"question": "几个？"}, "第 1 段第 1 题：缺少 answers"),
        ({"question": "几个？", "answers": [{"text": "九个"}]}, "第 1 段第 1 题：答案“九个”不在正文里"),
        ({"question": "几个？", "answers": [{"text": None}]}, "第 1 段第 1 题：answers 的每一个要有 text"),
        ({"answers": ["七个"]}, "第 1 段第 1 题：缺少 question"),
    ],
)
def test_a_wrong_question_of_squad_is_named_by_its_place(tmp_path: Path, asked: dict[str, Any], says: str) -> None:
    (tmp_path / "set.json").write_text(json.dumps(squad(CONTEXT, asked)), encoding="utf-8")
    with pytest.raises(CaseError, match=says):
        load_cases(tmp_path / "set.json")


def test_a_json_file_may_be_a_list_of_cases(tmp_path: Path) -> None:
    (tmp_path / "set.json").write_text(json.dumps([FULL.to_json()]), encoding="utf-8")
    assert load_cases(tmp_path / "set.json") == [FULL]
    (tmp_path / "other.json").write_text('{"version": 1}', encoding="utf-8")
    with pytest.raises(CaseError, match="里没有题"):
        load_cases(tmp_path / "other.json")


# --- wrong rows


def test_a_bad_row_hides_no_other(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"question": "甲"}\n{\n\n{"question": "乙"}\n{"question": 3}\n', encoding="utf-8")
    rows = list(read_cases(path))
    assert [row.question for row in rows if isinstance(row, Case)] == ["甲", "乙"]
    assert [row.place for row in rows if isinstance(row, Problem)] == ["第 2 行第 2 列", "第 5 行"]
    with pytest.raises(CaseError) as told:
        count_cases(path)
    assert "有 2 行不对" in str(told.value) and "第 5 行：缺少 question" in str(told.value)


def test_a_cell_with_line_ends_does_not_shift_the_numbers_of_lines(tmp_path: Path) -> None:
    path = table(tmp_path / "set.csv", ["问题", "出处", "应拒"], ["甲", "一句\n两句", ""], ["乙", "", "也许"])
    with pytest.raises(CaseError, match="第 4 行：“应拒”一列只能填 是 或 否，这里是 '也许'"):
        load_cases(path)


def test_what_deserves_a_second_look_is_named_by_the_line_on_which_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text('问题,要点\n\n"谁\n牵头？",财政局\n谁牵头？,财政局\n', encoding="utf-8")
    assert [str(doubt) for doubt in check(path).doubts] == [
        "第 3 行：没有出处，量不了引文和检索。",
        "第 5 行：没有出处，量不了引文和检索。",
        "第 5 行：问题与第 3 行相同。",
    ]


@pytest.mark.parametrize("end", ['"没有关上,财政局\n谁验收？,住建局\n', '"甲"乙,财政局\n'])
def test_a_quotation_mark_that_nothing_closes_swallows_no_rows(tmp_path: Path, end: str) -> None:
    path = tmp_path / "set.csv"
    path.write_text(f"问题,要点\n谁牵头？,财政局\n{end}", encoding="utf-8")
    with pytest.raises(CaseError, match="第 3 行不是有效的 CSV.*双引号没有配对"):
        load_cases(path)


def test_a_comma_within_a_cell_does_not_shift_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text("问题,答案,要点\n几个, 在哪里？,七个,七个\n几个？,七个,七个,\n", encoding="utf-8")
    bad, good = read_cases(path)
    assert isinstance(bad, Problem) and str(bad).startswith("第 2 行：有 4 格，列名只有 3 个")
    assert isinstance(good, Case), "empty cells behind the last column are nothing"


def test_both_columns_may_not_say_the_opposite(tmp_path: Path) -> None:
    path = table(tmp_path / "set.csv", ["问题", "应拒", "可答"], ["甲", "是", "是"], ["乙", "否", "是"])
    with pytest.raises(CaseError, match="第 2 行：“应拒”和“可答”两列说得相反"):
        load_cases(path)


# --- checking


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", "问题,要点儿,应拒绝\n谁牵头？,财政局,\n", ["“要点儿”这一列（字段），没有用它；是不是想写“要点”？", "“应拒绝”"]),
        ("a.csv", "问题,key_point\n谁牵头？,财政局\n", ["是不是想写“要点”？"]),
        (
            "a.jsonl",
            '{"question": "谁牵头？", "answr": "财政局", "keypoints": [], "unanswerable": true}',
            ["是不是想写“answer”？", "“keypoints”这一列（字段），没有用它；是不是想写“key_points”？", "是不是想写“answerable”？"],
        ),
    ],
)  # fmt: skip
def test_a_mistyped_name_of_a_column_or_field_is_told(tmp_path: Path, name: str, content: str, says: list[str]) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    doubts = " ".join(str(doubt) for doubt in check(tmp_path / name).doubts)
    assert all(words in doubts for words in says)


def test_checking_names_what_deserves_a_second_look(tmp_path: Path) -> None:
    cases = [
        Case(
            "1",
            "",
            "几个？",
            "九个。",
            (),
            (("七个",),),
            (),
            None,
            (Evidence("010", "建成七个"), Evidence("010", "不在")),
        ),
        Case("1", "", "几个?", "七个。"),
        Case("3", "", "谁？", "", (), (("甲",),), answerable=False),
    ]
    path = tmp_path / "set.jsonl"
    write_cases(path, [(case, "") for case in cases])
    found = check(path, lambda doc, quote: quote == "建成七个")
    assert (found.count, found.answerable) == (3, 2)
    assert [str(doubt) for doubt in found.doubts] == [
        "第 1 行（1）：参考答案里没有要点“七个”。",
        "第 1 行（1）：文件 010 里没有这句原文：不在。",
        "第 2 行（1）：没有要点，判不了对错，只能比字面（答案）和看拒没拒。",
        "第 2 行（1）：没有出处，量不了引文和检索。",
        "第 2 行（1）：编号与第 1 行相同。",
        "第 2 行（1）：问题与第 1 行相同。",
        "第 3 行（3）：标着应拒，却写了要点或出处，它们不起作用。",
    ]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_ten_thousand_rows_are_read_one_at_a_time(tmp_path: Path, suffix: str) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}{suffix}"
        write_cases(path, ((FULL, "") for _ in range(rows)))
        tracemalloc.start()
        assert count_cases(path) == rows
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)  # what is imported and kept the first time
    assert peak(10_000) < peak(100) + 200_000
