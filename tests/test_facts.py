"""Duties and figures as rows of the API: kept in the index, each with the clauses that prove it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from corpus.duties import find_duties
from corpus.figures import find_figures
from corpus.load import bundled_documents
from corpus.relations import find_relations
from fakes import HashEmbedder
from qa import cli, opening
from qa.bot import PolicyQA
from small import bot_of

_PLAN = """\
省人民政府关于渔港建设的意见
岚政发〔2021〕9号
各市人民政府：
一、重点工程
（一）避风锚地工程。到2025年，疏浚航道12公里。（省农业农村厅、省水利厅等负责，列第一位者为牵头部门，下同）
1.加固防波堤。按标准加固。
（二）冷链加工工程。建设冻库30座。（省商务厅、省农业农村厅负责）
（三）渔民转产工程。根据《渔业条例》开展培训。（省人力资源社会保障厅牵头，省财政厅配合）
省人民政府
2021年5月6日
"""
_NOTE = "一、甲\n（一）打捞沉船。（省海事局负责）\n"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), {"plan": _PLAN, "note": _NOTE})


def test_duties_by_department_and_role(bot: PolicyQA) -> None:
    told = [(row.task, row.role, row.basis) for row in bot.duties("农业农村厅")]
    assert told == [("避风锚地工程", "lead", "first_listed"), ("冷链加工工程", "participant", "first_listed")]
    assert [row.task for row in bot.duties("省农业农村厅", role="lead")] == ["避风锚地工程"]
    assert [row.task for row in bot.duties("省人社厅", role="lead")] == ["渔民转产工程"], "known by its short name"


def test_duties_by_section(bot: PolicyQA) -> None:
    assert [row.task for row in bot.duties(section="重点工程")] == ["避风锚地工程", "冷链加工工程", "渔民转产工程"]
    (row,) = bot.duties(section="加固防波堤")
    assert row.task == "避风锚地工程", "an item inherits from what stands above it"
    assert [row.doc_id for row in bot.duties(documents=["note"])] == ["note"]


@pytest.mark.parametrize("section", ["互联网+协同制造", "“互联网+”协同制造", "互联网 ＋ 协同制造"])
def test_a_section_is_found_whatever_its_quotation_marks_spaces_and_width(section: str, tmp_path: Path) -> None:
    (row,) = bot_of(tmp_path, {"plan": "一、行动\n（一）“互联网+”协同制造。推广。（科技部牵头）\n"}).duties(
        section=section
    )
    assert row.task == "“互联网+”协同制造"


OPINION = """\
国务院关于修缮灯塔的意见
国发〔2016〕90号
一、主要工作
（一）修缮塔身。对建成五十年以上的灯塔逐座检查，分批修缮，修旧如旧，保留原有的灯器和石阶，让后人看得见。（农业部、工商总局、质检总局等负责，列第一位者为牵头部门，下同）
（二）培训守塔人。开办守塔人学校，每年培训守塔人两百名，合格的发给证书，逐步提高守塔人的补贴标准，改善住房。（质检总局、农业部负责）
国务院
2016年3月2日
"""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("copies")
    (folder / "全文.txt").write_text(OPINION, encoding="utf-8")
    excerpt = "\n".join(OPINION.splitlines()[:4]) + "\n（二）培训守塔人。"
    (folder / "节选.txt").write_text(excerpt, encoding="utf-8")
    own = OPINION.replace("国务院", "海东省人民政府").replace("国发〔2016〕90号", "海政发〔2016〕8号")
    return bot_of(folder, {"省里": own})


def test_a_note_that_stands_in_two_files_is_one_row(copied: PolicyQA) -> None:
    rows = copied.duties("农业部", documents=["全文", "节选"])
    assert [(row.doc_id, row.task) for row in rows] == [("全文", "修缮塔身"), ("全文", "培训守塔人")]
    assert [copy.doc_id for copy in rows[0].also_in] == ["节选"]
    (copy,) = rows[0].also_in
    assert copied.document("节选").text[copy.start : copy.end].startswith("（农业部、工商总局")
    assert [row.doc_id for row in copied.duties(documents=["节选"])] == ["节选"], "where it is asked for by itself"


def test_two_documents_with_the_same_words_both_say_them(copied: PolicyQA) -> None:
    assert {row.doc_id for row in copied.duties("工商总局")} == {"全文", "省里"}


def test_a_department_is_found_by_the_names_that_it_had_before(copied: PolicyQA) -> None:
    told = [(row.task, row.role) for row in copied.duties("市场监管总局", documents=["全文"])]
    assert told == [("修缮塔身", "participant"), ("培训守塔人", "lead")]
    assert [row.task for row in copied.duties("农业农村部", role="lead", documents=["全文"])] == ["修缮塔身"]


def test_each_duty_cites_its_note_and_the_rule(bot: PolicyQA) -> None:
    (row,) = bot.duties(section="冷链")
    assert [c.quote for c in row.citations] == [
        "（二）冷链加工工程。",
        "（省商务厅、省农业农村厅负责）",
        "列第一位者为牵头部门，下同",
    ]
    for citation in row.citations:
        assert bot.document(citation.doc_id).text[citation.start : citation.end] == citation.quote
    assert row.to_dict()["citations"][0]["quote"] == "（二）冷链加工工程。"


def test_another_role_is_refused_in_words(bot: PolicyQA) -> None:
    with pytest.raises(ValueError, match="lead"):
        bot.duties(role="boss")  # type: ignore[arg-type]


def test_figures_by_indicator_year_and_kind(bot: PolicyQA) -> None:
    (row,) = bot.figures("航道", year=2025)
    assert (row.value, row.unit, row.kind) == ("12", "公里", "goal")
    assert "疏浚航道12公里" in row.citation.quote
    assert [r.value for r in bot.figures(kind="level", documents=["plan"])] == ["30"]
    with pytest.raises(ValueError, match="goal"):
        bot.figures(kind="guess")  # type: ignore[arg-type]


def test_an_unknown_document_is_named(bot: PolicyQA) -> None:
    with pytest.raises(KeyError, match="nothing"):
        bot.duties(documents=["nothing"])


def test_the_index_holds_what_the_text_says(bot: PolicyQA) -> None:
    for entry in bot.documents():
        document = bot.document(entry.doc_id)
        assert bot.duties_of(entry.doc_id) == find_duties(document)
        assert tuple(bot.figures_of(entry.doc_id)) == find_figures(document)
        assert tuple(bot.index.relations(entry.doc_id)) == find_relations(document)


def test_facts_stay_when_another_document_comes_and_go_with_their_own(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    changing = bot_of(folder, {"plan": _PLAN})
    before = changing.duties()
    (tmp_path / "note.txt").write_text(_NOTE, encoding="utf-8")
    changing.add([tmp_path / "note.txt"])
    assert changing.duties(documents=["plan"]) == before
    assert [row.task for row in changing.duties("海事局")] == ["打捞沉船"]
    changing.remove("plan")
    assert [row.task for row in changing.duties()] == ["打捞沉船"]
    assert changing.figures() == []


def test_all_duties_of_the_bundled_documents_each_once_and_as_an_answer_counts_them(tmp_path: Path) -> None:
    bundled = PolicyQA.open([bundled_documents()], tmp_path, embedder=HashEmbedder())
    rows = bundled.duties()
    assert len(rows) == 36, "as many as 国发〔2015〕40号 has notes"
    (row,) = (row for row in rows if row.also_in)
    assert row.task == "“互联网+”创业创新"
    mine = bundled.duties("发改委")
    assert (len(mine), len(bundled.duties("发改委", role="lead"))) == (30, 17)
    told = bundled.ask("发改委牵头哪些任务？参与哪些任务？").text
    assert "发展改革委牵头17项" in told and "发展改革委参与13项" in told


# --- the commands ---


@pytest.fixture
def run(bot: PolicyQA, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setattr(opening, "open_bot", lambda *args, **kwargs: bot)
    monkeypatch.setattr("index.store.is_index", lambda folder: True)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_the_table_of_duties(run: Any) -> None:
    code, out, err = run("duties", "--department", "省商务厅")
    assert code == 0
    assert "冷链加工工程" in out and "列第一位者牵头" in out and "避风锚地" not in out
    assert "共 1 行" in err


def test_duties_as_csv_and_json(run: Any) -> None:
    _, out, _ = run("duties", "--role", "lead", "--department", "人社厅", "--csv")
    head, row = csv.reader(out.removeprefix("\ufeff").splitlines())
    assert head[:4] == ["文件", "位置", "事项", "牵头"]
    assert row[2:4] == ["渔民转产工程", "省人力资源社会保障厅"]
    assert out.startswith("\ufeff"), "Excel takes it for UTF-8"
    assert dict(zip(head, row, strict=True))["编号"] == "plan" and {"文号", "页"} <= set(head)
    _, out, _ = run("duties", "--document", "note", "--json")
    (duty,) = json.loads(out)
    assert duty["leads"] == ["省海事局"] and duty["basis"] == "sole"


def test_a_matrix_of_tasks_and_departments(run: Any) -> None:
    _, out, _ = run("duties", "--matrix", "--csv", "--document", "plan")
    head, *rows = csv.reader(out.removeprefix("\ufeff").splitlines())
    assert head[2:] == ["省农业农村厅", "省水利厅", "省商务厅", "省人力资源社会保障厅", "省财政厅"]
    assert rows[1][1:] == ["冷链加工工程", "参与", "", "牵头", "", ""]
    assert "牵头" in run("duties", "--matrix")[1]
    cells = json.loads(run("duties", "--matrix", "--json", "--document", "plan")[1])[1]
    assert (cells["事项"], cells["省农业农村厅"], cells["省水利厅"]) == ("冷链加工工程", "参与", "")


def test_nothing_found_is_said_and_gives_exit_code_3(run: Any) -> None:
    code, out, err = run("duties", "--department", "外交部")
    assert (code, out) == (3, "")
    assert "去掉一个条件" in err
    assert run("figures", "网民")[0] == 3


def test_figures(run: Any) -> None:
    code, out, _ = run("figures", "航道", "--year", "2025", "--csv")
    assert code == 0
    assert out.splitlines()[1].split(",")[2:7] == ["疏浚航道", "12", "公里", "2025", "目标"]


def test_outline(run: Any) -> None:
    code, out, _ = run("outline", "plan")
    assert code == 0
    assert out.splitlines()[:2] == ["一、重点工程", "  （一）避风锚地工程"]
    assert "重点工程" in [section["title"] for section in json.loads(run("outline", "plan", "--json")[1])]


def test_compare(run: Any) -> None:
    code, out, _ = run("compare", "plan", "note")
    assert code == 0
    assert "【只在甲】" in out and "【只在乙】" in out
    assert json.loads(run("compare", "plan", "note", "打捞", "--json")[1])[0]["change"] == "only_b"
    assert run("compare", "plan", "note", "天气")[0] == 3


def test_an_unknown_number_of_a_document_gives_the_nearest(run: Any) -> None:
    code, _, err = run("outline", "plam")
    assert code == 2 and "plan" in err
