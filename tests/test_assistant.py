"""Follow-ups and wordings by a language model, and what it has written before."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from fake_model import ScriptedChat
from qa.assistant import Assistant, Usage, open_assistant, stays_with
from qa.completions import Completions
from qa.models import ModelSilent, ModelUnavailable
from qa.settings import Settings
from qa.writer import Cancelled, Writer

TALK = [("河道整治资金由哪个部门安排？", "河道整治资金由市财政局安排。[1]")]


def assistant(chat: ScriptedChat, kept: Completions | None = None) -> Assistant:
    return Assistant(Writer(chat, window=2000, timeout=5, retries=0), kept)


def test_a_follow_up_is_completed_from_the_talk() -> None:
    chat = ScriptedChat(script=lambda _: "泵站的资金由哪个部门安排？")
    assert assistant(chat).rewrite("那泵站呢？", TALK, Usage()) == "泵站的资金由哪个部门安排？"
    assert "问：河道整治资金由哪个部门安排？\n答：河道整治资金由市财政局安排。\n追问：那泵站呢？" in str(
        chat.asked[0][-1].content
    )


@pytest.mark.parametrize(
    "invented",
    [
        "2030年泵站的资金由哪个部门安排？",  # a year that nobody named
        "泵站的资金由水利部安排吗？",  # a department that nobody named
        "河道整治资金由哪个部门安排？",  # what is asked about is gone
        "泵站由市财政局安排。泵站共有九座。",  # an answer, not a question
        "泵站建设用地审批流程需要经过哪些环节以及多长时间？",  # another question
        "",
    ],
)
def test_a_rewriting_that_brings_in_anything_is_not_used(invented: str) -> None:
    assert not stays_with(invented, "那泵站呢？", TALK)


def test_a_model_that_fails_leaves_the_follow_up_to_the_rules() -> None:
    for chat in (ScriptedChat(script=lambda _: ""), ScriptedChat(script=str, fails=1, error=KeyError())):
        assert assistant(chat).rewrite("那泵站呢？", TALK, Usage()) is None


def test_a_service_that_is_not_there_is_not_waited_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.assistant.REWRITING_SECONDS", 0.2)
    for chat in (ScriptedChat(script=str, fails=1), ScriptedChat(script=lambda _: "泵站呢？", pause=3)):
        started = time.monotonic()
        with pytest.raises(ModelSilent):
            assistant(chat).rewrite("那泵站呢？", TALK, Usage())
        assert time.monotonic() - started < 2
    slow = ScriptedChat(script=lambda _: "泵站的资金由哪个部门安排？" * 9, pause=0.05)  # but it is there
    assert assistant(slow).rewrite("那泵站呢？", TALK, Usage()) is None


def test_only_the_last_turns_are_told_and_long_answers_are_cut() -> None:
    chat = ScriptedChat(script=lambda _: "泵站呢？")
    assistant(chat).rewrite("那泵站呢？", [(f"问题{n}？", "答" * 500) for n in range(9)], Usage())
    told = str(chat.asked[0][-1].content)
    assert "问题5" not in told and "问题8" in told and len(told) < 700


def test_a_question_is_put_in_official_words() -> None:
    chat = ScriptedChat(script=lambda _: "减免小微企业租金\n租金减免、个体工商户、延期缴纳、多余的")
    assert assistant(chat).reword("开小店能缓交房租吗", Usage()) == ("减免小微企业租金", "租金减免 个体工商户 延期缴纳")


def test_what_was_written_once_is_not_asked_again(tmp_path: Path) -> None:
    chat, kept = ScriptedChat(script=lambda _: "甲负责[1]。"), Completions(tmp_path)
    values = {"evidence": "[1] 甲负责。", "question": "谁负责？"}
    usage = Usage()
    first = assistant(chat, kept).text("answer", usage, **values)
    again = assistant(chat, kept).text("answer", usage, **values)
    other = assistant(chat, kept).text("answer", usage, evidence="[1] 乙负责。", question="谁负责？")
    assert (first, again, other) == ("甲负责[1]。",) * 3
    assert len(chat.asked) == 2  # other evidence is another call
    assert (usage.calls, usage.kept) == (2, 1)


def test_what_a_text_took_is_kept_with_it(tmp_path: Path) -> None:
    chat, took = ScriptedChat(script=lambda _: "甲负责[1]。", pause=0.1), []
    for _ in range(2):
        usage = Usage()
        assistant(chat, Completions(tmp_path)).text("answer", usage, evidence="", question="谁？")
        took.append(usage.took)
    assert took[0] == took[1] > 0.1 and usage.seconds == {"answer": 0.0}  # what was spent now is told, too


def test_a_file_of_an_earlier_version_is_read_on(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "completions.sqlite") as old:
        old.execute("CREATE TABLE completions (key TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL)")
        old.execute("INSERT INTO completions VALUES ('k', '甲负责。', '2024')")
        old.execute("PRAGMA user_version = 1")
    old.close()
    kept = Completions(tmp_path)
    kept.put("l", "乙负责。", 4.0)
    assert (kept.get("k"), kept.get("l"), kept.get("m")) == (("甲负责。", 0.0), ("乙负责。", 4.0), None)


@pytest.mark.parametrize("name", ["answer", "repair"])
def test_a_text_that_repeats_itself_is_stopped_and_not_kept(tmp_path: Path, name: str) -> None:
    chat, kept = ScriptedChat(script=lambda _: "甲负责[1]。" + "乙、丙、" * 200, asked=[]), Completions(tmp_path)
    more = {"sentences": ""} if name == "repair" else {}
    for _ in range(2):
        usage = Usage()
        assert assistant(chat, kept).text(name, usage, evidence="", question="谁？", **more) == "甲负责[1]。"
        assert usage.looped and chat.stopped
    assert len(chat.asked) == 2


def test_nothing_but_repetition_is_no_answer() -> None:
    with pytest.raises(ModelUnavailable, match="重复"):
        assistant(ScriptedChat(script=lambda _: "乙、丙、" * 200)).text("answer", Usage(), evidence="", question="谁？")


def test_what_is_cancelled_is_no_call() -> None:
    usage, cancel = Usage(), threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        assistant(ScriptedChat(script=str)).text("answer", usage, cancel, evidence="", question="谁？")
    assert usage.calls == 0


def test_another_model_is_asked_anew(tmp_path: Path) -> None:
    class Named(ScriptedChat):
        called: str

        @property
        def _identifying_params(self) -> dict[str, str]:
            return {"model": self.called}

    def calls_of(name: str) -> int:
        chat = Named(script=lambda _: "甲负责[1]。", called=name, asked=[])
        assistant(chat, Completions(tmp_path)).text("answer", Usage(), evidence="[1] 甲负责。", question="谁负责？")
        return len(chat.asked)

    assert [calls_of("one"), calls_of("two"), calls_of("one")] == [1, 1, 0]


def test_an_empty_answer_is_no_answer() -> None:
    with pytest.raises(ModelUnavailable, match="什么也没有写"):
        assistant(ScriptedChat(script=lambda _: "  ")).text("answer", Usage(), evidence="", question="？")


@pytest.mark.parametrize(
    ("written", "ends", "said"),
    [
        ("甲负责。[1]乙不得用于发", "length", "甲负责。[1]"),
        ("甲负责。[1]乙不得用于发", "content_filter", "甲负责。[1]"),
        ("甲负责。[1]乙不得用于发", "", "甲负责。[1]"),
        ("甲负责[1]", "stop", "甲负责[1]"),
    ],
)
def test_a_sentence_that_was_cut_off_is_not_used_and_not_kept(
    tmp_path: Path, written: str, ends: str, said: str
) -> None:
    chat, kept = ScriptedChat(script=lambda _: written, ends=ends, asked=[]), Completions(tmp_path)
    for _ in range(2):
        assert assistant(chat, kept).text("answer", Usage(), evidence="", question="？") == said
    assert len(chat.asked) == (1 if ends == "stop" else 2)


def test_nothing_but_a_beginning_is_no_answer() -> None:
    with pytest.raises(ModelUnavailable, match="写完"):
        assistant(ScriptedChat(script=lambda _: "建设资金不得", ends="length")).text(
            "answer", Usage(), evidence="", question="？"
        )


def test_a_store_that_cannot_be_used_costs_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "completions.sqlite").write_bytes(b"not a database" * 100)
    chat = ScriptedChat(script=lambda _: "甲负责[1]。", asked=[])
    opened = open_assistant(Settings.load(data_dir=tmp_path), chat)
    assert opened.text("answer", Usage(), evidence="", question="？") == "甲负责[1]。"
    assert "completions.sqlite" in caplog.text

    kept = Completions(tmp_path / "other")
    kept.close()  # whatever is asked of it now raises sqlite3.Error, as on a full disk
    assert assistant(chat, kept).text("answer", Usage(), evidence="", question="？") == "甲负责[1]。"
    assert "记不下" in caplog.text


def test_a_talk_and_a_question_are_told_as_far_as_the_window_holds_them() -> None:
    chat = ScriptedChat(script=lambda _: "泵站的资金由哪个部门安排？", asked=[])
    small = Assistant(Writer(chat, window=620, timeout=5, retries=0))
    small.rewrite("那泵站呢？", [("长" * 30_000, "市财政局。"), *TALK], Usage())
    sent = [(message.type, str(message.content)) for message in chat.asked[0]]
    assert small.writer.count(sent) + 120 <= 620 and "河道整治资金由哪个部门安排" in sent[-1][1]
    assert small.rewrite("那泵站呢" * 500, TALK, Usage()) is None
    assert small.reword("怎么办" * 5000, Usage()) == () and len(chat.asked) == 1


def test_other_words_are_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.assistant.EXPANSION_SECONDS", 0.2)
    slow = ScriptedChat(script=lambda _: "减免租金", pause=3)
    started = time.monotonic()
    assert assistant(slow).reword("开小店能缓交房租吗", Usage()) == ()
    assert time.monotonic() - started < 2
