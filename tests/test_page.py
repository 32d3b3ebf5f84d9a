"""What the page shows, without a browser: nothing from outside is markup, marks stand at their spans, and what is kept."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import fake_bot
from answers import ANSWER, CITED, HEADER, HEADERS, PASSAGE, REFUSED
from corpus.document import Header, LeftOut, SourceDocument
from fake_bot import FakeBot
from index.interface import DocumentEntry
from index.passage import Copy
from qa.answer import Answer, Event, Statement
from qa.bot import EMPTY
from qa.conversations import Conversation
from qa.evaluation import Case, Tally, judge
from qa.labels import Label
from qa.run_report import Summary
from qa.settings import Settings
from qa.starters import Starter
from web import desk
from web.answer_view import suggestions_html, turn_html, unanswered_html, waiting_html, welcome_html, writing_html
from web.chat import Chat, Picture, Talk, Turn, asked_before, asked_scope
from web.document_view import WINDOW, document_html, window
from web.escape import attribute, sent, shown
from web.evaluation_view import comparison_html, report_html, runs_html
from web.evidence_view import evidence_html
from web.library_view import conversations_html, documents_html, uploads_html
from web.runs import Kept
from web.uploads import Item
from web.visits import Visits
from web.words import scope_words

ORDER = Settings().authority
TEXT = "一、总体要求到2025年，建成七个示范区。" + "由省财政厅牵头。"
EVIL = (
    "</textarea></p></details>\"'><img src=x onerror=alert(1)><script>alert(2)</script><style>*{display:none}</style>"
    '<a href="javascript:alert(3)" onclick="alert(4)">点</a>${alert(5)}{{constructor}}\u202e倒\u200b\x00\ud800'
)


class Tree(HTMLParser):
    """The elements and attributes of a piece of HTML, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self._open: list[str] = []
        self.inside: list[tuple[tuple[str, ...], str]] = []  #: pieces of text with the elements around them
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("input", "path", "rect", "circle", "br"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("path", "rect", "circle"):
            assert self._open and self._open.pop() == tag, f"</{tag}> ends nothing"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.words += data
        self.inside.append((tuple(self._open), data))

    def text_in(self, tag: str) -> str:
        return "".join(data for around, data in self.inside if tag in around)


def must_be_harmless(html: str) -> Tree:
    tree = Tree(sent(html))
    assert not {"img", "script", "style", "a", "iframe", "link", "object"} & set(tree.tags)
    for name, value in tree.attributes:
        assert not name.startswith("on"), name
        assert name not in ("src", "href", "srcdoc", "formaction"), name
        assert name != "style" or (value or "").startswith("--"), value
    assert "\u202e" not in html and "\u200b" not in html and "\x00" not in html and "\ud800" not in html
    return tree


# --- nothing from outside is markup


def evil_answer() -> Answer:
    citation = replace(
        CITED, title=EVIL, number=EVIL, section=(EVIL,), quote=EVIL, also_in=(Copy("x", EVIL, (EVIL,), 0, 1),)
    )
    passage = replace(PASSAGE, chunk=replace(PASSAGE.chunk, text=EVIL, path=(EVIL,)), title=EVIL)
    return replace(
        ANSWER,
        question=EVIL,
        standalone_question=EVIL,
        text=f"{EVIL}：{EVIL}；{EVIL}；{EVIL}。[1]",
        citations=(citation,),
        passages=(passage,),
        notes=(EVIL,),
        statements=(),
    )


EVIL_HEADER = Header(title=EVIL, number=EVIL, issuer=EVIL, written=EVIL, kind=EVIL)


def evil_document() -> SourceDocument:
    text = f"一、总体要求\n{EVIL}|{EVIL}\n{EVIL}\n二、保障措施\n{EVIL}"
    plain = replace(fake_bot.document(text=sent(text)), text=text)
    return replace(
        plain, header=EVIL_HEADER, file_name=EVIL, warnings=(EVIL,), left_out=(LeftOut(1, EVIL, EVIL),), doc_id=EVIL,
        sections=tuple(replace(section, title=EVIL, label=EVIL) for section in plain.sections),
    )  # fmt: skip


def opened(answer: str = "答") -> tuple[Kept, Summary]:
    """A run in which everything comes from outside, half done, and what it comes to."""
    evil = sent(EVIL)
    case = Case("1", evil, evil, key_points=((evil,),), history=((evil, evil),))
    row = replace(judge(case, replace(ANSWER, text=evil + answer, question=evil), 0.1), set=evil, number=1)
    head = {"sets": [{"name": EVIL, "questions": 2}], "settings": {"passages": EVIL, "engine": "llm", "llm": EVIL}}
    run: Any = SimpleNamespace(
        name=EVIL,
        head=head,
        whole=False,
        total=2,
        rows=lambda: iter((row,)),
        placed_rows=lambda: iter(((0, row),)),
        row_at=lambda _place: row,
    )
    tally = Tally((row,))
    kept = Kept("20240101T000000-abcdef", run, datetime.now(UTC), tally.table())
    return kept, Summary(run, tally, {}, {(evil, 1): Label("wrong", EVIL)}, None, None, None)


SHOWS: dict[str, Callable[[], str]] = {
    "turn": lambda: turn_html(1, evil_answer(), {"titles": [EVIL], "documents": [EVIL], "filters": {"kind": EVIL}}, {}, copied=EVIL),
    "refusal": lambda: turn_html(1, replace(evil_answer(), refused=True, citations=(), nearest=evil_answer().citations), None, {}),
    "search": lambda: turn_html(1, replace(evil_answer(), text=""), None, {}),
    "evidence": lambda: evidence_html(evil_answer(), 1, {CITED.doc_id: EVIL_HEADER}, lambda _d: EVIL * 9, ORDER),
    "document": lambda: document_html(evil_document(), (5, 9), ORDER),
    "documents": lambda: documents_html([DocumentEntry(EVIL, EVIL, "", EVIL_HEADER, 1, 1)], ORDER, may_remove=True),
    "uploads": lambda: uploads_html([Item(1, EVIL, EVIL, "failed", EVIL)]),
    "conversations": lambda: conversations_html([Conversation(EVIL, EVIL, datetime.now(UTC), datetime.now(UTC), 1)], EVIL),
    "waiting": lambda: waiting_html(EVIL, [(EVIL, None), (EVIL, 1.0)], 1, EVIL),
    "writing": lambda: writing_html(EVIL, [(EVIL, None)], 1, EVIL, evil_answer(), EVIL, {}),
    "unanswered": lambda: unanswered_html(1, EVIL, EVIL),
    "suggestions": lambda: suggestions_html([(EVIL, EVIL)], "接着问"),
    "report": lambda: report_html(*opened()),
    "runs": lambda: runs_html([opened()[0]]),
    "comparison": lambda: comparison_html(opened()[0], opened("别的")[0]),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWS)
def test_nothing_from_outside_becomes_markup(name: str) -> None:
    tree = must_be_harmless(SHOWS[name]())
    assert "<script>alert(2)</script>" in tree.words + "".join(value or "" for _, value in tree.attributes)


def test_characters_that_nobody_sees_are_shown_by_their_number_and_left_out_of_attributes() -> None:
    assert Tree(shown("甲\u202e乙\u200b\ufeff")).words == "甲U+202E乙U+200BU+FEFF"
    assert attribute('甲\u202e"乙\u200b') == "甲&quot;乙"
    assert sent("甲\ud800") == "甲?"
    assert shown("全角　空格\t和\n行") == "全角　空格\t和\n行"


def test_a_line_of_ten_megabytes_is_shown_in_part_and_at_once() -> None:
    document = replace(fake_bot.document(), text="一、总体要求\n" + "甲" * 10_000_000, sections=())
    started = time.perf_counter()
    html = document_html(document, (5_000_000, 5_000_010), ORDER)
    assert time.perf_counter() - started < 2
    assert len(html) < 4 * WINDOW
    assert Tree(html).text_in("mark") == "甲" * 10
    assert "显示前面的内容" in html and "显示后面的内容" in html


# --- a turn


def test_each_run_of_marks_becomes_chips_with_how_far_its_sentence_is_borne_out() -> None:
    html = turn_html(3, ANSWER, None, HEADERS)
    assert html.count('class="chip" data-do="card" data-turn="3"') == 2
    one, two = html.index("【1】"), html.index("【2】")
    assert one < html.index("已核对") < two < html.index("部分支持")


def test_a_mark_without_a_source_is_no_chip() -> None:
    html = turn_html(1, replace(ANSWER, text="由省财政厅牵头。[9]", statements=()), None, HEADERS)
    assert "【9】" not in html
    assert "[9]" in html


def test_what_a_document_writes_like_a_mark_is_no_chip() -> None:
    said = ("按[1]号渡口办理，见附件[2]", "由市交通局负责。")
    statements = (Statement(said[0], (1,), "verified"), Statement(said[1], (2,), "partial"))
    html = turn_html(1, replace(ANSWER, text=f"{said[0]}[1]{said[1]}[2]", statements=statements), None, HEADERS)
    assert "按[1]号渡口办理，见附件[2]" in html
    assert html.count('class="chip"') == 2
    assert html.index("已核对") < html.index("由市交通局负责") < html.index("部分支持")


def test_of_sentences_that_share_marks_the_least_borne_out_counts() -> None:
    statements = (Statement("甲。", (1,), "verified"), Statement("乙。", (1,), "unverified"))
    html = turn_html(1, replace(ANSWER, text="甲。乙。[1]", statements=statements), None, HEADERS)
    assert "未核实" in html
    assert "已核对" not in html


def test_a_sentence_that_lists_has_each_thing_on_its_line() -> None:
    html = turn_html(1, replace(ANSWER, text="共三项：甲；乙；丙。[1]", statements=()), None, HEADERS)
    assert html.count('class="item"') == 3
    assert Tree(html).words.count("甲；乙；丙。") == 1, "nothing of the text is lost"


def test_a_chip_has_its_quote_title_number_and_path_at_hand() -> None:
    html = turn_html(1, ANSWER, None, HEADERS)
    hover = html[html.index('data-hover="1-1"') :]
    for told in (CITED.quote, f"《{HEADER.title}》", "甲政发〔2024〕7号", "一、总体要求 › （二）主要目标"):
        assert told in hover


def test_a_rewritten_question_can_be_changed() -> None:
    html = turn_html(1, replace(ANSWER, question="谁牵头？", standalone_question="示范区建设由谁牵头？"), None, HEADERS)
    assert 'value="示范区建设由谁牵头？"' in html
    assert "rewritten" not in turn_html(1, replace(ANSWER, standalone_question=ANSWER.question), None, HEADERS)


def test_thanks_are_answered_politely_without_a_word_about_a_search() -> None:
    polite = Answer("谢谢", "您好！请直接提问。", refused=True, refusal_reason="out_of_scope")
    html = turn_html(1, polite, None, {})
    assert "您好！请直接提问。" in html and "不在范围内" not in html and "最接近的条款" not in html


def test_where_there_are_no_documents_a_question_is_told_to_send_some() -> None:
    html = turn_html(1, Answer("谁牵头？", EMPTY, refused=True, refusal_reason="not_in_corpus"), None, {})
    assert (
        "没有文件可查" in html and "请在左边“文件”里上传" in html and "policyqa index" not in html.split("data-text")[0]
    )


def test_a_refusal_tells_why_what_was_searched_what_is_nearest_and_what_to_do() -> None:
    html = turn_html(1, REFUSED, {"searched": 4, "documents": None, "filters": {}}, HEADERS)
    assert 'class="turn refused"' in html
    for told in ("文件里没有", "共 4 份", "最接近的条款", CITED.quote, "可以这样做"):
        assert told in html
    assert "有用" in html, "a refusal can be judged too"


def test_a_contradicted_premise_is_told_before_the_answer() -> None:
    html = turn_html(1, replace(ANSWER, premise="contradicted"), None, HEADERS)
    assert html.index("前提与原文不符") < html.index("建成七个示范区")


def test_who_may_not_keep_sees_no_button_for_it() -> None:
    assert "加入问题集" in turn_html(1, ANSWER, None, HEADERS)
    assert "加入问题集" not in turn_html(1, ANSWER, None, HEADERS, may_keep=False)


def test_what_was_said_of_an_answer_is_seen() -> None:
    assert 'aria-pressed="true"' in turn_html(1, ANSWER, None, HEADERS, verdict="good")
    assert "pressed" not in turn_html(1, ANSWER, None, HEADERS).replace("aria-pressed", "")


def test_the_scope_stands_with_the_answer() -> None:
    assert scope_words(None) == "全部文件"
    assert (
        scope_words({"documents": ["a"], "titles": ["甲办法"], "filters": {"year": "2024"}})
        == "1 份文件（《甲办法》）；年份 2024"
    )
    assert scope_words({"documents": ["a", "b", "c"], "titles": ["甲", "乙", "丙"]}) == "3 份文件"


def test_the_empty_page_says_what_to_do() -> None:
    assert "请在左边“文件”里上传" in welcome_html(0, None)
    assert "正在从文件里找" in welcome_html(3, None)
    assert 'data-question="谁牵头？"' in welcome_html(3, [("谁负责", "谁牵头？")])


# --- evidence


def evidence(answer: Answer = ANSWER, text: str = TEXT, **more: Any) -> str:
    return evidence_html(answer, 1, HEADERS, lambda _doc: text, ORDER, **more)


def test_cards_come_in_order_with_the_exact_span_marked() -> None:
    start = TEXT.index("到2025年")
    cited = replace(CITED, start=start, end=start + len(CITED.quote))
    html = evidence(replace(ANSWER, citations=(cited,), passages=()))
    assert Tree(html).text_in("mark") == CITED.quote
    assert Tree(html).text_in("blockquote") == TEXT


def test_a_quote_that_the_document_no_longer_holds_is_shown_alone() -> None:
    assert Tree(evidence(text="改过了。")).text_in("blockquote") == "".join(c.quote for c in ANSWER.citations)

    def gone(doc_id: str) -> str:
        raise KeyError(doc_id)

    html = evidence_html(ANSWER, 1, {}, gone, ORDER)
    assert "已从库里移除" in html
    assert 'data-do="open"' not in html.split("另见")[0]


def test_a_card_tells_its_document_and_where_else_it_stands() -> None:
    html = evidence()
    for told in ("甲政发〔2024〕7号", "2024-03-05", "第 3 页", "另见 1 处", "GB/T 7714", "复制引用"):
        assert told in html


def test_what_was_found_and_not_cited_is_folded_and_scores_are_shares() -> None:
    other = replace(PASSAGE, chunk=replace(PASSAGE.chunk, start=100, end=120), dense=0.8, sparse=7.0)
    html = evidence(replace(ANSWER, passages=(PASSAGE, other)))
    assert "检索到但未引用" in html and "<details open" not in html[html.index("检索到但未引用") :]
    values = [float(v or 0) for name, v in Tree(html).attributes if name == "value"]
    assert values and all(0 <= value <= 1 for value in values)


def test_the_card_that_was_clicked_is_lit() -> None:
    assert evidence(light=2).count('class="card lit"') == 1
    assert 'class="card lit" id="card-1-2"' in evidence(light=2)


# --- a document


def body_of(html: str) -> Tree:
    return Tree(html[html.index('<div class="body"') : html.index("</div></div></div>") + 6])


def test_every_span_of_a_document_can_be_marked_exactly() -> None:
    document = fake_bot.document(text="一、总体要求\n甲|乙丙|丁\n戊|己\n二、保障措施\n由<b>市</b>财政局牵头。")
    for start in range(len(document.text)):
        for end in range(start + 1, len(document.text) + 1):
            marked = Tree(document_html(document, (start, end), ORDER)).text_in("mark")
            assert marked == document.text[start:end].replace("\n", "").replace("|", "")


def test_a_document_is_shown_whole_with_headings_tables_and_outline() -> None:
    document = fake_bot.document(text="一、总体要求\n项目|数\n示范区|七\n二、保障措施\n由市财政局牵头。")
    html = document_html(document, None, ORDER)
    words = Tree(html).words
    assert words.count("一、总体要求") == 2, "in the outline and in the text"
    assert html.count("<tr>") == 4, "two rows, and the table of what was left out"
    assert "就此条提问" in html and "“保障措施”讲了什么？" in html
    assert "略去的内容（1 处）" in html and "- 1 -" in html
    assert "读取时注意到 1 处" in html


def test_a_long_document_is_shown_in_windows_of_whole_lines() -> None:
    text = "\n".join(f"第{n}行" for n in range(60_000))
    low, high = window(text, len(text) // 2)
    assert 0 < low < len(text) // 2 < high < len(text)
    assert text[low - 1] == "\n" and text[high] == "\n"
    assert window(text, 0)[0] == 0
    assert window("短", 0) == (0, 1)


# --- actions come from outside


@pytest.mark.parametrize("data", [{}, {"documents": "x", "filters": []}, {"documents": None, "filters": {"kind": 3}}])
def test_a_scope_of_another_shape_is_left_out(data: dict[str, Any]) -> None:
    assert asked_scope(data) == (None, {})


def test_a_scope_is_taken_by_name() -> None:
    data = {"documents": ["a", 1, "b"], "filters": {"kind": "意见", "year": "", "password": "x"}}
    assert asked_scope(data) == (["a", "b"], {"kind": "意见"})


def test_turns_of_another_shape_are_left_out() -> None:
    assert asked_before({"before": [["问", "答"], ["半"], [1, 2], "x"]}) == [("问", "答")]
    assert asked_before({"before": "x"}) == []


def test_numbers_and_texts_of_actions() -> None:
    assert desk.number({"n": 3}, "n") == 3
    assert [desk.number({"n": n}, "n") for n in ("3", 3.5, True, None)] == [-1] * 4
    assert desk.text({"t": "甲" * 9}, "t", 3) == "甲甲甲"
    assert desk.text({"t": ["甲"]}, "t") == ""


def test_only_files_in_the_folder_of_uploads_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, outside = tmp_path / "up", tmp_path / "secret.txt"
    folder.mkdir()
    outside.write_text("x")
    (folder / "a.txt").write_text("x")
    (folder / "link.txt").symlink_to(outside)
    monkeypatch.setattr(desk, "get_upload_folder", lambda: str(folder))
    given = [
        {"path": str(p), "name": "甲.txt"}
        for p in (folder / "a.txt", outside, folder / "../secret.txt", folder / "link.txt")
    ]
    assert desk.sent_files([*given, {"path": 3}, "x"]) == [(folder / "a.txt", "甲.txt")]
    assert desk.sent_files("x") == []


def test_a_search_and_a_question_without_answer_are_no_turns_of_the_conversation_that_a_question_is_understood_with() -> (
    None
):
    searched = replace(ANSWER, text="")
    talk = Talk(
        turns=(Turn(ANSWER.question, ANSWER, {}), Turn(ANSWER.question, searched, {}), Turn("又一问", None, {}))
    )
    assert talk.history == [(ANSWER.question, ANSWER.text)]


# --- asking


def desk_of(stream: Callable[..., Any]) -> Any:
    bot = SimpleNamespace(stream=stream, settings=Settings())
    return SimpleNamespace(
        bot_with=lambda _choices, _request: bot, headers=dict, thinking=nullcontext(), visits=Visits(),
        text_of=lambda _doc: "", order=ORDER,
    )  # fmt: skip


def steps(*events: Event) -> list[Picture | Answer]:
    chat = Chat(desk_of(lambda *_asked: iter(events)))
    talk = Talk(turns=(Turn("示范区几个？", None, {}),))
    return list(chat._steps(talk, None, threading.Event()))


def test_what_is_done_is_seen_step_by_step_and_the_text_as_it_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.chat._RETRY", 0.0)
    monkeypatch.setattr("web.chat._SEEN", 0.0)
    *pictures, answer = steps(
        Event("stage", "检索"), Event("passages", (PASSAGE,)), Event("stage", "生成"), Event("draft", REFUSED),
        Event("token", "到2025年，"), Event("token", "建成<b>七个</b>示范区。"), Event("answer", ANSWER),
    )  # fmt: skip
    assert answer == ANSWER
    words = [Tree(picture.html).words for picture in pictures if isinstance(picture, Picture)]
    assert "检索" in words[0] and "秒" not in words[0]
    assert "已找到 1 段" in words[1]
    assert re.search(r"检索\d\.\d\d 秒生成", words[2]), "what is done has its time"
    assert "到2025年，" in words[4] and "到2025年，建成<b>七个</b>示范区。" in words[5]


def test_a_question_that_was_put_otherwise_is_seen_and_can_be_changed_while_it_is_searched() -> None:
    *pictures, _ = steps(
        Event("stage", "理解"), Event("question", "示范区建设几个？"), Event("stage", "检索"), Event("passages", ()),
        Event("stage", "组织答案"), Event("answer", ANSWER),
    )  # fmt: skip
    first, second = (picture.html for picture in pictures if isinstance(picture, Picture))
    assert "理解为" not in first
    assert Tree(second).words.startswith("示范区几个？理解为示范区建设几个？改好再问理解")
    assert 'data-do="reword" data-turn="1" data-question="示范区建设几个？"' in second


def test_a_question_that_says_all_itself_has_one_picture_where_its_answer_comes_at_once() -> None:
    events = (
        Event("stage", "理解"),
        Event("question", "示范区几个？"),
        Event("stage", "检索"),
        Event("answer", ANSWER),
    )
    assert len(steps(*events)) == 2


def test_a_question_is_seen_before_it_is_its_turn() -> None:
    made = desk_of(lambda *_asked: iter((Event("stage", "理解"), Event("answer", ANSWER))))
    made.thinking = threading.Semaphore(0)  # others are at work
    talk = Talk(turns=(Turn("示范区几个？", None, {}),))
    first = next(Chat(made)._steps(talk, None, threading.Event()))
    assert isinstance(first, Picture) and "示范区几个？" in first.html


def test_a_draft_is_shown_until_the_answer_is_checked() -> None:
    *pictures, answer = steps(Event("draft", ANSWER), Event("stage", "核对"), Event("answer", ANSWER))
    html = [picture.html for picture in pictures if isinstance(picture, Picture)]
    assert html and all("建成七个示范区" in each and "语言模型正在写" in each for each in html)
    assert answer == ANSWER


def test_who_has_a_lower_role_is_refused_whatever_way_he_asks() -> None:
    asked = SimpleNamespace(role=lambda _request: "reader")
    asked.may = lambda request, role: desk.Desk.may(asked, request, role)  # type: ignore[arg-type]
    assert desk.Desk.may(asked, None, "reader")  # type: ignore[arg-type]
    with pytest.raises(Exception, match="您是读者，不能这样做；需要编辑的权限"):
        desk.Desk.need(asked, None, "editor")  # type: ignore[arg-type]


# --- the questions to begin with


def started(folder: Path, bot: FakeBot) -> desk.Desk:
    bot.settings = Settings()  # type: ignore[attr-defined]
    made = desk.Desk(bot, folder, desk.everybody_is_admin)  # type: ignore[arg-type]
    end = time.monotonic() + 20
    while made.starters is None and time.monotonic() < end:
        time.sleep(0.01)
    return made


def test_questions_to_begin_with_are_kept_until_the_documents_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def make(_bot: Any) -> list[Starter]:
        made.append("x")
        return [Starter("duty", f"第{len(made)}次：谁牵头？")] * 5

    monkeypatch.setattr(desk, "starters", make)
    assert started(tmp_path, FakeBot()).starters == [("谁负责", "第1次：谁牵头？")] * 5
    assert started(tmp_path, FakeBot()).starters == [("谁负责", "第1次：谁牵头？")] * 5
    other = FakeBot()
    other.add([Path("012_xin.txt")])
    assert started(tmp_path, other).starters == [("谁负责", "第2次：谁牵头？")] * 5
    (tmp_path / "starters.json").write_text("[]")
    assert started(tmp_path, FakeBot()).starters == [("谁负责", "第3次：谁牵头？")] * 5
