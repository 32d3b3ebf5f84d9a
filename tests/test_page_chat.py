"""The conversation on the page: no question is lost, one verdict and one case for an answer, scopes that have gone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from fake_bot import FakeBot
from qa.answer import Event
from qa.conversations import FILE_NAME, Conversations
from qa.feedback import FeedbackStore
from test_page import Tree
from web.chat import Chat, Talk
from web.desk import Desk, everybody_is_admin

WINDOW: Any = SimpleNamespace(username="王芳", session_hash="w1")
AGAIN: Any = SimpleNamespace(username="王芳", session_hash="w2")  # another window of hers
QUESTION = "示范区几个？"


class Bot(FakeBot):
    """The small bot with what the conversation asks of one."""

    def headers(self) -> dict[str, Any]:
        return {entry.doc_id: entry.header for entry in self.documents()}

    def stream(self, question: str, history: Any = (), *_more: Any, **_scope: Any) -> Iterator[Event]:
        yield Event("answer", self.ask(question, history))


class Slow(Bot):
    """Answers once the gate is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()

    def stream(self, question: str, history: Any = (), *_more: Any, **_scope: Any) -> Iterator[Event]:
        yield Event("stage", "检索")
        yield Event("stage", "组织答案")
        self.gate.wait(10)
        yield Event("answer", self.ask(question, history))


class Failing(Bot):
    def stream(self, *_asked: Any, **_scope: Any) -> Iterator[Event]:
        raise ValueError("索引正在写入<b>。请等它结束后再试。")


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Desk, "documents_changed", lambda _desk: None)  # no questions to begin with
    monkeypatch.setattr("web.chat.tell", lambda _text: None)  # messages need a request that is being served


def chat_over(folder: Path, bot: Bot | None = None) -> Chat:
    return Chat(Desk(bot or Bot(), folder, everybody_is_admin))  # type: ignore[arg-type]


def event(**data: Any) -> gr.EventData:
    return gr.EventData(None, data)


def asked(chat: Chat, talk: Talk, question: str = QUESTION, request: Any = WINDOW, **more: Any) -> tuple[Any, ...]:
    """What stands there at the end: state, conversation, turn at work, evidence, list."""
    *_, last = chat.ask(talk, event(question=question, **more), request)
    return last


def opened(folder: Path, bot: Bot | None = None) -> tuple[Chat, Talk]:
    """The only conversation in a program that was started anew."""
    chat = chat_over(folder, bot)
    (kept,) = chat.desk.conversations.list("王芳")
    return chat, chat.open(Talk(), kept.id, AGAIN)


# --- no question is lost


def test_a_question_whose_window_closes_before_the_answer_is_there_after_a_restart(tmp_path: Path) -> None:
    chat = chat_over(tmp_path, Slow())
    steps = chat.ask(Talk(), event(question=QUESTION), WINDOW)
    assert "组织" not in str(next(steps)[2])
    chat.desk.visits.close(WINDOW)
    steps.close()  # type: ignore[attr-defined]  # as Gradio does

    chat, talk = opened(tmp_path)
    html = chat.talk_html(talk, AGAIN)
    assert "还没有回答" in html and f'data-do="again" data-turn="1" data-question="{QUESTION}"' in html
    assert QUESTION in chat.list_html(talk, AGAIN) and "1 问" in chat.list_html(talk, AGAIN)
    talk, html, *_ = asked(chat, talk, request=AGAIN, turn=1)
    assert "还没有回答" not in html and "建成七个示范区" in html
    assert [turn.answer is not None for turn in Conversations(tmp_path / FILE_NAME).turns(talk.id, "王芳")] == [True]


def test_a_question_that_is_searched_when_the_window_closes_stays(tmp_path: Path) -> None:
    bot = Slow()
    chat = chat_over(tmp_path, bot)
    steps = chat.ask(Talk(), event(question=QUESTION), WINDOW)
    next(steps)
    chat.desk.visits.close(WINDOW)
    bot.gate.set()
    for _ in steps:  # Gradio may let it go on to its end
        pass
    assert [turn.question for turn in opened(tmp_path)[1].turns] == [QUESTION]


def test_a_question_that_is_stopped_by_hand_leaves_nothing(tmp_path: Path) -> None:
    bot = Slow()
    chat = chat_over(tmp_path, bot)
    steps = chat.ask(Talk(), event(question=QUESTION), WINDOW)
    next(steps)
    chat.stop(WINDOW)
    bot.gate.set()
    *_, last = steps
    assert last[0].turns == () and last[2] == ""
    assert chat.desk.conversations.list("王芳") == []
    assert "建成七个示范区" in asked(chat, last[0])[1], "and another can be asked"


def test_an_error_is_told_in_words_with_the_question_to_be_asked_again(tmp_path: Path) -> None:
    chat = chat_over(tmp_path, Failing())
    talk, html, *_ = asked(chat, asked(chat_over(tmp_path), Talk())[0], "谁牵头？")
    assert "索引正在写入&lt;b&gt;。请等它结束后再试。" in html
    assert 'data-do="again" data-turn="2" data-question="谁牵头？"' in html
    talk, html, *_ = asked(chat_over(tmp_path), talk, "谁牵头？", turn=2)
    assert [(turn.number, turn.answer is not None) for turn in talk.turns] == [(1, True), (3, True)]
    assert "没有答出来" not in html


def test_a_conversation_that_is_deleted_meanwhile_is_made_anew(tmp_path: Path) -> None:
    bot = Slow()
    chat = chat_over(tmp_path, bot)
    steps = chat.ask(Talk(), event(question=QUESTION), WINDOW)
    next(steps)
    (kept,) = chat.desk.conversations.list("王芳")
    chat.desk.conversations.delete(kept.id, "王芳")
    bot.gate.set()
    *_, last = steps
    (turn,) = chat.desk.conversations.turns(last[0].id, "王芳")
    assert turn.answer is not None and last[0].id != kept.id


def test_a_question_is_asked_again_within_what_it_was_kept_to(tmp_path: Path) -> None:
    chat = chat_over(tmp_path)
    talk, *_ = asked(chat, Talk(), documents=["010_shifanqu"], filters={"year": "2024"})
    talk, html, *_ = asked(chat, talk, "谁牵头？", turn=1, documents=None, filters={})
    assert talk.turns[1].scope == talk.turns[0].scope
    assert html.count("1 份文件") == 2
    assert 'data-do="again" data-turn="2"' in html, "the wording is changed with the scope of its turn"


def test_what_has_no_answer_is_not_judged_kept_or_taken_along(tmp_path: Path) -> None:
    chat = chat_over(tmp_path, Failing())
    talk, *_ = asked(chat, Talk())
    for act in (
        lambda: chat.judge(talk, event(turn=1, verdict="good"), WINDOW),
        lambda: chat.keep(talk, event(turn=1), WINDOW),
        lambda: chat.download(talk, event(turn=1, format="md")),
    ):
        with pytest.raises(gr.Error, match="还没有回答"):
            act()


# --- the list of conversations


def test_a_list_that_is_searched_stays_so_whatever_is_done(tmp_path: Path) -> None:
    chat = chat_over(tmp_path)
    talk, *_ = asked(chat, Talk())
    other, *_ = asked(chat, Talk(), "谁牵头？")
    one = event(id=talk.id, title="渡口的事", words="渡口")
    listed = chat.rename(other, one, WINDOW)
    assert "渡口的事" in listed and "谁牵头？" not in listed
    assert "谁牵头？" not in asked(chat, talk, "重复建设？", words="渡口")[4]
    assert "谁牵头？" not in chat.switch(talk, event(id=talk.id, words="渡口"), WINDOW)[4]
    assert "没有找到" in chat.delete(other, event(id=talk.id, words="渡口"), WINDOW)[4]


# --- what can be asked next


def test_where_nothing_leads_on_what_nobody_has_asked_is_offered(tmp_path: Path) -> None:
    chat = chat_over(tmp_path)
    chat.desk.starters = [("数字", QUESTION), *(("是什么", f"第{n}问？") for n in range(5))]
    html = asked(chat, Talk())[1]
    offered = [value for name, value in Tree(html).attributes if name == "data-question"]
    assert offered == ["第0问？", "第1问？", "第2问？"]


# --- what a question is kept to


def test_documents_that_are_gone_are_told_and_the_others_searched(tmp_path: Path) -> None:
    chat = chat_over(tmp_path)
    talk, html, *_ = asked(chat, Talk(), documents=["010_shifanqu", "011_yichu"], filters={})
    assert "建成七个示范区" in html and "有 1 份已从库里移除，这一问只查了其余的" in html
    assert talk.turns[0].scope["documents"] == ["010_shifanqu"]
    assert "policyqa documents list" not in html


def test_where_all_documents_are_gone_others_are_to_be_chosen(tmp_path: Path) -> None:
    chat = chat_over(tmp_path)
    talk, html, *_ = asked(chat, Talk(), documents=["011_yichu"], filters={})
    assert "所选的文件都已从库里移除。请刷新页面，在左边另选文件再问。" in html
    talk, html, *_ = asked(chat, talk, turn=1, documents=None, filters={})
    assert "建成七个示范区" in html and len(talk.turns) == 1, "asked again, within what is chosen by now"


def test_a_conversation_about_a_document_that_is_gone_goes_on_with_what_is_chosen_now(tmp_path: Path) -> None:
    bot = Bot()
    bot.add([Path("011_xin.txt")])
    chat = chat_over(tmp_path, bot)
    talk, *_ = asked(chat, Talk(), documents=["011_xin"], filters={})
    bot.remove("011_xin")
    talk, html, *_ = asked(chat, talk, "谁牵头？", turn=1, documents=["010_shifanqu"], filters={})
    assert talk.turns[1].scope["documents"] == ["010_shifanqu"] and "turn failed" not in html


def test_documents_that_the_filters_leave_out_do_not_count_as_searched(tmp_path: Path) -> None:
    chat = chat_over(tmp_path)
    _, html, *_ = asked(chat, Talk(), "红烧肉？", documents=None, filters={"year": "2024"})
    assert "查了年份 2024，共 1 份" in html
    _, html, *_ = asked(chat, Talk(), "红烧肉？", documents=None, filters={"year": "1999"})
    assert (
        "没有文件可查" in html and "范围是年份 1999" in html and "共" not in Tree(html).words.split("没有文件可查")[1]
    )


def test_a_question_that_is_too_long_is_refused_in_words(tmp_path: Path) -> None:
    chat = chat_over(tmp_path)
    with pytest.raises(gr.Error, match="问题有 2,001 个字，最多 2,000 个。请写短一些"):
        asked(chat, Talk(), "问" * 2001)
    assert chat.desk.conversations.list("王芳") == []
    assert asked(chat, Talk(), "问" * 2000)[0].turns[0].question == "问" * 2000


# --- one verdict and one case for an answer


def pressed(html: str) -> list[str]:
    """What the buttons say has been said: 有用 true or false, and 没用 where that is pressed."""
    return [v or "" for name, v in Tree(html).attributes if name == "aria-pressed" or (name, v) == ("class", "pressed")]


def test_a_verdict_is_shown_after_a_reload_and_the_next_takes_its_place(tmp_path: Path) -> None:
    chat = chat_over(tmp_path)
    talk, *_ = asked(chat, asked(chat, Talk())[0], "谁牵头？")
    _, html = chat.judge(talk, event(turn=2, verdict="good"), WINDOW)
    assert pressed(html) == ["false", "true"]
    chat, talk = opened(tmp_path)
    assert pressed(chat.talk_html(talk, AGAIN)) == ["false", "true"]
    _, html = chat.judge(talk, event(turn=2, verdict="bad", reason="答案错", note="少一个"), AGAIN)
    assert pressed(html) == ["false", "false", "pressed"]
    (said,) = FeedbackStore(tmp_path / "feedback.sqlite").list()
    assert (said.verdict, said.reason, said.note, said.history[0][0]) == ("bad", "答案错", "少一个", QUESTION)


def test_an_answer_is_one_case_however_often_it_is_put_and_follows_its_verdict(tmp_path: Path) -> None:
    chat = chat_over(tmp_path)
    talk, *_ = asked(chat, Talk())
    chat.keep(talk, event(turn=1), WINDOW)
    chat.keep(talk, event(turn=1), WINDOW)
    chat, talk = opened(tmp_path)
    chat.keep(talk, event(turn=1), AGAIN)

    def cases() -> list[dict[str, Any]]:
        return [json.loads(line) for line in chat.desk.question_set.read_text("utf-8").splitlines()]

    assert [case["source"]["verdict"] for case in cases()] == ["good"] and cases()[0]["key_points"]
    chat.judge(talk, event(turn=1, verdict="bad", reason="答案错"), AGAIN)
    assert [case["source"]["reason"] for case in cases()] == ["答案错"]
    assert cases()[0]["key_points"] == [] and "todo" in cases()[0]
