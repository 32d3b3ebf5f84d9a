"""Files to documents: the bundled five, a user's own, and files that cannot be read."""

from __future__ import annotations

import os
import re
import signal
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.clean import clean
from corpus.document import SourceDocument
from corpus.load import (
    _Job,
    bundled_documents,
    doc_id_of,
    document_of,
    document_paths,
    load_document,
    load_documents,
    passed_over,
    read_job,
    scan,
)
from corpus.outline import outline
from corpus.raw import RawDocument, RawLine
from corpus.read_text import read_markdown, read_text
from corpus.readers import read_file
from corpus.worker import Limits, Pool

FIVE = sorted(bundled_documents().glob("*.txt"))


@pytest.fixture(scope="module")
def documents() -> dict[str, SourceDocument]:
    loaded, failures = load_documents([bundled_documents()])
    assert failures == []
    return {document.doc_id[:3]: document for document in loaded}


def headings(document: SourceDocument, parent: str | None) -> list[str]:
    above = next((s for s in document.sections if s.label + s.title == parent), None) if parent else None
    return [s.label + s.title for s in document.children(above) if s.kind == "body" and s.label]


# --- what holds for every document ----------------------------------------------------------------------------------


def check_outline(document: SourceDocument) -> None:
    for section in document.sections:
        assert document.sections[section.index] is section
        assert 0 <= section.start <= section.heading[0] <= section.heading[1] <= section.end <= len(document.text)
        heading = document.text[section.heading[0] : section.heading[1]]
        if heading:
            assert re.sub(r"[\s。：:]", "", heading) == re.sub(r"[\s。：:]", "", section.label + section.title)
        if section.parent is not None:
            parent = document.sections[section.parent]
            assert parent.index < section.index
            assert parent.start <= section.start < section.end <= parent.end
    for above in (None, *document.sections):
        children = document.children(above)
        for one, other in zip(children, children[1:], strict=False):
            assert one.end <= other.start
    for offset, char in enumerate(document.text):
        assert char == "\n" or document.section_at(offset) is not None


@pytest.mark.parametrize("path", FIVE, ids=lambda path: path.stem[:3])
def test_outlines_are_trees_over_the_whole_text(path: Path) -> None:
    check_outline(load_document(path))


@pytest.mark.parametrize("path", FIVE, ids=lambda path: path.stem[:3])
def test_every_character_comes_from_its_line_and_nothing_else_is_lost(path: Path) -> None:
    document = load_document(path)
    kept: dict[int, str] = defaultdict(str)
    for offset, char in enumerate(document.text):
        if char != "\n":
            kept[document.line_at(offset)] += char
    dropped: dict[int, str] = defaultdict(str)
    for piece in document.left_out:
        dropped[piece.line] += piece.text
    for line in read_file(path).lines:
        rest = iter(line.text)
        assert all(char in rest for char in re.sub(r"\s", "", kept[line.line])), "characters keep their order"
        if line.role != "blank":
            assert words(line.text) == words(kept[line.line]) + words(dropped[line.line])


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[\u4e00-\u9fffA-Za-z0-9]", text))


@pytest.mark.parametrize("path", FIVE, ids=lambda path: path.stem[:3])
def test_paragraphs_end_where_sentences_end(path: Path) -> None:
    """Nothing is broken off in mid-sentence, except where the source itself stops or drops its full stop."""
    document = load_document(path)
    at_headings = {section.start for section in document.sections if section.heading[0] < section.heading[1]}
    broken = []
    for match in re.finditer(r"[^\n]+", document.text):
        section = document.section_at(match.start())
        assert section is not None
        ends = re.search(r"[。！？：；”）)]$", match.group())
        if section.kind == "body" and not ends and match.start() not in at_headings:
            broken.append(match.group()[-12:])
    assert len(broken) <= 2, broken


# --- the five -------------------------------------------------------------------------------------------------------


def test_the_names_of_the_five_are_kept(documents: dict[str, SourceDocument]) -> None:
    assert sorted(document.doc_id for document in documents.values()) == [path.stem for path in FIVE]


def test_the_outline_of_the_guiding_opinions_is_complete_and_in_order(documents: dict[str, SourceDocument]) -> None:
    document = documents["002"]
    assert headings(document, None) == ["一、行动要求", "二、重点行动", "三、保障支撑"]
    actions, safeguards = headings(document, "二、重点行动"), headings(document, "三、保障支撑")
    numbers = [s.number for s in document.sections if s.label + s.title in actions]
    assert (len(actions), numbers) == (11, list(range(1, 12)))
    assert len(safeguards) == 7
    assert document.warnings == ()
    counts = {group: len(headings(document, group)) for group in [*actions, *safeguards]}
    assert list(counts.values()) == [3, 4, 4, 4, 3, 5, 3, 4, 3, 4, 3] + [4, 4, 4, 3, 4, 3, 3]
    assert headings(document, safeguards[4]) == [
        "1.加强应用能力培训",
        "2.加快复合型人才培养",
        "3.鼓励联合培养培训",
        "4.利用全球智力资源",
    ]


def test_notes_of_responsibility_are_unbroken(documents: dict[str, SourceDocument]) -> None:
    notes = re.findall(r"[（(][^（）()\n]*(?:负责|牵头)[^（）()\n]*[）)]", documents["002"].text)
    assert len(notes) == 36
    assert "（质检总局、工业和信息化部、网信办、能源局等负责)" in notes


def test_a_note_on_a_line_of_its_own_belongs_to_the_section_before_it(documents: dict[str, SourceDocument]) -> None:
    document = documents["002"]
    section = document.section_at(document.text.index("（农业部、发展改革委、科技部"))
    assert document.path(section) == ("二、重点行动", "（三）“互联网+”现代农业")
    section = document.section_at(document.text.index("（网信办、发展改革委、科技部、工业和信息化部、公安部"))
    assert document.path(section)[-1] == "4.保障安全基础"


def test_figures_interrupt_no_sentence(documents: dict[str, SourceDocument]) -> None:
    document = documents["003"]
    assert "主要指新型人工智能系统及全生命周期活动中的人和组织。" in document.text
    assert "催生一批支撑系统开发实施企业" in document.text
    figures = [s for s in document.sections if s.kind == "figure"]
    assert [s.label + s.title for s in figures] == ["图1“互联网+”系统的体系架构", "图2“互联网+”技术体系总体框架"]
    assert "云端个性化定制界面" in document.text[figures[0].start : figures[0].end]


def test_contents_imprint_and_issue_can_be_cited(documents: dict[str, SourceDocument]) -> None:
    report, paper = documents["004"], documents["003"]
    toc = next(s for s in report.sections if s.kind == "toc")
    assert "第六章 开创“互联网+”新局面 230" in report.text[toc.start : toc.end].split("\n")
    front = next(s for s in report.sections if s.kind == "front")
    assert "责任编辑：池溢" in report.text[: front.end]
    assert paper.section_at(paper.text.index("2018年第20卷第2期")).kind == "front"  # type: ignore[union-attr]


def test_run_in_headings_of_the_report(documents: dict[str, SourceDocument]) -> None:
    report = documents["004"]
    above = next(s for s in report.sections if s.label == "四、")
    assert [s.title for s in report.children(above)] == [
        "“互联网+”创新创业平台不断涌现",
        "海量双创资源集聚开放",
        "为经济发展注入新活力",
    ]
    below = next(s for s in report.sections if s.label == "第一节")
    assert report.path(below)[0] == "第一章步入“互联网+”时代"
    assert [s.label + s.title for s in report.children(below)] == ["一、万物互联", "二、数据驱动"]


def test_what_the_reader_of_the_encyclopedia_left_behind_is_listed(documents: dict[str, SourceDocument]) -> None:
    left_out = {(piece.line, piece.reason): piece.text for piece in documents["000"].left_out}
    assert left_out[37, "读者标记"] == "看到了这里！"
    assert left_out[106, "重复图注"] == "交通(7张)"
    assert documents["001"].left_out[-1].text == "在本页阅读全文"
    assert "比方说，大家经常使用的打车软件" in documents["000"].text


# --- a user's own files ---------------------------------------------------------------------------------------------


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


TEXT = (
    "关于加强管理的通知\n\n各单位：\n现将有关事项通知如下，请执行。\n一、加强领导。成立小组。\n二、落实责任。分工。\n"
)


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    write(tmp_path / "甲.txt", TEXT)
    write(tmp_path / "空.txt", "")
    (tmp_path / "坏.txt").write_bytes(bytes(range(256)) * 40)
    loaded, failures = load_documents([tmp_path, tmp_path / "没有.txt"])
    assert [document.doc_id for document in loaded] == ["甲"]
    assert {failure.path.name for failure in failures} == {"空.txt", "坏.txt", "没有.txt"}
    assert all(re.search(r"[\u4e00-\u9fff]", failure.message) for failure in failures)


def test_folders_are_read_to_the_bottom_and_hidden_files_and_loops_are_skipped(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", TEXT)
    write(tmp_path / "a" / "深" / "c.md", TEXT)
    write(tmp_path / ".隐藏.txt", TEXT)
    write(tmp_path / ".git" / "d.txt", TEXT)
    write(tmp_path / "sources.toml", "")
    write(tmp_path / "表.xyz", TEXT)
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    names = [path.relative_to(tmp_path).as_posix() for path in document_paths([tmp_path])]
    assert names == ["a/深/c.md", "b.txt"]
    assert document_paths([tmp_path / "b.txt", tmp_path]) == [tmp_path / "b.txt", tmp_path / "a" / "深" / "c.md"]


def test_files_that_no_reader_takes_are_listed_but_not_those_of_the_system(tmp_path: Path) -> None:
    for name in ("照片.heic", "说明", "a.txt", "Thumbs.db", ".DS_Store", "sources.toml", "~$a.docx"):
        write(tmp_path / name, "停车管理办法")
    assert sorted(path.name for path in passed_over([tmp_path])) == ["照片.heic", "说明"]


def test_a_file_named_directly_is_tried_whatever_its_suffix(tmp_path: Path) -> None:
    odd = write(tmp_path / "表.xyz", TEXT)
    loaded, failures = load_documents([odd])
    assert loaded == [] and [failure.path for failure in failures] == [odd]


def test_the_same_file_twice_is_one_document_and_the_same_name_twice_are_two(tmp_path: Path) -> None:
    write(tmp_path / "a" / "通知.txt", TEXT)
    write(tmp_path / "b" / "通知.txt", TEXT)
    write(tmp_path / "c" / "通知.txt", TEXT + "三、加强督查。定期通报。\n")
    loaded, failures = load_documents([tmp_path])
    assert failures == []
    first, second = (document.doc_id for document in loaded)
    assert first == "通知" and re.fullmatch(r"通知-[0-9a-f]{6}", second)


def test_a_broken_sources_file_is_reported_and_the_documents_are_read(tmp_path: Path) -> None:
    write(tmp_path / "甲.txt", TEXT)
    write(tmp_path / "sources.toml", "[[[ 这不是 TOML")
    loaded, failures = load_documents([tmp_path])
    assert [document.doc_id for document in loaded] == ["甲"]
    assert [failure.path.name for failure in failures] == ["sources.toml"]


@pytest.mark.parametrize(
    ("name", "doc_id"),
    [
        ("000_encyclopedia.txt", "000_encyclopedia"),
        ("国发〔2015〕40号.html", "国发-2015-40号"),
        ("a b  c.md", "a-b-c"),
        ("v1.2 说明.txt", "v1-2-说明"),
        ("？？.txt", "document"),
    ],
)
def test_doc_ids(name: str, doc_id: str) -> None:
    assert doc_id_of(name, ()) == doc_id


def test_a_taken_doc_id_gets_a_suffix_that_stays_the_same() -> None:
    assert doc_id_of("通知.txt", ["通知"]) == doc_id_of("通知.txt", ["通知"]) != "通知"


def test_what_is_known_from_elsewhere_wins(tmp_path: Path) -> None:
    document = load_document(write(tmp_path / "甲.txt", TEXT), provenance={"title": "另一个题目"})
    assert document.header.title == "另一个题目"


# --- whatever the text is -------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "一、",
        "（一）",
        "(二)",
        "1.",
        "2．",
        "第一章 ",
        "第三条",
        "①",
        "一是",
        "首先，",
        "附件1",
        "总论",
        "问：",
        "——",
        "图 1 ",
        "# ",
        "目录",
        "序言",
    ]
    + [
        "2018年7月1日",
        "国务院",
        "[3]",
        "....... 12",
        "\f",
        "　　",
        "005",
        "=====",
        "摘要：",
        "加强领导",
        "坚持开放。",
        "各部门要落实责任，完善机制",
    ]
    + ["。", "；", "：", "（", "）", "“", "”", "\n", "\n", "\n\n", " ", "**", "<b>", "|"]
)


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(st.lists(PIECES, min_size=1, max_size=60).map("".join), st.booleans())
def test_no_text_breaks_the_outline(raw: str, markdown: bool) -> None:
    data = ("正文在此。" + raw).encode()
    source = read_markdown(data, "x.md") if markdown else read_text(data, "x.txt")
    text = clean(source)
    sections, _ = outline(text)
    spans = [(s.start, s.end) for s in sections]
    assert all(0 <= start < end <= len(text.text) for start, end in spans)
    for section in sections:
        if section.parent is not None:
            parent = sections[section.parent]
            assert parent.index < section.index
            assert parent.start <= section.start and section.end <= parent.end
    for one in sections:
        for other in sections[one.index + 1 :]:
            assert other.start >= one.end or other.end <= one.end
    places = [start for start, _, _ in text.line_starts]
    assert places == sorted(places)


def test_a_format_that_cannot_be_read_is_named_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "办法.txt").write_text("码头管理办法\n\n第一条 码头夜间开放。\n", encoding="utf-8")
    (tmp_path / "规定.7z").write_bytes(b"7z\xbc\xaf\x27\x1c...")
    (tmp_path / "会议.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42")
    documents, failures = load_documents([tmp_path])
    assert [d.file_name for d in documents] == ["办法.txt"]
    assert [f.path.name for f in failures] == ["规定.7z"]


# --- what has become of the files since -----------------------------------------------------------------------------


def known_after(folder: Path) -> dict[str, str]:
    return {document.source: document.key for document in load_documents([folder])[0]}


def test_an_unchanged_file_is_not_read_again_whatever_its_time_says(tmp_path: Path) -> None:
    path = write(tmp_path / "甲.txt", TEXT)
    known = known_after(tmp_path)
    os.utime(path, (1, 1))
    found = scan([tmp_path], known)
    assert (found.unchanged, found.unread) == ([str(path)], [])


def test_content_and_provenance_decide_what_is_read_again(tmp_path: Path) -> None:
    one, other = write(tmp_path / "甲.txt", TEXT), write(tmp_path / "乙.txt", TEXT + "三、加强督查。通报。\n")
    known = known_after(tmp_path)
    write(one, TEXT.replace("加强", "改进"))
    assert scan([tmp_path], known).unread == [one]
    write(tmp_path / "sources.toml", '["乙.txt"]\ntitle = "另一个题目"\n')
    assert scan([tmp_path], known).unread == [other, one]


def test_a_file_under_another_name_has_moved_and_one_that_is_missing_has_gone(tmp_path: Path) -> None:
    one, other = write(tmp_path / "甲.txt", TEXT), write(tmp_path / "乙.txt", TEXT + "三、加强督查。通报。\n")
    elsewhere = write(tmp_path / "别处" / "丁.txt", "码头管理办法\n\n第一条 码头夜间开放。\n")
    known = known_after(tmp_path)
    (tmp_path / "新").mkdir()
    moved = one.rename(tmp_path / "新" / "丙.txt")
    other.unlink()
    elsewhere.unlink()
    found = scan([tmp_path], known)
    assert found.moved == {str(one): moved}
    assert sorted(found.gone) == sorted([str(other), str(elsewhere)])
    assert found.unread == found.unchanged == []
    assert scan([moved], known).gone == [], "only folders that are given say what is missing"


def test_a_copy_of_a_known_file_is_repeated_and_a_file_that_became_a_copy_is_no_document_of_its_own(
    tmp_path: Path,
) -> None:
    one, other = write(tmp_path / "a.txt", TEXT), write(tmp_path / "b.txt", TEXT + "三、加强督查。通报。\n")
    known = known_after(tmp_path)
    copied = write(tmp_path / "c.txt", TEXT)
    assert scan([tmp_path], known).repeated == [copied]
    write(other, TEXT)
    found = scan([tmp_path], known)
    assert (found.unchanged, found.repeated, found.gone) == ([str(one)], [other, copied], [str(other)])


def test_a_file_that_ends_its_reader_is_a_message_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that is killed (by the system, for want of memory) costs its own file only."""
    bad, good = write(tmp_path / "坏.txt", TEXT), write(tmp_path / "好.txt", TEXT + "三、加强督查。通报。\n")
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    pool = Pool(Limits(seconds=20), size=1)
    monkeypatch.setattr("corpus.load.shared_pool", lambda: pool)
    monkeypatch.setattr("corpus.load._READ_JOB", "test_load:read_or_die")
    loaded, failures = load_documents([tmp_path])
    pool.end()
    assert [document.file_name for document in loaded] == [good.name]
    assert [failure.path for failure in failures] == [bad]
    assert re.search("“坏.txt”：读取的进程意外结束.*已跳过", failures[0].message)


def read_or_die(job: Any, tell: Any) -> Any:
    if job.path.endswith("坏.txt"):
        os.kill(os.getpid(), signal.SIGKILL)
    return read_job(job, tell)


def test_what_a_picture_shows_badly_is_marked_in_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [RawLine("码头夜间开放。", 1, 1, confidence=0.98), RawLine("周日休息。", 2, 1, confidence=0.5)]
    raw = RawDocument("扫描.txt", tuple(lines), {}, wrapped=False)
    monkeypatch.setattr("corpus.load.read_bytes", lambda *_: raw)
    document = document_of(b"", "扫描.txt")
    at = document.text.index("周日")
    assert document.confidence(at, at + 2) == 0.5
    assert document.confidence(0, 5) is None


def test_readers_that_take_long_tell_which_file_they_are_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(data: bytes, file_name: str, tell: Any) -> RawDocument:
        tell("识别文字", 3, 8)
        return RawDocument(file_name, (RawLine("码头夜间开放。", 1),), {}, wrapped=False)

    monkeypatch.setattr("corpus.load.read_bytes", read)
    told: list[tuple[str, int, int]] = []
    read_job(_Job(str(write(tmp_path / "公报.pdf", TEXT)), {}), lambda *args: told.append(args))
    assert told == [("识别文字：公报.pdf", 3, 8)]
